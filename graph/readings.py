"""How Chinese is read, by the dictionaries of pypinyin.

They take a quarter of a second to load, and most commands never need them: so they are imported where they are used first.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["phrases", "syllables"]


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
