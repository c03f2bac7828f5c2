"""Forewords as a source: recognised by their set phrases, each foreword a record, what it says in the schema's words.

The standard's own text, written off a PDF, is a transcription. What it says is sure (high) unless a name had to be mended
or only a translation was given (medium). Names of persons never get here: see `loaders.forewords.chinese`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from graph.committees import parse as committee_code
from graph.model import Basis, Confidence, Dataset, Document, Provenance, Scalar
from graph.numbers import StandardNumber
from graph.schema import AGENCY
from loaders.forewords.chinese import BEGINS, SELF
from loaders.forewords.covers import is_heading, number_line
from loaders.forewords.english import BEGINS_EN
from loaders.forewords.model import Foreword, Printed
from loaders.forewords.reading import read
from loaders.forewords.text import lines_of, running
from loaders.format import Record
from loaders.inputs import Head, Input
from loaders.refusals import Refusal, Refused
from loaders.saying import Saying, Target

__all__ = ["DATASET", "FOREWORDS", "Forewords"]

DATASET = Dataset(
    "forewords",
    "Forewords of standards",
    licence="facts from the standards' own forewords; the texts belong to their publishers and are not kept",
    publisher="the publishers of the standards",
)
_NO_NUMBER = (
    "no line before or in the foreword is the standard's own number; "
    "put it (such as GB/T 22239-2019) on a line of its own above 前言"
)
_NOT_TEXT = ("<", "{", "[", "%YAML", "---", "%PDF", "PK\x03\x04")
_FIRST_LINES = 400
_LAW_IN_FORCE = 2018
_LARGEST = 16 * 1024 * 1024
"""Bytes of a file: some thousand forewords."""
_SAYS = re.compile(
    rf"{SELF}[^。;]{{0,20}}由[^。]{{2,120}}?(?:提出|归口|起草|制[定订])|{SELF}的?(?:主要|负责|参加)?起草(?:单位|人)|(?:主编|参编)单位:|"
    rf"{SELF}(?:部分)?代替|{SELF}按照?GB/T ?1\.1|"
    r"This (?:standard|document|part|specification)\b[^.]{0,60}?(?:(?:was|is) (?:jointly )?(?:proposed|drafted|prepared)|"
    r"under the (?:centrali[sz]ed )?(?:jurisdiction|management)|replaces)|drafting organi[sz]ations of this",
    re.IGNORECASE,
)
"""A sentence that only forewords have."""


class Forewords:
    """Text files with one foreword or many."""

    @property
    def name(self) -> str:
        """See `Format`."""
        return "Standards: forewords as text"

    def dataset(self, head: Head) -> Dataset | None:
        """Text with a sentence of a foreword, and with a line that is the heading 前言 (Foreword) or a standard's number."""
        try:
            text = head.text
        except Refused:
            return None
        start = text[:2000].lstrip("\ufeff \t\r\n")
        if start.startswith(_NOT_TEXT) or text.count("\x00") > 8 or _is_table(start):
            return None
        lines = [line.text for line in lines_of(text)][:_FIRST_LINES]
        if not any(is_heading(line) or _is_numbered(line) for line in lines):
            return None
        return DATASET if _SAYS.search(running(lines).text) else None

    def records(self, given: Input) -> Iterator[Record | Refusal]:
        """A record for each foreword, by the number of its standard. Raises `Refused` where the input is no text."""
        for foreword in read(given.text(_LARGEST)):
            number = foreword.cover.number
            if number is None:
                yield Refusal(given.name, foreword.line, "", _NO_NUMBER)
            elif not foreword.says_anything:
                yield Refusal(
                    given.name,
                    foreword.line,
                    number.canonical,
                    "nothing that a foreword says was found under this number",
                )
            else:
                yield _record(number, foreword)

    def names(self, record: Record) -> Iterable[str]:
        """See `Format`."""
        for printed in _foreword(record).named():
            yield printed.words
            if printed.code:
                yield printed.name

    def say(self, record: Record, saying: Saying) -> None:
        """See `Format`."""
        _Telling(_foreword(record), saying).tell()


FOREWORDS = Forewords()


