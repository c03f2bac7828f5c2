"""Figures of an item as tables show them: on pages and at a terminal."""

from __future__ import annotations

from queries.answer import Item


def figure(item: Item, name: str) -> str:
    """The figure by that name, "-" where there is none."""
    value = item.details.get(name)
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.2f}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
