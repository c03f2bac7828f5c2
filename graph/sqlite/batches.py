"""Writing a batch: what it says is compared with what is on record, and only differences are written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from graph import merging, validation
from graph.errors import InputError
from graph.model import Batch, Dataset, Document, NodeRecord, Statement
from graph.sqlite import rows, upkeep
from graph.sqlite.connection import Files
from graph.sqlite.moving import apply_redirects
from graph.sqlite.rows import Row, Terms

NAMING = ("PART_OF", *merging.PROJECTED)
"""Types whose statements change what their ends are called or shown as."""

_RECORD_COLUMNS = (
    "node", "dataset", "record", "label", "properties", "document", "locator", "observed_on", "confidence", "basis",
    "closed_on",
)  # fmt: skip


class Seen:
    """Which rows a load has met, by their numbers: one bit each."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self.count = 0

    def __contains__(self, key: int) -> bool:
        place = key >> 3
        return place < len(self._bits) and bool(self._bits[place] >> (key & 7) & 1)

    def add(self, key: int) -> None:
        """Note that the row was met."""
        place = key >> 3
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 4096 - len(self._bits)))
        self._bits[place] |= 1 << (key & 7)
        self.count += 1


class Batches:
    """The batches of one load of one dataset: what was met so far, and what of it was new or different."""

    def __init__(
        self, files: Files, connection: sqlite3.Connection, terms: Terms, dataset: Dataset, key: int, on: date
    ) -> None:
        self.records, self.statements = Seen(), Seen()
        self.added = self.changed = 0
        self._files, self._db, self._terms, self._on = files, connection, terms, on
        self._dataset, self._key, self._private = dataset.id, key, dataset.private
        self._tally = upkeep.Tally()
        self._naming = frozenset(terms.number(name) for name in NAMING)

    def write(self, batch: Batch) -> None:
        """Write a batch as a whole, or nothing of it."""
        self._check(batch)
        before = (self.added, self.changed)
        with self._files.transaction(self._db):
            documents, touched = self._write_documents(batch)
            nodes = self._find_nodes(batch)
            self._check_ends(batch, nodes)
            self._write_records(batch, nodes, documents)
            self._write_statements(batch, nodes, documents)
            self._tally.write(self._db)
            if touched or before != (self.added, self.changed):
                upkeep.revise(self._db)

    # -- checking --------------------------------------------------------------------------------------------------
    def _check(self, batch: Batch) -> None:
        for document in batch.documents:
            refuse(f"document {document.id!r}", validation.document_problems(document))
        for record in batch.nodes:
            self._check_dataset(record.provenance.dataset, record.id)
            refuse(f"node {record.id!r}, record {record.provenance.record!r}", validation.node_problems(record))

    def _check_ends(self, batch: Batch, nodes: Mapping[str, tuple[int, int, str]]) -> None:
        for statement in batch.statements:
            where = f"{statement.type} of record {statement.provenance.record!r}"
            self._check_dataset(statement.provenance.dataset, where)
            labels = []
            for end in (statement.subject, statement.object):
                if end and end not in nodes:
                    message = f"{where}: nothing is on record under the id {end!r}; give a node record for it, too"
                    raise InputError(message, field="statements")
                labels.append(validation.same_family(nodes[end][2]) if end else frozenset())
            refuse(where, validation.statement_problems(statement, *labels))

    def _check_dataset(self, given: str, where: str) -> None:
        if given != self._dataset:
            message = f"{where} names the dataset {given!r}, but {self._dataset!r} is being loaded"
            raise InputError(message, field="dataset")

    # -- documents ---------------------------------------------------------------------------------------------------
    def _write_documents(self, batch: Batch) -> tuple[dict[str, int], bool]:
        given = {document.id: document for document in batch.documents}
        cited = given.keys() | {record.provenance.document for record in batch.nodes}
        cited |= {statement.provenance.document for statement in batch.statements}
        known = {
            row[1]: row
            for part in rows.parts(rows.askable(sorted(cited)))
            for row in self._db.execute(
                f"SELECT key, {rows.DOCUMENT_COLUMNS} FROM document WHERE id IN ({rows.marks(part)})", part
            )
        }
        keys = {id_: int(row[0]) for id_, row in known.items()}
        touched = False
        for id_, document in given.items():
            if id_ not in known:
                keys[id_] = self._insert_document(document)
            elif (wanted := _filled(document, known[id_][1:])) != known[id_][1:]:
                self._db.execute(
                    "UPDATE document SET title = ?, url = ?, publisher = ?, published = ?, same_as = ? WHERE id = ?",
                    (*wanted[1:], id_),
                )
            else:
                continue
            touched = True
        missing = sorted(cited - keys.keys())
        if missing:
            raise InputError(f"nothing is on record about the document {missing[0]!r}; give it in the batch, too")
        self._db.executemany(
            "INSERT OR IGNORE INTO cited (dataset, document) VALUES (?, ?)", [(self._key, keys[id_]) for id_ in cited]
        )
        return keys, touched

    def _insert_document(self, document: Document) -> int:
        d = document
        self._tally.add("document", 0, 1)
        made = self._db.execute(
            f"INSERT INTO document ({rows.DOCUMENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            (d.id, d.title, d.url, d.publisher, d.published, d.same_as),
        )
        return int(made.lastrowid or 0)

    # -- nodes -------------------------------------------------------------------------------------------------------
    def _find_nodes(self, batch: Batch) -> dict[str, tuple[int, int, str]]:
        """For each id: the node's own number, that of the node it counts for, and its label. Makes new nodes."""
        ids = {record.id for record in batch.nodes}
        for statement in batch.statements:
            ids.add(statement.subject)
            if statement.object:
                ids.add(statement.object)
        nodes = self._look_up(ids)
        first: dict[str, list[NodeRecord]] = {}
        for record in batch.nodes:
            if record.id not in nodes:
                first.setdefault(record.id, []).append(record)
        if first:
            self._make(first)
            apply_redirects(self._db, self._terms, self._tally, first)
            nodes |= self._look_up(first)
            upkeep.mark_behind(self._db, (nodes[id_][0] for id_ in first))
        return nodes

    def _look_up(self, ids: Iterable[str]) -> dict[str, tuple[int, int, str]]:
        return {
            id_: (key, into or key, self._terms.name(label))
            for part in rows.parts(rows.askable(sorted(ids)))
            for id_, key, into, label in self._db.execute(
                f"SELECT id, key, into_key, label FROM node WHERE id IN ({rows.marks(part)})", part
            )
        }

    def _make(self, first: Mapping[str, Sequence[NodeRecord]]) -> None:
        made = []
        for id_, records in first.items():
            label, properties = merging.merged(id_, records, (), self._on)
            made.append(
                (
                    id_,
                    self._terms.number(label),
                    rows.dump(properties),
                    properties.get("published"),
                    int(properties.get("kind") == "group"),
                    int(self._private),
                )
            )
        self._db.executemany(
            "INSERT INTO node (id, label, properties, published, is_group, private) VALUES (?, ?, ?, ?, ?, ?)", made
        )

    # -- records -----------------------------------------------------------------------------------------------------
    def _write_records(
        self, batch: Batch, nodes: Mapping[str, tuple[int, int, str]], documents: Mapping[str, int]
    ) -> None:
        together: dict[tuple[str, str], NodeRecord] = {}
        for record in batch.nodes:
            name = (record.id, record.provenance.record)
            together[name] = merging.joined_records(together[name], record) if name in together else record
        next_key = self._next_key("record")
        added: list[Row] = []
        news: dict[int, list[NodeRecord]] = {}
        behind: set[int] = set()
        on_record = self._records_on_record((nodes[id_][0], name) for id_, name in together)
        for record in together.values():
            node, root, _ = nodes[record.id]
            row = self._record_row(record, node, documents)
            known = on_record.get((node, record.provenance.record))
            if known is None:
                added.append((next_key, *row))
                self.records.add(next_key)
                next_key += 1
                self.added += 1
                news.setdefault(root, []).append(record)
                continue
            if known[0] in self.records:
                row = self._record_row(self._joined(known[0], record), node, documents)
            if known[1:] != row:
                sets = ", ".join(f"{name} = ?" for name in _RECORD_COLUMNS)
                self._db.execute(f"UPDATE record SET {sets} WHERE key = ?", (*row, known[0]))
                behind.add(root)
                self.changed += known[0] not in self.records
            if known[0] not in self.records:
                self.records.add(known[0])
        self._db.executemany(f"INSERT INTO record VALUES ({rows.marks((0, *_RECORD_COLUMNS))})", added)
        upkeep.mark_behind(self._db, behind.union(self._contradicted(news)))

    def _records_on_record(self, names: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Row]:
        """The rows that this dataset has already, by number of node and name of record."""
        columns = ", ".join(f"r.{name}" for name in _RECORD_COLUMNS)
        return {
            (row[1], row[3]): row
            for part in rows.parts(names)
            for row in self._db.execute(
                f"WITH asked (node, record) AS (VALUES {', '.join(['(?, ?)'] * len(part))}) SELECT r.key, {columns} "
                "FROM asked CROSS JOIN record r ON r.node = asked.node AND r.dataset = ? AND r.record = asked.record",
                (*chain.from_iterable(part), self._key),
            )
        }

    def _record_row(self, record: NodeRecord, node: int, documents: Mapping[str, int]) -> Row:
        label = self._terms.number(record.label)
        return rows.record_row(record, node, self._key, label, documents[record.provenance.document])

    def _joined(self, key: int, record: NodeRecord) -> NodeRecord:
        row = self._db.execute(f"{rows.RECORDS} WHERE r.key = ?", (key,)).fetchone()
        return merging.joined_records(rows.record_of(row, self._terms), record)

    def _contradicted(self, news: Mapping[int, Sequence[NodeRecord]]) -> Iterator[int]:
        """The nodes that do not show yet all that new records say of them: the others cannot change by these."""
        for part in rows.parts(news):
            for key, label, text, known, private in self._db.execute(
                f"SELECT key, label, properties, known, private FROM node WHERE key IN ({rows.marks(part)})", part
            ):
                shown = rows.load(text)
                if (
                    not known
                    or self._private > private
                    or any(label != self._terms.number(record.label) for record in news[key])
                    or any(shown.get(k) != value for record in news[key] for k, value in record.properties.items())
                ):
                    yield key

    # -- statements --------------------------------------------------------------------------------------------------
    def _write_statements(
        self, batch: Batch, nodes: Mapping[str, tuple[int, int, str]], documents: Mapping[str, int]
    ) -> None:
        together: dict[str, Statement] = {}
        for statement in batch.statements:
            key = statement.key
            together[key] = merging.joined_statements(together[key], statement) if key in together else statement
        columns = ", ".join(rows.STATEMENT_COLUMNS)
        hashes = {name: rows.hash_of(name) for name in together}
        on_record = {
            row[1]: row
            for part in rows.parts(hashes.values())
            for row in self._db.execute(
                f"SELECT key, {columns} FROM statement WHERE dataset = ? AND hash IN ({rows.marks(part)})",
                (self._key, *part),
            )
        }
        next_key = self._next_key("statement")
        added: list[Row] = []
        behind: dict[int, int] = {}
        for name, statement in together.items():
            hash_ = hashes[name]
            row = self._statement_row(statement, hash_, nodes, documents)
            known = on_record.get(hash_)
            if known is None:
                added.append((next_key, *row))
                self.statements.add(next_key)
                next_key += 1
                self.added += 1
                self._tally.statement(row[3], self._key, row[10])
                self._note(row, behind)
                continue
            if known[0] in self.statements:
                earlier = rows.statements_by_key(self._db, known[:1], self._terms)[known[0]]
                earlier = replace(earlier, subject=statement.subject, object=statement.object)
                statement = merging.joined_statements(earlier, statement)
                row = self._statement_row(statement, hash_, nodes, documents)
            if known[1:] != row:
                self._change_statement(known, row)
                self._note(row, behind)
                self.changed += known[0] not in self.statements
            if known[0] not in self.statements:
                self.statements.add(known[0])
        self._db.executemany(
            f"INSERT INTO statement (key, {columns}) VALUES ({rows.marks((0, *rows.STATEMENT_COLUMNS))})", added
        )
        self._restate_new(added, together, nodes)
        for what in (upkeep.BEHIND_IN_IMPORTANCE, upkeep.BEHIND):
            upkeep.mark_behind(self._db, (node for node, level in behind.items() if level == what), what)

    def _statement_row(
        self,
        statement: Statement,
        hash_: bytes,
        nodes: Mapping[str, tuple[int, int, str]],
        documents: Mapping[str, int],
    ) -> Row:
        return rows.statement_row(
            statement,
            hash_,
            self._key,
            nodes[statement.subject][1],
            self._terms.number(statement.type),
            nodes[statement.object][1] if statement.object else None,
            documents[statement.provenance.document],
        )

    def _change_statement(self, known: Row, row: Row) -> None:
        sets = ", ".join(f"{name} = ?" for name in rows.STATEMENT_COLUMNS)
        self._db.execute(f"UPDATE statement SET {sets} WHERE key = ?", (*row, known[0]))
        self._tally.statement(row[3], self._key, row[10] - known[11])

    def _note(self, row: Row, behind: dict[int, int]) -> None:
        what = upkeep.BEHIND if row[3] in self._naming else upkeep.BEHIND_IN_IMPORTANCE
        for node in (row[2], row[4]):
            if node is not None:
                behind[node] = behind.get(node, 0) | what

    def _restate_new(
        self, added: Sequence[Row], together: Mapping[str, Statement], nodes: Mapping[str, tuple[int, int, str]]
    ) -> None:
        """Keep the ends as they were said of statements whose ends are merged ids."""
        by_hash = {row[1]: row[0] for row in added}
        restated = []
        for name, statement in together.items():
            own, root, _ = nodes[statement.subject]
            far, far_root, _ = nodes[statement.object] if statement.object else (None, None, "")
            key = by_hash.get(rows.hash_of(name))
            if key is not None and (own != root or far != far_root):
                restated.append((key, own, far, b""))
        if restated:
            self._db.executemany("INSERT INTO restated VALUES (?, ?, ?, ?)", restated)
            for key, *_ in restated:
                shown = rows.statements_by_key(self._db, [key], self._terms)[key]
                self._db.execute("UPDATE restated SET hash = ? WHERE statement = ?", (rows.hash_of(shown.key), key))

    def _next_key(self, table: str) -> int:
        (highest,) = self._db.execute(f"SELECT max(key) FROM {table}").fetchone()
        return int(highest or 0) + 1


def refuse(where: str, problems: Sequence[str]) -> None:
    """Raise InputError with the problems, where there are any."""
    if problems:
        raise InputError(f"{where}: {'; '.join(problems)}")


def _filled(document: Document, known: Sequence[Any]) -> Row:
    """What is known of a document, with what is newly said of it: nothing said takes nothing away."""
    said = (document.id, document.title, document.url, document.publisher, document.published, document.same_as)
    return tuple(new or old for new, old in zip(said, known, strict=True))
