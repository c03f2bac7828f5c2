"""A row of the national platform's search: its fields become an `Entry`.

Any field may be missing, empty, or hold what it should not; what cannot be read is a fault of that field alone. The drafters'
names (`DRAFT_STAFF`) are never read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from graph import numbers
from graph.numbers import StandardNumber
from loaders.refusals import Refused, shown
from loaders.samr import lists, words
from loaders.samr.adoption import take_adoption
from loaders.samr.bodies import agencies, bodies
from loaders.samr.entries import Entry
from loaders.samr.fields import ccs_codes, day, ics_codes, ics_names, text
from loaders.samr.platforms import PAGED, address_of

__all__ = ["Row", "entry_of", "is_row", "kind_of", "record_of"]

Row = Mapping[str, object]
_T = TypeVar("_T")

_NUMBER = ("C_STD_CODE", "STD_CODE", "STD_CODE2", "STD_CODE3")
_PLAN = ("C_PLAN_CODE", "PLAN_CODE")
_TITLE = ("C_C_NAME", "C_NAME")
_TITLE_EN = ("C_E_NAME", "E_NAME")
_STATE = ("STATE", "STATE2", "G_STATE")
_NATURE = ("STD_NATURE", "G_STD_NATURE")
_DOMAIN = ("STD_DOMAIN", "G_STD_DOMAIN")

_SIGNATURE = frozenset(
    (
        *_NUMBER,
        *_PLAN,
        *_TITLE,
        *_TITLE_EN,
        *_STATE,
        *_NATURE,
        *_DOMAIN,
        "TABLE_NAME",
        "ISSUE_DATE",
        "ACT_DATE",
        "DRAFT_UNIT",
    )
)
_NAMING = frozenset((*_NUMBER, *_PLAN, *_TITLE))
_OF_PROJECTS = frozenset({"CURRENT_LINK", "STAGE_CODE", "STD_FORM", "SEND_DATE"})
_SHORT_ROW = frozenset(
    {"id", "C_STD_CODE", "C_C_NAME", "STD_NATURE", "STATE", "ISSUE_DATE", "ACT_DATE", "PROJECT_ID"}
)  # fmt: skip
"""Fields of the simple search's rows, which say far less of a standard than those of the advanced search."""

_KNOWN = frozenset(
    (
        *_SIGNATURE, *_OF_PROJECTS, "id", "OPEN_HASH_CODE", "STD_TYPE", "ISSUE_ANN_NO", "ICS", "ICS_NAME1_FULL", "CCS", "TA_CODE",
        "TA_NAME", "TM_CODE", "TM_NAME", "CD_NAME", "UTA_NAME", "DRAFT_STAFF", "TOTAL_REPE", "SYS_INPUTIME", "END_DATE", "PROJECT_ID",
        "DETAIL_ID", "ORG_SCOPE", "OPEN_STATUS", "OPEN_DOWNLOAD_STATUS",
    )
)  # fmt: skip
_NOTES = (
    ("STD_TYPE", "type of standard"),
    ("ISSUE_ANN_NO", "announcement of publication"),
    ("UTA_NAME", "reporting unit"),
)
_LONGEST_RECORD = 200
_MOST_FIELDS = 200
"""Rows with more fields than any response has are looked at by themselves."""


@dataclass(frozen=True, slots=True)
class _Present:
    """Which of the fields are there: the rows of a response have the same ones, and lack many.

    `others` are those that nothing here knows, in order.
    """

    is_row: bool
    number: tuple[str, ...]
    plan: tuple[str, ...]
    title: tuple[str, ...]
    title_en: tuple[str, ...]
    state: tuple[str, ...]
    nature: tuple[str, ...]
    domain: tuple[str, ...]
    of_projects: tuple[str, ...]
    in_charge: bool
    executing: bool
    notes: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    is_short: bool


def _look(keys: tuple[str, ...]) -> _Present:
    there = frozenset(keys)

    def among(fields: Iterable[str]) -> tuple[str, ...]:
        return tuple(field for field in fields if field in there)

    return _Present(
        is_row=len(_SIGNATURE & there) >= 2 and bool(_NAMING & there),
        number=among(_NUMBER),
        plan=among(_PLAN),
        title=among(_TITLE),
        title_en=among(_TITLE_EN),
        state=among(_STATE),
        nature=among(_NATURE),
        domain=among(_DOMAIN),
        of_projects=among(_OF_PROJECTS),
        in_charge=bool(there & {"TA_CODE", "TA_NAME"}),
        executing=bool(there & {"TM_CODE", "TM_NAME"}),
        notes=tuple((field, topic) for field, topic in _NOTES if field in there),
        others=tuple(sorted(there - _KNOWN)),
        is_short="PROJECT_ID" in there and there <= _SHORT_ROW,
    )


