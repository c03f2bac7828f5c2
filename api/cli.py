"""The command line: `standards-graph QUESTION ...`. Each question is one command; `--json` prints the API's body.

Exit codes: 0; 1 nothing found, or a name that fits several things; 2 bad usage, bad input, or a store that cannot serve.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api import data_commands, identity_commands
from api.body import encode
from api.opening import ready
from api.options import (
    AsJson,
    AsOf,
    Bases,
    Dated,
    Lang,
    Limit,
    MinConfidence,
    StoreAt,
    language,
    today,
    view,
)
from api.pictures import render
from api.settings import Settings
from api.terminal import show as print_answer
from graph import schema
from graph.errors import AmbiguousError, InputError, NotFoundError, StandardsGraphError
from graph.model import Confidence, View
from graph.store import Progress, Store
from queries import access as access_question
from queries import coalition as coalition_question
from queries import entity as entity_question
from queries import influence as influence_question
from queries import oversight as oversight_question
from queries import search as search_question
from queries.answer import Answer
from queries.resolve import one

app = typer.Typer(
    name="standards-graph",
    help="Who decides a standard, who would stand with you, and how you reach the people who decide.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
data_commands.add_to(app)
identity_commands.add_to(app)

PictureFile = Annotated[
    Path | None,
    typer.Option("--picture", metavar="FILE", help="Also draw the answer: FILE.html, .svg, .graphml or .csv."),
]
Standard = Annotated[str, typer.Argument(help="A standard or committee: number, code, name or id.")]


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(help="Words in Chinese, English or pinyin, or a number in any spelling.")
    ],
    limit: Limit = 20,
    after: Annotated[str, typer.Option(help="Cursor of the next page.")] = "",
    label: Annotated[list[str] | None, typer.Option(help=f"Only these kinds: {', '.join(schema.LABELS)}.")] = None,
    as_of: AsOf = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Find agencies, committees, companies, standards ... by any of their names."""
    labels = tuple(label or ())
    for name in labels:
        if name not in schema.LABELS:
            raise InputError(f"label {name!r} is not known; write one of {', '.join(schema.LABELS)}", field="label")
    ask(
        lambda at, seen: search_question.search(at, " ".join(words), seen, labels=labels, limit=limit, after=after),
        view(as_of), lang, as_json, store,
    )  # fmt: skip


