"""Asks every question of the suites once, of Pilcrow and of the baselines, and writes down what was said."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.baselines import SEARCHES, CitationEngine, search_baselines
from eval.corpus import Corpus, read_articles
from eval.gold import LOOK_UP, GoldQuestion, check_places
from eval.response import renamed, response_of
from eval.response_lines import to_record
from eval.run import PILCROW, Asked, Run, append, relative
from eval.suites import Excerpt, Suite, suite
from eval.versions import about, own
from index import Article, Library, Paragraph, PilcrowError
from rag import Answer, Answerer, Citation, look_up
from rag.models import Model, of
from rag.quotes import Quotation, find_quote
from rag.reader.chosen import trained_reader
from rag.reader.windows import Text

Progress = Callable[[str, int, int], None]
ENGINE = "extractive"
PROSE = "Pilcrow with a model"
LLAMA = "LlamaIndex"
TOGETHER = 32
"""Claims checked together."""


def ask(
    names: Sequence[str],
    *,
    data: Mapping[str, Path] | None = None,
    library: Path | None = None,
    runs: Path = Path("runs"),
    limit: int = 0,
    seed: int = 0,
    llm: Any = None,
    progress: Progress = lambda *_: None,
) -> Run:
    """A run in which everything the suites ask has been answered; one that was cut off is gone on with.

    Articles are indexed afresh in a temporary folder; `library` is asked where a file of questions comes without
    articles. `data` says where the data of each suite lies; under "" for those not named. With a language model, ours or one of LlamaIndex, Pilcrow's prose and
    LlamaIndex's CitationQueryEngine are asked too. Raises PilcrowError, before
    anything is asked, for gold or articles that do not fit.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        suites = [suite(name, data_of(name, data), work / str(n)).limited(limit, seed) for n, name in enumerate(names)]
        prepared = [ready(s, library) for s in suites]
        _check_names(suites, library)
        model = of(llm) if llm else None
        decided = about([s.name for s in suites], system=PILCROW, limit=limit, seed=seed) | own(
            engine=ENGINE, model=model
        )
        run = Run.start(runs, decided, [asked for asked, _ in prepared])
        done = run.done()
        for made, (asked, root) in zip(suites, prepared, strict=True):
            _Session(run, done, made, asked, root, progress).all(library, model)
    return run


def _check_names(suites: Sequence[Suite], library: Path | None) -> None:
    names = [s.name for s in suites]
    twice = next((n for n in names if names.count(n) > 1), None)
    if twice:
        raise PilcrowError(f"Two suites are named {twice}; give the files different names, or ask them in two runs.")
    if library and all(s.articles or not s.questions for s in suites):
        raise PilcrowError(
            "These suites bring their own articles; --library is for a file of questions without --data."
        )


def data_of(name: str, data: Mapping[str, Path] | None) -> Path | None:
    """Where the data of a suite lies, None for where it lies by default."""
    return (data or {}).get(name, (data or {}).get(""))


def ready(made: Suite, library: Path | None) -> tuple[Asked, Path]:
    """The suite with its articles read and its gold checked, and the folder below which its paths count."""
    if made.articles:
        articles = [a for folder in made.articles for a in read_articles(folder)]
    elif made.questions:
        with Library.open(library, create=False) as opened:
            articles = list(Corpus.of(opened).articles.values())
    else:
        articles = []
    corpus, root = relative(made, articles)
    check_places(made.questions, corpus, made.source)
    return Asked(made.name, made.questions, made.pairs, made.excerpts, corpus), root


