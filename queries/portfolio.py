"""The standards that touch a company, the most pressing first, each with its next step.

Rule. A company's standards are those that its own list says its products must meet (private data, marked), those that it drafted, and,
where a list of numbers is given instead, those of the list. Ranked by what they demand: mandatory and soon in force; mandatory; voluntary
but made compulsory by a text in force that says so; those that depart from what they adopt; those in drafting, whose door
may be open; all others. Inside each the own products' first, then the nearer day. Nothing is left out for being unknown: what is not on
record of a standard is said, and numbers of the list that no record knows are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import schema
from graph.dates import first_day
from graph.errors import InputError
from graph.model import Node, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries import rules
from queries.answer import Answer, Bound, Caveat, Finding, Item, Text
from queries.cautions import cautions
from queries.citing import Citing, citing
from queries.evidence import Citations, counted
from queries.evidence import listed as listed_names
from queries.kinds import undated
from queries.resolve import every, one
from queries.speakers import Speaker, speaker
from queries.status import over

LISTED = 60
"""How many standards are listed unless asked otherwise."""

LONGEST_LIST = 2000
"""Most numbers of a list: more than any company's portfolio on record, and few enough to look at each."""

SCOPE = 400
"""Standards of a company that are looked at, the newest first."""

SOON = 365
"""Days within which a mandatory standard is soon in force: about what a change of product and its tests takes."""

ROLES: Mapping[str, Text] = {
    "mandatory_soon": Text("mandatory, soon in force", "强制性，即将实施"),
    "mandatory": Text("mandatory", "强制性"),
    "compulsory": Text("voluntary, but made compulsory", "推荐性，但被要求强制执行"),
    "divergent": Text("departs from the international standard", "与国际标准有差异"),
    "drafting": Text("in drafting: the door may be open", "制修订中：渠道可能开放"),
    "other": Text("others", "其他"),
}

COLUMNS: Mapping[str, Text] = {
    "products": Text("product", "产品"),
    "day": Text("day", "日期"),
    "next_step": Text("next step", "下一步"),
    "owner": Text("owner", "负责人"),
}

CAUTIONED, CAUTIONS = 3, 3
"""Of how many of the most pressing standards cautions are told, and how many of each."""

_NEXT: Mapping[str, Text] = {
    "mandatory_soon": Text("test the product against it before it takes effect", "实施前完成产品符合性测试"),
    "mandatory": Text("have the proof of conformity at hand", "备妥符合性证明"),
    "compulsory": Text("meet it where the text that cites it applies", "在引用文件适用范围内予以符合"),
    "divergent": Text("compare the product with what differs", "核对产品与差异条款"),
    "drafting": Text(
        "comment, or ask the committee for a seat in the drafting", "提交意见，或向归口委员会申请参与起草"
    ),
    "other": Text("watch it", "持续关注"),
}
"""What to do with a standard of each group; short, for a column of a table."""

_AROUND = (
    Stage(
        (
            Step(("CITES",), "in", (schema.STANDARD,), (schema.POLICY,), limit=20),
            Step(("ADOPTS",), "out", (schema.STANDARD,), limit=6),
            Step(("REPLACES",), "in", (schema.STANDARD,), limit=6),
            Step(("STATUS", "STAGE"), "out", (schema.STANDARD,)),
        )
    ),
    Stage((Step(("ISSUED_POLICY",), "in", (schema.POLICY,), limit=6), Step(("STATUS",), "out", (schema.POLICY,)))),
)


@dataclass(frozen=True, slots=True)
class Touching:
    """A standard that touches: its group, its day, for which products, and what says so."""

    role: str
    node: Node
    day: str
    products: tuple[str, ...]
    says: Text
    statements: tuple[Statement, ...]
    dated: str = ""


def portfolio(
    store: Store, asked: str, view: View, *, limit: int = LISTED, listed: Sequence[str] | None = None
) -> Answer:
    """The standards that touch the company `asked`, or those `listed` by number (then `asked` may be empty).

    Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`; InputError for a list that is too long.
    """
    if listed is not None and len(listed) > LONGEST_LIST:
        raise InputError(f"the list has {len(listed)} standards; at most {LONGEST_LIST} are looked at", field="list")
    whose = None
    if asked.strip() or listed is None:
        about = one(store, asked, labels=schema.ORGANISATIONS, as_of=view.as_of, field="actor", wanted="company")
        whose = speaker(store, about, view)
    own, unknown = _own(store, whose, view, listed)
    ids = list(own.nodes)
    general = [id for id in (undated(node) for node in own.nodes.values()) if id]
    graph = store.expand([*ids, *general], _AROUND, view, bound=8 * LONGEST_LIST)
    nodes = {**graph.nodes, **own.nodes, **own.graph.nodes}
    found = [_touching(node, own.said.get(id, ()), graph, view) for id, node in own.nodes.items()]
    found.sort(key=lambda t: (list(ROLES).index(t.role), not t.products, t.day or "9999", t.node.id))
    shown = found[:limit]
    records = store.records([t.node.id for t in shown], view)
    citations = Citations(store, view, {**nodes, **({whose.node.id: whose.node} if whose else {})})
    items = tuple(
        Item(
            n, t.role, t.node.ref, 1.0, (), t.says,
            (*citations.cite(t.statements), *citations.of_records(records.get(t.node.id, ()), _dates(t))[:1]),
            details={
                "products": t.products or None, "day": t.day or None, "next_step": _NEXT[t.role].en,
                "next_step_zh": _NEXT[t.role].zh, "owner": None,
            },
        )
        for n, t in enumerate(shown, start=1)
    )  # fmt: skip
    counts = {role: sum(1 for t in found if t.role == role) for role in ROLES}
    return Answer(
        question="portfolio",
        asked={"about": asked, "listed": len(listed) if listed is not None else None},
        about=(whose.node.ref,) if whose else (),
        as_of=view.as_of.isoformat(),
        summary=(_summary(whose, counts, len(found)),),
        items=items,
        findings=(
            Finding("counts", _summary(whose, counts, len(found)), counts),
            *_cautions(store, whose, [t.node for t in shown], view, citations),
        ),
        caveats=_caveats(whose, own, unknown, found),
        picture=citations.picture([s for t in shown for s in t.statements if s.object], _roles(whose)),
        sources=citations.sources(),
        bounds=(Bound(Text("standards", "标准"), len(shown), len(found)),) if len(shown) < len(found) else (),
        total=len(found),
    )


