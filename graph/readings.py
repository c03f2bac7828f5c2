"""How Chinese is read, by the dictionaries of pypinyin.

They take a quarter of a second to load, and most commands never need them: so they are imported where they are used first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

__all__ = ["is_regular", "phrases", "syllables"]


def syllables(text: str) -> list[str]:
    """The syllables of a text without tones, one for each Chinese character; other characters stay as they are.

    Readings follow the phrase; ``ü`` is written ``v``, as input methods do.

    >>> syllables("重庆银行")
    ['chong', 'qing', 'yin', 'hang']
    """
    from pypinyin import lazy_pinyin

    return lazy_pinyin(text)


def phrases(text: str) -> Iterator[str]:
    """The phrases that decide how a text of Chinese characters is read, in its order: each is read by itself.

    >>> list(phrases("中国重庆银行"))
    ['中国', '重庆', '银行']
    """
    from pypinyin.seg import mmseg

    return iter(mmseg.seg.cut(text))


def is_regular(text: str) -> bool:
    """Whether every character of a Chinese text is read as it is by itself, so that no phrase decides it.

    Looking for the few phrases that are read otherwise is much quicker than cutting the text into all that there are.

    >>> is_regular("信息安全"), is_regular("中国重庆银行")
    (True, False)
    """
    irregular = _irregular()
    for start in range(len(text) - 1):
        for phrase in irregular.get(text[start : start + 2], ()):
            if text.startswith(phrase, start):
                return False
    return True


@cache
def _irregular() -> Mapping[str, tuple[str, ...]]:
    """The phrases that are not read as their characters are one by one, by their first two characters."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    plain = _Remembered(to_normal)
    # Of several readings of a character the first is the usual one; one that is not known is its own reading.
    alone = _Remembered(lambda character: plain[PINYIN_DICT.get(ord(character), character).partition(",")[0]])
    found: dict[str, tuple[str, ...]] = {}
    for phrase, readings in PHRASES_DICT.items():
        if any(plain[reading[0]] != alone[one] for one, reading in zip(phrase, readings, strict=True)):
            found[phrase[:2]] = (*found.get(phrase[:2], ()), phrase)
    return found


class _Remembered(dict[str, str]):
    """What a function makes of a text, found out once."""

    def __init__(self, function: Callable[[str], str]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> str:
        return self.setdefault(text, self._function(text))