class _Session:
    """One suite being asked."""

    def __init__(
        self, run: Run, done: set[tuple[str, str, str]], made: Suite, asked: Asked, root: Path, progress: Progress
    ) -> None:
        self._run, self._done, self._made, self._asked = run, done, made, asked
        self._root, self._progress = root, progress
        self._systems: tuple[str, ...] = ()

    def all(self, library: Path | None, model: Model | None) -> None:
        """Asks whatever is not answered yet."""
        self._pairs()
        self._systems = (PILCROW, *([PROSE] if model else []), *SEARCHES, *([LLAMA] if model else []))
        questions = [q for q in self._asked.questions if any(self._left(s, q.id) for s in self._systems_for(q))]
        excerpts = [e for e in self._asked.excerpts if self._left(PILCROW, e.id)]
        if not questions and not excerpts:
            return
        with self._library(library) as opened:
            if any(q.kind != LOOK_UP for q in questions):
                self._questions(opened, model)
            self._trace([q for q in questions if q.kind == LOOK_UP], excerpts, opened)

    def _systems_for(self, question: GoldQuestion) -> tuple[str, ...]:
        return (PILCROW,) if question.kind == LOOK_UP else self._systems

    def _trace(self, lookups: Sequence[GoldQuestion], excerpts: Sequence[Excerpt], library: Library) -> None:
        """Looks the pasted words up, and traces the excerpts."""
        items: list[GoldQuestion | Excerpt] = [*lookups, *excerpts]
        total = len(items)
        for number, item in enumerate(items):
            self._progress(f"Tracing {self._made.name}", number, total)
            start = time.perf_counter()
            told: dict[str, str] = {}
            at: Quotation | Citation | None
            if isinstance(item, Excerpt):
                at = find_quote(item.text, library)
            else:
                finding = look_up(item.question, library)
                at, told = finding.citation, {"outcome": finding.outcome}
                if at:
                    day = at.article.published
                    told |= {"outlet": at.article.source, "day": day.isoformat() if day else ""}
            seconds = round(time.perf_counter() - start, 4)
            place = at and self._place(at.article, at.paragraph, at.start, at.end)
            self._write(PILCROW, {"id": item.id, "found": place, **told, "seconds": seconds})
        if total:
            self._progress(f"Tracing {self._made.name}", total, total)

    def _place(self, article: Article, paragraph: Paragraph, start: int, end: int) -> dict[str, Any]:
        return {
            "file": self._named(article.path),
            "start": paragraph.start + start,
            "end": paragraph.start + end,
        }

    def _questions(self, library: Library, model: Model | None) -> None:
        answerer = Answerer(library, llm=False)
        writer = Answerer(library, llm=model) if model else None
        engine = CitationEngine(library, model) if model else None
        paths = {self._named(a.path): a.id for a in library.articles()}
        turns: dict[str, tuple[Answer, ...]] = {}
        needed = self._needed()
        questions = [q for q in self._asked.questions if q.kind != LOOK_UP]
        for number, question in enumerate(questions):
            self._progress(f"Asking {self._made.name}", number, len(questions))
            open_systems = [s for s in self._systems if self._left(s, question.id)]
            if question.id not in needed:
                continue
            how = _how(question, paths)
            answer = answerer.answer(question.question, history=turns.get(question.follows, ()), **how)
            turns[question.id] = (*turns.get(question.follows, ()), answer)
            response = response_of(question.id, answer)
            if question.standalone and PILCROW in open_systems:
                in_full = response_of(question.id, answerer.answer(question.standalone, **how))
                response = replace(response, in_full=in_full)
            said = {PILCROW: response}
            # What a follow-up means is resolved for the baselines too: retrieval is compared, not memory.
            said |= search_baselines(library, question.id, answer.standalone_question, how["filters"])
            if writer and PROSE in open_systems:
                # The same question and the same search: what the model makes of it is compared.
                said[PROSE] = response_of(question.id, writer.answer(answer.standalone_question, **how))
            if engine and LLAMA in open_systems:
                said[LLAMA] = engine.ask(question.id, answer.standalone_question, how["filters"])
            for system, response in said.items():
                if system in open_systems:
                    self._write(system, to_record(renamed(response, self._named)))
        self._progress(f"Asking {self._made.name}", len(questions), len(questions))

    def _needed(self) -> set[str]:
        """The ids of the questions that are open, and of the turns before them, which must be told again."""
        before = {q.id: q.follows for q in self._asked.questions}
        needed: set[str] = set()
        for question in self._asked.questions:
            identity = question.id if any(self._left(s, question.id) for s in self._systems_for(question)) else ""
            while identity and identity not in needed:
                needed.add(identity)
                identity = before[identity]
        return needed

    def _pairs(self) -> None:
        pairs = [p for p in self._asked.pairs if self._left(PILCROW, p.id)]
        if not pairs:
            return
        reader = trained_reader()
        for at in range(0, len(pairs), TOGETHER):
            self._progress(f"Checking {self._made.name}", at, len(pairs))
            some = pairs[at : at + TOGETHER]
            for pair, said in zip(some, reader.supports([Text(p.claim, "", p.premise) for p in some]), strict=True):
                record = {"id": pair.id, "probability": round(said, 6), "threshold": reader.thresholds.supported}
                self._write(PILCROW, record)
        self._progress(f"Checking {self._made.name}", len(pairs), len(pairs))

    @contextmanager
    def _library(self, folder: Path | None) -> Iterator[Library]:
        if not self._made.articles:
            with Library.open(folder, create=False) as library:
                yield library
            return
        with tempfile.TemporaryDirectory() as temporary, Library.open(temporary) as library:
            # Of a suite whose questions have folders of their own, only these.
            inside = [self._made.articles[0] / q.within for q in self._asked.questions if q.within]
            alone = bool(inside) and len(inside) == len(self._asked.questions)
            library.sync(
                inside if alone else self._made.articles,
                lambda _, n, total: self._progress(f"Indexing {self._made.name}", n, total),
            )
            yield library

    def _named(self, path: str) -> str:
        return Path(path).relative_to(self._root).as_posix() if Path(path).is_relative_to(self._root) else path

    def _left(self, system: str, identity: str) -> bool:
        return (self._asked.name, system, identity) not in self._done

    def _write(self, system: str, record: dict[str, Any]) -> None:
        append(self._run.answers, self._asked.name, system, record)


def _how(question: GoldQuestion, paths: Mapping[str, str]) -> dict[str, Any]:
    """The filters that a question is asked with, and the day on which, where it names one."""
    filters = question.filters
    if question.within:
        inside = f"{question.within}/"
        held = (a for path, a in paths.items() if path.startswith(inside) or f"/{inside}" in path)
        filters = replace(filters, articles=tuple(held))
    return {"filters": filters} | ({"today": question.asked_on} if question.asked_on else {})
