"""How much a standard counts by its age, the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from graph import dates

Key = TypeVar("Key")

DAYS_A_YEAR = 365.25
UNDATED_HALF_LIVES = 4.0
"""A standard without a date counts as the oldest dated one, and as one of at least this many half-lives."""

DECIMALS = 9
"""Sums of weights are rounded to this, so that the order of adding never decides the order of answers."""


def decayed(published: Mapping[Key, str | None], as_of: date, half_life: float) -> dict[Key, float]:
    """The weight of each standard: 0.5 ** (age in years / half-life), from its date of publication (partial dates allowed).

    >>> decayed({"a": "2015-01-01", "b": "2020", "c": None}, date(2020, 1, 1), 5.0)
    {'a': 0.500..., 'b': 1.0, 'c': 0.0625}
    """
    ages = {key: age(text, as_of) for key, text in published.items() if text is not None}
    undated = max([UNDATED_HALF_LIVES * half_life, *ages.values()])
    return {key: 0.5 ** (ages.get(key, undated) / half_life) for key in published}


def age(published: str, as_of: date) -> float:
    """The age in years on the day `as_of`, 0 for what is published later."""
    days = (as_of - date.fromisoformat(dates.first_day(published))).days
    return max(0.0, days / DAYS_A_YEAR)
