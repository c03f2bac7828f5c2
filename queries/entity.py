"""What is on record of one thing: its names and facts, and its neighbours by type with honest totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from graph import schema
from graph.model import Confidence, Direction, Node, Scalar, Statement, View
from graph.store import Neighbour, Stage, Step, Store
from queries.answer import Answer, Bound, Caveat, Finding, Item, Part, Text
from queries.evidence import Citations, counted, strength
from queries.resolve import one
from queries.surroundings import in_turns

SHOWN = 40
"""Neighbours on a page unless asked otherwise."""

LARGEST = 200
"""Most neighbours on one page."""


def entity(
    store: Store,
    asked: str,
    view: View,
    *,
    types: Sequence[str] = (),
    direction: Direction | None = None,
    limit: int = SHOWN,
    after: str = "",
    turns: bool = False,
) -> Answer:
    """The properties and facts of a node (findings) and a page of its neighbours (items, their role is the statement's type).

    `types` and `direction` narrow the neighbours. With `turns` they are no page but a choice, in which every kind of relationship
    has its place, as a picture needs it. Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`,
    CursorError for a cursor of another list.
    """
    about = one(store, asked, as_of=view.as_of, field="entity")
    facts = store.expand([about.id], (Stage((Step(tuple(schema.FACTS), "out", limit=200),)),), view)
    relationships = tuple(types) or tuple(schema.RELATIONSHIPS)
    most = min(limit, LARGEST)
    if turns:
        page = in_turns(store, about.id, view, types=relationships, direction=direction, limit=most)
    else:
        page = store.neighbours(about.id, view, types=relationships, direction=direction, limit=most, after=after)
    nodes = {about.id: about, **{n.node.id: n.node for n in page.neighbours if n.node}}
    citations = Citations(store, view, nodes)
    items = tuple(_item(rank, n, about, citations) for rank, n in enumerate(page.neighbours, start=1))
    shown = Counter((n.statement.type, n.direction) for n in page.neighbours)
    bounds = tuple(
        Bound(reads(kind, way), shown[kind, way], total)
        for (kind, way), total in sorted(page.totals.items())
        if kind in schema.RELATIONSHIPS
    )
    return Answer(
        question="entity",
        asked={"entity": asked, "types": ",".join(types) or None, "direction": direction, "limit": limit},
        about=(about.ref,),
        as_of=view.as_of.isoformat(),
        summary=(
            Text(
                f"{counted(sum(b.total for b in bounds), 'relationship')} and {counted(len(facts.statements), 'fact')} on record",
                f"记录在案的关系{sum(b.total for b in bounds)}条，事实{len(facts.statements)}条",
            ),
        ),
        items=items,
        findings=(*_properties(about), *_facts(facts.statements, citations)),
        caveats=_conflicts(facts.statements),
        picture=citations.picture([n.statement for n in page.neighbours], {about.id: "asked"}),
        sources=citations.sources(),
        bounds=bounds,
        total=page.total,
        after=page.after,
    )


def _item(rank: int, n: Neighbour, about: Node, citations: Citations) -> Item:
    """A neighbour as an entry of the list, with the one statement that ties it."""
    evidence = citations.cite((n.statement,))
    confidence = n.statement.provenance.confidence
    return Item(
        rank,
        n.statement.type,
        n.node.ref if n.node else about.ref,
        round(confidence.level / 3, 6),
        _confident(confidence),
        evidence[0].says,
        evidence,
        details={"direction": n.direction},
    )


@lru_cache(maxsize=len(Confidence))
def _confident(confidence: Confidence) -> tuple[Part]:
    """The score of a neighbour, which is how likely the statement is."""
    reads = Text(f"confidence {schema.word(confidence)}", f"可信度{schema.word(confidence, 'zh')}")
    return (Part("confidence", confidence.level / 3, 1.0, reads),)


@lru_cache(maxsize=256)
def reads(kind: str, way: Direction) -> Text:
    """How a type of relationship reads from the thing that is shown.

    Where the same thing may have another that reads the same, the kind of the far end is added.

    >>> reads("PROPOSED", "out")["en"], reads("ISSUED", "out")["en"], reads("ISSUED_POLICY", "out")["zh"]
    ('proposed', 'issued (standard)', '印发')
    """
    near, far = (0, 1) if way == "out" else (1, 0)
    asked = schema.RELATIONSHIPS[kind]
    beside = [r for r in schema.RELATIONSHIPS.values() if r is not asked and set(r.ends[near]) & set(asked.ends[near])]
    said = {}
    for lang in ("en", "zh"):
        words = _words(asked, way, lang)
        if any(_words(r, way, lang) == words for r in beside) and len(asked.ends[far]) == 1:
            label = schema.LABELS[asked.ends[far][0]]
            words += f" ({label.en.lower()})" if lang == "en" else f"（{label.zh}）"
        said[lang] = words
    return Text(said["en"], said["zh"])


def _words(r: schema.RelationshipType, way: Direction, lang: str) -> str:
    if lang == "zh":
        return r.zh if way == "out" else r.zh_back
    return r.en if way == "out" else r.en_back


def _properties(about: Node) -> tuple[Finding, ...]:
    """The node's properties as the store merges them from its records: title, number, dates, classes; values by their names."""
    said = []
    for name, value in about.properties.items():
        if known := schema.PROPERTIES.get(name):
            named = known.values or name == "kind"
            en, zh = (schema.word(value, lang, about.label) for lang in ("en", "zh")) if named else _plain(value)
            said.append(Text(f"{known.en}: {en}", f"{known.zh}：{zh}"))
    if not said:
        return ()
    text = Text("; ".join(t.en for t in said), "；".join(t.zh for t in said))
    return (Finding("properties", text, dict(about.properties)),)


def _plain(value: Scalar) -> tuple[str, str]:
    if isinstance(value, bool):
        return ("yes", "是") if value else ("no", "否")
    text = str(value).rstrip(".。")
    return text, text


def _facts(facts: Sequence[Statement], citations: Citations) -> tuple[Finding, ...]:
    """Facts by type in the schema's order, the firmest first."""
    order = list(schema.FACTS)
    ranked = sorted(facts, key=lambda s: (order.index(s.type), s.qualifier, *(-x for x in strength(s)[:2]), s.key))
    evidence = citations.cite(ranked)
    return tuple(Finding(e.type, e.says, {"value": e.value, "qualifier": e.qualifier or None}, (e,)) for e in evidence)


def _conflicts(facts: Sequence[Statement]) -> tuple[Caveat, ...]:
    """Single-valued facts on which sources disagree."""
    said: dict[str, list[Statement]] = {}
    for s in facts:
        if schema.FACTS[s.type].shown_as and s.value != "unknown":
            said.setdefault(s.type, []).append(s)
    caveats = []
    for kind, statements in said.items():
        values = sorted({str(s.value) for s in statements})
        if len(values) > 1:
            fact = schema.FACTS[kind]
            caveats.append(
                Caveat(
                    "conflict",
                    Text(
                        f"Sources disagree on {fact.en}: {', '.join(map(schema.word, values))}",
                        f"来源对{fact.zh}说法不一：{'、'.join(schema.word(value, 'zh') for value in values)}",
                    ),
                )
            )
    return tuple(caveats)
