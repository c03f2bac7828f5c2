"""How well a query matches the names of one thing, computed here so that every engine ranks alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.script import has_han
from graph.wording.asked import ParsedQuery, Word
from graph.wording.pinyin import pinyin_full, pinyin_initials
from graph.wording.terms import fold, runs, terms

__all__ = ["Kind", "Match", "matches"]

Kind = Literal[
    "exact", "same_letters", "prefix", "initials", "pinyin", "word", "contained",
    "pinyin_prefix", "initials_prefix", "pinyin_contained", "across",
]  # fmt: skip

#: Where each kind of match begins and how far the share of the name that was asked for can raise it.
_QUALITY: dict[Kind, tuple[float, float]] = {
    "exact": (1.0, 0.0),
    "same_letters": (0.97, 0.0),
    "initials": (0.85, 0.0),
    "pinyin": (0.9, 0.0),
    "prefix": (0.7, 0.2),
    "word": (0.6, 0.15),
    "contained": (0.45, 0.2),
    "pinyin_prefix": (0.4, 0.15),
    "initials_prefix": (0.3, 0.15),
    "pinyin_contained": (0.25, 0.15),
    "across": (0.1, 0.1),
}


@dataclass(frozen=True, slots=True)
class Match:
    """How well a query matches, and by which name.

    Attributes:
        kind: what matched; the kinds are in the order of `_QUALITY` from exact to spread across several
            fields.
        quality: from 0 to 1, higher is better; equal inputs give equal values on every machine.
        name: the name or field that matched best.
        index: its place among the names that were given; for a match across fields, the first that has a
            word.
    """

    kind: Kind
    quality: float
    name: str
    index: int


def matches(asked: ParsedQuery, names: Sequence[str], across: Sequence[str] = ()) -> Match | None:
    """Judge how a query matches the names of one thing; None where it does not.

    All words must be in one name; or, where ``across`` gives further fields (a second title, say), each word
    in some name or field. A query that may be pinyin also matches a name whose pinyin has its syllables one
    after the other, or whose initials begin with it. A Latin word matches the beginning of a word, never its
    middle, and a single letter only itself.

    Args:
        asked: the query.
        names: the names of one thing, the most important first: of equal matches the first counts.
        across: further fields that may supply some of the words.

    >>> from graph.wording import query
    >>> matches(query("anquan"), ["信息安全"]).kind
    'pinyin_contained'
    >>> matches(query("技术"), ["信息安全"]) is None
    True
    """
    best: Match | None = None
    for index, name in enumerate(names):
        kind = _kind(asked, name)
        if kind is None:
            continue
        base, span = _QUALITY[kind]
        quality = round(base + span * _coverage(asked, name), 6)
        if best is None or quality > best.quality:
            best = Match(kind, quality, name, index)
    if best is None and across and asked.words:
        best = _across(asked, [*names, *across])
    return best


def _across(asked: ParsedQuery, fields: Sequence[str]) -> Match | None:
    having = [
        [index for index, text in enumerate(fields) if _has(word, text, _letters(fold(text)))] for word in asked.words
    ]
    if not all(having):
        return None
    index = min(places[0] for places in having)
    base, span = _QUALITY["across"]
    return Match("across", round(base + span * _coverage(asked, fields[index]), 6), fields[index], index)


@lru_cache(maxsize=16_384)
def _letters(text: str) -> str:
    return "".join(run for _, run in runs(text))


def _coverage(asked: ParsedQuery, name: str) -> float:
    """The share of the name's letters that the query has."""
    length = len(_letters(fold(name)))
    covered = sum(len(word.text) for word in asked.words)
    if asked.initials and not has_han(asked.text) and has_han(name):
        length = max(1, len("".join(pinyin_full(name))))
    return min(1.0, covered / length) if length else 0.0


def _kind(asked: ParsedQuery, name: str) -> Kind | None:
    folded = fold(name)
    if not asked.words or not folded:
        return None
    if folded == asked.text:
        return "exact"
    letters, wanted = _letters(folded), _letters(asked.text)
    if letters == wanted:
        return "same_letters"
    if all(_has(word, name, letters) for word in asked.words):
        return _place_of(asked, name, folded, letters, wanted)
    return _by_pinyin(asked, name) if (asked.readings or asked.initials) and has_han(folded) else None


def _place_of(
    asked: ParsedQuery, name: str, folded: str, letters: str, wanted: str
) -> Literal["prefix", "word", "contained"]:
    if folded.startswith(asked.text) or letters.startswith(wanted):
        return "prefix"
    if all(word.kind == "latin" and word.text in terms(name) for word in asked.words):
        return "word"
    return "contained"


def _has(word: Word, name: str, letters: str) -> bool:
    """Whether a name, of these letters, has the word. Between two runs of Chinese stand others, so none reaches over them."""
    if word.kind == "han":
        return word.text in letters
    name_terms = terms(name)
    return any(_has_sequence(sequence, name_terms, word.prefix) for sequence in word.alternatives)


def _has_sequence(sequence: tuple[str, ...], name_terms: tuple[str, ...], prefix: bool) -> bool:
    *first, last = sequence
    size = len(first)
    for start in range(len(name_terms) - size):
        if list(name_terms[start : start + size]) == first:
            term = name_terms[start + size]
            if term == last or (prefix and term.startswith(last)):
                return True
    return False


def _by_pinyin(asked: ParsedQuery, name: str) -> Kind | None:
    """Match by pinyin. A syllable matches whole: ``xin`` never finds ``xing``."""
    kinds: list[Kind] = []
    syllables = pinyin_full(name)
    for reading in asked.readings:
        if reading == syllables:
            kinds.append("pinyin")
        elif reading == syllables[: len(reading)]:
            kinds.append("pinyin_prefix")
        elif _has_sequence(reading, syllables, prefix=False):
            kinds.append("pinyin_contained")
    if asked.initials:
        initials = pinyin_initials(name)
        if initials == asked.initials:
            kinds.append("initials")
        elif initials.startswith(asked.initials):
            kinds.append("initials_prefix")
    return max(kinds, key=lambda kind: _QUALITY[kind], default=None)
