"""What a load did, for people: what files were taken for, counts of records, and each refusal on a line of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.output import errors, output
from api.terminal.prose import prose
from api.terminal.sheet import Sheet, table

if TYPE_CHECKING:
    from graph.store import LoadReport
    from loaders import LoadSummary, Outcome, TableCounts

REFUSALS_SHOWN = 50
"""Refusals that are listed for people; `--json` and `--report` have more."""

_OF_RECORDS = ("taken", "partly", "refused", "left out")
_FIGURES = (*_OF_RECORDS, "nodes", "statements", "notes")
_ALWAYS_TOLD = ("taken", "nodes", "statements")
"""Counts that are told even where they are nothing."""
_WRITTEN = ("added", "changed", "unchanged", "closed")


def show(summary: LoadSummary, files: Sequence[Outcome] = ()) -> None:
    """What a load did; `files` are listed with what each was taken for."""
    known = [outcome for outcome in files if summary.sources]
    if known:
        made = table("file", "taken for", "dataset")
        for outcome in known:
            made.add_row(prose(Path(outcome.file).name), prose(outcome.format), prose(outcome.dataset))
        Sheet(output(), "en").put(made)
        output().print()
    _counts(summary)
    _written(summary.reports)
    console = output()
    for dataset, gap in summary.incomplete.items():
        console.say(f"{dataset}: nothing was closed, because {gap}", "yellow")
    _remarks(summary.notes, summary.unused)
    show_refusals(summary)


def show_dry(summary: LoadSummary, nodes: int, statements: int) -> None:
    """What a load would do."""
    _counts(summary)
    console = output()
    console.print()
    console.say(f"would load {nodes:,} node records and {statements:,} statements; --json shows each")
    _remarks(summary.notes, summary.unused)
    show_refusals(summary)


def show_refusals(summary: LoadSummary) -> None:
    """Each refusal on one line of standard error: file, line, reason."""
    if not summary.faults:
        return
    console = errors()
    console.say(f"Refused: {summary.faults:,}", "bold red")
    listed = [refusal for refusal in summary.refusals if not refusal.left_out]
    for refusal in listed[:REFUSALS_SHOWN]:
        console.say(f"  {refusal}")
    if summary.faults > min(len(listed), REFUSALS_SHOWN):
        more = summary.faults - min(len(listed), REFUSALS_SHOWN)
        console.say(f"  and {more:,} more; load --json or --report FILE lists them")


def _counts(summary: LoadSummary) -> None:
    """What became of the records of known sources, and of the rows of tables."""
    rows = [((s.format, s.dataset, f"{s.files:,}", f"{s.records.rows:,}"), s.records) for s in summary.sources]
    if rows:
        # What they said is told by dataset, further below: names of sources are long, and most terminals are not.
        _counted(("source", "dataset", "files", "records"), rows, _OF_RECORDS)
    tables = [((Path(file).name, f"{counts.rows:,}"), counts) for file, counts in summary.counts.items()]
    if tables and rows:
        output().print()
    if tables:
        _counted(("table", "rows"), tables, _FIGURES)


def _counted(heads: Sequence[str], rows: Sequence[tuple[Sequence[str], TableCounts]], figures: Sequence[str]) -> None:
    # What nothing has is no column: all of them are wider than most terminals.
    told = [f for f in figures if f in _ALWAYS_TOLD or any(_figure(counts, f) for _, counts in rows)]
    made = table(*heads, *told, right=("files", "records", "rows", *_FIGURES))
    for cells, counts in rows:
        made.add_row(*map(prose, cells), *(f"{_figure(counts, figure):,}" for figure in told))
    Sheet(output(), "en").put(made)


def _figure(counts: TableCounts, name: str) -> int:
    figure: int = getattr(counts, name.replace(" ", "_"))
    return figure


def _written(reports: Sequence[LoadReport]) -> None:
    """What changed in the store, by dataset where there are several."""
    console = output()
    console.print()
    if len(reports) > 1:
        made = table("dataset", *_WRITTEN, right=_WRITTEN)
        for report in reports:
            made.add_row(prose(report.dataset), *(f"{getattr(report, name):,}" for name in _WRITTEN))
        Sheet(console, "en").put(made)
        console.print()
    total = {name: sum(getattr(report, name) for report in reports) for name in _WRITTEN}
    console.say(f"{', '.join(f'{n:,} {name}' for name, n in total.items())} (node records and statements)")


def _remarks(notes: Mapping[str, Sequence[str]], unused: Mapping[str, Sequence[str]]) -> None:
    """What had to be assumed of each table, and columns that nothing was made of."""
    console = output()
    for file, said in notes.items():
        for note in said:
            console.say(f"{Path(file).name}: {note}", "dim")
    for file, columns in unused.items():
        if columns:
            listed = ", ".join(columns)
            console.say(f"{Path(file).name}: columns not used: {listed}", "dim")
