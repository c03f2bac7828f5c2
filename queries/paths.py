"""Ties between actors with their costs, and the cheapest distinct paths along them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from graph import schema
from graph.model import Confidence, Statement, View
from graph.store import Line, Outline, Spot, Store, Tie
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


Way = tuple[str, ...]
"""Whom a path passes, from its start to its end."""


class Edge(NamedTuple):
    """A tie between two actors with its cost and the lines of the outline behind it, as it is said, from `a` to `b`.

    `at_least` says that more than `shared` standards may be on record. Edges of one pair are in order of what stands first here.
    """

    cost: float
    tie: str
    qualifier: str
    a: str
    b: str
    lines: Sequence[Line]
    shared: int = 0
    at_least: bool = False
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """A step of a path as it is walked, from `a` to `b`, with what it costs in that direction and the statements behind it.

    `forward` False says that it is walked from the object of its statements to the subject.
    `beside` are statements of other ties of the same pair; `at_least` says that more than `shared` standards may be on record.
    """

    a: str
    b: str
    tie: str
    cost: float
    statements: tuple[Statement, ...]
    shared: int = 0
    at_least: bool = False
    forward: bool = True
    latest: str | None = None
    beside: tuple[Statement, ...] = ()


def tied(graph: Outline, spoken: Mapping[str, str], view: View) -> Iterable[Edge]:
    """Ties that statements say directly, those of one pair and kind together."""
    groups: dict[tuple[str, str, str, str], list[Line]] = {}
    for line in graph.lines:
        if line.type in schema.TIES and line.object:
            a, b = spoken[line.subject], spoken[line.object]
            if a != b:
                groups.setdefault((a, b, line.type, line.qualifier), []).append(line)
    for (a, b, kind, qualifier), lines in groups.items():
        cost = COSTS.get(f"{kind}:{qualifier}", COSTS[kind]) + min([_doubt(line, view) for line in lines])
        yield Edge(cost, kind, qualifier, a, b, lines)


def drafting(graph: Outline, spoken: Mapping[str, str], view: View) -> Iterable[Edge]:
    """Who drafted standards of which committee; for an actor whose drafting was cut at a bound, at least so many."""
    bounded = {spoken[cut.node] for cut in graph.cuts if "DRAFTED" in cut.types and cut.direction == "out"}
    of: dict[str, list[Line]] = {}
    for line in graph.lines:
        if line.type == "IN_CHARGE_OF" and graph.nodes[line.subject].label in schema.BODIES:
            of.setdefault(line.object, []).append(line)
    for charges in of.values():
        charges.sort(key=lambda line: line.key)
    groups: dict[tuple[str, str], list[tuple[Line, Line]]] = {}
    for line in graph.lines:
        if line.type == "DRAFTED":
            for charge in of.get(line.object, ()):
                groups.setdefault((spoken[line.subject], charge.subject), []).append((line, charge))
    for (a, b), pairs in groups.items():
        pairs.sort(key=lambda pair: (pair[0].since or "", pair[0].key), reverse=True)
        count = len({drafted.object for drafted, _ in pairs})
        newest = pairs[:3]
        lines = tuple({line.handle: line for pair in newest for line in pair}.values())
        cost = COSTS["DRAFTS_IN"] / min(2.0, 1 + 0.2 * (count - 1)) + min(_doubt(d, view) for d, _ in newest)
        yield Edge(cost, "DRAFTS_IN", "", a, b, lines, count, a in bounded, pairs[0][0].since)


def co_drafting(ties: Sequence[Tie], graph: Outline, spoken: Mapping[str, str], view: View) -> Iterable[Edge]:
    """Ties of shared drafting, with the drafting statements of both sides."""
    drafted: dict[tuple[str, str], list[Line]] = {}
    for line in graph.lines:
        if line.type == "DRAFTED":
            drafted.setdefault((spoken[line.subject], line.object), []).append(line)
    for tie in ties:
        said = [drafted.get((side, standard), ()) for standard in tie.standards for side in (tie.a, tie.b)]
        if lines := [min(same, key=lambda line: line.key) for same in said if same]:
            cost = COSTS["CO_DRAFTED"] + 0.6 / (1 + 4 * tie.weight) + _age(tie.latest, view)
            yield Edge(cost, "CO_DRAFTED", "", tie.a, tie.b, lines, tie.shared, latest=tie.latest)


def _doubt(line: Line, view: View) -> float:
    """What age, missing date, missing page and low confidence add to a step's cost."""
    cost = 0.0 if line.basis.documented else UNDOCUMENTED_COST
    return cost + _UNLIKELY[line.confidence] + _age(line.observed_on or line.since, view)


_UNLIKELY = {Confidence.HIGH: 0.0, Confidence.MEDIUM: LOW_COST / 2, Confidence.LOW: LOW_COST}


def _age(day: str | None, view: View) -> float:
    return UNDATED_COST if day is None else AGE_COST * max(0, view.as_of.year - int(day[:4]))


