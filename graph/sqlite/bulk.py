"""Large loads: two indexes of statements are left out while a load writes more than the store held, then made anew.

Each new row touches these two in a place of its own, so that keeping them up costs ever more the more there is; sorting all
at the end costs a tenth. What a load needs meanwhile it finds by the others. A load that was broken off leaves them
missing: reading goes on without them, slowly, and the next write makes them first.
"""

from __future__ import annotations

import sqlite3

from graph.sqlite.tables import DEFERRED

NOTE = "a large load is under way or was broken off: until it is run again, answers about well-known bodies are slow"

LARGE = 200_000
"""Statements that a load must have written before it is large."""

SHARE = 4
"""A load is large when it wrote at least one for so many that the store holds."""


def is_large(written: int, held: int) -> bool:
    """Whether a load that has written so many statements goes on without the two indexes."""
    return written >= LARGE and written * SHARE >= held


def deferred(connection: sqlite3.Connection) -> bool:
    """Whether the indexes are missing."""
    (found,) = connection.execute(
        f"SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name IN ({', '.join('?' * len(DEFERRED))})",
        tuple(DEFERRED),
    ).fetchone()
    return bool(found < len(DEFERRED))


def defer(connection: sqlite3.Connection) -> None:
    """Take the indexes away."""
    for name in DEFERRED:
        connection.execute(f"DROP INDEX IF EXISTS {name}")


def restore(connection: sqlite3.Connection) -> None:
    """Make the indexes that are missing."""
    for statement in DEFERRED.values():
        connection.execute(statement.replace("INDEX", "INDEX IF NOT EXISTS", 1))
