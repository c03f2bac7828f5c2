"""The command that tells what changed on record since a day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.options import AsJson, Bases, Lang, MinConfidence, StoreAt, language, legible, view
from api.output import write_file
from api.question_commands import ask
from graph.model import Confidence, View
from graph.store import Store
from queries.answer import Answer

LISTED = 50


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(rich_help_panel="Questions")(changes)


def changes(
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="First day of the loads asked about: 2026-11-01, 2026-11.")
    ],
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about",
            metavar="THING",
            help="Only around this thing (repeat for several).",
            callback=legible,
        ),
    ] = None,
    watched: Annotated[
        Path | None,
        typer.Option("--list", metavar="FILE", help="Only around the standards of a list: CSV, text or Excel."),
    ] = None,
    feed: Annotated[
        Path | None, typer.Option("--feed", metavar="FILE", help="Also write an Atom feed: FILE.atom or FILE.xml.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many things to show at most.")] = LISTED,
    min_confidence: MinConfidence = Confidence.LOW,
    basis: Bases = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """What appeared, changed or vanished on record since a day.

    It tells what loads brought, not what became true: a standard of 1990 that was loaded yesterday appeared yesterday.
    """
    from api.changing import day_of
    from api.changing import feed as as_feed
    from loaders.lists import standards_listed
    from queries.changes import changes as question

    day = day_of(since)
    things = [*(about or ()), *(standards_listed(watched) if watched else ())]

    def answered(at: Store, seen: View) -> Answer:
        answer = question(at, day, seen, about=things, limit=limit)
        if feed:
            write_file(feed, as_feed(answer, feed.name, language(lang)), "feed")
        return answer

    ask(answered, view(None, min_confidence, basis), lang, as_json, store)
