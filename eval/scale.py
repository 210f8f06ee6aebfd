"""How it grows: speed of a sync, memory, disk, the time of a search and of an answer, for libraries of growing size.

    python -m eval.scale [--paragraphs 10000,100000,1000000] [--corpus FILE] [--store folder|servers] [--searches 200]
                         [--answers 100] [--json FILE]

The articles are invented (`eval.invented`), or those of a corpus repeated with other figures, names and days
(`eval.repeated`). The encoder adds up hashed words: what a network takes for the texts is measured by `eval.bench`, and
is the same at every size. The reader of the answers is the real one. Each size is a process of its own, so that its
peak of memory is its own. `--store servers` starts PostgreSQL and Chroma servers for each size, on this machine, in a throw-away
folder; that works in a checkout with PostgreSQL installed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.hashed_words import HashedWords
from eval.invented import PARAGRAPHS, questions, write_articles
from eval.repeated import asked, write_repeated
from index import Library
from index.store.postgres import PostgresConnection
from rag.answer import Answerer

STORES = ("folder", "servers")
_FIRST = 10
"""Searches and answers that are not counted: they open what is opened once."""
_K = 16
"""Passages that a search finds, as many as an answer reads."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What was measured for one size; headlines and lines of dates are no paragraphs here.

    Memory is this process's peak, and beside it that of Chroma where it is a server; PostgreSQL takes what it is given.
    """

    store: str
    paragraphs: int
    articles: int
    sync_per_second: float
    sync_mb: float
    search_p50_ms: float
    search_p95_ms: float
    searches: int
    answer_p50_ms: float
    answer_p95_ms: float
    answers: int
    peak_mb: float
    chroma_mb: float
    truth_bytes_per_paragraph: float
    vector_bytes_per_paragraph: float


def main() -> None:
    """Measures size by size and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", default="10000,100000,1000000", help="sizes, with commas between them")
    parser.add_argument("--store", choices=STORES, default="folder")
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--corpus", type=Path, help="a .jsonl.gz of real articles, in place of invented ones")
    parser.add_argument("--json", type=Path, help="a file that gets a line for each size as well")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(asdict(measured(given.one, given.store, given.searches, given.answers, given.corpus))))
        return
    print(heading(), flush=True)
    for size in map(int, given.paragraphs.split(",")):
        command = [sys.executable, "-m", "eval.scale", "--one", str(size), "--store", given.store]
        command += ["--searches", str(given.searches), "--answers", str(given.answers)]
        command += ["--corpus", str(given.corpus)] if given.corpus else []
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            sys.exit(f"{size} paragraphs could not be measured; what went wrong stands above.")
        line = done.stdout.splitlines()[-1]
        print(row(Scale(**json.loads(line))), flush=True)
        if given.json:
            with given.json.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")


def measured(paragraphs: int, store: str, searches: int, answers: int, corpus: Path | None = None) -> Scale:
    """What a library of so many paragraphs takes to be made, to be searched and to be asked."""
    with tempfile.TemporaryDirectory(prefix="pilcrow-scale-") as temporary:
        place = Path(temporary)
        articles, held = written(place / "articles", paragraphs, corpus)
        with _places(store, place) as (database, chroma, vectors, process):
            with Library.open(place / "library", database=database, chroma=chroma, encoder=HashedWords()) as library:
                start = time.perf_counter()
                report = library.sync([place / "articles"])
                synced = time.perf_counter() - start
                if not report.ok or report.added != articles:
                    raise SystemExit(f"Not every article was taken in: {report}")
                after_sync = _peak()
                searching = timed(lambda question: library.search(question, _K), wanted(searches, corpus))
                answerer = Answerer(library, llm=False)
                answering = timed(answerer.answer, wanted(answers, corpus))
            truth = _postgres_bytes(database) if database else _bytes(place / "library", but=vectors)
            return Scale(
                store=store,
                paragraphs=held,
                articles=articles,
                sync_per_second=held / synced,
                sync_mb=after_sync,
                search_p50_ms=statistics.median(searching),
                search_p95_ms=searching[int(0.95 * len(searching))],
                searches=len(searching),
                answer_p50_ms=statistics.median(answering),
                answer_p95_ms=answering[int(0.95 * len(answering))],
                answers=len(answering),
                peak_mb=_peak(),
                chroma_mb=_peak_of(process),
                truth_bytes_per_paragraph=truth / held,
                vector_bytes_per_paragraph=_bytes(vectors) / held,
            )


