"""Who would stand with an actor on a standard or in a committee.

Rule. The *arena* is the standard, its predecessors, and all standards of the committees in charge of it (with their
subcommittees). Partners are those who draft there or hold a seat there: nobody enters because it is big elsewhere. Each is
scored by six parts (`WEIGHTS`); entities of a corporate group count once, for the group, and who has been succeeded for its
successor. The report of 2020 has the lesson that
a coalition of multinationals alone loses, so the answer shows the mix and proposes a mixed set. Whether it would carry a
vote is computed only where the committee's seats are on record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import mul

from graph import schema
from graph.model import Node, Statement, View
from graph.store import Arena, Stage, Step, Store, Subgraph
from queries.answer import Answer, Caveat, Finding, Item, Part, Text
from queries.ballot import POSITIONS, RULES, ambivalent, ballot
from queries.ballot import findings as of_vote
from queries.evidence import Citations, counted, in_one, listed, strength
from queries.kinds import COMMITTEES
from queries.partners import CANDIDATES, HALF_LIFE, WEIGHTS, Candidate, candidates, parts, strongest, values
from queries.resolve import one
from queries.speakers import TO_SPEAKERS, Speaker, heard_for, origin, speaker, speakers

ASKED = (schema.STANDARD, *schema.BODIES)

LEADERS = 5
"""How many lead drafters of the field are named."""

PARTNERS = 20
"""How many partners an answer lists unless asked otherwise."""

DRAWN = 12
"""How many of them the picture shows."""

_LESSONS = ("coalition-multinationals-alone", "coalition-domestic-partners")

_SCOPE = (
    Stage(
        (
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,)),
            Step(("REPLACES",), "out", (schema.STANDARD,), limit=5),
            Step(("DRAFTED",), "in", (schema.STANDARD,), limit=200),
            Step(("NOTE",), "out", (schema.FIELD,), qualifiers=_LESSONS),
            RULES,
            POSITIONS,
        )
    ),
    Stage((Step(("PART_OF",), "out", schema.BODIES, (schema.COMMITTEE,)), Step(("PART_OF",), "in", schema.BODIES, schema.BODIES))),
    Stage(
        (
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT"), "in", schema.BODIES, limit=200),
            Step(("FIGURE",), "out", schema.BODIES, limit=20),
        )
    ),
    TO_SPEAKERS,
)  # fmt: skip
"""The arena's committees, with who sits there and who speaks for those."""


