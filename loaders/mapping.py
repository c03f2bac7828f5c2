"""What the rows of a table mean, said in a TOML file beside the table (`<stem>.toml`).

A mapping for a list of committee members, complete:

    dataset = "tc-114-members"            # default: the file's stem
    title = "Members of SAC/TC 114, compiled by our team"
    licence = "internal"
    private = true                        # shown only where private data is asked for
    record = ["seat_id"]                  # first non-empty column that identifies a row; default: a hash of the row
    required = ["organisation", "code"]   # a row in which one of these is empty is refused; default: none
    sheet = "Seats"                       # of a workbook; default: its first sheet
    header = 3                            # the line or row that names the columns; default: the first that is not empty

    [columns]                             # what each column means, for those who fill the table in (templates have it)
    role = "主任委员 or 委员"

    [ignore]                              # columns left out on purpose, with the reason
    remarks = "internal remarks"

    [words.role]                          # what the table writes = what the schema says
    "主任委员" = "chair"
    "委员" = "member"

    [provenance]                          # where rows do not say it themselves in columns of these names
    source = { text = "https://example.org/tc114" }
    as_of = "date"

    [[node]]                              # a node that each row names; `as` is how statements below call it
    as = "committee"
    ref = { committee = "code" }
    [node.properties]
    name_zh = "name"

    [[node.names]]                        # further names; also found by them
    kind = "short"                        # one of graph.schema.NAME_KINDS, or name, short, former, other: then by script
    each = { column = "short_names", split = "、" }
    value = "@"

    [[statement]]
    type = "MEMBER_OF"
    subject = { organisation = "organisation" }
    object = "committee"
    qualifier = { column = "role", words = "role", default = "member" }
    properties = { seats = "seats" }
    since = "since"

    [[fact]]
    type = "NOTE"
    of = "committee"
    value = "note"
    qualifier = { text = "remark" }
    when = { column = "note_kind", is = ["public"] }

Values are expressions (`loaders.expressions`). A reference to a node has exactly one of the keys `number`,
`committee` (with `parent`), `organisation` (with `label`), `policy`, `field` (with `scheme`), or `id`
(`loaders.references`). `each` repeats a statement for every item of a list. `when` limits
it to rows where a column is not empty (`when = "column"`), `is` one of some values, is `not` one of some, or is empty
(`{ column = "x", empty = true }`). `field` names the entry of a row's `field_sources` that applies; without it, it is the
first column that the statement reads and that has one.

Columns that need no mention: `source`, `locator`, `as_of`, `confidence`, `basis` (the row's provenance), `field_sources` (an
object of these by column), `left_out` (why the row yields nothing) and `id` (the id of the first node, chosen by a person).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator
from rapidfuzz import fuzz, process

from graph.errors import MappingError
from loaders import expressions
from loaders.expressions import Cell, Constant, Expression, First, Number, Path
from loaders.parts import Condition, Fact, Names, NodeSpec, Part, Reference, StatementSpec, Written

__all__ = ["PROVENANCE", "ROW_KEYS", "Mapping", "ProvenanceSpec", "nearest", "parse_mapping", "read_mapping"]

LARGEST_MAPPING = 1024 * 1024
"""Bytes of a mapping file."""

_NEAR = 80.0
"""Per cent of likeness from which one word is taken for another misspelt; `name_zh` and `name_en` are at 71."""

PROVENANCE = ("source", "locator", "as_of", "confidence", "basis")
ROW_KEYS = (*PROVENANCE, "field_sources", "left_out", "id")
"""Columns that any table may have without the mapping saying so."""


class ProvenanceSpec(Part):
    """Where the row says its source: by default in columns of these very names."""

    source: Written = Path("source", (), "source")
    locator: Written = Path("locator", (), "locator")
    as_of: Written = Path("as_of", (), "as_of")
    confidence: Written = Path("confidence", (), "confidence")
    basis: Written = Path("basis", (), "basis")

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield from (self.source, self.locator, self.as_of, self.confidence, self.basis)


class Mapping(Part):
    """A whole mapping file, checked: types, labels, properties, handles and word lists all exist."""

    dataset: str = Field(default="", pattern=r"^[a-z0-9]?[a-z0-9._-]*$")
    title: str = ""
    licence: str = ""
    publisher: str = ""
    private: bool = False
    record: tuple[Written, ...] = ()
    required: tuple[Written, ...] = ()
    sheet: str = ""
    header: int = Field(default=0, ge=1, le=1_048_576, strict=True)
    described: dict[str, str] = Field(default_factory=dict, alias="columns")
    ignore: dict[str, str] = Field(default_factory=dict)
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    provenance: ProvenanceSpec = ProvenanceSpec()
    nodes: tuple[NodeSpec, ...] = Field(default=(), alias="node")
    statements: tuple[StatementSpec, ...] = Field(default=(), alias="statement")
    facts: tuple[Fact, ...] = Field(default=(), alias="fact")

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, written: Any) -> Any:
        if not isinstance(written, dict):
            return written
        single = {key: [written[key]] for key in ("record", "required") if isinstance(written.get(key), str)}
        return written | single

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not (self.nodes or self.statements or self.facts):
            raise ValueError("it maps nothing: give at least one [[node]], [[statement]] or [[fact]]")
        handles = [node.handle for node in self.nodes if node.handle]
        if twice := {handle for handle in handles if handles.count(handle) > 1}:
            raise ValueError(f"as = {min(twice)!r} is given twice")
        ends = [end for s in self.statements for end in (s.subject, s.object)] + [fact.of for fact in self.facts]
        for end in ends:
            if isinstance(end, str) and end not in handles:
                raise ValueError(f"{end!r} is no handle of a [[node]]; known are {', '.join(handles) or 'none'}")
        for found in self.expressions():
            for name in _word_lists(found):
                if name not in self.words:
                    near = _nearest(name, self.words)
                    raise ValueError(f"there is no word list [words.{name}]{near}")
        read = self.columns()
        for name in self.described:
            if name not in read:
                raise ValueError(f"columns.{name}: nothing in the mapping reads or ignores this column")
        return self

    def expressions(self) -> Iterator[Expression]:
        """Every expression of the file."""
        yield from self.record
        yield from self.required
        yield from self.provenance.expressions()
        for part in (*self.nodes, *self.statements, *self.facts):
            yield from part.expressions()

    @cached_property
    def said(self) -> tuple[StatementSpec | Fact, ...]:
        """Statements and facts, in the order in which a row states them."""
        return (*self.statements, *self.facts)

    @cached_property
    def kinds(self) -> tuple[tuple[Expression, ...], ...]:
        """For each node what says its finer kind (`group`): a property of it, and facts."""
        return tuple(
            (
                *(value for name, value in node.properties.items() if name == "kind"),
                *(fact.value for fact in self.facts if fact.of == node.handle != "" and fact.type == Constant("KIND")),
            )
            for node in self.nodes
        )

    def columns(self) -> frozenset[str]:
        """The columns that the mapping reads, leaves out on purpose, or knows as provenance."""
        read = (column for found in self.expressions() for column in expressions.columns(found))
        return frozenset((*read, *self.ignore, *ROW_KEYS))

    def worded(self) -> frozenset[str]:
        """The columns that are only ever looked up in word lists, so that nothing they hold is loaded as it stands."""
        looked_up: set[str] = set()
        as_it_stands: set[str] = set()
        for found in (plain for written in self.expressions() for plain in _options(written)):
            into = looked_up if isinstance(found, Cell) and found.words else as_it_stands
            into.update(expressions.columns(found))
        return frozenset(looked_up - as_it_stands)

    def lacking(self, columns: Collection[str]) -> dict[str, str]:
        """Columns that the mapping reads and a table with these columns lacks, each with the part that reads it.

        One of several that may stand in for each other is not missed where another is there.
        """
        placed: list[tuple[str, Expression]] = [("required", found) for found in self.required]
        placed += [("record", found) for found in self.record]
        of_a_kind: tuple[tuple[str, Sequence[NodeSpec | StatementSpec | Fact]], ...] = (
            ("node", self.nodes), ("statement", self.statements), ("fact", self.facts)
        )  # fmt: skip
        for kind, parts in of_a_kind:
            numbered = [(f"{kind}[{n}]", part) for n, part in enumerate(parts, 1)]
            placed += [(place, found) for place, part in numbered for found in _first_what_it_needs(part)]
        lacking: dict[str, str] = {}
        for place, found in placed:
            for column in _lacking(found, columns):
                lacking.setdefault(column, place)
        return {column: place for column, place in lacking.items() if column not in ROW_KEYS}

    def says_nothing(self, columns: Collection[str]) -> bool:
        """Whether a table with these columns lacks what every row needs, or what is needed in every part of the mapping."""
        if any(_lacking(found, columns) for found in self.required):
            return True
        return all(any(_lacking(found, columns) for found in _needed(part)) for part in (*self.nodes, *self.said))


def read_mapping(path: FilePath) -> Mapping:
    """Read and check a mapping file. Raises `MappingError` that names the file and the key."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MappingError(f"{path}: cannot be read ({error.strerror or error})", field="mapping") from None
    return parse_mapping(data, str(path), stem=path.stem)


