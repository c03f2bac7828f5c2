"""Options that every command of the same kind shares, and what they become."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from graph.dates import last_day
from graph.errors import InputError
from graph.model import Basis, Confidence, Language, View

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day asked about: 2019, 2019-05 or 2019-05-10; today by default."),
]
Lang = Annotated[str, typer.Option("--lang", help="Language of what is shown: en or zh.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=200, help="How many to show at most.")]
MinConfidence = Annotated[Confidence, typer.Option("--min-confidence", help="Leave out what is less likely than this.")]
Bases = Annotated[
    list[Basis] | None,
    typer.Option("--basis", help="Only what stands on this ground (repeat for several)."),
]
Dated = Annotated[bool, typer.Option("--dated", help="Leave out what has no date on record.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print exactly the body that the API would send.")]
StoreAt = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="ADDRESS",
        help="Where the graph is kept (sqlite:///PATH); else STANDARDS_GRAPH_STORE, else your data folder.",
    ),
]


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


def view(
    as_of: str | None,
    min_confidence: Confidence = Confidence.LOW,
    bases: list[Basis] | None = None,
    *,
    dated: bool = False,
) -> View:
    """The part of the graph that these options ask for. A month or year means its last day. Raises DateError.

    >>> view("2017-06").as_of
    datetime.date(2017, 6, 30)
    """
    day = date.fromisoformat(last_day(as_of, field="as_of")) if as_of else today()
    return View(
        as_of=day,
        undated=not dated,
        min_confidence=min_confidence,
        bases=frozenset(bases) if bases else frozenset(Basis),
    )


def language(text: str) -> Language:
    """`en` or `zh`; raises InputError for another."""
    if text == "zh":
        return "zh"
    if text == "en":
        return "en"
    raise InputError(f"lang {text!r} is not known; write en or zh", field="lang")
