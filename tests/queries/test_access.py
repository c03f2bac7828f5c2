"""Who may take part where, asked of the shipped data."""

from __future__ import annotations

from graph.model import View
from graph.store import Store
from queries.access import access


def test_microsoft_in_tc_260(shipped_store: Store, now: View) -> None:
    answer = access(shipped_store, "Microsoft", "SAC/TC 260", now)
    verdict = next(f for f in answer.findings if f.name == "verdict")
    assert verdict.values["access"] == "member"
    assert "2016" in verdict.text.en
    seat = next(item for item in answer.items if item.role == "seat")
    assert any(e.basis == "page" for e in seat.evidence)


def test_two_closed_groups_are_not_named_and_wg_2_is_believed_to_be_one(shipped_store: Store, now: View) -> None:
    answer = access(shipped_store, "Microsoft", "SAC/TC 260", now)
    closed = next(f for f in answer.findings if f.name == "closed_groups")
    assert "Two working groups" in closed.text.en
    assert "not name" in closed.text.en
    assert "Believed" in closed.text.en
    assert "WG 2" in closed.text.en
    titles = {s.number: s.title for s in answer.sources}
    said = [e for e in closed.evidence if e.subject.id == "committee:sac-tc-260"]
    assert any("Standards Setting in China" in titles[n] for e in said for n in e.sources)
    believed = [e for e in closed.evidence if e.subject.id == "committee:sac-tc-260-wg-2"]
    assert believed
    assert all(e.basis == "general_knowledge" for e in believed)


def test_stale_seats_are_said(shipped_store: Store, now: View) -> None:
    answer = access(shipped_store, "Microsoft", "SAC/TC 260", now)
    assert "2016" in next(c.text.en for c in answer.caveats if c.code == "seats_as_of")


def test_what_nobody_says_is_unknown(shipped_store: Store, now: View) -> None:
    answer = access(shipped_store, "BMW", "SAC/TC 63", now)
    verdict = next(f for f in answer.findings if f.name == "verdict")
    assert verdict.values["access"] == "unknown"
    assert "未知" in verdict.text.zh
    assert "access_unknown" in {c.code for c in answer.caveats}


def test_the_alternatives_are_the_four_channels(shipped_store: Store, now: View) -> None:
    answer = access(shipped_store, "BMW", "SAC/TC 63", now)
    assert len([item for item in answer.items if item.role == "alternative"]) == 4


def test_what_is_said_of_foreign_companies_is_not_said_of_domestic_ones(shipped_store: Store, now: View) -> None:
    foreign = access(shipped_store, "Microsoft", "SAC/TC 260", now)
    domestic = access(shipped_store, "Huawei", "SAC/TC 260", now)
    assert "closed_groups" in {f.name for f in foreign.findings}
    assert not [i for i in domestic.items if i.role == "access" and i.details["access"] == "closed"]


def test_what_qualifies_a_closed_door_is_said_with_it_in_both_languages(shipped_store: Store, now: View) -> None:
    answer = access(shipped_store, "Microsoft", "SAC/TC 260", now)
    groups = next(e for i in answer.items if i.role == "access" for e in i.evidence if e.qualifier == "working_groups")
    assert "two working groups" in groups.says.en
    assert "两个工作组" in groups.says.zh
    noted = [e for i in answer.items for e in i.evidence if e.type == "ACCESS" and e.properties.get("note")]
    assert noted
    assert all(e.properties.get("note_zh") for e in noted)


def test_what_is_said_of_chinas_committees_is_not_said_of_an_international_one(shipped_store: Store, now: View) -> None:
    answer = access(shipped_store, "Toyota", "ISO/TC 22", now)
    assert not {i.role for i in answer.items} & {"general_access", "alternative"}


def test_the_verdict_is_the_post_in_the_body_itself(shipped_store: Store, now: View) -> None:
    verdict = access(shipped_store, "CATARC", "SAC/TC 114", now).summary[0]
    assert "hosts the secretariat of SAC/TC 114" in verdict.en
    assert "2013" not in verdict.en


def test_an_agency_has_no_seats(shipped_store: Store, now: View) -> None:
    answer = access(shipped_store, "BMW", "MIIT", now)
    assert "is an agency" in answer.summary[0].en
    assert "access_unknown" not in {c.code for c in answer.caveats}


def test_doors_closed_to_foreign_companies_are_no_matter_to_a_domestic_one(shipped_store: Store, now: View) -> None:
    assert "closed_groups" not in {f.name for f in access(shipped_store, "Huawei", "SAC/TC 260", now).findings}
