"""Many clients at once, in a process of its own, so that asking takes nothing from those who answer but the processor's time.

    python -m benchmarks.full.crowd WRITTEN ADDRESS

prints what it saw as JSON. Of a hundred questions 40 are look-ups of one thing, 25 searches, 20 who decides, 10 coalitions, 5 paths.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.full.asking import Client, Question, questions

CLIENTS = 8
SECONDS = 20.0
WARM_UP = 4.0
KEPT = 200
"""Questions on one connection; then a new one is made, so that the workers share the clients evenly over time."""
SHARES = {"entity": 40, "search": 25, "oversight": 20, "coalition": 10, "influence": 5}


def mixed(asked: tuple[Question, ...], seed: int) -> Iterator[str]:
    """Addresses without end, in the shares."""
    random = Random(seed)
    kinds, weights = list(SHARES), list(SHARES.values())
    of_kind = {kind: [path for q in asked if q.name.partition(":")[0] == kind for path in q.paths] for kind in kinds}
    while True:
        yield from (random.choice(of_kind[kind]) for kind in random.choices(kinds, weights, k=100))


def run(written: dict[str, Any], address: str) -> dict[str, Any]:
    """Ask with all clients for some seconds: answers a second, p95 in milliseconds, and errors (anything but 200)."""
    asked = questions(written)
    taken: list[list[float]] = [[] for _ in range(CLIENTS)]
    errors: list[str] = []
    begins = time.perf_counter() + WARM_UP
    ends = begins + SECONDS

    def one(number: int) -> None:
        client = Client(address)
        for count, path in enumerate(mixed(asked, number)):
            if count % KEPT == KEPT - 1:
                client.close()
            begun = time.perf_counter()
            try:
                status = client.status(path)
            except OSError as error:
                errors.append(f"{path}: {error}")
                client.close()
                continue
            done = time.perf_counter()
            if done > ends:
                break
            if status != 200:
                errors.append(f"{path}: {status}")
            elif begun >= begins:
                taken[number].append((done - begun) * 1000)
        client.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = sorted(figure for figures in taken for figure in figures)
    return {
        "answers": len(every),
        "per_second": len(every) / SECONDS,
        "median": every[len(every) // 2] if every else 0.0,
        "p95": every[-(-95 * len(every) // 100) - 1] if every else 0.0,
        "errors": len(errors),
        "first_errors": errors[:5],
    }


if __name__ == "__main__":
    json.dump(run(json.loads(Path(sys.argv[1]).read_text("utf-8")), sys.argv[2]), sys.stdout)
