"""Ties between actors with their costs, and the cheapest distinct paths along them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from graph import schema
from graph.dates import last_day
from graph.model import Node, Statement, View
from graph.store import Subgraph, Tie
from queries.answer import Text
from queries.evidence import strength

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

HUB_COST = 0.5
"""What it adds to go on from a body to one of its members: sitting in one room with somebody is not yet their support, and
large bodies would otherwise join everybody with everybody."""

EVIDENCE = 8
"""Most statements of other ties that stand beside a step."""

LONGEST = 5
"""Most steps of a path: beyond, nobody passes a message on."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two actors with its cost and the statements behind it, as it would be walked from `a` to `b`.

    `forward` False says that it is walked from the object of its statements to the subject.
    `beside` are statements of other ties of the same pair; `at_least` says that more than `shared` standards may be on record.
    """

    a: str
    b: str
    tie: str
    qualifier: str
    cost: float
    statements: tuple[Statement, ...]
    shared: int = 0
    at_least: bool = False
    forward: bool = True
    latest: str | None = None
    beside: tuple[Statement, ...] = ()


def tied(graph: Subgraph, spoken: Mapping[str, str], view: View) -> Iterable[Edge]:
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
        yield Edge(a, b, kind, qualifier, cost, ordered)


def drafting(graph: Subgraph, spoken: Mapping[str, str], view: View) -> Iterable[Edge]:
    """Who drafted standards of which committee; for an actor whose drafting was cut at a bound, at least so many."""
    bounded = {spoken[cut.node] for cut in graph.cuts if "DRAFTED" in cut.types and cut.direction == "out"}
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
        statements = tuple({s.key: s for pair in newest for s in pair}.values())
        latest = pairs[0][0].since
        cost = COSTS["DRAFTS_IN"] / min(2.0, 1 + 0.2 * (count - 1)) + min(_doubt(d, view) for d, _ in newest)
        yield Edge(a, b, "DRAFTS_IN", "", cost, statements, count, at_least=a in bounded, latest=latest)


def co_drafting(ties: Sequence[Tie], graph: Subgraph, spoken: Mapping[str, str], view: View) -> Iterable[Edge]:
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
            yield Edge(tie.a, tie.b, "CO_DRAFTED", "", cost, tuple(statements), tie.shared, latest=tie.latest)


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


def network_of(edges: Iterable[Edge], graph: Subgraph, start: str, end: str) -> nx.DiGraph[str]:
    """The graph of ties, walkable both ways, without artefacts, and with agencies only at the end or next to it.

    Of several ties of a pair the cheapest is the step; the statements of the others stand beside it as evidence.
    """
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        pairs.setdefault((min(edge.a, edge.b), max(edge.a, edge.b)), []).append(edge)
    network: nx.DiGraph[str] = nx.DiGraph()
    for ties in pairs.values():
        ties.sort(key=lambda edge: (edge.cost, edge.tie, edge.qualifier, edge.a))
        best = ties[0]
        said = {s.key for s in best.statements}
        beside = {s.key: s for edge in ties[1:] for s in edge.statements if s.key not in said}
        step = replace(best, beside=tuple(beside.values())[:EVIDENCE]) if beside else best
        for a, b in ((step.a, step.b), (step.b, step.a)):
            if b == start or a == end:
                continue
            onward = HUB_COST if b != end and _is_body(a, graph) and not _is_body(b, graph) else 0.0
            network.add_edge(a, b, weight=step.cost + onward, edge=step)
    target = graph.nodes[end].label if end in graph.nodes else ""
    for id in list(network.nodes):
        label = graph.nodes[id].label if id in graph.nodes else ""
        if id in (start, end) or label != schema.AGENCY:
            continue
        # An agency next to the target may pass a matter on to it; it is no bridge to anybody else, nor from one association
        # to another: no ministry asks one for the sake of a member of another.
        away = [other for other in network.successors(id) if other != end or target == schema.ASSOCIATION]
        network.remove_edges_from([(id, other) for other in away])
    return network


def _is_body(id: str, graph: Subgraph) -> bool:
    return id in graph.nodes and graph.nodes[id].label in (*schema.BODIES, schema.ASSOCIATION)


def distinct(network: nx.DiGraph[str], graph: Subgraph, start: str, end: str, limit: int) -> list[list[Edge]]:
    """The cheapest paths of which no two share both first intermediary and channel, cheapest first; none is longer than `LONGEST`.

    None leads over others to an organisation that a cheaper path reaches at once.

    The cheapest way to the end from every possible first intermediary comes out of one run of Dijkstra's algorithm from
    the end; a second run without associations gives the ways of another channel over the same intermediaries.
    """
    if not {start, end} <= set(network.nodes):
        return []
    near = nx.single_source_shortest_path_length(network, start, cutoff=LONGEST - 1)
    onward: nx.DiGraph[str] = nx.DiGraph()
    onward.add_node(end)
    for a, b in network.edges:
        if a in near and start not in (a, b):
            onward.add_edge(b, a, weight=network.edges[a, b]["weight"])
    associations = [id for id in onward if id != end and graph.nodes[id].label == schema.ASSOCIATION]
    ways = {tuple(way) for way in _ways(network, onward, start, end)}
    onward.remove_nodes_from(associations)
    ways |= {tuple(way) for way in _ways(network, onward, start, end)}
    paths = [[_walked(network.edges[a, b], a, b) for a, b in itertools.pairwise(way)] for way in sorted(ways)]
    paths.sort(key=lambda path: sum(edge.cost for edge in path))
    found: dict[tuple[str, str], list[Edge]] = {}
    reached: set[str] = set()
    for path in paths:
        # Whom the actor reaches at once it need not be led to: a partner's membership of its own association opens no other door.
        if reached.isdisjoint(edge.b for edge in path[1:-1]):
            found.setdefault((path[0].b, channel(path, graph.nodes)), path)
            reached |= {path[0].b} if graph.nodes[path[0].b].label in schema.ORGANISATIONS else set()
    return list(found.values())[:limit]


def _ways(network: nx.DiGraph[str], onward: nx.DiGraph[str], start: str, end: str) -> Iterable[list[str]]:
    """For each first intermediary the cheapest way from start to end over it, in `onward`, which runs backwards."""
    routes: Mapping[str, list[str]] = nx.single_source_dijkstra_path(onward, end, weight="weight")
    for first in network.successors(start):
        if first in routes and len(routes[first]) <= LONGEST:
            yield [start, *reversed(routes[first])]


def _walked(data: Mapping[str, Any], a: str, b: str) -> Edge:
    """The step as it is walked, from `a` to `b`, with what it costs in that direction."""
    edge: Edge = data["edge"]
    return replace(edge, a=a, b=b, cost=data["weight"], forward=edge.a == a)


def channel(path: Sequence[Edge], nodes: Mapping[str, Node]) -> str:
    """Which of the report's channels a path uses: `direct` where the actor itself sits or drafts in a body that leads on
    without the help of another organisation, `association` where it goes through one it belongs to, else `indirect`, through a partner.
    """
    first = path[0]
    label = nodes[first.b].label if first.b in nodes else ""
    if label == schema.ASSOCIATION and first.tie != "CO_DRAFTED":
        return "direct" if len(path) == 1 else "association"
    between = {nodes[edge.b].label for edge in path[:-1] if edge.b in nodes}
    if label in (*schema.BODIES, schema.AGENCY) and not between & set(schema.ORGANISATIONS) - {schema.AGENCY}:
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
