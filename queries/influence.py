"""By which paths an actor reaches those who decide.

Rule. Influence runs between actors, never through an artefact: along seats, secretariats, guidance, ownership, and co-drafting
(Newman's weight with decay); a group speaks for its entities, a successor for those it took over from. Each tie has a cost
(`COSTS`), dearer where the tie is old, thin or undocumented. The best *distinct* paths are the shortest simple paths of the
bounded graph around both ends, of which no two share both their first intermediary and their channel. An agency may be the
target or stand next to it, never between two others. Channels are those of the report of 2020: direct participation,
association, indirect, and written comments, which need no tie at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph import schema
from graph.model import Direction, Node, Statement, View
from graph.store import Line, Outline, Spot, Stage, Step, Store, Tie
from queries import united
from queries.answer import Answer, Caveat, Finding, Hop, Item, Part, Text
from queries.evidence import Citations, counted, in_one
from queries.kinds import COMMITTEES
from queries.paths import CHANNELS, Network, Walked, Way, channel, co_drafting, drafting, tied, walked
from queries.resolve import one
from queries.speakers import TO_SUCCESSORS, Speaker, heard_for, speaker, speakers, successions

TARGETS = (schema.AGENCY, schema.COMMITTEE, schema.WORKING_GROUP, schema.ASSOCIATION)

CLOSED = ("closed", "by_invitation", "pending")
"""Access that is no open door."""

PATHS = 5
"""How many paths an answer gives unless asked otherwise."""
PARTNERS = 12
"""How many co-drafting partners of the asker are followed, the strongest; twice as many as the paths asked for, where that is more."""

_AROUND = (
    Stage(
        (
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT", "SUBORDINATE_TO", "OWNED_BY"), "out", schema.ORGANISATIONS, schema.ACTORS),
            Step(("PART_OF",), "out", schema.ACTORS, schema.ACTORS),
            Step(("PART_OF",), "in", schema.BODIES, schema.BODIES),
            Step(("DRAFTED",), "out", schema.ORGANISATIONS, (schema.STANDARD,)),
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT", "OVERSEES"), "in", (*schema.BODIES, schema.ASSOCIATION), limit=120),
            Step(("NOTE",), "out", (schema.FIELD,), qualifiers=("channel-written-comments",)),
        )
    ),
    Stage(
        (
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), (*schema.BODIES, schema.ASSOCIATION), limit=4),
            Step(("HOSTS_SECRETARIAT", "OVERSEES"), "in", (*schema.BODIES, schema.ASSOCIATION), limit=20),
            Step(("PART_OF",), "out", schema.ACTORS, schema.ACTORS),
            TO_SUCCESSORS,
        ),
        from_new=True,
    ),
    Stage(
        (
            Step(("OVERSEES", "HOSTS_SECRETARIAT"), "in", schema.BODIES, limit=20),
            Step(("MEMBER_OF",), "in", schema.BODIES, (schema.AGENCY,), limit=20),
            Step(("PART_OF",), "out", schema.BODIES, schema.BODIES),
            Step(("ACCESS",), "out", schema.BODIES, limit=10),
        )
    ),
)  # fmt: skip
"""From the asker its seats and the committees of what it drafted, from the target who sits there; then who oversees and runs each."""

_PARTNERS = (
    Stage(
        (
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT", "SUBORDINATE_TO"), "out", schema.ORGANISATIONS, schema.ACTORS, limit=40),
            Step(("PART_OF",), "in", (schema.COMPANY,), schema.ORGANISATIONS, ("entity", "")),
            Step(("PART_OF",), "out", schema.ORGANISATIONS, schema.ORGANISATIONS),
            TO_SUCCESSORS,
            Step(("DRAFTED",), "out", schema.ORGANISATIONS, (schema.STANDARD,), limit=12),
        ),
        hops=2,
    ),
    Stage((Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), schema.BODIES, limit=4),)),
)  # fmt: skip
"""Where the partners sit, and whose standards they drafted."""

_DOORS = (
    Stage(
        (
            Step(("OVERSEES", "HOSTS_SECRETARIAT"), "in", (*schema.BODIES, schema.ASSOCIATION), limit=20),
            Step(("PART_OF",), "out", schema.BODIES, schema.BODIES),
        ),
        hops=2,
    ),
)
"""Who runs and oversees the bodies to which the partners lead."""


def influence(store: Store, actor: str, target: str, view: View, *, limit: int = PATHS) -> Answer:
    """The best few distinct paths from `actor` to the committee, agency or association `target`.

    One path, or none, with its caveat, is the answer where the evidence has no more. Raises NotFoundError, AmbiguousError,
    InputError as `queries.resolve.one`.
    """
    start = speaker(
        store, one(store, actor, labels=schema.ACTORS, as_of=view.as_of, field="from", wanted="actor"), view
    )
    end = one(store, target, labels=TARGETS, as_of=view.as_of, field="to", wanted="agency, committee or association")
    around = store.outline([*start.ids, end.id, COMMITTEES], _AROUND, view)
    partners = _ties(store, start, end, around, view, max(PARTNERS, 2 * limit))
    beyond = store.outline(sorted({tie.b for tie in partners}), _PARTNERS, view)
    graph = _joined(around, beyond)
    network = _network(graph, partners, start, end, view)
    ways = network.distinct(limit)
    doors = [id for id in network.doors(ways, limit) if id in beyond.nodes]
    if doors:
        graph = _joined(graph, store.outline(doors, _DOORS, view))
        network = _network(graph, partners, start, end, view)
        ways = network.distinct(limit)
    paths = walked(ways, network, store)
    besides = _besides(store, graph, {end.id, *(id for way in ways for id in way[1:])})
    passed = successions(_spoken(graph, start, end), (*besides, *start.succession))
    cited = {
        id
        for s in (*besides, *(s for path in paths for step in path for s in (*step.statements, *step.beside)))
        for id in (s.subject, s.object)
    }
    named = store.expand(sorted({*cited, *(id for way in ways for id in way)} - {""}), (), view).nodes
    citations = Citations(store, view, {**named, **{n.id: n for n in (start.node, *start.entities, end)}})
    closed = [s for s in besides if s.type == "ACCESS" and s.value in CLOSED]
    items = tuple(_item(rank, path, graph.nodes, passed, citations) for rank, path in enumerate(paths, start=1))
    items += _comments([s for s in besides if s.type == "NOTE"], citations, len(items) + 1, end)
    used = [s for path in paths for edge in path for s in (*edge.statements, *_passed_on(edge, passed))]
    roles = {start.node.id: "asker", end.id: "target"}
    return Answer(
        question="influence",
        asked={"from": actor, "to": target, "limit": limit},
        about=(start.node.ref, end.ref),
        as_of=view.as_of.isoformat(),
        summary=_summary(start, end, ways, paths, graph.nodes),
        items=items,
        findings=(*heard_for(start, citations), *_doors(closed, citations)),
        caveats=_caveats(start, paths, view),
        picture=citations.picture(used, roles),
        sources=citations.sources(),
        bounds=citations.bounds(cut for cut in around.cuts if cut.node in (*start.ids, end.id)),
        total=len(items),
    )


def _spoken(graph: Outline, start: Speaker, end: Node) -> Mapping[str, str]:
    """Who speaks for whom: the asker for all it stands for, the target for itself."""
    return {**speakers(graph.nodes, graph.lines), **dict.fromkeys(start.ids, start.node.id), end.id: end.id}


def _network(graph: Outline, partners: Sequence[Tie], start: Speaker, end: Node, view: View) -> Network:
    spoken = _spoken(graph, start, end)
    edges = [
        *tied(graph, spoken, view),
        *drafting(graph, spoken, view),
        *co_drafting(united.ties(partners, spoken), graph, spoken, view),
    ]
    return Network(edges, graph.nodes, start.node.id, end.id)


def _ties(store: Store, start: Speaker, end: Node, around: Outline, view: View, most: int) -> tuple[Tie, ...]:
    """The asker's strongest co-drafting ties, and those with whoever runs or sits in the target."""
    doorstep = {s.subject for s in around.lines if s.type in ("HOSTS_SECRETARIAT", "MEMBER_OF") and s.object == end.id}
    return store.ties(start.drafting_as, view, also=sorted(doorstep), limit=most)


