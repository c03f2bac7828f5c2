"""Tables with their mappings, read in two passes: first the names, then the records and statements.

Nothing is kept of the rows themselves; between the passes stand only the directory of names and one number for each record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from graph.errors import MappingError, TableError
from graph.model import Batch, Dataset, Document, NodeRecord, Statement
from graph.names import column_of_people
from graph.validation import document_problems
from loaders.directory import Directory
from loaders.documents import FILE_NAME, Documents
from loaders.mapping import ROW_KEYS, Mapping, read_mapping
from loaders.refusals import Refusal, Refused
from loaders.rows import RowReader, Yield, content_hash
from loaders.tables import SUFFIXES, Row, Table
from loaders.values import Value

__all__ = ["BATCH_ROWS", "LISTED", "Reading", "TableCounts", "open_tables"]

BATCH_ROWS = 500
"""Rows that are written in one transaction."""

LISTED = 10_000
"""Refusals of one table that are listed; all are counted."""

_SAMPLE = 60
_PEOPLE = re.compile(
    r"姓名|起草人|联系人|负责人|委员名单|(?:主任|副主任|秘书长|委员)姓名|专家姓名"
    r"|\b(?:drafters?|persons?|people|contact[ _]?(?:person|name)|first[ _]?name|last[ _]?name|full[ _]?name|surname|experts?)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class TableCounts:
    """What became of the rows of one table.

    `taken` rows yielded something, of which `partly` not all of what they say; `refused` and `left_out` yielded
    nothing. `parts` counts the statements and items refused inside rows that were taken. `nodes` counts node records,
    `notes` the statements that are notes, `statements` all others.
    """

    rows: int = 0
    taken: int = 0
    partly: int = 0
    refused: int = 0
    left_out: int = 0
    parts: int = 0
    nodes: int = 0
    statements: int = 0
    notes: int = 0


@dataclass(slots=True)
class Source:
    """A table with its mapping, and what the first pass found out about it."""

    table: Table
    mapping: Mapping
    reader: RowReader
    shipped: bool
    duplicates: set[int] = field(default_factory=set)
    unused: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """How refusals name the table."""
        return self.table.name

    def rows(self) -> Iterator[Row | Refusal]:
        """The rows without columns that hold names of people."""
        for row in self.table.rows():
            if self.people and isinstance(row, Row):
                yield Row(row.line, {k: v for k, v in row.values.items() if k not in self.people})
            else:
                yield row

    def record_of(self, row: Row) -> str:
        """The row's record, told apart by content where several rows of the table claim the same."""
        record = self.reader.record_of(row)
        return f"{record}~{content_hash(row.values)}" if hash(record) in self.duplicates else record


