"""Who has been succeeded answers as its successor: asked of the shipped data, and of a small store for what is rare there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Statement, View
from graph.open import open_store
from graph.store import Store
from queries.access import access
from queries.answer import Answer
from queries.coalition import coalition
from queries.influence import influence
from queries.speakers import speaker

DATANG = "org:datang-telecom-technology-industry-group"
CICT = "org:china-information-and-communication-technologies-group"
TODAY = View(as_of=date(2026, 11, 25))
BEFORE = View(as_of=date(2017, 6, 1))


def partners(answer: Answer) -> set[str]:
    return {item.node.id for item in answer.items}


@pytest.mark.parametrize("asked", ["T/CSAE 158-2020", "GB/T 7424.20-2021", "SAC/TC 485"])
def test_nobody_is_proposed_as_a_partner_of_its_own(shipped_store: Store, asked: str) -> None:
    for name in (DATANG, CICT):
        answer = coalition(shipped_store, asked, name, TODAY, limit=60)
        assert answer.about[1].id == CICT
        assert not {DATANG, CICT} & partners(answer)


def test_the_successor_is_the_partner_and_the_entity_that_drafted_is_named(shipped_store: Store) -> None:
    answer = coalition(shipped_store, "T/CSAE 158-2020", "Huawei", TODAY, limit=60)
    assert DATANG not in partners(answer)
    item = next(item for item in answer.items if item.node.id == CICT)
    assert item.details["entities"] == ("大唐电信科技产业集团",)
    assert item.details["drafted"] == 1
    assert "Datang Telecom Technology & Industry Group was succeeded by" in item.reason.en
    said = {(e.type, e.subject.id) for e in item.evidence}
    assert {("DRAFTED", DATANG), ("SUCCEEDED_BY", DATANG)} <= said
    assert (DATANG, CICT, "SUCCEEDED_BY") in {(k.source, k.target, k.type) for k in answer.picture.links}


def test_what_both_drafted_is_one_record(shipped_store: Store) -> None:
    answer = coalition(shipped_store, "SAC/TC 485", "Huawei", TODAY, limit=60)
    item = next(item for item in answer.items if item.node.id == CICT)
    drafted = {(e.subject.id, e.object.id) for e in item.evidence if e.type == "DRAFTED" and e.object}
    assert (CICT, "standard:20240582-t-339") in drafted
    assert (DATANG, "standard:gb-t-7424.20-2021") in drafted
    assert item.details["drafted"] == 2


def test_before_the_merger_it_stands_for_itself(shipped_store: Store) -> None:
    answer = coalition(shipped_store, "SAC/TC 485", DATANG, BEFORE)
    assert answer.about[1].id == DATANG
    assert "succession" not in {f.name for f in answer.findings}
    assert influence(shipped_store, DATANG, "MIIT", BEFORE).about[0].id == DATANG


def test_paths_begin_at_the_successor_and_say_why(shipped_store: Store) -> None:
    answer = influence(shipped_store, DATANG, "MIIT", TODAY)
    assert answer.about[0].id == CICT
    assert "Datang" in next(f for f in answer.findings if f.name == "succession").text.en
    steps = [hop for item in answer.items for hop in item.hops]
    assert steps
    assert not [hop for hop in steps if DATANG in (hop.source.id, hop.target.id)]
    by_datang = [hop for hop in steps if DATANG in {e.subject.id for e in hop.evidence if e.type != "SUCCEEDED_BY"}]
    assert by_datang
    assert all("was succeeded by" in hop.says.en for hop in by_datang)
    assert all("SUCCEEDED_BY" in {e.type for e in hop.evidence} for hop in by_datang)


def test_access_is_that_of_the_successor(shipped_store: Store) -> None:
    answer = access(shipped_store, DATANG, "SAC/TC 485", TODAY)
    assert answer.about[0].id == CICT
    assert "succession" in {f.name for f in answer.findings}


def test_an_agency_keeps_its_place_for_oversight_to_follow(shipped_store: Store) -> None:
    node = shipped_store.nodes(["org:cfda"])["org:cfda"]
    assert speaker(shipped_store, node, TODAY).node.id == "org:cfda"


SAID = Provenance("small", "1", "doc:small", "row 1", "2026-01-01")
NAMES = ("old", "new", "newest", "split", "half", "other-half", "undated", "round", "about", "group", "entity", "guest")


def said(subject: str, kind: str, far: str, since: str | None = None, qualifier: str = "") -> Statement:
    return Statement(f"org:{subject}", kind, SAID, far, qualifier=qualifier, since=since)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Organisations in every kind of succession, and a committee with two standards."""
    path: Path = tmp_path_factory.mktemp("succession") / "graph.sqlite"
    store = open_store(f"sqlite:///{path}", create=True)
    kinds = {"group": {"kind": "group"}}
    nodes = [
        NodeRecord(f"org:{name}", "Company", {"name_en": name.title(), **kinds.get(name, {})}, SAID) for name in NAMES
    ]
    nodes.append(NodeRecord("committee:sac-tc-999", "Committee", {"code": "SAC/TC 999", "name_en": "Tests"}, SAID))
    numbers = ("gb-t-99901-2019", "gb-t-99902-2020")
    nodes += [
        NodeRecord(f"standard:{n}", "Standard", {"number": n.upper().replace("GB-T-", "GB/T "), "published": day}, SAID)
        for n, day in zip(numbers, ("2019-05-10", "2020-05-10"), strict=True)
    ]
    first, second = (f"standard:{n}" for n in numbers)
    statements = [
        said("old", "SUCCEEDED_BY", "org:new", "2018"),
        said("new", "SUCCEEDED_BY", "org:newest", "2020"),
        said("split", "SUCCEEDED_BY", "org:half", "2018"),
        said("split", "SUCCEEDED_BY", "org:other-half", "2018"),
        said("undated", "SUCCEEDED_BY", "org:newest"),
        said("round", "SUCCEEDED_BY", "org:about", "2018"),
        said("about", "SUCCEEDED_BY", "org:round", "2019"),
        said("entity", "PART_OF", "org:group", qualifier="entity"),
        said("half", "SUCCEEDED_BY", "org:entity", "2021"),
        *(said(name, "DRAFTED", first, "2019-05-10") for name in ("old", "new", "guest")),
        *(said(name, "DRAFTED", second, "2020-05-10") for name in ("newest", "half", "guest")),
        *(Statement("committee:sac-tc-999", "IN_CHARGE_OF", SAID, s, qualifier="centralised") for s in (first, second)),
    ]
    batch = Batch((Document("doc:small", "Small"),), tuple(nodes), tuple(statements))
    store.load(Dataset("small", "Small"), [batch], on=date(2026, 11, 25))
    yield store
    store.close()


