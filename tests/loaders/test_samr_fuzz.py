"""Whatever the platforms' readers are given, they say it or refuse it; nothing else comes out of them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.inputs import Input
from loaders.refusals import Refused
from loaders.samr import lists, rows, sisters
from loaders.samr.fields import ccs_codes, day, ics_codes, text
from tests.loaders.samr_reading import FIXTURES, FORMATS, kinds_of, read, response, row

ODD = st.text(
    alphabet=st.sampled_from(
        "GBT/ 12345-：:.,;、，；等（）()[]TCSQ〔〕<b>&lt;\n\u3000\ud800\x00中华研究院有限公司ISOIEC"
    ),
    max_size=60,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ODD | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)
FIELD_NAMES = (
    "id", "C_STD_CODE", "STD_CODE", "C_C_NAME", "C_E_NAME", "STATE", "STD_NATURE", "STD_TYPE", "STD_DOMAIN",
    "ISSUE_DATE", "ACT_DATE", "ISSUE_ANN_NO", "ICS", "CCS", "TA_CODE", "ICS_NAME1_FULL", "TA_NAME", "TM_CODE",
    "TM_NAME", "CD_NAME", "UTA_NAME", "DRAFT_UNIT", "ADOPT_TYPE", "ADOPT_NO", "TOTAL_REPE", "C_PLAN_CODE",
    "OPEN_HASH_CODE", "X",
)  # fmt: skip
FIELD_NAMES = (
    "id", "C_STD_CODE", "STD_CODE", "C_C_NAME", "C_E_NAME", "STATE", "STD_NATURE", "STD_TYPE", "STD_DOMAIN",
    "ISSUE_DATE", "ACT_DATE", "ISSUE_ANN_NO", "ICS", "CCS", "TA_CODE", "ICS_NAME1_FULL", "TA_NAME", "TM_CODE",
    "TM_NAME", "CD_NAME", "UTA_NAME", "DRAFT_UNIT", "ADOPT_TYPE", "ADOPT_NO", "TOTAL_REPE", "C_PLAN_CODE",
    "OPEN_HASH_CODE", "X",
)  # fmt: skip
FIELDS = st.sampled_from(FIELD_NAMES)
ORGANISATIONS = ("华为技术有限公司", "清华大学", "北京奇虎（360，安全）公司", "Bosch Co., Ltd.", "甲(乙、丙)院")
PAGES = [path.read_text("utf-8") for path in sorted(FIXTURES.glob("*.html"))]


@given(st.dictionaries(FIELDS, JSON, max_size=12))
def test_any_row_is_said_or_refused(fields: dict[str, Any]) -> None:
    found = read(json.dumps({"rows": [row(), row(**fields)], "pageNumber": 1}).encode())
    assert found.dataset == "samr-national"
    entry = rows.entry_of(row(**fields))
    assert all(isinstance(fault, Refused) for fault in entry.faults)


@given(
    st.dictionaries(
        st.sampled_from(["pk", "code", "chName", "industry", "chargeDept", "issueDate", "actDate", "fzDate", "status"]),
        JSON,
    )
)
def test_any_record_is_said_or_refused(fields: dict[str, Any]) -> None:
    for local in (True, False):
        assert all(isinstance(fault, Refused) for fault in sisters.entry_of(fields, local=local).faults)


@given(JSON)
def test_any_value_is_a_text_a_day_or_refused(value: Any) -> None:
    for reader in (text, day):
        try:
            said = reader(value)
        except Refused:
            continue
        assert said is None or (said == said.strip() and "\x00" not in said)


@given(st.lists(st.sampled_from(ORGANISATIONS), min_size=1), st.sampled_from("、，；;"))
def test_names_come_out_as_they_went_in(names: list[str], separator: str) -> None:
    assert lists.names(separator.join(names)) == (tuple(names), False)
    assert lists.names(separator.join(names) + "等") == (tuple(names), True)


@given(ODD | st.text())
def test_no_separator_is_left_in_a_name_and_nothing_is_lost(written: str) -> None:
    names, _ = lists.names(written)
    assert all(name and name == name.strip() for name in names)
    assert "".join(names).replace(", ", "") in written.replace(" ", "") or set("".join(names)) <= set(written) | set(
        ", "
    )
    lists.numbers_in(written)


@given(ODD | st.text())
def test_classes_are_found_or_named_as_faults(written: str) -> None:
    for codes in (ics_codes, ccs_codes):
        good, bad = codes(written)
        assert not set(good) & set(bad)


@given(st.binary(max_size=300) | ODD.map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_claimed_by_one_format_at_most(data: bytes) -> None:
    for start in (b"", b'{"rows":[', b'[{"C_STD_CODE":"GB 1-2000","STATE":"', b"<title>\xe5\x9b\xbd", b'{"records":['):
        kinds = kinds_of(start + data)
        assert len(kinds) <= 1
        if kinds:
            read(start + data)


@settings(max_examples=60)
@given(st.data())
def test_a_broken_response_is_said_or_refused(data: st.DataObject) -> None:
    whole = response(*(row(id=f"{n:032X}", C_STD_CODE=f"GB/T {n}-2020") for n in range(1, 6)))
    place = data.draw(st.integers(60, len(whole)))
    broken = whole[:place] + data.draw(st.binary(max_size=5)) + whole[place + data.draw(st.integers(0, 50)) :]
    if kinds_of(broken):
        read(broken)


@settings(max_examples=80)
@given(st.data())
def test_a_broken_page_is_said_or_refused(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(PAGES))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(page)))
        page = (
            page[:place]
            + data.draw(ODD | st.sampled_from(["</div>", "<dl>", "<td>", "<!--", "<br>"]))
            + page[place + data.draw(st.integers(0, 80)) :]
        )
    broken = page.encode("utf-8", "replace")
    assert len(kinds_of(broken)) <= 1
    if kinds_of(broken):
        read(broken)


def test_deep_and_long_values_are_refused_within_bounds() -> None:
    deep = b'{"rows":[{"C_STD_CODE":"GB 1-2000","STATE":"x","A":' + b"[" * 100_000 + b"]" * 100_000 + b"}]}"
    for kind in FORMATS:
        kind.dataset(Input.of("x", deep).head)
    if kinds_of(deep):
        read(deep)
    number = b'{"rows":[{"C_STD_CODE":"GB 1-2000","STATE":"x","ISSUE_DATE":' + b"9" * 50_000 + b"}]}"
    if kinds_of(number):
        read(number)
    read(response(row(C_C_NAME="\\" * 30_000, DRAFT_UNIT="（" * 20_000 + "、" * 20_000, TOTAL_REPE="GB" * 20_000)))


def test_a_document_nested_without_end_is_refused() -> None:
    deep = b'{"pageNumber": 1,\n"rows": [{"C_STD_CODE": "GB 1-2000", "STATE": ' + b"[" * 300_000
    assert "brackets" in read(deep).reasons()[0]
