"""Loading the shipped data: into a store that is new, and again into one that has it all, as a later start would."""

import itertools
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.measure import Measurement, measure
from graph.open import open_store
from loaders import load, shipped

FIRST_LOAD = 3_000.0
"""Milliseconds."""
RUNS = 3

TODAY = date(2025, 1, 1)


def run() -> Iterator[Measurement]:
    """Measure loads into new stores, then loads that find nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        places = (Path(folder) / f"{number}.sqlite" for number in itertools.count())
        # No run to warm up: the first has to make the tables of characters and readings, as in every new process.
        yield measure("load the shipped data", lambda: load_into(next(places)), runs=RUNS, bound=FIRST_LOAD)
        again = next(places)
        yield measure("load it again", lambda: load_into(again), runs=RUNS, warm_up=1, bound=FIRST_LOAD)


def load_into(place: Path) -> None:
    """Load the shipped data into the store at that place.

    Raises:
        RuntimeError: something of it was refused, so that the figure would not be of the whole.
    """
    store = open_store(str(place), create=True)
    try:
        summary = load(store, [shipped()], on=TODAY)
    finally:
        store.close()
    if summary.faults:
        message = f"{summary.faults} faults in the shipped data"
        raise RuntimeError(message)
