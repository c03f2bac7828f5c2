"""Where standards stand, asked of the shipped data and of small worlds of a few standards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Scalar, Statement, View
from graph.open import open_store
from graph.store import Store
from queries.answer import Answer
from queries.status import SUPPORT, status

BY = Provenance("records", "1", "doc:records")
COMMITTEE = "committee:sac-tc-999"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    yield opened
    opened.close()


def standard(n: int, **properties: Scalar) -> NodeRecord:
    p = {"number": f"GB/T {n}-2020", "kind": "national", "mandatory": False, **properties}
    return NodeRecord(f"standard:gb-t-{n}-2020", "Standard", p, BY)


def loaded(store: Store, *nodes: NodeRecord, says: tuple[Statement, ...] = ()) -> Store:
    rule = Statement(
        "field:kind-national", "RULE", BY, value="5", qualifier="review-interval", properties={"unit": "years"}
    )
    committee = NodeRecord(COMMITTEE, "Committee", {"code": "SAC/TC 999"}, BY)
    charge = [Statement(COMMITTEE, "IN_CHARGE_OF", BY, object=node.id, qualifier="centralised") for node in nodes]
    field = NodeRecord("field:kind-national", "Field", {"name_en": "National standards"}, BY)
    batch = Batch((Document("doc:records", "Records"),), (*nodes, committee, field), (rule, *charge, *says))
    store.load(Dataset("records", "Records"), [batch], on=date(2026, 1, 1))
    return store


def events(answer: Answer) -> dict[str, str]:
    return {str(item.details["event"]): str(item.details["day"]) for item in answer.items}


def finding(answer: Answer, name: str) -> str:
    return next(f.text.en for f in answer.findings if f.name == name)


def test_dates_are_cited_and_an_overdue_review_is_not_called_missed(shipped_store: Store, now: View) -> None:
    answer = status(shipped_store, "GB/T 22239-2019", now)
    assert events(answer) == {
        "published": "2019-05-10",
        "effective": "2019-12-01",
        "review_overdue": "2024-05-10",
        "replaces": "2019-12-01",
    }
    assert all(item.evidence for item in answer.items)
    late = next(item for item in answer.items if item.details["event"] == "review_overdue")
    assert "no review is on record" in late.reason.en
    assert "unknown" in late.reason.en
    assert all(e.type == "RULE" for e in late.evidence)


def test_what_lies_ahead_depends_on_the_day(shipped_store: Store) -> None:
    before = status(shipped_store, "GB/T 45788.1-2025", View(date(2025, 7, 1)))
    assert "takes effect 2025-12-01" in before.summary[0].en
    after = status(shipped_store, "GB/T 45788.1-2025", View(date(2026, 7, 1)))
    assert "review due by 2030-05-30" in after.summary[0].en


def test_what_is_withdrawn_or_replaced_is_due_nothing(shipped_store: Store, now: View) -> None:
    answer = status(shipped_store, "GB/T 23331-2009", now)
    assert "no longer in force" in answer.summary[0].en
    assert not {"review_due", "review_overdue"} & set(events(answer))


def test_a_project_has_a_stage_and_no_invented_deadline(shipped_store: Store, now: View) -> None:
    answer = status(shipped_store, "20232936-T-469", now)
    assert "comments" in answer.summary[0].en
    assert "no deadline is on record" in answer.summary[0].en
    assert {"no_dates", "no_closing_date"} <= {caveat.code for caveat in answer.caveats}


def test_a_standard_without_dates_says_what_would_fill_them(shipped_store: Store, now: View) -> None:
    answer = status(shipped_store, "GB 4943.1-2022", now)
    assert answer.caveats[0].code == "no_dates"
    assert "load" in answer.caveats[0].text.en


def test_a_short_window_is_called_short_only_with_enough_others(store: Store) -> None:
    asked = standard(1, published="2020-01-01", effective="2020-01-10")
    others = [standard(n, published="2020-01-01", effective="2020-07-01") for n in range(2, 2 + SUPPORT)]
    few = status(loaded(store, asked, *others[: SUPPORT - 1]), asked.id, View(date(2021, 1, 1)))
    assert "too few to say" in finding(few, "window")
    enough = status(loaded(store, asked, *others), asked.id, View(date(2021, 1, 1)))
    assert "9 days from publication to effect: short" in finding(enough, "window")
    usual = status(store, others[0].id, View(date(2021, 1, 1)))
    assert "short;" not in finding(usual, "window")


def test_sources_that_disagree_on_a_date_are_both_shown(store: Store) -> None:
    first = standard(1, published="2020-01-01")
    other = Provenance("other", "1", "doc:other")
    loaded(store, first)
    batch = Batch(
        (Document("doc:other", "Other"),), (NodeRecord(first.id, "Standard", {"published": "2020-02-02"}, other),)
    )
    store.load(Dataset("other", "Other"), [batch], on=date(2026, 1, 1))
    answer = status(store, first.id, View(date(2021, 1, 1)))
    assert [item.details["day"] for item in answer.items if item.details["event"] == "published"] == [
        "2020-01-01",
        "2020-02-02",
    ]
    assert "conflict" in {caveat.code for caveat in answer.caveats}


def test_reviews_are_asked_of_government_standards_alone(store: Store) -> None:
    own = standard(1, published="2010-01-01", kind="enterprise")
    answer = status(loaded(store, own), own.id, View(date(2021, 1, 1)))
    assert "review_overdue" not in events(answer)


def test_a_committee_lists_what_waits_and_a_door_that_closes_comes_first(store: Store) -> None:
    nodes = [
        standard(1, published="2010-01-01"),
        standard(2, published="2020-06-01", effective="2021-06-01"),
        standard(3, status="project", stage="30", comments_close="2021-02-01"),
        standard(4, status="project", stage="20"),
        standard(5, published="2019-01-01"),
    ]
    answer = status(loaded(store, *nodes), "SAC/TC 999", View(date(2021, 1, 1)))
    assert [item.role for item in answer.items] == ["comments", "upcoming", "drafting", "review"]
    assert "5 standards" in answer.summary[0].en
    assert all(item.evidence for item in answer.items)
    short = status(store, "SAC/TC 999", View(date(2021, 1, 1)), limit=2)
    assert [item.role for item in short.items] == ["comments", "upcoming"]
    assert short.total == 4


def test_a_group_speaks_for_its_entities(shipped_store: Store, now: View) -> None:
    answer = status(shipped_store, "BMW", now)
    assert answer.about[0].id == "org:bmw-group"
    assert {"standard:gb-t-40711.4-2021"} <= {item.node.id for item in answer.items}


def test_a_body_without_standards_says_so(shipped_store: Store, now: View) -> None:
    answer = status(shipped_store, "SASAC", now)
    assert not answer.items
    assert "no_standards" in {caveat.code for caveat in answer.caveats}
