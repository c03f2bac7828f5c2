"""The questions at a terminal, on the shipped data: what is printed reads well, and `--json` is the API's body."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import networkx
import pytest
from fastapi.testclient import TestClient
from rich.cells import cell_len

from graph import schema
from tests.api.cli_running import Cli
from tests.conftest import LOADED_ON

DAY = LOADED_ON.isoformat()
TODAY = ("--as-of", DAY)

QUESTIONS = {
    "oversight": ("oversight", "GB/T 22239-2019", *TODAY),
    "committee": ("oversight", "SAC/TC 485", *TODAY),
    "coalition": ("coalition", "GB/T 45315-2025", "--for", "BMW", *TODAY),
    "influence": ("influence", "--from", "Qualcomm", "--to", "SAC/TC 114", *TODAY),
    "access": ("access", "Microsoft", "SAC/TC 260", *TODAY),
    "show": ("show", "SAC/TC 260", "--limit", "100", *TODAY),
    "search": ("search", "技术", *TODAY),
}
every_question = pytest.mark.parametrize("question", QUESTIONS)


@pytest.fixture(scope="module")
def cli(shipped_address: str) -> Cli:
    return Cli(shipped_address)


@every_question
@pytest.mark.parametrize(("width", "lang"), [(80, "en"), (80, "zh"), (160, "en")])
def test_lines_fit_and_end_without_blanks(cli: Cli, question: str, width: int, lang: str) -> None:
    done = cli.ask(*QUESTIONS[question], "--lang", lang, width=width)
    assert done.code == 0
    assert done.err == ""
    assert done.lines
    for line in done.lines:
        assert line == line.rstrip()
        assert cell_len(line) <= width or "://" in line, line


@every_question
def test_colours_change_nothing_but_colours(cli: Cli, question: str) -> None:
    plain = cli.ask(*QUESTIONS[question], "--lang", "en", width=80)
    coloured = cli.ask(*QUESTIONS[question], "--lang", "en", width=80, colours=True)
    assert "\x1b[" not in plain.out
    assert "\x1b[" in coloured.out
    assert coloured.plain == plain.out


@every_question
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_identifier_or_code_word_is_shown(cli: Cli, question: str, lang: str) -> None:
    text = re.sub(r"https?://\S+", "", cli.ask(*QUESTIONS[question], "--lang", lang, width=80).out)
    assert not re.findall(r"\b(?:org|committee|standard|field|policy):[a-z]", text)
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", text)
    assert not [name for name in schema.RELATIONSHIPS if re.search(rf"\b{name}\b", text)]


@every_question
def test_every_mark_is_explained_and_only_those(cli: Cli, question: str) -> None:
    text = cli.ask(*QUESTIONS[question], "--lang", "en", width=160).out
    body, _, sources = text.partition("\nSources\n")
    assert set(re.findall(r"\[(\d+)\]", body)) == set(re.findall(r"^  \[(\d+)\]", sources, re.MULTILINE))
    assert ("no page on record confirms it\n" in sources.split("[")[0]) == bool(re.search(r"[ (]\*\??\[\d", body))


def test_oversight_begins_with_what_the_standard_is(cli: Cli) -> None:
    done = cli.ask(*QUESTIONS["oversight"])
    assert done.lines[:5] == [
        "Who decides GB/T 22239-2019",
        "  信息安全技术 网络安全等级保护基本要求",
        "  Information security technology -- Baseline for classified protection of cybersecurity",
        "  national standard · voluntary · published 2019-05-10 · in force since 2019-12-01",
        f"  as of {DAY}",
    ]


def test_oversight_names_who_decides_and_does_not_repeat_it(cli: Cli) -> None:
    text = cli.ask(*QUESTIONS["oversight"], width=160).out
    assert "└── SAC/TC 260 National Cybersecurity Standardization Technical Committee" in text
    secretariat = re.search(r"China Electronics Standardization Institute 中国电子技术标准化研究院  (.*)", text)
    assert secretariat
    assert secretariat[1].startswith("hosts the secretariat of SAC/TC 260 [")
    assert "State Council is the superior" not in text
    above = " ".join(text.partition("\nStands above\n")[2].replace("│", " ").replace("├── ", "").split())
    assert re.search(r"State Council 国务院 is the superior of .*Ministry of Public Security \*\[1\]", above)


def test_a_standard_of_the_future_says_so(cli: Cli) -> None:
    text = " ".join(cli.ask("oversight", "GB/T 22239-2019", "--as-of", "2017").out.split())
    assert "in force from 2019-12-01" in text
    assert "Not yet published on 2017-12-31" in text
    assert "GB/T 22239-2008" in text


def test_in_chinese_headings_names_and_facts_are_chinese(cli: Cli) -> None:
    lines = cli.ask(*QUESTIONS["oversight"], "--lang", "zh").lines
    assert lines[0] == "GB/T 22239-2019由谁决定"
    assert "  国家标准 · 推荐性 · 2019-05-10发布 · 2019-12-01起实施" in lines
    assert {"归口", "发布", "另有职权主张", "注意", "来源"} <= set(lines)


def test_columns_stay_aligned_beside_chinese(cli: Cli) -> None:
    lines = cli.ask(*QUESTIONS["search"], width=120).lines
    head = next(line for line in lines if line.split() == ["#", "name", "kind"])
    column = cell_len(head[: head.index("kind")])
    kinds = {label.en for label in schema.LABELS.values()}
    rows = [line for line in lines if re.match(r" *\d+  ", line)]
    assert len(rows) == 20
    for row in rows:
        kind = next(kind for kind in sorted(kinds, key=len, reverse=True) if row.endswith(f"  {kind}"))
        assert cell_len(row[: -len(kind)]) == column


def test_the_mark_of_where_a_name_was_found(cli: Cli) -> None:
    assert "found as 信安标委" in cli.ask("search", "信安标委", width=160).out


def test_access_is_short_and_leads_with_the_verdict(cli: Cli) -> None:
    lines = cli.ask(*QUESTIONS["access"]).lines
    verdict = next(n for n, line in enumerate(lines) if "is a member of" in line)
    assert verdict <= 8
    assert len(lines) < 100
    general = "National technical committees for standardization"
    assert sum(general in line for line in lines) == 0


def test_coalition_shows_home_figures_and_how_many_more_there_are(cli: Cli) -> None:
    done = cli.ask("coalition", "GB/T 45315-2025", "--for", "BMW", "--limit", "3", *TODAY, width=200)
    assert "CN, central state-owned enterprise" in done.out
    total = cli.ask("coalition", "GB/T 45315-2025", "--for", "BMW", "--limit", "3", *TODAY, "--json").body["total"]
    assert f"and {total - 3} more; a larger --limit shows them" in done.out


def test_a_partner_without_a_part_in_the_matter_is_called_so(cli: Cli) -> None:
    rows = cli.ask("coalition", "GB/T 45315-2025", "--for", "BMW", *TODAY, width=200).lines
    saic = next(row for row in rows if re.search(r"\d  SAIC Motor ", row))
    assert "not on its list on record" in saic
    listed = next(row for row in rows if re.search(r"\d  Huawei ", row))
    assert "not on its list on record" not in listed


def test_a_column_that_nobody_fills_is_left_out(cli: Cli) -> None:
    seated = cli.ask("coalition", "SAC/TC 114", "--for", "BMW", *TODAY, width=120).out
    assert "on this matter" in seated
    seatless = cli.ask("coalition", "SAC/TC 485", "--for", "Ericsson", *TODAY, width=120).out
    assert "partner" in seatless
    assert ("on this matter" in seatless) == ("no seat on record" in seatless)


def test_the_ground_of_access_is_said_once(cli: Cli) -> None:
    for lang, twice in (("en", "in practice, in practice"), ("zh", "实际上仍不开放，实践中")):
        assert twice not in cli.ask("access", "Microsoft", "SAC/TC 260", "--lang", lang, *TODAY, width=400).out


def test_who_is_in_charge_in_two_capacities_is_marked_once(cli: Cli) -> None:
    shown = cli.ask("oversight", "GB/T 7424.20-2021", *TODAY, width=200).out
    charge = shown.split("In charge of it")[1].split("\n\n")[0]
    assert "SAC/TC 485" in charge
    assert "; [" not in charge


def test_show_counts_honestly_and_goes_on_where_it_stopped(cli: Cli) -> None:
    first = cli.ask("show", "MIIT", "--limit", "10", *TODAY)
    assert re.search(r"\d+ of \d+ statements shown", first.out)
    assert "not shown here: " in first.out
    cursor = re.search(r"--after (\S+)", first.out)
    assert cursor
    second = cli.ask("show", "MIIT", "--limit", "10", "--after", cursor[1], *TODAY)
    assert second.code == 0
    assert second.out != first.out


def test_show_of_one_kind_of_relationship(cli: Cli) -> None:
    text = cli.ask("show", "SAC/TC 260", "--type", "HOSTS_SECRETARIAT", *TODAY).out
    assert "Has its secretariat at" in text
    assert "Has as member" not in text


def test_facts_of_a_standard_are_in_words(cli: Cli) -> None:
    assert re.search(r"stage +60 publication \(since 2019-05-10\)", cli.ask("show", "GB/T 22239-2019", *TODAY).out)
    assert re.search(r"阶段 +60 出版（2019-05-10起）", cli.ask("show", "GB/T 22239-2019", "--lang", "zh", *TODAY).out)


@pytest.mark.parametrize(
    "question",
    [
        ("oversight", "GB/T 22239-2019"),
        ("access", "Microsoft", "SAC/TC 260"),
        ("coalition", "GB/T 45315-2025", "--for", "BMW"),
        ("influence", "--from", "Microsoft", "--to", "CAC"),
        ("show", "Microsoft"),
    ],
)
def test_an_answer_that_nothing_supports_says_so(cli: Cli, question: tuple[str, ...]) -> None:
    done = cli.ask(*question, "--basis", "user", *TODAY)
    assert done.code in (0, 1)
    assert done.err == ""
    assert "[1]" not in done.out
    assert "org:" not in done.out


def test_what_has_a_low_confidence_is_marked_and_explained(cli: Cli) -> None:
    text = cli.ask(*QUESTIONS["show"], "--lang", "en", width=160).out
    assert re.search(r"SWG-BDS .*\*\?\[\d+\]", text)
    assert "? the source or its reading is doubtful" in text


API: dict[str, tuple[str, dict[str, Any]]] = {
    "oversight": ("/v1/standards/GB%2FT%2022239-2019/oversight", {}),
    "committee": ("/v1/committees/SAC%2FTC%20485/oversight", {}),
    "coalition": ("/v1/standards/GB%2FT%2045315-2025/coalition", {"for": "BMW"}),
    "influence": ("/v1/influence", {"from": "Qualcomm", "to": "SAC/TC 114"}),
    "access": ("/v1/access", {"actor": "Microsoft", "body": "SAC/TC 260"}),
    "show": ("/v1/entities/SAC%2FTC%20260/adjacent", {"limit": 100}),
    "search": ("/v1/search", {"q": "技术"}),
}


@every_question
def test_json_is_the_body_of_the_api(cli: Cli, client: TestClient, question: str) -> None:
    path, parameters = API[question]
    response = client.get(path, params={"as_of": DAY, **parameters})
    assert response.status_code == 200, response.text
    done = cli.ask(*QUESTIONS[question], "--json")
    assert done.code == 0
    assert done.out.encode() == response.content


def test_json_of_sources_is_the_body_of_the_api(cli: Cli, client: TestClient) -> None:
    assert cli.ask("sources", "--json").out.encode() == client.get("/v1/sources").content


def test_filters_reach_the_question(cli: Cli) -> None:
    everything = cli.ask(*QUESTIONS["oversight"], "--json").body
    pages = cli.ask(*QUESTIONS["oversight"], "--json", "--basis", "page", "--min-confidence", "high").body
    assert len(pages["items"]) < len(everything["items"])
    said = [e for item in pages["items"] for e in item["evidence"]]
    assert said
    assert {(e["basis"], e["confidence"]) for e in said} == {("page", "high")}
    dated = cli.ask(*QUESTIONS["oversight"], "--json", "--dated").body
    assert {e["dated"] for item in dated["items"] for e in item["evidence"]} == {True}


@pytest.mark.parametrize("form", ["html", "svg", "graphml", "csv"])
def test_a_picture_in_every_format(cli: Cli, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"decides.{form}"
    done = cli.ask("picture", "GB/T 22239-2019", "--out", str(file))
    assert (done.code, done.out.strip()) == (0, str(file))
    content = file.read_text("utf-8-sig")
    assert "SAC/TC 260" in content
    if form == "graphml":
        assert networkx.read_graphml(file).number_of_nodes() > 3


@pytest.mark.parametrize(
    ("arguments", "question"),
    [
        (("GB/T 45315-2025", "--for", "BMW"), "coalition"),
        (("Qualcomm", "--to", "SAC/TC 114"), "influence"),
        (("CESI",), "entity"),
    ],
)
def test_the_picture_of_each_question_has_a_file_of_its_name(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], question: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = cli.ask("picture", *arguments)
    (file,) = tmp_path.iterdir()
    assert done.out.strip() == file.name
    assert file.name.startswith(f"{question}-")
    assert file.suffix == ".html"


def test_a_question_can_draw_its_answer_as_well(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "paths.svg"
    done = cli.ask(*QUESTIONS["influence"], "--picture", str(file))
    assert done.code == 0
    assert "Who" in done.out or "How" in done.out
    assert file.read_text("utf-8").startswith("<svg") or "<svg" in file.read_text("utf-8")[:300]
