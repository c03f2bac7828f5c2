"""One row becomes node records and statements, as its table's mapping says.

What cannot be understood is refused: the whole row where it concerns what the row is about or its provenance, else
only the statement, the name or the item of a list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import orjson

from graph import schema
from graph.model import NodeRecord, Scalar, Statement
from graph.names import looks_personal, name_key
from graph.schema import ACTORS, STANDARD
from graph.validation import node_problems, statement_problems
from loaders import claims
from loaders.cells import date_at, properties_at, scopes, text_at, value_at, written
from loaders.directory import Directory
from loaders.expressions import Scope, columns, evaluate
from loaders.mapping import Mapping as TableMapping
from loaders.parts import Fact, Names, NodeSpec, Reference, StatementSpec
from loaders.provenance import Origin, Place, origin_of
from loaders.references import Target, on_record, resolve, settled
from loaders.refusals import Refused, shown
from loaders.tables import Row
from loaders.values import Value, as_text, is_empty

__all__ = ["RowReader", "Yield", "content_hash"]

_LONGEST_RECORD = 160
_NOTHING = (None, "")


@dataclass(slots=True)
class Yield:
    """What one row yields.

    `sources` has what it cites by the document's id, `shown` how to show each node, `referred` the nodes that the row
    only refers to, `refused` the parts of it that were left out.
    """

    record: str
    nodes: list[NodeRecord] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    shown: dict[str, Target] = field(default_factory=dict)
    recorded: set[str] = field(default_factory=set)
    referred: set[str] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one table.

    `document` is what rows cite that name no source: the table itself, without its folder, which is nobody's business.
    `prefix` begins the ids of its records.
    """

    mapping: TableMapping
    directory: Directory
    document: str
    prefix: str
    shipped: bool

    def record_of(self, row: Row) -> str:
        """The row's own id: its first filled `record` column, else a hash of what it says. Raises `Refused`."""
        scope = self._scope(row)
        for column in self.mapping.record:
            if text := text_at(column, scope):
                return self.prefix + _shortened(text)
        return self.prefix + content_hash(row.values)

    def left_out(self, row: Row) -> str | None:
        """The reason for which the table itself leaves the row out."""
        return as_text(row.values.get("left_out"), part="left_out") if "left_out" in row.values else None

    def claim(self, row: Row) -> None:
        """First pass: note which nodes the row names, and which names it will ask for. Raises `Refused`."""
        scope = self._scope(row)
        self._complete(scope)
        claims.claim(self.mapping, scope, self._place(row), self.directory)
        if self.directory.known is not None:
            claims.want(self.mapping, scope, self.directory)

    def read(self, row: Row, record: str) -> Yield:
        """Second pass: what the row says. Raises `Refused` where nothing of it can be loaded."""
        scope = self._scope(row)
        self._complete(scope)
        origin = origin_of(self.mapping.provenance, scope, self._place(row), record)
        found = Yield(record)
        handles: dict[str, Target | None] = {}
        for number, spec in enumerate(self.mapping.nodes):
            self._nodes(number, spec, scope, origin, handles, found)
        for said in self.mapping.said:
            if not said.needs or row.values.get(said.needs) not in _NOTHING:
                self._statements(said, scope, origin, handles, found)
        if found.refused and not (found.nodes or found.statements):
            raise found.refused[0]
        used = {s.provenance.document for s in found.statements} | {n.provenance.document for n in found.nodes}
        found.sources = {id: source for id, source in origin.sources.items() if id in used}
        return found

    def _scope(self, row: Row) -> Scope:
        return Scope(row.values, self.mapping.words)

    def _complete(self, scope: Scope) -> None:
        """Refuse a row that lacks what the mapping says every row has."""
        for found in self.mapping.required:
            if is_empty(evaluate(found, scope)):
                raise Refused("is empty, but every row needs it", part=written(found))

    def _place(self, row: Row) -> Place:
        return Place(self.mapping.dataset, self.document, row.line, self.shipped)

    # -- nodes -----------------------------------------------------------------------------------------------------
    def _nodes(
        self,
        number: int,
        spec: NodeSpec,
        scope: Scope,
        origin: Origin,
        handles: dict[str, Target | None],
        found: Yield,
    ) -> None:
        for inner, position in scopes(spec.each, spec.when, scope):
            try:
                named = claims.named_node(self.mapping, number, inner, self.directory)
                if named is None:
                    _needed(spec, number, position)
                    continue
                target = self._settled(named, spec)
                records = self._records(spec, named, target, inner, origin)
            except Refused as refused:
                if not position:
                    raise
                found.refused.append(refused.at(f"{written(spec.each)}[{position}]"))
                continue
            for record in records:
                _record(record, target, found)
            for names in spec.names:
                self._names(names, target, inner, origin, found)
            if spec.handle:
                handles[spec.handle] = target

    def _settled(self, named: Target, spec: NodeSpec) -> Target:
        """The node as it stands after the first pass."""
        if named.label == STANDARD:
            plan = named.properties.get("plan_number")
            standard = self.directory.standard_of(str(plan)) if plan else None
            return replace(named, id=standard) if standard else named
        if named.key and named.label in ACTORS and looks_personal(named.name):
            try:
                return settled(named, self.directory)
            except Refused as refused:
                raise refused.at(written(spec.ref.value)) from None
        entry = self.directory.entry(named.id)
        if entry is None:
            return named
        name = entry.name or named.name
        if (entry.id, entry.label, name) == (named.id, named.label, named.name):
            return named
        return replace(named, id=entry.id, label=entry.label, name=name)

    def _records(
        self, spec: NodeSpec, named: Target, target: Target, scope: Scope, origin: Origin
    ) -> Sequence[NodeRecord]:
        """What the row says of the node's properties: a record for all that stands on the row's own source, and
        one for each other source.
        """
        said: dict[str, dict[str, Scalar]] = {
            "": {name: value for name, value in named.properties.items() if name not in spec.properties}
        }
        for name, value in properties_at(spec.properties, scope):
            own = origin.field_for((spec.field, *columns(spec.properties[name]))) if origin.of_fields else ""
            said.setdefault(own, {})[name] = value
        if named.key and named.id != target.id and name_key(target.name) != named.key:
            # Found by a former or other name: that name is no news of what the node is called.
            for properties in said.values():
                for name in ("name_zh", "name_en"):
                    if name_key(str(properties.get(name, ""))) == named.key:
                        del properties[name]
        records = []
        for column, properties in said.items():
            provenance = origin.of(column)
            if column:
                provenance = replace(provenance, record=f"{provenance.record}#{_shortened(column)}")
            records.append(_checked(NodeRecord(target.id, target.label, properties, provenance)))
        return records

    def _names(self, names: Names, target: Target, scope: Scope, origin: Origin, found: Yield) -> None:
        def add(inner: Scope) -> None:
            text = text_at(names.value, inner)
            if text is None:
                return
            statement = Statement(
                target.id,
                "NAME",
                origin.first(names.fields),
                value=text,
                qualifier=claims.kind_of_name(names, text, inner),
                since=date_at(names.since, inner),
                until=date_at(names.until, inner),
            )
            _state(statement, (target,), found)

        for inner, position in scopes(names.each, names.when, scope):
            try:
                add(inner)
            except Refused as refused:
                found.refused.append(refused.at(f"{written(names.each)}[{position}]" if position else ""))

    # -- statements ------------------------------------------------------------------------------------------------
    def _statements(
        self,
        spec: StatementSpec | Fact,
        scope: Scope,
        origin: Origin,
        handles: Mapping[str, Target | None],
        found: Yield,
    ) -> None:
        position = 0
        try:
            for inner, position in scopes(spec.each, spec.when, scope):
                try:
                    self._statement(spec, inner, origin, handles, found)
                except Refused as refused:
                    found.refused.append(refused.at(f"{written(spec.each)}[{position}]" if position else ""))
        except Refused as refused:  # the list or the condition itself cannot be read
            found.refused.append(refused)

    def _statement(
        self,
        spec: StatementSpec | Fact,
        scope: Scope,
        origin: Origin,
        handles: Mapping[str, Target | None],
        found: Yield,
    ) -> None:
        targets: list[Target] = []
        for end in spec.ends:
            target = handles.get(end) if isinstance(end, str) else resolve(end, scope, self.directory)
            if target is None:
                return  # the row has nothing there: it says nothing, and that is no fault
            targets.append(target)
        kind = _type(spec, scope)
        if kind is None:
            return
        value: Scalar | None = None
        if isinstance(spec, Fact):
            value = value_at(spec.value, scope, schema.FACTS[kind].type, schema.FACTS[kind].values)
            if value is None:
                return
            if kind == "CONTACT" and looks_personal(str(value)):
                raise Refused("a personal name; say which office it is", part=written(spec.value))
        provenance = origin.first(spec.fields)
        statement = Statement(
            targets[0].id,
            kind,
            provenance,
            object=targets[1].id if len(targets) > 1 else "",
            value=value,
            qualifier=text_at(spec.qualifier, scope) or "",
            since=date_at(spec.since, scope),
            until=date_at(spec.until, scope),
            properties=dict(properties_at(spec.properties, scope)),
        )
        records = [
            _checked(on_record(target, provenance))
            for end, target in zip(spec.ends, targets, strict=True)
            if isinstance(end, Reference) and target.id not in found.recorded
        ]
        _state(statement, targets, found)
        for record, target in ((r, t) for r in records for t in targets if t.id == r.id):
            _record(record, target, found)
            found.referred.add(record.id)


