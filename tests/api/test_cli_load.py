"""`load` as people use it on whatever they have: real samples, archives, and input that means harm."""

from __future__ import annotations

import contextlib
import gzip
import inspect
import io
import json
import lzma
import os
import signal
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from api.load_command import load
from graph.open import open_store
from loaders.inputs.limits import MIB
from tests.api.cli_running import Cli
from tests.loaders.archives import packed, tar_bytes, write, zip_bytes

ROWS = [
    {
        "id": f"{number:032X}",
        "C_STD_CODE": f"GB/T {number}-2020",
        "C_C_NAME": f"第{number}号标准",
        "STATE": "现行",
        "STD_DOMAIN": "国家标准",
        "ISSUE_DATE": "2020-03-06",
        "DRAFT_UNIT": "清华大学、华为技术有限公司",
    }
    for number in range(90001, 90021)
]
"""Invented rows in the shape of the platform's search."""


FIXTURES = Path(__file__).parents[1] / "loaders" / "fixtures"

MEMBERS = """
title = "Members"
[[statement]]
type = "MEMBER_OF"
subject = { organisation = "who" }
object = { committee = "where" }
qualifier = { text = "member" }
"""


def response(rows: list[dict[str, str]], total: int | None = None) -> bytes:
    body = {"total": len(rows) if total is None else total, "pageNumber": 1, "rows": rows}
    return json.dumps(body, ensure_ascii=False).encode()


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """On a store of its own that holds nothing."""
    address = f"sqlite:///{tmp_path / 'graph.sqlite'}"
    open_store(address, create=True).close()
    return Cli(address)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """The folder of what is given."""
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


def standards(cli: Cli) -> int:
    nodes: dict[str, int] = cli("sources", "--json").body["nodes"]
    return nodes.get("Standard", 0)


# -- what people have ----------------------------------------------------------------------------------------------


def test_a_response_is_taken_for_what_it_is_whatever_it_is_called(cli: Cli, given: Path) -> None:
    path = write(given, "save(3).txt", response(ROWS))
    done = cli("load", str(path))
    assert (done.code, done.err) == (0, "")
    assert "SAMR platform: search response" in done.out
    assert "samr-national" in done.out
    assert standards(cli) == len(ROWS)
    again = cli("load", str(path))
    assert "0 added, 0 changed" in again.out
    assert ", 0 closed" in again.out


@pytest.mark.parametrize("name", ["a.zip", "a.tar.xz", "a.tgz", "rows.jsonl.gz", "rows.jsonl.xz"])
def test_packed_responses_are_read_without_being_unpacked(cli: Cli, given: Path, name: str) -> None:
    lines = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in ROWS)
    if name.startswith("rows"):
        write(given, name, gzip.compress(lines) if name.endswith("gz") else lzma.compress(lines))
    else:
        write(given, name, packed(name, {"p/1.json": response(ROWS[:10], 20), "p/2.json": response(ROWS[10:], 20)}))
    before = set(given.rglob("*"))
    done = cli("load", str(given), "--json")
    assert done.code == 0, done.err
    assert [source["dataset"] for source in done.body["sources"]] == ["samr-national"]
    assert standards(cli) == len(ROWS)
    assert set(given.rglob("*")) == before


def test_the_report_has_every_file_and_record(cli: Cli, given: Path, tmp_path: Path) -> None:
    path = write(given, "a.json", response([*ROWS[:2], {"C_C_NAME": "", "STATE": "现行"}]))
    write(given, "page.html", b"<html>")
    report = tmp_path / "report.jsonl"
    done = cli("load", str(given), "--report", str(report))
    assert done.code == 2
    lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert lines[0] == {
        "outcome": "file",
        "file": str(path),
        "format": "SAMR platform: search response",
        "dataset": "samr-national",
    }
    assert sum(line["outcome"] == "taken" for line in lines) == 2
    refused = [line for line in lines if line["outcome"] == "refused"]
    assert {(Path(line["file"]).name, line.get("line")) for line in refused} == {("a.json", 3), ("page.html", None)}
    assert all(line["reason"] for line in refused)
    assert cli("load", str(given), "--report", str(tmp_path / "no" / "r.jsonl")).code == 2


