"""The time that a question names, as days: "in June 2012", "last week", "by 5 May", "before the vote", "the latest"."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from index import Filters
from index.dates.periods import DAY, unit_around
from index.dates.relative import Mention, mentions
from index.dates.tense import tense
from rag.outlets import asks_for_the_first
from rag.time.current import asks_for_the_latest
from rag.time.times import COUNTED, MONTH_NAMES, TO, times_in, with_capitals
from rag.values import Span

Side = Literal["", "before", "after", "during", "next day"]

_ARCHIVE = timedelta(days=31)
"""A collection that got no article for a month is an archive: its present is its newest article."""


@dataclass(frozen=True, slots=True)
class When:
    """The time that a question names. Days are inclusive, None where that side is open.

    `since` and `until` are when what is asked for happened; it may have been published later. `as_of` is the day whose
    state of knowledge is asked for: what was published later does not count. `event` are the words of an event that only
    the articles can date ("the vote"), and `side` says on which side of it. `latest`: the present state is asked for;
    `first`: the earliest reports are. `approximate` where the words leave room. `from_newest`: "last week" is that of
    the newest article, because the collection ends long before today. `span` is where the words stand in the question.
    """

    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    latest: bool = False
    first: bool = False
    event: str = ""
    side: Side = ""
    approximate: bool = False
    from_newest: bool = False
    span: Span | None = None

    def __bool__(self) -> bool:
        return self != When()

    def within(self, filters: Filters) -> Filters:
        """The filters, with nothing published after the day whose state of knowledge is asked for."""
        days = [day for day in (self.as_of, filters.as_of) if day]
        return replace(filters, as_of=min(days)) if days else filters

    def around(self, day: date) -> When:
        """The same with the event dated: the days from it on, until the day before it, or that day alone."""
        if self.side == "next day":
            return replace(self, since=day + DAY, until=day + DAY)
        if self.side == "before":
            return replace(self, as_of=day - DAY)
        return replace(self, since=day, until=day if self.side == "during" else self.until)


def when(text: str, today: date, newest: date | None = None) -> When:
    """What a question says of time; a When that is false where it says nothing.

    `newest` is the day of the collection's newest article. Where that is more than a month before `today`, words such as
    "last week" are counted from it. A date that can be read in two ways, or stands in a quotation, names nothing.
    """
    text = with_capitals(_QUOTED.sub(lambda quotation: " " * len(quotation[0]), text))
    now = newest if newest and today - newest > _ARCHIVE else today
    found = _dated(text, now)
    if now != today and found != _dated(text, today):
        found = replace(found, from_newest=True)
    found = found if found.span else _event(text)
    if asks_for_the_first(text):
        return replace(found, first=True)
    past = found.until or found.as_of or found.side in ("before", "during")
    return replace(found, latest=not past and asks_for_the_latest(text))


def _dated(text: str, now: date) -> When:
    """The range or day that the question's own words name."""
    if found := _days_of_a_month(text, now):
        return found
    if years := _YEARS.search(text):
        first, last = sorted((int(years[1]), int(years[2])))
        return When(date(first, 1, 1), date(last, 12, 31), span=years.span())
    times = times_in(text, now)
    for one, two in itertools.pairwise(times):
        if found := _between(text, one, two, now):
            return found
    found = When()
    for one in times:
        found = _with(found, text, one, now)
    return found


def _days_of_a_month(text: str, now: date) -> When | None:
    """Between 3 and 10 May, May 3-10: a range whose days share one month."""
    for form in _RANGES:
        if match := form.search(text):
            alone = f"{match['last']} {match['month']} {match['year'] or ''}".rstrip()
            reduced = text[: match.start("days")] + alone + text[match.end() :]
            last = next((m for m in mentions(reduced, now) if m.start == match.start("days")), None)
            if last and 0 < int(match["first"]) < last.last.day:
                return When(last.last.replace(day=int(match["first"])), last.last, span=match.span())
    return None


def _between(text: str, one: Mention, two: Mention, now: date) -> When | None:
    """From Monday to Wednesday, between March and May 2012."""
    joined = _JOINED.fullmatch(text, one.end, two.start)
    led = _FROM.search(text, 0, one.start)
    if not joined or (joined["and"] and not (led and led["between"])):
        return None
    first = one
    words = text[one.start : one.end]
    if not COUNTED.search(words):
        # "Between March and May 2012": the last March before that May.
        first = next(iter(mentions(f"since {words}", two.last)), one)
    if first.first > two.last:
        return None
    start = led.start() if led else one.start
    return When(first.first, two.last, approximate=one.approximate or two.approximate, span=(start, two.end))


def _with(found: When, text: str, one: Mention, now: date) -> When:
    """What was found so far with one more time, read by the word that leads to it."""
    led = _LED.search(text, 0, one.start) or _EVENT_DATED.search(text, 0, one.start)
    word = led["led"].lower() if led else ""
    start, end = (led.start() if led else one.start), one.end
    span = (min(start, found.span[0]), max(end, found.span[1])) if found.span else (start, end)
    known = replace(found, approximate=found.approximate or one.approximate, span=span)
    if word in ("by", "before", "ahead of", "prior to") and _is_ahead(text, start, one, now):
        return found
    if word in ("since", "starting") or _ONWARDS.match(text, end):
        return replace(known, since=one.first)
    if word in ("after", "following"):
        return replace(known, since=one.last + DAY)
    if word in ("before", "prior to", "ahead of"):
        return replace(known, as_of=one.first - DAY)
    if word in ("by", "as of", "as at", "as on", "up to", "up until"):
        return replace(known, as_of=one.last)
    if word in ("until", "till"):
        return found  # "Who was mayor until 2010?": later articles know it best.
    first, last = one.first, one.last
    if first == last and _WEEK_OF.search(text, 0, one.start):
        first, last, _ = unit_around(first, "week", 0)
    return replace(known, since=min(first, found.since or first), until=max(last, found.until) if found.until else last)


