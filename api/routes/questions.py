"""The questions about a standard or a committee: who decides, and who would stand with us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api.parameters import LanguageOf, StoreOf, ViewOf
from api.routes.description import PICTURES, PROBLEMS, example
from api.routes.replies import Form, FormOf, placed
from graph.errors import InputError
from queries.answer import Answer
from queries.coalition import PARTNERS, coalition
from queries.oversight import oversight
from queries.partners import WEIGHTS
from queries.votes import DEFAULTS, shares

router = APIRouter(prefix="/v1", responses=PROBLEMS)

MOST_PARTNERS = 60

StandardId = Annotated[
    str,
    Path(description="Id, number or title of the standard; a number without a year means the edition in force on `as_of`. "
                     "Slashes in numbers may be written as they are or as %2F",
         examples=["GB/T 22239-2019"]),
]  # fmt: skip
CommitteeId = Annotated[
    str, Path(description="Id, code or any name of the committee or working group", examples=["SAC/TC 260"])
]
ACTOR = "Id or any name of an organisation, or of a corporate group, which then stands for its entities"
For = Annotated[str, Query(alias="for", description=ACTOR, examples=["BMW"])]
Limit = Annotated[int, Query(ge=1, le=MOST_PARTNERS, description="How many partners to list")]
Weights = Annotated[
    list[str] | None,
    Query(description=f"Another weight for a part of the score, as name:value with a value from 0 to 1; repeat for several. "
                      f"Parts: {', '.join(WEIGHTS)}", examples=[["drafting:0.5"]]),
]  # fmt: skip
VoteRules = Annotated[
    list[str] | None,
    Query(alias="rule", description="Another share of the vote, as name:share; repeat for several. "
                                    f"Names: {', '.join(DEFAULTS)}; defaults are those on record", examples=[["approval:2/3"]]),
]  # fmt: skip


def weights(given: list[str] | None) -> Mapping[str, float]:
    """The weights passed in, by part. Raises InputError for an unknown part or a value outside 0 to 1.

    >>> weights(["drafting:0.5"])
    {'drafting': 0.5}
    """
    found = {}
    for text in given or ():
        name, _, value = text.partition(":")
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if name not in WEIGHTS or not 0 <= number <= 1:
            raise InputError(
                f"{text[:80]!r} is no weight; write name:value with a value from 0 to 1 and a name of: {', '.join(WEIGHTS)}",
                field="weight",
            )
        found[name] = number
    return found


def _oversight(
    request: Request, store: StoreOf, view: ViewOf, id: str, form: Form | None, lang: LanguageOf
) -> Response:
    return placed(request, store, id, form, lang, lambda: oversight(store, id, view))


@router.get(
    "/standards/{id:path}/oversight",
    summary="Who decides a standard",
    tags=["questions"],
    response_model=Answer,
    responses=example("oversight"),
)
def standard_oversight(
    request: Request, store: StoreOf, view: ViewOf, id: StandardId, lang: LanguageOf = "en"
) -> Response:
    """Who decides a standard: the body in charge, its secretariat and overseers, the issuer, who stands above, who else has a claim."""
    return _oversight(request, store, view, id, None, lang)


@router.get(
    "/standards/{id:path}/oversight.{form}",
    summary="Who decides a standard, drawn",
    tags=["pictures"],
    response_class=Response,
    responses=PICTURES,
)
def standard_oversight_drawn(
    request: Request, store: StoreOf, view: ViewOf, id: StandardId, form: FormOf, lang: LanguageOf = "en"
) -> Response:
    """The same as a picture (svg, html), a graph for other programs (graphml) or a table (csv)."""
    return _oversight(request, store, view, id, form, lang)


@router.get(
    "/committees/{id:path}/oversight",
    responses=example("committee_oversight"),
    summary="Who decides in a committee",
    tags=["questions"],
    response_model=Answer,
)
def committee_oversight(
    request: Request, store: StoreOf, view: ViewOf, id: CommitteeId, lang: LanguageOf = "en"
) -> Response:
    """Who decides in a committee: its secretariat, overseers, leading seats and parent, up to the top body that sources name."""
    return _oversight(request, store, view, id, None, lang)


@router.get(
    "/committees/{id:path}/oversight.{form}",
    summary="Who decides in a committee, drawn",
    tags=["pictures"],
    response_class=Response,
    responses=PICTURES,
)
def committee_oversight_drawn(
    request: Request, store: StoreOf, view: ViewOf, id: CommitteeId, form: FormOf, lang: LanguageOf = "en"
) -> Response:
    """The same as a picture (svg, html), a graph for other programs (graphml) or a table (csv)."""
    return _oversight(request, store, view, id, form, lang)


def _coalition(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: str,
    actor: str,
    limit: int,
    weight: list[str] | None,
    rule: list[str] | None,
    form: Form | None,
    lang: LanguageOf,
) -> Response:
    chosen, rules = weights(weight), shares(rule or ())
    return placed(
        request,
        store,
        id,
        form,
        lang,
        lambda: coalition(store, id, actor, view, limit=limit, weights=chosen, rules=rules),
    )


@router.get(
    "/standards/{id:path}/coalition",
    summary="Who would stand with us on a standard",
    tags=["questions"],
    response_model=Answer,
    responses=example("coalition"),
)
def standard_coalition(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: StandardId,
    actor: For,
    limit: Limit = PARTNERS,
    weight: Weights = None,
    rule: VoteRules = None,
    lang: LanguageOf = "en",
) -> Response:
    """Who would stand with an actor on a standard: partners by their standing in this arena, affinity with the asker, and reach.

    Each partner has its score in parts, with what was counted; the weights of the parts can be passed in. The findings show the mix
    of domestic and foreign partners, a small set to begin with, and whether a vote can be computed.
    """
    return _coalition(request, store, view, id, actor, limit, weight, rule, None, lang)


@router.get(
    "/standards/{id:path}/coalition.{form}",
    summary="Who would stand with us on a standard, drawn",
    tags=["pictures"],
    response_class=Response,
    responses=PICTURES,
)
def standard_coalition_drawn(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: StandardId,
    form: FormOf,
    actor: For,
    limit: Limit = PARTNERS,
    weight: Weights = None,
    rule: VoteRules = None,
    lang: LanguageOf = "en",
) -> Response:
    """The same as a picture (svg, html), a graph for other programs (graphml) or a table (csv)."""
    return _coalition(request, store, view, id, actor, limit, weight, rule, form, lang)


@router.get(
    "/committees/{id:path}/coalition",
    summary="Who would stand with us in a committee",
    tags=["questions"],
    response_model=Answer,
    responses=example("committee_coalition"),
)
def committee_coalition(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: CommitteeId,
    actor: For,
    limit: Limit = PARTNERS,
    weight: Weights = None,
    rule: VoteRules = None,
    lang: LanguageOf = "en",
) -> Response:
    """Who would stand with an actor in a committee: partners by their standing there, affinity with the asker, and reach."""
    return _coalition(request, store, view, id, actor, limit, weight, rule, None, lang)


@router.get(
    "/committees/{id:path}/coalition.{form}",
    summary="Who would stand with us in a committee, drawn",
    tags=["pictures"],
    response_class=Response,
    responses=PICTURES,
)
def committee_coalition_drawn(
    request: Request,
    store: StoreOf,
    view: ViewOf,
    id: CommitteeId,
    form: FormOf,
    actor: For,
    limit: Limit = PARTNERS,
    weight: Weights = None,
    rule: VoteRules = None,
    lang: LanguageOf = "en",
) -> Response:
    """The same as a picture (svg, html), a graph for other programs (graphml) or a table (csv)."""
    return _coalition(request, store, view, id, actor, limit, weight, rule, form, lang)
