"""What an answer puts forward, and whether that is what was asked for: shared by the measures of understanding."""

from __future__ import annotations

from eval.case import Case
from eval.measure import Row
from eval.measures.short_answer import contained
from rag.reader.exact import figures


def says(value: str, text: str) -> bool:
    """Whether a text gives a value: its words, or, for one with figures, all of these in any spelling."""
    numbers = figures(value)
    return contained(value, text) or (bool(numbers) and numbers <= figures(text))


def leading(case: Case) -> str:
    """The words that are put forward as the answer: those that the system marks, else its first sentence."""
    return case.response.short or next((s.text for s in case.response.sentences), "")


def misled(case: Case) -> bool:
    """Whether a wrong answer is put forward, and no right one."""
    put = leading(case)
    return any(says(w, put) for w in case.question.wrong) and not any(says(a, put) for a in case.question.answers)


def answered(case: Case) -> bool:
    """Whether one sentence both gives an accepted answer, if any is known, and cites a paragraph with gold.

    The answer may stand in its words, as its speaker, or in what sums the sentences up.
    """
    for said, places in zip(case.response.sentences, case.cited, strict=True):
        told = f"{said.text} {said.speaker} {case.response.lead}"
        right = not case.question.answers or any(contained(a, told) for a in case.question.answers)
        if right and any(map(case.is_gold, places)):
            return True
    return False


def recall(case: Case) -> Row:
    """The row of a mean of the shares of evidence cited."""
    return None if case.recall is None else (case.recall, 1.0)
