"""Names of organisations: never one from two, never two where the evidence says one or is open."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.names import column_of_people, core_key, looks_personal, name_key, opaque_id, slug
from graph.names.compare import AliasTable, compare
from graph.names.judgement import RULES

with (Path(__file__).parent / "name_pairs.csv").open(encoding="utf-8", newline="") as rows:
    PAIRS = [(row["a"], row["b"], row["verdict"], row["why"]) for row in csv.DictReader(rows)]
BY_NAME = [pair for pair in PAIRS if pair[3] != "alias"]
NAMES = sorted({name for a, b, _, _ in PAIRS for name in (a, b)})

ANY_NAME = st.one_of(
    st.text(max_size=40),
    st.sampled_from(NAMES),
    st.text(alphabet="中国第一三十〇○0oO（）()[]【】 -—·.&,ＡaB.有限公司\u200b\u3000", max_size=24),
)


@pytest.mark.parametrize(("a", "b", "truth", "why"), BY_NAME)
def test_real_pair(a: str, b: str, truth: str, why: str) -> None:
    judged = compare(a, b)
    allowed = {
        "same": {"same", "unsure"},
        "different": {"different", "unsure"},
        "parent": {"parent", "unsure"},
    }
    assert judged.verdict in allowed[truth], (why, judged)
    if judged.verdict == "parent":
        assert judged.parent == "a"


def test_share_of_real_pairs_that_is_decided() -> None:
    decided: dict[str, list[bool]] = {"different": [], "parent": []}
    for a, b, truth, _ in BY_NAME:
        if truth in decided:
            decided[truth].append(compare(a, b).verdict == truth)
    assert sum(decided["different"]) >= 0.75 * len(decided["different"])
    assert all(decided["parent"])


@pytest.mark.parametrize(("a", "b"), [pair[:2] for pair in PAIRS if pair[3] == "alias"])
def test_a_recorded_change_of_name_makes_one_body(a: str, b: str) -> None:
    known = AliasTable.of([(a, "org:x", "name"), (b, "org:x", "former")])
    judged = compare(a, b, known)
    assert (judged.verdict, judged.rule) == ("same", "alias")
    assert "former" in judged.why
    assert compare(a, b).verdict != "same"


def test_a_short_name_of_several_bodies_decides_nothing() -> None:
    known = AliasTable.of(
        [("大唐", "org:1", "short"), ("大唐", "org:2", "short"), ("大唐电信科技产业集团", "org:1", "name")]
    )
    assert compare("大唐", "大唐电信科技产业集团", known).verdict == "unsure"


def test_brackets_in_another_place_are_likely_but_never_certain() -> None:
    judged = compare("宝马(中国)服务有限公司", "宝马中国(服务)有限公司")
    assert judged.verdict == "unsure"
    assert judged.likelihood >= 0.8


@pytest.mark.parametrize(
    ("a", "b", "parent"),
    [("清华大学深圳研究生院", "清华大学", "b"), ("清华大学", "清华大学深圳研究生院", "a")],
)
def test_the_parent_is_named_whichever_way_round(a: str, b: str, parent: str) -> None:
    assert compare(a, b).parent == parent


@settings(deadline=None)
@given(ANY_NAME, ANY_NAME)
def test_judgement_does_not_depend_on_the_order(a: str, b: str) -> None:
    there, back = compare(a, b), compare(b, a)
    assert (there.verdict, there.rule, there.likelihood) == (back.verdict, back.rule, back.likelihood)
    assert {there.parent, back.parent} in ({None}, {"a", "b"})
    assert 0 <= there.likelihood <= 1
    assert (there.verdict == "same") == (name_key(a) == name_key(b) != "")


def test_reasons_are_given_in_both_languages() -> None:
    for a, b, _, _ in PAIRS:
        judged = compare(a, b)
        assert judged.rule in RULES
        assert judged.why.isprintable()
        assert any("\u4e00" <= character <= "\u9fff" for character in judged.why_zh)


@settings(deadline=None)
@given(ANY_NAME)
def test_key_of_a_key_is_itself(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in key)


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.integers(0, 40))
def test_invisible_characters_and_width_do_not_matter(name: str, at: int) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    assert name_key(wide) == name_key(name)
    assert name_key(name[:at] + "\u200b" + name[at:]) == name_key(name)
    assert name_key(f" {name}。\n") == name_key(name)


@settings(deadline=None)
@given(ANY_NAME)
def test_blocking_keeps_equal_names_together(text: str) -> None:
    assert core_key(text) == core_key(name_key(text))
    assert bool(core_key(text)) == bool(name_key(text))


def test_different_real_names_have_different_keys() -> None:
    for a, b, truth, _ in PAIRS:
        if truth != "same":
            assert name_key(a) != name_key(b)


@settings(deadline=None)
@given(ANY_NAME)
def test_slug_is_short_plain_ascii(text: str) -> None:
    made = slug(text)
    assert len(made) <= 60
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in made.split("-") if made)


def test_opaque_id_is_stable() -> None:
    assert opaque_id(name_key("中国标准化研究院")) == "org:2ujkhkmjdohst"
    assert opaque_id("\udc80").startswith("org:")


PLACEHOLDERS = ["张三", "李四", "王五", "赵六"]  # the proverbial nobodies
SURNAMES, GIVEN = "王李张刘陈", "伟芳建国明华"


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SURNAMES), st.text(GIVEN, min_size=2, max_size=2)), min_size=3))
def test_a_column_of_made_up_people_is_refused(people: list[tuple[str, str]]) -> None:
    names = ["".join(person) for person in people]
    assert column_of_people(names)
    assert all(map(looks_personal, names))


def test_romanised_and_titled_people_are_refused() -> None:
    assert column_of_people(["Zhang San", "Li Si", "Wang Wu", "Zhao Liu"])
    assert looks_personal("张教授")
    assert looks_personal("Dr. Nobody")


@pytest.mark.parametrize("name", ["华为", "方正", "康佳", "万科", "金山", "海尔", "安踏", "方太", "江淮", "长安"])
def test_short_names_of_firms_are_no_people(name: str) -> None:
    assert not looks_personal(name)


def test_columns_of_organisations_are_taken() -> None:
    assert not column_of_people(NAMES)
    assert not column_of_people(["华为", "方正", "康佳", "万科", "金山", "联想", "小米"])
    assert not column_of_people(["Huawei", "Ericsson", "Nokia", "China Mobile", "Shanghai Electric"])
    assert not column_of_people([])
    assert not any(map(looks_personal, NAMES))


def test_a_few_organisations_do_not_hide_people() -> None:
    assert column_of_people([*PLACEHOLDERS, "华为技术有限公司", ""])
