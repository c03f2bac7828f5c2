"""The sheet that one answer is written on: its console, its language, and which marks need to be explained below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.table import Table

from api.terminal.prose import Prose, clean, prose
from api.terminal.words import word
from graph import schema
from graph.model import Language, NodeRef

if TYPE_CHECKING:
    from queries.answer import Evidence, Text

UNDOCUMENTED, DOUBTFUL = "*", "?"
"""Mark what no page on record confirms, and what has low confidence."""

CITED_AT_ONCE = 4
"""Numbers of sources that one mark lists; a further one is told by a sign."""


@dataclass(slots=True)
class Sheet:
    """Where an answer is written. `cited` and `signs` gather the marks that were used, so that the legend explains those alone."""

    console: Console
    lang: Language
    cited: set[int] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)

    def put(self, renderable: RenderableType = "", *, indent: int = 0) -> None:
        """Print it, without blanks at the ends of lines."""
        padded = Padding(renderable, (0, 0, 0, indent)) if indent else renderable
        for line in self.console.render_lines(padded, pad=False):
            self.console.print(Segments([*_trimmed(line), Segment.line()]), soft_wrap=True, end="")

    def heading(self, text: str) -> None:
        """A blank line and the heading of a part."""
        self.put()
        self.put(prose((text, "bold cyan")))

    def bullets(self, texts: Iterable[Prose], *, most: int = 0) -> None:
        """A list; with `most`, only so many and then how many there are besides."""
        listed = list(texts)
        shown = listed[:most] if most else listed
        table = grid(1)
        for text in shown:
            table.add_row(prose(("•", "dim")), text)
        self.put(table, indent=2)
        if len(listed) > len(shown):
            self.put(prose((self.word("more_json", n=len(listed) - len(shown)), "dim")), indent=4)

    def word(self, name: str, *texts: str, **values: object) -> str:
        """One of the terminal's own words in this sheet's language."""
        return word(name, self.lang, *texts, **values)

    def text(self, text: Text) -> str:
        """A text of the answer in this sheet's language."""
        return clean(text[self.lang])

    def capital(self, text: Text) -> str:
        """The same as a heading."""
        said = self.text(text)
        return said[:1].upper() + said[1:]

    def name(self, node: NodeRef) -> str:
        """A node's name in both languages where it has both, the sheet's own first; for a body its code and its name."""
        first, second = node.name(self.lang), node.name("en" if self.lang == "zh" else "zh")
        if node.label in schema.BODIES:
            second = node.title(self.lang) or second
        return clean(first if first == second else f"{first} {second}")

    def title(self, node: NodeRef) -> str:
        """What a standard or a body is called, in this sheet's language if it can be."""
        return clean(node.title(self.lang))

    def marks(self, evidence: Iterable[Evidence]) -> str:
        """Numbers of the sources; before them a star where no page confirms any of it, and a question mark where all is doubtful."""
        cited = list(evidence)
        if not cited:
            return ""
        star = "" if any(documented(e) for e in cited) else UNDOCUMENTED
        doubt = DOUBTFUL if all(e.confidence == "low" for e in cited) else ""
        numbers = list(dict.fromkeys(number for e in cited for number in e.sources))
        shown = numbers[:CITED_AT_ONCE]
        self.cited |= set(shown)
        self.signs |= set(star + doubt)
        private = f" ({self.word('private')})" if any(e.private for e in cited) else ""
        more = "…" if len(numbers) > len(shown) else ""
        return star + doubt + "".join(f"[{number}]" for number in shown) + more + private

    def marked(self, text: str, evidence: Iterable[Evidence], style: str = "") -> Prose:
        """Text with its marks behind it."""
        marks = self.marks(evidence)
        return prose((text, style), (f" {marks}" if text and marks else marks, "dim"))


def documented(evidence: Evidence) -> bool:
    """Whether a document can be opened that says it."""
    return evidence.basis in ("page", "transcription", "user")


def grid(gap: int = 2) -> Table:
    """Columns without lines or heads."""
    return Table.grid(padding=(0, gap, 0, 0))


def table(*columns: str, right: Iterable[str] = ()) -> Table:
    """A table with heads and no lines; columns named in `right` align there."""
    made = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in columns:
        made.add_column(name, justify="right" if name in set(right) else "left", overflow="fold")
    return made


def _trimmed(line: list[Segment]) -> list[Segment]:
    kept = list(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        last = kept[-1]
        kept[-1] = Segment(last.text.rstrip(), last.style, last.control)
    return kept
