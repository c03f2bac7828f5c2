"""How well a query matches the names of one thing, computed here so that every engine ranks alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.script import has_han
from graph.wording.asked import ParsedQuery, Word
from graph.wording.pinyin import read
from graph.wording.terms import fold, is_plain, letters, runs, terms_of

__all__ = ["Judge", "Kind", "Match", "letters_of", "matches"]

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
        self._letters = letters(asked.text)
        self._words = [(word.text, _Sought(word) if word.kind == "latin" else None) for word in asked.words]
        self._only_latin = all(sought for _, sought in self._words)
        self._covered = sum(len(word.text) for word in asked.words)
        self._readings = [f" {' '.join(reading)} " for reading in asked.readings]
        self._initials = asked.initials
        self._spoken_length = asked.initials is not None and not has_han(asked.text)
        self._sounds = bool(self._readings or self._initials)
        whole = [word.text for word in asked.words if len(word.alternatives) == 1]
        self._needed = whole[0] if whole and self._only_latin else ""

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
            for index, field in enumerate(fields):
                folded, joined = _forms(field)
                if text in joined and (sought is None or sought.begins_in(field, folded)):
                    first = min(first, index)
                    break
            else:
                return None
        return Match("across", self._quality("across", fields[first]), fields[first], first)

    def _quality(self, kind: Kind, name: str) -> float:
        """The quality of a kind of match, by the share of the name's letters that the query has."""
        length = _spoken(name)[1] if self._spoken_length and has_han(name) else len(_forms(name)[1])
        base, span = _QUALITY[kind]
        return round(base + span * (min(1.0, self._covered / length) if length else 0.0), 6)

    def _kind(self, name: str) -> Kind | None:
        if self._cannot(name):
            return None
        folded, joined = _forms(name)
        if not folded:
            return None
        if folded == self._text:
            return "exact"
        if joined == self._letters:
            return "same_letters"
        for text, sought in self._words:
            if text not in joined or (sought and not sought.begins_in(name, folded)):
                return self._by_pinyin(name) if self._sounds and has_han(folded) else None
        if folded.startswith(self._text) or joined.startswith(self._letters):
            return "prefix"
        if self._only_latin and all(sought and sought.stands_in(name, folded) for _, sought in self._words):
            return "word"
        return "contained"

    def _cannot(self, name: str) -> bool:
        """Whether a look at the name as it is shows that it cannot match: most names of most candidates, in the other script."""
        if not self._only_latin:
            return name.isascii()
        if not self._needed or self._needed in (lowered := name.lower()):
            return False
        if name.isascii():
            # The same letters may still stand there, with other signs between them.
            return lowered[:1].isalnum() and lowered[0] != self._letters[0]
        return not self._sounds and is_plain(name)

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


class _Sought:
    """A Latin word, or its beginning, sought among the terms of names. Between two runs stand others, so none reaches over them."""

    def __init__(self, word: Word) -> None:
        self._beginnings = [f" {' '.join(sequence)}{'' if word.prefix else ' '}" for sequence in word.alternatives]
        self._whole = f" {word.text} "
        # Most words stand between blanks or other signs: seen without splitting the name. For the rest its terms decide.
        self._seen = re.compile(rf"\b{word.text}" if word.prefix else rf"\b{word.text}\b")
        self._seen_whole = re.compile(rf"\b{word.text}\b")

    def begins_in(self, name: str, folded: str) -> bool:
        """Whether a name has the word, or one that begins so where that is enough."""
        if self._seen.search(folded):
            return True
        return any(beginning in _spaced_terms(name) for beginning in self._beginnings)

    def stands_in(self, name: str, folded: str) -> bool:
        """Whether a name has the whole word."""
        return bool(self._seen_whole.search(folded)) or self._whole in _spaced_terms(name)


def letters_of(name: str) -> str:
    """The letters and digits of a name, folded."""
    return _forms(name)[1]


@lru_cache(maxsize=16_384)
def _forms(name: str) -> tuple[str, str]:
    """A name folded, and the letters and digits of that."""
    folded = fold(name)
    return folded, letters(folded)


@lru_cache(maxsize=16_384)
def _spaced_terms(name: str) -> str:
    """The terms of a name, each between blanks: a term has none."""
    return f" {' '.join(terms_of(runs(_forms(name)[0])))} "


@lru_cache(maxsize=16_384)
def _spoken(name: str) -> tuple[str, int, str]:
    """The syllables of a name, each between blanks; how many letters they have; and the initials."""
    syllables, initials = read(runs(_forms(name)[0]))
    return f" {' '.join(syllables)} ", max(1, sum(map(len, syllables))), initials
