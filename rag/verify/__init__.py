"""Every claim is checked before it is shown; one that fails is rejected, never hidden.

A claim in the source's own words is compared with them (`verify`). A sentence that somebody wrote is judged
(`judge`): each file beside this one checks one thing about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.sentences import sentences
from rag.alike import folded, standing
from rag.values import Claim
from rag.verify.causes import cause_faults
from rag.verify.coverage import coverage_faults
from rag.verify.dates import date_faults
from rag.verify.doing import doer_faults
from rag.verify.figures import figure_faults
from rag.verify.hedges import hedge_faults
from rag.verify.names import name_faults
from rag.verify.order import order_faults, place_faults
from rag.verify.polarity import polarity_faults
from rag.verify.quotes import Quoted, quotations, quote_faults
from rag.verify.speaking import speaker_faults
from rag.verify.values import SOFT, Fault, FaultKind, Judgement, Source

__all__ = ["Fault", "FaultKind", "Judgement", "Quoted", "Source", "faults", "judge", "quotations", "verify"]

_CHECKS = (
    quote_faults,
    figure_faults,
    date_faults,
    name_faults,
    order_faults,
    place_faults,
    speaker_faults,
    doer_faults,
    polarity_faults,
    cause_faults,
    hedge_faults,
)


def verify(claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """(kept, rejected), in order, each with its verdict.

    A claim in the source's own words is supported exactly when, white space aside, it is the quotes
    of its citations put one after the other. Anything else is unsupported.
    """
    judged = [replace(c, verdict="supported" if _verbatim(c) else "unsupported") for c in claims]
    return (
        tuple(c for c in judged if c.verdict == "supported"),
        tuple(c for c in judged if c.verdict != "supported"),
    )


def judge(sentence: str, sources: Sequence[Source], support: float) -> Judgement:
    """Whether the cited places carry a sentence that was written from them, and what is wrong with it.

    `support` is the reader's probability, 0 to 1, that they do: the highest of the cited passages. Exact comparison
    decides; `support` counts where the sentence is told in other words than the source's. A sentence without a
    source is unsupported; whether it says anything at all is for the caller to know.
    """
    if not sources:
        return Judgement("unsupported", (Fault("support", sentence, "No place is cited for this."),))
    if any(_stands(sentence, source.text) for source in sources):
        return Judgement("supported")
    found = faults(sentence, sources, support)
    hard = any(fault.kind not in SOFT for fault in found)
    return Judgement("unsupported" if hard else "partly" if found else "supported", found)


def faults(sentence: str, sources: Sequence[Source], support: float) -> tuple[Fault, ...]:
    """Everything that the checks find wrong with a sentence, taken as one that was written, each once."""
    found = [fault for check in _CHECKS for fault in check(sentence, sources)]
    return tuple(dict.fromkeys((*found, *coverage_faults(sentence, sources, support))))


def _stands(sentence: str, text: str) -> bool:
    """Whether the sentence is a whole sentence of the text, or several in a row, word for word."""
    if folded(sentence) not in folded(text):  # most often, and quickly told
        return False
    starts, ends = zip(*sentences(text), strict=True) if text.strip() else ((), ())
    return any(start in starts and end in ends for start, end in standing(sentence, text))


def _verbatim(claim: Claim) -> bool:
    said = " ".join(" ".join(c.quote for c in claim.citations).split())
    return bool(claim.citations) and claim.text == said
