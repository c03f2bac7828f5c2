"""Options that every command of the same kind shares, and what they become."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from graph.dates import last_day
from graph.errors import InputError
from graph.model import Basis, Confidence, Language, View

Given = TypeVar("Given", str, list[str], str | None)

# Settings are read when a command needs them: `--help` must not wait for it.
if TYPE_CHECKING:
    from api.settings import Settings


def legible(given: Given) -> Given:
    r"""What a person wrote, with a sign for each byte that the terminal could not read as a letter.

    >>> legible("GB/T 1\udcff")
    'GB/T 1?'
    """
    if isinstance(given, str):
        return given.encode("utf-8", "replace").decode()
    if isinstance(given, list):
        return [legible(one) for one in given]
    return given


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The day asked about: 2019, 2019-05 or 2019-05-10; today by default."),
]
Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of what is shown.")]
MinConfidence = Annotated[Confidence, typer.Option("--min-confidence", help="Leave out what is less likely than this.")]
Bases = Annotated[
    list[Basis] | None,
    typer.Option(
        "--basis", metavar="GROUND", help=f"Only what stands on this ground: {', '.join(Basis)} (repeat for several)."
    ),
]
Dated = Annotated[bool, typer.Option("--dated", metavar="", help="Leave out what has no date on record.")]
AsJson = Annotated[bool, typer.Option("--json", metavar="", help="Print exactly the body that the API sends.")]
After = Annotated[str, typer.Option("--after", metavar="CURSOR", help="Go on where the page before ended.")]
PictureFile = Annotated[
    Path | None,
    typer.Option("--picture", metavar="FILE", help="Also draw the answer: FILE.html, .svg, .graphml or .csv."),
]
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
    day = date.fromisoformat(last_day(as_of.strip(), field="as_of")) if as_of is not None else today()
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
    raise InputError(f"{text[:40]!r} is no language that is known; write en or zh", field="lang")


def settings() -> Settings:
    """The settings of the environment. Raises InputError, which names the variable, for a value that cannot be used."""
    from pydantic import ValidationError

    from api.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"STANDARDS_GRAPH_{'_'.join(str(part) for part in first['loc'])}".upper()
        raise InputError(f"{str(first['input'])[:40]!r} cannot be used: {first['msg']}", field=name) from None


def store_address(given: str | None) -> str | None:
    """The address of the store: the one given, else as the environment says; None for the default place."""
    return settings().store if given is None else given
