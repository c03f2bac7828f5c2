"""The drafting lists of a scope, as compact rows."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import InputError
from graph.model import View
from graph.store import DraftingList, Store
from tests.graph.contract.builders import (
    BMW,
    BMW_CHINA,
    BRAKES,
    CAICT,
    CATARC,
    HUAWEI,
    MLPS_2019,
    NOW,
    TC114,
    TC260,
    TODAY,
    V2X,
    Source,
)


def _row(store: Store, standard: str, view: View = NOW) -> DraftingList:
    (row,) = store.drafting_lists(view, standards=[standard]).lists
    return row


def test_the_standards_of_a_committee_come_newest_first_with_their_drafters_in_order(world: Store) -> None:
    found = world.drafting_lists(NOW, committees=[TC114])
    assert [row.standard for row in found.lists] == [V2X, BRAKES]
    assert (found.standards, found.bounded) == (2, False)
    row = found.lists[0]
    assert (row.published, row.kind) == ("2025-02-28", "national")
    assert row.drafters[0] == (CATARC, 1)
    assert {actor for actor, _ in row.drafters} == {CATARC, CAICT, HUAWEI, BMW}
    assert TC114 in row.in_charge


def test_a_group_stands_once_for_its_entities_at_the_foremost_place(world: Store) -> None:
    more = Source("more")
    more.node(BMW_CHINA, "Company")
    more.node(MLPS_2019, "Standard")
    more.node(BMW, "Company")
    more.says(BMW_CHINA, "DRAFTED", MLPS_2019, rank=3)
    more.says(BMW, "DRAFTED", MLPS_2019, rank=2)
    world.load(more.dataset, more.batches(), on=TODAY)
    assert [one for one in _row(world, MLPS_2019).drafters if one[0] in (BMW, BMW_CHINA)] == [(BMW, 2)]


def test_scopes_are_added_and_a_standard_counts_once(world: Store) -> None:
    found = world.drafting_lists(NOW, committees=[TC114, TC260], standards=[V2X, "standard:none"])
    assert [row.standard for row in found.lists].count(V2X) == 1
    assert MLPS_2019 in {row.standard for row in found.lists}
    assert world.drafting_lists(NOW).lists == ()
    assert world.drafting_lists(NOW, committees=["committee:none"], fields=["field:none"]).standards == 0


def test_a_bound_keeps_the_newest_and_is_told(world: Store) -> None:
    found = world.drafting_lists(NOW, committees=[TC114], limit=1)
    assert ([row.standard for row in found.lists], found.standards, found.bounded) == ([V2X], 2, True)
    with pytest.raises(InputError):
        world.drafting_lists(NOW, committees=[TC114], limit=-1)


def test_nothing_that_was_published_later_is_there(world: Store) -> None:
    found = world.drafting_lists(View(date(2022, 1, 1)), committees=[TC114])
    assert [row.standard for row in found.lists] == [BRAKES]


def test_a_class_stands_for_those_below_it_and_no_others(world: Store) -> None:
    more = Source("classes")
    for code, standard in (("43-040", V2X), ("43-080", BRAKES), ("430", MLPS_2019)):
        more.node(f"field:ics-{code}", "Field", code=code.replace("-", "."), kind="ICS")
        more.node(standard, "Standard")
        more.says(standard, "CLASSIFIED_AS", f"field:ics-{code}")
    more.node("field:ics-43", "Field", code="43", kind="ICS")
    more.node("field:ccs-t40", "Field", code="T40", kind="CCS")
    more.node("field:ccs-t", "Field", code="T", kind="CCS")
    more.says(V2X, "CLASSIFIED_AS", "field:ccs-t40")
    world.load(more.dataset, more.batches(), on=TODAY)

    def of(field: str) -> list[str]:
        return [row.standard for row in world.drafting_lists(NOW, fields=[field]).lists]

    assert of("field:ics-43") == [V2X, BRAKES]
    assert of("field:ics-43-040") == of("field:ccs-t") == of("field:ccs-t40") == [V2X]
    assert _row(world, V2X).fields == ("field:ccs-t40", "field:ics-43-040")


def test_a_standard_without_a_list_has_no_drafters(world: Store) -> None:
    more = Source("bare")
    more.node("standard:gb-t-1-2020", "Standard", number="GB/T 1-2020", kind="national", published="2020-01-01")
    world.load(more.dataset, more.batches(), on=TODAY)
    row = _row(world, "standard:gb-t-1-2020")
    assert (row.drafters, row.in_charge, row.fields) == ((), (), ())


def test_who_drafted_in_no_order_has_no_rank(world: Store) -> None:
    more = Source("unordered")
    more.node("org:x", "Company")
    more.node(V2X, "Standard")
    more.says("org:x", "DRAFTED", V2X)
    world.load(more.dataset, more.batches(), on=TODAY)
    assert _row(world, V2X).drafters[-1] == ("org:x", None)


def test_private_statements_are_left_out_where_they_are_not_asked_for(world: Store) -> None:
    more = Source("own", private=True)
    more.node(HUAWEI, "Company")
    more.node(BRAKES, "Standard")
    more.says(HUAWEI, "DRAFTED", BRAKES, rank=9)
    world.load(more.dataset, more.batches(), on=TODAY)
    assert HUAWEI not in dict(_row(world, BRAKES, View(TODAY, private=False)).drafters)
    assert HUAWEI in dict(_row(world, BRAKES, View(TODAY, private=True)).drafters)


def test_a_joint_venture_stands_for_itself(world: Store) -> None:
    more = Source("venture")
    more.node("org:jv", "Company")
    more.node(BMW, "Company")
    more.node(MLPS_2019, "Standard")
    more.says("org:jv", "PART_OF", BMW, qualifier="joint_venture")
    more.says("org:jv", "DRAFTED", MLPS_2019, rank=9)
    world.load(more.dataset, more.batches(), on=TODAY)
    assert ("org:jv", 9) in _row(world, MLPS_2019).drafters
