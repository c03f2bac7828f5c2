"""What one record of a source says, gathered piece by piece: nodes, statements, and what of it was refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from graph.model import Basis, Confidence, NodeRecord, Provenance, Scalar, Statement
from graph.validation import node_problems, statement_problems
from loaders import references
from loaders.directory import Directory
from loaders.references import Target
from loaders.refusals import Refused

__all__ = ["MENTIONED", "Asked", "Naming", "Saying", "Target"]

MENTIONED = "mentioned"
"""The record of a dataset under which nodes stand that its records only mention: one for each node, not one for each mention."""

_KNOWN_AT_MOST = 200_000


class Asked(NamedTuple):
    """A name of an organisation, with its label, or of a body, with the one that it belongs to, that a record asked for."""

    name: str
    other: str
    body: bool


class Naming:
    """Names to nodes for a load, each worked out once: `Saying` asks it.

    Not `settled`, a name leads to the id that it makes by itself, and `asked` keeps the names by these ids, to be settled later.
    """

    def __init__(self, directory: Directory, *, settled: bool = True) -> None:
        self._directory = directory
        self.is_settled = settled
        self.asked: dict[str, Asked] = {}
        self._known: dict[tuple[str, str, str], Target] = {}
        self._mentions: dict[tuple[str, str, str, str, bool, bool], NodeRecord] = {}

    def want(self, name: str) -> None:
        """Note that a name of an organisation or body will be asked for."""
        target = references.committee_by_code(name) or references.organisation(name, "")
        if target.key:
            self._directory.want(target.key)
        self._directory.want_id(target.id)

    def ask(self) -> None:
        """Look up all that is wanted."""
        self._directory.ask()

    def organisation(self, name: str, label: str) -> Target:
        """See `Saying.organisation`."""
        known = self._known.get(("organisation", name, label))
        if known is None or not self.is_settled:
            named = references.committee_by_code(name) or references.organisation(name, label)
            known = self._settled(("organisation", name, label), named)
        return known

    def committee(self, name: str, parent: str) -> Target:
        """See `Saying.committee`."""
        known = self._known.get(("committee", name, parent))
        if known is None or not self.is_settled:
            named = references.committee_by_code(name) or references.body(name, parent or None)
            known = self._settled(("committee", name, parent), named)
        return known

    def mention(self, target: Target, said: Provenance) -> NodeRecord:
        """The record of a node that a dataset only mentions, made once for all mentions of it."""
        asked = (target.id, target.label, said.dataset, said.document, target.firm, bool(target.properties))
        record = self._mentions.get(asked)
        if record is None:
            if len(self._mentions) >= _KNOWN_AT_MOST:
                self._mentions.clear()
            record = references.on_record(target, Provenance(said.dataset, MENTIONED, said.document))
            self._mentions[asked] = record
        return record

    def _settled(self, asked: tuple[str, str, str], named: Target) -> Target:
        kind, name, other = asked
        if not self.is_settled:
            # Also what has a code may lead elsewhere: to the committee into which it was merged.
            self.asked.setdefault(named.id, Asked(name, other, kind == "committee"))
            return named
        target = references.settled(named, self._directory)
        if len(self._known) >= _KNOWN_AT_MOST:
            self._known.clear()
        self._known[asked] = target
        return target


@dataclass(slots=True)
class Saying:
    """What one record, at a line of a file, says. `provenance` holds for all of it unless a statement is given its own.

    The methods that name a node give a `Target` (its `id`, `label`, `name`), and raise `Refused` for words that name none.
    A part of a record (`with saying.part("DRAFT_UNIT")`) may be refused while the rest is taken.
    """

    naming: Naming | None
    provenance: Provenance
    file: str = ""
    line: int = 0
    nodes: list[NodeRecord] = field(default_factory=list)
    mentioned: list[NodeRecord] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    about: str = ""
    merged: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    _part: str = ""
    _recorded: set[str] = field(default_factory=set)

    def __reduce__(self) -> tuple[Any, ...]:
        # What a process says that reads for another goes back without the means to say more.
        said = (self.provenance, self.file, self.line, self.nodes, self.mentioned, self.statements, self.refused)
        return Saying, (None, *said, self.about, self.merged, self.parts)

    # -- naming nodes ----------------------------------------------------------------------------------------------
    def standard(self, number: str) -> Target:
        """A standard or project by any spelling of its number or plan number."""
        return references.standard(number)

    def organisation(self, name: str, label: str = "", *, part: str = "") -> Target:
        """An organisation by any of its names; a committee's code or name leads to the committee. Without a label the form
        of the name suggests one. Refuses what looks like the name of a person. `part` is for where it is not asked inside one.
        """
        return self._named(self._naming.organisation(name, label), part)

    def committee(self, name: str, parent: str = "") -> Target:
        """A committee or working group by code (`TC46SC1`, `SAC/TC 260`, `ISO/TC 22`), else by name.

        `parent` is the body to which a name such as 大数据标准工作组 belongs.
        """
        return self._named(self._naming.committee(name, parent), "")

    def field_of(self, code: str, scheme: str) -> Target:
        """A class: `scheme` is ics, ccs, industry or kind."""
        return references.field_of(code, scheme)

    # -- saying things ---------------------------------------------------------------------------------------------
    def describe(self, target: Target, properties: Mapping[str, Scalar | None], *, main: bool = False) -> None:
        """Say plain properties of a node (None and "" say nothing). `main` marks the node that the record is about."""
        said = {name: value for name, value in properties.items() if value is not None and value != ""}
        record = NodeRecord(target.id, target.label, {**target.properties, **said}, self.provenance)
        if problems := node_problems(record):
            raise Refused("; ".join(problems))
        self.nodes.append(record)
        self._recorded.add(target.id)
        if main:
            self.about = target.id

    def relate(
        self,
        subject: Target,
        kind: str,
        far: Target,
        qualifier: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        properties: Mapping[str, Scalar] | None = None,
        provenance: Provenance | None = None,
    ) -> None:
        """Say a relationship of `graph.schema`. Both ends are put on record, too, where they are not yet."""
        said = Statement(
            subject.id,
            kind,
            provenance or self.provenance,
            object=far.id,
            qualifier=qualifier,
            since=since,
            until=until,
            properties=properties or {},
        )
        self._state(said, subject, far)

    def fact(
        self,
        subject: Target,
        kind: str,
        value: Scalar | None,
        qualifier: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        properties: Mapping[str, Scalar] | None = None,
        provenance: Provenance | None = None,
    ) -> None:
        """Say a fact of `graph.schema` (NAME, STATUS, STAGE, NOTE ...); None and "" say nothing."""
        if value is None or value == "":
            return
        said = Statement(
            subject.id,
            kind,
            provenance or self.provenance,
            value=value,
            qualifier=qualifier,
            since=since,
            until=until,
            properties=properties or {},
        )
        self._state(said, subject)

    def same(self, old: Target, new: Target) -> None:
        """Say that two ids are one thing because the record itself says so: a project and the standard that it became."""
        if old.id != new.id:
            self.merged.append((old.id, new.id))

    # -- grounds and refusals ----------------------------------------------------------------------------------------
    def on(self, basis: Basis, confidence: Confidence) -> Provenance:
        """The record's provenance on another ground: what follows by a rule, say, and is not written there."""
        return replace(self.provenance, basis=basis, confidence=confidence)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """What is refused inside is counted and shown as that part of the record, and the rest goes on."""
        around, self._part = self._part, name
        try:
            yield
        except Refused as refused:
            self.refused.append(refused.at(name))
        finally:
            self._part = around

    # -- inside ----------------------------------------------------------------------------------------------------
    @property
    def _naming(self) -> Naming:
        if self.naming is None:
            raise RuntimeError("the record has said all it says")
        return self.naming

    def _named(self, target: Target, part: str) -> Target:
        """Where names are settled later: note in which part this one was asked for."""
        if not self._naming.is_settled:
            self.parts[target.id] = self.parts.get(target.id) or part or self._part
        return target

    def _state(self, said: Statement, *ends: Target) -> None:
        labels = [(end.label, end.on_record) if end.on_record else (end.label,) for end in ends]
        if problems := statement_problems(said, labels[0], labels[1] if len(labels) > 1 else ()):
            raise Refused("; ".join(problems))
        for end in ends:
            if end.id not in self._recorded:
                self.mentioned.append(self._naming.mention(end, said.provenance))
                self._recorded.add(end.id)
        self.statements.append(said)
