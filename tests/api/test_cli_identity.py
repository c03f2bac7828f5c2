"""What the command line makes of numbers and of two names."""

from __future__ import annotations

import pytest

from tests.api.cli_running import Cli


@pytest.fixture(scope="module")
def cli(shipped_address: str) -> Cli:
    return Cli(shipped_address)


def test_numbers_given_as_arguments(cli: Cli) -> None:
    done = cli("number", "GB18384-2020", "GBT22239", "国标22239", "2019-05-10", "--json")
    assert done.code == 0
    assert [row["number"] for row in done.bodies] == ["GB 18384-2020", "GB/T 22239", "GB 22239", None]
    assert [row["input"] for row in done.bodies] == ["GB18384-2020", "GBT22239", "国标22239", "2019-05-10"]
    first, _, _, none = done.bodies
    assert (first["kind"], first["mandatory"], first["year"]) == ("national", True, 2020)
    assert set(none) == set(first)


def test_numbers_on_standard_input_line_by_line(cli: Cli) -> None:
    lines = "\ufeffGB／T 22239—2019\r\n\r\n010-88385500\nGB 5009.3\n".encode() + b"\xff\xfe GB 1\n"
    done = cli("number", "--json", stdin=lines)
    assert [row["number"] for row in done.bodies[:4]] == ["GB/T 22239-2019", None, None, "GB 5009.3"]
    assert len(done.bodies) == 5


def test_numbers_within_a_text_are_told_apart_from_a_text_that_is_one(cli: Cli) -> None:
    text = "as GB/T 22239-2019 and GB 18384-2020 demand"
    (row,) = cli("number", text, "--json").bodies
    assert row["number"] is None
    assert row["inside"] == ["GB/T 22239-2019", "GB 18384-2020"]
    assert "within: GB/T 22239-2019, GB 18384-2020" in cli("number", text, width=160).out


def test_a_table_of_numbers_for_people(cli: Cli) -> None:
    done = cli("number", "GB18384-2020", "nothing")
    assert done.lines[0].split() == ["text", "number", "kind", "mandatory", "issuer", "year"]
    assert done.lines[1].split() == ["GB18384-2020", "GB", "18384-2020", "national", "standard", "yes", "GB", "2020"]
    assert done.lines[2].split() == ["nothing", "-"]
    assert "国家标准" in cli("number", "GB18384-2020", "--lang", "zh").out


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("工信部", "工业和信息化部", "same"),
        ("CESI", "中国电子技术标准化研究院", "same"),
        ("信安标委", "全国网络安全标准化技术委员会", "same"),
        ("公安部第三研究所", "公安部第五研究所", "different"),
        ("清华大学", "清华大学深圳研究生院", "parent"),
        ("江苏省粮食局", "江西省粮食局", "different"),
        ("华为技术有限公司", "华为终端有限公司", "unsure"),
    ],
)
def test_names_say_same_different_parent_or_unsure(cli: Cli, a: str, b: str, verdict: str) -> None:
    body = cli("names", a, b, "--json").body
    assert body["verdict"] == verdict
    assert body["why"]
    assert body["why_zh"]
    other = cli("names", b, a, "--json").body
    assert other["verdict"] == verdict
    assert body["parent"] == other["parent"]
    assert body["parent"] == ("清华大学" if verdict == "parent" else None)


def test_names_for_people(cli: Cli) -> None:
    assert cli("names", "工信部", "工业和信息化部").out.startswith("same: ")
    assert cli("names", "清华大学", "清华大学深圳研究生院").out.rstrip().endswith("(the parent is 清华大学)")
    assert cli("names", "清华大学", "清华大学深圳研究生院", "--lang", "zh").out.startswith("上下级单位：")
