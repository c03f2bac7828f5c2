"""What a Relaton file says of its document, whichever generation of the schema it is written in.

Generations differ in words for the same: `docid` and `docidentifier`, `link` and `source`, `date.value` and `date.at`,
`docstatus` and `status`, `editorialgroup` and the `subdivision` of a contributor. Within one of them a name is a text, a mapping
or a list of these. Everything that is not there is left empty; nothing here fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.script import has_han
from loaders.relaton.contributors import Body, Organisation, bodies_in, contributors
from loaders.relaton.lines import Plain
from loaders.relaton.shapes import each, first, text_of
from loaders.relaton.stages import UNKNOWN, State, state
from loaders.values import normal_date

__all__ = ["WANTED", "Bibliography", "Relation", "bibliography", "primary"]

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
    for one in each(values.get("docid") or values.get("docidentifier")):
        docid = text_of(one.get("id")) or (text_of(one.get("content")) if "type" in one else "")
        if docid and (not found[0] or one.get("primary") == "true"):
            found = (docid, text_of(one.get("type")))
            if one.get("primary") == "true":
                break
    return found


def bibliography(values: dict[str, Plain]) -> Bibliography:
    """Read the keys of a file."""
    ext = first(values.get("ext"))
    docid = primary(values)[0]
    publishers, authors, affiliations, bodies = contributors(values.get("contributor"))
    for group in (values.get("editorialgroup"), ext.get("editorialgroup")):
        bodies += bodies_in(group, docid)
    title_en, title_zh = _titles(values.get("title"))
    return Bibliography(
        docid=docid,
        title_en=title_en,
        title_zh=title_zh,
        url=_url(values.get("link") or values.get("source")),
        dates=tuple(_dates(values.get("date"))),
        state=_state(first(values.get("docstatus") or values.get("status"))),
        ics=tuple(dict.fromkeys(text_of(one.get("code")) for one in each(values.get("ics") or ext.get("ics")))),
        publishers=publishers,
        authors=authors,
        affiliations=affiliations,
        bodies=tuple(dict.fromkeys(bodies)),
        relations=tuple(dict.fromkeys(_relations(values.get("relation")))),
        fetched=normal_date(text_of(values.get("fetched"))) or "",
    )


def _language(one: dict[str, Plain]) -> str:
    return text_of(one.get("language"))[:2].lower()


# -- parts -------------------------------------------------------------------------------------------------------------
def _titles(value: Plain) -> tuple[str, str]:
    """Title in English and in Chinese: the whole one (`main`) where it is given, else its pieces in order, else the first."""
    whole: dict[str, str] = {}
    pieces: dict[str, list[str]] = {}
    other: dict[str, str] = {}
    for one in each(value):
        language = _language(one)
        if language not in _LANGUAGES:
            continue
        text = text_of(one.get("content"))
        if not text:
            continue
        language = language or ("zh" if has_han(text) else "en")
        kind = text_of(one.get("type"))
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
    for one in each(value):
        address = text_of(one.get("content"))
        if address.startswith(("http://", "https://")) and " " not in address and len(address) < 1_000:
            if one.get("type") == "src":
                return address
            found = found or address
    return found


def _dates(value: Plain) -> Iterator[tuple[str, str]]:
    for one in each(value):
        day = normal_date(text_of(one.get("value") or one.get("at") or one.get("on") or one.get("from")))
        if day:
            yield text_of(one.get("type")), day


def _state(value: dict[str, Plain]) -> State:
    stage = value.get("stage") or value.get("content")
    return state(text_of(stage), text_of(value.get("substage")))


def _relations(value: Plain) -> Iterator[Relation]:
    for one in each(value):
        other = first(one.get("bibitem"))
        docid = primary(other)[0] or text_of(other.get("formattedref"))
        if docid:
            yield Relation(text_of(one.get("type")), docid, bool(text_of(one.get("description"))))
