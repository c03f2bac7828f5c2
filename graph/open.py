"""Opening a store by its address: which engine, which place.

Addresses: `sqlite:///relative/or/C:/path`, `sqlite:////absolute/path`, or a bare path. Without one, the store is in the
platform's folder for a user's data.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import unquote

from graph.errors import InputError
from graph.sqlite import SqliteStore
from graph.store import Store

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(?=//)")
FILE_NAME = "standards.sqlite"


def open_store(address: str | None = None, *, readonly: bool = False, create: bool = False) -> Store:
    """Open the store at an address, or the user's own where none is given.

    Args:
        address: where the store is; see the module.
        readonly: never write, and wait for nobody.
        create: make it, and its folder, where there is none.

    Raises:
        InputError: an address that names no engine.
        StoreMissingError: nothing is there, and `create` is False.
        StoreDamagedError, StoreSchemaError, StoreReadOnlyError, StoreLockedError: it cannot serve; the message says why.
    """
    return SqliteStore(place_of(address), readonly=readonly, create=create and not readonly)


def place_of(address: str | None) -> Path:
    """The file that an address of an embedded store names.

    >>> place_of("sqlite:///data/standards.sqlite").as_posix()
    'data/standards.sqlite'
    """
    if address is None or not address.strip():
        return default_place()
    scheme = _SCHEME.match(address)
    if scheme is None:
        return _path(address)
    if scheme[1].lower() != "sqlite":
        message = f"{address[:80]!r} names no engine that is known; write sqlite:///path, or the path of a file"
        raise InputError(message, field="store")
    rest = unquote(address[scheme.end() + 2 :])
    if not rest.startswith("/") or rest == "/":
        message = (
            f"{address[:80]!r} names no file; write sqlite:///path, with three slashes (four for an absolute path)"
        )
        raise InputError(message, field="store")
    return _path(rest[1:])


def default_place() -> Path:
    """The file of a user's own store: under the platform's folder for a user's data."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "standards-graph" / FILE_NAME


def _path(text: str) -> Path:
    if "\0" in text:
        raise InputError(f"{text[:80]!r} is not the path of a file", field="store")
    return Path(text).expanduser()
