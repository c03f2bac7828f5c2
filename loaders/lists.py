"""A list of standards in a file of one's own: numbers in any spelling, one a line or in a column of a table or workbook.

Nothing is loaded from it: it is what a question is asked about (a company's portfolio). Of each row the first cell that is a number counts,
so that any table with such a column will do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from graph import numbers
from graph.errors import InputError
from loaders.inputs import decoded
from loaders.refusals import Refused
from loaders.workbooks import sheet_rows

LARGEST = 8 * 1024 * 1024
"""Bytes of a list: some hundred thousand lines."""


def standards_listed(file: Path) -> tuple[str, ...]:
    """The numbers in a CSV, text or Excel file, in its order, each once.

    Raises InputError for a file that cannot be read, is too large, or holds no number of a standard.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}", field="list") from None
    if len(data) > LARGEST:
        raise InputError(
            f"{file.name} is larger than {LARGEST // 1024**2} MiB, which no list of standards is", field="list"
        )
    try:
        found = numbers_in(_rows(data))
    except csv.Error as error:
        raise InputError(f"{file.name} is no table: {error}", field="list") from None
    except Refused as refused:
        raise InputError(f"{file.name} {refused}", field="list") from None
    if not found:
        message = f"{file.name} holds no number of a standard; write one a line, or in a column, such as GB 18384-2020"
        raise InputError(message, field="list")
    return found


def numbers_in(rows: Iterable[Sequence[object]]) -> tuple[str, ...]:
    """The first cell of each row that is a number of a standard, each once.

    >>> numbers_in([["product", "standard"], ["pump", "GB/T 1-2020"], ["GBT1-2020"], ["GB 18384-2020", "car"]])
    ('GB/T 1-2020', 'GB 18384-2020')
    """
    found: dict[str, None] = {}
    for row in rows:
        parsed = (numbers.parse(str(cell).strip()) for cell in row if cell is not None)
        if number := next((number for number in parsed if number), None):
            found.setdefault(number.canonical)
    return tuple(found)


def _rows(data: bytes) -> Iterable[Sequence[object]]:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return (values for _, values in sheet_rows(lambda: io.BytesIO(data)))
    text = decoded(data)
    separator = next((sign for sign in ("\t", ";", ",") if sign in text), ",")
    return csv.reader(text.splitlines(), delimiter=separator)
