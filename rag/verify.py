"""Every claim is checked before it is shown; one that fails is rejected, never hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.values import Claim


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


def _verbatim(claim: Claim) -> bool:
    said = " ".join(" ".join(c.quote for c in claim.citations).split())
    return bool(claim.citations) and claim.text == said