def parse_mapping(data: bytes, name: str, *, stem: str) -> Mapping:
    """Check what a mapping file called `name` holds; `stem` names the dataset where it does not. Raises `MappingError`."""
    if len(data) > LARGEST_MAPPING:
        raise MappingError(f"{name}: is larger than {LARGEST_MAPPING // 1024 // 1024} MiB", field="mapping")
    try:
        written = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MappingError(f"{name}: is not UTF-8; save it as UTF-8", field="mapping") from None
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{name}: is not TOML: {error}", field="mapping") from None
    except RecursionError:
        raise MappingError(f"{name}: is nested too deeply", field="mapping") from None
    try:
        mapping = Mapping.model_validate(written)
    except ValidationError as error:
        raise MappingError(f"{name}: {_first_problem(error)}", field="mapping") from None
    except RecursionError:
        raise MappingError(f"{name}: is nested too deeply", field="mapping") from None
    return mapping if mapping.dataset else mapping.model_copy(update={"dataset": stem.lower().replace(" ", "-")})


def _first_problem(error: ValidationError) -> str:
    """The first problem as `statement[2].type: ...`, and how many more there are."""
    problems = error.errors(include_url=False, include_context=False)
    first = problems[0]
    place = ""
    for key in first["loc"]:
        if isinstance(key, int):
            place += f"[{key + 1}]"
        elif key not in ("handle", "reference"):
            place += f".{key}" if place else str(key)
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = f"no such key here{_keys_here(first['loc'])}"
    more = f" (and {len(problems) - 1} more problems)" if len(problems) > 1 else ""
    return f"{place + ': ' if place else ''}{message}{more}"


