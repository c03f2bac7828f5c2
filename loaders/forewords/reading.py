"""A file of forewords, read: each foreword by itself, without the headers and footers of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.numbers import StandardNumber
from graph.script import HAN
from loaders.forewords.chinese import read_chinese
from loaders.forewords.covers import after_replaces, number_line, own_number, read_cover
from loaders.forewords.cutting import GOES_ON, PAGE, Draft, drafts
from loaders.forewords.english import read_english
from loaders.forewords.model import Adopted, Foreword, Replaced
from loaders.forewords.text import Line, compact, lines_of, running

__all__ = ["read"]

_WATERMARK = re.compile(r"www\.|https?://|标准分享|免费下载|标准下载|学兔兔|仅供|版权所有|翻印", re.IGNORECASE)
_LATIN = re.compile("[A-Za-z]")
_CHINESE = re.compile(f"[{HAN}]")
_LONGEST = 200_000
"""Characters of one foreword; what is longer has lost its end."""
_COVER_LINES = 200


def read(text: str) -> Iterator[Foreword]:
    r"""The forewords of a text in order. Each is read by itself; what is no foreword is passed over.

    >>> (one,) = read("GB/T 22239—2019\n前言\n本标准由全国信息安全标准化技术委员会(SAC/TC 260)提出并归口。")
    >>> one.cover.number.canonical, [body.words for body in one.in_charge]
    ('GB/T 22239-2019', ['全国信息安全标准化技术委员会(SAC/TC 260)'])
    """
    before: StandardNumber | None = None
    for draft in drafts(lines_of(text)):
        foreword = _read(draft)
        number = foreword.cover.number
        if not foreword.says_anything and (number is None or number == before):
            continue  # a back cover, or text of something else
        before = number or before
        yield foreword


def _read(draft: Draft) -> Foreword:
    number = own_number(draft.cover) or _in_headers(draft.body)
    cover = read_cover(draft.cover[:_COVER_LINES], number)
    margin = (_is_margin(draft.body, place, number, cover.title_zh) for place in range(len(draft.body)))
    text = running(line.text for line, left_out in zip(draft.body, margin, strict=True) if not left_out).up_to(_LONGEST)
    english = len(_LATIN.findall(text.text)) > 2 * len(_CHINESE.findall(text.text))
    foreword = read_english(text.text, draft.line, cover) if english else read_chinese(text, draft.line, cover)
    foreword = _dated(foreword, number)
    return replace(
        foreword,
        replaced=tuple(one for one in _replaced(foreword.replaced, cover.replaced) if one.number != number),
        adopted=_adopted(foreword.adopted, cover.adopted),
    )


def _dated(foreword: Foreword, number: StandardNumber | None) -> Foreword:
    """Without the dates of a cover that do not fit the year in the number: one of them was misread."""
    published = foreword.cover.published
    if (
        not published
        or not number
        or not number.year
        or number.kind == "plan"
        or abs(int(published[:4]) - number.year) <= 1
    ):
        return foreword
    refused = (*foreword.refused, ("published", f"{published} does not fit the year in {number.canonical}"))
    return replace(foreword, cover=replace(foreword.cover, published=None, effective=None), refused=refused)


def _in_headers(lines: Sequence[Line]) -> StandardNumber | None:
    """The number at the head of the pages, where no other stands alone on a line as often."""
    counts: Counter[StandardNumber] = Counter()
    for place, line in enumerate(lines):
        found = number_line(line.text)
        goes_on = place > 0 and GOES_ON.search(lines[place - 1].text)
        if found and found[0].year and not found[1] and not after_replaces(lines, place) and not goes_on:
            counts[found[0]] += 1
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _is_margin(lines: Sequence[Line], place: int, number: StandardNumber | None, title: str) -> bool:
    """Whether a line is a page header or footer: the number, the title, a page number, an address."""
    text = lines[place].text
    if PAGE.fullmatch(text) or (len(text) < 80 and _WATERMARK.search(text)):
        return True
    if title and compact(text) == compact(title):
        return True
    if after_replaces(lines, place):
        return False
    found = number_line(text)
    return found is not None and found[0] == number and (not found[1] or compact(found[1]) == compact(title))


def _replaced(said: tuple[Replaced, ...], on_cover: tuple[Replaced, ...]) -> tuple[Replaced, ...]:
    """The foreword says more of a replaced standard than the cover, which may say 部分代替 where the foreword does not."""
    held = {one.number.canonical: one for one in said}
    for one in on_cover:
        known = held.get(one.number.canonical)
        held[one.number.canonical] = replace(one, partial=one.partial or (known.partial if known else None))
    return tuple(held.values())


def _adopted(said: tuple[Adopted, ...], on_cover: tuple[Adopted, ...]) -> tuple[Adopted, ...]:
    """The foreword's word counts, unless only the cover names the degree."""
    held = {one.number.canonical: one for one in on_cover}
    for one in said:
        if one.degree != "unknown" or one.number.canonical not in held:
            held[one.number.canonical] = one
    return tuple(held.values())
