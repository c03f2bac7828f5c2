"""Running the command line in this process, as a person would: arguments in; exit code, output and complaints out."""

from __future__ import annotations

import contextlib
import io
import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from api.cli import run

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def body(self) -> Any:
        return json.loads(self.out)

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(line) for line in self.lines]

    @property
    def plain(self) -> str:
        return COLOURS.sub("", self.out)


@dataclass
class Cli:
    """Runs commands on the store at an address, at a width, with or without colours; a question asked twice is run once."""

    address: str
    _asked: dict[tuple[object, ...], Done] = field(default_factory=dict)

    def ask(self, *arguments: str, width: int = 100, colours: bool = False) -> Done:
        """A question, which changes nothing."""
        key = (*arguments, width, colours)
        if key not in self._asked:
            self._asked[key] = self(*arguments, width=width, colours=colours)
        return self._asked[key]

    def __call__(
        self, *arguments: str, width: int = 100, colours: bool = False, stdin: bytes = b"", **env: str
    ) -> Done:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("STANDARDS_GRAPH_STORE", self.address)
            patch.setenv("COLUMNS", str(width))
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            for name in ("FORCE_COLOR", "NO_COLOR"):
                patch.delenv(name, raising=False)
            if colours:
                patch.setenv("FORCE_COLOR", "1")
                patch.setenv("TERM", "xterm-256color")
            for name, value in env.items():
                patch.setenv(name, value)
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = run(arguments)
        return Done(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))
