"""Saved responses of the national platform's search, for projects and standards of every kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.model import Dataset
from loaders.format import Announced, Record
from loaders.inputs import Head, Input
from loaders.refusals import Refusal, Refused
from loaders.samr import rows, statements
from loaders.samr.json_streams import Shape, in_lines, objects
from loaders.samr.platforms import SEARCH
from loaders.saying import Saying

__all__ = ["SearchResponse"]

_SHAPE = Shape("rows", rows.is_row, frozenset({"pageNumber"}))


class SearchResponse:
    """Rows of `std.samr.gov.cn/gb/search/gbAdvancedSearchPage` (`tid` 1 to 4) and `gbQueryPage`, and rows of the same shape.

    `{"total", "pageNumber", "rows": [...]}`, the rows alone as a list, or a row or a response a line. All of an input goes into the
    dataset to which its first row belongs.
    """

    name = "SAMR platform: search response"

    def dataset(self, head: Head) -> Dataset | None:
        """By the fields of the first row."""
        first = _SHAPE.first(head)
        if first is None:
            return None
        return SEARCH[rows.kind_of(first) if first else "national"].dataset

    def by_lines(self, head: Head) -> bool:
        """Whether each line of such an input can be read by itself."""
        return in_lines(head)

    def records(self, given: Input) -> Iterator[Record | Refusal | Announced]:
        """A record a row."""
        first = _SHAPE.first(given.head)
        document = SEARCH[rows.kind_of(first) if first else "national"].document
        for found in objects(given, _SHAPE):
            if isinstance(found, Refusal | Announced):
                yield found
                continue
            place, row = found
            if not isinstance(row, dict) or not rows.is_row(row):
                yield Refusal(given.name, place, "", "is no row of the search: it has no number, plan number or title")
                continue
            entry = rows.entry_of(row)
            try:
                record = rows.record_of(row, entry)
            except Refused as refused:
                yield Refusal(given.name, place, "", refused.reason, refused.part)
                continue
            yield Record(record, place, document, entry)

    def names(self, record: Record) -> Iterable[str]:
        """Drafting organisations, committees and agencies of the row."""
        names: Iterable[str] = record.values.names()
        return names

    def say(self, record: Record, saying: Saying) -> None:
        """See `loaders.samr.statements`."""
        statements.say(record.values, saying)
