"""Who speaks for whom: a group for its entities, a successor for those it took over from, any other organisation for itself.

Rule. An organisation that is an entity of a group answers as the group; one that has been succeeded on the day asked about, by one
other and with a date on record, answers as its successor, and so on from there. Where successors are several, or nobody says
when, it stays itself: who took what is a guess. Agencies and committees are left out, for they have duties and not a voice: who
answers for those is the question of oversight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph import schema
from graph.model import Node, Statement, View
from graph.store import Stage, Step, Store
from queries.answer import Finding, Text
from queries.evidence import Citations, in_one

_ENTITY = ("entity", "")
_SUCCEEDED = (schema.COMPANY, schema.INSTITUTE, schema.ASSOCIATION)

TO_SUCCESSORS = Step(("SUCCEEDED_BY",), "out", _SUCCEEDED, _SUCCEEDED)
TO_SPEAKERS = Stage((Step(("PART_OF", "SUCCEEDED_BY"), "out", schema.ORGANISATIONS, _SUCCEEDED, _ENTITY),), hops=3)
"""From organisations to their groups and successors, and to those of these, in one step a hop: neither a whole nor a successor of
another kind makes a difference to `speakers`."""

WALK = (
    TO_SPEAKERS,
    Stage((Step(("PART_OF",), "in", (schema.COMPANY,), schema.ORGANISATIONS, _ENTITY),)),
    Stage((Step(("SUCCEEDED_BY",), "in", _SUCCEEDED, _SUCCEEDED),), hops=3),
    Stage(TO_SPEAKERS.steps, from_new=True),
)
"""From an organisation to whoever speaks for it, and from there to all for whom that one speaks."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A group or successor with those it speaks for, or one organisation alone (then `entities` holds just itself).

    `predecessors` are the ids of those it speaks for because it took over from them: their drafting stands under their own names,
    while a store counts that of entities for the group. `succession` says of each that it was succeeded.
    """

    node: Node
    entities: tuple[Node, ...]
    predecessors: tuple[str, ...] = ()
    succession: tuple[Statement, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the speaker and of all it speaks for."""
        return tuple(dict.fromkeys((self.node.id, *(entity.id for entity in self.entities))))

    @property
    def drafting_as(self) -> tuple[str, ...]:
        """The ids under which a store counts what it drafted."""
        return (self.node.id, *self.predecessors)


def speaker(store: Store, node: Node, view: View) -> Speaker:
    """Who speaks for `node`: its group, its successor, or it itself."""
    graph = store.expand([node.id], WALK, view)
    spoken = speakers(graph.nodes, graph.statements)
    head = graph.nodes[spoken[node.id]]
    in_groups = _groups(graph.statements, graph.nodes)
    parts = [id for id, groups in in_groups.items() if head.id in groups]
    inherited = [id for id in spoken if id != head.id and spoken[id] == head.id]
    predecessors = tuple(id for id in inherited if id not in in_groups)
    passed = successions(spoken, graph.statements)
    succession = {s.key: s for id in inherited for s in passed.get(id, ())}
    alone = () if head.family == "group" else (head.id,)
    ids = dict.fromkeys((*alone, *parts, *inherited)) or {head.id: None}
    return Speaker(head, tuple(graph.nodes[id] for id in ids), predecessors, tuple(succession.values()))


class Known(Protocol):
    """A node, or a spot of an outline."""

    @property
    def label(self) -> str:
        """Its label."""

    @property
    def family(self) -> str:
        """Its family, see `graph.model.Node.family`."""


class Said(Protocol):
    """A statement, or a line of an outline."""

    @property
    def subject(self) -> str:
        """Of whom it is said."""

    @property
    def type(self) -> str:
        """What kind it is."""

    @property
    def object(self) -> str:
        """Towards whom; "" for a fact."""

    @property
    def qualifier(self) -> str:
        """In which role."""

    @property
    def since(self) -> str | None:
        """From when on."""


