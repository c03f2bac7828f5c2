"""Pairs of organisations that may be one: found by blocks, scored by their names, the likeliest first.

Memory is bounded by about a kilobyte a name, and the work by `MOST_COMPARED`. Where a block is large (all names with a common
word) its names are sorted and each is compared with the few that follow; where the bound on the work is reached, `Found.bounded`
says so.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from rapidfuzz import fuzz

from graph.identity.blocks import blocks_of
from graph.names import core_key, name_key
from graph.names.compare import compare
from graph.names.judgement import Judgement
from graph.script import has_han
from graph.store import NamesOf

__all__ = ["MOST_COMPARED", "PROPOSED_FROM", "Candidate", "Found", "candidates", "is_proposed"]

PROPOSED_FROM = 0.25
"""Pairs less likely than this are not shown to a person: below it stand sister companies and names that are only a little alike."""

MOST_COMPARED = 2_000_000
"""Pairs of names that are judged at most in one run; a quick look has spared most pairs of a block that."""

SMALL_BLOCK = 24
"""Names of a block that are all compared with one another."""

WINDOW = 6
"""In a larger block each name is compared with this many that follow it in order of the key."""

_PLACE_BITS = 22
"""Bits for the number of a name: some four million names."""

#: Blocks by the letter of their kind, the most telling first: where the bound on the work is reached, the others are left out.
_TELLING = {"c": 0, "u": 0, "s": 0, "w": 2, "t": 2, "a": 2, "o": 3}
_PART_SHIFT = 60
_PARTS = 16

_SEEN_AT_MOST = 1_500_000
_LEAST_ALIKE = 50.0
"""Percent of the characters without legal form that names of like length share, or they are not proposed anyway."""

#: What a name is known by says how much the meeting of two names means: short names are shared by many.
_OWN_KINDS = ("name",)
_COMPARED_KINDS = ("name", "former", "other", "party", "as_printed", "short")
#: Findings about the own names of two organisations that no likeness of their other names outweighs.
_DECISIVE = frozenset(
    {"numbers", "places", "sibling_units", "kind_of_society", "kinds", "unit", "country_unit"},
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two organisations that may be one: `a` comes before `b` by id, `name_a` and `name_b` are the names that were compared."""

    a: str
    b: str
    name_a: str
    name_b: str
    judged: Judgement
    importance: int

    @property
    def order(self) -> tuple[float, int, str, str]:
        """The likeliest first; between equals those of which more is said, since more depends on them."""
        return (-self.judged.likelihood, -self.importance, self.a, self.b)


@dataclass(frozen=True, slots=True)
class Found:
    """The best candidates in order, how many there are in all, how many organisations and pairs of names were looked at.

    `bounded` tells that the bound on the work was reached, so that `total` is a lower bound.
    """

    candidates: tuple[Candidate, ...]
    total: int
    organisations: int
    compared: int
    bounded: bool


def is_proposed(judged: Judgement) -> bool:
    """Whether a person is asked about a pair with this judgement: two nodes with one name, or names that may be one.

    >>> is_proposed(compare("宝马(中国)服务有限公司", "宝马中国(服务)有限公司")), is_proposed(compare("浙江大学", "武汉大学"))
    (True, False)
    """
    return judged.verdict == "same" or (judged.verdict == "unsure" and judged.likelihood >= PROPOSED_FROM)


def candidates(
    organisations: Iterable[NamesOf],
    *,
    limit: int,
    decided: Callable[[str, str], bool] = lambda a, b: False,  # noqa: ARG005 - the signature of one that asks
    of: Collection[str] = (),
    told: Callable[[int], None] | None = None,
) -> Found:
    """The likeliest pairs of these organisations that may be one.

    Args:
        organisations: all of them, each once (`graph.store.Store.known_names`).
        limit: how many pairs to give.
        decided: whether a pair of ids was judged already, so that it is not proposed again.
        of: only pairs with one of these ids; empty for all.
        told: is called now and then with the number of pairs compared.
    """
    names = _Names(organisations)
    wanted = frozenset(of)
    kept: dict[tuple[str, str], Candidate] = {}
    counted: set[int] = set()
    seen: set[int] = set()
    compared, bounded = 0, False
    for first, second in names.pairs():
        a, b = names.owner[first], names.owner[second]
        if a == b or (wanted and names.ids[a] not in wanted and names.ids[b] not in wanted):
            continue
        if names.far_apart(first, second):
            continue
        pair = (min(first, second) << _PLACE_BITS) | max(first, second)
        if pair in seen:
            continue
        if len(seen) >= _SEEN_AT_MOST:
            seen.clear()  # only the work grows by it, the answer does not
        seen.add(pair)
        if compared >= MOST_COMPARED:
            bounded = True
            break
        compared += 1
        if told and compared % 10_000 == 0:
            told(compared)
        made = names.candidate(first, second)
        if made is None or decided(made.a, made.b):
            continue
        counted.add((min(a, b) << _PLACE_BITS) | max(a, b))
        before = kept.get((made.a, made.b))
        if before is None or made.order < before.order:
            kept[made.a, made.b] = made
        if len(kept) > 4 * limit + 1000:
            kept = {(one.a, one.b): one for one in sorted(kept.values(), key=lambda one: one.order)[:limit]}
    best = sorted(kept.values(), key=lambda one: one.order)[:limit]
    return Found(tuple(best), len(counted), len(names.ids), compared, bounded)


