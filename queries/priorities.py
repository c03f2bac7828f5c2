"""Which plans, yearly key points and policies name a standard, committee, field or actor, and what could be argued from it.

Rule. A policy names something by PRIORITISES or CITES: the thing itself, its field, its committee, its class or its kind
(`queries.aims`). What one record of a policy says (a named field, with the committee and classes put beside it) is one aim, and counts
where it reaches most closely. Policies in force come first, then those whose time is over: superseded, yearly key points of a past
year, plans whose last year is in their name; among these the newest first. An argument says which stated aim the thing could be argued
to serve, in the words on record; whether it holds is for the reader to judge. That a named field falls to a committee or class is mostly
the editors' reading, and said so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import numbers, schema
from graph.dates import first_day
from graph.model import Node, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from graph.walking import ALIKE
from queries.aims import Aims, aims
from queries.answer import Answer, Caveat, Finding, Item, Text
from queries.evidence import Citations, counted, listed, strength
from queries.resolve import one

ASKED = (schema.STANDARD, *schema.BODIES, *schema.ORGANISATIONS, schema.FIELD)

LISTED = 24
"""How many policies an answer lists, over all parts."""

AIMS = 3
"""How many aims of one policy a sentence names."""

ARGUMENTS = 3
"""How many arguments an answer offers."""

WHOLE, RECORDS = 3, 120
"""Committees and classes of which every record is read, where a policy has many on one, and how many records of each."""

CITED = 12
"""How many of an actor's standards and seats are cited for what was looked through."""

ROLES: Mapping[str, Text] = {
    "itself": Text("names it itself", "直接点名"),
    "field": Text("names its field", "点名其领域"),
    "committee": Text("names its committee", "点名其技术委员会"),
    "class": Text("names its class (ICS, CCS)", "点名其分类（ICS、CCS）"),
    "kind": Text("is about its kind of standard", "涉及其标准类别"),
}

_WALK = (
    Stage(
        (
            Step(("PRIORITISES", "CITES"), "in", (schema.STANDARD,), (schema.POLICY,), limit=20),
            Step(("PRIORITISES",), "in", schema.BODIES, (schema.POLICY,), limit=60),
            Step(("PRIORITISES", "CITES"), "in", (schema.FIELD,), (schema.POLICY,), limit=40),
        )
    ),
    Stage(
        (
            Step(("PRIORITISES",), "out", (schema.POLICY,), (schema.FIELD,), limit=80),
            Step(("STATUS",), "out", (schema.POLICY,)),
        )
    ),
)

