"""A brief for tomorrow's meeting: one standard, one actor, two pages, each claim cited.

It says nothing of its own: each line is a sentence of one of the questions, with the statements that stand behind it; sources are numbered
anew over the whole brief. How many lines a section may have is bounded (`LINES`), so that it stays on two pages, and what is left out is
counted. Private datasets are used only where the view asks for them, and their lines are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph import schema
from graph.model import NodeRef, View
from graph.public import PublicStore
from graph.store import Store
from queries.answer import Answer, Evidence, Source, Text
from queries.coalition import coalition
from queries.evidence import listed
from queries.influence import influence
from queries.oversight import ROLES as OVERSIGHT_ROLES
from queries.oversight import oversight
from queries.questions import QUESTIONS
from queries.resolve import one

LINES: Mapping[str, int] = {
    "stake": 4, "deciders": 7, "standing": 4, "partners": 10, "paths": 4, "doors": 6, "cautions": 4, "unknown": 5,
}  # fmt: skip
"""How many lines each section has at most: together they fill two printed pages, measured in both languages."""

HEADINGS: Mapping[str, Text] = {
    "stake": Text("What is at stake", "利害所在"),
    "deciders": Text("Who decides", "谁决定"),
    "standing": Text("Where we stand", "我方现状"),
    "partners": Text("Who would stand with us", "谁会与我们同行"),
    "paths": Text("How to reach them", "如何触达"),
    "doors": Text("Doors and dates", "渠道与日期"),
    "cautions": Text("Risks and cautions", "风险与提示"),
    "unknown": Text("What we do not know, and who could tell us", "尚不清楚之处，以及可向谁求证"),
}

PARTNERS, PATHS = 5, 3
CHANNELS = ("direct", "written", "associations", "indirect")
SOURCES_OF_A_LINE = 2
"""Sources that a line cites at most, the firmest first: a brief is read, not audited; the questions have all of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with the numbers of its sources.

    `documented` tells that a document can be opened that says it, `private` that own data do.
    """

    text: Text
    sources: tuple[int, ...]
    statements: tuple[str, ...]
    documented: bool = True
    private: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; `left_out` counts those that did not fit."""

    name: str
    heading: Text
    lines: tuple[Line, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief on a standard for an actor, as of a day."""

    standard: NodeRef
    actor: NodeRef
    as_of: str
    title: Text
    standing: Text
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]


@dataclass(slots=True)
class Writing:
    """A brief under way: what each answer cites gets its number in the brief the first time a line needs it."""

    numbers: dict[str, int] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)

    def line(self, text: Text, evidence: Iterable[Evidence], answer: Answer) -> Line:
        """A line that cites what stands behind it."""
        cited = list(evidence)
        by_number = {source.number: source for source in answer.sources}
        firmest = list(dict.fromkeys(n for e in cited for n in e.sources))[:SOURCES_OF_A_LINE]
        return Line(
            text,
            tuple(self._number(by_number[n]) for n in firmest if n in by_number),
            tuple(dict.fromkeys(e.statement for e in cited)),
            not cited or any(e.basis in ("page", "transcription", "user") for e in cited),
            any(e.private for e in cited),
        )

    def _number(self, source: Source) -> int:
        if source.id not in self.numbers:
            self.numbers[source.id] = len(self.numbers) + 1
            self.sources.append(replace(source, number=self.numbers[source.id]))
        return self.numbers[source.id]


def brief(store: Store, standard: str, view: View, *, actor: str) -> Brief:
    """The brief on `standard` for `actor`. Raises NotFoundError, AmbiguousError, InputError as `queries.resolve.one`."""
    store = store if view.private else PublicStore(store, lambda: view.as_of)
    about = one(store, standard, labels=(schema.STANDARD,), as_of=view.as_of, field="standard", wanted="standard")
    partners = coalition(store, about.id, actor, view, limit=PARTNERS)
    asker = partners.about[1]
    decides = oversight(store, about.id, view)
    bodies = [item.node for item in decides.items if item.role == "in_charge"]
    paths = influence(store, asker.id, bodies[0].id, view, limit=PATHS) if bodies else None
    asked = {
        name: QUESTIONS[name].ask(store, about.id, view, actor=asker.id)
        for name in ("status", "divergence", "channels", "priorities", "cautions")
    }
    answers = [decides, partners, *([paths] if paths else []), *asked.values()]
    writing = Writing()
    lines: dict[str, list[Line]] = {
        "stake": [*_said(writing, asked["divergence"], 2), *_said(writing, asked["priorities"], 2)],
        "deciders": _deciders(writing, decides),
        "standing": _standing(writing, partners, paths),
        "partners": _partners(writing, partners),
        "paths": _items(writing, paths, PATHS + 1) if paths else [_nobody(writing, decides)],
        "doors": [*_next(writing, asked["status"]), *_doors(writing, asked["channels"])],
        "cautions": _items(writing, asked["cautions"], 2 * LINES["cautions"]),
        "unknown": _unknown(writing, answers),
    }
    sections = tuple(
        Section(name, HEADINGS[name], tuple(found[: LINES[name]]), max(0, len(found) - LINES[name]))
        for name, found in lines.items()
        if found
    )
    en, zh = about.ref, asker
    return Brief(
        about.ref,
        asker,
        view.as_of.isoformat(),
        Text(f"{en.name('en')}: brief for {zh.name('en')}", f"{en.name('zh')}：{zh.name('zh')}简报"),
        asked["status"].summary[0],
        sections,
        tuple(writing.sources),
    )


def _said(writing: Writing, answer: Answer, most: int) -> list[Line]:
    """What an answer says in short, with the evidence of its items and findings of the same text, else of its first."""
    parts = [(f.text.en, f.evidence) for f in answer.findings] + [(i.reason.en, i.evidence) for i in answer.items]
    first = next((evidence for _, evidence in parts if evidence), ())
    own = dict(parts)
    return [writing.line(text, own.get(text.en, first), answer) for text in answer.summary[:most]]


def _deciders(writing: Writing, answer: Answer) -> list[Line]:
    """One line a role: who has it."""
    found = []
    for role in dict.fromkeys(item.role for item in answer.items):
        items = [item for item in answer.items if item.role == role]
        names, words = listed(item.node for item in items), OVERSIGHT_ROLES[role][1]
        text = Text(f"{words.en[0].upper()}{words.en[1:]}: {names.en}", f"{words.zh}：{names.zh}")
        found.append(writing.line(text, [e for item in items for e in item.evidence[:2]], answer))
    return found


def _standing(writing: Writing, answer: Answer, paths: Answer | None) -> list[Line]:
    """What is on record of the actor itself in this matter: its place on the list, for whom it speaks, its own way in."""
    about, text = answer.about[0].id, answer.summary[0]
    cited = (
        e for item in answer.items for e in item.evidence if e.type == "DRAFTED" and e.object and e.object.id == about
    )
    own = [e for e in cited if e.subject.name("zh") in text.zh or e.subject.name("en") in text.en]
    found = [writing.line(text, own[:1], answer)]
    found += [writing.line(f.text, f.evidence, answer) for f in answer.findings if f.name == "speaks_for"]
    direct = next((item for item in paths.items if item.details.get("channel") == "direct"), None) if paths else None
    return [*found, writing.line(direct.reason, direct.evidence, paths)] if direct and paths else found


def _partners(writing: Writing, answer: Answer) -> list[Line]:
    """The partners, then their mix, the set to begin with, and the vote."""
    found: list[Line] = []
    for item in answer.items[:PARTNERS]:
        en, zh = item.node.name("en"), item.node.name("zh")
        found.append(writing.line(Text(f"{en}: {item.reason.en}", f"{zh}：{item.reason.zh}"), item.evidence, answer))
    for name in ("mix_of_drafters", "proposed_set", "vote", "carrying_set", "multinationals_alone", "ambivalent"):
        said = [f for f in answer.findings if f.name == name and f.values.get("on_record", True)]
        found += [writing.line(f.text, f.evidence, answer) for f in said]
    return found


def _items(writing: Writing, answer: Answer, most: int) -> list[Line]:
    return [writing.line(item.reason, item.evidence, answer) for item in answer.items[:most]]


def _doors(writing: Writing, answer: Answer) -> list[Line]:
    """The state of each channel, then the rule for comments and what can be done meanwhile."""
    headings, doors = QUESTIONS["channels"].roles, {item.role: item for item in reversed(answer.items)}
    found = []
    for role in (role for role in headings if role in CHANNELS and role in doors):
        item, name = doors[role], headings[role]
        text = Text(f"{name.en[0].upper()}{name.en[1:]}: {item.reason.en}", f"{name.zh}：{item.reason.zh}")
        found.append(writing.line(text, item.evidence, answer))
    told = [f for f in answer.findings if f.name in ("period", "advice")]
    return [*found, *(writing.line(f.text, f.evidence, answer) for f in told)]


def _next(writing: Writing, answer: Answer) -> list[Line]:
    """What comes next for the standard, and its window where it is short."""
    found = [writing.line(item.reason, item.evidence, answer) for item in answer.items if item.role == "next"]
    short = [f for f in answer.findings if f.name == "window" and f.values.get("short")]
    return [*found, *(writing.line(f.text, f.evidence, answer) for f in short)]


def _nobody(writing: Writing, answer: Answer) -> Line:
    text = Text(
        "No body in charge is on record, so no path to one can be shown; load the standard's record to have it",
        "未见归口单位，无法给出路径；载入该标准的记录即可补全",
    )
    return writing.line(text, (), answer)


def _unknown(writing: Writing, answers: Sequence[Answer]) -> list[Line]:
    """Caveats of all questions, each once, those that name what is missing first."""
    said: dict[str, Line] = {}
    for answer in answers:
        for caveat in answer.caveats:
            said.setdefault(caveat.text.en, writing.line(caveat.text, (), answer))
    missing = ("unknown", "load", "not on record", "No ")
    return sorted(said.values(), key=lambda line: not any(word in line.text.en for word in missing))
