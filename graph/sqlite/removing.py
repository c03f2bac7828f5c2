"""Taking a dataset out again."""

from __future__ import annotations

import sqlite3

from graph.errors import NotFoundError
from graph.sqlite import upkeep
from graph.sqlite.connection import Files
from graph.sqlite.rows import Terms
from graph.sqlite.settling import settle


def undo(files: Files, terms: Terms, dataset: str) -> int:
    """See `graph.store.Store.undo`."""
    with files.writing() as connection:
        with files.transaction(connection):
            terms.write(connection)
            row = connection.execute("SELECT key FROM dataset WHERE id = ?", (dataset,)).fetchone()
            if row is None:
                known = ", ".join(id_ for (id_,) in connection.execute("SELECT id FROM dataset ORDER BY id LIMIT 20"))
                raise NotFoundError(f"there is no dataset {dataset!r}; on record are: {known or 'none'}", asked=dataset)
            removed = _remove(connection, row[0])
            upkeep.revise(connection)
        settle(files, connection, terms)
    return removed


def _remove(connection: sqlite3.Connection, dataset: int) -> int:
    for nodes in (
        "SELECT subject, 3 FROM statement WHERE dataset = ?",
        "SELECT object, 3 FROM statement WHERE dataset = ? AND object IS NOT NULL",
        "SELECT coalesce(n.into_key, n.key), 3 FROM record r JOIN node n ON n.key = r.node WHERE r.dataset = ?",
        "SELECT r.node, 3 FROM record r WHERE r.dataset = ?",
    ):
        connection.execute(f"INSERT OR REPLACE INTO pending (node, what) {nodes}", (dataset,))
    connection.execute(
        "INSERT INTO tally (what, name, n) SELECT 'type', type, -count(*) FROM statement WHERE dataset = ? AND live = 1 "
        "GROUP BY type ON CONFLICT (what, name) DO UPDATE SET n = n + excluded.n",
        (dataset,),
    )
    connection.execute("DELETE FROM tally WHERE what = 'dataset' AND name = ?", (dataset,))
    connection.execute(
        "DELETE FROM restated WHERE statement IN (SELECT key FROM statement WHERE dataset = ?)", (dataset,)
    )
    removed = connection.execute("DELETE FROM statement WHERE dataset = ?", (dataset,)).rowcount
    connection.execute("DELETE FROM record WHERE dataset = ?", (dataset,))
    documents = connection.execute(
        "DELETE FROM document WHERE key IN (SELECT document FROM cited WHERE dataset = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM cited WHERE document = document.key AND dataset <> ?1)",
        (dataset,),
    ).rowcount
    tally = upkeep.Tally()
    tally.add("document", 0, -documents)
    tally.write(connection)
    connection.execute("DELETE FROM cited WHERE dataset = ?", (dataset,))
    connection.execute("DELETE FROM dataset WHERE key = ?", (dataset,))
    return removed
