"""What changed on record since a day: as JSON, as a table, as an Atom feed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api import changing
from api.parameters import LanguageOf, StoreOf, ViewOf
from api.routes.asked import Limit
from api.routes.description import PICTURES, PROBLEMS, example
from api.routes.replies import FormOf, reply
from queries.answer import Answer
from queries.changes import LISTED, changes

router = APIRouter(prefix="/v1", responses=PROBLEMS)

Since = Annotated[
    str,
    Query(description="First day of the loads asked about; of a month or year its first day", examples=["2026-11-01"]),
]
About = Annotated[
    list[str] | None,
    Query(description="Only around these standards, committees or actors; repeat for several; everywhere if not given"),
]


@router.get(
    "/changes",
    summary="What changed on record since a day",
    tags=["questions"],
    response_model=Answer,
    responses=example("changes"),
)
def changes_since(
    store: StoreOf, view: ViewOf, since: Since, about: About = None, limit: Limit = None, lang: LanguageOf = "en"
) -> Response:
    """What loads brought, changed and no longer say since a day. About what came on record, not about what became true."""
    return reply(changes(store, changing.day_of(since), view, about=about or (), limit=limit or LISTED), None, lang)


@router.get(
    "/changes.atom",
    summary="What changed on record, as a feed",
    tags=["questions"],
    response_class=Response,
    responses={200: {"content": {"application/atom+xml": {}}, "description": "An Atom feed (RFC 4287)"}},
)
def changes_feed(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    since: Since,
    about: About = None,
    limit: Limit = None,
    lang: LanguageOf = "en",
) -> Response:
    """The same as an Atom feed, for readers of news: one entry for each day and thing."""
    answer = changes(store, changing.day_of(since), view, about=about or (), limit=limit or LISTED)
    return Response(changing.feed(answer, str(request.url), lang), media_type=changing.MEDIA_TYPE)


@router.get(
    "/changes.{form}",
    summary="What changed on record, drawn or as a table",
    tags=["pictures"],
    response_class=Response,
    responses=PICTURES,
)
def changes_drawn(
    store: StoreOf,
    view: ViewOf,
    form: FormOf,
    since: Since,
    about: About = None,
    limit: Limit = None,
    lang: LanguageOf = "en",
) -> Response:
    """The same as a picture (svg, html), a graph for other programs (graphml) or a table (csv)."""
    return reply(changes(store, changing.day_of(since), view, about=about or (), limit=limit or LISTED), form, lang)
