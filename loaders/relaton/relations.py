"""Relations between documents, in the schema's words and the right way round.

Relaton's types are those of its own model (`obsoletes`, `adoptedFrom`, `partOf` ...). Those that the graph has a word for are said: what
replaces, adopts, is part of and cites what. The others (`instanceOf`, `editionOf`, `translatedFrom`, `complementOf` ...) are not.

In the sets of ISO and IEC the types are not to be taken at their word. They come from boxes on the catalogue's pages: `obsoletes`
stands for "previously" and for "will be replaced by" alike, and `updates` leads from a standard to its amendments and to
the edition that revised it. There the numbers decide: the younger edition replaces the older, an amendment replaces a part of
what it amends, and a draft replaces nothing before it is published (it is noted as a revision in progress).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Scalar
from graph.numbers import StandardNumber
from loaders.relaton.document import Relation
from loaders.relaton.numbering import edition_is_known, is_iso, number_of

__all__ = ["Related", "related"]

REVISION_IN_PROGRESS = "revision in progress"
REVISES = "revision of"
"""Topics of notes: on a standard, the draft that is to replace it; on a draft, the standard that it is to replace."""

_PART = {"partial": True}
_REPLACING = frozenset(("obsoletes", "updates"))
_TYPES: Mapping[str, tuple[str, bool, Mapping[str, Scalar]]] = {
    # type: (relationship, whether it leads from this document to the other, properties)
    "obsoletes": ("REPLACES", True, {}),
    "successorOf": ("REPLACES", True, {}),
    "updates": ("REPLACES", True, _PART),
    "obsoletedBy": ("REPLACES", False, {}),
    "hasSuccessor": ("REPLACES", False, {}),
    "updatedBy": ("REPLACES", False, _PART),
    "adoptedFrom": ("ADOPTS", True, {}),
    "hasAdoption": ("ADOPTS", False, {}),
    "adoptedAs": ("ADOPTS", False, {}),
    "partOf": ("PART_OF", True, {}),
    "includedIn": ("PART_OF", True, {}),
    "hasPart": ("PART_OF", False, {}),
    "includes": ("PART_OF", False, {}),
    "cites": ("CITES", True, {}),
    "isCitedIn": ("CITES", False, {}),
}


@dataclass(frozen=True, slots=True)
class Related:
    """What a relation says: a relationship (`forward` from this document to the other, else back), or a `note` on this document."""

    type: str = ""
    forward: bool = True
    properties: Mapping[str, Scalar] = field(default_factory=dict)
    note: str = ""


def related(docid: str, relation: Relation) -> Related | None:
    """What the relation of a document says; None where the graph has no word for it, or where the two numbers do not bear it out.

    >>> related("ISO 157:1975", Relation("updates", "ISO 157:1996"))
    Related(type='REPLACES', forward=False, properties={}, note='')
    >>> related("ISO 16484-3:2005", Relation("obsoletes", "ISO/AWI 16484-3")).note
    'revision in progress'
    """
    this, other = number_of(docid), number_of(relation.docid)
    if relation.docid == docid or (this is not None and this == other):
        return None
    if relation.type in _REPLACING and this is not None and is_iso(this):
        return _by_numbers(this, other) if other is not None else None
    if relation.type == "updatedBy" and relation.described:
        return None  # W3C: "errata", which stands for the next version; that one says itself what it replaces
    known = _TYPES.get(relation.type)
    if known is None:
        return None
    kind, forward, properties = known
    if kind == "REPLACES" and _against_the_years(this, other, forward):
        return None
    return Related(kind, forward, properties)


def _by_numbers(this: StandardNumber, other: StandardNumber) -> Related | None:
    if not (edition_is_known(this) and edition_is_known(other)):
        return None
    if _amends(other, this):
        return (
            Related(note=REVISION_IN_PROGRESS) if other.stage or _is_draft(other) else Related("REPLACES", False, _PART)
        )
    if _amends(this, other):
        return Related(note=REVISES) if this.stage or _is_draft(this) else Related("REPLACES", True, _PART)
    if _is_draft(this) or _is_draft(other):
        if _is_draft(this) and _is_draft(other):
            return None
        return Related(note=REVISES if _is_draft(this) else REVISION_IN_PROGRESS)
    if this.year is None or other.year is None or this.year == other.year:
        return None
    return Related("REPLACES", this.year > other.year)


def _amends(amendment: StandardNumber, base: StandardNumber) -> bool:
    """Whether one is an amendment or corrigendum of the other, which may be an amendment itself."""
    return amendment.amendment is not None and (
        amendment.amends == base.canonical or amendment.canonical.startswith(f"{base.canonical}/")
    )


def _is_draft(number: StandardNumber) -> bool:
    """Whether it is a draft, or an amendment that is still one (`ISO 12572:2016/CD Amd 1`)."""
    words = (number.amendment or "").split("/")[-1].split(" ")
    return number.stage is not None or (len(words) > 1 and words[0].isupper()) or words[0] in _DRAFT_AMENDMENTS


_DRAFT_AMENDMENTS = frozenset(("DAM", "FDAM", "DCOR", "FDCOR"))


def _against_the_years(this: StandardNumber | None, other: StandardNumber | None, forward: bool) -> bool:
    """Whether what is said to replace would be older than what it replaces."""
    if this is None or other is None or this.year is None or other.year is None:
        return False
    return this.year < other.year if forward else other.year < this.year
