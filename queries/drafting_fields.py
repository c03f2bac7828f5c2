"""The scope of a landscape and all that is measured in it.

Rule. The scope is what a committee with its subcommittees is in charge of, what is classified under a field, or the standards that words
find; for a subject under which nothing is classified, those that its name finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph import schema
from graph.errors import NotFoundError
from graph.model import Node, View
from graph.store import DraftingList, DraftingLists, Stage, Step, Store, Subgraph
from queries import drafting_trends
from queries.answer import Text
from queries.communities import Network, network
from queries.drafting_trends import Drafter, Rise, Windows, Year
from queries.resolve import one
from queries.speakers import TO_SUCCESSORS, speakers

ASKED = (*schema.BODIES, schema.FIELD)

STANDARDS = 2_000
"""Standards that are counted at most, the newest."""

FOUND = 200
"""Standards that words may find at most."""

SUCCEEDED = 1_500
"""Drafters whose successors are looked for, the most frequent."""

_CLASSES = ("ICS ", "CCS ")
_BELOW = (Stage((Step(("PART_OF",), "in", schema.BODIES, schema.BODIES),)),)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at: the thing asked about (None: words), ids of its committees, and its rows."""

    about: Node | None
    words: str
    committees: tuple[str, ...]
    lists: DraftingLists
    found: int = 0

    @property
    def name(self) -> Text:
        """How it is called."""
        ref = self.about.ref if self.about else None
        if ref is None:
            return Text(f"“{self.words}”", f"“{self.words}”")
        return Text(ref.name("en"), ref.name("zh"))


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of a field."""

    lists: tuple[DraftingList, ...]
    drafters: tuple[Drafter, ...]
    places: Mapping[str, int]
    years: tuple[Year, ...]
    windows: Windows
    rising: tuple[Rise, ...]
    index: int | None
    network: Network

    @property
    def n(self) -> int:
        """Standards with a drafting list."""
        return len(self.lists)

    @property
    def total(self) -> int:
        """Places on lists."""
        return sum(self.places.values())

    @property
    def enough(self) -> bool:
        """Whether shares are given."""
        return self.n >= drafting_trends.SUPPORT and self.total >= drafting_trends.PLACES


def scope_of(store: Store, asked: str, view: View, *, words: bool = False) -> Scope:
    """The scope that `asked` means; with `words` an empty one for words that find nothing.

    Raises NotFoundError for those without, else as `queries.resolve.one`.
    """
    text = asked.strip()
    try:
        about = _class(store, text) or one(
            store, text, labels=ASKED, as_of=view.as_of, field="about", wanted="committee or field"
        )
    except NotFoundError:
        hits = store.search(text, labels=(schema.STANDARD,), limit=FOUND)
        if not hits.hits and not words:
            raise
        lists = store.drafting_lists(view, standards=[hit.node.id for hit in hits.hits], limit=STANDARDS)
        return Scope(None, text, (), lists, hits.total)
    if about.label in schema.BODIES:
        graph = store.expand([about.id], _BELOW, view)
        committees = (about.id, *sorted(s.subject for s in graph.statements if s.type == "PART_OF"))
        return Scope(about, "", committees, store.drafting_lists(view, committees=committees, limit=STANDARDS))
    lists = store.drafting_lists(view, fields=[about.id], limit=STANDARDS)
    if lists.lists or _is_class(about):
        return Scope(about, "", (), lists)
    # Nothing is classified under a subject such as "new energy vehicles": its name finds what there is.
    hits = store.search(about.ref.name("zh"), labels=(schema.STANDARD,), limit=FOUND)
    lists = store.drafting_lists(view, standards=[hit.node.id for hit in hits.hits], limit=STANDARDS)
    return Scope(about, about.ref.name("zh"), (), lists, hits.total)


def _class(store: Store, text: str) -> Node | None:
    """The class that is meant by a code with its system, `ICS 35.030`."""
    system, code = text[:4].upper(), text[4:].strip().lower()
    if system not in _CLASSES or not code:
        return None
    id = f"field:{system.strip().lower()}-{code.replace('.', '-')}"
    return store.nodes([id]).get(id)


def _is_class(node: Node) -> bool:
    return node.properties.get("kind") in ("ICS", "CCS")


def drafting_actors(store: Store, lists: Iterable[DraftingList], view: View) -> Subgraph:
    """The drafters with their successors; those beyond the bound as they are."""
    times: dict[str, int] = {}
    for row in lists:
        for actor, _ in row.drafters:
            times[actor] = times.get(actor, 0) + 1
    order = sorted(times, key=lambda id: (-times[id], id))
    graph = store.expand(order[:SUCCEEDED], (Stage((TO_SUCCESSORS,), hops=3),), view)
    rest = store.nodes(order[SUCCEEDED:]) if len(order) > SUCCEEDED else {}
    return Subgraph({**rest, **graph.nodes}, graph.statements)


def measured(scope: Scope, actors: Subgraph, view: View) -> Measured:
    """All figures of the scope; `actors` are its drafters with their successors."""
    lists = drafting_trends.spoken_for(scope.lists.lists, speakers(actors.nodes, actors.statements))
    drafters = drafting_trends.drafters(lists)
    sorts = {id: drafting_trends.sort_of(node) for id, node in actors.nodes.items()}
    windows, rising = drafting_trends.rising(lists, view.as_of.year)
    return Measured(
        lists,
        drafters,
        drafting_trends.places(lists, sorts),
        drafting_trends.years(lists, sorts),
        windows,
        rising,
        drafting_trends.concentration(drafters) if len(lists) >= drafting_trends.SUPPORT else None,
        network(lists, drafters, [scope.about.id] if scope.about else ()),
    )
