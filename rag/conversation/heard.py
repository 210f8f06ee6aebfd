"""A follow-up as a listener hears it: behind the question before it and the answer that this one was given."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

from index import Passage
from rag.values import Answer

WORDS = 12
"""Most words of the answer before that are kept: who or what it was, and not the whole sentence."""


def as_heard(before: str, answer: str, question: str) -> str:
    """The three in a row: "Who is suspected? Pascal Hirn. How old is he?"; `answer` may be empty."""
    told = " ".join(answer.split()[:WORDS]).rstrip(" .,;:")
    return " ".join(filter(None, (before.strip(), f"{told}." if told else "", question.strip())))


def heard_after(question: str, last: Answer) -> str:
    """The question as it is heard after the last answer."""
    claim = last.claims[0] if last.claims else None
    bold = claim.text[slice(*claim.emphasis)] if claim and claim.emphasis else ""
    return as_heard(last.standalone_question, bold, question)


def by_turns(found: Sequence[Passage], heard: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages of two searches by turns, each once, as the first of them to bring it found it."""
    once: dict[str, Passage] = {}
    for passage in filter(None, chain.from_iterable(zip_longest(found, heard))):
        once.setdefault(passage.paragraph.id, passage)
    return tuple(once.values())
