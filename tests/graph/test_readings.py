"""Chinese is read as pypinyin reads it, without pypinyin."""

from __future__ import annotations

import pypinyin
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg import mmseg

from graph import readings

PHRASES = sorted(PHRASES_DICT)
PIECES = st.one_of(
    st.sampled_from(PHRASES),
    st.builds(lambda phrase, n: phrase[:n], st.sampled_from(PHRASES), st.integers(1, 3)),
    st.text(alphabet="中重行长乐〇㐀𠀀\uf900A1 ，\n\ud800", max_size=4),
)


def test_the_file_is_what_pypinyin_says() -> None:
    """Where this fails after an upgrade, `python -m graph.readings` writes the file anew; VERSION then names the new one."""
    assert pypinyin.__version__ == readings.VERSION
    for phrase in PHRASES:
        assert readings.syllables(phrase) == pypinyin.lazy_pinyin(phrase)
    characters = "".join(map(chr, (*range(0x3000, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x32400))))
    for start in range(0, len(characters), 50):
        few = characters[start : start + 50]
        assert readings.syllables(few) == pypinyin.lazy_pinyin(few)


@given(st.lists(PIECES, max_size=8))
def test_any_text_is_read_as_pypinyin_reads_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert readings.syllables(text) == pypinyin.lazy_pinyin(text)
    chinese = "".join(one for one in text if "\u4e00" <= one <= "\u9fff")
    assert list(readings.phrases(chinese)) == list(mmseg.seg.cut(chinese))
    if readings.is_regular(chinese):
        assert readings.syllables(chinese) == [readings.syllables(one)[0] for one in chinese]
