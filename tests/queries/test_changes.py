"""What changed between loads, told in words and as a feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from api.changing import day_of, feed
from graph.errors import DateError, InputError, NotFoundError
from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Scalar, Statement, View
from graph.open import open_store
from graph.store import Store
from queries.answer import Answer
from queries.changes import WATCHED, changes

FIRST, SECOND = date(2026, 1, 1), date(2026, 2, 1)
NOW = View(date(2026, 3, 1))
ATOM = "{http://www.w3.org/2005/Atom}"
COMMITTEE, STANDARD = "committee:sac-tc-999", "standard:gb-1-2026"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    load(opened, FIRST, "20", member="org:a", title="Old & <title>")
    load(opened, SECOND, "30", member="org:b", title="New")
    yield opened
    opened.close()


def load(store: Store, on: date, stage: str, *, member: str, title: str) -> None:
    """A platform's record of a standard, and a list of members, as of a day."""
    by = Provenance("records", "1", "doc:records")
    nodes = [
        NodeRecord(COMMITTEE, "Committee", {"code": "SAC/TC 999"}, by),
        *(NodeRecord(f"org:{n}", "Company", {"name_en": n}, by) for n in "ab"),
    ]
    p: dict[str, Scalar] = {"number": "GB 1-2026", "title_en": title, "kind": "national"}
    if stage == "30":
        p["comments_close"] = "2026-04-01"
    said = (
        Statement(STANDARD, "STAGE", by, value=stage),
        Statement(member, "MEMBER_OF", by, object=COMMITTEE, qualifier="member"),
    )
    batch = Batch(
        (Document("doc:records", "Records", "https://example.org/records"),),
        (*nodes, NodeRecord(STANDARD, "Standard", p, by)),
        said,
    )
    store.load(Dataset("records", "Records"), [batch], on=on)


def lines(answer: Answer, role: str) -> str:
    return "\n".join(item.reason.en for item in answer.items if item.role == role)


def test_what_changed_is_told_with_what_was_before(store: Store) -> None:
    answer = changes(store, SECOND, NOW)
    assert "title now New, before Old & <title>" in lines(answer, "changed").replace("English title", "title")
    assert "comments close now 2026-04-01, before not on record" in lines(answer, "changed")
    assert "b is a member of SAC/TC 999" in lines(answer, "appeared")
    assert "a is a member of SAC/TC 999" in lines(answer, "vanished")
    assert all(item.evidence and item.details["day"] == "2026-02-01" for item in answer.items)
    assert "Since 2026-02-01" in answer.summary[0].en


def test_only_around_what_is_watched(store: Store) -> None:
    answer = changes(store, SECOND, NOW, about=["GB 1-2026"])
    assert {item.node.id for item in answer.items} == {STANDARD}
    assert answer.about[0].id == STANDARD


def test_nothing_changed_is_said(store: Store) -> None:
    answer = changes(store, date(2026, 2, 2), NOW)
    assert not answer.items
    assert "nothing changed" in answer.summary[0].en


def test_a_day_before_the_first_load_is_not_pretended_to_be_known(store: Store) -> None:
    answer = changes(store, date(2025, 1, 1), NOW)
    assert {caveat.code for caveat in answer.caveats} == {"marked_later"}
    assert "1 dataset came on record as a whole" in answer.findings[0].text.en


def test_too_many_or_unknown_things_are_refused(store: Store) -> None:
    with pytest.raises(InputError, match="at most"):
        changes(store, SECOND, NOW, about=["x"] * (WATCHED + 1))
    with pytest.raises(NotFoundError):
        changes(store, SECOND, NOW, about=["GB 99999-2099"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_feed_has_an_entry_for_each_thing_and_keeps_its_ids(store: Store, lang: str) -> None:
    answer = changes(store, SECOND, NOW)
    content = feed(answer, "http://127.0.0.1/v1/changes.atom?since=2026-02", "zh" if lang == "zh" else "en")
    root = ElementTree.fromstring(content)
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(answer.items)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(entry.findtext(f"{ATOM}{name}") for entry in entries for name in ("title", "updated", "summary"))
    assert root.findtext(f"{ATOM}updated") == "2026-02-01T00:00:00Z"
    assert feed(answer, "http://127.0.0.1/v1/changes.atom?since=2026-02", "zh" if lang == "zh" else "en") == content


def test_since_takes_months_and_refuses_the_rest() -> None:
    assert day_of("2026-11") == date(2026, 11, 1)
    with pytest.raises(DateError):
        day_of("yesterday")
    with pytest.raises(InputError):
        day_of("  ")
