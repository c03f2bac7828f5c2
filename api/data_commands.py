"""Commands about the data: load, undo, export, what is loaded, and whether all is well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import AsJson, Lang, StoreAt, language, store_address, today
from api.output import complain, errors, output, print_body, reading
from graph.errors import InputError, StandardsGraphError, StoreMissingError

# What reads and writes is imported when it is needed: `--help` must not wait for it.
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.store import Progress
    from loaders import LoadSummary, Refusal, TableCounts

REFUSALS_SHOWN = 50
"""Refusals that are listed for people; `--json` has all."""

_ALWAYS_TOLD = ("rows", "taken", "nodes", "statements")
"""Counts of a load that are told even where they are nothing."""


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (load, export, sources, doctor):
        app.command(rich_help_panel="Data")(command)


def load(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Tables or folders of tables; the shipped data without any.", metavar="PATH"),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Mapping for tables that have none beside them.")
    ] = None,
    partial: Annotated[
        bool,
        typer.Option("--partial", metavar="", help="The tables hold only a part of their datasets: close nothing."),
    ] = False,
    dry: Annotated[
        bool, typer.Option("--dry-run", metavar="", help="Show what would be loaded, write nothing.")
    ] = False,
    undo: Annotated[str | None, typer.Option(metavar="DATASET", help="Take this dataset out again.")] = None,
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Load tables (CSV, JSON lines) with the mapping beside each; refused rows are listed, the rest is loaded.

    Exit code 2 where rows were refused. A store that is not there yet gets the shipped data first.
    """
    address = store_address(store)
    if undo is not None:
        if paths or dry:
            raise InputError("takes one dataset out; it goes with no tables and no --dry-run", field="--undo")
        _undo(address, undo, as_json)
        return
    chosen = list(paths or ())
    for path in (*chosen, *([mapping] if mapping else [])):
        if not path.exists():
            raise InputError(f"{path}: no such file or folder", field="path")
    faults = _dry(address, chosen, mapping, as_json) if dry else _load(address, chosen, mapping, partial, as_json)
    if faults:
        raise typer.Exit(2)


def _load(address: str | None, paths: list[Path], mapping: Path | None, partial: bool, as_json: bool) -> int:
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    from api.opening import fill
    from graph.open import open_store
    from loaders import load as load_tables

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    console = errors()
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading the tables", total=None)

        def tell(dataset: str, so_far: Progress) -> None:
            written = f"{so_far.nodes:,} node records, {so_far.statements:,} statements written"
            bar.update(task, description=f"{dataset}: {written}")

        try:
            at = open_store(address)
        except StoreMissingError:
            summary = fill(address, on=today(), progress=tell)
            if not paths:
                return _report(summary, as_json)
            at = open_store(address)
        try:
            from loaders import shipped

            given = paths or [shipped()]
            summary = load_tables(at, given, on=today(), complete=not partial, mapping=mapping, progress=tell)
        finally:
            at.close()
    return _report(summary, as_json)


def _report(summary: LoadSummary, as_json: bool) -> int:
    """Print what a load did, and give the number of faults."""
    if as_json:
        body = {
            "reports": summary.reports,
            "tables": summary.counts,
            "refusals": summary.refusals,
            "unused_columns": summary.unused,
            "notes": summary.notes,
            "faults": summary.faults,
        }
        print_body(body)
        return summary.faults
    _print_counts(summary.counts)
    total = {n: sum(getattr(r, n) for r in summary.reports) for n in ("added", "changed", "unchanged", "closed")}
    console = output()
    console.print()
    console.say(f"{', '.join(f'{n:,} {name}' for name, n in total.items())} (statements)")
    _print_remarks(summary.notes, summary.unused)
    _print_refusals(summary.refusals, summary.faults)
    return summary.faults


def _dry(address: str | None, paths: list[Path], mapping: Path | None, as_json: bool) -> int:
    """Print what would be loaded; names lead to what is on record where there is a store."""
    from graph.open import open_store
    from loaders import read, shipped

    try:
        known = open_store(address, readonly=True)
    except StoreMissingError:
        known = None
    try:
        found = read(paths or [shipped()], known=known, mapping=mapping)
        nodes = statements = 0
        for line in found.lines():
            nodes, statements = nodes + ("node" in line), statements + ("statement" in line)
            if as_json:
                print_body(line)
    finally:
        if known:
            known.close()
    if not as_json:
        _print_counts(found.counts)
        console = output()
        console.print()
        console.say(f"would load {nodes:,} node records and {statements:,} statements; --json shows each")
        _print_remarks(found.notes, found.unused)
    _print_refusals(found.refusals, found.faults)
    return found.faults


