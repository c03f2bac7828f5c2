"""Saved pages of openstd.samr.gov.cn, where the texts of national standards can be read: of one standard, and of a search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from graph import numbers
from graph.model import Dataset
from loaders.format import Announced, Record
from loaders.inputs import Head, Input
from loaders.refusals import Refusal, Refused, shown
from loaders.samr import statements, words
from loaders.samr.entries import Entry
from loaders.samr.labels import DRAFTING, take
from loaders.samr.page_kinds import kind_of_page
from loaders.samr.page_parts import labelled, list_of, page, value_of
from loaders.samr.platforms import OPENSTD, openstd_address
from loaders.saying import Saying

__all__ = ["OpenstdList", "OpenstdPage"]

_HASH = re.compile(r"showInfo\(\s*['\"]([0-9A-Fa-f]{16,64})['\"]\s*\)")
_TOTAL = re.compile(r"共\s*(\d{1,9})\s*条标准")
_IN_HEADING = re.compile(r"标准号\s*[:：]\s*(.+)")
_IN_CELLS = {"中文标准名称": "title_zh", "英文标准名称": "title_en", "标准状态": "status"}
_COLUMNS = {
    "标准号": "number",
    "是否采标": "adoption",
    "标准名称": "title_zh",
    "类别": "nature",
    "状态": "status",
    "发布日期": "published",
    "实施日期": "effective",
}
_ADOPTS = "采用国际标准"


class OpenstdPage:
    """The page of one standard (`newGbInfo?hcno=...`): number, titles and status in a table, all else in rows of label and value."""

    name = "SAMR full texts: page of a standard"

    def dataset(self, head: Head) -> Dataset | None:
        """See `loaders.samr.page_kinds`."""
        return OPENSTD.dataset if kind_of_page(head) == "openstd page" else None

    def records(self, given: Input) -> Iterator[Record | Refusal]:
        """One record: the standard."""
        body = page(given)
        entry = Entry()
        heading = next((found for node in body.css("h1") if (found := _IN_HEADING.match(value_of(node)))), None)
        if heading is None:
            raise Refused("a page of openstd.samr.gov.cn without the heading 标准号")
        take("标准号", _before_label(heading[1]), entry)
        for cell in body.css("table.tdlist td"):
            label, colon, value = value_of(cell).partition("：")
            if colon and label in _IN_CELLS:
                take(label, value, entry)
        for label, node in labelled(body, "div", "title", "content"):
            take(label, list_of(node) if label in DRAFTING else value_of(node), entry)
        if entry.number is None:
            raise entry.faults[0]
        if body.css_first("h1 span.label-warning") is not None:
            entry.notes.append(("adoption on the record", _ADOPTS))
        button = body.css_first("button[data-value]")
        own = (button.attributes.get("data-value") or "") if button is not None else ""
        entry.url = openstd_address(own)
        yield Record(own if entry.url else entry.number.canonical, 0, OPENSTD.document, entry)

    def names(self, record: Record) -> Iterable[str]:
        """Agencies and committees on the page."""
        names: Iterable[str] = record.values.names()
        return names

    def say(self, record: Record, saying: Saying) -> None:
        """See `loaders.samr.statements`."""
        statements.say(record.values, saying)


def _before_label(written: str) -> str:
    """The number without the sign 采 that stands beside it in the heading."""
    return written.removesuffix("采").strip()


class OpenstdList:
    """A page of search results (`std_list`): a table with a standard a row."""

    name = "SAMR full texts: list of standards"

    def dataset(self, head: Head) -> Dataset | None:
        """See `loaders.samr.page_kinds`."""
        return OPENSTD.dataset if kind_of_page(head) == "openstd list" else None

    def records(self, given: Input) -> Iterator[Record | Refusal | Announced]:
        """A record a row of the table."""
        body = page(given)
        table = body.css_first("table.result_list")
        if table is None:
            raise Refused("a page of openstd.samr.gov.cn without the table of results (result_list)")
        if total := _TOTAL.search(value_of(body)):
            yield Announced(int(total[1]))
        columns: list[str] = []
        for place, row in enumerate(table.css("tr"), 1):
            if heads := row.css("th"):
                columns = [value_of(head) for head in heads]
                continue
            if not columns:
                raise Refused("the table of results has no headings")
            try:
                entry, own = _listed(dict(zip(columns, row.css("td"), strict=False)))
            except Refused as refused:
                yield Refusal(given.name, place, "", refused.reason, refused.part)
                continue
            # It says less than the standard's own page and must not stand for it.
            yield Record(f"{own}/list", place, OPENSTD.document, entry, locator="list of standards")

    def names(self, record: Record) -> Iterable[str]:
        """Hardly any: a list has no column of bodies."""
        names: Iterable[str] = record.values.names()
        return names

    def say(self, record: Record, saying: Saying) -> None:
        """See `loaders.samr.statements`."""
        statements.say(record.values, saying)


def _listed(cells: dict[str, LexborNode]) -> tuple[Entry, str]:
    """A row of the list, and the id of its record. Raises `Refused`."""
    entry = Entry()
    said = {meaning: value_of(cells[column]) for column, meaning in _COLUMNS.items() if column in cells}
    if (number := said.get("number")) is None:
        raise Refused("a row without the column 标准号")
    entry.number = numbers.parse(number)
    if entry.number is None:
        raise Refused(f"{shown(number)} is not a standard number", part="标准号")
    entry.title_zh = said.get("title_zh", "")
    for label, meaning in (("标准状态", "status"), ("发布日期", "published"), ("实施日期", "effective")):
        take(label, said.get(meaning, ""), entry)
    nature = said.get("nature", "")
    entry.mandatory = words.COMPULSORY.get(nature)
    if entry.mandatory is not None and entry.mandatory_by_number not in (None, entry.mandatory):
        entry.notes.append(("nature on the record", nature))
    if said.get("adoption") == "采":
        entry.notes.append(("adoption on the record", _ADOPTS))
    link = next((node for cell in cells.values() for node in cell.css("[onclick]")), None)
    found = _HASH.search(link.attributes.get("onclick") or "") if link is not None else None
    entry.url = openstd_address(found[1]) if found else ""
    return entry, found[1] if found else entry.number.canonical
