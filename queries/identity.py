"""Which organisations may be one, with what is known of each side by side: what a person needs to judge.

Two organisations that stand in one drafting list are most likely two: that is shown, and halves the likelihood. Pairs of which it is on
record that one belongs to or followed the other are not asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.identity.candidates import PROPOSED_FROM, Candidate, candidates
from graph.identity.register import Register
from graph.model import Node, NodeRef, View
from graph.names.judgement import Judgement
from graph.schema import ORGANISATIONS
from graph.store import NamesOf, Store
from queries.answer import Text

__all__ = ["Proposal", "Proposals", "Side", "proposals", "side"]

KNOWN_RELATIONS = ("PART_OF", "SUBORDINATE_TO", "OWNED_BY", "SUCCEEDED_BY")
"""Types that tell two organisations apart: who belongs to another, or followed it, is not the other."""

EXAMPLES = 3
"""Standards that are shown of each side, the newest."""

NAMES = 8
"""Names that are shown of each side."""

_LOOKED_AT = 60
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one organisation: its names, home, how much is said of it, standards it drafted, and who says so."""

    about: NodeRef
    home: str
    names: tuple[str, ...]
    statements: int
    drafted: int
    standards: tuple[NodeRef, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that may be one organisation: why, how likely, and the evidence of both sides.

    `together` are standards whose drafting lists name both, which speaks against it. `compared` are the names by which
    they were found.
    """

    a: Side
    b: Side
    compared: tuple[str, str]
    why: Text
    rule: str
    likelihood: float
    together: tuple[NodeRef, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Pairs to be judged, the likeliest first, and how many there are; `exact` is False where bounds were reached."""

    proposals: tuple[Proposal, ...]
    total: int
    exact: bool
    organisations: int
    judged: int


def proposals(
    store: Store,
    view: View,
    *,
    limit: int,
    of: Sequence[str] = (),
    register: Register | None = None,
    told: Callable[[int], None] | None = None,
) -> Proposals:
    """The likeliest pairs of organisations that may be one and were not judged, with evidence; `of` keeps those with one of these ids."""
    known = register or Register(store, view.as_of)
    found = candidates(_organisations(store), limit=3 * limit + 20, decided=known.decided, of=of, told=told)
    shown: list[Proposal] = []
    left_out = 0
    for candidate in found.candidates:
        if len(shown) >= limit and candidate.judged.likelihood < shown[-1].likelihood:
            break
        made = None if _related(store, candidate, view) else _proposal(store, candidate, view)
        if made is None or made.likelihood < PROPOSED_FROM:
            left_out += 1
        else:
            shown.append(made)
    shown.sort(key=lambda one: -one.likelihood)
    return Proposals(
        tuple(shown[:limit]), found.total - left_out, not found.bounded, found.organisations, len(known.judgements)
    )


def _organisations(store: Store) -> Iterator[NamesOf]:
    after = ""
    while page := store.known_names(ORGANISATIONS, after=after, limit=_PAGE):
        yield from page
        after = page[-1].id


def _related(store: Store, candidate: Candidate, view: View) -> bool:
    for id, far in ((candidate.a, candidate.b), (candidate.b, candidate.a)):
        beside = store.neighbours(id, view, types=KNOWN_RELATIONS, limit=_LOOKED_AT)
        if any(one.node is not None and one.node.id == far for one in beside.neighbours):
            return True
    return False


def _proposal(store: Store, candidate: Candidate, view: View) -> Proposal | None:
    nodes = store.nodes([candidate.a, candidate.b])
    if len(nodes) < 2:
        return None
    judged: Judgement = candidate.judged
    together = _together(store, candidate, view)
    if together:
        judged = replace(judged, likelihood=round(judged.likelihood / 2, 2))
    return Proposal(
        a=side(store, nodes[candidate.a], view),
        b=side(store, nodes[candidate.b], view),
        compared=(candidate.name_a, candidate.name_b),
        why=Text(judged.why, judged.why_zh),
        rule=judged.rule,
        likelihood=judged.likelihood,
        together=together,
    )


def _together(store: Store, candidate: Candidate, view: View) -> tuple[NodeRef, ...]:
    """Standards whose drafting lists name both, the newest few of those that each is known to have drafted."""
    drafted = []
    for id in (candidate.a, candidate.b):
        page = store.neighbours(id, view, types=("DRAFTED",), direction="out", limit=_LOOKED_AT)
        drafted.append({one.node.id: one.node.ref for one in page.neighbours if one.node is not None})
    return tuple(drafted[0][id] for id in sorted(drafted[0].keys() & drafted[1].keys()))[:EXAMPLES]


def side(store: Store, node: Node, view: View) -> Side:
    """What is known of one organisation, for a person who has to tell it from another."""
    page = store.neighbours(node.id, view, limit=_LOOKED_AT)
    drafted = store.neighbours(node.id, view, types=("DRAFTED",), direction="out", limit=EXAMPLES)
    said = [one.statement for one in page.neighbours]
    titles = {dataset.id: dataset.title for dataset in store.datasets()}
    names = [node.properties.get("name_zh"), node.properties.get("name_en")]
    names += [s.value for s in said if s.type == "NAME" and s.subject == node.id]
    return Side(
        about=node.ref,
        home=str(node.properties.get("home") or ""),
        names=tuple(dict.fromkeys(str(name) for name in names if name))[:NAMES],
        statements=sum(page.totals.values()),
        drafted=drafted.total,
        standards=tuple(one.node.ref for one in drafted.neighbours if one.node is not None),
        sources=tuple(sorted({titles.get(s.provenance.dataset, s.provenance.dataset) for s in said})),
    )
