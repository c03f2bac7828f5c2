"""Values as people write them: dates, text, numbers, yes and no."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import dates
from loaders.refusals import Refused
from loaders.values import as_text, clean, coerce, normal_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2019-05-01", "2019-05-01"),
        ("2019.5.1", "2019-05-01"),
        ("2019/05/01", "2019-05-01"),
        ("2019年5月1日", "2019-05-01"),
        ("2019年5月", "2019-05"),
        ("2019年", "2019"),
        ("２０１９．５", "2019-05"),
        ("20190501", "2019-05-01"),
        ("2019-05-01 08:30:00", "2019-05-01"),
        ("2019-05-01T08:30:00+08:00", "2019-05-01"),
        ("2019", "2019"),
        ("2019-13-01", None),
        ("2019-02-30", None),
        ("May 2019", None),
        ("19-05-01", None),
        ("0000", None),
    ],
)
def test_dates_in_any_usual_spelling_become_iso(written: str, iso: str | None) -> None:
    assert normal_date(written) == iso


@given(st.text())
def test_whatever_is_taken_for_a_date_is_one(text: str) -> None:
    found = normal_date(text)
    assert found is None or dates.check(found) == found


@given(st.text(alphabet=st.characters()))
def test_clean_text_can_be_stored_and_shown(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in cleaned)
    assert clean(cleaned) == cleaned


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_any_cell_is_text_or_refused(value: object) -> None:
    try:
        text = as_text(value)
    except Refused as refused:
        told = refused.reason
    else:
        told = text or "nothing"
        assert not isinstance(value, list) or (not value and text is None)
    assert told


@pytest.mark.parametrize(
    ("value", "kind", "meant"),
    [
        (3, "integer", 3),
        ("1,200", "integer", 1200),
        ("３", "integer", 3),
        ("3.0", "integer", 3),
        ("49.5%", "number", 49.5),
        (0.5, "number", 0.5),
        (True, "boolean", True),
        ("否", "boolean", False),
        ("Yes", "boolean", True),
        (5, "text", "5"),
        (5.4, "text", "5.4"),
        (3333.0, "text", "3333"),
        (False, "text", "false"),
        ("  ", "text", None),
        (None, "integer", None),
        ([], "text", None),
    ],
)
def test_cells_become_what_the_schema_wants(value: object, kind: str, meant: object) -> None:
    assert coerce(value, kind) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "kind", "why"),
    [
        ("many", "integer", "'many' is not a whole number"),
        ("1.5", "integer", "'1.5' is not a whole number"),
        ("9" * 40, "integer", "is not a whole number"),
        (10**400, "integer", "more than 300 digits"),
        (float("nan"), "number", "nan is not a number"),
        (float("inf"), "text", "inf is not a number"),
        ("perhaps", "boolean", "'perhaps' is neither yes nor no"),
        (["a"], "text", "a list where one value is expected"),
        ({"a": 1}, "date", "an object where one value is expected"),
        ("soon", "date", "'soon' is not a date; write 2018, 2018-03 or 2018-03-17"),
    ],
)
def test_other_cells_are_refused_with_what_is_wrong(value: object, kind: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        coerce(value, kind)  # type: ignore[arg-type]
    assert why in refused.value.reason


def test_a_value_outside_the_schema_is_refused_with_the_ones_inside() -> None:
    with pytest.raises(Refused) as refused:
        coerce("Boss", "text", values=("chair", "member"))
    assert refused.value.reason == "'Boss' is not one of chair, member"
