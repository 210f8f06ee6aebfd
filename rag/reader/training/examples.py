"""Examples: pairs of a query and a paragraph with what is true of them, in groups that belong together."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.sentences import sentences
from rag.reader.training.claims import claim_of, reword
from rag.reader.training.conditions import conditioned, dated
from rag.reader.training.edits import Near, names_of, plant
from rag.reader.training.sources import Asked, Stated, Wire, article_of

MAX_WORDS = 140
"""Longest paragraph of an example, about what a window of the runtime holds."""
HEADER_WORDS = 36


@dataclass(frozen=True, slots=True)
class Pair:
    """A question or claim over a paragraph. A label that is None is not known and not learned from."""

    query: str
    header: str
    text: str
    relevant: float | None = None
    answers: float | None = None
    supported: float | None = None
    spans: tuple[tuple[int, int], ...] = ()
    kind: str = ""


Group = tuple[Pair, ...]
"""Pairs that share a query or a paragraph: the first is the true one where there is one."""


def question_groups(rows: Sequence[Asked], chance: random.Random, share: dict[str, float], near: Near) -> list[Group]:
    """One group a question: its paragraph, and near misses that look like it and do not answer.

    `share` says how often each is made: "lookalike" (another paragraph with the same words), "rest" (the
    rest of the same paragraph), "edited" (the question with an error planted), "named" (one more, in a
    name or number), "conditioned" (the question with a condition that the text does not meet), "dated" (the
    header tells day and outlet, and the question asks for them, or for others).
    """
    alike = _lookalikes(rows)
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        names[article_of(row)].extend(names_of(row.question)[:2] or names_of(row.context)[:2])
    groups = []
    for row, others in zip(rows, alike, strict=True):
        start, end = chance.choice(row.answers)
        low, high = _run(row.context, start, end, chance)
        text, header = row.context[low:high], _header(row, low, chance)
        spans = tuple((s - low, e - low) for s, e in row.answers if low <= s and e <= high)
        pool = names_of(text) + names[article_of(row)]
        report = dated(row.question, chance) if chance.random() < share["dated"] else None
        question = row.question
        if report:
            header, question = f"{header} {report.line}".strip(), report.met
        pairs = [Pair(question, header, text, 1, 1, None, spans, "gold")]
        if report:
            pairs.append(Pair(report.unmet, header, text, None, 0, None, (), "edited date"))
        if others and chance.random() < share["lookalike"]:
            pairs.append(
                Pair(
                    question,
                    _any_header(row, chance),
                    _cut(chance.choice(others), chance),
                    0,
                    0,
                    None,
                    (),
                    "lookalike",
                )
            )
        if chance.random() < share["rest"]:
            rest = _rest(row, low, high)
            if rest:
                pairs.append(Pair(row.question, *rest, 0, 0, None, (), "rest"))
        if chance.random() < share["edited"]:
            edit = plant(question, pool, chance, near=near, context=text)
            if edit:
                pairs.append(Pair(edit.text, header, text, None, 0, None, (), f"edited {edit.kind}"))
        if chance.random() < share["named"]:
            edit = plant(question, pool, chance, ("name", "name", "number", "swap"))
            if edit and edit.kind != "negation":
                pairs.append(Pair(edit.text, header, text, None, 0, None, (), f"edited {edit.kind}"))
        if chance.random() < share["conditioned"]:
            asked = conditioned(row.question, names[article_of(row)], row.context, chance)
            if asked:
                pairs.append(Pair(asked, header, text, None, 0, None, (), "edited condition"))
        groups.append(tuple(pairs))
    return groups


def claim_groups(rows: Sequence[Asked], chance: random.Random, near: Near) -> list[Group]:
    """One group a question: the claim that it and its answer make, and the same claim with something wrong."""
    answers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        answers[row.context].update(row.context[s:e] for s, e in row.answers)
    groups = []
    for row in rows:
        start, end = row.answers[0]
        answer = row.context[start:end]
        low, high = _run(row.context, start, end, chance)
        text, header = row.context[low:high], _header(row, low, chance)
        claim = claim_of(row.question, answer)
        pairs = [Pair(reword(claim, chance), header, text, None, None, 1, (), "claim")]
        others = [a for a in answers[row.context] if a not in answer and answer not in a and a not in row.question]
        if others and chance.random() < 0.5:
            wrong = claim_of(row.question, chance.choice(sorted(others)))
            pairs.append(Pair(reword(wrong, chance), header, text, None, None, 0, (), "claim, wrong answer"))
        else:
            edit = plant(claim, names_of(row.context), chance, near=near, context=text)
            if edit:
                pairs.append(Pair(reword(edit.text, chance), header, text, None, None, 0, (), f"claim, {edit.kind}"))
        if chance.random() < 0.25:
            rest = _rest(row, low, high)
            if rest:
                pairs.append(Pair(reword(claim, chance), *rest, None, None, 0, (), "claim, elsewhere"))
        groups.append(tuple(pairs))
    return groups


def sentence_groups(texts: Sequence[tuple[str, str]], chance: random.Random, near: Near) -> list[Group]:
    """Of each (header, text) one sentence as a claim: reworded, with an error planted, or with a foreign fact added."""
    groups = []
    for number, (header, text) in enumerate(texts):
        lines = [text[slice(*s)] for s in sentences(text) if 7 <= len(text[slice(*s)].split()) <= 45]
        if not lines:
            continue
        line = chance.choice(lines)
        pairs = [Pair(reword(line, chance), header, text, None, None, 1, (), "sentence")]
        if chance.random() < 0.75:
            edit = plant(line, names_of(text), chance, near=near, context=text)
            if edit:
                pairs.append(Pair(reword(edit.text, chance), header, text, None, None, 0, (), f"sentence, {edit.kind}"))
        else:
            foreign = texts[(number + chance.randint(1, 9)) % len(texts)][1]
            added = [foreign[slice(*s)] for s in sentences(foreign) if 4 <= len(foreign[slice(*s)].split()) <= 25]
            if added and foreign != text:
                joined = f"{line.rstrip('.')}, and {chance.choice(added)}"
                pairs.append(Pair(reword(joined, chance), header, text, None, None, 0, (), "sentence, fact added"))
        groups.append(tuple(pairs))
    return groups


def headline_groups(rows: Sequence[Wire], chance: random.Random, near: Near) -> list[Group]:
    """A headline is a claim that its article carries; another's headline on the same matter, or an edited one, is not."""
    alike = nearest([w.title for w in rows], [w.title for w in rows], 6)
    groups = []
    for number, wire in enumerate(rows):
        text = _cut(" ".join(wire.paragraphs[:3]), chance, first=True)
        header = f"Reuters, {wire.day}" if chance.random() < 0.5 else ""
        title = _cased(wire.title, text)
        pairs = [Pair(title, header, text, None, None, 1, (), "headline")]
        others = [rows[i].title for i in alike[number] if i != number and rows[i].title != wire.title]
        if others and chance.random() < 0.5:
            pairs.append(Pair(chance.choice(others), header, text, None, None, 0, (), "headline, another's"))
        else:
            edit = plant(title, names_of(text), chance, near=near, context=text)
            if edit:
                pairs.append(Pair(edit.text, header, text, None, None, 0, (), f"headline, {edit.kind}"))
        groups.append(tuple(pairs))
    return groups


