"""Responses of the national platform's search, and rows of that shape, become statements."""

from __future__ import annotations

import json

import pytest

from graph.model import Basis, Confidence
from graph.store import Store
from loaders.format import Record
from loaders.inputs import Input
from loaders.samr.search import SearchResponse
from tests.loaders.samr_reading import FIXTURES, NEVER, announced, kinds_of, read, response, row

NEW, OLD = "standard:gb-t-9832-2026", "standard:gb-t-9832-2007"


def test_a_response_says_all_its_fields() -> None:
    found = read((FIXTURES / "search_response.json").read_bytes())
    assert found.dataset == "samr-national"
    assert found.refusals == []
    assert found.node(NEW) == {
        "number": "GB/T 9832-2026",
        "plan_number": "20242626-T-607",
        "kind": "national",
        "mandatory": False,
        "title_zh": "毛绒、布制玩具",
        "title_en": "Sewed plush and cloth toys",
        "stage": "60",
        "ics": "97.200.50",
        "ccs": "Y57",
        "published": "2026-05-25",
        "effective": "2027-06-01",
        "url": "https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=3D8664AABD788F6F00C742433CEAEFBC",
    }
    assert found.same == [("standard:20242626-t-607", NEW)]
    assert found.said("STATUS") == [(NEW, "upcoming", ""), (OLD, "current", "")]
    assert not found.said("STAGE"), "what is published does not go on: its stage is no statement of its own"
    assert found.said("REPLACES") == [(NEW, OLD, "")], "the comma that stands for nothing is no standard"
    assert found.one("REPLACES").since == "2027-06-01"
    assert found.said("IN_CHARGE_OF") == [("committee:sac-tc-253", NEW, "centralised")]
    assert found.node("committee:sac-tc-253")["name_zh"] == "全国玩具标准化技术委员会"
    assert found.node("field:ics-97-200-50")["name_zh"] == "玩具"
    assert found.said("CLASSIFIED_AS").count((OLD, "field:ccs-y57", "")) == 1, "Y 57 is Y57"
    assert found.notes()["announcement of publication"] == "2026年第23号"


def test_what_the_platform_itself_records_is_likely() -> None:
    found = read((FIXTURES / "search_response.json").read_bytes())
    assert {(s.provenance.basis, s.provenance.confidence) for s in found.statements} == {(Basis.PAGE, Confidence.HIGH)}
    assert {s.provenance.document for s in found.statements} == {document.id for document in found.documents}


def test_highlight_tags_are_no_part_of_a_title() -> None:
    found = read((FIXTURES / "search_response.json").read_bytes())
    assert found.node(OLD)["title_zh"] == "毛绒、布制玩具"
    found = read(
        response(row(C_STD_CODE="<sacinfo>GB</sacinfo>/<b>T</b> 1-2000", C_C_NAME="pH&lt;7 的 CO<sub>2</sub>"))
    )
    assert found.node("standard:gb-t-1-2000")["title_zh"] == "pH<7 的 CO2"


def test_names_of_persons_are_nowhere() -> None:
    found = read((FIXTURES / "search_response.json").read_bytes())
    assert NEVER not in repr(found)
    found = read(response(row(DRAFT_UNIT="王伟、李娜、张敏", DRAFT_STAFF=NEVER, CD_NAME="王小明")))
    assert not found.said("DRAFTED")
    assert any("names of people" in reason for reason in found.reasons())
    assert not any(
        name in repr((found.nodes, found.statements, found.reasons())) for name in ("王伟", "李娜", "王小明", NEVER)
    )


@pytest.mark.parametrize(
    ("fields", "dataset"),
    [
        ({"C_STD_CODE": "GB 18384-2020"}, "samr-national"),
        ({"C_STD_CODE": "YD/T 2038-2009"}, "samr-industry"),
        ({"C_STD_CODE": "DB11/T 1234-2015"}, "samr-local"),
        ({"C_STD_CODE": "T/CSAE 53-2020"}, "samr-association"),
        ({"C_STD_CODE": "Q/GDW 10595-2021"}, "samr-enterprise"),
        ({"C_STD_CODE": None, "C_PLAN_CODE": "20242626-T-607", "STATE": "正在起草"}, "samr-plans"),
        ({"C_STD_CODE": "20242626-T-607", "STATE": "正在起草"}, "samr-plans"),
        ({"C_STD_CODE": "20242626-T-607"}, "samr-plans"),
        ({"STATE": "现行", "STD_FORM": None, "CURRENT_LINK": "x"}, "samr-national"),
        ({"C_STD_CODE": "unreadable", "STD_DOMAIN": "团体标准"}, "samr-association"),
        ({"C_STD_CODE": None, "STD_DOMAIN": "国家标准计划"}, "samr-plans"),
    ],
)
def test_the_first_row_chooses_the_dataset(fields: dict[str, object], dataset: str) -> None:
    head = Input.of("x", response(row(**fields), row())).head
    found = SearchResponse().dataset(head)
    assert found is not None
    assert found.id == dataset


