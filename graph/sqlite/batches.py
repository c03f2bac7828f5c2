"""Writing a batch: what it says is compared with what is on record, and only differences are written."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from graph import merging, validation
from graph.errors import InputError
from graph.model import Batch, Dataset, Document, NodeRecord, Scalar, Statement
from graph.sqlite import bulk, changing, rows, upkeep
from graph.sqlite.connection import Files
from graph.sqlite.indexing import showing
from graph.sqlite.moving import apply_redirects, merge
from graph.sqlite.packing import NAMING, together
from graph.sqlite.rows import Row, Terms
from graph.sqlite.unpacking import Block, Mentions
from graph.store import Packed

REMEMBERED = 400_000
"""How many ids a load remembers the numbers of: well-known bodies occur in every batch."""

End = tuple[int, int, str]

_PROJECTED = frozenset(merging.PROJECTED)
_INSERT_STATEMENT = f"INSERT INTO statement (key, {', '.join(rows.STATEMENT_COLUMNS)}) VALUES ({rows.marks((0, *rows.STATEMENT_COLUMNS))})"
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

    def add_all(self, first: int, count: int) -> None:
        """Note that rows with numbers one after the other were met."""
        if count:
            place = first + count - 1 >> 3
            if place >= len(self._bits):
                self._bits.extend(bytes(place + 4096 - len(self._bits)))
            whole = slice((first + 7) >> 3, first + count >> 3)
            self._bits[whole] = b"\xff" * max(0, whole.stop - whole.start)
            for key in (
                *range(first, min(first + count, whole.start << 3)),
                *range(max(first, whole.stop << 3), first + count),
            ):
                self._bits[key >> 3] |= 1 << (key & 7)
            self.count += count

    def add(self, key: int) -> None:
        """Note that the row was met."""
        place = key >> 3
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 4096 - len(self._bits)))
        self._bits[place] |= 1 << (key & 7)
        self.count += 1


@dataclass(slots=True)
class Ends:
    """The nodes of one batch: for each id its own number, that of the node it counts for, and its label.

    `made` are the numbers of those that are new with this batch: nothing can be on record of them yet. `merged` tells that
    some count for another.
    """

    nodes: dict[str, End]
    made: frozenset[int] = frozenset()
    merged: bool = False


class Batches:
    """The batches of one load of one dataset: what was met so far, and what of it was new or different."""

    def __init__(
        self,
        files: Files,
        connection: sqlite3.Connection,
        terms: Terms,
        dataset: Dataset,
        key: int,
        on: date,
        *,
        known_before: bool,
    ) -> None:
        self.records, self.statements = Seen(), Seen()
        self.added = self.changed = self.closed = 0
        self._files, self._db, self._terms, self._on = files, connection, terms, on
        self._dataset, self._key, self._private = dataset.id, key, dataset.private
        self._tally = upkeep.Tally()
        self._naming = frozenset(terms.number(name) for name in NAMING)
        self._known_before = known_before
        self._written = 0
        self._known: dict[str, End] = {}
        self._documents: dict[str, int] = {}
        self._mentions = Mentions()

    def write(self, batch: Batch) -> None:
        """Write a batch as a whole, or nothing of it."""
        if not batch.checked:
            self._check(batch)
        before = (self.added, self.changed, self.closed)
        try:
            with self._files.transaction(self._db):
                cited = {
                    one.provenance.document for one in chain[NodeRecord | Statement](batch.nodes, batch.statements)
                }
                documents, touched = self._write_documents(batch.documents, cited)
                records = together(batch.nodes)
                ends = self._find_nodes(batch, records)
                if not batch.checked:
                    self._check_ends(batch, ends.nodes)
                on_record = self._write_records(records, ends, documents)
                fresh = {name for name, id_ in batch.whole if (ends.nodes[id_][0], name) not in on_record}
                self._write_statements(batch.statements, ends, documents, frozenset() if self._known_before else fresh)
                self._renew(batch.whole, ends, fresh)
                if batch.same:
                    touched |= merge(self._db, self._terms, self._tally, batch.same)
                    self._known.clear()
                self._tally.write(self._db)
                if touched or before != (self.added, self.changed, self.closed):
                    upkeep.revise(self._db)
            self._defer()
        except BaseException:
            # What was numbered in a transaction that is undone was never there.
            self._known.clear()
            self._documents.clear()
            raise

    def write_packed(self, packed: Packed) -> None:
        """Write a batch that was made ready elsewhere, as a whole, or nothing of it."""
        block = Block(self._db, self._terms, self._key, packed.data)
        if self._known_before or not self._copied(block):
            self.write(block.batch(self._dataset))
        block.note_mentions(self._mentions)

    def _copied(self, block: Block) -> bool:
        """Copy the rows of a block; False, and nothing written, where some must be compared with what is on record."""
        with self._files.transaction(self._db):
            documents, _ = self._write_documents(block.documents(), block.cited())
            block.number(self._next_key("node"), documents)
            block.drop_mentions(self._mentions)
            if not block.is_new():
                return False
            news: dict[int, list[tuple[int, Mapping[str, Scalar]]]] = {}
            for root, label, properties in block.added_to():
                news.setdefault(root, []).append((label, rows.load(properties)))
            upkeep.mark_behind(self._db, list(self._contradicted(news)))
            record, statement = self._next_key("record"), self._next_key("statement")
            written = block.copy(record, statement, private=self._private)
            self.records.add_all(record, written.records)
            self.statements.add_all(statement, written.statements)
            self.added += written.records + written.statements
            self._written += written.statements
            for label, n in written.labels:
                self._tally.add("label", label, n)
            for type_, n in written.open:
                self._tally.statement(type_, self._key, n)
            self._restate(block.restated(statement))
            if same := block.pairs("same"):
                merge(self._db, self._terms, self._tally, same)
                self._known.clear()
            self._tally.write(self._db)
            upkeep.revise(self._db)
        self._defer()
        return True

    def _defer(self) -> None:
        if not self._known_before and bulk.is_large(self._written, self._next_key("statement")):
            bulk.defer(self._db)
            self._written = 0

    # -- checking --------------------------------------------------------------------------------------------------
    def _check(self, batch: Batch) -> None:
        for document in batch.documents:
            refuse(f"document {document.id!r}", validation.document_problems(document))
        for record in batch.nodes:
            self._check_dataset(record.provenance.dataset, record.id)
            refuse(f"node {record.id!r}, record {record.provenance.record!r}", validation.node_problems(record))

    def _check_ends(self, batch: Batch, nodes: Mapping[str, End]) -> None:
        for statement in batch.statements:
            where = f"{statement.type} of record {statement.provenance.record!r}"
            self._check_dataset(statement.provenance.dataset, where)
            labels = [
                validation.same_family(nodes[end][2]) if end else frozenset[str]()
                for end in (statement.subject, statement.object)
            ]
            refuse(where, validation.statement_problems(statement, *labels))

    def _check_dataset(self, given: str, where: str) -> None:
        if given != self._dataset:
            message = f"{where} names the dataset {given!r}, but {self._dataset!r} is being loaded"
            raise InputError(message, field="dataset")

    # -- documents ---------------------------------------------------------------------------------------------------
    def _write_documents(self, documents: Iterable[Document], cited: Collection[str]) -> tuple[dict[str, int], bool]:
        given = {document.id: document for document in documents}
        cited = given.keys() | set(cited)
        if not given and cited <= self._documents.keys():
            return self._documents, False
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
        if len(self._documents) > REMEMBERED:
            self._documents.clear()
        self._documents |= keys
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
    def _find_nodes(self, batch: Batch, records: Mapping[tuple[str, str], NodeRecord]) -> Ends:
        """The nodes of the batch; those that are not there yet are made, and shown as it describes them."""
        known = self._known
        if len(known) > REMEMBERED:
            known.clear()
        ids = {id_ for id_, _ in records}
        for statement in batch.statements:
            ids.add(statement.subject)
            if statement.object:
                ids.add(statement.object)
        found = {id_: known[id_] for id_ in ids if id_ in known}
        found |= self._look_up(ids - found.keys())
        made: frozenset[int] = frozenset()
        if len(found) < len(ids):
            first: dict[str, list[NodeRecord]] = {}
            for (id_, _), record in records.items():
                if id_ not in found:
                    first.setdefault(id_, []).append(record)
            if missing := ids - found.keys() - first.keys():
                message = f"nothing is on record under the id {min(missing)!r}; give a node record for it, too"
                raise InputError(message, field="statements")
            new = self._make(first, batch.statements)
            made = frozenset(key for key, _, _ in new.values())
            if apply_redirects(self._db, self._terms, self._tally, first):
                new = self._look_up(first)
                known.clear()
            found |= new
        # What a record is about is seldom spoken of again; what it mentions is.
        about = {id_ for _, id_ in batch.whole}
        known.update((id_, end) for id_, end in found.items() if id_ not in about)
        return Ends(found, made, any(key != root for key, root, _ in found.values()))

    def _look_up(self, ids: Iterable[str]) -> dict[str, End]:
        return {
            id_: (key, into or key, self._terms.name(label))
            for part in rows.parts(rows.askable(sorted(ids)))
            for id_, key, into, label in self._db.execute(
                f"SELECT id, key, into_key, label FROM node WHERE id IN ({rows.marks(part)})", part
            )
        }

    def _make(self, first: Mapping[str, Sequence[NodeRecord]], statements: Iterable[Statement]) -> dict[str, End]:
        """New nodes, shown by what this batch says of them; how important they are is found when all is loaded."""
        facts: dict[str, list[Statement]] = {}
        for statement in statements:
            if statement.type in _PROJECTED and statement.subject in first:
                facts.setdefault(statement.subject, []).append(statement)
        made: dict[str, End] = {}
        new: list[Row] = []
        for key, (id_, records) in enumerate(first.items(), self._next_key("node")):
            shown = showing(id_, records, facts.get(id_, ()), self._on)
            label = self._terms.number(shown.label)
            made[id_] = (key, key, shown.label)
            new.append(
                (
                    key, id_, label, rows.dump(shown.properties), shown.properties.get("published"),
                    int(shown.is_group), shown.family, int(self._private), label, shown.extra_text,
                )
            )  # fmt: skip
            self._tally.add("label", label, 1)
        self._db.executemany(
            "INSERT INTO node (key, id, label, properties, published, is_group, family, private, tallied, names) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            new,
        )
        upkeep.mark_behind(self._db, (key for key, _, _ in made.values()), upkeep.BEHIND_IN_IMPORTANCE)
        return made

    # -- records -----------------------------------------------------------------------------------------------------
    def _write_records(
        self, records: Mapping[tuple[str, str], NodeRecord], ends: Ends, documents: Mapping[str, int]
    ) -> Collection[tuple[int, str]]:
        """Write the records; gives the node and name of those that were on record before."""
        added: list[Row] = []
        news: dict[int, list[tuple[int, Mapping[str, Scalar]]]] = {}
        behind: set[int] = set()
        next_key = self._next_key("record")
        on_record = self._records_on_record(
            (node, name) for id_, name in records if (node := ends.nodes[id_][0]) not in ends.made
        )
        for (id_, name), record in records.items():
            node, root, _ = ends.nodes[id_]
            row = self._record_row(record, node, documents)
            known = on_record.get((node, name))
            if known is None:
                added.append((next_key + len(added), *row))
                if node not in ends.made:
                    news.setdefault(root, []).append((self._terms.number(record.label), record.properties))
                continue
            if known[0] in self.records:
                row = self._record_row(self._joined(known[0], record), node, documents)
            if known[1:] != row:
                sets = ", ".join(f"{name} = ?" for name in _RECORD_COLUMNS)
                if known[0] not in self.records:
                    changing.keep(self._db, "record", known[0], self._on)
                self._db.execute(f"UPDATE record SET {sets} WHERE key = ?", (*row, known[0]))
                behind.add(root)
                self.changed += known[0] not in self.records
            if known[0] not in self.records:
                self.records.add(known[0])
        self._db.executemany(f"INSERT INTO record VALUES ({rows.marks((0, *_RECORD_COLUMNS))})", added)
        self.records.add_all(next_key, len(added))
        self.added += len(added)
        upkeep.mark_behind(self._db, behind.union(self._contradicted(news)))
        return on_record.keys()

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

    def _contradicted(self, news: Mapping[int, Sequence[tuple[int, Mapping[str, Scalar]]]]) -> Iterator[int]:
        """The nodes that do not show yet all that new records (label, properties) say of them: the others cannot change by these."""
        for part in rows.parts(news):
            for key, label, text, known, private in self._db.execute(
                f"SELECT key, label, properties, known, private FROM node WHERE key IN ({rows.marks(part)})", part
            ):
                shown = rows.load(text)
                if (
                    not known
                    or self._private > private
                    or any(label != said for said, _ in news[key])
                    or any(shown.get(k) != value for _, properties in news[key] for k, value in properties.items())
                ):
                    yield key

    # -- statements --------------------------------------------------------------------------------------------------
    def _write_statements(
        self, statements: Sequence[Statement], ends: Ends, documents: Mapping[str, int], fresh: Collection[str]
    ) -> None:
        """Write the statements; nothing is on record that a `fresh` record says, nor of nodes just made."""
        together: dict[str, Statement] = {}
        for statement in statements:
            key = statement.key
            together[key] = merging.joined_statements(together[key], statement) if key in together else statement
        nodes, made = ends.nodes, ends.made
        on_record = self._statements_on_record(
            rows.hash_of(name)
            for name, s in together.items()
            if s.provenance.record not in fresh
            and nodes[s.subject][0] not in made
            and not (s.object and nodes[s.object][0] in made)
        )
        added: list[Row] = []
        behind: dict[int, int] = {}
        count: Counter[int] = Counter()
        next_key = self._next_key("statement")
        for name, statement in together.items():
            hash_ = rows.hash_of(name)
            row = self._statement_row(statement, hash_, nodes, documents)
            known = on_record.get(hash_)
            if known is None:
                added.append((next_key + len(added), *row))
                count[row[3]] += row[10]
                self._note(row, behind, made)
                continue
            if known[0] in self.statements:
                earlier = rows.statements_by_key(self._db, known[:1], self._terms)[known[0]]
                earlier = replace(earlier, subject=statement.subject, object=statement.object)
                statement = merging.joined_statements(earlier, statement)
                row = self._statement_row(statement, hash_, nodes, documents)
            if known[1:] != row:
                self._change_statement(known, row)
                self._note(row, behind, made)
                self.changed += known[0] not in self.statements
            if known[0] not in self.statements:
                self.statements.add(known[0])
        self._db.executemany(_INSERT_STATEMENT, added)
        self.statements.add_all(next_key, len(added))
        self.added += len(added)
        self._written += len(added)
        for type_, n in count.items():
            self._tally.statement(type_, self._key, n)
        if ends.merged:
            self._restate_new(added, together, nodes)
        for what in (upkeep.BEHIND_IN_IMPORTANCE, upkeep.BEHIND):
            upkeep.mark_behind(self._db, (node for node, level in behind.items() if level == what), what)

    def _statements_on_record(self, hashes: Iterable[bytes]) -> dict[bytes, Row]:
        """The rows that this dataset has already, by hash."""
        columns = ", ".join(rows.STATEMENT_COLUMNS)
        asked = list(hashes)
        if asked:
            bulk.restore(self._db)
        return {
            row[1]: row
            for part in rows.parts(asked)
            for row in self._db.execute(
                f"SELECT key, {columns} FROM statement WHERE dataset = ? AND hash IN ({rows.marks(part)})",
                (self._key, *part),
            )
        }

    def _renew(self, whole: Sequence[tuple[str, str]], ends: Ends, fresh: Collection[str]) -> None:
        """Close what the dataset said of a node in a record that is given whole, and does not say any more."""
        again = [(record, id_) for record, id_ in whole if record not in fresh]
        if again:
            bulk.restore(self._db)
        for record, id_ in again:
            _, root, _ = ends.nodes[id_]
            unsaid = [
                key
                for (key,) in self._db.execute(
                    "SELECT key FROM statement WHERE subject = ?1 AND live = 1 AND +dataset = ?2 AND record = ?3 "
                    "UNION SELECT key FROM statement WHERE object = ?1 AND live = 1 AND +dataset = ?2 AND record = ?3",
                    (root, self._key, record),
                )
                if key not in self.statements
            ]
            if unsaid:
                self.close_statements(unsaid)

    # -- closing -----------------------------------------------------------------------------------------------------
    def close_statements(self, keys: Sequence[int]) -> None:
        """Close open statements: they are kept, with the day of this load, and no longer shown."""
        closed = self._db.execute(
            f"SELECT key, subject, object, type, live FROM statement WHERE key IN ({rows.marks(keys)}) AND closed_on IS NULL",
            keys,
        ).fetchall()
        on = self._on.isoformat()
        self._db.executemany(
            "UPDATE statement SET closed_on = ?, live = 0 WHERE key = ?", [(on, row[0]) for row in closed]
        )
        for _, subject, object_, type_, live in closed:
            self._tally.statement(type_, self._key, -live)
            what = upkeep.BEHIND if type_ in self._naming else upkeep.BEHIND_IN_IMPORTANCE
            upkeep.mark_behind(self._db, [node for node in (subject, object_) if node is not None], what)
        self.closed += len(closed)
        self._tally.write(self._db)

    def close_records(self, keys: Sequence[int]) -> None:
        """Close open node records."""
        closed = self._db.execute(
            f"SELECT r.key, coalesce(n.into_key, n.key) FROM record r JOIN node n ON n.key = r.node "
            f"WHERE r.key IN ({rows.marks(keys)}) AND r.closed_on IS NULL",
            keys,
        ).fetchall()
        on = self._on.isoformat()
        self._db.executemany("UPDATE record SET closed_on = ? WHERE key = ?", [(on, row[0]) for row in closed])
        upkeep.mark_behind(self._db, (row[1] for row in closed))
        self.closed += len(closed)

    # -- inside ------------------------------------------------------------------------------------------------------
    def _statement_row(
        self, statement: Statement, hash_: bytes, nodes: Mapping[str, End], documents: Mapping[str, int]
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
        changing.keep(self._db, "statement", known[0], self._on)
        sets = ", ".join(f"{name} = ?" for name in rows.STATEMENT_COLUMNS)
        self._db.execute(f"UPDATE statement SET {sets} WHERE key = ?", (*row, known[0]))
        self._tally.statement(row[3], self._key, row[10] - known[11])

    def _note(self, row: Row, behind: dict[int, int], made: Collection[int]) -> None:
        """Note which nodes are behind by this statement; of those just made only what they belong to is not known yet."""
        subject, type_, object_ = row[2], row[3], row[4]
        if type_ not in self._naming:
            if subject not in made:
                behind[subject] = behind.get(subject, 0) | upkeep.BEHIND_IN_IMPORTANCE
            if object_ is not None and object_ not in made:
                behind[object_] = behind.get(object_, 0) | upkeep.BEHIND_IN_IMPORTANCE
        elif object_ is not None:
            behind[subject] = behind[object_] = upkeep.BEHIND
        elif subject not in made:
            behind[subject] = upkeep.BEHIND

    def _restate_new(self, added: Sequence[Row], together: Mapping[str, Statement], nodes: Mapping[str, End]) -> None:
        """Keep the ends as they were said of statements whose ends are merged ids."""
        by_hash = {row[1]: row[0] for row in added}
        restated = []
        for name, statement in together.items():
            own, root, _ = nodes[statement.subject]
            far, far_root, _ = nodes[statement.object] if statement.object else (None, None, "")
            key = by_hash.get(rows.hash_of(name))
            if key is not None and (own != root or far != far_root):
                restated.append((key, own, far))
        self._restate(restated)

    def _restate(self, restated: Sequence[Row]) -> None:
        """Keep the ends (number of statement, subject, object) as they were said, with the key by which each is shown."""
        if restated:
            self._db.executemany("INSERT INTO restated VALUES (?, ?, ?, x'')", restated)
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
