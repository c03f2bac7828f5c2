"""Who drafts in a field: counts, shares by sort of organisation and year, who rises, how concentrated it is.

Rule. A standard counts where its drafting list is on record; a place is one actor on one list. A group answers for its entities, once a
standard, a successor for those it took over from (`queries.speakers`). Who rises is read from two windows of `WINDOW` years: the share of
lists on which an actor stands must have grown beyond chance (Fisher's exact test, one-sided at 5 %, from `RISEN` lists on); where many
actors are compared some pass by chance, so that it is called an indication.
Concentration is the Herfindahl-Hirschman index of the shares of places, 0 to 10,000.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import schema
from graph.model import Node
from graph.store import DraftingList
from queries.answer import Text
from queries.speakers import origin

SUPPORT = 10
"""Fewest drafting lists from which more than plain counts is said: with fewer, one list moves a share by over ten points."""

PLACES = 30
"""Fewest places of which shares and concentration are given: a share near one half then has a 95 % interval of 18 points each way."""

WINDOW = 3
"""Years in a window: a national standard takes about two years from plan to publication, so one year shows chance."""

RISEN = 3
"""Fewest lists in the newer window of one who is said to rise."""

CHANCE = 0.05
"""How likely so many newer lists, or more, may be at most if nothing had changed: the usual level of such tests."""

MODERATE, HIGH = 1_000, 1_800
"""From where the index counts as moderate and high for markets (US Department of Justice and FTC, Merger Guidelines, 2023). Drafting is
no market: they are named for orientation."""

SORTS: Mapping[str, Text] = {
    "institute": Text("institutes and universities", "科研院所和高校"),
    "state_owned": Text("state-owned companies", "国有企业"),
    "domestic": Text("other domestic companies", "其他内资企业"),
    "foreign": Text("foreign", "外资"),
    "joint_venture": Text("joint ventures", "合资"),
    "association": Text("associations and agencies", "协会和机关"),
    "unknown": Text("not on record", "未见记录"),
}
"""Sorts of organisations; each belongs to one. An institute that a state-owned company runs is an institute."""

_STATE = ("central_soe", "local_soe", "public")


@dataclass(frozen=True, slots=True)
class Drafter:
    """An actor's record in a field: the standards on whose lists it stands, newest first, and how many it led."""

    id: str
    standards: tuple[str, ...]
    led: int
    latest: str | None

    @property
    def drafted(self) -> int:
        """How many standards."""
        return len(self.standards)


@dataclass(frozen=True, slots=True)
class Year:
    """What was published in a year: standards with lists, actors on them, places by sort of actor."""

    year: int
    standards: tuple[str, ...]
    actors: int
    places: Mapping[str, int]

    @property
    def total(self) -> int:
        """All places."""
        return sum(self.places.values())


@dataclass(frozen=True, slots=True)
class Rise:
    """One that stands on a larger share of the newer lists than of the older, and how likely that is by chance."""

    id: str
    recent: int
    before: int
    chance: float


@dataclass(frozen=True, slots=True)
class Windows:
    """The two windows that are compared: the first year of each, and how many lists each holds."""

    recent_from: int
    before_from: int
    recent: int
    before: int

    @property
    def enough(self) -> bool:
        """Whether both hold enough to say more."""
        return min(self.recent, self.before) >= SUPPORT


def spoken_for(lists: Iterable[DraftingList], spoken: Mapping[str, str]) -> tuple[DraftingList, ...]:
    """The lists that are on record, with successors in the place of those they took over from, each once."""
    found = []
    for row in lists:
        first: dict[str, int | None] = {}
        for actor, rank in row.drafters:
            first.setdefault(spoken.get(actor, actor), rank)
        if first:
            found.append(
                DraftingList(row.standard, row.published, row.kind, tuple(first.items()), row.in_charge, row.fields)
            )
    return tuple(found)


