"""Texts that cite a standard, on the day asked about: which make it compulsory, who issued them, whom they bind.

Rule. A citation makes a standard compulsory only where the statement says so (`binding` and `makes_compulsory`) and the text that cites
is in force: issued and effective by the day, no draft, not superseded. A text that cites a number without its year means the edition in
force, so it is left out for a standard that is no longer. Who enforces a text is its issuer, as far as is on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph import schema
from graph.dates import first_day
from graph.model import Node, Statement, View
from graph.store import Step, Subgraph
from queries.answer import Text
from queries.evidence import Citations, listed, strength
from queries.kinds import undated

CITING = (Step(("CITES",), "in", (schema.STANDARD,), (schema.POLICY,), limit=60),)
"""The step from a standard, and from the node of its number without year, to the texts that cite it."""


NAMED = 4
"""How many issuers of one text a sentence names."""


@dataclass(frozen=True, slots=True)
class Citing:
    """A text that cites the standard: its part (compulsory, cited, not_in_force), the citation first, then who issued it."""

    role: str
    policy: str
    cites: Statement
    issued: tuple[Statement, ...]
    without_year: bool
    details: Mapping[str, str | bool | None] = field(default_factory=dict)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What says all of it."""
        return (self.cites, *self.issued)

    def says(self, citations: Citations) -> Text:
        """What it does, who enforces it, and on whom."""
        ref, p = citations.ref(self.policy), self.cites.properties
        does = _DOES[self.role, bool(p.get("binding"))]
        since = self.cites.since
        en, zh = f"{ref.name('en')} {does.en}", f"{ref.name('zh')}{does.zh}"
        if since:
            en, zh = f"{en} since {since}", f"{zh}（{since}起）"
        if self.without_year:
            en, zh = f"{en}, by its number without year", f"{zh}，引用不注年号"
        bodies = listed(citations.ref(s.subject) for s in self.issued[:NAMED])
        if more := len(self.issued[NAMED:]):
            bodies = Text(f"{bodies.en} and {more} more", f"{bodies.zh}等{len(self.issued)}个机关")
        if self.issued:
            en, zh = (
                f"{en}; issued, and as far as is on record enforced, by {bodies.en}",
                f"{zh}；发布并据现有记录负责实施：{bodies.zh}",
            )
        else:
            en, zh = f"{en}; who enforces it is not on record", f"{zh}；实施机关未见记录"
        if note := p.get("note"):
            return Text(f"{en}. {str(note)[:1].upper()}{str(note)[1:]}", f"{zh}。{p.get('note_zh') or note}")
        if self.role == "compulsory":
            return Text(f"{en}; on whom it binds is not on record", f"{zh}；约束对象未见记录")
        return Text(en, zh)


_DOES: Mapping[tuple[str, bool], Text] = {
    ("compulsory", True): Text("makes it compulsory", "使其强制执行"),
    ("cited", True): Text("rests on it", "以其为依据"),
    ("cited", False): Text("refers to it", "提及该标准"),
    ("not_in_force", True): Text("cites it, but is not in force on this day", "引用它，但当日未生效或已失效"),
    ("not_in_force", False): Text("cites it, but is not in force on this day", "引用它，但当日未生效或已失效"),
}


def citing(about: Node, graph: Subgraph, view: View, *, over: Sequence[Statement]) -> tuple[Citing, ...]:
    """The texts of the walk that cite the standard: those that make it compulsory first, then newest first."""
    general = undated(about)
    best: dict[str, Statement] = {}
    for s in graph.statements:
        meant = s.object == about.id or (s.object == general and not over)
        if s.type == "CITES" and meant and graph.nodes[s.subject].label == schema.POLICY:
            old = best.get(s.subject)
            if old is None or _weight(s) > _weight(old):
                best[s.subject] = s
    found = []
    for id, s in best.items():
        compels = s.properties.get("binding") is True and s.properties.get("makes_compulsory") is True
        in_force = holds(graph.nodes[id], graph.statements, view)
        role = "not_in_force" if not in_force else "compulsory" if compels else "cited"
        issued = {x.subject: x for x in graph.statements if x.type == "ISSUED_POLICY" and x.object == id}
        details = {"since": s.since, "binding": bool(s.properties.get("binding")), "makes_compulsory": compels}
        found.append(Citing(role, id, s, tuple(issued.values()), s.object == general, details))
    found.sort(key=lambda c: c.policy)
    found.sort(key=lambda c: c.cites.since or "", reverse=True)
    return tuple(found)


def _weight(s: Statement) -> tuple[bool, tuple[int, int, bool, str, str]]:
    return (s.properties.get("makes_compulsory") is True, strength(s))


def holds(policy: Node, statements: Iterable[Statement], view: View) -> bool:
    """Whether a text is in force on the day: issued and effective, no draft, not superseded, as far as is on record."""
    day = view.as_of.isoformat()
    begins = [first_day(str(when)) for name in ("issued", "effective") if (when := policy.properties.get(name))]
    if any(each > day for each in begins):
        return False
    said = [s for s in statements if s.subject == policy.id and s.type == "STATUS"]
    return not any(s.value in ("superseded", "withdrawn", "project") for s in said)
