"""The two pages beside the loaders: their examples are run as they stand, and they leave out nothing that can be written.

A block that names a file after its language (` ```toml members.toml `) is that file. In what a command shows, `...` stands for anything.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
import tomllib
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import loaders.formats
from graph.open import place_of
from loaders import templates
from loaders.expressions import expression
from loaders.formats import formats
from loaders.inputs import Input
from loaders.mapping import ROW_KEYS, Mapping
from loaders.parts import REFERENCES, Condition, Fact, Names, NodeSpec, Part, Reference, StatementSpec
from loaders.streaming import Streaming
from loaders.tables import SUFFIXES
from tests.api.cli_running import Cli
from tests.loaders.said import in_batches

PAGES = Path(loaders.formats.__file__).parent
OWN = (PAGES / "BRING_YOUR_OWN_DATA.md").read_text("utf-8")
SOURCE = (PAGES / "ADD_A_SOURCE.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)[ ]?([\w.]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str, language: str) -> Iterator[tuple[str, str]]:
    """The name and text of each block in that language."""
    for spoken, name, text in BLOCK.findall(page):
        if spoken == language:
            yield name, text


def commands(page: str) -> Iterator[tuple[str, str]]:
    """Each command of a page, and what is shown below it."""
    for _, text in blocks(page, "console"):
        for piece in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, shown = piece.partition("\n")
            yield command, shown


def lay_out(page: str, folder: Path) -> Path:
    """The files that a page shows."""
    for language in ("csv", "toml", "json"):
        for name, text in blocks(page, language):
            if name:
                (folder / name).write_text(text, "utf-8")
    return folder


def assert_shown(shown: str, printed: str) -> None:
    """That what is shown was printed, whatever the spaces; `...` stands for anything."""
    wanted = (re.escape("".join(piece.split())) for piece in shown.split("..."))
    assert re.fullmatch(".*".join(wanted), "".join(printed.split()), re.DOTALL), printed


@pytest.fixture
def cli(tmp_path: Path, shipped_address: str, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """In a folder with a store of its own that holds the shipped data."""
    shutil.copy(place_of(shipped_address), tmp_path / "graph.sqlite")
    monkeypatch.chdir(tmp_path)
    return Cli(f"sqlite:///{tmp_path / 'graph.sqlite'}")


def run(cli: Cli, page: str) -> None:
    for command, shown in commands(page):
        program, *arguments = shlex.split(command)
        assert program == "standards-graph"
        done = cli(*arguments, width=96)
        assert done.code == (2 if "Refused:" in shown else 0), done.err
        assert_shown(shown, done.out + done.err)


def test_the_examples_of_own_tables_do_what_the_page_shows(cli: Cli, tmp_path: Path) -> None:
    lay_out(OWN, tmp_path)
    run(cli, OWN)


# -- nothing is left out -----------------------------------------------------------------------------------------------
def keys(part: type[Part]) -> set[str]:
    return {field.alias or name for name, field in part.model_fields.items()}


def test_every_key_of_a_mapping_is_on_the_page() -> None:
    parts: tuple[type[Part], ...] = (Mapping, NodeSpec, Names, StatementSpec, Fact, Reference, Condition)
    everything = set().union(*map(keys, parts)) | set(REFERENCES) | set(ROW_KEYS)
    everything |= {"text", "column", "first", "number", "words", "default", "split", "join", "@", "#"}
    missing = sorted(key for key in everything if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", OWN))
    assert not missing


def test_the_expressions_on_the_page_are_expressions() -> None:
    table = OWN.partition("**Values.**")[2].partition("**Nodes**")[0]
    written = [
        example for row in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE) for example in re.findall(r"`(.+?)`", row)
    ]
    assert len(written) > 8
    for example in written:
        expression(tomllib.loads(f"value = {example}")["value"])


def test_every_kind_of_source_table_and_template_is_on_the_page() -> None:
    assert [kind.name for kind in formats() if f"| {kind.name} |" not in OWN] == []
    assert [suffix for suffix in SUFFIXES if f"`{suffix}`" not in OWN] == []
    assert [each.name for each in templates.templates() if f"`{each.name}`" not in OWN] == []


# -- a source of one's own ---------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def bulletin() -> Any:
    """The module on the page, run as it stands."""
    (_, text), *rest = blocks(SOURCE, "python")
    assert not rest
    module = types.ModuleType("bulletin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "bulletin", module)  # dataclasses look for their module there
        exec(compile(text, "ADD_A_SOURCE.md", "exec"), module.__dict__)
    return module.BULLETIN


def test_the_example_of_a_source_does_what_the_page_shows(
    cli: Cli, tmp_path: Path, bulletin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = (*formats(), bulletin)
    for module in ("loaders.loading", "loaders.preview"):
        monkeypatch.setattr(f"{module}.formats", lambda: known)
    lay_out(SOURCE, tmp_path)
    run(cli, SOURCE)
    done = cli("load", "bulletin.json")
    assert done.code == 2
    assert "Registry: bulletin of standards" in done.out
    assert "example-bulletin" in [each["id"] for each in cli("sources", "--json").body["datasets"]]


def test_no_other_source_claims_the_example(bulletin: Any) -> None:
    ((name, text),) = blocks(SOURCE, "json")
    head = Input.of(name, text.encode()).head
    assert [kind for kind in formats() if kind.dataset(head)] == []
    assert bulletin.dataset(head) is not None


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=9), inner, max_size=3)),
)


def bulletin_of(value: object) -> bytes:
    entry = {"number": "GB 1-2000", **dict.fromkeys(("title", "published", "committee", "drafted_by"), value)}
    return json.dumps({"bulletin": 1, "observed": "2025", "standards": [entry, value]}).encode()


@given(content=st.one_of(st.binary(max_size=300), JSON.map(bulletin_of)))
def test_whatever_the_example_is_given_it_refuses_or_takes(bulletin: Any, content: bytes) -> None:
    streaming = Streaming(None)
    dataset = bulletin.dataset(Input.of("x", b'{"bulletin": 1, "standards": []}').head)
    read = in_batches(streaming.batches(Input.of("x", content), bulletin, dataset))
    assert sum(len(batch.nodes) for batch in read) < 50
