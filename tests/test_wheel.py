"""A wheel built from the project works on its own: outside the checkout, with only its dependencies."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("graph", "loaders", "queries", "api")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    run([*pip, "--wheel-dir", str(folder), str(ROOT)], folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it, and dependencies borrowed from the one that runs the tests.

    The borrowed folder comes after the wheel's on the path, and an editable install in it is not followed.
    """
    folder = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", str(wheel)], folder)
    (own,) = folder.glob("lib/python*/site-packages")
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return folder


def run(command: list[str], folder: Path, **variables: str) -> str:
    """Run a command in a folder with nothing of the tests' own environment, and give what it printed."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "HOME": str(folder), "PIP_DISABLE_PIP_VERSION_CHECK": "1", **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == expected


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    assert any(name.endswith("/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_the_packages_come_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    code = f"import {', '.join(PACKAGES)}\nfor module in ({', '.join(PACKAGES)}): print(module.__file__)"
    printed = run([str(environment / "bin" / "python"), "-c", code], tmp_path)
    assert len(printed.splitlines()) == len(PACKAGES)
    assert all(line.startswith(str(environment)) for line in printed.splitlines())


def test_the_command_says_what_it_can_do(environment: Path, tmp_path: Path) -> None:
    printed = run([str(environment / "bin" / "standards-graph"), "--help"], tmp_path)
    assert all(command in printed for command in ("serve", "load", "search", "oversight", "coalition"))


def test_the_shipped_data_answers_without_the_checkout(environment: Path, tmp_path: Path) -> None:
    store = tmp_path / "graph.sqlite"
    command = [str(environment / "bin" / "standards-graph"), "search", "CESI", "--json"]
    body = json.loads(run(command, tmp_path, STANDARDS_GRAPH_STORE=f"sqlite:///{store}"))
    assert "中国电子技术标准化研究院" in json.dumps(body["items"][0], ensure_ascii=False)
    assert store.is_file()
