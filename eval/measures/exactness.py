"""Is it the very sentence that is cited, and little more?"""

from __future__ import annotations

from eval.case import Case
from eval.measure import Measure, Row
from index.sentences import sentences


def _hit(case: Case) -> Row:
    if not case.gold:
        return None
    gold = [place for group in case.gold for place in group]
    hits = sum(place is not None and any(map(place.holds, gold)) for place in case.places)
    return float(hits), float(len(case.places))


def _minimal(case: Case) -> Row:
    """Characters cited from paragraphs with gold that stand in a gold sentence, and all characters cited there."""
    if not case.gold:
        return None
    needed = cited = 0
    for place in {p for p in case.places if p and case.is_gold(p)}:
        for paragraph in place.paragraphs:
            for a, b in sentences(paragraph.text):
                start, end = max(place.start, paragraph.start + a), min(place.end, paragraph.start + b)
                if start < end:
                    cited += end - start
                    whole = (paragraph.start + a, paragraph.start + b)
                    holds = any(
                        g.article.path == place.article.path and g.start < whole[1] and whole[0] < g.end
                        for group in case.gold
                        for g in group
                    )
                    needed += (end - start) * holds
    return (needed / cited, 1.0) if cited else (0.0, 0.0)


SENTENCE = Measure(
    "sentence exactness",
    "Share of the citations given to answerable questions whose span holds at least half of a gold quote: the right "
    "paragraph with the wrong sentence marked does not count.",
    "citations",
    _hit,
)
MINIMAL = Measure(
    "minimality",
    "Of what was cited from paragraphs with gold, the share of characters that stand in sentences with gold text, as a "
    "mean over the questions for which such a paragraph was cited.",
    "questions with gold cited",
    _minimal,
)
