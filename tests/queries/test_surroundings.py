"""What is drawn around one thing: each kind of relationship has its turn, and nothing is hidden by a kind with many."""

from __future__ import annotations

from graph.model import View
from graph.store import Store
from queries.entity import entity

MIIT = "org:miit"


def test_a_ministry_shows_its_superior_and_what_it_issued_beside_its_many_committees(
    shipped_store: Store, now: View
) -> None:
    answer = entity(shipped_store, MIIT, now, limit=39, turns=True)
    shown = {(item.role, item.details["direction"], item.node.label) for item in answer.items}
    assert {
        ("SUBORDINATE_TO", "out", "Agency"),
        ("OVERSEES", "out", "Committee"),
        ("OVERSEES", "out", "Association"),
    } <= shown
    assert {("ISSUED", "out", "Standard"), ("ISSUED_POLICY", "out", "Policy")} <= shown
    assert len({item.node.id for item in answer.items}) == 39


def test_what_is_left_out_is_counted_by_kind(shipped_store: Store, now: View) -> None:
    chosen = entity(shipped_store, MIIT, now, limit=39, turns=True)
    page = entity(shipped_store, MIIT, now, limit=200)
    assert {b.what: b.total for b in chosen.bounds} == {b.what: b.total for b in page.bounds}
    assert sum(b.shown for b in chosen.bounds) == len(chosen.items) < chosen.total
    assert len({b.what for b in chosen.bounds}) == len(chosen.bounds), "two kinds read the same"


def test_all_ties_to_a_neighbour_that_is_shown_are_there(shipped_store: Store, now: View) -> None:
    chosen = entity(shipped_store, MIIT, now, limit=39, turns=True)
    shown = {item.node.id for item in chosen.items}
    page = entity(shipped_store, MIIT, now, limit=200)
    assert page.total <= 200
    wanted = {item.evidence[0].statement for item in page.items if item.node.id in shown}
    assert wanted <= {e.statement for item in chosen.items for e in item.evidence}


def test_what_fits_is_shown_whole(shipped_store: Store, now: View) -> None:
    page = entity(shipped_store, "GB/T 22239-2019", now, limit=200)
    chosen = entity(shipped_store, "GB/T 22239-2019", now, limit=200, turns=True)
    assert [item.evidence for item in chosen.items] == [item.evidence for item in page.items]
    assert all(b.shown == b.total for b in chosen.bounds)


def test_properties_and_confidence_read_in_the_language_asked_for(shipped_store: Store, now: View) -> None:
    answer = entity(shipped_store, "BMW", now)
    properties = next(f.text for f in answer.findings if f.name == "properties")
    assert "kind: corporate group" in properties.en
    assert "类别：企业集团" in properties.zh
    assert {part.why.zh for item in answer.items for part in item.parts} <= {"可信度高", "可信度中", "可信度低"}
