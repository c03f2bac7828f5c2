"""Pictures in a real browser: opened from disk, without network, with no error, and nothing that a name could set going."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api import pictures
from api.pictures.drawing import Drawing
from api.pictures.layout import drawing_of
from graph.model import Language
from queries.answer import Answer
from tests.api import answers_to_draw as given
from tests.chromium import ARGUMENTS, chromium_executable

pytestmark = pytest.mark.browser

LANGUAGES: tuple[Language, ...] = ("en", "zh")
EVERY = [pytest.param(name, lang, id=f"{name}-{lang}") for name in given.SHAPES for lang in LANGUAGES]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_executable()), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any error, message of the console, dialog, or request but for the file itself."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda message: faults.append(f"console: {message.text}"))
    page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    page.on("request", lambda sent: asked.append(sent.url))
    yield page
    context.close()
    assert faults == []
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []


def _open(page: Page, folder: Path, answer: Answer, lang: Language) -> None:
    file = folder / "picture.html"
    file.write_bytes(pictures.render(answer, "html", lang)[0])
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]")


def _where(page: Page, drawing: Drawing, x: float, y: float) -> tuple[float, float]:
    """Where on the screen a place of the drawing is, by the page's own way of fitting."""
    holder = page.locator("#picture")
    holder.scroll_into_view_if_needed()
    box = holder.bounding_box()
    assert box is not None
    wide, high = holder.evaluate("e => [e.clientWidth, e.clientHeight]")
    scale = min(wide / drawing.width, high / drawing.height, 1.25)
    return (
        box["x"] + 1 + wide / 2 + (x - drawing.width / 2) * scale,
        box["y"] + 1 + high / 2 + (y - drawing.height / 2) * scale,
    )


@pytest.mark.parametrize(("name", "lang"), [*((name, "en") for name in given.SHAPES), ("coalition", "zh")])
def test_the_page_works_from_disk_without_network(page: Page, tmp_path: Path, name: str, lang: Language) -> None:
    answer = given.SHAPES[name]()
    _open(page, tmp_path, answer, lang)
    painted = page.evaluate(
        """() => {
            const canvas = document.querySelector("#picture canvas");
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            let painted = 0;
            for (let i = 3; i < data.length; i += 4) if (data[i] > 0) painted += 1;
            return painted;
        }"""
    )
    assert (painted > 1000) is bool(drawing_of(answer, lang).boxes)
    assert page.locator("html").get_attribute("lang") == ("zh-Hans" if lang == "zh" else "en")


def test_a_click_on_a_box_says_what_it_is(page: Page, tmp_path: Path) -> None:
    answer = given.coalition()
    drawing = drawing_of(answer, "en")
    card = next(box for box in drawing.boxes if box.node == given.CATARC.id)
    _open(page, tmp_path, answer, "en")
    page.mouse.click(*_where(page, drawing, card.x, card.y))
    page.wait_for_function("() => document.getElementById('said').textContent.includes('Automotive')")
    assert "hosts the secretariat of SAC/TC 114" in page.locator("#said").inner_text()


def test_a_click_on_a_line_lights_its_evidence(page: Page, tmp_path: Path) -> None:
    answer = given.coalition()
    drawing = drawing_of(answer, "en")
    at = {box.node: box for box in drawing.boxes}
    _open(page, tmp_path, answer, "en")
    between = (at[given.BMW.id].bounds[1] + at[given.V2X.id].bounds[3]) / 2
    page.mouse.click(*_where(page, drawing, at[given.BMW.id].x, between))
    page.wait_for_selector("tr.lit")
    assert "BMW China Services" in page.locator("tr.lit").first.inner_text()


def test_hostile_names_stay_text(page: Page, tmp_path: Path) -> None:
    answer = given.every_hostile_name()
    drawing = drawing_of(answer, "en")
    _open(page, tmp_path, answer, "en")
    tooltip = page.locator("div.vis-tooltip")
    for box in drawing.boxes:
        x, y = _where(page, drawing, box.x, box.y)
        page.mouse.move(x, y)
        shown = "title => (document.querySelector('div.vis-tooltip')?.textContent ?? '').startsWith(title)"
        page.wait_for_function(shown, arg=box.title.split("\n")[0][:60])
        assert tooltip.locator(":scope > :not(br)").count() == 0
    # The vector file is safe even where a page puts it among its own markup.
    page.set_content(pictures.render(answer, "svg", "en")[0].decode())
    assert page.locator("svg g.node").count() == len(drawing.boxes) == len(given.HOSTILE) + 1
    assert page.locator("svg script, svg a, svg image, svg foreignObject").count() == 0


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_text_of_the_vector_file_fits_as_a_browser_sets_it(page: Page, name: str, lang: Language) -> None:
    page.set_content(pictures.svg(given.SHAPES[name](), lang))
    beyond = page.evaluate(
        """() => [...document.querySelectorAll("g.node")].flatMap((node) => {
            const shape = node.querySelector("rect, path, polygon").getBBox();
            return [...node.querySelectorAll("text")].filter((text) => {
                const box = text.getBBox();
                return box.x < shape.x + 2 || box.x + box.width > shape.x + shape.width - 2;
            }).map((text) => text.textContent);
        })"""
    )
    assert beyond == []


def test_the_picture_is_there_without_script(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "picture.html"
    file.write_bytes(pictures.render(given.oversight(), "html", "zh")[0])
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("noscript svg").count() == 1
    assert page.locator("noscript svg g.node").count() == 9
    context.close()
