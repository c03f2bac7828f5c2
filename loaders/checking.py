"""What records say is checked against the schema, with the work done once that is alike for many of them.

The first record or statement of a form (label or type, names and types of its properties) is checked whole by `graph.validation`. Of
further ones of that form only that is looked at which may differ: ids, dates, numbers and words out of lists.
Whatever is not surely right is checked whole, too, so that the verdict and its words are always those of `graph.validation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

from graph import dates
from graph.errors import DateError
from graph.model import NodeRecord, Provenance, Scalar, Statement
from graph.schema import FACTS, LABELS, PROPERTIES, ValueType
from graph.validation import node_problems, statement_problems
from loaders.references import Target

__all__ = ["Checks"]

_FORMS = 16_384
_LONGEST_ID = 300
_LARGEST = 2**63 - 1
_PREFIXES = {name: f"{label.prefix}:" for name, label in LABELS.items()}

_Form = tuple[object, ...]


class Checks:
    """The checks of one load."""

    def __init__(self) -> None:
        self._watched: dict[_Form, tuple[str, ...]] = {}
        self._place: Provenance | None = None

    def of_node(self, record: NodeRecord) -> tuple[str, ...]:
        """What is wrong with a node record; empty when nothing is."""
        said = record.properties
        form = (record.label, tuple(said), tuple(map(type, said.values())))
        watched = self._watched.get(form)
        if (
            watched is not None
            and _fit(watched, said)
            and _is_id(record.id)
            and record.id.startswith(_PREFIXES[record.label])
            and record.id != _PREFIXES[record.label]
            and self._is_placed(record.provenance)
        ):
            return ()
        problems = node_problems(record)
        if not problems and watched is None:
            self._watch(form, said)
        return problems

    def of_statement(self, said: Statement, subject: Target, far: Target | None, recorded: Set[str]) -> tuple[str, ...]:
        """What is wrong with a statement of these ends, of which those `recorded` were looked at; empty when nothing is."""
        properties = said.properties
        form: _Form = (
            said.type, said.qualifier, type(said.value), subject.label, subject.on_record,
            far and far.label, far and far.on_record, tuple(properties), tuple(map(type, properties.values())),
        )  # fmt: skip
        watched = self._watched.get(form)
        if (
            watched is not None
            and (not watched or _fit(watched, properties))
            and ((said.since is None and said.until is None) or _in_order(said.since, said.until))
            and (said.value is None or _fits_fact(said.type, said.value))
            and (said.subject in recorded or _is_id(said.subject))
            and (far is None or (said.object != said.subject and (said.object in recorded or _is_id(said.object))))
            and self._is_placed(said.provenance)
        ):
            return ()
        subject_labels, far_labels = _labels(subject), _labels(far) if far else ()
        problems = statement_problems(said, subject_labels, far_labels)
        if not problems and watched is None:
            self._watch(form, properties)
        return problems

    def _watch(self, form: _Form, names: Iterable[str]) -> None:
        if len(self._watched) >= _FORMS:
            self._watched.clear()
        self._watched[form] = tuple(
            name for name in names if _may_differ(PROPERTIES[name].type, PROPERTIES[name].values)
        )

    def _is_placed(self, said: Provenance) -> bool:
        """Whether record, document and day of observation are surely right: all that a record says stands in one place."""
        place = self._place
        if (
            place is not None
            and said.record is place.record
            and said.document is place.document
            and said.observed_on is place.observed_on
        ):
            return True
        if not (_is_id(said.record) and _is_id(said.document) and _in_order(said.observed_on, None)):
            return False
        self._place = said
        return True


def _labels(end: Target) -> tuple[str, ...]:
    return (end.label, end.on_record) if end.on_record else (end.label,)


def _is_id(text: str) -> bool:
    return text.isprintable() and 0 < len(text) <= _LONGEST_ID and not text.isspace()


def _may_differ(kind: ValueType, values: tuple[str, ...]) -> bool:
    """Whether values of the right type may yet be wrong."""
    return bool(values) or kind in ("date", "integer", "number")


def _fit(names: Iterable[str], said: Mapping[str, Scalar]) -> bool:
    for name in names:  # noqa: SIM110 - twice as quick as with a generator, and done for each statement
        if not _fits(name, said[name]):
            return False
    return True


@lru_cache(maxsize=16_384)
def _fits(name: str, value: Scalar) -> bool:
    """Whether a value of a type that the property may have is right."""
    return _is_right(PROPERTIES[name].type, PROPERTIES[name].values, value)


def _fits_fact(type_: str, value: Scalar) -> bool:
    known = FACTS[type_]
    return value != "" and (not _may_differ(known.type, known.values) or _is_right(known.type, known.values, value))


def _is_right(kind: ValueType, values: tuple[str, ...], value: Scalar) -> bool:
    if values and value not in values:
        return False
    if isinstance(value, str):
        return kind != "date" or _in_order(value, None)
    return abs(value) <= _LARGEST


@lru_cache(maxsize=16_384)
def _in_order(since: str | None, until: str | None) -> bool:
    """Whether both are dates, where they are there, and the first is not after the second."""
    try:
        return dates.first_day(since) <= dates.last_day(until)
    except DateError:
        return False