class Reading:
    """What a load will write, table by table. Made by `loaders.read`; the first pass has been done.

    `refusals` and `counts` are complete for a dataset once its batches have been taken. `incomplete` names
    datasets of which a whole table could not be read: they must not close what they no longer say.
    """

    def __init__(self, sources: Sequence[Source], documents: Documents, directory: Directory) -> None:
        self._sources = list(sources)
        self._documents = documents
        self._directory = directory
        self._listed: dict[str, list[Refusal]] = {}
        self._failed: list[Refusal] = []
        self.counts: dict[str, TableCounts] = {}
        self.incomplete: set[str] = set()
        for source in list(self._sources):
            try:
                _first_pass(source, directory)
            except TableError as error:
                if len(self._sources) == 1:
                    raise
                self._sources.remove(source)
                self.fail(source.file, str(error), source.mapping.dataset)
        if not self._sources:
            raise TableError("; ".join(r.reason for r in self._failed) or "there is no table to load", field="path")
        directory.settle()
        self.counts = {source.file: TableCounts() for source in self._sources}

    def fail(self, file: str, reason: str, dataset: str = "") -> None:
        """Note a table that cannot be read at all."""
        self._failed.append(Refusal(file, 0, "", reason))
        if dataset:
            self.incomplete.add(dataset)

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """The datasets of the tables, by id. Several tables may make up one; the first that has a title gives it."""
        found: dict[str, Dataset] = {}
        for mapping in (source.mapping for source in self._sources):
            before = found.get(mapping.dataset)
            dataset = Dataset(mapping.dataset, mapping.title, mapping.licence, mapping.publisher, mapping.private)
            if before is not None:
                dataset = Dataset(
                    before.id,
                    before.title or dataset.title,
                    before.licence or dataset.licence,
                    before.publisher or dataset.publisher,
                    before.private or dataset.private,
                )
            found[mapping.dataset] = dataset
        return tuple(
            d if d.title else Dataset(d.id, d.id, d.licence, d.publisher, d.private) for _, d in sorted(found.items())
        )

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What was refused, by table and line, at most `LISTED` of each table; `counts` has them all."""
        listed = [refusal for source in self._sources for refusal in self._listed.get(source.file, ())]
        return (*self._failed, *listed)

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
                for found in chunk:
                    for id, text in found.sources.items():
                        if id not in cited:
                            documents.update((document.id, document) for document in self._documents.cited(text))
                            cited.add(id)
                yield Batch(
                    tuple(documents.values()),
                    tuple(record for found in chunk for record in found.nodes),
                    tuple(statement for found in chunk for statement in found.statements),
                )

    def lines(self) -> Iterator[dict[str, object]]:
        """What would be loaded, as objects of one `node` or one `statement` each; a node that only refers is left out."""
        said: set[int] = set()
        for dataset in self.datasets:
            for source in self._of(dataset.id):
                for found in self._rows(source):
                    for record in found.nodes:
                        entry = self._directory.entry(record.id)
                        if (
                            record.id in found.referred
                            and not record.properties
                            and entry is not None
                            and entry.in_tables
                        ):
                            continue
                        line: dict[str, object] = {"id": record.id, "label": record.label, **record.properties}
                        if (mark := hash(repr(line))) not in said:
                            said.add(mark)
                            yield {"node": line}
                    for statement in found.statements:
                        yield {"statement": _statement_line(statement, found)}

    # -- inside ----------------------------------------------------------------------------------------------------
    def _of(self, dataset: str) -> list[Source]:
        return [source for source in self._sources if source.mapping.dataset == dataset]

    def _rows(self, source: Source) -> Iterator[Yield]:
        """Second pass: what each row yields, with counts and refusals kept from the start again."""
        counts = self.counts[source.file] = TableCounts()
        listed = self._listed[source.file] = []
        for column in sorted(source.people):
            listed.append(
                Refusal(source.file, 1, "", "the column holds names of people, which are never loaded", column)
            )
        for row in source.rows():
            counts.rows += 1
            if isinstance(row, Refusal):
                counts.refused += 1
                _note(listed, row)
                continue
            record = ""
            try:
                record = source.record_of(row)
                if (reason := source.reader.left_out(row)) is not None:
                    counts.left_out += 1
                    _note(listed, Refusal(source.file, row.line, record, reason, left_out=True))
                    continue
                found = source.reader.read(row, record)
                self._check_documents(found)
            except Refused as refused:
                counts.refused += 1
                _note(listed, Refusal(source.file, row.line, record, refused.reason, refused.part))
                continue
            counts.taken += 1
            counts.partly += bool(found.refused)
            counts.parts += len(found.refused)
            for part in found.refused:
                _note(listed, Refusal(source.file, row.line, record, part.reason, part.part))
            _count(counts, found.nodes, found.statements)
            yield found

    def _check_documents(self, found: Yield) -> None:
        for text in found.sources.values():
            for document in self._documents.cited(text):
                if problems := document_problems(document):
                    raise Refused("; ".join(problems), part="source")


def open_tables(
    paths: Sequence[Path], mapping: Path | None, shipped: Path
) -> tuple[list[Source], list[Refusal], Documents, Directory]:
    """The tables under these paths with their mappings, refusals for those that have none, and the lists of documents."""
    tables, lists = _found(paths)
    given = read_mapping(mapping) if mapping is not None else None
    directory = Directory()
    sources: list[Source] = []
    refusals: list[Refusal] = []
    for path in tables:
        ours = path.resolve().is_relative_to(shipped.resolve())
        beside = path.with_suffix(".toml")
        try:
            chosen = given or _beside(beside, path)
        except MappingError as error:
            if len(tables) == 1 or ours:
                raise
            refusals.append(Refusal(str(path), 0, "", str(error)))
            continue
        prefix = "" if chosen.dataset == path.stem.lower().replace(" ", "-") else f"{path.stem}/"
        table = Table(path)
        if ours:
            table.name = path.name
        sources.append(Source(table, chosen, RowReader(chosen, directory, table.name, prefix, ours), ours))
    ours_listed = shipped / FILE_NAME
    everything = (
        [ours_listed] if ours_listed.is_file() and ours_listed.resolve() not in {p.resolve() for p in lists} else []
    )
    return sources, refusals, Documents.read([*everything, *lists]), directory


def _beside(beside: Path, table: Path) -> Mapping:
    if not beside.is_file():
        raise MappingError(
            f"{table}: no mapping says what its rows mean; write {beside.name} beside it, or give one with --mapping",
            field="mapping",
        )
    return read_mapping(beside)


def _found(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The tables and lists of documents under these paths, each once, in order of their names."""
    tables: dict[Path, None] = {}
    lists: dict[Path, None] = {}
    for path in paths:
        try:
            if path.is_dir():
                inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
                if not inside:
                    raise TableError(f"{path}: has no table in it; known are {', '.join(SUFFIXES)}", field="path")
            elif path.is_file():
                inside = [path]
                if (listed := path.parent / FILE_NAME).is_file():
                    lists.setdefault(listed)
            else:
                raise TableError(f"{path}: no such file or folder", field="path")
        except OSError as error:
            raise TableError(f"{path}: cannot be read ({error.strerror or error})", field="path") from None
        for found in inside:
            (lists if found.name == FILE_NAME else tables).setdefault(found)
    if not tables:
        raise TableError(f"{', '.join(map(str, paths))}: there is no table to load", field="path")
    return sorted(tables), sorted(lists)


