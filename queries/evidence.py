"""Turning statements into evidence: sentences, numbered sources, and the picture of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from graph import schema
from graph.model import Node, NodeRef, Scalar, Statement, View
from graph.store import Cut, Store
from queries.answer import Bound, Evidence, Link, Picture, Source, Text


def strength(statement: Statement) -> tuple[int, int, bool, str, str]:
    """How firm a statement is, for choosing between several that say the same: larger is firmer."""
    p = statement.provenance
    return (p.basis.level, p.confidence.level, statement.dated, p.observed_on or "", statement.key)


def phrase(kind: str, qualifier: str) -> Text:
    """The verb phrase of a relationship type, from subject to object.

    >>> phrase("MEMBER_OF", "chair")["en"], phrase("DRAFTED", "")["zh"]
    ('holds the chair of', '起草')
    """
    relationship = schema.RELATIONSHIPS[kind]
    en, zh = schema.PHRASES.get((kind, qualifier), (relationship.en, relationship.zh))
    return Text(en, zh)


class Citations:
    """The evidence of one answer. Numbers each document the first time it is cited, in the order of the answer.

    `nodes` must hold the ends of every statement that is cited; more can be added while the answer grows.
    """

    def __init__(self, store: Store, view: View, nodes: Mapping[str, Node]) -> None:
        self._store = store
        self._view = view
        self._nodes = dict(nodes)
        self._numbers: dict[str, int] = {}
        self._private = {dataset.id for dataset in store.datasets() if dataset.private}

    def know(self, nodes: Mapping[str, Node]) -> None:
        """Add nodes whose names sentences may need."""
        self._nodes.update(nodes)

    def ref(self, id: str) -> NodeRef:
        """The node as answers name it; by its bare id where it is not known."""
        node = self._nodes.get(id)
        return node.ref if node else NodeRef(id, "", "", "")

    def cite(self, statements: Iterable[Statement]) -> tuple[Evidence, ...]:
        """Evidence for these statements, those that say the same as one, in the order of their first mention."""
        groups: dict[tuple[object, ...], list[Statement]] = {}
        for s in statements:
            value = None if s.object else repr(s.value)
            groups.setdefault((s.subject, s.type, s.object, s.qualifier, value), []).append(s)
        return tuple(self._evidence(sorted(group, key=strength, reverse=True)) for group in groups.values())

    def sources(self) -> tuple[Source, ...]:
        """The documents cited so far, by number."""
        documents = self._store.documents(list(self._numbers))
        found = []
        for id, number in self._numbers.items():
            if document := documents.get(id):
                found.append(Source(number, id, document.title, document.url, document.publisher, document.published))
        return tuple(found)

    def number(self, document: str) -> int:
        """The number of a document in this answer's list of sources."""
        return self._numbers.setdefault(document, len(self._numbers) + 1)

    def picture(
        self, statements: Iterable[Statement], roles: Mapping[str, str], *, also: Sequence[str] = ()
    ) -> Picture:
        """The nodes and links to draw: one link for all relationships that say the same; facts are not drawn."""
        edges = sorted(
            (s for s in statements if s.object),
            key=lambda s: (
                s.subject,
                s.object,
                s.type,
                s.qualifier,
                [-part for part in strength(s)[:2]],
                s.key,
            ),
        )
        links = []
        ids = {id for id in (*roles, *also) if id in self._nodes}
        for (start, end, kind, qualifier), group in groupby(
            edges, key=lambda s: (s.subject, s.object, s.type, s.qualifier)
        ):
            same = list(group)
            best = same[0]
            ids |= {start, end}
            links.append(
                Link(
                    start,
                    end,
                    kind,
                    qualifier,
                    tuple(s.key for s in same),
                    tuple(dict.fromkeys(self.number(s.provenance.document) for s in same)),
                    best.provenance.confidence.value,
                    best.provenance.basis.documented,
                    best.since,
                    best.until,
                )
            )
        return Picture(tuple(self.ref(id) for id in sorted(ids)), tuple(links), dict(roles))

    def bounds(self, cuts: Iterable[Cut]) -> tuple[Bound, ...]:
        """What was cut off a walk, in words."""
        found = []
        for cut in cuts:
            ref = self.ref(cut.node)
            words = [schema.RELATIONSHIPS[t] if t in schema.RELATIONSHIPS else schema.FACTS[t] for t in cut.types]
            en, zh = "/".join(w.en for w in words), "/".join(w.zh for w in words)
            found.append(Bound(Text(f"{ref.name('en')}: {en}", f"{ref.name('zh')}：{zh}"), cut.shown, cut.total))
        return tuple(found)

    def says(self, statement: Statement) -> Text:
        """The statement as a sentence, with its dates."""
        s = statement
        subject = self.ref(s.subject)
        if s.object:
            far = self.ref(s.object)
            verb = phrase(s.type, s.qualifier)
            en = f"{subject.name('en')} {verb.en} {far.name('en')}"
            zh = f"{subject.name('zh')}{verb.zh}{far.name('zh')}"
            en, zh = en + _with(s.properties), zh + _with(s.properties)
        else:
            fact = schema.FACTS[s.type]
            topic = f" ({_words(s.qualifier)})" if s.qualifier else ""
            value = _value(s.value, s.properties.get("unit"))
            en = f"{subject.name('en')}: {fact.en}{topic}: {value}"
            zh = f"{subject.name('zh')}：{fact.zh}{topic}：{s.properties.get('value_zh') or value}"
        dates_en, dates_zh = _period(s.since, s.until)
        return Text(en + dates_en, zh + dates_zh)

    def _evidence(self, same: list[Statement]) -> Evidence:
        best = same[0]
        p = best.provenance
        return Evidence(
            best.key,
            best.type,
            self.says(best),
            self.ref(best.subject),
            self.ref(best.object) if best.object else None,
            best.value,
            best.qualifier,
            best.since,
            best.until,
            p.observed_on,
            p.confidence.value,
            p.basis.value,
            p.locator,
            tuple(dict.fromkeys(self.number(s.provenance.document) for s in same)),
            best.dated,
            p.dataset in self._private,
            dict(best.properties),
        )


def _words(qualifier: str) -> str:
    return qualifier.replace("_", " ")


def _value(value: Scalar | None, unit: Scalar | None) -> str:
    text = str(value) if not isinstance(value, bool) else ("yes" if value else "no")
    return f"{text} {unit}" if unit else text


def _with(properties: Mapping[str, Scalar]) -> str:
    shown = [str(properties[name]) for name in ("degree",) if properties.get(name)]
    if properties.get("rank") is not None:
        shown.append(f"#{properties['rank']}")
    if properties.get("share") is not None:
        shown.append(f"{properties['share']} %")
    return f" ({', '.join(shown)})" if shown else ""


def _period(since: str | None, until: str | None) -> tuple[str, str]:
    if since and until:
        return f" (from {since} to {until})", f"（{since}至{until}）"
    if since:
        return f" (since {since})", f"（{since}起）"
    if until:
        return f" (until {until})", f"（至{until}）"
    return "", ""
