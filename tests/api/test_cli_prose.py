"""Text breaks where its language allows, fits its width, and loses nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from api.terminal.prose import clean, prose

WORDS = st.text(alphabet=st.sampled_from("ab 标准，。（）GB/T-2019 ）："), max_size=120)


@settings(max_examples=200, deadline=None)
@given(WORDS, st.integers(2, 40))
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    lines = [line.plain for line in prose(text).wrap(Console(width=width), width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text())
def test_clean_text_is_one_printable_line(text: str) -> None:
    assert clean(text) == "" or clean(text).isprintable()


def test_a_mark_that_closes_never_begins_a_line() -> None:
    lines = [line.plain for line in prose("网络安全，等级保护（二级）。").wrap(Console(), 8)]
    assert lines == ["网络安", "全，等级", "保护（二", "级）。"]


def test_the_mark_of_a_source_stays_with_what_it_marks() -> None:
    lines = [line.plain for line in prose("issued it since 2019 *[1][2]; more").wrap(Console(), 21)]
    assert lines == ["issued it since", "2019 *[1][2]; more"]
