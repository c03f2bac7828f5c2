"""Turning statements into evidence: sentences, numbered sources, and the picture of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from graph import schema
from graph.model import Language, Node, NodeRecord, NodeRef, Scalar, Statement, View
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
        self._refs: dict[str, NodeRef] = {}
        self._numbers: dict[str, int] = {}
        self._made: dict[tuple[str, ...], Evidence] = {}
        self._private = {dataset.id for dataset in store.datasets() if dataset.private}

    def know(self, nodes: Mapping[str, Node]) -> None:
        """Add nodes whose names sentences may need."""
        self._nodes.update(nodes)
        self._made.clear()

    def ref(self, id: str) -> NodeRef:
        """The node as answers name it; by its bare id where it is not known."""
        if id not in self._refs and id in self._nodes:
            self._refs[id] = self._nodes[id].ref
        return self._refs.get(id) or NodeRef(id, "", "", "")

    def cite(self, statements: Iterable[Statement]) -> tuple[Evidence, ...]:
        """Evidence for these statements, those that say the same as one, in the order of their first mention."""
        groups: dict[tuple[object, ...], list[Statement]] = {}
        for s in statements:
            value = None if s.object else repr(s.value)
            groups.setdefault((s.subject, s.type, s.object, s.qualifier, value), []).append(s)
        return tuple(map(self._once, groups.values()))

    def _once(self, same: list[Statement]) -> Evidence:
        """The evidence of statements that say the same, made the first time only: an answer cites many of them again and again."""
        key = tuple(s.key for s in same)
        if key not in self._made:
            self._made[key] = self._evidence(sorted(same, key=strength, reverse=True))
        return self._made[key]

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
            en = f"{subject.name('en')} {verb.en} {self._called(far, 'en')}"
            zh = f"{subject.name('zh')}{verb.zh}{self._called(far, 'zh')}"
            if s.qualifier and not schema.RELATIONSHIPS[s.type].qualifiers:
                # Free words, such as the product that must meet a standard.
                en, zh = f"{en} ({s.qualifier})", f"{zh}（{s.qualifier}）"
            en, zh = en + _with(s.properties), zh + _with(s.properties)
        else:
            en, zh = _fact(s, subject)
        dates_en, dates_zh = _period(s.since, s.until, event=s.type in schema.EVENTS or s.type == "FIGURE")
        return Text(en + dates_en, zh + dates_zh)

    def _called(self, far: NodeRef, lang: Language) -> str:
        """The name of the far end; an industry by the standards that carry its code."""
        node = self._nodes.get(far.id)
        if far.label == schema.FIELD and far.kind == "industry code" and node and node.properties.get("code"):
            code = node.properties["code"]
            return f"{far.name('zh')}行业标准({code})" if lang == "zh" else f"{code} standards, {far.name('en')}"
        return far.name(lang)

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
    if s.type == "FIGURE" and unit.startswith(" share") and (share := _percent(value)):
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


def _percent(value: str) -> str:
    """A share between 0 and 1 in per cent, "" for any other text.

    >>> _percent("0.889"), _percent("0.3"), _percent("just over 1/3")
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
