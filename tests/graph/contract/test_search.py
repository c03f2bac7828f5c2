"""Search: what people type, and what they must find first."""

from __future__ import annotations

import pytest

from graph.store import Hit, Store
from tests.graph.contract.builders import (
    BMW,
    BMW_CHINA,
    BMW_SERVICES,
    CESI,
    HUAWEI,
    MIIT,
    MLPS_2008,
    MLPS_2019,
    SAC,
    TC114,
    TC260,
    TODAY,
    V2X,
    Source,
)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("信安标委", TC260),
        ("网安标委", TC260),
        ("全国信息安全标准化技术委员会", TC260),
        ("TC260", TC260),
        ("tc 260", TC260),
        ("SAC/TC 260", TC260),
        ("tc114", TC114),
        ("TC 114/SC 34", "committee:sac-tc-114-sc-34"),
        ("CESI", CESI),
        ("电子标准院", CESI),
        ("dianzi biaozhunyuan", CESI),
        ("工信部", MIIT),
        ("MIIT", MIIT),
        ("gongxinbu", MIIT),
        ("gxb", MIIT),
        ("gbt 22239", MLPS_2019),
        ("GB/T22239", MLPS_2019),
        ("gb/t222", MLPS_2019),
        ("ＧＢ／Ｔ　２２２３９", MLPS_2019),
        ("22239", MLPS_2019),
        ("22239-2008", MLPS_2008),
        ("GB/T 22239-2008", MLPS_2008),
        ("LTE-V2X", V2X),
        ("Standardization Administration", SAC),
        ("administration standardization", SAC),
        ("SAC", SAC),
        ("BMW", BMW),
        ("宝马", BMW),
        ("寶馬", BMW),
        ("huawei", HUAWEI),
        ("宝马中国", BMW_CHINA),
        ("classified protection", MLPS_2019),
    ],
)
def test_what_is_looked_for_comes_first(world: Store, words: str, first: str) -> None:
    hits = world.search(words).hits
    assert hits
    assert hits[0].node.id == first


def test_a_group_stands_before_its_entities(world: Store) -> None:
    hits = world.search("宝马").hits
    assert [hit.node.id for hit in hits] == [BMW, BMW_CHINA, BMW_SERVICES]


def test_a_group_stands_before_an_entity_that_has_the_very_name(store: Store) -> None:
    source = Source()
    source.node("org:group", "Company", name_zh="宝马集团", kind="group")
    source.node("org:entity", "Company", name_zh="宝马")
    source.says("org:entity", "PART_OF", "org:group", qualifier="entity")
    store.load(source.dataset, source.batches(), on=TODAY)
    assert [hit.node.id for hit in store.search("宝马").hits] == ["org:group", "org:entity"]


@pytest.mark.parametrize("words", ["技术", "术", "信息安全 技术", "技术 GB/T"])
def test_every_hit_has_the_words(world: Store, words: str) -> None:
    found = world.search(words)
    assert len(found.hits) == found.total > 1
    assert found.exact
    for hit in found.hits:
        told = f"{hit.node.properties} {hit.name}"
        assert all(word in told for word in words.split())


def test_pinyin_finds_what_reads_so_and_nothing_else(world: Store) -> None:
    found = world.search("xinxi anquan")
    assert {hit.node.id for hit in found.hits} == {MLPS_2019, MLPS_2008, TC260}
    assert all("信息安全" in hit.name for hit in found.hits)


@pytest.mark.parametrize(
    "words",
    ["", " ", "…", '"', "''", "*", "OR NOT", "(", "a\0b", "\ud800", "🦄", "NEAR(a b)", "-", "标淮", "a" * 10_000],
)
def test_what_means_nothing_finds_nothing_and_breaks_nothing(world: Store, words: str) -> None:
    found = world.search(words)
    assert (found.hits, found.total, found.after) == ((), 0, "")


@pytest.mark.parametrize("words", ["AND", "and", "AND OR"])
def test_words_of_a_query_language_are_words(world: Store, words: str) -> None:
    assert all(" and " in hit.name for hit in world.search(words).hits)


def test_labels_limit_what_is_found(world: Store) -> None:
    assert {hit.node.label for hit in world.search("技术", labels=["Standard"]).hits} == {"Standard"}
    assert world.search("工信部", labels=["Company", "Standard"]).hits == ()
    assert world.search("gbt 22239", labels=["Agency", "Standard"]).hits[0].node.id == MLPS_2019
    assert world.search("gbt 22239", labels=["Agency"]).hits == ()


