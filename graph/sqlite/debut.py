"""Making many nodes findable for the first time, after a large load.

What one node after the other does in `graph.sqlite.settling` is done here in an order that suits the disk: the search index takes
rows in order of importance, names and codes are gathered and then entered in their own order; the terms are worked out on all
processors.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from graph import finding
from graph.sqlite import rows, upkeep
from graph.sqlite.connection import Files
from graph.sqlite.indexing import NameRow, all_names, name_rows, names_from, node_at, place_of
from graph.sqlite.rows import Row, Terms
from graph.workers import mapped, processors

MANY = 50_000
"""Nodes that are new from which on this way is the shorter one."""

AT_ONCE = 4_000
"""Nodes that are worked on together."""

_NEW = """
      FROM pending p JOIN node n ON n.key = p.node
     WHERE p.what = 1 AND n.place IS NULL AND n.known = 1 AND n.into_key IS NULL
"""


class Bearer(NamedTuple):
    """A node with what it is to be found by: its number, label, properties and further names as they are kept."""

    key: int
    label: str
    properties: str
    names: str | None


class Found(NamedTuple):
    """What a node is found by: search terms, and the rows of its names and codes without its place."""

    terms: str
    names: list[NameRow]
    codes: tuple[str, ...]


def found_by(bearers: Sequence[Bearer]) -> list[Found]:
    """What these nodes are found by; the part of the work that any processor can do."""
    found = []
    for key, label, properties, extra in bearers:
        names = all_names(rows.load(properties), names_from(extra))
        keyed = name_rows(key, set(finding.keys_of(names)))
        found.append(Found(finding.search_terms(label, names), keyed, finding.codes_of(names)))
    return found


def debut(files: Files, connection: sqlite3.Connection, terms: Terms) -> None:
    """Make all nodes findable that never were, where they are many; what is left to do stays on the list of what is behind."""
    (many,) = connection.execute(f"SELECT count(*) {_NEW}").fetchone()
    if many < MANY:
        return
    places = _places(connection, terms)
    connection.execute("CREATE TEMP TABLE named (key TEXT, node INTEGER, kind TEXT, name TEXT)")
    connection.execute("CREATE TEMP TABLE coded (folded TEXT, place INTEGER)")
    try:
        _stage_again(connection, terms)
        bearers = (_bearers(connection, terms, part) for part in _parts(places))
        answers = mapped(found_by, bearers, processes=processors())
        for part, found in zip(_parts(places), answers, strict=True):
            with files.transaction(connection, derived=True):
                _enter(connection, part, found)
                upkeep.revise(connection)
        with files.transaction(connection, derived=True):
            connection.execute("INSERT OR IGNORE INTO name SELECT key, node, kind, name FROM named ORDER BY 1, 2, 3, 4")
            connection.execute("INSERT OR IGNORE INTO code SELECT folded, place FROM coded ORDER BY 1, 2")
            connection.execute("DELETE FROM pending WHERE what = ?", (upkeep.UNENTERED,))
            connection.execute("UPDATE pending SET what = what - ?1 WHERE what & ?1", (upkeep.UNENTERED,))
            # Each transaction left a piece of the search index by itself; in one piece each word is found at one place.
            connection.execute("INSERT INTO search (search) VALUES ('optimize')")
            upkeep.revise(connection)
    finally:
        connection.execute("DROP TABLE named")
        connection.execute("DROP TABLE coded")


def _places(connection: sqlite3.Connection, terms: Terms) -> array[int]:
    """The rows in the search index that the nodes get: in order of importance."""
    (highest,) = connection.execute("SELECT max(key) FROM node").fetchone()
    degree = array("l", bytes(array("l").itemsize * (highest + 1)))
    for end in ("subject", "object"):
        for key, n in connection.execute(
            f"SELECT {end}, count(*) FROM statement WHERE {end} IS NOT NULL AND live = 1 GROUP BY {end}"
        ):
            degree[key] += n
    places = array("q")
    for key, label, properties in connection.execute(f"SELECT n.key, n.label, n.properties {_NEW}"):
        importance = finding.importance(terms.name(label), rows.load(properties), degree[key])
        places.append(place_of(importance, key))
    return array("q", sorted(places))


def _parts(places: Iterable[int]) -> Iterator[list[int]]:
    left = iter(places)
    while part := list(islice(left, AT_ONCE)):
        yield part


def _bearers(connection: sqlite3.Connection, terms: Terms, places: Sequence[int]) -> list[Bearer]:
    found = {
        key: Bearer(key, terms.name(label), properties, names)
        for part in rows.parts(map(node_at, places))
        for key, label, properties, names in connection.execute(
            f"SELECT key, label, properties, names FROM node WHERE key IN ({rows.marks(part)})", part
        )
    }
    return [found[node_at(place)] for place in places]


def _stage_again(connection: sqlite3.Connection, terms: Terms) -> None:
    """Gather the names of nodes once more that an earlier load found, and was broken off before it had entered them."""
    left = connection.execute(
        "SELECT n.place FROM pending p JOIN node n ON n.key = p.node WHERE p.what & ? AND n.place IS NOT NULL",
        (upkeep.UNENTERED,),
    ).fetchall()
    for part in _parts(place for (place,) in left):
        _stage(connection, part, found_by(_bearers(connection, terms, part)))


def _stage(connection: sqlite3.Connection, places: Sequence[int], found: Sequence[Found]) -> None:
    connection.executemany("INSERT INTO named VALUES (?, ?, ?, ?)", [row for one in found for row in one.names])
    coded = [(code, place) for place, one in zip(places, found, strict=True) for code in one.codes]
    connection.executemany("INSERT INTO coded VALUES (?, ?)", coded)


def _enter(connection: sqlite3.Connection, places: Sequence[int], found: Sequence[Found]) -> None:
    nodes: list[Row] = [(place, node_at(place)) for place in places]
    terms = [(place, one.terms) for place, one in zip(places, found, strict=True)]
    connection.executemany("INSERT INTO search (rowid, terms) VALUES (?, ?)", terms)
    _stage(connection, places, found)
    connection.executemany("UPDATE node SET place = ? WHERE key = ?", nodes)
    connection.executemany("UPDATE pending SET what = ? WHERE node = ?", [(upkeep.UNENTERED, key) for _, key in nodes])
