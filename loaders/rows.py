"""One row becomes node records and statements, as its table's mapping says.

A row is read twice. `claim` notes in the directory which nodes it names; `read` gives its records and statements once
the directory is settled. What cannot be understood is refused: the whole row where it concerns its nodes or its
provenance, else only the statement or the item of a list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import orjson

from graph import schema
from graph.model import Basis, Confidence, NodeRecord, Provenance, Scalar, Statement
from graph.names import name_key
from graph.schema import STANDARD
from graph.script import has_han
from graph.validation import node_problems, statement_problems
from loaders import expressions
from loaders.directory import CANONICAL, OTHER, Directory, firmness
from loaders.expressions import Expression, Scope, evaluate
from loaders.mapping import Condition, Fact, Names, NodeSpec, Reference, StatementSpec
from loaders.mapping import Mapping as TableMapping
from loaders.provenance import Origin, origin_of
from loaders.references import ID, Target, named_by, resolve
from loaders.refusals import Refused, shown
from loaders.tables import Row
from loaders.values import Value, as_date, as_text, coerce, is_empty

__all__ = ["RowReader", "Yield"]

_BY_SCRIPT = {
    "name": ("zh", "en"),
    "short": ("short_zh", "short_en"),
    "former": ("former_zh", "former_en"),
    "other": ("other_zh", "other_en"),
}
_IN_USE = frozenset({"zh", "en"})
_LONGEST_RECORD = 160


@dataclass(slots=True)
class Yield:
    """What one row yields. `sources` are what it cites, `names` how to show each node, `refused` the parts left out."""

    record: str
    nodes: list[NodeRecord] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    referred: set[str] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one table. `name` is how its records and default source are called."""

    mapping: TableMapping
    directory: Directory
    file: str
    prefix: str
    shipped: bool

    # -- identity of the row ---------------------------------------------------------------------------------------
    def record_of(self, row: Row) -> str:
        """The row's own id: its first filled `record` column, else a hash of what it says."""
        scope = self._scope(row)
        for column in self.mapping.record:
            text = as_text(evaluate(column, scope, part="record"), part="record")
            if text:
                return self.prefix + _shortened(text)
        return self.prefix + content_hash(row.values)

    def left_out(self, row: Row) -> str | None:
        """The reason for which the table itself leaves the row out."""
        return as_text(row.values.get("left_out"), part="left_out") if "left_out" in row.values else None

    # -- first pass ------------------------------------------------------------------------------------------------
    def claim(self, row: Row, record: str) -> None:
        """Note in the directory which nodes the row names. Raises `Refused`; the second pass will, for the same reason."""
        scope = self._scope(row)
        for number, spec in enumerate(self.mapping.nodes):
            for inner, _ in self._scopes(spec.each, spec.when, scope):
                target = self._named(spec, inner, first=number == 0)
                if target is not None:
                    self._claim(spec, target, inner, record, row.line)
        if self.directory.known is not None:
            self._want(scope)

    def _claim(self, spec: NodeSpec, target: Target, scope: Scope, record: str, line: int) -> None:
        if target.label == STANDARD:
            plan = self._property(spec, "plan_number", scope)
            number = expressions.standard_number(plan, part="plan_number").canonical if plan else ""
            if number and number != target.name:
                self.directory.plan(number, target.id)
            return
        names = list(self._names(spec, target, scope))
        if spec.ref.parent is not None and (parent := _text(spec.ref.parent, scope)):
            names += [(f"{parent} {name}", standing) for name, standing in names]
        provenance = self._origin(scope, record, line).of_row if target.firm else None
        group = self._property(spec, "kind", scope) == "group" or any(
            fact.of == spec.handle and _constant(fact.type) == "KIND" and _text(fact.value, scope) == "group"
            for fact in self.mapping.facts
            if spec.handle
        )
        self.directory.claim(target.id, target.label, firmness(provenance), names, group=group, key=target.key)

    def _names(self, spec: NodeSpec, target: Target, scope: Scope) -> Iterator[tuple[str, int]]:
        if target.key:
            yield target.name, CANONICAL
        for name, standing in (("name_zh", CANONICAL), ("name_en", CANONICAL), ("code", OTHER)):
            if text := self._property(spec, name, scope):
                yield text, standing
        for names in spec.names:
            for inner, _ in self._scopes(names.each, names.when, scope):
                if text := as_text(evaluate(names.value, inner, part="names"), part="names"):
                    yield text, CANONICAL if _kind_of_name(names, text, inner) in _IN_USE else OTHER

    def _property(self, spec: NodeSpec, name: str, scope: Scope) -> str | None:
        found = spec.properties.get(name)
        return None if found is None else as_text(evaluate(found, scope, part=name), part=name)

    def _want(self, scope: Scope) -> None:
        """Tell the directory which names and ids the statements of the row will ask for."""
        specs: tuple[StatementSpec | Fact, ...] = (*self.mapping.statements, *self.mapping.facts)
        for spec in specs:
            references = [end for end in spec.ends if isinstance(end, Reference)]
            if not references:
                continue
            try:
                for inner, _ in self._scopes(spec.each, spec.when, scope):
                    for reference in references:
                        if (target := named_by(reference, inner)) is None:
                            continue
                        if target.key:
                            self.directory.want(target.key)
                        elif target.label != STANDARD:
                            self.directory.want_id(target.id)
            except Refused:
                continue  # said in the second pass, with its place

    # -- second pass -----------------------------------------------------------------------------------------------
    def read(self, row: Row, record: str) -> Yield:
        """What the row says. Raises `Refused` where nothing of it can be loaded."""
        scope = self._scope(row)
        origin = self._origin(scope, record, row.line)
        found = Yield(record)
        handles: dict[str, Target | None] = {}
        for number, spec in enumerate(self.mapping.nodes):
            if spec.handle:
                handles[spec.handle] = None
            for inner, place in self._scopes(spec.each, spec.when, scope):
                try:
                    target = self._node(spec, inner, origin, found, first=number == 0)
                except Refused as refused:
                    if spec.each is None:
                        raise
                    found.refused.append(_placed(refused, place))
                    continue
                if spec.handle:
                    handles[spec.handle] = target
        specs: tuple[StatementSpec | Fact, ...] = (*self.mapping.statements, *self.mapping.facts)
        for said in specs:
            self._each(said, scope, origin, handles, found)
        used = {s.provenance.document for s in found.statements} | {n.provenance.document for n in found.nodes}
        found.sources = {id: source for id, source in origin.sources.items() if id in used}
        if found.refused and not (found.nodes or found.statements):
            first = found.refused[0]
            raise Refused(first.reason, part=first.part)
        return found

    def _each(
        self,
        spec: StatementSpec | Fact,
        scope: Scope,
        origin: Origin,
        handles: Mapping[str, Target | None],
        found: Yield,
    ) -> None:
        try:
            for inner, place in self._scopes(spec.each, spec.when, scope):
                try:
                    self._statement(spec, inner, origin, handles, found)
                except Refused as refused:
                    found.refused.append(_placed(refused, place))
        except Refused as refused:  # the list or the condition itself cannot be read
            found.refused.append(refused)

    def _node(self, spec: NodeSpec, scope: Scope, origin: Origin, found: Yield, *, first: bool) -> Target | None:
        named = self._named(spec, scope, first=first)
        if named is None:
            if spec.when is None and spec.each is None and (first or spec.handle == ""):
                raise Refused("nothing is given here, so the row names no node", part=_written(spec.ref.value))
            return None
        target = self._settled(named)
        label = schema.LABELS[target.label]
        by_provenance: dict[Provenance, dict[str, Scalar]] = {origin.of_row: {}}
        properties = {k: v for k, v in named.properties.items() if k not in spec.properties}
        by_provenance[origin.of_row].update(properties)
        for name, expression in spec.properties.items():
            known = schema.PROPERTIES[name]
            value = coerce(evaluate(expression, scope, part=name), known.type, part=name, values=known.values)
            if value is None:
                continue
            if name not in label.properties:
                raise Refused(f"a {label.name} has no property {name}", part=name)
            provenance = origin.first((spec.field, *expressions.columns(expression)))
            by_provenance.setdefault(provenance, {})[name] = value
        if named.id != target.id and name_key(target.name) != named.key:
            # Found by a former or other name: that name is no news of what the node is called.
            for properties in by_provenance.values():
                for name in ("name_zh", "name_en"):
                    if name_key(str(properties.get(name, ""))) == named.key:
                        del properties[name]
        for provenance, properties in by_provenance.items():
            if properties or provenance == origin.of_row:
                self._record(target, properties, self._suffixed(provenance, origin), found)
        for names in spec.names:
            self._name_facts(names, target, scope, origin, found)
        return target

    def _suffixed(self, provenance: Provenance, origin: Origin) -> Provenance:
        """A second record of one row about one node needs a name of its own."""
        for column, other in origin.of_fields.items():
            if other == provenance and provenance != origin.of_row:
                return replace(provenance, record=f"{provenance.record}#{_shortened(column)}")
        return provenance

    def _name_facts(self, names: Names, target: Target, scope: Scope, origin: Origin, found: Yield) -> None:
        for inner, place in self._scopes(names.each, names.when, scope):
            text = as_text(evaluate(names.value, inner, part=place or "names"), part=place or "names")
            if text is None:
                continue
            self._add(
                Statement(
                    target.id,
                    "NAME",
                    origin.first(names.fields),
                    value=text,
                    qualifier=_kind_of_name(names, text, inner),
                    since=_date(names.since, inner, "since"),
                    until=_date(names.until, inner, "until"),
                ),
                target,
                None,
                found,
            )

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
            target = (
                handles.get(end)
                if isinstance(end, str)
                else resolve(end, scope, self.directory, part=_written(end.value))
            )
            if target is None:
                return  # the row has nothing there: it says nothing, and that is no fault
            targets.append(target)
        kind = self._kind(spec, scope)
        if kind is None:
            return
        value: Scalar | None = None
        if isinstance(spec, Fact):
            fact = schema.FACTS[kind]
            value = coerce(
                evaluate(spec.value, scope, part=_written(spec.value)),
                fact.type,
                part=_written(spec.value),
                values=fact.values,
            )
            if value is None:
                return
        provenance = origin.first(spec.fields)
        qualifier = (
            None
            if spec.qualifier is None
            else as_text(evaluate(spec.qualifier, scope, part="qualifier"), part=_written(spec.qualifier))
        )
        statement = Statement(
            targets[0].id,
            kind,
            provenance,
            object=targets[1].id if len(targets) > 1 else "",
            value=value,
            qualifier=qualifier or "",
            since=_date(spec.since, scope, "since"),
            until=_date(spec.until, scope, "until"),
            properties=self._properties(spec.properties, scope),
        )
        self._add(statement, targets[0], targets[1] if len(targets) > 1 else None, found)
        for end, target in zip(spec.ends, targets, strict=True):
            if isinstance(end, Reference):
                self._refer(target, provenance, found)

    def _kind(self, spec: StatementSpec | Fact, scope: Scope) -> str | None:
        kind = as_text(evaluate(spec.type, scope, part="type"), part="type")
        known = schema.RELATIONSHIPS if isinstance(spec, StatementSpec) else schema.FACTS
        if kind is not None and kind not in known:
            raise Refused(
                f"{shown(kind)} is not a type of {'relationship' if known is schema.RELATIONSHIPS else 'fact'}",
                part="type",
            )
        return kind

    def _properties(self, written: Mapping[str, Expression], scope: Scope) -> dict[str, Scalar]:
        found: dict[str, Scalar] = {}
        for name, expression in written.items():
            known = schema.PROPERTIES[name]
            value = coerce(evaluate(expression, scope, part=name), known.type, part=name, values=known.values)
            if value is not None:
                found[name] = value
        return found

    # -- records ---------------------------------------------------------------------------------------------------
    def _add(self, statement: Statement, subject: Target, other: Target | None, found: Yield) -> None:
        problems = statement_problems(statement, {subject.label}, {other.label} if other else ())
        if problems:
            raise Refused("; ".join(problems))
        found.statements.append(statement)
        for target in (subject, other):
            if target is not None:
                found.names.setdefault(target.id, (target.label, target.name))

    def _record(self, target: Target, properties: Mapping[str, Scalar], provenance: Provenance, found: Yield) -> None:
        record = NodeRecord(target.id, target.label, dict(properties), provenance)
        if problems := node_problems(record):
            raise Refused("; ".join(problems))
        found.nodes.append(record)
        found.names[target.id] = (target.label, target.name)

    def _refer(self, target: Target, provenance: Provenance, found: Yield) -> None:
        """Every node that a statement refers to has a record, so that nothing dangles."""
        if target.id in found.referred or any(record.id == target.id for record in found.nodes):
            return
        if not target.firm or not target.properties:
            # The words say that there is such a node; what kind it is stands by rule.
            provenance = replace(provenance, confidence=Confidence.LOW, basis=Basis.RULE)
        self._record(target, target.properties, provenance, found)
        found.referred.add(target.id)

    # -- inside ----------------------------------------------------------------------------------------------------
    def _scope(self, row: Row) -> Scope:
        return Scope(row.values, self.mapping.words)

    def _origin(self, scope: Scope, record: str, line: int) -> Origin:
        return origin_of(
            self.mapping.provenance,
            scope,
            dataset=self.mapping.dataset,
            record=record,
            file=self.file,
            line=line,
            shipped=self.shipped,
        )

    def _scopes(self, each: Expression | None, when: Condition | None, scope: Scope) -> Iterator[tuple[Scope, str]]:
        """The row, or each item of its list, where the condition holds; with the item's place for messages."""
        if each is None:
            if when is None or _holds(when, scope):
                yield scope, ""
            return
        for position, item in enumerate(expressions.items(each, scope, part=_written(each)), 1):
            inner = scope.at(item, position)
            if when is None or _holds(when, inner):
                yield inner, f"{_written(each)}[{position}]"

    def _named(self, spec: NodeSpec, scope: Scope, *, first: bool) -> Target | None:
        """The node as the words name it; the row's own `id` column and the mapping's label go before them."""
        own = (
            as_text(scope.row.get("id"), part="id")
            if first and spec.each is None and "id" not in self.mapping.ignore
            else None
        )
        target = named_by(spec.ref, scope, part=_written(spec.ref.value))
        label = as_text(evaluate(spec.label, scope, part="label"), part="label") if spec.label is not None else None
        if label is not None and label not in schema.LABELS:
            raise Refused(f"{shown(label)} is not a label", part="label")
        if own is not None and ID.fullmatch(own):
            prefix = own.partition(":")[0]
            label = label or (target.label if target else "") or ""
            if not label or schema.LABELS[label].prefix != prefix:
                raise Refused(
                    f"{shown(own)} cannot be the id of {'a ' + label if label else 'a node without a label'}", part="id"
                )
            firm = spec.label is not None or (target is not None and target.firm)
            return Target(own, label, target.name if target else own, target.properties if target else {}, firm)
        if target is None:
            return None
        if label is None:
            return target if target.label else replace(target, label=self._label_on_record(target))
        if schema.LABELS[label].prefix != target.id.partition(":")[0]:
            if not target.key:
                raise Refused(f"{shown(target.id)} cannot be the id of a {label}", part="label")
            target = replace(target, id=f"{schema.LABELS[label].prefix}:{target.id.partition(':')[2]}")
        return replace(target, label=label, firm=True)

    def _label_on_record(self, target: Target) -> str:
        entry = self.directory.entry(target.id)
        if entry is None:
            raise Refused(f"there is no node {shown(target.id)}; say what it is with `label`", part="id")
        return entry.label

    def _settled(self, named: Target) -> Target:
        """The node as it stands after the first pass."""
        if named.label == STANDARD:
            plan = named.properties.get("plan_number")
            standard = self.directory.standard_of(str(plan)) if plan else None
            return replace(named, id=standard) if standard else named
        entry = self.directory.entry(named.id)
        if entry is None:
            return named
        return Target(entry.id, entry.label, entry.name or named.name, named.properties, named.firm, named.key)


