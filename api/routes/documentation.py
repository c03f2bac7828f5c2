"""The description of the API as a page that works offline, and what each kind of problem means."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import pages, problems
from graph.errors import NotFoundError

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> Response:
    """The description to read and try, with a viewer that is served from here."""
    return pages.render(request, "docs.html", {})


@router.get("/problems/{slug}")
def problem(request: Request, slug: str) -> Response:
    """What a kind of problem means, and what to do."""
    kind = problems.KINDS.get(slug)
    if kind is None:
        raise NotFoundError(f"No problem of the kind {slug[:80]!r}; there are: {', '.join(problems.KINDS)}", asked=slug)
    return pages.render(request, "problem_kind.html", {"kind": kind, "kinds": tuple(problems.KINDS.values())})
