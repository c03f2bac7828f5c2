"""A look at a packed workbook before it is read: its sheets, how far their cells lie apart, and which cells hold errors.

The library that reads workbooks makes room for every cell between the first and the last, and tells of errors as of
empty cells. So one pass over the chosen sheet's XML, with bounded memory, comes before.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from loaders.refusals import Refused

__all__ = ["LARGEST_SHEET", "LARGEST_UNPACKED", "Scan", "scanned"]

LARGEST_SHEET = 5_000_000
"""Cells between the first and the last of a sheet, in both directions."""

LARGEST_UNPACKED = 512 * 1024 * 1024
"""Bytes that a workbook may unpack to."""

_NOTHING = (2**40, 2**40, -1, -1)
"""The box around no cell: top, left, bottom, right."""

_MEMBERS = 10_000
_ERRORS_KEPT = 100_000
_CHUNK = 256 * 1024
_TOO_LARGE = f"the sheet has more than {LARGEST_SHEET:,} cells between its first and its last; save it as CSV"
_BROKEN = "is broken, and cannot be read as a workbook; open it and save it again as .xlsx, or as CSV"

Choice = Callable[[Sequence[str]], int]
"""Given the names of sheets, the place of the one to read. Raises `Refused`."""


@dataclass(slots=True)
class Scan:
    """What was seen of a sheet: its name, errors by row and column (from 0), and (OpenDocument) merged cells as column, first, last row."""

    sheet: str
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    _box: tuple[int, int, int, int] = _NOTHING
    _noted: int = 0

    def holds(self, row: int, column: int, *, rows: int = 1, columns: int = 1) -> None:
        """A cell (or block of equal ones) that is not empty. Raises `Refused` where the sheet becomes too large."""
        last_row, last_column = row + rows - 1, column + columns - 1
        top, left, bottom, right = self._box
        if top <= row and left <= column and last_row <= bottom and last_column <= right:
            return
        self._box = min(top, row), min(left, column), max(bottom, last_row), max(right, last_column)
        top, left, bottom, right = self._box
        if (bottom - top + 1) * (right - left + 1) > LARGEST_SHEET:
            raise Refused(_TOO_LARGE)

    def errs(self, row: int, column: int, error: str) -> None:
        """A cell that holds an error."""
        self._noted += 1
        if self._noted > _ERRORS_KEPT:
            raise Refused(f"the sheet has more than {_ERRORS_KEPT:,} cells with errors such as {error}")
        self.errors.setdefault(row, {})[column] = error


def scanned(data: bytes, choose: Choice) -> Scan:
    """Look at the chosen sheet of an .xlsx or .ods. Raises `Refused` where it is none, is broken, too large, or has no such sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return _excel(archive, choose)
            if "content.xml" in names:
                return _open_document(archive, choose)
    except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError, NotImplementedError, KeyError) as error:
        raise Refused(f"{_BROKEN} ({_plain(error)})") from None
    except RuntimeError:  # what zipfile raises for members that are encrypted
        raise Refused("is protected by a password; save it without one") from None
    raise Refused("is an archive, but no workbook of a kind that is read; save it as .xlsx, or as CSV")