_looked = lru_cache(maxsize=1_024)(_look)


def _present(row: Row) -> _Present:
    return _looked(tuple(row)) if len(row) <= _MOST_FIELDS else _look(tuple(row))


def is_row(value: object) -> bool:
    """Whether a JSON value is a row of such a search: two of its fields or more, and one that names the standard."""
    return isinstance(value, Mapping) and _present(value).is_row


def kind_of(row: Row) -> str:
    """The kind of a row, which chooses its dataset: `plan`, `national`, `industry`, `local`, `association` or `enterprise`.

    >>> kind_of({"C_PLAN_CODE": "20242626-T-607", "C_C_NAME": "毛绒玩具"}), kind_of({"C_STD_CODE": "DB11/T 1234-2015"})
    ('plan', 'local')
    """
    written = _first_of(row, _NUMBER)
    named = words.kind_named(_first_of(row, _DOMAIN))
    number = numbers.parse(written) if written else None
    if number is not None and number.kind == "plan":
        return "plan"
    if _is_project(written, row, named, _first_of(row, _STATE), _OF_PROJECTS):
        return "plan"
    if number is None or number.kind not in ("national", "industry", "local", "association", "enterprise"):
        return named or "national"
    return number.kind


def _is_project(written: str, row: Row, named: str, state: str, of_projects: Iterable[str]) -> bool:
    """Whether a row is of a project: it has no standard's number, its domain or state says so, or fields that only projects have."""
    if not written or named == "plan":
        return True
    if state:
        return words.is_of_a_project(state)
    return any(row.get(field) for field in of_projects)


def _first_of(row: Row, keys: tuple[str, ...]) -> str:
    """The first of these fields that says something; one that holds no text says nothing."""
    for key in keys:
        value = row.get(key)
        if value is None or value == "":
            continue
        try:
            if said := text(value):
                return said
        except Refused:
            continue
    return ""


def entry_of(row: Row) -> Entry:
    """All that a row says. Never raises: what cannot be read is among the entry's faults."""
    entry, there = Entry(), _present(row)
    written = _numbers(row, there, entry)
    named = words.kind_named(_first_of(row, there.domain))
    state = _first_of(row, there.state)
    entry.project = _is_project(written, row, named, state, there.of_projects)
    entry.title_zh = _first_of(row, there.title)
    if there.title_en:
        entry.title_en = _first_of(row, there.title_en)
    _days(row, entry)
    if state:
        _state(state, entry)
    if there.nature:
        _nature(row, there, entry)
    _classes(row, entry)
    _bodies(row, there, entry)
    if "DRAFT_UNIT" in row and (drafting := _list(row, "DRAFT_UNIT", entry)):
        entry.drafting, entry.cut = lists.names(drafting)
    if "TOTAL_REPE" in row and (replaced := _text(row, "TOTAL_REPE", entry)):
        entry.replaces, faults = lists.numbers_in(replaced)
        _bad("TOTAL_REPE", faults, "a standard number", entry)
    if there.others:
        take_adoption(row, there.others, entry)
    for field, topic in there.notes:
        if (value := row[field]) is not None and (said := _read(value, field, entry, text)):
            entry.notes.append((topic, said))
    if entry.project and (form := words.FORMS.get(_first_of(row, ("STD_FORM",)))):
        entry.notes.append(("kind of project", form))
    page = "plan" if entry.project else entry.kind
    if page in PAGED or "OPEN_HASH_CODE" in row:
        entry.url = address_of(page, _first_of(row, ("id",)), _first_of(row, ("OPEN_HASH_CODE",)))
    return entry


def record_of(row: Row, entry: Entry) -> str:
    """The record's id: the platform's own, else the number. Raises `Refused` where the row has neither.

    A row of the simple search is a record of its own, so that it never stands for the full one.
    """
    own = _first_of(row, ("id",))
    if not own or len(own) > _LONGEST_RECORD or not own.isprintable():
        number = entry.number or entry.plan
        if number is None:
            reason = "has neither an id of the platform nor a standard number or plan number"
            raise entry.faults[0] if entry.faults else Refused(reason)
        own = number.canonical
    return f"{own}/simple search" if _present(row).is_short else own