def test_a_project_has_a_stage_and_no_day_of_publication() -> None:
    fields = {
        "C_STD_CODE": None,
        "C_PLAN_CODE": "20255258-T-339",
        "STATE": "正在征求意见",
        "ISSUE_DATE": "2025-10-31",
        "STD_FORM": "X",
    }
    found = read(response(row(**fields, DRAFT_UNIT="中国汽车技术研究中心有限公司等")))
    node = found.node("standard:20255258-t-339")
    assert node["plan_number"] == "20255258-T-339"
    assert "published" not in node
    assert found.said("STATUS") == [("standard:20255258-t-339", "project", "")]
    assert found.said("STAGE") == [("standard:20255258-t-339", "30", "")]
    assert found.one("DRAFTED").since is None
    assert found.notes() == {
        "drafting list": "cut short by the source", "kind of project": "revision", "date of the plan": "2025-10-31"
    }  # fmt: skip


def test_drafting_organisations_keep_their_order_and_brackets() -> None:
    units = "中国信息通信研究院、华为公司，北京奇虎（360，安全）科技有限公司；Bosch (China) Investment Co., Ltd.\n清华大学等3家单位"
    found = read(response(row(DRAFT_UNIT=units, ISSUE_DATE="2026-05-25")))
    drafted = [s for s in found.statements if s.type == "DRAFTED"]
    assert [
        (s.properties["rank"], found.node(s.subject)["name_zh" if s.properties["rank"] != 4 else "name_en"])
        for s in drafted
    ] == [
        (1, "中国信息通信研究院"),
        (2, "华为公司"),
        (3, "北京奇虎（360，安全）科技有限公司"),
        (4, "Bosch (China) Investment Co., Ltd."),
        (5, "清华大学"),
    ]
    assert {s.since for s in drafted} == {"2026-05-25"}
    assert found.notes()["drafting list"] == "cut short by the source"


def test_an_organisation_named_twice_drafted_once() -> None:
    found = read(response(row(DRAFT_UNIT="华为技术有限公司、清华大学、华为技术有限公司")))
    assert [s.properties["rank"] for s in found.statements if s.type == "DRAFTED"] == [1, 2]


def test_bodies_are_told_by_code_and_by_name() -> None:
    found = read(
        response(
            row(
                TA_CODE="TC46", TA_NAME="全国家用电器标准化技术委员会", TM_CODE="TC46SC1", UTA_NAME="中国轻工业联合会",
                TM_NAME="全国家用电器标准化技术委员会制冷空调器具分会", CD_NAME="工业和信息化部(通信)(339-2)、国家标准化管理委员会",
            )
        )
    )  # fmt: skip
    standard = "standard:gb-t-9832-2026"
    assert found.said("IN_CHARGE_OF") == [
        ("committee:sac-tc-46", standard, "centralised"),
        ("committee:sac-tc-46-sc-1", standard, "executing"),
    ]
    assert found.said("PART_OF") == [("committee:sac-tc-46-sc-1", "committee:sac-tc-46", "subcommittee")]
    supervising = {found.node(subject)["name_zh"] for subject, _, _ in found.said("SUPERVISES_STANDARD")}
    assert supervising == {"工业和信息化部", "国家标准化管理委员会"}
    assert found.notes()["supervising agency as printed"] == "工业和信息化部(通信)(339-2)"
    assert found.notes()["reporting unit"] == "中国轻工业联合会"


def test_a_body_without_a_committee_code_goes_by_its_name() -> None:
    found = read(response(row(TA_CODE="361", TA_NAME="国家卫生健康委员会")))
    ((subject, _, capacity),) = found.said("IN_CHARGE_OF")
    assert (found.node(subject), capacity) == ({"name_zh": "国家卫生健康委员会"}, "centralised")