def written(folder: Path, paragraphs: int, corpus: Path | None) -> tuple[int, int]:
    """Writes about so many paragraphs as files; how many articles and paragraphs they are."""
    if corpus:
        return write_repeated(corpus, folder, paragraphs)
    articles = write_articles(folder, paragraphs)
    return articles, articles * PARAGRAPHS


def wanted(count: int, corpus: Path | None) -> Iterator[str]:
    """The questions, no two alike, after some that are not counted."""
    return asked(corpus, _FIRST + count) if corpus else questions(_FIRST + count)


def timed(ask: Callable[[str], object], asked_for: Iterator[str]) -> list[float]:
    """Milliseconds of each question but the first ones, in order of length."""
    times = []
    for question in asked_for:
        start = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times[_FIRST:])


@contextmanager
def _places(store: str, place: Path) -> Iterator[tuple[str, str, Path, int]]:
    """Addresses of the database and of Chroma, "" for those in the folder; where the vectors lie; Chroma's process."""
    if store == "folder":
        yield "", "", place / "library" / "chroma", 0
        return
    servers: Any = importlib.import_module("tests.servers")
    # The user postgres has to reach what is its own.
    place.chmod(0o711)
    (place / "servers").mkdir()
    postgres = servers.postgres(place / "servers", memory="1GB")
    try:
        chroma = servers.chroma(place / "vectors")
        try:
            yield postgres.new(), chroma.url, place / "vectors" / "data", chroma.server.process.pid
        finally:
            chroma.server.stop()
    finally:
        postgres.server.stop()


def _postgres_bytes(address: str) -> int:
    """What the tables and indexes of the library take."""
    connection = PostgresConnection(address)
    try:
        return connection.one(
            "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c "
            "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
        )
    finally:
        connection.close()


def _bytes(folder: Path, but: Path | None = None) -> int:
    """What the files below the folder take, without those below `but`."""
    files = (path for path in folder.rglob("*") if path.is_file() and not (but and path.is_relative_to(but)))
    return sum(path.stat().st_size for path in files)


def _peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _peak_of(process: int) -> float:
    """The same of another process; 0 for none, and where the system does not tell."""
    told = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", told.read_text()) if process and told.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def heading() -> str:
    """The head of the table, in Markdown."""
    names = "| store | paragraphs | synced a second | peak MB: sync | peak MB: whole | peak MB: Chroma "
    names += (
        "| bytes a paragraph: truth | bytes a paragraph: vectors | search p50 | search p95 | answer p50 | answer p95 |"
    )
    return f"{names}\n{'|---' * (names.count('|') - 1)}|"


def row(scale: Scale) -> str:
    """A line of the table."""
    cells = (
        scale.store,
        f"{scale.paragraphs:,}",
        f"{scale.sync_per_second:,.0f}",
        f"{scale.sync_mb:,.0f}",
        f"{scale.peak_mb:,.0f}",
        f"{scale.chroma_mb:,.0f}" if scale.chroma_mb else "–",
        f"{scale.truth_bytes_per_paragraph:,.0f}",
        f"{scale.vector_bytes_per_paragraph:,.0f}",
        f"{scale.search_p50_ms:,.1f} ms",
        f"{scale.search_p95_ms:,.1f} ms (n={scale.searches})",
        f"{scale.answer_p50_ms:,.0f} ms",
        f"{scale.answer_p95_ms:,.0f} ms (n={scale.answers})",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
