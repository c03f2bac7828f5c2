"""How lines run and where their labels stand: round boxes, apart from each other, labels on free ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.pictures.curves import Bounds, Point, along, inside, overlap, via, visible
from api.pictures.drawing import LINE, NORMAL, SMALL, Box, Drawing, Frame, Line
from api.pictures.measure import width

_BENDS = (0.0, 0.12, -0.12, 0.22, -0.22, 0.34, -0.34, 0.48, -0.48, 0.64, -0.64, 0.8, -0.8)
_APART = 0.2
"""How much the bends of two lines between the same ends must differ."""
_PLACES = (
    0.5,
    0.46,
    0.54,
    0.42,
    0.58,
    0.38,
    0.62,
    0.34,
    0.66,
    0.3,
    0.7,
    0.26,
    0.74,
    0.22,
    0.78,
    0.17,
    0.83,
    0.12,
    0.88,
)
_SAMPLES = 28
_ROUNDS = 3


def routed(drawing: Drawing) -> Drawing:
    """The drawing with the bend of each line and the place of each label chosen.

    Of all bends the gentlest that crosses the fewest boxes; of all places the one nearest to the middle of the visible part
    that covers the least of boxes, other labels and other lines. Deterministic: lines in their order, ties to the first.
    """
    ends = drawing.ends()
    bent: list[Line] = []
    taken: dict[frozenset[str], list[float]] = {}
    for line in drawing.lines:
        pair = frozenset((line.source, line.target))
        others = taken.setdefault(pair, [])
        # A bend is seen from the line's own start: turned round for lines that run the other way.
        sign = 1 if line.source <= line.target else -1
        free = [b for b in _BENDS if all(abs(b * sign - other) >= _APART for other in others)] or list(_BENDS)
        bend = min(free, key=lambda b: (_crossed(line, b, drawing, ends), abs(b), b < 0))
        others.append(bend * sign)
        bent.append(replace(line, bend=bend))
    return replace(drawing, lines=_labelled(bent, drawing, ends, _PLACES))


def course(line: Line, ends: dict[str, Box | Frame]) -> tuple[Point, Point, Point]:
    """Start, control point and end of a line, from centre to centre."""
    a, b = ends[line.source], ends[line.target]
    start, end = (a.x, a.y), (b.x, b.y)
    return start, via(start, end, line.bend), end


def label_bounds(line: Line, ends: dict[str, Box | Frame]) -> Bounds:
    """The rectangle of the line's label."""
    x, y = along(*course(line, ends), line.at)
    return _around(x, y, line.label)


def _around(x: float, y: float, label: tuple[str, ...]) -> Bounds:
    wide = max((width(text, SMALL) for text in label), default=0.0) + 6
    high = len(label) * SMALL * LINE + 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _crossed(line: Line, bend: float, drawing: Drawing, ends: dict[str, Box | Frame]) -> int:
    start, control, end = course(replace(line, bend=bend), ends)
    own = {line.source, line.target}
    obstacles = [b.bounds for b in drawing.boxes if b.key not in own and b.frame not in own and not b.frame]
    obstacles += [f.bounds for f in drawing.frames if f.key not in own]
    points = [along(start, control, end, n / _SAMPLES) for n in range(1, _SAMPLES)]
    hits = sum(1 for bounds in obstacles for p in points if inside(p, bounds, 5))
    outside = sum(1 for p in points if not inside(p, (0, 0, drawing.width, drawing.height)))
    return hits + 4 * outside


def crossed(drawing: Drawing) -> int:
    """How much of its lines a routed drawing hides behind boxes that they do not end at, in samples."""
    ends = drawing.ends()
    return sum(_crossed(line, line.bend, drawing, ends) for line in drawing.lines)


def _labelled(
    lines: Sequence[Line], drawing: Drawing, ends: dict[str, Box | Frame], places: Sequence[float]
) -> tuple[Line, ...]:
    """Each label where it costs least beside those placed before it; then once more beside all others."""
    solid = [b.bounds for b in drawing.boxes] + [f.bounds for f in drawing.frames]
    solid += [(h.x, h.y - NORMAL, h.x + width(h.text, NORMAL), h.y + 5) for h in drawing.headings]
    tracks = {line.key: [along(*course(line, ends), n / _SAMPLES) for n in range(_SAMPLES + 1)] for line in lines}
    placed: dict[str, Line] = {}
    for _ in range(_ROUNDS):
        for line in lines:
            if not line.label:
                continue
            labels = [label_bounds(other, ends) for key, other in placed.items() if key != line.key]
            foreign = [p for key, points in tracks.items() if key != line.key for p in points]
            placed[line.key] = _best(line, drawing, ends, places, solid, labels, foreign)
    return tuple(placed.get(line.key, line) for line in lines)


def _best(
    line: Line,
    drawing: Drawing,
    ends: dict[str, Box | Frame],
    places: Sequence[float],
    solid: Sequence[Bounds],
    labels: Sequence[Bounds],
    foreign: Sequence[Point],
) -> Line:
    """The line with its label where it covers the least: another label weighs most, then boxes, then lines."""
    track = course(line, ends)
    t0, t1 = visible(*track, ends[line.source].bounds, ends[line.target].bounds)

    def cost(place: float) -> float:
        bounds = _around(*along(*track, t0 + (t1 - t0) * place), line.label)
        area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
        written = sum(overlap(bounds, other) for other in labels)
        hidden = sum(overlap(bounds, other) for other in solid)
        beyond = area - overlap(bounds, (0, 0, drawing.width, drawing.height))
        crossed = sum(1 for p in foreign if inside(p, bounds, 2))
        return (
            (3 if written else 0)
            + (24 * written + 12 * hidden + 12 * beyond) / area
            + 0.35 * crossed
            + abs(place - places[0])
        )

    return replace(line, at=round(t0 + (t1 - t0) * min(places, key=cost), 4))
