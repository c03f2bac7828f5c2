"""What loads did: appeared, changed, vanished, since a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.model import View
from graph.store import Change, Changes, Store
from tests.graph.contract.builders import CESI, HUAWEI, MLPS_2019, TC260, Source, world

FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
EVER = View(date(2026, 12, 31))


def of(found: Changes, what: str) -> list[Change]:
    return [change for change in found.changes if change.what == what]


def table(name: str, *members: str, private: bool = False) -> Source:
    source = Source("members", private=private)
    for member in members:
        source.node(member, "Company" if member == HUAWEI else "Institute", record=member, name_en=f"{member} {name}")
        source.says(member, "MEMBER_OF", TC260, record=member, qualifier="member")
    return source


def loaded(store: Store, source: Source, on: date) -> None:
    store.load(source.dataset, source.batches(), on=on)


def test_what_a_second_load_says_anew_appeared_and_what_it_drops_vanished(world: Store) -> None:
    loaded(world, table("a", HUAWEI), FIRST)
    loaded(world, table("a", CESI), SECOND)
    found = world.changes(SECOND, EVER)
    assert {(c.node, c.day) for c in of(found, "appeared")} == {(CESI, "2026-02-01")}
    assert {(c.node, c.day) for c in of(found, "vanished")} == {(HUAWEI, "2026-02-01")}
    assert {c.statement.type for c in found.changes if c.statement} == {"MEMBER_OF"}
    assert {HUAWEI, CESI, TC260} <= set(found.nodes)
    assert found.total == len(found.changes)


def test_what_a_record_said_before_is_kept(world: Store) -> None:
    loaded(world, table("old", HUAWEI), FIRST)
    loaded(world, table("new", HUAWEI), SECOND)
    (change,) = world.changes(SECOND, EVER).changes
    assert change.what == "changed"
    assert change.before == {"name_en": f"{HUAWEI} old"}
    assert change.record is not None
    assert change.record.properties == {"name_en": f"{HUAWEI} new"}


def test_loading_the_same_again_changes_nothing(world: Store) -> None:
    loaded(world, table("a", HUAWEI), FIRST)
    loaded(world, table("a", HUAWEI), SECOND)
    assert world.changes(SECOND, EVER).changes == ()


def test_a_dataset_that_is_new_as_a_whole_is_told_as_one(world: Store) -> None:
    loaded(world, table("a", HUAWEI), SECOND)
    found = world.changes(SECOND, EVER)
    assert found.changes == ()
    assert found.datasets == (("members", "2026-02-01"),)
    at_huawei = world.changes(SECOND, EVER, ids=[HUAWEI])
    assert {c.what for c in at_huawei.changes} == {"appeared"}
    assert HUAWEI in {c.node for c in at_huawei.changes}


def test_only_what_is_at_the_things_watched(world: Store) -> None:
    loaded(world, table("a", HUAWEI), FIRST)
    loaded(world, table("a", HUAWEI, CESI), SECOND)
    assert {c.node for c in world.changes(SECOND, EVER, ids=[CESI]).changes} == {CESI}
    assert {c.node for c in world.changes(SECOND, EVER, ids=[TC260]).changes} == {CESI}
    assert world.changes(SECOND, EVER, ids=[MLPS_2019]).changes == ()
    assert world.changes(SECOND, EVER, ids=["org:nobody"]).changes == ()


def test_each_day_has_its_own(world: Store) -> None:
    loaded(world, table("a", HUAWEI), FIRST)
    loaded(world, table("a", HUAWEI, CESI), SECOND)
    loaded(world, table("a", CESI), THIRD)
    found = world.changes(SECOND, EVER)
    assert [c.day for c in found.changes] == sorted((c.day for c in found.changes), reverse=True)
    assert {(c.what, c.day) for c in found.changes} == {("appeared", "2026-02-01"), ("vanished", "2026-03-01")}
    assert {c.what for c in world.changes(THIRD, EVER).changes} == {"vanished"}
    assert world.changes(date(2026, 3, 2), EVER).changes == ()


def test_fewer_are_given_and_all_are_counted(world: Store) -> None:
    loaded(world, table("a", HUAWEI), FIRST)
    loaded(world, table("a", CESI), SECOND)
    found = world.changes(SECOND, EVER, limit=1)
    assert len(found.changes) == 1
    assert found.total > 1


def test_private_data_change_in_private(world: Store) -> None:
    loaded(world, table("a", HUAWEI, private=True), FIRST)
    loaded(world, table("a", CESI, private=True), SECOND)
    assert world.changes(SECOND, EVER).changes
    assert world.changes(SECOND, replace(EVER, private=False)).changes == ()


def test_before_anything_was_loaded_nothing_is_known(store: Store) -> None:
    assert store.changes(FIRST, EVER) == Changes((), {}, (), None, 0)


def test_a_merged_thing_is_watched_under_its_new_id(world: Store) -> None:
    source = world_again()
    loaded(world, source, FIRST)
    world.redirect("org:huawei-old", HUAWEI)
    loaded(world, world_again("b"), SECOND)
    assert [c.what for c in world.changes(SECOND, EVER, ids=[HUAWEI]).changes] == ["changed"]


def world_again(name: str = "a") -> Source:
    source = Source("more")
    source.node("org:huawei-old", "Company", record="1", name_en=f"Huawei {name}")
    return source


def test_the_small_world_marks_its_first_day(store: Store) -> None:
    source = world()
    store.load(source.dataset, source.batches(), on=FIRST)
    found = store.changes(FIRST, EVER)
    assert found.marked_since == "2026-01-01"
    assert found.datasets == (("curated", "2026-01-01"),)


def test_what_a_statement_said_before_is_kept(world: Store) -> None:
    for seats, on in ((2, FIRST), (3, SECOND)):
        source = Source("members")
        source.says(HUAWEI, "MEMBER_OF", TC260, record="1", qualifier="member", seats=seats)
        loaded(world, source, on)
    (change,) = world.changes(SECOND, EVER).changes
    assert change.what == "changed"
    assert change.before == {"seats": 2}
    assert change.statement is not None
    assert change.statement.properties == {"seats": 3}
