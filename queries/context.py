"""The background of a matter: figures of the system, what surveys found, and the timeline of policies; each with its source and date.

Rule. Without words it is the whole system: the figures of its kinds of standard and committees, the survey, every policy. With words it is
what speaks of them: figures and policies whose topic, value, names or summary hold the words, those that hold more of them first, then
the newer. Of several figures on one topic all are shown, in order of time, for that is how a trend is seen. What is superseded stays in
the timeline and is called so. Private data are left to the view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import schema
from graph.dates import first_day
from graph.errors import InputError
from graph.model import Node, NodeRecord, NodeRef, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries.answer import Answer, Caveat, Evidence, Item, Text
from queries.evidence import Citations, counted, strength
from queries.kinds import COMMITTEES, SYSTEM
from queries.resolve import LONGEST

LISTED = 40
"""How many figures and policies are listed unless asked otherwise."""

POLICIES = 2000
"""Policies that are looked through; there are some hundred on record."""

KINDS = (
    "national",
    "national-mandatory",
    "national-recommended",
    "industry",
    "local",
    "association",
    "enterprise",
    "international",
)

ROLES: Mapping[str, Text] = {
    "figures": Text("figures", "数据"),
    "survey": Text("what companies say", "企业调查"),
    "timeline": Text("timeline of policies", "政策时间线"),
}

_SURVEYED = "USCBC"
"""Topics of the survey among members of the US-China Business Council begin so."""

_FIGURES = (Stage((Step(("FIGURE",), "out", limit=200),)),)
_ISSUERS = (
    Stage((Step(("ISSUED_POLICY",), "in", (schema.POLICY,), limit=20), Step(("STATUS",), "out", (schema.POLICY,)))),
)
_NAMED = (schema.FIELD, schema.COMMITTEE, schema.WORKING_GROUP, schema.AGENCY, schema.ASSOCIATION)
_THINGS = 8
"""Things by the words' names whose own figures count too."""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure or policy, how much of the words it holds, and its day."""

    role: str
    held: float
    day: str
    topic: str
    statements: tuple[Statement, ...] = ()
    policy: Node | None = None


def context(store: Store, words: str, view: View, *, limit: int = LISTED) -> Answer:
    """Figures, survey and policies that speak of `words`; without words those of the whole system.

    Raises InputError for words that are too long.
    """
    if len(words) > LONGEST:
        raise InputError(f"words has {len(words)} characters; at most {LONGEST} are looked for", field="words")
    sought = tuple(dict.fromkeys(words.casefold().split()))
    hits = store.search(words, labels=_NAMED, limit=_THINGS).hits if sought else ()
    things = [hit.node for hit in hits if hit.how in ("exact", "prefix")]
    system = [SYSTEM, COMMITTEES, *(f"field:kind-{kind}" for kind in KINDS)]
    graph = store.expand(list(dict.fromkeys((*system, *(node.id for node in things)))), _FIGURES, view)
    policies = store.nodes([one.id for one in store.known_names((schema.POLICY,), limit=POLICIES)])
    named = {node.id for node in things}
    found = [*_figures(graph, sought, named), *_policies(policies.values(), sought, view)]
    shown = _chosen(found, limit)
    return _answer(store, words, sought, found, shown, graph, view)


def _figures(graph: Subgraph, sought: Sequence[str], named: set[str]) -> Iterable[Found]:
    """Figures that hold the words, or are about a thing of that name; those that say the same as one."""
    same: dict[tuple[object, ...], list[Statement]] = {}
    for s in graph.statements:
        if s.type == "FIGURE":
            same.setdefault((s.subject, s.qualifier, s.value, s.since), []).append(s)
    for group in same.values():
        first = group[0]
        told = (text for s in group for text in _texts(s, graph.nodes[s.subject]))
        if held := 1.0 if first.subject in named else _held(sought, told):
            day = first.since or first.provenance.observed_on or ""
            role = "survey" if first.qualifier.startswith(_SURVEYED) else "figures"
            yield Found(role, held, day, first.qualifier, tuple(group))


def _texts(s: Statement, node: Node) -> Iterable[str]:
    ref = node.ref
    yield from (schema.word(s.qualifier), schema.word(s.qualifier, "zh"), str(s.value), ref.name("en"), ref.name("zh"))
    yield from (str(s.properties.get(name, "")) for name in ("unit", "note", "value_zh"))


def _policies(policies: Iterable[Node], sought: Sequence[str], view: View) -> Iterable[Found]:
    for policy in policies:
        p = policy.properties
        day = str(p.get("issued") or p.get("effective") or "")
        if day and first_day(day) > view.as_of.isoformat():
            continue
        names = ("name_zh", "name_en", "summary_zh", "summary_en", "number", "kind")
        if held := _held(sought, (str(p.get(name, "")) for name in names)):
            yield Found("timeline", held, day, policy.id, policy=policy)


def _held(sought: Sequence[str], texts: Iterable[str]) -> float:
    """The part of the words that these texts hold; all of none."""
    if not sought:
        return 1.0
    whole = "\n".join(texts).casefold()
    return sum(1 for word in sought if word in whole) / len(sought)


def _chosen(found: Sequence[Found], limit: int) -> list[Found]:
    """At most `limit`, each group given its turn; inside a group topics together and in order of time."""
    told = Counter(f.topic for f in found)
    groups = {role: sorted((f for f in found if f.role == role), key=lambda f: _order(f, told)) for role in ROLES}
    taken = dict.fromkeys(groups, 0)
    left = limit
    while left and any(taken[role] < len(group) for role, group in groups.items()):
        for role, group in groups.items():
            if left and taken[role] < len(group):
                taken[role] += 1
                left -= 1
    return [f for role, group in groups.items() for f in sorted(group[: taken[role]], key=_in_time)]


