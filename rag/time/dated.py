"""When what a sentence tells happened: by its own words, else, for an article's opening report, when it was published."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index import Passage
from index.dates import WEEKDAYS
from index.dates.periods import DAY
from index.dates.relative import Mention, mentions
from index.dates.tense import tense
from index.dates.written import written
from index.sentences import sentences
from rag.dateline import behind_dateline
from rag.speakers import SPEECH
from rag.values import Span
from rag.verify.clauses import Word, same_stem, words


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence of a paragraph tells of: the days from `first` to `last`, both included.

    `approximate` where the words leave room, or only the day of publication is known. `planned` where it is yet to come.
    `words` is where the time is named in the paragraph, None where it is not. `standing` where it tells no event, but how
    things stand on the day of the report: "Two are still missing".
    """

    sentence: Span
    first: date
    last: date
    approximate: bool = False
    planned: bool = False
    words: Span | None = None
    standing: bool = False


def first_printed(passage: Passage) -> date | None:
    """The day of the earliest article that prints the passage, copies among them; None where none is dated."""
    days = [article.published for article in (passage.article, *passage.also) if article.published]
    return min(days, default=None)


def opens(passage: Passage) -> bool:
    """True for the opening paragraph of an article, which tells what it reports."""
    body = (p.number for p in passage.article.paragraphs if p.kind == "body")
    return passage.paragraph.number == next(body, 0)


def told(passage: Passage, *, as_news: bool = False) -> tuple[Told, ...]:
    """What each sentence of the passage tells of, in order; a sentence whose time is not known is left out.

    The opening of an article is of the day of the report, and so are, `as_news`, the first words of another paragraph.
    """
    text, day = passage.paragraph.text, passage.article.published or first_printed(passage)
    if passage.paragraph.kind != "body":
        return ()
    stamp = _STAMP.match(text)
    added = next((m.last for m in _named(text, day) if stamp and m.end <= stamp.end()), day)
    return _told(text, added, opening=as_news or opens(passage) or stamp is not None, body=stamp.end() if stamp else 0)


def speaks_of(passage: Passage, since: date | None, until: date | None) -> bool:
    """Whether the passage is of the days between the two: it names one of them, or was published then or a day later.

    What happens on a day is in the next day's paper. None leaves a side open.
    """
    first, last = since or date.min, until or date.max
    published = passage.article.published or first_printed(passage)
    named = _named(passage.paragraph.text, published)
    on_time = published is not None and first <= published and published - last <= DAY
    return on_time or any(one.first <= last and first <= one.last for one in named)


def event_day(event: str, passages: Sequence[Passage]) -> date | None:
    """The day of an event named in words ("the vote"), as the passages tell it; None where they do not, or differ.

    A sentence counts that holds all the event's words, one of them in one clause with a past day; each story counts once.
    None as well where another day has more than half as many stories for it: "the vote" may be any vote.
    """
    wanted = event_stems(event)
    votes: dict[date, set[str]] = defaultdict(set)
    for passage in passages:
        text = passage.paragraph.text
        for one in told(passage) if wanted and wanted <= event_stems(text) else ():
            if not one.words or one.first != one.last or one.approximate or one.planned:
                continue
            if wanted <= event_stems(text[slice(*one.sentence)]) and _is_dated(wanted, text, *one.words):
                votes[one.first].add(passage.article.story or passage.article.id)
    ranked = sorted(votes, key=lambda day: len(votes[day]), reverse=True)
    if not ranked or (len(ranked) > 1 and len(votes[ranked[0]]) < 2 * len(votes[ranked[1]])):
        return None
    return ranked[0]


@lru_cache(maxsize=4096)
def event_stems(text: str) -> frozenset[str]:
    """The stems of a text's content words, a deed and its noun being one: "sank" and "the sinking"."""
    return frozenset(stem for stem, _ in event_words(text))


def event_words(text: str) -> tuple[tuple[str, Word], ...]:
    """The content words of a text in order, each with its stem as `event_stems` has it."""
    return tuple((_DEEDS.get(word.stem, word.stem), word) for word in words(text) if word.stem)


