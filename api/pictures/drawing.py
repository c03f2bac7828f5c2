"""A drawing: boxes, frames and lines with their places, ready for any writer. Units are CSS pixels, y grows downwards.

Every writer of pictures (vector, page) draws the same drawing, so that all of them look alike.
"""

from __future__ import annotations

from dataclasses import dataclass

SMALL, NORMAL = 10.0, 12.5
"""Sizes of type: captions and labels of lines, names, headings."""
LINE = 1.28
"""Height of a line of text, in sizes of type."""
BOLD = 1.06
"""How much wider bold type runs."""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text in a box: `weight` is "bold" or "normal", `tone` "strong" or "soft"."""

    text: str
    size: float
    weight: str = "normal"
    tone: str = "strong"

    @property
    def height(self) -> float:
        """Room that the line takes downwards."""
        return self.size * LINE


@dataclass(frozen=True, slots=True)
class Box:
    """A node as drawn. `x`, `y` is its centre; `key` is unique in the drawing, `node` the id of the node it stands for.

    `shape` and `colour` are those of its label in the schema; `strong` marks what was asked about; `title` is the full name;
    `sources` are the numbers of those that its text cites.
    """

    key: str
    node: str
    label: str
    shape: str
    colour: str
    lines: tuple[Words, ...]
    title: str
    x: float
    y: float
    width: float
    height: float
    strong: bool = False
    frame: str = ""
    sources: tuple[int, ...] = ()

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x - self.width / 2, self.y - self.height / 2, self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame around boxes that are tied to the rest in the same way; lines end at it once instead of at each box."""

    key: str
    heading: str
    x: float
    y: float
    width: float
    height: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x - self.width / 2, self.y - self.height / 2, self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two boxes or frames, from subject to object.

    `bend` is 0 for a straight line, else how far it bows to the right (positive) or left as seen along it; `at` is where
    along it (0 to 1) its label stands, `label` its lines of text. `dashed`: no page on record says so; `faint`: low confidence.
    `colour` is "" but for paths, where each has its own.
    """

    key: str
    source: str
    target: str
    label: tuple[str, ...]
    title: str
    dashed: bool = False
    faint: bool = False
    arrow: bool = True
    bend: float = 0.0
    at: float = 0.5
    colour: str = ""
    sources: tuple[int, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of text in the drawing that belongs to no box: the name of a lane or column."""

    text: str
    x: float
    y: float
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything to draw, in a space from 0, 0 to `width`, `height`."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    frames: tuple[Frame, ...] = ()
    lines: tuple[Line, ...] = ()
    headings: tuple[Heading, ...] = ()
    drawn: int = 0
    total: int = 0

    def cited(self) -> tuple[int, ...]:
        """The numbers of all sources that its lines and boxes cite."""
        numbers = {n for line in self.lines for n in line.sources} | {n for box in self.boxes for n in box.sources}
        return tuple(sorted(numbers))

    def ends(self) -> dict[str, Box | Frame]:
        """Boxes and frames by key: what lines start and end at."""
        return {**{b.key: b for b in self.boxes}, **{f.key: f for f in self.frames}}
