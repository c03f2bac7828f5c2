"""From paths to inputs: files as they are, folders walked, archives and packed files opened, one input at a time.

Kinds of archive are known by their first bytes, never by their names. What cannot be opened is refused with its name, and the walk goes on.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from loaders.inputs.archives import is_hidden, is_tar, member_fault, tar_members, zip_members
from loaders.inputs.opened import Input, Readable
from loaders.inputs.packed import Unpacked, packing_of
from loaders.refusals import Refusal, Refused

__all__ = ["ZIP", "is_office", "walk"]

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"word/", b"ppt/", b"mimetype")
"""First members of what office programs write: zip archives that are one document."""
_LONGEST_NAME = 400


def walk(paths: Sequence[Path]) -> Iterator[Input | Refusal]:
    """Every input under these paths, in order of names within a folder and as an archive has them; a refusal for what cannot be opened.

    Each must be read before the next is asked for. Hidden files, and what macOS adds to archives, are passed over. A folder or
    archive without any file is refused, too.
    """
    for path in _apart(paths):
        found = False
        for given in _folder(path) if path.is_dir() else _file(path):
            found = True
            yield given
        if not found:
            yield Refusal(str(path), 0, "", "holds no file")


def is_office(start: bytes) -> bool:
    r"""Whether something that begins like this is a document of an office program, not an archive of files.

    >>> is_office(b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml")
    True
    """
    return start.startswith(ZIP[0]) and start[30:60].startswith(_OFFICE)


def _apart(paths: Sequence[Path]) -> Iterator[Path]:
    """The paths, each once, without those that a folder among them leads to."""
    given = {path: path.resolve() for path in paths}
    seen: set[Path] = set()
    for path, place in given.items():
        above = (other for other in given.values() if other != place and place.is_relative_to(other))
        reached = any(not is_hidden(str(place.relative_to(other))) for other in above)
        if place not in seen and not reached:
            seen.add(place)
            yield path


def _folder(folder: Path) -> Iterator[Input | Refusal]:
    """The files of a folder and of those in it. Of a folder only names are held, however many there are."""
    pending = [iter([str(folder)])]
    while pending:
        inside = next(pending[-1], None)
        if inside is None:
            pending.pop()
        elif os.path.isdir(inside):  # noqa: PTH112 - paths of a million files are not made into objects
            if len(pending) > 1 and os.path.islink(inside):  # noqa: PTH114
                yield Refusal(inside, 0, "", "a link to a folder, which may lead in circles; give the folder itself")
                continue
            try:
                names = sorted(name for name in os.listdir(inside) if not is_hidden(name))  # noqa: PTH208
            except OSError as error:
                yield Refusal(inside, 0, "", f"cannot be read ({error.strerror or error})")
                continue
            pending.append(_within(inside, names))
        else:
            yield from _file(Path(inside))


def _within(folder: str, names: Sequence[str]) -> Iterator[str]:
    return (f"{folder}{os.sep}{name}" for name in names)


def _file(path: Path) -> Iterator[Input | Refusal]:
    """One file, or what it holds where it is an archive."""
    name = _shown(str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Refusal(name, 0, "", "is neither a file nor a folder")
            return
        with path.open("rb") as file:
            yield from _opened(name, path, file)
    except OSError as error:
        yield Refusal(name, 0, "", f"cannot be read ({error.strerror or error})")
    except Refused as refused:
        yield Refusal(name, 0, "", refused.reason)


def _opened(name: str, path: Path, file: BinaryIO) -> Iterator[Input | Refusal]:
    given = Input(name, lambda: file, file=path.name, path=path)
    start = given.head.start
    if packing_of(start):
        held = _unpacked(given)
        if is_tar(held.head.start):
            yield from _members(name, tar_members(held.readable()))
        else:
            yield held
    elif _is_zip(start):
        yield from _members(name, zip_members(file, path.stat().st_size))
    elif is_tar(start):
        yield from _members(name, tar_members(given.readable()))
    else:
        yield given


def _members(archive: str, members: Iterator[tuple[str, Readable | Refused]]) -> Iterator[Input | Refusal]:
    for called, content in members:
        if is_hidden(called):
            continue
        name = f"{archive}: {_shown(called)}"
        try:
            yield _member(name, called, content)
        except Refused as refused:
            yield Refusal(name, 0, "", refused.reason)


def _member(name: str, called: str, content: Readable | Refused) -> Input:
    """A member, unpacked once more where it is packed itself. Raises `Refused` for one that cannot or must not be read."""
    if isinstance(content, Refused):
        raise content
    if fault := member_fault(called):
        raise Refused(fault)
    given = Input(name, lambda: content, file=called)
    if packing_of(given.head.start):
        given = _unpacked(given)
    if _is_zip(given.head.start) or is_tar(given.head.start):
        raise Refused("an archive inside an archive; unpack the outer one and load its folder")
    return given


def _unpacked(given: Input) -> Input:
    """What a packed input holds, called as it is without the ending that tells how it is packed."""
    packing = packing_of(given.head.start)
    stem, _, ending = given.head.name.rpartition(".")
    file = stem if stem and ending.lower() in ("gz", "xz", "bz2") else given.head.name
    return Input(given.name, lambda: Unpacked(given.readable(), packing), file=file, path=given.path)


def _is_zip(start: bytes) -> bool:
    return start.startswith(ZIP) and not is_office(start)


def _shown(name: str) -> str:
    """A name as refusals call it: text throughout, and not without end."""
    plain = name.encode("utf-8", "replace").decode()
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[:_LONGEST_NAME]}..."
