"""What the graph holds: documents, datasets, nodes and statements, as frozen records.

Everything is somebody's statement. A *statement* says one thing of one node, either towards another node
(`A DRAFTED B`) or as a fact (`OWNERSHIP of A is "private"`), and carries the document it came from, where in it,
when the document said so, how likely it is and on what ground. The store keeps statements as they are said;
answers cite them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, TypeVar

from graph import dates

Scalar = str | int | float | bool
Direction = Literal["out", "in"]
Language = Literal["en", "zh"]

_Said = TypeVar("_Said", "Provenance", "NodeRecord", "Statement")


class Confidence(StrEnum):
    """How likely a statement is to be true, by the one who recorded it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    level: int
    """3 for high, 2 for medium, 1 for low: for filters and order."""

    def __init__(self, value: str) -> None:
        self.level = {"high": 3, "medium": 2, "low": 1}[value]


class Basis(StrEnum):
    """On what ground a statement stands: what could be shown to someone who doubts it."""

    PAGE = "page"
    TRANSCRIPTION = "transcription"
    USER = "user"
    EDITOR = "editor"
    RULE = "rule"
    GENERAL_KNOWLEDGE = "general_knowledge"

    level: int
    """Larger is firmer; used to choose between statements that disagree."""
    documented: bool
    """Whether a document can be opened that says so."""

    def __init__(self, value: str) -> None:
        levels = {"page": 6, "transcription": 5, "user": 4, "editor": 3, "rule": 2, "general_knowledge": 1}
        self.level = levels[value]
        self.documented = value in ("page", "transcription", "user")


