"""JSON as people save it: one response, a bare list, or one object a line, of any length, in bounded memory.

What is small is parsed at once. What is large, or breaks off, is streamed, so that all before the fault is read.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import ijson
import orjson

from loaders.inputs import Head, Input, decoded
from loaders.refusals import Refusal, Refused

__all__ = ["Shape", "objects"]

AT_ONCE = 8 * 1024 * 1024
"""Bytes of JSON that are parsed at once; what is longer is streamed."""

_LONGEST_LINE = AT_ONCE
_LARGEST_UTF_16 = 8 * AT_ONCE
_MARK = b"\xef\xbb\xbf"
_CHINESE_IN_UTF_8 = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]")
_KEY = re.compile(r'"([A-Za-z_0-9]{1,40})"\s*:')
# A string that is never closed goes to the end, so that nothing is looked at twice.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|$)|[][{}]', re.DOTALL)
_FIRST_OBJECT = re.compile(r"\s*\[?\s*(?=\{)")


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of response: the key under which its items lie (`rows`), and what an item looks like."""

    items: str
    is_item: Callable[[object], bool]
    beside: frozenset[str]
    """Keys of which at least one stands beside the items of a response, also of one without items."""

    def first(self, head: Head) -> Mapping[str, object] | None:
        """The first item of an input, for recognising it; empty where a response has none; None where it is no such input.

        Of an item that is longer than the head only the keys are given.
        """
        text = head.text.lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "["):
            return None
        found = re.compile(rf'"{self.items}"\s*:\s*\[').search(text)
        if text[0] == "{" and found and _stands_at_the_top(text, found.start()):
            return self._in_response(text, found.end())
        item = self._item_at(text, _after(_FIRST_OBJECT, text))
        return item if item is not None and self.is_item(item) else None

    def _in_response(self, text: str, at: int) -> Mapping[str, object] | None:
        rest = text[at:].lstrip()
        if rest.startswith("{"):
            item = self._item_at(rest, 0)
            return item if item is not None and self.is_item(item) else None
        beside = self.beside & set(_KEY.findall(text))
        return {} if rest.startswith("]") and beside else None

    def _item_at(self, text: str, at: int) -> Mapping[str, object] | None:
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, at)
        except (ValueError, RecursionError):
            # Longer than the head: judged by its keys.
            return dict.fromkeys(_KEY.findall(text[at:])) if text[at : at + 1] == "{" else None
        return value if isinstance(value, dict) else None


def _stands_at_the_top(text: str, place: int) -> bool:
    """Whether what stands there is a key of the outermost object."""
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text, 0, place):
        depth += (match[0] in ("{", "[")) - (match[0] in ("}", "]"))
    return depth == 1


def _after(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def objects(given: Input, shape: Shape) -> Iterator[tuple[int, object] | Refusal]:
    """The items in order, each with its line (or its position from 1, where the whole is one text), and a refusal for each fault.

    Raises `Refused` where there is no JSON at all.
    """
    stream = given.stream()
    if given.head.start.startswith((b"\xff\xfe", b"\xfe\xff")):
        stream = _from_utf_16(stream)
    start = stream.readline(_LONGEST_LINE).removeprefix(_MARK)
    if _is_line(start):
        yield from _in_lines(start, stream, shape, given.name)
        return
    start += stream.read(AT_ONCE + 1 - len(start))
    if len(start) > AT_ONCE:
        yield from _in_document(_Joined(start, stream), shape, given.name)
        return
    try:
        value = orjson.loads(start)
    except orjson.JSONDecodeError:
        yield from _in_document(_Joined(_as_utf_8(start)), shape, given.name)
        return
    yield from enumerate(_items(value, shape), 1)


def _from_utf_16(stream: BinaryIO) -> BinaryIO:
    """The same as UTF-8, which needs all of it at once."""
    data = stream.read(_LARGEST_UTF_16 + 1)
    if len(data) > _LARGEST_UTF_16:
        raise Refused(f"is UTF-16 and larger than {_LARGEST_UTF_16 // 1024 // 1024} MiB; save it as UTF-8")
    return io.BytesIO(data.decode("utf-16", "replace").encode("utf-8", "replace"))


def _as_utf_8(data: bytes) -> bytes:
    """The same as UTF-8, where it is GB18030. Text that is UTF-8 up to a broken place stays as it is. Raises `Refused`."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Chinese in UTF-8 is written with these leading bytes; nothing of GB18030 reads like that for long.
        if _CHINESE_IN_UTF_8.search(data, 0, error.start):
            return data
        return decoded(data).encode("utf-8", "replace")
    return data


def _is_line(line: bytes) -> bool:
    """Whether a line is an object of its own."""
    line = line.strip()
    return line.startswith(b"{") and line.endswith(b"}")


def _items(value: object, shape: Shape) -> list[object]:
    if isinstance(value, dict):
        items = value.get(shape.items)
        if isinstance(items, list):
            return items
        return [value] if shape.is_item(value) else []
    return value if isinstance(value, list) else []


def _in_lines(first: bytes, stream: BinaryIO, shape: Shape, name: str) -> Iterator[tuple[int, object] | Refusal]:
    """One item, or one response, a line."""
    number, line = 1, first
    while line:
        if len(line) >= _LONGEST_LINE and not line.endswith(b"\n"):
            yield Refusal(name, number, "", f"the line is longer than {_LONGEST_LINE // 1024 // 1024} MiB")
            while line and not line.endswith(b"\n"):
                line = stream.readline(_LONGEST_LINE)
        elif line := line.strip():
            try:
                for item in _items(_parsed(line), shape):
                    yield number, item
            except Refused as refused:
                yield Refusal(name, number, "", refused.reason)
        number, line = number + 1, stream.readline(_LONGEST_LINE)


def _parsed(line: bytes) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        pass
    try:
        # Another encoding, or half of a surrogate pair, which the strict parser refuses.
        return json.loads(_as_utf_8(line), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
        raise Refused(f"the line is no JSON: {reason}") from None


def _no_number(_: str) -> None:
    """NaN and Infinity, which are no JSON."""


def _in_document(stream: _Joined, shape: Shape, name: str) -> Iterator[tuple[int, object] | Refusal]:
    """The items of one large or broken text, up to where it breaks off."""
    place = 0
    try:
        for item in ijson.items(stream, stream.path(shape.items), use_float=True):
            place += 1
            yield place, item
    except (ijson.JSONError, ValueError, OverflowError, RecursionError) as error:
        reason = " ".join(str(error).split("\n")[0].split())[:120]
        if place == 0:
            raise Refused(f"is no JSON that can be read: {reason}") from None
        yield Refusal(name, place + 1, "", f"the JSON breaks off after item {place}: {reason}")
        return
    if place == 0:
        raise Refused(f"has nothing under {shape.items!r}")


class _Joined:
    """What was read already, then the rest of the stream."""

    def __init__(self, start: bytes, rest: BinaryIO | None = None) -> None:
        self._start, self._at, self._rest = start, 0, rest

    def path(self, items: str) -> str:
        """Where the items lie: in a bare list, or under their key."""
        return "item" if self._start[:1000].lstrip().startswith(b"[") else f"{items}.item"

    def read(self, size: int = -1) -> bytes:
        """Some bytes, none at the end."""
        if self._at < len(self._start):
            end = len(self._start) if size < 0 else self._at + size
            piece = self._start[self._at : end]
            self._at += len(piece)
            return piece
        return self._rest.read(size) if self._rest is not None else b""
