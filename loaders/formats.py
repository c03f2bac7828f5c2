"""The kinds of source that are known, and which of them an input is: found by what it holds, never by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Dataset
from loaders.format import Format
from loaders.inputs import Head

__all__ = ["Recognised", "formats", "is_of_a_source", "recognise"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an input was taken for."""

    kind: Format
    dataset: Dataset


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """Every kind of source that is known. A source module is imported when something is loaded, not before."""
    from loaders import forewords, iso, relaton, samr

    return (*samr.FORMATS, iso.COMMITTEES, relaton.RELATON, forewords.FOREWORDS)


def recognise(head: Head, known: Sequence[Format]) -> Recognised | None:
    """What an input is; None where it is of no known kind. No two kinds claim one input, so their order says nothing."""
    for kind in known:
        dataset = kind.dataset(head)
        if dataset is not None:
            return Recognised(kind, dataset)
    return None


def is_of_a_source(dataset: str) -> bool:
    """Whether it is the id of a dataset that a known kind of source fills by itself.

    >>> is_of_a_source("samr-national"), is_of_a_source("relaton-iso"), is_of_a_source("our-members")
    (True, True, False)
    """
    from loaders.forewords.source import DATASET as FOREWORDS
    from loaders.iso.committees import DATASET as COMMITTEES
    from loaders.relaton.source import DATASETS_BEGIN
    from loaders.samr.platforms import DATASETS

    return dataset in DATASETS or dataset in (FOREWORDS.id, COMMITTEES.id) or dataset.startswith(DATASETS_BEGIN)
