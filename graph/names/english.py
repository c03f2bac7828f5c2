"""The judgement on two names that are not in Chinese."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from graph.names.english_words import (
    FORM_COUNTRIES,
    SMALL_WORDS,
    initials_of,
    is_place,
    places_of,
    plain_words,
    telling_words,
)
from graph.names.judgement import Finding
from graph.names.keys import core_key

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
_BRACKET_AT_END = re.compile(r"\(([^()]+)\)$|[ ,]-? ?\(([^()]+)$")
_DASHED_ACRONYM = re.compile(r"^([a-z0-9]{2,8}) (?:- )?(?=\S+ \S)")
_LEAST_PREFIX = 3
_LEAST_SLIP = 7
#: Letters of the initials of which an acronym is the beginning (CATR of a name that ends "of MIIT").
_MOST_MORE = 7
#: Words of agencies and societies, whose names are fixed: one word in the place of another is another body.
_PUBLIC = _SOCIETIES | {"ministry", "administration", "commission", "council", "court", "bureau", "department"}
_BODIES = frozenset(
    {"institute", "university", "academy", "ministry", "center", "centre", "association", "society", "administration"}
)
_SLIP = 88
_LIKE_A_WORD = 84


def _numbers(words: tuple[str, ...]) -> set[int]:
    numbers = {_ORDINALS[word] for word in words if word in _ORDINALS}
    return numbers | {int(found[1]) for word in words if (found := _NUMERAL.fullmatch(word)) and len(found[1]) < 12}


def judge_english(a: str, b: str) -> Finding:
    """Judge two keys without Chinese characters; they are not equal."""
    words_a, words_b = plain_words(a), plain_words(b)
    if len(words_a) == len(words_b) == 1 and max(len(a), len(b)) < _LEAST_SLIP:
        return Finding("own_name", detail=f"{a} / {b}")  # acronyms: one letter is another body
    numbers_a, numbers_b = _numbers(words_a), _numbers(words_b)
    if numbers_a - numbers_b and numbers_b - numbers_a:
        return Finding("numbers")
    if found := _acronym(a, b) or _acronym(b, a) or _without_brackets(a, b):
        return found
    if found := _places(a, b):
        return found
    if found := _contained(a, b):
        return found
    return _same_core(a, b) or _by_words(words_a, words_b, a, b)


def _places(a: str, b: str) -> Finding | None:
    """Different countries, or places in one country; also where only the legal form says the country."""
    first, second = places_of(a), places_of(b)
    if first and second:
        left, right = first - second, second - first
        if not left or not right:
            return None
        if _within(left, right):
            return Finding("place_added", likelihood=0.3) if _same_core(a, b) else None
        return Finding("places", detail=f"{_listed(left)} / {_listed(right)}")
    here, there = _countries(a), _countries(b)
    if here and there and not here & there and (first or second or telling_words(plain_words(a))):
        return Finding("places", detail=f"{', '.join(sorted(here))} / {', '.join(sorted(there))}")
    return None


def _within(a: frozenset[tuple[str, str]], b: frozenset[tuple[str, str]]) -> bool:
    """Whether one side only says the country of a place of the other."""
    return any(x[0] == y[0] and (not x[1] or not y[1]) for x in a for y in b)


def _listed(places: frozenset[tuple[str, str]]) -> str:
    return ", ".join(sorted(place or code for code, place in places))


def _countries(key: str) -> frozenset[str]:
    """The countries that a name says, else that of its legal form."""
    said = frozenset(code for code, _ in places_of(key))
    return said or frozenset(FORM_COUNTRIES[word] for word in plain_words(key)[-4:] if word in FORM_COUNTRIES)


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


def _acronym(short: str, long: str) -> Finding | None:
    """The initials of a name, or a name with its acronym in brackets or before it, beside the acronym or the name alone."""
    for outside, inside in _with_acronym(long):
        if short in (outside, inside):
            return Finding("second_name")
        if core_key(short) == core_key(outside):
            return Finding("second_name")
    words_short, words_long = plain_words(short), plain_words(long)
    if len(words_short) != 1 or len(words_long) < 2 or len(words_short[0]) < 2:
        return None
    for words in (words_long, plain_words(core_key(long))):
        found = initials_of(words)
        if words_short[0] in found:
            return Finding("acronym")
        begins = any(initials.startswith(words_short[0]) and len(initials) <= _MOST_MORE for initials in found)
        if begins and len(words_short[0]) >= _LEAST_PREFIX:
            return Finding("acronym", likelihood=0.3)
    return None


def _without_brackets(a: str, b: str) -> Finding | None:
    """Names of which one or both add an acronym or a second name in brackets, and are otherwise written a little differently."""
    outside_a, outside_b = (_with_acronym(key)[:1] for key in (a, b))
    if not outside_a and not outside_b:
        return None
    first = outside_a[0][0] if outside_a else a
    second = outside_b[0][0] if outside_b else b
    if first == second:
        return Finding("second_name")
    found = judge_english(first, second) if len(first) > 1 and len(second) > 1 else None
    return found if found and found.rule in ("slip", "abbreviation", "word_order", "legal_form", "acronym") else None


def _with_acronym(key: str) -> list[tuple[str, str]]:
    """A name taken apart into what stands outside and inside its last bracket, or behind and before a leading acronym."""
    found = []
    if match := _BRACKET_AT_END.search(key):
        inside = match[1] or match[2]
        if not all(is_place(word) or word in FORM_COUNTRIES for word in plain_words(inside)):
            found.append((key[: match.start()].strip(" ,-"), inside))
    if match := _DASHED_ACRONYM.match(key):
        rest = key[match.end() :]
        initials = "".join(word[0] for word in plain_words(rest) if word not in SMALL_WORDS)
        if match[1] in (initials, "".join(word[0] for word in plain_words(rest))):
            found.append((rest, match[1]))
    return found


def _same_core(a: str, b: str) -> Finding | None:
    """The same words but for legal form and place."""
    core_a, core_b = plain_words(core_key(a)), plain_words(core_key(b))
    places_a, places_b = places_of(a), places_of(b)
    bare_a, bare_b = (_without_place_and_form(words) for words in (core_a, core_b))
    if not bare_a or not bare_b or "".join(bare_a) != "".join(bare_b):
        return None
    if core_a[0] != core_b[0] and "china" in (core_a[0], core_b[0]):
        return Finding("place_added", likelihood=0.3)
    if bool(places_a) == bool(places_b):
        if core_a == core_b and _countries(a) != _countries(b):
            return Finding("legal_form", likelihood=0.45)
        return Finding("legal_form" if bare_a == bare_b else "slip")
    if {code for code, _ in places_a | places_b} <= {"cn"}:
        return Finding("place_added", likelihood=0.5 if any(place for _, place in places_a | places_b) else 0.3)
    if telling_words(bare_a):
        return Finding("country_unit", parent="b" if places_a else "a")
    return Finding("place_added", likelihood=0.3)


def _without_place_and_form(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(word for word in words if not is_place(word) and word not in FORM_COUNTRIES)
    while kept and kept[-1] in ("ltd", "co", "corp", "inc", "llc", "limited", "company", "sa", "se"):
        kept = kept[:-1]
    return kept


def _by_words(words_a: tuple[str, ...], words_b: tuple[str, ...], a: str, b: str) -> Finding:
    only_a, only_b = set(words_a) - set(words_b), set(words_b) - set(words_a)
    if only_a and only_b and only_a <= _SOCIETIES and only_b <= _SOCIETIES:
        return Finding("kind_of_society")
    if sorted(words_a) == sorted(words_b):
        return Finding("word_order")
    bare_a, bare_b = (_without_place_and_form(plain_words(core_key(key))) for key in (a, b))
    if _abbreviated(bare_a, bare_b) or _initials_inside(bare_a, bare_b) or _initials_inside(bare_b, bare_a):
        return Finding("abbreviation", likelihood=0.7)
    joined_a, joined_b = " ".join(bare_a), " ".join(bare_b)
    long_enough = min(len(joined_a), len(joined_b)) >= _LEAST_SLIP
    if long_enough and fuzz.ratio(joined_a, joined_b) >= _SLIP and _only_slips(bare_a, bare_b):
        return Finding("slip")
    abroad = bool(_countries(a) - {"cn"}) != bool(_countries(b) - {"cn"})
    return _by_own_words(bare_a, bare_b, abroad=abroad)


def _by_own_words(a: tuple[str, ...], b: tuple[str, ...], *, abroad: bool) -> Finding:
    """What is left: by the words that tell the names from others. `abroad` says that only one of them names a country."""
    telling_a, telling_b = telling_words(a), telling_words(b)
    rest_a, rest_b = _unmatched(a, b), _unmatched(b, a)
    public = not _PUBLIC.isdisjoint(a) and not _PUBLIC.isdisjoint(b)
    apart = public or not _shared(telling_a, telling_b) or _other_brand(a, b, telling_a, telling_b)
    if rest_a and rest_b and apart:
        return Finding("own_name", detail=f"{' '.join(rest_a)} / {' '.join(rest_b)}")
    alike = max(fuzz.ratio(" ".join(a), " ".join(b)), fuzz.token_sort_ratio(" ".join(a), " ".join(b))) / 100
    short, long = sorted((a, b), key=lambda words: (len(words), words))
    if short and long[: len(short)] == short:
        # What follows may be general words (Xiaomi Communications) or name a company of the group.
        return Finding("short_name", likelihood=0.15 if abroad or not telling_words(short) else 0.35)
    if telling_a and telling_a == telling_b:
        most = 0.15 if abroad else 0.5
        return Finding("same_family", likelihood=round(min(most, max(0.15, alike - 0.3)), 2))
    if short and set(short) <= set(long):
        return Finding("short_name", likelihood=0.25 if telling_words(short) else 0.1)
    if alike < 0.5:
        return Finding("unlike")
    return Finding("alike", likelihood=round(min(0.7, max(0.05, alike - 0.4)), 2))


def _unmatched(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The words that are no word of the other name, nor one cut short or written a little differently."""
    return tuple(
        word
        for word in words
        if word not in SMALL_WORDS
        and not any(
            word == other
            or fuzz.ratio(word, other) >= _LIKE_A_WORD
            or (min(len(word), len(other)) >= _LEAST_PREFIX and (word.startswith(other) or other.startswith(word)))
            for other in others
        )
    )


