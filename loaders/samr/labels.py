"""The labels of pages, and what each says of a standard. Labels that are not here are not read: some hold names of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph import numbers
from loaders.refusals import Refused, shown
from loaders.samr import lists, words
from loaders.samr.adoption import adopted
from loaders.samr.bodies import agencies, body_in
from loaders.samr.entries import Entry
from loaders.samr.fields import ccs_codes, day, ics_codes
from loaders.samr.page_parts import plain_label

__all__ = ["DRAFTING", "drafters_in", "take"]

DRAFTING = frozenset({"起草单位", "主要起草单位"})
"""Headings and labels of the drafting organisations."""


def take(label: str, value: str, entry: Entry) -> None:
    """Take what a labelled value says; nothing where the label is not known or the value is empty."""
    label = plain_label(label)
    reader = _READERS.get(label)
    value = value.strip()
    if reader is None or not value:
        return
    try:
        reader(value, entry)
    except Refused as refused:
        entry.fault(label, refused.reason)


def drafters_in(values: list[str], entry: Entry) -> None:
    """Take drafting organisations, one or several in each value."""
    entry.drafting, entry.cut = lists.names("、".join(values))


def _number(value: str, entry: Entry) -> None:
    number = numbers.parse(value)
    if number is None:
        raise Refused(f"{shown(value)} is not a standard number")
    if number.kind == "plan":
        entry.plan = number
    else:
        entry.number = number


def _plan(value: str, entry: Entry) -> None:
    number = numbers.parse(value)
    if number is None or number.kind != "plan":
        raise Refused(f"{shown(value)} is not a plan number")
    entry.plan = number


def _title_zh(value: str, entry: Entry) -> None:
    entry.title_zh = value


def _title_en(value: str, entry: Entry) -> None:
    entry.title_en = value


def _status(value: str, entry: Entry) -> None:
    if words.is_of_a_project(value):
        entry.project = True
        entry.status, entry.stage = words.stage_of(value)
    else:
        entry.status = words.status_of(value)


def _nature(value: str, entry: Entry) -> None:
    entry.mandatory = words.COMPULSORY.get(value)
    if entry.mandatory is None:
        entry.notes.append(("type of standard", value))


def _published(value: str, entry: Entry) -> None:
    entry.published = day(value)


def _effective(value: str, entry: Entry) -> None:
    entry.effective = day(value)


def _withdrawn(value: str, entry: Entry) -> None:
    entry.withdrawn = day(value)


def _ics(value: str, entry: Entry) -> None:
    entry.ics, faults = ics_codes(value)
    if faults:
        raise Refused(f"{shown(faults[0])} is not a class of ICS")


def _ccs(value: str, entry: Entry) -> None:
    entry.ccs, faults = ccs_codes(value)
    if faults:
        raise Refused(f"{shown(faults[0])} is not a class of CCS")


def _in_charge(value: str, entry: Entry) -> None:
    entry.in_charge = body_in(value)


def _executing(value: str, entry: Entry) -> None:
    entry.executing = body_in(value)


def _supervising(value: str, entry: Entry) -> None:
    entry.supervising = agencies(value, entry)


def _issuing(value: str, entry: Entry) -> None:
    entry.issuing = lists.names(value)[0]


def _proposing(value: str, entry: Entry) -> None:
    entry.proposing = lists.names(value)[0]


def _replaces(value: str, entry: Entry) -> None:
    entry.replaces, faults = lists.numbers_in(value)
    if faults:
        raise Refused(f"{shown(faults[0])} is not a standard number")


def _partly_replaces(value: str, entry: Entry) -> None:
    found, faults = lists.numbers_in(value)
    entry.replaces += tuple((number, True) for number, _ in found)
    if faults:
        raise Refused(f"{shown(faults[0])} is not a standard number")


def _replaced_by(value: str, entry: Entry) -> None:
    found, faults = lists.numbers_in(value)
    entry.replaced_by = tuple(number for number, _ in found)
    if faults:
        raise Refused(f"{shown(faults[0])} is not a standard number")


def _adopts(value: str, entry: Entry) -> None:
    degree = words.degree_in(value)
    if found := adopted(value):
        entry.adopts = tuple((number, degree) for number in found)
    else:
        entry.notes.append(("adoption on the record", value))


def _drafting(value: str, entry: Entry) -> None:
    drafters_in([value], entry)


def _sector(value: str, entry: Entry) -> None:
    entry.sector = value


def _form(value: str, entry: Entry) -> None:
    if (form := words.FORMS.get(value)) is None:
        raise Refused(f"{shown(value)} is no known form of a project")
    entry.notes.append(("kind of project", form))


def _note(topic: str) -> Callable[[str, Entry], None]:
    def note(value: str, entry: Entry) -> None:
        entry.notes.append((topic, value))

    return note


_READERS: Mapping[str, Callable[[str, Entry], None]] = {
    "标准号": _number,
    "标准编号": _number,
    "计划号": _plan,
    "计划编号": _plan,
    "中文标准名称": _title_zh,
    "标准名称": _title_zh,
    "中文名称": _title_zh,
    "项目名称": _title_zh,
    "英文标准名称": _title_en,
    "英文名称": _title_en,
    "标准状态": _status,
    "项目状态": _status,
    "标准性质": _nature,
    "标准类别": _note("type of standard"),
    "发布日期": _published,
    "实施日期": _effective,
    "废止日期": _withdrawn,
    "国际标准分类号": _ics,
    "中国标准分类号": _ccs,
    "归口单位": _in_charge,
    "归口部门": _in_charge,
    "技术归口": _in_charge,
    "执行单位": _executing,
    "主管部门": _supervising,
    "发布单位": _issuing,
    "批准发布部门": _issuing,
    "发布部门": _issuing,
    "提出单位": _proposing,
    "提出部门": _proposing,
    "代替标准": _replaces,
    "全部代替标准": _replaces,
    "代替以下标准": _replaces,
    "部分代替标准": _partly_replaces,
    "被代替标准": _replaced_by,
    "被以下标准代替": _replaced_by,
    "采标情况": _adopts,
    "采标号": _adopts,
    "起草单位": _drafting,
    "主要起草单位": _drafting,
    "行业分类": _sector,
    "制修订": _form,
    "上报单位": _note("reporting unit"),
    "公告号": _note("announcement of publication"),
    "备注": _note("remark"),
}
