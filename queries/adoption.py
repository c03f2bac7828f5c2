"""Shares of national standards that adopt an international or foreign one, by year of publication, beside the official figures.

Rule. Of the national standards of a committee, field or actor that were published by the day, those count as adopting of which an ADOPTS
statement is on record, of any degree. A share is given only from `SUPPORT` standards on. Years are also taken together, `SPAN` at a time,
for few have as many. What is loaded is a sample, and many of its sources do not tell adoption, so that a share here is
a floor, not an estimate of the official one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph import schema
from graph.model import Node, Statement, View
from graph.store import Adoption, Stage, Step, Store, Subgraph
from queries.answer import Answer, Bound, Caveat, Finding, Item, Text
from queries.evidence import Citations, counted, percent
from queries.speakers import speaker

LISTED = 20
"""How many years an answer lists, the newest."""

SUPPORT = 20
"""Fewest standards of which a share is given: the 95 % interval of a share near one third then still spans about 20 points each way
(normal approximation, 1.96 * sqrt(p(1-p)/n))."""

SPAN = 5
"""Years that are taken together, as plans for five years do."""

CITED = 5
"""How many of the counted standards are cited for each year."""

DEGREES = ("IDT", "MOD", "NEQ", "unknown")
"""Degrees of adoption, the closest first."""

NATIONAL = "field:kind-national"
YEARLY = "yearly national standards that adopt international content"
STOCK = "national standards adopted in full or part from international ones"
RATE = "adoption rate of international standards"
TARGET = "adoption rate target for 2025"
ADOPTED = "international standards adopted"
_FIGURES = (YEARLY, STOCK, RATE, TARGET, ADOPTED)

_BELONGS = Stage(
    (
        Step(("ADOPTS",), "out", (schema.STANDARD,), limit=5),
        Step(("CLASSIFIED_AS",), "out", (schema.STANDARD,), (schema.FIELD,)),
        Step(("IN_CHARGE_OF", "DRAFTED"), "in", (schema.STANDARD,)),
        Step(("FIGURE",), "out", (schema.FIELD,), qualifiers=_FIGURES),
        Step(("NOTE",), "out", (schema.FIELD,), qualifiers=("adoption-trend", "partial-adoption")),
    )
)
"""The steps from the standards that an answer cites, and from the field that bears the official figures."""


@dataclass(frozen=True, slots=True)
class Count:
    """National standards published from one year to another: how many, how many adopt to each degree, and the newest few of both sorts."""

    first: int
    last: int
    standards: int
    degrees: Mapping[str, int]
    adopting: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def adopted(self) -> int:
        """How many adopt."""
        return sum(self.degrees.values())

    @property
    def share(self) -> float | None:
        """The share of those that adopt, None where there are too few to say."""
        return round(self.adopted / self.standards, 3) if self.standards >= SUPPORT else None


def adoption(store: Store, asked: str, about: Node, view: View, limit: int) -> Answer:
    """The shares of adoption among the national standards of `about`, by years, beside the official figures."""
    scope = speaker(store, about, view).ids if about.label in schema.ORGANISATIONS else (about.id,)
    counted_ = store.adoption(scope, view, limit=CITED)
    years = [Count(y.year, y.year, y.standards, y.degrees, y.adopting, y.others) for y in counted_.years]
    whole = _together(years) if years else Count(0, 0, 0, {}, (), ())
    enough = whole.standards >= SUPPORT
    spans = [c for c in _spans(years) if enough or c.adopting]
    told = [c for c in years if c.adopting or c.share is not None] if enough else []
    listed = [("span", c) for c in spans] + [("year", c) for c in told[:limit]]
    empty = [c for c in years if not c.adopting and c.share is None] if enough else []
    cited = dict.fromkeys(id for _, c in listed for id in _cited(c))
    cited |= dict.fromkeys(id for c in empty for id in c.others[:1])
    graph = store.expand([*cited, NATIONAL], (_among(scope),), view)
    citations = Citations(store, view, graph.nodes)
    said = _said(graph, scope)
    items = [
        Item(
            n, role, about.ref, 1.0, (), _says(count, view.as_of.year),
            citations.cite(s for id in _cited(count) for s in said.get(id, ())), details=_details(count),
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
    drawn = [s for id in cited for s in said.get(id, ()) if s.type == "ADOPTS"]
    ends = {s.subject for s in drawn}
    drawn += [
        s for s in graph.statements
        if s.type in ("CLASSIFIED_AS", "IN_CHARGE_OF", "DRAFTED")
        and (s.subject in scope or s.object in scope) and (s.subject in ends or s.object in ends)
    ]  # fmt: skip
    return Answer(
        question="divergence",
        asked={"about": asked},
        about=(about.ref,),
        as_of=view.as_of.isoformat(),
        summary=(_summary(about, whole),),
        items=tuple(items),
        findings=(
            *_empty(empty, said, citations),
            *_degrees(whole, said, citations),
            *_explained(graph, whole, citations),
        ),
        caveats=_caveats(about, whole, counted_),
        picture=citations.picture(drawn, {about.id: "asked"}),
        sources=citations.sources(),
        bounds=_bounds(about, counted_),
        total=len(items) + max(0, len(told) - limit),
    )


def _among(scope: Sequence[str]) -> Stage:
    """The steps, with those that tell why a standard belongs led back to what was asked about alone."""
    ways = ("CLASSIFIED_AS", "IN_CHARGE_OF")
    return Stage(
        tuple(replace(step, among=tuple(scope)) if set(step.types) & set(ways) else step for step in _BELONGS.steps)
    )


def _cited(count: Count) -> tuple[str, ...]:
    """The standards cited for a count: those that adopt, else those that do not."""
    return count.adopting or count.others


def _said(graph: Subgraph, scope: Sequence[str]) -> Mapping[str, tuple[Statement, ...]]:
    """What is cited of each standard: what it adopts, else why it belongs."""
    found: dict[str, list[Statement]] = {}
    for s in graph.statements:
        if s.type == "ADOPTS":
            found.setdefault(s.subject, []).append(s)
    for s in graph.statements:
        if s.type in ("CLASSIFIED_AS", "IN_CHARGE_OF", "DRAFTED"):
            id = s.subject if s.type == "CLASSIFIED_AS" else s.object
            if id not in found and (s.object if s.type == "CLASSIFIED_AS" else s.subject) in scope:
                found[id] = [s]
    return {id: tuple(said) for id, said in found.items()}


def _together(counts: Sequence[Count]) -> Count:
    """Several counts as one, the newest first."""
    degrees: Counter[str] = Counter()
    for count in counts:
        degrees.update(count.degrees)
    return Count(
        min(c.first for c in counts),
        max(c.last for c in counts),
        sum(c.standards for c in counts),
        dict(degrees),
        tuple(id for c in counts for id in c.adopting)[:CITED],
        tuple(id for c in counts for id in c.others)[:CITED],
    )


def _spans(years: Sequence[Count]) -> Iterable[Count]:
    """The years taken together, newest first."""
    groups: dict[int, list[Count]] = {}
    for count in years:
        groups.setdefault(count.first - count.first % SPAN, []).append(count)
    for first, counts in groups.items():
        one = _together(counts)
        yield replace(one, first=first, last=first + SPAN - 1)


def _details(count: Count) -> Mapping[str, int | float | None]:
    return {
        "from": count.first,
        "to": count.last,
        "standards": count.standards,
        "adopting": count.adopted,
        "share": count.share,
        **{degree: count.degrees.get(degree, 0) for degree in DEGREES},
    }


def _says(count: Count, this_year: int) -> Text:
    last = min(count.last, this_year)
    when = str(count.first) if count.first == last else f"{count.first}-{last}"
    n, adopting = count.standards, count.adopted
    if count.share is None:
        return Text(f"{when}: {adopting} of {n}, too few to say", f"{when}年：{n}项中{adopting}项，样本过少，不作判断")
    return Text(
        f"{when}: {adopting} of {n}, {count.share:.0%}".replace("%", " %"),
        f"{when}年：{n}项中{adopting}项，{count.share:.0%}",
    )


def _empty(empty: Sequence[Count], said: Mapping[str, Sequence[Statement]], citations: Citations) -> Iterable[Finding]:
    """The years in which no standard on record adopts, each too few to say: told in one."""
    if not empty:
        return
    n = sum(c.standards for c in empty)
    names = ", ".join(f"{c.first} ({c.standards})" for c in empty)
    text = Text(
        f"None of {counted(n, 'standard')} of these years adopts by its record, each year too few to say: {names}",
        f"以下年份的{n}项均未载明采标，各年样本过少：{names}",
    )
    ids = [id for c in empty for id in c.others[:1]][:CITED]
    evidence = citations.cite(s for id in ids for s in said.get(id, ()))
    yield Finding("years_without", text, {"standards": n, "years": len(empty)}, evidence)


def _summary(about: Node, whole: Count) -> Text:
    en, zh = about.ref.name("en"), about.ref.name("zh")
    n, adopting = whole.standards, whole.adopted
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


def _degrees(whole: Count, said: Mapping[str, Sequence[Statement]], citations: Citations) -> Iterable[Finding]:
    order = [degree for degree in DEGREES if whole.degrees.get(degree)]
    if not order:
        return
    text = Text(
        "By degree: " + ", ".join(f"{whole.degrees[d]} {d}" for d in order),
        "按一致性程度：" + "，".join(f"{d if d != 'unknown' else '未知'} {whole.degrees[d]}项" for d in order),
    )
    evidence = citations.cite(s for id in whole.adopting for s in said.get(id, ()))
    yield Finding("degrees", text, {d: whole.degrees[d] for d in order}, evidence)


def _official(graph: Subgraph) -> Iterable[tuple[Text, tuple[Statement, ...]]]:
    """Each official figure in words, with all that say it; the same figure of a period once, oldest first."""
    groups: dict[tuple[int, str, str], list[Statement]] = {}
    for s in graph.statements:
        if s.type == "FIGURE" and s.subject == NATIONAL and s.qualifier in _FIGURES:
            when = (s.since or s.provenance.observed_on or "")[:7]
            groups.setdefault((_FIGURES.index(s.qualifier), when, str(s.value)), []).append(s)
    for (place, when, value), statements in sorted(groups.items()):
        said = percent(value) or value
        words = _FIGURE[_FIGURES[place]]
        year = when[:4]
        zh = str(next((s.properties["value_zh"] for s in statements if s.properties.get("value_zh")), said))
        yield (
            Text(words.en.format(year=year, said=said), words.zh.format(year=year, said=said, zh=zh)),
            tuple(statements),
        )


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
        n = whole.standards
        text = Text(
            "Not to be set side by side as they are: the official share counts all national standards of a year, in whole or part; "
            f"here {counted(n, 'loaded one')} {'is' if n == 1 else 'are'} counted, and where a source does not tell adoption "
            "it counts as none, so the share is a floor",
            f"两者不可直接对比：官方数据统计当年全部国家标准（含部分采用）；此处仅统计已载入的{n}项，"
            "且来源未载采标即计为未采用，故为下限",
        )
        yield Finding("compared", text, {"standards": whole.standards}, citations.cite(yearly))
    rates = [s for s in figures if s.qualifier in (RATE, TARGET)]
    if rates and whole.standards >= SUPPORT:
        text = Text(
            "The later adoption rate is another measure: the Outline's target is for the conversion of international standards, so it "
            "looks at how many of those China has taken over, not at how many Chinese standards adopt one",
            "后来的“转化率”口径不同：《纲要》目标针对国际标准的转化，即国际标准中已被采用的比例，而非国家标准中采标的比例",
        )
        yield Finding("another_measure", text, {}, citations.cite(rates))
    if notes and whole.standards >= SUPPORT:
        evidence = citations.cite(notes)
        yield Finding(
            "trend", Text("; ".join(e.says.en for e in evidence), "；".join(e.says.zh for e in evidence)), {}, evidence
        )


def _caveats(about: Node, whole: Count, counted_: Adoption) -> tuple[Caveat, ...]:
    found = []
    en, zh = about.ref.name("en"), about.ref.name("zh")
    if not whole.standards:
        text = Text(
            f"Load the records of {en} from the national platform to have its shares",
            f"载入国家标准平台上{zh}的记录即可统计",
        )
        found.append(Caveat("no_standards", text))
    elif whole.standards < SUPPORT:
        text = Text(
            f"Shares are given from {SUPPORT} standards on; {'here is' if whole.standards == 1 else 'here are'} {whole.standards}",
            f"满{SUPPORT}项才给出比例；此处为{whole.standards}项",
        )
        found.append(Caveat("few", text))
    if counted_.undated:
        text = Text(
            f"{counted(counted_.undated, 'national standard')} without a date of publication on record "
            f"{'is' if counted_.undated == 1 else 'are'} in no year",
            f"另有{counted_.undated}项国家标准未见发布日期，未计入各年",
        )
        found.append(Caveat("undated", text))
    return tuple(found)


def _bounds(about: Node, counted_: Adoption) -> tuple[Bound, ...]:
    """That only the newest standards were counted, where there are more."""
    if not counted_.bounded:
        return ()
    ref, shown = about.ref, sum(y.standards for y in counted_.years)
    what = Text(f"{ref.name('en')}: national standards counted", f"{ref.name('zh')}：计入的国家标准")
    return (Bound(what, shown, counted_.total),)
