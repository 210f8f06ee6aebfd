"""Questions that were written for the reader: those that a text answers, and those that it only seems to answer.

They lie in `written/`: `stories.jsonl` holds invented news stories with their questions, `questions.jsonl` questions on
texts of the other sources, which it names by their hash or number. What rules can plant in a question the network has
learned; what people ask in earnest, and a text nearly tells, it had never been shown.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rag.reader.training.claims import claim_of, reword
from rag.reader.training.edits import names_of, plant
from rag.reader.training.examples import HEADER_WORDS, Group, Pair
from rag.reader.training.literal import literal
from rag.reader.training.sources import Asked, Wire, held_out

FOLDER = Path(__file__).parent / "written"
ELSEWHERE = 0.8
"""How often another paragraph, of the same text or of another, is read for an answered question, too. With few of them a
network learned that a question far from the text's words is answered, and one near to them is not."""
LITERAL, EDITED = 0.7, 0.7
"""How often an answered question is asked once more in the text's own words, and how often that one is changed so that
the text does not answer it: neither nearness to the text nor an odd order of words tells."""
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
    """One group an answered question, with one or two that its text only seems to answer beside it."""
    groups = []
    for told in texts:
        if held_out(told.id) != dev:
            continue
        answered = [q for q in told.questions if q.answer]
        tempting = [q for q in told.questions if not q.answer]
        chance.shuffle(tempting)
        for number, question in enumerate(answered):
            beside = tempting[number :: len(answered)]
            other = chance.choice(texts)
            gold = _gold(told, question, other, chance)
            groups.append((*gold, *(_pair(told, q, chance, "near miss") for q in beside)))
            if chance.random() < LITERAL and (same := tuple(_literal(told, question, chance))):
                groups.append(same)
            if chance.random() < CLAIMED:
                groups.append(_claims(told, question, answered, chance))
        if not answered:
            groups += [(_pair(told, q, chance, "near miss"),) for q in tempting]
    return groups


def _gold(told: Told, question: Question, foreign: Told, chance: Chance) -> Iterator[Pair]:
    assert question.answer is not None
    text, header = told.paragraphs[question.paragraph], _header(told, question.paragraph, chance)
    yield Pair(question.text, header, text, 1, 1, None, (question.answer,), "written")
    answer = text[slice(*question.answer)].lower()
    others = [(told, n) for n, p in enumerate(told.paragraphs) if n != question.paragraph and answer not in p.lower()]
    if not others and foreign is not told:
        others = [(foreign, n) for n in range(len(foreign.paragraphs))]
    if others and chance.random() < ELSEWHERE:
        source, n = chance.choice(others)
        yield Pair(question.text, _header(source, n, chance), source.paragraphs[n], 0, 0, None, (), "elsewhere")


def _literal(told: Told, question: Question, chance: Chance) -> Iterator[Pair]:
    assert question.answer is not None
    text, header = told.paragraphs[question.paragraph], _header(told, question.paragraph, chance)
    asked = literal(question.text, text, question.answer)
    if asked:
        yield Pair(asked, header, text, 1, 1, None, (question.answer,), "literal")
        edit = plant(asked, names_of(" ".join(told.paragraphs)), chance)
        if edit and chance.random() < EDITED:
            yield Pair(edit.text, header, text, None, 0, None, (), f"literal, {edit.kind}")


def _pair(told: Told, question: Question, chance: Chance, kind: str) -> Pair:
    place = question.paragraph
    return Pair(
        question.text,
        _header(told, place, chance),
        told.paragraphs[place],
        None,
        0,
        None,
        (),
        f"{kind} {question.kind}".strip(),
    )


def _claims(told: Told, question: Question, answered: Sequence[Question], chance: Chance) -> Group:
    """What question and answer state together, and the same with the answer to another question."""
    text, header = told.paragraphs[question.paragraph], _header(told, question.paragraph, chance)
    right = _answer(told, question)
    pairs = [Pair(reword(claim_of(question.text, right), chance), header, text, None, None, 1, (), "claim")]
    wrong = [a for q in answered if q is not question for a in [_answer(told, q)] if a not in right and right not in a]
    if wrong:
        claim = reword(claim_of(question.text, chance.choice(wrong)), chance)
        pairs.append(Pair(claim, header, text, None, None, 0, (), "claim, wrong answer"))
    return tuple(pairs)


def _answer(told: Told, question: Question) -> str:
    assert question.answer is not None
    return told.paragraphs[question.paragraph][slice(*question.answer)]


def _header(told: Told, place: int, chance: Chance) -> str:
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
            Question(q["ask"], q["paragraph"], tuple(q["answer"]) if q["answer"] else None, q.get("kind", ""))
            for q in questions
        ),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
