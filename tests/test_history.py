"""Conversations: kept to the letter, found again, and nobody else's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from index import Library, PilcrowError
from index.store.sqlite import SqliteFile
from rag import Answer, Answerer
from ui.web.history import FEEDBACK, History


@pytest.fixture
def library(tmp_path: Path, database: str) -> Iterator[Library]:
    with Library.open(tmp_path, database=database, chroma="") as opened:
        yield opened


@pytest.fixture
def history(library: Library) -> History:
    return History.of(library)


@pytest.fixture(scope="module")
def answers(sample_library: Library) -> list[Answer]:
    answerer = Answerer(sample_library)
    questions = ("How many people died when the ferry sank?", "Who is Gordon Lathe?", "What did Angela Merkel say?")
    return [answerer.answer(question) for question in questions]


def test_answers_come_back_to_the_letter_after_a_restart(
    library: Library, history: History, answers: list[Answer]
) -> None:
    kept = history.begin("ann", "The ferry")
    for answer in answers:
        history.add("ann", kept, answer)
    again = History.of(library).turns("ann", kept)
    assert [t.number for t in again] == [1, 2, 3]
    assert [t.answer.to_dict() for t in again] == [a.to_dict() for a in answers]
    assert all(c.quote for t in again for c in t.answer.citations)


def test_nobody_sees_or_changes_anothers_conversation(history: History, answers: list[Answer]) -> None:
    kept = history.begin("ann", "Mine")
    turn = history.add("ann", kept, answers[0])
    for other in ("bob", ""):
        assert history.conversations(other) == () and history.turns(other, kept) == ()
        for change in (
            partial(history.add, other, kept, answers[1]),
            partial(history.rename, other, kept, "Yours"),
            partial(history.delete, other, kept),
            partial(history.judge, other, kept, turn, "missed"),
        ):
            with pytest.raises(PilcrowError, match="not among yours"):
                change()
    assert [c.title for c in history.conversations("ann")] == ["Mine"]
    assert [(t.answer.question, t.feedback) for t in history.turns("ann", kept)] == [(answers[0].question, "")]


def test_the_last_changed_comes_first_and_words_find_titles_questions_and_answers(
    history: History, answers: list[Answer]
) -> None:
    first, second = history.begin("ann", "100% sure_thing"), history.begin("ann", "Other")
    history.add("ann", second, answers[1])
    history.add("ann", first, answers[0])
    assert [c.id for c in history.conversations("ann")] == [first, second]
    assert [c.id for c in history.conversations("ann", "ferry sank")] == [first]
    assert [c.id for c in history.conversations("ann", "LATHE")] == [second]
    assert [c.id for c in history.conversations("ann", "0% e_t")] == [first]
    assert history.conversations("ann", "1_0%") == () == history.conversations("ann", "nowhere")


def test_asked_again_takes_the_place_of_the_last_answer(history: History, answers: list[Answer]) -> None:
    kept = history.begin("ann", "t")
    first, second = history.add("ann", kept, answers[0]), history.add("ann", kept, answers[1])
    history.judge("ann", kept, second, "missed", " the date ")
    assert [(t.feedback, t.note) for t in history.turns("ann", kept)] == [("", ""), ("missed", "the date")]
    third = history.add("ann", kept, answers[2], replacing=second)
    assert third.number == 2 and third.key != second.key
    for gone in (first, second):
        with pytest.raises(PilcrowError, match="gone on elsewhere"):
            history.add("ann", kept, answers[2], replacing=gone)
    history.judge("ann", kept, second, "missed")
    turns = history.turns("ann", kept)
    assert [t.answer.question for t in turns] == [answers[0].question, answers[2].question]
    assert turns[1].feedback == "", "what was thought of the old answer is not said of the new one"


def test_feedback_is_kept_with_its_answer_and_can_be_taken_back(history: History, answers: list[Answer]) -> None:
    kept = history.begin("ann", "t")
    turns = [history.add("ann", kept, answers[0]) for _ in FEEDBACK]
    for turn, feedback in zip(turns, FEEDBACK, strict=True):
        history.judge("ann", kept, turn, feedback, "x" * 5000)
    history.judge("ann", kept, turns[0], "")
    found = history.judged()
    assert [f["feedback"] for f in found] == list(FEEDBACK[1:])
    assert all(f["answer"] == answers[0].to_dict() and len(f["note"]) == 2000 for f in found)
    assert "ann" not in str([{k: v for k, v in f.items() if k != "answer"} for f in found])
    with pytest.raises(PilcrowError, match="is no feedback"):
        history.judge("ann", kept, turns[0], "great")


def test_a_deleted_conversation_leaves_nothing(library: Library, history: History, answers: list[Answer]) -> None:
    kept = history.begin("ann", "t")
    history.add("ann", kept, answers[0])
    history.rename("ann", kept, "  Another\n name \x1b[31m ")
    assert [c.title for c in history.conversations("ann")] == ["Another name [31m"]
    history.rename("ann", kept, "  ")
    history.delete("ann", kept)
    assert history.conversations("ann") == () and history.turns("ann", kept) == ()
    assert library.records("conversations.db").one("SELECT count(*) FROM turn") == 0


def test_a_file_that_holds_something_else_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no database, only words that stand here " * 50)
    with pytest.raises(PilcrowError, match="move the file away"):
        History(SqliteFile(tmp_path / "a.db"))
    with sqlite3.connect(tmp_path / "b.db") as db:
        db.execute("PRAGMA user_version = 7")
    with pytest.raises(PilcrowError, match="another version"):
        History(SqliteFile(tmp_path / "b.db"))


def test_two_tabs_that_ask_at_once_lose_no_answer(history: History, answers: list[Answer]) -> None:
    kept = history.begin("ann", "t", answers[0])
    with ThreadPoolExecutor(8) as tabs:
        numbers = list(tabs.map(lambda _: history.add("ann", kept, answers[1]).number, range(40)))
    assert sorted(numbers) == list(range(2, 42)) and len(history.turns("ann", kept)) == 41
    assert len(history.conversations("ann", " ".join(["ferry"] * 5000))) == 1
