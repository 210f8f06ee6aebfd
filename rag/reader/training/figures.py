"""Fits the weights of `rag.figures.fit` on invented news with changing figures, and measures them on the worlds left out.

    python -m rag.reader.training.figures

`apart/` holds worlds as `worlds/` does, which the reader was not trained on; the places of a question for a figure are all
values that the articles give for it. Every other figure of the paragraphs that the search brings is a wrong one.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from index import Filters, Library
from rag.answer import FIGURES, Answerer
from rag.figures.fit import wants_figure
from rag.figures.stated import stated
from rag.figures.weigh import ANOTHER, FEATURES, Weighed, another, weigh
from rag.matter import value_asked
from rag.question import understand
from rag.reader.training.worlds import APART, World, worlds, write_world
from rag.time.when import when


@dataclass(frozen=True, slots=True)
class Seen:
    """The figures that a search brings for a question: features, 1 for those asked for, how many of those there are in all."""

    world: int
    text: str
    found: tuple[Weighed, ...]
    right: Any
    told: int

    @property
    def rows(self) -> Any:
        """The features of each figure."""
        return np.array([one.values for one in self.found]).reshape(-1, len(FEATURES))


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
        (world.articles[a].paragraphs[n], place) for (a, n), places in wanted.places.items() for place in places
    }
    found = tuple(weigh(question, evidence, by_words, answerer._rarity()))
    right = [
        any(
            one.evidence.passage.paragraph.text == held and low < one.place[1] and one.place[0] < high
            for held, (low, high) in right_at
        )
        for one in found
    ]
    return Seen(number, wanted.text, found, np.array(right, bool), len(right_at))


def report(seen: Sequence[Seen]) -> None:
    """Precision and recall of figures on each world by the weights of the others, for some thresholds; and the weights of all."""
    told = sum(one.told for one in seen)
    brought = sum(one.right.sum() for one in seen)
    seen = [one for one in seen if one.found]
    print(f"{len(seen)} questions, {sum(len(o.found) for o in seen):,} figures, {brought} of {told} right ones brought")
    fits = apart(seen, [(one.rows, one.right) for one in seen])
    pairs = [beside(one, fit) for one, fit in zip(seen, fits, strict=True)]
    alike = apart(seen, pairs)
    asked_for = sum(1 for one in seen if one.told)
    for enough, from_ in itertools.product((0.15, 0.2, 0.25, 0.3), (0.2, 0.25, 0.3, 0.35, 2.0)):
        given = right = silent = quiet = whole = 0
        for one, fit, like in zip(seen, fits, alike, strict=True):
            yes = np.insert(like >= from_, int(fit.argmax()), True) & (fit.max() >= enough)
            given, right = given + yes.sum(), right + (yes & one.right).sum()
            silent += one.told > 0 and not yes.any()
            whole += one.told > 0 and bool((yes == one.right).all())
            quiet += one.told == 0 and not yes.any()
        print(
            f"best from {enough:.2f}, others from {from_:.2f}: precision {right / max(1, given):.2f} recall {right / told:.2f} "
            f"wholly {whole / asked_for:.2f} silent wrongly {silent / asked_for:.2f} rightly {quiet / (len(seen) - asked_for):.2f}"
        )
    rules = [(one, np.array([o.stated is not None for o in one.found])) for one in seen]
    right, given = sum((y & o.right).sum() for o, y in rules), sum(y.sum() for _, y in rules)
    print(f"by the closer reading of words: precision {right / max(1, given):.2f} recall {right / told:.2f}")
    for name, rows in (("WEIGHTS", [(one.rows, one.right) for one in seen]), ("OF_ANOTHER", pairs)):
        model = fitted(rows)
        print(f"{name} = Weights(({', '.join(f'{w:.2f}' for w in model.coef_[0])}), {model.intercept_[0]:.2f})")


def apart(seen: Sequence[Seen], rows: Sequence[tuple[Any, Any]]) -> list[Any]:
    """The probability of each row, by the weights of the other worlds."""
    found: list[Any] = [None] * len(seen)
    for world in {one.world for one in seen}:
        model = fitted([row for one, row in zip(seen, rows, strict=True) if one.world != world])
        for at, one in enumerate(seen):
            if one.world == world:
                found[at] = model.predict_proba(rows[at][0])[:, 1] if len(rows[at][0]) else np.zeros(0)
    return found


def beside(one: Seen, fit: Any) -> tuple[Any, Any]:
    """`ANOTHER` of each figure but the best, and which of them are right."""
    top = int(fit.argmax())
    others = [i for i in range(len(one.found)) if i != top]
    rows = [another(one.found[i], one.found[top], fit[i], fit[top]) for i in others]
    return np.array(rows).reshape(-1, len(ANOTHER)), one.right[others]


def fitted(rows: Sequence[tuple[Any, Any]]) -> LogisticRegression:
    """A logistic regression on the rows of these questions."""
    return LogisticRegression(C=1.0, max_iter=2000).fit(
        np.concatenate([x for x, _ in rows]), np.concatenate([y for _, y in rows])
    )


if __name__ == "__main__":
    main()
