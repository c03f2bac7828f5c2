"""Commands about identity: what the grammar makes of a number, and whether two names are one organisation."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.body import encode
from api.opening import ready
from api.options import AsJson, StoreAt, today
from api.settings import Settings
from graph import numbers, schema
from graph.names import Alias, compare, name_key
from graph.store import Store

LONGEST_LINE = 100_000
"""Characters of a line of standard input that are looked at."""


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(number)
    app.command()(names)


def number(
    texts: Annotated[
        list[str] | None, typer.Argument(help="Texts to read; else lines on standard input.", metavar="TEXT...")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What the grammar of standard numbers makes of each text."""
    lines: Iterable[str] = texts or (line.rstrip("\r\n")[:LONGEST_LINE] for line in sys.stdin)
    rows = (reading(text) for text in lines)
    known = False
    if as_json:
        for row in rows:
            known = known or row["number"] is not None
            sys.stdout.buffer.write(encode(row))
    else:
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for column in ("text", "number", "kind", "mandatory", "issuer", "year"):
            table.add_column(column, overflow="fold")
        for row in rows:
            known = known or row["number"] is not None
            cells = (row["input"], row["number"] or "-", row["kind"], row["mandatory"], row["issuer"], row["year"])
            table.add_row(*("" if cell is None else escape(str(cell)) for cell in cells))
        Console(highlight=False).print(table)
    if not known:
        raise typer.Exit(1)


def reading(text: str) -> dict[str, object]:
    """One text as the grammar reads it; `number` is None where it is none, `inside` holds the numbers of a running text.

    >>> reading("GB18384-2020")["number"], reading("2019-05-10")["number"]
    ('GB 18384-2020', None)
    """
    text = text.encode("utf-8", "replace").decode()  # what the terminal could not decode
    found = numbers.parse(text)
    inside = [] if found else [f.number.canonical for f in numbers.find_all(text)]
    row: dict[str, object] = dict.fromkeys(
        ("number", "kind", "mandatory", "issuer", "year", "part", "amendment", "family")
    )
    if found:
        row = {
            "number": found.canonical,
            "kind": found.kind,
            "mandatory": found.mandatory,
            "issuer": found.issuer,
            "year": found.year,
            "part": found.part,
            "amendment": found.amendment,
            "family": found.edition_family,
            "may_mean": list(found.candidates()),
        }
    return {"input": text, **row, "inside": inside}


def names(
    a: Annotated[str, typer.Argument(help="A name of an organisation.")],
    b: Annotated[str, typer.Argument(help="Another.")],
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Whether two names mean one organisation, by what is known so far, and why."""
    at = ready(store if store is not None else Settings().store, on=today())
    try:
        judged = compare(a, b, _Known(at))
    finally:
        at.close()
    if as_json:
        parent = {"a": a, "b": b}.get(judged.parent or "")
        row = {"a": a, "b": b, "verdict": judged.verdict, "why": judged.why, "why_zh": judged.why_zh,
               "rule": judged.rule, "parent": parent, "keys": [name_key(a), name_key(b)]}  # fmt: skip
        sys.stdout.buffer.write(encode(row))
    else:
        Console(highlight=False).print(f"[bold]{judged.verdict}[/]: {escape(judged.why)}（{escape(judged.why_zh)}）")


class _Known:
    """The names on record, as the comparison asks for them. Entities of one group stay different organisations."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known_as(self, key: str) -> Collection[Alias]:
        named = self._store.named([key], labels=schema.ACTORS).get(key, ())
        return [Alias(n.node.id, n.kind) for n in named]
