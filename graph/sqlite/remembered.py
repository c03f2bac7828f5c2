"""What was read before: statements, nodes and counts of one revision, so that an answer need not make again what the last one made.

Well-known bodies and their statements stand in most answers. Nothing is remembered beyond a revision, which every write
that changes what is shown counts up in its own transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from graph.finding import Candidate
from graph.model import Dataset, Direction, Node, Statement
from graph.sqlite import upkeep

AT_MOST = 12_000
"""Statements, and as many nodes and counts, that are remembered: some 25 MiB; then memory begins anew."""

Totals = dict[tuple[str, Direction], int]


@dataclass(slots=True)
class Remembered:
    """Statements and nodes by their numbers; a node with whether a private dataset speaks of it; all datasets.

    `candidates` are what searches looked at, by their numbers, with the numbers of their labels; `totals` counts what is said
    of a node by type and direction, for each condition of what is shown.
    """

    revision: int = -1
    statements: dict[int, Statement] = field(default_factory=dict)
    nodes: dict[int, tuple[Node, bool]] = field(default_factory=dict)
    totals: dict[tuple[int, str], Totals] = field(default_factory=dict)
    datasets: tuple[Dataset, ...] | None = None
    candidates: dict[int, tuple[int, Candidate]] = field(default_factory=dict)

    def at(self, connection: sqlite3.Connection) -> Remembered:
        """This, where the connection still reads the same revision and it has not grown too large; else a new one."""
        if len(self.candidates) > AT_MOST:
            self.candidates = {}
        revision = int(upkeep.get(connection, "revision") or 0)
        if revision == self.revision and max(len(self.statements), len(self.nodes), len(self.totals)) <= AT_MOST:
            return self
        return Remembered(revision)
