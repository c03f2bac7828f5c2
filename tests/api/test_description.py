"""The description of the API is whole, its examples are real, and no request that it allows breaks the server."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.result import Ok

from api.app import create_app
from api.settings import Settings
from graph.store import Store
from tests.conftest import LOADED_ON

API = Path(str(resources.files("api")))
VIEWER = API / "static" / "vendor" / "swagger-ui"


def test_every_address_says_what_it_does(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    for path, methods in description["paths"].items():
        assert set(methods) == {"get"}, path
        route = methods["get"]
        assert route["summary"]
        assert len(route["description"]) > 20, path
        assert route["tags"]
        for parameter in route.get("parameters", ()):
            assert parameter.get("description"), (path, parameter["name"])
        if path.startswith("/v1/") and "." not in path.rsplit("/", 1)[-1] and path != "/v1/schema":
            assert "example" in route["responses"]["200"]["content"]["application/json"], path
    tags = {tag["name"] for tag in description["tags"]}
    assert tags == {tag for methods in description["paths"].values() for tag in methods["get"]["tags"]}


def test_examples_are_what_the_server_says(client: TestClient) -> None:
    from tests.api import examples

    for name, path in examples.ASKED.items():
        real = examples.shortened(client.get(path).json())
        kept = json.loads((API / "examples" / f"{name}.json").read_text("utf-8"))
        assert examples.essence(kept) == examples.essence(real), f"{name}: run python -m tests.api.examples"


def test_nothing_is_fetched_from_outside(client: TestClient) -> None:
    page = client.get("/docs", headers={"accept": "text/html"}).text
    assert not re.search(r"https?://", page)
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        assert client.get(path).status_code == 200
    own = [*API.glob("static/*.*"), *API.glob("templates/*.html")]
    for file in own:
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://", text), file


def test_what_is_vendored_is_what_was_published() -> None:
    lines = (VIEWER / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split() for line in lines)}
    assert "LICENSE" in sums
    assert set(sums) | {"SHA256SUMS", "VERSION"} == {file.name for file in VIEWER.iterdir()}
    for name, digest in sums.items():
        assert sha256((VIEWER / name).read_bytes()).hexdigest() == digest, name


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def test_no_request_breaks_the_server_or_is_answered_otherwise_than_described(shipped_store: Store) -> None:
    described = schemathesis.openapi.from_asgi("/openapi.json", create_app(Settings(store=None), shipped_store))
    for found in described.get_all_operations():
        assert isinstance(found, Ok), found
        _try(found.ok())


def _try(operation: Any) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def asked(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    asked()


def test_the_day_of_the_examples_is_the_day_of_the_tests() -> None:
    for file in API.glob("examples/*.json"):
        as_of = json.loads(file.read_text("utf-8")).get("as_of")
        assert as_of in (None, LOADED_ON.isoformat()), file.name
