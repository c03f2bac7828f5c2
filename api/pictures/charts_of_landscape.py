"""The charts of a landscape: who drafts most, who rises, and sorts of drafters by year; each bar with its n."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.pictures.chart_sheet import ROOM, sheet
from api.pictures.charts import Bar, Chart, Fill, drawn, patterns
from graph.model import Language
from queries.answer import Answer, Item, Text
from queries.drafting_trends import SORTS

MOST = 15
"""Most bars of one chart."""

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
    charts = tuple(_charts(answer, lang))
    fills = {f.key: f for chart in charts for f in chart.fills}
    shown = [item for role in ("drafter", "rising", "year") for item in _of(answer, role)[:MOST]]
    made = [drawn(chart, ROOM) for chart in charts]
    return sheet(answer, lang, made, shown, nothing=_WORDS["none"][lang], definitions=patterns(fills.values()))


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
