"""Text that was made to break things, or that simply is odd: stored, found and given back."""

from __future__ import annotations

import pytest

from graph.model import Statement
from graph.names import name_key
from graph.store import Store
from tests.graph.contract.builders import HUAWEI, NOW, TC260, TODAY, Source

TEXTS = [
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE node;--",
    "say \"quoted\" 'words' `here`",
    "\0NUL\0inside",
    "line\nbreak\ttab\r\n",
    "a\u202eb\u200fc",
    "🦄 emoji 👩‍🔬 company",
    "字" * 10_000,
    "a" * 10_000,
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "𠮷野家 \U0002a6d6",
    "%_*?[a-z]",
    "e\u0301" * 50,
    "ﷺ ﬀ Ǆ",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_it_is_given_back_as_it_was(store: Store, text: str) -> None:
    source = Source()
    source.node(HUAWEI, "Company", name_en=text)
    source.node(TC260, "Committee")
    said = source.says(HUAWEI, "MEMBER_OF", TC260, qualifier="member", as_printed=text)
    fact = source.says(HUAWEI, "NOTE", value=text, qualifier=text[:50])
    store.load(source.dataset, source.batches(), on=TODAY)
    assert store.nodes([HUAWEI])[HUAWEI].properties["name_en"] == text
    assert store.statements([said.key, fact.key]) == {said.key: said, fact.key: fact}
    assert store.load(source.dataset, source.batches(), on=TODAY).unchanged == 4


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_it_is_found_by_itself(store: Store, text: str) -> None:
    source = Source()
    source.node(HUAWEI, "Company", name_en=text)
    store.load(source.dataset, source.batches(), on=TODAY)
    if key := name_key(text):
        assert store.named([key])[key][0].node.id == HUAWEI
    if any(letter.isalnum() for letter in text):
        assert [hit.node.id for hit in store.search(text).hits] == [HUAWEI]


def test_half_a_character_becomes_the_sign_for_a_lost_one(store: Store) -> None:
    source = Source()
    source.node(HUAWEI, "Company", name_en="Hua\ud800wei")
    source.says(HUAWEI, "NOTE", value="\udfff", qualifier="a\ud83d")
    store.load(source.dataset, source.batches(), on=TODAY)
    assert store.load(source.dataset, source.batches(), on=TODAY).unchanged == 2
    assert store.nodes([HUAWEI])[HUAWEI].properties["name_en"] == "Hua\ufffdwei"
    (found,) = store.neighbours(HUAWEI, NOW).neighbours
    assert (found.statement.value, found.statement.qualifier) == ("\ufffd", "a\ufffd")
    assert store.statements([found.statement.key])


def test_odd_ids_are_asked_for_without_harm(world: Store) -> None:
    odd = ["", "\0", "\ud800", "' OR 1=1 --", "x" * 100_000, "org:\u202e"]
    assert world.nodes(odd) == {}
    assert world.documents(odd) == {}
    assert world.statements(odd) == {}
    assert world.named(odd) == {}
    assert world.editions(odd) == {}
    for id_ in odd:
        assert world.moved(id_) is None
        assert world.neighbours(id_, NOW).total == 0
    assert world.expand(odd, [], NOW).nodes == {}
    assert world.arena(odd, odd, NOW).partners == ()
    assert world.ties(odd, NOW, among=odd) == ()


def test_an_unknown_type_or_label_finds_nothing(world: Store) -> None:
    assert world.neighbours(HUAWEI, NOW, types=["LIKES"]).neighbours == ()
    assert world.search("华为", labels=["Firm"]).hits == ()
    assert isinstance(next(thing for thing in world.dump() if isinstance(thing, Statement)).key, str)
