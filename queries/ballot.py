"""The vote in the committee that decides, as findings of a coalition: seats, what a vote needs, who carries it, who could be won.

Seats and their arithmetic are in `queries.votes`. What drafting suggests is an indication and is never put among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from graph import schema
from graph.model import Node, Statement, View
from graph.store import Step, Store, Subgraph
from queries import votes
from queries.answer import Finding, Text
from queries.evidence import Citations, counted, listed
from queries.kinds import COMMITTEES
from queries.partners import Candidate
from queries.speakers import Speaker, origin
from queries.votes import Holder, Rules, Vote

FOREIGN_SEATS = "share of committee seats held by foreign-invested enterprises"
"""The figure that tells how many seats foreign-invested enterprises hold in all committees."""

RULES = Step(("RULE", "FIGURE"), "out", (schema.FIELD,), qualifiers=(*votes.RULES.values(), FOREIGN_SEATS))
"""The step of a walk that reads the rules of a vote from the field of committees."""

POSITIONS = Step(("TAKES_SIDE",), "in", (schema.STANDARD,), schema.ORGANISATIONS, limit=200)
"""The step that reads who is for a standard and who against, as own lists say."""

NAMED = 12
"""How many members of a set, or ambivalent organisations, a sentence names."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What is known of a vote: the body that votes, its members, who holds its seats, and the rules."""

    body: Node
    members: int | None
    sizes: tuple[Statement, ...]
    holders: tuple[Holder, ...]
    nodes: Mapping[str, Node]
    seats: tuple[Statement, ...]
    asker: str
    rules: Rules
    vote: Vote | None


def ballot(
    bodies: Sequence[Node],
    scope: Subgraph,
    found: Sequence[tuple[float, Candidate]],
    asker: Speaker,
    given: Mapping[str, Fraction],
) -> Ballot | None:
    """The vote of the first of these bodies, None where there is none; `found` are the candidates with their scores."""
    if not bodies:
        return None
    body = bodies[0]
    sizes = [s for s in scope.statements if s.type == "FIGURE" and s.subject == body.id and s.qualifier == "members"]
    sizes = sorted((s for s in sizes if str(s.value).isdigit()), key=_observed, reverse=True)
    members = int(str(sizes[0].value)) if sizes else None
    seats = [
        s
        for s in scope.statements
        if s.type == "MEMBER_OF" and s.object == body.id and s.qualifier not in votes.NO_VOTE
    ]
    held = votes.voting_seats(seats, (body.id,))
    holders, nodes = _holders(held, scope, found, asker)
    rules = votes.rules([s for s in scope.statements if s.subject == COMMITTEES], given)
    vote = votes.computed(holders, members, asker.node.id, rules)
    return Ballot(body, members, tuple(sizes), tuple(holders), nodes, tuple(seats), asker.node.id, rules, vote)


def _observed(s: Statement) -> tuple[str, str]:
    return (s.provenance.observed_on or s.since or "", s.key)


def _holders(
    held: Mapping[str, int], scope: Subgraph, found: Sequence[tuple[float, Candidate]], asker: Speaker
) -> tuple[list[Holder], Mapping[str, Node]]:
    """Who holds the seats, entities counted for whom they speak."""
    speaking = {node.id: (c.id, c.origin, score, c.nodes[0]) for score, c in found for node in c.nodes}
    own = origin([asker.node, *asker.entities])
    speaking |= dict.fromkeys(asker.ids, (asker.node.id, own, 1.0, asker.node))
    seats: Counter[str] = Counter()
    about: dict[str, tuple[str, float, Node]] = {}
    for id, n in held.items():
        head, home, score, node = speaking.get(id) or (id, origin([scope.nodes[id]]), 0.0, scope.nodes[id])
        seats[head] += n
        about[head] = (home, score, node)
    holders = [Holder(id, n, about[id][0], about[id][1]) for id, n in sorted(seats.items())]
    return holders, {id: node for id, (_, _, node) in about.items()}


def findings(of: Ballot | None, scope: Subgraph, citations: Citations) -> tuple[Finding, ...]:
    """Seats by kind and home, the vote, the smallest set that carries it, and what foreign members alone could do."""
    if of is None:
        text = Text("Vote not computable: no committee in charge is on record", "无法计算表决：未见归口的技术委员会")
        return (Finding("vote", text, {"computable": False, "seats_on_record": 0, "members": None}),)
    citations.know(of.nodes)
    return (*_seats(of, citations), _vote(of, citations), *_carrying(of), *_alone(of, scope, citations))