def _is_ahead(text: str, start: int, one: Mention, now: date) -> bool:
    """Whether the day is a deadline ("Must they leave by Friday?") and no state of knowledge."""
    without = text[:start] + " " * (one.start - start) + text[one.start :]
    return one.first > now or tense(without, one.start, one.end) == "future"


def _event(text: str) -> When:
    """An event that the question names as its time: "before the vote", "since the ceasefire", "after Hale resigned"."""
    match = _EVENT.search(text)
    if not match or _NO_EVENT.search(text, 0, match.end("led")) or _BEFORE_A_BODY.match(text, match.start("led")):
        return When()
    event = _EVENT_ENDS.split(match["event"], maxsplit=1)[0].rstrip()
    if _MERE_TIME.fullmatch(event):
        return When()
    side = next(side for side, words in _SIDES.items() if re.search(words, match["led"], re.IGNORECASE))
    return When(event=event, side=side, span=(match.start(), match.start("event") + len(event)))


_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_YEAR = r"(?:,?\s+(?P<year>[0-9]{4}))?(?![\w%])"
_RANGES = tuple(
    re.compile(rf"(?:\b(?:between|from|of|on|in|over)\s+(?:the\s+)?)?(?<!\d)(?<!\d[.,])(?P<days>{days}){_YEAR}")
    for days in (
        rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th)?{TO}(?:the\s+)?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH_NAMES})\b",
        rf"\b(?P<month>{MONTH_NAMES})\s+(?P<first>\d{{1,2}})(?:st|nd|rd|th)?{TO}(?P<last>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s+(?:{MONTH_NAMES}))",
    )
)
_YEARS = re.compile(rf"\b(?:between|from)\s+((?:19|20)[0-9]{{2}}){TO}((?:19|20)[0-9]{{2}})\b(?![,.]?\d)")
_JOINED = re.compile(
    r"\s*(?:(?P<and>and)|to|until|till|through|up to|-|–)\s*(?:the\s+|early\s+|late\s+)?", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:(?P<between>between)|from)\s+(?:the\s+)?\Z", re.IGNORECASE)
_LED = re.compile(
    r"\b(?P<led>since|starting|after|following|before|prior to|ahead of|by|as of|as at|as on|up to|up until|until|till)\s+"
    r"(?:(?:the|early|late|mid|(?:end|close|start|beginning|middle|morning|afternoon|evening|night) of)[\s-]+)*\Z",
    re.IGNORECASE,
)
_EVENT_DATED = re.compile(
    r"\b(?P<led>since|after|before|ahead of|prior to)\s+(?:the|an?|his|her|their|its)\s+(?:[\w’'-]+\s+){1,5}?(?:(?:on|of|in)\s+)?(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""After the vote on Tuesday: the day is that of the event."""
_ONWARDS = re.compile(r"\s+(?:on(?:wards?)?|and (?:after|later))\s*(?=[,?.!]|\Z)", re.IGNORECASE)
_WEEK_OF = re.compile(r"\bweek (?:of|beginning|starting|that began)\s+(?:on\s+)?\Z", re.IGNORECASE)
_BODY = (
    r"(?:court|judges?|magistrates?|jury|tribunal|committee|council|parliament|panel|inquiry|board|commission|congress"
    r"|senate|house|assembly|cameras?|public|press|lawmakers|legislature|regulators?)\b"
)
_BEFORE_A_BODY = re.compile(rf"before (?:the|an?) (?:[\w’'-]+ ){{0,3}}?{_BODY}(?!['’]s)", re.IGNORECASE)
"""One stands before a judge, at any time."""
_NO_EVENT = re.compile(
    r"\b(?:look(?:s|ed|ing)?|named|called|asks?|asked|go(?:es|ing)?|went|chas(?:ed?|ing)|comes?|came|take[sn]?|took|soon|ever"
    r"|long) after\Z|\b(?:is|are|was|were|be|been|being|the) following\Z|\b(?:and|or|not|never) (?:after|before)\Z",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?P<led>(?i:(?:on )?the (?:day|morning) after|since|after|before|prior to|ahead of|following|during|amid|(?:in|on) the (?:run-up|lead-up|build-up|eve) (?:to|of)"
    r"|in the (?:wake|aftermath) of|at the time of|on the (?:day|night|morning|evening) of))\s+"
    r"(?P<event>(?:(?:the|an?|his|her|their|its|this year['’]s|last year['’]s)\s+\w|(?!(?:"
    + MONTH_NAMES
    + r")\b)[A-Z](?!\w*day\b)\w|(?!(?:th|someth|noth|everyth|be|go)ing\b)\w+ing\s).*)"
)
_EVENT_ENDS = re.compile(
    r"\s*[,;?!:]|\.(?:\s|\Z)|\s+and\s+(?=(?:who|what|how|when|where|which|why|did|was|were|is|are|has|have)\b)|\s+(?=(?:who|what|which|how|why)\b)|\s+to date\b"
)
_MERE_TIME = re.compile(
    r"(?:the|an?) (?:\w+ )?(?:years?|days?|weeks?|months?|times?|periods?|century|decades?|moment|while|night|morning)"
)
_SIDES: dict[Side, str] = {
    "next day": r"the (?:day|morning) after",
    "before": r"before|prior|ahead|run-up|lead-up|build-up|eve\b",
    "during": r"during|amid|time of|(?:day|night|morning|evening) of",
    "after": r"",
}
