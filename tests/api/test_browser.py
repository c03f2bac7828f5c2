"""The pages in a real browser: what people do, with nothing from outside, no error, and the policy kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.app import create_app
from api.serve import listener
from api.settings import Settings
from graph.store import Store
from tests.api.conftest import HOSTILE_NAMES
from tests.chromium import ARGUMENTS, chromium_executable

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

FAINT = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (v) => v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const hasText = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const contrast = (e) => {
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  return [...document.querySelectorAll("main *, header *, footer *")]
    .filter((e) => hasText(e) && !e.closest("svg, option") && contrast(e) < 4.5)
    .map((e) => `${e.className}: ${e.textContent.trim().slice(0, 40)}`);
}"""
"""The texts of a page whose contrast is below 4.5:1 (WCAG 2.2, success criterion 1.4.3)."""


def served(store: Store) -> Iterator[str]:
    """A server on a free port, in a thread of its own."""
    with listener("127.0.0.1", 0) as sock:
        app = create_app(Settings(store=None), store)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def address(shipped_store: Store) -> Iterator[str]:
    yield from served(shipped_store)


@pytest.fixture(scope="module")
def hostile_address(hostile_store: Store) -> Iterator[str]:
    yield from served(hostile_store)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium_executable()), args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens pages; afterwards none of them has had an error, a failed request, or one to another place."""
    wrong: list[str] = []
    contexts = []

    def open_page(
        address: str, path: str, *, locale: str = "en-GB", scheme: str = "light", width: int = 1280, script: bool = True
    ) -> Page:
        context = browser.new_context(
            locale=locale,
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda message: wrong.append(message.text) if _bad(message.type, message.text) else None)
        page.on(
            "requestfailed",
            lambda request: wrong.append(f"failed: {request.url}") if _failed(request.failure) else None,
        )
        page.on(
            "request", lambda request: None if request.url.startswith((address, "data:")) else wrong.append(request.url)
        )
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _failed(why: str | None) -> bool:
    """Whether a request came to nothing by itself, and not because the page was left before it was answered."""
    return why != "net::ERR_ABORTED"


def _bad(kind: str, text: str) -> bool:
    """Whether a message on the console is a fault: also a broken policy, but not the page that was meant to be missing."""
    return kind in ("error", "warning") and "status of 404" not in text


def test_from_the_first_page_to_the_evidence(opened: Open, address: str) -> None:
    page = opened(address, "/")
    page.get_by_role("main").get_by_role("searchbox").fill("信安标委")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("信安标委")
    page.locator(".best .node").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("SAC/TC 260")
    page.locator("form.ask[action='/oversight'] button").click()
    expect(page.locator("body")).to_contain_text("China Electronics Standardization Institute")
    fold = page.locator("details.proof").first
    assert fold.get_attribute("open") is None
    fold.locator("summary").click()
    expect(fold.locator("li").first).to_be_visible()
    number = fold.locator("a.cite").first
    target = number.get_attribute("href")
    number.click()
    expect(page.locator(f"{target} >> visible=true")).to_have_count(1)


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_every_example_of_the_first_page_has_an_answer_with_its_picture(
    opened: Open, address: str, locale: str
) -> None:
    page = opened(address, "/", locale=locale)
    for link in [a.get_attribute("href") for a in page.locator(".examples a").all()]:
        page.goto(address + str(link))
        expect(page.locator(".item").first).to_be_visible()
        expect(page.locator(".sources li").first).to_be_visible()
        picture = page.locator(".picture img")
        picture.scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelector('.picture img').complete")
        assert picture.evaluate("img => img.naturalWidth") > 100


def test_another_question_from_an_answer(opened: Open, address: str) -> None:
    page = opened(address, "/oversight?standard=GB/T 45315-2025")
    form = page.locator("form.ask[action='/coalition']")
    form.get_by_role("textbox").fill("宝马")
    form.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("BMW")
    expect(page.locator(".item")).to_have_count(20)
    assert page.locator(".bar rect").count() > 40


def test_the_language_can_be_changed_and_stays(opened: Open, address: str) -> None:
    page = opened(address, "/entity/SAC/TC 260")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.locator(".neighbours .node").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_day_can_be_changed(opened: Open, address: str) -> None:
    page = opened(address, "/oversight?standard=GB/T 7714-2015")
    page.locator("details.view summary").click()
    page.locator("input[name=as_of]").fill("2017-06-01")
    page.locator("details.view button").click()
    expect(page.locator("details.view time")).to_have_text("2017-06-01")
    expect(page.locator(".short")).to_contain_text("Quality Supervision")


def test_a_wrong_number_leads_to_the_right_one(opened: Open, address: str) -> None:
    page = opened(address, "/oversight?standard=GB/T 22239-2099")
    page.get_by_role("link", name="GB/T 22239-2019").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("GB/T 22239-2019")
    assert "standard=standard" in page.url


def test_long_lists_are_counted_and_can_be_read_to_their_end(opened: Open, address: str) -> None:
    page = opened(address, "/entity/org:sac")
    page.locator("a", has_text="Show all").first.click()
    pages = 1
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").click()
        pages += 1
        assert pages < 20
    expect(page.locator(".neighbours li").first).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/", "/coalition?standard=GB/T 45315-2025&for=BMW", "/entity/org:samr", "/search?q=技术", "/sources"]
)
def test_nothing_runs_off_the_side(opened: Open, address: str, path: str) -> None:
    page = opened(address, path)
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_everything_works_without_script(opened: Open, address: str) -> None:
    page = opened(address, "/influence?from=Qualcomm&to=SAC/TC 114", script=False)
    expect(page.locator(".hops").first).to_be_visible()
    page.locator("details.proof summary").first.click()
    expect(page.locator("details.proof li").first).to_be_visible()


def test_the_keyboard_reaches_what_matters(opened: Open, address: str) -> None:
    page = opened(address, "/oversight?standard=GB/T 22239-2019")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('details.proof summary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("details.proof[open]")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(opened: Open, address: str, scheme: str) -> None:
    page = opened(address, "/oversight?standard=GB/T 22239-2019", scheme=scheme)
    faint = page.evaluate(FAINT)
    assert faint == []


def test_the_description_of_the_api_opens_offline(opened: Open, address: str) -> None:
    page = opened(address, "/docs")
    page.wait_for_selector("body[data-ready=docs]")
    expect(page.locator(".opblock").first).to_be_visible()
    page.locator(".opblock-summary-control").first.click()
    expect(page.locator(".opblock-body").first).to_be_visible()


def test_a_picture_can_be_walked_around_in(opened: Open, address: str) -> None:
    page = opened(address, "/oversight?standard=GB/T 22239-2019")
    page.locator("figcaption a").first.click()
    expect(page.locator("canvas").first).to_be_visible()


def test_hostile_names_run_nothing(opened: Open, hostile_address: str) -> None:
    page = opened(hostile_address, "/entity/committee:sac-tc-999", width=700)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for id in HOSTILE_NAMES:
        page.goto(f"{hostile_address}/entity/{id}")
        expect(page.locator("main h1")).to_be_visible()
        assert page.locator("script, main img[src=x], main svg[onload]").count() == 0
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 700


def test_pages_print_without_forms(opened: Open, address: str) -> None:
    page = opened(address, "/coalition?standard=GB/T 45315-2025&for=BMW")
    page.emulate_media(media="print")
    expect(page.locator(".questions").first).to_be_hidden()
    expect(page.locator(".sources li").first).to_be_visible()
