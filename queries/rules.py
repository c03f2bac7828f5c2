"""Rules of process that bear on a standard: which of them, by its kind, on the day asked about.

Rules hang on the fields of kind (`queries.kinds`), and on the whole system where they hold for all. Of a rule the value said of the
most particular kind counts; all statements that say it are cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from graph import schema
from graph.dates import first_day
from graph.model import Node, Statement
from graph.store import Step
from queries.evidence import strength
from queries.kinds import SYSTEM, kinds

REVIEWED = ("national", "industry", "local")
"""Kinds of standard that are reviewed: those led by government (Standardization Law of 2017, Article 29)."""

DAYS = "days"
YEARS = "years"


def bearing_on(standard: Node) -> tuple[str, ...]:
    """Ids of the fields whose rules bear on a standard, the most particular first.

    >>> bearing_on(Node("standard:gb-18384-2020", "Standard", {"number": "GB 18384-2020", "kind": "national", "mandatory": True}))
    ('field:kind-national-mandatory', 'field:kind-national', 'field:standards-system')
    """
    return (*kinds(standard), SYSTEM)


def step(*names: str) -> Step:
    """The step of a walk that reads these rules from fields."""
    return Step(("RULE",), "out", (schema.FIELD,), qualifiers=names)


def applying(statements: Iterable[Statement], fields: Sequence[str], names: Sequence[str]) -> tuple[Statement, ...]:
    """The statements of these rules on the first field of which one is said, the firmest first."""
    said = [s for s in statements if s.type == "RULE" and s.qualifier in names]
    for field in fields:
        if found := [s for s in said if s.subject == field]:
            return tuple(sorted(found, key=strength, reverse=True))
    return ()


def amount(rule: Statement, unit: str) -> int | None:
    """The number that a rule gives in a unit; None where it gives none, or in another.

    >>> from graph.model import Provenance
    >>> by = Provenance("process-rules", "review-interval", "doc:1")
    >>> amount(Statement("field:kind-national", "RULE", by, value="5", properties={"unit": "years at most (in general)"}), YEARS)
    5
    """
    said = str(rule.value)
    return int(said) if said.isdigit() and str(rule.properties.get("unit", "")).startswith(unit) else None


def years_after(day: str, years: int) -> date:
    """The same day so many years later; of 29 February the day before where there is none.

    >>> years_after("2020-02-29", 5).isoformat(), years_after("2019-05", 5).isoformat()
    ('2025-02-28', '2024-05-01')
    """
    first = date.fromisoformat(first_day(day))
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return first.replace(year=first.year + years, day=28)


def days_between(first: str, last: str) -> int:
    """Days from one day to another; of a month or year its first day counts."""
    return (date.fromisoformat(first_day(last)) - date.fromisoformat(first_day(first))) // timedelta(days=1)
