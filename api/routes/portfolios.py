"""A portfolio as a table to take away, and the portfolio of a list of one's own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api import tables
from api.parameters import LanguageOf, StoreOf, ViewOf
from api.routes.asked import Limit, ThingId
from api.routes.description import PROBLEMS, example
from api.routes.replies import moved, reply
from queries.answer import Answer
from queries.portfolio import LISTED, portfolio

router = APIRouter(prefix="/v1", responses=PROBLEMS)

MOST_OF_LIST = 200
"""Most standards of a list in an address, which servers and proxies cut at some thousand signs."""


Listed = Annotated[
    list[str],
    Query(alias="standard", min_length=1, max_length=MOST_OF_LIST, description="Numbers in any spelling, or ids; repeat for each",
          examples=[["GB 18384-2020", "GB/T 22239-2019"]]),
]  # fmt: skip
Whose = Annotated[
    str, Query(alias="for", max_length=500, description="Whose list it is, where its own drafting should count too")
]


@router.get(
    "/actors/{id:path}/portfolio.xlsx",
    summary="The standards that touch a company, as a workbook",
    tags=["questions"],
    response_class=Response,
    responses={200: {"content": {tables.MEDIA_TYPES["xlsx"]: {}}, "description": "A workbook"}},
)
def portfolio_table(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: ThingId,
    limit: Limit = None,
    lang: LanguageOf = "en",
) -> Response:
    """The same as a workbook with columns for owner, next step and date."""
    if redirect := moved(request, store, id):
        return redirect
    content, media_type = tables.render(portfolio(store, id, view, limit=limit or LISTED), "xlsx", lang)
    headers = {"content-disposition": f'attachment; filename="portfolio-{view.as_of.isoformat()}.xlsx"'}
    return Response(content, headers=headers, media_type=media_type)


@router.get(
    "/portfolio",
    summary="The standards of a list, the most pressing first",
    tags=["questions"],
    response_model=Answer,
    responses=example("portfolio"),
)
def portfolio_of_list(
    store: StoreOf, view: ViewOf, standard: Listed, actor: Whose = "", limit: Limit = None, lang: LanguageOf = "en"
) -> Response:
    """The standards of a list of one's own, ranked as those of a company. Longer lists are for the command line."""
    return reply(portfolio(store, actor, view, limit=limit or LISTED, listed=standard), None, lang)
