"""An answer arranged for reading: items grouped under headings, parts of scores as bars, marks for what is uncertain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from api.pages.words import WORDS
from graph import schema
from graph.model import Direction, Scalar
from queries import access, oversight
from queries.answer import Answer, Evidence, Finding, Item, Text
from queries.evidence import phrase

ALWAYS_SHOWN = 12
"""Items of a group that stand open; the rest of a long group is folded away."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading. `total` counts all there are, also on other pages; `type` and `direction` are those of relationships."""

    heading: Text
    role: str
    items: tuple[Item, ...]
    total: int
    type: str = ""
    direction: str = ""

    @property
    def open(self) -> tuple[Item, ...]:
        """The items that stand open."""
        return self.items if len(self.items) <= ALWAYS_SHOWN + 3 else self.items[:ALWAYS_SHOWN]

    @property
    def folded(self) -> tuple[Item, ...]:
        """The items behind a fold."""
        return self.items[len(self.open) :]


def groups(answer: Answer) -> tuple[Group, ...]:
    """The items of an answer by role, in the order of their first."""
    found: dict[str, list[Item]] = {}
    for item in answer.items:
        found.setdefault(item.role, []).append(item)
    return tuple(Group(heading(answer.question, role), role, tuple(items), len(items)) for role, items in found.items())


def related(answer: Answer, totals: Mapping[tuple[str, Direction], int]) -> tuple[Group, ...]:
    """The neighbours of a thing by type and direction, with how many of each there are; also types whose turn did not come."""
    order = list(schema.RELATIONSHIPS)
    shown: dict[tuple[str, str], list[Item]] = {}
    for item in answer.items:
        shown.setdefault((item.role, str(item.details.get("direction"))), []).append(item)
    keys = sorted(
        {*shown, *(key for key in totals if key[0] in schema.RELATIONSHIPS)}, key=lambda k: (order.index(k[0]), k[1])
    )
    return tuple(
        Group(relation(kind, way), kind, tuple(shown.get((kind, way), ())), _total(totals, kind, way), kind, way)
        for kind, way in keys
    )


def _total(totals: Mapping[tuple[str, Direction], int], kind: str, way: str) -> int:
    return totals.get((kind, "out" if way == "out" else "in"), 0)


def relation(kind: str, way: str) -> Text:
    """How a relationship type reads from the thing that is looked at.

    >>> relation("HOSTS_SECRETARIAT", "in")["en"]
    'Has its secretariat at'
    """
    r = schema.RELATIONSHIPS[kind]
    return _capital(phrase(kind, "") if way == "out" else Text(r.en_back, r.zh_back))


def heading(question: str, role: str) -> Text:
    """The heading of the items of a role."""
    roles: Mapping[str, Mapping[str, tuple[float, Text]]] = {"oversight": oversight.ROLES, "access": access.ROLES}
    if role in roles.get(question, {}):
        return _capital(roles[question][role][1])
    if question == "search" and role in schema.LABELS:
        return Text(schema.LABELS[role].en, schema.LABELS[role].zh)
    plural = {"partner": "partners"}.get(role, role)
    return WORDS.get(plural, Text(role.replace("_", " "), role))


def _capital(text: Text) -> Text:
    return Text(text.en[:1].upper() + text.en[1:], text.zh)


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a stacked bar, in per cent of the whole width."""

    name: str
    x: float
    width: float
    why: Text


def bars(item: Item) -> tuple[Bar, ...]:
    """The score of an item as a stacked bar of what each part adds; in one piece where the parts do not add up to it."""
    adds = [(part, part.value * part.weight) for part in item.parts]
    if abs(sum(add for _, add in adds) - item.score) > 0.005:
        return (Bar("score", 0.0, round(100 * min(1.0, item.score), 2), Text("score", "得分")),)
    pieces, x = [], 0.0
    for part, add in adds:
        if add > 0:
            pieces.append(Bar(part.name, round(100 * x, 2), round(100 * add, 2), part.why))
            x += add
    return tuple(pieces)


def documented(evidence: tuple[Evidence, ...]) -> bool:
    """Whether a document can be opened that says at least one of these."""
    return any(e.basis in ("page", "transcription", "user") for e in evidence)


def starred(item: Item) -> bool:
    """Whether the item carries the mark for what no page confirms: for a path, where one of its steps has no page."""
    if item.hops:
        return not all(documented(hop.evidence) for hop in item.hops)
    return bool(item.evidence) and not documented(item.evidence)


def properties(values: Mapping[str, Scalar], label: str) -> tuple[tuple[Text, Scalar, schema.Property], ...]:
    """The plain properties of a thing in the schema's order, with their names; names and titles have their own place."""
    own = {"name_zh", "name_en", "title_zh", "title_en", "number"}
    names = [name for name in schema.LABELS[label].properties if name in values and name not in own]
    return tuple(
        (Text(schema.PROPERTIES[n].en, schema.PROPERTIES[n].zh), values[n], schema.PROPERTIES[n]) for n in names
    )


def facts(findings: tuple[Finding, ...]) -> tuple[tuple[Text, tuple[Finding, ...]], ...]:
    """The facts of a thing by type."""
    kinds = ((kind, tuple(same)) for kind, same in groupby(findings, key=lambda f: f.name))
    return tuple(
        (_capital(Text(schema.FACTS[kind].en, schema.FACTS[kind].zh)), same)
        for kind, same in kinds
        if kind in schema.FACTS
    )
