"""Reading lists as a whole: all names of nodes of a kind, and all that one dataset says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from graph.model import Statement
from graph.schema import LABELS
from graph.sqlite import rows
from graph.sqlite.indexing import all_names, importance_at, names_from
from graph.sqlite.rows import Terms
from graph.store import NamesOf


def known_names(
    connection: sqlite3.Connection, terms: Terms, labels: Sequence[str], after: str, limit: int
) -> tuple[NamesOf, ...]:
    """See `graph.store.Store.known_names`: one range of the index of ids for each way in which ids of these labels begin."""
    wanted = [terms.number(label) for label in dict.fromkeys(labels)]
    found: list[NamesOf] = []
    for prefix in sorted({LABELS[label].prefix for label in labels}):
        begin, end = max(f"{prefix}:", after), f"{prefix};"
        for id_, label, properties, extra, place in connection.execute(
            f"""
            SELECT id, label, properties, names, place FROM node
             WHERE id > ? AND id < ? AND label IN ({rows.marks(wanted)}) AND known = 1 AND into_key IS NULL
             ORDER BY id LIMIT ?
            """,
            (begin, end, *wanted, limit - len(found)),
        ):
            names = all_names(rows.load(properties), names_from(extra))
            importance = 0 if place is None else importance_at(place)
            found.append(NamesOf(id_, terms.name(label), tuple((n.kind, n.text) for n in names), importance))
    return tuple(found)


def said_by(connection: sqlite3.Connection, terms: Terms, dataset: str) -> Iterator[Statement]:
    """See `graph.store.Store.said_by`. The few whose key a merge has changed are sorted in."""
    row = connection.execute("SELECT key FROM dataset WHERE id = ?", (dataset,)).fetchone()
    if row is None:
        return
    order = "ORDER BY coalesce((SELECT r.hash FROM restated r WHERE r.statement = s.key), s.hash), s.key"
    yield from rows.statements_where(connection, f"s.dataset = ? AND s.live = 1 {order}", row, terms)
