"""Values as tables write them, made fit for the graph: clean text, ISO dates, numbers, yes and no."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from graph import dates
from graph.errors import DateError
from graph.model import Scalar
from graph.schema import ValueType
from loaders.refusals import Refused, shown

__all__ = ["Unreadable", "Value", "as_date", "as_text", "clean", "coerce", "is_empty", "normal_date"]

Value = object
"""What a cell holds: text, a number, a boolean, None, or (in JSON) a list or an object of these."""


class Unreadable(str):
    """What a cell of a workbook holds in place of a value: an error such as `#REF!`. It is refused where the cell is used."""

    __slots__ = ()


# Controls, surrogates, private use and unassigned characters; format characters too, which are invisible.
_DROPPED = frozenset({"Cc", "Cs", "Co", "Cn", "Cf"})
_JOINERS = frozenset("\u200c\u200d")  # these shape emoji and some scripts
_PLAIN = re.compile(r"[ -~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*")

_SHORT = 200

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME_OF_DAY = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$")

_YES = frozenset({"true", "yes", "y", "1", "是", "有", "√"})
_NO = frozenset({"false", "no", "n", "0", "否", "无"})


def is_empty(value: Value) -> bool:
    """Whether a cell says nothing: None, blank text, an empty list or object. False and 0 say something."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value or value.isspace()
    return not value and isinstance(value, Sequence | Mapping)


def clean(text: str) -> str:
    r"""Text on one line without what cannot be seen: no control characters, no lone surrogates, single spaces.

    >>> clean(" 华为\x00技术\n有限公司\ud800 ")
    '华为技术 有限公司'
    """
    if text.isprintable() and "  " not in text and not text.startswith(" ") and not text.endswith(" "):
        return text
    return _clean_short(text) if len(text) <= _SHORT else _cleaned(text)


def _cleaned(text: str) -> str:
    if not _PLAIN.fullmatch(text):
        text = "".join(
            c if c in _JOINERS or unicodedata.category(c) not in _DROPPED else " " if c in "\t\n\r\x0b\x0c\x85" else ""
            for c in text
        )
    return " ".join(text.split())


@lru_cache(maxsize=32_768)
def _clean_short(text: str) -> str:
    # The same few sources, places and names stand in row after row, and both passes read them.
    return _cleaned(text)


def as_text(value: Value, *, part: str = "") -> str | None:
    """One clean text, None for an empty cell. Numbers are written out, yes and no as `true` and `false`.

    Raises `Refused` for lists, objects and numbers that are not finite.
    """
    if isinstance(value, str):
        return clean(value) or None
    if is_empty(value):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _digits(value, part)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Refused(f"{value} is not a number", part=part)
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    kind = "an object" if isinstance(value, Mapping) else "a list"
    raise Refused(f"{kind} where one value is expected; name a key of it, or use `each` or `join`", part=part)


def as_date(value: Value, *, part: str = "") -> str | None:
    """A day, month or year in ISO form, None for an empty cell. Raises `Refused` for anything else."""
    text = as_text(value, part=part)
    if text is None:
        return None
    found = normal_date(text)
    if found is None:
        raise Refused(f"{shown(text)} is not a date; write 2018, 2018-03 or 2018-03-17", part=part)
    return found


@lru_cache(maxsize=8192)
def normal_date(text: str) -> str | None:
    """The ISO form of a date as people write it, None where it is none.

    >>> normal_date("2019.5.1"), normal_date("2019/05/01"), normal_date("2019年5月"), normal_date("20190501")
    ('2019-05-01', '2019-05-01', '2019-05', '2019-05-01')
    >>> normal_date("2019-02-30"), normal_date("2019-05-01T08:00:00Z")
    (None, '2019-05-01')
    """
    text = _TIME_OF_DAY.sub("", unicodedata.normalize("NFKC", text).strip())
    for pattern in (_DAY, _MONTH, _YEAR, _DIGITS):
        if match := pattern.fullmatch(text):
            first, *rest = match.groups()
            try:
                return dates.check("-".join([first, *(part.zfill(2) for part in rest)]))
            except DateError:
                return None
    return None


def coerce(value: Value, kind: ValueType, *, part: str = "", values: Sequence[str] = ()) -> Scalar | None:
    """A cell as the schema wants it, None where it is empty. Raises `Refused` with what is wrong with it.

    >>> coerce("是", "boolean"), coerce("12", "integer"), coerce("49.5%", "number")
    (True, 12, 49.5)
    """
    text = as_text(value, part=part)
    if text is None:
        return None
    if kind == "date":
        return as_date(text, part=part)
    if kind == "boolean":
        return _boolean(text, part)
    if kind == "integer":
        return _integer(text, part)
    if kind == "number":
        return _number(text, part)
    if values and text not in values:
        raise Refused(f"{shown(text)} is not one of {', '.join(filter(None, values))}", part=part)
    return text


def _boolean(text: str, part: str) -> bool:
    word = unicodedata.normalize("NFKC", text).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Refused(f"{shown(text)} is neither yes nor no", part=part)


def _integer(text: str, part: str) -> int:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").removesuffix(".0")
    if not re.fullmatch(r"[+-]?\d{1,15}", plain):
        raise Refused(f"{shown(text)} is not a whole number", part=part)
    return int(plain)


def _number(text: str, part: str) -> float:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").removesuffix("%").strip()
    if not re.fullmatch(r"[+-]?(?:\d{1,15}(?:\.\d{1,30})?|\.\d{1,30})(?:e[+-]?\d{1,2})?", plain, re.IGNORECASE):
        raise Refused(f"{shown(text)} is not a number", part=part)
    return float(plain)


def _digits(value: int, part: str) -> str:
    if value.bit_length() > 1024:  # Python refuses to write out very long numbers, and nobody means one
        raise Refused("a number of more than 300 digits", part=part)
    return str(value)
