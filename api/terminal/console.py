"""The console that commands print on."""

from __future__ import annotations

from typing import NoReturn

from rich.console import Console


class Output(Console):
    """A console that lets a closed pipe be known instead of ending the program with an exit code of its own."""

    def on_broken_pipe(self) -> NoReturn:
        """Standard output was closed by its reader, as `head` does."""
        raise BrokenPipeError

    def say(self, text: str, style: str | None = None) -> None:
        """Print one line, whatever its length; what is no letter in it, as in the name of a file, becomes a blank."""
        self.print("".join(c if c.isprintable() else " " for c in text), style=style, soft_wrap=True)
