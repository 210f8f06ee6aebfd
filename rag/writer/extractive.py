"""The extractive writer: claims are the source's own sentences. It can be terse; it cannot misquote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.sentences import sentences
from rag.corrected import corrected_around, is_taken_back
from rag.speakers import speaker
from rag.values import Citation, Claim, Evidence, Span

ENGINE = "extractive"

_LEANS_BACK = re.compile(
    r"^[\"“(]*(?:He|She|They|It|His|Her|Their|Its|This|That|These|Those|Such|But|And|However|Both)\b"
    r"|[,?!][\"”’]+ (?:he|she|they) \w+|^[\"“][^\"“”]*[\"”]$"
)


def write(evidence: Sequence[Evidence], *, first: int = 1) -> tuple[Claim, ...]:
    """A claim an evidence, in the order given, each citing its own sentence; citations count from `first`.

    A sentence that leans on the one before it ("He said …", or words in quotation marks with no
    speaker) takes that one along, unless it has just been said. What an earlier claim holds is not said again.
    """
    claims: list[Claim] = []
    for found in evidence:
        before = claims[-1].citations[0] if claims else None
        claim = _claim(first + len(claims), found, before)
        if not any(_holds(earlier.citations[0], claim.citations[0]) for earlier in claims):
            claims.append(claim)
    return tuple(claims)


def _holds(one: Citation, other: Citation) -> bool:
    longer = one.end - one.start > other.end - other.start
    return one.paragraph == other.paragraph and longer and one.start <= other.start and other.end <= one.end


def _claim(number: int, found: Evidence, before: Citation | None) -> Claim:
    paragraph = found.passage.paragraph
    start, end = _with_antecedent(paragraph.text, found.sentence)
    if before and before.paragraph.id == paragraph.id and before.start <= start < before.end <= found.sentence[0]:
        start = found.sentence[0]
    # The first sentence of a correction alone would give the mistake for the answer.
    article = found.passage.article
    own = corrected_around(article, paragraph.text, (start, end))
    start, end = own or (start, end)
    mistaken = found.answer is not None and is_taken_back(article, paragraph.text, found.answer)
    citation = Citation(number, found.passage.article, paragraph, start, end, found.passage.also)
    return Claim(
        text=" ".join(citation.quote.split()),
        citations=(citation,),
        speaker=None if own else speaker(citation.quote),
        emphasis=None if mistaken else _emphasis(citation.quote, found.answer, start),
    )


def _with_antecedent(text: str, sentence: Span) -> Span:
    before = [span for span in sentences(text) if span[1] <= sentence[0]]
    if before and _LEANS_BACK.search(text[slice(*sentence)]):
        return before[-1][0], sentence[1]
    return sentence


def _emphasis(quote: str, answer: Span | None, start: int) -> Span | None:
    """Where the answer stands once the quote's white space has been folded."""
    if not answer or answer[0] < start:
        return None
    said = quote[answer[0] - start : answer[1] - start]
    lead = quote[: answer[0] - start] + said[: len(said) - len(said.lstrip())]
    words = " ".join(said.split())
    begin = len(" ".join(lead.split())) + (1 if lead[-1:].isspace() and lead.strip() else 0)
    return (begin, begin + len(words)) if words else None
