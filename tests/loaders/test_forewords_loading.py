"""Forewords in a store: loaded twice, beside what is known already, and taken for what they are among other files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.model import View
from graph.open import open_store
from graph.store import Store
from loaders import load

FIXTURES = Path(__file__).parent / "fixtures" / "forewords"
ON = date(2026, 11, 25)
TOYS = "本标准由全国玩具标准化技术委员会（SAC/TC 253）归口。"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    yield store
    store.close()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """The folder of texts under names that say nothing."""
    folder = tmp_path / "given"
    folder.mkdir()
    for place, path in enumerate(sorted(FIXTURES.glob("*.txt"))):
        shutil.copy(path, folder / f"{place}.dat")
    return folder


def given(folder: Path, text: str, name: str = "a.txt") -> list[Path]:
    path = folder / name
    path.write_text(text, "utf-8")
    return [path]


def test_all_texts_load_and_load_again_without_a_change(store: Store, texts: Path) -> None:
    first = load(store, [texts], on=ON)
    assert {report.dataset for report in first.reports} == {"forewords"}
    assert first.faults == 0
    # A committee that one foreword names without its code is known by it once another has given both.
    load(store, [texts], on=ON)
    third = load(store, [texts], on=ON)
    assert sum(report.added + report.changed + report.closed for report in third.reports) == 0


def test_a_committee_named_without_its_code_is_the_one_that_bears_the_name(store: Store, tmp_path: Path) -> None:
    load(store, given(tmp_path, f"GB/T 1234—2015\n前言\n{TOYS}\n"), on=ON)
    load(store, given(tmp_path, "GB/T 1235—2015\n前言\n本标准由全国玩具标准化技术委员会归口。\n"), on=ON)
    there = store.neighbours(
        "standard:gb-t-1235-2015", View(as_of=ON), types=("IN_CHARGE_OF",), direction="in", limit=9
    )
    assert [found.node.id for found in there.neighbours if found.node] == ["committee:sac-tc-253"]


def test_another_file_name_changes_nothing(store: Store, tmp_path: Path) -> None:
    text = "GB/T 1234—2015\n前言\n本标准由公安部提出。\n"
    load(store, given(tmp_path, text, "one.txt"), on=ON)
    again = load(store, given(tmp_path, text, "two.text"), on=ON)
    assert sum(report.added + report.changed for report in again.reports) == 0


def test_a_committee_known_by_its_code_only_gets_its_name(store: Store, tmp_path: Path) -> None:
    load(store, given(tmp_path, f"GB/T 1234—2015\n前言\n{TOYS}\n"), on=ON)
    assert store.nodes(["committee:sac-tc-253"])["committee:sac-tc-253"].ref.title("zh") == "全国玩具标准化技术委员会"


def test_a_code_that_is_another_committees_is_refused(store: Store, tmp_path: Path) -> None:
    load(store, given(tmp_path, f"GB/T 1234—2015\n前言\n{TOYS}\n"), on=ON)
    slip = "GB/T 1235—2015\n前言\n本标准由公安部提出。本标准由全国玩具标准化技术委员会（SAC/TC 235）归口。\n"
    summary = load(store, given(tmp_path, slip), on=ON)
    (refusal,) = summary.refusals
    assert (refusal.record, refusal.part) == ("GB/T 1235-2015", "in charge")
    assert "SAC/TC 235 is not that of the committee" in refusal.reason
    assert "committee:sac-tc-235" not in store.nodes(["committee:sac-tc-235"])
