"""Whether a store can serve, and whether it holds what ships with this version: what `standards-graph doctor` says."""

from __future__ import annotations

import platform
from collections import Counter
from importlib import metadata

import loaders
from graph.open import open_store
from graph.store import Store

_TOLD = 5
"""Datasets that are named in one line."""


def checked(address: str | None) -> tuple[dict[str, object], tuple[str, ...]]:
    """Facts about the store at an address, and what is wrong with it, each in one line.

    Raises the errors of `graph.open.open_store`, which say by themselves what is wrong. Reads nothing but counts of the store, and
    looks up the statements of the shipped tables one by one.
    """
    at = open_store(address)
    try:
        counts, state = at.counts(), at.state()
        facts: dict[str, object] = {
            "version": metadata.version("standards-graph"),
            "python": platform.python_version(),
            "engine": state.engine,
            "place": state.place,
            "schema_version": state.schema_version,
            "revision": state.revision,
            "loaded_on": state.loaded_on,
            "datasets": len(counts.datasets),
            "nodes": sum(counts.nodes.values()),
            "statements": sum(counts.statements.values()),
            "documents": counts.documents,
        }
        problems = [f"the store {state.place}: {note}" for note in state.notes]
        if not facts["statements"]:
            problems.append("the store is empty; `standards-graph load` loads the shipped data")
        else:
            problems += _behind(at)
    finally:
        at.close()
    return facts, tuple(problems)


def _behind(store: Store) -> tuple[str, ...]:
    """Whether the shipped tables say what the store does not hold, as after an upgrade of this program.

    A table whose loading was broken off, or that was taken out, is told in the same way. Raises StoreError where a look-up fails.
    """
    tables = loaders.read([loaders.shipped()], known=store)
    kept = store.counts().datasets
    differ = []
    for dataset in tables.datasets:
        said: Counter[str] = Counter()
        missing = 0
        for batch in tables.batches(dataset.id):
            keys = list(dict.fromkeys(s.key for s in batch.statements))
            found = store.statements(keys)
            missing += sum(key not in found for key in keys)
            said.update(keys)
        if missing or len(said) != kept.get(dataset.id, 0):
            differ.append(dataset.id)
    if not differ:
        return ()
    named = ", ".join(differ[:_TOLD]) + (f" and {len(differ) - _TOLD} more" if len(differ) > _TOLD else "")
    return (f"the shipped tables have changed since they were loaded ({named}); `standards-graph load` brings them in",)
