"""What the API says of itself and its sources: datasets, documents, single statements, the schema and the weights.

Answers to questions have their shape in `queries.answer`; these are the other bodies, made here and sent by `api.body`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph import schema
from graph.errors import NotFoundError
from graph.model import Dataset, Document, NodeRef, Scalar, View
from graph.store import State, Store
from queries import access, oversight, partners, paths
from queries.answer import Evidence, Source
from queries.evidence import RECORD_KEY, Citations, record_key
from queries.questions import QUESTIONS


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name, number or id means: the one thing, with its properties, and the day for which that holds.

    A number without a year means the edition in force on that day; a corporate group's name means the group.
    """

    asked: str
    as_of: str
    node: NodeRef
    properties: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class DatasetCount:
    """A dataset with the number of its statements that are in force. `title_zh` is empty where it has no Chinese title."""

    id: str
    title: str
    title_zh: str
    publisher: str
    licence: str
    private: bool
    statements: int


@dataclass(frozen=True, slots=True)
class Sources:
    """What has been loaded: datasets, how many documents they cite, and how much of each kind is on record."""

    datasets: tuple[DatasetCount, ...]
    documents: int
    nodes: Mapping[str, int]
    statements: Mapping[str, int]
    engine: str
    schema_version: int
    revision: int
    loaded_on: str | None


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """One statement as it is kept: the evidence, its source, and the record of the dataset that holds it."""

    evidence: Evidence
    source: Source
    dataset: Dataset
    record: str


@dataclass(frozen=True, slots=True)
class SchemaBody:
    """What the graph can say, and what the questions weigh: labels, types and properties with their names in both languages.

    `weights` holds, by question, each named weight or cost that its ranking uses.
    """

    labels: tuple[schema.Label, ...]
    relationships: tuple[schema.RelationshipType, ...]
    facts: tuple[schema.FactType, ...]
    properties: tuple[schema.Property, ...]
    stages: Mapping[str, tuple[str, str]]
    weights: Mapping[str, Mapping[str, float]]


def _in_chinese(title: str) -> str:
    """A dataset's Chinese title, "" where it has none."""
    reads = schema.titled(title, "zh")
    return reads if reads != title else ""


def sources(store: Store, *, private: bool = True) -> Sources:
    """What has been loaded into the store; private datasets are left out unless wanted."""
    counts, state = store.counts(), store.state()
    listed = (
        DatasetCount(
            d.id,
            d.title,
            _in_chinese(d.title),
            d.publisher,
            d.licence,
            d.private,
            counts.datasets.get(d.id, 0),
        )
        for d in store.datasets()
        if private or not d.private
    )
    return Sources(
        tuple(listed),
        counts.documents,
        counts.nodes,
        counts.statements,
        state.engine,
        state.schema_version,
        state.revision,
        state.loaded_on,
    )


def document(store: Store, id: str) -> Document:
    """A document by its id. Raises NotFoundError."""
    found = store.documents([id]).get(id)
    if found is None:
        raise NotFoundError(f"No document on record by the id {id[:80]!r}; answers give them in `sources`", asked=id)
    return found


def statement(store: Store, key: str, view: View) -> CitedStatement:
    """A statement by its key, with its source. Raises NotFoundError, also for one of a private dataset that the view leaves out."""
    if key.startswith(RECORD_KEY):
        return _of_record(store, key, view)
    said = store.statements([key]).get(key)
    datasets = {d.id: d for d in store.datasets()}
    dataset = datasets.get(said.provenance.dataset) if said else None
    if said is None or dataset is None or (dataset.private and not view.private):
        raise NotFoundError(
            f"No statement on record by the key {key[:80]!r}; answers give them in `evidence`", asked=key
        )
    ends = [id for id in (said.subject, said.object) if id]
    citations = Citations(store, view, store.nodes(ends))
    (evidence,) = citations.cite([said])
    cited = citations.sources()
    source = cited[0] if cited else Source(1, said.provenance.document, "", "", "", None)
    return CitedStatement(evidence, source, dataset, said.provenance.record)


def _of_record(store: Store, key: str, view: View) -> CitedStatement:
    """What a record says of the plain properties of a node, by the key under which answers cite it. Raises NotFoundError."""
    id = key.rpartition("/")[2]
    record = next((r for r in store.records([id], view).get(id, ()) if record_key(r) == key), None)
    if record is None:
        message = f"No record by the key {key[:80]!r}; answers give them in `evidence`"
        raise NotFoundError(message, asked=key)
    citations = Citations(store, view, store.nodes([record.id]))
    (evidence,) = citations.of_records([record], tuple(record.properties))
    datasets = {d.id: d for d in store.datasets()}
    source = next(iter(citations.sources()), Source(1, record.provenance.document, "", "", "", None))
    return CitedStatement(evidence, source, datasets[record.provenance.dataset], record.provenance.record)


def described() -> SchemaBody:
    """The schema, and the weights of the questions."""
    return SchemaBody(
        tuple(schema.LABELS.values()),
        tuple(schema.RELATIONSHIPS.values()),
        tuple(schema.FACTS.values()),
        tuple(schema.PROPERTIES.values()),
        schema.STAGES,
        {
            "oversight": {role: weight for role, (weight, _) in oversight.ROLES.items()},
            "coalition": dict(partners.WEIGHTS),
            "coalition_seats": dict(partners.SEAT_VALUES),
            "coalition_decay": {"half_life_years": partners.HALF_LIFE},
            "influence": dict(paths.COSTS),
            "influence_doubts": {
                "age_per_year": paths.AGE_COST,
                "undated": paths.UNDATED_COST,
                "undocumented": paths.UNDOCUMENTED_COST,
                "low_confidence": paths.LOW_COST,
                "hub": paths.HUB_COST,
            },
            "access": {role: weight for role, (weight, _) in access.ROLES.items()},
            **{name: dict(question.weights) for name, question in QUESTIONS.items() if question.weights},
        },
    )


def revision(state: State) -> str:
    """What identifies the content of a store, for validators of caches."""
    return f"{state.engine}-{state.schema_version}-{state.revision}"
