"""An answer arranged for reading: items grouped under headings, parts of scores as bars, marks for what is uncertain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from api.pages.words import WORDS
from graph import schema
from graph.model import Direction, Language, NodeRef, Scalar
from queries import access, oversight
from queries.answer import Answer, Evidence, Finding, Item, Text
from queries.entity import reads
from queries.questions import QUESTIONS

ALWAYS_SHOWN = 12
"""Items of a group that stand open; the rest of a long group is folded away."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A thing that another is related to by one type, with all statements that say so."""

    node: NodeRef
    evidence: tuple[Evidence, ...]

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """The roles or capacities, each once."""
        return tuple(dict.fromkeys(e.qualifier for e in self.evidence if e.qualifier))

    @property
    def marks(self) -> tuple[str, ...]:
        """Place in a list, and dates."""
        said = [f"#{e.properties['rank']}" for e in self.evidence if "rank" in e.properties]
        said += [_dates(e) for e in self.evidence if e.since or e.until]
        return tuple(dict.fromkeys(said))

    @property
    def sources(self) -> tuple[int, ...]:
        """Numbers of all documents that say so."""
        return tuple(dict.fromkeys(n for e in self.evidence for n in e.sources))


def _dates(e: Evidence) -> str:
    """When it holds: of an event its day, else from when to when."""
    if e.type in schema.EVENTS and e.since:
        return e.since
    return f"{e.since or '…'} – {e.until or ''}".strip()


@dataclass(frozen=True, slots=True)
class Kin:
    """Relatives by one type and direction. `total` counts statements, also on other pages, `shown` those that are here."""

    heading: Text
    type: str
    direction: str
    relatives: tuple[Relative, ...]
    shown: int
    total: int

    @property
    def open(self) -> tuple[Relative, ...]:
        """The relatives that stand open."""
        return self.relatives if len(self.relatives) <= ALWAYS_SHOWN + 3 else self.relatives[:ALWAYS_SHOWN]

    @property
    def folded(self) -> tuple[Relative, ...]:
        """The relatives behind a fold."""
        return self.relatives[len(self.open) :]


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading."""

    heading: Text
    role: str
    items: tuple[Item, ...]


def groups(answer: Answer) -> tuple[Group, ...]:
    """The items of an answer by role, in the order of their first."""
    found: dict[str, list[Item]] = {}
    for item in answer.items:
        found.setdefault(item.role, []).append(item)
    return tuple(Group(heading(answer.question, role), role, tuple(items)) for role, items in found.items())


def related(answer: Answer, totals: Mapping[tuple[str, Direction], int]) -> tuple[Kin, ...]:
    """What a thing is related to, by type and direction, with how much of each there is; also types whose turn did not come.

    Statements that say the same of the same thing stand together.
    """
    order = list(schema.RELATIONSHIPS)
    shown: dict[tuple[str, str], list[Item]] = {}
    for item in answer.items:
        shown.setdefault((item.role, str(item.details.get("direction"))), []).append(item)
    keys = {*shown, *(key for key in totals if key[0] in schema.RELATIONSHIPS)}
    found = []
    for kind, way in sorted(keys, key=lambda key: (order.index(key[0]), key[1])):
        items = shown.get((kind, way), [])
        found.append(Kin(relation(kind, way), kind, way, _relatives(items), len(items), _total(totals, kind, way)))
    return tuple(found)


def _relatives(items: list[Item]) -> tuple[Relative, ...]:
    together: dict[str, list[Item]] = {}
    for item in items:
        together.setdefault(item.node.id, []).append(item)
    return tuple(Relative(same[0].node, tuple(e for item in same for e in item.evidence)) for same in together.values())


def _total(totals: Mapping[tuple[str, Direction], int], kind: str, way: str) -> int:
    return totals.get((kind, "out" if way == "out" else "in"), 0)


def relation(kind: str, way: str) -> Text:
    """How a relationship type reads from the thing that is looked at.

    >>> relation("HOSTS_SECRETARIAT", "in")["en"]
    'Has its secretariat at'
    """
    said = reads(kind, "out" if way == "out" else "in")
    return _capital(Text(said.en, said.zh.rstrip("：")))


def heading(question: str, role: str) -> Text:
    """The heading of the items of a role."""
    if asked := QUESTIONS.get(question):
        return _capital(asked.roles[role])
    roles: Mapping[str, Mapping[str, tuple[float, Text]]] = {"oversight": oversight.ROLES, "access": access.ROLES}
    if role in roles.get(question, {}):
        return _capital(roles[question][role][1])
    if question == "search" and role in schema.LABELS:
        return Text(schema.LABELS[role].en, schema.LABELS[role].zh)
    plural = {"partner": "partners"}.get(role, role)
    return WORDS.get(plural, Text(role.replace("_", " "), role))


def _capital(text: Text) -> Text:
    return Text(text.en[:1].upper() + text.en[1:], text.zh)


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a stacked bar, in per cent of the whole width. `colour` is the part's place, the same for every item."""

    colour: int
    name: str
    x: float
    width: float
    why: Text


