"""Reading around: the statements at a node page by page, and walks through the graph.

Nodes with few statements are read together; at a hub each type is asked for by itself up to the limit, which is how the
indexes are ordered, and what several types give together is merged here.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from graph import cursors
from graph.model import Direction, Node, Statement, View
from graph.schema import RELATIONSHIPS, STATEMENT_TYPES
from graph.sqlite import rows
from graph.sqlite.reading import nodes_by_key, private_datasets
from graph.sqlite.remembered import Remembered, Totals
from graph.sqlite.rows import Row, Terms
from graph.store import Neighbour, Neighbours, Stage, Step, Subgraph
from graph.walking import Edge, Taken, Walk

_ENDS: Mapping[Direction, tuple[str, str]] = {"out": ("subject", "object"), "in": ("object", "subject")}


class Around:
    """Reads around nodes in one view."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, view: View, remembered: Remembered) -> None:
        self._db, self._terms, self._view, self._remembered = connection, terms, view, remembered
        hidden = () if view.private else private_datasets(connection)
        self._shown = rows.shown_in(view, hidden)
        self.keys: dict[str, int] = {}

    # -- a page --------------------------------------------------------------------------------------------------
    def neighbours(
        self, id_: str, types: Sequence[str], direction: Direction | None, limit: int, after: str
    ) -> Neighbours:
        """See `graph.store.Store.neighbours`."""
        mark = cursors.mark("neighbours", id_, self._view, tuple(types), direction)
        offset = cursors.read(after, mark)
        start = next(iter(self._starts([id_])), None)
        if start is None:
            return Neighbours({}, (), 0)
        node = self.keys[start]
        totals = self._totals(node)
        asked = {
            part: n for part, n in totals.items() if (not types or part[0] in types) and direction in (None, part[1])
        }
        page: list[tuple[int, Direction, int | None]] = []
        skip = offset
        for (type_, way), n in asked.items():
            if skip >= n:
                skip -= n
                continue
            page += self._rows_at(node, type_, way, limit - len(page), skip)
            skip = 0
            if len(page) >= limit:
                break
        total = sum(asked.values())
        end = offset + len(page)
        return Neighbours(
            totals, self._neighbours(page), total, cursors.write(mark, end) if page and end < total else ""
        )

    def _starts(self, ids: Sequence[str]) -> dict[str, str]:
        """The nodes that ids lead to, with their labels."""
        labels: dict[str, str] = {}
        for part in rows.parts(rows.askable(ids)):
            for id_, key, label in self._db.execute(
                "SELECT m.id, m.key, m.label FROM node n JOIN node m ON m.key = coalesce(n.into_key, n.key) "
                f"WHERE n.id IN ({rows.marks(part)})",
                part,
            ):
                self.keys[id_] = key
                labels[id_] = self._terms.name(label)
        return labels

    def _totals(self, node: int) -> Totals:
        known = self._remembered.totals
        if (totals := known.get((node, self._shown))) is None:
            totals = known[node, self._shown] = self._counted(node)
        return totals

    def _counted(self, node: int) -> Totals:
        found: Totals = {}
        for way, (near, _) in _ENDS.items():
            for type_, n in self._db.execute(
                f"SELECT s.type, count(*) FROM statement s WHERE s.{near} = ? AND {self._shown} GROUP BY s.type",
                (node,),
            ):
                found[self._terms.name(type_), way] = n
        return {(t, w): found[t, w] for t in STATEMENT_TYPES for w in _ENDS if (t, w) in found}

    def _rows_at(
        self, node: int, type_: str, way: Direction, limit: int, offset: int
    ) -> list[tuple[int, Direction, int | None]]:
        near, far = _ENDS[way]
        return [
            (key, way, far_key)
            for key, far_key in self._db.execute(
                f"""
                SELECT s.key, s.{far} FROM statement s LEFT JOIN node n ON n.key = s.{far}
                 WHERE s.{near} = ? AND s.type = ? AND {self._shown}
                 ORDER BY s.since_lo DESC, s.rank, n.id, s.hash LIMIT ? OFFSET ?
                """,
                (node, self._terms.number(type_), limit, offset),
            )
        ]

    def _neighbours(self, page: Sequence[tuple[int, Direction, int | None]]) -> tuple[Neighbour, ...]:
        statements = self._statements(key for key, _, _ in page)
        nodes = self._nodes(dict.fromkeys(far for _, _, far in page if far is not None))
        return tuple(Neighbour(statements[key], way, None if far is None else nodes.get(far)) for key, way, far in page)

    def _statements(self, keys: Iterable[int]) -> dict[int, Statement]:
        return rows.statements_by_key(self._db, keys, self._terms, self._remembered.statements)

    def _nodes(self, keys: Iterable[int]) -> dict[int, Node]:
        return nodes_by_key(self._db, self._terms, keys, self._remembered.nodes, private=self._view.private)

    # -- a walk ----------------------------------------------------------------------------------------------------
    def expand(self, starts: Sequence[str], stages: Sequence[Stage], bound: int) -> Subgraph:
        """See `graph.store.Store.expand`."""
        walk = Walk(self, bound, self._starts(starts))
        walk.go(stages)
        statements = self._statements(walk.handles)
        distinct: dict[str, Statement] = {}
        for handle in walk.handles:
            distinct.setdefault(statements[handle].key, statements[handle])
        nodes = self._nodes(self.keys[id_] for id_ in walk.labels)
        return Subgraph(
            nodes={node.id: node for node in sorted(nodes.values(), key=lambda node: node.id)},
            statements=tuple(distinct[key] for key in sorted(distinct)),
            cuts=tuple(walk.cuts),
        )

    def take(self, step: Step, nodes: Sequence[str]) -> dict[str, Taken]:
        """What a step takes from each node: see `graph.walking.Reader`."""
        types = [number for type_ in dict.fromkeys(step.types) if (number := self._terms.number(type_)) >= 0]
        keys = {self.keys[id_]: id_ for id_ in nodes}
        few, many = self._sizes(step, types, keys)
        found = self._take_together(step, types, few)
        found |= {key: self._take_one(step, types, key) for key in many}
        return {id_: taken for key, id_ in keys.items() if (taken := found.get(key)) and taken.total}

    def _sizes(self, step: Step, types: Sequence[int], keys: Iterable[int]) -> tuple[list[int], list[int]]:
        """Nodes with a few statements of these types, and those with many."""
        near, _ = _ENDS[step.direction]
        few, many = list[int](), list[int]()
        for part in rows.parts(keys):
            for key, size in self._db.execute(
                f"SELECT {near}, count(*) FROM statement "
                f"WHERE {near} IN ({rows.marks(part)}) AND live = 1 AND type IN ({rows.marks(types)}) GROUP BY {near}",
                (*part, *types),
            ):
                (few if size <= max(TOGETHER, 4 * step.limit) else many).append(key)
        return few, many

    def _take_together(self, step: Step, types: Sequence[int], keys: Sequence[int]) -> dict[int, Taken]:
        near, far = _ENDS[step.direction]
        where, values = self._condition(step)
        lists: dict[int, list[Row]] = {}
        for part in rows.parts(keys):
            for key, *row in self._db.execute(
                f"""
                SELECT s.{near}, s.since_lo, s.rank, n.id, s.hash, s.key, s.{far}, n.label
                  FROM statement s LEFT JOIN node n ON n.key = s.{far}
                 WHERE s.{near} IN ({rows.marks(part)}) AND s.type IN ({rows.marks(types)}) AND {where}
                """,
                (*part, *types, *values),
            ):
                lists.setdefault(key, []).append(tuple(row))
        return {
            key: Taken(tuple(map(self._edge, sorted(every, key=_order)[: step.limit])), len(every))
            for key, every in lists.items()
        }

    def _take_one(self, step: Step, types: Sequence[int], node: int) -> Taken:
        near, far = _ENDS[step.direction]
        where, values = self._condition(step)
        first = f"""
            SELECT s.since_lo, s.rank, n.id, s.hash, s.key, s.{far}, n.label
              FROM statement s LEFT JOIN node n ON n.key = s.{far}
             WHERE s.{near} = ? AND s.type = ? AND {where}
             ORDER BY s.since_lo DESC, s.rank, n.id, s.hash LIMIT ?
        """
        number_of = f"""
            SELECT count(*) FROM statement s {f"JOIN node n ON n.key = s.{far}" if _is_told_by_label(step) else ""}
             WHERE s.{near} = ? AND s.type = ? AND {where}
        """
        lists = [self._db.execute(first, (node, type_, *values, step.limit + 1)).fetchall() for type_ in types]
        total = sum(map(len, lists))
        taken = list(heapq.merge(*lists, key=_order)) if len(lists) > 1 else lists[0]
        if len(taken) > step.limit:
            total = sum(self._db.execute(number_of, (node, type_, *values)).fetchone()[0] for type_ in types)
        return Taken(tuple(map(self._edge, taken[: step.limit])), total)

    def _edge(self, row: Row) -> Edge:
        _, _, id_, _, key, far, label = row
        if id_ is None:
            return Edge(key, "", "")
        self.keys[id_] = far
        return Edge(key, id_, self._terms.name(label))

    def _condition(self, step: Step) -> tuple[str, list[Any]]:
        where, values = self._shown, list[Any]()
        if step.among:
            among = [self.keys[id_] for id_ in self._starts(step.among)]
            # The sign keeps the engine from looking among all that these ends have.
            where += f" AND +s.{_ENDS[step.direction][1]} IN ({rows.numbers(among)})"
        if _is_told_by_label(step):
            where += f" AND n.label IN ({rows.marks(step.to)})"
            values += [self._terms.number(label) for label in step.to]
        if step.qualifiers:
            where += f" AND s.qualifier IN ({rows.marks(step.qualifiers)})"
            values += step.qualifiers
        return where, values


TOGETHER = 40
"""Statements of a node up to which it is read together with others, or four times as many as are wanted of it: sorting so few
costs less than asking for each node.
"""


@lru_cache(maxsize=512)
def _is_told_by_label(step: Step) -> bool:
    """Whether far ends have to be looked at for their labels: where the step names some that do not follow from its types."""
    end = 1 if step.direction == "out" else 0
    return bool(step.to) and not all(
        type_ in RELATIONSHIPS and set(RELATIONSHIPS[type_].ends[end]) <= set(step.to) for type_ in step.types
    )


def _order(row: Row) -> tuple[int, int, str, bytes]:
    return (-row[0], row[1], row[2] or "", row[3])
