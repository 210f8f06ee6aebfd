"""A model's answer, sentence by sentence: each is given its citations and judged before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from rag.alike import standing
from rag.models import Model, ModelError, TooLong, never
from rag.prose.attribute import VERB, Attribution, Place
from rag.prose.budget import fitting
from rag.prose.draft import Sentence
from rag.prose.echo import echoes_wrongly
from rag.prose.labels import labels
from rag.prose.markers import Sentences
from rag.prose.orders import gives_orders
from rag.prose.prompt import messages
from rag.question import Question
from rag.reader import Reader
from rag.speakers import speaker
from rag.values import Citation, Claim, Evidence, Span

LONGEST = 384
"""Tokens of an answer: some twelve sentences."""
_FEWEST = 4
"""Words of a sentence: a name alone may stand in a paragraph and still claim nothing."""
_NO_ANSWER = "This is the question said back, with an answer that is not found in the articles."
_SPARE = 64
"""Tokens for what a chat template puts around the messages."""
_DECLINES = re.compile(
    r"(?:however, |but )?(?:(?:the|these|those) (?:\w+ )?(?:articles?|passages?|texts?|reports?|sources?)|they|it)"
    r" (?:do(?:es)?|did) (?:not|n['’]t) (?:say|mention|state|tell|specify|provide|contain|give|answer|include|address)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What of a model's words never became a sentence: markers of no passage, pieces that claim nothing, repetitions."""

    markers: int = 0
    pieces: int = 0
    repeats: int = 0

    def __str__(self) -> str:
        """A sentence that says so, "" where nothing was dropped."""
        counts = (
            (self.markers, "marker of no passage", "markers of no passage"),
            (self.pieces, "piece that is no statement", "pieces that are no statements"),
            (self.repeats, "repeated sentence", "repeated sentences"),
        )
        said = [f"{count} {one if count == 1 else several}" for count, one, several in counts if count]
        return f"Dropped: {', '.join(said)}." if said else ""


def write(
    question: Question,
    evidence: Sequence[Evidence],
    chosen: Sequence[Evidence],
    model: Model,
    reader: Reader,
    *,
    stop: Callable[[], bool] = never,
) -> Iterator[Claim | Dropped]:
    """The model's sentences as they come, each cited, judged and numbered; those that fail too, as unsupported.

    The last that comes is the count of what was dropped.

    `evidence`, best first, is what the model gets to read, as much as has room and does not speak to it; `chosen` what
    answers the question. Numbers are
    given to what may be shown, in the order of first use. A sentence that says that the articles do not tell has no
    citation and no verdict. Raises ModelError; what came before it stands.
    """
    evidence = [e for e in evidence if not gives_orders(e.passage.paragraph.text)]
    if not evidence:
        raise ModelError(f"The paragraphs found speak to machines, so {model.name} was not given them to read.")
    room = model.window - LONGEST - _SPARE - sum(model.tokens(m.content) for m in messages(question.text, ()))
    names = labels([e.passage for e in evidence], question.text)
    shown = dict(zip(names, fitting(evidence, room, model.tokens), strict=False))
    if not shown:
        raise TooLong(
            f"Not one passage fits into the {model.window} tokens of the model {model.name}; use a larger one."
        )
    attribution = Attribution(shown, reader)
    numbers: dict[tuple[str, Span], int] = {}
    prompt = messages(question.text, [excerpt.labelled(label) for label, excerpt in shown.items()], date.today())
    told, unknown = Sentences(shown), 0
    with closing(model.stream(prompt, LONGEST, stop=stop)) as pieces:
        for sentence in _sentences(pieces, told):
            unknown += sentence.unknown
            claim = _claim(sentence, attribution, numbers)
            if claim.verdict == "supported" and echoes_wrongly(claim.text, question, chosen):
                claim = Claim(claim.text, (), "unsupported", faults=(_NO_ANSWER,))
            yield claim
    yield Dropped(unknown, told.dropped, told.repeats)


def _sentences(pieces: Generator[str, None, bool], told: Sentences) -> Iterator[Sentence]:
    """The sentences in the pieces; the last one only where the model came to its end."""
    ended = False
    while not told.loops:
        try:
            yield from told.feed(next(pieces))
        except StopIteration as end:
            ended = bool(end.value)
            break
    yield from told.close(cut=not ended)


def _claim(sentence: Sentence, attribution: Attribution, numbers: dict[tuple[str, Span], int]) -> Claim:
    text = sentence.text
    if _DECLINES.match(text) and " but " not in text:
        return Claim(text, ())
    if len(text.split()) < _FEWEST or text[0].islower() or not VERB.search(text):
        return Claim(text, (), "unsupported", faults=("This is no whole sentence.",))
    places, judgement = attribution.of(text, sentence.labels)
    faults = tuple(fault.why for fault in judgement.faults)
    if judgement.verdict != "supported":
        return Claim(text, (), judgement.verdict, faults=faults)
    citations = sorted((_citation(place, numbers) for place in places), key=lambda c: c.number)
    emphasis = _emphasis(text, places[0].evidence)
    return Claim(text, tuple(citations), judgement.verdict, speaker(text), emphasis, faults)


def _citation(place: Place, numbers: dict[tuple[str, Span], int]) -> Citation:
    passage = place.evidence.passage
    number = numbers.setdefault((passage.paragraph.id, place.span), len(numbers) + 1)
    return Citation(number, passage.article, passage.paragraph, *place.span, passage.also)


def _emphasis(text: str, found: Evidence) -> Span | None:
    """Where the words stand that the reader took for the answer, if the model uses them."""
    answer = found.passage.paragraph.text[slice(*found.answer)] if found.answer else ""
    return next(standing(answer, text, ignore_case=True), None) if answer.strip() else None
