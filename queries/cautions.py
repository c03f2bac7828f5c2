"""What on record calls for caution about a standard, committee, association or actor, the nearest first.

Rule. `BEARS` says which topics bear on what, and why: a note on the thing itself always, one on its body where the body is in charge of
it, one on its kind where it is of that kind, one on the whole system only where the thing shows what the note is about (a text in force
that makes it compulsory, a short transition, dates on which sources disagree). Ranked by nearness alone. Limits: notes are mostly on kinds
and come from the report of February 2020; that nothing is on record does not mean that nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import schema
from graph.model import Node, NodeRecord, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries.answer import Answer, Caveat, Item, Part, Text
from queries.citing import citing
from queries.doors import fields_of
from queries.evidence import Citations, counted, in_one, strength
from queries.kinds import COMMITTEES, SYSTEM, undated
from queries.resolve import one
from queries.rules import days_between
from queries.speakers import Speaker, actor_kind, speaker
from queries.status import over

ASKED = (schema.STANDARD, *schema.BODIES, *schema.ORGANISATIONS)
LISTED = 20
"""How many cautions an answer lists."""

SHORT = 180
"""Days from publication to effect below which the note on short transition bears: about six months, which the WTO's ministers
read into "reasonable interval" for technical regulations (WT/MIN(01)/17 of 2001, paragraph 5.2: from general knowledge)."""

ROLES: Mapping[str, Text] = {
    "itself": Text("of itself", "关于其本身"),
    "body": Text("of its body", "关于其归口或发布单位"),
    "kind": Text("of its kind", "关于其类别"),
    "system": Text("of the whole system, where it bears", "关于整个体系且与此相关"),
}
WEIGHTS: Mapping[str, float] = {"itself": 1.0, "body": 0.7, "kind": 0.4, "system": 0.2}
"""By nearness alone: what is said of the thing counts before what is said of all."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """Which topics said of a field bear on things, on what condition, and why."""

    topics: tuple[str, ...]
    field: str
    when: str
    why: Text


_ENTERPRISE, _ASSOCIATION = "field:kind-enterprise", "field:kind-association"

BEARS: tuple[Bearing, ...] = (
    Bearing(
        ("caution-enterprise-standards", "soe-preference", "transparency-after-release-only"), _ENTERPRISE, "kind",
        Text("it is an enterprise standard", "属企业标准"),
    ),
    Bearing(
        ("caution-enterprise-standards", "soe-preference"), _ENTERPRISE, "state_owned",
        Text("it is state-owned, and such companies issue enterprise standards", "属国有企业，此类企业发布企业标准"),
    ),
    Bearing(
        ("caution-association-standards", "caution-pay-to-play", "membership-fees", "transparency-after-release-only"),
        _ASSOCIATION, "kind", Text("it is an association standard", "属团体标准"),
    ),
    Bearing(
        ("caution-association-standards", "caution-pay-to-play", "membership-fees", "associations-draft-government-standards"),
        _ASSOCIATION, "association", Text("it issues association standards, by its label", "属社会团体，可发布团体标准"),
    ),
    Bearing(
        ("transparency-after-release-only",), "field:kind-industry", "kind", Text("it is an industry standard", "属行业标准")
    ),
    Bearing(("transparency-after-release-only",), "field:kind-local", "kind", Text("it is a local standard", "属地方标准")),
    Bearing(
        ("fines-for-voluntary-standards",), "field:kind-national-recommended", "compelled",
        Text("it is voluntary, and a text in force makes it compulsory", "属推荐性标准，而现行文件使其强制执行"),
    ),
    Bearing(
        ("voluntary-made-compulsory", "de-facto-mandatory-unnotified", "barrier-selective-enforcement"), SYSTEM, "compelled",
        Text("it is voluntary, and a text in force makes it compulsory", "属推荐性标准，而现行文件使其强制执行"),
    ),
    Bearing(
        ("benefit",), "policy:enterprise-standard-pioneer-2018", "enterprise",
        Text("it is an enterprise standard, and the pioneer scheme ranks those", "属企业标准，“领跑者”制度对其排名"),
    ),
    Bearing(
        ("benefit",), "policy:enterprise-standard-pioneer-2018", "state_owned",
        Text("it is state-owned, and the pioneer scheme favours leading enterprise standards", "属国有企业，“领跑者”制度优待领先企业标准"),
    ),
    Bearing(
        ("barrier-off-limits-committees",), COMMITTEES, "closed",
        Text("this very committee, or a group of it, is said to be closed to some", "有记录称该委员会或其下属组织不对部分主体开放"),
    ),
    Bearing(
        ("barrier-applications-in-limbo",), COMMITTEES, "pending",
        Text("applications to this very committee are said to stay pending", "有记录称向该委员会的申请悬而未决"),
    ),
)  # fmt: skip
"""What bears on what. A topic that is in no row is general, and not repeated here: `context` has it."""

_TRANSITION = "barrier-short-transition"
_STATE = ("central_soe", "local_soe")
_TOPICS = (*dict.fromkeys(topic for row in BEARS for topic in row.topics), _TRANSITION)
_FIELDS = tuple(dict.fromkeys(row.field for row in BEARS))
_SHUT = ("closed", "pending", "by_invitation")

_WALK = (
    Stage(
        (
            Step(("NOTE", "RULE"), "out", (schema.FIELD, schema.POLICY), qualifiers=_TOPICS),
            Step(("STATUS", "ACCESS"), "out", ASKED, limit=30),
            Step(("REPLACES",), "in", (schema.STANDARD,), limit=10),
            Step(("CITES",), "in", (schema.STANDARD,), (schema.POLICY,), limit=20),
            Step(("IN_CHARGE_OF", "ISSUED"), "in", (schema.STANDARD,), limit=10),
            Step(("OWNERSHIP",), "out", schema.ORGANISATIONS, limit=10),
            Step(("PART_OF",), "in", schema.BODIES, schema.BODIES, limit=40),
        )
    ),
    Stage(
        (
            Step(("ACCESS",), "out", (*schema.BODIES, schema.ASSOCIATION), limit=20),
            Step(("STATUS",), "out", (schema.POLICY,), limit=5),
            Step(("ISSUED_POLICY",), "in", (schema.POLICY,), limit=3),
            Step(("OWNERSHIP",), "out", schema.ORGANISATIONS, limit=10),
        )
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """Statements that say the same of one thing, how near they are, and why they bear."""

    role: str
    subject: str
    why: Text
    said: tuple[Statement, ...]
    records: tuple[NodeRecord, ...] = ()
    names: tuple[str, ...] = ()


def cautions(store: Store, asked: str, view: View, *, limit: int = LISTED) -> Answer:
    """What on record calls for caution about `asked`.

    Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
    """
    about = one(
        store, asked, labels=ASKED, as_of=view.as_of, field="about", wanted="standard, committee, association or actor"
    )
    asker = speaker(store, about, view) if about.label in schema.ORGANISATIONS else None
    ids = asker.ids if asker else (about.id,)
    general = undated(about) if about.label == schema.STANDARD else None
    graph = store.expand([*ids, *_FIELDS, *([general] if general else [])], _WALK, view)
    records = store.records([about.id], view).get(about.id, ())
    citations = Citations(store, view, {**graph.nodes, **{n.id: n for n in (asker.entities if asker else ())}})
    found = sorted(_found(about, asker, ids, graph, records, view), key=lambda f: list(ROLES).index(f.role))
    items = []
    for rank, f in enumerate(found[:limit], start=1):
        evidence = (
            *citations.of_records(f.records, f.names),
            *citations.cite(sorted(f.said, key=strength, reverse=True)),
        )
        told = in_one(evidence)
        reason = (
            Text(f"{told.en}. It bears because {f.why.en}", f"{told.zh}。相关原因：{f.why.zh}") if f.why.en else told
        )
        part = Part("nearness", 1.0, WEIGHTS[f.role], ROLES[f.role])
        items.append(Item(rank, f.role, citations.ref(f.subject), WEIGHTS[f.role], (part,), reason, evidence))
    drawn = [s for f in found for s in f.said if s.object]
    return Answer(
        question="cautions",
        asked={"about": asked},
        about=(about.ref,),
        as_of=view.as_of.isoformat(),
        summary=(_summary(about, found),),
        items=tuple(items),
        findings=(),
        caveats=_caveats(found),
        picture=citations.picture(drawn, {about.id: "asked"}),
        sources=citations.sources(),
        bounds=citations.bounds(cut for cut in graph.cuts if cut.node in ids),
        total=len(found),
    )


def _found(
    about: Node, asker: Speaker | None, ids: Sequence[str], graph: Subgraph, records: Sequence[NodeRecord], view: View
) -> Iterable[_Found]:
    """All that bears, as one entry for each thing and topic."""
    bodies = {s.subject for s in graph.statements if s.type in ("IN_CHARGE_OF", "ISSUED") and s.object == about.id}
    compelling = _compelling(about, graph, view)
    shut = [s for s in graph.statements if s.type == "ACCESS" and s.value in _SHUT]
    groups = {s.subject for s in graph.statements if s.type == "PART_OF" and s.object == about.id}
    near = [s for s in shut if s.subject in {*ids, *bodies, *groups}]
    yield from _of_itself(about, compelling, records)
    yield from _doors(about, near, groups)
    yield from _ownership({*ids, *bodies}, ids, graph)
    fields = fields_of(about) if about.label == schema.STANDARD else ()
    grounds = _grounds(about, asker, ids, graph, compelling, near)
    for row in BEARS:
        if row.when == "kind":
            if row.field in fields:
                yield from _noted(row, graph, ())
        elif row.when in grounds:
            yield from _noted(row, graph, grounds[row.when])
    if (days := _short(about)) is not None:
        said = [s for s in graph.statements if s.type == "NOTE" and s.qualifier == _TRANSITION]
        why = Text(f"it took effect {counted(days, 'day')} after publication", f"发布后{days}天即实施")
        if said:
            yield _Found("system", SYSTEM, why, tuple(said), tuple(records), ("published", "effective"))


def _of_itself(about: Node, compelling: Sequence[Statement], records: Sequence[NodeRecord]) -> Iterable[_Found]:
    """That a text makes it compulsory though voluntary, and dates on which its records disagree."""
    for s in compelling:
        yield _Found("itself", about.id, Text("it is voluntary by its number", "其编号为推荐性"), (s,))
    for name in ("published", "effective", "comments_close"):
        telling = tuple(r for r in records if r.properties.get(name) is not None)
        if len({str(r.properties[name]) for r in telling}) > 1:
            yield _Found("itself", about.id, Text("sources disagree on it", "来源说法不一"), (), telling, (name,))


def _doors(about: Node, near: Sequence[Statement], groups: Collection[str]) -> Iterable[_Found]:
    """Doors said to be closed, of the thing itself, of a group of it, or of the body in charge."""
    rows: dict[tuple[str, str, str], list[Statement]] = {}
    for s in near:
        rows.setdefault((s.subject, s.qualifier, str(s.value)), []).append(s)
    for (subject, _, _), said in rows.items():
        if subject == about.id:
            yield _Found("itself", subject, Text("", ""), tuple(said))
        else:
            in_charge = Text("it is in charge of the standard", "系该标准归口单位")
            why = Text("it is a group of the committee", "系该委员会下属组织") if subject in groups else in_charge
            yield _Found("body", subject, why, tuple(said))


def _ownership(who: Collection[str], ids: Sequence[str], graph: Subgraph) -> Iterable[_Found]:
    """Owners on which sources disagree."""
    owners: dict[str, list[Statement]] = {}
    for s in graph.statements:
        if s.type == "OWNERSHIP" and s.subject in who:
            owners.setdefault(s.subject, []).append(s)
    for subject, said in owners.items():
        if len({s.value for s in said}) > 1:
            why = Text("sources disagree on its ownership", "来源对所有制说法不一")
            yield _Found("itself" if subject in ids else "body", subject, why, tuple(said))


def _grounds(
    about: Node, asker: Speaker | None, ids: Sequence[str], graph: Subgraph,
    compelling: Sequence[Statement], near: Sequence[Statement],
) -> Mapping[str, tuple[Statement, ...]]:  # fmt: skip
    """The conditions of `BEARS` that are met, each with what says so where that is not yet said elsewhere."""
    met: dict[str, tuple[Statement, ...]] = {}
    if compelling:
        met["compelled"] = ()
    if about.label == schema.ASSOCIATION:
        met["association"] = ()
    owned = [s for s in graph.statements if s.type == "OWNERSHIP" and s.subject in ids and s.value in _STATE]
    if owned and about.label == schema.COMPANY and asker and actor_kind(asker) != "foreign":
        met["state_owned"] = (max(owned, key=strength),)
    if _ENTERPRISE in (fields_of(about) if about.label == schema.STANDARD else ()):
        met["enterprise"] = ()
    if any(s.value == "closed" for s in near):
        met["closed"] = ()
    if any(s.value == "pending" for s in near):
        met["pending"] = ()
    return met


def _noted(row: Bearing, graph: Subgraph, ground: Sequence[Statement]) -> Iterable[_Found]:
    """What is noted on the topics of a row, one entry for each topic."""
    for topic in row.topics:
        said = [
            s for s in graph.statements
            if s.type in ("NOTE", "RULE") and s.subject == row.field and s.qualifier == topic
        ]  # fmt: skip
        if said:
            role = "system" if row.field in (SYSTEM, COMMITTEES) else "kind"
            yield _Found(role, row.field, row.why, (*said, *ground))


def _compelling(about: Node, graph: Subgraph, view: View) -> tuple[Statement, ...]:
    """Citations in force that make a voluntary standard compulsory; a text that gives no year means the edition in force."""
    if about.label != schema.STANDARD or about.properties.get("mandatory"):
        return ()
    found = citing(about, graph, view, over=over(about, graph))
    return tuple(c.cites for c in found if c.role == "compulsory")


def _short(about: Node) -> int | None:
    """Days from publication to effect where they are fewer than `SHORT`; None otherwise, or where no days are known."""
    dates = [str(about.properties.get(name) or "") for name in ("published", "effective")]
    if about.label != schema.STANDARD or any(len(day) < len("2020-01-01") for day in dates):
        return None
    days = days_between(*dates)
    return days if 0 <= days < SHORT else None


def _summary(about: Node, found: Sequence[_Found]) -> Text:
    en, zh = about.ref.name("en"), about.ref.name("zh")
    counts = {role: sum(1 for f in found if f.role == role) for role in ROLES}
    if not found:
        return Text(f"No caution that bears on {en} is on record", f"未见与{zh}相关的注意事项")
    told = [(n, ROLES[role]) for role, n in counts.items() if n]
    return Text(
        f"On record about {en}: " + ", ".join(f"{n} {words.en}" for n, words in told),
        f"{zh}的注意事项：" + "，".join(f"{words.zh}{n}项" for n, words in told),
    )


def _caveats(found: Sequence[_Found]) -> tuple[Caveat, ...]:
    caveats = []
    if not any(f.role in ("itself", "body") for f in found):
        text = Text(
            "Nothing is on record against this very thing; that is not proof that nothing is wrong. Load own experience as a private "
            "dataset",
            "未见针对其本身的记录；这并不证明没有问题。可将自有经验作为私有数据集载入",
        )
        caveats.append(Caveat("nothing_particular", text))
    if any(f.role in ("kind", "system") for f in found):
        text = Text(
            "What is said of kinds and of the system is mostly of February 2020, by companies that were asked",
            "关于类别和体系的说法多为2020年2月受访企业的看法",
        )
        caveats.append(Caveat("of_2020", text))
    return tuple(caveats)
