"""The house keeps its shape: arrows one way, databases in one room, nothing of a particular machine."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("graph", "loaders", "queries", "api")
OUTSIDE_GRAPH = ("loaders", "queries", "api")

TOP_LEVEL = {
    *PACKAGES,
    "tests",
    "benchmarks",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    # How it is deployed.
    "compose.yaml",
    "Dockerfile",
    "deploy",
}

STATEMENTS = re.compile(
    r"""
      \bSELECT\b.+\bFROM\b
    | \bINSERT\s+(?:OR\s+\w+\s+)?INTO\b
    | \bUPDATE\s+\S+\s+SET\b
    | \bDELETE\s+FROM\b
    | \b(?:CREATE|DROP|ALTER)\s+(?:VIRTUAL\s+|UNIQUE\s+|FULLTEXT\s+)?(?:TABLE|INDEX|CONSTRAINT)\b
    | \bPRAGMA\s+\w+
    | \b(?:OPTIONAL\s+)?(?:MATCH|MERGE)\s*\(
    | \bUNWIND\s+\$
    """,
    re.VERBOSE | re.DOTALL,
)

# Written with classes of one letter, so that this file does not find itself.
OF_ONE_MACHINE = re.compile(
    r"""
      \bpy[p]i\b | pythonhosted[.] | registry[.][n]pmjs | static[.][c]rates | repo1?[.][m]aven
    | proxy[.][g]olang
    | (?<![\w.])/[w]ork/ | [.][.]/[s]hared/
    | (?<![\w.])/[r]oot/ | (?<![\w.])/home/[a-z]
    """,
    re.VERBOSE,
)


def files_of_the_repository() -> list[Path]:
    """Give every file that is or will be part of the project; without git, every file that is not hidden."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        paths = [ROOT / name for name in listed.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not any(part[0] == "." for part in path.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)


def strings_of(source: str) -> Iterator[tuple[int, str]]:
    """Give each string of a module with its line, f-strings with a blank for each hole, no docstrings."""
    tree = ast.parse(source)
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
            pieces = (str(part.value) if isinstance(part, ast.Constant) else " _ " for part in node.values)
            yield node.lineno, "".join(pieces)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def test_imports_run_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert not failed, capsys.readouterr().out


@pytest.mark.parametrize(
    "source",
    [
        'rows = run("SELECT id FROM node")',
        'rows = run(f"SELECT {columns} FROM {table}")',
        'run("INSERT OR IGNORE INTO node VALUES (?)")',
        'run("UPDATE node SET name = ?")',
        'run("DELETE FROM node")',
        'run("CREATE UNIQUE INDEX node_id ON node (id)")',
        'run("PRAGMA journal_mode = WAL")',
        'run("MATCH (n) RETURN n")',
        'run("UNWIND $rows AS row MERGE (n {id: row.id})")',
    ],
)
def test_a_statement_of_a_database_is_recognised(source: str) -> None:
    assert any(STATEMENTS.search(text) for _, text in strings_of(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""SELECT a row FROM the table of standards by hand."""',
        'help = "Select a standard from the list, or update the set"',
        "found = re.match(pattern, text)",
    ],
)
def test_plain_words_are_not_taken_for_a_statement(source: str) -> None:
    assert not any(STATEMENTS.search(text) for _, text in strings_of(source))


def test_only_graph_speaks_to_databases() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:80]}"
        for package in OUTSIDE_GRAPH
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in strings_of(path.read_text("utf-8"))
        if STATEMENTS.search(text)
    ]
    assert not found, "SQL or Cypher outside graph/:\n" + "\n".join(found)


def test_nothing_names_one_machine_or_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {hit.group()}"
        for path in files_of_the_repository()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if (hit := OF_ONE_MACHINE.search(line))
    ]
    assert not found, "of one machine, or a registry:\n" + "\n".join(found)


def test_the_top_level_stays_bare() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in files_of_the_repository()}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_says_what_lives_there_and_is_typed(package: str) -> None:
    assert ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text("utf-8")))
    assert (ROOT / package / "py.typed").is_file()


def test_every_dependency_is_locked_with_a_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    for lock, wanted in (
        ("runtime.txt", runtime),
        ("dev.txt", [*runtime, *project["dependency-groups"]["dev"]]),
    ):
        text = (ROOT / ".lock" / lock).read_text("utf-8")
        locked = set(re.findall(r"^([a-z0-9-]+)==\S+ (?:;.*)?\\\n    --hash=sha256:", text, re.MULTILINE))
        names = {re.split(r"[><=~!;\[ ]", requirement, maxsplit=1)[0].lower() for requirement in wanted}
        assert names <= locked, f".lock/{lock} lacks {sorted(names - locked)}: run make lock"
