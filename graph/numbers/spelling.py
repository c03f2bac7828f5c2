"""Spellings that mean the same: dashes, full-width characters, slashes, blanks, years of two digits."""

from __future__ import annotations

import re
from typing import Final

_DASHES: Final = "‐‑‒–—―−﹘﹣－⁃⸺⸻─━ー"
_SLASHES: Final = "⁄∕⧸／＼\\"
_COLONS: Final = "：∶﹕꞉"
_BLANKS: Final = "\t\n\r\v\f\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
# What a reader does not see, and trade marks (IEEE prints `802.11™-2020`).
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff™®"

_PLAIN: Final[dict[int, str]] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{ord(letter): "-" for letter in _DASHES},
    **{ord(letter): "/" for letter in _SLASHES},
    **{ord(letter): ":" for letter in _COLONS},
    **{ord(letter): " " for letter in _BLANKS},
}
_UNSEEN_PATTERN: Final = re.compile(f"[{_UNSEEN}]")

EARLIEST_YEAR: Final = 1900
EARLIEST_CHINESE_YEAR: Final = 1949
LATEST_YEAR: Final = 2099

# A number ends here: no letter or digit follows, and no date, range, version or clause goes on.
END: Final = r"(?![A-Za-z0-9_])(?![-.:/][ ]?\d)"


def plain(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text with one dash, slash, colon and blank and half-width characters, and where each character was.

    The second value is None when every character kept its place.
    """
    places: tuple[int, ...] | None = None
    if _UNSEEN_PATTERN.search(text):
        places = tuple(place for place, letter in enumerate(text) if letter not in _UNSEEN)
        text = _UNSEEN_PATTERN.sub("", text)
    return text.translate(_PLAIN), places


def full_year(digits: str, earliest: int = EARLIEST_YEAR) -> int | None:
    """The year that two or four digits mean, None when no standard can have it.

    Two digits from 50 are of the last century: no Chinese standard is older than 1949.

    >>> full_year("81"), full_year("2019"), full_year("8888")
    (1981, 2019, None)
    """
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year >= 50 else 2000
    return year if earliest <= year <= LATEST_YEAR else None


def looks_like_year(digits: str) -> bool:
    """Four digits that may be a year of publication."""
    return len(digits) == 4 and digits.isdigit() and EARLIEST_YEAR <= int(digits) <= LATEST_YEAR
