"""The shipped tables on committees: what each row becomes, counted and, for some, traced field by field.

The numbers were counted by hand against the rows as they were gathered, not taken from a run.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.dates import check
from graph.model import Document, NodeRecord, Statement
from graph.names import looks_personal
from loaders import read, shipped
from loaders.documents import untitled
from loaders.outcomes import TableCounts

MINE = ("committees", "committee_profiles", "seats", "working_groups", "secretariats_iso")
NAMING = (
    "agencies.jsonl", "associations.jsonl", "organisations.jsonl", "named_bodies.jsonl", "groups.jsonl",
    "ministries.csv", "aliases.csv", "policies.jsonl", "fields.csv",
)  # fmt: skip
COUNTS = {
    "committees": {
        "ACCESS": 3, "ADMINISTERS": 108, "FIGURE": 35, "HOSTS_SECRETARIAT": 23, "MEMBER_OF": 19, "MIRRORS": 8,
        "NAME": 106, "NOTE": 40, "OVERSEES": 81, "PART_OF": 42, "RULE": 29, "STATUS": 1,
    },
    "committee_profiles": {
        "ACCESS": 4, "EXISTS": 2, "FIGURE": 93, "HOSTS_SECRETARIAT": 308, "MIRRORS": 248, "NAME": 348, "NOTE": 69,
        "OVERSEES": 279, "PART_OF": 76, "RULE": 1, "STATUS": 4, "SUCCEEDED_BY": 3,
    },
    "seats": {"HOSTS_SECRETARIAT": 14, "MEMBER_OF": 313, "NAME": 19, "NOTE": 28, "PART_OF": 15},
    "working_groups": {
        "ACCESS": 40, "FIGURE": 14, "HOSTS_SECRETARIAT": 3, "MEMBER_OF": 35, "NAME": 169, "NOTE": 92, "OVERSEES": 1,
        "PART_OF": 78,
    },
    "secretariats_iso": {"HOSTS_SECRETARIAT": 121, "MEMBER_OF": 2, "MIRRORS": 2, "NAME": 71, "NOTE": 1, "PART_OF": 23},
}  # fmt: skip
ROWS = {"committees": 456, "committee_profiles": 332, "seats": 350, "working_groups": 85, "secretariats_iso": 71}
LEFT_OUT = {"16", "247"}
"""Seats that no organisation can be given for: see their reasons in the table."""


@dataclass(frozen=True)
class Loaded:
    """What the five tables yield, read beside the tables that name organisations."""

    statements: Mapping[str, list[Statement]]
    nodes: Mapping[str, list[NodeRecord]]
    documents: Mapping[str, Document]
    counts: Mapping[str, TableCounts]
    refused: list[tuple[str, str, str]]
    unused: Mapping[str, tuple[str, ...]]

    def of(self, table: str, record: str, type: str = "") -> list[Statement]:
        """The statements of one row, of one type if one is given."""
        return [s for s in self.statements[table] if s.provenance.record == record and type in ("", s.type)]

    def about(self, body: str, type: str, other: str = "") -> list[Statement]:
        """The statements of that type in any of the tables whose object (or subject) is the body."""
        every = [s for table in MINE for s in self.statements[table] if s.type == type]
        return [s for s in every if (s.object or s.subject) == body and other in ("", s.subject)]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    folder = shipped()
    reading = read([*(folder / f"{name}.jsonl" for name in MINE), *(folder / name for name in NAMING)])
    statements: dict[str, list[Statement]] = defaultdict(list)
    nodes: dict[str, list[NodeRecord]] = defaultdict(list)
    documents: dict[str, Document] = {}
    for dataset in reading.datasets:
        for batch in reading.batches(dataset.id):
            statements[dataset.id].extend(batch.statements)
            nodes[dataset.id].extend(batch.nodes)
            documents.update((document.id, document) for document in batch.documents)
    counts = {Path(file).stem: found for file, found in reading.counts.items()}
    refused = [(Path(r.file).stem, r.record, r.reason) for r in reading.refusals if Path(r.file).stem in MINE]
    return Loaded(statements, nodes, documents, counts, refused, {Path(k).stem: v for k, v in reading.unused.items()})


def rows(table: str) -> Iterator[dict[str, object]]:
    for line in (shipped() / f"{table}.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def documents() -> list[tuple[str, str]]:
    """Source and title of every document that the list beside the tables names."""
    with (shipped() / "documents.csv").open(encoding="utf-8", newline="") as file:
        return [(row["source"], row["title"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("table", MINE)
def test_every_row_is_taken_or_left_out_with_a_reason(loaded: Loaded, table: str) -> None:
    found = loaded.counts[table]
    assert (found.rows, found.refused, found.parts) == (ROWS[table], 0, 0)
    assert found.taken + found.left_out == found.rows
    assert found.left_out == (len(LEFT_OUT) if table == "seats" else 0)
    assert not loaded.unused.get(table)


def test_refusals_are_the_listed_ones(loaded: Loaded) -> None:
    assert {(table, record) for table, record, _ in loaded.refused} == {("seats", record) for record in LEFT_OUT}
    assert all(reason for _, _, reason in loaded.refused)


@pytest.mark.parametrize("table", MINE)
def test_statements_by_type(loaded: Loaded, table: str) -> None:
    assert Counter(s.type for s in loaded.statements[table]) == COUNTS[table]


@pytest.mark.parametrize("table", MINE)
def test_no_two_statements_overwrite_one_another(loaded: Loaded, table: str) -> None:
    """A host named as the page has it and again as it is called today would be one statement: the weaker ground would win."""
    keys = Counter(s.key for s in loaded.statements[table])
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("table", MINE)
def test_every_statement_says_where_it_comes_from(loaded: Loaded, table: str) -> None:
    for statement in loaded.statements[table]:
        said = statement.provenance
        assert said.locator, statement
        assert loaded.documents[said.document].title, statement
        assert said.observed_on is None or check(said.observed_on)
    assert all(row["source"] and row["confidence"] and row["basis"] for row in rows(table))


def test_every_address_has_a_title_of_its_own(loaded: Loaded) -> None:
    bare = [d.url for d in loaded.documents.values() if d.url and d.title == untitled(d.url).title]
    assert bare == []


def test_copies_on_other_sites_say_so_in_their_titles() -> None:
    """A reader sees beside each claim whether the body itself said it, or a page that repeats it."""
    marks: dict[str, set[str]] = defaultdict(set)
    for source, title in documents():
        if host := urlsplit(source).netloc.removeprefix("www."):
            found = re.search(
                rf"\((mirror site|third-party library|copy in a public repository),? {re.escape(host)}\)$", title
            )
            marks[host].add(found[1] if found else "")
    assert {host: kinds for host, kinds in marks.items() if len(kinds) > 1} == {}
    assert marks["osteoarthritisnetwork.com"] == {"mirror site"}
    assert marks["wendang.net"] == {"third-party library"}
    assert marks["github.com"] == {"copy in a public repository"}
    assert {*marks["std.samr.gov.cn"], *marks["tc260.org.cn"], *marks["sesec.eu"]} == {""}


@pytest.mark.parametrize("table", MINE)
def test_no_row_names_a_person(loaded: Loaded, table: str) -> None:
    names = [str(n.properties[k]) for n in loaded.nodes[table] for k in ("name_zh", "name_en") if k in n.properties]
    assert not [name for name in names if looks_personal(name)]
    printed = [str(s.properties[k]) for s in loaded.statements[table] for k in ("as_printed",) if k in s.properties]
    assert not [name for name in printed if looks_personal(name)]


def test_all_facts_in_free_words_are_there_and_their_words_explained() -> None:
    """Each of the 314 facts is at least one row, and the table of words says what became of it."""
    table = list(rows("committees"))
    assert {row["row"] for row in table} == set(range(1, 315))
    with (shipped() / "words" / "predicates.csv").open(encoding="utf-8", newline="") as file:
        words = {line["predicate"]: line for line in csv.DictReader(file)}
    facts = {(row["row"], row["predicate"]) for row in table}
    assert {word: int(line["facts"]) for word, line in words.items()} == Counter(str(word) for _, word in facts)
    for row in table:
        becomes = words[str(row["predicate"])]["becomes"]
        for column, type in (("overseer", "OVERSEES"), ("member", "MEMBER_OF"), ("secretariat", "HOSTS_SECRETARIAT")):
            assert column not in row or type in becomes


def test_every_body_has_one_id_in_all_tables(loaded: Loaded) -> None:
    """A committee with a code is known by the id made of it, wherever it occurs."""
    codes: dict[str, set[str]] = defaultdict(set)
    for table in MINE:
        for node in loaded.nodes[table]:
            if "code" in node.properties and node.id.startswith("committee:"):
                codes[str(node.properties["code"])].add(node.id)
    assert not {code: ids for code, ids in codes.items() if len(ids) > 1}
    assert codes["SAC/TC 260"] == {"committee:sac-tc-260"}
    assert codes["IEC/SC 62B"] == {"committee:iec-sc-62b"}


# -- rows traced field by field ----------------------------------------------------------------------------------------


def test_trace_secretariat_of_tc_260(loaded: Loaded) -> None:
    """The page of January 2016 names CESI."""
    [said] = loaded.of("committees", "5")
    assert (said.subject, said.type, said.object) == ("org:cesi", "HOSTS_SECRETARIAT", "committee:sac-tc-260")
    assert said.provenance.basis == "page"
    assert said.provenance.observed_on == "2016-01-14"
    assert loaded.documents[said.provenance.document].url.startswith("http://www.usito.org/")


def test_trace_guidance_of_tc_260(loaded: Loaded) -> None:
    [said] = loaded.of("committees", "4")
    assert (said.subject, said.type, said.object) == ("org:cac", "OVERSEES", "committee:sac-tc-260")
    assert (said.qualifier, said.provenance.basis) == ("guides", "page")
    assert "telecompaper.com" in loaded.documents[said.provenance.document].url


def test_trace_foreign_members_of_2016(loaded: Loaded) -> None:
    """The source names companies, not their Chinese entities: the seat is the group's, and is dated."""
    members = [s for record in ("9", "9.2", "9.3", "9.4") for s in loaded.of("committees", record, "MEMBER_OF")]
    assert [s.subject for s in members] == ["org:microsoft", "org:cisco", "org:intel", "org:ibm"]
    assert {(s.qualifier, s.since) for s in members} == {("member", "2016")}
    [seat] = loaded.of("seats", "193")
    assert (seat.subject, seat.properties["as_printed"]) == ("org:microsoft", "Microsoft")