@pytest.mark.parametrize(
    ("fields", "adopted"),
    [
        ({"ADOPT_TYPE": "MOD", "ADOPT_NO": "ISO 8124-1:2018"}, [("standard:iso-8124-1-2018", "MOD")]),
        ({"ADOPT_TYPE": "IDT", "A_NUMBER": "ISO/IEC 27001:2022"}, [("standard:iso-iec-27001-2022", "IDT")]),
        ({"ADOPT_TYPE": "ISO", "ADOPT_RELA": "NEQ", "X": "ISO 9000:2015"}, [("standard:iso-9000-2015", "NEQ")]),
        (
            {"ADOPT_TYPE": "IDT", "ADOPT_STD": "ISO 9000:2015;IEC 60034-1:2017"},
            [("standard:iso-9000-2015", "IDT"), ("standard:iec-60034-1-2017", "IDT")],
        ),
        ({"ADOPT_TYPE": "无"}, []),
        ({"X": "ISO 9000:2015"}, []),
        ({"ADOPT_TYPE": "无", "X": "ISO 9000:2015"}, []),
        ({"ADOPT_TYPE": "IDT", "CITE_STD": "ISO 9000:2015"}, []),
    ],
)
def test_adoption_is_taken_where_a_value_is_a_number(fields: dict[str, str], adopted: list[tuple[str, str]]) -> None:
    found = read(response(row(**fields)))
    assert [(s.object, s.properties.get("degree")) for s in found.statements if s.type == "ADOPTS"] == adopted


def test_adoption_without_a_number_is_noted() -> None:
    assert read(response(row(ADOPT_TYPE="IEC"))).notes()["adoption on the record"] == "IEC"


def test_several_replaced_standards() -> None:
    found = read(response(row(TOTAL_REPE="GB/T 9832-1993,GB 24477—2009（部分代替）;见公告,")))
    replaced = {s.object: s.properties.get("partial") for s in found.statements if s.type == "REPLACES"}
    assert replaced == {"standard:gb-t-9832-1993": None, "standard:gb-24477-2009": True}
    assert found.reasons() == [f"x:1 ({'A' * 32}): TOTAL_REPE: '见公告' is not a standard number"]


@pytest.mark.parametrize(
    "written",
    ["2019-05-10", "2019-05-10 00:00:00.0", "2019/5/10", "20190510", 20190510, 1557417600000, "1557417600000"],
)
def test_dates_in_every_spelling(written: object) -> None:
    assert read(response(row(ISSUE_DATE=written))).node(NEW)["published"] == "2019-05-10"


@pytest.mark.parametrize(
    "written", ["1900-01-01", "9999-12-31", "2019-02-30", "soon", 10**18, True, [2019], {"day": 1}]
)
def test_what_is_no_day_is_refused_and_the_rest_taken(written: object) -> None:
    found = read(response(row(ISSUE_DATE=written)))
    assert "published" not in found.node(NEW)
    assert [refusal.part for refusal in found.refusals] == ["ISSUE_DATE"]


def test_broken_classes_are_refused_and_the_rest_taken() -> None:
    found = read(response(row(ICS="97.200.50;9x.1", CCS="Y 57,57Y")))
    assert (found.node(NEW)["ics"], found.node(NEW)["ccs"]) == ("97.200.50", "Y57")
    assert [refusal.part for refusal in found.refusals] == ["ICS", "CCS"]


def test_the_number_decides_whether_a_standard_is_compulsory() -> None:
    found = read(response(row(STD_NATURE="强制性")))
    assert found.node(NEW)["mandatory"] is False
    assert found.notes()["nature on the record"] == "强制性"
    assert read(response(row(STD_NATURE="推荐性"))).notes() == {}
    found = read(response(row(C_STD_CODE="Q/GDW 10595-2021", STD_NATURE="推荐性")))
    assert found.node("standard:q-gdw-10595-2021")["mandatory"] is False


