"""What each part of the training data gives: small trainings, each without one part, and a learning curve.

python -m eval.ablation ../shared --out build/ablation     # a row a training, about two hours on two cores
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.intervals import draws_of
from eval.measures.short_answer import token_f1
from eval.measures.support import auroc
from eval.reader import rows_of
from rag.reader.trained import WEIGHTS, TrainedReader
from rag.reader.windows import Text

SEED = 0
SHARE = 0.08
PAIRS = 2000
CLAIMS = 0.25


@dataclass(frozen=True, slots=True)
class Training:
    """A row of the table: its name, the share of the examples used, and the kinds left out."""

    name: str
    share: float = SHARE
    without: str = ""


TRAININGS = (
    Training("everything"),
    Training("without near misses of questions", without="lookalike,rest,edited"),
    Training("… without other paragraphs that share the words", without="lookalike"),
    Training("… without questions with a planted error", without="edited"),
    Training("without claims made from articles and headlines", without="claim,sentence,headline"),
    Training("without entailment corpora (FEVER, NLI)", without="fever,conjnli,cad_snli,esnli,breaking_nli,med"),
    Training("half of everything", SHARE / 2),
)


def main() -> None:
    """Trains and measures each row, and prints it as soon as it is there; rows that were trained are not again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/ablation"))
    given = parser.parse_args()
    print("| training | share of the examples | answerable or not, AUROC | answer F1 | support, AUROC, mean of four |")
    print("|---|---|---|---|---|", flush=True)
    for number, training in enumerate(TRAININGS):
        weights = trained(training, given.shared, given.out / str(number))
        print(f"| {training.name} | {training.share:g} | {measured(given.shared, weights)} |", flush=True)


def trained(training: Training, shared: Path, out: Path) -> Path:
    """The folder of the exported weights of one training from the encoder's own."""
    weights = out / "weights"
    if not (weights / "reader.xml").exists():
        run = [sys.executable, "-m"]
        options = ["--share", str(training.share), "--without", training.without, "--out", str(out)]
        subprocess.run([*run, "rag.reader.training.train", str(shared), *options], check=True, capture_output=True)
        network = str(out / "network.pt")
        subprocess.run([*run, "rag.reader.training.export", network, str(weights)], check=True, capture_output=True)
        shutil.copy(WEIGHTS / "calibration.json", weights)
    return weights


def measured(shared: Path, weights: Path) -> str:
    """The cells of a row, from the network's own logits: nothing is calibrated on so little."""
    reader = TrainedReader(weights)
    articles = rows_of(shared / "eval" / "squad2-dev.jsonl.gz")
    asked = [(a, q) for a in articles for q in a["questions"]]
    sample = random.Random(SEED).sample(asked, PAIRS)  # noqa: S311
    texts = [Text(q["question"], a["title"].replace("_", " "), a["paragraphs"][q["paragraph"]]) for a, q in sample]
    found = reader.find(texts)
    titles = [a["title"] for a, _ in sample]
    rows = np.array([[f.answers, q["answerable"]] for f, (_, q) in zip(found, sample, strict=True)], dtype=float)
    low, high = np.nanquantile(draws_of(auroc, rows, titles), (0.025, 0.975))
    f1 = [
        max(token_f1(t.paragraph[slice(*f.answer)], gold) for gold in q["answers"])
        for f, t, (_, q) in zip(found, texts, sample, strict=True)
        if q["answerable"]
    ]
    claims = rows_of(shared / "eval" / "support.jsonl.gz")
    claims = random.Random(SEED).sample(claims, int(len(claims) * CLAIMS))  # noqa: S311
    features = reader.support_features([Text(c["hypothesis"], "", c["premise"]) for c in claims])
    judged = np.array([[f[0], c["label"] == "e"] for f, c in zip(features, claims, strict=True)], dtype=float)
    source = np.array([c["src"] for c in claims])
    areas = [auroc(judged[source == s]) for s in sorted(set(source))]
    return (
        f"{auroc(rows):.3f} [{low:.3f}-{high:.3f}] (n={len(rows)}) | {np.mean(f1):.3f} (n={len(f1)}) "
        f"| {np.mean(areas):.3f} (n={len(claims)})"
    )


if __name__ == "__main__":
    main()
