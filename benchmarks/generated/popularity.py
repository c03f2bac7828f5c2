"""Who is drawn how often: as Zipf found it, few very often and most hardly ever."""

from __future__ import annotations

from collections.abc import Callable
from random import Random


def zipf(count: int, exponent: float, random: Random) -> Callable[[], int]:
    """Draw ranks from 0 to `count` - 1, where the chance of rank r falls as (r + 1) ** -exponent; exponent below 1.

    By the inverse of the continuous distribution, which costs one power a draw.
    """
    power, span, uniform = 1 / (1 - exponent), (count + 1) ** (1 - exponent) - 1, random.random
    return lambda: min(int((uniform() * span + 1) ** power) - 1, count - 1)
