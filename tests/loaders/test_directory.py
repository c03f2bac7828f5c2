"""Two passes: names in any order, one node by several names, and no guess between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from graph.model import Node
from graph.names import name_key, opaque_id
from graph.schema import ACTORS
from graph.store import Named
from loaders import directory
from loaders.directory import Directory
from tests.loaders.tabling import FIXTURES, Taken, take, write

BODIES = """
record = "name"
[[node]]
as = "body"
ref = { organisation = "name" }
label = { column = "label", default = "Company" }
[node.properties]
name_zh = "name"
[[node.names]]
kind = { column = "kind", default = "former" }
each = "others"
value = "@"
[[fact]]
type = "KIND"
of = "body"
value = "what"
"""

SEATS = """
record = "who"
[[statement]]
type = "MEMBER_OF"
subject = { organisation = "who" }
object = { committee = "where" }
qualifier = { text = "member" }
"""


def seats(folder: Path, bodies: list[dict[str, object]], *who: str, reverse: bool = False) -> Taken:
    """Seats in SAC/TC 1 for names that a table of bodies may know; the seats come first in one order, last in the other."""
    first, second = ("z_bodies", "a_seats") if reverse else ("a_bodies", "z_seats")
    return take(
        [
            write(folder, BODIES, bodies, first),
            write(folder, SEATS, [{"who": name, "where": "TC 1"} for name in who], second),
        ]
    )


def sitting(found: Taken) -> list[str]:
    return [statement.subject for statement in found.of_type("MEMBER_OF")]


@pytest.mark.parametrize("reverse", [False, True])
def test_any_of_its_names_leads_to_the_node_in_whatever_order_tables_come(tmp_path: Path, reverse: bool) -> None:
    bodies: list[dict[str, object]] = [
        {
            "id": "org:caict",
            "name": "中国信息通信研究院",
            "label": "Institute",
            "others": ["工业和信息化部电信研究院", "CAICT"],
        }
    ]
    found = seats(
        tmp_path,
        bodies,
        "中国信息通信研究院",
        "工业和信息化部电信研究院",
        "caict",
        "中國信息通信研究院",
        reverse=reverse,
    )
    assert set(sitting(found)) == {"org:caict"}
    assert {r.label for r in found.nodes if r.id == "org:caict"} == {"Institute"}
    assert found.node("org:caict")["name_zh"] == "中国信息通信研究院"


def test_a_name_that_fits_two_nodes_is_refused_with_both(tmp_path: Path) -> None:
    bodies: list[dict[str, object]] = [
        {"id": "org:a", "name": "甲电力研究院有限公司", "others": ["电科院"], "kind": "short"},
        {"id": "org:b", "name": "乙电力研究院有限公司", "others": ["电科院"], "kind": "short"},
    ]
    found = seats(tmp_path, bodies, "电科院", "甲电力研究院有限公司")
    assert sitting(found) == ["org:a"]
    ((line, part, reason),) = found.refusals
    assert (line, part) == (1, "who")
    assert reason == "ambiguous name: '电科院' fits org:a, org:b; write the id or a fuller name"


def test_a_name_in_use_wins_over_a_former_one(tmp_path: Path) -> None:
    bodies: list[dict[str, object]] = [
        {"id": "org:old", "name": "国家质量监督检验检疫总局", "label": "Agency"},
        {"id": "org:new", "name": "国家市场监督管理总局", "label": "Agency", "others": ["国家质量监督检验检疫总局"]},
    ]
    assert sitting(seats(tmp_path, bodies, "国家质量监督检验检疫总局")) == ["org:old"]


def test_the_name_of_a_group_means_the_group(tmp_path: Path) -> None:
    bodies: list[dict[str, object]] = [
        {"id": "org:bmw-group", "name": "宝马集团", "what": "group", "others": ["宝马"], "kind": "short"},
        {"id": "org:bmw-china", "name": "宝马(中国)服务有限公司", "others": ["宝马"], "kind": "short"},
    ]
    assert sitting(seats(tmp_path, bodies, "宝马")) == ["org:bmw-group"]


def test_rows_that_name_one_body_by_name_alone_are_one_node(tmp_path: Path) -> None:
    bodies: list[dict[str, object]] = [
        {"name": "中国标准化研究院", "label": "Institute", "others": ["中国标准化与信息分类编码研究所"]},
        {"name": "中国标准化与信息分类编码研究所", "label": "Institute", "what": "institute"},
        {"name": "中国標準化研究院", "label": "Institute"},
    ]
    found = seats(tmp_path, bodies, "中国标准化与信息分类编码研究所")
    one = opaque_id(name_key("中国标准化研究院"))
    assert {r.id for r in found.nodes if r.id.startswith("org:")} == {one}
    assert sitting(found) == [one]
    (kind,) = found.of_type("KIND")
    assert kind.subject == one
    # What the node is called is told by the row that has the name in use.
    assert {r.properties["name_zh"] for r in found.nodes if "name_zh" in r.properties} == {
        "中国标准化研究院",
        "中国標準化研究院",
    }


def test_a_row_without_an_id_is_the_node_that_another_table_gives_one(tmp_path: Path) -> None:
    bodies: list[dict[str, object]] = [
        {"name": "华为技术有限公司", "what": "company"},
        {"id": "org:huawei-technologies", "name": "华为技术有限公司"},
    ]
    found = seats(tmp_path, bodies, "华为技术有限公司")
    assert {r.id for r in found.nodes if r.id.startswith("org:")} == {"org:huawei-technologies"}


def test_names_of_other_things_do_not_lead_to_organisations(tmp_path: Path) -> None:
    fields = """
