"""Which names are compared: those that share a block.

Comparing each name with each is out of the question (300,000 organisations make 45 thousand million pairs). A name has some
blocks, short texts that spellings of one name are likely to share: what is left without legal form and place, its own words,
either half of it (a slip is in one half only), how it is read, its rarer words, its initials. A block says nothing about
whether two names are one body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from graph.names.english_words import GENERAL_WORDS, SMALL_WORDS, initials_of, plain_words
from graph.names.keys import core_key, name_key
from graph.names.likelihood import head_of
from graph.names.parts import parts_of
from graph.readings import syllables
from graph.script import HAN, has_han

__all__ = ["blocks_of"]

_SHORTEST = 2
_LATIN_WORD = re.compile("[a-z][a-z0-9]+")
_ACRONYM = re.compile(r"\(([a-z][a-z0-9+&]{1,9})\)")
_HAN_ONLY = re.compile(f"[^{HAN}]")


@lru_cache(maxsize=4096)
def blocks_of(name: str) -> frozenset[str]:
    """The blocks of a name; each begins with a letter for its kind. None for a text that is no name.

    >>> blocks_of("华为技术有限公司") & blocks_of("Huawei Technologies Co., Ltd.")
    frozenset({'w:huawei'})
    >>> bool(blocks_of("宝马(中国)服务有限公司") & blocks_of("宝马中国(服务)有限公司"))
    True
    >>> bool(blocks_of("公安部第三研究所") & blocks_of("清华大学"))
    False
    """
    key = name_key(name)
    if not key:
        return frozenset()
    return frozenset(_chinese(key) if has_han(key) else _latin(key))


def _chinese(key: str) -> Iterator[str]:
    parts = parts_of(key)
    core = re.sub("[()]", "", core_key(key))
    yield f"c:{core}"
    plain = re.sub("[@()]", "", parts.skeleton.removesuffix(parts.legal))
    if len(plain) >= _SHORTEST:
        yield f"c:{plain}"
    yield from _halves(core)
    yield f"s:{''.join(map(_sound, core))}"
    if len(parts.own) >= _SHORTEST:
        yield from _own_words(parts.own)
    if len(parts.subject) >= _SHORTEST:
        yield f"t:{parts.subject}"
    for word in _LATIN_WORD.findall(key):
        yield f"w:{word}"
    if parts.body != "company" and len(core) > _SHORTEST + 1:
        yield f"a:{core[:3]}{core[-1]}"  # 中国水科院, 中国水利水电科学研究院
    if head := head_of(key):
        unit = key[len(head) :]  # under the names of its ministry, or without one
        yield f"u:{unit}"
        yield f"c:{core_key(unit)}"
    outside, bracket, inside = key.partition("(")
    if bracket and len(outside) >= _SHORTEST:
        yield f"c:{core_key(outside)}"
        yield f"c:{core_key(inside.rstrip(')'))}"


def _own_words(own: str) -> Iterator[str]:
    yield f"o:{own}"
    for start in range(len(own) - 1):
        yield f"o:{own[start : start + 2]}"
    # How the name is read joins it with a name in Latin letters: 华为 and Huawei.
    han = _HAN_ONLY.sub("", own)
    if len(han) >= _SHORTEST:
        yield f"w:{_sound(han)}"
        yield f"w:{_sound(han[:2])}"


@lru_cache(maxsize=32_768)
def _sound(text: str) -> str:
    """How a word, or a character by itself, is read."""
    return "".join(syllables(text))


def _halves(core: str) -> Iterator[str]:
    """Either half: where two names differ in one place, one of the halves is the same in both."""
    if len(core) < 2 * _SHORTEST:
        return
    for length in {len(core) // 2, (len(core) + 1) // 2, (len(core) - 1) // 2}:
        if length >= _SHORTEST:
            yield f"b:{core[:length]}"
            yield f"e:{core[-length:]}"


def _latin(key: str) -> Iterator[str]:
    core = core_key(key)
    words = plain_words(core)
    yield f"c:{' '.join(words)}"
    yield f"c:{''.join(words)}"
    yield f"c:{' '.join(sorted(words))}"
    telling = [word for word in words if word not in GENERAL_WORDS and word not in SMALL_WORDS]
    for word in telling:
        if len(word) >= _SHORTEST:
            yield f"w:{word}"
    for first, second in pairwise(words):
        yield f"w:{first}{second}"
    yield from _halves("".join(words))
    yield from _initials(key, words)


def _initials(key: str, words: tuple[str, ...]) -> Iterator[str]:
    """Acronyms that stand in the name, and its initials, also without the last of them (CATR of a name that ends ``of MIIT``)."""
    for acronym in _ACRONYM.findall(key):
        yield f"i:{acronym}"
    if len(words) == 1:
        yield f"i:{words[0]}"
        return
    outside = plain_words(key.partition("(")[0])
    for part in (plain_words(key), words, outside, outside[1:]):
        for initials in initials_of(part):
            for shorter in (initials, initials[:-1], initials[:-2]):
                if len(shorter) >= _SHORTEST:
                    yield f"i:{shorter}"