def _seats(of: Ballot, citations: Citations) -> Iterable[Finding]:
    if not of.holders:
        return
    known = sum(h.seats for h in of.holders)
    homes = Counter(dict.fromkeys(_HOMES, 0))
    kinds: Counter[str] = Counter()
    for h in of.holders:
        homes[h.origin] += h.seats
        kinds[of.nodes[h.id].label] += h.seats
    en = ", ".join(f"{n} {_HOMES[home].en}" for home, n in homes.items() if n)
    zh = "，".join(f"{_HOMES[home].zh}{n}席" for home, n in homes.items() if n)
    by_en = ", ".join(f"{schema.LABELS[label].en.lower()} {n}" for label, n in kinds.most_common())
    by_zh = "，".join(f"{schema.LABELS[label].zh}{n}席" for label, n in kinds.most_common())
    of_en, of_zh = (f" of {of.members} members", f"（委员共{of.members}名）") if of.members else ("", "")
    text = Text(
        f"Seats on record in {of.body.ref.name('en')}: {known}{of_en}; {en}; by kind of unit: {by_en}",
        f"{of.body.ref.name('zh')}在案席位{known}席{of_zh}：{zh}；按单位类别：{by_zh}",
    )
    yield Finding("seats", text, {"known": known, "members": of.members, **homes}, citations.cite(of.seats[:40]))


_HOMES: Mapping[str, Text] = {
    "domestic": Text("domestic", "国内"),
    "foreign": Text("foreign", "外资"),
    "joint_venture": Text("joint venture", "合资"),
    "unknown": Text("origin unknown", "来源未知"),
}


def _vote(of: Ballot, citations: Citations) -> Finding:
    known = sum(h.seats for h in of.holders)
    values = {"computable": of.vote is not None, "seats_on_record": known, "members": of.members}
    if of.vote is None:
        units = len(of.holders)
        seats_en = {0: "no seat is", 1: "the seat of 1 organisation is"}.get(
            units, f"seats of {units} organisations are"
        )
        of_en = f" of {of.members} members" if of.members else "; the number of members is not on record"
        of_zh = f"，委员共{of.members}名" if of.members else "，委员总数未见记录"
        share = int(votes.KNOWN_SHARE * 100)
        need = (
            Text(f" (seats of {share} % of the members are needed)", f"（需掌握{share}%委员的席位）")
            if units
            else Text("", "")
        )
        text = Text(
            f"Vote not computable: {seats_en} on record{of_en}{need.en}. "
            "Load the members' list to compute it (`standards-graph template members`)",
            f"无法计算表决：有席位记录的单位{units}家{of_zh}{need.zh}。请载入委员名单后再计算（`standards-graph template members`）",
        )
        return Finding("vote", text, values, citations.cite(of.sizes))
    v, rules = of.vote, of.rules
    text = Text(
        f"A vote of {of.body.ref.name('en')} stands with {v.present} of {v.members} members taking part ({_part(rules.quorum)}); if all "
        f"do, it carries with {v.needed} votes for ({_part(rules.approval)} of the votes cast) and not more than {v.opposed} against "
        f"({_part(rules.opposition)}). Domestic members hold {v.domestic}, foreign and joint ventures {v.foreign}",
        f"{of.body.ref.name('zh')}表决须有{v.members}名委员中的{v.present}名参加（{_part(rules.quorum)}）；全体参加时，须{v.needed}票赞成"
        f"（投票数的{_part(rules.approval)}），反对不超过{v.opposed}票（{_part(rules.opposition)}）。国内{v.domestic}票，外资和合资{v.foreign}票",
    )
    figures = {
        "present": v.present,
        "needed": v.needed,
        "opposed": v.opposed,
        "domestic": v.domestic,
        "foreign": v.foreign,
    }
    return Finding("vote", text, {**values, **figures}, citations.cite((*of.sizes[:2], *rules.said)))


