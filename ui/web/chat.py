"""What happens in the chat, as plain functions of who asks and what is clicked: no widget is known here."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Any

from index import Article, Filters, Library, Passage, PilcrowError
from rag import Answer, Answerer, Citation
from rag.pack import make_pack
from ui.web.export import conversation_html, conversation_markdown, file_name, footnotes_html, footnotes_markdown
from ui.web.filters import filters_html
from ui.web.guard import owner_of
from ui.web.history import History, Turn
from ui.web.pace import Pace
from ui.web.shelf import MOST_ROWS, chart_svg, library_facts_html, matching, shelf_html
from ui.web.source import PLACEHOLDER, source_html
from ui.web.suggest import suggestions
from ui.web.turns import failed_html, list_html, streaming_html, turns_html, waiting_html
from ui.web.users import Users

SORRY = "Something went wrong here; the library is unharmed. Try again, or run: pilcrow check."
NOBODY = "The page cannot tell who you are; allow it to keep a cookie, or log in, and load it again."
LOST = "This marker belongs to an answer that is no longer there; ask the question again."
AT_ONCE = 8
"""Questions read at the same time; the others wait."""
Clicked = Mapping[str, Any]
"""What the browser says was clicked. It names turns and numbers; nothing in it is believed."""

_log = logging.getLogger("pilcrow")


@dataclass(frozen=True, slots=True)
class Step:
    """What the page shows at one moment of an answer: the conversation so far, and the turn in the making.

    `asked` is the question, to be given back where it is stopped; `lost` says that it was not answered.
    """

    conversation: str
    turns: str
    now: str = ""
    asked: str = ""
    lost: bool = False


class Chat:
    """The chat over one library. Safe to share between threads; who asks is named in every call."""

    def __init__(self, library: Library, history: History, pace: Pace, users: Users | None = None) -> None:
        """`pace` says how often somebody may ask; `users` are those who may, where people log in."""
        self.library = library
        self.history = history
        self._pace = pace
        self._users = users
        self._answerer = Answerer(library)
        self._suggested: tuple[int, tuple[str, ...]] = (-1, ())
        self._suggesting = threading.Lock()
        self._articles: tuple[int, tuple[Article, ...]] = (-1, ())
        # Twice as many: one that was stopped is read to its end, and must not keep another waiting.
        self._readers = ThreadPoolExecutor(2 * AT_ONCE, "answer")
        self._asking: dict[str, Future[Step | None]] = {}

    def owner(self, cookies: Mapping[str, str], username: str | None) -> str:
        """Who is there; "" for nobody, such as a user who was removed while logged in."""
        if self._users and username not in self._users.names():
            return ""
        return owner_of(cookies, username)

    def ask(
        self, owner: str, conversation: str, question: str, filters: Filters, *, again: str = "", tab: str = ""
    ) -> Iterator[Step]:
        """The answer as it comes about, kept once it is whole; a question that fails is given back.

        With `again`, the key of the last turn, its question is asked once more and the answer takes its place.
        `tab` names the window that asks: `stop` ends what it asks, and so does its next question.
        """
        turns = self.history.turns(owner, conversation)
        before = self._turns(conversation, turns)
        replacing = next((t for t in turns if t.key == again), None) if again else None
        question = replacing.answer.question if replacing else question
        if not question.strip():
            yield Step(conversation, before)
            return
        shown = before if turns else ""
        self.stop(tab)
        stopped = self._asking[tab] = Future()
        yield Step(conversation, shown, waiting_html(question), question)
        try:
            self._let_pass(owner)
            earlier = [t.answer for t in turns if t is not replacing]
            answer = None
            for answer in self._coming(stopped, question, earlier, filters):
                if answer.claims:
                    yield Step(conversation, shown, streaming_html(answer), question)
            if stopped.done() or answer is None:
                yield from filter(None, [stopped.result()])
                return
            if turns:
                self.history.add(owner, conversation, answer, replacing=replacing)
            else:
                conversation = self.history.begin(owner, question, answer)
            whole = Step(conversation, self.turns(owner, conversation))
            # Before it is seen: whoever sees it may ask on.
            self._end(tab, stopped)
            yield whole
        except PilcrowError as error:
            yield Step(conversation, shown, failed_html(question, str(error)), question, lost=True)
        except Exception:
            _log.exception("A question could not be answered")
            yield Step(conversation, shown, failed_html(question, SORRY), question, lost=True)
        finally:
            self._end(tab, stopped)

    def asking(self, tab: str) -> bool:
        """Whether an answer for this window is still in the making."""
        return tab in self._asking

    def _end(self, tab: str, asking: Future[Step | None]) -> None:
        if self._asking.get(tab) is asking:
            del self._asking[tab]

    def _coming(
        self, stopped: Future[Step | None], question: str, earlier: Sequence[Answer], filters: Filters
    ) -> Iterator[Answer]:
        """The answer as it grows, read in another thread; it ends with the whole one, or when it is stopped."""
        told: SimpleQueue[Answer | Exception | None] = SimpleQueue()
        stopped.add_done_callback(lambda _: told.put(None))

        def read() -> None:
            try:
                for answer in self._answerer.stream(question, history=earlier, filters=filters, stop=stopped.done):
                    told.put(answer)
            except Exception as error:
                told.put(error)
            told.put(None)

        self._readers.submit(read)
        while (came := told.get()) is not None and not stopped.done():
            if isinstance(came, Exception):
                raise came
            yield came

    def stop(self, tab: str, instead: Step | None = None) -> None:
        """Ends what this window asks, if it asks anything: nothing of it is kept, and its last step is `instead`.

        Gradio's own way to cancel leaves the reading to go on, keeps its answer, and at times ends in an error.
        """
        if asking := self._asking.pop(tab, None):
            asking.set_result(instead)

    def turns(self, owner: str, conversation: str) -> str:
        """The conversation as HTML; the welcome where there is none, or none of theirs."""
        return self._turns(conversation, self.history.turns(owner, conversation))

    def conversations(self, owner: str, words: str, conversation: str) -> str:
        """The list of their conversations as HTML."""
        return list_html(self.history.conversations(owner, words), conversation, searched=bool(words.strip()))

    def source(self, owner: str, conversation: str, clicked: Clicked) -> str:
        """The article behind a marker, with the cited sentence highlighted."""
        if clicked.get("do") == "close":
            return PLACEHOLDER
        try:
            answer = self._turn(owner, conversation, clicked).answer
            number = int(clicked["number"])
            cited = _near(answer, number) if clicked["do"] == "near" else _citation(answer, number)
        except (KeyError, ValueError, TypeError, IndexError, StopIteration, OverflowError, PilcrowError):
            return f'<p class="hint">{LOST}</p>'
        now = self.library.article(cited.article.id) or cited.article
        held = any(p.id == cited.paragraph.id for p in now.paragraphs)
        before = None if held else self.library.article(cited.article.id, cited.article.version)
        old, now = before is not None, before or now
        if isinstance(cited, Passage):
            return source_html(now, cited.paragraph, old=old)
        numbers = [c.number for c in answer.citations]
        return source_html(
            now,
            cited.paragraph,
            cited.start,
            cited.end,
            number=number,
            numbers=numbers,
            key=str(clicked["turn"]),
            old=old,
        )

    def suggestions(self) -> tuple[str, ...]:
        """Questions to begin with; those of before, while new ones are sought after a change of the library."""
        if self._suggested[0] != self.library.generation and self._suggesting.acquire(blocking=False):
            threading.Thread(target=self._suggest, daemon=True).start()
        return self._suggested[1]

    def _suggest(self) -> None:
        try:
            generation = self.library.generation
            self._suggested = (generation, suggestions(self.library, self._answerer))
        except Exception:
            _log.exception("No questions could be suggested")
        finally:
            self._suggesting.release()

    def members(self, owner: str) -> None:
        """Raises PilcrowError for nobody: the library is for those who may be here."""
        if not owner:
            raise PilcrowError(NOBODY)

    def filters_html(self, filters: Filters) -> str:
        """Which articles are asked, and the form that changes it."""
        outlets = self.library.sources()
        # An outlet whose last article was taken out is no filter any more.
        filters = replace(filters, sources=tuple(s for s in filters.sources if s in outlets))
        return filters_html(filters, outlets, len(self.library.articles(filters)))

    def shelf(self, words: str, filters: Filters) -> tuple[str, str]:
        """What the library holds in a line with a chart, and the table of the articles that fit."""
        every = self._listed()
        fitting = matching(self.library.articles(filters) if filters else every, words)
        facts = library_facts_html(every) + chart_svg(fitting)
        return facts, shelf_html(fitting, words={a.id: a.words for a in fitting[:MOST_ROWS]}, total=len(every))

    def _listed(self) -> tuple[Article, ...]:
        """Every article; read again only when the library has changed."""
        generation = self.library.generation
        if self._articles[0] != generation:
            self._articles = (generation, self.library.articles())
        return self._articles[1]

    def article(self, article_id: str) -> str:
        """A whole article as HTML, for reading."""
        found = self.library.article(article_id)
        return source_html(found) if found else '<p class="hint">This article is no longer in the library.</p>'

    def judge(self, owner: str, conversation: str, clicked: Clicked) -> None:
        """Keeps what the reader thinks of an answer; the same again takes it back, another keeps the note."""
        turn = self._turn(owner, conversation, clicked)
        kind = str(clicked.get("kind", ""))
        if clicked.get("do") == "judge" and turn.feedback == kind:
            kind = ""
        self.history.judge(owner, conversation, turn, kind, str(clicked.get("note", turn.note)))

    def carry(self, owner: str, conversation: str, clicked: Clicked) -> dict[str, str]:
        """What leaves the page: an answer for the clipboard, or the conversation as a file."""
        if clicked.get("do") == "copy":
            answer = self._turn(owner, conversation, clicked).answer
            return {"do": "copy", "at": _now(), "plain": footnotes_markdown(answer), "html": footnotes_html(answer)}
        answers = [t.answer for t in self.history.turns(owner, conversation)]
        title = next((c.title for c in self.history.conversations(owner) if c.id == conversation), "Pilcrow")
        kind = clicked.get("format")
        if kind == "markdown":
            ending, media, text = "md", "text/markdown", conversation_markdown(title, answers)
        elif kind == "html":
            ending, media, text = "html", "text/html", conversation_html(title, answers)
        else:
            pack = make_pack(answers, library=self.library, title=title)
            ending, media, text = "json", "application/json", json.dumps(pack, ensure_ascii=False, indent=1)
        return {"do": "save", "at": _now(), "name": file_name(title, ending), "media": media, "text": text}

    def _turns(self, conversation: str, turns: tuple[Turn, ...]) -> str:
        return turns_html(conversation, turns, () if turns else self.suggestions())

    def _turn(self, owner: str, conversation: str, clicked: Clicked) -> Turn:
        key = clicked.get("turn")
        turn = next((t for t in self.history.turns(owner, conversation) if t.key == key), None)
        if turn is None:
            raise PilcrowError(LOST)
        return turn

    def _let_pass(self, owner: str) -> None:
        self.members(owner)
        if not self._pace.allow(owner):
            wait = max(1, round(self._pace.wait(owner)))
            raise PilcrowError(f"These were many questions in a short time; ask again in {wait} seconds.")


def _now() -> str:
    """Another value each time: the page acts on what has changed only."""
    return str(time.time_ns())


def _citation(answer: Answer, number: int) -> Citation:
    return next(c for c in answer.citations if c.number == number)


def _near(answer: Answer, number: int) -> Passage:
    if number < 1:
        raise IndexError(number)
    return answer.closest[number - 1]
