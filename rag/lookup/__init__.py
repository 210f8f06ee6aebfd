"""Reverse look-up: a pasted quotation or claim, and where it stands.

from rag import look_up
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from index import Article, Library, Passage
from index.search import content_words
from index.values import Unanswerable
from rag.answer import Answerer
from rag.ask import answerer
from rag.corrected import with_notices
from rag.lookup.align import tokens
from rag.lookup.carried import carried
from rag.lookup.place import Placed, places
from rag.lookup.saying import Saying, saying, saying_faults, speaker_at
from rag.lookup.values import Difference, Finding, Outcome
from rag.question import check_length
from rag.statements import statements
from rag.statements.whose import speaks, spoken
from rag.values import Citation, Claim, Span

__all__ = ["Difference", "Finding", "Outcome", "look_up"]

CANDIDATES = 20
"""Passages that are compared with the pasted words."""
ALIKE = 0.7
"""Share of the words' weight that must be the same, for a text to be an altered one. On newswire (500 articles of
Reuters-21578) 294 of 300 sentences with two words changed are at 0.7 or more; of sentences from other articles 2 of
392 are, which the wire repeats word for word."""


def look_up(text: str, library: str | Path | Library | None = None) -> Finding:
    """Where a pasted quotation or claim stands in the library: word for word, altered, in other words, or nowhere.

    `library` is an open Library or a folder, by default the one that the settings name. Of several places the earliest
    is given, and its citation's `also` names the others. Raises Unanswerable for a text without words, or one
    that is too long.
    """
    check_length(text)
    if not tokens(text):
        raise Unanswerable("There are no words to look up; paste a quotation or a claim.")
    if re.search(r"\n\s*\n", text.strip()):
        raise Unanswerable("These are several paragraphs; look up one quotation or claim at a time.")
    asked = answerer(library)
    found = asked.library.search(text, CANDIDATES)
    whole = places(text, asked.library, found)
    if whole and whole[0].exact:
        return _finding(text, whole, asked.library)
    told = saying(text)
    if told:
        words = told.only_quoted(text)
        quoted = places(words, asked.library, asked.library.search(words.strip(), CANDIDATES))
        if quoted and quoted[0].alignment.alike >= ALIKE:
            return _finding(text, quoted, asked.library, told)
    alike = bool(whole) and whole[0].alignment.alike >= ALIKE
    near = alike and not _of_another(text, whole[0])
    if alike and not near:
        found = (whole[0].passage,)  # told in nearly these words of somebody else: it need not be sought in other words
    if near and _changed(whole[0]):
        return _finding(text, whole, asked.library)
    carried = _carried(text, asked, found)
    return _finding(text, whole, asked.library) if near and carried.outcome == "none" else carried


def _finding(text: str, placed: Sequence[Placed], library: Library, told: Saying | None = None) -> Finding:
    """The first of the places, with the others that have the same words as its `also`."""
    best = placed[0]
    passage, where = best.passage, best.alignment
    faults = []
    if best.takes_back:
        faults.append(f"What was left out of the sentence takes it back: “{best.takes_back}”.")
    if told:
        faults += saying_faults(text, told, passage, where.start, where.end)
    same = [p.passage for p in placed if p.exact == best.exact and p.alignment.alike == where.alike]
    also = (*(a for p in same for a in p.also), *(p.article.without_text() for p in same))
    citation = _citation(passage, (where.start, where.end), also, library)
    exact = best.exact and not faults
    speaker = speaker_at(passage, where.start, where.end)
    return Finding(text, "exact" if exact else "altered", citation, best.differences, speaker, tuple(faults))


def _carried(text: str, asked: Answerer, found: Sequence[Passage]) -> Finding:
    """Whether one paragraph carries every sentence of a claim; where none does, what is wrong with the nearest."""
    nearest = carried(text, asked.reader, found)
    if nearest is None:
        return Finding(text, "none")
    passage = nearest.passage
    citation = _citation(passage, nearest.span, passage.also, asked.library)
    if nearest.faults:
        return Finding(text, "none", faults=nearest.faults, closest=citation)
    return Finding(text, "supported", citation, speaker=speaker_at(passage, *nearest.span))


def _changed(placed: Placed) -> bool:
    """Whether what was put in is no paraphrase: a figure, a name, a denial, or a change in one place only."""
    put_in = [d for d in placed.differences if d.said[0] < d.said[1]]
    one = len(placed.differences) == 1 and any(
        d.held[0] < d.held[1] or content_words(placed.said[slice(*d.said)]) for d in put_in
    )
    hard = any(d.kind in ("number", "name", "negation") for d in put_in)
    return bool(placed.takes_back) or hard or one


def _of_another(text: str, placed: Placed) -> bool:
    """Whether the text reports as somebody's what the place reports as somebody else's: that is another statement."""
    return not saying(text) and not _same_voice(text, placed.passage, placed.alignment.start, placed.alignment.end)


def _same_voice(text: str, passage: Passage, start: int, end: int) -> bool:
    """Whether one of those who speak in the text speaks in that place of the passage; True where either has no speaker."""
    mine = [one for one in statements(text) if one.who]
    there = [t for t in spoken([passage]) if t[0].who and any(a < end and start < b for a, b in t[0].said)]
    return not (mine and there) or any(speaks(one.who, *told) for one in mine for told in there)


def _citation(passage: Passage, span: Span, also: Iterable[Article], library: Library) -> Citation:
    others = {a.id: a for a in also if a.id != passage.article.id}
    citation = Citation(1, passage.article, passage.paragraph, *span, tuple(others.values()))
    (claim,) = with_notices([Claim("", (citation,))], library)
    return claim.citations[0]