class Network:
    """The graph of ties around `start` and `end`, walkable both ways, without artefacts, and with agencies only at the end or next to it.

    Of several ties of a pair the cheapest is the step; the statements of the others stand beside it as evidence.
    """

    def __init__(self, edges: Iterable[Edge], nodes: Mapping[str, Spot], start: str, end: str) -> None:
        self._nodes, self._start, self._end = nodes, start, end
        self._ties: dict[tuple[str, str], list[Edge]] = {}
        for edge in edges:
            self._ties.setdefault(_pair(edge.a, edge.b), []).append(edge)
        self._costs: dict[str, dict[str, float]] = {}
        for (a, b), ties in self._ties.items():
            cost = ties[0].cost if len(ties) == 1 else min(edge.cost for edge in ties)
            self._costs.setdefault(a, {})[b] = cost
            self._costs.setdefault(b, {})[a] = cost
        self._bodies = {
            id for id in self._costs if id in nodes and nodes[id].label in (*schema.BODIES, schema.ASSOCIATION)
        }
        self._agencies = {id for id in self._costs if id in nodes and nodes[id].label == schema.AGENCY} - {start, end}
        self._associations = {id for id in self._bodies if nodes[id].label == schema.ASSOCIATION} - {end}
        # An agency next to the target may pass a matter on to it; it is no bridge to anybody else, nor from one association
        # to another: no ministry asks one for the sake of a member of another.
        self._passes_on = end in nodes and nodes[end].label != schema.ASSOCIATION

    def distinct(self, limit: int) -> list[Way]:
        """The cheapest ways of which no two share both first intermediary and channel, cheapest first; none is longer than `LONGEST`.

        None leads over others to an organisation that a cheaper way reaches at once.

        The cheapest way to the end from every possible first intermediary comes out of one run of Dijkstra's algorithm from
        the end; a second run without associations gives the ways of another channel over the same intermediaries. Where these
        are too few, two more give the ways around those who are reached at once.
        """
        if self._start not in self._costs or self._end not in self._costs:
            return []
        near = self._near()
        ways = self._ways(near)
        found, passed = self._chosen(ways, limit)
        if len(found) < limit and passed:
            found, _ = self._chosen(ways | self._ways(near - passed), limit)
        return found

    def _chosen(self, ways: Iterable[Way], limit: int) -> tuple[list[Way], set[str]]:
        """The distinct ones of these ways, cheapest first, and the organisations which they reach at once."""
        found: dict[tuple[str, str], Way] = {}
        passed: set[str] = set()
        for _, way in sorted((sum(self.cost(a, b) for a, b in itertools.pairwise(way)), way) for way in ways):
            # Whom the actor reaches at once it need not be led to: a partner's membership of its own association opens no other door.
            if passed.isdisjoint(way[2:-1]):
                first = way[1]
                found.setdefault((first, channel(way[1:], self.ties(self._start, first)[0].tie, self._nodes)), way)
                passed |= {first} if self._nodes[first].label in schema.ORGANISATIONS else set()
                if len(found) >= limit:
                    break
        return list(found.values()), passed

    def doors(self, ways: Sequence[Way], limit: int) -> list[str]:
        """The bodies and associations behind which a way may be that belongs among these: all where there are fewer than `limit`.

        Such a way takes a tie at one of them that is not known yet. Going on from there it has at least one more step, and all at
        the end are known; coming from there it has one before, unless the actor may itself oversee what nobody asked about.
        """
        if len(ways) < limit:
            return sorted(id for id in self._nodes if self._nodes[id].label in (*schema.BODIES, schema.ASSOCIATION))
        left = max(sum(self.cost(a, b) for a, b in itertools.pairwise(way)) for way in ways) - min(COSTS.values())
        oversees = self._nodes[self._start].label in (schema.AGENCY, schema.ASSOCIATION)
        first = 0.0 if oversees else min(self._costs[self._start].values())
        onward = self._within(left - min(self._costs[self._end].values()), self._start, self._steps_on)
        back = self._within(left - first, self._end, self._steps_back)
        return sorted(((onward | back) & self._bodies) - {self._end})

    def _within(self, price: float, start: str, steps: Callable[[str], Iterable[tuple[str, float]]]) -> set[str]:
        """What can be walked to for so much."""
        found: set[str] = set()
        waiting = [(0.0, start)]
        while waiting:
            cost, here = heappop(waiting)
            if here not in found:
                found.add(here)
                for there, step in steps(here):
                    if there not in found and cost + step <= price:
                        heappush(waiting, (cost + step, there))
        return found

    def _steps_on(self, a: str) -> Iterable[tuple[str, float]]:
        return ((b, self.cost(a, b)) for b in self._costs[a] if self._open(a, b))

    def _steps_back(self, b: str) -> Iterable[tuple[str, float]]:
        return ((a, self.cost(a, b)) for a in self._costs[b] if self._open(a, b))

    def ties(self, a: str, b: str) -> list[Edge]:
        """The ties of a pair, that which is walked first."""
        return sorted(self._ties[_pair(a, b)], key=lambda edge: edge[:4])

    def cost(self, a: str, b: str) -> float:
        """What it costs to walk from `a` to `b`."""
        onward = HUB_COST if b != self._end and a in self._bodies and b not in self._bodies else 0.0
        return self._costs[a][b] + onward

    def _open(self, a: str, b: str) -> bool:
        """Whether a step may lead from `a` to `b`."""
        if b == self._start or a == self._end:
            return False
        return a not in self._agencies or (b == self._end and self._passes_on)

    def _near(self) -> set[str]:
        """All that can be reached from the start in time to go on from there, and the end."""
        near = newest = {self._start}
        for _ in range(LONGEST - 1):
            newest = {b for a in newest for b in self._costs[a] if b not in near and self._open(a, b)}
            near = near | newest
        return near | {self._end}

    def _ways(self, reached: set[str]) -> set[Way]:
        """The cheapest ways over what can be reached, and those that pass no association."""
        return {
            (self._start, *way) for among in (reached, reached - self._associations) for way in self._cheapest(among)
        }

    def _cheapest(self, reached: Collection[str]) -> Iterable[Way]:
        """For each first intermediary the cheapest way to the end over what can be reached.

        Of equals it is the shortest, then one through an association, since the ways without any come out of another run, then
        the one over the first ids.
        """
        firsts = {id for id in self._costs[self._start] if id in reached and self._open(self._start, id)}
        left, routes = set(firsts), dict[str, Way]()
        waiting: list[tuple[float, int, bool, Way]] = [(0.0, 1, True, (self._end,))]
        while waiting and left:
            cost, size, plain, route = heappop(waiting)
            b = route[0]
            if b in routes:
                continue
            routes[b] = route
            left.discard(b)
            if size == LONGEST:
                continue
            for a in self._costs[b]:
                if a not in routes and a in reached and a != self._start and self._open(a, b):
                    through = plain and a not in self._associations
                    heappush(waiting, (round(cost + self.cost(a, b), 9), size + 1, through, (a, *route)))
        return [routes[first] for first in firsts if first in routes]


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def walked(ways: Sequence[Way], network: Network, store: Store) -> list[list[Walked]]:
    """The ways as paths, with the statements behind their ties; of all others none is read."""
    ties = {step: network.ties(*step) for way in ways for step in itertools.pairwise(way)}
    said = store.behind([line for edges in ties.values() for edge in edges for line in edge.lines])
    return [[_walked(a, b, network.cost(a, b), ties[a, b], said) for a, b in itertools.pairwise(way)] for way in ways]


