"""An answer for people: its heading, its body by the question, and what closes it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from api.terminal.closing import closing
from api.terminal.heading import heading
from api.terminal.questions import BODIES
from api.terminal.sheet import Sheet
from graph.model import Language, Node
from queries.answer import Answer


def show(console: Console, answer: Answer, lang: Language, about: Mapping[str, Node]) -> None:
    """Print an answer; `about` holds the things it is about with their properties, for its first lines."""
    sheet = Sheet(console, lang)
    heading(sheet, answer, about)
    BODIES[answer.question](sheet, answer)
    closing(sheet, answer)
