"""What a newsroom owned up to: an answer must not pass on what its own paper, or another, took back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index import Article, Filters, Library, Notice, Paragraph, Passage
from index.related.mistakes import Mistake, is_column, mistakes
from index.related.notes import telling
from rag.alike import standing
from rag.reader.exact import figures
from rag.values import Citation, Claim, Evidence, Span
from rag.verify.clauses import stems_of
from rag.verify.quantities import quantities

_NOTE = re.compile(r"\b(?:corrections?|clarifications?|retractions?|erratum|errata)\b", re.I)
_SUM = 1e6
"""A sum in millions may leave out the money that it is of."""
_SHARED = 2
"""Words beside the figure itself that a report must share with the correction that takes it back; one, beside a name."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A mistake that was owned up to in the paragraph of a passage, and the paragraphs known to have printed it."""

    mistake: Mistake
    passage: Passage
    targets: frozenset[str] = frozenset()

    def words(self, span: Span | None) -> str:
        """The words of the paragraph that stand there; "" for no place."""
        return self.passage.paragraph.text[slice(*span)] if span else ""


def is_note(article: Article) -> bool:
    """Whether the article is a correction, or a column of corrections."""
    return article.type == "correction" or is_column(article.title)


def is_correction(paragraph: str) -> bool:
    """Whether a paragraph gives itself out for a correction: "Correction: we said that …"."""
    return _NOTE.match(paragraph.lstrip(" (*[")) is not None


def owned_in(article: Article, paragraph: str) -> tuple[Mistake, ...]:
    """The mistakes that a paragraph of the article owns up to."""
    return mistakes(paragraph, labelled=is_note(article))


def takes_back(article: Article, paragraph: str, sentence: str) -> bool:
    """Whether a sentence of the paragraph repeats a mistake that is put right in another sentence."""
    at = paragraph.find(sentence)
    span = (at, at + len(sentence))
    return at >= 0 and any(_meet(m.said, span) and not _meet(m.mended, span) for m in owned_in(article, paragraph))


def corrected_around(article: Article, paragraph: str, span: Span) -> Span | None:
    """The place, with all of each correction that it is part of, as half of one says the contrary; None outside of any."""
    told = [m for m in owned_in(article, paragraph) if _meet((m.start, m.end), span)]
    return (min(span[0], *(m.start for m in told)), max(span[1], *(m.end for m in told))) if told else None


def is_taken_back(article: Article, paragraph: str, place: Span) -> bool:
    """Whether what stands there is given by the paragraph itself as what was wrong."""
    return any(m.said[0] <= place[0] < m.said[1] for m in owned_in(article, paragraph))


def corrects(claim: Claim) -> bool:
    """Whether the claim tells a correction: what was wrong, and what is right."""
    return any(corrected_around(c.article, c.paragraph.text, (c.start, c.end)) for c in claim.citations[:1])


def with_notices(claims: Sequence[Claim], library: Library) -> tuple[Claim, ...]:
    """The claims, each citation with the notices that concern its paragraph."""
    cited = {c.article.id: c.article for claim in claims for c in claim.citations}
    known = library.notices_of([_in_full(article, library) for article in cited.values()])

    def noticed(citation: Citation) -> Citation:
        own = citation.paragraph.id
        told = tuple(n for n in known[citation.article.id] if own in n.targets and own != n.paragraph.id)
        return replace(citation, notices=told) if told else citation

    return tuple(replace(claim, citations=tuple(map(noticed, claim.citations))) for claim in claims)


def owned(evidence: Sequence[Evidence], library: Library, filters: Filters) -> tuple[Owned, ...]:
    """The mistakes owned up to in the evidence, or in a note on it, but for notes of a later day than the filters let through."""
    last = min((day for day in (filters.until, filters.as_of) if day), default=date.max)
    found: dict[tuple[str, int], Owned] = {}
    for e in evidence:
        for m in owned_in(e.passage.article, e.passage.paragraph.text):
            found[e.passage.paragraph.id, m.start] = Owned(m, e.passage)
    articles = {e.passage.article.id: e.passage.article for e in evidence}
    beside = {e.passage.article.id: e.passage for e in evidence}
    notices = library.notices_of([_in_full(article, library) for article in articles.values()])
    for article, notes in notices.items():
        for note in notes:
            if note.article.id != article and (note.article.published or date.min) > last:
                continue
            for m in _told(note):
                key = (note.paragraph.id, m.start)
                one = found.get(key) or Owned(m, _passage(note, beside[article], library))
                found[key] = replace(one, targets=one.targets | set(note.targets))
    return tuple(found.values())


def put_right(evidence: Sequence[Evidence], known: Sequence[Owned], *, confirm: bool = False) -> tuple[Evidence, ...]:
    """The evidence, with each correction in the place of what it takes back, in whole and with what is right for its answer.

    With `confirm` a correction also goes before a report that gives what it says is right.
    """
    kept: dict[tuple[str, Span], Evidence] = {}
    for found in evidence:
        for one in _amended(found, known, confirm=confirm):
            key = (one.passage.paragraph.id, one.sentence)
            if key not in kept or one.relevance > kept[key].relevance:
                kept[key] = one
    return tuple(kept.values())


