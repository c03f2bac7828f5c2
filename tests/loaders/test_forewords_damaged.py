"""What PDFs and text recognition do to forewords changes nothing of what is read; what is no foreword breaks nothing."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.names import name_key
from graph.script import is_han
from loaders import shipped
from loaders.forewords import FOREWORDS, Foreword, read
from loaders.inputs import Input
from loaders.refusals import Refused
from loaders.streaming import Streaming

FIXTURES = Path(__file__).parent / "fixtures" / "forewords"
TRUTH: list[dict[str, Any]] = [json.loads(line) for line in (FIXTURES / "truth.jsonl").read_text("utf-8").splitlines()]
# Where a list has no commas, its line breaks are all that separates it: these cannot be moved without a loss.
CHINESE = [truth for truth in TRUTH if truth["language"] == "zh" and truth["file"] != "gb-51054-2014.txt"]

WIDE = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)}
DASHES = "—–－‐-"
OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def damaged(text: str, chance: Random, *, breaks: float, blanks: float, wide: float) -> str:
    """The text with line breaks and blanks between Chinese characters, full-width digits and other dashes.

    Headings stay lines of their own, as they do on every page.
    """
    out: list[str] = []
    above = True
    for line in text.split("\n"):
        bare = line.replace("　", "").replace(" ", "")
        heading = len(bare) <= 5
        above = above and bare not in ("前言", "附加说明:")
        written = line
        for dash in DASHES[1:]:
            if "——" not in line and chance.random() < 0.2:
                written = written.replace("—", dash)
        if not (heading or above):
            written = _parted(written, chance, breaks, blanks)
        out.append("".join(letter.translate(WIDE) if chance.random() < wide else letter for letter in written))
    return "\n".join(out)


def _parted(line: str, chance: Random, breaks: float, blanks: float) -> str:
    out = [line[:1]]
    for before, letter in pairwise(line):
        if is_han(before) and is_han(letter):
            draw = chance.random()
            out.append("\n" if draw < breaks else " " if draw < breaks + blanks else "")
        out.append(letter)
    return "".join(out)


def answer(foreword: Foreword) -> dict[str, Any]:
    return {
        "number": str(foreword.cover.number),
        "published": foreword.cover.published,
        "proposers": [name.words for name in foreword.proposers],
        "in_charge": [name.words for name in foreword.in_charge],
        "executing": [name.words for name in foreword.executing],
        "drafting": [name.words for name in foreword.drafting.names],
        "replaced": [[str(one.number), one.partial] for one in foreword.replaced],
        "adopted": [[str(one.number), one.degree] for one in foreword.adopted],
        "part_of": str(foreword.part_of) if foreword.part_of else None,
        "whole": foreword.drafting.whole,
        "persons": foreword.persons,
    }


def keyed(answer: dict[str, Any]) -> dict[str, Any]:
    """With the keys of names: a dash inside a name (梅赛德斯-奔驰) may be any dash."""
    named = ("proposers", "in_charge", "executing", "drafting")
    return {field: [name_key(name) for name in value] if field in named else value for field, value in answer.items()}


@OFTEN
@given(
    st.sampled_from(CHINESE),
    st.integers(0, 2**32),
    st.sampled_from([0.0, 0.03, 0.1]),
    st.sampled_from([0.0, 0.05, 0.4]),
)
def test_damage_changes_nothing(truth: dict[str, Any], seed: int, breaks: float, blanks: float) -> None:
    text = damaged(
        (FIXTURES / str(truth["file"])).read_text("utf-8"), Random(seed), breaks=breaks, blanks=blanks, wide=0.3
    )
    (foreword,) = read(text)
    got = answer(foreword)
    assert keyed(got) == keyed({name: truth[name] for name in got})


@pytest.mark.parametrize("truth", TRUTH, ids=lambda truth: truth["file"])
def test_lost_full_stops_change_no_name(truth: dict[str, Any]) -> None:
    text = (FIXTURES / str(truth["file"])).read_text("utf-8").replace("。\n", "\n")
    (foreword,) = read(text)
    got = answer(foreword)
    assert [got[name] for name in ("proposers", "in_charge", "drafting")] == [
        truth[name] for name in ("proposers", "in_charge", "drafting")
    ]


def test_every_shipped_drafting_list_is_read_name_by_name() -> None:
    """Thousands of real names, with brackets, 和 and commas within them, broken between any two characters."""
    table = (shipped() / "standards.jsonl").read_text("utf-8").splitlines()
    lists = [row["drafting_orgs"] for row in map(json.loads, table) if row.get("drafting_orgs")]
    chance = Random(4)
    assert len(lists) > 250
    for names in lists:
        text = _parted("本标准起草单位：" + chance.choice("、，；").join(names) + "。", chance, 0.05, 0.0)
        (foreword,) = read(f"GB/T 1234—2015\n前言\n{text}\n本标准主要起草人：甲某、乙某。\n")
        got = [name_key(name.words) for name in foreword.drafting.names]
        assert got == list(dict.fromkeys(name_key(name) for name in names))


def _load(data: bytes) -> Streaming:
    given = Input.of("any", data)
    dataset = FOREWORDS.dataset(given.head)
    streaming = Streaming(None)
    if dataset is not None:
        list(streaming.batches(given, FOREWORDS, dataset))
    return streaming


CHINESE_PIECES = (
    "前言 GB/T\u00a01234—2015 代替 本标准 由 提出 归口 并 起草单位 ： 、 。 （ ） 《 》 \n 等 主要起草人 甲某 清华大学 和 公司 "
    "SAC/TC\u00a0260 等同采用 ISO\u00a09001:2015 的第1部分 本部分为 历次版本 —— ICS\u00a035.040 2019-05-10发布 引言 共同 "
    "\ufffd \ud800"
)
PIECES = st.sampled_from(
    [
        *CHINESE_PIECES.split(" "),
        " ",
        "This Standard",
        " was proposed by ",
        "Drafting organizations:",
        "; ",
        ", ",
        "Ltd.",
    ]
)


@OFTEN
@given(st.lists(PIECES, max_size=60).map("".join))
@example("前言\n本标准起草单位:" + "、" * 50)
@example("GB/T 1—2000\n前言\n本标准由(((((((提出。本标准起草单位：))))、((。")
def test_any_order_of_set_phrases_is_read_or_refused(text: str) -> None:
    _load(("GB/T 1234—2015\n前言\n本标准由公安部归口。" + text).encode("utf-8", "replace"))


@OFTEN
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_passed_over_or_refused(data: bytes) -> None:
    _load(data)
    try:
        list(FOREWORDS.records(Input.of("any", data)))
    except Refused:
        return


@pytest.mark.parametrize(
    "piece", ["主要", "起草单位:", "本标准由", "本标准代替", "本标准等同采用", "主要起草人", "历次版本"]
)
@pytest.mark.parametrize("before", ["", "\n"])
def test_work_grows_with_the_phrases_only(piece: str, before: str) -> None:
    """One phrase some ten thousand times: reading it would not end here if it went over the rest for each of them."""
    text = "GB/T 1234—2015\n前言\n本标准由公安部归口。本标准起草单位：" + (before + piece) * (40_000 // len(piece))
    assert _load(text.encode()).counts


@pytest.mark.parametrize(
    "piece", ["、", "（", "和", "等", "前言\n", "GB/T 1—2000\n", "GB/T 1—2000", "1.", "——", "A", "清华大学"]
)
def test_work_grows_with_the_text_only(piece: str) -> None:
    """The same for what lists are made of."""
    text = "GB/T 1234—2015\n前言\n本标准由公安部归口。本标准起草单位：" + piece * (40_000 // len(piece))
    assert _load(text.encode()).counts


def test_a_file_that_is_no_collection_of_forewords_is_refused_by_size() -> None:
    data = "GB/T 1234—2015\n前言\n本标准由公安部归口。\n".encode() + b" " * (17 * 1024 * 1024)
    streaming = _load(data)
    assert "is larger than 16 MiB" in str(streaming.refusals[0])
