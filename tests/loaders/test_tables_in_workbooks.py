"""Workbooks as tables: what people do in them (titles, merged cells, blanks), and what would break a program."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import TableError
from loaders.lines import Opener
from loaders.refusals import Refusal
from loaders.tables import Row, Table
from loaders.values import Unreadable
from tests.loaders.tabling import take

OLD = Path(__file__).parent / "fixtures" / "workbooks" / "members.xls"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:"
CONTENT = (
    f'<office:document-content xmlns:office="{TABLE}office:1.0" xmlns:table="{TABLE}table:1.0" xmlns:text="{TABLE}text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Seats">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
MAPPING = """
[[statement]]
type = "MEMBER_OF"
subject = { organisation = "organisation" }
object = { committee = "committee" }
qualifier = "role"
since = "since"
"""


Cell = str | float | datetime.date | None


def excel(fill: Callable[[Worksheet], None]) -> bytes:
    """A workbook whose first sheet `fill` has filled in, with an empty second one."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Seats"
    fill(sheet)
    book.create_sheet("Notes")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def rows_in(*rows: tuple[Cell, ...]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def open_document(rows: str) -> bytes:
    manifest = f'<manifest:manifest xmlns:manifest="{TABLE}manifest:1.0"/>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": CONTENT.format(rows=rows),
            "META-INF/manifest.xml": manifest,
        }
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def rebuilt(data: bytes, **changed: str) -> bytes:
    """The workbook with some parts replaced, by the last word of their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        if (stem := Path(name).stem) in changed:
            parts[name] = changed[stem]
    return packed(parts)


def table(data: bytes, name: str = "lists.zip: seats.xlsx") -> Table:
    opener: Opener = lambda: io.BytesIO(data)  # noqa: E731 - as an archive hands it over
    return Table(name, opener)


def read(data: bytes, *, sheet: str = "", header: int = 0, name: str = "lists.zip: seats.xlsx") -> list[Row | Refusal]:
    return list(table(data, name).rows(sheet=sheet, header=header))


def test_values_are_what_people_see() -> None:
    day, moment = datetime.date(2019, 5, 10), datetime.datetime(2019, 5, 10, 8, 30)  # noqa: DTZ001 - as workbooks hold it
    (row,) = read(
        excel(
            rows_in(
                ("text", "whole", "part", "yes", "day", "moment", "written", "none"),
                (" 华为 ", 1.0, 0.5, True, day, moment, 20190510, None),
            )
        )
    )
    assert row == Row(
        2,
        {
            "text": " 华为 ", "whole": 1, "part": 0.5, "yes": True, "day": "2019-05-10", "moment": "2019-05-10T08:30:00",
            "written": 20190510,
        },
    )  # fmt: skip


def test_blank_rows_and_columns_around_the_table_do_no_harm() -> None:
    def fill(sheet: Worksheet) -> None:
        cells: dict[str, Cell] = {"C4": "a", "D4": "b", "C6": 1, "D6": 2, "D9": 3}
        for place, value in cells.items():
            sheet[place] = value

    assert read(excel(fill)) == [Row(6, {"a": 1, "b": 2}), Row(9, {"b": 3})]


def test_the_header_may_stand_below_a_title() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Members of the committee"
        sheet.merge_cells("A1:B1")
        for row in (("organisation", "role"), ("清华大学", "member")):
            sheet.append(row)

    assert read(excel(fill), header=2) == [Row(3, {"organisation": "清华大学", "role": "member"})]
    with pytest.raises(TableError, match="line 9 names no columns"):
        read(excel(fill), header=9)


def test_a_value_in_merged_cells_holds_for_each_row_that_they_span() -> None:
    def fill(sheet: Worksheet) -> None:
        rows_in(
            ("committee", "organisation"), ("TC 114", "清华大学"), (None, "同济大学"), (None, "其他"), (None, None)
        )(sheet)
        sheet.merge_cells("A2:A3")

    assert [row.values.get("committee") for row in read(excel(fill)) if isinstance(row, Row)] == [
        "TC 114",
        "TC 114",
        None,
    ]


def test_cells_in_columns_without_a_name_are_told() -> None:
    found = table(excel(rows_in(("a", None, "b"), (1, 2, 3), (4, None, 5, 6))))
    assert list(found.rows()) == [Row(2, {"a": 1, "b": 3}), Row(3, {"a": 4, "b": 5})]
    assert found.notes == ("cells in columns without a name were not read",)


def test_a_sheet_can_be_named_and_a_wrong_name_lists_them() -> None:
    data = excel(rows_in(("a",), (1,)))
    assert read(data, sheet="Seats") == read(data)
    with pytest.raises(TableError, match="is empty; its first row should name the columns"):
        read(data, sheet="Notes")
    with pytest.raises(TableError, match="has no sheet 'Seat'; its sheets are 'Seats', 'Notes'"):
        read(data, sheet="Seat")


def test_a_table_without_sheets_says_so(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n1\n", "utf-8")
    with pytest.raises(TableError, match="has no sheets, but its mapping says sheet = 'Seats'"):
        list(Table.at(tmp_path / "t.csv").rows(sheet="Seats"))


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_an_error_in_a_cell_is_refused_where_the_cell_is_used(tmp_path: Path, suffix: str) -> None:
    header = ("organisation", "committee", "role", "since", "unused")

    def fill(sheet: Worksheet) -> None:
        rows_in(header, ("清华大学", "TC 114", "member", 2016, "#N/A"), ("同济大学", "TC 114", "#REF!", 2016))(sheet)
        sheet["E2"].data_type = sheet["C3"].data_type = "e"

    error = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    cells = [
        "".join(map(cell_of, row)) for row in (header, ("清华大学", "TC 114", "member", "2016"), ("同济大学", "TC 114"))
    ]
    sheet_rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in (*cells[:2], cells[2] + error))
    data = {"xlsx": excel(fill), "xls": OLD.read_bytes(), "ods": open_document(sheet_rows)}[suffix]
    path = tmp_path / f"seats.{suffix}"
    path.write_bytes(data)
    path.with_suffix(".toml").write_text(("header = 3\n" if suffix == "xls" else "") + MAPPING, "utf-8")
    found = take([path])
    line = 6 if suffix == "xls" else 3
    assert found.refusals == [(line, "role", "the cell holds the error #REF!")]
    assert str(found.reading.refusals[0]).startswith(f"{path}:{line} (")
    assert {s.qualifier for s in found.statements} <= {"member", "observer"}
    assert found.statements


def cell_of(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def test_the_old_format_is_read() -> None:
    rows = read(OLD.read_bytes(), header=3, name="members.xls")
    assert rows[:2] == [
        Row(4, {"organisation": "清华大学", "committee": "SAC/TC 114", "role": "member", "since": "2019-05-10"}),
        Row(5, {"organisation": "华为技术有限公司", "committee": "SAC/TC 114", "role": "observer", "since": 2016}),
    ]
    assert isinstance(rows[2], Row)
    assert isinstance(rows[2].values["role"], Unreadable)
    with pytest.raises(TableError, match="its sheets are '成员', '其他'"):
        read(OLD.read_bytes(), sheet="x", name="members.xls")


def test_an_open_document_is_read_with_merged_and_repeated_cells() -> None:
    spanned = cell_of("TC 114").replace(" office", ' table:number-rows-spanned="2" office', 1)
    rows = (
        f"<table:table-row>{cell_of('committee')}{cell_of('organisation')}</table:table-row>"
        f"<table:table-row>{spanned}{cell_of('清华大学')}</table:table-row>"
        f"<table:table-row><table:covered-table-cell/>{cell_of('同济大学')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )
    assert read(open_document(rows), name="seats.ods") == [
        Row(2, {"committee": "TC 114", "organisation": "清华大学"}),
        Row(3, {"committee": "TC 114", "organisation": "同济大学"}),
    ]


# -- what would break a program ----------------------------------------------------------------------------------------
def far_apart() -> bytes:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "a"
        sheet["XFD1048576"] = "b"

    return excel(fill)


def exploding() -> bytes:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return rebuilt(excel(rows_in(("a",), (1,))), sheet1=f"<?xml version='1.0'?>{entities}<worksheet>&b;</worksheet>")


def lying() -> bytes:
    data = bytearray(packed({"xl/workbook.xml": "<workbook/>" + " " * 5000, "x": "y"}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02"))
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (far_apart(), "more than 5,000,000 cells between its first and its last"),
        (open_document(f'<table:table-row table:number-rows-repeated="900000000">{cell_of("x")}{cell_of("y")}</table:table-row>'),
         "more than 5,000,000 cells"),
        (exploding(), "declares a document type"),
        (lying(), "is broken"),
        (locked(), "is protected by a password"),
        (excel(rows_in(("a",), (1,)))[:-400], "is broken"),
        (OLD.read_bytes()[:700], "is broken"),
        (packed({"readme.txt": "x"}), "is an archive, but no workbook"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "is no workbook but a page"),
        ("名称,日期\n".encode("gb18030"), "is no workbook, whatever its name says"),
        (b"", "is empty"),
        (excel(rows_in(("a", "a"), (1, 2))), r"seats\.xlsx:1: the column 'a' occurs twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_line(data: bytes, why: str) -> None:
    with pytest.raises(TableError, match=why) as error:
        read(data)
    assert str(error.value).startswith("lists.zip: seats.xlsx")
    assert "\n" not in str(error.value)


def test_a_workbook_beyond_the_limits_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = excel(rows_in(("a",), (1,)))
    monkeypatch.setattr("loaders.workbook_scan.LARGEST_UNPACKED", 1024)
    with pytest.raises(TableError, match="unpacks to more than"):
        read(data)
    monkeypatch.setattr("loaders.workbooks.LARGEST_WORKBOOK", 1024)
    with pytest.raises(TableError, match="is larger than"):
        read(data)


def told(data: bytes) -> str:
    """Read all there is: the one error, or the table's name where there is none."""
    try:
        read(data)
    except TableError as error:
        return str(error)
    return "lists.zip: seats.xlsx"


PLAIN = excel(rows_in(("a", "b"), ("x", 1)))


@given(
    base=st.sampled_from(
        [PLAIN, OLD.read_bytes(), open_document(f"<table:table-row>{cell_of('a')}</table:table-row>")]
    ),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
    cut=st.floats(0, 1),
)
def test_damaged_bytes_are_rows_or_one_error(base: bytes, changes: list[tuple[float, int]], cut: float) -> None:
    data = bytearray(base[: int(len(base) * cut)] if cut < 0.3 else base)
    for place, byte in changes if data else ():
        data[int(place * len(data))] = byte
    assert "\n" not in told(bytes(data))


@given(sheet=st.text(max_size=60))
def test_any_sheet_is_rows_or_one_error(sheet: str) -> None:
    wrapped = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>'
    assert told(rebuilt(PLAIN, sheet1=wrapped)).startswith("lists.zip: seats.xlsx")
