"""Text out of PDFs made readable: one width, one comma, lines joined, with a memory of where they were broken.

A page of a PDF breaks lines inside names, and text recognition puts blanks between Chinese characters. Both are closed
here, but not forgotten: where a list has no commas, the breaks are all that separates its entries, and a name that
was closed is less sure than one that was not.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from graph.script import HAN, has_han, simplified

__all__ = ["Line", "Running", "compact", "lines_of", "running"]

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS = {ord(mark): "、" for mark in "﹑､丶"} | {ord("｡"): "。", ord("﹒"): ".", ord("〔"): "(", ord("〕"): ")"}
_BLANKS = dict.fromkeys(map(ord, "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))), " ")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00"))
_PLAIN: dict[int, int | str | None] = {**_WIDE, **_MARKS, **_BLANKS, **_UNSEEN}

_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CJK = f"{HAN}。、《》〈〉"
_SPACES = re.compile(" +")
_FULL_STOP = re.compile(rf"(?<=[{HAN})])\.(?=[{HAN}]|$)")
_GLUED = re.compile(f"[{_CJK}]")
_OPEN_END = re.compile(r"[-/‐-―−(]$")


_NUMBER_BEGUN = re.compile(r"(?:^|[A-Z/])\d{1,6}(?:\.\d{0,4})?$")
_NUMBER_GOES_ON = re.compile(r"\d{1,6}(?:\.\d{1,4})?[-‐-―−]\d")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number in the file (from 1), and its text in one width without blanks around it."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Running:
    """Lines joined to running text. `gaps` are the places where a line break or blank was closed between Chinese characters
    (the offset of the character behind it), `slips` those of them that were blanks inside a line.
    """

    text: str
    gaps: tuple[int, ...]
    slips: tuple[int, ...]

    def gaps_in(self, start: int, end: int) -> tuple[int, ...]:
        """The gaps strictly inside `text[start:end]`."""
        return self.gaps[bisect_left(self.gaps, start + 1) : bisect_left(self.gaps, end)]

    def repaired(self, start: int, end: int) -> bool:
        """Whether a blank was closed inside `text[start:end]`."""
        return bisect_left(self.slips, start + 1) < bisect_left(self.slips, end)

    def up_to(self, length: int) -> Running:
        """The first characters of it."""
        return self if len(self.text) <= length else Running(self.text[:length], self.gaps, self.slips)

    def blanked(self, spans: Iterable[tuple[int, int]]) -> Running:
        """The same with each span (in order) overwritten by full stops: nothing of it is left, and every other place stays."""
        pieces: list[str] = []
        position = 0
        for start, end in spans:
            pieces += (self.text[position:start], "。" * (end - start))
            position = end
        return Running("".join((*pieces, self.text[position:])), self.gaps, self.slips)


def lines_of(text: str) -> list[Line]:
    r"""The lines of a text that are not blank.

    >>> [line.text for line in lines_of("ＧＢ／Ｔ　１—２０２０\n\n 前　　言 ")]
    ['GB/T 1—2020', '前 言']
    """
    plain = _RADICALS.sub(lambda found: simplified(unicodedata.normalize("NFKC", found[0])), text.translate(_PLAIN))
    parts = (_SPACES.sub(" ", part).strip() for part in _LINES.split(plain))
    return [Line(number, part) for number, part in enumerate(parts, 1) if part]


def compact(text: str) -> str:
    """A short text without any blanks, for comparing headings."""
    return text.replace(" ", "")


def running(lines: Iterable[str]) -> Running:
    """Join lines, closing blanks beside Chinese characters.

    >>> running(["本标准由全 国信息安全标准", "化技术委员会提出.", "GB/T", "22239"]).text
    '本标准由全国信息安全标准化技术委员会提出。GB/T 22239'
    """
    pieces: list[str] = []
    gaps: list[int] = []
    slips: list[int] = []
    length = 0
    last = ""
    for line in lines:
        chinese = _FULL_STOP.sub("。", line) if has_han(line) else line
        for position, word in enumerate(chinese.split(" ")):
            if not word:
                continue
            if last and (_GLUED.match(last[-1]) or _GLUED.match(word[0])):
                gaps.append(length)
                if position and _GLUED.match(last[-1]) and _GLUED.match(word[0]):
                    slips.append(length)
            elif last and not _OPEN_END.search(last) and not (position == 0 and _broken_number(last, word)):
                pieces.append(" ")
                length += 1
            pieces.append(word)
            length += len(word)
            last = word
    return Running("".join(pieces), tuple(gaps), tuple(slips))


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def _broken_number(last: str, word: str) -> bool:
    """Whether a standard's number was broken where it has no blank: `GB/T 4091.` and `2—1983`, `GB/T 222` and `39—2019`."""
    if word.startswith((".", "/", ":")) or (last.endswith((".", ":")) and last[-2:-1].isdigit() and word[:1].isdigit()):
        return True
    goes_on = "-" in word[:8].translate(_DASHES) and _NUMBER_GOES_ON.match(word)
    return bool(goes_on) and _NUMBER_BEGUN.search(last) is not None
