"""Where a standard stands for those who want a say in it, and whether each of the four channels is open there.

Rule. The phase comes from the dates and the stage on record for the day asked about. A channel is open, closed, by invitation only, or
unknown: by the actor's own seat or membership first, then by what is said of the very body, then by what is said of committees in general
at that stage. A seat is granted and not taken: where a body is said to take members of the actor's kind, direct participation is by
invitation for one without a seat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.dates import first_day
from graph.model import Node, Statement
from graph.store import Subgraph
from queries import rules
from queries.answer import Evidence, Text
from queries.evidence import strength
from queries.kinds import COMMITTEES
from queries.status import is_out, over

OPEN, CLOSED, INVITED, UNKNOWN = "open", "closed", "by_invitation", "unknown"

PERIODS = tuple(
    f"comment-period-{kind}"
    for kind in ("mandatory", "mandatory-before", "recommended", "industry", "local", "association")
)
"""Rules that give days for comments, by kind of standard."""

STAGES_OF: Mapping[str, tuple[str, ...]] = {
    "10": ("agenda", "membership", "meetings"),
    "20": ("early_drafting", "membership", "working_groups", "meetings"),
    "30": ("comments", "membership", "working_groups", "meetings"),
    "40": ("examination", "vote", "membership", "meetings"),
    "50": (),
    "published": ("membership", "working_groups"),
    "over": (),
    "unknown": ("early_drafting", "comments", "membership", "working_groups", "meetings"),
}
"""Which stages of access matter in a phase. What is said of `any` stage is left out: on record that is said of single matters."""

_STANDING: Mapping[str, str] = {
    "open": OPEN, "member": INVITED, "observer": INVITED, "by_invitation": INVITED, "closed": CLOSED, "pending": UNKNOWN,
}  # fmt: skip
"""What is said of access, as the state of a channel for one without a seat."""

PHASES: Mapping[str, Text] = {
    "10": Text("being proposed", "立项中"),
    "20": Text("being drafted", "起草中"),
    "30": Text("out for comments", "征求意见中"),
    "40": Text("under examination", "审查中"),
    "50": Text("awaiting approval", "报批中"),
    "published": Text("published", "已发布"),
    "over": Text("no longer in force", "已不再有效"),
    "unknown": Text("at a stage that is not on record", "所处阶段未见记录"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked: the standard in its phase, the actor's kind and ties, the bodies around, and all that is said."""

    about: Node
    phase: str
    day: str
    closes: str
    fields: tuple[str, ...]
    kind: str
    international: bool
    bodies: tuple[str, ...]
    groups: tuple[str, ...]
    seats: tuple[Statement, ...]
    drafted: tuple[Statement, ...]
    near: tuple[str, ...]
    memberships: tuple[Statement, ...]
    graph: Subgraph
    review: str = ""
    review_said: tuple[Evidence, ...] = ()

    def notes(self, topic: str) -> tuple[Statement, ...]:
        """What is noted on a topic of committees in general."""
        return tuple(s for s in self.graph.statements if s.type == "NOTE" and s.qualifier == topic)


@dataclass(frozen=True, slots=True)
class Door:
    """A channel: its state, until when, in words, and what says so."""

    channel: str
    state: str
    until: str
    says: Text
    said: tuple[Statement, ...] = ()


def phase(about: Node, graph: Subgraph, closes: str, day: str) -> tuple[str, tuple[Statement, ...]]:
    """The phase of a standard on a day, and what says so where that is a statement."""
    if ended := over(about, graph):
        return "over", ended
    p = about.properties
    published = str(p.get("published") or "")
    if published and first_day(published) <= day:
        return "published", ()
    if closes and first_day(closes) >= day:
        return "30", ()
    said = sorted(
        (s for s in graph.statements if s.type == "STAGE" and s.subject == about.id), key=strength, reverse=True
    )
    stage = str(said[0].value) if said else "" if published else str(p.get("stage") or "")
    if stage in ("60", "90") or (not published and not stage and is_out(about)):
        return ("unknown" if published else "published"), tuple(said[:1])
    if stage == "95":
        return "over", tuple(said[:1])
    return ("10" if stage == "00" else stage if stage in PHASES else "unknown"), tuple(said[:1])


