"""How things become rows and rows become things."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import orjson

from graph import dates, validation
from graph.errors import StoreSchemaError
from graph.model import Basis, Confidence, Document, Node, NodeRecord, Provenance, Scalar, Statement, View
from graph.schema import LABELS, STATEMENT_TYPES
from graph.sqlite.tables import NO_END, NO_RANK

Row = tuple[Any, ...]
T = TypeVar("T")

AT_ONCE = 500
"""How many values one statement is given in an IN list."""

CONFIDENCE = {one.level: one for one in Confidence}
BASIS = {one.level: one for one in Basis}
_LEVEL: Mapping[Confidence | Basis, int] = {one: one.level for one in (*Confidence, *Basis)}


class Terms:
    """The numbers that labels and types have in one store. They are kept in it, so that the schema may grow."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self.complete = False

    def write(self, connection: sqlite3.Connection) -> None:
        """Give every label and type of the schema its number, where it has none yet."""
        connection.executemany(
            "INSERT OR IGNORE INTO term (name) VALUES (?)", [(name,) for name in (*LABELS, *STATEMENT_TYPES)]
        )
        self.read(connection)

    def read(self, connection: sqlite3.Connection) -> None:
        """Read the numbers again."""
        rows = connection.execute("SELECT key, name FROM term").fetchall()
        self._names = dict(rows)
        self._numbers = {name: key for key, name in rows}
        self.complete = all(name in self._numbers for name in (*LABELS, *STATEMENT_TYPES))

    @property
    def numbers(self) -> Mapping[str, int]:
        """All labels and types with their numbers."""
        return dict(self._numbers)

    def number(self, name: str) -> int:
        """The number of a label or type; -1, which no row has, where this store knows it not."""
        return self._numbers.get(name, -1)

    def name(self, number: int) -> str:
        """The label or type of a number. Raises StoreSchemaError for one that this program does not know."""
        try:
            return self._names[number]
        except KeyError:
            message = (
                "the store holds things of a kind that this program does not know; install a newer standards-graph"
            )
            raise StoreSchemaError(message) from None


def dump(values: Mapping[str, Scalar]) -> str:
    """Properties as text."""
    return orjson.dumps(values if type(values) is dict else dict(values)).decode()


def load(text: str | None) -> dict[str, Scalar]:
    """Properties from text."""
    properties: dict[str, Scalar] = orjson.loads(text) if text else {}
    return properties


@lru_cache(maxsize=4_096)
def _first_day(since: str | None) -> int:
    return day(dates.first_day(since))


@lru_cache(maxsize=4_096)
def _last_day(until: str | None) -> int:
    return NO_END if until is None else day(dates.last_day(until))


def day(text: str) -> int:
    """A day as a number: `2018-03-01` is 20180301."""
    return int(text.replace("-", ""))


# -- statements -------------------------------------------------------------------------------------------------

STATEMENT_COLUMNS = (
    "hash", "dataset", "subject", "type", "object", "since_lo", "rank", "until_hi", "confidence", "basis", "live",
    "closed_on", "record", "document", "locator", "observed_on", "qualifier", "since", "until", "value", "properties",
)  # fmt: skip
"""Columns of `statement`, in the order of `statement_row`."""


def asked_hash(key: str) -> bytes | None:
    """The ten bytes of a key that somebody asks for; None where the text is no key of a statement."""
    prefix, _, digits = key.partition(":")
    try:
        found = bytes.fromhex(digits)
    except ValueError:
        return None
    return found if prefix == "st" and len(digits) == 20 else None


def hash_of(key: str) -> bytes:
    """The ten bytes of a statement's own key."""
    return bytes.fromhex(key.removeprefix("st:"))


def statement_row(
    statement: Statement, hash_: bytes, dataset: int, subject: int, type_: int, object_: int | None, document: int
) -> Row:
    """The row of an open statement."""
    p = statement.provenance
    rank = statement.properties.get("rank", NO_RANK)
    return (
        hash_,
        dataset,
        subject,
        type_,
        object_,
        _first_day(statement.since) if statement.dated else 0,
        min(rank, NO_RANK) if isinstance(rank, int) else NO_RANK,
        _last_day(statement.until),
        _LEVEL[p.confidence],
        _LEVEL[p.basis],
        0 if subject == object_ else 1,
        None,
        p.record,
        document,
        p.locator,
        p.observed_on,
        statement.qualifier,
        statement.since,
        statement.until,
        None if statement.value is None else orjson.dumps(statement.value).decode(),
        dump(statement.properties) if statement.properties else None,
    )


_STATEMENT = """
    SELECT s.key, f.id, s.type, t.id, s.value, s.qualifier, s.since, s.until, s.properties,
           d.id, s.record, c.id, s.locator, s.observed_on, s.confidence, s.basis
      FROM statement s
      JOIN node f ON f.key = s.subject
      LEFT JOIN node t ON t.key = s.object
      JOIN dataset d ON d.key = s.dataset
      JOIN document c ON c.key = s.document
"""