def test_trace_renaming_of_tc_260(loaded: Loaded) -> None:
    names = {(s.value, s.qualifier) for s in loaded.about("committee:sac-tc-260", "NAME")}
    assert ("全国网络安全标准化技术委员会", "zh") in names
    assert ("全国信息安全标准化技术委员会", "former_zh") in names
    assert ("全国信息安全标准化技术委员会", "zh") not in names
    assert {("网安标委", "short_zh"), ("信安标委", "short_zh")} <= names
    assert not loaded.about("committee:sac-tc-260", "SUCCEEDED_BY")


def test_trace_supervision_of_tc_485_and_federation_over_tc_63(loaded: Loaded) -> None:
    assert [s.qualifier for s in loaded.of("committees", "44")] == ["supervises"]
    assert loaded.about("committee:sac-tc-485", "OVERSEES", "org:miit")
    federation = {s.subject for s in loaded.about("committee:sac-tc-63", "OVERSEES")}
    [officer] = loaded.of("committees", "61.2")
    assert federation == {officer.subject}
    assert officer.qualifier == "secretary_general"


def test_trace_a_supervising_agency_derived_from_records(loaded: Loaded) -> None:
    """What is concluded from the records of standards says from how many, and is less than certain."""
    [said] = [
        s for s in loaded.about("committee:sac-tc-114", "OVERSEES", "org:miit") if s.provenance.dataset == "committees"
    ]
    assert said.qualifier == "supervises"
    assert "6 standards on record" in str(said.properties["note"])
    assert said.provenance.confidence == "medium"


