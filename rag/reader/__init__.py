"""Readers find, judge and check evidence. The protocol, and the plain reader that needs no model of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index import Passage
from rag.question import Question
from rag.values import Evidence


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a reader's figures suffice, each 0 to 1 and chosen on questions that are no test of ours.

    `answers`: least probability that one of the best passages answers; below it nothing is said.
    `also`: a further passage is said when its relevance is at least this share of the best one's.
    `every`: the same where all reports are asked for: what somebody said, and figures that differ.
    `supported`: least probability at which a passage counts as carrying a claim.
    """

    answers: float
    also: float
    every: float
    supported: float


class Reader(Protocol):
    """Whatever reads passages for a question, and checks claims against passages."""

    @property
    def name(self) -> str:
        """Name and version, as written into an answer's fingerprint."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """From where on its figures suffice."""
        ...

    def read(self, question: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
        """One evidence a passage, in the passages' order: relevance, sentence, answer span, probability."""
        ...

    def support(self, claim: str, passages: Sequence[Passage]) -> tuple[float, ...]:
        """For each passage the probability, 0 to 1, that its text carries the claim."""
        ...
