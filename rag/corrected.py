"""What a newsroom later said of what is cited: an answer must not pass on a figure that its own paper took back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index import Article, Filters, Library, Notice
from rag.alike import standing
from rag.reader.exact import figures
from rag.values import Citation, Claim, Evidence

_PIECE = r"(?:report|article|story|photograph|picture|caption|headline|profile|notice|map|version|column|graphic|chart|list)s?"
_SAID = r"(?:said|gave|placed|called|put|stated|misstated|wrote|named|identified|misspelled|misspelt|reported|quoted|had|showed|described)"
_LEADS_IN = re.compile(
    rf"(?:(?:correction|clarification)s?\s*[:.–—-]\s*)?(?:in )?(?:our|an?|the|(?:last )?\w+day['’]s|last week['’]s|yesterday['’]s) "
    rf"(?:[\w’'-]+ ){{0,4}}?{_PIECE}\b.{{0,120}}?\b{_SAID}\b",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(
    r"\b(?:corrections?|clarifications?|retractions?|erratum|errata|setting (?:it|the record) straight)\b", re.I
)
_OURS = re.compile(rf"(?:\bour|\bwe) (?:\w+ ){{0,3}}?(?:{_PIECE}|{_SAID})\b", re.IGNORECASE)


def is_note(article: Article) -> bool:
    """Whether the article is a correction, or a column of corrections."""
    return article.type == "correction" or _NOTE.search(article.title) is not None


def is_correction(paragraph: str) -> bool:
    """Whether a paragraph gives itself out for a correction: "Correction: we said that …"."""
    return _NOTE.match(paragraph.lstrip(" (*[")) is not None


def takes_back(article: Article, paragraph: str, sentence: str) -> bool:
    """Whether a sentence says what the newsroom printed and takes back: what is right stands in the next one.

    "The report said that 40 died" is such a sentence in a column of corrections only; "our report said" anywhere.
    """
    note = is_note(article) or is_correction(paragraph)
    return _LEADS_IN.match(sentence) is not None and (note or _OURS.search(sentence) is not None)


def with_notices(claims: Sequence[Claim], library: Library) -> tuple[Claim, ...]:
    """The claims, each citation with the notices that concern its paragraph."""
    cited = {c.article.id: c.article for claim in claims for c in claim.citations}
    known = library.notices_of([_whole(article, library) for article in cited.values()])

    def noticed(citation: Citation) -> Citation:
        article = citation.article
        own = citation.paragraph.id
        told = tuple(n for n in known[article.id] if own in n.targets and own != n.paragraph.id)
        return replace(citation, notices=told) if told else citation

    return tuple(replace(claim, citations=tuple(map(noticed, claim.citations))) for claim in claims)


def corrected(evidence: Sequence[Evidence], library: Library, filters: Filters) -> tuple[Evidence, ...]:
    """The evidence, with the correction in the place of what it takes back, where it had been printed by then.

    What is taken back is an answer of a paragraph that a note, printed elsewhere or below it, speaks of, where the note
    holds the answer and does not give it as the right one. The note then stands where the mistake stood, whole.
    """
    known = notes_on(evidence, library, filters)
    put_right: dict[str, Evidence] = {}
    for found in evidence:
        article = found.passage.article
        note = next((n for n in known[article.id] if _takes_back(n, found)), None)
        passage = found.passage
        if note:
            whole = library.article(note.article.id) or note.article
            passage = replace(passage, article=whole, paragraph=note.paragraph, also=())
        if note or any(n.paragraph.id == passage.paragraph.id for n in known[article.id]):
            told = note or next(n for n in known[article.id] if n.paragraph.id == passage.paragraph.id)
            at = told.text.find(told.right) if told.right else -1
            answer = (at, at + len(told.right)) if at >= 0 else None if note else found.answer
            found = replace(found, passage=passage, sentence=(0, len(told.text)), answer=answer)
        held = put_right.get(found.passage.paragraph.id)
        if held is None or found.relevance > held.relevance:
            put_right[found.passage.paragraph.id] = found
    return tuple(put_right.values())


def withdrawn(figure: str, found: Evidence, notes: Sequence[Notice]) -> bool:
    """Whether one of the notes on its article takes back this figure of the paragraph and gives another."""
    paragraph = found.passage.paragraph.id
    return any(
        not note.applied
        and paragraph in note.targets
        and paragraph != note.paragraph.id
        and figures(figure) <= figures(note.text)
        and figures(note.text) - figures(figure)
        and not figures(figure) <= figures(note.right)
        for note in notes
    )


def corrects(claim: Claim) -> bool:
    """Whether the claim is the text of a correction."""
    return any(takes_back(c.article, c.paragraph.text, c.quote) for c in claim.citations[:1])


def _takes_back(note: Notice, found: Evidence) -> bool:
    text = found.passage.paragraph
    if note.applied or text.id == note.paragraph.id or text.id not in note.targets or not found.answer:
        return False
    answer = text.text[slice(*found.answer)]
    if figures(answer):
        return figures(answer) <= figures(note.text) and not figures(answer) <= figures(note.right)
    return any(standing(answer, note.text, ignore_case=True)) and not any(
        standing(answer, note.right, ignore_case=True)
    )


def notes_on(evidence: Sequence[Evidence], library: Library, filters: Filters) -> dict[str, tuple[Notice, ...]]:
    """The notes on each article of the evidence, by its id, but for those of a later day than the filters let through."""
    last = min((day for day in (filters.until, filters.as_of) if day), default=date.max)
    articles = {e.passage.article.id: e.passage.article for e in evidence}
    told = library.notices_of([_whole(article, library) for article in articles.values()])
    return {
        key: tuple(n for n in notes if n.article.id == key or (n.article.published or date.min) <= last)
        for key, notes in told.items()
    }


def _whole(article: Article, library: Library) -> Article:
    return article if article.paragraphs else library.article(article.id) or article
