"""Turning statements into evidence: sentences, numbered sources, and the picture of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter

from graph import schema
from graph.model import Node, NodeRecord, NodeRef, Scalar, Statement, View
from graph.store import Cut, Store
from queries.answer import Bound, Evidence, Link, Picture, Source, Text


def strength(statement: Statement) -> tuple[int, int, bool, str, str]:
    """How firm a statement is, for choosing between several that say the same: larger is firmer."""
    p = statement.provenance
    return (p.basis.level, p.confidence.level, statement.dated, p.observed_on or "", statement.key)


@lru_cache(maxsize=1_024)
def phrase(kind: str, qualifier: str) -> Text:
    """The verb phrase of a relationship type, from subject to object.

    >>> phrase("MEMBER_OF", "chair")["en"], phrase("DRAFTED", "")["zh"]
    ('holds the chair of', '起草')
    """
    relationship = schema.RELATIONSHIPS[kind]
    en, zh = schema.PHRASES.get((kind, qualifier), (relationship.en, relationship.zh))
    return Text(en, zh)


RECORD = "RECORD"
"""The type of evidence that is not a statement of its own but a record's plain properties."""

RECORD_KEY = "record:"
"""How the keys of such evidence begin."""


def record_key(record: NodeRecord) -> str:
    """The key under which a record's plain properties are cited: its dataset, its own id there, and the node.

    >>> from graph.model import Provenance
    >>> record_key(NodeRecord("standard:gb-1-2020", "Standard", {}, Provenance("standards", "GB 1-2020", "doc:1")))
    'record:standards/GB 1-2020/standard:gb-1-2020'
    """
    return f"{RECORD_KEY}{record.provenance.dataset}/{record.provenance.record}/{record.id}"


