"""The walk from a standard to those who decide it, and the role of each body that it meets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph import committees as codes
from graph import schema
from graph.dates import first_day
from graph.model import Node, Statement
from graph.store import Stage, Step, Subgraph
from queries.evidence import strength
from queries.kinds import COMMITTEES, kinds, undated

_LEADERS = ("chair", "vice_chair", "secretary_general")

_DECIDING = ("in_charge", "issuer", "kind_issuer", "successor", "overseer", "administrator", "supervising_agency")
"""Roles whose bodies have no need of a claim beside."""

LEADING = 3
"""How many drafting organisations are looked at: the first of the list led the work."""

WALK = (
    Stage(
        (
            Step(
                ("IN_CHARGE_OF", "ISSUED", "SUPERVISES_STANDARD", "PROPOSED", "CLAIMS"),
                "in",
                (schema.STANDARD,),
            ),
            Step(("CITES",), "in", (schema.STANDARD,), (schema.POLICY,)),
            Step(("DRAFTED",), "in", (schema.STANDARD,), limit=LEADING),
            Step(("REPLACES",), "in", (schema.STANDARD,)),
            Step(("CLASSIFIED_AS",), "out", (schema.STANDARD,)),
            Step(("ADMINISTERS",), "in", (schema.FIELD,)),
            Step(("STATUS", "STAGE"), "out", (schema.STANDARD,)),
            Step(("NOTE",), "out", (schema.FIELD,), qualifiers=("overlapping-jurisdiction", "publishing-place")),
        )
    ),
    Stage((Step(("PART_OF",), "out", schema.BODIES, (schema.COMMITTEE,)),), hops=2),
    Stage(
        (
            Step(("HOSTS_SECRETARIAT", "OVERSEES"), "in", schema.BODIES),
            Step(("MEMBER_OF",), "in", schema.BODIES, qualifiers=_LEADERS),
            Step(("ISSUED_POLICY",), "in", (schema.POLICY,)),
            Step(("FIGURE",), "out", schema.BODIES),
            Step(("OVERSEES",), "in", (schema.ASSOCIATION,)),
        )
    ),
    Stage(
        (
            Step(("SUBORDINATE_TO",), "out", schema.ORGANISATIONS, schema.ORGANISATIONS),
            Step(("SUCCEEDED_BY",), "out", (schema.AGENCY,), (schema.AGENCY,)),
            Step(("PART_OF",), "out", (schema.INSTITUTE, schema.COMPANY), schema.ORGANISATIONS),
            Step(("OVERSEES",), "in", (schema.INSTITUTE,), (schema.AGENCY,)),
        ),
        hops=6,
    ),
)
"""The walk from a standard, with its kinds and the field of national committees, to the top."""


@dataclass(frozen=True, slots=True)
class Found:
    """A body in one role, with the statements that put it there."""

    role: str
    id: str
    statements: tuple[Statement, ...]


class _Said:
    """The statements of a walk, to be picked by type and end."""

    def __init__(self, graph: Subgraph) -> None:
        self._by_type: dict[str, list[Statement]] = {}
        for s in graph.statements:
            self._by_type.setdefault(s.type, []).append(s)

    def of(self, kind: str, id: str) -> list[Statement]:
        """Statements of this type by this subject."""
        return [s for s in self._by_type.get(kind, ()) if s.subject == id]

    def about(self, kind: str, id: str) -> list[Statement]:
        """Statements of this type with this object."""
        return [s for s in self._by_type.get(kind, ()) if s.object == id]


class _Roles:
    """Bodies by role, in the order they were found, each with the statements that put it there."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[Statement]] = {}

    def add(self, role: str, id: str, statements: Iterable[Statement]) -> None:
        self._found.setdefault((role, id), []).extend(statements)

    def ids(self, *roles: str) -> list[str]:
        """The bodies in one of these roles (any, if none is named)."""
        return list(dict.fromkeys(id for role, id in self._found if not roles or role in roles))

    def all(self) -> tuple[Found, ...]:
        return tuple(
            Found(role, id, tuple(sorted(statements, key=strength, reverse=True)))
            for (role, id), statements in self._found.items()
        )


def roles_of(about: Node, graph: Subgraph, unfounded: Collection[str] = ()) -> tuple[Found, ...]:
    """Each body with its role, from the statements of the walk; a body may have several roles.

    `unfounded` are bodies that did not exist yet on the day: they administer nothing.
    """
    said, roles = _Said(graph), _Roles()
    if about.label == schema.STANDARD:
        _named_by_records(about, said, roles)
        bodies = roles.ids("in_charge")
    else:
        bodies = [about.id]
    committees = _committees(bodies, graph, said, roles)
    _around_committees(committees, said, roles)
    _administrators(committees, graph, said, roles, unfounded)
    _successors(about, said, roles)
    _claims(about, said, roles, {*roles.ids(*_DECIDING), *committees})
    _superiors(graph, said, roles)
    return roles.all()


def _named_by_records(about: Node, said: _Said, roles: _Roles) -> None:
    """The bodies that records of the standard name; the rule for its kind where no record names the issuer."""
    for role, kind in (
        ("in_charge", "IN_CHARGE_OF"),
        ("issuer", "ISSUED"),
        ("supervising_agency", "SUPERVISES_STANDARD"),
        ("proposer", "PROPOSED"),
    ):
        for s in said.about(kind, about.id):
            roles.add(role, s.subject, [s])
    if roles.ids("issuer"):
        return
    for field in kinds(about):
        for s in in_office(said.about("ADMINISTERS", field)):
            if not said.of("SUCCEEDED_BY", s.subject):
                roles.add("kind_issuer", s.subject, [s])
        if roles.ids("kind_issuer"):
            return


