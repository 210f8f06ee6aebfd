"""How well follow-up questions are made to stand alone: beside what people wrote, on rows (history, question, rewrite).

python -m eval.rewrites ../shared/train/rewrite.jsonl.gz [--held-back]   # one half of the conversations, or the other
python -m eval.rewrites --sample                                         # does the sample's search find more by it?
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import zip_longest
from pathlib import Path

import numpy as np

import sample
from eval.corpus import Corpus
from eval.gold import GoldQuestion, load
from eval.intervals import draws_of
from eval.measures.short_answer import token_f1
from index import Library
from index.search import content_words
from index.sentences import sentences
from rag import Answer, Answerer, Claim
from rag.conversation import standalone
from rag.speakers import speaker

_ANSWERED = ("canard", "gecor", "cast21", "cast22", "ikat")
"""Sources whose history holds answers between the questions. CANARD's opens with an article's title and section."""
_SHORT = 10
"""An answer of so many words at most is all emphasis, as a span that was marked would be."""
_FOUND = 5

Rewriter = Callable[[str, Sequence[Answer]], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A question in its conversation, and what somebody made of it who was asked to let it stand alone."""

    source: str
    history: tuple[str, ...]
    question: str
    rewrite: str

    @property
    def conversation(self) -> str:
        """What all rows of a conversation share: its source and how it opens."""
        return f"{self.source}: {self.history[0] if self.history else self.question}"

    @property
    def held_back(self) -> bool:
        """True for the half of the conversations that nothing was developed on."""
        return blake2b(self.conversation.encode(), digest_size=1).digest()[0] % 2 == 1


def main() -> None:
    """Prints a table a source, or what the sample's follow-up questions find."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path, nargs="?", help="rewrite.jsonl.gz")
    parser.add_argument("--held-back", action="store_true")
    parser.add_argument("--sample", action="store_true")
    given = parser.parse_args()
    if given.rows:
        table([row for row in rows_of(given.rows) if row.held_back == given.held_back])
    if given.sample:
        recall()


def rows_of(path: Path) -> list[Row]:
    """The rows of a file, one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [Row(r["src"].split("_")[0], tuple(r["history"]), r["question"], r["rewrite"]) for r in records]


def repeated(question: str, history: Sequence[Answer]) -> str:
    """The question as it was asked."""
    return question


def glued(question: str, history: Sequence[Answer]) -> str:
    """The question with the content words of the last one behind it."""
    return f"{question} {' '.join(content_words(history[-1].question))}" if history else question


REWRITERS: tuple[tuple[str, Rewriter], ...] = (("repeated", repeated), ("glued", glued), ("ours", standalone))


def table(rows: Sequence[Row]) -> None:
    """Content-word F1 with the human rewrite where it differs from the question; share left alone where it does not."""
    began = time.perf_counter()
    said = [[rewrite(r.question, history(r)) for _, rewrite in REWRITERS] for r in rows]
    seconds = time.perf_counter() - began
    print("| source | " + " | ".join(f"F1 {name}" for name, _ in REWRITERS) + " | n | left alone | n |")
    print("|---" * (len(REWRITERS) + 4) + "|")
    for source in (*dict.fromkeys(r.source for r in rows), ""):
        some = [(r, s) for r, s in zip(rows, said, strict=True) if source in ("", r.source)]
        differ = [(r, s) for r, s in some if plain(r.question) != plain(r.rewrite)]
        alike = [(r, s) for r, s in some if plain(r.question) == plain(r.rewrite)]
        clusters = [r.conversation for r, _ in differ]
        cells = [_interval([f1(s[i], r.rewrite) for r, s in differ], clusters) for i in range(len(REWRITERS))]
        left = _interval(
            [float(plain(s[-1]) == plain(r.question)) for r, s in alike], [r.conversation for r, _ in alike]
        )
        print(f"| {source or 'all'} | {' | '.join(cells)} | {len(differ)} | {left} | {len(alike)} |")
    print(f"{1000 * seconds / len(rows):.1f} ms a row, its whole history included")


def recall() -> None:
    """Mean share of the sample's follow-up questions with a gold paragraph among the first five found."""
    questions = {q.id: q for q in load(sample.QUESTIONS)}
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        library.sync([sample.ARTICLES])
        corpus, answerer = Corpus.of(library), Answerer(library, llm=False)
        found: dict[str, list[bool]] = {name: [] for name, _ in REWRITERS}
        for asked in questions.values():
            if asked.kind != "follow-up":
                continue
            before: list[GoldQuestion] = []
            while link := (before[0] if before else asked).follows:
                before.insert(0, questions[link])
            told: list[Answer] = []
            for turn in before:
                told.append(answerer.answer(turn.question, history=told))
            gold = {
                p.id
                for item in asked.evidence
                for place in item.places
                for at in corpus.quotes(*place)
                for p in at.paragraphs
            }
            for name, rewrite in REWRITERS:
                alone = rewrite(asked.question, told)
                found[name].append(any(p.paragraph.id in gold for p in library.search(alone, _FOUND)))
            print(f"{asked.question}  ->  {alone}  ({'found' if found['ours'][-1] else 'not found'})")
    for name, hits in found.items():
        print(f"recall@{_FOUND} {name}: {sum(hits)} of {len(hits)}")


def f1(said: str, wanted: str) -> float:
    """F1 of the content words, 0 to 1."""
    return token_f1(" ".join(content_words(said)), " ".join(content_words(wanted)))


def plain(text: str) -> str:
    """The text without case, punctuation and doubled spaces: what they change is no other question."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def history(row: Row) -> tuple[Answer, ...]:
    """The conversation before the row as answers, each earlier question made to stand alone as it would have been."""
    answered = row.source.startswith(_ANSWERED)
    turns = zip_longest(row.history[::2], row.history[1::2]) if answered else ((said, "") for said in row.history)
    return _told(tuple((question, answer or "") for question, answer in turns))


@lru_cache(maxsize=64)
def _told(turns: tuple[tuple[str, str], ...]) -> tuple[Answer, ...]:
    if not turns:
        return ()
    before = _told(turns[:-1])
    question, answer = turns[-1]
    return (*before, Answer(question, standalone(question, before), claims=_claims(answer)))


def _claims(answer: str) -> tuple[Claim, ...]:
    emphasis = (0, len(answer)) if len(answer.split()) <= _SHORT else None
    texts = [answer[slice(*span)] for span in sentences(answer)]
    return tuple(Claim(t, (), speaker=speaker(t), emphasis=emphasis if t == answer else None) for t in texts)


def _interval(values: Sequence[float], conversations: Sequence[str]) -> str:
    if not values:
        return "–"
    rows = np.array(values)[:, None]
    drawn = draws_of(lambda r: float(r[:, 0].mean()), rows, conversations)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{rows.mean():.3f} [{low:.3f}-{high:.3f}]"


if __name__ == "__main__":
    main()
