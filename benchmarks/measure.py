"""One measurement, and how it is taken."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MANY = 20
"""Runs from which on a 95th percentile is more than the slowest run."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Milliseconds that one thing took, over several runs, and the bound that it should keep.

    Attributes:
        name: what was done, in a user's words.
        milliseconds: one figure a run, in the order of the runs.
        bound: milliseconds that the 95th percentile, or of a few runs the median, should stay under; None where none was
            promised.
    """

    name: str
    milliseconds: tuple[float, ...]
    bound: float | None = None

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """The 95th percentile by nearest rank, so always a run that happened.

        >>> Measurement("wait", (3.0, 1.0, 2.0)).p95
        3.0
        """
        ordered = sorted(self.milliseconds)
        return ordered[-(-95 * len(ordered) // 100) - 1]

    @property
    def kept(self) -> bool:
        """Whether the bound was kept; true where there is none."""
        taken = self.p95 if len(self.milliseconds) >= MANY else self.median
        return self.bound is None or taken < self.bound


def measure(
    name: str, action: Callable[[], object], *, runs: int, warm_up: int = 0, bound: float | None = None
) -> Measurement:
    """Time an action: ``warm_up`` runs that do not count, then ``runs`` that do."""
    for _ in range(warm_up):
        action()
    taken: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return Measurement(name, tuple(taken), bound)
