"""Inputs of known kinds, read once from beginning to end: records become batches, with bounded memory.

Some hundred records are held at a time, of one input or of many: their names are looked up together, then each says what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice

from graph.model import Basis, Batch, Dataset, Document, NodeRecord, Provenance
from graph.store import Packed, Packing
from graph.workers import mapped, processors
from loaders.abreast import Answer, Task, answered, can_be_sent, tasks
from loaders.directory import Directory, Known
from loaders.format import Announced, Format, Record
from loaders.inputs import Input
from loaders.outcomes import LISTED, Outcome, SourceCounts
from loaders.refusals import Refusal, Refused
from loaders.saying import Naming, Saying

__all__ = ["BATCH_RECORDS", "Given", "Streaming"]

BATCH_RECORDS = 500
"""Records that are written in one transaction."""

MANY = 1_000
"""Small inputs after which further ones are read on all processors."""

_WANTED_AT_MOST = 200_000

Given = tuple[Input, Format]
"""An input and what it was taken for."""


@dataclass(slots=True)
class Streaming:
    """Reads inputs for one load.

    `saved_on` is the day on which the inputs were saved from their source: what they say was so then, unless they say when
    themselves. `hear` is told of each input and each record. `counts` (by dataset and name of the format), `refusals` (at most
    `LISTED`) and `gaps` grow while batches are taken; `gaps` says of a dataset why what was given is not all of it.
    Large inputs are read on all processors where other processes can know what `known` does: there is none, or it is the store
    at `address`. `packing` gives what makes batches of a dataset ready for the store there.
    """

    known: Known | None
    saved_on: str | None = None
    hear: Callable[[Outcome], None] | None = None
    naming: Naming | None = None
    address: str = ""
    packing: Callable[[str], Packing | None] | None = None
    counts: dict[tuple[str, str], SourceCounts] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    directory: Directory = field(init=False)
    _gaps: dict[str, str] = field(default_factory=dict)
    _announced: dict[str, int] = field(default_factory=dict)
    _naming: Naming = field(init=False)
    _inputs: int = 0
    _met: set[str] = field(default_factory=set)
    _cited: set[tuple[str, str]] = field(default_factory=set)
    _mentioned: set[tuple[str, str, Basis]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.directory = Directory(self.known)
        self._naming = self.naming or Naming(self.directory)

    def batches(self, given: Input, kind: Format, dataset: Dataset) -> Iterator[Batch | Packed]:
        """What one input says, some hundred records a batch."""
        return self.together(((given, kind),), dataset)

    def together(self, inputs: Iterable[Given], dataset: Dataset) -> Iterator[Batch | Packed]:
        """What inputs of one dataset say, some hundred records a batch, across inputs. Each is read before the next is asked for."""
        for elsewhere, together in groupby(self._counted(inputs), lambda one: self._goes_elsewhere(*one)):
            if elsewhere:
                yield from self._abreast(together, dataset)
            else:
                yield from (self.batch(documents, said, dataset) for documents, said in self.read(together, dataset))

    def batch(self, documents: tuple[Document, ...], said: list[Saying], dataset: Dataset) -> Batch:
        """What some records say, to be written together."""
        return Batch(
            documents,
            tuple(self._nodes(said, dataset)),
            tuple(statement for saying in said for statement in saying.statements),
            whole=tuple((saying.provenance.record, saying.about) for saying in said if saying.about),
            same=tuple(pair for saying in said for pair in saying.merged),
            checked=True,
        )

    def read(self, inputs: Iterable[Given], dataset: Dataset) -> Iterator[tuple[tuple[Document, ...], list[Saying]]]:
        """What the records of inputs say, some hundred at a time, with the documents that are cited for the first time."""
        records = self._records(inputs, dataset)
        while chunk := list(islice(records, BATCH_RECORDS)):
            for record, kind, _ in chunk:
                for name in kind.names(record):
                    self._want(name)
            self._naming.ask()
            said = [saying for one in chunk if (saying := self._said(*one, dataset))]
            yield tuple(self._documents((record.document for record, _, _ in chunk), dataset)), said

    def refuse(self, refusal: Refusal, counts: SourceCounts | None = None) -> None:
        """List and tell a refusal; `counts` is of the source of which it is a record."""
        if counts is not None and refusal.left_out:
            counts.records.left_out += 1
        elif counts is not None:
            counts.records.refused += 1
        if len(self.refusals) < LISTED:
            self.refusals.append(refusal)
        if self.hear is not None:
            self.hear(Outcome.of_refusal(refusal))

    def gap(self, dataset: str) -> str:
        """Why the inputs do not hold all of the dataset, as far as they show it; "" where they may."""
        if unread := self.unread(dataset):
            return unread
        given = sum(counts.records.rows for (id, _), counts in self.counts.items() if id == dataset)
        announced = self.announced(dataset)
        return f"its source announces {announced:,} records, and {given:,} were given" if announced > given else ""

    def unread(self, dataset: str) -> str:
        """Which input could not be read to its end; "" where none."""
        return self._gaps.get(dataset, "")

    def announced(self, dataset: str) -> int:
        """How many records the source says there are; 0 where it says nothing."""
        return self._announced.get(dataset, 0)

    # -- on other processors -----------------------------------------------------------------------------------------
    def _counted(self, inputs: Iterable[Given]) -> Iterator[Given]:
        for given in inputs:
            self._inputs += 1
            yield given

    def _goes_elsewhere(self, given: Input, kind: Format) -> bool:
        """Whether that is worth while: for an input that is long, or one of many."""
        if processors() < 2 or (self.known is not None and not self.address) or not can_be_sent(given, kind):
            return False
        return self._inputs > MANY or not given.head.whole

    def _abreast(self, inputs: Iterable[Given], dataset: Dataset) -> Iterator[Batch | Packed]:
        store = "" if self.known is None else self.address
        packing = self.packing(dataset.id) if self.packing is not None else None
        work = tasks(inputs, dataset, self.saved_on, telling=self.hear is not None, store=store, packing=packing)
        for answer in mapped(answered, self._told(work), processes=processors()):
            self._take(answer, dataset)
            if answer.packed is not None:
                yield answer.packed
            else:
                yield self.batch(tuple(self._documents(answer.documents, dataset)), answer.said, dataset)

    def _told(self, work: Iterable[Task]) -> Iterator[Task]:
        for task in work:
            if self.hear is not None:
                for name in task.begun:
                    self.hear(Outcome("file", name, format=task.kind, dataset=task.dataset.id))
            yield task

    def _take(self, answer: Answer, dataset: Dataset) -> None:
        """Add up what became of the records of a task."""
        counts = self._counts(answer.counts.format, dataset)
        counts.files += answer.counts.files
        counts.records.add(answer.counts.records)
        self.refusals += answer.refusals[: max(0, LISTED - len(self.refusals))]
        if answer.gap:
            self._gaps.setdefault(dataset.id, answer.gap)
        self._announced[dataset.id] = max(answer.announced, self.announced(dataset.id))
        if self.hear is not None:
            for outcome in answer.outcomes:
                self.hear(outcome)

    # -- inside ----------------------------------------------------------------------------------------------------
    def _records(self, inputs: Iterable[Given], dataset: Dataset) -> Iterator[tuple[Record, Format, str]]:
        for given, kind in inputs:
            counts = self._counts(kind.name, dataset)
            counts.files += 1
            if self.hear is not None:
                self.hear(Outcome("file", given.name, format=kind.name, dataset=dataset.id))
            try:
                for found in kind.records(given):
                    if isinstance(found, Announced):
                        self._announced[dataset.id] = max(found.total, self.announced(dataset.id))
                        continue
                    counts.records.rows += 1
                    if isinstance(found, Refusal):
                        self.refuse(found, counts)
                    else:
                        yield found, kind, given.name
            except Refused as refused:
                self._gaps.setdefault(dataset.id, f"{given.name} could not be read to its end")
                self.refuse(Refusal(given.name, 0, "", refused.reason, refused.part), counts)

    def _counts(self, name: str, dataset: Dataset) -> SourceCounts:
        return self.counts.setdefault((dataset.id, name), SourceCounts(name, dataset.id))

    def _want(self, name: str) -> None:
        if name in self._met:
            return
        if len(self._met) >= _WANTED_AT_MOST:
            self._met.clear()
        self._met.add(name)
        try:
            self._naming.want(name)
        except Refused:
            return  # said again, with its place, when the record says it

    def _said(self, record: Record, kind: Format, file: str, dataset: Dataset) -> Saying | None:
        counts = self._counts(kind.name, dataset)
        observed_on = record.observed_on or self.saved_on
        provenance = Provenance(dataset.id, record.id, record.document.id, record.locator, observed_on)
        saying = Saying(self._naming, provenance, file, record.line)
        try:
            kind.say(record, saying)
            if saying.refused and not (saying.nodes or saying.statements):
                raise saying.refused[0]
        except Refused as refused:
            self.refuse(Refusal(file, record.line, record.id, refused.reason, refused.part), counts)
            return None
        counts.records.take(saying)
        if self.hear is not None:
            self.hear(Outcome("taken", file, record.line, record.id))
        for part in saying.refused:
            self.refuse(Refusal(file, record.line, record.id, part.reason, part.part))
        return saying

    def _nodes(self, said: list[Saying], dataset: Dataset) -> Iterator[NodeRecord]:
        """The records of nodes, and of each node that is only mentioned one for the whole load."""
        for saying in said:
            yield from saying.nodes
            for record in saying.mentioned:
                mark = (dataset.id, record.id, record.provenance.basis)
                if mark not in self._mentioned:
                    self._mentioned.add(mark)
                    yield record

    def _documents(self, documents: Iterable[Document], dataset: Dataset) -> Iterator[Document]:
        for document in {document.id: document for document in documents}.values():
            if (dataset.id, document.id) not in self._cited:
                self._cited.add((dataset.id, document.id))
                yield document
