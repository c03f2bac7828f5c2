"""One input, opened: what it begins with, and all of it as bytes, text, lines or a stream."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from loaders.inputs.limits import HEAD, LARGEST_TEXT, LONGEST_LINE, MIB
from loaders.inputs.text import as_utf8, beginning, decoded, encoding_of, lines_of
from loaders.refusals import Refused

__all__ = ["Head", "Input", "Piece", "Readable", "read_from"]

_PIECE = 256 * 1024


class Readable(Protocol):
    """Bytes that can be read once, from the beginning."""

    def read(self, size: int, /) -> bytes:
        """At most that many bytes, at least one where there are any left."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of an input: its name without folders, and its first `HEAD` bytes (all, where `whole`).

    `text` is the beginning as text, with a sign for each byte that cannot be read.
    """

    name: str
    start: bytes
    whole: bool
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every format looks at it.
        object.__setattr__(self, "text", beginning(self.start))


class Input:
    """One input, opened once and read once, from the beginning.

    `name` is how refusals call it, `file` its own name in its folder or archive (of a packed one without the ending that tells how),
    `path` where it lies on disk, packed or not: None for what lies in an archive.
    """

    def __init__(
        self, name: str, opener: Callable[[], Readable], *, file: str | None = None, path: Path | None = None
    ) -> None:
        self.name, self.path = name, path
        self._stream = opener()
        start = read_from(self._stream, HEAD + 1)
        called = (name if file is None else file).replace("\\", "/").rpartition("/")[2]
        self.head = Head(called, start[:HEAD], len(start) <= HEAD)
        self._start = start

    @classmethod
    def of(cls, name: str, data: bytes) -> Input:
        """An input that is held already."""
        return cls(name, lambda: io.BytesIO(data))

    def read(self, limit: int = LARGEST_TEXT) -> bytes:
        """All of it. Raises `Refused` where it is longer than `limit` bytes."""
        data = self._start
        if not self.head.whole:
            data += read_from(self._stream, limit + 1 - len(data))
        if len(data) > limit:
            raise Refused(f"is larger than {limit // MIB or 1} MiB")
        return data

    def text(self, limit: int = LARGEST_TEXT) -> str:
        """All of it as text: UTF-8, UTF-16 with its mark, or GB18030. Raises `Refused`."""
        return decoded(self.read(limit))

    def stream(self) -> BinaryIO:
        """All of it as a stream of the bytes as they are, for what can be long."""
        return _stream(self._pieces())

    def utf8(self) -> BinaryIO:
        """All of it as a stream of UTF-8 without a mark, whatever it was in; reading raises `Refused` at bytes that are no text."""
        return _stream(as_utf8(self._pieces(), encoding_of(self.head.start)))

    def readable(self) -> Readable:
        """All of it, without reading ahead: of what is damaged, all comes that can be read."""
        return _Joined(self._pieces())

    def lines(self, limit: int = LONGEST_LINE) -> Iterator[tuple[int, bytes | Refused]]:
        r"""Each line with its number (from 1), as UTF-8 without its end; in its place why it cannot be read, where it cannot.

        >>> list(Input.of("a.jsonl", "{}\r\n中".encode("gb18030")).lines())[1][1].decode()
        '中'
        """
        return lines_of(self._pieces(), encoding_of(self.head.start), limit)

    def pieces(self, size: int) -> Iterator[Piece]:
        """All of it in pieces of whole lines of about that many bytes; what is small is one piece."""
        if self.head.whole:
            yield Piece(self.name, self.head, self._start, 1)
            return
        line, held = 1, b""
        for piece in self._pieces():
            held += piece
            if len(held) >= size and (cut := held.rfind(b"\n") + 1):
                yield Piece(self.name, self.head, held[:cut], line)
                line += held.count(b"\n", 0, cut)
                held = held[cut:]
        if held:
            yield Piece(self.name, self.head, held, line)

    def _pieces(self) -> Iterator[bytes]:
        yield self._start
        while not self.head.whole and (piece := _some(self._stream, _PIECE)):
            yield piece


class _Joined:
    """Pieces of bytes, one after the other; once they cannot be read on, they never can."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")
        self._broken: Refused | None = None

    def read(self, size: int) -> bytes:
        if self._broken is not None:
            raise self._broken
        while not self._left:
            try:
                piece = next(self._pieces, None)
            except Refused as refused:
                self._broken = refused
                raise
            if piece is None:
                return b""
            self._left = memoryview(piece)
        data = self._left[:size]
        self._left = self._left[size:]
        return bytes(data)


class _Stream(io.RawIOBase):
    """What can be read, as one of Python's own streams."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._joined = _Joined(pieces)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._joined.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _stream(pieces: Iterator[bytes]) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Stream(pieces), _PIECE))


def _some(stream: Readable, size: int) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror or error})") from None


class Piece(Input):
    """Some lines of an input, or all of a small one, which can be read by themselves, also in another process.

    `head` is that of the whole input: by it its kind and encoding are known.
    """

    def __init__(self, name: str, head: Head, data: bytes, first_line: int) -> None:
        self.name, self.path, self.head = name, None, head
        self._start, self._first_line = data, first_line

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self._start)

    def read(self, limit: int = LARGEST_TEXT) -> bytes:
        """All of it. Raises `Refused` where it is longer than `limit` bytes."""
        if len(self._start) > limit:
            raise Refused(f"is larger than {limit // MIB or 1} MiB")
        return self._start

    def lines(self, limit: int = LONGEST_LINE) -> Iterator[tuple[int, bytes | Refused]]:
        """Each line with its number in the whole input."""
        encoding = encoding_of(self.head.start)
        if self._first_line > 1 and encoding == "utf-8-sig":
            encoding = "utf-8"  # the mark stands in the first piece
        for number, line in lines_of(self._pieces(), encoding, limit):
            yield number + self._first_line - 1, line

    def _pieces(self) -> Iterator[bytes]:
        yield self._start


def read_from(stream: Readable, size: int) -> bytes:
    """That many bytes, or what there is of them. Raises `Refused` where they cannot be read."""
    held: list[bytes] = []
    while size > 0 and (data := _some(stream, min(size, _PIECE))):
        held.append(data)
        size -= len(data)
    return b"".join(held)