def statement_of(row: Row, terms: Terms) -> Statement:
    """The statement of a row of `_STATEMENT`."""
    return Statement(
        subject=row[1],
        type=terms.name(row[2]),
        object=row[3] or "",
        value=None if row[4] is None else orjson.loads(row[4]),
        qualifier=row[5],
        since=row[6],
        until=row[7],
        properties=load(row[8]),
        provenance=Provenance(row[9], row[10], row[11], row[12], row[13], CONFIDENCE[row[14]], BASIS[row[15]]),
    )


def statements_by_key(
    connection: sqlite3.Connection, keys: Iterable[int], terms: Terms, known: dict[int, Statement] | None = None
) -> dict[int, Statement]:
    """Statements by their numbers, open or not. Those in `known` are not read, and what is read is added to it."""
    known = {} if known is None else known
    asked = list(keys)
    for part in parts(key for key in asked if key not in known):
        for row in connection.execute(f"{_STATEMENT} WHERE s.key IN ({marks(part)})", part):
            known[row[0]] = statement_of(row, terms)
    return {key: known[key] for key in asked if key in known}


def statements_where(
    connection: sqlite3.Connection, condition: str, values: Sequence[Any], terms: Terms
) -> Iterator[Statement]:
    """Statements that meet a condition, streamed in the order that it names."""
    for row in connection.execute(f"{_STATEMENT} WHERE {condition}", values):
        yield statement_of(row, terms)


# -- nodes, records, documents -------------------------------------------------------------------------------------


def record_row(record: NodeRecord, node: int, dataset: int, label: int, document: int) -> Row:
    """The row of an open node record: node, dataset, record, label, properties, and where it is said."""
    p = record.provenance
    return (
        node, dataset, p.record, label, dump(record.properties), document, p.locator, p.observed_on,
        _LEVEL[p.confidence], _LEVEL[p.basis], None,
    )  # fmt: skip


RECORDS = """
    SELECT n.id, r.label, r.properties, d.id, r.record, c.id, r.locator, r.observed_on, r.confidence, r.basis,
           r.closed_on, d.private
      FROM record r
      JOIN node n ON n.key = r.node
      JOIN dataset d ON d.key = r.dataset
      JOIN document c ON c.key = r.document
"""


def record_of(row: Row, terms: Terms) -> NodeRecord:
    """The node record of a row of `RECORDS`."""
    provenance = Provenance(row[3], row[4], row[5], row[6], row[7], CONFIDENCE[row[8]], BASIS[row[9]])
    return NodeRecord(row[0], terms.name(row[1]), load(row[2]), provenance)


def node_of(id_: str, label: int, properties: str, terms: Terms) -> Node:
    """The node of its three columns."""
    return Node(id_, terms.name(label), load(properties))


DOCUMENT_COLUMNS = "id, title, url, publisher, published, same_as"


def document_of(row: Row) -> Document:
    """The document of `DOCUMENT_COLUMNS`."""
    return Document(id=row[0], title=row[1], url=row[2], publisher=row[3], published=row[4], same_as=row[5])


# -- conditions ------------------------------------------------------------------------------------------------------


def shown_in(view: View, private: Sequence[int], alias: str = "s") -> str:
    """The condition that an open statement is shown in a view, on the columns that both indexes hold.

    `private` are the numbers of the private datasets. All values are whole numbers of ours and stand in the text.
    """
    as_of = day(view.as_of.isoformat())
    conditions = [f"{alias}.live = 1 AND {alias}.since_lo <= {as_of} AND {alias}.until_hi >= {as_of}"]
    if not view.undated:
        conditions.append(f"{alias}.since_lo > 0")
    if view.min_confidence is not Confidence.LOW:
        conditions.append(f"{alias}.confidence >= {view.min_confidence.level}")
    if view.bases != frozenset(Basis):
        conditions.append(f"{alias}.basis IN ({numbers(basis.level for basis in view.bases)})")
    if not view.private and private:
        conditions.append(f"{alias}.dataset NOT IN ({numbers(private)})")
    return " AND ".join(conditions)


def numbers(values: Iterable[int]) -> str:
    """Whole numbers of ours as text of a list."""
    return ",".join(str(int(value)) for value in sorted(values))


def askable(texts: Iterable[str]) -> list[str]:
    """Each text once, without those that no store can hold (half of a character), and so need not be looked for."""
    return [text for text in dict.fromkeys(texts) if text.isascii() or validation.clean(text) == text]


def parts(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists that fit one statement."""
    part: list[T] = []
    for value in values:
        part.append(value)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


GIVEN = "(SELECT value FROM json_each(?))"
"""A list of numbers that is given as one value (`given`): as many as there are, in one statement."""


def given(keys: Iterable[int]) -> str:
    """Numbers as the value of `GIVEN`."""
    return json.dumps(list(keys))


def keys_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """The numbers of nodes by their ids, of a merged one that of the node that stays; unknown ones are left out."""
    return {
        id_: key
        for part in parts(askable(ids))
        for id_, key in connection.execute(
            f"SELECT id, coalesce(into_key, key) FROM node WHERE id IN ({marks(part)})", part
        )
    }


def marks(values: Sequence[object]) -> str:
    """Placeholders for the values."""
    return ",".join("?" * len(values))
