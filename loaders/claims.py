"""How a row's nodes are named: what both passes over a table agree on, and what the first tells the directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from graph import schema
from graph.model import Provenance
from graph.names import looks_personal
from graph.schema import ACTORS, STANDARD
from graph.script import has_han
from loaders.cells import scopes, text_at, written
from loaders.directory import CANONICAL, OTHER, Directory, firmness
from loaders.expressions import Expression, Path, Scope, standard_number
from loaders.mapping import Mapping as TableMapping
from loaders.parts import Names, NodeSpec, Reference
from loaders.provenance import Place, ground_of
from loaders.references import ID, Target, named_by
from loaders.refusals import Refused, shown

__all__ = ["claim", "kind_of_name", "named_node", "want"]

_BY_SCRIPT: Mapping[str, tuple[str, str]] = {
    "name": ("zh", "en"),
    "short": ("short_zh", "short_en"),
    "former": ("former_zh", "former_en"),
    "other": ("other_zh", "other_en"),
}
_IN_USE = frozenset({"zh", "en"})
_OWN_ID = Path("id", (), "id")


def named_node(mapping: TableMapping, number: int, scope: Scope, directory: Directory) -> Target | None:
    """The node that a row names by the mapping's `number`-th [[node]]; its own id and label go before the words.

    None where the row has nothing there. Raises `Refused`.
    """
    spec = mapping.nodes[number]
    own = text_at(_OWN_ID, scope) if number == 0 and spec.each is None and "id" not in mapping.ignore else None
    target = named_by(spec.ref, scope)
    label = text_at(spec.label, scope) or ""
    if label and label not in schema.LABELS:
        raise Refused(f"{shown(label)} is not a label", part=written(spec.label))
    if own is not None and ID.fullmatch(own):
        return _with_own_id(own, label, target, directory)
    if target is None:
        return None
    if not label:
        return target if target.label else replace(target, label=_label_on_record(target.id, directory))
    prefix = schema.LABELS[label].prefix
    if not target.id.startswith(f"{prefix}:"):
        if not target.key:
            raise Refused(f"the id {shown(target.id)} does not fit the label {label}", part=written(spec.label))
        target = replace(target, id=f"{prefix}:{target.id.partition(':')[2]}")
    return replace(target, label=label, firm=True)


def kind_of_name(names: Names, text: str, scope: Scope) -> str:
    """The kind of name that a NAME fact carries as its qualifier."""
    kind = text_at(names.kind, scope) or "other"
    if kind in _BY_SCRIPT:
        zh, en = _BY_SCRIPT[kind]
        return zh if has_han(text) else en
    return kind


def claim(mapping: TableMapping, scope: Scope, place: Place, directory: Directory) -> None:
    """Note in the directory which nodes the row names. Raises `Refused`; the second pass will, for the same reason."""
    own: Provenance | None = None
    for number, spec in enumerate(mapping.nodes):
        for inner, _ in scopes(spec.each, spec.when, scope):
            target = named_node(mapping, number, inner, directory)
            if target is None:
                continue
            if target.label == STANDARD:
                _claim_plan(spec, target, inner, directory)
                continue
            if target.key and target.label in ACTORS and looks_personal(target.name):
                # Only a body that somebody else describes may go by such a name; a row alone makes none.
                directory.want(target.key)
                directory.want_id(target.id)
                continue
            names = list(_names(spec, target, inner))
            if parent := text_at(spec.ref.parent, inner):
                names += [(f"{parent} {name}", standing) for name, standing in names]
            if target.firm and own is None:
                own = ground_of(mapping.provenance, scope, place)
            ground = firmness(own if target.firm else None)
            group = _is_group(mapping.kinds[number], inner)
            directory.claim(target.id, target.label, ground, names, group=group, key=target.key)


def want(mapping: TableMapping, scope: Scope, directory: Directory) -> None:
    """Tell the directory which names and ids the statements of the row will ask for."""
    for spec in mapping.said:
        references = [end for end in spec.ends if isinstance(end, Reference)]
        if not references or (spec.needs and scope.row.get(spec.needs) is None):
            continue
        try:
            for inner, _ in scopes(spec.each, spec.when, scope):
                for reference in references:
                    if (target := named_by(reference, inner)) is None:
                        continue
                    if target.key:
                        directory.want(target.key)
                        directory.want(target.plain_key)
                    if target.label != STANDARD:
                        directory.want_id(target.id)
        except Refused:
            continue  # said in the second pass, with its place


def _with_own_id(own: str, label: str, target: Target | None, directory: Directory) -> Target:
    firm = bool(label) or (target is not None and bool(target.label) and target.firm)
    label = label or (target.label if target else "") or _label_on_record(own, directory)
    if schema.LABELS[label].prefix != own.partition(":")[0]:
        raise Refused(f"the id {shown(own)} does not fit the label {label}", part="id")
    return Target(own, label, target.name if target else own, target.properties if target else {}, firm)


def _label_on_record(id: str, directory: Directory) -> str:
    """The label under which another row or the store has the node. In the first pass that may not be known yet."""
    entry = directory.entry(id)
    if entry is None:
        directory.want_id(id)
        raise Refused(f"there is no node {shown(id)}; say what it is with `label`", part="id")
    return entry.label


def _claim_plan(spec: NodeSpec, target: Target, scope: Scope, directory: Directory) -> None:
    """A project's plan number leads to the standard that it became."""
    plan = text_at(spec.properties.get("plan_number"), scope)
    if plan and (number := standard_number(plan).canonical) != target.name:
        directory.plan(number, target.id)


def _names(spec: NodeSpec, target: Target, scope: Scope) -> Iterator[tuple[str, int]]:
    if target.key:
        yield target.name, CANONICAL
    for name, standing in (("name_zh", CANONICAL), ("name_en", CANONICAL), ("code", OTHER)):
        if text := text_at(spec.properties.get(name), scope):
            yield text, standing
    for names in spec.names:
        for inner, _ in scopes(names.each, names.when, scope):
            if text := text_at(names.value, inner):
                yield text, CANONICAL if kind_of_name(names, text, inner) in _IN_USE else OTHER


def _is_group(kinds: Iterable[Expression], scope: Scope) -> bool:
    return any(text_at(kind, scope) == "group" for kind in kinds)