def drafters(lists: Sequence[DraftingList]) -> tuple[Drafter, ...]:
    """Who stands on these lists, the most frequent first, then who led more, then the newer, then by id."""
    standards: dict[str, list[DraftingList]] = {}
    led: Counter[str] = Counter()
    for row in lists:
        for actor, rank in row.drafters:
            standards.setdefault(actor, []).append(row)
            led[actor] += rank == 1
    found = [
        Drafter(actor, tuple(row.standard for row in rows), led[actor], rows[0].published)
        for actor, rows in standards.items()
    ]
    found.sort(key=lambda d: d.id)
    found.sort(key=lambda d: (d.drafted, d.led, d.latest or ""), reverse=True)
    return tuple(found)


def sort_of(node: Node) -> str:
    """The sort an organisation belongs to.

    >>> sort_of(Node("org:x", "Company", {"ownership": "central_soe"})), sort_of(Node("org:y", "Company", {"home": "DE"}))
    ('state_owned', 'foreign')
    """
    where = origin([node])
    if where in ("foreign", "joint_venture"):
        return where
    if node.label == schema.INSTITUTE:
        return "institute"
    if node.label != schema.COMPANY:
        return "association"
    if node.properties.get("ownership") in _STATE:
        return "state_owned"
    return where


def places(lists: Iterable[DraftingList], sorts: Mapping[str, str]) -> Mapping[str, int]:
    """Places by sort, in the order of `SORTS`, only sorts that occur; `sorts` has that of each actor."""
    found = Counter(sorts.get(actor, "unknown") for row in lists for actor, _ in row.drafters)
    return {name: found[name] for name in SORTS if found[name]}


def years(lists: Iterable[DraftingList], sorts: Mapping[str, str]) -> tuple[Year, ...]:
    """The years of publication, newest first; standards without a date are in none."""
    groups: dict[int, list[DraftingList]] = {}
    for row in lists:
        if row.published:
            groups.setdefault(int(row.published[:4]), []).append(row)
    return tuple(
        Year(
            year,
            tuple(row.standard for row in rows),
            len({actor for row in rows for actor, _ in row.drafters}),
            places(rows, sorts),
        )
        for year, rows in sorted(groups.items(), reverse=True)
    )


def rising(lists: Sequence[DraftingList], this_year: int) -> tuple[Windows, tuple[Rise, ...]]:
    """The two windows up to this year, and who rises from the older to the newer, the surest first; none where either holds too few."""
    start = this_year - WINDOW + 1
    recent = [row for row in lists if row.published and start <= int(row.published[:4]) <= this_year]
    before = [row for row in lists if row.published and start - WINDOW <= int(row.published[:4]) < start]
    windows = Windows(start, start - WINDOW, len(recent), len(before))
    if not windows.enough:
        return windows, ()
    now, then = (Counter(actor for row in rows for actor, _ in row.drafters) for rows in (recent, before))
    found = []
    for actor, n in now.items():
        if n >= RISEN and (chance := by_chance(n, len(recent), then[actor], len(before))) <= CHANCE:
            found.append(Rise(actor, n, then[actor], round(chance, 4)))
    found.sort(key=lambda r: (r.chance, -r.recent, r.id))
    return windows, tuple(found)


def by_chance(a: int, of_a: int, b: int, of_b: int) -> float:
    """How likely it is that, of a + b lists drawn from both windows together, `a` or more are of the first (Fisher's exact test).

    >>> round(by_chance(3, 13, 0, 34), 4), by_chance(0, 20, 0, 20)
    (0.0176, 1.0)
    """
    drawn = a + b
    ways = sum(math.comb(of_a, k) * math.comb(of_b, drawn - k) for k in range(a, min(of_a, drawn) + 1))
    return ways / math.comb(of_a + of_b, drawn)


def concentration(found: Sequence[Drafter]) -> int | None:
    """The Herfindahl-Hirschman index of the shares of places; None where there are too few to say.

    >>> concentration([Drafter("a", tuple("123456789012345"), 0, None), Drafter("b", tuple("123456789012345"), 0, None)])
    5000
    """
    total = sum(d.drafted for d in found)
    return round(10_000 * sum((d.drafted / total) ** 2 for d in found)) if total >= PLACES else None
