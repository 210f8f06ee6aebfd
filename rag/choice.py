"""What is to be said to a question, and in what form: the decision between reading and writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from index import Filters, Library, Passage
from index.dates.periods import DAY
from rag.abstain.doubted import doubted
from rag.abstain.kind import of_kind
from rag.abstain.lacking import unsaid
from rag.abstain.premise import Denial, denied
from rag.abstain.untold import untold
from rag.choose import candidates, choose, giving_evidence
from rag.corrected import Owned, is_taken_back, put_right, taken_back, tells_mistake
from rag.coverage import coverage_asked, covered
from rag.figures import Stated, asked, tellings, wants_figure
from rag.figures.kinds import tells_of
from rag.matter import matter_asked
from rag.names import text_near
from rag.outlets import asks_for_outlets, by_outlet, first_reports
from rag.question import Question
from rag.reader import Reader
from rag.reader.words import Rarity
from rag.reported import READ, reports_of
from rag.statements import Statement
from rag.statements.answering import answer_speech
from rag.statements.asked import SpeechAsked, speech_asked
from rag.statements.meaning import in_other_words, meanings
from rag.statements.whose import Told, spoken
from rag.time.course import course_asked
from rag.time.current import answering, latest_on, newest_first
from rag.time.story import Story, of_days, story
from rag.time.timeline import dated, timeline
from rag.time.when import When
from rag.values import Citation, Claim, Evidence, Shape, Span
from rag.verify.clauses import stems_of
from rag.writer.extractive import write

if TYPE_CHECKING:
    from index.encoder import Encoder

MOST = 5
"""How many statements, and how many outlets, are shown."""
_FEWEST_EVENTS = 2
_SURELY = 0.5
"""A sentence that denies something answers only where it does so more probably than not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The evidence to say, in order, and what its order and a short word before it tell.

    `days` are those of a timeline's events. `verdict` answers whether somebody said something, `speakers` are who says
    each piece of evidence. `figures` are the values that differ, oldest first, and `beside` what else tells one of them. `current`: the newest report leads, because the
    present state is asked for. `denial` is what the articles say instead: the contrary of what the question assumes, or
    that nobody would tell. `reported`: the evidence are the independent reports of a matter; `first`: the earliest reports of it.
    """

    evidence: tuple[Evidence, ...] = ()
    shape: Shape = ""
    days: tuple[date, ...] = ()
    verdict: Literal["", "yes", "no", "untold"] = ""
    speakers: tuple[str, ...] = ()
    figures: tuple[Stated, ...] = ()
    beside: tuple[Evidence, ...] = ()
    current: bool = False
    denial: Denial | None = None
    reported: bool = False
    first: bool = False


def decide(
    question: Question,
    time: When,
    passages: Sequence[Passage],
    evidence: Sequence[Evidence],
    library: Library,
    filters: Filters,
    reader: Reader,
    rarity: Rarity,
) -> Choice:
    """What to say to a question, from the passages found and the evidence that was read of the first of them."""
    enough = reader.thresholds
    speech = speech_asked(question)
    if speech and (found := _spoken(speech, passages, evidence, reader, library.encoder)):
        return found
    fitting = candidates(question, evidence)
    if denial := denied(question.text, fitting) or untold(question, fitting):
        return Choice(denial=denial)
    if asks_for_outlets(question.text):
        each = [reports.evidence[0] for reports in by_outlet(answering(fitting, enough))]
        return Choice(tuple(each[:MOST]), shape="outlets")
    if time.first and (first := first_reports(fitting, enough)):
        return Choice(first[:MOST])
    current = time.latest or bool(time.as_of or filters.as_of)
    if news := latest_on(question, passages, evidence):
        return Choice(news, current=True)
    told: dict[str, tuple[Stated, ...]] = {}
    if wants_figure(question):
        kind = wanted.kind if (wanted := asked(question)) and not wanted.unit else ""
        evidence = [e for e in evidence if tells_of(kind, text_near(e.passage))]
        by_paragraph = {e.passage.paragraph.id: e.passage for e in evidence}
        told = {
            paragraph: standing
            for paragraph, figures in tellings(question, evidence, rarity).items()
            for at in [by_paragraph[paragraph]]
            if (
                standing := tuple(
                    f for f in figures if not is_taken_back(at.article, at.paragraph.text, (f.start, f.end))
                )
            )
        }
    evidence = [e for e in evidence if e.passage.paragraph.id in told or of_kind(question, e)]
    chosen, values = choose(question, evidence, enough, told, time.since, time.until)
    # What somebody said of it takes nothing for granted: a denial by another is no answer.
    denial = None if values or speech else doubted(question, fitting, rarity)
    if denial and (not chosen or (question.asks != "who" and _denies_itself(chosen, denial))):
        return Choice(denial=denial)
    if chosen and not values and chosen[0].answers < _SURELY and unsaid(question.text, passages):
        return Choice()
    if current:
        chosen = _newest(chosen, values) if values else newest_first(chosen, enough)
    beside = tuple(giving_evidence(one, evidence) for value in values for one in value.earlier[:1])
    cited = {e.passage.article.id for e in chosen}
    beside = tuple(e for e in beside if e.passage.article.id not in cited)
    return Choice(_each_once(chosen), figures=values if len(values) > 1 else (), current=current, beside=beside)


def _newest(chosen: Sequence[Evidence], values: Sequence[Stated]) -> tuple[Evidence, ...]:
    """The evidence of these values, that of the newest first; of one day what holds before what did, and the more relevant."""
    told = sorted(zip(values, chosen, strict=True), key=lambda one: one[0].former)
    told.sort(key=lambda one: one[0].day or date.min, reverse=True)
    return tuple(found for _, found in told)


def _denies_itself(chosen: Sequence[Evidence], denial: Denial) -> bool:
    """Whether what answers best, and none too surely, is itself what denies: "has not been charged" to when he was."""
    best = chosen[0]
    same = best.passage.paragraph.id == denial.evidence.passage.paragraph.id and best.sentence == (
        denial.start,
        denial.end,
    )
    return same and best.answers < _SURELY


def without_mistakes(choice: Choice, known: Sequence[Owned]) -> Choice:
    """The choice, with each correction in the place of what it takes back, and before what agrees with it.

    A figure that was taken back does not differ from the right one: it was a mistake.
    """
    if not known or choice.shape or choice.verdict or choice.denial:
        return choice
    passages = {e.passage.paragraph.id: e.passage for e in choice.evidence}
    figures = tuple(f for f in choice.figures if not taken_back(f.value, passages[f.paragraph], known))
    evidence = sorted(put_right(choice.evidence, known, confirm=True), key=lambda e: not tells_mistake(e, known))
    return replace(
        choice, evidence=tuple(evidence), figures=figures if len({(f.amount, f.high) for f in figures}) > 1 else ()
    )


def _each_once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, of a sentence that gives several values only the last, which is the newest."""
    kept: dict[tuple[str, Span], Evidence] = {}
    for found in evidence:
        key = (found.passage.paragraph.id, found.sentence)
        if key not in kept or (found.answer or (0, 0)) < (kept[key].answer or (0, 0)):
            kept[key] = found
    return tuple(kept.values())


