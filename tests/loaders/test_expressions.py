"""The language of mappings: each expression, on rows as tables have them."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.expressions import Scope, columns, evaluate, expression, items
from loaders.refusals import Refused

WORDS = {"role": {"主任委员": "chair", "委员": "member", "列席": ""}}
ROW: dict[str, Any] = {
    "name": "华为",
    "empty": " ",
    "blank": [],
    "zero": 0,
    "no": False,
    "code": {"ics": {"first": "35.030"}},
    "a.b": "dotted",
    "list": ["35.030", None, "33"],
    "cell": "甲、乙、 、丙",
    "role": "委员",
    "roles": ["主任委员", "列席"],
    "odd": "顾问",
    "number": "GB／T 22239—2019",
    "words": "no number",
}


def value(written: object, scope: Scope | None = None) -> object:
    return evaluate(expression(written), scope or Scope(ROW, WORDS))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("name", "华为"),
        ("missing", None),
        ("empty", None),
        ("blank", None),
        ("zero", 0),
        ("no", False),
        ("code.ics.first", "35.030"),
        ("code.ics.second.third", None),
        ("name.ics", None),
        ("a.b", "dotted"),
        ({"text": "centralised"}, "centralised"),
        ({"text": True}, True),
        ({"column": "list", "join": ", "}, "35.030, 33"),
        ({"column": "name", "join": ", "}, "华为"),
        ({"column": "cell", "split": "、"}, ["甲", "乙", "丙"]),
        ({"column": "cell", "split": "、", "join": "; "}, "甲; 乙; 丙"),
        ({"column": "role", "words": "role"}, "member"),
        ({"column": "roles", "words": "role"}, ["chair"]),
        ({"column": "odd", "words": "role", "default": "observer"}, "observer"),
        ({"column": "odd", "words": "role", "default": ""}, None),
        ({"column": "empty", "default": "unknown"}, "unknown"),
        ({"first": ["empty", "missing", "name"]}, "华为"),
        (["empty", "name"], "华为"),
        ({"first": ["empty", {"text": "x"}]}, "x"),
        ({"number": "number"}, "GB/T 22239-2019"),
        ({"number": "missing"}, None),
        ({"number": ["missing", "number"]}, "GB/T 22239-2019"),
    ],
)
def test_an_expression_gives_what_the_row_has_there(written: object, found: object) -> None:
    assert value(written) == found


def test_a_word_that_the_list_lacks_is_refused() -> None:
    with pytest.raises(Refused, match="'顾问' is not in the word list 'role'"):
        value({"column": "odd", "words": "role"})


def test_a_text_that_is_no_number_is_refused() -> None:
    with pytest.raises(Refused, match="'no number' is not a standard number"):
        value({"number": "words"})


def test_items_know_their_place_and_the_item_around_them() -> None:
    outer = Scope(ROW, WORDS).at({"body": "SAC/TC 260", "name": "outer"}, 2)
    inner = outer.at({"name": "inner"}, 7)
    assert value("@.name", inner) == "inner"
    assert value("@.body", inner) == "SAC/TC 260"
    assert value("#", inner) == 7
    assert value("@", outer.at("华为", 1)) == "华为"
    assert value("name", inner) == "华为"
    assert value("@") is None
    assert value("#") is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("list", ["35.030", "33"]),
        ("name", ["华为"]),
        ("code", [{"ics": {"first": "35.030"}}]),
        ("missing", []),
        ({"column": "cell", "split": "、"}, ["甲", "乙", "丙"]),
    ],
)
def test_one_value_counts_as_a_list_of_one(written: object, found: list[object]) -> None:
    assert items(expression(written), Scope(ROW, WORDS)) == found


def test_the_columns_that_an_expression_reads_are_known() -> None:
    written = {
        "first": ["code.ics", {"number": "number"}, {"column": "role", "words": "role"}, "@.x", "#", {"text": "y"}]
    }
    assert set(columns(expression(written))) == {"code", "code.ics", "number", "role"}
