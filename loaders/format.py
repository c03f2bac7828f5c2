"""What a kind of source is to a load: how it is recognised, which records it holds, and what each record says.

A source module is mostly a mapping: open -> records -> statements. It never writes and never asks the store; names that
its records use are gathered first (`names`), looked up together, and then each record says what it says (`say`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from graph.model import Dataset, Document
from loaders.inputs import Head, Input
from loaders.refusals import Refusal
from loaders.saying import Saying

__all__ = ["Announced", "Format", "Record"]


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an input: its own id in the dataset, the line or position (from 1; 0 for the whole input), and what it holds.

    `document` is what its statements cite, and `locator` the place in it ("" where the record's id says it all).
    `observed_on` is the day on which the source itself says that it was so, if it does.
    """

    id: str
    line: int
    document: Document
    values: Any
    locator: str = ""
    observed_on: str | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """How many records the source says there are, as the `total` of a search response does: maybe more than are given.

    Given in place of a record, it is counted against all records of the dataset that one load takes.
    """

    total: int


class Format(Protocol):
    """A kind of source.

    `name` is what people read ("SAMR platform: search response"); it begins with the publisher.
    """

    @property
    def name(self) -> str:
        """What a load says that it took an input for."""

    def dataset(self, head: Head) -> Dataset | None:
        """The dataset that such an input belongs to; None where the input is not of this kind. Looks at the content, not the name."""

    def records(self, given: Input) -> Iterator[Record | Refusal | Announced]:
        """The records in order, streamed, with a refusal in place of each that cannot be read. Raises `Refused` for the whole input."""

    def names(self, record: Record) -> Iterable[str]:
        """Every name of an organisation or body that the record will refer to, so that the store is asked for many at once."""

    def say(self, record: Record, saying: Saying) -> None:
        """Say what the record says. Raises `Refused` where nothing of it can be loaded."""
