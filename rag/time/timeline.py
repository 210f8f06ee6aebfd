"""What happened when: the dated events that passages tell of a story, in order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index import Article, Filters, Library, Passage
from rag.names import holds
from rag.question import Question, names_in
from rag.time.dated import event_stems, first_printed, opens, told
from rag.values import Evidence, Span

MOST = 10
FEWEST = 4
"""Where the story has fewer days than this, a day may have several events."""
PASSAGES = 40
"""How many passages are looked at for a timeline."""
_WHOLE = 3
"""How many of the articles most concerned are read from beginning to end."""
_MOST = 0.6
"""Of the words that the question names the story by, an article or a paragraph of the story holds more than this share."""
_HALF = 0.5
_ALL_ALONG = 0.25
"""An article is of the story where its top holds half of them, or this share of its paragraphs one of them."""
_MONTH = timedelta(days=31)
_NEAREST = 12
"""And where one of its passages is among so many that the search found first."""
_ALIKE, _COPIED = 0.5, 0.8
"""Two sentences that share so much of the shorter one's words, the topic's aside, tell one event: of one day, of any."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is `planned`, from `day` to `last_day`, told by `passage` at the offsets `sentence`.

    `approximate` where the words leave room for the day, or only the day of the report is known.
    """

    day: date
    last_day: date
    approximate: bool
    planned: bool
    sentence: Span
    passage: Passage

    @property
    def text(self) -> str:
        """The sentence that tells it."""
        return self.passage.paragraph.text[slice(*self.sentence)]


def wants_timeline(question: str) -> bool:
    """True where a question asks for the course of events: "timeline of …", "how did … unfold", "what has happened since"."""
    return _WANTS.search(question) is not None


def gather(library: Library, question: str, filters: Filters = Filters()) -> tuple[Passage, ...]:  # noqa: B008
    """The passages for a timeline: those that the search finds, and the whole of the articles most concerned."""
    found = library.search(question, PASSAGES, filters)
    scores: dict[str, float] = defaultdict(float)
    for passage in found:
        scores[passage.article.id] += passage.score
    concerned = sorted(scores, key=lambda article: -scores[article])[:_WHOLE]
    held = {p.paragraph.id for p in found}
    whole = {p.article.id: p.article for p in found}
    rest = [
        Passage(paragraph, whole[identity], len(found) + 1, 0.0, 0.0)
        for identity in concerned
        for paragraph in whole[identity].paragraphs
        if paragraph.kind == "body" and paragraph.id not in held
    ]
    return (*found, *rest)


def timeline(
    question: Question,
    passages: Sequence[Passage],
    since: date | None = None,
    until: date | None = None,
    read: Iterable[Evidence] = (),
) -> tuple[Event, ...]:
    """Up to ten events that the passages tell of what the question names, oldest first, spread over the whole time.

    An event has the day that its sentence names. The opening report of an article that names none has the day of
    publication, as approximate. `since` and `until` keep the days between them. `read` is what the reader made of
    some of the passages: of several tellings of one event its most relevant one is taken, else the earliest. What is
    planned is left out where something is told to have happened on that day.
    """
    asked = _AS_A_COURSE.sub(" ", question.text)
    about = _SINCE.sub(" ", asked)
    topic = event_stems(about) or event_stems(asked)
    relevance = {e.passage.paragraph.id: e.relevance for e in read}
    tellings: list[tuple[tuple[float, float, date], Event]] = []
    articles = {passage.article.id: passage.article for passage in passages}
    found = {passage.article.id for passage in passages if passage.rank <= _NEAREST}
    concerned = {identity for identity in found if _is_about(articles[identity], topic, names_in(about))}
    for passage in passages:
        if passage.article.id not in concerned and _share(topic, passage.paragraph.text) <= _MOST:
            continue
        published = first_printed(passage) or date.max
        for one in told(passage):
            event = Event(one.first, one.last, one.approximate, one.planned, one.sentence, passage)
            share = _share(topic, event.text)
            outside = (since and one.last < since) or (until and one.first > until)
            # A year, or a month in a sentence that does not speak of the story, is mere background.
            if outside or (one.first != one.last and share <= (_HALF if one.last - one.first > _MONTH else 0)):
                continue
            tellings.append(((-relevance.get(passage.paragraph.id, 0.0), -share, published), event))
    tellings.sort(key=lambda telling: telling[0])
    return _spread(_once([event for _, event in tellings], topic), topic)


def _is_about(article: Article, topic: frozenset[str], names: Sequence[str]) -> bool:
    """Whether the article tells the story: it holds what the question names, and speaks of it at the top or all along."""
    text = f"{article.headline}\n{article.text}"
    if _share(topic, text) <= _MOST or not all(holds(text, name) for name in names):
        return False
    body = [p.text for p in article.paragraphs if p.kind == "body"]
    at_the_top = _share(topic, "\n".join((article.headline, *body[:1]))) >= _HALF
    return at_the_top or sum(1 for paragraph in body if _share(topic, paragraph)) >= _ALL_ALONG * len(body)


def _share(topic: frozenset[str], text: str) -> float:
    """The share of the topic's stems that the text holds, 0 to 1; "dockers" holds "dock"."""
    held = event_stems(text)
    found = sum(1 for one in topic if one in held or (len(one) > 3 and any(stem.startswith(one) for stem in held)))
    return found / max(1, len(topic))