def speakers(nodes: Mapping[str, Known], statements: Sequence[Said]) -> Mapping[str, str]:
    """For each of the nodes the id of whoever speaks for it, by what the statements between them say; else its own id.

    A succession that leads back to where it began says nothing.
    """
    heirs: dict[str, set[str]] = {}
    for s in statements:
        if _passes_on(s) and {nodes[s.subject].label, nodes[s.object].label} <= set(_SUCCEEDED):
            heirs.setdefault(s.subject, set()).add(s.object)
    onward = {id: min(ids) for id, ids in heirs.items() if len(ids) == 1}
    onward |= {id: min(groups) for id, groups in _groups(statements, nodes).items()}
    return {id: _last(id, onward) if id in onward else id for id in nodes}


def successions(spoken: Mapping[str, str], statements: Iterable[Statement]) -> Mapping[str, tuple[Statement, ...]]:
    """For each that somebody speaks for because it was succeeded, the statements that say so, to the end of the line."""
    said: dict[str, list[Statement]] = {}
    for s in {s.key: s for s in statements}.values():
        if _passes_on(s) and s.subject != spoken[s.subject] == spoken[s.object]:
            said.setdefault(s.subject, []).append(s)
    found = {}
    for id in said:
        line: dict[str, Statement] = {}
        waiting = [id]
        while waiting:
            new = [s for s in said.get(waiting.pop(), ()) if s.key not in line]
            line |= {s.key: s for s in new}
            waiting += [s.object for s in new]
        found[id] = tuple(line.values())
    return found


def _passes_on(s: Said) -> bool:
    """Whether it is a succession that is known to have happened: the view keeps out what comes later, but not what has no date."""
    return s.type == "SUCCEEDED_BY" and s.since is not None


def _groups(statements: Iterable[Said], nodes: Mapping[str, Known]) -> Mapping[str, set[str]]:
    """The groups of which organisations are entities."""
    found: dict[str, set[str]] = {}
    for s in statements:
        if s.type == "PART_OF" and s.qualifier in _ENTITY and nodes[s.object].family == "group":
            found.setdefault(s.subject, set()).add(s.object)
    return found


def _last(id: str, onward: Mapping[str, str]) -> str:
    """The end of the line that begins at `id`; `id` itself where the line has no end.

    >>> _last("a", {"a": "b", "b": "c"}), _last("a", {"a": "b", "b": "a"})
    ('c', 'a')
    """
    seen = [id]
    while (following := onward.get(seen[-1])) is not None:
        if following in seen:
            return id
        seen.append(following)
    return seen[-1]


def heard_for(asker: Speaker, citations: Citations) -> tuple[Finding, ...]:
    """That the asker answers for those it took over from, cited, where it took over from any."""
    if not asker.succession:
        return ()
    evidence = citations.cite(asker.succession)
    ref, said = asker.node.ref, in_one(evidence)
    return (
        Finding(
            "succession",
            Text(
                f"{ref.name('en')} answers for those it took over from: {said.en}",
                f"{ref.name('zh')}代表其所承接的单位作答：{said.zh}",
            ),
            {},
            evidence,
        ),
    )


def origin(nodes: Iterable[Node]) -> str:
    """Where an organisation belongs, by its home, ownership or kind on record: `domestic`, `foreign`, `joint_venture` or `unknown`.

    Of several nodes (a group and its entities) the first that says something counts.

    >>> origin([Node("org:x", "Company", {"home": "DE", "ownership": "foreign_invested"})])
    'foreign'
    """
    for node in nodes:
        p = node.properties
        home, ownership = str(p.get("home", "")), str(p.get("ownership", ""))
        if ownership == "joint_venture" or (ownership == "foreign_invested" and home == "CN"):
            return "joint_venture"
        if home and home != "CN":
            return "foreign"
        if ownership == "foreign_invested":
            return "foreign"
        if home == "CN" or ownership in ("central_soe", "local_soe", "private", "public"):
            return "domestic"
        if node.label == schema.AGENCY or p.get("kind") == "domestic_association":
            return "domestic"
        if p.get("kind") == "foreign_chamber":
            return "foreign"
    return "unknown"


def actor_kind(asker: Speaker) -> str:
    """`foreign`, `domestic` or `any`, for matching what is said of kinds of actors."""
    where = origin([asker.node, *asker.entities])
    return where if where in ("foreign", "domestic") else "any"
