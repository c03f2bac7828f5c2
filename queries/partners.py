"""Partners in an arena: who drafts or sits there, and what each part of a partner's score is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph import schema
from graph.model import Node, Statement, View
from graph.store import Arena, Partner, Stage, Store, Subgraph, Tie
from queries import united
from queries.answer import Part, Text
from queries.evidence import counted
from queries.speakers import TO_SPEAKERS, TO_SUCCESSORS, Speaker, origin, speakers, successions

WEIGHTS: Mapping[str, float] = {
    "drafting": 0.30,
    "lead": 0.10,
    "seat": 0.20,
    "this_standard": 0.10,
    "affinity": 0.20,
    "reach": 0.10,
}
"""What each part adds at most. Standing in the arena (drafting, lead, seat, this standard) makes 0.7: a partner without a say
there cannot help; affinity decides between those who have one; reach is the smallest, for it is the most derived.

These are judgements, to be tested by hiding drafting lists and asking for them; pass others with `weights`.
"""

SEAT_VALUES: Mapping[str, float] = {
    "secretariat": 1.0,
    "chair": 0.9,
    "vice_chair": 0.8,
    "secretary_general": 0.8,
    "wg_lead": 0.6,
    "member": 0.5,
    "wg_member": 0.4,
    "liaison": 0.2,
    "observer": 0.2,
}
"""What a seat is worth: the secretariat writes the agenda and the drafts, chairs lead, members vote, observers listen."""

SEATS: Mapping[str, tuple[str, str]] = {
    "secretariat": ("secretariat", "秘书处"),
    "chair": ("chair", "主任委员单位"),
    "vice_chair": ("vice chair", "副主任委员单位"),
    "secretary_general": ("secretary general", "秘书长单位"),
    "wg_lead": ("leads a working group", "工作组组长单位"),
    "member": ("member", "委员单位"),
    "wg_member": ("member of a working group", "工作组成员"),
    "p_member": ("P-member", "积极成员"),
    "o_member": ("O-member", "观察成员"),
    "liaison": ("liaison", "联络单位"),
    "observer": ("observer", "观察员"),
}
"""How seats read as nouns, in English and Chinese."""

HALF_LIFE = 5.0
"""Years after which a shared standard counts half: standards are reviewed every five years (Standardization Law, 2017, art. 29)."""

CANDIDATES = 60
"""How many of the arena's drafters are scored: those with the most recent drafting."""

PARTNERS_MAY_BE = (schema.COMPANY, schema.INSTITUTE, schema.ASSOCIATION)
"""Who can stand with an actor. An agency decides; it is nobody's partner."""

_SEATS = ("MEMBER_OF", "HOSTS_SECRETARIAT", "OVERSEES")
_HEIRS = (Stage((TO_SUCCESSORS,)), Stage(TO_SPEAKERS.steps, hops=3, from_new=True))
"""Who has taken over from partners, whose groups the arena knows."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible partner with all that is known of it in this arena: `nodes` are it and those that it speaks for here.

    `reach` are bodies where it sits and the asker does not, `shared` those where both sit.
    `succession` says of those it took over from that it did.
    """

    id: str
    nodes: tuple[Node, ...]
    drafting: Partner | None
    seats: tuple[Statement, ...]
    tie: Tie | None
    on_list: int | None
    reach: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    origin: str = field(default="unknown")
    succession: tuple[Statement, ...] = ()

    @property
    def roles(self) -> list[str]:
        """What it does where it sits."""
        return ["secretariat" if s.type == "HOSTS_SECRETARIAT" else s.qualifier for s in self.seats]

    @property
    def ownership(self) -> str | None:
        """Ownership on record: the group's own, else its entities' (but a Chinese group's joint ventures say nothing of it)."""
        own, *entities = self.nodes
        if value := own.properties.get("ownership"):
            return str(value)
        said = {str(e.properties["ownership"]) for e in entities if e.properties.get("ownership")}
        if own.properties.get("home") == "CN":
            said -= {"foreign_invested", "joint_venture"}
        return said.pop() if len(said) == 1 else None


