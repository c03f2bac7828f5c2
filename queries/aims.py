"""What may be named by a policy when something is asked about: itself, its fields, its committees, its classes, its kind.

Rule. A standard's fields are those whose Chinese name its Chinese title contains (of `SHORTEST` characters or more, for a shorter one
is in most titles); its committees those in charge and the one above; its classes those of its record, and the broader ICS classes above
them. A committee has its own name for fields and the classes that at least `SHARED` of its standards bear. Of a field, narrower ones
are those whose name contains its own or whose code begins with its own. An actor has the standards it drafted and the committees it
sits in or runs, with what these have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph import schema
from graph.model import Node, Statement, View
from graph.names import name_key
from graph.store import Stage, Step, Store, Subgraph
from queries.kinds import kinds, undated
from queries.speakers import speaker

SHORTEST, LONGEST = 3, 10
"""Characters of a field's name that is looked for in a title."""

TITLE = 40
"""Characters of a title that are looked at."""

SHARED = 2
"""Fewest standards of a committee that bear a class which is then taken for one of its own: one may be an exception."""

STANDARDS = 60
"""Standards of a committee or actor that are looked at, the newest first."""

_CHINESE = re.compile(r"[\u3400-\u9fff]+")

_OF_STANDARD = (
    Stage(
        (
            Step(("IN_CHARGE_OF",), "in", (schema.STANDARD,), schema.BODIES, limit=10),
            Step(("CLASSIFIED_AS",), "out", (schema.STANDARD,), (schema.FIELD,), limit=20),
        )
    ),
    Stage((Step(("PART_OF",), "out", schema.BODIES, (schema.COMMITTEE,)),)),
)
_OF_BODY = (
    Stage(
        (
            Step(("PART_OF",), "out", schema.BODIES, (schema.COMMITTEE,)),
            Step(("IN_CHARGE_OF",), "out", schema.BODIES, (schema.STANDARD,), limit=STANDARDS),
        )
    ),
    Stage((Step(("CLASSIFIED_AS",), "out", (schema.STANDARD,), (schema.FIELD,), limit=20),)),
)
_OF_ACTOR = (
    Stage(
        (
            Step(("DRAFTED",), "out", schema.ORGANISATIONS, (schema.STANDARD,), limit=STANDARDS),
            Step(("MEMBER_OF", "HOSTS_SECRETARIAT"), "out", schema.ORGANISATIONS, schema.BODIES, limit=40),
        )
    ),
    *_OF_STANDARD,
)


@dataclass(frozen=True, slots=True)
class Aims:
    """What a policy may name, by how it is meant (`itself`, `field`, `committee`, `class`, `kind`), each id in its strongest part only.

    `why` holds the statements by which each belongs to what was asked about, `through` how many of an actor's standards.
    """

    parts: Mapping[str, str]
    why: Mapping[str, tuple[Statement, ...]]
    nodes: Mapping[str, Node]
    standards: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    through: Mapping[str, int] = field(default_factory=dict)


def aims(store: Store, about: Node, view: View) -> Aims:
    """What a policy may name when `about` is asked of."""
    if about.label == schema.STANDARD:
        return _of_standard(store, about, view)
    if about.label == schema.FIELD:
        return _of_field(store, about)
    if about.label in schema.BODIES:
        return _of_body(store, about, view)
    return _of_actor(store, about, view)


class _Parts:
    """Ids by part; the first part in which one is put stays."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.why: dict[str, list[Statement]] = {}

    def put(self, part: str, id: str, why: Iterable[Statement] = ()) -> None:
        if self.parts.setdefault(id, part) == part:
            self.why.setdefault(id, []).extend(why)

    def put_class(self, id: str, why: Sequence[Statement]) -> None:
        """A class with the broader ones above it; the kinds of standard that stand among the classes of a record are no class."""
        if id.startswith("field:kind-"):
            self.put("kind", id, why)
            return
        for each in _broader(id):
            self.put("class", each, why)

    def drop(self, part: str) -> None:
        """Leave a part out: that some of an actor's standards are of a kind says nothing of the actor."""
        self.parts = {id: of for id, of in self.parts.items() if of != part}

    def aims(
        self,
        nodes: Mapping[str, Node],
        standards: Sequence[str] = (),
        bodies: Sequence[str] = (),
        through: Mapping[str, int] | None = None,
    ) -> Aims:
        why = {id: tuple(said) for id, said in self.why.items()}
        return Aims(self.parts, why, nodes, tuple(standards), tuple(bodies), through or {})


def _broader(id: str) -> tuple[str, ...]:
    """A class of ICS and those above it, the narrowest first; another id alone.

    >>> _broader("field:ics-35-240-90"), _broader("field:ccs-l80")
    (('field:ics-35-240-90', 'field:ics-35-240', 'field:ics-35'), ('field:ccs-l80',))
    """
    if not id.startswith("field:ics-"):
        return (id,)
    code = id.removeprefix("field:ics-").split("-")
    return tuple(f"field:ics-{'-'.join(code[:n])}" for n in range(len(code), 0, -1))


