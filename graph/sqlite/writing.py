"""Loading a dataset: batches in transactions of their own, and closing what is no longer said.

Only differences are written: loading again what is known costs reading alone, and is what makes a load that was killed
complete itself when it is run again.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable
from datetime import date

from graph import validation
from graph.model import Batch, Dataset
from graph.sqlite import bulk, rows, upkeep
from graph.sqlite.batches import Batches, Seen, refuse
from graph.sqlite.connection import Files
from graph.sqlite.rows import Terms
from graph.sqlite.settling import settle
from graph.store import LoadReport, Packed, Progress


def load(
    files: Files,
    terms: Terms,
    dataset: Dataset,
    batches: Iterable[Batch | Packed],
    *,
    on: date,
    complete: bool | Callable[[], bool],
    more: bool,
    acknowledged: Callable[[Progress], None] | None,
) -> LoadReport:
    """See `graph.store.Store.load`."""
    refuse(f"dataset {dataset.id!r}", validation.dataset_problems(dataset))
    dataset = validation.cleaned_dataset(dataset)
    with files.writing(more=more, bare=True) as connection:
        with files.transaction(connection, derived=True):
            terms.write(connection)
            loading = Loading(files, connection, terms, dataset, on)
        try:
            for number, batch in enumerate(batches, 1):
                if isinstance(batch, Packed):
                    loading.batches.write_packed(batch)
                else:
                    loading.batches.write(validation.cleaned(batch))
                if acknowledged is not None:
                    acknowledged(Progress(number, loading.batches.records.count, loading.batches.statements.count))
            if complete() if callable(complete) else complete:
                loading.close_unseen()
        except Exception:
            loading.finish()
            raise
        loading.finish(more=more)
        return loading.report()


class Loading:
    """One load of one dataset, under way."""

    def __init__(self, files: Files, connection: sqlite3.Connection, terms: Terms, dataset: Dataset, on: date) -> None:
        self._files, self._db, self._terms, self._on = files, connection, terms, on
        self._dataset = dataset.id
        self._known_before, self._key = self._describe(dataset)
        if self._known_before:
            bulk.restore(connection)
        self.batches = Batches(files, connection, terms, dataset, self._key, on, known_before=self._known_before)

    def report(self) -> LoadReport:
        """What was done so far."""
        met = self.batches.records.count + self.batches.statements.count
        return LoadReport(
            dataset=self._dataset,
            nodes=self.batches.records.count,
            statements=self.batches.statements.count,
            added=self.batches.added,
            unchanged=met - self.batches.added - self.batches.changed,
            changed=self.batches.changed,
            closed=self.batches.closed,
        )

    def close_unseen(self) -> None:
        """Close what the dataset said before and did not say in this load."""
        if not self._known_before:
            return
        for key in self._unseen("statement", self.batches.statements):
            with self._files.transaction(self._db):
                self.batches.close_statements(key)
                upkeep.revise(self._db)
        for key in self._unseen("record", self.batches.records):
            with self._files.transaction(self._db):
                self.batches.close_records(key)
                upkeep.revise(self._db)

    def finish(self, *, more: bool = False) -> None:
        """Bring the touched nodes up to date and make them findable, unless another load follows that will do it."""
        with self._files.transaction(self._db, derived=more):
            if not more:
                bulk.restore(self._db)
            if upkeep.get(self._db, "loaded_on") != self._on.isoformat():
                upkeep.put(self._db, "loaded_on", self._on.isoformat())
                upkeep.revise(self._db)
            self._db.execute("UPDATE dataset SET loaded_on = ? WHERE key = ?", (self._on.isoformat(), self._key))
        if not more:
            settle(self._files, self._db, self._terms)

    # -- the dataset ---------------------------------------------------------------------------------------------
    def _describe(self, dataset: Dataset) -> tuple[bool, int]:
        wanted = (dataset.title, dataset.licence, dataset.publisher, int(dataset.private))
        row = self._db.execute(
            "SELECT key, title, licence, publisher, private FROM dataset WHERE id = ?", (dataset.id,)
        ).fetchone()
        if row is None:
            made = self._db.execute(
                "INSERT INTO dataset (title, licence, publisher, private, id) VALUES (?, ?, ?, ?, ?)",
                (*wanted, dataset.id),
            )
            upkeep.revise(self._db)
            return False, int(made.lastrowid or 0)
        if row[1:] != wanted:
            self._db.execute(
                "UPDATE dataset SET title = ?, licence = ?, publisher = ?, private = ? WHERE key = ?", (*wanted, row[0])
            )
            upkeep.revise(self._db)
        if row[4] != int(dataset.private):
            self._db.execute(
                "INSERT INTO pending (node, what) SELECT DISTINCT node, 3 FROM record WHERE dataset = ? "
                "ON CONFLICT (node) DO UPDATE SET what = 3",
                (row[0],),
            )
        return True, int(row[0])

    # -- what is no longer said ------------------------------------------------------------------------------------
    def _unseen(self, table: str, seen: Seen) -> Iterable[list[int]]:
        unseen = array(
            "q",
            (
                key
                for (key,) in self._db.execute(f"SELECT key FROM {table} WHERE dataset = ?", (self._key,))
                if key not in seen
            ),
        )
        return rows.parts(unseen)
