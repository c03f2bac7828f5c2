"""Large inputs are read on all processors; what comes out is what one processor reads."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from graph.model import Batch
from graph.store import Store
from loaders import streaming
from loaders.abreast import answered, tasks
from loaders.formats import formats, recognise
from loaders.inputs import HEAD, Input
from loaders.outcomes import Outcome
from loaders.streaming import Streaming

DRAFTERS = (
    "华为技术有限公司",
    "中国电子技术标准化研究院",
    "信息产业部电信研究院",  # a former name
    "BMW",
    "宝马(中国)服务有限公司",
    "张伟明",
    "全国信息安全标准化技术委员会",
    "TC260",
    "一个谁也不认识的研究所",
)


def rows() -> str:
    """Rows of the platform's search, one a line, some of them broken; more than the beginning by which an input is known."""
    lines = []
    for number in range(1, 700):
        drafters = [DRAFTERS[(number * step) % len(DRAFTERS)] for step in (1, 2, 4)]
        row: dict[str, Any] = {
            "id": f"{number:032X}",
            "C_STD_CODE": f"GB/T {number}-2020" if number % 50 else "no number",
            "C_C_NAME": f"信息技术 第{number}部分",
            "STATE": "现行",
            "TA_CODE": "TC260" if number % 2 else "TC28",
            "ICS": "35.020" if number % 3 else "3x",
            "DRAFT_UNIT": "、".join(drafters),
            "CD_NAME": "国家标准委",
        }
        lines.append(json.dumps(row, ensure_ascii=False) if number % 90 else '{"C_STD_CODE": ')
    return "\n".join(lines)


def read(text: str, known: Store | None) -> Mapping[str, Any]:
    """All that reading gives."""
    outcomes: list[Outcome] = []
    given = Input.of("rows.jsonl", text.encode())
    taken = recognise(given.head, formats())
    assert taken is not None
    assert not given.head.whole
    assert len(text.encode()) > HEAD
    address = known.state().place if known else ""
    one = Streaming(known, "2026-11-25", outcomes.append, address=address)
    batches = [one for one in one.together([(given, taken.kind)], taken.dataset) if isinstance(one, Batch)]
    return {
        "documents": [document for batch in batches for document in batch.documents],
        "nodes": [node for batch in batches for node in batch.nodes],
        "statements": [statement for batch in batches for statement in batch.statements],
        "whole": [pair for batch in batches for pair in batch.whole],
        "refusals": sorted(one.refusals, key=str),
        "outcomes": sorted(outcomes, key=str),
        "counts": one.counts,
        "gap": one.gap(taken.dataset.id),
    }


@pytest.mark.parametrize("with_store", [False, True])
def test_what_several_processors_read_is_what_one_reads(
    shipped_store: Store, monkeypatch: pytest.MonkeyPatch, with_store: bool
) -> None:
    known = shipped_store if with_store else None
    text = rows()
    monkeypatch.setattr(streaming, "processors", lambda: 1)
    alone = read(text, known)
    monkeypatch.setattr(streaming, "processors", lambda: 2)
    together = read(text, known)
    for what, expected in alone.items():
        assert together[what] == expected, what
    assert len(alone["whole"]) > 600
    assert any("personal name" in str(refusal) for refusal in alone["refusals"])


def test_what_could_not_be_read_elsewhere_is_no_whole_dataset_whatever_was_announced() -> None:
    text = '{"total": 2, "pageNumber": 1, "rows": [{"id": "A1", "C_STD_CODE": "GB/T 1-2020", "C_C_NAME": "甲"}, {"id'
    given = Input.of("page.json", text.encode())
    taken = recognise(given.head, formats())
    assert taken is not None
    (task,) = tasks([(given, taken.kind)], taken.dataset, None, telling=False)
    assert "could not be read to its end" in answered(task).gap
