"""Figures of an item as tables show them: on pages and at a terminal."""

from __future__ import annotations

from graph import schema
from graph.model import Language
from queries.answer import Item


def figure(item: Item, name: str, lang: Language = "en") -> str:
    """The figure by that name, "-" where there is none; words that an item has in Chinese too (`name_zh`), and those of the
    schema, in the language wanted.
    """
    value = item.details.get(name)
    if lang == "zh":
        value = item.details.get(f"{name}_zh", value)
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.2f}"
    return ", ".join(value) if isinstance(value, tuple) else schema.word(value, lang)
