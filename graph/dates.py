"""Dates as sources give them: a day, a month or only a year.

`2018-03` means some day in that month, so a partial date is an interval of days. Comparisons ask what *may* be true:
a statement since `2018-03` may hold on 2018-03-01, and one until `2018-03` may still hold on 2018-03-31.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from graph.errors import DateError

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"


def check(text: str, *, field: str = "") -> str:
    """Give back `text` when it is a year, month or day in ISO form, else raise `DateError`.

    >>> check("2018-03")
    '2018-03'
    >>> check("2018-13")
    Traceback (most recent call last):
    ...
    graph.errors.DateError: '2018-13' is not a date; write 2018, 2018-03 or 2018-03-17
    """
    first_day(text, field=field)
    return text


def first_day(text: str | None, *, field: str = "") -> str:
    """The earliest day that `text` can mean, as ISO text; the beginning of time for None.

    >>> first_day("2018-03"), first_day("2018"), first_day(None)
    ('2018-03-01', '2018-01-01', '0001-01-01')
    """
    if text is None:
        return FIRST_DAY
    year, month, day = _parts(text, field)
    return f"{year:04}-{month or 1:02}-{day or 1:02}"


def last_day(text: str | None, *, field: str = "") -> str:
    """The latest day that `text` can mean, as ISO text; the end of time for None.

    >>> last_day("2016-02"), last_day("2016"), last_day(None)
    ('2016-02-29', '2016-12-31', '9999-12-31')
    """
    if text is None:
        return LAST_DAY
    year, month, day = _parts(text, field)
    month = month or 12
    return f"{year:04}-{month:02}-{day or calendar.monthrange(year, month)[1]:02}"


def may_hold(since: str | None, until: str | None, on: date) -> bool:
    """Whether something said to be true from `since` to `until` may be true on the day `on`.

    >>> may_hold("2001-10", "2018-03", date(2017, 6, 1)), may_hold("2018-03", None, date(2017, 6, 1))
    (True, False)
    """
    return first_day(since) <= on.isoformat() <= last_day(until)


@lru_cache(maxsize=16_384)
def _parts(text: str, field: str) -> tuple[int, int | None, int | None]:
    match = _PARTIAL.fullmatch(text)
    message = f"{text[:40]!r} is not a date; write 2018, 2018-03 or 2018-03-17"
    if match is None:
        raise DateError(message, field=field)
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.group(2, 3))
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise DateError(message, field=field) from None
    return year, month, day
