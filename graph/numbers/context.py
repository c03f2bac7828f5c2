"""What a running text may hold that only looks like a standard number.

A whole field of a table that reads `NY 10001` may be a number; in a letter it is a postcode. These rules
are stricter than the grammar and used for running text only.
"""

from __future__ import annotations

import re
from typing import Final

from graph.numbers.iso import ITERATED
from graph.numbers.model import StandardNumber
from graph.numbers.spelling import looks_like_year

_ADDRESS: Final = re.compile(
    r"(?:https?|ftp)://[!-~]{1,2000}|www\.[!-~]{1,2000}|[\w.+-]{1,64}@[A-Za-z0-9.-]{1,200}", re.ASCII
)

# "GB 500 MB", "GB 2000 年": what is measured, counted or dated by the figure before it.
_MEASURED: Final = re.compile(
    r"[ ]?(?:[年月日号名个人家项余多条万亿元件套台份页辆吨块%￥$€£°]|"
    r"(?:[MGTk]?Hz|[MGTk]B|[MGTk]?bps|km|mm|cm|kg|kW|MW|million|billion|thousand|percent)(?![A-Za-z]))",
    re.ASCII,
)
# "ISO 2000 people": such counts are round, whereas "ISO 9001 companies" have a certificate.
_COUNTED: Final = re.compile(
    r"[ ]?(?:people|persons?|members?|experts?|delegates?|participants?|companies|countries|projects?|years?|pages?|"
    r"copies|euros?|dollars?|yuan|RMB|USD|EUR)(?![A-Za-z])",
    re.ASCII,
)
_MEMORY_BEFORE: Final = re.compile(r"\d[ ]?$", re.ASCII)
_SENSITIVITIES: Final = frozenset((
    "25", "50", "64", "80", "100", "125", "160", "200", "250", "320", "400", "500", "640", "800", "1000",
    "1250", "1600", "2500", "3200", "5000", "6400", "12800", "25600",
))  # fmt: skip
# Undated and without /T, these are told from words and initials; the other industry codes are not.
_CLEAR_INDUSTRY_CODES: Final = frozenset(("YD", "YY", "HJ", "JGJ", "CJJ", "JTG", "JTS", "YDB", "YDN", "YDC"))
_UNMISTAKABLE: Final = frozenset(("IETF", "ASTM", "SAE", "ASME", "MIL", "JIS", "KS", "3GPP", "ETSI", "ITU-T", "ITU-R"))
_ANY_CASE: Final = frozenset(("GB", "ISO", "IEC", "IEEE", "IETF", "3GPP"))


def without_addresses(text: str) -> str:
    """The text with web and mail addresses blotted out, every other character in its place."""
    return _ADDRESS.sub(lambda found: "\0" * len(found[0]), text)


def is_plausible(number: StandardNumber, text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, which reads as this number, is one in a running text."""
    written = text[start:end]
    dated = number.year is not None or number.canonical != number.edition_family
    if number.kind == "plan":
        return True
    if number.stage == ITERATED or (number.issuer == "W3C" and number.part):
        return False  # ISO/TR 14121.2 may as well be part 2, and what follows W3C dom/ may be another word
    if not dated and _is_amount(number, text, end):
        return False
    if not _is_written_large(number, written, dated):
        return False
    if number.kind in ("national", "industry"):
        return _is_plausible_chinese(number, text, start, written, dated)
    if number.kind in ("association", "enterprise"):
        return dated or " " in written or len(number.serial) >= 3
    if number.kind == "local":
        return dated or "/T" in number.prefix
    return dated or _is_plausible_undated(number)


def _is_amount(number: StandardNumber, text: str, end: int) -> bool:
    if "/" in number.prefix:
        return False  # GB/T 22239名称
    return bool(_MEASURED.match(text, end) or (number.serial.endswith("0") and _COUNTED.match(text, end)))


def _is_written_large(number: StandardNumber, written: str, dated: bool) -> bool:
    """Lower case is common for GB/T, ISO and IEEE numbers only; `t/km 100` and `en 1990` are words."""
    letters = [letter for letter in written if letter.isascii() and letter.isalpha()]
    if not any(letter.islower() for letter in letters[:2]) or number.prefix.startswith(("prEN", "FprEN")):
        return True
    if number.issuer.split("/")[0] not in _ANY_CASE:
        return number.kind in ("industry", "local") and "/" in written and dated
    return dated or "/" in number.prefix or (number.issuer != "GB" and len(number.serial) >= 4)


def _is_plausible_chinese(number: StandardNumber, text: str, start: int, written: str, dated: bool) -> bool:
    slash = "/" in written or (number.issuer == "GB" and number.prefix != "GB")
    if slash or number.issuer in ("JJF", "JJG", "GJB", "GBJ", "GBZ", "TSG"):
        return True
    if dated:
        return not _is_period(number)
    if number.issuer != "GB":
        return number.prefix in _CLEAR_INDUSTRY_CODES and len(number.serial) >= 3
    if _MEMORY_BEFORE.search(text, max(0, start - 3), start):
        return False  # 8 GB 2666
    return len(number.serial) >= 3 and not looks_like_year(number.serial)


def _is_period(number: StandardNumber) -> bool:
    """SY 2020-2021 is a school year."""
    return looks_like_year(number.serial) and number.year is not None and 0 < number.year - int(number.serial) <= 10


def _is_plausible_undated(number: StandardNumber) -> bool:
    if number.issuer in _UNMISTAKABLE:
        return True
    if number.issuer == "W3C":
        return False
    if " " in number.prefix or number.prefix in ("ISO/TS", "ISO/TR", "ISO/PAS"):
        return True
    if looks_like_year(number.serial) and not number.part:
        return False  # ISO 2019, IEEE 2020: a year
    if number.issuer == "ISO" and not number.part and number.serial in _SENSITIVITIES:
        return False  # ISO 400 is the speed of a film
    digits = sum(letter.isdigit() for letter in number.serial)
    return digits >= 3 or (number.issuer in ("ISO", "IEC", "ANSI", "GOST") and digits >= 2 and bool(number.part))
