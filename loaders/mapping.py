"""What the rows of a table mean, said in a TOML file beside the table (`<stem>.toml`).

A mapping for a list of committee members, complete:

    dataset = "tc-114-members"            # default: the file's stem
    title = "Members of SAC/TC 114, compiled by our team"
    licence = "internal"
    private = true                        # shown only where private data is asked for
    record = ["seat_id"]                  # first non-empty column that identifies a row; default: a hash of the row

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
    kind = "short"                        # a kind of graph.schema.NAME_KINDS, or short, former, other: then by script
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
(`loaders.references`). `each` repeats a statement for every item of a list. `when` limits it to rows where a column is
not empty, or `is` one of some values, or is `not`. `field` names the entry of a row's `field_sources` that applies;
without it, it is the first column that the statement reads.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from functools import cached_property
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_validator,
)  # fmt: skip

from graph import schema
from graph.errors import MappingError
from loaders import expressions
from loaders.expressions import Cell, Constant, Expression, First, Number, Path

__all__ = ["Condition", "Fact", "Mapping", "Names", "NodeSpec", "Reference", "StatementSpec", "read_mapping"]

NAME_KINDS_BY_SCRIPT = ("name", "short", "former", "other")
"""Kinds of name whose language is told by the script of the name: `short` is `short_zh` or `short_en`."""

KINDS_OF_NAME = (*schema.NAME_KINDS, *NAME_KINDS_BY_SCRIPT)

SCHEMES = ("ics", "ccs", "industry", "kind", "named")
"""How the code of a field is read; the id is `field:<scheme>-<code>`, or `field:<slug of the name>` for named ones."""

PROVENANCE = ("source", "locator", "as_of", "confidence", "basis")
ROW_KEYS = (*PROVENANCE, "field_sources", "left_out", "id")
"""Columns that any table may have without the mapping saying so."""


Written = Annotated[Expression, BeforeValidator(expressions.expression)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        return iter(())


class Condition(_Part):
    """When a part of the mapping applies: `column` is not empty and, where given, is one of `among`, none of `without`."""

    column: Written
    among: tuple[str, ...] = Field(default=(), alias="is")
    without: tuple[str, ...] = Field(default=(), alias="not")
    empty: bool = False

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield self.column

    @model_validator(mode="before")
    @classmethod
    def _short(cls, written: Any) -> Any:
        if isinstance(written, str):
            return {"column": written}
        if isinstance(written, dict):
            return {k: [v] if k in ("is", "not") and isinstance(v, str) else v for k, v in written.items()}
        return written


class Reference(_Part):
    """How a node is named by the row: exactly one of the six keys; lists of columns mean the first non-empty."""

    number: Written | None = None
    committee: Written | None = None
    organisation: Written | None = None
    policy: Written | None = None
    field: Written | None = None
    id: Written | None = None
    label: Written | None = None
    parent: Written | None = None
    scheme: Literal["ics", "ccs", "industry", "kind", "named"] = "named"

    @model_validator(mode="before")
    @classmethod
    def _one_key(cls, written: Any) -> Any:
        keys = ("number", "committee", "organisation", "policy", "field", "id")
        if not isinstance(written, dict):
            raise ValueError('a reference is written { organisation = "column" } or with another of ' + ", ".join(keys))
        if sum(key in written for key in keys) != 1:
            raise ValueError("a reference has exactly one of the keys " + ", ".join(keys))
        if "label" in written and isinstance(written["label"], str):
            # A label is nearly always the same for all rows, so plain text is the label and not a column.
            _check_label(written["label"])
            written = {**written, "label": {"text": written["label"]}}
        for key, of in (("label", ("organisation", "id")), ("parent", ("committee",)), ("scheme", ("field",))):
            if key in written and not any(head in written for head in of):
                raise ValueError(f"{key} stands beside {' or '.join(of)} only")
        return written

    @cached_property
    def kind(self) -> str:
        """Which of the six keys it is."""
        heads = ("number", "committee", "organisation", "policy", "field", "id")
        return next(key for key in heads if getattr(self, key) is not None)

    @cached_property
    def value(self) -> Expression:
        """The expression under that key."""
        found: Expression = getattr(self, self.kind)
        return found

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield self.value
        yield from (e for e in (self.label, self.parent) if e is not None)


def _constant(written: object) -> Expression:
    """Plain text stands for itself here; a table is an expression."""
    return Constant(written) if isinstance(written, str) else expressions.expression(written)


Fixed = Annotated[Expression, BeforeValidator(_constant)]


class _Dated(_Part):
    each: Written | None = None
    when: Condition | None = None
    since: Written | None = None
    until: Written | None = None
    field: str = ""

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield from (e for e in (self.each, self.since, self.until) if e is not None)
        yield from self.when.expressions() if self.when else ()


class Names(_Dated):
    """A name of the node it stands under: a NAME fact, and a way to find the node."""

    kind: Fixed
    value: Written

    @model_validator(mode="after")
    def _known_kind(self) -> Self:
        if isinstance(self.kind, Constant) and self.kind.value not in KINDS_OF_NAME:
            raise ValueError(f"{self.kind.value!r} is not a kind of name; known are {', '.join(KINDS_OF_NAME)}")
        return self

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns whose entry in `field_sources` applies, the first that has one."""
        return _fields(self.field, self.each, self.value)

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield from super().expressions()
        yield self.kind
        yield self.value


