"""Fits the weights of `rag.figures.fit` on invented news with changing figures, and measures them on the worlds left out.

    python -m rag.reader.training.figures

`apart/` holds worlds as `worlds/` does, which the reader was not trained on; the places of a question for a figure are all
values that the articles give for it. Every other figure of the paragraphs that the search brings is a wrong one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from index import Filters, Library
from index.sentences import sentences
from rag.answer import FIGURES, Answerer
from rag.figures.asked import asked
from rag.figures.counted import figures_of
from rag.figures.fit import FEATURES, features, wants_figure
from rag.figures.stated import plain, stated
from rag.matter import value_asked
from rag.question import understand
from rag.reader.training.worlds import APART, World, worlds, write_world
from rag.time.when import when


@dataclass(frozen=True, slots=True)
class Seen:
    """The figures that a search brings for a question: features, 1 for those asked for, how many of those there are in all."""

    world: int
    text: str
    rows: Any
    right: Any
    told: int


def main() -> None:
    """Prints the weights and the threshold, and how well each world is told by the others' weights."""
    seen = [one for number, world in enumerate(worlds(APART)) for one in gather(world, number)]
    report(seen)


def gather(world: World, number: int) -> list[Seen]:
    """The figures brought for each question of a world, asked of a library of its articles."""
    found = []
    with tempfile.TemporaryDirectory() as place, Library.open(Path(place) / "library") as library:
        write_world(world, Path(place) / "articles")
        library.sync([Path(place) / "articles"])
        answerer = Answerer(library, llm=False)
        for wanted in (q for q in world.questions if wants_figure(understand(q.text))):
            found.append(_seen(world, number, wanted, answerer))
    return found


def _seen(world: World, number: int, wanted: Any, answerer: Answerer) -> Seen:
    question = understand(value_asked(wanted.text) or wanted.text)
    span = answerer.library.span
    assert span
    time = when(question.text, span[1], span[1])
    brought, _ = answerer._search(question, time, Filters())
    evidence = answerer.reader.read(question, brought[:FIGURES])
    beside = tuple({e.passage.article.id: e.passage.article for e in evidence}.values())
    by_words = {e.passage.paragraph.id: stated(question, e, beside) for e in evidence}
    right_at = {
        (world.articles[a].paragraphs[n], place) for (a, n), place in wanted.places.items() if place is not None
    }
    rows, right = [], []
    for e in evidence:
        text = e.passage.paragraph.text
        for sentence in sentences(text):
            for at, figure in enumerate(figures_of(plain(text, sentence))):
                start, end = sentence[0] + figure.start, sentence[0] + figure.end
                by_rules = any(s.start < end and start < s.end for s in by_words[e.passage.paragraph.id])
                rows.append(features(question, asked(question), e, sentence, at, answerer._rarity(), stated=by_rules))
                right.append(any(text == held and low < end and start < high for held, (low, high) in right_at))
    return Seen(number, wanted.text, np.array(rows).reshape(-1, len(FEATURES)), np.array(right, bool), len(right_at))


def report(seen: Sequence[Seen]) -> None:
    """Precision and recall of figures on each world by the weights of the others, for some thresholds."""
    numbers = sorted({one.world for one in seen})
    held: list[tuple[Any, Any]] = []
    for left_out in numbers:
        model = fitted([one for one in seen if one.world != left_out])
        held += [(one, model.predict_proba(one.rows)[:, 1]) for one in seen if one.world == left_out and len(one.rows)]
    told = sum(one.told for one in seen)
    print(
        f"{len(seen)} questions, {sum(len(o.rows) for o in seen):,} figures, {sum(o.right.sum() for o in seen)} of {told} right ones brought"
    )
    for enough in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6):
        for share in (0.0, 0.5):
            chosen = right = silent = quiet = whole = 0
            for one, p in held:
                yes = p >= max(enough, share * p.max())
                chosen, right = chosen + yes.sum(), right + (yes & one.right).sum()
                if one.told:
                    silent += not yes.any()
                    whole += bool((yes == one.right).all())
                else:
                    quiet += not yes.any()
            asked_for = sum(1 for one, _ in held if one.told)
            print(
                f"from {enough:.2f}, {share:.1f} of the best: precision {right / max(1, chosen):.2f} recall {right / told:.2f} wholly {whole / asked_for:.2f} "
                f"silent wrongly {silent / asked_for:.2f} rightly {quiet / max(1, len(held) - asked_for):.2f}"
            )
    rules = [(one, one.rows[:, -1] > 0) for one, _ in held]
    right, chosen = sum((y & o.right).sum() for o, y in rules), sum(y.sum() for _, y in rules)
    print(f"rules alone: precision {right / max(1, chosen):.2f} recall {right / told:.2f}")
    model = fitted(seen)
    print("WEIGHTS = Weights((" + ", ".join(f"{w:.2f}" for w in model.coef_[0]) + f"), {model.intercept_[0]:.2f})")


def fitted(seen: Sequence[Seen]) -> LogisticRegression:
    """A logistic regression on the figures of these questions."""
    rows = np.concatenate([one.rows for one in seen])
    return LogisticRegression(C=1.0, max_iter=2000).fit(rows, np.concatenate([one.right for one in seen]))


if __name__ == "__main__":
    main()
