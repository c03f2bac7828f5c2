"""What is said of nodes: the records, facts and counts that their shown state is made of."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph import merging
from graph.model import NodeRecord, Statement
from graph.sqlite import rows
from graph.sqlite.rows import Terms


@dataclass(slots=True)
class Said:
    """What is said of nodes, by the number of the node it counts for."""

    records: dict[int, list[NodeRecord]] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    private: set[int] = field(default_factory=set)
    facts: dict[int, list[Statement]] = field(default_factory=dict)
    degree: Counter[int] = field(default_factory=Counter)
    groups: dict[int, int] = field(default_factory=dict)


def said_of(connection: sqlite3.Connection, terms: Terms, nodes: Sequence[int], *, private: bool = True) -> Said:
    """What is said of nodes: open records, else closed ones; facts that are shown; without private datasets on demand."""
    said = Said()
    for part in rows.parts(nodes):
        inside = rows.marks(part)
        merged = connection.execute(f"SELECT key, into_key FROM node WHERE into_key IN ({inside})", part)
        root = {key: key for key in part} | dict(merged.fetchall())
        for some in rows.parts(root):
            _records(connection, terms, some, root, said, private=private)
        types = [terms.number(name) for name in merging.PROJECTED]
        _facts(connection, terms, part, types, said, private=private)
    return said


def _records(
    connection: sqlite3.Connection,
    terms: Terms,
    nodes: Sequence[int],
    root: Mapping[int, int],
    said: Said,
    *,
    private: bool,
) -> None:
    closed: dict[int, list[NodeRecord]] = {}
    for row in connection.execute(
        f"{rows.RECORDS.replace('d.private', 'd.private, r.node')} WHERE r.node IN ({rows.marks(nodes)})", nodes
    ):
        is_private, node = row[-2:]
        if is_private and not private:
            continue
        key, record = root[node], rows.record_of(row, terms)
        if is_private:
            said.private.add(key)
        if row[10] is None:
            said.records.setdefault(key, []).append(record)
            said.open.add(key)
        else:
            closed.setdefault(key, []).append(record)
    for key, records in closed.items():
        if key not in said.open:
            said.records.setdefault(key, []).extend(records)


def _facts(
    connection: sqlite3.Connection,
    terms: Terms,
    nodes: Sequence[int],
    types: Sequence[int],
    said: Said,
    *,
    private: bool,
) -> None:
    by_id = dict(connection.execute(f"SELECT id, key FROM node WHERE key IN ({rows.marks(nodes)})", nodes).fetchall())
    secret = {id_ for (id_,) in connection.execute("SELECT id FROM dataset WHERE private = 1")}
    condition = f"s.subject IN ({rows.marks(nodes)}) AND s.live = 1 AND s.type IN ({rows.marks(types)})"
    for fact in rows.statements_where(connection, condition, (*nodes, *types), terms):
        key = by_id[fact.subject]
        if fact.provenance.dataset in secret:
            if not private:
                continue
            said.private.add(key)
        said.facts.setdefault(key, []).append(fact)
