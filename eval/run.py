"""A run: the questions, the articles they are about, and what each system said, in one folder that can be scored again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from eval.case import Label, QuoteCase, Scored, SupportCase, case_of
from eval.corpus import Corpus, Place, article_from, article_record
from eval.gold import LOOK_UP, GoldQuestion
from eval.gold_lines import question_from, question_record
from eval.response import Cited, Response
from eval.response_lines import from_record, read_responses
from eval.suites import Excerpt, Pair, Suite
from eval.versions import digest
from index import Article, PilcrowError

PILCROW = "Pilcrow"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A suite as it was asked: its gold and its articles, by paths that mean the same on any machine."""

    name: str
    questions: tuple[GoldQuestion, ...]
    pairs: tuple[Pair, ...]
    excerpts: tuple[Excerpt, ...]
    corpus: Corpus


class Run:
    """A folder with `run.json`, `gold.jsonl`, `articles.jsonl` and `answers.jsonl`."""

    def __init__(self, folder: Path) -> None:
        """Opens a run. Raises PilcrowError where the folder holds none."""
        self.folder = folder
        try:
            self.about: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
        except (OSError, ValueError):
            raise PilcrowError(f"{folder} holds no run; pilcrow eval SUITE makes one.") from None

    @classmethod
    def start(cls, root: Path, about: Mapping[str, Any], asked: Sequence[Asked]) -> Run:
        """The run of these suites and settings under `root`, new or begun earlier: its name is their fingerprint."""
        gold = [line for suite in asked for line in _gold_lines(suite)]
        articles = [
            {"suite": suite.name, **article_record(a)} for suite in asked for a in suite.corpus.articles.values()
        ]
        decides = {k: v for k, v in about.items() if k not in ("machine", "date")}
        folder = root / digest([decides, gold, articles])
        if not (folder / "run.json").is_file():
            folder.mkdir(parents=True, exist_ok=True)
            _write_lines(folder / "gold.jsonl", gold)
            _write_lines(folder / "articles.jsonl", articles)
            manifest = {
                suite.name: {"articles": len(suite.corpus.articles), "digest": digest(sorted(a.text for a in held))}
                for suite in asked
                for held in [suite.corpus.articles.values()]
            }
            whole = {**about, "fingerprint": folder.name, "manifest": manifest}
            (folder / "run.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return cls(folder)

    @property
    def answers(self) -> Path:
        """The file to which answers are appended."""
        return self.folder / "answers.jsonl"

    def done(self) -> set[tuple[str, str, str]]:
        """(suite, system, id) of everything answered already. A last line cut off in the writing is taken away."""
        if not self.answers.exists():
            return set()
        data = self.answers.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            self.answers.write_bytes(whole)
        return {(r["suite"], r["system"], r["id"]) for _, r in read_responses(self.answers)}

    def asked(self) -> Iterator[Asked]:
        """The suites, in the order in which they were named."""
        articles: dict[str, list[Article]] = {}
        for _, record in read_responses(self.folder / "articles.jsonl"):
            articles.setdefault(record["suite"], []).append(article_from(record))
        gold: dict[str, list[dict[str, Any]]] = {}
        for _, record in read_responses(self.folder / "gold.jsonl"):
            gold.setdefault(record["suite"], []).append(record)
        for name, rows in gold.items():
            yield Asked(
                name,
                tuple(question_from(r["question"]) for r in rows if "question" in r),
                tuple(Pair(**r["pair"]) for r in rows if "pair" in r),
                tuple(Excerpt(**r["excerpt"]) for r in rows if "excerpt" in r),
                Corpus(articles.get(name, [])),
            )

    def cases(self) -> dict[str, dict[str, list[Scored]]]:
        """For each suite and system a case for every question, claim and excerpt, in the gold's order.

        A question to which a system's answers hold no line counts as an abstention, a claim as judged wrong, an
        excerpt as declined. Raises PilcrowError for a line that does not fit.
        """
        lines: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
        for number, record in read_responses(self.answers) if self.answers.exists() else ():
            try:
                lines.setdefault((record["suite"], record["system"]), {})[record["id"]] = record
            except KeyError as error:
                raise PilcrowError(f"Line {number} of {self.answers} lacks {error}.") from None
        systems = list(dict.fromkeys([self.about["system"], *(system for _, system in lines)]))
        found: dict[str, dict[str, list[Scored]]] = {}
        for suite in self.asked():
            for system in systems:
                told = lines.get((suite.name, system))
                if told is not None or system == systems[0]:
                    found.setdefault(suite.name, {})[system] = list(_cases(suite, told or {}, system))
        return found

    def missing(self) -> dict[str, tuple[int, int]]:
        """For each suite how many of its items the first system's answers lack, of how many."""
        done = self.done()
        counts = {}
        for suite in self.asked():
            ids = [*(q.id for q in suite.questions), *(p.id for p in suite.pairs), *(e.id for e in suite.excerpts)]
            lacking = sum((suite.name, self.about["system"], i) not in done for i in ids)
            counts[suite.name] = (lacking, len(ids))
        return {name: count for name, count in counts.items() if count[0]}


def relative(suite: Suite, articles: Sequence[Article]) -> tuple[Corpus, Path]:
    """The articles by their paths below the suite's folder, or else the one that holds them all, and that folder."""
    if len(suite.articles) == 1 and suite.articles[0].is_dir():
        root = Path(os.path.abspath(suite.articles[0]))
    else:
        root = Path(os.path.commonpath([Path(a.path).parent for a in articles])) if articles else Path("/")
    return Corpus(replace(a, path=Path(a.path).relative_to(root).as_posix()) for a in articles), root


def append(file: Path, suite: str, system: str, record: Mapping[str, Any]) -> None:
    """Adds a line to the answers: whole, or, where the machine stops, to be taken away again."""
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"suite": suite, "system": system, **record}, ensure_ascii=False) + "\n")