class _Names:
    """All names in arrays: who bears each, and the blocks in which they meet."""

    def __init__(self, organisations: Iterable[NamesOf]) -> None:
        self.ids: list[str] = []
        self.texts: list[str] = []
        self._cores: list[str] = []
        self.owner = array("I")
        self._own: list[tuple[str, ...]] = []
        self._short = bytearray()
        self._importance = array("I")
        self._blocks = array("Q")
        for one in organisations:
            self._add(one)

    def _add(self, one: NamesOf) -> None:
        place = len(self.ids)
        self.ids.append(one.id)
        self._importance.append(max(0, one.importance))
        self._own.append(tuple(text for kind, text in one.names if kind in _OWN_KINDS))
        for kind, text in one.names:
            if kind not in _COMPARED_KINDS:
                continue
            number = len(self.texts)
            if number >> _PLACE_BITS:
                return
            self.texts.append(text)
            self._cores.append(core_key(text))
            self.owner.append(place)
            self._short.append(kind == "short")
            self._blocks.extend(_hash(block) << _PLACE_BITS | number for block in blocks_of(text))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs of names that share a block, the most telling kinds of block first."""
        mask = (1 << _PLACE_BITS) - 1
        for part in range(_PARTS):
            # A part at a time: the sorted numbers of all blocks would take several times the memory of the array.
            packed = sorted(one for one in self._blocks if one >> _PART_SHIFT == part)
            for _, block in groupby(packed, key=lambda one: one >> _PLACE_BITS):
                members = [one & mask for one in block]
                if len(members) > SMALL_BLOCK:
                    yield from self._neighbours(members)
                elif len(members) > 1:
                    yield from combinations(members, 2)

    def _neighbours(self, members: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Of a large block those that stand together in order of their keys, read forwards and backwards."""
        for backwards in (False, True):
            step = -1 if backwards else 1
            ordered = sorted(members, key=lambda number: (name_key(self.texts[number])[::step], number))
            for place, number in enumerate(ordered):
                for other in ordered[place + 1 : place + 1 + WINDOW]:
                    yield number, other

    def far_apart(self, first: int, second: int) -> bool:
        """A quick look that spares most pairs of a block the judgement: names of like length that have little in common."""
        a, b = self._cores[first], self._cores[second]
        if min(len(a), len(b)) * 2 < max(len(a), len(b)) or a.isascii() != b.isascii():
            return False  # perhaps a short name, or a translation
        return fuzz.ratio(a, b, score_cutoff=_LEAST_ALIKE) < _LEAST_ALIKE

    def candidate(self, first: int, second: int) -> Candidate | None:
        """The candidate that two names make, None where nobody need be asked."""
        if self.ids[self.owner[first]] > self.ids[self.owner[second]]:
            first, second = second, first
        name_a, name_b = self.texts[first], self.texts[second]
        a, b = self.owner[first], self.owner[second]
        judged = compare(name_a, name_b)
        if not is_proposed(judged):
            return None
        for own_a in self._own[a]:
            for own_b in self._own[b]:
                if has_han(own_a) != has_han(own_b) or {own_a, own_b} == {name_a, name_b}:
                    continue
                own = compare(own_a, own_b)
                by_short = self._short[first] or self._short[second]
                if own.rule in _DECISIVE or (by_short and own.verdict in ("different", "parent")):
                    return None
        importance = min(self._importance[a], self._importance[b])
        return Candidate(self.ids[a], self.ids[b], name_a, name_b, judged, importance)


def _hash(block: str) -> int:
    """42 bits, so that block and name fit one number of 64 bits: in the first two how telling blocks of its kind are."""
    digest = hashlib.blake2b(block.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return _TELLING.get(block[0], 1) << 40 | int.from_bytes(digest)
