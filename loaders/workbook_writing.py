"""Workbooks (.xlsx) of texts: tables that people fill in, and tables that they take away. The same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

__all__ = ["workbook"]

_NARROWEST, _WIDEST = 6, 60
_BEGUN = datetime(1980, 1, 1)  # noqa: DTZ001 - the format knows no time zones; the day a workbook says it was made on


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook with these sheets; the first row of each is its header, bold, kept in sight, with filters where rows follow.

    Every cell is text, so that `2019-05` and `1.10` stay as they are typed and nothing in data runs as a formula.
    """
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"created": _BEGUN})
        head = book.add_format({"bold": True, "num_format": "@"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(n, column, cell, text if n else head)
            for n, column_of in enumerate(zip(*rows, strict=True)):
                sheet.set_column(n, n, min(_WIDEST, max(_NARROWEST, *map(_width, column_of)) + 2), text)
            sheet.freeze_panes(1, 0)
            if len(rows) > 1:
                sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    return held.getvalue()


def _width(text: str) -> int:
    """Columns that a text takes: a Chinese letter takes two."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
