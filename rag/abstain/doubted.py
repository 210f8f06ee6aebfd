"""What an article denies that comes near to a question which nothing answers: the question may take it for granted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.sentences import sentences
from rag.abstain.premise import Denial
from rag.abstain.words import Word, around, share, stands, stems_near, weighed
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
_AT_LENGTH = re.compile(r"den|reject|rul|remain|stay|still", re.IGNORECASE)
"""Those that deny, or hold to, all that they are said of; the others deny what follows at once: "has not been charged"."""
_AT_ONCE = 5
ENOUGH = 1.0
"""How near the sentence must come: half of the question's words in it, and half in what stands around it."""


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
            if _denied(text[start:end], plain or words):
                near = share(words, own) + share(words, own | around(one.passage))
                yield near, Denial("", one, start, end, surely=False)


def _denied(sentence: str, asked: Sequence[Word]) -> bool:
    """Whether one of the words asked about is itself denied: not in "They were not theirs", whatever else is told there."""
    for match in _DENIES.finditer(sentence):
        if match[0] == "No" and match.start():  # the No campaign
            continue
        held_to = re.match(r"remain|stay|still", match[0], re.IGNORECASE)
        behind = sentence[match.end() :]
        if not _AT_LENGTH.match(match[0]):
            behind = " ".join(behind.split()[:_AT_ONCE])
        told = stems_near(sentence if held_to else behind)
        if any(stands(word, told) for word in asked):
            return True
    return False
