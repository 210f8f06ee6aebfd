"""A corpus of real news, repeated with other figures, names and days until there is as much of it as is wanted.

CORPUS is a .jsonl.gz of {"id", "title", "date", "paragraphs"} with dates as "26-FEB-1987 ...".
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from eval.invented import names

_IN_A_FOLDER = 1000
_APART = 400
"""Days between an article and its next repetition."""
_EARLY = 1500
"""Questions are on the first so many articles: libraries of every size hold them."""
_FIGURE = re.compile(r"\d+")
_WORD = re.compile(r"[A-Za-z]+")
_MONTHS = "January February March April May June July August September October November December".split()
_FORMS = ("{} - how much?", "Who said so: {}?", "When: {}?", "What is reported about {}?")


@dataclass(frozen=True, slots=True)
class Report:
    """An article of the corpus."""

    id: str
    title: str
    day: date
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """As a file holds it: headline, date, paragraphs."""
        return "\n\n".join((self.title, f"{self.day:%B} {self.day.day}, {self.day.year}", *self.paragraphs)) + "\n"


def reports(corpus: Path) -> list[Report]:
    """The articles that have a headline and a paragraph."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Report(row["id"], row["title"], _day(row["date"]), tuple(row["paragraphs"]))
        for row in rows
        if row["title"] and row["paragraphs"]
    ]


def repeated(once: Sequence[Report]) -> Iterator[Report]:
    """The reports as they are, then again and again, each time with other figures, names and months, on later days."""
    common = frozenset(w for one in once for p in one.paragraphs for w in re.findall(r"\b[a-z]+\b", p))
    turn = 0
    while True:
        for one in once:
            yield _changed(one, turn, common) if turn else one
        turn += 1


def write_repeated(corpus: Path, folder: Path, paragraphs: int) -> tuple[int, int]:
    """Writes at least so many paragraphs, a file an article; returns how many articles and paragraphs they are."""
    held = 0
    for number, one in enumerate(repeated(reports(corpus))):
        place = folder / str(number // _IN_A_FOLDER)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.txt").write_text(one.text, "utf-8")
        held += len(one.paragraphs)
        if held >= paragraphs:
            return number + 1, held
    raise ValueError(f"There is no article with a headline and a paragraph in {corpus}; name another corpus.")


def asked(corpus: Path, count: int) -> Iterator[str]:
    """Questions on what headlines of the corpus tell, no two on the same article. Raises ValueError for more than it has."""
    for number, one in enumerate(Random(0).sample(reports(corpus)[:_EARLY], count)):  # noqa: S311
        yield _FORMS[number % len(_FORMS)].format(one.title.lower())


def _changed(one: Report, turn: int, common: frozenset[str]) -> Report:
    chance = Random(f"{one.id} {turn}")  # noqa: S311

    def figure(found: re.Match[str]) -> str:
        return str(chance.randint(10 ** (len(found[0]) - 1), 10 ** len(found[0]) - 1))

    def word(found: re.Match[str]) -> str:
        said = found[0]
        if said in _MONTHS:
            return chance.choice(_MONTHS)
        if len(said) < 4 or not said[0].isupper() or said.lower() in common:
            return said
        return _renamed(said.lower(), turn).upper() if said.isupper() else _renamed(said.lower(), turn)

    def told(text: str) -> str:
        return _FIGURE.sub(figure, _WORD.sub(word, text))

    return Report(
        f"{one.id}-{turn}",
        told(one.title),
        one.day + timedelta(days=_APART * turn),
        tuple(map(told, one.paragraphs)),
    )


@cache
def _renamed(name: str, turn: int) -> str:
    """The same name becomes the same other one throughout a repetition."""
    return Random(f"{name} {turn}").choice(names())  # noqa: S311


def _day(text: str) -> date:
    return datetime.strptime(text.split()[0], "%d-%b-%Y").date()
