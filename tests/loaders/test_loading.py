"""Loading for real: into the store, as a dry run, and what a user is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph import names
from graph.errors import MappingError, TableError
from graph.model import View
from graph.sqlite import SqliteStore
from graph.store import Progress
from loaders import dry_run, load, read, shipped
from tests.loaders.tabling import FIXTURES, write

TODAY = date(2026, 11, 25)
VIEW = View(as_of=TODAY)

MEMBERS = """
title = "Members"
[[statement]]
type = "MEMBER_OF"
subject = { organisation = "who" }
object = { committee = "where" }
qualifier = { text = "member" }
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "graph.sqlite", create=True)
    yield opened
    opened.close()


def members_of(store: SqliteStore, committee: str = "committee:sac-tc-114") -> list[str]:
    page = store.neighbours(committee, VIEW, types=("MEMBER_OF",))
    return sorted(neighbour.node.ref.name("zh") for neighbour in page.neighbours if neighbour.node)


def test_tables_reach_the_store_with_their_sources(store: SqliteStore) -> None:
    summary = load(store, [FIXTURES], on=TODAY)
    assert members_of(store) == ["中国汽车技术研究中心有限公司", "宝马（中国）服务有限公司"]
    assert summary.faults == 4
    assert [str(refusal).removeprefix(str(FIXTURES) + "/") for refusal in summary.refusals] == [
        "members.csv:4 (members/3): role: '顾问' is not in the word list 'role'",
        "members.csv:5 (members/4): seats: 'many' is not a whole number",
        "standards.jsonl:3 (standards/not a number): number: 'not a number' is not a standard number",
        "standards.jsonl:4 (standards/GB/T 1-2000): only a test",
        "standards.jsonl:5: unreadable line: not JSON (unexpected character, expected a string key at column 27)",
    ]
    committee = store.nodes(["committee:sac-tc-114"])["committee:sac-tc-114"]
    assert committee.properties["name_zh"] == "全国汽车标准化技术委员会"
    assert {dataset.id: dataset.private for dataset in store.datasets()} == {
        "tc-114-members": True,
        "test-organisations": False,
        "test-standards": False,
    }


def test_loading_again_changes_nothing(store: SqliteStore) -> None:
    load(store, [FIXTURES], on=TODAY)
    again = load(store, [FIXTURES], on=TODAY)
    assert [(r.added, r.changed, r.closed) for r in again.reports] == [(0, 0, 0)] * 3
    assert sum(report.unchanged for report in again.reports) > 20


def test_a_row_that_is_gone_is_closed_unless_the_load_is_partial(store: SqliteStore, tmp_path: Path) -> None:
    both = [{"who": "华为技术有限公司", "where": "TC 114"}, {"who": "清华大学", "where": "TC 114"}]
    load(store, [write(tmp_path, MEMBERS, both)], on=TODAY)
    one = write(tmp_path, MEMBERS, both[:1])
    load(store, [one], on=TODAY, complete=False)
    assert members_of(store) == ["华为技术有限公司", "清华大学"]
    load(store, [one], on=TODAY)
    assert members_of(store) == ["华为技术有限公司"]


def test_names_lead_to_nodes_that_were_loaded_before(store: SqliteStore, tmp_path: Path) -> None:
    load(store, [FIXTURES], on=TODAY)
    rows = [{"who": "中国汽车技术研究中心", "where": "汽标委"}, {"who": "BMW", "where": "TC 114"}]
    path = write(tmp_path, MEMBERS, rows)
    load(store, [path], on=TODAY)
    said = [line["statement"] for line in dry_run([path], known=store) if "statement" in line]
    ends: list[Any] = [(one["from"], one["to"]) for one in said]  # type: ignore[index]
    assert [(a["id"], b["id"]) for a, b in ends] == [
        ("org:catarc", "committee:sac-tc-114"),
        ("org:bmw-group", "committee:sac-tc-114"),
    ]
    again = load(store, [path], on=TODAY)
    assert [(r.added, r.changed, r.closed) for r in again.reports] == [(0, 0, 0)]


