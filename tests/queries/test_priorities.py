"""Which policies name what is asked about, asked of the shipped data and of a small graph of invented ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.errors import NotFoundError
from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Scalar, Statement, View
from graph.open import open_store
from graph.store import Store
from queries.answer import Answer, Item
from queries.priorities import LISTED, ROLES, priorities

NOW = View(as_of=date(2026, 11, 25))


def of_role(answer: Answer, role: str) -> list[Item]:
    return [item for item in answer.items if item.role == role]


def ids(answer: Answer, role: str) -> list[str]:
    return [item.node.id for item in of_role(answer, role)]


def codes(answer: Answer) -> set[str]:
    return {caveat.code for caveat in answer.caveats}


# -- the shipped data ----------------------------------------------------------------------------------------------


def test_a_standard_is_named_itself_by_its_field_and_by_its_committee(shipped_store: Store) -> None:
    answer = priorities(shipped_store, "GB/T 22239-2019", NOW)
    assert ids(answer, "itself") == ["policy:mlps-2-scheme"]
    assert ids(answer, "field") == ["policy:cybersecurity-law-2016"]
    assert {"policy:data-security-law-2021", "policy:tc260-key-points-2024"} <= set(ids(answer, "committee"))


@pytest.mark.parametrize("asked", ["GB/T 22239-2019", "SAC/TC 114", "field:artificial-intelligence", "Huawei"])
def test_policies_in_force_come_first_then_the_newest(shipped_store: Store, asked: str) -> None:
    answer = priorities(shipped_store, asked, NOW)
    assert answer.items
    for role in ROLES:
        rows = of_role(answer, role)
        assert [i.details["state"] != "in_force" for i in rows] == sorted(
            i.details["state"] != "in_force" for i in rows
        )
        for alive in (True, False):
            days = [str(i.details["date"]) for i in rows if (i.details["state"] == "in_force") == alive]
            assert days == sorted(days, reverse=True)


def test_yearly_key_points_hold_for_their_year(shipped_store: Store) -> None:
    def state(day: date) -> object:
        answer = priorities(shipped_store, "SAC/TC 260", View(as_of=day))
        return next(i for i in answer.items if i.node.id == "policy:tc260-key-points-2024").details["state"]

    assert state(date(2024, 12, 31)) == "in_force"
    assert state(date(2025, 1, 1)) == "over"


def test_all_that_key_points_say_to_one_committee_is_counted(shipped_store: Store) -> None:
    answer = priorities(shipped_store, "SAC/TC 114", NOW)
    (item,) = [i for i in of_role(answer, "itself") if i.node.id == "policy:automotive-standardization-key-points-2024"]
    assert item.details["aims"] == 16
    assert "13 more" in item.reason.en


def test_what_was_issued_after_the_day_is_not_told(shipped_store: Store) -> None:
    answer = priorities(shipped_store, "field:artificial-intelligence", View(as_of=date(2022, 1, 1)))
    assert answer.items
    assert all(str(item.details["date"]) <= "2022-01-01" for item in answer.items)


def test_an_argument_names_the_stated_aim_and_cites_it(shipped_store: Store) -> None:
    answer = priorities(shipped_store, "GB/T 22239-2019", NOW)
    arguments = [f for f in answer.findings if f.name == "argument"]
    assert {f.values["policy"] for f in arguments} >= {"policy:mlps-2-scheme", "policy:cybersecurity-law-2016"}
    assert all(f.evidence for f in arguments)
    assert any("“cybersecurity”" in f.text.en for f in arguments)


def test_that_a_field_falls_to_a_committee_is_said_to_be_our_reading(shipped_store: Store) -> None:
    answer = priorities(shipped_store, "SAC/TC 114", NOW)
    assert "our_reading" in codes(answer)


def test_narrower_fields_are_told_beside_the_field_itself(shipped_store: Store) -> None:
    answer = priorities(shipped_store, "field:artificial-intelligence", NOW)
    assert "policy:national-standardization-outline-2021" in ids(answer, "itself")
    assert "policy:ai-industry-standards-guide-2024" in ids(answer, "field")


def test_an_actor_is_reached_through_its_standards_and_committees_which_are_counted(shipped_store: Store) -> None:
    answer = priorities(shipped_store, "BMW", NOW)
    assert "policy:automotive-standardization-key-points-2024" in ids(answer, "committee")
    through = next(f for f in answer.findings if f.name == "through")
    assert through.values["standards"] == 2
    assert through.evidence


@pytest.mark.parametrize("limit", [1, 3, LISTED])
def test_the_list_is_bounded_and_tells_how_many_there_are(shipped_store: Store, limit: int) -> None:
    answer = priorities(shipped_store, "Huawei", NOW, limit=limit)
    assert len(answer.items) == min(limit, answer.total)
    assert [item.rank for item in answer.items] == list(range(1, len(answer.items) + 1))


def test_a_plan_that_nobody_names_says_what_is_missing(shipped_store: Store) -> None:
    answer = priorities(shipped_store, "20202533-T-339", NOW)
    assert not of_role(answer, "itself")
    assert answer.items or codes(answer) & {"selection", "no_committee"}


def test_what_is_not_on_record_is_an_error_of_the_house(shipped_store: Store) -> None:
    with pytest.raises(NotFoundError):
        priorities(shipped_store, "T/CSAE 9999-2099", NOW)


# -- a small graph -------------------------------------------------------------------------------------------------


def by(record: str) -> Provenance:
    return Provenance("small", record, "doc:small", record, "2026-01-01")


def node(id: str, label: str, **properties: Scalar) -> NodeRecord:
    return NodeRecord(id, label, properties, by(id))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A standard whose number stands in the words of a plan, another with nothing, and a company without ties."""
    path: Path = tmp_path_factory.mktemp("priorities") / "graph.sqlite"
    store = open_store(f"sqlite:///{path}", create=True)
    nodes = [
        node(
            "standard:gb-99901-2024", "Standard", number="GB 99901-2024", kind="national", title_zh="智能水壶安全要求"
        ),
        node(
            "standard:gb-t-99902-2024", "Standard", number="GB/T 99902-2024", kind="national", title_zh="无人提及的方法"
        ),
        node("field:smart-kettles", "Field", name_zh="智能水壶", name_en="smart kettles", kind="field"),
        node("field:ics-97-040", "Field", code="97.040", kind="ICS"),
        node("field:ics-97", "Field", code="97", kind="ICS"),
        node("field:kitchens", "Field", name_zh="厨房", name_en="kitchens", kind="field"),
        node(
            "policy:plan",
            "Policy",
            name_zh="厨房规划（2021—2025年）",
            name_en="Kitchen plan",
            kind="plan",
            issued="2021-03-01",
        ),
        node("policy:old", "Policy", name_zh="旧规划", name_en="Old plan", kind="plan", issued="2025-03-01"),
        node(
            "policy:open",
            "Policy",
            name_zh="家用电器意见",
            name_en="Appliances opinion",
            kind="notice",
            issued="2020-03-01",
        ),
        node("org:nobody", "Company", name_en="Nobody"),
    ]
    statements = [
        Statement("standard:gb-99901-2024", "CLASSIFIED_AS", by("1"), "field:ics-97-040"),
        Statement(
            "policy:plan",
            "PRIORITISES",
            by("a"),
            "field:smart-kettles",
            since="2021",
            properties={"note": "safety first"},
        ),
        Statement(
            "policy:open", "PRIORITISES", by("b"), "field:kitchens", since="2020", properties={"note": "issue GB 99901"}
        ),
        Statement(
            "policy:open", "PRIORITISES", by("b"), "field:ics-97", since="2020", properties={"note": "issue GB 99901"}
        ),
        Statement("policy:old", "PRIORITISES", by("c"), "field:ics-97", since="2025"),
        Statement("policy:old", "STATUS", by("d"), value="superseded", since="2026"),
    ]
    batch = Batch((Document("doc:small", "Small"),), tuple(nodes), tuple(statements))
    store.load(Dataset("small", "Small"), [batch], on=NOW.as_of)
    yield store
    store.close()


