"""What one record of a source says, gathered piece by piece: nodes, statements, and what of it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from graph.model import Basis, Confidence, NodeRecord, Provenance, Scalar, Statement
from graph.numbers import StandardNumber
from loaders import references
from loaders.checking import Checks
from loaders.directory import Directory
from loaders.references import Target
from loaders.refusals import Refused

__all__ = ["MENTIONED", "Naming", "Saying", "Target"]

MENTIONED = "mentioned"
"""The record of a dataset under which nodes stand that its records only mention: one for each node, not one for each mention."""

_KNOWN_AT_MOST = 60_000
"""How many names are remembered; each of several processes that read has its own."""


class Naming:
    """Names to nodes for a load, each worked out once: `Saying` asks it."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.checks = Checks()
        self._known: dict[tuple[bool, str, str], Target] = {}
        self._mentions: dict[tuple[str, str, str, str, bool, bool], NodeRecord] = {}

    def want(self, name: str) -> None:
        """Note that a name of an organisation or body will be asked for."""
        if self._directory.known is None or (False, name, "") in self._known:
            return
        target = references.committee_by_code(name) or references.organisation(name, "")
        if target.key:
            self._directory.want(target.key)
        self._directory.want_id(target.id)

    def ask(self) -> None:
        """Look up all that is wanted."""
        self._directory.ask()

    def rest(self) -> None:
        """Forget what can be asked again, where it has become much; nothing may be wanted."""
        self._directory.rest()

    def organisation(self, name: str, label: str) -> Target:
        """See `Saying.organisation`."""
        asked = (False, name, label)
        return self._known.get(asked) or self._settled(asked)

    def committee(self, name: str, parent: str) -> Target:
        """See `Saying.committee`."""
        asked = (True, name, parent)
        return self._known.get(asked) or self._settled(asked)

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

    def _settled(self, asked: tuple[bool, str, str]) -> Target:
        is_body, name, other = asked
        named = references.committee_by_code(name) or (
            references.body(name, other or None) if is_body else references.organisation(name, other)
        )
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
    _recorded: set[str] = field(default_factory=set)

    def __reduce__(self) -> tuple[Any, ...]:
        # What a process says that reads for another goes back without the means to say more.
        said = (self.provenance, self.file, self.line, self.nodes, self.mentioned, self.statements, self.refused)
        return Saying, (None, *said, self.about, self.merged)

    # -- naming nodes ----------------------------------------------------------------------------------------------
    def standard(self, number: str) -> Target:
        """A standard or project by any spelling of its number or plan number."""
        return references.standard(number)

    def numbered(self, number: StandardNumber) -> Target:
        """The standard or project with a number that was read already."""
        return references.numbered(number)

    def organisation(self, name: str, label: str = "") -> Target:
        """An organisation by any of its names; a committee's code or name leads to the committee. Without a label the form
        of the name suggests one. Refuses what looks like the name of a person.
        """
        return self._naming.organisation(name, label)

    def committee(self, name: str, parent: str = "") -> Target:
        """A committee or working group by code (`TC46SC1`, `SAC/TC 260`, `ISO/TC 22`), else by name.

        `parent` is the body to which a name such as 大数据标准工作组 belongs.
        """
        return self._naming.committee(name, parent)

    def field_of(self, code: str, scheme: str) -> Target:
        """A class: `scheme` is ics, ccs, industry or kind."""
        return references.field_of(code, scheme)

    # -- saying things ---------------------------------------------------------------------------------------------
    def describe(self, target: Target, properties: Mapping[str, Scalar | None], *, main: bool = False) -> None:
        """Say plain properties of a node (None and "" say nothing). `main` marks the node that the record is about."""
        said = dict(target.properties)
        said.update({name: value for name, value in properties.items() if value is not None and value != ""})
        record = NodeRecord(target.id, target.label, said, self.provenance)
        if problems := self._naming.checks.of_node(record):
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
            far.id,
            None,
            qualifier,
            since,
            until,
            properties or {},
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
            "",
            value,
            qualifier,
            since,
            until,
            properties or {},
        )
        self._state(said, subject)

    def same(self, old: Target, new: Target) -> None:
        """Say that two ids are one thing because the record itself says so: a project and the standard that it became."""
        if old.id != new.id:
            self.merged.append((old.id, new.id))

    # -- grounds and refusals ----------------------------------------------------------------------------------------
    def on(self, basis: Basis, confidence: Confidence) -> Provenance:
        """The record's provenance on another ground: what follows by a rule, say, and is not written there."""
        p = self.provenance
        return Provenance(p.dataset, p.record, p.document, p.locator, p.observed_on, confidence, basis)

    def part(self, name: str) -> Part:
        """What is refused inside is counted and shown as that part of the record, and the rest goes on."""
        return Part(self, name)

    # -- inside ----------------------------------------------------------------------------------------------------
    @property
    def _naming(self) -> Naming:
        if self.naming is None:
            raise RuntimeError("the record has said all it says")
        return self.naming

    def _state(self, said: Statement, subject: Target, far: Target | None = None) -> None:
        naming, recorded = self._naming, self._recorded
        if problems := naming.checks.of_statement(said, subject, far, recorded):
            raise Refused("; ".join(problems))
        if subject.id not in recorded:
            self.mentioned.append(naming.mention(subject, said.provenance))
            recorded.add(subject.id)
        if far is not None and far.id not in recorded:
            self.mentioned.append(naming.mention(far, said.provenance))
            recorded.add(far.id)
        self.statements.append(said)


class Part:
    """A part of what a record says, which may be refused by itself."""

    __slots__ = ("_name", "_saying")

    def __init__(self, saying: Saying, name: str) -> None:
        self._saying, self._name = saying, name

    def __enter__(self) -> None:
        """Nothing is refused yet."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if not isinstance(error, Refused):
            return False
        self._saying.refused.append(error.at(self._name))
        return True
