"""Which standards touch a company, asked of the shipped data and of own lists."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import python_calamine

from api import tables
from graph.errors import InputError, NotFoundError
from graph.model import Batch, Dataset, Document, Language, NodeRecord, Provenance, Scalar, Statement, View
from graph.open import open_store
from graph.public import PublicStore
from graph.store import Store
from loaders.lists import standards_listed
from queries.answer import Answer
from queries.portfolio import LONGEST_LIST, portfolio
from queries.status import status

OWN = Provenance("products", "1", "doc:own")
BY = Provenance("records", "1", "doc:records")
MAKER = NodeRecord("org:maker", "Company", {"name_en": "A maker"}, OWN)
TODAY = View(date(2026, 1, 1))


def groups(answer: Answer) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in answer.items:
        found.setdefault(item.role, []).append(item.node.id)
    return found


def codes(answer: Answer) -> set[str]:
    return {caveat.code for caveat in answer.caveats}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    yield opened
    opened.close()


def standard(n: int, **properties: Scalar) -> NodeRecord:
    return NodeRecord(
        f"standard:gb-{n}-2025", "Standard", {"number": f"GB {n}-2025", "kind": "national", **properties}, BY
    )


def loaded(store: Store) -> Store:
    nodes = (
        standard(1, mandatory=True, published="2025-10-01", effective="2026-06-01"),
        standard(2, mandatory=True, published="2020-10-01", effective="2021-06-01"),
        standard(3, mandatory=False, published="2020-10-01", effective="2021-06-01"),
        standard(4, mandatory=False, status="project", stage="30", comments_close="2026-02-01"),
        standard(5, mandatory=True, published="2025-10-01", effective="2029-01-01"),
    )
    adopted = NodeRecord("standard:iso-1-2010", "Standard", {"number": "ISO 1:2010", "kind": "international"}, BY)
    adopts = Statement(nodes[2].id, "ADOPTS", BY, object=adopted.id, properties={"degree": "MOD"})
    store.load(
        Dataset("records", "Records"),
        [Batch((Document("doc:records", "Records"),), (*nodes, adopted), (adopts,))],
        on=date(2026, 1, 1),
    )
    must = tuple(Statement(MAKER.id, "MUST_MEET", OWN, object=node.id, qualifier="pump") for node in nodes)
    own = Batch((Document("doc:own", "Own list"),), (MAKER,), must)
    store.load(Dataset("products", "Products", private=True), [own], on=date(2026, 1, 1))
    return store


def test_what_presses_most_comes_first(store: Store) -> None:
    answer = portfolio(loaded(store), MAKER.id, TODAY)
    assert list(groups(answer)) == ["mandatory_soon", "mandatory", "divergent", "drafting"]
    assert groups(answer)["mandatory_soon"] == ["standard:gb-1-2025"]
    assert groups(answer)["mandatory"] == ["standard:gb-5-2025", "standard:gb-2-2025"]
    assert "in 151 days" in answer.items[0].reason.en
    assert all(item.details["products"] == ("pump",) for item in answer.items)
    assert all(item.details["next_step"] and item.details["next_step_zh"] for item in answer.items)
    assert all(item.evidence for item in answer.items)


def test_own_data_are_marked_and_left_out_of_a_public_view(store: Store) -> None:
    answer = portfolio(loaded(store), MAKER.id, TODAY)
    assert all(any(e.private for e in item.evidence) for item in answer.items)
    with pytest.raises(NotFoundError):
        portfolio(PublicStore(store, lambda: TODAY.as_of), MAKER.id, View(TODAY.as_of, private=False))


def test_without_a_product_list_what_it_drafted_counts_and_that_is_said(shipped_store: Store, now: View) -> None:
    answer = portfolio(shipped_store, "Huawei", now)
    assert groups(answer)["compulsory"] == ["standard:gb-t-22239-2019"]
    assert "no_product_list" in codes(answer)
    assert answer.total == len(answer.items)


def test_what_has_been_replaced_presses_nobody(shipped_store: Store, now: View) -> None:
    answer = portfolio(shipped_store, "", now, listed=["GB/T 22239-2008"])
    assert groups(answer) == {"other": ["standard:gb-t-22239-2008"]}
    assert "GB/T 22239-2019" in answer.items[0].reason.en


def test_it_agrees_with_status_on_what_is_over(shipped_store: Store, now: View) -> None:
    answer = portfolio(shipped_store, "", now, listed=["DL 510-1993", "GB 326-1989"])
    assert groups(answer) == {"other": ["standard:dl-510-1993", "standard:gb-326-1989"]}
    assert all("no longer in force" in status(shipped_store, item.node.id, now).summary[0].en for item in answer.items)


def test_a_list_is_ranked_and_what_is_not_on_record_is_named(shipped_store: Store, now: View) -> None:
    answer = portfolio(shipped_store, "", now, listed=["gb18384-2020", "GB/T 22239", "GB/T 99999-2099"])
    assert groups(answer) == {"mandatory": ["standard:gb-18384-2020"], "compulsory": ["standard:gb-t-22239-2019"]}
    assert "GB/T 99999-2099" in next(c.text.en for c in answer.caveats if c.code == "unknown_numbers")


def test_an_industry_standard_mandatory_by_its_number_alone_is_told_as_such(shipped_store: Store, now: View) -> None:
    answer = portfolio(shipped_store, "CESI", now)
    assert "SJ 20013-1992" in next(c.text.en for c in answer.caveats if c.code == "mandatory_by_number")
    assert "mandatory_by_number" not in codes(portfolio(shipped_store, "", now, listed=["GB 18384-2020"]))


def test_a_list_that_is_too_long_is_refused(shipped_store: Store, now: View) -> None:
    with pytest.raises(InputError, match="at most"):
        portfolio(shipped_store, "", now, listed=["x"] * (LONGEST_LIST + 1))


@pytest.mark.parametrize("words", ["en", "zh"])
def test_the_table_to_take_away_has_owner_step_and_date(store: Store, words: Language) -> None:
    answer = portfolio(loaded(store), MAKER.id, TODAY)
    text = tables.render(answer, "csv", words)[0].decode("utf-8-sig").splitlines()
    assert len(text) == 1 + len(answer.items)
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(tables.render(answer, "xlsx", words)[0]))
    heads, first, *_ = workbook.get_sheet_by_index(0).to_python()
    assert {"en": {"owner", "next step", "day"}, "zh": {"负责人", "下一步", "日期"}}[words] <= set(heads)
    assert first[1] == "GB 1-2025"
    assert "2026-06-01" in first


def test_a_formula_in_data_stays_text(store: Store) -> None:
    evil = NodeRecord(
        "standard:evil",
        "Standard",
        {"number": "GB 7-2025", "title_en": '=HYPERLINK("http://x")', "mandatory": True},
        BY,
    )
    store.load(Dataset("records", "R"), [Batch((Document("doc:records", "R"),), (evil,))], on=date(2026, 1, 1))
    answer = portfolio(store, "", TODAY, listed=["GB 7-2025"])
    assert "'=HYPERLINK" in tables.render(answer, "csv")[0].decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(tables.render(answer, "xlsx")[0])) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "content",
    [
        b"product,standard\npump,GB/T 1-2020\ncar,GB18384-2020\n",
        "产品;标准\n泵;GB/T 1—2020\n汽车;GB 18384-2020\n".encode("gb18030"),
        "GB/T 1-2020\r\nGB 18384-2020\r\n".encode("utf-16"),
        "\ufeff泵\tGB/T 1-2020\n汽车\tGB 18384-2020\n".encode(),
    ],
)
def test_lists_of_many_makes_are_read(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    assert standards_listed(file) == ("GB/T 1-2020", "GB 18384-2020")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no number"), (b"\xff\x00\xfe\x81", "no text"), (b"PK\x03\x04broken", "broken"), (b"a,b\n", "no number")],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(InputError, match=said):
        standards_listed(file)
