"""What one run found, at one size: each figure with the bound it should keep and what networkx took for the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benchmarks.measure import Measurement

Unit = Literal["s", "ms", "MiB", "answers/s", "errors", "records"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured.

    Attributes:
        name: what was done.
        unit: what `value` and `median` count.
        value: the figure that the bound is about; of questions the 95th percentile.
        median: the middle one of many, where there are many.
        bound: at most so much, or at least where `at_least`; None where nothing was promised.
        peer: networkx's median and 95th percentile for the same, or its one figure twice.
    """

    name: str
    unit: Unit
    value: float
    median: float | None = None
    bound: float | None = None
    at_least: bool = False
    peer: tuple[float, float] | None = None

    @property
    def kept(self) -> bool:
        """Whether the bound was kept; true where there is none."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @classmethod
    def of(cls, taken: Measurement, peer: tuple[float, float] | None = None) -> Figure:
        """The figure of a question."""
        return cls(taken.name, "ms", taken.p95, taken.median, taken.bound, peer=peer)


@dataclass(frozen=True, slots=True)
class Growth:
    """What ten times the data cost: the ratio of the medians of one question, and what it should stay under."""

    name: str
    small: float
    large: float
    bound: float

    @property
    def ratio(self) -> float:
        """How many times as long."""
        return self.large / self.small if self.small else 0.0

    @property
    def kept(self) -> bool:
        """Whether it grew as little as promised."""
        return self.ratio <= self.bound


LOOK_UPS, WALKS = 1.5, 2.0
"""Growth that was promised over ten times the data: of look-ups, and of coalitions and paths."""


def growth(small: list[Figure], large: list[Figure]) -> list[Growth]:
    """How every question that was measured at both sizes grew."""
    before = {figure.name: figure for figure in small if figure.median is not None}
    return [
        Growth(figure.name, before[figure.name].median or 0.0, figure.median, _promised(figure.name))
        for figure in large
        if figure.name in before and figure.median is not None and figure.bound is not None
    ]


def _promised(name: str) -> float:
    return WALKS if name.startswith(("coalition", "influence")) else LOOK_UPS
