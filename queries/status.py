"""Where a standard stands and what is due when; and which standards of a committee, field or actor wait for something.

Rule. Dates are those of the standard's records, each cited. A review is due within the years that the rule for its kind gives (five, by the
Standardization Law of 2017, Article 29), counted from publication. Whether one took place is unknown unless something says so: overdue
means that its day has passed and no review is on record. The window is the days from publication to effect; it is called short where
it lies in the shortest quarter of the windows of the committee in charge, and where fewer than `SUPPORT` of them are on record
nothing is called usual. What is replaced or withdrawn is due nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from graph import schema
from graph.dates import first_day
from graph.model import Node, NodeRecord, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries import rules
from queries.answer import Answer, Caveat, Evidence, Finding, Item, Text
from queries.evidence import Citations, counted, strength
from queries.resolve import one
from queries.waiting import waiting

ASKED = (schema.STANDARD, *schema.BODIES, *schema.ORGANISATIONS, schema.FIELD)

LISTED = 20
"""How many standards an answer about a committee, field or actor lists."""

SUPPORT = 8
"""Fewest windows of a committee from which something usual is read: of fewer, a quarter is less than two standards."""

OTHERS = 200
"""Standards of the committee, the newest first, whose windows are compared."""

ROLES: Mapping[str, Text] = {
    "stage": Text("stage and dates", "阶段与日期"),
    "next": Text("what comes next", "下一节点"),
    "replaced_by": Text("what replaces it", "代替本标准的标准"),
    "revision": Text("revision under way", "修订进行中"),
    "replaces": Text("what it replaces", "本标准代替的标准"),
    "comments": Text("open for comments", "正在征求意见"),
    "upcoming": Text("published, not yet in force", "已发布尚未实施"),
    "drafting": Text("in preparation", "制修订中"),
    "review": Text("past the day of the five-year review", "已过五年复审期限"),
}

_REVIEW = ("review-interval", "review-interval-1990")
_SHORT, _REVIEWS_HELP = "barrier-short-transition", "five-year-review-effect"
_WALK = (
    Stage(
        (
            Step(("REPLACES",), "out", (schema.STANDARD,), limit=40),
            Step(("REPLACES",), "in", (schema.STANDARD,), limit=40),
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), schema.BODIES, limit=10),
            Step(("STATUS", "STAGE"), "out", (schema.STANDARD,)),
            rules.step(*_REVIEW),
            Step(("NOTE",), "out", (schema.FIELD,), qualifiers=(_SHORT, _REVIEWS_HELP)),
        )
    ),
    Stage((Step(("IN_CHARGE_OF",), "out", schema.BODIES, (schema.STANDARD,), limit=OTHERS),)),
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated of the standard: what happens, on which day, what says so."""

    role: str
    name: str
    day: str
    says: Text
    evidence: tuple[Evidence, ...]


def status(store: Store, asked: str, view: View, *, limit: int = LISTED) -> Answer:
    """Where the standard `asked` stands; of a committee, field or actor, which of its standards wait for something.

    Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
    """
    about = one(
        store, asked, labels=ASKED, as_of=view.as_of, field="about", wanted="standard, committee, field or actor"
    )
    if about.label != schema.STANDARD:
        return waiting(store, asked, about, view, limit)
    fields = rules.bearing_on(about)
    graph = store.expand([about.id, *fields], _WALK, view)
    records = store.records([about.id], view).get(about.id, ())
    citations = Citations(store, view, graph.nodes)
    day = view.as_of.isoformat()
    ended = over(about, graph)
    events = [*_dates(records, day, citations), *review_due(about, graph, fields, day, citations, over=bool(ended))]
    related = [row for row in _related(about, graph) if row[1].id != about.id]
    items = [
        Item(n, e.role, about.ref, 1.0, (), e.says, e.evidence, details={"event": e.name, "day": e.day})
        for n, e in enumerate(events, start=1)
    ]
    items += [
        Item(n, role, node.ref, 1.0, (), said.says, (said,), details={"event": role, "day": said.since})
        for n, (role, node, statement) in enumerate(related, start=len(items) + 1)
        for said in citations.cite([statement])
    ]
    findings = (*_stage(about, graph, ended, citations), *_window(about, graph, citations))
    drawn = [
        s for s in graph.statements if s.type in ("REPLACES", "IN_CHARGE_OF") and about.id in (s.subject, s.object)
    ]
    return Answer(
        question="status",
        asked={"about": asked},
        about=(about.ref,),
        as_of=day,
        summary=(_summary(about, events, ended, day),),
        items=tuple(items),
        findings=findings,
        caveats=_caveats(about, events),
        picture=citations.picture(drawn, {about.id: "asked"}),
        sources=citations.sources(),
        total=len(items),
    )


