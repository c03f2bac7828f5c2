"""The questions between an actor and a body: by which paths it is reached, and whether the actor may sit there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.parameters import LanguageOf, StoreOf, ViewOf
from api.routes.description import PICTURES, PROBLEMS, example
from api.routes.questions import ACTOR
from api.routes.replies import FormOf, reply
from queries.access import access
from queries.answer import Answer
from queries.influence import PATHS, influence

router = APIRouter(prefix="/v1", responses=PROBLEMS)

MOST_PATHS = 10

From = Annotated[str, Query(alias="from", description=ACTOR, examples=["Qualcomm"])]
To = Annotated[str, Query(description="Id or any name of a committee, agency or association", examples=["SAC/TC 114"])]
Paths = Annotated[int, Query(ge=1, le=MOST_PATHS, description="How many distinct paths to give at most")]


@router.get(
    "/influence",
    summary="By which paths an actor reaches a body",
    tags=["questions"],
    response_model=Answer,
    responses=example("influence"),
)
def influence_paths(
    store: StoreOf, view: ViewOf, source: From, to: To, limit: Paths = PATHS, lang: LanguageOf = "en"
) -> Response:
    """By which distinct paths an actor reaches a committee, agency or association, each step cited, each path with its channel.

    One path, or none, with its caveat is a right answer where the evidence has no more.
    """
    return reply(influence(store, source, to, view, limit=limit), None, lang)


@router.get(
    "/influence.{form}",
    summary="Paths of influence, drawn",
    tags=["pictures"],
    response_class=Response,
    responses=PICTURES,
)
def influence_drawn(
    store: StoreOf, view: ViewOf, form: FormOf, source: From, to: To, limit: Paths = PATHS, lang: LanguageOf = "en"
) -> Response:
    """The same as a picture (svg, html), a graph for other programs (graphml) or a table (csv)."""
    return reply(influence(store, source, to, view, limit=limit), form, lang)


Asker = Annotated[str, Query(description=ACTOR, examples=["Microsoft"])]
Body = Annotated[
    str, Query(description="Id or any name of a committee, agency or association", examples=["SAC/TC 260"])
]


@router.get(
    "/access",
    summary="May an actor sit in a body",
    tags=["questions"],
    response_model=Answer,
    responses=example("access"),
)
def access_to_body(store: StoreOf, view: ViewOf, actor: Asker, body: Body, lang: LanguageOf = "en") -> Response:
    """May this actor sit, watch or comment in this body; what says so; and what else is open. What nobody says stays unknown."""
    return reply(access(store, actor, body, view), None, lang)


@router.get("/access.{form}", summary="Access, drawn", tags=["pictures"], response_class=Response, responses=PICTURES)
def access_drawn(
    store: StoreOf, view: ViewOf, form: FormOf, actor: Asker, body: Body, lang: LanguageOf = "en"
) -> Response:
    """The same as a picture (svg, html), a graph for other programs (graphml) or a table (csv)."""
    return reply(access(store, actor, body, view), form, lang)