def test_the_summary_says_what_changed_in_each_dataset(cli: Cli, given: Path) -> None:
    write(given, "a.json", response(ROWS[:5]))
    industry = {**ROWS[5], "C_STD_CODE": "YD/T 90001-2020", "STD_DOMAIN": "行业标准"}
    write(given, "b.json", response([industry]))
    done = cli("load", str(given))
    assert done.code == 0, done.err
    assert {"a.json", "b.json", "samr-national", "samr-industry"} <= set(done.out.split())
    body = cli("load", str(given), "--json").body
    assert {report["dataset"]: report["added"] for report in body["reports"]} == {
        "samr-national": 0,
        "samr-industry": 0,
    }
    assert body["incomplete"] == {}


def test_a_whole_dataset_closes_what_is_gone_unless_more_was_announced(cli: Cli, given: Path) -> None:
    write(given, "a.json", response(ROWS[:5]))
    cli("load", str(given))
    write(given, "a.json", response(ROWS[:4]))
    assert ", 0 closed" in cli("load", str(given)).out
    done = cli("load", str(given), "--complete", "--json")
    assert done.body["reports"][0]["closed"] > 0
    assert cli("load", str(given), "--complete", "--partial").code == 2


def test_where_and_when_it_belongs_can_be_said(cli: Cli, given: Path) -> None:
    write(given, "a.json", response(ROWS[:1]))
    done = cli("load", str(given), "--dataset", "monday", "--private", "--saved-on", "2025-11-24")
    assert done.code == 0, done.err
    (dataset,) = cli("sources", "--json").body["datasets"]
    assert (dataset["id"], dataset["private"]) == ("monday", True)
    shown = cli("show", "GB/T 90001-2020", "--type", "DRAFTED", "--json")
    assert "2025-11-24" in shown.out
    assert cli("load", "--undo", "monday").code == 0
    assert cli("show", "GB/T 90001-2020").code == 1
    for options, said in (
        (("--saved-on", "2999-01-01"), "still to come"),
        (("--saved-on", "yesterday"), "is not a date"),
        (("--dataset", "standards"), "ships with the project"),
        (("--dataset", "judgements"), "review --import"),
        (("--dataset", "relaton-iso", "--dry-run"), "fills by itself"),
        (("--dataset", "No such id!"), "--dataset"),
    ):
        done = cli("load", str(given), *options)
        assert done.code == 2
        assert said in done.err
        assert done.err.count("\n") == 1


def test_judgements_are_sent_to_where_they_are_taken_in(cli: Cli, given: Path) -> None:
    judged = b'\xef\xbb\xbf"id_a",name_a,id_b,name_b,verdict,role,date,note\r\na,A,b,B,same,standards,2025-01-01,\r\n'
    path = write(given, "mine.csv", judged)
    said = "judgements are taken in by `standards-graph review --import FILE`"
    alone = cli("load", str(path))
    assert (alone.code, alone.err.count("\n")) == (2, 1)
    assert said in alone.err
    write(given, "mine.toml", MEMBERS.encode())
    write(given, "a.json", response(ROWS))
    beside = cli("load", str(given))
    assert beside.code == 2
    assert said in beside.err
    assert standards(cli) == len(ROWS)


