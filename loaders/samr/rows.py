"""A row of the national platform's search: its fields become an `Entry`.

Any field may be missing, empty, or hold what it should not; what cannot be read is a fault of that field alone. The drafters'
names (`DRAFT_STAFF`) are dropped before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from graph import committees, numbers
from graph.numbers import StandardNumber
from loaders.refusals import Refused, shown
from loaders.samr import lists, words
from loaders.samr.entries import Body, Entry
from loaders.samr.fields import ccs_codes, day, ics_codes, ics_names, text
from loaders.samr.platforms import address_of

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
_OTHER_RELATION = re.compile("REPE|REPLACE|CITE|REF|REVIS|PLAN|STAFF", re.IGNORECASE)
_NOTES = (
    ("STD_TYPE", "type of standard"),
    ("ISSUE_ANN_NO", "announcement of publication"),
    ("UTA_NAME", "reporting unit"),
)
_NOT_ADOPTED = frozenset({"否", "未采标", "非采标", "不采标", "未采用", "N", "0"})
_LONGEST_RECORD = 200

# 工业和信息化部(通信)(339-2): a ministry with the field for which it answers.
_WITH_ITS_FIELD = re.compile(r"(.{2,30}?[部委局署会院])((?:\s*[(（][^()（）]{1,12}[)）])+)")


def is_row(value: object) -> bool:
    """Whether a JSON value is a row of such a search: two of its fields or more, and one that names the standard."""
    return isinstance(value, Mapping) and len(_SIGNATURE & value.keys()) >= 2 and bool(_NAMING & value.keys())


def kind_of(row: Row) -> str:
    """The kind of a row, which chooses its dataset: `plan`, `national`, `industry`, `local`, `association` or `enterprise`.

    >>> kind_of({"C_PLAN_CODE": "20242626-T-607", "C_C_NAME": "毛绒玩具"}), kind_of({"C_STD_CODE": "DB11/T 1234-2015"})
    ('plan', 'local')
    """
    return _kind(_first_of(row, _NUMBER), row)


def _kind(written: str, row: Row) -> str:
    named = words.kind_named(_first_of(row, _DOMAIN))
    if _is_project(written, row, named):
        return "plan"
    number = numbers.parse(written) if written else None
    if number is None or number.kind not in ("national", "industry", "local", "association", "enterprise"):
        return named or "national"
    return number.kind


def _is_project(written: str, row: Row, named: str) -> bool:
    """Whether a row is of a project: by its domain, by fields that only projects have, or because no standard is numbered."""
    if named == "plan" or not _OF_PROJECTS.isdisjoint(row):
        return True
    if not written:
        return True
    return bool(state := _first_of(row, _STATE)) and words.is_of_a_project(state)


def _first_of(row: Row, keys: tuple[str, ...]) -> str:
    """The first of these fields that says something; one that holds no text says nothing."""
    for key in keys:
        value = row.get(key)
        if value is not None:
            try:
                if said := text(value):
                    return said
            except Refused:
                continue
    return ""


def entry_of(row: Row) -> Entry:
    """All that a row says. Never raises: what cannot be read is among the entry's faults."""
    entry = Entry()
    written = _numbers(row, entry)
    named = words.kind_named(_first_of(row, _DOMAIN))
    entry.project = _is_project(written, row, named)
    entry.title_zh, entry.title_en = _first_of(row, _TITLE), _first_of(row, _TITLE_EN)
    _days(row, entry)
    _states(row, entry)
    _classes(row, entry)
    _bodies(row, entry)
    if drafting := _text(row, "DRAFT_UNIT", entry, as_list=True):
        entry.drafting, entry.cut = lists.names(drafting)
    if replaced := _text(row, "TOTAL_REPE", entry):
        entry.replaces, faults = lists.numbers_in(replaced)
        _bad("TOTAL_REPE", faults, "a standard number", entry)
    _adoption(row, entry)
    for field, topic in _NOTES:
        if (value := row.get(field)) is not None and (said := _read(value, field, entry, text)):
            entry.notes.append((topic, said))
    if entry.project and (form := words.FORMS.get(_first_of(row, ("STD_FORM",)))):
        entry.notes.append(("kind of project", form))
    page = "plan" if entry.project else entry.kind
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
    return f"{own}/simple search" if "PROJECT_ID" in row and row.keys() <= _SHORT_ROW else own


# -- fields --------------------------------------------------------------------------------------------------------------
def _read(value: object, field: str, entry: Entry, reader: Callable[[object], _T]) -> _T | None:
    try:
        return reader(value)
    except Refused as refused:
        entry.fault(field, refused.reason)
        return None


def _text(row: Row, field: str, entry: Entry, *, as_list: bool = False) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if as_list and isinstance(value, list):
        value = "、".join(item for item in value if isinstance(item, str))
    elif as_list and isinstance(value, str) and ("\n" in value or "\r" in value):
        value = value.replace("\r", "\n").replace("\n", "、")
    return _read(value, field, entry, text) or ""


def _numbers(row: Row, entry: Entry) -> str:
    """Number and plan number; gives what stands where the number of a standard should."""
    written = ""
    for field in _NUMBER:
        value = row.get(field)
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
    if plan := _plan(row, entry):
        entry.plan = plan
    return written


def _plan(row: Row, entry: Entry) -> StandardNumber | None:
    for field in _PLAN:
        if not (value := row.get(field)) or not (said := _read(value, field, entry, text)):
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