def _gold_lines(suite: Asked) -> Iterator[dict[str, Any]]:
    yield from ({"suite": suite.name, "question": question_record(q)} for q in suite.questions)
    yield from ({"suite": suite.name, "pair": asdict(p)} for p in suite.pairs)
    yield from ({"suite": suite.name, "excerpt": asdict(e)} for e in suite.excerpts)


def _cases(suite: Asked, lines: Mapping[str, Mapping[str, Any]], system: str) -> Iterator[Scored]:
    clusters: dict[str, str] = {}
    looked_up = {q.id for q in suite.questions if q.kind == LOOK_UP}
    for question in suite.questions:
        if question.kind == LOOK_UP:
            if system == PILCROW or lines.keys() & looked_up:
                yield _looked_up(suite, question, _read(excerpt_line, question.id, suite, lines))
            continue
        response = _read(from_record, question.id, suite, lines)
        missing = Response(question.id, reason="No answer was given.")
        case = case_of(question, response or missing, suite.corpus, clusters.get(question.follows, ""))
        clusters[question.id] = case.cluster
        yield case
    for pair in suite.pairs:
        said = _read(pair_line, pair.id, suite, lines)
        if said is None and system != PILCROW and pair.id not in lines and not any(p.id in lines for p in suite.pairs):
            continue  # a system that answers questions and checks no claims
        probability, enough = said or (float(not pair.carried), 0.5)
        cluster = pair.cluster or pair.premise
        yield SupportCase(pair.id, pair.kind, cluster, pair.claim, pair.premise, pair.carried, probability, enough)
    for excerpt in suite.excerpts:
        places = suite.corpus.quotes(excerpt.file, excerpt.original)[:1] if excerpt.file else ()
        told = _read(excerpt_line, excerpt.id, suite, lines)
        yield _traced(suite, excerpt.id, excerpt.kind, excerpt.text, places, told)


def _looked_up(suite: Asked, question: GoldQuestion, told: Found | None) -> QuoteCase:
    """The case of a question of the kind "quote": any place of its evidence will do."""
    places = [p for item in question.evidence for a, quote in item.places for p in suite.corpus.quotes(a, quote)]
    case = _traced(suite, question.id, question.kind, question.question, places, told)
    # The gold tells of the first article under what outlet and day it appeared, whatever was read from its file.
    own = {(question.outlet, question.day)} if places else set()
    others = {_label(p) for p in places if p.article != places[0].article}
    return replace(case, labels=frozenset(own | others), outcome=question.found)


def _traced(suite: Asked, identity: str, kind: str, text: str, gold: Sequence[Place], told: Found | None) -> QuoteCase:
    line = told or Found()
    found = suite.corpus.place(line.place) if line.place else None
    return QuoteCase(
        identity,
        kind,
        gold[0].article.path if gold else f"excerpt {identity}",
        text,
        tuple(gold),
        found,
        line.seconds,
        frozenset(map(_label, gold)),
        line.label or (_label(found) if found else ("", None)),
        told=line.outcome,
    )


def _label(place: Place) -> Label:
    return place.article.source, place.article.published


def pair_line(record: Mapping[str, Any]) -> tuple[float, float]:
    """(probability, threshold) of a claim's line. Raises ValueError, KeyError or TypeError where it does not fit."""
    probability, enough = float(record["probability"]), float(record.get("threshold", 0.5))
    if not 0 <= probability <= 1 or not 0 <= enough <= 1:
        raise ValueError("probability and threshold are numbers from 0 to 1")
    return probability, enough


@dataclass(frozen=True, slots=True)
class Found:
    """Where words that were looked up stand, None for nowhere, how ("exact" …), and the seconds that it took to tell.

    `label` is the outlet and the day that were named, None where the place alone was.
    """

    place: Cited | None = None
    outcome: str = ""
    label: Label | None = None
    seconds: float | None = None


def excerpt_line(record: Mapping[str, Any]) -> Found:
    """What the line of an excerpt or a look-up says. Raises ValueError, KeyError or TypeError likewise."""
    told = {"best": record["found"], "lacks": record.get("outcome", ""), "seconds": record.get("seconds")}
    response = from_record({"id": "", "sentences": [], **told})
    day = record.get("day")
    label = (str(record.get("outlet", "")), date.fromisoformat(day) if day else None)
    return Found(response.best, response.lacks, label if any(label) else None, response.seconds)


def _read(
    read: Callable[[Mapping[str, Any]], _T], identity: str, suite: Asked, lines: Mapping[str, Mapping[str, Any]]
) -> _T | None:
    """What `read` makes of the line for an id; None where there is no line."""
    try:
        return read(lines[identity]) if identity in lines else None
    except (KeyError, TypeError, ValueError) as error:
        raise PilcrowError(f"The answer to {identity} of {suite.name} does not fit: {error}.") from None


def _write_lines(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
