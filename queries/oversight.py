"""Who decides a standard: who is in charge, who runs and guides that body, who issues, and who stands above; who else has a claim.

Rule. From the standard, the bodies that records name (in charge, issuer, supervising agency, proposer); from a committee its parent,
secretariat, overseers and leading seats; from each agency its superiors as of the day, up to the top that sources
name; from an agency that is gone, whoever took over. Where nothing says that who administers the national committees as a whole
oversees this one, it stands in a role of its own. A *claim* is an agency that is none of these but whose binding text
cites the standard, or that is said to have one. Where no record names the issuer, those who issue its kind on the day
stand in a role of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from graph import schema
from graph.dates import first_day, last_day
from graph.model import Node, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries.answer import Answer, Caveat, Finding, Item, Part, Text
from queries.deciders import WALK, Found, in_office, roles_of
from queries.evidence import Citations, in_one, listed
from queries.kinds import COMMITTEES, SYSTEM, kinds, undated
from queries.resolve import one

ASKED = (schema.STANDARD, schema.COMMITTEE, schema.WORKING_GROUP)

ROLES: Mapping[str, tuple[float, Text]] = {
    "in_charge": (1.0, Text("in charge of it", "归口")),
    "issuer": (0.9, Text("issued it", "发布")),
    "kind_issuer": (0.85, Text("issues standards of its kind", "发布此类标准")),
    "overseer": (0.8, Text("oversees the body in charge", "主管或指导归口单位")),
    "secretariat": (0.75, Text("runs the secretariat of the body in charge", "承担归口单位秘书处")),
    "supervising_agency": (0.7, Text("is named as its supervising agency", "为其主管部门")),
    "leader": (0.6, Text("holds a leading seat in the body in charge", "在归口单位任领导职务")),
    "successor": (0.65, Text("has taken over from a body that is gone", "承接已撤销机关的职责")),
    "claim": (0.55, Text("has a claim of its own", "另有职权主张")),
    "proposer": (0.5, Text("proposed it", "提出")),
    "parent": (0.5, Text("is the parent of the body in charge", "为归口单位的上级技术委员会")),
    "administrator": (0.45, Text("administers the national technical committees", "主管全国专业标准化技术委员会")),
    "superior": (0.4, Text("stands above", "为上级机关")),
}
"""Weight of each role, from who decides the text to who only stands above, and how it reads.

The order is the issue's own: the body in charge settles the text, the issuer approves it, overseer and secretariat set its
agenda; who took over from a body that is gone answers for what that body issued; who administers all national
committees founds and closes them, and is seldom seen in one; a superior rarely touches a single standard.
"""

GROUNDS = {3: 1.0, 2: 0.85, 1: 0.6}
"""What confidence leaves of a role's weight (high, medium, low)."""
UNDOCUMENTED = 0.9
"""What is left where no document can be opened: such statements rank behind those that have one."""

PUBLISHED = "60"
"""The stage of GB/T 16733-1997 at which a project becomes a standard."""


def oversight(store: Store, asked: str, view: View) -> Answer:
    """Who decides the standard or committee named `asked` on the day `view.as_of`.

    Items carry the roles of `ROLES`. Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
    """
    about = one(store, asked, labels=ASKED, as_of=view.as_of, field="standard", wanted="standard or committee")
    starts = [about.id, SYSTEM, COMMITTEES]
    if about.label == schema.STANDARD:
        starts += [*kinds(about), *filter(None, [undated(about)])]
    graph = store.expand(starts, WALK, view)
    citations = Citations(store, view, graph.nodes)
    found = roles_of(about, graph, _not_yet_founded(store, graph, view))
    items = _items(found, citations)
    older = _predecessors(store, about, view)
    citations.know(older.nodes)
    findings = (
        *_publication(about, graph, older, view, citations),
        *_issued_then(store, about, found, view, citations),
        *_notes(graph, found, citations),
    )
    # Who administers all committees has no line to this one: one to their field would run behind it and seem to end there.
    drawn = [s for f in found if f.role != "administrator" for s in f.statements]
    fields = {s.object for s in drawn if s.type == "ADMINISTERS"}
    drawn += [s for s in graph.statements if s.type == "CLASSIFIED_AS" and s.subject == about.id and s.object in fields]
    roles = {about.id: "asked"}
    for f in found:
        roles.setdefault(f.id, f.role)
    return Answer(
        question="oversight",
        asked={"standard": asked},
        about=(about.ref,),
        as_of=view.as_of.isoformat(),
        summary=_summary(items),
        items=items,
        findings=findings,
        caveats=_caveats(about, graph, found),
        picture=citations.picture(drawn, roles),
        sources=citations.sources(),
        bounds=citations.bounds(cut for cut in graph.cuts if cut.types != ("DRAFTED",)),
        total=len(items),
    )


