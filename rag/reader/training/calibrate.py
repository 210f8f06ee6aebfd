"""Fits what turns the network's logits into probabilities, on articles that it was not trained on.

python -m rag.reader.training.calibrate ../shared build/reader/weights
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index import Library
from rag.question import understand
from rag.reader.trained import TrainedReader, context, search_features
from rag.reader.training import sources
from rag.reader.training.examples import Pair
from rag.reader.training.fitting import listwise
from rag.reader.training.library import holds_text, write_articles
from rag.reader.training.mixture import SECOND, examples
from rag.reader.training.worlds import APART, said_groups, worlds, write_world
from rag.reader.training.written import written, written_groups
from rag.reader.windows import Text

SEED = 0
SEARCHED = ("squadshifts_new_wiki", "nq_oracle", "qed_nq", "squad1.1_dev")
"""Sources whose paragraphs make the library in which the order of passages is learned."""
PASSAGES = 20
SILENT = 0.05
MISSED = 0.05
READ = 5
"""How many features of what was read come before those of how it was found."""
SEARCH = [0.0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
NETWORK = [0.0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
"""Weights that go by the rank alone, or by the logit of relevance alone, to compare with."""


def main() -> None:
    """Writes `calibration.json` beside the weights and prints the figures of the development set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("weights", type=Path)
    given = parser.parse_args()
    reader = TrainedReader(given.weights)
    groups = examples(given.shared, random.Random(SEED + 1), SECOND, dev=True)  # noqa: S311
    texts = written(sources.asked(given.shared / "train"), sources.wires(given.shared / "corpora"))
    groups += written_groups(texts, random.Random(SEED + 1), dev=True)  # noqa: S311
    groups += said_groups(worlds(APART), random.Random(SEED + 1))  # noqa: S311
    pairs = [p for g in groups for p in g]
    searched = search(given.shared, reader)
    relevant = fit_relevant(searched)
    answers = fit_answers([p for p in pairs if p.answers is not None], searched, relevant, reader)
    supported, enough = fit_supported([p for p in pairs if p.supported is not None], reader)
    thresholds = fit_thresholds(searched, relevant, answers) | {"supported": enough}
    fitted = {"relevant": relevant, "answers": answers, "supported": supported, "thresholds": thresholds}
    (given.weights / "calibration.json").write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class Searched:
    """A question asked of the library: what was read in each passage (the features of `Found` and of the search)
    and which passages are right."""

    rows: Any
    right: Any


def search(shared: Path, reader: TrainedReader) -> list[Searched]:
    """The held-out questions, asked of a library of their sources' paragraphs, and those of the worlds apart, asked of theirs."""
    rows_of = [r for r in sources.asked(shared / "train") if r.source in SEARCHED]
    questions = [r for r in rows_of if sources.held_out(sources.article_of(r))]
    found = []
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        write_articles([(r.title, r.context) for r in rows_of], Path(folder) / "articles")
        library.sync([Path(folder) / "articles"])
        for row in questions:
            found.append(_searched(library, reader, row.question, lambda text: holds_text(text, row.context)))  # noqa: B023
    for world in worlds(APART):
        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
            write_world(world, Path(folder) / "articles")
            library.sync([Path(folder) / "articles"])
            for asked in world.questions:
                texts = {world.articles[a].paragraphs[n] for a, n in asked.places}
                found.append(_searched(library, reader, asked.text, texts.__contains__))
    return found


def _searched(library: Library, reader: TrainedReader, question: str, is_right: Callable[[str], bool]) -> Searched:
    passages = library.search(understand(question).text, PASSAGES)
    read = reader.find([Text(question, context(p), p.paragraph.text) for p in passages])
    rows = [(*f.features, *search_features(p)) for f, p in zip(read, passages, strict=True)]
    return Searched(np.array(rows), np.array([is_right(p.paragraph.text) for p in passages], dtype=float))


