"""Small worlds of invented news, with the questions of their readers: what a search brings before the reader, and what of it answers.

`worlds/` holds one file a world: some sixteen articles of several outlets that tell the same stories, differ, correct one
another and go on, and questions with every place that answers them; many are answered by none. A question on one
paragraph has few that look like its own; here a dozen of the same story do. Of some worlds there are follow-ups too: what
is asked straight after another question, in few words. Of others there are claims: what a paragraph bears out in other
words, and what it only seems to.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag.conversation.heard import as_heard
from rag.reader.training.examples import Group, Pair, nearest
from rag.reader.training.written import Told, header
from rag.values import Span

FOLDER = Path(__file__).parent / "worlds"
APART = Path(__file__).parent / "apart"
"""Worlds that the reader is not trained on: what is fitted on its judgements is fitted on these."""
UNTOLD = 0.3
"""How often a follow-up is read without the answer before it."""
NEAREST, READ = 12, 4
"""Paragraphs nearest to a question that are taken for what a search would bring, and how many of them are read with it."""
Chance = random.Random
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question on a world. `places` are (article, paragraph) of all that answer it, each with the answers in it.

    `near` are those that tempt most where none answers.
    """

    text: str
    places: dict[Place, tuple[Span, ...]]
    near: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How question number `asks` of a world is worded straight after number `after`."""

    after: int
    asks: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, and whether the paragraph at the place bears it out."""

    place: Place
    text: str
    true: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above an article."""

    title: str
    outlet: str
    day: date


@dataclass(frozen=True, slots=True)
class World:
    """The articles of a world, what stands above each, and the questions on them."""

    name: str
    articles: tuple[Told, ...]
    heads: tuple[Head, ...]
    questions: tuple[Wanted, ...]
    follow_ups: tuple[FollowUp, ...] = ()
    claims: tuple[Said, ...] = ()

    def heard(self, follow_up: FollowUp, *, told: bool) -> Wanted:
        """The follow-up behind the question before it and, where `told`, its answer; what answered that one tempts most."""
        before, meant = self.questions[follow_up.after], self.questions[follow_up.asks]
        text = as_heard(before.text, self._answer(before) if told else "", follow_up.text)
        tempting = (*(place for place in before.places if place not in meant.places), *meant.near)
        return Wanted(text, meant.places, tuple(dict.fromkeys(tempting)))

    def _answer(self, question: Wanted) -> str:
        spans = ((place, span) for place, found in question.places.items() for span in found)
        (article, number), span = next(spans, ((0, 0), (0, 0)))
        return self.articles[article].paragraphs[number][slice(*span)]


def worlds(folder: Path = FOLDER) -> list[World]:
    """Every world, in the order of their names."""
    return [_world(json.loads(path.read_text("utf-8")), path.stem) for path in sorted(folder.glob("*.json"))]


def world_groups(held: Sequence[World], chance: Chance) -> list[Group]:
    """One group a question or follow-up: a paragraph that answers it, where one does, and some that a search would bring beside it."""
    return [group for world in held for group in _groups(world, chance)]


def said_groups(held: Sequence[World], chance: Chance) -> list[Group]:
    """One group a paragraph of which something is claimed: all the claims, with what is true of each."""
    return [group for world in held for group in _said(world, chance)]


def _said(world: World, chance: Chance) -> Iterator[Group]:
    for place in dict.fromkeys(claim.place for claim in world.claims):
        told = world.articles[place[0]]
        above, text = header(told, place[1], chance), told.paragraphs[place[1]]
        claims = sorted((claim for claim in world.claims if claim.place == place), key=lambda claim: not claim.true)
        yield tuple(Pair(c.text, above, text, None, None, float(c.true), (), "news claim") for c in claims)


def write_world(world: World, folder: Path) -> None:
    """The articles as files, one folder an outlet."""
    for number, (told, head) in enumerate(zip(world.articles, world.heads, strict=True)):
        outlet = folder / head.outlet
        outlet.mkdir(parents=True, exist_ok=True)
        above = f"---\ntitle: {json.dumps(head.title, ensure_ascii=False)}\ndate: {head.day}\n---\n"
        (outlet / f"{number}.md").write_text(above + "\n\n".join(told.paragraphs), "utf-8")


def _groups(world: World, chance: Chance) -> Iterator[Group]:
    places = [(a, n) for a, told in enumerate(world.articles) for n in range(len(told.paragraphs))]
    texts = [f"{world.articles[a].line} {world.articles[a].paragraphs[n]}" for a, n in places]
    asked = [*world.questions, *(world.heard(one, told=chance.random() >= UNTOLD) for one in world.follow_ups)]
    found = nearest([q.text for q in asked], texts, NEAREST)
    for question, brought in zip(asked, found, strict=True):
        others = [places[i] for i in brought if places[i] not in question.places and places[i] not in question.near]
        chance.shuffle(others)
        beside = [*question.near, *others][:READ]
        if question.places:
            place = chance.choice(list(question.places))
            right = _pair(world, question, place, chance, answers=1)
            yield (
                Pair(right.query, right.header, right.text, 1, 1, None, question.places[place], "world"),
                *(_pair(world, question, other, chance, answers=0) for other in beside),
            )
        else:
            yield tuple(_pair(world, question, other, chance, answers=0) for other in beside)


def _pair(world: World, question: Wanted, place: Place, chance: Chance, answers: float) -> Pair:
    told = world.articles[place[0]]
    relevant = 0 if question.places else None
    text = told.paragraphs[place[1]]
    return Pair(question.text, header(told, place[1], chance), text, relevant, answers, None, (), "beside in a world")


def _world(row: dict, name: str) -> World:  # type: ignore[type-arg]
    articles = []
    heads = tuple(Head(one["title"], one["outlet"], date.fromisoformat(one["day"])) for one in row["articles"])
    for number, (one, head) in enumerate(zip(row["articles"], heads, strict=True)):
        line = f"{head.title} {head.outlet}, {head.day:%A} {head.day.day} {head.day:%B %Y}"
        articles.append(Told(f"{name}{number}", tuple(one["paragraphs"]), line, ()))
    questions = [
        Wanted(
            q["ask"],
            {(a, n): _spans(q, (a, n)) for a, n, _ in q["places"]},
            tuple((a, n) for a, n in q.get("near", ())),
        )
        for q in row["questions"]
    ]
    follow_ups = tuple(FollowUp(*one) for one in row.get("follow_ups", ()))
    claims = tuple(Said((a, n), text, true) for a, n, text, true in row.get("claims", ()))
    return World(name, tuple(articles), heads, tuple(questions), follow_ups, claims)


def _spans(question: dict, place: Place) -> tuple[Span, ...]:  # type: ignore[type-arg]
    """The answers in a paragraph: several, where it tells of several values; none, where it answers as a whole."""
    return tuple((low, high) for a, n, span in question["places"] if (a, n) == place and span for low, high in [span])
