"""What calls for caution, asked of the shipped data."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import View
from graph.store import Store
from queries.answer import Answer
from queries.cautions import BEARS, ROLES, cautions


def said(answer: Answer, role: str) -> str:
    return "\n".join(item.reason.en for item in answer.items if item.role == role)


def test_the_nearest_comes_first_and_each_is_cited(shipped_store: Store, now: View) -> None:
    answer = cautions(shipped_store, "GB/T 22239-2019", now)
    order = list(ROLES)
    assert [order.index(item.role) for item in answer.items] == sorted(order.index(item.role) for item in answer.items)
    assert all(item.evidence for item in answer.items)
    assert "Multi-Level Protection Scheme" in said(answer, "itself")
    assert "two working groups" in said(answer, "body")


def test_what_is_said_of_a_kind_is_said_of_that_kind_alone(shipped_store: Store, now: View) -> None:
    association = cautions(shipped_store, "T/CSAE 158-2020", now)
    assert "paying to take part" in said(association, "kind")
    assert "due process is weaker" in said(association, "kind")
    enterprise = cautions(shipped_store, "Q/ASB 1-2005", now)
    assert "self-declaration may leak" in said(enterprise, "kind")
    assert "paying to take part" not in said(enterprise, "kind")
    national = cautions(shipped_store, "GB/T 45315-2025", now)
    assert not said(national, "kind")


def test_the_whole_system_counts_only_where_it_bears(shipped_store: Store, now: View) -> None:
    short = cautions(shipped_store, "GB/T 45315-2025", now)
    assert "0 days" in said(short, "system")
    usual = cautions(shipped_store, "YD/T 4541-2023", now)
    assert "short transition" not in said(usual, "system") or "days" in said(usual, "system")


def test_a_committee_with_closed_groups(shipped_store: Store, now: View) -> None:
    answer = cautions(shipped_store, "SAC/TC 260", now)
    assert "take no foreign companies" in said(answer, "itself")


def test_nothing_on_record_is_no_proof(shipped_store: Store, now: View) -> None:
    answer = cautions(shipped_store, "China Academy of Information and Communications Technology", now)
    assert not answer.items
    assert "not proof" in answer.caveats[0].text.en


def test_before_the_report_little_was_on_record(shipped_store: Store) -> None:
    early = cautions(shipped_store, "GB/T 22239-2019", View(date(2018, 1, 1)))
    assert "Multi-Level Protection Scheme" not in said(early, "itself")


@pytest.mark.parametrize("row", BEARS, ids=lambda row: row.topics[0])
def test_every_rule_of_what_bears_has_its_topics_on_record(shipped_store: Store, now: View, row: object) -> None:
    from queries.cautions import Bearing

    assert isinstance(row, Bearing)
    notes = shipped_store.neighbours(row.field, now, limit=200, types=("NOTE",))
    topics = {n.statement.qualifier for n in notes.neighbours}
    assert set(row.topics) & topics, row
    assert row.why.en
    assert row.why.zh


def test_a_text_that_gives_no_year_makes_the_edition_in_force_compulsory(shipped_store: Store, now: View) -> None:
    answer = cautions(shipped_store, "GB/T 26572-2011", now)
    assert any(e.type == "CITES" for item in answer.items if item.role == "itself" for e in item.evidence)
    assert "by a regulation that refers to it" in said(answer, "system")


def test_pending_applications_are_not_said_of_a_committee_whose_groups_are_closed(
    shipped_store: Store, now: View
) -> None:
    answer = cautions(shipped_store, "SAC/TC 260", now)
    assert "off limits" in said(answer, "system")
    assert "applications" not in said(answer, "system")


def test_a_state_owned_company_has_enterprise_standards_and_the_pioneer_scheme(shipped_store: Store, now: View) -> None:
    answer = cautions(shipped_store, "State Grid", now)
    assert "work as national standards" in "".join(e.says.en for item in answer.items for e in item.evidence)
    assert "favoured in government procurement" in said(answer, "kind")
    assert not cautions(shipped_store, "BMW", now).items