def content_hash(values: Mapping[str, Value]) -> str:
    """A short hash of what a row says, whatever the order of its columns."""
    said = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(said).hexdigest()[:12]


def _needed(spec: NodeSpec, number: int, position: int) -> None:
    """A row must name the first node of its mapping, unless the mapping has a condition or a list for it."""
    if number == 0 and spec.when is None and not position:
        raise Refused("is empty, so that the row names no node", part=written(spec.ref.value))


def _type(spec: StatementSpec | Fact, scope: Scope) -> str | None:
    kind = text_at(spec.type, scope)
    known = schema.RELATIONSHIPS if isinstance(spec, StatementSpec) else schema.FACTS
    if kind is not None and kind not in known:
        what = "relationship" if isinstance(spec, StatementSpec) else "fact"
        raise Refused(f"{shown(kind)} is not a type of {what}", part=written(spec.type))
    return kind


def _checked(record: NodeRecord) -> NodeRecord:
    if problems := node_problems(record):
        raise Refused("; ".join(problems))
    return record


def _record(record: NodeRecord, target: Target, found: Yield) -> None:
    found.nodes.append(record)
    found.recorded.add(record.id)
    found.shown[record.id] = target


def _state(statement: Statement, targets: Sequence[Target], found: Yield) -> None:
    labels = [(target.label, target.on_record) if target.on_record else (target.label,) for target in targets]
    if problems := statement_problems(statement, labels[0], labels[1] if len(labels) > 1 else ()):
        raise Refused("; ".join(problems))
    found.statements.append(statement)
    for target in targets:
        found.shown.setdefault(target.id, target)


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_RECORD and text.isprintable():
        return text
    plain = "".join(c for c in text if c.isprintable())
    return f"{plain[: _LONGEST_RECORD - 13]}~{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"
