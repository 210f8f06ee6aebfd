"""What happens in the chat, as plain functions of who asks and what is clicked: no widget is known here."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from index import Filters, Library, Passage, PilcrowError
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
LOST = "This marker belongs to an answer that is no longer there; ask the question again."
Clicked = Mapping[str, Any]
"""What the browser says was clicked. It names turns and numbers; nothing in it is believed."""

_log = logging.getLogger("pilcrow")


@dataclass(frozen=True, slots=True)
class Step:
    """What the page shows at one moment of an answer: the conversation so far, and the turn in the making."""

    conversation: str
    turns: str
    now: str = ""
    box: str = ""


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

    def owner(self, cookies: Mapping[str, str], username: str | None) -> str:
        """Who is there; "" for nobody, such as a user who was removed while logged in."""
        if self._users and username not in self._users.names():
            return ""
        return owner_of(cookies, username)

    def ask(
        self, owner: str, conversation: str, question: str, filters: Filters, *, again: bool = False
    ) -> Iterator[Step]:
        """The answer as it comes about. It is kept when it is whole, and only then; a question that fails is not lost.

        With `again` the last question of the conversation is asked once more, in place of its answer.
        """
        turns = self.history.turns(owner, conversation)
        if again and turns:
            question, turns = turns[-1].answer.question, turns[:-1]
        before = self._turns(conversation, turns) if turns else ""
        if not question.strip():
            yield Step(conversation, before or self.turns(owner, conversation))
            return
        yield Step(conversation, before, waiting_html(question))
        try:
            self._let_pass(owner)
            answer = self._answerer.answer(question, history=[t.answer for t in turns], filters=filters)
            for said in range(1, len(answer.claims)):
                yield Step(conversation, before, streaming_html(answer, said))
            if not turns and not again:
                conversation = self.history.begin(owner, question)
            self.history.add(owner, conversation, answer, again=again)
        except PilcrowError as error:
            yield Step(conversation, before, failed_html(question, str(error)), question)
        except Exception:
            _log.exception("A question could not be answered")
            yield Step(conversation, before, failed_html(question, SORRY), question)
        else:
            yield Step(conversation, self.turns(owner, conversation))

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
            answer = self._answer(owner, conversation, clicked)
            number = int(clicked["number"])
            cited = _near(answer, number) if clicked["do"] == "near" else _citation(answer, number)
        except (KeyError, ValueError, TypeError, IndexError, StopIteration, OverflowError):
            return f'<p class="hint">{LOST}</p>'
        now = self.library.article(cited.article.id) or cited.article
        if isinstance(cited, Passage):
            return source_html(now, cited.paragraph)
        numbers = [c.number for c in answer.citations]
        return source_html(
            now, cited.paragraph, cited.start, cited.end, number=number, numbers=numbers, key=str(clicked["turn"])
        )

    def suggestions(self) -> tuple[str, ...]:
        """Questions to begin with; found once, and anew when the library has changed."""
        generation = self.library.generation
        if self._suggested[0] != generation:
            self._suggested = (generation, suggestions(self.library, self._answerer))
        return self._suggested[1]

    def filters_html(self, filters: Filters) -> str:
        """Which articles are asked, and the form that changes it."""
        count = len(self.library.articles(filters)) if filters else self.library.counts()["articles"]
        return filters_html(filters, self.library.sources(), count)

    def shelf(self, words: str, filters: Filters) -> tuple[str, str]:
        """What the library holds in a line with a chart, and the table of the articles that fit."""
        every = self.library.articles()
        fitting = matching(every, words, filters)
        told = {a.id: len(a.text.split()) for f in fitting[:MOST_ROWS] if (a := self.library.article(f.id))}
        facts = library_facts_html(every) + chart_svg(fitting)
        return facts, shelf_html(fitting, words=told, total=len(every))

    def article(self, article_id: str) -> str:
        """A whole article as HTML, for reading."""
        found = self.library.article(article_id)
        return source_html(found) if found else '<p class="hint">This article is no longer in the library.</p>'

    def judge(self, owner: str, conversation: str, clicked: Clicked) -> None:
        """Keeps what the reader thinks of an answer; the same again takes it back."""
        kind, note = str(clicked.get("kind", "")), str(clicked.get("note", ""))
        number = int(clicked.get("turn", 0))
        held = next((t for t in self.history.turns(owner, conversation) if t.number == number), None)
        if clicked.get("do") == "judge" and held and held.feedback == kind:
            kind = ""
        self.history.judge(owner, conversation, number, kind, note)

    def carry(self, owner: str, conversation: str, clicked: Clicked) -> dict[str, str]:
        """What leaves the page: an answer for the clipboard, or the conversation as a file."""
        if clicked.get("do") == "copy":
            answer = self._answer(owner, conversation, clicked)
            return {"do": "copy", "plain": footnotes_markdown(answer), "html": footnotes_html(answer)}
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
        return {"do": "save", "name": file_name(title, ending), "media": media, "text": text}

    def _turns(self, conversation: str, turns: tuple[Turn, ...]) -> str:
        return turns_html(conversation, turns, () if turns else self.suggestions())

    def _answer(self, owner: str, conversation: str, clicked: Clicked) -> Answer:
        number = int(clicked["turn"])
        return next(t.answer for t in self.history.turns(owner, conversation) if t.number == number)

    def _let_pass(self, owner: str) -> None:
        if not owner:
            raise PilcrowError("The page cannot tell who you are; allow it to keep a cookie, and load it again.")
        if not self._pace.allow(owner):
            wait = max(1, round(self._pace.wait(owner)))
            raise PilcrowError(f"These were many questions in a short time; ask again in {wait} seconds.")


def _citation(answer: Answer, number: int) -> Citation:
    return next(c for c in answer.citations if c.number == number)


def _near(answer: Answer, number: int) -> Passage:
    if number < 1:
        raise IndexError(number)
    return answer.closest[number - 1]