def coalition(
    store: Store,
    asked: str,
    actor: str,
    view: View,
    *,
    limit: int = PARTNERS,
    weights: Mapping[str, float] = WEIGHTS,
    rules: Mapping[str, Fraction] | None = None,
) -> Answer:
    """The partners that matter for `actor` on the standard or committee `asked`, best first.

    `weights` may override single parts of `WEIGHTS`, `rules` single shares of a vote (`queries.votes.DEFAULTS`).
    Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
    """
    about = one(store, asked, labels=ASKED, as_of=view.as_of, field="standard", wanted="standard or committee")
    asker = speaker(store, one(store, actor, labels=schema.ACTORS, as_of=view.as_of, field="for", wanted="actor"), view)
    weight = {**WEIGHTS, **weights}
    scope = store.expand([about.id, COMMITTEES], _SCOPE, view)
    committees = _committees(about, scope)
    standards = _standards(about, scope)
    arena = store.arena(committees, standards, view, half_life=HALF_LIFE, limit=CANDIDATES)
    found = candidates(store, about, asker, scope, committees, arena, view)
    most, weighed = strongest(found), [weight[name] for name in WEIGHTS]
    valued = [(values(c, most), c) for c in found]
    valued.sort(key=lambda row: (-sum(map(mul, row[0], weighed)), row[1].id))
    best, ranked = valued[:limit], [(sum(map(mul, value, weighed)), c) for value, c in valued]
    vote = ballot(_deciding(about, scope), scope, ranked, asker, rules or {})
    scored = [(parts(c, value, weight), c) for value, c in best]
    cited = {
        id
        for _, c in scored
        for id in (*(c.drafting.standards if c.drafting else ()), *(c.tie.standards if c.tie else ()))
    }
    mine = set(asker.ids)
    own = sorted({*mine, *(node.id for _, c in scored for node in c.nodes)})
    lists = store.expand(sorted({*cited, *standards}), _lists(own), view)
    citations = Citations(store, view, {**scope.nodes, **lists.nodes, **{n.id: n for c in found for n in c.nodes}})
    citations.know({asker.node.id: asker.node, **{n.id: n for n in asker.entities}})
    drafted = _by_entity(lists)
    items = tuple(
        _item(rank, parts, c, asker, about, drafted, citations) for rank, (parts, c) in enumerate(scored, start=1)
    )
    drawn = [c for _, c in scored[:DRAWN]]
    groups = {asker.node.id, *(c.id for c in drawn)}
    named = {*mine, *(node.id for c in drawn for node in c.nodes)}
    statements = [
        *(s for s in scope.statements if s.type == "IN_CHARGE_OF" and s.object == about.id),
        *(s for c in drawn for s in c.seats),
        *(s for s in lists.statements if s.type == "DRAFTED" and s.object == about.id and s.subject in named),
    ]
    shown = {id for s in statements for id in (s.subject, s.object)}
    statements += [s for s in scope.statements if s.type == "PART_OF" and s.subject in shown and s.object in groups]
    statements += [s for s in scope.statements if s.subject in mine and s.type in ("MEMBER_OF", "HOSTS_SECRETARIAT")]
    statements += [s for s in (*asker.succession, *(s for c in drawn for s in c.succession)) if s.subject in shown]
    roles = {about.id: "asked", asker.node.id: "asker", **{c.id: "partner" for c in drawn}}
    findings = (
        *heard_for(asker, citations),
        *_mix(about, scope, scored),
        *_leaders(scored, lists, citations),
        *_set(scored),
        *of_vote(vote, scope, citations),
        *ambivalent(store, about, ranked, asker, scope, view, citations),
        *_lesson(scope, citations),
    )
    return Answer(
        question="coalition",
        asked={"standard": asked, "for": actor, "limit": limit},
        about=(about.ref, asker.node.ref),
        as_of=view.as_of.isoformat(),
        summary=_summary(about, asker, items, scope, citations),
        items=items,
        findings=findings,
        caveats=_caveats(about, asker, arena, found, scope),
        picture=citations.picture(statements, roles),
        sources=citations.sources(),
        bounds=citations.bounds(scope.cuts),
        total=len(found),
    )


def _committees(about: Node, scope: Subgraph) -> tuple[str, ...]:
    """The committees of the arena: in charge, their parents one level up, and all their subcommittees."""
    if about.label in schema.BODIES:
        top = {about.id}
    else:
        top = {
            s.subject
            for s in scope.statements
            if s.type == "IN_CHARGE_OF" and s.object == about.id and scope.nodes[s.subject].label in schema.BODIES
        }
        top |= {s.object for s in scope.statements if s.type == "PART_OF" and s.subject in top}
    below = {
        s.subject
        for s in scope.statements
        if s.type == "PART_OF" and s.object in top and scope.nodes[s.subject].label in schema.BODIES
    }
    return tuple(sorted(top | below))


def _deciding(about: Node, scope: Subgraph) -> list[Node]:
    """The committee that votes: the one asked about, or that in charge of the standard."""
    if about.label in schema.BODIES:
        return [about]
    charge = [s for s in scope.statements if s.type == "IN_CHARGE_OF" and s.object == about.id]
    bodies = {s.subject: scope.nodes[s.subject] for s in sorted(charge, key=strength, reverse=True)}
    return [node for node in bodies.values() if node.label == schema.COMMITTEE]


def _standards(about: Node, scope: Subgraph) -> tuple[str, ...]:
    """The standard itself and those it replaces, whose drafters know the matter."""
    if about.label != schema.STANDARD:
        return ()
    older = [s.object for s in scope.statements if s.type == "REPLACES" and s.subject == about.id]
    return tuple(dict.fromkeys((about.id, *older)))


