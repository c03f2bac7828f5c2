"""Write an invented standards system of the published size, or of a part of it, as files that the loaders read.

    python -m benchmarks.generate FOLDER [--scale 0.1] [--seed 1]

`FOLDER/all` holds what is loaded first: rows of the platform's search (`*.jsonl.gz`) and lists with their mappings (`*.csv`, `*.toml`);
`FOLDER/update` a day's update; `FOLDER/written.json` says what was written and names some of it for questions.
The same seed and scale give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from benchmarks.generated import rows, tables
from benchmarks.generated.names import association
from benchmarks.generated.rows import Row
from benchmarks.generated.sizes import UPDATE, Sizes
from benchmarks.generated.system import FIELDS, System

SEED = 1
SAMPLES = 400
"""Standards that are named for questions."""
_LINES = 2000

KINDS: tuple[tuple[str, Callable[[System], Iterator[Row]]], ...] = (
    ("national", rows.national),
    ("industry", rows.industry),
    ("local", rows.local),
    ("association", rows.associations),
    ("enterprise", rows.enterprises),
)


def generate(folder: Path, scale: float = 1.0, seed: int = SEED) -> dict[str, Any]:
    """Write the files into the folder, and give what `written.json` says."""
    sizes = Sizes.at(scale)
    whole, update = folder / "all", folder / "update"
    for place in (whole, update):
        place.mkdir(parents=True, exist_ok=True)
    tables.write(System(sizes, seed), whole)
    system = System(sizes, seed + 1)
    written: dict[str, Any] = {"scale": scale, "seed": seed, "rows": {}, "standards": {}}
    changed: list[Row] = []
    for kind, rows_of in KINDS:
        every = max(1, getattr(sizes, kind) // SAMPLES)
        counted = _Counted(rows_of(system), every, changed if kind == "national" else None)
        _write(whole / f"{kind}.jsonl.gz", counted)
        written["rows"][kind] = counted.count
        written["standards"][kind] = counted.sampled
    new = [rows.national_row(system, sizes.national + n, rows.LATEST) for n in range(UPDATE - len(changed))]
    (update / "day.json").write_bytes(
        orjson.dumps({"total": UPDATE, "pageNumber": 1, "rows": changed + new}, option=orjson.OPT_INDENT_2)
    )
    written["update"] = {"changed": _numbers(changed), "new": _numbers(new)}
    written["committees"] = [system.committee(n).code for n in _spread(sizes.committees, 60)]
    written["organisations"] = [system.organisation(n) for n in _spread(sizes.organisations, 200)]
    written["popular"] = [system.organisation(n) for n in range(min(FIELDS, sizes.organisations))]
    written["associations"] = [association(n) for n in _spread(sizes.associations, 40)]
    (folder / "written.json").write_text(json.dumps(written, ensure_ascii=False, indent=1), "utf-8")
    return written


class _Counted:
    """Rows on their way: counted, every so many a number kept, and some put aside with another status."""

    def __init__(self, given: Iterable[Row], every: int, changed: list[Row] | None) -> None:
        self.count, self.sampled = 0, list[str]()
        self._given, self._every, self._changed = given, every, changed

    def __iter__(self) -> Iterator[Row]:
        for row in self._given:
            if self.count % self._every == 0:
                self.sampled.append(row["C_STD_CODE"])
            self.count += 1
            if self._changed is not None and len(self._changed) < UPDATE // 2 and row["STATE"] == "现行":
                self._changed.append({**row, "STATE": "废止"})
            yield row


def _write(path: Path, given: Iterable[Row]) -> None:
    lines = iter(given)
    # No name and no time in the file, so that the same rows are the same bytes.
    with path.open("wb") as file, gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as packed:
        while chunk := list(islice(lines, _LINES)):
            buffer = io.BytesIO()
            for row in chunk:
                buffer.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            packed.write(buffer.getvalue())


def _numbers(given: list[Row]) -> list[str]:
    return [row["C_STD_CODE"] for row in given]


def _spread(count: int, wanted: int) -> list[int]:
    """Ranks from the most popular to the least: close at the beginning, far apart at the end.

    >>> _spread(1000, 4)
    [0, 111, 444, 999]
    """
    wanted = min(wanted, count)
    return sorted({int((n / max(1, wanted - 1)) ** 2 * (count - 1)) for n in range(wanted)})


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0, help="part of the published size, above 0, at most 1")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    begun = time.perf_counter()
    written = generate(given.folder, given.scale, given.seed)
    total = sum(written["rows"].values())
    print(f"{total:,} records in {time.perf_counter() - begun:.1f} s: {given.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
