"""Reverse look-up: where words were published, given the words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index import Article, Library, Paragraph
from index.values import Unanswerable
from rag.alike import folded, nearest, standing
from rag.reader.exact import figures

CANDIDATES = 20
ALIKE = 90.0
"""Likeness, of 100, from which on an excerpt is taken for an altered quotation. On newswire (1,500 articles of
Reuters-21578) sentences with two misprints are at 97 or more (n=249); of sentences from other articles 3 of 250 reach
90, of which the wire repeats two word for word."""
_CUT = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Where an excerpt stands: offsets in the paragraph's text. `alike` is 100 where it stands there word for word."""

    article: Article
    paragraph: Paragraph
    start: int
    end: int
    alike: float

    @property
    def text(self) -> str:
        """What stands there."""
        return self.paragraph.text[self.start : self.end]


def find_quote(excerpt: str, library: Library) -> Quotation | None:
    """The place in the library from which the words come, the likeliest one; None where they come from none.

    An excerpt may be cut at either end, have "…" for what was left out, or a misprint. Of equally like places the one
    in the article published first is taken: the others may have copied it. Raises Unanswerable for an empty excerpt.
    """
    parts = [part for part in _CUT.split(folded(excerpt).strip(" \"'")) if part.strip(" .,;")]
    if not parts:
        raise Unanswerable("There are no words to look up; paste some from an article.")
    found = []
    for passage in library.search(" ".join(parts), CANDIDATES):
        place = _place(parts, passage.paragraph.text)
        if place and place[2] >= ALIKE:
            day = passage.article.published
            found.append((-place[2], day is None, str(day), passage.rank, place, passage))
    if not found:
        return None
    *_, (start, end, alike), passage = min(found, key=lambda f: f[:4])
    return Quotation(passage.article, passage.paragraph, start, end, alike)


def _place(parts: list[str], text: str) -> tuple[int, int, float] | None:
    """From where to where the parts stand in the text, in order, and how alike the least like of them is."""
    start, at, worst = -1, 0, 100.0
    for part in parts:
        exact = next(standing(part, text, start=at, ignore_case=True), None)
        if exact:
            begin, end = exact
        else:
            near = nearest(part, text[at:], ALIKE)
            # The wire says the same of every bond: with another figure it is another report.
            if near is None or figures(part) - figures(text[max(0, at + near[0] - 4) : at + near[1] + 4]):
                return None
            begin, end, worst = at + near[0], at + near[1], min(worst, near[2])
        start = begin if start < 0 else start
        at = end
    return (start, at, worst) if start < at else None
