"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from api.parameters import StoreOf
from api.routes.description import UNAVAILABLE
from api.routes.replies import json
from graph.errors import StoreMissingError

router = APIRouter(tags=["health"])


@dataclass(frozen=True, slots=True)
class Health:
    """The process answers."""

    status: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """The store can serve: which engine, at which revision, with how many nodes and statements."""

    status: str
    engine: str
    revision: int
    loaded_on: str | None
    nodes: int
    statements: int


@router.get("/healthz", summary="The process lives", response_model=Health)
def healthz() -> Response:
    """The process lives; says nothing of the store."""
    return json(Health("alive"))


@router.get("/readyz", summary="The store can serve", response_model=Readiness, responses=UNAVAILABLE)
def readyz(store: StoreOf) -> Response:
    """The store can be read and holds something; 503 with the reason where not."""
    counts, state = store.counts(), store.state()
    nodes, statements = sum(counts.nodes.values()), sum(counts.statements.values())
    if not nodes:
        raise StoreMissingError("The store is empty; load the shipped data with `standards-graph serve` or `load`")
    return json(Readiness("ready", state.engine, state.revision, state.loaded_on, nodes, statements))
