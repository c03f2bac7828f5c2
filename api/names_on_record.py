"""The names on record, as the comparison of two names asks for them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from graph import schema

if TYPE_CHECKING:
    from graph.names.aliases import Alias
    from graph.store import Store


class NamesOnRecord:
    """What each name is known to mean in a store. Entities of one group stay different organisations."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known_as(self, key: str) -> Collection[Alias]:
        """Everything the name with this key is known to mean."""
        from graph.names.aliases import Alias

        named = self._store.named([key], labels=schema.ACTORS).get(key, ())
        return [Alias(n.node.id, n.kind) for n in named]
