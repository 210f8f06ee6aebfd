"""The web chat's wiring. The one file that imports gradio."""

from __future__ import annotations

import functools
import logging
import os
import threading
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

from starlette.middleware import Middleware

from index import Filters, Library, PilcrowError
from index.formats import ENDINGS
from rag import look_up
from ui.options import QUESTIONS_A_MINUTE
from ui.web.chat import AT_ONCE, SORRY, Chat, Clicked, Step
from ui.web.filters import day_of, filters_of
from ui.web.guard import Guard, allowed_hosts
from ui.web.history import History
from ui.web.intake import MOST_BYTES, Intake, intake_html
from ui.web.lookup import NOT_READ, article_html, finding_html
from ui.web.pace import Pace
from ui.web.render import notice_html
from ui.web.source import PLACEHOLDER
from ui.web.turns import turns_html
from ui.web.users import Users

# Both are read when gradio is imported: no analytics, no hub.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr

WAITING = 64
LONGEST = 20_000
TOLD: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
QUIET: dict[str, Any] = {**TOLD, "queue": False, "trigger_mode": "always_last"}
"""For what is done at once; of two clicks in a row the second one counts."""
Handler = TypeVar("Handler", bound=Callable[..., Any])
_log = logging.getLogger("pilcrow")


def serve(
    library: Library,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    users: Path | None = None,
    block: bool = True,
    a_minute: int = QUESTIONS_A_MINUTE,
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
    chat = Chat(library, History.of(library), Pace(a_minute), known)
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
                chosen = _ask_tab(chat, filters)
            with gr.Tab("Library") as tab:
                chosen_too = _library_tab(chat, filters, tab, chosen)
            with gr.Tab("Check a quote"):
                _check_tab(chat)

        @_plainly
        def sieve(filters: Filters, event: gr.EventData) -> tuple[Filters, str, str]:
            filters = filters_of(_said(event), filters, chat.library.sources())
            shown = chat.filters_html(filters)
            return filters, shown, shown

        for panel in (chosen, chosen_too):
            panel.apply(sieve, filters, [filters, chosen, chosen_too], **QUIET)
    return page


def _ask_tab(chat: Chat, filters: gr.State) -> gr.HTML:
    """The chat; returns the part that shows the filters."""
    conversation, asked = gr.State(""), gr.State("")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="left", scale=0, min_width=230):
            fresh = gr.Button("New chat", elem_id="fresh", size="sm")
            words = gr.Textbox(label="Search conversations", max_lines=1, elem_id="words", max_length=200)
            listed = _part("conversations")
        with gr.Column(elem_id="middle", scale=5):
            with gr.Column(elem_id="talk"):
                turns = _part("turns", turns_html("", ()), '<div role="log" aria-label="Conversation">${value}</div>')
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

    def tab(request: gr.Request) -> str:
        return request.session_hash or ""

    def ask(
        question: str, key: str, filters: Filters, request: gr.Request, again: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        # The box is emptied once and filled once: what is typed meanwhile stays.
        box: Any = ""
        for step in chat.ask(owner(request), key, question, filters, again=again, tab=tab(request)):
            yield step.asked if step.lost else box, step.turns, step.now, step.conversation, step.asked
            box = gr.skip()
        # Gradio shows the last step once more when all is done, which by then may be another conversation.
        yield (gr.skip(),) * 5

    def ask_typed(question: str, key: str, filters: Filters, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        # Gradio's own way to hold back a second question loses one sent in the moment the answer appears.
        if chat.asking(tab(request)):
            yield (gr.skip(),) * 5
        else:
            yield from ask(question, key, filters, request)

    def ask_clicked(key: str, filters: Filters, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        said = _said(event)
        again = str(said.get("turn", "")) if said.get("do") == "again" else ""
        yield from ask(str(said.get("question", "")), key, filters, request, again)

    @_plainly
    def stopped(asked: str, key: str, request: gr.Request) -> None:
        chat.stop(tab(request), Step(key, chat.turns(owner(request), key), "", asked, lost=True))

    @_plainly
    def list_again(words: str, key: str, request: gr.Request) -> str:
        return chat.conversations(owner(request), words, key)

    def shown(key: str, words: str, request: gr.Request) -> tuple[Any, ...]:
        turns = chat.turns(owner(request), key)
        chat.stop(tab(request), Step(key, turns))
        return key, turns, "", PLACEHOLDER, list_again(words, key, request)

    @_plainly
    def open_one(words: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        return shown(str(_said(event).get("conversation", "")), words, request)

    @_plainly
    def load(words: str, key: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        said = _said(event)
        kept = filters_of(said, Filters(), chat.library.sources())
        # Gradio sends what a part says while the page is built twice, a tenth of a second apart: the second one ended
        # the question of whoever had been quick.
        if key or chat.asking(tab(request)):
            return *(gr.skip(),) * 4, list_again(words, key, request), kept, chat.filters_html(kept)
        return *shown(str(said.get("conversation", "")), "", request), kept, chat.filters_html(kept)

    @_plainly
    def begin(words: str, request: gr.Request) -> tuple[Any, ...]:
        return shown("", words, request)

    @_plainly
    def rename(words: str, key: str, event: gr.EventData, request: gr.Request) -> str:
        said = _said(event)
        chat.history.rename(owner(request), str(said.get("conversation", "")), str(said.get("title", "")))
        return list_again(words, key, request)

    @_plainly
    def delete(words: str, key: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        gone = str(_said(event).get("conversation", ""))
        chat.history.delete(owner(request), gone)
        return shown("" if gone == key else key, words, request)

    @_plainly
    def show(key: str, event: gr.EventData, request: gr.Request) -> str:
        return chat.source(owner(request), key, _said(event))

    @_plainly
    def judge(key: str, event: gr.EventData, request: gr.Request) -> str:
        chat.judge(owner(request), key, _said(event))
        return chat.turns(owner(request), key)

    @_plainly
    def carry(key: str, event: gr.EventData, request: gr.Request) -> dict[str, str]:
        return chat.carry(owner(request), key, _said(event))

    told = [box, turns, now, conversation, asked]
    asking = [
        gr.on([box.submit, send.click], ask_typed, [box, conversation, filters], told, trigger_mode="multiple", **TOLD),
        turns.submit(ask_clicked, [conversation, filters], told, **TOLD),
    ]
    for event in asking:
        event.then(list_again, [words, conversation], listed, **QUIET)
    stop.click(stopped, [asked, conversation], None, **QUIET)
    whole = [conversation, turns, now, source, listed]
    listed.load(load, [words, conversation], [*whole, filters, chosen], **QUIET)
    listed.select(open_one, words, whole, **QUIET)
    listed.edit(rename, [words, conversation], listed, **QUIET)
    listed.delete(delete, [words, conversation], whole, **QUIET)
    fresh.click(begin, words, whole, **QUIET)
    words.change(list_again, [words, conversation], listed, **QUIET)
    turns.select(show, conversation, source, **QUIET)
    source.select(show, conversation, source, **QUIET)
    turns.like(judge, conversation, turns, **QUIET)
    turns.copy(carry, conversation, outbox, **QUIET)
    return chosen


def _library_tab(chat: Chat, filters: gr.State, tab: gr.Tab, chosen_there: gr.HTML) -> gr.HTML:
    """What the library holds, adding and removing; returns the part that shows the filters."""
    intake = Intake(chat.library)
    with gr.Accordion("Add articles", open=False, elem_id="adding"):
        files = gr.File(label="Drop files here", file_count="multiple", file_types=list(ENDINGS), height=140)
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

    def let_in(request: gr.Request) -> None:
        chat.members(chat.owner(request.cookies, request.username))

    @_plainly
    def seen(search: str, filters: Filters, request: gr.Request) -> tuple[str, ...]:
        let_in(request)
        shown = chat.filters_html(filters)
        return *chat.shelf(search, filters), shown, shown

    @_plainly
    def add_files(
        paths: list[str] | None,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, ...]:
        let_in(request)

        def advance(stage: str, done: int, total: int) -> None:
            progress((done, total), desc=stage)

        return None, intake_html(intake.add_files([Path(p) for p in paths or ()], advance))

    @_plainly
    def add_text(text: str, headline: str, outlet: str, published: str, request: gr.Request) -> tuple[Any, ...]:
        let_in(request)
        day = day_of(published.strip())
        if published.strip() and not day:
            raise PilcrowError(f"{published!r} is not a date; write it as year-month-day, such as 2026-03-09.")
        report = intake.add_text(text, headline=headline, outlet=outlet, published=day)
        return text if report.count("failed") else "", intake_html(report)

    @_plainly
    def read(event: gr.EventData, request: gr.Request) -> str:
        let_in(request)
        return chat.article(str(_said(event).get("article", "")))

    @_plainly
    def remove(event: gr.EventData, request: gr.Request) -> str:
        let_in(request)
        return notice_html(intake.remove(str(_said(event).get("article", ""))))

    every = [facts, shelf, chosen, chosen_there]
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
    return chosen


def _check_tab(chat: Chat) -> None:
    """Where a pasted quotation or claim stands, and the article beside it."""
    article = gr.State("")
    with gr.Row(elem_id="checking"):
        with gr.Column(scale=5):
            text = gr.Textbox(
                label="A quotation or a claim", lines=3, max_lines=12, max_length=LONGEST, elem_id="quote"
            )
            check = gr.Button("Check", variant="primary", elem_id="check")
            found = _part("finding", NOT_READ)
        with gr.Column(scale=4, elem_classes="article-panel"):
            reading = _part("found")

    @_plainly
    def look(text: str, request: gr.Request) -> tuple[str, ...]:
        chat.members(chat.owner(request.cookies, request.username))
        finding = look_up(text, chat.library)
        shown = article_html(finding, chat.library)
        return finding_html(finding), shown, shown

    check.click(look, text, [found, reading, article], **TOLD)
    found.select(lambda shown: shown, article, reading, **QUIET)
    reading.select(_nothing, None, reading, **QUIET)


def _plainly(handler: Handler) -> Handler:
    """The handler, whose errors become a sentence on the page; what is shown then stays."""

    @functools.wraps(handler)
    def safely(*given: Any) -> Any:
        try:
            return handler(*given)
        except PilcrowError as error:
            gr.Warning(str(error))
        except Exception:
            _log.exception("A click could not be answered")
            gr.Warning(SORRY)
        return gr.skip()

    return cast(Handler, safely)


def _part(name: str, value: str | None = "", template: str = "${value}") -> gr.HTML:
    """A part of the page whose HTML is ours; `page.js` sends what is clicked in it."""
    return gr.HTML(value, html_template=template, js_on_load=_asset("page.js"), apply_default_css=False, elem_id=name)


def _said(event: gr.EventData) -> Clicked:
    return event._data if isinstance(event._data, dict) else {}


def _nothing() -> str:
    return ""


def _asset(name: str) -> str:
    return files("ui.web").joinpath(name).read_text("utf-8")
