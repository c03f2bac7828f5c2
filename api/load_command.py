"""The command that loads what a user has, shows what it would load, and takes a dataset out again."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from api.options import AsJson, StoreAt, store_address, today
from api.output import errors, output, print_body
from graph import dates
from graph.errors import DateError, InputError, StoreMissingError

# What reads and writes is imported when it is needed: `--help` must not wait for it.
if TYPE_CHECKING:
    from graph.store import Progress, Store
    from loaders import LoadSummary, Outcome

_DATASET = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")

FILES_SHOWN = 20
"""Up to so many files are listed with what each was taken for; `--report` has all."""


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(rich_help_panel="Data")(load)


def load(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, folders and archives; the shipped data without any.", metavar="PATH"),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Everything given is a table, to be read by this mapping.")
    ] = None,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete", metavar="", help="The files are the whole of their datasets: close what they no longer say."
        ),
    ] = False,
    partial: Annotated[
        bool,
        typer.Option("--partial", metavar="", help="Own tables hold only a part of their datasets: close nothing."),
    ] = False,
    dataset: Annotated[
        str,
        typer.Option(metavar="ID", help="Load into this dataset instead of the one that the source has by default."),
    ] = "",
    private: Annotated[
        bool, typer.Option("--private", metavar="", help="Keep what is loaded out of exports and of what is published.")
    ] = False,
    saved_on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day the files were saved from their source, where they do not say it."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what became of each file and record, one JSON object a line."),
    ] = None,
    dry: Annotated[
        bool, typer.Option("--dry-run", metavar="", help="Show what would be loaded, write nothing.")
    ] = False,
    undo: Annotated[str | None, typer.Option(metavar="DATASET", help="Take this dataset out again.")] = None,
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Load what you have: saved responses and pages, forewords, open data, bibliographic records, your own tables.

    Each file is known by what it holds; tables (CSV, JSON lines, workbooks) by
    the mapping beside them. Folders are searched; zip, tar, gz and xz are read
    without being unpacked. What cannot be used is refused and listed, the rest
    is loaded. Saved parts of a source close nothing; own tables close what they
    no longer say.

    Exit code 2 where something was refused. A store that is not there yet gets
    the shipped data first.
    """
    # The lines above are as long as fits 80 columns: they are shown as they are broken here.
    address = store_address(store)
    if undo is not None:
        if paths or dry:
            raise InputError("takes one dataset out; it goes with no files and no --dry-run", field="--undo")
        _undo(address, undo, as_json)
        return
    if complete and partial:
        raise InputError(
            "the files are either the whole or a part; leave out --complete or --partial", field="--partial"
        )
    if dataset and not _DATASET.fullmatch(dataset):
        raise InputError(f"{dataset[:80]!r} is no id of a dataset; write it like our-members", field="--dataset")
    for path in (*(paths or ()), *([mapping] if mapping else [])):
        if not path.exists():
            raise InputError(f"{path}: no such file or folder", field="path")
    chosen = _Chosen(
        paths=tuple(paths or ()),
        mapping=mapping,
        complete=True if complete else False if partial else None,
        dataset=dataset,
        private=private,
        saved_on=_day(saved_on),
    )
    faults = _dry(address, chosen, as_json) if dry else _load(address, chosen, report, as_json)
    if faults:
        raise typer.Exit(2)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is to be loaded, and how it is meant."""

    paths: tuple[Path, ...]
    mapping: Path | None
    complete: bool | None
    dataset: str
    private: bool
    saved_on: str | None


@dataclass(slots=True)
class _Heard:
    """What a load tells of files and records: the first files are kept, and everything goes into the report."""

    report: BinaryIO | None
    files: list[Outcome] = field(default_factory=list)
    count: int = 0

    def __call__(self, outcome: Outcome) -> None:
        if outcome.outcome == "file":
            self.count += 1
            if self.count <= FILES_SHOWN:
                self.files.append(outcome)
        if self.report is not None:
            from api.body import encode

            self.report.write(encode({name: value for name, value in asdict(outcome).items() if value not in ("", 0)}))


def _load(address: str | None, chosen: _Chosen, report: Path | None, as_json: bool) -> int:
    """Load, print what was done, and give the number of faults."""
    from api.opening import fill
    from graph.open import open_store

    with _reported(report) as file, _progress() as tell:
        heard = _Heard(file)
        try:
            try:
                summary = _write(open_store(address), chosen, tell, heard)
            except StoreMissingError:
                summary = fill(address, on=today(), progress=tell)
                if chosen.paths:
                    summary = _write(open_store(address), chosen, tell, heard)
        except KeyboardInterrupt:
            errors().say("stopped; what was written until then stays, and the same command completes it")
            raise
    from api.terminal.loaded import show

    if as_json:
        print_body(_body(summary))
    else:
        show(summary, heard.files if heard.count <= FILES_SHOWN else ())
    return summary.faults


def _write(at: Store, chosen: _Chosen, tell: Callable[[str, Progress], None], heard: _Heard) -> LoadSummary:
    # The module is asked where the shipped tables are: tests put others in their place.
    import loaders

    try:
        return loaders.load(
            at,
            chosen.paths or (loaders.shipped(),),
            on=today(),
            complete=chosen.complete,
            mapping=chosen.mapping,
            into=chosen.dataset,
            private=chosen.private,
            saved_on=chosen.saved_on,
            progress=tell,
            hear=heard,
        )
    finally:
        at.close()


def _dry(address: str | None, chosen: _Chosen, as_json: bool) -> int:
    """Print what would be loaded; names lead to what is on record where there is a store."""
    import loaders
    from api.terminal.loaded import show_dry, show_refusals
    from graph.open import open_store

    loaders.keep_apart(chosen.dataset)
    try:
        known = open_store(address, readonly=True)
    except StoreMissingError:
        known = None
    nodes = statements = 0
    try:
        found = loaders.dry_run(
            chosen.paths or (loaders.shipped(),), known=known, mapping=chosen.mapping, saved_on=chosen.saved_on
        )
        for line in found:
            nodes, statements = nodes + ("node" in line), statements + ("statement" in line)
            if as_json:
                print_body(line)
        summary = found.summary
    finally:
        if known:
            known.close()
    if as_json:
        show_refusals(summary)
    else:
        show_dry(summary, nodes, statements)
    return summary.faults


def _undo(address: str | None, dataset: str, as_json: bool) -> None:
    from graph.identity.judgements import DATASET
    from graph.identity.register import Register
    from graph.open import open_store

    at = open_store(address)
    try:
        known = [each.id for each in at.datasets()]
        if dataset not in known:
            raise InputError(
                f"dataset {dataset[:80]!r} is not loaded; loaded are: {', '.join(known) or 'none'}", field="--undo"
            )
        if dataset == DATASET.id:
            Register(at, today()).take_all_back()  # or the merges would stay without the ground they stand on
        removed = at.undo(dataset)
    finally:
        at.close()
    if as_json:
        print_body({"dataset": dataset, "removed": removed})
    else:
        output().say(f"{dataset}: {removed:,} statements taken out")


def _body(summary: LoadSummary) -> dict[str, object]:
    return {
        "reports": summary.reports,
        "sources": summary.sources,
        "tables": summary.counts,
        "refusals": summary.refusals,
        "unused_columns": summary.unused,
        "notes": summary.notes,
        "faults": summary.faults,
        "incomplete": summary.incomplete,
    }


def _day(text: str | None) -> str | None:
    """The day, month or year on which files were saved. Raises DateError for another text, and for one that is still to come."""
    if text is None:
        return None
    said = dates.check(text.strip(), field="--saved-on")
    if date.fromisoformat(dates.first_day(said)) > today():
        raise DateError(f"{said} is still to come", field="--saved-on")
    return said


@contextmanager
def _reported(path: Path | None) -> Iterator[BinaryIO | None]:
    """The file of the report, open to be written. Raises InputError."""
    if path is None:
        yield None
        return
    try:
        file = path.open("wb")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error})", field="--report") from None
    with file:
        yield file


@contextmanager
def _progress() -> Iterator[Callable[[str, Progress], None]]:
    """A line on a terminal that says how far the load is."""
    if not sys.stderr.isatty():
        yield lambda _dataset, _so_far: None
        return
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Bar(*columns, console=errors(), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def tell(dataset: str, so_far: Progress) -> None:
            written = f"{so_far.nodes:,} node records, {so_far.statements:,} statements written"
            bar.update(task, description=f"{dataset}: {written}")

        yield tell
