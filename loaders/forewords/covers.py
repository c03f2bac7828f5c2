"""What stands above a foreword: a cover, or only the number and the title of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from graph.dates import check
from graph.errors import DateError
from graph.numbers import StandardNumber, find_all, parse
from graph.script import HAN, has_han
from loaders.forewords.model import Adopted, Cover, Replaced
from loaders.forewords.numbering import CHINESE_KINDS
from loaders.forewords.text import Line, compact
from loaders.kinds import tells_a_kind

__all__ = ["after_replaces", "is_heading", "number_line", "own_number", "read_cover"]

_HEADINGS = frozenset(
    {
        "前言",
        "前言:",
        "前言。",
        "【前言】",
        "foreword",
        "foreword:",
        "preface",
        "preface:",
        "0前言",
        "附加说明",
        "附加说明:",
    }
)
_MAY_BE_NUMBER = re.compile(r"[A-Za-z]{1,8}(?:\s*/|\s*\d|\s+[A-Za-z])")
_PAGE_BEHIND = re.compile(r"\s+(?:[IVXLivxl]{1,6}|[\u2160-\u217f]{1,4}|\d{1,3})$")
_REPLACES = re.compile(r"^\(?(?P<part>部分)?(?:代替|替代|Replac(?:es|ing)|Supersed(?:es|ing)):?\s*", re.IGNORECASE)
_ENDS_REPLACING = re.compile(r"(?:代替|替代|replaces|replacing|supersedes|superseding):?$|[、,和及]$", re.IGNORECASE)
_TRANSLATION = re.compile(r"Translated English of Chinese Standard|English (?:version|translation)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})\s*[-‐-―−.年/]\s*(\d{1,2})\s*[-‐-―−.月/]\s*(\d{1,2})\s*日?\s*(发布|批准|实施|施行)")
_DATE_EN = re.compile(
    r"(Issued|Implemented|Effective)(?: on)?:?\s*(?:date:?)?\s*(\d{4})[-./](\d{1,2})[-./](\d{1,2})", re.IGNORECASE
)
_ICS = re.compile(
    r"^ICS\s*:?\s*(\d{2}(?:\.\d{3}(?:\.\d{2})?)?(?:\s*[;,、]\s*\d{2}(?:\.\d{3}(?:\.\d{2})?)?)*)\s*(.*)$", re.IGNORECASE
)
_CCS = re.compile(r"^(?:CCS\s*:?\s*)?([A-Z])\s?(\d{2})$")
_IDT = re.compile(
    r"\(?(?P<number>[A-Z][A-Z/]{1,8}[^(),，]{2,40})[,，]\s*(?P<degree>IDT|MOD|NEQ|EQV)\s*\)?", re.IGNORECASE
)
_IDT_BEFORE = re.compile(r"^(?P<degree>idt|eqv|neq|mod)\s+(?P<number>[A-Z].{3,40})$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"中华人民共和国.*(?:标准|规范|规程)$|^(?:国家|行业|地方|团体|企业)标准|标准化指导性技术文件$|^(?:团体|企业)标准$|发布|实施|备案号|学兔兔|www\.|https?:|"
    r"^(?:ICS|CCS|UDC)\b|稿|^\d{4}[-.年]|^目[次录]|^[IVXivx\d]+$|出版社|定价|书号|版权|^\(|本(?:标准|稿)|附加说明"
)
_BODY_NAME = re.compile(r"(?:总局|委员会|管理局|监督局|协会|学会|联合会)$")
_STAGES = (("征求意见稿", "30"), ("送审稿", "40"), ("报批稿", "50"), ("草案", "20"))
_ISSUED = re.compile(r"发布$")


def is_heading(line: str) -> bool:
    """Whether a line is the heading of a foreword, whatever blanks it has; ISO前言 is that of another text."""
    return compact(line).casefold() in _HEADINGS


@lru_cache(maxsize=4096)
def number_line(line: str) -> tuple[StandardNumber, str] | None:
    """The Chinese standard number that a line begins with, and the rest of the line, which is a title or nothing.

    >>> number_line("GB/T 22239—2019 Ⅱ"), number_line("代替 GB/T 22239—2008")
    ((StandardNumber(canonical='GB/T 22239-2019', ...), ''), None)
    """
    if len(line) > 160 or not _MAY_BE_NUMBER.match(line):
        return None
    bare = _PAGE_BEHIND.sub("", line)
    number = parse(bare)
    if number is not None:
        return (number, "") if number.kind in CHINESE_KINDS else None
    found = find_all(line)
    if not found or found[0].start or found[0].number.kind not in CHINESE_KINDS:
        return None
    rest = line[found[0].end :].strip(" 《》:")
    rest = rest.removesuffix("前言").strip(" 《》")
    if len(rest) > 80 or re.search(r"[。;；]|代替|相比|规定|按照", rest):
        return None
    if re.match(r"[/,，、(]", rest):
        return None
    return found[0].number, rest


def after_replaces(lines: Sequence[Line], position: int) -> bool:
    """Whether the line continues one that ends with 代替 or a comma: then its number is not the standard's own."""
    return position > 0 and _ENDS_REPLACING.search(compact(lines[position - 1].text)) is not None


def own_number(lines: Sequence[Line]) -> StandardNumber | None:
    """The number that the lines say is the standard's own: never one behind 代替, with its year if any has one."""
    undated: StandardNumber | None = None
    for position, line in enumerate(lines):
        if _REPLACES.match(line.text) or after_replaces(lines, position):
            continue
        if _TRANSLATION.search(line.text):
            named = [item.number for item in find_all(line.text) if item.number.kind in CHINESE_KINDS]
            found = (named[0], "") if named else None
        else:
            found = number_line(line.text)
        if found and found[0].year:
            return found[0]
        undated = undated or (found[0] if found else None)
    return undated or _plan(lines)


