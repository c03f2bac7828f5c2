"""The command that writes a brief."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.options import (
    AsJson,
    AsOf,
    Bases,
    Dated,
    Lang,
    MinConfidence,
    StoreAt,
    language,
    legible,
    store_address,
    today,
    view,
)
from api.output import output, print_body, print_bytes, reading, write_file
from graph.errors import InputError
from graph.model import Confidence


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(rich_help_panel="Questions")(brief)


def brief(
    standard: Annotated[str, typer.Argument(metavar="STANDARD", help="A number, name or id.", callback=legible)],
    actor: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="ACTOR",
            help="Who goes to the meeting: a company, institute or association.",
            callback=legible,
        ),
    ],
    form: Annotated[str, typer.Option("--format", metavar="md|html", help="Markdown, or a page to print.")] = "md",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write it; FILE.md or FILE.html.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", metavar="", help="Let your own private data stand in it.")
    ] = False,
    as_of: AsOf = None,
    min_confidence: MinConfidence = Confidence.LOW,
    basis: Bases = None,
    dated: Dated = False,
    lang: Lang = "en",
    as_json: AsJson = False,
    store: StoreAt = None,
) -> None:
    """A brief for a meeting on a standard: two pages, each claim cited.

    What is at stake, who decides, who would stand with you, how to reach them, doors and dates, cautions, what is unknown.
    """
    from api.briefs import MEDIA_TYPES, render
    from queries.brief import brief as written

    form = out.suffix.removeprefix(".").lower() if out else form
    if form not in MEDIA_TYPES:
        raise InputError(
            f"{form[:40]!r} is no form of a brief; write {' or '.join(MEDIA_TYPES)}", field="out" if out else "format"
        )
    words = language(lang)
    seen = replace(view(as_of, min_confidence, basis, dated=dated), private=private)
    with reading(store_address(store), today()) as at:
        found = written(at, standard, seen, actor=actor)
    if as_json:
        print_body(found)
        return
    content, _ = render(found, form, words)
    if out is None:
        print_bytes(content)
        return
    write_file(out, content, "out")
    output().say(str(out))
