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

evaluate = typer.Typer(invoke_without_command=True)


@evaluate.callback()
def start(context: typer.Context, as_json: AsJson = False, store: StoreAt = None) -> None:
    """Measure how good the answers are: partners against drafting lists that are hidden; with `identity`, names on labelled pairs."""
    if context.invoked_subcommand is None:
        coalition(as_json=as_json, store=store)
    elif as_json or store is not None:
        raise InputError(f"goes behind `{context.invoked_subcommand}`", field="--json" if as_json else "--store")


@evaluate.command()
def coalition(
    dataset: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only drafting lists of these datasets (repeat for several); all without it."),
    ] = None,
    most: Annotated[int, typer.Option(min=20, max=5000, help="How many cases at most, spread over time.")] = 400,
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Hide each standard's drafting list and all later ones, ask for partners of its lead drafter, and compare."""
    from queries import backtest

    with reading(store_address(store), today()) as at:
        known = [one.id for one in at.datasets() if not one.private]
        for name in dataset or ():
            if name not in known:
                message = f"{name[:80]!r} is no dataset on record; `standards-graph sources` lists them"
                raise InputError(message, field="dataset")
        tries = [backtest.tried(at, case) for case in backtest.cases(at, dataset or known, most=most)]
    if not tries:
        message = (
            "no standard on record has a day of publication, a committee in charge and two drafting organisations; "
            "load records of standards with their drafting lists"
        )
        raise InputError(message, field="dataset")
    half = len(tries) // 2
    earlier, later = tries[:half], tries[half:]
    tuned = backtest.tuned(earlier)
    parts = {
        "all": backtest.backtest(tries),
        "later": backtest.backtest(later),
        "later_tuned": backtest.backtest(backtest.weighted(later, tuned)),
    }
    if as_json:
        whole = parts["all"]
        own = {
            "hit_at_10": whole.coalition.hit_at_10,
            "recall_at_10": whole.coalition.recall_at_10,
            "mrr": whole.coalition.mrr,
        }
        rest = {"cases": whole.cases, "baselines": whole.baselines}
        print_body({"coalition": {**own, **rest, "parts": parts, "tuned_weights": tuned}})
        return
    from api.terminal.backtest import put_backtest
    from api.terminal.sheet import Sheet

    put_backtest(Sheet(output(), "en"), parts, tuned)


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
