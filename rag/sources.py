"""Several sources: independent articles that say the same are cited beside the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index import Article, Passage
from index.sentences import sentences
from rag.corrected import takes_back
from rag.figures.counted import figures_of
from rag.gives import Given, is_copy, is_plain, is_telling, sentences_giving, share, weights
from rag.names import holds
from rag.question import Question
from rag.reader import Reader
from rag.reader.words import Rarity
from rag.values import Citation, Claim, Evidence
from rag.verify import faults, judge, verify
from rag.verify.source import source_of
from rag.writer.extractive import write

MOST, SAID = 3, 4
"""Articles cited for one answer, and sentences said in all."""
_OF_IT, _HERE = 0.4, 0.2
"""The share of the question's words, or of the first sentence's, that a further source must hold in its sentence or
headline, and in its paragraph alone."""
_TELLING = 0.3
"""The first where the answer is a figure that few would give by chance, such as 4,800 or 26.4."""
_AROUND = 0.45
"""The share of the question's words in the paragraph from which on the sentence need not hold them: "He put it at 210"."""

_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying|ials?)|disput\w+|reject\w*|refut\w+)\b", re.IGNORECASE)
"""What somebody denies is not carried by what somebody says, nor the other way round."""


def with_sources(
    question: Question, claims: Sequence[Claim], passages: Sequence[Passage], reader: Reader, rarity: Rarity
) -> tuple[Claim, ...]:
    """The claims, with other articles that give the answer of the first one: up to three for it in all.

    Such an article is cited with the first claim where it carries all that this says; where it says the same in other
    words, or says more or less, its own sentence is a claim of its own, if the answer is a figure or a day. A copy of an
    article that is cited is no further source, and an opinion piece is none for a report; a report that gives what an
    opinion piece says is said before it. `rarity` is how much a word of the library tells.
    """
    answer = _answer(claims[0]) if claims else None
    if answer is None:
        return tuple(claims)
    first, number = claims[0], max(c.number for claim in claims for c in claim.citations)
    own = {c.paragraph.id: c for claim in claims[1:] if len(claim.citations) == 1 for c in claim.citations}
    beside: list[Citation] = []
    apart: list[Claim] = []
    for found in _giving(answer, question, first, own, passages, rarity):
        passage = found.passage
        held = own.get(passage.paragraph.id)
        if first.opinion:
            number += 1
            apart += write([found], first=number)
        elif _carries(first.text, found, reader):
            number += not held
            beside.append(held or Citation(number, passage.article, passage.paragraph, *found.sentence, passage.also))
        elif not (held or is_plain(answer)) and len(claims) + len(apart) < SAID:
            number += 1
            apart += write([found], first=number)
    said = {c.paragraph.id for c in beside}
    later = [claim for claim in claims[1:] if not said & {c.paragraph.id for c in claim.citations}]
    if first.opinion:
        reports = verify(apart)[0]
        known = {c.paragraph.id for claim in reports for c in claim.citations}
        later = [claim for claim in later if not known & {c.paragraph.id for c in claim.citations}]
        return _numbered((*reports, first, *later)[:SAID])
    return (replace(first, citations=(*first.citations, *beside)), *later, *verify(apart)[0])


def _numbered(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with their citations numbered in the order in which they are said."""
    numbers: dict[int, int] = {}
    for citation in (c for claim in claims for c in claim.citations):
        numbers.setdefault(citation.number, len(numbers) + 1)
    return tuple(
        replace(claim, citations=tuple(replace(c, number=numbers[c.number]) for c in claim.citations))
        for claim in claims
    )


def _answer(claim: Claim) -> Given | None:
    """The answer as the claim gives it; of a correction, which marks none, the first figure that it does not take back."""
    if not claim.citations:
        return None
    cited = claim.citations[0]
    if claim.emphasis:
        return Given(claim.text, *claim.emphasis, cited.article.published)
    for start, end in sentences(claim.text):
        if not takes_back(cited.article, cited.paragraph.text, claim.text[start:end]):
            figure = next(iter(figures_of(claim.text[start:end])), None)
            return Given(claim.text[start:end], figure.start, figure.end, cited.article.published) if figure else None
    return None


def _giving(
    answer: Given,
    question: Question,
    first: Claim,
    own: dict[str, Citation],
    passages: Sequence[Passage],
    rarity: Rarity,
) -> list[Evidence]:
    """The sentences of other stories that give the answer of the first claim, the surest first, one a story."""
    cited = _story(first.citations[0].article)
    least = _TELLING if is_telling(answer.words) else _OF_IT
    asked = weights(" ".join(question.words), rarity)
    said = weights(f"{answer.sentence[: answer.start]} {answer.sentence[answer.end :]}", rarity)
    ranked: list[tuple[bool, float, int, Evidence]] = []
    for place, passage in enumerate(passages):
        article, text = passage.article, passage.paragraph.text
        if article.type == "opinion" or _story(article) == cited or passage.paragraph.kind != "body":
            continue
        for start, end in sentences_giving(answer, text, article.published):
            sentence = text[start:end]
            near = f"{sentence} {article.title}"
            of_it = max(share(asked, near), share(said, near))
            here = max(share(asked, text), share(said, text))
            if (
                (of_it < least and share(asked, text) < _AROUND)
                or here < _HERE
                or takes_back(article, text, sentence)
                or is_copy(sentence, first.text)
            ):
                continue
            if all(holds(f"{article.title}\n{article.text}", name) for name in question.names):
                found = Evidence(passage, 0.0, 0.0, (start, end))
                ranked.append((passage.paragraph.id not in own, -of_it - here, place, found))
    ranked.sort(key=lambda row: row[:3])
    return list(_one_a_story([found for *_, found in ranked]))[: MOST - 1]


def _one_a_story(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    stories: set[str] = set()
    for found in evidence:
        story = _story(found.passage.article)
        if story not in stories:
            stories.add(story)
            yield found


def _carries(claim: str, found: Evidence, reader: Reader) -> bool:
    """Whether the sentence carries all of the claim. The reader is asked only where the words do not rule it out."""
    source = [source_of(found.passage, found.sentence)]
    if faults(claim, source, 1.0) or bool(_DENIES.search(claim)) != bool(_DENIES.search(found.text)):
        return False
    (support,) = reader.support(claim, [found.passage])
    return judge(claim, source, support).verdict == "supported"


def _story(article: Article) -> str:
    return article.story or article.id
