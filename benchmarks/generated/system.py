"""The actors of the invented system: who there is, in which field, and how often each is drawn."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from benchmarks.generated import names
from benchmarks.generated.popularity import zipf
from benchmarks.generated.sizes import Sizes
from loaders import shipped

FIELDS = len(names.TRADES)
FIRST_COMMITTEE = 1001
"""Codes of committees begin here; the real ones end before 1000."""

AT_HOME = 0.8
"""Of five drafting organisations four come from the field of the standard."""
ORGANISATION_EXPONENT = 0.8
"""At full size the most popular organisation drafts in some 3,000 standards, as the largest institutes do."""
COMMITTEE_EXPONENT = 0.4

FEWEST, MOST = 3, 30
"""Drafting organisations of a standard that is not an enterprise's own."""
USUAL_MORE = 5.5
"""How many more than the fewest, in the mean of an exponential distribution."""


@dataclass(frozen=True, slots=True)
class Committee:
    """A technical committee, or a subcommittee of one: `parent` is then its code."""

    code: str
    name: str
    field: int
    agency: str
    parent: str = ""
    parent_name: str = ""


class System:
    """Draws actors, the same ones for the same seed. Holds nothing that grows with the number of records."""

    def __init__(self, sizes: Sizes, seed: int) -> None:
        self.sizes = sizes
        self.random = Random(seed)
        self.industries = _industries()
        self._anywhere = zipf(sizes.organisations, ORGANISATION_EXPONENT, self.random)
        self._in_a_field = zipf(max(1, sizes.organisations // FIELDS), ORGANISATION_EXPONENT, self.random)
        self._committee = zipf(sizes.committees, COMMITTEE_EXPONENT, self.random)
        self.committee = lru_cache(maxsize=None)(self._made)

    def organisation(self, rank: int) -> str:
        """The name of the organisation with that rank of popularity."""
        return names.organisation(rank % self.sizes.organisations, FIELDS)

    def any_committee(self) -> Committee:
        """A committee, as busy ones are met more often."""
        return self.committee(self._committee())

    def drawn(self, field: int) -> int:
        """The rank of an organisation, most often one of the field."""
        return self._in_a_field() * FIELDS + field if self.random.random() < AT_HOME else self._anywhere()

    def several(self, field: int, count: int) -> list[int]:
        """So many different organisations, or a few less where a small system has no more."""
        found: dict[int, None] = {}
        for _ in range(count * 3):
            found.setdefault(self.drawn(field))
            if len(found) == count:
                break
        return list(found)

    def drafters(self, field: int) -> list[str]:
        """The drafting organisations of a standard, the lead first."""
        count = min(MOST, FEWEST + int(self.random.expovariate(1 / USUAL_MORE)))
        return [self.organisation(rank) for rank in self.several(field, count)]

    def _made(self, number: int) -> Committee:
        technical = min(self.sizes.technical, self.sizes.committees)
        field = number % FIELDS
        agency = self.industries[number * 7 % len(self.industries)][1]
        trade, turn = names.TRADES[field], names.letters(number // FIELDS, 1)
        if number < technical:
            return Committee(f"TC{FIRST_COMMITTEE + number}", f"全国拟{trade}{turn}标准化技术委员会", field, agency)
        parent = self._made(number % technical)
        turn = names.letters(number // technical, 1)
        code = f"{parent.code}SC{number // technical}"
        name = f"{parent.name}{turn}{trade}分技术委员会"
        return Committee(code, name, parent.field, parent.agency, parent.code, parent.name)


def _industries() -> tuple[tuple[str, str], ...]:
    """The codes of industry standards and who administers them, as shipped."""
    with (shipped() / "industry_codes_today.csv").open(encoding="utf-8", newline="") as table:
        return tuple((row["code"], row["administration_zh"]) for row in csv.DictReader(table))
