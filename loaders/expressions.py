"""The small language of mappings: how a value is taken from a row.

"column"                      the cell of that column
"a.b"                         the key b of the object in column a
"@"  "@.name"                 the item that `each` stands at, or a key of it
"#"                           the place of that item in its list, from 1
{ text = "centralised" }      this value itself (text, a number, true or false)
{ column = "x", ... }         the cell of x; `split = "、"` makes a list of it, `join = ", "` one text of a list,
                              `words = "role"` looks it up in the word list [words.role], `default = "..."` stands
                              in for an empty cell and for a word that the list lacks ("" leaves it out)
{ first = ["x", "y"] }        the first of these that is not empty; ["x", "y"] is short for it
{ number = "x" }              the canonical form of the standard number in x
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph import numbers
from graph.model import Scalar
from loaders.refusals import Refused, shown
from loaders.values import Unreadable, Value, as_text, clean, is_empty

__all__ = [
    "Cell", "Constant", "Expression", "First", "Number", "Path", "Scope", "columns", "evaluate", "expression", "items",
]  # fmt: skip

Words = Mapping[str, Mapping[str, str]]

_OPTIONS = ("words", "default", "join", "split")
_EXPECTED = {
    "text": "text is a text, a number, true or false",
    "column": "column is the name of a column",
    "first": "first is a list of expressions",
}


@dataclass(frozen=True, slots=True)
class Path:
    """A place in the row (`root` is the column) or, where `root` is "@" or "#", in the item of `each` (`of_row` False)."""

    root: str
    keys: tuple[str, ...] = ()
    whole: str = ""
    of_row: bool = True


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that the mapping itself gives."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Cell:
    """A place, split, looked up in a word list or joined."""

    path: Path
    words: str = ""
    default: str | None = None
    join: str = ""
    split: str = ""


@dataclass(frozen=True, slots=True)
class First:
    """The first of several expressions that is not empty."""

    options: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """The canonical form of a standard number."""

    of: Expression


Expression = Path | Constant | Cell | First | Number


@dataclass(frozen=True, slots=True)
class Scope:
    """What expressions are evaluated against: the row, and the items of `each` from the outermost in."""

    row: Mapping[str, Value]
    words: Words
    items: tuple[Value, ...] = ()
    position: int = 0

    def at(self, item: Value, position: int) -> Scope:
        """The scope of one item of a list."""
        return Scope(self.row, self.words, (*self.items, item), position)


def expression(written: object) -> Expression:
    """Read an expression as TOML gives it. Raises ValueError that says what it may be."""
    if isinstance(written, str):
        return _path(written)
    if isinstance(written, Sequence) and written:
        return First(tuple(expression(option) for option in written))
    if isinstance(written, Mapping):
        return _table(written)
    raise ValueError(f'{shown(written)} is not an expression; write "column" or {{ text = "..." }}')


def _table(written: Mapping[str, object]) -> Expression:
    heads = [key for key in ("text", "column", "first", "number") if key in written]
    if len(heads) != 1:
        raise ValueError("an expression has exactly one of the keys text, column, first, number")
    head, inner = heads[0], written[heads[0]]
    options = {key: value for key, value in written.items() if key != head}
    allowed = _OPTIONS if head == "column" else ()
    if extra := sorted(options.keys() - set(allowed)):
        known = ", ".join(allowed) or "none"
        raise ValueError(f"{extra[0]!r} cannot stand beside {head!r}; allowed are {known}")
    match head, inner:
        case "text", str() | int() | float() | bool():
            return Constant(inner)
        case "column", str():
            return _column(inner, options)
        case "first", list() if inner:
            return First(tuple(expression(option) for option in inner))
        case "number", _:
            return Number(expression(inner))
    raise ValueError(_EXPECTED[head])


def _column(column: str, options: Mapping[str, object]) -> Cell:
    texts = {key: value for key, value in options.items() if isinstance(value, str)}
    if wrong := sorted(options.keys() - texts.keys()):
        raise ValueError(f"{wrong[0]} is a text")
    return Cell(
        _path(column),
        words=texts.get("words", ""),
        default=texts.get("default"),
        join=texts.get("join", ""),
        split=texts.get("split", ""),
    )


def _path(written: str) -> Path:
    if not written.strip():
        raise ValueError("the name of a column is empty")
    root, *keys = written.split(".")
    if not root or not all(keys):
        return Path(written, (), written)
    return Path(root, tuple(keys), written, of_row=root not in ("@", "#"))


def columns(found: Expression) -> Iterator[str]:
    """The columns that an expression reads; a dotted name counts for its first part and as a whole."""
    match found:
        case Path():
            if found.of_row:
                yield found.root
                yield found.whole
        case Cell():
            yield from columns(found.path)
        case First():
            for option in found.options:
                yield from columns(option)
        case Number():
            yield from columns(found.of)
        case Constant():
            pass


def evaluate(found: Expression, scope: Scope) -> Value:
    """The value of an expression, None where the row has nothing there. Raises `Refused`."""
    if type(found) is Path:  # nearly all are; most of them name a column in which a row has nothing
        value = scope.row.get(found.root) if found.of_row and not found.keys else _look_up(found, scope)
        if type(value) is str:
            return None if not value or value.isspace() else value
        if type(value) is Unreadable:
            raise Refused(f"the cell holds the error {value}", part=found.whole)
        return None if value is None or is_empty(value) else value
    match found:
        case Constant():
            return found.value
        case First():
            for option in found.options:
                value = evaluate(option, scope)
                if not is_empty(value):
                    return value
            return None
        case Number():
            text = as_text(evaluate(found.of, scope))
            return None if text is None else standard_number(text).canonical
        case Cell():
            return _cell(found, scope)
    raise TypeError(f"{found!r} is no expression")


def items(found: Expression, scope: Scope) -> list[Value]:
    """The items of a list column; one value or object counts as a list of one, an empty cell as none."""
    value = evaluate(found, scope)
    if value is None:
        return []
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [item for item in value if not is_empty(item)]
    return [value]


def standard_number(text: str) -> numbers.StandardNumber:
    """The standard number that a text is. Raises `Refused`."""
    found = numbers.parse(text)
    if found is None:
        raise Refused(f"{shown(text)} is not a standard number")
    return found


def _look_up(path: Path, scope: Scope) -> Value:
    if path.of_row:
        if path.keys and path.whole not in scope.row:
            return _walk(scope.row.get(path.root), path.keys)
        return scope.row.get(path.whole)
    if path.root == "#":
        return scope.position or None
    # A key is looked for in the nearest item first, then in those around it.
    for item in reversed(scope.items):
        value = _walk(item, path.keys)
        if value is not None:
            return value
    return None


def _walk(value: Value, keys: Sequence[str]) -> Value:
    for key in keys:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def _cell(found: Cell, scope: Scope) -> Value:
    value = evaluate(found.path, scope)
    if found.split and isinstance(value, str):
        value = [piece for piece in map(clean, value.split(found.split)) if piece]
    if found.words:
        value = _worded(value, found, scope)
    if is_empty(value):
        value = found.default
    if found.join and isinstance(value, Sequence) and not isinstance(value, str):
        value = found.join.join(text for item in value if (text := as_text(item)))
    return None if is_empty(value) else value


def _worded(value: Value, found: Cell, scope: Scope) -> Value:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [word for item in value if (word := _worded(item, found, scope))]
    text = as_text(value)
    if text is None:
        return None
    word = scope.words[found.words].get(text, found.default)
    if word is None:
        raise Refused(f"{shown(text)} is not in the word list {found.words!r}")
    return word
