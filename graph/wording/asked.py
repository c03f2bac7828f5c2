"""What a user asked for, taken apart for an engine."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from graph.wording.pinyin import readings_of
from graph.wording.terms import MIXED, Script, bigrams, fold, runs

__all__ = ["ParsedQuery", "Word", "query"]

_NUMBER = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9/ .:_\u2010-\u2015\u2212-]*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word that a hit must have.

    Attributes:
        text: the word, folded; for Chinese a phrase without spaces.
        kind: ``han`` or ``latin``.
        alternatives: sequences of index terms, one of which the hit must have as consecutive terms.
        prefix: whether the last term of the sequence may be the beginning of the hit's term.
    """

    text: str
    kind: Script
    alternatives: tuple[tuple[str, ...], ...]
    prefix: bool


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A user's words, ready for an engine.

    Attributes:
        text: the words, folded.
        words: what a hit must have, all of them.
        number: the text as typed, where it may be the beginning of a standard's number; the number's own
            grammar decides.
        readings: the ways to read the text as full pinyin, each a sequence of syllables that a hit's pinyin
            must have as consecutive syllables; empty where it cannot be pinyin.
        initials: the text as initials of pinyin, where it may be that; a hit's initials begin with it.
    """

    text: str
    words: tuple[Word, ...]
    number: str | None
    readings: tuple[tuple[str, ...], ...]
    initials: str | None

    @property
    def is_pinyin_possible(self) -> bool:
        """Whether the text may be pinyin, in full or by initials."""
        return bool(self.readings) or self.initials is not None


#: Longer texts are cut here before they are parsed: no name or title of the field is longer.
LONGEST_QUERY = 400


@lru_cache(maxsize=4_096)
def query(text: str) -> ParsedQuery:
    """Split a user's words. An empty query has no words and matches nothing.

    >>> parsed = query("信息安全 tc260")
    >>> [(word.text, word.alternatives) for word in parsed.words]
    [('信息安全', (('信息', '息安', '安全'),)), ('tc260', (('tc260',), ('tc', '260')))]
    >>> query("xinxi anquan").readings
    (('xin', 'xi', 'an', 'quan'), ('xin', 'xi', 'an', 'qu', 'an'))
    """
    text = text[:LONGEST_QUERY]
    folded = fold(text)
    words: dict[Word, None] = {}
    for chunk in folded.split():
        for kind, run in runs(chunk):
            words[_word(kind, run)] = None
    typed = unicodedata.normalize("NFKC", text).strip()
    number = typed if _NUMBER.fullmatch(typed) else None
    # ü is typed as v or u; folding has made it u, so it is looked up before.
    letters = fold(re.sub("[üÜ]", "v", typed)).replace("'", " ").replace("\u2019", " ").split()
    plain = bool(letters) and all(re.fullmatch("[a-z]+", word) for word in letters)
    joined = "".join(letters)
    return ParsedQuery(
        text=folded,
        words=tuple(words),
        number=number,
        readings=readings_of(letters) if plain and len(joined) <= 60 else (),
        initials=joined if plain and 2 <= len(joined) <= 30 and len(letters) == 1 else None,
    )


def _word(kind: Script, run: str) -> Word:
    if kind == "han":
        return Word(run, kind, (bigrams(run) or (run,),), prefix=len(run) == 1)
    mixed = MIXED.fullmatch(run)
    alternatives = ((run,), (mixed[1], mixed[2])) if mixed else ((run,),)
    return Word(run, kind, alternatives, prefix=len(run) > 1)
