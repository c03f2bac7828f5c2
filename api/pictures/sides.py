"""Partners by origin: what is asked about in the middle with its committees, domestic partners left, others right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.pictures.choice import Choice
from api.pictures.drawing import Box, Drawing, Frame, Heading
from api.pictures.layered import MARGIN, line
from api.pictures.routing import routed
from api.pictures.shapes import Block, box, gathered
from graph.model import Language
from queries.answer import Answer, Text

_BETWEEN, _DOWN = 190.0, 22.0
_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)
ORIGINS = {
    "domestic": Text("Domestic", "境内"),
    "foreign": Text("Foreign", "境外"),
    "joint_venture": Text("Joint ventures", "合资"),
    "unknown": Text("Origin unknown", "来源不详"),
}


def sides(answer: Answer, choice: Choice, lang: Language) -> Drawing:
    """The drawing of a coalition."""
    origins = _origins(answer)
    roles = answer.picture.roles
    boxes = [box(node, lang, roles.get(node.id, "")) for node in choice.nodes]
    blocks, ties, _ = gathered(
        boxes, choice.ties, lambda b: origins.get(b.node, b.label),
        lambda _b, _n: "", 2,
    )  # fmt: skip
    rank = {item.node.id: item.rank for item in answer.items}
    blocks.sort(key=lambda block: min(rank.get(b.node, 10**6) for b in block.boxes))
    left = [b for b in blocks if origins.get(b.boxes[0].node) == "domestic"]
    right = [b for b in blocks if origins.get(b.boxes[0].node, "domestic") != "domestic"]
    centre = sorted((b for b in blocks if b not in left and b not in right), key=lambda b: _place(b, roles))
    columns = [left, centre, right]
    tallest = max(_height(column) for column in columns)
    placed: list[Box] = []
    frames: list[Frame] = []
    headings: list[Heading] = []
    x = MARGIN
    for column, origin in zip(columns, ("domestic", "", "other"), strict=True):
        if not column:
            continue
        wide = max(block.width for block in column)
        # The middle has fewer boxes and needs room for the lines between them.
        gap = _DOWN if origin else max(80.0, min(150.0, (tallest - sum(b.height for b in column)) / (len(column) + 1)))
        y = MARGIN + 18 + (tallest - _height(column, gap)) / 2
        if origin:
            headings.append(Heading(_heading(column, origins, lang), x, round(y - 10, 1)))
        for block in column:
            some, frame = block.placed(x + wide / 2, y + block.height / 2)
            placed += some
            frames += frame
            y += block.height + gap
        x += wide + _BETWEEN
    lines = tuple(line(tie, n, lang) for n, tie in enumerate(ties))
    top = min((each.bounds[1] for each in _all(placed, frames)), default=MARGIN) - MARGIN - 22
    if top < 0:
        placed = [replace(b, y=round(b.y - top, 1)) for b in placed]
        frames = [replace(f, y=round(f.y - top, 1)) for f in frames]
        headings = [replace(h, y=round(h.y - top, 1)) for h in headings]
    bottom = max((each.bounds[3] for each in _all(placed, frames)), default=MARGIN) + MARGIN
    return routed(
        Drawing(round(x - _BETWEEN + MARGIN, 1), round(bottom, 1), tuple(placed), tuple(frames), lines,
                tuple(headings), len(choice.nodes), choice.total),
        _PLACES,
    )  # fmt: skip


def _all(boxes: list[Box], frames: list[Frame]) -> list[Box | Frame]:
    return [*boxes, *frames]


def _origins(answer: Answer) -> dict[str, str]:
    """The origin of each partner and of the entities that its evidence names first."""
    asker = {id for id, role in answer.picture.roles.items() if role == "asker"}
    return {
        item.node.id: str(item.details.get("origin") or "unknown")
        for item in answer.items
        if item.role == "partner" and item.node.id not in asker
    }


def _height(column: Sequence[Block], gap: float = _DOWN) -> float:
    return sum(block.height for block in column) + gap * max(0, len(column) - 1)


def _place(block: Block, roles: Mapping[str, str]) -> tuple[int, str]:
    order = {"asked": 1, "asker": 3}
    role = roles.get(block.boxes[0].node, "")
    middle = 0 if block.boxes[0].label in ("Committee", "WorkingGroup", "Agency") else 2
    return order.get(role, middle), block.key


def _heading(column: Sequence[Block], origins: Mapping[str, str], lang: Language) -> str:
    """How many of which origin the column holds."""
    count: dict[str, int] = {}
    for block in column:
        for b in block.boxes:
            origin = origins.get(b.node, "unknown")
            count[origin] = count.get(origin, 0) + 1
    said = []
    for origin, n in count.items():
        words = ORIGINS.get(origin, ORIGINS["unknown"])[lang]
        said.append(f"{words}（{n}）" if lang == "zh" else f"{words} ({n})")
    return ("、" if lang == "zh" else ", ").join(said)
