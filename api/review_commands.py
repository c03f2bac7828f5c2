"""Judging which organisations are one: `review` walks through candidates, keeps judgements, shares them and takes them back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import AsJson, Lang, StoreAt, language, legible, store_address, today, view
from api.output import complain, errors, output, print_body, reading
from graph.errors import InputError, StoreMissingError

# What reads and writes is imported when it is needed: `--help` must not wait for it.
if TYPE_CHECKING:
    from graph.identity.judgements import JudgedPair
    from graph.identity.register import Register
    from graph.names.judgement import Verdict
    from graph.store import Store

REFUSALS_SHOWN = 50
"""Refused lines of a file that are listed for people; `--json` has all."""


def review(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many pairs to go through.")] = 20,
    of: Annotated[str | None, typer.Option("--of", metavar="NAME", help="Only pairs with this organisation.")] = None,
    role: Annotated[
        str | None, typer.Option("--as", metavar="ROLE", help="The role in which you judge; never a person's name.")
    ] = None,
    judge: Annotated[
        tuple[str, str, str] | None,
        typer.Option(
            metavar="A B VERDICT",
            help="Judge one pair: same, different, parent (A is the parent of B) or unsure. A and B are names or ids.",
        ),
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why, for those who read the judgement later.")] = "",
    back: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--take-back", metavar="A B", help="Take the judgement on this pair back, and what followed from it."
        ),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all judgements as CSV, to be shared; - for standard output."),
    ] = None,
    take_in: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take the judgements of such a file in.")
    ] = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Go through pairs of organisations that may be one, with the evidence of both, and judge them.

    The answer `same` makes one node of the two, and the old id leads to the new one; every judgement can be taken back.
    """
    chosen = [
        name
        for name, given in (("--judge", judge), ("--take-back", back), ("--export", export), ("--import", take_in))
        if given
    ]
    if len(chosen) > 1:
        raise InputError(f"goes with none of {', '.join(chosen[1:])}", field=chosen[0])
    address, words = store_address(store), language(lang)
    if export is not None:
        _export(address, export)
    elif take_in is not None:
        _import(address, take_in, as_json)
    elif judge is not None:
        _judge(address, judge, role, note, as_json)
    elif back is not None:
        _take_back(address, back, as_json)
    elif as_json:
        _list(address, limit, of)
    else:
        from api.review_walk import Walk

        with _writing(address) as at:
            found = Walk(at, words, legible(role), legible(note)).run(limit, _ids(at, of))
        if not found:
            raise typer.Exit(1)


@contextmanager
def _writing(address: str | None) -> Iterator[Store]:
    """The store, open for writing; made and filled with the shipped data where there is none yet."""
    from api.opening import fill
    from graph.open import open_store

    try:
        at = open_store(address)
    except StoreMissingError:
        errors().say("First use: loading the shipped data ...", "dim")
        fill(address, on=today())
        at = open_store(address)
    try:
        yield at
    finally:
        at.close()


def _register(at: Store) -> Register:
    from graph.identity.register import Register

    return Register(at, today())


def _list(address: str | None, limit: int, of: str | None) -> None:
    from queries.identity import proposals

    with reading(address, today()) as at:
        found = proposals(at, view(None), limit=limit, of=_ids(at, of))
    print_body(found)
    if not found.proposals:
        raise typer.Exit(1)


def _ids(at: Store, name: str | None) -> tuple[str, ...]:
    return () if name is None else (_organisation(at, name, field="of")[0],)


def _organisation(at: Store, text: str, *, field: str) -> tuple[str, str]:
    """The id and a name of an organisation that somebody wrote; a merged id stays as it is written."""
    from graph.schema import ORGANISATIONS
    from queries import resolve

    text = legible(text)
    node = resolve.one(at, text, labels=ORGANISATIONS, as_of=today(), field=field, wanted="organisation")
    return (text.strip() if ":" in text and at.moved(text.strip()) else node.id), node.ref.name("zh")


def _verdict(text: str) -> Verdict:
    from graph.identity.judgements import VERDICTS

    for verdict in VERDICTS:
        if text.strip().lower() == verdict:
            return verdict
    raise InputError(f"the verdict is one of {', '.join(VERDICTS)}, not {legible(text)[:40]!r}", field="--judge")


def _judge(address: str | None, given: tuple[str, str, str], role: str | None, note: str, as_json: bool) -> None:
    from graph.identity.judgements import LONGEST_NOTE, JudgedPair, checked_role

    verdict, who = _verdict(given[2]), checked_role(legible(role or ""))
    with _writing(address) as at:
        a, name_a = _organisation(at, given[0], field="--judge")
        b, name_b = _organisation(at, given[1], field="--judge")
        asked = JudgedPair(a, name_a, b, name_b, verdict, who, today().isoformat(), legible(note)[:LONGEST_NOTE])
        _report(_register(at).judge(asked), as_json)


def _take_back(address: str | None, pair: tuple[str, str], as_json: bool) -> None:
    with _writing(address) as at:
        taken = _register(at).take_back(legible(pair[0]).strip(), legible(pair[1]).strip())
    if as_json:
        print_body(_body(taken))
    else:
        from api.terminal.review import reads

        output().say(f"taken back: {reads(taken)}")


def _report(kept: JudgedPair, as_json: bool) -> None:
    if as_json:
        print_body(_body(kept))
    else:
        from api.terminal.review import reads

        output().say(reads(kept))


def _body(one: JudgedPair) -> dict[str, str]:
    from graph.identity.judgements import COLUMNS

    cells = (one.a, one.name_a, one.b, one.name_b, one.verdict, one.role, one.on, one.note)
    return dict(zip(COLUMNS, cells, strict=True))


def _export(address: str | None, out: Path) -> None:
    from graph.identity.judgements import written

    with reading(address, today()) as at:
        judgements = _register(at).judgements
    text = written(judgements)
    if str(out) == "-":
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}", field="--export") from None
    output().say(f"{out}: {len(judgements):,} judgements")


def _import(address: str | None, file: Path, as_json: bool) -> None:
    from graph.identity.judgements import LARGEST_FILE, read_file

    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}", field="--import") from None
    given = read_file(file.name, data)
    with _writing(address) as at:
        done = _register(at).take_in(file.name, given)
    if as_json:
        print_body(done)
    else:
        output().say(f"{file.name}: {done.added:,} new, {done.changed:,} changed, {done.unchanged:,} unchanged")
        for refused in done.refused[:REFUSALS_SHOWN]:
            complain(str(refused))
        if len(done.refused) > REFUSALS_SHOWN:
            complain(f"and {len(done.refused) - REFUSALS_SHOWN:,} more; --json lists them")
    if done.refused:
        raise typer.Exit(2)