def _joined(*graphs: Outline) -> Outline:
    nodes: dict[str, Spot] = {}
    lines: dict[int, Line] = {}
    for graph in graphs:
        nodes.update(graph.nodes)
        lines.update((line.handle, line) for line in graph.lines)
    return Outline(nodes, tuple(lines.values()), tuple(cut for graph in graphs for cut in graph.cuts))


def _besides(store: Store, graph: Outline, on_the_way: Collection[str]) -> list[Statement]:
    """What is told beside the paths: notes, who was succeeded, and the access to those on the way."""
    lines = [
        line
        for line in graph.lines
        if line.type in ("NOTE", "SUCCEEDED_BY") or (line.type == "ACCESS" and line.subject in on_the_way)
    ]
    return sorted({s.key: s for s in store.behind(lines).values()}.values(), key=lambda s: s.key)


def _passed_on(edge: Walked, passed: Mapping[str, tuple[Statement, ...]]) -> tuple[Statement, ...]:
    """That those of whom a step's statements speak were succeeded by who answers for them in it."""
    ends = dict.fromkeys(id for s in edge.statements for id in (s.subject, s.object))
    return tuple({s.key: s for id in ends if id not in (edge.a, edge.b) for s in passed.get(id, ())}.values())


def _item(
    rank: int,
    path: list[Walked],
    nodes: Mapping[str, Spot],
    passed: Mapping[str, tuple[Statement, ...]],
    citations: Citations,
) -> Item:
    way = channel([step.b for step in path], path[0].tie, nodes)
    hops = tuple(_hop(edge, _passed_on(edge, passed), citations) for edge in path)
    cost = sum(edge.cost for edge in path)
    names = [hops[0].source, *(hop.target for hop in hops)]
    oldest = min(
        (
            e.observed_on or e.since or ""
            for h in hops
            for e in h.evidence
            if e.type != "SUCCEEDED_BY" and (e.observed_on or e.since)
        ),
        default="",
    )
    dated = Text(f"; oldest evidence {oldest}", f"；最早依据{oldest}") if oldest else Text("", "")
    return Item(
        rank,
        "path",
        names[-2] if len(names) > 2 else names[-1],
        round(1 / (1 + cost), 6),
        tuple(Part(f"step_{n}", round(hop.cost, 6), 1.0, hop.says) for n, hop in enumerate(hops, start=1)),
        Text(
            f"{CHANNELS[way].en[0].upper()}{CHANNELS[way].en[1:]}: "
            + "; ".join(hop.says.en for hop in hops)
            + dated.en,
            f"{CHANNELS[way].zh}：" + "；".join(hop.says.zh for hop in hops) + dated.zh,
        ),
        tuple(e for hop in hops for e in hop.evidence),
        hops,
        {"channel": way, "cost": round(cost, 6), "steps": len(hops)},
    )


