"""Forewords: every field of composed texts in varied wording, whatever the PDF did to them; and nobody's name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from graph.model import Statement
from loaders.forewords import FOREWORDS, Foreword, read
from loaders.inputs import Input
from loaders.streaming import Streaming
from tests.loaders.said import in_batches

FIXTURES = Path(__file__).parent / "fixtures" / "forewords"
TRUTH: list[dict[str, Any]] = [json.loads(line) for line in (FIXTURES / "truth.jsonl").read_text("utf-8").splitlines()]
NAMES = ("甲某", "乙某", "丙某", "丁某", "Jia", "Bing")


def found(foreword: Foreword) -> dict[str, Any]:
    """The fields as `truth.jsonl` writes them."""
    return {
        "number": str(foreword.cover.number),
        "language": foreword.language,
        "title_zh": foreword.cover.title_zh,
        "published": foreword.cover.published,
        "proposers": [name.words for name in foreword.proposers],
        "in_charge": [name.words for name in foreword.in_charge],
        "executing": [name.words for name in foreword.executing],
        "supervising": [name.words for name in foreword.supervising],
        "drafting": [name.words for name in foreword.drafting.names],
        "replaced": [[str(one.number), one.partial] for one in foreword.replaced],
        "adopted": [[str(one.number), one.degree] for one in foreword.adopted],
        "part_of": str(foreword.part_of) if foreword.part_of else None,
        "whole": foreword.drafting.whole,
        "persons": foreword.persons,
    }


def text_of(truth: dict[str, Any]) -> str:
    return (FIXTURES / str(truth["file"])).read_text("utf-8")


def streamed(text: str) -> tuple[list[Statement], Streaming]:
    given = Input.of("any.txt", text.encode())
    dataset = FOREWORDS.dataset(given.head)
    assert dataset is not None
    streaming = Streaming(None)
    statements = [
        said for batch in in_batches(streaming.batches(given, FOREWORDS, dataset)) for said in batch.statements
    ]
    return statements, streaming


def said(text: str) -> set[tuple[str, str, str, str]]:
    statements, streaming = streamed(text)
    assert not streaming.refusals
    return {(one.subject, one.type, one.qualifier, one.object or str(one.value)) for one in statements}


@pytest.mark.parametrize("truth", TRUTH, ids=lambda truth: truth["file"])
def test_what_a_foreword_says(truth: dict[str, Any]) -> None:
    (foreword,) = read(text_of(truth))
    assert found(foreword) == {name: value for name, value in truth.items() if name != "file"}
    assert not foreword.refused
    assert not foreword.drafting.refused


@pytest.mark.parametrize("field", ["proposers", "in_charge", "executing", "drafting", "replaced", "adopted"])
def test_nothing_is_missed_and_nothing_is_made_up(field: str) -> None:
    """Recall and precision over all texts together, a figure a field, so that a change of wording shows where it hurts."""
    right = stated = true = 0
    for truth in TRUTH:
        (foreword,) = read(text_of(truth))
        got = [str(item) for item in found(foreword)[field]]
        expected = [str(item) for item in truth[field]]
        right += len(set(got) & set(expected))
        stated += len(got)
        true += len(expected)
    assert true >= 4
    assert (right / true, right / stated) == (1, 1)


@pytest.mark.parametrize("truth", TRUTH, ids=lambda truth: truth["file"])
def test_every_text_is_recognised_and_loads(truth: dict[str, Any]) -> None:
    statements, streaming = streamed(text_of(truth))
    assert not streaming.refusals
    drafted = sorted(
        (one.properties["rank"], one.properties["as_printed"]) for one in statements if one.type == "DRAFTED"
    )
    assert [name for _, name in drafted] == truth["drafting"]


def test_names_of_persons_are_nowhere() -> None:
    for truth in TRUTH:
        text = text_of(truth)
        given = Input.of("any.txt", text.encode())
        dataset = FOREWORDS.dataset(given.head)
        assert dataset is not None
        streaming = Streaming(None)
        everything = repr([list(read(text)), list(streaming.batches(given, FOREWORDS, dataset)), streaming.refusals])
        assert not [name for name in NAMES if name in everything], truth["file"]


def test_many_forewords_in_one_file_one_after_the_other() -> None:
    chinese = [truth for truth in TRUTH if truth["language"] == "zh"]
    together = list(read("\n".join(text_of(truth) for truth in chinese)))
    assert [str(one.cover.number) for one in together] == [truth["number"] for truth in chinese]
    for foreword, truth in zip(together, chinese, strict=True):
        got = found(foreword)
        assert [got[name] for name in ("drafting", "replaced", "in_charge")] == [
            truth[name] for name in ("drafting", "replaced", "in_charge")
        ]


def test_statements_follow_the_schema() -> None:
    text = (FIXTURES / "gb-t-11540-2008.txt").read_text("utf-8")
    standard = "standard:gb-t-11540-2008"
    assert {
        ("committee:sac-tc-257", "IN_CHARGE_OF", "centralised", standard),
        ("committee:sac-tc-257-sc-1", "IN_CHARGE_OF", "executing", standard),
        ("committee:sac-tc-257-sc-1", "PART_OF", "subcommittee", "committee:sac-tc-257"),
        ("committee:sac-tc-257", "NAME", "zh", "全国香料香精化妆品标准化技术委员会"),
        (standard, "REPLACES", "", "standard:gb-t-11540-1989"),
        (standard, "REPLACES", "", "standard:gb-t-14455.4-1993"),
        (standard, "ADOPTS", "", "standard:iso-279-1998"),
        (standard, "CLASSIFIED_AS", "", "field:kind-national"),
        (standard, "NOTE", "drafting list", "complete"),
    } <= said(text)


def test_provenance_is_the_standards_own_text_without_the_file() -> None:
    statements, _ = streamed(text_of(TRUTH[0]))
    number = TRUTH[0]["number"]
    assert {(one.provenance.dataset, one.provenance.record, one.provenance.locator) for one in statements} == {
        ("forewords", number, "foreword")
    }
    assert {one.provenance.basis.value for one in statements} == {"transcription"}
    assert {one.provenance.confidence.value for one in statements} == {"high"}
    assert {one.since for one in statements if one.type == "DRAFTED"} == {"2017"}


def test_a_translation_is_a_record_of_its_own_and_less_sure() -> None:
    statements, _ = streamed((FIXTURES / "gb-t-30677-2014-translation.txt").read_text("utf-8"))
    assert {(one.provenance.record, one.provenance.confidence.value) for one in statements} == {
        ("GB/T 30677-2014, translation", "medium")
    }


def head(body: str, number: str = "GB/T 1234—2015") -> str:
    return f"{number}\n前言\n本标准按照GB/T 1.1—2009给出的规则起草。\n{body}\n"


def only(body: str, number: str = "GB/T 1234—2015") -> Foreword:
    (foreword,) = read(head(body, number))
    return foreword


def words(names: Sequence[Any]) -> list[str]:
    return [name.words for name in names]


@pytest.mark.parametrize(
    ("sentence", "proposers", "in_charge"),
    [
        ("本标准由甲协会提出并归口。", ["甲协会"], ["甲协会"]),
        ("本文件由公安部提出并组织实施，由国家能源局归口。", ["公安部"], ["国家能源局"]),
        ("本标准由全国信息技术标准化技术委员会（CSBTS/TC 28）归口。", [], ["全国信息技术标准化技术委员会(SAC/TC 28)"]),
        ("本标准由全国信息技术标准化技术委员会（ABC/TC 5）归口。", [], ["全国信息技术标准化技术委员会(ABC/TC 5)"]),
        (
            "本标准由全国能源基础与管理标准化技术委员会（SAC/TC 2O）归口。",
            [],
            ["全国能源基础与管理标准化技术委员会(SAC/TC 20)"],
        ),
        ("本标准由中国船级社提出，由全国海洋船标准化技术委员会归口。", ["中国船级社"], ["全国海洋船标准化技术委员会"]),
        ("本标准由全国茶叶标准化技术委员会归口并提出", ["全国茶叶标准化技术委员会"], ["全国茶叶标准化技术委员会"]),
        ("本标准由公安部、交通运输部联合提出。本标准由公安部归口管理。", ["公安部", "交通运输部"], ["公安部"]),
        ("本标准由日本标准协会提出。", ["日本标准协会"], []),
        ("提出单位：国家发展和改革委员会。归口单位：国家能源局。", ["国家发展和改革委员会"], ["国家能源局"]),
        ("本文件由工业和信息化部提出、归口。", ["工业和信息化部"], ["工业和信息化部"]),
        (
            "本标准由国家预警信息发布中心提出并由全国气象防灾减灾标准化技术委员会（SAC/TC345）归口。",
            ["国家预警信息发布中心"],
            ["全国气象防灾减灾标准化技术委员会(SAC/TC 345)"],
        ),
        (
            "本标准由全国汽车标准化技术委员会（SAC/TC 114提出并归口。",
            ["全国汽车标准化技术委员会(SAC/TC 114)"],
            ["全国汽车标准化技术委员会(SAC/TC 114)"],
        ),
    ],
)
def test_who_proposes_and_who_is_in_charge(sentence: str, proposers: list[str], in_charge: list[str]) -> None:
    foreword = only(sentence)
    assert (words(foreword.proposers), words(foreword.in_charge)) == (proposers, in_charge)


@pytest.mark.parametrize(
    ("sentence", "names", "whole"),
    [
        ("本标准起草单位：清华大学、北京大学等23家单位。", ["清华大学", "北京大学"], False),
        (
            "本标准主要起草单位：清华大学；北京大学；华为技术有限公司。",
            ["清华大学", "北京大学", "华为技术有限公司"],
            True,
        ),
        ("本标准起草单位：清华大学、北京大学和华为技术有限公司。", ["清华大学", "北京大学", "华为技术有限公司"], True),
        (
            "本标准起草单位：工业和信息化部电子第五研究所、住房和城乡建设部标准定额研究所。",
            ["工业和信息化部电子第五研究所", "住房和城乡建设部标准定额研究所"],
            True,
        ),
        (
            "本标准由清华大学、北京大学负责起草，华为技术有限公司参加起草。",
            ["清华大学", "北京大学", "华为技术有限公司"],
            True,
        ),
        ("本标准参加起草单位：北京大学。本标准负责起草单位：清华大学。", ["清华大学", "北京大学"], True),
        (
            "本标准起草单位：公安部第三研究所（公安部测评中心、公安部检测中心）、北京大学。",
            ["公安部第三研究所(公安部测评中心、公安部检测中心)", "北京大学"],
            True,
        ),
        ("本标准起草单位：清华大学（北京、北京大学。", ["清华大学(北京", "北京大学"], True),
        ("本标准起草单位：清华大学、北京大学", ["清华大学", "北京大学"], None),
        (
            "本标准主编单位、参编单位和主要起草人：主编单位：清华大学。参编单位：北京大学。",
            ["清华大学", "北京大学"],
            True,
        ),
        ("本标准由主编单位负责解释。本标准起草单位中国标准化研究院。", ["中国标准化研究院"], True),
        (
            "本标准起草单位：A.O.史密斯（中国）热水器有限公司，3M中国有限公司，……。",
            ["A.O.史密斯(中国)热水器有限公司", "3M中国有限公司"],
            False,
        ),
    ],
)
def test_drafting_organisations(sentence: str, names: list[str], whole: bool | None) -> None:
    drafting = only(sentence).drafting
    assert (words(drafting.names), drafting.whole) == (names, whole)


def test_an_order_that_means_nothing_gives_no_rank() -> None:
    statements, _ = streamed(head("本标准起草单位（排名不分先后）：清华大学、北京大学。本标准由公安部归口。"))
    drafted = [one for one in statements if one.type == "DRAFTED"]
    assert len(drafted) == 2
    assert not any("rank" in one.properties for one in drafted)


def test_names_a_line_without_commas() -> None:
    lines = "中国建筑科学研究院\n华为技术有限公司\n清华大学"
    assert words(only(f"参编单位：{lines}。").drafting.names) == ["中国建筑科学研究院", "华为技术有限公司", "清华大学"]
    assert words(only("本标准起草单位：中国农业科学院\n北京畜牧兽医研究所。").drafting.names) == [
        "中国农业科学院北京畜牧兽医研究所"
    ]


def test_lines_that_may_be_one_name_or_two_are_refused() -> None:
    _, streaming = streamed(head("本标准由公安部归口。本标准起草单位：西山煤矿机械厂\n阳泉矿务局。"))
    (refusal,) = streaming.refusals
    assert refusal.part == "drafting organisations"
    assert "one name or several" in refusal.reason


@pytest.mark.parametrize(
    ("sentence", "replaced"),
    [
        ("本标准代替GB/T 1234—2000和GB/T 1235—2000。", [("GB/T 1234-2000", None), ("GB/T 1235-2000", None)]),
        (
            "本标准代替GB/T 1235.1—2000～GB/T 1235.3—2000、GB/T 7—1990。",
            [(f"GB/T 1235.{part}-2000", None) for part in (1, 2, 3)] + [("GB/T 7-1990", None)],
        ),
        ("本标准部分代替GB/T 1235—2000。", [("GB/T 1235-2000", True)]),
        ("本标准代替GB/T 1235—2000的第3章。", [("GB/T 1235-2000", True)]),
        ("本标准代替GB/T 1234—2000，与GB/T 1234—2000相比，增加了GB/T 9—1999。", [("GB/T 1234-2000", None)]),
        ("本标准代替GB/T 1234—2000 产品规范,本标准与GB/T 1111—2000配套使用。", [("GB/T 1234-2000", None)]),
        ("主要变化如下：——用GB/T 273.3代替GB/T 283—2007。", []),
        ("本标准所代替标准的历次版本发布情况为：——GB/T 1234—1990。", []),
    ],
)
def test_what_is_replaced(sentence: str, replaced: list[tuple[str, bool | None]]) -> None:
    assert [(str(one.number), one.partial) for one in only(sentence).replaced] == replaced


@pytest.mark.parametrize(
    ("sentence", "adopted"),
    [
        ("本标准使用翻译法等同采用IEC 60335-2-6:2002《家用和类似用途电器的安全》。", [("IEC 60335-2-6:2002", "IDT")]),
        ("本标准使用重新起草法修改采用ISO 279:1998。", [("ISO 279:1998", "MOD")]),
        ("本标准与ISO 1998-1:1998的一致性程度为非等效。", [("ISO 1998-1:1998", "NEQ")]),
        ("本标准非等效采用EN 81-58:2003。", [("EN 81-58:2003", "NEQ")]),
        ("本标准参照采用国际标准ISO 3827-4:1977。", [("ISO 3827-4:1977", "unknown")]),
        ("与规范性引用的国际文件有一致性对应关系的我国文件如下：GB/T 6930—2002（ISO 5593:1997，IDT）。", []),
        ("——用修改采用国际标准的GB/T 2900.13代替了IEC 60050。", []),
    ],
)
def test_what_is_adopted(sentence: str, adopted: list[tuple[str, str]]) -> None:
    assert [(str(one.number), one.degree) for one in only(sentence).adopted] == adopted


def test_a_part_belongs_to_its_own_number_only() -> None:
    assert str(only("本部分为GB/T 1234的第3部分。", "GB/T 1234.3—2015").part_of) == "GB/T 1234"
    slip = only("本部分为GB/T 1284的第3部分。", "GB/T 1234.3—2015")
    assert (slip.part_of, slip.refused) == (
        None,
        (("part relation", "GB/T 1234.3-2015 cannot be a part of GB/T 1284"),),
    )


def test_ministries_that_propose_a_mandatory_standard_supervise_it_by_rule() -> None:
    statements, _ = streamed(head("本标准由公安部提出并归口。", "GB 1234—2022"))
    (said,) = [one for one in statements if one.type == "SUPERVISES_STANDARD"]
    assert (said.provenance.basis.value, said.provenance.confidence.value) == ("rule", "medium")
    for number in ("GB/T 1234—2022", "GB 1234—2011"):  # voluntary; older than the law
        statements, _ = streamed(head("本标准由公安部提出并归口。", number))
        assert not [one for one in statements if one.type == "SUPERVISES_STANDARD"]


def test_the_standards_own_number_is_never_the_one_it_replaces() -> None:
    (cover,) = read("代替\nGB/T 1234—2000\n前言\n本标准代替GB/T 1234—2000。本标准由公安部归口。\n")
    assert cover.cover.number is None
    (header,) = read("前言\n本标准由公安部提出\n并归口。\nGB/T 1234—2015\n本标准起草单位：北京大学。")
    assert str(header.cover.number) == "GB/T 1234-2015"


def test_a_foreword_without_a_number_is_refused_with_its_line_and_what_to_do() -> None:
    _, streaming = streamed("\n\n前言\n本标准由公安部提出并归口。\n")
    (refusal,) = streaming.refusals
    assert (refusal.file, refusal.line) == ("any.txt", 3)
    assert "on a line of its own above 前言" in refusal.reason


def test_names_of_persons_beside_organisations_are_refused_without_being_quoted() -> None:
    body = "本标准由公安部归口。本标准起草单位及主要起草人：清华大学：甲某；北京大学：乙某。"
    _, streaming = streamed(head(body))
    assert [refusal.part for refusal in streaming.refusals] == ["drafting organisations"]
    assert "甲某" not in str(streaming.refusals)


def test_a_name_that_was_mended_is_less_sure() -> None:
    statements, _ = streamed(head("本标准由公安部归口。本标准起草单位：清 华 大 学、北京大学。"))
    assert [
        (one.properties["as_printed"], one.provenance.confidence.value) for one in statements if one.type == "DRAFTED"
    ] == [
        ("清华大学", "medium"),
        ("北京大学", "high"),
    ]


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        (
            "This Standard uses the translation method to identically adopt ISO 19136:2007.",
            "adopted",
            [["ISO 19136:2007", "IDT"]],
        ),
        ("This Part modifies and adopts IEC 60061-1:2018 by redrafting.", "adopted", [["IEC 60061-1:2018", "MOD"]]),
        ("This Standard is not equivalent to ISO 1998-1:1998.", "adopted", [["ISO 1998-1:1998", "NEQ"]]),
        ("This Standard replaces in part GB/T 1235-2000.", "replaced", [["GB/T 1235-2000", True]]),
        ("This Part is Part 3 of GB/T 1234.", "part_of", "GB/T 1234"),
        (
            "This Standard is proposed by the National Development and Reform Commission and the Ministry of Public Security.",
            "proposers",
            ["National Development and Reform Commission", "Ministry of Public Security"],
        ),
        (
            "This Standard was drafted by: China National Institute of Standardization, School of Software, Tsinghua University.",
            "drafting",
            ["China National Institute of Standardization", "School of Software, Tsinghua University"],
        ),
    ],
)
def test_the_wording_of_translations(sentence: str, field: str, value: object) -> None:
    start = (
        "GB/T 1234.3-2015\nForeword\nThis Standard is drafted in accordance with the rules given in GB/T 1.1-2009.\n"
    )
    (foreword,) = read(start + sentence)
    assert found(foreword)[field] == value


@pytest.mark.parametrize(
    "text",
    [
        "<html><body>前言 本标准由公安部提出并归口。GB/T 1234—2015</body></html>",
        '{"foreword": "本标准由公安部提出并归口。GB/T 1234—2015"}',
        "---\nforeword: 本标准由公安部提出并归口。GB/T 1234—2015\n",
        "number,title,foreword\nGB/T 1234-2015,某,本标准由公安部提出并归口。\n",
        "标准号\t起草单位\nGB/T 1234-2015\t本标准起草单位：清华大学\n",
        "今天的会议讨论了 GB/T 22239-2019 的修订。\n",
        "本公司由甲提出申请。\n",
        '"""GB/T 22239-2019 was proposed by a committee and drafted by 12 organisations; 起草单位 are listed."""\nprint("提出")\n',
        "# Standards\n\nThe foreword of GB/T 22239-2019 says: 本标准由全国信息安全标准化技术委员会提出并归口。\n",
        "",
    ],
)
def test_what_is_no_foreword_is_not_claimed(text: str) -> None:
    assert FOREWORDS.dataset(Input.of("foreword.txt", text.encode()).head) is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_in_which_such_texts_come(encoding: str) -> None:
    given = Input.of("x", text_of(TRUTH[0]).encode(encoding))
    assert FOREWORDS.dataset(given.head) is not None
    (record,) = FOREWORDS.records(given)
    assert getattr(record, "id", "") == TRUTH[0]["number"]
