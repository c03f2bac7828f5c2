"""Paths to those who decide, asked of the shipped data."""

from __future__ import annotations

from datetime import date

import pytest

from graph import schema
from graph.errors import NotFoundError
from graph.model import Basis, View
from graph.store import Store
from queries.answer import Answer, Item
from queries.influence import influence

NOW = View(as_of=date(2026, 11, 25))
ASKED = (("Qualcomm", "SAC/TC 114"), ("BMW", "MIIT"), ("Ericsson", "SAC/TC 485"), ("Microsoft", "CAC"))


def paths(answer: Answer) -> list[Item]:
    return [item for item in answer.items if item.role == "path"]


@pytest.fixture(scope="module")
def answers(shipped_store: Store) -> dict[tuple[str, str], Answer]:
    return {(a, b): influence(shipped_store, a, b, NOW) for a, b in ASKED}


@pytest.mark.parametrize("asked", ASKED)
def test_each_hop_joins_two_actors_and_is_cited(answers: dict[tuple[str, str], Answer], asked: tuple[str, str]) -> None:
    answer = answers[asked]
    assert paths(answer)
    for item in paths(answer):
        assert item.hops[0].source.id == answer.about[0].id
        assert item.hops[-1].target.id == answer.about[1].id
        for hop, following in zip(item.hops, item.hops[1:], strict=False):
            assert hop.target.id == following.source.id
        for hop in item.hops:
            assert hop.source.label in schema.ACTORS
            assert hop.target.label in schema.ACTORS
            assert hop.evidence
            assert all(e.sources for e in hop.evidence)
            assert hop.says.en
            assert hop.says.zh


@pytest.mark.parametrize("asked", ASKED)
def test_an_agency_is_the_target_or_next_to_it(answers: dict[tuple[str, str], Answer], asked: tuple[str, str]) -> None:
    for item in paths(answers[asked]):
        between = [hop.target for hop in item.hops[:-1]]
        assert all(node.label != "Agency" for node in between[:-1])


@pytest.mark.parametrize("asked", ASKED)
def test_no_two_paths_share_first_intermediary_and_channel(
    answers: dict[tuple[str, str], Answer], asked: tuple[str, str]
) -> None:
    marks = [(item.hops[0].target.id, item.details["channel"]) for item in paths(answers[asked])]
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize("asked", ASKED)
def test_paths_are_ranked_by_cost(answers: dict[tuple[str, str], Answer], asked: tuple[str, str]) -> None:
    costs = [sum(hop.cost for hop in item.hops) for item in paths(answers[asked])]
    assert costs == sorted(costs)


def test_microsoft_reaches_the_cyberspace_administration_by_one_seat_of_2016(
    answers: dict[tuple[str, str], Answer],
) -> None:
    answer = answers["Microsoft", "CAC"]
    (path,) = paths(answer)
    assert [hop.target.id for hop in path.hops] == ["committee:sac-tc-260", "org:cac"]
    assert "2016" in path.hops[0].says.en
    codes = {c.code for c in answer.caveats}
    assert {"few_paths", "old_evidence"} <= codes
    doors = next(f for f in answer.findings if f.name == "doors")
    assert any(e.value == "closed" for e in doors.evidence)


def test_bmw_reaches_the_ministry_over_tc_114(answers: dict[tuple[str, str], Answer]) -> None:
    first = paths(answers["BMW", "MIIT"])[0]
    assert [hop.target.id for hop in first.hops] == ["committee:sac-tc-114", "org:miit"]
    assert first.details["channel"] == "direct"


def test_ownership_by_another_agency_is_no_way_to_the_ministry(answers: dict[tuple[str, str], Answer]) -> None:
    for item in paths(answers["BMW", "MIIT"]):
        assert "org:sasac" not in {hop.target.id for hop in item.hops}


def test_ericsson_has_an_association_that_hosts_the_secretariat(answers: dict[tuple[str, str], Answer]) -> None:
    ways = {item.details["channel"]: item for item in paths(answers["Ericsson", "SAC/TC 485"])}
    assert "中国通信标准化协会" in {hop.target.name_zh for hop in ways["association"].hops}


def test_written_comments_are_named_as_a_channel_with_their_source(
    answers: dict[tuple[str, str], Answer],
) -> None:
    for answer in answers.values():
        item = next(i for i in answer.items if i.role == "written_comments")
        assert item.evidence
        assert not item.hops


def test_unknown_doors_are_called_unknown(answers: dict[tuple[str, str], Answer]) -> None:
    doors = next(f for f in answers["Qualcomm", "SAC/TC 114"].findings if f.name == "doors")
    assert "unknown" in doors.text.en
    assert "未知" in doors.text.zh


def test_without_general_knowledge_fewer_paths_remain(shipped_store: Store) -> None:
    view = View(as_of=NOW.as_of, bases=frozenset({Basis.PAGE, Basis.TRANSCRIPTION}))
    answer = influence(shipped_store, "Ericsson", "SAC/TC 485", view)
    assert "association" not in {item.details["channel"] for item in paths(answer)}


def test_before_any_tie_there_is_no_path_and_it_says_so(shipped_store: Store) -> None:
    answer = influence(shipped_store, "Microsoft", "CAC", View(as_of=date(2010, 1, 1), undated=False))
    assert not paths(answer)
    assert "No path" in answer.summary[0].en


def test_a_standard_is_no_target(shipped_store: Store) -> None:
    with pytest.raises(NotFoundError):
        influence(shipped_store, "BMW", "GB/T 22239-2019", NOW)


def test_a_step_names_its_subject_once_and_counts_all_it_shares(answers: dict[tuple[str, str], Answer]) -> None:
    over_catarc = next(item for item in paths(answers["Qualcomm", "SAC/TC 114"]) if item.node.id == "org:catarc")
    step = over_catarc.hops[-1]
    assert step.says.en.count(step.source.name("en")) == 1
    assert step.says.zh.count(step.source.name("zh")) == 1
    assert f"drafted {step.shared} standards" in step.says.en
    assert step.shared > len({e.object.id for e in step.evidence if e.type == "DRAFTED" and e.object})


def test_a_ministry_is_no_bridge_from_one_association_to_another(shipped_store: Store) -> None:
    for path in paths(influence(shipped_store, "Samsung", "CCSA", NOW)):
        assert all(hop.source.label != schema.AGENCY for hop in path.hops)


def test_a_path_over_another_organisation_is_not_direct(shipped_store: Store) -> None:
    for path in paths(influence(shipped_store, "Alibaba", "SAC/TC 28", NOW)):
        helped = any(hop.source.label in ("Company", "Institute") for hop in path.hops[1:])
        assert path.details["channel"] != "direct" or not helped


def test_nobody_is_led_over_others_to_an_organisation_it_reaches_at_once(shipped_store: Store) -> None:
    answer = influence(shipped_store, "Bosch", "MIIT", NOW)
    at_once = {path.hops[0].target.id for path in paths(answer)}
    for path in paths(answer):
        later = {hop.target.id for hop in path.hops[1:-1] if hop.target.label in schema.ORGANISATIONS}
        assert not later & at_once
