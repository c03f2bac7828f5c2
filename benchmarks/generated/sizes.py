"""How many of each there are in China's standards system, and how many in a part of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts of records and actors; the defaults are the whole system as published.

    `organisations` holds companies and institutes, `associations` the bodies that issue association standards;
    `committees` technical committees and subcommittees, `technical` the former alone. Memberships are rows of lists.
    """

    national: int = 36_877
    industry: int = 62_262
    local: int = 37_818
    association: int = 12_756
    enterprise: int = 1_140_000
    associations: int = 2_997
    committees: int = 1_300
    technical: int = 560
    organisations: int = 297_003
    association_members: int = 100_000
    committee_members: int = 60_000

    @classmethod
    def at(cls, scale: float) -> Self:
        """The counts of a part of the system, all in proportion.

        >>> Sizes.at(0.1).enterprise, Sizes.at(1) == Sizes()
        (114000, True)
        """
        if not 0 < scale <= 1:
            message = f"a scale of {scale} is none; give one above 0, at most 1"
            raise ValueError(message)
        return cls(**{f.name: max(1, round(f.default * scale)) for f in fields(cls)})  # type: ignore[operator]

    @property
    def standards(self) -> int:
        """All standards that have a record of their own."""
        return self.national + self.industry + self.local + self.association + self.enterprise


UPDATE = 2_000
"""Records of a day's update: one half new, one half with another status than before."""
