"""A reading pairs a pattern with what builds the number from its match."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from graph.numbers.model import StandardNumber

Reading = tuple[re.Pattern[str], Callable[[re.Match[str]], StandardNumber | None]]
"""The builder returns None when the match is no number after all (a year out of range, an unknown code)."""

_FLAGS: Final = re.IGNORECASE | re.ASCII | re.VERBOSE


def reading(pattern: str, build: Callable[[re.Match[str]], StandardNumber | None]) -> Reading:
    """A reading whose pattern ignores the case of ASCII letters and its own white space."""
    return re.compile(pattern, _FLAGS), build
