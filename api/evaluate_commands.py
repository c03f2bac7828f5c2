"""How good the graph is, measured on what people labelled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.names_on_record import NamesOnRecord
from api.options import AsJson, StoreAt, store_address, today
from api.output import output, print_body, reading
from graph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.identity.evaluation import LabelledPair

ERRORS_SHOWN = 25
"""Errors that are listed for people; `--json` has up to a hundred of each part."""

evaluate = typer.Typer(no_args_is_help=True)


@evaluate.callback()
def start() -> None:
    """Measure how good the graph is, on a file of what people labelled."""


@evaluate.command()
def identity(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="CSV with the columns a, b, label (same, different, parent, unsure); the pairs that ship without it.",
        ),
    ] = None,
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Precision and recall of what is merged, and of what is merged or proposed, on labelled pairs of names.

    Each part is measured twice: by the names alone, and with the names that are on record in the store.
    """
    from graph.identity.evaluation import evaluate as measured
    from graph.identity.evaluation import is_held_out, shipped_pairs

    parts: list[tuple[str, Sequence[LabelledPair]]]
    if file is None:
        pairs = shipped_pairs()
        parts = [
            ("tuned", [pair for pair in pairs if not is_held_out(pair)]),
            ("held out", [pair for pair in pairs if is_held_out(pair)]),
        ]
    else:
        pairs = _read(file)
        parts = [("all", pairs)]
    with reading(store_address(store), today()) as at:
        found = [
            (name, known, measured(part) if known == "names alone" else measured(part, NamesOnRecord(at)))
            for name, part in parts
            for known in ("names alone", "names on record")
        ]
    if as_json:
        listed = [{"part": name, "known": known, "evaluation": figures} for name, known, figures in found]
        print_body({"file": "pairs.csv" if file is None else file.name, "pairs": len(pairs), "parts": listed})
        return
    from api.terminal.prose import prose
    from api.terminal.review import put_errors, put_evaluation
    from api.terminal.sheet import Sheet

    sheet = Sheet(output(), "en")
    if file is None:
        sheet.put(prose(("Many of these pairs are names on record: with these they are merged by the record.", "dim")))
    for name, known, figures in found:
        put_evaluation(sheet, f"{name}, {known}", figures)
    worst = [error for name, known, figures in found if known == "names on record" for error in figures.errors]
    if worst:
        put_errors(sheet, sorted(worst, key=lambda one: one.gravity, reverse=True)[:ERRORS_SHOWN])


def _read(file: Path) -> tuple[LabelledPair, ...]:
    from graph.identity.evaluation import LARGEST, read_pairs

    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}", field="FILE") from None
    return read_pairs(file.name, data)