def _first_pass(source: Source, directory: Directory) -> None:
    """Claim names, and find out which records, columns and values need care."""
    mapped = source.mapping.columns()
    seen: set[int] = set()
    columns: dict[str, None] = {}
    samples: dict[str, list[str]] = {}
    keyed = bool(source.mapping.record)
    for row in source.table.rows():
        if isinstance(row, Refusal):
            continue
        for column, value in row.values.items():
            columns.setdefault(column)
            if column in mapped and column not in source.mapping.ignore and column not in ROW_KEYS:
                _sample(samples.setdefault(column, []), value)
        try:
            record = source.reader.record_of(row)
            if keyed:
                (source.duplicates if hash(record) in seen else seen).add(hash(record))
            if source.reader.left_out(row) is None:
                source.reader.claim(row, record)
        except Refused:
            continue  # the second pass refuses it, for the same reason, with its place
    source.people = frozenset(
        column for column, sample in samples.items() if sample and (_PEOPLE.search(column) or column_of_people(sample))
    )
    source.unused = tuple(column for column in columns if column not in mapped)
    if source.shipped and source.unused:
        raise MappingError(
            f"{source.file}: columns that the mapping neither uses nor ignores: {', '.join(source.unused)}",
            field="mapping",
        )


def _sample(sample: list[str], value: Value) -> None:
    for text in value if isinstance(value, list) else (value,):
        if len(sample) < _SAMPLE and isinstance(text, str):
            sample.append(text[:100])


def _note(listed: list[Refusal], refusal: Refusal) -> None:
    if len(listed) < LISTED:
        listed.append(refusal)


def _count(counts: TableCounts, nodes: Sequence[NodeRecord], statements: Sequence[Statement]) -> None:
    notes = sum(statement.type == "NOTE" for statement in statements)
    counts.nodes += len(nodes)
    counts.notes += notes
    counts.statements += len(statements) - notes


def _statement_line(statement: Statement, found: Yield) -> dict[str, object]:
    provenance = statement.provenance
    line: dict[str, object] = {"from": _end(statement.subject, found), "type": statement.type}
    if statement.object:
        line["to"] = _end(statement.object, found)
    else:
        line["value"] = statement.value
    line["qualifier"] = statement.qualifier
    line.update(statement.properties)
    line |= {
        "since": statement.since,
        "until": statement.until,
        "observed_on": provenance.observed_on,
        "confidence": provenance.confidence.value,
        "basis": provenance.basis.value,
        "source": found.sources.get(provenance.document, provenance.document),
        "locator": provenance.locator,
    }
    return line


def _end(id: str, found: Yield) -> dict[str, str]:
    label, name = found.names.get(id, ("", id))
    return {"id": id, "label": label, "name": name}
