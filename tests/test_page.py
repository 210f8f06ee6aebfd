"""The page in a real browser: ask, click the marker, see the very sentence highlighted."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Library

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.slow
if not CHROMIUM and not os.environ.get("CI"):
    pytestmark = [pytest.mark.slow, pytest.mark.skip(reason="no Chromium here; apt-get install chromium")]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

HOSTILE = """Harbour <img src=x onerror="document.title='owned'"> news ![x](http://example.invalid/a.png)

The <script>document.title='owned'</script> crane **fell** on <b onclick="x()">Monday</b>, ![dot](http://example.invalid/b.png) the "port" said.

Nobody was hurt</p></div><iframe src="http://example.invalid/c"></iframe>, [click](javascript:alert(1)) they said. $$x$$
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


def serving(library: Library) -> str:
    from ui.web.page import serve

    return serve(library, port=free_port(), block=False)


class Page:
    """A browser tab with the chat, counting what it asks of other hosts."""

    def __init__(self, browser: object, url: str) -> None:
        self.tab = browser.new_page(viewport={"width": 1400, "height": 900})  # type: ignore[attr-defined]
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        self.tab.on("request", self._note)
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.goto(url)
        self.tab.wait_for_selector("#ask textarea")

    def _note(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if "127.0.0.1" not in url and not url.startswith(("data:", "blob:")):
            self.elsewhere.append(url)

    def ask(self, question: str) -> object:
        before = self.tab.locator("#chat .answer").count()
        self.tab.fill("#ask textarea", question)
        self.tab.keyboard.press("Enter")
        self.tab.wait_for_function(f"document.querySelectorAll('#chat .answer').length > {before}", timeout=60_000)
        self.tab.wait_for_timeout(700)
        return self.tab.locator("#chat .answer").last


@pytest.fixture(scope="module")
def sample_url(sample_library: Library) -> str:
    return serving(sample_library)


def test_a_marker_opens_its_paragraph_with_the_sentence_highlighted(browser: object, sample_url: str) -> None:
    page = Page(browser, sample_url)
    said = page.ask("Who is the chief executive of Merrin Stevedoring?")
    assert "Gordon Lathe" in said.inner_text()  # type: ignore[attr-defined]
    marker = said.locator("a.cite").first  # type: ignore[attr-defined]
    hint = marker.get_attribute("title")
    marker.click()
    page.tab.wait_for_selector("#source p.cited mark")
    (highlighted,) = page.tab.locator("#source mark").all_inner_texts()
    assert "Gordon Lathe" in highlighted and " ".join(highlighted.split()) in hint
    box = page.tab.locator("#source p.cited").bounding_box()
    assert 0 <= box["y"] < 900, "the cited paragraph is scrolled into view"
    assert page.tab.url.rstrip("/") == sample_url.rstrip("/"), "no jump in the address bar"
    assert page.elsewhere == [] and page.errors == []


def test_every_marker_of_several_answers_leads_to_its_own_sentence(browser: object, sample_url: str) -> None:
    page = Page(browser, sample_url)
    for question in ("How many people died when the ferry sank?", "Why did the dock workers go on strike?"):
        said = page.ask(question)
        markers = said.locator("a.cite")  # type: ignore[attr-defined]
        for place in range(markers.count()):
            quoted = markers.nth(place).get_attribute("title").split(": ", 1)[1]
            number = markers.nth(place).inner_text()
            markers.nth(place).click()
            page.tab.wait_for_function(
                "q => (document.querySelector('#source h2') || {innerText: ''}).innerText.startsWith(q)", arg=number
            )
            page.tab.wait_for_function(
                "q => Array.from(document.querySelectorAll('#source mark')).some(m => m.innerText.split(/\\s+/).join(' ') === q)",
                arg=quoted,
            )


def test_an_abstention_shows_its_reason_and_no_source(browser: object, sample_url: str) -> None:
    page = Page(browser, sample_url)
    said = page.ask("What did Angela Merkel say about the ferry?")
    text = said.inner_text()  # type: ignore[attr-defined]
    assert "do not mention Angela Merkel" in text and "[1]" not in text
    assert "not evidence" in text


def test_an_empty_question_and_markup_in_a_question_are_harmless(browser: object, sample_url: str) -> None:
    page = Page(browser, sample_url)
    page.tab.fill("#ask textarea", "<img src=x onerror=\"document.title='owned'\"> **who** is Gordon Lathe?")
    page.tab.keyboard.press("Enter")
    page.tab.wait_for_selector("#chat .answer")
    page.tab.wait_for_timeout(500)
    assert page.tab.title() == "Pilcrow"
    assert page.tab.locator("#chat img[src='x']").count() == 0
    assert "**who**" in page.tab.locator("#chat").inner_text()


def test_hostile_article_text_stays_text(browser: object, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "evil.txt").write_text(HOSTILE)
    with Library.open(tmp_path / "library") as library:
        library.sync([articles])
        page = Page(browser, serving(library))
        said = page.ask("Which crane fell on Monday, and what did the port say?")
        assert "<script>" in said.inner_text() and "**fell**" in said.inner_text()  # type: ignore[attr-defined]
        said.locator("a.cite").first.click()  # type: ignore[attr-defined]
        page.tab.wait_for_selector("#source mark")
        page.tab.wait_for_timeout(500)
        assert page.tab.title() == "Pilcrow"
        for place in ("#chat", "#source"):
            for bad in ("script", "iframe", "[onclick]", "[onerror]", "img[src*='invalid']", "a[href^='javascript']"):
                assert page.tab.locator(f"{place} {bad}").count() == 0, (place, bad)
        assert page.elsewhere == [], "article text makes the browser fetch nothing"


def test_new_chat_forgets_and_examples_ask(browser: object, sample_url: str) -> None:
    page = Page(browser, sample_url)
    page.ask("Who won the mayoral election?")
    page.tab.get_by_role("button", name="New chat").click()
    page.tab.wait_for_function("document.querySelectorAll('#chat .answer').length === 0")
    page.tab.get_by_text("Why did the dock workers go on strike?").first.click()
    page.tab.wait_for_function("document.querySelector('#ask textarea').value.startsWith('Why did')")
