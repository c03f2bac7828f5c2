"""Search and resolve, asked of the shipped data."""

from __future__ import annotations

import pytest

from graph import wording
from graph.errors import AmbiguousError, CursorError, InputError, NotFoundError
from graph.model import View
from graph.store import Store
from queries.entity import entity
from queries.resolve import one
from queries.search import search

FIRST = [
    ("信安标委", "committee:sac-tc-260"),
    ("TC260", "committee:sac-tc-260"),
    ("全国信息安全标准化技术委员会", "committee:sac-tc-260"),
    ("CESI", "org:cesi"),
    ("电子标准院", "org:cesi"),
    ("工信部", "org:miit"),
    ("MIIT", "org:miit"),
    ("gbt 22239", "standard:gb-t-22239-2019"),
    ("国标22239", "standard:gb-t-22239-2019"),
    ("ＧＢ／Ｔ　２２２３９", "standard:gb-t-22239-2019"),
    ("Standardization Administration", "org:sac"),
    ("BMW", "org:bmw-group"),
    ("宝马", "org:bmw-group"),
]


@pytest.mark.parametrize(("words", "id"), FIRST)
def test_what_is_meant_comes_first(shipped_store: Store, now: View, words: str, id: str) -> None:
    assert search(shipped_store, words, now).items[0].node.id == id


@pytest.mark.parametrize("words", ["技术", "标准", "汽车"])
def test_every_hit_has_the_words(shipped_store: Store, now: View, words: str) -> None:
    answer = search(shipped_store, words, now, limit=100)
    assert len(answer.items) == 100
    assert answer.total >= 100
    assert all(words in wording.fold(str(item.details["matched"])) for item in answer.items)


def test_every_hit_of_a_pinyin_query_reads_so(shipped_store: Store, now: View) -> None:
    answer = search(shipped_store, "xinxi anquan", now, limit=100)
    assert len(answer.items) > 10
    for item in answer.items:
        syllables = wording.pinyin_full(str(item.details["matched"]))
        assert "xin xi an quan" in " ".join(syllables), item


def test_pages_join_without_gap_or_double(shipped_store: Store, now: View) -> None:
    seen: list[str] = []
    after, total = "", None
    while True:
        page = search(shipped_store, "信息安全", now, limit=7, after=after)
        seen += [item.node.id for item in page.items]
        total = page.total
        if not (after := page.after):
            break
    assert len(seen) == len(set(seen)) == total


def test_nothing_found_is_an_empty_answer(shipped_store: Store, now: View) -> None:
    answer = search(shipped_store, "zzzzqqqq", now)
    assert answer.items == ()
    assert answer.total == 0


def test_a_broken_cursor_is_bad_input(shipped_store: Store, now: View) -> None:
    with pytest.raises(CursorError):
        search(shipped_store, "技术", now, after="nonsense")


@pytest.mark.parametrize("words", ["", " ", "字" * 10_000])
def test_empty_or_overlong_words_are_bad_input(shipped_store: Store, now: View, words: str) -> None:
    with pytest.raises(InputError):
        search(shipped_store, words, now)


@pytest.mark.parametrize(
    "words", ['"', "'", "*", "a AND b", "NEAR(x)", "<b>", "\x00", "😀", "(((", "-", "col:x", "\ud800"]
)
def test_characters_of_a_query_language_mean_nothing(shipped_store: Store, now: View, words: str) -> None:
    search(shipped_store, words, now)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Qualcomm", "org:qualcomm"),
        ("高通", "org:qualcomm"),
        ("Ericsson", "org:ericsson"),
        ("微软", "org:microsoft"),
        ("国标委", "org:sac"),
        ("网信办", "org:cac"),
        ("中央网信办", "org:cac"),
        ("全国汽车标准化技术委员会", "committee:sac-tc-114"),
    ],
)
def test_names_resolve_to_one_thing(shipped_store: Store, now: View, name: str, id: str) -> None:
    assert one(shipped_store, name, as_of=now.as_of).id == id


def test_an_ambiguous_name_gives_its_candidates(shipped_store: Store, now: View) -> None:
    with pytest.raises(AmbiguousError) as caught:
        one(shipped_store, "CEA", as_of=now.as_of)
    assert len(caught.value.candidates) > 1
    assert "CEA" in str(caught.value)


def test_an_unknown_name_gives_the_nearest(shipped_store: Store, now: View) -> None:
    with pytest.raises(NotFoundError) as caught:
        one(shipped_store, "中国电子技术标准化研究", as_of=now.as_of)
    assert "org:cesi" in {ref.id for ref in caught.value.nearest}


def test_an_entity_shows_facts_and_honest_totals(shipped_store: Store, now: View) -> None:
    answer = entity(shipped_store, "SAC/TC 260", now, limit=5)
    assert len(answer.items) == 5
    assert answer.total == sum(b.total for b in answer.bounds) > 5
    names = {f.values["value"] for f in answer.findings if f.name == "NAME"}
    assert {"全国信息安全标准化技术委员会", "网安标委"} <= names
    following = entity(shipped_store, "SAC/TC 260", now, limit=5, after=answer.after)
    assert not {i.evidence[0].statement for i in answer.items} & {i.evidence[0].statement for i in following.items}
