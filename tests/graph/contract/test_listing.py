"""Lists as a whole: all names of a kind of node, and all that one dataset says."""

from __future__ import annotations

from graph.public import PublicStore
from graph.schema import ORGANISATIONS
from graph.store import NamesOf, Store
from tests.graph.contract.builders import BMW, BMW_CHINA, BMW_SERVICES, MIIT, SAC, SC34, TC114, TC260, TODAY, Source


def test_all_names_of_organisations_in_order_of_id(world: Store) -> None:
    listed = world.known_names(ORGANISATIONS)
    assert [one.id for one in listed] == sorted(one.id for one in listed)
    by_id = {one.id: one for one in listed}
    assert TC260 not in by_id
    assert by_id[MIIT].names == (
        ("name", "Ministry of Industry and Information Technology"),
        ("name", "工业和信息化部"),
        ("short", "MIIT"),
        ("short", "工信部"),
    )
    assert (by_id[MIIT].label, by_id[BMW].label) == ("Agency", "Company")
    assert by_id[SAC].importance > by_id[BMW_CHINA].importance
    bodies = [one.id for one in world.known_names(["Committee"])]
    assert bodies == [TC114, SC34, TC260]


def test_pages_follow_one_another_to_the_end(world: Store) -> None:
    paged: list[NamesOf] = []
    after = ""
    while page := world.known_names(ORGANISATIONS, after=after, limit=4):
        assert len(page) <= 4
        paged += page
        after = page[-1].id
    assert tuple(paged) == world.known_names(ORGANISATIONS)
    assert world.known_names(ORGANISATIONS, limit=0) == ()


def test_names_of_a_merged_node_count_for_the_one_that_stays(world: Store) -> None:
    world.redirect(BMW_CHINA, BMW_SERVICES)
    by_id = {one.id: one for one in world.known_names(ORGANISATIONS)}
    assert BMW_CHINA not in by_id
    assert [text for _, text in by_id[BMW_SERVICES].names] == ["宝马(中国)服务有限公司", "宝马中国(服务)有限公司"]


def test_what_one_dataset_says(world: Store) -> None:
    other = Source("other")
    other.node(SAC, "Agency")
    said = other.says(SAC, "NOTE", value="of another dataset", qualifier="topic")
    world.load(other.dataset, other.batches(), on=TODAY)
    assert list(world.said_by("other")) == [said]
    curated = list(world.said_by("curated"))
    assert len(curated) == world.counts().datasets["curated"]
    assert [s.key for s in curated] == sorted(s.key for s in curated)
    assert list(world.said_by("none")) == []
    empty = Source("other")
    world.load(empty.dataset, [], on=TODAY)
    assert list(world.said_by("other")) == [], "what is closed is not said any more"


def test_what_a_dataset_says_follows_a_merge(world: Store) -> None:
    world.redirect(BMW_CHINA, BMW_SERVICES)
    said = list(world.said_by("curated"))
    assert not [s for s in said if BMW_CHINA in (s.subject, s.object)]
    assert [s.key for s in said] == sorted(s.key for s in said)


def test_strangers_see_the_lists_without_private_datasets(world: Store) -> None:
    secret = Source("secret", private=True)
    secret.node(SAC, "Agency")
    secret.node("org:secret", "Company", name_zh="不公开的单位")
    secret.says(SAC, "NAME", value="内部叫法", qualifier="short_zh")
    world.load(secret.dataset, secret.batches(), on=TODAY)
    public = PublicStore(world, lambda: TODAY)
    by_id = {one.id: one for one in public.known_names(ORGANISATIONS)}
    assert "org:secret" not in by_id
    assert ("short", "内部叫法") not in by_id[SAC].names
    assert ("short", "SAC") in by_id[SAC].names
    assert public.known_names(ORGANISATIONS, after="org:samr") == ()
    assert public.known_names(ORGANISATIONS, after="org:miit", limit=1)[0].id == "org:mps-third-institute"
    assert list(public.said_by("secret")) == []
    assert len(list(public.said_by("curated"))) == world.counts().datasets["curated"]
