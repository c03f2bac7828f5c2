"""Mapping files: what they may say, and errors that name the file and the key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from graph.errors import MappingError
from loaders import mapping as mapping_module
from loaders.mapping import read_mapping

NODE = '[[node]]\nas = "s"\nref = { number = "number" }\n'


def read(folder: Path, text: str) -> mapping_module.Mapping:
    path = folder / "Our List.toml"
    path.write_text(text, "utf-8")
    return read_mapping(path)


def test_the_documented_example_is_a_mapping(tmp_path: Path) -> None:
    documented = mapping_module.__doc__ or ""
    example = "\n".join(line[4:] for line in documented.splitlines() if line.startswith("    ") or not line.strip())
    assert tomllib.loads(example)["dataset"] == "tc-114-members"
    found = read(tmp_path, example)
    assert (found.dataset, found.private, len(found.said)) == ("tc-114-members", True, 2)
    assert {"code", "name", "organisation", "remarks", "note_kind", "short_names"} <= found.columns()


def test_the_dataset_is_called_like_the_file_unless_the_mapping_says_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, NODE).dataset == "our-list"
    assert read(tmp_path, 'dataset = "other"\n' + NODE).dataset == "other"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it maps nothing"),
        ("a = ", "is not TOML"),
        ('colour = "red"\n' + NODE, "colour: no such key here; known are dataset, title, licence"),
        ('licenSe = "red"\n' + NODE, "licenSe: no such key here (did you mean 'licence'?); known are"),
        (
            NODE + 'propertys = { code = "a" }\n',
            "node[1].propertys: no such key here (did you mean 'properties'?); known are as, ref",
        ),
        (
            NODE + '[[fact]]\ntype = "NOTE"\nof = "s"\nvalu = "a"\nvalue = "b"\n',
            "fact[1].valu: no such key here (did you mean 'value'?)",
        ),
        (NODE + 'when = { colum = "a" }\n', "node[1].when.column: Field required (and 1 more problems)"),
        ('private = "maybe"\n' + NODE, "private: Input should be a valid boolean"),
        ("header = 0\n" + NODE, "header: Input should be greater than or equal to 1"),
        ('header = "3"\n' + NODE, "header: Input should be a valid integer"),
        ("required = [1]\n" + NODE, "required[1]: '1' is not an expression"),
        (
            NODE + '[columns]\nnumer = "its number"\n',
            "columns.numer: nothing in the mapping reads or ignores this column",
        ),
        ('dataset = "a b"\n' + NODE, "dataset: "),
        ('[[node]]\nas = "s"\n', "node[1].ref: Field required"),
        (NODE + '[[node]]\nas = "s"\nref = { id = "x" }\n', "as = 's' is given twice"),
        (NODE.replace("number = ", "nummer = "), "node[1].ref: a reference has exactly one of the keys"),
        ('[[node]]\nref = { number = "a", id = "b" }', "node[1].ref: a reference has exactly one of the keys"),
        ('[[node]]\nref = { organisation = "a", label = "Firm" }', "'Firm' is not a label; known are Agency"),
        ('[[node]]\nref = { number = "a", label = "Standard" }', "label stands beside organisation or id only"),
        ('[[node]]\nref = { field = "a", scheme = "isc" }', "node[1].ref.scheme: "),
        ('[[node]]\nref = { number = { colum = "a" } }', "node[1].ref.number: an expression has exactly one of"),
        ('[[node]]\nref = { number = { column = "a", spilt = "," } }', "'spilt' cannot stand beside 'column'"),
        ('[[node]]\nref = { number = { column = "a", split = 1 } }', "split is a text"),
        ("[[node]]\nref = { number = { text = [1] } }", "text is a text, a number, true or false"),
        ('[[node]]\nref = { number = "" }', "the name of a column is empty"),
        (NODE + 'label = "Standart"\n', "node[1]: 'Standart' is not a label"),
        (NODE + 'label = "Standard"\n[node.properties]\nname_zh = "a"\n', "Standard has no such property"),
        (NODE + '[[node.names]]\nkind = "nick"\nvalue = "a"\n', "node[1].names[1]: 'nick' is not a kind of name"),
        (NODE + 'each = "list"\n', "a node with `each` has no single handle"),
        (NODE + '[[statement]]\ntype = "DRAFTS"\nsubject = "s"\nobject = "s"', "statement[1]: 'DRAFTS' is not a type"),
        (NODE + '[[statement]]\ntype = "NOTE"\nsubject = "s"\nobject = "s"', "statement[1]: 'NOTE' is not a type here"),
        (
            NODE + '[[statement]]\ntype = "CITES"\nsubject = "t"\nobject = "s"',
            "'t' is no handle of a [[node]]; known are s",
        ),
        (
            NODE + '[[statement]]\ntype = "CITES"\nsubject = "s"\nobject = { organisation = 1 }',
            "statement[1].object.organisation: '1' is not an expression",
        ),
        (
            NODE + '[[statement]]\ntype = "ISSUED"\nsubject = "s"\nobject = "s"\nproperties = { rank = "#" }',
            "properties.rank: ISSUED has no such property",
        ),
        (NODE + '[[fact]]\ntype = "NOTE"\nof = "s"\n', "fact[1].value: Field required"),
        (
            NODE + '[[fact]]\ntype = "NOTE"\nof = "s"\nvalue = { column = "a", words = "role" }',
            "there is no word list [words.role]",
        ),
    ],
)
def test_what_cannot_be_followed_is_an_error_with_file_and_key(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(MappingError, match=re.escape(why)) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(str(tmp_path / "Our List.toml"))
    assert "\n" not in str(error.value)


def test_a_mapping_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="No such file"):
        read_mapping(tmp_path / "none.toml")
    (tmp_path / "t.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(MappingError, match="is not UTF-8"):
        read_mapping(tmp_path / "t.toml")
