"""Reading single things, and the whole."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from graph import finding, merging
from graph.model import Dataset, Document, Node, NodeRecord, Statement, View
from graph.schema import LABELS, STATEMENT_TYPES
from graph.sqlite import rows, upkeep
from graph.sqlite.moving import last_of
from graph.sqlite.rows import Terms
from graph.sqlite.said import said_of
from graph.store import Counts, Named

NAMED_AT_MOST = 100
"""How many bearers of one name are given: a title such as `Terminology` has thousands."""


def moved(connection: sqlite3.Connection, id_: str) -> str | None:
    """See `graph.store.Store.moved`."""
    if not rows.askable([id_]):
        return None
    if connection.execute("SELECT 1 FROM redirect WHERE old = ?", (id_,)).fetchone() is None:
        return None
    last = last_of(connection, id_)
    return last if connection.execute("SELECT 1 FROM node WHERE id = ?", (last,)).fetchone() else None


def private_datasets(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The numbers of the private datasets."""
    return tuple(key for (key,) in connection.execute("SELECT key FROM dataset WHERE private = 1 ORDER BY key"))


def nodes(connection: sqlite3.Connection, terms: Terms, ids: Sequence[str]) -> dict[str, Node]:
    """See `graph.store.Store.nodes`."""
    asked = rows.askable(ids)
    found = _nodes_by_id(connection, terms, asked)
    for id_ in asked:
        if id_ not in found and (last := moved(connection, id_)) is not None:
            found[id_] = _nodes_by_id(connection, terms, [last])[last]
    return {id_: found[id_] for id_ in asked if id_ in found}


def _nodes_by_id(connection: sqlite3.Connection, terms: Terms, ids: Iterable[str]) -> dict[str, Node]:
    return {
        asked: rows.node_of(id_, label, properties, terms)
        for part in rows.parts(ids)
        for asked, id_, label, properties in connection.execute(
            f"""
            SELECT n.id, m.id, m.label, m.properties
              FROM node n JOIN node m ON m.key = coalesce(n.into_key, n.key)
             WHERE n.id IN ({rows.marks(part)})
            """,
            part,
        )
    }


def nodes_by_key(
    connection: sqlite3.Connection,
    terms: Terms,
    keys: Iterable[int],
    known: dict[int, tuple[Node, bool]],
    *,
    private: bool,
) -> dict[int, Node]:
    """Nodes by their numbers; without what private datasets say, and those of which only they speak, on demand.

    Those in `known` are not read, and what is read is added to it: each with whether a private dataset speaks of it.
    """
    asked = list(keys)
    for part in rows.parts(key for key in asked if key not in known):
        for key, id_, label, properties, is_private in connection.execute(
            f"SELECT key, id, label, properties, private FROM node WHERE key IN ({rows.marks(part)})", part
        ):
            known[key] = rows.node_of(id_, label, properties, terms), bool(is_private)
    secret = [] if private else [key for key in asked if key in known and known[key][1]]
    found = {key: known[key][0] for key in asked if key in known and (private or not known[key][1])}
    return found | public_nodes(connection, terms, secret)


def public_nodes(connection: sqlite3.Connection, terms: Terms, keys: Sequence[int]) -> dict[int, Node]:
    """Nodes as public datasets alone describe them; those of which no public dataset speaks are left out."""
    if not keys:
        return {}
    said = said_of(connection, terms, keys, private=False)
    on = date.fromisoformat(upkeep.get(connection, "loaded_on") or date.max.isoformat())
    ids = dict(connection.execute(f"SELECT key, id FROM node WHERE key IN ({rows.marks(keys)})", keys).fetchall())
    found = {}
    for key in sorted(said.open):
        found[key] = Node(ids[key], *merging.merged(ids[key], said.records[key], said.facts.get(key, ()), on))
    return found


def records(
    connection: sqlite3.Connection, terms: Terms, ids: Sequence[str], view: View
) -> dict[str, tuple[NodeRecord, ...]]:
    """See `graph.store.Store.records`."""
    asked = rows.askable(ids)
    stays = {id_: moved(connection, id_) or id_ for id_ in asked}
    keys: dict[str, int] = {}
    for part in rows.parts(dict.fromkeys(stays.values())):
        keys |= dict(connection.execute(f"SELECT id, key FROM node WHERE id IN ({rows.marks(part)})", part))
    said = said_of(connection, terms, list(keys.values()), private=view.private)
    found = {}
    for id_ in asked:
        key = keys.get(stays[id_])
        shown = [r for r in said.records.get(key, ()) if view.shows_ground(r.provenance)] if key in said.open else []
        if shown:
            found[id_] = tuple(merging.firmest_first(shown))
    return found


def documents(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Document]:
    """See `graph.store.Store.documents`."""
    found = {
        row[0]: rows.document_of(row)
        for part in rows.parts(rows.askable(ids))
        for row in connection.execute(
            f"SELECT {rows.DOCUMENT_COLUMNS} FROM document WHERE id IN ({rows.marks(part)})", part
        )
    }
    return {id_: found[id_] for id_ in ids if id_ in found}


def datasets(connection: sqlite3.Connection) -> tuple[Dataset, ...]:
    """See `graph.store.Store.datasets`."""
    return tuple(
        Dataset(id_, title, licence, publisher, bool(private))
        for id_, title, licence, publisher, private in connection.execute(
            "SELECT id, title, licence, publisher, private FROM dataset ORDER BY id"
        )
    )


