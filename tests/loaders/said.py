"""What is read in this process, as batches of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.model import Batch
from graph.store import Packed


def in_batches(said: Iterable[Batch | Packed]) -> Iterator[Batch]:
    """The batches of an input that is too small to be read in other processes."""
    for batch in said:
        assert isinstance(batch, Batch)
        yield batch
