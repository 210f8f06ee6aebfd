"""A conversation as clients send it, every message again each time: the earlier questions' answers, made once and kept.

What a client says that we answered earlier is not believed: the earlier questions are answered anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from threading import Lock

from index import Filters
from index.values import Unanswerable
from rag import Answer
from ui.api.collections import Collections
from ui.api.joined import Asked, joined

KEPT = 512
"""Answers kept for the questions that may follow them."""
TURNS = 8
"""Earlier questions that are answered anew where none of their answers is kept any more."""


class Conversations:
    """Answers of earlier turns, by everything that decides them. Holds nothing that a client could not ask for anew."""

    def __init__(self, kept: int = KEPT) -> None:
        self._answers: OrderedDict[bytes, dict[str, Answer]] = OrderedDict()
        self._most = kept
        self._lock = Lock()

    def answer(
        self,
        collections: Collections,
        names: Sequence[str],
        questions: Sequence[str],
        filters: Filters,
        stop: Callable[[], bool] = lambda: False,
    ) -> Asked:
        """The answer to the last of the questions, the earlier ones being its conversation.

        Raises Unanswerable for a question that cannot be asked.
        """
        marks = self._marks(collections, names, questions, filters)
        history: list[dict[str, Answer]] = []
        for count, (mark, question) in enumerate(zip(marks[:-1], questions[:-1], strict=True), 1):
            known = self._known(mark)
            if known is None and len(questions) - count <= TURNS:
                try:
                    known = collections.answers(names, question, filters, _by_collection(names, history), stop)
                except Unanswerable:  # nothing was answered to it then, either
                    continue
                self._keep(mark, known, stop)
            if known is not None:
                history.append(known)
        answers = collections.answers(names, questions[-1], filters, _by_collection(names, history), stop)
        self._keep(marks[-1], answers, stop)
        return joined(questions[-1], answers)

    def _marks(
        self, collections: Collections, names: Sequence[str], questions: Sequence[str], filters: Filters
    ) -> list[bytes]:
        """What tells each turn from every other: the libraries as they are, the filters, the questions up to it."""
        state = [(str(collections.folders[name]), collections.library(name).generation) for name in names]
        mark, marks = blake2b(repr((state, filters)).encode("utf-8", "surrogatepass")), []
        for question in questions:
            mark.update(repr(question).encode("utf-8", "surrogatepass"))
            marks.append(mark.digest())
        return marks

    def _known(self, mark: bytes) -> dict[str, Answer] | None:
        with self._lock:
            if mark in self._answers:
                self._answers.move_to_end(mark)
            return self._answers.get(mark)

    def _keep(self, mark: bytes, answers: dict[str, Answer], stop: Callable[[], bool]) -> None:
        if stop():
            return  # perhaps half an answer
        with self._lock:
            # Without the passages read: they hold whole articles.
            self._answers[mark] = {name: replace(a, evidence=(), closest=()) for name, a in answers.items()}
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


def _by_collection(names: Sequence[str], history: Sequence[dict[str, Answer]]) -> dict[str, list[Answer]]:
    """The earlier answers of each collection, oldest first."""
    return {name: [answers[name] for answers in history if name in answers] for name in names}
