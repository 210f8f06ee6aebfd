"""Readers find, judge and check evidence. The protocol, and the plain reader that needs no model of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index import Passage
from rag.question import Question
from rag.values import Evidence


class Reader(Protocol):
    """Whatever reads passages for a question, and checks claims against passages."""

    @property
    def name(self) -> str:
        """Name and version, as written into an answer's fingerprint."""
        ...

    def read(self, question: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
        """One evidence a passage, in the passages' order: relevance, sentence, answer span, probability."""
        ...

    def support(self, claim: str, passages: Sequence[Passage]) -> tuple[float, ...]:
        """For each passage the probability, 0 to 1, that its text carries the claim."""
        ...
