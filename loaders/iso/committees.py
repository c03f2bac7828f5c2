"""The kind of source: how the file of committees is recognised, and what a committee's line says in the schema's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from graph import committees
from graph.model import Basis, Confidence, Dataset, Document
from graph.names import slug
from graph.schema import AGENCY, ASSOCIATION, COMMITTEE
from loaders import references
from loaders.format import Record
from loaders.inputs import Head, Input
from loaders.iso.members import MEMBERS, ON_RECORD
from loaders.references import Target
from loaders.refusals import Refusal, Refused, shown
from loaders.saying import Saying
from loaders.values import as_date, clean

__all__ = ["COMMITTEES", "DATASET", "Committees"]

LARGEST = 16 * 1024 * 1024
"""Bytes of the file, which has 1.7 million; it is held as a whole because a line names its parent by number only."""

_KEYS = (b'"reference"', b'"secretariat"', b'"pMembers"', b'"oMembers"')
_TITLE = "ISO Open Data, technical committees (ODC-By 1.0)"
_ADDRESS = "https://www.iso.org/open-data.html"
_PUBLISHER = "International Organization for Standardization"
DATASET = Dataset(
    "iso-committees",
    "ISO Open Data: technical committees, members and liaisons",
    licence="ODC-By 1.0 (attribution: International Organization for Standardization)",
    publisher=_PUBLISHER,
)
_DOCUMENT = Document(Document.id_for(_ADDRESS), _TITLE, url=_ADDRESS, publisher=_PUBLISHER)
_GENERAL = Document(Document.id_for("general knowledge"), "General knowledge of the editors; no page on record")
_HOLDER = (
    "holder by the data of ISO: the national body, in whose name an organisation of its country runs the secretariat"
)
_LONGEST_SCOPE = 4_000


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with the reference of its parent, which the line itself has as a number only."""

    given: Mapping[str, Any]
    parent: str


@dataclass(frozen=True, slots=True)
class _Member:
    acronym: str


@dataclass(frozen=True, slots=True)
class Committees:
    """The JSON lines of ISO Open Data on technical committees; see the package."""

    name: str = "ISO Open Data: technical committees"

    def dataset(self, head: Head) -> Dataset | None:
        """`iso-committees` for lines that have a reference, a secretariat and both kinds of members."""
        first = head.start.lstrip(b"\xef\xbb\xbf \r\n").partition(b"\n")[0]
        return DATASET if first.startswith(b"{") and all(key in first for key in _KEYS) else None

    def records(self, given: Input) -> Iterator[Record | Refusal]:
        """A record for each committee, by its reference, and one for each national body that they name."""
        lines: list[tuple[int, Mapping[str, Any]]] = []
        for number, text in enumerate(given.text(LARGEST).split("\n"), start=1):
            if not text.strip():
                continue
            line = _parsed(text)
            if isinstance(line, str):
                yield Refusal(given.name, number, "", line)
            else:
                lines.append((number, line))
        by_number = {_number(line.get("id")): _reference(line) for _, line in lines}
        seen: dict[str, None] = {}
        for number, line in lines:
            reference = _reference(line)
            parent = ""
            if line.get("parentId") is not None:
                code = committees.parse(reference)
                parent = by_number.get(_number(line["parentId"])) or (code.parent if code else "")
            yield Record(reference, number, _DOCUMENT, _Line(line, parent), f"line of {reference}")
            for one in (line.get("secretariat"), *_listed(line, "pMembers"), *_listed(line, "oMembers")):
                if acronym := _acronym(one):
                    seen.setdefault(acronym)
        for acronym in seen:
            if acronym in MEMBERS:
                yield Record(f"member {acronym}", 0, _GENERAL, _Member(acronym))

    def names(self, record: Record) -> Iterable[str]:  # noqa: ARG002 - a kind of source is asked with the record
        """None: committees are known by their codes, and organisations by ids of their own."""
        return ()

    def say(self, record: Record, saying: Saying) -> None:
        """A committee, its place, secretariat, members and liaisons; or what a national body is called."""
        if isinstance(record.values, _Member):
            _say_member(record.values.acronym, saying)
            return
        line: Mapping[str, Any] = record.values.given
        committee = _committee(record.id)
        _say_committee(line, committee, saying)
        if record.values.parent:
            with saying.part("parentId"):
                saying.relate(committee, "PART_OF", _committee(record.values.parent), "subcommittee")
        if acronym := _acronym(line.get("secretariat")):
            with saying.part("secretariat"):
                saying.relate(_member(acronym), "HOSTS_SECRETARIAT", committee, properties={"note": _HOLDER})
        for key, role in (("pMembers", "p_member"), ("oMembers", "o_member")):
            for one in _listed(line, key):
                if acronym := _acronym(one):
                    with saying.part(key):
                        saying.relate(_member(acronym), "MEMBER_OF", committee, role)
        for one in _listed(line, "committeeLiaisons"):
            # Some committees in liaison have a number only, without a line of their own: nobody can say which they are.
            other = _reference(one)
            if other and other != record.id:
                with saying.part("committeeLiaisons"):
                    saying.relate(_committee(other), "MEMBER_OF", committee, "liaison")
        for one in _listed(line, "organizationLiaisons"):
            if liaison := _liaison(one):
                with saying.part("organizationLiaisons"):
                    saying.relate(liaison, "MEMBER_OF", committee, "liaison", properties={"as_printed": _acronym(one)})


