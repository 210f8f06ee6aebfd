"""Corrections that stand apart from the article that they correct, and which article that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.related.notes import telling
from index.related.statements import fold
from index.related.wording import CORRECTION, LONGEST, PIECE, wrong_and_right
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


def corrects(article_title: str, paragraphs: Sequence[Paragraph]) -> Correction | None:
    """What an article says of another that it corrects; None for an article that corrects none.

    Of a column with several corrections the first is given; `each` gives them all.
    """
    return next(each(article_title, paragraphs), None)


def each(article_title: str, paragraphs: Sequence[Paragraph]) -> Iterator[Correction]:
    """Every correction in a column of corrections, as `corrects`, a paragraph each."""
    bodies = [p for p in paragraphs if p.kind == "body"]
    labelled = _APART.search(article_title) or (bodies and CORRECTION.search(bodies[0].text[:200]))
    for p in bodies if labelled else ():
        text = p.text[:LONGEST]
        headline, day, page = (form.search(text) for form in (_HEADLINED, _DATE, _PAGE))
        if not headline and not (_OTHER.search(text) and (day or page)):
            continue
        wrong_at, right_at = wrong_and_right(text)
        yield Correction(
            p.id,
            p.text,
            headline[1] if headline else "",
            day[1] if day else "",
            (page[1] or page[2]) if page else "",
            text[slice(*wrong_at)] if wrong_at else "",
            text[slice(*right_at)] if right_at else "",
        )


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
    return _likest(correction, of_the_day or candidates)


def _likest(correction: Correction, candidates: Sequence[Article]) -> str | None:
    about = telling(correction.text)
    held = {a.id: about & telling("\n".join((a.title, *(p.text for p in a.paragraphs)))) for a in candidates}
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
