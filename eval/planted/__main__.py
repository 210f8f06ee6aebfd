"""`python -m eval.planted`: plants errors, has every sentence judged, and prints what was noticed."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import sample
from eval.intervals import wilson
from eval.planted.cases import HALVES, Case, paraphrases, read_folder, verbatim
from eval.planted.errors import PLANTS, SOFT, plant
from rag.verify import Judgement, faults, judge

Support = Callable[[Case], float]


def main() -> None:
    """Prints one table a set of sentences."""
    parser = argparse.ArgumentParser(prog="python -m eval.planted", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of other articles, whose own sentences are taken")
    parser.add_argument("--half", choices=HALVES, help="one part of the paraphrases only")
    parser.add_argument("--most", type=int, default=4, help="sentences an article that are taken as they stand")
    parser.add_argument("--missed", action="store_true", help="print what was not noticed or wrongly refused")
    given = parser.parse_args()
    articles = read_folder(given.data or sample.ARTICLES)
    sets = {"verbatim": list(verbatim(articles, given.most))} if not given.half else {}
    for half in () if given.data else (given.half,) if given.half else HALVES:
        sets[f"paraphrases, {half}"] = paraphrases(half, articles)
    for name, cases in sets.items():
        print(f"\n{name}\n{table(cases, missed=given.missed)}")


def table(cases: Sequence[Case], *, missed: bool = False) -> str:
    """How many planted errors of each kind are noticed, and how many untouched sentences are refused or doubted."""
    support = _support()
    noticed: dict[str, list[bool]] = defaultdict(list)
    lines = []
    for case in cases:
        found = _judged(case, support)
        wrong = faults(case.sentence, [case.source], support(case))
        noticed["untouched, refused"].append(found.verdict == "unsupported")
        noticed["untouched, partly"].append(found.verdict == "partly")
        noticed["untouched, a fault but for being verbatim"].append(bool(wrong))
        if missed and wrong:
            lines.append(f"  {found.verdict}: {case.sentence}\n    {[(f.kind, f.words, f.why) for f in wrong]}")
    for planted in plant(cases):
        found = _judged(planted.case, support)
        right = found.verdict == "unsupported" or (planted.kind in SOFT and found.verdict == "partly")
        noticed[planted.kind].append(right)
        if missed and not right:
            lines.append(
                f"  missed {planted.kind}: {planted.case.sentence}\n    of: {planted.case.passage.paragraph.text}"
            )
    kinds = [*PLANTS, *(kind for kind in noticed if kind not in PLANTS)]
    return "\n".join([*lines, *(_row(kind, noticed[kind]) for kind in kinds)])


def _judged(case: Case, support: Support) -> Judgement:
    return judge(case.sentence, [case.source], support(case))


def _support() -> Support:
    """The reader's support as an answer takes it."""
    from rag.reader.chosen import trained_reader

    reader = trained_reader()
    return lambda case: max(reader.support(case.sentence, [case.passage]))


def _row(kind: str, noticed: Sequence[bool]) -> str:
    low, high = wilson(sum(noticed), len(noticed))
    share = sum(noticed) / len(noticed) if noticed else float("nan")
    return f"{kind:42} {share:5.3f} [{low:.3f}-{high:.3f}] n={len(noticed)}"


if __name__ == "__main__":
    main()
