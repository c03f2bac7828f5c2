"""Merging one node into another, and taking that back.

A merge is kept by id, so that it outlives a dataset that is taken out and loaded again. Statements of the merged node are
turned to the one that stays; `restated` keeps their ends as they were said. A merge may lead to an id that was merged
itself, `into_key` of a node always leads to the last one of such a chain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from graph.errors import InputError, NotFoundError
from graph.sqlite import bulk, rows, upkeep
from graph.sqlite.connection import Files
from graph.sqlite.rows import Terms
from graph.sqlite.settling import settle


def redirect(files: Files, terms: Terms, old: str, new: str) -> None:
    """See `graph.store.Store.redirect`."""
    with files.writing() as connection:
        with files.transaction(connection):
            terms.write(connection)
            for id_ in (old, new):
                if _node(connection, id_) is None:
                    raise NotFoundError(f"nothing is on record under the id {id_!r}", asked=id_)
            if last_of(connection, new) == old:
                raise InputError(f"{old!r} cannot be merged into {new!r}, which leads to {old!r} itself", field="new")
            tally = upkeep.Tally()
            if connection.execute("SELECT 1 FROM redirect WHERE old = ?", (old,)).fetchone():
                _take_back(connection, terms, tally, old)
            connection.execute("INSERT INTO redirect (old, new) VALUES (?, ?)", (old, new))
            _follow(connection, terms, tally, old)
            tally.write(connection)
            upkeep.revise(connection)
        settle(files, connection, terms)


def restore(files: Files, terms: Terms, old: str) -> None:
    """See `graph.store.Store.restore`."""
    with files.writing() as connection:
        with files.transaction(connection):
            terms.write(connection)
            if not connection.execute("SELECT 1 FROM redirect WHERE old = ?", (old,)).fetchone():
                raise NotFoundError(f"{old!r} was not merged into anything", asked=old)
            tally = upkeep.Tally()
            _take_back(connection, terms, tally, old)
            tally.write(connection)
            upkeep.revise(connection)
        settle(files, connection, terms)


def last_of(connection: sqlite3.Connection, id_: str) -> str:
    """Where an id leads to in the end; itself where it was not merged."""
    row = connection.execute(
        """
        WITH RECURSIVE chain (id, n) AS (
            VALUES (?, 0) UNION ALL SELECT redirect.new, n + 1 FROM chain JOIN redirect ON redirect.old = chain.id
        )
        SELECT id FROM chain ORDER BY n DESC LIMIT 1
        """,
        (id_,),
    ).fetchone()
    return str(row[0])


def apply_redirects(connection: sqlite3.Connection, terms: Terms, tally: upkeep.Tally, made: Iterable[str]) -> bool:
    """Let earlier merges hold for nodes that were just made, as the merged one or as the one that stays.

    Tells whether there was one.
    """
    if connection.execute("SELECT 1 FROM redirect LIMIT 1").fetchone() is None:
        return False
    followed = False
    for part in rows.parts(sorted(made)):
        inside = rows.marks(part)
        concerned = connection.execute(
            f"SELECT old FROM redirect WHERE old IN ({inside}) UNION SELECT new FROM redirect WHERE new IN ({inside})",
            (*part, *part),
        ).fetchall()
        for id_ in sorted(id_ for (id_,) in concerned):
            for old in _leading_to(connection, id_):
                _follow(connection, terms, tally, old)
                followed = True
    return followed


def merge(connection: sqlite3.Connection, terms: Terms, tally: upkeep.Tally, pairs: Iterable[tuple[str, str]]) -> bool:
    """Merge what records themselves say to be one thing; what was merged before stays as it is.

    Tells whether there was anything new.
    """
    merged = False
    for old, new in pairs:
        if (
            connection.execute("SELECT 1 FROM redirect WHERE old = ?", (old,)).fetchone()
            or last_of(connection, new) == old
        ):
            continue
        connection.execute("INSERT INTO redirect (old, new) VALUES (?, ?)", (old, new))
        _follow(connection, terms, tally, old)
        merged = True
    return merged


def _node(connection: sqlite3.Connection, id_: str) -> int | None:
    row = connection.execute("SELECT key FROM node WHERE id = ?", (id_,)).fetchone()
    return None if row is None else int(row[0])


def _leading_to(connection: sqlite3.Connection, id_: str) -> list[str]:
    """The id itself, where it was merged, and all ids whose merges lead to it."""
    return [
        row[0]
        for row in connection.execute(
            """
            WITH RECURSIVE chain (id) AS (
                VALUES (?) UNION SELECT redirect.old FROM chain JOIN redirect ON redirect.new = chain.id
            )
            SELECT id FROM chain WHERE id IN (SELECT old FROM redirect) ORDER BY id
            """,
            (id_,),
        )
    ]


def _follow(connection: sqlite3.Connection, terms: Terms, tally: upkeep.Tally, old: str) -> None:
    """Make `old`, and what was merged into it, count for the node at the end of the chain, if both are there."""
    old_key, last_key = _node(connection, old), _node(connection, last_of(connection, old))
    if old_key is None or last_key is None or old_key == last_key:
        return
    bulk.restore(connection)
    moved = [old_key, *(key for (key,) in connection.execute("SELECT key FROM node WHERE into_key = ?", (old_key,)))]
    connection.executemany("UPDATE node SET into_key = ? WHERE key = ?", [(last_key, key) for key in moved])
    _restate(connection, terms, tally, _statements_at(connection, moved))
    upkeep.mark_behind(connection, (*moved, last_key))


def _take_back(connection: sqlite3.Connection, terms: Terms, tally: upkeep.Tally, old: str) -> None:
    """Take the merge of `old` back: it, and what was merged into it before, stand for themselves again."""
    connection.execute("DELETE FROM redirect WHERE old = ?", (old,))
    old_key = _node(connection, old)
    if old_key is None:
        return
    (last_key,) = connection.execute("SELECT into_key FROM node WHERE key = ?", (old_key,)).fetchone()
    if last_key is None:
        return
    merged_before = [key for id_ in _leading_to(connection, old) if (key := _node(connection, id_)) is not None]
    moved = [old_key, *merged_before]
    connection.execute("UPDATE node SET into_key = NULL WHERE key = ?", (old_key,))
    connection.executemany("UPDATE node SET into_key = ? WHERE key = ?", [(old_key, key) for key in merged_before])
    said_of_them = [
        key
        for node in moved
        for (key,) in connection.execute("SELECT statement FROM restated WHERE subject = ?1 OR object = ?1", (node,))
    ]
    _restate(connection, terms, tally, said_of_them)
    upkeep.mark_behind(connection, (*moved, last_key))


def _statements_at(connection: sqlite3.Connection, nodes: Iterable[int]) -> list[int]:
    return [
        key
        for node in nodes
        for (key,) in connection.execute("SELECT key FROM statement WHERE subject = ?1 OR object = ?1", (node,))
    ]


def _restate(connection: sqlite3.Connection, terms: Terms, tally: upkeep.Tally, statements: Iterable[int]) -> None:
    """Turn each statement to the nodes that its ends count for now."""
    for key in dict.fromkeys(statements):
        subject, object_, type_, dataset, live, closed_on = connection.execute(
            "SELECT subject, object, type, dataset, live, closed_on FROM statement WHERE key = ?", (key,)
        ).fetchone()
        said = connection.execute("SELECT subject, object FROM restated WHERE statement = ?", (key,)).fetchone()
        own, far = said or (subject, object_)
        now, now_far = _counts_for(connection, own), None if far is None else _counts_for(connection, far)
        now_live = int(closed_on is None and now != now_far)
        connection.execute(
            "UPDATE statement SET subject = ?, object = ?, live = ? WHERE key = ?", (now, now_far, now_live, key)
        )
        tally.statement(type_, dataset, now_live - live)
        if (now, now_far) == (own, far):
            connection.execute("DELETE FROM restated WHERE statement = ?", (key,))
        else:
            shown = rows.statements_by_key(connection, [key], terms)[key]
            connection.execute(
                "INSERT OR REPLACE INTO restated VALUES (?, ?, ?, ?)", (key, own, far, rows.hash_of(shown.key))
            )
        upkeep.mark_behind(connection, [node for node in (subject, object_, now, now_far) if node is not None])


def _counts_for(connection: sqlite3.Connection, node: int) -> int:
    (key,) = connection.execute("SELECT coalesce(into_key, key) FROM node WHERE key = ?", (node,)).fetchone()
    return int(key)