def _lists(own: Sequence[str]) -> tuple[Stage, ...]:
    """The places of these organisations on drafting lists, which are cited; nobody else's."""
    return (Stage((Step(("DRAFTED",), "in", (schema.STANDARD,), limit=120, among=tuple(own)),)),)


def _by_entity(lists: Subgraph) -> Mapping[tuple[str, str], Statement]:
    """Drafting statements by (organisation, standard)."""
    return {(s.subject, s.object): s for s in lists.statements if s.type == "DRAFTED"}


def _item(
    rank: int,
    parts: tuple[Part, ...],
    c: Candidate,
    asker: Speaker,
    about: Node,
    drafted: Mapping[tuple[str, str], Statement],
    citations: Citations,
) -> Item:
    own = [node.id for node in c.nodes]
    works = list(dict.fromkeys((*(c.drafting.standards if c.drafting else ()), *(c.tie.standards if c.tie else ()))))
    statements = [
        *([drafted[e, about.id] for e in own if (e, about.id) in drafted]),
        *c.seats,
        *(drafted[e, s] for s in works for e in own if (e, s) in drafted),
        *(drafted[e, s] for s in (c.tie.standards if c.tie else ()) for e in asker.ids if (e, s) in drafted),
        *c.succession,
    ]
    evidence = citations.cite(statements)
    d, t = c.drafting, c.tie
    reasons = [p.why for p in parts if p.value > 0 and p.name in ("this_standard", "seat")]
    within = [drafted[e, about.id] for e in own if (e, about.id) in drafted] if c.on_list is None else []
    if within:
        # A joint venture's place on the list is not the group's own, but neither is it nothing.
        inside = citations.ref(within[0].subject)
        reasons.insert(0, Text(f"{inside.name('en')} is on the drafting list", f"{inside.name('zh')}为本标准起草单位"))
    if d:
        latest = f", latest {d.latest}" if d.latest else ""
        latest_zh = f"，最近{d.latest}" if d.latest else ""
        reasons.append(Text(f"drafted {d.drafted} here{latest}", f"在此起草{d.drafted}项{latest_zh}"))
    if t:
        years = f", latest {t.latest}" if t.latest else ""
        years_zh = f"，最近{t.latest}" if t.latest else ""
        reasons.append(
            Text(
                f"co-drafted {t.shared} with {asker.node.ref.name('en')}{years}",
                f"与{asker.node.ref.name('zh')}共同起草{t.shared}项{years_zh}",
            )
        )
    if c.succession:
        reasons.append(in_one(citations.cite(c.succession)))
    node = c.nodes[0]
    return Item(
        rank,
        "partner",
        node.ref,
        round(sum(p.value * p.weight for p in parts), 6),
        parts,
        Text("; ".join(r.en for r in reasons), "；".join(r.zh for r in reasons)),
        evidence,
        details={
            "origin": c.origin,
            "home": next((str(n.properties["home"]) for n in c.nodes if n.properties.get("home")), None),
            "ownership": c.ownership,
            "drafted": d.drafted if d else 0,
            "led": d.led if d else 0,
            "latest": d.latest if d else None,
            "co_drafted": t.shared if t else 0,
            "co_drafted_latest": t.latest if t else None,
            "entities": tuple(n.ref.name("zh") for n in c.nodes[1:]),
            "seats": tuple(dict.fromkeys(c.roles)),
        },
    )


_ORIGINS = {
    "domestic": ("domestic", "国内"),
    "foreign": ("foreign", "外资"),
    "joint_venture": ("joint venture", "合资"),
    "unknown": ("origin unknown", "来源未知"),
}


def _counted(origins: list[str]) -> tuple[str, str, dict[str, int]]:
    counts = {name: origins.count(name) for name in _ORIGINS if name in origins}
    en = ", ".join(f"{n} {_ORIGINS[name][0]}" for name, n in counts.items())
    zh = "、".join(f"{_ORIGINS[name][1]}{n}家" for name, n in counts.items())
    return en, zh, counts


