"""Who decides a standard, asked of the shipped data."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph import committees
from graph.errors import AmbiguousError, InputError, NotFoundError
from graph.model import Basis, Confidence, View
from graph.store import Store
from loaders import shipped
from queries.answer import Answer, Item
from queries.oversight import oversight


def by_role(answer: Answer) -> dict[str, dict[str, Item]]:
    """Items by role and node id."""
    found: dict[str, dict[str, Item]] = {}
    for item in answer.items:
        found.setdefault(item.role, {})[item.node.id] = item
    return found


def addresses(answer: Answer, item: Item) -> str:
    """The addresses that an item cites, as one text."""
    urls = {source.number: source.url for source in answer.sources}
    return " ".join(urls[number] for evidence in item.evidence for number in evidence.sources)


@pytest.fixture(scope="module")
def classified_protection(shipped_store: Store) -> Answer:
    return oversight(shipped_store, "GB/T 22239-2019", View(as_of=date(2026, 11, 25)))


def test_the_committee_in_charge_is_tc_260(classified_protection: Answer) -> None:
    assert list(by_role(classified_protection)["in_charge"]) == ["committee:sac-tc-260"]


def test_secretariat_and_guidance_are_each_cited_from_a_page(classified_protection: Answer) -> None:
    roles = by_role(classified_protection)
    for role, id in (("secretariat", "org:cesi"), ("overseer", "org:cac")):
        item = roles[role][id]
        assert any(evidence.basis == "page" for evidence in item.evidence)
        assert "http" in addresses(classified_protection, item)


def test_it_was_issued_by_samr_and_sac(classified_protection: Answer) -> None:
    assert set(by_role(classified_protection)["issuer"]) == {"org:samr", "org:sac"}


def test_the_top_is_what_sources_name(classified_protection: Answer) -> None:
    above = by_role(classified_protection)["superior"]
    assert {"org:state-council", "org:samr"} <= set(above)
    party = above["org:central-cyberspace-affairs-commission"]
    assert party.evidence[0].subject.id == "org:cac"


def test_the_ministry_of_public_security_has_a_claim_with_reason_and_source(classified_protection: Answer) -> None:
    claim = by_role(classified_protection)["claim"]["org:mps"]
    cites = [e for e in claim.evidence if e.type == "CITES" and e.properties.get("binding") is True]
    assert cites
    assert all(e.object and e.object.id == "standard:gb-t-22239-2019" for e in cites)
    assert any(e.type == "ISSUED_POLICY" and e.subject.id == "org:mps" for e in claim.evidence)
    assert {f.name for f in classified_protection.findings} >= {"overlapping_jurisdiction"}
    assert "voluntary_but_cited" in {c.code for c in classified_protection.caveats}


def test_a_claim_also_rests_on_the_work_of_the_agencys_own_institute(classified_protection: Answer) -> None:
    claim = by_role(classified_protection)["claim"]["org:mps"]
    led = next(e for e in claim.evidence if e.type == "DRAFTED")
    assert led.properties["rank"] == 1
    assert led.subject.name_zh == "公安部第三研究所"


def test_stale_seats_and_missing_pages_are_said(classified_protection: Answer) -> None:
    texts = {c.code: c.text.en for c in classified_protection.caveats}
    assert "2016" in texts["seats_as_of"]
    assert "SAC/TC 260" in texts["no_page"]
    members = next(f for f in classified_protection.findings if f.name == "members")
    assert "81" in members.text.en
    assert "2016" in members.text.en


@pytest.mark.parametrize(
    ("day", "above", "not_above"),
    [(date(2017, 6, 1), "org:aqsiq", "org:samr"), (date(2018, 6, 1), "org:samr", "org:aqsiq")],
)
def test_sac_moved_in_2018(shipped_store: Store, day: date, above: str, not_above: str) -> None:
    answer = oversight(shipped_store, "GB/T 7714-2015", View(as_of=day))
    roles = by_role(answer)
    assert any(e.subject.id == "org:sac" for e in roles["superior"][above].evidence)
    assert not_above not in {item.node.id for item in answer.items}


def test_before_it_came_out_its_predecessor_is_named(shipped_store: Store) -> None:
    answer = oversight(shipped_store, "GB/T 22239-2019", View(as_of=date(2017, 6, 1)))
    finding = next(f for f in answer.findings if f.name == "not_yet_published")
    assert "GB/T 22239-2008" in finding.text.en
    assert "GB/T 22239-2008" in finding.text.zh
    assert finding.values["predecessor"] == "standard:gb-t-22239-2008"


def test_a_number_without_year_means_the_edition_in_force(shipped_store: Store) -> None:
    today = oversight(shipped_store, "gbt22239", View(as_of=date(2026, 11, 25)))
    before = oversight(shipped_store, "GB/T 22239", View(as_of=date(2017, 6, 1)))
    assert today.about[0].id == "standard:gb-t-22239-2019"
    assert before.about[0].id == "standard:gb-t-22239-2008"


def test_tc_485_is_under_the_ministry(shipped_store: Store, now: View) -> None:
    assert "org:miit" in by_role(oversight(shipped_store, "TC485", now))["overseer"]


def test_tc_63_is_under_the_petroleum_and_chemical_federation(shipped_store: Store, now: View) -> None:
    overseers = by_role(oversight(shipped_store, "SAC/TC 63", now))["overseer"]
    assert "中国石油和化学工业联合会" in {item.node.name_zh for item in overseers.values()}


@pytest.mark.parametrize("committee", ["SAC/TC 63", "SAC/TC 485"])
@pytest.mark.parametrize(
    ("day", "above"),
    [(date(2026, 11, 25), "org:samr"), (date(2018, 2, 1), "org:aqsiq"), (date(2012, 1, 1), "org:aqsiq")],
)
def test_who_administers_all_national_committees_is_named_with_its_superiors(
    shipped_store: Store, committee: str, day: date, above: str
) -> None:
    answer = oversight(shipped_store, committee, View(as_of=day))
    roles = by_role(answer)
    sac = roles["administrator"]["org:sac"]
    assert {(e.type, e.object.id) for e in sac.evidence if e.object} == {("ADMINISTERS", "field:technical-committees")}
    assert all(e.since is None or e.since <= day.isoformat() for e in sac.evidence)
    assert "org:sac" not in roles["overseer"]
    assert {"org:samr", "org:aqsiq"} & set(roles["superior"]) == {above}
    assert any(e.subject.id == "org:sac" for e in roles["superior"][above].evidence)
    assert "administered_as_a_whole" in {c.code for c in answer.caveats}
    assert "org:sac" in {node.id for node in answer.picture.nodes}
    # A line to their field would run behind the committee in the drawing, and read as one to it.
    assert {link.type for link in answer.picture.links if link.source == "org:sac"} == {"SUBORDINATE_TO"}


def test_nobody_administers_committees_before_it_was_founded(shipped_store: Store) -> None:
    answer = oversight(shipped_store, "SAC/TC 63", View(as_of=date(1999, 6, 1)))
    assert "org:sac" not in {item.node.id for item in answer.items}


def test_what_is_said_of_all_national_committees_is_not_repeated_where_a_record_says_it_of_one(
    shipped_store: Store, now: View, classified_protection: Answer
) -> None:
    assert "org:sac" in by_role(classified_protection)["overseer"]
    assert "administrator" not in by_role(classified_protection)
    below = by_role(oversight(shipped_store, "SAC/TC 10/SC 1", now))
    assert set(below["administrator"]) == {"org:sac"}


@pytest.mark.parametrize("body", ["ISO/IEC JTC 1", "MIIT/TC 1"])
def test_other_committees_are_not_administered_as_national_ones(shipped_store: Store, now: View, body: str) -> None:
    assert "administrator" not in by_role(oversight(shipped_store, body, now))


@pytest.mark.parametrize(
    ("number", "issuer"),
    [("GB 2760-2024", "org:nhc"), ("HJ 1330-2023", "org:mee"), ("GB 50490-2009", "org:mohurd")],
)
def test_special_standards_show_their_own_issuer_and_publishing_place(
    shipped_store: Store, now: View, number: str, issuer: str
) -> None:
    answer = oversight(shipped_store, number, now)
    issuers = set(by_role(answer)["issuer"])
    assert issuer in issuers
    assert "org:sac" not in issuers
    place = next(f for f in answer.findings if f.name == "publishing_place")
    publishers = {e.subject.id for e in place.evidence if e.type == "ADMINISTERS"}
    assert publishers == {issuer}
    assert any("report" in e.statement or e.type == "NOTE" for e in place.evidence)


@pytest.mark.parametrize("number", ["GB/T 21085-2007", "GB 9706.15-2008"])
def test_nobody_is_said_to_have_issued_what_came_out_before_its_time(
    shipped_store: Store, now: View, number: str
) -> None:
    answer = oversight(shipped_store, number, now)
    roles = by_role(answer)
    assert "issuer" not in roles
    assert set(roles["kind_issuer"]) == {"org:sac", "org:samr"}
    assert "issuer_by_kind" in {c.code for c in answer.caveats}
    then = next(f for f in answer.findings if f.name == "issuers_then")
    assert {e.subject.id for e in then.evidence} == {"org:sac", "org:aqsiq"}


def test_who_issues_a_kind_is_read_off_the_newest_word_on_it(shipped_store: Store, now: View) -> None:
    answer = oversight(shipped_store, "QC/T 1036-2016", now)
    assert set(by_role(answer)["kind_issuer"]) == {"org:miit"}


def test_from_an_agency_that_is_gone_the_way_leads_to_its_successor(shipped_store: Store, now: View) -> None:
    answer = oversight(shipped_store, "YY 0053-2016", now)
    roles = by_role(answer)
    assert set(roles["issuer"]) == {"org:cfda"}
    assert set(roles["successor"]) == {"org:nmpa"}
    above = {e.subject.id for item in roles["superior"].values() for e in item.evidence}
    assert "org:cfda" not in above
    before = by_role(oversight(shipped_store, "YY 0053-2016", replace(now, as_of=date(2017, 6, 1))))
    assert "successor" not in before
    assert any(e.subject.id == "org:cfda" for item in before["superior"].values() for e in item.evidence)


def test_what_is_no_longer_in_force_is_said_first(shipped_store: Store, now: View) -> None:
    assert "withdrawn" in {c.code for c in oversight(shipped_store, "GB/T 9061-2006", now).caveats}
    replaced = oversight(shipped_store, "GB 9706.15-2008", now).caveats[0]
    assert replaced.code == "replaced"
    assert "GB 9706.1-2020" in replaced.text.zh


def test_a_project_is_called_by_its_plan_number(shipped_store: Store, now: View) -> None:
    assert oversight(shipped_store, "20021574-Q-607", now).about[0].name("en") == "20021574-Q-607"


def test_an_industry_standard_is_mandatory_by_its_number_only(shipped_store: Store, now: View) -> None:
    assert "mandatory_by_number" in {c.code for c in oversight(shipped_store, "HJ 1330-2023", now).caveats}
    assert "mandatory_by_number" not in {c.code for c in oversight(shipped_store, "GB 2760-2024", now).caveats}


def test_an_event_has_a_day_and_a_subject_is_named_once(classified_protection: Answer) -> None:
    roles = by_role(classified_protection)
    assert roles["issuer"]["org:samr"].reason.en.endswith("issued GB/T 22239-2019 (2019-05-10)")
    seats = roles["leader"]["org:cac"].reason
    assert seats.en.count("Cyberspace") == 1
    assert seats.zh.count("国家互联网信息办公室") == 1


def test_a_note_says_what_it_is_about(classified_protection: Answer) -> None:
    place = next(f for f in classified_protection.findings if f.name == "publishing_place")
    assert "National standards, place of publication: SAC's central online platform" in place.text.en
    assert "国家标准，公布平台：国家标准委统一在线平台" in place.text.zh


def test_what_no_page_confirms_ranks_behind_what_one_does(classified_protection: Answer) -> None:
    for role in ("overseer", "leader"):
        items = by_role(classified_protection)[role].values()
        firm = [i.score for i in items if any(e.basis in ("page", "transcription") for e in i.evidence)]
        weak = [i.score for i in items if all(e.basis == "general_knowledge" for e in i.evidence)]
        assert not firm or not weak or min(firm) >= max(weak)


def test_general_knowledge_can_be_switched_off(shipped_store: Store) -> None:
    bases = frozenset({Basis.PAGE, Basis.TRANSCRIPTION})
    answer = oversight(shipped_store, "GB/T 22239-2019", View(as_of=date(2026, 11, 25), bases=bases))
    assert {e.basis for i in answer.items for e in i.evidence} <= {"page", "transcription"}
    assert "no_committee" in {c.code for c in answer.caveats}


def test_low_confidence_can_be_switched_off(shipped_store: Store, now: View) -> None:
    answer = oversight(shipped_store, "SAC/TC 63", replace(now, min_confidence=Confidence.HIGH))
    assert {e.confidence for i in answer.items for e in i.evidence} <= {"high"}


def test_a_company_is_not_a_standard(shipped_store: Store, now: View) -> None:
    with pytest.raises(NotFoundError, match="No standard or committee on record"):
        oversight(shipped_store, "BMW", now)


def test_an_unknown_number_names_the_nearest(shipped_store: Store, now: View) -> None:
    with pytest.raises(NotFoundError) as caught:
        oversight(shipped_store, "GB/T 22239-2033", now)
    assert "standard:gb-t-22239-2019" in {ref.id for ref in caught.value.nearest}


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_000])
def test_what_cannot_be_a_name_is_bad_input(shipped_store: Store, now: View, text: str) -> None:
    with pytest.raises(InputError):
        oversight(shipped_store, text, now)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; drop table nodes; --", "\x00\x1b[31m", "😀" * 90, "%", "*"]
)
def test_hostile_text_is_only_not_found(shipped_store: Store, now: View, text: str) -> None:
    with pytest.raises((NotFoundError, AmbiguousError, InputError)):
        oversight(shipped_store, text, now)


def standards_with_a_committee() -> list[str]:
    """Ids of the shipped standards whose record names a committee in charge."""
    lines = (shipped() / "standards.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    named = {row["id"]: [each["body"] for each in row.get("managing_bodies", [])] for row in rows}
    return sorted(
        id for id, bodies in named.items() if any(committees.parse(body) or "技术委员会" in body for body in bodies)
    )


def test_every_standard_with_a_committee_shows_it_and_climbs_to_a_top(shipped_store: Store, now: View) -> None:
    ids = standards_with_a_committee()
    assert len(ids) > 120
    without_issuer, without_superior = [], []
    for id in ids:
        answer = oversight(shipped_store, id, now)
        roles = by_role(answer)
        assert any(item.node.label == "Committee" for item in roles["in_charge"].values()), id
        if not roles.get("issuer") and not roles.get("kind_issuer"):
            assert "no_issuer" in {c.code for c in answer.caveats}, id
            without_issuer.append(id)
        if not roles.get("superior"):
            assert "no_superior" in {c.code for c in answer.caveats}, id
            without_superior.append(id)
        for item in answer.items:
            assert item.evidence, (id, item.node.id)
            assert item.reason.en
            assert item.reason.zh
            assert all(evidence.sources for evidence in item.evidence)
    # Texts without a number, whose record names neither an issuer nor a kind whose issuer is known.
    unnumbered = shipped_store.nodes(without_issuer).values()
    assert all("number" not in node.properties for node in unnumbered)
    # A provincial committee, and two of an agency above which no source on record names anybody.
    assert len(without_superior) <= 3, without_superior


def rows_of_tables() -> set[str]:
    """Every text that stands in a shipped table, row by row, as one set of lines."""
    found: set[str] = set()
    for path in sorted(Path(shipped()).glob("*.jsonl")):
        found |= set(path.read_text(encoding="utf-8").splitlines())
    for path in sorted(Path(shipped()).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {json.dumps(row, ensure_ascii=False) for row in csv.DictReader(file)}
    return found


def test_each_hop_of_twenty_random_standards_traces_to_a_row(shipped_store: Store, now: View) -> None:
    """Each statement's source stands in a row of the dataset's table together with a name of one of its ends."""
    rows = rows_of_tables()
    chosen = random.Random(20200201).sample(standards_with_a_committee(), 20)
    for id in chosen:
        answer = oversight(shipped_store, id, now)
        urls = {source.number: source for source in answer.sources}
        for item in answer.items:
            for evidence in item.evidence:
                statement = shipped_store.statements([evidence.statement])[evidence.statement]
                source = urls[evidence.sources[0]]
                wanted = source.url or source.title
                ends = [ref for ref in (evidence.subject, evidence.object) if ref]
                names = {
                    name
                    for ref in ends
                    for name in (ref.id, ref.name_zh, ref.name_en, ref.title_zh, ref.title_en)
                    if name
                }
                assert statement.provenance.record
                assert any(
                    (wanted in row or "general knowledge" in row or statement.provenance.locator in row)
                    and any(name in row for name in names)
                    for row in rows
                ), (id, evidence.says.en, wanted)
