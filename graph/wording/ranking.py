"""How well a query matches the names of one thing, computed here so that every engine ranks alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.script import has_han
from graph.wording.asked import ParsedQuery, Word
from graph.wording.pinyin import read
from graph.wording.terms import BETWEEN, fold, is_plain, runs, terms_of

__all__ = ["Judge", "Kind", "Match", "matches"]

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
    """Judge how a query matches the names of one thing; None where it does not. See `Judge`.

    >>> from graph.wording import query
    >>> matches(query("anquan"), ["信息安全"]).kind
    'pinyin_contained'
    >>> matches(query("技术"), ["信息安全"]) is None
    True
    """
    return Judge(asked)(names, across)


class Judge:
    """Judges how one query matches the names of many things.

    All words must be in one name; or, where ``across`` gives further fields (a second title, say), each word
    in some name or field. A query that may be pinyin also matches a name whose pinyin has its syllables one
    after the other, or whose initials begin with it. A Latin word matches the beginning of a word, never its
    middle, and a single letter only itself.
    """

    def __init__(self, asked: ParsedQuery) -> None:
        self._text = asked.text
        self._letters = _letters(asked.text)
        self._words = [(word.text, _sought(word)) for word in asked.words]
        self._latin = [f" {word.text} " for word in asked.words if word.kind == "latin"]
        self._only_latin = len(self._latin) == len(self._words)
        self._covered = sum(len(word.text) for word in asked.words)
        self._readings = [f" {' '.join(reading)} " for reading in asked.readings]
        self._initials = asked.initials
        self._spoken_length = asked.initials is not None and not has_han(asked.text)
        by_sound = self._readings or self._initials
        whole = [word.text for word in asked.words if len(word.alternatives) == 1]
        self._needed = whole[0] if whole and self._only_latin and not by_sound else ""

    def __call__(self, names: Sequence[str], across: Sequence[str] = ()) -> Match | None:
        """Judge the names of one thing, the most important first: of equal matches the first counts. None for no match."""
        if not self._words:
            return None
        best: Kind | None = None
        highest, place = 0.0, 0
        for index, name in enumerate(names):
            kind = self._kind(name)
            if kind is not None and (quality := self._quality(kind, name)) > highest:
                best, highest, place = kind, quality, index
        if best is None:
            return self._across([*names, *across]) if across else None
        return Match(best, highest, names[place], place)

    def _across(self, fields: Sequence[str]) -> Match | None:
        first = len(fields)
        for text, sought in self._words:
            having = next((index for index, field in enumerate(fields) if _has(text, sought, field)), None)
            if having is None:
                return None
            first = min(first, having)
        return Match("across", self._quality("across", fields[first]), fields[first], first)

    def _quality(self, kind: Kind, name: str) -> float:
        """The quality of a kind of match, by the share of the name's letters that the query has."""
        length = _spoken(name)[1] if self._spoken_length and has_han(name) else len(_forms(name)[1])
        base, span = _QUALITY[kind]
        return round(base + span * (min(1.0, self._covered / length) if length else 0.0), 6)

    def _kind(self, name: str) -> Kind | None:
        # What cannot match, by a look at the name as it is: most names of most candidates, in the other script.
        if name.isascii():
            if not self._only_latin:
                return None
        elif self._needed and self._needed not in name.lower() and is_plain(name):
            return None
        folded, letters = _forms(name)
        if not folded:
            return None
        if folded == self._text:
            return "exact"
        if letters == self._letters:
            return "same_letters"
        for text, sought in self._words:
            if text not in letters or (sought and not _has(text, sought, name)):
                return self._by_pinyin(name) if (self._readings or self._initials) and has_han(folded) else None
        if folded.startswith(self._text) or letters.startswith(self._letters):
            return "prefix"
        if self._only_latin and all(word in f" {folded} " or word in _spaced_terms(name) for word in self._latin):
            return "word"
        return "contained"

    def _by_pinyin(self, name: str) -> Kind | None:
        """Match by pinyin. A syllable matches whole: ``xin`` never finds ``xing``."""
        syllables, _, initials = _spoken(name)
        kinds: list[Kind] = []
        for reading in self._readings:
            if reading in syllables:
                whole = reading == syllables
                kinds.append(
                    "pinyin" if whole else "pinyin_prefix" if syllables.startswith(reading) else "pinyin_contained"
                )
        if self._initials and initials.startswith(self._initials):
            kinds.append("initials" if initials == self._initials else "initials_prefix")
        return max(kinds, key=lambda kind: _QUALITY[kind], default=None)


def _sought(word: Word) -> tuple[str, ...]:
    """What a name's terms, between blanks, must have one of; nothing for Chinese, whose characters alone decide."""
    if word.kind == "han":
        return ()
    return tuple(f" {' '.join(sequence)}{'' if word.prefix else ' '}" for sequence in word.alternatives)


def _has(text: str, sought: Sequence[str], name: str) -> bool:
    """Whether a name has the word. Between two runs of Chinese stand others, so none reaches over them."""
    folded, letters = _forms(name)
    if text not in letters:
        return False
    if not sought or (len(text) > 1 and f" {text}" in f" {folded}"):
        return True
    return any(terms in _spaced_terms(name) for terms in sought)


@lru_cache(maxsize=16_384)
def _forms(name: str) -> tuple[str, str]:
    """A name folded, and the letters and digits of that."""
    folded = fold(name)
    return folded, _letters(folded)


def _letters(folded: str) -> str:
    return folded if folded.isalnum() else BETWEEN.sub("", folded)


@lru_cache(maxsize=16_384)
def _spaced_terms(name: str) -> str:
    """The terms of a name, each between blanks: a term has none."""
    return f" {' '.join(terms_of(runs(_forms(name)[0])))} "


@lru_cache(maxsize=16_384)
def _spoken(name: str) -> tuple[str, int, str]:
    """The syllables of a name, each between blanks; how many letters they have; and the initials."""
    syllables, initials = read(runs(_forms(name)[0]))
    return f" {' '.join(syllables)} ", max(1, sum(map(len, syllables))), initials