def _cased(headline: str, text: str) -> str:
    """A headline in capitals with only its names capitalised: those that the text writes so."""
    lower = headline.lower()
    for name in names_of(text):
        for word in name.split():
            if word[0].isupper():
                lower = re.sub(rf"\b{re.escape(word.lower())}\b", word, lower)
    return lower[:1].upper() + lower[1:]


def stated_groups(rows: Sequence[Stated], chance: random.Random) -> list[Group]:
    """Pairs as they are; one premise in three stands among sentences of other premises."""
    groups: list[Group] = []
    for number, row in enumerate(rows):
        text = row.premise
        if chance.random() < 0.33:
            others = [rows[(number + chance.randint(1, 5000)) % len(rows)].premise for _ in range(chance.randint(1, 4))]
            others.insert(chance.randint(0, len(others)), text)
            text = " ".join(others)
        if len(text.split()) <= MAX_WORDS:
            groups.append((Pair(row.claim, "", text, None, None, float(row.supported), (), row.source),))
    return groups


@lru_cache(maxsize=100_000)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentences(text))


def _run(text: str, start: int, end: int, chance: random.Random) -> tuple[int, int]:
    """A run of whole sentences around start to end: all of a short text often, else as long as `chance` says."""
    whole = len(text.split())
    if whole <= MAX_WORDS and chance.random() < 0.5:
        return 0, len(text)
    budget = chance.choice((25, 45, 70, 100, MAX_WORDS))
    spans = _sentences(text)
    inside = [i for i, (s, e) in enumerate(spans) if e > start and s < end]
    low, high = inside[0], inside[-1]
    while True:
        steps = [(low - 1, high)] * (low > 0) + [(low, high + 1)] * (high + 1 < len(spans))
        steps = [(a, b) for a, b in steps if len(text[spans[a][0] : spans[b][1]].split()) <= budget]
        if not steps:
            break
        low, high = chance.choice(steps)
    return spans[low][0], spans[high][1]