def _part(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


def _carrying(of: Ballot) -> Iterable[Finding]:
    if of.vote is None:
        return
    chosen, needed = of.vote.carrying, of.vote.needed
    if not chosen:
        text = Text(
            f"All seats on record together do not reach the {needed} votes needed",
            f"在案席位全部相加仍不足所需的{needed}票",
        )
        yield Finding("carrying_set", text, {"size": 0, "votes": 0})
        return
    held = sum(h.seats for h in chosen)
    names_en = ", ".join(f"{of.nodes[h.id].ref.name('en')} ({h.seats})" for h in chosen[:NAMED])
    names_zh = "、".join(f"{of.nodes[h.id].ref.name('zh')}（{h.seats}）" for h in chosen[:NAMED])
    if more := len(chosen) - NAMED:
        names_en, names_zh = (
            (f"{names_en} and {more} more", f"{names_zh}等{len(chosen)}家") if more > 0 else (names_en, names_zh)
        )
    domestic = sum(1 for h in chosen if h.camp == "domestic")
    text = Text(
        f"The smallest mixed set that carries it: {counted(len(chosen), 'organisation')} with {held} votes ({domestic} domestic): "
        f"{names_en}",
        f"可通过表决的最小混合组合：{len(chosen)}家共{held}票（国内{domestic}家）：{names_zh}",
    )
    yield Finding("carrying_set", text, {"size": len(chosen), "votes": held, "domestic": domestic})


def _alone(of: Ballot, scope: Subgraph, citations: Citations) -> Iterable[Finding]:
    """Why a coalition of multinationals alone would lose: by seats where they are known, else by the seats in all committees."""
    if of.vote:
        lose = of.vote.foreign < of.vote.needed
        if lose:
            text = Text(
                f"Foreign members and joint ventures alone would lose: {of.vote.foreign} of the {of.vote.needed} votes needed",
                f"仅靠外资和合资委员将无法通过：{of.vote.foreign}票，需{of.vote.needed}票",
            )
            yield Finding("multinationals_alone", text, {"votes": of.vote.foreign, "needed": of.vote.needed})
        return
    share = [s for s in scope.statements if s.type == "FIGURE" and s.qualifier == FOREIGN_SEATS]
    share.sort(key=_observed, reverse=True)
    try:
        part = float(str(share[0].value)) if share else None
    except ValueError:
        part = None
    if part is None or part >= float(of.rules.approval):
        return
    text = Text(
        f"A coalition of multinationals alone would lose, unless this committee is unlike the rest: foreign-invested enterprises hold "
        f"{part:.1%} of the seats of all committees, and a vote needs {_part(of.rules.approval)}",
        f"除非该委员会与众不同，仅由跨国公司组成的联盟无法通过表决：外商投资企业占全部委员席位的{part:.1%}，而通过需{_part(of.rules.approval)}",
    )
    said = [s for s in of.rules.said if s.qualifier == votes.RULES["approval"]]
    yield Finding("multinationals_alone", text, {"share": part}, citations.cite((*share[:1], *said)))


def ambivalent(
    store: Store,
    about: Node,
    found: Sequence[tuple[float, Candidate]],
    asker: Speaker,
    scope: Subgraph,
    view: View,
    citations: Citations,
) -> tuple[Finding, ...]:
    """Who has taken no side and is tied to both: worth convincing. Only where sides are on record; without them that is said."""
    if about.label != schema.STANDARD:
        return ()
    said = [s for s in scope.statements if s.type == "TAKES_SIDE" and s.object == about.id]
    heads = {node.id: c.id for _, c in found for node in c.nodes} | dict.fromkeys(asker.ids, asker.node.id)
    sides: dict[str, set[str]] = {"for": {asker.node.id}, "against": set()}
    for s in said:
        if s.qualifier in sides:
            sides[s.qualifier].add(heads.get(s.subject, s.subject))
    sides["for"] -= sides["against"] - {asker.node.id}
    if not sides["against"]:
        text = Text(
            "Who is against is not on record, so nobody can be shown to stand between the sides; load positions to see it "
            "(`standards-graph template positions`)",
            "未见反对方记录，无法判断谁介于双方之间；可载入立场数据（`standards-graph template positions`）",
        )
        return (Finding("ambivalent", text, {"on_record": False}, citations.cite(said)),)
    open_ = [c for _, c in found if c.id not in sides["for"] | sides["against"]]
    ties = store.ties(sorted(sides["for"] | sides["against"]), view, among=[c.id for c in open_], limit=len(open_) or 1)
    tied = {side: {t.b for t in ties if t.a in ids and t.b not in ids} for side, ids in sides.items()}
    between = [c for c in open_ if c.id in tied["for"] & tied["against"]][:NAMED]
    names = listed(c.nodes[0].ref for c in between)
    text = (
        Text(
            f"Has taken no side on record and is tied to both, so worth convincing: {names.en}",
            f"未见表态且与双方均有联系，值得争取：{names.zh}",
        )
        if between
        else Text("Nobody without a side on record is tied to both sides", "未见与双方均有联系而尚未表态的单位")
    )
    return (Finding("ambivalent", text, {"on_record": True, "between": len(between)}, citations.cite(said)),)
