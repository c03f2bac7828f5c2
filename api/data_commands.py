"""Commands about the data: load, undo, export, what is loaded, and whether all is well."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from api import catalogue
from api.body import encode
from api.exporting import FORMATS, export_graph
from api.opening import ready
from api.options import AsJson, StoreAt, today
from api.settings import Settings
from graph.errors import InputError, StandardsGraphError
from graph.open import open_store
from graph.store import Progress
from loaders import LoadSummary, dry_run, shipped
from loaders import load as load_tables


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(load)
    app.command()(export)
    app.command()(sources)
    app.command()(doctor)


def load(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Tables or folders of tables; the shipped data without any.", metavar="PATH..."),
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="Mapping file for tables that have none beside them.")] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="The tables hold only a part of their datasets: close nothing.")
    ] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show what would be loaded, write nothing.")] = False,
    undo: Annotated[str | None, typer.Option(metavar="DATASET", help="Take this dataset out again.")] = None,
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Load tables (CSV, JSON lines) with the mapping beside each; refused rows are listed, the rest is loaded.

    Exit code 2 where rows were refused.
    """
    address = store if store is not None else Settings().store
    if undo is not None:
        _undo(address, undo, as_json)
        return
    chosen = list(paths or [shipped()])
    for path in chosen:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder", field="PATH")
    if dry:
        _dry(chosen, mapping, as_json)
        return
    summary = _load(address, chosen, mapping, partial)
    if as_json:
        sys.stdout.buffer.write(encode(_summary_body(summary)))
    else:
        _print_summary(summary)
    if summary.faults:
        raise typer.Exit(2)


