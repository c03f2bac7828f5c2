"""The judgement on two names that are not in Chinese."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from graph.names.judgement import Finding
from graph.names.keys import core_key
from graph.names.places import english_places

__all__ = ["judge_english"]

_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            ("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th"),
            ("sixth", "6th"), ("seventh", "7th"), ("eighth", "8th"), ("ninth", "9th"), ("tenth", "10th"),
            ("eleventh", "11th"), ("twelfth", "12th"), ("thirteenth", "13th"), ("fourteenth", "14th"),
            ("fifteenth", "15th"), ("sixteenth", "16th"),
        ),
        start=1,
    )
    for word in words
}  # fmt: skip
_NUMERAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)?")
_SOCIETIES = frozenset({"association", "society", "federation", "union", "alliance", "chamber"})
_UNIT = re.compile(
    r"\b(?:institute|branch|school|department|laborator(?:y|ies)|lab|cent(?:er|re)|college|division|office|faculty|"
    r"hospital|press|library|subcommittee|working group|subsidiary)\b"
)
_SMALL = frozenset({"of", "and", "for", "the", "in", "on", "de"})


def _numbers(words: list[str]) -> set[int]:
    numbers = {_ORDINALS[word] for word in words if word in _ORDINALS}
    return numbers | {int(found[1]) for word in words if (found := _NUMERAL.fullmatch(word)) and len(found[1]) < 12}


def _places(text: str) -> set[str]:
    return {place for place in english_places() if re.search(rf"\b{place}\b", text)} - {"china"}


def judge_english(a: str, b: str) -> Finding:
    """Judge two keys without Chinese characters; they are not equal."""
    words_a, words_b = re.findall(r"\w+", a), re.findall(r"\w+", b)
    numbers_a, numbers_b = _numbers(words_a), _numbers(words_b)
    if numbers_a - numbers_b and numbers_b - numbers_a:
        return Finding("numbers")
    places_a, places_b = _places(a), _places(b)
    if places_a - places_b and places_b - places_a:
        return Finding("places", detail=f"{', '.join(sorted(places_a))} / {', '.join(sorted(places_b))}")
    if found := _contained(a, b):
        return found
    core_a, core_b = core_key(a), core_key(b)
    if core_a == core_b:
        return Finding("legal_form" if "(" not in a + b else "place_added")
    if sorted(words_a) == sorted(words_b):
        return Finding("word_order")
    return _by_words(words_a, words_b, core_a, core_b)


def _contained(a: str, b: str) -> Finding | None:
    """A name that stands whole at the beginning or end of the other, beside a word for a unit."""
    for larger, smaller, side in ((a, b, "a"), (b, a, "b")):
        if len(larger.split()) < 2:
            continue
        rest = smaller.removeprefix(f"{larger} ")
        if rest == smaller:
            rest = smaller.removesuffix(f" {larger}")
        if rest != smaller and _UNIT.search(rest) and not rest.endswith((" of", " and", " for")):
            return Finding("unit", parent="a" if side == "a" else "b")
    return None


def _by_words(words_a: list[str], words_b: list[str], core_a: str, core_b: str) -> Finding:
    only_a, only_b = set(words_a) - set(words_b), set(words_b) - set(words_a)
    if only_a and only_b and only_a <= _SOCIETIES and only_b <= _SOCIETIES:
        return Finding("kind_of_society")
    for short, long in ((words_a, words_b), (words_b, words_a)):
        initials = "".join(word[0] for word in long if word not in _SMALL)
        if len(short) == 1 and len(short[0]) >= 2 and short[0] in {initials, "".join(word[0] for word in long)}:
            return Finding("acronym")
    alike = max(fuzz.ratio(core_a, core_b), fuzz.token_sort_ratio(core_a, core_b)) / 100
    if alike < 0.5 and not core_a.startswith(core_b) and not core_b.startswith(core_a):
        return Finding("unlike")
    return Finding("alike", likelihood=round(min(0.8, max(0.05, alike - 0.2)), 2))
