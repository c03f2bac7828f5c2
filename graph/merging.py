"""How a node comes from what is said of it: records and facts that disagree, and which of them is shown.

The same for every engine, and independent of the order of loading. The firmest ground wins: first by basis, then by
confidence, then what was observed latest; then the dataset and the record that come first by name. Nothing is
thrown away by it, what loses stays on record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from graph.model import Basis, Confidence, NodeRecord, Provenance, Scalar, Statement
from graph.schema import FACTS, LABELS

PROJECTED: tuple[str, ...] = tuple(name for name, fact in FACTS.items() if fact.shown_as or fact.shown_as_by)
"""Types of facts whose value in force is shown as a property of the node."""

UNKNOWN = "unknown"

_ENCODER = json.JSONEncoder(sort_keys=True)

_Said = TypeVar("_Said", NodeRecord, Statement)


_LEVELS: Mapping[Basis | Confidence, int] = {one: one.level for one in (*Basis, *Confidence)}


def ground(provenance: Provenance) -> tuple[int, int, str]:
    """How firm a ground is: larger is firmer."""
    return (_LEVELS[provenance.basis], _LEVELS[provenance.confidence], provenance.observed_on or "")


def firmest_first(said: Iterable[_Said]) -> list[_Said]:
    """Records or statements, the firmest ground first; between equals those whose dataset and record come first."""
    listed = list(said)
    if len(listed) > 1:
        listed.sort(key=_by_name)
        listed.sort(key=_ground, reverse=True)
    return listed


def merged(
    id_: str, records: Sequence[NodeRecord], facts: Sequence[Statement], on: date
) -> tuple[str, dict[str, Scalar]]:
    """Label and properties of a node, from all its records (at least one) and its projected facts, as of a day.

    Among equal grounds, records of the node's own id count before those of ids that were merged into it.

    >>> from graph.model import Basis
    >>> page, guess = Provenance("a", "1", "doc:1"), Provenance("b", "1", "doc:2", basis=Basis.GENERAL_KNOWLEDGE)
    >>> merged("org:x",
    ...        [NodeRecord("org:x", "Institute", {"home": "CN"}, guess),
    ...         NodeRecord("org:x", "Company", {"name_en": "X"}, page)], [], date(2020, 1, 1))
    ('Company', {'name_en': 'X', 'home': 'CN'})
    """
    if len(records) == 1 and not facts:
        return records[0].label, _in_order(records[0].label, records[0].properties)
    order = firmest_first(records)
    if any(record.id != id_ for record in order):
        order.sort(key=lambda record: record.id != id_)
        order.sort(key=_ground, reverse=True)
    properties: dict[str, Scalar] = {}
    for record in order:
        for name, value in record.properties.items():
            if name not in properties or (properties[name] == UNKNOWN != value):
                properties[name] = value
    properties |= _projected(facts, on, properties)
    return order[0].label, _in_order(order[0].label, properties)


def _in_order(label: str, properties: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """As the label lists them; then those that only another label has."""
    listed = LABELS[label].properties
    found = {name: properties[name] for name in listed if name in properties}
    if len(found) < len(properties):
        found |= {name: properties[name] for name in sorted(properties) if name not in found}
    return found


def _projected(facts: Sequence[Statement], on: date, properties: Mapping[str, Scalar]) -> dict[str, Scalar]:
    shown: dict[str, Scalar] = {}
    for fact in firmest_first(fact for fact in facts if fact.may_hold(on)):
        kind, value = FACTS[fact.type], fact.value
        name = kind.shown_as or kind.shown_as_by.get(fact.qualifier, "")
        if name in properties and not kind.shown_as:
            continue
        if not name or value is None or (value == UNKNOWN and properties.get(name, UNKNOWN) != UNKNOWN):
            continue
        if name not in shown or (shown[name] == UNKNOWN != value):
            shown[name] = value
    return shown


def _ground(one: NodeRecord | Statement) -> tuple[int, int, str]:
    return ground(one.provenance)


def _by_name(one: NodeRecord | Statement) -> tuple[str, ...]:
    p = one.provenance
    said = one.id if isinstance(one, NodeRecord) else repr(one.value)
    return (p.dataset, p.record, p.document, p.locator, said)


def joined_records(one: NodeRecord, other: NodeRecord) -> NodeRecord:
    """One record out of two that a load gave under one name: together, whichever came first.

    Where they disagree the firmer ground counts, and between equals the value that comes first when written out.
    """
    first, second = sorted((one, other), key=lambda r: (_weakest(r.provenance), r.label))
    properties = dict(second.properties) | dict(first.properties)
    if _weakest(first.provenance) == _weakest(second.provenance):
        for name in first.properties.keys() & second.properties.keys():
            properties[name] = min(first.properties[name], second.properties[name], key=repr)
    return NodeRecord(first.id, first.label, dict(sorted(properties.items())), first.provenance)


def joined_statements(one: Statement, other: Statement) -> Statement:
    """One statement out of two that a load gave under one key: the firmer one, whichever came first."""
    return min(
        (one, other),
        key=lambda s: (_weakest(s.provenance), s.until or "", _written(s.properties)),
    )


def _weakest(provenance: Provenance) -> tuple[int, int, tuple[int, ...], str, str]:
    basis, confidence, observed = ground(provenance)
    newest_first = tuple(-ord(letter) for letter in observed) or (1,)
    return (-basis, -confidence, newest_first, provenance.document, provenance.locator)


def _written(values: Mapping[str, Scalar]) -> str:
    return _ENCODER.encode(dict(values))
