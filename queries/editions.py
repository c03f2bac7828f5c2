"""Adopted editions: whether each is current, by what is loaded of it and of later ones.

Rule. An edition is superseded where a statement replaces it as a whole, or a later edition that was out on the day is on record;
withdrawn where its status says so; current where its own record says that it was published and nothing of this is found; else unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph import numbers
from graph.dates import first_day
from graph.model import Node, NodeRecord, View
from graph.store import Store, Subgraph
from queries.answer import Evidence, Text
from queries.evidence import Citations


@dataclass(frozen=True, slots=True)
class Edition:
    """An adopted edition: current, superseded, withdrawn or unknown, in words, with what says so."""

    state: str
    says: Text
    evidence: tuple[Evidence, ...]


def later(store: Store, adopted: Sequence[Node], view: View) -> Mapping[str, tuple[Node, ...]]:
    """For each adopted edition the later ones that were out on the day, newest first; of a number without year none."""
    parsed = {node.id: number for node in adopted if (number := numbers.parse(str(node.properties.get("number", ""))))}
    found = store.editions([number.edition_family for number in parsed.values()]) if parsed else {}
    found_later = {}
    for id, number in parsed.items():
        found_later[id] = tuple(
            node
            for node in found.get(number.edition_family, ())
            if number.year is not None and _is_later(node, number.year, view.as_of.isoformat())
        )
    return found_later


def _is_later(node: Node, year: int, day: str) -> bool:
    """Whether a standard is an edition of a later year, no draft, and out on the day."""
    number = numbers.parse(str(node.properties.get("number", "")))
    if number is None or number.year is None or number.year <= year or number.stage is not None:
        return False
    out = first_day(str(node.properties.get("published") or number.year))
    return out <= day and node.properties.get("status") not in ("project", "upcoming")


def edition(
    node: Node,
    graph: Subgraph,
    newer: Sequence[Node],
    records: Mapping[str, Sequence[NodeRecord]],
    citations: Citations,
) -> Edition:
    """Whether an adopted edition is current, by what is loaded of it and of later ones."""
    replaced = [
        s for s in graph.statements if s.type == "REPLACES" and s.object == node.id and not s.properties.get("partial")
    ]
    if replaced:
        by = citations.ref(max(replaced, key=lambda s: (s.since or "", s.key)).subject)
        says = Text(f"that edition has been replaced by {by.name('en')}", f"该版本已被{by.name('zh')}代替")
        return Edition("superseded", says, citations.cite(replaced))
    for newest in newer:
        if evidence := citations.of_records(records.get(newest.id, ()), ("number", "published"))[:1]:
            says = Text(
                f"a later edition is on record: {newest.ref.name('en')}", f"已有更新版本：{newest.ref.name('zh')}"
            )
            return Edition("superseded", says, evidence)
    said = [s for s in graph.statements if s.subject == node.id and s.type in ("STATUS", "STAGE")]
    ended = [s for s in said if s.value in ("withdrawn", "superseded", "95")]
    if ended:
        return Edition("withdrawn", Text("that edition has been withdrawn", "该版本已废止"), citations.cite(ended))
    alive = [s for s in said if s.value in ("current", "60", "90")]
    if alive:
        says = Text("nothing on record replaces that edition", "未见代替该版本的记录")
        return Edition("current", says, citations.cite(alive))
    number = numbers.parse(str(node.properties.get("number", "")))
    if number is not None and number.year is None:
        return Edition("unknown", Text("which edition is not on record", "未载明版本"), ())
    says = Text("whether that edition is current is unknown", "该版本是否现行未知")
    return Edition("unknown", says, ())
