"""Records of drafting that several names hold of one organisation, as one record.

A store counts the drafting of entities for their group; what was drafted under the name of a predecessor stands under that
name. Here the records of all for whom one speaks are put together. A standard that stands in two of them is counted once where it is among
the newest few that each names; of older ones none is known to stand in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.store import Partner, Tie
from graph.weights import DECIMALS

NEWEST = 5
"""How many standards a record names, as those of a store do."""


def partners(records: Iterable[Partner], spoken: Mapping[str, str]) -> tuple[Partner, ...]:
    """One record for each that speaks, in the order of the first of each."""
    groups: dict[str, list[Partner]] = {}
    for record in records:
        groups.setdefault(spoken.get(record.actor, record.actor), []).append(record)
    return tuple(
        same[0] if len(same) == 1 and same[0].actor == id else _partner(id, same) for id, same in groups.items()
    )


def ties(records: Iterable[Tie], spoken: Mapping[str, str]) -> tuple[Tie, ...]:
    """One tie for each pair that speaks, none of anybody with itself, in the order of the first of each."""
    groups: dict[tuple[str, str], list[Tie]] = {}
    for record in records:
        a, b = spoken.get(record.a, record.a), spoken.get(record.b, record.b)
        if a != b:
            groups.setdefault((a, b), []).append(record)
    return tuple(
        same[0] if len(same) == 1 and (same[0].a, same[0].b) == (a, b) else _tie(a, b, same)
        for (a, b), same in groups.items()
    )


def _partner(id: str, same: Sequence[Partner]) -> Partner:
    drafted = sum(r.drafted for r in same)
    distinct = drafted - _repeated([r.standards for r in same])
    return Partner(
        actor=id,
        entities=tuple(sorted({entity for r in same for entity in r.entities})),
        drafted=distinct,
        led=min(distinct, sum(r.led for r in same)),
        weight=round(sum(r.weight for r in same) * distinct / drafted, DECIMALS) if drafted else 0.0,
        latest=max((r.latest for r in same if r.latest), default=None),
        standards=_newest([(r.latest, r.standards) for r in same]),
    )


def _tie(a: str, b: str, same: Sequence[Tie]) -> Tie:
    shared = sum(t.shared for t in same)
    distinct = shared - _repeated([t.standards for t in same])
    return Tie(
        a,
        b,
        weight=round(sum(t.weight for t in same) * distinct / shared, DECIMALS) if shared else 0.0,
        shared=distinct,
        latest=max((t.latest for t in same if t.latest), default=None),
        standards=_newest([(t.latest, t.standards) for t in same]),
    )


def _repeated(lists: Sequence[Sequence[str]]) -> int:
    """How often a standard stands in one more of the lists.

    >>> _repeated([("a", "b"), ("b", "c")])
    1
    """
    return sum(map(len, lists)) - len({each for one in lists for each in one})


def _newest(lists: Iterable[tuple[str | None, Sequence[str]]]) -> tuple[str, ...]:
    """The standards of several records in turns, those of the record with the latest work first."""
    ordered = sorted(lists, key=lambda row: row[0] or "", reverse=True)
    turns = [standards[n] for n in range(NEWEST) for _, standards in ordered if n < len(standards)]
    return tuple(dict.fromkeys(turns))[:NEWEST]
