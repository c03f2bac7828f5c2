"""Who drafts with whom in a field: communities, and brokers between them.

Rule. Two actors are tied by each list on which both stand, by 1/(n-1) for n actors on it (Newman 2001, "Scientific collaboration
networks II"). Those on one list alone are left out: all that they are tied to is tied anyway, so that no shortest path runs through
them. Communities are Louvain's (Blondel et al. 2008) with a fixed seed, told only from a modularity of `MODULARITY` on. A
broker lies on shortest paths between others (betweenness, Freeman 1977), has ties into more than one community, and its contacts know
each other little: Burt's constraint (Structural Holes, 1992) is low.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.store import DraftingList
from queries.drafting_trends import Drafter

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.Graph[str]

ACTORS = 60
"""Most actors that are looked at, the most frequent: shortest paths among so many take some hundredths of a second."""

REPEATED = 2
"""Fewest lists of an actor in the network."""

SUPPORT = 10
"""Fewest actors in the network, and fewest lists, from which anything is said of it."""

MODULARITY = 0.3
"""From which modularity on communities are told (Newman & Girvan 2004 find 0.3 and more where structure is real)."""

SEED = 20_200_201
"""Seed of Louvain's order of nodes: any fixed number gives the same answer every time."""

MEMBERS, SHARED = 3, 2
"""Fewest members of a community that is told, and fewest lists that they share: one list alone ties all on it."""


@dataclass(frozen=True, slots=True)
class Community:
    """A community: members, the most frequent drafters first, and the fields of the lists they share, the most frequent first."""

    members: tuple[str, ...]
    fields: tuple[str, ...]
    standards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor between others: its share of shortest paths, Burt's constraint, its contacts, and the communities it is tied to."""

    id: str
    betweenness: float
    constraint: float
    contacts: int
    into: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """What was found: `actors` in the network, of `eligible` with lists enough; None for a modularity that could not be had."""

    actors: int
    eligible: int
    modularity: float | None
    communities: tuple[Community, ...]
    brokers: tuple[Broker, ...]

    @property
    def enough(self) -> bool:
        """Whether anything is said of it."""
        return self.modularity is not None


def network(lists: Sequence[DraftingList], found: Sequence[Drafter], leave_out: Iterable[str] = ()) -> Network:
    """Communities and brokers among these drafters; fields `leave_out` name no community, for they are those asked about."""
    eligible = [d for d in found if d.drafted >= REPEATED]
    among = {d.id: place for place, d in enumerate(eligible[:ACTORS])}
    if len(among) < SUPPORT or len(lists) < SUPPORT:
        return Network(len(among), len(eligible), None, (), ())
    import networkx as nx

    net = _tied(lists, among)
    # Louvain starts from the order of nodes, which is that of the drafters: the same on every engine.
    groups = [set(group) for group in nx.community.louvain_communities(net, weight="weight", seed=SEED)]
    groups.sort(key=lambda group: (-len(group), min(among[id] for id in group)))
    modularity = float(nx.community.modularity(net, groups, weight="weight")) if net.number_of_edges() else 0.0
    if modularity < MODULARITY:
        return Network(len(among), len(eligible), round(modularity, 3), (), ())
    every = [_community(group, lists, among, set(leave_out)) for group in groups]
    told = tuple(c for c in every if len(c.members) >= MEMBERS and len(c.standards) >= SHARED)
    home = {id: number for number, c in enumerate(told) for id in c.members}
    between = nx.betweenness_centrality(net)
    brokers = []
    for id, share in sorted(between.items(), key=lambda one: (-round(one[1], 9), among[one[0]])):
        into = tuple(sorted({home[other] for other in net[id] if other in home}))
        if share > 0 and len(into) > 1:
            brokers.append(Broker(id, round(share, 4), round(constraint(net, id), 4), len(net[id]), into))
    return Network(len(among), len(eligible), round(modularity, 3), told, tuple(brokers))


def _tied(lists: Iterable[DraftingList], among: Mapping[str, int]) -> Net:
    import networkx as nx

    net: Net = nx.Graph()
    net.add_nodes_from(among)
    for row in lists:
        both = sorted((actor for actor, _ in row.drafters if actor in among), key=among.__getitem__)
        share = 1 / (len(row.drafters) - 1) if len(row.drafters) > 1 else 0.0
        for a, b in combinations(both, 2):
            weight = net.edges[a, b]["weight"] if net.has_edge(a, b) else 0.0
            net.add_edge(a, b, weight=weight + share)
    return net


def constraint(net: Net, id: str) -> float:
    """Burt's constraint of one node: the sum over its contacts j of (p_ij + sum over q of p_iq p_qj) squared, p being shares of ties.

    The same as `networkx.constraint`, in a hundredth of its time.
    """
    strength = {node: float(net.degree(node, weight="weight")) for node in (id, *net[id])}

    def share(a: str, b: str) -> float:
        return float(net.edges[a, b]["weight"]) / strength[a] if net.has_edge(a, b) else 0.0

    own = {other: share(id, other) for other in net[id]}
    return sum((own[j] + sum(own[q] * share(q, j) for q in own if q != j)) ** 2 for j in own)


def _community(
    group: set[str], lists: Sequence[DraftingList], among: Mapping[str, int], leave_out: set[str]
) -> Community:
    shared = [row for row in lists if sum(actor in group for actor, _ in row.drafters) > 1]
    fields: dict[str, int] = {}
    for row in shared:
        for field in row.fields:
            if field not in leave_out and field.startswith(("field:ics-", "field:ccs-")):
                fields[field] = fields.get(field, 0) + 1
    order = sorted(fields, key=lambda field: (-fields[field], field))
    members = tuple(sorted(group, key=among.__getitem__))
    return Community(members, tuple(order[:2]), tuple(row.standard for row in shared))
