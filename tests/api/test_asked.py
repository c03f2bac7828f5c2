"""Every question that is asked of one thing, on every surface: the API and its drawings, the command line, the pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from rich.cells import cell_len

from queries.questions import PLACES, QUESTIONS, Question
from tests.api.cli_running import Cli
from tests.conftest import LOADED_ON

DAY = LOADED_ON.isoformat()
ASKED_ABOUT = {
    "": "foreign",
    "standards": "GB/T 22239-2019",
    "committees": "SAC/TC 260",
    "actors": "BMW",
    "fields": "35.040",
}
ALIKE = [question for question in QUESTIONS.values() if "address" not in question.apart]
"""Those whose address, page and command are alike."""
CASES = [(q, p) for q in ALIKE for p in (*q.places, *(("",) if q.by_words else ()))]
every_question = pytest.mark.parametrize("question", ALIKE, ids=[question.name for question in ALIKE])
every_case = pytest.mark.parametrize(("question", "place"), CASES, ids=[f"{q.name}-{p or 'words'}" for q, p in CASES])
of_things = pytest.mark.parametrize(
    "question", [q for q in QUESTIONS.values() if q.of], ids=[q.name for q in QUESTIONS.values() if q.of]
)


def ask(client: TestClient, question: Question, place: str, thing: str, form: str = "", **more: Any) -> Any:
    """Ask about a thing at its place, or, without a place, of words."""
    given = {"as_of": DAY, **({"for": question.example[1]} if question.for_actor else {}), **more}
    if not place:
        return client.get(f"/v1/{question.name}{form}", params={**given, "q": thing}, follow_redirects=False)
    path = f"/v1/{place}/{quote(thing, safe='')}/{question.name}{form}"
    return client.get(path, params=given, follow_redirects=False)


def place_of(question: Question) -> str:
    return question.places[0] if question.of else ""


@pytest.fixture(scope="module")
def cli(shipped_address: str) -> Cli:
    return Cli(shipped_address)


@every_case
def test_whatever_is_said_is_cited(client: TestClient, question: Question, place: str) -> None:
    got = ask(client, question, place, ASKED_ABOUT[place])
    assert got.status_code == 200, got.text
    body = got.json()
    assert body["question"] == question.name
    assert body["summary"]
    numbers = {source["number"] for source in body["sources"]}
    said = [e for part in (*body["items"], *body["findings"]) for e in part["evidence"]]
    assert all(set(e["sources"]) <= numbers and e["sources"] for e in said)
    assert all(item["evidence"] for item in body["items"]), [i["reason"] for i in body["items"] if not i["evidence"]]
    assert {item["role"] for item in body["items"]} <= set(question.roles)
    assert [item["rank"] for item in body["items"]] == list(range(1, len(body["items"]) + 1))
    assert body["items"] or body["caveats"] or body["findings"], "an answer that holds nothing says what is missing"


@every_case
def test_both_languages_say_all_of_it(client: TestClient, question: Question, place: str) -> None:
    body = ask(client, question, place, ASKED_ABOUT[place]).json()
    texts = [*body["summary"], *(part["text"] for part in (*body["findings"], *body["caveats"]))]
    texts += [item["reason"] for item in body["items"]]
    for text in texts:
        assert text["en"].strip(), text
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text["zh"]), text


@every_case
def test_each_piece_of_evidence_can_be_looked_up(client: TestClient, question: Question, place: str) -> None:
    body = ask(client, question, place, ASKED_ABOUT[place]).json()
    keys = {e["statement"] for part in (*body["items"], *body["findings"]) for e in part["evidence"]}
    for key in sorted(keys)[:5]:
        got = client.get(f"/v1/statements/{quote(key, safe='')}")
        assert got.status_code == 200, got.text
        assert got.json()["evidence"]["statement"] == key


@every_question
@pytest.mark.parametrize("form", ["svg", "html", "graphml", "csv"])
def test_it_can_be_drawn_and_taken_away(client: TestClient, question: Question, form: str) -> None:
    got = ask(client, question, place_of(question), question.example[0], f".{form}")
    assert got.status_code == 200, got.text
    assert got.content


@of_things
def test_a_thing_asked_about_at_the_wrong_place_is_led_to_the_right_one(client: TestClient, question: Question) -> None:
    here = question.places[0]
    for place in set(question.places) - {here}:
        thing = ASKED_ABOUT[place]
        got = ask(client, question, here, thing)
        assert got.status_code == 308
        assert got.headers["location"].startswith(f"/v1/{place}/")


@of_things
def test_an_unknown_thing_is_answered_with_the_nearest(client: TestClient, question: Question) -> None:
    got = ask(client, question, question.places[0], "GB/T 99999-2099")
    assert got.status_code == 404
    assert "nearest" in got.json()


@every_question
def test_a_day_before_all_records_is_no_error(client: TestClient, question: Question) -> None:
    got = ask(client, question, place_of(question), question.example[0], as_of="1990-01-01")
    assert got.status_code == 200, got.text


@every_question
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_has_a_page(client: TestClient, question: Question, lang: str) -> None:
    thing, actor = question.example
    got = client.get(
        f"/{question.name}", params={"about": thing, "lang": lang, "as_of": DAY, **({"for": actor} if actor else {})}
    )
    assert got.status_code == 200, got.text
    assert question.heading[lang] in got.text


@every_question
@pytest.mark.parametrize(("width", "lang"), [(80, "en"), (80, "zh"), (160, "en")])
def test_at_a_terminal_lines_fit(cli: Cli, question: Question, width: int, lang: str) -> None:
    thing, actor = question.example
    done = cli.ask(
        question.name, thing, *(("--for", actor) if actor else ()), "--as-of", DAY, "--lang", lang, width=width
    )
    assert done.code == 0, done.err
    assert done.err == ""
    for line in done.lines:
        assert line == line.rstrip()
        assert cell_len(line) <= width or "://" in line, line


@every_question
def test_json_at_a_terminal_is_the_body_of_the_api(cli: Cli, client: TestClient, question: Question) -> None:
    thing, actor = question.example
    limit = {"limit": 20} if question.listed else {}
    given = [*(("--for", actor) if actor else ()), *(("--limit", "20") if limit else ())]
    done = cli.ask(question.name, thing, *given, "--as-of", DAY, "--json")
    assert done.code == 0, done.err
    assert done.body == ask(client, question, place_of(question), thing, "", **limit).json()


def test_every_label_that_can_be_asked_about_has_a_place() -> None:
    labels = {label for place in PLACES.values() for label in place}
    assert {label for question in QUESTIONS.values() for label in question.of} <= labels
