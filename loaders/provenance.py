"""Where a row, or a single field of it, says that it comes from: source, place, date, confidence and ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import orjson

from graph.model import Basis, Confidence, Document, Provenance
from loaders.expressions import Scope, evaluate
from loaders.mapping import PROVENANCE, ProvenanceSpec
from loaders.refusals import Refused, shown
from loaders.values import Value, as_date, as_text, is_empty

__all__ = ["GENERAL_KNOWLEDGE", "Origin", "Place", "ground_of", "origin_of"]

GENERAL_KNOWLEDGE = "general knowledge"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: dataset, table (as a document) and line, and whether the table ships with the project."""

    dataset: str
    table: str
    line: int
    shipped: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """The provenance of a row, and of those of its fields that have their own. `sources` are the sources they cite."""

    of_row: Provenance
    of_fields: Mapping[str, Provenance]
    sources: Mapping[str, str]

    def of(self, field: str) -> Provenance:
        """The provenance of what that column yields."""
        return self.of_fields.get(field, self.of_row)

    def first(self, fields: Iterable[str]) -> Provenance:
        """The provenance of the first of these columns that has its own, else the row's."""
        if not self.of_fields:
            return self.of_row
        return next((self.of_fields[f] for f in fields if f in self.of_fields), self.of_row)

    def field_for(self, fields: Iterable[str]) -> str:
        """One column for all those with the provenance of the first of these that has its own; "" for the row's."""
        own = self.first(fields)
        return "" if own == self.of_row else min(f for f, other in self.of_fields.items() if other == own)


def origin_of(spec: ProvenanceSpec, scope: Scope, place: Place, record: str) -> Origin:
    """The provenance of a row. Raises `Refused` where it is malformed, or missing in a table that ships with the project.

    A user's own table need not say anything: then the table is the document, the line the place, and the ground is
    that a user said so.
    """
    cells = [(key, getattr(spec, key)) for key in PROVENANCE]
    said = {key: value for key, found in cells if not is_empty(value := evaluate(found, scope))}
    source = as_text(said.get("source"), part="source")
    if source is None and place.shipped:
        raise Refused("no source is given", part="source")
    document = Document.id_for(source or place.table)
    row = Provenance(place.dataset, record, document, f"line {place.line}" if source is None else "")
    row = _filled(row, said, default=_basis(source, shipped=place.shipped))
    sources = {document: source or place.table}
    of_fields: dict[str, Provenance] = {}
    for field, entry in _fields(scope.row.get("field_sources")):
        part = f"field_sources.{field}."
        own = as_text(entry.get("source"), part=part + "source")
        if own is None:
            of_fields[field] = _filled(row, entry, default=row.basis, part=part)
            continue
        # Another document has another place and date; what the row says of its own does not hold for it.
        start = Provenance(place.dataset, record, Document.id_for(own), confidence=row.confidence)
        of_fields[field] = _filled(start, entry, default=_basis(own, shipped=place.shipped), part=part)
        sources[start.document] = own
    return Origin(row, of_fields, sources)


def ground_of(spec: ProvenanceSpec, scope: Scope, place: Place) -> Provenance:
    """The basis and confidence of a row alone, for the first pass; the rest is left empty. Raises `Refused`."""
    said = {"confidence": evaluate(spec.confidence, scope), "basis": evaluate(spec.basis, scope)}
    default = _basis(as_text(evaluate(spec.source, scope)), shipped=place.shipped)
    return _filled(Provenance(place.dataset, "", ""), said, default=default)


def _filled(start: Provenance, said: Mapping[str, Value], *, default: Basis, part: str = "") -> Provenance:
    locator = as_text(said.get("locator"), part=part + "locator")
    observed_on = as_date(said.get("as_of"), part=part + "as_of")
    confidence = as_text(said.get("confidence"), part=part + "confidence")
    basis = as_text(said.get("basis"), part=part + "basis")
    return Provenance(
        start.dataset,
        start.record,
        start.document,
        locator or start.locator,
        observed_on or start.observed_on,
        start.confidence if confidence is None else _one_of(Confidence, confidence, part + "confidence"),
        default if basis is None else _one_of(Basis, basis, part + "basis"),
    )


_Word = TypeVar("_Word", Confidence, Basis)


@lru_cache(maxsize=256)
def _one_of(known: type[_Word], written: str, part: str) -> _Word:
    try:
        return known(written.casefold().replace(" ", "_"))
    except ValueError:
        raise Refused(f"{shown(written)} is not one of {', '.join(known)}", part=part) from None


def _basis(source: str | None, *, shipped: bool) -> Basis:
    """On what ground a source stands where the row does not say."""
    if source is None:
        return Basis.USER
    word = source.casefold()
    if word == GENERAL_KNOWLEDGE:
        return Basis.GENERAL_KNOWLEDGE
    if word.startswith("rule"):
        return Basis.RULE
    return Basis.PAGE if shipped or word.startswith(("http://", "https://")) else Basis.USER


def _fields(value: Value) -> list[tuple[str, Mapping[str, Value]]]:
    """The entries of a row's `field_sources`; a cell of a CSV file holds them as JSON."""
    if is_empty(value):
        return []
    if isinstance(value, str):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            raise Refused("field_sources is not JSON", part="field_sources") from None
    if not isinstance(value, Mapping):
        raise Refused("field_sources is not an object", part="field_sources")
    for field, entry in value.items():
        if not isinstance(entry, Mapping):
            raise Refused(
                "is not an object with source, locator, as_of, confidence, basis", part=f"field_sources.{field}"
            )
    return [(str(field), entry) for field, entry in value.items()]
