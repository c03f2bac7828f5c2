"""Answers on their way out: as JSON, or drawn as a picture or table."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Request
from fastapi.responses import RedirectResponse, Response

from api import body, pictures
from graph.model import Language
from graph.store import Store
from queries.answer import Answer
from queries.questions import place_of

DRAWING_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox"
)
"""What a picture that is opened by itself may do: be seen. Its styles are inline, so that it is one file."""


class Form(StrEnum):
    """A form in which an answer can be had beside JSON: named as the ending of the address, `oversight.svg`."""

    SVG = "svg"
    HTML = "html"
    GRAPHML = "graphml"
    CSV = "csv"


FormOf = Annotated[
    Form, Path(description="svg and html are pictures, graphml is a graph for other programs, csv a table")
]


def json(value: object) -> Response:
    """A body as JSON."""
    return Response(body.encode(value), media_type="application/json")


def reply(answer: Answer, form: Form | None, lang: Language) -> Response:
    """An answer as JSON, or in the wanted form."""
    if form is None:
        return json(answer)
    drawn, media_type = pictures.render(answer, form.value, lang)
    way = "inline" if form in (Form.SVG, Form.HTML) else "attachment"
    policy = (
        pictures.content_security_policy() + "; sandbox allow-scripts allow-downloads"
        if form is Form.HTML
        else DRAWING_POLICY
    )
    headers = {
        "content-disposition": f'{way}; filename="{answer.question}-{answer.as_of}.{form.value}"',
        "content-security-policy": policy,
    }
    return Response(drawn, headers=headers, media_type=media_type)


def moved(request: Request, store: Store, id: str) -> Response | None:
    """The redirect for an id that was merged into another, None for any other."""
    stays = store.moved(id) if ":" in id else None
    return _redirect(request, id, stays) if stays else None


def placed(
    request: Request, store: Store, id: str, form: Form | None, lang: Language, ask: Callable[[], Answer]
) -> Response:
    """The answer about the thing in the path, or the redirect to where it is now."""
    if redirect := moved(request, store, id):
        return redirect
    answer = ask()
    return misplaced(request, answer) or reply(answer, form, lang)


def _redirect(request: Request, old: str, new: str) -> Response:
    path = request.scope["path"].replace(old, new, 1)
    return RedirectResponse(_address(path, request.scope["query_string"].decode("latin-1")), status_code=308)


def misplaced(request: Request, answer: Answer) -> Response | None:
    """The redirect for a thing asked about under the place of another kind, a committee under /standards; None where the place is right."""
    if not answer.about:
        return None
    right = place_of(answer.about[0].label)
    _, version, given, rest = request.scope["path"].split("/", 3)
    if given == right:
        return None
    return RedirectResponse(
        _address(f"/{version}/{right}/{rest}", request.scope["query_string"].decode("latin-1")), status_code=308
    )


def _address(path: str, query: str) -> str:
    return quote(path, safe="/:") + (f"?{query}" if query else "")
