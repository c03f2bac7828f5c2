"""Large inputs read on all processors: pieces of them go to other processes, what they say comes back in order.

There the store is open for reading, so that names lead where they lead here. What is said comes back as the store wants it,
or as it was said where the store wants to compare it with what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, runtime_checkable

from graph.model import Dataset, Document
from graph.open import open_store
from graph.store import Packed, Packing
from loaders.directory import Directory
from loaders.format import Format
from loaders.formats import formats
from loaders.inputs import Head, Input, Piece
from loaders.outcomes import Outcome, SourceCounts
from loaders.refusals import Refusal
from loaders.saying import Naming, Saying

__all__ = ["Answer", "ByLines", "Task", "answered", "can_be_sent", "tasks"]

TASK_BYTES = 2 * 1024 * 1024
"""About how much is sent to another process at once."""

TASK_INPUTS = 400
"""How many small inputs are sent at once."""

Given = tuple[Input, Format]


@runtime_checkable
class ByLines(Protocol):
    """A kind of source that may lie in lines, each a record of its own."""

    def by_lines(self, head: Head) -> bool:
        """Whether an input that begins so does."""


@dataclass(frozen=True, slots=True)
class Task:
    """Pieces of inputs of one kind, for another process. `begun` names the inputs that begin with a piece of it.

    `store` is the address of the store that knows names ("" where none does), `packing` makes ready for it what is said.
    """

    kind: str
    dataset: Dataset
    saved_on: str | None
    telling: bool
    pieces: tuple[Piece, ...]
    begun: tuple[str, ...]
    store: str = ""
    packing: Packing | None = None


@dataclass(slots=True)
class Answer:
    """What the records of a task say: `packed`, or where that is None as they say it."""

    packed: Packed | None
    documents: tuple[Document, ...]
    said: list[Saying]
    counts: SourceCounts
    refusals: list[Refusal]
    outcomes: list[Outcome]
    gap: str
    announced: int


def can_be_sent(given: Input, kind: Format) -> bool:
    """Whether an input can be read elsewhere, whole or in pieces: kinds that only the caller knows cannot."""
    if not any(kind is known for known in formats()):
        return False
    return given.head.whole or (isinstance(kind, ByLines) and kind.by_lines(given.head))


def tasks(
    inputs: Iterable[Given],
    dataset: Dataset,
    saved_on: str | None,
    *,
    telling: bool,
    store: str = "",
    packing: Packing | None = None,
) -> Iterator[Task]:
    """Inputs that can be sent, cut and put together to tasks. Each is read before the next is asked for."""
    pieces: list[Piece] = []
    begun: list[str] = []
    held, before = 0, ""

    def gathered() -> Iterator[Task]:
        nonlocal held
        if pieces:
            yield Task(before, dataset, saved_on, telling, tuple(pieces), tuple(begun), store, packing)
        pieces.clear()
        begun.clear()
        held = 0

    for given, kind in inputs:
        if kind.name != before:
            yield from gathered()
            before = kind.name
        begun.append(given.name)
        for piece in given.pieces(TASK_BYTES):
            pieces.append(piece)
            held += piece.size
            if held >= TASK_BYTES or len(pieces) >= TASK_INPUTS:
                yield from gathered()
    yield from gathered()


def answered(task: Task) -> Answer:
    """What another process does: read the pieces, and say what their records say."""
    from loaders.streaming import Streaming  # which sends the tasks

    kind = next(known for known in formats() if known.name == task.kind)
    naming = _naming(task.store)
    naming.rest()
    outcomes: list[Outcome] = []
    streaming = Streaming(None, task.saved_on, outcomes.append if task.telling else None, naming)
    documents: dict[str, Document] = {}
    said: list[Saying] = []
    for cited, together in streaming.read(((piece, kind) for piece in task.pieces), task.dataset):
        documents.update((document.id, document) for document in cited)
        said += together
    counts = streaming.counts[task.dataset.id, kind.name]
    counts.files = len(task.begun)
    packed = None
    if task.packing is not None:
        made = task.packing(streaming.batch(tuple(documents.values()), said, task.dataset))
        packed = made if isinstance(made, Packed) else None
    return Answer(
        packed,
        () if packed else tuple(documents.values()),
        [] if packed else said,
        counts,
        streaming.refusals,
        [outcome for outcome in outcomes if outcome.outcome != "file"],
        streaming.unread(task.dataset.id),
        streaming.announced(task.dataset.id),
    )


@lru_cache(maxsize=1)
def _naming(store: str) -> Naming:
    """The naming of a process; it lives as long as the process."""
    return Naming(Directory(open_store(store, readonly=True) if store else None))
