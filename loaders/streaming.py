"""Inputs of known kinds, read once from beginning to end: records become batches, with bounded memory.

Some hundred records are held at a time: their names are looked up together, then each says what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from graph.model import Basis, Batch, Dataset, Document, NodeRecord, Provenance
from loaders.directory import Directory, Known
from loaders.format import Format, Record
from loaders.inputs import Input
from loaders.reading import LISTED, TableCounts
from loaders.refusals import Refusal, Refused
from loaders.saying import Naming, Saying

__all__ = ["BATCH_RECORDS", "Streaming"]

BATCH_RECORDS = 500
"""Records that are written in one transaction."""


@dataclass(slots=True)
class Streaming:
    """Reads inputs for one load. `counts` and `refusals` grow while batches are taken."""

    known: Known | None
    counts: dict[str, TableCounts] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    _naming: Naming = field(init=False)
    _cited: set[tuple[str, str]] = field(default_factory=set)
    _mentioned: set[tuple[str, str, Basis]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._naming = Naming(Directory(self.known))

    def batches(self, given: Input, kind: Format, dataset: Dataset) -> Iterator[Batch]:
        """What an input says, some hundred records a batch."""
        counts = self.counts.setdefault(given.name, TableCounts())
        records = self._records(given, kind, counts)
        while chunk := list(islice(records, BATCH_RECORDS)):
            for record in chunk:
                for name in kind.names(record):
                    self._want(name)
            self._naming.ask()
            said = [saying for record in chunk if (saying := self._said(record, kind, dataset, given.name, counts))]
            yield Batch(
                tuple(self._documents(chunk, dataset)),
                tuple(self._nodes(said, dataset)),
                tuple(statement for saying in said for statement in saying.statements),
                whole=tuple((saying.provenance.record, saying.about) for saying in said if saying.about),
                same=tuple(pair for saying in said for pair in saying.merged),
                checked=True,
            )

    # -- inside ----------------------------------------------------------------------------------------------------
    def _records(self, given: Input, kind: Format, counts: TableCounts) -> Iterator[Record]:
        try:
            for found in kind.records(given):
                counts.rows += 1
                if isinstance(found, Refusal):
                    counts.refused += 1
                    self._refuse(found)
                else:
                    yield found
        except Refused as refused:
            counts.refused += 1
            self._refuse(Refusal(given.name, 0, "", refused.reason, refused.part))

    def _want(self, name: str) -> None:
        try:
            self._naming.want(name)
        except Refused:
            return  # said again, with its place, when the record says it

    def _said(self, record: Record, kind: Format, dataset: Dataset, file: str, counts: TableCounts) -> Saying | None:
        provenance = Provenance(dataset.id, record.id, record.document.id, record.locator, record.observed_on)
        saying = Saying(self._naming, provenance)
        try:
            kind.say(record, saying)
            if saying.refused and not (saying.nodes or saying.statements):
                raise saying.refused[0]
        except Refused as refused:
            counts.refused += 1
            self._refuse(Refusal(file, record.line, record.id, refused.reason, refused.part))
            return None
        counts.take(saying)
        for part in saying.refused:
            self._refuse(Refusal(file, record.line, record.id, part.reason, part.part))
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

    def _documents(self, chunk: list[Record], dataset: Dataset) -> Iterator[Document]:
        for document in {record.document.id: record.document for record in chunk}.values():
            if (dataset.id, document.id) not in self._cited:
                self._cited.add((dataset.id, document.id))
                yield document

    def _refuse(self, refusal: Refusal) -> None:
        if len(self.refusals) < LISTED:
            self.refusals.append(refusal)
