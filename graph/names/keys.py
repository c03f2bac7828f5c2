"""The key under which all spellings of one name meet, and what is derived from it.

Only differences of writing are removed: width, brackets, white space, script (traditional or simplified),
case, punctuation, quotation marks, invisible characters, and the way an ordinal number is written. Words are
never
removed: a name with another legal form is another key, because it may be another legal person.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from functools import lru_cache

from graph.names.places import PLACE_PATTERN, canonical_place
from graph.readings import syllables
from graph.script import HAN, has_han, simplified

__all__ = ["chinese_number", "core_key", "name_key", "opaque_id", "slug"]

_OPENING = "([{<\u2329\u27e8\u3008\u3010\u3014\u3016\u3018\u301a\uff5f"
_CLOSING = ")]}>\u232a\u27e9\u3009\u3011\u3015\u3017\u3019\u301b\uff60"
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u2032\u2033\u00ab\u00bb\u2039\u203a《》「」『』〝〞´"
_DASHES = (
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2e3a\ufe58\u00b7\u2022\u2027\u2219\u22c5\u30fb\u0387~_\u2043"
)
_COMMAS = ",;:、。；：，!！?？|…"

_SPELLINGS = str.maketrans(
    dict.fromkeys(_OPENING, "(")
    | dict.fromkeys(_CLOSING, ")")
    | dict.fromkeys(_QUOTES)
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_COMMAS, ",")
    | {"○": "〇", "◯": "〇", "⭕": "〇", "零": "〇"}
)

#: Names of only these characters need none of Unicode's own normalisation: nearly all Chinese names.
_PLAIN = re.compile("[ -~\u4e00-\u9fff\u3007]*")

#: A name of Chinese characters alone, none of which may belong to an ordinal number: only its script may have to change.
_HAN_ALONE = re.compile("[\u4e00-\u7b2b\u7b2d-\u96f5\u96f7-\u9fff]+")

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_DIGITS = "〇一二三四五六七八九"
_ORDINAL = re.compile("第([〇一二三四五六七八九十百0-9]+)")
_NOT_ZERO = re.compile(f"(?<=[{_DIGITS}十])[o0]+(?=[{_DIGITS}])")

_BRACKET_SPACE = re.compile(r"\s*([()])\s*")
_AND = re.compile(rf"(?<![{HAN}])\s*&\s*(?![{HAN}])")
_HAN_SEPARATOR = re.compile(rf"(?<=[{HAN})])[\s.-]+(?=[{HAN}(])")
_HAN_SPACE = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")
_INITIALS = re.compile(r"\b(?:[a-z]\.)+[a-z]\b\.?|\b(?:[a-z]\.){2,}")
_LATIN_PUNCTUATION = re.compile(r"(?<![0-9])[.,/](?![0-9])|(?<=[a-z])[.,/]|[.,/](?=[a-z])")
_LATIN_DASH = re.compile(r"(?<=[a-z])-+|-+(?=[a-z])")
_REPEATED = re.compile(r"([-,\s])[-,\s]*(?=[-,\s])")
#: What each pattern needs to be there at all, the pattern, and what it is written as.
_WORDS = (
    ("co", re.compile(r"\b(?:company|co) (?:limited|ltd)\b"), "co ltd"),
    ("limited", re.compile(r"\blimited\b"), "ltd"),
    ("incorporated", re.compile(r"\bincorporated\b"), "inc"),
    ("corporation", re.compile(r"\bcorporation\b"), "corp"),
)
_EDGES = " ,.-;:"


def chinese_number(digits: str) -> int | None:
    """Read a whole number written in Chinese (``三十``, ``七〇四``) or Arabic digits; None where it is none.

    >>> chinese_number("十五"), chinese_number("七〇四"), chinese_number("一百〇三"), chinese_number("30")
    (15, 704, 103, 30)
    """
    if digits.isascii():
        return int(digits) if digits.isdigit() and len(digits) <= 12 else None
    if len(digits) > 12:
        return None
    if "十" not in digits and "百" not in digits:
        plain = "".join(str(_DIGITS.find(digit)) if digit in _DIGITS else digit for digit in digits)
        return int(plain) if plain.isascii() and plain.isdigit() else None
    found = re.fullmatch(f"(?:([{_DIGITS}])?百)?〇?(?:([{_DIGITS}])?(十))?([{_DIGITS}])?", digits)
    if found is None:
        return None
    hundreds = (_DIGITS.index(found[1]) if found[1] else 1) if "百" in digits else 0
    tens = (_DIGITS.index(found[2]) if found[2] else 1) if found[3] else 0
    return hundreds * 100 + tens * 10 + (_DIGITS.index(found[4]) if found[4] else 0)


def _arabic_ordinal(found: re.Match[str]) -> str:
    number = chinese_number(found[1])
    return found[0] if number is None else f"第{number}"


def _normal(text: str) -> str:
    """One pass of Unicode's normalisation, without what cannot be seen."""
    text = unicodedata.normalize("NFKC", text).casefold()
    kept = (c if c.isspace() or unicodedata.category(c) not in _INVISIBLE else "" for c in text)
    return unicodedata.normalize("NFKC", _VARIATION.sub("", "".join(kept)))


