"""Known sources on their way into a store: recognised, streamed, several in one load, whole or in part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import MappingError, TableError
from graph.model import View
from graph.sqlite import SqliteStore
from loaders import LoadSummary, Outcome, dry_run, load
from loaders.formats import formats, recognise
from loaders.inputs import Head, Input
from loaders.looks import looks_like
from loaders.streaming import BATCH_RECORDS, Streaming
from tests.loaders.archives import packed, write
from tests.loaders.rolls import ROLLS, Rolls
from tests.loaders.said import in_batches

TODAY = date(2026, 11, 25)
VIEW = View(as_of=TODAY)

MEMBERS = """
dataset = "ours"
[[statement]]
type = "MEMBER_OF"
subject = { organisation = "who" }
object = { committee = "where" }
qualifier = { text = "member" }
"""

Loading = Callable[..., LoadSummary]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "graph.sqlite", create=True)
    yield opened
    opened.close()


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """The folder of what is given."""
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


@pytest.fixture
def loaded(store: SqliteStore, given: Path) -> Loading:
    """Loads what is in the folder."""
    return lambda *paths, **options: load(store, paths or (given,), on=TODAY, known_formats=ROLLS, **options)


def members(store: SqliteStore, committee: str = "committee:sac-tc-114") -> list[str]:
    page = store.neighbours(committee, VIEW, types=("MEMBER_OF",))
    return sorted(neighbour.node.ref.name("zh") for neighbour in page.neighbours if neighbour.node)


def observed(store: SqliteStore) -> set[str | None]:
    page = store.neighbours("committee:sac-tc-114", VIEW, types=("MEMBER_OF",))
    return {neighbour.statement.provenance.observed_on for neighbour in page.neighbours}


def roll(name: str, *lines: str, total: int | None = None) -> bytes:
    head = f"ROLL {name}" if total is None else f"ROLL {name} {total}"
    return "\n".join((head, *lines, "")).encode()


# -- what becomes of what is given ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz"])
def test_an_archive_of_a_source_and_of_tables_is_loaded(
    store: SqliteStore, given: Path, loaded: Loading, name: str
) -> None:
    inside = {
        "x/roll.txt": roll("club", "清华大学;TC 114"),
        "x/own.csv": "who,where\n北京大学,TC 114\n".encode(),
        "x/own.toml": MEMBERS.encode(),
        "x/bare.csv": b"a,b\n1,2\n",
        "README.md": b"what this is",
        "x/documents.csv": b"source,title\n",
    }
    path = write(given, name, packed(name, inside))
    summary = loaded()
    assert members(store) == ["北京大学", "清华大学"]
    assert [(source.format, source.dataset, source.files) for source in summary.sources] == [(Rolls.name, "club", 1)]
    assert list(summary.counts) == [f"{path}: x/own.csv"]
    assert {refusal.file: refusal.reason.partition(";")[0] for refusal in summary.refusals} == {
        f"{path}: x/bare.csv": "no mapping says what its rows mean",
        f"{path}: x/documents.csv": "is a list of documents, which is read where it lies beside its tables",
    }
    assert {dataset.id for dataset in store.datasets()} == {"club", "ours"}


def test_records_of_many_small_files_are_written_together(store: SqliteStore, given: Path, loaded: Loading) -> None:
    for number in range(40):
        write(given, f"{number:02}.txt", roll("club", f"第{number}大学;TC 114", f"第{number}研究所;TC 114"))
    batches = []
    summary = loaded(progress=lambda dataset, progress: batches.append((dataset, progress.batches)))
    assert batches == [("club", 1)]
    assert summary.sources[0].files == 40
    assert summary.sources[0].records.taken == 80 < BATCH_RECORDS


def test_what_stands_between_is_loaded_into_the_dataset_it_belongs_to(
    store: SqliteStore, given: Path, loaded: Loading
) -> None:
    for name, dataset in (("a", "one"), ("b", "two"), ("c", "one")):
        write(given, f"{name}.txt", roll(dataset, f"{name}大学;TC 114"))
    summary = loaded()
    assert members(store) == ["a大学", "b大学", "c大学"]
    assert [(report.dataset, report.added) for report in summary.reports] == [("one", 3 + 2), ("two", 3)]
    again = loaded()
    assert [(report.added, report.changed, report.closed) for report in again.reports] == [(0, 0, 0), (0, 0, 0)]


def test_what_cannot_be_loaded_is_refused_with_its_place_and_the_rest_is_loaded(
    store: SqliteStore, given: Path, loaded: Loading
) -> None:
    write(given, "roll.txt", roll("club", "清华大学;TC 114", "nonsense", "-;TC 114", "北京大学;TC 114"))
    write(given, "page.html", b"<!doctype html><html><body>News</body></html>")
    write(given, "empty.json", b"")
    summary = loaded()
    assert members(store) == ["北京大学", "清华大学"]
    assert summary.faults == 4
    assert {(Path(r.file).name, r.line, r.record, r.reason) for r in summary.refusals} == {
        ("roll.txt", 3, "", "names no committee"),
        ("roll.txt", 4, "- in TC 114", "names nobody"),
        ("page.html", 0, "", "an HTML page of no known layout"),
        ("empty.json", 0, "", "an empty file"),
    }
    counts = summary.sources[0].records
    assert (counts.rows, counts.taken, counts.refused) == (4, 2, 2)


def test_every_input_and_record_is_told(given: Path, loaded: Loading) -> None:
    path = write(given, "roll.txt", roll("club", "清华大学;TC 114", "nonsense"))
    table = write(given, "own.csv", "who,where\n北京大学,TC 114\n北京大学\n".encode())
    write(given, "own.toml", MEMBERS.encode())
    write(given, "x.bin", b"\0")
    heard: list[Outcome] = []
    loaded(hear=heard.append)
    told = {(one.outcome, one.file.removeprefix(f"{given}/"), one.line) for one in heard}
    assert told == {
        ("file", "roll.txt", 0),
        ("taken", "roll.txt", 2),
        ("refused", "roll.txt", 3),
        ("refused", "x.bin", 0),
        ("file", "own.csv", 0),
        ("taken", "own.csv", 2),
        ("refused", "own.csv", 3),
    }
    assert len(heard) == len(told)
    by_kind = {(one.outcome, one.file): one for one in heard}
    assert by_kind["file", str(path)].format == Rolls.name
    assert by_kind["taken", str(path)].record == "清华大学 in TC 114"
    assert by_kind["file", str(table)].format == "own table"


def test_the_only_thing_given_is_told_as_an_error_where_it_cannot_be_read(given: Path, loaded: Loading) -> None:
    page = write(given, "page.html", b"<html></html>")
    with pytest.raises(TableError, match=r"page\.html: an HTML page of no known layout"):
        loaded(page)
    table = write(given, "own.csv", b"who,where\n")
    with pytest.raises(TableError, match=r"write own\.toml beside it"):
        loaded(table)
    mapping = write(given, "own.toml", MEMBERS.encode())
    with pytest.raises(TableError, match="is a mapping"):
        loaded(mapping)
    with pytest.raises(TableError, match="there is nothing to load"):
        loaded(write(given, "texts/README.md", b"what this is").parent)


def test_a_broken_mapping_does_not_keep_sources_from_being_loaded(
    store: SqliteStore, given: Path, loaded: Loading
) -> None:
    write(given, "own.csv", b"who,where\n")
    write(given, "own.toml", b"[[nonsense")
    with pytest.raises(MappingError):
        loaded()
    write(given, "roll.txt", roll("club", "清华大学;TC 114"))
    summary = loaded()
    assert members(store) == ["清华大学"]
    assert "is not TOML" in summary.refusals[0].reason


# -- whole or in part ----------------------------------------------------------------------------------------------


def test_a_part_of_a_source_closes_nothing_and_the_whole_closes_what_is_gone(
    store: SqliteStore, given: Path, loaded: Loading
) -> None:
    write(given, "roll.txt", roll("club", "清华大学;TC 114", "北京大学;TC 114"))
    loaded()
    write(given, "roll.txt", roll("club", "清华大学;TC 114"))
    assert loaded().reports[0].closed == 0
    assert members(store) == ["北京大学", "清华大学"]
    assert loaded(complete=True).reports[0].closed > 0
    assert members(store) == ["清华大学"]


def test_whole_datasets_may_lie_between_each_other(store: SqliteStore, given: Path, loaded: Loading) -> None:
    for name, dataset in (("a", "one"), ("b", "two"), ("c", "one")):
        write(given, f"{name}.txt", roll(dataset, f"{name}大学;TC 114"))
    loaded(complete=True)
    assert members(store) == ["a大学", "b大学", "c大学"]
    (given / "c.txt").unlink()
    summary = loaded(complete=True)
    assert members(store) == ["a大学", "b大学"]
    assert summary.incomplete == {}


@pytest.mark.parametrize("fault", ["announced", "unreadable", "broken off"])
def test_nothing_is_closed_where_something_is_missing(
    store: SqliteStore, given: Path, loaded: Loading, fault: str
) -> None:
    write(given, "roll.txt", roll("club", "清华大学;TC 114", "北京大学;TC 114"))
    loaded()
    write(given, "roll.txt", roll("club", "清华大学;TC 114", total=2 if fault == "announced" else None))
    if fault == "unreadable":
        write(given, "page.html", b"<html></html>")
    elif fault == "broken off":
        archive = packed("a.tar.gz", {"in.txt": roll("club", *(f"第{n * 7919}大学;TC 1" for n in range(9000)))})
        write(given, "a.tar.gz", archive[: len(archive) * 3 // 4])
    summary = loaded(complete=True)
    assert members(store) == ["北京大学", "清华大学"]
    said = {"announced": "announces 2 records, and 1 were given", "unreadable": "1 of the inputs"}
    assert said.get(fault, "could not be read") in summary.incomplete["club"]


def test_pages_of_a_response_are_counted_together(store: SqliteStore, given: Path, loaded: Loading) -> None:
    write(given, "1.txt", roll("club", "清华大学;TC 114", total=2))
    write(given, "2.txt", roll("club", "北京大学;TC 114", total=2))
    assert loaded(complete=True).incomplete == {}


def test_an_input_without_a_record_makes_no_dataset_and_closes_nothing(
    store: SqliteStore, given: Path, loaded: Loading
) -> None:
    write(given, "roll.txt", roll("club"))
    assert loaded(complete=True).reports == ()
    assert store.datasets() == ()
    write(given, "roll.txt", roll("club", "清华大学;TC 114"))
    loaded()
    write(given, "roll.txt", roll("club"))
    loaded(complete=True)
    assert members(store) == ["清华大学"]


# -- how it is meant -----------------------------------------------------------------------------------------------


def test_another_dataset_may_be_named(store: SqliteStore, given: Path, loaded: Loading) -> None:
    write(given, "a.txt", roll("one", "清华大学;TC 114"))
    write(given, "b.txt", roll("two", "北京大学;TC 114"))
    write(given, "own.csv", "who,where\n南京大学,TC 114\n".encode())
    write(given, "own.toml", MEMBERS.encode())
    loaded(into="mine")
    assert [dataset.id for dataset in store.datasets()] == ["mine"]
    assert len(members(store)) == 3
    assert all((r.added, r.changed, r.closed) == (0, 0, 0) for r in loaded(into="mine", complete=False).reports)
    with pytest.raises(MappingError, match="ships with the project"):
        loaded(into="standards")


def test_what_is_private_stays_private(store: SqliteStore, given: Path, loaded: Loading) -> None:
    write(given, "a.txt", roll("club", "清华大学;TC 114"))
    loaded(private=True)
    loaded()
    assert [dataset.private for dataset in store.datasets()] == [True]


def test_the_day_of_saving_is_the_day_of_what_has_no_other(store: SqliteStore, given: Path, loaded: Loading) -> None:
    write(given, "a.txt", roll("club", "清华大学;TC 114"))
    write(given, "own.csv", "who,where\n南京大学,TC 114\n".encode())
    write(given, "own.toml", MEMBERS.encode())
    loaded(saved_on="2025-03")
    assert observed(store) == {"2025-03"}


def test_with_a_mapping_everything_is_a_table(store: SqliteStore, given: Path, loaded: Loading) -> None:
    mapping = write(given.parent, "elsewhere.toml", MEMBERS.encode())
    write(given, "own.csv", "who,where\n南京大学,TC 114\n".encode())
    write(given, "a.txt", roll("club", "清华大学;TC 114"))
    write(given, "in.zip", packed("in.zip", {"b.csv": "who,where\n北京大学,TC 114\n".encode()}))
    summary = loaded(mapping=mapping)
    assert members(store) == ["北京大学", "南京大学"]
    assert [Path(refusal.file).name for refusal in summary.refusals] == ["a.txt"]


# -- broken off ----------------------------------------------------------------------------------------------------


def test_what_was_acknowledged_stays_when_a_load_is_stopped_and_can_be_found(
    store: SqliteStore, given: Path, loaded: Loading
) -> None:
    lines = [f"第{number}大学;TC 114" for number in range(BATCH_RECORDS + 10)]
    write(given, "roll.txt", roll("club", *lines))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loaded(progress=stop)
    assert store.search("第7大学").hits[0].node.ref.name("zh") == "第7大学"
    assert store.search("第505大学").hits == () or store.search("第505大学").hits[0].name != "第505大学"
    summary = loaded()
    assert summary.reports[0].added > 0
    assert store.search("第505大学").hits[0].node.ref.name("zh") == "第505大学"


# -- dry run -------------------------------------------------------------------------------------------------------


def test_a_dry_run_shows_sources_like_tables(store: SqliteStore, given: Path) -> None:
    write(given, "roll.txt", roll("club", "清华大学;TC 114", "nonsense", "清华大学;TC 260"))
    found = dry_run([given], known=store, saved_on="2025-03-01", known_formats=ROLLS)
    lines: list[Any] = [json.loads(json.dumps(line)) for line in found]
    nodes = [line["node"] for line in lines if "node" in line]
    assert [node["id"] for node in nodes][1:] == ["committee:sac-tc-114", "committee:sac-tc-260"]
    statement = next(line["statement"] for line in lines if "statement" in line)
    assert statement == {
        "from": {"id": nodes[0]["id"], "label": nodes[0]["label"], "name": "清华大学"},
        "type": "MEMBER_OF",
        "to": {"id": "committee:sac-tc-114", "label": "Committee", "name": "SAC/TC 114"},
        "qualifier": "member",
        "since": None,
        "until": None,
        "observed_on": "2025-03-01",
        "confidence": "medium",
        "basis": "page",
        "source": "The roll",
        "locator": "line 2",
    }
    assert found.summary.faults == 1
    assert store.datasets() == ()


# -- recognition ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty file"),
        (bytes(50), "nothing but zeros"),
        (b" \n\n ", "nothing but blanks"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"\xef\xbb\xbf<HTML><body>", "an HTML page"),
        (b'{"hello": 1}', "JSON without"),
        (b"---\ntitle: x\n", "YAML"),
        (b"Dear all,", "a text of no known kind"),
        (b"a\0b\0c\0", "bytes that are no text"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        ("你好".encode("gb18030"), "a text of no known kind"),
        ('{"你": "好"}'.encode("utf-16"), "JSON without"),
    ],
)
def test_what_is_of_no_known_kind_is_told_by_its_looks(content: bytes, said: str) -> None:
    head = Head("x", content, True)
    assert recognise(head, formats()) is None
    assert said in looks_like(head)


def test_streaming_alone_says_what_an_input_says() -> None:
    streaming = Streaming(None)
    given = Input.of("roll.txt", roll("club", "清华大学;TC 114"))
    taken = recognise(given.head, ROLLS)
    assert taken
    (batch,) = in_batches(streaming.batches(given, taken.kind, taken.dataset))
    assert [statement.type for statement in batch.statements] == ["MEMBER_OF"]
    assert [document.title for document in batch.documents] == ["The roll"]
