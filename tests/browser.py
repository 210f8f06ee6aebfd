"""A browser tab with the chat, as a person uses it."""

from __future__ import annotations

import os
import re
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from index import Library

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MARKS = [pytest.mark.slow]
if not CHROMIUM and not os.environ.get("CI"):
    MARKS = [pytest.mark.slow, pytest.mark.skip(reason="no Chromium here; apt-get install chromium")]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def serving(library: Library, users: Path | None = None, **options: Any) -> str:
    """The address of a page over this library, served until the process ends."""
    from ui.web.page import serve

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    return serve(library, port=port, users=users, block=False, **options)


_CUT_OFF = re.compile(r"console: (?:AbortError: signal is aborted|Unexpected error Connection errored out)")


class Page:
    """One tab. It keeps what goes wrong: requests to other hosts, errors of scripts, errors on the console."""

    def __init__(self, browser: Any, url: str, *, context: Any = None, hash: str = "", **looks: Any) -> None:
        """A new visitor, or another tab of `context`; `looks` are Playwright's (colour scheme, size)."""
        self.context = context or browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **looks})
        self.tab = self.context.new_page()
        self.wrong: list[str] = []
        self.tab.on("request", self._note)
        self.tab.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.tab.on(
            "console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None
        )
        self.tab.goto(url + hash)
        self._arrived()

    def _arrived(self) -> None:
        self.tab.wait_for_selector("#ask textarea")
        self.tab.wait_for_selector("#conversations :is(.none, .conversations)", timeout=60_000)

    def reload(self) -> None:
        """Loads the page anew; that gradio complains of the stream that this cuts off is nothing wrong."""
        heard = len(self.wrong)
        self.tab.reload()
        self._arrived()
        self.wrong[heard:] = [w for w in self.wrong[heard:] if not _CUT_OFF.match(w)]

    def _note(self, request: Any) -> None:
        if "127.0.0.1" not in request.url and not request.url.startswith(("data:", "blob:")):
            self.wrong.append(f"request: {request.url}")

    @property
    def turns(self) -> Any:
        """The finished turns."""
        return self.tab.locator("#turns .turn")

    @property
    def highlighted(self) -> str:
        """What is marked in the source reader, exactly; fails unless it is one piece."""
        (words,) = self.tab.locator("#source mark").all_text_contents()
        return str(words)

    def ask(self, question: str) -> Any:
        """The new turn with its answer."""
        before = self.turns.count()
        self.tab.fill("#ask textarea", question)
        self.tab.keyboard.press("Enter")
        self.until(f"document.querySelectorAll('#turns .turn').length === {before + 1}")
        return self.turns.last

    def until(self, script: str, argument: Any = None) -> None:
        """Waits until a script's expression, or a function of the argument, is true."""
        self.tab.wait_for_function(script, arg=argument, timeout=60_000)

    def drop(self, target: str, paths: list[Path]) -> None:
        """Drops these files onto the element, as from a folder's window."""
        held = self.tab.evaluate_handle(
            """files => {
                const held = new DataTransfer();
                for (const [name, bytes] of files) held.items.add(new File([new Uint8Array(bytes)], name));
                return held;
            }""",
            [[path.name, list(path.read_bytes())] for path in paths],
        )
        self.tab.dispatch_event(target, "drop", {"dataTransfer": held})

    def open(self, marker: Any) -> None:
        """Clicks a marker and waits until its sentence is shown."""
        quote = marker.get_attribute("data-quote")
        marker.click()
        self.shows(quote)

    def shows(self, quote: str | None) -> None:
        """Waits until the source reader marks these words."""
        self.until(
            "q => [...document.querySelectorAll('#source mark')].some(m => m.textContent.split(/\\s+/).join(' ') === q)",
            quote,
        )

    def close(self) -> None:
        """Ends the visit; fails for anything that went wrong in it."""
        self.context.close()
        assert not self.wrong, self.wrong