def test_trace_an_industry_code_of_an_estimated_era(loaded: Loaded) -> None:
    """The list of about 2001-2008 says who administered a code then, not since when; the body ended, and says on what ground."""
    [said] = [
        s
        for s in loaded.statements["committees"]
        if s.object == "field:industry-cb" and "2001" in str(s.properties.get("note"))
    ]
    assert (said.since, said.until, said.provenance.observed_on) == (None, "2008-03", "2008")
    assert said.subject == "org:costind"
    assert "the end of the body, by general knowledge" in str(said.properties["note"])


def test_bodies_of_old_tables_do_not_administer_a_code_for_ever(loaded: Loaded) -> None:
    chemicals = [s for s in loaded.about("field:industry-hg", "ADMINISTERS") if s.qualifier == "administers"]
    assert {s.provenance.observed_on: s.until for s in chemicals if s.provenance.observed_on} == {
        "1999": "2001",
        "2008": "2008",
    }


def test_trace_the_drug_administration_of_1998_is_not_that_of_2018(loaded: Loaded) -> None:
    subjects = {
        s.subject
        for s in loaded.statements["committees"]
        if s.object == "field:industry-yy" and s.provenance.observed_on == "1999"
    }
    assert len(subjects) == 1
    assert "org:nmpa" not in subjects


