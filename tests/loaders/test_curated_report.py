"""The report of 2020 as tables: nothing is refused, every section and figure is there, and it says what the report says."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import Basis, Document, Statement
from graph.script import has_han
from loaders import read, shipped
from loaders.documents import Documents
from loaders.outcomes import TableCounts

BESIDE = ("fields.csv", "agencies.jsonl", "associations.jsonl", "policies.jsonl")
"""Shipped tables whose bodies, fields and policies the report speaks of."""

SECTIONS = (
    "Executive Summary", "Introduction", "Methodology",
    "China's Current Standardization System and Reform Efforts", "Government oversight", "Types of Chinese standards",
    "China's technical committees and the drafting process for national standards",
    "Drafting Process for Mandatory National Standards", "Main Channels for Participation",
    "Divergent Standards: What is the Business Impact?", "To what degree has China accepted international standards?",
    "Examples of unique Chinese standards", "Challenges With Participating and Exerting Influence in Standards Setting",
    "Access is improving, though challenges remain", "Processes not fully transparent, despite recent progress",
    "Differing priorities impact influence", "Other Challenges in China's Standards-Setting Environment",
    "Non-science-based standards", "Blurred line between voluntary and mandatory standards",
    "Emergence of association standards", "IP and liability concerns with enterprise standards",
    "SOE use of enterprise standards", "Association fee collection practices",
    "Implementation transition period and clarification", "Out-of-date standards", "Best Practices for Companies",
    "Establish company as an industry leader", "Build industry consensus", "Engage with the relevant regulators",
    "Align business plans with government priorities", "Optimize internal organization", "Conclusion",
    "Acknowledgements", "Appendix, timeline",
)  # fmt: skip
"""Every heading of the report under which something is said."""

TIMELINE = (
    "2015 March", "2015 June", "2015 December", "2017 January", "2017 November", "2017 December", "2018 February",
    "2018 March", "2018 July", "2019 January", "2019 March, first", "2019 March, second", "2019 November",
    "2020 January, first", "2020 January, second", "2020 January, third",
)  # fmt: skip
"""Every entry of the report's timeline."""


def tables() -> list[Path]:
    return sorted(p for p in shipped().glob("report_2020_*") if p.suffix in (".csv", ".jsonl"))


def rows() -> Iterator[tuple[str, dict[str, object]]]:
    for path in tables():
        with path.open(encoding="utf-8") as file:
            found = csv.DictReader(file) if path.suffix == ".csv" else map(json.loads, file)
            yield from ((path.name, row) for row in found)


@pytest.fixture(scope="module")
def loaded() -> tuple[tuple[Statement, ...], dict[str, TableCounts], tuple[str, ...]]:
    reading = read([*tables(), *(shipped() / name for name in BESIDE)])
    found = tuple(
        statement
        for dataset in reading.datasets
        if dataset.id.startswith("report-2020-")
        for batch in reading.batches(dataset.id)
        for statement in batch.statements
    )
    counts = {name: n for name, n in reading.counts.items() if name.startswith("report_2020_")}
    return found, counts, tuple(str(r) for r in reading.refusals if r.file.startswith("report_2020_"))


@pytest.fixture(scope="module")
def said(loaded: tuple[tuple[Statement, ...], dict[str, TableCounts], tuple[str, ...]]) -> tuple[Statement, ...]:
    return loaded[0]


def of(said: tuple[Statement, ...], subject: str, type: str, qualifier: str = "") -> list[Statement]:
    return [s for s in said if (s.subject, s.type) == (subject, type) and qualifier in ("", s.qualifier)]


def test_every_row_is_taken_whole_or_left_out_with_a_reason(
    loaded: tuple[tuple[Statement, ...], dict[str, TableCounts], tuple[str, ...]],
) -> None:
    _, counts, refusals = loaded
    assert len(refusals) == sum("left_out" in row for _, row in rows()) == 1
    in_files = Counter(name for name, _ in rows())
    taken = Counter(name for name, row in rows() if "left_out" not in row)
    assert {name: (n.rows, n.taken, n.partly) for name, n in counts.items()} == {
        name: (n, taken[name], 0) for name, n in in_files.items()
    }


def test_statements_by_type(said: tuple[Statement, ...]) -> None:
    in_files = Counter(name for name, row in rows() if "left_out" not in row)
    by_type = Counter(s.type for s in said)
    assert by_type["RULE"] == in_files["report_2020_rules.csv"]
    assert by_type["ACCESS"] == in_files["report_2020_access.csv"]
    assert by_type["FIGURE"] == in_files["report_2020_figures.csv"] == 16
    articles = sum("article" in row for _, row in rows())
    notes = ("report_2020_system.jsonl", "report_2020_practice.jsonl", "report_2020_timeline.jsonl")
    assert by_type["NOTE"] == sum(in_files[name] for name in notes) + articles
    assert {t: n for t, n in by_type.items() if t not in ("RULE", "ACCESS", "FIGURE", "NOTE", "NAME")} == {
        "SUBORDINATE_TO": 3, "OVERSEES": 2, "ADMINISTERS": 7, "ISSUED_POLICY": 17, "AMENDS": 3, "CITES": 6, "PRIORITISES": 4,
    }  # fmt: skip


