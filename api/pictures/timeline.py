"""The timeline of policies as a picture: years down a line, each policy on its day; before it the figures as they were said."""

from __future__ import annotations

from collections.abc import Sequence

from api.pictures.chart_sheet import ROOM, sheet
from api.pictures.charts import GRID, INK, SMALL, SOFT, Drawn, words
from api.pictures.measure import wrap
from graph.model import Language
from queries.answer import Answer, Item, Text
from queries.context import ROLES

MOST = 60
"""Most policies, and most figures, that a sheet shows: about two pages."""

_YEAR, _LINE, _GAP = 64.0, 17.0, 7.0
_NONE = Text("Nothing on record to draw", "无可绘的记录")
_OVER = "#b9c0c7"
_UNKNOWN = Text("date unknown", "日期不详")


def timeline_svg(answer: Answer, lang: Language = "en") -> str:
    """Policies of a context in order of time, with the figures of its matter above. Same answer, same bytes."""
    groups = {role: [item for item in answer.items if item.role == role][:MOST] for role in ROLES}
    made = [_figures(groups[role], ROLES[role][lang], lang) for role in ("figures", "survey") if groups[role]]
    if groups["timeline"]:
        made.append(_timeline(groups["timeline"], ROLES["timeline"][lang], lang))
    shown = [item for items in groups.values() for item in items]
    return sheet(answer, lang, made, shown, nothing=_NONE[lang])


def _figures(items: Sequence[Item], heading: str, lang: Language) -> Drawn:
    parts, y = [words(0, 16, _capital(heading), 14, INK, weight="bold")], 22.0
    for item in items:
        for line in wrap(item.reason[lang], 12, ROOM - 14, 2):
            y += _LINE
            parts.append(words(14, y, line, 12, INK))
        y += 2
    return Drawn("".join(parts), y + 18)


def _timeline(items: Sequence[Item], heading: str, lang: Language) -> Drawn:
    """A line downwards with a dot for each policy; a hollow one where it is over, and the year where it begins."""
    parts, y, year = [words(0, 16, _capital(heading), 14, INK, weight="bold")], 30.0, ""
    begun = y
    for item in items:
        day, said = str(item.details.get("day") or ""), item.reason[lang]
        text = said.removeprefix(day).removeprefix(_UNKNOWN[lang]).strip()
        over = "(superseded)" in said or "（已被取代）" in said
        lines = wrap(text, 12, ROOM - _YEAR - 22, 3)
        y += _GAP
        top = y + 12
        begins = day[:4] != year
        if begins:
            year = day[:4]
            parts.append(words(_YEAR - 16, top, year or "?", 13, INK, weight="bold", anchor="end"))
        below = 14 if begins and len(day) > len("2020") else 0
        if len(day) > len("2020"):
            parts.append(words(_YEAR - 16, top + below, day[5:], SMALL, SOFT, anchor="end"))
        fill, edge = ("#ffffff", _OVER) if over else ("#2f5d9b", "#2f5d9b")
        parts.append(
            f'<circle cx="{_YEAR:g}" cy="{top - 4:.1f}" r="4.5" fill="{fill}" stroke="{edge}" stroke-width="1.6"/>'
        )
        for line in lines:
            y += _LINE
            parts.append(words(_YEAR + 14, y - 5, line, 12, SOFT if over else INK))
        y = max(y, top + below + 2)
    line = f'<line x1="{_YEAR:g}" y1="{begun:.1f}" x2="{_YEAR:g}" y2="{y:.1f}" stroke="{GRID}" stroke-width="2"/>'
    return Drawn(line + "".join(parts), y + 22)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
