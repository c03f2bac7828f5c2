"""From the command to the first page, on a store that is not there yet and on one that is."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Measurement, measure

COMMAND = str(Path(sys.executable).with_name("standards-graph"))
GIVE_UP_AFTER = 120.0
"""Seconds to wait for the first page."""

FIRST_START = 60_000.0
"""Milliseconds; 90 s are promised on a fresh machine, and installing takes its part of them first."""
NEXT_START = 3_000.0


def free_port() -> int:
    """Give a port of the loopback address that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def served(store: Path) -> Iterator[str]:
    """Serve a store, wait for its first page, and give the address; the server is stopped afterwards.

    Raises:
        RuntimeError: the server ended, or gave no page in time.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)],
        env={**os.environ, "STANDARDS_GRAPH_STORE": f"sqlite:///{store}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Ask for a page until it comes."""
    deadline = time.monotonic() + GIVE_UP_AFTER
    while time.monotonic() < deadline:
        if server.poll() is not None:
            message = f"the server ended with exit code {server.returncode}"
            raise RuntimeError(message)
        try:
            with urllib.request.urlopen(address, timeout=GIVE_UP_AFTER) as page:
                page.read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
        else:
            return
    message = f"no page within {GIVE_UP_AFTER:.0f} s"
    raise RuntimeError(message)


def start_and_stop(store: Path) -> None:
    """Serve a store until its first page has come."""
    with served(store):
        pass


def run() -> Iterator[Measurement]:
    """Measure the first start and the ones after it, each with stopping the server."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "graph.sqlite"
        first = "first start: load the shipped data, serve, first page"
        yield measure(first, lambda: start_and_stop(store), runs=1, bound=FIRST_START)
        yield measure("next start: serve, first page", lambda: start_and_stop(store), runs=5, bound=NEXT_START)
