"""The page in a real browser: ask, click the marker, see the very sentence highlighted; and all else it offers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Library
from rag import Answerer
from rag.pack import check_pack
from tests.browser import CHROMIUM, MARKS, QUIET, Page, serving
from tests.hostile import question, write
from tests.model_server import refuses, says
from tests.test_prose import NINE, SEVEN, writing
from ui.web.history import History
from ui.web.users import Users

pytestmark = MARKS


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def url(sample_library: Library) -> str:
    return serving(sample_library)


@pytest.fixture
def page(browser: Any, url: str) -> Iterator[Page]:
    opened = Page(browser, url)
    yield opened
    opened.close()


FERRY = "How many people died when the ferry sank?"
SAID = ".answer > p:not(.lead) a.cite"
"""The markers of the sentences; those of the words before them lead to the same places."""


def test_a_marker_opens_its_paragraph_with_the_very_sentence_highlighted(page: Page, url: str) -> None:
    marker = page.ask("Who is the chief executive of Merrin Stevedoring?").locator("a.cite").first
    page.open(marker)
    assert "Gordon Lathe" in page.highlighted
    assert page.highlighted.split() == (marker.get_attribute("data-quote") or "").split()
    box = page.tab.locator("#source p.cited").bounding_box()
    assert 0 <= box["y"] < 900, "the cited paragraph is scrolled into view"
    assert page.tab.url.startswith(url) and "cite=" not in page.tab.url


def test_pointing_at_a_marker_or_reaching_it_by_keyboard_shows_its_words(page: Page) -> None:
    markers = page.ask(FERRY).locator("a.cite")
    card = page.tab.locator("#card")
    for place, act in ((0, "hover"), (1, "focus")):
        getattr(markers.nth(place), act)()
        page.until("!document.querySelector('#card').hidden")
        said = card.inner_text()
        assert all(markers.nth(place).get_attribute(f"data-{part}") in said for part in ("quote", "title", "from"))
        assert "March 2026" in said
    page.tab.keyboard.press("Escape")
    assert card.is_hidden()


def test_every_marker_leads_to_its_own_sentence_and_one_can_step_through_them(page: Page) -> None:
    for asked in (FERRY, "Why did the dock workers go on strike?"):
        markers = page.ask(asked).locator(SAID)
        for place in range(markers.count()):
            page.open(markers.nth(place))
        for place in range(markers.count() - 2, -1, -1):
            page.tab.get_by_role("button", name="Previous citation").click()
            page.shows(markers.nth(place).get_attribute("data-quote"))
        assert page.tab.get_by_role("button", name="Previous citation").is_disabled()


def test_it_works_by_keyboard_alone(page: Page) -> None:
    page.tab.keyboard.type(FERRY)
    page.tab.keyboard.press("Enter")
    page.until("document.querySelectorAll('#turns .turn').length === 1")
    for _ in range(60):
        page.tab.keyboard.press("Shift+Tab")
        if page.tab.evaluate("document.activeElement.className === 'cite'"):
            break
    quote = page.tab.evaluate("document.activeElement.dataset.quote")
    outline = page.tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.tab.keyboard.press("Enter")
    page.shows(quote)
    assert outline == "solid", "where the focus is can be seen"


def test_of_repeated_paragraphs_the_cited_one_is_marked(browser: Any, tmp_path: Path) -> None:
    same = "The ferry sails at nine on Monday, the harbour office said."
    (tmp_path / "a.txt").write_text(f"Sailings\n\n{same}\n\nIt is a fine ship.\n\n{same}\n\nNobody knows why.\n")
    with Library.open(tmp_path / "library") as library:
        library.sync([tmp_path / "a.txt"])
        page = Page(browser, serving(library))
        marker = page.ask("When does the ferry sail?").locator("a.cite").first
        page.open(marker)
        number = (marker.get_attribute("data-from") or "").rsplit(" ", 1)[1]
        assert page.highlighted == same
        assert page.tab.locator("#source p.cited .para").inner_text() == f"¶{number}"
        page.close()


def test_an_abstention_shows_its_reason_and_what_is_near_apart(page: Page) -> None:
    said = page.ask("What did Angela Merkel say about the ferry?")
    text = said.inner_text()
    assert "do not mention Angela Merkel" in text and "[1]" not in text and "Not found" in text
    said.locator("summary").click()
    said.locator("li a").first.click()
    page.tab.wait_for_selector("#source p.cited")
    assert page.tab.locator("#source mark").count() == 0


def test_a_follow_up_reload_and_restart_keep_every_citation(browser: Any, sample_library: Library, url: str) -> None:
    page = Page(browser, url)
    page.ask("Who is Adela Quist?")
    second = page.ask("What did she deny?")
    assert "understood as" in second.inner_text() and "Quist" in second.inner_text()
    second.get_by_role("button", name="Correct it").click()
    assert "Quist" in page.tab.input_value("#ask textarea")
    before = page.tab.locator("#turns .answer").all_inner_texts()
    hash = page.tab.evaluate("location.hash")
    page.reload()
    page.until("document.querySelectorAll('#turns .turn').length === 2")
    assert page.tab.locator("#turns .answer").all_inner_texts() == before
    again = Page(browser, serving(sample_library), context=page.context, hash=hash)
    again.until("document.querySelectorAll('#turns .turn').length === 2")
    assert again.tab.locator("#turns .answer").all_inner_texts() == before
    again.open(again.tab.locator("#turns .turn").first.locator("a.cite").first)
    again.close()
    assert page.wrong == []


def test_a_question_sent_in_the_very_moment_in_which_an_answer_appears_is_asked(page: Page) -> None:
    page.tab.evaluate(
        """question => new MutationObserver((_, watch) => {
            if (!document.querySelector('#turns .turn')) return;
            watch.disconnect();
            const box = document.querySelector('#ask textarea');
            box.value = question;
            box.dispatchEvent(new Event('input', { bubbles: true }));
            requestAnimationFrame(() => box.dispatchEvent(new KeyboardEvent('keypress', { key: 'Enter', bubbles: true })));
        }).observe(document.querySelector('#turns'), { childList: true, subtree: true })""",
        "What did she deny?",
    )
    page.ask("Who is Adela Quist?")
    page.until("document.querySelectorAll('#turns .turn').length === 2")
    assert "What did she deny?" in page.turns.last.inner_text()


def test_conversations_are_listed_found_renamed_and_deleted(page: Page) -> None:
    page.ask(FERRY)
    page.tab.get_by_role("button", name="New chat").click()
    page.tab.wait_for_selector(".welcome")
    page.ask("Why did the dock workers go on strike?")
    titles = page.tab.locator("#conversations .title")
    page.until("document.querySelectorAll('#conversations li').length === 2")
    assert titles.all_inner_texts() == ["Why did the dock workers go on strike?", FERRY]
    page.tab.fill("#words :is(input, textarea)", "seven")
    page.until("document.querySelectorAll('#conversations li').length === 1")
    titles.first.click()
    page.until("q => document.querySelector('#turns .asked').innerText === q", FERRY)
    page.tab.once("dialog", lambda dialog: dialog.accept("The <b>toll</b>"))
    page.tab.get_by_role("button", name=f"Rename {FERRY}").click()
    page.until("document.querySelector('#conversations .title').innerText === 'The <b>toll</b>'")
    page.tab.once("dialog", lambda dialog: dialog.dismiss())
    page.tab.locator("#conversations [data-do=delete]").click()
    page.tab.once("dialog", lambda dialog: dialog.accept())
    page.tab.locator("#conversations [data-do=delete]").click()
    page.tab.wait_for_selector(".welcome")
    page.tab.fill("#words :is(input, textarea)", "")
    page.until("document.querySelectorAll('#conversations li').length === 1")


def test_nobody_sees_anothers_conversation(browser: Any, url: str) -> None:
    ann = Page(browser, url)
    ann.ask("Who is Adela Quist?")
    bob = Page(browser, url, hash=ann.tab.evaluate("location.hash"))
    bob.tab.wait_for_selector(".welcome")
    assert bob.tab.locator("#conversations li").count() == 0
    bob.close()
    ann.close()


def test_feedback_is_kept_with_the_answer(page: Page, sample_library: Library) -> None:
    turn = page.ask("What was decided about the cod quota?")
    turn.get_by_role("button", name="wrong citation").click()
    page.tab.wait_for_selector(".note input")
    page.tab.fill(".note input", "Not the cod.")
    page.tab.get_by_role("button", name="Keep").click()
    history = History.of(sample_library)
    end = time.monotonic() + 30
    while not any(f["note"] for f in history.judged()) and time.monotonic() < end:
        time.sleep(0.1)
    (kept,) = [f for f in history.judged() if f["note"]]
    assert (kept["feedback"], kept["note"]) == ("wrong citation", "Not the cod.")
    assert kept["answer"]["question"] == "What was decided about the cod quota?"


def test_an_answer_is_copied_with_its_sources_and_saved_as_evidence(
    page: Page, sample_library: Library, tmp_path: Path
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = page.ask(FERRY)
    turn.get_by_role("button", name="Copy with sources").click()
    page.until("document.querySelector('#outbox').innerText.includes('Copied')")
    assert "Merrin Courier" in page.tab.evaluate("navigator.clipboard.readText()")
    for name, ending in (("Markdown", ".md"), ("Web page", ".html"), ("Evidence pack", ".json")):
        with page.tab.expect_download() as download:
            page.tab.get_by_role("button", name=name).click()
        assert download.value.suggested_filename.endswith(ending)
        download.value.save_as(tmp_path / f"saved{ending}")
    report = check_pack(json.loads((tmp_path / "saved.json").read_text("utf-8")), sample_library)
    assert report.ok and "Seven" in (tmp_path / "saved.md").read_text("utf-8")


def test_filters_are_shown_as_chips_and_hold_for_the_answers(page: Page) -> None:
    page.tab.locator("#filters summary").click()
    page.tab.fill("#filters [name=since]", "2026-03-13")
    page.tab.get_by_role("button", name="Use these").first.click()
    page.tab.wait_for_selector("#filters .chip")
    assert "from 13 March 2026" in page.tab.locator("#filters").inner_text()
    said = page.ask(FERRY).inner_text()
    assert "Nine" in said and "Seven" not in said
    page.reload()
    page.tab.wait_for_selector("#filters .chip")
    assert "Seven" not in page.ask(FERRY).inner_text(), "a reload keeps the filters"
    page.tab.get_by_role("button", name="Remove the filter: from 13 March 2026").first.click()
    page.until("document.querySelector('#filters summary').innerText.startsWith('All')")


def test_articles_are_dropped_pasted_asked_about_and_removed(browser: Any, tmp_path: Path) -> None:
    for name, town in (("one", "Ardell"), ("two", "Brome"), ("three", "Caske")):
        text = f"{town} opens bridge\n\nThe bridge of {town} was opened on Monday by Mayor Ruth {town}son.\n"
        (tmp_path / f"{name}.txt").write_text(text)
    with Library.open(tmp_path / "library") as library:
        library.sync([tmp_path / "one.txt"])
        page = Page(browser, serving(library))
        page.tab.get_by_role("tab", name="Library").click()
        page.tab.get_by_text("Add articles").click()
        (tmp_path / "four.txt").write_bytes(b"MZ\x00")
        page.drop("#adding .upload-container", [tmp_path / "two.txt", tmp_path / "three.txt", tmp_path / "four.txt"])
        page.until("document.querySelector('#result').innerText.includes('Caske opens bridge')")
        assert "four.txt" in page.tab.locator("#result").inner_text(), "each file has its result"
        page.until("document.querySelectorAll('#articles tbody tr').length === 3")
        page.tab.get_by_label("Or paste an article").fill("The bridge of Dorn was opened on Friday by Eve Dornson.")
        page.tab.get_by_label("Headline", exact=True).fill("Dorn: a bridge ---\nat last")
        page.tab.get_by_label("Published").fill("last week")
        page.tab.get_by_role("button", name="Add the pasted article").click()
        page.until("document.body.innerText.includes('is not a date')")
        assert "Dornson" in page.tab.get_by_label("Or paste an article").input_value(), "what was pasted stays"
        page.tab.get_by_label("Published").fill("2026-03-06")
        page.tab.get_by_role("button", name="Add the pasted article").click()
        page.until("document.querySelector('#result').innerText.includes('Dorn')")
        assert page.tab.get_by_label("Or paste an article").input_value() == ""
        page.until("document.querySelectorAll('#articles tbody tr').length === 4")
        page.tab.locator("#articles button.link").first.click()
        page.tab.wait_for_selector("#reading article.source")
        page.tab.get_by_role("tab", name="Ask").click()
        assert "Brome" in page.ask("Who opened the bridge of Brome?").inner_text()
        assert "Eve Dornson" in page.ask("Who opened the bridge of Dorn?").inner_text()
        page.tab.get_by_role("tab", name="Library").click()
        page.tab.once("dialog", lambda dialog: dialog.accept())
        page.tab.locator("#articles tr", has_text="Brome").locator("[data-do=remove]").click()
        page.until("document.querySelectorAll('#articles tbody tr').length === 3")
        assert len(library.articles()) == 3
        page.close()


def test_hostile_articles_stay_text(browser: Any, tmp_path: Path) -> None:
    write(tmp_path / "articles")
    with Library.open(tmp_path / "library") as library:
        library.sync([tmp_path / "articles"])
        page = Page(browser, serving(library))
        for number in range(1, 41, 3):
            turn = page.ask(f"{question(number)} <img src=x onerror=alert(1)> **now**")
            if turn.locator(".answer > p a.cite").count():
                turn.locator(".answer > p a.cite").first.click()
                page.tab.wait_for_selector("#source article")
        page.tab.get_by_role("tab", name="Library").click()
        page.tab.wait_for_selector("#articles tbody tr")
        assert page.tab.title() == "Pilcrow"
        for bad in (
            "script",
            "iframe",
            "object",
            "embed",
            "[onclick]",
            "[onerror]",
            "[onload]",
            "a[href^='javascript']",
            "img",
        ):
            for place in ("#turns", "#source", "#articles", "#conversations", "#reading"):
                assert page.tab.locator(f"{place} {bad}").count() == 0, (place, bad)
        page.close()


def test_a_phone_puts_the_article_into_a_drawer(browser: Any, url: str) -> None:
    page = Page(browser, url, viewport={"width": 375, "height": 740})
    wide = "document.documentElement.scrollWidth <= innerWidth"
    marker = page.ask(FERRY).locator("a.cite").first
    assert page.tab.locator("#right").is_hidden() and page.tab.evaluate(wide)
    page.open(marker)
    page.until("document.querySelector('#right').getBoundingClientRect().top < innerHeight / 2")
    page.tab.get_by_role("button", name="Close the article").click()
    page.tab.wait_for_selector("#right", state="hidden")
    page.tab.get_by_role("tab", name="Library").click()
    page.tab.wait_for_selector("#articles tbody tr")
    assert page.tab.evaluate(wide)
    page.close()


def test_without_a_name_and_password_nobody_comes_in(browser: Any, sample_library: Library, tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    users.add("ann", "correct horse")
    address = serving(sample_library, users.path)
    tab = browser.new_page()
    tab.goto(address)
    for password in ("wrong horse", "correct horse"):
        tab.get_by_label("username").fill("ann")
        tab.get_by_label("password").fill(password)
        tab.get_by_role("button", name="Login").click()
        if password == "correct horse":
            tab.wait_for_selector("#ask textarea", timeout=60_000)  # a busy machine takes its time
        else:
            tab.wait_for_timeout(1500)
            assert tab.locator("#ask").count() == 0
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 375])
def test_a_checker_of_accessibility_finds_nothing_serious(browser: Any, url: str, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = Page(browser, url, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.tab.wait_for_selector(".suggestions")

    def check(state: str) -> None:
        found = Axe().run(page.tab).response["violations"]
        serious = [v for v in found if v["impact"] in ("serious", "critical")]
        told = [(v["id"], [n["target"] for n in v["nodes"][:4]]) for v in serious]
        assert told == [], state

    check("welcome")
    turn = page.ask(FERRY)
    turn.get_by_role("button", name="helpful").click()
    page.tab.wait_for_selector(".note")
    check("answer")
    page.open(page.turns.last.locator("a.cite").first)
    page.tab.wait_for_timeout(500)
    check("source")
    if width < 900:
        page.tab.keyboard.press("Escape")
    page.ask("What did Angela Merkel say?").locator("summary").click()
    page.tab.locator("#filters summary").click()
    check("abstention and filters")
    page.tab.get_by_role("tab", name="Library").click()
    page.tab.wait_for_selector("#articles tbody tr")
    page.tab.get_by_text("Add articles").click()
    check("library")
    page.close()


def test_a_filter_set_in_one_tab_is_seen_in_the_other_and_a_removed_one_stays_away(page: Page) -> None:
    page.tab.get_by_role("tab", name="Library").click()
    page.tab.locator("#filters-too summary").click()
    page.tab.locator("#filters-too [value='Northern Wire']").check()
    page.tab.locator("#filters-too").get_by_role("button", name="Use these").click()
    page.tab.wait_for_selector("#filters-too .chip")
    page.tab.get_by_role("tab", name="Ask").click()
    assert "Northern Wire" in page.tab.locator("#filters .chip").inner_text()
    page.tab.locator("#filters .chip button").click()
    page.tab.wait_for_selector("#filters .chip", state="detached")
    page.tab.locator("#filters summary").click()
    assert not page.tab.locator("#filters [value='Northern Wire']").is_checked()


def test_asking_again_replaces_the_answer_and_an_old_marker_leads_nowhere_else(page: Page, url: str) -> None:
    page.ask(FERRY)
    other = Page(None, url, context=page.context, hash=page.tab.evaluate("location.hash"))
    other.until("document.querySelectorAll('#turns .turn').length === 1")
    old = page.tab.locator("#turns .turn").get_attribute("data-turn")
    page.tab.get_by_role("button", name="Ask again").click()
    page.until("k => document.querySelector('#turns .turn')?.dataset.turn !== k", old)
    assert page.turns.count() == 1
    other.tab.locator("a.cite").first.click()
    other.until("document.querySelector('#source').innerText.includes('no longer there')")
    other.tab.get_by_role("button", name="helpful").click()
    other.until("document.body.innerText.includes('no longer there; ask')")
    other.tab.close()


def test_an_answer_that_takes_long_can_be_stopped_and_the_question_is_given_back(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, go_on = Answerer.stream, threading.Event()

    def slow(*given: Any, **named: Any) -> Any:
        go_on.wait(60)
        yield from real(*given, **named)

    monkeypatch.setattr(Answerer, "stream", slow)
    page.tab.fill("#ask textarea", FERRY)
    page.tab.keyboard.press("Enter")
    page.tab.wait_for_selector("#now .turn")
    page.tab.get_by_role("button", name="Stop").click()
    page.tab.wait_for_selector("#now .turn", state="detached")
    assert page.tab.input_value("#ask textarea") == FERRY
    go_on.set()
    monkeypatch.undo()
    page.ask("Who is the chief executive of Merrin Stevedoring?")
    page.tab.wait_for_selector("#conversations li")  # the last of what follows an answer
    page.reload()
    page.tab.wait_for_selector("#turns .turn")
    assert page.turns.count() == 1, "what was stopped is not kept"


def test_a_models_sentences_appear_one_by_one_with_their_markers_and_what_was_left_out_is_said(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(monkeypatch, says(f"{SEVEN} {NINE} The captain was arrested for drinking on Thursday.", between=0.3)):
        page.tab.fill("#ask textarea", FERRY)
        page.tab.keyboard.press("Enter")
        page.tab.wait_for_selector("#now .answer a.cite")
        assert NINE not in page.tab.inner_text("#now .answer")
        page.tab.wait_for_selector("#turns .turn .standing")
    told = page.turns.last.locator(".answer")
    assert SEVEN in told.inner_text() and NINE in told.inner_text()
    page.open(told.locator("p:not(.lead) > a.cite").first)
    assert "Seven people died" in page.highlighted
    told.locator("summary").click()
    assert "captain was arrested" in told.locator("details").inner_text()


def test_a_model_that_does_not_answer_is_said_and_the_articles_answer(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(monkeypatch, refuses(401)):
        told = page.ask(FERRY)
    assert "articles' own words" in told.locator(".remark").inner_text() and told.locator("a.cite").count()


def test_a_marker_that_is_open_is_told_from_the_others(page: Page) -> None:
    markers = page.ask(FERRY).locator(SAID)
    page.open(markers.nth(1))
    page.until(f"document.querySelectorAll('{SAID}[aria-current]').length === 1")
    assert markers.nth(1).get_attribute("aria-current") == "true"


def test_a_strange_address_opens_an_empty_chat(browser: Any, url: str) -> None:
    page = Page(browser, url, hash="#100%")
    page.tab.wait_for_selector(".welcome")
    page.ask(FERRY)
    page.close()


def test_a_pasted_quotation_is_checked_and_its_place_shown(page: Page) -> None:
    page.tab.get_by_role("tab", name="Check a quote").click()
    page.tab.get_by_label("A quotation or a claim").fill(
        "Crews covered 640 square miles in six days, <i>said</i> Lt. Cmdr. Paul Vance."
    )
    page.tab.get_by_role("button", name="Check", exact=True).click()
    page.tab.wait_for_selector("#finding .altered")
    assert page.tab.locator("#finding del").first.inner_text() == "640"
    assert page.tab.locator("#finding ins").first.inner_text() == "620"
    assert page.tab.locator("#finding i").count() == 0
    assert "Crews covered 620 square miles" in page.tab.locator("#found mark").inner_text()
    page.tab.get_by_label("A quotation or a claim").fill('Victor Hale said: "I saw about half of them."')
    page.tab.get_by_role("button", name="Check", exact=True).click()
    page.until("document.querySelector('#finding').innerText.includes('Pascal Reyes says this')")
