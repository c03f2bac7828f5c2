"""One step of a walk: what is taken from each node, out of the two indexes of statements alone.

Hundreds of records may say the same of a node: that a subcommittee is part of its committee. What has one far end, date and
rank is one thing that is taken, with a few of the statements that say it. Nodes with few statements are read together; from a hub
each type is read in the order of the index, and no further than the limit.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from graph.model import Direction
from graph.schema import RELATIONSHIPS
from graph.sqlite import rows
from graph.sqlite.remembered import Remembered
from graph.sqlite.rows import Terms
from graph.store import Step
from graph.walking import ALIKE, Edge, Taken

ENDS: Mapping[Direction, tuple[str, str]] = {"out": ("subject", "object"), "in": ("object", "subject")}

TOGETHER = 40
"""Statements of a node up to which it is read together with others, or four times as many as are wanted of it: sorting so few
costs less than asking for each node.
"""


class Said(NamedTuple):
    """What statements with one far end, date and rank say of a node: how many they are, and the first of them."""

    near: int
    type: int
    since: int
    rank: int
    far: int | None
    alike: int
    key: int


class Steps:
    """Takes steps in one view; `keys` are the numbers of the nodes that were reached, by their ids."""

    def __init__(
        self, connection: sqlite3.Connection, terms: Terms, shown: str, remembered: Remembered, keys: dict[str, int]
    ) -> None:
        self._db, self._terms, self._shown, self._remembered, self._keys = connection, terms, shown, remembered, keys
        self._named: dict[int, tuple[str, str]] = {}

    def take(self, step: Step, nodes: Sequence[str]) -> dict[str, Taken]:
        """What a step takes from each node: see `graph.walking.Reader`."""
        types = [number for type_ in dict.fromkeys(step.types) if (number := self._terms.number(type_)) >= 0]
        keys = {self._keys[id_]: id_ for id_ in nodes}
        few, many = self._sizes(step, types, keys)
        totals: dict[int, int] = {}
        first: dict[int, list[Said]] = {}
        for near, every in self._together(step, types, few).items():
            totals[near], first[near] = len(every), _first(every, step.limit)
        for near in many:
            every = [said for type_ in types for said in self._in_order(step, type_, near)]
            first[near] = _first(every, step.limit)
            totals[near] = len(every) if len(every) <= step.limit else self._count(step, types, near)
        self._name({said.far for every in first.values() for said in every if said.far is not None})
        return {
            keys[near]: Taken(
                tuple(self._edge(step, said) for said in self._ordered(every)[: step.limit]), totals[near]
            )
            for near, every in first.items()
            if every
        }

    def _sizes(self, step: Step, types: Sequence[int], keys: Iterable[int]) -> tuple[list[int], list[int]]:
        """Nodes with a few statements of these types, and those with many."""
        near, _ = ENDS[step.direction]
        few, many = list[int](), list[int]()
        for key, size in self._db.execute(
            f"SELECT {near}, count(*) FROM statement WHERE {near} IN (SELECT value FROM json_each(?)) "
            f"AND live = 1 AND type IN ({rows.marks(types)}) GROUP BY {near}",
            (json.dumps(list(keys)), *types),
        ):
            (few if size <= max(TOGETHER, 4 * step.limit) else many).append(key)
        return few, many

    def _together(self, step: Step, types: Sequence[int], nodes: Sequence[int]) -> dict[int, list[Said]]:
        """All that the step could take from these nodes."""
        found: dict[int, list[Said]] = {}
        if nodes:
            near, _ = ENDS[step.direction]
            source, where, values = self._condition(step)
            for row in self._db.execute(
                f"SELECT {_columns(step)} FROM {source} WHERE s.{near} IN (SELECT value FROM json_each(?)) "
                f"AND s.type IN ({rows.marks(types)}) AND {where} GROUP BY s.{near}, s.type, {_said(step)}",
                (json.dumps(nodes), *types, *values),
            ):
                found.setdefault(row[0], []).append(Said._make(row))
        return found

    def _in_order(self, step: Step, type_: int, node: int) -> list[Said]:
        """The first of what one type says of a node, one more than the limit; and all that stands in one place with the last."""
        near, _ = ENDS[step.direction]
        source, where, values = self._condition(step)
        ordered = f"""
            SELECT {_columns(step)} FROM {source} WHERE s.{near} = ? AND s.type = ? AND {where} %s
             GROUP BY {_said(step)} ORDER BY {_said(step).replace("s.since_lo", "s.since_lo DESC")}
        """
        found = [
            Said._make(row)
            for row in self._db.execute(f"{ordered % ''} LIMIT ?", (node, type_, *values, step.limit + 1))
        ]
        if len(found) > step.limit and _place(found[-1]) == _place(found[step.limit - 1]):
            since, rank = found[-1].since, found[-1].rank
            level = ordered % "AND s.since_lo = ? AND s.rank = ?"
            found = [said for said in found if _place(said) != _place(found[-1])]
            found += [Said._make(row) for row in self._db.execute(level, (node, type_, *values, since, rank))]
        return found

    def _count(self, step: Step, types: Sequence[int], node: int) -> int:
        near, _ = ENDS[step.direction]
        source, where, values = self._condition(step)
        one_by_one = f"SELECT 1 FROM {source} WHERE s.{near} = ? AND s.type = ? AND {where} GROUP BY {_said(step)}"
        counted = f"SELECT count(*) FROM ({one_by_one})"
        return sum(self._db.execute(counted, (node, type_, *values)).fetchone()[0] for type_ in types)

    def _condition(self, step: Step) -> tuple[str, str, list[Any]]:
        """What is read, under which condition, with which values."""
        source, where, values = "statement s", self._shown, list[Any]()
        far = ENDS[step.direction][1]
        if step.among:
            # The sign keeps the engine from looking among all that these ends have.
            where += f" AND +s.{far} IN (SELECT coalesce(into_key, key) FROM node WHERE id IN (SELECT value FROM json_each(?)))"
            values.append(json.dumps(rows.askable(step.among)))
        if _is_told_by_label(step):
            source += f" CROSS JOIN node n ON n.key = s.{far}"
            where += f" AND n.label IN ({rows.marks(step.to)})"
            values += [self._terms.number(label) for label in step.to]
        if step.qualifiers:
            where += f" AND s.qualifier IN ({rows.marks(step.qualifiers)})"
            values += step.qualifiers
        return source, where, values

    # -- what was taken ----------------------------------------------------------------------------------------------
    def _name(self, nodes: Iterable[int]) -> None:
        """Learn the ids and labels of nodes."""
        unknown = []
        for key in nodes:
            if key not in self._named:
                if known := self._remembered.nodes.get(key):
                    self._named[key] = known[0].id, known[0].label
                else:
                    unknown.append(key)
        if unknown:
            for key, id_, label in self._db.execute(
                "SELECT key, id, label FROM node WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(unknown),)
            ):
                self._named[key] = id_, self._terms.name(label)

    def _ordered(self, every: Sequence[Said]) -> list[Said]:
        if len(every) == 1:
            return list(every)
        ids = {said.key: self._named[said.far][0] for said in every if said.far is not None}
        return sorted(every, key=lambda said: (-said.since, said.rank, ids.get(said.key, ""), said.key))

    def _edge(self, step: Step, said: Said) -> Edge:
        handles = (said.key,) if said.alike == 1 else self._alike(step, said)
        if said.far is None:
            return Edge(handles, "", "")
        id_, label = self._named[said.far]
        self._keys[id_] = said.far
        return Edge(handles, id_, label)

    def _alike(self, step: Step, said: Said) -> tuple[int, ...]:
        """A few of the statements that say one thing: of each dataset the firmest, then the next; of equals those loaded first."""
        near, far = ENDS[step.direction]
        source, where, values = self._condition(step)
        firm = "s.confidence DESC, s.basis DESC, s.key"
        return tuple(
            key
            for (key,) in self._db.execute(
                f"SELECT s.key FROM {source} WHERE s.{near} = ? AND s.type = ? AND s.since_lo = ? AND s.rank = ? "
                f"AND s.{far} = ? AND {where} "
                f"ORDER BY row_number() OVER (PARTITION BY s.dataset ORDER BY {firm}), {firm} LIMIT {ALIKE}",
                (said.near, said.type, said.since, said.rank, said.far, *values),
            )
        )


def _columns(step: Step) -> str:
    near, far = ENDS[step.direction]
    return f"s.{near}, s.type, s.since_lo, s.rank, s.{far}, count(*), min(s.key)"


def _said(step: Step) -> str:
    """By what statements of one node and type are told apart, in the order of the indexes; each fact stands for itself."""
    _, far = ENDS[step.direction]
    return f"s.since_lo, s.rank, s.{far}" + ("" if all(type_ in RELATIONSHIPS for type_ in step.types) else ", s.key")


def _place(said: Said) -> tuple[int, int]:
    return (-said.since, said.rank)


def _first(every: list[Said], limit: int) -> list[Said]:
    """Those that can be among the first few: of what stands in one place the ids decide, which are not known yet."""
    if len(every) <= limit:
        return every
    last = sorted(map(_place, every))[limit - 1] if limit else (0, -1)
    return [said for said in every if _place(said) <= last]


@lru_cache(maxsize=512)
def _is_told_by_label(step: Step) -> bool:
    """Whether far ends have to be looked at for their labels: where the step names some that do not follow from its types."""
    end = 1 if step.direction == "out" else 0
    return bool(step.to) and not all(
        type_ in RELATIONSHIPS and set(RELATIONSHIPS[type_].ends[end]) <= set(step.to) for type_ in step.types
    )