class Citations:
    """The evidence of one answer. Numbers each document the first time it is cited, in the order of the answer.

    `nodes` must hold the ends of every statement that is cited; more can be added while the answer grows.
    """

    def __init__(self, store: Store, view: View, nodes: Mapping[str, Node]) -> None:
        self._store = store
        self._view = view
        self._nodes = dict(nodes)
        self._names: dict[str, tuple[str, str]] = {}
        self._numbers: dict[str, int] = {}
        self._made: dict[tuple[str, ...], Evidence] = {}
        self._private = {dataset.id for dataset in store.datasets() if dataset.private}

    def know(self, nodes: Mapping[str, Node]) -> None:
        """Add nodes whose names sentences may need."""
        self._nodes.update(nodes)
        self._made.clear()
        self._names.clear()

    def ref(self, id: str) -> NodeRef:
        """The node as answers name it; by its bare id where it is not known."""
        node = self._nodes.get(id)
        return NodeRef(id, "", "", "") if node is None else node.ref

    def cite(self, statements: Iterable[Statement]) -> tuple[Evidence, ...]:
        """Evidence for these statements, those that say the same as one, in the order of their first mention."""
        groups: dict[tuple[object, ...], list[Statement]] = {}
        for s in statements:
            value = None if s.object else repr(s.value)
            groups.setdefault((s.subject, s.type, s.object, s.qualifier, value), []).append(s)
        return tuple(map(self._once, groups.values()))

    def _once(self, same: list[Statement]) -> Evidence:
        """The evidence of statements that say the same, made the first time only: an answer cites many of them again and again."""
        key = (same[0].key,) if len(same) == 1 else tuple(s.key for s in same)
        if (made := self._made.get(key)) is None:
            made = self._made[key] = self._evidence(
                same if len(same) == 1 else sorted(same, key=strength, reverse=True)
            )
        return made

    def of_records(self, records: Iterable[NodeRecord], names: Sequence[str]) -> tuple[Evidence, ...]:
        """Evidence for plain properties of a node, such as its dates: what its records say of these, those that say the same as one."""
        groups: dict[tuple[tuple[str, Scalar], ...], list[NodeRecord]] = {}
        for record in records:
            if said := tuple(
                (name, record.properties[name]) for name in names if record.properties.get(name) is not None
            ):
                groups.setdefault(said, []).append(record)
        return tuple(self._of_record(dict(said), same) for said, same in groups.items())

    def _of_record(self, said: Mapping[str, Scalar], same: Sequence[NodeRecord]) -> Evidence:
        p, ref = same[0].provenance, self.ref(same[0].id)
        en, zh = (
            joint.join(
                f"{getattr(schema.PROPERTIES[name], lang)}{colon}{_said(name, value, lang)}"
                for name, value in said.items()
            )
            for lang, joint, colon in (("en", "; ", " "), ("zh", "；", "："))
        )
        return Evidence(
            record_key(same[0]),
            RECORD,
            Text(f"{ref.name('en')}: {en}", f"{ref.name('zh')}：{zh}"),
            ref,
            None,
            None,
            ",".join(said),
            None,
            None,
            p.observed_on,
            p.confidence.value,
            p.basis.value,
            p.locator,
            tuple(dict.fromkeys(self.number(r.provenance.document) for r in same)),
            True,
            p.dataset in self._private,
            dict(said),
        )

    def taken_over(self, evidence: Iterable[Evidence], sources: Iterable[Source]) -> tuple[Evidence, ...]:
        """Evidence of another answer, with its sources numbered as here."""
        documents = {source.number: source.id for source in sources}
        return tuple(
            replace(e, sources=tuple(self.number(documents[n]) for n in e.sources if n in documents)) for e in evidence
        )

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

    def _sources_of(self, same: Sequence[Statement]) -> tuple[int, ...]:
        """The numbers of the documents that say it."""
        if len(same) == 1:
            return (self.number(same[0].provenance.document),)
        return tuple(dict.fromkeys(self.number(s.provenance.document) for s in same))

    def picture(
        self, statements: Iterable[Statement], roles: Mapping[str, str], *, also: Sequence[str] = ()
    ) -> Picture:
        """The nodes and links to draw: one link for all relationships that say the same; facts are not drawn."""
        edges: dict[tuple[str, str, str, str], list[Statement]] = {}
        for s in statements:
            if s.object:
                edges.setdefault((s.subject, s.object, s.type, s.qualifier), []).append(s)
        links = []
        ids = {id for id in (*roles, *also) if id in self._nodes}
        for (start, end, kind, qualifier), same in sorted(edges.items(), key=itemgetter(0)):
            same.sort(key=_firmest)
            best = same[0]
            ids |= {start, end}
            links.append(
                Link(
                    start,
                    end,
                    kind,
                    qualifier,
                    tuple(s.key for s in same),
                    self._sources_of(same),
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
        if s.object:
            near_en, near_zh = self._named(s.subject)
            far_en, far_zh = self._called(s.object)
            verb = phrase(s.type, s.qualifier)
            en, zh = f"{near_en} {verb.en} {far_en}", f"{near_zh}{verb.zh}{far_zh}"
            if s.qualifier and not schema.RELATIONSHIPS[s.type].qualifiers:
                # Free words, such as the product that must meet a standard.
                en, zh = f"{en} ({s.qualifier})", f"{zh}（{s.qualifier}）"
            if s.properties:
                more = _with(s.properties)
                en, zh = en + more, zh + more
        else:
            en, zh = _fact(s, self.ref(s.subject))
        if s.since or s.until:
            dates_en, dates_zh = _period(s.since, s.until, event=s.type in schema.EVENTS or s.type == "FIGURE")
            en, zh = en + dates_en, zh + dates_zh
        return Text(en, zh)

    def _named(self, id: str) -> tuple[str, str]:
        """The name in English and in Chinese."""
        if (names := self._names.get(id)) is None:
            ref = self.ref(id)
            names = self._names[id] = ref.name("en"), ref.name("zh")
        return names

    def _called(self, id: str) -> tuple[str, str]:
        """The name of the far end in both languages; an industry by the standards that carry its code."""
        en, zh = self._named(id)
        node = self._nodes.get(id)
        if node and node.label == schema.FIELD and node.ref.kind == "industry code" and node.properties.get("code"):
            code = node.properties["code"]
            return f"{code} standards, {en}", f"{zh}行业标准({code})"
        return en, zh

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
            self._sources_of(same),
            best.dated,
            p.dataset in self._private,
            dict(best.properties),
        )


def _firmest(statement: Statement) -> tuple[int, int, str]:
    """For the order of statements that say the same: the firmest first."""
    p = statement.provenance
    return -p.basis.level, -p.confidence.level, statement.key


def _fact(s: Statement, subject: NodeRef) -> tuple[str, str]:
    """A fact as a sentence without its dates."""
    name_en, name_zh = subject.name("en"), subject.name("zh")
    value_zh = str(s.properties.get("value_zh") or schema.word(_value(s), "zh"))
    value = schema.word(_value(s)) if s.value in schema.WORDS else _value(s)
    if s.type == "NOTE":
        # A note without its topic is a riddle: "National standards: SAC's central online platform".
        about_en, about_zh = (
            (f", {schema.word(s.qualifier)}", f"，{schema.word(s.qualifier, 'zh')}") if s.qualifier else ("", "")
        )
        return f"{name_en}{about_en}: {value}", f"{name_zh}{about_zh}：{value_zh}"
    if s.type == "ACCESS":
        kind = str(s.properties.get("actor_kind", "any"))
        whom_en = f" for {schema.word(kind, of='ACCESS')}" if kind != "any" else ""
        whom_zh = f"（{schema.word(kind, 'zh', 'ACCESS')}）" if kind != "any" else ""
        # What qualifies the statement belongs to it: "closed" of two groups is not "closed".
        note, note_zh = s.properties.get("note"), s.properties.get("note_zh")
        whom_en += f": {note}" if note else ""
        whom_zh += f"：{note_zh or note}" if note else ""
        stage_en, stage_zh = schema.word(s.qualifier), schema.word(s.qualifier, "zh")
        return f"{name_en}, {stage_en}: {value}{whom_en}", f"{name_zh}，{stage_zh}：{value_zh}{whom_zh}"
    fact = schema.FACTS[s.type]
    if fact.tells:
        about_en, about_zh = (f" ({s.qualifier})", f"（{s.qualifier}）") if s.qualifier else ("", "")
        told = [(schema.PROPERTIES[n], s.properties[n]) for n in fact.tells if s.properties.get(n)]
        details_en = f" ({'; '.join(f'{p.en}: {said}' for p, said in told)})" if told else ""
        details_zh = f"（{'；'.join(f'{p.zh}：{said}' for p, said in told)}）" if told else ""
        return (
            f"{name_en}, {fact.en}{about_en}: {s.value}{details_en}",
            f"{name_zh}，{fact.zh}{about_zh}：{s.value}{details_zh}",
        )
    topic_en = f", {schema.word(s.qualifier)}" if s.qualifier else f", {fact.en}"
    topic_zh = f"，{schema.word(s.qualifier, 'zh')}" if s.qualifier else f"，{fact.zh}"
    if s.type == "NAME":
        topic_en, topic_zh = f", {NAME_KINDS[s.qualifier][0]}", f"，{NAME_KINDS[s.qualifier][1]}"
    unit = f" {s.properties['unit']}" if s.properties.get("unit") else ""
    if s.type == "FIGURE" and unit.startswith(" share") and (share := percent(value)):
        value, unit = share, unit.removeprefix(" share")
        value_zh = share if value_zh == _value(s) else value_zh
    return f"{name_en}{topic_en}: {value}{unit}", f"{name_zh}{topic_zh}：{value_zh}"


NAME_KINDS: Mapping[str, tuple[str, str]] = {
    "zh": ("name", "名称"),
    "en": ("English name", "英文名称"),
    "short_zh": ("short name", "简称"),
    "short_en": ("short English name", "英文简称"),
    "former_zh": ("former name", "曾用名"),
    "former_en": ("former English name", "英文曾用名"),
    "other_zh": ("other name", "别称"),
    "other_en": ("other English name", "英文别称"),
    "party_zh": ("name as a party body", "党内名称"),
    "as_printed": ("as printed in a source", "来源写法"),
}
"""How kinds of names read, in English and Chinese."""


def percent(value: str) -> str:
    """A share between 0 and 1 in per cent, "" for any other text.

    >>> percent("0.889"), percent("0.3"), percent("just over 1/3")
    ('88.9 %', '30 %', '')
    """
    try:
        share = float(value)
    except ValueError:
        return ""
    return f"{share * 100:.4g} %" if 0 <= share <= 1 else ""


def _said(name: str, value: Scalar, lang: str) -> str:
    """The value of a plain property in words."""
    if isinstance(value, bool):
        return ("yes" if value else "no") if lang == "en" else ("是" if value else "否")
    return schema.word(value, lang) if schema.PROPERTIES[name].values else str(value)


def _value(s: Statement) -> str:
    return str(s.value) if not isinstance(s.value, bool) else ("yes" if s.value else "no")


def _with(properties: Mapping[str, Scalar]) -> str:
    shown = [str(properties[name]) for name in ("degree",) if properties.get(name)]
    if properties.get("rank") is not None:
        shown.append(f"#{properties['rank']}")
    if properties.get("share") is not None:
        shown.append(f"{properties['share']} %")
    return f" ({', '.join(shown)})" if shown else ""


@lru_cache(maxsize=4_096)
def _period(since: str | None, until: str | None, *, event: bool = False) -> tuple[str, str]:
    """The dates of a statement in brackets; of an event its day alone.

    >>> _period("2016", None), _period("2019-05-10", None, event=True)
    ((' (since 2016)', '（2016年起）'), (' (2019-05-10)', '（2019-05-10）'))
    """
    if since and event:
        return f" ({since})", f"（{_zh_day(since)}）"
    if since and until:
        return f" (from {since} to {until})", f"（{since}至{until}）"
    if since:
        return f" (since {since})", f"（{_zh_day(since)}起）"
    if until:
        return f" (until {until})", f"（至{_zh_day(until)}）"
    return "", ""


def _zh_day(day: str) -> str:
    """A bare year with its measure word."""
    return f"{day}年" if len(day) == len("2016") else day


def listed(refs: Iterable[NodeRef]) -> Text:
    """Names in a row."""
    every = tuple(refs)
    return Text(", ".join(ref.name("en") for ref in every), "、".join(ref.name("zh") for ref in every))


def counted(n: int, one: str, several: str = "") -> str:
    """A number with its English noun.

    >>> counted(1, "standard"), counted(0, "body", "bodies")
    ('1 standard', '0 bodies')
    """
    return f"{n} {one if n == 1 else several or one + 's'}"


def in_one(evidence: Sequence[Evidence], begun: Text | None = None, subject: str = "") -> Text:
    """What several statements say, as one sentence that names a subject once; `begun` is how it begins, about `subject`."""
    en, zh, before = begun.en if begun else "", begun.zh if begun else "", subject
    for e in evidence:
        name_en, name_zh = e.subject.name("en"), e.subject.name("zh")
        more = e.subject.id == before and e.says.en.startswith(name_en) and e.says.zh.startswith(name_zh)
        en += ("; " if en else "") + (e.says.en.removeprefix(name_en).lstrip(" ,:") if more else e.says.en)
        zh += ("；" if zh else "") + (e.says.zh.removeprefix(name_zh).lstrip("，：") if more else e.says.zh)
        before = e.subject.id
    return Text(en, zh)