def tells_mistake(found: Evidence, known: Sequence[Owned]) -> bool:
    """Whether the evidence is a correction in whole."""
    return any(
        o.passage.paragraph.id == found.passage.paragraph.id and found.sentence == (o.mistake.start, o.mistake.end)
        for o in known
    )


def taken_back(figure: str, passage: Passage, known: Sequence[Owned]) -> Owned | None:
    """The mistake owned up to that this figure, or name, of the passage is; None where it stands."""
    return next((o for o in known if _is(figure, o, o.mistake.wrong) and _prints(o, passage, figure)), None)


def _amended(found: Evidence, known: Sequence[Owned], *, confirm: bool) -> Iterator[Evidence]:
    passage = found.passage
    own = [o for o in known if o.passage.paragraph.id == passage.paragraph.id]
    at = found.answer or found.sentence
    for o in own:
        if _meet((o.mistake.start, o.mistake.end), at):
            right = found.answer and not _meet(o.mistake.said, found.answer)
            yield replace(
                found,
                sentence=(o.mistake.start, o.mistake.end),
                answer=found.answer if right else o.mistake.right,
            )
            return
    answer = passage.paragraph.text[slice(*found.answer)] if found.answer else ""
    others = [o for o in known if o not in own]
    if answer and (told := taken_back(answer, passage, others)):
        yield _telling(told, found)
        return
    if answer and confirm:
        agreeing = next(
            (o for o in others if _is(answer, o, o.mistake.right) and _prints(o, passage, answer, earlier=False)), None
        )
        if agreeing:
            yield _telling(agreeing, found)
    yield found


def _telling(one: Owned, instead: Evidence) -> Evidence:
    """The correction, as evidence of what it takes the place of."""
    m = one.mistake
    return Evidence(one.passage, instead.relevance, instead.answers, (m.start, m.end), m.right)


def _is(answer: str, one: Owned, place: Span | None) -> bool:
    """Whether the answer gives the words there, and not those of the correction that were exchanged for them."""
    words = one.words(place)
    other = one.words(one.mistake.right if place == one.mistake.wrong else one.mistake.wrong)
    if not words:
        return False
    if figures(words):
        return figures(words) <= figures(answer) and not (figures(other) and figures(other) <= figures(answer))
    return bool(_stands(words, answer) or _stands(answer, words)) and not _stands(other, answer)


def _stands(words: str, text: str) -> bool:
    return bool(words) and any(standing(words, text, ignore_case=True))


def _prints(one: Owned, passage: Passage, value: str, *, earlier: bool = True) -> bool:
    """Whether a passage tells of what the correction is about: the index says so, or it has its words.

    A mistake was printed before it was owned up to (`earlier`); what is right may have been printed at any time.
    """
    if figures(value) and not _measures_the_same(one, passage, value):
        return False
    if passage.paragraph.id in one.targets:
        return True
    day, corrected_on = passage.article.published, one.passage.article.published
    if earlier and day and corrected_on and day > corrected_on:
        return False
    m = one.mistake
    exchanged = _words(f"{one.words(m.wrong)} {one.words(m.right)} {value}")
    about = _words(one.passage.paragraph.text[m.start : m.end]) - exchanged
    shared = about & _words(f"{passage.article.title} {passage.paragraph.text}")
    return len(shared) >= (_SHARED if figures(value) else 1)


def _measures_the_same(one: Owned, passage: Passage, value: str) -> bool:
    """Whether the passage has the figure in the correction's own unit, where that has one: nine days are not nine dead."""
    units = {q.unit for place in (one.mistake.wrong, one.mistake.right) for q in quantities(one.words(place))} - {""}
    text = passage.paragraph.text
    told = [q for q in quantities(text) if figures(text[q.start : q.end]) & figures(value)]
    return not units or any(q.unit in units or (not q.unit and q.value >= _SUM) for q in told)


def _words(text: str) -> frozenset[str]:
    return stems_of(" ".join(word for word in telling(text) if not word[0].isdigit()))


def _told(note: Notice) -> Iterable[Mistake]:
    """The mistakes of a note in the sense of the notice: those whose words it says were exchanged; else the whole note."""
    found = [
        m for m in mistakes(note.text, labelled=True) if not note.wrong or note.wrong in note.text[m.start : m.end]
    ]
    if found:
        return found
    wrong, right = (_place(note.text, words) for words in (note.wrong, note.right))
    end = len(note.text)
    return [Mistake(0, end, wrong, right, wrong, right)] if wrong and right else []


def _place(text: str, words: str) -> Span | None:
    at = text.find(words) if words else -1
    return (at, at + len(words)) if at >= 0 else None


def _passage(note: Notice, beside: Passage, library: Library) -> Passage:
    article = library.article(note.article.id) or note.article
    paragraph: Paragraph = note.paragraph
    return replace(beside, article=article, paragraph=paragraph, also=())


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _in_full(article: Article, library: Library) -> Article:
    return article if article.paragraphs else library.article(article.id) or article
