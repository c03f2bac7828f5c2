"""Commands of the project as processes of their own: what they took, and how much memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bench_start import COMMAND, free_port, wait_for

_KIB = 1024
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else _KIB
"""Bytes that the system counts the largest memory of a process in."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that ended well: seconds on the clock, the most memory in MiB, what it printed."""

    seconds: float
    mib: float
    printed: str


def environment(store: Path) -> dict[str, str]:
    """The environment in which every command works on that store."""
    return {**os.environ, "STANDARDS_GRAPH_STORE": f"sqlite:///{store}", "STANDARDS_GRAPH_LOG_LEVEL": "ERROR"}


def run(store: Path, *arguments: str) -> Ran:
    """Run `standards-graph` to its end. Raises RuntimeError, with what it said, where it does not end well."""
    return run_program([COMMAND, *arguments], store)


def run_program(command: list[str], store: Path) -> Ran:
    """Run any program to its end; its memory is that of all processes it started, together."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=environment(store), stdout=said, stderr=complained)
        with _watched(process.pid) as seen:
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        printed = said.read().decode()
        if process.returncode:
            message = f"{' '.join(command)} ended with {process.returncode}: {complained.read().decode()[-2000:]}{printed[-2000:]}"
            raise RuntimeError(message)
    return Ran(seconds, max(seen[0], used.ru_maxrss * _MAXRSS_UNIT / _KIB**2), printed)


@contextmanager
def _watched(process: int) -> Iterator[list[float]]:
    """Look at a process and all that it started, twice a second, and note the most memory they held together, in MiB.

    The system counts the largest of several processes, not their sum; and what they share must count once.
    """
    most, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            most[0] = max(most[0], sum(_own_kib(pid, rss) for pid, rss in family(process).items()) / _KIB)

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield most
    finally:
        over.set()
        watch.join()


def family(process: int) -> dict[int, int]:
    """A process and all below it, with the memory that each has in use, in KiB."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines() if line.strip()]
    ours = {process}
    while more := {pid for pid, parent, _ in rows if parent in ours} - ours:
        ours |= more
    return {pid: rss for pid, _, rss in rows if pid in ours}


def _own_kib(pid: int, rss: int) -> int:
    """The memory of a process where what it shares counts by its part; all of it where the system does not tell."""
    try:
        rolled_up = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return rss
    found = re.search(r"^Pss:\s+(\d+) kB", rolled_up, re.MULTILINE)
    return int(found[1]) if found else rss


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: its address and its process."""

    address: str
    process: subprocess.Popen[bytes]

    def worker_mib(self) -> float:
        """The memory of the largest process that serves: this one, or one of those that it started."""
        return max(family(self.process.pid).values()) / _KIB


@contextmanager
def serving(store: Path, workers: int = 1) -> Iterator[Server]:
    """Serve the store until the block ends: by the command itself, or by several workers of one listener."""
    port = free_port()
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port), "--workers", str(workers)],
        env=environment(store),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        yield Server(f"127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait()


def measured_by(module: str, store: Path, *arguments: str) -> Any:
    """Run a module of the benchmarks in a process of its own, and read the JSON that it prints."""
    return json.loads(run_program([sys.executable, "-m", module, *arguments], store).printed)
