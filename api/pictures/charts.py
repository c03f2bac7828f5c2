"""Charts as SVG: horizontal bars and stacked bars with their counts, in both languages.

Drawn here and not by a plotting library: text must stay text that is measured for Chinese as for Latin, the same answer must give the same
bytes, and a sort must be told by its pattern too. A light library such as pygal takes each character for 0.6 of its size, so that Chinese
names run out of the picture, and has no patterns; the others bring a browser or an engine for scripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from api.pictures.measure import balanced, clean, width

INK, SOFT, GRID = "#1c1c1c", "#5a5a5a", "#d4d8dd"
SIZE, SMALL, HEAD = 12.0, 11.0, 15.0
NAMES = 230.0
"""Room for the names of bars."""
_BAR, _GAP = 18.0, 8.0
_LINE = 14.5
_AFTER = 118.0
"""Room behind a bar for its figure."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How a sort is painted: a colour, and a pattern that tells it without the colour."""

    key: str
    name: str
    colour: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, its parts (key of a fill, value), the figure behind it, and what a pointer is told."""

    name: str
    parts: tuple[tuple[str, float], ...]
    figure: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its heading, a note that tells what is counted, its fills and bars; a legend where there are several fills."""

    heading: str
    note: str
    fills: tuple[Fill, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Markup that begins at 0, 0, and its height."""

    markup: str
    height: float


def patterns(fills: Iterable[Fill]) -> str:
    """The definitions of the fills."""
    return "".join(
        f'<pattern id={quoteattr("fill-" + f.key)} width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{f.colour}"/>{_MARKS[f.pattern]}</pattern>'
        for f in fills
    )


_MARKS = {
    "": "",
    "rising": '<path d="M-2 10L10 -2M-2 2L2 -2M6 10L10 6" stroke="#fff" stroke-width="1.6"/>',
    "falling": '<path d="M-2 -2L10 10M-2 6L2 10M6 -2L10 2" stroke="#fff" stroke-width="1.6"/>',
    "level": '<path d="M0 4H8" stroke="#fff" stroke-width="1.6"/>',
    "upright": '<path d="M4 0V8" stroke="#fff" stroke-width="1.6"/>',
    "dots": '<circle cx="4" cy="4" r="1.6" fill="#fff"/>',
    "open": '<path d="M-2 10L10 -2M-2 2L2 -2M6 10L10 6" stroke="#8a8f96" stroke-width="1"/>',
}


def drawn(chart: Chart, wide: float) -> Drawn:
    """The chart, `wide` units wide."""
    parts: list[str] = []
    y = HEAD * 1.5
    parts.append(words(0, y - 5, chart.heading, HEAD, INK, "bold"))
    for line in balanced(chart.note, SMALL, wide, 2):
        y += _LINE
        parts.append(words(0, y - 4, line, SMALL, SOFT))
    if len(chart.fills) > 1:
        legend = _legend(chart.fills, wide, y + 6)
        parts.append(legend.markup)
        y += legend.height + 6
    y += 8
    longest = max((sum(value for _, value in bar.parts) for bar in chart.bars), default=0.0)
    room = wide - NAMES - _AFTER
    top = y
    for bar in chart.bars:
        names = balanced(bar.name, SIZE, NAMES - 12, 3)
        tall = max(_BAR, len(names) * _LINE)
        middle = y + tall / 2
        for n, line in enumerate(names):
            at = middle + (n - (len(names) - 1) / 2) * _LINE + SIZE * 0.36
            parts.append(words(NAMES - 8, at, line, SIZE, INK, anchor="end"))
        x = NAMES
        told = f"<title>{_text(bar.title or f'{bar.name}: {bar.figure}')}</title>"
        parts.append(f'<g class="bar">{told}')
        for key, value in bar.parts:
            length = value / longest * room if longest else 0.0
            parts.append(
                f'<rect x="{_n(x)}" y="{_n(middle - _BAR / 2)}" width="{_n(length)}" height="{_n(_BAR)}" '
                f'fill="url(#fill-{key})" stroke="#ffffff" stroke-width="0.8"/>'
            )
            label = f"{value:g}"
            if len(bar.parts) > 1 and length > width(label, SMALL) + 8:
                parts.append(_inside(x + length / 2, middle, label))
            x += length
        parts.append(words(x + 6, middle + SMALL * 0.36, bar.figure, SMALL, INK) + "</g>")
        y += tall + _GAP
    axis = f'<path d="M{_n(NAMES)} {_n(top - 3)}V{_n(y - _GAP + 3)}" stroke="{GRID}" fill="none"/>'
    return Drawn(f'<g class="chart">{axis}{"".join(parts)}</g>', y + 14)


def _inside(x: float, middle: float, label: str) -> str:
    """A figure on a bar, on paper of its own so that it reads on every pattern."""
    wide = width(label, SMALL) + 4
    return (
        f'<rect x="{_n(x - wide / 2)}" y="{_n(middle - 7)}" width="{_n(wide)}" height="14" rx="2" fill="#ffffff" fill-opacity="0.92"/>'
        + words(x, middle + SMALL * 0.36, label, SMALL, INK, anchor="middle")
    )


def _legend(fills: Sequence[Fill], wide: float, y: float) -> Drawn:
    x, row, parts = 0.0, 0, []
    for fill in fills:
        long = 22 + width(fill.name, SMALL) + 16
        if x and x + long > wide:
            x, row = 0.0, row + 1
        at = y + row * 19
        parts.append(
            f'<rect x="{_n(x)}" y="{_n(at)}" width="16" height="12" fill="url(#fill-{fill.key})" stroke="{SOFT}" stroke-width="0.6"/>'
            + words(x + 22, at + 10, fill.name, SMALL, INK)
        )
        x += long
    return Drawn("".join(parts), (row + 1) * 19)


def words(
    x: float, y: float, text: str, size: float, colour: str, weight: str = "normal", anchor: str = "start"
) -> str:
    """A line of text at a place."""
    more = ' font-weight="bold"' if weight == "bold" else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{colour}"{more}>{_text(text)}</text>'


def _text(text: str) -> str:
    return escape(clean(text))


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".") if number else "0"