def contrary(choice: Choice) -> Claim | None:
    """What the articles say instead of what the question assumes, cited; None where it assumes nothing that they deny."""
    if not (denial := choice.denial):
        return None
    (claim,) = write([replace(denial.evidence, sentence=(denial.start, denial.end), answer=None)])
    return replace(claim, verdict="supported")


def finished(claims: Sequence[Claim], choice: Choice) -> tuple[Claim, ...]:
    """The claims, with the day of each event of a timeline, and with whoever says each statement."""

    def known(claim: Claim) -> Claim:
        cited = [i for i, e in enumerate(choice.evidence) if any(_cites(c, e) for c in claim.citations)]
        if not cited:
            return claim
        # A sentence that took another along is told for itself, and stands last.
        at = max(cited, key=lambda i: choice.evidence[i].sentence[1])
        day = choice.days[at] if choice.days else None
        return replace(claim, day=day, speaker=choice.speakers[at] if choice.speakers else claim.speaker)

    return _with_earlier(tuple(map(known, claims)), choice)


def _with_earlier(claims: Sequence[Claim], choice: Choice) -> tuple[Claim, ...]:
    """The claims, each with the earlier reports that give the same value and are said nowhere else."""
    number = max((c.number for claim in claims for c in claim.citations), default=0)
    said = {(c.paragraph.id, c.start) for claim in claims for c in claim.citations}
    whole = []
    for claim in claims:
        added: list[Citation] = []
        for value in choice.figures:
            if not any(c.paragraph.id == value.paragraph and c.start <= value.start < c.end for c in claim.citations):
                continue
            for found in choice.beside:
                passage, place = found.passage, (found.passage.paragraph.id, found.sentence[0])
                if place not in said and any(_gives(one, found) for one in value.earlier[:1]):
                    said.add(place)
                    added.append(
                        Citation(number + 1, passage.article, passage.paragraph, *found.sentence, passage.also)
                    )
                    number += 1
        whole.append(replace(claim, citations=(*claim.citations, *added)))
    return tuple(whole)