def _is_dated(event: frozenset[str], text: str, start: int, end: int) -> bool:
    """Whether the day `text[start:end]` is the event's: in its clause, and not that of what followed from it."""
    # The toll "of the explosion" rose on some other day; people died "in the explosion on Tuesday".
    stretches = {word.stretch for word in words(text) if word.start < end and word.end > start}
    return any(
        not _ASIDE.search(text, 0, word.start)
        or (0 <= start - word.end <= _CLOSE and not re.search(r"\d", text[word.end : start]))
        for word in words(text)
        if word.stretch in stretches and _DEEDS.get(word.stem, word.stem) in event
    )


@lru_cache(maxsize=4096)
def _told(text: str, published: date | None, *, opening: bool, body: int) -> tuple[Told, ...]:
    body = behind_dateline(text) or body
    named = [m for m in _named(text, published) if m.start >= body]
    found = []
    for number, (start, end) in enumerate(sentences(text)):
        start = max(start, body) if number == 0 else start
        if not _FINISHED.search(text, start, end) or text[start:end].rstrip('"”’)').endswith("?"):
            continue  # a line of a table, a caption, a question
        own = [m for m in named if start <= m.start < end]
        if own:
            best = _telling(text[start:end], start, own, published)
            if best and opening and number == 0 and published and best.last < published and best.first != best.last:
                # "The silo that burst in January had been overfilled, inspectors said": the report's news is not of January.
                best = Told((start, end), published, published, approximate=True) if _is_news(text[start:end]) else None
            if best:
                found.append(best)
        elif published and (_is_news(text[start:end]) if opening and number == 0 else _today(text[start:end])):
            found.append(Told((start, end), published, published, approximate=True))
        elif published and _NOW.search(text, start, end) and not _QUOTED.search(text, start, end):
            found.append(Told((start, end), published, published, approximate=True, standing=True))
    return tuple(found)


def _is_news(sentence: str) -> bool:
    """Whether an opening without a day tells what happened, or what somebody says now."""
    return tense(sentence, 0, 0) == "past" or _SAYS.search(sentence) is not None


def _today(sentence: str) -> bool:
    """Whether a sentence without a day tells what happened at an hour, which is one of the day of the report."""
    hour = _HOUR.search(sentence)
    return hour is not None and tense(sentence, 0, 0) == "past" and not _HAD.search(sentence)


def _named(text: str, published: date | None) -> tuple[Mention, ...]:
    if published:
        return mentions(text, published)
    return tuple(Mention(w.start, w.end, w.day, w.day, False) for w in written(text) if w.day)


def _telling(sentence: str, offset: int, named: Sequence[Mention], published: date | None) -> Told | None:
    """The time of what the sentence tells: what was before what will be, a day before a month, deeds before words."""
    ranked = []
    for place, one in enumerate(named):
        start, end = one.start - offset, one.end - offset
        owned = _POSSESSIVE.match(sentence, end) is not None
        near = max(0, start - _NEAR)
        if _NO_DAY_OF_IT.search(sentence, near, start) or (owned and _OF_ANOTHER.search(sentence, near, start)):
            continue
        if any(quoted.start() < start < quoted.end() for quoted in _QUOTED.finditer(sentence)):
            continue  # the "tonight" of whoever is quoted
        when = tense(sentence, start, end)
        if when is None and _WEEKDAY.fullmatch(sentence, start, end) and not owned:
            continue  # "The plan comes before the council on Tuesday": the last one, or the next
        planned = when == "future" or (published is not None and one.first > published)
        if planned and published and one.last < published:
            if one.first != one.last:
                continue  # "It will rise to 12 percent from 10 last year"
            planned = False  # "The council, which voted no on July 19, will vote again"
        said = _SAID_ON.search(sentence, near, start) is not None
        sum_of = (
            one.first == one.last
            and _SINCE.search(sentence, near, start) is not None
            and _SUM.search(sentence, 0, start) is not None
        )
        ranked.append((planned, sum_of, one.first != one.last, said, one.approximate, place))
    if not ranked:
        return None
    planned, sum_of, *_, place = min(ranked)
    best = named[place]
    span = (offset, offset + len(sentence))
    if sum_of:
        # What has been counted since some day is told as of the day of the report.
        return Told(span, published, published, approximate=True) if published else None
    return Told(span, best.first, best.last, best.approximate, planned, (best.start, best.end))


