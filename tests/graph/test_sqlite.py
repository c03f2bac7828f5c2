"""What is SQLite's own: files, locks, versions, damage, processes that die, and readers of other processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph import finding
from graph.errors import (
    InputError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreSchemaError,
)
from graph.model import Batch
from graph.open import default_place, open_store, place_of
from graph.sqlite import SqliteStore, settling
from graph.sqlite.connection import Files
from graph.sqlite.tables import MIGRATIONS
from tests.graph.contract import builders
from tests.graph.contract.builders import NOW, SAC, TODAY, everything

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534


def filled(path: Path) -> SqliteStore:
    store = SqliteStore(path, create=True, patience=0.05)
    source = builders.world()
    store.load(source.dataset, source.batches(), on=TODAY)
    return store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "standards.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with_world = filled(path)
    yield with_world
    with_world.close()


def run(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Run Python code in a process of its own, that can be spoken to line by line."""
    process: subprocess.Popen[str] = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: subprocess.Popen[str], text: str = "go") -> None:
    assert process.stdin is not None
    process.stdin.write(text + "\n")
    process.stdin.flush()


def end(process: subprocess.Popen[str]) -> None:
    process.communicate()


# -- opening -----------------------------------------------------------------------------------------------------------


def test_a_store_that_is_not_there_is_missing_and_nothing_is_made(path: Path) -> None:
    with pytest.raises(StoreMissingError, match=r"there is no file .*standards.sqlite"):
        open_store(str(path))
    with pytest.raises(StoreMissingError, match=r"there is no folder .*nowhere"):
        open_store(str(path.parent / "nowhere" / "standards.sqlite"))
    with pytest.raises(StoreMissingError):
        open_store(str(path), readonly=True, create=True)
    assert list(path.parent.iterdir()) == []


def test_a_store_is_made_with_its_folder(path: Path) -> None:
    deep = path.parent / "a" / "b" / "standards.sqlite"
    open_store(f"sqlite:///{deep}", create=True).close()
    store = open_store(str(deep))
    state = store.state()
    assert (state.engine, state.place, state.revision, state.loaded_on) == ("sqlite", str(deep), 0, None)
    assert state.schema_version == len(MIGRATIONS)
    store.close()


def test_a_folder_is_no_store(path: Path) -> None:
    with pytest.raises(StoreDamagedError, match="is a folder"):
        open_store(str(path.parent), create=True)


@pytest.mark.parametrize(
    "content", [b"number,title\nGB/T 1,x\n", b"SQLite format 3\0" + b"\0" * 84, b"\x89PNG\r\n", b"x" * 100_000]
)
def test_a_file_that_is_no_database_is_named_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for options in ({}, {"create": True}, {"readonly": True}):
        with pytest.raises(StoreDamagedError, match=r"standards\.sqlite is not a store of standards-graph"):
            open_store(str(path), **options)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreDamagedError, match="is not a store of standards-graph"):
        open_store(str(path), create=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("begun", [False, True], ids=["empty", "begun and broken off"])
def test_an_empty_file_becomes_a_store_only_when_asked(path: Path, begun: bool) -> None:
    path.touch()
    if begun:
        other = sqlite3.connect(path)
        other.execute("PRAGMA journal_mode = WAL")
        other.close()
    with pytest.raises(StoreDamagedError, match="is empty"):
        open_store(str(path))
    open_store(str(path), create=True).close()
    open_store(str(path)).close()


def test_a_damaged_store_is_said_to_be_damaged(path: Path) -> None:
    filled(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(StoreDamagedError, match="damaged"):
        open_store(str(path)).nodes([SAC])
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreDamagedError, match="damaged"):
        everything(open_store(str(path)).dump())


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("sqlite:///data/a.sqlite", "data/a.sqlite"),
        ("sqlite:////srv/a.sqlite", "/srv/a.sqlite"),
        ("SQLite:///a%20b.sqlite", "a b.sqlite"),
        ("data/a.sqlite", "data/a.sqlite"),
        ("标准.sqlite", "标准.sqlite"),
    ],
)
def test_addresses(address: str, place: str) -> None:
    assert place_of(address) == Path(place)


