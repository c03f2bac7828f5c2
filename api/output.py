"""Where commands write: bodies and tables to standard output, notes and complaints to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InputError, StandardsGraphError

# What prints is imported when there is something to print: a load has begun by then.
if TYPE_CHECKING:
    from api.terminal.console import Output
    from graph.store import Store


def output() -> Output:
    """Standard output, with colours where a person looks."""
    from api.terminal.console import Output

    return Output(highlight=False, emoji=False, markup=False)


def errors() -> Output:
    """Standard error."""
    from api.terminal.console import Output

    return Output(stderr=True, highlight=False, emoji=False, markup=False)


def print_body(body: object) -> None:
    """Write a body as the API sends it."""
    from api.body import encode

    print_bytes(encode(body))


def print_bytes(content: bytes) -> None:
    """Write a document as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_file(file: Path, content: bytes, field: str) -> None:
    """Write a file that an option names. Raises InputError, about the option `field`, where it cannot be written."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror})", field=field) from None


@contextmanager
def reading(address: str | None, on: date) -> Iterator[Store]:
    """The store at an address, made and filled on first use, with a note on standard error."""
    from api.opening import opened

    def first() -> None:
        errors().say("First use: loading the shipped data ...", "dim")

    with opened(address, on=on, first=first) as store:
        yield store


OPTIONS = {
    "as_of": "--as-of",
    "after": "--after",
    "label": "--label",
    "type": "--type",
    "lang": "--lang",
    "store": "--store",
    "mapping": "--mapping",
    "format": "--format",
    "picture": "--picture",
    "out": "--out",
    "for": "--for",
    "from": "--from",
    "to": "--to",
    "role": "--as",
    "of": "--of",
    "judge": "--judge",
}
"""How a field that an error names is called on the command line, where that is an option."""


def complain(error: StandardsGraphError | str) -> None:
    """One line on standard error: the field, where there is one, and what was wrong."""
    field = getattr(error, "field", "")
    text = str(error)
    lead = f"{OPTIONS.get(field, field)}: " if field else ""
    if field and text.startswith(f"{field} "):
        # The message names it itself.
        lead, text = f"{OPTIONS.get(field, field)} ", text.removeprefix(f"{field} ")
    console = errors()
    console.print(lead, style="red", end="", soft_wrap=True)
    console.say(text)
