"""What a Relaton file says of its document, whichever generation of the schema it is written in.

Generations differ in words for the same: `docid` and `docidentifier`, `link` and `source`, `date.value` and `date.at`,
`docstatus` and `status`, `editorialgroup` and the `subdivision` of a contributor. Within one of them a name is a text, a mapping
or a list of these. Everything that is not there is left empty; nothing here fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.script import has_han
from loaders.relaton.plain import Plain
from loaders.relaton.stages import UNKNOWN, State, state
from loaders.values import clean, normal_date

__all__ = ["WANTED", "Bibliography", "Body", "Organisation", "Relation", "bibliography", "primary"]

WANTED = frozenset(
    (
        "title",
        "docid",
        "docidentifier",
        "link",
        "source",
        "date",
        "contributor",
        "docstatus",
        "status",
        "relation",
        "editorialgroup",
        "ics",
        "ext",
        "fetched",
    )
)
"""The keys of a file that are read."""

_LANGUAGES = frozenset(("en", "zh", ""))
_LONGEST = 2_000
_COMMITTEES = ("technical_committee", "committee", "subcommittee", "workgroup", "working_group", "group")
_WORDS_OF_NUMBERED = {"technical_committee": "TC", "committee": "TC", "subcommittee": "SC", "workgroup": "WG"}
_PLACEHOLDERS = frozenset(
    (
        "waiting for new company",
        "unknown",
        "unknown working group",
        "unknown company",
        "retired friends of etsi",
        "n/a",
        "none",
        "tbd",
        "individual",
        "independent",
        "self-employed",
        "unaffiliated",
        "no affiliation",
    )
)
"""What stands for an organisation or group where there is none."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as it is printed, and its abbreviation where the file gives one."""

    name: str
    abbreviation: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A committee or group in charge: by its identifier (a code, mostly), and by its name."""

    identifier: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another document by the type that the file gives it; `described` where it is qualified in words."""

    type: str
    docid: str
    described: bool = False


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What one file says. `docid` is the identifier under which its publisher counts it; dates by their type, in ISO form.

    `authors` are organisations that wrote it; `affiliations` are those of persons who did. The persons are nowhere in it.
    """

    docid: str
    title_en: str = ""
    title_zh: str = ""
    url: str = ""
    dates: tuple[tuple[str, str], ...] = ()
    state: State = UNKNOWN
    ics: tuple[str, ...] = ()
    publishers: tuple[Organisation, ...] = ()
    authors: tuple[Organisation, ...] = ()
    affiliations: tuple[Organisation, ...] = ()
    bodies: tuple[Body, ...] = ()
    relations: tuple[Relation, ...] = ()
    fetched: str = ""

    def date(self, *types: str) -> str:
        """The first date of one of these types, "" where there is none."""
        return next((day for wanted in types for kind, day in self.dates if kind == wanted), "")


def primary(values: dict[str, Plain]) -> tuple[str, str]:
    """Identifier of a document and the type of identifier: the one that is marked primary, else the first; ("", "") without any.

    >>> primary({"docid": [{"id": "10.1000/1", "type": "DOI"}, {"id": "ISO 1", "type": "ISO", "primary": "true"}]})
    ('ISO 1', 'ISO')
    """
    found: tuple[str, str] = ("", "")
    for one in _each(values.get("docid") or values.get("docidentifier")):
        docid = _text(one.get("id")) or (_text(one.get("content")) if "type" in one else "")
        if docid and (not found[0] or one.get("primary") == "true"):
            found = (docid, _text(one.get("type")))
            if one.get("primary") == "true":
                break
    return found


def bibliography(values: dict[str, Plain]) -> Bibliography:
    """Read the keys of a file."""
    ext = _first(values.get("ext"))
    docid = primary(values)[0]
    publishers, authors, affiliations, bodies = _contributors(values.get("contributor"))
    for group in (values.get("editorialgroup"), ext.get("editorialgroup")):
        bodies += _bodies(group, docid)
    title_en, title_zh = _titles(values.get("title"))
    return Bibliography(
        docid=docid,
        title_en=title_en,
        title_zh=title_zh,
        url=_url(values.get("link") or values.get("source")),
        dates=tuple(_dates(values.get("date"))),
        state=_state(_first(values.get("docstatus") or values.get("status"))),
        ics=tuple(dict.fromkeys(_text(one.get("code")) for one in _each(values.get("ics") or ext.get("ics")))),
        publishers=publishers,
        authors=authors,
        affiliations=affiliations,
        bodies=tuple(dict.fromkeys(bodies)),
        relations=tuple(dict.fromkeys(_relations(values.get("relation")))),
        fetched=normal_date(_text(values.get("fetched"))) or "",
    )


# -- shapes ------------------------------------------------------------------------------------------------------------
def _each(value: Plain) -> Iterator[dict[str, Plain]]:
    """The mappings that a value is or holds; a bare text stands for a mapping with that content."""
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, dict):
            yield one
        elif isinstance(one, str):
            yield {"content": one}


def _first(value: Plain) -> dict[str, Plain]:
    return next(_each(value), {})


def _text(value: Plain) -> str:
    """The first text that a value is or holds: plain, under `content`, `value` or `name`, or first in a list."""
    for _ in range(6):
        if isinstance(value, str):
            return clean(value[:_LONGEST])
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("content") or value.get("value") or value.get("name")
    return ""


def _language(one: dict[str, Plain]) -> str:
    return _text(one.get("language"))[:2].lower()


def _is_nobody(name: str) -> bool:
    return name.casefold() in _PLACEHOLDERS


# -- parts -------------------------------------------------------------------------------------------------------------
def _titles(value: Plain) -> tuple[str, str]:
    """Title in English and in Chinese: the whole one (`main`) where it is given, else its pieces in order, else the first."""
    whole: dict[str, str] = {}
    pieces: dict[str, list[str]] = {}
    other: dict[str, str] = {}
    for one in _each(value):
        language = _language(one)
        if language not in _LANGUAGES:
            continue
        text = _text(one.get("content"))
        if not text:
            continue
        language = language or ("zh" if has_han(text) else "en")
        kind = _text(one.get("type"))
        if kind == "main":
            whole.setdefault(language, text)
        elif kind.startswith("title-"):
            pieces.setdefault(language, []).append(text)
        else:
            other.setdefault(language, text)
    en, zh = (whole.get(lang) or " - ".join(pieces.get(lang, ())) or other.get(lang, "") for lang in ("en", "zh"))
    return en, zh


def _url(value: Plain) -> str:
    """The address of the document itself: the source's page, else the first address."""
    found = ""
    for one in _each(value):
        address = _text(one.get("content"))
        if address.startswith(("http://", "https://")) and " " not in address and len(address) < 1_000:
            if one.get("type") == "src":
                return address
            found = found or address
    return found


