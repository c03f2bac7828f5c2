"""Which page of the platforms an input is, by its structure; by the title of the site only where nothing else tells."""

from __future__ import annotations

import re
from typing import Literal

from loaders.inputs import Head
from loaders.samr.page_parts import title_in

__all__ = ["PageKind", "kind_of_page"]

PageKind = Literal["committee", "openstd list", "openstd page", "record", ""]

_NUMBER_LABEL = re.compile(r">\s*(?:标准号|标准编号|计划号|计划编号)\s*[:：]?\s*<")
_CELLS = re.compile(r"<(?:dt|dd|td|th)\b", re.IGNORECASE)
_OF_OPENSTD = re.compile(r"国家标准[|｜]|国家标准全文(?:阅读|公开系统)")
_OF_STD = re.compile(r"全国标准信息公共服务平台|(?:行业|地方)标准信息服务平台")


def kind_of_page(head: Head) -> PageKind:
    """The kind of page that an input is, "" where it is none of these platforms. An input is of one kind at most."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        return ""
    if "委员会编号" in text and "委员会全称" in text and _CELLS.search(text):
        return "committee"
    if "basicInfo-item" in text and _NUMBER_LABEL.search(text):
        return "record"
    if "tdlist" in text and "中文标准名称" in text and "标准状态" in text:
        return "openstd page"
    title = title_in(text)
    if "result_list" in text and ("showInfo(" in text or _OF_OPENSTD.match(title)):
        return "openstd list"
    if _OF_OPENSTD.match(title):
        return "openstd page"
    return "record" if _OF_STD.search(title) else ""
