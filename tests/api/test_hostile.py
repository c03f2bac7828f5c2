"""Names that attack what shows them are shown as text; private lists stay private; merged ids lead on."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.store import Store
from tests.api.conftest import HOSTILE_NAMES, SCRIPT

PAGES = [
    "/entity/committee:sac-tc-999",
    *(f"/entity/{id}" for id in HOSTILE_NAMES),
    "/oversight?standard=SAC/TC 999",
    "/coalition?standard=SAC/TC 999&for=org:script",
    "/influence?from=org:quotes&to=SAC/TC 999",
    "/access?actor=org:markup&body=SAC/TC 999",
    "/sources",
    f"/search?q={SCRIPT}",
    f"/oversight?standard={SCRIPT}",
    '/search?q="><script>alert(1)</script>&lang="><script>',
    "/entity/<script>alert(1)</script>",
    "/<script>alert(1)</script>",
    "/access?actor=org:script&body=SAC/TC 999&as_of=<script>alert(1)</script>",
    "/search?q={{7*7}}",
]


class _Elements(HTMLParser):
    """Collects what a browser would run or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.styles += tag == "style"
        for name, value in attrs:
            self.styles += name == "style"
            if name.startswith("on"):
                self.handlers.append(name)
            if name in ("href", "src", "action", "xlink:href") and value is not None:
                self.addresses.append(value)


def elements(html: str) -> _Elements:
    found = _Elements()
    found.feed(html)
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_and_follows_nothing_that_a_name_says(hostile: TestClient, path: str, lang: str) -> None:
    got = hostile.get(path, headers={"accept": "text/html", "accept-language": lang})
    assert got.status_code in (200, 404, 409, 422)
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    found = elements(got.text)
    assert found.scripts == 0
    assert found.styles == 0
    assert found.handlers == []
    assert all(a.startswith(("/", "#")) for a in found.addresses), found.addresses
    assert "49" not in got.text.split("<main", 1)[1].replace(HOSTILE_NAMES["org:long"], "") or "7*7" not in path


def test_a_name_reads_as_it_was_loaded(hostile: TestClient) -> None:
    for id, name in HOSTILE_NAMES.items():
        assert hostile.get("/v1/resolve", params={"q": id}).json()["node"]["name_zh"] == name
    assert "{{ 7 * 7 }}" in hostile.get("/entity/org:template").text


@pytest.mark.parametrize("form", ["svg", "html", "graphml", "csv"])
def test_hostile_names_are_drawn(hostile: TestClient, form: str) -> None:
    got = hostile.get(f"/v1/entities/committee:sac-tc-999/adjacent.{form}")
    assert got.status_code == 200
    if form in ("svg", "graphml"):
        assert SCRIPT not in got.text


@pytest.mark.parametrize(
    "words",
    [
        "\x00",
        "a\x00b",
        "%",
        "_",
        "*",
        '"',
        "'",
        "a" * 500,
        "a" * 501,
        "\u202e",
        "👩‍🔬",
        "NEAR(a b)",
        "a OR b",
        "-",
        "(",
        "\ud7ff",
        "'; --",
    ],
)
def test_no_words_break_the_search(hostile: TestClient, words: str) -> None:
    for path in ("/v1/search", "/v1/resolve"):
        assert hostile.get(path, params={"q": words}).status_code in (200, 404, 422)


@pytest.mark.parametrize("tail", ["%00", "%ff%fe", "..%2f..%2fetc%2fpasswd", "%F0%9F%91%A9", "%0d%0aset-cookie:x"])
def test_no_path_breaks_the_server(hostile: TestClient, tail: str) -> None:
    for path in ("/v1/entities/", "/entity/", "/v1/documents/", "/v1/statements/", "/static/", "/problems/"):
        got = hostile.get(path + tail)
        assert got.status_code in (404, 422)
        assert "set-cookie" not in got.headers


def test_a_question_mark_in_a_name_stays_in_the_path(hostile: TestClient) -> None:
    page = hostile.get("/entity/a%3Fb%23c", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "/entity/a%3Fb%23c?lang=zh" in elements(page.text).addresses


def test_a_source_without_a_web_address_is_no_link(hostile: TestClient) -> None:
    assert "javascript:" not in str(elements(hostile.get("/entity/committee:sac-tc-999").text).addresses)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/v1/entities/org:old", "/v1/entities/org:script"),
        ("/v1/entities/org:old/adjacent?limit=3", "/v1/entities/org:script/adjacent?limit=3"),
        ("/entity/org:old?lang=zh", "/entity/org:script?lang=zh"),
    ],
)
def test_a_merged_id_leads_to_the_one_that_stays(hostile: TestClient, path: str, place: str) -> None:
    got = hostile.get(path)
    assert got.status_code == 308
    assert got.headers["location"] == place
    assert hostile.get(place).status_code == 200


def test_private_statements_are_shown_on_loopback_alone(hostile_store: Store) -> None:
    path = "/v1/entities/org:emoji/adjacent?type=MEMBER_OF"
    keys = {}
    for host in ("127.0.0.1", "0.0.0.0"):
        with TestClient(create_app(Settings(store=None, host=host), hostile_store)) as client:
            items = client.get(path).json()["items"]
            keys[host] = {item["evidence"][0]["statement"] for item in items}
            listed = {d["id"] for d in client.get("/v1/sources").json()["datasets"]}
            assert ("secret" in listed) == (host == "127.0.0.1")
    (secret,) = keys["127.0.0.1"] - keys["0.0.0.0"]
    with TestClient(create_app(Settings(store=None, host="0.0.0.0"), hostile_store)) as client:
        assert client.get(f"/v1/statements/{secret}").status_code == 404
