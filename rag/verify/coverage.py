"""How much of a sentence its sources hold at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.verify.clauses import stems_of, words
from rag.verify.dates import date_spans
from rag.verify.quantities import quantities
from rag.verify.values import Fault, Source

HELD = 0.4
"""Least share of the sentence's content stems that must stand in its sources. This one and the next two were chosen on the
development paraphrases of `eval.planted` and on newswire sentences with another paragraph of their article."""
DOUBTED = 0.7
"""Below this share the reader has to vouch for the sentence as well."""
VOUCHED = 0.5
"""Least support of the reader for a sentence that is told in other words."""
HOPELESS = 0.05
"""Below this support one word of the sentence's own is too many, where it has no figure and no day: of wrong claims that
hold most of their words 36 in 100 are as low (n=383, people's labels in the reader's training data), of right ones one
in 100 (n=384)."""
TOGETHER = 0.5
"""The least share of a sentence with several sources. None of them need carry it whole, so the reader is not asked."""
_REPORTING = stems_of("report reported according told paper article announced stated noted added explained")


def covered(sentence: str, sources: Sequence[Source]) -> float:
    """The share, 0 to 1, of the sentence's content stems that stand in the cited paragraphs; 1 where it has none.

    Names may stand in the headline or the paragraph above. How a sentence says that somebody says something is
    the writer's own affair.
    """
    # Figures are compared as values elsewhere, where a wrong one is a fault: "11" and "eleven" are no different words.
    every = quantities(sentence)
    figures = {w.stem for q in every for w in words(sentence) if q.start <= w.start < q.end}
    own = stems_of(sentence) - _REPORTING - figures
    held = frozenset().union(*(stems_of(s.text) for s in sources))
    named = {w.stem for s in sources for w in words(f"{s.before}\n{s.header}") if w.capital}
    names = {w.stem for w in words(sentence) if w.capital} & named
    counted = [s for s in own if s in held or s not in names]
    total = len(counted) + len(every)
    return (sum(s in held for s in counted) + len(every)) / total if total else 1.0


def coverage_faults(sentence: str, sources: Sequence[Source], support: float) -> Iterator[Fault]:
    """A fault where the sources hold too little of the sentence, or half of it and the reader sees no support."""
    share = covered(sentence, sources)
    if len(sources) > 1:
        lacks = share < TOGETHER
    else:
        # A figure or day in another form than the source's costs support for nothing, and is compared elsewhere.
        hopeless = support < HOPELESS and not quantities(sentence) and not date_spans(sentence)
        lacks = share < HELD or (share < DOUBTED and support < VOUCHED) or (share < 1 and hopeless)
    if lacks:
        yield Fault("support", sentence, "The cited paragraph does not say this.")
