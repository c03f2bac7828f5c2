"""Page cursors: opaque to whoever carries them, and good for one list only."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import fields, is_dataclass

from graph.errors import CursorError

_LONGEST = 200


def mark(*parts: object) -> str:
    """A short mark of a list, from what was asked: a cursor of one list does not open another.

    The same in every process, so that a cursor outlives a restart and opens the list on another worker.
    """
    return hashlib.sha256(repr(_in_order(parts)).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _in_order(part: object) -> object:
    """A part with its sets in order: how a set is printed differs from process to process."""
    if isinstance(part, str):
        return part
    if isinstance(part, set | frozenset):
        return sorted(map(repr, part))
    if isinstance(part, tuple):
        return [_in_order(each) for each in part]
    if is_dataclass(part):
        return [_in_order(getattr(part, each.name)) for each in fields(part)]
    return part


def write(list_mark: str, offset: int) -> str:
    """The cursor of the place `offset` in the list with this mark.

    >>> read(write("ab", 40), "ab")
    40
    """
    text = json.dumps([list_mark, offset], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str, list_mark: str) -> int:
    """The place that a cursor names, 0 for an empty one.

    Raises:
        CursorError: the cursor is malformed, or was made for another list.

    >>> read("x", "ab")
    Traceback (most recent call last):
    ...
    graph.errors.CursorError: 'x' is not a page cursor of this list; start again without one
    """
    if not cursor:
        return 0
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        made_for, offset = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        made_for, offset = None, None
    whole = isinstance(offset, int) and not isinstance(offset, bool) and 0 <= offset < 2**40
    if len(cursor) > _LONGEST or made_for != list_mark or not whole:
        message = f"{cursor[:40]!r} is not a page cursor of this list; start again without one"
        raise CursorError(message, field="after")
    return int(offset)