def _load(address: str | None, paths: list[Path], mapping: Path | None, partial: bool) -> LoadSummary:
    errors = Console(stderr=True, highlight=False)
    at = open_store(address, create=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    try:
        with Bar(*columns, console=errors, transient=True) as bar:
            task = bar.add_task("reading", total=None)

            def progress(dataset: str, p: Progress) -> None:
                bar.update(
                    task, description=f"{dataset}: {p.nodes:,} node records, {p.statements:,} statements written"
                )

            return load_tables(at, paths, on=today(), complete=not partial, mapping=mapping, progress=progress)
    finally:
        at.close()


def _undo(address: str | None, dataset: str, as_json: bool) -> None:
    at = open_store(address)
    try:
        known = [each.id for each in at.datasets()]
        if dataset not in known:
            raise InputError(
                f"dataset {dataset!r} is not loaded; loaded are: {', '.join(known) or 'none'}", field="undo"
            )
        removed = at.undo(dataset)
    finally:
        at.close()
    if as_json:
        sys.stdout.buffer.write(encode({"dataset": dataset, "removed": removed}))
    else:
        Console(highlight=False).print(f"{escape(dataset)}: {removed:,} statements taken out")


def _dry(paths: list[Path], mapping: Path | None, as_json: bool) -> None:
    nodes = statements = 0
    for line in dry_run(paths, mapping=mapping):
        nodes, statements = nodes + ("node" in line), statements + ("statement" in line)
        if as_json:
            sys.stdout.buffer.write(encode(line))
    if not as_json:
        Console(highlight=False).print(
            f"would load {nodes:,} node records and {statements:,} statements; --json shows each"
        )


def _summary_body(summary: LoadSummary) -> dict[str, object]:
    return {
        "reports": summary.reports,
        "tables": summary.counts,
        "refusals": summary.refusals,
        "unused_columns": summary.unused,
        "faults": summary.faults,
    }


def _print_summary(summary: LoadSummary) -> None:
    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("table", overflow="fold")
    for name in ("rows", "taken", "refused", "left out", "statements", "notes"):
        table.add_column(name, justify="right")
    for file, c in summary.counts.items():
        cells = (c.rows, c.taken, c.refused, c.left_out, c.statements, c.notes)
        table.add_row(escape(Path(file).name), *(f"{cell:,}" for cell in cells))
    console.print(table)
    added, changed = sum(r.added for r in summary.reports), sum(r.changed for r in summary.reports)
    closed, same = sum(r.closed for r in summary.reports), sum(r.unchanged for r in summary.reports)
    console.print(f"\n{added:,} statements added, {changed:,} changed, {same:,} unchanged, {closed:,} closed")
    faults = [refusal for refusal in summary.refusals if not refusal.left_out]
    if faults:
        console.print(f"\n[bold red]Refused: {len(faults):,}[/]")
        for refusal in faults[:50]:
            console.print("  " + escape(str(refusal)))
        if len(faults) > 50:
            console.print(f"  and {len(faults) - 50:,} more; --json lists all")
    for file, columns in summary.unused.items():
        if columns:
            console.print(f"[dim]{escape(Path(file).name)}: columns not used: {escape(', '.join(columns))}[/]")


def export(
    out: Annotated[Path, typer.Argument(help="FILE.graphml, FILE.jsonl, or a folder for CSV files.", metavar="OUT")],
    kind: Annotated[
        str | None, typer.Option("--format", help=f"{', '.join(FORMATS)}; by the ending of OUT otherwise.")
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Also what private datasets say.")] = False,
    store: StoreAt = None,
) -> None:
    """Write the whole graph with its evidence: GraphML, CSV (nodes, statements, documents) or JSON lines."""
    at = ready(store if store is not None else Settings().store, on=today())
    try:
        counted = export_graph(at, out, kind, private=private)
    finally:
        at.close()
    Console(highlight=False).print(
        f"{escape(str(out))}: " + ", ".join(f"{number:,} {name}" for name, number in counted.items())
    )


def sources(as_json: AsJson = False, store: StoreAt = None) -> None:
    """What is loaded: datasets with their licences, and how much each says."""
    at = ready(store if store is not None else Settings().store, on=today())
    try:
        loaded = catalogue.sources(at)
    finally:
        at.close()
    if as_json:
        sys.stdout.buffer.write(encode(loaded))
        return
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("dataset", "what it is", "licence", "statements"):
        table.add_column(name, overflow="fold", justify="right" if name == "statements" else "left")
    for d in loaded.datasets:
        private = " (private)" if d.private else ""
        table.add_row(escape(d.id + private), escape(d.title), escape(d.licence), f"{d.statements:,}")
    console = Console(highlight=False)
    console.print(table)
    nodes, statements = sum(loaded.nodes.values()), sum(loaded.statements.values())
    console.print(f"\n{nodes:,} nodes, {statements:,} statements, {loaded.documents:,} documents cited")


def doctor(as_json: AsJson = False, store: StoreAt = None) -> None:
    """Say where the graph is kept, how large it is, and what is wrong, if anything is."""
    address = store if store is not None else Settings().store
    facts: dict[str, object] = {"python": platform.python_version(), "address": address}
    problems: list[str] = []
    try:
        at = open_store(address, readonly=True)
    except StandardsGraphError as e:
        problems.append(str(e))
    else:
        try:
            counts, state = at.counts(), at.state()
        finally:
            at.close()
        facts |= {
            "engine": state.engine,
            "place": state.place,
            "schema_version": state.schema_version,
            "revision": state.revision,
            "loaded_on": state.loaded_on,
            "nodes": sum(counts.nodes.values()),
            "statements": sum(counts.statements.values()),
            "datasets": len(counts.datasets),
        }
        problems += state.notes
        if not facts["statements"]:
            problems.append("the store is empty; `standards-graph load` loads the shipped data")
    if as_json:
        sys.stdout.buffer.write(encode({**facts, "problems": problems}))
    else:
        console = Console(highlight=False)
        for name, fact in facts.items():
            shown = f"{fact:,}" if isinstance(fact, int) and name != "schema_version" else str(fact)
            console.print(f"[dim]{name.replace('_', ' '):<16}[/]{escape(shown)}")
        for problem in problems:
            console.print(f"[red]problem[/]         {escape(problem)}")
        if not problems:
            console.print("[green]all is well[/]")
    if problems:
        raise typer.Exit(2)
