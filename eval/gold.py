"""Gold questions: what is asked, what counts as an answer, and which paragraphs must be cited."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import PilcrowError

NO_ANSWER = ("unanswerable", "false-premise")
"""Kinds of question to which the right answer is that the articles do not say."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A piece of evidence: any of these (article, quote) places will do."""

    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question of a suite. `follows` is the id of the turn before it, "" where it opens a conversation."""

    id: str
    kind: str
    question: str
    answers: tuple[str, ...]
    evidence: tuple[Gold, ...]
    follows: str = ""

    @property
    def answerable(self) -> bool:
        """False where the right answer is to abstain."""
        return self.kind not in NO_ANSWER


def load(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a file, one JSON object a line. Raises PilcrowError naming the line that does not fit."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise PilcrowError(f"The questions in {path} could not be read ({error.strerror}); check the path.") from None
    except UnicodeDecodeError as error:
        raise PilcrowError(f"The questions in {path} are not UTF-8 ({error.reason}); save them as UTF-8.") from None
    questions = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise PilcrowError(
                    f"Line {number} of {path} is not a gold question ({error!r}); see sample/README.md for the shape."
                ) from None
    place = {q.id: number for number, q in enumerate(questions)}
    astray = [q.id for q in questions if q.follows and place.get(q.follows, place[q.id]) >= place[q.id]]
    if astray or len(place) != len(questions):
        why = f"{astray[0]} follows a question that does not stand above it" if astray else "an id stands twice"
        raise PilcrowError(f"The questions in {path} do not hang together: {why}.")
    if not questions:
        raise PilcrowError(f"{path} holds no questions.")
    return tuple(questions)


def _question(record: dict[str, Any]) -> GoldQuestion:
    if isinstance(record.get("answers"), str):
        raise TypeError("answers is a text, not a list of texts")
    return GoldQuestion(
        id=str(record["id"]),
        kind=str(record["kind"]),
        question=str(record["question"]),
        answers=tuple(map(str, record.get("answers", ()))),
        evidence=tuple(
            Gold(tuple((str(e["article"]), str(e["quote"])) for e in (item, *item.get("or", ()))))
            for item in record.get("evidence", ())
        ),
        follows=str(record.get("follows", "")),
    )
