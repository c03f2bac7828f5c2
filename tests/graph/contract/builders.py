"""A small world for the contract, of real names and true facts, and the means to say things in a test.

Built from forewords of standards and committee pages: who issued and drafted GB/T 22239 and two standards of the car
industry, who runs the committees, and the BMW group with its two entities as the forewords print them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph.model import (
    Basis,
    Batch,
    Confidence,
    Dataset,
    Document,
    NodeRecord,
    Provenance,
    Scalar,
    Statement,
    View,
)
from graph.schema import LABELS

TODAY = date(2025, 6, 1)
NOW = View(TODAY)

SAC, SAMR, AQSIQ, MIIT = "org:sac", "org:samr", "org:aqsiq", "org:miit"
CESI, CATARC, CAICT, HUAWEI, THIRD = "org:cesi", "org:catarc", "org:caict", "org:huawei", "org:mps-third-institute"
BMW, BMW_SERVICES, BMW_CHINA = "org:bmw", "org:bmw-china-services", "org:bmw-china-service"
TC260, TC114, SC34 = "committee:sac-tc-260", "committee:sac-tc-114", "committee:sac-tc-114-sc-34"
MLPS_2019, MLPS_2008 = "standard:gb-t-22239-2019", "standard:gb-t-22239-2008"
V2X, BRAKES = "standard:gb-t-45315-2025", "standard:gb-t-40711.4-2021"


class Source:
    """A dataset under construction: nodes and statements are said one by one, and come out as batches."""

    def __init__(self, id: str = "curated", *, private: bool = False, **provenance: Any) -> None:
        self.dataset = Dataset(id, f"Dataset {id}", licence="CC0-1.0", publisher="a test", private=private)
        self.document = Document(f"doc:{id}", f"Document {id}", url=f"https://example.org/{id}")
        self.documents = [self.document]
        self.nodes: list[NodeRecord] = []
        self.statements: list[Statement] = []
        self._provenance = Provenance(id, "0", self.document.id, **provenance)

    def node(self, id: str, label: str, *, record: str = "", **properties: Scalar) -> str:
        """Say that there is such a node, with these properties."""
        self.nodes.append(NodeRecord(id, label, properties, self._said(record or id)))
        return id

    def says(
        self,
        subject: str,
        type: str,
        object_: str = "",
        *,
        record: str = "",
        value: Scalar | None = None,
        qualifier: str = "",
        since: str | None = None,
        until: str | None = None,
        observed_on: str | None = None,
        basis: Basis | None = None,
        confidence: Confidence | None = None,
        **properties: Scalar,
    ) -> Statement:
        """Say one thing of a node."""
        said = self._said(record or subject)
        said = replace(
            said,
            observed_on=observed_on or said.observed_on,
            basis=basis or said.basis,
            confidence=confidence or said.confidence,
        )
        statement = Statement(subject, type, said, object_, value, qualifier, since, until, properties)
        self.statements.append(statement)
        return statement

    def batch(self) -> Batch:
        """All of it in one batch."""
        return Batch(tuple(self.documents), tuple(self.nodes), tuple(self.statements))

    def batches(self, size: int = 0) -> Iterator[Batch]:
        """All of it in batches: first the nodes, then the statements, `size` at a time (0: one batch)."""
        if not size:
            yield self.batch()
            return
        for part in _parts(self.nodes, size):
            yield Batch(tuple(self.documents), nodes=tuple(part))
        for part in _parts(self.statements, size):
            yield Batch(statements=tuple(part))

    def _said(self, record: str) -> Provenance:
        return replace(self._provenance, record=record)


def _parts(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def world() -> Source:
    """The small world, as one dataset."""
    w = Source()
    w.node(SAC, "Agency", name_zh="国家标准化管理委员会", name_en="Standardization Administration of China")
    w.node(SAMR, "Agency", name_zh="国家市场监督管理总局", name_en="State Administration for Market Regulation")
    w.node(
        AQSIQ,
        "Agency",
        name_zh="国家质量监督检验检疫总局",
        name_en="General Administration of Quality Supervision, Inspection and Quarantine",
    )
    w.node(MIIT, "Agency", name_zh="工业和信息化部", name_en="Ministry of Industry and Information Technology")
    w.node(
        CESI,
        "Institute",
        name_zh="中国电子技术标准化研究院",
        name_en="China Electronics Standardization Institute",
    )
    w.node(CATARC, "Institute", name_zh="中国汽车技术研究中心有限公司")
    w.node(CAICT, "Institute", name_zh="中国信息通信研究院")
    w.node(HUAWEI, "Company", name_zh="华为技术有限公司", name_en="Huawei Technologies Co., Ltd.")
    w.node(THIRD, "Institute", name_zh="公安部第三研究所")
    w.node(BMW, "Company", name_zh="宝马集团", name_en="BMW Group", kind="group", home="DE")
    w.node(BMW_SERVICES, "Company", name_zh="宝马(中国)服务有限公司")
    w.node(BMW_CHINA, "Company", name_zh="宝马中国(服务)有限公司")
    w.node(
        TC260,
        "Committee",
        code="SAC/TC 260",
        name_zh="全国网络安全标准化技术委员会",
        name_en="National Technical Committee 260 on Cybersecurity of SAC",
    )
    w.node(TC114, "Committee", code="SAC/TC 114", name_zh="全国汽车标准化技术委员会")
    w.node(SC34, "Committee", code="SAC/TC 114/SC 34")
    w.node(
        MLPS_2019,
        "Standard",
        number="GB/T 22239-2019",
        title_zh="信息安全技术 网络安全等级保护基本要求",
        title_en="Information security technology -- Baseline for classified protection of cybersecurity",
        kind="national",
        mandatory=False,
        status="current",
        published="2019-05-10",
    )
    w.node(
        MLPS_2008,
        "Standard",
        number="GB/T 22239-2008",
        title_zh="信息安全技术 信息系统安全等级保护基本要求",
        kind="national",
        mandatory=False,
        status="superseded",
        published="2008-06-19",
    )
    w.node(
        V2X,
        "Standard",
        number="GB/T 45315-2025",
        title_zh="基于 LTE-V2X 直连通信的车载信息交互系统技术要求及试验方法",
        kind="national",
        mandatory=False,
        status="current",
        published="2025-02-28",
    )
    w.node(
        BRAKES,
        "Standard",
        number="GB/T 40711.4-2021",
        title_zh="乘用车循环外技术/装置节能效果评价方法 第4部分:制动能量回收系统",
        kind="national",
        mandatory=False,
        status="current",
        published="2021-10-11",
    )
    _names(w)
    _bodies(w)
    _standards(w)
    return w


def _names(w: Source) -> None:
    w.says(SAC, "NAME", value="国家标准委", qualifier="short_zh")
    w.says(SAC, "NAME", value="SAC", qualifier="short_en")
    w.says(MIIT, "NAME", value="工信部", qualifier="short_zh")
    w.says(MIIT, "NAME", value="MIIT", qualifier="short_en")
    w.says(CESI, "NAME", value="CESI", qualifier="short_en")
    w.says(CESI, "NAME", value="电子标准院", qualifier="short_zh")
    w.says(TC260, "NAME", value="全国信息安全标准化技术委员会", qualifier="former_zh")
    w.says(TC260, "NAME", value="信安标委", qualifier="former_zh")
    w.says(TC260, "NAME", value="网安标委", qualifier="short_zh")
    w.says(BMW, "NAME", value="BMW", qualifier="short_en")
    w.says(BMW, "NAME", value="宝马", qualifier="short_zh")


def _bodies(w: Source) -> None:
    w.says(SAC, "SUBORDINATE_TO", AQSIQ, since="2001-10", until="2018-03")
    w.says(SAC, "SUBORDINATE_TO", SAMR, since="2018-03")
    w.says(CESI, "HOSTS_SECRETARIAT", TC260)
    w.says(CATARC, "HOSTS_SECRETARIAT", TC114)
    w.says(MIIT, "OVERSEES", TC114, qualifier="guides")
    w.says(SC34, "PART_OF", TC114, qualifier="subcommittee")
    for entity in (BMW_SERVICES, BMW_CHINA):
        w.says(entity, "PART_OF", BMW, qualifier="entity", basis=Basis.RULE)
    w.says(BMW, "OWNERSHIP", value="foreign_invested", basis=Basis.EDITOR)


def _standards(w: Source) -> None:
    for standard, committee, drafters in (
        (MLPS_2019, TC260, (THIRD, HUAWEI)),
        (V2X, TC114, (CATARC, CAICT, HUAWEI, BMW_CHINA)),
        (BRAKES, TC114, (CATARC, BMW_SERVICES)),
    ):
        w.says(committee, "IN_CHARGE_OF", standard, record=standard, qualifier="centralised")
        for rank, drafter in enumerate(drafters, 1):
            w.says(drafter, "DRAFTED", standard, record=standard, rank=rank)
    for agency in (SAMR, SAC):
        w.says(agency, "ISSUED", MLPS_2019, record=MLPS_2019)
        w.says(agency, "ISSUED", V2X, record=V2X)
    w.says(MLPS_2019, "REPLACES", MLPS_2008)


def everything(dumped: Iterable[object]) -> list[str]:
    """What a store holds, as text that can be compared."""
    return [repr(thing) for thing in dumped]


def prefix_of(label: str) -> str:
    """How ids of this label begin."""
    return f"{LABELS[label].prefix}:"
