"""Rows: where each statement says it comes from, what is refused and what is kept, and hostile input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Basis, Confidence, Document
from graph.validation import document_problems, node_problems, statement_problems
from loaders import read
from tests.loaders.tabling import FIXTURES, take, taken

STANDARD = """
record = ["number", "plan"]
[words.degree]
"等同" = "IDT"
[[node]]
as = "standard"
ref = { number = "number" }
[node.properties]
title_zh = "title"
published = "published"
ics = { column = "ics", join = ", " }
[[node.names]]
kind = "other"
each = "names"
value = "@.name"
until = "@.until"
[[statement]]
type = "DRAFTED"
each = "by"
subject = { organisation = "@" }
object = "standard"
properties = { rank = "#", as_printed = "@" }
since = "published"
[[statement]]
type = "ADOPTS"
each = "adopts"
subject = "standard"
object = { number = "@.number" }
properties = { degree = { column = "@.degree", words = "degree" } }
[[fact]]
type = "STATUS"
of = "standard"
value = "status"
[[fact]]
type = "NOTE"
of = "standard"
each = "notes"
qualifier = { text = "doubt" }
value = "@"
when = { column = "@", not = ["-"] }
"""


def test_a_row_becomes_records_and_statements(tmp_path: Path) -> None:
    row = {
        "number": "GB/T 22239-2019",
        "title": "信息安全技术",
        "published": "2019.5.10",
        "ics": ["35.030"],
        "by": ["公安部第三研究所", "华为技术有限公司"],
        "adopts": [{"number": "ISO/IEC 27001:2022", "degree": "等同"}],
        "status": "current",
        "notes": ["one", "-", "two"],
    }
    found = taken(tmp_path, STANDARD, [row])
    assert found.refusals == []
    assert found.node("standard:gb-t-22239-2019") == {
        "label": "Standard",
        "number": "GB/T 22239-2019",
        "kind": "national",
        "mandatory": False,
        "title_zh": "信息安全技术",
        "published": "2019-05-10",
        "ics": "35.030",
    }
    first, second = found.of_type("DRAFTED")
    assert (first.properties, second.properties) == (
        {"rank": 1, "as_printed": "公安部第三研究所"},
        {"rank": 2, "as_printed": "华为技术有限公司"},
    )
    assert first.since == "2019-05-10"
    (adopts,) = found.of_type("ADOPTS")
    assert (adopts.object, adopts.properties) == ("standard:iso-iec-27001-2022", {"degree": "IDT"})
    assert [s.value for s in found.of_type("NOTE")] == ["one", "two"]
    assert {s.provenance.record for s in found.statements} == {"GB/T 22239-2019"}


def test_a_row_says_where_it_comes_from() -> None:
    found = take([FIXTURES])
    (in_charge,) = found.of_type("IN_CHARGE_OF")
    assert in_charge.provenance.document == Document.id_for("https://std.samr.gov.cn/gb/45315")
    assert in_charge.provenance.locator == "basic information"
    assert in_charge.provenance.observed_on == "2025-03"
    assert (in_charge.provenance.confidence, in_charge.provenance.basis) == (Confidence.HIGH, Basis.PAGE)
    document = found.documents[in_charge.provenance.document]
    assert (document.title, document.publisher, document.published, document.url) == (
        "Record of GB/T 45315-2025",
        "国家标准化管理委员会",
        "2025-02-28",
        "https://std.samr.gov.cn/gb/45315",
    )


def test_a_field_with_a_source_of_its_own_takes_nothing_from_the_rows() -> None:
    found = take([FIXTURES])
    drafted = found.of_type("DRAFTED")[0].provenance
    assert drafted.document == Document.id_for("foreword of GB/T 45315-2025")
    assert (drafted.locator, drafted.observed_on, drafted.basis) == ("foreword", None, Basis.TRANSCRIPTION)
    assert found.documents[drafted.document].title == "foreword of GB/T 45315-2025"


def test_a_property_with_a_source_of_its_own_is_another_record(tmp_path: Path) -> None:
    row = {
        "number": "GB/T 22239-2019",
        "title": "信息安全技术",
        "published": "2019",
        "source": "https://example.org/a",
        "confidence": "high",
        "field_sources": {"published": {"source": "general knowledge"}, "title": {"confidence": "low"}},
    }
    found = taken(tmp_path, STANDARD, [row])
    records = {tuple(sorted(r.properties)): r.provenance for r in found.nodes}
    plain = records[("kind", "mandatory", "number")]
    assert (plain.record, plain.basis, plain.confidence) == ("GB/T 22239-2019", Basis.PAGE, Confidence.HIGH)
    other = records[("published",)]
    assert (other.record, other.basis) == ("GB/T 22239-2019#published", Basis.GENERAL_KNOWLEDGE)
    same_page = records[("title_zh",)]
    assert (same_page.document, same_page.confidence) == (plain.document, Confidence.LOW)


def test_a_table_without_sources_is_its_own_document(tmp_path: Path) -> None:
    found = taken(tmp_path, 'title = "Our list"\n' + STANDARD, [{"number": "GB 1-2000"}])
    provenance = found.nodes[0].provenance
    assert (provenance.basis, provenance.locator) == (Basis.USER, "line 1")
    assert found.documents[provenance.document].title == "Our list (table.jsonl)"


def test_a_copy_on_a_mirror_names_what_it_copies(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text(
        "source,title,publisher,published,same_as\nhttps://b.org/x,Copy,,,https://a.org/x\n,lost,,,\n", "utf-8"
    )
    found = taken(tmp_path, STANDARD, [{"number": "GB 1-2000", "source": "https://b.org/x"}])
    copy = found.documents[Document.id_for("https://b.org/x")]
    assert copy.same_as == Document.id_for("https://a.org/x")
    assert copy.same_as in found.documents
    assert "source and title are both needed" in found.refusals[0][2]


@pytest.mark.parametrize(
    ("row", "part", "why"),
    [
        ({"published": "soon"}, "published", "'soon' is not a date"),
        ({"title": ["a"]}, "title", "a list where one value is expected"),
        ({"confidence": "sure"}, "confidence", "'sure' is not one of high, medium, low"),
        ({"basis": "rumour"}, "basis", "'rumour' is not one of page, transcription"),
        ({"as_of": "x"}, "as_of", "'x' is not a date"),
        ({"source": ["a"]}, "source", "a list where one value is expected"),
        ({"field_sources": ["a"]}, "field_sources", "is not an object"),
        ({"field_sources": {"title": "a"}}, "field_sources.title", "is not an object"),
        ({"field_sources": {"title": {"as_of": "x"}}}, "field_sources.title.as_of", "'x' is not a date"),
        ({"left_out": "no page was found"}, "", "no page was found"),
    ],
)
def test_a_row_that_cannot_be_understood_yields_nothing(
    tmp_path: Path, row: dict[str, Any], part: str, why: str
) -> None:
    found = taken(tmp_path, STANDARD, [{"number": "GB 1-2000", "by": ["清华大学"]} | row, {"number": "GB 2-2000"}])
    assert {record.id for record in found.nodes} == {"standard:gb-2-2000"}
    assert not found.statements
    ((line, place, reason),) = found.refusals
    assert (line, place) == (1, part)
    assert why in reason
    counts = next(iter(found.reading.counts.values()))
    assert (counts.rows, counts.taken, counts.refused + counts.left_out) == (2, 1, 1)
    assert found.reading.faults == counts.refused


@pytest.mark.parametrize(
    ("row", "part", "why"),
    [
        ({"status": "fine"}, "status", "'fine' is not one of upcoming, current"),
        ({"by": ["清华大学", ["x"]]}, "by[2]", "a list where one value is expected"),
        ({"adopts": [{"number": "none"}]}, "adopts[1].number", "'none' is not a standard number"),
        ({"adopts": [{"number": "ISO 1:2000", "degree": "same"}]}, "adopts[1].degree", "is not in the word list"),
        ({"adopts": {"number": "GB 1-2000"}}, "adopts[1]", "to itself"),
        ({"names": [{"name": "x", "until": "then"}, {"name": "y"}]}, "names[1].until", "'then' is not a date"),
    ],
)
def test_a_part_that_cannot_be_understood_is_refused_and_the_rest_kept(
    tmp_path: Path, row: dict[str, Any], part: str, why: str
) -> None:
    found = taken(tmp_path, STANDARD, [{"number": "GB 1-2000", "notes": "kept"} | row])
    assert found.of_type("NOTE")
    ((line, place, reason),) = found.refusals
    assert (line, place) == (1, part)
    assert why in reason
    counts = next(iter(found.reading.counts.values()))
    assert (counts.taken, counts.partly, counts.parts, counts.refused) == (1, 1, 1, 0)
    assert found.reading.faults == 1


def test_ends_that_the_schema_does_not_allow_are_refused(tmp_path: Path) -> None:
    mapping = '[[statement]]\ntype = "OWNED_BY"\nsubject = { organisation = "a" }\nobject = { organisation = "b" }\n'
    found = taken(tmp_path, mapping, [{"a": "中国汽车工业协会", "b": "华为技术有限公司"}])
    assert not found.statements
    assert "OWNED_BY leads from Company or Institute, not from Association" in found.refusals[0][2]


def test_records_stay_the_same_whatever_the_order_of_rows(tmp_path: Path) -> None:
    rows = [{"number": "GB 1-2000", "title": "a"}, {"number": "GB 1-2000", "title": "b"}, {"title": "c", "plan": "p"}]
    there = taken(tmp_path, STANDARD, rows)
    back = taken(tmp_path, STANDARD, rows[::-1])
    records = sorted(r.provenance.record for r in there.nodes)
    assert len(set(records)) == 2
    assert records == sorted(r.provenance.record for r in back.nodes)


def test_columns_that_no_one_reads_are_told(tmp_path: Path) -> None:
    found = taken(
        tmp_path, STANDARD + '[ignore]\nmemo = "internal"\n', [{"number": "GB 1-2000", "memo": 1, "extra": 2}]
    )
    assert list(found.reading.unused.values()) == [("extra",)]


def test_names_that_would_break_a_page_are_kept_as_names(tmp_path: Path) -> None:
    names = [
        "<script>alert(1)</script> Ltd",
        '"; DROP 有限公司',
        "x" * 10_000 + "公司",
        "🚗汽车有限公司",
        "a\x07\u202eb Ltd",
    ]
    found = taken(tmp_path, STANDARD, [{"number": "GB 1-2000", "by": names}])
    assert found.refusals == []
    printed = [str(statement.properties["as_printed"]) for statement in found.of_type("DRAFTED")]
    assert printed == [*names[:4], "ab Ltd"]
    assert all(statement.subject.isascii() and len(statement.subject) < 40 for statement in found.of_type("DRAFTED"))


CELLS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(
        ["GB/T 22239-2019", "2019-05", "SAC/TC 260", "org:x", "standard:x", "page", "high", "等同", "清华大学"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["number", "name", "until", "source"]), inner)
    ),
    max_leaves=6,
)
COLUMNS = [
    "number",
    "plan",
    "title",
    "published",
    "ics",
    "names",
    "by",
    "adopts",
    "status",
    "notes",
    "source",
    "locator",
    "as_of",
    "confidence",
    "basis",
    "field_sources",
    "left_out",
    "id",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(rows=st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS), max_size=4))
def test_hostile_rows_yield_sound_statements_or_refusals(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    written = [json.dumps({"number": "GB 1-2000"} | row) for row in rows]
    found = taken(tmp_path, STANDARD, [*written, '{"number": "GB 99-2000"}'])
    assert all(not node_problems(record) for record in found.nodes)
    assert all(not statement_problems(statement) for statement in found.statements)
    assert all(not document_problems(document) for document in found.documents.values())
    cited = {s.provenance.document for s in found.statements} | {n.provenance.document for n in found.nodes}
    assert cited <= set(found.documents)
    ends = {end for s in found.statements for end in (s.subject, s.object) if end}
    assert ends <= {record.id for record in found.nodes}
    assert any(record.id == "standard:gb-99-2000" for record in found.nodes)
    counts = next(iter(found.reading.counts.values()))
    assert counts.rows == counts.taken + counts.refused + counts.left_out == len(rows) + 1
    assert list(read([tmp_path / "table.jsonl"]).lines())