def _items(found: tuple[Found, ...], citations: Citations) -> tuple[Item, ...]:
    scored = []
    for f in found:
        weight, reads = ROLES[f.role]
        best = f.statements[0].provenance
        ground = GROUNDS[best.confidence.level] * (1.0 if best.basis.documented else UNDOCUMENTED)
        scored.append((weight * ground, f, weight, ground, reads))
    order = list(ROLES)
    scored.sort(key=lambda row: (order.index(row[1].role), -row[0], row[1].id))
    items = []
    for rank, (score, f, weight, ground, reads) in enumerate(scored, start=1):
        evidence = citations.cite(f.statements)
        node = citations.ref(f.id)
        best = f.statements[0].provenance
        items.append(
            Item(
                rank,
                f.role,
                node,
                round(score, 6),
                (
                    Part(
                        f.role,
                        ground,
                        weight,
                        Text(
                            f"{reads.en}; {schema.word(best.confidence)} confidence, {schema.word(best.basis)}",
                            f"{reads.zh}；可信度{schema.word(best.confidence, 'zh')}，依据{schema.word(best.basis, 'zh')}",
                        ),
                    ),
                ),
                in_one(evidence[:3]),
                evidence,
            )
        )
    return tuple(items)


def _summary(items: tuple[Item, ...]) -> tuple[Text, ...]:
    lines = []
    for role in ROLES:
        names = [item.node for item in items if item.role == role]
        if not names:
            continue
        reads = ROLES[role][1]
        shown, more = listed(names[:4]), len(names) - 4
        en = shown.en + (f" and {more} more" if more > 0 else "")
        zh = shown.zh + (f"等{len(names)}个" if more > 0 else "")
        lines.append(Text(f"{reads.en[0].upper()}{reads.en[1:]}: {en}", f"{reads.zh}：{zh}"))
    return tuple(lines)


def _not_yet_founded(store: Store, graph: Subgraph, view: View) -> frozenset[str]:
    """Of those said to administer the national committees, without a date, who was founded after the day asked about only."""
    said = [s for s in graph.statements if s.type == "ADMINISTERS" and s.object == COMMITTEES]
    dated = {s.subject for s in said if s.since}
    observed = {
        s.subject: s.provenance.observed_on for s in said if s.subject not in dated and s.provenance.observed_on
    }
    day = max((date.fromisoformat(last_day(each)) for each in observed.values()), default=view.as_of)
    if day <= view.as_of:
        return frozenset()
    founded = store.expand(sorted(observed), (Stage((Step(("EXISTS",), "out"),)),), replace(view, as_of=day))
    return frozenset(s.subject for s in founded.statements if first_day(s.since) > view.as_of.isoformat())


def _predecessors(store: Store, about: Node, view: View) -> Subgraph:
    """What the standard replaces, also where it was not yet out on the day asked about."""
    dates = (about.properties.get("published"), about.properties.get("effective"))
    day = max([view.as_of, *(date.fromisoformat(last_day(str(each))) for each in dates if each)])
    steps = (Stage((Step(("REPLACES",), "out", (schema.STANDARD,)),)),)
    return store.expand([about.id], steps, replace(view, as_of=day))


