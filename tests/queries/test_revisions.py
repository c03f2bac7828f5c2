"""What replaces a standard, and what is only meant to: a project is no standard that has come out.

The rows are invented, in the shape of the national platform's search.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Statement, View
from graph.open import open_store
from graph.store import Store
from loaders import load
from queries.answer import Answer, Finding
from queries.oversight import oversight

NOW = View(as_of=date(2026, 11, 25))
OLD = "GB/T 90001-2010"
PLAN = "20250001-T-469"


def standard(number: str, published: str, **more: str) -> dict[str, str]:
    return {
        "id": number[-4:].zfill(32),
        "C_STD_CODE": number,
        "C_C_NAME": "测试方法",
        "STATE": "现行",
        "STD_DOMAIN": "国家标准",
        "ISSUE_DATE": published,
        "ACT_DATE": published,
        **more,
    }


def project(state: str, **more: str) -> dict[str, str]:
    return {
        "id": "1".zfill(32),
        "C_PLAN_CODE": PLAN,
        "C_C_NAME": "测试方法",
        "STATE": state,
        "STD_DOMAIN": "国家标准计划",
        "STD_FORM": "修订",
        "TOTAL_REPE": OLD,
        **more,
    }


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    yield opened
    opened.close()


def told(store: Store, folder: Path, asked: str, *rows: Mapping[str, str]) -> Answer:
    for place, row in enumerate(rows):
        path = folder / f"{place}.json"
        path.write_text(json.dumps({"total": 1, "rows": [row]}, ensure_ascii=False), "utf-8")
        summary = load(store, [path], on=NOW.as_of)
        assert summary.faults == 0, summary.refusals
    return oversight(store, asked, NOW)


def findings(answer: Answer) -> dict[str, Finding]:
    return {finding.name: finding for finding in answer.findings}


def test_a_project_has_not_replaced_what_it_is_to_replace(store: Store, tmp_path: Path) -> None:
    answer = told(store, tmp_path, OLD, standard(OLD, "2010-01-04"), project("正在征求意见"))
    found = findings(answer)
    assert "replaced" not in found
    assert found["revision_in_progress"].text.en == f"A revision is in progress: {PLAN}"
    assert found["revision_in_progress"].text.zh == f"正在修订：{PLAN}"
    assert found["revision_in_progress"].evidence
    assert "replaced" not in {caveat.code for caveat in answer.caveats}


def test_a_project_says_itself_what_it_is_meant_to_replace(store: Store, tmp_path: Path) -> None:
    answer = told(store, tmp_path, PLAN, standard(OLD, "2010-01-04"), project("正在起草"))
    assert findings(answer)["replaces"].text.en == f"Is meant to replace {OLD}"


def test_a_project_that_was_ended_is_no_revision(store: Store, tmp_path: Path) -> None:
    found = findings(told(store, tmp_path, OLD, standard(OLD, "2010-01-04"), project("已终止")))
    assert not {"replaced", "revision_in_progress"} & set(found)


def test_a_standard_that_has_come_out_has_replaced_it(store: Store, tmp_path: Path) -> None:
    newer = standard("GB/T 90001-2024", "2024-03-15", TOTAL_REPE=OLD)
    answer = told(store, tmp_path, OLD, standard(OLD, "2010-01-04"), newer, project("正在审查"))
    found = findings(answer)
    assert found["replaced"].text.en == "Replaced by GB/T 90001-2024"
    assert PLAN in found["revision_in_progress"].text.en
    (caveat,) = (caveat for caveat in answer.caveats if caveat.code == "replaced")
    assert PLAN not in caveat.text.en


def test_a_standard_of_which_only_the_number_is_known_has_come_out(store: Store, tmp_path: Path) -> None:
    """The record of the old one says that it was replaced; that the new one has no record of its own says nothing."""
    said = Provenance("page", OLD, "doc:page")
    newer = NodeRecord("standard:gb-t-90001-2024", "Standard", {"number": "GB/T 90001-2024"}, said)
    replaces = Statement(newer.id, "REPLACES", said, object="standard:gb-t-90001-2010")
    old = NodeRecord("standard:gb-t-90001-2010", "Standard", {"number": OLD}, said)
    batch = Batch((Document("doc:page", "Page"),), (newer, old), (replaces,))
    store.load(Dataset("page", "Page"), [batch], on=NOW.as_of)
    assert "replaced" in findings(told(store, tmp_path, OLD, standard(OLD, "2010-01-04")))