@pytest.mark.parametrize(
    ("asked", "day", "heard"),
    [
        ("old", "2017-06-01", "old"),
        ("old", "2019-06-01", "new"),
        ("old", "2021-06-01", "newest"),
        ("split", "2021-06-01", "split"),
        ("undated", "2021-06-01", "undated"),
        ("round", "2021-06-01", "round"),
        ("about", "2021-06-01", "about"),
        ("entity", "2021-06-01", "group"),
        ("half", "2020-06-01", "half"),
        ("half", "2021-06-01", "group"),
    ],
)
def test_the_line_is_followed_as_far_as_it_is_known(small: Store, asked: str, day: str, heard: str) -> None:
    node = small.nodes([f"org:{asked}"])[f"org:{asked}"]
    found = speaker(small, node, View(as_of=date.fromisoformat(day)))
    assert found.node.id == f"org:{heard}"
    assert node.id in found.ids


def test_a_standard_that_two_of_a_line_drafted_counts_once(small: Store) -> None:
    answer = coalition(small, "SAC/TC 999", "Guest", View(as_of=date(2021, 6, 1)))
    drafted = {item.node.id: (item.details["drafted"], item.details["co_drafted"]) for item in answer.items}
    assert drafted == {"org:newest": (2, 2), "org:group": (1, 1)}


def test_the_successor_asks_for_all_of_the_line(small: Store) -> None:
    answer = coalition(small, "SAC/TC 999", "Newest", View(as_of=date(2021, 6, 1)))
    (group, guest) = sorted(answer.items, key=lambda item: item.node.id)
    assert (group.node.id, guest.node.id) == ("org:group", "org:guest")
    assert guest.details["co_drafted"] == 2


def test_a_group_asks_for_who_its_entity_took_over_from(small: Store) -> None:
    answer = coalition(small, "SAC/TC 999", "Group", View(as_of=date(2021, 6, 1)))
    assert {item.node.id: item.details["co_drafted"] for item in answer.items} == {"org:guest": 1, "org:newest": 1}
