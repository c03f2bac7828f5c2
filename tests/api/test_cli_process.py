"""The command as a program of its own: exit codes, standard input, closed pipes, signals."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from graph.open import open_store

COMMAND = [sys.executable, "-m", "api.cli"]
RESPONSE = Path(__file__).parent.parent / "loaders" / "fixtures" / "samr" / "search_response.json"


def environment(address: str) -> dict[str, str]:
    return {**os.environ, "STANDARDS_GRAPH_STORE": address, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}


def test_a_reader_that_has_seen_enough_ends_it_quietly(shipped_address: str) -> None:
    command = [*COMMAND, "show", "SAC", "--limit", "200"]
    with subprocess.Popen(
        command, env=environment(shipped_address), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as shown:
        assert shown.stdout
        assert shown.stderr
        shown.stdout.read(10)
        shown.stdout.close()
        assert shown.stderr.read() == b""
        assert shown.wait() == 0


def test_standard_input_and_the_exit_code(shipped_address: str) -> None:
    done = subprocess.run(
        [*COMMAND, "number", "--json"],
        env=environment(shipped_address),
        input=b"GBT22239\n",
        capture_output=True,
        check=True,
    )
    assert b'"number":"GB/T 22239"' in done.stdout
    done = subprocess.run(
        [*COMMAND, "show", b"\xff\xfe[bold]"], env=environment(shipped_address), capture_output=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert done.stdout == b""


def test_serve_answers_and_ends_with_exit_code_0(shipped_address: str) -> None:
    command = [*COMMAND, "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment(shipped_address), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        address = next(m[0] for line in server.stderr if (m := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        with urllib.request.urlopen(address + "healthz") as answer:
            assert b"alive" in answer.read()
        server.send_signal(signal.SIGTERM)
        assert "Traceback" not in server.stderr.read()
        assert server.wait() == 0


def test_a_terminal_without_chinese_shows_signs_in_its_place(shipped_address: str) -> None:
    done = subprocess.run(
        [*COMMAND, "search", "信安标委"],
        env=environment(shipped_address) | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert b"National Cybersecurity Standardization Technical Committee" in done.stdout
    assert done.stderr == b""


HEAVY = frozenset({"asyncio", "fastapi", "jinja2", "networkx", "pyvis", "uvicorn"})
OF_A_QUESTION = frozenset({"queries.coalition", "queries.evidence", "queries.resolve", "queries.status"})
"""What is imported when a question is asked; the table of questions alone is light."""
OF_HELP = HEAVY | OF_A_QUESTION | {"graph.sqlite", "loaders", "opencc", "pypinyin", "xlsxwriter"}
OF_A_LOAD = (
    HEAVY
    | OF_A_QUESTION
    | {
        "loaders.forewords",
        "loaders.mapping",
        "loaders.relaton",
        "pypinyin",
        "rapidfuzz",
        "xlrd",
        "yaml",
    }
)


def imported_by(*arguments: str, address: str = "") -> tuple[frozenset[str], str]:
    """The modules that a command has imported when it ends, and what it printed."""
    code = f"import sys; from api.cli import run; run({arguments!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(address), capture_output=True, text=True, check=True
    )
    return frozenset(done.stderr.split()), done.stdout


@pytest.mark.parametrize("command", [(), ("load",)])
def test_help_imports_nothing_heavy(command: tuple[str, ...]) -> None:
    imported, printed = imported_by(*command, "--help")
    assert imported & OF_HELP == frozenset()
    for word in ("--dry-run",) if command else ("serve", "load", "search", "oversight", "doctor"):
        assert word in printed


def test_a_load_imports_only_what_reads_what_was_given(tmp_path: Path) -> None:
    store = tmp_path / "graph.sqlite"
    open_store(str(store), create=True).close()
    imported, printed = imported_by("load", str(RESPONSE), address=f"sqlite:///{store}")
    assert "samr-national" in printed
    assert imported & OF_A_LOAD == frozenset()
