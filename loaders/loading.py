"""Reading tables and writing them to a store: what the command line calls."""

from __future__ import annotations

import gc
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from graph.errors import MappingError
from graph.store import LoadReport, Progress, Store
from loaders.directory import Directory, Known
from loaders.reading import Reading, TableCounts
from loaders.refusals import Refusal
from loaders.sources import open_tables

__all__ = ["LoadSummary", "dry_run", "load", "read", "shipped"]


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What a load did: a report of each dataset, and for each table its counts, refusals, unused columns and notes.

    `faults` counts all refusals that are faults of the input (rows that a table itself leaves out are none);
    `incomplete` names datasets that closed nothing, because one of their tables was not given or could not be read.
    """

    reports: tuple[LoadReport, ...]
    counts: dict[str, TableCounts]
    refusals: tuple[Refusal, ...]
    unused: dict[str, tuple[str, ...]]
    notes: dict[str, tuple[str, ...]]
    faults: int
    incomplete: tuple[str, ...] = ()


def shipped() -> Path:
    """The folder of the tables that ship with the project."""
    return Path(str(files("loaders"))) / "curated"


def read(paths: Sequence[Path], *, known: Known | None = None, mapping: Path | None = None) -> Reading:
    """Open tables (a folder stands for all tables in it) and do the first pass over them.

    Each table is read by the mapping beside it, or by `mapping` where one is given. `known` is what was loaded before: a store,
    so that names lead to nodes that it has. Raises `TableError` and `MappingError` where nothing can be read.
    """
    return Reading(open_tables(paths, mapping, shipped(), Directory(known)))


def load(
    store: Store,
    paths: Sequence[Path],
    *,
    on: date,
    complete: bool = True,
    mapping: Path | None = None,
    progress: Callable[[str, Progress], None] | None = None,
) -> LoadSummary:
    """Load tables into the store, dataset by dataset, as of the day `on`.

    `complete` False says that the tables hold only a part of their datasets, so that nothing is closed. `progress` is
    called with the dataset's id after each acknowledged batch. Bad rows are refused and listed, the rest is loaded.
    """
    with _seldom_collected():
        # An empty store knows no names: then the first pass need not gather what to ask it.
        reading = read(paths, known=store if store.datasets() else None, mapping=mapping)
        _keep_apart(reading)
        reports = []
        last = reading.datasets[-1].id
        for dataset in reading.datasets:
            acknowledged = None if progress is None else _for_dataset(progress, dataset.id)
            whole = complete and dataset.id not in reading.incomplete
            batches = reading.batches(dataset.id)
            more = dataset.id != last
            reports.append(store.load(dataset, batches, on=on, complete=whole, more=more, acknowledged=acknowledged))
    return LoadSummary(
        reports=tuple(reports),
        counts=reading.counts,
        refusals=reading.refusals,
        unused=reading.unused,
        notes=reading.notes,
        faults=reading.faults,
        incomplete=tuple(sorted(reading.incomplete)),
    )


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Rare collections of garbage: a load makes many records and hardly a cycle, and looking for some took a tenth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def dry_run(
    paths: Sequence[Path], *, known: Known | None = None, mapping: Path | None = None
) -> Iterator[dict[str, object]]:
    """What loading these tables would write, one object a node or statement; nothing is written.

    `{"node": {"id", "label", ...properties}}` and `{"statement": {"from": {"id", "label", "name"}, "type", "to": {...} or
    "value", "qualifier", ...properties, "since", "until", "observed_on", "confidence", "basis", "source", "locator"}}`.
    """
    yield from read(paths, known=known, mapping=mapping).lines()


def _for_dataset(progress: Callable[[str, Progress], None], dataset: str) -> Callable[[Progress], None]:
    return lambda acknowledged: progress(dataset, acknowledged)


def _keep_apart(reading: Reading) -> None:
    """A user's table must not take the name of a shipped dataset, or loading it would close the shipped one."""
    theirs = {dataset: file for file, dataset, ours in reading.tables if not ours}
    if not theirs:
        return
    for path in sorted(shipped().glob("*.toml")):
        ours = str(tomllib.loads(path.read_text("utf-8")).get("dataset") or path.stem)
        if ours in theirs:
            raise MappingError(
                f"{theirs[ours]}: {ours!r} is a dataset that ships with the project; give yours another `dataset` in its mapping",
                field="dataset",
            )
