"""By which paths an actor reaches those who decide.

Rule. Influence runs between actors, never through an artefact: along seats, secretariats, guidance, ownership, and co-drafting
(Newman's weight with decay). Each tie has a cost (`COSTS`), dearer where the tie is old, thin or undocumented. The best
*distinct* paths are the shortest simple paths of the bounded graph around both ends, of which no two share both their first
intermediary and their channel. An agency may be the target or stand next to it, never between two others. Channels are those
of the report of 2020: direct participation, association, indirect, and written comments, which need no tie at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from graph import schema
from graph.dates import last_day
from graph.model import Direction, Node, Statement, View
from graph.store import Stage, Step, Store, Subgraph, Tie
from queries.answer import Answer, Caveat, Finding, Hop, Item, Part, Text
from queries.evidence import Citations, strength
from queries.kinds import COMMITTEES
from queries.resolve import one
from queries.speakers import Speaker, speaker, speakers

TARGETS = (schema.AGENCY, schema.COMMITTEE, schema.WORKING_GROUP, schema.ASSOCIATION)

COSTS: Mapping[str, float] = {
    "HOSTS_SECRETARIAT": 0.3,
    "MEMBER_OF:chair": 0.3,
    "MEMBER_OF:vice_chair": 0.4,
    "MEMBER_OF:secretary_general": 0.4,
    "MEMBER_OF:wg_lead": 0.5,
    "MEMBER_OF:member": 0.6,
    "MEMBER_OF:wg_member": 0.7,
    "MEMBER_OF": 1.2,
    "OVERSEES": 0.4,
    "SUBORDINATE_TO": 0.5,
    "PART_OF": 0.3,
    "OWNED_BY": 1.2,
    "DRAFTS_IN": 0.8,
    "CO_DRAFTED": 0.7,
}
"""Cost of a step by tie (and role). A secretariat or chair is heard at once, a member votes, an observer or liaison (1.2) only
listens; shared drafting opens a conversation; ownership is a claim on a firm, not on its standards people.
"""

AGE_COST = 0.04
"""What each year since a statement was last true or observed adds; ten years make a member's seat worth an observer's."""
UNDATED_COST = 0.2
"""What a statement without any date adds: as much as five years."""
UNDOCUMENTED_COST = 0.1
"""What a statement that no page confirms adds."""
LOW_COST = 0.4
"""What low confidence adds (medium half of it)."""

LONGEST = 5
"""Most steps of a path: beyond, nobody passes a message on."""
PATHS = 5
"""How many paths an answer gives unless asked otherwise."""
TRIED = 400
"""How many shortest paths are looked at for distinct ones before the search stops and says so."""
PARTNERS = 40
"""How many co-drafting partners of the asker are followed: the strongest."""

_AROUND = (
    Stage(
        (
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT", "SUBORDINATE_TO", "OWNED_BY", "OVERSEES"), "out", (*schema.ORGANISATIONS,), schema.ACTORS, limit=120),
            Step(("PART_OF",), "out", schema.ACTORS, schema.ACTORS),
            Step(("PART_OF",), "in", schema.BODIES, schema.BODIES),
            Step(("DRAFTED",), "out", schema.ORGANISATIONS, (schema.STANDARD,), limit=60),
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT", "OVERSEES"), "in", (*schema.BODIES, schema.ASSOCIATION), limit=120),
            Step(("SUBORDINATE_TO",), "in", (schema.AGENCY,), schema.ORGANISATIONS, limit=60),
        )
    ),
    Stage(
        (
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), (*schema.BODIES, schema.ASSOCIATION), limit=4),
            Step(("HOSTS_SECRETARIAT", "OVERSEES"), "in", (*schema.BODIES, schema.ASSOCIATION), limit=20),
            Step(("MEMBER_OF",), "in", (*schema.BODIES, schema.ASSOCIATION), limit=60),
            Step(("PART_OF",), "out", schema.ACTORS, schema.ACTORS),
        ),
        from_new=True,
    ),
    Stage(
        (
            Step(("OVERSEES", "HOSTS_SECRETARIAT"), "in", schema.BODIES, limit=20),
            Step(("PART_OF",), "out", schema.ACTORS, schema.ACTORS),
            Step(("ACCESS",), "out", schema.BODIES, limit=10),
        )
    ),
)  # fmt: skip
"""From both ends: seats, secretariats, overseers, and the committees of the drafted standards."""

_PARTNERS = (
    Stage(
        (
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT", "SUBORDINATE_TO"), "out", schema.ORGANISATIONS, schema.ACTORS, limit=40),
            Step(("PART_OF",), "in", (schema.COMPANY,), schema.ORGANISATIONS, ("entity", "")),
            Step(("PART_OF",), "out", schema.ORGANISATIONS, schema.ORGANISATIONS),
            Step(("DRAFTED",), "out", schema.ORGANISATIONS, (schema.STANDARD,), limit=20),
        ),
        hops=2,
    ),
    Stage(
        (
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), schema.BODIES, limit=4),
            Step(("OVERSEES", "HOSTS_SECRETARIAT"), "in", (*schema.BODIES, schema.ASSOCIATION), limit=20),
            Step(("PART_OF",), "out", schema.BODIES, schema.BODIES),
        ),
        hops=2,
    ),
)  # fmt: skip
"""Where the partners sit, what they run, and whose standards they drafted."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A tie between two actors with its cost and the statements behind it, as it would be walked from `a` to `b`."""

    a: str
    b: str
    tie: str
    qualifier: str
    cost: float
    statements: tuple[Statement, ...]
    shared: int = 0
    latest: str | None = None


