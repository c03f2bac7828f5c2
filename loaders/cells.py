"""Cells of a row as the parts of a mapping want them, with the column named where one cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from graph import schema
from graph.model import Scalar
from graph.schema import ValueType
from loaders import expressions
from loaders.expressions import Constant, Expression, Scope, evaluate
from loaders.refusals import Refused
from loaders.values import as_date, as_text, coerce, is_empty

if TYPE_CHECKING:
    from loaders.parts import Condition

__all__ = ["date_at", "properties_at", "scopes", "text_at", "value_at", "written"]


def text_at(found: Expression | None, scope: Scope) -> str | None:
    """One clean text, None where the row has nothing there. Raises `Refused`."""
    if found is None:
        return None
    if isinstance(found, Constant) and isinstance(found.value, str):
        return found.value  # types, labels and kinds of names nearly always are
    try:
        value = evaluate(found, scope)
        return None if value is None else as_text(value)
    except Refused as refused:
        raise refused.at(written(found)) from None


def date_at(found: Expression | None, scope: Scope) -> str | None:
    """A date in ISO form, None where the row has nothing there. Raises `Refused`."""
    if found is None:
        return None
    try:
        value = evaluate(found, scope)
        return None if value is None else as_date(value)
    except Refused as refused:
        raise refused.at(written(found)) from None


def value_at(found: Expression, scope: Scope, kind: ValueType, values: Sequence[str] = ()) -> Scalar | None:
    """A value as the schema wants it, None where the row has nothing there. Raises `Refused`."""
    try:
        value = evaluate(found, scope)
        return None if value is None else coerce(value, kind, values=values)
    except Refused as refused:
        raise refused.at(written(found)) from None


def properties_at(found: Mapping[str, Expression], scope: Scope) -> Iterator[tuple[str, Scalar]]:
    """The properties for which the row has a value, as the schema wants them. Raises `Refused`."""
    for name, expression in found.items():
        known = schema.PROPERTIES[name]
        value = value_at(expression, scope, known.type, known.values)
        if value is not None:
            yield name, value


def scopes(each: Expression | None, when: Condition | None, scope: Scope) -> Iterable[tuple[Scope, int]]:
    """The row, or each item of its list, where the condition holds; with the item's place, from 1 (0: the row).

    Raises `Refused` where the list or the condition itself cannot be read.
    """
    if each is None:
        return ((scope, 0),) if when is None or _holds(when, scope) else ()
    return _items(each, when, scope)


def _items(each: Expression, when: Condition | None, scope: Scope) -> Iterator[tuple[Scope, int]]:
    try:
        listed = expressions.items(each, scope)
    except Refused as refused:
        raise refused.at(written(each)) from None
    for position, item in enumerate(listed, 1):
        inner = scope.at(item, position)
        if when is None or _holds(when, inner):
            yield inner, position


def written(found: Expression | None) -> str:
    """An expression as messages name it: its columns."""
    match found:
        case expressions.Path():
            return found.whole
        case expressions.Cell():
            return found.path.whole
        case expressions.First():
            return ", ".join(filter(None, map(written, found.options)))
        case expressions.Number():
            return written(found.of)
        case Constant() | None:
            return ""


def _holds(when: Condition, scope: Scope) -> bool:
    value = evaluate(when.column, scope)
    if when.empty:
        return is_empty(value)
    if is_empty(value) or not (when.among or when.without):
        return not is_empty(value) and value is not False
    text = text_at(when.column, scope)
    return (not when.among or text in when.among) and text not in when.without
