"""Responses of the platforms for industry and local standards become statements."""

from __future__ import annotations

import json

import pytest

from tests.loaders.samr_reading import kinds_of, read

PK = "4d3a45b4f20d7c3828f85f1a585dfba1"
INDUSTRY: dict[str, object] = {
    "pk": PK, "code": "JB/T 10825-2025", "chName": "工业机器人产品验收实施规范", "industry": "机械",
    "chargeDept": "工业和信息化部", "issueDate": 1739462400000, "actDate": 1746028800000, "status": "现行",
}  # fmt: skip


def response(*records: object) -> bytes:
    return json.dumps(
        {"records": records, "total": len(records), "pages": 1, "current": 1}, ensure_ascii=False
    ).encode()


def test_an_industry_standard() -> None:
    found = read(response(INDUSTRY))
    standard = "standard:jb-t-10825-2025"
    assert (found.dataset, found.refusals) == ("hbba-industry", [])
    assert found.node(standard) == {
        "number": "JB/T 10825-2025",
        "kind": "industry",
        "mandatory": False,
        "title_zh": "工业机器人产品验收实施规范",
        "stage": "60",
        "sector": "机械",
        "published": "2025-02-14",  # midnight in China is the day before in Greenwich
        "effective": "2025-05-01",
        "url": f"https://hbba.sacinfo.org.cn/stdDetail/{PK}",
    }
    assert (standard, "field:industry-jb", "") in found.said("CLASSIFIED_AS")
    assert (found.one("STATUS").value, found.one("STATUS").since) == ("current", "2025-05-01")
    assert found.node(found.one("SUPERVISES_STANDARD").subject) == {"name_zh": "工业和信息化部"}
    assert {s.provenance.record for s in found.statements} == {PK}


def test_a_local_standard() -> None:
    local = {
        "code": "DB11/T 1234-2015",
        "chName": "某规范",
        "industry": "北京市",
        "chargeDept": "北京市市场监督管理局",
        "status": "废止",
    }
    found = read(response(local | {"fzDate": 1739462400000, "issueDate": -160387200000}))
    assert found.dataset == "dbba-local"
    assert found.node("standard:db11-t-1234-2015")["published"] == "1964-12-02"
    assert (found.one("STATUS").value, found.one("STATUS").since) == ("withdrawn", "2025-02-14")
    assert found.notes() == {"region": "北京市"}
    assert {s.provenance.record for s in found.statements} == {"DB11/T 1234-2015"}


def test_a_broken_record_is_refused_and_the_rest_taken() -> None:
    found = read(
        response(
            INDUSTRY, {"code": "x", "chName": "y", "status": 1}, None, INDUSTRY | {"issueDate": "soon", "status": "?"}
        )
    )
    assert [s.subject for s in found.statements if s.type == "STATUS"] == ["standard:jb-t-10825-2025"]
    assert sorted((refusal.line, refusal.part) for refusal in found.refusals) == [
        (2, "code"), (3, ""), (4, "issueDate"), (4, "status"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '{"records": [{"code": "x", "name": "y"}], "total": 1, "pages": 1, "current": 1}',
        '{"records": [], "total": 0}',
        '{"records": {"code": "x"}}',
    ],
)
def test_what_is_no_response_is_not_taken_for_one(text: str) -> None:
    assert kinds_of(text.encode()) == []


def test_an_input_that_is_both_has_one_kind() -> None:
    both = {"rows": [{"C_STD_CODE": "GB 1-2000", "STATE": "现行"}], "records": [INDUSTRY]}
    assert len(kinds_of(json.dumps(both).encode())) == 1
