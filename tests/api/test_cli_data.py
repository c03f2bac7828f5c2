"""Commands about the data: what is loaded, refused, taken out, written to files, and whether the store is well."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest

from graph.errors import StoreMissingError
from graph.open import open_store
from tests.api.cli_running import Cli
from tests.loaders.tabling import FIXTURES

MEMBERS = """
dataset = "our-members"
title = "Members that we know"
[[statement]]
type = "MEMBER_OF"
subject = { organisation = "who" }
object = { committee = "where" }
qualifier = { text = "member" }
"""
GOOD = "who,where,source,locator\n华为技术有限公司,TC 114,our list,row 1\n清华大学,TC 114,our list,row 2\n"


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """On a store of its own that holds nothing."""
    address = f"sqlite:///{tmp_path / 'graph.sqlite'}"
    open_store(address, create=True).close()
    return Cli(address)


@pytest.fixture
def members(tmp_path: Path) -> Path:
    """A table of members with its mapping beside it."""
    table = tmp_path / "tables" / "members.csv"
    table.parent.mkdir()
    table.write_text(GOOD, "utf-8")
    table.with_suffix(".toml").write_text(MEMBERS, "utf-8")
    return table


@pytest.fixture
def small_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: Path) -> Path:
    """A folder in the place of the shipped tables, so that a first use takes no time.

    Everything asks `loaders` where they are when it needs them. A module that kept a name of its own for it would, if this
    imported it, keep the folder of one test for all that follow.
    """
    monkeypatch.setattr("loaders.shipped", lambda: members.parent)
    return members.parent


def seats(cli: Cli) -> list[str]:
    shown = cli("show", "SAC/TC 114", "--type", "MEMBER_OF", "--json")
    return sorted(item["node"]["name_zh"] for item in shown.body["items"]) if shown.code == 0 else []


# -- load ----------------------------------------------------------------------------------------------------------


def test_a_table_is_loaded_counted_and_loaded_again_without_change(cli: Cli, members: Path) -> None:
    first = cli("load", str(members))
    assert first.code == 0
    assert first.err == ""
    assert first.lines[0].split() == ["table", "rows", "taken", "nodes", "statements"]
    assert first.lines[1].split()[:3] == ["members.csv", "2", "2"]
    assert seats(cli) == ["华为技术有限公司", "清华大学"]
    again = cli("load", str(members.parent))
    assert again.code == 0
    assert "0 added, 0 changed" in again.out
    assert "0 closed" in again.out


def test_refused_rows_are_told_with_file_line_and_reason_and_the_rest_is_loaded(cli: Cli) -> None:
    done = cli("load", str(FIXTURES))
    assert done.code == 2
    assert "Refused: 4" in done.err
    complaints = done.err.splitlines()
    assert any("members.csv:4 " in line and "'顾问' is not in the word list" in line for line in complaints)
    assert any("standards.jsonl:5: unreadable line" in line for line in complaints)
    assert cli("show", "GB/T 45315-2025").code == 0


def test_json_of_a_load_has_every_refusal(cli: Cli) -> None:
    done = cli("load", str(FIXTURES), "--json")
    assert done.code == 2
    assert done.body["faults"] == 4
    places = {(Path(r["file"]).name, r["line"]) for r in done.body["refusals"] if not r["left_out"]}
    assert {("members.csv", 4), ("members.csv", 5), ("standards.jsonl", 3)} <= places
    assert {"reports", "tables", "notes", "unused_columns"} <= set(done.body)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_tables_of_other_programs_are_read(cli: Cli, members: Path, encoding: str) -> None:
    members.write_text(GOOD, encoding)
    done = cli("load", str(members))
    assert done.code == 0, done.err
    assert seats(cli) == ["华为技术有限公司", "清华大学"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("alone.csv", "a,b\n1,2\n", "alone.toml beside it"),
        ("empty.csv", "", "is empty"),
        ("noise.csv", "\x00\x01\x02", ""),
        ("notes.docx", "text", ""),
    ],
)
def test_a_table_that_cannot_be_read_is_one_line(cli: Cli, tmp_path: Path, name: str, content: str, said: str) -> None:
    table = tmp_path / name
    table.write_bytes(content.encode())
    if "beside" not in said:
        table.with_suffix(".toml").write_text(MEMBERS, "utf-8")
    done = cli("load", str(table))
    assert done.code == 2
    assert said in done.err
    assert name in done.err
    assert done.err.count("\n") == 1
    assert cli("sources", "--json").body["datasets"] == []


def test_a_mapping_can_be_named(cli: Cli, members: Path, tmp_path: Path) -> None:
    elsewhere = members.with_suffix(".toml").rename(tmp_path / "ours.toml")
    assert cli("load", str(members)).code == 2
    assert cli("load", str(members), "--mapping", str(elsewhere)).code == 0
    assert cli("load", str(members), "--mapping", "nowhere.toml").code == 2


def test_a_partial_load_closes_nothing(cli: Cli, members: Path) -> None:
    cli("load", str(members))
    members.write_text("".join(GOOD.splitlines(keepends=True)[:2]), "utf-8")
    assert cli("load", str(members), "--partial").code == 0
    assert len(seats(cli)) == 2
    assert ", 0 closed" not in cli("load", str(members)).out
    assert seats(cli) == ["华为技术有限公司"]


def test_undo_takes_a_dataset_out_again(cli: Cli, members: Path) -> None:
    cli("load", str(members))
    done = cli("load", "--undo", "our-members", "--json")
    assert done.code == 0
    assert done.body["dataset"] == "our-members"
    assert done.body["removed"] >= 2
    assert cli("show", "SAC/TC 114").code == 1
    cli("load", str(members))
    assert "our-members: " in cli("load", "--undo", "our-members").out


def test_a_dry_run_prints_one_object_a_line_and_writes_nothing(cli: Cli, members: Path) -> None:
    done = cli("load", str(members), "--dry-run", "--json")
    assert done.code == 0
    nodes = [line["node"] for line in done.bodies if "node" in line]
    statements = [line["statement"] for line in done.bodies if "statement" in line]
    assert {"id", "label"} <= set(nodes[0])
    seat = next(s for s in statements if s["type"] == "MEMBER_OF")
    assert set(seat["from"]) == set(seat["to"]) == {"id", "label", "name"}
    assert seat["from"]["name"] == "华为技术有限公司"
    assert (seat["qualifier"], seat["source"], seat["locator"]) == ("member", "our list", "row 1")
    assert cli("sources", "--json").body["datasets"] == []
    counted = cli("load", str(members), "--dry-run")
    assert f"would load {len(nodes)} node records and {len(statements)} statements" in counted.out


def test_a_dry_run_tells_what_would_be_refused(cli: Cli) -> None:
    done = cli("load", str(FIXTURES), "--dry-run", "--json")
    assert done.code == 2
    assert all(set(line) in ({"node"}, {"statement"}) for line in done.bodies)
    assert "members.csv:4 " in done.err


def test_a_dry_run_needs_no_store(members: Path, tmp_path: Path) -> None:
    done = Cli(f"sqlite:///{tmp_path / 'none.sqlite'}")("load", str(members), "--dry-run", "--json")
    assert done.code == 0
    assert not (tmp_path / "none.sqlite").exists()


# -- first use -----------------------------------------------------------------------------------------------------


def test_first_use_loads_the_shipped_data_with_a_note(tmp_path: Path, small_shipped: Path) -> None:
    cli = Cli(f"sqlite:///{tmp_path / 'new.sqlite'}")
    first = cli("show", "SAC/TC 114")
    assert (first.code, first.err) == (0, "First use: loading the shipped data ...\n")
    assert cli("show", "SAC/TC 114").err == ""
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} >= {"new.sqlite"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_store_that_is_not_there_gets_the_shipped_data_before_a_table(
    tmp_path: Path, small_shipped: Path, members: Path
) -> None:
    cli = Cli(f"sqlite:///{tmp_path / 'new.sqlite'}")
    own = tmp_path / "own.csv"
    own.write_text(GOOD.replace("清华大学", "北京大学"), "utf-8")
    own.with_suffix(".toml").write_text(MEMBERS.replace("our-members", "more-members"), "utf-8")
    assert cli("load", str(own)).code == 0
    assert {d["id"] for d in cli("sources", "--json").body["datasets"]} == {"our-members", "more-members"}
    assert cli("load").code == 0


def test_a_first_load_that_is_broken_off_leaves_nothing(
    tmp_path: Path, small_shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    place = tmp_path / "new.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr("loaders.load", broken)
        assert Cli(f"sqlite:///{place}")("show", "SAC/TC 114").code == 130
    assert [path for path in tmp_path.iterdir() if path.is_file() and "sqlite" in path.name] == []
    assert Cli(f"sqlite:///{place}")("show", "SAC/TC 114").code == 0


def test_only_the_default_folder_is_made(tmp_path: Path, small_shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    assert Cli("")("show", "SAC/TC 114").code == 0
    assert (tmp_path / "data" / "standards-graph" / "standards.sqlite").is_file()
    done = Cli(f"sqlite:///{tmp_path / 'misspelt' / 'graph.sqlite'}")("show", "SAC/TC 114")
    assert done.code == 2
    assert done.err == f"there is no folder {tmp_path / 'misspelt'}; make it first, or name another store\n"
    assert not (tmp_path / "misspelt").exists()


# -- export, sources -----------------------------------------------------------------------------------------------


def test_export_as_graphml_reads_back(cli: Cli, members: Path, tmp_path: Path) -> None:
    cli("load", str(FIXTURES))
    out = tmp_path / "graph.graphml"
    done = cli("export", str(out))
    assert done.code == 0
    graph = networkx.read_graphml(out, force_multigraph=True)
    assert f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges" in done.out
    drafts = [data for _, _, data in graph.edges(data=True) if data["type"] == "DRAFTED"]
    assert drafts
    assert all(data["source"] for data in drafts)


def test_export_as_csv_is_a_folder_of_three_tables(cli: Cli, members: Path, tmp_path: Path) -> None:
    cli("load", str(members))
    out = tmp_path / "tables-out"
    assert cli("export", str(out)).code == 0
    rows = {}
    for name in ("nodes", "statements", "documents"):
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    ids = {row["id"] for row in rows["nodes"]}
    seats = [row for row in rows["statements"] if row["type"] == "MEMBER_OF"]
    assert len(seats) == 2
    assert all(row["subject"] in ids and row["object"] in ids for row in seats)
    assert {row["document"] for row in seats} <= {row["id"] for row in rows["documents"]}


def test_export_as_json_lines_says_everything(cli: Cli, members: Path, tmp_path: Path) -> None:
    cli("load", str(members))
    out = tmp_path / "graph.json"
    assert cli("export", str(out)).code == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {key for line in lines for key in line} == {"document", "node", "statement"}
    names = {line["node"].get("name_zh") for line in lines if "node" in line}
    assert "清华大学" in names


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cli: Cli, members: Path, tmp_path: Path) -> None:
    members.write_text(GOOD.replace("清华大学", '=HYPERLINK("http://x")').replace("row 2", "@row 2"), "utf-8")
    cli("load", str(members))
    assert cli("export", str(tmp_path / "out"), "--format", "csv").code == 0
    text = (tmp_path / "out" / "statements.csv").read_text("utf-8-sig")
    assert ",@row 2" not in text
    assert "'@row 2" in text


def test_private_datasets_leave_only_when_asked_for(cli: Cli, tmp_path: Path, members: Path) -> None:
    members.with_suffix(".toml").write_text("private = true\n" + MEMBERS, "utf-8")
    cli("load", str(members))
    cli("export", str(tmp_path / "a.jsonl"))
    cli("export", str(tmp_path / "b.jsonl"), "--private")
    assert "MEMBER_OF" not in (tmp_path / "a.jsonl").read_text("utf-8")
    assert "MEMBER_OF" in (tmp_path / "b.jsonl").read_text("utf-8")
    assert "(private)" in cli("sources").out
    assert "(private)" in cli("show", "SAC/TC 114", "--type", "MEMBER_OF").out


def test_sources_lists_what_was_loaded(cli: Cli, members: Path) -> None:
    cli("load", str(members))
    done = cli("sources")
    assert "our-members" in done.out
    assert "Members that we know" in done.out
    assert "last loaded on" in done.out


# -- doctor --------------------------------------------------------------------------------------------------------


def test_doctor_of_a_healthy_store(cli: Cli, small_shipped: Path) -> None:
    cli("load")
    done = cli("doctor")
    assert done.code == 0
    assert done.lines[-1] == "all is well"
    assert "graph.sqlite" in done.out
    assert cli("doctor", "--json").body["problems"] == []


def test_doctor_says_when_the_shipped_tables_have_changed(cli: Cli, small_shipped: Path, members: Path) -> None:
    cli("load")
    members.write_text(GOOD.replace("清华大学", "北京大学"), "utf-8")
    done = cli("doctor")
    assert done.code == 2
    assert "have changed since they were loaded (our-members); `standards-graph load` brings them in" in done.err
    cli("load")
    assert cli("doctor").code == 0


def test_doctor_of_an_empty_store(cli: Cli) -> None:
    done = cli("doctor", "--json")
    assert done.code == 2
    assert "empty" in done.body["problems"][0]


def sick(kind: str, path: Path) -> None:
    """Make the store at a path sick in one way."""
    match kind:
        case "missing":
            path.unlink()
        case "newer":
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA user_version = 999")
            connection.close()
        case "another":
            path.unlink()
            with sqlite3.connect(path) as connection:
                connection.execute("CREATE TABLE t (a)")
            connection.close()
        case "damaged":
            path.write_bytes(b"not a database" * 200)
        case "folder":
            path.unlink()
            path.mkdir()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("missing", "there is no file"),
        ("newer", "install a newer standards-graph"),
        ("another", "is not a store of standards-graph"),
        ("damaged", "is damaged"),
        ("folder", "is a folder"),
    ],
)
def test_doctor_says_what_is_wrong_in_one_line(cli: Cli, tmp_path: Path, kind: str, said: str) -> None:
    sick(kind, tmp_path / "graph.sqlite")
    done = cli("doctor")
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert said in cli("doctor", "--json").body["problems"][0]
    if kind != "missing":
        question = cli("search", "CESI")
        assert (question.code, question.err.count("\n")) == (2, 1)
        assert said in question.err


def test_a_locked_store_is_one_line(cli: Cli, tmp_path: Path, members: Path) -> None:
    held = sqlite3.connect(tmp_path / "graph.sqlite-writer", isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    done = cli("load", str(members))
    held.close()
    assert done.code == 2
    assert "another load is writing" in done.err
    assert done.err.count("\n") == 1


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """As a user who owns nothing, where the tests run as root: root may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_store_that_can_only_be_read_is_one_line(members: Path) -> None:
    folder = Path(tempfile.mkdtemp())  # others may enter it, as they may not enter pytest's own
    try:
        path = folder / "graph.sqlite"
        open_store(f"sqlite:///{path}", create=True).close()
        cli = Cli(f"sqlite:///{path}")
        shutil.copytree(members.parent, folder / "tables")
        cli("load", str(folder / "tables"), "--dry-run")  # whatever it imports, it may import now
        path.chmod(0o444)
        folder.chmod(0o555)
        with nobody():
            load = cli("load", str(folder / "tables"))
        assert load.code == 2
        assert load.err.count("\n") == 1
        assert "can only be read here" in load.err
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_store_of_an_older_version_is_brought_up_to_date(
    monkeypatch: pytest.MonkeyPatch, cli: Cli, tmp_path: Path, members: Path
) -> None:
    from api.opening import ready
    from graph.errors import StoreSchemaError

    opened = []

    def first_refused(address: str | None, *, readonly: bool = False, create: bool = False) -> object:
        opened.append(readonly)
        if len(opened) == 1:
            raise StoreSchemaError("older")
        return open_store(address, readonly=readonly, create=create)

    monkeypatch.setattr("graph.open.open_store", first_refused)
    from tests.conftest import LOADED_ON

    ready(cli.address, on=LOADED_ON).close()
    assert opened == [True, False, True]


def test_the_first_of_two_first_loads_counts(tmp_path: Path, small_shipped: Path) -> None:
    from api.opening import fill
    from tests.conftest import LOADED_ON

    place = tmp_path / "new.sqlite"
    address = f"sqlite:///{place}"
    fill(address, on=LOADED_ON)
    before = place.stat().st_ino
    fill(address, on=LOADED_ON)
    assert place.stat().st_ino == before
    with pytest.raises(StoreMissingError):
        fill(f"sqlite:///{tmp_path / 'no' / 'x.sqlite'}", on=LOADED_ON)