_TERM = re.compile(r"(20\d{2})[—–-](20\d{2})年?")
_PLANS = ("plan", "strategy")
_YEAR = re.compile(r"(20\d{2})年")
FIVE_YEARS: Mapping[str, int] = {"十三五": 2020, "十四五": 2025, "十五五": 2030}
"""The last year of each five-year plan, by the words in the names of plans made for it."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What one record of a policy says: the field it names, its own words, and the statements that reach what was asked about."""

    part: str
    field: str
    note: str
    reached: tuple[Statement, ...]
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A policy in one part: its aims that reach so closely, whether it still holds, and since when it stands."""

    part: str
    policy: Node
    state: str
    ended: int | None
    day: str
    aims: tuple[Aim, ...]


def priorities(store: Store, asked: str, view: View, *, limit: int = LISTED) -> Answer:
    """Which policies name `asked`, itself or by its field, committee, class or kind, and what could be argued from it.

    Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
    """
    about = one(
        store, asked, labels=ASKED, as_of=view.as_of, field="about", wanted="standard, committee, field or actor"
    )
    meant = aims(store, about, view)
    graph = _with_all_records(store, meant, store.expand(sorted(meant.parts), _WALK, view), view)
    found = _found(about, meant, graph, view)
    shown = _turns(found, limit)
    citations = Citations(store, view, {**meant.nodes, **graph.nodes})
    items = tuple(
        Item(
            n, named.part, named.policy.ref, 1.0, (), _says(named, meant, citations),
            citations.cite([s for aim in named.aims[:AIMS] for s in (*aim.reached[:2], *aim.said[:1])]),
            details={
                "state": named.state, "date": named.day or None, "aims": len(named.aims),
                **({"standards": n_through} if (n_through := _through(named, meant)) else {}),
            },
        )
        for n, named in enumerate(shown, start=1)
    )  # fmt: skip
    drawn = [s for named in shown for aim in named.aims[:AIMS] for s in aim.reached[:2]]
    ends = {s.object for s in drawn}
    drawn += [s for id in sorted(ends) for s in meant.why.get(id, ())[:1]]
    return Answer(
        question="priorities",
        asked={"about": asked},
        about=(about.ref,),
        as_of=view.as_of.isoformat(),
        summary=(_summary(about, found),),
        items=items,
        findings=(*_arguments(about, shown, citations), *_through_what(about, meant, citations)),
        caveats=_caveats(about, found, meant),
        picture=citations.picture(drawn, {about.id: "asked"}),
        sources=citations.sources(),
        bounds=citations.bounds(cut for cut in graph.cuts if cut.direction == "in" and cut.node in meant.parts),
        total=len(found),
    )


def _with_all_records(store: Store, meant: Aims, graph: Subgraph, view: View) -> Subgraph:
    """The walk, with all records of a policy on one committee or class: a walk takes but a few of those that say alike."""
    pairs = Counter((s.subject, s.object) for s in graph.statements if s.type == "PRIORITISES")
    full = Counter(far for (_, far), n in pairs.items() if n >= ALIKE and far in meant.parts)
    order = list(ROLES)
    chosen = sorted(full, key=lambda id: (order.index(meant.parts[id]), -full[id], id))[:WHOLE]
    more = {
        n.statement.key: n.statement
        for id in chosen
        for n in store.neighbours(id, view, types=("PRIORITISES",), direction="in", limit=RECORDS).neighbours
        if n.statement.subject in graph.nodes
    }
    if not more:
        return graph
    statements = {**{s.key: s for s in graph.statements}, **more}
    return Subgraph(graph.nodes, tuple(statements[key] for key in sorted(statements)), graph.cuts)


def _found(about: Node, meant: Aims, graph: Subgraph, view: View) -> list[Named]:
    """The policies, each in the closest part in which it names what was asked about, in the order of the answer."""
    records: dict[tuple[str, str], list[Statement]] = {}
    statuses: dict[str, list[str]] = {}
    for s in graph.statements:
        if s.type == "STATUS":
            statuses.setdefault(s.subject, []).append(str(s.value))
        elif s.type in ("PRIORITISES", "CITES") and s.subject in graph.nodes:
            p = s.provenance
            records.setdefault(
                (s.subject, f"{p.dataset}\x1f{p.record}" if s.type == "PRIORITISES" else s.key), []
            ).append(s)
    order = list(ROLES)
    of_policy: dict[tuple[str, str], dict[tuple[str, str], Aim]] = {}
    for (policy, _), said in records.items():
        if graph.nodes[policy].label == schema.POLICY and (aim := _aim(about, meant, graph, said)):
            same = of_policy.setdefault((aim.part, policy), {})
            key = (aim.field or min(s.object for s in aim.reached), aim.note)
            old = same.get(key)
            if old is None or strength(aim.reached[0]) > strength(old.reached[0]):
                same[key] = aim
    found = []
    for (part, id), by_key in of_policy.items():
        node = graph.nodes[id]
        begun = str(node.properties.get("issued") or node.properties.get("effective") or "")
        if begun and first_day(begun) > view.as_of.isoformat():
            continue
        state, ended = _state(node, statuses.get(id, ()), view)
        day = begun or max((s.since or "" for aim in by_key.values() for s in aim.reached), default="")
        chosen = sorted(by_key.values(), key=lambda a: (-len(a.reached), a.field == "", a.field, a.note))
        found.append(Named(part, node, state, ended, day, tuple(chosen)))
    found.sort(key=lambda n: n.policy.id)
    found.sort(key=lambda n: first_day(n.day or None), reverse=True)
    return sorted(found, key=lambda n: (order.index(n.part), n.state != "in_force"))


def _aim(about: Node, meant: Aims, graph: Subgraph, said: Sequence[Statement]) -> Aim | None:
    """What one record says, None where it does not reach what was asked about."""
    order = list(ROLES)
    named = [s for s in said if s.object in graph.nodes and graph.nodes[s.object].properties.get("kind") == "field"]
    note = next((str(s.properties["note"]) for s in (*named, *said) if s.properties.get("note")), "")
    reached = [s for s in said if s.object in meant.parts]
    if not reached:
        return None
    part = min((meant.parts[s.object] for s in reached), key=order.index)
    if about.label == schema.STANDARD and _tells_number(note, about):
        part = "itself"
    best = (
        sorted((s for s in reached if part == "itself" or meant.parts[s.object] == part), key=strength, reverse=True)
        or reached
    )
    # All parts that reach it say how close it is: a committee and a class weigh more than a committee alone.
    rest = [s for s in reached if s not in best]
    return Aim(part, named[0].object if named else "", note, (*best, *rest), tuple(named))


def _tells_number(note: str, about: Node) -> bool:
    """Whether the words of a policy give the number of the standard, with its year or without."""
    own = numbers.parse(str(about.properties.get("number") or ""))
    return own is not None and any(
        piece.number.edition_family == own.edition_family and piece.number.year in (None, own.year)
        for piece in numbers.find_all(note)
    )


def _state(policy: Node, said: Collection[str], view: View) -> tuple[str, int | None]:
    """Whether a policy holds on the day: in_force, superseded, draft, or over with the last year that its name gives."""
    if {"superseded", "withdrawn"} & set(said):
        return "superseded", None
    if "project" in said:
        return "draft", None
    name = str(policy.properties.get("name_zh") or policy.properties.get("name_en") or "")
    last = next((year for words, year in FIVE_YEARS.items() if words in name), None)
    kind = policy.properties.get("kind")
    if kind in _PLANS and (term := _TERM.search(name)):
        last = int(term[2])
    elif kind == "annual_key_points" and (year := _YEAR.search(name)):
        last = int(year[1])
    return ("over", last) if last is not None and last < view.as_of.year else ("in_force", last)


def _turns(found: Sequence[Named], limit: int) -> list[Named]:
    """At most `limit`, each part given its turn, so that many by class do not hide the few by field."""
    parts = {part: [n for n in found if n.part == part] for part in ROLES}
    taken = dict.fromkeys(parts, 0)
    left = limit
    while left > 0 and any(taken[part] < len(parts[part]) for part in parts):
        for part, named in parts.items():
            if left > 0 and taken[part] < len(named):
                taken[part] += 1
                left -= 1
    return [n for part, named in parts.items() for n in named[: taken[part]]]


_STATES: Mapping[str, Text] = {
    "in_force": Text("", ""),
    "superseded": Text("superseded", "已被取代"),
    "draft": Text("a draft", "草案"),
    "over": Text("its time ended in {0}", "期限至{0}年，已过"),
}


def _when(named: Named) -> Text:
    """The date of a policy, and that it no longer holds."""
    state = _STATES[named.state]
    parts_en = [named.day, state.en.format(named.ended)]
    parts_zh = [named.day, state.zh.format(named.ended)]
    en, zh = ", ".join(filter(None, parts_en)), "，".join(filter(None, parts_zh))
    return Text(f" ({en})" if en else "", f"（{zh}）" if zh else "")


def _says(named: Named, meant: Aims, citations: Citations) -> Text:
    """The policy with its date, and the aims by which it names what was asked about."""
    ref, when = named.policy.ref, _when(named)
    several = sum(1 for part in meant.parts.values() if part == "committee") > 1
    told = [_told(aim, several, citations) for aim in named.aims[:AIMS]]
    more = len(named.aims) - AIMS
    en = "; ".join(dict.fromkeys(t.en for t in told)) + (f"; and {more} more" if more > 0 else "")
    zh = "；".join(dict.fromkeys(t.zh for t in told)) + (f"；另有{more}项" if more > 0 else "")
    return Text(f"{ref.name('en')}{when.en}: {en}", f"{ref.name('zh')}{when.zh}：{zh}")


def _told(aim: Aim, several: bool, citations: Citations) -> Text:
    """An aim in the words on record, with the class that reaches the thing asked about, and of several committees which."""
    first = aim.reached[0]
    subject = citations.ref(aim.field or first.object)
    en, zh = subject.name("en"), subject.name("zh")
    by = [citations.ref(s.object) for s in aim.reached if s.object != subject.id]
    if by and (aim.part == "class" or (aim.part == "committee" and several)):
        names = listed(dict.fromkeys(by[:2]))
        en, zh = f"{en}, for {names.en}", f"{zh}（{names.zh}）"
    if first.type == "CITES":
        en, zh = f"cites {en[:1].lower() + en[1:] if subject.label == schema.FIELD else en}", f"引用{zh}"
        if subject.label == schema.FIELD:
            return Text(f"{en}, as a class", f"{zh}（泛指）")
    if aim.note:
        en, zh = f"{en} ({aim.note})", f"{zh}：{first.properties.get('note_zh') or aim.note}"
    return Text(en, zh)


_HOW: Mapping[str, Text] = {
    "itself": Text("it is named there", "其中直接点名"),
    "field": Text("it lies in that field by its name", "其名称即属该领域"),
    "committee": Text(
        "the field falls to its committee, which proves little unless its content bears on it",
        "该领域属其技术委员会，尚须内容相关方有说服力",
    ),
    "class": Text(
        "the field falls into its class, which proves little unless its content bears on it",
        "该领域属其分类，尚须内容相关方有说服力",
    ),
}


def _subject(about: Node) -> Text:
    """What an argument is about: the standard, or a standard of what was asked about."""
    en, zh = about.ref.name("en"), about.ref.name("zh")
    if about.label == schema.STANDARD:
        return Text(en, zh)
    if about.label == schema.FIELD:
        return Text(f"A standard on {en}", f"{zh}方面的标准")
    if about.label in schema.BODIES:
        return Text(f"A standard of {en}", f"{zh}的标准")
    return Text(f"A standard that {en} drafts", f"{zh}起草的标准")


def _arguments(about: Node, shown: Sequence[Named], citations: Citations) -> Iterable[Finding]:
    """For the policies that name it most closely, those in force first: which stated aim it could be argued to serve, and why."""
    order = list(ROLES)
    fit = [n for n in shown if n.part in _HOW and n.state != "draft"]
    fit.sort(key=lambda n: (n.state != "in_force", order.index(n.part)))
    subject = _subject(about)
    used: set[str] = set()
    for named in fit:
        aim = named.aims[0]
        first, ref, how = aim.reached[0], named.policy.ref, _HOW[named.part]
        if named.part == "itself" and first.properties.get("codes_assigned_by") == "editor":
            how = Text("by the editors' reading the field falls to it", "据编者判断，该领域属于它")
        if ref.id in used or (first.type == "CITES" and about.label != schema.STANDARD):
            continue
        used.add(ref.id)
        if len(used) > ARGUMENTS:
            return
        evidence = citations.cite([*aim.reached[:1], *aim.said[:1]])
        when, goal = _when(named), citations.ref(aim.field or first.object)
        en, zh = f"{ref.name('en')}{when.en}", f"{ref.name('zh')}{when.zh}"
        note_en, note_zh = (f": “{aim.note}”", f"：“{aim.note}”") if aim.note else ("", "")
        if first.type == "CITES":
            text = Text(
                f"{subject.en} could be argued for as a means of carrying out {en}, which cites it",
                f"可主张{subject.zh}是实施{zh}的手段：该文件引用了它",
            )
        elif goal.id == about.id:
            text = Text(
                f"{subject.en} could be argued to serve {en}, which names it{note_en}",
                f"可主张{subject.zh}服务于{zh}：该文件点名了它{note_zh}",
            )
        else:
            text = Text(
                f"{subject.en} could be argued to serve “{goal.name('en')}”, an aim of {en}{note_en}; {how.en}",
                f"可主张{subject.zh}服务于{zh}提出的“{goal.name('zh')}”{note_zh}；{how.zh}",
            )
        yield Finding("argument", text, {"policy": ref.id, "part": named.part}, evidence)


def _through(named: Named, meant: Aims) -> int:
    """Through how many of an actor's standards a policy reaches it."""
    return max((meant.through.get(s.object, 0) for aim in named.aims for s in aim.reached), default=0)