def _gives(one: Stated, found: Evidence) -> bool:
    return found.answer == (one.start, one.end) and found.passage.paragraph.id == one.paragraph


def _cites(citation: Citation, found: Evidence) -> bool:
    inside = citation.start <= found.sentence[0] and found.sentence[1] <= citation.end
    return inside and citation.paragraph.id == found.passage.paragraph.id


def course(question: Question, time: When, library: Library, filters: Filters, rarity: Rarity) -> Choice | None:
    """A timeline, where the question asks for one and the articles tell of two events at least."""
    asked = course_asked(question.text)
    if asked is None:
        return None
    since = time.since
    # "since the council took it up in mid-May" ends nowhere.
    until = time.until if asked.until or not asked.since else None
    topic = asked.topic or (asked.since if not since else "") or (asked.until if not until else "")
    if topic:
        told = story(library, topic, filters, rarity, beside=" ".join((asked.since, asked.until)).strip())
        since = since or dated(asked.since, told.passages)
        until = until or dated(asked.until, told.passages, last=True)
    else:
        told = Story()
    if not told.passages and (since or until or not topic):
        # The events of some days, in a place that every article may name.
        told = of_days(library, _published(filters, since, until))
    events = timeline(told, since, until, of_figures=asked.figures)
    if topic and len(events) < _FEWEST_EVENTS:
        events = timeline(told, of_figures=asked.figures)
    if len(events) < _FEWEST_EVENTS:
        return None
    pieces = tuple(replace(_unread(e.passage), sentence=e.sentence) for e in events)
    return Choice(pieces, shape="timeline", days=tuple(e.day for e in events))


def reports(question: Question, library: Library, filters: Filters, reader: Reader, rarity: Rarity) -> Choice | None:
    """The independent reports of a matter, where the question asks who reports it and somebody does."""
    matter = matter_asked(question.text)
    found = reports_of(matter, library.search(matter, READ, filters), reader, rarity) if matter else ()
    return Choice(found[:MOST], shape="outlets", reported=True) if found else None


def coverage(question: Question, library: Library, filters: Filters, reader: Reader, rarity: Rarity) -> Choice | None:
    """A passage of each outlet that covers a story, or of those that reported it first, where that is asked for."""
    asked = coverage_asked(question.text)
    found = covered(asked, library, filters, reader, rarity) if asked else ()
    return Choice(found[:MOST], shape="outlets", first=asked.first) if asked and found else None


def _published(filters: Filters, since: date | None, until: date | None) -> Filters:
    """The filters, with what was published from the first of the days on, up to a week after the last."""
    first = max((day for day in (since, filters.since) if day), default=None)
    last = min((day for day in (until and until + 7 * DAY, filters.until) if day), default=None)
    return replace(filters, since=first, until=last)


def _spoken(
    asked: SpeechAsked, passages: Sequence[Passage], evidence: Sequence[Evidence], reader: Reader, encoder: Encoder
) -> Choice | None:
    """The statements that answer a question about speech; None where another way must be tried."""
    read = {e.passage.paragraph.id: e for e in evidence}
    answering = [e for e in evidence if e.answer and e.answers >= reader.thresholds.answers]
    told = spoken(passages)
    found = answer_speech(asked, told, {e.passage.paragraph.id: e for e in answering})
    if found is None and asked.kind != "what":
        found = in_other_words(asked, told, meanings(asked, told, reader, encoder), read)
    if found is None:
        return Choice(verdict="untold") if asked.kind == "whether" else None
    shown = found.told[: min(MOST, found.fitting)]
    verdict = found.verdict if found.verdict in ("yes", "no") else ""
    pieces = tuple(_statement(asked, one, read) for one in shown)
    return Choice(pieces, verdict=verdict, speakers=tuple(statement.who for statement, _ in shown))  # type: ignore[arg-type]


def _statement(asked: SpeechAsked, told: Told, read: dict[str, Evidence]) -> Evidence:
    statement, passage = told
    found = read.get(passage.paragraph.id) or _unread(passage)
    return replace(
        found, sentence=(statement.start, statement.end), answer=_said(asked, statement, passage.paragraph.text)
    )


def _said(asked: SpeechAsked, statement: Statement, text: str) -> Span | None:
    """The piece of what somebody said that has most of the words asked about; the first where none has any."""
    wanted = stems_of(asked.about)
    return max(statement.said, key=lambda at: len(wanted & stems_of(text[slice(*at)])), default=None)


def _unread(passage: Passage) -> Evidence:
    """Evidence of a passage that is told by what it says, not by the reader."""
    return Evidence(passage, relevance=0.0, answers=0.0, sentence=(0, len(passage.paragraph.text)))
