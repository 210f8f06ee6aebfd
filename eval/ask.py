"""Asks every question of the suites once, of Pilcrow and of the baselines, and writes down what was said."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.baselines import SEARCHES, CitationEngine, search_baselines
from eval.corpus import Corpus, read_articles
from eval.gold import GoldQuestion, check_places
from eval.response import Cited, Response, from_record, read_responses, response_of, to_record
from eval.run import PILCROW, Asked, Run, append, excerpt_line, pair_line, relative
from eval.suites import Suite, suite
from eval.versions import about, own
from index import Filters, Library, PilcrowError
from rag import Answer, Answerer
from rag.models import Model, of
from rag.quotes import find_quote
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
        suites = [suite(name, _data_of(name, data), work / str(n)).limited(limit, seed) for n, name in enumerate(names)]
        ready = [_ready(s, library) for s in suites]
        _check_names(suites, library)
        model = of(llm) if llm else None
        decided = about([s.name for s in suites], system=PILCROW, limit=limit, seed=seed) | own(
            engine=ENGINE, model=model
        )
        run = Run.start(runs, decided, [asked for asked, _ in ready])
        done = run.done()
        for made, (asked, root) in zip(suites, ready, strict=True):
            _Session(run, done, made, asked, root, progress).all(library, model)
    return run


def adopt(
    answers: Path,
    name: str,
    *,
    system: str,
    data: Mapping[str, Path] | None = None,
    library: Path | None = None,
    runs: Path = Path("runs"),
    limit: int = 0,
    seed: int = 0,
) -> Run:
    """A run made of another system's answers to one suite: a file of JSON lines, as `eval/README.md` describes.

    Raises PilcrowError, naming the line, for one that does not fit or answers what was not asked.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = suite(name, _data_of(name, data), Path(folder)).limited(limit, seed)
        asked, _ = _ready(made, library)
    reads: dict[str, Callable[[Mapping[str, Any]], object]] = {
        **{q.id: from_record for q in asked.questions},
        **{p.id: pair_line for p in asked.pairs},
        **{e.id: excerpt_line for e in asked.excerpts},
    }
    seen: dict[str, int] = {}
    records = []
    for number, record in read_responses(answers):
        identity = str(record.get("id", ""))
        if identity not in reads:
            raise PilcrowError(f"Line {number} of {answers} answers {identity!r}, which {made.name} does not ask.")
        if identity in seen:
            raise PilcrowError(f"Line {number} of {answers} answers {identity}, as line {seen[identity]} does.")
        try:
            reads[identity](record)
        except (KeyError, TypeError, ValueError) as error:
            why = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            raise PilcrowError(f"Line {number} of {answers} is not an answer: {why}.") from None
        seen[identity] = number
        records.append(record)
    decided = about([made.name], system=system, limit=limit, seed=seed)
    run = Run.start(runs, {**decided, "answers": sha256(answers.read_bytes()).hexdigest()}, [asked])
    run.answers.unlink(missing_ok=True)
    for record in records:
        append(run.answers, made.name, system, record)
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


def _data_of(name: str, data: Mapping[str, Path] | None) -> Path | None:
    return (data or {}).get(name, (data or {}).get(""))


def _ready(made: Suite, library: Path | None) -> tuple[Asked, Path]:
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
        questions = [q for q in self._asked.questions if any(self._left(s, q.id) for s in self._systems)]
        excerpts = [e for e in self._asked.excerpts if self._left(PILCROW, e.id)]
        if not questions and not excerpts:
            return
        with self._library(library) as opened:
            if questions:
                self._questions(opened, model)
            for number, excerpt in enumerate(excerpts):
                self._progress(f"Tracing {self._made.name}", number, len(excerpts))
                start = time.perf_counter()
                found = find_quote(excerpt.text, opened)
                seconds = round(time.perf_counter() - start, 4)
                start_of = found.paragraph.start if found else 0
                place = found and {
                    "file": self._named(found.article.path),
                    "start": start_of + found.start,
                    "end": start_of + found.end,
                }
                self._write(PILCROW, {"id": excerpt.id, "found": place, "seconds": seconds})
            if excerpts:
                self._progress(f"Tracing {self._made.name}", len(excerpts), len(excerpts))

    def _questions(self, library: Library, model: Model | None) -> None:
        answerer = Answerer(library, llm=False)
        writer = Answerer(library, llm=model) if model else None
        engine = CitationEngine(library, model) if model else None
        paths = {self._named(a.path): a.id for a in library.articles()}
        turns: dict[str, tuple[Answer, ...]] = {}
        needed = self._needed()
        total = len(self._asked.questions)
        for number, question in enumerate(self._asked.questions):
            self._progress(f"Asking {self._made.name}", number, total)
            open_systems = [s for s in self._systems if self._left(s, question.id)]
            if question.id not in needed:
                continue
            filters = _filters(question, paths)
            answer = answerer.answer(question.question, history=turns.get(question.follows, ()), filters=filters)
            turns[question.id] = (*turns.get(question.follows, ()), answer)
            said = {PILCROW: response_of(question.id, answer)}
            # What a follow-up means is resolved for the baselines too: retrieval is compared, not memory.
            said |= search_baselines(library, question.id, answer.standalone_question, filters)
            if writer and PROSE in open_systems:
                # The same question and the same search: what the model makes of it is compared.
                written = writer.answer(answer.standalone_question, filters=filters)
                said[PROSE] = response_of(question.id, written)
            if engine and LLAMA in open_systems:
                said[LLAMA] = engine.ask(question.id, answer.standalone_question, filters)
            for system, response in said.items():
                if system in open_systems:
                    self._write(system, to_record(self._renamed(response)))
        self._progress(f"Asking {self._made.name}", total, total)

    def _needed(self) -> set[str]:
        """The ids of the questions that are open, and of the turns before them, which must be told again."""
        before = {q.id: q.follows for q in self._asked.questions}
        needed: set[str] = set()
        for question in self._asked.questions:
            identity = question.id if any(self._left(s, question.id) for s in self._systems) else ""
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

    def _renamed(self, response: Response) -> Response:
        def cited(place: Cited) -> Cited:
            return replace(place, file=self._named(place.file))

        return replace(
            response,
            sentences=tuple(replace(s, citations=tuple(map(cited, s.citations))) for s in response.sentences),
            best=cited(response.best) if response.best else None,
            retrieved=None if response.retrieved is None else tuple(map(cited, response.retrieved)),
        )

    def _named(self, path: str) -> str:
        return Path(path).relative_to(self._root).as_posix() if Path(path).is_relative_to(self._root) else path

    def _left(self, system: str, identity: str) -> bool:
        return (self._asked.name, system, identity) not in self._done

    def _write(self, system: str, record: dict[str, Any]) -> None:
        append(self._run.answers, self._asked.name, system, record)


def _filters(question: GoldQuestion, paths: dict[str, str]) -> Filters:
    if not question.within:
        return Filters()
    inside = f"{question.within}/"
    return Filters(articles=tuple(a for path, a in paths.items() if path.startswith(inside) or f"/{inside}" in path))
