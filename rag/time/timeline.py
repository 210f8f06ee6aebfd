"""What happened when: the dated events that passages tell of a story, in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index import Passage
from index.dates.relative import mentions
from index.dates.tense import tense
from index.sentences import sentences
from rag.corrected import is_correction, takes_back
from rag.names import holds
from rag.reader.exact import figures
from rag.speakers import SPEECH
from rag.time.dated import Told, event_stems, first_printed, opens, told
from rag.time.story import Story
from rag.values import Span

MOST = 12
_ENOUGH = 8
"""Fewer events than this are filled up with lesser ones of the same days."""
_A_DAY = 3
"""Events of one day, where the story has fewer days than there is room for."""
_HALF = 0.5
_MONTH, _SOON, _LONG = timedelta(days=31), timedelta(days=14), timedelta(days=366)
_WORTH, _FURTHER = 0.5, 0.65
"""The least share of the best telling's worth, for an event and for a further one of the same day."""
_ALIKE, _COPIED = 0.5, 0.8
"""Two sentences that share so much of the shorter one's words, the topic's aside, tell one event: of one day, of any.

Of one day do so as well two that give the same figure.
"""
_OUR_OWN = re.compile(
    r"\b[Ww]e (?:wrote|said|told you|reported|gave|put|printed|spoke)\b|\b[Aa]n earlier version of\b|\b[Oo]ur (?:first )?report\b"
)
"""What a newsroom says of its own reports is no event of the story."""
_AGE = re.compile(r", (?:aged )?\d{1,3},")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is `planned`, from `day` to `last_day`, told by `passage` at the offsets `sentence`.

    `approximate` where the words leave room for the day, or only the day of the report is known. `worth` is how much it
    belongs to the story, comparable within one story only.
    """

    day: date
    last_day: date
    approximate: bool
    planned: bool
    sentence: Span
    passage: Passage
    worth: float = 0.0

    @property
    def text(self) -> str:
        """The sentence that tells it."""
        return self.passage.paragraph.text[slice(*self.sentence)]


def timeline(
    story: Story, since: date | None = None, until: date | None = None, *, of_figures: bool = False
) -> tuple[Event, ...]:
    """Up to twelve events that the passages tell of the story, oldest first, spread over the whole time.

    An event has the day that its sentence names. The opening report of an article that names none has the day of
    publication, as approximate. `since` and `until` keep the days between them. Of several tellings of one event the
    worthiest is taken. What is planned is left out where something is told to have happened on that day. `of_figures`
    asks for the course of a figure: the sentences that give it, one an article.
    """
    tellings = [
        event
        for passage in story.passages
        for event in (_figures(passage, story) if of_figures else _events(passage, story))
        if not ((since and event.last_day < since) or (until and event.day > until))
    ]
    tellings.sort(key=lambda event: (-event.worth, event.day))
    least = _WORTH * max((event.worth for event in tellings), default=0.0)
    return _spread(_once([event for event in tellings if event.worth >= least], story))


def dated(phrase: str, passages: Iterable[Passage], *, last: bool = False) -> date | None:
    """The day of an event that is named in words, by the sentences that hold most of them; None where none holds most.

    Of several days the first is taken, or the `last`: more is told then rather than less.
    """
    wanted = event_stems(phrase)
    days: dict[date, float] = {}
    for passage in passages:
        for one in told(passage) if wanted else ():
            held = len(wanted & event_stems(passage.paragraph.text[slice(*one.sentence)])) / len(wanted)
            if held > _HALF and one.first == one.last and not one.planned:
                days[one.first] = max(held, days.get(one.first, 0.0))
    best = [day for day, held in days.items() if held == max(days.values())]
    return (max(best) if last else min(best)) if best else None


def _events(passage: Passage, story: Story) -> Iterator[Event]:
    """What the passage tells of the story, but for what is mere background, and far plans."""
    article, text = passage.article, passage.paragraph.text
    published = article.published or first_printed(passage)
    of_it = story.near(passage) > 0
    for one in told(passage, as_news=not of_it):
        sentence = text[slice(*one.sentence)]
        share = story.share(sentence)
        if (
            takes_back(article, text, sentence)
            or is_correction(text)
            or _OUR_OWN.search(sentence)
            or not (share or (of_it and not one.standing))
        ):
            continue
        if article.source and sentence.startswith(article.source):
            continue  # the line under the headline: "Lake Wire, 20 January 2026."
        # A year, or a month in a sentence that does not speak of the story, is mere background; so is long ago.
        if one.first != one.last and share <= (_HALF if one.last - one.first > _MONTH else 0):
            continue
        if published and published - one.last > _LONG and (share <= _HALF or one.first != one.last):
            continue
        if one.planned and published and one.first - published > _SOON:
            if not (SPEECH.search(sentence) or tense(sentence, 0, 0) == "past"):
                continue
            # Far plans are told on the day on which somebody speaks of them.
            one = Told(one.sentence, published, published, approximate=True)
        yield _event(one, passage, story, share)


def _figures(passage: Passage, story: Story) -> Iterator[Event]:
    """The sentence of the passage that gives the figure best, on its own day, else on that of the report.

    Where the topic has names, the sentence has one of them: "River Aid's count" is told by nobody else.
    """
    published = passage.article.published or first_printed(passage)
    text = passage.paragraph.text
    days = [one for one in told(passage) if one.first == one.last and not one.planned]
    best: Event | None = None
    day = published
    for start, end in sentences(text):
        own = next((one.first for one in days if start <= one.sentence[0] < end), None)
        day = own or day
        share = story.share(text[start:end])
        named = not story.names or any(holds(text[start:end], name) for name in story.names)
        if share and named and day and figures(_without_days(text[start:end], day)):
            event = _event(Told((start, end), day, day, approximate=own is None), passage, story, 2 * share)
            best = max(best or event, event, key=lambda e: e.worth)
    if best:
        yield best


def _event(one: Told, passage: Passage, story: Story, share: float) -> Event:
    """The event with its worth: how near the article is and how like the paragraph, and whether it is the day's news."""
    dated = 0.5 * (one.words is not None) + opens(passage) - one.planned
    worth = story.near(passage) / 2 + passage.similarity + (share + dated) / 10
    return Event(one.first, one.last, one.approximate, one.planned, one.sentence, passage, worth)


