"""Questions that were written for the reader: those that a text answers, and those that it only seems to answer.

They lie in `written/`: `stories.jsonl` holds invented news stories with their questions, `questions.jsonl` questions on
texts of the other sources, which it names by their hash or number. What rules can plant in a question the network has
learned; what people ask in earnest, and a text nearly tells, it had never been shown. Most near misses have a twin, a
question in nearly the same words that the same paragraph does answer: without them a network learned that what is near
to the wording of a text is not answered by it.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from rag.reader.training.claims import claim_of, reword
from rag.reader.training.examples import HEADER_WORDS, Group, Pair, nearest
from rag.reader.training.sources import Asked, Wire, held_out

FOLDER = Path(__file__).parent / "written"
BESIDE, ELSEWHERE = 0.4, 0.4
"""How often another paragraph of the same text is read for an answered question, and how often the one of another text
that shares most of its words. With few of them a network learned that a question far from the text's words is answered."""
CLAIMED = 0.25
"""How often an answered question is made a claim as well, so that support is not forgotten."""
Chance = random.Random


@dataclass(frozen=True, slots=True)
class Told:
    """A text in paragraphs, the line above it (headline, outlet and day), and the questions on it."""

    id: str
    paragraphs: tuple[str, ...]
    line: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the paragraph that answers it at (start, end), or seems to where `answer` is None."""

    text: str
    paragraph: int
    answer: tuple[int, int] | None
    kind: str
    twin_of: int | None = None
    """The place of the near miss among the text's questions that this one differs from in a word or two."""


def written(asked: Sequence[Asked], wires: Sequence[Wire], folder: Path = FOLDER) -> list[Told]:
    """Every text with its questions; those of texts that `asked` and `wires` do not hold are left out."""
    contexts = {hashlib.sha256(row.context.encode()).hexdigest()[:10]: row for row in asked}
    reports = {wire.id: wire for wire in wires}
    found = []
    for row in _rows(folder / "stories.jsonl"):
        day = date.fromisoformat(row["day"])
        line = f"{row['title']} {row['outlet']}, {day:%A} {day.day} {day:%B %Y}"
        found.append(_told(row["title"], row["paragraphs"], line, row["questions"]))
    for row in _rows(folder / "questions.jsonl"):
        if report := reports.get(row["text"]):
            found.append(_told(report.id, report.paragraphs, f"{report.title} Reuters, {report.day}", row["questions"]))
        elif context := contexts.get(row["text"]):
            found.append(_told(row["text"], (context.context,), context.title, row["questions"]))
    return found


def written_groups(texts: Sequence[Told], chance: Chance, *, dev: bool) -> list[Group]:
    """One group an answered question: other paragraphs beside its own, and a near miss or two, its twin if it has one."""
    alike = _Alike(texts)
    groups = []
    for told in texts:
        if held_out(told.id) != dev:
            continue
        answered = [q for q in told.questions if q.answer]
        twinned = {q.twin_of for q in answered}
        tempting = [q for n, q in enumerate(told.questions) if not q.answer and n not in twinned]
        plain = [q for q in answered if q.twin_of is None]
        chance.shuffle(tempting)
        for number, question in enumerate(plain):
            beside = tempting[number :: len(plain)]
            groups.append(
                (*_gold(told, question, alike, chance), *(_pair(told, q, chance, "near miss") for q in beside))
            )
            if chance.random() < CLAIMED:
                groups.append(_claims(told, question, answered, chance))
        for question in answered:
            if question.twin_of is not None:
                miss = _pair(told, told.questions[question.twin_of], chance, "near miss")
                groups.append((*_gold(told, question, alike, chance), replace(miss, kind=f"{miss.kind}, twin")))
        if not plain:
            groups += [(_pair(told, q, chance, "near miss"),) for q in tempting]
    return groups


class _Alike:
    """Of every question the paragraphs of other texts that share most of its words."""

    def __init__(self, texts: Sequence[Told]) -> None:
        self._places = [(told, n) for told in texts for n in range(len(told.paragraphs))]
        asked = [q.text for told in texts for q in told.questions if q.answer]
        found = nearest(asked, [told.paragraphs[n] for told, n in self._places], 6) if asked else []
        self._found = dict(zip(asked, found, strict=True))

    def __call__(self, question: Question, told: Told) -> list[tuple[Told, int]]:
        return [self._places[i] for i in self._found[question.text] if self._places[i][0] is not told]


def _gold(told: Told, question: Question, alike: _Alike, chance: Chance) -> Iterator[Pair]:
    assert question.answer is not None
    text, above = told.paragraphs[question.paragraph], header(told, question.paragraph, chance)
    kind = "written" if question.twin_of is None else "twin"
    yield Pair(question.text, above, text, 1, 1, None, (question.answer,), kind)
    answer = text[slice(*question.answer)].lower()
    beside = [(told, n) for n in range(len(told.paragraphs)) if n != question.paragraph]
    for places, often in ((beside, BESIDE), (alike(question, told), ELSEWHERE)):
        others = [(source, n) for source, n in places if answer not in source.paragraphs[n].lower()]
        if others and chance.random() < often:
            source, n = chance.choice(others)
            text = source.paragraphs[n]
            yield Pair(question.text, header(source, n, chance), text, 0, 0, None, (), "elsewhere")


def _pair(told: Told, question: Question, chance: Chance, kind: str) -> Pair:
    place = question.paragraph
    return Pair(
        question.text,
        header(told, place, chance),
        told.paragraphs[place],
        None,
        0,
        None,
        (),
        f"{kind} {question.kind}".strip(),
    )


def _claims(told: Told, question: Question, answered: Sequence[Question], chance: Chance) -> Group:
    """What question and answer state together, and the same with the answer to another question."""
    text, above = told.paragraphs[question.paragraph], header(told, question.paragraph, chance)
    right = _answer(told, question)
    pairs = [Pair(reword(claim_of(question.text, right), chance), above, text, None, None, 1, (), "claim")]
    wrong = [a for q in answered if q is not question for a in [_answer(told, q)] if a not in right and right not in a]
    if wrong:
        claim = reword(claim_of(question.text, chance.choice(wrong)), chance)
        pairs.append(Pair(claim, above, text, None, None, 0, (), "claim, wrong answer"))
    return tuple(pairs)


def _answer(told: Told, question: Question) -> str:
    assert question.answer is not None
    return told.paragraphs[question.paragraph][slice(*question.answer)]


def header(told: Told, place: int, chance: Chance) -> str:
    """What the reader is given above a paragraph, now and then less of it."""
    parts = [told.line] if told.line and chance.random() < 0.85 else []
    if place and chance.random() < 0.7:
        parts.append(" ".join(told.paragraphs[place - 1].split()[-HEADER_WORDS:]))
    return " ".join(parts)


def _told(identity: str, paragraphs: Sequence[str], line: str, questions: Sequence[dict[str, Any]]) -> Told:
    return Told(
        identity,
        tuple(paragraphs),
        line,
        tuple(
            Question(
                q["ask"],
                q["paragraph"],
                tuple(q["answer"]) if q["answer"] else None,
                q.get("kind", ""),
                q.get("twin_of"),
            )
            for q in questions
        ),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
