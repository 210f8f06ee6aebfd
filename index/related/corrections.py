"""Corrections that stand apart from the article that they correct, and which article that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.related.mistakes import Mistake, mistakes
from index.related.notes import telling
from index.related.statements import fold
from index.related.wording import CORRECTION, LONGEST, PIECE, Span, wrong_and_right
from index.values import Article, Paragraph


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that stands apart from the article it corrects, and what it says of it; "" where it does not.

    `date` and `page` are as written ("9 March", "Tuesday", "A4"). `wrong` and `right` are slices of `text`,
    the paragraph with the id `paragraph_id`.
    """

    paragraph_id: str
    text: str
    headline: str = ""
    date: str = ""
    page: str = ""
    wrong: str = ""
    right: str = ""


_APART = re.compile(
    r"^\W*(?:corrections?|clarifications?|corrections? (?:and|&) clarifications?|for the record|apology|retraction|errat(?:um|a)"
    r"|setting the record straight|we got it wrong)(?:\W*$|\s*[:—–(,]|\s-\s|\s(?:for|to)\b)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"\b(?:an?|our|the|in|of) (?:[\w'-]+ ){{0,4}}?{PIECE}\b(?=[^.]{{0,160}}\b(?:publish|appear|on|in|head|titl|page|misstat|mis|wrong|incorrect|said))",
    re.IGNORECASE,
)
_HEADLINED = re.compile(
    r"(?:head(?:lin)?ed|titled|entitled|headline|called|under the heading|report|article|story|,)\s*[,:]?\s*[(]?[\"“‘']([^\"“”]{8,200}?)[,.]?[\"”’'](?=[\s,.;)]|$)"
)
_DATE = re.compile(
    r"\b(\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:,? \d{4})?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b(?:,? \d{4})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?='s|’s| edition| paper|\b))"
)
_PAGE = re.compile(r"\b(?:page|p\.?) ?([A-Z]?\d{1,3})\b|\b(?i:on (?:the )?((?:front|back) page))\b", re.IGNORECASE)


_SAME = re.compile(r"^\W*(?:(?:in )?the same\b|it also\b)", re.I)
_OWN = re.compile(rf"\b(?:earlier|previous|prior|original|first) (?:versions?|headline|text)\b|\bthis {PIECE}\b", re.I)
"""What a note says of the article in which it stands."""


def corrects(article_title: str, paragraphs: Sequence[Paragraph]) -> Correction | None:
    """What an article says of another that it corrects; None for an article that corrects none.

    Of a column with several corrections the first is given; `each` gives them all.
    """
    return next(each(article_title, paragraphs), None)


def each(article_title: str, paragraphs: Sequence[Paragraph]) -> Iterator[Correction]:
    """Every correction in a column of corrections, or at the foot of a piece on something else, as `corrects`."""
    bodies = [p for p in paragraphs if p.kind == "body"]
    labelled = bool(_APART.search(article_title) or (bodies and CORRECTION.search(bodies[0].text[:200])))
    above: Correction | None = None
    for p in bodies:
        text = p.text[:LONGEST]
        owned = () if _OWN.search(text) else mistakes(p.text, labelled=labelled)
        for m in owned:
            above = _correction(p, text[m.start : m.end], _exchanged(text, m), above)
            yield above
        if not owned and labelled:
            found = _correction(p, text, wrong_and_right(text))
            if found.headline or (_OTHER.search(text) and (found.date or found.page)):
                above = found
                yield found


def _correction(
    p: Paragraph, text: str, exchanged: tuple[Span | None, Span | None], above: Correction | None = None
) -> Correction:
    headline, day, page = (form.search(text) for form in (_HEADLINED, _DATE, _PAGE))
    wrong, right = (p.text[slice(*at)] if at else "" for at in exchanged)
    known = above if above and _SAME.search(text) else None
    return Correction(
        p.id,
        p.text,
        headline[1] if headline else known.headline if known else "",
        day[1] if day else known.date if known else "",
        (page[1] or page[2]) if page else "",
        wrong,
        right,
    )


def _exchanged(text: str, mistake: Mistake) -> tuple[Span | None, Span | None]:
    """What the note's own form says was exchanged, else what a comparison of its two parts tells."""
    if mistake.wrong and mistake.right:
        return mistake.wrong, mistake.right
    start = mistake.start
    wrong, right = ((a[0] + start, a[1] + start) if a else None for a in wrong_and_right(text[start : mistake.end]))
    return mistake.wrong or wrong, mistake.right or right


def target(correction: Correction, candidates: Sequence[Article]) -> str | None:
    """The id of the article that a correction speaks of; None in doubt.

    A quoted headline decides. Otherwise the article must share the correction's rare words, twice as much as any
    other does; where one was published on the day that is named, only articles of that day are looked at.
    """
    from rapidfuzz import fuzz

    candidates = [a for a in candidates if all(p.text != correction.text for p in a.paragraphs)]
    if correction.headline:
        quoted = " ".join(fold(correction.headline).words)
        likeness = {a.id: fuzz.ratio(quoted, " ".join(fold(a.title).words)) for a in candidates}
        named = [key for key, like in likeness.items() if like >= 88]
        if named:
            best = max(likeness[key] for key in named)
            named = [key for key in named if likeness[key] == best]
            candidates = [a for a in candidates if a.id in named]
            if len(named) == 1:
                return named[0]
    of_the_day = [a for a in candidates if a.published and _is_day(correction.date, a.published)]
    pool = of_the_day or candidates
    wrong = telling(correction.wrong) - telling(correction.right)
    printing = [a for a in pool if wrong and wrong <= _telling(a)]
    return _likest(correction, printing or pool)


def _telling(article: Article) -> frozenset[str]:
    return telling("\n".join((article.title, *(p.text for p in article.paragraphs))))


def _likest(correction: Correction, candidates: Sequence[Article]) -> str | None:
    about = telling(correction.text)
    held = {a.id: about & _telling(a) for a in candidates}
    often = Counter(word for words in held.values() for word in words)
    weight = {key: sum(1 / often[word] for word in words) for key, words in held.items()}
    ranked = sorted(weight, key=lambda key: -weight[key])
    if not ranked or len(held[ranked[0]]) < 4:
        return None
    return ranked[0] if len(ranked) == 1 or weight[ranked[0]] >= 2 * weight[ranked[1]] else None


def _is_day(written: str, published: date) -> bool:
    """True where "9 March", "March 9, 2026" or "Tuesday" can be the day of publication."""
    if written.endswith("day"):
        return f"{published:%A}" == written
    figures = re.findall(r"\d+", written)
    month = re.search(r"[A-Za-z]{3,}", re.sub(r"\d+(?:st|nd|rd|th)", "", written))
    if not figures or not month or month[0][:3] != f"{published:%b}":
        return False
    return int(figures[0]) == published.day and (len(figures) == 1 or int(figures[1]) == published.year)
