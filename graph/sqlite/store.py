"""The SQLite engine: `graph.store.Store` on one file."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from graph.errors import InputError
from graph.model import Batch, Dataset, Direction, Document, Node, Statement, View
from graph.sqlite import bulk, drafting, listing, moving, packing, reading, removing, rows, searching, upkeep, writing
from graph.sqlite.around import Around
from graph.sqlite.connection import Files
from graph.sqlite.remembered import Remembered
from graph.sqlite.rows import Terms
from graph.store import (
    Arena,
    Counts,
    Hits,
    Line,
    LoadReport,
    Named,
    NamesOf,
    Neighbours,
    Outline,
    Packed,
    Packing,
    Progress,
    Stage,
    State,
    Subgraph,
    Tie,
)


class SqliteStore:
    """One graph in one SQLite file; see `graph.store.Store` for what each operation means.

    Safe to use from several threads: every read takes a connection of its own for its time, writes exclude each other.

    Args:
        path: the database file.
        readonly: refuse to write.
        create: make the file where there is none.
        patience: seconds to wait for another writer.
    """

    def __init__(self, path: Path, *, readonly: bool = False, create: bool = False, patience: float = 2.0) -> None:
        self._files = Files(path, readonly=readonly, create=create, patience=patience)
        self._terms = Terms()
        self._remembered = Remembered()
        with self._reading():
            pass

    # -- writing -------------------------------------------------------------------------------------------------
    def load(
        self,
        dataset: Dataset,
        batches: Iterable[Batch | Packed],
        *,
        on: date,
        complete: bool | Callable[[], bool] = True,
        more: bool = False,
        acknowledged: Callable[[Progress], None] | None = None,
    ) -> LoadReport:
        """Write a dataset."""
        return writing.load(
            self._files, self._terms, dataset, batches, on=on, complete=complete, more=more, acknowledged=acknowledged
        )

    def packing(self, dataset: str, *, on: date, passing: str) -> Packing | None:
        """What makes batches of a dataset that is new ready in other processes."""
        with self._reading() as connection:
            known = connection.execute("SELECT 1 FROM dataset WHERE id = ?", (dataset,)).fetchone()
        if known or not hasattr(sqlite3.Connection, "deserialize"):
            return None
        if not self._terms.complete:
            with self._files.writing(more=True) as connection, self._files.transaction(connection, derived=True):
                self._terms.write(connection)
        return packing.Packing(self._terms.numbers, on, passing)

    def undo(self, dataset: str) -> int:
        """Take a dataset out again. Raises NotFoundError where there is none of this id."""
        return removing.undo(self._files, self._terms, dataset)

    def redirect(self, old: str, new: str) -> None:
        """Merge a node into another. Raises InputError where `new` leads to `old`."""
        moving.redirect(self._files, self._terms, old, new)

    def restore(self, old: str) -> None:
        """Take a merge back. Raises NotFoundError where `old` was not merged."""
        moving.restore(self._files, self._terms, old)

    # -- one thing -----------------------------------------------------------------------------------------------
    def moved(self, id: str) -> str | None:
        """The id that a merged id leads to."""
        with self._reading() as connection:
            return reading.moved(connection, id)

    def nodes(self, ids: Sequence[str]) -> Mapping[str, Node]:
        """The nodes with these ids."""
        with self._reading() as connection:
            return reading.nodes(connection, self._terms, ids)

    def documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        """The documents with these ids."""
        with self._reading() as connection:
            return reading.documents(connection, ids)

    def datasets(self) -> tuple[Dataset, ...]:
        """All datasets, by id."""
        with self._reading() as connection:
            self._remembered = remembered = self._remembered.at(connection)
            if remembered.datasets is None:
                remembered.datasets = reading.datasets(connection)
            return remembered.datasets

    def statements(self, keys: Sequence[str]) -> Mapping[str, Statement]:
        """Single open statements by key."""
        with self._reading() as connection:
            return reading.statements(connection, self._terms, keys)

    # -- finding -------------------------------------------------------------------------------------------------
    def named(self, keys: Sequence[str], *, labels: Sequence[str] = ()) -> Mapping[str, tuple[Named, ...]]:
        """The nodes that bear these names."""
        with self._reading() as connection:
            return reading.named(connection, self._terms, keys, labels)

    def editions(self, families: Sequence[str]) -> Mapping[str, tuple[Node, ...]]:
        """The editions of numbers without year, newest first."""
        with self._reading() as connection:
            return reading.editions(connection, self._terms, families)

    def search(self, words: str, *, labels: Sequence[str] = (), limit: int = 20, after: str = "") -> Hits:
        """Full-text search over all names, titles, numbers and codes."""
        _check_bound(limit=limit)
        with self._reading() as connection:
            self._remembered = remembered = self._remembered.at(connection)
            return searching.search(connection, self._terms, remembered, words, labels, limit, after)

    def known_names(self, labels: Sequence[str], *, after: str = "", limit: int = 2000) -> tuple[NamesOf, ...]:
        """The nodes of these labels with all their names, by id."""
        _check_bound(limit=limit)
        with self._reading() as connection:
            return listing.known_names(connection, self._terms, labels, after, limit)

    # -- reading around ------------------------------------------------------------------------------------------
    def neighbours(
        self,
        id: str,
        view: View,
        *,
        types: Sequence[str] = (),
        direction: Direction | None = None,
        limit: int = 40,
        after: str = "",
    ) -> Neighbours:
        """A page of the statements at a node."""
        _check_bound(limit=limit)
        with self._reading() as connection:
            return self._around(connection, view).neighbours(id, types, direction, limit, after)

    def expand(self, starts: Sequence[str], stages: Sequence[Stage], view: View, *, bound: int = 4000) -> Subgraph:
        """Walk from some nodes through stages of steps."""
        _check_bound(bound=bound)
        with self._reading() as connection:
            return self._around(connection, view).expand(starts, stages, bound)

    def outline(self, starts: Sequence[str], stages: Sequence[Stage], view: View, *, bound: int = 4000) -> Outline:
        """Walk from some nodes through stages of steps, and give what is there in outline."""
        _check_bound(bound=bound)
        with self._reading() as connection:
            return self._around(connection, view).outline(starts, stages, bound)

    def behind(self, lines: Sequence[Line]) -> Mapping[int, Statement]:
        """The statements behind lines of an outline."""
        with self._reading() as connection:
            self._remembered = remembered = self._remembered.at(connection)
            keys = [line.handle for line in lines]
            return rows.statements_by_key(connection, keys, self._terms, remembered.statements)

    def reached(self, ids: Sequence[str], types: Sequence[str], view: View) -> Mapping[str, frozenset[str]]:
        """Where statements of some types lead from these nodes."""
        with self._reading() as connection:
            return self._around(connection, view).reached(ids, types)

    # -- drafting ------------------------------------------------------------------------------------------------
    def arena(
        self,
        committees: Sequence[str],
        standards: Sequence[str],
        view: View,
        *,
        half_life: float = 5.0,
        limit: int = 60,
    ) -> Arena:
        """Who drafts in these committees and standards."""
        _check_bound(limit=limit)
        with self._reading() as connection:
            return drafting.Drafting(connection, self._terms, view, half_life).arena(committees, standards, limit)

    def ties(
        self,
        actors: Sequence[str],
        view: View,
        *,
        among: Sequence[str] | None = None,
        also: Sequence[str] = (),
        half_life: float = 5.0,
        limit: int = 60,
    ) -> tuple[Tie, ...]:
        """Co-drafting ties around these actors."""
        _check_bound(limit=limit)
        with self._reading() as connection:
            return drafting.Drafting(connection, self._terms, view, half_life).ties(actors, among, also, limit)

    # -- the whole -------------------------------------------------------------------------------------------------
    def said_by(self, dataset: str) -> Iterable[Statement]:
        """All open statements of one dataset, streamed."""
        with self._reading() as connection:
            yield from listing.said_by(connection, self._terms, dataset)

    def counts(self) -> Counts:
        """The size of the store."""
        with self._reading() as connection:
            return reading.counts(connection, self._terms)

    def state(self) -> State:
        """What the store is and when it changed."""
        with self._reading() as connection:
            return State(
                engine="sqlite",
                place=str(self._files.path),
                schema_version=self._files.schema_version,
                revision=int(upkeep.get(connection, "revision") or 0),
                loaded_on=upkeep.get(connection, "loaded_on"),
                notes=(*self._files.notes, *((bulk.NOTE,) if bulk.deferred(connection) else ())),
            )

    def dump(self, *, private: bool = False) -> Iterable[Node | Statement | Document]:
        """Everything, streamed."""
        with self._reading() as connection:
            yield from reading.dump(connection, self._terms, private=private)

    def close(self) -> None:
        """Let go of files and connections."""
        self._files.close()

    def _around(self, connection: sqlite3.Connection, view: View) -> Around:
        self._remembered = remembered = self._remembered.at(connection)
        return Around(connection, self._terms, view, remembered)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._files.reading() as connection:
            if not self._terms.complete:
                self._terms.read(connection)
            yield connection


def _check_bound(**bounds: int) -> None:
    """Refuse what is no bound: below nought, SQLite would take it for none."""
    for name, value in bounds.items():
        if value < 0:
            raise InputError(f"{name} must be 0 or more, not {value}", field=name)
