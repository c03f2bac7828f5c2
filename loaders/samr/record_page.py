"""Saved pages of std.samr.gov.cn on one standard or project: `dt` and `dd` pairs, and blocks with a heading for each list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from graph.model import Dataset
from loaders.format import Record
from loaders.inputs import Head, Input
from loaders.refusals import Refusal, Refused
from loaders.samr import statements
from loaders.samr.bodies import body_in
from loaders.samr.entries import Body, Entry
from loaders.samr.labels import DRAFTING, drafters_in, take
from loaders.samr.page_kinds import kind_of_page
from loaders.samr.page_parts import label_of, list_of, page, value_of, with_class
from loaders.samr.platforms import RECORD_PAGES, address_of
from loaders.saying import Saying

__all__ = ["RecordPage"]

# Browsers note in a saved page where it came from.
_ID = re.compile(r"(?:gbDetailed|stdHBDetailed|stdDBDetailed)\?id=([0-9A-Fa-f]{16,64})")

# 由TC28（全国信息技术标准化技术委员会）归口，TC28SC42（…分会）执行，主管部门为国家标准委。
_IN_CHARGE = re.compile(r"由(?P<body>[^，,。；;]{2,120}?)归口")
_EXECUTING = re.compile(r"[，,；;](?:委托)?(?P<body>[^，,。；;]{2,120}?)执行")
_SUPERVISING = re.compile(r"主管部门为(?P<body>[^。；;]{2,120})")


class RecordPage:
    """`gbDetailed?id=...` and its sisters for industry and local standards.

    What stands under headings such as 起草人 is never read.
    """

    name = "SAMR platform: page of a standard or project"

    def dataset(self, head: Head) -> Dataset | None:
        """See `loaders.samr.page_kinds`."""
        return RECORD_PAGES.dataset if kind_of_page(head) == "record" else None

    def records(self, given: Input) -> Iterator[Record | Refusal]:
        """One record: the standard or project."""
        body = page(given)
        entry = Entry()
        _read(body, entry)
        _headings(body, entry)
        for paragraph in body.css("p"):
            _sentence(value_of(paragraph), entry)
        if entry.number is None and entry.plan is None:
            raise (
                entry.faults[0]
                if entry.faults
                else Refused("a page of std.samr.gov.cn without the label 标准号 or 计划号")
            )
        if entry.number is None:
            entry.project = True
        if entry.project and entry.published:
            entry.notes.append(("date of the plan", entry.published))
            entry.published = None
        number = entry.number or entry.plan
        own = _ID.search(given.head.text.partition("<body")[0])
        if own:
            entry.url = address_of("plan" if entry.project else entry.kind, own[1], "")
        yield Record(own[1] if own else str(number), 0, RECORD_PAGES.document, entry)

    def names(self, record: Record) -> Iterable[str]:
        """Drafting organisations, committees and agencies on the page."""
        names: Iterable[str] = record.values.names()
        return names

    def say(self, record: Record, saying: Saying) -> None:
        """See `loaders.samr.statements`."""
        statements.say(record.values, saying)


def _read(body: LexborNode, entry: Entry) -> None:
    """Walk through headings, labels and values in their order."""
    block = label = ""
    drafting: list[str] = []
    for node in body.css("h2.title-text, dt.basicInfo-item, dd.basicInfo-item, p"):
        if node.tag == "h2":
            block, label = label_of(node), ""
        elif node.tag == "dt":
            label = label_of(node)
        elif node.tag == "dd" and label:
            if label in DRAFTING:
                drafting.append(list_of(node))
            else:
                take(label, value_of(node), entry)
            label = ""
        elif block in DRAFTING and (node.tag == "p" or with_class(node, "value")):
            drafting.append(list_of(node))
    drafters_in(drafting, entry)


def _headings(body: LexborNode, entry: Entry) -> None:
    """Titles and status, which stand in the head of the page."""
    header = body.css_first(".page-header")
    if header is None:
        return
    for tag, label, there in (("h4", "中文标准名称", entry.title_zh), ("h5", "英文标准名称", entry.title_en)):
        if not there and (node := header.css_first(tag)) is not None:
            take(label, value_of(node), entry)
    if not entry.status and not entry.stage:
        for node in header.css(".s-status"):
            if not (word := value_of(node)):
                continue
            before = len(entry.faults)
            take("标准状态", word, entry)
            # Other signs beside the status (推荐性, 修订) look the same.
            del entry.faults[before:]


def _sentence(text: str, entry: Entry) -> None:
    """The sentence that says who is in charge. It has codes where the pairs have only names; else the pairs go first."""
    if "归口" not in text or len(text) > 2000:
        return
    if found := _IN_CHARGE.search(text):
        entry.in_charge = _firmer(entry.in_charge, body_in(found["body"].strip()))
    if found := _EXECUTING.search(text):
        entry.executing = _firmer(entry.executing, body_in(found["body"].strip()))
    if not entry.supervising and (found := _SUPERVISING.search(text)):
        take("主管部门", found["body"], entry)


def _firmer(paired: tuple[Body, ...], said: tuple[Body, ...]) -> tuple[Body, ...]:
    same = [body.name for body in paired] == [body.name for body in said]
    return said if not paired or (same and not any(body.code for body in paired)) else paired