def _print_counts(counts: Mapping[str, TableCounts]) -> None:
    from api.terminal.prose import prose
    from api.terminal.sheet import Sheet, table

    figures = ("rows", "taken", "partly", "refused", "left out", "nodes", "statements", "notes")
    cells = {file: [getattr(counted, name.replace(" ", "_")) for name in figures] for file, counted in counts.items()}
    # What no table has is no column: all of them are wider than most terminals.
    told = [n for n, name in enumerate(figures) if name in _ALWAYS_TOLD or any(row[n] for row in cells.values())]
    made = table("table", *(figures[n] for n in told), right=figures)
    for file, row in cells.items():
        made.add_row(prose(Path(file).name), *(f"{row[n]:,}" for n in told))
    Sheet(output(), "en").put(made)


def _print_remarks(notes: Mapping[str, Sequence[str]], unused: Mapping[str, Sequence[str]]) -> None:
    """What had to be assumed of each table, and columns that nothing was made of."""
    console = output()
    for file, said in notes.items():
        for note in said:
            console.say(f"{Path(file).name}: {note}", "dim")
    for file, columns in unused.items():
        if columns:
            listed = ", ".join(columns)
            console.say(f"{Path(file).name}: columns not used: {listed}", "dim")


def _print_refusals(refusals: Sequence[Refusal], faults: int) -> None:
    """Each refusal on one line of standard error: file, line, reason."""
    if not faults:
        return
    console = errors()
    console.say(f"Refused: {faults:,}", "bold red")
    listed = [refusal for refusal in refusals if not refusal.left_out]
    for refusal in listed[:REFUSALS_SHOWN]:
        console.say(f"  {refusal}")
    if faults > min(len(listed), REFUSALS_SHOWN):
        console.say(f"  and {faults - min(len(listed), REFUSALS_SHOWN):,} more; load --json lists them")


def _undo(address: str | None, dataset: str, as_json: bool) -> None:
    from graph.open import open_store

    at = open_store(address)
    try:
        known = [each.id for each in at.datasets()]
        if dataset not in known:
            raise InputError(
                f"dataset {dataset[:80]!r} is not loaded; loaded are: {', '.join(known) or 'none'}", field="--undo"
            )
        removed = at.undo(dataset)
    finally:
        at.close()
    if as_json:
        print_body({"dataset": dataset, "removed": removed})
    else:
        output().say(f"{dataset}: {removed:,} statements taken out")


def export(
    out: Annotated[Path, typer.Argument(help="FILE.graphml, FILE.jsonl, or a folder for CSV files.", metavar="OUT")],
    kind: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="graphml, csv or jsonl; by the ending of OUT otherwise."),
    ] = None,
    private: Annotated[bool, typer.Option("--private", metavar="", help="Also what private datasets say.")] = False,
    store: StoreAt = None,
) -> None:
    """Write the whole graph with its evidence: GraphML, CSV (nodes, statements, documents) or JSON lines."""
    from api.exporting import export_graph, format_of

    chosen = format_of(out, kind)
    with reading(store_address(store), today()) as at:
        counted = export_graph(at, out, chosen, private=private)
    figures = ", ".join(f"{number:,} {name}" for name, number in counted.items())
    output().say(f"{out}: {figures}")


def sources(lang: Lang = "en", as_json: AsJson = False, store: StoreAt = None) -> None:
    """What is loaded: datasets with their licences, and how much each says."""
    from api import catalogue

    words = language(lang)
    with reading(store_address(store), today()) as at:
        loaded = catalogue.sources(at)
    if as_json:
        print_body(loaded)
        return
    from rich.console import Group

    from api.terminal.prose import prose
    from api.terminal.sheet import Sheet, table
    from graph import schema

    console = output()
    sheet = Sheet(console, words)
    count = sheet.word("statement_count")
    made = table(sheet.word("dataset"), sheet.word("what_it_is"), count, right=(count,))
    for d in loaded.datasets:
        private = f" ({sheet.word('private')})" if d.private else ""
        title, licence = prose(schema.titled(d.title, words)), prose((schema.titled(d.licence, words), "dim"))
        made.add_row(
            prose(d.id, (private, "dim")), Group(title, licence) if licence.plain else title, f"{d.statements:,}"
        )
    sheet.put(made)
    console.print()
    console.say(
        sheet.word(
            "loaded",
            nodes=sum(loaded.nodes.values()),
            statements=sum(loaded.statements.values()),
            documents=loaded.documents,
            day=loaded.loaded_on or sheet.word("unknown_day"),
        )
    )


def doctor(as_json: AsJson = False, store: StoreAt = None) -> None:
    """Say where the graph is kept, how large it is, and what is wrong, if anything is; exit code 2 where something is."""
    from api.health import checked

    try:
        facts, problems = checked(store_address(store))
    except StandardsGraphError as error:
        facts, problems = {}, (str(error),)
    if as_json:
        print_body({**facts, "problems": problems})
    else:
        console = output()
        for name, fact in facts.items():
            shown = f"{fact:,}" if isinstance(fact, int) and name not in ("schema_version", "revision") else str(fact)
            console.say(f"{name.replace('_', ' '):<16}{shown}")
        if not problems:
            console.say("all is well", "green")
        for problem in problems:
            complain(problem)
    if problems:
        raise typer.Exit(2)