def _pass(text: str) -> str:
    text = text.lower() if _PLAIN.fullmatch(text) else _normal(text)
    text = simplified(text).translate(_SPELLINGS)
    text = " ".join(text.split())
    if "(" in text or ")" in text:
        text = _BRACKET_SPACE.sub(r"\1", text).replace("()", "")
    if not text.isascii():
        text = _HAN_SEPARATOR.sub("", text)
        text = _HAN_SPACE.sub("", text)
        text = _NOT_ZERO.sub(lambda found: "〇" * len(found[0]), text)
        text = _ORDINAL.sub(_arabic_ordinal, text)
    if re.search("[a-z]", text):
        text = _latin(text)
    text = _REPEATED.sub(r"\1", text)
    return text.strip(_EDGES)


def _latin(text: str) -> str:
    # Most names have none of these: looking for the signs first is much quicker than the patterns are.
    if "&" in text:
        text = _AND.sub(" and ", text)
    if "." in text or "," in text or "/" in text:
        text = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", text)
        text = _LATIN_PUNCTUATION.sub(" ", text)
    if "-" in text:
        text = _LATIN_DASH.sub(" ", text)
    text = _HAN_SPACE.sub("", " ".join(text.split()))
    for begins, pattern, word in _WORDS:
        if begins in text:
            text = pattern.sub(word, text)
    return text.removeprefix("the ") if len(text) > 4 else text


@lru_cache(maxsize=65_536)
def name_key(text: str) -> str:
    """The key of a name: equal for all spellings of it, and only for them. Never raises.

    The key of a key is itself. It is for finding, not for showing. An empty key (no letter or digit in the
    text) says that the text is no name.

    >>> name_key("中國電子科技集團公司 第三十研究所") == name_key("中国电子科技集团公司第30研究所")
    True
    >>> name_key("爱立信（中国）通信有限公司")
    '爱立信(中国)通信有限公司'
    >>> name_key("Huawei Technologies Co., Ltd.") == name_key("HUAWEI Technologies Company Limited")
    True
    """
    if _HAN_ALONE.fullmatch(text):
        return simplified(text)
    # One pass can uncover work for another (a bracket that became empty, say). Each pass only shortens or
    # leaves the text, after the first; the bound is a guard against a text made to defeat it.
    for _ in range(12):
        again = _pass(text)
        if again == text:
            break
        text = again
    return text if any(character.isalnum() for character in text) else ""


#: Legal forms at the end of a Chinese name, the longest first.
LEGAL_FORM = (
    "(?:股份有限责任公司|有限责任公司|股份有限公司|有限总公司|有限公司|股份公司|总公司|公司"
    r"|\(有限合伙\)|有限合伙)"
)
_LEGAL_ANYWHERE = re.compile(r"(?:\(集团\)|集团)?(?:股份)?有限(?:责任)?公司|集团(?:总)?公司|\(集团\)")
_LEGAL_END = re.compile(rf"(?:\(集团\)|集团|控股)?{LEGAL_FORM}$|\(集团\)$|集团$")
_LEGAL_LATIN = re.compile(
    r"(?: |^)(?:co ltd|ltd|co|inc|corp|llc|llp|lp|plc|gmbh(?: and co kg(?:aa)?)?|kgaa|kg|ag|se|sa|s a|spa"
    r"|bv|nv|oyj|oy|ab|asa|as|pte|pty|kk|group|holdings?)$"
)
_PLACE_BRACKET = re.compile(rf"\((?:{PLACE_PATTERN})+\)")
_LEADING_PLACE = re.compile(f"^{PLACE_PATTERN}")


@lru_cache(maxsize=65_536)
def core_key(text: str) -> str:
    """What is left of a key without legal form, bracketed places and the ``省`` or ``市`` after a leading
    place.

    For blocking only: it brings candidates together, and says nothing about whether they are one body.

    >>> core_key("中国移动通信集团有限公司") == core_key("中国移动通信集团公司")
    True
    >>> core_key("Ericsson (China) Communications Co., Ltd.")
    'ericsson communications'
    """
    key = name_key(text)
    core = _PLACE_BRACKET.sub(" ", key) if not has_han(key) else _PLACE_BRACKET.sub("", key)
    core = _LEADING_PLACE.sub(lambda found: canonical_place(found[0]), core)
    if has_han(core):
        core = _LEGAL_ANYWHERE.sub("", core)
    while True:
        shorter = _LEGAL_LATIN.sub("", _LEGAL_END.sub("", core)).strip(_EDGES)
        if shorter == core or not shorter:
            break
        core = shorter
    return core or key


def slug(text: str) -> str:
    """A readable id part: ASCII, lower case, words joined by hyphens, at most 60 characters, whole words.

    Chinese is written in pinyin, one word a syllable. Empty where the text has no letter or digit.

    >>> slug("Huawei Technologies"), slug("Électricité de France S.A."), slug("信通院")
    ('huawei-technologies', 'electricite-de-france-s-a', 'xin-tong-yuan')
    """
    text = simplified(unicodedata.normalize("NFKC", text))
    if has_han(text):
        text = " ".join(syllables(text))
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("'", "").replace("\u2019", "")
    words = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    joined = ""
    for word in words:
        longer = f"{joined}-{word}" if joined else word[:60]
        if len(longer) > 60:
            break
        joined = longer
    return joined


def opaque_id(key: str) -> str:
    """The id of an organisation that no person has given one: ``org:`` and 13 letters or digits from its key.

    65 bits of BLAKE2b, so that among a million names the odds of any two meeting are below one in ten
    million. The same key has the same id on every machine.

    >>> opaque_id(name_key("中国标准化研究院")) == opaque_id(name_key("中國標準化研究院"))
    True
    """
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return "org:" + base64.b32encode(digest).decode().lower()[:13]