def test_every_row_cites_the_report_and_a_place_in_it() -> None:
    for name, row in rows():
        assert row["source"] == "report-2020", (name, row)
        assert str(row["locator"]).startswith(SECTIONS), (name, row["key"], row["locator"])
        assert row["basis"] == "page", (name, row["key"])
        assert row["as_of"], (name, row["key"])


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_has_rows(section: str) -> None:
    assert any(str(row["locator"]).startswith(section) for _, row in rows())


@pytest.mark.parametrize("entry", TIMELINE)
def test_every_entry_of_the_timeline_has_a_policy(entry: str) -> None:
    found = [
        row
        for name, row in rows()
        if name == "report_2020_timeline.jsonl" and f"timeline, {entry}" in str(row["locator"])
    ]
    assert found
    assert all(row["policy"] for row in found)


@pytest.mark.parametrize(
    ("node", "value", "unit"),
    [
        ("field:kind-national", "36877", "standards"),
        ("field:kind-industry", "62262", "standards"),
        ("field:kind-local", "37818", "standards"),
        ("field:kind-association", "9790", "standards"),
        ("field:kind-enterprise", "1140000", "standards"),
        ("field:kind-association", "12756", "standards"),
        ("field:kind-association", "2997", "organisations"),
        ("field:kind-national", "38000", "standards (nearly)"),
        ("field:kind-national", "just over 1/3", "share"),
        ("field:kind-national", "0.35", "share"),
        ("field:kind-national", "0.24", "share"),
        ("field:technical-committees", "1300", "TCs and SCs (over)"),
        ("field:standards-system", "2/3", "share of members"),
        ("field:standards-system", "0.3", "share of members"),
        ("field:standards-system", "30", "stakeholders (over)"),
        ("committee:sac-tc-260", "2", "working groups"),
    ],
)
def test_every_figure_is_there(said: tuple[Statement, ...], node: str, value: str, unit: str) -> None:
    found = [s for s in of(said, node, "FIGURE") if (str(s.value), s.properties["unit"]) == (value, unit)]
    assert [s.since for s in found] == [s.provenance.observed_on for s in found]
    assert len(found) == 1


def test_closed_working_groups_of_tc_260_are_said_once_and_counted_once(said: tuple[Statement, ...]) -> None:
    about = [s for s in said if s.subject == "committee:sac-tc-260"]
    assert [s.value for s in about if s.type == "ACCESS" and s.qualifier == "working_groups"] == ["closed"]
    assert [s.type for s in about if "closed" in s.qualifier] == ["FIGURE"]


def test_comment_period_went_from_30_to_60_days(said: tuple[Statement, ...]) -> None:
    (before,) = of(said, "field:kind-national-mandatory", "RULE", "comment-period-mandatory-before")
    (now,) = of(said, "field:kind-national-mandatory", "RULE", "comment-period-mandatory")
    assert (before.value, before.until, now.value, now.since) == ("30", "2020-01", "60", "2020-01")
    others = [s.subject for s in said if s.qualifier == "comment-period-not-extended"]
    assert len(others) == 5
    assert "field:kind-national-mandatory" not in others


def test_sac_moved_from_aqsiq_to_samr_and_kept_its_name(said: tuple[Statement, ...]) -> None:
    assert {(s.object, s.since, s.until) for s in of(said, "org:sac", "SUBORDINATE_TO")} == {
        ("org:aqsiq", None, "2018-03"),
        ("org:samr", "2018-03", None),
    }
    assert of(said, "org:sac", "NOTE", "name-kept-for-external-liaison")


def test_who_oversees_the_two_committees_that_it_names(said: tuple[Statement, ...]) -> None:
    assert {(s.subject, s.qualifier, s.object) for s in said if s.type == "OVERSEES"} == {
        ("org:miit", "supervises", "committee:sac-tc-485"),
        ("org:cpcif", "manages", "committee:sac-tc-63"),
    }


def test_closed_working_groups_of_tc_260_are_not_named(said: tuple[Statement, ...]) -> None:
    (closed,) = of(said, "committee:sac-tc-260", "ACCESS", "working_groups")
    assert closed.value == "closed"
    assert (closed.properties["actor_kind"], closed.properties["ground"]) == ("foreign", "practice")
    assert "does not name them" in str(closed.properties["note"])
    (member,) = of(said, "committee:sac-tc-260", "ACCESS", "membership")
    assert (member.value, member.since) == ("member", "2016")


