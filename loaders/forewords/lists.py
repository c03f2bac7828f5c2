"""Lists of organisations in running text: where one name ends and the next begins, and what is no name of an organisation.

Chinese lists are separated by 、 or commas; brackets may hold commas of their own; 等 says that more are not named. Lists
without any comma, a name a line, occur in construction standards: the line breaks separate then, if every line is a
whole name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from graph import committees
from graph.names import column_of_people, looks_personal, name_key
from graph.script import HAN, has_han
from loaders.forewords.model import Listed, Printed
from loaders.forewords.text import Running
from loaders.kinds import tells_a_kind

__all__ = ["UNSURE", "chinese_list", "english_list", "joined", "named"]

UNSURE = "the lines may be one name or several; separate the names by 、 and load it again"
_LOST = "a name holds a character that could not be read"
_TOO_SHORT = "an entry is too short to be the name of an organisation"
_PHRASE = "words of a sentence stand where a name should"
_PERSONAL = "an entry may be the name of a person; names of people are never loaded"
_TOO_LONG = "an entry is longer than any name; separate the names by 、 and load it again"
_LONGEST_NAME = 120
_LONGEST_LATIN_NAME = 300
_LONGEST_ENTRY = 600
_LONGEST_BRACKET = 80

_OPEN, _CLOSE = "([{", ")]}"
_SEPARATORS = "、,;，；"
_SHORT_OF_MORE = re.compile(
    r"…+$|等(?:共|共计)?(?:[0-9一二三四五六七八九十百余多]+)?(?:余|多)?(?:家|个)?(?:起草|参与|参加)?(?:单位|机构|企业|公司|院校|部门)?$"
)
_IN_NO_ORDER = re.compile(r"\((?:[^()]{0,12}(?:排名|排序|顺序)[^()]{0,4}(?:不分|无)[^()]{0,6}|排名不分[^()]{0,6})\)")
_ORDERED_BY = re.compile(r"\([^()]{0,16}(?:排序|为序|排列|排名)[^()]{0,4}\)")
_END = (
    r"(?:公司|集团|大学|学院|学校|中学|研究院|总院|分院|设计院|科学院|检测院|检验院|医院|院|研究所|分所|所|中心|总站|站|协会|学会|研究会|联合会|商会|"
    r"促进会|联盟|委员会|标委会|分会|总局|分局|局|部|厅|署|办公室|总厂|厂|社|银行|分行|支行|实验室|基地|图书馆|博物馆|园|司|处|总队|海关|基金会|合作社|委)"
)
_ENDS = re.compile(rf"{_END}(?:\([^()]*\))?$")
_AND = re.compile(r"以及|和|与|及")
_A_COMPANY = re.compile(r"(?:有限|股份|责任|总|集团)公司$")
# What a break between two whole names may join (中国科学院 and 信息工程研究所), and what it never does.
_PARENT = re.compile(r"(?:大学|科学院|部|局|委员会|署|公司|集团|研究总院)$")
_A_UNIT = re.compile(r"(?:司|局|分公司|分行|支行|院|所|中心|厂|站|实验室|部|处|编辑部)(?:\([^()]*\))?$")
_NEVER_A_UNIT = re.compile(r"(?:大学|协会|学会|联合会|(?<!分)公司)(?:\([^()]*\))?$")
_STANDS_ALONE = re.compile(r"中国|中华|国家|全国")
_PLACE = re.compile(r"北京|上海|天津|重庆|.{2,3}[省市]")
_CODE_BEHIND = re.compile(
    r"[(\[]?\s*(?<![A-Za-z]/)((?:(?:SAC|CSBTS|CCSA|MIIT|ISO/IEC|ISO|IEC)[\s/]*)?(?:TC|SWG|JTC|ST)\s*[/\s]*[\dOIl][\dOIl A-Z/]*)\s*[)\]]?$"
)
_CODE_WITHIN = re.compile(r"[(\[]\s*((?:SAC|CSBTS|CCSA|MIIT|ISO|IEC|TC|SWG)[^()\[\]]{2,40})[)\]]")
_UNREADABLE_CODE = re.compile(r"\((?:SAC|TC)[^()]*\)?$")
# SAC took over the committees of its predecessor with their numbers.
_PREDECESSOR = re.compile(r"^CSBTS[\s/]+")
_LOOKALIKES = str.maketrans("OIl", "011")
_CODE_NUMBER = re.compile(r"(?<=TC)[\s/]*[\dOIl]+")
_ALIAS = re.compile(r"\((?:以下简称|简称)[^()]{0,30}\)$")
_ADVERBS = re.compile(r"(?:共同|联合|分别|统一|具体|负责|技术|牵头|组织|参加|参与|主要|集中|协同|会同)+$")
_IN_BRACKET = re.compile(rf"\(([{HAN}]{{2,4}}(?:[、, ][{HAN}]{{2,4}})*)\)$")
_NO_NAME = re.compile(r"(?:单位|部门|人员|起草|提出|归口|如下|规定|要求)$|。|^本(?:标准|文件|部分|规范)")
_TRAILING_BRACKET = re.compile(r"\([^()]*\)$")
_LEADS_IN = re.compile(r"(?:由(?=.{4})|[:,、;。.\s—•·●◆■*-]|\(\d{1,2}\)|\d{1,2}[.)、])*")
_LEGAL = r"(?:Ltd|Inc|LLC|L\.L\.C|Limited|GmbH|Co\b|Corp|Corporation|S\.?A|PLC|AG|JSC|Pte|Pty|Llp|LLP|B\.?V)\b"
_LATIN_COMMA = re.compile(rf",\s*(?!\s*{_LEGAL})", re.IGNORECASE)
_LATIN_AND = re.compile(
    r"(?<=Ltd)\.? and |(?<=Ltd\.) and |(?<=University) and |(?<=Institute) and |(?<=Academy) and |(?<=Association) and |"
    r"(?<=Center) and |(?<=Centre) and |(?<=Committee) and |(?<=Inc\.) and |(?<=Commission) and |(?<=\)) and "
)
_UNIT_OF = re.compile(
    r"(?:the )?(?:Institute|School|College|Department|Faculty|Center|Centre|Laboratory) (?:of|for)\b", re.IGNORECASE
)
_WHOLE_OF = re.compile(r"(?:the )?(?:[A-Z][A-Za-z]+ ){1,4}(?:University|Academy of [A-Z][A-Za-z ]+)(?: ?\([^()]*\))?$")
_MORE_LATIN = re.compile(r",?\s*(?:and\s+)?(?:etc\.?|and others|among others|et al\.?)$", re.IGNORECASE)


def chinese_list(text: Running, start: int, end: int, *, whole: bool | None = True, by_lines: bool = False) -> Listed:
    """The organisations that `text[start:end]` lists. `whole` is what is known of its end (None: the text breaks off).

    `by_lines` says that line breaks may separate where there are no commas: in lists, not in sentences.
    """
    in_order = True
    if found := _IN_NO_ORDER.search(text.text, start, end):
        in_order, text = False, _without(text, found)
    elif found := _ORDERED_BY.search(text.text, start, end):
        text = _without(text, found)
    names: list[Printed] = []
    refused: list[str] = []
    for first, last in _entries(text, start, end, refused, by_lines=by_lines):
        entry = text.text[first:last]
        if short := _SHORT_OF_MORE.search(entry):
            whole, last = False, first + short.start()
            entry = text.text[first:last]
        if not entry:
            continue
        if reason := _no_name(entry):
            refused.append(reason)
            continue
        names.append(named(entry, repaired=text.repaired(first, last)))
    return Listed(_once(names), whole, in_order, tuple(dict.fromkeys(refused)))


def english_list(text: str) -> Listed:
    """The organisations that an English list holds: separated by semicolons, else by commas that belong to no legal form."""
    whole: bool | None = True
    bare = text.strip(" :.,;") if not re.search(r"(?:Ltd|Inc|Co|Corp)\.$", text) else text.strip(" :,;")
    if more := _MORE_LATIN.search(bare):
        whole, bare = False, bare[: more.start()]
    parts = bare.split(";") if ";" in bare else _LATIN_COMMA.split(bare)
    parts = [
        half for part in parts for half in _LATIN_AND.split(re.sub(r"^\s*(?:and|as well as)\s+", "", part.strip()))
    ]
    names: list[Printed] = []
    refused: list[str] = []
    for part in _rejoined(parts if ";" not in bare else [part.strip() for part in parts]):
        entry = re.sub(r"^(?:the|The)\s+", "", re.sub(r"^(?:and|as well as)\s+", "", part.strip(" .:,"))).strip()
        if entry.endswith(("Ltd", "Inc", "Co")) and f"{entry}." in text:
            entry += "."
        if not entry or not any(letter.isalpha() for letter in entry):
            continue
        if reason := _no_name(entry):
            refused.append(reason)
        else:
            names.append(named(entry))
    return Listed(_once(names), whole, True, tuple(refused))


def named(entry: str, *, repaired: bool = False) -> Printed:
    """A name and the committee's code behind it, with or without brackets.

    >>> named("全国汽车标准化技术委员会(SAC/TC 114)").code, named("中国通信标准化协会").code
    ('SAC/TC 114', '')
    """
    entry = _ALIAS.sub("", entry)
    for pattern in (_CODE_BEHIND, _CODE_WITHIN):
        found = pattern.search(entry)
        if found:
            written = _PREDECESSOR.sub("SAC/", found[1])
            mended = _CODE_NUMBER.sub(lambda number: number[0].translate(_LOOKALIKES), written)
            if code := committees.parse(mended):
                name = (entry[: found.start()] + entry[found.end() :]).strip(" ([,")
                return Printed(name, str(code), repaired or mended != written)
    return Printed(_UNREADABLE_CODE.sub("", entry) or entry, "", repaired)


def joined(lists: Iterable[Listed]) -> Listed:
    """Lists that follow one another as one: those who lead, then those who take part."""
    held = list(lists)
    if not held:
        return Listed()
    ends = [one.whole for one in held]
    whole = False if False in ends else None if None in ends else True
    return Listed(
        _once(name for one in held for name in one.names),
        whole,
        all(one.in_order for one in held),
        tuple(reason for one in held for reason in one.refused),
    )


# -- Chinese lists -----------------------------------------------------------------------------------------------------
def _entries(text: Running, start: int, end: int, refused: list[str], *, by_lines: bool) -> Iterator[tuple[int, int]]:
    """Where the entries of a list stand."""
    cuts = list(_cuts(text.text, start, end))
    if by_lines and len(cuts) == 1:
        pieces = _by_lines(text, *cuts[0])
        if pieces is None:
            refused.append(UNSURE)
            return
        cuts = pieces
    for first, last in cuts:
        if last - first > _LONGEST_ENTRY:
            refused.append(_TOO_LONG)
            continue
        for piece in _run_together(text, first, last):
            yield from _at_and(text.text, *piece)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = position = start
    while position < end:
        letter = text[position]
        if letter in _OPEN and (closing := _closing(text, position, end)):
            position = closing
        elif letter in _SEPARATORS or text.startswith("——", position):
            yield from _trimmed(text, first, position)
            first = position + (1 if letter in _SEPARATORS else 2)
        position += 1
    yield from _trimmed(text, first, end)


def _closing(text: str, position: int, end: int) -> int:
    """Where the bracket is closed; 0 where it is not, or only far away: a slip, which must not swallow the list."""
    depth = 0
    for place in range(position, min(end, position + _LONGEST_BRACKET)):
        depth += (text[place] in _OPEN) - (text[place] in _CLOSE)
        if depth == 0:
            return place
    return 0


def _trimmed(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    if lead := _LEADS_IN.match(text, first, last):
        first = lead.end()
    while last > first and text[last - 1] in " .。:;,、":
        last -= 1
    if adverbs := _ADVERBS.search(text[max(first, last - 24) : last]):
        last -= len(adverbs[0])
    if last > first:
        yield first, last


def _by_lines(text: Running, start: int, end: int) -> list[tuple[int, int]] | None:
    """The entries of a list without commas: by its breaks if every piece is a whole name; None where that cannot be told."""
    bounds = (start, *text.gaps_in(start, end), end)
    pieces = list(pairwise(bounds))
    if len(pieces) == 1 or not all(_is_whole(text.text[first:last]) for first, last in pieces):
        return [(start, end)]
    if len(pieces) >= 3:
        return pieces
    first, second = (text.text[a:b] for a, b in pieces)
    if _STANDS_ALONE.match(second) or (_NEVER_A_UNIT.search(second) and not second.startswith(first[:2])):
        return pieces
    if _PARENT.search(first) and _A_UNIT.search(second):
        return [(start, end)]
    return pieces if _PLACE.match(second) and not second.startswith(first[:2]) else None


def _is_whole(name: str) -> bool:
    return len(name) >= 4 and _ENDS.search(name) is not None


def _run_together(text: Running, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Two names of companies of which the comma at the end of a line was lost."""
    first = start
    for gap in text.gaps_in(start, end):
        before, behind = text.text[first:gap], text.text[gap:end]
        companies = _A_COMPANY.search(before) and _A_COMPANY.search(behind) and len(behind) > 6
        if companies and not behind.startswith(before[:2]):
            yield first, gap
            first = gap
    yield first, end