def _other_brand(a: tuple[str, ...], b: tuple[str, ...], telling_a: frozenset[str], telling_b: frozenset[str]) -> bool:
    """Whether two firms begin with own words that the other does not have: Hitachi Elevator and Toshiba Elevator."""
    if not _BODIES.isdisjoint({*a, *b}):
        return False
    first = next((word for word in a if word in telling_a), "")
    second = next((word for word in b if word in telling_b), "")
    return bool(_unmatched((first,), b)) and bool(_unmatched((second,), a))


def _abbreviated(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names have the same words, some of them cut short (Tech., Com.)."""
    if len(a) != len(b) or a == b:
        return False
    return all(
        x == y or (min(len(x), len(y)) >= _LEAST_PREFIX and (x.startswith(y) or y.startswith(x)))
        for x, y in zip(a, b, strict=True)
    )


def _initials_inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a word of one name is the initials of some words of the other, and the rest is the same (TU Dresden)."""
    more = len(long) - len(short) + 1
    if more < 2 or len(short) < 2:
        return False
    return any(
        short[:at] == long[:at] and short[at + 1 :] == long[at + more :] and word in initials_of(long[at : at + more])
        for at, word in enumerate(short)
    )


def _only_slips(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether each word of one is a word of the other or one like it: no word of its own on either side."""
    return all(any(fuzz.ratio(x, y) >= _LIKE_A_WORD for y in b) for x in a) and all(
        any(fuzz.ratio(x, y) >= _LIKE_A_WORD for x in a) for y in b
    )


def _shared(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sets of telling words have one in common, also where it is joined or written a little differently."""
    if a & b:
        return True
    return any(
        fuzz.ratio(x, y) >= _LIKE_A_WORD or (min(len(x), len(y)) >= 4 and (x in y or y in x)) for x in a for y in b
    )
