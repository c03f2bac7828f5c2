"""What was read before: statements and nodes of one revision, so that an answer need not make again what the last one made.

Well-known bodies and their statements stand in most answers. Nothing is remembered beyond a revision, which every write
that changes what is shown counts up in its own transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from graph.model import Node, Statement
from graph.sqlite import upkeep

AT_MOST = 12_000
"""Statements, and as many nodes, that are remembered: some 25 MiB; then memory begins anew."""


@dataclass(slots=True)
class Remembered:
    """Statements and nodes by their numbers; a node with whether a private dataset speaks of it."""

    revision: int = -1
    statements: dict[int, Statement] = field(default_factory=dict)
    nodes: dict[int, tuple[Node, bool]] = field(default_factory=dict)

    def at(self, connection: sqlite3.Connection) -> Remembered:
        """This, where the connection still reads the same revision and it has not grown too large; else a new one."""
        revision = int(upkeep.get(connection, "revision") or 0)
        if revision == self.revision and max(len(self.statements), len(self.nodes)) <= AT_MOST:
            return self
        return Remembered(revision)
