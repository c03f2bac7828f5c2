"""The stores that the contract is tested on: an engine is a line in `ENGINES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.sqlite import SqliteStore
from graph.store import Store
from tests.graph.contract import builders

NewStore = Callable[[], Store]


def _sqlite(folder: Path, number: int) -> Store:
    return SqliteStore(folder / f"{number}.sqlite", create=True)


ENGINES: dict[str, Callable[[Path, int], Store]] = {"sqlite": _sqlite}


@pytest.fixture(params=sorted(ENGINES))
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewStore]:
    """Make empty stores, as many as a test needs."""
    opened: list[Store] = []

    def new() -> Store:
        opened.append(ENGINES[request.param](tmp_path, len(opened)))
        return opened[-1]

    yield new
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """Give an empty store."""
    return new_store()


@pytest.fixture
def world(store: Store) -> Store:
    """Give a store with the small world in it."""
    source = builders.world()
    store.load(source.dataset, source.batches(), on=builders.TODAY)
    return store
