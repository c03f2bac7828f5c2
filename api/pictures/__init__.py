"""Answers as pictures and files: a page to walk around in, a vector picture, GraphML, CSV.

All are pure functions of an answer: same answer, same language, same bytes. Places of nodes are computed here, so that every format
shows the same picture, and nothing is fetched from anywhere.
"""

from __future__ import annotations

from typing import Final

from api.pictures.charts_of_landscape import landscape_svg
from api.pictures.choice import NEIGHBOURS
from api.pictures.exchange import csv, graphml
from api.pictures.page import content_security_policy, html
from api.pictures.timeline import timeline_svg
from api.pictures.vector import svg
from graph.errors import InputError
from graph.model import Language
from queries.answer import Answer

MEDIA_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "graphml": "application/graphml+xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
"""The formats of `render`, with their media types."""
FORMATS: Final = tuple(MEDIA_TYPES)
DRAWN: Final = ("html", "svg")
"""Those that are drawings; the others are tables and graphs for other programs."""

CHARTS: Final = {"landscape": landscape_svg, "context": timeline_svg}
"""Questions whose vector picture is of charts, for what they tell are figures; other formats stay what they are."""

__all__ = [
    "CHARTS",
    "DRAWN",
    "FORMATS",
    "MEDIA_TYPES",
    "NEIGHBOURS",
    "content_security_policy",
    "csv",
    "graphml",
    "html",
    "render",
    "svg",
]


def render(answer: Answer, form: str, lang: Language = "en") -> tuple[bytes, str]:
    """The answer in a format of `FORMATS`, as UTF-8 bytes with their media type.

    CSV begins with a byte order mark, without which spreadsheets read Chinese as something else. Raises InputError for another
    format.
    """
    if form == "html":
        text = html(answer, lang)
    elif form == "svg":
        text = CHARTS.get(answer.question, svg)(answer, lang)
    elif form == "graphml":
        text = graphml(answer)
    elif form == "csv":
        text = "\ufeff" + csv(answer)
    else:
        raise InputError(f"{form[:40]!r} is no format of pictures: use one of {', '.join(FORMATS)}", field="format")
    # A lone surrogate, which a database may hold, has no bytes in UTF-8.
    return text.encode("utf-8", "replace"), MEDIA_TYPES[form]