def _hop(edge: Walked, passed: Sequence[Statement], citations: Citations) -> Hop:
    evidence = citations.cite(edge.statements)
    taken_over = citations.cite(passed)
    beside = citations.cite(edge.beside)
    a, b = citations.ref(edge.a), citations.ref(edge.b)
    direction: Direction = "out" if edge.forward else "in"
    latest_en = f", latest {edge.latest}" if edge.latest else ""
    latest_zh = f"，最近{edge.latest}" if edge.latest else ""
    standards = counted(edge.shared, "standard")
    least_en, least_zh = ("at least ", "至少") if edge.at_least else ("", "")
    who, body = (a, b) if b.label in schema.BODIES else (b, a)
    if edge.tie == "CO_DRAFTED":
        who = a
        says = Text(
            f"{a.name('en')} drafted {standards} with {b.name('en')}{latest_en}",
            f"{a.name('zh')}与{b.name('zh')}共同起草{edge.shared}项标准{latest_zh}",
        )
    elif edge.tie == "DRAFTS_IN":
        says = Text(
            f"{who.name('en')} drafted {least_en}{standards} of {body.name('en')}{latest_en}",
            f"{who.name('zh')}参与起草{body.name('zh')}的{least_zh}{edge.shared}项标准{latest_zh}",
        )
    else:
        who, says = evidence[0].subject, evidence[0].says
    also = [e for e in beside if e.type in schema.TIES][:2]
    says = in_one((*also, *taken_over), says, who.id)
    return Hop(a, b, edge.tie, direction, round(edge.cost, 6), says, (*evidence, *beside, *taken_over), edge.shared)


