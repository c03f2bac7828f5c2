"""The brief on every surface, and printed by a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import sync_playwright

from tests.api.cli_running import Cli
from tests.chromium import ARGUMENTS, chromium_executable
from tests.conftest import LOADED_ON

DAY = LOADED_ON.isoformat()
ADDRESS = "/v1/standards/GB%2FT%2045315-2025/brief"
CASES = [("GB/T 45315-2025", "BMW"), ("GB/T 22239-2019", "Microsoft"), ("20240582-T-339", "Huawei")]


@pytest.fixture(scope="module")
def cli(shipped_address: str) -> Cli:
    return Cli(shipped_address)


def test_the_api_gives_it_as_json_markdown_and_html(client: TestClient) -> None:
    given = {"for": "BMW", "as_of": DAY}
    body = client.get(ADDRESS, params=given).json()
    assert body["standard"]["id"] == "standard:gb-t-45315-2025"
    assert body["sections"]
    said = client.get(f"{ADDRESS}.md", params=given)
    assert said.headers["content-type"].startswith("text/markdown")
    assert said.text.startswith("# GB/T 45315-2025")
    printed = client.get(f"{ADDRESS}.html", params={**given, "lang": "zh"})
    assert "default-src 'none'" in printed.headers["content-security-policy"]
    assert "谁决定" in printed.text


def test_a_standards_page_leads_to_its_brief(client: TestClient) -> None:
    page = client.get("/entity/standard:gb-t-45315-2025", headers={"accept": "text/html"}).text
    assert 'action="/brief"' in page
    got = client.get("/brief", params={"about": "standard:gb-t-45315-2025", "for": "BMW", "lang": "zh", "as_of": DAY})
    assert got.status_code == 200
    assert "谁决定" in got.text
    assert client.get("/brief", params={"about": "GB 99999-2099", "for": "BMW"}).status_code == 404


def test_bad_requests_are_problems(client: TestClient) -> None:
    assert client.get(ADDRESS, params={"as_of": DAY}).status_code == 422
    assert client.get(f"{ADDRESS}.docx", params={"for": "BMW"}).status_code == 422
    assert client.get(ADDRESS, params={"for": "Nobody at all Ltd"}).status_code == 404


def test_the_command_prints_markdown_and_writes_files(cli: Cli, tmp_path: Path) -> None:
    asked = ("brief", "GB/T 45315-2025", "--for", "BMW", "--as-of", DAY)
    assert cli(*asked).out.startswith("# GB/T 45315-2025")
    file = tmp_path / "brief.html"
    assert cli(*asked, "--out", str(file), "--lang", "zh").code == 0
    assert "谁决定" in file.read_text("utf-8")
    assert cli(*asked, "--json").body["as_of"] == DAY


@pytest.mark.parametrize(
    "wrong", [("--format", "pdf"), ("--out", "brief.docx"), ("--out", "/nowhere/at/all/brief.md"), ("--lang", "fr")]
)
def test_what_cannot_be_written_is_said_in_a_line(cli: Cli, wrong: tuple[str, str]) -> None:
    done = cli("brief", "GB/T 45315-2025", "--for", "BMW", *wrong)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("standard", "actor"), CASES)
def test_it_prints_on_two_pages(cli: Cli, tmp_path: Path, standard: str, actor: str, lang: str) -> None:
    file, printed = tmp_path / "brief.html", tmp_path / "brief.pdf"
    assert cli("brief", standard, "--for", actor, "--lang", lang, "--as-of", DAY, "--out", str(file)).code == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_executable()), args=list(ARGUMENTS))
        context = browser.new_context(offline=True)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda sent: asked.append(sent.url))
        page.goto(file.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        page.pdf(path=str(printed), prefer_css_page_size=True)
        browser.close()
    assert not wide
    assert [address for address in asked if not address.startswith("file:")] == []
    pages = printed.read_bytes().count(b"/Type /Page\n")
    assert 1 <= pages <= 2
