"""gzip, xz and bzip2: what they hold, unpacked as it is read, in bounded memory."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Mapping
from typing import Protocol

from loaders.inputs.limits import LARGEST_ARCHIVE, MIB, UNPACKING_MEMORY, Meter
from loaders.inputs.opened import Readable, read_from
from loaders.refusals import Refused

__all__ = ["PACKINGS", "Unpacked", "packing_of"]

PACKINGS: Mapping[str, bytes] = {"gzip": b"\x1f\x8b", "xz": b"\xfd7zXZ\x00", "bzip2": b"BZh"}
"""How a packed file begins."""

_PIECE = 128 * 1024


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """zlib behind the interface that the other two share."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class Unpacked:
    """What a packed stream holds. Reading raises `Refused` where it is damaged, cut off, or unpacks to what no data does."""

    def __init__(self, packed: Readable, packing: str, largest: int = LARGEST_ARCHIVE) -> None:
        self._packed, self._packing = packed, packing
        self._meter = Meter(largest)
        self._unpacker: _Unpacker | None = None

    def read(self, size: int) -> bytes:
        """Unpack at most that many bytes."""
        try:
            data = self._more(size)
        except lzma.LZMAError as error:
            if "emory" in str(error):
                raise Refused(f"needs more than {UNPACKING_MEMORY // MIB} MiB of memory to be unpacked") from None
            raise Refused(f"is damaged: not {self._packing} throughout") from None
        except (zlib.error, OSError, ValueError, EOFError):
            raise Refused(f"is damaged: not {self._packing} throughout") from None
        self._meter.take(len(data))
        return data

    def _more(self, size: int) -> bytes:
        while True:
            if self._unpacker is None or self._unpacker.eof:
                data = self._next_stream()
                if not data:
                    return b""
                self._unpacker = _unpacker(self._packing)
            else:
                data = self._read() if self._unpacker.needs_input else b""
            ended = not data and self._unpacker.needs_input
            if unpacked := self._unpacker.decompress(data, size):
                return unpacked
            if ended and not self._unpacker.eof:
                raise Refused("ends in the middle: it was cut off when it was copied or saved")

    def _next_stream(self) -> bytes:
        """The beginning of the first stream, or of one that follows another; packers fill up with zeros between and behind them."""
        data = self._unpacker.unused_data if self._unpacker else b""
        while not (data := data.lstrip(b"\0") if self._unpacker else data):
            if not (data := self._read()):
                return b""
        return data

    def _read(self) -> bytes:
        data = read_from(self._packed, _PIECE)
        self._meter.packed += len(data)
        return data


def packing_of(start: bytes) -> str:
    """How something is packed that begins like this; "" where it is not."""
    return next((name for name, magic in PACKINGS.items() if start.startswith(magic)), "")


def _unpacker(packing: str) -> _Unpacker:
    if packing == "gzip":
        return _Gzip()
    if packing == "xz":
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=UNPACKING_MEMORY)
    return bz2.BZ2Decompressor()