def _record(number: StandardNumber, foreword: Foreword) -> Record:
    translated = foreword.language == "en"
    id = f"{number.canonical}, translation" if translated else number.canonical
    title = f"{number.canonical}, foreword{' (English translation)' if translated else ''}"
    published = foreword.cover.published
    document = Document(Document.id_for(title), title, publisher="", published=published)
    return Record(id, foreword.line, document, foreword, locator="foreword", observed_on=published)


def _foreword(record: Record) -> Foreword:
    return cast("Foreword", record.values)


def _is_numbered(line: str) -> bool:
    found = number_line(line)
    return found is not None and found[0].year is not None


def _is_table(start: str) -> bool:
    """Whether the first lines have the same number of commas or tabs: a table, whatever its cells say."""
    rows = [row for row in start.splitlines() if row.strip()][:2]
    if len(rows) < 2 or BEGINS.match(rows[0]) or BEGINS_EN.match(rows[0]):
        return False
    return any(rows[0].count(mark) and rows[0].count(mark) <= rows[1].count(mark) for mark in ("\t", ",", ";", "|"))


class _Telling:
    """One foreword, said."""

    def __init__(self, foreword: Foreword, saying: Saying) -> None:
        self._foreword = foreword
        self._saying = saying
        self._cover = foreword.cover
        number = foreword.cover.number
        if number is None:
            raise Refused(_NO_NUMBER)
        self._number = number
        self._standard = saying.standard(number.canonical)
        self._introduced: set[str] = set()
        self._sure = Confidence.HIGH if foreword.language == "zh" else Confidence.MEDIUM
        # Where the day of publication is not on the page, the year in the number is when it happened.
        self._happened = foreword.cover.published or (
            str(number.year) if number.year and number.kind != "plan" else None
        )

    def tell(self) -> None:
        saying, foreword = self._saying, self._foreword
        saying.provenance = self._provenance(False)
        self._describe()
        for name in foreword.proposers:
            self._body(name, "PROPOSED", "proposer", since=self._happened)
        for name in foreword.in_charge:
            self._body(name, "IN_CHARGE_OF", "in charge", "centralised", {"as_printed": name.words})
        for name in foreword.executing:
            self._body(name, "IN_CHARGE_OF", "executing unit", "executing", {"as_printed": name.words})
        for name in foreword.supervising:
            self._body(name, "SUPERVISES_STANDARD", "supervising agency")
        for issuer in self._cover.issuers:
            self._body(Printed(issuer), "ISSUED", "issuing body", since=self._happened)
        self._supervised_by_rule()
        self._drafted()
        self._numbers()
        for part, reason in foreword.refused:
            with saying.part(part):
                raise Refused(reason)

    def _provenance(self, repaired: bool) -> Provenance:
        sure = Confidence.MEDIUM if repaired else self._sure
        return self._saying.on(Basis.TRANSCRIPTION, sure)

    def _describe(self) -> None:
        cover, saying, standard = self._cover, self._saying, self._standard
        said: dict[str, Scalar | None] = {
            "title_zh": cover.title_zh,
            "title_en": cover.title_en,
            "published": cover.published,
            "effective": cover.effective,
            "ics": ", ".join(cover.ics),
            "ccs": ", ".join(cover.ccs),
        }
        saying.describe(standard, said, main=True)
        if cover.stage:
            saying.fact(standard, "STAGE", cover.stage)
        elif cover.published:
            saying.fact(standard, "STAGE", "60", since=cover.published)
        for scheme, codes in (("ics", cover.ics), ("ccs", cover.ccs)):
            for code in codes:
                with saying.part(scheme):
                    saying.relate(standard, "CLASSIFIED_AS", saying.field_of(code, scheme))
        if self._number.kind != "plan":
            saying.relate(standard, "CLASSIFIED_AS", saying.field_of(self._number.kind, "kind"))
            if self._number.kind == "industry":
                code = self._number.issuer
                saying.relate(standard, "CLASSIFIED_AS", saying.field_of(code, "industry"))

    def _body(
        self,
        name: Printed,
        kind: str,
        part: str,
        qualifier: str = "",
        properties: Mapping[str, Scalar] | None = None,
        *,
        since: str | None = None,
    ) -> None:
        with self._saying.part(part):
            body = self._named(name)
            provenance = self._provenance(name.repaired)
            self._saying.relate(
                body, kind, self._standard, qualifier, since=since, properties=properties, provenance=provenance
            )

    def _named(self, name: Printed) -> Target:
        """The body that a name and a code behind it mean. Raises `Refused` where the two are known to be different bodies."""
        saying = self._saying
        if not name.code:
            return saying.organisation(name.name)
        body = saying.committee(name.code)
        if not name.name:
            return body
        by_name = saying.organisation(name.name)
        known = by_name.id.startswith(
            "committee:sac-"
        )  # known by what was loaded before, maybe by an earlier load of this
        if known and by_name.id != body.id and not body.id.startswith(f"{by_name.id}-"):
            raise Refused(
                f"the code {name.code} is not that of the committee that stands before it; one of them is a slip"
            )
        if body.id in self._introduced:
            return body
        self._introduced.add(body.id)
        if self._foreword.language == "zh":
            saying.fact(body, "NAME", name.name, "zh", provenance=self._provenance(name.repaired))
        code = committee_code(name.code)
        if code and code.parent and code.group is None:
            saying.relate(
                body, "PART_OF", saying.committee(code.parent), "subcommittee", provenance=self._provenance(False)
            )
        return body

    def _supervised_by_rule(self) -> None:
        """Ministries that propose a mandatory national standard or are in charge of it supervise it.

        Rule: article 10 of the Standardization Law of 2017, in force since 2018, which leaves proposing, drafting and examining
        mandatory national standards to the administrative departments of the State Council.
        """
        number = self._number
        if not (number.kind == "national" and number.mandatory and number.year and number.year >= _LAW_IN_FORCE):
            return
        said = {name.words for name in self._foreword.supervising}
        for name in dict.fromkeys((*self._foreword.in_charge, *self._foreword.proposers)):
            with self._saying.part("supervising agency"):
                body = self._named(name)
                if body.label == AGENCY and name.words not in said:
                    provenance = self._saying.on(Basis.RULE, Confidence.MEDIUM)
                    self._saying.relate(body, "SUPERVISES_STANDARD", self._standard, provenance=provenance)

    def _drafted(self) -> None:
        drafting, saying = self._foreword.drafting, self._saying
        seen: set[str] = set()
        for rank, name in enumerate(drafting.names, 1):
            with saying.part("drafting organisations"):
                body = self._named(name)
                if body.id in seen:
                    continue
                seen.add(body.id)
                properties: dict[str, Scalar] = {"as_printed": name.words}
                if drafting.in_order:
                    properties["rank"] = rank
                provenance = self._provenance(name.repaired)
                saying.relate(
                    body, "DRAFTED", self._standard, since=self._happened, properties=properties, provenance=provenance
                )
        if drafting.names and drafting.whole is not None:
            saying.fact(
                self._standard, "NOTE", "complete" if drafting.whole else "cut short by the source", "drafting list"
            )
        for reason in drafting.refused:
            with saying.part("drafting organisations"):
                raise Refused(reason)

    def _numbers(self) -> None:
        saying, foreword, standard = self._saying, self._foreword, self._standard
        for replaced in foreword.replaced:
            with saying.part("replaced standards"):
                properties: dict[str, Scalar] = {} if replaced.partial is None else {"partial": replaced.partial}
                old = saying.standard(replaced.number.canonical)
                since = self._cover.effective or self._happened
                saying.relate(standard, "REPLACES", old, since=since, properties=properties)
        for adopted in foreword.adopted:
            with saying.part("adopted standards"):
                saying.relate(
                    standard, "ADOPTS", saying.standard(adopted.number.canonical), properties={"degree": adopted.degree}
                )
        if foreword.part_of:
            with saying.part("part relation"):
                saying.relate(standard, "PART_OF", saying.standard(foreword.part_of.canonical))
        if foreword.earlier:
            earlier = ", ".join(number.canonical for number in foreword.earlier if number != self._number)
            saying.fact(standard, "NOTE", earlier, "earlier editions")