def influence(store: Store, actor: str, target: str, view: View, *, limit: int = PATHS) -> Answer:
    """The best few distinct paths from `actor` to the committee, agency or association `target`.

    One path, or none, with its caveat, is the answer where the evidence has no more. Raises NotFoundError, AmbiguousError,
    InputError as `queries.resolve.one`.
    """
    start = speaker(
        store, one(store, actor, labels=schema.ACTORS, as_of=view.as_of, field="from", wanted="actor"), view
    )
    end = one(store, target, labels=TARGETS, as_of=view.as_of, field="to", wanted="agency, committee or association")
    around = store.expand([*start.ids, end.id], _AROUND, view)
    ties = store.ties([start.node.id], view, limit=PARTNERS)
    beyond = store.expand([tie.b for tie in ties], _PARTNERS, view)
    graph = _joined(around, beyond)
    spoken = {**speakers(graph), **dict.fromkeys(start.ids, start.node.id)}
    edges = [
        *_tied(graph, spoken, view),
        *_drafting(graph, spoken, view),
        *_co_drafting(ties, graph, spoken, view),
    ]
    network = _network(edges, graph, start.node.id, end.id)
    paths, tried = _distinct(network, graph, start.node.id, end.id, limit)
    citations = Citations(store, view, {**graph.nodes, start.node.id: start.node, end.id: end})
    closed = _closed(graph, end.id, paths)
    items = tuple(_item(rank, path, graph, citations) for rank, path in enumerate(paths, start=1))
    items += _comments(store, view, citations, len(items) + 1, end)
    used = [s for path in paths for edge in path for s in edge.statements if _drawable(s)]
    roles = {start.node.id: "asker", end.id: "target"}
    return Answer(
        question="influence",
        asked={"from": actor, "to": target, "limit": limit},
        about=(start.node.ref, end.ref),
        as_of=view.as_of.isoformat(),
        summary=_summary(start, end, paths, graph),
        items=items,
        findings=_doors(closed, citations),
        caveats=_caveats(start, paths, tried, view),
        picture=citations.picture(used, roles),
        sources=citations.sources(),
        bounds=citations.bounds([*around.cuts, *beyond.cuts]),
        total=len(items),
    )


def _joined(*graphs: Subgraph) -> Subgraph:
    nodes: dict[str, Node] = {}
    statements: dict[str, Statement] = {}
    for graph in graphs:
        nodes.update(graph.nodes)
        statements.update({s.key: s for s in graph.statements})
    return Subgraph(nodes, tuple(statements[key] for key in sorted(statements)))


def _tied(graph: Subgraph, spoken: Mapping[str, str], view: View) -> Iterable[_Edge]:
    """Ties that statements say directly, those of one pair and kind together."""
    groups: dict[tuple[str, str, str, str], list[Statement]] = {}
    for s in graph.statements:
        if s.type in schema.TIES and s.object:
            a, b = spoken[s.subject], spoken[s.object]
            if a != b:
                groups.setdefault((a, b, s.type, s.qualifier), []).append(s)
    for (a, b, kind, qualifier), statements in groups.items():
        ordered = tuple(sorted(statements, key=strength, reverse=True))
        cost = COSTS.get(f"{kind}:{qualifier}", COSTS[kind]) + min(_doubt(s, view) for s in ordered)
        yield _Edge(a, b, kind, qualifier, cost, ordered)