def _states(row: Row, entry: Entry) -> None:
    if state := _first_of(row, _STATE):
        try:
            if entry.project:
                entry.status, entry.stage = words.stage_of(state)
            else:
                entry.status = words.status_of(state)
        except Refused as refused:
            entry.fault("STATE", refused.reason)
    if nature := _first_of(row, _NATURE):
        entry.mandatory = words.COMPULSORY.get(nature)
        by_number = entry.mandatory_by_number
        if entry.mandatory is None:
            entry.fault("STD_NATURE", f"{shown(nature)} is no known nature of a standard")
        elif by_number is not None and by_number != entry.mandatory:
            entry.notes.append(("nature on the record", nature))


def _classes(row: Row, entry: Entry) -> None:
    if written := _text(row, "ICS", entry):
        entry.ics, faults = ics_codes(written)
        _bad("ICS", faults, "a class of ICS", entry)
        if entry.ics and (named := row.get("ICS_NAME1_FULL")) and isinstance(named, str):
            entry.ics_names = ics_names(text(named))
    if written := _text(row, "CCS", entry):
        entry.ccs, faults = ccs_codes(written)
        _bad("CCS", faults, "a class of CCS", entry)


def _bad(field: str, faults: tuple[str, ...], wanted: str, entry: Entry) -> None:
    for fault in faults[:20]:
        entry.fault(field, f"{shown(fault)} is not {wanted}")


def _bodies(row: Row, entry: Entry) -> None:
    entry.in_charge = tuple(bodies(_text(row, "TA_CODE", entry), _text(row, "TA_NAME", entry)))
    entry.executing = tuple(bodies(_text(row, "TM_CODE", entry), _text(row, "TM_NAME", entry)))
    if printed := _text(row, "CD_NAME", entry):
        entry.supervising = agencies(printed, entry)


@lru_cache(maxsize=16_384)
def bodies(code: str, name: str) -> tuple[Body, ...]:
    """The bodies that code and name mean, mostly one. A code that is no committee's (of an agency, say) adds nothing to a name.

    >>> bodies("TC46SC1", "全国家用电器标准化技术委员会制冷空调器具分会")
    (Body(code='SAC/TC 46/SC 1', name='全国家用电器标准化技术委员会制冷空调器具分会'),)
    >>> bodies("", "国家卫生健康委员会、农业农村部")
    (Body(code='', name='国家卫生健康委员会'), Body(code='', name='农业农村部'))
    """
    found = committees.parse(code) if code else None
    if found is not None:
        return (Body(str(found), name),)
    if not name and code:
        return (Body("", code),) if any("\u4e00" <= letter <= "\u9fff" for letter in code) else ()
    return tuple(Body(_code_beside(one), _bare(one)) for one in lists.names(name)[0])


def _code_beside(name: str) -> str:
    found = committees.find(name)
    return str(found) if found else ""


def _bare(name: str) -> str:
    """The name of a committee without the code in brackets behind it."""
    return re.sub(r"\s*[(（][^()（）]*(?:TC|SWG|SC)\s*\d[^()（）]*[)）]$", "", name) or name


def agencies(printed: str, entry: Entry) -> tuple[str, ...]:
    """The agencies in a list, without the field for which a ministry answers; that stands in a note."""
    found = _agencies(printed)
    entry.notes += [("supervising agency as printed", name) for agency, name in found if agency != name]
    return tuple(dict.fromkeys(agency for agency, _ in found))


@lru_cache(maxsize=4_096)
def _agencies(printed: str) -> tuple[tuple[str, str], ...]:
    """Each agency with how it is printed."""
    names = lists.names(printed)[0]
    return tuple((match[1] if (match := _WITH_ITS_FIELD.fullmatch(name)) else name, name) for name in names)


def _adoption(row: Row, entry: Entry) -> None:
    """What the standard adopts: degree and number may stand in any of the fields on adoption, and in others.

    A number in a field that is not on adoption counts where a field on adoption says that something is adopted.
    """
    unknown = row.keys() - _KNOWN
    if not unknown:
        return
    degree, said = "", ""
    found: dict[str, str] = {}
    for field in sorted(key for key in unknown if "ADOPT" in key.upper()):
        try:
            written = text(row[field])
        except Refused as refused:
            entry.fault(field, refused.reason)
            continue
        if written and written not in _NOT_ADOPTED:
            said = said or written
            degree = degree or words.degree_in(written)
            found.update((number, words.degree_in(written)) for number in adopted(written))
    if not said:
        return
    if not found:
        others = sorted(key for key in unknown if "ADOPT" not in key.upper() and not _OTHER_RELATION.search(key))
        texts = (value for key in others if isinstance(value := row[key], str) and len(value) <= 200)
        found = {number: words.degree_in(value) for value in texts for number in adopted(value)}
    if found:
        entry.adopts = tuple((number, of_its_own or degree) for number, of_its_own in found.items())
    else:
        entry.notes.append(("adoption on the record", said))


@lru_cache(maxsize=16_384)
def adopted(written: str) -> tuple[str, ...]:
    """The international and foreign numbers in a text.

    >>> adopted("ISO 8124-1:2018，MOD"), adopted("GB/T 1-2000"), adopted("IEC")
    (('ISO 8124-1:2018',), (), ())
    """
    if not any("0" <= letter <= "9" for letter in written):
        return ()
    one = numbers.parse(written)
    found: Iterator[StandardNumber] = iter((one,)) if one else (piece.number for piece in numbers.find_all(written))
    return tuple(dict.fromkeys(number.canonical for number in found if number.kind in ("international", "foreign")))
