"""What became of what was given to a load: of each source in numbers, of each input and record as it happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal

from loaders.refusals import Refusal

if TYPE_CHECKING:
    from graph.store import LoadReport
    from loaders.rows import Yield
    from loaders.saying import Saying

__all__ = ["LISTED", "OWN_TABLE", "LoadSummary", "Outcome", "SourceCounts", "TableCounts"]

OWN_TABLE = "own table"
"""What a table is called that is read by its mapping, where known sources have the names of their formats."""

LISTED = 10_000
"""Refusals of one table, and of all other inputs together, that are listed; all are counted."""


@dataclass(slots=True)
class TableCounts:
    """What became of the rows of one table, or the records of one source.

    `taken` rows yielded something, of which `partly` not all that they say; `refused` and `left_out` rows yielded nothing. `parts`
    counts the statements and items refused inside rows that were taken. `nodes` counts node records, `notes` the
    statements that are notes, `statements` all others.
    """

    rows: int = 0
    taken: int = 0
    partly: int = 0
    refused: int = 0
    left_out: int = 0
    parts: int = 0
    nodes: int = 0
    statements: int = 0
    notes: int = 0

    def take(self, found: Yield | Saying) -> None:
        """Count a row or record that yielded something."""
        notes = sum(statement.type == "NOTE" for statement in found.statements)
        self.taken += 1
        self.partly += bool(found.refused)
        self.parts += len(found.refused)
        self.nodes += len(found.nodes)
        self.notes += notes
        self.statements += len(found.statements) - notes

    def add(self, other: TableCounts) -> None:
        """Add what became of further records."""
        for counted in fields(self):
            setattr(self, counted.name, getattr(self, counted.name) + getattr(other, counted.name))


@dataclass(slots=True)
class SourceCounts:
    """How many inputs were taken for one kind of source and went into one dataset, and what became of their records."""

    format: str
    dataset: str
    files: int = 0
    records: TableCounts = field(default_factory=TableCounts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the report of a load.

    `outcome` "file" tells what an input was taken for and where it goes; "taken", "refused" and "left out" speak of a record of it:
    at which line or position (0 for the input as a whole), which part of it where not all was refused, and why.
    """

    outcome: Literal["file", "taken", "refused", "left out"]
    file: str
    line: int = 0
    record: str = ""
    part: str = ""
    reason: str = ""
    format: str = ""
    dataset: str = ""

    @classmethod
    def of_refusal(cls, refusal: Refusal) -> Outcome:
        """A record, a part of one, or a whole input that was refused."""
        r = refusal
        return cls("left out" if r.left_out else "refused", r.file, r.line, r.record, r.part, r.reason)


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What a load did: a report of each dataset; for each known source, and for each table, what became of its records or rows.

    `refusals` lists at most `LISTED` of a kind, `faults` counts all that are faults of the input (rows that a table itself leaves
    out are none). `incomplete` names datasets that closed nothing although they were said to be whole, and why.
    """

    reports: tuple[LoadReport, ...]
    sources: tuple[SourceCounts, ...]
    counts: Mapping[str, TableCounts]
    refusals: tuple[Refusal, ...]
    unused: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, tuple[str, ...]]
    faults: int
    incomplete: Mapping[str, str]
