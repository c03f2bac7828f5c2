"""Which nodes and ties of an answer are drawn: never more than can be read, the nearest and highest ranked first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.pictures.measure import clean
from graph import schema
from graph.model import Basis, Language, NodeRef
from queries.answer import Answer, Evidence, Link
from queries.evidence import phrase

MOST = 40
"""Nodes in one drawing. Beyond that nobody reads a picture; the rest is counted below it."""
NEIGHBOURS = MOST - 1
"""Neighbours that a drawing of one thing has room for."""

_DOCUMENTED = frozenset(basis.value for basis in Basis if basis.documented)
_FIRST = ("asked", "asker", "target", "in_charge", "issuer", "secretariat", "overseer", "parent")
_DATED = ("MEMBER_OF", "HOSTS_SECRETARIAT", "OVERSEES", "SUBORDINATE_TO", "SUCCEEDED_BY", "PART_OF", "OWNED_BY")
"""Ties whose dates are shown on the line: those of the others are dates of the standard itself."""


@dataclass(frozen=True, slots=True)
class Tie:
    """All links from one node to another that are equally sure, to be drawn as one line."""

    source: str
    target: str
    links: tuple[Link, ...]

    @property
    def dashed(self) -> bool:
        """Whether no page on record says so."""
        return not self.links[0].documented

    @property
    def faint(self) -> bool:
        """Whether it is recorded with low confidence."""
        return self.links[0].confidence == "low"

    @property
    def sources(self) -> tuple[int, ...]:
        """The numbers of the sources, in order."""
        return tuple(sorted({n for link in self.links for n in link.sources}))

    @property
    def kind(self) -> tuple[tuple[str, str], ...]:
        """What it says apart from who: types and qualifiers."""
        return tuple((link.type, link.qualifier) for link in self.links)

    def says(self, lang: Language) -> str:
        """The verb phrases from source to target, with dates, without marks of sources."""
        joint = "；" if lang == "zh" else "; "
        return joint.join(dict.fromkeys(_says(link, lang) for link in self.links))


def _says(link: Link, lang: Language) -> str:
    words = clean(phrase(link.type, link.qualifier)[lang]).rstrip("：:")
    if link.type not in _DATED:
        return words
    return words + period(link.type, link.since, link.until, lang)


def period(kind: str, since: str | None, until: str | None, lang: Language) -> str:
    """The dates of a relationship in brackets, as short as a line has room for; of an event its day alone."""
    begun, ended = short(since or ""), short(until or "")
    if not begun and not ended:
        return ""
    if kind in schema.EVENTS and begun:
        return f"（{begun}）" if lang == "zh" else f" ({begun})"
    if lang == "zh":
        return f"（{begun}至{ended}）" if ended else f"（{begun}起）"
    return f" ({begun}–{ended})" if ended else f" (since {begun})"


def short(day: str) -> str:
    """A date to the month: what a picture has room for.

    >>> short("2016-01-14")
    '2016-01'
    """
    return clean(day, 40)[:7]


def marks(numbers: Iterable[int], most: int = 4) -> str:
    """Marks of sources as lines bear them.

    >>> marks([3, 1]), marks(range(1, 9)), marks([])
    ('[1][3]', '[1][2][3][4]…', '')
    """
    every = sorted(set(numbers))
    return "".join(f"[{n}]" for n in every[:most]) + ("…" if len(every) > most else "")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn of a picture of `total` nodes."""

    nodes: tuple[NodeRef, ...]
    ties: tuple[Tie, ...]
    total: int


def choose(answer: Answer, most: int = MOST) -> Choice:
    """The nodes to draw and the ties between them.

    Growing from what was asked about, the best neighbour of what is already drawn comes next (by role, rank among the items,
    number of ties, id), so that a cut never leaves loose ends where it can be helped.
    """
    picture = answer.picture
    nodes = {node.id: node for node in picture.nodes}
    near: dict[str, set[str]] = {id: set() for id in nodes}
    for link in picture.links:
        if link.source in nodes and link.target in nodes and link.source != link.target:
            near[link.source].add(link.target)
            near[link.target].add(link.source)
    order = sorted(nodes, key=_precedence(answer, near))
    if len(order) > most:
        order = _grown(order, near, most)
    kept = set(order)
    links = [k for k in picture.links if k.source in kept and k.target in kept and k.source != k.target]
    return Choice(tuple(nodes[id] for id in order), merged(links), len(nodes))


class _precedence:  # noqa: N801 - reads as a function where it is used
    def __init__(self, answer: Answer, near: Mapping[str, set[str]]) -> None:
        self._about = {node.id: n for n, node in enumerate(answer.about)}
        self._roles = answer.picture.roles
        self._near = near
        self._ranks: dict[str, int] = {}
        for item in answer.items:
            self._ranks.setdefault(item.node.id, item.rank)

    def __call__(self, id: str) -> tuple[int, int, int, int, str]:
        role = self._roles.get(id, "")
        return (
            self._about.get(id, len(self._about)),
            _FIRST.index(role) if role in _FIRST else len(_FIRST),
            self._ranks.get(id, 10**6),
            -len(self._near[id]),
            id,
        )


def _grown(order: list[str], near: Mapping[str, set[str]], most: int) -> list[str]:
    left = list(order)
    kept: list[str] = []
    reached: set[str] = set()
    while left and len(kept) < most:
        following = next((id for id in left if id in reached), left[0])
        left.remove(following)
        kept.append(following)
        reached |= near[following]
    return kept


def documented(e: Evidence) -> bool:
    """Whether a document can be opened that says so."""
    return e.basis in _DOCUMENTED


def merged(links: Iterable[Link]) -> tuple[Tie, ...]:
    """Links between the same two nodes in the same direction that are equally sure, as one tie each."""
    groups: dict[tuple[str, str, bool, bool], list[Link]] = {}
    for link in links:
        key = (link.source, link.target, link.documented, link.confidence == "low")
        groups.setdefault(key, []).append(link)
    return tuple(Tie(source, target, tuple(same)) for (source, target, _, _), same in groups.items())
