"""What lies in zip and tar archives, one member after the other; nothing is unpacked to disk.

An archive may be hostile. Members that lead out of it, links, devices and encrypted members are refused one by one, and the
rest is read; of one that is damaged or cut off, what comes before is. Nothing that it claims (sizes, counts) is believed.
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from loaders.inputs.limits import (
    LARGEST_ARCHIVE,
    LARGEST_DIRECTORY,
    LARGEST_HEADER,
    LARGEST_MEMBER,
    MIB,
    MOST_MEMBERS,
    Meter,
)
from loaders.inputs.opened import Readable, read_from
from loaders.refusals import Refused

__all__ = ["is_hidden", "is_tar", "member_fault", "tar_members", "zip_members"]

_BLOCK = 512
_PIECE = 256 * 1024

_TAR_FAULTS = (tarfile.TarError, ValueError, TypeError, LookupError, OverflowError, RecursionError, AttributeError)
"""What reading the header of a damaged tar archive raises."""
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, OverflowError, LookupError)


def is_tar(start: bytes) -> bool:
    """Whether something that begins like this is a tar archive: its first block has a name and its own sum."""
    if not start[148:156].strip(b" \0").isdigit():
        return False  # nothing where the sum stands: most inputs are told apart by this alone
    try:
        tarfile.TarInfo.frombuf(start[:_BLOCK], "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def member_fault(name: str) -> str:
    """What is wrong with the name of a member; "" where nothing is.

    >>> member_fault("data/../../x.yaml"), member_fault("data/x.yaml")
    ('its name leads out of the archive', '')
    """
    if name.startswith(("/", "\\")) or name[1:3] in (":\\", ":/") or ".." in name.replace("\\", "/").split("/"):
        return "its name leads out of the archive"
    return "" if name.isprintable() else "its name holds signs that cannot be printed"


def tar_members(stream: Readable) -> Iterator[tuple[str, Readable | Refused]]:
    """Name and content of each file of a tar archive, streamed. Raises `Refused` where the archive cannot be read on.

    A content must be read before the next member is asked for.
    """
    whole = _Forward(stream)
    meter = Meter(LARGEST_ARCHIVE)
    try:
        archive = tarfile.TarFile(fileobj=cast("Any", whole), mode="r", encoding="utf-8", errors="replace")
    except _TAR_FAULTS:
        raise Refused("is damaged: no tar archive throughout") from None
    for number in range(MOST_MEMBERS + 1):
        member = _next_member(archive, whole)
        if member is None:
            return
        if number == MOST_MEMBERS:
            break
        if member.isdir():
            continue
        if fault := _tar_fault(member):
            yield member.name, Refused(fault)
            continue
        meter.packed += member.size
        meter.take(member.size)
        yield member.name, _Member(whole, member.size)
    raise Refused(f"has more than {MOST_MEMBERS:,} members; those before were read")


def zip_members(file: BinaryIO, size: int) -> Iterator[tuple[str, Readable | Refused]]:
    """Name and content of each file of a zip archive of that size. Raises `Refused` where the archive cannot be read at all.

    A content must be read before the next member is asked for.
    """
    try:
        archive = zipfile.ZipFile(cast("Any", _Bounded(file)))
    except (*_ZIP_FAULTS, NotImplementedError):
        raise Refused("is damaged or was cut off: no zip archive throughout") from None
    with archive:
        meter = Meter(LARGEST_ARCHIVE, size)
        for number, member in enumerate(archive.infolist()):
            if number == MOST_MEMBERS:
                raise Refused(f"has more than {MOST_MEMBERS:,} members; those before were read")
            if member.is_dir():
                continue
            name = _name_in_zip(member)
            if fault := _zip_fault(member):
                yield name, Refused(fault)
                continue
            try:
                opened = archive.open(member)
            except (*_ZIP_FAULTS, NotImplementedError, RuntimeError):
                yield name, Refused("is damaged: the archive does not hold what its list says")
                continue
            with opened:
                yield name, _Zipped(opened, member, meter, size)


# -- tar -----------------------------------------------------------------------------------------------------------
class _Forward:
    """A stream that can be read and moved forward in, as reading a tar archive needs; headers are read within bounds."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self._at = stream, 0
        self._left = LARGEST_HEADER
        self.last_block = b""

    def begin_header(self) -> None:
        self._left = LARGEST_HEADER

    def tell(self) -> int:
        return self._at

    def seek(self, to: int) -> int:
        while self._at < to:
            if not self.content(min(to - self._at, _PIECE)):
                raise Refused("ends in the middle: it was cut off when it was copied or saved")
        if self._at > to:
            raise Refused("is damaged: no tar archive throughout")
        return self._at

    def read(self, size: int) -> bytes:
        """What a header needs."""
        self._left -= size
        if size < 0 or self._left < 0:
            raise Refused(f"is damaged: a header of more than {LARGEST_HEADER // MIB} MiB")
        data = self.content(size)
        if size == _BLOCK:
            self.last_block = data
        return data

    def content(self, size: int) -> bytes:
        data = read_from(self._stream, size)
        self._at += len(data)
        return data