[[node]]
ref = { field = "name" }
[node.properties]
name_zh = "name"
"""
    found = take(
        [
            write(tmp_path, fields, [{"name": "人工智能"}], "fields"),
            write(tmp_path, SEATS, [{"who": "人工智能", "where": "TC 1"}], "seats"),
        ]
    )
    assert sitting(found) == [opaque_id(name_key("人工智能"))]


def test_a_project_and_the_standard_it_became_are_one_node(tmp_path: Path) -> None:
    mapping = """
record = "number"
[[node]]
as = "standard"
ref = { number = ["number", "plan"] }
[node.properties]
plan_number = "plan"
title_zh = "title"
[[statement]]
type = "DRAFTED"
subject = { organisation = "by" }
object = { number = "of" }
"""
    rows = [
        {"plan": "20193257-T-469", "title": "plan"},
        {"number": "GB/T 41479-2022", "plan": "20193257-T-469", "title": "standard"},
        {"number": "GB/T 1-2020", "by": "清华大学", "of": "20193257—T—469"},
    ]
    found = take([write(tmp_path, mapping, rows)])
    assert not found.refusals
    one = "standard:gb-t-41479-2022"
    assert [record.id for record in found.nodes if record.label == "Standard"][:2] == [one, one]
    assert found.of_type("DRAFTED")[0].object == one


def test_a_statement_from_a_node_to_itself_is_refused(tmp_path: Path) -> None:
    mapping = BODIES + '[[statement]]\ntype = "PART_OF"\nsubject = "body"\nobject = { organisation = "part_of" }\n'
    rows = [{"name": "中国信息通信研究院", "others": ["CAICT"], "part_of": "CAICT"}]
    found = take([write(tmp_path, mapping, rows)])
    assert not found.of_type("PART_OF")
    assert "to itself" in found.refusals[0][2]


def test_the_fixtures_speak_of_each_other() -> None:
    found = take([FIXTURES])
    (in_charge,) = found.of_type("IN_CHARGE_OF")
    assert in_charge.subject == "committee:sac-tc-114"
    (entity,) = found.of_type("PART_OF")
    assert entity.object == "org:bmw-group"
    assert [s.subject for s in found.of_type("DRAFTED")] == ["org:catarc", entity.subject]


class Knows:
    """A store in which each name leads to a node of its own."""

    def named(self, keys: Sequence[str], *, labels: Sequence[str] = ()) -> Mapping[str, tuple[Named, ...]]:
        return {key: (Named(self._node(f"org:{key}"), key, "name"),) for key in keys}

    def nodes(self, ids: Sequence[str]) -> Mapping[str, Node]:
        return {id: self._node("org:kept" if id == "org:merged" else id) for id in ids}

    def _node(self, id: str) -> Node:
        return Node(id, "Company", {"name_en": id})


def test_what_was_forgotten_of_the_store_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "_REMEMBERED", 1)
    known = Directory(Knows())
    for name in ("a", "b"):
        known.want(name)
    known.want_id("org:merged")
    known.rest()
    known.ask()
    assert known.find("a", ACTORS, own="org:x", shown_as="a") is not None
    known.rest()
    found = known.find("a", ACTORS, own="org:x", shown_as="a")
    assert found is not None
    assert found.id == "org:a"
    assert known.entry("org:c") is not None
    merged = known.entry("org:merged")
    assert merged is not None
    assert merged.id == "org:merged"


def test_what_tables_name_is_never_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "_REMEMBERED", 0)
    known = Directory(Knows())
    known.claim("org:mine", "Company", 9, [("a", 0)])
    known.want("b")
    known.ask()
    known.rest()
    found = known.find("a", ACTORS, own="org:x", shown_as="a")
    assert found is not None
    assert found.id == "org:mine"
