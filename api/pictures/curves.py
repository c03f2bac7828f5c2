"""The geometry of lines: a straight line or one quadratic curve from centre to centre.

Rule: a line that bows is the curve "curvedCW" of vis-network (`bend` > 0) or its mirror (`bend` < 0), which the interactive
page draws by itself; the same formula here gives the vector file the same picture.
"""

from __future__ import annotations

import math

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]


def via(start: Point, end: Point, bend: float) -> Point:
    """The control point of the curve.

    >>> via((0, 0), (10, 0), 0)
    (5.0, 0.0)
    """
    dx, dy = end[0] - start[0], start[1] - end[1]
    length = math.hypot(dx, dy)
    angle = math.atan2(dy, dx) + (bend * 0.5 + 0.5) * math.pi
    reach = (abs(bend) * 0.5 + 0.5) * length
    return round(start[0] + reach * math.sin(angle), 3), round(start[1] + reach * math.cos(angle), 3)


def along(start: Point, control: Point, end: Point, t: float) -> Point:
    """The point of the curve at `t`, from 0 (start) to 1 (end)."""
    u = 1 - t
    return (
        u * u * start[0] + 2 * u * t * control[0] + t * t * end[0],
        u * u * start[1] + 2 * u * t * control[1] + t * t * end[1],
    )


def inside(point: Point, bounds: Bounds, room: float = 0.0) -> bool:
    """Whether the point lies in the rectangle, widened by `room`."""
    return bounds[0] - room <= point[0] <= bounds[2] + room and bounds[1] - room <= point[1] <= bounds[3] + room


def overlap(a: Bounds, b: Bounds) -> float:
    """The area that two rectangles share.

    >>> overlap((0, 0, 2, 2), (1, 1, 3, 3)), overlap((0, 0, 1, 1), (1, 0, 2, 1))
    (1, 0)
    """
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


def visible(start: Point, control: Point, end: Point, near: Bounds, far: Bounds) -> tuple[float, float]:
    """Where the curve leaves the rectangle around its start, and where it enters the one around its end, as `t`."""
    leaves, enters = 0.0, 1.0
    if not inside(end, near):
        leaves = _crossing(start, control, end, near, 0.0, 1.0)
    if not inside(start, far):
        enters = _crossing(start, control, end, far, 1.0, 0.0)
    return (leaves, enters) if leaves < enters else (0.0, 1.0)


def _crossing(start: Point, control: Point, end: Point, bounds: Bounds, within: float, beyond: float) -> float:
    for _ in range(24):
        middle = (within + beyond) / 2
        if inside(along(start, control, end, middle), bounds):
            within = middle
        else:
            beyond = middle
    return beyond


def part(start: Point, control: Point, end: Point, t0: float, t1: float) -> tuple[Point, Point, Point]:
    """The same curve from `t0` to `t1` alone, as start, control point and end."""
    a, b = along(start, control, end, t0), along(start, control, end, t1)
    u = 1 - t0
    middle = tuple(u * (1 - t1) * start[i] + (u * t1 + t0 * (1 - t1)) * control[i] + t0 * t1 * end[i] for i in (0, 1))
    return a, (middle[0], middle[1]), b
