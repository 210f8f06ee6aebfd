"""The web chat's wiring. The one file that imports gradio."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware

from index import Filters, Library, PilcrowError
from index.formats import FORMATS
from ui.web.chat import Chat, Clicked
from ui.web.filters import day_of, filters_of
from ui.web.guard import Guard, allowed_hosts
from ui.web.history import KEPT_IN, History
from ui.web.intake import Intake, intake_html
from ui.web.pace import Pace
from ui.web.render import notice_html
from ui.web.source import PLACEHOLDER
from ui.web.turns import turns_html
from ui.web.users import Users

# Both are read when gradio is imported: no analytics, no hub.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr

AT_ONCE = 8
WAITING = 64
A_MINUTE = 60
"""Questions that one person may ask in a minute."""
LONGEST = 20_000
MOST_BYTES = 10_000_000
TOLD: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
QUIET: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}


def serve(
    library: Library,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    users: Path | None = None,
    block: bool = True,
    a_minute: int = A_MINUTE,
) -> str:
    """Serves the page until it is stopped and returns its address; with `block` off, returns at once.

    `users` is a file of names and passwords, made by `pilcrow user add`: with it everybody logs in.
    """
    known = Users(users) if users else None
    if known and not known.names():
        raise PilcrowError(
            f"Nobody could log in: {users} holds no users; add one with: pilcrow user add NAME --file {users}"
        )
    # Not known.check: gradio would call it on its event loop, and every login would hold up all answers.
    sign_in: Any = known.sign_in if known else None
    chat = Chat(library, History(library.folder / KEPT_IN), Pace(a_minute), known)
    page = build(chat)
    page.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING)
    try:
        _, url, _ = page.launch(
            server_name=host,
            server_port=port or None,
            auth=sign_in,
            auth_message="After several wrong passwords, wait a minute." if known else None,
            quiet=True,
            share=False,
            prevent_thread_lock=True,
            enable_monitoring=False,
            run_history=False,
            footer_links=[],
            max_file_size=MOST_BYTES,
            # Not as css: gradio would rewrite its selectors, and cuts those with :is() in pieces.
            head=f"<style>{_asset('page.css')}</style>",
            theme=gr.themes.Default(),
            app_kwargs={"middleware": [Middleware(Guard, hosts=allowed_hosts(host))]},
        )
    except OSError as error:
        raise PilcrowError(
            f"The page could not be served on {host}, port {port} ({error}); choose another with --port or --host."
        ) from None
    # The first visitor need not wait for the reader's weights.
    threading.Thread(target=chat.suggestions, daemon=True).start()
    print(f"Pilcrow is at {url} (stop with Ctrl-C)", flush=True)
    if block:
        page.block_thread()
    return str(url)


def build(chat: Chat) -> gr.Blocks:
    """The page: conversations on the left, the chat, and the source beside it; the library on a tab of its own."""
    page: gr.Blocks
    with gr.Blocks(title="Pilcrow", analytics_enabled=False, fill_width=True) as page:
        filters = gr.State(Filters())
        gr.HTML('<h1><span class="sign">¶</span> Pilcrow</h1>', elem_id="head", apply_default_css=False)
        with gr.Tabs():
            with gr.Tab("Ask"):
                _ask_tab(chat, filters)
            with gr.Tab("Library") as tab:
                _library_tab(chat, filters, tab)
    return page


def _ask_tab(chat: Chat, filters: gr.State) -> None:
    conversation = gr.State("")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="left", scale=0, min_width=230):
            fresh = gr.Button("New chat", elem_id="fresh", size="sm")
            words = gr.Textbox(label="Search conversations", max_lines=1, elem_id="words", max_length=200)
            listed = _part("conversations")
        with gr.Column(elem_id="middle", scale=5):
            with gr.Column(elem_id="talk"):
                turns = _part("turns", turns_html("", ()))
                now = _part("now")
            chosen = _part("filters")
            with gr.Row(elem_id="asking"):
                box = gr.Textbox(
                    label="Your question",
                    placeholder="Ask about the articles …",
                    autofocus=True,
                    max_length=LONGEST,
                    scale=8,
                    elem_id="ask",
                    container=False,
                )
                send = gr.Button("Ask", variant="primary", elem_id="send", scale=1, min_width=80)
                stop = gr.Button("Stop", elem_id="stop", scale=1, min_width=80)
        with gr.Column(elem_id="right", scale=4, elem_classes="article-panel"):
            source = _part("source", PLACEHOLDER)
    outbox = _part("outbox", None, '<p role="status"></p>')

    def owner(request: gr.Request) -> str:
        return chat.owner(request.cookies, request.username)

    def ask(
        question: str, key: str, filters: Filters, request: gr.Request, again: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        for step in chat.ask(owner(request), key, question, filters, again=again):
            yield step.box, step.turns, step.now, step.conversation

    def ask_clicked(key: str, filters: Filters, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        said = _said(event)
        yield from ask(str(said.get("question", "")), key, filters, request, said.get("do") == "again")

    def list_again(words: str, key: str, request: gr.Request) -> str:
        return chat.conversations(owner(request), words, key)

    def shown(key: str, words: str, request: gr.Request) -> tuple[Any, ...]:
        return key, chat.turns(owner(request), key), "", PLACEHOLDER, list_again(words, key, request)

    def open_one(words: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        return shown(str(_said(event).get("conversation", "")), words, request)

    def load(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        return *open_one("", event, request), chat.filters_html(Filters())

    def begin(words: str, request: gr.Request) -> tuple[Any, ...]:
        return shown("", words, request)

    def rename(words: str, key: str, event: gr.EventData, request: gr.Request) -> str:
        said = _said(event)
        chat.history.rename(owner(request), str(said.get("conversation", "")), str(said.get("title", "")))
        return list_again(words, key, request)

    def delete(words: str, key: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        gone = str(_said(event).get("conversation", ""))
        chat.history.delete(owner(request), gone)
        return shown("" if gone == key else key, words, request)

    def show(key: str, event: gr.EventData, request: gr.Request) -> str:
        return chat.source(owner(request), key, _said(event))

    def judge(key: str, event: gr.EventData, request: gr.Request) -> str:
        chat.judge(owner(request), key, _said(event))
        return chat.turns(owner(request), key)

    def carry(key: str, event: gr.EventData, request: gr.Request) -> dict[str, str]:
        return chat.carry(owner(request), key, _said(event))

    told = [box, turns, now, conversation]
    asking = [
        gr.on([box.submit, send.click], ask, [box, conversation, filters], told, **TOLD),
        turns.submit(ask_clicked, [conversation, filters], told, **TOLD),
    ]
    for event in asking:
        event.then(list_again, [words, conversation], listed, **QUIET)
    stop.click(_nothing, None, now, cancels=asking, **QUIET)
    whole = [conversation, turns, now, source, listed]
    listed.load(load, None, [*whole, chosen], **QUIET)
    listed.select(open_one, words, whole, cancels=asking, **QUIET)
    listed.edit(rename, [words, conversation], listed, **QUIET)
    listed.delete(delete, [words, conversation], whole, **QUIET)
    fresh.click(begin, words, whole, cancels=asking, **QUIET)
    words.change(list_again, [words, conversation], listed, **QUIET)
    turns.select(show, conversation, source, **QUIET)
    source.select(show, conversation, source, **QUIET)
    turns.like(judge, conversation, turns, **QUIET)
    turns.copy(carry, conversation, outbox, **QUIET)
    chosen.apply(_sieve(chat), filters, [filters, chosen], **QUIET)


def _library_tab(chat: Chat, filters: gr.State, tab: gr.Tab) -> None:
    intake = Intake(chat.library)
    with gr.Accordion("Add articles", open=False, elem_id="adding"):
        files = gr.File(label="Drop files here", file_count="multiple", file_types=list(FORMATS), height=140)
        with gr.Row():
            headline = gr.Textbox(label="Headline", max_length=300)
            outlet = gr.Textbox(label="Outlet", max_length=100)
            published = gr.Textbox(label="Published (year-month-day)", max_length=10)
        text = gr.Textbox(label="Or paste an article", lines=6, max_lines=20)
        paste = gr.Button("Add the pasted article")
        result = _part("result")
    with gr.Row(elem_id="shelf"):
        with gr.Column(scale=5):
            facts = _part("facts")
            search = gr.Textbox(label="Search headlines, outlets and authors", max_lines=1, max_length=200)
            chosen = _part("filters-too")
            shelf = _part("articles")
        with gr.Column(scale=4, elem_id="beside", elem_classes="article-panel"):
            reading = _part("reading", '<p class="hint">Choose a headline to read the article.</p>')

    def seen(search: str, filters: Filters) -> tuple[str, str, str]:
        return *chat.shelf(search, filters), chat.filters_html(filters)

    def add_files(paths: list[str] | None, progress: gr.Progress = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008
        def advance(stage: str, done: int, total: int) -> None:
            progress((done, total), desc=stage)

        return None, _told(lambda: intake_html(intake.add_files([Path(p) for p in paths or ()], advance)))

    def add_text(text: str, headline: str, outlet: str, published: str) -> tuple[Any, ...]:
        def add() -> str:
            day = day_of(published.strip())
            if published.strip() and not day:
                raise PilcrowError(f"{published!r} is not a date; write it as year-month-day, such as 2026-03-09.")
            return intake_html(intake.add_text(text, headline=headline, outlet=outlet, published=day))

        said = _told(add)
        return "" if said.startswith('<div class="intake') else text, said

    def read(event: gr.EventData) -> str:
        return chat.article(str(_said(event).get("article", "")))

    def remove(event: gr.EventData) -> str:
        return _told(lambda: notice_html(intake.remove(str(_said(event).get("article", "")))))

    every = [facts, shelf, chosen]
    for event in (
        files.upload(add_files, files, [files, result], api_visibility="private"),
        paste.click(add_text, [text, headline, outlet, published], [text, result], api_visibility="private"),
        shelf.delete(remove, None, result, **QUIET),
    ):
        event.then(seen, [search, filters], every, **QUIET)
    for change in (tab.select, search.change, filters.change):
        change(seen, [search, filters], every, **QUIET)
    shelf.select(read, None, reading, **QUIET)
    reading.select(_nothing, None, reading, **QUIET)
    chosen.apply(_sieve(chat), filters, [filters, chosen], **QUIET)


def _sieve(chat: Chat) -> Callable[..., tuple[Filters, str]]:
    """What sets the filters from a click on their form or chips."""

    def sieve(filters: Filters, event: gr.EventData) -> tuple[Filters, str]:
        try:
            filters = filters_of(_said(event), filters, chat.library.sources())
        except PilcrowError as error:
            gr.Warning(str(error))
        return filters, chat.filters_html(filters)

    return sieve


def _part(name: str, value: str | None = "", template: str = "${value}") -> gr.HTML:
    """A part of the page whose HTML is ours; `page.js` sends what is clicked in it."""
    return gr.HTML(value, html_template=template, js_on_load=_asset("page.js"), apply_default_css=False, elem_id=name)


def _said(event: gr.EventData) -> Clicked:
    return event._data if isinstance(event._data, dict) else {}


def _told(work: Callable[[], str]) -> str:
    """What the work says; where it cannot be done, why."""
    try:
        return work()
    except PilcrowError as error:
        return notice_html(str(error))


def _nothing() -> str:
    return ""


def _asset(name: str) -> str:
    return files("ui.web").joinpath(name).read_text("utf-8")
