"""Kills a sync at twenty random moments and shows that nothing is lost or doubled.

    python -m tests.crash [ARTICLES] [--kills 20] [--seed 0]

ARTICLES is a folder, or a .jsonl.gz of {"id", "title", "date", "paragraphs"} that is written out as files;
by default the newswire beside the checkout. Two thirds of the kills fall into reading and embedding, one third
into building the vector index. Prints a line a step; exit code 1 when a law is broken.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from filelock import FileLock, Timeout

from eval.repeated import reports
from index.files import list_files
from index.formats import Skipped
from index.reading import articles_in
from tests.conftest import SHARED

PILCROW = [sys.executable, "-m", "ui.cli"]


def main() -> None:
    """Runs the whole trial."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("articles", nargs="?", type=Path, default=SHARED / "corpora" / "reuters21578.jsonl.gz")
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--longest", type=float, default=45, help="longest time before a kill, seconds")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.articles
        if folder.is_file():
            folder = Path(temporary) / "articles"
            write_files(given.articles, folder)
        wrong = trial(folder, Path(temporary) / "library", given.kills, random.Random(given.seed), given.longest)
    print("\n".join(wrong) if wrong else "Nothing lost, nothing doubled.")
    sys.exit(bool(wrong))


def write_files(corpus: Path, folder: Path) -> None:
    """One text file an article: headline, date, paragraphs."""
    folder.mkdir(parents=True)
    for one in reports(corpus):
        (folder / f"{one.id}.txt").write_text(one.text, "utf-8")


def trial(folder: Path, library: Path, kills: int, rng: random.Random, longest: float) -> list[str]:
    """The sentences that name a broken law; none when all hold."""
    expected = wanted(folder)
    print(f"{len(expected)} articles, {sum(expected.values())} paragraphs", flush=True)
    wrong: list[str] = []
    early = kills - kills // 3
    for number in range(early):
        killed(
            folder,
            library,
            rng.uniform(min(6, longest / 2), longest),
            f"kill {number + 1}, reading and embedding",
        )
    wrong += second_writer(folder, library)
    wrong += finishes(folder, library)
    for number in range(early, kills):
        shutil.rmtree(library / "chroma", ignore_errors=True)
        killed(
            folder,
            library,
            rng.uniform(min(6, longest / 2), longest),
            f"kill {number + 1}, building the index",
        )
    wrong += finishes(folder, library)
    wrong += compare(library, expected)
    for name, damage in (("deleted", shutil.rmtree), ("truncated", cut)):
        damage(library / "chroma")
        print(f"chroma {name}", flush=True)
        wrong += finishes(folder, library, unchanged=len(expected))
        wrong += compare(library, expected)
    return wrong


def wanted(folder: Path) -> dict[str, int]:
    """For every file that can be read: its path and how many paragraphs it holds."""
    found = {}
    for path in (Path(f.path) for f in list_files([folder]).files):
        try:
            held = [a for a in articles_in(path) if not isinstance(a, Skipped)]
            found |= {a.path: len(a.paragraphs) for a in held}
        except Exception as reason:
            print(f"{path.name}: {reason}")
    return found


def killed(folder: Path, library: Path, after: float, name: str) -> None:
    """Starts a sync and ends it with SIGKILL after so many seconds, or lets it be if it is quicker."""
    process = subprocess.Popen([*PILCROW, "index", str(folder), "--library", str(library)], stdout=subprocess.DEVNULL)
    try:
        process.wait(after)
        print(f"{name}: finished before its {after:.1f} s were over", flush=True)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        print(f"{name}: after {after:.1f} s", flush=True)


def second_writer(folder: Path, library: Path) -> list[str]:
    """Holds a sync still while it writes, and starts another: that one must refuse in a sentence, and the first go on.

    Not held still, a quick machine's first sync ended while the second one was starting.
    """
    first = subprocess.Popen([*PILCROW, "index", str(folder), "--library", str(library)], stdout=subprocess.DEVNULL)
    try:
        while first.poll() is None and not is_held(library):
            time.sleep(0.02)
        first.send_signal(signal.SIGSTOP)
        if not is_held(library):
            print("second writer: the first was too quick to be met", flush=True)
            return []
        second = run("index", str(folder), "--library", str(library))
        print("second writer:", second.stderr.strip(), flush=True)
        if second.returncode != 1 or "Another process is writing" not in second.stderr:
            return [f"A second writer was not refused: {second.returncode} {second.stderr}"]
        first.send_signal(signal.SIGCONT)
        return [f"The first writer ended with {first.returncode}."] if first.wait() else []
    finally:
        first.kill()
        first.wait()


def is_held(library: Path) -> bool:
    """Whether a process is writing to the library."""
    try:
        with FileLock(library / "lock", timeout=0):
            return False
    except Timeout:
        return True


def finishes(folder: Path, library: Path, *, unchanged: int | None = None) -> list[str]:
    """The next sync completes and `pilcrow check` is clean."""
    start = time.perf_counter()
    done = run("index", str(folder), "--library", str(library))
    print(done.stdout.strip(), f"({time.perf_counter() - start:.0f} s)", done.stderr.strip()[-300:], flush=True)
    wrong = [] if "Traceback" not in done.stderr else [f"The sync broke: {done.stderr[-400:]}"]
    if unchanged is not None and f"{unchanged} unchanged" not in done.stdout:
        wrong.append(f"Not all articles were unchanged: {done.stdout}")
    checked = run("check", "--library", str(library))
    print(checked.stdout.strip(), checked.stderr.strip(), flush=True)
    if checked.returncode or "is sound" not in checked.stdout or "rebuilt" in checked.stderr:
        wrong.append(f"The check was not clean: {checked.stdout} {checked.stderr}")
    return wrong


def compare(library: Path, expected: dict[str, int]) -> list[str]:
    """Every article is there once, with as many paragraphs as its file holds, and Chroma has as many vectors."""
    from index import Library

    with Library.open(library, create=False) as opened:
        held: dict[str, int] = {}
        for article in opened.articles():
            whole = opened.article(article.id)
            held[article.path] = held.get(article.path, 0) + len(whole.paragraphs if whole else ())
    lost = expected.keys() - held.keys()
    more = held.keys() - expected.keys()
    differ = [p for p in expected.keys() & held.keys() if expected[p] != held[p]]
    return [
        f"{len(x)} articles {what}: {sorted(x)[:3]}"
        for x, what in ((lost, "lost"), (more, "too many"), (differ, "with other paragraphs"))
        if x
    ]


def cut(chroma: Path) -> None:
    """Truncates the largest file of the graph to half."""
    path = max(chroma.rglob("*.bin"), key=lambda p: p.stat().st_size)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end."""
    return subprocess.run([*PILCROW, *arguments], capture_output=True, text=True)


if __name__ == "__main__":
    main()