def _cut(text: str, chance: random.Random, *, first: bool = False) -> str:
    """A run of whole sentences of `text`, about as long as those that answers are cut to."""
    if len(text.split()) <= MAX_WORDS and (first or chance.random() < 0.5):
        return text
    spans = _sentences(text)
    at = spans[0 if first else chance.randrange(len(spans))]
    low, high = _run(text, *at, chance)
    return " ".join(text[low:high].split()[: MAX_WORDS + 60])


def _rest(row: Asked, low: int, high: int) -> tuple[str, str] | None:
    """Header and text of the longer remainder of the paragraph, without its answer; the answer may stand in the header."""
    answers = [row.context[s:e].lower() for s, e in row.answers]
    before, after = row.context[:low].strip(), row.context[high:].strip()
    text = max(before, after, key=len)
    if len(text.split()) < 8 or any(a in text.lower() for a in answers):
        return None
    header = " ".join(row.context[low:high].split()[-HEADER_WORDS:]) if text == after else row.title
    return header, " ".join(text.split()[:MAX_WORDS])


def _header(row: Asked, low: int, chance: random.Random) -> str:
    """What stands above the paragraph: its title, and the end of the text before it; often nothing."""
    parts = [row.title] if row.title and chance.random() < 0.6 else []
    above = row.context[:low].strip() or row.before
    if above and chance.random() < 0.35:
        parts.append(" ".join(above.split()[-HEADER_WORDS:]))
    return " ".join(parts)


def _any_header(row: Asked, chance: random.Random) -> str:
    return row.title if chance.random() < 0.5 else ""


def _lookalikes(rows: Sequence[Asked]) -> list[list[str]]:
    """For each question the paragraphs that share most of its words and hold none of its answers."""
    contexts = list(dict.fromkeys(row.context for row in rows))
    lower = [c.lower() for c in contexts]
    found = []
    for row, like in zip(rows, nearest([f"{r.title} {r.question}" for r in rows], contexts, 10), strict=True):
        answers = [row.context[s:e].lower() for s, e in row.answers]
        found.append(
            [contexts[i] for i in like if contexts[i] != row.context and not any(a in lower[i] for a in answers)][:5]
        )
    return found


def nearest(queries: Sequence[str], texts: Sequence[str], k: int) -> list[list[int]]:
    """Indices of the k texts nearest to each query by TF-IDF."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    table = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
    held = table.fit_transform(texts).T.tocsr()
    asked = table.transform(queries)
    found: list[list[int]] = []
    for low in range(0, len(queries), 256):
        scores = (asked[low : low + 256] @ held).toarray()
        top = np.argpartition(-scores, min(k, scores.shape[1] - 1), axis=1)[:, :k]
        found += [sorted(row, key=lambda i: -scores[n, i]) for n, row in enumerate(top.tolist())]
    return found
