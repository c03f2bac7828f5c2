"""The parts of a mapping file as checked records: references, nodes with their names, statements and facts.

`loaders.mapping` shows how they are written. What the schema does not know is refused when the file is read, so that a
row can only fail by what it says itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from graph import schema
from loaders import expressions
from loaders.expressions import Cell, Constant, Expression, Path

__all__ = ["Condition", "Fact", "Names", "NodeSpec", "Part", "Reference", "StatementSpec", "Written"]

NAME_KINDS_BY_SCRIPT = ("name", "short", "former", "other")
"""Kinds of name whose language is told by the script of the name: `short` is `short_zh` or `short_en`."""

KINDS_OF_NAME = (*schema.NAME_KINDS, *NAME_KINDS_BY_SCRIPT)

REFERENCES = ("number", "committee", "organisation", "policy", "field", "id")
"""The ways to refer to a node."""


Written = Annotated[Expression, BeforeValidator(expressions.expression)]


class Part(BaseModel):
    """A table of the mapping file; keys that are not known are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)

    def expressions(self) -> Iterator[Expression]:
        """Every expression it holds."""
        return iter(())


class Condition(Part):
    """When a part of the mapping applies: `column` is not empty (nor false) and, where given, is one of `among`, none of
    `without`; with `empty`, when the column is empty.
    """

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


class Reference(Part):
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
        keys = REFERENCES
        if not isinstance(written, dict) or sum(key in written for key in keys) != 1:
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
        return next(key for key in REFERENCES if getattr(self, key) is not None)

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


class _Dated(Part):
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


class NodeSpec(Part):
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

    @cached_property
    def needs(self) -> str:
        """A column without which a row says nothing here, so that it can be passed over; "" where that depends."""
        if self.each is not None:
            return _plain_column(self.each)
        return next(filter(None, map(_plain_column, self.essentials)), "")

    @property
    def essentials(self) -> tuple[Expression, ...]:
        """The expressions without which nothing is said."""
        return ()

    def _check(self, known: Mapping[str, schema.RelationshipType] | Mapping[str, schema.FactType]) -> None:
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

    @cached_property
    def ends(self) -> tuple[str | Reference, ...]:
        """Subject and object."""
        return (self.subject, self.object)

    @property
    def essentials(self) -> tuple[Expression, ...]:
        """Both ends, where the row names them."""
        return tuple(end.value for end in self.ends if isinstance(end, Reference))

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

    @cached_property
    def ends(self) -> tuple[str | Reference, ...]:
        """The one node it is about."""
        return (self.of,)

    @property
    def essentials(self) -> tuple[Expression, ...]:
        """The value."""
        return (self.value,)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns whose entry in `field_sources` applies, the first that has one."""
        ends = (end.value for end in self.ends if isinstance(end, Reference))
        return _fields(self.field, self.each, self.value, *ends)


def _plain_column(found: Expression) -> str:
    """The one column that an expression reads, where nothing else could stand in for it."""
    if isinstance(found, Path) and found.of_row and not found.keys:
        return found.root
    if isinstance(found, Cell) and found.default is None:
        return _plain_column(found.path)
    return ""


def _fields(named: str, *read: Expression | None) -> tuple[str, ...]:
    columns = [column for found in read if found is not None for column in expressions.columns(found)]
    return tuple(dict.fromkeys(filter(None, (named, *columns))))


def _check_label(label: str) -> None:
    if label not in schema.LABELS:
        raise ValueError(f"{label!r} is not a label; known are {', '.join(schema.LABELS)}")
