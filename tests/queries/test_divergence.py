"""What standards depart from and whether they must be met, asked of the shipped data and of a small graph of invented standards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.errors import NotFoundError
from graph.model import Batch, Confidence, Dataset, Document, NodeRecord, Provenance, Scalar, Statement, View
from graph.open import open_store
from graph.store import Store
from queries.adoption import SUPPORT
from queries.answer import Answer, Finding, Item
from queries.divergence import divergence

NOW = View(as_of=date(2026, 11, 25))


def finding(answer: Answer, name: str) -> Finding:
    return next(f for f in answer.findings if f.name == name)


def verdict(answer: Answer) -> object:
    return finding(answer, "adoption").values["verdict"]


def force(answer: Answer) -> object:
    return finding(answer, "force").values["force"]


def of_role(answer: Answer, role: str) -> list[Item]:
    return [item for item in answer.items if item.role == role]


def codes(answer: Answer) -> set[str]:
    return {caveat.code for caveat in answer.caveats}


# -- the shipped data ----------------------------------------------------------------------------------------------


def test_a_scheme_makes_classified_protection_compulsory_and_its_ministry_enforces_it(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "GB/T 22239-2019", NOW)
    assert force(answer) == "voluntary_made_compulsory"
    (item,) = of_role(answer, "compulsory")
    assert item.node.id == "policy:mlps-2-scheme"
    assert "Ministry of Public Security" in item.reason.en
    assert {e.type for e in item.evidence} == {"CITES", "ISSUED_POLICY"}
    assert finding(answer, "said_to_be_unique").evidence[0].subject.id == "policy:mlps-2-scheme"


def test_that_nothing_is_on_record_is_not_that_it_is_unique(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "GB/T 22239-2019", NOW)
    assert verdict(answer) == "none_on_record"
    assert "adoption_unknown" in codes(answer)


def test_a_record_of_the_national_platform_that_tells_no_adoption_makes_it_unique(shipped_store: Store) -> None:
    assert verdict(divergence(shipped_store, "GB/T 15940-2008", NOW)) == "unique"


def test_a_text_that_cites_no_year_means_the_edition_in_force(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "GB/T 26572-2011", NOW)
    assert force(answer) == "voluntary_made_compulsory"
    assert "without year" in of_role(answer, "compulsory")[0].reason.en


@pytest.mark.parametrize(
    ("day", "expected"), [("2015-06-01", "voluntary_made_compulsory"), ("2026-11-25", "voluntary")]
)
def test_what_compels_does_so_only_while_it_is_in_force(shipped_store: Store, day: str, expected: str) -> None:
    assert force(divergence(shipped_store, "GB/T 22239-2008", View(as_of=date.fromisoformat(day)))) == expected


def test_a_mandatory_standard_is_not_said_to_be_made_compulsory(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "GB 4943.1-2022", NOW)
    assert force(answer) == "mandatory"
    assert not of_role(answer, "compulsory")
    assert [item.node.id for item in of_role(answer, "cited")] == ["policy:cnca-announcement-11-2022"]


def test_of_an_adopted_edition_of_which_nothing_is_loaded_it_is_unknown_whether_it_is_current(
    shipped_store: Store,
) -> None:
    answer = divergence(shipped_store, "GB 9706.1-2020", NOW)
    assert verdict(answer) == "modified"
    (item,) = of_role(answer, "adopts")
    assert item.node.id == "standard:iec-60601-1-2012"
    assert item.details == {"degree": "MOD", "edition": "unknown"}
    assert "edition_unknown" in codes(answer)


@pytest.mark.parametrize(("day", "told"), [("2024-06-01", False), ("2026-11-25", True)])
def test_what_does_not_count_by_the_rule_of_2025_is_told_from_then_on(
    shipped_store: Store, day: str, told: bool
) -> None:
    answer = divergence(shipped_store, "GB/T 4016-2019", View(as_of=date.fromisoformat(day)))
    assert verdict(answer) == "not_equivalent"
    assert any(f.name == "not_counted" and f.values["rule"] == "adoption-degrees" for f in answer.findings) == told


def test_a_foreign_standard_adopted_does_not_count_by_the_same_rule(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "GB/T 24480-2009", NOW)
    assert finding(answer, "not_counted").values["rule"] == "adoption-bodies"


def test_an_international_standard_is_told_what_adopts_it(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "ISO 50001:2018", NOW)
    assert len(of_role(answer, "adopted_by")) == 1
    assert not answer.findings


def test_shares_stand_beside_the_official_figures_and_the_difference_is_explained(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "field:kind-national", NOW)
    official = [item.reason.en for item in of_role(answer, "official")]
    assert any("2010" in text and "35 %" in text for text in official)
    assert any("2019" in text and "24 %" in text for text in official)
    assert {"compared", "another_measure"} <= {f.name for f in answer.findings}


def test_below_the_support_no_share_is_said(shipped_store: Store) -> None:
    counted = [*of_role(divergence(shipped_store, "field:kind-national", NOW), "span")]
    assert counted
    for item in counted:
        n, share = item.details["standards"], item.details["share"]
        assert isinstance(n, int)
        assert (share is None) == (n < SUPPORT)
        assert ("too few to say" in item.reason.en) == (n < SUPPORT)


def test_only_what_was_published_by_the_day_is_counted(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "field:kind-national", View(as_of=date(2012, 1, 1)))
    assert all(int(str(item.details["from"])) <= 2011 for item in (*of_role(answer, "span"), *of_role(answer, "year")))


def test_few_standards_of_a_committee_are_called_few(shipped_store: Store) -> None:
    answer = divergence(shipped_store, "SAC/TC 260", NOW)
    assert "few" in codes(answer)
    assert not of_role(answer, "year")


def test_what_is_not_on_record_is_an_error_of_the_house(shipped_store: Store) -> None:
    with pytest.raises(NotFoundError):
        divergence(shipped_store, "GB/T 999999-2099", NOW)


# -- a small graph -------------------------------------------------------------------------------------------------

SAID = Provenance("small", "1", "doc:small", "row 1", "2026-01-01")


def standard(number: str, **more: Scalar) -> NodeRecord:
    slug = number.lower().replace("/", "-").replace(" ", "-").replace(":", "-")
    kind = "international" if number.startswith("ISO") else "national"
    return NodeRecord(f"standard:{slug}", "Standard", {"number": number, "kind": kind, **more}, SAID)


def policy(name: str, **more: Scalar) -> NodeRecord:
    return NodeRecord(f"policy:{name}", "Policy", {"name_en": name.title(), **more}, SAID)


def said(
    subject: str, kind: str, far: str = "", value: str | None = None, since: str | None = None, **more: Scalar
) -> Statement:
    return Statement(subject, kind, SAID, far, value=value, since=since, properties=more)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Standards that adopt editions in every state, and texts that cite one, in force and not."""
    path: Path = tmp_path_factory.mktemp("divergence") / "graph.sqlite"
    store = open_store(f"sqlite:///{path}", create=True)
    ours: dict[str, Scalar] = {"mandatory": False, "published": "2020-01-01"}
    nodes = [
        *(standard(f"GB/T {n}-2020", **ours) for n in (99901, 99902, 99903, 99904)),
        standard("ISO 91:2015", published="2015-03-01"),
        standard("ISO 91:2022", published="2022-03-01"),
        standard("ISO 92:2015", published="2015-03-01"),
        standard("ISO 93:2015", published="2015-03-01"),
        policy("draft"),
        policy("future", issued="2026-10-01", effective="2027-01-01"),
        policy("scheme", issued="2021-01-01"),
    ]
    statements = [
        said("standard:gb-t-99901-2020", "ADOPTS", "standard:iso-91-2015", degree="IDT"),
        said("standard:gb-t-99902-2020", "ADOPTS", "standard:iso-92-2015", degree="MOD"),
        said("standard:gb-t-99903-2020", "ADOPTS", "standard:iso-93-2015", degree="IDT"),
        said("standard:iso-92-2015", "STAGE", value="60"),
        said("standard:iso-93-2015", "STATUS", value="withdrawn", since="2023"),
        said("policy:draft", "STATUS", value="project"),
        *(
            said(f"policy:{name}", "CITES", "standard:gb-t-99904-2020", binding=True, makes_compulsory=True)
            for name in ("draft", "future")
        ),
        said("policy:scheme", "CITES", "standard:gb-t-99901-2020", binding=True, makes_compulsory=False),
    ]
    batch = Batch((Document("doc:small", "Small"),), tuple(nodes), tuple(statements))
    store.load(Dataset("small", "Small"), [batch], on=NOW.as_of)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("asked", "day", "state"),
    [
        ("GB/T 99901-2020", "2021-06-01", "unknown"),
        ("GB/T 99901-2020", "2026-11-25", "superseded"),
        ("GB/T 99902-2020", "2026-11-25", "current"),
        ("GB/T 99903-2020", "2026-11-25", "withdrawn"),
    ],
)
def test_an_adopted_edition_is_as_current_as_what_is_loaded_of_it(
    small: Store, asked: str, day: str, state: str
) -> None:
    answer = divergence(small, asked, View(as_of=date.fromisoformat(day)))
    (item,) = of_role(answer, "adopts")
    assert item.details["edition"] == state
    assert len(item.evidence) == (1 if state == "unknown" else 2)


def test_drafts_and_texts_not_yet_in_force_compel_nobody(small: Store) -> None:
    answer = divergence(small, "GB/T 99904-2020", NOW)
    assert force(answer) == "voluntary"
    assert {item.node.id for item in of_role(answer, "not_in_force")} == {"policy:draft", "policy:future"}
    later = divergence(small, "GB/T 99904-2020", View(as_of=date(2027, 2, 1)))
    assert {item.node.id for item in of_role(later, "compulsory")} == {"policy:future"}


def test_a_binding_text_that_is_not_said_to_compel_leaves_it_voluntary(small: Store) -> None:
    assert force(divergence(small, "GB/T 99901-2020", NOW)) == "voluntary"


def test_where_nothing_is_sure_enough_it_says_so(small: Store) -> None:
    answer = divergence(small, "GB/T 99901-2020", View(as_of=NOW.as_of, undated=False, min_confidence=Confidence.HIGH))
    assert verdict(answer) == "none_on_record"
