"""Search: candidates from three indexes, in order of importance and within a bound; ranking is `graph.finding`'s."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from graph import cursors, finding
from graph.finding import Candidate
from graph.model import Node
from graph.names import name_key
from graph.sqlite import rows
from graph.sqlite.indexing import importance_at, names_from, node_at
from graph.sqlite.rows import Terms
from graph.store import Hit, Hits
from graph.wording import ParsedQuery, query


def search(
    connection: sqlite3.Connection, terms: Terms, words: str, labels: Sequence[str], limit: int, after: str
) -> Hits:
    """See `graph.store.Store.search`."""
    mark = cursors.mark("search", words, tuple(labels))
    offset = cursors.read(after, mark)
    asked = query(words)
    found, exact = _candidates(connection, terms, asked, words, labels)
    ranked = finding.ranked(asked, (candidate for candidate, _ in found.values()))
    page = ranked[offset : offset + limit]
    hits = tuple(Hit(found[one.id][1], one.match.name, one.match.kind, one.match.quality) for one in page)
    end = offset + len(page)
    return Hits(hits, len(ranked), exact, cursors.write(mark, end) if page and end < len(ranked) else "")


def _candidates(
    connection: sqlite3.Connection, terms: Terms, asked: ParsedQuery, words: str, labels: Sequence[str]
) -> tuple[dict[str, tuple[Candidate, Node]], bool]:
    """Who may match, and whether these are all."""
    bound = finding.CANDIDATES
    expression = finding.search_expression(asked, labels)
    if not expression:
        return {}, True
    prefix = finding.code_prefix(asked)
    coded = _coded(connection, prefix, bound + 1) if prefix else []
    places = [place for _, place in coded]
    # Who types a number or code in full means what bears it: what else has its letters and digits is not looked for.
    if labels or not any(folded == prefix for folded, _ in coded):
        having = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (expression, bound + 1)
        ).fetchall()
        exact = max(len(having), len(coded)) <= bound
        places = [*(place for (place,) in having[:bound]), *places[:bound]]
    else:
        exact = len(coded) <= bound
    keys = dict.fromkeys(map(node_at, places))
    if key := name_key(words):
        keys |= {
            node: None
            for (node,) in connection.execute("SELECT node FROM name WHERE key = ? ORDER BY node LIMIT ?", (key, bound))
        }
    return _read(connection, terms, keys, labels), exact


def _coded(connection: sqlite3.Connection, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Numbers and codes that begin so, with the places of what bears them."""
    return connection.execute(
        "SELECT folded, place FROM code WHERE folded >= ? AND folded < ? ORDER BY folded, place LIMIT ?",
        (prefix, prefix + "\U0010ffff", limit),
    ).fetchall()


def _read(
    connection: sqlite3.Connection, terms: Terms, keys: Iterable[int], labels: Sequence[str]
) -> dict[str, tuple[Candidate, Node]]:
    found: dict[str, tuple[Candidate, Node]] = {}
    for part in rows.parts(keys):
        for id_, label, properties, names, place, group in connection.execute(
            f"""
            SELECT n.id, n.label, n.properties, n.names, n.place, g.id
              FROM node n LEFT JOIN node g ON g.key = n.speaks_for
             WHERE n.key IN ({rows.marks(part)}) AND n.place IS NOT NULL
            """,
            part,
        ):
            node = rows.node_of(id_, label, properties, terms)
            if not labels or node.label in labels:
                texts = finding.texts_of(node.properties, names_from(names))
                found[id_] = (Candidate(id_, texts, importance_at(place), group or ""), node)
    return found