def test_pages_of_hits_together_are_the_whole_list(world: Store) -> None:
    whole = world.search("技术")
    pages: list[Hit] = []
    after = ""
    while True:
        page = world.search("技术", limit=2, after=after)
        assert page.total == whole.total
        pages += page.hits
        after = page.after
        if not after:
            break
    assert tuple(pages) == whole.hits


def test_better_matches_stand_first_and_say_how_they_matched(world: Store) -> None:
    hits = world.search("华为技术有限公司").hits
    assert (hits[0].how, hits[0].score, hits[0].name) == ("exact", 1.0, "华为技术有限公司")
    scores = [hit.score for hit in world.search("技术").hits]
    assert scores == sorted(scores, reverse=True)


def test_where_very_many_match_the_total_is_a_lower_bound_and_the_best_are_there(store: Store) -> None:
    source = Source()
    source.node(SAC, "Agency", name_en="Testing")
    for number in range(1500):
        source.node(f"standard:{number}", "Standard", title_en=f"Testing of thing {number}")
    source.node("standard:late", "Standard", title_en="testing")
    store.load(source.dataset, source.batches(), on=TODAY)
    found = store.search("testing")
    assert not found.exact
    assert 100 <= found.total <= 1502
    assert [hit.node.id for hit in found.hits][:2] == [SAC, "standard:late"]


def test_the_beginning_of_many_numbers_means_those_and_of_few_its_words_as_well(store: Store) -> None:
    source = Source()
    for serial in range(1, 901):
        source.node(f"standard:sy-t-{serial}", "Standard", number=f"SY/T {serial}-2019", title_en=f"Pipelines {serial}")
    source.node("policy:guide", "Policy", name_en="Guide to SY/T 77 and SY/T 771")
    store.load(source.dataset, source.batches(), on=TODAY)
    many = store.search("SY/T 7", limit=100)
    assert many.exact
    assert many.total == 111
    assert {hit.name[:6] for hit in many.hits} == {"SY/T 7"}
    few = store.search("sy/t 77")
    assert few.exact
    assert few.total == 12
    assert few.hits[0].node.id == "standard:sy-t-77"
    assert few.hits[-1].node.id == "policy:guide"
    assert store.search("SY/T 771").hits[-1].node.id == "policy:guide"


def test_words_that_thousands_have_are_found_together(store: Store) -> None:
    source = Source()
    for number in range(1200):
        kind = "泵" if number % 3 else "阀门"
        source.node(
            f"standard:{number}",
            "Standard",
            title_zh=f"石油管道{kind}第{number}部分",
            number=f"T/XX {30000 + number}-2020",
        )
    source.node("standard:late", "Standard", title_zh="石油管道阀门与泵 第３０５部分", number="T/YY 1-2021")
    store.load(source.dataset, source.batches(), on=TODAY)
    found = store.search("石油管道阀门 30", limit=400)
    assert found.exact
    assert {hit.node.id for hit in found.hits} == {f"standard:{number}" for number in range(0, 1000, 3)} | {
        "standard:late"
    }
    assert {hit.node.id for hit in store.search("石油管道阀门与泵").hits} == {"standard:late"}
    assert not store.search("石油管道阀门 4444").hits
    everything = store.search("石油管道")
    assert not everything.exact
    assert everything.total >= 400


def test_a_name_that_is_no_longer_said_is_no_longer_found(world: Store) -> None:
    source = Source("names")
    source.node(HUAWEI, "Company")
    source.says(HUAWEI, "NAME", value="菊厂", qualifier="other_zh")
    world.load(source.dataset, source.batches(), on=TODAY)
    assert world.search("菊厂").hits[0].node.id == HUAWEI
    source.statements.clear()
    world.load(source.dataset, source.batches(), on=TODAY)
    assert not world.search("菊厂").hits
    assert not world.search("juchang").hits
    assert world.search("华为").hits[0].node.id == HUAWEI


def test_a_number_in_full_means_what_bears_it(store: Store) -> None:
    source = Source()
    source.node(MLPS_2019, "Standard", number="GB/T 22239-2019")
    source.node("standard:gb-t-22239-2019-x", "Standard", title_en="Guide to GB/T 22239-2019")
    source.node("policy:guide", "Policy", name_en="Notice on GB/T 22239-2019")
    store.load(source.dataset, source.batches(), on=TODAY)
    assert [hit.node.id for hit in store.search("gbt22239-2019").hits] == [MLPS_2019]
    assert [hit.node.id for hit in store.search("GB/T 22239-2019", labels=["Policy"]).hits] == ["policy:guide"]
    assert len(store.search("GB/T 22239").hits) == 3, "the beginning of a number may be words as well"
