"""The independent articles that report a matter, such as "the bridge fell" or "the power cut during the count"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from index import Passage
from index.sentences import sentences
from rag.corrected import is_correction, is_note, takes_back
from rag.gives import is_copy, share, weights
from rag.question import understand
from rag.reader import Reader
from rag.reader.words import Rarity
from rag.values import Evidence, Span
from rag.verify import FaultKind, faults
from rag.verify.source import source_of

READ = 24
"""How many passages are read for a matter."""
_SURELY, _RATHER = 1.4, 0.85
"""From where on, of 3, the surest passage reports the matter: by the reader's two judgements and the share of its words;
and the least for a further one. Like the next two chosen on the questions of the development sets."""
_LIKELY = 0.45
"""The least for a further one by the two judgements alone, of 2."""
_AS_WELL, _BESIDE = 1.3, 0.45
"""From where on, of 4, a further one does, its share of the surest one's words counted too; and how much of what that has."""

_DIFFER: frozenset[FaultKind] = frozenset(("negation", "number", "unit", "date", "name", "quote"))
_NO = re.compile(r"\b(?:refus\w+|den(?:y|ie[sd]|ials?)|lack\w*|absence|fail\w*|reject\w*|declin\w+)\b", re.IGNORECASE)
"""Words that say no without a "not": "the refusal to comment" is that they did not."""


def reports_of(matter: str, passages: Sequence[Passage], reader: Reader, rarity: Rarity) -> tuple[Evidence, ...]:
    """Of each independent article that reports the matter the passage that does, the surest first; () where none does.

    Copies of one story are one report; opinion pieces and corrections are none, nor is a sentence that says the contrary.
    """
    told = [p for p in passages if _reports(p)]
    read = reader.read(understand(f"What about {matter}?"), told) if told else ()
    read = tuple(one for one in read if not _denies(one, matter))
    told = [one.passage for one in read]
    carried = reader.support(matter, told) if told else ()
    wanted = weights(matter, rarity)
    judged = {e.passage.paragraph.id: e.answers + support for e, support in zip(read, carried, strict=True)}
    sure = {
        e.passage.paragraph.id: judged[e.passage.paragraph.id] + share(wanted, f"{_text(e)} {e.passage.article.title}")
        for e in read
    }
    best = max(read, key=lambda e: sure[e.passage.paragraph.id], default=None)
    if best is None or sure[best.passage.paragraph.id] < _SURELY:
        return ()
    # Of a story and what was made from it the earlier is the source.
    best = min((e for e in read if e is best or is_copy(e.text, best.text)), key=_age)
    words = weights(best.text, rarity)
    total = {one: sure[one.passage.paragraph.id] + share(words, _text(one)) for one in read}
    found: dict[str, Evidence] = {}
    for one in sorted(read, key=lambda e: (e is not best, -total[e], e.passage.rank)):
        paragraph = one.passage.paragraph.id
        likely = judged[paragraph] >= _LIKELY and sure[paragraph] >= _RATHER
        further = likely and total[one] >= max(_AS_WELL, _BESIDE * total[best])
        if one is best or (further and not any(is_copy(one.text, other.text) for other in found.values())):
            article = one.passage.article
            found.setdefault(article.story or article.id, replace(one, sentence=_telling(one, wanted), answer=None))
    return tuple(found.values())


def _reports(passage: Passage) -> bool:
    article, text = passage.article, passage.paragraph.text
    report = article.type != "opinion" and not is_note(article)
    return report and passage.paragraph.kind == "body" and not (takes_back(article, text, text) or is_correction(text))


def _age(found: Evidence) -> date:
    return found.passage.article.published or date.max


def _denies(found: Evidence, matter: str) -> bool:
    """Whether the sentence differs from the matter in a figure, a day, a name, or in that it says no."""
    differing = faults(f"{matter[0].upper()}{matter[1:]}.", [source_of(found.passage, found.sentence)], 1.0)
    kinds = _DIFFER - {"negation"} if _NO.search(matter) else _DIFFER
    return any(fault.kind in kinds for fault in differing)


def _text(found: Evidence) -> str:
    return found.passage.paragraph.text


def _telling(found: Evidence, wanted: Mapping[str, float]) -> Span:
    """The sentence that was read, with the one beside it that holds more of the words: "The board said no"."""
    text, (start, end) = _text(found), found.sentence
    spans = sentences(text)
    fullest = max(spans, key=lambda s: share(wanted, text[slice(*s)]), default=found.sentence)
    beside = abs(spans.index(fullest) - spans.index(found.sentence)) == 1 if found.sentence in spans else False
    more = share(wanted, text[slice(*fullest)]) > share(wanted, found.text)
    return (min(start, fullest[0]), max(end, fullest[1])) if beside and more else found.sentence