def bars(item: Item) -> tuple[Bar, ...]:
    """The score of an item as a stacked bar of what each part adds; in one piece where the parts do not add up to it."""
    adds = [(part, part.value * part.weight) for part in item.parts]
    if abs(sum(add for _, add in adds) - item.score) > 0.005:
        return (Bar(0, "score", 0.0, round(100 * min(1.0, item.score), 2), Text("score", "得分")),)
    pieces, x = [], 0.0
    for place, (part, add) in enumerate(adds):
        if add > 0:
            pieces.append(Bar(place, part.name, round(100 * x, 2), round(100 * add, 2), part.why))
            x += add
    return tuple(pieces)


def documented(evidence: tuple[Evidence, ...]) -> bool:
    """Whether a document can be opened that says at least one of these."""
    return any(e.basis in ("page", "transcription", "user") for e in evidence)


def starred(item: Item) -> bool:
    """Whether the item carries the mark for what no page confirms: for a path, where one of its steps has no page."""
    if item.hops:
        return not all(documented(hop.evidence) for hop in item.hops)
    return bool(item.evidence) and not documented(item.evidence)


_SUMMARIES: Mapping[Language, str] = {"en": "summary_en", "zh": "summary_zh"}


def properties(
    values: Mapping[str, Scalar], label: str, findings: tuple[Finding, ...], lang: Language
) -> tuple[tuple[Text, Scalar, schema.Property], ...]:
    """The plain properties of a thing in the schema's order, with their names.

    Names and titles have their own place, what is said as a fact stands among the facts, with its sources, and a summary is shown in
    the reader's language where there is one.
    """
    own = {"name_zh", "name_en", "title_zh", "title_en", "number"}
    own |= {_SUMMARIES["en" if lang == "zh" else "zh"]} if _SUMMARIES[lang] in values else set()
    own |= {schema.FACTS[f.name].shown_as for f in findings if f.name in schema.FACTS}
    names = [name for name in schema.LABELS[label].properties if name in values and name not in own]
    return tuple(
        (Text(schema.PROPERTIES[n].en, schema.PROPERTIES[n].zh), values[n], schema.PROPERTIES[n]) for n in names
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a thing by itself, without the thing's name in front, by whom, and whether a document says so."""

    text: str
    sources: tuple[int, ...]
    documented: bool


def facts(answer: Answer, lang: Language) -> tuple[tuple[Text, tuple[Fact, ...]], ...]:
    """The facts of a thing by type, those that read the same together."""
    name = answer.about[0].name(lang)
    found = []
    for kind, same in groupby(answer.findings, key=lambda f: f.name):
        if kind in schema.FACTS:
            said: dict[str, list[Evidence]] = {}
            for finding in sorted(same, key=_order):
                said.setdefault(_told(finding, kind, name, lang), []).extend(finding.evidence)
            caption = _capital(Text(schema.FACTS[kind].en, schema.FACTS[kind].zh))
            found.append((caption, tuple(_fact(text, tuple(evidence)) for text, evidence in said.items())))
    return tuple(found)


def _told(finding: Finding, kind: str, name: str, lang: Language) -> str:
    """A fact without the thing's name, and without the type where that is all it is about; a stage with its name."""
    text = _bare(finding.text[lang], name)
    fact = schema.FACTS[kind]
    if finding.values.get("qualifier") is None:
        text = _bare(text, _capital(Text(fact.en, fact.zh))[lang])
    evidence = finding.evidence[0] if finding.evidence else None
    if evidence and kind == "STAGE" and str(evidence.value) in schema.STAGES:
        return text.replace(
            str(evidence.value), f"{evidence.value} {schema.STAGES[str(evidence.value)][lang == 'zh']}", 1
        )
    return text


def standing(values: Mapping[str, Scalar], lang: Language) -> tuple[str, ...]:
    """What a standard is, in a few words: kind, whether it is compulsory, its state where it is not simply in force, its dates."""
    said = [schema.word(values["kind"], lang, schema.STANDARD)] if values.get("kind") else []
    if isinstance(values.get("mandatory"), bool):
        said.append(WORDS["mandatory" if values["mandatory"] else "voluntary"][lang])
    if values.get("status") in ("upcoming", "superseded", "withdrawn", "project"):
        said.append(schema.word(values["status"], lang))
    stage = schema.STAGES.get(str(values.get("stage")))
    if stage and not values.get("published"):
        said.append(f"{WORDS['stage'][lang]}{stage[lang == 'zh']}")
    dates = [name for name in ("published", "effective") if values.get(name)]
    said += [f"{schema.PROPERTIES[d].zh}{values[d]}" if lang == "zh" else f"{d} {values[d]}" for d in dates]
    return tuple(said)


def _order(finding: Finding) -> int:
    """Names in the schema's order of kinds of names; everything else as it came."""
    kind = finding.values.get("qualifier")
    return schema.NAME_KINDS.index(kind) if isinstance(kind, str) and kind in schema.NAME_KINDS else 0


def _fact(text: str, evidence: tuple[Evidence, ...]) -> Fact:
    return Fact(text, tuple(dict.fromkeys(n for e in evidence for n in e.sources)), documented(evidence))


def bare(lang: Language, e: Evidence) -> str:
    """What evidence says, without the name of what it is said of."""
    return _bare(e.says[lang], e.subject.name(lang))


def _bare(text: str, name: str) -> str:
    """The sentence without the name it begins with.

    >>> _bare("SAC/TC 260, members: 81", "SAC/TC 260")
    'Members: 81'
    """
    rest = text.removeprefix(name).lstrip(" ,:，：") if text.startswith(name) else text
    return rest[:1].upper() + rest[1:] if rest else text