COMMITTEES = Committees()


# -- what a line says --------------------------------------------------------------------------------------------------
def _say_committee(line: Mapping[str, Any], committee: Target, saying: Saying) -> None:
    established = None
    with saying.part("creationDate"):
        established = as_date(line.get("creationDate"))
    saying.describe(committee, {"level": "international", "established": established}, main=True)
    with saying.part("title"):
        saying.fact(committee, "NAME", _text(line.get("title")), "en")
    status = _text(line.get("status"))
    saying.fact(committee, "STATUS", "current" if status == "Active" else None)
    saying.fact(committee, "NOTE", status if status != "Active" else None, "status")
    with saying.part("scope"):
        saying.fact(committee, "NOTE", _without_tags(_text(line.get("scope"))), "scope")


def _say_member(acronym: str, saying: Saying) -> None:
    """What a national body is called and where it is: general knowledge, since the data have its acronym only."""
    name, country = MEMBERS[acronym]
    member = _member(acronym)
    known = saying.on(Basis.GENERAL_KNOWLEDGE, Confidence.MEDIUM)
    saying.fact(member, "NAME", name, "en", provenance=known)
    saying.fact(member, "NAME", acronym, "short_en", provenance=known)
    saying.fact(member, "HOME", country, provenance=known)


def _committee(reference: str) -> Target:
    """A committee by ISO's reference: a code, or one of a form that ISO has come up with since."""
    return references.committee_by_code(reference) or Target(
        f"committee:{slug(reference)}", COMMITTEE, reference, {"code": reference}
    )


def _member(acronym: str) -> Target:
    label = AGENCY if acronym == "SAC" else ASSOCIATION
    if acronym in ON_RECORD:
        return Target(ON_RECORD[acronym], label, acronym, {"name_en": MEMBERS[acronym][0]})
    # Whether it is an agency or an association differs from country to country, and the data do not say.
    name = MEMBERS[acronym][0] if acronym in MEMBERS else f"{acronym} (member body of ISO)"
    return Target(f"org:iso-member-{_end(acronym)}", label, acronym, {"name_en": name}, firm=False)


def _liaison(one: Mapping[str, Any]) -> Target | None:
    """An organisation in liaison: known by ISO's own number, since short names like `ISS` and `CAS` are others' as well."""
    name, number = _acronym(one), _number(one.get("id"))
    if not name or number <= 0:
        return None
    said = {"name_en": f"{name} (in liaison with ISO)"}
    return Target(f"org:iso-liaison-{number}", ASSOCIATION, name, said, firm=False)


# -- shapes ------------------------------------------------------------------------------------------------------------
def _parsed(text: str) -> Mapping[str, Any] | str:
    """The object that a line is, or why it is none."""
    try:
        line = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return "is no JSON"
    if not isinstance(line, dict):
        return "is JSON, but not one object"
    if not _reference(line):
        return "has no reference: which committee it is cannot be said"
    return line


def _reference(line: Mapping[str, Any]) -> str:
    given = line.get("reference")
    return clean(given)[:100] if isinstance(given, str) else ""


def _number(value: object) -> int:
    """ISO's own number of a committee or organisation, 0 where there is none."""
    return value if isinstance(value, int) else 0


def _listed(line: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    given = line.get(key)
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _acronym(one: object) -> str:
    given = one.get("acronym") if isinstance(one, dict) else None
    return clean(given)[:200] if isinstance(given, str) else ""


def _text(value: object) -> str:
    """A text, or the English one of several languages."""
    given = value.get("en") if isinstance(value, dict) else value
    return given if isinstance(given, str) else ""


def _without_tags(html: str) -> str:
    if not html:
        return ""
    root = LexborHTMLParser(html[: 4 * _LONGEST_SCOPE]).root
    text = clean(root.text(separator=" ") if root is not None else "")
    return text if len(text) <= _LONGEST_SCOPE else f"{text[:_LONGEST_SCOPE]}..."


def _end(acronym: str) -> str:
    end = slug(acronym)
    if not end:
        raise Refused(f"{shown(acronym)} is not the acronym of a national body")
    return end
