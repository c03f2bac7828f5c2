"""What a standard departs from: adopted or not, from which edition, whether that edition is current; and whether it must be met.

Rule. Adoption is what ADOPTS statements say, with their degree (IDT, MOD, NEQ). That none is on record is not that there is none: a
standard is called unique only where its record comes from a source that tells adoption (`TELLS`), else "no adoption on record". Since
2025-06-01 only IDT and MOD of ISO, IEC and ITU count (Measures for Adopting International Standards, 2025); the rules on record are
cited, on the days on which they are said to hold. Whether the edition is current: `queries.editions`. A voluntary standard is
compulsory only by a citation that says so, of a text in force on the day (`queries.citing`). Of a committee, field or actor: the
shares of adoption (`queries.adoption`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph import numbers, schema
from graph.model import Node, NodeRecord, Statement, View
from graph.store import Stage, Step, Store, Subgraph
from queries.adoption import LISTED, adoption
from queries.answer import Answer, Caveat, Evidence, Finding, Item, Text
from queries.citing import CITING, Citing, citing
from queries.editions import Edition, edition, later
from queries.evidence import Citations, in_one, listed, strength
from queries.kinds import undated
from queries.resolve import one
from queries.rules import bearing_on
from queries.status import over

ASKED = (schema.STANDARD, *schema.BODIES, *schema.ORGANISATIONS, schema.FIELD)

ROLES: Mapping[str, Text] = {
    "adopts": Text("what it adopts", "采用的标准"),
    "adopted_by": Text("Chinese standards that adopt it", "采用本标准的中国标准"),
    "compulsory": Text("what makes it compulsory", "使其强制执行的文件"),
    "cited": Text("texts in force that cite it", "引用它的现行文件"),
    "not_in_force": Text("texts that cite it and are not in force", "引用它但未生效或已失效的文件"),
    "span": Text("national standards that adopt, by years of publication", "按发布年段统计的采标国家标准"),
    "year": Text("national standards that adopt, by year of publication", "按发布年份统计的采标国家标准"),
    "official": Text("official figures", "官方数据"),
}

TELLS = ("https://std.samr.gov.cn/", "https://openstd.samr.gov.cn/")
"""How the addresses of sources begin whose record of a standard tells what it adopts: the national platform and its full texts print
adoption on the record's page. Copies on other sites often leave it out."""

TELLS_AS = ("forewords", "samr-national", "openstd-pages")
"""Datasets of which the same is true: forewords must name what is adopted (GB/T 1.1-2020, and GB/T 20000.2 before)."""

DEGREES: Mapping[str, tuple[str, Text]] = {
    "IDT": ("adopted", Text("identical (IDT)", "等同采用（IDT）")),
    "MOD": ("modified", Text("modified (MOD)", "修改采用（MOD）")),
    "NEQ": ("not_equivalent", Text("not equivalent (NEQ)", "非等效（NEQ）")),
    "unknown": ("degree_unknown", Text("to a degree that is not on record", "一致性程度未见记录")),
}
"""The degrees from the closest, each with the verdict that it gives and how it reads."""

_RULES = ("adoption-degrees", "adoption-bodies", "adoption-tier")
_UNIQUE = "unique-chinese-standard"
_COUNTED_BODIES = ("ISO", "IEC", "ISO/IEC", "ITU", "ITU-T", "ITU-R")

_WALK = (
    Stage(
        (
            Step(("ADOPTS",), "out", (schema.STANDARD,), limit=40),
            Step(("ADOPTS",), "in", (schema.STANDARD,), limit=60),
            Step(("RULE",), "out", (schema.FIELD,), qualifiers=_RULES),
            Step(("NOTE",), "out", (schema.FIELD,), qualifiers=("partial-adoption", _UNIQUE)),
            *CITING,
        )
    ),
    Stage(
        (
            Step(("REPLACES",), "in", (schema.STANDARD,), limit=20),
            Step(("STATUS", "STAGE"), "out", (schema.STANDARD, schema.POLICY)),
            Step(("ISSUED_POLICY",), "in", (schema.POLICY,), limit=20),
            Step(("NOTE",), "out", (schema.POLICY,), qualifiers=(_UNIQUE,)),
        )
    ),
)