def _drafting(graph: Subgraph, spoken: Mapping[str, str], view: View) -> Iterable[_Edge]:
    """Who drafted standards of which committee."""
    of: dict[str, list[Statement]] = {}
    for s in graph.statements:
        if s.type == "IN_CHARGE_OF" and graph.nodes[s.subject].label in schema.BODIES:
            of.setdefault(s.object, []).append(s)
    groups: dict[tuple[str, str], list[tuple[Statement, Statement]]] = {}
    for s in graph.statements:
        if s.type == "DRAFTED":
            for charge in of.get(s.object, ()):
                groups.setdefault((spoken[s.subject], charge.subject), []).append((s, charge))
    for (a, b), pairs in groups.items():
        pairs.sort(key=lambda pair: (pair[0].since or "", pair[0].key), reverse=True)
        count = len({drafted.object for drafted, _ in pairs})
        newest = pairs[:3]
        statements = tuple(dict.fromkeys(s for pair in newest for s in pair))
        latest = pairs[0][0].since
        cost = COSTS["DRAFTS_IN"] / min(2.0, 1 + 0.2 * (count - 1)) + min(_doubt(d, view) for d, _ in newest)
        yield _Edge(a, b, "DRAFTS_IN", "", cost, statements, count, latest)


def _co_drafting(ties: Sequence[Tie], graph: Subgraph, spoken: Mapping[str, str], view: View) -> Iterable[_Edge]:
    """Ties of shared drafting, with the drafting statements of both sides."""
    drafted: dict[tuple[str, str], list[Statement]] = {}
    for s in graph.statements:
        if s.type == "DRAFTED":
            drafted.setdefault((spoken[s.subject], s.object), []).append(s)
    for tie in ties:
        statements = [
            s for standard in tie.standards for side in (tie.a, tie.b) for s in drafted.get((side, standard), ())[:1]
        ]
        if statements:
            thin = 0.6 / (1 + 4 * tie.weight)
            cost = COSTS["CO_DRAFTED"] + thin + _age(tie.latest, view)
            yield _Edge(tie.a, tie.b, "CO_DRAFTED", "", cost, tuple(statements), tie.shared, tie.latest)


def _doubt(s: Statement, view: View) -> float:
    """What age, missing date, missing page and low confidence add to a step's cost."""
    p = s.provenance
    cost = 0.0 if p.basis.documented else UNDOCUMENTED_COST
    cost += {3: 0.0, 2: LOW_COST / 2, 1: LOW_COST}[p.confidence.level]
    return cost + _age(p.observed_on or s.since, view)


def _age(day: str | None, view: View) -> float:
    if day is None:
        return UNDATED_COST
    years = view.as_of.year - int(last_day(day)[:4])
    return AGE_COST * max(0, years)


def _network(edges: Iterable[_Edge], graph: Subgraph, start: str, end: str) -> nx.DiGraph[str]:
    """The graph of ties, walkable both ways, without artefacts, and with agencies only at the end or next to it."""
    network: nx.DiGraph[str] = nx.DiGraph()
    for edge in edges:
        for a, b in ((edge.a, edge.b), (edge.b, edge.a)):
            if b == start or a == end:
                continue
            if not network.has_edge(a, b) or edge.cost < network.edges[a, b]["weight"]:
                network.add_edge(a, b, weight=edge.cost, edge=edge)
    for id in list(network.nodes):
        label = graph.nodes[id].label if id in graph.nodes else ""
        if id in (start, end) or label != schema.AGENCY:
            continue
        # An agency next to the target may pass a matter on to it; it is no bridge to anybody else.
        network.remove_edges_from([(id, other) for other in list(network.successors(id)) if other != end])
    return network


def _distinct(
    network: nx.DiGraph[str], graph: Subgraph, start: str, end: str, limit: int
) -> tuple[list[list[_Edge]], int]:
    """The cheapest paths of which no two share both first intermediary and channel; and how many were looked at."""
    if not {start, end} <= set(network.nodes):
        return [], 0
    if not nx.has_path(network, start, end):
        return [], 0
    found: list[list[_Edge]] = []
    taken: set[tuple[str, str]] = set()
    tried = 0
    for ids in itertools.islice(nx.shortest_simple_paths(network, start, end, weight="weight"), TRIED):
        tried += 1
        if len(ids) - 1 > LONGEST:
            continue
        path = [_walked(network.edges[a, b], a, b) for a, b in itertools.pairwise(ids)]
        mark = (ids[1], channel(path, graph.nodes))
        if mark in taken:
            continue
        taken.add(mark)
        found.append(path)
        if len(found) == limit:
            break
    return found, tried


def _walked(data: Mapping[str, Any], a: str, b: str) -> _Edge:
    edge: _Edge = data["edge"]
    return (
        edge
        if edge.a == a
        else _Edge(a, b, edge.tie, edge.qualifier, edge.cost, edge.statements, edge.shared, edge.latest)
    )


def channel(path: Sequence[_Edge], nodes: Mapping[str, Node]) -> str:
    """Which of the report's channels a path uses: `direct` where the actor itself sits or drafts in a body that leads on,
    `association` where it goes through one it belongs to, else `indirect`, through a partner.
    """
    first = path[0]
    label = nodes[first.b].label if first.b in nodes else ""
    if label == schema.ASSOCIATION and first.tie != "CO_DRAFTED":
        return "direct" if len(path) == 1 else "association"
    if label in (*schema.BODIES, schema.AGENCY):
        return "direct"
    if any(nodes[edge.b].label == schema.ASSOCIATION for edge in path[:-1] if edge.b in nodes):
        return "association"
    return "indirect"