@app.command()
def show(
    thing: Annotated[str, typer.Argument(help="Anything: a name, number, code or id.", metavar="X")],
    limit: Limit = 40,
    after: Annotated[str, typer.Option(help="Cursor of the next page.")] = "",
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
    ask(
        lambda at, seen: entity_question.entity(at, thing, seen, limit=limit, after=after),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


@app.command()
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
    ask(
        lambda at, seen: oversight_question.oversight(at, standard, seen),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


@app.command()
def coalition(
    standard: Standard,
    actor: Annotated[
        str, typer.Option("--for", metavar="ACTOR", help="Who asks: a company, institute or association.")
    ],
    limit: Limit = 20,
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
    ask(
        lambda at, seen: coalition_question.coalition(at, standard, actor, seen, limit=limit),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


@app.command()
def influence(
    start: Annotated[str, typer.Option("--from", metavar="ACTOR", help="Who wants to be heard.")],
    target: Annotated[str, typer.Option("--to", metavar="BODY", help="The committee, agency or association to reach.")],
    limit: Limit = 5,
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
    ask(
        lambda at, seen: influence_question.influence(at, start, target, seen, limit=limit),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


@app.command()
def access(
    actor: Annotated[str, typer.Argument(help="Who asks.")],
    body_: Annotated[str, typer.Argument(help="The committee, association or agency.", metavar="BODY")],
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
    ask(
        lambda at, seen: access_question.access(at, actor, body_, seen),
        view(as_of, min_confidence, basis, dated=dated), lang, as_json, store, picture_file,
    )  # fmt: skip


@app.command()
def picture(
    thing: Annotated[str, typer.Argument(help="What to draw: a standard, committee, company, agency ...", metavar="X")],
    actor: Annotated[
        str | None, typer.Option("--for", metavar="ACTOR", help="Draw the coalition for this actor.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--to", metavar="BODY", help="Draw the paths from X to this body.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="FILE.html, .svg, .graphml or .csv.")
    ] = None,
    as_of: AsOf = None,
    lang: Lang = "en",
    store: StoreAt = None,
) -> None:
    """Draw an answer: who decides X; with --for the coalition, with --to the paths; else X with its neighbours."""

    def answer(at: Store, seen: View) -> Answer:
        if actor is not None:
            return coalition_question.coalition(at, thing, actor, seen)
        if target is not None:
            return influence_question.influence(at, thing, target, seen)
        node = one(at, thing, as_of=seen.as_of, field="X")
        if node.label in oversight_question.ASKED:
            return oversight_question.oversight(at, node.id, seen)
        return entity_question.entity(at, node.id, seen)

    words = language(lang)
    with opened(store) as at:
        drawn = answer(at, view(as_of))
    file = out or Path(f"{drawn.question}-{drawn.about[0].id.split(':')[-1][:60]}.html")
    draw(drawn, file, words)
    typer.echo(str(file))


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 8000 by default.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; loopback unless you say otherwise.")] = None,
    store: StoreAt = None,
) -> None:
    """Open the first page and the API, on loopback unless told otherwise; loads the shipped data on first use."""
    from api.serve import serve as run

    given = {"port": port, "host": host, "store": store}
    run(Settings().model_copy(update={name: value for name, value in given.items() if value is not None}))


def ask(
    question: Callable[[Store, View], Answer],
    seen: View,
    lang: str,
    as_json: bool,
    address: str | None,
    picture_file: Path | None = None,
) -> None:
    """Ask, and print the answer; exit 1 where it holds nothing."""
    words = language(lang)
    with opened(address) as at:
        answer = question(at, seen)
    if picture_file is not None:
        draw(answer, picture_file, words)
    if as_json:
        sys.stdout.buffer.write(encode(answer))
    else:
        print_answer(Console(highlight=False), answer, words)
    if not answer.items and not answer.findings:
        raise typer.Exit(1)


def draw(answer: Answer, file: Path, lang: str) -> None:
    """Write the picture in the format of the file's ending. Raises InputError for an unknown one or a file that cannot be written."""
    kind = file.suffix.removeprefix(".").lower()
    if kind not in ("html", "svg", "graphml", "csv"):
        raise InputError(f"{file.name}: pictures end in .html, .svg, .graphml or .csv", field="out")
    content, _ = render(answer, kind, language(lang))
    try:
        file.write_bytes(content)
    except OSError as e:
        raise InputError(f"{file}: cannot be written ({e.strerror})", field="out") from None


@contextmanager
def opened(address: str | None) -> Iterator[Store]:
    """The store, made and filled on first use, with progress on standard error."""
    errors = Console(stderr=True, highlight=False)
    told: list[str] = []

    def progress(dataset: str, _: Progress) -> None:
        if not told:
            errors.print("[dim]First use: loading the shipped data ...[/]")
        told.append(dataset)

    store = ready(address if address is not None else Settings().store, on=today(), progress=progress)
    try:
        yield store
    finally:
        store.close()


def main() -> None:
    """Run the command line; our own errors become one line and an exit code."""
    try:
        app()
    except (NotFoundError, AmbiguousError) as e:
        complain(e)
        raise SystemExit(1) from None
    except StandardsGraphError as e:
        complain(e)
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


def complain(error: StandardsGraphError) -> None:
    """One line on standard error."""
    field = getattr(error, "field", "")
    text = "".join(c if c.isprintable() else " " for c in str(error))
    Console(stderr=True, highlight=False).print(
        f"[red]{field + ': ' if field and not text.startswith(field) else ''}[/]", end=""
    )
    Console(stderr=True, highlight=False, markup=False).print(text)


if __name__ == "__main__":
    main()
