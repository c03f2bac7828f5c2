"""Names to ids: what the tables of one load call things, and what the store already knows.

The first pass over the tables *claims*: each row that names a node says under which names it goes. `settle` then decides which
claims speak of one node; after that references find nodes by any of their names. Two names are one node only when
a row says so, or when their keys (`graph.names.name_key`) are equal; a name that fits two nodes is refused, not guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graph.model import Node, Provenance
from graph.names import name_key
from graph.schema import ACTORS, ORGANISATIONS
from graph.store import Named
from loaders.refusals import Refused, shown

__all__ = ["CANONICAL", "OTHER", "Directory", "Entry", "Known", "firmness"]

CANONICAL, OTHER = 0, 1
"""How well a name stands for its node: its own name in use, or a short, former or other one."""

_ASKED_AT_ONCE = 2000
_REMEMBERED = 100_000
_BY_RULE, _KNOWN = 0, 1


def firmness(provenance: Provenance | None) -> int:
    """How firmly a label stands: by rule only (None), as the store has it, or as a row says on some ground.

    What a row says wins over the store, which may know a label by rule only.
    """
    if provenance is None:
        return _BY_RULE
    return _KNOWN + 3 * provenance.basis.level + provenance.confidence.level


class Known(Protocol):
    """What a load asks of what was loaded before; `graph.store.Store` is one."""

    def named(self, keys: Sequence[str], *, labels: Sequence[str] = ()) -> Mapping[str, tuple[Named, ...]]:
        """For each name key the nodes that bear such a name."""

    def nodes(self, ids: Sequence[str]) -> Mapping[str, Node]:
        """The nodes with these ids; a merged id gives the node that stays."""


@dataclass(slots=True)
class Entry:
    """What is known of one node: its label (and how firmly), a name to show, whether it is a corporate group."""

    id: str
    label: str
    firmness: int
    name: str = ""
    group: bool = False
    in_tables: bool = True


@dataclass(slots=True)
class _Claim:
    """A row without an id of its own, known by its name's key alone until `settle`."""

    id: str
    key: str
    labels: frozenset[str]