_PARTS: dict[str, type[Part]] = {
    "node": NodeSpec, "names": Names, "statement": StatementSpec, "fact": Fact, "provenance": ProvenanceSpec, "when": Condition,
    "ref": Reference, "subject": Reference, "object": Reference, "of": Reference,
}  # fmt: skip


def _keys_here(place: Sequence[int | str]) -> str:
    """The nearest of the keys that the table of an unknown key may have, and all of them."""
    tables = [key for key in place[:-1] if isinstance(key, str) and key not in ("handle", "reference")]
    part = _PARTS.get(tables[-1], Mapping) if tables else Mapping
    keys = [field.alias or name for name, field in part.model_fields.items()]
    return f"{_nearest(str(place[-1]), keys)}; known are {', '.join(keys)}"


def _nearest(written: str, known: Iterable[str]) -> str:
    near = nearest(written, known)
    return f" (did you mean {near!r}?)" if near else ""


def nearest(written: str, known: Iterable[str]) -> str:
    """What someone who wrote this most likely meant, "" where nothing is close.

    >>> nearest("comittee", ["committee", "organisation"]), nearest("Role", ["role"]), nearest("name_zh", ["name_en"])
    ('committee', 'role', '')
    """
    found = process.extractOne(
        written, list(known), scorer=fuzz.ratio, processor=lambda text: text.casefold().strip(), score_cutoff=_NEAR
    )
    return str(found[0]) if found else ""


def _needed(part: NodeSpec | StatementSpec | Fact) -> tuple[Expression, ...]:
    """The expressions without which a part says nothing."""
    return (part.ref.value,) if isinstance(part, NodeSpec) else part.essentials


def _first_what_it_needs(part: NodeSpec | StatementSpec | Fact) -> Iterator[Expression]:
    yield from _needed(part)
    yield from part.expressions()


def _options(found: Expression) -> Iterator[Expression]:
    """An expression, or those that may stand in for each other in it."""
    if isinstance(found, First):
        for option in found.options:
            yield from _options(option)
    else:
        yield found


def _lacking(found: Expression, columns: Collection[str]) -> list[str]:
    """The columns of an expression that are not among these; none where one that stands in for them is."""
    if isinstance(found, First):
        options = [_lacking(option, columns) for option in found.options]
        return next(iter(options), []) if all(options) else []
    read = list(expressions.columns(found))  # of each place its column, and its whole dotted name
    return [whole for root, whole in zip(read[::2], read[1::2], strict=True) if not {root, whole} & set(columns)]


def _word_lists(found: Expression) -> Iterator[str]:
    match found:
        case Cell():
            if found.words:
                yield found.words
        case First():
            for option in found.options:
                yield from _word_lists(option)
        case Number():
            yield from _word_lists(found.of)
        case Path() | Constant():
            pass
