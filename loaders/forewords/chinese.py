"""The set phrases of Chinese forewords, in the wording of GB/T 1.1-2020 (本文件), GB/T 1.1-2009 (本标准) and of those before them.

本标准由…提出并归口; 起草单位; 主要起草人 (left out); 代替; 等同采用; 本部分为…的第 n 部分; 历次版本发布情况.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from graph.numbers import StandardNumber, find_all
from loaders.forewords.lists import chinese_list, joined
from loaders.forewords.model import Adopted, Cover, Foreword, Listed, Printed, Replaced
from loaders.forewords.numbering import CHINESE_KINDS, LISTED, numbers_behind
from loaders.forewords.text import Running

__all__ = ["BEGINS", "SELF", "read_chinese"]

SELF = (
    r"(?<!日)本(?:国家|行业|地方|团体|企业)?(?:标准化指导性技术文件|指导性技术文件|技术文件|技术规范|技术报告|系列标准|"
    r"标准|文件|部分|规范|规程|指南|导则|准则|通则|修改单)(?!化|物质|号)"
)
"""How a standard speaks of itself; 日本标准 is not one of these."""

BEGINS = re.compile(
    rf"{SELF}(?:的?第\d{{1,3}}部分)?(?:按照|依据|代替|替代|部分代替|主要由|由|是对?G|为G|是|为|的?(?:主要|负责|参加)?起草|的?归口|的?提出|等同|修改|非等效|"
    r"等效|使用|采用|与)|前言$"
)
"""How the sentences of a foreword begin."""

_PERSONS = re.compile(
    rf"(?:{SELF})?的?(?:历次|及其)?(?:起草单位(?:和|及|与|、|以及)其?)?(?:主要|参加|参与|第一|其他|其它|负责|全部){{0,3}}"
    r"(?:起草|编制|编写|编撰|撰写|制定|制订|修订|审查|审核|审定|校对|翻译|执笔|编辑|研制|参编|统稿|审稿)(?:人员|者|人)(?!(?:单位|资格|应|力|工))"
)
_MIXED = re.compile(r"单位(?:和|及|与|、|以及)")
_WHAT = r"起草|编制|编写|制定|制订|修订|研制|主编|参编|协编|提出|归口管理|归口|执行|主管|行政主管|批准|发布|解释|支持|验证|参加|协作|实施"
_IS = r"(?:名单)?(?:如下|有|为|是|包括)?"
_LABEL = re.compile(
    rf"(?P<self>{SELF})?的?(?P<how>(?:主要|负责|参加|参与|牵头|联合|协作|共同|支持|其他|第一|标准化?|行业|组织|技术){{0,4}})"
    rf"(?P<what>{_WHAT})(?:单位|部门|机构)(?P<is>{_IS}:|为|是|有|包括)?"
)
# "主编单位、参编单位和主要起草人：" and "由主编单位负责解释" are no lists.
_NO_LIST = re.compile(r"[、,和及与]|负责|应|可|的")
_SENTENCE = re.compile(rf"{SELF}(?:的?第?\d{{0,3}}部分)?(?:主要|均|首次|共同){{0,2}}由")
_ADVERB = "负责|参加|参与|主要|共同|联合|牵头|组织|分别|具体|统一|技术|协作"
_VERB = re.compile(
    rf"(?P<how>(?:{_ADVERB}){{0,4}})(?P<what>提出|归口|起草|执行|主管|解释|批准|发布|实施|(?<=负责)(?:编制|制定|制订)|(?<=组织)(?:制定|制订|编制)|修订)"
    rf"(?:管理|工作|上报)?(?=$|[,、;。.(]|并|和|及|以及|且|由|与|(?:{_ADVERB}){{0,4}}(?:提出|归口|起草|执行|主管|解释|批准|发布))"
)
_CONNECTOR = re.compile(r"(?:[,、;.\s]|并且?|且|同时|以及|其中|(?:和|及|与)(?=$|由|全国|中国|国家))*(?:由|委托|受)?")
_GROUNDS = re.compile(r"依据|按照|根据|参照|参考|对|在")
_ONLY_ADVERBS = re.compile(rf"(?:{_ADVERB}|并|和|及|以及|,|、)*")

_REPLACES = re.compile(
    rf"{SELF}(?:的?第\d{{1,3}}部分)?(?:[^。;,《》A-Z]{{0,24}}?|与[^。;]{{1,120}}?(?:共同|一起|合并|整体))[,]?(?P<part>部分)?(?:代替|替代|取代)(?!标准的?历|文件)"
)
_REPLACED_LEAD = re.compile(r"(?:并废止|了|下列|以下|原|国家|行业|标准|文件|部分|:|\s|《|\(|\d\)|[a-z]\)|——)*")
_A_PART = re.compile(
    r"(?:《[^《》]{0,200}》|\([^()]{0,80}\))*(?:中)?的?(?:部分|相关|有关|对应|相应|第[0-9一二三四五六七八九十]{1,3}章|\d+(?:\.\d+)*)"
)
_ADOPTS = re.compile(
    rf"{SELF}(?:的?第\d{{1,3}}部分)?[^。;《A-Z0-9]{{0,30}}?(?P<degree>等同|修改|非等效|不等效|等效|参照)(?:地|性)?(?:采用|转化)"
)
_ADOPTS_PLAINLY = re.compile(rf"{SELF}(?:直接|系|是|为)?采用(?!翻译|重新)")
_ADOPTED_LEAD = re.compile(r"[^。;,，A-Za-z0-9]{0,40}")
_CONSISTENCY = re.compile(
    rf"{SELF}[^。;]{{0,20}}?(?:与|对应于|对应)(?P<far>[^。;]{{2,300}}?)的?一致性程度(?:为|是|:)?[\"“]?(?P<degree>等同|修改|非等效|IDT|MOD|NEQ)"
)
_DEGREES = {
    "等同": "IDT", "IDT": "IDT",
    "修改": "MOD", "等效": "MOD", "MOD": "MOD",
    "非等效": "NEQ", "不等效": "NEQ", "NEQ": "NEQ",
}  # fmt: skip
_PART_OF = re.compile(rf"{SELF}(?:是|为|系|属于)(?=[A-Z])", re.IGNORECASE)
_NTH_PART = re.compile(
    r"(?:《[^《》]{0,200}》|\([^()]{0,80}\)|系列(?:国家|行业)?标准|标准|分为[^。,;]{0,20}|,)*的?(?:第[0-9一二三四五六七八九十百]{1,4}(?:个?部分|篇)|部分)"
)
_EARLIER = re.compile(r"历次版本(?:的)?(?:发布|颁布)?(?:的)?情况(?:为|如下|是)*:?")


_LONGEST = 20_000
"""Characters that a list may have: some thousand names."""
_FEW = 50
"""Phrases of one kind that are looked at: a foreword has a handful."""

_ENDS = re.compile(
    rf"。|{SELF}|历次版本|请注意|附加说明|(?:主要|参加|参与)?(?:起草|编制|审查|编写)人员?(?::|为|有|。)|"
    rf"(?:主要|负责|参加|参与){{0,2}}(?:{_WHAT})(?:单位|部门|机构)(?:{_IS}:|为|是|有|包括)"
)
"""Where a list or sentence ends: its full stop, or what begins the next."""


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    proposers: list[Printed] = field(default_factory=list)
    in_charge: list[Printed] = field(default_factory=list)
    executing: list[Printed] = field(default_factory=list)
    supervising: list[Printed] = field(default_factory=list)
    leading: list[Listed] = field(default_factory=list)
    taking_part: list[Listed] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def take(self, what: str, how: str, listed: Listed) -> None:
        """Note who is named for a verb (起草) with its adverbs (参加)."""
        if (
            what in ("起草", "编制", "编写", "制定", "制订", "修订", "研制", "主编", "参编", "协编", "参加", "协作")
            and "组织" not in how
        ):
            follows = what in ("参编", "协编", "参加", "协作") or any(
                word in how for word in ("参加", "参与", "协作", "其他", "支持")
            )
            (self.taking_part if follows else self.leading).append(listed)
            return
        groups = {
            "提出": ("proposer", self.proposers),
            "归口": ("in charge", self.in_charge),
            "归口管理": ("in charge", self.in_charge),
            "执行": ("executing unit", self.executing),
            "主管": ("supervising agency", self.supervising),
            "行政主管": ("supervising agency", self.supervising),
        }
        if "组织" in how and what in ("起草", "编制", "制定", "制订"):
            groups[what] = ("executing unit", self.executing)
        if what in groups:
            part, group = groups[what]
            group += [name for name in listed.names if name not in group]
            self.refused += [(part, reason) for reason in listed.refused]


def read_chinese(text: Running, line: int, cover: Cover) -> Foreword:
    """What the running text of a Chinese foreword says. Names of persons are overwritten before anything else is read."""
    found = _Found()
    persons = list(_persons(text.text))
    if any(_MIXED.search(text.text, start, min(end, start + 40)) for start, end in persons):
        found.refused.append(
            ("drafting organisations", "they stand among the names of persons, which are never loaded")
        )
    text = text.blanked(persons)
    _labelled(text, found)
    _sentences(text, found)
    drafting = joined([*found.leading, *found.taking_part])
    adopted, unread = _adopted(text.text)
    part_of, no_part = _part_of(text.text, cover.number)
    return Foreword(
        line=line,
        language="zh",
        cover=cover,
        proposers=tuple(found.proposers),
        in_charge=tuple(found.in_charge),
        executing=tuple(found.executing),
        supervising=tuple(found.supervising),
        drafting=drafting,
        replaced=tuple(_replaced(text.text)),
        adopted=adopted,
        part_of=part_of,
        earlier=tuple(_earlier(text.text)),
        persons=bool(persons),
        refused=(*found.refused, *unread, *no_part),
    )


# -- persons -----------------------------------------------------------------------------------------------------------
def _persons(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while label := _PERSONS.search(text, position):
        position = _end_of(text, label.end())
        yield label.start(), position


def _end_of(text: str, start: int) -> int:
    """Where the sentence or list that begins at `start` ends."""
    furthest = min(len(text), start + _LONGEST)
    found = _ENDS.search(text, start, furthest)
    return found.start() if found else furthest


# -- lists with a label, sentences with verbs ----------------------------------------------------------------------------
def _labelled(text: Running, found: _Found) -> None:
    position = 0
    while label := _LABEL.search(text.text, position):
        position = label.end()
        if not label["is"] and (not label["self"] or _NO_LIST.match(text.text, position)):
            continue
        end = _end_of(text.text, position)
        whole = True if end < len(text.text) else None
        found.take(label["what"], label["how"], chinese_list(text, position, end, whole=whole, by_lines=True))
        position = end


def _sentences(text: Running, found: _Found) -> None:
    position = 0
    while sentence := _SENTENCE.search(text.text, position):
        end = _end_of(text.text, sentence.end())
        _verbs(text, sentence.end(), end, found)
        position = max(end, sentence.end())


def _verbs(text: Running, start: int, end: int, found: _Found) -> None:
    listed = Listed()
    position = start
    for verb in _VERB.finditer(text.text, start, end):
        skipped = _CONNECTOR.match(text.text, position, verb.start())
        first = skipped.end() if skipped else position
        if not _ONLY_ADVERBS.fullmatch(text.text, first, verb.start()):
            if _GROUNDS.match(text.text, first, verb.start()):
                position = verb.end()
                continue
            listed = chinese_list(text, first, verb.start())
        found.take(verb["what"], verb["how"], listed)
        position = verb.end()


# -- numbers -------------------------------------------------------------------------------------------------------------
def _replaced(text: str) -> Iterator[Replaced]:
    seen: set[str] = set()
    for phrase in islice(_REPLACES.finditer(text), _FEW):
        last = phrase.end()
        partial = phrase["part"] is not None
        for number, first, end in numbers_behind(text, phrase.end(), _REPLACED_LEAD):
            between = text[last:first]
            partial = True if "部分代替" in between else partial
            in_part = partial or _A_PART.match(text, end) is not None
            last = end
            if number.canonical not in seen and number.kind in CHINESE_KINDS:
                seen.add(number.canonical)
                yield Replaced(number, True if in_part else None)


def _adopted(text: str) -> tuple[tuple[Adopted, ...], tuple[tuple[str, str], ...]]:
    found: dict[str, Adopted] = {}
    refused: list[tuple[str, str]] = []
    for phrase in islice(_ADOPTS.finditer(text), _FEW):
        numbers = _foreign(number for number, _, _ in numbers_behind(text, phrase.end(), _ADOPTED_LEAD))
        for number in numbers:
            found.setdefault(number.canonical, Adopted(number, _DEGREES.get(phrase["degree"], "unknown")))
        if not numbers:
            refused.append(("adopted standard", "its number cannot be read"))
    for phrase in islice(_CONSISTENCY.finditer(text), _FEW):
        for number in _foreign(item.number for item in find_all(phrase["far"])):
            found.setdefault(number.canonical, Adopted(number, _DEGREES[phrase["degree"]]))
    for phrase in islice(_ADOPTS_PLAINLY.finditer(text), _FEW):
        for number in _foreign(number for number, _, _ in numbers_behind(text, phrase.end(), _ADOPTED_LEAD)):
            found.setdefault(number.canonical, Adopted(number, "unknown"))
    return tuple(found.values()), tuple(dict.fromkeys(refused))


def _foreign(numbers: Iterator[StandardNumber]) -> list[StandardNumber]:
    return [number for number in numbers if number.kind in ("international", "foreign")]


def _part_of(text: str, own: StandardNumber | None) -> tuple[StandardNumber | None, tuple[tuple[str, str], ...]]:
    for phrase in islice(_PART_OF.finditer(text), _FEW):
        numbers = find_all(text[phrase.end() : phrase.end() + 200])
        if not numbers or numbers[0].start > 0:
            continue
        whole = numbers[0].number
        if not _NTH_PART.match(text, phrase.end() + numbers[0].end) or whole.kind not in CHINESE_KINDS:
            continue
        if own and (whole.issuer, whole.serial) != (own.issuer, own.serial):
            return None, (("part relation", f"{own.canonical} cannot be a part of {whole.canonical}"),)
        return whole, ()
    return None, ()


def _earlier(text: str) -> Iterator[StandardNumber]:
    phrases = list(_EARLIER.finditer(text))
    if not phrases:
        return
    seen: set[str] = set()
    for item in find_all(text[phrases[-1].end() : phrases[-1].end() + LISTED]):
        if item.number.kind in CHINESE_KINDS and item.number.year and item.number.canonical not in seen:
            seen.add(item.number.canonical)
            yield item.number
