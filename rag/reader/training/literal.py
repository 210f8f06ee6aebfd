"""Questions in a text's own words: where they are missing, a network takes nearness to the wording for a sign of nothing.

Of the questions written for the reader those that are answered stand far from the text's words and those that are not
stand near to them. A network that had learned from them alone found no answer to "How many head of cattle did Arthur
lose?" in "Arthur lost 140 head of cattle".
"""

from __future__ import annotations

import re

from index.sentences import sentences
from rag.values import Span

_ASKING = re.compile(
    r"\b(?:how (?:many|much|long|far|high|old|often)|who|whom|whose|when|where|which|what)\b", re.IGNORECASE
)
_LONGEST = 40
"""Words of a sentence that still make a question."""


def literal(question: str, paragraph: str, answer: Span) -> str:
    """What the question asks, in the words of the sentence that answers it; "" where it asks for no piece of one.

    The asking words take the answer's place: "Arthur lost how many head of cattle?". Where the answer opens the sentence
    that is how people ask: "Who fought the fire on Monday night?".
    """
    asked = _ASKING.search(question)
    held = next((s for s in sentences(paragraph) if s[0] <= answer[0] and answer[1] <= s[1]), None)
    if not asked or held is None:
        return ""
    before, after = paragraph[held[0] : answer[0]], paragraph[answer[1] : held[1]]
    if not 3 <= len((before + after).split()) <= _LONGEST or '"' in before + after:
        return ""
    wanted = asked[0].lower() if before.strip() else asked[0].capitalize()
    return f"{before}{wanted}{after}".strip().rstrip(".!;:,") + "?"