def _once(events: Sequence[Event], story: Story) -> list[Event]:
    """Each event once, in its best telling: the first of those that are alike. No plan beside what came of it."""
    kept: list[Event] = []
    for one in sorted(events, key=lambda event: event.planned):
        if one.planned and any(not other.planned and _meet(one, other) for other in kept):
            continue
        if not any(_same(one, other, story) for other in kept):
            kept.append(one)
    order = {id(event): place for place, event in enumerate(events)}
    return sorted(kept, key=lambda event: order[id(event)])


def _meet(one: Event, two: Event) -> bool:
    return one.day <= two.last_day and two.day <= one.last_day


def _same(one: Event, two: Event, story: Story) -> bool:
    """Whether two sentences tell one event: of days that meet in much the same words, or in nearly all the same words."""
    own, other = (event_stems(_without_days(event.text, event.day)) - story.weights.keys() for event in (one, two))
    shared = len(own & other) / max(1, min(len(own), len(other)))
    if not _meet(one, two):
        return shared > _COPIED and not any(stem[0].isdigit() for stem in own ^ other)
    return shared >= _ALIKE or any(stem[0].isdigit() for stem in own & other)


def _without_days(text: str, day: date) -> str:
    """The text without the days that it names, and without the ages of people."""
    for named in reversed(mentions(text, day)):
        text = text[: named.start] + text[named.end :]
    return _AGE.sub(",", text)


def _spread(events: Sequence[Event]) -> tuple[Event, ...]:
    """At most twelve events, given best first, over the whole time: the best of each day, then others of these days."""
    best: dict[date, Event] = {}
    for event in events:
        best.setdefault(event.day, event)
    days, place = sorted(best), {id(event): n for n, event in enumerate(events)}
    if len(days) > MOST:
        # Runs of neighbouring days, as many as there is room for: the best of each.
        runs = [days[n * len(days) // MOST : (n + 1) * len(days) // MOST] for n in range(MOST)]
        days = [min(run, key=lambda day: place[id(best[day])]) for run in runs]
    chosen = [best[day] for day in days]
    count = Counter(event.day for event in chosen)
    for event in events:
        further = event.worth >= _FURTHER * events[0].worth or len(chosen) < _ENOUGH
        if event not in chosen and further and len(chosen) < MOST and 0 < count[event.day] < _A_DAY:
            chosen.append(event)
            count[event.day] += 1
    return tuple(sorted(chosen, key=lambda event: (event.day, event.last_day, event.passage.paragraph.number)))