@dataclass(frozen=True, slots=True)
class Document:
    """What is cited: a page, a standard's foreword, a list, the report of 2020, or general knowledge.

    `same_as` names the document of which this one is a copy on a mirror site: both together are one confirmation.
    """

    id: str
    title: str
    url: str = ""
    publisher: str = ""
    published: str | None = None
    same_as: str = ""

    @staticmethod
    def id_for(address_or_title: str) -> str:
        """The id of a document known by its address (or its title, when it has none).

        >>> Document.id_for("general knowledge")
        'doc:8a36368bfc1a'
        """
        return "doc:" + hashlib.sha256(address_or_title.strip().encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is loaded together: the unit of sweep, undo, licence, and of public or private."""

    id: str
    title: str
    licence: str = ""
    publisher: str = ""
    private: bool = False


def _copied(kind: type[_Said], values: tuple[object, ...]) -> _Said:
    """A record from the values of its fields, as it was: nothing is worked out again."""
    one = object.__new__(kind)
    for name, value in zip(kind.__slots__, values, strict=True):
        object.__setattr__(one, name, value)
    return one


# The three records of which there are millions fill their fields while they are of a class that is not frozen: what frozen
# dataclasses do by themselves for each field takes several times as long.
_as = object.__setattr__


@dataclass(frozen=True, slots=True, init=False)
class Provenance:
    """Where something is said: dataset and record, document and place in it, when, how likely, on what ground.

    `record` is the row's own id in the dataset (stable between loads), `observed_on` the date when the document said so.
    """

    dataset: str
    record: str
    document: str
    locator: str = ""
    observed_on: str | None = None
    confidence: Confidence = Confidence.MEDIUM
    basis: Basis = Basis.PAGE

    def __init__(
        self,
        dataset: str,
        record: str,
        document: str,
        locator: str = "",
        observed_on: str | None = None,
        confidence: Confidence = Confidence.MEDIUM,
        basis: Basis = Basis.PAGE,
    ) -> None:
        one: Any = self
        _as(one, "__class__", _OpenProvenance)
        one.dataset = dataset
        one.record = record
        one.document = document
        one.locator = locator
        one.observed_on = observed_on
        one.confidence = confidence
        one.basis = basis
        one.__class__ = Provenance

    def __reduce__(self) -> tuple[Any, ...]:
        # Large loads send many between processes; what dataclasses do by themselves takes three times as long.
        values = (self.dataset, self.record, self.document, self.locator, self.observed_on, self.confidence, self.basis)
        return _copied, (Provenance, values)


class _OpenProvenance:
    __slots__ = Provenance.__slots__


@dataclass(frozen=True, slots=True, init=False)
class NodeRecord:
    """What one record of one dataset says of a node's plain properties. Several records may speak of one node."""

    id: str
    label: str
    properties: Mapping[str, Scalar]
    provenance: Provenance

    def __init__(self, id: str, label: str, properties: Mapping[str, Scalar], provenance: Provenance) -> None:
        one: Any = self
        _as(one, "__class__", _OpenNodeRecord)
        one.id = id
        one.label = label
        one.properties = properties
        one.provenance = provenance
        one.__class__ = NodeRecord

    def __reduce__(self) -> tuple[Any, ...]:
        return _copied, (NodeRecord, (self.id, self.label, self.properties, self.provenance))


class _OpenNodeRecord:
    __slots__ = NodeRecord.__slots__


@dataclass(frozen=True, slots=True, init=False)
class Statement:
    """One thing said of a node: a relationship to `object`, or a fact with `value` (then `object` is "").

    `type` is a relationship type or fact type of `graph.schema`. `qualifier` is the role, capacity, language or topic
    that tells statements of one type and pair apart. `since` and `until` are dates of the matter itself, partial dates
    allowed. `properties` are those the schema lists for the type (rank, seats, share, degree, ...).

    `key` is the statement's own id: a hash of dataset, record, ends, type, qualifier, value of a fact, and since.
    """

    subject: str
    type: str
    provenance: Provenance
    object: str = ""
    value: Scalar | None = None
    qualifier: str = ""
    since: str | None = None
    until: str | None = None
    properties: Mapping[str, Scalar] = field(default_factory=dict)
    key: str = field(init=False, compare=False, repr=False)

    def __init__(
        self,
        subject: str,
        type: str,
        provenance: Provenance,
        object: str = "",  # noqa: A002
        value: Scalar | None = None,
        qualifier: str = "",
        since: str | None = None,
        until: str | None = None,
        properties: Mapping[str, Scalar] | None = None,
    ) -> None:
        one: Any = self
        _as(one, "__class__", _OpenStatement)
        one.subject = subject
        one.type = type
        one.provenance = p = provenance
        one.object = object
        one.value = value
        one.qualifier = qualifier
        one.since = since
        one.until = until
        one.properties = {} if properties is None else properties
        ends_in = "" if object else repr(value)
        said = f"{subject}\x1f{type}\x1f{object}\x1f{qualifier}\x1f{ends_in}\x1f{since or ''}"
        parts = f"{p.dataset}\x1f{p.record}\x1f{said}".encode("utf-8", "surrogatepass")
        # Computed once: every answer sorts and joins statements by it.
        one.key = "st:" + hashlib.sha256(parts).hexdigest()[:20]
        one.__class__ = Statement

    def __reduce__(self) -> tuple[Any, ...]:
        values = (
            self.subject, self.type, self.provenance, self.object, self.value, self.qualifier, self.since, self.until,
            self.properties, self.key,
        )  # fmt: skip
        return _copied, (Statement, values)

    def may_hold(self, on: date) -> bool:
        """Whether it may be true on that day (an undated statement may)."""
        return dates.may_hold(self.since, self.until, on)

    @property
    def dated(self) -> bool:
        """Whether the matter itself has a date: a statement without one is shown as "date unknown"."""
        return self.since is not None or self.until is not None


class _OpenStatement:
    __slots__ = Statement.__slots__


@dataclass(frozen=True, slots=True)
class Batch:
    """Records that are written in one transaction.

    `whole` names records that are given whole, each with the node that it is about: what the dataset said of that node in
    that record before, and does not say in this batch, is closed. `same` are pairs of ids, the first of which is
    merged into the second because a record itself says so (a project and the standard that it became). `checked` says that all of it
    has been through `graph.validation` already.
    """

    documents: tuple[Document, ...] = ()
    nodes: tuple[NodeRecord, ...] = ()
    statements: tuple[Statement, ...] = ()
    whole: tuple[tuple[str, str], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    checked: bool = False


@dataclass(frozen=True)  # without slots: the JSON of answers is written five times faster
class NodeRef:
    """A node as answers and errors name it.

    For a standard or a body with a number or code, that is its name, and `title_zh` and `title_en` hold what it is
    called. `kind` is a finer kind than the label, where there is one.
    """

    id: str
    label: str
    name_zh: str
    name_en: str
    title_zh: str = ""
    title_en: str = ""
    kind: str = ""

    def name(self, lang: Language = "en") -> str:
        """The name in that language, else in the other, else the id.

        >>> NodeRef("org:bmw", "Company", "宝马集团", "BMW Group").name("zh")
        '宝马集团'
        """
        first, second = (self.name_zh, self.name_en) if lang == "zh" else (self.name_en, self.name_zh)
        return first or second or self.id

    def title(self, lang: Language = "en") -> str:
        """What a standard or committee is called, in that language, else in the other; "" where the name says it all."""
        first, second = (self.title_zh, self.title_en) if lang == "zh" else (self.title_en, self.title_zh)
        return first or second


@dataclass(frozen=True)
class Node:
    """A node as the store gives it: properties merged from its records and facts, best ground first."""

    id: str
    label: str
    properties: Mapping[str, Scalar]

    @cached_property
    def ref(self) -> NodeRef:
        """The short form: for a standard its number (of a project the plan's) stands before the title, for a committee its code."""
        p = self.properties
        head = str(p.get("number") or p.get("plan_number") or p.get("code") or "")
        zh = str(p.get("title_zh") or p.get("name_zh") or "")
        en = str(p.get("title_en") or p.get("name_en") or "")
        kind = str(p.get("kind") or "")
        if self.label in ("Standard", "Committee", "WorkingGroup") and head:
            return NodeRef(self.id, self.label, head, head, zh, en, kind)
        if self.label == "Field" and head and not (zh or en):
            head = f"{kind} {head}".strip()
            return NodeRef(self.id, self.label, head, head, kind=kind)
        return NodeRef(self.id, self.label, zh, en, kind=kind)

    @property
    def family(self) -> str:
        """`group` for a corporate group, else the label."""
        return "group" if self.properties.get("kind") == "group" else self.label


@dataclass(frozen=True, slots=True)
class View:
    """What part of the graph a question looks at.

    `as_of` is the day asked about. `undated` False drops statements without any date. `min_confidence` and `bases`
    filter by how likely and on what ground; `private` False leaves private datasets out.
    """

    as_of: date
    undated: bool = True
    min_confidence: Confidence = Confidence.LOW
    bases: frozenset[Basis] = frozenset(Basis)
    private: bool = True

    def shows(self, statement: Statement, *, private: bool = False) -> bool:
        """Whether this view includes the statement (`private` says whether its dataset is)."""
        return (
            (self.private or not private)
            and statement.provenance.confidence.level >= self.min_confidence.level
            and statement.provenance.basis in self.bases
            and (self.undated or statement.dated)
            and statement.may_hold(self.as_of)
        )
