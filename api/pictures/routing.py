"""How lines run and where their labels stand: round boxes, apart from each other, labels on free ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

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
    return replace(drawing, lines=_labelled(bent, drawing, ends))


def course(line: Line, ends: dict[str, Box | Frame]) -> tuple[Point, Point, Point]:
    """Start, control point and end of a line, from centre to centre."""
    a, b = ends[line.source], ends[line.target]
    start, end = (a.x, a.y), (b.x, b.y)
    return start, via(start, end, line.bend), end


def label_bounds(line: Line, ends: dict[str, Box | Frame]) -> Bounds:
    """The rectangle of the line's label."""
    x, y = along(*course(line, ends), line.at)
    wide, high = label_size(line.label)
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def label_size(label: Sequence[str]) -> tuple[float, float]:
    """Width and height of a label with its rim."""
    return max((width(text, SMALL) for text in label), default=0.0) + 6, len(label) * SMALL * LINE + 2


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


def _labelled(lines: Sequence[Line], drawing: Drawing, ends: dict[str, Box | Frame]) -> tuple[Line, ...]:
    """Each label where it costs least beside those placed before it; then again beside all others."""
    tracks = {line.key: [along(*course(line, ends), n / _SAMPLES) for n in range(_SAMPLES + 1)] for line in lines}
    choices = {line.key: _places(line, drawing, ends, tracks) for line in lines if line.label}
    chosen: dict[str, _Place] = {}
    for _ in range(_ROUNDS):
        for key, places in choices.items():
            others = [place.bounds for other, place in chosen.items() if other != key]
            chosen[key] = min(places, key=partial(_cost, others))
    return tuple(replace(line, at=chosen[line.key].at) if line.key in chosen else line for line in lines)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place for a label: where along the line, what it takes up, and what it covers apart from other labels."""

    at: float
    bounds: Bounds
    cost: float


def _places(
    line: Line, drawing: Drawing, ends: dict[str, Box | Frame], tracks: Mapping[str, Sequence[Point]]
) -> list[_Place]:
    """All places for a label: boxes and headings weigh most, then other lines, then distance from the middle."""
    solid = [b.bounds for b in drawing.boxes] + [f.bounds for f in drawing.frames]
    solid += [(h.x, h.y - NORMAL, h.x + width(h.text, NORMAL), h.y + 5) for h in drawing.headings]
    track = course(line, ends)
    t0, t1 = visible(*track, ends[line.source].bounds, ends[line.target].bounds)
    wide, high = label_size(line.label)
    found = []
    for place in _PLACES:
        at = round(t0 + (t1 - t0) * place, 4)
        x, y = along(*track, at)
        bounds = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        hidden = sum(overlap(bounds, other) for other in solid)
        beyond = wide * high - overlap(bounds, (0, 0, drawing.width, drawing.height))
        left, top, right, bottom = bounds[0] - 2, bounds[1] - 2, bounds[2] + 2, bounds[3] + 2
        met = sum(
            1
            for key, points in tracks.items()
            if key != line.key
            for px, py in points
            if left <= px <= right and top <= py <= bottom
        )
        cost = 12 * (hidden + beyond) / (wide * high) + 0.35 * met + abs(place - 0.5)
        found.append(_Place(at, bounds, cost))
    return found


def _cost(labels: Sequence[Bounds], place: _Place) -> float:
    """What a place costs beside other labels; to cover one of them costs more than anything else."""
    left, top, right, bottom = place.bounds
    shared = sum(overlap(place.bounds, other) for other in labels)
    return place.cost + (3 + 24 * shared / ((right - left) * (bottom - top)) if shared else 0.0)
