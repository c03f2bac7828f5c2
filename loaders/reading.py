"""Tables read in two passes: first the names, then the records and statements, streamed.

Nothing is kept of the rows themselves; between the passes stand only the directory of names and one number for each record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from graph.errors import MappingError, TableError
from graph.model import Batch, Dataset, Document, NodeRecord, Statement
from loaders.outcomes import LISTED, OWN_TABLE, Outcome, TableCounts
from loaders.refusals import Refusal, Refused
from loaders.rows import Yield
from loaders.sources import Opened, Source
from loaders.tables import Row

__all__ = ["BATCH_ROWS", "Reading", "statement_line"]

BATCH_ROWS = 500
"""Rows that are written in one transaction."""


class Reading:
    """What a load will write, table by table. Made by `loaders.read`, which does the first pass.

    `refusals` and `counts` are complete for a dataset once its batches have been taken. `incomplete` names datasets of
    which a whole table is not here or could not be read, and which therefore must not close what they no longer say.
    """

    def __init__(self, opened: Opened) -> None:
        self._documents = opened.documents
        self._directory = opened.directory
        self.hear: Callable[[Outcome], None] | None = None
        self._failed = [*opened.refusals, *opened.documents.refusals]
        self._listed: dict[str, list[Refusal]] = {}
        self._sources: list[Source] = []
        self.incomplete: set[str] = set(opened.partial)
        for source in opened.sources:
            try:
                source.first_pass()
                self._sources.append(source)
            except (TableError, MappingError) as error:
                if len(opened.sources) == 1 or source.shipped:
                    raise
                self._failed.append(Refusal(source.file, 0, "", str(error)))
                self.incomplete.add(source.mapping.dataset)
        if not self._sources:
            raise TableError("; ".join(refusal.reason for refusal in self._failed), field="path")
        self._directory.settle()
        self.counts = {source.file: TableCounts() for source in self._sources}

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """The datasets of the tables, by id. Several tables may make up one; the first to say something of it counts."""
        found: dict[str, Dataset] = {}
        for mapping in (source.mapping for source in self._sources):
            one = found.get(mapping.dataset, Dataset(mapping.dataset, ""))
            found[mapping.dataset] = Dataset(
                one.id,
                one.title or mapping.title,
                one.licence or mapping.licence,
                one.publisher or mapping.publisher,
                one.private or mapping.private,
            )
        return tuple(replace(one, title=one.title or one.id) for _, one in sorted(found.items()))

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What was refused, by table and line, at most `LISTED` of each table; `counts` has them all."""
        listed = [refusal for source in self._sources for refusal in self._listed.get(source.file, ())]
        return (*self._failed, *listed)

    @property
    def failed(self) -> tuple[Refusal, ...]:
        """What was refused before any row was read: whole tables, and rows of lists of documents."""
        return tuple(self._failed)

    @property
    def faults(self) -> int:
        """How many refusals are faults of the input: rows that a table itself leaves out are none."""
        columns = sum(len(source.people) for source in self._sources)
        return len(self._failed) + columns + sum(counts.refused + counts.parts for counts in self.counts.values())

    @property
    def unused(self) -> dict[str, tuple[str, ...]]:
        """For each table the columns that its mapping does not mention."""
        return {source.file: source.unused for source in self._sources if source.unused}

    @property
    def notes(self) -> dict[str, tuple[str, ...]]:
        """For each table what had to be assumed to read it."""
        return {source.file: source.table.notes for source in self._sources if source.table.notes}

    @property
    def tables(self) -> tuple[tuple[str, str, bool], ...]:
        """Each table, the dataset it belongs to, and whether it ships with the project."""
        return tuple((source.file, source.mapping.dataset, source.shipped) for source in self._sources)

    def batches(self, dataset: str) -> Iterator[Batch]:
        """Stream a dataset, some 500 rows a batch, each with the documents that it cites for the first time."""
        cited: set[str] = set()
        for source in self._of(dataset):
            rows = self._rows(source)
            while chunk := list(islice(rows, BATCH_ROWS)):
                documents: dict[str, Document] = {}
                for id, text in ((id, text) for found in chunk for id, text in found.sources.items()):
                    if id not in cited:
                        cited.add(id)
                        documents.update((document.id, document) for document in self._documents.cited(text))
                yield Batch(
                    tuple(documents.values()),
                    tuple(record for found in chunk for record in found.nodes),
                    tuple(statement for found in chunk for statement in found.statements),
                    checked=True,
                )

    def lines(self) -> Iterator[dict[str, object]]:
        """What would be loaded, as objects of one `node` or one `statement` each.

        A node that a row only refers to is left out where another row, or the store, says more of it.
        """
        said: set[int] = set()
        for source in (source for dataset in self.datasets for source in self._of(dataset.id)):
            for found in self._rows(source):
                for record in found.nodes:
                    line = {"id": record.id, "label": record.label, **record.properties}
                    mark = hash(tuple(line.items()))
                    if mark in said or (record.id in found.referred and self._said_elsewhere(record)):
                        continue
                    said.add(mark)
                    yield {"node": line}
                for statement in found.statements:
                    cited = found.sources[statement.provenance.document]
                    yield {"statement": statement_line(statement, _ends(found), cited)}

    # -- inside ----------------------------------------------------------------------------------------------------
    def _of(self, dataset: str) -> list[Source]:
        return [source for source in self._sources if source.mapping.dataset == dataset]

    def _said_elsewhere(self, record: NodeRecord) -> bool:
        entry = self._directory.entry(record.id)
        return entry is not None and (entry.in_tables or not record.properties)

    def _rows(self, source: Source) -> Iterator[Yield]:
        """Second pass: what each row yields. Counts and refusals of the table begin anew."""
        counts = self.counts[source.file] = TableCounts()
        listed = self._listed[source.file] = [
            Refusal(source.file, 1, "", "the column holds names of people, which are never loaded", column)
            for column in sorted(source.people)
        ]
        for refusal in listed:
            self._tell(Outcome.of_refusal(refusal))
        self._tell(Outcome("file", source.file, format=OWN_TABLE, dataset=source.mapping.dataset))
        for row in source.rows():
            counts.rows += 1
            found = self._row(source, row, counts)
            if isinstance(found, Refusal):
                self._refuse(found, listed)
                continue
            counts.take(found)
            self._tell(Outcome("taken", source.file, row.line, found.record))
            for part in found.refused:
                self._refuse(Refusal(source.file, row.line, found.record, part.reason, part.part), listed)
            yield found

    def _refuse(self, refusal: Refusal, listed: list[Refusal]) -> None:
        if len(listed) < LISTED:
            listed.append(refusal)
        self._tell(Outcome.of_refusal(refusal))

    def _tell(self, outcome: Outcome) -> None:
        if self.hear is not None:
            self.hear(outcome)

    def _row(self, source: Source, row: Row | Refusal, counts: TableCounts) -> Yield | Refusal:
        if isinstance(row, Refusal):
            counts.refused += 1
            return row
        record = ""
        try:
            record = source.record_of(row)
            if (reason := source.reader.left_out(row)) is not None:
                counts.left_out += 1
                return Refusal(source.file, row.line, record, reason, left_out=True)
            found = source.reader.read(row, record)
        except Refused as refused:
            counts.refused += 1
            return Refusal(source.file, row.line, record, refused.reason, refused.part)
        return found


def statement_line(statement: Statement, end: Callable[[str], Mapping[str, str]], source: str) -> dict[str, object]:
    """A statement as a dry run shows it; `end` shows a node by its id, `source` is what it cites."""
    provenance = statement.provenance
    line: dict[str, object] = {"from": end(statement.subject), "type": statement.type}
    if statement.object:
        line["to"] = end(statement.object)
    else:
        line["value"] = statement.value
    return line | {
        "qualifier": statement.qualifier,
        **statement.properties,
        "since": statement.since,
        "until": statement.until,
        "observed_on": provenance.observed_on,
        "confidence": provenance.confidence.value,
        "basis": provenance.basis.value,
        "source": source,
        "locator": provenance.locator,
    }


def _ends(found: Yield) -> Callable[[str], dict[str, str]]:
    def end(id: str) -> dict[str, str]:
        target = found.shown[id]
        return {"id": id, "label": target.label, "name": target.name}

    return end
