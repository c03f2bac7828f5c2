"""The store of a running server: opened when it can be, and asked for by every request."""

from __future__ import annotations

import threading

from api.parameters import today
from graph.open import open_store
from graph.public import PublicStore
from graph.store import Store


class OpenedStore:
    """One store for all requests, opened read-only at `address` (None: the default place), or one that the caller has opened.

    Where the store cannot be opened yet (missing, of a newer schema, being written), each request tries again, so that a
    server which was started too early begins to serve without a restart. Where `private` is False it is the public part alone.
    """

    def __init__(self, address: str | None, given: Store | None = None, *, private: bool = True) -> None:
        self._address = address
        self._private = private
        self._store = given
        self._given = given is not None
        self._opening = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether the store is there already, so that nobody has to wait for it."""
        return self._store is not None

    def get(self) -> Store:
        """The store, opened now if it was not. Raises StoreError where it cannot be."""
        if self._store is None:
            with self._opening:
                if self._store is None:
                    self._store = open_store(self._address, readonly=True, create=False)
        if self._private:
            return self._store
        return PublicStore(self._store, today)

    def close(self) -> None:
        """Close what was opened here; a store that the caller gave stays open."""
        if self._store is not None and not self._given:
            self._store.close()
            self._store = None
