"""The README's promise: every command in it is run, and every answer it shows is the real one; and so with the page on the questions.

A line `...` in a shown answer stands for lines that are left out.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.open import place_of
from queries.questions import QUESTIONS
from tests.api.cli_running import Cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUESTIONS_PAGE = (ROOT / "queries" / "QUESTIONS.md").read_text(encoding="utf-8")
WIDTH = 96

MEMBERS = "organisation,committee,role,since\n国际商业机器(中国)有限公司,SAC/TC 260,member,2016\n"
MAPPING = """\
dataset = "members"
title = "Members, as our own list has them"

[[statement]]
type = "MEMBER_OF"
subject = { organisation = "organisation" }
object = { committee = "committee" }
qualifier = "role"
since = "since"
"""
"""The table that the README's section on one's own data speaks of."""


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command line of a page with the answer shown below it."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        command, shown = "", list[str]()
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, shown
                command, shown = line[2:], []
            else:
                shown.append(line.rstrip())
        if command:
            yield command, shown


COMMANDS = list(commands(README))
ON_QUESTIONS = list(commands(QUESTIONS_PAGE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, shipped_address: str) -> Path:
    """Where the commands are run: outside the checkout, with a store of its own and the table that the README speaks of."""
    made = tmp_path_factory.mktemp("reader")
    shutil.copy(place_of(shipped_address), made / "graph.sqlite")
    (made / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (made / "members.toml").write_text(MAPPING, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """`make serve` on a free port; it must end in order when interrupted."""
    environment = {**os.environ, "STANDARDS_GRAPH_STORE": f"sqlite:///{folder / 'graph.sqlite'}"}
    process = subprocess.Popen(
        ["make", "--no-print-directory", "serve", "PORT=0"], cwd=ROOT, env=environment, text=True, encoding="utf-8",
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    address = ""
    for line in process.stderr:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            address = found[0]
            break
    assert address, "make serve printed no address"
    # What it logs is read on, or a full pipe would stop it.
    rest = threading.Thread(target=process.stderr.read, daemon=True)
    rest.start()
    yield address
    os.killpg(process.pid, signal.SIGINT)
    ended = process.wait(timeout=20)
    rest.join(timeout=20)
    process.stderr.close()
    # make itself is ended by the signal, or says that the command was.
    assert ended in (0, 2, -signal.SIGINT), "make serve did not end in order"


def test_the_first_screen_shows_a_question_with_its_answer() -> None:
    command, shown = COMMANDS[0]
    assert command.startswith("standards-graph ")
    assert len(shown) > 10


@pytest.mark.parametrize(
    ("command", "shown"),
    [c for c in (*COMMANDS, *ON_QUESTIONS) if c[0].startswith("standards-graph")],
    ids=lambda value: str(value)[:60],
)
def test_the_command_does_what_the_readme_shows(
    command: str, shown: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    done = Cli(f"sqlite:///{folder / 'graph.sqlite'}")(*shlex.split(command)[1:], width=WIDTH)
    assert done.code == 0, done.err
    if shown:
        assert holds([line.rstrip() for line in done.lines], shown), done.out


@pytest.mark.parametrize("command", [c for c, _ in COMMANDS if c.startswith("curl")])
def test_the_address_answers(command: str, served: str) -> None:
    address = shlex.split(command)[-1].replace("http://127.0.0.1:8000", served)
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200
        assert len(answer.read()) > 500


def test_every_question_has_a_section_with_a_command() -> None:
    sections = dict(re.findall(r"^## (\w+): .*?\n(.*?)(?=^## |\Z)", QUESTIONS_PAGE, re.MULTILINE | re.DOTALL))
    assert set(QUESTIONS) | {"oversight", "coalition", "influence", "access", "brief", "evaluate"} == set(sections)
    assert all(f"$ standards-graph {name}" in text for name, text in sections.items())


def test_nothing_but_make_is_left_over() -> None:
    others = [c for c, _ in COMMANDS if not c.startswith(("standards-graph", "curl"))]
    assert others == ["make serve"]


def test_make_serve_opens_the_first_page(served: str) -> None:
    with urllib.request.urlopen(served + "/") as answer:
        assert "GB/T 22239-2019" in answer.read().decode()


def holds(printed: list[str], shown: list[str]) -> bool:
    """Whether the shown lines stand in what was printed, in order, and without gaps but where `...` says so."""
    at, gap = 0, False
    for line in shown:
        if line.strip() == "...":
            gap = True
            continue
        places = range(at, len(printed)) if gap else range(at, at + 1)
        found = next((n for n in places if n < len(printed) and printed[n] == line), None)
        if found is None:
            return False
        at, gap = found + 1, False
    return True
