"""A client on the shipped data, and one on a store with names that attack whatever shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.model import Basis, Batch, Confidence, Dataset, Document, NodeRecord, Provenance, Statement
from graph.open import open_store
from graph.store import Store
from tests.conftest import LOADED_ON

SCRIPT = "<script>alert(1)</script>"
HOSTILE_NAMES = {
    "org:script": SCRIPT,
    "org:quotes": "\"'><img src=x onerror=alert(1)>",
    "org:template": "{{ 7 * 7 }}{% raw %}",
    "org:emoji": "标准👩‍🔬🇨🇳 société",
    "org:long": "长" * 5_000 + "x" * 5_000,
    "org:markup": "</title></a><svg onload=alert(1)>",
    "org:direction": "safe\u202egnp.exe",
}


@pytest.fixture(scope="session")
def client(shipped_store: Store) -> Iterator[TestClient]:
    """A client of a server on the shipped data."""
    with TestClient(create_app(Settings(store=None), shipped_store), follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store whose names are hostile, with a private dataset, and with one organisation merged into another."""
    path: Path = tmp_path_factory.mktemp("hostile") / "graph.sqlite"
    address = f"sqlite:///{path}"
    store = open_store(address, create=True)
    store.load(Dataset("hostile", SCRIPT, publisher=SCRIPT), [hostile_batch()], on=LOADED_ON)
    store.load(Dataset("secret", "A team's own list", private=True), [_private()], on=LOADED_ON)
    store.redirect("org:old", "org:script")
    store.close()
    reading = open_store(address, readonly=True)
    yield reading
    reading.close()


@pytest.fixture(scope="session")
def hostile(hostile_store: Store) -> Iterator[TestClient]:
    """A client of a server on the hostile store."""
    with TestClient(create_app(Settings(store=None), hostile_store), follow_redirects=False) as opened:
        yield opened


def hostile_batch() -> Batch:
    """Records whose every text is an attack."""
    source = Document("doc:hostile", SCRIPT, url="javascript:alert(1)", publisher=SCRIPT)
    said = Provenance("hostile", "1", source.id, SCRIPT, "2026-01-01", Confidence.HIGH, Basis.PAGE)
    names = {**HOSTILE_NAMES, "org:old": "An older name"}
    nodes = [NodeRecord(id, "Company", {"name_zh": name, "name_en": name}, said) for id, name in names.items()]
    committee = NodeRecord("committee:sac-tc-999", "Committee", {"code": "SAC/TC 999", "name_en": SCRIPT}, said)
    seats = [Statement(id, "MEMBER_OF", said, committee.id, qualifier="member") for id in HOSTILE_NAMES]
    return Batch((source,), (*nodes, committee), tuple(seats))


def _private() -> Batch:
    said = Provenance("secret", "1", "doc:secret", "row 1", "2026-01-01")
    held = Statement("org:emoji", "MEMBER_OF", said, "committee:sac-tc-999", qualifier="chair")
    return Batch((Document("doc:secret", "A team's own list"),), (), (held,))
