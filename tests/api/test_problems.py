"""What goes wrong is said as problem details, with the field, the nearest, or the candidates; never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import problems
from api.app import create_app
from api.settings import Settings
from graph import errors
from graph.model import Dataset
from graph.open import open_store
from graph.store import Store
from tests.api.conftest import SCRIPT, hostile_batch
from tests.conftest import LOADED_ON


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v1/search", "q"),
        ("/v1/search?q=", "q"),
        ("/v1/search?q=%20", "q"),
        ("/v1/search?q=a&limit=0", "limit"),
        ("/v1/search?q=a&limit=many", "limit"),
        ("/v1/search?q=a&limit=101", "limit"),
        ("/v1/search?q=a&label=Nothing", "label"),
        ("/v1/search?q=a&as_of=2018-13", "as_of"),
        ("/v1/search?q=a&as_of=yesterday", "as_of"),
        ("/v1/search?q=a&basis=hearsay", "basis"),
        ("/v1/search?q=a&min_confidence=total", "min_confidence"),
        ("/v1/search?q=a&undated=maybe", "undated"),
        ("/v1/search?q=a&lang=fr", "lang"),
        ("/v1/search?q=a&limt=3", "limt"),
        ("/v1/search?q=" + "a" * 10_000, "q"),
        ("/v1/entities/org:samr/adjacent?type=KNOWS", "type"),
        ("/v1/entities/org:samr/adjacent?direction=up", "direction"),
        ("/v1/standards/GB/T 22239-2019/coalition", "for"),
        ("/v1/influence?from=BMW", "to"),
        ("/v1/access?actor=BMW", "body"),
    ],
)
def test_a_bad_value_is_named(client: TestClient, path: str, field: str) -> None:
    got = client.get(path)
    assert got.status_code == 422
    assert got.headers["content-type"] == problems.MEDIA_TYPE
    said = got.json()
    assert [error["field"] for error in said["errors"]] == [field]
    assert said["status"] == 422
    assert said["type"].startswith("/problems/invalid-")


@pytest.mark.parametrize(
    "path",
    ["/v1/search?q=a&after=nonsense", "/v1/entities/org:samr/adjacent?after=bm9uc2Vuc2U", "/v1/search?q=a&after=%00"],
)
def test_a_cursor_of_nobody_is_refused(client: TestClient, path: str) -> None:
    got = client.get(path)
    assert got.status_code == 422
    assert got.json()["type"] == "/problems/invalid-cursor"
    assert got.json()["errors"][0]["field"] == "after"


def test_a_misspelt_parameter_is_answered_with_the_right_one(client: TestClient) -> None:
    assert "did you mean as_of?" in client.get("/v1/search?q=a&asof=2018").json()["errors"][0]["message"]


def test_an_unknown_name_is_answered_with_the_nearest(client: TestClient) -> None:
    got = client.get("/v1/standards/GB/T 22239-2099/oversight")
    assert got.status_code == 404
    said = got.json()
    assert said["type"] == "/problems/not-found"
    assert "standard:gb-t-22239-2019" in [ref["id"] for ref in said["nearest"]]


def test_a_problem_speaks_the_language_that_was_asked_for(client: TestClient) -> None:
    said = client.get("/v1/standards/GB/T 22239-2099/oversight?lang=zh").json()
    assert said["title"] == "未找到"
    assert "没有" in said["detail"]


def test_an_ambiguous_name_is_answered_with_all_it_may_mean(hostile: TestClient) -> None:
    got = hostile.get("/v1/resolve", params={"q": SCRIPT})
    assert got.status_code == 409
    assert {"org:script", "committee:sac-tc-999"} <= {ref["id"] for ref in got.json()["candidates"]}


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/documents/doc:none", "/v1/statements/st:none", "/v1/"])
def test_what_is_not_there_is_a_problem_too(client: TestClient, path: str) -> None:
    got = client.get(path)
    assert got.status_code == 404
    assert got.headers["content-type"] == problems.MEDIA_TYPE


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    got = client.request(method, "/v1/search?q=a")
    assert got.status_code == 405
    assert got.headers["allow"]
    assert got.json()["type"] == "/problems/method-not-allowed"


def test_each_kind_of_problem_is_explained_at_its_address(client: TestClient) -> None:
    for kind in problems.KINDS.values():
        page = client.get(f"/problems/{kind.slug}", headers={"accept": "text/html"})
        assert page.status_code == 200
        assert kind.title.en in page.text
    assert client.get("/problems/none").status_code == 404


def test_every_exception_of_ours_has_a_kind() -> None:
    def below(base: type[Exception]) -> list[type[Exception]]:
        return [base, *(deeper for sub in base.__subclasses__() for deeper in below(sub))]

    for cls in below(errors.StandardsGraphError)[1:]:
        assert problems.kind_of(cls("x")).status != 500


@pytest.fixture
def nowhere(tmp_path: Path) -> TestClient:
    """A client of a server whose store is not there."""
    return TestClient(create_app(Settings(store=f"sqlite:///{tmp_path}/none.sqlite")))


def test_without_a_store_the_server_lives_and_says_why_it_cannot_serve(nowhere: TestClient) -> None:
    with nowhere as client:
        assert client.get("/healthz").json() == {"status": "alive"}
        for path in ("/readyz", "/v1/search?q=a"):
            got = client.get(path)
            assert got.status_code == 503
            assert got.headers["retry-after"]
            assert got.json()["type"] == "/problems/store-unavailable"
            assert "none.sqlite" in got.json()["detail"]
        page = client.get("/", headers={"accept": "text/html"})
        assert page.status_code == 503
        assert "<h1>" in page.text


def test_a_store_that_comes_later_is_served_without_a_restart(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/late.sqlite"
    with TestClient(create_app(Settings(store=address))) as client:
        assert client.get("/readyz").status_code == 503
        store = open_store(address, create=True)
        empty = client.get("/readyz")
        assert empty.status_code == 503
        assert "empty" in empty.json()["detail"]
        store.load(Dataset("hostile", "hostile"), [hostile_batch()], on=LOADED_ON)
        store.close()
        assert client.get("/readyz").json()["status"] == "ready"


def test_a_damaged_store_is_a_plain_word(tmp_path: Path) -> None:
    place = tmp_path / "damaged.sqlite"
    place.write_bytes(b"not a database at all" * 100)
    with TestClient(create_app(Settings(store=f"sqlite:///{place}"))) as client:
        assert client.get("/readyz").status_code == 503


def test_a_fault_of_ours_shows_no_traceback(shipped_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        message = "secret inside"
        raise RuntimeError(message)

    monkeypatch.setattr("api.catalogue.sources", broken)
    with TestClient(create_app(Settings(store=None), shipped_store)) as client:
        got = client.get("/v1/sources")
        assert got.status_code == 500
        assert got.headers["content-type"] == problems.MEDIA_TYPE
        assert got.headers["x-request-id"]
        page = client.get("/sources", headers={"accept": "text/html"})
        assert page.status_code == 500
        for text in (got.text, page.text):
            assert "secret inside" not in text
            assert "Traceback" not in text
