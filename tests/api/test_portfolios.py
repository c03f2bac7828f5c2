"""Portfolios over HTTP and at the command line: of a company, of a list, as tables."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import python_calamine
from fastapi.testclient import TestClient

from tests.api.cli_running import Cli
from tests.conftest import LOADED_ON

DAY = LOADED_ON.isoformat()


@pytest.fixture(scope="module")
def cli(shipped_address: str) -> Cli:
    return Cli(shipped_address)


def test_a_list_over_http_is_ranked_and_the_unknown_is_named(client: TestClient) -> None:
    body = client.get(
        "/v1/portfolio", params={"standard": ["gbt 22239", "GB18384-2020", "GB 99999-2099"], "as_of": DAY}
    ).json()
    assert [item["role"] for item in body["items"]] == ["mandatory", "compulsory"]
    assert "GB 99999-2099" in next(c["text"]["en"] for c in body["caveats"] if c["code"] == "unknown_numbers")


def test_a_list_that_is_empty_or_too_long_is_a_problem(client: TestClient) -> None:
    assert client.get("/v1/portfolio").status_code == 422
    assert client.get("/v1/portfolio", params={"standard": ["GB 1-2020"] * 201}).status_code == 422


def test_a_workbook_over_http(client: TestClient) -> None:
    got = client.get("/v1/actors/Huawei/portfolio.xlsx", params={"as_of": DAY, "lang": "zh"})
    assert got.status_code == 200
    assert "attachment" in got.headers["content-disposition"]
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(got.content)).get_sheet_by_index(0).to_python()
    assert "下一步" in rows[0]
    assert len(rows) > 5


def test_the_command_takes_a_company_or_a_file(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "portfolio.csv"
    assert "Portfolio of Huawei" in cli("portfolio", "Huawei", "--out", str(out), "--as-of", DAY).out
    assert out.read_text("utf-8-sig").startswith("rank,number,title")
    listed = tmp_path / "list.csv"
    listed.write_text("product,standard\ncar,GB 18384-2020\n", "utf-8")
    done = cli("portfolio", str(listed), "--as-of", DAY)
    assert done.code == 0
    assert "GB 18384-2020" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Huawei", "--out", "x.docx"), "no form"),
        (("Huawei", "--for", "BMW"), "no file is given"),
        (("Huawei", "--out", "/nowhere/at/all/x.csv"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    done = cli("portfolio", *arguments)
    assert done.code == 2
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_file_without_numbers_is_refused(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("nothing,here\n", "utf-8")
    done = cli("portfolio", str(file))
    assert (done.code, "no number" in done.err) == (2, True)


def test_changes_over_http_as_json_and_feed(client: TestClient) -> None:
    body = client.get("/v1/changes", params={"since": "2026-11", "about": "SAC/TC 114"}).json()
    assert body["question"] == "changes"
    assert body["about"][0]["id"] == "committee:sac-tc-114"
    assert body["items"]
    feed = client.get("/v1/changes.atom", params={"since": "2026-11", "about": "SAC/TC 114"})
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == len(body["items"])
    assert client.get("/v1/changes", params={"since": "yesterday"}).status_code == 422
    assert client.get("/v1/changes").status_code == 422
    assert client.get("/v1/changes.svg", params={"since": "2026-11", "about": "SAC/TC 114"}).status_code == 200
    page = client.get("/changes", params={"since": "2026-11", "about": "SAC/TC 114", "lang": "zh"})
    assert page.status_code == 200
    assert "变动" in page.text
