"""Adding articles from the page and taking them out again: files are copied beside the library, then synced."""

from __future__ import annotations

import os
import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Literal, get_args

import yaml

from index import Article, Library
from index.files import printable
from index.formats import ENDINGS, Unreadable, format_of, opened
from index.formats.text import split
from index.values import Progress
from ui.text import byline, visible
from ui.web.render import safe

Outcome = Literal["added", "updated", "already there", "failed"]
MOST_BYTES = 100_000_000
"""Largest file taken: a zip or a PDF; the reader of each format has limits of its own."""
_LONGEST_NAME = 50
"""Characters, of up to four bytes each: a file system takes 255."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: `why` is a sentence where it failed, `article` its first one's metadata where it did not.

    `count` is how many articles it gave; `why` beside an article says what else in the file could not be read.
    """

    name: str
    outcome: Outcome
    why: str = ""
    article: Article | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What became of every file, in the order given."""

    files: tuple[Taken, ...]

    def count(self, outcome: Outcome) -> int:
        """How many files ended so."""
        return sum(file.outcome == outcome for file in self.files)


class Intake:
    """Takes articles into one library from the page. Safe to share between threads.

    The files are kept in the folder `added` of the library: the articles stay when the originals are gone.
    """

    def __init__(
        self, library: Library, *, most_files: int = 200, most_bytes: int = MOST_BYTES, most_total: int = 500_000_000
    ) -> None:
        self.library = library
        self.folder = Path(os.path.abspath(library.folder / "added"))
        self.most_files = most_files
        self.most_bytes = most_bytes
        self.most_total = most_total
        self._lock = threading.Lock()

    def add_files(self, paths: Sequence[Path], progress: Progress | None = None) -> IntakeReport:
        """Copies these files beside the library, reads them and says what became of each.

        One that fails keeps no other out. Raises PilcrowError, and leaves no copy, where another process
        is writing to the library.
        """
        lot = _Lot(self.folder)
        room = self.most_total
        with self._lock:
            for number, path in enumerate(paths):
                name = visible(printable(path.name))
                try:
                    if number >= self.most_files:
                        raise Unreadable(f"no more than {self.most_files:,} files are taken at once; add the rest next")
                    data = self._read(path)
                    if len(data) > room:
                        raise Unreadable(f"more than {_size(self.most_total)} are not taken at once; add it next")
                    room -= len(data)
                    lot.put(name, path.name, data)
                except Unreadable as reason:
                    lot.refuse(name, str(reason))
            return self._sync(lot, progress)

    def add_text(
        self, text: str, *, headline: str = "", outlet: str = "", published: date | None = None
    ) -> IntakeReport:
        """Keeps pasted text as a Markdown file, what is known of it as front matter, and reads it.

        Every line, or where lines are wrapped every run of them, becomes a paragraph.
        """
        known = {"title": visible(headline), "outlet": visible(outlet), "date": str(published or "")}
        name = known["title"] or "pasted text"
        body = "\n\n".join(text[start:end] for start, end in split(text))
        data = f"{_front_matter(known)}{body}\n".encode("utf-8", "replace")
        # Letters only: figures in a file's name could be taken for the day it was published.
        file = "-".join(re.findall(r"[^\W\d_]+", name)).lower()
        lot = _Lot(self.folder)
        with self._lock:
            try:
                if not body:
                    raise Unreadable("there is no text; paste the article's words")
                self._check_size(len(data))
                lot.put(name, f"{file or 'pasted'}.md", data)
            except Unreadable as reason:
                lot.refuse(name, str(reason))
            return self._sync(lot, None)

    def remove(self, article_id: str) -> str:
        """Takes an article out of the library, with its file where the page added it; says what was done."""
        with self._lock:
            article = self.library.article(article_id)
            if article is None or not self.library.remove(article_id):
                return "This article is no longer in the library."
            gone = f"“{visible(article.headline)}” was taken out of the library"
            path = Path(article.file)
            if path.parent != self.folder or article.path != article.file:
                return f"{gone}. Its file {printable(path)} stays; a later pilcrow index of its folder brings it back."
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                return f"{gone}, but {printable(path)} could not be deleted ({error.strerror}); delete it yourself."
            return f"{gone}, and the copy of its file was deleted."

    def _read(self, path: Path) -> bytes:
        if not path.is_file():
            raise Unreadable("it is not there, or is no file; choose it again")
        self._check_size(path.stat().st_size)
        with opened(path) as file:
            if not format_of(file, path.name):
                raise Unreadable(f"files of this kind are not read; use {', '.join(ENDINGS)}")
            return file.read()

    def _check_size(self, size: int) -> None:
        if size > self.most_bytes:
            raise Unreadable(f"it is larger than an article may be ({_size(self.most_bytes)}); split it into articles")

    def _sync(self, lot: _Lot, progress: Progress | None) -> IntakeReport:
        """Reads what was put into the folder, once for all."""
        before = held = self._shelf()
        failures: dict[str, str] = {}
        if any(path for _, path, _ in lot.files):
            try:
                for failure in self.library.sync([self.folder], progress).failures:
                    failures.setdefault(failure.path.partition("#")[0], failure.why)
            finally:
                held = self._shelf()
                # What could not be read must not be tried, and reported, at every later sync.
                for path in lot.fresh - held.keys():
                    Path(path).unlink(missing_ok=True)
        seen: set[str] = set()
        files = []
        for name, path, why in lot.files:
            why = why or failures.get(path, "").replace(printable(path), name)
            articles, old = held.get(path, ()), before.get(path, ())
            outcome: Outcome = "updated" if old else "added"
            if path in seen or [(a.version, a.text_hash) for a in articles] == [(a.version, a.text_hash) for a in old]:
                outcome = "already there"
            if articles:
                files.append(Taken(name, outcome, why, articles[0], len(articles)))
            else:
                files.append(Taken(name, "failed", why or f"{name} was not read; add it again."))
            seen.add(path)
        return IntakeReport(tuple(files))

    def _shelf(self) -> dict[str, list[Article]]:
        """The articles that each file gave."""
        held: dict[str, list[Article]] = {}
        for article in self.library.articles():
            held.setdefault(article.file, []).append(article)
        return held


class _Lot:
    """The files of one go, as (name, where it was put, why it was not); `fresh` are those that were not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[tuple[str, str, str]] = []
        self.fresh: set[str] = set()

    def refuse(self, name: str, why: str) -> None:
        self.files.append((name, "", f"{name} was not added: {why}."))

    def put(self, name: str, wanted: str, data: bytes) -> None:
        """Puts the bytes into the folder under a name of their own, unless they are there already."""
        ending = Path(wanted).suffix.lower()
        # A leading full stop would hide the file from the sync.
        stem = re.sub(r"[^\w.-]+", "-", Path(wanted).stem)[:_LONGEST_NAME].strip(".-") or "article"
        try:
            self.folder.mkdir(exist_ok=True)
            alike = (p for p in self.folder.glob(f"*{ending}") if p.stat().st_size == len(data))
            path = next((p for p in alike if p.read_bytes() == data), None) or self._write(stem, ending, data)
        except OSError as error:
            raise Unreadable(f"it could not be kept ({error.strerror}); make room or mend the folder") from None
        self.files.append((name, str(path), ""))

    def _write(self, stem: str, ending: str, data: bytes) -> Path:
        names = (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}" for number in count(1))
        path = next(path for name in names if not os.path.lexists(path := self.folder / name))
        self.fresh.add(str(path))
        try:
            path.write_bytes(data)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path


