"""May this actor sit, watch or comment in this body; what says so; and what else is open.

Rule. First the actor's own seats on record in the body and its groups. Then what is said of access there: for the body,
for its groups, and in general for all committees, each by stage and kind of actor. What nobody says stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph import committees, schema
from graph.model import Node, NodeRef, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries.answer import Answer, Caveat, Finding, Item, Part, Text
from queries.evidence import Citations, in_one, listed, phrase, strength
from queries.kinds import COMMITTEES
from queries.resolve import one
from queries.speakers import Speaker, actor_kind, heard_for, speaker

ASKED = (*schema.BODIES, schema.ASSOCIATION, schema.AGENCY)

_CHANNELS = ("channel-direct", "channel-written-comments", "channel-association", "channel-indirect")

WALK = (
    Stage(
        (
            Step(("PART_OF",), "in", schema.BODIES, schema.BODIES, limit=60),
            Step(("PART_OF",), "out", schema.BODIES, schema.BODIES),
            Step(("ACCESS",), "out", (schema.FIELD,), limit=60),
            Step(("NOTE",), "out", (schema.FIELD,), qualifiers=_CHANNELS),
        )
    ),
    Stage((Step(("ACCESS",), "out", ASKED, limit=20),)),
)  # fmt: skip
_SEATS = (Stage((Step(("MEMBER_OF", "HOSTS_SECRETARIAT"), "out", schema.ORGANISATIONS, limit=120),)),)

ROLES: Mapping[str, tuple[float, Text]] = {
    "seat": (1.0, Text("its own seat on record", "本身的席位记录")),
    "access": (0.8, Text("what is said of access to this body", "关于该机构参与条件的记录")),
    "group_access": (0.6, Text("what is said of a group of this body", "关于其工作组参与条件的记录")),
    "general_access": (0.4, Text("what is said of committees in general", "关于技术委员会的一般记录")),
    "alternative": (0.2, Text("another way", "其他途径")),
}
"""From what is said of the actor itself to what is said of all bodies."""


_ABROAD = ("ISO", "IEC", "ISO/IEC", "ITU", "ITU-T", "ITU-R", "CEN", "CENELEC", "ETSI")
"""Owners of committees that China's rules on committees do not govern."""


def access(store: Store, actor: str, body: str, view: View) -> Answer:
    """Whether and how `actor` may take part in `body` on the day `view.as_of`.

    The finding `verdict` is one of schema.ACCESS. Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
    """
    asker = speaker(
        store, one(store, actor, labels=schema.ACTORS, as_of=view.as_of, field="actor", wanted="actor"), view
    )
    about = one(store, body, labels=ASKED, as_of=view.as_of, field="body", wanted="committee, association or agency")
    graph = store.expand([about.id, COMMITTEES], WALK, view)
    seats = store.expand(asker.ids, _SEATS, view)
    citations = Citations(
        store, view, {**graph.nodes, **seats.nodes, **{n.id: n for n in (asker.node, *asker.entities)}}
    )
    found = _found(about, asker, graph, seats)
    items = _items(found, citations)
    verdict = _verdict(found)
    drawn = [s for _, s in found if s.object]
    drawn += [s for s in graph.statements if s.type == "PART_OF" and s.subject in {f.subject for _, f in found}]
    return Answer(
        question="access",
        asked={"actor": actor, "body": body},
        about=(asker.node.ref, about.ref),
        as_of=view.as_of.isoformat(),
        summary=(_sentence(verdict, asker, about, found),),
        items=items,
        findings=(
            Finding("verdict", _sentence(verdict, asker, about, found), {"access": verdict}),
            *heard_for(asker, citations),
            *_unnamed(about, found, graph, citations),
        ),
        caveats=_caveats(found, about),
        picture=citations.picture(drawn, {asker.node.id: "asker", about.id: "asked"}),
        sources=citations.sources(),
        bounds=citations.bounds([*graph.cuts, *seats.cuts]),
        total=len(items),
    )


