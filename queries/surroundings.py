"""What stands around one thing, in turns over the kinds of relationship, so that none of them takes all the room.

A ministry oversees hundreds of committees. A page of its neighbours begins with them, and a picture of that page would show
nothing else: not whom it is under, nor what it issued.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence

from graph import schema
from graph.model import Direction, View
from graph.store import Neighbour, Neighbours, Stage, Step, Store

DEPTH = 60
"""Statements of one type and direction among which the neighbours are chosen: the newest."""


def in_turns(
    store: Store, id: str, view: View, *, types: Sequence[str], direction: Direction | None, limit: int
) -> Neighbours:
    """At most `limit` neighbours of a node, with every statement read that ties them to it; in the order of a page, without a cursor.

    Each type, direction and label of neighbour has its turn, in the schema's order. Of actors those of which most is on record
    come first, of standards, policies and fields the newest. The totals count all there are, as those of a page do.
    """
    first = store.neighbours(id, view, types=types, direction=direction, limit=1)
    read: list[Neighbour] = []
    for kind, way in first.totals:
        if kind in types and direction in (None, way):
            read += store.neighbours(id, view, types=(kind,), direction=way, limit=DEPTH).neighbours
    chosen = _chosen(read, _on_record(store, read, view), limit)
    kept = tuple(n for n in read if n.node and n.node.id in chosen)
    return Neighbours(first.totals, kept, first.total)


def _chosen(read: Sequence[Neighbour], on_record: Counter[str], limit: int) -> set[str]:
    """The ids of the neighbours that are taken, one from each pile in turn. One that another pile gave costs no room."""
    piles: dict[tuple[str, Direction, str], list[str]] = {}
    for n in read:
        if n.node:
            piles.setdefault((n.statement.type, n.direction, n.node.label), []).append(n.node.id)
    waiting = [deque(sorted(dict.fromkeys(pile), key=lambda id: -on_record[id])) for pile in piles.values()]
    chosen: set[str] = set()
    while any(waiting):
        for pile in waiting:
            if pile and (len(chosen) < limit or pile[0] in chosen):
                chosen.add(pile[0])
            if pile:
                pile.popleft()
    return chosen


def _on_record(store: Store, read: Sequence[Neighbour], view: View) -> Counter[str]:
    """How many relationships each of the actors has on record, as far as it has several."""
    ids = {n.node.id for n in read if n.node and n.node.label in schema.ACTORS}
    steps = tuple(Step(tuple(schema.RELATIONSHIPS), way, limit=1) for way in ("out", "in"))
    found: Counter[str] = Counter()
    for cut in store.expand(sorted(ids), (Stage(steps),), view, bound=2 * len(ids) + 1).cuts:
        found[cut.node] += cut.total
    return found
