"""The charts of a landscape: who drafts most, who rises, and sorts of drafters by year; each bar with its n."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from api.pictures.charts import INK, SMALL, SOFT, Bar, Chart, Fill, drawn, patterns
from api.pictures.measure import clean, wrap
from api.pictures.vector import FONTS, PAPER
from api.pictures.wording import PRODUCT, reference, say, title
from graph.model import Language
from queries.answer import Answer, Item, Text
from queries.drafting_trends import SORTS

WIDE, MARGIN = 820.0, 28.0
MOST, SOURCES = 15, 14
"""Most bars of one chart, and most sources listed."""

PAINT = {
    "institute": ("#2e7d4f", ""),
    "state_owned": ("#a4343a", "rising"),
    "domestic": ("#d08a2e", "falling"),
    "foreign": ("#2f5d9b", "level"),
    "joint_venture": ("#7a4f9a", "upright"),
    "association": ("#3b8c8c", "dots"),
    "unknown": ("#eceef1", "open"),
}
"""Colour and pattern of each sort."""

_ONE = Fill("count", "", "#2f5d9b")
_WORDS = {
    "drafters": Text("Who drafts most", "起草最多的单位"),
    "lists": Text(
        "Drafting lists on which an actor stands, of {n} on record; a group counts once a list",
        "起草单位名单中出现的次数，共{n}份在案名单；集团每份计一次",
    ),
    "of": Text("{0} of {1}", "{1}份中{0}份"),
    "led": Text(", led {0}", "，牵头{0}"),
    "years": Text("Sorts of drafters by year of publication", "按发布年份的起草单位类型"),
    "places": Text(
        "Places on drafting lists (one actor on one list); few places tell little",
        "起草席位（一家单位在一份名单上为一席）；席位少则说明力弱",
    ),
    "year": Text("{0} lists, {1} places", "{0}份，{1}席"),
    "one_list": Text("1 list, {1} places", "1份，{1}席"),
    "rising": Text("Who rises", "上升的单位"),
    "shares": Text("Share of the lists of each window, in per cent; beyond chance", "各时段名单占比（%），超出偶然"),
    "before": Text("earlier window", "前一时段"),
    "recent": Text("newer window", "近一时段"),
    "none": Text("No drafting list is on record: nothing to draw", "无在案起草单位名单，无可绘内容"),
}


def landscape_svg(answer: Answer, lang: Language = "en") -> str:
    """The charts under the title and summary, with date and numbered sources. Same answer, same bytes."""
    room = WIDE - 2 * MARGIN
    heading = title(answer, lang)
    parts: list[str] = []
    y = MARGIN
    for line in wrap(heading, 20, room, 2):
        y += 26
        parts.append(_row(line, y, 20, INK, bold=True))
    for text in answer.summary:
        for line in wrap(text[lang], 13, room, 2):
            y += 19
            parts.append(_row(line, y, 13, SOFT))
    y += 16
    charts = tuple(_charts(answer, lang))
    fills = {f.key: f for chart in charts for f in chart.fills}
    for chart in charts:
        made = drawn(chart, room)
        parts.append(f'<g transform="translate({MARGIN:g} {y:.1f})">{made.markup}</g>')
        y += made.height
    if not charts:
        y += 20
        parts.append(_row(_WORDS["none"][lang], y, 13, INK))
    for line, bold in _foot(answer, lang, room):
        y += 16
        parts.append(_row(line, y, SMALL, SOFT, bold=bold))
    y += MARGIN
    described = clean(" ".join(text[lang] for text in answer.summary), 1000)
    tag = "zh-Hans" if lang == "zh" else "en"
    size = f'viewBox="0 0 {WIDE:g} {y:.0f}" width="{WIDE:g}" height="{y:.0f}"'
    told = f'role="img" aria-labelledby="title desc" lang="{tag}"'
    begun = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {told} {size} font-family={quoteattr(FONTS)}>',
        f'<title id="title">{escape(heading)}</title>',
        f'<desc id="desc">{escape(described)} {escape(say("as_of", lang, answer.as_of))}</desc>',
        f"<defs>{patterns(fills.values())}</defs>",
        f'<rect width="{WIDE:g}" height="{y:.0f}" fill="{PAPER}"/>',
    ]
    return "\n".join((*begun, *parts, "</svg>\n"))


def _charts(answer: Answer, lang: Language) -> Iterator[Chart]:
    drafters = _of(answer, "drafter")[:MOST]
    if drafters:
        n = drafters[0].details["n"]
        bars = tuple(
            Bar(i.node.name(lang), (("count", _number(i, "drafted")),), _drafted(i, lang), i.reason[lang])
            for i in drafters
        )
        yield Chart(_WORDS["drafters"][lang], _WORDS["lists"][lang].format(n=n), (_ONE,), bars)
    if rising := _of(answer, "rising"):
        windows = (
            Fill("before", _WORDS["before"][lang], "#eceef1", "open"),
            Fill("recent", _WORDS["recent"][lang], "#2f5d9b"),
        )
        yield Chart(_WORDS["rising"][lang], _WORDS["shares"][lang], windows, tuple(_risen(rising, lang)))
    if years := _of(answer, "year"):
        names = [name for name in SORTS if any(item.details.get(name) for item in years)]
        fills = tuple(Fill(name, SORTS[name][lang], *PAINT[name]) for name in names)
        bars = tuple(_of_year(i, names, lang) for i in sorted(years, key=lambda item: _number(item, "year")))
        yield Chart(_WORDS["years"][lang], _WORDS["places"][lang], fills, bars)


def _of_year(item: Item, names: Sequence[str], lang: Language) -> Bar:
    parts = tuple((name, _number(item, name)) for name in names if item.details.get(name))
    return Bar(str(item.details["year"]), parts, _year(item, lang), item.reason[lang])


def _risen(items: tuple[Item, ...], lang: Language) -> Iterator[Bar]:
    """Two bars for each: the earlier window, then the newer."""
    for item in items:
        for name, shown in (("before", ""), ("recent", item.node.name(lang))):
            n, of = _number(item, name), _number(item, f"{name}_n")
            figure = _WORDS["of"][lang].format(f"{n:g}", f"{of:g}")
            label = shown or _WORDS["before"][lang]
            yield Bar(label, ((name, round(100 * n / of, 1)),), figure, item.reason[lang])


def _drafted(item: Item, lang: Language) -> str:
    said = _WORDS["of"][lang].format(item.details["drafted"], item.details["n"])
    return said + (_WORDS["led"][lang].format(item.details["led"]) if item.details.get("led") else "")


def _year(item: Item, lang: Language) -> str:
    lists, places = item.details["lists"], item.details["places"]
    return _WORDS["one_list" if lists == 1 else "year"][lang].format(lists, places)


def _of(answer: Answer, role: str) -> tuple[Item, ...]:
    return tuple(item for item in answer.items if item.role == role)


def _number(item: Item, name: str) -> float:
    value = item.details.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _foot(answer: Answer, lang: Language, room: float) -> Iterator[tuple[str, bool]]:
    for caveat in answer.caveats:
        for line in wrap(f"{say('careful', lang)}: {caveat.text[lang]}", SMALL, room, 2):
            yield line, False
    drawn_items = [i for role in ("drafter", "rising", "year") for i in _of(answer, role)[:MOST]]
    numbers = {number for i in drawn_items for e in i.evidence for number in e.sources}
    sources = [source for source in answer.sources if source.number in numbers]
    if sources:
        yield say("sources", lang), True
    for source in sources[:SOURCES]:
        for line in wrap(reference(source, lang), SMALL, room, 2):
            yield line, False
    if len(sources) > SOURCES:
        yield say("more", lang, len(sources) - SOURCES), False
    yield f"{title(answer, lang)} · {say('as_of', lang, answer.as_of)} · {PRODUCT}", False


def _row(text: str, y: float, size: float, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{MARGIN:g}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{weight}>{escape(clean(text))}</text>'
