"""JSON as people save it: one response, a bare list, or one object a line, of any length, in bounded memory.

What is small is parsed at once. What is large, or breaks off, is streamed, so that all before the fault is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import ijson  # type: ignore[import-untyped]
import orjson

from loaders.format import Announced
from loaders.inputs import LONGEST_LINE, Head, Input
from loaders.refusals import Refusal, Refused

__all__ = ["Shape", "in_lines", "objects"]

_AT_ONCE = 8 * 1024 * 1024
"""Bytes of JSON that are parsed at once; what is longer is streamed."""

_MEMBER = re.compile(r'"([A-Za-z_0-9]{1,40})"\s*:\s*(?:"((?:[^"\\]|\\.)*+)")?', re.DOTALL)
# A string that is never closed goes to the end, so that nothing is looked at twice.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|$)|[][{}]', re.DOTALL)
_TOTAL = re.compile(rb'"total"\s*:\s*"?(\d{1,12})')
_MOST_BRACKETS = 5_000
_EDGE = 1000
"""Bytes at either end of a long response in which its `total` is looked for."""

_UP_TO_AN_OBJECT = re.compile(r"\s*\[?\s*(?=\{)")
_COMMA = re.compile(r"\s*,\s*")


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of response: the key under which its items lie (`rows`), and what an item looks like.

    `beside` are keys of which one at least stands beside the items, which tell a response without items.
    """

    items: str
    is_item: Callable[[object], bool]
    beside: frozenset[str]

    def first(self, head: Head) -> Mapping[str, object] | None:
        """The first item of an input, for recognising it; empty where a response has none; None where it is no such input.

        Of an item that is longer than the head, or broken, it has what texts can be made out.
        """
        text = head.text.lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "["):
            return None
        found = re.compile(rf'"{self.items}"\s*:\s*\[').search(text)
        if text[0] == "{" and found and _stands_at_the_top(text, found.start()):
            return self._in_response(text, found.end())
        if (start := _UP_TO_AN_OBJECT.match(text)) is None:
            return None
        item = _decoded(text, start.end())
        value = _members(text[start.end() :]) if item is None else item[0]
        return value if isinstance(value, Mapping) and self.is_item(value) else None

    def _in_response(self, text: str, at: int) -> Mapping[str, object] | None:
        """The first of the items that is one."""
        at += len(text[at:]) - len(text[at:].lstrip())
        if text[at : at + 1] == "]":
            return {} if self.beside & _members(text).keys() else None
        while (item := _decoded(text, at)) is not None:
            value, end = item
            if isinstance(value, Mapping) and self.is_item(value):
                return value
            if (comma := _COMMA.match(text, end)) is None:
                return None
            at = comma.end()
        members = _members(text[at:])
        return members if self.is_item(members) else None


def _stands_at_the_top(text: str, place: int) -> bool:
    """Whether what stands there is a key of the outermost object."""
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text, 0, place):
        depth += (match[0] in ("{", "[")) - (match[0] in ("}", "]"))
    return depth == 1


def _decoded(text: str, at: int) -> tuple[object, int] | None:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, at)
    except (ValueError, RecursionError):
        return None


def _members(text: str) -> dict[str, object]:
    """Keys with the text that stands at each first, None where it is no text."""
    found: dict[str, object] = {}
    for match in _MEMBER.finditer(text):
        found.setdefault(match[1], match[2])
    return found


def in_lines(head: Head) -> bool:
    """Whether an input holds an object or a response a line, in an encoding in which a line ends with one byte."""
    first, newline, _ = head.text.partition("\n")
    return _is_line(first) and bool(newline or head.whole) and not head.start.startswith((b"\xff\xfe", b"\xfe\xff"))


def objects(given: Input, shape: Shape) -> Iterator[tuple[int, object] | Refusal | Announced]:
    """The items in order, each with its line where it is one, else its position (from 1), and a refusal for each fault.

    Raises `Refused` where there is no JSON at all, or where it breaks off.
    """
    first, newline, _ = given.head.text.partition("\n")
    if _is_line(first) and (newline or given.head.whole):
        yield from _in_lines(given.lines(), shape, given.name)
        return
    stream = given.utf8()
    start = stream.read(_AT_ONCE + 1)
    line, ended, _ = start.partition(b"\n")
    if not newline and (ended or len(start) <= _AT_ONCE) and _is_line(line.decode("utf-8", "replace")):
        yield from _in_lines(_lines(start, stream), shape, given.name)
        return
    if len(start) > _AT_ONCE:
        yield from _in_document(_Joined(start, stream), shape)
        return
    try:
        value = orjson.loads(start)
    except orjson.JSONDecodeError:
        yield from _in_document(_Joined(start), shape)
        return
    yield from _announced(value)
    yield from enumerate(_items(value, shape), 1)


def _is_line(line: str) -> bool:
    """Whether a line is an object of its own."""
    line = line.strip("\ufeff \t\r\n")
    return line.startswith("{") and line.endswith("}")


