"""Each address of the API answers on the shipped data as the questions do, under any spelling of what is asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api import body
from graph.model import View
from graph.store import Store
from queries.oversight import oversight
from tests.conftest import LOADED_ON

AS_OF = {"as_of": LOADED_ON.isoformat()}


def answer(client: TestClient, path: str, **parameters: Any) -> Any:
    got = client.get(path, params={**AS_OF, **parameters})
    assert got.status_code == 200, got.text
    return got.json()


@pytest.mark.parametrize(
    "id", ["GB/T 22239-2019", quote("GB/T 22239-2019", safe=""), "standard:gb-t-22239-2019", "gbt22239", "国标22239"]
)
def test_oversight_under_every_spelling_of_the_number(client: TestClient, id: str) -> None:
    got = answer(client, f"/v1/standards/{id}/oversight")
    assert got["about"][0]["id"] == "standard:gb-t-22239-2019"
    in_charge = [item["node"]["id"] for item in got["items"] if item["role"] == "in_charge"]
    assert in_charge == ["committee:sac-tc-260"]


def test_the_body_is_the_answer_itself(client: TestClient, shipped_store: Store) -> None:
    got = client.get("/v1/standards/GB/T 22239-2019/oversight", params=AS_OF)
    assert got.content == body.encode(oversight(shipped_store, "GB/T 22239-2019", View(LOADED_ON)))
    assert got.headers["content-type"] == "application/json"


def test_a_committee_by_its_code(client: TestClient) -> None:
    got = answer(client, "/v1/committees/SAC%2FTC%20260/oversight")
    assert got["about"][0]["id"] == "committee:sac-tc-260"


@pytest.mark.parametrize("question", ["oversight", "oversight.svg"])
def test_a_committee_asked_as_a_standard_leads_to_the_right_place(client: TestClient, question: str) -> None:
    got = client.get(f"/v1/standards/SAC%2FTC%20260/{question}?as_of=2020-01-01")
    assert got.status_code == 308
    assert got.headers["location"] == f"/v1/committees/SAC/TC%20260/{question}?as_of=2020-01-01"
    assert client.get(got.headers["location"]).status_code == 200


def test_coalition_gives_parts_and_evidence(client: TestClient) -> None:
    got = answer(client, "/v1/standards/GB/T 45315-2025/coalition", **{"for": "BMW", "limit": 5})
    assert len(got["items"]) == 5
    assert all(item["parts"] and item["evidence"] for item in got["items"])
    numbers = {source["number"] for source in got["sources"]}
    assert {n for item in got["items"] for e in item["evidence"] for n in e["sources"]} <= numbers


def test_weights_can_be_passed_in(client: TestClient) -> None:
    path = "/v1/committees/SAC/TC 114/coalition"
    got = answer(client, path, **{"for": "BMW", "weight": ["affinity:1", "drafting:0"]})
    parts = {part["name"]: part["weight"] for part in got["items"][0]["parts"]}
    assert parts["affinity"] == 1
    assert parts["drafting"] == 0


@pytest.mark.parametrize("weight", ["affinity", "affinity:2", "beauty:1", "affinity:nan", ":", "affinity:-0.1"])
def test_a_weight_that_is_none_is_refused(client: TestClient, weight: str) -> None:
    got = client.get("/v1/committees/SAC/TC 114/coalition", params={"for": "BMW", "weight": weight})
    assert got.status_code == 422
    assert got.json()["errors"][0]["field"] == "weight"


def test_influence_and_access(client: TestClient) -> None:
    paths = answer(client, "/v1/influence", **{"from": "Qualcomm", "to": "SAC/TC 114", "limit": 2})
    assert [item["role"] for item in paths["items"]].count("path") <= 2
    assert all(hop["evidence"] for item in paths["items"] for hop in item["hops"])
    seat = answer(client, "/v1/access", actor="Microsoft", body="SAC/TC 260")
    assert {f["name"]: f["values"] for f in seat["findings"]}["verdict"] == {"access": "member"}


def test_as_of_changes_the_answer(client: TestClient) -> None:
    def superiors(day: str) -> set[str]:
        got = client.get("/v1/standards/GB/T 7714-2015/oversight", params={"as_of": day}).json()
        return {item["node"]["name_en"] for item in got["items"] if item["role"] == "superior"}

    assert any("Quality Supervision" in name for name in superiors("2017-06-01"))
    assert any("Market Regulation" in name for name in superiors("2018-06-01"))


def test_a_month_means_its_last_day(client: TestClient) -> None:
    assert client.get("/v1/search", params={"q": "SAC", "as_of": "2018-02"}).json()["as_of"] == "2018-02-28"


@pytest.mark.parametrize("form", ["svg", "html", "graphml", "csv"])
@pytest.mark.parametrize(
    "path",
    [
        "/v1/standards/GB/T 22239-2019/oversight.{form}",
        "/v1/committees/SAC/TC 114/coalition.{form}?for=BMW",
        "/v1/influence.{form}?from=Qualcomm&to=SAC/TC 114",
        "/v1/access.{form}?actor=Microsoft&body=SAC/TC 260",
        "/v1/entities/org:samr/adjacent.{form}?limit=20&lang=zh",
    ],
)
def test_every_answer_is_drawn_in_every_form(client: TestClient, path: str, form: str) -> None:
    got = client.get(path.format(form=form))
    assert got.status_code == 200
    assert got.content
    assert "sandbox" in got.headers["content-security-policy"]
    assert "script-src 'unsafe-inline'" not in got.headers["content-security-policy"]


def test_a_form_that_is_none_is_refused(client: TestClient) -> None:
    got = client.get("/v1/standards/GB/T 22239-2019/oversight.png")
    assert got.status_code == 422
    assert got.json()["errors"][0]["field"] == "form"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("信安标委", "committee:sac-tc-260"),
        ("TC260", "committee:sac-tc-260"),
        ("gbt 22239", "standard:gb-t-22239-2019"),
    ],
)
def test_search_puts_what_is_meant_first(client: TestClient, words: str, first: str) -> None:
    assert answer(client, "/v1/search", q=words)["items"][0]["node"]["id"] == first


def test_search_goes_on_page_by_page(client: TestClient) -> None:
    seen: list[str] = []
    after, total = "", 0
    for _ in range(3):
        page = answer(client, "/v1/search", q="技术", label=["Company", "Institute"], limit=5, after=after)
        seen += [item["node"]["id"] for item in page["items"]]
        after, total = page["after"], page["total"]
    assert len(seen) == len(set(seen)) == 15
    assert total >= 15


def test_neighbours_page_by_type_with_honest_totals(client: TestClient) -> None:
    path = "/v1/entities/SAC/TC 260/adjacent"
    whole = answer(client, path, type=["MEMBER_OF"], direction="in", limit=200)
    seen: list[str] = []
    after = ""
    while True:
        page = answer(client, path, type=["MEMBER_OF"], direction="in", limit=7, after=after)
        assert page["total"] == whole["total"]
        seen += [item["evidence"][0]["statement"] for item in page["items"]]
        after = page["after"]
        if not after:
            break
    assert seen == [item["evidence"][0]["statement"] for item in whole["items"]]


def test_resolve_gives_the_one_thing(client: TestClient) -> None:
    got = answer(client, "/v1/resolve", q="工信部")
    assert got["node"]["name_en"] == "Ministry of Industry and Information Technology"
    assert client.get("/v1/resolve", params={"q": "BMW"}).json()["node"]["id"] == "org:bmw-group"


def test_a_statement_and_its_document_can_be_looked_up(client: TestClient) -> None:
    got = answer(client, "/v1/standards/GB/T 22239-2019/oversight")
    evidence = got["items"][0]["evidence"][0]
    said = client.get(f"/v1/statements/{evidence['statement']}").json()
    assert said["evidence"]["says"] == evidence["says"]
    assert said["dataset"]["id"]
    assert said["record"]
    document = client.get(f"/v1/documents/{said['source']['id']}").json()
    assert document["title"] == said["source"]["title"]


def test_the_schema_carries_names_and_weights(client: TestClient) -> None:
    got = client.get("/v1/schema").json()
    assert {"Committee", "Standard"} <= {label["name"] for label in got["labels"]}
    assert sum(got["weights"]["coalition"].values()) == pytest.approx(1)
    assert got["weights"]["influence"]["HOSTS_SECRETARIAT"] > 0


def test_sources_count_what_is_loaded(client: TestClient, shipped_store: Store) -> None:
    got = client.get("/v1/sources").json()
    assert sum(d["statements"] for d in got["datasets"]) == sum(shipped_store.counts().statements.values())
    assert got["documents"] > 100


def test_a_thing_comes_with_its_properties_and_facts(client: TestClient) -> None:
    got = answer(client, "/v1/entities/GB%2FT%2022239-2019")
    first = got["findings"][0]
    assert first["name"] == "properties"
    assert first["values"]["published"] == "2019-05-10"
    assert first["values"]["mandatory"] is False
    assert "mandatory: no" in first["text"]["en"]
    assert {"STATUS", "STAGE"} <= {finding["name"] for finding in got["findings"]}


def test_rules_of_the_vote_can_be_passed_in_and_bad_ones_are_refused(client: TestClient) -> None:
    path = "/v1/committees/SAC/TC 599/coalition"
    got = answer(client, path, **{"for": "Huawei", "rule": ["approval:3/5", "quorum:0.5"]})
    assert next(f for f in got["findings"] if f["name"] == "vote")["values"]["computable"] is False
    for wrong in ("approval", "approval:most", "beauty:1/2", "approval:5/4", "approval:1/0", ":"):
        refused = client.get(path, params={**AS_OF, "for": "Huawei", "rule": wrong})
        assert refused.status_code == 422, wrong
        assert refused.json()["errors"][0]["field"] == "rule"
