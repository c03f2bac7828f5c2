"""The shipped tables of bodies, organisations, rules and statistics: every row is taken, and says what the row says.

The numbers were counted by hand in the lists that the tables were made from; where a table yields more or fewer, the comment says why.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from graph import dates
from graph.model import Basis, Confidence, NodeRecord, Statement
from graph.names import looks_personal, name_key
from loaders import read, shipped
from loaders.outcomes import TableCounts

ROWS = {
    "agencies.jsonl": 86,
    "aliases.csv": 194,
    "associations.jsonl": 170,
    "fields.csv": 16,
    "groups.jsonl": 49,
    "industry_codes.csv": 64,
    "industry_codes_today.csv": 70,
    "issuers.csv": 19,
    "ministries.csv": 30,
    "named_bodies.jsonl": 156,
    "organisations.jsonl": 548,
    "ownership.csv": 1232,
    "process_rules.jsonl": 108,
    "statistics.jsonl": 111,
}

LEFT_OUT = {"process_rules.jsonl": 1}
"""Rows that another table says already: see their reasons."""

STATEMENTS: Mapping[str, Mapping[str, int]] = {
    # 86 names in both languages, 73 acronyms, 42 short or party names, a former one; every body with a beginning or an end EXISTS.
    # The leading group of 2014-2018, which the list names beside its successor, has a row of its own.
    "agencies": {"NAME": 289, "SUBORDINATE_TO": 84, "SUCCEEDED_BY": 35, "EXISTS": 60, "NOTE": 130, "KIND": 3},
    "ministries": {"NAME": 60},
    # 142 supervisors and the one committee that is guided, not hosted; 88 doors less that of an institute, which became a note;
    # a remark on each of the eight associations that share a code, of which one had one
    "associations": {
        "NAME": 507, "OVERSEES": 143, "HOSTS_SECRETARIAT": 11, "KIND": 170, "ACCESS": 87, "MEMBER_OF": 29, "NOTE": 463,
    },
    # 136 members less 5 that are the group's own name, 6 second names of an entity, and one affiliate (OWNED_BY)
    "groups": {"NAME": 133, "PART_OF": 124, "KIND": 49, "HOME": 49, "NOTE": 49, "OWNED_BY": 1},
    # 189 parents: 12 owned by SASAC, 12 under an agency or association, one the later name of the row itself; 12 rows name two parents.
    # 78 supervisors, one of them of a company, four of them the parent too, which is said once. 104 ownerships are unknown and say
    # nothing. 12 successors and two merged institutes; three successors of names that are kept apart, and a note on a fourth.
    # Five ownerships and one name in doubt have a remark.
    "organisations": {
        "NAME": 977, "KIND": 548, "HOME": 548, "OWNERSHIP": 444, "PART_OF": 176, "OVERSEES": 73, "SUBORDINATE_TO": 13,
        "OWNED_BY": 12, "SUCCEEDED_BY": 17, "NOTE": 20,
    },
    "named-bodies": {"NAME": 174, "PART_OF": 12, "HOME": 45, "SUCCEEDED_BY": 8, "EXISTS": 3},
    "industry-codes": {"ADMINISTERS": 64, "PART_OF": 64, "NOTE": 64},
    # 13 federations organise beside the 70 bodies
    "industry-codes-today": {"ADMINISTERS": 83, "PART_OF": 70},
    "issuers": {"ADMINISTERS": 19},
    "ownership": {"OWNERSHIP": 1232},
    "aliases": {"NAME": 194, "NOTE": 4},
    # 134 fields that the rules apply to, less one that the report's own table says; the rule on who manages committees, which
    # policies.jsonl says of the policy itself; 88 policies that make rules
    "process-rules": {"RULE": 222},
    "statistics": {"FIGURE": 111},
    "fields": {"NAME": 32, "PART_OF": 13},
}  # fmt: skip


@dataclass
class Loaded:
    """What the tables yield, with look-ups by name and by statement."""

    counts: Mapping[str, TableCounts]
    refusals: tuple[str, ...]
    statements: list[Statement] = field(default_factory=list)
    nodes: dict[str, list[NodeRecord]] = field(default_factory=dict)

    def of(self, subject: str, type: str, *, dataset: str = "") -> list[Statement]:
        return [
            s for s in self.statements
            if s.subject == subject and s.type == type and dataset in ("", s.provenance.dataset)
        ]  # fmt: skip

    def into(self, target: str, type: str) -> list[Statement]:
        return [s for s in self.statements if s.object == target and s.type == type]

    def bearers(self, name: str) -> set[str]:
        return {s.subject for s in self.statements if s.type == "NAME" and name_key(str(s.value)) == name_key(name)}

    def named(self, name: str) -> str:
        (found,) = self.bearers(name)
        return found

    def label(self, id: str) -> str:
        (label,) = {record.label for record in self.nodes[id]}
        return label


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    reading = read([shipped() / name for name in ROWS])
    found = Loaded(reading.counts, ())
    for dataset in reading.datasets:
        for batch in reading.batches(dataset.id):
            found.statements.extend(batch.statements)
            for record in batch.nodes:
                found.nodes.setdefault(record.id, []).append(record)
    found.counts, found.refusals = reading.counts, tuple(map(str, reading.refusals))
    return found


def rows(table: str) -> Iterator[dict[str, Any]]:
    with (shipped() / table).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file) if table.endswith(".csv") else map(json.loads, file)


def superiors(loaded: Loaded, body: str, day: date) -> set[str]:
    return {s.object for s in loaded.of(body, "SUBORDINATE_TO") if dates.may_hold(s.since, s.until, day)}


def administrators(loaded: Loaded, code: str, day: date, capacity: str = "administers") -> set[str]:
    said = [s for s in loaded.into(f"field:industry-{code}", "ADMINISTERS") if s.qualifier == capacity]
    return {s.subject for s in said if dates.may_hold(s.since, s.until, day)}


# -- rows in, statements out -----------------------------------------------------------------------------------------------------
def test_every_row_is_taken_or_left_out_with_a_reason(loaded: Loaded) -> None:
    assert len(loaded.refusals) == sum(LEFT_OUT.values())
    assert {name: (c.rows, c.taken, c.left_out, c.refused + c.parts) for name, c in loaded.counts.items()} == {
        name: (n, n - LEFT_OUT.get(name, 0), LEFT_OUT.get(name, 0), 0) for name, n in ROWS.items()
    }


@pytest.mark.parametrize("dataset", STATEMENTS)
def test_statements_by_type_are_as_counted_by_hand(loaded: Loaded, dataset: str) -> None:
    assert Counter(s.type for s in loaded.statements if s.provenance.dataset == dataset) == STATEMENTS[dataset]


def test_every_statement_can_be_cited_and_no_two_are_one(loaded: Loaded) -> None:
    for s in loaded.statements:
        assert s.provenance.document
        assert s.provenance.locator, s
    assert len({s.key for s in loaded.statements}) == len(loaded.statements)


def test_no_end_of_a_statement_is_a_node_without_a_record(loaded: Loaded) -> None:
    ends = {end for s in loaded.statements for end in (s.subject, s.object) if end}
    assert ends <= set(loaded.nodes)


def test_a_node_has_one_label_whichever_table_speaks_of_it(loaded: Loaded) -> None:
    several = {id: {r.label for r in records} for id, records in loaded.nodes.items()}
    assert {id: labels for id, labels in several.items() if len(labels) > 1} == {}


def test_general_knowledge_and_rules_are_never_shown_as_pages(loaded: Loaded) -> None:
    for table in ("agencies.jsonl", "associations.jsonl", "organisations.jsonl", "process_rules.jsonl", "aliases.csv"):
        for row in rows(table):
            for entry in (row, *(row.get("field_sources") or {}).values()):
                assert (entry["source"] == "general knowledge") == (entry["basis"] == "general_knowledge"), row
                assert entry["source"].startswith("rule") == (entry["basis"] == "rule"), row
    low = [s for s in loaded.statements if s.provenance.basis is Basis.RULE and s.provenance.dataset == "organisations"]
    assert {s.provenance.confidence for s in low} == {Confidence.LOW}


def test_no_names_of_people(loaded: Loaded) -> None:
    assert [s.value for s in loaded.statements if s.type == "NAME" and looks_personal(str(s.value))] == []


# -- names -----------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("工信部", "org:miit"), ("MIIT", "org:miit"), ("网信办", "org:cac"), ("CAC", "org:cac"), ("中央网信办", "org:cac"),
        ("国标委", "org:sac"), ("SAC", "org:sac"), ("Standardization Administration", "org:sac"), ("SAIC", "org:saic"),
        ("CESI", "org:cesi"), ("电子标准院", "org:cesi"), ("电子四院", "org:cesi"), ("中国电子技术标准化研究所", "org:cesi"),
        ("信安标委", "committee:sac-tc-260"), ("网安标委", "committee:sac-tc-260"),
        ("BMW", "org:bmw-group"), ("宝马", "org:bmw-group"), ("Qualcomm", "org:qualcomm"), ("高通", "org:qualcomm"),
        ("Ericsson", "org:ericsson"), ("爱立信", "org:ericsson"), ("Microsoft", "org:microsoft"), ("微软", "org:microsoft"),
        ("华为", "org:huawei"), ("华为技术有限公司", "org:huawei-technologies"), ("CATARC", "org:catarc"), ("CCSA", "org:ccsa"),
        ("戴姆勒大中华区投资有限公司", "org:mercedes-benz-china-investment"), ("宝马中国(服务)有限公司", "org:bmw-china-services"),
    ],
)  # fmt: skip
def test_well_known_names_lead_to_one_node(loaded: Loaded, name: str, id: str) -> None:
    assert loaded.bearers(name) == {id}


def test_a_short_name_that_two_bodies_share_is_kept_for_both(loaded: Loaded) -> None:
    assert loaded.bearers("CEA") == {"org:cea", "org:china-elevator-association"}
    assert loaded.bearers("NFRA") == {"org:nfra", "org:national-fire-and-rescue-administration"}


def test_a_group_is_a_node_apart_from_its_entities(loaded: Loaded) -> None:
    groups = {s.subject for s in loaded.statements if s.type == "KIND" and s.value == "group"}
    assert len(groups) == 49
    for entity, group in (
        ("微软(中国)有限公司", "org:microsoft"), ("高通无线通信技术(中国)有限公司", "org:qualcomm"),
        ("爱立信(中国)通信有限公司", "org:ericsson"), ("宝马(中国)服务有限公司", "org:bmw-group"),
    ):  # fmt: skip
        (id,) = {s.subject for s in loaded.into(group, "PART_OF") if _called(loaded, s.subject, entity)}
        assert id not in groups


def _called(loaded: Loaded, id: str, name: str) -> bool:
    return id in loaded.bearers(name) or any(r.properties.get("name_zh") == name for r in loaded.nodes[id])


def test_a_joint_venture_is_no_entity_of_its_partners(loaded: Loaded) -> None:
    found = {(s.object, s.qualifier) for s in loaded.of("org:saic-volkswagen", "PART_OF")}
    assert found == {
        ("org:saic-motor", "joint_venture"), ("org:saic-motor-corporation-limited", "joint_venture"),
        ("org:volkswagen-group", "joint_venture"),
    }  # fmt: skip


# -- ten rows, field by field ----------------------------------------------------------------------------------------------------
def test_superiors_of_the_standardization_administration_by_date(loaded: Loaded) -> None:
    assert superiors(loaded, "org:sac", date(2017, 6, 1)) == {"org:aqsiq"}
    assert superiors(loaded, "org:sac", date(2018, 6, 1)) == {"org:samr"}
    assert superiors(loaded, "org:samr", date(2020, 1, 1)) == {"org:state-council"}
    assert {s.object for s in loaded.of("org:aqsiq", "SUCCEEDED_BY")} == {"org:samr", "org:gacc"}


def test_the_cyberspace_administration_is_one_body_under_a_party_commission(loaded: Loaded) -> None:
    assert {s.value for s in loaded.of("org:cac", "NAME") if s.qualifier == "party_zh"} == {
        "中央网络安全和信息化委员会办公室", "中央网信办",
    }  # fmt: skip
    group, commission = (
        "org:central-leading-group-for-cybersecurity-and-informatization",
        "org:central-cyberspace-affairs-commission",
    )
    assert superiors(loaded, "org:cac", date(2017, 6, 1)) == {group}
    assert superiors(loaded, "org:cac", date(2020, 1, 1)) == {commission}
    assert [(s.object, s.since) for s in loaded.of(group, "SUCCEEDED_BY")] == [(commission, "2018-03")]
    for above in (group, commission):
        assert loaded.of(above, "SUBORDINATE_TO") == []
        assert [s.value for s in loaded.of(above, "KIND")] == ["party_body"]


def test_a_superior_that_supervises_is_said_once(loaded: Loaded) -> None:
    for institute, superior in (("org:cesi", "org:miit"), ("org:caict", "org:miit")):
        assert {s.object for s in loaded.of(institute, "SUBORDINATE_TO")} == {superior}
        assert superior not in {s.subject for s in loaded.into(institute, "OVERSEES")}


def test_who_administers_the_national_committees_by_date(loaded: Loaded) -> None:
    said = loaded.into("field:technical-committees", "ADMINISTERS")
    assert {s.subject for s in said} == {"org:sac"}
    dated = {s.since: (s.until, s.provenance.locator, s.provenance.confidence) for s in said if s.since}
    assert dated == {
        "2018-01-01": ("2020-10-23", "Measures of 2017 Art. 3(6), 4", Confidence.HIGH),
        "2020-10-23": (None, "Measures of 2020 Art. 3, 4", Confidence.MEDIUM),
    }
    managed = rule(loaded, "field:technical-committees", "tc-managed-by")
    assert (managed.since, managed.provenance.basis) == ("2020-10-23", Basis.PAGE)


@pytest.mark.parametrize(
    ("code", "before", "today"),
    [
        ("yd", "org:mii", "org:miit"), ("hj", "org:sepa", "org:mee"), ("ga", "org:mps", "org:mps"), ("tb", "org:mor", "org:nra"),
        ("dl", "org:ndrc", "org:nea"), ("aq", "org:saws", "org:mem"), ("ws", "org:moh", "org:nhc"), ("wb", "org:ndrc", "org:ndrc"),
    ],
)  # fmt: skip
def test_who_administers_an_industry_code_then_and_now(loaded: Loaded, code: str, before: str, today: str) -> None:
    assert administrators(loaded, code, date(2006, 1, 1)) == {before}
    assert administrators(loaded, code, date(2023, 6, 1)) == {today}


def test_the_federation_that_organises_an_industry_code(loaded: Loaded) -> None:
    assert administrators(loaded, "yd", date(2023, 6, 1), "organises") == {"org:ccsa"}
    assert administrators(loaded, "ga", date(2023, 6, 1), "organises") == set()


def test_an_association_of_which_the_page_supports_a_part(loaded: Loaded) -> None:
    ccsa = "org:ccsa"
    assert [r.properties["established"] for r in loaded.nodes[ccsa] if "established" in r.properties] == ["2002-12-18"]
    (access,) = loaded.of(ccsa, "ACCESS")
    assert (access.value, access.qualifier, access.properties["actor_kind"]) == ("open", "membership", "foreign")
    assert access.provenance.basis is Basis.GENERAL_KNOWLEDGE
    (hosted,) = loaded.of(ccsa, "HOSTS_SECRETARIAT")
    assert (hosted.object, hosted.provenance.basis) == ("committee:sac-tc-485", Basis.GENERAL_KNOWLEDGE)
    (said,) = [s for s in loaded.of(ccsa, "NOTE") if s.qualifier == "on the cited page"]
    assert (said.value, said.provenance.basis) == ("members are organisations", Basis.PAGE)
    (supervisor,) = loaded.into(ccsa, "OVERSEES")
    assert (supervisor.subject, supervisor.qualifier) == ("org:miit", "supervises")


def test_supervision_from_before_the_separation_is_low(loaded: Loaded) -> None:
    old = {row["id"] for row in rows("associations.jsonl") if row.get("supervision_note")}
    said = [
        s
        for s in loaded.statements
        if s.type == "OVERSEES" and s.object in old and s.provenance.dataset == "associations"
    ]
    assert len(old) == 96
    assert {(s.provenance.confidence, s.provenance.basis) for s in said} == {(Confidence.LOW, Basis.GENERAL_KNOWLEDGE)}


def test_a_code_of_two_associations_is_doubted_with_both(loaded: Loaded) -> None:
    codes = Counter(row["code"] for row in rows("associations.jsonl") if row.get("code"))
    shared = [row["id"] for row in rows("associations.jsonl") if codes[row.get("code", "")] > 1]
    assert len(shared) == 8
    for id in shared:
        (code,) = [s for s in loaded.of(id, "NOTE") if s.qualifier == "standards code"]
        assert code.provenance.confidence is Confidence.LOW
        assert any("code uncertain" in str(s.value) for s in loaded.of(id, "NOTE") if s.qualifier == "remark")


def test_membership_doors(loaded: Loaded) -> None:
    doors = Counter(s.value for s in loaded.statements if s.type == "ACCESS")
    assert doors == {"open": 84, "by_invitation": 2, "closed": 1}


def test_an_institute_with_former_names_superior_and_owner_type(loaded: Loaded) -> None:
    caict = loaded.named("信通院")
    assert {s.value for s in loaded.of(caict, "NAME") if s.qualifier == "former_zh"} == {
        "工业和信息化部电信研究院", "信息产业部电信研究院", "邮电部电信科学研究规划院",
    }  # fmt: skip
    assert {s.object for s in loaded.of(caict, "SUBORDINATE_TO")} == {"org:miit"}
    assert {s.value for s in loaded.of(caict, "OWNERSHIP")} == {"public"}
    assert loaded.label(caict) == "Institute"


def test_ownership_on_a_list_cites_the_list(loaded: Loaded) -> None:
    said = loaded.of("org:gree-electric-appliances", "OWNERSHIP")
    assert {(s.value, s.properties["list"]) for s in said} == {
        ("private", "top 500 private manufacturers 2025"), ("private", "top 500 private enterprises 2025"),
    }  # fmt: skip
    assert {(s.provenance.basis, s.provenance.confidence) for s in said} == {(Basis.TRANSCRIPTION, Confidence.HIGH)}


@pytest.mark.parametrize("id", ["org:zte-corporation", "org:china-broadnet", "org:china-unionpay"])
def test_ownership_that_no_list_names_is_doubted_with_a_remark(loaded: Loaded, id: str) -> None:
    said = loaded.of(id, "OWNERSHIP")
    assert {s.provenance.confidence for s in said} == {Confidence.LOW}
    assert any("ownership in doubt" in str(s.value) for s in loaded.of(id, "NOTE") if s.qualifier == "remark")


def test_a_company_on_two_lists_has_two_statements(loaded: Loaded) -> None:
    (byd,) = {
        s.subject for s in loaded.statements if s.type == "PART_OF" and _called(loaded, s.subject, "比亚迪股份有限公司")
    }
    assert {s.properties["list"] for s in loaded.of(byd, "OWNERSHIP")} == {
        "top 500 private enterprises 2025", "top 500 private manufacturers 2025",
    }  # fmt: skip


def test_a_merger_is_a_succession_and_no_renaming(loaded: Loaded) -> None:
    merged = loaded.into("org:china-information-and-communication-technologies-group", "SUCCEEDED_BY")
    assert {(s.subject, s.since, s.properties.get("note")) for s in merged} == {
        ("org:datang-telecom-technology-industry-group", "2018", "merger"), (loaded.named("武汉邮电科学研究院"), "2018", "merger"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("earlier", "later", "since"),
    [
        ("电子工业部标准化研究所", "org:cesi", "1998"),
        ("中国标准研究中心", "org:cnis", "2003"),
        ("交通部公路科学研究所", "org:rioh", None),
    ],
)
def test_a_renaming_that_stands_on_no_page_merges_nothing(
    loaded: Loaded, earlier: str, later: str, since: str | None
) -> None:
    (succession,) = loaded.of(loaded.named(earlier), "SUCCEEDED_BY")
    assert (succession.object, succession.since) == (later, since)
    assert succession.provenance.basis is Basis.GENERAL_KNOWLEDGE


def test_names_that_the_rule_misjudged_are_an_editors_reading(loaded: Loaded) -> None:
    (department,) = {
        s.subject
        for s in loaded.statements
        if s.type == "KIND" and _called(loaded, s.subject, "鞍钢集团公司科技质量部")
    }
    (kind,) = loaded.of(department, "KIND")
    assert (kind.value, kind.provenance.basis, loaded.label(department)) == ("company", Basis.EDITOR, "Company")


# -- rules and statistics --------------------------------------------------------------------------------------------------------
def rule(loaded: Loaded, of: str, name: str) -> Statement:
    (found,) = [s for s in loaded.of(of, "RULE") if s.qualifier == name]
    return found


def test_vote_thresholds_keep_their_doubt(loaded: Loaded) -> None:
    quorum = rule(loaded, "field:technical-committees", "tc-vote-quorum")
    assert (quorum.value, quorum.provenance.confidence, quorum.provenance.basis) == (
        "3/4",
        Confidence.LOW,
        Basis.GENERAL_KNOWLEDGE,
    )
    approval = rule(loaded, "field:technical-committees", "tc-vote-approval")
    assert (approval.value, approval.properties["unit"], approval.provenance.confidence) == (
        "2/3", "of votes cast in favour", Confidence.MEDIUM,
    )  # fmt: skip


def test_a_rule_cites_page_and_article_and_stands_with_its_policy_too(loaded: Loaded) -> None:
    for of in ("field:kind-national", "field:kind-industry", "field:kind-local", "policy:standardization-law-2017"):
        interval = rule(loaded, of, "review-interval")
        assert (interval.value, interval.since, interval.until) == ("5", "2018-01-01", None)
        assert interval.provenance.locator == "standardization-law-2017 Art. 29"


def test_the_comment_period_changed_in_2020(loaded: Loaded) -> None:
    before = rule(loaded, "field:kind-national-mandatory", "comment-period-mandatory-before")
    after = rule(loaded, "field:kind-national-mandatory", "comment-period-mandatory")
    assert ((before.value, before.until), (after.value, after.since)) == (("30", "2020-05-31"), ("60", "2020-06-01"))


def test_foreign_seats_in_2025(loaded: Loaded) -> None:
    found = {
        (s.value, s.properties["unit"], s.since)
        for s in loaded.of("field:technical-committees", "FIGURE")
        if "held by foreign-invested" in s.qualifier
    }
    assert found == {("3333", "seats", "2025-06-30"), ("0.054", "share", "2025-06-30")}


def test_our_own_arithmetic_is_marked(loaded: Loaded) -> None:
    derived = [s for s in loaded.statements if s.type == "FIGURE" and "(derived)" in s.qualifier]
    assert [(s.provenance.basis, s.provenance.confidence) for s in derived] == [(Basis.EDITOR, Confidence.LOW)] * 2