def _mix(about: Node, scope: Subgraph, scored: list[tuple[tuple[Part, ...], Candidate]]) -> tuple[Finding, ...]:
    found = []
    members = [s.subject for s in scope.statements if s.type == "DRAFTED" and s.object == about.id]
    if members:
        distinct = list(dict.fromkeys(members))
        spoken = speakers(scope.nodes, scope.statements)
        groups = {id: (scope.nodes[spoken[id]],) for id in distinct if spoken.get(id, id) != id}
        en, zh, counts = _counted([origin([scope.nodes[id], *groups.get(id, ())]) for id in distinct])
        found.append(
            Finding(
                "mix_of_drafters",
                Text(
                    f"Of the {counted(len(distinct), 'drafting organisation')} on record: {en}",
                    f"记录在案的{len(distinct)}家起草单位中：{zh}",
                ),
                dict(counts),
            )
        )
    en, zh, counts = _counted([c.origin for _, c in scored])
    if counts:
        found.append(
            Finding(
                "mix_of_partners",
                Text(
                    f"Of the {len(scored)} partners listed: {en}" if len(scored) > 1 else f"The partner listed: {en}",
                    f"所列{len(scored)}家伙伴中：{zh}",
                ),
                dict(counts),
            )
        )
    return tuple(found)


def _leaders(
    scored: list[tuple[tuple[Part, ...], Candidate]], lists: Subgraph, citations: Citations
) -> tuple[Finding, ...]:
    """Who leads the drafting in this field, with the latest work of each."""
    leaders = [c for _, c in scored if c.drafting and c.drafting.led]
    leaders.sort(key=lambda c: (-(c.drafting.led if c.drafting else 0), c.id))
    if not leaders:
        return ()
    said = []
    for c in leaders[:LEADERS]:
        own = {node.id for node in c.nodes}
        led = [
            s for s in lists.statements if s.type == "DRAFTED" and s.subject in own and s.properties.get("rank") == 1
        ]
        led.sort(key=lambda s: (s.since or "", s.key), reverse=True)
        said.append((c, led[:1]))
    parts = [(c.nodes[0].ref, c.drafting.led if c.drafting else 0, led[0].since if led else None) for c, led in said]
    en = "; ".join(f"{ref.name('en')} ({n} led{f', latest {day}' if day else ''})" for ref, n, day in parts)
    zh = "；".join(f"{ref.name('zh')}（牵头{n}项{f'，最近{day}' if day else ''}）" for ref, n, day in parts)
    return (
        Finding(
            "lead_drafters",
            Text(f"Lead drafters of the field: {en}", f"本领域牵头起草单位：{zh}"),
            {},
            citations.cite(s for _, led in said for s in led),
        ),
    )


def _set(scored: list[tuple[tuple[Part, ...], Candidate]]) -> tuple[Finding, ...]:
    """A small mixed set to begin with: the three strongest domestic partners and the two strongest foreign ones with a tie."""
    domestic = [c for _, c in scored if c.origin == "domestic"][:3]
    foreign = [c for _, c in scored if c.origin in ("foreign", "joint_venture")][:2]
    if not domestic and not foreign:
        return ()
    chosen = [*domestic, *foreign]
    names = listed(c.nodes[0].ref for c in chosen)
    return (
        Finding(
            "proposed_set",
            Text(
                f"To begin with: {names.en} ({len(domestic)} domestic, {len(foreign)} foreign or joint venture). "
                "This is an indication from drafting and seats, not a count of votes",
                f"建议先接触：{names.zh}（国内{len(domestic)}家，外资或合资{len(foreign)}家）。此为依据起草与席位的参考，并非票数",
            ),
            {f"member_{n}": c.id for n, c in enumerate(chosen, start=1)},
        ),
    )


