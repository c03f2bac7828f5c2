"""What a foreword says, in its own words: names as printed, numbers read. Names of persons have no place here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from graph.numbers import StandardNumber

__all__ = ["Adopted", "Cover", "Foreword", "Listed", "Printed", "Replaced"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A name as printed, without the code in brackets behind it, and that code ("" where there is none).

    `repaired` tells that white space inside it was taken for a slip of text recognition.
    """

    name: str
    code: str = ""
    repaired: bool = False

    @property
    def words(self) -> str:
        """The name with its code, as references to committees are written."""
        return f"{self.name}({self.code})" if self.name and self.code else self.name or self.code


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of organisations in order.

    `whole` is True where the list is closed and nothing is cut short by 等, False where it says that there are more, None
    where the text breaks off. `in_order` is False where it says that the order means nothing. `refused` are reasons why something
    of it was left out.
    """

    names: tuple[Printed, ...] = ()
    whole: bool | None = None
    in_order: bool = True
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """A standard that is replaced; `partial` None where nothing is said of parts."""

    number: StandardNumber
    partial: bool | None = None


@dataclass(frozen=True, slots=True)
class Adopted:
    """A standard that is adopted, with the degree: IDT, MOD, NEQ or unknown."""

    number: StandardNumber
    degree: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover or the heading above the foreword says. Dates are ISO days; classes are codes."""

    number: StandardNumber | None = None
    title_zh: str = ""
    title_en: str = ""
    published: str | None = None
    effective: str | None = None
    ics: tuple[str, ...] = ()
    ccs: tuple[str, ...] = ()
    stage: str = ""
    issuers: tuple[str, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    adopted: tuple[Adopted, ...] = ()


@dataclass(frozen=True, slots=True)
class Foreword:
    """One foreword. `line` is where it begins in its file (from 1); `language` is that of the text.

    `persons` tells only that drafters are named. `refused` pairs the part that could not be read with the reason.
    """

    line: int
    language: Literal["zh", "en"]
    cover: Cover = field(default_factory=Cover)
    proposers: tuple[Printed, ...] = ()
    in_charge: tuple[Printed, ...] = ()
    executing: tuple[Printed, ...] = ()
    supervising: tuple[Printed, ...] = ()
    drafting: Listed = field(default_factory=Listed)
    replaced: tuple[Replaced, ...] = ()
    adopted: tuple[Adopted, ...] = ()
    part_of: StandardNumber | None = None
    earlier: tuple[StandardNumber, ...] = ()
    persons: bool = False
    refused: tuple[tuple[str, str], ...] = ()

    def named(self) -> Iterator[Printed]:
        """Everybody whom it names."""
        for group in (self.proposers, self.in_charge, self.executing, self.supervising, self.drafting.names):
            yield from group
        for issuer in self.cover.issuers:
            yield Printed(issuer)

    @property
    def says_anything(self) -> bool:
        """Whether anything was found beside the cover."""
        return bool(
            any((self.proposers, self.in_charge, self.executing, self.supervising, self.drafting.names))
            or any((self.replaced, self.adopted, self.earlier, self.persons, self.refused, self.part_of))
            or self.drafting.refused
        )
