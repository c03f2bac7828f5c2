"""A picture as one SVG file that needs nothing else: own paint, fonts by family with Chinese fall-backs, no script."""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from api.pictures.curves import along, part, visible
from api.pictures.drawing import BOLD, LINE, NORMAL, SMALL, Box, Drawing, Frame, Line
from api.pictures.layout import drawing_of
from api.pictures.measure import ELLIPSIS, clean, width, wrap
from api.pictures.routing import course, label_bounds
from api.pictures.wording import PRODUCT, Sign, cited, counts, legend, reference, say, title
from graph.model import Language
from queries.answer import Answer

FONTS = (
    "'Helvetica Neue', Helvetica, Arial, 'Noto Sans', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', SimHei, sans-serif"
)
PAPER, INK, SOFT, EDGE = "#ffffff", "#1c1c1c", "#5a5a5a", "#5d6570"
"""Colours of paper, text, small text and lines. The paper is always drawn, so that the picture reads on a dark page too."""
_MARGIN = 24.0
_DASH = "6 4"
_SUMMARY = 8
"""Lines of the answer's summary above a picture."""


def svg(answer: Answer, lang: Language = "en") -> str:
    """The answer's picture with title, legend, date and numbered sources. Same answer, same bytes."""
    drawing = drawing_of(answer, lang)
    wide = max(drawing.width, 720.0)
    heading = title(answer, lang)
    head = list(_head(answer, heading, wide, lang))
    top = _MARGIN + sum(height for _, _, height in head)
    foot = list(_foot(answer, drawing, wide, lang))
    bottom = top + drawing.height
    height = bottom + sum(row_height for _, row_height in foot) + _MARGIN
    described = " ".join(text[lang] for text in answer.summary)
    size = f'viewBox="0 0 {_n(wide)} {_n(height)}" width="{_n(wide)}" height="{_n(height)}"'
    described_by = f'role="img" aria-labelledby="title desc" lang="{_tag(lang)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {described_by} {size} font-family={quoteattr(FONTS)}>',
        f'<title id="title">{_text(heading)}</title>',
        f'<desc id="desc">{_text(clean(described, 1000))} {_text(say("as_of", lang, answer.as_of))}</desc>',
        f'<rect width="{_n(wide)}" height="{_n(height)}" fill="{PAPER}"/>',
    ]
    y = _MARGIN
    for text, attributes, row_height in head:
        y += row_height
        parts.append(f'<text x="{_n(_MARGIN)}" y="{_n(y - 4)}" {attributes}>{_text(text)}</text>')
    left = (wide - drawing.width) / 2
    parts.append(f'<g class="drawing" transform="translate({_n(left)} {_n(top)})">')
    parts += _drawn(drawing)
    parts.append("</g>")
    y = bottom
    for markup, row_height in foot:
        parts.append(f'<g transform="translate({_n(_MARGIN)} {_n(y)})">{markup}</g>')
        y += row_height
    parts.append("</svg>\n")
    return "\n".join(parts)


def _tag(lang: Language) -> str:
    return "zh-Hans" if lang == "zh" else "en"


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".") if number else "0"


def _text(text: str) -> str:
    return escape(text)


def _head(answer: Answer, heading: str, wide: float, lang: Language) -> Iterator[tuple[str, str, float]]:
    room = wide - 2 * _MARGIN
    for text in wrap(heading, 20, room, 2):
        yield text, f'font-size="20" font-weight="bold" fill="{INK}"', 28
    lines = 2 if len(answer.summary) <= _SUMMARY // 2 else 1
    rows = [row for text in answer.summary for row in wrap(text[lang], NORMAL, room, lines)]
    if len(rows) > _SUMMARY:
        rows = [*rows[: _SUMMARY - 1], ELLIPSIS]
    for text in rows:
        yield text, f'font-size="{NORMAL}" fill="{SOFT}"', NORMAL * 1.45


def _drawn(drawing: Drawing) -> Iterator[str]:
    ends = drawing.ends()
    yield from (_frame(frame) for frame in drawing.frames)
    yield from (_line(line, ends) for line in drawing.lines)
    yield from (_box(box) for box in drawing.boxes)
    yield from (_label(line, ends) for line in drawing.lines if line.label)
    for h in drawing.headings:
        # On paper of its own: a line that passes below must not strike it through.
        yield (
            f'<rect x="{_n(h.x - 3)}" y="{_n(h.y - NORMAL)}" width="{_n(width(h.text, NORMAL) * BOLD + 6)}" '
            f'height="{_n(NORMAL * LINE)}" fill="{PAPER}" fill-opacity="0.92"/>'
            f'<text x="{_n(h.x)}" y="{_n(h.y)}" font-size="{NORMAL}" font-weight="bold" fill="{h.colour or INK}">'
            f"{_text(h.text)}</text>"
        )


