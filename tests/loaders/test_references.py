"""References: each way to name a node, what is made of it, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.names import name_key, opaque_id
from loaders import read, shipped
from tests.loaders.tabling import Taken, taken

NODE = "[[node]]\nref = {{ {} }}\n"


def node(folder: Path, reference: str, **row: object) -> tuple[str, dict[str, object]]:
    found = taken(folder, NODE.format(reference), [row])
    assert not found.refusals, found.refusals
    (record,) = found.nodes
    return record.id, {"label": record.label, **record.properties}


@pytest.mark.parametrize(
    ("reference", "row", "id", "said"),
    [
        (
            'number = "n"',
            {"n": "gb/t22239—2019"},
            "standard:gb-t-22239-2019",
            {"label": "Standard", "number": "GB/T 22239-2019", "kind": "national", "mandatory": False},
        ),
        (
            'number = ["n", "p"]',
            {"n": "", "p": "20193257-T-469"},
            "standard:20193257-t-469",
            {"label": "Standard", "plan_number": "20193257-T-469"},
        ),
        ('committee = "c"', {"c": "TC260"}, "committee:sac-tc-260", {"label": "Committee", "code": "SAC/TC 260"}),
        (
            'committee = "c"',
            {"c": "SAC/TC 260/WG 5"},
            "committee:sac-tc-260-wg-5",
            {"label": "WorkingGroup", "code": "SAC/TC 260/WG 5"},
        ),
        (
            'committee = "c"',
            {"c": "SAC/TC 260/SWG-BDS"},
            "committee:sac-tc-260-swg-bds",
            {"label": "WorkingGroup", "name_en": "SAC/TC 260/SWG-BDS"},
        ),
        (
            'organisation = "o"',
            {"o": "全国汽车标准化技术委员会（SAC/TC 114）"},
            "committee:sac-tc-114",
            {"label": "Committee", "code": "SAC/TC 114"},
        ),
        (
            'organisation = "o"',
            {"o": "中国标准化\n研究院\x00"},
            opaque_id(name_key("中国标准化研究院")),
            {"label": "Institute", "name_zh": "中国标准化 研究院"},
        ),
        (
            'organisation = "o", label = "Agency"',
            {"o": "Siemens"},
            opaque_id(name_key("Siemens")),
            {"label": "Agency", "name_en": "Siemens"},
        ),
        ('policy = "p"', {"p": "standardization-law-2017"}, "policy:standardization-law-2017", {"label": "Policy"}),
        (
            'field = "f", scheme = "ics"',
            {"f": "35.030"},
            "field:ics-35-030",
            {"label": "Field", "code": "35.030", "kind": "ICS"},
        ),
        (
            'field = "f", scheme = "ccs"',
            {"f": "Y 57"},
            "field:ccs-y57",
            {"label": "Field", "code": "Y57", "kind": "CCS"},
        ),
        (
            'field = "f", scheme = "industry"',
            {"f": "YD"},
            "field:industry-yd",
            {"label": "Field", "code": "YD", "kind": "industry code"},
        ),
        (
            'field = "f"',
            {"f": "人工智能"},
            "field:ren-gong-zhi-neng",
            {"label": "Field", "name_zh": "人工智能", "kind": "field"},
        ),
        ('field = "f"', {"f": "field:kind-national"}, "field:kind-national", {"label": "Field"}),
        ('id = "i", label = "Agency"', {"i": "org:miit"}, "org:miit", {"label": "Agency"}),
        ('id = "i"', {"i": "field:kind-local"}, "field:kind-local", {"label": "Field"}),
    ],
)
def test_words_become_a_node(
    tmp_path: Path, reference: str, row: dict[str, object], id: str, said: dict[str, object]
) -> None:
    assert node(tmp_path, reference, **row) == (id, said)


def test_the_id_column_goes_before_the_words(tmp_path: Path) -> None:
    id, said = node(tmp_path, 'organisation = "o", label = "Institute"', o="中国标准化研究院", id="org:cnis")
    assert (id, said["name_zh"]) == ("org:cnis", "中国标准化研究院")


@pytest.mark.parametrize(
    ("reference", "row", "part", "why"),
    [
        ('number = "n"', {"n": "2019-05-01"}, "n", "'2019-05-01' is not a standard number"),
        ('number = "n"', {"n": ["GB 1", "GB 2"]}, "n", "a list where one value is expected"),
        ('organisation = "o"', {"o": "（）"}, "o", "is not a name"),
        ('id = "i"', {"i": "Huawei"}, "i", "'Huawei' is not the id of a node; ids look like org:huawei-technologies"),
        ('id = "i"', {"i": "org:../../etc"}, "i", "is not the id of a node"),
        ('id = "i"', {"i": "org:nobody"}, "id", "there is no node 'org:nobody'; say what it is with `label`"),
        ('id = "i", label = "Agency"', {"i": "committee:x"}, "i", "the id 'committee:x' does not fit the label Agency"),
        ('field = "f"', {"f": "——"}, "f", "is not the name or code of a field"),
        (
            'organisation = "o"',
            {"o": "x", "id": "standard:x"},
            "id",
            "the id 'standard:x' does not fit the label Company",
        ),
        ('number = "n"', {"n": None}, "n", "is empty, so that the row names no node"),
    ],
)
def test_words_that_name_no_node_are_refused(
    tmp_path: Path, reference: str, row: dict[str, object], part: str, why: str
) -> None:
    found = taken(tmp_path, NODE.format(reference), [row])
    assert not found.nodes
    ((line, place, reason),) = found.refusals
    assert (line, place) == (1, part)
    assert why in reason


MENTION = """
[[node]]
as = "s"
ref = { number = "n" }
[[statement]]
type = "DRAFTED"
each = "by"
subject = { organisation = "@" }
object = "s"
"""


def drafted(found: Taken) -> list[str]:
    return [statement.subject for statement in found.of_type("DRAFTED")]


def test_names_of_people_are_refused_and_not_repeated(tmp_path: Path) -> None:
    found = taken(tmp_path, MENTION, [{"n": "GB 1-2000", "by": ["华为技术有限公司", "张建国", "某某大学"]}])
    assert len(drafted(found)) == 2
    assert found.refusals == [(1, "by[2]", "a personal name; names of people are never loaded")]


def test_a_column_of_people_is_never_read(tmp_path: Path) -> None:
    rows = [{"n": f"GB {i}-2000", "by": name} for i, name in enumerate(["王建国", "李伟", "陈晓明", "刘芳"], 1)]
    found = taken(tmp_path, MENTION, rows)
    assert not drafted(found)
    assert found.refusals == [(1, "by", "the column holds names of people, which are never loaded")]
    assert found.reading.faults == 1
    assert len([record for record in found.nodes if record.label == "Standard"]) == 4


def test_no_shipped_table_has_a_column_of_people(tmp_path: Path) -> None:
    # Loading does not look through what ships; a copy elsewhere is anybody's table, and is looked through.
    assert read([shutil.copytree(shipped(), tmp_path / "copied")]).faults == 0


def test_a_column_called_as_if_it_held_people_may_hold_organisations(tmp_path: Path) -> None:
    mapping = MENTION.replace('"by"', '"drafters"')
    found = taken(tmp_path, mapping, [{"n": "GB 1-2000", "drafters": ["华为技术有限公司", "清华大学"]}])
    assert len(drafted(found)) == 2
    assert not found.refusals


def test_every_node_that_is_referred_to_has_a_record(tmp_path: Path) -> None:
    found = taken(tmp_path, MENTION, [{"n": "GB 1-2000", "by": ["华为技术有限公司", "清华大学"]}])
    ends = {end for statement in found.statements for end in (statement.subject, statement.object) if end}
    assert ends <= {record.id for record in found.nodes}
    huawei = found.node(opaque_id(name_key("华为技术有限公司")))
    assert huawei == {"label": "Company", "name_zh": "华为技术有限公司"}
    basis = {record.provenance.basis.value for record in found.nodes if record.label != "Standard"}
    assert basis == {"rule"}


def test_a_working_group_is_found_by_its_label_under_its_parent(tmp_path: Path) -> None:
    mapping = """
[[node]]
as = "group"
ref = { committee = "label", parent = "parent" }
[[statement]]
type = "PART_OF"
subject = "group"
object = { committee = "parent" }
qualifier = { text = "working_group" }
[[statement]]
type = "MEMBER_OF"
subject = { organisation = "member" }
object = { committee = "of" }
qualifier = { text = "wg_lead" }
"""
    found = taken(
        tmp_path,
        mapping,
        [
            {"label": "大数据标准工作组", "parent": "TC 28", "member": "清华大学", "of": "SAC/TC 28 大数据标准工作组"},
            {"label": "大数据标准工作组", "parent": "SAC/TC 260"},
        ],
    )
    assert not found.refusals
    first, second = (statement.subject for statement in found.of_type("PART_OF"))
    assert first != second
    assert found.of_type("MEMBER_OF")[0].object == first
