"""Candidates, labelled pairs and their figures, and files of judgements, whatever is in them."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import TableError
from graph.identity.blocks import blocks_of
from graph.identity.candidates import Candidate, candidates
from graph.identity.evaluation import LabelledPair, evaluate, is_held_out, read_pairs, shipped_pairs
from graph.identity.judgements import COLUMNS, JudgedPair, RefusedLine, read_file, written
from graph.names import looks_personal, name_key
from graph.names.aliases import AliasTable
from graph.store import NamesOf


def organisations(*names: str, kind: str = "name") -> list[NamesOf]:
    return [NamesOf(f"org:{n}", "Company", ((kind, name),), n) for n, name in enumerate(names)]


def proposed(*names: str) -> set[frozenset[str]]:
    found = candidates(organisations(*names), limit=100)
    return {frozenset((one.name_a, one.name_b)) for one in found.candidates}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("宝马(中国)服务有限公司", "宝马中国(服务)有限公司"),
        ("建设综合勘察研究设计院有限公司", "建设综合勘查研究设计院有限公司"),
        ("中机生产力促进中心", "中机生产力促进中心有限公司"),
        ("国家烟草质检中心", "国家烟草质量监督检验中心"),
        ("信息产业部电信研究院", "工业和信息化部电信研究院"),
        ("海信科龙电器股份有限公司", "海信家电集团股份有限公司"),
        ("华为技术有限公司", "Huawei"),
        ("Huawei Tech.(UK) Co.. Ltd", "Huawei Technologies (UK) Co., Ltd."),
        ("European Telecommunications Standards Institute", "ETSI"),
        ("Nippon Ericsson K.K.", "Ericsson Japan K.K."),
        ("China Telecomunication Corporation", "China Telecommunications Corporation"),
        ("ESA - European Space Agency", "European Space Agency"),
    ],
)
def test_pairs_that_are_proposed_among_others(a: str, b: str) -> None:
    assert frozenset((a, b)) in proposed("清华大学", a, "公安部第三研究所", b, "Nokia Corporation")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("公安部第三研究所", "公安部第五研究所"),
        ("清华大学", "清华大学深圳研究生院"),
        ("中国移动通信集团有限公司", "中国移动通信集团浙江有限公司"),
        ("江苏省标准化研究院", "江西省标准化研究院"),
        ("中国标准化研究院", "陕西省标准化研究院"),
        ("中国农业大学", "内蒙古农业大学"),
        ("中国石油天然气股份有限公司新疆油田分公司", "中国石油天然气股份有限公司西南油气田分公司"),
        ("东风汽车集团有限公司技术中心", "上海汽车集团股份有限公司技术中心"),
        ("中国工商银行", "中国农业银行"),
        ("Ericsson India Private Limited", "Ericsson Hungary Ltd"),
        ("Vodafone GmbH", "Vodafone Group Plc"),
        ("Hitachi Elevator (China)", "Toshiba Elevator (China)"),
        ("Ministry of Finance", "Ministry of Justice"),
        ("CAICT", "CICT"),
    ],
)
def test_pairs_that_nobody_is_asked_about(a: str, b: str) -> None:
    assert not proposed(a, b)


def test_two_nodes_with_one_name_come_first_and_more_important_ones_before_others() -> None:
    listed = organisations(
        "中兴通讯",
        "中兴通訊",
        "北京电光源研究所",
        "北京电光源研究所有限公司",
        "上海香料研究所",
        "上海香料研究所有限公司",
    )
    found = candidates(listed, limit=10)
    assert [(one.a, one.b) for one in found.candidates] == [("org:0", "org:1"), ("org:4", "org:5"), ("org:2", "org:3")]
    assert (found.total, found.organisations, found.bounded) == (3, 6, False)
    assert len(candidates(listed, limit=1).candidates) == 1
    assert candidates(listed, limit=1).total == 3


def test_what_was_judged_is_not_proposed_again_and_one_organisation_can_be_asked_for() -> None:
    listed = organisations("北京电光源研究所", "北京电光源研究所有限公司", "上海香料研究所", "上海香料研究所有限公司")
    assert [c.a for c in candidates(listed, limit=9, of=["org:3"]).candidates] == ["org:2"]
    found = candidates(listed, limit=9, decided=lambda a, b: (a, b) == ("org:0", "org:1"))
    assert [(c.a, c.b) for c in found.candidates] == [("org:2", "org:3")]


def test_a_shared_short_name_does_not_outweigh_different_names() -> None:
    a = NamesOf("org:a", "Association", (("name", "中国标准化协会"), ("short", "CAS")), 1)
    b = NamesOf("org:b", "Institute", (("name", "中国科学院"), ("short", "CAS")), 1)
    assert not candidates([a, b], limit=9).candidates
    c = NamesOf("org:c", "Institute", (("name", "公安部第一研究所"), ("other", "公安部研究所")), 1)
    d = NamesOf("org:d", "Institute", (("name", "公安部第三研究所"), ("other", "公安部研究所")), 1)
    assert not candidates([c, d], limit=9).candidates


def test_work_grows_with_the_number_of_names_and_not_with_its_square() -> None:
    chance = random.Random(1)
    own = ["".join(chr(chance.randrange(0x4E00, 0x5E00)) for _ in range(3)) for _ in range(3000)]
    apart = candidates(organisations(*(f"北京{word}科技有限公司" for word in own)), limit=5)
    assert apart.compared < 3 * len(own)
    same_block = candidates(organisations(*(f"中国{word}银行" for word in own)), limit=5)
    assert same_block.compared < 3 * len(own)


@settings(deadline=None)
@given(
    st.lists(st.text(max_size=30), max_size=6),
    st.lists(st.sampled_from(["name", "short", "code", "title"]), min_size=6),
)
def test_any_names_make_candidates_of_different_nodes_in_order(names: list[str], kinds: list[str]) -> None:
    listed = [NamesOf(f"org:{n}", "Company", ((kinds[n], name),), n) for n, name in enumerate(names)]
    found = candidates(listed, limit=10).candidates
    assert all(one.a < one.b for one in found)
    assert list(found) == sorted(found, key=lambda one: one.order)
    assert all(isinstance(one, Candidate) for one in found)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_spellings_of_one_name_share_their_blocks(text: str) -> None:
    assert blocks_of(text) == blocks_of(name_key(text))
    assert bool(blocks_of(text)) == bool(name_key(text))


# -- evaluation --------------------------------------------------------------------------------------------------------


def test_figures_on_a_few_pairs() -> None:
    pairs = [
        LabelledPair("爱立信（中国）通信有限公司", "爱立信(中国)通信有限公司", "same"),
        LabelledPair("宝马(中国)服务有限公司", "宝马中国(服务)有限公司", "same"),
        LabelledPair("东华大学", "中国纺织大学", "same"),
        LabelledPair("清华大学", "清华大学深圳研究生院", "parent"),
        LabelledPair("江苏省粮食局", "江西省粮食局", "different"),
        LabelledPair("东风汽车集团有限公司", "东风汽车集团股份有限公司", "different"),
        LabelledPair("甲公司", "乙公司", "unsure"),
    ]
    found = evaluate(pairs)
    assert (found.pairs, found.precision, found.proposed_precision) == (7, 1.0, 0.5)
    assert (found.recall_merged, found.recall_reached) == (0.3333, 0.6667)
    assert found.confusion["same"] == {"merged": 1, "proposed": 1, "parent": 0, "apart": 1}
    assert [(one.pair.a, one.outcome) for one in found.errors] == [
        ("东华大学", "apart"),
        ("东风汽车集团有限公司", "proposed"),
    ]
    known = AliasTable.of([("东华大学", "org:donghua", "name"), ("中国纺织大学", "org:donghua", "former")])
    assert evaluate(pairs, known).recall_reached == 1.0
    wrong = AliasTable.of([("江苏省粮食局", "org:x", "name"), ("江西省粮食局", "org:x", "name")])
    assert evaluate(pairs, wrong).precision == 0.5
    assert evaluate(pairs, wrong).errors[0].pair.a == "江苏省粮食局"
    assert evaluate([]).precision is None


def test_the_pairs_that_ship_meet_the_targets() -> None:
    pairs = shipped_pairs()
    assert len(pairs) >= 700
    for label, least in (("same", 200), ("different", 400), ("parent", 90)):
        assert sum(pair.label == label for pair in pairs) >= least
    assert len({frozenset((name_key(p.a), name_key(p.b), p.a, p.b)) for p in pairs}) == len(pairs)
    assert not any(looks_personal(name) for pair in pairs for name in (pair.a, pair.b))
    held_out = [pair for pair in pairs if is_held_out(pair)]
    assert 0.4 < len(held_out) / len(pairs) < 0.6
    for half in (held_out, [pair for pair in pairs if not is_held_out(pair)]):
        assert (evaluate(half).precision or 0) >= 0.99
        # A wholly new name can be found by a record alone: what no name says is left out here.
        by_name = [p for p in half if p.why != "alias" and "recorded" not in p.why and not p.why.startswith("renamed")]
        assert (evaluate(by_name).recall_reached or 0) >= 0.95


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda t: b"a,b,label\n" + t.encode("utf-8", "replace"))
    )
)
def test_any_file_of_pairs_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(TableError):
        evaluate(read_pairs("any.csv", data))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a,b\nx,y\n", "p.csv:1: has no column label"),
        ("a,b,label\n华为,中兴,maybe\n", "p.csv:2: the label is one of same, different, parent, unsure, not 'maybe'"),
        ("a,b,label\n华为,,same\n", "p.csv:2: has no two names"),
        ("", "p.csv:1: has no column a, b, label"),
    ],
)
def test_what_is_wrong_with_a_file_of_pairs_is_said_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(TableError) as raised:
        read_pairs("p.csv", text.encode())
    assert str(raised.value).startswith(complaint)


# -- files of judgements -----------------------------------------------------------------------------------------------

HEAD = ",".join(COLUMNS)


@settings(deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: f"{HEAD}\n{t}".encode("utf-8", "replace")))
)
def test_any_file_of_judgements_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(TableError):
        assert all(isinstance(one, JudgedPair | RefusedLine) for one in read_file("any.csv", data))


_TEXTS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20).map(
    lambda t: " ".join(t.split())
)


@settings(deadline=None)
@given(st.lists(st.tuples(_TEXTS, st.sampled_from(["same", "different", "parent", "unsure"])), max_size=5))
def test_what_is_written_is_read_again(given: list[tuple[str, str]]) -> None:
    judgements = [
        JudgedPair(f"org:{n}", "甲研究院", "org:x", "乙研究院", verdict, "standards desk", "2025-05-30", note)  # type: ignore[arg-type]
        for n, (note, verdict) in enumerate(given)
    ]
    assert list(read_file("j.csv", written(judgements).encode())) == judgements


def test_lines_that_cannot_be_taken_are_named_and_hold_no_person() -> None:
    lines = [
        HEAD,
        "org:a,甲,org:b,乙,same,analyst,2025-05-30,",
        "org:a,甲,org:b,乙,alike,analyst,2025-05-30,",
        "org:a,甲,org:b,乙,same,张三,2025-05-30,",
        "org:a,甲,org:b,乙,same,analyst,yesterday,",
        "org:a,张三,org:b,乙,same,analyst,2025-05-30,",
        ",,org:b,乙,same,analyst,2025-05-30,",
    ]
    good, *refused = read_file("j.csv", "\n".join(lines).encode())
    assert isinstance(good, JudgedPair)
    said = [str(one) for one in refused]
    assert [text.split(": ")[0] for text in said] == [f"j.csv:{n}" for n in range(3, 8)]
    assert "张三" not in "".join(said)
