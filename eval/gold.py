"""Gold questions: what is asked, what counts as an answer, and which paragraphs must be cited."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from eval.corpus import Corpus
from index import Filters, PilcrowError

NO_ANSWER = ("unanswerable", "false-premise")
"""Kinds of question to which the right answer is that the articles do not say."""
LOOK_UP = "quote"
"""The kind that is no question: words to be looked up."""
KINDS = (
    *("fact", "figure", "who-said", "why", "date", "multi", "conflict", "follow-up"),
    *("figures", "as-of", "timeline", "partial", "correction", "sources", "opinion", LOOK_UP),
    *NO_ANSWER,
)
ANY = Filters()


@dataclass(frozen=True, slots=True)
class Gold:
    """A piece of evidence: any of these (article, quote) places will do."""

    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GoldValue:
    """One of several values of a quantity: when it held, who gave it ("" where nobody is named), and where it stands."""

    value: str
    gold: Gold
    day: date | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question of a suite.

    `follows` is the id of the turn before it, "" where it opens a conversation; `standalone` says such a turn in full.
    `wrong` are answers that the articles give and that are false or out of date. `within` names the folder whose
    articles alone are asked, "" for all; `filters` the dates, and `asked_on` the day of asking. `about` is the article
    that the question is about where it has no evidence: intervals group by it. `changed` says that the articles were
    made to give another answer than they did. `line` is where it stands in its file, from 1.

    Some kinds have more: `values` and the `latest` of them (figures); `says`, whether somebody said it: yes, no
    or untold (who-said); `days`, of each piece of evidence (timeline); `premise`, what denies what is assumed
    (false-premise); `reason`, what is lacking: topic, fact or dates (unanswerable); `missing`, the other part
    (partial); `opinion`, whether an opinion piece alone tells (opinion); `found`, exact, altered, supported or none,
    with the `outlet` and the `day` of the place (quote).
    """

    id: str
    kind: str
    question: str
    answers: tuple[str, ...] = ()
    evidence: tuple[Gold, ...] = ()
    follows: str = ""
    standalone: str = ""
    wrong: tuple[str, ...] = ()
    within: str = ""
    filters: Filters = ANY
    asked_on: date | None = None
    about: str = ""
    changed: bool = False
    values: tuple[GoldValue, ...] = ()
    latest: str = ""
    says: str = ""
    days: tuple[date, ...] = ()
    premise: Gold | None = None
    reason: str = ""
    missing: str = ""
    opinion: bool | None = None
    found: str = ""
    outlet: str = ""
    day: date | None = None
    line: int = field(default=0, compare=False)

    @property
    def answerable(self) -> bool:
        """False where the right answer is to abstain."""
        return self.kind not in NO_ANSWER and self.says != "untold"

    @property
    def places(self) -> Iterator[tuple[str, str]]:
        """Every (article, quote) that it names."""
        for item in (*self.evidence, *(v.gold for v in self.values), *([self.premise] if self.premise else [])):
            yield from item.places


def load(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a file, one JSON object a line. Raises PilcrowError naming the line that does not fit."""
    from eval.gold_lines import question_from

    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise PilcrowError(f"The questions in {path} could not be read ({error.strerror}); check the path.") from None
    except UnicodeDecodeError as error:
        raise PilcrowError(f"The questions in {path} are not UTF-8 ({error.reason}); save them as UTF-8.") from None
    questions: dict[str, GoldQuestion] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                question = question_from(json.loads(line), number)
                _check_links(question, questions)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                why = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
                raise PilcrowError(
                    f"Line {number} of {path} is not a gold question: {why}; see eval/README.md for the shape."
                ) from None
            questions[question.id] = question
    if not questions:
        raise PilcrowError(f"{path} holds no questions.")
    return tuple(questions.values())


def check_places(questions: Sequence[GoldQuestion], corpus: Corpus, path: str) -> None:
    """Raises PilcrowError, naming file and line, where gold does not stand in the articles, or an id stands twice."""
    ids: set[str] = set()
    for question in questions:
        if question.id in ids:
            raise PilcrowError(f"{path} asks two questions with the id {question.id}.")
        ids.add(question.id)
        inside = f"{question.within}/"
        if question.within and not any(p.startswith(inside) or f"/{inside}" in p for p in corpus.articles):
            raise PilcrowError(
                f"Question {question.id} of {path} is to be asked within {question.within}, which holds no article."
            )
        where = f"Line {question.line} of {path} (question {question.id})"
        for article in (
            *(a for a, _ in question.places),
            *([question.about] if question.about and question.reason else []),
        ):
            if corpus.article(article) is None:
                raise PilcrowError(f"{where} names the article {article}, which is not among the articles asked about.")
        for article, quote in question.places:
            if not corpus.quotes(article, quote):
                raise PilcrowError(f"{where} quotes {quote!r}, which does not stand in {article}.")


def _check_links(question: GoldQuestion, above: dict[str, GoldQuestion]) -> None:
    if question.id in above:
        raise ValueError(f"the id {question.id} stands on line {above[question.id].line} already")
    if question.follows and question.follows not in above:
        raise ValueError(f"it follows {question.follows}, which does not stand above it")
