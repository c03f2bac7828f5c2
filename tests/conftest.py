"""Fixtures that several suites share.

`shipped_address` is a store with all shipped data, loaded once a session through the real loader; `shipped_store` is open on
it for reading. Tests that write make stores of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.model import View
from graph.open import open_store
from graph.store import Store
from loaders import load, shipped

LOADED_ON = date(2026, 11, 25)
"""The day that tests take for today."""


@pytest.fixture(scope="session")
def shipped_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a store that holds the shipped data."""
    path: Path = tmp_path_factory.mktemp("shipped") / "graph.sqlite"
    address = f"sqlite:///{path}"
    store = open_store(address, create=True)
    try:
        summary = load(store, [shipped()], on=LOADED_ON)
    finally:
        store.close()
    assert summary.faults == 0, [str(refusal) for refusal in summary.refusals]
    return address


@pytest.fixture(scope="session")
def shipped_store(shipped_address: str) -> Iterator[Store]:
    """The shipped data, open for reading."""
    store = open_store(shipped_address, readonly=True)
    yield store
    store.close()


@pytest.fixture
def now() -> View:
    """Everything on record, as of the day that tests take for today."""
    return View(as_of=LOADED_ON)
