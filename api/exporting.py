"""Writing the whole graph to files, streamed: GraphML, CSV (nodes, statements, documents) or JSON lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from api.body import encode
from graph import schema
from graph.errors import InputError
from graph.model import Document, Node, Statement
from graph.store import Store

FORMATS = ("graphml", "csv", "jsonl")

_SAID = ("key", "subject", "type", "object", "value", "qualifier", "since", "until")
_PROVENANCE = ("dataset", "record", "document", "locator", "observed_on", "confidence", "basis")


def format_of(out: Path, asked: str | None = None) -> str:
    """The format asked for, else the one that the ending of `out` names; a folder, or no ending, is CSV.

    Raises InputError for an unknown one, and for a file `.csv`, as CSV is a folder of three files.

    >>> format_of(Path("graph.graphml")), format_of(Path("graph.json")), format_of(Path("tables"))
    ('graphml', 'jsonl', 'csv')
    """
    ending = "" if out.is_dir() else out.suffix.removeprefix(".").lower()
    chosen = asked or ending or "csv"
    chosen = {"json": "jsonl"}.get(chosen, chosen)
    if chosen not in FORMATS:
        raise InputError(
            f"{chosen[:40]!r} is no format that is known; write one of {', '.join(FORMATS)}", field="format"
        )
    if chosen == "csv" and ending == "csv":
        raise InputError(f"{out}: CSV is a folder with three files; name a folder", field="OUT")
    return chosen


def export_graph(store: Store, out: Path, form: str, *, private: bool = False) -> dict[str, int]:
    """Write everything to `out` in one of `FORMATS` and count what was written. Raises InputError where it cannot be written."""
    write = {"graphml": _graphml, "csv": _csv, "jsonl": _jsonl}[form]
    try:
        return write(store.dump(private=private), out)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror})", field="OUT") from None


def _jsonl(records: Iterable[Node | Statement | Document], out: Path) -> dict[str, int]:
    counted = dict.fromkeys(("documents", "nodes", "statements"), 0)
    with out.open("wb") as file:
        for record in records:
            counted[_kind(record)] += 1
            file.write(encode({_kind(record)[:-1]: _flat(record)}))
    return counted


def _csv(records: Iterable[Node | Statement | Document], out: Path) -> dict[str, int]:
    """`nodes.csv`, `statements.csv` and `documents.csv` in the folder `out`, which is made."""
    out.mkdir(parents=True, exist_ok=True)
    properties = tuple(dict.fromkeys(name for label in schema.LABELS.values() for name in label.properties))
    columns = {
        "documents": ("id", "title", "url", "publisher", "published", "same_as"),
        "nodes": ("id", "label", *properties),
        "statements": (*_SAID, *_PROVENANCE, "properties"),
    }
    counted = dict.fromkeys(columns, 0)
    files = {name: (out / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in columns}
    try:
        writers = {name: csv.DictWriter(files[name], columns[name], extrasaction="ignore") for name in columns}
        for writer in writers.values():
            writer.writeheader()
        for record in records:
            row = _flat(record)
            if "properties" in row:
                row["properties"] = encode(row["properties"]).decode().strip()
            counted[_kind(record)] += 1
            writers[_kind(record)].writerow({key: _safe(value) for key, value in row.items()})
    finally:
        for file in files.values():
            file.close()
    return counted


def _graphml(records: Iterable[Node | Statement | Document], out: Path) -> dict[str, int]:
    """Nodes and relationships (facts have no second end; they are in the other formats)."""
    counted = {"nodes": 0, "edges": 0}
    node_keys = ("label", *dict.fromkeys(name for label in schema.LABELS.values() for name in label.properties))
    edge_keys = ("type", "qualifier", "since", "until", *_PROVENANCE, "source")
    addresses: dict[str, str] = {}
    with out.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for name in node_keys:
            file.write(f'<key id="n_{name}" for="node" attr.name="{name}" attr.type="string"/>\n')
        for name in edge_keys:
            file.write(f'<key id="e_{name}" for="edge" attr.name="{name}" attr.type="string"/>\n')
        file.write('<graph edgedefault="directed">\n')
        for record in records:
            if isinstance(record, Document):
                addresses[record.id] = record.url or record.title
            elif isinstance(record, Node):
                counted["nodes"] += 1
                data = {"label": record.label, **{k: v for k, v in record.properties.items() if k in node_keys}}
                file.write(f"<node id={_attribute(record.id)}>{_data('n', data)}</node>\n")
            elif record.object:
                counted["edges"] += 1
                row = {k: v for k, v in _flat(record).items() if k in edge_keys and v not in (None, "")}
                row["source"] = addresses.get(record.provenance.document, "")
                ends = f"source={_attribute(record.subject)} target={_attribute(record.object)}"
                file.write(f"<edge id={_attribute(record.key)} {ends}>{_data('e', row)}</edge>\n")
        file.write("</graph>\n</graphml>\n")
    return counted


def _kind(record: Node | Statement | Document) -> str:
    return {Node: "nodes", Statement: "statements", Document: "documents"}[type(record)]


def _flat(record: Node | Statement | Document) -> dict[str, object]:
    """The record as one row: a node's properties and a statement's provenance beside its other fields."""
    if isinstance(record, Node):
        return {"id": record.id, "label": record.label, **record.properties}
    if isinstance(record, Document):
        return asdict(record)
    said = {name: getattr(record, name) for name in _SAID}
    provenance = {name: getattr(record.provenance, name) for name in _PROVENANCE}
    return {**said, **provenance, "properties": dict(record.properties)}


def _safe(value: object) -> object:
    """A cell that a spreadsheet will not run as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _data(prefix: str, row: Mapping[str, object]) -> str:
    return "".join(f'<data key="{prefix}_{name}">{_text(value)}</data>' for name, value in row.items())


def _text(value: object) -> str:
    return escape(
        "".join(
            c
            for c in str(value)
            if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
        )
    )


def _attribute(value: str) -> str:
    return quoteattr(_text(value)).replace("&amp;amp;", "&amp;")