def _front_matter(known: Mapping[str, str]) -> str:
    """What is known of an article as YAML that no words can break out of; "" where nothing is known."""
    given = {key: value for key, value in known.items() if value}
    if not given:
        return ""
    # ASCII in quotation marks, and not even & is left: the reader mends â€¨ and &#10; into line breaks.
    lines = yaml.safe_dump(given, default_style='"', sort_keys=False)
    return "---\n" + lines.replace("&", r"\x26") + "---\n\n"


def _size(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size:,} bytes"


def intake_html(report: IntakeReport) -> str:
    """What became of the files as a list; "" where there were none."""
    if not report.files:
        return ""
    counts = Counter(file.outcome for file in report.files)
    said = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in get_args(Outcome) if counts[outcome])
    return f'<div class="intake"><p>{said}.</p><ul>{"".join(map(_taken_html, report.files))}</ul></div>'


def _taken_html(file: Taken) -> str:
    if file.article is None:
        return f'<li class="failed">{safe(visible(file.why))}</li>'
    about = f"{visible(file.article.headline)} ({byline(file.article)})"
    more = f" and {file.count - 1:,} more" if file.count > 1 else ""
    why = f"<br>{safe(visible(file.why))}" if file.why else ""
    kind = file.outcome.replace(" ", "-")
    return f'<li class="{kind}"><span class="outcome">{file.outcome}</span> {safe(about)}{more}{why}</li>'
