"""One thing in the middle and what is adjacent to it around: superiors above, artefacts below, other actors on both sides.

Every line runs from the middle to a block that nothing stands before, so that no line crosses another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.pictures.choice import Choice, Tie
from api.pictures.drawing import Box, Drawing, Frame
from api.pictures.layered import MARGIN, heading_of, line, upright
from api.pictures.routing import routed
from api.pictures.shapes import Block, box, gathered
from graph import schema
from graph.model import Language

_ACROSS, _DOWN, _BETWEEN, _ROW = 36.0, 30.0, 176.0, 96.0
_WIDEST = 1000.0
_TOGETHER = 2
"""From how many alike neighbours on they share a frame: in a star that hides no tie."""


def hub(choice: Choice) -> str:
    """The node that every tie touches, if there is one and something to put around it, else ""."""
    if len(choice.nodes) < 5 or not choice.ties:
        return ""
    common = set.intersection(*({tie.source, tie.target} for tie in choice.ties))
    return next((node.id for node in choice.nodes if node.id in common), "")


def star(choice: Choice, middle: str, roles: Mapping[str, str], lang: Language) -> Drawing:
    """The drawing of a choice in which every tie touches `middle`."""
    boxes = [box(node, lang, roles.get(node.id, "")) for node in choice.nodes]
    blocks, ties, home = gathered(
        boxes, choice.ties, lambda b: b.label, lambda b, n: heading_of(b, n, lang), 4, least=_TOGETHER
    )
    centre = next(block for block in blocks if block.key == home[middle])
    above, below, side = _zones([block for block in blocks if block is not centre], centre, ties)
    left, right = _halves(side)
    wide = max(_row_width(above), _row_width(below), centre.width)
    columns = max(_column_height(left), _column_height(right))
    inner = max(centre.width + 2 * _BETWEEN, 0.0)
    left_wide = max((block.width for block in left), default=0.0)
    right_wide = max((block.width for block in right), default=0.0)
    total = max(wide, inner + left_wide + right_wide if left or right else wide)
    x = (
        MARGIN + (total - inner - left_wide - right_wide) / 2 + left_wide + inner / 2
        if left or right
        else MARGIN + total / 2
    )
    # Rows stand over the middle; where they are wider than one side allows, all moves over.
    shift = max(0.0, MARGIN + wide / 2 - x)
    x += shift
    above_high = max((block.height for block in above), default=0.0)
    band = max(columns, centre.height)
    y = MARGIN + (above_high + _ROW if above else 0.0) + band / 2
    placed: list[Box] = []
    frames: list[Frame] = []

    def put(block: Block, at_x: float, at_y: float) -> None:
        some, frame = block.placed(at_x, at_y)
        placed.extend(some)
        frames.extend(frame)

    put(centre, x, y)
    for row, high, at_y in (
        (above, above_high, MARGIN + above_high / 2),
        (below, 0.0, y + band / 2 + _ROW + max((b.height for b in below), default=0.0) / 2),
    ):
        at_x = x - _row_width(row) / 2
        for block in row:
            # Superiors stand on the lower edge of their row, nearest to what they are above.
            put(block, at_x + block.width / 2, at_y + (high - block.height) / 2 if high else at_y)
            at_x += block.width + _ACROSS
    for column, at_x in ((left, x - inner / 2 - left_wide / 2), (right, x + inner / 2 + right_wide / 2)):
        at_y = y - _column_height(column) / 2
        for block in column:
            put(block, at_x, at_y + block.height / 2)
            at_y += block.height + _DOWN
    ends = [*(b.bounds for b in placed), *(f.bounds for f in frames)]
    lines = tuple(line(tie, n, lang) for n, tie in enumerate(ties))
    return routed(
        Drawing(
            round(max(bounds[2] for bounds in ends) + MARGIN, 1),
            round(max(bounds[3] for bounds in ends) + MARGIN, 1),
            tuple(placed), tuple(frames), lines, (), len(choice.nodes), choice.total,
        ))  # fmt: skip


def _zones(blocks: Sequence[Block], centre: Block, ties: Sequence[Tie]) -> tuple[list[Block], list[Block], list[Block]]:
    """What stands above, below and beside: agencies and committees over the middle, artefacts and fields under it."""
    own = _layer(centre)
    uppers = {upper for upper, lower in map(upright, ties) if lower == centre.key}
    above: list[Block] = []
    below: list[Block] = []
    side: list[Block] = []
    for block in blocks:
        label = block.boxes[0].label
        over = _layer(block) < own or (_layer(block) == own and block.key in uppers)
        if label in (schema.AGENCY, schema.COMMITTEE, schema.ASSOCIATION) and over and label != schema.ASSOCIATION:
            row = above
        elif label not in schema.ACTORS:
            row = below if not (over and label in schema.ARTEFACTS) else above
        else:
            row = side
        row.append(block)
    for row in (above, below):
        while len(row) > 1 and _row_width(row) > _WIDEST:
            side.append(row.pop())
    return above, below, side


def _layer(block: Block) -> int:
    known = schema.LABELS.get(block.boxes[0].label)
    return known.layer if known else len(schema.LABELS)


def _halves(side: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Both sides about equally high, in order, the first ones left."""
    left: list[Block] = []
    right: list[Block] = []
    for block in sorted(side, key=lambda block: (-block.height, block.key)):
        (left if _column_height(left) <= _column_height(right) else right).append(block)
    order = {block.key: n for n, block in enumerate(side)}
    return sorted(left, key=lambda b: order[b.key]), sorted(right, key=lambda b: order[b.key])


def _row_width(row: Sequence[Block]) -> float:
    return sum(block.width for block in row) + _ACROSS * max(0, len(row) - 1)


def _column_height(column: Sequence[Block]) -> float:
    return sum(block.height for block in column) + _DOWN * max(0, len(column) - 1)
