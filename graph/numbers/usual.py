"""The forms in which nearly all Chinese standard numbers are printed, read with one pattern.

What it reads, the grammar reads alike: this only spares it the dozen patterns that come before the one that fits.
"""

from __future__ import annotations

import re
from typing import Final

from graph.numbers.codes import INDUSTRY_CODES, PROVINCES
from graph.numbers.model import Kind, StandardNumber

__all__ = ["usual"]

_USUAL: Final = re.compile(
    rf"(?P<head>Q/(?P<enterprise>[A-Z]{{2,12}})|T/(?P<association>[A-Z][A-Z0-9]{{1,11}})"
    rf"|GB(?:/[TZ])?|(?P<local>DB(?:{'|'.join(PROVINCES)})(?:\d\d){{0,2}})/T|(?P<industry>{'|'.join(INDUSTRY_CODES)})/T)"
    r" (?P<serial>\d{1,7})(?:\.(?P<part>\d{1,3}(?:\.\d{1,3})?))?-(?P<year>19[5-9]\d|20\d\d)",
    re.ASCII,
)


def usual(text: str) -> StandardNumber | None:
    """The number that a text is in its usual form with a year; None where it is not, or may be read in another way.

    >>> str(usual("GB/T 22239-2019")), usual("gb/t 22239-2019"), usual("GB/T 22239")
    ('GB/T 22239-2019', None, None)
    """
    found = _USUAL.fullmatch(text)
    if found is None:
        return None
    prefix, enterprise, association, local, industry, serial, part, year = found.groups()
    mandatory: bool | None = prefix == "GB"
    kind: Kind
    if enterprise:
        kind, issuer, mandatory = "enterprise", enterprise, None
    elif association:
        kind, issuer = "association", association
    elif local or industry:
        if len(serial) > 5:
            return None
        kind, issuer = ("local", local) if local else ("industry", industry)
    else:
        if len(serial) > 6 or serial[0] == "0":
            return None
        kind, issuer = "national", "GB"
    return StandardNumber(text, kind, mandatory, issuer, prefix, serial, text[:-5], part, int(year))
