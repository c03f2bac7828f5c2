"""What a standard number is, once it has been read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["national", "industry", "local", "association", "enterprise", "international", "foreign", "plan"]
"""Level of the standard. The five Chinese levels are those of the Standardization Law; `international` is
ISO, IEC, ITU and the worldwide bodies (IEEE, IETF, 3GPP, W3C), `foreign` national and regional bodies
abroad; `plan` is the number of a project that has no standard yet."""

_MONTH_BEFORE_YEAR: Final = re.compile(r"\((\d\d)/(\d{4})\)")
# ISO 10303 (STEP) alone has parts that look like years: part 2012 and the year 2012 must not share a slug.
_PART_LIKE_YEAR: Final = re.compile(r"(?<= 10303)-(?=(?:19|20)\d\d(?!\d))")
_DIGITS: Final = re.compile(r"\d+")
_HYPHENS: Final = re.compile("--+")
_SLUG_CHARACTERS: Final = str.maketrans({" ": "-", "/": "-", ":": "-", "(": "_", ")": "", "+": "_"})


@dataclass(frozen=True, slots=True)
class StandardNumber:
    """One standard number in its canonical form. Two numbers are equal when their canonical forms are.

    `mandatory` is what the number says on its face, None where it says nothing (international and
    enterprise standards, metrology, `国标` without a code). `issuer` is the code of who issues it (`GB`,
    `YD`, `DB11`, `CSAE`, `ISO/IEC`); `prefix` is all that stands before the serial (`GB/T`, `T/CSAE`,
    `ISO/IEC TR`). `year` is that of the edition (for a plan: of the plan), also when `amendment` has its
    own. `amends` is the number that an amendment belongs to. `stage` marks a draft (`DIS`, `CD`).
    `edition_family` is the number without year, draft stage and amendment, so that editions can be grouped.
    """

    canonical: str
    kind: Kind = field(compare=False)
    mandatory: bool | None = field(compare=False)
    issuer: str = field(compare=False)
    prefix: str = field(compare=False)
    serial: str = field(compare=False)
    edition_family: str = field(compare=False)
    part: str | None = field(default=None, compare=False)
    year: int | None = field(default=None, compare=False)
    amendment: str | None = field(default=None, compare=False)
    amends: str | None = field(default=None, compare=False)
    stage: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.canonical

    @property
    def slug(self) -> str:
        """The number as part of an id: lower case ASCII, no white space or slash, one for each number.

        >>> from graph.numbers import parse
        >>> parse("GB/T 22239-2019").slug
        'gb-t-22239-2019'
        """
        text = self.canonical
        code, slash, rest = text.partition("/")
        if slash and code in ("T", "Q"):
            # A code may hold hyphens, blanks or a second slash; only the slash after T or Q becomes a hyphen.
            text = f"{code}-{rest.replace('/', '_').replace(':', '_')}"
        elif slash and code.startswith("W3C "):
            text = f"{code}._{rest}"  # a page, which no name of a document looks like
        if "(" in text:
            text = _MONTH_BEFORE_YEAR.sub(r"\2-\1", text)
        if " 10303" in text:
            text = _PART_LIKE_YEAR.sub(".", text)
        text = text.translate(_SLUG_CHARACTERS).lower().replace("-_", "-")
        if "--" in text:
            text = _HYPHENS.sub("-", text)
        return text if text.isascii() else "".join(one if one.isascii() else f"u{ord(one):x}" for one in text)

    @property
    def sort_key(self) -> str:
        """Orders numbers as people do: 2 before 10, an undated number before its editions, parts in order.

        >>> from graph.numbers import parse
        >>> parse("GB/T 9-2019").sort_key < parse("GB/T 10-2019").sort_key
        True
        """
        padded = _DIGITS.sub(lambda digits: digits[0].zfill(8), self.canonical)
        return f"{padded}\t{self.canonical}"

    def candidates(self) -> tuple[str, ...]:
        """The canonical numbers that a person may mean by this one, likeliest first.

        In daily use `GB 22239` and `国标22239` also stand for `GB/T 22239`; the grammar does not choose,
        whoever knows the standards does. Every other number means only itself.

        >>> from graph.numbers import parse
        >>> parse("国标22239").candidates()
        ('GB 22239', 'GB/T 22239', 'GB/Z 22239')
        """
        if self.prefix != "GB":
            return (self.canonical,)
        rest = self.canonical.removeprefix("GB ")
        return (self.canonical, f"GB/T {rest}", f"GB/Z {rest}")


@dataclass(frozen=True, slots=True)
class Found:
    """A number inside a text: `text[start:end]` is how it was written there."""

    number: StandardNumber
    start: int
    end: int
