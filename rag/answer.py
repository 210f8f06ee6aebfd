"""A question in, an answer with its proof out. Read aloud, this file is what Pilcrow does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from index import Filters, Library, Passage
from index.settings import settings
from rag.abstain.clause import happened
from rag.abstain.lacking import Lacking, gainsaid, lacking
from rag.abstain.parts import leans, parts
from rag.abstain.topic import articles_on, nearer
from rag.choice import Choice, contrary, course, coverage, decide, finished, reports, without_mistakes
from rag.choose import missing_names
from rag.clock import Clock
from rag.conversation import by_turns, heard, standalone
from rag.corrected import Owned, corrects, owned, put_right, with_notices
from rag.figures import asked as figure_asked
from rag.figures import wants_figure, widened
from rag.lead import conflicts, lead
from rag.matter import value_asked
from rag.opinion import of_opinion, view_asked
from rag.question import Question, check_length, understand
from rag.reader.chosen import chosen_reader
from rag.reader.words import Rarity, rarity_from_counts
from rag.sources import with_sources
from rag.statements.asked import speech_asked
from rag.tell import Told, tell
from rag.time.dated import event_day, speaks_of
from rag.time.when import When, when
from rag.together import repeats, silenced, together
from rag.values import Answer, Claim, Evidence
from rag.version import version
from rag.writer.extractive import ENGINE

if TYPE_CHECKING:
    from rag.models import Model
    from rag.reader import Reader

PASSAGES, FOUND = 12, 24
"""How many passages are read for a question, and how many are found: statements and further sources are told from all of them."""
LISTENED = 18
"""How many are read for a follow-up, which is searched for by its own words and by those before it."""
FIGURES = 32
"""How many are read for a question that a figure answers, as it may change from report to report."""
CLOSEST = 3
"""How many passages are shown, as no evidence, where nothing answers."""
_CLEARLY = 0.1
"""By how much more probably a report outside the chosen dates must answer, to be the one that is asked for."""
_DECLINED = "The articles speak of this, but do not say what was asked, as far as the model found."


class Answerer:
    """Answers questions about one library. Safe to share between threads."""

    def __init__(self, library: Library, reader: Reader | None = None, llm: Any = None) -> None:
        """`reader` and `llm`, a LlamaIndex language model that writes the answers, default to what the settings name.

        With False for `llm` the articles speak for themselves, whatever is set. Raises PilcrowError for one that is none.
        """
        self.library = library
        self._given = reader
        self._lock = threading.Lock()
        self._reader: tuple[int, Reader] | None = None
        self._rare: tuple[int, Rarity] | None = None
        self._llm = _model_of(llm) if llm else llm

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        filters: Filters = Filters(),  # noqa: B008
        today: date | None = None,
    ) -> Answer:
        """The answer to `question`, every claim cited and checked.

        `history` holds the earlier answers of the conversation, oldest first; `filters` says
        which articles may be used, and `today` from which day "last week" is counted, by default the real one. Raises
        PilcrowError for a question that cannot be asked.
        """
        *_, whole = self.stream(question, history=history, filters=filters, today=today)
        return whole

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        filters: Filters = Filters(),  # noqa: B008
        today: date | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Answer]:
        """The answer as it comes about, each time with the claims written and checked so far; the last is whole.

        `stop` is asked now and then whether anybody still wants it; a language model falls silent then.
        """
        clock = Clock()
        check_length(question)
        with clock("understand"):
            model, remark = self._model()
            alone = self._standalone(question, history, model)
            before = () if model else history  # a model has put into the question what it leans on
        pieces = (alone,) if model else parts(alone)
        if len(pieces) > 1:
            answers = [*self._stream(pieces[0], pieces[0], before, filters, today, clock, stop)][-1:]
            for piece in pieces[1:]:
                answers.append(self._part(piece, answers[0], before, filters, today, clock, stop))
            said = together(question, alone, answers)
            fingerprint = self._fingerprint(understand(alone), filters, said.engine)
            yield replace(said, fingerprint=fingerprint, timings=clock.times)
            return
        for said in self._stream(question, alone, before, filters, today, clock, stop, model):
            yield replace(said, remark=said.remark or remark)

    def _part(
        self,
        piece: str,
        first: Answer,
        before: Sequence[Answer],
        filters: Filters,
        today: date | None,
        clock: Clock,
        stop: Callable[[], bool],
    ) -> Answer:
        """The answer to a further part of a question: from the articles that tell of the first, where it names nothing else."""
        asked, opening = understand(piece), understand(first.question)
        history, alone = (before, piece) if not leans(piece) else ((first,), standalone(piece, (first,)))
        if set(asked.names) <= set(opening.names) and not filters.articles:
            found = self.library.search(opening.text, FOUND, filters)
            filters = replace(filters, articles=articles_on(opening, found, self._rarity()))
        *_, whole = self._stream(piece, alone, history, filters, today, clock, stop)
        return silenced(whole) if repeats(whole, first) else whole

    def _stream(
        self,
        question: str,
        alone: str,
        history: Sequence[Answer],
        filters: Filters,
        today: date | None,
        clock: Clock,
        stop: Callable[[], bool],
        model: Model | None = None,
    ) -> Iterator[Answer]:
        """The answer to one question, which stands `alone` where the reader does not hear it after the `history`."""
        with clock("understand"):
            asked = _in_conversation(alone, question, history)
            time = self._when(asked, today)
        with clock("search"):
            found, time = self._search(asked, time, filters)
            found = (view_asked(alone) and of_opinion(found)) or found
            passages = found if _widely(asked, time) else found[: _most(asked)]
            within = time.within(filters)
        with clock("read"):
            choice = course(asked, time, self.library, within, self._rarity())
            choice = choice or coverage(asked, self.library, within, self.reader, self._rarity())
            choice = choice or reports(asked, self.library, within, self.reader, self._rarity())
            evidence = () if choice else self._read(asked, passages)
            known = owned(evidence, self.library, within)
            choice = choice or self._decide(asked, time, within, passages, evidence, known)
            if self._told_outside(asked, time, filters, passages, choice):
                choice = Choice()
        with clock("write"):
            for told in tell(
                asked, put_right(evidence, known), choice.evidence, self.reader, None if choice.shape else model, stop
            ):
                kept = finished(told.kept, choice)
                kept = (
                    kept
                    if choice.shape or choice.figures or choice.speakers
                    else with_sources(asked, kept, found, self.reader, self._rarity())
                )
                kept = with_notices(kept, self.library)
                missing = self._lacking(asked, time, filters, passages, kept, choice, told)
                said = Answer(
                    question=question,
                    standalone_question=asked.text,
                    claims=kept,
                    reason=missing.sentence,
                    lead=lead(choice, kept, corrections=tuple(filter(corrects, kept))),
                    lacks=missing.code,
                    premise=contrary(choice),
                    shape=choice.shape,
                    conflicts=conflicts(asked, choice, kept),
                    rejected=told.rejected,
                    closest=() if kept or choice.denial else passages[:CLOSEST],
                    engine=told.engine,
                    remark=told.remark,
                    evidence=evidence,
                )
                if model:
                    yield said
        yield replace(said, fingerprint=self._fingerprint(asked, within, said.engine), timings=clock.times)

    @property
    def reader(self) -> Reader:
        """The reader in use. It is renewed with the library: the plain one weighs words by how rare they are."""
        if self._given:
            return self._given
        with self._lock:
            generation = self.library.generation
            if self._reader is None or self._reader[0] != generation:
                self._reader = (generation, chosen_reader(self.library))
            return self._reader[1]

    def _model(self) -> tuple[Model | None, str]:
        """The language model that writes, None for none, and what to say where it cannot be had."""
        if self._llm is not None or not settings().llm_url:
            return self._llm or None, ""
        from rag.models import ModelError, connect

        try:
            return connect(), ""
        except ModelError as error:
            return None, f"{error} These are the articles' own words."

    def _standalone(self, question: str, history: Sequence[Answer], model: Model | None) -> str:
        if model and history:
            from rag.models import ModelError
            from rag.prose.rewrite import rewrite

            with suppress(ModelError):  # it is asked once more, for the answer, and what it lacks is said then
                return rewrite(question, history, model)
        return standalone(question, history)

    def _when(self, asked: Question, today: date | None) -> When:
        span = self.library.span
        return when(asked.text, today or date.today(), span[1] if span else None)

    def _search(self, asked: Question, time: When, filters: Filters) -> tuple[tuple[Passage, ...], When]:
        """The passages found, those of the time that the question names first, and that time, its event dated by them."""
        found = self.library.search(asked.text, FOUND, time.within(filters))
        if time.event and (day := event_day(time.event, found)):
            time = time.around(day)
            found = self.library.search(asked.text, FOUND, time.within(filters)) if time.as_of else found
        if (wanted := figure_asked(asked)) and (words := widened(wanted)):
            more = self.library.search(words, FOUND, time.within(filters))
            known = {p.paragraph.id for p in found}
            added = (p for p in more if p.paragraph.id not in known)
            found = (*found, *(replace(p, rank=len(found) + n) for n, p in enumerate(added, 1)))
        if asked.heard:
            found = by_turns(found, self.library.search(asked.heard, FOUND, time.within(filters)))
        if time.since or time.until:
            found = tuple(sorted(found, key=lambda p: not speaks_of(p, time.since, time.until)))
        return found, time

    def _read(self, asked: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
        """The evidence of each passage that is read; a question that may begin a new topic is read by itself too.

        Behind another question it is heard as if it went on from there: of 84 whole questions in worlds apart 51 were
        answered right behind an unrelated one, 66 read both ways, and 64 alone.
        """
        passages = passages[: _most(asked)]
        read = self.reader.read(asked, passages)
        if not asked.may_begin_anew:
            return read
        alone = self.reader.read(replace(asked, heard=""), passages)
        return tuple(max(pair, key=lambda e: e.relevance * e.answers) for pair in zip(read, alone, strict=True))

    def _decide(
        self,
        asked: Question,
        time: When,
        within: Filters,
        passages: Sequence[Passage],
        evidence: Sequence[Evidence],
        known: Sequence[Owned] = (),
    ) -> Choice:
        found = decide(asked, time, passages, evidence, self.library, within, self.reader, self._rarity())
        return without_mistakes(found, known)

    def _outside(self, asked: Question, time: When, filters: Filters, inside: Sequence[Passage]) -> tuple[Passage, ...]:
        """What would answer, or at least speaks of this as nothing `inside` does, were the chosen dates left aside."""
        if not (filters.since or filters.until or filters.as_of):
            return ()
        passages, evidence = self._freed(asked, time, filters)
        known = {p.paragraph.id for p in inside}
        others = tuple(p for p in passages if p.paragraph.id not in known)
        answering = tuple(e.passage for e in evidence if e.passage in others)
        return answering or nearer(asked, others, inside, self._rarity())

    def _told_outside(
        self, asked: Question, time: When, filters: Filters, inside: Sequence[Passage], choice: Choice
    ) -> bool:
        """Whether what is asked happened, and is told outside the chosen dates, better than anything within them tells it.

        Not how things stand, nor a figure: these change, and what held within the dates answers, however much clearer
        the later report is.
        """
        dated = filters.since or filters.until or filters.as_of
        if not dated or not choice.evidence or choice.shape or choice.speakers or wants_figure(asked):
            return False
        if not happened(asked.text):
            return False
        _, evidence = self._freed(asked, time, filters)
        known = {p.article.id for p in inside}
        told = max((e.answers for e in choice.evidence), default=0.0)
        return bool(evidence) and evidence[0].passage.article.id not in known and evidence[0].answers > told + _CLEARLY

    def _freed(self, asked: Question, time: When, filters: Filters) -> tuple[tuple[Passage, ...], tuple[Evidence, ...]]:
        """What is found, and what of it answers, without the chosen dates."""
        free = replace(filters, since=None, until=None, as_of=None)
        passages, time = self._search(asked, time, free)
        evidence = self._read(asked, passages)
        return passages, self._decide(asked, time, free, passages, evidence).evidence

    def _rarity(self) -> Rarity:
        """How much a word of the library tells, renewed with the library."""
        generation = self.library.generation
        if self._rare is None or self._rare[0] != generation:
            self._rare = generation, rarity_from_counts(self.library.holding, self.library.counts()["paragraphs"])
        return self._rare[1]

    def _lacking(
        self,
        asked: Question,
        time: When,
        filters: Filters,
        passages: Sequence[Passage],
        claims: Sequence[Claim],
        choice: Choice,
        told: Told,
    ) -> Lacking:
        """What is missing from what is said, and why; nothing where all is there."""
        if choice.denial:
            return gainsaid(choice.denial)
        if claims:
            # Who is put right by a correction may be named in the report alone.
            missing = () if choice.verdict or any(map(corrects, claims)) else missing_names(asked, claims)
            return (
                Lacking("partial", f"The articles found do not say this of {' and '.join(missing)}.")
                if missing
                else Lacking()
            )
        if told.declined:
            return Lacking("fact", _DECLINED)
        if choice.verdict == "untold":
            return Lacking("fact", "The articles found do not tell of anybody who said so.")
        outside = self._outside(asked, time, filters, passages)
        return lacking(
            asked, passages, self.library.holding, self.library.counts()["articles"], outside, self._rarity()
        )

    def _fingerprint(self, asked: Question, filters: Filters, engine: str) -> str:
        said = (
            version(),
            engine,
            _prompts() if engine != ENGINE else "",
            self.reader.name,
            self.library.encoder.name,
            self.library.identity,
            str(self.library.generation),
            repr(filters),
            asked.text,
            asked.heard,
        )
        return blake2b("\x00".join(said).encode(), digest_size=8).hexdigest()


def _most(asked: Question) -> int:
    return FIGURES if wants_figure(asked) else LISTENED if asked.heard else PASSAGES


def _in_conversation(alone: str, question: str, history: Sequence[Answer]) -> Question:
    """The question as understood alone, with how it is heard after the answers before it, and what was filled in."""
    asked = understand(view_asked(alone) or value_asked(alone) or alone)
    listened = heard(question, history)
    assumed = tuple(name for name in asked.names if listened and name not in question)
    return replace(asked, heard=listened, assumed=assumed, whole=alone == question)


def _widely(asked: Question, time: When) -> bool:
    """Whether an answer may stand in passages that are not read."""
    return bool(time.since or time.until or time.event or speech_asked(asked) or wants_figure(asked))


def _prompts() -> str:
    from rag.prose.prompt import version

    return version()


def _model_of(llm: Any) -> Model:
    from rag.models import of

    return of(llm)
