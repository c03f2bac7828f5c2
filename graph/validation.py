"""What may be loaded: records and statements are checked against the schema before they reach a store.

A loader asks first, so that it can refuse a row with its reason; a store asks again, because nothing that breaks the
schema may get in. Each problem is a sentence that names what was wrong and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from graph import dates
from graph.errors import DateError
from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Scalar, Statement
from graph.schema import (
    FACTS,
    LABELS,
    PROPERTIES,
    RELATIONSHIPS,
    STATEMENT_TYPES,
    FactType,
    RelationshipType,
    ValueType,
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_ID = 300
_LARGEST = 2**63 - 1

_ALLOWED: Mapping[str, tuple[frozenset[str], ...]] = {
    **{name: tuple(map(frozenset, kind.ends)) for name, kind in RELATIONSHIPS.items()},
    **{name: (frozenset(kind.of),) for name, kind in FACTS.items()},
}
"""The labels that each end of each type may have."""


def clean(text: str) -> str:
    r"""Replace what no encoding can carry (half of a surrogate pair) by the sign for a lost character.

    >>> clean("a\ud800b")
    'a�b'
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def cleaned(batch: Batch) -> Batch:
    """The batch with every text made safe to store; the same objects where nothing had to change."""
    return replace(
        batch,
        documents=tuple(map(_clean_document, batch.documents)),
        nodes=tuple(map(_clean_record, batch.nodes)),
        statements=tuple(map(_clean_statement, batch.statements)),
    )


def cleaned_dataset(dataset: Dataset) -> Dataset:
    """The description of a dataset made safe to store."""
    title, licence, publisher = (clean(text) for text in (dataset.title, dataset.licence, dataset.publisher))
    return replace(dataset, title=title, licence=licence, publisher=publisher)


def dataset_problems(dataset: Dataset) -> tuple[str, ...]:
    """What is wrong with a dataset's own description; empty when nothing is."""
    return tuple(_identifier("the id of a dataset", dataset.id))


def document_problems(document: Document) -> tuple[str, ...]:
    """What is wrong with a document; empty when nothing is."""
    found = list(_identifier("the id of a document", document.id))
    if not document.title.strip():
        found.append(f"the document {document.id} has no title; give it one, or its address")
    found += _date("published", document.published)
    return tuple(found)


def node_problems(record: NodeRecord) -> tuple[str, ...]:
    """What is wrong with a node record; empty when nothing is.

    >>> from graph.model import Provenance
    >>> node_problems(NodeRecord("org:x", "Company", {"colour": "red"}, Provenance("d", "1", "doc:1")))
    ("a Company has no property 'colour'",)
    """
    label = LABELS.get(record.label)
    if label is None:
        return (f"{record.label!r} is not a label; use one of {', '.join(LABELS)}",)
    found = list(_identifier("the id of a node", record.id))
    if not record.id.startswith(f"{label.prefix}:") or record.id == f"{label.prefix}:":
        found.append(f"the id of a {label.name} begins with '{label.prefix}:', not {_shown(record.id)}")
    for name, value in record.properties.items():
        if name not in label.properties:
            found.append(f"a {label.name} has no property {_shown(name)}")
        else:
            found += _property(name, value)
    return (*found, *_provenance(record.provenance))


def statement_problems(
    statement: Statement, subject_labels: Collection[str] = (), object_labels: Collection[str] = ()
) -> tuple[str, ...]:
    """What is wrong with a statement; empty when nothing is.

    `subject_labels` and `object_labels` are the labels under which its ends are on record; an end fits when one
    of them does. Left out, the ends are not checked.

    >>> from graph.model import Provenance
    >>> one = Statement("org:x", "DRAFTED", Provenance("d", "1", "doc:1"), object="standard:y", properties={"rank": "1"})
    >>> statement_problems(one)
    ("rank must be an integer, not '1'",)
    """
    found = _form_problems(
        statement.type,
        statement.qualifier,
        tuple(statement.properties),
        bool(statement.object),
        statement.value is None,
        frozenset(subject_labels),
        frozenset(object_labels),
    )
    subject = _identifier("the subject of a statement", statement.subject)
    if found and statement.type not in RELATIONSHIPS and statement.type not in FACTS:
        return found
    said = (*subject, *_said_problems(statement), *_provenance(statement.provenance))
    return (*found, *said) if found or said else ()


