"""Both readings of YAML give the same: the one by lines, where it reads at all, and the one of all YAML."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.refusals import Refused
from loaders.relaton.lines import by_lines
from loaders.relaton.plain import DEEPEST, read

FIXTURES = Path(__file__).parent / "fixtures" / "relaton"
KEYS = ("title", "docid", "person", "affiliation", "name", "contact")
TEXTS = st.text(alphabet="ab '\"#:-\n\\&*!|>%@`[]{}?,é中\u2028~", max_size=30) | st.sampled_from(
    ["null", "~", "2017-10", "true", "a b", "it's", "- x", "a: b", "x " * 80, "'", "''", "a\n\nb", " a"]
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)


def expected(value: Any, only: Collection[str] = ()) -> Any:
    """What is read of a value: no contacts, and of a person the affiliation only."""
    if isinstance(value, list):
        return [expected(one, only) for one in value]
    if isinstance(value, dict):
        return {
            key: expected(one, ("affiliation",) if key == "person" else ())
            for key, one in value.items()
            if key != "contact" and (not only or key in only)
        }
    return value


@given(
    st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=4),
    st.sampled_from([20, 80, 400]),
    st.booleans(),
)
def test_what_was_written_is_read(document: dict[str, Any], width: int, indented: bool) -> None:
    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, indentless and not indented)

        def ignore_aliases(self, data: Any) -> bool:
            return True

    text = yaml.dump(document, Dumper=Dumper, width=width, allow_unicode=True, default_flow_style=False)
    assert read(text, KEYS) == expected(document)


LINES = st.lists(
    st.sampled_from(
        ["title:", "title: a", "docid:", "- id: b", "- c", "  name: 'd", "    e'", "  name: f", "    g", "  - h", "-", "", "  ", "# i",
         "title: 'j'' k'", "name: l: m", "name: n #o", "  contact: p", "    q", "person:", "- affiliation: r", "  name: s", "name: -t",
         "...", "--- u", "'v': w", "name: |", "name:x", "title: 'y' z", "title: ''", "- - a", "name: 'a", "b'", "docid: 'it''s", "a ", "c:"]
    ),
    max_size=12,
)  # fmt: skip


@given(LINES)
@example(["title: 'a", "name: b'"])
def test_lines_are_read_as_all_yaml_is_or_left_to_it(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    found = by_lines(text, KEYS, ("contact",), {"person": frozenset(("affiliation",))}, DEEPEST)
    if found is None:
        return
    try:
        # Mapped by hand from the parser's own tree, so that neither reading is its own judge.
        whole = yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        pytest.fail(f"read although it is no YAML: {found}")
    assert _texts(found) == _texts(expected(whole, KEYS))


def _texts(value: Any) -> Any:
    """With nothing and empty text made one: the plain loader of all YAML does not tell them apart."""
    if isinstance(value, list):
        return [_texts(one) for one in value]
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    return None if value in ("", "~", "null") else value


def test_files_as_they_are_published_are_read_by_lines() -> None:
    for name in ("iso-27001-2013.yaml", "iso-cd-16484-3.yaml", "3gpp-ts-23.501.yaml", "w3c-rec-dom.yaml"):
        text = (FIXTURES / name).read_text("utf-8")
        assert by_lines(text, ("title",), (), {}, DEEPEST) is not None, name


def test_a_fault_is_told_by_its_line_in_the_whole_file() -> None:
    with pytest.raises(Refused, match="line 6"):
        read("abstract:\n- content: x\ntitle:\n- [\nname: y\n", ("title",))
