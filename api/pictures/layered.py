"""Rows by role: agencies above committees above working groups above organisations, standards and policies below.

Rows and their order come from the schema (`Label.layer`); within one layer a superior stands above its inferior. The order
within a row is by barycentre sweeps (Sugiyama, Tagawa and Toda 1981), so that few lines cross.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from api.pictures.choice import Choice, Tie, marks
from api.pictures.drawing import SMALL, Box, Drawing, Frame, Line
from api.pictures.measure import balanced
from api.pictures.routing import routed
from api.pictures.shapes import Block, box, gathered, looks
from graph import schema
from graph.model import Language

PAGE = 1240.0
"""Widest row: what an A4 sheet in landscape shows at a readable size."""
MOST_IN_ROW = 8
MARGIN = 24.0
_ACROSS, _CLOSE, _DOWN = 66.0, 34.0, 98.0
"""Room between blocks of a row, the same where the page has no more, and room between rows."""
_BESIDE = 72.0
"""Room beside a frame, so that lines from above find a way down."""
_ORGANISED = tuple(schema.LABELS[name].layer for name in (schema.INSTITUTE, schema.COMPANY))
"""Layers whose frames may stand side by side."""
_LABEL = 128.0
"""Widest label of a line."""
_SWEEPS = 12
_OBJECT_ABOVE = ("SUBORDINATE_TO", "PART_OF", "OWNED_BY", "MEMBER_OF", "HOSTS_SECRETARIAT", "MIRRORS")
"""Types whose object stands above the subject; for all others the subject does."""


def layered(choice: Choice, roles: Mapping[str, str], lang: Language) -> Drawing:
    """The drawing of a choice of nodes, in rows."""
    boxes = [box(node, lang, roles.get(node.id, "")) for node in choice.nodes]
    blocks, ties, _ = gathered(boxes, choice.ties, lambda b: b.label, lambda b, n: heading_of(b, n, lang), 6)
    return arranged(blocks, ties, choice, lang)


def heading_of(first: Box, count: int, lang: Language) -> str:
    """The heading of a frame: the label of its boxes and how many they are."""
    en, zh, _, _ = looks(first.label)
    return f"{zh}（{count}）" if lang == "zh" else f"{en} ({count})"


def arranged(blocks: Sequence[Block], ties: Sequence[Tie], choice: Choice, lang: Language) -> Drawing:
    """Blocks in rows, with their lines routed."""
    by_key = {block.key: block for block in blocks}
    near: dict[str, set[str]] = {key: set() for key in by_key}
    for tie in ties:
        near[tie.source].add(tie.target)
        near[tie.target].add(tie.source)
    rows = _ordered(_rows(blocks, ties), near)
    rows = [part for row in rows for part in _folded(row, by_key)]
    places = _across(rows, by_key, near)
    lines = tuple(line(tie, n, lang) for n, tie in enumerate(ties))
    crowded = max((len(each.label) for each in lines), default=1)
    down = _DOWN + max(0, crowded - 3) * SMALL
    wide = max((places[k] + by_key[k].width / 2 for row in rows for k in row), default=0.0) + MARGIN
    drawn: list[Box] = []
    frames: list[Frame] = []
    y = MARGIN
    for row in rows:
        tall = max(by_key[key].height for key in row)
        for key in row:
            some, frame = by_key[key].placed(places[key], y + tall / 2)
            drawn += some
            frames += frame
        y += tall + down
    height = y - down + MARGIN if rows else 2 * MARGIN
    return routed(
        Drawing(round(max(wide, 2 * MARGIN), 1), round(height, 1), tuple(drawn), tuple(frames), lines, (),
                len(choice.nodes), choice.total)
    )  # fmt: skip


def line(tie: Tie, number: int, lang: Language, room: float = _LABEL) -> Line:
    """The line of a tie, not yet routed, with its label and the marks of its sources."""
    says, cited = tie.says(lang), marks(tie.sources)
    joint = "" if lang == "zh" else " "
    return Line(
        f"line:{number}",
        tie.source,
        tie.target,
        balanced(f"{says}{joint}{cited}", SMALL, room, 4),
        f"{says}{joint}{marks(tie.sources, 99)}",
        tie.dashed,
        tie.faint,
        sources=tie.sources,
        statements=tuple(key for link in tie.links for key in link.statements),
    )


def _rows(blocks: Sequence[Block], ties: Sequence[Tie]) -> list[list[str]]:
    layers = {block.key: _layer(block) for block in blocks}
    depth = dict.fromkeys(layers, 0)
    inner = [upright(tie) for tie in ties if layers[tie.source] == layers[tie.target]]
    # Longest path within the layer; bounded, since sources may state a circle.
    for _ in range(len(blocks)):
        moved = False
        for upper, lower in inner:
            if upper != lower and depth[lower] <= depth[upper] < len(blocks):
                depth[lower] = depth[upper] + 1
                moved = True
        if not moved:
            break
    deepest: dict[int, int] = {}
    for key, layer in layers.items():
        deepest[layer] = max(deepest.get(layer, 0), depth[key])
    tied = {key for pair in inner for key in pair}
    # Who is tied to none of its own layer stands in the lowest row of it, nearest to what it is tied to.
    depth.update({key: deepest[layer] for key, layer in layers.items() if key not in tied})
    rows: dict[tuple[int, int], list[str]] = {}
    for block in blocks:
        rows.setdefault((layers[block.key], depth[block.key]), []).append(block.key)
    found = [rows[key] for key in sorted(rows)]
    return _side_by_side(found, {block.key: block for block in blocks}, layers, ties)


def _side_by_side(
    rows: list[list[str]], blocks: Mapping[str, Block], layers: Mapping[str, int], ties: Sequence[Tie]
) -> list[list[str]]:
    """Rows of frames of organisations that are not tied to one another as one row, where the page has room for it."""
    tied = {frozenset((tie.source, tie.target)) for tie in ties}
    found = [rows[0]] if rows else []
    for row in rows[1:]:
        joint = [*found[-1], *row]
        if (
            any(blocks[key].framed for key in found[-1])
            and any(blocks[key].framed for key in row)
            and all(layers[key] in _ORGANISED for key in joint)
            and not any(frozenset((a, b)) in tied for a in found[-1] for b in row)
            and _width(joint, blocks) <= PAGE
        ):
            found[-1] = joint
        else:
            found.append(row)
    return found


def _width(row: Sequence[str], blocks: Mapping[str, Block], across: float = _CLOSE) -> float:
    return sum(blocks[key].width for key in row) + sum(_gap(blocks[a], blocks[b], across) for a, b in pairwise(row))


def _gap(a: Block, b: Block, across: float) -> float:
    return _BESIDE if a.framed or b.framed else across


def _layer(block: Block) -> int:
    known = schema.LABELS.get(block.boxes[0].label)
    return known.layer if known else max(label.layer for label in schema.LABELS.values()) + 1


def upright(tie: Tie) -> tuple[str, str]:
    """The ends of a tie, the one that stands above first."""
    return (tie.target, tie.source) if tie.links[0].type in _OBJECT_ABOVE else (tie.source, tie.target)


def _ordered(rows: list[list[str]], near: Mapping[str, set[str]]) -> list[list[str]]:
    best, fewest = rows, _crossings(rows, near)
    current = [list(row) for row in rows]
    for sweep in range(_SWEEPS):
        at = {key: (n + 0.5) / len(row) for row in current for n, key in enumerate(row)}
        turn = current if sweep % 2 == 0 else current[::-1]
        for row in turn:
            own = {key: n for n, key in enumerate(row)}
            inside = set(row)
            centre = {
                key: (sum(sorted(at[o] for o in others)) / len(others) if (others := near[key] - inside) else at[key])
                for key in row
            }
            row.sort(key=lambda key: (round(centre[key], 6), own[key]))
            at.update({key: (n + 0.5) / len(row) for n, key in enumerate(row)})
        crossings = _crossings(current, near)
        if crossings < fewest:
            best, fewest = [list(row) for row in current], crossings
    return best


def _crossings(rows: list[list[str]], near: Mapping[str, set[str]]) -> int:
    where = {key: (n, (i + 0.5) / len(row)) for n, row in enumerate(rows) for i, key in enumerate(row)}
    lines = [(where[a], where[b]) for a in where for b in sorted(near[a]) if where[a][0] < where[b][0]]
    return sum(
        1
        for i, (a, b) in enumerate(lines)
        for c, d in lines[i + 1 :]
        if a[0] < d[0] and c[0] < b[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0
    )


def _folded(row: list[str], blocks: Mapping[str, Block]) -> list[list[str]]:
    """A row that is too long for the page, as several; in turn, so that lines from the lower ones find gaps above."""
    parts = 1
    while True:
        rows = [row[n::parts] for n in range(parts)]
        fits = all(len(part) <= MOST_IN_ROW and _width(part, blocks) <= PAGE for part in rows)
        if fits or parts >= len(row):
            return rows
        parts += 1


def _across(rows: list[list[str]], blocks: Mapping[str, Block], near: Mapping[str, set[str]]) -> dict[str, float]:
    """The x of each block: as near to the mean of its neighbours as its row allows, all within the page."""
    across = _ACROSS if all(_width(row, blocks, _ACROSS) <= PAGE for row in rows) else _CLOSE
    at: dict[str, float] = {}
    for row in rows:
        at.update(_spread(row, dict.fromkeys(row, 0.0), blocks, across))
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            inside = set(row)
            wanted = {key: _middle(near[key] - inside, at, blocks) if near[key] - inside else at[key] for key in row}
            at.update(_spread(row, wanted, blocks, across))
    left = min((at[k] - blocks[k].width / 2 for k in at), default=0.0)
    return {key: round(x - left + MARGIN, 1) for key, x in at.items()}


def _middle(others: set[str], at: Mapping[str, float], blocks: Mapping[str, Block]) -> float:
    """The mean of the others' places; between two frames the gap, where a line can pass."""
    order = sorted(others, key=lambda key: (at[key], key))
    frames = [key for key in order if blocks[key].framed]
    if frames and len(frames) % 2 == 0:
        a, b = frames[len(frames) // 2 - 1], frames[len(frames) // 2]
        if at[a] < at[b]:
            return (at[a] + blocks[a].width / 2 + at[b] - blocks[b].width / 2) / 2
    return sum(at[key] for key in order) / len(order)


def _spread(
    row: Sequence[str], wanted: Mapping[str, float], blocks: Mapping[str, Block], across: float
) -> dict[str, float]:
    """Places in the order of the row, without overlap, as near to the wanted ones as can be (least squares)."""
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(
            offsets[-1] + (blocks[left].width + blocks[right].width) / 2 + _gap(blocks[left], blocks[right], across)
        )
    # Pool adjacent violators: after taking the offsets away, places may only grow.
    pools: list[tuple[float, int]] = []
    for key, offset in zip(row, offsets, strict=True):
        pools.append((wanted[key] - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, n), (b, m) = pools[-2:]
            pools[-2:] = [((a * n + b * m) / (n + m), n + m)]
    free = [mean for mean, count in pools for _ in range(count)]
    half = PAGE / 2
    low = -half + blocks[row[0]].width / 2
    high = half - blocks[row[-1]].width / 2 - offsets[-1]
    return {
        key: min(max(place, low), max(high, low)) + offset
        for key, place, offset in zip(row, free, offsets, strict=True)
    }