def _lesson(scope: Subgraph, citations: Citations) -> tuple[Finding, ...]:
    """What the report's companies found about coalitions, cited."""
    values = [s for s in scope.statements if s.type == "NOTE"]
    evidence = citations.cite(values)
    if not evidence:
        return ()
    return (
        Finding(
            "lesson",
            Text(
                "What companies found about coalitions: " + "; ".join(str(s.value) for s in values),
                "企业对联盟的体会：" + "；".join(str(s.properties.get("value_zh") or s.value) for s in values),
            ),
            {},
            evidence,
        ),
    )


def _summary(
    about: Node,
    asker: Speaker,
    items: tuple[Item, ...],
    scope: Subgraph,
    citations: Citations,
) -> tuple[Text, ...]:
    lines = []
    drafters = [s for s in scope.statements if s.type == "DRAFTED" and s.object == about.id]
    name_en, name_zh = asker.node.ref.name("en"), asker.node.ref.name("zh")
    if about.label == schema.STANDARD:
        mine = [s for s in drafters if s.subject in asker.ids]
        number = len({s.subject for s in drafters})
        units = counted(number, "drafting organisation")
        if mine:
            entity = citations.ref(mine[0].subject)
            lines.append(
                Text(
                    f"{name_en} ({entity.name('zh')}) is one of {units} on record",
                    f"{name_zh}（{entity.name('zh')}）是记录在案的{number}家起草单位之一",
                )
            )
        elif drafters:
            lines.append(
                Text(
                    f"{name_en} is not among the {units} on record",
                    f"{name_zh}不在记录在案的{number}家起草单位之中",
                )
            )
    if items:
        names = listed(i.node for i in items[:5])
        lines.append(Text(f"Strongest partners: {names.en}", f"最有力的伙伴：{names.zh}"))
    else:
        lines.append(Text("No possible partner is on record in this arena", "该领域未见可能伙伴的记录"))
    return tuple(lines)


def _caveats(
    about: Node, asker: Speaker, arena: Arena, found: tuple[Candidate, ...], scope: Subgraph
) -> tuple[Caveat, ...]:
    lists = Text(
        f"{arena.with_drafters} of the {arena.standards} standards in this arena have a drafting list on record",
        f"本领域{arena.standards}项标准中，{arena.with_drafters}项有起草单位记录",
    )
    if arena.standards == 1:
        have = "has a" if arena.with_drafters else "has no"
        lists = Text(f"One standard is on record in this arena; it {have} drafting list", lists.zh)
    if not arena.standards:
        lists = Text(
            "No standard of this arena is on record, so nobody's drafting is", "本领域未见标准记录，故无起草记录"
        )
    caveats = [Caveat("drafting_lists", lists)]
    tied = [c for c in found if c.tie]
    most = max((c.tie.shared for c in tied if c.tie), default=0)
    name_en, name_zh = asker.node.ref.name("en"), asker.node.ref.name("zh")
    if not tied:
        caveats.append(
            Caveat(
                "no_ties",
                Text(
                    f"No standard drafted together with {name_en} is on record in this arena",
                    f"未见与{name_zh}在本领域共同起草标准的记录",
                ),
            )
        )
    elif most <= 2:
        caveats.append(
            Caveat(
                "thin_ties",
                Text(
                    f"Ties are thin: at most {counted(most, 'standard')} drafted together with {name_en}",
                    f"联系较弱：与{name_zh}共同起草的标准至多{most}项",
                ),
            )
        )
    if about.label == schema.STANDARD and not any(
        s.type == "IN_CHARGE_OF" and s.object == about.id for s in scope.statements
    ):
        caveats.append(
            Caveat(
                "no_committee",
                Text(
                    "No committee in charge is on record, so the arena is this standard's own drafting list",
                    "未见归口技术委员会记录，仅以本标准起草单位为范围",
                ),
            )
        )
    if arena.bounded:
        caveats.append(
            Caveat(
                "bounded",
                Text("Only the newest standards of the arena were counted", "仅统计了本领域最新的标准"),
            )
        )
    return tuple(caveats)
