"""Saved responses of the platforms for industry standards (hbba) and local standards (dbba), which are built alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from graph import numbers
from graph.model import Dataset
from loaders.format import Announced, Record
from loaders.inputs import Head, Input
from loaders.refusals import Refusal, Refused, shown
from loaders.samr import lists, statements, words
from loaders.samr.bodies import agencies
from loaders.samr.entries import Entry
from loaders.samr.fields import day_of_milliseconds, text
from loaders.samr.json_streams import Shape, in_lines, objects
from loaders.samr.platforms import INDUSTRY_PLATFORM, LOCAL_PLATFORM, Platform
from loaders.samr.search import SearchResponse
from loaders.saying import Saying

__all__ = ["SisterResponse", "entry_of"]

_KEYS = frozenset({"pk", "chName", "chargeDept", "issueDate", "actDate", "industry", "status"})
_PK = re.compile(r"[0-9A-Fa-f]{16,64}")
_REGION = re.compile(r"[\u4e00-\u9fff]{2,12}(?:省|市|自治区|自治州|地区|盟)")


def is_record(value: object) -> bool:
    """Whether a JSON value is a record of these platforms."""
    return isinstance(value, Mapping) and "code" in value and "chName" in value and len(_KEYS & value.keys()) >= 2


_SHAPE = Shape("records", is_record, frozenset({"current", "pages"}))


class SisterResponse:
    """`{"records": [{"pk", "code", "chName", "industry", "chargeDept", "issueDate", "actDate", "status"}], "total", "pages", "current"}`.

    The records alone as a list, or one a line, are read too. Industry or local is told by the number of the first record.
    """

    name = "SAMR platforms for industry and local standards: search response"

    def dataset(self, head: Head) -> Dataset | None:
        """By the fields and the number of the first record."""
        platform = _platform(head)
        return platform.dataset if platform else None

    def by_lines(self, head: Head) -> bool:
        """Whether each line of such an input can be read by itself."""
        return in_lines(head)

    def records(self, given: Input) -> Iterator[Record | Refusal | Announced]:
        """A record of the graph for each of theirs."""
        platform = _platform(given.head) or INDUSTRY_PLATFORM
        for found in objects(given, _SHAPE):
            if isinstance(found, Refusal | Announced):
                yield found
                continue
            place, row = found
            if not isinstance(row, dict) or not is_record(row):
                yield Refusal(given.name, place, "", "is no record of the platform: it has no code and chName")
                continue
            entry = entry_of(row, local=platform is LOCAL_PLATFORM)
            own = row.get("pk")
            if isinstance(own, str) and _PK.fullmatch(own):
                yield Record(own, place, platform.document, entry)
            elif entry.number is not None:
                yield Record(entry.number.canonical, place, platform.document, entry)
            else:
                fault = entry.faults[0] if entry.faults else Refused("has neither pk nor code")
                yield Refusal(given.name, place, "", fault.reason, fault.part)

    def names(self, record: Record) -> Iterable[str]:
        """The agencies of the record."""
        names: Iterable[str] = record.values.names()
        return names

    def say(self, record: Record, saying: Saying) -> None:
        """See `loaders.samr.statements`."""
        statements.say(record.values, saying)


def _platform(head: Head) -> Platform | None:
    first = _SHAPE.first(head)
    if first is None or SearchResponse().dataset(head) is not None:
        return None
    number = numbers.parse(code) if isinstance(code := first.get("code"), str) else None
    if number is not None:
        return LOCAL_PLATFORM if number.kind == "local" else INDUSTRY_PLATFORM
    region = isinstance(field := first.get("industry"), str) and _REGION.fullmatch(field.strip())
    return LOCAL_PLATFORM if region else INDUSTRY_PLATFORM


def entry_of(record: Mapping[str, object], *, local: bool) -> Entry:
    """All that a record says. Never raises: what cannot be read is among the entry's faults."""
    entry = Entry()
    if code := _text(record, "code", entry):
        entry.number = numbers.parse(code)
        if entry.number is None or entry.number.kind == "plan":
            entry.number = None
            entry.fault("code", f"{shown(code)} is not a standard number")
    entry.title_zh = _text(record, "chName", entry)
    field = _text(record, "industry", entry)
    if local and field:
        entry.notes.append(("region", field))
    else:
        entry.sector = field
    entry.published = _day(record, "issueDate", entry)
    entry.effective = _day(record, "actDate", entry)
    entry.withdrawn = _day(record, "fzDate", entry)
    if status := _text(record, "status", entry):
        try:
            entry.status = words.status_of(status)
        except Refused as refused:
            entry.fault("status", refused.reason)
    if printed := _text(record, "chargeDept", entry):
        entry.supervising = agencies(printed, entry)
    if replaced := _text(record, "reviseStdCodes", entry):
        entry.replaces, faults = lists.numbers_in(replaced)
        for fault in faults[:20]:
            entry.fault("reviseStdCodes", f"{shown(fault)} is not a standard number")
    pk = record.get("pk")
    if isinstance(pk, str) and _PK.fullmatch(pk):
        entry.url = f"https://{'dbba' if local else 'hbba'}.sacinfo.org.cn/stdDetail/{pk}"
    return entry


def _text(record: Mapping[str, object], field: str, entry: Entry) -> str:
    try:
        return text(record.get(field))
    except Refused as refused:
        entry.fault(field, refused.reason)
        return ""


def _day(record: Mapping[str, object], field: str, entry: Entry) -> str | None:
    try:
        return day_of_milliseconds(record.get(field))
    except Refused as refused:
        entry.fault(field, refused.reason)
        return None
