"""The sheet that charts stand on: title and summary above, caveats, numbered sources and the date below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from api.pictures.charts import INK, SMALL, SOFT, Drawn, words
from api.pictures.measure import clean, wrap
from api.pictures.vector import FONTS, PAPER
from api.pictures.wording import PRODUCT, reference, say, title
from graph.model import Language
from queries.answer import Answer, Item

WIDE, MARGIN, SOURCES = 820.0, 28.0, 14
"""Width of a sheet and of what stays free at its edges; most sources listed."""

ROOM = WIDE - 2 * MARGIN
"""How wide charts are."""


def sheet(
    answer: Answer,
    lang: Language,
    charts: Sequence[Drawn],
    shown: Sequence[Item],
    *,
    nothing: str,
    definitions: str = "",
) -> str:
    """The charts of an answer as one SVG; `shown` are the items that they draw, whose sources are listed. Same answer, same bytes.

    Without a chart it says `nothing`.
    """
    heading, parts, y = title(answer, lang), list[str](), MARGIN
    for line in wrap(heading, 20, ROOM, 2):
        y += 26
        parts.append(words(MARGIN, y, line, 20, INK, "bold"))
    for text in answer.summary:
        for line in wrap(text[lang], 13, ROOM, 2):
            y += 19
            parts.append(words(MARGIN, y, line, 13, SOFT))
    y += 16
    for made in charts:
        parts.append(f'<g transform="translate({MARGIN:g} {y:.1f})">{made.markup}</g>')
        y += made.height
    if not charts:
        y += 20
        parts.append(words(MARGIN, y, nothing, 13, INK))
    for line, bold in _foot(answer, lang, shown):
        y += 16
        parts.append(words(MARGIN, y, line, SMALL, SOFT, "bold" if bold else "normal"))
    y += MARGIN
    described = clean(" ".join(text[lang] for text in answer.summary), 1000)
    tag = "zh-Hans" if lang == "zh" else "en"
    size = f'viewBox="0 0 {WIDE:g} {y:.0f}" width="{WIDE:g}" height="{y:.0f}"'
    told = f'role="img" aria-labelledby="title desc" lang="{tag}"'
    begun = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {told} {size} font-family={quoteattr(FONTS)}>',
        f'<title id="title">{escape(heading)}</title>',
        f'<desc id="desc">{escape(described)} {escape(say("as_of", lang, answer.as_of))}</desc>',
        f"<defs>{definitions}</defs>",
        f'<rect width="{WIDE:g}" height="{y:.0f}" fill="{PAPER}"/>',
    ]
    return "\n".join((*begun, *parts, "</svg>\n"))


def _foot(answer: Answer, lang: Language, shown: Sequence[Item]) -> Iterator[tuple[str, bool]]:
    for caveat in answer.caveats:
        for line in wrap(f"{say('careful', lang)}: {caveat.text[lang]}", SMALL, ROOM, 2):
            yield line, False
    numbers = {number for item in shown for e in item.evidence for number in e.sources}
    sources = [source for source in answer.sources if source.number in numbers]
    if sources:
        yield say("sources", lang), True
    for source in sources[:SOURCES]:
        for line in wrap(reference(source, lang), SMALL, ROOM, 2):
            yield line, False
    if len(sources) > SOURCES:
        yield say("more", lang, len(sources) - SOURCES), False
    yield f"{title(answer, lang)} · {say('as_of', lang, answer.as_of)} · {PRODUCT}", False