# -- fields --------------------------------------------------------------------------------------------------------------
def _read(value: object, field: str, entry: Entry, reader: Callable[[object], _T]) -> _T | None:
    try:
        return reader(value)
    except Refused as refused:
        entry.fault(field, refused.reason)
        return None


def _text(row: Row, field: str, entry: Entry) -> str:
    value = row.get(field)
    if value is None:
        return ""
    return text(value) if isinstance(value, str) else _read(value, field, entry, text) or ""


def _list(row: Row, field: str, entry: Entry) -> str:
    """A text that holds a list, with a separator for each line break."""
    value = row.get(field)
    if isinstance(value, list):
        return text("、".join(item for item in value if isinstance(item, str)))
    if isinstance(value, str) and ("\n" in value or "\r" in value):
        return text("、".join(value.splitlines()))
    return _text(row, field, entry)


def _numbers(row: Row, there: _Present, entry: Entry) -> str:
    """Number and plan number; gives what stands where the number of a standard should."""
    written = ""
    for field in there.number:
        value = row[field]
        said = _read(value, field, entry, text) if value is not None else ""
        if not said:
            continue
        number = numbers.parse(said)
        if number is None:
            written = written or said
        elif number.kind == "plan":
            entry.plan = number  # the search for projects prints it there
        else:
            entry.number, written = number, said
            break
    if entry.number is None and written:
        entry.fault(_NUMBER[0], f"{shown(written)} is not a standard number")
    if there.plan and (plan := _plan(row, there, entry)):
        entry.plan = plan
    return written


def _plan(row: Row, there: _Present, entry: Entry) -> StandardNumber | None:
    for field in there.plan:
        if not (value := row[field]) or not (said := _read(value, field, entry, text)):
            continue
        number = numbers.parse(said)
        if number is not None and number.kind == "plan":
            return number
        several = [found.number for found in numbers.find_all(said) if found.number.kind == "plan"]
        if len({number.canonical for number in several}) == 1:
            return several[0]
        if several:
            # Which of them became this standard is not said.
            entry.notes.append(("plan numbers", ", ".join(number.canonical for number in several)))
        else:
            entry.fault(field, f"{shown(said)} is not a plan number")
    return None


def _days(row: Row, entry: Entry) -> None:
    published = row.get("ISSUE_DATE")
    issued = None if published is None else _read(published, "ISSUE_DATE", entry, day)
    if entry.project:
        # On the record of a project it is the day on which the plan was issued.
        if issued:
            entry.notes.append(("date of the plan", issued))
        return
    entry.published = issued
    if (effective := row.get("ACT_DATE")) is not None:
        entry.effective = _read(effective, "ACT_DATE", entry, day)


def _state(state: str, entry: Entry) -> None:
    try:
        if entry.project:
            entry.status, entry.stage = words.stage_of(state)
        else:
            entry.status = words.status_of(state)
    except Refused as refused:
        entry.fault("STATE", refused.reason)


def _nature(row: Row, there: _Present, entry: Entry) -> None:
    if nature := _first_of(row, there.nature):
        entry.mandatory = words.COMPULSORY.get(nature)
        by_number = entry.mandatory_by_number
        if entry.mandatory is None:
            entry.fault("STD_NATURE", f"{shown(nature)} is no known nature of a standard")
        elif by_number is not None and by_number != entry.mandatory:
            entry.notes.append(("nature on the record", nature))


def _classes(row: Row, entry: Entry) -> None:
    if "ICS" in row and (written := _text(row, "ICS", entry)):
        entry.ics, faults = ics_codes(written)
        _bad("ICS", faults, "a class of ICS", entry)
        if entry.ics and (named := row.get("ICS_NAME1_FULL")) and isinstance(named, str):
            entry.ics_names = ics_names(text(named))
    if "CCS" in row and (written := _text(row, "CCS", entry)):
        entry.ccs, faults = ccs_codes(written)
        _bad("CCS", faults, "a class of CCS", entry)


def _bad(field: str, faults: tuple[str, ...], wanted: str, entry: Entry) -> None:
    for fault in faults[:20]:
        entry.fault(field, f"{shown(fault)} is not {wanted}")


def _bodies(row: Row, there: _Present, entry: Entry) -> None:
    if there.in_charge:
        entry.in_charge = bodies(_text(row, "TA_CODE", entry), _text(row, "TA_NAME", entry))
    if there.executing:
        entry.executing = bodies(_text(row, "TM_CODE", entry), _text(row, "TM_NAME", entry))
    if "CD_NAME" in row and (printed := _text(row, "CD_NAME", entry)):
        entry.supervising = agencies(printed, entry)
