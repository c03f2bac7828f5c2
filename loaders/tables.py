"""Tables as rows with line numbers: CSV, JSON lines and workbooks, wherever they lie.

A text table is streamed: a line or cell beyond the limit is refused without being held. A table is opened twice, once for each pass
over it, so it comes with an opener, which may be that of a file or of what lies in an archive.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from graph.errors import TableError
from loaders.lines import LINE_LIMIT, Opener, encoding_of, lines, unzipped
from loaders.refusals import Refusal, Refused, shown
from loaders.values import Value, as_text, clean

__all__ = ["DOCUMENTS", "LINE_LIMIT", "SUFFIXES", "Row", "Table", "is_table"]

_DELIMITED = (".csv", ".tsv")
_JSON = (".jsonl", ".ndjson")
_TEXT = (*_DELIMITED, *_JSON)

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
SUFFIXES = (*_TEXT, *WORKBOOKS)
"""Endings of tables; those of text also with `.gz` behind."""

DOCUMENTS = "documents.csv"
"""The name of a list of documents that lies beside tables, and is none of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on (from 1) and its cells by column."""

    line: int
    values: Mapping[str, Value]


def is_table(name: str) -> bool:
    """Whether a file of that name is a table by its ending.

    >>> is_table("Members.XLSX"), is_table("members.jsonl.gz"), is_table("members.toml"), is_table("members.xlsx.gz")
    (True, True, False, False)
    """
    return bool(_parted(name)[1])


def _parted(name: str) -> tuple[str, str]:
    """A file's name without its ending, and that ending where it is one of a table, else ""."""
    plain = name.lower()
    for suffix in SUFFIXES:
        for ending in (suffix, f"{suffix}.gz") if suffix in _TEXT else (suffix,):
            if plain.endswith(ending) and len(plain) > len(ending):
                return name[: -len(ending)], ending
    return Path(name).stem, ""