def fit_thresholds(searched: Sequence[Searched], relevant: list[float], answers: list[float]) -> dict[str, float]:
    """Where to keep silent and how many paragraphs to say.

    "answers" silences five in a hundred of the questions whose paragraph was found: the rules for names silence
    some more. "also" is the share at which the paragraphs said make the best F2, recall weighing twice as much as
    precision: a report too many is seen at a glance, one that is missing is not. "every" is the share that nineteen in
    twenty of the further right paragraphs reach: for questions that ask for all of them.
    """

    def best(rows: Any) -> tuple[Any, float]:
        ranked = np.argsort(-_apply(relevant, rows))[:3]
        return ranked, float(_apply(answers, rows[ranked][:, :READ]).max())

    held = [s for s in searched if s.right.any()]
    with_gold = np.array([best(s.rows)[1] for s in held])
    without = np.array([best(s.rows[s.right == 0])[1] for s in held if (s.right == 0).any()])
    silent = float(np.quantile(with_gold, SILENT))
    print(f"silent below {silent:.3f}; of the questions whose paragraph was found, and of those whose is missing:")
    for share in (0.02, SILENT, 0.05, 0.08, 0.1, 0.15):
        at = float(np.quantile(with_gold, share))
        print(f"  below {at:.3f}: {share:.2f} and {np.mean(without < at):.2f}")
    tried = []
    for share in np.linspace(0.05, 0.95, 19):
        said = []
        for s in held:
            ranked = best(s.rows)[0]
            scores = _apply(relevant, s.rows[ranked])
            said.append([s.right[i] for i, p in zip(ranked, scores, strict=True) if p >= share * scores[0]])
        recall, precision = np.mean([max(x) for x in said]), np.mean(np.concatenate(said))
        tried.append((5 * recall * precision / (recall + 4 * precision), float(share), recall, precision))
    _, also, recall, precision = max(tried)
    print(f"also from {also:.2f} of the best: recall {recall:.3f}, precision {precision:.3f}")
    further = np.concatenate([_shares(s, relevant) for s in held])
    every = float(np.quantile(further, MISSED))
    print(f"every from {every:.3f} of the best: {MISSED:.2f} of {len(further)} further right paragraphs fall below")
    return {"answers": round(silent, 3), "also": round(also, 2), "every": round(every, 2)}


def _shares(asked: Searched, relevant: list[float]) -> Any:
    """Relevance of each right paragraph but the first right one, as a share of the best paragraph's."""
    scores = _apply(relevant, asked.rows)
    return np.sort(scores[asked.right == 1])[:-1] / scores.max()


RIGHT = ("gold", "written", "twin", "found")
"""Kinds of pairs that answer."""
WRITTEN = ("near miss", "elsewhere")
"""Kinds of pairs with the questions written for this that do not."""


def fit_answers(
    pairs: Sequence[Pair], searched: Sequence[Searched], relevant: list[float], reader: TrainedReader
) -> list[float]:
    """Weights of what was read, for the probability that a passage answers.

    A third of the weight have single paragraphs, gold against planted near misses of each kind, a third the questions
    written for this and those that the text only seems to answer, a third the first passages of a search, with the right
    one among them and with it taken away. Right and wrong weigh the same.
    """
    found = reader.find([Text(pair.query, pair.header, pair.text) for pair in pairs])
    rows = [f.features for f in found]
    kinds = [p.kind for p in pairs]
    for s in searched:
        for left, kind in ((s.rows, "found"), (s.rows[s.right == 0], "absent")):
            first = int(np.argmax(_apply(relevant, left))) if len(left) else 0
            if kind == "absent" or s.right[first]:
                rows += [tuple(left[first][:READ])] if len(left) else []
                kinds += [kind] if len(left) else []
    labels = np.array([float(kind in RIGHT) for kind in kinds])
    kind_of = np.array(kinds)
    tempting = sorted(k for k in set(kinds) if k.startswith(WRITTEN))
    misses = sorted(set(kinds) - {*RIGHT, "absent", *tempting})
    share = dict.fromkeys((*RIGHT, "absent"), 1.0) | {"written": 0.5, "twin": 0.5}
    share |= {kind: 1 / len(misses) for kind in misses} | {kind: 1 / len(tempting) for kind in tempting}
    weights = _logistic(
        np.array(rows), labels, "answers", np.array([share[kind] / (kind_of == kind).sum() for kind in kinds])
    )
    near = [("twin" if kind.endswith("twin") else "written", kind) for kind in tempting]
    against = [*(("gold", kind) for kind in misses), *near, ("found", "absent")]
    for true, wrong in against:
        chosen = (kind_of == true) | (kind_of == wrong)
        area = _auroc(weights, np.array(rows)[chosen], labels[chosen])
        print(f"  AUROC of {true} against {wrong}: {area} (n={chosen.sum()})")
    return weights


FAMILIES = ("claim", "sentence", "headline", "fever", "news")
"""Kinds of claims that are made from articles or encyclopedia text, or were written on worlds of news; each weighs the same."""


