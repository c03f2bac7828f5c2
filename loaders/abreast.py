"""Large inputs read on all processors: pieces of them go to other processes, what they say comes back in order.

There nobody asks the store: every name of an organisation or body leads to the id that the name alone makes. What comes back is
*settled* here, where names are looked up: another id where the store or an alias knows one, a refusal where a name fits two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol, runtime_checkable

from graph.model import Dataset, Document, NodeRecord, Statement
from graph.schema import RELATIONSHIPS
from graph.validation import statement_problems
from loaders import references
from loaders.directory import Directory
from loaders.format import Format
from loaders.formats import formats
from loaders.inputs import Head, Input, Piece
from loaders.outcomes import Outcome, SourceCounts
from loaders.references import Target
from loaders.refusals import Refusal, Refused
from loaders.saying import Asked, Naming, Saying

__all__ = ["Answer", "ByLines", "Settling", "Task", "answered", "can_be_sent", "tasks"]

TASK_BYTES = 1024 * 1024
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
    """Pieces of inputs of one kind, for another process. `begun` names the inputs that begin with a piece of it."""

    kind: str
    dataset: Dataset
    saved_on: str | None
    telling: bool
    pieces: tuple[Piece, ...]
    begun: tuple[str, ...]


@dataclass(slots=True)
class Answer:
    """What the records of a task say, before names are settled, with the names that were asked for by the ids they made."""

    documents: tuple[Document, ...]
    said: list[Saying]
    asked: Mapping[str, Asked]
    counts: SourceCounts
    refusals: list[Refusal]
    outcomes: list[Outcome]
    gap: str
    announced: int

    def refuse(self, saying: Saying, refused: Iterable[Refused]) -> None:
        """Count and list parts of a record that were taken before names were settled."""
        for part in refused:
            self.counts.records.partly += not saying.refused
            self.counts.records.parts += 1
            self.counts.records.statements -= 1
            saying.refused.append(part)
            refusal = Refusal(saying.file, saying.line, saying.provenance.record, part.reason, part.part)
            self.refusals.append(refusal)
            self.outcomes.append(Outcome.of_refusal(refusal))


def can_be_sent(given: Input, kind: Format) -> bool:
    """Whether an input can be read elsewhere, whole or in pieces: kinds that only the caller knows cannot."""
    if not any(kind is known for known in formats()):
        return False
    return given.head.whole or (isinstance(kind, ByLines) and kind.by_lines(given.head))


def tasks(inputs: Iterable[Given], dataset: Dataset, saved_on: str | None, *, telling: bool) -> Iterator[Task]:
    """Inputs that can be sent, cut and put together to tasks. Each is read before the next is asked for."""
    pieces: list[Piece] = []
    begun: list[str] = []
    held, before = 0, ""

    def gathered() -> Iterator[Task]:
        nonlocal held
        if pieces:
            yield Task(before, dataset, saved_on, telling, tuple(pieces), tuple(begun))
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
    naming = _unsettled()
    naming.asked.clear()
    outcomes: list[Outcome] = []
    streaming = Streaming(None, task.saved_on, outcomes.append if task.telling else None, naming)
    documents: dict[str, Document] = {}
    said: list[Saying] = []
    for cited, together in streaming.read(((piece, kind) for piece in task.pieces), task.dataset):
        documents.update((document.id, document) for document in cited)
        said += together
    counts = streaming.counts[task.dataset.id, kind.name]
    counts.files = len(task.begun)
    return Answer(
        tuple(documents.values()),
        said,
        dict(naming.asked),
        counts,
        streaming.refusals,
        [outcome for outcome in outcomes if outcome.outcome != "file"],
        streaming.unread(task.dataset.id),
        streaming.announced(task.dataset.id),
    )


@lru_cache(maxsize=1)
def _unsettled() -> Naming:
    """The naming of a process that asks no store; it lives as long as the process."""
    return Naming(Directory(None), settled=False)


@dataclass(slots=True)
class Settling:
    """Names that other processes asked for, settled once each."""

    naming: Naming
    _settled: dict[str, Target | Refused | None] = field(default_factory=dict)

    def settle(self, answer: Answer) -> None:
        """Give what was said the ids that its names lead to; refuse what is said of names that lead to none."""
        new = {id: asked for id, asked in answer.asked.items() if id not in self._settled}
        for asked in new.values():
            self.naming.want(asked.name)
        self.naming.ask()
        for id, asked in new.items():
            self._settled[id] = self._lead(id, asked)
        changed = {id: end for id in answer.asked if (end := self._settled[id]) is not None}
        if changed:
            for saying in answer.said:
                if any(record.id in changed for record in (*saying.mentioned, *saying.nodes)):
                    answer.refuse(saying, _resettled(saying, changed, answer.asked))

    def _lead(self, id: str, asked: Asked) -> Target | Refused | None:
        """Where the name leads; None where it is the id that it makes itself."""
        try:
            lead = self.naming.committee if asked.body else self.naming.organisation
            target = lead(asked.name, asked.other)
        except Refused as refused:
            return refused
        return None if target.id == id else target


def _resettled(
    saying: Saying, changed: Mapping[str, Target | Refused], asked: Mapping[str, Asked]
) -> Iterator[Refused]:
    """Turn what was said to the nodes that its names lead to; gives what is refused of it."""
    labels = {record.id: record.label for record in (*saying.nodes, *saying.mentioned)}
    labels |= {end.id: end.label for end in changed.values() if isinstance(end, Target)}
    saying.nodes = [kept for record in saying.nodes if (kept := _record(record, changed, asked))]
    mentioned = [kept for record in saying.mentioned if (kept := _mention(record, changed))]
    described = {record.id for record in saying.nodes}
    once = {record.id: record for record in reversed(mentioned) if record.id not in described}
    saying.mentioned = list(reversed(once.values()))
    end = changed.get(saying.about)
    if end is not None:
        saying.about = end.id if isinstance(end, Target) else ""
    statements, saying.statements = saying.statements, []
    for statement in statements:
        try:
            saying.statements.append(_restated(statement, changed, asked, labels))
        except Refused as refused:
            parts = (saying.parts[id] for id in (statement.subject, statement.object) if id in saying.parts)
            yield refused.at(next(parts, ""))


def _restated(
    statement: Statement,
    changed: Mapping[str, Target | Refused],
    asked: Mapping[str, Asked],
    labels: Mapping[str, str],
) -> Statement:
    """The statement of the ends that its names lead to; a name that is not that end's own stays, as it was printed."""
    ends = []
    for id in (statement.subject, statement.object):
        end = changed.get(id)
        if isinstance(end, Refused):
            raise end
        ends.append(end.id if end is not None else id)
    if ends == [statement.subject, statement.object]:
        return statement
    properties = dict(statement.properties)
    if statement.object and "as_printed" in RELATIONSHIPS[statement.type].properties:
        for id in (statement.subject, statement.object):
            end = changed.get(id)
            if isinstance(end, Target) and end.name != asked[id].name:
                properties.setdefault("as_printed", asked[id].name)
    statement = replace(statement, subject=ends[0], object=ends[1], properties=properties)
    if problems := statement_problems(statement, *((labels[end],) if end in labels else () for end in ends)):
        raise Refused("; ".join(problems))
    return statement


def _record(
    record: NodeRecord, changed: Mapping[str, Target | Refused], asked: Mapping[str, Asked]
) -> NodeRecord | None:
    end = changed.get(record.id)
    if end is None:
        return record
    if isinstance(end, Refused):
        return None
    # Found by another of its names: that name is no news of what the node is called.
    own = {name: value for name, value in record.properties.items() if value != asked[record.id].name}
    return NodeRecord(end.id, end.label, own, record.provenance)


def _mention(record: NodeRecord, changed: Mapping[str, Target | Refused]) -> NodeRecord | None:
    end = changed.get(record.id)
    if end is None:
        return record
    return None if isinstance(end, Refused) else references.on_record(end, record.provenance)
