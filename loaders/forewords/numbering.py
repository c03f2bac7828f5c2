"""Standard numbers as forewords list them: which of the numbers behind a phrase belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.numbers import StandardNumber, find_all

__all__ = ["CHINESE_KINDS", "LISTED", "numbers_behind"]

CHINESE_KINDS = frozenset({"national", "industry", "local", "association", "enterprise"})

LISTED = 3000
"""Characters behind a phrase in which its numbers stand."""

_TITLE = r"(?:《[^《》]{0,200}》|〈[^〈〉]{0,200}〉|“[^“”]{0,200}”|\"[^\"]{0,200}\"|\([^()]{0,120}\)|\s)*"
# Behind a title, or a title that has no marks: "代替GB/T 1—1999 产品规范、GB/T 2—1999".
_BETWEEN = re.compile(
    rf"{_TITLE}(?:[^,，。;；、和及与《》()A-Za-z0-9]{{0,60}})?{_TITLE}"
    r"(?:[、;；和及]|[,，](?!\s*与)|以及|与|和|\band\b|\bas well as\b|——|—|[0-9a-z][)）.]|\s)+"
    r"(?:的?部分)?(?:代替|替代)?(?:了)?(?:国家标准|行业标准|国际标准|standards?)?\s*(?:编号为)?[:：《(]?\s*",
    re.IGNORECASE,
)


def numbers_behind(
    text: str, start: int, lead: re.Pattern[str], end: int | None = None
) -> Iterator[tuple[StandardNumber, int, int]]:
    """The numbers listed from `start` on, with the place where each begins and ends.

    The first must follow what `lead` matches, the others a title, a comma or 和. What comes after 与 behind a comma ("，与GB/T 1—1999
    相比") is no longer of the list.
    """
    stop = min(len(text), start + LISTED, len(text) if end is None else end)
    position = start
    gap = lead
    for found in find_all(text[start:stop]):
        first, last = start + found.start, start + found.end
        if not gap.fullmatch(text, position, first):
            return
        yield found.number, first, last
        position, gap = last, _BETWEEN