def _at_and(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split at 和, 与, 及 between two whole names; within a name (国家发展和改革委员会) they stay."""
    position = start
    while found := _AND.search(text, position, end):
        position = found.end()
        before, behind = text[start : found.start()], text[found.end() : end]
        level = before.count("(") == before.count(")")
        if level and _is_whole(before) and tells_a_kind(before) and _is_whole(behind):
            yield start, found.start()
            start = found.end()
    yield start, end


def _without(text: Running, found: re.Match[str]) -> Running:
    blank = "、" * (found.end() - found.start())
    return Running(text.text[: found.start()] + blank + text.text[found.end() :], text.gaps, text.slips)


# -- English lists -----------------------------------------------------------------------------------------------------
def _rejoined(parts: list[str]) -> Iterator[str]:
    """`School of Software, Tsinghua University` is one organisation though it has a comma."""
    held = ""
    for part in parts:
        if held and _WHOLE_OF.fullmatch(part.strip()):
            yield f"{held}, {part.strip()}"
            held = ""
            continue
        if held:
            yield held
        held = ""
        if _UNIT_OF.match(part.strip()) and not re.search("University|Academy|Co\\.|Ministry", part):
            held = part.strip()
        else:
            yield part
    if held:
        yield held


# -- both --------------------------------------------------------------------------------------------------------------
def _no_name(entry: str) -> str:
    """Why an entry is not loaded; "" where it may be."""
    if "\ufffd" in entry:
        return _LOST
    if _NO_NAME.search(entry):
        return _PHRASE
    if sum(letter.isalnum() for letter in entry) < 3:
        return _TOO_SHORT
    if len(entry) > (_LONGEST_NAME if has_han(entry) else _LONGEST_LATIN_NAME):
        return _TOO_LONG
    bare = _TRAILING_BRACKET.sub("", entry) or entry
    # Thrice the same, because what has the shape of a name of a person is only told of a column of them.
    if looks_personal(bare) or column_of_people((bare,) * 3):
        return _PERSONAL
    bracket = _IN_BRACKET.search(entry)
    if bracket and any(looks_personal(part) for part in re.split("[、, ]", bracket[1])):
        return _PERSONAL
    return ""


def _once(names: Iterable[Printed]) -> tuple[Printed, ...]:
    held: dict[str, Printed] = {}
    for name in names:
        held.setdefault(name_key(name.words) or name.words, name)
    return tuple(held.values())
