"""Who speaks for whom: a corporate group answers for its entities, and an organisation outside any group for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph import schema
from graph.model import Node, View
from graph.store import Stage, Step, Store, Subgraph

_ENTITY = ("entity", "")

WALK = (
    Stage((Step(("PART_OF",), "out", schema.ORGANISATIONS, (schema.COMPANY,), _ENTITY),)),
    Stage((Step(("PART_OF",), "in", (schema.COMPANY,), schema.ORGANISATIONS, _ENTITY),)),
)
"""From an organisation to its group, and from a group to its entities."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A group with its entities, or one organisation alone (then `entities` holds just itself)."""

    node: Node
    entities: tuple[Node, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the speaker and of all it speaks for."""
        return tuple(dict.fromkeys((self.node.id, *(entity.id for entity in self.entities))))


def speaker(store: Store, node: Node, view: View) -> Speaker:
    """The group that `node` is or belongs to, else the organisation itself."""
    graph = store.expand([node.id], WALK, view)
    group = node if node.family == "group" else None
    if group is None:
        groups = sorted(
            s.object for s in graph.statements if s.subject == node.id and graph.nodes[s.object].family == "group"
        )
        if not groups:
            return Speaker(node, (node,))
        group = graph.nodes[groups[0]]
    parts = dict.fromkeys(s.subject for s in graph.statements if s.object == group.id)
    return Speaker(group, tuple(graph.nodes[id] for id in parts) or (group,))


def speakers(graph: Subgraph) -> Mapping[str, str]:
    """For each organisation in the subgraph, the id of its group where a statement there says so, else its own id."""
    found = {id: id for id in graph.nodes}
    for s in graph.statements:
        if s.type == "PART_OF" and s.qualifier in _ENTITY and graph.nodes[s.object].family == "group":
            found[s.subject] = s.object
    return found


def origin(nodes: Iterable[Node]) -> str:
    """Where an organisation belongs, by its home, ownership or kind on record: `domestic`, `foreign`, `joint_venture` or `unknown`.

    Of several nodes (a group and its entities) the first that says something counts.

    >>> origin([Node("org:x", "Company", {"home": "DE", "ownership": "foreign_invested"})])
    'foreign'
    """
    for node in nodes:
        p = node.properties
        home, ownership = str(p.get("home", "")), str(p.get("ownership", ""))
        if ownership == "joint_venture" or (ownership == "foreign_invested" and home == "CN"):
            return "joint_venture"
        if home and home != "CN":
            return "foreign"
        if ownership == "foreign_invested":
            return "foreign"
        if home == "CN" or ownership in ("central_soe", "local_soe", "private", "public"):
            return "domestic"
        if node.label == schema.AGENCY or p.get("kind") == "domestic_association":
            return "domestic"
        if p.get("kind") == "foreign_chamber":
            return "foreign"
    return "unknown"
