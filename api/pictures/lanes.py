"""Paths as lanes from left to right: who asks on the left, the target on the right, each path a numbered lane of its own.

A body that lies on several paths is drawn in each lane, so that every path can be followed by eye.
"""

from __future__ import annotations

from dataclasses import replace

from api.pictures.choice import documented, marks, period
from api.pictures.drawing import NORMAL, SMALL, Box, Drawing, Heading, Line
from api.pictures.layered import MARGIN
from api.pictures.measure import balanced, clean, width
from api.pictures.routing import routed
from api.pictures.shapes import box
from graph import schema
from graph.model import Language
from queries.answer import Answer, Evidence, Hop, Item, Text
from queries.evidence import phrase
from queries.paths import CHANNELS

COLOURS = ("#0b5fa5", "#b3421b", "#2e7d4f", "#7a3e9d", "#8a6d00", "#0f7c85", "#a62a5b", "#555555")
"""A colour for each path, apart also for most who see colours otherwise; each lane is numbered besides."""
MOST_LANES = 8
_BETWEEN = 178.0
_LANE = 46.0
_LABEL = 140.0
_TOGETHER = Text("drafted {0} together", "共同起草{0}")
_DRAFTS = Text("drafted {0} of its standards", "起草其{0}项标准")


def lanes(answer: Answer, lang: Language) -> Drawing:
    """The drawing of an answer whose items are paths."""
    paths = [item for item in answer.items if item.hops][:MOST_LANES]
    start, end = paths[0].hops[0].source, paths[0].hops[-1].target
    first = box(start, lang, "asker", key="start")
    last = box(end, lang, "target", key="end")
    rows = [
        [box(hop.target, lang, key=f"{item.rank}:{n}") for n, hop in enumerate(item.hops[:-1])]
        for item in _order(paths)
    ]
    columns = max(len(row) for row in rows)
    named = max(width(_heading(item, lang), NORMAL * 1.06) for item in paths)
    widest = max((max(b.width, named) for row in rows for b in row), default=0.0)
    span = columns * widest + (columns + 1) * _BETWEEN if columns else 2.2 * _BETWEEN
    left, right = MARGIN + first.width, MARGIN + first.width + span
    boxes: list[Box] = []
    lines: list[Line] = []
    headings: list[Heading] = []
    straight: list[float] = []
    y = MARGIN + 20
    for item, row in zip(_order(paths), rows, strict=True):
        colour = COLOURS[(item.rank - 1) % len(COLOURS)]
        tall = max((b.height for b in row), default=30.0)
        middle = y + tall / 2
        gap = (span - sum(b.width for b in row)) / (len(row) + 1)
        x = left
        keys = ["start"]
        for b in row:
            x += gap + b.width / 2
            boxes.append(replace(b, x=round(x, 1), y=round(middle, 1)))
            keys.append(b.key)
            x += b.width / 2
        keys.append("end")
        place = (boxes[-len(row)].x if row else left + span / 2) - width(_heading(item, lang), NORMAL) / 2
        # Lines come from the middle: the name of a lane stands on the far side of its boxes.
        if not row:
            at = middle - 22
        elif len(headings) < len(paths) / 2:
            at = middle - row[0].height / 2 - 8
        else:
            at = middle + row[0].height / 2 + 16
        headings.append(Heading(_heading(item, lang), round(place, 1), round(at, 1), colour))
        if not row:
            straight.append(middle)
        for n, hop in enumerate(item.hops):
            lines.append(_line(f"{item.rank}:{n}", hop, keys[n], keys[n + 1], colour, lang))
        y += tall + _LANE
    y -= _LANE
    # The ends stand where the path of one step runs, else in the middle of all lanes.
    centre = sum(straight) / len(straight) if straight else (MARGIN + 20 + y) / 2
    tall = max(first.height, last.height) / 2
    down = max(0.0, MARGIN + tall - centre)
    height = max(y + 20, centre + tall) + down + MARGIN
    boxes = [replace(b, y=round(b.y + down, 1)) for b in boxes]
    headings = [replace(h, y=round(h.y + down, 1)) for h in headings]
    centre = round(centre + down, 1)
    boxes.insert(0, replace(first, x=round(MARGIN + first.width / 2, 1), y=centre))
    boxes.append(replace(last, x=round(right + last.width / 2, 1), y=centre))
    nodes = {b.node for b in boxes}
    total = nodes | {node.id for item in answer.items for hop in item.hops for node in (hop.source, hop.target)}
    drawing = Drawing(
        round(right + last.width + MARGIN, 1), round(height, 1), tuple(boxes), (), tuple(lines), tuple(headings),
        len(nodes), len(total),
    )  # fmt: skip
    return routed(drawing)


