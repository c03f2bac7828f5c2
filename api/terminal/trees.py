"""Lists with a line down their side: each entry a name and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.tree import Tree

from api.terminal.prose import Prose, prose
from api.terminal.sheet import Sheet

_GUIDE = 4
"""Columns that the line at the side takes."""


def branches(sheet: Sheet, head: Prose, leaves: Sequence[tuple[Prose, Prose]], *, indent: int = 0) -> None:
    """Print the head and its entries: what is said stands beside the name where both fit on one line, else below it."""
    room = sheet.console.width - _GUIDE - indent
    tree = Tree(head, guide_style="dim")
    for name, said in leaves:
        tree.add(_leaf(name, said, room))
    sheet.put(tree, indent=indent)


def _leaf(name: Prose, said: Prose, room: int) -> RenderableType:
    if not name.plain:
        return said
    if not said.plain:
        return name
    if cell_len(name.plain) + 2 + cell_len(said.plain) <= room:
        line = prose()
        line.append_text(name)
        line.append("  ")
        line.append_text(said)
        return line
    return Group(name, Padding(said, (0, 0, 0, 2)))
