"""What a node shows of what is said of it: merged properties, names, editions, merged ids."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import InputError, NotFoundError
from graph.model import Basis, Confidence
from graph.names import name_key
from graph.store import Stage, Step, Store
from tests.graph.contract import builders
from tests.graph.contract.builders import (
    BMW,
    BMW_CHINA,
    BMW_SERVICES,
    CESI,
    HUAWEI,
    MLPS_2008,
    MLPS_2019,
    NOW,
    SAC,
    TC260,
    THIRD,
    TODAY,
    V2X,
    Source,
    everything,
)


def load(store: Store, *sources: Source, on: date = TODAY) -> None:
    for source in sources:
        store.load(source.dataset, source.batches(), on=on)


def test_nodes_are_given_by_id_and_unknown_ones_left_out(world: Store) -> None:
    found = world.nodes([MLPS_2019, "org:none", SAC, SAC])
    assert list(found) == [MLPS_2019, SAC]
    assert found[MLPS_2019].ref.name() == "GB/T 22239-2019"
    assert found[SAC].ref.name("zh") == "国家标准化管理委员会"
    assert found[MLPS_2019].properties["mandatory"] is False


def test_the_firmest_ground_decides_property_by_property(store: Store) -> None:
    page, guess = Source("page"), Source("guess", basis=Basis.GENERAL_KNOWLEDGE, confidence=Confidence.HIGH)
    page.node(CESI, "Institute", name_zh="中国电子技术标准化研究院")
    guess.node(CESI, "Company", name_zh="电子四院", name_en="China Electronics Standardization Institute")
    load(store, guess, page)
    node = store.nodes([CESI])[CESI]
    assert node.label == "Institute"
    assert node.properties == {
        "name_zh": "中国电子技术标准化研究院",
        "name_en": "China Electronics Standardization Institute",
    }
    store.undo("page")
    assert store.nodes([CESI])[CESI].properties["name_zh"] == "电子四院"
    assert store.nodes([CESI])[CESI].label == "Company"


def test_of_two_equal_grounds_the_later_observation_counts(store: Store) -> None:
    old, new = Source("a", observed_on="2016"), Source("b", observed_on="2024-05")
    old.node(TC260, "Committee", name_zh="全国信息安全标准化技术委员会")
    new.node(TC260, "Committee", name_zh="全国网络安全标准化技术委员会")
    load(store, new, old)
    assert store.nodes([TC260])[TC260].properties["name_zh"] == "全国网络安全标准化技术委员会"


def test_facts_in_force_are_shown_as_properties(store: Store) -> None:
    source = Source()
    source.node(HUAWEI, "Company", ownership="central_soe")
    source.says(HUAWEI, "OWNERSHIP", value="public", until="2020")
    source.says(HUAWEI, "OWNERSHIP", value="private", since="2021", basis=Basis.RULE)
    source.says(HUAWEI, "OWNERSHIP", value="unknown", since="2021")
    load(store, source, on=date(2025, 1, 1))
    assert store.nodes([HUAWEI])[HUAWEI].properties["ownership"] == "private"


def test_unknown_is_shown_only_where_nothing_else_is_said(store: Store) -> None:
    source, other = Source(), Source("other", basis=Basis.GENERAL_KNOWLEDGE)
    source.node(HUAWEI, "Company")
    source.says(HUAWEI, "OWNERSHIP", value="unknown")
    load(store, source)
    assert store.nodes([HUAWEI])[HUAWEI].properties["ownership"] == "unknown"
    other.node(HUAWEI, "Company", ownership="private")
    load(store, other)
    assert store.nodes([HUAWEI])[HUAWEI].properties["ownership"] == "private"


def test_names_are_found_in_any_spelling_with_how_they_came_about(world: Store) -> None:
    asked = ["ＣＥＳＩ", "信安标委", "全国信息安全标准化技术委员会", "gb/t 22239-2019", "宝马（中国）服务有限公司"]
    keys = [name_key(name) for name in asked]
    found = world.named([*keys, name_key("nobody")])
    assert [[(bearer.node.id, bearer.kind) for bearer in found[key]] for key in keys] == [
        [(CESI, "short")],
        [(TC260, "former")],
        [(TC260, "former")],
        [(MLPS_2019, "number")],
        [(BMW_SERVICES, "name")],
    ]
    assert len(found) == len(keys)


def test_bearers_of_one_name_come_by_strength_of_the_name_then_id(store: Store) -> None:
    source = Source()
    for id_ in ("org:b", "org:a", "org:c"):
        source.node(id_, "Association")
    source.node("org:d", "Agency", name_zh="标准化协会")
    source.says("org:a", "NAME", value="标准化协会", qualifier="former_zh")
    source.says("org:b", "NAME", value="标准化协会", qualifier="short_zh")
    source.says("org:c", "NAME", value="标准化协会", qualifier="zh", until="2019")
    load(store, source)
    key = name_key("标准化协会")
    assert [(b.node.id, b.kind) for b in store.named([key])[key]] == [
        ("org:d", "name"),
        ("org:b", "short"),
        ("org:a", "former"),
        ("org:c", "former"),
    ]
    assert [b.node.id for b in store.named([key], labels=["Agency"])[key]] == ["org:d"]
    assert store.named([key], labels=["Standard"]) == {}


def test_editions_come_newest_first(world: Store) -> None:
    found = world.editions(["GB/T 22239", "GB/T 45315", "GB/T 1"])
    assert {family: [node.id for node in nodes] for family, nodes in found.items()} == {
        "GB/T 22239": [MLPS_2019, MLPS_2008],
        "GB/T 45315": [V2X],
    }


def test_a_merged_node_counts_for_the_one_that_stays(world: Store) -> None:
    world.redirect(BMW_CHINA, BMW_SERVICES)
    assert world.moved(BMW_CHINA) == BMW_SERVICES
    assert world.moved(BMW_SERVICES) is None
    assert world.nodes([BMW_CHINA])[BMW_CHINA].id == BMW_SERVICES
    around = world.neighbours(BMW_CHINA, NOW, types=["DRAFTED"])
    assert {n.statement.object for n in around.neighbours} == {V2X, builders.BRAKES}
    assert {n.statement.subject for n in around.neighbours} == {BMW_SERVICES}
    assert world.counts().nodes["Company"] == 3
    assert world.search("宝马中国(服务)有限公司").hits[0].node.id == BMW_SERVICES
    key = name_key("宝马中国(服务)有限公司")
    assert [bearer.node.id for bearer in world.named([key])[key]] == [BMW_SERVICES]


def test_statements_of_a_merged_node_are_found_by_the_key_they_are_shown_under(world: Store) -> None:
    world.redirect(BMW_CHINA, BMW_SERVICES)
    shown = [n.statement for n in world.neighbours(V2X, NOW, types=["DRAFTED"]).neighbours]
    keys = [statement.key for statement in shown]
    assert world.statements(keys) == dict(zip(keys, shown, strict=True))
    dumped = [thing for thing in world.dump() if hasattr(thing, "key")]
    assert [one.key for one in dumped] == sorted(one.key for one in dumped)


def test_a_merge_can_be_taken_back(world: Store) -> None:
    before, counts = everything(world.dump()), world.counts()
    world.redirect(BMW_CHINA, BMW_SERVICES)
    assert everything(world.dump()) != before
    world.restore(BMW_CHINA)
    assert everything(world.dump()) == before
    assert world.counts() == counts
    assert world.moved(BMW_CHINA) is None


def test_merges_in_a_row_lead_to_the_last_and_come_apart_one_by_one(world: Store) -> None:
    before = everything(world.dump())
    world.redirect(BMW_CHINA, BMW_SERVICES)
    between = everything(world.dump())
    world.redirect(BMW_SERVICES, BMW)
    assert world.moved(BMW_CHINA) == BMW
    assert world.neighbours(BMW, NOW, types=["DRAFTED"]).total == 2
    assert world.neighbours(BMW, NOW, types=["PART_OF"]).total == 0, "what is part of itself is not shown"
    world.restore(BMW_SERVICES)
    assert everything(world.dump()) == between
    world.restore(BMW_CHINA)
    assert everything(world.dump()) == before


def test_a_merge_outlives_the_dataset_and_holds_when_it_is_loaded_again(world: Store) -> None:
    world.redirect(BMW_CHINA, BMW_SERVICES)
    merged = everything(world.dump())
    source = builders.world()
    assert world.load(source.dataset, source.batches(2), on=TODAY).changed == 0
    assert everything(world.dump()) == merged
    world.undo("curated")
    assert world.moved(BMW_CHINA) is None, "an id cannot lead to what is not there"
    world.load(source.dataset, source.batches(2), on=TODAY)
    assert everything(world.dump()) == merged
    assert world.moved(BMW_CHINA) == BMW_SERVICES


def test_merges_that_cannot_be(world: Store) -> None:
    with pytest.raises(NotFoundError, match="'org:none'"):
        world.redirect("org:none", SAC)
    with pytest.raises(NotFoundError, match="'org:none'"):
        world.redirect(SAC, "org:none")
    with pytest.raises(NotFoundError, match="was not merged"):
        world.restore(SAC)
    world.redirect(THIRD, CESI)
    for old, new in ((CESI, THIRD), (SAC, SAC)):
        with pytest.raises(InputError, match="cannot be merged"):
            world.redirect(old, new)


def test_a_walk_goes_through_a_merged_node(world: Store) -> None:
    world.redirect(THIRD, CESI)
    found = world.expand([THIRD], [Stage((Step(("DRAFTED", "HOSTS_SECRETARIAT")),))], NOW)
    assert set(found.nodes) == {CESI, MLPS_2019, TC260}
