"""Small answers of every shape, made by hand from real names, for tests of pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import Direction, NodeRef, Scalar
from queries.answer import Answer, Bound, Caveat, Evidence, Hop, Item, Link, Picture, Source, Text

PAGE_OF_2016 = Source(1, "doc:1", "SAC/TC 260 formed anew", "https://example.org/tc260", "usito.org", "2016-01")
FOREWORD = Source(2, "doc:2", "GB/T 45315-2025 前言", "https://example.org/45315", "SAMR and SAC", "2025-02-28")
GENERAL = Source(3, "doc:3", "general knowledge", "", "", None)
SOURCES = (PAGE_OF_2016, FOREWORD, GENERAL)

CYBER = NodeRef(
    "standard:gb-t-22239-2019",
    "Standard",
    "GB/T 22239-2019",
    "GB/T 22239-2019",
    "信息安全技术 网络安全等级保护基本要求",
)
V2X = NodeRef(
    "standard:gb-t-45315-2025",
    "Standard",
    "GB/T 45315-2025",
    "GB/T 45315-2025",
    "基于LTE-V2X直连通信的车载信息交互系统技术要求及试验方法",
)
TC260 = NodeRef("committee:sac-tc-260", "Committee", "SAC/TC 260", "SAC/TC 260", "全国网络安全标准化技术委员会")
TC114 = NodeRef("committee:sac-tc-114", "Committee", "SAC/TC 114", "SAC/TC 114", "全国汽车标准化技术委员会")
WG = NodeRef("committee:sac-tc-260-wg-2", "WorkingGroup", "SAC/TC 260/WG 2", "SAC/TC 260/WG 2", "保密标准工作组")
CESI = NodeRef("org:cesi", "Institute", "中国电子技术标准化研究院", "China Electronics Standardization Institute")
CATARC = NodeRef(
    "org:catarc", "Institute", "中国汽车技术研究中心有限公司", "China Automotive Technology and Research Center"
)
CAC = NodeRef("org:cac", "Agency", "国家互联网信息办公室", "Cyberspace Administration of China")
SAMR = NodeRef("org:samr", "Agency", "国家市场监督管理总局", "State Administration for Market Regulation")
SAC = NodeRef("org:sac", "Agency", "国家标准化管理委员会", "Standardization Administration of China")
COUNCIL = NodeRef("org:state-council", "Agency", "国务院", "State Council")
MPS = NodeRef("org:mps", "Agency", "公安部", "Ministry of Public Security")
MIIT = NodeRef("org:miit", "Agency", "工业和信息化部", "Ministry of Industry and Information Technology")
CCSA = NodeRef("org:ccsa", "Association", "中国通信标准化协会", "China Communications Standards Association")
BMW_CHINA = NodeRef("org:bmw-china-services", "Company", "宝马(中国)服务有限公司", "BMW China Services")
INTEL = NodeRef("org:intel", "Company", "英特尔", "Intel")
BMW = NodeRef("org:bmw", "Company", "宝马集团", "BMW Group")
DOMESTIC = tuple(
    NodeRef(f"org:domestic-{n}", "Company", name, "")
    for n, name in enumerate(
        [
            "中国第一汽车集团有限公司",
            "长城汽车股份有限公司",
            "华为技术有限公司",
            "北京百度网讯科技有限公司",
            "东风汽车集团股份有限公司",
        ]
    )
)
FOREIGN = tuple(
    NodeRef(f"org:foreign-{n}", "Company", zh, en)
    for n, (zh, en) in enumerate(
        (
            ("大众汽车（中国）投资有限公司", "Volkswagen (China) Investment"),
            ("丰田汽车（中国）投资有限公司", "Toyota Motor (China) Investment"),
            ("爱立信", "Ericsson"),
            ("博世", "Bosch"),
        )
    )
)


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror=alert(1)> 'x'",
    "href": '<a href="javascript:alert(1)">href</a>',
    "end of section": "]]></svg></script><!-- -->",
    "template": "{{ 7*7 }}{% raw %}",
    "control": "a\x00b\x07c\x1b[31m\ufffe\uffff",
    "direction": "safe\u202egnp.exe\u2066",
    "surrogate": "half \ud83d a pair",
    "long": "万" * 10_000,
    "long word": "W" * 10_000,
    "emoji": "👩‍💻 Ünïcode 🏭",
    "blank": " \n\t ",
}
"""Names that something somewhere could take for more than text."""

Detail = Scalar | tuple[str, ...] | None


def link(
    source: NodeRef, target: NodeRef, type: str, qualifier: str = "", *, sources: Sequence[int] = (2,),
    confidence: str = "high", documented: bool = True, since: str | None = None,
) -> Link:  # fmt: skip
    key = f"st:{source.id}-{type}-{target.id}"
    return Link(source.id, target.id, type, qualifier, (key,), tuple(sources), confidence, documented, since)


def evidence(
    source: NodeRef, target: NodeRef, type: str, qualifier: str = "", *, sources: Sequence[int] = (2,),
    confidence: str = "high", basis: str = "page", since: str | None = None,
) -> Evidence:  # fmt: skip
    says = Text(f"{source.name('en')} {type} {target.name('en')}", f"{source.name('zh')}{type}{target.name('zh')}")
    return Evidence(
        f"st:{source.id}-{type}-{target.id}", type, says, source, target, None, qualifier, since, None, "2025-02-28",
        confidence, basis, "foreword", tuple(sources), since is not None,
    )  # fmt: skip


def item(rank: int, role: str, node: NodeRef, *cited: Evidence, hops: Sequence[Hop] = (), **details: Detail) -> Item:
    return Item(rank, role, node, 0.5, (), Text("as stated", "如所述"), cited, tuple(hops), details)


def answer(
    question: str, about: Sequence[NodeRef], picture: Picture, *, items: Sequence[Item] = (),
    sources: Sequence[Source] = SOURCES, bounds: Sequence[Bound] = (), caveats: Sequence[Caveat] = (),
) -> Answer:  # fmt: skip
    return Answer(
        question, {}, tuple(about), "2026-01-31", (Text("In short", "简言之"),), tuple(items), (), tuple(caveats),
        tuple(sources), picture, tuple(bounds), len(items),
    )  # fmt: skip


def oversight() -> Answer:
    """Three layers, two tops, a body with a claim; links with and without a page, one of low confidence."""
    links = (
        link(TC260, CYBER, "IN_CHARGE_OF", "centralised", sources=(3,), confidence="medium", documented=False),
        link(TC260, CYBER, "PROPOSED", sources=(3,), confidence="medium", documented=False),
        link(CESI, TC260, "HOSTS_SECRETARIAT", sources=(1,)),
        link(CAC, TC260, "OVERSEES", "guides", sources=(1, 2)),
        link(SAMR, CYBER, "ISSUED"),
        link(SAC, CYBER, "ISSUED"),
        link(SAC, SAMR, "SUBORDINATE_TO", since="2018-03"),
        link(SAMR, COUNCIL, "SUBORDINATE_TO", confidence="low"),
        link(MPS, COUNCIL, "SUBORDINATE_TO"),
        link(MIIT, COUNCIL, "SUBORDINATE_TO"),
        link(MPS, CYBER, "CLAIMS"),
        link(MPS, TC260, "MEMBER_OF", "vice_chair", sources=(1,), since="2016-01"),
        link(MIIT, TC260, "MEMBER_OF", "vice_chair", sources=(1,), since="2016-01"),
    )
    nodes = (CYBER, TC260, CESI, CAC, SAMR, SAC, COUNCIL, MPS, MIIT)
    cited = evidence(CESI, TC260, "HOSTS_SECRETARIAT", sources=(1,))
    return answer(
        "oversight",
        [CYBER],
        Picture(nodes, links, {CYBER.id: "asked", TC260.id: "in_charge"}),
        items=[item(1, "in_charge", TC260), item(2, "secretariat", CESI, cited)],
        caveats=[Caveat("old", Text("Seats are as of 2016", "席位截至2016年"))],
    )


def coalition() -> Answer:
    """Six domestic and four foreign partners that drafted it, one foreign one with a seat alone; who asks drafted by an entity."""
    drafters = (CATARC, *DOMESTIC, *FOREIGN)
    asked_by = evidence(BMW_CHINA, V2X, "DRAFTED")
    hosts = evidence(CATARC, TC114, "HOSTS_SECRETARIAT", sources=(3,), confidence="medium", basis="general_knowledge")
    seat = evidence(INTEL, TC114, "MEMBER_OF", "member", sources=(1,))
    figures: dict[str, Detail] = {"drafted": 6, "led": 4, "latest": "2025-02-28", "co_drafted": 2}
    items = []
    for n, partner in enumerate(drafters, start=1):
        cited = [evidence(partner, V2X, "DRAFTED"), *([hosts] if partner is CATARC else []), asked_by]
        drawn = item(n, "partner", partner, *cited, origin="foreign" if partner in FOREIGN else "domestic", entities=())
        items.append(replace(drawn, details={**drawn.details, **figures}) if partner is CATARC else drawn)
    items.append(item(len(items) + 1, "partner", INTEL, seat, origin="foreign", entities=()))
    links = (
        link(TC114, V2X, "IN_CHARGE_OF", "centralised"),
        *(link(who, V2X, "DRAFTED") for who in (BMW_CHINA, *drafters)),
    )
    roles = {V2X.id: "asked", BMW.id: "asker", **{p.id: "partner" for p in drafters}}
    return answer("coalition", [V2X, BMW], Picture((V2X, TC114, BMW, BMW_CHINA, *drafters), links, roles), items=items)


def _hop(a: NodeRef, b: NodeRef, tie: str, *cited: Evidence, direction: Direction = "out") -> Hop:
    return Hop(a, b, tie, direction, 1.0, cited[0].says, cited)


def influence() -> Answer:
    """Four paths: two through the same committee, one through an association, one of a single step."""
    supervises = _hop(TC114, MIIT, "OVERSEES", evidence(MIIT, TC114, "OVERSEES", "supervises"), direction="in")
    paths = (
        ("indirect", (
            _hop(BMW, CATARC, "CO_DRAFTED", evidence(BMW, V2X, "DRAFTED"), evidence(CATARC, V2X, "DRAFTED")),
            _hop(CATARC, TC114, "HOSTS_SECRETARIAT",
                 evidence(CATARC, TC114, "HOSTS_SECRETARIAT", sources=(3,), basis="general_knowledge")),
            supervises,
        )),
        ("indirect", (
            _hop(BMW, DOMESTIC[0], "CO_DRAFTED", evidence(BMW, V2X, "DRAFTED"), evidence(BMW, CYBER, "DRAFTED")),
            _hop(DOMESTIC[0], TC114, "DRAFTS_IN", evidence(DOMESTIC[0], V2X, "DRAFTED")),
            supervises,
        )),
        ("association", (
            _hop(BMW, CCSA, "MEMBER_OF", evidence(BMW, CCSA, "MEMBER_OF", "member", confidence="low", since="2016-01")),
            _hop(CCSA, MIIT, "OVERSEES", evidence(MIIT, CCSA, "OVERSEES", "supervises"), direction="in"),
        )),
        ("direct", (_hop(BMW, MIIT, "MEMBER_OF", evidence(BMW, MIIT, "MEMBER_OF", "observer")),)),
    )  # fmt: skip
    return answer(
        "influence",
        [BMW, MIIT],
        Picture((), ()),
        items=[
            item(n, "path", hops[-1].source, *(e for hop in hops for e in hop.evidence), hops=hops, channel=channel)
            for n, (channel, hops) in enumerate(paths, start=1)
        ],
    )


def neighbours(count: int) -> Answer:
    """A standard with many drafters: more than one picture can hold."""
    many = tuple(
        NodeRef(f"org:n{n}", "Company" if n % 3 else "Institute", f"第{n}研究院有限公司", f"Research Institute No. {n}")
        for n in range(count)
    )
    links = (link(TC114, V2X, "IN_CHARGE_OF"), *(link(who, V2X, "DRAFTED") for who in many))
    return answer(
        "entity",
        [V2X],
        Picture((V2X, TC114, *many), links, {V2X.id: "asked"}),
        bounds=[Bound(Text("GB/T 45315-2025: drafted", "GB/T 45315-2025：起草"), count, 1213)],
    )


def nothing() -> Answer:
    """An answer without relationships."""
    return answer("search", [], Picture((), ()), sources=())


def named(name: str) -> Answer:
    """A picture in which everything that comes from data bears `name`: names, titles, sources, sentences, identifiers of roles."""
    bad = NodeRef("org:bad", "Company", name, name, name)
    body = NodeRef("committee:bad", "Committee", name, name, name)
    says = Text(name, name)
    cited = Evidence(
        "st:bad", "MEMBER_OF", says, bad, body, None, "member", None, None, name, "high", "page", name, (1,), False
    )
    source = Source(1, "doc:bad", name, f"javascript:{name}", name, name)
    made = answer(
        "oversight", [body], Picture((bad, body), (link(bad, body, "MEMBER_OF", "member", sources=(1,)),), {body.id: "asked"}),
        items=[Item(1, "seat", bad, 1.0, (), says, (cited,))], sources=[source], caveats=[Caveat("bad", says)],
        bounds=[Bound(says, 1, 2)],
    )  # fmt: skip
    return replace(made, summary=(says,))


def every_hostile_name() -> Answer:
    """A star of nodes that bear the names of `HOSTILE`, one each."""
    bad = [NodeRef(f"org:bad-{n}", "Company", name, name, name) for n, name in enumerate(HOSTILE.values())]
    links = tuple(link(who, TC114, "MEMBER_OF", "observer") for who in bad)
    return answer("entity", [TC114], Picture((TC114, *bad), links, {TC114.id: "asked"}))


SHAPES = {
    "oversight": oversight,
    "coalition": coalition,
    "influence": influence,
    "neighbours": lambda: neighbours(61),
    "nothing": nothing,
}
