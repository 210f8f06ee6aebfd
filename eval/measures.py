"""What counts: each measure as one function of a question and its answer, and how they are summed up."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from eval.gold import GoldQuestion
from index import Article
from rag import Answer, Citation

Outcome = tuple[float, int]
"""(sum, count): a proportion before it is divided. Questions that do not bear on a measure count 0."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A named measure from 0 to 1. `n` counts what `unit` says. `better` is "high" or "low"."""

    name: str
    unit: str
    better: str
    of: Callable[[GoldQuestion, Answer], Outcome]


def answered(gold: GoldQuestion, answer: Answer) -> Outcome:
    """Whether anything was claimed at all."""
    return float(answer.status != "abstained"), 1


def paragraph_recall(gold: GoldQuestion, answer: Answer) -> Outcome:
    """The share of a question's evidence that a cited paragraph holds; an abstention finds none."""
    if not gold.answerable or not gold.evidence:
        return 0.0, 0
    found = sum(any(_holds(c, place) for c in answer.citations for place in e.places) for e in gold.evidence)
    return found / len(gold.evidence), 1


def citation_precision(gold: GoldQuestion, answer: Answer) -> Outcome:
    """Of the citations given to answerable questions, the share whose paragraph holds some gold text."""
    if not gold.answerable or not gold.evidence:
        return 0.0, 0
    places = [place for e in gold.evidence for place in e.places]
    return float(sum(any(_holds(c, place) for place in places) for c in answer.citations)), len(answer.citations)


def short_answer(gold: GoldQuestion, answer: Answer) -> Outcome:
    """Whether an accepted short answer stands in what was said; questions without one do not count."""
    if not gold.answerable or not gold.answers:
        return 0.0, 0
    said = folded(" ".join(claim.text for claim in answer.claims)).lower()
    return float(any(_stands(folded(a).lower(), said) for a in gold.answers)), 1


def correct_abstention(gold: GoldQuestion, answer: Answer) -> Outcome:
    """Of the questions that have no answer, those to which none was given."""
    return (0.0, 0) if gold.answerable else (float(answer.status == "abstained"), 1)


def false_abstention(gold: GoldQuestion, answer: Answer) -> Outcome:
    """Of the questions that have an answer, those to which none was given."""
    return (float(answer.status == "abstained"), 1) if gold.answerable else (0.0, 0)


MEASURES = (
    Measure("answered", "questions", "", answered),
    Measure("recall", "answerable questions", "high", paragraph_recall),
    Measure("precision", "citations", "high", citation_precision),
    Measure("short answer", "questions with one", "high", short_answer),
    Measure("correct abstention", "questions without answer", "high", correct_abstention),
    Measure("false abstention", "answerable questions", "low", false_abstention),
)


def broken_pointers(answer: Answer, article: Callable[[str], Article | None]) -> list[str]:
    """What is wrong with an answer's markers, in sentences; empty when each leads to its very words.

    Every marker in the text must be a citation, every citation must be used, and its quote must
    stand in the library's article at the paragraph's offsets.
    """
    wrong = []
    listed = {c.number for c in answer.citations}
    markers = {int(m) for m in re.findall(r"\[(\d+)\]", answer.text)}
    if markers != listed or listed != set(range(1, len(listed) + 1)):
        wrong.append(f"markers {sorted(markers)} and citations {sorted(listed)} differ")
    cited = dict.fromkeys(c for claim in answer.claims for c in claim.citations)
    numbers = [c.number for c in cited]
    wrong += [f"[{n}] stands for two places" for n in sorted(listed) if numbers.count(n) > 1]
    for c in cited:
        held = article(c.article.id)
        if held is None:
            wrong.append(f"[{c.number}] cites an article that is not in the library")
        elif held.text[c.paragraph.start + c.start : c.paragraph.start + c.end] != c.quote:
            wrong.append(f"[{c.number}] does not stand where it says in {held.path}")
    return wrong


def wilson(successes: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a proportion (Wilson 1927): honest for small n and at 0 and 1.

    For means of shares between 0 and 1 it is on the wide side, since no such mean varies more than a
    proportion does.
    """
    if n == 0:
        return 0.0, 1.0
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def folded(text: str) -> str:
    """Text for comparing: white space folded, curly quotes made straight."""
    return " ".join(text.translate(_STRAIGHT).split())


_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def _stands(words: str, said: str) -> bool:
    """Whether the words stand in what was said as whole words: "ten" not in "often", "11" not in "1,110" or "11.5"."""
    return re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(words)}(?!\w)(?![.,]\d)", said) is not None


def _holds(citation: Citation, place: tuple[str, str]) -> bool:
    article, quote = place
    path = citation.article.path.replace("\\", "/")
    return (path == article or path.endswith("/" + article)) and folded(quote) in folded(citation.paragraph.text)
