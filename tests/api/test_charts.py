"""Charts of a landscape: one file that needs nothing, in both languages, with the n of each bar, no sort told by colour alone."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from api import pictures
from api.pictures.chart_sheet import WIDE
from api.pictures.charts import NAMES, Bar, Chart, Fill, drawn, patterns
from api.pictures.charts_of_landscape import PAINT
from api.pictures.measure import width
from graph.model import Language, View
from graph.store import Store
from queries.answer import Answer
from queries.drafting_trends import SORTS
from queries.landscape import landscape

SVG = "{http://www.w3.org/2000/svg}"
NOW = View(as_of=date(2026, 11, 25))
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@pytest.fixture(scope="module")
def answer(shipped_store: Store) -> Answer:
    return landscape(shipped_store, "field:kind-national", NOW)


def picture(answer: Answer, lang: Language = "en") -> ElementTree.Element:
    return ElementTree.fromstring(pictures.render(answer, "svg", lang)[0])


def words(root: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_bar_bears_its_n(answer: Answer, lang: Language) -> None:
    root = picture(answer, lang)
    bars = list(root.iter(f"{SVG}g"))
    figures = [words(g)[-1] for g in bars if g.get("class") == "bar"]
    assert len(figures) > 20
    assert all(re.search(r"\d", figure) for figure in figures)
    first = next(item for item in answer.items if item.role == "drafter")
    assert first.node.name(lang) in "".join(words(root)).replace(" ", "") or first.node.name(lang).split()[
        0
    ] in "".join(words(root))
    assert any(str(first.details["drafted"]) in figure and str(first.details["n"]) in figure for figure in figures)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sorts_differ_by_pattern_and_are_named(answer: Answer, lang: Language) -> None:
    assert set(PAINT) == set(SORTS)
    assert len({pattern for _, pattern in PAINT.values()}) == len(PAINT)
    root = picture(answer, lang)
    defined = {pattern.get("id") for pattern in root.iter(f"{SVG}pattern")}
    used = {
        str(rect.get("fill"))[5:-1] for rect in root.iter(f"{SVG}rect") if str(rect.get("fill")).startswith("url(#")
    }
    assert used <= defined
    named = words(root)
    assert all(SORTS[key.removeprefix("fill-")][lang] in named for key in used if key.removeprefix("fill-") in SORTS)


def test_a_picture_is_the_same_every_time_and_fetches_nothing(answer: Answer) -> None:
    content, media_type = pictures.render(answer, "svg", "zh")
    assert content == pictures.render(answer, "svg", "zh")[0]
    assert media_type.startswith("image/svg+xml")
    text = content.decode()
    assert not re.search(r"<(script|image|foreignObject|style|link)|href=|url\((?!#)|@import", text)
    assert text.count("<text") > 40


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_leave_the_picture(answer: Answer, lang: Language) -> None:
    for group in picture(answer, lang).iter(f"{SVG}g"):
        for text in group.findall(f"{SVG}text"):
            x, long = float(str(text.get("x"))), width(text.text or "", float(str(text.get("font-size"))))
            begins = x - {"end": long, "middle": long / 2}.get(str(text.get("text-anchor")), 0.0)
            assert begins >= -2, text.text
            assert begins + long <= WIDE, text.text


def test_too_few_to_say_is_drawn_as_counts_and_said(shipped_store: Store) -> None:
    root = picture(landscape(shipped_store, "SAC/TC 485", NOW))
    assert any("Too few to say" in text for text in words(root))
    assert "Who rises" not in words(root)


def test_an_answer_without_lists_says_that_there_is_nothing(shipped_store: Store) -> None:
    root = picture(landscape(shipped_store, "zzqqzz", NOW, words=True), "zh")
    assert any("无可绘" in text for text in words(root))


def test_the_other_forms_stay_what_they_are(client: TestClient) -> None:
    for form, begins in (("svg", "<svg"), ("graphml", "<?xml"), ("csv", "\ufeff"), ("html", "<!")):
        got = client.get(f"/v1/committees/SAC%2FTC%20114/landscape.{form}", params={"as_of": "2026-11-25"})
        assert got.status_code == 200
        assert got.text.lstrip().lower().startswith(begins) or got.content.decode("utf-8").startswith(begins)
    assert "Who drafts most" in client.get("/v1/landscape.svg", params={"q": "SAC/TC 114"}).text


def test_names_that_would_be_markup_are_text() -> None:
    fill = Fill("count", "", "#000000")
    chart = Chart("<b>", "&", (fill,), (Bar('<script>"x"</script>', (("count", 3),), "3 of 5"),))
    root = ElementTree.fromstring(f"<svg><defs>{patterns(chart.fills)}</defs>{drawn(chart, 700).markup}</svg>")
    assert not list(root.iter("script"))
    assert "<b>" in [t.text for t in root.iter("text")]


def test_a_long_name_is_broken_within_its_room() -> None:
    chart = Chart("", "", (Fill("count", "", "#000000"),), (Bar("中国汽车工业有限公司" * 6, (("count", 1),), "1"),))
    root = ElementTree.fromstring(f"<svg>{drawn(chart, 700).markup}</svg>")
    names = [t for t in root.iter("text") if t.get("text-anchor") == "end"]
    assert len(names) == 3
    assert all(width(t.text or "", 12) <= NAMES for t in names)
