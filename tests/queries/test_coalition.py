"""Who would stand with an actor, asked of the shipped data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.errors import NotFoundError
from graph.model import View
from graph.store import Store
from queries.answer import Answer
from queries.coalition import coalition
from queries.partners import WEIGHTS

NOW = View(as_of=date(2026, 11, 25))


@pytest.fixture(scope="module")
def v2x(shipped_store: Store) -> Answer:
    """Cars that talk to each other over LTE: 25 drafting organisations are on record."""
    return coalition(shipped_store, "GB/T 45315-2025", "BMW", NOW, limit=60)


def test_bmw_speaks_as_a_group_and_is_one_of_25(v2x: Answer) -> None:
    assert v2x.about[1].id == "org:bmw-group"
    assert "25 drafting organisations" in v2x.summary[0].en
    assert "宝马" in v2x.summary[0].zh
    assert "org:bmw-group" not in {item.node.id for item in v2x.items}


def test_the_leader_with_the_secretariat_comes_first(v2x: Answer) -> None:
    first = v2x.items[0]
    assert first.node.name_zh == "中国汽车技术研究中心有限公司"
    assert first.details["co_drafted"] == 2
    assert first.details["latest"] == "2025-02-28"
    assert isinstance(first.details["seats"], tuple)
    assert "secretariat" in first.details["seats"]


def test_partners_are_domestic_and_foreign_and_the_mix_is_shown(v2x: Answer) -> None:
    top = v2x.items[:20]
    assert {item.details["origin"] for item in top} >= {"domestic", "foreign"}
    mix = next(f for f in v2x.findings if f.name == "mix_of_drafters")
    counts = [n for n in mix.values.values() if isinstance(n, int)]
    assert sum(counts) == 25
    assert mix.values["joint_venture"] == 2
    assert next(f for f in v2x.findings if f.name == "proposed_set").values


def test_nobody_comes_from_another_industry(v2x: Answer) -> None:
    """All partners drafted or sit in this arena: big drafters of telecom or steel standards alone do not enter."""
    for item in v2x.items:
        assert item.details["drafted"] or item.details["seats"], item.node
    assert "中国移动" not in {item.node.name_zh for item in v2x.items[:10]}


def test_a_company_with_several_entities_counts_once(v2x: Answer) -> None:
    names = [item.node.name("zh") for item in v2x.items]
    assert len(names) == len(set(names))
    assert sum("东风" in name for name in names) == 1
    assert sum("奔驰" in name or "戴姆勒" in name for name in names) == 1


def test_no_agency_is_a_partner(v2x: Answer) -> None:
    assert {item.node.label for item in v2x.items} <= {"Company", "Institute", "Association"}


def test_each_partner_has_its_parts_reason_and_evidence(v2x: Answer) -> None:
    for item in v2x.items:
        assert {part.name for part in item.parts} == set(WEIGHTS)
        assert item.score == pytest.approx(sum(part.value * part.weight for part in item.parts), abs=1e-6)
        assert all(0 <= part.value <= 1 for part in item.parts)
        assert item.evidence
        assert item.reason.en
        assert item.reason.zh


def test_the_vote_is_not_computable_and_says_what_is_missing(v2x: Answer) -> None:
    vote = next(f for f in v2x.findings if f.name == "vote")
    assert vote.values["computable"] is False
    assert "Load the members' list" in vote.text.en


def test_thin_ties_are_called_thin(v2x: Answer) -> None:
    assert "thin_ties" in {c.code for c in v2x.caveats}


def test_the_lesson_of_the_report_is_cited(v2x: Answer) -> None:
    lesson = next(f for f in v2x.findings if f.name == "lesson")
    titles = {s.number: s.title for s in v2x.sources}
    assert any("Standards Setting in China" in titles[n] for e in lesson.evidence for n in e.sources)


def test_the_lead_drafters_are_named_with_their_latest_work(v2x: Answer) -> None:
    leaders = next(f for f in v2x.findings if f.name == "lead_drafters")
    assert "China Automotive Technology and Research Center" in leaders.text.en
    assert "latest 2025-02-28" in leaders.text.en
    assert all(e.properties["rank"] == 1 for e in leaders.evidence)


def test_a_committee_can_be_asked_for(shipped_store: Store) -> None:
    answer = coalition(shipped_store, "SAC/TC 114", "BMW", NOW)
    assert answer.items[0].node.name_zh == "中国汽车技术研究中心有限公司"
    leaders = [item for item in answer.items if item.details["led"]]
    assert leaders
    assert all(item.details["latest"] for item in leaders)
    assert answer.total >= len(answer.items)


def test_weights_can_be_passed_in(shipped_store: Store, v2x: Answer) -> None:
    only = dict.fromkeys(WEIGHTS, 0.0) | {"affinity": 1.0}
    answer = coalition(shipped_store, "GB/T 45315-2025", "BMW", NOW, weights=only)
    assert [i.node.id for i in answer.items] != [i.node.id for i in v2x.items[:20]]
    assert all(item.score <= 1 for item in answer.items)


def test_before_the_standard_its_drafters_do_not_count(shipped_store: Store) -> None:
    answer = coalition(shipped_store, "SAC/TC 114", "BMW", replace(NOW, as_of=date(2015, 1, 1)))
    assert all(str(item.details["latest"] or "") <= "2015-12" for item in answer.items)
    assert "no_ties" in {c.code for c in answer.caveats}


def test_an_unknown_actor_names_candidates(shipped_store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        coalition(shipped_store, "GB/T 45315-2025", "华为技木", NOW)
    assert caught.value.nearest


def test_a_standard_without_committee_still_answers(shipped_store: Store) -> None:
    answer = coalition(shipped_store, "HJ 1330-2023", "BMW", NOW)
    assert "no_committee" in {c.code for c in answer.caveats}
    assert "中国环境监测总站" in {item.node.name_zh for item in answer.items}


def test_a_group_on_the_list_by_a_joint_venture_only_says_so(v2x: Answer) -> None:
    saic = next(item for item in v2x.items if item.node.name_en == "SAIC Motor")
    assert "上汽大众汽车有限公司为本标准起草单位" in saic.reason.zh


def test_one_of_a_thing_is_no_plural(v2x: Answer) -> None:
    said = [part.why.en for item in v2x.items for part in item.parts]
    assert any(text.startswith("1 standard drafted") for text in said)
    assert not [text for text in said if text.startswith(("1 standards", "1 bodies")) or ", 1 bodies" in text]
