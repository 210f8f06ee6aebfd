"""Whatever a file holds, reading it gives articles, skipped parts or a sentence: soon, in bounded memory, and nothing else.

    python -m tests.test_fuzz [5000] [--seed 0] [--keep FOLDER]

mutates so many files of every format, reads each, and prints what came of them; exit code 1 when a law is broken.
What is packed holds the time of its packing, so that a seed gives nearly the same files; --keep keeps the culprits.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from index.formats import Unreadable
from index.formats.extract import Skipped
from index.reading import articles_in
from index.values import Article
from tests.newsroom.build import build

ROOT = Path(__file__).parents[1]
SLOWEST = 20
MOST_MEMORY = 1 << 30
PDFS = 0.06
"""Share of PDFs: each is read by a process of its own."""
_TOKENS = re.compile(rb"[\w.%&;-]+|<[^<>]{0,80}>|[{}\[\]():,\"'=/\\]|\s+")
_SPICE = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\\ud83d",
        b"&#0;",
        b"&#xd800;",
        b"\\u0000",
        b"\r",
        b"\x1a",
        b"\xe2\x80\xae",
    ),
    *(b"9" * 400, b"-1", b"1e999", b"NaN", b"99999-99-99", b"0000-00-00", b"10000-01-01T00:00:00Z", b"31/02/2024"),
    *(b"<" * 3000, b"<div>" * 3000, b"[" * 3000, b'{"a":' * 3000, b"(" * 3000, b"> " * 3000, b"*" * 3000, b'"', b"'"),
    *(b"<!--", b"]]>", b"<![CDATA[", b"<script>", b"-->", b"---\n", b"../../x", b"%s%n", b"=?utf-8?q?=ff?=", b"\n\n\n"),
)


class TooSlow(BaseException):
    """Outside Exception, so that no reader takes it for its own."""


@dataclass(frozen=True)
class Base:
    """A sound file to begin with."""

    name: str
    data: bytes

    @property
    def ending(self) -> str:
        return "".join(Path(self.name).suffixes[-2:]) if self.name.endswith(".gz") else Path(self.name).suffix


def bases(folder: Path) -> dict[str, list[Base]]:
    """Sound files by their ending."""
    build(folder)
    found: dict[str, list[Base]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".jpg", ".css")):
        base = Base(path.name, path.read_bytes())
        found.setdefault(base.ending, []).append(base)
    return found


def mutated(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """The data after one to five faults."""
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        data = rng.choice(_FAULTS)(data or b" ", other or b" ", rng)
    return data[:1_000_000]


def _flipped(data: bytes, other: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 30))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut(data: bytes, other: bytes, rng: random.Random) -> bytes:
    start, end = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return rng.choice((data[:start], data[end:], data[:start] + data[end:]))


def _spliced(data: bytes, other: bytes, rng: random.Random) -> bytes:
    start, end = sorted((rng.randrange(len(other) + 1), rng.randrange(len(other) + 1)))
    place = rng.randrange(len(data) + 1)
    return data[:place] + other[start:end] + data[place:]


def _repeated(data: bytes, other: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((1, 10, 200, 5000)))
    return data[:end] + data[start:end] * rng.choice((1, 20, 400)) + data[end:]


def _swapped(data: bytes, other: bytes, rng: random.Random) -> bytes:
    tokens = list(_TOKENS.finditer(data))
    if len(tokens) < 2:
        return data
    one, two = sorted(rng.sample(tokens, 2), key=lambda token: token.start())
    middle = data[one.end() : two.start()]
    return data[: one.start()] + two[0] + middle + one[0] + data[two.end() :]


def _spiced(data: bytes, other: bytes, rng: random.Random) -> bytes:
    token = rng.choice(list(_TOKENS.finditer(data)) or [None])
    place = token.start() if token else 0
    end = token.end() if token and rng.random() < 0.5 else place
    return data[:place] + rng.choice(_SPICE) + data[end:]


_FAULTS = (_flipped, _cut, _spliced, _repeated, _swapped, _spiced)


def variant(base: Base, other: Base, rng: random.Random) -> bytes:
    """The file with faults in its bytes, or in what is packed in it."""
    inside = rng.random() < 0.6
    if inside and base.data.startswith(b"PK"):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(base.data)) as old, zipfile.ZipFile(out, "w") as new:
            hit = rng.choice(old.namelist())
            for info in old.infolist():
                data = old.read(info)
                new.writestr(info, mutated(data, other.data, rng) if info.filename == hit else data, info.compress_type)
        return out.getvalue()
    if inside and base.data.startswith(b"\x1f\x8b"):
        return gzip.compress(mutated(gzip.decompress(base.data), other.data, rng))
    return mutated(base.data, other.data, rng)


def files(folder: Path, count: int, seed: int) -> Iterator[Path]:
    """So many mutated files, one after the other; each is there until the next is asked for."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as sound:
        found = bases(Path(sound))
    everything = [base for some in found.values() for base in some]
    endings = [ending for ending in sorted(found) if ending != ".pdf"]
    for number in range(count):
        ending = ".pdf" if rng.random() < PDFS else rng.choice(endings)
        base = rng.choice(found[ending])
        # A file in twenty has another's name.
        name = rng.choice(everything).name if rng.random() < 0.05 and ending != ".pdf" else base.name
        path = folder / f"{number:05}-{name}"
        path.write_bytes(variant(base, rng.choice(everything), rng))
        yield path