@dataclass(slots=True)
class Directory:
    """The nodes of a load by id and by name."""

    known: Known | None = None
    _entries: dict[str, Entry] = field(default_factory=dict)
    _names: dict[str, dict[str, int]] = field(default_factory=dict)
    _fixed: set[str] = field(default_factory=set)
    _claims: dict[str, _Claim] = field(default_factory=dict)
    _moved: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    _wanted: dict[str, None] = field(default_factory=dict)
    _wanted_ids: dict[str, None] = field(default_factory=dict)
    _plans: dict[str, str] = field(default_factory=dict)
    _redirected: dict[str, str] = field(default_factory=dict)
    _forgot: bool = False

    # -- first pass ------------------------------------------------------------------------------------------------
    def claim(
        self,
        id: str,
        label: str,
        firmness: int,
        names: Iterable[tuple[str, int]],
        *,
        group: bool = False,
        key: str = "",
    ) -> None:
        """Note that a row names this node, goes by these names (with how well each stands for it), and calls it `label`.

        `key` is given where the id was only made from a name: then the node is another one that bears this name, if
        there is one.
        """
        names = list(names)
        entry = self._entries.get(id)
        if entry is None:
            entry = self._entries[id] = Entry(id, label, firmness)
        elif firmness > entry.firmness:
            entry.label, entry.firmness = label, firmness
        entry.group |= group
        entry.in_tables = True
        for name, standing in names:
            self.bears(id, name, standing)
        if key:
            self._claims.setdefault(id, _Claim(id, key, _family(label)))
            self.want(key)
        else:
            self._fixed.add(id)
        self.want_id(id)

    def bears(self, id: str, name: str, standing: int) -> None:
        """Note one more name of a node."""
        key = name_key(name)
        if not key:
            return
        entry = self._entries[id]
        if standing == CANONICAL and not entry.name:
            entry.name = name
        holders = self._names.setdefault(key, {})
        holders[id] = min(standing, holders.get(id, standing))

    def want(self, key: str) -> None:
        """Note that a name will be looked up, so that the store is asked for many at once."""
        if self.known is not None and key:
            self._wanted.setdefault(key)
            if len(self._wanted) >= _ASKED_AT_ONCE:
                self.ask()

    def want_id(self, id: str) -> None:
        """Note that an id will be looked up."""
        if self.known is not None:
            self._wanted_ids.setdefault(id)
            if len(self._wanted_ids) >= _ASKED_AT_ONCE:
                self.ask()

    def plan(self, plan_number: str, id: str) -> None:
        """Note that the project with this plan number became this standard."""
        self._plans.setdefault(plan_number, id)

    def settle(self) -> None:
        """Decide, after the first pass, which claims by name are nodes that another row or the store names."""
        self.ask()
        for claim in self._claims.values():
            if claim.id in self._fixed or claim.id in self._redirected:
                continue
            others = self._holders(claim.key, claim.labels, but=claim.id)
            if chosen := self._chosen(others, prefer_fixed=True):
                self._moved[claim.id] = chosen
        for old in list(self._moved):
            self._moved[old] = self._end_of(old)
        for old, new in list(self._moved.items()):
            if old == new:
                del self._moved[old]
                continue
            entry, stays = self._entries[old], self._entries[new]
            stays.group |= entry.group
            stays.name = stays.name or entry.name
            if entry.firmness > stays.firmness:
                stays.label, stays.firmness = entry.label, entry.firmness

    # -- second pass -----------------------------------------------------------------------------------------------
    def find(self, key: str, labels: Collection[str], *, own: str, shown_as: str) -> Entry | None:
        """The node of one of these labels that bears the name with this key, None where none does.

        A name in use wins over a short or former one, then a corporate group over its entities; what the tables say goes
        before what the store knows. `own` is the id that the name alone would make: merged by a person, it stays as it is
        and the store follows; else a node that somebody described goes before it. Raises `Refused` where two nodes remain.
        """
        if self._forgot and key not in self._asked:
            self.want(key)
            self.want_id(own)
            self.ask()
        holders = self._holders(key, labels)
        if own in self._redirected and self._redirected[own] in holders:
            return self._entries[own]
        settled: dict[str, int] = {}
        for id, standing in holders.items():
            end = self._moved.get(id, id)
            settled[end] = min(standing, settled.get(end, standing))
        if len(settled) > 1 and own in settled and not self._entries[own].in_tables:
            del settled[own]
        if not settled:
            return None
        chosen = self._chosen(settled)
        if chosen is None:
            names = ", ".join(sorted(settled)[:5])
            raise Refused(f"ambiguous name: {shown(shown_as)} fits {names}; write the id or a fuller name")
        return self._entries[chosen]

    def entry(self, id: str) -> Entry | None:
        """The node with this id, or into which it was merged; None where neither tables nor store know it."""
        entry = self._entries.get(self._moved.get(id, id))
        if entry is None and self._forgot:
            self.want_id(id)
            self.ask()
            entry = self._entries.get(id)
        return entry

    def settled(self, id: str) -> str:
        """The id under which that node goes."""
        return self._moved.get(id, id)

    def standard_of(self, plan_number: str) -> str | None:
        """The standard that the project with this plan number became, where a row says so."""
        return self._plans.get(plan_number)

    # -- inside ----------------------------------------------------------------------------------------------------
    def _holders(self, key: str, labels: Collection[str], *, but: str = "") -> dict[str, int]:
        """Who bears the name, and how well it stands for each: by the tables, or if by none of them, in the store."""
        for bearers in (self._names.get(key, {}).items(), self._asked.get(key, ())):
            found = {id: s for id, s in bearers if id != but and self._entries[id].label in labels}
            if found:
                return found
        return {}

    def _chosen(self, holders: Mapping[str, int], *, prefer_fixed: bool = False) -> str | None:
        """The one that the name means: None where there is none, or several that nothing tells apart."""
        if not holders:
            return None
        best = min(holders.values())
        left = [id for id, standing in holders.items() if standing == best]
        if prefer_fixed and len(left) > 1:
            left = [id for id in left if id in self._fixed] or left
        if len(left) > 1:
            left = [id for id in left if self._entries[id].group] or left
        return left[0] if len(left) == 1 else None

    def _end_of(self, id: str) -> str:
        """Follow moves to their end; of two that lead to each other the first by id stays."""
        seen = [id]
        while (id := self._moved.get(id, id)) not in seen:
            seen.append(id)
        return min(seen[seen.index(id) :])

    def ask(self) -> None:
        """Look up in the store all that is wanted."""
        if self.known is None:
            return
        keys = [key for key in self._wanted if key not in self._asked]
        if keys:
            found = self.known.named(keys, labels=ACTORS)
            for key in keys:
                bearers: dict[str, int] = {}
                for named in found.get(key, ()):
                    self._met(named.node)
                    standing = CANONICAL if named.kind == "name" else OTHER
                    bearers[named.node.id] = min(standing, bearers.get(named.node.id, standing))
                self._asked[key] = tuple(bearers.items())
        if self._wanted_ids:
            for asked, node in self.known.nodes(list(self._wanted_ids)).items():
                self._met(node)
                if asked != node.id:
                    # Statements go on being made of the merged id: the store follows, and the merge can be taken back.
                    self._redirected[asked] = node.id
                    self._entries.setdefault(
                        asked, Entry(asked, node.label, _KNOWN, node.ref.name("zh"), in_tables=False)
                    )
        self._wanted.clear()
        self._wanted_ids.clear()

    def rest(self) -> None:
        """Forget what the store said, where it has become much and no table has named anything; what is needed again is asked for again."""
        if not self._names and not self._fixed and len(self._asked) + len(self._entries) > _REMEMBERED:
            self._asked.clear()
            self._entries.clear()
            self._redirected.clear()
            self._forgot = True

    def _met(self, node: Node) -> None:
        """Take in a node of the store."""
        entry = self._entries.get(node.id)
        if entry is not None:
            if entry.firmness < _KNOWN:
                entry.label, entry.firmness = node.label, _KNOWN
            entry.group |= node.family == "group"
        else:
            self._entries[node.id] = Entry(
                node.id, node.label, _KNOWN, node.ref.name("zh"), node.family == "group", in_tables=False
            )


def _family(label: str) -> frozenset[str]:
    """The labels under which the same thing may go elsewhere: what kind of organisation a body is may be revised."""
    return frozenset(ORGANISATIONS) if label in ORGANISATIONS else frozenset({label})
