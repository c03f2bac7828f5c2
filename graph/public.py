"""A store as strangers may see it: without private datasets, also where it is asked for names and single nodes.

Reads that take a `View` leave private datasets out by `View.private`. Finding takes none, so here what it finds is read again in a
public view: nodes as public datasets alone describe them, and not by names that only a private dataset gives. It works on any engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from graph.model import Batch, Dataset, Direction, Document, Node, NodeRecord, Statement, View
from graph.names import name_key
from graph.store import (
    Adoption,
    Arena,
    Changes,
    Counts,
    DraftingLists,
    Hits,
    Line,
    LoadReport,
    Named,
    NamesOf,
    Neighbours,
    Outline,
    Packed,
    Packing,
    Progress,
    Stage,
    State,
    Step,
    Store,
    Subgraph,
    Tie,
)

_NAMES = (Stage((Step(("NAME",), "out", limit=200),)),)
_CAPTIONS = ("number", "plan_number", "code", "name_zh", "name_en", "title_zh", "title_en")


class PublicStore:
    """The public part of `store`; `on` gives the day for which names are read. Writing passes through."""

    def __init__(self, store: Store, on: Callable[[], date]) -> None:
        self._store = store
        self._on = on

    # -- one thing -----------------------------------------------------------------------------------------------
    def nodes(self, ids: Sequence[str]) -> Mapping[str, Node]:
        """See `Store.nodes`; nodes of which only private datasets speak are left out."""
        known = self._store.nodes(ids)
        public = self._public(node.id for node in known.values()).nodes
        return {asked: public[node.id] for asked, node in known.items() if node.id in public}

    def statements(self, keys: Sequence[str]) -> Mapping[str, Statement]:
        """See `Store.statements`."""
        private = self._private()
        return {k: s for k, s in self._store.statements(keys).items() if s.provenance.dataset not in private}

    def datasets(self) -> tuple[Dataset, ...]:
        """See `Store.datasets`."""
        return tuple(dataset for dataset in self._store.datasets() if not dataset.private)

    def moved(self, id: str) -> str | None:
        """See `Store.moved`."""
        return self._store.moved(id)

    def records(self, ids: Sequence[str], view: View) -> Mapping[str, tuple[NodeRecord, ...]]:
        """See `Store.records`."""
        return self._store.records(ids, replace(view, private=False))

    def documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        """See `Store.documents`."""
        return self._store.documents(ids)

    # -- finding -------------------------------------------------------------------------------------------------
    def named(self, keys: Sequence[str], *, labels: Sequence[str] = ()) -> Mapping[str, tuple[Named, ...]]:
        """See `Store.named`; only by names that a public dataset gives."""
        found = self._store.named(keys, labels=labels)
        ids = [n.node.id for every in found.values() for n in every]
        public, secret = self._public(ids), self._secret_names(ids)
        kept = {
            key: tuple(
                replace(n, node=public.nodes[n.node.id])
                for n in every
                if n.node.id in public.nodes and key not in secret[n.node.id]
            )
            for key, every in found.items()
        }
        return {key: every for key, every in kept.items() if every}

    def editions(self, families: Sequence[str]) -> Mapping[str, tuple[Node, ...]]:
        """See `Store.editions`."""
        found = self._store.editions(families)
        public = self._public(node.id for every in found.values() for node in every).nodes
        return {f: kept for f, every in found.items() if (kept := tuple(public[n.id] for n in every if n.id in public))}

    def search(self, words: str, *, labels: Sequence[str] = (), limit: int = 20, after: str = "") -> Hits:
        """See `Store.search`; a hit by a private name is left out, so a page may be shorter and the total not exact."""
        found = self._store.search(words, labels=labels, limit=limit, after=after)
        ids = [hit.node.id for hit in found.hits]
        public, secret = self._public(ids), self._secret_names(ids)
        kept = tuple(
            replace(hit, node=public.nodes[hit.node.id])
            for hit in found.hits
            if hit.node.id in public.nodes and name_key(hit.name) not in secret[hit.node.id]
        )
        if len(kept) == len(found.hits):
            return replace(found, hits=kept)
        return replace(found, hits=kept, total=found.total - len(found.hits) + len(kept), exact=False)

    def known_names(self, labels: Sequence[str], *, after: str = "", limit: int = 2000) -> tuple[NamesOf, ...]:
        """See `Store.known_names`; only what public datasets say. A page may be shorter, but is empty only at the end."""
        while page := self._store.known_names(labels, after=after, limit=limit):
            ids = [one.id for one in page]
            public, secret = self._public(ids), self._secret_names(ids)
            kept = (
                replace(one, names=tuple(name for name in one.names if name_key(name[1]) not in secret[one.id]))
                for one in page
                if one.id in public.nodes
            )
            if shown := tuple(one for one in kept if one.names):
                return shown
            after = page[-1].id
        return ()

    # -- reading around ------------------------------------------------------------------------------------------
    def neighbours(
        self,
        id: str,
        view: View,
        *,
        types: Sequence[str] = (),
        direction: Direction | None = None,
        limit: int = 40,
        after: str = "",
    ) -> Neighbours:
        """See `Store.neighbours`."""
        return self._store.neighbours(id, _hidden(view), types=types, direction=direction, limit=limit, after=after)

    def expand(self, starts: Sequence[str], stages: Sequence[Stage], view: View, *, bound: int = 4000) -> Subgraph:
        """See `Store.expand`."""
        return self._store.expand(starts, stages, _hidden(view), bound=bound)

    def outline(self, starts: Sequence[str], stages: Sequence[Stage], view: View, *, bound: int = 4000) -> Outline:
        """See `Store.outline`."""
        return self._store.outline(starts, stages, _hidden(view), bound=bound)

    def behind(self, lines: Sequence[Line]) -> Mapping[int, Statement]:
        """See `Store.behind`."""
        return self._store.behind(lines)

    def reached(self, ids: Sequence[str], types: Sequence[str], view: View) -> Mapping[str, frozenset[str]]:
        """See `Store.reached`."""
        return self._store.reached(ids, types, _hidden(view))

    # -- drafting ------------------------------------------------------------------------------------------------
    def arena(
        self,
        committees: Sequence[str],
        standards: Sequence[str],
        view: View,
        *,
        half_life: float = 5.0,
        limit: int = 60,
    ) -> Arena:
        """See `Store.arena`."""
        return self._store.arena(committees, standards, _hidden(view), half_life=half_life, limit=limit)

    def ties(
        self,
        actors: Sequence[str],
        view: View,
        *,
        among: Sequence[str] | None = None,
        also: Sequence[str] = (),
        half_life: float = 5.0,
        limit: int = 60,
    ) -> tuple[Tie, ...]:
        """See `Store.ties`."""
        return self._store.ties(actors, _hidden(view), among=among, also=also, half_life=half_life, limit=limit)

    # -- changes -------------------------------------------------------------------------------------------------
    def changes(self, since: date, view: View, *, ids: Sequence[str] = (), limit: int = 200) -> Changes:
        """See `Store.changes`; the nodes as public datasets alone describe them."""
        found = self._store.changes(since, _hidden(view), ids=ids, limit=limit)
        return replace(found, nodes=self._public(found.nodes).nodes)

    def drafting_lists(
        self,
        view: View,
        *,
        committees: Sequence[str] = (),
        fields: Sequence[str] = (),
        standards: Sequence[str] = (),
        limit: int = 2_000,
    ) -> DraftingLists:
        """See `Store.drafting_lists`."""
        return self._store.drafting_lists(
            _hidden(view), committees=committees, fields=fields, standards=standards, limit=limit
        )

    # -- adoption ------------------------------------------------------------------------------------------------
    def adoption(self, scope: Sequence[str], view: View, *, kind: str = "national", limit: int = 5) -> Adoption:
        """See `Store.adoption`."""
        return self._store.adoption(scope, _hidden(view), kind=kind, limit=limit)

    # -- the whole -----------------------------------------------------------------------------------------------
    def said_by(self, dataset: str) -> Iterable[Statement]:
        """See `Store.said_by`; nothing of a private dataset."""
        return () if dataset in self._private() else self._store.said_by(dataset)

    def counts(self) -> Counts:
        """See `Store.counts`; datasets without the private ones, the other figures of the whole."""
        counts, private = self._store.counts(), self._private()
        return replace(counts, datasets={id: n for id, n in counts.datasets.items() if id not in private})

    def state(self) -> State:
        """See `Store.state`."""
        return self._store.state()

    def dump(self, *, private: bool = False) -> Iterable[Node | Statement | Document]:  # noqa: ARG002 - never here
        """See `Store.dump`; private datasets stay out whatever is asked."""
        return self._store.dump(private=False)

    def close(self) -> None:
        """See `Store.close`."""
        self._store.close()

    # -- writing, as it is ---------------------------------------------------------------------------------------
    def load(
        self,
        dataset: Dataset,
        batches: Iterable[Batch | Packed],
        *,
        on: date,
        complete: bool | Callable[[], bool] = True,
        more: bool = False,
        acknowledged: Callable[[Progress], None] | None = None,
    ) -> LoadReport:
        """See `Store.load`."""
        return self._store.load(dataset, batches, on=on, complete=complete, more=more, acknowledged=acknowledged)

    def packing(self, dataset: str, *, on: date, passing: str) -> Packing | None:
        """See `Store.packing`."""
        return self._store.packing(dataset, on=on, passing=passing)

    def undo(self, dataset: str) -> int:
        """See `Store.undo`."""
        return self._store.undo(dataset)

    def redirect(self, old: str, new: str) -> None:
        """See `Store.redirect`."""
        self._store.redirect(old, new)

    def restore(self, old: str) -> None:
        """See `Store.restore`."""
        self._store.restore(old)

    def _public(self, ids: Iterable[str]) -> Subgraph:
        return self._named(ids, private=False)

    def _secret_names(self, ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """For each node the keys of names that only private datasets give it."""
        whole, public = _keys(self._named(ids, private=True)), _keys(self._named(ids, private=False))
        return {id: whole[id] - public.get(id, frozenset()) for id in whole}

    def _named(self, ids: Iterable[str], *, private: bool) -> Subgraph:
        return self._store.expand(list(dict.fromkeys(ids)), _NAMES, View(as_of=self._on(), private=private))

    def _private(self) -> frozenset[str]:
        return frozenset(dataset.id for dataset in self._store.datasets() if dataset.private)


def _hidden(view: View) -> View:
    return replace(view, private=False)


def _keys(graph: Subgraph) -> Mapping[str, frozenset[str]]:
    """The keys of all names of each node: captions, and names said of it."""
    names = {
        id: [str(node.properties[p]) for p in _CAPTIONS if p in node.properties] for id, node in graph.nodes.items()
    }
    for s in graph.statements:
        if s.type == "NAME":
            names[s.subject].append(str(s.value))
    return {id: frozenset(map(name_key, every)) for id, every in names.items()}
