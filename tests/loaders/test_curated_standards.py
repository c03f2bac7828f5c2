"""The shipped tables of standards, citations, policies and priorities: nothing lost on the way, nothing without a source.

The numbers were counted by hand in what was compiled: a change of a table has to change them on purpose.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph import committees, numbers
from graph.model import Basis, Confidence, Document, NodeRecord, Scalar, Statement
from graph.names import looks_personal
from loaders import TableCounts, read, shipped
from loaders.provenance import GENERAL_KNOWLEDGE

DATASETS = ("standards", "citations", "policies", "priorities")

ROWS = {"standards": 379, "citations": 79, "policies": 104, "priorities": 210}

# standards: 1,945 Chinese and 35 English names of drafting organisations; 262 bodies in charge by name, 22 by code alone,
#   3 in English, 73 executing ones and 2 editing ministries; of 187 issuers one is doubted away; 103 + 12 + 1 replacements;
#   58 adoptions and one without a degree; 152 ICS, 124 CCS, 75 industry codes.
# citations: 61 + 1 + 2 + 15 rows, 10 of them by a second document, and 6 links between documents.
# policies: one AMENDS from each side of a pair. priorities: 210 named fields, 85 committees, 225 ICS, 61 CCS.
STATEMENTS = {
    "standards": {
        "DRAFTED": 1980, "IN_CHARGE_OF": 362, "SUPERVISES_STANDARD": 161, "ISSUED": 186, "PROPOSED": 93, "ADOPTS": 59,
        "REPLACES": 116, "CLASSIFIED_AS": 710, "PART_OF": 38, "NAME": 36, "STATUS": 151, "STAGE": 305, "NOTE": 423,
    },
    "citations": {"CITES": 95, "ISSUED_POLICY": 25, "ISSUED": 2, "AMENDS": 1, "REPLACES": 1, "NAME": 95},
    "policies": {"ISSUED_POLICY": 189, "RULE": 169, "AMENDS": 12, "STATUS": 8, "NOTE": 76, "NAME": 226},
    "priorities": {"PRIORITISES": 581, "NAME": 414},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shipped:
    """Everything that the four tables yield, read together with all other shipped tables."""

    counts: dict[str, TableCounts]
    statements: dict[str, list[Statement]]
    nodes: dict[str, list[NodeRecord]]
    documents: dict[str, Document]

    def about(self, standard: str, type: str, dataset: str = "standards") -> list[Statement]:
        """Statements of one type that a standard or policy is an end of, in the order of the table."""
        return [s for s in self.statements[dataset] if s.type == type and standard in (s.subject, s.object)]

    def properties(self, id: str, dataset: str = "standards") -> dict[str, Scalar]:
        """What the table says of a node's own properties."""
        return {k: v for n in self.nodes[dataset] if n.id == id for k, v in n.properties.items()}


@pytest.fixture(scope="module")
def tables() -> Shipped:
    reading = read([shipped()])
    statements: dict[str, list[Statement]] = {}
    nodes: dict[str, list[NodeRecord]] = {}
    documents: dict[str, Document] = {}
    for dataset in DATASETS:
        statements[dataset], nodes[dataset] = [], []
        for batch in reading.batches(dataset):
            statements[dataset] += batch.statements
            nodes[dataset] += batch.nodes
            documents.update({document.id: document for document in batch.documents})
    counts = {Path(file).stem: counts for file, counts in reading.counts.items() if Path(file).stem in DATASETS}
    return Shipped(counts, statements, nodes, documents)


