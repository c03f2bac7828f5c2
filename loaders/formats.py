"""The kinds of source that are known, and which of them an input is: found by what it holds, never by its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import overload

from graph.model import Dataset
from loaders.format import Format
from loaders.inputs import Head

__all__ = ["Recognised", "formats", "is_of_a_source", "recognise"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an input was taken for."""

    kind: Format
    dataset: Dataset


KNOWN = (
    "loaders.samr.search:SearchResponse",
    "loaders.samr.sisters:SisterResponse",
    "loaders.samr.openstd:OpenstdPage",
    "loaders.samr.openstd:OpenstdList",
    "loaders.samr.record_page:RecordPage",
    "loaders.samr.committee_page:CommitteePage",
    "loaders.iso.committees:COMMITTEES",
    "loaders.relaton.source:RELATON",
    "loaders.forewords.source:FOREWORDS",
)
"""Where each kind is: a module, and in it the kind or its class. No two of them take the same input."""


class _Formats(Sequence[Format]):
    """Each kind is imported when an input is shown to it: one that a kind before has claimed does not wait for the others."""

    @overload
    def __getitem__(self, place: int) -> Format: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Format]: ...
    def __getitem__(self, place: int | slice) -> Format | Sequence[Format]:
        return tuple(map(_format, KNOWN[place])) if isinstance(place, slice) else _format(KNOWN[place])

    def __len__(self) -> int:
        return len(KNOWN)


@lru_cache(maxsize=len(KNOWN))
def _format(place: str) -> Format:
    module, _, name = place.partition(":")
    found = getattr(import_module(module), name)
    kind: Format = found() if isinstance(found, type) else found
    return kind


def formats() -> Sequence[Format]:
    """Every kind of source that is known."""
    return _Formats()


def recognise(head: Head, known: Iterable[Format]) -> Recognised | None:
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
