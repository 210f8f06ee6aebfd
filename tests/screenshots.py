"""Pictures of the page in each of its states: python -m tests.screenshots FOLDER. The README shows two of them."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

import sample
from index import Library
from tests.browser import CHROMIUM, QUIET, Page, serving

FERRY = "How many people died when the ferry sank?"


def main() -> None:
    """Command line: the folder for the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as place,
        Library.open(Path(place) / "library") as library,
        sync_playwright() as playwright,
    ):
        library.sync([sample.ARTICLES])
        browser, url = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET), serving(library)
        for name, looks in (
            ("light", {"viewport": {"width": 1280, "height": 760}}),
            ("dark", {"viewport": {"width": 1280, "height": 760}, "color_scheme": "dark"}),
            ("phone", {"viewport": {"width": 375, "height": 740}}),
        ):
            walk(Page(browser, url, **looks), folder, name)
        browser.close()


def walk(page: Page, folder: Path, name: str) -> None:
    """Goes through the page and takes a picture of each state."""

    def shoot(state: str) -> None:
        page.tab.wait_for_timeout(700)
        page.tab.screenshot(path=folder / f"{name}-{state}.png")

    page.tab.wait_for_selector(".suggestions")
    shoot("welcome")
    markers: Any = page.ask(FERRY).locator(".answer > p a.cite")
    markers.nth(1).hover()
    shoot("card")
    page.open(markers.nth(1))
    shoot("source")
    page.tab.keyboard.press("Escape")
    page.ask("What did Angela Merkel say about the ferry?").locator("summary").click()
    shoot("not-found")
    page.tab.locator("#filters summary").click()
    shoot("filters")
    page.tab.get_by_role("tab", name="Library").click()
    page.tab.wait_for_selector("#articles tbody tr")
    shoot("library")
    page.tab.get_by_text("Add articles").click()
    shoot("adding")
    page.close()


if __name__ == "__main__":
    main()
