"""The judgement on two names: one body, two bodies, a body and its unit, or a question for a person.

``same`` is said only where the key is the same or a curated table knows both names. No likeness makes two
names one: ``江苏省粮食局`` and ``江西省粮食局`` are one character apart. ``different`` is said where
something in the names speaks against it (another number, place, own name or kind of body). It cannot know
that a body took a wholly new name: a known change of name belongs in the alias table. All else is
``unsure``, with a likelihood that puts candidates in order for the person who decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from graph.names.english import judge_english
from graph.names.english_words import places_of, plain_words, telling_words
from graph.names.judgement import RULES, Finding, Judgement, Verdict, judgement
from graph.names.keys import name_key
from graph.names.parts import (
    Parts,
    is_complete,
    is_legal_form,
    is_unit,
    parts_of,
    place_conflict,
)
from graph.names.spelling import abbreviates, common_start, differing, likeness, shares_word, sounds_alike
from graph.names.succession import HEADS, succeeds
from graph.readings import syllables
from graph.script import has_han

_LATIN_WORD = re.compile("[a-z][a-z0-9]+")

__all__ = ["NO_ALIASES", "Alias", "AliasTable", "Aliases", "Judgement", "Verdict", "compare"]


@dataclass(frozen=True, slots=True)
class Alias:
    """One thing a name is known to mean.

    Attributes:
        id: the organisation.
        kind: what the name is to it: ``name``, ``short``, ``former``, ``english``, ``spelling`` ...
    """

    id: str
    kind: str = "name"


class Aliases(Protocol):
    """A curated table of names. Only what a person or a cited source said belongs in it, never a guess."""

    def known_as(self, key: str) -> Collection[Alias]:
        """Everything the name with this key is known to mean; several where it is ambiguous."""
        ...


@dataclass(frozen=True, slots=True)
class AliasTable:
    """An alias table held in memory, by name key."""

    by_key: Mapping[str, tuple[Alias, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]]) -> AliasTable:
        """Build a table from rows of name, id and kind."""
        table: dict[str, dict[Alias, None]] = {}
        for name, identity, kind in rows:
            if key := name_key(name):
                table.setdefault(key, {})[Alias(identity, kind)] = None
        return cls({key: tuple(aliases) for key, aliases in table.items()})

    def known_as(self, key: str) -> tuple[Alias, ...]:
        """Everything the name with this key is known to mean."""
        return self.by_key.get(key, ())


NO_ALIASES: Aliases = AliasTable()


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
    first, second = parts_of(a), parts_of(b)
    for rule in _RULES:
        if found := rule(first, second):
            return found
    return _by_likeness(first, second)


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


def _brackets(a: Parts, b: Parts) -> Finding | None:
    if a.flat == b.flat:
        return Finding("brackets")
    if a.places and sorted(a.places) == sorted(b.places) and a.flat != b.flat:
        plain = [part.skeleton.replace("(@)", "").replace("@", "") for part in (a, b)]
        if plain[0] == plain[1]:
            return Finding("place_written_differently")
    return None


def _numbers(a: Parts, b: Parts) -> Finding | None:
    first, second = set(a.numbers), set(b.numbers)
    if first - second and second - first:
        return Finding("numbers", detail=f"{_listed(a.numbers)} / {_listed(b.numbers)}")
    return None


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _units_of_two(a: Parts, b: Parts) -> Finding | None:
    """Units of one name in two bodies: what holds for the bodies holds for them."""
    left, right = _head(a.key), _head(b.key)
    if not left or not right or left == right or a.key[len(left) :] != b.key[len(right) :]:
        return None
    if succeeds(left, right):
        return Finding("head_renamed", detail=f"{left} / {right}")
    first, second = sorted((left, right))
    found = _judge(first, second, NO_ALIASES)
    if RULES[found.rule].verdict == "parent":
        return Finding("sibling_units", detail=f"{left} / {right}")
    return found if (left, right) == (first, second) else found.exchanged()


@lru_cache(maxsize=16_384)
def _head(key: str) -> str:
    """The body of which a name is a unit, "" where it is none."""
    for end in range(len(key) - 2, 2, -1):
        if (key[:end] in HEADS or is_complete(key[:end])) and is_unit(key[end:], key[:end]):
            return key[:end]
    return ""


def _parent(a: Parts, b: Parts) -> Finding | None:
    for larger, smaller, side in ((a, b, "a"), (b, a, "b")):
        if _is_unit_of(larger, smaller):
            return Finding("unit", parent="a" if side == "a" else "b")
    return None


def _is_unit_of(larger: Parts, smaller: Parts) -> bool:
    if smaller.key.startswith(larger.key):
        return is_complete(larger.key) and is_unit(smaller.key[len(larger.key) :], larger.key)
    # Only its subsidiaries may carry a group's name, as 中国移动通信集团浙江有限公司 does.
    group = larger.bare.endswith("集团") and bool(larger.legal)
    rest = smaller.key.removeprefix(larger.bare)
    return group and rest != smaller.key and not is_legal_form(rest) and is_unit(rest, larger.bare)


def _second_name(a: Parts, b: Parts) -> Finding | None:
    for longer, shorter in ((a, b), (b, a)):
        rest = longer.key.removeprefix(shorter.key)
        if rest != longer.key and rest.startswith("(") and rest.endswith(")"):
            return Finding("campus" if longer.skeleton.endswith("(@)") else "second_name")
    return None


def _places(a: Parts, b: Parts) -> Finding | None:
    conflict = place_conflict(a, b)
    if not conflict:
        return None
    detail = f"{', '.join(a.places)} / {', '.join(b.places)}"
    if conflict == "apart" or "company" not in (a.body, b.body):
        return Finding("places", detail=detail)
    return None


def _legal_form(a: Parts, b: Parts) -> Finding | None:
    if a.bare == b.bare:
        return Finding("legal_form", detail=f"{a.legal or '-'} / {b.legal or '-'}")
    stems = [part.bare.removesuffix("控股").removesuffix("(集团)").removesuffix("集团") for part in (a, b)]
    if stems[0] == stems[1]:
        return Finding("group_form")
    return None


def _place_added(a: Parts, b: Parts) -> Finding | None:
    plain = [part.skeleton.replace("(@)", "").replace("@", "") for part in (a, b)]
    if plain[0] == plain[1] and plain[0] and a.body != "university":
        # A company that says (中国) is as a rule the Chinese company of a foreign one.
        foreign = "中国" in {*a.places} ^ {*b.places} and a.body == "company"
        return Finding("place_added", likelihood=0.3 if foreign else None)
    return None


_SOCIETIES = ("协会", "学会", "联合会", "商会", "促进会", "研究会")
#: Industry associations became federations; a learned society never became either.
_FEDERATED = ("工业联合会", "联合会", "工业协会", "行业协会", "协会")
_GROWN = (
    ("研究院", "研究所", "研究总院", "研究中心", "设计院", "科学研究院"),
    ("大学", "学院"),
    ("总局", "局", "厅", "委员会", "部"),
)


def _last_word(a: Parts, b: Parts) -> Finding | None:
    if _differs_in_ending(a.key, b.key, _FEDERATED):
        return Finding("rank_changed")
    if _differs_in_ending(a.key, b.key, _SOCIETIES):
        return Finding("kind_of_society")
    if any(_differs_in_ending(a.bare, b.bare, endings) for endings in _GROWN):
        return Finding("rank_changed", likelihood=_OF_AGENCIES if a.body == b.body == "agency" else None)
    return None


def _differs_in_ending(a: str, b: str, endings: tuple[str, ...]) -> bool:
    stems_a = {a.removesuffix(ending) for ending in endings if a.endswith(ending)}
    stems_b = {b.removesuffix(ending) for ending in endings if b.endswith(ending)}
    return any(len(stem) >= 2 for stem in stems_a & stems_b)


#: Kinds of body of which one is not the other under a new form.
_KINDS_APART = frozenset(
    frozenset(pair)
    for pair in (
        ("society", "company"),
        ("society", "university"),
        ("society", "institute"),
        ("society", "agency"),
        ("society", "committee"),
        ("university", "company"),
        ("university", "agency"),
        ("university", "committee"),
        ("committee", "company"),
        ("agency", "institute"),
        ("agency", "company"),
    )
)
#: Agencies are few and each has its own record: one that is like another is most often its successor or of another rank.
_OF_AGENCIES = 0.3
_LIKE_AGENCIES = 0.2


def _kinds(a: Parts, b: Parts) -> Finding | None:
    if frozenset((a.body, b.body)) in _KINDS_APART:
        return Finding("kinds", detail=f"{a.body} / {b.body}")
    return None


def _writing(a: Parts, b: Parts) -> Finding | None:
    left, right = differing(a.key, b.key)
    if sounds_alike(left, right) or sorted(left) == sorted(right):
        return Finding("slip")
    if a.body != "university" and (abbreviates(left, right) or abbreviates(right, left)):
        if a.body == b.body == "agency":
            return Finding("abbreviation", likelihood=_OF_AGENCIES)
        # An abbreviation leaves out characters here and there; a word more is another subject, or a company's new name.
        added = (left in right or right in left) and a.body != "company" and b.body != "company"
        return Finding("abbreviation", likelihood=0.25 if added else None)
    return None


def _universities(a: Parts, b: Parts) -> Finding | None:
    if a.body != "university" or b.body != "university":
        return None
    left, right = differing(a.key, b.key)
    if abbreviates(left, right) or abbreviates(right, left):
        return Finding("abbreviation")
    if a.key[-2:] == b.key[-2:]:
        return Finding("own_name") if a.subject != b.subject else None
    return Finding("abbreviation") if abbreviates(a.key, b.key) or abbreviates(b.key, a.key) else None


def _siblings(a: Parts, b: Parts) -> Finding | None:
    """Two units of one body."""
    length = common_start(a.key, b.key)
    while length >= 3:
        shared = a.key[:length]
        rests = a.key[length:], b.key[length:]
        if is_complete(shared) and all(is_unit(rest, shared) for rest in rests):
            left, right = differing(*rests)
            if left and right and likeness(left, right) < 0.6:
                return Finding("sibling_units", detail=f"{rests[0]} / {rests[1]}")
            return None
        length -= 1
    return None


def _companies(a: Parts, b: Parts) -> Finding | None:
    if a.body != "company" or b.body != "company":
        return None
    if a.own == b.own and a.own:
        return Finding("same_family")
    # Names of common words alone (上海汽车, 中国移动通信) are their own name as a whole.
    whole = not a.own or not b.own
    first, second = (a.trade, b.trade) if whole else (a.own, b.own)
    if shares_word(first, second) if not whole else likeness(first, second) >= 0.6:
        return None
    if likeness(first, second) < 0.6 and not abbreviates(first, second) and not abbreviates(second, first):
        return Finding("own_name", detail=f"{first} / {second}")
    return None


def _subjects(a: Parts, b: Parts) -> Finding | None:
    if "company" in {a.body, b.body} or not a.body or not b.body or not a.subject or not b.subject:
        return None
    if likeness(a.subject, b.subject) < 0.45:
        return Finding("own_name", detail=f"{a.subject} / {b.subject}")
    return None


#: In this order: the first rule that finds something decides.
_RULES: tuple[Callable[[Parts, Parts], Finding | None], ...] = (
    _brackets,
    _numbers,
    _units_of_two,
    _parent,
    _second_name,
    _places,
    _legal_form,
    _last_word,
    _place_added,
    _kinds,
    _universities,
    _writing,
    _siblings,
    _companies,
    _subjects,
)


def _by_likeness(a: Parts, b: Parts) -> Finding:
    if not a.legal or not b.legal:
        short, full = sorted((a, b), key=lambda part: (len(part.key), part.key))
        if full.key.startswith(short.key) or abbreviates(short.bare, full.bare):
            return Finding("short_name", likelihood=_as_short_name(short, full))
    alike = likeness(a.bare, b.bare)
    if a.subject and b.subject and a.body == b.body != "":
        alike = max(alike, likeness(a.subject, b.subject))
    if alike < 0.5:
        return Finding("unlike")
    most = _most_likely(a, b)
    # Companies of one place with much of their own names in common: one renamed (海信科龙, 海信家电), or two of a family.
    related = a.body == b.body == "company" and a.places == b.places and _related(a, b)
    return Finding("alike", likelihood=round(min(most, max(0.25 if related else 0.05, alike - 0.4)), 2))


def _as_short_name(short: Parts, full: Parts) -> float:
    if short.body == full.body == "agency":
        return _OF_AGENCIES
    head = _head(full.key)
    if head and not short.key.startswith(head):
        return 0.1  # 中国石油 is no short name of a laboratory of 中国石油化工股份有限公司
    if short.numbers and short.numbers == full.numbers:
        return 0.5
    return 0.2 if _has_a_word_more(short, full) else 0.4


def _related(a: Parts, b: Parts) -> bool:
    """Whether the own names have in common what tells a company from others: their beginning, one as a whole, or a longer word."""
    first, second = a.own, b.own
    if min(len(first), len(second)) < 2:
        return False
    if first[:2] == second[:2] or first in second or second in first:
        return True
    return any(first[start : start + 3] in second for start in range(len(first) - 2))


def _has_a_word_more(short: Parts, full: Parts) -> bool:
    """Whether one is the other with a word put in, as 中国通信标准化协会 is beside 中国标准化协会: another subject."""
    left, right = differing(short.bare, full.bare)
    inside = not full.bare.startswith(short.bare) and not full.bare.endswith(short.bare)
    return not left and len(right) >= 2 and inside and not short.legal


def _most_likely(a: Parts, b: Parts) -> float:
    """How likely at most two names are one body that are only alike: by what differs between them."""
    left, right = differing(a.bare, b.bare)
    company = "company" in (a.body, b.body)
    if a.body == b.body == "agency":
        return _LIKE_AGENCIES if likeness(a.bare, b.bare) < 0.9 and {left, right} != {"国家", "中国"} else 0.5
    if bool(_TESTS.search(a.key)) != bool(_TESTS.search(b.key)) and not company:
        return 0.2  # a test centre and a research institute of one field
    if not left or not right:
        return 0.25 if len(left + right) >= 2 else 0.6
    if not set(left) & set(right):
        if len(left) >= 2 or len(right) >= 2:
            return 0.3 if company and _related(a, b) else 0.12  # one word in the place of another
        return 0.2 if company and len(a.own) <= 4 else 0.45  # one character in the place of another
    return 0.6


#: How the name of a test body ends.
_TESTS = re.compile("(?:检验|检测|监测|质检|测评|认证)[^()]{0,4}$")