def _order(f: Found, told: Mapping[str, int]) -> tuple[object, ...]:
    """What holds more of the words; then topics told of several kinds or years, which can be compared; then the newer."""
    return (
        -f.held,
        -told[f.topic],
        f.topic if told[f.topic] > 1 else "",
        *(-int(part) for part in _day(f).split("-")),
        f.topic,
    )


def _day(f: Found) -> str:
    return first_day(f.day) if f.day else "0-0-0"


def _in_time(f: Found) -> tuple[str, ...]:
    return (f.day, f.topic) if f.role == "timeline" else (f.topic, f.day)


def _answer(
    store: Store,
    words: str,
    sought: Sequence[str],
    found: Sequence[Found],
    shown: Sequence[Found],
    graph: Subgraph,
    view: View,
) -> Answer:
    ids = [f.policy.id for f in shown if f.policy]
    issuers = store.expand(ids, _ISSUERS, view)
    records = store.records(ids, view)
    citations = Citations(store, view, {**graph.nodes, **issuers.nodes})
    items = tuple(
        Item(rank, f.role, node, f.held, (), says, evidence, details={"day": f.day or None, "topic": f.topic})
        for rank, f in enumerate(shown, start=1)
        for node, says, evidence in [_said(f, issuers, records, citations)]
    )
    counts = {role: sum(1 for f in found if f.role == role) for role in ROLES}
    return Answer(
        question="context",
        asked={"words": words},
        about=(),
        as_of=view.as_of.isoformat(),
        summary=(_summary(words, counts),),
        items=items,
        findings=(),
        caveats=_caveats(words, sought, found),
        picture=citations.picture([s for s in issuers.statements if s.type == "ISSUED_POLICY"], {}),
        sources=citations.sources(),
        bounds=citations.bounds(graph.cuts),
        total=len(found),
    )


def _said(
    f: Found, issuers: Subgraph, records: Mapping[str, tuple[NodeRecord, ...]], citations: Citations
) -> tuple[NodeRef, Text, tuple[Evidence, ...]]:
    """Whom a figure or policy is about, how it reads, and what says so."""
    if f.statements:
        evidence = citations.cite(f.statements)
        return evidence[0].subject, evidence[0].says, evidence
    policy = f.policy or Node(f.topic, schema.POLICY, {})
    issued = [s for s in issuers.statements if s.object == policy.id and s.type == "ISSUED_POLICY"]
    ended = [s for s in issuers.statements if s.subject == policy.id and s.value in ("superseded", "withdrawn")]
    own = citations.of_records(records.get(policy.id, ()), ("issued", "effective", "summary_en", "name_zh"))[:2]
    evidence = (*own, *citations.cite(sorted((*ended, *issued), key=strength, reverse=True)))
    return policy.ref, _told(policy, f.day, over=bool(ended)), evidence


def _told(policy: Node, day: str, *, over: bool) -> Text:
    """A policy as a line of the timeline: its day, its name, what it does, and whether it is over."""
    p, ref = policy.properties, policy.ref
    gist_en, gist_zh = str(p.get("summary_en") or ""), str(p.get("summary_zh") or "")
    end = (
        Text(" (superseded)", "（已被取代）")
        if over or p.get("status") in ("superseded", "withdrawn")
        else Text("", "")
    )
    when = Text(day or "date unknown", day or "日期不详")
    en = f"{when.en} {ref.name('en')}{end.en}" + (f": {gist_en}" if gist_en else "")
    zh = f"{when.zh} {ref.name('zh')}{end.zh}" + (f"：{gist_zh}" if gist_zh else "")
    return Text(en, zh)


def _summary(words: str, counts: Mapping[str, int]) -> Text:
    of = Text(f"On {words!r}", f"关于“{words}”") if words.strip() else Text("On the whole system", "关于整个标准体系")
    survey_en = f", {counted(counts['survey'], 'survey figure')}" if counts["survey"] else ""
    survey_zh = f"，调查数据{counts['survey']}项" if counts["survey"] else ""
    return Text(
        f"{of.en}: {counted(counts['figures'], 'figure')}{survey_en}, {counted(counts['timeline'], 'policy', 'policies')} on record",
        f"{of.zh}：在案数据{counts['figures']}项{survey_zh}，政策{counts['timeline']}项",
    )


def _caveats(words: str, sought: Sequence[str], found: Sequence[Found]) -> tuple[Caveat, ...]:
    if not found:
        text = Text(
            f"No figure and no policy on record speaks of {words!r}; try fewer words, Chinese, or none for the whole system",
            f"未见提及“{words}”的数据或政策；可减少词语、改用中文，或不填词语查看整个体系",
        )
        return (Caveat("nothing", text),)
    undated = sum(1 for f in found if not f.day)
    caveats = []
    if undated:
        text = Text(f"{undated} of these have no date on record", f"其中{undated}项未见日期")
        caveats.append(Caveat("undated", text))
    if sought and all(f.held < 1 for f in found):
        text = Text(
            "Nothing on record holds all of these words; these hold some",
            "未见同时包含全部词语的记录；以下仅含部分词语",
        )
        caveats.append(Caveat("in_part", text))
    return tuple(caveats)
