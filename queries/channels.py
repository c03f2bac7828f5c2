"""By which of four channels an actor can have a say in a standard now: direct participation, written comments, associations, indirect.

Rule. The phase on the day asked about decides (`queries.doors`). Bodies are those in charge with their working groups and secretariats;
of an international standard the Chinese committees that mirror its committee, or else those in charge of national standards that adopt
it. Associations are at work here where they drafted, proposed or issued the standard, sit in its committee or run its secretariat, or
drafted or issued another standard of that committee. Effort and experience are what companies told the report of February 2020. Days
for comments come from the rule for the kind of standard on that day; each says how sure it is. A closing date is never computed from a
rule. Limits: most records have no closing date, and membership of associations is on record for few actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph import schema
from graph.dates import first_day
from graph.model import Node, NodeRecord, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries import rules
from queries.answer import Answer, Caveat, Finding, Item, Text
from queries.doors import CLOSED, PERIODS, PHASES, UNKNOWN, Case, Door, access_said, doors, fields_of, phase
from queries.evidence import Citations, counted, in_one, strength
from queries.kinds import COMMITTEES
from queries.resolve import one
from queries.speakers import Speaker, actor_kind, heard_for, speaker
from queries.status import review_due

ROLES: Mapping[str, Text] = {
    "direct": Text("direct participation", "直接参与"),
    "written": Text("written comments", "书面意见"),
    "associations": Text("associations", "社会团体"),
    "indirect": Text("indirect", "间接渠道"),
    "access": Text("who is let in at this stage", "本阶段的参与条件"),
}
COLUMNS: Mapping[str, Text] = {"state": Text("state", "状态"), "until": Text("until", "截至")}

_NOTES: Mapping[str, str] = {
    "direct": "channel-direct",
    "written": "channel-written-comments",
    "associations": "channel-association",
    "indirect": "channel-indirect",
}
BODIES_SHOWN = 6
"""How many bodies of a channel are listed: more is a directory."""

STANDARDS = 30
"""Other standards of the committee, the newest first, whose associations count as at work there."""

_PLACE = ("comment-channel-national", "comment-account", "comment-channel-other-kinds")
_TRANSPARENCY = (
    "transparency-after-release-only",
    "transparency-text-platform",
    "transparency-projects",
    "publishing-place",
)
_MEANWHILE = (
    "proposal-channel-recommended",
    "mandatory-project-proposers",
    "project-proposal-supporters",
    "foreign-project-proposals",
)
_ANSWERS = ("comment-feedback-duty",)

_WALK = (
    Stage(
        (
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), limit=10),
            Step(("DRAFTED", "PROPOSED", "ISSUED"), "in", (schema.STANDARD,), (schema.ASSOCIATION,), limit=10),
            Step(("REPLACES",), "in", (schema.STANDARD,), limit=10),
            Step(("ADOPTS",), "in", (schema.STANDARD,), (schema.STANDARD,), limit=5),
            Step(("STATUS", "STAGE", "ACCESS"), "out", (schema.STANDARD,)),
            Step(("ACCESS",), "out", (schema.FIELD,), limit=60),
            rules.step(*PERIODS, "comment-period-not-extended", "comment-before-project-approval", "drafting-without-committee",
                       "review-interval", "review-interval-1990", *_PLACE, *_MEANWHILE, *_ANSWERS),
            Step(("NOTE",), "out", (schema.FIELD,), qualifiers=(*_NOTES.values(), *_TRANSPARENCY, "comments-by-invitation")),
        )
    ),
    Stage(
        (
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), schema.BODIES, limit=5),
            Step(("PART_OF",), "in", schema.BODIES, schema.BODIES, limit=30),
            Step(("MIRRORS",), "in", schema.BODIES, schema.BODIES, limit=10),
            Step(("IN_CHARGE_OF",), "out", schema.BODIES, (schema.STANDARD,), limit=STANDARDS),
        )
    ),
    Stage(
        (
            Step(("HOSTS_SECRETARIAT",), "in", schema.BODIES, limit=5),
            Step(("MEMBER_OF",), "in", schema.BODIES, (schema.ASSOCIATION,), limit=10),
            Step(("DRAFTED", "ISSUED"), "in", (schema.STANDARD,), (schema.ASSOCIATION,), limit=3),
            Step(("ACCESS",), "out", (*schema.BODIES, schema.ASSOCIATION), limit=20),
            Step(("CONTACT", "MEETING"), "out", schema.ACTORS, limit=3),
        )
    ),
    Stage((Step(("CONTACT", "MEETING"), "out", schema.ORGANISATIONS, limit=3),), ),
)  # fmt: skip
_TIES = (
    Stage(
        (
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT"), "out", schema.ORGANISATIONS, (*schema.BODIES, schema.ASSOCIATION), limit=120),
            Step(("DRAFTED", "PROPOSED"), "out", schema.ORGANISATIONS, (schema.STANDARD,), limit=120),
        )
    ),
    Stage((Step(("CONTACT", "MEETING"), "out", (schema.ASSOCIATION,), limit=3),)),
)  # fmt: skip


def channels(store: Store, asked: str, view: View, *, actor: str = "") -> Answer:
    """The four channels to the standard `asked`, for `actor` where one is named.

    Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
    """
    about = one(store, asked, labels=(schema.STANDARD,), as_of=view.as_of, field="standard", wanted="standard")
    asker = None
    if actor:
        found = one(store, actor, labels=schema.ACTORS, as_of=view.as_of, field="actor", wanted="actor")
        asker = speaker(store, found, view)
    fields = fields_of(about)
    graph = store.expand([about.id, *fields, COMMITTEES], _WALK, view)
    ties = store.expand(asker.ids, _TIES, view) if asker else Subgraph({}, ())
    records = store.records([about.id], view).get(about.id, ())
    known = {n.id: n for n in (asker.node, *asker.entities)} if asker else {}
    citations = Citations(store, view, {**graph.nodes, **ties.nodes, **known})
    case = _case(about, asker, fields, graph, ties, view, citations)
    found_doors = doors(case)
    items = _numbered(
        [*(i for d in found_doors for i in _items(d, case, ties, records, citations)), *_access(case, citations)]
    )
    ids = {about.id: "asked", **({asker.node.id: "asker"} if asker else {})}
    return Answer(
        question="channels",
        asked={"standard": asked, "actor": actor or None},
        about=(about.ref, asker.node.ref) if asker else (about.ref,),
        as_of=case.day,
        summary=(_summary(case, found_doors),),
        items=items,
        findings=(
            *_phase(case, records, citations),
            *_period(case, records, citations),
            *_advice(case, citations),
            *_record(case, citations),
            *(heard_for(asker, citations) if asker else ()),
        ),
        caveats=_caveats(case, asker),
        picture=citations.picture(_drawn(case), ids),
        sources=citations.sources(),
        bounds=citations.bounds(c for c in graph.cuts if c.node in (about.id, *case.bodies) and "PART_OF" in c.types),
        total=len(items),
    )


def _case(
    about: Node, asker: Speaker | None, fields: tuple[str, ...], graph: Subgraph, ties: Subgraph, view: View,
    citations: Citations,
) -> Case:  # fmt: skip
    day = view.as_of.isoformat()
    closes = str(about.properties.get("comments_close") or "")
    now, _ = phase(about, graph, closes, day)
    abroad = about.properties.get("kind") in ("international", "foreign")
    bodies = [s.subject for s in _of(graph, "IN_CHARGE_OF") if s.object == about.id]
    if abroad:
        mirrors = [s.subject for s in _of(graph, "MIRRORS") if s.object in bodies]
        adopting = {s.subject for s in _of(graph, "ADOPTS") if s.object == about.id}
        bodies = mirrors or [s.subject for s in _of(graph, "IN_CHARGE_OF") if s.object in adopting]
    bodies = list(dict.fromkeys(bodies))
    groups = list(dict.fromkeys(s.subject for s in _of(graph, "PART_OF") if s.object in bodies))
    own = {s.object for s in _of(graph, "IN_CHARGE_OF") if s.subject in bodies} | {about.id}
    near = [
        s.subject for s in graph.statements
        if s.subject in graph.nodes and graph.nodes[s.subject].label == schema.ASSOCIATION
        and ((s.type in ("DRAFTED", "PROPOSED", "ISSUED") and s.object in own)
             or (s.type in ("HOSTS_SECRETARIAT", "MEMBER_OF", "IN_CHARGE_OF") and s.object in (*bodies, about.id)))
    ]  # fmt: skip
    seats = [
        s for s in ties.statements if s.type in ("MEMBER_OF", "HOSTS_SECRETARIAT") and s.object in (*bodies, *groups)
    ]
    seats += [s for s in _of(graph, "IN_CHARGE_OF") if asker and s.subject in asker.ids and s.object == about.id]
    memberships = [
        s for s in ties.statements if s.type == "MEMBER_OF" and ties.nodes[s.object].label == schema.ASSOCIATION
    ]
    due = next(iter(review_due(about, graph, fields, day, citations, over=now == "over")), None)
    return Case(
        about, now, day, closes, fields, actor_kind(asker) if asker else "any", abroad, tuple(bodies), tuple(groups),
        _firm(seats), _firm(s for s in ties.statements if s.type in ("DRAFTED", "PROPOSED") and s.object == about.id),
        tuple(dict.fromkeys(near)), _firm(memberships), graph, due.day if due else "", due.evidence if due else (),
    )  # fmt: skip


def _of(graph: Subgraph, kind: str) -> list[Statement]:
    return [s for s in graph.statements if s.type == kind]


def _firm(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=strength, reverse=True))


def _told(notes: Sequence[Statement], beginning: tuple[str, str]) -> Text | None:
    """What notes of one sort say, without the word that begins them; None where there are none."""
    said = [s for s in notes if str(s.value).startswith(beginning[0])]
    if not said:
        return None
    zh = [str(s.properties.get("value_zh") or s.value) for s in said]
    return Text(
        "; ".join(str(s.value).removeprefix(beginning[0]).strip() for s in said),
        "；".join(z.split("：", 1)[-1] for z in zh),
    )


def _items(
    door: Door, case: Case, ties: Subgraph, records: Sequence[NodeRecord], citations: Citations
) -> Iterable[Item]:
    """The channel itself, then the bodies through which it goes."""
    notes = () if case.international or case.phase == "over" else case.notes(_NOTES[door.channel])
    effort = _told(notes, ("effort:", "投入："))
    found = _told(notes, ("experience:", "企业体会："))
    state = Text(schema.word(door.state), schema.word(door.state, "zh"))
    en, zh = f"{state.en}: {door.says.en}", f"{state.zh}：{door.says.zh}"
    # What a closed channel would cost, or gave others, is kept in the evidence: it is no help now.
    if effort and door.state != CLOSED:
        en, zh = f"{en}. Effort: {effort.en}", f"{zh}。投入：{effort.zh}"
    if found and door.state != CLOSED:
        en, zh = f"{en}. Companies found (2020-02): {found.en}", f"{zh}。企业体会（2020-02）：{found.zh}"
    told = [s for s in notes if str(s.value).startswith(("effort:", "experience:"))]
    dated: tuple[str, ...] = ()
    if door.channel in ("direct", "written"):
        dated = ("comments_close",) if case.phase == "30" else ("published",) if case.phase == "published" else ()
    evidence = (*citations.of_records(records, dated), *citations.cite([*door.said, *told]))
    if door.until and door.until == case.review:
        evidence = (*evidence, *case.review_said)
    details = {
        "state": door.state, "until": door.until or None, "effort": effort.en if effort else UNKNOWN, "found": found.en if found else None,
    }  # fmt: skip
    yield Item(0, door.channel, case.about.ref, 1.0, (), Text(en, zh), evidence, details=details)
    if case.phase == "over":
        return
    for id, statements in _through(door, case):
        cited = citations.cite(statements[:3])
        desks = citations.cite(
            s
            for s in (*case.graph.statements, *ties.statements)
            if s.type in ("CONTACT", "MEETING") and s.subject == id
        )
        yield Item(0, door.channel, citations.ref(id), 0.5, (), in_one((*cited, *desks)), (*cited, *desks))


def _through(door: Door, case: Case) -> list[tuple[str, list[Statement]]]:
    """The bodies of a channel, each with what puts it there."""
    if door.channel == "direct":
        rows = _by_body(_in_charge(case))
    elif door.channel == "associations":
        own = {s.object for s in case.memberships}
        at_work = [s for s in case.graph.statements if s.subject in case.near and s.object and s.type != "PART_OF"]
        rows = _by_body([*((s.object, s) for s in case.memberships), *((s.subject, s) for s in at_work)])
        rows.sort(key=lambda row: (-(row[0] in own) - (row[0] in case.near), row[0]))
    else:
        rows = []
    return rows[:BODIES_SHOWN]


def _in_charge(case: Case) -> list[tuple[str, Statement]]:
    """The bodies in charge, then their secretariats and working groups; of an international standard those that mirror or adopt."""
    said = case.graph.statements
    ends = {case.about.id, *(s.object for s in said if s.type == "MIRRORS" and s.subject in case.bodies)}
    if case.international:
        ends |= {s.subject for s in said if s.type == "ADOPTS" and s.object == case.about.id}
    charge = [
        s for s in said if s.type in ("IN_CHARGE_OF", "MIRRORS") and s.subject in case.bodies and s.object in ends
    ]
    hosts = [s for s in said if s.type == "HOSTS_SECRETARIAT" and s.object in case.bodies]
    groups = [s for s in said if s.type == "PART_OF" and s.subject in case.groups and s.object in case.bodies]
    return [(s.subject, s) for s in (*charge, *hosts, *groups)]


def _by_body(said: Iterable[tuple[str, Statement]]) -> list[tuple[str, list[Statement]]]:
    """Statements by body, in the order of their first, the firmest first."""
    found: dict[str, list[Statement]] = {}
    for id, s in said:
        found.setdefault(id, []).append(s)
    return [(id, sorted(statements, key=strength, reverse=True)) for id, statements in found.items()]


def _access(case: Case, citations: Citations) -> Iterable[Item]:
    rows: dict[tuple[str, str, str], list[Statement]] = {}
    for s in access_said(case):
        if case.bodies or s.subject != COMMITTEES:
            rows.setdefault((s.subject, s.qualifier, str(s.value)), []).append(s)
    for (subject, _, value), statements in rows.items():
        evidence = citations.cite(statements)
        yield Item(0, "access", citations.ref(subject), 0.4, (), in_one(evidence), evidence, details={"state": value})


def _numbered(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(
        Item(n, i.role, i.node, i.score, i.parts, i.reason, i.evidence, i.hops, i.details)
        for n, i in enumerate(items, start=1)
    )


def _phase(case: Case, records: Sequence[NodeRecord], citations: Citations) -> Iterable[Finding]:
    _, said = phase(case.about, case.graph, case.closes, case.day)
    evidence = citations.cite(said[:2]) or citations.of_records(records, ("published", "stage"))
    words = PHASES[case.phase]
    name = case.about.ref
    text = Text(f"{name.name('en')} is {words.en}", f"{name.name('zh')}{words.zh}")
    yield Finding("phase", text, {"phase": case.phase}, evidence)


def _period(case: Case, records: Sequence[NodeRecord], citations: Citations) -> Iterable[Finding]:
    """Days for comments by the rule, how sure that is, and whether a known window is shorter."""
    if case.international or case.phase == "over" or "field:kind-enterprise" in case.fields:
        return
    said = rules.applying(case.graph.statements, case.fields, PERIODS)
    days = next((n for s in said if (n := rules.amount(s, rules.DAYS)) is not None), None)
    if days is None:
        text = Text(
            "How many days its kind has for comments is unknown: no rule on record",
            "该类标准征求意见天数未知：未见规定",
        )
        yield Finding("period", text, {"days": None})
        return
    same = [s for s in said if rules.amount(s, rules.DAYS) == days]
    best = max(same, key=strength)
    sure = best.provenance.basis.documented and best.provenance.confidence.level > 1
    note = (
        Text("sourced", "有出处")
        if sure
        else Text("weak: from general knowledge, found on no page", "较弱：一般知识，未见于网页")
    )
    opened = min(
        (
            s.since
            for s in case.graph.statements
            if s.type == "STAGE" and s.subject == case.about.id and s.value == "30" and s.since
        ),
        default="",
    )
    window = (
        rules.days_between(opened, case.closes) if opened and case.closes and len(opened) == len(case.closes) else None
    )
    short = window is not None and window < days
    tail, tail_zh = "", ""
    if window is not None:
        tail, tail_zh = (
            f"; this one has {window}{': shorter' if short else ''}",
            f"；本项目{window}天{'，偏短' if short else ''}",
        )
    text = Text(
        f"Comments by the rule for its kind: {counted(days, 'day')} ({note.en}){tail}",
        f"按该类标准规定征求意见{days}天（{note.zh}）{tail_zh}",
    )
    others = [
        s for s in case.graph.statements if s.qualifier == "comment-period-not-extended" and s.subject in case.fields
    ]
    evidence = (*citations.cite([*same, *others]), *citations.of_records(records, ("comments_close",)))
    yield Finding(
        "period",
        text,
        {"days": days, "sourced": sure, "window": window, "short": short if window is not None else None},
        evidence,
    )


_ADVICE: Mapping[str, Text] = {
    "10": Text("Now: speak for or against the project before it is approved", "当前：在立项批准前表达支持或反对"),
    "20": Text("Now: bring text to those who draft; once a first draft exists it is harder to move",
               "当前：向起草方提供文本；初稿形成后更难改动"),
    "30": Text("Now: comment in writing, and let an association carry the same", "当前：提交书面意见，并由社会团体同步反映"),
    "40": Text("Now: win the members who examine and vote; new text comes too late",
               "当前：争取参与审查和表决的委员；提出新文本已晚"),
    "50": Text("Now: the text is with the agency that approves; prepare for the day of effect",
               "当前：文本在批准机关；宜准备实施"),
    "published": Text("Meanwhile: propose a revision", "在此之前：可提出修订建议"),
    "over": Text("Now: turn to what replaces it", "当前：转向代替标准"),
    "unknown": Text("First: ask the body in charge for its stage", "首先：向归口单位了解所处阶段"),
}  # fmt: skip


def _advice(case: Case, citations: Citations) -> Iterable[Finding]:
    text = _ADVICE[case.phase]
    if case.international:
        text = Text("The way is the Chinese committee that mirrors its committee", "途径为国内对口技术委员会")
        ends = {s.object for s in _of(case.graph, "MIRRORS") if s.subject in case.bodies}
        said = [s for s in _of(case.graph, "MIRRORS") if s.subject in case.bodies and s.object in ends]
        yield Finding("advice", text, {"phase": case.phase}, citations.cite(said[:4]))
        return
    chosen: list[Statement] = []
    if case.phase == "published" and "field:kind-enterprise" not in case.fields:
        for topic in _MEANWHILE:
            if topic != "foreign-project-proposals" or case.kind == "foreign":
                chosen += rules.applying(case.graph.statements, case.fields, (topic,))[:1]
    elif case.phase == "over":
        chosen = [s for s in _of(case.graph, "REPLACES") if s.object == case.about.id][:2]
    elif case.phase in ("10", "20", "30", "40") and case.kind == "foreign":
        chosen += rules.applying(case.graph.statements, case.fields, ("foreign-project-proposals",))[:1]
    if case.phase == "20":
        chosen += [s for s in case.notes("channel-written-comments") if str(s.value).startswith("experience:")]
    evidence = citations.cite(chosen)
    if case.phase == "published" and "field:kind-enterprise" in case.fields:
        text = Text("Only the company that made it can change it", "只有制定企业可修改")
    if evidence and case.phase in ("published", "over"):
        more = in_one(evidence)
        text = Text(f"{text.en}. {more.en}", f"{text.zh}。{more.zh}")
    yield Finding("advice", text, {"phase": case.phase}, evidence)


def _record(case: Case, citations: Citations) -> Iterable[Finding]:
    """Where drafts are published, how open its kind is, and that nobody need answer."""
    if case.international or case.phase == "over":
        return
    kinds = case.fields[:-1]
    place = [s for s in case.graph.statements if s.subject in kinds and s.qualifier in (*_PLACE, *_TRANSPARENCY)]
    for name, topics in (("place", _PLACE), ("transparency", _TRANSPARENCY)):
        said = _firm(s for s in place if s.qualifier in topics)
        first: dict[str, Statement] = {}
        for s in said:
            first.setdefault(s.qualifier, s)
        if evidence := citations.cite(first.values()):
            yield Finding(name, in_one(evidence), {}, evidence)
    duty = _firm(s for s in case.graph.statements if s.qualifier in _ANSWERS)
    if duty and case.phase in ("10", "20", "30", "unknown"):
        text = Text("Nobody has to tell what became of a comment", "无须告知意见的采纳情况")
        yield Finding("no_duty_to_answer", text, {}, citations.cite(duty[:2]))


def _summary(case: Case, found: Sequence[Door]) -> Text:
    """The phase and the state of all four, in a sentence."""
    name, words = case.about.ref, PHASES[case.phase]
    en, zh = [], []
    for d in found:
        until = f" until {d.until}" if d.until and d.until != UNKNOWN and d.state != CLOSED else ""
        until_zh = f"（至{d.until}）" if until else ""
        en.append(f"{ROLES[d.channel].en} {schema.word(d.state)}{until}")
        zh.append(f"{ROLES[d.channel].zh}{schema.word(d.state, 'zh')}{until_zh}")
    return Text(f"{name.name('en')} is {words.en}: {', '.join(en)}", f"{name.name('zh')}{words.zh}：{'，'.join(zh)}")


def _caveats(case: Case, asker: Speaker | None) -> tuple[Caveat, ...]:
    found = []
    if not case.bodies:
        text = (
            Text(
                "No Chinese committee that mirrors its committee is on record; load the committee's record to have it",
                "未见国内对口技术委员会；载入委员会记录即可补全",
            )
            if case.international
            else Text(
                "No body in charge is on record; load its record from the national platform to have it",
                "未见归口单位；载入其在国家标准平台的记录即可补全",
            )
        )
        found.append(Caveat("no_committee", text))
    if asker is None:
        text = Text("No actor is named: seats and memberships are not looked at", "未指定主体：未查席位与会员关系")
        found.append(Caveat("no_actor", text))
    elif not (case.seats or case.memberships or case.drafted):
        name = asker.node.ref
        text = Text(
            f"No seat or membership of {name.name('en')} that leads here is on record; load committee lists, or its own contacts as a "
            "private dataset",
            f"未见{name.name('zh')}与此相关的席位或会员关系；可载入委员名单，或以私有数据集载入自有联系窗口",
        )
        found.append(Caveat("no_ties", text))
    if case.phase in ("30", "unknown") and not case.closes:
        text = Text(
            "No closing date for comments is on record: ask the secretariat", "未见征求意见截止日期：可向秘书处了解"
        )
        found.append(Caveat("no_closing_date", text))
    if case.phase == "published" and case.review and first_day(case.review) < case.day:
        name = case.about.ref
        text = Text(
            f"Whether the review of {name.name('en')} took place is unknown: its secretariat could tell",
            f"{name.name('zh')}是否已复审未知：可向秘书处了解",
        )
        found.append(Caveat("review_unknown", text))
    return tuple(found)


def _drawn(case: Case) -> list[Statement]:
    ends = {case.about.id, *case.bodies}
    kinds = ("IN_CHARGE_OF", "HOSTS_SECRETARIAT", "MIRRORS")
    return [s for s in case.graph.statements if s.type in kinds and s.object in ends] + [
        *case.seats[:6],
        *case.memberships[:6],
    ]
