"""Whether the articles cited in a conversation call somebody "he" or "she"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.values import Answer


def called(surname: str, history: Sequence[Answer]) -> str:
    """ "he" or "she", as the articles that were cited have it: "Ms Strand", "… Strand said. She …"; "" where none tells."""
    name = rf"(?i:{re.escape(surname)})"
    title = re.compile(rf"\b(?:(?P<he>Mr)|Mrs|Ms|Miss)\.? (?:[A-Z][\w'’-]+ )?{name}\b")
    subject = rf"(?:^|\n|[.!?][\"”’]? )(?:[\w'’-]+,? ){{0,3}}{name}\b"
    behind = re.compile(rf"{subject}[^.!?\n]*[.!?][\"”’]? (?:(?P<he>He)|She)\b")
    texts = {c.article.id: c.article.text for turn in history for c in turn.citations}.values()
    for pattern in (title, behind):  # a title is surer
        told = Counter("he" if m["he"] else "she" for text in texts for m in pattern.finditer(text))
        if len(told) == 1 or (told and told["he"] != told["she"]):
            return told.most_common(1)[0][0]
    return ""