def lines(table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (shipped() / f"{table}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_row_is_taken_whole(tables: Shipped, dataset: str) -> None:
    counts = tables.counts[dataset]
    assert (counts.rows, counts.taken, counts.left_out) == (ROWS[dataset], ROWS[dataset], 0)
    assert (counts.refused, counts.parts, counts.partly) == (0, 0, 0)


@pytest.mark.parametrize("dataset", DATASETS)
def test_statements_by_type_are_those_counted_by_hand(tables: Shipped, dataset: str) -> None:
    assert Counter(s.type for s in tables.statements[dataset]) == STATEMENTS[dataset]


@pytest.mark.parametrize("dataset", DATASETS)
def test_no_two_statements_overwrite_one_another(tables: Shipped, dataset: str) -> None:
    keys = Counter(s.key for s in tables.statements[dataset])
    assert [key for key, times in keys.items() if times > 1] == []
    records = Counter(
        (n.id, n.provenance.record, n.provenance.document, n.label) for n in tables.nodes[dataset] if n.properties
    )
    assert [key for key, times in records.items() if times > 1] == []


@pytest.mark.parametrize("dataset", DATASETS)
def test_everything_says_where_it_is_from(tables: Shipped, dataset: str) -> None:
    with (shipped() / "documents.csv").open(encoding="utf-8", newline="") as file:
        titles = {row["source"]: row["title"] for row in csv.DictReader(file)}
    everything: list[Statement | NodeRecord] = [*tables.statements[dataset], *tables.nodes[dataset]]
    for said in everything:
        origin = said.provenance
        document = tables.documents[origin.document]
        assert document.title
        assert origin.confidence in Confidence
        if origin.basis is Basis.PAGE:
            assert document.url or document.title.startswith("Standards Setting in China"), said
        if origin.basis is Basis.GENERAL_KNOWLEDGE:
            assert document.title == titles[GENERAL_KNOWLEDGE], said
        assert origin.locator, said


def test_every_address_has_a_title_of_its_own(tables: Shipped) -> None:
    cited = {s.provenance.document for said in tables.statements.values() for s in said}
    untitled = [
        d.url
        for d in (tables.documents[id] for id in cited)
        if d.url and d.title == urlsplit(d.url).netloc + urlsplit(d.url).path
    ]
    assert untitled == []


def test_no_person_is_named(tables: Shipped) -> None:
    printed = {
        str(text)
        for said in tables.statements.values()
        for s in said
        for text in (
            s.properties.get("as_printed"),
            s.value if s.type == "NAME" and s.subject.startswith("org:") else None,
        )
        if text
    }
    assert len(printed) > 1_500
    assert [text for text in printed if looks_personal(text)] == []


def test_ids_of_numbered_standards_are_those_that_any_table_would_make() -> None:
    unnumbered = []
    for row in lines("standards"):
        written = row.get("number") or row.get("plan_number")
        if written is None:
            unnumbered.append(str(row["id"]))
            continue
        number = numbers.parse(str(written))
        assert number is not None
        assert row["id"] == f"standard:{number.slug}"
        assert number.kind in (row.get("kind", number.kind), "plan")
        assert row.get("mandatory") in (None, number.mandatory)
    assert len(unnumbered) == len(set(unnumbered)) == 25


def test_a_committee_named_without_its_code_is_the_one_that_bears_the_code(tables: Shipped) -> None:
    noted = {
        s.subject: str(s.value)
        for s in tables.statements["standards"]
        if s.qualifier == "code of the committee in charge"
    }
    assert len(noted) == 39
    for standard, code in noted.items():
        parsed = committees.parse(code)
        assert parsed is not None
        in_charge = {s.subject for s in tables.about(standard, "IN_CHARGE_OF") if s.qualifier == "centralised"}
        assert f"committee:{parsed.slug}" in in_charge, standard


def test_baseline_of_mlps_keeps_page_and_general_knowledge_apart(tables: Shipped) -> None:
    standard = "standard:gb-t-22239-2019"
    drafted = tables.about(standard, "DRAFTED")
    page = [s for s in drafted if s.provenance.basis is Basis.PAGE]
    known = [s for s in drafted if s.provenance.basis is Basis.GENERAL_KNOWLEDGE]
    assert ([s.properties["rank"] for s in page], [s.properties["rank"] for s in known]) == (
        [*range(1, 13)],
        [*range(1, 19)],
    )
    assert [s.subject for s in page] == [s.subject for s in known[:12]]  # the same bodies, in English and in Chinese
    assert drafted[0].subject == "org:third-research-institute-of-the-ministry-of-public-security"
    for type in ("IN_CHARGE_OF", "ISSUED", "PROPOSED"):
        assert {s.provenance.basis for s in tables.about(standard, type)} == {Basis.GENERAL_KNOWLEDGE}
    assert [s.subject for s in tables.about(standard, "IN_CHARGE_OF")] == ["committee:sac-tc-260"]
    assert {s.subject for s in tables.about(standard, "ISSUED")} == {"org:samr", "org:sac"}
    assert [s.object for s in tables.about(standard, "REPLACES")] == ["standard:gb-t-22239-2008"]
    assert tables.properties(standard)["effective"] == "2019-12-01"
    scheme = [s for s in tables.about(standard, "CITES", "citations") if s.subject == "policy:mlps-2-scheme"]
    assert [(s.properties["makes_compulsory"], s.since) for s in scheme] == [(True, "2019")]
    issuers = tables.about("policy:mlps-2-scheme", "ISSUED_POLICY", "policies")
    assert [s.subject for s in issuers] == ["org:mps"]


def test_cars_that_talk_over_lte_have_25_drafters_and_catarc_leads(tables: Shipped) -> None:
    standard = "standard:gb-t-45315-2025"
    drafted = tables.about(standard, "DRAFTED")
    assert (len(drafted), {s.since for s in drafted}) == (25, {"2025-02-28"})
    lead, *_ = drafted
    assert (lead.properties["rank"], lead.properties["as_printed"]) == (1, "中国汽车技术研究中心有限公司")
    assert (lead.provenance.basis, lead.provenance.locator, lead.provenance.observed_on) == (
        Basis.TRANSCRIPTION,
        "foreword",
        "2025-02-28",
    )
    assert "宝马中国(服务)有限公司" in {s.properties["as_printed"] for s in drafted}
    assert [s.subject for s in tables.about(standard, "PROPOSED")] == ["org:miit"]


def test_platform_record_of_a_project(tables: Shipped) -> None:
    standard = "standard:20255258-t-339"
    assert tables.properties(standard) == {
        "plan_number": "20255258-T-339", "title_zh": "道路车辆 牵引车与挂车之间的电气和气动连接位置",
        "kind": "national", "mandatory": False, "ics": "43.080.10", "sector": "automotive",
    }  # fmt: skip
    in_charge = {s.qualifier: (s.subject, s.properties["as_printed"]) for s in tables.about(standard, "IN_CHARGE_OF")}
    assert in_charge == {
        "centralised": ("committee:sac-tc-114", "全国汽车标准化技术委员会"),
        "executing": ("committee:sac-tc-114-sc-13", "全国汽车标准化技术委员会挂车分会"),
    }
    assert [s.subject for s in tables.about(standard, "SUPERVISES_STANDARD")] == ["org:miit"]
    adopted, *_ = tables.about(standard, "ADOPTS")
    assert (adopted.object, adopted.properties["degree"]) == ("standard:iso-dis-4009", "IDT")
    assert [s.object for s in tables.about(standard, "REPLACES")] == ["standard:gb-t-32861-2016"]
    assert [(s.value, s.provenance.confidence) for s in tables.about(standard, "STAGE")] == [("20", Confidence.HIGH)]
    assert [s.value for s in tables.about(standard, "STATUS")] == ["project"]
    assert tables.documents[adopted.provenance.document].url.startswith("https://std.samr.gov.cn/")


def test_a_ministry_with_a_department_in_brackets_is_the_ministry(tables: Shipped) -> None:
    standard = "standard:gb-t-15940-2008"
    assert [s.subject for s in tables.about(standard, "SUPERVISES_STANDARD")] == ["org:miit"]
    assert [(s.subject, s.properties["as_printed"]) for s in tables.about(standard, "IN_CHARGE_OF")] == [
        ("org:miit", "工业和信息化部(通信)(339-2)")
    ]
    notes = {s.qualifier: s.value for s in tables.about(standard, "NOTE")}
    assert notes["supervising agency as printed"] == "工业和信息化部(通信)"


def test_superseded_standard_was_in_force_until_its_day(tables: Shipped) -> None:
    standard = "standard:gb-t-21085-2007"
    assert [(s.value, s.since, s.until) for s in tables.about(standard, "STATUS")] == [
        ("current", "2008-04-01", "2020-11-01"), ("superseded", "2020-11-01", None),
    ]  # fmt: skip
    assert [(s.value, s.since, s.until) for s in tables.about(standard, "STAGE")] == [
        ("60", "2007-09-10", "2020-11-01"), ("95", "2020-11-01", None),
    ]  # fmt: skip


def test_swapped_dates_are_put_right_and_say_so(tables: Shipped) -> None:
    standard = "standard:gb-t-19903.121-2008"
    dates = [n for n in tables.nodes["standards"] if n.id == standard and "published" in n.properties]
    assert [(n.properties["published"], n.properties["effective"], n.provenance.basis) for n in dates] == [
        ("2008-10-07", "2009-04-01", Basis.EDITOR)
    ]
    assert {s.provenance.basis for s in tables.about(standard, "DRAFTED")} == {Basis.PAGE}


def test_food_environment_and_construction_have_their_own_issuers(tables: Shipped) -> None:
    issuers = {id: [s.subject for s in tables.about(id, "ISSUED")] for id in (
        "standard:gb-2760-2024", "standard:hj-1330-2023", "standard:gb-50490-2009", "standard:gb-51054-2014",
    )}  # fmt: skip
    assert issuers == {
        "standard:gb-2760-2024": ["org:nhc", "org:samr"],
        "standard:hj-1330-2023": ["org:mee"],
        "standard:gb-50490-2009": ["org:mohurd"],
        "standard:gb-51054-2014": ["org:mohurd"],
    }
    editing = [(s.subject, s.qualifier) for s in tables.about("standard:gb-51054-2014", "IN_CHARGE_OF")]
    assert editing == [("org:mps", "executing")]


def test_an_association_is_not_taken_for_the_issuer_of_a_national_standard(tables: Shipped) -> None:
    standard = "standard:gb-t-1499.1-2008"
    assert tables.about(standard, "ISSUED") == []
    assert any("中国钢铁工业协会" in str(s.value) for s in tables.about(standard, "NOTE") if s.qualifier == "doubt")
    old_name = tables.about("standard:ny-525-2011", "ISSUED")  # the page names a ministry that came later
    assert [s.provenance.confidence for s in old_name] == [Confidence.LOW]


def test_degrees_of_adoption(tables: Shipped) -> None:
    degrees = Counter(str(s.properties["degree"]) for s in tables.statements["standards"] if s.type == "ADOPTS")
    assert degrees == {"IDT": 24, "MOD": 17, "NEQ": 17, "unknown": 1}  # one MOD is printed eqv
    wine, *_ = tables.about("standard:20021574-q-607", "ADOPTS")
    assert tables.properties(wine.object) == {"title_en": "OIV:2003", "kind": "international"}


def test_subcommittees_belong_to_their_committees(tables: Shipped) -> None:
    parts = {(s.subject, s.object) for s in tables.statements["standards"] if s.type == "PART_OF"}
    assert ("committee:sac-tc-224-sc-1", "committee:sac-tc-224") in parts
    assert all(part.startswith(f"{whole}-sc-") for part, whole in parts)
    assert tables.properties("committee:sac-tc-224-sc-1")["name_zh"] == "全国照明电器标准化技术委员会电光源及其附件分会"


def test_voluntary_standards_made_compulsory(tables: Shipped) -> None:
    cites = [s for s in tables.statements["citations"] if s.type == "CITES"]
    rohs = {s.object: s for s in cites if s.subject == "policy:china-rohs-measures-2016"}
    assert set(rohs) == {"standard:gb-t-26572", "standard:sj-t-11364"}
    assert all(s.properties["binding"] and s.properties["makes_compulsory"] for s in rohs.values())
    rows = [row for row in lines("citations") if row["makes_compulsory"]]
    assert len(rows) == 25  # 21 that name a standard and 4 laws that cite a class of voluntary ones
    assert {(s.subject, s.object) for s in cites if s.subject.startswith("standard:")} == {
        ("standard:gb-26572-2025", "standard:gb-t-39560"), ("standard:gb-26572-2025", "standard:sj-t-11364-2024"),
    }  # fmt: skip
    draft = {s.object for s in cites if s.subject == "policy:china-rohs-catalogue-draft-2025"}
    assert draft == {"standard:gb-26572-2025", "policy:china-rohs-measures-2016"}


def test_a_law_older_than_the_standard_cites_it_by_our_reading_only(tables: Shipped) -> None:
    said = {s.subject: s for s in tables.about("standard:gb-40050-2021", "CITES", "citations")}
    assert set(said) == {"policy:cybersecurity-law-2016", "policy:critical-network-equipment-catalogue-2017"}
    for statement in said.values():
        assert (statement.provenance.basis, statement.provenance.confidence) == (Basis.EDITOR, Confidence.LOW)
        assert "our reading" in str(statement.properties["note"])


def test_every_citing_document_has_a_name_and_laws_cite_kinds(tables: Shipped) -> None:
    named = {n.id for d in ("policies", "citations") for n in tables.nodes[d] if n.properties.get("name_zh")}
    citing = {
        s.subject for s in tables.statements["citations"] if s.type == "CITES" and s.subject.startswith("policy:")
    }
    assert citing <= named
    food = tables.about("policy:food-safety-law-2021", "CITES", "citations")
    assert [(s.object, s.provenance.locator) for s in food] == [("field:kind-food-safety", "Art. 25, 40, 41, 92")]


def test_a_policy_with_what_no_page_gives(tables: Shipped) -> None:
    policy = "policy:adopting-international-standards-measures-2001"
    grounds = {name: n.provenance.basis for n in tables.nodes["policies"] if n.id == policy for name in n.properties}
    assert {grounds[name] for name in ("number", "issued", "effective")} == {Basis.GENERAL_KNOWLEDGE}
    assert grounds["name_en"] is Basis.PAGE
    newer = tables.about(policy, "AMENDS", "policies")
    assert {(s.subject, s.since) for s in newer} == {
        ("policy:adopting-international-standards-measures-2025", "2025-06-01")
    }
    rules = tables.about("policy:adopting-international-standards-measures-2025", "RULE", "policies")
    assert {s.qualifier: s.value for s in rules}["adoption: degrees"] == "IDT, MOD"


def test_rules_of_a_replaced_law_end_with_it(tables: Shipped) -> None:
    law = "policy:standardization-law-1988"
    rules = {s.qualifier: s for s in tables.about(law, "RULE", "policies")}
    mandatory = rules["industry standard: may be mandatory"]
    assert (mandatory.value, mandatory.since, mandatory.until) == (
        "yes",
        "1989",
        "2018-01-01",
    )  # the day: general knowledge
    assert [(s.value, s.since) for s in tables.about(law, "STATUS", "policies")] == [("superseded", "2018-01-01")]


def test_a_day_of_issue_that_no_page_gives_is_not_cited_from_one(tables: Shipped) -> None:
    """Where the source says no more than the month (or nothing), the page is cited for that much, and the day is general knowledge."""
    said = {
        policy: {s.since for s in tables.about(f"policy:{policy}", "ISSUED_POLICY", "policies")}
        for policy in (
            "standardization-reform-plan-2015",
            "national-standards-measures-1990",
            "fire-protection-law-2021",
        )
    }
    assert list(said.values()) == [{"2015-03"}, {"1990"}, {None}]
    days = [
        n for n in tables.nodes["policies"] if n.id == "policy:fire-protection-law-2021" and "issued" in n.properties
    ]
    assert [(n.properties["issued"], n.provenance.basis) for n in days] == [("1998-04-29", Basis.GENERAL_KNOWLEDGE)]
    rules = tables.about("policy:cybersecurity-law-2025-amendment", "RULE", "policies")
    assert {s.properties["note"] for s in rules} == {"the day since when it holds is general knowledge"}


def test_rules_of_an_amended_law_have_the_date_of_its_text(tables: Shipped) -> None:
    rules = tables.about("policy:food-safety-law-2021", "RULE", "policies")
    assert {(s.since, s.provenance.observed_on) for s in rules} == {(None, "2021-04-29")}


def test_codes_that_the_editor_chose_are_marked(tables: Shipped) -> None:
    said = [s for s in tables.statements["priorities"] if s.type == "PRIORITISES"]
    to_codes = [s for s in said if s.object.startswith(("field:ics-", "field:ccs-"))]
    assert {(s.provenance.basis, s.properties["codes_assigned_by"]) for s in to_codes} == {(Basis.EDITOR, "editor")}
    to_committees = Counter(
        (s.provenance.basis, s.properties["codes_assigned_by"]) for s in said if s.object.startswith("committee:")
    )
    assert to_committees == {(Basis.EDITOR, "editor"): 60, (Basis.PAGE, "source"): 25}
    v2x = {s.object for s in said if s.subject == "policy:automotive-standardization-key-points-2024"}
    assert {
        "committee:sac-tc-114",
        "field:ics-43-120",
        "field:ccs-t47",
        "field:new-energy-vehicle-standards-system",
    } <= v2x


def test_one_field_under_two_names_is_one_node(tables: Shipped) -> None:
    names = {s.value for s in tables.about("field:new-energy-vehicles", "NAME", "priorities")}
    assert names == {"新能源汽车", "new energy vehicles", "plug-in, battery and fuel cell vehicles"}
    assert {s.object for s in tables.statements["priorities"] if "kind-" in s.object} == {
        "field:kind-association", "field:kind-national-mandatory", "field:kind-enterprise",
    }  # fmt: skip
