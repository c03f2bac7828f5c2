"""Text as pictures need it: cleaned of what no file may hold, measured, and broken into lines.

No font is asked: widths are those of common sans-serif faces, rounded up, in units of the font size; a Chinese character is one
unit wide. So the same picture comes out on every machine, and text stays inside its box in any such face.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

ELLIPSIS = "…"

_NARROW = frozenset("iljItfr.,:;'|!()[]{}/\\ -")
_WIDE = frozenset("mwMWQOGDCHNU%@&—→")
_NO_START = frozenset("，。、；：！？）》〉」』】〕”’…·,.;:!?)]}%")
_NO_END = frozenset("（《〈「『【〔“‘([{")
_WORD = re.compile(r"\s+|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]+|.", re.DOTALL)
_BREAKS = re.compile(r"(?<=[-/&_,;])(?=\w)")


def clean(text: str, longest: int = 400) -> str:
    r"""The text on one line, without control, format-changing and unassigned characters, cut to `longest` characters.

    Control characters are not allowed in XML at all; those that turn the direction of writing could make a name read as another.

    >>> clean("SAC\x00/TC\u202e 114\n")
    'SAC/TC 114'
    """
    kept = "".join(" " if c.isspace() else c for c in text[: longest * 4] if c.isspace() or _printable(c))
    words = " ".join(kept.split())
    return words if len(words) <= longest else words[: longest - 1] + ELLIPSIS


def _printable(c: str) -> bool:
    # "Cf" holds the joiners of emoji too: only the joiner itself is kept.
    return c == "\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")


def width(text: str, size: float) -> float:
    """How wide the text is at most, in the unit of `size`.

    >>> width("标准", 10), width("TC", 10)
    (20.0, 16.0)
    """
    return round(sum(_units(c) for c in text) * size, 2)


@cache
def _units(c: str) -> float:
    if unicodedata.east_asian_width(c) in "WF" or ord(c) >= 0x1F000:
        return 1.0 if ord(c) < 0x1F000 else 1.4
    if c in _NARROW:
        return 0.36
    if c in _WIDE:
        return 0.88
    if c.isupper():
        return 0.72
    return 0.58


def balanced(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """As `wrap`, but with lines as even as they can be without more of them: no line of one character.

    >>> balanced("中国第一汽车集团有限公司", 10, 110, 3)
    ('中国第一汽车', '集团有限公司')
    """
    first = wrap(text, size, room, lines)
    if len(first) < 2 or first[-1].endswith(ELLIPSIS):
        return first
    # No word is broken that the full width would have kept whole.
    longest = max(width(piece.strip(), size) for piece in _pieces(clean(text, 1200), size, room))
    low, high, best = max(room / len(first) * 0.8, longest), room, first
    for _ in range(8):
        middle = (low + high) / 2
        tried = wrap(text, size, middle, lines)
        if (
            len(tried) <= len(first)
            and not tried[-1].endswith(ELLIPSIS)
            and all(width(t, size) <= middle for t in tried)
        ):
            best, high = tried, middle
        else:
            low = middle
    return best


def wrap(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """The text in at most `lines` lines no wider than `room`; what does not fit ends in an ellipsis.

    Latin text breaks between words, Chinese between characters, never before a closing mark or behind an opening one.

    >>> wrap("全国汽车标准化技术委员会", 10, 60, 3)
    ('全国汽车标准', '化技术委员会')
    >>> wrap("China Electronics Standardization Institute", 10, 110, 2)
    ('China Electronics', 'Standardization …')
    """
    found: list[str] = []
    line = ""
    for piece in _pieces(clean(text, 1200), size, room):
        if not line and piece.isspace():
            continue
        if width(line + piece.rstrip(), size) <= room or not line:
            line += piece
            continue
        if piece[:1] in _NO_START and len(line) > 1:
            # The last character comes along, so that no line starts with a closing mark.
            line, piece = line[:-1], line[-1] + piece
        while line and line[-1] in _NO_END:
            line, piece = line[:-1], line[-1] + piece
        found.append(line.rstrip())
        line = piece.lstrip()
        if len(found) > lines:
            break
    if line.strip():
        found.append(line.rstrip())
    if len(found) <= lines:
        return tuple(found)
    last = found[lines - 1]
    ending = " " + ELLIPSIS if last[-1:].isascii() else ELLIPSIS
    while last and width(last + ending, size) > room:
        last = last[:-1].rstrip()
    return (*found[: lines - 1], last + ending)


def _pieces(text: str, size: float, room: float) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(text):
        for part in _BREAKS.split(word) if width(word, size) > room else [word]:
            piece = part
            while width(piece, size) > room:
                cut = max(1, int(room / size / 0.9))
                while cut < len(piece) and width(piece[: cut + 1], size) <= room:
                    cut += 1
                while cut > 1 and width(piece[:cut], size) > room:
                    cut -= 1
                found.append(piece[:cut])
                piece = piece[cut:]
            if piece:
                found.append(piece)
    return found
