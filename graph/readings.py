"""How Chinese is read, by the dictionaries of pypinyin.

They are kept here as a file of text, `readings.txt`, that is read when the first text is: pypinyin itself takes a fifth of a second
and 57 MiB in each process. ``python -m graph.readings`` writes the file anew where pypinyin is installed; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["VERSION", "is_regular", "phrases", "syllables"]

VERSION = "0.55.0"
"""The version of pypinyin that the file was made from."""

_HAN = (
    "\u3007\u3400-\u4dbf\u4e00-\u9fff\ue815-\ue864\uf900-\ufaff\U00020000-\U0002a6df\U0002a703-\U0002b81d\U0002b825-\U0002bf6e"
    "\U0002c029-\U0002ce93\U0002d016\U0002d11b-\U0002ebd9\U0002f80a-\U0002fa1f\U00030000-\U0003134a\U00031350-\U00032389"
)
"""What pypinyin takes for a Chinese character."""


def syllables(text: str) -> list[str]:
    """The syllables of a text without tones, one for each Chinese character; other characters stay as they are.

    Readings follow the phrase; ``ü`` is written ``v``, as input methods do.

    >>> syllables("重庆银行")
    ['chong', 'qing', 'yin', 'hang']
    """
    known = _known()
    found: list[str] = []
    for run in _runs().findall(text):
        if run[0] in known.alone or _han().match(run):
            for phrase in phrases(run):
                found += known.irregular.get(phrase) or [known.alone.get(one, one) for one in phrase]
        else:
            found.append(run)
    return found


def phrases(text: str) -> Iterator[str]:
    """The phrases that decide how a text of Chinese characters is read, in its order: each is read by itself.

    >>> list(phrases("中国重庆银行"))
    ['中国', '重庆', '银行']
    """
    start = 0
    while start < len(text):
        endings = _endings(text[start])
        behind = start + 1
        end = next((ending for ending in endings if text.startswith(ending, behind)), None)
        if end is None and len(text) - start > 1 and any(ending.startswith(text[behind:]) for ending in endings):
            # As pypinyin cuts: what begins a longer phrase, and is none, is read one by one to its end.
            yield from text[start:]
            return
        yield text[start : behind + len(end or "")]
        start = behind + len(end or "")


def is_regular(text: str) -> bool:
    """Whether every character of a Chinese text is read as it is by itself, so that no phrase decides it.

    Looking for the few phrases that are read otherwise is much quicker than cutting the text into all that there are.

    >>> is_regular("信息安全"), is_regular("中国重庆银行")
    (True, False)
    """
    beginnings = _known().beginnings
    for start in range(len(text) - 1):
        for phrase in beginnings.get(text[start : start + 2], ()):
            if text.startswith(phrase, start):
                return False
    return True


@dataclass(frozen=True, slots=True)
class _Known:
    """`alone` has the reading of each character, `irregular` the phrases that are not read as their characters are one by one.

    `beginnings` has these by their first two characters, `endings` what follows a character in the phrases that begin with it.
    """

    alone: Mapping[str, str]
    irregular: Mapping[str, list[str]]
    beginnings: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, str]


@cache
def _known() -> _Known:
    characters, irregular, beginnings = files("graph").joinpath("readings.txt").read_text("utf-8").split("\n\n")
    alone: dict[str, str] = {}
    for line in characters.splitlines():
        syllable, _, read_so = line.partition(" ")
        alone.update(dict.fromkeys(read_so, syllable))
    read_together = {phrase: read for phrase, *read in map(str.split, irregular.splitlines())}
    found: dict[str, tuple[str, ...]] = {}
    for phrase in read_together:
        found[phrase[:2]] = (*found.get(phrase[:2], ()), phrase)
    return _Known(alone, read_together, found, {line[0]: line[1:] for line in beginnings.splitlines()})


@lru_cache(maxsize=4_096)
def _endings(character: str) -> tuple[str, ...]:
    """What follows the character in phrases, the longest first."""
    return tuple(sorted(_known().endings.get(character, "").split(), key=len, reverse=True))


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]+|[^{_HAN}]+")


@cache
def _han() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]")


def _made() -> str:
    """The file as pypinyin says: its characters by their reading, phrases that are read otherwise, all phrases by their first character."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    alone = {chr(code): lazy_pinyin(chr(code))[0] for code in PINYIN_DICT}
    by_reading: dict[str, list[str]] = {}
    for character in sorted(alone):
        if alone[character] != character:
            by_reading.setdefault(alone[character], []).append(character)
    irregular = []
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(PHRASES_DICT):
        read = lazy_pinyin(phrase)
        by_first.setdefault(phrase[0], []).append(phrase[1:])
        if read != [alone.get(one, one) for one in phrase]:
            irregular.append(" ".join((phrase, *read)))
    characters = [f"{syllable} {''.join(read_so)}" for syllable, read_so in sorted(by_reading.items())]
    beginnings = [first + " ".join(rest) for first, rest in sorted(by_first.items())]
    return "\n\n".join("\n".join(lines) for lines in (characters, irregular, beginnings)) + "\n"


if __name__ == "__main__":
    from pathlib import Path

    Path(__file__).with_name("readings.txt").write_text(_made(), "utf-8")
