"""Shares of national standards that adopt an international or foreign one, by year of publication, beside the official figures.

Rule. Of the national standards of a committee, field or actor that were published by the day, those count as adopting of which an ADOPTS
statement is on record, of any degree. A share is given only from `SUPPORT` standards on. Years are also taken together, `SPAN` at a time,
for few have as many. What is loaded is a sample, and many of its sources do not tell adoption, so that a share here is
a floor, not an estimate of the official one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import schema
from graph.dates import first_day
from graph.model import Node, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries.answer import Answer, Caveat, Finding, Item, Text
from queries.evidence import Citations, counted
from queries.speakers import speaker

LISTED = 20
"""How many years an answer lists, the newest."""

SUPPORT = 20
"""Fewest standards of which a share is given: the 95 % interval of a share near one third then still spans about 20 points each way
(normal approximation, 1.96 * sqrt(p(1-p)/n))."""

SPAN = 5
"""Years that are taken together, as plans for five years do."""

SCOPE = 1000
"""Standards that are looked at."""

CITED = 3
"""How many of the counted standards are cited for years in which none adopts."""

NATIONAL = "field:kind-national"
YEARLY = "yearly national standards that adopt international content"
STOCK = "national standards adopted in full or part from international ones"
RATE = "adoption rate of international standards"
TARGET = "adoption rate target for 2025"
ADOPTED = "international standards adopted"
_FIGURES = (YEARLY, STOCK, RATE, TARGET, ADOPTED)

_OFFICIAL = Step(("FIGURE",), "out", (schema.FIELD,), qualifiers=_FIGURES)
_TREND = Step(("NOTE",), "out", (schema.FIELD,), qualifiers=("adoption-trend", "partial-adoption"))


@dataclass(frozen=True, slots=True)
class Count:
    """National standards published from one year to another: all of them, those that adopt, and how many to each degree."""

    first: int
    last: int
    standards: tuple[str, ...]
    adopting: tuple[Statement, ...]

    @property
    def share(self) -> float | None:
        """The share of those that adopt, None where there are too few to say."""
        n = len(self.standards)
        return round(len({s.subject for s in self.adopting}) / n, 3) if n >= SUPPORT else None


def adoption(store: Store, asked: str, about: Node, view: View, limit: int) -> Answer:
    """The shares of adoption among the national standards of `about`, by years, beside the official figures."""
    graph = _scope(store, about, view)
    day = view.as_of.isoformat()
    belongs = _belongs(graph, day)
    adopts = [s for s in graph.statements if s.type == "ADOPTS" and s.subject in belongs]
    years = _by_years(graph, belongs, adopts, 1)
    spans = list(_by_years(graph, belongs, adopts, SPAN))
    citations = Citations(store, view, graph.nodes)
    told = [c for c in years if c.adopting or c.share is not None]
    enough = len(belongs) >= SUPPORT
    spans = [c for c in spans if enough or c.adopting]
    listed = [("span", c) for c in spans] + [("year", c) for c in told[:limit] if enough]
    items = [
        Item(
            n, role, about.ref, 1.0, (), _says(count, view.as_of.year),
            citations.cite(count.adopting) or citations.cite(belongs[id] for id in count.standards[:CITED]),
            details=_details(count),
        )
        for n, (role, count) in enumerate(listed, start=1)
    ]  # fmt: skip
    items += [
        Item(
            n, "official", citations.ref(NATIONAL), 1.0, (), says, citations.cite(statements),
            details={"figure": statements[0].qualifier, "value": str(statements[0].value)},
        )
        for n, (says, statements) in enumerate(_official(graph), start=len(items) + 1)
    ]  # fmt: skip
    whole = Count(
        min((c.first for c in years), default=0), max((c.last for c in years), default=0), tuple(belongs), tuple(adopts)
    )
    return Answer(
        question="divergence",
        asked={"about": asked},
        about=(about.ref,),
        as_of=day,
        summary=(_summary(about, whole),),
        items=tuple(items),
        findings=(
            *(_empty(years, belongs, citations) if enough else ()),
            *_degrees(whole, citations),
            *_explained(graph, whole, citations),
        ),
        caveats=_caveats(about, whole, graph),
        picture=citations.picture([*adopts, *(belongs[s.subject] for s in adopts)], {about.id: "asked"}),
        sources=citations.sources(),
        bounds=citations.bounds(c for c in graph.cuts if c.types != ("ADOPTS",)),
        total=len(items) + (max(0, len(told) - limit) if enough else 0),
    )


def _scope(store: Store, about: Node, view: View) -> Subgraph:
    """The standards of a committee, field or actor (a group with its entities) with what they adopt, and the official figures."""
    starts: Sequence[str] = (about.id,)
    if about.label in schema.ORGANISATIONS:
        starts = speaker(store, about, view).ids
        step = Step(("DRAFTED",), "out", schema.ORGANISATIONS, (schema.STANDARD,), limit=SCOPE)
    elif about.label in schema.BODIES:
        step = Step(("IN_CHARGE_OF",), "out", schema.BODIES, (schema.STANDARD,), limit=SCOPE)
    else:
        step = Step(("CLASSIFIED_AS",), "in", (schema.FIELD,), (schema.STANDARD,), limit=SCOPE)
    # The figures stand on the field of national standards, whose own standards are not wanted unless it was asked about.
    figures = store.expand([NATIONAL], (Stage((_OFFICIAL, _TREND)),), view)
    walk = (Stage((step,)), Stage((Step(("ADOPTS",), "out", (schema.STANDARD,), limit=5),), from_new=True))
    graph = store.expand(starts, walk, view)
    return Subgraph(
        {**figures.nodes, **graph.nodes}, (*graph.statements, *figures.statements), (*graph.cuts, *figures.cuts)
    )


def _belongs(graph: Subgraph, day: str) -> dict[str, Statement]:
    """The national standards that count, each with the statement by which it belongs to what was asked about."""
    found: dict[str, Statement] = {}
    for s in graph.statements:
        if s.type in ("DRAFTED", "IN_CHARGE_OF", "CLASSIFIED_AS"):
            id = s.subject if s.type == "CLASSIFIED_AS" else s.object
            p = graph.nodes[id].properties
            out = p.get("published")
            if p.get("kind") == "national" and out and first_day(str(out)) <= day and p.get("status") != "project":
                found.setdefault(id, s)
    return dict(sorted(found.items()))


def _by_years(
    graph: Subgraph, belongs: Mapping[str, Statement], adopts: Sequence[Statement], span: int
) -> tuple[Count, ...]:
    """Counts by so many years of publication, newest first."""
    groups: dict[int, list[str]] = {}
    for id in belongs:
        year = int(str(graph.nodes[id].properties["published"])[:4])
        groups.setdefault(year - year % span, []).append(id)
    return tuple(
        Count(first, first + span - 1, tuple(ids), tuple(s for s in adopts if s.subject in set(ids)))
        for first, ids in sorted(groups.items(), reverse=True)
    )


def _details(count: Count) -> Mapping[str, int | float | None]:
    degrees = Counter(str(s.properties.get("degree") or "unknown") for s in _once(count.adopting))
    return {
        "from": count.first,
        "to": count.last,
        "standards": len(count.standards),
        "adopting": sum(degrees.values()),
        "share": count.share,
        **{degree: degrees[degree] for degree in ("IDT", "MOD", "NEQ", "unknown")},
    }


def _once(adopting: Iterable[Statement]) -> tuple[Statement, ...]:
    """One statement for each standard that adopts, that of the closest degree."""
    best: dict[str, Statement] = {}
    for s in sorted(adopting, key=lambda s: (_CLOSEST.get(str(s.properties.get("degree")), 9), s.key)):
        best.setdefault(s.subject, s)
    return tuple(best.values())


_CLOSEST: Mapping[str, int] = {"IDT": 0, "MOD": 1, "NEQ": 2}


def _says(count: Count, this_year: int) -> Text:
    last = min(count.last, this_year)
    when = str(count.first) if count.first == last else f"{count.first}-{last}"
    n, adopting = len(count.standards), len(_once(count.adopting))
    if count.share is None:
        return Text(f"{when}: {adopting} of {n}, too few to say", f"{when}年：{n}项中{adopting}项，样本过少，不作判断")
    return Text(
        f"{when}: {adopting} of {n}, {count.share:.0%}".replace("%", " %"),
        f"{when}年：{n}项中{adopting}项，{count.share:.0%}",
    )


def _empty(years: Sequence[Count], belongs: Mapping[str, Statement], citations: Citations) -> Iterable[Finding]:
    """The years in which no standard on record adopts, each too few to say: told in one."""
    empty = [c for c in years if not c.adopting and c.share is None]
    if not empty:
        return
    n = sum(len(c.standards) for c in empty)
    names = ", ".join(f"{c.first} ({len(c.standards)})" for c in empty)
    text = Text(
        f"None of {counted(n, 'standard')} of these years adopts by its record, each year too few to say: {names}",
        f"以下年份的{n}项均未载明采标，各年样本过少：{names}",
    )
    ids = [id for c in empty for id in c.standards][:CITED]
    yield Finding(
        "years_without", text, {"standards": n, "years": len(empty)}, citations.cite(belongs[id] for id in ids)
    )


def _summary(about: Node, whole: Count) -> Text:
    en, zh = about.ref.name("en"), about.ref.name("zh")
    n, adopting = len(whole.standards), len(_once(whole.adopting))
    if not n:
        return Text(
            f"No national standard of {en} with a date of publication is on record", f"未见{zh}有发布日期的国家标准"
        )
    share = Text("too few to say more", "样本过少，不作判断")
    if whole.share is not None:
        share = Text(f"{whole.share:.0%} of this sample".replace("%", " %"), f"占样本{whole.share:.0%}")
    of_en, of_zh = ("", "") if about.id == NATIONAL else (f" of {en}", zh)
    return Text(
        f"Of {counted(n, 'dated national standard')}{of_en} on record, {adopting or 'none'} "
        f"{'adopts another standard by its' if adopting < 2 else 'adopt another standard by their'} record: {share.en}",
        f"{of_zh}在案且有发布日期的国家标准{n}项，{f'其中{adopting}项' if adopting else '均未'}载明采用其他标准：{share.zh}",
    )


def _degrees(whole: Count, citations: Citations) -> Iterable[Finding]:
    degrees = Counter(str(s.properties.get("degree") or "unknown") for s in _once(whole.adopting))
    if not degrees:
        return
    order = [d for d in ("IDT", "MOD", "NEQ", "unknown") if degrees[d]]
    text = Text(
        "By degree: " + ", ".join(f"{degrees[d]} {d if d != 'unknown' else 'unknown'}" for d in order),
        "按一致性程度：" + "，".join(f"{d if d != 'unknown' else '未知'} {degrees[d]}项" for d in order),
    )
    yield Finding("degrees", text, {d: degrees[d] for d in order}, citations.cite(_once(whole.adopting)))


def _official(graph: Subgraph) -> Iterable[tuple[Text, tuple[Statement, ...]]]:
    """Each official figure in words, with all that say it; the same figure of a period once, oldest first."""
    groups: dict[tuple[int, str, str], list[Statement]] = {}
    for s in graph.statements:
        if s.type == "FIGURE" and s.subject == NATIONAL and s.qualifier in _FIGURES:
            when = (s.since or s.provenance.observed_on or "")[:7]
            groups.setdefault((_FIGURES.index(s.qualifier), when, str(s.value)), []).append(s)
    for (place, when, value), statements in sorted(groups.items()):
        said = _percent(value)
        en = said.replace("%", " %")
        words = _FIGURE[_FIGURES[place]]
        year = when[:4]
        zh = str(next((s.properties["value_zh"] for s in statements if s.properties.get("value_zh")), said))
        yield (
            Text(words.en.format(year=year, said=en), words.zh.format(year=year, said=said, zh=zh)),
            tuple(statements),
        )


def _percent(value: str) -> str:
    """A share as a percentage; other figures as they are.

    >>> _percent("0.35"), _percent("1510"), _percent("just over 1/3")
    ('35%', '1510', 'just over 1/3')
    """
    try:
        share = float(value)
    except ValueError:
        return value
    return f"{share:.1%}".replace(".0%", "%") if share <= 1 else value


_FIGURE: Mapping[str, Text] = {
    YEARLY: Text(
        "National standards of {year}: {said} adopt international content, in whole or part",
        "{year}年：当年国家标准中{said}全部或部分采用国际标准内容",
    ),
    STOCK: Text(
        "National standards in force in {year}: {said} adopt international ones in full or part",
        "{year}年现行国家标准：{zh}",
    ),
    RATE: Text("National standards, {year}: adoption rate of {said}", "{year}年国家标准：采标率（转化率）{said}"),
    TARGET: Text(
        "National standards, {year}: target of the Outline, an adoption rate above {said}",
        "{year}年国家标准：《纲要》目标，转化率{said}以上",
    ),
    ADOPTED: Text(
        "National standards, {year}: {said} international standards adopted in the year",
        "{year}年国家标准：当年采用国际标准{said}项",
    ),
}


def _explained(graph: Subgraph, whole: Count, citations: Citations) -> Iterable[Finding]:
    """Why the shares here and the official figures differ, and why those differ among themselves."""
    figures = [s for s in graph.statements if s.type == "FIGURE" and s.subject == NATIONAL]
    notes = [s for s in graph.statements if s.type == "NOTE" and s.subject == NATIONAL]
    yearly = [s for s in figures if s.qualifier == YEARLY]
    if yearly:
        n = len(whole.standards)
        text = Text(
            "Not to be set side by side as they are: the official share counts all national standards of a year, in whole or part; "
            f"here {counted(n, 'loaded one')} {'is' if n == 1 else 'are'} counted, and where a source does not tell adoption "
            "it counts as none, so the share is a floor",
            f"两者不可直接对比：官方数据统计当年全部国家标准（含部分采用）；此处仅统计已载入的{n}项，"
            "且来源未载采标即计为未采用，故为下限",
        )
        yield Finding("compared", text, {"standards": len(whole.standards)}, citations.cite(yearly))
    rates = [s for s in figures if s.qualifier in (RATE, TARGET)]
    if rates and len(whole.standards) >= SUPPORT:
        text = Text(
            "The later adoption rate is another measure: the Outline's target is for the conversion of international standards, so it "
            "looks at how many of those China has taken over, not at how many Chinese standards adopt one",
            "后来的“转化率”口径不同：《纲要》目标针对国际标准的转化，即国际标准中已被采用的比例，而非国家标准中采标的比例",
        )
        yield Finding("another_measure", text, {}, citations.cite(rates))
    if notes and len(whole.standards) >= SUPPORT:
        evidence = citations.cite(notes)
        yield Finding(
            "trend", Text("; ".join(e.says.en for e in evidence), "；".join(e.says.zh for e in evidence)), {}, evidence
        )


def _caveats(about: Node, whole: Count, graph: Subgraph) -> tuple[Caveat, ...]:
    found = []
    en, zh = about.ref.name("en"), about.ref.name("zh")
    if not whole.standards:
        text = Text(
            f"Load the records of {en} from the national platform to have its shares",
            f"载入国家标准平台上{zh}的记录即可统计",
        )
        found.append(Caveat("no_standards", text))
    elif len(whole.standards) < SUPPORT:
        text = Text(
            f"Shares are given from {SUPPORT} standards on; here are {len(whole.standards)}",
            f"满{SUPPORT}项才给出比例；此处为{len(whole.standards)}项",
        )
        found.append(Caveat("few", text))
    if any(cut.types != ("ADOPTS",) for cut in graph.cuts):
        text = Text(f"Only {SCOPE} of its standards were counted", f"仅统计其中{SCOPE}项标准")
        found.append(Caveat("bounded", text))
    return tuple(found)
