"""Text that breaks where its language allows: between words, and between Chinese characters but not before a closing mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.measure import Measurement
from rich.text import Text

LONGEST = 600
"""Letters of one text that are shown; what is longer is cut, with a sign that it is."""

_CLOSING = frozenset("，。；：、！？）】》」』”’…,.;:!?)]}%")
_MARKS = frozenset("*?[")
"""Begin the marks of sources, which stay on the line of what they mark."""
_OPENING = frozenset("（【《「『“‘([{")


def clean(text: str) -> str:
    r"""Text that cannot steer a terminal, on one line and not without end: control characters are left out.

    >>> clean("a\x1b[31mb\x00"), clean("two\nlines"), len(clean("x" * 10_000))
    ('a[31mb', 'two lines', 601)
    """
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return "".join(c if c.isprintable() else " " if c.isspace() else "" for c in shown)


class Prose(Text):
    """A `rich` text that also breaks between Chinese characters, as `rich` itself breaks only at blanks."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The text in lines of at most `width` columns."""
        if no_wrap or overflow == "ignore":
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines = self.divide(list(_breaks(self.plain, max(1, width))))
        for line in lines:
            line.rstrip()
        if justify:
            lines.justify(console, width, justify=justify, overflow=overflow or "fold")
        return lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the widest piece that may not be broken to the whole on one line."""
        pieces = [cell_len(piece.rstrip()) for piece in _pieces(self.plain)] or [0]
        return Measurement(min(max(pieces), 24), cell_len(self.plain))


def prose(*parts: str | tuple[str, str]) -> Prose:
    """Prose from texts, each by itself or with its style; all cleaned.

    >>> prose("GB/T 1 ", ("基本要求", "bold")).plain
    'GB/T 1 基本要求'
    """
    text = Prose()
    for part in parts:
        content, style = part if isinstance(part, tuple) else (part, "")
        text.append(clean(content), style or None)
    return text


def _breaks(text: str, width: int) -> Iterator[int]:
    """Offsets at which the text goes on in a new line.

    >>> list(_breaks("网络安全，等级 protection of", 10))
    [5, 8, 19]
    """
    place = column = 0
    for piece in (part for whole in _pieces(text) for part in _apart(whole, width)):
        needed = cell_len(piece.rstrip())
        if column and column + needed > width:
            yield place
            column = 0
        for letter in piece:
            if column and column + cell_len(letter) > width and not letter.isspace():
                yield place
                column = 0
            column += cell_len(letter)
            place += 1


def _apart(piece: str, width: int) -> list[str]:
    """A piece that is too wide for a line, parted between marks of sources if it has any.

    >>> _apart("standard [1][2]", 12), _apart("standard [1][2]", 20)
    (['standard [1]', '[2]'], ['standard [1][2]'])
    """
    return [piece] if cell_len(piece.rstrip()) <= width else re.split(r"(?<=\])(?=\[)", piece)


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that stay together: words with the blanks behind them, Chinese characters with the marks that belong to them.

    >>> list(_pieces("等级（二）of it"))
    ['等', '级', '（二）', 'of ', 'it']
    """
    start = 0
    for place in range(1, len(text)):
        if _may_break(text[place - 1], text[place]):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after.isspace():
        return False
    if before.isspace():
        return after not in _MARKS
    if after in _CLOSING or before in _OPENING:
        return False
    return _wide(before) or _wide(after)


def _wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in ("W", "F")
