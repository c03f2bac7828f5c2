"""ISO Open Data: what a line about a committee says, and what lines that are no such thing do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import NodeRecord, Statement
from loaders.formats import formats
from loaders.inputs import Head, Input
from loaders.iso import COMMITTEES
from loaders.refusals import Refusal
from loaders.streaming import Streaming
from tests.loaders.said import in_batches

FIXTURE = Path(__file__).parent / "fixtures" / "iso" / "committees.jsonl"


def taken(data: bytes) -> tuple[list[NodeRecord], list[Statement], list[Refusal]]:
    """What such an input says, and what of it is refused."""
    streaming = Streaming(None)
    given = Input.of("committees.jsonl", data)
    dataset = COMMITTEES.dataset(given.head)
    assert dataset is not None
    batches = list(in_batches(streaming.batches(given, COMMITTEES, dataset)))
    return (
        [node for batch in batches for node in batch.nodes],
        [statement for batch in batches for statement in batch.statements],
        streaming.refusals,
    )


@pytest.fixture(scope="module")
def said() -> set[tuple[str, str, str, str]]:
    """Subject, type, object or value, qualifier of all that the fixture says."""
    _, statements, refusals = taken(FIXTURE.read_bytes())
    assert not refusals
    return {(s.subject, s.type, s.object or str(s.value), s.qualifier) for s in statements}


def test_members_and_secretariats_of_china_are_those_of_the_agency_on_record(
    said: set[tuple[str, str, str, str]],
) -> None:
    lines = [json.loads(line) for line in FIXTURE.read_text("utf-8").splitlines()]
    member = sum(any(one["acronym"] == "SAC" for one in line["pMembers"] or []) for line in lines)
    holder = sum(line["secretariat"]["acronym"] == "SAC" for line in lines)
    assert sum(s[:2] == ("org:sac", "MEMBER_OF") and s[3] == "p_member" for s in said) == member > 0
    assert sum(s[:2] == ("org:sac", "HOSTS_SECRETARIAT") for s in said) == holder > 0
    assert ("org:sac", "HOSTS_SECRETARIAT", "committee:iso-tc-20-sc-1", "") in said


def test_a_subcommittee_is_part_of_the_committee_whose_number_it_gives_wherever_that_stands(
    said: set[tuple[str, str, str, str]],
) -> None:
    assert ("committee:iso-tc-20-sc-1", "PART_OF", "committee:iso-tc-20", "subcommittee") in said


def test_where_the_parent_has_no_line_its_code_tells_which_it_is(said: set[tuple[str, str, str, str]]) -> None:
    assert ("committee:iso-iec-jtc-1-sc-42", "PART_OF", "committee:iso-iec-jtc-1", "subcommittee") in said


def test_membership_is_no_mirror(said: set[tuple[str, str, str, str]]) -> None:
    assert not [s for s in said if s[1] == "MIRRORS"]


def test_committees_and_organisations_are_in_liaison(said: set[tuple[str, str, str, str]]) -> None:
    assert ("committee:iso-iec-jtc-1-sc-27", "MEMBER_OF", "committee:iso-tc-20-sc-1", "liaison") in said
    assert ("org:iso-liaison-8762", "MEMBER_OF", "committee:iso-tc-20-sc-1", "liaison") in said


def test_a_suspended_committee_is_not_in_force_and_says_what_it_is(said: set[tuple[str, str, str, str]]) -> None:
    assert ("committee:iso-tc-18", "NOTE", "Suspended", "status") in said
    assert not [s for s in said if s[:2] == ("committee:iso-tc-18", "STATUS")]
    assert ("committee:iso-tc-20", "STATUS", "current", "") in said


def test_a_body_whose_reference_is_no_code_has_it_as_its_code() -> None:
    nodes, _, _ = taken(FIXTURE.read_bytes())
    body = [node for node in nodes if node.id == "committee:iso-ws-esg"]
    assert body
    assert body[0].properties["code"] == "ISO/WS ESG"


def test_short_names_of_members_and_of_organisations_in_liaison_are_kept_apart() -> None:
    line = {
        "id": 1, "reference": "ISO/TC 1", "secretariat": None, "pMembers": [{"id": 2209, "acronym": "ISS"}], "oMembers": None,
        "organizationLiaisons": [{"id": 77, "acronym": "ISS"}],
    }  # fmt: skip
    _, statements, _ = taken(json.dumps(line).encode())
    members = {s.subject for s in statements if s.type == "MEMBER_OF"}
    assert members == {"org:iso-member-iss", "org:iso-liaison-77"}


def test_scopes_are_text_without_tags(said: set[tuple[str, str, str, str]]) -> None:
    scopes = [s[2] for s in said if s[1] == "NOTE" and s[3] == "scope"]
    assert scopes
    assert not [scope for scope in scopes if "<" in scope]


def test_names_of_members_are_general_knowledge_and_cited_as_that() -> None:
    _, statements, _ = taken(FIXTURE.read_bytes())
    names = [s for s in statements if s.subject == "org:iso-member-din" and s.type in ("NAME", "HOME")]
    assert {s.value for s in names} == {"Deutsches Institut für Normung", "DIN", "DE"}
    assert {s.provenance.basis.value for s in names} == {"general_knowledge"}


def test_broken_lines_are_refused_with_their_number_and_the_rest_is_taken() -> None:
    lines = FIXTURE.read_bytes().splitlines()
    _, statements, refusals = taken(b"\n".join((lines[0], b'{"reference": "ISO/TC', b"[]", b'{"id": 3}', lines[1])))
    assert [(refusal.line, refusal.reason) for refusal in refusals] == [
        (2, "is no JSON"),
        (3, "is JSON, but not one object"),
        (4, "has no reference: which committee it is cannot be said"),
    ]
    assert {s.provenance.record for s in statements} >= {"ISO/TC 20/SC 1", "ISO/TC 20"}


def test_no_other_kind_of_source_claims_the_file() -> None:
    head = Input.of("x", FIXTURE.read_bytes()).head
    assert [kind.name for kind in formats() if kind.dataset(head)] == [COMMITTEES.name]


def test_other_lines_are_not_of_this_kind() -> None:
    for text in ('{"reference": "x", "title": {"en": "y"}}\n', '{"rows": []}', "", "a,b\n"):
        assert COMMITTEES.dataset(Head("x", text.encode(), True)) is None


JSON: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 2**70, 0.5, "", "x", "\ud800", "ISO/TC 20", "2019-13-40", "<b", [], {}, [None], [[]], [{}], {"en": []}, {"id": []},
     {"acronym": "!"}, [{"acronym": 3, "id": "3"}], [{"acronym": "x" * 999, "id": 5, "reference": "y"}], [{"reference": "\x00"}]]
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(sorted(json.loads(FIXTURE.read_text("utf-8").splitlines()[0]))), JSON, max_size=6)
)
def test_whatever_the_fields_hold_is_taken_or_refused(changed: dict[str, Any]) -> None:
    first, second = (json.loads(line) for line in FIXTURE.read_text("utf-8").splitlines()[:2])
    _, statements, _ = taken("\n".join(json.dumps(line) for line in (first | changed, second)).encode())
    assert "ISO/TC 20" in {s.provenance.record for s in statements}


@given(st.binary(max_size=200))
def test_bytes_behind_a_sound_line_are_refused_at_most(rest: bytes) -> None:
    first = FIXTURE.read_bytes().splitlines()[0]
    taken(first + b"\n" + rest)