def _frame(frame: Frame) -> str:
    x, y = frame.x - frame.width / 2, frame.y - frame.height / 2
    return (
        f'<g class="frame"><rect x="{_n(x)}" y="{_n(y)}" width="{_n(frame.width)}" height="{_n(frame.height)}" rx="8" '
        f'fill="#f5f6f8" stroke="#b9c0c9"/><text x="{_n(x + 12)}" y="{_n(y + 15)}" font-size="{SMALL * 1.1}" '
        f'font-weight="bold" fill="{SOFT}">{_text(frame.heading)}</text></g>'
    )


def outline(shape: str, x: float, y: float, w: float, h: float, attributes: str) -> str:
    """The outline of a box with its centre at `x`, `y`, by the shape of its label."""
    left, top, right, bottom = x - w / 2, y - h / 2, x + w / 2, y + h / 2
    if shape == "hexagon":
        cut = min(12.0, h / 3)
        points = [
            (left, y),
            (left + cut, top),
            (right - cut, top),
            (right, y),
            (right - cut, bottom),
            (left + cut, bottom),
        ]
        return f'<polygon points="{" ".join(f"{_n(a)},{_n(b)}" for a, b in points)}" {attributes}/>'
    if shape == "note":
        fold = min(12.0, h / 3)
        path = f"M{_n(left)} {_n(top)}H{_n(right - fold)}L{_n(right)} {_n(top + fold)}V{_n(bottom)}H{_n(left)}Z"
        crease = f"M{_n(right - fold)} {_n(top)}V{_n(top + fold)}H{_n(right)}"
        return f'<path d="{path}{crease}" {attributes}/>'
    round_ = min(h / 2, 22.0) if shape == "ellipse" else 3.0
    return f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(w)}" height="{_n(h)}" rx="{_n(round_)}" {attributes}/>'


def tint(colour: str, share: float = 0.09) -> str:
    """The colour on white paper, `share` of it.

    >>> tint("#000000", 0.5)
    '#808080'
    """
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{math.floor(255 - (255 - part) * share + 0.5):02x}" for part in parts)


def _box(box: Box) -> str:
    fill = tint(box.colour, 0.2 if box.strong else 0.09)
    style = f'fill="{fill}" stroke="{box.colour}" stroke-width="{3 if box.strong else 1.4}" stroke-linejoin="round"'
    rows = []
    y = box.y - sum(line.height for line in box.lines) / 2
    for words in box.lines:
        y += words.height
        weight = ' font-weight="bold"' if words.weight == "bold" else ""
        colour = box.colour if words.tone == "soft" else INK
        rows.append(
            f'<text x="{_n(box.x)}" y="{_n(y - words.size * 0.3)}" font-size="{words.size}"{weight} fill="{colour}" '
            f'text-anchor="middle">{_text(words.text)}</text>'
        )
    return (
        f'<g class="node" data-node={quoteattr(clean(box.node))}><title>{_text(box.title)}</title>'
        f"{outline(box.shape, box.x, box.y, box.width, box.height, style)}{''.join(rows)}</g>"
    )


def _line(line: Line, ends: dict[str, Box | Frame]) -> str:
    track = course(line, ends)
    t0, t1 = visible(*track, ends[line.source].bounds, ends[line.target].bounds)
    start, control, end = part(*track, t0, t1)
    colour = line.colour or EDGE
    dash = f' stroke-dasharray="{_DASH}"' if line.dashed else ""
    faint = ' stroke-opacity="0.45"' if line.faint else ""
    strong = 2.2 if line.colour else 1.4
    head = _arrow(track, t1, colour) if line.arrow else ""
    bow = (
        f"Q{_n(control[0])} {_n(control[1])} {_n(end[0])} {_n(end[1])}" if line.bend else f"L{_n(end[0])} {_n(end[1])}"
    )
    return (
        f'<g class="tie"><title>{_text(line.title)}</title><path d="M{_n(start[0])} {_n(start[1])}{bow}" fill="none" '
        f'stroke="{colour}" stroke-width="{strong}"{dash}{faint}/>{head}</g>'
    )