@dataclass(frozen=True, slots=True)
class Own:
    """The standards of a company or list, with the statements by which they are its own."""

    nodes: Mapping[str, Node]
    said: Mapping[str, tuple[Statement, ...]]
    graph: Subgraph


def _own(store: Store, whose: Speaker | None, view: View, listed: Sequence[str] | None) -> tuple[Own, tuple[str, ...]]:
    """The standards that count, and what of the list no record knows."""
    graph = Subgraph({}, ())
    if whose:
        steps = Step(("MUST_MEET", "DRAFTED"), "out", schema.ORGANISATIONS, (schema.STANDARD,), limit=SCOPE)
        graph = store.expand(whose.ids, (Stage((steps,)),), view)
    said: dict[str, list[Statement]] = {}
    for s in graph.statements:
        if s.type in ("MUST_MEET", "DRAFTED"):
            said.setdefault(s.object, []).append(s)
    if listed is None:
        nodes = {id: graph.nodes[id] for id in said}
        return Own(nodes, {id: tuple(found) for id, found in said.items()}, graph), ()
    named: dict[str, Node] = {}
    unknown = []
    for text in dict.fromkeys(line.strip() for line in listed if line.strip()):
        standards = [node for node in every(store, text, as_of=view.as_of) if node.label == schema.STANDARD]
        if len(standards) == 1:
            named[standards[0].id] = standards[0]
        else:
            unknown.append(text)
    return Own(named, {id: tuple(said.get(id, ())) for id in named}, graph), tuple(unknown)


def _touching(node: Node, own: Sequence[Statement], graph: Subgraph, view: View) -> Touching:
    p, day = node.properties, view.as_of.isoformat()
    must = [s for s in own if s.type == "MUST_MEET"]
    products = tuple(dict.fromkeys(s.qualifier for s in must if s.qualifier))
    ended = over(node, graph)
    compels = [c for c in citing(node, graph, view, over=ended) if c.role == "compulsory"]
    adopts = [s for s in graph.statements if s.type == "ADOPTS" and s.subject == node.id]
    effective = str(p.get("effective") or "")
    ahead = bool(effective) and first_day(effective) > day
    firmest = tuple(must or own[:1])
    if ended:
        newer = next((graph.nodes[s.subject].ref for s in ended if s.type == "REPLACES"), None)
        says = (
            Text(f"replaced by {newer.name('en')}", f"已被{newer.name('zh')}代替")
            if newer
            else Text("no longer in force", "已不再有效")
        )
        return Touching("other", node, "", products, says, (*firmest, *ended[:2]))
    if p.get("mandatory") is True and not _in_drafting(node):
        return _mandatory(node, products, effective if ahead else "", day, firmest)
    if compels:
        return Touching("compulsory", node, "", products, _compelled(compels[0], graph), (compels[0].cites, *firmest))
    if _in_drafting(node):
        closes = str(p.get("comments_close") or "")
        stage = schema.STAGES.get(str(p.get("stage")), ("a project", "计划项目"))
        until = Text(f", comments until {closes}" if closes else "", f"，征求意见至{closes}" if closes else "")
        says = Text(f"stage: {stage[0]}{until.en}", f"阶段：{stage[1]}{until.zh}")
        staged = [s for s in graph.statements if s.subject == node.id and s.type in ("STAGE", "STATUS")]
        return Touching("drafting", node, closes, products, says, (*firmest, *staged[:1]), "stage")
    departs = [s for s in adopts if s.properties.get("degree") in ("MOD", "NEQ")]
    if departs:
        adopted, degree = graph.nodes[departs[0].object].ref, str(departs[0].properties["degree"])
        word = Text("modifies", "修改采用") if degree == "MOD" else Text("is not equivalent to", "非等效采用")
        says = Text(f"{word.en} {adopted.name('en')}", f"{word.zh}{adopted.name('zh')}")
        return Touching("divergent", node, "", products, says, (departs[0], *firmest))
    when = (
        Text(f"in force from {effective}", f"{effective}起实施")
        if ahead
        else Text("in force as far as is on record", "据现有记录现行有效")
    )
    return Touching("other", node, effective if ahead else "", products, when, firmest, "effective")


