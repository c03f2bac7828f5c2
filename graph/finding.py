"""What a thing is found by, the same for every engine: its names, its search terms, its importance, and the ranking.

An engine keeps names under their keys, codes and numbers folded for prefixes, and search terms in a full-text index
whose rows are in order of importance. It fetches a bounded number of candidates; what matches, how well, and in
which order, is decided here, so that every engine gives the same answer.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from typing import NamedTuple

from graph import committees, dates, numbers, readings
from graph.model import Scalar, Statement
from graph.names import name_key
from graph.script import has_han
from graph.wording import Judge, Match, ParsedQuery, Word, indexed, letters_of

STRENGTH = ("name", "number", "code", "plan_number", "short", "party", "title", "former", "other", "as_printed")
"""Kinds of names, the strongest first: what decides between two things that bear one name."""

RANK: Mapping[str, int] = {kind: place for place, kind in enumerate(STRENGTH)}
"""The place of each kind of name in `STRENGTH`."""

_OF_PROPERTY = {
    "name_zh": "name",
    "name_en": "name",
    "number": "number",
    "code": "code",
    "plan_number": "plan_number",
    "title_zh": "title",
    "title_en": "title",
}
_OF_FACT = {
    "zh": "name",
    "en": "name",
    "short_zh": "short",
    "short_en": "short",
    "former_zh": "former",
    "former_en": "former",
    "other_zh": "other",
    "other_en": "other",
    "party_zh": "party",
    "as_printed": "as_printed",
}

_OF_COMMITTEES = ("TC", "SW", "JT", "PC", "JS", "ST", "SC")
"""How the code of a committee begins without its owner."""

_CHINESE = ("national", "industry", "local", "association", "enterprise")

WEIGHTS: Mapping[str, int] = {
    "Agency": 8, "Committee": 7, "Association": 6, "Institute": 5, "Company": 5, "WorkingGroup": 5, "Policy": 5,
    "Standard": 4, "Field": 3,
}  # fmt: skip
"""Importance by label: who decides before who drafts, before what is made."""

GROUP_WEIGHT = 4
"""What a corporate group has over a company: its name means the group before any of its entities."""

STATUS_WEIGHTS: Mapping[str, int] = {"current": 1, "superseded": -1, "withdrawn": -2}
"""The edition in force before the one it replaced."""

HIGHEST = 4095
"""Importance is a whole number from 0 to this."""

CANDIDATES = 400
"""How many candidates are looked at for one search: the most important of those that have the words."""

ENOUGH = 20
"""Where more numbers than these begin as was typed, and it is a number (`is_number`), they alone are meant."""

_PAIR, _INITIALS, _LABEL = "·", "‥", "§"
_MOST_TERMS = 64


class KnownName(NamedTuple):
    """A name of a thing, and what kind of name it is (one of `STRENGTH`)."""

    kind: str
    text: str


class Candidate(NamedTuple):
    """A thing that a search may find: its names, the strongest first, and the group it speaks for ("" for none)."""

    id: str
    names: tuple[str, ...]
    importance: int
    group: str = ""


class Ranked(NamedTuple):
    """A candidate that matches, with its place in the order."""

    id: str
    match: Match


def search_version() -> str:
    """What the search terms depend on: an index that was written under another version is written anew."""
    return f"1/{readings.VERSION}/{version('opencc')}/{unicodedata.unidata_version}"


def names_of(
    properties: Mapping[str, Scalar],
    facts: Iterable[Statement],
    on: date,
    others: Iterable[Mapping[str, Scalar]] = (),
) -> tuple[KnownName, ...]:
    """All names of a thing, each once, the strongest kind first: captions, and NAME facts.

    A name in use that had ended by the day `on` counts as a former one. `others` are properties that are on record but not
    shown, because a firmer source or the node that stayed after a merge calls it otherwise: it is found by these, too.
    """
    kinds: dict[str, str] = {}

    def add(text: Scalar | None, kind: str) -> None:
        if isinstance(text, str) and text.strip():
            known = kinds.get(text)
            if known is None or RANK[kind] < RANK[known]:
                kinds[text] = kind

    for name, kind in _OF_PROPERTY.items():
        add(properties.get(name), kind)
    for other in others:
        for name, text in other.items():
            if name in _OF_PROPERTY and text != properties.get(name):
                kind = _OF_PROPERTY[name]
                add(text, "other" if kind in ("name", "title") else kind)
    for fact in facts:
        kind = _OF_FACT.get(fact.qualifier, "other")
        ended = dates.last_day(fact.until) < on.isoformat()
        add(fact.value, "former" if ended and kind in ("name", "short", "party") else kind)
    if len(kinds) > 1:
        kinds = dict(sorted(kinds.items(), key=lambda one: (RANK[one[1]], one[0])))
    return tuple(KnownName(kind, text) for text, kind in kinds.items())


def texts_of(properties: Mapping[str, Scalar], extra: Iterable[str] = ()) -> tuple[str, ...]:
    """The texts of all names, captions before the names beside them: what a search compares with."""
    found = [text for name in _OF_PROPERTY if (text := properties.get(name)) and isinstance(text, str)]
    return tuple(dict.fromkeys((*found, *extra)))


def keys_of(names: Iterable[KnownName]) -> tuple[tuple[str, KnownName], ...]:
    """The names under their keys; texts that are no names are left out."""
    return tuple((key, name) for name in names if (key := name_key(name.text)))


def family_of(properties: Mapping[str, Scalar]) -> str | None:
    """The number without its year, that groups editions; None where the thing has no number of a standard.

    >>> family_of({"number": "GB/T 22239-2019"})
    'GB/T 22239'
    """
    number = properties.get("number")
    parsed = numbers.parse(number) if isinstance(number, str) else None
    return parsed.edition_family if parsed else None


def newest_first(properties: Mapping[str, Scalar], id_: str) -> tuple[tuple[int, ...], str]:
    """Sort key of the editions of one standard: the year of the number, then the date of publication, falling; then id."""
    number = properties.get("number")
    parsed = numbers.parse(number) if isinstance(number, str) else None
    published = str(properties.get("published") or "0")
    year = (parsed.year if parsed else None) or int(published[:4])
    return ((-year, *(-ord(letter) for letter in published)), id_)


def folded_code(text: str) -> str:
    """A number or code without blanks, dashes, slashes and case, so that its beginning can be looked up.

    >>> folded_code("gb/t 22239—2019")
    'GBT222392019'
    """
    return re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", unicodedata.normalize("NFKC", text).upper())


def codes_of(names: Iterable[KnownName]) -> tuple[str, ...]:
    """What the beginning of a typed number or code is compared with.

    >>> codes_of([KnownName("code", "SAC/TC 260"), KnownName("name", "TC 9")])
    ('SACTC260', 'TC260')
    """
    found: dict[str, None] = {}
    for name in names:
        if name.kind in ("number", "plan_number", "code") and (folded := folded_code(name.text)):
            found[folded] = None
            if name.kind == "code" and (code := committees.parse(name.text)) and code.owner == "SAC":
                found[folded_code(str(code).removeprefix(code.owner))] = None
    return tuple(found)


def code_prefix(asked: ParsedQuery) -> str:
    """What the user typed as the beginning of a number or code, folded; "" where it cannot be one.

    One or two letters begin too many numbers to help; they are found as words.
    """
    folded = folded_code(asked.number) if asked.number else ""
    return folded if len(folded) >= 3 else ""


def is_number(asked: ParsedQuery) -> bool:
    """Whether it is the beginning of a Chinese number that says its kind: `GB/T 222`, while `GB 222` may mean a GB/T as well.

    >>> from graph.wording import query
    >>> is_number(query("db34/t 90")), is_number(query("GB 222")), is_number(query("IEEE 802"))
    (True, False, False)
    """
    number = numbers.parse(asked.number) if asked.number else None
    return number is not None and number.kind in _CHINESE and not number.mandatory


def importance(label: str, properties: Mapping[str, Scalar], degree: int) -> int:
    """How important a thing is among those that match equally well, from 0 to `HIGHEST`.

    Four times: the weight of its label, group and status, and half the binary logarithm of its number of statements.
    """
    weight = float(WEIGHTS[label]) + STATUS_WEIGHTS.get(str(properties.get("status")), 0)
    weight += GROUP_WEIGHT if properties.get("kind") == "group" else 0
    weight -= 2 if properties.get("kind") == "enterprise" else 0
    return max(0, min(HIGHEST, int(4 * (weight + math.log2(1 + degree) / 2))))


def search_terms(label: str, names: Iterable[KnownName]) -> str:
    """The terms of a thing for a full-text index, separated by blanks; none has a blank or ASCII punctuation.

    Words and pairs of Chinese characters as `graph.wording.terms` gives them; pairs of pinyin syllables; the initials of
    each name; the label.

    >>> search_terms("Field", [KnownName("name", "安全")])
    '§field 安全 全 ·an·quan ·quan· ‥aq'
    """
    found: dict[str, None] = {f"{_LABEL}{label.lower()}": None}
    for name in names:
        words, syllables, initials = indexed(name.text)
        found |= dict.fromkeys(words)
        if syllables:
            found |= dict.fromkeys(_pairs(syllables))
            found[f"{_PAIR}{syllables[-1]}{_PAIR}"] = None
            found[f"{_INITIALS}{initials}"] = None
    return " ".join(found)


@dataclass(frozen=True, slots=True)
class Need:
    """What a thing must have among its terms: all those of one of these sequences.

    Attributes:
        sequences: the terms, one sequence for each way to write what is needed.
        begins: whether the last term of a sequence may be the beginning of a term.
        digits: what is needed, where it is the beginning of a number of digits alone; else "".
    """

    sequences: tuple[tuple[str, ...], ...]
    begins: bool = False
    digits: str = ""

    @property
    def is_term(self) -> bool:
        """Whether it is a single term, whole."""
        return not self.begins and len(self.sequences) == len(self.sequences[0]) == 1


@dataclass(frozen=True, slots=True)
class Way:
    """One way to understand what was typed: everything that a thing must have then, as words or by how it is read."""

    needs: tuple[Need, ...]
    reading: tuple[str, ...] = ()
    initials: str = ""


def ways(asked: ParsedQuery) -> tuple[Way, ...]:
    """The ways in which a thing can have what is asked for; none where nothing is asked.

    >>> from graph.wording import query
    >>> [[need.sequences for need in way.needs] for way in ways(query("信息安全"))]
    [[(('信息',),), (('息安',),), (('安全',),)]]
    """
    found = [Way(tuple(need for word in asked.words[:_MOST_TERMS] for need in _needs(word)))] if asked.words else []
    for reading in asked.readings:
        pairs = [Need(((pair,),)) for pair in _pairs(reading)]
        found.append(Way(tuple(pairs) or (Need(((f"{_PAIR}{reading[0]}{_PAIR}",),), begins=True),), reading=reading))
    if asked.initials:
        found.append(Way((Need(((_INITIALS + asked.initials,),), begins=True),), initials=asked.initials))
    return tuple(found)


def within(asked: ParsedQuery, possible: Iterable[Way]) -> ParsedQuery:
    """What is asked, without the readings and initials that nothing on record has: no candidate need be looked at for those."""
    kept = list(possible)
    return replace(
        asked,
        readings=tuple(way.reading for way in kept if way.reading),
        initials=asked.initials and max((way.initials for way in kept), default=""),
    )


def search_expression(
    needs: Iterable[Need], labels: Sequence[str], beginning: Callable[[str], Sequence[str] | None] = lambda _: None
) -> str:
    """What a thing must have among its terms, with AND, OR, quotes and `*` for a beginning; "" where nothing can have it.

    `beginning` gives the terms that begin so, or None where they are many: to look for a few terms is much cheaper than
    to gather all that has one of them.

    >>> from graph.wording import query
    >>> search_expression(ways(query("信息安全 gb"))[0].needs, ["Standard"], lambda begun: [begun, f"{begun}t"])
    '("§standard") AND ("信息") AND ("息安") AND ("安全") AND ("gb" OR "gbt")'
    """
    parts = [_expression(need, beginning) for need in needs]
    if labels:
        parts.insert(0, " OR ".join(_quoted(_LABEL + label.lower()) for label in labels))
    return " AND ".join(f"({part})" for part in parts) if all(parts) else ""


def ranked(asked: ParsedQuery, candidates: Iterable[Candidate]) -> list[Ranked]:
    """Those that match, best first: by how well, then importance, then id.

    A corporate group that matches stands at least as high as the best of its entities.
    """
    judge, prefix, several = Judge(asked), code_prefix(asked), len(asked.words) > 1
    found: dict[str, tuple[Candidate, Match]] = {}
    quality: dict[str, float] = {}
    for candidate in candidates:
        names = candidate.names
        # One word stands in one name or in none.
        match = judge(names, names if several else ())
        if prefix:
            match = _by_code(prefix, names, match)
        if match is not None:
            found[candidate.id] = candidate, match
            quality[candidate.id] = match.quality
    for candidate, match in found.values():
        if candidate.group in quality:
            quality[candidate.group] = max(quality[candidate.group], match.quality)
    order = sorted(found, key=lambda id_: (-quality[id_], -found[id_][0].importance, id_))
    return [Ranked(id_, found[id_][1]) for id_ in order]


def _by_code(prefix: str, names: Sequence[str], best: Match | None) -> Match | None:
    """The match by the beginning of a number or code, where it is better."""
    for index, name in enumerate(names):
        if name.isascii() and prefix[:2] not in _OF_COMMITTEES:
            # Then no other reading of it can begin so, and a fold takes less than reading it.
            codes: Iterable[str] = (letters_of(name).upper(),)
        else:
            codes = _codes(name) if not has_han(name) else ()
        for code in codes:
            if code.startswith(prefix):
                quality = round(1.0 if code == prefix else 0.7 + 0.2 * len(prefix) / len(code), 6)
                if best is None or quality > best.quality:
                    best = Match("exact" if code == prefix else "prefix", quality, name, index)
    return best


@lru_cache(maxsize=16_384)
def _codes(name: str) -> tuple[str, ...]:
    return codes_of([KnownName("code", name)])


def _pairs(syllables: Sequence[str]) -> list[str]:
    return [f"{_PAIR}{one}{_PAIR}{two}" for one, two in pairwise(syllables)]


def _needs(word: Word) -> list[Need]:
    if word.kind == "han" and not word.prefix:
        return [Need(((term,),)) for term in word.alternatives[0][:_MOST_TERMS]]
    return [Need(word.alternatives, word.prefix, word.text if word.prefix and word.text.isdecimal() else "")]


def _expression(need: Need, beginning: Callable[[str], Sequence[str] | None]) -> str:
    found = []
    for *terms, last in need.sequences:
        begun = beginning(last) if need.begins else (last,)
        parts = [*map(_quoted, terms)]
        if begun is None:
            parts.append(f"{_quoted(last)}*")
        elif begun:
            parts.append(" OR ".join(map(_quoted, begun)))
        else:
            continue
        found.append(" AND ".join(f"({part})" for part in parts) if len(parts) > 1 else parts[0])
    return " OR ".join(f"({part})" for part in found) if len(found) > 1 else "".join(found)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