def _arrow(track: tuple[tuple[float, float], ...], t1: float, colour: str) -> str:
    start, control, end = track
    tip, back = along(start, control, end, t1), along(start, control, end, max(0.0, t1 - 0.02))
    angle = math.atan2(tip[1] - back[1], tip[0] - back[0])
    wings = [(tip[0] - 9 * math.cos(angle + turn), tip[1] - 9 * math.sin(angle + turn)) for turn in (0.42, -0.42)]
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in (tip, *wings))
    return f'<polygon points="{points}" fill="{colour}"/>'


def _label(line: Line, ends: dict[str, Box | Frame]) -> str:
    x0, y0, x1, y1 = label_bounds(line, ends)
    rows = [
        f'<text x="{_n((x0 + x1) / 2)}" y="{_n(y0 + 1 + (n + 0.78) * SMALL * LINE)}" font-size="{SMALL}" text-anchor="middle" '
        f'fill="{line.colour or INK}">{_text(text)}</text>'
        for n, text in enumerate(line.label)
    ]
    return (
        f'<g class="label"><rect x="{_n(x0)}" y="{_n(y0)}" width="{_n(x1 - x0)}" height="{_n(y1 - y0)}" rx="3" '
        f'fill="{PAPER}" fill-opacity="0.88"/>{"".join(rows)}</g>'
    )


def _foot(answer: Answer, drawing: Drawing, wide: float, lang: Language) -> Iterator[tuple[str, float]]:
    room = wide - 2 * _MARGIN
    yield f'<line x1="0" y1="0" x2="{_n(room)}" y2="0" stroke="#d4d8dd"/>', 10
    if not drawing.boxes:
        yield _row(say("nothing", lang), NORMAL), 24
    yield from _signs(legend(drawing, lang), room)
    for piece in wrap(" · ".join(counts(answer, drawing, lang)), SMALL * 1.1, room, 4):
        yield _row(piece), 16
    sources = cited(answer, drawing.cited())
    if sources:
        yield _row(say("sources", lang), SMALL * 1.1, "bold"), 18
    for source in sources:
        for piece in wrap(reference(source, lang), SMALL * 1.1, room, 2):
            yield _row(piece), 15
    yield _row(f"{title(answer, lang)} · {say('as_of', lang, answer.as_of)} · {PRODUCT}"), 20


def _row(text: str, size: float = SMALL * 1.1, weight: str = "normal") -> str:
    return f'<text x="0" y="12" font-size="{_n(size)}" font-weight="{weight}" fill="{SOFT}">{_text(text)}</text>'


def _signs(signs: tuple[Sign, ...], room: float) -> Iterator[tuple[str, float]]:
    x = 0.0
    row: list[str] = []
    for sign in signs:
        wide = 34 + width(sign.text, SMALL * 1.1) + 18
        if x and x + wide > room:
            yield "".join(row), 24
            x, row = 0.0, []
        row.append(_sign(sign, x))
        x += wide
    if row:
        yield "".join(row), 28


def sign_mark(sign: Sign) -> str:
    """The mark of a legend's entry, as a small SVG to stand in a line of text."""
    return f'<svg width="28" height="20" viewBox="0 0 28 20" aria-hidden="true">{_mark(sign, 1)}</svg>'


def _sign(sign: Sign, x: float) -> str:
    words = f'<text x="{_n(x + 34)}" y="14" font-size="{SMALL * 1.1}" fill="{INK}">{_text(sign.text)}</text>'
    return _mark(sign, x) + words


def _mark(sign: Sign, x: float) -> str:
    if sign.shape == "frame":
        return f'<rect x="{_n(x)}" y="3" width="26" height="14" rx="4" fill="#f5f6f8" stroke="#b9c0c9"/>'
    if sign.shape:
        style = f'fill="{tint(sign.colour)}" stroke="{sign.colour}" stroke-width="1.4"'
        return outline(sign.shape, x + 13, 10, 26, 14, style)
    dash = f' stroke-dasharray="{_DASH}"' if sign.dashed else ""
    faint = ' stroke-opacity="0.45"' if sign.faint else ""
    head = f'<polygon points="{_n(x + 27)},10 {_n(x + 19)},6.5 {_n(x + 19)},13.5" fill="{EDGE}"/>' if sign.arrow else ""
    return f'<path d="M{_n(x)} 10H{_n(x + 26)}" stroke="{EDGE}" stroke-width="1.4"{dash}{faint}/>{head}'
