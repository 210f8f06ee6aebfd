"""`python -m eval.planted.lookup`: is a changed sentence, looked up, told from what the articles say?

The sample's articles are cut in two halves by their paths; the second one and its paraphrases are held back.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import sample
from eval.intervals import wilson
from eval.planted.cases import Case, paraphrases, read_folder, verbatim
from eval.planted.errors import plant
from index import Library
from rag import look_up

HALVES = {"development": "development", "held back": "held back, second"}
"""Each half with the paraphrases that go with it."""
_NO_CHANGE = ("wrong paragraph", "wrong article", "attribution dropped")
"""Errors of the citation alone, and a sentence that is only cut: what is left stands there word for word."""


def main() -> None:
    """Prints how often each kind of change has which outcome."""
    parser = argparse.ArgumentParser(prog="python -m eval.planted.lookup", description=__doc__)
    parser.add_argument("half", choices=HALVES)
    parser.add_argument("--set", choices=("verbatim", "paraphrase"), default="", help="one kind of sentences only")
    parser.add_argument("--most", type=int, default=2, help="sentences an article")
    parser.add_argument("--every", type=int, default=1, help="take every so-manieth paraphrase only")
    parser.add_argument("--library", type=Path, help="a library of the sample, to save the time of making one")
    parser.add_argument("--missed", action="store_true", help="print what was taken for right")
    given = parser.parse_args()
    with TemporaryDirectory() as nowhere, Library.open(given.library or nowhere) as library:
        library.sync([sample.ARTICLES])
        outcomes: dict[str, list[str]] = defaultdict(list)
        for kind, text in texts(given.half, given.most, given.every):
            if not kind.startswith(given.set):
                continue
            outcome = look_up(text, library).outcome
            outcomes[kind].append(outcome)
            if given.missed and ("planted" in kind) == (outcome in ("exact", "supported")):
                print(f"{outcome} {kind}: {text}")
    planted = [outcome for kind, found in outcomes.items() if "planted" in kind for outcome in found]
    for kind, found in sorted({**outcomes, "all planted": planted}.items()):
        print(_row(kind, found))


def texts(half: str, most: int, every: int) -> Iterator[tuple[str, str]]:
    """(kind, text to look up): sentences as they stand, cut, with errors planted, and paraphrases with and without."""
    articles = read_folder(sample.ARTICLES)
    mine = [
        a for a in articles if (blake2b(Path(a.path).name.encode()).digest()[0] % 2 == 0) == (half == "development")
    ]
    for name, cases in (
        ("verbatim", list(verbatim(mine, most))),
        ("paraphrase", paraphrases(HALVES[half], articles)[::every]),
    ):
        yield from ((name, case.sentence) for case in cases)
        if name == "verbatim":
            yield from (("verbatim, cut", _cut(case)) for case in cases)
        yield from ((f"{name}, planted {p.kind}", p.case.sentence) for p in plant(cases) if p.kind not in _NO_CHANGE)


def _cut(case: Case) -> str:
    """The first two thirds of the sentence."""
    words = case.sentence.split()
    return " ".join(words[: max(4, 2 * len(words) // 3)])


def _row(kind: str, found: list[str]) -> str:
    passed = sum(outcome in ("exact", "supported") for outcome in found)
    low, high = wilson(len(found) - passed, len(found))
    counts = " ".join(f"{o} {found.count(o)}" for o in ("exact", "supported", "altered", "none") if o in found)
    return (
        f"{kind:52} not taken for right {1 - passed / len(found):.3f} [{low:.3f}-{high:.3f}] n={len(found)}: {counts}"
    )


if __name__ == "__main__":
    main()