def fields_of(about: Node) -> tuple[str, ...]:
    """The fields whose rules bear on it; of a plan number, too, those of mandatory or recommended national standards."""
    fields = rules.bearing_on(about)
    mandatory = about.properties.get("mandatory")
    if fields[0] == "field:kind-national" and mandatory is not None:
        return (f"field:kind-national-{'mandatory' if mandatory else 'recommended'}", *fields)
    return fields


def access_said(case: Case) -> tuple[Statement, ...]:
    """What is said of access that matters now, of the very bodies first, then of committees in general."""
    stages = STAGES_OF[case.phase]
    near = {id: n for n, id in enumerate((case.about.id, *case.bodies, *case.groups, *case.near))}
    if not case.international:
        near[COMMITTEES] = len(near)
        near |= {id: len(near) for id in case.fields if id not in near}
    found = [
        s for s in case.graph.statements
        if s.type == "ACCESS" and s.subject in near and s.qualifier in stages
        and s.properties.get("actor_kind", "any") in ("any", case.kind)
    ]  # fmt: skip
    return tuple(
        sorted(found, key=lambda s: (near[s.subject], stages.index(s.qualifier), tuple(-n for n in strength(s)[:3])))
    )


def direct(case: Case) -> Door:
    """Sitting in the body that drafts."""
    if case.phase == "over":
        return Door(
            "direct", CLOSED, "", Text("nothing is drafted: it is no longer in force", "已不再有效，无起草工作")
        )
    if case.phase in ("published", "50"):
        until = case.review if case.phase == "published" else ""
        en, zh = (
            ("; its seat counts when it is reviewed or revised", "；其席位在复审或修订时起作用")
            if case.seats
            else ("", "")
        )
        ended = Text(f"drafting has ended{en}", f"起草已结束{zh}")
        return Door("direct", CLOSED, until, ended, case.seats[:3])
    if case.seats or case.drafted:
        watching = not case.drafted and all(s.qualifier in ("observer", "liaison", "o_member") for s in case.seats)
        standing = Text("it may watch, by its seat on record", "据在案席位可旁听") if watching else Text(
            "it has a part on record", "已有席位或参与起草的记录"
        )  # fmt: skip
        return Door("direct", OPEN, "", standing, (*case.seats[:3], *case.drafted[:1]))
    if not case.bodies:
        said = () if case.international else tuple(
            s for s in case.graph.statements if s.qualifier == "drafting-without-committee"
        )  # fmt: skip
        return Door("direct", UNKNOWN, "", Text("no body in charge is on record", "未见归口单位记录"), said)
    said = access_said(case)
    own = [s for s in said if s.subject in case.bodies and s.qualifier == "membership"]
    if own:
        best = max(own, key=strength)
        text = Text("no seat of its own is on record, and a seat is granted", "未见其本身席位；席位须经批准")
        return Door("direct", _STANDING.get(str(best.value), UNKNOWN), "", text, tuple(own[:3]))
    early = [s for s in said if s.qualifier in ("agenda", "early_drafting")]
    if early and case.phase in ("10", "20"):
        text = Text(
            "as a rule, not of this body: what is reported of committees in general",
            "系对技术委员会的一般记录，非针对本机构",
        )
        return Door("direct", INVITED, "", text, tuple(early))
    text = Text("on what terms the body in charge admits members is not on record", "归口单位的参与条件未见记录")
    return Door("direct", UNKNOWN, "", text)