def _walked(a: str, b: str, cost: float, ties: Sequence[Edge], said: Mapping[int, Statement]) -> Walked:
    best = ties[0]
    statements = _behind(best, said)
    keys = {s.key for s in statements}
    beside = {s.key: s for edge in ties[1:] for s in _behind(edge, said) if s.key not in keys}
    return Walked(
        a,
        b,
        best.tie,
        cost,
        statements,
        best.shared,
        at_least=best.at_least,
        forward=best.a == a,
        latest=best.latest,
        beside=tuple(beside.values())[:EVIDENCE],
    )


def _behind(edge: Edge, said: Mapping[int, Statement]) -> tuple[Statement, ...]:
    """The statements of a tie; of those that say the same the firmest first."""
    statements = {s.key: s for line in edge.lines if (s := said.get(line.handle))}
    if edge.tie not in schema.TIES:
        return tuple(statements.values())
    return tuple(sorted(statements.values(), key=strength, reverse=True))


def channel(way: Sequence[str], tie: str, nodes: Mapping[str, Spot]) -> str:
    """Which of the report's channels a way uses, given whom it passes and by which tie it begins: `direct` where the actor itself sits
    or drafts in a body that leads on without the help of another organisation, `association` where it goes through one it
    belongs to, else `indirect`, through a partner.
    """
    labels = [nodes[id].label if id in nodes else "" for id in way]
    first, between = labels[0], set(labels[:-1])
    if first == schema.ASSOCIATION and tie != "CO_DRAFTED":
        return "direct" if len(way) == 1 else "association"
    if first in (*schema.BODIES, schema.AGENCY) and not between & set(schema.ORGANISATIONS) - {schema.AGENCY}:
        return "direct"
    return "association" if schema.ASSOCIATION in between else "indirect"


CHANNELS: Mapping[str, Text] = {
    "direct": Text("direct participation", "直接参与"),
    "association": Text("through an association", "通过协会"),
    "indirect": Text("indirect, through a partner", "通过伙伴间接影响"),
    "written_comments": Text("written comments", "书面意见"),
}
"""The four channels of the report of 2020, section "Main Channels for Participation"."""