def fit_supported(pairs: Sequence[Pair], reader: TrainedReader) -> tuple[list[float], float]:
    """Weights of the features of support, and the threshold with the best balanced accuracy over the families.

    Every pair is judged on its paragraph and once more with that paragraph somewhere in a long text.
    """
    chance = random.Random(SEED)  # noqa: S311
    pairs = [p for p in pairs if p.kind.startswith(FAMILIES)]
    long = [replace(p, text=_amid(p.text, pairs, chance), kind=f"{p.kind}, long") for p in pairs]
    every = [*pairs, *long]
    rows = np.array(reader.support_features([Text(p.query, p.header, p.text) for p in every]))
    labels = np.array([p.supported for p in every])
    family = np.array([next(f for f in FAMILIES if p.kind.startswith(f)) for p in every])
    size = {(f, y): ((family == f) & (labels == y)).sum() for f in FAMILIES for y in (0.0, 1.0)}
    weights = _logistic(
        rows, labels, "supported", np.array([1 / size[f, y] for f, y in zip(family, labels, strict=True)])
    )
    for kind in sorted({p.kind for p in every}):
        chosen = np.array([p.kind == kind for p in every])
        print(f"  mean probability of {kind}: {_apply(weights, rows[chosen]).mean():.2f} (n={chosen.sum()})")
    scores = _apply(weights, rows)
    for f in FAMILIES:
        here = family == f
        alone = roc_auc_score(labels[here], rows[here, 0])
        print(
            f"  AUROC of {f}: {_auroc(weights, rows[here], labels[here])}, network alone {alone:.3f} (n={here.sum()})"
        )
    grid = np.linspace(0.05, 0.95, 91)
    right = [np.mean([_balanced(scores[family == f] >= t, labels[family == f]) for f in FAMILIES]) for t in grid]
    best = int(np.argmax(right))
    print(f"support: balanced accuracy {right[best]:.3f} at {grid[best]:.2f}")
    return weights, round(float(grid[best]), 2)


def _amid(text: str, pairs: Sequence[Pair], chance: random.Random) -> str:
    """The text somewhere among one to six others."""
    texts = [chance.choice(pairs).text for _ in range(chance.randint(1, 6))]
    texts.insert(chance.randint(0, len(texts)), text)
    return " ".join(texts)


def fit_relevant(searched: Sequence[Searched]) -> list[float]:
    """Weights of what was read and of the rank in the search, by which passages are put in order."""
    groups = [(s.rows, s.right) for s in searched]
    held = [(rows, right) for rows, right in groups if right.any()]
    weights = [0.0, *map(float, listwise(held, rate=0.3, steps=600))]
    for name, used in (("search alone", SEARCH), ("network alone", NETWORK), ("all", weights)):
        first = np.mean([right[int(np.argmax(rows @ np.array(used[1:])))] for rows, right in held])
        print(f"right paragraph first, {name}: {first:.3f} (n={len(held)} of {len(groups)} found among {PASSAGES})")
    rows, labels = np.vstack([r for r, _ in groups]), np.concatenate([w for _, w in groups])
    scores = (rows @ np.array(weights[1:]))[:, None]
    scale = LogisticRegression(C=100).fit(scores, labels)
    return [float(scale.intercept_[0]), *(float(scale.coef_[0, 0] * w) for w in weights[1:])]


def _logistic(rows: Any, labels: Any, name: str, weight: Any = None) -> list[float]:
    """Bias and weights of a logistic regression; prints its calibration error on the half it was not fitted on."""
    half = np.random.default_rng(SEED).random(len(rows)) < 0.5
    weight = np.ones(len(rows)) if weight is None else weight / weight.mean()
    trial = LogisticRegression(C=10).fit(rows[half], labels[half], weight[half])
    weights = [float(trial.intercept_[0]), *map(float, trial.coef_[0])]
    error = calibration_error(_apply(weights, rows[~half]), labels[~half])
    whole = LogisticRegression(C=10).fit(rows, labels, weight)
    weights = [float(whole.intercept_[0]), *map(float, whole.coef_[0])]
    print(f"{name}: AUROC {_auroc(weights, rows, labels)}, calibration error {error:.3f} (n={len(rows)}), {weights}")
    return weights


def calibration_error(scores: Any, labels: Any, bins: int = 10) -> float:
    """Expected calibration error: mean distance of probability and share, over bins of equal width (Guo et al., 2017)."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    return float(
        sum(abs(scores[place == b].mean() - labels[place == b].mean()) * (place == b).mean() for b in set(place))
    )


def _apply(weights: Sequence[float], rows: Any) -> Any:
    return 1 / (1 + np.exp(-(weights[0] + rows @ np.array(weights[1:]))))


def _auroc(weights: Sequence[float], rows: Any, labels: Any) -> str:
    return f"{roc_auc_score(labels, _apply(weights, rows)):.3f}"


def _balanced(said: Any, labels: Any) -> float:
    """Mean of the shares of supported and of unsupported pairs that are judged right."""
    return float((said[labels == 1].mean() + (~said[labels == 0]).mean()) / 2)


if __name__ == "__main__":
    main()
