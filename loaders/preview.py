"""What a load would write, one object a node or statement; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from graph.model import Dataset, Node, NodeRecord
from loaders.directory import Known
from loaders.format import Format
from loaders.formats import Recognised, formats
from loaders.gathering import Gathering
from loaders.inputs import Input
from loaders.outcomes import LoadSummary
from loaders.saying import Saying
from loaders.streaming import Streaming

__all__ = ["DryRun", "dry_run"]

_SAID_AT_MOST = 500_000
"""Lines of nodes that are remembered, so that none is shown twice."""


class DryRun:
    """What a load would write; `summary` is known once all of it has been taken. Made by `dry_run`."""

    def __init__(self, gathering: Gathering, known: Known | None) -> None:
        self._gathering, self._known = gathering, known
        self._said: set[int] = set()
        self._sources: dict[str, str] = {}

    def __iter__(self) -> Iterator[dict[str, object]]:
        intake = self._gathering.intake()
        for given in intake.sources():
            yield from self._source(*given)
        reading = self._gathering.tables(intake, self._known)
        saved_on = self._gathering.streaming.saved_on
        for line in reading.lines() if reading else ():
            statement = line.get("statement")
            if isinstance(statement, dict) and statement["observed_on"] is None:
                statement["observed_on"] = saved_on
            yield line

    @property
    def summary(self) -> LoadSummary:
        """What became of what was given. Raises `TableError` where it was one thing, and that cannot be read."""
        return self._gathering.summary()

    # -- inside ----------------------------------------------------------------------------------------------------
    def _source(self, given: Input, taken: Recognised) -> Iterator[dict[str, object]]:
        from loaders.reading import statement_line

        for documents, said in self._gathering.streaming.read(((given, taken.kind),), taken.dataset):
            self._sources.update((document.id, document.url or document.title) for document in documents)
            for saying in said:
                yield from self._nodes(saying, taken.dataset)
                end = self._ends(saying)
                for statement in saying.statements:
                    source = self._sources[statement.provenance.document]
                    yield {"statement": statement_line(statement, end, source)}

    def _nodes(self, saying: Saying, dataset: Dataset) -> Iterator[dict[str, object]]:
        """A node that is only mentioned is left out where the store has it."""
        directory = self._gathering.streaming.directory
        unknown = (record for record in saying.mentioned if directory.entry(record.id) is None)
        for record in (*saying.nodes, *unknown):
            line = {"id": record.id, "label": record.label, **record.properties}
            mark = hash((dataset.id, *line.items()))
            if mark not in self._said:
                if len(self._said) >= _SAID_AT_MOST:
                    self._said.clear()
                self._said.add(mark)
                yield {"node": line}

    def _ends(self, saying: Saying) -> Callable[[str], Mapping[str, str]]:
        directory = self._gathering.streaming.directory
        records: dict[str, NodeRecord] = {}
        for record in (*saying.mentioned, *saying.nodes):
            if record.properties or record.id not in records:
                records[record.id] = record

        def end(id: str) -> dict[str, str]:
            record, entry = records[id], directory.entry(id)
            name = Node(id, record.label, record.properties).ref.name("zh") if record.properties else ""
            return {"id": id, "label": record.label, "name": name or (entry.name if entry else "") or id}

        return end


def dry_run(
    paths: Sequence[Path],
    *,
    known: Known | None = None,
    mapping: Path | None = None,
    saved_on: str | None = None,
    known_formats: Sequence[Format] | None = None,
) -> DryRun:
    """What loading these would write, one object a node or statement; nothing is written.

    `{"node": {"id", "label", ...properties}}` and `{"statement": {"from": {"id", "label", "name"}, "type", "to": {...} or
    "value", "qualifier", ...properties, "since", "until", "observed_on", "confidence", "basis", "source", "locator"}}`. The
    parameters are those of `loaders.load`; `known` is what was loaded before.
    """
    return DryRun(Gathering(paths, known_formats or formats(), mapping, Streaming(known, saved_on)), known)
