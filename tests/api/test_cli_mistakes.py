"""What goes wrong is told in one line, with the option's name and an exit code; nothing a name holds can steer a terminal."""

from __future__ import annotations

from importlib import metadata

import pytest

from graph.store import Store
from tests.api.cli_running import Cli
from tests.api.conftest import HOSTILE_NAMES


@pytest.fixture(scope="module")
def cli(shipped_address: str) -> Cli:
    return Cli(shipped_address)


@pytest.fixture(scope="module")
def hostile_cli(hostile_store: Store) -> Cli:
    return Cli(f"sqlite:///{hostile_store.state().place}")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("oversight", "GB/T 22239-2018"), 1, "GB/T 22239-2019"),
        (("oversight", "BMW"), 1, "No standard or committee on record by 'BMW'"),
        (("show", "华为技木"), 1, "Nearest: "),
        (("access", "Microsoft", "nobody at all"), 1, "No committee, association or agency on record"),
        (("oversight", "GB/T 22239", "--as-of", "2019-13"), 2, "--as-of: '2019-13' is not a date"),
        (("oversight", "GB/T 22239", "--as-of", ""), 2, "--as-of: '' is not a date"),
        (("oversight", ""), 2, "standard is empty"),
        (("show", "x" * 10_000), 2, "10000 characters"),
        (("search", "x", "--limit", "0"), 2, "--limit"),
        (("search", "x", "--limit", "101"), 2, "--limit"),
        (("search", "x", "--limit", "many"), 2, "--limit"),
        (("search", "x", "--after", "nonsense"), 2, "--after: 'nonsense' is not a page cursor"),
        (("search", "x", "--label", "Firm"), 2, "--label: 'Firm' is not known; there are: Agency"),
        (("search", " "), 2, "words are empty"),
        (("search", "x", "--lang", "fr"), 2, "--lang: 'fr' is no language"),
        (("show", "CESI", "--type", "KNOWS"), 2, "--type: 'KNOWS' is not known"),
        (("influence", "--from", "BMW"), 2, "--to"),
        (("influence", "--from", "BMW", "--to", "MIIT", "--limit", "11"), 2, "--limit"),
        (("coalition", "GB/T 45315-2025"), 2, "--for"),
        (("oversight", "GB/T 22239", "--basis", "hearsay"), 2, "--basis"),
        (("oversight", "GB/T 22239", "--min-confidence", "sure"), 2, "--min-confidence"),
        (("oversight", "GB/T 22239", "--colour"), 2, "--colour"),
        (("oversight",), 2, "STANDARD|COMMITTEE"),
        (("guess",), 2, "guess"),
        (("picture", "CESI", "--out", "nowhere/picture.svg"), 2, "--out: nowhere/picture.svg: cannot be written"),
        (("picture", "CESI", "--out", "picture.png"), 2, "--out: picture.png: pictures end in .html, .svg"),
        (("picture", "CESI", "--out", "no/such/folder/p.svg"), 2, "cannot be written"),
        (("picture", "CESI", "--for", "BMW", "--to", "MIIT"), 2, "--for"),
        (("export", "graph.xlsx"), 2, "--format: 'xlsx' is no format"),
        (("export", "graph.csv"), 2, "CSV is a folder"),
        (("export", "no/such/folder/graph.jsonl"), 2, "cannot be written"),
        (("load", "no-such-table.csv"), 2, "no-such-table.csv: no such file"),
        (("load", "--undo", "nothing"), 2, "--undo: dataset 'nothing' is not loaded"),
        (("load", ".", "--undo", "seats"), 2, "--undo"),
        (("search", "x", "--store", "neo5j://x"), 2, "--store: 'neo5j://x' names no engine"),
        (("search", "x", "--store", "sqlite:////no/such/folder/graph.sqlite"), 2, "there is no folder /no/such/folder"),
        (("load", "--store", "sqlite:////no/such/folder/graph.sqlite"), 2, "there is no folder /no/such/folder"),
        (("serve", "--port", "65536"), 2, "--port"),
        (("serve", "--host", "no host"), 2, "host"),
    ],
)
def test_one_line_says_what_is_wrong(cli: Cli, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = cli(*arguments)
    assert done.code == code
    assert done.out == ""
    assert said in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("search", "zzzz qqqq"), ("number", "2019-05-10")])
def test_nothing_found_is_an_exit_code_of_its_own(cli: Cli, arguments: tuple[str, ...]) -> None:
    done = cli(*arguments)
    assert done.code == 1
    assert done.err == ""


def test_without_a_command_the_help_is_printed(cli: Cli) -> None:
    done = cli()
    assert (done.code, done.err) == (2, "")
    assert 'standards-graph oversight "GB/T 22239-2019"' in done.out


def test_the_version(cli: Cli) -> None:
    assert cli("--version").out == f"standards-graph {metadata.version('standards-graph')}\n"


def test_a_variable_of_the_environment_is_named(cli: Cli) -> None:
    done = cli("search", "CESI", STANDARDS_GRAPH_PORT="eighty")
    assert done.code == 2
    assert done.err.startswith("STANDARDS_GRAPH_PORT: 'eighty' cannot be used")


def test_an_ambiguous_name_lists_what_it_may_mean(cli: Cli) -> None:
    done = cli("show", "CTMA")
    assert done.code == 1
    assert "China Tea Marketing Association" in done.err
    assert "China Textile Machinery Association" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("id", HOSTILE_NAMES)
@pytest.mark.parametrize("colours", [False, True])
def test_hostile_names_are_shown_as_they_are(hostile_cli: Cli, id: str, colours: bool) -> None:
    done = hostile_cli("show", id, colours=colours)
    assert done.code == 0
    assert all(c.isprintable() or c == "\n" for c in done.plain)
    name = "".join(c for c in HOSTILE_NAMES[id] if c.isprintable())
    assert name[:40] in done.plain
    assert len(done.plain) < 6_000


ATTACKS = [
    "\x1b[31mred\x1b]0;title\x07",
    "[bold]loud[/bold] [/]",
    "<script>x</script>",
    "a\x00b",
    "\udcff\udc80",
    "😀" * 50,
    "x" * 400,
]


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("command", ["search", "show", "oversight", "number", "names"])
def test_hostile_arguments_end_quietly(cli: Cli, command: str, text: str) -> None:
    for options in ((), ("--json",)) if command in ("search", "number") else ((),):
        done = cli(command, text, *(("公安部",) if command == "names" else ()), *options)
        assert done.code in (0, 1, 2)
        assert "Traceback" not in done.err
        assert all(c.isprintable() or c == "\n" for c in done.out + done.err)
        done.out.encode("utf-8")
