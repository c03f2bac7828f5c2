"""By which channels an actor can have a say, asked of the shipped data."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import NotFoundError
from graph.model import View
from graph.store import Store
from queries.answer import Answer, Item
from queries.channels import channels


def door(answer: Answer, role: str) -> Item:
    return next(item for item in answer.items if item.role == role)


def states(answer: Answer) -> dict[str, object]:
    return {role: door(answer, role).details["state"] for role in ("direct", "written", "associations", "indirect")}


def test_a_published_standard_is_closed_until_its_review_and_may_be_revised(shipped_store: Store, now: View) -> None:
    answer = channels(shipped_store, "GB/T 45315-2025", now, actor="BMW")
    assert states(answer)["written"] == "closed"
    assert "2030-02-28" in door(answer, "written").reason.en
    assert any(e.qualifier.startswith("review-interval") for e in door(answer, "written").evidence)
    advice = next(f for f in answer.findings if f.name == "advice")
    assert {"proposal-channel-recommended", "project-proposal-supporters"} <= {e.qualifier for e in advice.evidence}


def test_a_project_out_for_comments_is_open_and_its_closing_date_unknown(shipped_store: Store, now: View) -> None:
    answer = channels(shipped_store, "20232936-T-469", now, actor="BMW")
    written = door(answer, "written")
    assert (written.details["state"], written.details["until"]) == ("open", "unknown")
    period = next(f for f in answer.findings if f.name == "period")
    assert period.values["days"] == 60
    assert period.values["sourced"] is False
    assert "no_closing_date" in {c.code for c in answer.caveats}
    assert "no_duty_to_answer" in {f.name for f in answer.findings}


def test_the_period_for_mandatory_standards_is_sourced_and_was_shorter_before(shipped_store: Store, now: View) -> None:
    today = next(f for f in channels(shipped_store, "GB 18384-2020", now).findings if f.name == "period")
    assert (today.values["days"], today.values["sourced"]) == (60, True)
    before = channels(shipped_store, "GB 18384-2020", View(date(2019, 6, 1)))
    assert next(f for f in before.findings if f.name == "period").values["days"] == 30


def test_early_drafting_is_by_invitation_for_foreign_companies(shipped_store: Store, now: View) -> None:
    foreign = channels(shipped_store, "20255258-T-339", now, actor="Microsoft")
    assert states(foreign)["direct"] in ("by_invitation", "open")
    assert states(foreign)["written"] == "closed"
    assert "stage of comments" in door(foreign, "written").reason.en


def test_what_is_replaced_has_no_open_door(shipped_store: Store, now: View) -> None:
    answer = channels(shipped_store, "GB/T 22239-2008", now)
    assert set(states(answer).values()) == {"closed"}


def test_an_international_standard_goes_through_chinas_committees(shipped_store: Store, now: View) -> None:
    answer = channels(shipped_store, "ISO 8536-5:1992", now)
    assert states(answer)["written"] == "unknown"
    assert "mirrors" in next(f.text.en for f in answer.findings if f.name == "advice")


def test_every_channel_that_is_open_names_what_says_so(shipped_store: Store, now: View) -> None:
    answer = channels(shipped_store, "GB/T 22239-2019", now, actor="Huawei")
    assert all(item.evidence for item in answer.items if item.details.get("state") == "open")
    assert all(item.reason.zh for item in answer.items)


def test_an_unknown_standard_is_an_error_with_advice(shipped_store: Store, now: View) -> None:
    with pytest.raises(NotFoundError):
        channels(shipped_store, "GB/T 999999-2031", now)
