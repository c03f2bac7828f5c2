"""Who shapes a field, asked of the shipped data and of a small graph of invented standards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from graph.errors import AmbiguousError, InputError, NotFoundError
from graph.model import View
from graph.open import open_store
from graph.store import DraftingList, Store
from queries import drafting_trends
from queries.answer import Answer, Finding, Item
from queries.communities import constraint, network
from queries.landscape import landscape
from tests.graph.contract.builders import Source

NOW = View(as_of=date(2026, 11, 25))


def of_role(answer: Answer, role: str) -> list[Item]:
    return [item for item in answer.items if item.role == role]


def finding(answer: Answer, name: str) -> Finding:
    return next(f for f in answer.findings if f.name == name)


def codes(answer: Answer) -> set[str]:
    return {caveat.code for caveat in answer.caveats}


# -- the shipped data ----------------------------------------------------------------------------------------------


def test_the_car_committee_is_led_by_its_secretariat(shipped_store: Store) -> None:
    answer = landscape(shipped_store, "SAC/TC 114", NOW)
    first = of_role(answer, "drafter")[0]
    assert first.node.id == "org:catarc"
    assert first.details["drafted"] == 6
    assert first.details["n"] == finding(answer, "sorts").values["lists"] == 11
    assert first.details["led"] == 4


def test_shares_of_sorts_add_up_and_what_is_not_known_is_told(shipped_store: Store) -> None:
    answer = landscape(shipped_store, "SAC/TC 114", NOW)
    shares = [value for name, value in finding(answer, "sorts").values.items() if name in drafting_trends.SORTS]
    assert sum(float(share or 0) for share in shares) == pytest.approx(1, abs=0.01)
    assert "unknown_sorts" in codes(answer)
    for item in of_role(answer, "year"):
        counts = [int(str(item.details.get(name) or 0)) for name in drafting_trends.SORTS]
        assert sum(counts) == item.details["places"]


@pytest.mark.parametrize("asked", ["SAC/TC 260", "SAC/TC 485", "ICS 35.030", "35.040", "新能源汽车"])
def test_a_field_with_few_lists_has_counts_and_no_judgement(shipped_store: Store, asked: str) -> None:
    answer = landscape(shipped_store, asked, NOW)
    assert of_role(answer, "drafter")
    assert "few" in codes(answer)
    assert "Too few to say" in answer.summary[1].en
    assert not {f.name for f in answer.findings} & {"sorts", "concentration"}
    assert not any(of_role(answer, role) for role in ("rising", "community", "broker"))
    assert all(item.details["share"] is None for item in of_role(answer, "drafter"))


def test_all_national_standards_show_groups_brokers_and_who_rises(shipped_store: Store) -> None:
    answer = landscape(shipped_store, "field:kind-national", NOW)
    groups, brokers = of_role(answer, "community"), of_role(answer, "broker")
    assert groups
    assert brokers[0].node.id == "org:cnis"
    assert all(0 < float(str(b.details["betweenness"])) < 1 for b in brokers)
    assert all(int(str(g.details["lists"])) >= 2 and int(str(g.details["members"])) >= 3 for g in groups)
    for item in of_role(answer, "rising"):
        assert int(str(item.details["recent"])) >= drafting_trends.RISEN
        assert float(str(item.details["chance"])) <= drafting_trends.CHANCE
    assert any("actors in groups" in bound.what.en for bound in answer.bounds)
    assert answer == landscape(shipped_store, "field:kind-national", NOW)


def test_a_class_stands_for_those_below_it(shipped_store: Store) -> None:
    def lists(asked: str) -> int:
        return int(str(of_role(landscape(shipped_store, asked, NOW), "drafter")[0].details["n"]))

    assert lists("ICS 35") > lists("ICS 35.040") > 0
    assert lists("35.040") == lists("ics 35.040")


def test_committees_in_the_same_class_are_named_and_not_the_one_asked_about(shipped_store: Store) -> None:
    answer = landscape(shipped_store, "SAC/TC 260", NOW)
    others = {item.node.id for item in of_role(answer, "committee")}
    assert "committee:sac-tc-28" in others
    assert "committee:sac-tc-260" not in others
    associations = of_role(landscape(shipped_store, "SAC/TC 114", NOW), "association")
    assert "standard:t-csae-163-2020" in {item.node.id for item in associations}


def test_words_find_standards_and_say_what_they_leave_out(shipped_store: Store) -> None:
    answer = landscape(shipped_store, "商品条码", NOW)
    assert answer.about == ()
    assert answer.asked["words"] == "商品条码"
    assert of_role(answer, "drafter")[0].node.id == "org:ancc"
    assert "by_words" in codes(answer)


def test_words_that_find_nothing(shipped_store: Store) -> None:
    with pytest.raises(NotFoundError):
        landscape(shipped_store, "zzqqzz", NOW)
    answer = landscape(shipped_store, "zzqqzz", NOW, words=True)
    assert answer.items == ()
    assert "No drafting list" in answer.summary[0].en
    assert codes(answer) == {"no_standards"}


def test_bad_questions_are_refused(shipped_store: Store) -> None:
    for asked in ("", "   ", "x" * 600):
        with pytest.raises((InputError, AmbiguousError)):
            landscape(shipped_store, asked, NOW)


def test_a_day_in_the_past_knows_nothing_later(shipped_store: Store) -> None:
    answer = landscape(shipped_store, "SAC/TC 114", View(as_of=date(2016, 1, 1)))
    assert all(int(str(item.details["year"])) <= 2016 for item in of_role(answer, "year"))
    assert not landscape(shipped_store, "SAC/TC 114", View(as_of=date(1980, 1, 1), undated=False)).items


# -- a small graph of invented standards -----------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Store]:
    """A committee with a group, a successor, two circles of drafters and one between them; one that rises."""
    s = Source("small")
    s.node("committee:c", "Committee", code="SAC/TC 901", name_en="Committee")
    s.node("field:ics-01-040", "Field", code="01.040", kind="ICS")
    s.node("org:group", "Company", name_en="Group", kind="group", home="CN")
    s.node("org:entity", "Company", name_en="Entity")
    s.node("org:old", "Institute", name_en="Old institute")
    s.node("org:new", "Institute", name_en="New institute")
    s.says("org:entity", "PART_OF", "org:group", qualifier="entity")
    s.says("org:old", "SUCCEEDED_BY", "org:new", since="2015-01-01")
    for n in range(5):
        s.node(f"org:a{n}", "Company", name_en=f"A{n}", ownership="private", home="CN")
        s.node(f"org:b{n}", "Company", name_en=f"B{n}", home="DE")
    s.node("org:between", "Association", name_en="Between")
    s.node("org:riser", "Company", name_en="Riser", ownership="central_soe", home="CN")

    def standard(n: int, year: int, *who: str) -> None:
        id = f"standard:gb-t-{90000 + n}-{year}"
        s.node(id, "Standard", number=f"GB/T {90000 + n}-{year}", kind="national", published=f"{year}-05-0{n % 9 + 1}")
        s.says("committee:c", "IN_CHARGE_OF", id, qualifier="centralised")
        s.says(id, "CLASSIFIED_AS", "field:ics-01-040")
        for rank, one in enumerate(who, start=1):
            s.says(f"org:{one}", "DRAFTED", id, rank=rank)

    for n in range(10):
        circle = [f"{'ab'[n % 2]}{k}" for k in range(5)]
        standard(n, 2022, *circle, *(["between"] if n < 4 else []), *(["old", "new"] if n == 0 else []))
    for n in range(10, 20):
        circle = [f"{'ab'[n % 2]}{k}" for k in range(5)]
        standard(n, 2025, *circle, *(["riser"] if n < 16 else []), *(["group", "entity"] if n == 10 else []))
    store = open_store(f"sqlite:///{tmp_path / 'small.sqlite'}", create=True)
    store.load(s.dataset, s.batches(), on=date(2026, 1, 1))
    yield store
    store.close()


def test_who_rises_is_told_with_both_counts(small: Store) -> None:
    answer = landscape(small, "SAC/TC 901", NOW)
    (item,) = of_role(answer, "rising")
    assert item.node.id == "org:riser"
    assert [item.details[k] for k in ("recent", "recent_n", "before", "before_n")] == [6, 10, 0, 10]
    assert "indication" in finding(answer, "trend").text.en


def test_groups_and_successors_count_once_a_list(small: Store) -> None:
    answer = landscape(small, "SAC/TC 901", NOW, limit=50)
    counted = {item.node.id: item.details["drafted"] for item in of_role(answer, "drafter")}
    assert counted["org:group"] == counted["org:new"] == 1
    assert not {"org:entity", "org:old"} & counted.keys()
    assert len(next(i for i in answer.items if i.node.id == "org:group").evidence) == 2


def test_circles_are_found_and_who_stands_between_them(small: Store) -> None:
    answer = landscape(small, "SAC/TC 901", NOW)
    groups = of_role(answer, "community")
    assert [g.details["group"] for g in groups] == list(range(1, len(groups) + 1))
    assert len(groups) >= 2
    assert {item.node.id for item in of_role(answer, "broker")} >= {"org:between", "org:riser"}


def test_the_limit_is_told(small: Store) -> None:
    answer = landscape(small, "SAC/TC 901", NOW, limit=3)
    assert len(of_role(answer, "drafter")) == 3
    assert [b.shown for b in answer.bounds if b.what.en.startswith("drafters")] == [3]


def test_state_owned_and_foreign_are_told_apart_by_year(small: Store) -> None:
    newest = of_role(landscape(small, "SAC/TC 901", NOW), "year")[0]
    assert newest.details["year"] == 2025
    assert (newest.details["state_owned"], newest.details["foreign"]) == (6, 25)


def test_a_committee_without_standards_says_what_would_fill_it(small: Store) -> None:
    empty = Source("empty")
    empty.node("committee:d", "Committee", code="SAC/TC 902", name_en="Empty")
    small.load(empty.dataset, empty.batches(), on=date(2026, 1, 1))
    answer = landscape(small, "committee:d", NOW)
    assert answer.items == ()
    assert codes(answer) == {"no_standards"}


# -- figures -------------------------------------------------------------------------------------------------------


def test_constraint_is_burts() -> None:
    net: nx.Graph[str] = nx.Graph()
    for n, (a, b) in enumerate([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e"), ("b", "e")], start=1):
        net.add_edge(a, b, weight=n / 3)
    expected = nx.constraint(net, list(net), weight="weight")
    assert {node: constraint(net, node) for node in net} == pytest.approx(expected)


def test_who_is_on_one_list_alone_is_in_no_network() -> None:
    lists = [DraftingList(f"s{n}", "2020", "national", ((f"o{n}", 1), ("x", 2)), (), ()) for n in range(20)]
    found = network(lists, drafting_trends.drafters(lists))
    assert (found.actors, found.enough, found.communities, found.brokers) == (1, False, (), ())


def test_concentration_is_said_of_enough_places_alone() -> None:
    lists = [DraftingList(f"s{n}", "2020", "national", (("x", 1),), (), ()) for n in range(40)]
    assert drafting_trends.concentration(drafting_trends.drafters(lists)) == 10_000
    assert drafting_trends.concentration(drafting_trends.drafters(lists[:20])) is None
