"""Reading around: the statements at a node page by page, and walks through the graph (see `graph.sqlite.steps`)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from graph import cursors
from graph.model import Direction, Node, Statement, View
from graph.schema import STATEMENT_TYPES
from graph.sqlite import rows
from graph.sqlite.reading import nodes_by_key, private_datasets
from graph.sqlite.remembered import Remembered, Totals
from graph.sqlite.rows import Terms
from graph.sqlite.steps import ENDS, Steps
from graph.store import Line, Neighbour, Neighbours, Outline, Spot, Stage, Subgraph
from graph.walking import Walk


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
        for way, (near, _) in ENDS.items():
            for type_, n in self._db.execute(
                f"SELECT s.type, count(*) FROM statement s WHERE s.{near} = ? AND {self._shown} GROUP BY s.type",
                (node,),
            ):
                found[self._terms.name(type_), way] = n
        return {(t, w): found[t, w] for t in STATEMENT_TYPES for w in ENDS if (t, w) in found}

    def _rows_at(
        self, node: int, type_: str, way: Direction, limit: int, offset: int
    ) -> list[tuple[int, Direction, int | None]]:
        near, far = ENDS[way]
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
        walk = self._walk(starts, stages, bound)
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

    def outline(self, starts: Sequence[str], stages: Sequence[Stage], bound: int) -> Outline:
        """See `graph.store.Store.outline`."""
        walk = self._walk(starts, stages, bound)
        ids = {self.keys[id_]: id_ for id_ in walk.labels}
        lines = tuple(
            Line(
                key, f"st:{hash_.hex()}", ids[subject], self._terms.name(type_), ids.get(object_, ""), qualifier, since,
                observed_on, rows.CONFIDENCE[confidence], rows.BASIS[basis],
            )
            for key, hash_, subject, type_, object_, qualifier, since, observed_on, confidence, basis in self._db.execute(
                "SELECT key, hash, subject, type, object, qualifier, since, observed_on, confidence, basis FROM statement "
                "WHERE key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(walk.handles)),),
            )
        )  # fmt: skip
        return Outline(self._spots(ids), lines, tuple(walk.cuts))

    def reached(self, ids: Sequence[str], types: Sequence[str]) -> dict[str, frozenset[str]]:
        """See `graph.store.Store.reached`."""
        starts = {self.keys[id_]: id_ for id_ in self._starts(ids)}
        led = {
            near: set(map(int, far.split(",")))
            for near, far in self._db.execute(
                f"""
                SELECT s.subject, group_concat(s.object) FROM statement s
                 WHERE s.subject IN (SELECT value FROM json_each(?))
                   AND s.type IN ({rows.marks(types)}) AND s.object IS NOT NULL AND {self._shown} GROUP BY s.subject
                """,
                (json.dumps(list(starts)), *map(self._terms.number, types)),
            )
        }
        names = self._ids(set().union(*led.values()))
        return {starts[near]: frozenset(names[key] for key in far) for near, far in led.items()}

    def _walk(self, starts: Sequence[str], stages: Sequence[Stage], bound: int) -> Walk:
        labels = self._starts(starts)
        walk = Walk(Steps(self._db, self._terms, self._shown, self._remembered, self.keys), bound, labels)
        walk.go(stages)
        return walk

    def _spots(self, ids: Mapping[int, str]) -> dict[str, Spot]:
        """The nodes with these numbers as an outline has them; of what a private dataset says all is left out on demand."""
        spots: dict[str, Spot] = {}
        secret = []
        for key, label, is_group, private in self._db.execute(
            "SELECT key, label, is_group, private FROM node WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        ):
            if private and not self._view.private:
                secret.append(key)
            else:
                name = self._terms.name(label)
                spots[ids[key]] = Spot(name, "group" if is_group else name)
        for node in self._nodes(secret).values() if secret else ():
            spots[node.id] = Spot(node.label, node.family)
        return spots

    def _ids(self, keys: Iterable[int]) -> dict[int, str]:
        given = json.dumps(list(keys))
        return dict(
            self._db.execute(
                "SELECT key, id FROM node WHERE key IN (SELECT value FROM json_each(?))", (given,)
            ).fetchall()
        )
