"""Chinese script: traditional to simplified, character by character, and what counts as Chinese.

Shared by names (:mod:`graph.names`) and search (:mod:`graph.wording`). The conversion looks at one character
at a time, never at its neighbours: a phrase cut out of a text must convert as it does inside the text, or
search would miss it. The price is that a few pairs meet which a reader would keep apart (``乾坤`` becomes
``干坤``); the result is a key, and is never shown.
"""

from __future__ import annotations

import re
from functools import cache

import opencc

__all__ = ["HAN", "has_han", "is_han", "simplified"]

#: A character class (for use inside ``[...]``) of Chinese characters, with the numeral ``〇``.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"

#: The blocks that have traditional characters with a simplified form.
_CONVERTED = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df]")

_HAN_CHARACTER = re.compile(f"[{HAN}]")

#: Radicals that text copied out of PDF files contains in place of the characters they look like
#: (Unicode's "CJK Radicals Supplement"; NFKC maps the Kangxi radicals but leaves these alone).
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟⻑⻒",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母长长",
        strict=True,
    )
)


def is_han(character: str) -> bool:
    """Whether this one character is Chinese."""
    return _HAN_CHARACTER.fullmatch(character) is not None


def has_han(text: str) -> bool:
    """Whether the text has a Chinese character anywhere."""
    return _HAN_CHARACTER.search(text) is not None


class _Simplifications(dict[int, str]):
    """The simplified form of each character by its code, looked up when a text has it for the first time."""

    def __init__(self) -> None:
        super().__init__({ord(radical): plain for radical, plain in _RADICALS.items()})
        self._converter = opencc.OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        # Twice: a few simplified forms are traditional forms of others.
        before = chr(code)
        after = self._converter.convert(self._converter.convert(before)) if _CONVERTED.match(before) else before
        return self.setdefault(code, after)


_simplifications = cache(_Simplifications)


def simplified(text: str) -> str:
    """Rewrite traditional characters as simplified ones, each by itself.

    >>> simplified("中國標準化研究院")
    '中国标准化研究院'
    """
    return text if text.isascii() else text.translate(_simplifications())
