"""Opening the store for a command or the server: on first use it is made, and the shipped data are loaded into it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from graph.errors import StoreMissingError
from graph.open import open_store
from graph.store import Progress, Store
from loaders import LoadSummary, load, shipped


def ready(address: str | None, *, on: date, progress: Callable[[str, Progress], None] | None = None) -> Store:
    """A store to read from, at `address` or at the default place; made and filled where there is none yet.

    Raises the StoreErrors of `graph.open.open_store`.
    """
    try:
        return open_store(address, readonly=True)
    except StoreMissingError:
        fill(address, on=on, progress=progress)
    return open_store(address, readonly=True)


def fill(address: str | None, *, on: date, progress: Callable[[str, Progress], None] | None = None) -> LoadSummary:
    """Load the shipped data, making the store where there is none."""
    store = open_store(address, create=True)
    try:
        return load(store, [shipped()], on=on, progress=progress)
    finally:
        store.close()
