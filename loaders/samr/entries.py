"""What one record of a platform holds, whichever of its responses or pages it stands on, before it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from graph import committees
from graph.numbers import StandardNumber
from loaders.refusals import Refused

__all__ = ["Body", "Entry"]


@dataclass(frozen=True, slots=True)
class Body:
    """A committee or other body as the record has it: its code ("" where there is none) and its name as printed."""

    code: str
    name: str

    @property
    def called(self) -> str:
        """By what it is looked up: its code, else its name."""
        return self.code or self.name

    @property
    def parent(self) -> str:
        """The code of the committee that a subcommittee's own code names; "" for any other body."""
        return _parent(self.code) if "SC" in self.code else ""


@lru_cache(maxsize=4_096)
def _parent(code: str) -> str:
    found = committees.parse(code)
    return found.parent if found else ""


@dataclass(slots=True)
class Entry:
    """A standard or project on one platform.

    `project` tells that the record is of the project and not of the standard that it may have become. Days are ISO texts. `degree`
    of what is adopted is "" where the record names none. `cut` tells that the list of drafting organisations is not
    whole; None that there is no list. `faults` are the fields of which something could not be read.
    """

    number: StandardNumber | None = None
    plan: StandardNumber | None = None
    project: bool = False
    title_zh: str = ""
    title_en: str = ""
    sector: str = ""
    status: str = ""
    stage: str = ""
    mandatory: bool | None = None
    ics: tuple[str, ...] = ()
    ccs: tuple[str, ...] = ()
    ics_names: dict[str, str] = field(default_factory=dict)
    published: str | None = None
    effective: str | None = None
    withdrawn: str | None = None
    in_charge: tuple[Body, ...] = ()
    executing: tuple[Body, ...] = ()
    supervising: tuple[str, ...] = ()
    proposing: tuple[str, ...] = ()
    issuing: tuple[str, ...] = ()
    drafting: tuple[str, ...] = ()
    cut: bool | None = None
    replaces: tuple[tuple[str, bool], ...] = ()
    replaced_by: tuple[str, ...] = ()
    adopts: tuple[tuple[str, str], ...] = ()
    url: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Refused] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of standard that its own number shows."""
        if self.number is not None:
            return self.number.kind
        return "industry" if self.plan is not None and not self.plan.issuer.isdigit() else "national"

    @property
    def mandatory_by_number(self) -> bool | None:
        """Whether its own number says that it is compulsory; a project's number says so too."""
        number = self.number or self.plan
        return number.mandatory if number else None

    @property
    def dated(self) -> str | None:
        """The day of publication, else the year in the standard's number."""
        if self.published or self.number is None or self.number.year is None:
            return self.published
        return str(self.number.year)

    def fault(self, part: str, reason: str) -> None:
        """Note that something of a field could not be read."""
        self.faults.append(Refused(reason, part=part))

    def names(self) -> Iterator[str]:
        """Every name and code of a body that the record refers to."""
        yield from self.drafting
        for body in (*self.in_charge, *self.executing):
            yield body.called
            if parent := body.parent:
                yield parent
        yield from self.supervising
        yield from self.proposing
        yield from self.issuing
        if self.number is not None and self.number.kind == "association":
            yield f"T/{self.number.issuer}"
