"""Finding things, and reading what is on record of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api import pictures
from api.catalogue import Resolved
from api.parameters import AfterOf, LabelsOf, LanguageOf, StoreOf, TypesOf, ViewOf
from api.routes.description import PICTURES, PROBLEMS, example
from api.routes.replies import FormOf, json, moved, reply
from graph.model import Direction
from queries import search as searching
from queries.answer import Answer
from queries.entity import LARGEST, SHOWN, entity
from queries.resolve import one

router = APIRouter(prefix="/v1", responses=PROBLEMS)

Words = Annotated[
    str,
    Query(description="A name in Chinese or English, an abbreviation, pinyin, a former name, or a number in any spelling",
          examples=["信安标委"]),
]  # fmt: skip
EntityId = Annotated[
    str,
    Path(description="Id, number or any name. Slashes in numbers may be written as they are or as %2F",
         examples=["org:caict"]),
]  # fmt: skip
Way = Annotated[
    Direction | None,
    Query(description="`out` for what the thing does or is, `in` for what is done to it; both if not given"),
]
Page = Annotated[int, Query(ge=1, le=LARGEST, description="How many neighbours on a page")]


@router.get(
    "/search", summary="Find by any name or number", tags=["find"], response_model=Answer, responses=example("search")
)
def search(
    store: StoreOf,
    view: ViewOf,
    labels: LabelsOf,
    q: Words,
    limit: Annotated[int, Query(ge=1, le=searching.LARGEST, description="How many results on a page")] = 20,
    after: AfterOf = "",
    lang: LanguageOf = "en",  # noqa: ARG001  (for problems)
) -> Response:
    """Everything whose names hold the words, best first. Nothing found is an empty answer."""
    return json(searching.search(store, q, view, labels=labels, limit=limit, after=after))


@router.get(
    "/resolve",
    summary="What one name or number means",
    tags=["find"],
    response_model=Resolved,
    responses=example("resolve"),
)
def resolve(
    store: StoreOf,
    view: ViewOf,
    labels: LabelsOf,
    q: Words,
    lang: LanguageOf = "en",  # noqa: ARG001
) -> Response:
    """The one thing meant by a name, number or id: 404 with the nearest where there is none, 409 with all where there are several."""
    node = one(store, q, labels=labels, as_of=view.as_of, field="q")
    return json(Resolved(q, view.as_of.isoformat(), node.ref, node.properties))


@router.get(
    "/entities/{id:path}/adjacent",
    summary="What a thing is related to",
    tags=["entities"],
    response_model=Answer,
    responses=example("adjacent"),
)
def adjacent(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: EntityId,
    types: TypesOf,
    direction: Way = None,
    limit: Page = SHOWN,
    after: AfterOf = "",
    lang: LanguageOf = "en",
) -> Response:
    """A page of what a thing is related to, by type and direction; `total` counts all pages, `bounds` each type."""
    return moved(request, store, id) or reply(
        entity(store, id, view, types=types, direction=direction, limit=limit, after=after), None, lang
    )


@router.get(
    "/entities/{id:path}/adjacent.{form}",
    summary="What a thing is related to, drawn",
    tags=["pictures"],
    response_class=Response,
    responses=PICTURES,
)
def adjacent_drawn(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: EntityId,
    form: FormOf,
    types: TypesOf,
    direction: Way = None,
    limit: Page = SHOWN,
    after: AfterOf = "",
    lang: LanguageOf = "en",
) -> Response:
    """A graph for other programs (graphml) or a table (csv) of the same page; or a picture (svg, html).

    A picture has room for few of many: it takes turns among the kinds of relationship, and counts what it leaves out. With `after` it
    shows that page instead.
    """
    turns = form in pictures.DRAWN and not after
    return moved(request, store, id) or reply(
        entity(
            store, id, view, types=types, direction=direction, after=after, turns=turns,
            limit=min(limit, pictures.NEIGHBOURS) if turns else limit,
        ),
        form, lang,
    )  # fmt: skip


@router.get(
    "/entities/{id:path}",
    summary="What is on record of one thing",
    tags=["entities"],
    response_model=Answer,
    responses=example("entity"),
)
def read(request: Request, store: StoreOf, view: ViewOf, id: EntityId, lang: LanguageOf = "en") -> Response:
    """What is on record of one thing: its facts (findings), and the first of its neighbours (items) with honest counts (bounds)."""
    return moved(request, store, id) or reply(entity(store, id, view), None, lang)