def _dates(records: Sequence[NodeRecord], day: str, citations: Citations) -> Iterable[Event]:
    """The dates on record, in their order: what lies ahead on the day asked about comes next."""
    said = {name: citations.of_records(records, (name,)) for name in ("comments_close", "published", "effective")}
    words = {
        "comments_close": Text("comments close", "征求意见截止"),
        "published": Text("published", "发布"),
        "effective": Text("takes effect", "实施"),
    }
    found = []
    for name, evidence in said.items():
        for e in evidence:
            when = str(e.properties[name])
            role = "next" if first_day(when) > day else "stage"
            found.append(Event(role, name, when, Text(f"{words[name].en} {when}", f"{when} {words[name].zh}"), (e,)))
    return sorted(found, key=lambda event: (event.role != "stage", first_day(event.day)))


def over(about: Node, graph: Subgraph) -> tuple[Statement, ...]:
    """What says that the standard is no longer in force: that it was replaced as a whole, or withdrawn."""
    replaced = [
        s for s in graph.statements
        if s.type == "REPLACES" and s.object == about.id and not s.properties.get("partial")
        and is_out(graph.nodes[s.subject])
    ]  # fmt: skip
    ended = [
        s for s in graph.statements
        if s.type == "STATUS" and s.subject == about.id and s.value in ("withdrawn", "superseded")
    ]  # fmt: skip
    return tuple(sorted((*ended, *replaced), key=strength, reverse=True))


def is_out(standard: Node) -> bool:
    """Whether a standard has come out, as far as is on record: it was published, or has a number and is no project."""
    p = standard.properties
    return bool(p.get("published")) or (bool(p.get("number")) and p.get("status") != "project")


def review_due(
    about: Node, graph: Subgraph, fields: Sequence[str], day: str, citations: Citations, *, over: bool
) -> Iterable[Event]:
    """The five-year review: its day by the rule, and that nothing on record says whether it took place."""
    published = about.properties.get("published")
    found = rules.applying(graph.statements, fields, _REVIEW)
    years = next((n for s in found if (n := rules.amount(s, rules.YEARS))), None)
    reviewed = about.properties.get("kind") in rules.REVIEWED
    if over or not published or not reviewed or years is None or first_day(str(published)) > day:
        return
    due = rules.years_after(str(published), years).isoformat()
    evidence = citations.cite(s for s in found if rules.amount(s, rules.YEARS) == years)
    if due < day:
        says = Text(
            f"five-year review was due by {due} by the rule; no review is on record, so whether one took place is unknown",
            f"按规定应于{due}前复审；未见复审记录，是否已复审未知",
        )
        yield Event("next", "review_overdue", due, says, evidence)
    else:
        yield Event(
            "next", "review_due", due, Text(f"review due by {due} by the rule", f"按规定应于{due}前复审"), evidence
        )


def _related(about: Node, graph: Subgraph) -> list[tuple[str, Node, Statement]]:
    found = []
    for s in sorted(graph.statements, key=lambda s: (s.since or "", s.key), reverse=True):
        if s.type == "REPLACES" and s.object == about.id:
            newer = graph.nodes[s.subject]
            found.append(("replaced_by" if is_out(newer) else "revision", newer, s))
        elif s.type == "REPLACES" and s.subject == about.id:
            found.append(("replaces", graph.nodes[s.object], s))
    first: dict[tuple[str, str], tuple[str, Node, Statement]] = {}
    for row in found:
        first.setdefault((row[0], row[1].id), row)
    order = list(ROLES)
    return sorted(first.values(), key=lambda row: order.index(row[0]))


def _stage(about: Node, graph: Subgraph, over: Sequence[Statement], citations: Citations) -> Iterable[Finding]:
    """The stage of the project as sources give it, or that the standard is no longer in force."""
    if over:
        yield Finding("over", Text("No longer in force", "已不再有效"), {}, citations.cite(over))
    said = [s for s in graph.statements if s.subject == about.id and s.type == "STAGE"]
    for evidence in citations.cite(sorted(said, key=strength, reverse=True)[:1]):
        en, zh = schema.STAGES[str(evidence.value)]
        text = Text(f"Stage {evidence.value}: {en}", f"阶段{evidence.value}：{zh}")
        yield Finding("stage", text, {"stage": str(evidence.value), "since": evidence.since}, (evidence,))


