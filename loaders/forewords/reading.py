"""A file of forewords, cut into forewords: covers, headings, page headers, and what lies between two standards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.numbers import StandardNumber
from graph.script import HAN
from loaders.forewords.chinese import BEGINS, read_chinese
from loaders.forewords.covers import after_replaces, is_heading, number_line, own_number, read_cover
from loaders.forewords.english import BEGINS_EN, read_english
from loaders.forewords.model import Foreword, Replaced
from loaders.forewords.text import Line, compact, lines_of, running

__all__ = ["read"]

_STOP = re.compile(
    r"^(?:引言|目次|目录|(?:ISO|IEC|ISO/IEC)(?:前言|引言|foreword)|1\.?范围|范围|introduction|contents|1\.?scope|scope|"
    r"附录[A-Z].*|附加说明:?$)$",
    re.IGNORECASE,
)
_TITLE_PAGE = re.compile(
    r"^(?:ICS\s*:?\s*\d{2}|UDC\s*[\d:.]+)|^中华人民共和国.{0,12}(?:标准|规范|规程)$|^(?:团体|企业)标准$", re.IGNORECASE
)
_PAGE = re.compile(
    r"[-–—]?\s*(?:[IVXLivxl]{1,6}|[\u2160-\u217f]{1,4}|\d{1,3})\s*[-–—]?|第\s*\d+\s*页(?:\s*[,/]?\s*共\s*\d+\s*页)?|Page\s+\d+(?:\s+of\s+\d+)?|\d+\s*/\s*\d+",
    re.IGNORECASE,
)
_WATERMARK = re.compile(r"www\.|https?://|标准分享|免费下载|标准下载|学兔兔|仅供|版权所有|翻印", re.IGNORECASE)
_CLOSED = re.compile(r"[。;:.!?》)]$")
_CLAUSE = re.compile(r"^\d{1,2}(?:\.\d+)*\s+\S")
_LATIN = re.compile("[A-Za-z]")
_CHINESE = re.compile(f"[{HAN}]")
_AHEAD = 60
_TITLE_LINES = 6


@dataclass(slots=True)
class _Draft:
    """A foreword while its lines are gathered."""

    cover: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    begun: bool = False
    stopped: bool = False

    @property
    def line(self) -> int:
        return (self.cover or self.body)[0].number


def read(text: str) -> Iterator[Foreword]:
    """The forewords of a text in order. Each is read by itself; what is no foreword is passed over.

    >>> (one,) = read("GB/T 22239—2019\\n前言\\n本标准由全国信息安全标准化技术委员会(SAC/TC 260)提出并归口。")
    >>> one.cover.number.canonical, [body.words for body in one.in_charge]
    ('GB/T 22239-2019', ['全国信息安全标准化技术委员会(SAC/TC 260)'])
    """
    lines = lines_of(text)
    before: StandardNumber | None = None
    for draft in _drafts(lines):
        if (foreword := _read(draft)) is None:
            continue
        if foreword.cover.number is None and not foreword.says_anything:
            continue
        if not draft.begun and foreword.cover.number == before:
            continue  # the back cover
        before = foreword.cover.number or before
        yield foreword


def _drafts(lines: Sequence[Line]) -> Iterator[_Draft]:
    draft = _Draft()
    own: StandardNumber | None = None
    for place, line in enumerate(lines):
        if is_heading(line.text) or _heading_with_title(line.text):
            if not _is_real(lines, place):
                continue
            if draft.begun:
                yield draft
                draft, own = _Draft(), None
            draft.begun = True
            if not is_heading(line.text):
                draft.cover.append(line)
            own = own_number(draft.cover)
        elif not draft.begun:
            if BEGINS.match(compact(line.text)) or BEGINS_EN.match(line.text):
                draft.begun = True
                draft.body.append(line)
                own = own_number(draft.cover)
            else:
                draft.cover.append(line)
        elif _begins_another(lines, place, own):
            yield draft
            draft, own = _Draft([line]), None
        elif not draft.stopped:
            draft.stopped = _STOP.match(compact(line.text)) is not None
            if not draft.stopped:
                draft.body.append(line)
    if draft.cover or draft.body:
        yield draft


def _heading_with_title(text: str) -> bool:
    return compact(text).endswith("前言") and number_line(text) is not None


def _is_real(lines: Sequence[Line], place: int) -> bool:
    """Whether a foreword follows, and not the next line of a table of contents."""
    for line in lines[place + 1 : place + 1 + _AHEAD]:
        if is_heading(line.text) or _STOP.match(compact(line.text)):
            return False
        if BEGINS.search(compact(line.text)) or BEGINS_EN.search(line.text):
            return True
    # A foreword of which every line is broken within its set phrases.
    text = running([line.text for line in lines[place + 1 : place + 1 + _AHEAD]]).text
    return BEGINS.search(text) is not None or BEGINS_EN.search(text) is not None


def _begins_another(lines: Sequence[Line], place: int, own: StandardNumber | None) -> bool:
    """Whether the title page or number of another standard begins here."""
    text = lines[place].text
    if _TITLE_PAGE.match(text):
        ahead = own_number(lines[place : place + 10])
        return ahead is not None and ahead != own
    found = number_line(text)
    if found is None or found[0] == own or not found[0].year:
        return False
    if after_replaces(lines, place) or not (
        _CLOSED.search(lines[place - 1].text) or _PAGE.fullmatch(lines[place - 1].text)
    ):
        return False
    return _foreword_follows(lines, place, found[0])


def _foreword_follows(lines: Sequence[Line], place: int, number: StandardNumber) -> bool:
    for ahead, line in enumerate(lines[place + 1 : place + 1 + _AHEAD]):
        if is_heading(line.text) or _heading_with_title(line.text):
            return True
        if BEGINS.match(compact(line.text)) or BEGINS_EN.match(line.text):
            return ahead < _TITLE_LINES
        another = number_line(line.text)
        if (another and another[0] != number) or (
            _CLAUSE.match(line.text) and "…" not in line.text and ".." not in line.text
        ):
            return False
    return False


def _read(draft: _Draft) -> Foreword | None:
    number = own_number(draft.cover)
    if number is None:
        number = own_number(
            [line for line in draft.body if (at := number_line(line.text)) and not at[1] and at[0].year]
        )
    cover = read_cover(draft.cover, number)
    if not draft.cover and not draft.body:
        return None
    body = [
        line.text for place, line in enumerate(draft.body) if not _is_margin(draft.body, place, number, cover.title_zh)
    ]
    text = running(body)
    latin, chinese = len(_LATIN.findall(text.text)), len(_CHINESE.findall(text.text))
    if latin > 2 * chinese:
        foreword = read_english(text.text, draft.line, cover)
    else:
        foreword = read_chinese(text, draft.line, cover)
    return replace(
        foreword,
        replaced=_without_own(_merged(foreword.replaced, cover.replaced), number),
        adopted=tuple({one.number.canonical: one for one in (*cover.adopted, *foreword.adopted)}.values()),
    )


def _is_margin(lines: Sequence[Line], place: int, number: StandardNumber | None, title: str) -> bool:
    """Whether a line is a page header or footer: the number, the title, a page number, an address."""
    text = lines[place].text
    if _PAGE.fullmatch(text) or (len(text) < 80 and _WATERMARK.search(text)):
        return True
    if title and compact(text) == compact(title):
        return True
    if after_replaces(lines, place):
        return False
    found = number_line(text)
    return found is not None and found[0] == number and (not found[1] or compact(found[1]) == compact(title))


def _merged(said: tuple[Replaced, ...], on_cover: tuple[Replaced, ...]) -> tuple[Replaced, ...]:
    """The foreword says more of a replaced standard than the cover, which may say 部分代替 where the foreword does not."""
    held = {one.number.canonical: one for one in said}
    for one in on_cover:
        known = held.get(one.number.canonical)
        held[one.number.canonical] = replace(one, partial=one.partial or (known.partial if known else None))
    return tuple(held.values())


def _without_own(replaced: tuple[Replaced, ...], number: StandardNumber | None) -> tuple[Replaced, ...]:
    return tuple(one for one in replaced if one.number != number)