def _dates(value: Plain) -> Iterator[tuple[str, str]]:
    for one in _each(value):
        day = normal_date(_text(one.get("value") or one.get("at") or one.get("on") or one.get("from")))
        if day:
            yield _text(one.get("type")), day


def _state(value: dict[str, Plain]) -> State:
    stage = value.get("stage") or value.get("content")
    return state(_text(stage), _text(value.get("substage")))


def _relations(value: Plain) -> Iterator[Relation]:
    for one in _each(value):
        other = _first(one.get("bibitem"))
        docid = primary(other)[0] or _text(other.get("formattedref"))
        if docid:
            yield Relation(_text(one.get("type")), docid, bool(_text(one.get("description"))))


def _contributors(
    value: Plain,
) -> tuple[tuple[Organisation, ...], tuple[Organisation, ...], tuple[Organisation, ...], list[Body]]:
    publishers: dict[Organisation, None] = {}
    authors: dict[Organisation, None] = {}
    affiliations: dict[Organisation, None] = {}
    bodies: list[Body] = []
    for one in _each(value):
        roles = {_text(role.get("type") or role.get("content")) for role in _each(one.get("role"))}
        if "person" in one:
            for affiliation in _each(_first(one["person"]).get("affiliation")):
                if (found := _organisation(_first(affiliation.get("organization")))) and roles & {"author", "editor"}:
                    affiliations.setdefault(found)
            continue
        given = _first(one.get("organization"))
        found = _organisation(given)
        if found is None:
            continue
        if "publisher" in roles:
            publishers.setdefault(found)
        groups = list(_subdivisions(given, found))
        bodies += groups
        if "author" in roles and not groups:
            authors.setdefault(found)
    for publisher in publishers:
        authors.pop(
            publisher, None
        )  # that a publisher is an author of what it publishes says nothing of who drafted it
    return tuple(publishers), tuple(authors), tuple(affiliations), bodies


def _organisation(value: dict[str, Plain]) -> Organisation | None:
    name, abbreviation = _text(value.get("name")).strip('" '), _text(value.get("abbreviation"))
    name = name or abbreviation
    if len(name) < 2 or _is_nobody(name):
        return None
    return Organisation(name, abbreviation if abbreviation != name else "")


def _subdivisions(value: dict[str, Plain], of: Organisation) -> Iterator[Body]:
    """The committee or group of an organisation: `subdivision` of v1.5; the most particular one, which is the last."""
    last: Body | None = None
    for one in _each(value.get("subdivision")):
        name, identifier = _text(one.get("name") or one.get("content")), _text(one.get("identifier"))
        if (name or identifier) and not _is_nobody(name):
            last = Body(identifier, name if identifier else f"{of.abbreviation or of.name} {name}")
    if last is not None:
        yield last


def _bodies(value: Plain, docid: str) -> list[Body]:
    """The groups of an `editorialgroup`: committees under their levels (ISO, IEC, OGC ...), or a plain list of groups (3GPP).

    A plain list names who is in charge (`prime`), who helps and who once was: only the first is taken.
    """
    found: list[Body] = []
    owner = docid.split(" ", 1)[0]
    for one in _each(value):
        levels = [key for key in _COMMITTEES if one.get(key)]
        if levels:
            found += _by_level(one, levels, owner)
            continue
        name = _text(one.get("name") or one.get("content")).strip('"')
        several = "/" in name or "," in name
        if _text(one.get("type")) in ("prime", "") and len(name) > 1 and not several and not _is_nobody(name):
            found.append(Body(f"{owner} {name}"))
    return found


def _by_level(one: dict[str, Plain], levels: list[str], owner: str) -> list[Body]:
    """The lowest level that is given; without an identifier its code is built from the numbers of the levels."""
    lowest = levels[-1]
    found: list[Body] = []
    for body in _each(one[lowest]):
        name, identifier = _text(body.get("name") or body.get("content")), _text(body.get("identifier"))
        if not identifier and (number := _text(body.get("number"))):
            above = [
                f"{_text(over.get('type')) or _WORDS_OF_NUMBERED.get(level, '')} {_text(over.get('number'))}"
                for level in levels[:-1]
                for over in [_first(one[level])]
                if over.get("number")
            ]
            identifier = "/".join(
                (
                    owner.split("/TC")[0],
                    *above,
                    f"{_text(body.get('type')) or _WORDS_OF_NUMBERED.get(lowest, '')} {number}",
                )
            )
        if identifier or (name and not _is_nobody(name)):
            found.append(Body(identifier, name if identifier else f"{owner} {name}"))
    return found