def _found(about: Node, asker: Speaker, graph: Subgraph, seats: Subgraph) -> tuple[tuple[str, Statement], ...]:
    groups = {s.subject for s in graph.statements if s.type == "PART_OF" and s.object == about.id}
    found: list[tuple[str, Statement]] = [
        ("seat", s)
        for s in seats.statements
        if s.type in ("MEMBER_OF", "HOSTS_SECRETARIAT") and s.object in {about.id, *groups}
    ]
    kind = actor_kind(asker)
    # What is said of committees in general is said of China's, and so are the channels.
    code = committees.parse(str(about.properties.get("code") or ""))
    chinese = about.properties.get("level") != "international" and (code is None or code.owner not in _ABROAD)
    for s in graph.statements:
        if s.type == "ACCESS" and s.properties.get("actor_kind", "any") in ("any", kind):
            if s.subject == about.id:
                found.append(("access", s))
            elif s.subject in groups:
                found.append(("group_access", s))
            elif s.subject == COMMITTEES and about.label in schema.BODIES and chinese:
                found.append(("general_access", s))
        elif s.type == "NOTE" and s.subject == COMMITTEES and s.qualifier.startswith("channel-") and chinese:
            found.append(("alternative", s))
    return tuple(found)


def _items(found: tuple[tuple[str, Statement], ...], citations: Citations) -> tuple[Item, ...]:
    order = list(ROLES)
    rows: dict[tuple[str, str, str, str, str], list[Statement]] = {}
    for role, s in found:
        # What is said of all committees, and of a channel, is one item with all its statements.
        said = "" if role in ("general_access", "alternative") else str(s.value)
        topic = "" if role == "general_access" else s.qualifier
        rows.setdefault((role, s.subject, s.object, topic, said), []).append(s)
    ranked = sorted(
        rows.items(),
        key=lambda row: (
            order.index(row[0][0]),
            *(-part for part in strength(max(row[1], key=strength))[:3]),
            row[0],
        ),
    )
    items = []
    for rank, ((role, subject, far, topic, said), statements) in enumerate(ranked, start=1):
        weight, reads = ROLES[role]
        best = max(statements, key=strength)
        ground = best.provenance.confidence.level / 3
        evidence = citations.cite(sorted(statements, key=strength, reverse=True))
        reason = in_one(evidence)
        items.append(
            Item(
                rank,
                role,
                citations.ref(far or subject),
                round(weight * ground, 6),
                (Part("role", ground, weight, reads),),
                reason,
                evidence,
                details={
                    "access": str(best.value) if said else None,
                    "stage": topic if said else None,
                    "ground": str(best.properties.get("ground", "unknown")) if said and best.type == "ACCESS" else None,
                },
            )
        )
    return tuple(items)


def _verdict(found: tuple[tuple[str, Statement], ...]) -> str:
    """The actor's own best seat, else what is said of membership of the body, else unknown."""
    seats = [s for role, s in found if role == "seat"]
    if seats:
        watching = all(s.qualifier in ("observer", "liaison", "o_member") for s in seats)
        return "observer" if watching else "member"
    said = [s for role, s in found if role == "access" and s.qualifier in ("membership", "any")]
    if said:
        return str(max(said, key=strength).value)
    return "unknown"


def _sentence(verdict: str, asker: Speaker, about: Node, found: tuple[tuple[str, Statement], ...]) -> Text:
    a, b = asker.node.ref, about.ref
    seats = [s for role, s in found if role == "seat"]
    if seats:
        return _seated(a, b, seats)
    if about.label == schema.AGENCY and verdict == "unknown":
        return Text(
            f"{b.name('en')} is an agency: it has no seats to sit in; how it is reached is the question of influence",
            f"{b.name('zh')}是机关，不设成员席位；如何触达请查询影响路径",
        )
    if verdict == "unknown":
        return Text(
            f"Whether {a.name('en')} may take part in {b.name('en')} is unknown: nothing on record says so",
            f"{a.name('zh')}能否参加{b.name('zh')}未知：没有相关记录",
        )
    return Text(
        f"By the record {b.name('en')} is {schema.word(verdict)} for actors such as {a.name('en')}; no seat of its own is on record",
        f"记录显示{b.name('zh')}对{a.name('zh')}这类主体为“{schema.word(verdict, 'zh')}”；未见其本身席位记录",
    )


