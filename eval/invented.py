"""Invented news, as much as is wanted: the same for the same numbers, and no two paragraphs alike.

Words are drawn as often as in English, a few of them very often (Zipf), so that BM25 finds rare and common words; each
article keeps to a place, a body and some persons of its own, so that a question can be answered from few articles.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

PARAGRAPHS = 10
"""Citable ones of an article."""
_IN_A_FOLDER = 1000
_FIRST_DAY, _DAYS = date(2001, 1, 1), 9000
_OUTLETS = ("Harbour Gazette", "Northern Wire", "Upland Courier", "Bay Radio", "Evening Ledger", "Valley Post")
_ONSETS = "b br c cl d dr f g gr h k l m n p r s st t tr v w".split()
_VOWELS = "a e i o u ai ea ou".split()
_ENDS = "n r l s m nd rt ck th ll".split()
_BODIES = (
    "council|port authority|court|hospital|union|school board|county police|ministry|water works|harbour office".split(
        "|"
    )
)
_DEEDS = "approved|rejected|postponed|questioned|opened|closed|audited|sold|leased|rebuilt|inspected|cut|raised|halted".split(
    "|"
)
_OPENINGS = (
    "{person} of the {place} {body} said on {day} that {figure} {things} had been {deed}",
    "The {place} {body} {deed} {figure} {things} on {date}, {percent} per cent more than a year before",
    "On {day} the {body} of {place} {deed} a plan for {things} that will cost {money} crowns",
    "{figure} people in {place} signed a petition against {things}, {person} told reporters",
    "A report of {date} counts {figure} {things} in {place}, of which {small} were {deed}",
    "{person}, {age}, was elected to the {place} {body} with {figure} votes against {small}",
    "Work on the {things} between {place} and {other} stopped on {day} after {small} weeks",
    "The {body} has paid {money} crowns to {person} for {things} that were never {deed}",
)
_MIDDLES = (
    "Nobody had told the {thing} {body} about the {thing}, according to a letter dated {date}.",
    "That is {figure} fewer than in {other}, where the {thing} was {deed} in {year}.",
    "“We did not expect the {thing}, and the {thing} even less,” {person} said.",
    "The {thing} is {figure} metres long and carries {money} tonnes of {things} a year.",
    "In {year} it had {deed} a {thing} and two {things} after a vote of {small} to {age}.",
    "{person} called the {thing} a {thing} without a {thing} and left for {other}.",
    "Its {things} come from {other}, and its {things} are sent on by the {thing} of {place}.",
    "Before the {thing} there were {small} {things} in {place}; now there are {figure}.",
)


@dataclass(frozen=True, slots=True)
class _World:
    """The words and names there are, and how often each word is drawn."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    places: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]

    def word(self, chance: Random) -> str:
        """A word, the first of them the most often."""
        return self.words[bisect(self.weights, chance.random() * self.weights[-1])]

    def person(self, chance: Random) -> str:
        """A first and a last name."""
        return f"{chance.choice(self.first_names)} {chance.choice(self.last_names)}"


@cache
def _world() -> _World:
    chance = Random(0)  # noqa: S311

    def made(count: int, syllables: int) -> tuple[str, ...]:
        found: dict[str, None] = {}
        while len(found) < count:
            parts = (chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
            found["".join(parts) + chance.choice(_ENDS)] = None
        return tuple(found)

    words = made(20_000, 2)
    return _World(
        words=words,
        weights=tuple(accumulate(1 / (rank + 10) for rank in range(len(words)))),
        places=tuple(map(str.capitalize, made(2_000, 2))),
        first_names=tuple(map(str.capitalize, made(300, 1))),
        last_names=tuple(map(str.capitalize, made(8_000, 2))),
    )


def names() -> tuple[str, ...]:
    """Eight thousand last names."""
    return _world().last_names


def article(number: int) -> str:
    """The text of an article: headline, date line, and ten paragraphs of three sentences."""
    chance = Random(f"article {number}")  # noqa: S311
    facts = _facts(chance)
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    head = _filled("{place} {body} {deed} {things}", facts, chance)
    dated = f"{day:%B} {day.day}, {day.year}"
    paragraphs = (_paragraph(facts, chance) for _ in range(PARAGRAPHS))
    return "\n\n".join((head[0].upper() + head[1:], dated, *paragraphs)) + "\n"


def questions(count: int) -> Iterator[str]:
    """Questions, no two alike, about places, persons and things that articles tell of."""
    forms = (
        "How many {things} were {deed} in {place}?",
        "What did {person} say about the {thing}?",
        "When was the {thing} of {place} {deed}?",
        "Why has the {place} {body} {deed} the {things}?",
    )
    for number in range(count):
        chance = Random(f"question {number}")  # noqa: S311
        yield _filled(forms[number % len(forms)], _facts(Random(f"article {number}")), chance)  # noqa: S311


def write_articles(folder: Path, paragraphs: int) -> int:
    """Writes articles with about so many paragraphs into sub-folders of outlets; returns how many articles."""
    count = max(1, paragraphs // PARAGRAPHS)
    for number in range(count):
        outlet = _OUTLETS[number % len(_OUTLETS)].lower().replace(" ", "-")
        place = folder / outlet / str(number // _IN_A_FOLDER)
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.txt").write_text(article(number), "utf-8")
    return count


def _facts(chance: Random) -> dict[str, list[str]]:
    """What an article keeps to: a place and another, a body, three persons, a dozen things."""
    world = _world()
    return {
        "place": [chance.choice(world.places)],
        "other": [chance.choice(world.places)],
        "body": [chance.choice(_BODIES)],
        "person": [world.person(chance) for _ in range(3)],
        "thing": [world.word(chance) for _ in range(12)],
    }


def _paragraph(facts: dict[str, list[str]], chance: Random) -> str:
    first = _filled(chance.choice(_OPENINGS), facts, chance)
    rest = (_filled(one, facts, chance) for one in chance.sample(_MIDDLES, 2))
    return " ".join((f"{first[0].upper()}{first[1:]}.", *rest))


def _filled(form: str, facts: dict[str, list[str]], chance: Random) -> str:
    """The form with its blanks filled, one by one: a word that stands twice in it is drawn twice."""
    said = []
    for part in form.split("{"):
        name, closed, rest = part.partition("}")
        said.append(f"{_drawn(name, facts, chance)}{rest}" if closed else part)
    return "".join(said)


def _drawn(name: str, facts: dict[str, list[str]], chance: Random) -> str:
    if name in facts:
        # Every third thing is one that the article has not told of before.
        return _world().word(chance) if name == "thing" and chance.random() < 0.3 else chance.choice(facts[name])
    match name:
        case "things":
            return f"{_drawn('thing', facts, chance)}s"
        case "deed":
            return chance.choice(_DEEDS)
        case "day":
            return chance.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))
        case "date":
            day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
            return f"{day.day} {day:%B} {day.year}"
        case "year":
            return str(chance.randrange(1950, 2026))
        case "percent":
            return f"{chance.randrange(1, 999) / 10}"
        case "small":
            return str(chance.randrange(2, 60))
        case "age":
            return str(chance.randrange(19, 90))
        case "money":
            return f"{chance.randrange(2, 900_000):,}"
    return f"{chance.randrange(100, 90_000):,}"
