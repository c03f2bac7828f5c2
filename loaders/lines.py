"""Text files as numbered lines, with bounded memory, whatever encoding an office program saved them in.

Text is UTF-8 (with or without a byte order mark), UTF-16 with its mark, or GB18030, in which Chinese office programs save; which
one is found out from the whole file, so that one broken line does not turn the others into nonsense.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from loaders.inputs.limits import LONGEST_LINE
from loaders.inputs.packed import Unpacked
from loaders.inputs.text import split_lines
from loaders.refusals import Refused

__all__ = ["LINE_LIMIT", "Opener", "encoding_of", "lines", "unzipped"]

Opener = Callable[[], BinaryIO]
"""Opens a file from its beginning, each time it is called."""

LINE_LIMIT = LONGEST_LINE
"""Bytes of one line; a longer one is refused."""

_CHUNK = 1024 * 1024


def lines(opener: Opener, encoding: str, limit: int = LINE_LIMIT) -> Iterator[str | Refused]:
    """Each line without its end; a refusal for one that is too long or not in the encoding.

    Raises OSError, and `Refused` for a damaged `.gz`.
    """
    for line in split_lines(_bytes(opener, encoding), limit):
        if line is None:
            yield Refused(f"the line is longer than {limit // 1024 // 1024 or 1} MiB")
            continue
        try:
            yield line.decode("gb18030" if encoding == "gb18030" else "utf-8")
        except UnicodeDecodeError as error:
            kind = "GB18030" if encoding == "gb18030" else "UTF-8"
            yield Refused(f"unreadable line: byte {error.start + 1} is not {kind}")


def encoding_of(opener: Opener) -> str:
    """Which encoding the whole file is in: `utf-8`, `utf-8-sig`, `utf-16` or `gb18030`.

    Without a mark, UTF-8 is given up only where more lines are broken as UTF-8 than are sound and not plain ASCII: GB18030 reads nearly
    any bytes, and would turn a file with one damaged line into nonsense. Raises like `lines`.
    """
    chunks = _bytes(opener, "")
    start = next(chunks, b"")
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sound = broken = 0
    for line in split_lines(_again(start, chunks), LINE_LIMIT):
        if line is None or line.isascii():
            continue
        try:
            line.decode("utf-8")
            sound += 1
        except UnicodeDecodeError:
            broken += _is_gb18030(line)
    return "gb18030" if broken > sound else "utf-8"


def unzipped(opener: Opener) -> Opener:
    """The opener of what a `.gz` holds."""
    return lambda: cast("BinaryIO", _Unzipped(opener()))


class _Unzipped:
    """What a `.gz` holds; its file is closed with it."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed, self._held = packed, Unpacked(packed, "gzip")

    def read(self, size: int) -> bytes:
        return self._held.read(size)

    def __enter__(self) -> _Unzipped:
        return self

    def __exit__(self, *_: object) -> None:
        self._packed.close()


def _bytes(opener: Opener, encoding: str) -> Iterator[bytes]:
    """The file in pieces, without a byte order mark; UTF-16 as UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace") if encoding == "utf-16" else None
    begun = encoding != "utf-8-sig"
    with opener() as file:
        while chunk := file.read(_CHUNK):
            if not begun:
                chunk, begun = chunk.removeprefix(codecs.BOM_UTF8), True
            yield decoder.decode(chunk).encode("utf-8", "replace") if decoder else chunk


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _is_gb18030(line: bytes) -> bool:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