def _order(paths: list[Item]) -> list[Item]:
    """By rank, but a path of one step stands in the middle, where its line runs straight."""
    long = [item for item in paths if len(item.hops) > 1]
    direct = [item for item in paths if len(item.hops) == 1]
    half = (len(long) + 1) // 2
    return [*long[:half], *direct, *long[half:]]


def _heading(item: Item, lang: Language) -> str:
    channel = str(item.details.get("channel") or "")
    words = CHANNELS[channel][lang] if channel in CHANNELS else clean(channel)
    return f"{item.rank} · {words}" if words else str(item.rank)


def _line(key: str, hop: Hop, source: str, target: str, colour: str, lang: Language) -> Line:
    best = hop.evidence[0] if hop.evidence else None
    numbers = sorted({n for e in hop.evidence for n in e.sources})
    says, arrow = _says(hop, lang)
    ahead = best is None or not arrow or _ahead(hop, best)
    joint = "" if lang == "zh" else " "
    return Line(
        key,
        source if ahead else target,
        target if ahead else source,
        balanced(f"{says}{joint}{marks(numbers)}", SMALL, _LABEL, 4),
        f"{clean(hop.says[lang])}{joint}{marks(numbers, 99)}",
        dashed=bool(hop.evidence) and not any(documented(e) for e in hop.evidence),
        faint=best is not None and best.confidence == "low",
        arrow=arrow,
        colour=colour,
        sources=tuple(numbers),
        statements=tuple(e.statement for e in hop.evidence),
    )


def _says(hop: Hop, lang: Language) -> tuple[str, bool]:
    """The words on the line, and whether they read in one direction only."""
    named = list(dict.fromkeys(e.object.name(lang) for e in hop.evidence if e.object and e.type == "DRAFTED"))
    number = max(hop.shared, len(named))
    if hop.tie == "CO_DRAFTED":
        return _TOGETHER[lang].format(clean(named[0]) if number == 1 and named else _count(number, lang)), False
    if hop.tie == "DRAFTS_IN":
        # What else ties the two is worth more than the number: who runs the secretariat is heard at once.
        beside = [words_of(e, lang) for e in hop.evidence if e.type in schema.TIES][:1]
        return ("；" if lang == "zh" else "; ").join([_DRAFTS[lang].format(number), *beside]), True
    if not hop.evidence or hop.evidence[0].object is None:
        return clean(hop.says[lang]), False
    e = hop.evidence[0]
    return words_of(e, lang), True


def _ahead(hop: Hop, e: Evidence) -> bool:
    """Whether the statement runs the way of the hop. Its ends may be entities of the groups that the hop names."""
    if hop.tie == "DRAFTS_IN":
        return hop.target.label in schema.BODIES
    far = e.object.id if e.object else ""
    if hop.source.id in (e.subject.id, far):
        return e.subject.id == hop.source.id
    return e.subject.id != hop.target.id


def _count(number: int, lang: Language) -> str:
    return f"{number}项标准" if lang == "zh" else f"{number} standards"


def words_of(e: Evidence, lang: Language) -> str:
    """The verb phrase of a relationship with its dates, as on a line of any other picture."""
    words = clean(phrase(e.type, e.qualifier)[lang]).rstrip("：:")
    return words + period(e.type, e.since, e.until, lang)