def divergence(store: Store, asked: str, view: View, *, limit: int = LISTED) -> Answer:
    """What the standard `asked` departs from and whether it must be met; of a committee, field or actor its shares of adoption.

    The finding `adoption` has the verdict (adopted, modified, not_equivalent, degree_unknown, unique, none_on_record), `force` has
    mandatory, voluntary, voluntary_made_compulsory or unknown. Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`.
    """
    about = one(
        store, asked, labels=ASKED, as_of=view.as_of, field="about", wanted="standard, committee, field or actor"
    )
    if about.label != schema.STANDARD:
        return adoption(store, asked, about, view, limit)
    fields = bearing_on(about)
    graph = store.expand([about.id, *filter(None, [undated(about)]), *fields], _WALK, view)
    adopts = _firmest(s for s in graph.statements if s.type == "ADOPTS" and s.subject == about.id)
    newer = later(store, [graph.nodes[s.object] for s in adopts], view)
    wanted = [about.id, *(s.object for s in adopts), *(n.id for found in newer.values() for n in found)]
    records = store.records(wanted, view)
    citations = Citations(store, view, {**graph.nodes, **{n.id: n for found in newer.values() for n in found}})
    editions = {
        s.object: edition(graph.nodes[s.object], graph, newer.get(s.object, ()), records, citations) for s in adopts
    }
    cites = citing(about, graph, view, over=over(about, graph))
    rows = [
        *(("adopts", *_adopts(s, editions[s.object], about, citations)) for s in adopts),
        *_adopted_by(about, graph, citations, limit),
        *((c.role, c.policy, c.says(citations), citations.cite(c.statements), c.details) for c in cites),
    ]
    order = list(ROLES)
    rows.sort(key=lambda row: order.index(row[0]))
    items = tuple(
        Item(n, role, citations.ref(id), 1.0, (), says, evidence, details=details)
        for n, (role, id, says, evidence, details) in enumerate(rows, start=1)
    )
    tells = _tells(store, records.get(about.id, ()))
    verdict = _verdict(about, adopts, editions, records.get(about.id, ()), tells, citations)
    force = _force(about, cites, records.get(about.id, ()), citations)
    unique = _said_to_be_unique(graph, cites, fields, citations)
    drawn = [s for s in graph.statements if s.type == "ADOPTS" and about.id in (s.subject, s.object)]
    drawn += [s for c in cites for s in c.statements if s.type in ("CITES", "ISSUED_POLICY")]
    chinese = about.properties.get("kind") not in ("international", "foreign")
    return Answer(
        question="divergence",
        asked={"about": asked},
        about=(about.ref,),
        as_of=view.as_of.isoformat(),
        summary=(verdict.text, force.text) if chinese else (_used(about, items),),
        items=items,
        findings=(verdict, force, *unique, *_counts_today(about, adopts, graph, citations)) if chinese else (),
        caveats=_caveats(about, graph, adopts, verdict, editions) if chinese else (),
        picture=citations.picture(drawn, {about.id: "asked"}),
        sources=citations.sources(),
        bounds=citations.bounds(graph.cuts),
        total=len(items),
    )