def _through_what(about: Node, meant: Aims, citations: Citations) -> Iterable[Finding]:
    """Of an actor: how many standards and committees were looked through."""
    if about.label not in schema.ORGANISATIONS or not (meant.standards or meant.bodies):
        return
    looked = [
        (len(ids), Text(f"{counted(len(ids), noun)} {en}", zh.format(len(ids))))
        for ids, noun, en, zh in (
            (meant.standards, "standard", "that it drafted", "其起草的{}项标准"),
            (meant.bodies, "committee", "that it sits in or runs", "其参加或承担秘书处的{}个委员会"),
        )
        if ids
    ]
    text = Text(
        "Looked through " + " and ".join(t.en for _, t in looked), "据" + "和".join(t.zh for _, t in looked) + "查得"
    )
    said = [s for id in (*meant.standards, *meant.bodies) for s in meant.why.get(id, ())[:1]][:CITED]
    yield Finding(
        "through", text, {"standards": len(meant.standards), "bodies": len(meant.bodies)}, citations.cite(said)
    )


def _summary(about: Node, found: Sequence[Named]) -> Text:
    """How many policies name it, and how closely."""
    en, zh = about.ref.name("en"), about.ref.name("zh")
    policies = {n.policy.id for n in found}
    if not found:
        return Text(
            f"No policy on record names {en}, its field, committee or class",
            f"未见点名{zh}或其领域、委员会、分类的政策",
        )
    alive = len({n.policy.id for n in found if n.state == "in_force"})
    direct = len({n.policy.id for n in found if n.part == "itself"})
    closest = Text(
        f"{counted(direct, 'policy', 'policies')} name{'s' if direct == 1 else ''} it itself"
        if direct
        else "none names it itself",
        f"其中{direct}件直接点名" if direct else "均未直接点名",
    )
    if len(policies) == 1:
        state = Text("in force" if alive else "no longer in force", "现行有效" if alive else "已不再有效")
        return Text(
            f"1 policy on record bears on {en}, {state.en} as far as is on record; {'it' if direct else closest.en}"
            f"{' names it itself' if direct else ''}",
            f"在案有1件政策涉及{zh}，据记录{state.zh}；{closest.zh}",
        )
    return Text(
        f"{len(policies)} policies on record bear on {en}, {alive or 'none'} of them in force as far as is on record; {closest.en}",
        f"在案有{len(policies)}件政策涉及{zh}，据记录现行有效{alive}件；{closest.zh}",
    )


