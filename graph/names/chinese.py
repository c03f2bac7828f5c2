"""The judgement on two Chinese names: one rule after the other, and the first that finds something decides."""

from __future__ import annotations

import re
from collections.abc import Callable

from graph.names.judgement import RULES, Finding
from graph.names.likelihood import OF_AGENCIES, by_likeness, has_a_word_more, head_of
from graph.names.parts import FORM_WORDS, Parts, is_complete, is_legal_form, is_unit, parts_of, place_conflict
from graph.names.spelling import abbreviates, common_start, differing, likeness, shares_word, sounds_alike
from graph.names.succession import succeeds

__all__ = ["judge_chinese"]


def judge_chinese(a: str, b: str) -> Finding:
    """Judge two keys with Chinese characters; they are not equal."""
    first, second = parts_of(a), parts_of(b)
    for rule in _RULES:
        if found := rule(first, second):
            return found
    return by_likeness(first, second)


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
    left, right = head_of(a.key), head_of(b.key)
    if not left or not right or left == right or a.key[len(left) :] != b.key[len(right) :]:
        return None
    if succeeds(left, right):
        return Finding("head_renamed", detail=f"{left} / {right}")
    first, second = sorted((left, right))
    found = judge_chinese(first, second)
    if RULES[found.rule].verdict == "parent":
        return Finding("sibling_units", detail=f"{left} / {right}")
    return found if (left, right) == (first, second) else found.exchanged()


def _head_left_out(a: Parts, b: Parts) -> Finding | None:
    """水利部水利水电规划设计总院 beside 水利水电规划设计总院; not 清华大学图书馆 beside 图书馆, which tells too little."""
    for full, short in ((a, b), (b, a)):
        head = head_of(full.key)
        if head and full.key == head + short.key and len(short.key) >= _LEAST_UNIT and short.subject:
            return Finding("head_left_out", detail=head)
    return None


_LEAST_UNIT = 7
"""Characters of the name of a unit that tells it from others without its head."""


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
    ("研究院", "研究所", "研究总院", "研究中心", "设计院", "科学研究院", "院", "所"),
    ("大学", "学院"),
    ("总局", "局", "厅", "委员会", "部"),
)


def _last_word(a: Parts, b: Parts) -> Finding | None:
    if _differs_in_ending(a.key, b.key, _FEDERATED):
        return Finding("rank_changed")
    if _differs_in_ending(a.key, b.key, _SOCIETIES):
        return Finding("kind_of_society")
    if any(_differs_in_ending(a.bare, b.bare, endings) for endings in _GROWN):
        return Finding("rank_changed", likelihood=OF_AGENCIES if a.body == b.body == "agency" else None)
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
            return Finding("abbreviation", likelihood=OF_AGENCIES)
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
        first, second = (FORM_WORDS.sub("", re.sub("[@()]", "", part.skeleton)) for part in (a, b))
        if first == second:
            return Finding("group_form", likelihood=0.4)
        # TCL集团 became TCL科技集团: words were added, none was put in the place of another.
        added = abbreviates(first, second) or abbreviates(second, first)
        return Finding("same_family", likelihood=0.3 if added else None)
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
        short, full = sorted((a, b), key=lambda part: (len(part.key), part.key))
        if len(short.key) >= 4 and abbreviates(short.key, full.key) and not has_a_word_more(short, full):
            # 中国水科院 leaves characters out here and there of 中国水利水电科学研究院.
            return Finding("abbreviation", likelihood=OF_AGENCIES if a.body == b.body == "agency" else 0.5)
        return Finding("own_name", detail=f"{a.subject} / {b.subject}")
    return None


#: In this order: the first rule that finds something decides.
_RULES: tuple[Callable[[Parts, Parts], Finding | None], ...] = (
    _brackets,
    _numbers,
    _units_of_two,
    _head_left_out,
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
