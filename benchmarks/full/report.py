"""What a run found, as tables for the terminal and as the section of the report that it writes."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.full.figures import Figure, Growth

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- full: written by `python -m benchmarks full --write`; edit nothing here -->", "<!-- full: end -->"

_HEAD = ("what", "median", "p95 or figure", "unit", "bound", "kept", "networkx median", "networkx p95")


def show(title: str, figures: list[Figure]) -> None:
    """Print the figures of one size."""
    table = Table(*_HEAD, title=title)
    for figure in figures:
        table.add_row(*_cells(figure))
    _console().print(table)


def show_growth(grown: list[Growth]) -> None:
    """Print how the questions grew."""
    table = Table(*_GROWTH_HEAD, title="Ten times the data")
    for each in grown:
        table.add_row(*_growth_cells(each))
    _console().print(table)


def _console() -> Console:
    """The terminal as it is; a file or pipe as wide as the tables are."""
    console = Console()
    return console if console.is_terminal else Console(width=160)


def write(
    sizes: list[tuple[str, list[Figure]]], grown: list[Growth], command: str, before: str, path: Path = README
) -> None:
    """Write the section into the report, in place of the one before; `before` says how busy the machine was."""
    section = "\n".join([BEGIN, "", *_section(sizes, grown, command, before), "", END])
    text = path.read_text("utf-8") if path.exists() else "# Benchmarks\n"
    kept = re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", "", text, flags=re.DOTALL).rstrip()
    path.write_text(f"{kept}\n\n{section}\n", "utf-8")


def _section(sizes: list[tuple[str, list[Figure]]], grown: list[Growth], command: str, before: str) -> list[str]:
    lines = [
        "## The published system",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} on {machine()}; {before}. Again: `{command}`.",
        "",
    ]
    for title, figures in sizes:
        lines += [f"### {title}", "", *_markdown(_HEAD, [_cells(figure) for figure in figures]), ""]
    if grown:
        lines += ["### Ten times the data", "", *_markdown(_GROWTH_HEAD, [_growth_cells(each) for each in grown]), ""]
    return lines[:-1]


def machine() -> str:
    """The machine in one phrase: processor, cores, memory, system, Python, SQLite."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def busy() -> str:
    """How busy the machine is with other things; figures taken beside others are those of another machine."""
    load = os.getloadavg()[0]
    return f"{load:.1f} processes were running before it began"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists() and (found := re.search(r"model name\s*:\s*(.+)", described.read_text())):
        return found[1].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "memory unknown"
    return f"{total / 1024**3:.0f} GiB"


_GROWTH_HEAD = ("question", "median at a tenth", "median", "times", "bound", "kept")


def _growth_cells(each: Growth) -> tuple[str, ...]:
    times = (f"{each.small:,.2f} ms", f"{each.large:,.2f} ms", f"{each.ratio:.2f}", f"{each.bound:.1f}")
    return (each.name, *times, "yes" if each.kept else "NO")


def _cells(figure: Figure) -> tuple[str, ...]:
    bound = "" if figure.bound is None else f"{'>=' if figure.at_least else '<='} {figure.bound:,.0f}"
    kept = "" if figure.bound is None else "yes" if figure.kept else "NO"
    median = "" if figure.median is None else _number(figure.median)
    peer = ("", "") if figure.peer is None else tuple(_number(value) for value in figure.peer)
    if figure.median is None and figure.peer is not None:
        peer = ("", peer[1])
    return figure.name, median, _number(figure.value), figure.unit, bound, kept, *peer


def _number(value: float) -> str:
    """As exact as it is worth: 0.042, 3.14, 27.2, 1,234."""
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def _markdown(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]
