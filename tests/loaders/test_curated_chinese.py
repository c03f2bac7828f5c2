"""Notes, rules and figures of the shipped data on Chinese pages: all read in Chinese, and say there what they say in English."""

from __future__ import annotations

import re

import pytest

from graph import schema
from graph.model import Statement
from graph.script import has_han
from loaders import read, shipped
from loaders.mapping import read_mapping

TOLD = ("NOTE", "RULE", "FIGURE")
"""Types of facts whose values are texts in free words."""

QUOTED = "administration before 2018, as printed"
"""Topic of notes that quote a source which itself prints both languages."""

CODE = re.compile(r"[A-Z0-9][A-Z0-9./&-]*(?:[ ,;]+[A-Z0-9][A-Z0-9./&-]*)*")
"""One or several codes or numbers, which are the same in both languages: `T/CAS`, `SAC/TC 260`, `ISO; IEC; ITU`."""

ADDRESS = re.compile(r"https?://[^\s();]+")

KEPT = re.compile(r"\d{4,}|(?<![A-Za-z])(?:[A-Z]{2}|ISO|IEC|GB/T|T/[A-Z]+)(?![A-Za-z])(?: ?\d+(?:\.\d+)?)?")
"""What a translation takes over as it is: years and long numbers, codes of industries and committees, prefixes of standards."""


def without_addresses(text: str) -> str:
    """A text without the addresses of pages in it, which are the same in both languages."""
    return ADDRESS.sub("", text)


def reads_in_chinese(said: Statement) -> bool:
    """Whether nothing of it is left in English on a Chinese page."""
    text = str(said.value)
    left = without_addresses(text)
    if said.properties.get("value_zh") or schema.word(text, "zh") != schema.word(text) or said.qualifier == QUOTED:
        return True
    if has_han(text):
        return re.search(r"\b[a-z]{2,}\b", left) is None
    return not re.search("[A-Za-z]", left) or CODE.fullmatch(left) is not None


@pytest.fixture(scope="module")
def said() -> tuple[Statement, ...]:
    reading = read([shipped()])
    return tuple(
        s
        for dataset in reading.datasets
        for batch in reading.batches(dataset.id)
        for s in batch.statements
        if s.type in TOLD and isinstance(s.value, str)
    )


@pytest.fixture(scope="module")
def listed() -> dict[str, dict[str, str]]:
    """The Chinese of each table's notes by their English, from its mapping."""
    mappings = (read_mapping(path) for path in sorted(shipped().glob("*.toml")))
    return {mapping.dataset: mapping.words["chinese"] for mapping in mappings if "chinese" in mapping.words}


def test_no_note_is_left_in_english_on_a_chinese_page(said: tuple[Statement, ...]) -> None:
    assert {(s.provenance.dataset, s.value) for s in said if not reads_in_chinese(s)} == set()


def test_the_chinese_is_chinese(said: tuple[Statement, ...]) -> None:
    told = [str(s.properties["value_zh"]) for s in said if s.properties.get("value_zh")]
    assert [text for text in told if not has_han(text) and re.search("[a-z]", text)] == []


def test_a_translation_goes_when_the_note_that_it_is_for_has_changed(
    said: tuple[Statement, ...], listed: dict[str, dict[str, str]]
) -> None:
    shown = {(s.provenance.dataset, s.value): s.properties.get("value_zh") for s in said}
    assert {
        (dataset, english)
        for dataset, words in listed.items()
        for english, chinese in words.items()
        if shown.get((dataset, english)) != chinese
    } == set()


def test_a_translation_keeps_addresses_numbers_and_codes(listed: dict[str, dict[str, str]]) -> None:
    lost = {
        (english, kept)
        for words in listed.values()
        for english, chinese in words.items()
        for kept in (*ADDRESS.findall(english), *KEPT.findall(without_addresses(english)))
        if kept not in chinese
    }
    assert lost == set()


@pytest.mark.parametrize(
    ("id", "english", "chinese"),
    [
        ("org:sac", "plans, numbers and publishes national standards", "国家标准的计划、编号和公布"),
        ("org:cac", "guides SAC/TC 260", "对SAC/TC 260进行业务指导"),
        ("org:ccpitcsc", "holds the secretariat of ISO/TC 342", "承担ISO/TC 342秘书处"),
        ("committee:sac-tc-230", "guidance moved to 自然资源部 in 2018", "业务指导单位2018年改为自然资源部"),
        ("standard:gb-t-22239-2019", "not known to be complete", "不确定是否完整"),
    ],
)
def test_notes_read_in_the_terms_of_the_field(said: tuple[Statement, ...], id: str, english: str, chinese: str) -> None:
    (found,) = {str(s.properties["value_zh"]) for s in said if s.subject == id and str(s.value).startswith(english)}
    assert found.startswith(chinese)
