"""Files as rows: encodings, damaged lines, quotation marks, and lines that are too long."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import MappingError, TableError
from loaders.refusals import Refusal
from loaders.tables import Row, Table
from tests.loaders.tabling import Taken, take

ROWS = "名称,日期\n华为技术有限公司,2019\n中国标准化研究院,2020\n"


def rows_of(path: Path, content: bytes, **options: Any) -> list[Row | Refusal]:
    path.write_bytes(content)
    return list(Table.at(path, **options).rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_usual_encodings_are_read(tmp_path: Path, encoding: str, end: str) -> None:
    found = rows_of(tmp_path / "t.csv", ROWS.replace("\n", end).encode(encoding))
    assert found == [
        Row(2, {"名称": "华为技术有限公司", "日期": "2019"}),
        Row(3, {"名称": "中国标准化研究院", "日期": "2020"}),
    ]


def test_gb18030_is_noted(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(ROWS.encode("gb18030"))
    table = Table.at(tmp_path / "t.csv")
    assert list(table.rows())
    assert table.notes == ("read as GB18030, because it is not UTF-8",)


def test_one_damaged_line_does_not_turn_the_others_into_nonsense(tmp_path: Path) -> None:
    content = '{"a": "华为"}\n'.encode() + b'{"a": "\xe5\x8d"}\n' + '{"a": "中兴"}\n'.encode()
    first, second, third = rows_of(tmp_path / "t.jsonl", content)
    assert (first, third) == (Row(1, {"a": "华为"}), Row(3, {"a": "中兴"}))
    assert isinstance(second, Refusal)
    assert (second.line, second.reason) == (2, "unreadable line: byte 8 is not UTF-8")


def test_a_broken_json_line_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    content = b'{"a": 1}\n\n{"a": \n[1, 2]\n{"a": NaN}\n{"a": "\\ud800"}\n{"a": 2}'
    found = rows_of(tmp_path / "t.jsonl", content)
    assert [row for row in found if isinstance(row, Row)] == [Row(1, {"a": 1}), Row(7, {"a": 2})]
    refused = {row.line: row.reason for row in found if isinstance(row, Refusal)}
    assert set(refused) == {3, 4, 5, 6}
    assert "not JSON" in refused[3]
    assert refused[4] == "the line is not a JSON object"


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    (found,) = rows_of(tmp_path / "t.jsonl", b'{"a": ' + b"[" * 100_000 + b"}\n")
    assert isinstance(found, Refusal)


def test_a_line_beyond_the_limit_is_refused_without_being_held(tmp_path: Path) -> None:
    content = b'{"a": "' + b"x" * 3_000_000 + b'"}\n{"a": "' + "长".encode() * 10_000 + b'"}\n'
    long, row = rows_of(tmp_path / "t.jsonl", content, line_limit=1_000_000)
    assert isinstance(long, Refusal)
    assert long.reason == "the line is longer than 1 MiB"
    assert isinstance(row, Row)
    assert row.values == {"a": "长" * 10_000}


def test_csv_cells_may_hold_line_breaks_and_rows_are_counted_by_their_first_line(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "t.csv", b'a,b\n1,"x\ny"\n\n2,z\n')
    assert found == [Row(2, {"a": "1", "b": "x\ny"}), Row(5, {"a": "2", "b": "z"})]


@pytest.mark.parametrize(("header", "mark"), [("a;b", ";"), ("a\tb", "\t"), ("a,b", ",")])
def test_the_separator_is_the_one_of_the_header(tmp_path: Path, header: str, mark: str) -> None:
    assert rows_of(tmp_path / "t.csv", f"{header}\n1{mark}2\n".encode()) == [Row(2, {"a": "1", "b": "2"})]


def test_a_row_of_another_width_is_refused(tmp_path: Path) -> None:
    found = rows_of(tmp_path / "t.csv", b"a,b\n1\n1,2,3\n1,2\n")
    assert [(r.line, r.reason) for r in found if isinstance(r, Refusal)] == [
        (2, "the row has 1 cells where the header has 2"),
        (3, "the row has 3 cells where the header has 2"),
    ]
    assert found[-1] == Row(4, {"a": "1", "b": "2"})


def test_a_quotation_mark_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    first, second = rows_of(tmp_path / "t.csv", b'a,b\n1,2\n3,"4\n5,6\n')
    assert first == Row(2, {"a": "1", "b": "2"})
    assert isinstance(second, Refusal)
    assert (second.line, second.reason) == (3, "unreadable line: a quotation mark is never closed")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"a,a\n1,2\n", "the column 'a' occurs twice"),
        (b"\xff\xff,a\n", "UTF-8"),
    ],
)
def test_a_file_without_a_header_is_an_error(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(TableError, match=why):
        rows_of(tmp_path / "t.csv", content)


def test_a_file_of_another_kind_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"known are \.csv, \.tsv, \.jsonl"):
        rows_of(tmp_path / "t.docx", b"PK")


@given(content=st.binary(max_size=400), suffix=st.sampled_from([".csv", ".tsv", ".jsonl"]))
def test_any_bytes_are_rows_refusals_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    try:
        found = rows_of(path, content)
    except TableError as error:
        told = str(error)
    else:
        told = str(path)
        lines = [row.line for row in found]
        assert lines == sorted(lines)
    assert str(path) in told


# -- packed tables, and tables that lie elsewhere ------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["t.csv.gz", "T.JSONL.GZ"])
def test_packed_tables_are_read(tmp_path: Path, name: str) -> None:
    content = '{"a": "华为"}\n' if "JSON" in name else "a\n华为\n"
    (row,) = rows_of(tmp_path / name, gzip.compress(content.encode("gb18030")))
    assert isinstance(row, Row)
    assert row.values == {"a": "华为"}
    assert Table.at(tmp_path / name).stem in ("t", "T")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a,b\n1,2\n", "is damaged: not gzip"),
        (gzip.compress(b"a,b\n1,2\n" * 1000)[:40], "ends in the middle"),
    ],
)
def test_a_damaged_gz_is_one_error(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(TableError, match=rf"t\.csv\.gz: {why}"):
        rows_of(tmp_path / "t.csv.gz", content)


def test_a_gz_that_unpacks_to_far_more_than_it_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.inputs.limits.RATIO_FROM", 1000)
    with pytest.raises(TableError, match="unpacks to more than 1,000 times its size"):
        rows_of(tmp_path / "t.csv.gz", gzip.compress(b"a\n" + b"1" * 6_000_000))


def test_a_table_opens_from_wherever_it_lies_as_often_as_it_is_read() -> None:
    opened: list[io.BytesIO] = []

    def opener() -> io.BytesIO:
        opened.append(io.BytesIO(b"\xef\xbb\xbfa,b\n1,2\n"))
        return opened[-1]

    table = Table("lists.zip: data/members.csv", opener)
    assert list(table.rows()) == list(table.rows()) == [Row(2, {"a": "1", "b": "2"})]
    assert (table.file, table.stem, table.header) == ("members.csv", "members", ("a", "b"))
    assert all(stream.closed for stream in opened)


def test_the_line_of_the_header_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Members of the committee\n\n\na,b\n1,2\n", "utf-8")
    assert list(Table.at(path).rows(header=4)) == [Row(5, {"a": "1", "b": "2"})]
    with pytest.raises(TableError, match="line 3 names no columns"):
        list(Table.at(path).rows(header=3))
    with pytest.raises(TableError, match=r"names no columns|is empty"):
        list(Table.at(path).rows(header=9))


# -- table and mapping ---------------------------------------------------------------------------------------------------
MEMBERS = """
[[statement]]
type = "MEMBER_OF"
subject = { organisation = ["organisation", "unit"] }
object = { committee = "committee" }
qualifier = { text = "member" }
since = "since"
"""
BODY = "organisation,committee,since\n清华大学,TC 114,2016\n"


def opened(folder: Path, content: str, mapping: str = MEMBERS) -> Taken:
    path = folder / "t.csv"
    path.write_text(content, "utf-8")
    path.with_suffix(".toml").write_text(mapping, "utf-8")
    return take([path])


def test_a_column_written_otherwise_than_in_the_mapping_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(MappingError) as error:
        opened(tmp_path, BODY.replace("committee", "comittee"))
    assert str(error.value).endswith(
        "t.csv: statement[1] of the mapping reads a column 'committee', which the table lacks; did you mean 'comittee'? "
        "If not, put 'comittee' under [ignore]"
    )


def test_a_table_with_none_of_the_columns_says_which_it_has(tmp_path: Path) -> None:
    with pytest.raises(
        MappingError, match=r"none of the columns .* such as 'organisation'; line 1 names 'Title'.*header = N"
    ):
        opened(tmp_path, "Title,\norganisation,committee\n清华大学,TC 114\n")


def test_a_column_that_the_table_does_without_is_noted(tmp_path: Path) -> None:
    found = opened(tmp_path, "organisation,committee\n清华大学,TC 114\n")
    assert len(found.statements) == 1
    assert list(found.reading.notes.values()) == [("columns that the mapping reads and the table lacks: since",)]


def test_a_row_that_lacks_what_every_row_needs_is_refused(tmp_path: Path) -> None:
    content = BODY + "同济大学,,2017\n,TC 114,2017\n"
    found = opened(tmp_path, content, 'required = ["organisation", "committee"]\n' + MEMBERS)
    assert found.refusals == [
        (3, "committee", "is empty, but every row needs it"),
        (4, "organisation", "is empty, but every row needs it"),
    ]
    assert [node.id for node in found.nodes if node.label == "Institute"] == [found.statements[0].subject]
    with pytest.raises(MappingError, match="such as 'committee'"):
        opened(tmp_path, "organisation\n清华大学\n", 'required = "committee"\n' + MEMBERS)


@pytest.mark.parametrize(
    ("column", "names"),
    [
        ("姓名", ["张伟", "王芳", "李娜"]),
        ("expert", ["Zhang Wei", "Li Na", "Wang Fang"]),
        ("x", ["张伟", "王芳", "李娜"]),
    ],
)
def test_a_column_of_people_is_refused_whether_or_not_the_mapping_reads_it(
    tmp_path: Path, column: str, names: list[str]
) -> None:
    lines = [f"清华大学,TC 114,2016,{name}" for name in names]
    content = f"organisation,committee,since,{column}\n" + "\n".join(lines) + "\n"
    found = opened(tmp_path, content)
    assert found.refusals == [(1, column, "the column holds names of people, which are never loaded")]
    assert found.reading.faults == 1
    assert opened(tmp_path, content, MEMBERS + f'[ignore]\n"{column}" = "persons"\n').refusals == []


def test_a_person_is_no_node_whichever_way_the_mapping_names_it(tmp_path: Path) -> None:
    node = '[[node]]\nas = "who"\nref = { organisation = "organisation", label = "Company" }\n'
    mapping = node + MEMBERS.replace('{ organisation = ["organisation", "unit"] }', '"who"')
    found = opened(tmp_path, BODY + "张伟,TC 114,2016\n", mapping)
    assert found.refusals == [(3, "organisation", "a personal name; names of people are never loaded")]
    assert "张伟" not in str(found.reading.refusals)
    assert not [node for node in found.nodes if "张伟" in node.properties.values()]
