"""What is given to a load, opened: files, and what lies in folders and archives, one input after the other."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from loaders.refusals import Refused

__all__ = ["HEAD", "LARGEST_TEXT", "Head", "Input"]

HEAD = 64 * 1024
"""Bytes at the beginning of an input by which it is recognised."""

LARGEST_TEXT = 64 * 1024 * 1024
"""Bytes of an input that is read as a whole; what can be longer is streamed."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of an input: its name without folders, and its first `HEAD` bytes (all, where `whole`)."""

    name: str
    start: bytes
    whole: bool

    @property
    def text(self) -> str:
        """The beginning as text, with what cannot be read replaced."""
        return decoded(self.start, errors="replace")


class Input:
    """One input, opened once and read once, from the beginning. `name` is how refusals call it."""

    def __init__(self, name: str, opener: Callable[[], BinaryIO]) -> None:
        self.name = name
        self._stream = opener()
        start = _read(self._stream, HEAD + 1)
        self.head = Head(name.replace("\\", "/").rpartition("/")[2], start[:HEAD], len(start) <= HEAD)
        self._start = start

    @classmethod
    def of(cls, name: str, data: bytes) -> Input:
        """An input that is held already."""
        return cls(name, lambda: io.BytesIO(data))

    def read(self, limit: int = LARGEST_TEXT) -> bytes:
        """All of it. Raises `Refused` where it is longer than `limit` bytes."""
        data = self._start + _read(self._stream, limit + 1 - len(self._start))
        if len(data) > limit:
            raise Refused(f"is larger than {limit // 1024 // 1024 or 1} MiB")
        return data

    def text(self, limit: int = LARGEST_TEXT) -> str:
        """All of it as text: UTF-8, UTF-16 with its mark, or GB18030. Raises `Refused`."""
        return decoded(self.read(limit))

    def stream(self) -> BinaryIO:
        """All of it as a stream, for what can be long."""
        return cast("BinaryIO", io.BufferedReader(_Again(self._start, self._stream)))


class _Again(io.RawIOBase):
    """What was read already, then the rest."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = io.BytesIO(start), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._start.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def decoded(data: bytes, *, errors: str = "strict") -> str:
    """Bytes as text: UTF-8 with or without a mark, UTF-16 with its mark, else GB18030. Raises `Refused` for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors)
    try:
        return data.decode("utf-8-sig", errors)
    except UnicodeDecodeError:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise Refused(f"is no text: byte {error.start + 1} is neither UTF-8 nor GB18030") from None


def _read(stream: BinaryIO, size: int) -> bytes:
    held = bytearray()
    while len(held) < size and (chunk := stream.read(size - len(held))):
        held += chunk
    return bytes(held)
