"""Every response carries safe headers, an id and, where it can be kept, a tag; every request one line in the log."""

from __future__ import annotations

import json
import logging

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.logs import JsonLines, TextLines
from api.settings import Settings
from api.traffic import PAGE_POLICY
from graph.store import Store

KEPT = ["/v1/search?q=SAC", "/v1/schema", "/", "/oversight?standard=GB/T 22239-2019", "/v1/entities/org:samr"]


@pytest.mark.parametrize("path", KEPT)
def test_an_unchanged_answer_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for asked in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = client.get(path, headers={"if-none-match": asked})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_tags_tell_addresses_and_languages_apart(client: TestClient) -> None:
    tags = {client.get(f"/v1/search?q={q}").headers["etag"] for q in ("SAC", "MIIT", "SAC&as_of=2018")}
    assert len(tags) == 3
    pages = {client.get("/", headers={"accept-language": code}).headers["etag"] for code in ("en", "zh-CN")}
    assert len(pages) == 2


def test_what_pages_are_made_of_is_fetched_once(client: TestClient) -> None:
    page = client.get("/", headers={"accept": "text/html"}).text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/static/app.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/none.css").headers["cache-control"] == "no-store"


def test_problems_have_no_tag(client: TestClient) -> None:
    got = client.get("/v1/resolve?q=nobody of that name")
    assert got.status_code == 404
    assert "etag" not in got.headers
    assert got.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/v1/schema", "/nothing", "/docs", "/static/app.css", "/v1/search"])
def test_headers_are_safe(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"accept": "text/html"}).headers
    assert headers["content-security-policy"] == PAGE_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_other_sites_may_read_only_when_they_are_named(shipped_store: Store) -> None:
    origin = "https://team.example.org"
    with TestClient(create_app(Settings(store=None, origins=(origin,)), shipped_store)) as client:
        named = client.get("/v1/schema", headers={"origin": origin})
        other = client.get("/v1/schema", headers={"origin": "https://elsewhere.example.org"})
    assert named.headers["access-control-allow-origin"] == origin
    assert "access-control-allow-origin" not in other.headers


def test_a_name_the_server_does_not_bear_is_refused(shipped_store: Store) -> None:
    app = create_app(Settings(store=None, hosts=("127.0.0.1", "[::1]")), shipped_store)
    with TestClient(app, base_url="http://rebound.example.org") as client:
        got = client.get("/v1/schema")
        assert got.status_code == 421
        assert got.json()["type"] == "/problems/unknown-host"
        assert client.get("/v1/schema", headers={"host": "127.0.0.1:8000"}).status_code == 200
        assert client.get("/v1/schema", headers={"host": "[::1]:8000"}).status_code == 200


def test_head_is_get_without_the_body(client: TestClient) -> None:
    for path in ("/v1/schema", "/", "/readyz"):
        head, whole = client.head(path), client.get(path)
        assert head.status_code == whole.status_code == 200
        assert head.content == b""
        assert head.headers["content-length"] == whole.headers["content-length"]


def test_a_request_is_one_line_without_the_words(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "standards_graph.requests"):
        client.get("/v1/standards/GB/T 22239-2019/coalition?for=Somebody", headers={"x-request-id": "abc-1"})
    (record,) = [r for r in caplog.records if r.name == "standards_graph.requests"]
    line = json.loads(JsonLines().format(record))
    assert line["path"] == "/v1/standards/{id}/coalition"
    assert line["method"] == "GET"
    assert line["status"] == 404
    assert line["request_id"] == "abc-1"
    assert line["ms"] > 0
    assert "Somebody" not in str(line)
    assert "22239" not in str(line)
    assert "/v1/standards/{id}/coalition 404" in TextLines().format(record)


def test_an_id_that_could_break_the_log_is_replaced(client: TestClient) -> None:
    got = client.get("/healthz", headers={"x-request-id": "a b\x7f" + "c" * 100})
    assert got.headers["x-request-id"].isalnum()
