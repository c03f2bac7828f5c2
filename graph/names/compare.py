"""The judgement on two names: one body, two bodies, a body and its unit, or a question for a person.

``same`` is said only where the key is the same or a curated table knows both names. No likeness makes two
names one: ``江苏省粮食局`` and ``江西省粮食局`` are one character apart. ``different`` is said where
something in the names speaks against it (another number, place, own name or kind of body). It cannot know
that a body took a wholly new name: a known change of name belongs in the alias table. All else is
``unsure``, with a likelihood that puts candidates in order for the person who decides.
"""

from __future__ import annotations

import re

from graph.names.aliases import NO_ALIASES, Alias, Aliases, AliasTable
from graph.names.chinese import judge_chinese
from graph.names.english import judge_english
from graph.names.english_words import places_of, plain_words, telling_words
from graph.names.judgement import Finding, Judgement, Verdict, judgement
from graph.names.keys import name_key
from graph.names.parts import parts_of
from graph.readings import syllables
from graph.script import has_han

__all__ = ["NO_ALIASES", "Alias", "AliasTable", "Aliases", "Judgement", "Verdict", "compare"]

_LATIN_WORD = re.compile("[a-z][a-z0-9]+")


def compare(a: str, b: str, known: Aliases = NO_ALIASES) -> Judgement:
    """Judge whether two names mean one organisation.

    Args:
        a: a name as a source wrote it.
        b: another.
        known: the curated table of names.

    Returns:
        The judgement, with its reason in English and Chinese. The same arguments always give the same
        judgement, and exchanging them exchanges only which of them is the parent.

    >>> compare("公安部第一研究所", "公安部第三研究所").verdict
    'different'
    >>> compare("清华大学", "清华大学深圳研究生院").parent
    'a'
    >>> compare("宝马(中国)服务有限公司", "宝马中国(服务)有限公司").verdict
    'unsure'
    """
    key_a, key_b = name_key(a), name_key(b)
    if key_a <= key_b:
        return judgement(_judge(key_a, key_b, known), a, b)
    found = _judge(key_b, key_a, known)
    return judgement(found.exchanged(), a, b)


def _judge(a: str, b: str, known: Aliases) -> Finding:
    if not a or not b:
        return Finding("no_name")
    if a == b:
        return Finding("key")
    if found := _aliased(a, b, known):
        return found
    if has_han(a) != has_han(b):
        return _across_scripts(*((a, b) if has_han(a) else (b, a)))
    if not has_han(a):
        return judge_english(a, b)
    return judge_chinese(a, b)


def _across_scripts(chinese: str, latin: str) -> Finding:
    """A Chinese name and one in Latin letters: alike where the first is read, or has a word, as the other is written."""
    own, words = parts_of(chinese).own, telling_words(plain_words(latin))
    pinyin = "".join(syllables(own)) if own else ""
    by_letters = any(word in words for word in _LATIN_WORD.findall(chinese))
    by_sound = len(own) >= 2 and pinyin in {*words, "".join(plain_words(latin))}
    if not by_letters and not by_sound:
        return Finding("scripts")
    here = {"".join(syllables(place)) for place in parts_of(chinese).places} - {"zhongguo"}
    there = {place.replace(" ", "") for code, place in places_of(latin) if code == "cn" and place}
    if here and there and not here & there:
        return Finding("read_alike", likelihood=0.1)
    return Finding("read_alike", likelihood=0.5 if len(words) == 1 else 0.35)


def _aliased(a: str, b: str, known: Aliases) -> Finding | None:
    first, second = known.known_as(a), known.known_as(b)
    ids_a, ids_b = {alias.id for alias in first}, {alias.id for alias in second}
    if not ids_a & ids_b:
        return None
    if len(ids_a) == 1 and len(ids_b) == 1:
        kinds = sorted({alias.kind for alias in (*first, *second)})
        return Finding("alias", detail=" / ".join(kinds))
    return Finding("ambiguous_alias")