def _publication(
    about: Node, graph: Subgraph, older: Subgraph, view: View, citations: Citations
) -> tuple[Finding, ...]:
    """Whether the standard was out on the day, and what stood in its place before."""
    p = about.properties
    day = view.as_of.isoformat()
    published, effective = p.get("published"), p.get("effective")
    replaced = [s for s in older.statements if s.subject == about.id]
    replacing, revising = _newer(about, graph)
    found = []
    if published and first_day(str(published)) > day:
        before = [citations.ref(s.object) for s in replaced]
        names = listed(before) if before else Text("no predecessor is on record", "未见前版记录")
        found.append(
            Finding(
                "not_yet_published",
                Text(
                    f"Not yet published on {day}: it came out on {published}. In its place stood: {names.en}",
                    f"截至{day}尚未发布（{published}发布）。此前为：{names.zh}",
                ),
                {"published": published, "predecessor": before[0].id if before else None},
                citations.cite(replaced),
            )
        )
    elif effective and first_day(str(effective)) > day:
        found.append(
            Finding(
                "not_yet_effective",
                Text(f"Published, but not in force before {effective}", f"已发布，{effective}起实施"),
                {"effective": effective},
            )
        )
    ended = [s for s in graph.statements if s.type == "STATUS" and s.subject == about.id and s.value == "withdrawn"]
    if p.get("status") == "withdrawn" and ended:
        found.append(Finding("withdrawn", Text("Withdrawn", "已废止"), {}, citations.cite(ended)))
    if replacing:
        partly = all(s.properties.get("partial") for s in replacing)
        newer = listed(citations.ref(s.subject) for s in replacing)
        found.append(
            Finding(
                "replaced_in_part" if partly else "replaced",
                Text(
                    f"Replaced {'in part ' if partly else ''}by {newer.en}",
                    f"已{'部分' if partly else ''}被{newer.zh}代替",
                ),
                {},
                citations.cite(replacing),
            )
        )
    elif replaced and not any(f.name == "not_yet_published" for f in found):
        older_ones = listed(citations.ref(s.object) for s in replaced)
        text = Text(f"Replaces {older_ones.en}", f"代替{older_ones.zh}")
        if _standing(about) != "out":
            text = Text(f"Is meant to replace {older_ones.en}", f"拟代替{older_ones.zh}")
        found.append(Finding("replaces", text, {}, citations.cite(replaced)))
    if revising:
        projects = listed(citations.ref(s.subject) for s in revising)
        text = Text(f"A revision is in progress: {projects.en}", f"正在修订：{projects.zh}")
        found.append(Finding("revision_in_progress", text, {}, citations.cite(revising)))
    return tuple(found)


def _newer(about: Node, graph: Subgraph) -> tuple[list[Statement], list[Statement]]:
    """What has replaced the standard, and the projects under way that are meant to."""
    said = [s for s in graph.statements if s.type == "REPLACES" and s.object == about.id]
    standing = {s.subject: _standing(graph.nodes[s.subject]) for s in said}
    out, under_way = ([s for s in said if standing[s.subject] == each] for each in ("out", "under_way"))
    return out, under_way


def _standing(standard: Node) -> Literal["out", "under_way", "ended"]:
    """Whether the standard has come out, is a project, or a project that was ended; where nothing says so it is taken to be out."""
    p = standard.properties
    status, stage = p.get("status"), p.get("stage")
    if p.get("published"):
        return "out"
    if status == "project" or (not status and stage and str(stage) < PUBLISHED):
        return "under_way"
    if p.get("plan_number") and not p.get("number") and stage != PUBLISHED:
        return "ended" if status in ("withdrawn", "superseded") else "under_way"
    return "out"


