"""The background of a matter, asked of the shipped data."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import InputError
from graph.model import View
from graph.store import Store
from queries.answer import Answer
from queries.context import context


def says(answer: Answer, role: str, lang: str = "en") -> list[str]:
    return [item.reason[lang] for item in answer.items if item.role == role]


def test_the_whole_system_begins_with_its_five_kinds_and_the_survey(shipped_store: Store, now: View) -> None:
    answer = context(shipped_store, "", now)
    figures = "\n".join(says(answer, "figures"))
    for count in ("36877", "62262", "37818", "1140000"):
        assert count in figures
    survey = "\n".join(says(answer, "survey"))
    assert "2/3" in survey
    assert "30 %" in survey
    assert says(answer, "timeline")


def test_a_figure_that_two_sources_give_stands_once_and_cites_both(shipped_store: Store, now: View) -> None:
    answer = context(shipped_store, "", now, limit=200)
    lines = says(answer, "figures")
    assert len(lines) == len(set(lines))


def test_words_choose_what_speaks_of_them_in_both_languages(shipped_store: Store, now: View) -> None:
    for words in ("foreign-invested", "外商投资"):
        answer = context(shipped_store, words, now)
        assert any("3333" in line for line in says(answer, "figures")), words
        assert any("5.4 %" in line for line in says(answer, "figures")), words
    assert any("新能源汽车" in line for line in says(context(shipped_store, "新能源汽车", now), "timeline", "zh"))


def test_the_timeline_is_in_order_and_says_what_is_superseded(shipped_store: Store, now: View) -> None:
    answer = context(shipped_store, "Standardization Law", now, limit=200)
    days = [str(item.details["day"]) for item in answer.items if item.role == "timeline" and item.details["day"]]
    assert days == sorted(days)
    assert any("(1988) (superseded)" in line for line in says(answer, "timeline"))


def test_what_came_later_is_not_known_on_an_earlier_day(shipped_store: Store) -> None:
    answer = context(shipped_store, "", View(date(2018, 1, 1)), limit=200)
    assert all(str(item.details["day"] or "") <= "2018-01-01" for item in answer.items if item.role == "timeline")
    assert not any("4929" in line for line in says(answer, "figures"))


def test_nothing_found_says_what_to_try(shipped_store: Store, now: View) -> None:
    answer = context(shipped_store, "zzz", now)
    assert not answer.items
    assert {caveat.code for caveat in answer.caveats} == {"nothing"}


def test_words_that_are_too_long_are_refused(shipped_store: Store, now: View) -> None:
    with pytest.raises(InputError, match="characters"):
        context(shipped_store, "x" * 501, now)