def _window(about: Node, graph: Subgraph, citations: Citations) -> Iterable[Finding]:
    """Days from publication to effect, beside what is usual in the committee in charge."""
    days = _days(about)
    if days is None:
        return
    others = [n for id, node in graph.nodes.items() if id != about.id and (n := _days(node)) is not None]
    figures: dict[str, int | None] = {"days": days, "n": len(others), "quarter": None, "median": None}
    lead = Text(f"{counted(days, 'day')} from publication to effect", f"发布至实施{days}天")
    if len(others) < SUPPORT:
        few = Text(
            f"too few to say what is usual: of its committee {counted(len(others), 'other standard') if others else 'no other standard'} "
            "with both dates is on record",
            f"样本过少，无从判断通常期限：其归口委员会另载有两项日期的标准{len(others)}项",
        )
        yield Finding("window", Text(f"{lead.en}; {few.en}", f"{lead.zh}；{few.zh}"), figures)
        return
    quarter, median, _ = (round(q) for q in quantiles(others, n=4, method="inclusive"))
    usual = Text(
        f"the median of {len(others)} others of its committee is {median}, the shortest quarter up to {quarter}",
        f"其归口委员会另{len(others)}项标准的中位数为{median}天，最短四分之一为{quarter}天以内",
    )
    short = days < quarter
    cited = citations.cite(s for s in graph.statements if s.type == "NOTE" and s.qualifier == _SHORT) if short else ()
    verdict = Text(": short", "，属偏短") if short else Text("", "")
    yield Finding(
        "window",
        Text(f"{lead.en}{verdict.en}; {usual.en}", f"{lead.zh}{verdict.zh}；{usual.zh}"),
        {**figures, "quarter": quarter, "median": median, "short": short},
        cited,
    )


def _days(standard: Node) -> int | None:
    """Days from publication to effect; None where either is unknown, or no day of a month is given."""
    dates = [str(standard.properties.get(name) or "") for name in ("published", "effective")]
    if any(len(day) < len("2020-01-01") for day in dates):
        return None
    days = rules.days_between(*dates)
    return days if days >= 0 else None


def _summary(about: Node, events: Sequence[Event], over: Sequence[Statement], day: str) -> Text:
    """Where it stands, in a sentence."""
    en, zh = about.ref.name("en"), about.ref.name("zh")
    ahead = [e for e in events if e.role == "next" and first_day(e.day) > day]
    late = next((e for e in events if e.name == "review_overdue"), None)
    in_force = next((e for e in events if e.role == "stage" and e.name == "effective"), None)
    if over:
        return Text(f"{en} is no longer in force", f"{zh}已不再有效")
    if ahead:
        first = ahead[0]
        return Text(f"{en}: next, {first.says.en}", f"{zh}：下一节点，{first.says.zh}")
    if late:
        return (
            Text(f"{en} is in force; its {late.says.en}", f"{zh}现行有效；{late.says.zh}")
            if in_force
            else Text(f"{en}: {late.says.en}", f"{zh}：{late.says.zh}")
        )
    stage = schema.STAGES.get(str(about.properties.get("stage")))
    if stage and not in_force:
        return Text(
            f"{en} is at the stage of {stage[0]}; no deadline is on record", f"{zh}处于{stage[1]}阶段；未见截止日期"
        )
    return Text(f"Nothing is on record of what comes next for {en}", f"{zh}的下一节点未见记录")


def _caveats(about: Node, events: Sequence[Event]) -> tuple[Caveat, ...]:
    found = []
    if not any(e.role == "stage" for e in events):
        text = Text(
            "No date of this standard is on record; load its record from the national platform to have them",
            "未见该标准的日期；载入其在国家标准平台的记录即可补全",
        )
        found.append(Caveat("no_dates", text))
    days: dict[str, set[str]] = {}
    for e in events:
        days.setdefault(e.name, set()).add(e.day)
    for name, said in days.items():
        if len(said) > 1:
            listed = ", ".join(sorted(said))
            word = schema.PROPERTIES[name]
            found.append(
                Caveat(
                    "conflict", Text(f"Sources disagree on {word.en}: {listed}", f"来源对{word.zh}说法不一：{listed}")
                )
            )
    if about.properties.get("status") == "project" and not about.properties.get("comments_close"):
        text = Text(
            "No closing date for comments is on record; `channels` tells the rule for its kind",
            "未见征求意见截止日期；相关规定见“渠道”",
        )
        found.append(Caveat("no_closing_date", text))
    return tuple(found)