def _issued_then(
    store: Store, about: Node, found: tuple[Found, ...], view: View, citations: Citations
) -> tuple[Finding, ...]:
    """Who issued standards of this kind when this one came out, where its record does not say and others do so today."""
    published = str(about.properties.get("published") or "")
    today = {f.id for f in found if f.role == "kind_issuer"}
    if not published or not today or first_day(published) > view.as_of.isoformat():
        return ()
    day = date.fromisoformat(first_day(published))
    steps = (Stage((Step(("ADMINISTERS",), "in", (schema.FIELD,)),)),)
    graph = store.expand(kinds(about), steps, replace(view, as_of=day))
    for field in kinds(about):
        then = [s for s in in_office(s for s in graph.statements if s.object == field) if s.since]
        if then:
            break
    else:
        return ()
    if {s.subject for s in then} == today:
        return ()
    citations.know(graph.nodes)
    names = listed(citations.ref(id) for id in dict.fromkeys(s.subject for s in then))
    return (
        Finding(
            "issuers_then",
            Text(
                f"When it was published ({published}), standards of its kind were issued by {names.en}",
                f"其发布时（{published}），此类标准由{names.zh}发布",
            ),
            {"published": published},
            citations.cite(then),
        ),
    )


def _members(graph: Subgraph, citations: Citations) -> list[Finding]:
    """The newest count of members of each committee."""
    counts: dict[str, Statement] = {}
    for s in graph.statements:
        if s.type == "FIGURE" and s.qualifier in ("members", "member units"):
            old = counts.get(s.subject)
            if old is None or _day(s) > _day(old):
                counts[s.subject] = s
    found = []
    for s in counts.values():
        body, day = citations.ref(s.subject), _day(s)
        found.append(
            Finding(
                "members",
                Text(
                    f"{body.name('en')} had {s.value} {s.qualifier} as of {day or 'an unknown date'}",
                    f"{body.name('zh')}截至{day or '不详日期'}有{s.value}名委员或单位",
                ),
                {"members": s.value},
                citations.cite([s]),
            )
        )
    return found


def _day(s: Statement) -> str:
    return s.provenance.observed_on or s.since or ""


def _notes(graph: Subgraph, found: tuple[Found, ...], citations: Citations) -> tuple[Finding, ...]:
    """Publishing places of the kind of standard, and, where several agencies meet, that nobody decides between them."""
    notes = [s for s in graph.statements if s.type == "NOTE"]
    places = [s for s in notes if s.qualifier == "publishing-place"]
    publishers = [s for s in graph.statements if s.type == "ADMINISTERS" and s.qualifier == "publishes"]
    result = [*_members(graph, citations)]
    if places or publishers:
        evidence = citations.cite([*publishers, *places])
        result.append(
            Finding(
                "publishing_place",
                Text("; ".join(e.says.en for e in evidence), "；".join(e.says.zh for e in evidence)),
                {},
                evidence,
            )
        )
    overlap = [s for s in notes if s.qualifier == "overlapping-jurisdiction"]
    if overlap and any(f.role == "claim" for f in found):
        evidence = citations.cite(overlap)
        result.append(
            Finding(
                "overlapping_jurisdiction",
                Text(
                    "Several agencies have a say here, and no body on record decides between them",
                    "多个机关对此有职权，未见有权在其间作出裁决的机构",
                ),
                {},
                evidence,
            )
        )
    return tuple(result)


def _no_longer(about: Node, graph: Subgraph) -> list[Caveat]:
    """That the standard is not in force any more: whoever asks may mean the newer one."""
    newer = [graph.nodes[s.subject].ref for s in _newer(about, graph)[0] if not s.properties.get("partial")]
    if newer:
        names = listed(newer)
        return [
            Caveat(
                "replaced",
                Text(
                    f"{about.ref.name('en')} has been replaced: for what holds today ask about {names.en}",
                    f"{about.ref.name('zh')}已被代替：现行情况请查询{names.zh}",
                ),
            )
        ]
    if about.properties.get("status") in ("withdrawn", "superseded"):
        status = about.properties["status"]
        return [
            Caveat(
                str(status),
                Text(
                    f"{about.ref.name('en')} is {schema.word(status)}: who decided it is history; what replaced it is not on record",
                    f"{about.ref.name('zh')}已{'废止' if status == 'withdrawn' else '被代替'}：所列为历史情况；代替标准未见记录",
                ),
            )
        ]
    return []