def _named_in(store: Store, text: str) -> dict[str, Node]:
    """The fields whose names a Chinese text contains."""
    pieces = _CHINESE.findall(text[:TITLE])
    words = {
        piece[start : start + n]
        for piece in pieces
        for n in range(SHORTEST, LONGEST + 1)
        for start in range(len(piece) - n + 1)
    }
    if not words:
        return {}
    found = store.named(sorted({name_key(word) for word in words}), labels=(schema.FIELD,))
    return {n.node.id: n.node for named in found.values() for n in named if n.node.properties.get("kind") == "field"}


def _of_standard(store: Store, about: Node, view: View) -> Aims:
    graph = store.expand([about.id], _OF_STANDARD, view)
    found = _Parts()
    found.put("itself", about.id)
    if general := undated(about):
        found.put("itself", general)
    fields = _named_in(store, str(about.properties.get("title_zh") or ""))
    for id in fields:
        found.put("field", id)
    _put_standards(found, graph, {about.id})
    for id in kinds(about):
        found.put("kind", id)
    return found.aims({**graph.nodes, **fields}, [about.id])


def _put_standards(found: _Parts, graph: Subgraph, standards: set[str]) -> None:
    """The committees of these standards, those above them, and the classes."""
    charge = [s for s in graph.statements if s.type == "IN_CHARGE_OF" and s.object in standards]
    for s in charge:
        found.put("committee", s.subject, (s,))
    for s in graph.statements:
        if s.type == "PART_OF" and found.parts.get(s.subject) == "committee":
            found.put("committee", s.object, (s,))
    for s in graph.statements:
        if s.type == "CLASSIFIED_AS" and s.subject in standards:
            found.put_class(s.object, (s,))


def _of_body(store: Store, about: Node, view: View) -> Aims:
    graph = store.expand([about.id], _OF_BODY, view)
    found = _Parts()
    found.put("itself", about.id)
    name = str(about.properties.get("name_zh") or "").removeprefix("全国").removesuffix("标准化技术委员会")
    fields = _named_in(store, name)
    for id in fields:
        found.put("field", id)
    for s in graph.statements:
        if s.type == "PART_OF" and s.subject == about.id:
            found.put("committee", s.object, (s,))
    bears: dict[str, list[Statement]] = {}
    for s in graph.statements:
        if s.type == "CLASSIFIED_AS" and not s.object.startswith("field:kind-"):
            bears.setdefault(s.object, []).append(s)
    for id, said in sorted(bears.items(), key=lambda row: (-len(row[1]), row[0])):
        if len({s.subject for s in said}) >= SHARED:
            found.put("class", id, said[:SHARED])
    standards = sorted({s.object for s in graph.statements if s.type == "IN_CHARGE_OF"})
    return found.aims({**graph.nodes, **fields}, standards)


def _of_field(store: Store, about: Node) -> Aims:
    found = _Parts()
    found.put("itself", about.id)
    code, name = str(about.properties.get("code") or ""), str(about.properties.get("name_zh") or "")
    hits = store.search(code or name, labels=(schema.FIELD,), limit=30) if code or name else None
    narrower = {
        hit.node.id: hit.node
        for hit in (hits.hits if hits else ())
        if hit.node.id != about.id
        and (
            (code and str(hit.node.properties.get("code") or "").startswith(f"{code}."))
            or (len(name) > 1 and name in str(hit.node.properties.get("name_zh") or ""))
        )
    }
    for id in narrower:
        found.put("field", id)
    for id in _broader(about.id)[1:]:
        found.put("class", id)
    return found.aims({about.id: about, **narrower})


def _of_actor(store: Store, about: Node, view: View) -> Aims:
    spoken = speaker(store, about, view)
    graph = store.expand(spoken.ids, _OF_ACTOR, view)
    found = _Parts()
    drafted = {s.object: s for s in graph.statements if s.type == "DRAFTED"}
    for id, s in drafted.items():
        found.put("itself", id, (s,))
        if general := undated(graph.nodes[id]):
            found.put("itself", general, (s,))
    for s in graph.statements:
        if s.type in ("MEMBER_OF", "HOSTS_SECRETARIAT") and s.subject in spoken.ids:
            found.put("committee", s.object, (s,))
    bodies = [id for id, part in found.parts.items() if part == "committee"]
    _put_standards(found, graph, set(drafted))
    through: Counter[str] = Counter()
    for s in graph.statements:
        if s.type == "IN_CHARGE_OF" and s.object in drafted:
            through[s.subject] += 1
        elif s.type == "CLASSIFIED_AS" and s.subject in drafted:
            through[s.object] += 1
    found.drop("kind")
    return found.aims({**graph.nodes, spoken.node.id: spoken.node}, sorted(drafted), bodies, through)
