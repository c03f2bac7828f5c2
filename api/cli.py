"""The command line: `standards-graph QUESTION ...`. Each question is one command; `--json` prints the API's body.

Exit codes: 0; 1 nothing found, or a name that fits several things; 2 bad usage, bad input, or a store that cannot serve.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from api import (
    asked_commands,
    brief_command,
    changes_command,
    data_commands,
    identity_commands,
    load_command,
    portfolio_command,
    question_commands,
    template_commands,
)
from api.options import StoreAt, settings
from api.output import complain, output
from graph.errors import AmbiguousError, NotFoundError, StandardsGraphError

_BAD_USAGE: Any = typer.BadParameter.__mro__[1]
"""What typer raises for words it cannot follow: the base of the one such error that it exports."""

app = typer.Typer(
    name="standards-graph",
    epilog='Begin with: standards-graph oversight "GB/T 22239-2019"',
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
question_commands.add_to(app)
asked_commands.add_to(app)
brief_command.add_to(app)
portfolio_command.add_to(app)
changes_command.add_to(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        output().say(f"standards-graph {metadata.version('standards-graph')}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option("--version", metavar="", is_eager=True, callback=_print_version, help="Say which version it is."),
    ] = False,
) -> None:
    """Who decides a standard, who would stand with you, and how you reach the people who decide."""


@app.command(rich_help_panel="Questions")
def serve(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 8000 by default.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; loopback unless you say otherwise.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes that answer; 1 by default.")] = None,
    store: StoreAt = None,
) -> None:
    """Open the first page and the API; loads the shipped data on first use."""
    from api.serve import serve as run_server

    given = {"port": port, "host": host, "workers": workers, "store": store}
    chosen = {name: value for name, value in given.items() if value is not None}
    raise typer.Exit(run_server(settings().model_copy(update=chosen)))


load_command.add_to(app)
data_commands.add_to(app)
template_commands.add_to(app)
identity_commands.add_to(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the program with its exit code; whatever is wrong becomes one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no Chinese shows signs in its place
    raise SystemExit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    try:
        code = app(args=list(arguments), prog_name="standards-graph", standalone_mode=False)
        sys.stdout.flush()
    except _BAD_USAGE as error:
        said, command = error.format_message().rstrip("."), error.ctx.command_path if error.ctx else "standards-graph"
        if said:  # nothing is said where no command was given: the help has been printed
            complain(f"{said}. See {command} --help")
        return 2
    except (NotFoundError, AmbiguousError) as error:
        complain(error)
        return 1
    except StandardsGraphError as error:
        complain(error)
        return 2
    except BrokenPipeError:
        # The reader has seen enough; what Python would still write at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
