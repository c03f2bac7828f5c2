"""How likely two Chinese names are one body of which no rule decides: by what differs between them.

The figures were set on the labelled pairs that ship (`graph.identity.evaluation`), on the half that is for tuning. They put
candidates in order; nothing is ever merged by them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.names.judgement import Finding
from graph.names.parts import Parts, is_complete, is_unit
from graph.names.spelling import abbreviates, differing, likeness
from graph.names.succession import HEADS

__all__ = ["OF_AGENCIES", "by_likeness", "has_a_word_more", "head_of"]

OF_AGENCIES = 0.3
"""Agencies are few and each has its own record: one that is like another is most often its successor or of another rank."""

_LIKE_AGENCIES = 0.2

#: Words that are put into the name of an institute, or left out of it, without making it another.
_GENERAL_WORDS = re.compile("(?:工业|技术|科学|研究|认证|检测|检验|质量|产品|监督|标准|化|工程|设计|管理|服务)+")


@lru_cache(maxsize=16_384)
def head_of(key: str) -> str:
    """The body of which a name is a unit, "" where it is none."""
    for end in range(len(key) - 2, 2, -1):
        if (key[:end] in HEADS or is_complete(key[:end])) and is_unit(key[end:], key[:end]):
            return key[:end]
    return ""


def by_likeness(a: Parts, b: Parts) -> Finding:
    """What is left where no rule decides: a short name, names that are alike, or names that are not."""
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
        return OF_AGENCIES
    head = head_of(full.key)
    if head and not short.key.startswith(head):
        return 0.1  # 中国石油 is no short name of a laboratory of 中国石油化工股份有限公司
    if short.numbers and short.numbers == full.numbers:
        return 0.5
    if not has_a_word_more(short, full):
        return 0.4
    return 0.45 if _GENERAL_WORDS.fullmatch(differing(short.bare, full.bare)[1]) else 0.2


def _related(a: Parts, b: Parts) -> bool:
    """Whether the own names have in common what tells a company from others: their beginning, one as a whole, or a longer word."""
    first, second = a.own, b.own
    if min(len(first), len(second)) < 2:
        return False
    if first[:2] == second[:2] or first in second or second in first:
        return True
    return any(first[start : start + 3] in second for start in range(len(first) - 2))


def has_a_word_more(short: Parts, full: Parts) -> bool:
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
