"""Votes: the arithmetic, and what a coalition says of it where seats are on record and where they are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Statement, View
from graph.open import open_store
from graph.store import Store
from queries.answer import Answer, Finding
from queries.coalition import coalition
from queries.votes import DEFAULTS, Holder, computed, rules, smallest, voting_seats

BY = Provenance("records", "1", "doc:records")
TC, STANDARD = "committee:sac-tc-999", "standard:gb-1-2026"
NOW = View(date(2026, 3, 1))
HOLDERS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(["domestic", "foreign", "joint_venture", "unknown"])),
    min_size=1,
    max_size=40,
).map(lambda rows: [Holder(f"org:{n:02}", seats, origin) for n, (seats, origin) in enumerate(rows)])


@given(HOLDERS, st.integers(1, 60))
def test_the_smallest_set_reaches_and_no_smaller_one_with_the_asker_does(holders: list[Holder], needed: int) -> None:
    chosen = smallest(holders, needed, "org:00")
    if sum(h.seats for h in holders) < needed:
        assert chosen == ()
        return
    assert sum(h.seats for h in chosen) >= needed
    assert chosen[0].id == "org:00"
    others = sorted((h.seats for h in holders if h.id != "org:00"), reverse=True)
    assert holders[0].seats + sum(others[: len(chosen) - 2]) < needed or len(chosen) == 1
    assert len({h.id for h in chosen}) == len(chosen)


@given(HOLDERS)
def test_a_vote_that_is_computed_never_needs_more_than_there_is(holders: list[Holder]) -> None:
    members = sum(h.seats for h in holders)
    vote = computed(holders, members, "org:00", rules([]))
    assert vote is not None
    assert 0 < vote.needed <= vote.members
    assert vote.opposed < vote.needed
    assert vote.domestic + vote.foreign <= members


def test_too_few_seats_on_record_are_no_vote() -> None:
    holders = [Holder(f"org:{n}", 1, "domestic") for n in range(26)]
    assert computed(holders, 30, "org:0", rules([])) is None
    assert computed([*holders, Holder("org:x", 1, "foreign")], 30, "org:0", rules([])) is not None
    assert computed(holders, None, "org:0", rules([])) is None
    assert computed(holders, 20, "org:0", rules([])) is None


def test_rules_come_from_the_record_and_can_be_passed_in() -> None:
    said = Statement("field:technical-committees", "RULE", BY, value="3/5", qualifier="tc-vote-approval")
    assert rules([said]).approval == Fraction(3, 5)
    assert rules([said], {"approval": Fraction(4, 5)}).approval == Fraction(4, 5)
    assert rules([]).approval == DEFAULTS["approval"]
    broken = Statement("field:technical-committees", "RULE", BY, value="most", qualifier="tc-vote-approval")
    assert rules([broken]).approval == DEFAULTS["approval"]
    with pytest.raises(InputError, match="no share"):
        rules([], {"approval": Fraction(5, 4)})
    with pytest.raises(InputError, match="no share"):
        rules([], {"beauty": Fraction(1, 2)})


def test_a_chair_is_a_member_and_an_observer_votes_nowhere() -> None:
    def seat(who: str, role: str, **properties: object) -> Statement:
        return Statement(who, "MEMBER_OF", BY, object=TC, qualifier=role, properties=properties)  # type: ignore[arg-type]

    said = [seat("org:a", "chair"), seat("org:a", "member"), seat("org:b", "observer"), seat("org:c", "member", seats=3),
            seat("org:d", "member", voting=False), seat("org:e", "chair"), seat("org:e", "secretary_general")]  # fmt: skip
    assert voting_seats(said, [TC]) == {"org:a": 1, "org:c": 3, "org:e": 2}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    yield opened
    opened.close()


def loaded(store: Store, members: int, *, foreign: int, sides: tuple[Statement, ...] = ()) -> Store:
    """A committee of one seat each, the first ones foreign, with its number of members on record."""
    ids = [f"org:m{n:02}" for n in range(members)]
    orgs = [
        NodeRecord(id, "Company", {"name_en": id, "home": "DE" if n < foreign else "CN"}, BY)
        for n, id in enumerate(ids)
    ]
    nodes = [
        NodeRecord(TC, "Committee", {"code": "SAC/TC 999"}, BY),
        NodeRecord(STANDARD, "Standard", {"number": "GB 1-2026"}, BY),
        *orgs,
    ]
    seats = [Statement(id, "MEMBER_OF", BY, object=TC, qualifier="member") for id in ids]
    drafted = [
        Statement(id, "DRAFTED", BY, object=STANDARD, since="2020", properties={"rank": n + 1})
        for n, id in enumerate(ids[:6])
    ]
    size = Statement(TC, "FIGURE", BY, value=str(members), qualifier="members")
    charge = Statement(TC, "IN_CHARGE_OF", BY, object=STANDARD, qualifier="centralised")
    batch = Batch((Document("doc:records", "Records"),), tuple(nodes), (*seats, *drafted, size, charge, *sides))
    store.load(Dataset("records", "Records"), [batch], on=date(2026, 1, 1))
    return store


def finding(answer: Answer, name: str) -> Finding:
    return next(f for f in answer.findings if f.name == name)


def test_a_vote_with_all_seats_on_record_is_computed(store: Store) -> None:
    answer = coalition(loaded(store, 30, foreign=6), "GB 1-2026", "org:m00", NOW)
    vote = finding(answer, "vote")
    assert vote.values["computable"] is True
    assert {k: vote.values[k] for k in ("present", "needed", "opposed", "domestic", "foreign")} == {
        "present": 23, "needed": 20, "opposed": 7, "domestic": 24, "foreign": 6,
    }  # fmt: skip
    assert finding(answer, "carrying_set").values["size"] == 20
    assert "6 of the 20 votes needed" in finding(answer, "multinationals_alone").text.en
    assert finding(answer, "seats").values["foreign"] == 6


def test_other_rules_give_another_vote(store: Store) -> None:
    answer = coalition(loaded(store, 30, foreign=6), "SAC/TC 999", "org:m00", NOW, rules={"approval": Fraction(1, 2)})
    assert finding(answer, "vote").values["needed"] == 15


def test_who_is_tied_to_both_sides_is_named_where_sides_are_on_record(store: Store) -> None:
    against = Statement("org:m05", "TAKES_SIDE", BY, object=STANDARD, qualifier="against")
    answer = coalition(loaded(store, 30, foreign=6, sides=(against,)), "GB 1-2026", "org:m00", NOW)
    between = finding(answer, "ambivalent")
    assert between.values["between"] == 4
    assert "org:m05" not in between.text.en
    assert "org:m01" in between.text.en


def test_without_sides_nobody_is_called_ambivalent(store: Store) -> None:
    answer = coalition(loaded(store, 30, foreign=6), "GB 1-2026", "org:m00", NOW)
    assert finding(answer, "ambivalent").values["on_record"] is False


def test_a_standard_without_a_committee_has_no_vote(shipped_store: Store, now: View) -> None:
    answer = coalition(shipped_store, "GB 4943.1-2022", "BMW", now)
    assert "no committee in charge" in finding(answer, "vote").text.en


def test_what_multinationals_could_do_alone_is_cited_where_no_seats_are_known(shipped_store: Store, now: View) -> None:
    answer = coalition(shipped_store, "GB/T 45315-2025", "BMW", now)
    alone = finding(answer, "multinationals_alone")
    assert "5.4%" in alone.text.en
    assert {e.type for e in alone.evidence} == {"FIGURE", "RULE"}
    assert finding(answer, "vote").values["computable"] is False
