"""What a load, or a dry run of one, goes through: known sources as they come, then all tables together, and what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import MappingError, TableError
from loaders.directory import Directory, Known
from loaders.format import Format
from loaders.formats import is_of_a_source
from loaders.intake import Intake
from loaders.looks import ARE_JUDGEMENTS
from loaders.outcomes import LoadSummary, Outcome
from loaders.refusals import Refusal
from loaders.streaming import Streaming

# What reads tables is imported when there are some: a day's update of a known source does not wait for it.
if TYPE_CHECKING:
    from graph.store import LoadReport
    from loaders.reading import Reading
    from loaders.sources import Opened, Packed

__all__ = ["Gathering", "keep_apart", "read", "shipped"]


def shipped() -> Path:
    """The folder of the tables that ship with the project."""
    return Path(str(files("loaders"))) / "curated"


def read(
    paths: Sequence[Path],
    *,
    known: Known | None = None,
    mapping: Path | None = None,
    packed: Sequence[Packed] = (),
) -> Reading:
    """Open tables (a folder stands for all tables in it) and do the first pass over them.

    Each table is read by the mapping beside it, or by `mapping` where one is given. `known` is what was loaded before: a store,
    so that names lead to nodes that it has. `packed` are tables that lie in archives. Raises `TableError` and `MappingError`
    where nothing can be read.
    """
    from loaders.reading import Reading
    from loaders.sources import open_tables

    return Reading(open_tables(paths, mapping, shipped(), Directory(known), packed=packed))


@dataclass(slots=True)
class Gathering:
    """What was given, being gone through once. `unread` counts what was refused before any record of it was read."""

    paths: Sequence[Path]
    formats: Sequence[Format]
    mapping: Path | None
    streaming: Streaming
    hear: Callable[[Outcome], None] | None = None
    unread: int = 0
    reading: Reading | None = None

    def intake(self, refuse: Callable[[Refusal], None] | None = None) -> Intake:
        """What was given, to be walked over; `refuse` is told of what is of no use, where that is not to be counted."""
        return Intake(self.paths, self.formats, shipped(), refuse or self.refuse, self.mapping)

    def refuse(self, refusal: Refusal) -> None:
        """Count and list something given that is of no use."""
        self.unread += 1
        self.streaming.refuse(refusal)

    def tables(self, intake: Intake, known: Known | None) -> Reading | None:
        """The tables that were found, read once; None where there is none. Raises as `read` where nothing else was given."""
        if not intake.tables and not intake.packed:
            return None
        from loaders.reading import Reading
        from loaders.sources import open_tables

        try:
            opened = open_tables(intake.tables, self.mapping, shipped(), Directory(known), packed=intake.packed)
            reading = Reading(self._apart(opened))
        except (TableError, MappingError) as error:
            if not self.streaming.counts and not self.unread:
                raise
            file = str(intake.tables[0]) if intake.tables else intake.packed[0].table.name
            self.refuse(Refusal(file, 0, "", str(error).removeprefix(f"{file}: ")))
            return None
        reading.hear = self.hear
        if self.hear is not None:
            for refusal in reading.failed:
                self.hear(Outcome.of_refusal(refusal))
        self.reading = reading
        return reading

    def _apart(self, opened: Opened) -> Opened:
        """Without tables that would go into a dataset that is not theirs. Raises `MappingError` where no other is left."""
        taken: list[Refusal] = []
        free = []
        for source in opened.sources:
            reason = "" if source.shipped else taken_by(source.mapping.dataset)
            if reason:
                taken.append(Refusal(source.file, 0, "", f"{reason}; give yours another `dataset` in its mapping"))
            else:
                free.append(source)
        if taken and not free:
            raise MappingError("; ".join(map(str, taken)), field="dataset")
        for refusal in taken:
            self.refuse(refusal)
        return replace(opened, sources=tuple(free))

    def summary(self, reports: Iterable[LoadReport] = (), incomplete: Mapping[str, str] | None = None) -> LoadSummary:
        """What became of it all. Raises `TableError` where there was nothing, or one thing that cannot be read."""
        reading, refusals = self.reading, self.streaming.refusals
        sources = tuple(self.streaming.counts.values())
        if not sources and reading is None and len(refusals) < 2:
            nothing = f"{', '.join(map(str, self.paths))}: there is nothing to load"
            raise TableError(str(refusals[0]) if refusals else nothing)
        faults = self.unread + sum(source.records.refused + source.records.parts for source in sources)
        return LoadSummary(
            reports=tuple(reports),
            sources=sources,
            counts=reading.counts if reading else {},
            refusals=(*refusals, *(reading.refusals if reading else ())),
            unused=reading.unused if reading else {},
            notes=reading.notes if reading else {},
            faults=faults + (reading.faults if reading else 0),
            incomplete=dict(incomplete or {}),
        )


def keep_apart(into: str) -> None:
    """Whoever names the dataset to load into must not name one of the project's own. Raises `MappingError`."""
    if into and (reason := taken_by(into)):
        raise MappingError(f"--dataset: {reason}; name another", field="dataset")


def taken_by(dataset: str) -> str:
    """Why a user's data cannot go into a dataset of that id, "" where they can.

    A load of tables closes what they do not say: into the dataset of others it would take out what these had said.
    """
    import tomllib

    from graph.identity.judgements import DATASET as JUDGEMENTS

    if dataset == JUDGEMENTS.id:
        return f"{dataset!r} is kept: {ARE_JUDGEMENTS}"
    if is_of_a_source(dataset):
        return f"{dataset!r} is a dataset that a known kind of source fills by itself"
    for path in shipped().glob("*.toml"):
        if dataset == str(tomllib.loads(path.read_text("utf-8")).get("dataset") or path.stem):
            return f"{dataset!r} is a dataset that ships with the project"
    return ""
