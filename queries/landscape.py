"""Who shapes a field: who drafts most, who rises, sorts of drafters by year, concentration, communities and brokers, what overlaps.

Rule. The field is what a committee with its subcommittees is in charge of, what is classified under a field (a class of ICS with those
below it), or the standards that words find; at most the newest `STANDARDS`. Counts are of standards whose drafting list is on record
(`queries.drafting_trends`, `queries.communities`); each has its n, and below the support named there an answer says "too few to say".
Overlap is what others have in the same classes of ICS and CCS. All of it counts what is loaded, which is a sample of what there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import schema
from graph.errors import NotFoundError
from graph.model import Node, NodeRecord, NodeRef, Statement, View
from graph.store import DraftingList, DraftingLists, Stage, Step, Store, Subgraph
from queries import communities, drafting_trends
from queries.answer import Answer, Bound, Caveat, Evidence, Finding, Item, Text
from queries.communities import Network, network
from queries.drafting_trends import SORTS, Drafter, Rise, Windows, Year
from queries.evidence import Citations, counted, listed
from queries.overlaps import Overlap, overlaps
from queries.resolve import one
from queries.speakers import TO_SPEAKERS, TO_SUCCESSORS, speakers

ASKED = (*schema.BODIES, schema.FIELD)

LISTED = 15
"""How many drafters an answer lists unless asked otherwise."""

STANDARDS = 2_000
"""Standards that are counted at most, the newest."""

FOUND = 200
"""Standards that words may find at most."""

YEARS = 12
"""Years that are listed, the newest."""

RISING, BROKERS, COMMUNITIES, OVERLAPPING = 5, 5, 8, 8
"""How many of each are listed."""

CITED = 2
"""Standards that are cited for one item."""

DRAWN = 12
"""Drafters in the picture."""

SUCCEEDED = 1_500
"""Drafters whose successors are looked for, the most frequent."""

ROLES: Mapping[str, Text] = {
    "drafter": Text("who drafts most", "起草最多的单位"),
    "rising": Text("who rises", "上升的单位"),
    "year": Text("by year of publication", "按发布年份"),
    "community": Text("who drafts together", "共同起草的群体"),
    "broker": Text("brokers between groups", "群体之间的中介单位"),
    "committee": Text("committees in the same classes", "同类目下的标委会"),
    "association": Text("association standards in the same classes", "同类目下的团体标准"),
}

COLUMNS: Mapping[str, Text] = {
    "share": Text("Of lists", "占比"),
    "latest": Text("Latest", "最近"),
}

_CLASSES = ("ICS ", "CCS ")
_LISTS = (
    Stage(
        (
            Step(("DRAFTED",), "in", (schema.STANDARD,), limit=120),
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), limit=10),
            Step(("CLASSIFIED_AS",), "out", (schema.STANDARD,), limit=20),
        )
    ),
    TO_SPEAKERS,
)
_BELOW = (Stage((Step(("PART_OF",), "in", schema.BODIES, schema.BODIES),)),)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at: the thing asked about (None: words), ids of its committees, and its rows."""

    about: Node | None
    words: str
    committees: tuple[str, ...]
    lists: DraftingLists
    found: int = 0

    @property
    def name(self) -> Text:
        """How it is called."""
        ref = self.about.ref if self.about else None
        if ref is None:
            return Text(f"“{self.words}”", f"“{self.words}”")
        return Text(ref.name("en"), ref.name("zh"))


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of a field."""

    lists: tuple[DraftingList, ...]
    drafters: tuple[Drafter, ...]
    places: Mapping[str, int]
    years: tuple[Year, ...]
    windows: Windows
    rising: tuple[Rise, ...]
    index: int | None
    network: Network

    @property
    def n(self) -> int:
        """Standards with a drafting list."""
        return len(self.lists)

    @property
    def total(self) -> int:
        """Places on lists."""
        return sum(self.places.values())

    @property
    def enough(self) -> bool:
        """Whether shares are given."""
        return self.n >= drafting_trends.SUPPORT and self.total >= drafting_trends.PLACES


def landscape(store: Store, asked: str, view: View, *, limit: int = LISTED) -> Answer:
    """Who shapes the drafting of a committee, a field or class, or of what the words `asked` find.

    Raises NotFoundError where words find nothing, AmbiguousError and InputError as `queries.resolve.one`.
    """
    scope = _scope(store, asked, view)
    nodes = _actors(store, scope.lists.lists, view)
    m = _measured(scope, nodes, view)
    found = overlaps(store, scope.lists.lists, scope.about, scope.committees, view, limit=OVERLAPPING)
    answer_of = _Answering(store, scope, m, found, view, limit)
    return answer_of.answer(asked)


def _scope(store: Store, asked: str, view: View) -> Scope:
    text = asked.strip()
    try:
        about = _class(store, text) or one(
            store, text, labels=ASKED, as_of=view.as_of, field="about", wanted="committee or field"
        )
    except NotFoundError:
        hits = store.search(text, labels=(schema.STANDARD,), limit=FOUND)
        if not hits.hits:
            raise
        lists = store.drafting_lists(view, standards=[hit.node.id for hit in hits.hits], limit=STANDARDS)
        return Scope(None, text, (), lists, hits.total)
    if about.label in schema.BODIES:
        graph = store.expand([about.id], _BELOW, view)
        committees = (about.id, *sorted(s.subject for s in graph.statements if s.type == "PART_OF"))
        return Scope(about, "", committees, store.drafting_lists(view, committees=committees, limit=STANDARDS))
    lists = store.drafting_lists(view, fields=[about.id], limit=STANDARDS)
    if lists.lists or _is_class(about):
        return Scope(about, "", (), lists)
    # Nothing is classified under a subject such as "new energy vehicles": its name finds what there is.
    hits = store.search(about.ref.name("zh"), labels=(schema.STANDARD,), limit=FOUND)
    lists = store.drafting_lists(view, standards=[hit.node.id for hit in hits.hits], limit=STANDARDS)
    return Scope(about, about.ref.name("zh"), (), lists, hits.total)


def _class(store: Store, text: str) -> Node | None:
    """The class that is meant by a code with its system, `ICS 35.030`."""
    system, code = text[:4].upper(), text[4:].strip().lower()
    if system not in _CLASSES or not code:
        return None
    id = f"field:{system.strip().lower()}-{code.replace('.', '-')}"
    return store.nodes([id]).get(id)


def _is_class(node: Node) -> bool:
    return node.properties.get("kind") in ("ICS", "CCS")


def _actors(store: Store, lists: Iterable[DraftingList], view: View) -> Subgraph:
    """The drafters with their successors; those beyond the bound as they are."""
    times: dict[str, int] = {}
    for row in lists:
        for actor, _ in row.drafters:
            times[actor] = times.get(actor, 0) + 1
    order = sorted(times, key=lambda id: (-times[id], id))
    graph = store.expand(order[:SUCCEEDED], (Stage((TO_SUCCESSORS,), hops=3),), view)
    rest = store.nodes(order[SUCCEEDED:]) if len(order) > SUCCEEDED else {}
    return Subgraph({**rest, **graph.nodes}, graph.statements)


def _measured(scope: Scope, actors: Subgraph, view: View) -> Measured:
    lists = drafting_trends.spoken_for(scope.lists.lists, speakers(actors.nodes, actors.statements))
    drafters = drafting_trends.drafters(lists)
    windows, rising = drafting_trends.rising(lists, view.as_of.year)
    return Measured(
        lists,
        drafters,
        drafting_trends.places(lists, actors.nodes),
        drafting_trends.years(lists, actors.nodes),
        windows,
        rising,
        drafting_trends.concentration(drafters) if len(lists) >= drafting_trends.SUPPORT else None,
        network(lists, drafters, [scope.about.id] if scope.about else ()),
    )


class _Answering:
    """Puts figures into items, findings and caveats, with what is cited for each."""

    def __init__(
        self, store: Store, scope: Scope, m: Measured, found: Sequence[Overlap], view: View, limit: int
    ) -> None:
        self._scope, self._m, self._overlaps, self._view, self._limit = scope, m, found, view, limit
        self._by = {d.id: d for d in m.drafters}
        self._shown = m.drafters[:limit]
        named = [*self._shown, *(self._by[r.id] for r in m.rising[:RISING])]
        named += [self._by[b.id] for b in m.network.brokers[:BROKERS]]
        cited = [id for d in named for id in d.standards[:CITED]]
        cited += [id for c in m.network.communities[:COMMUNITIES] for id in c.standards[:CITED]]
        self._yearly = [id for y in m.years[:YEARS] for id in y.standards[:CITED]]
        cited += [*self._yearly, *(id for o in found for id in o.standards[:CITED])]
        starts = list(dict.fromkeys((*([scope.about.id] if scope.about else ()), *cited)))
        self._graph = store.expand(starts, _LISTS, view)
        extra = {d.id for d in named} | {id for c in m.network.communities for id in (*c.members[:3], *c.fields)}
        extra |= {id for o in found for id in (o.id, *o.classes)}
        missing = store.nodes(sorted(extra - self._graph.nodes.keys()))
        self._records = store.records(
            [*dict.fromkeys((*self._yearly, *(o.id for o in found if o.role == "association")))], view
        )
        self._known = {**missing, **self._graph.nodes}
        self._citations = Citations(store, view, self._known)
        spoken = speakers(self._graph.nodes, self._graph.statements)
        self._lists: dict[tuple[str, str], list[Statement]] = {}
        self._first: dict[str, Statement] = {}
        for s in self._graph.statements:
            if s.type == "DRAFTED":
                self._lists.setdefault((spoken.get(s.subject, s.subject), s.object), []).append(s)
                first = self._first.get(s.object)
                if first is None or _rank(s) < _rank(first):
                    self._first[s.object] = s

    def answer(self, asked: str) -> Answer:
        """The answer."""
        scope = self._scope
        rows = [*self._drafters(), *self._rising(), *self._years(), *self._communities(), *self._brokers()]
        rows += self._overlapping()
        items = tuple(
            Item(n, role, node, 1.0, (), says, evidence, details=details)
            for n, (role, node, says, evidence, details) in enumerate(rows, start=1)
        )
        drawn = [s for d in self._shown[:DRAWN] for s in self._places(d.id, d.standards)]
        shown = {s.subject for s in drawn}
        drawn += [
            s for s in self._graph.statements if s.type == "PART_OF" and s.subject in shown and s.object in self._by
        ]
        roles = {scope.about.id: "asked"} if scope.about else {}
        if scope.about:
            ends = {s.object for s in drawn}
            drawn += [
                s for s in self._graph.statements
                if (s.type == "IN_CHARGE_OF" and s.subject == scope.about.id and s.object in ends)
                or (s.type == "CLASSIFIED_AS" and s.object == scope.about.id and s.subject in ends)
            ]  # fmt: skip
        findings = tuple(self._findings())
        return Answer(
            question="landscape",
            asked={"about": asked, **({"words": asked} if scope.about is None else {})},
            about=(scope.about.ref,) if scope.about else (),
            as_of=self._view.as_of.isoformat(),
            summary=self._summary(),
            items=items,
            findings=findings,
            caveats=tuple(self._caveats()),
            picture=self._citations.picture(drawn, roles),
            sources=self._citations.sources(),
            bounds=tuple(self._bounds()),
            total=len(items),
        )

    # -- items -------------------------------------------------------------------------------------------------------
    def _drafters(self) -> Iterable[_Row]:
        n = self._m.n
        for d in self._shown:
            share = round(d.drafted / n, 3) if n >= drafting_trends.SUPPORT else None
            led = Text(f", led {d.led}", f"，牵头{d.led}项") if d.led else Text("", "")
            says = Text(f"on {d.drafted} of {n} lists{led.en}", f"见于{n}份起草单位名单中的{d.drafted}份{led.zh}")
            details = {"drafted": d.drafted, "n": n, "led": d.led, "latest": d.latest}
            details |= {"share": f"{share:.0%}".replace("%", " %") if share is not None else None}
            details |= {"sort": self._sort(d.id)}
            yield "drafter", self._citations.ref(d.id), says, self._cite(d), details

    def _rising(self) -> Iterable[_Row]:
        w, last = self._m.windows, self._view.as_of.year
        for r in self._m.rising[:RISING]:
            says = Text(
                f"on {r.recent} of {w.recent} lists of {w.recent_from}-{last}, "
                f"before that on {r.before} of {w.before} ({w.before_from}-{w.recent_from - 1})",
                f"{w.recent_from}-{last}年{w.recent}份名单中见于{r.recent}份；"
                f"此前（{w.before_from}-{w.recent_from - 1}年）{w.before}份中见于{r.before}份",
            )
            details = {"recent": r.recent, "recent_n": w.recent, "before": r.before, "before_n": w.before}
            yield "rising", self._citations.ref(r.id), says, self._cite(self._by[r.id]), details

    def _years(self) -> Iterable[_Row]:
        for y in self._m.years[:YEARS]:
            newest = self._citations.ref(y.standards[0])
            node = self._scope.about.ref if self._scope.about else newest
            said = ", ".join(f"{SORTS[name].en} {n}" for name, n in y.places.items())
            said_zh = "、".join(f"{SORTS[name].zh}{n}" for name, n in y.places.items())
            as_newest = Text(f", the newest {newest.name('en')}", f"，最新为{newest.name('zh')}")
            says = Text(
                f"{y.year}: {counted(len(y.standards), 'list')}{as_newest.en}; {counted(y.total, 'place')}: {said}",
                f"{y.year}年：名单{len(y.standards)}份{as_newest.zh}；共{y.total}席：{said_zh}",
            )
            evidence = [
                *self._citations.cite(self._first[id] for id in y.standards[:CITED] if id in self._first),
                *self._dated(y.standards[:CITED]),
            ]
            details = {"year": y.year, "lists": len(y.standards), "actors": y.actors, "places": y.total, **y.places}
            yield "year", node, says, tuple(evidence), details

    def _communities(self) -> Iterable[_Row]:
        for number, c in enumerate(self._m.network.communities[:COMMUNITIES], start=1):
            strongest = listed(self._citations.ref(id) for id in c.members[:3])
            more = len(c.members) - 3
            and_more = Text(f" and {more} more", f"等{len(c.members)}家") if more > 0 else Text("", "")
            in_fields = listed(self._citations.ref(id) for id in c.fields)
            fields = Text(f", in {in_fields.en}", f"，领域：{in_fields.zh}") if c.fields else Text("", "")
            says = Text(
                f"Group {number}: {strongest.en}{and_more.en}; {counted(len(c.standards), 'list')} together{fields.en}",
                f"群体{number}：{strongest.zh}{and_more.zh}；共同名单{len(c.standards)}份{fields.zh}",
            )
            statements = [
                s for id in c.standards[:CITED] for member in c.members for s in self._lists.get((member, id), ())
            ]
            details = {"group": number, "members": len(c.members), "lists": len(c.standards)}
            yield "community", self._citations.ref(c.members[0]), says, self._citations.cite(statements), details

    def _brokers(self) -> Iterable[_Row]:
        others = self._m.network.actors - 1
        for b in self._m.network.brokers[:BROKERS]:
            groups = ", ".join(str(number + 1) for number in b.into[:COMMUNITIES])
            groups_zh = "、".join(str(number + 1) for number in b.into[:COMMUNITIES])
            says = Text(
                f"on {b.betweenness:.0%} of the shortest paths between others, drafts with {b.contacts} of {others}, "
                f"in groups {groups}; constraint {b.constraint:.2f}".replace("%", " %"),
                f"位于其他单位间{b.betweenness:.0%}的最短路径上，与{others}家中的{b.contacts}家共同起草，"
                f"连接群体{groups_zh}；约束系数{b.constraint:.2f}",
            )
            details = {
                "betweenness": b.betweenness,
                "constraint": b.constraint,
                "contacts": b.contacts,
                "n": self._m.network.actors,
            }
            yield "broker", self._citations.ref(b.id), says, self._cite(self._by[b.id]), details

    def _overlapping(self) -> Iterable[_Row]:
        for o in self._overlaps:
            ref = self._citations.ref(o.id)
            named = listed(self._citations.ref(id) for id in o.classes[:3])
            if o.role == "committee":
                says = Text(
                    f"{counted(len(o.standards), 'standard')} in {named.en}",
                    f"在{named.zh}类目下有{len(o.standards)}项标准",
                )
            else:
                says = (
                    Text(f"in {named.en}", f"属{named.zh}") if o.classes else Text("found by the words", "由检索词找到")
                )
            cited = [
                s for s in self._graph.statements
                if (s.type == "CLASSIFIED_AS" and s.subject in o.standards[:CITED] and s.object in o.classes)
                or (o.role == "committee" and s.type == "IN_CHARGE_OF" and s.subject == o.id and s.object in o.standards[:CITED])
            ]  # fmt: skip
            evidence = self._citations.cite(cited)
            if o.role == "association":
                evidence += self._citations.of_records(
                    self._records.get(o.id, ()), ("title_zh", "title_en", "published")
                )
            yield o.role, ref, says, evidence, {"standards": len(o.standards), "latest": o.published}

    # -- the whole ---------------------------------------------------------------------------------------------------
    def _findings(self) -> Iterable[Finding]:
        m = self._m
        evidence = self._citations.cite(self._first[id] for id in self._yearly[:5] if id in self._first)
        if m.enough:
            shares = {name: round(n / m.total, 3) for name, n in m.places.items()}
            en = ", ".join(f"{SORTS[name].en} {share:.0%}" for name, share in shares.items()).replace("%", " %")
            zh = "、".join(f"{SORTS[name].zh}{share:.0%}" for name, share in shares.items())
            text = Text(f"Of {m.total} places on {m.n} lists: {en}", f"{m.n}份名单共{m.total}席：{zh}")
            yield Finding("sorts", text, {"places": m.total, "lists": m.n, **shares}, evidence)
        if m.index is not None:
            level = _LEVELS[(m.index >= drafting_trends.MODERATE) + (m.index >= drafting_trends.HIGH)]
            text = Text(
                f"Drafting is {level.en}: the index of concentration (HHI) is {m.index} of 10,000, "
                f"over {m.total} places of {counted(len(m.drafters), 'actor')}",
                f"起草{level.zh}：集中度指数（HHI）{m.index}（满分10000），按{len(m.drafters)}家共{m.total}席计算",
            )
            yield Finding(
                "concentration", text, {"hhi": m.index, "places": m.total, "actors": len(m.drafters)}, evidence
            )
        w, last = m.windows, self._view.as_of.year
        if m.n and not m.rising:
            spans = Text(
                f"{w.recent} ({w.recent_from}-{last}) and {w.before} ({w.before_from}-{w.recent_from - 1})",
                f"{w.recent}份（{w.recent_from}-{last}年）和{w.before}份（{w.before_from}-{w.recent_from - 1}年）",
            )
            text = (
                Text(
                    f"Nobody rises beyond chance between {w.before} lists of {w.before_from}-{w.recent_from - 1} "
                    f"and {w.recent} of {w.recent_from}-{last}",
                    f"对比{w.before_from}-{w.recent_from - 1}年{w.before}份与{w.recent_from}-{last}年{w.recent}份名单，"
                    "未见超出偶然的上升",
                )
                if w.enough
                else Text(
                    f"Who rises: too few to say; {drafting_trends.SUPPORT} lists are needed in each window, there are {spans.en}",
                    f"谁在上升：样本过少，不作判断；两个时段各需{drafting_trends.SUPPORT}份名单，现有{spans.zh}",
                )
            )
            yield Finding("trend", text, {"recent": w.recent, "before": w.before}, evidence)
        yield from self._of_network(evidence)

    def _of_network(self, evidence: tuple[Evidence, ...]) -> Iterable[Finding]:
        net, m = self._m.network, self._m
        values = {"actors": net.actors, "lists": m.n, "modularity": net.modularity}
        if not m.n:
            return
        if not net.enough:
            text = Text(
                f"Groups and brokers: too few to say; {communities.SUPPORT} lists and as many actors on two or more of them are needed, "
                f"there are {m.n} and {net.actors}",
                f"群体与中介：样本过少，不作判断；需{communities.SUPPORT}份名单及见于两份以上的{communities.SUPPORT}家单位，"
                f"现有{m.n}份、{net.actors}家",
            )
        elif not net.communities:
            text = Text(
                f"The {net.actors} actors on two lists or more fall into no clear groups (modularity {net.modularity:.2f}), "
                "so that nobody is named a broker",
                f"见于两份以上名单的{net.actors}家未形成明显群体（模块度{net.modularity:.2f}），故不称中介",
            )
        else:
            text = Text(
                f"The {net.actors} actors on two lists or more fall into {counted(len(net.communities), 'group')} "
                f"(modularity {net.modularity:.2f}); that they draft together is an indication, not an alliance",
                f"见于两份以上名单的{net.actors}家分为{len(net.communities)}个群体（模块度{net.modularity:.2f}）；"
                "共同起草只是迹象，不等于结盟",
            )
        yield Finding("groups", text, values, evidence)

    def _summary(self) -> tuple[Text, ...]:
        m, name = self._m, self._scope.name
        if not m.n:
            return (Text(f"No drafting list of {name.en} is on record", f"未见{name.zh}的起草单位名单"),)
        said = Text(
            f"{counted(m.n, 'standard')} of {name.en} {'has its' if m.n == 1 else 'have their'} drafting list on record, "
            f"with {counted(len(m.drafters), 'actor')}",
            f"{name.zh}有{m.n}项标准的起草单位名单在案，涉及{len(m.drafters)}家单位",
        )
        if m.n < drafting_trends.SUPPORT:
            few = Text("Too few to say who shapes it; counts alone are listed", "样本过少，无法判断由谁主导，仅列计数")
            return (said, few)
        first = m.drafters[0]
        level = [d for d in m.drafters if d.drafted == first.drafted]
        strongest = listed(self._citations.ref(d.id) for d in level[:3])
        of = Text(f"{first.drafted} of {m.n} lists", f"{m.n}份名单中的{first.drafted}份")
        each = Text(" each", "各") if len(level) > 1 else Text("", "")
        return (
            said,
            Text(
                f"Most often there: {strongest.en}, on {of.en}{each.en}",
                f"最常见：{strongest.zh}，{each.zh}见于{of.zh}",
            ),
        )

    def _caveats(self) -> Iterable[Caveat]:
        m, scope = self._m, self._scope
        if not scope.lists.lists:
            yield Caveat(
                "no_standards",
                Text(
                    f"Load standards of {scope.name.en} with their drafting organisations to see its landscape",
                    f"载入{scope.name.zh}的标准及其起草单位，即可查看格局",
                ),
            )
            return
        without = len(scope.lists.lists) - m.n
        if without:
            yield Caveat(
                "without_lists",
                Text(
                    f"{counted(without, 'standard')} of {scope.name.en} on record {'has' if without == 1 else 'have'} no drafting list "
                    "and count for nothing here; load forewords to fill this",
                    f"{scope.name.zh}另有{without}项标准未见起草单位名单，未计入；载入前言可补全",
                ),
            )
        if m.n < drafting_trends.SUPPORT:
            yield Caveat(
                "few",
                Text(
                    f"Shares, trends and concentration are given from {drafting_trends.SUPPORT} lists on; "
                    f"here {'is' if m.n == 1 else 'are'} {m.n}",
                    f"满{drafting_trends.SUPPORT}份名单才给出占比、趋势和集中度；此处为{m.n}份",
                ),
            )
        undated = sum(row.published is None for row in m.lists)
        if undated:
            yield Caveat(
                "undated",
                Text(
                    f"{counted(undated, 'list')} without a date {'is' if undated == 1 else 'are'} in no year",
                    f"另有{undated}份名单无日期，未计入各年",
                ),
            )
        unknown = m.places.get("unknown", 0)
        if m.enough and unknown > m.total / 10:
            yield Caveat(
                "unknown_sorts",
                Text(
                    f"Of {unknown} of {m.total} places it is not on record whether the company is domestic, foreign or state-owned: "
                    "shares of these are floors",
                    f"{m.total}席中有{unknown}席的企业性质（内资、外资、国有）未见记录，相应占比为下限",
                ),
            )
        if scope.words:
            yield Caveat(
                "by_words",
                Text(
                    f"The standards are those whose numbers or titles hold {scope.words!r}: others on the matter are not counted",
                    f"仅计编号或名称含“{scope.words}”的标准，涉及该主题的其他标准未计入",
                ),
            )
        yield Caveat(
            "sample",
            Text(
                "Counts are of what is loaded, a sample: shares hold for the lists on record, not for all standards of the field",
                "统计对象为已载入的样本；占比仅适用于在案名单，不代表该领域全部标准",
            ),
        )

    def _bounds(self) -> Iterable[Bound]:
        scope, net = self._scope, self._m.network
        if scope.lists.bounded:
            what = Text(f"{scope.name.en}: standards counted, the newest", f"{scope.name.zh}：计入的标准（最新）")
            yield Bound(what, len(scope.lists.lists), scope.lists.standards)
        if len(self._m.drafters) > self._limit:
            yield Bound(
                Text("drafters listed, the most frequent", "所列起草单位（最常见）"), self._limit, len(self._m.drafters)
            )
        if scope.found > FOUND:
            yield Bound(Text("standards that the words find", "检索词找到的标准"), FOUND, scope.found)
        if net.eligible > net.actors:
            yield Bound(
                Text("actors in groups, the most frequent", "计入群体的单位（最常见）"), net.actors, net.eligible
            )

    # -- what is cited -----------------------------------------------------------------------------------------------
    def _places(self, actor: str, standards: Iterable[str]) -> list[Statement]:
        return [s for id in standards for s in self._lists.get((actor, id), ())]

    def _cite(self, drafter: Drafter) -> tuple[Evidence, ...]:
        return self._citations.cite(self._places(drafter.id, drafter.standards[:CITED]))

    def _dated(self, standards: Iterable[str]) -> tuple[Evidence, ...]:
        records: list[NodeRecord] = [record for id in standards for record in self._records.get(id, ())[:1]]
        return self._citations.of_records(records, ("published",))

    def _sort(self, actor: str) -> str:
        node = self._known.get(actor)
        return drafting_trends.sort_of(node) if node else "unknown"


_Row = tuple[str, NodeRef, Text, tuple[Evidence, ...], Mapping[str, str | int | float | None]]

_LEVELS = (
    Text("spread over many", "较为分散"),
    Text("moderately concentrated", "中度集中"),
    Text("highly concentrated", "高度集中"),
)


def _rank(s: Statement) -> tuple[int, str]:
    rank = s.properties.get("rank")
    return (rank if isinstance(rank, int) else 10_000, s.key)
