"""The whole published system: load, a day's update, every question over HTTP, a crowd of clients; beside it networkx, in the same run.

    python -m benchmarks full [--scale 0.1] [--keep FOLDER] [--write]

Above a scale of 0.1 the tenth of it is measured too, so that growth shows. Takes minutes and some GiB of disk at full size, so it
is no part of the plain run. Exit code 1 where a bound was not kept.
"""

from __future__ import annotations

import argparse
import http
import json
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks import generate
from benchmarks.bench_start import GIVE_UP_AFTER
from benchmarks.full import report
from benchmarks.full.asking import Client, Question, first_and_later, questions
from benchmarks.full.figures import Figure, growth
from benchmarks.full.processes import measured_by, run, serving
from benchmarks.measure import Measurement

LOAD_SECONDS, LOAD_MIB = 180.0, 1024.0
VISIBLE_SECONDS = 1.0
ANSWERS_A_SECOND = 300.0
WORKER_MIB = 300.0
SMALLER = 0.1
"""Above this scale the tenth is measured too."""


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks full", description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0, help="part of the published size, above 0, at most 1")
    parser.add_argument("--keep", type=Path, help="folder for files and stores, which stay; those there are used again")
    parser.add_argument("--write", action="store_true", help=f"write the report into {report.README.name}")
    parser.add_argument("--no-peer", action="store_true", help="leave networkx out")
    given = parser.parse_args(arguments)
    scales = [given.scale / 10, given.scale] if given.scale > SMALLER else [given.scale]
    sizes: list[tuple[str, list[Figure]]] = []
    before = report.busy()
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as kept:
        for scale in scales:
            figures = measured(Path(kept) / f"{scale:g}", scale, peer=not given.no_peer)
            title = f"{scale:.0%} of the published size" if scale < 1 else "The published size"
            report.show(title, figures)
            sizes.append((title, figures))
    grown = growth(sizes[0][1], sizes[1][1]) if len(sizes) > 1 else []
    if grown:
        report.show_growth(grown)
    print(f"{report.machine()}; {before}")
    if given.write:
        report.write(sizes, grown, f"python -m benchmarks full --scale {given.scale:g} --write", before)
    kept_all = all(figure.kept for _, figures in sizes for figure in figures) and all(each.kept for each in grown)
    return 0 if kept_all else 1


def measured(folder: Path, scale: float, *, peer: bool = True) -> list[Figure]:
    """Measure everything at one size, in a folder that may hold the files already."""
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    written = _written(folder, scale)
    generated = time.perf_counter() - begun
    store = folder / "graph.sqlite"
    figures = [Figure("records written by the generator", "records", sum(written["rows"].values()))]
    if generated > 1:
        figures.append(Figure("writing them", "s", generated))
    figures += once(folder / "loading.json", lambda: loaded(folder, store))
    others = measured_by("benchmarks.full.peer", store, str(folder)) if peer else None
    figures += served(written, store, others)
    figures += once(folder / "updating.json", lambda: updated(written, folder, store))
    figures += crowded(folder, store)
    if others:
        figures.append(Figure("networkx: building the graph", "s", others["seconds"]))
        figures.append(Figure("networkx: memory", "MiB", others["mib"]))
    return figures


def once(kept: Path, measure: Callable[[], list[Figure]]) -> list[Figure]:
    """What changes the store is measured once in a folder that is kept, and its figures are kept beside the store."""
    if kept.exists():
        return [Figure(**figure) for figure in json.loads(kept.read_text("utf-8"))]
    figures = measure()
    kept.write_text(json.dumps([asdict(figure) for figure in figures], indent=1), "utf-8")
    return figures


def loaded(folder: Path, store: Path) -> list[Figure]:
    """Load everything into a store that has the shipped data, by the command, as anybody would."""
    for ending in ("", "-wal", "-shm", "-writer"):
        store.with_name(store.name + ending).unlink(missing_ok=True)
    run(store, "load")
    took = run(store, "load", str(folder / "all"))
    return [
        Figure("load, with search", "s", took.seconds, bound=LOAD_SECONDS),
        Figure("memory of the load", "MiB", took.mib, bound=LOAD_MIB),
        Figure("size of the store", "MiB", store.stat().st_size / 1024**2),
    ]


def served(written: dict[str, Any], store: Path, others: dict[str, Any] | None) -> list[Figure]:
    """Ask one worker every question, one client at a time."""
    figures, firsts = [], []
    with serving(store) as server:
        client = Client(server.address)
        nodes, statements = _counted(client)
        figures += [Figure("nodes", "records", nodes), Figure("statements", "records", statements)]
        for question in questions(written):
            first, later = first_and_later(client, question)
            firsts.append(Figure.of(first))
            figures.append(Figure.of(later, _of_peer(question, others)))
        figures += [*firsts, Figure("memory of the worker", "MiB", server.worker_mib(), bound=WORKER_MIB)]
        client.close()
    return figures


def updated(written: dict[str, Any], folder: Path, store: Path) -> list[Figure]:
    """Load the day's update while a server runs: seconds from the command until the last new standard is answered."""
    last = f"/v1/entities/{quote(written['update']['new'][-1], safe='')}"
    with serving(store) as server:
        begun = time.perf_counter()
        took = run(store, "load", str(folder / "update"))
        client = Client(server.address)
        while client.status(last) != http.HTTPStatus.OK:
            if time.perf_counter() - begun > GIVE_UP_AFTER:
                message = f"{last} was not seen {GIVE_UP_AFTER:.0f} s after the update began"
                raise RuntimeError(message)
        visible = time.perf_counter() - begun
        client.close()
    return [
        Figure("a day's update of 2,000 records, until seen", "s", visible, bound=VISIBLE_SECONDS),
        Figure("memory of the update", "MiB", took.mib),
    ]


def crowded(folder: Path, store: Path) -> list[Figure]:
    """Eight clients at once on two workers."""
    with serving(store, workers=2) as server:
        seen = measured_by("benchmarks.full.crowd", store, str(folder / "written.json"), server.address)
        mib = server.worker_mib()
    if seen["errors"]:
        print("\n".join(seen["first_errors"]))
    return [
        Figure("8 clients on 2 workers", "answers/s", seen["per_second"], bound=ANSWERS_A_SECOND, at_least=True),
        Figure("errors among them", "errors", seen["errors"], bound=0),
        Figure("an answer among them", "ms", seen["p95"], seen["median"]),
        Figure("memory of the largest of them", "MiB", mib, bound=WORKER_MIB),
    ]


def _written(folder: Path, scale: float) -> dict[str, Any]:
    found = folder / "written.json"
    if found.exists():
        written: dict[str, Any] = json.loads(found.read_text("utf-8"))
        if written["scale"] == scale:
            return written
    return generate.generate(folder, scale)


def _of_peer(question: Question, others: dict[str, Any] | None) -> tuple[float, float] | None:
    kind = question.name.partition(":")[0]
    if others is None or kind not in others["questions"]:
        return None
    taken = Measurement(kind, tuple(others["questions"][kind]))
    return taken.median, taken.p95


def _counted(client: Client) -> tuple[int, int]:
    sources = client.json("/v1/sources")
    return sum(sources["nodes"].values()), sum(sources["statements"].values())