def statements(connection: sqlite3.Connection, terms: Terms, keys: Sequence[str]) -> dict[str, Statement]:
    """See `graph.store.Store.statements`."""
    hashes = {hash_: key for key in keys if (hash_ := rows.asked_hash(key)) is not None}
    found: dict[str, int] = {}
    for part in rows.parts(hashes):
        inside = rows.marks(part)
        for hash_, number in connection.execute(
            "SELECT s.hash, s.key FROM statement s WHERE s.dataset IN (SELECT key FROM dataset) "
            f"AND s.hash IN ({inside}) AND s.live = 1",
            part,
        ):
            found[hashes[hash_]] = number
        for hash_, number in connection.execute(
            f"SELECT r.hash, r.statement FROM restated r JOIN statement s ON s.key = r.statement "
            f"WHERE r.hash IN ({inside}) AND s.live = 1 ORDER BY r.statement DESC",
            part,
        ):
            found[hashes[hash_]] = number
    read = rows.statements_by_key(connection, found.values(), terms)
    return {key: read[found[key]] for key in keys if key in found}


def named(
    connection: sqlite3.Connection, terms: Terms, keys: Sequence[str], labels: Sequence[str]
) -> dict[str, tuple[Named, ...]]:
    """See `graph.store.Store.named`; the strongest `NAMED_AT_MOST` of each."""
    wanted = [terms.number(label) for label in labels]
    among = f"AND n.label IN ({rows.marks(wanted)})" if labels else ""
    order = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(finding.STRENGTH))
    found: dict[str, tuple[Named, ...]] = {}
    for asked in rows.askable(keys):
        bearers: dict[str, Named] = {}
        for kind, name, id_, label, properties in connection.execute(
            f"""
            SELECT w.kind, w.name, n.id, n.label, n.properties FROM name w JOIN node n ON n.key = w.node
             WHERE w.key = ? {among} ORDER BY CASE w.kind {order} END, n.id, w.name LIMIT ?
            """,
            (asked, *wanted, NAMED_AT_MOST),
        ):
            if id_ not in bearers:
                bearers[id_] = Named(rows.node_of(id_, label, properties, terms), kind, name)
        if bearers:
            found[asked] = tuple(bearers.values())
    return found


def editions(connection: sqlite3.Connection, terms: Terms, families: Sequence[str]) -> dict[str, tuple[Node, ...]]:
    """See `graph.store.Store.editions`."""
    found: dict[str, list[Node]] = {}
    for part in rows.parts(rows.askable(families)):
        for family, id_, label, properties in connection.execute(
            f"SELECT family, id, label, properties FROM node WHERE family IN ({rows.marks(part)}) AND known = 1", part
        ):
            found.setdefault(family, []).append(rows.node_of(id_, label, properties, terms))
    return {
        family: tuple(sorted(found[family], key=lambda node: finding.newest_first(node.properties, node.id)))
        for family in families
        if family in found
    }


def counts(connection: sqlite3.Connection, terms: Terms) -> Counts:
    """See `graph.store.Store.counts`."""
    kept = {(what, name): n for what, name, n in connection.execute("SELECT what, name, n FROM tally WHERE n > 0")}
    known = connection.execute("SELECT key, id FROM dataset ORDER BY id").fetchall()
    return Counts(
        nodes={name: n for name in LABELS if (n := kept.get(("label", terms.number(name)), 0))},
        statements={name: n for name in STATEMENT_TYPES if (n := kept.get(("type", terms.number(name)), 0))},
        datasets={id_: kept.get(("dataset", key), 0) for key, id_ in known},
        documents=kept.get(("document", 0), 0),
    )


def dump(connection: sqlite3.Connection, terms: Terms, *, private: bool) -> Iterator[Node | Statement | Document]:
    """See `graph.store.Store.dump`."""
    yield from _dump_documents(connection, private=private)
    yield from _dump_nodes(connection, terms, private=private)
    yield from _dump_statements(connection, terms, private=private)


def _dump_documents(connection: sqlite3.Connection, *, private: bool) -> Iterator[Document]:
    public = (
        "WHERE EXISTS (SELECT 1 FROM cited c JOIN dataset d ON d.key = c.dataset WHERE c.document = document.key "
        "AND d.private = 0)"
    )
    for row in connection.execute(
        f"SELECT {rows.DOCUMENT_COLUMNS} FROM document {'' if private else public} ORDER BY document.id"
    ):
        yield rows.document_of(row)


def _dump_nodes(connection: sqlite3.Connection, terms: Terms, *, private: bool) -> Iterator[Node]:
    for key, id_, label, properties, is_private in connection.execute(
        "SELECT key, id, label, properties, private FROM node WHERE known = 1 AND into_key IS NULL ORDER BY id"
    ):
        if is_private and not private:
            yield from public_nodes(connection, terms, [key]).values()
        else:
            yield rows.node_of(id_, label, properties, terms)


def _dump_statements(connection: sqlite3.Connection, terms: Terms, *, private: bool) -> Iterator[Statement]:
    """Each dataset is on record in order of key; merged here, with the few whose key a merge of nodes has changed."""
    streams: list[Iterable[Statement]] = [
        rows.statements_where(
            connection,
            "s.dataset = ? AND s.live = 1 AND s.key NOT IN (SELECT statement FROM restated) ORDER BY s.hash",
            (key,),
            terms,
        )
        for key, is_private in connection.execute("SELECT key, private FROM dataset ORDER BY key").fetchall()
        if private or not is_private
    ]
    hidden = () if private else private_datasets(connection)
    outside = f"AND s.dataset NOT IN ({rows.marks(hidden)})" if hidden else ""
    restated = f"""
        s.key IN (SELECT statement FROM restated) AND s.live = 1 {outside}
        ORDER BY (SELECT hash FROM restated WHERE statement = s.key), s.key
    """
    streams.append(rows.statements_where(connection, restated, hidden, terms))
    yield from heapq.merge(*streams, key=lambda statement: statement.key)
