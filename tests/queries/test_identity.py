"""What a person is shown before judging whether two organisations are one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.identity.judgements import JudgedPair
from graph.identity.register import Register
from graph.model import View
from graph.open import open_store
from graph.store import Store
from queries.identity import proposals, side
from tests.graph.contract.builders import TODAY, Source

NOW = View(TODAY)


def source() -> Source:
    """Three pairs of one name with and without a legal form: one pair drafted a standard together, one is parent and unit."""
    s = Source()
    for id, label, name in (
        ("org:a", "Institute", "上海香料研究所"),
        ("org:a-co", "Company", "上海香料研究所有限公司"),
        ("org:b", "Institute", "北京电光源研究所"),
        ("org:b-co", "Company", "北京电光源研究所有限公司"),
        ("org:c", "Institute", "合肥通用机电产品检测院"),
        ("org:c-co", "Company", "合肥通用机电产品检测院有限公司"),
    ):
        s.node(id, label, name_zh=name, home="CN")
    for number in range(1, 6):
        s.node(f"standard:{number}", "Standard", number=f"GB/T {number}-201{number}", published=f"201{number}-01-01")
        s.says("org:a", "DRAFTED", f"standard:{number}", record=f"{number}", since=f"201{number}-01-01")
    s.says("org:b", "DRAFTED", "standard:1", record="1")
    s.says("org:b-co", "DRAFTED", "standard:1", record="1")
    s.says("org:c-co", "PART_OF", "org:c", qualifier="entity")
    s.says("org:a", "NAME", value="香料所", qualifier="short_zh")
    return s


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'g.sqlite'}", create=True)
    made = source()
    opened.load(made.dataset, made.batches(), on=TODAY)
    yield opened
    opened.close()


def test_who_drafted_together_is_asked_about_last_and_parent_and_unit_not_at_all(store: Store) -> None:
    found = proposals(store, NOW, limit=10)
    assert [(one.a.about.id, one.b.about.id) for one in found.proposals] == [
        ("org:a", "org:a-co"),
        ("org:b", "org:b-co"),
    ]
    alone, together = found.proposals
    assert alone.together == ()
    assert [node.name() for node in together.together] == ["GB/T 1-2011"]
    assert together.likelihood == pytest.approx(alone.likelihood / 2, abs=0.01)
    assert (found.organisations, found.total, found.exact, found.judged) == (6, 2, True, 0)


def test_what_was_judged_is_left_out(store: Store) -> None:
    register = Register(store, TODAY)
    register.judge(JudgedPair("org:a", "", "org:a-co", "", "different", "analyst", "2025-05-30"))
    found = proposals(store, NOW, limit=10)
    assert [one.a.about.id for one in found.proposals] == ["org:b"]
    assert found.judged == 1


def test_one_side(store: Store) -> None:
    shown = side(store, store.nodes(["org:a"])["org:a"], NOW)
    assert shown.names == ("上海香料研究所", "香料所")
    assert (shown.home, shown.statements, shown.drafted) == ("CN", 6, 5)
    assert [node.name() for node in shown.standards] == ["GB/T 5-2015", "GB/T 4-2014", "GB/T 3-2013"]
    assert shown.sources == ("Dataset curated",)
