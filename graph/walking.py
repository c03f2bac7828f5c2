"""How a walk through the graph goes, the same for every engine.

An engine says what is taken from each node in one step; which nodes come next, where the walk stops and what is
reported as cut is decided here. A hop goes through its steps in the order given, and for each through the nodes in
order of id, so that the same question stops at the same place on every engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graph.store import Cut, Stage, Step

ALIKE = 5
"""How many are taken of the statements of one type that have the same ends, date and rank."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What is taken in a step: the engine's own handles of the statements that say it, at most `ALIKE`, and the far end ("" for a
    fact) with its label.
    """

    handles: tuple[int, ...]
    far: str
    label: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What one step takes from one node: the first `limit` edges, and how many there are in all."""

    edges: tuple[Edge, ...]
    total: int


class Reader(Protocol):
    """What an engine does for a walk."""

    def take(self, step: Step, nodes: Sequence[str]) -> Mapping[str, Taken]:
        """What the step takes from each of these nodes; nodes with nothing may be left out."""


@dataclass(slots=True)
class Walk:
    """A walk under way: the nodes reached with their labels, the statements taken, the places cut."""

    reader: Reader
    bound: int
    labels: dict[str, str]
    handles: dict[int, None] = field(default_factory=dict)
    cuts: list[Cut] = field(default_factory=list)
    full: bool = False

    def go(self, stages: Sequence[Stage]) -> None:
        """Walk through the stages, until their end or the bound."""
        newest = list(self.labels)
        for stage in stages:
            frontier = newest if stage.from_new else list(self.labels)
            newest = []
            for _ in range(stage.hops):
                frontier = self._hop(stage.steps, sorted(frontier))
                newest += frontier
                if self.full:
                    return
                if not frontier:
                    break

    def _hop(self, steps: Sequence[Step], frontier: Sequence[str]) -> list[str]:
        reached: list[str] = []
        for step in steps:
            asked = [node for node in frontier if not step.of or self.labels[node] in step.of]
            taken = self.reader.take(step, asked) if asked else {}
            for node in asked:
                if node in taken and not self._add(step, node, taken[node], reached):
                    return reached
        return reached

    def _add(self, step: Step, node: str, taken: Taken, reached: list[str]) -> bool:
        shown = 0
        for edge in taken.edges:
            new = [handle for handle in edge.handles if handle not in self.handles]
            if new and len(self.handles) + len(new) > self.bound:
                self.full = True
                break
            self.handles.update(dict.fromkeys(new))
            shown += 1
            if edge.far and edge.far not in self.labels:
                self.labels[edge.far] = edge.label
                reached.append(edge.far)
        if shown < taken.total:
            self.cuts.append(Cut(node, step.types, step.direction, shown, taken.total))
        return not self.full
