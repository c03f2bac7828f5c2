"""Commands about the data: export, what is loaded, and whether all is well."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.options import AsJson, Lang, StoreAt, language, store_address, today
from api.output import complain, output, print_body, reading
from graph.errors import StandardsGraphError


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (export, sources, doctor):
        app.command(rich_help_panel="Data")(command)


def export(
    out: Annotated[Path, typer.Argument(help="FILE.graphml, FILE.jsonl, or a folder for CSV files.", metavar="OUT")],
    kind: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="graphml, csv or jsonl; by the ending of OUT otherwise."),
    ] = None,
    private: Annotated[bool, typer.Option("--private", metavar="", help="Also what private datasets say.")] = False,
    store: StoreAt = None,
) -> None:
    """Write the whole graph with its evidence: GraphML, CSV (nodes, statements, documents) or JSON lines."""
    from api.exporting import export_graph, format_of

    chosen = format_of(out, kind)
    with reading(store_address(store), today()) as at:
        counted = export_graph(at, out, chosen, private=private)
    figures = ", ".join(f"{number:,} {name}" for name, number in counted.items())
    output().say(f"{out}: {figures}")


def sources(lang: Lang = "en", as_json: AsJson = False, store: StoreAt = None) -> None:
    """What is loaded: datasets with their licences, and how much each says."""
    from api import catalogue

    words = language(lang)
    with reading(store_address(store), today()) as at:
        loaded = catalogue.sources(at)
    if as_json:
        print_body(loaded)
        return
    from rich.console import Group

    from api.terminal.prose import prose
    from api.terminal.sheet import Sheet, table
    from graph import schema

    console = output()
    sheet = Sheet(console, words)
    count = sheet.word("statement_count")
    made = table(sheet.word("dataset"), sheet.word("what_it_is"), count, right=(count,))
    for d in loaded.datasets:
        private = f" ({sheet.word('private')})" if d.private else ""
        title, licence = prose(schema.titled(d.title, words)), prose((schema.titled(d.licence, words), "dim"))
        made.add_row(
            prose(d.id, (private, "dim")), Group(title, licence) if licence.plain else title, f"{d.statements:,}"
        )
    sheet.put(made)
    console.print()
    console.say(
        sheet.word(
            "loaded",
            nodes=sum(loaded.nodes.values()),
            statements=sum(loaded.statements.values()),
            documents=loaded.documents,
            day=loaded.loaded_on or sheet.word("unknown_day"),
        )
    )


def doctor(as_json: AsJson = False, store: StoreAt = None) -> None:
    """Say where the graph is kept, how large it is, and what is wrong, if anything is; exit code 2 where something is."""
    from api.health import checked

    try:
        facts, problems = checked(store_address(store))
    except StandardsGraphError as error:
        facts, problems = {}, (str(error),)
    if as_json:
        print_body({**facts, "problems": problems})
    else:
        console = output()
        for name, fact in facts.items():
            shown = f"{fact:,}" if isinstance(fact, int) and name not in ("schema_version", "revision") else str(fact)
            console.say(f"{name.replace('_', ' '):<16}{shown}")
        if not problems:
            console.say("all is well", "green")
        for problem in problems:
            complain(problem)
    if problems:
        raise typer.Exit(2)