def _in_drafting(node: Node) -> bool:
    p = node.properties
    return not p.get("published") and (p.get("status") == "project" or str(p.get("stage") or "60") < "60")


def _mandatory(node: Node, products: tuple[str, ...], ahead: str, day: str, own: tuple[Statement, ...]) -> Touching:
    if not ahead:
        says = Text("mandatory by its own number", "编号即为强制性标准")
        return Touching("mandatory", node, "", products, says, own, "effective")
    left = rules.days_between(day, ahead)
    says = Text(f"mandatory, takes effect on {ahead}, in {counted(left, 'day')}", f"强制性，{ahead}实施，尚有{left}天")
    return Touching("mandatory_soon" if left <= SOON else "mandatory", node, ahead, products, says, own, "effective")


def _compelled(by: Citing, graph: Subgraph) -> Text:
    ref = graph.nodes[by.policy].ref
    since = f" since {by.cites.since}" if by.cites.since else ""
    return Text(
        f"made compulsory by {ref.name('en')}{since}",
        f"由{ref.name('zh')}要求强制执行" + (f"（{by.cites.since}起）" if by.cites.since else ""),
    )


def _dates(touching: Touching) -> tuple[str, ...]:
    """Which plain properties of its record a line rests on."""
    return {"effective": ("number", "mandatory", "effective"), "stage": ("stage", "comments_close", "plan_number")}.get(
        touching.dated, ("number", "mandatory")
    )


def _cautions(
    store: Store, whose: Speaker | None, standards: Sequence[Node], view: View, citations: Citations
) -> Iterable[Finding]:
    """What calls for caution: about the company, then about the most pressing standards, each kind of caution once."""
    told: set[str] = set()
    for id in (*((whose.node.id,) if whose else ()), *(node.id for node in standards[:CAUTIONED])):
        answer = cautions(store, id, view, limit=CAUTIONS)
        for item in answer.items:
            if item.role != "system" and item.reason.en not in told:
                told.add(item.reason.en)
                yield Finding(
                    "caution", item.reason, {"about": id}, citations.taken_over(item.evidence, answer.sources)
                )


def _roles(whose: Speaker | None) -> Mapping[str, str]:
    return {whose.node.id: "asked"} if whose else {}


def _summary(whose: Speaker | None, counts: Mapping[str, int], whole: int) -> Text:
    of = (
        Text(f" that touch {whose.node.ref.name('en')}", f"涉及{whose.node.ref.name('zh')}的")
        if whose
        else Text(" of the list", "清单中的")
    )
    parts = [(n, ROLES[role]) for role, n in counts.items() if n and role != "other"]
    en, zh = ", ".join(f"{n} {text.en}" for n, text in parts), "，".join(f"{text.zh}{n}项" for n, text in parts)
    return Text(
        f"{counted(whole, 'standard')}{of.en}" + (f": {en}" if en else ""),
        f"{of.zh}标准{whole}项" + (f"：{zh}" if zh else ""),
    )


def _caveats(whose: Speaker | None, own: Own, unknown: Sequence[str], found: Sequence[Touching]) -> tuple[Caveat, ...]:
    caveats = []
    if unknown:
        names = ", ".join(text[:40] for text in unknown[:12]) + (" ..." if len(unknown) > 12 else "")
        text = Text(
            f"Not on record, or not one standard: {names}. Load their records from the national platform to have them ranked",
            f"未见记录，或非唯一标准：{names}。载入其在国家标准平台的记录即可纳入排序",
        )
        caveats.append(Caveat("unknown_numbers", text))
    by_number = [t for t in found if t.role == "mandatory" and t.node.properties.get("kind") in ("industry", "local")]
    if by_number:
        told = listed_names(t.node.ref for t in by_number[:6])
        text = Text(
            f"Mandatory by their numbers alone: {told.en}. Whether they bind today depends on the law they rest on, not on record here",
            f"仅就编号而言为强制性标准：{told.zh}。是否具有约束力取决于其法律依据，此处未见记录",
        )
        caveats.append(Caveat("mandatory_by_number", text))
    if whose and not any(s.type == "MUST_MEET" for said in own.said.values() for s in said):
        text = Text(
            "No product list of this company is loaded: these are the standards that it drafted. `standards-graph template products` "
            "has a table to fill",
            "未载入该公司的产品清单：以下为其参与起草的标准。可用 `standards-graph template products` 生成清单模板",
        )
        caveats.append(Caveat("no_product_list", text))
    if whose and not found:
        text = Text(
            f"No standard that touches {whose.node.ref.name('en')} is on record",
            f"未见涉及{whose.node.ref.name('zh')}的标准",
        )
        caveats.append(Caveat("nothing", text))
    return tuple(caveats)
