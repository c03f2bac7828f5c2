"""The pinyin of a text, and the ways to read letters as pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from graph.readings import is_regular, phrases, syllables
from graph.wording.terms import Script, fold, runs

__all__ = ["pinyin_full", "pinyin_initials", "read", "readings_of"]


def pinyin_full(text: str) -> tuple[str, ...]:
    """The pinyin syllables of a text, without tones; Latin words stay whole. Readings follow the phrase.

    ``ü`` is written ``v``, as input methods do.

    >>> pinyin_full("重庆银行"), pinyin_full("TCL空调")
    (('chong', 'qing', 'yin', 'hang'), ('tcl', 'kong', 'tiao'))
    """
    return read(runs(fold(text)))[0]


def pinyin_initials(text: str) -> str:
    """The first letters of a text's pinyin; Latin words stay whole.

    >>> pinyin_initials("信息安全"), pinyin_initials("TCL空调")
    ('xxaq', 'tclkt')
    """
    return read(runs(fold(text)))[1]


def read(parts: Iterable[tuple[Script, str]]) -> tuple[tuple[str, ...], str]:
    """The syllables and the first letters of a folded text that is split into runs."""
    found: list[str] = []
    initials = ""
    for kind, run in parts:
        if kind == "han":
            syllables_ = _read(run)
            found += syllables_
            initials += "".join([syllable[0] for syllable in syllables_ if syllable])
        else:
            found.append(run)
            initials += run
    return tuple(found), initials


def _read(run: str) -> list[str]:
    """The syllables of a run of Chinese characters."""
    if is_regular(run):
        return list(map(_alone().__getitem__, run))
    return [syllable for phrase in phrases(run) for syllable in _read_phrase(phrase)]


class _Alone(dict[str, str]):
    """How each character is read by itself, found out when it is met."""

    def __missing__(self, character: str) -> str:
        return self.setdefault(character, _read_phrase(character)[0])


_alone = cache(_Alone)


@lru_cache(maxsize=16_384)
def _read_phrase(phrase: str) -> tuple[str, ...]:
    return tuple(fold(syllable) for syllable in syllables(phrase))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """All syllables of standard Chinese: the readings of the characters of GB 2312."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = "".join(row.decode("gb2312", "ignore") for row in rows)
    return frozenset(s for s in syllables(characters) if re.search("[aeiouv]", s) and s.isascii())


#: A string of letters has at most this many readings as syllables that are tried; real ones have one to four.
READINGS = 16


def readings_of(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """All ways to read words as pinyin syllables, each word by itself, the longest first syllable first."""
    readings: list[tuple[str, ...]] = [()]
    for word in words:
        parts = _segmented(word)
        readings = [(*before, *part) for before in readings for part in parts][:READINGS]
    return tuple(reading for reading in readings if reading)


@lru_cache(maxsize=1_024)
def _segmented(letters: str) -> tuple[tuple[str, ...], ...]:
    # ways[i] holds the readings of letters[i:], so that work is bounded by the length and not by the
    # combinations.
    ways: list[list[tuple[str, ...]]] = [[] for _ in letters] + [[()]]
    for start in range(len(letters) - 1, -1, -1):
        for length in range(min(6, len(letters) - start), 0, -1):
            if letters[start : start + length] in _syllables():
                ways[start] += [(letters[start : start + length], *rest) for rest in ways[start + length]]
        ways[start] = ways[start][:READINGS]
    return tuple(ways[0])
