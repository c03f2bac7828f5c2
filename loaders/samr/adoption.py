"""What a row of the search says of adoption: degree and number may stand in any of its fields on it, and in others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from graph import numbers
from graph.numbers import StandardNumber
from loaders.refusals import Refused
from loaders.samr import words
from loaders.samr.entries import Entry
from loaders.samr.fields import text

__all__ = ["adopted", "take_adoption"]

_OTHER_RELATION = re.compile("REPE|REPLACE|CITE|REF|REVIS|PLAN|STAFF", re.IGNORECASE)
_NOT_ADOPTED = frozenset({"否", "未采标", "非采标", "不采标", "未采用", "N", "0"})


def take_adoption(row: Mapping[str, object], unknown: Sequence[str], entry: Entry) -> None:
    """Take what the standard adopts from the fields that are `unknown` otherwise, given in their order.

    A number in a field that is not on adoption counts where a field on adoption says that something is adopted.
    """
    degree, said = "", ""
    found: dict[str, str] = {}
    for field in (key for key in unknown if "ADOPT" in key.upper()):
        try:
            written = text(row[field])
        except Refused as refused:
            entry.fault(field, refused.reason)
            continue
        if written and written not in _NOT_ADOPTED:
            said = said or written
            degree = degree or words.degree_in(written)
            found.update((number, words.degree_in(written)) for number in adopted(written))
    if not said:
        return
    if not found:
        others = (key for key in unknown if "ADOPT" not in key.upper() and not _OTHER_RELATION.search(key))
        texts = (value for key in others if isinstance(value := row[key], str) and len(value) <= 200)
        found = {number: words.degree_in(value) for value in texts for number in adopted(value)}
    if found:
        entry.adopts = tuple((number, of_its_own or degree) for number, of_its_own in found.items())
    else:
        entry.notes.append(("adoption on the record", said))


@lru_cache(maxsize=16_384)
def adopted(written: str) -> tuple[str, ...]:
    """The international and foreign numbers in a text.

    >>> adopted("ISO 8124-1:2018，MOD"), adopted("GB/T 1-2000"), adopted("IEC")
    (('ISO 8124-1:2018',), (), ())
    """
    if not any("0" <= letter <= "9" for letter in written):
        return ()
    one = numbers.parse(written)
    found: Iterator[StandardNumber] = iter((one,)) if one else (piece.number for piece in numbers.find_all(written))
    return tuple(dict.fromkeys(number.canonical for number in found if number.kind in ("international", "foreign")))
