"""What loads did: which rows came with which day, what was said before, what is no longer said.

Rows are numbered in the order in which they came, so that one mark a day tells when each did; only what was changed in place is kept
as it was. A large first load therefore costs nothing more.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal

from graph.model import Node, View
from graph.sqlite import rows
from graph.sqlite.rows import Terms
from graph.store import Change, Changes

MOST = 20_000
"""Changes of each sort that are looked at: some days' updates."""

_LAST = "(SELECT coalesce(max(key), 0) FROM {0})"


def mark(connection: sqlite3.Connection, on: date) -> None:
    """Note where the rows of a day's loads begin; done once a day."""
    connection.execute(
        f"INSERT OR IGNORE INTO mark VALUES (?, {_LAST.format('statement')}, {_LAST.format('record')})",
        (on.isoformat(),),
    )


def keep(connection: sqlite3.Connection, kind: Literal["record", "statement"], row: int, on: date) -> None:
    """Keep the properties of a row before a load of this day changes it; of several changes on a day what was before the first."""
    connection.execute(
        f"INSERT OR IGNORE INTO revised SELECT ?, key, ?, properties FROM {kind} WHERE key = ?",
        (kind, on.isoformat(), row),
    )


def changes(
    connection: sqlite3.Connection, terms: Terms, since: date, view: View, ids: Sequence[str], limit: int
) -> Changes:
    """See `graph.store.Store.changes`."""
    return _Reading(connection, terms, since.isoformat(), view).of(ids, limit)


class _Reading:
    """One reading of changes."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, since: str, view: View) -> None:
        self._db, self._terms, self._since, self._view = connection, terms, since, view
        self._marks = connection.execute("SELECT day, statement, record FROM mark ORDER BY day").fetchall()
        datasets = connection.execute("SELECT key, id, private, begun_on FROM dataset ORDER BY id").fetchall()
        self._hidden = [key for key, _, private, _ in datasets if private and not view.private]
        self._new = [row for row in datasets if (row[3] or "") >= since and row[0] not in self._hidden]

    def of(self, ids: Sequence[str], limit: int) -> Changes:
        first = next((row for row in self._marks if row[0] >= self._since), None)
        keys = self._keys(ids)
        found: list[Change] = []
        if not ids or keys:
            if first:
                found += self._statements(f"s.live = 1 AND s.key > {first[1]}", "appeared", keys)
                found += self._records(f"r.closed_on IS NULL AND r.key > {first[2]}", "appeared", keys)
            found += self._statements("s.closed_on >= :since", "vanished", keys)
            found += self._records("r.closed_on >= :since", "vanished", keys)
            found += self._revised(keys)
            found += self._restated(keys)
        found.sort(key=lambda c: (c.node, c.what, c.statement.key if c.statement else ""))
        found.sort(key=lambda c: c.day, reverse=True)
        shown = found[:limit]
        named = {id for c in shown for id in (c.node, c.statement.object if c.statement else "") if id}
        return Changes(
            tuple(shown),
            self._nodes(named),
            tuple((id, begun) for _, id, _, begun in self._new),
            self._marks[0][0] if self._marks else None,
            len(found),
            len(found) >= MOST,
        )

    def _keys(self, ids: Sequence[str]) -> list[int]:
        """The numbers of these nodes, and of those merged into them."""
        found = list(rows.keys_of(self._db, ids).values())
        for some in rows.parts(list(found)):
            query = f"SELECT key FROM node WHERE into_key IN ({rows.marks(some)})"
            found += [key for (key,) in self._db.execute(query, some)]
        return list(dict.fromkeys(found))

    def _nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for part in rows.parts(sorted(ids)):
            query = f"SELECT id, label, properties FROM node WHERE id IN ({rows.marks(part)})"
            found |= {
                row[0]: rows.node_of(row[0], row[1], row[2], self._terms) for row in self._db.execute(query, part)
            }
        return found

    def _where(self, condition: str, table: str, ends: Sequence[str], keys: Sequence[int]) -> str:
        """The condition, at the nodes asked about, else without what datasets brought that are new as a whole."""
        left_out = [*self._hidden, *(() if keys else (row[0] for row in self._new))]
        parts = [condition]
        if keys:
            listed = ",".join(map(str, keys))
            parts.append("(" + " OR ".join(f"{table}.{end} IN ({listed})" for end in ends) + ")")
        if left_out:
            parts.append(f"{table}.dataset NOT IN ({','.join(map(str, left_out))})")
        return " AND ".join(parts)

    def _statements(self, condition: str, what: Any, keys: Sequence[int]) -> Iterable[Change]:
        where = self._where(condition, "s", ("subject", "object"), keys)
        query = f"SELECT s.key, s.closed_on FROM statement s WHERE {where} ORDER BY s.key DESC LIMIT {MOST}"
        found = dict(
            self._db.execute(query, {"since": self._since}).fetchall() if ":since" in query else self._db.execute(query)
        )
        for key, statement in rows.statements_by_key(self._db, found, self._terms).items():
            if self._view.shows_ground(statement.provenance):
                day = found[key] or self._day(key, 1)
                yield Change(day, what, statement.subject, statement=statement)

    def _records(self, condition: str, what: Any, keys: Sequence[int]) -> Iterable[Change]:
        where = self._where(condition, "r", ("node",), keys)
        query = (
            f"{rows.RECORDS.replace('d.private', 'd.private, r.key', 1)} WHERE {where} ORDER BY r.key DESC LIMIT {MOST}"
        )
        values = {"since": self._since} if ":since" in query else {}
        for row in self._db.execute(query, values):
            record = rows.record_of(row, self._terms)
            if self._view.shows_ground(record.provenance):
                yield Change(row[10] or self._day(row[12], 2), what, record.id, record=record)

    def _revised(self, keys: Sequence[int]) -> Iterable[Change]:
        """Records whose properties are others now."""
        where = self._where("v.kind = 'record' AND v.day >= ? AND r.closed_on IS NULL", "r", ("node",), keys)
        joined = rows.RECORDS.replace("d.private", "d.private, v.day, v.properties", 1)
        query = f"{joined} JOIN revised v ON v.row = r.key WHERE {where} ORDER BY v.day DESC, r.key LIMIT {MOST}"
        for row in self._db.execute(query, (self._since,)):
            record, before = rows.record_of(row, self._terms), rows.load(row[13])
            if self._view.shows_ground(record.provenance) and before != record.properties:
                yield Change(row[12], "changed", record.id, record=record, before=before)

    def _restated(self, keys: Sequence[int]) -> Iterable[Change]:
        """Statements that say more or other of the same: the number of seats, a degree, a rank."""
        where = self._where("v.kind = 'statement' AND v.day >= ? AND s.live = 1", "s", ("subject", "object"), keys)
        query = f"SELECT s.key, v.day, v.properties FROM revised v JOIN statement s ON s.key = v.row WHERE {where} LIMIT {MOST}"
        found = {key: (day, rows.load(was)) for key, day, was in self._db.execute(query, (self._since,))}
        for key, statement in rows.statements_by_key(self._db, found, self._terms).items():
            day, before = found[key]
            if self._view.shows_ground(statement.provenance) and before != statement.properties:
                yield Change(day, "changed", statement.subject, statement=statement, before=before)

    def _day(self, key: int, column: int) -> str:
        """The day of the load with which a row came."""
        place = bisect_left(self._marks, key, key=lambda row: row[column]) - 1
        return str(self._marks[max(place, 0)][0])