@lru_cache(maxsize=16_384)
def _form_problems(
    type_: str,
    qualifier: str,
    properties: tuple[str, ...],
    has_object: bool,
    has_no_value: bool,
    subject_labels: frozenset[str],
    object_labels: frozenset[str],
) -> tuple[str, ...]:
    """What is wrong with the form of a statement, which many share: its type, ends, qualifier and names of properties."""
    relationship, fact = RELATIONSHIPS.get(type_), FACTS.get(type_)
    kind = relationship or fact
    if kind is None:
        return (f"{_shown(type_)} is not a type of statement; use one of {', '.join(STATEMENT_TYPES)}",)
    found = list[str]()
    if relationship is not None:
        found += _relationship(relationship, has_object, has_no_value, subject_labels, object_labels)
    if fact is not None:
        found += _fact(fact, has_object, has_no_value, subject_labels)
    found += _qualifier(qualifier, kind)
    found += [f"{kind.name} has no property {_shown(name)}" for name in properties if name not in kind.properties]
    return tuple(found)


def _said_problems(statement: Statement) -> Iterable[str]:
    """What is wrong with what this one statement says: its far end, value, properties and dates."""
    kind = RELATIONSHIPS.get(statement.type) or FACTS[statement.type]
    if statement.object:
        yield from _identifier("the object of a statement", statement.object)
        if statement.subject == statement.object:
            yield f"{kind.name} cannot lead from {_shown(statement.subject)} to itself"
    elif isinstance(kind, FactType) and statement.value is not None:
        if statement.value == "":
            yield f"{kind.name} needs a value"
        else:
            yield from _value(kind.name, kind.type, kind.values, statement.value)
    for name, value in statement.properties.items():
        if name in kind.properties:
            yield from _property(name, value)
    since, until = statement.since, statement.until
    if since is None and until is None:
        return
    wrong = (*_date("since", since), *_date("until", until))
    yield from wrong
    if until and not wrong and dates.first_day(since) > dates.last_day(until):
        yield f"since {since} is after until {until}"


@cache
def same_family(label: str) -> frozenset[str]:
    """The labels that a later source may give the same thing: those whose ids begin alike.

    What kind of organisation a body is may be revised, its id does not depend on it.

    >>> sorted(same_family("Company"))
    ['Agency', 'Association', 'Company', 'Institute']
    """
    prefix = LABELS[label].prefix
    return frozenset(name for name, other in LABELS.items() if other.prefix == prefix)


def _relationship(
    kind: RelationshipType,
    has_object: bool,
    has_no_value: bool,
    subject_labels: Collection[str],
    object_labels: Collection[str],
) -> Iterable[str]:
    if not has_no_value:
        yield f"{kind.name} is a relationship and has no value"
    if not has_object:
        yield f"{kind.name} needs an object"
        return
    allowed_from, allowed_to = kind.ends
    if subject_labels and _ALLOWED[kind.name][0].isdisjoint(subject_labels):
        yield f"{kind.name} leads from {_any(allowed_from)}, not from {_any(sorted(subject_labels))}"
    if object_labels and _ALLOWED[kind.name][1].isdisjoint(object_labels):
        yield f"{kind.name} leads to {_any(allowed_to)}, not to {_any(sorted(object_labels))}"


def _fact(kind: FactType, has_object: bool, has_no_value: bool, subject_labels: Collection[str]) -> Iterable[str]:
    if has_object:
        yield f"{kind.name} is a fact about one thing and has no object"
    if has_no_value:
        yield f"{kind.name} needs a value"
    if subject_labels and _ALLOWED[kind.name][0].isdisjoint(subject_labels):
        yield f"{kind.name} is a fact about {_any(kind.of)}, not about {_any(sorted(subject_labels))}"


