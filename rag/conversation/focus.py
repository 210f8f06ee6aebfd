"""What a conversation is about: the articles that its last answers cite, to which a follow-up mostly keeps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from rag.conversation.anew import begins_anew
from rag.values import Answer, Evidence

TURNS = 3
"""Answers looked back to."""
_PRIOR = 1.5
"""Log odds that a passage gains by standing in an article that the conversation is about."""


def in_focus(history: Sequence[Answer]) -> tuple[str, ...]:
    """Ids of the articles that the last answers cite, the latest first; none from before a new topic was announced."""
    found: list[str] = []
    for turn in list(reversed(history))[:TURNS]:
        found += [citation.article.id for citation in turn.citations]
        if begins_anew(turn.question):
            break
    return tuple(dict.fromkeys(found))


def nearer(found: Evidence, focus: Sequence[str]) -> Evidence:
    """The evidence, more relevant where its article is one that the conversation is about."""
    if found.passage.article.id not in focus:
        return found
    odds = found.relevance / max(1e-9, 1 - found.relevance) * math.exp(_PRIOR)
    return replace(found, relevance=odds / (1 + odds))