@pytest.mark.parametrize(
    ("state", "status", "stage"),
    [
        ("现行", "current", "60"),
        ("即将实施", "upcoming", "60"),
        ("废止", "withdrawn", "95"),
        ("被代替", "superseded", "95"),
    ],
)
def test_status_and_stage(state: str, status: str, stage: str) -> None:
    found = read(response(row(STATE=state, ISSUE_DATE="2019-05-10", ACT_DATE="2019-12-01")))
    assert (found.one("STATUS").value, found.node("standard:gb-t-9832-2026")["stage"]) == (status, stage)
    since = {"current": "2019-12-01", "upcoming": "2019-05-10"}.get(status)
    assert found.one("STATUS").since == since
    assert found.one("STATUS").until == ("2019-12-01" if status == "upcoming" else None)


def test_an_unknown_state_is_refused_and_not_guessed() -> None:
    found = read(response(row(STATE="奇怪")))
    assert not found.said("STATUS")
    assert [refusal.part for refusal in found.refusals] == ["STATE"]


def test_anything_may_be_missing() -> None:
    found = read(response({"C_STD_CODE": "GB/T 9832-2026", "STATE": None}))
    assert found.node(NEW)["number"] == "GB/T 9832-2026"
    assert {node.provenance.record for node in found.nodes} == {"GB/T 9832-2026"}, (
        "without an id the number is the record"
    )


def test_numbers_as_numbers_and_nested_oddities() -> None:
    odd: dict[str, object] = {
        "id": 123,
        "C_C_NAME": ["毛绒"],
        "CD_NAME": {"name": "x"},
        "DRAFT_UNIT": ["清华大学", None, "北京大学"],
    }
    found = read(response(row(**odd)))
    assert {s.provenance.record for s in found.statements} == {"123"}
    assert len(found.said("DRAFTED")) == 2
    assert "CD_NAME" in {refusal.part for refusal in found.refusals}


def test_a_row_that_names_no_standard_is_refused_with_its_place() -> None:
    found = read(response(row(), row(C_STD_CODE="nonsense"), row(C_STD_CODE=None), "text", None, {"a": 1}))
    assert sorted(refusal.line for refusal in found.refusals) == [2, 3, 4, 5, 6]
    assert "'nonsense' is not a standard number" in " ".join(found.reasons())


def test_a_simple_row_never_stands_for_the_full_one() -> None:
    simple = {"id": "A" * 32, "C_STD_CODE": "GB/T 9832-2026", "C_C_NAME": "毛绒", "STATE": "现行", "PROJECT_ID": None}
    full = read(response(row(STATE="现行")))
    short = read(response(simple))
    assert not {s.provenance.record for s in full.statements} & {s.provenance.record for s in short.statements}


def test_an_association_issues_by_the_code_in_the_number(shipped_store: Store) -> None:
    standard = row(C_STD_CODE="T/CSAE 53-2020", ISSUE_DATE="2020-06-01", STD_DOMAIN="团体标准")
    issued = read(response(standard), known=shipped_store).one("ISSUED")
    assert (issued.subject, issued.since) == ("org:csae", "2020-06-01")
    assert (issued.provenance.basis, issued.provenance.confidence) == (Basis.RULE, Confidence.MEDIUM)
    unknown = read(response(standard | {"C_STD_CODE": "T/ZZQQ 1-2020"}), known=shipped_store)
    assert unknown.node(unknown.one("ISSUED").subject)["code"] == "T/ZZQQ"


def test_an_enterprise_standard_is_issued_by_the_first_drafter_by_rule() -> None:
    found = read(
        response(row(C_STD_CODE="Q/GDW 10595-2021", DRAFT_UNIT="国家电网有限公司、中国电力科学研究院有限公司"))
    )
    issued = found.one("ISSUED")
    assert found.node(issued.subject) == {"name_zh": "国家电网有限公司"}
    assert (issued.provenance.basis, issued.since) == (Basis.RULE, "2021")
    assert not read(response(row(C_STD_CODE="Q/GDW 10595-2021"))).said("ISSUED")


def test_names_lead_to_what_the_store_knows(shipped_store: Store) -> None:
    found = read(response(row(CD_NAME="国家标准委", DRAFT_UNIT="华为技术有限公司")), known=shipped_store)
    assert found.one("DRAFTED").subject == "org:huawei-technologies"
    assert found.one("SUPERVISES_STANDARD").subject == "org:sac"


