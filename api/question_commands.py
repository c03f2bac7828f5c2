"""Commands that ask: search, show, oversight, coalition, influence, access; and the picture of an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import (
    After,
    AsJson,
    AsOf,
    Bases,
    Dated,
    Lang,
    MinConfidence,
    PictureFile,
    StoreAt,
    language,
    legible,
    store_address,
    today,
    view,
)
from api.output import output, print_body, reading, write_file
from graph import schema
from graph.errors import InputError
from graph.model import Confidence, View

# Each question is imported when it is asked: `--help`, and a load, must not wait for all of them.
if TYPE_CHECKING:
    from graph.store import Store
    from queries.answer import Answer

Standard = Annotated[
    str, typer.Argument(metavar="STANDARD|COMMITTEE", help="A number, code, name or id.", callback=legible)
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (search, show, oversight, coalition, influence, access, picture):
        app.command(rich_help_panel="Questions")(command)


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS",
            help="Words in Chinese, English or pinyin, or a number in any spelling.",
            callback=legible,
        ),
    ],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many to show at most.")] = 20,
    after: After = "",
    label: Annotated[
        list[str] | None, typer.Option(metavar="LABEL", help=f"Only these kinds: {', '.join(schema.LABELS)}.")
    ] = None,
    as_of: AsOf = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Find agencies, committees, companies, standards ... by any of their names."""
    from queries.search import search as question

    labels = _known(label, tuple(schema.LABELS), "label")
    ask(
        lambda at, seen: question(at, " ".join(words), seen, labels=labels, limit=limit, after=after),
        view(as_of), lang, as_json, store,
    )  # fmt: skip


def show(
    thing: Annotated[str, typer.Argument(help="Anything: a name, number, code or id.", metavar="X", callback=legible)],
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type", metavar="TYPE", help="Only these relationships: DRAFTED, MEMBER_OF ... (repeat for several)."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many relationships to show at most.")] = 40,
    after: After = "",
    as_of: AsOf = None,
    min_confidence: MinConfidence = Confidence.LOW,
    basis: Bases = None,
    dated: Dated = False,
    lang: Lang = "en",
    as_json: AsJson = False,
    picture_file: PictureFile = None,
    store: StoreAt = None,
) -> None:
    """Show what is on record of one thing: names, facts, and its neighbours by kind."""
    from queries.entity import entity as question

    only = _known(types, tuple(schema.RELATIONSHIPS), "type")
    ask(
        lambda at, seen: question(at, thing, seen, types=only, limit=limit, after=after),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
        lambda at, seen: _around(at, thing, seen, picture_file, only),
    )  # fmt: skip


