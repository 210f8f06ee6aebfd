"""Which examples, and how many of each, make a training pass."""

from __future__ import annotations

import random
from pathlib import Path

from index.encoder import bundled_weights
from rag.reader.training import sources
from rag.reader.training.examples import (
    Group,
    claim_groups,
    headline_groups,
    question_groups,
    sentence_groups,
    stated_groups,
)
from rag.reader.training.neighbours import near_words

QUESTIONS = {
    "policyqa": 0.2,
    "qamr_wikipedia": 0.3,
    "qamr_wikinews": 0.45,
    "timeqa_easy": 0.5,
    "squadshifts_reddit": 0.5,
    "squadshifts_amazon_reviews": 0.5,
}
"""Share of a source's questions that is used, where it is not all: one-sentence contexts teach little each."""
STATED = {"esnli": 0.2, "cad_snli": 0.45, "conjnli_adv": 0.4, "breaking_nli": 0.2, "med": 0.3}
FIRST = {"lookalike": 0.45, "rest": 0.25, "edited": 0.55, "named": 0.0, "conditioned": 0.0, "dated": 0.0}
SECOND = {"lookalike": 0.4, "rest": 0.25, "edited": 0.6, "named": 0.5, "conditioned": 0.15, "dated": 0.12}
BESIDE_WRITTEN = {"lookalike": 0.9, "rest": 0.4, "edited": 0.5, "named": 0.25, "conditioned": 0.1, "dated": 0.1}
"""How often each near miss of a question is made: after the first pass names, dates and conditions were the weak ones.
Beside the questions written for it, other paragraphs with the question's words: a network that saw few forgot them."""


def examples(shared: Path, chance: random.Random, misses: dict[str, float], *, dev: bool) -> list[Group]:
    """All groups of the training set, or of the development set's articles."""
    near = near_words(bundled_weights())
    asked = [
        row
        for row in sources.asked(shared / "train")
        if sources.held_out(sources.article_of(row)) == dev and chance.random() < QUESTIONS.get(row.source, 1)
    ]
    stated = [
        row
        for row in sources.stated(shared / "train")
        if sources.held_out(row.premise) == dev and chance.random() < STATED.get(row.source, 1)
    ]
    wires = [row for row in sources.wires(shared / "corpora") if sources.held_out(row.id) == dev]
    claims = chance.sample(
        [r for r in asked if not r.source.startswith(("qamr", "policyqa"))], min(len(asked), 9_000 if not dev else 300)
    )
    texts = [("", " ".join(w.paragraphs[:6])) for w in wires[: 5000 if not dev else 300]]
    texts += [(r.title, r.context) for r in chance.sample(asked, 5000 if not dev else 300)]
    texts = [(header, " ".join(text.split()[:150])) for header, text in texts]
    return [
        *question_groups(asked, chance, misses, near),
        *claim_groups(claims, chance, near),
        *sentence_groups(texts, chance, near),
        *headline_groups(chance.sample(wires, 5000 if not dev else 300), chance, near),
        *stated_groups(stated, chance),
    ]
