"""The brief: what stands in it, that each claim is cited, and what stays out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.briefs import markdown, page, render
from graph.errors import AmbiguousError, InputError, NotFoundError
from graph.model import Batch, Dataset, Document, NodeRecord, Provenance, Statement, View
from graph.open import open_store
from graph.store import Store
from loaders import load, shipped
from queries.brief import HEADINGS, LINES, Brief, Line, brief
from tests.conftest import LOADED_ON

CASES = [
    ("GB/T 45315-2025", "BMW"),
    ("GB/T 22239-2019", "Microsoft"),
    ("GB 18384-2020", "Volkswagen"),
    ("20240582-T-339", "Huawei"),
]


@pytest.fixture
def public(now: View) -> View:
    return replace(now, private=False)


def lines(found: Brief, section: str) -> list[Line]:
    return [line for part in found.sections if part.name == section for line in part.lines]


@pytest.mark.parametrize(("standard", "actor"), CASES)
def test_every_section_is_there_bounded_and_its_claims_are_cited(
    shipped_store: Store, public: View, standard: str, actor: str
) -> None:
    found = brief(shipped_store, standard, public, actor=actor)
    assert [section.name for section in found.sections] == [name for name in HEADINGS if lines(found, name)]
    assert {"stake", "deciders", "partners", "doors", "unknown"} <= {section.name for section in found.sections}
    numbers = {source.number for source in found.sources}
    assert sorted(numbers) == list(range(1, len(found.sources) + 1))
    for section in found.sections:
        assert 0 < len(section.lines) <= LINES[section.name]
        for line in section.lines:
            assert set(line.sources) <= numbers
            assert line.text.en
            assert line.text.zh
    cited = [line for name in ("deciders", "paths", "cautions") for line in lines(found, name) if line.statements]
    assert cited
    assert all(line.sources for line in cited)


def test_it_says_who_decides_and_what_binds(shipped_store: Store, public: View) -> None:
    found = brief(shipped_store, "GB/T 22239-2019", public, actor="Microsoft")
    deciders = "\n".join(line.text.en for line in lines(found, "deciders"))
    assert "SAC/TC 260" in deciders
    assert "Ministry of Public Security" in deciders
    assert any("Multi-Level Protection Scheme" in line.text.en for line in lines(found, "stake"))


def test_a_line_that_no_page_confirms_is_starred(shipped_store: Store, public: View) -> None:
    found = brief(shipped_store, "GB/T 45315-2025", public, actor="BMW")
    secretariat = next(line for line in lines(found, "deciders") if "secretariat" in line.text.en)
    assert not secretariat.documented
    assert "\\*[" in next(row for row in markdown(found, "en").splitlines() if "secretariat of the body" in row)


def test_a_standard_without_a_committee_says_what_is_missing(shipped_store: Store, public: View) -> None:
    found = brief(shipped_store, "GB 4943.1-2022", public, actor="BMW")
    assert "No body in charge is on record" in lines(found, "paths")[0].text.en


def test_unknown_names_and_forms_are_refused(shipped_store: Store, public: View) -> None:
    with pytest.raises(NotFoundError):
        brief(shipped_store, "GB 99999-2099", public, actor="BMW")
    with pytest.raises((NotFoundError, AmbiguousError)):
        brief(shipped_store, "GB/T 22239-2019", public, actor="Nobody at all Ltd")
    with pytest.raises(InputError, match="no form"):
        render(brief(shipped_store, "GB/T 22239-2019", public, actor="BMW"), "docx")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    """The shipped data with a private position and a hostile name."""
    store = open_store(f"sqlite:///{tmp_path / 'graph.sqlite'}", create=True)
    load(store, [shipped()], on=LOADED_ON)
    by = Provenance("positions", "1", "doc:positions")
    said = Statement(
        "org:huawei-technologies", "TAKES_SIDE", by, object="standard:gb-t-45315-2025", qualifier="against"
    )
    evil = NodeRecord("org:evil", "Company", {"name_en": "<script>alert(1)</script> [x](http://evil)"}, by)
    drafted = Statement(
        "org:evil", "DRAFTED", by, object="standard:gb-t-45315-2025", since="2025", properties={"rank": 1}
    )
    batch = Batch((Document("doc:positions", "Own <b>list</b>", "javascript:alert(1)"),), (evil,), (said, drafted))
    store.load(Dataset("positions", "Positions", private=True), [batch], on=date(2026, 11, 25))
    yield store
    store.close()


def test_own_data_stay_out_unless_asked_for_and_are_marked(own: Store, now: View, public: View) -> None:
    out = brief(own, "GB/T 45315-2025", public, actor="BMW")
    assert not [line for section in out.sections for line in section.lines if line.private]
    assert "alert(1)" not in page(out, "en")
    asked = brief(own, "GB/T 45315-2025", replace(now, private=True), actor="BMW")
    assert [line for section in asked.sections for line in section.lines if line.private]
    assert "own data" in markdown(asked, "en")


def test_hostile_names_stay_text(own: Store, now: View) -> None:
    found = brief(own, "GB/T 45315-2025", replace(now, private=True), actor="BMW")
    html = page(found, "en")
    assert "<script" not in html
    assert "javascript:" not in html.replace("javascript:alert(1)</li>", "")
    assert "[x](http" not in markdown(found, "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_needs_nothing_beside_itself(shipped_store: Store, public: View, lang: str) -> None:
    html = page(brief(shipped_store, "GB/T 45315-2025", public, actor="BMW"), "zh" if lang == "zh" else "en")
    assert "<script" not in html
    assert "<link" not in html
    assert "src=" not in html
    assert "url(" not in html
