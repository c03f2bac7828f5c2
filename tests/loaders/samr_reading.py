"""Reading an input with the formats of the market regulator's platforms, for tests of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.model import Document, NodeRecord, Statement
from loaders.directory import Known
from loaders.format import Announced, Format
from loaders.formats import formats
from loaders.inputs import Input
from loaders.refusals import Refusal
from loaders.streaming import Streaming
from tests.loaders.said import in_batches

FORMATS = tuple(kind for kind in formats() if type(kind).__module__.startswith("loaders.samr."))
FIXTURES = Path(__file__).parent / "fixtures" / "samr"
NEVER = "不应入库"
"""What stands in fixtures in the place of persons' names."""


@dataclass
class Read:
    """What an input said."""

    dataset: str
    documents: list[Document] = field(default_factory=list)
    nodes: list[NodeRecord] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)

    def said(self, type: str) -> list[tuple[str, str, str]]:
        """Statements of a type: from, to (or the value), qualifier."""
        return [(s.subject, s.object or str(s.value), s.qualifier) for s in self.statements if s.type == type]

    def one(self, type: str) -> Statement:
        """The only statement of a type."""
        (found,) = (s for s in self.statements if s.type == type)
        return found

    def notes(self) -> dict[str, str]:
        """Notes by topic."""
        return {s.qualifier: str(s.value) for s in self.statements if s.type == "NOTE"}

    def node(self, id: str) -> dict[str, Any]:
        """All properties that are said of a node."""
        return {name: value for n in self.nodes if n.id == id for name, value in n.properties.items()}

    def reasons(self) -> list[str]:
        """Refusals as people read them."""
        return [str(refusal) for refusal in self.refusals]


def kinds_of(data: bytes) -> list[Format]:
    """The formats that claim an input."""
    head = Input.of("x", data).head
    return [kind for kind in FORMATS if kind.dataset(head) is not None]


def read(data: bytes, name: str = "x", known: Known | None = None) -> Read:
    """Read an input as the one format that claims it."""
    (kind,) = kinds_of(data)
    given = Input.of(name, data)
    dataset = kind.dataset(given.head)
    assert dataset is not None
    found = Read(dataset.id)
    streaming = Streaming(known)
    for batch in in_batches(streaming.batches(given, kind, dataset)):
        found.documents += batch.documents
        found.nodes += batch.nodes
        found.statements += batch.statements
        found.same += batch.same
    found.refusals = streaming.refusals
    return found


def announced(data: bytes) -> int:
    """How many records an input says there are."""
    (kind,) = kinds_of(data)
    return max((found.total for found in kind.records(Input.of("x", data)) if isinstance(found, Announced)), default=0)


def response(*rows: object) -> bytes:
    """A response of the national platform's search."""
    return json.dumps({"total": len(rows), "pageNumber": 1, "rows": rows}, ensure_ascii=False).encode()


def row(**fields: object) -> dict[str, object]:
    """A row with a number and a title, and what else is given."""
    return {
        "id": "A" * 32,
        "C_STD_CODE": "GB/T 9832-2026",
        "C_C_NAME": "毛绒、布制玩具",
        "TABLE_NAME": "BV_GB",
    } | fields