def test_a_merge_survives_reloading_and_can_be_taken_back(store: SqliteStore, tmp_path: Path) -> None:
    rows = [{"who": "清华大学", "where": "TC 114"}, {"who": "Tsinghua University", "where": "TC 1"}]
    path = write(tmp_path, MEMBERS, rows)
    load(store, [path], on=TODAY)
    old, new = (names.opaque_id(names.name_key(name)) for name in ("Tsinghua University", "清华大学"))
    store.redirect(old, new)
    for _ in range(2):
        again = load(store, [path], on=TODAY)
        assert [(r.added, r.changed, r.closed) for r in again.reports] == [(0, 0, 0)]
        (seat,) = store.neighbours("committee:sac-tc-1", VIEW, types=("MEMBER_OF",)).neighbours
        assert seat.node is not None
        assert seat.node.id == new
        assert store.nodes([new])[new].properties["name_en"] == "Tsinghua University"
    store.restore(old)
    (seat,) = store.neighbours("committee:sac-tc-1", VIEW, types=("MEMBER_OF",)).neighbours
    assert seat.node is not None
    assert seat.node.id == old


def test_a_node_that_gets_an_id_later_takes_over(store: SqliteStore, tmp_path: Path) -> None:
    members = write(tmp_path, MEMBERS, [{"who": "清华大学", "where": "TC 114"}], "members")
    load(store, [members], on=TODAY)
    bodies = '[[node]]\nref = { organisation = "name" }\nlabel = "Institute"\n[node.properties]\nname_zh = "name"\n'
    load(store, [write(tmp_path, bodies, [{"id": "org:tsinghua", "name": "清华大学"}], "bodies")], on=TODAY)
    assert load(store, [members], on=TODAY).faults == 0
    (seat,) = store.neighbours("committee:sac-tc-114", VIEW, types=("MEMBER_OF",)).neighbours
    assert seat.node is not None
    assert seat.node.id == "org:tsinghua"
    # A row that describes the same body by its name alone is about that node, too.
    more = bodies.replace("[node.properties]", '[node.properties]\nhome = "home"')
    rows = [{"name": "清华大学", "home": "CN"}]
    load(store, [write(tmp_path, more, rows, "more")], on=TODAY)
    assert store.nodes(["org:tsinghua"])["org:tsinghua"].properties["home"] == "CN"


def test_a_row_may_speak_of_a_node_by_its_id_alone(store: SqliteStore, tmp_path: Path) -> None:
    load(store, [FIXTURES], on=TODAY)
    notes = '[[node]]\nas = "n"\nref = { id = "id" }\n[[fact]]\ntype = "NOTE"\nof = "n"\nvalue = "note"\n'
    rows = [{"id": "org:catarc", "note": "call first"}, {"id": "org:nobody", "note": "?"}]
    summary = load(store, [write(tmp_path, notes, rows, "notes")], on=TODAY)
    assert [refusal.reason for refusal in summary.refusals] == [
        "there is no node 'org:nobody'; say what it is with `label`"
    ]
    (note,) = store.neighbours("org:catarc", VIEW, types=("NOTE",)).neighbours
    assert note.statement.value == "call first"
    assert store.nodes(["org:catarc"])["org:catarc"].label == "Institute"


def test_progress_names_the_dataset(store: SqliteStore) -> None:
    seen: list[tuple[str, Progress]] = []
    load(store, [FIXTURES], on=TODAY, progress=lambda dataset, progress: seen.append((dataset, progress)))
    assert {dataset for dataset, _ in seen} == {"tc-114-members", "test-organisations", "test-standards"}


def test_a_dry_run_prints_nodes_and_statements_and_writes_nothing() -> None:
    lines = [json.loads(json.dumps(line)) for line in dry_run([FIXTURES])]
    assert {key for line in lines for key in line} == {"node", "statement"}
    standard = next(x["node"] for x in lines if x.get("node", {}).get("id") == "standard:gb-t-45315-2025")
    assert standard == {
        "id": "standard:gb-t-45315-2025",
        "label": "Standard",
        "number": "GB/T 45315-2025",
        "kind": "national",
        "mandatory": False,
        "title_zh": "基于LTE-V2X直连通信的车载信息交互系统技术要求及试验方法",
        "published": "2025-02-28",
        "ics": "43.020",
    }
    drafted = next(x["statement"] for x in lines if x.get("statement", {}).get("type") == "DRAFTED")
    assert drafted == {
        "from": {"id": "org:catarc", "label": "Institute", "name": "中国汽车技术研究中心有限公司"},
        "type": "DRAFTED",
        "to": {"id": "standard:gb-t-45315-2025", "label": "Standard", "name": "GB/T 45315-2025"},
        "qualifier": "",
        "rank": 1,
        "as_printed": "中国汽车技术研究中心有限公司",
        "since": "2025-02-28",
        "until": None,
        "observed_on": None,
        "confidence": "high",
        "basis": "transcription",
        "source": "foreword of GB/T 45315-2025",
        "locator": "foreword",
    }
    name = next(x["statement"] for x in lines if x.get("statement", {}).get("type") == "NAME")
    assert "to" not in name
    assert (name["value"], name["qualifier"]) == ("汽标委", "short_zh")
    assert list(dry_run([FIXTURES])) == list(dry_run([FIXTURES]))


