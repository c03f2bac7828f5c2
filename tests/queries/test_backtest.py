"""Hiding drafting lists and asking for them: what is hidden, what is counted, and that the same comes out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.model import View
from graph.store import Store
from queries import backtest
from queries.backtest import BASELINES, OURS, Case, Tried
from queries.coalition import coalition
from queries.partners import WEIGHTS


@pytest.fixture(scope="module")
def cases(shipped_store: Store) -> tuple[Case, ...]:
    return backtest.cases(shipped_store, ["standards"])


@pytest.fixture(scope="module")
def tries(shipped_store: Store, cases: tuple[Case, ...]) -> list[Tried]:
    return [backtest.tried(shipped_store, case) for case in cases[-25:]]


def one_case(*partners: str) -> Case:
    return Case("standard:x", date(2020, 1, 1), "committee:c", "org:lead", frozenset(partners))


def ranked(case: Case, *ranking: str) -> Tried:
    return Tried(case, {OURS: ranking, **dict.fromkeys(BASELINES, ())}, {})


def test_cases_come_in_order_of_time_and_one_a_title(shipped_store: Store, cases: tuple[Case, ...]) -> None:
    assert len(cases) >= backtest.FEWEST
    assert list(cases) == sorted(cases, key=lambda case: (case.day, case.standard))
    nodes = shipped_store.nodes([case.standard for case in cases])
    titles = [nodes[case.standard].properties.get("title_zh") for case in cases]
    assert len(set(titles)) == len(titles)
    assert all(case.lead not in case.partners for case in cases)


def test_the_list_that_is_asked_for_is_hidden(shipped_store: Store, cases: tuple[Case, ...]) -> None:
    case = next(c for c in cases if c.standard == "standard:gb-t-45315-2025")
    answer = coalition(shipped_store, case.committee, case.lead, View(case.day - timedelta(days=1)), limit=60)
    cited = [e for item in answer.items for e in item.evidence]
    assert not [e for e in cited if e.object and e.object.id == case.standard]
    assert all((e.since or "") < case.day.isoformat() for e in cited if e.type == "DRAFTED")


def test_fewer_cases_are_spread_over_time(shipped_store: Store, cases: tuple[Case, ...]) -> None:
    few = backtest.cases(shipped_store, ["standards"], most=10)
    assert len(few) == 10
    assert few[0] == cases[0]
    assert few[-1].day > cases[len(cases) // 2].day


def test_measures_on_a_case_that_can_be_counted_by_hand() -> None:
    places = [f"org:{n}" for n in range(1, 13)]
    case = one_case("org:3", "org:12", "org:never")
    score = backtest.measured([ranked(case, *places)], OURS)
    assert [score.hit_at_10, score.recall_at_10, score.mrr] == pytest.approx([1, 1 / 3, 1 / 3])
    missed = backtest.measured([ranked(one_case("org:12"), *places)], OURS)
    assert [missed.hit_at_10, missed.recall_at_10, missed.mrr] == pytest.approx([0, 0, 1 / 12])


def test_the_best_baseline_is_the_one_that_is_compared_with() -> None:
    case = one_case("org:a")
    good = replace(ranked(case, "org:a"), rankings={**ranked(case, "org:a").rankings, "committee_recent": ("org:a",)})
    found = backtest.backtest([good, good, ranked(case, "org:a")])
    assert found.best == "committee_recent"
    assert found.ratio == pytest.approx(1.5)
    assert found.ratio_interval is not None
    assert found.ratio_interval[0] <= 1.5 <= found.ratio_interval[1]


def test_it_beats_each_plain_count_on_the_shipped_data_and_says_the_same_again(
    shipped_store: Store, cases: tuple[Case, ...]
) -> None:
    tries = [backtest.tried(shipped_store, case) for case in cases]
    found = backtest.backtest(tries)
    assert found == backtest.backtest(tries)
    assert found.cases == len(cases)
    assert found.interval[0] <= found.coalition.hit_at_10 <= found.interval[1]
    assert all(found.coalition.hit_at_10 > score.hit_at_10 for score in found.baselines.values())
    assert all(found.coalition.mrr > score.mrr for score in found.baselines.values())


def test_weights_tuned_on_cases_are_no_worse_on_these_than_those_in_use(tries: list[Tried]) -> None:
    tuned = backtest.tuned(tries, trials=30)
    assert set(tuned) == set(WEIGHTS)
    assert sum(tuned.values()) == pytest.approx(1.0)
    own, other = (backtest.measured(backtest.weighted(tries, w), OURS) for w in (tuned, WEIGHTS))
    assert own.hit_at_10 + own.mrr >= other.hit_at_10 + other.mrr


def test_a_store_without_lists_has_no_cases(shipped_store: Store) -> None:
    assert backtest.cases(shipped_store, ["agencies"]) == ()
