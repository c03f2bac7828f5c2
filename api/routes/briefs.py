"""The brief on a standard for an actor: as JSON, as Markdown, as a page to print."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api import briefs
from api.parameters import LanguageOf, StoreOf, ViewOf
from api.routes.description import PROBLEMS, example
from api.routes.questions import For, StandardId
from api.routes.replies import DRAWING_POLICY, json, moved
from graph.model import View
from queries.brief import Brief, brief

router = APIRouter(prefix="/v1", responses=PROBLEMS)


class Paper(StrEnum):
    """A form in which a brief can be had beside JSON: named as the ending of the address, `brief.md`."""

    MD = "md"
    HTML = "html"


PaperOf = Annotated[Paper, Path(description="md is Markdown, html one page that prints on two sheets")]
Private = Annotated[
    bool, Query(description="Whether own data, where this server shows them at all, may stand in the brief")
]


def _seen(view: View, private: bool) -> View:
    """Own data stay out of a brief unless they are asked for."""
    return replace(view, private=view.private and private)


@router.get(
    "/standards/{id:path}/brief",
    summary="A brief on a standard for an actor",
    tags=["questions"],
    response_model=Brief,
    responses=example("brief"),
)
def standard_brief(
    request: Request, store: StoreOf, view: ViewOf, id: StandardId, actor: For, private: Private = False
) -> Response:
    """Everything one needs for a meeting on a standard, on two pages: what is at stake, who decides, who would stand with us, by which
    paths they are reached, doors and dates, cautions, what is unknown. Each line cites its sources.
    """
    return moved(request, store, id) or json(brief(store, id, _seen(view, private), actor=actor))


@router.get(
    "/standards/{id:path}/brief.{paper}",
    summary="A brief to print",
    tags=["questions"],
    response_class=Response,
    responses={200: {"content": {"text/markdown": {}, "text/html": {}}, "description": "The brief as a document"}},
)
def standard_brief_printed(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: StandardId,
    paper: PaperOf,
    actor: For,
    private: Private = False,
    lang: LanguageOf = "en",
) -> Response:
    """The same as Markdown, or as one page of HTML that needs nothing beside itself and prints on two sheets."""
    if redirect := moved(request, store, id):
        return redirect
    written = brief(store, id, _seen(view, private), actor=actor)
    content, media_type = briefs.render(written, paper.value, lang)
    headers = {
        "content-disposition": f'inline; filename="brief-{written.as_of}.{paper.value}"',
        "content-security-policy": DRAWING_POLICY,
    }
    return Response(content, headers=headers, media_type=media_type)