def read_cover(lines: Sequence[Line], number: StandardNumber | None) -> Cover:
    """What the lines above a foreword say. `number` is the standard's own."""
    texts = [line.text for line in lines]
    published, effective = _dates(texts)
    ics, ccs = _classes(texts)
    zh, en = _titles(lines, number)
    stage = next((code for text in texts for word, code in _STAGES if word in compact(text) and len(text) < 40), "")
    return Cover(
        number=number,
        title_zh=zh,
        title_en=en,
        published=published,
        effective=effective,
        ics=ics,
        ccs=ccs,
        stage=stage,
        issuers=tuple(dict.fromkeys(_issuers(texts))),
        replaced=tuple(_replaced(lines, number)),
        adopted=tuple(_adopted(texts)),
    )


def _plan(lines: Sequence[Line]) -> StandardNumber | None:
    plans = (
        item.number
        for line in lines
        if len(line.text) < 80
        for item in find_all(line.text)
        if item.number.kind == "plan"
    )
    return next(plans, None)


def _dates(texts: Sequence[str]) -> tuple[str | None, str | None]:
    published = effective = None
    for text in texts:
        for year, month, day, what in _DATE.findall(text):
            iso = _iso(year, month, day)
            if what in ("发布", "批准"):
                published = published or iso
            else:
                effective = effective or iso
        for what, year, month, day in _DATE_EN.findall(text):
            iso = _iso(year, month, day)
            if what.lower() == "issued":
                published = published or iso
            else:
                effective = effective or iso
    return published, effective


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return check(f"{year}-{int(month):02}-{int(day):02}")
    except DateError:
        return None


def _classes(texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ics: tuple[str, ...] = ()
    ccs: tuple[str, ...] = ()
    for place, text in enumerate(texts):
        found = _ICS.match(text)
        if not found or ics:
            continue
        ics = tuple(re.split(r"\s*[;,、]\s*", found[1]))
        behind = found[2] or (texts[place + 1] if place + 1 < len(texts) else "")
        if code := _CCS.match(behind.strip()):
            ccs = (f"{code[1]}{code[2]}",)
    return ics, ccs


def _titles(lines: Sequence[Line], number: StandardNumber | None) -> tuple[str, str]:
    """The title in Chinese, then in English: the lines from the number to the dates."""
    start = next(
        (place for place, line in enumerate(lines) if (at := number_line(line.text)) and at[0] == number), None
    )
    if number is None or start is None:
        return "", ""
    at = number_line(lines[start].text)
    zh: list[str] = [at[1]] if at and has_han(at[1]) else []
    en: list[str] = [at[1]] if at and at[1] and not has_han(at[1]) else []
    for place in range(start + 1, min(len(lines), start + 14)):
        text = lines[place].text
        if _DATE.search(text) or _DATE_EN.search(text) or is_heading(text) or re.match(r"目\s*[次录]$", text):
            break
        if _IDT.search(text) or (after_replaces(lines, place) and not has_han(text)):
            continue
        if _REPLACES.match(text) or number_line(text) or _NO_TITLE.search(text) or len(text) > 120:
            continue
        if has_han(text):
            if en or _BODY_NAME.search(text):
                break
            zh.append(text)
        elif zh and re.search("[A-Za-z]{3}", text):
            en.append(text)
    title_zh = _closed(" ".join(zh))
    return ("" if len(title_zh) > 200 else title_zh), " ".join(en)[:300].replace("— ", "—")


def _closed(title: str) -> str:
    """A title of which text recognition has spaced out the characters; the blanks between its parts stay."""
    words = title.split(" ")
    alone = sum(len(word) == 1 and has_han(word) for word in words)
    return re.sub(f"(?<=[{HAN}]) (?=[{HAN}])", "", title) if alone * 2 > len(words) else title


def _issuers(texts: Sequence[str]) -> Iterator[str]:
    """Who publishes: the names at the foot of the cover, from the dates to 发布."""
    start = next((place for place, text in enumerate(texts) if _DATE.search(text)), None)
    if start is None:
        return
    foot = [compact(text) for text in texts[start + 1 : start + 7]]
    if not any(_ISSUED.search(text) for text in foot):
        return
    for text in foot:
        name = _ISSUED.sub("", text)
        if is_heading(text) or re.match("目[次录]", text):
            return
        if re.fullmatch(rf"[{HAN}()]{{4,40}}", name) and tells_a_kind(name):
            yield name


def _replaced(lines: Sequence[Line], number: StandardNumber | None) -> Iterator[Replaced]:
    partial = False
    for place, line in enumerate(lines):
        phrase = _REPLACES.match(line.text)
        if phrase:
            partial = phrase["part"] is not None
        if not phrase and not after_replaces(lines, place):
            continue
        for item in find_all(line.text):
            if item.number.kind in CHINESE_KINDS and item.number != number:
                yield Replaced(item.number, True if partial else None)


def _adopted(texts: Sequence[str]) -> Iterator[Adopted]:
    for text in texts:
        found = _IDT_BEFORE.match(text) or (_IDT.search(text) if text.startswith("(") else None)
        number = parse(found["number"].strip()) if found else None
        if found and number and number.kind in ("international", "foreign"):
            degree = found["degree"].upper()
            yield Adopted(number, "MOD" if degree == "EQV" else degree)
