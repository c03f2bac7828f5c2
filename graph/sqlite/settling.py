"""Bringing nodes up to date after a write: merged properties, names, importance, search terms, counts.

What was loaded is marked in `pending` in the same transaction; a process that is killed before it has settled leaves the
marks, and the next write goes on from there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from graph import finding
from graph.sqlite import rows, upkeep
from graph.sqlite.connection import Files
from graph.sqlite.debut import debut
from graph.sqlite.indexing import Index, Standing, names_from, showing
from graph.sqlite.rows import Terms
from graph.sqlite.said import Said, said_of

AT_ONCE = 10_000


def settle(files: Files, connection: sqlite3.Connection, terms: Terms) -> None:
    """Bring all nodes that are behind up to date."""
    if (version := upkeep.get(connection, "search_version")) != finding.search_version():
        with files.transaction(connection, derived=True):
            if version is not None:
                _forget_search(connection)
            upkeep.put(connection, "search_version", finding.search_version())
    debut(files, connection, terms)
    while True:
        with files.transaction(connection, derived=True):
            behind = dict(
                connection.execute("SELECT node, what FROM pending ORDER BY node LIMIT ?", (AT_ONCE,)).fetchall()
            )
            if not behind:
                return
            _Settling(connection, terms, behind).run()
            upkeep.revise(connection)


def _forget_search(connection: sqlite3.Connection) -> None:
    """Empty the search index: its terms were made by other versions of the libraries that make them."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("DELETE FROM name")
    connection.execute("DELETE FROM code")
    connection.execute("UPDATE node SET place = NULL")
    connection.execute("INSERT OR REPLACE INTO pending (node, what) SELECT key, 3 FROM node")


class _Settling:
    """One round: some nodes, in one transaction."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, behind: Mapping[int, int]) -> None:
        self._db, self._terms, self._behind = connection, terms, behind
        self._on = date.fromisoformat(upkeep.get(connection, "loaded_on") or date.max.isoformat())
        self._tally = upkeep.Tally()
        self._index = Index()
        self._renewed: list[rows.Row] = []
        self._behind_by_it: list[int] = []

    def run(self) -> None:
        standing = {one.key: one for one in self._standing(self._behind)}
        wholly = [
            key for key, what in self._behind.items() if what & upkeep.BEHIND == upkeep.BEHIND and key in standing
        ]
        said = said_of(self._db, self._terms, wholly)
        self._count(list(standing), said)
        for one in standing.values():
            if one.into is not None:
                self._leave(one)
            elif self._behind[one.key] & upkeep.BEHIND != upkeep.BEHIND:
                if self._behind[one.key] & upkeep.UNENTERED:
                    self._index.enter(one)
                self._index.change(one, one, said.degree[one.key])
            elif one.key in said.records:
                self._renew(one, said)
            else:
                self._leave(one)
        self._db.executemany(
            "UPDATE node SET label = ?, properties = ?, published = ?, is_group = ?, family = ?, speaks_for = ?, known = ?, "
            "private = ?, tallied = ?, names = ? WHERE key = ?",
            self._renewed,
        )
        self._index.write(self._db)
        self._tally.write(self._db)
        for part in rows.parts(self._behind):
            self._db.execute(f"DELETE FROM pending WHERE node IN ({rows.marks(part)})", part)
        upkeep.mark_behind(self._db, self._behind_by_it)

    def _standing(self, nodes: Iterable[int]) -> Iterator[Standing]:
        for part in rows.parts(nodes):
            for key, id_, label, properties, is_group, into, known, tallied, place, names in self._db.execute(
                "SELECT key, id, label, properties, is_group, into_key, known, tallied, place, names FROM node "
                f"WHERE key IN ({rows.marks(part)}) ORDER BY key",
                part,
            ):
                yield Standing(
                    key, id_, self._terms.name(label), rows.load(properties), bool(is_group), into,
                    bool(known), tallied, place, names_from(names),
                )  # fmt: skip

    def _count(self, nodes: Sequence[int], said: Said) -> None:
        part_of = self._terms.number("PART_OF")
        for part in rows.parts(nodes):
            inside = rows.marks(part)
            for column in ("subject", "object"):
                for key, n in self._db.execute(
                    f"SELECT {column}, count(*) FROM statement WHERE {column} IN ({inside}) AND live = 1 GROUP BY {column}",
                    part,
                ):
                    said.degree[key] += n
            for key, group in self._db.execute(
                f"""
                SELECT s.subject, g.key FROM statement s JOIN node g ON g.key = s.object
                 WHERE s.subject IN ({inside}) AND s.live = 1 AND s.type = ? AND g.is_group = 1
                 ORDER BY s.subject, s.qualifier = 'joint_venture', g.id
                """,
                (*part, part_of),
            ):
                said.groups.setdefault(key, group)

    def _renew(self, one: Standing, said: Said) -> None:
        if self._behind[one.key] & upkeep.UNENTERED:
            self._index.enter(one)
        shown = showing(one.id, said.records[one.key], said.facts.get(one.key, []), self._on)
        known, properties = one.key in said.open, shown.properties
        label = self._terms.number(shown.label)
        tallied = label if known else None
        new = Standing(
            one.key, one.id, shown.label, properties, shown.is_group, one.into, known, tallied, one.place, shown.extra
        )
        self._index.change(one, new, said.degree[one.key])
        self._recount(one.tallied, new.tallied)
        self._renewed.append(
            (
                label, rows.dump(properties), properties.get("published"), int(shown.is_group),
                shown.family if known else None, said.groups.get(one.key), int(known), int(one.key in said.private),
                tallied, shown.extra_text, one.key,
            )
        )  # fmt: skip
        if shown.is_group != one.is_group:
            self._behind_by_it += [
                key
                for (key,) in self._db.execute(
                    "SELECT subject FROM statement WHERE object = ? AND live = 1 AND type = ?",
                    (one.key, self._terms.number("PART_OF")),
                )
            ]

    def _leave(self, one: Standing) -> None:
        """Make a node that was merged, or of which nothing is said any more, unfindable; forget it where nothing needs it."""
        self._index.change(one, replace(one, known=False), 0)
        self._recount(one.tallied, None)
        self._db.execute(
            "UPDATE node SET known = 0, tallied = NULL, family = NULL, place = NULL WHERE key = ?", (one.key,)
        )
        needed = self._db.execute(
            """
            SELECT EXISTS (SELECT 1 FROM record WHERE node = ?1) OR EXISTS (SELECT 1 FROM statement WHERE subject = ?1)
                OR EXISTS (SELECT 1 FROM statement WHERE object = ?1) OR EXISTS (SELECT 1 FROM node WHERE into_key = ?1)
                OR EXISTS (SELECT 1 FROM restated WHERE subject = ?1 OR object = ?1)
            """,
            (one.key,),
        ).fetchone()
        if not needed[0]:
            self._db.execute("DELETE FROM node WHERE key = ?", (one.key,))
            self._behind_by_it += [] if one.into is None else [one.into]
        elif one.into is None:
            self._db.execute("UPDATE node SET properties = '{}', names = NULL WHERE key = ?", (one.key,))

    def _recount(self, before: int | None, now: int | None) -> None:
        if before != now:
            for label, change in ((before, -1), (now, 1)):
                if label is not None:
                    self._tally.add("label", label, change)