class NodeSpec(_Part):
    """A node that each row names, with its properties and names."""

    handle: str = Field(default="", alias="as")
    ref: Reference
    label: Fixed | None = None
    when: Condition | None = None
    each: Written | None = None
    properties: dict[str, Written] = {}
    names: tuple[Names, ...] = ()
    field: str = ""

    @model_validator(mode="after")
    def _known(self) -> Self:
        label = self.label.value if isinstance(self.label, Constant) else None
        if isinstance(label, str):
            _check_label(label)
        allowed = set(schema.LABELS[str(label)].properties if label else schema.PROPERTIES)
        for name in self.properties:
            if name not in allowed:
                raise ValueError(
                    f"properties.{name}: {label or 'no label'} has no such property; known are {', '.join(sorted(allowed))}"
                )
        if self.each is not None and self.handle:
            raise ValueError("a node with `each` has no single handle: leave `as` out and refer to it by its reference")
        return self

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield from self.ref.expressions()
        yield from (e for e in (self.label, self.each) if e is not None)
        yield from self.when.expressions() if self.when else ()
        yield from self.properties.values()
        for name in self.names:
            yield from name.expressions()


class _Said(_Dated):
    type: Fixed
    qualifier: Written | None = None
    properties: dict[str, Written] = {}

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield from super().expressions()
        yield self.type
        yield from (e for e in (self.qualifier,) if e is not None)
        yield from self.properties.values()

    def _check(self, known: Dictionary[str, schema.RelationshipType] | Dictionary[str, schema.FactType]) -> None:
        name = self.type.value if isinstance(self.type, Constant) else None
        if name is None:
            return
        if name not in known:
            raise ValueError(f"{name!r} is not a type here; known are {', '.join(known)}")
        allowed = known[str(name)].properties
        for key in self.properties:
            if key not in allowed:
                raise ValueError(
                    f"properties.{key}: {name} has no such property; known are {', '.join(allowed) or 'none'}"
                )


End = Annotated[
    Annotated[str, Tag("handle")] | Annotated[Reference, Tag("reference")],
    Discriminator(lambda written: "handle" if isinstance(written, str) else "reference"),
]
"""An end of a statement: the handle of a node of this row, or a reference."""


class StatementSpec(_Said):
    """A relationship that each row (or each item of a list) states; ends are handles or references."""

    subject: End
    object: End

    @model_validator(mode="after")
    def _known(self) -> Self:
        self._check(schema.RELATIONSHIPS)
        return self

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield from super().expressions()
        for end in self.ends:
            if isinstance(end, Reference):
                yield from end.expressions()

    @property
    def ends(self) -> tuple[str | Reference, ...]:
        """Subject and object."""
        return (self.subject, self.object)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns whose entry in `field_sources` applies, the first that has one."""
        return _fields(self.field, self.each, *(end.value for end in self.ends if isinstance(end, Reference)))


class Fact(_Said):
    """Something said of one node alone, with a value."""

    of: End
    value: Written

    @model_validator(mode="after")
    def _known(self) -> Self:
        self._check(schema.FACTS)
        return self

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield from super().expressions()
        yield self.value
        if isinstance(self.of, Reference):
            yield from self.of.expressions()

    @property
    def ends(self) -> tuple[str | Reference, ...]:
        """The one node it is about."""
        return (self.of,)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns whose entry in `field_sources` applies, the first that has one."""
        ends = (end.value for end in self.ends if isinstance(end, Reference))
        return _fields(self.field, self.each, self.value, *ends)


