"""The web chat. The one file that imports gradio."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from index import Library, PilcrowError
from rag import Answer, Answerer
from ui.web.render import answer_html, notice_html
from ui.web.source import PLACEHOLDER, source_html

# Both are read when gradio is imported: no analytics, no hub.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr

_log = logging.getLogger("pilcrow")
_EXAMPLES = 5
_AT_ONCE = 8
_WAITING = 64

Message = dict[str, Any]


def serve(library: Library, *, host: str = "127.0.0.1", port: int = 7860, block: bool = True) -> str:
    """Serves the page until it is stopped and returns its address; with `block` off, returns at once."""
    page = build(library)
    page.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING)
    try:
        _, url, _ = page.launch(
            server_name=host,
            server_port=port or None,
            quiet=True,
            share=False,
            prevent_thread_lock=True,
            enable_monitoring=False,
            run_history=False,
            footer_links=[],
            css=_asset("page.css"),
            theme=gr.themes.Default(),
        )
    except OSError as error:
        raise PilcrowError(
            f"The page could not be served on {host}, port {port} ({error}); choose another with --port or --host."
        ) from None
    print(f"Pilcrow is at {url} (stop with Ctrl-C)", flush=True)
    if block:
        page.block_thread()
    return str(url)


def build(library: Library) -> gr.Blocks:
    """The page over one library: the chat on the left, the source on the right."""
    answerer = Answerer(library)

    def ask(question: str, shown: list[Message], answers: list[Answer]) -> Iterator[tuple[Any, ...]]:
        shown = [*shown, {"role": "user", "content": _as_text(question)}]
        yield "", [*shown, _says(notice_html("Searching the articles …"))], answers
        try:
            answer = answerer.answer(question, history=answers)
        except PilcrowError as error:
            yield "", [*shown, _says(notice_html(str(error)))], answers
            return
        except Exception:
            _log.exception("A question could not be answered")
            sorry = "Something went wrong here; the library is unharmed. Try again, or run: pilcrow check."
            yield "", [*shown, _says(notice_html(sorry))], answers
            return
        key = str(len(answers))
        for said in range(1, len(answer.claims)):
            yield "", [*shown, _says(answer_html(answer, claims=said, key=key))], answers
        yield "", [*shown, _says(answer_html(answer, key=key))], [*answers, answer]

    def show(answers: list[Answer], event: gr.EventData) -> str:
        return _source(library, answers, event._data)

    def new_chat() -> tuple[Any, ...]:
        return [], [], PLACEHOLDER

    page: gr.Blocks
    with gr.Blocks(title="Pilcrow", analytics_enabled=False, fill_width=True) as page:
        answers = gr.State([])
        counts = library.counts()
        gr.Markdown(
            f"# ¶ Pilcrow\nAsk {counts['articles']:,} articles. Every sentence of the answer shows the paragraph "
            "it came from."
        )
        with gr.Row():
            with gr.Column(scale=5):
                chat = gr.Chatbot(
                    label="Conversation",
                    height="62vh",
                    latex_delimiters=[],
                    sanitize_html=True,
                    buttons=["copy"],
                    elem_id="chat",
                )
                box = gr.Textbox(
                    placeholder="Ask about the articles …",
                    show_label=False,
                    autofocus=True,
                    max_length=20_000,
                    elem_id="ask",
                )
                with gr.Row():
                    send = gr.Button("Ask", variant="primary")
                    fresh = gr.Button("New chat")
                gr.Examples([[question] for question in examples(library)], inputs=box, label="For example")
            with gr.Column(scale=4):
                panel = gr.HTML(PLACEHOLDER, elem_id="source", js_on_load=_asset("page.js"), apply_default_css=False)
        asking = gr.on(
            [box.submit, send.click],
            ask,
            [box, chat, answers],
            [box, chat, answers],
            api_visibility="private",
            show_progress="hidden",
        )
        panel.select(show, [answers], panel, queue=False, api_visibility="private", show_progress="hidden")
        for event in (fresh.click, chat.clear):
            event(new_chat, None, [chat, answers, panel], queue=False, api_visibility="private", cancels=[asking])
    return page


def examples(library: Library) -> list[str]:
    """A few questions to start with: the sample's own where its articles are there, else from headlines."""
    import sample

    articles = library.articles()
    if any(str(sample.ARTICLES) in article.path for article in articles):
        return list(sample.EXAMPLES)
    titled = [a.title for a in articles if a.title]
    step = max(1, len(titled) // _EXAMPLES)
    return [f"What is known about this: {title}?" for title in titled[::step][:_EXAMPLES]]


def _source(library: Library, answers: list[Answer], clicked: dict[str, Any]) -> str:
    """The panel for a clicked marker. What comes from the browser names an answer and a number, no more."""
    try:
        answer = answers[int(clicked["key"])]
        number = int(clicked["number"])
        if clicked["kind"] == "near":
            passage = answer.closest[number - 1]
            paragraph, start, end, shown = passage.paragraph, 0, 0, None
            cited = passage.article
        else:
            citation = next(c for c in answer.citations if c.number == number)
            paragraph, start, end, shown = citation.paragraph, citation.start, citation.end, number
            cited = citation.article
    except (KeyError, ValueError, TypeError, IndexError, StopIteration, OverflowError):
        return notice_html("This marker belongs to an earlier session; ask the question again.")
    return source_html(library.article(cited.id) or cited, paragraph, start, end, number=shown)


def _says(html: str) -> Message:
    return {"role": "assistant", "content": html}


def _as_text(question: str) -> str:
    """The user's words as plain text: the chat would otherwise read them as Markdown."""
    return notice_html(question)


def _asset(name: str) -> str:
    return files("ui.web").joinpath(name).read_text("utf-8")