def _check(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > _MEMBERS:
        raise Refused(f"has more than {_MEMBERS:,} parts")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise Refused(f"unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MiB; save the sheet as CSV")
    # Sizes may lie: reading each part to its announced end, with its checksum, shows it.
    if broken := archive.testzip():
        raise Refused(f"{_BROKEN} ({broken[:80]!r} is damaged)")


def _plain(error: Exception) -> str:
    return str(error).strip("'\"")[:100]


# -- Excel -------------------------------------------------------------------------------------------------------------
def _excel(archive: zipfile.ZipFile, choose: Choice) -> Scan:
    listed: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, has: Mapping[str, str]) -> None:
        if name == "sheet":
            listed.append((has.get("name", ""), next((v for k, v in has.items() if _local(k) == "id"), "")))

    def related(name: str, has: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[has.get("Id", "")] = has.get("Target", "")

    with archive.open("xl/workbook.xml") as file:
        _parsed(file, sheet)
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        _parsed(file, related)
    name, id = listed[choose([name for name, _ in listed])]
    part = posixpath.normpath(posixpath.join("/xl", targets[id])).lstrip("/")
    scan = Scan(name)
    with archive.open(part) as file:
        _excel_sheet(file, scan)
    return scan


def _excel_sheet(file: IO[bytes], scan: Scan) -> None:
    """Two calls for a cell, and the text of cells with errors alone: a sheet may have millions."""
    row = column = -1
    reference = ""
    error = False
    text: list[str] = []
    parser = _parser()

    def start(name: str, has: Mapping[str, str]) -> None:
        nonlocal row, column, reference, error
        if ":" in name:
            name = _local(name)
        if name == "c":
            reference = has.get("r", "")
            column += 1
            error = has.get("t") == "e"
        elif name in ("v", "is"):
            if found := _place(reference):
                row, column = found
            scan.holds(max(row, 0), column)
            if error:
                text.clear()
                parser.CharacterDataHandler, parser.EndElementHandler = text.append, end
        elif name == "row":
            number = has.get("r", "")
            row, column = int(number) - 1 if number.isdecimal() and len(number) < 9 else row + 1, -1

    def end(_: str) -> None:
        parser.CharacterDataHandler = parser.EndElementHandler = None
        scan.errs(max(row, 0), column, "".join(text)[:20] or "of an unknown kind")

    parser.StartElementHandler = start
    _feed(parser, file)


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a cell such as AB12; None for anything else."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    column = _column(letters)
    return (int(digits) - 1, column) if 0 < len(digits) < 9 and column >= 0 and digits[0] != "0" else None


@lru_cache(maxsize=16_384)
def _column(letters: str) -> int:
    """The number of a column, from 0, by its letters; -1 where they are none.

    >>> _column("A"), _column("AB"), _column("")
    (0, 27, -1)
    """
    if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3):
        return -1
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


# -- OpenDocument ------------------------------------------------------------------------------------------------------
def _open_document(archive: zipfile.ZipFile, choose: Choice) -> Scan:
    names: list[str] = []

    def table(name: str, has: Mapping[str, str]) -> None:
        if name == "table":
            names.append(_attribute(has, "name"))

    with archive.open("content.xml") as file:
        _parsed(file, table)
    chosen = choose(names)
    scan = Scan(names[chosen])
    with archive.open("content.xml") as file:
        _open_document_sheet(file, chosen, scan)
    return scan


def _open_document_sheet(file: IO[bytes], chosen: int, scan: Scan) -> None:
    table, row, column, rows = -1, 0, 0, 1
    cell: Mapping[str, str] | None = None
    text: list[str] = []

    def start(name: str, has: Mapping[str, str]) -> None:
        nonlocal table, row, column, rows, cell
        if name == "table":
            table, row = table + 1, 0
        elif name == "table-row":
            rows, column = _count(has, "number-rows-repeated"), 0
        elif name in ("table-cell", "covered-table-cell"):
            cell = has
            text.clear()

    def end(name: str) -> None:
        nonlocal row, column, cell
        if name == "table-row":
            row += rows
        elif name in ("table-cell", "covered-table-cell") and cell is not None:
            columns = _count(cell, "number-columns-repeated")
            if table == chosen and (text or _attribute(cell, "value-type")):
                scan.holds(row, column, rows=rows, columns=columns)
                if _attribute(cell, "value-type", "calcext") == "error":
                    for place in range(row, row + rows):
                        scan.errs(place, column, "".join(text)[:20] or "an error")
                if (spanned := _count(cell, "number-rows-spanned")) > 1:
                    scan.spans.append((column, row, row + spanned - 1))
            column += columns
            cell = None

    _parsed(file, start, end, lambda piece: text.append(piece) if cell is not None and len(text) < 50 else None)


def _count(has: Mapping[str, str], name: str) -> int:
    given = _attribute(has, name)
    return int(given) if given.isdecimal() and len(given) < 10 else 1


def _attribute(has: Mapping[str, str], name: str, space: str = "") -> str:
    return next((v for k, v in has.items() if _local(k) == name and (not space or k.startswith(f"{space}:"))), "")


# -- XML ---------------------------------------------------------------------------------------------------------------
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parsed(
    file: IO[bytes],
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Run through XML in pieces; names come without their prefix."""
    parser = _parser()
    parser.StartElementHandler = lambda name, has: start(_local(name), has)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    _feed(parser, file)


def _parser() -> expat.XMLParserType:
    """A parser that refuses declarations of entities, which can explode."""

    def refuse(*_: object) -> None:
        raise Refused(f"{_BROKEN} (it declares a document type)")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _feed(parser: expat.XMLParserType, file: IO[bytes]) -> None:
    while chunk := file.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
