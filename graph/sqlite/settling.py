"""Bringing nodes up to date after a write: merged properties, names, importance, search terms, counts.

What was loaded is marked in `pending` in the same transaction; a process that is killed before it has settled leaves the
marks, and the next write goes on from there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph import finding, merging
from graph.finding import KnownName
from graph.model import Scalar
from graph.sqlite import rows, upkeep
from graph.sqlite.connection import Files
from graph.sqlite.rows import Terms
from graph.sqlite.said import Said, said_of

AT_ONCE = 2_000
_PLACE_BITS = 40


def place_of(importance: int, node: int) -> int:
    """The row of a node in the search index: in order of importance, and its own."""
    return (finding.HIGHEST - importance) << _PLACE_BITS | node


def node_at(place: int) -> int:
    """The node that has this row in the search index."""
    return place & ((1 << _PLACE_BITS) - 1)


def importance_at(place: int) -> int:
    """The importance of the node that has this row in the search index."""
    return finding.HIGHEST - (place >> _PLACE_BITS)


@dataclass(frozen=True, slots=True)
class Standing:
    """A node as its row has it."""

    key: int
    id: str
    label: str
    properties: Mapping[str, Scalar]
    is_group: bool
    into: int | None
    known: bool
    tallied: int | None
    place: int | None
    extra_names: tuple[KnownName, ...]

    @property
    def names(self) -> tuple[KnownName, ...]:
        """All names under which the node is findable."""
        return all_names(self.properties, self.extra_names)


def all_names(properties: Mapping[str, Scalar], extra: Sequence[KnownName]) -> tuple[KnownName, ...]:
    """The captions among the properties and the names beside them, the strongest first, each text once."""
    captions = finding.names_of(properties, (), date.min)
    if not extra:
        return captions
    found = {name.text: name for name in extra}
    for name in captions:
        known = found.get(name.text)
        if known is None or finding.STRENGTH.index(name.kind) < finding.STRENGTH.index(known.kind):
            found[name.text] = name
    return tuple(sorted(found.values(), key=lambda name: (finding.STRENGTH.index(name.kind), name.text)))


def names_from(text: str | None) -> tuple[KnownName, ...]:
    """The names beside the properties, from the column `names`."""
    return tuple(KnownName(kind, name) for kind, name in json.loads(text)) if text else ()


def settle(files: Files, connection: sqlite3.Connection, terms: Terms) -> None:
    """Bring all nodes that are behind up to date."""
    if upkeep.get(connection, "search_version") != finding.search_version():
        with files.transaction(connection):
            _forget_search(connection)
    while True:
        with files.transaction(connection):
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
    upkeep.put(connection, "search_version", finding.search_version())


class _Settling:
    """One round: some nodes, in one transaction."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, behind: Mapping[int, int]) -> None:
        self._db, self._terms, self._behind = connection, terms, behind
        self._on = date.fromisoformat(upkeep.get(connection, "loaded_on") or date.max.isoformat())
        self._tally = upkeep.Tally()
        self._forgotten: list[tuple[int, str]] = []
        self._found: list[tuple[int, str]] = []
        self._behind_by_it: list[int] = []

    def run(self) -> None:
        standing = {one.key: one for one in self._standing(self._behind)}
        wholly = [key for key, what in self._behind.items() if what == upkeep.BEHIND and key in standing]
        said = said_of(self._db, self._terms, wholly)
        self._count(list(standing), said)
        for one in standing.values():
            if one.into is not None:
                self._leave(one)
            elif self._behind[one.key] != upkeep.BEHIND:
                self._index(one, one, said.degree[one.key])
            elif one.key in said.records:
                self._renew(one, said)
            else:
                self._leave(one)
        self._write_search()
        self._tally.write(self._db)
        self._db.executemany("DELETE FROM pending WHERE node = ?", [(key,) for key in self._behind])
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
        facts = said.facts.get(one.key, [])
        label, properties = merging.merged(one.id, said.records[one.key], facts, self._on)
        names = [fact for fact in facts if fact.type == "NAME"]
        others = [record.properties for record in said.records[one.key] if record.properties != properties]
        extra: tuple[KnownName, ...] = ()
        if names or others:
            captions = all_names(properties, ())
            found = finding.names_of(properties, names, self._on, others)
            extra = tuple(name for name in found if name not in captions)
        known, is_group = one.key in said.open, properties.get("kind") == "group"
        new = replace(
            one, label=label, properties=properties, is_group=is_group, known=known, extra_names=extra,
            tallied=self._terms.number(label) if known else None,
        )  # fmt: skip
        self._index(one, new, said.degree[one.key])
        self._recount(one.tallied, new.tallied)
        self._db.execute(
            "UPDATE node SET label = ?, properties = ?, published = ?, is_group = ?, family = ?, speaks_for = ?, known = ?, "
            "private = ?, tallied = ?, names = ? WHERE key = ?",
            (
                self._terms.number(label), rows.dump(properties), properties.get("published"), int(is_group),
                finding.family_of(properties) if known and label == "Standard" else None, said.groups.get(one.key),
                int(known), int(one.key in said.private), new.tallied,
                json.dumps([[name.kind, name.text] for name in extra], ensure_ascii=False) if extra else None, one.key,
            ),
        )  # fmt: skip
        if is_group != one.is_group:
            self._behind_by_it += [
                key
                for (key,) in self._db.execute(
                    "SELECT subject FROM statement WHERE object = ? AND live = 1 AND type = ?",
                    (one.key, self._terms.number("PART_OF")),
                )
            ]

    def _leave(self, one: Standing) -> None:
        """Make a node that was merged, or of which nothing is said any more, unfindable; forget it where nothing needs it."""
        self._index(one, replace(one, known=False), 0)
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

    # -- search ------------------------------------------------------------------------------------------------------
    def _index(self, old: Standing, new: Standing, degree: int) -> None:
        """Make names, codes and search terms those of `new`, where `old` is what they were made of."""
        findable = new.known and new.into is None
        importance = finding.importance(new.label, new.properties, degree)
        place = place_of(importance, new.key) if findable else None
        was, now = old.names if old.place is not None else (), new.names if findable else ()
        if was != now:
            self._write_names(new.key, set(finding.keys_of(was)), set(finding.keys_of(now)))
        if was == now and old.place == place and old.label == new.label:
            return
        self._db.executemany(
            "DELETE FROM code WHERE folded = ? AND place = ?", [(code, old.place) for code in finding.codes_of(was)]
        )
        self._db.executemany(
            "INSERT INTO code (folded, place) VALUES (?, ?)", [(code, place) for code in finding.codes_of(now)]
        )
        if old.place is not None:
            self._forgotten.append((old.place, finding.search_terms(old.label, was)))
        if place is not None:
            self._found.append((place, finding.search_terms(new.label, now)))
        self._db.execute("UPDATE node SET place = ? WHERE key = ?", (place, new.key))

    def _write_names(self, node: int, was: set[tuple[str, KnownName]], now: set[tuple[str, KnownName]]) -> None:
        self._db.executemany(
            "DELETE FROM name WHERE key = ? AND node = ? AND kind = ? AND name = ?",
            [(key, node, name.kind, name.text) for key, name in was - now],
        )
        self._db.executemany(
            "INSERT INTO name (key, node, kind, name) VALUES (?, ?, ?, ?)",
            [(key, node, name.kind, name.text) for key, name in now - was],
        )

    def _write_search(self) -> None:
        """In order of rows: the index takes ascending ones at once."""
        self._db.executemany(
            "INSERT INTO search (search, rowid, terms) VALUES ('delete', ?, ?)", sorted(self._forgotten)
        )
        self._db.executemany("INSERT INTO search (rowid, terms) VALUES (?, ?)", sorted(self._found))