def content_hash(values: Mapping[str, Value]) -> str:
    """A short hash of what a row says, whatever the order of its columns."""
    written = orjson.dumps(values, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
    return hashlib.sha256(written).hexdigest()[:12]


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_RECORD and text.isprintable():
        return text
    plain = "".join(c for c in text if c.isprintable())
    return f"{plain[: _LONGEST_RECORD - 13]}~{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _holds(when: Condition, scope: Scope) -> bool:
    value = evaluate(when.column, scope, part="when")
    if when.empty:
        return is_empty(value)
    if is_empty(value):
        return False
    if not when.among and not when.without:
        return value is not False
    text = as_text(value, part=_written(when.column))
    return (not when.among or text in when.among) and text not in when.without


def _placed(refused: Refused, place: str) -> Refused:
    part = refused.part if not place else place if refused.part in ("", "@") else f"{place} {refused.part}"
    return Refused(refused.reason, part=part)


def _kind_of_name(names: Names, text: str, scope: Scope) -> str:
    kind = as_text(evaluate(names.kind, scope, part="kind"), part="kind") or "other"
    if kind in _BY_SCRIPT:
        zh, en = _BY_SCRIPT[kind]
        return zh if has_han(text) else en
    return kind


def _written(expression: Expression) -> str:
    """An expression as messages name it: its columns."""
    match expression:
        case expressions.Path():
            return expression.whole
        case expressions.Cell():
            return expression.path.whole
        case expressions.First():
            return ", ".join(filter(None, map(_written, expression.options)))
        case expressions.Number():
            return _written(expression.of)
    return ""


def _date(expression: Expression | None, scope: Scope, part: str) -> str | None:
    if expression is None:
        return None
    part = _written(expression) or part
    return as_date(evaluate(expression, scope, part=part), part=part)


def _text(expression: Expression, scope: Scope) -> str | None:
    return as_text(evaluate(expression, scope))


def _constant(expression: Expression) -> Scalar | None:
    return expression.value if isinstance(expression, expressions.Constant) else None
