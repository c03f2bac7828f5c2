"""Invented names, one for each whole number and none twice: 杭州拟云辰智能装备有限公司.

A number is first moved about among all that there is room for, so that neighbours by number have nothing in common.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from math import gcd
from pathlib import Path
from string import ascii_uppercase

from graph.names.places import PROVINCE_OF

PLACES = tuple(sorted(PROVINCE_OF))
WORDS: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
"""What names and titles are made of: Chinese to English; and provinces by code."""
TRADES = tuple(WORDS["trades"])
_FIRST = "云辰恒华瑞中天海科光启明远达信安泰和盛创宏众联汇智博锐凯德"
_SECOND = "辰宇腾源达通泽力成骏升航阳峰越昌翔诚润耀邦域磐涛迅恺晟霖朗曜"
_COMPANY = ("有限公司", "股份有限公司", "科技有限公司", "集团有限公司")
_INSTITUTE = ("研究院", "研究所", "检测中心", "设计研究院", "大学")
_ASSOCIATION = ("行业协会", "产业联盟", "学会", "商会")
_OWN = len(_FIRST) * len(_SECOND)
_ROOM = len(PLACES) * _OWN
_STRIDE = next(n for n in range(_ROOM * 618 // 1000, _ROOM) if gcd(n, _ROOM) == 1)


def _parts(number: int) -> tuple[str, str]:
    """A place and an own name, another pair for each number below `_ROOM`; after that the own name has one more syllable."""
    turn, number = divmod(number, _ROOM)
    moved = number * _STRIDE % _ROOM
    own, place = divmod(moved, len(PLACES))
    first, second = divmod(own, len(_SECOND))
    more = _SECOND[turn - 1] if turn else ""
    return PLACES[place], f"拟{_FIRST[first]}{_SECOND[second]}{more}"


@lru_cache(maxsize=65_536)
def company(number: int, field: int) -> str:
    """A company of a field."""
    place, own = _parts(number)
    return f"{place}{own}{TRADES[field % len(TRADES)]}{_COMPANY[number % len(_COMPANY)]}"


@lru_cache(maxsize=65_536)
def institute(number: int, field: int) -> str:
    """A research institute, university or test body of a field; their own names are taken from the other end."""
    place, own = _parts(_ROOM - 1 - number)
    return f"{place}{own}{TRADES[field % len(TRADES)]}{_INSTITUTE[number % len(_INSTITUTE)]}"


def association(number: int) -> str:
    """An association; every third one is national, the others are of a place."""
    place, own = _parts(number)
    return f"{place if number % 3 else '中国'}{own}{place}{TRADES[number % len(TRADES)]}{_ASSOCIATION[number % len(_ASSOCIATION)]}"


def organisation(number: int, fields: int) -> str:
    """The company or institute of that rank of popularity, from 0; it belongs to the field `number % fields`."""
    if number % 7 == 0:
        return institute(number // 7, number % fields)
    return company(number - number // 7 - 1, number % fields)


def letters(number: int, length: int) -> str:
    """A code of so many letters.

    >>> letters(0, 3), letters(27, 3)
    ('AAA', 'ABB')
    """
    code = ""
    for _ in range(length):
        number, rest = divmod(number, len(ascii_uppercase))
        code = ascii_uppercase[rest] + code
    return code