def _qualifier(given: str, kind: RelationshipType | FactType) -> Iterable[str]:
    if not kind.qualifier and given:
        return (f"{kind.name} takes no qualifier, but {_shown(given)} was given",)
    if kind.qualifiers and given not in kind.qualifiers:
        return (f"the {kind.qualifier} of {kind.name} is one of {_any(kind.qualifiers)}, not {_shown(given)}",)
    return ()


def _property(name: str, value: Scalar) -> Iterable[str]:
    known = PROPERTIES[name]
    return _value(name, known.type, known.values, value)


def _value(name: str, kind: ValueType, values: tuple[str, ...], value: Scalar) -> Iterable[str]:
    if not _is_of(kind, value):
        article = "an" if kind == "integer" else "a"
        return (f"{name} must be {article} {kind}, not {_shown(value)}",)
    if values and value not in values:
        return (f"{name} is one of {_any(values)}, not {_shown(value)}",)
    return _date(name, str(value)) if kind == "date" else ()


def _is_of(kind: ValueType, value: Scalar) -> bool:
    """Whether the value is of that type; a number is one that can be written down: not NaN, not without end."""
    if kind in ("text", "date"):
        return isinstance(value, str)
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, int):
        return kind != "boolean" and abs(value) <= _LARGEST
    return isinstance(value, float) and kind == "number" and abs(value) <= _LARGEST


def _date(name: str, value: str | None) -> Iterable[str]:
    problem = None if value is None else _date_problem(value)
    return (f"{name}: {problem}",) if problem else ()


@lru_cache(maxsize=4_096)
def _date_problem(value: str) -> str | None:
    try:
        dates.check(value)
    except DateError as error:
        return str(error)
    return None


def _provenance(provenance: Provenance) -> Iterable[str]:
    return _place(provenance.record, provenance.document, provenance.observed_on)


@lru_cache(maxsize=4_096)
def _place(record: str, document: str, observed_on: str | None) -> tuple[str, ...]:
    # All that a row says stands in one place, and loader and store both look at it.
    return (
        *_identifier("the record of a provenance", record),
        *_identifier("the document of a provenance", document),
        *_date("observed_on", observed_on),
    )


@lru_cache(maxsize=16_384)
def _identifier(what: str, text: str) -> tuple[str, ...]:
    if len(text) <= _LONGEST_ID and text.isprintable() and text and not text.isspace():
        return ()
    if not text.strip():
        return (f"{what} is empty",)
    if len(text) > _LONGEST_ID:
        return (f"{what} has {len(text)} characters, more than {_LONGEST_ID}: {_shown(text)}",)
    return (f"{what} has characters that cannot be printed: {_shown(text)}",)


def _any(values: Collection[str]) -> str:
    listed = [value or "nothing" for value in values]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"


def _shown(value: Scalar) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:56]}...{text[-1]}"


def _clean_document(document: Document) -> Document:
    texts = {name: getattr(document, name) for name in ("title", "url", "publisher", "same_as")}
    if all(text.isascii() or not _SURROGATE.search(text) for text in texts.values()):
        return document
    return replace(document, **{name: clean(text) for name, text in texts.items()})


def _clean_record(record: NodeRecord) -> NodeRecord:
    if not _dirty(record.properties) and not _SURROGATE.search(record.provenance.locator):
        return record
    provenance = replace(record.provenance, locator=clean(record.provenance.locator))
    return replace(record, properties=_clean_values(record.properties), provenance=provenance)


def _clean_statement(statement: Statement) -> Statement:
    value = statement.value
    if (
        not (isinstance(value, str) and _SURROGATE.search(value))
        and not _SURROGATE.search(statement.qualifier)
        and not _SURROGATE.search(statement.provenance.locator)
        and not _dirty(statement.properties)
    ):
        return statement
    return replace(
        statement,
        value=clean(value) if isinstance(value, str) else value,
        qualifier=clean(statement.qualifier),
        properties=_clean_values(statement.properties),
        provenance=replace(statement.provenance, locator=clean(statement.provenance.locator)),
    )


def _dirty(values: Mapping[str, Scalar]) -> bool:
    return any(
        isinstance(value, str) and not value.isascii() and _SURROGATE.search(value) is not None
        for value in values.values()
    )


def _clean_values(values: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
