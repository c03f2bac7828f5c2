"""What the kinds of source say reads in Chinese as well: every topic of a note, and every title, licence and publisher in their code.

Topics are looked for in the code, not in samples: a topic that no sample has would stay English unnoticed.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

import loaders
from graph import schema
from graph.identity import judgements
from graph.model import Dataset, Document
from graph.script import has_han
from loaders.formats import formats
from loaders.gathering import taken_by
from loaders.inputs import Input
from loaders.relaton import relations
from loaders.samr import committee_page, rows

HERE = Path(loaders.__file__).parent
MODULES = {path.relative_to(HERE).with_suffix("").as_posix(): path for path in sorted(HERE.rglob("*.py"))}
TOPICAL = ("NOTE", "RULE", "FIGURE")

BY_NAME: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("relaton/source", "meant.note"): (relations.REVISION_IN_PROGRESS, relations.REVISES),
    ("samr/committee_page", "topic"): tuple(topic for _, topic in committee_page._NOTES),
    ("samr/rows", "topic"): tuple(topic for _, topic in rows._NOTES),
    ("samr/statements", "topic"): (),  # those of entries, which the readers of rows and labels put there
    ("samr/labels", "topic"): (),  # the parameter of `_note`, whose calls are looked at
}
"""Topics that are not written where they are said, by module and expression."""

NAMES_OF_THEIR_OWN = frozenset({"Relaton", ""})
"""Publishers that are called the same in Chinese, and none."""


def said_in(tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions that are topics of notes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            kind = node.args[1] if len(node.args) > 1 else None
            if called == "fact" and isinstance(kind, ast.Constant) and kind.value in TOPICAL:
                yield (
                    node.args[3] if len(node.args) > 3 else next(k.value for k in node.keywords if k.arg == "qualifier")
                )
            elif called == "_note":
                yield node.args[0]
            elif called in ("append", "extend") and _is_notes(node.func):
                yield from _firsts(node.args[0])
        elif isinstance(node, ast.AugAssign) and ast.unparse(node.target) == "entry.notes":
            yield from _firsts(node.value)


def _is_notes(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute) and isinstance(called.value, ast.Attribute) and called.value.attr == "notes"
    )


def _firsts(given: ast.expr) -> Iterator[ast.expr]:
    """The first member of a pair, or of each pair of a list."""
    if isinstance(given, ast.Tuple) and given.elts and not isinstance(given.elts[0], ast.Tuple):
        yield given.elts[0]
    elif isinstance(given, ast.List | ast.Tuple):
        for one in given.elts:
            yield from _firsts(one)
    elif isinstance(given, ast.ListComp | ast.GeneratorExp):
        yield from _firsts(given.elt)
    else:
        raise AssertionError(f"{ast.unparse(given)}: notes that this test cannot read; write them as pairs")


def topics() -> set[str]:
    found: set[str] = set()
    for module, path in MODULES.items():
        for said in said_in(ast.parse(path.read_text("utf-8"))):
            if isinstance(said, ast.Constant):
                found.add(str(said.value))
                continue
            known = BY_NAME.get((module, ast.unparse(said)))
            assert known is not None, f"{module}: say in BY_NAME which topics `{ast.unparse(said)}` can be"
            found.update(known)
    return found


def test_every_topic_in_the_code_of_the_sources_has_a_chinese_name() -> None:
    found = topics()
    assert {"reporting unit", "stage as printed", "earlier editions", "scope", "supervising agency as printed"} <= found
    assert [topic for topic in sorted(found) if not has_han(schema.word(topic, "zh"))] == []


# -- titles --------------------------------------------------------------------------------------------------------------


def made() -> Iterator[Dataset | Document]:
    """The datasets and documents that stand in the modules, and those that Relaton makes for each kind of identifier."""
    for module in MODULES:
        if "__init__" not in module:
            for value in vars(import_module(f"loaders.{module.replace('/', '.')}")).values():
                yield from _in(value)
    yield from (judgements.DATASET, judgements.DOCUMENT)
    for flavour in ("ISO", "3GPP", "W3C", "IETF"):
        text = f"---\nid: x\ndocid:\n- id: {flavour} 1\n  type: {flavour}\n  primary: true\ntitle:\n- content: A\n"
        given = Input.of("x", text.encode())
        (kind,) = (kind for kind in formats() if kind.dataset(given.head))
        dataset = kind.dataset(given.head)
        assert dataset is not None
        yield dataset
        yield from (record.document for record in kind.records(given) if hasattr(record, "document"))


def _in(value: object) -> Iterator[Dataset | Document]:
    if isinstance(value, Dataset | Document):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _in(one)
    elif isinstance(getattr(value, "dataset", None), Dataset):
        yield from _in(getattr(value, "dataset"))  # noqa: B009 - of whatever has one
        yield from _in(getattr(value, "document", None))


def test_every_title_licence_and_publisher_in_the_code_of_the_sources_has_a_chinese_name() -> None:
    found = list(made())
    assert len({one.id for one in found if isinstance(one, Dataset)}) >= 16
    texts = {one.title for one in found} | {one.licence for one in found if isinstance(one, Dataset)}
    assert [text for text in sorted(texts) if not has_han(schema.titled(text, "zh"))] == []
    publishers = {one.publisher for one in found} - NAMES_OF_THEIR_OWN
    assert [name for name in sorted(publishers) if not has_han(schema.titled(name, "zh"))] == []


def test_datasets_are_made_only_where_this_test_looks() -> None:
    making = {module for module, path in MODULES.items() if "Dataset(" in path.read_text("utf-8")}
    # What `reading` makes is titled by the user's own mapping.
    assert making == {"forewords/source", "iso/committees", "reading", "relaton/source", "samr/platforms"}


@pytest.mark.parametrize("path", sorted((HERE / "templates").glob("*.toml")), ids=lambda path: path.stem)
def test_titles_of_templates_have_a_chinese_name(path: Path) -> None:
    told = tomllib.loads(path.read_text("utf-8"))
    assert has_han(schema.titled(told["title"], "zh"))
    assert has_han(schema.titled(told["licence"], "zh"))


def test_documents_made_of_a_number_are_titled_in_chinese() -> None:
    assert schema.titled("GB/T 1-2020, foreword", "zh") == "GB/T 1-2020，前言"
    assert schema.titled("GB/T 1-2020, foreword (English translation)", "zh") == "GB/T 1-2020，前言（英文译本）"
    assert schema.titled("Relaton: bibliographic data of 3GPP", "zh") == "Relaton：3GPP书目数据"


def test_each_of_these_datasets_is_kept_from_other_data() -> None:
    ids = {one.id for one in made() if isinstance(one, Dataset)}
    assert [id for id in sorted(ids) if not taken_by(id)] == []
    assert not taken_by("our-members")
