"""Folding a text for search, and the terms under which an engine keeps it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from graph.script import HAN, simplified

__all__ = ["MIXED", "Script", "bigrams", "fold", "is_plain", "letters", "runs", "terms", "terms_of"]

Script = Literal["han", "latin"]

#: Text of only these characters needs no normalisation: nearly all Chinese names and titles.
_PLAIN = re.compile("[ -~\u4e00-\u9fff]*")
_COMBINING = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_BETWEEN = re.compile(rf"(?:[^\w{HAN}]|_)+")
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_RUN = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
#: Letters followed by digits, two or more of each.
MIXED = re.compile("([a-z]{2,})([0-9]{2,})")


def fold(text: str) -> str:
    """Fold a text for search: width, script, case and accents of Latin letters; white space to single spaces.

    Characters stay one for one otherwise: nothing is removed but what cannot be seen.

    >>> fold("ＧＢ／Ｔ　資訊技術 Électricité")
    'gb/t 资讯技术 electricite'
    """
    if text.isascii():
        pass
    elif _PLAIN.fullmatch(text):
        text = simplified(text)
    else:
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs"})
        text = unicodedata.normalize("NFKD", simplified(text).casefold())
        text = simplified(unicodedata.normalize("NFKC", _COMBINING.sub("", text)))
    text = text.lower()
    # Of white space, blanks alone are printable: most names need not be taken apart.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def is_plain(text: str) -> bool:
    """Whether Latin letters and digits stay as they are, but for case, when the text is folded, and no other becomes one.

    >>> is_plain("GB/T 22239 信息安全"), is_plain("ＧＢ／Ｔ 22239")
    (True, False)
    """
    return _PLAIN.fullmatch(text) is not None


def runs(text: str) -> list[tuple[Script, str]]:
    """Split folded text into Chinese runs (joined across punctuation) and Latin words or numbers."""
    found: list[tuple[Script, str]] = []
    chinese = ""
    for han, word in _RUN.findall(text):
        if han:
            chinese += han
            continue
        if chinese:
            found.append(("han", chinese))
            chinese = ""
        found.append(("latin", word))
    if chinese:
        found.append(("han", chinese))
    return found


def letters(text: str) -> str:
    """The letters, digits and Chinese characters of a folded text: its runs together.

    >>> letters("gb/t 资讯-技术")
    'gbt资讯技术'
    """
    if text.isalnum():
        return text
    return text.encode().translate(None, _SIGNS).decode() if text.isascii() else _BETWEEN.sub("", text)


def bigrams(run: str) -> tuple[str, ...]:
    """Each two neighbouring characters of a run."""
    return tuple(run[start : start + 2] for start in range(len(run) - 1))


def terms(text: str) -> tuple[str, ...]:
    """The index terms of a text, in its order.

    A word of letters followed by digits, two or more of each, is followed by its two parts, so that ``TC260``
    is found as ``TC 260`` as well.

    >>> terms("信息安全 TC260")
    ('信息', '息安', '安全', '全', 'tc260', 'tc', '260')
    """
    return terms_of(runs(fold(text)))


def terms_of(parts: Iterable[tuple[Script, str]]) -> tuple[str, ...]:
    """The index terms of a folded text that is split into runs."""
    found: list[str] = []
    for kind, run in parts:
        if kind == "han":
            found += [run[start : start + 2] for start in range(len(run) - 1)]
            found.append(run[-1])
        else:
            found.append(run)
            if mixed := MIXED.fullmatch(run):
                found += mixed.groups()
    return tuple(found)