def outcome(path: Path) -> tuple[str, list[str]]:
    """What reading the file came to, in a word, and the laws that it broke."""
    wrong: list[str] = []
    signal.setitimer(signal.ITIMER_REAL, SLOWEST)
    word = "nothing"
    try:
        for found in articles_in(path):
            word = "articles" if isinstance(found, Article) or word == "articles" else "skipped"
            wrong += broken_laws(found)
        if word == "nothing":
            wrong.append("it gave nothing and said nothing")
    except Unreadable as reason:
        word, wrong = ("in part" if word == "articles" else "refused"), wrong + sentence(str(reason))
    except TooSlow:
        wrong.append(f"it took more than {SLOWEST} s")
    except Exception as error:
        wrong.append(f"{type(error).__name__}: {error}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return word, [f"{path.name}: {what}" for what in dict.fromkeys(wrong)]


def sentence(why: str) -> list[str]:
    """What is wrong with the sentence."""
    lone = any("\ud800" <= c <= "\udfff" for c in why)
    return [f"no sentence: {why[:200]!r}"] if not why.strip() or "\n" in why or lone or len(why) > 2000 else []


def broken_laws(found: Article | Skipped) -> list[str]:
    """The laws that one article or one skipped part breaks, in words."""
    if isinstance(found, Skipped):
        return sentence(found.why) + ([] if storable(found.part) else [f"a part called {found.part!r}"])
    words = (found.text, found.title, found.source, found.path, found.url, found.section, found.language, found.type)
    wrong = [f"{w[:80]!r} cannot be stored" for w in (*words, *found.authors, *found.dates_written) if not storable(w)]
    if not found.paragraphs:
        wrong.append("an article without a paragraph")
    end = 0
    for number, p in enumerate(found.paragraphs, 1):
        if found.text[p.start : p.end] != p.text or p.number != number or not end <= p.start < p.end:
            wrong.append("offsets do not hold")
        if not p.text.strip():
            wrong.append("a paragraph without a word")
        end = p.end
    if len({p.id for p in found.paragraphs}) != len(found.paragraphs):
        wrong.append("two paragraphs with one id")
    if found.published and not (found.published.year > 1600 and found.published <= date.today()):
        wrong.append(f"published on {found.published}")
    return wrong


def storable(words: str) -> bool:
    """False for what SQLite would not give back as it was: lone surrogates, and what ends at a zero."""
    return "\0" not in words and not any("\ud800" <= c <= "\udfff" for c in words)


def tree(*folders: Path) -> dict[str, int]:
    """Every file there, with its size."""
    return {str(path): path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file()}


def trial(count: int, seed: int, keep: Path | None) -> list[str]:
    """Reads so many mutated files and prints what came of them; returns the broken laws."""

    def ring(*_: object) -> None:
        raise TooSlow

    signal.signal(signal.SIGALRM, ring)
    words: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as made:
        room, work, temporary = (Path(made) / name for name in ("files", "work", "tmp"))
        for folder in (room, work, temporary):
            folder.mkdir()
        os.chdir(work)
        tempfile.tempdir = str(temporary)
        os.environ["TMPDIR"] = str(temporary)
        slowest, begun = (0.0, ""), time.monotonic()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for path in files(room, count, seed):
            before, start = tree(room, work, temporary), time.monotonic()
            word, wrong = outcome(path)
            slowest = max(slowest, (time.monotonic() - start, path.name))
            now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            if (now - peak) * 1024 > MOST_MEMORY:
                wrong.append(f"{path.name}: it took {(now - peak) >> 10:,} MB")
                peak = now
            if tree(room, work, temporary) != before:
                wrong.append(f"{path.name}: something was written")
            words[f"{path.suffix} {word}"] += 1
            faults += wrong
            if wrong:
                print(*wrong, sep="\n", flush=True)
                if keep:
                    (keep / path.name).write_bytes(path.read_bytes())
            path.unlink()
    print(f"{count:,} files in {time.monotonic() - begun:.0f} s; the slowest took {slowest[0]:.1f} s: {slowest[1]}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10:,} MB")
    print(", ".join(f"{n} {word}" for word, n in sorted(words.items())))
    return faults


def main() -> None:
    """Runs the whole trial."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("count", nargs="?", type=int, default=5000)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--keep", type=Path, help="where to put the files that break a law")
    given = arguments.parse_args()
    faults = trial(given.count, given.seed, given.keep)
    print(f"{len(faults)} laws were broken.")
    sys.exit(bool(faults))


@pytest.mark.slow
def test_four_hundred_mutated_files_break_no_law() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.test_fuzz", "400", "--seed", "1"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_broken_law_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "storm.txt"
    path.write_text("Storm floods quay\n\nThe storm flooded the lower quay on Monday night.\n\nIt rained later.\n")
    (article,) = articles_in(path)
    assert isinstance(article, Article) and broken_laws(article) == []
    from dataclasses import replace

    assert broken_laws(replace(article, text="x" + article.text)) == ["offsets do not hold"] * 3
    assert broken_laws(replace(article, title="a\ud800")) and broken_laws(replace(article, url="a\0"))
    assert broken_laws(replace(article, published=date(9999, 1, 1)))
    assert broken_laws(replace(article, paragraphs=())) and broken_laws(Skipped("row 3", ""))


if __name__ == "__main__":
    main()