def _caveats(about: Node, graph: Subgraph, found: tuple[Found, ...]) -> tuple[Caveat, ...]:
    caveats = _no_longer(about, graph)
    if about.label == schema.STANDARD and not any(f.role == "in_charge" for f in found):
        caveats.append(
            Caveat(
                "no_committee",
                Text(
                    "No body in charge is on record for this standard: unknown, not absent",
                    "未见该标准归口单位的记录：未知，并非没有",
                ),
            )
        )
    if any(f.role == "kind_issuer" for f in found):
        caveats.append(
            Caveat(
                "issuer_by_kind",
                Text(
                    "Its own record names no issuer; named are those who issue standards of its kind on this day",
                    "其自身记录未载明发布机关；所列为当日发布此类标准的机关",
                ),
            )
        )
    elif about.label == schema.STANDARD and not any(f.role == "issuer" for f in found):
        caveats.append(
            Caveat(
                "no_issuer",
                Text(
                    "Who issues it is unknown: neither its record nor its kind says so",
                    "发布机关未知：记录与标准类别均未说明",
                ),
            )
        )
    if found and not any(f.role == "superior" for f in found):
        caveats.append(
            Caveat(
                "no_superior",
                Text("Who stands above these bodies is not on record", "这些主体的上级未见记录"),
            )
        )
    if administrators := [graph.nodes[f.id].ref for f in found if f.role == "administrator"]:
        names = listed(administrators)
        caveats.append(
            Caveat(
                "administered_as_a_whole",
                Text(
                    f"{names.en} administers the national committees as a whole, some directly, others by delegation: "
                    "a rule about all of them, not a record about a single one",
                    f"{names.zh}统一主管全国专业标准化技术委员会，部分直接管理，部分委托管理：此为总体规定，并非关于个别委员会的记录",
                ),
            )
        )
    weak = [f for f in found if not any(s.provenance.basis.documented for s in f.statements)]
    if weak:
        names = listed(graph.nodes[id].ref for id in dict.fromkeys(f.id for f in weak))
        caveats.append(
            Caveat(
                "no_page",
                Text(
                    f"No page on record confirms the part of: {names.en}",
                    f"以下主体的角色尚无网页佐证：{names.zh}",
                ),
            )
        )
    seats = sorted(s.provenance.observed_on or s.since or "" for f in found if f.role == "leader" for s in f.statements)
    if seats and seats[-1]:
        caveats.append(
            Caveat(
                "seats_as_of",
                Text(
                    f"Leading seats are as of {seats[-1]}; nothing newer is on record",
                    f"领导席位信息截至{seats[-1]}；未见更新记录",
                ),
            )
        )
    if about.properties.get("mandatory") is True and about.properties.get("kind") in ("industry", "local"):
        caveats.append(
            Caveat(
                "mandatory_by_number",
                Text(
                    "Mandatory by its number alone: whether it binds today depends on the law it rests on, not on record here",
                    "仅就编号而言为强制性标准：是否具有约束力取决于其法律依据，此处未见记录",
                ),
            )
        )
    if about.label == schema.STANDARD and about.properties.get("mandatory") is False:
        cited = (about.id, undated(about))
        compulsory = [
            s for s in graph.statements if s.type == "CITES" and s.object in cited and s.properties.get("binding")
        ]
        if compulsory:
            caveats.append(
                Caveat(
                    "voluntary_but_cited",
                    Text(
                        "Voluntary by its number, but a binding text cites it, so that it can bind in practice",
                        "编号上为推荐性标准，但有约束力的文件引用了它，实践中可能具有约束力",
                    ),
                )
            )
    return tuple(caveats)
