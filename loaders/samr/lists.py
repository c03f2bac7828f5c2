"""Lists inside one field: drafting organisations in their order, and standard numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from graph import numbers

__all__ = ["names", "numbers_in"]

_SEPARATORS = frozenset("、,;，；\n\r|")
_SPLIT = re.compile(r"[、,;，；\n\r|]+")
_OPENING, _CLOSING = "(（[［【〔{｛", ")）]］】〕}｝"
_PAIRS = dict(zip(_CLOSING, _OPENING, strict=True)) | {
    ")": "(（",
    "）": "(（",
    "]": "[［",
    "］": "[［",
    "}": "{｛",
    "｝": "{｛",
}
_BRACKET = re.compile(r"[(（\[［【〔{｛]")

# 等, and what stands behind it: 等, 等单位, 等23家单位, 等.
_AND_OTHERS = re.compile(r"(?<!高)(?<!平)等(?:\s*\d{0,4}\s*[个家]?\s*(?:起草)?(?:单位|企业|公司|机构)?)?$")
# What follows a comma inside an English name: Bosch (China) Investment Co., Ltd.
_LEGAL_FORM = re.compile(
    r"(?:co\.?,? ?)?(?:ltd|limited|inc|llc|corp|corporation|company|gmbh|plc|s\.?a|n\.?v|b\.?v)\b\.?(?: ?\([a-z .]+\))?"
    r"|(?:p\. ?r\. ?)?china",
    re.IGNORECASE,
)
_LONGEST = 1_000_000
_LONGEST_END = 24
_ENDS = " 。;；,，、:："


def names(written: str) -> tuple[tuple[str, ...], bool]:
    """The organisations in a clean text, in order, and whether it says that it names not all of them.

    Separators inside brackets and before an English legal form belong to the name.

    >>> names("甲公司、乙（集团，控股）公司；丙研究院等")
    (('甲公司', '乙（集团，控股）公司', '丙研究院'), True)
    >>> names("Bosch Co., Ltd., 丙大学")
    (('Bosch Co., Ltd.', '丙大学'), False)
    """
    written = written[:_LONGEST].rstrip(_ENDS)
    others = _AND_OTHERS.search(written[-_LONGEST_END:])
    if others:
        written = written[: len(written) - len(others[0])].rstrip(_ENDS)
    pieces = _SPLIT.split(written) if not _BRACKET.search(written) else _outside_brackets(written)
    found: list[str] = []
    for piece in pieces:
        name = piece.strip()
        if not name:
            continue
        if found and name[0].isascii() and found[-1][-1].isascii() and _LEGAL_FORM.fullmatch(name):
            found[-1] = f"{found[-1]}, {name}"
        else:
            found.append(name)
    return tuple(found), others is not None


def _outside_brackets(written: str) -> list[str]:
    """Split where no pair of brackets is open; a bracket that is never closed protects nothing."""
    open_at: list[tuple[str, int]] = []
    ends = [0] * (len(written) + 1)
    for place, letter in enumerate(written):
        if letter in _OPENING:
            open_at.append((letter, place))
        elif letter in _PAIRS:
            while open_at:
                opened, start = open_at.pop()
                if opened in _PAIRS[letter]:
                    ends[start] = place
                    break
    pieces: list[str] = []
    start = place = 0
    while place < len(written):
        if ends[place]:
            place = ends[place]
        elif written[place] in _SEPARATORS:
            pieces.append(written[start:place])
            start = place + 1
        place += 1
    return [*pieces, written[start:]]


@lru_cache(maxsize=16_384)
def numbers_in(written: str) -> tuple[tuple[tuple[str, bool], ...], tuple[str, ...]]:
    """The standard numbers in a list, each with whether only part of it is meant, and what in the list is none.

    >>> numbers_in("GB/T 9832-1993,GB 24477—2009（部分代替）,")
    ((('GB/T 9832-1993', False), ('GB 24477-2009', True)), ())
    >>> numbers_in("GB/T 1-2000、见公告")
    ((('GB/T 1-2000', False),), ('见公告',))
    """
    good: dict[str, bool] = {}
    bad: list[str] = []
    for piece in _SPLIT.split(written[:_LONGEST]):
        piece = piece.strip()
        if not piece or piece in ("无", "/", "-"):
            continue
        if one := numbers.parse(piece):
            good.setdefault(one.canonical, False)
        elif several := numbers.find_all(piece):
            partial = "部分" in piece
            good.update({found.number.canonical: partial for found in several if found.number.canonical not in good})
        else:
            bad.append(piece)
    return tuple(good.items()), tuple(bad)
