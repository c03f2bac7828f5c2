"""Reading standard numbers, alone and in running text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from graph.numbers.bodies import OTHER_STARTS, OTHERS
from graph.numbers.china import CHINESE, CHINESE_STARTS
from graph.numbers.context import is_plausible, without_addresses
from graph.numbers.iso import ISO_LIKE, ISO_LIKE_STARTS
from graph.numbers.model import Found, StandardNumber
from graph.numbers.readings import Reading
from graph.numbers.spelling import plain
from graph.numbers.usual import usual

_READINGS: Final[tuple[Reading, ...]] = (*CHINESE, *OTHERS, *ISO_LIKE)
# Not inside a word, a path or a version; a slash may stand between the two halves of a double number.
_START: Final = re.compile(
    rf"(?<![A-Za-z0-9_])(?<![A-Za-z_][/.\\-])(?<!\d\.)(?:{CHINESE_STARTS}|{ISO_LIKE_STARTS}|{OTHER_STARTS})",
    re.IGNORECASE | re.ASCII,
)
_LONGEST: Final = 160
_BRACKETS: Final = dict(zip("《〈<“\"'‘[【(「『", "》〉>”\"'’]】)」』", strict=True))
_INTRODUCTION: Final = re.compile(
    r"(?:标准编?号:? ?"
    r"|(?:(?:强制性|推荐性)?国家标准|国标|行标|行业标准|地标|地方标准|团标|团体标准|企标|企业标准)"
    r"[: ]{0,2}(?=[A-Za-z]))+"
)
_DOUBLE: Final = re.compile(r" ?/ ?(?=(?:ISO|IEC|IEEE|ITU|EN|CISPR)[ /-]?[A-Z0-9])", re.IGNORECASE | re.ASCII)
_PUNCTUATION: Final = " 。，、；;,."


@lru_cache(maxsize=8_192)
def parse(text: str) -> StandardNumber | None:
    """The number that the whole text is, however it is spelled; None when it is anything else.

    Blanks, brackets and closing punctuation around it do not count. A double number, the form of identical
    adoptions (`GB/T 19001-2016/ISO 9001:2015`), is the Chinese number.

    >>> str(parse("gbt22239—2019")), str(parse("《GB／T　２２２３９》"))
    ('GB/T 22239-2019', 'GB/T 22239')
    >>> parse("2019-05-10") is None
    True
    """
    return usual(text) or by_grammar(text)


def by_grammar(text: str) -> StandardNumber | None:
    """The same by the whole grammar, which gives what `usual` gives where that gives any."""
    if len(text) > _LONGEST:
        return None
    bare = _unwrap(plain(text)[0])
    bare = bare[found.end() :] if (found := _INTRODUCTION.match(bare)) else bare
    number = _whole(bare)
    if number is None and (cut := _DOUBLE.search(bare)):
        first, second = _whole(bare[: cut.start()]), _whole(bare[cut.end() :])
        if first and second and first.kind in ("national", "industry", "local", "association"):
            number = first
    return number


def find_all(text: str) -> tuple[Found, ...]:
    """The numbers in a running text, from left to right, without overlap.

    Stricter than `parse`: what may as well be a date, a postcode, a telephone number, an amount, memory (`8
    GB 2666`) or a year (`ISO 2019`) is left out; codes of industries need `/T` or a year, those of
    associations and enterprises capital letters. Time grows linearly with the text.

    >>> [str(found.number) for found in find_all("代替GB/T 22239—2008，见ISO/IEC 27001:2022、2019-05-10")]
    ['GB/T 22239-2008', 'ISO/IEC 27001:2022']
    """
    bare, places = plain(text)
    bare = without_addresses(bare)
    numbers: list[Found] = []
    position = 0
    while start := _START.search(bare, position):
        read = _read(bare, start.start())
        if read is None:
            position = start.start() + 1
            continue
        number, end = read
        first, last = start.start(), end - 1
        if places:
            first, last = places[first], places[last]
        numbers.append(Found(number, first, last + 1))
        position = end
    return tuple(numbers)


def _read(text: str, start: int) -> tuple[StandardNumber, int] | None:
    for pattern, build in _READINGS:
        found = pattern.match(text, start)
        number = build(found) if found else None
        if found and number and is_plausible(number, text, start, found.end()):
            return number, found.end()
    return None


def _whole(text: str) -> StandardNumber | None:
    for pattern, build in _READINGS:
        found = pattern.fullmatch(text)
        number = build(found) if found else None
        if number:
            return number
    return None


def _unwrap(text: str) -> str:
    """Without blanks, closing punctuation, and brackets or quotation marks that stand around the whole."""
    text = text.strip(" ").rstrip(_PUNCTUATION)
    while len(text) > 1 and _BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1].strip(" ")
    return text