CHANNELS: Mapping[str, Text] = {
    "direct": Text("direct participation", "直接参与"),
    "association": Text("through an association", "通过协会"),
    "indirect": Text("indirect, through a partner", "通过伙伴间接影响"),
    "written_comments": Text("written comments", "书面意见"),
}
"""The four channels of the report of 2020, section "Main Channels for Participation"."""


def _item(rank: int, path: list[_Edge], graph: Subgraph, citations: Citations) -> Item:
    way = channel(path, graph.nodes)
    hops = tuple(_hop(edge, citations) for edge in path)
    cost = sum(edge.cost for edge in path)
    names = [hops[0].source, *(hop.target for hop in hops)]
    oldest = min(
        (e.observed_on or e.since or "" for h in hops for e in h.evidence if e.observed_on or e.since),
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


def _hop(edge: _Edge, citations: Citations) -> Hop:
    evidence = citations.cite(edge.statements)
    a, b = citations.ref(edge.a), citations.ref(edge.b)
    direction: Direction = "out" if evidence and evidence[0].subject.id == edge.a else "in"
    latest_en = f", latest {edge.latest}" if edge.latest else ""
    latest_zh = f"，最近{edge.latest}" if edge.latest else ""
    if edge.tie == "CO_DRAFTED":
        says = Text(
            f"{a.name('en')} drafted {edge.shared} with {b.name('en')}{latest_en}",
            f"{a.name('zh')}与{b.name('zh')}共同起草{edge.shared}项标准{latest_zh}",
        )
    elif edge.tie == "DRAFTS_IN":
        who, body = (a, b) if b.label in schema.BODIES else (b, a)
        says = Text(
            f"{who.name('en')} drafted {edge.shared} of {body.name('en')}{latest_en}",
            f"{who.name('zh')}参与起草{body.name('zh')}的{edge.shared}项标准{latest_zh}",
        )
    else:
        says = evidence[0].says
    return Hop(a, b, edge.tie, direction, round(edge.cost, 6), says, evidence)


def _comments(store: Store, view: View, citations: Citations, rank: int, end: Node) -> tuple[Item, ...]:
    """The channel that needs no tie: comments on drafts, where something on record says how."""
    steps = (Stage((Step(("NOTE",), "out", (schema.FIELD,), qualifiers=("channel-written-comments",)),)),)
    graph = store.expand([COMMITTEES], steps, view)
    citations.know(graph.nodes)
    evidence = citations.cite(graph.statements)
    if not evidence:
        return ()
    says = [Text(str(s.value), str(s.properties.get("value_zh") or s.value)) for s in graph.statements]
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


def _closed(graph: Subgraph, end: str, paths: list[list[_Edge]]) -> list[Statement]:
    """Statements of closed or restricted access at the target or on the way."""
    on_the_way = {end, *(edge.b for path in paths for edge in path)}
    return [
        s
        for s in graph.statements
        if s.type == "ACCESS" and s.subject in on_the_way and s.value in ("closed", "by_invitation", "pending")
    ]


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


def _drawable(s: Statement) -> bool:
    """Ties are drawn, and drafting with the standard as its evidence."""
    return bool(s.object)


def _summary(start: Speaker, end: Node, paths: list[list[_Edge]], graph: Subgraph) -> tuple[Text, ...]:
    a, b = start.node.ref, end.ref
    if not paths:
        return (
            Text(
                f"No path from {a.name('en')} to {b.name('en')} is on record",
                f"未见从{a.name('zh')}到{b.name('zh')}的路径记录",
            ),
        )
    ways = [CHANNELS[channel(path, graph.nodes)] for path in paths]
    en = ", ".join(dict.fromkeys(way.en for way in ways))
    zh = "、".join(dict.fromkeys(way.zh for way in ways))
    one_en = "1 distinct path" if len(paths) == 1 else f"{len(paths)} distinct paths"
    return (
        Text(
            f"{one_en} from {a.name('en')} to {b.name('en')} on record: {en}",
            f"记录中从{a.name('zh')}到{b.name('zh')}有{len(paths)}条不同路径：{zh}",
        ),
    )


def _caveats(start: Speaker, end: Node, paths: list[list[_Edge]], tried: int, view: View) -> tuple[Caveat, ...]:
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
    if tried >= TRIED:
        caveats.append(
            Caveat(
                "bounded",
                Text(f"Only the {TRIED} cheapest paths were looked at", f"仅比较了代价最低的{TRIED}条路径"),
            )
        )
    return tuple(caveats)
