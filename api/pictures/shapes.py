"""Boxes sized to their text, and frames around boxes that are tied to the rest in the same way."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from api.pictures.choice import Tie
from api.pictures.drawing import BOLD, NORMAL, SMALL, Box, Frame, Words
from api.pictures.measure import balanced, clean, width, wrap
from graph import schema
from graph.model import Language, NodeRef
from queries.answer import Text

ROOM = 132.0
"""Widest text in a box."""
_SIDE = {"hexagon": 20.0, "ellipse": 16.0, "note": 18.0, "box": 11.0}
_ABOVE = 7.0
_GAP = 12.0
"""Room between boxes of a frame."""
FRAMED = 4
"""From how many alike boxes on they share a frame."""

_NUMBERED = (schema.STANDARD, schema.COMMITTEE, schema.WORKING_GROUP)
_MARKED = {
    "asked": Text("asked about", "所问"),
    "asker": Text("for", "提问方"),
    "target": Text("target", "目标"),
}
_UNKNOWN = ("", "box", "#555555")


def looks(label: str) -> tuple[str, str, str, str]:
    """English and Chinese name, shape and colour of a label."""
    known = schema.LABELS.get(label)
    return (known.en, known.zh, known.shape, known.colour) if known else ("Unknown", "未知", *_UNKNOWN[1:])


def box(node: NodeRef, lang: Language, role: str = "", key: str = "", room: float = ROOM) -> Box:
    """The box of a node, at 0, 0: its kind in small type, its name, and for numbered things the title below."""
    en, zh, shape, colour = looks(node.label)
    caption = zh if lang == "zh" else en
    if role in _MARKED:
        caption = f"{caption} · {_MARKED[role][lang]}"
    name = clean(node.name(lang))
    lines = [Words(text, SMALL, tone="soft") for text in wrap(caption, SMALL, room, 2)]
    lines += [Words(text, NORMAL, "bold") for text in balanced(name or "?", NORMAL * BOLD, room, 5)]
    called = clean(node.title(lang)) if node.label in _NUMBERED else ""
    if called and called != name:
        lines += [Words(text, SMALL) for text in balanced(called, SMALL, room, 3)]
    widest = max(width(line.text, line.size * (BOLD if line.weight == "bold" else 1)) for line in lines)
    title = f"{name}\n{called}" if called else name
    return Box(
        key or node.id,
        node.id,
        node.label,
        shape,
        colour,
        tuple(lines),
        f"{zh if lang == 'zh' else en}: {title}",
        0.0,
        0.0,
        round(max(86.0, widest + 2 * _SIDE.get(shape, 14.0)), 1),
        round(sum(line.height for line in lines) + 2 * _ABOVE, 1),
        strong=role in _MARKED,
    )


@dataclass(frozen=True, slots=True)
class Block:
    """What is placed as one: a box, or a frame with its boxes, which stand relative to the frame's centre."""

    key: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    heading: str | None = None

    @property
    def framed(self) -> bool:
        """Whether it is a frame."""
        return self.heading is not None

    def placed(self, x: float, y: float) -> tuple[tuple[Box, ...], tuple[Frame, ...]]:
        """Its boxes, and its frame if it has one, with the centre of all at `x`, `y`."""
        x, y = round(x, 1), round(y, 1)
        boxes = tuple(replace(b, x=round(b.x + x, 1), y=round(b.y + y, 1)) for b in self.boxes)
        if self.heading is None:
            return boxes, ()
        return boxes, (Frame(self.key, self.heading, x, y, self.width, self.height),)


def single(box: Box) -> Block:
    """A box by itself."""
    return Block(box.key, box.width, box.height, (box,))


def framed(key: str, heading: str, boxes: Sequence[Box], columns: int) -> Block:
    """A frame with its boxes in rows of `columns`, in their order, under its heading if it has one."""
    columns = min(columns, len(boxes))
    rows = [boxes[i : i + columns] for i in range(0, len(boxes), columns)]
    widths = [max(row[c].width for row in rows if c < len(row)) for c in range(columns)]
    inner = sum(widths) + _GAP * (columns - 1)
    room = max(inner, width(heading, SMALL * 1.1)) + 2 * _GAP
    head = SMALL * 1.28 + 8 if heading else _GAP
    heights = [max(b.height for b in row) for row in rows]
    height = head + sum(heights) + _GAP * len(rows) + 4
    found = []
    y = -height / 2 + head
    for row, tall in zip(rows, heights, strict=True):
        x = -inner / 2
        for b, wide in zip(row, widths[: len(row)], strict=True):
            found.append(replace(b, x=round(x + wide / 2, 1), y=round(y + tall / 2, 1), frame=key))
            x += wide + _GAP
        y += tall + _GAP
    return Block(key, round(room, 1), round(height, 1), tuple(found), heading)


def gathered(
    boxes: Sequence[Box],
    ties: Sequence[Tie],
    apart: Callable[[Box], str],
    heading: Callable[[Box, int], str],
    columns: int,
    least: int = FRAMED,
) -> tuple[list[Block], list[Tie], dict[str, str]]:
    """Boxes as blocks: those tied alike to the same others share a frame, from `least` of them on.

    Alike means: the same kinds of tie, in the same direction, equally sure, to the same nodes, and the same `apart`. Gives the
    blocks, the ties with those of a frame said once (their sources together), and the block of each node.
    """
    marked: dict[str, list[tuple[str, ...]]] = {b.key: [] for b in boxes}
    for tie in ties:
        said = (repr(tie.kind), str(tie.dashed), str(tie.faint))
        marked[tie.source].append(("to", tie.target, *said))
        marked[tie.target].append(("from", tie.source, *said))
    alike: dict[tuple[object, ...], list[Box]] = {}
    for b in boxes:
        mark = tuple(sorted(marked[b.key]))
        key = (apart(b), mark) if mark and not b.strong else (b.key,)
        alike.setdefault(key, []).append(b)
    blocks: list[Block] = []
    home: dict[str, str] = {}
    for same in alike.values():
        if len(same) >= least:
            name = f"frame:{same[0].key}"
            blocks.append(framed(name, heading(same[0], len(same)), same, _columns(len(same), columns)))
        else:
            blocks += [single(b) for b in same]
    for block in blocks:
        home.update({b.key: block.key for b in block.boxes})
    return blocks, _once(ties, home), home


def _columns(count: int, most: int) -> int:
    """Columns of a frame: about as wide as high (a box is twice as wide as high, with its room), `most` at most."""
    return 1 if count < FRAMED else max(2, min(most, round(math.sqrt(count * 0.6))))


def _once(ties: Sequence[Tie], home: dict[str, str]) -> list[Tie]:
    found: dict[tuple[object, ...], Tie] = {}
    for tie in ties:
        source, target = home[tie.source], home[tie.target]
        key = (source, target, tie.kind, tie.dashed, tie.faint)
        if key in found:
            found[key] = replace(found[key], links=(*found[key].links, *tie.links))
        else:
            found[key] = Tie(source, target, tie.links)
    return list(found.values())
