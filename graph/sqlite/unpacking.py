"""Writing blocks of rows that `graph.sqlite.packing` made: statements of the engine copy them, a block in one transaction.

A block is laid beside the store as a database of its own, named `packed`. What stands in it is new with few exceptions; where one is
met that must be compared with what is on record, the block becomes the batch again that it was made from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from graph.model import Batch, Document, NodeRecord, Provenance, Statement
from graph.sqlite import rows
from graph.sqlite.rows import Row, Terms

_COPIED = ", ".join(f"s.{name}" for name in rows.STATEMENT_COLUMNS[12:] if name != "document")
_COLUMNS = ", ".join(name for name in rows.STATEMENT_COLUMNS[12:] if name != "document")


class Mentions:
    """On which grounds a load has mentioned nodes, by their numbers."""

    def __init__(self) -> None:
        self._grounds = bytearray()

    def has(self, key: int, grounds: int) -> bool:
        """Whether the node was mentioned on all of these grounds."""
        return key < len(self._grounds) and not grounds & ~self._grounds[key]

    def add(self, key: int, grounds: int) -> None:
        """Note a mention that was written."""
        if key >= len(self._grounds):
            self._grounds.extend(bytes(key + 65_536 - len(self._grounds)))
        self._grounds[key] |= grounds


@dataclass(frozen=True, slots=True)
class Written:
    """What of a block was written: how many records and statements, and open statements by type."""

    records: int
    statements: int
    open: tuple[tuple[int, int], ...]
    labels: tuple[tuple[int, int], ...]


class Block:
    """One block beside a store, to be asked and copied in a transaction of the caller's."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, dataset: int, data: bytes) -> None:
        self._db, self._terms, self._dataset = connection, terms, dataset
        if not any(name == "packed" for _, name, _ in connection.execute("PRAGMA database_list")):
            connection.execute("ATTACH ':memory:' AS packed")
        connection.deserialize(data, name="packed")

    def documents(self) -> list[Document]:
        """The documents that the batch gives."""
        given = self._db.execute(f"SELECT {rows.DOCUMENT_COLUMNS} FROM packed.document WHERE given ORDER BY place")
        return [rows.document_of(row) for row in given]

    def cited(self) -> list[str]:
        """The ids of all documents that it cites."""
        return [id_ for (id_,) in self._db.execute("SELECT id FROM packed.document ORDER BY place")]

    def pairs(self, table: str) -> tuple[tuple[str, str], ...]:
        """The pairs of `whole` or `same`."""
        return tuple(self._db.execute(f"SELECT * FROM packed.{table} ORDER BY rowid").fetchall())

    def number(self, first: int, documents: dict[str, int]) -> None:
        """Find the numbers of nodes, from `first` on for those that are not on record, and set those of documents."""
        self._db.execute(
            """
            INSERT INTO packed.met
            SELECT e.place, coalesce(n.key, ?1 + e.place), coalesce(n.into_key, n.key, ?1 + e.place), n.key IS NULL
              FROM packed."end" e LEFT JOIN node n ON n.id = e.id ORDER BY e.place
            """,
            (first,),
        )
        keys = [(documents[id_], id_) for id_ in self.cited()]
        self._db.executemany("UPDATE packed.document SET key = ? WHERE id = ?", keys)

    def drop_mentions(self, mentions: Mentions) -> None:
        """Leave out what only mentions nodes that the load has mentioned before."""
        found = self._db.execute(
            "SELECT r.place, m.key, r.passing FROM packed.record r CROSS JOIN packed.met m ON m.place = r.node "
            "WHERE r.passing AND NOT m.made"
        ).fetchall()
        gone = [(place,) for place, key, grounds in found if mentions.has(key, grounds)]
        self._db.executemany("DELETE FROM packed.record WHERE place = ?", gone)

    def note_mentions(self, mentions: Mentions) -> None:
        """Note what it mentions, once it is written: only then have new nodes their numbers for good."""
        for key, grounds in self._db.execute(
            'SELECT n.key, r.passing FROM packed.record r CROSS JOIN packed."end" e ON e.place = r.node '
            "CROSS JOIN node n ON n.id = e.id WHERE r.passing"
        ):
            mentions.add(key, grounds)

    def is_new(self) -> bool:
        """Whether nothing of it is on record, and no earlier merge concerns a node that it makes."""
        (known,) = self._db.execute(
            """
            SELECT EXISTS (
                SELECT 1 FROM packed.record p CROSS JOIN packed.met m ON m.place = p.node CROSS JOIN record r
                    ON r.node = m.key AND r.dataset = ? AND r.record = p.record
                 WHERE NOT m.made)
            """,
            (self._dataset,),
        ).fetchone()
        if known or self._db.execute("SELECT 1 FROM redirect LIMIT 1").fetchone() is None:
            return not known
        (merged,) = self._db.execute(
            """
            SELECT EXISTS (
                SELECT 1 FROM packed.met m JOIN packed."end" e USING (place)
                 WHERE m.made AND (e.id IN (SELECT old FROM redirect) OR e.id IN (SELECT new FROM redirect)))
            """
        ).fetchone()
        return not merged

    def added_to(self) -> Iterator[tuple[int, int, str]]:
        """What records say of nodes that are on record: number, label, and properties as text."""
        yield from self._db.execute(
            "SELECT m.root, r.label, r.properties FROM packed.record r CROSS JOIN packed.met m ON m.place = r.node WHERE NOT m.made"
        ).fetchall()

    def copy(self, record: int, statement: int, *, private: bool) -> Written:
        """Write it; records and statements are numbered from these numbers on."""
        db = self._db
        db.execute(
            """
            INSERT INTO node (key, id, label, properties, published, is_group, family, private, tallied, names)
            SELECT m.key, e.id, e.label, e.properties, e.published, e.is_group, e.family, ?, e.label, e.names
              FROM packed.met m JOIN packed."end" e USING (place) WHERE m.made ORDER BY m.place
            """,
            (int(private),),
        )
        db.execute(
            """
            INSERT INTO pending (node, what)
            SELECT m.root, CASE WHEN m.made THEN e.behind_new ELSE e.behind END FROM packed.met m JOIN packed."end" e USING (place)
             WHERE m.made OR e.behind ORDER BY m.root
                ON CONFLICT (node) DO UPDATE SET what = what | excluded.what
            """
        )
        records = db.execute(
            """
            INSERT INTO record
            SELECT ? + row_number() OVER (ORDER BY r.place) - 1, m.key, ?, r.record, r.label, r.properties, d.key, r.locator,
                   r.observed_on, r.confidence, r.basis, NULL
              FROM packed.record r CROSS JOIN packed.met m ON m.place = r.node CROSS JOIN packed.document d ON d.place = r.document
             ORDER BY r.place
            """,
            (record, self._dataset),
        ).rowcount
        statements = db.execute(
            f"""
            INSERT INTO statement (key, {", ".join(rows.STATEMENT_COLUMNS[:12])}, document, {_COLUMNS})
            SELECT ?1 + s.place - 1, s.hash, ?2, a.root, s.type, b.root, s.since_lo, s.rank, s.until_hi, s.confidence, s.basis,
                   a.root IS NOT b.root, NULL, d.key, {_COPIED}
              FROM packed.statement s CROSS JOIN packed.met a ON a.place = s.subject
              CROSS JOIN packed.document d ON d.place = s.document LEFT JOIN packed.met b ON b.place = s.object
             ORDER BY s.place
            """,
            (statement, self._dataset),
        ).rowcount
        counted = db.execute("SELECT type, sum(live) FROM statement WHERE key >= ? GROUP BY type", (statement,))
        labels = """SELECT label, count(*) FROM packed.met JOIN packed."end" USING (place) WHERE made GROUP BY label"""
        return Written(records, statements, tuple(counted.fetchall()), tuple(db.execute(labels).fetchall()))

    def restated(self, statement: int) -> list[Row]:
        """Statements of merged nodes, numbered from `statement` on: their number, and both ends as they were said."""
        return self._db.execute(
            """
            SELECT ? + s.place - 1, a.key, b.key
              FROM packed.statement s JOIN packed.met a ON a.place = s.subject LEFT JOIN packed.met b ON b.place = s.object
             WHERE EXISTS (SELECT 1 FROM packed.met WHERE key <> root) AND (a.key <> a.root OR b.key <> b.root)
            """,
            (statement,),
        ).fetchall()

    def batch(self, dataset: str) -> Batch:
        """The batch that it was made from."""
        name, cited = self._terms.name, dict(self._db.execute("SELECT place, id FROM packed.document").fetchall())
        ids = dict(self._db.execute('SELECT place, id FROM packed."end"').fetchall())

        def said(
            record: str, document: int, locator: str, observed_on: str | None, confidence: int, basis: int
        ) -> Provenance:
            grounds = rows.CONFIDENCE[confidence], rows.BASIS[basis]
            return Provenance(dataset, record, cited[document], locator, observed_on, *grounds)

        nodes = tuple(
            NodeRecord(ids[node], name(label), rows.load(properties), said(*where))
            for node, label, properties, *where in self._db.execute(
                "SELECT node, label, properties, record, document, locator, observed_on, confidence, basis "
                "FROM packed.record ORDER BY place"
            )
        )
        statements = tuple(
            Statement(
                subject=ids[subject],
                type=name(type_),
                provenance=said(*where),
                object="" if object_ is None else ids[object_],
                value=None if value is None else orjson.loads(value),
                qualifier=qualifier,
                since=since,
                until=until,
                properties=rows.load(properties),
            )
            for subject, type_, object_, value, qualifier, since, until, properties, *where in self._db.execute(
                "SELECT subject, type, object, value, qualifier, since, until, properties, "
                "record, document, locator, observed_on, confidence, basis FROM packed.statement ORDER BY place"
            )
        )
        whole, same = self.pairs("whole"), self.pairs("same")
        return Batch(tuple(self.documents()), nodes, statements, whole=whole, same=same, checked=True)
