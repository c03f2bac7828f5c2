"""Search finds what has the words, and nothing that has not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT

from graph.readings import phrases, syllables
from graph.wording import fold, matches, pinyin_full, pinyin_initials, query, terms

NAMES = [
    "信息安全",
    "信息安全技术 网络安全等级保护基本要求",
    "全国信息安全标准化技术委员会 SAC/TC 260",
    "宝马(中国)服务有限公司",
    "西安交通大学",
    "先进技术研究院",
    "Huawei Technologies Co., Ltd.",
    "绿色食品发展中心",
    "重庆银行",
    "TCL空调器(中山)有限公司",
]
TEXT = st.one_of(st.text(max_size=30), st.text("信息安全技术重庆（）() ab1ＡÉ-", max_size=20), st.sampled_from(NAMES))


def found(text: str) -> list[str]:
    return [name for name in NAMES if matches(query(text), [name])]


@pytest.mark.parametrize("asked", ["信息安全", "xinxi anquan", "xinxianquan", "XinXi AnQuan", "xin xi an quan"])
def test_chinese_and_pinyin_find_the_same(asked: str) -> None:
    assert found(asked) == NAMES[:3]


def test_initials_find_names_that_begin_with_them() -> None:
    assert found("xxaq") == NAMES[:2]
    assert found("tclkt") == ["TCL空调器(中山)有限公司"]


def test_a_syllable_is_never_found_inside_another() -> None:
    assert "先进技术研究院" in found("xian")
    assert "先进技术研究院" not in found("xi an")
    assert "西安交通大学" in found("xi'an")
    assert matches(query("xin"), ["星云"]) is None


@pytest.mark.parametrize("asked", ["lvse", "lüse"])
def test_u_umlaut_is_found_as_typed(asked: str) -> None:
    assert found(asked) == ["绿色食品发展中心"]


def test_readings_follow_the_phrase() -> None:
    assert found("chongqing yinhang") == ["重庆银行"]
    assert found("zhongqing") == []


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("宝马中国", "宝马(中国)服务有限公司"),
        ("寶馬", "宝马(中国)服务有限公司"),
        ("tc260", "全国信息安全标准化技术委员会 SAC/TC 260"),
        ("TC 260", "全国信息安全标准化技术委员会 SAC/TC 260"),
        ("huawei tech", "Huawei Technologies Co., Ltd."),
        ("ＴＣＬ", "TCL空调器(中山)有限公司"),
    ],
)
def test_spellings_find_the_name(asked: str, name: str) -> None:
    assert name in found(asked)


def test_one_character_is_found_anywhere() -> None:
    assert found("术") == [name for name in NAMES if "术" in name]


def test_all_words_are_needed() -> None:
    assert found("信息 等级") == ["信息安全技术 网络安全等级保护基本要求"]
    assert found("信息 重庆") == []
    assert matches(query("信息 security"), ["信息安全"]) is None
    spread = matches(query("信息 security"), ["信息安全"], across=["Information security"])
    assert spread is not None
    assert spread.kind == "across"


def test_better_matches_come_first() -> None:
    asked = query("信息安全")
    hits = [matches(asked, [name]) for name in ["信息安全", "信息安全技术", "全国信息安全标准化技术委员会"]]
    qualities = [hit.quality for hit in hits if hit]
    assert len(qualities) == 3
    assert qualities == sorted(qualities, reverse=True)
    best = matches(query("huawei"), ["华为", "Huawei"])
    assert best is not None
    assert best.name == "Huawei"


def test_number_is_kept_as_typed() -> None:
    assert query("GB/T 22239-2019").number == "GB/T 22239-2019"
    assert query("ＧＢ／Ｔ 22239—2019").number == "GB/T 22239—2019"
    assert query("信息安全").number is None
    assert query("huawei").number is None


@settings(deadline=None)
@given(TEXT)
def test_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text("信息安全技术重庆中国", min_size=1, max_size=12), st.data())
def test_every_part_of_a_chinese_run_is_found_by_its_terms(run: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    part = run[start : data.draw(st.integers(start + 1, len(run)))]
    (word,) = query(part).words
    have = " ".join(terms(run))
    wanted = " ".join(word.alternatives[0])
    assert any(have.startswith(wanted, at) for at in range(len(have)) if at == 0 or have[at - 1] == " ")
    assert matches(query(part), [run]) is not None


@settings(deadline=None)
@given(st.text("信息安全技术", min_size=1, max_size=4), st.text("信息安全技术", max_size=12))
def test_no_hit_lacks_the_words(asked: str, name: str) -> None:
    assert (matches(query(asked), [name]) is not None) == (asked in name)


@settings(deadline=None)
@given(TEXT, st.lists(TEXT, max_size=4))
def test_any_text_is_taken(text: str, names: list[str]) -> None:
    hit = matches(query(text), names)
    if hit:
        assert 0 < hit.quality <= 1
        assert names[hit.index] == hit.name
    assert matches(query(text), [text]) is not None or not terms(text)


@settings(deadline=None)
@given(TEXT)
def test_pinyin_has_a_syllable_for_each_chinese_character(text: str) -> None:
    assert all(syllable == fold(syllable) for syllable in pinyin_full(text))
    assert " " not in pinyin_initials(text)


def test_hostile_letters_end_soon() -> None:
    asked = query("xianxian" * 500)
    assert asked.readings == ()
    assert len(query("xian" * 15).readings) == 16


def test_a_text_without_irregular_phrases_is_read_as_its_phrases_are() -> None:
    for phrase in list(PHRASES_DICT)[::9]:
        for text in (phrase, f"技术{phrase}标准"):
            by_phrases = tuple(syllable for part in phrases(fold(text)) for syllable in map(fold, syllables(part)))
            assert pinyin_full(text) == by_phrases, text
