"""The kind of source: how a file of Relaton is recognised, and what it says in the schema's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.model import Basis, Confidence, Dataset, Document
from graph.names import slug
from graph.schema import ASSOCIATION, COMMITTEE, WORKING_GROUP
from loaders import references
from loaders.format import Record
from loaders.inputs import Head, Input
from loaders.references import Target
from loaders.refusals import Refusal, Refused, shown
from loaders.relaton.contributors import Body, Organisation
from loaders.relaton.document import WANTED, Bibliography, bibliography, primary
from loaders.relaton.numbering import edition_is_known, named, number_of
from loaders.relaton.plain import read
from loaders.relaton.relations import related
from loaders.saying import Saying

__all__ = ["DATASETS_BEGIN", "RELATON", "Relaton"]

LARGEST = 1024 * 1024
"""Bytes of a file; the longest of ISO's has some 60,000."""

DATASETS_BEGIN = "relaton-"
"""How the ids of all datasets begin; the type of the primary identifier follows."""

_KEY = re.compile(r"^(?:docid|docidentifier):", re.MULTILINE)
_IDENTIFIERS = re.compile(r"^(?:docid|docidentifier):[ \t]*\r?\n((?:[ \-#].*\r?\n?|\r?\n)*)", re.MULTILINE)
_OTHER_KEYS = re.compile(
    r"^(?:schema[-_]version|title|type|link|source|contributor|formattedref|docstatus|status|date):", re.MULTILINE
)
_ITEM = re.compile(r"^[ ]*-[ ]", re.MULTILINE)
_FIELD = re.compile(r"^[ ]*(?:-[ ]+)?(id|content|type|primary):[ ]*(.+?)[ ]*\r?$", re.MULTILINE)
_INDEX = re.compile(r"(?:---[ ]*\r?\n)?-[ ]:?id:.*\r?\n(?:[ ]+.*\r?\n)*?[ ]+:?file:[ ]")
_INDEX_ID = re.compile(r":?(?:id|publisher):[ ]*['\"]?([A-Za-z0-9]+)")

_SAID_BY_STATUS = frozenset(("60.60", "95.99"))
"""Published and withdrawn: codes that say no more than status and stage do."""

_LICENCE = "no licence is stated by the source: read it, do not pass it on"


@dataclass(frozen=True, slots=True)
class Relaton:
    """Files of Relaton in YAML; see the package."""

    name: str = "Relaton: bibliographic record"

    def dataset(self, head: Head) -> Dataset | None:
        """`relaton-<type of the primary identifier>`: `relaton-iso`, `relaton-3gpp` ...; None for what is no document of Relaton."""
        flavour = _flavour(head.text)
        return _dataset(flavour) if flavour else None

    def records(self, given: Input) -> Iterator[Record | Refusal]:
        """The one document of a file. An index of documents holds none, and is left out with that reason."""
        flavour = _flavour(given.head.text)
        if _INDEX.match(given.head.text):
            yield Refusal(given.name, 0, "", "an index of Relaton files, not a document", left_out=True)
            return
        said = bibliography(read(given.text(LARGEST), WANTED))
        if not said.docid:
            raise Refused("has no identifier under `docid` or `docidentifier`", part="docid")
        known = f"{said.docid} (dated copy)" if said.fetched else said.docid
        locator = f"{said.docid}, fetched {said.fetched}" if said.fetched else said.docid
        yield Record(known, 0, _document(flavour), said, locator)

    def names(self, record: Record) -> Iterable[str]:
        """The organisations that published, wrote, or stand behind those who wrote."""
        said: Bibliography = record.values
        return (one.name for one in (*said.publishers, *said.authors, *said.affiliations))

    def say(self, record: Record, saying: Saying) -> None:
        """The document with its state and classes, who is in charge, who issued and drafted it, and what it replaces or adopts."""
        said: Bibliography = record.values
        standard = named(said.docid)
        published = said.date("published", "issued") or None
        saying.describe(
            standard,
            {
                "title_en": said.title_en,
                "title_zh": said.title_zh,
                "ics": ", ".join(said.ics),
                "published": published,
                "effective": said.date("effective", "implemented", "activated"),
                "url": said.url,
            },
            main=True,
        )
        _state(said, standard, saying)
        for code in said.ics:
            with saying.part("ics"):
                saying.relate(standard, "CLASSIFIED_AS", saying.field_of(code, "ics"))
        if kind := standard.properties.get("kind"):
            saying.relate(standard, "CLASSIFIED_AS", saying.field_of(str(kind), "kind"))
        for body in said.bodies:
            with saying.part("editorialgroup"):
                saying.relate(_body(body, saying), "IN_CHARGE_OF", standard, "centralised", properties=_printed(body))
        for publisher in said.publishers:
            with saying.part("contributor"):
                saying.relate(_organisation(publisher, saying, ASSOCIATION), "ISSUED", standard, since=published)
        _drafted(said, standard, published, saying)
        _related(said, standard, published, saying)


