"""Excel and OpenDocument workbooks as numbered rows of plain values.

A workbook is packed, so that a small file can stand for a huge one: what it unpacks to and how far its cells
lie apart is looked at (`loaders.workbook_scan`) before it is read. Dates become ISO text, whole numbers integers, formulas are what the
program that saved them worked out, and a cell that holds an error keeps it, so that it is refused where it is used.
"""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import BinaryIO, Literal

import python_calamine
import xlrd

from loaders.lines import Opener
from loaders.refusals import Refused, shown
from loaders.values import Unreadable, Value
from loaders.workbook_scan import LARGEST_SHEET, Scan, scanned

__all__ = ["LARGEST_WORKBOOK", "sheet_rows"]

LARGEST_WORKBOOK = 64 * 1024 * 1024
"""Bytes of a workbook file; what it unpacks to has a limit of its own."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "is protected by a password; save it without one"
_BROKEN = "is broken, and cannot be read as a workbook; open it and save it again as .xlsx, or as CSV"
_SPANS_KEPT = 10_000

Span = tuple[int, int, int]
"""A column, and the first and last row (all from 0) of cells in it that were merged into one."""


def sheet_rows(opener: Opener, sheet: str = "") -> Iterator[tuple[int, Sequence[Value]]]:
    """The rows that hold anything of one sheet (the first, unless it is named), with their numbers as the program shows them.

    A value in merged cells holds for each row that they span. Raises OSError, and `Refused` for what is no workbook, is locked,
    broken or too large, or has no such sheet.
    """
    with opener() as file:
        data = _all(file)
    if data.startswith(_ZIP):
        yield from _filled(*_zipped(data, sheet))
    elif data.startswith(_OLE):
        yield from _filled(*_old(data, sheet))
    else:
        raise Refused(_not_a_workbook(data))


def _all(file: BinaryIO) -> bytes:
    held = bytearray()
    while len(held) <= LARGEST_WORKBOOK and (chunk := file.read(LARGEST_WORKBOOK + 1 - len(held))):
        held += chunk
    if len(held) > LARGEST_WORKBOOK:
        raise Refused(f"is larger than {LARGEST_WORKBOOK // 1024 // 1024} MiB; save the sheet as CSV")
    return bytes(held)


def _not_a_workbook(data: bytes) -> str:
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not data:
        return "is empty"
    if start.startswith(b"<"):
        return "is no workbook but a page or XML under a workbook's name; open it and save it as .xlsx, or as CSV"
    return "is no workbook, whatever its name says; open it and save it as .xlsx, or as CSV"


def _chosen(sheet: str, names: Sequence[str]) -> int:
    if not sheet and names:
        return 0
    if sheet in names:
        return names.index(sheet)
    listed = ", ".join(shown(name) for name in names[:20]) or "none"
    raise Refused(f"has no sheet {shown(sheet)}; its sheets are {listed}")


# -- .xlsx, .xlsm, .ods ------------------------------------------------------------------------------------------------
def _zipped(data: bytes, sheet: str) -> tuple[Iterator[tuple[int, list[Value]]], list[Span]]:
    scan = scanned(data, lambda names: _chosen(sheet, names))
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            read = book.get_sheet_by_name(scan.sheet)
    except python_calamine.PasswordError:
        raise Refused(_LOCKED) from None
    except python_calamine.CalamineError as error:
        raise Refused(f"{_BROKEN} ({error})") from None
    except BaseException as error:  # the library's own kind of panic is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(_BROKEN) from None
    spans = [(left, top, bottom) for (top, left), (bottom, _) in read.merged_cell_ranges or ()] or scan.spans
    return _sheet(read, scan), spans


def _sheet(read: python_calamine.CalamineSheet, scan: Scan) -> Iterator[tuple[int, list[Value]]]:
    if read.start is None:
        return
    left = read.start[1]
    for number, cells in enumerate(read.iter_rows()):
        values: list[Value] = [None] * left
        values += map(_plain, cells)
        for column, error in scan.errors.get(number, {}).items():
            values += [None] * (column + 1 - len(values))
            values[column] = Unreadable(error)
        yield number, values


def _plain(cell: object) -> Value:
    """A cell as CSV or JSON would hold it.

    >>> _plain(1.0), _plain(0.5), _plain(datetime(2019, 5, 10)), _plain(datetime(2019, 5, 10, 8, 30)), _plain("")
    (1, 0.5, '2019-05-10', '2019-05-10T08:30:00', None)
    """
    match cell:
        case "":
            return None
        case float() if math.isfinite(cell) and cell.is_integer() and abs(cell) < 1e15:
            return int(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return cell


# -- .xls --------------------------------------------------------------------------------------------------------------
def _old(data: bytes, sheet: str) -> tuple[Iterator[tuple[int, list[Value]]], list[Span]]:
    if _ENCRYPTED in data:
        raise Refused(_LOCKED)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - it is no path of ours
        try:
            book = xlrd.open_workbook(
                file_contents=data, on_demand=True, ragged_rows=True, formatting_info=True, logfile=nowhere
            )
            read = book.sheet_by_index(_chosen(sheet, book.sheet_names()))
        except xlrd.biffh.XLRDError as error:
            raise Refused(_LOCKED if "encrypted" in str(error) else f"{_BROKEN} ({error})") from None
        except Refused:
            raise
        except Exception as error:  # the library fails in many ways on broken bytes
            raise Refused(_BROKEN) from error
    if sum(map(read.row_len, range(read.nrows))) > LARGEST_SHEET:
        raise Refused(f"the sheet has more than {LARGEST_SHEET:,} cells; save it as CSV")
    rows = ((number, [_old_cell(cell, book.datemode) for cell in read.row(number)]) for number in range(read.nrows))
    return rows, [(left, top, below - 1) for top, below, left, _ in read.merged_cells]


def _old_cell(cell: xlrd.sheet.Cell, datemode: Literal[0, 1]) -> Value:
    """A cell by its type; errors and yes and no are numbers to the old format, days are counted."""
    value = cell.value
    if isinstance(value, str):
        return _plain(value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Unreadable(xlrd.error_text_from_code.get(int(value), "of an unknown kind"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _plain(xlrd.xldate_as_datetime(value, datemode))
        except (ValueError, OverflowError):
            return _plain(value)
    return _plain(value)


# -- merged cells ------------------------------------------------------------------------------------------------------
def _filled(rows: Iterable[tuple[int, list[Value]]], spans: Sequence[Span]) -> Iterator[tuple[int, Sequence[Value]]]:
    """Rows with anything in them, numbered from 1; in each the value of cells merged with one in a row above."""
    coming = sorted((span for span in spans[:_SPANS_KEPT] if span[2] > span[1]), key=lambda span: span[1], reverse=True)
    held: dict[int, tuple[int, Value]] = {}
    for number, values in rows:
        while coming and coming[-1][1] <= number:
            column, top, bottom = coming.pop()
            if top == number and column < len(values):
                held[column] = bottom, values[column]
        for column, (bottom, value) in list(held.items()):
            if number > bottom:
                del held[column]
            elif value is not None:
                values += [None] * (column + 1 - len(values))
                values[column] = value
        if any(value is not None and value != "" for value in values):
            yield number + 1, values
