"""What search needs of words, the same for every engine.

**Index terms** (`terms`). A Latin word or a number is one term. Chinese has no spaces, so a run of ``n``
characters becomes ``n`` terms: each two neighbours, and at last the final character by itself (``信息安全``
becomes ``信息 息安 安全 全``). Hence:

* a phrase of two or more characters is found as consecutive terms of two characters (``query`` gives them);
* a single character is found as the beginning of a term, since each character begins exactly one;
* no phrase is found across two runs, since the lone last character stands between them.

White space and punctuation between Chinese characters do not end a run: titles are printed with and without
them, and ``宝马中国`` must find ``宝马(中国)服务有限公司``.

**Ranking** (`matches`) is computed here and not by an engine's score, so that both engines give one order.
"""

from __future__ import annotations

from graph.script import has_han
from graph.wording.asked import ParsedQuery, Word, query
from graph.wording.pinyin import pinyin_full, pinyin_initials, read
from graph.wording.ranking import Judge, Match, letters_of, matches
from graph.wording.terms import fold, runs, terms, terms_of

__all__ = [
    "Judge",
    "Match",
    "ParsedQuery",
    "Word",
    "fold",
    "indexed",
    "letters_of",
    "matches",
    "pinyin_full",
    "pinyin_initials",
    "prepare",
    "query",
    "terms",
]


LONGEST_READING = 80
"""Characters of a name whose pinyin is kept."""


def indexed(text: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """What a name is indexed by: its terms, and where it is Chinese its syllables and their first letters.

    >>> indexed("安全")
    (('安全', '全'), ('an', 'quan'), 'aq')
    """
    folded = fold(text)
    parts = runs(folded)
    if not has_han(folded):
        return terms_of(parts), (), ""
    short = parts if len(text) <= LONGEST_READING else runs(fold(text[:LONGEST_READING]))
    return terms_of(parts), *read(short)


def prepare() -> None:
    """Make the tables of characters and syllables that the first search would make, so that nobody waits for them.

    For a server, once at its start: about a third of a second.
    """
    matches(query("pinyin"), ["拼音"])