def _firmest(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The firmest statement of each adopted standard, the closest degree first."""
    best: dict[str, Statement] = {}
    for s in statements:
        if s.object not in best or strength(s) > strength(best[s.object]):
            best[s.object] = s
    return tuple(sorted(best.values(), key=lambda s: (list(DEGREES).index(_degree(s)), s.object)))


def _degree(adopts: Statement) -> str:
    said = str(adopts.properties.get("degree") or "unknown")
    return said if said in DEGREES else "unknown"


def _adopts(
    s: Statement, state: Edition, about: Node, citations: Citations
) -> tuple[str, Text, tuple[Evidence, ...], Mapping[str, str | None]]:
    ref, (_, reads) = citations.ref(s.object), DEGREES[_degree(s)]
    verb = Text("is to adopt", "拟采用") if about.properties.get("status") == "project" else Text("adopts", "采用")
    says = Text(
        f"{verb.en} {ref.name('en')}, {reads.en}; {state.says.en}",
        f"{verb.zh}{ref.name('zh')}，{reads.zh}；{state.says.zh}",
    )
    evidence = (*citations.cite([s]), *state.evidence)
    return s.object, says, evidence, {"degree": _degree(s), "edition": state.state}


def _adopted_by(
    about: Node, graph: Subgraph, citations: Citations, limit: int
) -> Iterable[tuple[str, str, Text, tuple[Evidence, ...], Mapping[str, str | None]]]:
    """Chinese standards that adopt what was asked about, newest first."""
    best: dict[str, Statement] = {}
    for s in graph.statements:
        if s.type == "ADOPTS" and s.object == about.id:
            best[s.subject] = max(best.get(s.subject, s), s, key=strength)
    ordered = sorted(
        best.values(), key=lambda s: (str(graph.nodes[s.subject].properties.get("published") or ""), s.subject)
    )
    for s in ordered[::-1][:limit]:
        ref, reads = citations.ref(s.subject), DEGREES[_degree(s)][1]
        says = Text(f"{ref.name('en')}: {reads.en}", f"{ref.name('zh')}：{reads.zh}")
        yield "adopted_by", s.subject, says, citations.cite([s]), {"degree": _degree(s)}


def _tells(store: Store, records: Sequence[NodeRecord]) -> tuple[NodeRecord, ...]:
    """The records of the standard whose source would have said what it adopts."""
    if not records:
        return ()
    documents = store.documents([r.provenance.document for r in records])
    return tuple(
        r for r in records
        if r.provenance.dataset in TELLS_AS
        or ((d := documents.get(r.provenance.document)) is not None and d.url.startswith(TELLS))
    )  # fmt: skip


def _verdict(
    about: Node,
    adopts: Sequence[Statement],
    editions: Mapping[str, Edition],
    records: Sequence[NodeRecord],
    tells: Sequence[NodeRecord],
    citations: Citations,
) -> Finding:
    """Adopted, modified, not equivalent, unique, or that nothing is on record."""
    en, zh = about.ref.name("en"), about.ref.name("zh")
    if adopts:
        first, more = adopts[0], len(adopts) - 1
        verdict, reads = DEGREES[_degree(first)]
        far, state = citations.ref(first.object), editions[first.object]
        project = about.properties.get("status") == "project"
        others = (f" and {more} more", f"等{more + 1}项") if more else ("", "")
        text = Text(
            f"{en} {'is to adopt' if project else 'adopts'} {far.name('en')}{others[0]}, {reads.en}; {state.says.en}",
            f"{zh}{'拟采用' if project else '采用'}{far.name('zh')}{others[1]}，{reads.zh}；{state.says.zh}",
        )
        values = {"verdict": verdict, "edition": state.state, "adopted": first.object}
        return Finding("adoption", text, values, (*citations.cite(adopts), *state.evidence))
    if tells and about.properties.get("kind") == "national":
        text = Text(
            f"{en} is a unique Chinese standard by its record: its source tells adoption, and tells none",
            f"据其记录，{zh}为中国独有：该来源会载明采标情况，而未载",
        )
        return Finding("adoption", text, {"verdict": "unique"}, citations.of_records(tells, ("number",))[:2])
    text = Text(
        f"No adoption by {en} is on record; whether it is unique is unknown",
        f"未见{zh}采用国际标准的记录；是否为中国独有未知",
    )
    return Finding(
        "adoption", text, {"verdict": "none_on_record"}, citations.of_records(records, ("number", "plan_number"))[:1]
    )


def _force(about: Node, cites: Sequence[Citing], records: Sequence[NodeRecord], citations: Citations) -> Finding:
    """Mandatory, voluntary, or voluntary but made compulsory by what cites it."""
    said = about.properties.get("mandatory")
    evidence = citations.of_records(records, ("number", "mandatory"))[:1]
    if said is True:
        by_number = about.properties.get("kind") in ("industry", "local")
        text = Text("Mandatory by its number", "按编号为强制性标准")
        if by_number:
            text = Text(
                "Mandatory by its number; for this kind that binds only where a law keeps it so",
                "按编号为强制性；此类标准仅在法律保留其强制性时具有约束力",
            )
        return Finding("force", text, {"force": "mandatory"}, evidence)
    if said is None:
        return Finding(
            "force",
            Text("Whether it is mandatory is unknown: its record does not say so", "是否强制未知：记录未载"),
            {"force": "unknown"},
            evidence,
        )
    if compelling := [c for c in cites if c.role == "compulsory"]:
        names = listed(citations.ref(c.policy) for c in compelling[:3])
        more = len(compelling) - 3
        text = Text(
            f"Voluntary by its number, but made compulsory by {names.en}{f' and {more} more' if more > 0 else ''}",
            f"编号为推荐性，但因{names.zh}{f'等{len(compelling)}份文件' if more > 0 else ''}而须强制执行",
        )
        cited = tuple(e for c in compelling for e in citations.cite(c.statements[:1]))
        return Finding("force", text, {"force": "voluntary_made_compulsory"}, (*evidence, *cited))
    text = Text(
        "Voluntary; no text on record that is in force on this day makes it compulsory",
        "推荐性；未见当日有效的文件使其强制",
    )
    return Finding("force", text, {"force": "voluntary"}, evidence)


def _said_to_be_unique(
    graph: Subgraph, cites: Sequence[Citing], fields: Sequence[str], citations: Citations
) -> Iterable[Finding]:
    """What the report of 2020 names as a requirement of China's own, where it is the scheme that cites the standard, or its kind."""
    ids = {*(c.policy for c in cites if c.role == "compulsory"), *fields}
    said = [
        s for s in graph.statements
        if s.type == "NOTE" and s.qualifier == _UNIQUE and s.subject in ids and s.subject != "field:standards-system"
    ]  # fmt: skip
    if said:
        evidence = citations.cite(said)
        yield Finding("said_to_be_unique", in_one(evidence), {}, evidence)


def _counts_today(about: Node, adopts: Sequence[Statement], graph: Subgraph, citations: Citations) -> Iterable[Finding]:
    """Whether what it adopts counts as adoption by the rules that hold on the day."""
    rules = {
        name: [s for s in graph.statements if s.type == "RULE" and s.qualifier == name and _adoption_date(s)]
        for name in _RULES
    }
    national = about.properties.get("kind") == "national"
    for s in adopts:
        number = numbers.parse(str(graph.nodes[s.object].properties.get("number", "")))
        abroad = number is not None and number.issuer not in _COUNTED_BODIES
        rule = (
            "adoption-bodies" if abroad
            else "adoption-degrees" if _degree(s) == "NEQ"
            else "adoption-tier" if not national
            else ""
        )  # fmt: skip
        if rule and rules[rule]:
            why = _WHY[rule]
            since = min(x.since or "" for x in rules[rule])
            far = citations.ref(s.object)
            text = Text(
                f"Would not count as adoption under the rule in force since {since}: {why.en} (here {far.name('en')}, {_degree(s)})",
                f"按{since}起施行的规定不计为采标：{why.zh}（此处为{far.name('zh')}，{_degree(s)}）",
            )
            yield Finding("not_counted", text, {"rule": rule}, citations.cite(rules[rule]))
            return


def _adoption_date(rule: Statement) -> bool:
    """Whether a rule says since when it holds: one that does not may be newer than the day asked about."""
    return rule.since is not None


_WHY: Mapping[str, Text] = {
    "adoption-bodies": Text("only standards of ISO, IEC and ITU are adopted", "仅采用ISO、IEC、ITU标准"),
    "adoption-degrees": Text("only IDT and MOD are adoption", "仅等同（IDT）和修改（MOD）为采标"),
    "adoption-tier": Text("only national standards may adopt", "仅国家标准可采标"),
}


def _used(about: Node, items: Sequence[Item]) -> Text:
    """Of an international or foreign standard, how many Chinese ones adopt it."""
    n = sum(1 for item in items if item.role == "adopted_by")
    en, zh = about.ref.name("en"), about.ref.name("zh")
    if not n:
        return Text(f"No Chinese standard on record adopts {en}", f"未见采用{zh}的中国标准")
    return Text(
        f"{n} Chinese standard{'s' if n > 1 else ''} on record adopt{'' if n > 1 else 's'} {en}",
        f"在案有{n}项中国标准采用{zh}",
    )


def _caveats(
    about: Node,
    graph: Subgraph,
    adopts: Sequence[Statement],
    verdict: Finding,
    editions: Mapping[str, Edition],
) -> tuple[Caveat, ...]:
    found = []
    if over(about, graph):
        text = Text(
            "No longer in force on this day; what replaced it may differ", "当日已不再有效；其代替标准情况可能不同"
        )
        found.append(Caveat("over", text))
    if verdict.values["verdict"] == "none_on_record":
        text = Text(
            "The source of its record does not tell adoption; its record on the national platform, or its foreword, would",
            "其记录来源不载采标情况；载入国家标准平台记录或其前言即可得知",
        )
        found.append(Caveat("adoption_unknown", text))
    if verdict.values["verdict"] == "unique":
        text = Text(
            "By its record alone: a standard drawn up after an international one without saying so (not equivalent) would look the same; "
            "its foreword would tell",
            "仅据其记录：参照国际标准而未标注（非等效）者亦如此；以其前言为准",
        )
        found.append(Caveat("unique_by_record", text))
    unknown = [graph.nodes[s.object].ref for s in adopts if editions[s.object].state == "unknown"]
    if unknown:
        text = Text(
            "Nothing is loaded of the adopted edition itself; load the bibliographic data of its publisher (Relaton) "
            "to know whether it is current",
            "未载入所采用版本的信息；载入其发布机构的书目数据（Relaton）即可判断是否现行",
        )
        found.append(Caveat("edition_unknown", text))
    return tuple(found)
