"""Parameters that many addresses share, read and checked in one place.

`as_of`, `undated`, `min_confidence`, `basis` choose the part of the graph that is looked at (`graph.model.View`); `lang` the
language of pages, pictures and problems. A parameter that an address does not know is refused, not passed over: a
misspelt `as_of` would otherwise be answered with today's truth.

They are coroutines, which saves them the way through a thread: none reads more of the store than its revision.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError

from graph import schema
from graph.dates import last_day
from graph.errors import InputError
from graph.model import Basis, Confidence, Language, View
from graph.store import Store

if TYPE_CHECKING:
    from api.opened import OpenedStore

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


def day(text: str | None) -> date:
    """The day that `as_of` names: a month or a year means its last day, None today. Raises DateError.

    >>> day("2018-02"), day("2018-06-01")
    (datetime.date(2018, 2, 28), datetime.date(2018, 6, 1))
    """
    if text is None or not text.strip():
        return today()
    return date.fromisoformat(last_day(text.strip(), field="as_of"))


async def store(request: Request) -> Store:
    """The store of this server. Raises StoreError where it cannot be opened."""
    opened: OpenedStore = request.app.state.opened
    return opened.get() if opened.is_open else await run_in_threadpool(opened.get)


def language(request: Request) -> Language:
    """The language of the request: `lang`, else for pages what the browser prefers, else English."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return "zh" if asked == "zh" else "en"
    if request.scope["path"].startswith("/v1/"):
        return "en"
    accepted = [
        part.split(";")[0].strip().lower()[:2] for part in request.headers.get("accept-language", "").split(",")
    ]
    return "zh" if next((code for code in accepted if code in LANGUAGES), "en") == "zh" else "en"


async def view(
    request: Request,
    as_of: Annotated[
        str | None,
        Query(description="Day the answer holds for; a month or year means its last day; today (UTC) if not given",
              examples=["2018-06-01"], max_length=10),
    ] = None,
    undated: Annotated[bool, Query(description="Whether statements without any date are included")] = True,
    min_confidence: Annotated[Confidence, Query(description="Least confidence of statements to use")] = Confidence.LOW,
    basis: Annotated[
        list[Basis] | None,
        Query(description="Grounds of statements to use; repeat for several; all if not given"),
    ] = None,
) -> View:  # fmt: skip
    """The part of the graph that the request looks at."""
    return View(
        as_of=day(as_of),
        undated=undated,
        min_confidence=min_confidence,
        bases=frozenset(basis) if basis else frozenset(Basis),
        private=request.app.state.settings.shows_private,
    )


async def known_only(request: Request) -> None:
    """Refuse parameters that the address does not have. Raises RequestValidationError with the nearest that it has."""
    known = _names(request)
    wrong = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if wrong:
        raise RequestValidationError([_unknown(name, known) for name in wrong])


def _names(request: Request) -> frozenset[str]:
    """The query parameters of the route and of all that it depends on."""
    cache: dict[str, frozenset[str]] = request.app.state.parameter_names
    route = request.scope["route"]
    if route.path_format not in cache:
        cache[route.path_format] = frozenset(_named_in(route.dependant))
    return cache[route.path_format]


def _named_in(dependant: Any) -> Iterator[str]:
    yield from (parameter.alias for parameter in dependant.query_params)
    for each in dependant.dependencies:
        yield from _named_in(each)


def _unknown(name: str, known: frozenset[str]) -> dict[str, object]:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    hint = f"; did you mean {close[0]}?" if close else f"; there are: {', '.join(sorted(known)) or 'none'}"
    return {"type": "unknown", "loc": ("query", name[:80]), "msg": f"No such parameter{hint}"}


def _one_of(names: list[str] | None, allowed: tuple[str, ...], field: str) -> tuple[str, ...]:
    for name in names or ():
        if name not in allowed:
            raise InputError(f"{name[:80]!r} is no {field}; there are: {', '.join(allowed)}", field=field)
    return tuple(names or ())


async def labels(
    label: Annotated[
        list[str] | None,
        Query(description="Kinds of things to find; repeat for several; all if not given",
              json_schema_extra={"items": {"type": "string", "enum": list(schema.LABELS)}}),
    ] = None,
) -> tuple[str, ...]:  # fmt: skip
    """The labels wanted, checked against the schema."""
    return _one_of(label, tuple(schema.LABELS), "label")


async def types(
    type: Annotated[
        list[str] | None,
        Query(description="Types of relationships; repeat for several; all if not given",
              json_schema_extra={"items": {"type": "string", "enum": list(schema.RELATIONSHIPS)}}),
    ] = None,
) -> tuple[str, ...]:  # fmt: skip
    """The relationship types wanted, checked against the schema."""
    return _one_of(type, tuple(schema.RELATIONSHIPS), "type")


StoreOf = Annotated[Store, Depends(store)]
ViewOf = Annotated[View, Depends(view)]
LabelsOf = Annotated[tuple[str, ...], Depends(labels)]
TypesOf = Annotated[tuple[str, ...], Depends(types)]
LanguageOf = Annotated[
    Language, Query(description="Language of pictures and problems; answers hold both English (en) and Chinese (zh)")
]
AfterOf = Annotated[
    str, Query(description="Cursor of the next page, from the `after` of the page before", max_length=2000)
]
