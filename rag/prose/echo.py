"""Echoes: a weak model says the question back with an answer put in, and the question's words make it look carried.

"The company that owns Merrin Stevedoring is Northern Wire" holds every word of a paragraph on that company but the one
that matters. So a sentence that is little more than the question must give an answer that our reader found as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.question import Question
from rag.reader.exact import figures
from rag.reader.words import stems
from rag.values import Evidence

_HALF = 0.5
_SHORT = 4
"""Content words that are not the question's: with more of its own a sentence is no echo."""


def echoes_wrongly(sentence: str, question: Question, chosen: Sequence[Evidence]) -> bool:
    """Whether the sentence is the question said back with another answer than `chosen`, what the reader found, gives."""
    words, asked = stems(sentence), stems(question.text)
    own = words - asked
    if not words or len(words & asked) < _HALF * len(words) or len(own) > _SHORT:
        return False
    answers = [e.passage.paragraph.text[slice(*e.answer)] for e in chosen if e.answer]
    given = figures(sentence) - figures(question.text)
    return not any(own & stems(answer) or given & figures(answer) for answer in answers)
