"""Values as Relaton's generations shape them: a text, a mapping with the text in it, or a list of these."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.relaton.lines import Plain
from loaders.values import clean

__all__ = ["each", "first", "text_of"]

_LONGEST = 2_000


def each(value: Plain) -> Iterator[dict[str, Plain]]:
    """The mappings that a value is or holds; a bare text stands for a mapping with that content."""
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, dict):
            yield one
        elif isinstance(one, str):
            yield {"content": one}


def first(value: Plain) -> dict[str, Plain]:
    """The first of these mappings, an empty one where there is none."""
    return next(each(value), {})


def text_of(value: Plain) -> str:
    """The first text that a value is or holds: plain, under `content`, `value` or `name`, or first in a list."""
    for _ in range(6):
        if isinstance(value, str):
            return clean(value[:_LONGEST])
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("content") or value.get("value") or value.get("name")
    return ""
