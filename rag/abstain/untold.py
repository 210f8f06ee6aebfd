"""What the articles themselves say that nobody would tell: "The company did not say which banks would lend it"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.sentences import sentences
from rag.abstain.premise import Denial
from rag.abstain.words import Word, share, stems_near, weighed
from rag.question import Question
from rag.values import Evidence

_SILENT = (
    r"(?:(?:did|does|do|would|could|will|has|have|had|is|are|was|were)(?: still)? not|(?:did|does|do|would|could|is|are|was|were)n['’]t"
    r"|(?:declin|refus)(?:ed|es|ing) to|without)"
)
_UNTOLD = re.compile(
    rf"\b(?:{_SILENT} (?:say(?:ing)?|said|specify(?:ing)?|know|known|clear|disclosed?|explain(?:ing)?|reveal(?:ed|ing)?)"
    r"|un(?:clear|known)|no ?(?:body|one) (?:knows|knew|could say|would say|has said))"
    r"(?: (?:yet|publicly|immediately|on \w+day))? (?:exactly )?"
    r"(?P<what>who(?:m|se)?|what|which|where|when|why|how (?:many|much|long|often|far|old)|how)\b(?P<rest>[^.;?!]*)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(who(?:m|se)?|what|which|where|when|why|how (?:many|much|long|often|far|old)|how)\b", re.IGNORECASE
)
_KIND = {"whom": "who", "whose": "who", "which": "what"}
_MOST = 0.6
"""The share of the question's words that must stand in the sentence or the one before."""


def untold(question: Question, evidence: Sequence[Evidence]) -> Denial | None:
    """The first sentence of the evidence that says that this very thing was not told; None where none does."""
    wanted = _ASKS.search(question.text)
    words = [word for word in weighed(question, lambda _: 1.0) if not word.named]
    if not wanted or not words:
        return None
    for found in evidence:
        text = found.passage.paragraph.text
        before = ""
        for start, end in sentences(text):
            match = _UNTOLD.search(text[start:end])
            if (
                match
                and _kind(match["what"]) == _kind(wanted[1])
                and _speaks(words, match["rest"], f"{before} {text[start:end]}")
            ):
                return Denial("", found, start, end)
            before = text[start:end]
    return None


def _speaks(words: Sequence[Word], rest: str, told: str) -> bool:
    """Whether what was not told is what is asked: some of it is named there, most of it in what is told of it."""
    return share(words, stems_near(rest)) > 0 and share(words, stems_near(told)) >= _MOST


def _kind(word: str) -> str:
    return _KIND.get(word.lower(), word.lower())
