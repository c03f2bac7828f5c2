"""The questions that are asked of one thing (`queries.questions`): at each place where one may be asked, its answer and its drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api.parameters import LanguageOf, StoreOf, ViewOf
from api.routes.description import PICTURES, PROBLEMS, example
from api.routes.questions import For
from api.routes.replies import FormOf, placed, reply
from queries.answer import Answer
from queries.questions import QUESTIONS, Question

MOST_LISTED = 200

ThingId = Annotated[
    str,
    Path(description="Id, number, code or any name of the thing asked about. Slashes in numbers may be written as they are or as %2F"),
]  # fmt: skip
Limit = Annotated[int | None, Query(ge=1, le=MOST_LISTED, description="How many items to list")]

Words = Annotated[
    str, Query(description="Words in Chinese or English that the answer should speak of", examples=["新能源汽车"])
]

Endpoint = Callable[..., Response]


def router() -> APIRouter:
    """The addresses of all of these questions."""
    made = APIRouter(prefix="/v1", responses=PROBLEMS)
    for question in QUESTIONS.values():
        if "address" in question.apart:
            continue
        endpoints = _for_actor(question) if question.for_actor else _of_thing(question)
        for place in question.places:
            name = f"{place.removesuffix('s')}_{question.name}"
            _add(made, question, f"/{place}/{{id:path}}/{question.name}", name, *endpoints)
        if question.by_words:
            _add(made, question, f"/{question.name}", f"words_{question.name}", *_of_words(question))
    return made


def _add(made: APIRouter, question: Question, address: str, name: str, answered: Endpoint, drawn: Endpoint) -> None:
    made.add_api_route(
        address, answered, name=name, summary=question.asks.en, description=question.meaning, tags=["questions"],
        response_model=Answer, responses=example(question.name),
    )  # fmt: skip
    made.add_api_route(
        f"{address}.{{form}}", drawn, name=f"{name}_drawn", summary=f"{question.asks.en} Drawn",
        description="The same as a picture (svg, html), a graph for other programs (graphml) or a table (csv).",
        tags=["pictures"], response_class=Response, responses=PICTURES,
    )  # fmt: skip


def _of_thing(question: Question) -> tuple[Endpoint, Endpoint]:
    def answered(
        request: Request, store: StoreOf, view: ViewOf, id: ThingId, limit: Limit = None, lang: LanguageOf = "en"
    ) -> Response:
        return placed(request, store, id, None, lang, lambda: question.ask(store, id, view, limit=limit or 0))

    def drawn(
        request: Request,
        store: StoreOf,
        view: ViewOf,
        id: ThingId,
        form: FormOf,
        limit: Limit = None,
        lang: LanguageOf = "en",
    ) -> Response:
        return placed(request, store, id, form, lang, lambda: question.ask(store, id, view, limit=limit or 0))

    return answered, drawn


def _of_words(question: Question) -> tuple[Endpoint, Endpoint]:
    def answered(store: StoreOf, view: ViewOf, q: Words = "", limit: Limit = None, lang: LanguageOf = "en") -> Response:
        return reply(question.ask(store, q, view, limit=limit or 0, words=True), None, lang)

    def drawn(
        store: StoreOf, view: ViewOf, form: FormOf, q: Words = "", limit: Limit = None, lang: LanguageOf = "en"
    ) -> Response:
        return reply(question.ask(store, q, view, limit=limit or 0, words=True), form, lang)

    return answered, drawn


def _for_actor(question: Question) -> tuple[Endpoint, Endpoint]:
    def answered(
        request: Request, store: StoreOf, view: ViewOf, id: ThingId, actor: For, lang: LanguageOf = "en"
    ) -> Response:
        return placed(request, store, id, None, lang, lambda: question.ask(store, id, view, actor=actor))

    def drawn(
        request: Request, store: StoreOf, view: ViewOf, id: ThingId, form: FormOf, actor: For, lang: LanguageOf = "en"
    ) -> Response:
        return placed(request, store, id, form, lang, lambda: question.ask(store, id, view, actor=actor))

    return answered, drawn