def _seated(a: NodeRef, b: NodeRef, seats: list[Statement]) -> Text:
    """What the actor is there, by its highest post in the body itself, else in groups of it."""
    own = [s for s in seats if s.object == b.id]
    best = min(own or seats, key=lambda s: (_POSTS.index(s.qualifier) if s.qualifier in _POSTS else -1, s.key))
    says = phrase(best.type, best.qualifier)
    same = [s for s in own or seats if (s.type, s.qualifier) == (best.type, best.qualifier)]
    first = min(
        (s.since or s.provenance.observed_on or "" for s in same if s.since or s.provenance.observed_on), default=""
    )
    when_en, when_zh = (f" since {first}, by the sources", f"（据来源，始于{first}）") if first and own else ("", "")
    if own:
        return Text(
            f"{a.name('en')} {says.en} {b.name('en')}{when_en}", f"{a.name('zh')}{says.zh}{b.name('zh')}{when_zh}"
        )
    return Text(
        f"{a.name('en')} sits in a group of {b.name('en')}; no seat in {b.name('en')} itself is on record",
        f"{a.name('zh')}参加{b.name('zh')}的下属组织；未见其在{b.name('zh')}本身的席位记录",
    )


_POSTS = (
    "chair",
    "vice_chair",
    "secretary_general",
    "wg_lead",
    "member",
    "wg_member",
    "p_member",
    "observer",
    "o_member",
    "liaison",
)
"""Posts from the highest; a secretariat, which has none of these words, stands before them."""


def _unnamed(
    about: Node, found: tuple[tuple[str, Statement], ...], graph: Subgraph, citations: Citations
) -> tuple[Finding, ...]:
    """Groups that are said to be closed to such an actor without being named, and those believed to be meant."""
    closed = [s for role, s in found if role == "access" and s.qualifier == "working_groups" and s.value == "closed"]
    if not closed:
        return ()
    groups = [
        s for s in graph.statements if s.type == "ACCESS" and s.subject != about.id and s.value == "closed"
        and graph.nodes[s.subject].label == schema.WORKING_GROUP
    ]  # fmt: skip
    evidence = citations.cite([*closed, *groups])
    believed = listed(citations.ref(s.subject) for s in groups)
    said = [str(s.properties.get("note") or "working groups of it are closed, without being named") for s in closed]
    said_zh = [str(s.properties.get("note_zh") or "来源称其有工作组不对外资开放，但未具名") for s in closed]
    return (
        Finding(
            "closed_groups",
            Text(
                said[0][:1].upper()
                + "; ".join(said)[1:]
                + (f". Believed to be one of them: {believed.en}" if groups else ""),
                "；".join(said_zh) + (f"。据信其中之一为{believed.zh}" if groups else ""),
            ),
            {},
            evidence,
        ),
    )


def _caveats(found: tuple[tuple[str, Statement], ...], about: Node) -> tuple[Caveat, ...]:
    caveats = []
    seats = [s for role, s in found if role == "seat"]
    newest = max((s.provenance.observed_on or s.since or "" for s in seats), default="")
    if newest:
        caveats.append(
            Caveat(
                "seats_as_of",
                Text(
                    f"Seats are as of {newest}; nothing newer is on record",
                    f"席位信息截至{newest}；未见更新记录",
                ),
            )
        )
    if about.label != schema.AGENCY and not any(role == "access" for role, _ in found):
        caveats.append(
            Caveat(
                "access_unknown",
                Text(
                    f"No source on record says on what terms {about.ref.name('en')} admits members",
                    f"未见关于{about.ref.name('zh')}参与条件的来源",
                ),
            )
        )
    return tuple(caveats)