def in_office(statements: Iterable[Statement]) -> list[Statement]:
    """Of statements on who answers for a kind of standard those that still hold: undated ones yield to a later change of hands.

    A table of 1999 names the bureau of 1999; who took over in 2008 stands in a dated statement.
    """
    named = [s for s in statements if s.qualifier in ("issues", "administers")]
    holders = {s.subject for s in named if s.since}
    change = first_day(max((s.since for s in named if s.since), default=None))
    return [s for s in named if not holders or s.subject in holders or first_day(s.provenance.observed_on) >= change]


def _successors(about: Node, said: _Said, roles: _Roles) -> None:
    """Who has taken over from agencies that are gone; of several the one that answers for the kind of standard, if any does."""
    answers = {s.subject for field in kinds(about) for s in said.about("ADMINISTERS", field)}
    seen: set[str] = set()
    frontier = roles.ids("in_charge", "issuer", "proposer", "supervising_agency", "overseer")
    while frontier:
        taken = [s for id in frontier if id not in seen for s in said.of("SUCCEEDED_BY", id)]
        seen.update(frontier)
        particular = {s.subject for s in taken if s.object in answers}
        taken = [s for s in taken if s.object in answers or s.subject not in particular]
        for s in taken:
            roles.add("successor", s.object, [s])
        frontier = [s.object for s in taken]


def _committees(bodies: list[str], graph: Subgraph, said: _Said, roles: _Roles) -> list[str]:
    """The committees in charge and, as role `parent`, those that they are part of, to the top."""
    committees = [id for id in bodies if graph.nodes[id].label in schema.BODIES]
    for id in committees:
        for s in said.of("PART_OF", id):
            roles.add("parent", s.object, [s])
            if s.object not in committees:
                committees.append(s.object)
    return committees


def _around_committees(committees: list[str], said: _Said, roles: _Roles) -> None:
    for id in committees:
        for s in said.about("HOSTS_SECRETARIAT", id):
            roles.add("secretariat", s.subject, [s])
        for s in said.about("OVERSEES", id):
            roles.add("overseer", s.subject, [s])
        for s in said.about("MEMBER_OF", id):
            if s.qualifier in _LEADERS:
                roles.add("leader", s.subject, [s])


def _administrators(
    committees: list[str], graph: Subgraph, said: _Said, roles: _Roles, unfounded: Collection[str]
) -> None:
    """Who administers the national committees as a whole, where one of these is national and is not said to be overseen by it.

    The Measures for the Administration of National Technical Committees put all of them under the standardization authority, which
    manages some itself and has others managed by delegation: of a single committee they say neither.
    """
    if not any(is_national(graph.nodes[id]) for id in committees):
        return
    known = {*unfounded, *(s.subject for id in committees for s in said.about("OVERSEES", id))}
    for s in in_office(said.about("ADMINISTERS", COMMITTEES)):
        if s.subject not in known and not said.of("SUCCEEDED_BY", s.subject):
            roles.add("administrator", s.subject, [s])


def is_national(committee: Node) -> bool:
    """Whether it is one of China's national committees or part of one: by its level on record, else by its code.

    >>> is_national(Node("committee:sac-tc-63", "Committee", {"code": "SAC/TC 63"}))
    True
    """
    if level := committee.properties.get("level"):
        return level == "national"
    code = codes.parse(str(committee.properties.get("code") or ""))
    return code is not None and code.owner == "SAC"


def _claims(about: Node, said: _Said, roles: _Roles, deciding: set[str]) -> None:
    """Agencies outside the chain that are said to have a claim, or that issued a binding text which cites the standard."""
    for s in said.about("CLAIMS", about.id):
        if s.subject not in deciding:
            roles.add("claim", s.subject, [s])
    for citing in [each for id in (about.id, undated(about)) if id for each in said.about("CITES", id)]:
        if citing.properties.get("binding") is True:
            for issued in said.about("ISSUED_POLICY", citing.subject):
                if issued.subject not in deciding:
                    roles.add("claim", issued.subject, [citing, issued, *_led_by(about, issued.subject, said)])


def _led_by(about: Node, agency: str, said: _Said) -> list[Statement]:
    """That a unit of the agency led the drafting, where it did: the agency's claim then rests on work, too."""
    found = []
    for drafted in said.about("DRAFTED", about.id):
        if drafted.properties.get("rank") == 1:
            up = [*said.of("SUBORDINATE_TO", drafted.subject), *said.of("PART_OF", drafted.subject)]
            units = [s for s in up if s.object == agency]
            units += [s for s in said.about("OVERSEES", drafted.subject) if s.subject == agency]
            found += [drafted, *units] if units else []
    return found


def _superiors(graph: Subgraph, said: _Said, roles: _Roles) -> None:
    """Who stands above each body found, up to the top that sources name."""
    climbed = set(roles.ids())
    frontier = sorted(climbed)
    while frontier:
        above = []
        for id in frontier:
            if said.of("SUCCEEDED_BY", id):
                continue  # It is gone: nobody stands above it any more.
            up = [(s.object, s) for s in said.of("SUBORDINATE_TO", id)]
            if graph.nodes[id].label in (schema.ASSOCIATION, schema.INSTITUTE):
                up += [(s.subject, s) for s in said.about("OVERSEES", id)]
            for end, s in up:
                roles.add("superior", end, [s])
                if end not in climbed:
                    climbed.add(end)
                    above.append(end)
        frontier = sorted(above)
