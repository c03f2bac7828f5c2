"""Responses and pages of the platforms in a store: what a team finds there after loading them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.model import View
from graph.open import open_store
from graph.store import Store
from loaders import load
from tests.loaders.samr_reading import FIXTURES, response, row

ON = date(2026, 11, 25)
STANDARD = "standard:gb-t-9832-2026"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    yield store
    store.close()


def given(folder: Path, *rows: object, name: str = "saved") -> list[Path]:
    path = folder / name
    path.write_bytes(response(*rows))
    return [path]


def drafters(store: Store) -> list[str]:
    """Names of the organisations that drafted the standard, as of the day of the loads."""
    there = store.neighbours(STANDARD, View(as_of=ON), types=("DRAFTED",), direction="in", limit=50)
    return sorted(found.node.ref.name("zh") for found in there.neighbours if found.node)


def test_all_fixtures_load_and_load_again_without_a_change(store: Store) -> None:
    first = load(store, [FIXTURES], on=ON)
    assert {report.dataset for report in first.reports} == {
        "openstd-pages", "samr-committees", "samr-national", "samr-pages",
    }  # fmt: skip
    second = load(store, [FIXTURES], on=ON)
    assert sum(report.added + report.changed + report.closed for report in second.reports) == 0


def test_a_project_becomes_its_standard(store: Store, tmp_path: Path) -> None:
    project = row(id="B" * 32, C_STD_CODE=None, C_PLAN_CODE="20242626-T-607", STATE="正在起草", DRAFT_UNIT="清华大学")
    load(store, given(tmp_path, project), on=ON)
    assert store.nodes(["standard:20242626-t-607"])["standard:20242626-t-607"].properties["stage"] == "20"
    load(store, given(tmp_path, row(C_PLAN_CODE="20242626-T-607", STATE="现行", ISSUE_DATE="2026-05-25")), on=ON)
    node = store.nodes(["standard:20242626-t-607"])["standard:20242626-t-607"]
    assert (node.id, node.properties["number"]) == (STANDARD, "GB/T 9832-2026")
    assert drafters(store) == ["清华大学"]


def test_a_row_given_again_says_what_it_says_now(store: Store, tmp_path: Path) -> None:
    load(store, given(tmp_path, row(DRAFT_UNIT="清华大学、北京大学")), on=ON)
    load(store, given(tmp_path, row(DRAFT_UNIT="清华大学")), on=ON)
    assert drafters(store) == ["清华大学"]
    load(store, given(tmp_path, row(C_STD_CODE="GB/T 1-2020", id="C" * 32)), on=ON)
    assert drafters(store) == ["清华大学"], "a page of results closes nothing of other records"


def test_the_name_of_a_committee_stays_when_a_later_row_has_only_its_code(store: Store, tmp_path: Path) -> None:
    load(store, given(tmp_path, row(TA_CODE="TC253", TA_NAME="全国玩具标准化技术委员会")), on=ON)
    load(store, given(tmp_path, row(TA_CODE="TC253", id="D" * 32, C_STD_CODE="GB/T 1-2020")), on=ON)
    assert (
        store.nodes(["committee:sac-tc-253"])["committee:sac-tc-253"].properties["name_zh"]
        == "全国玩具标准化技术委员会"
    )


def test_a_response_that_breaks_off_is_never_complete(store: Store, tmp_path: Path) -> None:
    rows = [row(id=f"{number:032X}", C_STD_CODE=f"GB/T {number}-2020", STATE="现行") for number in (1, 2, 3)]
    whole = json.dumps({"total": 3, "pageNumber": 1, "rows": rows}).encode()
    path = tmp_path / "saved"
    path.write_bytes(whole)
    load(store, [path], on=ON, complete=True)
    path.write_bytes(whole[:-200])
    assert sum(report.closed for report in load(store, [path], on=ON, complete=True).reports) == 0
