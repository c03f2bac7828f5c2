"""What makes nodes findable: their names, their codes, and their rows in the search index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph import finding, merging
from graph.finding import KnownName
from graph.model import NodeRecord, Scalar, Statement
from graph.schema import STANDARD

_PLACE_BITS = 40

NameRow = tuple[str, int, str, str]
"""A name: its key, the number of its node, its kind, and its text."""


def place_of(importance: int, node: int) -> int:
    """The row of a node in the search index: in order of importance, and its own."""
    return (finding.HIGHEST - importance) << _PLACE_BITS | node


def node_at(place: int) -> int:
    """The node that has this row in the search index."""
    return place & ((1 << _PLACE_BITS) - 1)


def importance_at(place: int) -> int:
    """The importance of the node that has this row in the search index."""
    return finding.HIGHEST - (place >> _PLACE_BITS)


@dataclass(frozen=True, slots=True)
class Standing:
    """A node as its row has it."""

    key: int
    id: str
    label: str
    properties: Mapping[str, Scalar]
    is_group: bool
    into: int | None
    known: bool
    tallied: int | None
    place: int | None
    extra_names: tuple[KnownName, ...]

    @property
    def names(self) -> tuple[KnownName, ...]:
        """All names under which the node is findable."""
        return all_names(self.properties, self.extra_names)


def all_names(properties: Mapping[str, Scalar], extra: Sequence[KnownName]) -> tuple[KnownName, ...]:
    """The captions among the properties and the names beside them, the strongest first, each text once."""
    captions = finding.names_of(properties, (), date.min)
    if not extra:
        return captions
    found = {name.text: name for name in extra}
    for name in captions:
        known = found.get(name.text)
        if known is None or finding.RANK[name.kind] < finding.RANK[known.kind]:
            found[name.text] = name
    return tuple(sorted(found.values(), key=lambda name: (finding.RANK[name.kind], name.text)))


@dataclass(frozen=True, slots=True)
class Showing:
    """What a node is shown as, and the names it has beside its captions."""

    label: str
    properties: Mapping[str, Scalar]
    extra: tuple[KnownName, ...]

    @property
    def is_group(self) -> bool:
        """Whether it is a corporate group."""
        return self.properties.get("kind") == "group"

    @property
    def family(self) -> str | None:
        """The number that groups editions, for a standard."""
        return finding.family_of(self.properties) if self.label == STANDARD else None

    @property
    def extra_text(self) -> str | None:
        """The names beside the captions, for the column `names`."""
        return json.dumps(self.extra, ensure_ascii=False) if self.extra else None


def showing(id_: str, records: Sequence[NodeRecord], facts: Sequence[Statement], on: date) -> Showing:
    """What a node is shown as by its records and projected facts, as of a day."""
    label, properties = merging.merged(id_, records, facts, on)
    names = [fact for fact in facts if fact.type == "NAME"]
    others = [record.properties for record in records if not record.properties.items() <= properties.items()]
    extra: tuple[KnownName, ...] = ()
    if names or others:
        captions = all_names(properties, ())
        extra = tuple(name for name in finding.names_of(properties, names, on, others) if name not in captions)
    return Showing(label, properties, extra)


def names_from(text: str | None) -> tuple[KnownName, ...]:
    """The names beside the properties, from the column `names`."""
    return tuple(KnownName(kind, name) for kind, name in json.loads(text)) if text else ()


def name_rows(node: int, keyed: Iterable[tuple[str, KnownName]]) -> list[NameRow]:
    """The rows of a node's names under their keys."""
    return [(key, node, name.kind, name.text) for key, name in keyed]


class Index:
    """Changes of what nodes are found by, gathered and then written together."""

    def __init__(self) -> None:
        self._forgotten: list[tuple[int, str]] = []
        self._found: list[tuple[int, str]] = []
        self._names_gone: list[NameRow] = []
        self._names_new: list[NameRow] = []
        self._codes_gone: list[tuple[str, int]] = []
        self._codes_new: list[tuple[str, int]] = []
        self._entered_names: list[NameRow] = []
        self._entered_codes: list[tuple[str, int]] = []
        self._placed: list[tuple[int | None, int]] = []

    def change(self, old: Standing, new: Standing, degree: int) -> None:
        """Make names, codes and search terms those of `new`, where `old` is what they were made of."""
        findable = new.known and new.into is None
        importance = finding.importance(new.label, new.properties, degree)
        place = place_of(importance, new.key) if findable else None
        if new is old and place == old.place:
            return  # most of what a day's update touches: its importance is what it was
        was = old.names if old.place is not None else ()
        now = (was if new is old and was else new.names) if findable else ()
        if was != now:
            self._rename(new.key, set(finding.keys_of(was)), set(finding.keys_of(now)))
        if was == now and old.place == place and old.label == new.label:
            return
        terms = finding.search_terms(new.label, now) if place is not None else ""
        if old.place is not None:
            self._codes_gone += [(code, old.place) for code in finding.codes_of(was)]
            same = place is not None and was == now and old.label == new.label
            self._forgotten.append((old.place, terms if same else finding.search_terms(old.label, was)))
        if place is not None:
            self._codes_new += [(code, place) for code in finding.codes_of(now)]
            self._found.append((place, terms))
        self._placed.append((place, new.key))

    def enter(self, one: Standing) -> None:
        """Enter names and codes that were still to be entered with many others when a load was broken off."""
        if one.place is not None:
            self._entered_names += name_rows(one.key, set(finding.keys_of(one.names)))
            self._entered_codes += [(code, one.place) for code in finding.codes_of(one.names)]

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the changes. Search terms in order of rows: the index takes ascending ones at once."""
        for statement, values in (
            ("INSERT OR IGNORE INTO name (key, node, kind, name) VALUES (?, ?, ?, ?)", sorted(self._entered_names)),
            ("INSERT OR IGNORE INTO code (folded, place) VALUES (?, ?)", sorted(self._entered_codes)),
            ("DELETE FROM name WHERE key = ? AND node = ? AND kind = ? AND name = ?", self._names_gone),
            ("INSERT INTO name (key, node, kind, name) VALUES (?, ?, ?, ?)", sorted(self._names_new)),
            ("DELETE FROM code WHERE folded = ? AND place = ?", self._codes_gone),
            ("INSERT INTO code (folded, place) VALUES (?, ?)", sorted(self._codes_new)),
            ("INSERT INTO search (search, rowid, terms) VALUES ('delete', ?, ?)", sorted(self._forgotten)),
            ("INSERT INTO search (rowid, terms) VALUES (?, ?)", sorted(self._found)),
            ("UPDATE node SET place = ? WHERE key = ?", self._placed),
        ):
            connection.executemany(statement, values)

    def _rename(self, node: int, was: set[tuple[str, KnownName]], now: set[tuple[str, KnownName]]) -> None:
        self._names_gone += name_rows(node, was - now)
        self._names_new += name_rows(node, now - was)
