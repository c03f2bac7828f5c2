"""The one shape of every answer: ranked items with score, parts, reason and evidence; caveats; sources; a picture's worth of graph.

Answers are frozen and typed; the API serves them as they are, the command line and the pages render them. Sentences
come in English and Chinese. Nothing is said without evidence: every item and every step of a path cites statements,
each statement names its source, and what no page confirms is marked. The classes have no slots: their JSON is written five
times faster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Direction, NodeRef, Scalar


@dataclass(frozen=True)
class Text:
    """One sentence in both languages."""

    en: str
    zh: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Source:
    """A document as answers cite it. `number` is its place in the answer's list of sources, from 1."""

    number: int
    id: str
    title: str
    url: str
    publisher: str
    published: str | None


@dataclass(frozen=True)
class Evidence:
    """A statement as answers cite it: who says what of whom, where, when, how likely, and on what ground.

    `sources` are numbers into the answer's `sources`: several where statements of different documents say the same.
    `dated` False means the matter itself has no date on record.
    """

    statement: str
    type: str
    says: Text
    subject: NodeRef
    object: NodeRef | None
    value: Scalar | None
    qualifier: str
    since: str | None
    until: str | None
    observed_on: str | None
    confidence: str
    basis: str
    locator: str
    sources: tuple[int, ...]
    dated: bool
    private: bool = False
    properties: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One part of a score: `value` (0 to 1) times `weight` is what it adds; `why` says what was counted."""

    name: str
    value: float
    weight: float
    why: Text


@dataclass(frozen=True)
class Hop:
    """One step of a path: from `source` to `target` by `tie`, with its cost and what says so.

    `shared` counts the standards behind a step of drafting; `evidence` may cite only the newest of them.
    """

    source: NodeRef
    target: NodeRef
    tie: str
    direction: Direction
    cost: float
    says: Text
    evidence: tuple[Evidence, ...]
    shared: int = 0


@dataclass(frozen=True)
class Item:
    """One ranked entry of an answer.

    `role` groups items of an answer (in_charge, issuer, claim, partner, path, seat ...); `hops` is filled for paths;
    `details` holds figures of the item that a table would show.
    """

    rank: int
    role: str
    node: NodeRef
    score: float
    parts: tuple[Part, ...]
    reason: Text
    evidence: tuple[Evidence, ...]
    hops: tuple[Hop, ...] = ()
    details: Mapping[str, Scalar | tuple[str, ...] | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Caveat:
    """What weakens the answer, or what it could not say, and what would help."""

    code: str
    text: Text


@dataclass(frozen=True)
class Bound:
    """A bound that was reached: what is shown of how many."""

    what: Text
    shown: int
    total: int


@dataclass(frozen=True)
class Link:
    """An edge of the picture: a relationship between two nodes with the statements behind it."""

    source: str
    target: str
    type: str
    qualifier: str
    statements: tuple[str, ...]
    sources: tuple[int, ...]
    confidence: str
    documented: bool
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class Picture:
    """The subgraph to draw: nodes with their role in the answer ("asked", "in_charge", ...), and links."""

    nodes: tuple[NodeRef, ...]
    links: tuple[Link, ...]
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """A figure or judgement about the answer as a whole: the mix of partners, the state of the vote, a missing predecessor."""

    name: str
    text: Text
    values: Mapping[str, Scalar | None] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a question gives back, whichever question it is.

    `question` is its name, `asked` the parameters as understood, `about` the nodes it is about, `summary` the answer in a
    few sentences, `as_of` the day it holds for. `total` counts the items there are; where they come in pages, `after`
    is the cursor of the next page, "" on the last.
    """

    question: str
    asked: Mapping[str, Scalar | None]
    about: tuple[NodeRef, ...]
    as_of: str
    summary: tuple[Text, ...]
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    caveats: tuple[Caveat, ...]
    sources: tuple[Source, ...]
    picture: Picture
    bounds: tuple[Bound, ...] = ()
    total: int = 0
    after: str = ""
