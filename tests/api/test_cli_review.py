"""Judging which organisations are one on the command line, and what the API answers afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.open import open_store
from tests.api.cli_running import Cli
from tests.graph.contract.builders import TODAY, Source

OLD, NEW = "北京电光源研究所", "北京电光源研究所有限公司"


NAMES = {
    "org:lighting": ("Institute", OLD),
    "org:abcdefghij234": ("Company", NEW),
    "org:perfume": ("Institute", "上海香料研究所"),
    "org:perfume-co": ("Company", "上海香料研究所有限公司"),
    "org:machines": ("Institute", "北京起重运输机械设计研究院"),
    "org:machines-co": ("Company", "北京起重运输机械设计研究院有限公司"),
    "org:grid-research": ("Institute", "国网电力科学研究院"),
    "org:grid-research-co": ("Company", "国网电力科学研究院有限公司"),
    "org:first": ("Institute", "公安部第一研究所"),
    "org:third": ("Institute", "公安部第三研究所"),
}


def small(place: Path) -> Cli:
    """A command line on a store with a few organisations that may be one."""
    source = Source()
    for id, (label, name) in NAMES.items():
        source.node(id, label, name_zh=name)
        source.says(id, "DRAFTED", source.node("standard:x", "Standard", number="GB/T 1-2020", record=id))
    store = open_store(f"sqlite:///{place}", create=True)
    store.load(source.dataset, source.batches(), on=TODAY)
    store.close()
    return Cli(f"sqlite:///{place}")


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """A command line on a store of its own, which may be written."""
    return small(tmp_path / "graph.sqlite")


@pytest.fixture(scope="module")
def shipped_cli(shipped_address: str) -> Cli:
    """A command line on the shipped data, for what only reads."""
    return Cli(shipped_address)


def test_pairs_with_their_evidence_as_json(shipped_cli: Cli) -> None:
    cli = shipped_cli
    body = cli("review", "--limit", "5", "--json").body
    assert len(body["proposals"]) == 5
    assert body["total"] > 5
    first = body["proposals"][0]
    assert first["likelihood"] == max(one["likelihood"] for one in body["proposals"])
    assert first["why"]["en"]
    assert first["why"]["zh"]
    for side in (first["a"], first["b"]):
        assert side["about"]["id"].startswith("org:")
        assert side["names"]
        assert side["sources"]
        assert side["statements"] >= 1
    (asked,) = cli("review", "--of", OLD, "--limit", "1", "--json").body["proposals"]
    assert OLD in {asked["a"]["about"]["name_zh"], asked["b"]["about"]["name_zh"]}


def test_what_belongs_to_another_is_not_asked_about(shipped_cli: Cli) -> None:
    done = shipped_cli("review", "--of", "BMW", "--json")
    assert (done.code, done.body["proposals"]) == (1, [])


def test_a_merge_is_answered_with_308_until_it_is_taken_back(cli: Cli) -> None:
    kept = cli(
        "review", "--judge", OLD, NEW, "same", "--as", "standards desk", "--note", "became a company", "--json"
    ).body
    assert {kept["name_a"], kept["name_b"]} == {OLD, NEW}
    assert (kept["verdict"], kept["role"], kept["note"]) == ("same", "standards desk", "became a company")
    old, new = kept["id_a"], kept["id_b"]
    store = open_store(cli.address, readonly=True)
    with TestClient(create_app(Settings(store=None), store), follow_redirects=False) as client:
        for path in ("/v1/entities/{}", "/v1/entities/{}/adjacent"):
            moved = client.get(path.format(old))
            assert (moved.status_code, moved.headers["location"]) == (308, path.format(new))
            assert client.get(path.format(new)).status_code == 200
        said = client.get(f"/v1/entities/{new}", params={"lang": "zh"}).text
        assert "经判定为同一单位" in said
        assert client.get("/v1/resolve", params={"q": OLD}).json()["node"]["id"] == new
        cli("review", "--take-back", OLD, NEW)
        assert client.get(f"/v1/entities/{old}").status_code == 200
    store.close()


def test_judgements_that_are_taken_out_take_their_merges_along(cli: Cli) -> None:
    kept = cli("review", "--judge", OLD, NEW, "same", "--as", "analyst", "--json").body
    assert cli("load", "--undo", "judgements", "--json").body == {"dataset": "judgements", "removed": 1}
    store = open_store(cli.address, readonly=True)
    assert store.moved(kept["id_a"]) is None
    assert {kept["id_a"], kept["id_b"]} <= store.nodes(list(NAMES)).keys()
    store.close()
    assert len(cli("review", "--export", "-").lines) == 1


def test_a_walk_through_pairs(cli: Cli) -> None:
    answers = "what\nsame\nstandards desk\ndifferent\nparent\n2\nskip\nquit\n"
    done = cli("review", "--limit", "6", stdin=answers.encode())
    assert done.code == 0
    assert "Answer with one of these words" in done.out
    assert "In which role do you judge" in done.out
    assert "3 judged; " in done.lines[-1]
    listed = cli("review", "--export", "-").out.splitlines()
    assert sorted(line.split(",")[4] for line in listed[1:]) == ["different", "parent", "same"]
    pairs = {frozenset((line.split(",")[0], line.split(",")[2])) for line in listed[1:]}
    again = cli("review", "--limit", "50", "--json").body
    assert again["judged"] == 3
    assert not pairs & {frozenset((one["a"]["about"]["id"], one["b"]["about"]["id"])) for one in again["proposals"]}


def test_a_walk_in_chinese_ends_with_its_input(cli: Cli) -> None:
    done = cli("review", "--limit", "2", "--lang", "zh", "--as", "政府事务部", stdin=b"u\n")
    assert done.code == 0
    assert "参与起草标准" in done.out
    assert "不确定" in done.out
    assert cli("review", "--export", "-").out.count(",unsure,政府事务部,") == 1


def test_a_person_is_refused_as_author_and_kept_nowhere(cli: Cli) -> None:
    done = cli("review", "--judge", OLD, NEW, "same", "--as", "张三")
    assert done.code == 2
    assert done.err.startswith("--as: this looks like the name of a person")
    assert "张三" not in done.err
    walked = cli("review", "--limit", "1", stdin=b"same\nZhang Wei\nquit\n")
    assert "looks like the name of a person" in walked.err
    assert cli("review", "--export", "-").lines == ["id_a,name_a,id_b,name_b,verdict,role,date,note"]


def test_judgements_are_shared_as_a_file(cli: Cli, tmp_path: Path) -> None:
    cli("review", "--judge", OLD, NEW, "same", "--as", "analyst")
    cli("review", "--judge", "公安部第一研究所", "公安部第三研究所", "different", "--as", "analyst")
    file = tmp_path / "judgements.csv"
    assert "2 judgements" in cli("review", "--export", str(file)).out
    other = small(tmp_path / "other.sqlite")
    assert other("review", "--import", str(file)).out == "judgements.csv: 2 new, 0 changed, 0 unchanged\n"
    assert other("review", "--import", str(file), "--json").body == {
        "added": 0,
        "changed": 0,
        "unchanged": 2,
        "refused": [],
    }
    assert other("review", "--export", "-").out == file.read_text("utf-8")
    file.write_text(file.read_text("utf-8") + "org:nowhere,,org:third,,same,analyst,2025-01-01,\n", "utf-8")
    done = other("review", "--import", str(file))
    assert done.code == 2
    assert "judgements.csv:4: nothing is on record under org:nowhere" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("--judge", OLD, NEW, "alike", "--as", "analyst"), 2, "the verdict is one of same, different, parent, unsure"),
        (("--judge", OLD, NEW, "same"), 2, "--as: say in which role you judge"),
        (("--judge", OLD, "没有这个单位", "same", "--as", "analyst"), 1, "No organisation on record by '没有这个单位'"),
        (("--judge", OLD, OLD, "same", "--as", "analyst"), 2, "are one already"),
        (("--take-back", OLD, NEW), 1, "were not judged"),
        (("--import", "no-such-file.csv"), 2, "no-such-file.csv cannot be read"),
        (("--export", "-", "--take-back", OLD, NEW), 2, "goes with none of --export"),
        (("--limit", "0"), 2, "--limit"),
    ],
)
def test_mistakes_are_one_clear_line(cli: Cli, arguments: tuple[str, ...], code: int, complaint: str) -> None:
    done = cli("review", *arguments)
    assert done.code == code
    assert complaint in done.err
    assert len(done.err.splitlines()) == 1


def test_the_pairs_that_ship_are_measured_in_both_halves(shipped_cli: Cli) -> None:
    body = shipped_cli("evaluate", "identity", "--json").body
    assert [(part["part"], part["known"]) for part in body["parts"]] == [
        ("tuned", "names alone"),
        ("tuned", "names on record"),
        ("held out", "names alone"),
        ("held out", "names on record"),
    ]
    for part in body["parts"]:
        figures = part["evaluation"]
        assert figures["precision"] >= 0.99
        if part["known"] == "names on record":
            assert figures["recall_reached"] >= 0.95
    shown = shipped_cli("evaluate", "identity").out
    assert "recall of what is merged or proposed" in shown
    assert "Errors, the worst first" in shown


def test_a_file_of_ones_own_is_measured(shipped_cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("a,b,label\n工信部,工业和信息化部,same\n浙江大学,武汉大学,different\n", "utf-8")
    body = shipped_cli("evaluate", "identity", str(file), "--json").body
    alone, known = (part["evaluation"] for part in body["parts"])
    assert (body["pairs"], alone["recall_merged"], known["recall_merged"]) == (2, 0.0, 1.0)
    file.write_text("a,b\nx,y\n", "utf-8")
    done = shipped_cli("evaluate", "identity", str(file))
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert "mine.csv:1: has no column label" in done.err