@pytest.mark.parametrize("address", ["mysql://host/db", "sqlite://a.sqlite", "sqlite:///", "http://x/y", "a\0b"])
def test_addresses_that_name_no_store(address: str) -> None:
    with pytest.raises(InputError):
        place_of(address)


def test_the_default_place_is_in_the_users_own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert place_of(None) == place_of(" ") == default_place()
    assert default_place() == tmp_path / "standards-graph" / "standards.sqlite"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "Application Support" in str(default_place())
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "C:/Local")
    assert str(default_place()).startswith("C:/Local")


def test_odd_paths_are_paths(tmp_path: Path) -> None:
    for name in ("a b.sqlite", "标准?mode=ro#x.sqlite", "50%.sqlite", "'quoted'.sqlite"):
        filled(tmp_path / name).close()
        store = open_store(str(tmp_path / name))
        assert store.nodes([SAC])
        store.close()


# -- versions ----------------------------------------------------------------------------------------------------------

NEXT = (*MIGRATIONS, "ALTER TABLE dataset ADD COLUMN steward TEXT NOT NULL DEFAULT 'nobody';")


def test_a_store_of_an_older_version_is_brought_up_to_date_with_all_it_holds(path: Path) -> None:
    before = filled(path)
    before.close()
    files = Files(path, migrations=NEXT)
    with files.reading() as connection:
        assert connection.execute("SELECT id, steward FROM dataset").fetchall() == [("curated", "nobody")]
        assert connection.execute("PRAGMA user_version").fetchone() == (len(NEXT),)
    files.close()
    with pytest.raises(
        StoreSchemaError,
        match=rf"has schema version {len(NEXT)}, this program knows {len(MIGRATIONS)}; install a newer",
    ):
        open_store(str(path))


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    filled(path).close()
    broken = (*NEXT[:-1], NEXT[-1] + "\nALTER TABLE nowhere ADD COLUMN x TEXT;")
    with pytest.raises(sqlite3.OperationalError):
        Files(path, migrations=broken)
    store = SqliteStore(path)
    assert store.nodes([SAC])
    store.close()


def test_an_older_store_that_can_only_be_read_says_what_to_do(path: Path) -> None:
    filled(path).close()
    with pytest.raises(StoreSchemaError, match="open it once where it can be written"):
        Files(path, readonly=True, migrations=NEXT)


