"""Who drafts in an arena, and who drafted together."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import View
from graph.store import Store
from tests.graph.contract.builders import (
    BMW,
    BMW_CHINA,
    BMW_SERVICES,
    BRAKES,
    CAICT,
    CATARC,
    HUAWEI,
    MLPS_2019,
    NOW,
    TC114,
    TC260,
    THIRD,
    TODAY,
    V2X,
    Source,
)

YEARS = 365.25


def weight(published: date, as_of: date = TODAY, half_life: float = 5.0) -> float:
    return float(0.5 ** ((as_of - published).days / YEARS / half_life))


V2X_WEIGHT, BRAKES_WEIGHT = weight(date(2025, 2, 28)), weight(date(2021, 10, 11))


def test_an_arena_counts_drafting_by_group_and_age(world: Store) -> None:
    found = world.arena([TC114], [], NOW)
    assert (found.standards, found.with_drafters, found.total, found.bounded) == (2, 2, 4, False)
    assert [p.actor for p in found.partners] == [BMW, CATARC, CAICT, HUAWEI]
    bmw, catarc, caict, _ = found.partners
    assert bmw.entities == (BMW_CHINA, BMW_SERVICES)
    assert (bmw.drafted, bmw.led, bmw.latest, bmw.standards) == (2, 0, "2025-02-28", (V2X, BRAKES))
    assert bmw.weight == pytest.approx(V2X_WEIGHT + BRAKES_WEIGHT, abs=1e-8)
    assert (catarc.drafted, catarc.led, catarc.entities) == (2, 2, (CATARC,))
    assert caict.weight == pytest.approx(V2X_WEIGHT, abs=1e-8)


def test_an_arena_adds_the_standards_that_are_named(world: Store) -> None:
    found = world.arena([TC114], [MLPS_2019, V2X, "standard:none"], NOW, limit=1)
    assert found.standards == 3
    assert found.total == 5
    assert [p.actor for p in found.partners] == [BMW]
    assert world.arena([], [], NOW).partners == ()


def test_an_arena_has_nothing_that_was_published_later(world: Store) -> None:
    found = world.arena([TC114], [], View(date(2022, 1, 1)))
    assert found.standards == 1
    assert {p.actor for p in found.partners} == {CATARC, BMW}


def test_entities_of_one_group_count_once_a_standard(world: Store) -> None:
    more = Source("more")
    more.node(BMW_SERVICES, "Company")
    more.node(V2X, "Standard")
    more.says(BMW_SERVICES, "DRAFTED", V2X, rank=1)
    world.load(more.dataset, more.batches(), on=TODAY)
    bmw = next(p for p in world.arena([], [V2X], NOW).partners if p.actor == BMW)
    assert (bmw.drafted, bmw.led, bmw.entities) == (1, 1, (BMW_CHINA, BMW_SERVICES))


def test_standards_said_twice_count_once(world: Store) -> None:
    before = world.arena([TC114], [], NOW), world.ties([CATARC], NOW)
    more = Source("mirror")
    more.node(CATARC, "Institute")
    more.node(TC114, "Committee")
    more.node(V2X, "Standard")
    more.says(CATARC, "DRAFTED", V2X, rank=1)
    more.says(TC114, "IN_CHARGE_OF", V2X, qualifier="centralised")
    world.load(more.dataset, more.batches(), on=TODAY)
    assert (world.arena([TC114], [], NOW), world.ties([CATARC], NOW)) == before


def test_an_undated_standard_weighs_as_the_oldest_or_four_half_lives(store: Store) -> None:
    source = Source()
    source.node(HUAWEI, "Company")
    source.node(TC260, "Committee")
    for id_, published in (("standard:a", "2000-06-01"), ("standard:b", None), ("standard:c", "2024")):
        source.node(id_, "Standard", **({"published": published} if published else {}))
        source.says(HUAWEI, "DRAFTED", id_)
        source.says(TC260, "IN_CHARGE_OF", id_, qualifier="centralised")
    store.load(source.dataset, source.batches(), on=TODAY)
    found = store.arena([TC260], [], NOW)
    oldest = weight(date(2000, 6, 1))
    assert found.partners[0].weight == pytest.approx(2 * oldest + weight(date(2024, 1, 1)), abs=1e-8)
    assert found.partners[0].standards == ("standard:c", "standard:a", "standard:b")
    assert found.partners[0].latest == "2024"
    younger = store.arena([], ["standard:b", "standard:c"], NOW)
    assert younger.partners[0].weight == pytest.approx(0.5**4 + weight(date(2024, 1, 1)), abs=1e-8)
    assert store.arena([TC260], [], View(TODAY, undated=False)).standards == 0


def test_a_tie_weighs_shared_standards_by_their_drafters_and_age(world: Store) -> None:
    ties = world.ties([CATARC], NOW)
    assert [(tie.a, tie.b) for tie in ties] == [(CATARC, BMW), (CATARC, CAICT), (CATARC, HUAWEI)]
    bmw, caict, _ = ties
    assert bmw.weight == pytest.approx(V2X_WEIGHT / 3 + BRAKES_WEIGHT, abs=1e-8)
    assert (bmw.shared, bmw.latest, bmw.standards) == (2, "2025-02-28", (V2X, BRAKES))
    assert caict.weight == pytest.approx(V2X_WEIGHT / 3, abs=1e-8)


def test_ties_are_the_same_from_both_sides_and_a_group_has_none_with_itself(world: Store) -> None:
    ties = {(tie.a, tie.b): tie for tie in world.ties([BMW, CATARC, HUAWEI], NOW)}
    assert (BMW, BMW) not in ties
    assert ties[BMW, CATARC].weight == ties[CATARC, BMW].weight
    assert [a for a, _ in ties] == [BMW] * 3 + [CATARC] * 3 + [HUAWEI] * 4
    assert all(b not in (BMW_CHINA, BMW_SERVICES) for _, b in ties)


def test_ties_of_an_entity_are_its_own(world: Store) -> None:
    assert [tie.b for tie in world.ties([BMW_SERVICES], NOW)] == [CATARC]


def test_ties_among_given_actors_only(world: Store) -> None:
    assert [tie.b for tie in world.ties([HUAWEI], NOW, among=[THIRD, CATARC, "org:none"])] == [THIRD, CATARC]
    assert world.ties([HUAWEI], NOW, among=[]) == ()
    assert len(world.ties([HUAWEI], NOW, limit=2)) == 2
    assert world.ties(["org:none"], NOW) == ()


def test_ties_as_of_a_day(world: Store) -> None:
    assert [tie.b for tie in world.ties([HUAWEI, BMW], View(date(2020, 1, 1)))] == [THIRD]
