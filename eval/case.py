"""A question with its gold and with what a system said to it, resolved to places: what measures look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from eval.corpus import Corpus, Place
from eval.gold import Gold, GoldQuestion
from eval.response import Cited, Response


@dataclass(frozen=True, slots=True)
class Judged:
    """What the support model holds of one sentence.

    Is it `carried` by all it cites, `partly` by the first citation, `alone` by each, and by the others `without` each?
    """

    carried: bool
    partly: bool
    alone: tuple[bool, ...]
    without: tuple[bool, ...]


@dataclass(frozen=True)
class Case:
    """One question asked of one system. `cited` are the places of each sentence, None for one that leads nowhere.

    `gold` places are grouped by piece of evidence, and those of `values` by value: any of a group will do. `denying`
    are the places that deny what the question assumes. `premise` are those cited for what the articles say
    instead, `given` those of values laid side by side. `in_full` is the case of the same question written out in full.
    Cases of one `cluster` are about one article or one conversation: intervals treat them as one.
    """

    question: GoldQuestion
    response: Response
    cited: tuple[tuple[Place | None, ...], ...]
    gold: tuple[tuple[Place, ...], ...]
    best: Place | None = None
    retrieved: tuple[Place | None, ...] | None = None
    cluster: str = ""
    judged: tuple[Judged, ...] = ()
    values: tuple[tuple[Place, ...], ...] = ()
    denying: tuple[Place, ...] = ()
    premise: tuple[Place | None, ...] = ()
    given: tuple[Place | None, ...] = ()
    in_full: Case | None = None

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def kind(self) -> str:
        """The question's kind."""
        return self.question.kind

    @property
    def places(self) -> tuple[Place | None, ...]:
        """The places of all citations, in order."""
        return tuple(p for places in self.cited for p in places)

    @cached_property
    def paragraphs(self) -> frozenset[str]:
        """The ids of all cited paragraphs."""
        return frozenset(p.id for place in self.places if place for p in place.paragraphs)

    @cached_property
    def gold_paragraphs(self) -> tuple[frozenset[str], ...]:
        """For each piece of evidence the ids of the paragraphs that hold it."""
        return tuple(frozenset(p.id for place in group for p in place.paragraphs) for group in self.gold)

    @property
    def any_gold(self) -> frozenset[str]:
        """The ids of the paragraphs that hold some gold, also of a value that was not the one asked for."""
        values = (p.id for group in self.values for place in group for p in place.paragraphs)
        return frozenset(values).union(*self.gold_paragraphs)

    @property
    def invalid(self) -> int:
        """How many citations lead nowhere."""
        return sum(place is None for place in self.places)

    def is_gold(self, place: Place | None) -> bool:
        """Whether some paragraph of the place holds gold."""
        return place is not None and any(p.id in self.any_gold for p in place.paragraphs)

    def first(self, group: Sequence[Place]) -> int | None:
        """The number of the first sentence, from 0, that cites one of these places; None where none does."""
        cites = (n for n, places in enumerate(self.cited) if any(p and p.holds(g) for p in places for g in group))
        return next(cites, None)

    @property
    def recall(self) -> float | None:
        """The share of the pieces of evidence of which a place is cited, to the sentence; None without evidence."""
        found = [self.first(group) is not None for group in self.gold]
        return sum(found) / len(found) if found else None


def case_of(question: GoldQuestion, response: Response, corpus: Corpus, cluster: str = "") -> Case:
    """The case of a question and a response, with every place looked up. Nothing is judged yet.

    Without a `cluster` it is the article of the first evidence, else what the question is about, else itself.
    """

    def standing(item: Gold) -> tuple[Place, ...]:
        return tuple(place for article, quote in item.places for place in corpus.quotes(article, quote))

    def cited(places: Sequence[Cited]) -> tuple[Place | None, ...]:
        return tuple(map(corpus.place, places))

    gold = tuple(map(standing, question.evidence))
    denying = standing(question.premise) if question.premise else ()
    first = next((place for group in (*gold, denying) for place in group), None)
    own = first.article.path if first else question.about or question.within
    return Case(
        question=question,
        response=response,
        cited=tuple(cited(s.citations) for s in response.sentences),
        gold=gold,
        best=corpus.place(response.best) if response.best else None,
        retrieved=None if response.retrieved is None else cited(response.retrieved),
        cluster=cluster or own or f"question {question.id}",
        values=tuple(standing(v.gold) for v in question.values),
        denying=denying,
        premise=cited(response.premise.citations) if response.premise else (),
        given=tuple(corpus.place(v.cited) if v.cited else None for v in response.values),
        in_full=case_of(question, response.in_full, corpus, cluster) if response.in_full else None,
    )


@dataclass(frozen=True, slots=True)
class SupportCase:
    """A claim and a text: is it carried (`label`), and how probable does the support model hold it (`said`)?"""

    id: str
    kind: str
    cluster: str
    claim: str
    premise: str
    label: bool
    said: float
    threshold: float


Label = tuple[str, date | None]
"""An outlet and a day."""


@dataclass(frozen=True, slots=True)
class QuoteCase:
    """An excerpt that was looked up: where it came from, any of `gold` (none: from nowhere in the library), and where
    it was found.

    `labels` are the outlets and days under which it appeared, `named` those that the system gives. `outcome` is how it stands there (exact, altered,
    supported, none), "" where the suite does not tell, and `told` what the system says of that.
    """

    id: str
    kind: str
    cluster: str
    excerpt: str
    gold: tuple[Place, ...]
    found: Place | None
    seconds: float | None
    labels: frozenset[Label] = frozenset()
    named: Label = ("", None)
    outcome: str = ""
    told: str = ""


Scored = Case | SupportCase | QuoteCase