class ProvenanceSpec(_Part):
    """Where the row says its source: by default in columns of these very names."""

    source: Written = Path("source", (), "source")
    locator: Written = Path("locator", (), "locator")
    as_of: Written = Path("as_of", (), "as_of")
    confidence: Written = Path("confidence", (), "confidence")
    basis: Written = Path("basis", (), "basis")

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        yield from (self.source, self.locator, self.as_of, self.confidence, self.basis)


class Mapping(_Part):
    """A whole mapping file, checked: types, labels, properties, handles and word lists all exist."""

    dataset: str = Field(default="", pattern=r"^[a-z0-9]?[a-z0-9._-]*$")
    title: str = ""
    licence: str = ""
    publisher: str = ""
    private: bool = False
    record: tuple[Written, ...] = ()
    ignore: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    provenance: ProvenanceSpec = ProvenanceSpec()
    nodes: tuple[NodeSpec, ...] = Field(default=(), alias="node")
    statements: tuple[StatementSpec, ...] = Field(default=(), alias="statement")
    facts: tuple[Fact, ...] = Field(default=(), alias="fact")

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, written: Any) -> Any:
        if isinstance(written, dict) and isinstance(written.get("record"), str):
            return {**written, "record": [written["record"]]}
        return written

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not (self.nodes or self.statements or self.facts):
            raise ValueError("it maps nothing: give at least one [[node]], [[statement]] or [[fact]]")
        handles = [node.handle for node in self.nodes if node.handle]
        if twice := {handle for handle in handles if handles.count(handle) > 1}:
            raise ValueError(f"as = {sorted(twice)[0]!r} is given twice")
        ends = [end for s in self.statements for end in (s.subject, s.object)] + [fact.of for fact in self.facts]
        for end in ends:
            if isinstance(end, str) and end not in handles:
                raise ValueError(f"{end!r} is no handle of a [[node]]; known are {', '.join(handles) or 'none'}")
        for found in self.expressions():
            for name in _word_lists(found):
                if name not in self.words:
                    raise ValueError(f"there is no word list [words.{name}]")
        return self

    def expressions(self) -> Iterator[Expression]:
        """Every expression of the file."""
        yield from self.record
        yield from self.provenance.expressions()
        for part in (*self.nodes, *self.statements, *self.facts):
            yield from part.expressions()

    def columns(self) -> frozenset[str]:
        """The columns that the mapping reads, leaves out on purpose, or knows as provenance."""
        read = (column for found in self.expressions() for column in expressions.columns(found))
        return frozenset((*read, *self.ignore, *ROW_KEYS))


def read_mapping(path: FilePath) -> Mapping:
    """Read and check a mapping file. Raises `MappingError` that names the file and the key."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MappingError(f"{path}: cannot be read ({error.strerror or error})", field="mapping") from None
    except UnicodeDecodeError:
        raise MappingError(f"{path}: is not UTF-8; save it as UTF-8", field="mapping") from None
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{path}: is not TOML: {error}", field="mapping") from None
    except RecursionError:
        raise MappingError(f"{path}: is nested too deeply", field="mapping") from None
    try:
        mapping = Mapping.model_validate(written)
    except ValidationError as error:
        raise MappingError(f"{path}: {_first_problem(error)}", field="mapping") from None
    return mapping if mapping.dataset else mapping.model_copy(update={"dataset": path.stem.lower().replace(" ", "-")})


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
        message = "no such key here; see the example at the top of loaders/mapping.py"
    more = f" (and {len(problems) - 1} more problems)" if len(problems) > 1 else ""
    return f"{place + ': ' if place else ''}{message}{more}"


def _fields(named: str, *read: Expression | None) -> tuple[str, ...]:
    columns = [column for found in read if found is not None for column in expressions.columns(found)]
    return tuple(dict.fromkeys(filter(None, (named, *columns))))


def _check_label(label: str) -> None:
    if label not in schema.LABELS:
        raise ValueError(f"{label!r} is not a label; known are {', '.join(schema.LABELS)}")


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
