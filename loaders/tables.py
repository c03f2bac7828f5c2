"""CSV and JSON-lines files as rows with line numbers, streamed with bounded memory.

A file is read in pieces and a line or cell beyond the limit is refused without being held. Text is UTF-8 (with or without a
byte order mark), UTF-16 with its mark, or GB18030, in which Chinese office programs save; which one is found out
from the whole file, so that one broken line does not turn the others into nonsense.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from graph.errors import TableError
from loaders.refusals import Refusal
from loaders.values import Value, clean

__all__ = ["LINE_LIMIT", "SUFFIXES", "Row", "Table"]

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson")

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one line; a longer one is refused."""

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on (from 1) and its cells by column."""

    line: int
    values: Mapping[str, Value]


class Table:
    """A file of rows. `name` is how refusals call it; `notes` says what had to be assumed to read it."""

    def __init__(self, path: Path, *, name: str = "", line_limit: int = LINE_LIMIT) -> None:
        self.path = path
        self.name = name or str(path)
        self._limit = line_limit
        self._encoding = ""
        self.notes: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """The file's name without its ending: what the mapping beside it is called."""
        return self.path.stem

    def rows(self) -> Iterator[Row | Refusal]:
        """The rows in order, with a refusal in place of each that cannot be read. Raises `TableError` for the file."""
        if self.path.suffix.lower() not in SUFFIXES:
            raise TableError(f"{self.path}: is not a table; known are {', '.join(SUFFIXES)}", field="path")
        try:
            if not self._encoding:
                self._encoding = _encoding(self.path)
                if self._encoding == "gb18030":
                    self.notes = (*self.notes, "read as GB18030, because it is not UTF-8")
            lines = self._lines()
            yield from self._csv(lines) if self.path.suffix.lower() in (".csv", ".tsv") else self._json(lines)
        except OSError as error:
            raise TableError(f"{self.path}: cannot be read ({error.strerror or error})", field="path") from None

    def _refusal(self, line: int, reason: str) -> Refusal:
        return Refusal(self.name, line, "", reason)

    def _lines(self) -> Iterator[tuple[int, str | Refusal]]:
        """Each line with its number and without its end; a refusal for one that is too long or not in the encoding."""
        for number, line in enumerate(_split(_bytes(self.path, self._encoding), self._limit), 1):
            if line is None:
                yield number, self._refusal(number, f"the line is longer than {self._limit // 1024 // 1024 or 1} MiB")
                continue
            try:
                yield number, line.decode("gb18030" if self._encoding == "gb18030" else "utf-8")
            except UnicodeDecodeError as error:
                kind = "GB18030" if self._encoding == "gb18030" else "UTF-8"
                yield number, self._refusal(number, f"unreadable line: byte {error.start + 1} is not {kind}")

    # -- JSON lines ------------------------------------------------------------------------------------------------
    def _json(self, lines: Iterator[tuple[int, str | Refusal]]) -> Iterator[Row | Refusal]:
        for number, line in lines:
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
    def _csv(self, lines: Iterator[tuple[int, str | Refusal]]) -> Iterator[Row | Refusal]:
        refused: list[Refusal] = []
        begun = 0

        def texts() -> Iterator[str]:
            nonlocal begun
            for number, line in lines:
                begun = number
                if isinstance(line, Refusal):
                    refused.append(line)
                else:
                    yield line + "\n"

        source = texts()
        header_line = next(source, "")
        if refused:
            raise TableError(f"{refused[0]}; it should name the columns", field="path")
        header = self._header(header_line, source)
        delimiter = _delimiter(header_line, self.path)
        reader = csv.reader(source, delimiter=delimiter, strict=True)
        while True:
            first = begun + 1
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
                yield self._row(first, header, cells)

    def _header(self, line: str, rest: Iterator[str]) -> list[str]:
        delimiter = _delimiter(line, self.path)
        try:
            names = [clean(name) for name in next(csv.reader(_chain(line, rest), delimiter=delimiter), [])]
        except csv.Error as error:
            raise TableError(
                f"{self.path}:1: the names of columns cannot be read: {_plain(error)}", field="path"
            ) from None
        if not any(names):
            raise TableError(f"{self.path}: is empty; its first line should name the columns", field="path")
        if twice := sorted({name for name in names if name and names.count(name) > 1}):
            raise TableError(f"{self.path}:1: the column {twice[0]!r} occurs twice", field="path")
        return names

    def _row(self, line: int, header: Sequence[str], cells: Sequence[str]) -> Row | Refusal:
        if len(cells) != len(header):
            return self._refusal(line, f"the row has {len(cells)} cells where the header has {len(header)}")
        return Row(line, {name: cell for name, cell in zip(header, cells, strict=True) if name})


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _plain(error: csv.Error) -> str:
    text = str(error)
    if "field larger" in text:
        return "a cell of more than 131,072 characters, or a quotation mark that is never closed"
    return "a quotation mark is never closed" if "unexpected end" in text else text


def _delimiter(header: str, path: Path) -> str:
    if path.suffix.lower() == ".tsv":
        return "\t"
    return max(",;\t", key=header.count)


def _bytes(path: Path, encoding: str) -> Iterator[bytes]:
    """The file in pieces, without a byte order mark; UTF-16 as UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace") if encoding == "utf-16" else None
    with path.open("rb") as file:
        if encoding == "utf-8-sig":
            file.seek(len(codecs.BOM_UTF8))
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk).encode("utf-8", "replace") if decoder else chunk


def _split(chunks: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines without their ends; None for one that is longer than the limit, of which nothing is kept."""
    held: list[bytes] = []
    length, too_long = 0, False
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            if too_long or length + len(piece) > limit:
                yield None
            else:
                yield b"".join((*held, piece)).removesuffix(b"\r")
            held, length, too_long = [], 0, False
        if rest and not too_long:
            held.append(rest)
            length += len(rest)
            if length > limit:
                held, too_long = [], True
    if too_long:
        yield None
    elif held:
        yield b"".join(held).removesuffix(b"\r")


def _encoding(path: Path) -> str:
    """Which encoding the whole file is in: `utf-8`, `utf-8-sig`, `utf-16` or `gb18030`.

    Without a mark, UTF-8 is given up only where more lines are broken as UTF-8 than are sound and not plain ASCII: GB18030 reads nearly
    any bytes, and would turn a file with one damaged line into nonsense.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sound = broken = 0
    for line in _split(_bytes(path, ""), LINE_LIMIT):
        if line is None or line.isascii():
            continue
        try:
            line.decode("utf-8")
            sound += 1
        except UnicodeDecodeError:
            broken += _is_gb18030(line)
    return "gb18030" if broken > sound else "utf-8"


def _is_gb18030(line: bytes) -> bool:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
