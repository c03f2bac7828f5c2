"""Answers that were given before are given again: the same to the byte, until anything is loaded, and never an error."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.remembered import Remembering
from api.settings import Settings
from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Statement
from graph.open import open_store
from graph.sqlite.around import Around
from tests.conftest import LOADED_ON

ENTITY = "/v1/entities/org:a"
DATASET = Dataset("small", "A small dataset")


def batch(*members: str) -> Batch:
    """Organisations that are members of a committee."""
    said = Provenance("small", "1", "doc:small", "row 1")
    body = NodeRecord("committee:sac-tc-999", "Committee", {"code": "SAC/TC 999"}, said)
    nodes = [NodeRecord(id, "Company", {"name_en": f"Company {id[-1].upper()}"}, said) for id in members]
    seats = [Statement(id, "MEMBER_OF", said, body.id, qualifier="member") for id in members]
    return Batch((Document("doc:small", "A small document"),), (body, *nodes), tuple(seats))


@dataclass
class Served:
    """A client of a server on a small store, how often the store was asked for neighbours, and the way to load more."""

    client: TestClient
    path: Path
    asked: list[str]

    def load(self, *members: str) -> None:
        """Load beside the running server."""
        store = open_store(str(self.path))
        store.load(DATASET, [batch(*members)], on=LOADED_ON, complete=False)
        store.close()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    path = tmp_path / "graph.sqlite"
    open_store(str(path), create=True).close()
    asked: list[str] = []
    read = Around.neighbours

    def neighbours(self: Around, id: str, *rest: object) -> object:
        asked.append(id)
        return read(self, id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Around, "neighbours", neighbours)
    with TestClient(create_app(Settings(store=str(path))), follow_redirects=False) as client:
        served = Served(client, path, asked)
        served.load("org:a")
        yield served


@pytest.mark.parametrize("path", [ENTITY, "/entity/org:a", f"{ENTITY}/adjacent.svg"])
def test_the_same_again_is_the_same_without_the_store(served: Served, path: str) -> None:
    first = served.client.get(path)
    assert first.status_code == 200
    before = list(served.asked)
    again, head = served.client.get(path), served.client.head(path)
    assert served.asked == before != []
    assert again.content == first.content
    assert head.content == b""
    for later in (again, head):
        changed = {name for name in first.headers if first.headers[name] != later.headers.get(name)}
        assert changed == {"x-request-id"}
        assert set(later.headers) == set(first.headers)


def test_who_has_the_answer_is_told_so(served: Served) -> None:
    tag = served.client.get(ENTITY).headers["etag"]
    again = served.client.get(ENTITY, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert served.client.get(ENTITY, headers={"if-none-match": '"another"'}).status_code == 200
    assert served.asked == ["org:a"]


def test_a_load_is_seen_at_once(served: Served) -> None:
    committee = "/v1/entities/committee:sac-tc-999"
    assert [served.client.get(committee).json()["total"] for _ in range(2)] == [1, 1]
    served.load("org:b", "org:c")
    assert [served.client.get(committee).json()["total"] for _ in range(2)] == [3, 3]


def test_another_day_is_another_answer(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    served.client.get(ENTITY)
    for module in ("api.parameters", "api.validators"):
        monkeypatch.setattr(f"{module}.today", lambda: date(2040, 5, 1))
    assert served.client.get(ENTITY).json()["as_of"] == "2040-05-01"


def test_languages_and_addresses_are_told_apart(served: Served) -> None:
    page = "/entity/org:a"
    english, chinese = (served.client.get(page, headers={"accept-language": code}) for code in ("en", "zh-CN"))
    assert english.content != chinese.content
    assert served.client.get(page, headers={"accept-language": "zh"}).content == chinese.content
    assert served.client.get(f"{page}?lang=en").content != chinese.content


def test_errors_are_not_remembered(served: Served) -> None:
    for _ in range(2):
        assert served.client.get("/v1/entities/org:b").status_code == 404
        assert served.client.get(f"{ENTITY}?as_off=2019").status_code == 422
    served.load("org:b")
    assert served.client.get("/v1/entities/org:b").status_code == 200


def test_a_store_that_is_lost_is_told_by_every_address(served: Served) -> None:
    assert served.client.get(ENTITY).status_code == 200
    served.client.app.state.opened.get().close()  # type: ignore[attr-defined]
    assert served.client.get(ENTITY).status_code == 503
    assert served.client.get("/healthz").status_code == 200


def test_little_room_is_kept_to(served: Served) -> None:
    small = Remembering(served.client.app, served.client.app.state.opened, "1", room=0)  # type: ignore[attr-defined]
    with TestClient(small) as client:
        assert [client.get(ENTITY).status_code for _ in range(2)] == [200, 200]


def test_the_log_names_the_route(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "standards_graph.requests"):
        for _ in range(2):
            served.client.get(ENTITY)
    paths = [record.path for record in caplog.records if record.name == "standards_graph.requests"]  # type: ignore[attr-defined]
    assert paths == ["/v1/entities/{id}"] * 2
