"""Small things that every write keeps up: counts, the revision, and the list of nodes that are behind."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

BEHIND_IN_IMPORTANCE, BEHIND, UNENTERED = 1, 3, 4
"""What a node is behind in: its importance alone; properties, names and search terms as well; its names and codes, which
wait to be entered with many others.
"""


class Tally:
    """Changes of the kept counts, gathered and then written in the same transaction as what they count."""

    def __init__(self) -> None:
        self._changes: Counter[tuple[str, int]] = Counter()

    def add(self, what: str, name: int, change: int) -> None:
        """Count `change` more things of this kind (`label`, `type`, `dataset`) and number."""
        self._changes[what, name] += change

    def statement(self, type_: int, dataset: int, change: int) -> None:
        """Count statements that became open, or are open no more."""
        self.add("type", type_, change)
        self.add("dataset", dataset, change)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the changes."""
        connection.executemany(
            "INSERT INTO tally (what, name, n) VALUES (?, ?, ?) ON CONFLICT (what, name) DO UPDATE SET n = n + excluded.n",
            [(what, name, n) for (what, name), n in self._changes.items() if n],
        )
        self._changes.clear()


def mark_behind(connection: sqlite3.Connection, nodes: Iterable[int], what: int = BEHIND) -> None:
    """Remember that these nodes are behind what was loaded, until they are settled."""
    connection.executemany(
        "INSERT INTO pending (node, what) VALUES (?, ?) ON CONFLICT (node) DO UPDATE SET what = what | excluded.what",
        [(node, what) for node in nodes],
    )


def get(connection: sqlite3.Connection, name: str) -> str | None:
    """A kept value."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a value."""
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def revise(connection: sqlite3.Connection) -> None:
    """Count the revision up: what was read before may now be different."""
    put(connection, "revision", str(int(get(connection, "revision") or 0) + 1))