def _lines(start: bytes, stream: BinaryIO) -> Iterator[tuple[int, bytes | Refused]]:
    """Lines, of which the first is longer than a head."""
    *whole, rest = start.split(b"\n")
    yield from enumerate(whole, 1)
    number, line = len(whole) + 1, rest + stream.readline(LONGEST_LINE)
    while line:
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            yield number, Refused(f"the line is longer than {LONGEST_LINE // 1024 // 1024} MiB")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
        else:
            yield number, line
        number, line = number + 1, stream.readline(LONGEST_LINE + 1)


def _announced(value: object) -> Iterator[Announced]:
    """How many records a response says there are."""
    total = value.get("total") if isinstance(value, dict) else None
    if isinstance(total, str) and total.isascii() and total.isdigit():
        total = int(total[:12])
    if isinstance(total, int) and not isinstance(total, bool) and total > 0:
        yield Announced(total)


def _items(value: object, shape: Shape) -> list[object]:
    if isinstance(value, dict):
        items = value.get(shape.items)
        return items if isinstance(items, list) else [value]
    return value if isinstance(value, list) else [value]


def _in_lines(
    lines: Iterable[tuple[int, bytes | Refused]], shape: Shape, name: str
) -> Iterator[tuple[int, object] | Refusal | Announced]:
    """One item a line, at its line; or one response a line, each item at its position among all."""
    position = 0
    for number, line in lines:
        try:
            if isinstance(line, Refused):
                raise line
            if not line or line.isspace():
                continue
            value = _parsed(line)
            items = _items(value, shape)
            a_response = len(items) != 1 or items[0] is not value
            if a_response:
                yield from _announced(value)
            for item in items:
                position += 1
                yield (position if a_response else number), item
        except Refused as refused:
            yield Refusal(name, number, "", refused.reason)


def _parsed(line: bytes) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        pass
    try:
        # Half of a surrogate pair, which the strict parser refuses.
        return json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        reason = f"byte {error.start + 1} is not UTF-8"
    except json.JSONDecodeError as error:
        reason = error.msg
    except (ValueError, RecursionError):
        reason = "it is nested too deeply, or holds a number that is too long"
    raise Refused(f"the line is no JSON: {reason}")


def _no_number(_: str) -> None:
    """NaN and Infinity, which are no JSON."""


def _in_document(stream: _Joined, shape: Shape) -> Iterator[tuple[int, object] | Announced]:
    """The items of one large or broken text, up to where it breaks off; then raises `Refused`."""
    place = 0
    try:
        for item in ijson.items(stream, stream.path(shape.items), use_float=True):
            place += 1
            stream.item_read()
            yield place, item
    except (ijson.JSONError, ValueError, OverflowError, RecursionError) as error:
        reason = " ".join(str(error).split("\n")[0].split())[:120]
        where = f"breaks off after item {place}" if place else "is no JSON that can be read"
        raise Refused(f"{where}: {reason}") from None
    if place == 0:
        raise Refused(f"has nothing under {shape.items!r}")
    if total := stream.total(shape.items):
        yield Announced(total)


class _Joined:
    """What was read already, then the rest of the stream."""

    def __init__(self, start: bytes, rest: BinaryIO | None = None) -> None:
        self._start, self._at, self._rest = start, 0, rest
        self._end = start[-_EDGE:]
        self._since_item = self._opened = 0

    def path(self, items: str) -> str:
        """Where the items lie: in a bare list, or under their key."""
        return "item" if self._start[:1000].lstrip().startswith(b"[") else f"{items}.item"

    def read(self, size: int = -1) -> bytes:
        """Some bytes, none at the end. Raises `Refused` within a long item: each piece makes the parser begin its value anew."""
        if self._at < len(self._start):
            end = len(self._start) if size < 0 else self._at + size
            piece = self._start[self._at : end]
            self._at += len(piece)
        else:
            piece = self._rest.read(size) if self._rest is not None else b""
            self._end = (self._end + piece)[-_EDGE:]
        self._since_item += len(piece)
        if self._since_item > LONGEST_LINE:
            raise Refused(f"holds an item of more than {LONGEST_LINE // 1024 // 1024} MiB")
        # The parser holds the path to each of the lists it is in, which is the square of their depth.
        self._opened += piece.count(b"[") + piece.count(b"{")
        if self._opened > _MOST_BRACKETS:
            raise Refused(f"holds an item with more than {_MOST_BRACKETS:,} brackets")
        return piece

    def item_read(self) -> None:
        """Another item was read whole."""
        self._since_item = self._opened = 0

    def total(self, items: str) -> int:
        """How many records it says there are, before its items or behind them; 0 where it says nothing."""
        before = self._start[:_EDGE].partition(f'"{items}"'.encode())[0]
        found = _TOTAL.search(before) or _TOTAL.search(self._end.rpartition(b"]")[2])
        return int(found[1]) if found else 0
