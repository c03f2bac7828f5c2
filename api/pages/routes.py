"""The pages: find, look at one thing, and read each question's answer. Everything works without script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from api import briefs, catalogue, validators
from api.changing import day_of
from api.pages import links, reading
from api.pages.examples import EXAMPLES
from api.pages.rendering import render
from api.parameters import AfterOf, LabelsOf, StoreOf, TypesOf, ViewOf, language
from api.routes.replies import DRAWING_POLICY
from graph import schema
from graph.model import Direction
from queries.access import access
from queries.answer import Answer
from queries.brief import brief
from queries.changes import changes
from queries.coalition import coalition
from queries.entity import LARGEST, entity
from queries.influence import influence
from queries.oversight import oversight
from queries.questions import QUESTIONS, Question
from queries.resolve import every
from queries.search import search

router = APIRouter(include_in_schema=False, dependencies=[Depends(validators.check)])


@router.get("/")
def first(request: Request, store: StoreOf) -> Response:
    """The first page: a search box, the four questions, and examples that are real."""
    loaded = catalogue.sources(store, private=request.app.state.settings.shows_private)
    return render(request, "first.html", {"examples": EXAMPLES, "loaded": loaded})


@router.get("/search")
def results(
    request: Request, store: StoreOf, view: ViewOf, labels: LabelsOf, q: str = "", after: AfterOf = ""
) -> Response:
    """What was found, grouped by kind; what is meant exactly stands first, with its questions."""
    if not q.strip():
        return RedirectResponse(links.Links(request, language(request)).to("/"), 303)
    answer = search(store, q, view, labels=labels, limit=40, after=after)
    meant = every(store, q, as_of=view.as_of) if not after else ()
    best = meant[0].ref if len(meant) == 1 else None
    return _page(request, "results.html", answer, {"best": best, "words": q.strip()})


@router.get("/entity/{id:path}")
def thing(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: str,
    types: TypesOf,
    direction: Annotated[Direction | None, Query()] = None,
    after: AfterOf = "",
) -> Response:
    """One thing: what it is, its facts, and what it is related to."""
    if ":" in id and (stays := store.moved(id)):
        return RedirectResponse(links.Links(request, language(request)).entity(stays), 308)
    answer = entity(store, id, view, types=types, direction=direction, limit=LARGEST, after=after)
    about = answer.about[0]
    node = store.nodes([about.id])[about.id]
    totals = store.neighbours(about.id, view, types=tuple(schema.RELATIONSHIPS), limit=1).totals
    if types or direction:
        totals = {key: n for key, n in totals.items() if (not types or key[0] in types) and direction in (None, key[1])}
    return _page(
        request,
        "entity.html",
        answer,
        {
            "node": node,
            "properties": reading.properties(node.properties, node.label, answer.findings, language(request)),
            "facts": reading.facts(answer, language(request)),
            "related": reading.related(answer, totals),
            "narrowed": bool(types or direction or after),
        },
    )


@router.get("/oversight")
def oversight_page(request: Request, store: StoreOf, view: ViewOf, standard: str) -> Response:
    """Who decides."""
    return _answer(request, store, oversight(store, standard, view))


@router.get("/coalition")
def coalition_page(
    request: Request, store: StoreOf, view: ViewOf, standard: str, actor: Annotated[str, Query(alias="for")]
) -> Response:
    """Who would stand with us."""
    return _answer(request, store, coalition(store, standard, actor, view))


@router.get("/influence")
def influence_page(
    request: Request, store: StoreOf, view: ViewOf, source: Annotated[str, Query(alias="from")], to: str
) -> Response:
    """By which paths."""
    return _answer(request, store, influence(store, source, to, view))


@router.get("/access")
def access_page(request: Request, store: StoreOf, view: ViewOf, actor: str, body: str) -> Response:
    """May we sit there."""
    return _answer(request, store, access(store, actor, body, view))


@router.get("/brief")
def brief_page(
    request: Request, store: StoreOf, view: ViewOf, about: str, actor: Annotated[str, Query(alias="for")]
) -> Response:
    """The brief, as it is printed."""
    written = brief(store, about, replace(view, private=False), actor=actor)
    content, media_type = briefs.render(written, "html", language(request))
    return Response(content, headers={"content-security-policy": DRAWING_POLICY}, media_type=media_type)


@router.get("/changes")
def changes_page(
    request: Request, store: StoreOf, view: ViewOf, since: str, about: Annotated[list[str] | None, Query()] = None
) -> Response:
    """What changed on record."""
    return _answer(request, store, changes(store, day_of(since), view, about=about or ()))


def _asked_page(question: Question) -> Callable[..., Response]:
    """The page of a question that is asked of one thing."""

    def of_thing(request: Request, store: StoreOf, view: ViewOf, about: str) -> Response:
        return _answer(request, store, question.ask(store, about, view))

    def for_actor(
        request: Request, store: StoreOf, view: ViewOf, about: str, actor: Annotated[str, Query(alias="for")]
    ) -> Response:
        return _answer(request, store, question.ask(store, about, view, actor=actor))

    def of_words(request: Request, store: StoreOf, view: ViewOf, about: str = "") -> Response:
        return _answer(request, store, question.ask(store, about, view))

    return for_actor if question.for_actor else of_words if question.by_words else of_thing


for asked in (question for question in QUESTIONS.values() if "page" not in question.apart):
    router.add_api_route(f"/{asked.name}", _asked_page(asked), name=f"{asked.name}_page")


@router.get("/sources")
def loaded(request: Request, store: StoreOf) -> Response:
    """What has been loaded."""
    counted = catalogue.sources(store, private=request.app.state.settings.shows_private)
    return render(request, "sources.html", {"loaded": counted, "schema": schema})


def _answer(request: Request, store: StoreOf, answer: Answer) -> Response:
    standards = [ref.id for ref in answer.about if ref.label == schema.STANDARD]
    known = store.nodes(standards)
    lang = language(request)
    standing = [words for id in standards if id in known for words in reading.standing(known[id].properties, lang)]
    return _page(request, "answer.html", answer, {"groups": reading.groups(answer), "standing": standing})


def _page(request: Request, template: str, answer: Answer, context: dict[str, Any]) -> Response:
    lang = language(request)
    address = links.Links(request, lang)
    here = {ref.id for ref in answer.about} if answer.question == "entity" else set()
    linked = links.Names((ref for ref in links.refs_of(answer) if ref.id not in here), lang, address.entity)
    shown = {"answer": answer, "linked": linked, "groups": reading.groups(answer)}
    return render(request, template, {**shown, **context})