@pytest.mark.parametrize(
    ("stage", "value", "ground"),
    [
        ("agenda", "closed", "practice"),
        ("early_drafting", "by_invitation", "practice"),
        ("membership", "pending", "practice"),
        ("meetings", "closed", "national_security"),
        ("membership", "member", "rule"),
        ("membership", "observer", "rule"),
    ],
)
def test_access_by_stage(said: tuple[Statement, ...], stage: str, value: str, ground: str) -> None:
    found = of(said, "field:technical-committees", "ACCESS", stage)
    assert any((s.value, s.properties["ground"]) == (value, ground) for s in found)


@pytest.mark.parametrize(
    ("node", "topics"),
    [
        (
            "field:standards-system",
            ("overlapping-jurisdiction", "no-duty-to-answer-comments", "barrier-short-transition"),
        ),
        (
            "field:technical-committees",
            ("channel-direct", "channel-written-comments", "channel-association", "channel-indirect"),
        ),
        (
            "field:technical-committees",
            ("coalition-multinationals-alone", "coalition-ambivalent", "coalition-domestic-partners"),
        ),
        ("field:technical-committees", ("comments-by-invitation", "side-meetings", "barrier-early-drafting")),
        (
            "field:technical-committees",
            ("best-practice-coalition", "best-practice-align-priorities", "transparency-sac-committees"),
        ),
        ("field:kind-enterprise", ("caution-enterprise-standards", "publishing-place")),
        ("field:kind-association", ("caution-association-standards", "caution-pay-to-play", "publishing-place")),
        ("field:kind-food-safety", ("publishing-place", "unique-chinese-standard")),
        ("field:kind-environmental", ("publishing-place", "unique-chinese-standard")),
        ("field:kind-construction", ("publishing-place",)),
        ("policy:mlps-2-scheme", ("unique-chinese-standard",)),
    ],
)
def test_topics_that_answers_look_up(said: tuple[Statement, ...], node: str, topics: tuple[str, ...]) -> None:
    for topic in topics:
        assert of(said, node, "NOTE", topic), topic


def test_six_examples_of_unique_standards(said: tuple[Statement, ...]) -> None:
    assert len(of(said, "field:standards-system", "NOTE", "unique-chinese-standard")) == 6


def test_five_kinds_say_what_they_are_who_leads_and_who_issues(said: tuple[Statement, ...]) -> None:
    for kind in ("national", "industry", "local", "association", "enterprise"):
        rules = {s.qualifier for s in of(said, f"field:kind-{kind}", "RULE")}
        assert rules >= {"legal-nature", "led-by"}, kind
        assert rules & {"issuer", "association-issuer"}, kind
    steps = [
        s.qualifier
        for s in of(said, "field:kind-national-mandatory", "RULE")
        if s.qualifier.startswith("drafting-step-")
    ]
    assert sorted(steps) == [f"drafting-step-{n}" for n in range(1, 9)]


def test_policies_are_those_on_record_or_made_here(said: tuple[Statement, ...]) -> None:
    with (shipped() / "policies.jsonl").open(encoding="utf-8") as file:
        known = {f"policy:{json.loads(line)['policy']}" for line in file}
    named = {s.subject for s in said if s.type == "NAME" and s.qualifier == "zh"}
    referred = {id for s in said for id in (s.subject, s.object) if id.startswith("policy:")}
    assert referred <= known | named
    assert not known & named


def test_what_the_report_does_not_say_is_marked(said: tuple[Statement, ...]) -> None:
    """Chinese titles of policies are no statement of an English report."""
    chinese = [s for s in said if s.type == "NAME" and has_han(str(s.value))]
    assert {s.provenance.basis for s in chinese} == {Basis.GENERAL_KNOWLEDGE}
    report = Document.id_for("report-2020")
    assert {s.provenance.document for s in said if s not in chinese} == {report}


def test_notes_rules_and_figures_are_in_both_languages(said: tuple[Statement, ...]) -> None:
    for s in said:
        if s.type in ("RULE", "FIGURE") or (s.type == "NOTE" and s.qualifier != "article"):
            assert has_han(str(s.properties["value_zh"])), s
            assert not has_han(str(s.value)), s


def test_the_report_is_a_document_with_title_and_date() -> None:
    (report,) = Documents.read([shipped() / "documents.csv"]).cited("report-2020")
    assert report.title == "Standards Setting in China: Challenges and Best Practices"
    assert (report.publisher, report.published) == ("The US-China Business Council", "2020-02")


def test_rows_have_keys_of_their_own() -> None:
    keys = Counter((name, row["key"]) for name, row in rows())
    assert [key for key, n in keys.items() if n > 1] == []


def test_heads_of_the_mappings_list_the_topics_in_use() -> None:
    for name in ("report_2020_system", "report_2020_practice"):
        head = (shipped() / f"{name}.toml").read_text("utf-8").partition("dataset =")[0]
        listed = {word.strip(" ,#\n") for word in head.replace("\n", " ").split(" ")}
        used = {str(row["topic"]) for file, row in rows() if file == f"{name}.jsonl"}
        assert used <= listed, used - listed