def test_trace_a_profile_field_by_field(loaded: Loaded) -> None:
    """Each field of a profile has its own source: SAC/TC 4 has a page for its guidance and none for its secretariat."""
    record = "committee:sac-tc-4"
    [guided] = loaded.of("committee_profiles", record, "OVERSEES")
    [hosted] = loaded.of("committee_profiles", record, "HOSTS_SECRETARIAT")
    assert (guided.provenance.basis, guided.provenance.confidence, guided.provenance.observed_on) == (
        "page",
        "high",
        "2019-11-29",
    )
    assert (hosted.provenance.basis, hosted.provenance.observed_on) == ("general_knowledge", None)
    names = {(s.value, s.qualifier) for s in loaded.of("committee_profiles", record, "NAME")}
    assert ("全国文献工作标准化技术委员会", "former_zh") in names
    assert [s.object for s in loaded.of("committee_profiles", record, "MIRRORS")] == ["committee:iso-tc-46"]


def test_trace_an_inferred_secretariat(loaded: Loaded) -> None:
    """A page that names the secretary-general's organisation does not name the secretariat: the editor infers it."""
    [hosted] = loaded.of("committee_profiles", "committee:sac-tc-224-sc-3", "HOSTS_SECRETARIAT")
    assert (hosted.provenance.basis, hosted.properties["note"]) == ("editor", "secretary-general's organisation")


def test_trace_successions_between_committees(loaded: Loaded) -> None:
    moved = {
        (s.subject, s.object, s.since) for s in loaded.statements["committee_profiles"] if s.type == "SUCCEEDED_BY"
    }
    assert moved == {
        ("committee:sac-tc-103-sc-3", "committee:sac-tc-596-sc-1", "2022-06"),
        ("committee:sac-tc-209-sc-7", "committee:sac-tc-606", "2024-07"),
    }


def test_trace_attendance_is_no_seat(loaded: Loaded) -> None:
    """Who came to one meeting has no seat; who came to the first meeting of a drafting group probably has one."""
    [note] = loaded.of("seats", "211")
    assert (note.type, note.qualifier, note.subject) == ("NOTE", "took part", "org:huawei-technologies")
    [seat] = loaded.of("seats", "233", "MEMBER_OF")
    assert (seat.qualifier, seat.object, seat.provenance.confidence) == (
        "wg_member",
        "committee:sac-tc-46-dc-appliance-safety",
        "low",
    )


def test_trace_the_same_seat_at_two_dates(loaded: Loaded) -> None:
    chairs = [s for s in loaded.about("committee:sac-tc-480", "MEMBER_OF") if s.qualifier == "chair"]
    assert sorted(str(s.provenance.observed_on) for s in chairs) == ["2012-08-31", "2020-12"]
    assert len({s.subject for s in chairs}) == 1


def test_trace_a_proposed_list_is_no_appointment(loaded: Loaded) -> None:
    [seat] = loaded.of("seats", "28")
    assert (seat.subject, seat.since, seat.provenance.confidence) == ("org:huawei-technologies", None, "medium")
    assert "comments" in str(seat.properties["note"])


def test_trace_access_to_working_groups(loaded: Loaded) -> None:
    """WG 2 is believed to be closed, on no page; WG 3 was closed until the report of 2020."""
    [closed] = loaded.of("working_groups", "committee:sac-tc-260-wg-2", "ACCESS")
    assert (closed.value, closed.provenance.basis) == ("closed", "general_knowledge")
    assert "does not name them" in str(closed.properties["note"])
    opened = {(s.value, s.until) for s in loaded.of("working_groups", "committee:sac-tc-260-wg-3", "ACCESS")}
    assert opened == {("closed", "2020"), ("member", None)}
    assert not loaded.of("working_groups", "committee:sac-tc-260-wg-1", "ACCESS")


def test_trace_an_international_secretariat(loaded: Loaded) -> None:
    """The national body holds it in name, an institute runs it; a chair or a mirror unit is no secretariat."""
    hosts = {s.subject: s for s in loaded.of("secretariats_iso", "ISO/TC 61", "HOSTS_SECRETARIAT")}
    assert "org:sac" in hosts
    [runs] = [s for subject, s in hosts.items() if subject != "org:sac"]
    assert (runs.since, runs.provenance.basis) == ("2010-11-25", "page")
    [chair] = loaded.of("secretariats_iso", "ISO/TC 33", "MEMBER_OF")
    assert chair.qualifier == "chair"
    assert "org:sac" not in {s.subject for s in loaded.of("secretariats_iso", "ISO/TC 33", "HOSTS_SECRETARIAT")}
    assert [s.type for s in loaded.of("secretariats_iso", "IEC/TC 5")] == ["NAME", "NOTE"]
