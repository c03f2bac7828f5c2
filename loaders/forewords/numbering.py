"""Standard numbers as forewords list them: which of the numbers behind a phrase belong to it, and what a range stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.numbers import StandardNumber, find_all, parse

__all__ = ["CHINESE_KINDS", "LISTED", "numbers_behind"]

CHINESE_KINDS = frozenset({"national", "industry", "local", "association", "enterprise"})

LISTED = 3000
"""Characters behind a phrase in which its numbers stand."""

_TITLE = r"(?:《[^《》]{0,200}》|〈[^〈〉]{0,200}〉|“[^“”]{0,200}”|\"[^\"]{0,200}\"|\([^()]{0,120}\)|\s)*"
# Behind a title, or a title that has no marks: "代替GB/T 1—1999 产品规范、GB/T 2—1999".
_BETWEEN = re.compile(
    rf"{_TITLE}(?:[^,，。;；、和及与《》()A-Za-z0-9]{{0,60}})?{_TITLE}"
    r"(?:[、;；和及~～至]|[,，](?!\s*与)|以及|与|和|\band\b|\bas well as\b|——|—|[0-9a-z][)）.]|\s)+"
    r"(?:的?部分)?(?:代替|替代)?(?:了)?(?:国家标准|行业标准|国际标准|standards?)?\s*(?:编号为)?[:：《(]?\s*",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*[~～至]\s*")
# "GB/T 4091.1～4091.9—1983", "GB/T 4091.1～.9—1983": the end of a range without its prefix.
_SHORT_END = re.compile(r"\s*[~～至]\s*(?P<serial>\d+)?\.(?P<part>\d{1,3})\s*[-‐-―−]\s*(?P<year>\d{4})(?!\d)")
_LARGEST_RANGE = 40


def numbers_behind(
    text: str, start: int, lead: re.Pattern[str], end: int | None = None
) -> Iterator[tuple[StandardNumber, int, int]]:
    """The numbers listed from `start` on, with the place where each begins and ends.

    The first must follow what `lead` matches, the others a title, a comma or 和. What comes after 与 behind a comma ("，与GB/T 1—1999
    相比") is no longer of the list. A range (GB/T 4091.1～4091.9—1983) is all its parts.

    >>> [str(number) for number, _, _ in numbers_behind("GB/T 4091.1～4091.3—1983、GB/T 5—1985，与GB/T 6", 0, re.compile(""))]
    ['GB/T 4091.1-1983', 'GB/T 4091.2-1983', 'GB/T 4091.3-1983', 'GB/T 5-1985']
    """
    stop = min(len(text), start + LISTED, len(text) if end is None else end)
    position = start
    gap = lead
    before: StandardNumber | None = None
    for found in find_all(text[start:stop]):
        first, last = start + found.start, start + found.end
        if not gap.fullmatch(text, position, first):
            return
        between = _parts(before, found.number) if before and _TO.fullmatch(text, position, first) else ()
        short = _SHORT_END.match(text, last, stop)
        numbers: tuple[StandardNumber, ...] = (found.number,)
        if short and short["serial"] in (None, found.number.serial):
            last, numbers = short.end(), _to_short_end(found.number, short)
        for number in (*between, *numbers):
            yield number, first, last
        position, gap, before = last, _BETWEEN, found.number


def _parts(first: StandardNumber, last: StandardNumber) -> tuple[StandardNumber, ...]:
    """The parts between two parts of one standard."""
    if (first.prefix, first.serial, first.year) != (last.prefix, last.serial, last.year):
        return ()
    return _numbered(first, _whole(first.part) + 1, _whole(last.part), first.year)


def _to_short_end(first: StandardNumber, end: re.Match[str]) -> tuple[StandardNumber, ...]:
    parts = _numbered(first, _whole(first.part), _whole(end["part"]) + 1, int(end["year"]))
    return parts or (first,)


def _numbered(first: StandardNumber, start: int, stop: int, year: int | None) -> tuple[StandardNumber, ...]:
    if not (first.part and 0 < start <= stop <= start + _LARGEST_RANGE):
        return ()
    ending = f"-{year}" if year else ""
    numbers = (parse(f"{first.prefix} {first.serial}.{part}{ending}") for part in range(start, stop))
    return tuple(number for number in numbers if number is not None)


def _whole(part: str | None) -> int:
    return int(part) if part and part.isdecimal() and len(part) <= 4 else 0
