"""The command that ranks the standards that touch a company, or those of a list of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.options import AsJson, AsOf, Bases, Dated, Lang, MinConfidence, StoreAt, language, legible, view
from api.output import write_file
from api.question_commands import ask
from graph.errors import InputError
from graph.model import Confidence, View
from graph.store import Store
from queries.answer import Answer

LISTED = 60


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(rich_help_panel="Questions")(portfolio)


def portfolio(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="ACTOR|FILE",
            help="A company; or a list of standards: CSV, text or Excel with their numbers.",
            callback=legible,
        ),
    ],
    actor: Annotated[
        str, typer.Option("--for", metavar="ACTOR", help="Whose list it is, where a file is given.", callback=legible)
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Also write a table to work on: FILE.csv or FILE.xlsx.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=2000, help="How many standards to show at most.")] = LISTED,
    as_of: AsOf = None,
    min_confidence: MinConfidence = Confidence.LOW,
    basis: Bases = None,
    dated: Dated = False,
    lang: Lang = "en",
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """Which standards touch a company, the most pressing first, each with its next step.

    Those that its products must meet come from its own list (see `template products`), those that it drafted from the record. With a
    file, the standards of the file.
    """
    from loaders.lists import standards_listed
    from queries.portfolio import portfolio as question

    listed = standards_listed(Path(asked)) if Path(asked).is_file() else None
    if listed is None and actor:
        raise InputError("names whose list a file is; no file is given", field="for")
    form = out.suffix.removeprefix(".").lower() if out else ""

    def answered(at: Store, seen: View) -> Answer:
        answer = question(at, actor if listed is not None else asked, seen, limit=limit, listed=listed)
        if out:
            from api.tables import render

            write_file(out, render(answer, form, language(lang))[0], "out")
        return answer

    ask(answered, view(as_of, min_confidence, basis, dated=dated), lang, as_json, store)