class Table:
    """A file of rows. `name` is how refusals call it, `file` its own name without folders; the ending of that says what it is.

    `notes` says what had to be assumed to read it; `header` and `header_line` are known once it has been read from, and stay
    empty for JSON lines, where each row names its own columns.
    """

    def __init__(self, name: str, opener: Opener, *, file: str = "", line_limit: int = LINE_LIMIT) -> None:
        self.name = name
        self.file = file or name.replace("\\", "/").rpartition("/")[2].rpartition(": ")[2]
        self.stem, self.suffix = _parted(self.file)
        self.notes: tuple[str, ...] = ()
        self.header: tuple[str, ...] = ()
        self.header_line = 0
        self._limit = line_limit
        self._opener = unzipped(opener) if self.suffix.endswith(".gz") else opener
        self._kind = self.suffix.removesuffix(".gz")
        self._encoding = ""

    @classmethod
    def at(cls, path: Path, *, name: str = "", line_limit: int = LINE_LIMIT) -> Table:
        """The table in a file."""
        return cls(name or str(path), lambda: path.open("rb"), file=path.name, line_limit=line_limit)

    def rows(self, *, sheet: str = "", header: int = 0) -> Iterator[Row | Refusal]:
        """The rows in order, with a refusal in place of each that cannot be read. Raises `TableError` for the file.

        `sheet` is the sheet of a workbook (the first, unless named), `header` the line or row that names the columns (the
        first that is not empty, unless given).
        """
        with self._faults():
            if not self._kind:
                raise Refused(f"is not a table; known are {', '.join(SUFFIXES)}")
            if sheet and self._kind in _TEXT:
                raise Refused(f"has no sheets, but its mapping says sheet = {shown(sheet)}")
            if self._kind in WORKBOOKS:
                yield from self._workbook(sheet, header)
            elif self._kind in _DELIMITED:
                yield from self._csv(self._lines(), header)
            else:
                yield from self._json(self._lines())

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise TableError(f"{self.name}: cannot be read ({error.strerror or error})", field="path") from None
        except Refused as refused:
            place = f"{self.name}:{refused.part}" if refused.part else self.name
            raise TableError(f"{place}: {refused.reason}", field="path") from None

    def _refusal(self, line: int, reason: str) -> Refusal:
        return Refusal(self.name, line, "", reason)

    def note(self, said: str) -> None:
        """Add what had to be assumed, once."""
        if said not in self.notes:
            self.notes = (*self.notes, said)

    def _lines(self) -> Iterator[tuple[int, str | Refusal]]:
        if not self._encoding:
            self._encoding = encoding_of(self._opener)
            if self._encoding == "gb18030":
                self.note("read as GB18030, because it is not UTF-8")
        for number, line in enumerate(lines(self._opener, self._encoding, self._limit), 1):
            yield number, self._refusal(number, line.reason) if isinstance(line, Refused) else line

    # -- JSON lines ------------------------------------------------------------------------------------------------
    def _json(self, given: Iterator[tuple[int, str | Refusal]]) -> Iterator[Row | Refusal]:
        for number, line in given:
            if isinstance(line, Refusal):
                yield line
            elif line.strip():
                yield self._object(number, line)

    def _object(self, number: int, line: str) -> Row | Refusal:
        try:
            found = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            return self._refusal(number, f"unreadable line: not JSON ({error.msg} at column {error.colno})")
        if not isinstance(found, dict):
            return self._refusal(number, "the line is not a JSON object")
        return Row(number, found)

    # -- CSV -------------------------------------------------------------------------------------------------------
    def _csv(self, given: Iterator[tuple[int, str | Refusal]], header: int) -> Iterator[Row | Refusal]:
        refused: list[Refusal] = []
        last = 0

        def texts() -> Iterator[str]:
            nonlocal last
            for number, line in given:
                last = number
                if isinstance(line, Refusal):
                    refused.append(line)
                else:
                    yield line + "\n"

        source = texts()
        first_line = next((line for line in source if last >= header and (header or refused or line.strip())), "")
        at = last
        if refused:
            raise TableError(f"{refused[0]}; it should name the columns", field="path")
        delimiter = "\t" if self._kind == ".tsv" else max(",;\t", key=first_line.count)
        try:
            names = next(csv.reader(_chain(first_line, source), delimiter=delimiter), [])
        except csv.Error as error:
            raise Refused(f"the names of columns cannot be read: {_plain(error)}", part=str(at)) from None
        columns = self._columns(names, at if first_line else 0)
        reader = csv.reader(source, delimiter=delimiter, strict=True)
        while True:
            first = last + 1
            try:
                cells = next(reader, None)
                problem = ""
            except csv.Error as error:
                cells, problem = [], f"unreadable line: {_plain(error)}"
            yield from refused
            refused.clear()
            if problem:
                yield self._refusal(first, problem)
            elif cells is None:
                return
            elif any(cell.strip() for cell in cells):
                yield self._row(first, columns, cells)

    def _row(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> Row | Refusal:
        if len(cells) != len(columns):
            return self._refusal(line, f"the row has {len(cells)} cells where the header has {len(columns)}")
        return Row(line, {name: cell for name, cell in zip(columns, cells, strict=True) if name})

    # -- workbooks -------------------------------------------------------------------------------------------------
    def _workbook(self, sheet: str, header: int) -> Iterator[Row | Refusal]:
        from loaders import workbooks  # what reads them is large, and most loads have none

        rows = workbooks.sheet_rows(self._opener, sheet)
        at, names = next(((number, cells) for number, cells in rows if number >= header), (0, ()))
        if header and at != header:
            at, names = header, ()
        columns = self._columns([as_text(name) or "" for name in names], at)
        nameless = False
        for number, cells in rows:
            values = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell is not None}
            nameless |= len(values) < sum(cell is not None for cell in cells)
            if values:
                yield Row(number, values)
        if nameless:
            self.note("cells in columns without a name were not read")

    # -- the header ------------------------------------------------------------------------------------------------
    def _columns(self, written: Sequence[str], line: int) -> tuple[str, ...]:
        """The names of columns, checked. Raises `Refused`."""
        names = tuple(map(clean, written))
        if not any(names):
            what = "its first row" if self._kind in WORKBOOKS else "its first line"
            raise Refused(f"line {line} names no columns" if line else f"is empty; {what} should name the columns")
        if twice := sorted(name for name, count in Counter(names).items() if name and count > 1):
            raise Refused(f"the column {shown(twice[0])} occurs twice", part=str(line))
        self.header, self.header_line = tuple(filter(None, names)), line
        return names


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _plain(error: csv.Error) -> str:
    text = str(error)
    if "field larger" in text:
        return "a cell of more than 131,072 characters, or a quotation mark that is never closed"
    return "a quotation mark is never closed" if "unexpected end" in text else text
