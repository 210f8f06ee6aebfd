"""Brings a library in step with its folders: reads what is new, replaces what changed, removes what is gone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from index.articles import EXTRACTION, build_article, text_key
from index.encoder import Encoder
from index.files import Found, Listing, list_files, printable
from index.formats import Unreadable, Vanished, extract, load
from index.store.database import Database
from index.store.embeddings import embedded, forget_unused, lacking, store
from index.values import EVIDENCE_KINDS, Article, Failure, Progress, SyncReport

if TYPE_CHECKING:
    from index.encoder import Matrix

_TEXTS_AT_ONCE = 1024
"""Texts encoded together: sorted by length, so that little is padded. About 2 MB of vectors."""


def sync(
    database: Database, encoder: Encoder, paths: str | Path | Iterable[str | Path], progress: Progress | None = None
) -> SyncReport:
    """Puts into the truth what the files under `paths` hold now; the caller holds the lock.

    A file is recognised by the hash of its content: one that has not changed is not read again, and a
    text that the library has already is not embedded again. A file that cannot be read
    is reported, and what the library had of it stays. An article whose file is gone is removed.
    """
    listing = list_files(paths)
    work = _Work(database, encoder, database.file_hashes())
    for done, found in enumerate(listing.files):
        if progress and done % 20 == 0:
            progress("Reading", done, len(listing.files))
        work.take(found)
    work.flush()
    work.mend()
    if progress and listing.files:
        progress("Reading", len(listing.files), len(listing.files))
    removed = _remove_gone(database, listing, work)
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


@dataclass(slots=True)
class _Work:
    """The articles read but not yet written, and the count of what was done."""

    database: Database
    encoder: Encoder
    known: dict[str, tuple[str, str]]
    waiting: list[tuple[Article, str]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    vanished: set[str] = field(default_factory=set)
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    paragraphs: int = 0
    embedded: int = 0

    def take(self, found: Found) -> None:
        """Reads one file; writes what is waiting when enough has gathered."""
        try:
            data = load(Path(found.path))
            digest = _file_hash(data, found.outlet)
            if self.known.get(found.path, ("", ""))[1] == digest:
                self.unchanged += 1
                return
            article = build_article(found.path, extract(Path(found.path), data), outlet=found.outlet)
        except Unreadable as reason:
            self._fail(found, str(reason))
            if isinstance(reason, Vanished):
                self.vanished.add(found.path)
            return
        except Exception as error:  # one article that no rule foresaw must not keep the others out
            self._fail(found, f"it could not be made out ({type(error).__name__}: {error}); please report it")
            return
        self.waiting.append((article, digest))
        for paragraph in article.paragraphs:
            if paragraph.kind in EVIDENCE_KINDS:
                self.texts.setdefault(text_key(paragraph.text), paragraph.text)
        if len(self.texts) >= _TEXTS_AT_ONCE or len(self.waiting) >= _TEXTS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Encodes the texts that are new to the library and writes the waiting articles."""
        have = embedded(self.database, list(self.texts))
        fresh = {key: text for key, text in self.texts.items() if key not in have}
        vectors = self._encode(fresh)
        for article, digest in self.waiting:
            keys = {text_key(p.text) for p in article.paragraphs if p.kind in EVIDENCE_KINDS}
            self.database.save(article, digest, {k: vectors[k] for k in keys if k in vectors})
            known = article.path in self.known
            self.updated += known
            self.added += not known
            self.paragraphs += len(article.paragraphs)
        self.embedded += len(fresh)
        self.waiting.clear()
        self.texts.clear()

    def mend(self) -> None:
        """Embeds what an earlier fault left without an embedding."""
        texts = lacking(self.database)
        if texts:
            with self.database.transaction() as connection:
                store(connection, self._encode(texts))
            self.embedded += len(texts)

    def _fail(self, found: Found, why: str) -> None:
        self.failures.append(Failure(found.path, f"{printable(found.path)} was skipped: {why}."))

    def _encode(self, texts: dict[str, str]) -> dict[str, Matrix]:
        pieces = {key: self.encoder.windows(text) for key, text in texts.items()}
        rows = self.encoder.encode([piece for key in pieces for piece in pieces[key]])
        vectors, start = {}, 0
        for key, windows in pieces.items():
            vectors[key] = rows[start : start + len(windows)]
            start += len(windows)
        return vectors


def _file_hash(data: bytes, outlet: str) -> str:
    digest = blake2b(data, digest_size=16)
    digest.update(f"\x00{outlet}\x00{EXTRACTION}".encode())
    return digest.hexdigest()


def _remove_gone(database: Database, listing: Listing, work: _Work) -> int:
    there = {found.path for found in listing.files} - work.vanished
    gone = [identity for path, (identity, _) in work.known.items() if path not in there and listing.covers(path)]
    return sum(database.remove(identity) for identity in gone)


def _notes(listing: Listing, work: _Work) -> Iterator[str]:
    if listing.others:
        yield f"{listing.others} files of other formats were left alone."
    lost = sum(not listing.covers(path) and not os.path.lexists(path) for path in work.known)
    if lost:
        yield f"{lost} articles have lost their file outside these folders; take them out with: pilcrow remove FOLDER"
