"""What an input is taken for: by one kind of source at most, whatever it is called, and never a table of a user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import shipped
from loaders.formats import formats, recognise
from loaders.inputs import Head, Input, walk
from tests.loaders.tabling import FIXTURES

SAMPLES = FIXTURES.parent


def claims(head: Head) -> list[str]:
    return [kind.name for kind in formats() if kind.dataset(head) is not None]


def inputs(folder: Path) -> list[Head]:
    return [found.head for found in walk([folder]) if isinstance(found, Input) and found.head.start]


def test_every_kind_of_source_has_a_name_of_its_own() -> None:
    names = [kind.name for kind in formats()]
    assert len(set(names)) == len(names)


def test_no_two_kinds_of_source_claim_one_input() -> None:
    taken = {head.name: claims(head) for head in inputs(SAMPLES)}
    assert {name: kinds for name, kinds in taken.items() if len(kinds) > 1} == {}
    assert len({kind for kinds in taken.values() for kind in kinds}) >= 8


@pytest.mark.parametrize("folder", [shipped(), FIXTURES])
def test_no_table_is_claimed(folder: Path) -> None:
    assert {head.name: claims(head) for head in inputs(folder) if claims(head)} == {}


def test_an_own_table_of_standards_and_their_forewords_is_a_table() -> None:
    rows = "标准号,题名,提出,归口,起草单位\nGB/T 1.1-2020,标准化工作导则,国家标准委,本文件由SAC/TC 286归口,起草单位：清华大学\n"
    lines = json.dumps(
        {"number": "GB/T 1.1-2020", "foreword": "本文件由SAC/TC 286归口。本文件起草单位：清华大学。"},
        ensure_ascii=False,
    )
    for data in (rows.encode(), rows.encode("gb18030"), rows.replace(",", "\t").encode(), lines.encode()):
        assert claims(Head("x", data, True)) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_makes_no_difference(encoding: str) -> None:
    text = '{"total": 1, "pageNumber": 1, "rows": [{"C_STD_CODE": "GB/T 1-2020", "C_C_NAME": "标准", "STATE": "现行"}]}'
    assert claims(Head("x", text.encode(encoding), True)) == ["SAMR platform: search response"]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_anything_is_recognised_or_not(data: bytes) -> None:
    recognise(Head("x", data, True), formats())
    recognise(Head("x", data, False), formats())
