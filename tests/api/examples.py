"""The examples in the description of the API: real answers on the shipped data, shortened.

``python -m tests.api.examples`` writes them again (api/examples/) after the data or the answers have changed.
"""

from __future__ import annotations

import json
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.open import open_store
from loaders import load, shipped
from queries.questions import QUESTIONS, Question
from tests.conftest import LOADED_ON

_DAY = f"as_of={LOADED_ON.isoformat()}"


def _address(question: Question) -> str:
    """Where a question that is asked of one thing is answered about its example."""
    thing, actor = question.example
    if not question.of:
        return f"/v1/{question.name}?q={quote(thing)}&{_DAY}"
    whom = f"for={quote(actor)}&" if actor else ""
    return f"/v1/{question.places[0]}/{quote(thing, safe='')}/{question.name}?{whom}{_DAY}"


ASKED = {
    "search": f"/v1/search?q=信安标委&{_DAY}",
    "resolve": f"/v1/resolve?q=gbt 22239&{_DAY}",
    "entity": f"/v1/entities/org:bmw-group?{_DAY}",
    "adjacent": f"/v1/entities/SAC%2FTC%20260/adjacent?type=HOSTS_SECRETARIAT&{_DAY}",
    "oversight": f"/v1/standards/GB%2FT%2022239-2019/oversight?{_DAY}",
    "committee_oversight": f"/v1/committees/SAC%2FTC%20260/oversight?{_DAY}",
    "coalition": f"/v1/standards/GB%2FT%2045315-2025/coalition?for=BMW&limit=2&{_DAY}",
    "committee_coalition": f"/v1/committees/SAC%2FTC%20114/coalition?for=BMW&limit=2&{_DAY}",
    "influence": f"/v1/influence?from=Qualcomm&to=SAC/TC 114&limit=1&{_DAY}",
    "access": f"/v1/access?actor=Microsoft&body=SAC/TC 260&{_DAY}",
    "sources": "/v1/sources",
    "document": "/v1/documents/doc:8a36368bfc1a",
    **{name: _address(question) for name, question in QUESTIONS.items() if "address" not in question.apart},
    "changes": f"/v1/changes?since=2026-01&{_DAY}",
    "brief": f"/v1/standards/GB%2FT%2045315-2025/brief?for=BMW&{_DAY}",
}
"""Which request each example answers."""

_KEPT = {
    "items": 2,
    "evidence": 1,
    "sources": 2,
    "findings": 1,
    "caveats": 1,
    "nodes": 2,
    "links": 1,
    "bounds": 1,
    "datasets": 2,
    "hops": 2,
}


def shortened(value: Any, under: str = "") -> Any:
    """A body with its lists cut to the first few."""
    if isinstance(value, dict):
        few = list(value.items())[:3] if under in ("roles", "statements") else value.items()
        return {name: shortened(part, name) for name, part in few}
    if isinstance(value, list):
        return [shortened(part) for part in value[: _KEPT.get(under, 6)]]
    return value


def essence(body: Any) -> Any:
    """What must stay true of an example: its names of members, and whom its items are about."""
    if "items" not in body:
        return sorted(body)
    return sorted(body), [(item["role"], item["node"]["id"]) for item in body["items"]]


def write() -> None:
    """Write all examples."""
    folder = Path(str(resources.files("api"))) / "examples"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        store = open_store(f"{place}/graph.sqlite", create=True)
        load(store, [shipped()], on=LOADED_ON)
        with TestClient(create_app(Settings(store=None), store)) as client:
            bodies = {name: client.get(path).raise_for_status().json() for name, path in ASKED.items()}
            key = bodies["oversight"]["items"][0]["evidence"][0]["statement"]
            bodies["statement"] = client.get(f"/v1/statements/{key}").raise_for_status().json()
        store.close()
    for name, body in bodies.items():
        text = json.dumps(shortened(body), ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    write()
