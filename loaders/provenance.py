"""Where a row, or a single field of it, says that it comes from: source, place, date, confidence and ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import orjson

from graph.model import Basis, Confidence, Document, Provenance
from loaders.expressions import Scope, evaluate
from loaders.mapping import PROVENANCE, ProvenanceSpec
from loaders.refusals import Refused, shown
from loaders.values import Value, as_date, as_text, is_empty

__all__ = ["GENERAL_KNOWLEDGE", "Origin", "origin_of"]

GENERAL_KNOWLEDGE = "general knowledge"


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
        return next((self.of_fields[f] for f in fields if f in self.of_fields), self.of_row)


def origin_of(
    spec: ProvenanceSpec, scope: Scope, *, dataset: str, record: str, file: str, line: int, shipped: bool
) -> Origin:
    """The provenance of a row. Raises `Refused` where it is malformed, or missing in a table that ships with the project.

    A user's own table need not say anything: then the file is the document, the line the place, and the ground is
    that a user said so.
    """
    cells = {key: evaluate(getattr(spec, key), scope, part=key) for key in PROVENANCE}
    said = {key: value for key, value in cells.items() if not is_empty(value)}
    source = as_text(said.get("source"), part="source")
    if source is None and shipped:
        raise Refused("no source is given", part="source")
    row = Provenance(dataset, record, Document.id_for(source or file), f"line {line}" if source is None else "")
    row = _filled(row, said, default=Basis.USER if source is None else _basis(source, shipped=shipped))
    sources = {row.document: source or file}
    of_fields: dict[str, Provenance] = {}
    for field, entry in _fields(scope.row.get("field_sources")):
        own = as_text(entry.get("source"), part=f"field_sources.{field}")
        start = row if own is None else Provenance(dataset, record, Document.id_for(own), "", confidence=row.confidence)
        default = row.basis if own is None else _basis(own, shipped=shipped)
        of_fields[field] = _filled(start, entry, default=default, part=f"field_sources.{field}.")
        if own is not None:
            sources[of_fields[field].document] = own
    return Origin(row, of_fields, sources)


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


def _one_of(known: type[_Word], written: str, part: str) -> _Word:
    try:
        return known(written.casefold().replace(" ", "_"))
    except ValueError:
        raise Refused(f"{shown(written)} is not one of {', '.join(known)}", part=part) from None


def _basis(source: str, *, shipped: bool) -> Basis:
    """On what ground a source stands where the row does not say."""
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
                "is not an object with source, locator, as_of, confidence, basis", part=f"field_sources.{shown(field)}"
            )
    return [(str(field), entry) for field, entry in value.items()]