def _caveats(about: Node, found: Sequence[Named], meant: Aims) -> tuple[Caveat, ...]:
    caveats = []
    reached = [
        s for n in found for aim in n.aims for s in aim.reached[:1]
        if s.type == "PRIORITISES" and "codes_assigned_by" in s.properties and s.object != aim.field
    ]  # fmt: skip
    ours = sum(1 for s in reached if s.properties["codes_assigned_by"] == "editor")
    if ours:
        text = Text(
            f"That a named field falls to a committee or class is the editors' reading in {ours} of {len(reached)} cases: the policy "
            "names the field only",
            f"将所点名领域对应到委员会或分类，{len(reached)}处中有{ours}处为编者判断：政策仅点名领域",
        )
        caveats.append(Caveat("our_reading", text))
    if not found:
        text = Text(
            "The policies on record are a selection; load the plans and key points of the field to have them",
            "在案政策仅为部分；载入该领域的规划和工作要点即可补全",
        )
        caveats.append(Caveat("selection", text))
    if about.label == schema.STANDARD and not any(part == "committee" for part in meant.parts.values()):
        text = Text(
            "No committee in charge is on record, so none was looked through", "未见归口委员会，故未据委员会查找"
        )
        caveats.append(Caveat("no_committee", text))
    if about.label in schema.ORGANISATIONS and not (meant.standards or meant.bodies):
        text = Text(
            "No standard that it drafted and no committee that it sits in is on record, so there was nothing to look through",
            "未见其起草的标准或参加的委员会，无从查找",
        )
        caveats.append(Caveat("no_ties", text))
    return tuple(caveats)
