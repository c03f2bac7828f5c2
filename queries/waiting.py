"""The standards of a committee, field or actor that wait for something: comments that close, effect, publication, an overdue review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph import schema
from graph.dates import first_day
from graph.model import Node, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries import rules
from queries.answer import Answer, Caveat, Finding, Item, Text
from queries.evidence import Citations, counted
from queries.speakers import speaker

REVIEW_YEARS = 5
"""Years to a review where no rule for the kind is on record: the Standardization Law of 2017, Article 29."""

SCOPE = 1000
"""Standards that are looked at, the newest first."""

_SORTS = ("comments", "upcoming", "drafting", "review")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A standard that waits: for what, until or since when, and the statement by which it belongs to what was asked about."""

    role: str
    node: Node
    day: str
    belongs: Statement


def waiting(store: Store, asked: str, about: Node, view: View, limit: int) -> Answer:
    """The standards of `about` that wait for something: doors that close first, then what comes into force, then what is past its day."""
    graph = scope(store, about, view)
    day = view.as_of.isoformat()
    found = sorted(_found(graph, day), key=lambda w: (_SORTS.index(w.role), w.day or "9999", w.node.id))
    shown = _turns(found, limit)
    records = store.records([w.node.id for w in shown], view)
    citations = Citations(store, view, graph.nodes)
    items = tuple(
        Item(
            n, w.role, w.node.ref, 1.0, (), _says(w, day),
            (*citations.of_records(records.get(w.node.id, ()), _DATED[w.role])[:1], *citations.cite([w.belongs])),
            details={"event": w.role, "day": w.day or None},
        )
        for n, w in enumerate(shown, start=1)
    )  # fmt: skip
    counts = {role: sum(1 for w in found if w.role == role) for role in _SORTS}
    standards = [node for node in graph.nodes.values() if node.label == schema.STANDARD]
    return Answer(
        question="status",
        asked={"about": asked},
        about=(about.ref,),
        as_of=day,
        summary=(_summary(about, counts, len(standards)),),
        items=items,
        findings=(
            Finding("waiting", _summary(about, counts, len(standards)), {**counts, "standards": len(standards)}),
        ),
        caveats=_caveats(about, standards),
        picture=citations.picture([w.belongs for w in shown], {about.id: "asked"}),
        sources=citations.sources(),
        bounds=citations.bounds(graph.cuts),
        total=len(found),
    )


_DATED: Mapping[str, tuple[str, ...]] = {
    "comments": ("comments_close",),
    "upcoming": ("published", "effective"),
    "drafting": ("stage", "plan_number"),
    "review": ("published",),
}


def scope(store: Store, about: Node, view: View) -> Subgraph:
    """The standards of a committee, field or actor (a group with its entities), the newest `SCOPE`."""
    if about.label in schema.ORGANISATIONS:
        spoken = speaker(store, about, view)
        step = Step(("DRAFTED",), "out", schema.ORGANISATIONS, (schema.STANDARD,), limit=SCOPE)
        return store.expand(spoken.ids, (Stage((step,)),), view)
    kind, way = ("IN_CHARGE_OF", "out") if about.label in schema.BODIES else ("CLASSIFIED_AS", "in")
    step = Step((kind,), "out" if way == "out" else "in", (about.label,), (schema.STANDARD,), limit=SCOPE)
    return store.expand([about.id], (Stage((step,)),), view)


def _found(graph: Subgraph, day: str) -> list[Waiting]:
    belongs: dict[str, Statement] = {}
    for s in graph.statements:
        for id in (s.subject, s.object):
            if id in graph.nodes and graph.nodes[id].label == schema.STANDARD:
                belongs.setdefault(id, s)
    found = []
    for id, statement in belongs.items():
        if state := _state(graph.nodes[id], day):
            found.append(Waiting(state[0], graph.nodes[id], state[1], statement))
    return found


def _state(standard: Node, day: str) -> tuple[str, str] | None:
    """What a standard waits for, and its day; None where it waits for nothing that is on record."""
    p = standard.properties
    closes, published, effective = (str(p.get(name) or "") for name in ("comments_close", "published", "effective"))
    if closes and first_day(closes) >= day:
        return "comments", closes
    if p.get("status") in ("superseded", "withdrawn"):
        return None
    if published and first_day(published) <= day:
        if effective and first_day(effective) > day:
            return "upcoming", effective
        due = rules.years_after(published, REVIEW_YEARS).isoformat()
        return ("review", due) if p.get("kind") in rules.REVIEWED and due < day else None
    if p.get("status") == "project" or (p.get("stage") and str(p["stage"]) < "60"):
        return "drafting", ""
    return None


def _turns(found: Sequence[Waiting], limit: int) -> list[Waiting]:
    """At most `limit`, with each sort given its turn, so that many overdue reviews do not hide a door that closes."""
    sorts = {role: [w for w in found if w.role == role] for role in _SORTS}
    taken: dict[str, int] = dict.fromkeys(_SORTS, 0)
    left = limit
    while left and any(taken[role] < len(sorts[role]) for role in _SORTS):
        for role in _SORTS:
            if left and taken[role] < len(sorts[role]):
                taken[role] += 1
                left -= 1
    return [w for role in _SORTS for w in sorts[role][: taken[role]]]


def _says(waits: Waiting, day: str) -> Text:
    if waits.role == "comments":
        return Text(f"comments close on {waits.day}", f"征求意见至{waits.day}")
    if waits.role == "upcoming":
        left = rules.days_between(day, waits.day)
        return Text(f"takes effect on {waits.day}, in {counted(left, 'day')}", f"{waits.day}实施，尚有{left}天")
    if waits.role == "review":
        return Text(f"review was due by {waits.day}; none is on record", f"应于{waits.day}前复审；未见复审记录")
    stage = schema.STAGES.get(str(waits.node.properties.get("stage")))
    return Text(f"at the stage of {stage[0]}" if stage else "a project", f"处于{stage[1]}阶段" if stage else "计划项目")


def _summary(about: Node, counts: Mapping[str, int], standards: int) -> Text:
    """How many wait, of how many there are; what nobody waits for is not listed."""
    en, zh = about.ref.name("en"), about.ref.name("zh")
    some = [(n, *_COUNTED[role]) for role, n in counts.items() if n]
    waits_en = ", ".join(f"{n} {words}" for n, words, _ in some) or "none waits for anything on record"
    waits_zh = "，".join(f"{words}{n}项" for n, _, words in some) or "未见待办节点"
    return Text(
        f"Of {counted(standards, 'standard')} of {en} on record: {waits_en}", f"{zh}在案标准{standards}项：{waits_zh}"
    )


_COUNTED: Mapping[str, tuple[str, str]] = {
    "comments": ("open for comments", "征求意见"),
    "upcoming": ("published and not yet in force", "已发布尚未实施"),
    "drafting": ("in preparation", "制修订中"),
    "review": ("past five years without a review on record", "逾五年未见复审记录"),
}


def _caveats(about: Node, standards: Sequence[Node]) -> tuple[Caveat, ...]:
    found = []
    if not standards:
        text = Text(
            f"No standard of {about.ref.name('en')} is on record; load its records from the national platform to have them",
            f"未见{about.ref.name('zh')}的标准；载入其在国家标准平台的记录即可补全",
        )
        found.append(Caveat("no_standards", text))
    undated = sum(1 for node in standards if not node.properties.get("published"))
    if undated:
        text = Text(
            f"{counted(undated, 'standard')} of these without a date of publication on record",
            f"其中{undated}项未见发布日期",
        )
        found.append(Caveat("undated", text))
    return tuple(found)