@pytest.mark.parametrize("kept", ["judgements", "standards", "samr-national"])
def test_a_table_that_would_go_into_a_dataset_of_the_program_is_refused_and_the_others_are_loaded(
    cli: Cli, given: Path, kept: str
) -> None:
    write(given, "theirs.csv", "who,where\n南京大学,TC 114\n".encode())
    write(given, "theirs.toml", f'dataset = "{kept}"\n{MEMBERS}'.encode())
    write(given, "ours.csv", "who,where\n清华大学,TC 114\n".encode())
    write(given, "ours.toml", MEMBERS.encode())
    done = cli("load", str(given), "--json")
    assert done.code == 2
    assert [report["dataset"] for report in done.body["reports"]] == ["ours"]
    (refusal,) = done.body["refusals"]
    assert refusal["file"].endswith("theirs.csv")
    assert repr(kept) in refusal["reason"]
    assert cli("load", str(given / "theirs.csv")).err.count("\n") == 1


def test_a_dry_run_of_a_source_shows_what_would_be_loaded(cli: Cli, given: Path) -> None:
    write(given, "a.zip", zip_bytes({"a.json": response(ROWS[:2])}))
    done = cli("load", str(given), "--dry-run", "--json")
    assert done.code == 0, done.err
    drafted = [line["statement"] for line in done.bodies if line.get("statement", {}).get("type") == "DRAFTED"]
    assert [(one["from"]["name"], one["to"]["name"], one["rank"]) for one in drafted[:2]] == [
        ("清华大学", "GB/T 90001-2020", 1),
        ("华为技术有限公司", "GB/T 90001-2020", 2),
    ]
    assert standards(cli) == 0
    assert "would load" in cli("load", str(given), "--dry-run").out


# -- what means harm -----------------------------------------------------------------------------------------------


def deep() -> bytes:
    return b'{"total": 1, "pageNumber": 1, "rows": ' + b"[" * 100_000


def endless_line() -> bytes:
    return b'{"total": 1, "pageNumber": 1, "rows": [{"C_STD_CODE": "GB/T 1-2020", "C_C_NAME": "' + b"x" * (40 * MIB)