def test_a_number_in_the_words_of_a_policy_names_the_standard(small: Store) -> None:
    assert ids(priorities(small, "GB 99901-2024", NOW), "itself") == ["policy:open"]


def test_a_title_that_contains_the_name_of_a_field_lies_in_it(small: Store) -> None:
    answer = priorities(small, "GB 99901-2024", NOW)
    assert ids(answer, "field") == ["policy:plan"]
    assert of_role(answer, "field")[0].details["state"] == "over"
    before = priorities(small, "GB 99901-2024", View(as_of=date(2025, 6, 1)))
    assert of_role(before, "field")[0].details["state"] == "in_force"


def test_a_broader_class_reaches_it_and_what_was_superseded_says_so(small: Store) -> None:
    answer = priorities(small, "GB 99901-2024", NOW)
    (item,) = of_role(answer, "class")
    assert (item.node.id, item.details["state"]) == ("policy:old", "superseded")


@pytest.mark.parametrize(("asked", "code"), [("GB/T 99902-2024", "selection"), ("org:nobody", "no_ties")])
def test_where_nothing_names_it_the_answer_says_what_is_missing(small: Store, asked: str, code: str) -> None:
    answer = priorities(small, asked, NOW)
    assert not answer.items
    assert code in codes(answer)
    assert "No policy on record" in answer.summary[0].en
