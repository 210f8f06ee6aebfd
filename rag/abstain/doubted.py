"""What an article denies that comes near to a question which nothing answers: the question may take it for granted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.sentences import sentences
from rag.abstain.premise import Denial
from rag.abstain.words import around, share, stems_near, weighed
from rag.conversation.frame import frame
from rag.question import Question
from rag.reader.words import Rarity
from rag.values import Evidence

_DENIES = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|nothing|without|[a-z]+n['’]t|den(?:y|ies|ied|ying)|refus(?:e[ds]?|ing)"
    r"|reject(?:s|ed|ing)?|rul(?:e[ds]?|ing) out|remain(?:s|ed)?|stay(?:s|ed|ing)?|still|withdr(?:ew|awn|aws?)|fals(?:e|ely)|untrue"
    r"|wrong(?:ly)?|fail(?:s|ed)? to|unhurt|unharmed|alive|acquitted|cleared)\b",
    re.IGNORECASE,
)
"""Words by which something is told not to be so, or to be as it was."""
ENOUGH = 1.2
"""Of 50 false premises in Harrow, Velmar, Tarn and Quarrel the sentence that denies it is the nearest, and as near as this, for 21."""


def doubted(question: Question, evidence: Sequence[Evidence], rarity: Rarity) -> Denial | None:
    """The sentence that denies something in most of the question's words; None where none comes near enough.

    For a question that nothing answers: whether the denied thing is what it takes for granted, the asker sees. Mere
    keywords ("Official death toll?") take nothing for granted.
    """
    if not frame(question.text):
        return None
    found = max(_denials(question, evidence, rarity), key=lambda one: one[0], default=None)
    return found[1] if found and found[0] >= ENOUGH else None


def _denials(question: Question, evidence: Sequence[Evidence], rarity: Rarity) -> Iterator[tuple[float, Denial]]:
    """Each sentence that denies something of the question's, with how near it comes: the share of the words in it, and around it."""
    words = weighed(question, rarity)
    plain = [word for word in words if not word.named]
    for one in evidence:
        text = one.passage.paragraph.text
        for start, end in sentences(text):
            own = stems_near(text[start:end])
            if _DENIES.search(text, start, end) and (not plain or share(plain, own)):
                near = share(words, own) + share(words, own | around(one.passage))
                yield near, Denial("", one, start, end, surely=False)