def encrypted() -> bytes:
    raw = bytearray(zip_bytes({"secret.json": response(ROWS)}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("bomb.json", response(ROWS)[:-2] + b" " * (6 * MIB) + b"]}")
    return held.getvalue()


HOSTILE = {
    "page of another site": ("page.html", lambda: b"<!doctype html><html><body><h1>News</h1></body></html>"),
    "empty": ("empty.json", lambda: b""),
    "NUL": ("nul.json", lambda: bytes(10_000)),
    "noise": ("noise.json", lambda: os.urandom(10_000)),
    "truncated JSON": ("cut.json", lambda: response(ROWS)[:-300]),
    "deep JSON": ("deep.json", deep),
    "a line without end": ("line.json", endless_line),
    "other JSON": ("other.json", lambda: b'{"rows": [{"name": "x"}]}'),
    "JSON in UTF-16, cut": ("utf16.json", lambda: response(ROWS).decode().encode("utf-16")[:-301]),
    "encrypted": ("secret.zip", encrypted),
    "a bomb": ("bomb.zip", bomb),
    "an archive in an archive": (
        "twice.zip",
        lambda: zip_bytes({"in.tgz": packed("in.tgz", {"a.json": response(ROWS)})}),
    ),
    "a member outside": ("out.tar", lambda: tar_bytes({"../../a.json": response(ROWS)})),
    "half an archive": ("half.tar.xz", lambda: packed("h.tar.xz", {"a.json": os.urandom(99_000)})[:50_000]),
    "YAML that explodes": (
        "lol.yaml",
        lambda: (
            b"docid: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(b"k%d: &%c [%s]\n" % (n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(12))
        ),
    ),
    "YAML that calls": ("call.yaml", lambda: b"docid: !!python/object/apply:os.system ['true']\ntitle: x\n"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_means_harm_is_refused_with_its_place_and_the_rest_is_loaded(
    cli: Cli, given: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("loaders.inputs.limits.RATIO_FROM", 4 * MIB)
    name, content = HOSTILE[kind]
    write(given, name, content())  # type: ignore[no-untyped-call]
    write(given, "zz-good.json", response(ROWS[:3]))
    tracemalloc.start()
    done = cli("load", str(given))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done.code == 2, done.out
    assert name in done.err
    assert "Refused: " in done.err
    assert "Traceback" not in done.err
    assert cli("show", "GB/T 90003-2020").code == 0
    assert peak < 400 * MIB


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_responses_in_other_encodings_are_read(cli: Cli, given: Path, encoding: str) -> None:
    write(given, "a.json", response(ROWS).decode().encode(encoding))
    done = cli("load", str(given))
    assert (done.code, done.err) == (0, "")
    assert standards(cli) == len(ROWS)


def test_names_of_files_cannot_steer_a_terminal_or_break_the_report(cli: Cli, given: Path, tmp_path: Path) -> None:
    (given / os.fsdecode(b"\xff\x1b[31m.json")).write_bytes(b"<html>")
    write(given, "a.zip", zip_bytes({"\x1b[31mred.json": response(ROWS)}))
    done = cli("load", str(given), "--report", str(tmp_path / "r.jsonl"))
    assert done.code == 2
    assert "\x1b" not in done.err + done.out
    assert cli("load", str(given), "--json").code == 2
    assert len((tmp_path / "r.jsonl").read_text("utf-8").splitlines()) == 2


# -- broken off ----------------------------------------------------------------------------------------------------


MANY = 30_000
"""Records of a load that is stopped."""


@pytest.fixture
def long_load(given: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A load of many records as a program of its own; its store is beside the folder."""
    with gzip.open(given / "many.jsonl.gz", "wb", compresslevel=1) as file:
        for number in range(MANY):
            row: dict[str, Any] = {**ROWS[0], "id": f"{number:032X}", "C_STD_CODE": f"GB/T {100_000 + number}-2020"}
            file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    address = f"sqlite:///{tmp_path / 'graph.sqlite'}"
    open_store(address, create=True).close()
    command = [sys.executable, "-m", "api.cli", "load", str(given), "--store", address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        yield program
        program.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_load_that_is_stopped_keeps_what_was_written_and_is_completed_by_another(
    long_load: subprocess.Popen[bytes], given: Path, tmp_path: Path, how: signal.Signals
) -> None:
    cli = Cli(f"sqlite:///{tmp_path / 'graph.sqlite'}")
    while standards(cli) == 0:  # until the first batch can be read
        with contextlib.suppress(subprocess.TimeoutExpired):
            long_load.wait(0.02)
            break
    long_load.send_signal(how)
    _, err = long_load.communicate()
    assert b"Traceback" not in err
    if how == signal.SIGINT:
        assert long_load.returncode == 130
        assert b"stopped; what was written until then stays" in err
    kept = standards(cli)
    assert 0 < kept < MANY
    (given / "many.jsonl.gz").unlink()
    write(given, "few.json", response(ROWS))
    assert cli("load", str(given)).code == 0
    assert standards(cli) == kept + len(ROWS)
    assert cli("show", "GB/T 100001-2020").code == 0


# -- how it reads --------------------------------------------------------------------------------------------------


def test_help_and_summary_fit_a_terminal_of_80_columns(cli: Cli, given: Path) -> None:
    for paragraph in inspect.cleandoc(load.__doc__ or "").split("\n\n")[1:]:
        assert all(len(line) <= 76 for line in paragraph.split("\n")), "shown as it is broken, and broken once more"
    names = ("samr/plan_page.html", "iso/committees.jsonl", "relaton/index-v1.yaml", "relaton/w3c-rec-dom.yaml")
    for name in names:
        write(given, Path(name).name, (FIXTURES / name).read_bytes())
    write(given, "more.json", response([*ROWS, {"C_C_NAME": "", "STATE": "现行"}]))
    done = cli("load", str(given), width=80)
    assert all(cell_len(line) <= 80 for line in done.lines)
    for dataset in ("iso-committees", "relaton-w3c", "samr-national"):
        assert sum(dataset in line for line in done.lines) == 3, "of the file, of the source, and of what was written"
    assert done.lines[-1].endswith("closed (node records and statements)")
