"""Opening the store for a command or the server: on first use it is made, and the shipped data are loaded into it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import StoreMissingError, StoreSchemaError
from graph.store import Progress, Store

# What reads and writes is imported when it is needed: `--help` and the reading of numbers must not wait for it.
if TYPE_CHECKING:
    from loaders import LoadSummary

_BESIDE = ("", "-wal", "-shm", "-journal", "-writer")
"""Endings of the files that belong to one store."""


@contextlib.contextmanager
def opened(address: str | None, *, on: date, first: Callable[[], None] | None = None) -> Iterator[Store]:
    """The store to read from, as `ready`, closed at the end. `first` is called once when the shipped data must be loaded."""
    told: list[str] = []

    def tell(dataset: str, _: Progress) -> None:
        if first and not told:
            first()
        told.append(dataset)

    store = ready(address, on=on, progress=tell)
    try:
        yield store
    finally:
        store.close()


def ready(address: str | None, *, on: date, progress: Callable[[str, Progress], None] | None = None) -> Store:
    """A store to read from, at `address` or at the default place; made and filled where there is none yet.

    Raises the StoreErrors of `graph.open.open_store`; StoreMissingError where the folder that `address` names does not exist.
    """
    from graph.open import open_store

    try:
        return open_store(address, readonly=True)
    except StoreMissingError:
        fill(address, on=on, progress=progress)
    except StoreSchemaError:
        # One that an older version of this program wrote is brought up to date by being opened where it can be written.
        open_store(address).close()
    return open_store(address, readonly=True)


def fill(address: str | None, *, on: date, progress: Callable[[str, Progress], None] | None = None) -> LoadSummary:
    """Make the store and load the shipped data into it.

    It is made beside its place and moved there when it is complete: nobody reads half of it, and a first load that is broken off
    leaves none. Where two begin at once, the first to end counts. Raises as `ready`.
    """
    from graph.open import open_store
    from loaders import load, shipped

    place = place_for(address)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        store = open_store(str(draft), create=True)
        try:
            summary = load(store, [shipped()], on=on, progress=progress)
        finally:
            store.close()
        _move(draft, place)
    finally:
        for ending in _BESIDE:
            draft.with_name(draft.name + ending).unlink(missing_ok=True)
    return summary


def place_for(address: str | None) -> Path:
    """The file of a store that may be made there. Raises StoreMissingError for a folder that an address names and that does not exist.

    Only the default folder is made: a folder that somebody wrote and that does not exist is most likely misspelt.
    """
    from graph.open import place_of

    place = place_of(address)
    if address and address.strip() and not place.parent.is_dir():
        raise StoreMissingError(f"there is no folder {place.parent}; make it first, or name another store")
    return place


def _move(draft: Path, place: Path) -> None:
    try:
        os.link(draft, place)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not place.exists():
            draft.replace(place)