@pytest.mark.parametrize(
    "shape", ["response", "pretty", "list", "rows a line", "responses a line", "gb18030", "utf-16", "mark"]
)
def test_every_shape_says_the_same(shape: str) -> None:
    rows = [
        row(id=f"{number:032X}", C_STD_CODE=f"GB/T {number}-2020", TA_NAME="全国玩具标准化技术委员会")
        for number in (1, 2, 3)
    ]
    whole = {"total": 3, "pageNumber": 1, "rows": rows}
    text = {
        "response": json.dumps(whole, ensure_ascii=False),
        "pretty": json.dumps({"rows": rows, "total": 3}, ensure_ascii=False, indent=2),
        "list": json.dumps(rows),
        "rows a line": "\n".join(json.dumps(one, ensure_ascii=False) for one in rows),
        "responses a line": "\n".join(json.dumps(whole | {"rows": [one]}) for one in rows),
    }.get(shape, json.dumps(whole, ensure_ascii=False))
    data = text.encode({"mark": "utf-8-sig"}.get(shape, shape if shape in ("gb18030", "utf-16") else "utf-8"))
    found, usual = read(data), read(json.dumps(whole).encode())
    assert found.statements == usual.statements
    assert found.nodes == usual.nodes
    assert found.refusals == []


def test_a_response_that_breaks_off_gives_what_stands_before() -> None:
    data = response(
        *(row(id=f"{number:032X}", C_STD_CODE=f"GB/T {number}-2020", DRAFT_STAFF=NEVER) for number in range(1, 9))
    )
    found = read(data[: len(data) * 2 // 3])
    standards = {node.id for node in found.nodes}
    assert "standard:gb-t-1-2020" in standards
    assert "standard:gb-t-8-2020" not in standards
    assert "breaks off" in found.reasons()[-1]
    assert NEVER not in " ".join(found.reasons())


def test_a_broken_line_is_refused_and_the_rest_taken() -> None:
    lines = [json.dumps(row(id=f"{number:032X}", C_STD_CODE=f"GB/T {number}-2020")) for number in (1, 2, 3)]
    lines[1] = lines[1][:40]
    found = read("\n".join(lines).encode())
    assert {node.id for node in found.nodes} == {"standard:gb-t-1-2020", "standard:gb-t-3-2020"}
    assert [refusal.line for refusal in found.refusals] == [2]


def test_half_a_surrogate_pair_does_no_harm() -> None:
    data = response(row(C_C_NAME="玩具")).replace("玩具".encode(), b"a\\ud800b")
    assert read(data).node(NEW)["title_zh"].startswith("a")


def test_a_large_response_is_streamed() -> None:
    rows = [row(id=f"{number:032X}", C_STD_CODE=f"GB/T {number}-2020", FILLER="x" * 6000) for number in range(1, 1701)]
    data = json.dumps({"total": 1700, "pageNumber": 1, "rows": rows}, indent=1).encode()
    assert len(data) > 9 * 1024 * 1024
    kind = SearchResponse()
    assert sum(isinstance(found, Record) for found in kind.records(Input.of("x", data))) == 1700
    assert (
        announced(data) == announced(data.replace(b'"total": 1700,', b"").rstrip(b"} \n") + b', "total": 1700}') == 1700
    )
    line = b" ".join(data.split())
    assert sum(isinstance(found, Record) for found in kind.records(Input.of("x", line))) == 1700


def test_a_response_announces_its_total() -> None:
    whole = {"total": 40, "pageNumber": 1, "rows": [row()]}
    assert announced(json.dumps(whole).encode()) == announced(json.dumps(whole, indent=1).encode()) == 40
    assert announced(json.dumps(whole | {"total": "40"}).encode()) == 40
    assert announced(json.dumps([row()]).encode()) == announced(json.dumps(whole | {"total": None}).encode()) == 0


def test_an_empty_response_is_one() -> None:
    found = read(b'{"total": 0, "pageNumber": 1, "rows": []}')
    assert (found.dataset, found.statements, found.refusals) == ("samr-national", [], [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"rows": []}',
        '{"rows": [{"id": 1, "name": "x"}], "total": 1, "pageNumber": 1}',
        '{"data": {"rows": [{"C_STD_CODE": "GB 1-2000", "STATE": "现行"}]}}',
        '{"id": "standard:x", "number": "GB/T 1-2000"}',
        "rows,C_STD_CODE\n1,2",
        '[[{"C_STD_CODE": "GB 1-2000", "STATE": "现行"}]]',
    ],
)
def test_what_is_no_response_is_not_taken_for_one(text: str) -> None:
    assert kinds_of(text.encode()) == []
