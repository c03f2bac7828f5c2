"""Batches made ready for a store in any process: rows as they will stand there, with places in the batch for numbers.

A large load reads on all processors. What makes objects into rows is done where the objects are, and the rows come as one block of
bytes, a small database of its own, that statements of the engine copy from: `graph.sqlite.unpacking`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph import merging, validation
from graph.model import Batch, NodeRecord, Statement
from graph.sqlite import rows, upkeep
from graph.sqlite.indexing import showing
from graph.sqlite.rows import Row
from graph.store import Packed

NAMING = ("PART_OF", *merging.PROJECTED)
"""Types whose statements change what their ends are called or shown as."""

TABLES = f"""
CREATE TABLE document (place INTEGER PRIMARY KEY, {rows.DOCUMENT_COLUMNS}, given, key INTEGER);
-- What the batch speaks of, as it shows it. `behind` says what a node that is on record is behind in by these statements,
-- `behind_new` one that is not.
CREATE TABLE "end" (
    place INTEGER PRIMARY KEY, id TEXT, label, properties, published, is_group, family, names, behind, behind_new
);
-- `passing` has a bit for each ground on which the node is merely mentioned.
CREATE TABLE record (
    place INTEGER PRIMARY KEY, node INTEGER, dataset, record TEXT, label, properties, document INTEGER, locator, observed_on,
    confidence, basis, closed_on, passing
);
CREATE TABLE statement (place INTEGER PRIMARY KEY, {", ".join(rows.STATEMENT_COLUMNS)});
CREATE TABLE whole (record, id);
CREATE TABLE same (old, new);
-- The numbers that the ends have in the store, filled there.
CREATE TABLE met (place INTEGER PRIMARY KEY, key INTEGER, root INTEGER, made INTEGER);
"""
"""The tables of a block. Their columns are those of a store, with places in the block for numbers of nodes and documents."""

_PROJECTED = frozenset(merging.PROJECTED)


def together(records: Iterable[NodeRecord]) -> dict[tuple[str, str], NodeRecord]:
    """The records of a batch by node and name, those that it gives under one name as one."""
    found: dict[tuple[str, str], NodeRecord] = {}
    for record in records:
        name = (record.id, record.provenance.record)
        found[name] = merging.joined_records(found[name], record) if name in found else record
    return found


@dataclass(frozen=True, slots=True)
class Packing:
    """Makes batches of a dataset that is new to a store ready for it. `terms` are the numbers of its labels and types.

    Records called `passing` stand for mere mentions: the first of a load for a node and ground counts.
    """

    terms: Mapping[str, int]
    on: date
    passing: str

    def __call__(self, batch: Batch) -> Packed | Batch:
        """The rows; the batch itself where it must be compared with what is on record, statement by statement."""
        whole = {name for name, _ in batch.whole}
        described = {record.id for record in batch.nodes}
        if not batch.checked or any(
            statement.provenance.record not in whole
            or statement.subject not in described
            or (statement.object and statement.object not in described)
            for statement in batch.statements
        ):
            return batch
        return Packed(_Making(self, validation.cleaned(batch)).packed())


class _Making:
    """One batch, being made rows."""

    def __init__(self, packing: Packing, batch: Batch) -> None:
        self._packing, self._batch, self._terms = packing, batch, packing.terms
        self._documents: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._behind: list[int] = []
        self._behind_new: list[int] = []
        self._naming = frozenset(packing.terms[name] for name in NAMING)

    def packed(self) -> bytes:
        """The block."""
        records, passing = self._records()
        said: dict[str, Statement] = {}
        for one in self._batch.statements:
            said[one.key] = merging.joined_statements(said[one.key], one) if one.key in said else one
        tables: tuple[tuple[str, Sequence[Row]], ...] = (
            ("record", [self._record(record, passing.get(name, 0)) for name, record in records.items()]),
            ("statement", [self._statement(statement) for statement in said.values()]),
            ('"end"', self._shown(records.values(), said.values())),
            ("document", self._cited()),
            ("whole", self._batch.whole),
            ("same", self._batch.same),
        )
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as block:
            block.executescript(f"PRAGMA journal_mode = OFF; BEGIN; {TABLES}")
            for table, made in tables:
                if made:
                    block.executemany(f"INSERT INTO {table} VALUES ({rows.marks(made[0])})", made)
            block.execute("COMMIT")
            return block.serialize()

    # -- inside ----------------------------------------------------------------------------------------------------
    def _records(self) -> tuple[dict[tuple[str, str], NodeRecord], dict[tuple[str, str], int]]:
        """The records by node and name, and the grounds of those that are mere mentions."""
        passing: dict[tuple[str, str], int] = {}
        for record in self._batch.nodes:
            if record.provenance.record == self._packing.passing:
                name = (record.id, record.provenance.record)
                passing[name] = passing.get(name, 0) | 1 << record.provenance.basis.level
        return together(self._batch.nodes), passing

    def _end(self, id_: str) -> int:
        place = self._ends.get(id_)
        if place is None:
            place = self._ends[id_] = len(self._ends)
            self._behind.append(0)
            self._behind_new.append(upkeep.BEHIND_IN_IMPORTANCE)
        return place

    def _document(self, id_: str) -> int:
        return self._documents.setdefault(id_, len(self._documents))

    def _record(self, record: NodeRecord, passing: int) -> Row:
        document = self._document(record.provenance.document)
        row = rows.record_row(record, self._end(record.id), 0, self._terms[record.label], document)
        return (None, *row, passing)

    def _statement(self, statement: Statement) -> Row:
        type_ = self._terms[statement.type]
        subject = self._end(statement.subject)
        object_ = self._end(statement.object) if statement.object else None
        if type_ not in self._naming:
            self._behind[subject] |= upkeep.BEHIND_IN_IMPORTANCE
            if object_ is not None:
                self._behind[object_] |= upkeep.BEHIND_IN_IMPORTANCE
        elif object_ is None:
            self._behind[subject] = upkeep.BEHIND
        else:
            for end in (subject, object_):
                self._behind[end] = self._behind_new[end] = upkeep.BEHIND
        document = self._document(statement.provenance.document)
        return (None, *rows.statement_row(statement, rows.hash_of(statement.key), 0, subject, type_, object_, document))

    def _shown(self, records: Iterable[NodeRecord], statements: Iterable[Statement]) -> list[Row]:
        """The nodes as the batch shows them: so they are made where they are not on record."""
        of_node: dict[str, list[NodeRecord]] = {}
        for record in records:
            of_node.setdefault(record.id, []).append(record)
        facts: dict[str, list[Statement]] = {}
        for statement in statements:
            if statement.type in _PROJECTED:
                facts.setdefault(statement.subject, []).append(statement)
        found: list[Row] = []
        for id_, place in self._ends.items():
            shown = showing(id_, of_node[id_], facts.get(id_, ()), self._packing.on)
            found.append(
                (
                    place, id_, self._terms[shown.label], rows.dump(shown.properties), shown.properties.get("published"),
                    int(shown.is_group), shown.family, shown.extra_text, self._behind[place], self._behind_new[place],
                )
            )  # fmt: skip
        return found

    def _cited(self) -> list[Row]:
        given = {document.id: document for document in self._batch.documents}
        found: list[Row] = []
        for id_ in given:
            self._document(id_)
        for id_, place in self._documents.items():
            d = given.get(id_)
            said = (id_, d.title, d.url, d.publisher, d.published, d.same_as) if d else (id_, *[None] * 5)
            found.append((place, *said, int(d is not None), None))
        return found
