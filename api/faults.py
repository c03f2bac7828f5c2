"""From exceptions to responses: problem details for programs, a page for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api import body, pages, problems
from api.parameters import language
from api.validators import NotModified, not_modified
from graph.errors import InputError, StandardsGraphError

NAMES: Mapping[str, tuple[str, ...]] = {
    "words": ("q",),
    "entity": ("id",),
    "standard": ("standard", "id"),
}
"""How a question's parameter is called in addresses, where that differs: the first name that the address has counts."""


def register(app: FastAPI) -> None:
    """Have every exception of ours, and every bare status of the framework, answered as a problem."""
    app.exception_handler(StandardsGraphError)(_ours)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_status)
    app.exception_handler(NotModified)(_not_modified)


def _ours(request: Request, error: StandardsGraphError) -> Response:
    if isinstance(error, InputError) and error.field:
        error.field = _named(request, error.field)
    kind = problems.kind_of(error)
    headers = {"retry-after": str(kind.retry_after)} if kind.retry_after else {}
    said = problems.of_error(error, lang=language(request), instance=_path(request))
    return _respond(request, said, headers, wrong=getattr(error, "asked", ""))


def _invalid(request: Request, error: RequestValidationError) -> Response:
    fields = tuple(dict.fromkeys(_fields(error.errors())))
    lang = language(request)
    listed = "; ".join(f"{f.field}: {f.message}" for f in fields)
    said = problems.problem(problems.INVALID, listed, lang=lang, instance=_path(request), fields=fields)
    return _respond(request, said)


def _status(request: Request, error: HTTPException) -> Response:
    kind = problems.OF_STATUSES.get(error.status_code, problems.UNEXPECTED)
    lang = language(request)
    said = problems.problem(kind, kind.meaning[lang], lang=lang, instance=_path(request))
    return _respond(request, said, dict(error.headers or {}))


def _not_modified(_: Request, error: NotModified) -> Response:
    return not_modified(error.tag)


def _respond(
    request: Request, said: problems.Problem, headers: Mapping[str, str] | None = None, *, wrong: str = ""
) -> Response:
    """A page where a person looks at pages, problem details everywhere else."""
    if pages.wanted(request):
        return pages.problem(request, said, headers, wrong=wrong)
    return Response(body.encode(said), said.status, dict(headers or {}), problems.MEDIA_TYPE)


def _path(request: Request) -> str:
    return str(request.scope["path"])[:500]


def _named(request: Request, field: str) -> str:
    """The parameter's name in this address."""
    has = (*request.path_params, *request.query_params)
    return next((name for name in NAMES.get(field, ()) if name in has), field)


def _fields(errors: Iterable[Any]) -> Iterable[problems.FieldError]:
    for error in errors:
        place = [str(part) for part in error["loc"] if part not in ("query", "path")]
        yield problems.FieldError(place[0] if place else "", str(error["msg"]))
