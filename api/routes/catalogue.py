"""What the graph can say, what has been loaded, and single documents and statements."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from api import catalogue
from api.parameters import LanguageOf, StoreOf, ViewOf
from api.routes.description import PROBLEMS, example
from api.routes.replies import json
from graph.model import Document

router = APIRouter(prefix="/v1", responses=PROBLEMS, tags=["catalogue"])


@router.get("/schema", summary="Labels, types, properties, weights", response_model=catalogue.SchemaBody)
def schema(lang: LanguageOf = "en") -> Response:  # noqa: ARG001
    """Labels, relationship types, fact types and properties with their names in both languages, and the weights of the questions."""
    return json(catalogue.described())


@router.get("/sources", summary="What has been loaded", response_model=catalogue.Sources, responses=example("sources"))
def sources(request: Request, store: StoreOf, lang: LanguageOf = "en") -> Response:  # noqa: ARG001
    """The datasets that have been loaded, how many documents they cite, and how much of each kind is on record."""
    return json(catalogue.sources(store, private=request.app.state.settings.shows_private))


@router.get("/documents/{id}", summary="One document", response_model=Document, responses=example("document"))
def document(
    store: StoreOf,
    id: Annotated[str, Path(description="Id of a document, from `sources` of an answer", max_length=200)],
    lang: LanguageOf = "en",  # noqa: ARG001
) -> Response:
    """A document that is cited: title, address, publisher, date. `same_as` names the document of which it is a copy."""
    return json(catalogue.document(store, id))


@router.get(
    "/statements/{key:path}",
    summary="One statement",
    response_model=catalogue.CitedStatement,
    responses=example("statement"),
)
def statement(
    store: StoreOf,
    view: ViewOf,
    key: Annotated[str, Path(description="Key of a statement, from `evidence` of an answer", max_length=200)],
    lang: LanguageOf = "en",  # noqa: ARG001
) -> Response:
    """One statement: what it says of whom, where, when, how likely, on what ground, and which record of which dataset holds it."""
    return json(catalogue.statement(store, key, view))
