"""The command that writes tables to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from api.options import AsJson
from api.output import output, print_body
from graph.errors import InputError

# Templates are read when they are asked for: `--help` must not wait for them.
if TYPE_CHECKING:
    from loaders.templates import Kind, Template

_KINDS = ("csv", "xlsx")


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command(rich_help_panel="Data")(template)


def template(
    name: Annotated[str | None, typer.Argument(help="Which template; without one they are listed.")] = None,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to write table and mapping.")] = Path(),
    kind: Annotated[str, typer.Option("--format", metavar="csv|xlsx", help="What kind of table.")] = "csv",
    called: Annotated[
        str,
        typer.Option(
            "--as", metavar="NAME", help="What to call both files, and so the dataset; as the template, by default."
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Write an empty table to fill in and the mapping that says what its rows mean; without a name, list the templates."""
    from loaders import templates

    if name is None:
        _list(templates.templates(), as_json)
        return
    chosen = templates.template(name)
    if kind not in _KINDS:
        raise InputError(f"{kind[:40]!r} is no kind of table that is written; use csv or xlsx", field="format")
    table, mapping = templates.write(chosen, out, cast("Kind", kind), stem=called)
    if as_json:
        print_body({"template": chosen.name, "table": str(table), "mapping": str(mapping), "columns": chosen.columns})
        return
    console = output()
    console.say(f"{table}: fill in its rows")
    console.say(f"{mapping}: says what each column takes, and what the rows mean")
    console.say(f"then: standards-graph load {table}", "dim")


def _list(listed: Sequence[Template], as_json: bool) -> None:
    from api.terminal.prose import prose
    from api.terminal.sheet import Sheet, table

    if as_json:
        print_body({"templates": [{"name": t.name, "purpose": t.purpose, "columns": t.columns} for t in listed]})
        return
    made = table("template", "for", "columns")
    for each in listed:
        made.add_row(prose(each.name), prose(each.purpose), prose((", ".join(each.columns), "dim")))
    Sheet(output(), "en").put(made)
