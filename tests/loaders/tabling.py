"""Tables written for one test, and what reading them gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.model import NodeRecord, Statement
from loaders import read
from loaders.reading import Reading

FIXTURES = Path(__file__).parent / "fixtures" / "tables"


def write(folder: Path, mapping: str, rows: Iterable[Mapping[str, Any] | str], name: str = "table") -> Path:
    """A JSON-lines table with its mapping beside it; a text among the rows is written as it stands."""
    path = folder / f"{name}.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    path.with_suffix(".toml").write_text(mapping, "utf-8")
    return path


class Taken:
    """All that a reading gives, taken at once."""

    def __init__(self, reading: Reading) -> None:
        batches = [batch for dataset in reading.datasets for batch in reading.batches(dataset.id)]
        self.reading = reading
        self.nodes: list[NodeRecord] = [record for batch in batches for record in batch.nodes]
        self.statements: list[Statement] = [statement for batch in batches for statement in batch.statements]
        self.documents = {document.id: document for batch in batches for document in batch.documents}

    def node(self, id: str) -> dict[str, Any]:
        """Label and properties of a node, its records laid over each other."""
        records = [record for record in self.nodes if record.id == id]
        assert records, f"no record of {id} among {sorted({r.id for r in self.nodes})}"
        return {"label": records[0].label} | {k: v for record in records for k, v in record.properties.items()}

    def of_type(self, type: str) -> list[Statement]:
        """The statements of one type, in order."""
        return [statement for statement in self.statements if statement.type == type]

    @property
    def refusals(self) -> list[tuple[int, str, str]]:
        """Line, part and reason of each refusal."""
        return [(refusal.line, refusal.part, refusal.reason) for refusal in self.reading.refusals]


def take(paths: Sequence[Path], **options: Any) -> Taken:
    """Read these tables and take all they give."""
    return Taken(read(paths, **options))


def taken(folder: Path, mapping: str, rows: Iterable[Mapping[str, Any] | str]) -> Taken:
    """Write one table and take all it gives."""
    return take([write(folder, mapping, rows)])