class _Member:
    """The content of one member of a tar archive."""

    def __init__(self, whole: _Forward, size: int) -> None:
        self._whole, self._left = whole, size

    def read(self, size: int) -> bytes:
        data = self._whole.content(min(size, self._left))
        if not data and self._left:
            raise Refused("ends in the middle: the archive was cut off when it was copied or saved")
        self._left -= len(data)
        return data


def _next_member(archive: tarfile.TarFile, whole: _Forward) -> tarfile.TarInfo | None:
    whole.begin_header()
    try:
        member = archive.next()
    except _TAR_FAULTS:
        raise Refused("is damaged: no tar archive throughout") from None
    # The module keeps all members and what headers say of all files; of a million that would be much.
    archive.members.clear()  # type: ignore[attr-defined]
    archive.pax_headers = {}
    if member is None and whole.last_block.strip(b"\0"):
        if len(whole.last_block) < _BLOCK:
            raise Refused("ends in the middle: it was cut off when it was copied or saved")
        raise Refused(f"is damaged at byte {whole.tell()}; what follows was not read")
    return member


def _tar_fault(member: tarfile.TarInfo) -> str:
    if member.issym() or member.islnk():
        return "a link; put the file itself into the archive"
    if not member.isreg():
        return "a device, not a file"
    if member.issparse():
        return "a file with holes; write it out before it is archived"
    if member.size > LARGEST_MEMBER:
        return f"is larger than {LARGEST_MEMBER // 2**30} GiB"
    return ""


# -- zip -----------------------------------------------------------------------------------------------------------
class _Bounded:
    """A file of which the list of members is not read where it is too long."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_DIRECTORY:
            raise Refused(
                f"its list of members takes more than {LARGEST_DIRECTORY // MIB} MiB; pack so many as .tar.gz or .tar.xz"
            )
        return self._file.read(LARGEST_DIRECTORY if size < 0 else size)


class _Zipped:
    """The content of one member of a zip archive."""

    def __init__(self, opened: Any, member: zipfile.ZipInfo, all_members: Meter, archive_size: int) -> None:
        self._opened, self._said = opened, member.file_size
        self._all = all_members
        self._meter = Meter(LARGEST_MEMBER, min(member.compress_size, archive_size))

    def read(self, size: int) -> bytes:
        try:
            data: bytes = self._opened.read(size)
        except (*_ZIP_FAULTS, NotImplementedError):
            raise Refused("is damaged: its content does not unpack to what the archive says") from None
        self._meter.take(len(data))
        self._all.take(len(data))
        if not data and self._meter.unpacked != self._said:
            raise Refused(f"is damaged: {self._meter.unpacked:,} bytes where the archive says {self._said:,}")
        return data


def _zip_fault(member: zipfile.ZipInfo) -> str:
    mode = member.external_attr >> 16
    if member.flag_bits & 0x1:
        return "is encrypted; unpack it with its password first"
    if stat.S_ISLNK(mode):
        return "a link; put the file itself into the archive"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a device, not a file"
    if member.file_size > LARGEST_MEMBER:
        return f"is larger than {LARGEST_MEMBER // 2**30} GiB"
    return ""


def _name_in_zip(member: zipfile.ZipInfo) -> str:
    """The name as it was meant: archives made in China often hold it in GB18030 without saying so."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def is_hidden(name: str) -> bool:
    """Whether a member is hidden, or is what macOS adds to archives or an office program leaves beside an open file.

    >>> is_hidden("./data/a.json"), is_hidden(".git/config"), is_hidden("__MACOSX/a.json")
    (False, True, True)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(
        part == "__MACOSX" or part.startswith("~$") or (part.startswith(".") and part not in (".", ".."))
        for part in parts
    )