def written(case: Case) -> Door:
    """Comments in writing."""
    late = tuple(
        s for s in case.graph.statements
        if s.qualifier in ("transparency-after-release-only", "comment-channel-other-kinds") and s.subject in case.fields
    )  # fmt: skip
    inside = [s for s in case.graph.statements if s.type == "ACCESS" and s.subject == "field:kind-enterprise"]
    if "field:kind-enterprise" in case.fields:
        said = (*[s for s in inside if s.properties.get("actor_kind", "any") in ("any", case.kind)], *late)
        return Door("written", CLOSED, "", Text("it arises inside the company", "在企业内部形成"), said)
    if case.phase == "over":
        return Door("written", CLOSED, "", Text("no draft is open", "无征求意见稿"))
    if case.international:
        return Door("written", UNKNOWN, "", Text("through the mirroring committee, if at all", "只能经国内对口委员会"))
    if case.phase == "published":
        due, due_zh = (f", due by {case.review}", f"（应于{case.review}前）") if case.review else ("", "")
        if case.review and case.review < case.day:
            due, due_zh = f", which was due by {case.review}", f"（应于{case.review}前）"
        text = Text(f"no draft is open until its review or revision{due}", f"复审或修订{due_zh}之前无征求意见稿")
        return Door("written", CLOSED, case.review, text)
    return _written_of_draft(case, late)


def _written_of_draft(case: Case, late: tuple[Statement, ...]) -> Door:
    """Comments on what is in preparation, by its stage."""
    if case.phase == "30":
        if case.closes and first_day(case.closes) < case.day:
            gone = Text(f"comments closed on {case.closes}", f"征求意见已于{case.closes}截止")
            return Door("written", CLOSED, case.closes, gone)
        said = tuple(s for s in access_said(case) if s.qualifier == "comments" and s.value == OPEN)
        if case.closes:
            return Door("written", OPEN, case.closes, Text(f"until {case.closes}", f"至{case.closes}"), said)
        if said:
            return Door("written", OPEN, UNKNOWN, Text("the closing date is unknown", "截止日期未知"), said)
        return Door("written", UNKNOWN, UNKNOWN, Text("no closing date is on record", "未见截止日期"), late)
    if case.phase == "10":
        said = tuple(
            s
            for s in case.graph.statements
            if s.qualifier == "comment-before-project-approval" and s.subject in case.fields
        )
        text = Text("whether the project is out for opinions now is not on record", "该项目是否正在公示未见记录")
        return Door("written", UNKNOWN, UNKNOWN, text, said)
    if case.phase == "20":
        return Door(
            "written",
            CLOSED,
            "",
            Text("no draft is out yet; it opens with the stage of comments", "尚无征求意见稿；进入征求意见阶段后开放"),
        )
    if case.phase in ("40", "50"):
        return Door("written", CLOSED, "", Text("the stage of comments is over", "征求意见阶段已过"))
    return Door("written", UNKNOWN, UNKNOWN, Text("its stage is not on record", "所处阶段未见记录"), late)


def associations(case: Case) -> Door:
    """An association that speaks for its members."""
    if case.phase == "over":
        return Door("associations", CLOSED, "", Text("there is nothing to carry", "已无可转达事项"))
    near = [s for s in case.memberships if s.object in case.near]
    if near:
        return Door(
            "associations",
            OPEN,
            "",
            Text("it is a member of an association at work here", "已加入在此领域工作的社会团体"),
            tuple(near[:3]),
        )
    if case.memberships:
        text = Text(
            "its associations on record can carry it; none of them is on record at work here",
            "其所在社会团体可转达；未见其在此领域的工作记录",
        )
        return Door("associations", OPEN, "", text, case.memberships[:3])
    if case.near:
        text = Text(
            "associations are at work here; no membership of the actor is on record",
            "有社会团体在此工作；未见其会员记录",
        )
        return Door("associations", UNKNOWN, "", text)
    return Door(
        "associations",
        UNKNOWN,
        "",
        Text("no association at work here and no membership is on record", "未见相关社会团体及会员记录"),
    )


def indirect(case: Case) -> Door:
    """Informal advocacy beside the official way: it needs nobody's leave."""
    if case.phase == "over":
        return Door("indirect", CLOSED, "", Text("the matter has passed to what replaces it", "事项已转入代替标准"))
    when = tuple(s for s in case.notes("channel-indirect") if str(s.value).startswith("when:"))
    return Door("indirect", OPEN, "", Text("no official leave is needed", "无须官方准入"), when)


def doors(case: Case) -> Sequence[Door]:
    """All four, in the order of the report of 2020."""
    return direct(case), written(case), associations(case), indirect(case)