def _once(events: Sequence[Event], topic: frozenset[str]) -> list[Event]:
    """Each event once, in its best telling: the first of those that are alike. No plan beside what came of it."""
    kept: list[Event] = []
    for one in sorted(events, key=lambda event: event.planned):
        if one.planned and any(not other.planned and _meet(one, other) for other in kept):
            continue
        if not any(_same(one, other, topic) for other in kept):
            kept.append(one)
    order = {id(event): place for place, event in enumerate(events)}
    return sorted(kept, key=lambda event: order[id(event)])


def _meet(one: Event, two: Event) -> bool:
    return one.day <= two.last_day and two.day <= one.last_day


def _same(one: Event, two: Event, topic: frozenset[str]) -> bool:
    """Whether two sentences tell one event: of days that meet in much the same words, or in nearly all the same words."""
    own, other = event_stems(one.text) - topic, event_stems(two.text) - topic
    shared = len(own & other) / max(1, min(len(own), len(other)))
    figures_differ = any(stem[0].isdigit() for stem in own ^ other)
    return shared >= _ALIKE if _meet(one, two) else shared > _COPIED and not figures_differ


def _spread(events: Sequence[Event], topic: frozenset[str]) -> tuple[Event, ...]:
    """At most ten events, given best first, over the whole time: the best of each day that speaks of the story.

    Where these are few, others of the same articles and of the same days fill up to four.
    """
    best: dict[date, Event] = {}
    for event in events:
        if _share(topic, event.text) or opens(event.passage):
            best.setdefault(event.day, event)
    days, place = sorted(best), {id(event): n for n, event in enumerate(events)}
    if len(days) > MOST:
        # Runs of neighbouring days, as many as there is room for: the best of each.
        runs = [days[n * len(days) // MOST : (n + 1) * len(days) // MOST] for n in range(MOST)]
        days = [min(run, key=lambda day: place[id(best[day])]) for run in runs]
    chosen = [best[day] for day in days]
    others = [event for event in events if event not in chosen]
    chosen += others[: max(0, FEWEST - len(chosen))]
    return tuple(sorted(chosen, key=lambda event: (event.day, event.last_day)))


_WANTS = re.compile(
    r"\b(?:timeline|time line|chronology|sequence of events|course of events|chain of events|history of|step by step"
    r"|day by day|blow by blow|order of events)\b"
    r"|\bhow (?:did|has|have|do|does)\b.{1,80}\b(?:unfold(?:ed)?|develop(?:ed)?|evolved?|come about|progress(?:ed)?|play(?:ed)? out)\b"
    r"|\bwhat (?:has|have|had)?\s?(?:all\s)?happened\b.{0,60}\b(?:since|between|until now|so far)\b"
    r"|\bwhat (?:events|happenings|steps) (?:led|have led)\b|\bwhat led up to\b|\bwalk me through\b|\bin (?:chronological|date) order\b",
    re.IGNORECASE,
)
_AS_A_COURSE = re.compile(
    r"\b(?:time ?line|chronolog(?:y|ical)|sequence|course|chain|order|history|events?|happen(?:ed|ings?)?|unfold(?:ed)?"
    r"|develop(?:ed|ments?)?|evolved?|progress(?:ed)?|play(?:ed)? out|come about|step by step|day by day|give|show|tell"
    r"|list|led up|walk me through)\b",
    re.IGNORECASE,
)
"""The words of a question that ask for a course of events and not for what they are about."""
_SINCE = re.compile(r"\b(?:since|after|before|between|from|during|until)\b.*", re.IGNORECASE)