_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_SINCE = re.compile(r"\bsince\s+(?:[\w’'-]+\s+){0,5}\Z", re.IGNORECASE)
_SUM = re.compile(r"\d|\b(?:dozens|scores|hundreds|thousands|number|toll|dead)\b", re.IGNORECASE)
_STAMP = re.compile(r"\s*(?:UPDATED?|Updated?|ADDED|Added|LATEST)\b[^:\n]{0,40}:(?:\d\d\b[^:\n]{0,20}:)?\s+")
"""What a newsroom puts before a paragraph that it added later."""
_SAYS = re.compile(r"\b(?:says?|tells?|announces?|warns?|denies|confirms?|promises|rejects|accuses)\b")
_HOUR = re.compile(
    r"\b(?:at|before|after|around|about|by|until|since|shortly after|just before) (?:noon|midday|midnight|dawn|dusk|sunrise|sunset"
    r"|\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m|p\.?m)\b|(?:half past|a quarter (?:past|to)) \w+|\w+ o['’]clock)",
    re.IGNORECASE,
)
_HAD = re.compile(r"\bhad\b")
_NOW = re.compile(
    r"\b(?:is|are|has|have|stands?|remains?|number|offers?|pays?)\b(?: \w+){0,2} (?:now|still|no longer)\b|\b(?:now|still) (?:\w+ )?(?:is|are|has|have|stands?"
    r"|numbers?|remains?|offers?|pays?|counts?)\b|['’]s (?:now|still|no longer)\b|\b(?:has|have) (?:been )?(?:come down|gone up|risen|fallen|raised|lowered|cut)\b"
)
_NEAR = 120
"""Characters before a day in which stands what leads to it."""
_NO_DAY_OF_IT = re.compile(
    r"\b(?:by|until|till|before|through|ahead of|prior to|as of|for|compared with|than)\s+(?:the\s+|late\s+|early\s+)*\Z|\bif\b[^,;]*\Z"
    r"|\b(?:than|versus|compared (?:with|to))\s+(?:\S+\s+){1,5}?\Z|\b(?:as|from)\s+(?:[\d.,/-]+\s+(?:\w+\s+)?)?\Z"
    r"|\b(?:weeks?|months?|quarter|half|years?|period) (?:to|ended|ending|through)(?: on)?\s+\Z"
    r"|\b(?:was|were|had been) (?:due |supposed |scheduled |set |meant |planned )?(?:to|for)\b[^,;.]*\Z",
    re.IGNORECASE,
)
"""A day up to which something holds, or with which it is compared, is not the day on which it happened."""
_ASIDE = re.compile(
    r"\b(?:in|of|after|since|from|over|about|to|for|before|into|by)\s+(?:the|an?|its|their|that|this|(?:last|this) \w+['’]s)\s+(?:\w+\s+)?\Z"
)
_CLOSE = 12
"""Characters between an event and its day, in "the explosion early on Tuesday"."""
_OF_ANOTHER = re.compile(
    r"\b(?:for|of|after|following|about|over|from|against|despite|to|with|since|above|below)\s+(?:the\s+)?\Z"
)
"""What is said "after Tuesday's vote" was said at some other time."""
_FINISHED = re.compile(r"[.!?…][\"”’')\]]*\Z")
_WEEKDAY = re.compile("|".join(day.title() for day in WEEKDAYS))
_POSSESSIVE = re.compile("['’]s")
_SAID_ON = re.compile(rf"{SPEECH.pattern}(?:\s+\w+){{0,3}}?(?:\s+(?:on|late|early))*\s+\Z")
_DEEDS = {
    same_stem(form): same_stem(root)
    for root, forms in {
        "sink": "sank sunk",
        "break": "broke broken",
        "fall": "fell fallen",
        "win": "won victory",
        "begin": "began begun",
        "shoot": "shot",
        "lose": "lost loss",
        "leave": "left",
        "meet": "met",
        "explode": "explosion",
        "collide": "collision",
        "agree": "agreement",
        "resign": "resignation",
        "earthquake": "quake",
    }.items()
    for form in forms.split()
}
"""The stems of common deeds of the news that are told in forms without a common stem."""
