"""Relaton: what files of several publishers and both generations of the schema say, and what the graph must not be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import NodeRecord, Statement
from loaders.formats import formats
from loaders.inputs import Head, Input
from loaders.refusals import Refusal
from loaders.relaton import RELATON
from loaders.relaton.document import Relation
from loaders.relaton.relations import related
from loaders.streaming import Streaming
from tests.loaders.said import in_batches

FIXTURES = Path(__file__).parent / "fixtures" / "relaton"


class Said:
    """What files say, taken together as one dataset."""

    def __init__(self, *files: str | bytes) -> None:
        streaming = Streaming(None)
        self.nodes: list[NodeRecord] = []
        self.statements: list[Statement] = []
        self.datasets: list[str] = []
        for file in files:
            data = (FIXTURES / file).read_bytes() if isinstance(file, str) else file
            given = Input.of(str(file)[:40], data)
            dataset = RELATON.dataset(given.head)
            assert dataset is not None
            self.datasets.append(dataset.id)
            for batch in in_batches(streaming.batches(given, RELATON, dataset)):
                self.nodes += batch.nodes
                self.statements += batch.statements
        self.refusals: list[Refusal] = streaming.refusals

    def of(self, type: str) -> set[tuple[str, str, str]]:
        """Subject, object or value, and qualifier of the statements of a type."""
        return {(s.subject, s.object or str(s.value), s.qualifier) for s in self.statements if s.type == type}

    def node(self, id: str) -> dict[str, object]:
        return {name: value for node in self.nodes if node.id == id for name, value in node.properties.items()}


def test_a_standard_has_number_title_dates_classes_and_address() -> None:
    said = Said("iso-27001-2022.yaml")
    assert said.datasets == ["relaton-iso"]
    assert said.node("standard:iso-iec-27001-2022") == {
        "number": "ISO/IEC 27001:2022",
        "kind": "international",
        "title_en": "Information security, cybersecurity and privacy protection - Information security management systems - Requirements",
        "ics": "35.030, 03.100.70",
        "published": "2022-10",
        "url": "https://www.iso.org/standard/27001",
    }
    assert said.of("CLASSIFIED_AS") >= {("standard:iso-iec-27001-2022", "field:ics-35-030", "")}


def test_the_committee_in_charge_is_the_one_of_the_identifier() -> None:
    said = Said("iso-27001-2022.yaml")
    assert said.of("IN_CHARGE_OF") == {("committee:iso-iec-jtc-1-sc-27", "standard:iso-iec-27001-2022", "centralised")}


def test_each_publisher_issued_it_on_the_day_of_publication() -> None:
    said = Said("iso-27001-2022.yaml")
    issued = [s for s in said.statements if s.type == "ISSUED"]
    assert {said.node(s.subject)["name_en"] for s in issued} == {
        "International Organization for Standardization",
        "International Electrotechnical Commission",
    }
    assert {s.since for s in issued} == {"2022-10"}


def test_stage_codes_become_stage_and_status() -> None:
    said = Said("iso-27001-2022.yaml", "iso-27001-2013.yaml", "iso-cd-16484-3.yaml")
    assert said.of("STATUS") == {
        ("standard:iso-iec-27001-2022", "current", ""),
        ("standard:iso-iec-27001-2013", "withdrawn", ""),
        ("standard:iso-cd-16484-3", "project", ""),
    }
    assert ("standard:iso-cd-16484-3", "30.20", "stage as printed") in said.of("NOTE")


def test_the_younger_edition_replaces_the_older_whichever_file_and_word_says_it() -> None:
    said = Said("iso-27001-2022.yaml")
    older = Said("iso-27001-2013.yaml")
    replaced = ("standard:iso-iec-27001-2022", "standard:iso-iec-27001-2013", "")
    assert replaced in said.of("REPLACES")
    assert older.of("REPLACES") == {replaced}


def test_an_amendment_replaces_a_part_of_what_it_amends() -> None:
    amending = [s for s in Said("iso-27001-2022.yaml").statements if s.subject.endswith("-amd-1-2024")]
    assert [(s.type, s.object, dict(s.properties)) for s in amending] == [
        ("REPLACES", "standard:iso-iec-27001-2022", {"partial": True})
    ]


def test_a_draft_replaces_nothing_yet() -> None:
    said = Said("iso-cd-16484-3.yaml")
    assert not said.of("REPLACES")
    assert ("standard:iso-cd-16484-3", "ISO 16484-3:2005", "revision of") in said.of("NOTE")


@pytest.mark.parametrize(
    ("docid", "type", "other", "expected"),
    [
        ("ISO 8267:1997", "updates", "ISO 8267-1:2005", "is replaced by"),
        ("ISO 16484-3:2005", "obsoletes", "ISO/AWI 16484-3", "revision in progress"),
        ("ISO 12572:2016", "updates", "ISO 12572:2016/CD Amd 1", "revision in progress"),
        ("ISO 5912:1993/Amd 1:1998", "updates", "ISO 5912:2003", "is replaced by"),
        ("ISO 11108:1996", "updates", "ISO 11108", "nothing"),
        ("ISO/TS 10303-1348:2010", "obsoletes", "ISO/TS 10303-1348:2010", "nothing"),
        ("ISO/CD 23511", "obsoletes", "ISO/TS 23511:2023", "revision of"),
        ("RFC 8446", "obsoletes", "RFC 5246", "replaces"),
        ("RFC 5246", "obsoletedBy", "RFC 8446", "is replaced by"),
        ("IEEE 802.3-2015", "obsoletes", "IEEE 802.3-2018", "nothing"),
        ("RFC 8446", "instanceOf", "RFC 5246", "nothing"),
    ],
)
def test_direction_of_relations(docid: str, type: str, other: str, expected: str) -> None:
    found = related(docid, Relation(type, other))
    if found is None:
        assert expected == "nothing"
    elif found.note:
        assert found.note == expected
    else:
        assert found.type == "REPLACES"
        assert expected == ("replaces" if found.forward else "is replaced by")


def test_an_older_copy_is_a_record_of_its_own_and_comes_behind() -> None:
    new, old = Said("iso-27001-2013.yaml"), Said("iso-27001-2013-dated.yaml")
    first, second = new.statements[0].provenance, old.statements[0].provenance
    assert first.record < second.record
    assert second.locator == "ISO/IEC 27001:2013, fetched 2024-01-16"
    assert first.observed_on is second.observed_on is None


def test_a_number_without_a_year_is_not_the_draft_that_will_bear_it() -> None:
    text = b"title: {content: Ergonomics, type: main}\ndocid: [{id: ISO 9241-112, type: ISO}]\ndocstatus: {stage: '60', substage: '00'}\n"
    said = Said(text)
    assert not said.of("STATUS")
    assert said.of("NOTE") == {("standard:iso-9241-112", "60.00", "stage of the next edition")}


def test_the_company_behind_an_author_drafted_it_by_rule() -> None:
    said = Said("3gpp-ts-23.501.yaml")
    drafted = [s for s in said.statements if s.type == "DRAFTED"]
    assert [(said.node(s.subject)["name_en"], s.provenance.basis.value, s.since) for s in drafted] == [
        ("China Mobile US Research Center", "rule", "2024-03-27")
    ]


def test_of_several_groups_the_one_that_leads_now_is_in_charge() -> None:
    said = Said("3gpp-ts-23.501.yaml")
    assert said.of("IN_CHARGE_OF") == {("committee:3gpp-s2", "standard:3gpp-ts-23.501-rel-18-18.5.0", "centralised")}
    assert [node.label for node in said.nodes if node.id == "committee:3gpp-s2"] == ["WorkingGroup"]


def test_names_of_people_are_nowhere() -> None:
    said = Said("3gpp-ts-23.501.yaml", "w3c-rec-dom.yaml")
    everything = repr((said.nodes, said.statements, said.refusals))
    assert "FORENAME" not in everything
    assert "SURNAME" not in everything


def test_a_group_of_the_publisher_is_in_charge_in_the_later_schema() -> None:
    said = Said("w3c-rec-dom.yaml")
    (in_charge,) = said.of("IN_CHARGE_OF")
    assert said.node(in_charge[0])["name_en"] == "W3C Document Object Model Working Group"
    assert said.node("standard:w3c-rec-dom-level-3-core-20040407")["published"] == "2004-04-07"
    assert said.of("REPLACES") == {
        ("standard:w3c-rec-dom-level-3-core-20040407", "standard:w3c-pr-dom-level-3-core-20040205", "")
    }


def test_words_that_leave_doubt_give_no_status() -> None:
    said = Said("w3c-rec-dom.yaml")
    assert not said.of("STATUS")
    assert said.of("STAGE") == {("standard:w3c-rec-dom-level-3-core-20040407", "60", "")}
    assert [s.provenance.basis.value for s in said.statements if s.type == "STAGE"] == ["rule"]


def test_other_publishers_are_read_alike() -> None:
    said = Said("rfc-8446.yaml", "itu-x509.yaml")
    assert said.datasets == ["relaton-ietf", "relaton-itu"]
    replaced = {(s.subject, s.object, s.properties.get("partial")) for s in said.statements if s.type == "REPLACES"}
    assert replaced == {
        ("standard:rfc-8446", "standard:rfc-5246", None),
        ("standard:rfc-8446", "standard:rfc-5705", True),
    }
    assert [said.node(s.subject)["name_en"] for s in said.statements if s.type == "DRAFTED"] == [
        "Internet Engineering Task Force"
    ]
    ((subject, adopted, _),) = said.of("ADOPTS")
    assert (said.node(subject)["number"], adopted) == ("ITU-T X.509 (10/2019)", "standard:iso-iec-9594-8-2020")
    (in_charge,) = said.of("IN_CHARGE_OF")
    assert said.node(in_charge[0])["name_en"] == "ITU-T Study Group 17"
    assert ("standard:itu-t-x.509-2019-10", "current", "") in said.of("STATUS")


def test_an_identifier_that_is_no_number_stays_what_it_is() -> None:
    said = Said(b"title: {content: Directives}\ndocid: {id: 'ISO/IEC DIR 1 ISO SUP:2019', type: ISO}\n")
    assert said.node("standard:iso-iec-dir-1-iso-sup-2019")["number"] == "ISO/IEC DIR 1 ISO SUP:2019"


def test_an_index_is_left_out_as_what_it_is() -> None:
    said = Said("index-v1.yaml")
    assert [(refusal.reason, refusal.left_out) for refusal in said.refusals] == [
        ("an index of Relaton files, not a document", True)
    ]
    assert not said.statements


def test_no_other_kind_of_source_claims_such_files() -> None:
    for path in sorted(FIXTURES.glob("*.yaml")):
        head = Input.of(path.name, path.read_bytes()).head
        assert [kind.name for kind in formats() if kind.dataset(head)] == [RELATON.name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: x\n",
        "docid: 3\ntitle: x\n",
        '{"docid": [{"id": "ISO 1"}], "title": "x"}',
        "<docid>\n",
        "name: CI\non: push\njobs:\n- a\n",
    ],
)
def test_other_texts_are_not_of_this_kind(text: str) -> None:
    assert RELATON.dataset(Head("x.yaml", text.encode(), True)) is None


SOUND = "title: {content: T, type: main}\ndocid: [{id: ISO 1:2016, type: ISO}]\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: x\ndocid:\n- id: ISO 1\n  type: [ISO\n", "no sound YAML"),
        ("docid:\n- id: ISO 1\n  type: ISO\ntitle: !!python/object/apply:os.system [ls]\n", "YAML tag"),
        ("docid:\n- id: ISO 1\n  type: ISO\ntitle: a\ntitle: b\n", "'title' twice"),
        ("docid:\n- id: ISO 1\n  type: ISO\ntitle: *nothing\n", "stands for nothing"),
        ("docid:\n- id: ISO 1\n  type: ISO\ntitle: " + "[" * 200 + "]" * 200 + "\n", "levels deep"),
        ("docid:\n- id: ISO 1\n  type: ISO\ntitle: a\n---\ntitle: b\n", "more than one YAML document"),
        ("docid:\n- id: ISO 1\n  type: ISO\ntitle: " + "x" * (1024 * 1024) + "\n", "larger than 1 MiB"),
        ("docid:\n- type: ISO\ntitle: a\n? [b]\n: c\n", "is no text"),
    ],
)
def test_hostile_files_are_refused_with_their_reason(text: str, reason: str) -> None:
    given = Input.of("x.yaml", text.encode())
    dataset = RELATON.dataset(given.head) or RELATON.dataset(Head("x", SOUND.replace("{", "").encode(), True))
    streaming = Streaming(None)
    assert dataset is None or not list(streaming.batches(given, RELATON, dataset))
    if dataset is not None:
        assert reason in str(streaming.refusals[0])


def test_aliases_that_multiply_are_refused() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    text = f"docid:\n- id: ISO 1\n  type: ISO\ntitle: x\next:\n  a0: &a0 [x, x]\n{levels.replace('a', '  a', 0)}"
    text = text.replace("\na", "\n  a")
    said = Said(text.encode())
    assert "aliases that stand for more than" in str(said.refusals[0])


def test_aliases_as_programs_write_them_are_read() -> None:
    said = Said(
        b"docid:\n- id: ISO 1:2016\n  type: ISO\ntitle:\n- content: T\n  language: &1\n  - en\n  type: main\n- content: U\n  language: *1\n"
    )
    assert said.node("standard:iso-1-2016")["title_en"] == "T"


PIECES = st.sampled_from(
    ["title:", "docid:", "- id: ISO 1", "  type: ISO", "relation:", "- type: obsoletes", "  bibitem:", "    docid:", "    - id: ISO 2",
     "contributor:", "- person:", "    affiliation:", "    - organization: x", "date:", "- value: .nan", "  at: 2019-13", "ext:", "  ics:",
     "  - code: []", "  - code: ''", "&a", "*a", "'", '"', "|", "? x", "{", "[", "---", "\t", "\x00", "docstatus: 60"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30))
def test_whatever_a_file_holds_is_taken_or_refused(lines: list[str]) -> None:
    text = "docid:\n- id: ISO 1:2016\n  type: ISO\ntitle: x\n" + "\n".join(lines) + "\n"
    Said(text.encode())


@given(st.binary(max_size=200))
def test_bytes_behind_a_sound_beginning_are_refused_at_most(rest: bytes) -> None:
    Said(b"docid:\n- id: ISO 1:2016\n  type: ISO\ntitle: x\n" + rest)
