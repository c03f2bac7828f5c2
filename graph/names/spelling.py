"""How two spellings differ: where, by sound, by abbreviation, and by how much."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from graph.readings import syllables

__all__ = ["abbreviates", "common_start", "differing", "likeness", "shares_word", "sounds_alike"]


_LONGEST_SLIP = 6
"""Characters in which two spellings that are read alike differ at most."""


def common_start(a: str, b: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def differing(a: str, b: str) -> tuple[str, str]:
    """What is left of two texts without their common beginning and end.

    >>> differing("交通运输部公路科学研究院", "交通部公路科学研究院")
    ('运输', '')
    """
    start = common_start(a, b)
    a, b = a[start:], b[start:]
    end = common_start(a[::-1], b[::-1])
    return a[: len(a) - end], b[: len(b) - end]


def sounds_alike(a: str, b: str) -> bool:
    """Whether two different texts are read alike (勘察, 勘查): a usual slip of input methods."""
    return bool(a) and a != b and len(a) == len(b) <= _LONGEST_SLIP and _sound(a) == _sound(b)


@lru_cache(maxsize=16_384)
def _sound(text: str) -> tuple[str, ...]:
    return tuple(syllables(text))


def abbreviates(short: str, full: str) -> bool:
    """Whether the first text is the second with characters left out, at least a third of them kept.

    >>> abbreviates("科技", "科学技术"), abbreviates("工商", "工业")
    (True, False)
    """
    if not short or len(short) >= len(full) or len(short) * 3 < len(full):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def likeness(a: str, b: str) -> float:
    """Likeness of two texts from 0 (nothing shared) to 1 (equal): the share of characters in common order."""
    return fuzz.ratio(a, b) / 100


def shares_word(a: str, b: str) -> bool:
    """Whether two texts have two neighbouring characters in common (诺基亚贝尔, 贝尔阿尔卡特).

    >>> shares_word("诺基亚贝尔", "贝尔阿尔卡特"), shares_word("东软", "东方")
    (True, False)
    """
    return any(a[start : start + 2] in b for start in range(len(a) - 1))