def test_what_came_first_does_not_matter_to_ids(tmp_path: Path) -> None:
    paths = sorted(path for path in FIXTURES.iterdir() if path.suffix in (".csv", ".jsonl"))
    there = {json.dumps(line, sort_keys=True) for line in dry_run(paths)}
    assert there == {json.dumps(line, sort_keys=True) for line in dry_run(paths[::-1])}


def test_a_table_without_a_mapping_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("who,where\n清华大学,TC 114\n", "utf-8")
    with pytest.raises(MappingError, match=r"no mapping says what its rows mean; write list\.toml beside it, or give"):
        read([path])
    (tmp_path / "elsewhere").mkdir()
    given = tmp_path / "elsewhere" / "members.toml"
    given.write_text(MEMBERS, "utf-8")
    assert [line for line in dry_run([path], mapping=given) if "statement" in line]


def test_a_table_that_cannot_be_read_leaves_the_others_and_closes_nothing(store: SqliteStore, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    mapping = 'dataset = "both"\n' + MEMBERS
    write(tables, mapping, [{"who": "清华大学", "where": "TC 114"}], "a")
    (tables / "b.toml").write_text(mapping, "utf-8")
    (tables / "b.csv").write_text("who,where\n华为技术有限公司,TC 114\n", "utf-8")
    (tables / "c.csv").write_text("no mapping\n", "utf-8")
    load(store, [tables], on=TODAY)
    (tables / "b.csv").write_text("who,who\n", "utf-8")
    summary = load(store, [tables], on=TODAY)
    assert members_of(store) == ["华为技术有限公司", "清华大学"]
    assert set(summary.incomplete) == {"both"}
    assert summary.faults == 2
    assert {refusal.file for refusal in summary.refusals} == {str(tables / "c.csv"), str(tables / "b.csv")}


def test_one_table_of_a_dataset_closes_nothing_of_the_others(store: SqliteStore, tmp_path: Path) -> None:
    mapping = 'dataset = "both"\n' + MEMBERS
    one = write(tmp_path, mapping, [{"who": "清华大学", "where": "TC 114"}], "a")
    two = write(tmp_path, mapping, [{"who": "华为技术有限公司", "where": "TC 114"}], "b")
    load(store, [one, two, tmp_path], on=TODAY)
    summary = load(store, [one], on=TODAY)
    assert set(summary.incomplete) == {"both"}
    assert members_of(store) == ["华为技术有限公司", "清华大学"]


@pytest.mark.parametrize("name", ["missing.csv", "empty", "notes.txt"])
def test_nothing_to_load_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    (tmp_path / "notes.toml").write_text(MEMBERS, "utf-8")
    with pytest.raises(TableError, match=name):
        read([tmp_path / name])


def test_a_users_table_cannot_take_the_place_of_a_shipped_dataset(store: SqliteStore, tmp_path: Path) -> None:
    path = write(tmp_path, MEMBERS, [{"who": "清华大学", "where": "TC 114"}], "standards")
    with pytest.raises(MappingError, match="'standards' is a dataset that ships with the project"):
        load(store, [path], on=TODAY)
    assert store.datasets() == ()


def test_the_shipped_tables_load_without_a_fault() -> None:
    reading = read([shipped()])
    for dataset in reading.datasets:
        for _ in reading.batches(dataset.id):
            pass
    assert reading.faults == 0, [str(refusal) for refusal in reading.refusals if not refusal.left_out][:20]
    assert all(refusal.reason for refusal in reading.refusals)
    assert not reading.unused
    assert not reading.notes