RELATON = Relaton()


# -- what a record says ------------------------------------------------------------------------------------------------
def _state(said: Bibliography, standard: Target, saying: Saying) -> None:
    state = said.state
    if not edition_is_known(number_of(said.docid)):
        # The node stands for the edition in force, whichever it is; what is told here is how far the next one has come.
        saying.fact(standard, "NOTE", state.printed, "stage of the next edition")
        return
    ground = saying.provenance if state.coded else saying.on(Basis.RULE, Confidence.MEDIUM)
    saying.fact(standard, "STATUS", state.status, provenance=ground)
    saying.fact(standard, "STAGE", state.stage, provenance=ground)
    if state.printed not in _SAID_BY_STATUS:
        saying.fact(standard, "NOTE", state.printed, "stage as printed")


def _drafted(said: Bibliography, standard: Target, published: str | None, saying: Saying) -> None:
    behind = saying.on(Basis.RULE, Confidence.MEDIUM)
    listed = [(one, saying.provenance) for one in said.authors] + [(one, behind) for one in said.affiliations]
    for one, ground in listed:
        with saying.part("contributor"):
            drafter = _organisation(one, saying)
            printed = {"as_printed": one.name}
            saying.relate(drafter, "DRAFTED", standard, since=published, properties=printed, provenance=ground)


def _related(said: Bibliography, standard: Target, published: str | None, saying: Saying) -> None:
    for relation in said.relations:
        meant = related(said.docid, relation)
        if meant is None:
            continue
        with saying.part("relation"):
            if meant.note:
                saying.fact(standard, "NOTE", relation.docid, meant.note)
                continue
            other = named(relation.docid)
            subject, far = (standard, other) if meant.forward else (other, standard)
            since = published if meant.type == "REPLACES" and meant.forward else None
            saying.relate(subject, meant.type, far, since=since, properties=meant.properties)


def _organisation(one: Organisation, saying: Saying, label: str = "") -> Target:
    found = saying.organisation(one.name, label)
    if one.abbreviation and found.properties:
        return replace(found, properties={**found.properties, "code": one.abbreviation})
    return found


def _body(body: Body, saying: Saying) -> Target:
    """A committee by its code; else a body known by what its publisher calls it."""
    printed = body.identifier or body.name
    found = references.committee_by_code(printed)
    if found is not None:
        return replace(found, properties={**found.properties, "name_en": body.name}) if body.name else found
    end = slug(printed)
    if not end:
        raise Refused(f"{shown(printed)} is not the name of a committee")
    if not body.identifier:
        return saying.committee(printed)
    label = WORKING_GROUP if _GROUP.search(printed) else COMMITTEE
    return Target(f"committee:{end}", label, printed, {"code": printed})


_GROUP = re.compile(r"^3GPP [A-Z]{1,3}\d|\b(?:WG|JWG|AG|AHG|SG) ?\d|[Ww]orking [Gg]roup")


def _printed(body: Body) -> dict[str, str]:
    return {"as_printed": body.identifier or body.name}


# -- recognising -------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=8)  # a file is recognised first and read then
def _flavour(text: str) -> str:
    """The type of the primary identifier as part of an id, "" where the text is no document of Relaton and no index of some."""
    if _INDEX.match(text):
        found = _INDEX_ID.search(text)
        return slug(found[1]) if found else ""
    if _KEY.search(text) is None or _OTHER_KEYS.search(text) is None:
        return ""
    block = _IDENTIFIERS.search(text)
    first = ""
    for item in _ITEM.split(block[1] if block else ""):
        fields: dict[str, str] = {}
        for key, value in _FIELD.findall(item):
            fields.setdefault(key, value.strip("'\""))
        docid = fields.get("id") or fields.get("content")
        if docid and (not first or fields.get("primary") == "true"):
            first = fields.get("type") or docid.split(" ", 1)[0].split("/", 1)[0]
    return _slug(first) if first else _flavour_of_all_yaml(text)


def _flavour_of_all_yaml(text: str) -> str:
    """The same for a file whose identifiers are not written line by line, as those of the published sets are."""
    try:
        docid, kind = primary(read(text, ("docid", "docidentifier")))
    except Refused:
        return ""
    return _slug(kind or docid.split(" ", 1)[0].split("/", 1)[0])


@lru_cache(maxsize=256)
def _slug(text: str) -> str:
    return slug(text)


@lru_cache(maxsize=256)
def _dataset(flavour: str) -> Dataset:
    return Dataset(
        f"{DATASETS_BEGIN}{flavour}",
        f"Relaton: bibliographic data of {flavour.upper()}",
        licence=_LICENCE,
        publisher="Relaton",
    )


@lru_cache(maxsize=256)
def _document(flavour: str) -> Document:
    title = f"Relaton: bibliographic data of {flavour.upper()}"
    return Document(Document.id_for(title), title, url="https://www.relaton.org", publisher="Relaton")
