"""Committees and agencies as fields and pages print them: codes, names, and what stands in brackets behind these."""

from __future__ import annotations

import re
from functools import lru_cache

from graph import committees
from loaders.samr import lists
from loaders.samr.entries import Body, Entry

__all__ = ["agencies", "bodies", "body_in"]

# 工业和信息化部(通信)(339-2): a ministry with the field for which it answers.
_WITH_ITS_FIELD = re.compile(r"(.{2,30}?[部委局署会院])((?:\s*[(（][^()（）]{1,12}[)）])+)")
_CODE_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]*(?:TC|SWG|SC)\s*\d[^()（）]*[)）]$")
_CODE_AND_NAME = re.compile(r"(?P<code>[A-Za-z]{2,4}\s*\d[A-Za-z0-9/\s]*|\d[\d-]{1,8})\s*[(（](?P<name>.+)[)）]")


@lru_cache(maxsize=16_384)
def bodies(code: str, name: str) -> tuple[Body, ...]:
    """The bodies that code and name mean, mostly one. A code that is no committee's (of an agency, say) adds nothing to a name.

    >>> bodies("TC46SC1", "全国家用电器标准化技术委员会制冷空调器具分会")
    (Body(code='SAC/TC 46/SC 1', name='全国家用电器标准化技术委员会制冷空调器具分会'),)
    >>> bodies("", "国家卫生健康委员会、农业农村部")
    (Body(code='', name='国家卫生健康委员会'), Body(code='', name='农业农村部'))
    """
    found = committees.parse(code) if code else None
    if found is not None:
        return (Body(str(found), name),)
    if not name and code:
        return (Body("", code),) if any("\u4e00" <= letter <= "\u9fff" for letter in code) else ()
    return tuple(Body(_code_beside(one), _bare(one)) for one in lists.names(name)[0])


def _code_beside(name: str) -> str:
    found = committees.find(name)
    return str(found) if found else ""


def _bare(name: str) -> str:
    """The name of a committee without the code in brackets behind it."""
    return _CODE_IN_BRACKETS.sub("", name) or name


def agencies(printed: str, entry: Entry) -> tuple[str, ...]:
    """The agencies in a list, without the field for which a ministry answers; that stands in a note."""
    found = _agencies(printed)
    entry.notes += [("supervising agency as printed", name) for agency, name in found if agency != name]
    return tuple(dict.fromkeys(agency for agency, _ in found))


@lru_cache(maxsize=4_096)
def _agencies(printed: str) -> tuple[tuple[str, str], ...]:
    """Each agency with how it is printed."""
    names = lists.names(printed)[0]
    return tuple((match[1] if (match := _WITH_ITS_FIELD.fullmatch(name)) else name, name) for name in names)


def body_in(value: str) -> tuple[Body, ...]:
    """The bodies in a value: names, or a code with the name in brackets behind it.

    >>> body_in("TC183（全国钢标准化技术委员会）")
    (Body(code='SAC/TC 183', name='全国钢标准化技术委员会'),)
    >>> body_in("全国玩具标准化技术委员会(TC253)")
    (Body(code='SAC/TC 253', name='全国玩具标准化技术委员会'),)
    """
    if found := _CODE_AND_NAME.fullmatch(value):
        code = committees.parse(found["code"])
        return (Body(str(code) if code else "", found["name"].strip()),)
    return bodies("", value)