def candidates(
    store: Store,
    about: Node,
    asker: Speaker,
    scope: Subgraph,
    committees: tuple[str, ...],
    arena: Arena,
    view: View,
) -> tuple[Candidate, ...]:
    """All who draft or sit in the arena, the asker aside, each with its seats, its tie to the asker and what it reaches."""
    seated = [s for s in scope.statements if s.type in ("MEMBER_OF", "HOSTS_SECRETARIAT") and s.object in committees]
    drafting_as = {id for record in arena.partners for id in (record.actor, *record.entities)}
    around = store.expand(sorted({*drafting_as, *(s.subject for s in seated), *asker.ids}), _HEIRS, view)
    nodes = {**scope.nodes, **around.nodes}
    spoken = {**speakers(nodes, (*scope.statements, *around.statements)), **dict.fromkeys(asker.ids, asker.node.id)}
    passed = successions(spoken, (*scope.statements, *around.statements))
    drafting = {record.actor: record for record in united.partners(arena.partners, spoken)}
    seats: dict[str, list[Statement]] = {}
    for s in seated:
        seats.setdefault(spoken[s.subject], []).append(s)
    ranks: dict[str, int] = {}
    for s in scope.statements:
        if s.type == "DRAFTED" and s.object == about.id:
            rank = int(s.properties.get("rank", 99))
            name = spoken[s.subject]
            ranks[name] = min(rank, ranks.get(name, rank))
    of: dict[str, set[str]] = {id: {id} for id in (*drafting, *seats) if id != asker.node.id}
    for id in (*(record.actor for record in arena.partners), *(s.subject for s in seated)):
        of.get(spoken[id], set()).add(id)
    for record in drafting.values():
        of.get(record.actor, set()).update(record.entities)
    among = sorted({*of, *(record.actor for record in arena.partners)})
    ties = {
        tie.b: tie for tie in united.ties(store.ties(asker.drafting_as, view, among=among, half_life=HALF_LIFE), spoken)
    }
    mine = set(asker.ids)
    held = store.reached([id for id, node in around.nodes.items() if node.label in schema.ORGANISATIONS], _SEATS, view)
    own = {body for id in mine for body in held.get(id, ())}
    found = []
    for id, names in of.items():
        if id not in nodes or nodes[id].label not in PARTNERS_MAY_BE:
            continue
        known = [nodes[id], *(nodes[name] for name in sorted(names - {id}) if name in nodes)]
        theirs = {body for name in names for body in held.get(name, ())}
        found.append(
            Candidate(
                id,
                tuple(known),
                drafting.get(id),
                tuple(seats.get(id, ())),
                ties.get(id),
                ranks.get(id),
                frozenset(theirs - own),
                frozenset(theirs & own),
                origin(known),
                tuple({s.key: s for node in known for s in passed.get(node.id, ())}.values()),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Most:
    """The strongest record of drafting in an arena, with which each is compared."""

    weight: float
    led: int


def strongest(found: Sequence[Candidate]) -> Most:
    """The most recent drafting and the most led among these candidates."""
    records = [c.drafting for c in found if c.drafting]
    return Most(max((r.weight for r in records), default=0.0), max((r.led for r in records), default=0))


def values(c: Candidate, most: Most) -> tuple[float, ...]:
    """What each of the six parts of a score comes to, in the order of `WEIGHTS`: between 0 and 1, compared with the strongest
    candidate where there is no natural scale.
    """
    d, t = c.drafting, c.tie
    # Newman's weight of one shared standard of five drafters, fresh, is 0.25: the curve gives it about a half.
    affinity = (1 - math.exp(-3 * t.weight) if t else 0.0) + 0.1 * len(c.shared)
    return (
        d.weight / most.weight if d and most.weight else 0.0,
        d.led / most.led if d and most.led else 0.0,
        max((SEAT_VALUES.get(role, 0.3) for role in c.roles), default=0.0),
        0.0 if c.on_list is None else (1.0 if c.on_list == 1 else 0.7),
        min(1.0, affinity),
        1 - math.exp(-len(c.reach) / 5),
    )


def parts(c: Candidate, found: Sequence[float], weight: Mapping[str, float]) -> tuple[Part, ...]:
    """The six parts of a score with what was counted for each; `found` are their `values`."""
    d, t = c.drafting, c.tie
    why = (
        Text(
            f"{counted(d.drafted if d else 0, 'standard')} drafted in this arena",
            f"{d.drafted if d else 0}项本领域标准",
        ),
        Text(f"{d.led if d else 0} led as first drafting organisation", f"{d.led if d else 0}项为第一起草单位"),
        _roles_text(c.roles),
        _listed_text(c.on_list),
        Text(
            f"{counted(t.shared if t else 0, 'standard')} drafted together, {counted(len(c.shared), 'body', 'bodies')} shared",
            f"共同起草{t.shared if t else 0}项标准，共同参加{len(c.shared)}个机构",
        ),
        Text(
            f"{counted(len(c.reach), 'body', 'bodies')} it reaches that the asker does not",
            f"{len(c.reach)}个询问方未进入的机构",
        ),
    )
    return tuple(Part(name, value, weight[name], text) for name, value, text in zip(WEIGHTS, found, why, strict=True))


def _roles_text(roles: Sequence[str]) -> Text:
    if not roles:
        return Text("no seat on record", "未见席位记录")
    held = sorted(set(roles), key=lambda role: (-SEAT_VALUES.get(role, 0.3), role))
    return Text(", ".join(SEATS[role][0] for role in held), "、".join(SEATS[role][1] for role in held))


def _listed_text(rank: int | None) -> Text:
    if rank is None:
        return Text("not on this standard's drafting list on record", "不在本标准起草单位名单记录中")
    if rank == 1:
        return Text("leads this standard", "为本标准第一起草单位")
    return Text("on this standard's drafting list", "为本标准起草单位")
