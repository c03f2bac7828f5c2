"""Whatever a user has, written to a store: known sources streamed, his own tables read by their mappings."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from graph.model import Batch, Dataset, Provenance
from graph.store import LoadReport, Packed, Progress, Store
from loaders.format import Format
from loaders.formats import Recognised, formats
from loaders.gathering import Gathering, keep_apart, shipped
from loaders.inputs import Input
from loaders.intake import Intake
from loaders.outcomes import LoadSummary, Outcome
from loaders.refusals import Refusal
from loaders.saying import MENTIONED
from loaders.streaming import Streaming

if TYPE_CHECKING:
    from loaders.reading import Reading

__all__ = ["load"]

_MIXED = "it was loaded from tables and from known sources together"


def load(
    store: Store,
    paths: Sequence[Path],
    *,
    on: date,
    complete: bool | None = None,
    mapping: Path | None = None,
    into: str = "",
    private: bool = False,
    saved_on: str | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    hear: Callable[[Outcome], None] | None = None,
    known_formats: Sequence[Format] | None = None,
) -> LoadSummary:
    """Load files, folders and archives into the store, dataset by dataset, as of the day `on`.

    Known sources are recognised by what they hold, tables by the mapping beside them (or `mapping` for all of them);
    everything else is refused and listed, and the rest is loaded.

    `complete` says whether what is given is all of its datasets, so that what it no longer says is closed; None leaves it to the kind:
    own tables are whole, saved parts of a source are not. `into` is the dataset to load into instead of those that formats
    and mappings name; `private` keeps it out of what is published. `saved_on` is the day on which the files were saved
    from their source: what they say was so then, unless they say when themselves. `progress` is called with the dataset's id
    after each acknowledged batch, `hear` for each input and record.

    Raises `TableError` and `MappingError` where the only thing given cannot be read, `InputError` for a dataset that cannot be loaded into.
    """
    keep_apart(into)
    # An empty store knows no names: then there is nothing to ask it.
    streaming = Streaming(
        store if store.datasets() else None,
        saved_on,
        hear,
        address=store.state().place,
        packing=lambda dataset: store.packing(dataset, on=on, passing=MENTIONED),
    )
    if known_formats is None:
        # What ships is tables: no other kind of source is imported for it.
        known_formats = () if list(paths) == [shipped()] else formats()
    gathering = Gathering(paths, known_formats, mapping, streaming, hear)
    with _seldom_collected():
        return _Loading(store, gathering, on, complete, into, private, progress).run()


@dataclass(slots=True)
class _Loading:
    """One load, under way. Most fields are parameters of `load`; `unsettled` is the dataset written last, until its names are findable."""

    store: Store
    gathering: Gathering
    on: date
    complete: bool | None
    into: str
    private: bool
    progress: Callable[[str, Progress], None] | None
    reports: dict[str, LoadReport] = field(default_factory=dict)
    incomplete: dict[str, str] = field(default_factory=dict)
    unsettled: Dataset | None = None

    def run(self) -> LoadSummary:
        """Load known sources as they come, then all tables, which are read together."""
        intake = self.gathering.intake()
        try:
            for id, inputs in self._runs(intake):
                self._source(id, inputs, intake)
            self._tables(intake)
        finally:
            if self.unsettled is not None:  # also where it was broken off: what was acknowledged is made findable
                self.store.load(self.unsettled, (), on=self.on, complete=False)
        return self.gathering.summary(self.reports.values(), self.incomplete)

    # -- known sources -----------------------------------------------------------------------------------------------
    def _runs(self, intake: Intake) -> Iterator[tuple[str, Iterator[tuple[Input, Recognised]]]]:
        """The inputs by dataset, as they come. Where datasets are to be whole, all inputs of each together."""
        if self.complete is not True:
            yield from groupby(intake.sources(), self._dataset_id)
            return
        ids = [id for id, _ in groupby(intake.sources(), self._dataset_id)]
        if len(set(ids)) == len(ids):
            yield from groupby(self.gathering.intake(_ignore).sources(), self._dataset_id)
            return
        for id in dict.fromkeys(ids):
            inputs = self.gathering.intake(_ignore).sources()
            yield id, (given for given in inputs if self._dataset_id(given) == id)

    def _source(self, id: str, inputs: Iterator[tuple[Input, Recognised]], intake: Intake) -> None:
        """Load inputs of one dataset."""
        first = next(inputs)
        dataset = self._as_asked(first[1].dataset)
        if self._is_private(
            id
        ):  # stays so, whether or not it is said again: to be published, it is taken out and loaded anew
            dataset = replace(dataset, private=True)
        given = ((one, taken.kind) for one, taken in chain((first,), inputs))
        batches = self.gathering.streaming.together(given, dataset)
        begun = next(batches, None)
        if begun is None:
            return  # nothing of them can be loaded: a dataset of nothing is none, and closes nothing
        self.unsettled = dataset
        self._write(dataset, chain((begun,), batches), lambda: self._whole(id, intake), more=True)

    def _whole(self, id: str, intake: Intake) -> bool:
        """Whether what was given is all of the dataset; asked when it has been read."""
        if self.complete is not True:
            return False
        gap = self.gathering.streaming.gap(id)
        if self.gathering.unread:
            gap = f"{self.gathering.unread:,} of the inputs could not be read"
        if self.into and (intake.tables or intake.packed):
            gap = _MIXED
        if gap:
            self.incomplete[id] = gap
        return not gap

    # -- tables --------------------------------------------------------------------------------------------------------
    def _tables(self, intake: Intake) -> None:
        reading = self.gathering.tables(intake, self.store if self.store.datasets() else None)
        if reading is None:
            return
        together = self._together(reading)
        for dataset, ids in together.items():
            batches = (self._as_said(batch, dataset) for id in ids for batch in reading.batches(id))
            gap = "a table of it was not given or could not be read" if reading.incomplete.intersection(ids) else ""
            if dataset.id in self.reports:
                gap = _MIXED
            # Tables that are put into a dataset of another name may not be the only ones there.
            whole = self.complete is True or (self.complete is None and not self.into)
            if gap and whole:
                self.incomplete[dataset.id] = gap
            self._write(dataset, batches, whole and not gap, more=dataset != list(together)[-1])
        self.unsettled = None

    def _together(self, reading: Reading) -> dict[Dataset, tuple[str, ...]]:
        """The datasets to load into, each with those of the tables that go there."""
        if self.into:
            return {self._as_asked(reading.datasets[0]): tuple(dataset.id for dataset in reading.datasets)}
        return {self._as_asked(dataset): (dataset.id,) for dataset in reading.datasets}

    def _as_said(self, batch: Batch, dataset: Dataset) -> Batch:
        """A batch of a table as it is to be loaded: into another dataset, or as of the day on which the table was saved."""
        saved_on = self.gathering.streaming.saved_on
        if not self.into and saved_on is None:
            return batch

        def meant(said: Provenance) -> Provenance:
            return replace(said, dataset=dataset.id, observed_on=said.observed_on or saved_on)

        return replace(
            batch,
            nodes=tuple(replace(one, provenance=meant(one.provenance)) for one in batch.nodes),
            statements=tuple(replace(one, provenance=meant(one.provenance)) for one in batch.statements),
        )

    # -- both ----------------------------------------------------------------------------------------------------------
    def _dataset_id(self, given: tuple[Input, Recognised]) -> str:
        return self.into or given[1].dataset.id

    def _as_asked(self, dataset: Dataset) -> Dataset:
        """The dataset to load into."""
        return replace(dataset, id=self.into or dataset.id, private=self.private or dataset.private)

    def _is_private(self, id: str) -> bool:
        return any(known.private for known in self.store.datasets() if known.id == id)

    def _write(
        self, dataset: Dataset, batches: Iterator[Batch | Packed], complete: bool | Callable[[], bool], *, more: bool
    ) -> None:
        tell = None if self.progress is None else _for_dataset(self.progress, dataset.id)
        report = self.store.load(dataset, batches, on=self.on, complete=complete, more=more, acknowledged=tell)
        earlier = self.reports.get(dataset.id)
        self.reports[dataset.id] = report if earlier is None else _added(earlier, report)


def _ignore(_: Refusal) -> None:
    """It was told already, when the inputs were looked at."""


def _for_dataset(progress: Callable[[str, Progress], None], dataset: str) -> Callable[[Progress], None]:
    return lambda acknowledged: progress(dataset, acknowledged)


def _added(one: LoadReport, other: LoadReport) -> LoadReport:
    """What two loads of one dataset did together."""
    figures = (f.name for f in fields(LoadReport) if f.name != "dataset")
    return replace(one, **{name: getattr(one, name) + getattr(other, name) for name in figures})


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Rare collections of garbage: a load makes many records and hardly a cycle, and looking for some took a tenth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
