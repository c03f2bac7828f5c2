"""Values as the platforms write them: text with highlight tags, dates in four spellings, class codes with blanks."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from html import unescape

from loaders.refusals import Refused, shown
from loaders.values import clean, normal_date

__all__ = ["ccs_codes", "day", "day_of_milliseconds", "ics_codes", "ics_names", "text"]

_TAG = re.compile(
    r"</?(?:a|b|em|font|i|mark|p|sacinfo|span|strong|su[bp]|u)(?:\s[^<>]{0,500})?/?>|<br\s*/?>", re.IGNORECASE
)
_LONGEST = 100_000
_SHORT = 80
_NOTHING = frozenset(
    {"", "-", "--", "/", "\\", ",", "，", "、", ".", "null", "NULL", "None", "undefined", "无", "暂无"}
)

_SEPARATORS = re.compile(r"[,;，；、|\s]+")
_ICS = re.compile(r"\d\d(?:\.\d{2,3}(?:\.\d\d)?)?")
_CCS = re.compile(r"[A-Z]\d\d(?:/\d\d)?")
_ICS_NAME = re.compile(r"(?:^|/)(\d\d(?:\.\d{2,3}(?:\.\d\d)?)?)_(.+?)(?=/\d\d(?:\.\d|_)|$)")

_MILLISECONDS_A_DAY = 86_400_000
_CHINA_AHEAD = 28_800_000  # UTC+8; the platforms write midnight in China
_EPOCH = date(1970, 1, 1).toordinal()
_EARLIEST, _LATEST = 1949, 2099
"""Years that a Chinese standard can have: databases write 1900 or 9999 for nothing."""


def text(value: object) -> str:
    """One clean text without highlight tags and entities; "" where the field says nothing. Raises `Refused`.

    >>> text("<sacinfo>GB</sacinfo>/<b>T</b> 1&mdash;2000 "), text(None), text("无")
    ('GB/T 1—2000', '', '')
    """
    if isinstance(value, str):
        if "<" in value or "&" in value:
            return _short(value) if len(value) <= _SHORT else _written(value)
        said = clean(value)
        return "" if said in _NOTHING else said
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value) if value.bit_length() <= 256 else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if not value:
        return ""
    raise Refused("holds a list or an object, not a text")


def _written(value: str) -> str:
    said = clean(_without_tags(value))
    return "" if said in _NOTHING else said


@lru_cache(maxsize=4_096)
def _short(value: str) -> str:
    return _written(value)


def _without_tags(value: str) -> str:
    value = value[:_LONGEST]
    # Entities may hide tags (&lt;b&gt;), so they go first, then tags.
    return _TAG.sub(lambda tag: " " if tag[0][1:3].lower() in ("br", "p>", "/p") else "", unescape(value))


def day(value: object) -> str | None:
    """A day (or month, or year) in ISO form, None where the field says nothing. Raises `Refused`.

    Dates are written `2026-05-25`, `2019-05-10 00:00:00.0`, `20190510`, or as milliseconds since 1970 in China's time.

    >>> day("2019-05-10 00:00:00.0"), day(1557417600000), day(20190510), day("")
    ('2019-05-10', '2019-05-10', '2019-05-10', None)
    """
    if isinstance(value, str):
        return _written_day(value)
    if value is None or value is False:
        return None
    if isinstance(value, int | float) and value is not True:
        if 19_000_101 <= value <= 20_991_231 and value == int(value):
            return _written_day(str(int(value)))
        return day_of_milliseconds(value)
    raise Refused(f"{shown(value)} is not a date")


def day_of_milliseconds(value: object) -> str | None:
    """The day in China of a number of milliseconds since 1970, also where it is written as text. Raises `Refused`.

    >>> day_of_milliseconds(1739462400000), day_of_milliseconds(-160387200000), day_of_milliseconds(None)
    ('2025-02-14', '1964-12-02', None)
    """
    if isinstance(value, str):
        return _written_day(value)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise Refused(f"{shown(value)} is not a date")
    ordinal = _EPOCH + int(value + _CHINA_AHEAD) // _MILLISECONDS_A_DAY
    try:
        return _in_range(date.fromordinal(ordinal).isoformat(), value)
    except (ValueError, OverflowError):
        raise Refused(f"{shown(value)} milliseconds since 1970 is no day of a Chinese standard") from None


@lru_cache(maxsize=16_384)
def _written_day(value: str) -> str | None:
    written = text(value)
    if not written:
        return None
    digits = written.removeprefix("-")
    if digits.isascii() and digits.isdigit() and 9 <= len(digits) <= 15:
        return day_of_milliseconds(int(written))
    found = normal_date(written)
    if found is None:
        raise Refused(f"{shown(written)} is not a date")
    return _in_range(found, written)


def _in_range(found: str, written: object) -> str:
    if not _EARLIEST <= int(found[:4]) <= _LATEST:
        raise Refused(
            f"{shown(written)} is no day of a Chinese standard: its year is not between {_EARLIEST} and {_LATEST}"
        )
    return found


@lru_cache(maxsize=16_384)
def ics_codes(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ICS classes in a text, and what in it is none.

    >>> ics_codes("97.200.50"), ics_codes("65.020.30;1l.220")
    ((('97.200.50',), ()), (('65.020.30',), ('1l.220',)))
    """
    pieces = [piece.partition("_")[0] for piece in _SEPARATORS.split(written) if piece]
    return _sorted_out(pieces, _ICS)


@lru_cache(maxsize=16_384)
def ccs_codes(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The CCS classes in a text, and what in it is none.

    >>> ccs_codes("Y 57"), ccs_codes("Y57,L 80"), ccs_codes("57Y")
    ((('Y57',), ()), (('Y57', 'L80'), ()), ((), ('57Y',)))
    """
    joined = re.sub(r"(?<![A-Za-z])([A-Za-z])\s+(?=\d)", r"\1", written)
    return _sorted_out([piece.partition("_")[0].upper() for piece in _SEPARATORS.split(joined) if piece], _CCS)


def _sorted_out(pieces: list[str], code: re.Pattern[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    good = dict.fromkeys(piece for piece in pieces if code.fullmatch(piece))
    return tuple(good), tuple(piece for piece in pieces if piece not in good)


@lru_cache(maxsize=4_096)
def ics_names(written: str) -> dict[str, str]:
    """What the classes on the way to an ICS class are called, by code.

    >>> ics_names("97_家用和商用设备、文娱、体育/97.200_文娱活动设备/97.200.50_玩具")["97.200.50"]
    '玩具'
    """
    return {code: name.strip() for code, name in _ICS_NAME.findall(written[:2000]) if name.strip()}
