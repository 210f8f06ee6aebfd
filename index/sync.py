"""Brings a library in step with its folders: reads what is new, replaces what changed, removes what is gone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.articles import text_key
from index.dates import Hints, convention_of
from index.embedding import embed
from index.encoder import Encoder
from index.files import Found, Listing, list_files, printable
from index.formats import Foreign, Mapping, Skipped, Unreadable, Vanished
from index.reading import articles_in, digest_of
from index.related import is_related, relate
from index.store.database import Database, KnownFile
from index.store.embeddings import embedded, forget_unused, lacking, store
from index.values import EVIDENCE_KINDS, Article, Failure, Progress, SyncReport

if TYPE_CHECKING:
    from index.encoder import Matrix

_TEXTS_AT_ONCE = 1024
"""Texts encoded together: sorted by length, so that little is padded. About 2 MB of vectors."""
_MAY_BE_OTHERS = frozenset([".json", ".xml", ".csv", ".tsv", ".zip", ".tar", ".tgz", ".gz", ".parquet"])
"""Endings that promise no article: a folder's settings and packages are left alone."""
_LONGEST_SKIPS = 1000
"""Parts of one file that are named as skipped; the others are counted."""


def sync(
    database: Database,
    encoder: Encoder,
    paths: str | Path | Iterable[str | Path],
    progress: Progress | None = None,
    *,
    dry: bool = False,
    mapping: Mapping | None = None,
) -> SyncReport:
    """Puts into the truth what the files under `paths` hold now; the caller holds the lock.

    A file is recognised by the hash of its content: one that has not changed is not read again, and a
    text that the library has already is not embedded again. A file that cannot be read
    is reported, and what the library had of it stays. An article whose file is gone is removed.
    With `dry` nothing is written: the report says what would be done. `mapping` says which column of an export
    is what.
    """
    listing = list_files(paths)
    work = _Work(database, encoder, database.files(), dry, mapping, progress)
    for done, found in enumerate(listing.files):
        if progress:
            progress("Reading", done, len(listing.files))
        work.take(found)
    work.flush()
    removed = work.removed + _remove_gone(database, listing, work)
    if not dry:
        work.mend()
        if progress and listing.files:
            progress("Reading", len(listing.files), len(listing.files))
        if not is_related(database):
            work.settle()
            relate(database, progress)
        forget_unused(database)
    return SyncReport(
        added=work.added,
        updated=work.updated,
        removed=removed,
        unchanged=work.unchanged,
        failures=(*listing.failures, *work.failures),
        paragraphs=work.paragraphs,
        embedded=work.embedded,
        notes=tuple(_notes(listing, work)),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read to its end, with the ids of its articles."""

    path: str
    digest: str
    skipped: tuple[tuple[str, str], ...]
    ids: frozenset[str]


class _Reading:
    """Iterates over a file's articles, and tells afterwards what ended it early: `broken` completes "it was skipped: …".

    Only what reading raises: a full disk while the articles are written is no fault of the file.
    """

    def __init__(self, articles: Iterator[Article | Skipped]) -> None:
        self._articles = articles
        self.broken, self.foreign, self.unforeseen = "", False, False

    def __iter__(self) -> Iterator[Article | Skipped]:
        try:
            yield from self._articles
        except Unreadable as reason:
            self.broken, self.foreign = str(reason), isinstance(reason, Foreign)
        except Exception as error:  # one file that no rule foresaw must not keep the others out
            self.broken = f"it could not be made out ({type(error).__name__}: {error}); please report it"
            self.unforeseen = True


@dataclass(slots=True)
class _Work:
    """The articles read but not yet written, and the count of what was done."""

    database: Database
    encoder: Encoder
    known: dict[str, KnownFile]
    dry: bool
    mapping: Mapping | None
    progress: Progress | None
    waiting: list[Article] = field(default_factory=list)
    finished: list[_Read] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    vanished: set[str] = field(default_factory=set)
    others: int = 0
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    paragraphs: int = 0
    embedded: int = 0

    def take(self, found: Found) -> None:
        """Reads one file; writes what is waiting when enough has gathered."""
        path, known = found.path, self.known.get(found.path)
        try:
            digest = digest_of(Path(path), found.outlet, self.mapping)
        except Unreadable as reason:
            self._fail(path, str(reason))
            if isinstance(reason, Vanished):
                self.vanished.add(path)
            return
        if known and known.hash == digest:
            self.unchanged += known.articles
            self._report(path, known.skipped)
            return
        ids, skipped = set(), []
        read = _Reading(articles_in(Path(path), outlet=found.outlet, mapping=self.mapping))
        for article in read:
            if isinstance(article, Skipped):
                skipped.append((article.part, article.why))
            elif article.id not in ids:
                ids.add(article.id)
                self._wait(article)
        if read.foreign and not known and Path(path).suffix.lower() in _MAY_BE_OTHERS:
            self.others += 1
            return
        if len(skipped) > _LONGEST_SKIPS:
            skipped[_LONGEST_SKIPS:] = [("", f"{len(skipped) - _LONGEST_SKIPS:,} more parts of it could not be read")]
        if read.broken:
            skipped.append(("", read.broken))
            # What the library had of the rest stays.
            ids |= self.database.articles_of(path)
        self._report(path, skipped)
        # What no rule foresaw, such as a lack of memory, may go well the next time.
        self.finished.append(_Read(path, "" if read.unforeseen else digest, tuple(skipped), frozenset(ids)))

    def flush(self) -> None:
        """Encodes the texts that are new to the library and writes the waiting articles."""
        have = embedded(self.database, list(self.texts))
        fresh = {key: text for key, text in self.texts.items() if key not in have}
        vectors = {} if self.dry else embed(self.encoder, fresh, self.progress)
        # In one piece: the full-text index grows by a segment a transaction, and merging those took a quarter of a sync.
        with nullcontext() if self.dry else self.database.transaction():
            self._write(vectors)
        self.embedded += len(fresh)
        self.waiting.clear()
        self.finished.clear()
        self.texts.clear()

    def _write(self, vectors: dict[str, Matrix]) -> None:
        for article in self.waiting:
            same = self.database.holds(article)
            self.unchanged += same is True
            self.updated += same is False
            self.added += same is None
            if same:
                continue
            self.paragraphs += len(article.paragraphs)
            if not self.dry:
                keys = {text_key(p.text) for p in article.paragraphs if p.kind in EVIDENCE_KINDS}
                self.database.save(article, {k: vectors[k] for k in keys if k in vectors})
        for file in self.finished:
            gone = self.database.articles_of(file.path) - file.ids
            self.removed += len(gone)
            if not self.dry:
                for identity in gone:
                    self.database.remove(identity)
                self.database.save_file(file.path, file.digest, file.skipped)

    def mend(self) -> None:
        """Embeds what an earlier fault left without an embedding."""
        texts = lacking(self.database)
        if texts:
            vectors = embed(self.encoder, texts, self.progress)
            with self.database.transaction() as connection:
                store(connection, vectors)
            self.embedded += len(texts)

    def settle(self) -> None:
        """Settles dates that only other articles can tell: 06/12/2012 the outlet's, the year of "May 12" all of them."""
        span = self.database.span()
        for source, written in self.database.dates_by_outlet().items():
            hints = Hints(convention=convention_of(written) if source else None, span=span)
            for path in self.database.undated_files(source) if hints.convention or span else ():
                for article in _Reading(articles_in(Path(path), outlet=source, hints=hints, mapping=self.mapping)):
                    if isinstance(article, Article) and article.published and article.source == source:
                        held = self.database.article(article.id)
                        # The file may lie outside the folders of this sync, and say something else by now.
                        if held and (held.text, held.published) == (article.text, None):
                            self.database.save(article, {})

    def _wait(self, article: Article) -> None:
        self.waiting.append(article)
        for paragraph in article.paragraphs:
            if paragraph.kind in EVIDENCE_KINDS:
                self.texts.setdefault(text_key(paragraph.text), paragraph.text)
        if len(self.texts) >= _TEXTS_AT_ONCE or len(self.waiting) >= _TEXTS_AT_ONCE:
            self.flush()

    def _report(self, path: str, skipped: Iterable[tuple[str, str]]) -> None:
        for part, why in skipped:
            self._fail(f"{path}#{part}" if part else path, why)

    def _fail(self, path: str, why: str) -> None:
        self.failures.append(Failure(path, f"{printable(path)} was skipped: {why}."))


def _remove_gone(database: Database, listing: Listing, work: _Work) -> int:
    there = {found.path for found in listing.files} - work.vanished
    gone = [path for path in work.known if path not in there and listing.covers(path)]
    removed = 0
    for path in gone:
        ids = database.articles_of(path)
        removed += len(ids)
        if not work.dry:
            for identity in ids:
                database.remove(identity)
            database.forget_file(path)
    return removed


def _notes(listing: Listing, work: _Work) -> Iterator[str]:
    others = listing.others + work.others
    if others:
        yield f"{others} files of other formats were left alone."
    lost = sum(f.articles for path, f in work.known.items() if not listing.covers(path) and not os.path.lexists(path))
    if lost:
        yield f"{lost} articles have lost their file outside these folders; take them out with: pilcrow remove FOLDER"
