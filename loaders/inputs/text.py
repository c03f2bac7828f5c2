"""Bytes as text: which encoding they are in, and their lines."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal

from loaders.inputs.limits import LONGEST_LINE, MIB
from loaders.refusals import Refused

__all__ = ["Encoding", "as_utf8", "beginning", "decoded", "encoding_of", "lines_of", "split_lines"]

Encoding = Literal["utf-8", "utf-8-sig", "utf-16", "gb18030"]

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(start: bytes) -> Encoding:
    r"""The encoding that the beginning of a text shows: by its mark, else UTF-8, else GB18030 where it is that and not UTF-8.

    >>> encoding_of("前言".encode("gb18030")), encoding_of("前言".encode()[:-1]), encoding_of(b"\xff\xfe\x4d\x52")
    ('gb18030', 'utf-8', 'utf-16')
    """
    return _begun(start)[0]


def beginning(start: bytes) -> str:
    """The beginning of a text that was cut anywhere, with a sign for each byte that cannot be read."""
    return _begun(start)[1]


def decoded(data: bytes, *, errors: str = "strict") -> str:
    """Bytes as text: UTF-8 with or without a mark, UTF-16 with its mark, else GB18030. Raises `Refused` for anything else."""
    if data.startswith(_UTF_16):
        try:
            return data.decode("utf-16", errors)
        except UnicodeDecodeError as error:
            raise Refused(f"is no text: byte {error.start + 1} is not UTF-16, as which it is marked") from None
    try:
        return data.decode("utf-8-sig", errors)
    except UnicodeDecodeError:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise Refused(f"is no text: byte {error.start + 1} is neither UTF-8 nor GB18030") from None


def as_utf8(pieces: Iterable[bytes], encoding: Encoding) -> Iterator[bytes]:
    """The same text in UTF-8 without a mark, piece by piece. What says it is UTF-8 is handed on as it is.

    Raises `Refused` at the first byte that is not in the encoding.
    """
    pieces = iter(pieces)
    if encoding == "utf-8-sig":
        yield next(pieces, b"").removeprefix(codecs.BOM_UTF8)
    if encoding in ("utf-8", "utf-8-sig"):
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    for piece in chain(pieces, (b"",)):
        try:
            text = decoder.decode(piece, not piece)
        except UnicodeDecodeError as error:
            raise Refused(f"is no text: about byte {read + error.start + 1} it is not {encoding.upper()}") from None
        read += len(piece)
        if text:
            yield text.encode("utf-8", "replace")


def lines_of(
    pieces: Iterable[bytes], encoding: Encoding, limit: int = LONGEST_LINE
) -> Iterator[tuple[int, bytes | Refused]]:
    """Each line with its number (from 1), as UTF-8 without its end; in its place why it cannot be read, where it cannot.

    Of a line beyond the limit nothing is held.
    """
    cut = as_utf8(pieces, encoding) if encoding in ("utf-8-sig", "utf-16") else pieces
    for number, line in enumerate(split_lines(cut, limit), 1):
        if line is None:
            yield number, Refused(f"the line is longer than {limit // MIB or 1} MiB")
        elif encoding == "gb18030" and not line.isascii():
            try:
                yield number, line.decode("gb18030").encode()
            except UnicodeDecodeError as error:
                yield number, Refused(f"unreadable line: byte {error.start + 1} is not GB18030")
        else:
            yield number, line


def split_lines(pieces: Iterable[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines without their ends; None for one that is longer than the limit, of which nothing is kept."""
    held: list[bytes] = []
    length, too_long = 0, False
    for piece in pieces:
        *ended, rest = piece.split(b"\n")
        for end in ended:
            if too_long or length + len(end) > limit:
                yield None
            else:
                yield b"".join((*held, end)).removesuffix(b"\r")
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


def _begun(start: bytes) -> tuple[Encoding, str]:
    marked: Encoding | None = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else None
    if start.startswith(_UTF_16):
        marked = "utf-16"
    if marked:
        return marked, codecs.getincrementaldecoder(marked)("replace").decode(start)
    found: Encoding
    for found in ("utf-8", "gb18030"):
        try:
            return found, codecs.getincrementaldecoder(found)().decode(start)
        except UnicodeDecodeError:
            continue
    return "utf-8", start.decode("utf-8", "replace")