def oversight(
    standard: Standard,
    as_of: AsOf = None,
    min_confidence: MinConfidence = Confidence.LOW,
    basis: Bases = None,
    dated: Dated = False,
    lang: Lang = "en",
    as_json: AsJson = False,
    picture_file: PictureFile = None,
    store: StoreAt = None,
) -> None:
    """Who decides a standard: who is in charge, issues, runs the secretariat, guides, stands above; who else has a claim."""
    from queries.oversight import oversight as question

    ask(
        lambda at, seen: question(at, standard, seen),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


def coalition(
    standard: Standard,
    actor: Annotated[
        str,
        typer.Option("--for", metavar="ACTOR", help="Who asks: a company, institute or association.", callback=legible),
    ],
    limit: Annotated[int, typer.Option(min=1, max=60, help="How many partners to show at most.")] = 20,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME:SHARE", help="Another share of the vote: approval:2/3, quorum:3/4 ... (repeat for several)."
        ),
    ] = None,
    as_of: AsOf = None,
    min_confidence: MinConfidence = Confidence.LOW,
    basis: Bases = None,
    dated: Dated = False,
    lang: Lang = "en",
    as_json: AsJson = False,
    picture_file: PictureFile = None,
    store: StoreAt = None,
) -> None:
    """Who would stand with an actor on a standard or in a committee."""
    from queries.coalition import coalition as question
    from queries.votes import shares

    rules = shares(rule or ())
    ask(
        lambda at, seen: question(at, standard, actor, seen, limit=limit, rules=rules),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


def influence(
    start: Annotated[str, typer.Option("--from", metavar="ACTOR", help="Who wants to be heard.", callback=legible)],
    target: Annotated[
        str,
        typer.Option("--to", metavar="BODY", help="The committee, agency or association to reach.", callback=legible),
    ],
    limit: Annotated[int, typer.Option(min=1, max=10, help="How many paths to show at most.")] = 5,
    as_of: AsOf = None,
    min_confidence: MinConfidence = Confidence.LOW,
    basis: Bases = None,
    dated: Dated = False,
    lang: Lang = "en",
    as_json: AsJson = False,
    picture_file: PictureFile = None,
    store: StoreAt = None,
) -> None:
    """By which paths an actor reaches a committee, agency or association."""
    from queries.influence import influence as question

    ask(
        lambda at, seen: question(at, start, target, seen, limit=limit),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


def access(
    actor: Annotated[str, typer.Argument(help="Who asks.", metavar="ACTOR", callback=legible)],
    body: Annotated[
        str, typer.Argument(help="The committee, association or agency.", metavar="BODY", callback=legible)
    ],
    as_of: AsOf = None,
    min_confidence: MinConfidence = Confidence.LOW,
    basis: Bases = None,
    dated: Dated = False,
    lang: Lang = "en",
    as_json: AsJson = False,
    picture_file: PictureFile = None,
    store: StoreAt = None,
) -> None:
    """May this actor sit, watch or comment there; what says so; what else is open."""
    from queries.access import access as question

    ask(
        lambda at, seen: question(at, actor, body, seen),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


def picture(
    thing: Annotated[
        str,
        typer.Argument(help="What to draw: a standard, committee, company, agency ...", metavar="X", callback=legible),
    ],
    actor: Annotated[
        str | None, typer.Option("--for", metavar="ACTOR", help="Draw the coalition for this actor.", callback=legible)
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", metavar="BODY", help="Draw the paths from X to this body.", callback=legible)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="FILE.html, .svg, .graphml or .csv.")
    ] = None,
    as_of: AsOf = None,
    lang: Lang = "en",
    store: StoreAt = None,
) -> None:
    """Draw an answer: who decides X; with --for the coalition, with --to the paths; else X with its neighbours."""
    if actor is not None and target is not None:
        raise InputError("draws the coalition, --to the paths: give one of them", field="--for")
    language(lang)
    seen = view(as_of)
    if out is not None:
        _form(out, "out")
    with reading(store_address(store), today()) as at:
        answer = _to_draw(at, thing, actor, target, seen, out)
    file = out or Path(f"{answer.question}-{answer.about[0].id.split(':')[-1][:60]}.html")
    _draw(answer, file, lang, "out")
    output().say(str(file))


def _to_draw(at: Store, thing: str, actor: str | None, target: str | None, seen: View, out: Path | None) -> Answer:
    if actor is not None:
        from queries.coalition import coalition as partners

        return partners(at, thing, actor, seen)
    if target is not None:
        from queries.influence import influence as paths

        return paths(at, thing, target, seen)
    from queries.oversight import ASKED
    from queries.oversight import oversight as decides
    from queries.resolve import one

    node = one(at, thing, as_of=seen.as_of, field="X")
    return decides(at, node.id, seen) if node.label in ASKED else _around(at, node.id, seen, out)


def _around(at: Store, thing: str, seen: View, file: Path | None, types: tuple[str, ...] = ()) -> Answer:
    """A thing and its neighbours for a file: a choice of all kinds for a drawing, else the first of all."""
    from api.pictures import DRAWN, NEIGHBOURS
    from queries.entity import LARGEST, entity

    if file is None or _form(file) in DRAWN:
        return entity(at, thing, seen, types=types, limit=NEIGHBOURS, turns=True)
    return entity(at, thing, seen, types=types, limit=LARGEST)


def ask(
    question: Callable[[Store, View], Answer],
    seen: View,
    lang: str,
    as_json: bool,
    address: str | None,
    picture_file: Path | None = None,
    drawn: Callable[[Store, View], Answer] | None = None,
) -> None:
    """Ask, and print the answer; exit 1 where it holds nothing. `drawn` asks what the picture shows, where that is not the answer."""
    words = language(lang)
    if picture_file is not None:
        _form(picture_file)
    with reading(store_address(address), today()) as at:
        answer = question(at, seen)
        about = at.nodes([node.id for node in answer.about])
        shown = drawn(at, seen) if drawn and picture_file else answer
    if picture_file is not None:
        _draw(shown, picture_file, lang)
    if as_json:
        print_body(answer)
    else:
        from api.terminal.answer import show as print_answer

        print_answer(output(), answer, words, about)
    if not answer.items and not answer.findings:
        raise typer.Exit(1)


def _form(file: Path, field: str = "picture") -> str:
    """The format that a file's ending names. Raises InputError, about the option `field`, for an unknown one."""
    from api.pictures import FORMATS

    form = file.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise InputError(f"{file.name}: pictures end in {', '.join('.' + f for f in FORMATS)}", field=field)
    return form


def _draw(answer: Answer, file: Path, lang: str, field: str = "picture") -> None:
    """Write the picture. Raises InputError, about the option `field`, for a file that cannot be written."""
    from api.pictures import render

    content, _ = render(answer, _form(file, field), language(lang))
    write_file(file, content, field)


def _known(given: list[str] | None, allowed: tuple[str, ...], field: str) -> tuple[str, ...]:
    for name in given or ():
        if name not in allowed:
            raise InputError(f"{name[:80]!r} is not known; there are: {', '.join(allowed)}", field=field)
    return tuple(given or ())
