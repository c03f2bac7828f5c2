"""How many standards of a scope adopt another, by year of publication."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import InputError
from graph.model import Confidence, View
from graph.store import Adoption, AdoptionYear, Store
from tests.graph.contract.builders import HUAWEI, NOW, TC114, TODAY, Source

FIELD = "field:ics-43"
FIRST, SECOND, THIRD, UNDATED, PROJECT, INDUSTRY = (
    f"standard:{n}"
    for n in ("gb-t-1-2020", "gb-t-2-2020", "gb-t-3-2024", "gb-t-4-2021", "20250001-t-469", "qc-t-1-2020")
)


@pytest.fixture
def scope(store: Store) -> Store:
    """A committee with national standards of two years, one undated, a project and an industry standard; three are classified as well."""
    w = Source()
    w.node(TC114, "Committee", code="SAC/TC 114")
    w.node(HUAWEI, "Company", name_en="Huawei")
    w.node(FIELD, "Field", code="43", kind="ICS")
    w.node("standard:iso-1-2015", "Standard", number="ISO 1:2015", kind="international")
    w.node("standard:iso-2-2015", "Standard", number="ISO 2:2015", kind="international")
    for id_, published in ((FIRST, "2020-03-01"), (SECOND, "2020-05-01"), (THIRD, "2024-01-01")):
        w.node(id_, "Standard", kind="national", published=published)
    w.node(UNDATED, "Standard", kind="national")
    w.node(PROJECT, "Standard", kind="national", status="project")
    w.node(INDUSTRY, "Standard", kind="industry", published="2020-01-01")
    for id_ in (FIRST, SECOND, THIRD, UNDATED, PROJECT, INDUSTRY):
        w.says(TC114, "IN_CHARGE_OF", id_, qualifier="centralised")
    for id_ in (FIRST, THIRD):
        w.says(id_, "CLASSIFIED_AS", FIELD)
    w.says(HUAWEI, "DRAFTED", SECOND, rank=1)
    w.says(FIRST, "ADOPTS", "standard:iso-1-2015", degree="NEQ")
    w.says(FIRST, "ADOPTS", "standard:iso-2-2015", degree="MOD")
    w.says(THIRD, "ADOPTS", "standard:iso-1-2015", confidence=Confidence.LOW)
    store.load(w.dataset, w.batches(), on=TODAY)
    return store


def test_standards_of_a_committee_are_counted_by_year_and_closest_degree(scope: Store) -> None:
    assert scope.adoption([TC114], NOW) == Adoption(
        (
            AdoptionYear(2024, 1, {"unknown": 1}, (THIRD,), ()),
            AdoptionYear(2020, 2, {"MOD": 1}, (FIRST,), (SECOND,)),
        ),
        undated=1,
        total=3,
    )


def test_a_scope_may_be_a_field_or_an_organisation_and_each_standard_counts_once(scope: Store) -> None:
    assert [(y.year, y.standards) for y in scope.adoption([FIELD], NOW).years] == [(2024, 1), (2020, 1)]
    assert [(y.year, y.standards, dict(y.degrees)) for y in scope.adoption([HUAWEI], NOW).years] == [(2020, 1, {})]
    assert scope.adoption([TC114, FIELD, HUAWEI], NOW).total == 3


def test_what_was_published_later_or_is_not_shown_does_not_count(scope: Store) -> None:
    before = scope.adoption([TC114], View(date(2020, 4, 1)))
    assert [(y.year, y.standards) for y in before.years] == [(2020, 1)]
    sure = scope.adoption([TC114], View(TODAY, min_confidence=Confidence.MEDIUM))
    assert [sum(y.degrees.values()) for y in sure.years] == [0, 1]


def test_the_kind_is_asked_for_and_few_are_named(scope: Store) -> None:
    assert [(y.year, y.standards) for y in scope.adoption([TC114], NOW, kind="industry").years] == [(2020, 1)]
    few = scope.adoption([TC114], NOW, limit=0)
    assert few.total == 3
    assert all(not y.adopting and not y.others for y in few.years)


def test_what_a_private_dataset_says_is_left_out_of_a_public_view(scope: Store) -> None:
    own = Source("own", private=True)
    own.node(SECOND, "Standard")
    own.node("standard:iso-1-2015", "Standard")
    own.says(SECOND, "ADOPTS", "standard:iso-1-2015", degree="IDT")
    scope.load(own.dataset, own.batches(), on=TODAY)
    assert scope.adoption([TC114], NOW).years[1].degrees == {"IDT": 1, "MOD": 1}
    assert scope.adoption([TC114], View(TODAY, private=False)).years[1].degrees == {"MOD": 1}


def test_nothing_asked_for_is_nothing_and_less_than_nothing_no_bound(scope: Store) -> None:
    assert scope.adoption([], NOW) == Adoption((), 0, 0)
    assert scope.adoption(["", "\0", "\ud800", "org:nobody"], NOW).total == 0
    with pytest.raises(InputError, match="must be 0 or more, not -1"):
        scope.adoption([TC114], NOW, limit=-1)
