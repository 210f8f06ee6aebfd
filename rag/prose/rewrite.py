"""Follow-up questions made to stand alone by a model, as long as it only puts in what the conversation said."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from index.search import content_words
from rag.conversation import standalone
from rag.models import Model
from rag.prose.budget import newest
from rag.prose.prompt import rewriting
from rag.reader.words import stems
from rag.values import Answer

LONGEST = 80
"""Tokens of a question."""
_KEPT = 0.5
"""Share of the question's own content words that must be left."""


def rewrite(question: str, history: Sequence[Answer], model: Model) -> str:
    """The question as somebody would ask it who had not heard the conversation; by the rules where the model fails.

    What the model writes is taken only where every content word of it stands in the conversation, so that it cannot
    answer, guess or wander, and where the question is still in it. Raises ModelError.
    """
    by_rules = standalone(question, history)
    if by_rules == question:
        return question
    told = [(answer.standalone_question, answer.text) for answer in history]
    room = model.window - LONGEST - sum(model.tokens(m.content) for m in rewriting(question, ()))
    prompt = rewriting(question, newest(told, room, model.tokens))
    said = ""
    with closing(model.stream(prompt, LONGEST)) as pieces:
        for piece in pieces:
            said += piece
            if "\n" in said.lstrip():
                break
    written = " ".join((said.strip().splitlines() or [""])[0].strip('"“”*` ').split())
    return written if _fits(written, question, told) else by_rules


def _fits(written: str, question: str, told: Sequence[tuple[str, str]]) -> bool:
    known = stems(" ".join([question, *(text for turn in told for text in turn)]))
    own = stems(question)
    new = stems(written)
    asks = written.endswith("?") and len(written) <= 300
    kept = len(own & new) >= _KEPT * len(own)
    return asks and bool(content_words(written)) and new <= known and kept and len(new) > len(own & new)