def test_an_index_of_search_terms_of_another_version_is_written_anew(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [store.search(words) for words in ("技术", "xinxi anquan", "gbt 22239", "BMW")]
    real = finding.search_terms
    with monkeypatch.context() as other:
        other.setattr(finding, "search_version", lambda: "another")
        other.setattr(finding, "search_terms", lambda label, names: real(label, names).upper() + " more")
        store.load(builders.world().dataset, [], on=TODAY, complete=False)
    assert not store.search("xinxi anquan").hits or before
    store.load(builders.world().dataset, [], on=TODAY, complete=False)
    assert [store.search(words) for words in ("技术", "xinxi anquan", "gbt 22239", "BMW")] == before


# -- reading only ------------------------------------------------------------------------------------------------------


def test_a_store_opened_for_reading_only_reads_and_refuses_to_write(path: Path) -> None:
    filled(path).close()
    store = open_store(str(path), readonly=True)
    assert store.search("工信部").hits
    source = builders.world()
    for write in (
        lambda: store.load(source.dataset, source.batches(), on=TODAY),
        lambda: store.undo("curated"),
        lambda: store.redirect(builders.BMW_CHINA, builders.BMW_SERVICES),
        lambda: store.restore(builders.BMW_CHINA),
    ):
        with pytest.raises(StoreReadOnlyError, match="can only be read here"):
            write()
    assert store.state().notes == ("open for reading only; nothing can be loaded into it",)
    store.close()


READ_ONLY = """
import json, os, sys
from datetime import date
from graph.errors import StoreError
from graph.model import Dataset
from graph.open import open_store
from graph.wording import pinyin_full, query
query("工信部"), pinyin_full("工信部")  # whatever they read, they read it while it may be read
if len(sys.argv) > 2:
    os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[2]))
try:
    store = open_store(sys.argv[1])
    found = [hit.node.id for hit in store.search("工信部").hits]
    notes = store.state().notes
    store.load(Dataset("x", "x"), [], on=date(2025, 1, 1))
except StoreError as error:
    print(json.dumps([type(error).__name__, str(error), found, notes]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders are Unix's")
@pytest.mark.parametrize("alone", [True, False], ids=["copied alone", "as it was left"])
def test_a_store_on_a_read_only_folder_is_read_all_the_same(alone: bool) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "standards.sqlite"
        filled(path).close()
        for beside in folder.glob("standards.sqlite-*") if alone else ():
            beside.unlink()
        path.chmod(0o444)
        folder.chmod(0o555)
        other = [NOBODY] if os.getuid() == 0 else []
        told, _ = run(READ_ONLY, path, *other).communicate(timeout=60)
        kind, message, found, notes = json.loads(told)
        assert (kind, found) == ("StoreReadOnlyError", [builders.MIIT])
        assert "can only be read here" in message
        assert ("its folder cannot be written" in notes[0]) == alone
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


# -- many readers, one writer ------------------------------------------------------------------------------------------

WRITER = """
import sys
from graph.sqlite import SqliteStore, settling
from pathlib import Path
from tests.graph.contract import builders
store = SqliteStore(Path(sys.argv[1]), create=True)
source = builders.world()
def batches():
    for number, batch in enumerate(source.batches(4)):
        yield batch
        print(number + 1, flush=True)
        if sys.stdin.readline().strip() != "go":
            break
store.load(source.dataset, batches(), on=builders.TODAY)
print("done", flush=True)
"""

READER = """
import sys
from graph.open import open_store
store = open_store(sys.argv[1], readonly=True)
print("open", flush=True)
for line in sys.stdin:
    print(sum(store.counts().statements.values()), len(store.search("技术").hits), flush=True)
"""


def test_readers_of_other_processes_read_beside_a_writer(path: Path) -> None:
    SqliteStore(path, create=True).close()
    writer, reader = run(WRITER, path), run(READER, path)
    assert line_of(reader) == "open"
    seen = []
    while (line := line_of(writer)) != "done":
        assert line.isdigit()
        tell(reader)
        seen.append(int(line_of(reader).split()[0]))
        tell(writer)
    tell(reader)
    last = line_of(reader)
    end(writer)
    end(reader)
    assert seen == sorted(seen)
    assert 0 < seen[-2] < len(builders.world().statements)
    assert last == f"{len(builders.world().statements)} 9"


def test_a_second_writer_is_told_to_wait(path: Path) -> None:
    SqliteStore(path, create=True).close()
    writer = run(WRITER, path)
    assert line_of(writer) == "1"
    store = SqliteStore(path, patience=0.05)
    source = builders.Source("other")
    with pytest.raises(StoreLockedError, match=r"another load is writing to .*; wait until it has finished"):
        store.load(source.dataset, [], on=TODAY)
    assert store.counts().datasets == {"curated": 0}
    tell(writer, "stop")
    assert line_of(writer) == "done"
    end(writer)
    store.load(source.dataset, [], on=TODAY)
    store.close()


def test_a_writer_in_another_thread_is_waited_for_and_then_named(store: SqliteStore) -> None:
    started, go_on = threading.Event(), threading.Event()

    def batches() -> Iterator[Batch]:
        started.set()
        assert go_on.wait(30)
        yield Batch()

    thread = threading.Thread(
        target=lambda: store.load(builders.Source("slow").dataset, batches(), on=TODAY, complete=False)
    )
    thread.start()
    assert started.wait(30)
    with pytest.raises(StoreLockedError, match="another load is writing"):
        store.undo("curated")
    assert store.nodes([SAC])
    go_on.set()
    thread.join()
    assert store.undo("slow") == 0


def test_another_program_that_holds_the_file_is_named(store: SqliteStore, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLockedError, match="another program is writing"):
        store.undo("curated")
    other.close()
    assert store.undo("curated") > 0


def test_many_threads_read_at_once(store: SqliteStore) -> None:
    expected = (store.neighbours(SAC, NOW), store.search("技术"))
    wrong: list[object] = []

    def read() -> None:
        answers = [(store.neighbours(SAC, NOW), store.search("技术")) for _ in range(20)]
        wrong.extend(answer for answer in answers if answer != expected)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_dump_shows_one_state_whatever_is_written_meanwhile(store: SqliteStore) -> None:
    before = everything(store.dump())
    dumping = iter(store.dump())
    first = next(iter(dumping))
    store.undo("curated")
    assert [repr(first), *everything(dumping)] == before
    assert everything(store.dump()) == []


def test_a_closed_store_says_so(store: SqliteStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.nodes([SAC])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("batches", [1, 5, 9, 14])
def test_a_load_that_is_killed_leaves_the_acknowledged_batches_and_is_completed(path: Path, batches: int) -> None:
    SqliteStore(path, create=True).close()
    writer = run(WRITER, path)
    for _ in range(batches):
        line_of(writer)
        tell(writer)
    line_of(writer)
    writer.kill()
    end(writer)
    store = SqliteStore(path, patience=0.05)
    source = builders.world()
    held = sum(store.counts().statements.values())
    written = list(source.batches(4))[: batches + 1]
    assert held in (sum(len(b.statements) for b in written[:-1]), sum(len(b.statements) for b in written))
    store.load(source.dataset, source.batches(), on=TODAY)
    whole = filled(path.parent / "whole.sqlite")
    assert everything(store.dump()) == everything(whole.dump())
    assert store.counts() == whole.counts()
    for words in ("技术", "xinxi anquan", "gbt 22239", "BMW"):
        assert store.search(words) == whole.search(words)
    store.close()
    whole.close()


def test_what_was_broken_off_while_making_it_findable_is_made_up_for_by_the_next_write(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqliteStore(path, create=True)
    source = builders.world()
    real, rounds = finding.search_terms, []

    def interrupted(*arguments: Any) -> Any:
        rounds.append(arguments)
        if len(rounds) > 8:
            raise KeyboardInterrupt
        return real(*arguments)

    with monkeypatch.context() as other:
        other.setattr(settling, "AT_ONCE", 5)
        other.setattr(finding, "search_terms", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.load(source.dataset, source.batches(), on=TODAY)
    assert store.counts().datasets == {"curated": len(source.statements)}
    assert store.search("技术").total < len(source.nodes)
    store.redirect(builders.BMW_CHINA, builders.BMW_SERVICES)
    store.restore(builders.BMW_CHINA)
    whole = filled(path.parent / "whole.sqlite")
    assert everything(store.dump()) == everything(whole.dump())
    assert store.counts() == whole.counts()
    assert store.search("技术") == whole.search("技术")
    store.close()
    whole.close()


def test_a_kind_of_thing_that_a_newer_program_wrote_is_named(store: SqliteStore, path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("INSERT INTO term (name) VALUES ('Consortium')")
    other.execute("UPDATE node SET label = (SELECT key FROM term WHERE name = 'Consortium') WHERE id = ?", (SAC,))
    other.commit()
    other.close()
    with pytest.raises(StoreSchemaError, match="install a newer standards-graph"):
        store.nodes([SAC])
