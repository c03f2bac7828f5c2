"""The command as a program of its own: exit codes, standard input, closed pipes, signals."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request

COMMAND = [sys.executable, "-m", "api.cli"]


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


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from api.cli import run; run(['--help']);"
        "heavy = {'networkx', 'fastapi', 'pypinyin', 'opencc', 'uvicorn', 'jinja2', 'pyvis', 'pydantic_settings'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("serve", "load", "search", "oversight", "doctor"):
        assert command in done.stdout