def _comments(notes: Sequence[Statement], citations: Citations, rank: int, end: Node) -> tuple[Item, ...]:
    """The channel that needs no tie: comments on drafts, where something on record says how."""
    evidence = citations.cite(notes)
    if not evidence:
        return ()
    says = [Text(str(s.value), str(s.properties.get("value_zh") or s.value)) for s in notes]
    return (
        Item(
            rank,
            "written_comments",
            end.ref,
            0.0,
            (),
            Text(
                "Written comments, open without any tie: " + "; ".join(t.en for t in says),
                "书面意见（无需任何关系）：" + "；".join(t.zh for t in says),
            ),
            evidence,
            details={"channel": "written_comments"},
        ),
    )


def _doors(closed: list[Statement], citations: Citations) -> tuple[Finding, ...]:
    evidence = citations.cite(closed)
    if not evidence:
        return (
            Finding(
                "doors",
                Text(
                    "No closed door is on record on these ways; what is not on record is unknown, not open",
                    "上述途径未见关闭记录；无记录即为未知，并非开放",
                ),
            ),
        )
    return (
        Finding(
            "doors",
            Text(
                "Doors on the way that are not open: " + "; ".join(e.says.en for e in evidence),
                "途中未开放之处：" + "；".join(e.says.zh for e in evidence),
            ),
            {},
            evidence,
        ),
    )


def _summary(
    start: Speaker, end: Node, ways: Sequence[Way], paths: list[list[Walked]], nodes: Mapping[str, Spot]
) -> tuple[Text, ...]:
    a, b = start.node.ref, end.ref
    if not paths:
        return (
            Text(
                f"No path from {a.name('en')} to {b.name('en')} is on record",
                f"未见从{a.name('zh')}到{b.name('zh')}的路径记录",
            ),
        )
    channels = [CHANNELS[channel(way[1:], path[0].tie, nodes)] for way, path in zip(ways, paths, strict=True)]
    en = ", ".join(dict.fromkeys(one.en for one in channels))
    zh = "、".join(dict.fromkeys(one.zh for one in channels))
    return (
        Text(
            f"{counted(len(paths), 'distinct path')} from {a.name('en')} to {b.name('en')} on record: {en}",
            f"记录中从{a.name('zh')}到{b.name('zh')}有{len(paths)}条不同路径：{zh}",
        ),
    )


def _caveats(start: Speaker, paths: list[list[Walked]], view: View) -> tuple[Caveat, ...]:
    caveats = []
    name_en, name_zh = start.node.ref.name("en"), start.node.ref.name("zh")
    if len(paths) <= 1:
        caveats.append(
            Caveat(
                "few_paths",
                Text(
                    f"The evidence on record supports {'one path' if paths else 'no path'}. "
                    f"Seats and memberships of {name_en} would add more: load them as a table of members",
                    f"现有证据仅支持{len(paths)}条路径。载入{name_zh}的席位与会员资料可补充",
                ),
            )
        )
    for n, path in enumerate(paths, start=1):
        days = [s.provenance.observed_on or s.since for edge in path for s in edge.statements[:1]]
        old = sorted(day for day in days if day and int(day[:4]) <= view.as_of.year - 5)
        if old:
            caveats.append(
                Caveat(
                    "old_evidence",
                    Text(
                        f"Path {n} rests on evidence as of {old[0]}; nothing newer is on record",
                        f"路径{n}依据{old[0]}的记录；未见更新记录",
                    ),
                )
            )
        weak = [edge for edge in path if not any(s.provenance.basis.documented for s in edge.statements)]
        if weak:
            caveats.append(
                Caveat(
                    "no_page",
                    Text(
                        f"Path {n}: no page on record confirms {len(weak)} of its {len(path)} steps",
                        f"路径{n}：{len(path)}步中有{len(weak)}步尚无网页佐证",
                    ),
                )
            )
    return tuple(caveats)
