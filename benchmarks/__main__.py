"""Run the benchmarks and print a table; exits with 1 where a promised bound was not kept.

`python -m benchmarks full` has options and a table of its own (`benchmarks.bench_full`); the plain run leaves it out.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

import benchmarks
from benchmarks import bench_full
from benchmarks.measure import Measurement

PREFIX = "bench_"
FULL = "full"


def names() -> list[str]:
    """Give the benchmarks there are."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(name for each in found if each.startswith(PREFIX) and (name := each.removeprefix(PREFIX)) != FULL)


def measurements(name: str) -> Iterator[Measurement]:
    """Run one benchmark."""
    yield from importlib.import_module(f"benchmarks.{PREFIX}{name}").run()


def main(wanted: list[str]) -> int:
    """Run the wanted benchmarks, or all, and print what they took."""
    if wanted[:1] == [FULL]:
        return bench_full.main(wanted[1:])
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join([*names(), FULL])}", file=sys.stderr)
        return 2
    table = Table("benchmark", "what", "runs", "median ms", "p95 ms", "bound ms", "kept")
    for column in table.columns[2:6]:
        column.justify = "right"
    every_bound_kept = True
    for name in wanted or names():
        for taken in measurements(name):
            bound = "" if taken.bound is None else f"{taken.bound:,.0f}"
            kept = "" if taken.bound is None else "yes" if taken.kept else "NO"
            every_bound_kept = every_bound_kept and taken.kept
            table.add_row(
                name,
                taken.name,
                str(len(taken.milliseconds)),
                f"{taken.median:,.2f}",
                f"{taken.p95:,.2f}",
                bound,
                kept,
            )
    Console().print(table)
    return 0 if every_bound_kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
