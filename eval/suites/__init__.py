"""Suites: what is asked, of which articles, and what counts as right."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from eval.gold import GoldQuestion
from index import PilcrowError

_T = TypeVar("_T", bound="Pair | Excerpt")


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a text: does the text carry it? `kind` is its source or what was planted in it."""

    id: str
    kind: str
    claim: str
    premise: str
    carried: bool
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words to be traced: from which file they are, "" where from none of the library, and as they stand there."""

    id: str
    kind: str
    text: str
    file: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """Articles and what is asked of them: questions, claims to check, excerpts to trace.

    `articles` are files or folders to make a library of; `source` names where the gold comes from.
    """

    name: str
    source: str
    articles: tuple[Path, ...] = ()
    questions: tuple[GoldQuestion, ...] = ()
    pairs: tuple[Pair, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()

    def limited(self, limit: int, seed: int) -> Suite:
        """At most `limit` of each, drawn by `seed` and left in their order; 0 is all. Conversations stay whole."""
        return replace(
            self,
            questions=_conversations(self.questions, limit, seed),
            pairs=_sample(self.pairs, limit, seed),
            excerpts=_sample(self.excerpts, limit, seed),
        )


Build = Callable[[Path | None, Path], Suite]
"""Makes a suite of the data at a path (None: where it lies by default); articles may be written to the folder given."""


def suite(name: str, data: Path | None, work: Path) -> Suite:
    """The suite of a name, of a file of gold questions whose articles lie in `data`, or of a folder with both.

    Raises PilcrowError for a name that is unknown, or for data that is missing or does not fit.
    """
    from eval.suites import public, quotes, ramdocs, sample, squad2, support, swap

    build: dict[str, Build] = {
        "sample": sample.build,
        "squad2": squad2.build,
        "support": support.build,
        "ramdocs": ramdocs.build,
        "quotes": quotes.build,
        "swap": swap.build,
        **public.SUITES,
    }
    if name in build:
        return build[name](data, work)
    if Path(name).is_dir():
        return sample.from_folder(Path(name), data)
    if Path(name).suffix == ".jsonl" or Path(name).exists():
        return sample.from_file(Path(name), data)
    raise PilcrowError(
        f"There is no suite {name}; known are {', '.join(build)}, or name a .jsonl file of questions, or a "
        "folder with articles/ and questions.jsonl."
    )


def data_file(data: Path | None, name: str, suite: str) -> Path:
    """The file `name` in the folder `data`, or `data` itself where it is a file."""
    folder = data or Path("../shared/eval")
    path = folder if folder.is_file() else folder / name
    if not path.is_file():
        raise PilcrowError(f"The suite {suite} needs {name}, which is not in {folder}; name its folder with --data.")
    return path


def _sample(items: tuple[_T, ...], limit: int, seed: int) -> tuple[_T, ...]:
    """As many of each kind as there are to be had, so that a small source is not lost beside a large one."""
    if not limit or len(items) <= limit:
        return items
    order = list(range(len(items)))
    random.Random(seed).shuffle(order)  # noqa: S311
    seen: Counter[str] = Counter()
    turns = []
    for i in order:
        turns.append((seen[items[i].kind], i))
        seen[items[i].kind] += 1
    chosen = {i for _, i in sorted(turns, key=lambda turn: turn[0])[:limit]}
    return tuple(item for i, item in enumerate(items) if i in chosen)


def _conversations(questions: tuple[GoldQuestion, ...], limit: int, seed: int) -> tuple[GoldQuestion, ...]:
    if not limit or len(questions) <= limit:
        return questions
    opening: dict[str, str] = {}
    for q in questions:
        opening[q.id] = opening.get(q.follows, q.id)
    groups: dict[str, list[GoldQuestion]] = {}
    for q in questions:
        groups.setdefault(opening[q.id], []).append(q)
    drawn: list[Sequence[GoldQuestion]] = list(groups.values())
    random.Random(seed).shuffle(drawn)  # noqa: S311
    chosen: set[str] = set()
    for group in drawn:
        if len(chosen) + len(group) <= limit:
            chosen |= {q.id for q in group}
    return tuple(q for q in questions if q.id in chosen)
