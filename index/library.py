"""A library: a folder of articles made searchable. The one door to everything in this room."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from index.bylines import plain_name
from index.values import (
    Article,
    CheckReport,
    Filters,
    Notice,
    Passage,
    PilcrowError,
    Progress,
    SyncReport,
    Unanswerable,
)

if TYPE_CHECKING:
    from index.encoder import Encoder, Matrix
    from index.formats import Mapping
    from index.store.connection import Connection
    from index.store.database import Database
    from index.store.vectors import VectorPlace
    from index.web.gather import Reach
    from index.web.mirror import MirrorReport

_NO_FILTERS = Filters()
_PATIENCE = 5.0
"""Seconds for which a writer waits for another: a reader that mends the index is soon done."""


class Library:
    """Articles, their paragraphs and how to find them, kept in one folder or, by setting, on servers.

    ``library.db`` in the folder is the truth, or a PostgreSQL database is; ``chroma`` beside it, or a Chroma server, is
    an index that is made again from the truth whenever it is missing or damaged. Any number of processes may read; one
    writes at a time.

        with Library.open("library") as library:
            report = library.sync(["articles/"])
            passages = library.search("Who won the vote?", k=10)
    """

    def __init__(self, folder: Path, database: Database, vectors: VectorPlace, encoder: Encoder) -> None:
        """Use `Library.open`."""
        from index.store.nearest import attach

        self.folder = folder
        self.encoder = encoder
        self._database = database
        self._nearest = attach(vectors)
        self._checked_at: int | None = None
        self._closed = False

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        encoder: Encoder | None = None,
        create: bool = True,
        database: str | None = None,
        chroma: str | None = None,
    ) -> Library:
        """Opens the library in the folder `path`, by default the one that PILCROW_LIBRARY names.

        `database` is the address of a PostgreSQL database that holds the articles, `chroma` that of a Chroma server for
        the vectors; "" is the folder itself. By default the file `servers.toml` in the folder names them, else the
        settings do, and the folder holds only pages and files that were added. With `create` a missing library is made. Raises PilcrowError where there is none, where
        the folder holds something else, or where it was made with another encoder or version.
        """
        return cls._opened(path, encoder, database, chroma, create=create)

    @classmethod
    def _opened(
        cls,
        path: str | Path | None,
        encoder: Encoder | None,
        database: str | None,
        chroma: str | None,
        *,
        create: bool,
        any_encoder: bool = False,
    ) -> Library:
        from index.encoder import shared_encoder
        from index.settings import settings
        from index.store.engines import check_usable, open_truth, servers_of, vector_place

        folder = Path(path or settings().library).expanduser()
        servers = servers_of(folder)
        address = servers.database if database is None else database
        url = servers.chroma if chroma is None else chroma
        encoder = encoder or shared_encoder(settings().encoder, settings().threads)
        truth = open_truth(folder, address, create=create)
        check_usable(truth, folder, "" if any_encoder else encoder.name)
        return cls(folder, truth, vector_place(folder, url), encoder)

    @classmethod
    def reembed(
        cls,
        path: str | Path | None = None,
        progress: Progress | None = None,
        *,
        encoder: Encoder | None = None,
        database: str | None = None,
        chroma: str | None = None,
    ) -> int:
        """Embeds all texts of a library anew, with another encoder than it was made with; returns how many they are.

        The library may be read with the former encoder meanwhile: the new vectors are kept beside, and switched to in
        one step. Broken off, it goes on where it was. The other arguments are those of `open`. Raises PilcrowError.
        """
        with cls._opened(path, encoder, database, chroma, create=False, any_encoder=True) as library:
            if not library.identity:
                raise PilcrowError(f"The library {library.folder} is empty; nothing is to be embedded anew.")
            with library._writing():
                return library._nearest.reembed(library._database, library.encoder, progress)

    @classmethod
    def exists(cls, path: str | Path | None = None) -> bool:
        """True where `Library.open` with the same path would find a library. Raises PilcrowError."""
        from index.settings import settings
        from index.store.engines import is_made, servers_of

        folder = Path(path or settings().library).expanduser()
        return is_made(folder, servers_of(folder).database)

    def __enter__(self) -> Library:
        """The library itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Lets go of every file. A closed library cannot be used again."""
        from index.store.nearest import detach

        if not self._closed:
            self._closed = True
            detach(self._nearest)
            self._database.close()

    # Writing

    def sync(
        self,
        paths: str | Path | Iterable[str | Path],
        progress: Progress | None = None,
        *,
        dry: bool = False,
        mapping: Mapping | None = None,
        reach: Reach | None = None,
    ) -> SyncReport:
        """Brings the library in step with the files under `paths` and returns what was done.

        Articles whose file is gone from a given folder are removed; other folders' articles stay. A folder
        that is empty or missing removes nothing. Addresses (https://…) are fetched first, as by `fetch`, and all pages
        fetched so far are read with the rest. `progress` is called with a word for the stage, how many are done, and how
        many there are. With `dry` nothing is changed or fetched, and the report says what would be. `mapping` says
        which column of an export is what.
        Raises PilcrowError when another process is writing, or when no path is given.
        """
        from index.sync import sync
        from index.web.gather import is_address

        given = [paths] if isinstance(paths, str | Path) else list(paths)
        urls, places = [str(p) for p in given if is_address(p)], [p for p in given if not is_address(p)]
        web = SyncReport()
        if urls:
            web = self._fetched(urls, progress, reach, dry=dry)
            if any(self.pages.glob("*/*")):
                places.append(self.pages)
            if not places:
                return web
        with self._writing():
            self._check_encoder(writing=not dry)
            report = sync(self._database, self.encoder, places, progress, dry=dry, mapping=mapping)
            if not dry:
                self._nearest.follow(self._database, progress)
        return replace(report, failures=(*web.failures, *report.failures), notes=(*web.notes, *report.notes))

    def fetch(
        self, urls: str | Iterable[str], progress: Progress | None = None, reach: Reach | None = None
    ) -> MirrorReport:
        """Fetches pages, and those that feeds and sitemaps name, into the folder `pages`; what became of them.

        A later `sync` of that folder makes articles of them. Raises PilcrowError when another process is fetching.
        """
        from index.web.gather import Reach, gather

        return gather(self.pages, [urls] if isinstance(urls, str) else urls, reach or Reach(), progress)

    @property
    def pages(self) -> Path:
        """The folder in which pages from the web are kept."""
        return Path(os.path.abspath(self.folder / "web"))

    def remove(self, article_ids: str | Iterable[str]) -> int:
        """Takes these articles out of the library, wherever they are kept; returns how many there were.

        The files stay: the next sync of their folder brings them back.
        """
        from index.related import relate
        from index.store.embeddings import forget_unused

        ids = [article_ids] if isinstance(article_ids, str) else article_ids
        with self._writing():
            removed = 0
            for identity in ids:
                article = self._database.article(identity)
                if article and self._database.remove(identity):
                    removed += 1
                    # So that the next sync reads the file again.
                    self._database.forget_file(article.file)
            forget_unused(self._database)
            if removed:
                relate(self._database)
            self._nearest.follow(self._database)
        return removed

    def check(self, progress: Progress | None = None, *, repair: bool = False) -> CheckReport:
        """Examines the whole library, text by text and vector by vector, and mends the vector index.

        With `repair` also what else can be mended is; the report's problems are those that remain.
        """
        from index.repair import faults
        from index.repair import repair as mend
        from index.store.embeddings import forget_unused

        mended: list[str] = []
        with self._writing():
            try:
                forget_unused(self._database)
                found = faults(self._database)
                if repair and found:
                    mended = mend(self._database, self.encoder, progress)
                    found = faults(self._database)
            except PilcrowError:
                raise
            except Exception as error:  # SQLite's, that cannot make out its own file
                return CheckReport(
                    (
                        f"{self.folder / 'library.db'} is damaged ({error}); bring a backup back with pilcrow restore, or "
                        "index the articles into a new folder.",
                    )
                )
            rebuilt = self._nearest.follow(self._database, progress, thorough=True)
        return CheckReport(tuple(found), (*mended, rebuilt) if rebuilt else tuple(mended))

    def backup(self, file: str | Path, *, force: bool = False) -> Path:
        """Writes the library, its conversations and the pages and files kept in it into one file, and returns it.

        The library may be in use meanwhile. Raises PilcrowError where the file is there already, unless `force`.
        """
        from index.store.backup import back_up
        from index.store.sqlite import Sqlite

        if not isinstance(self._database, Sqlite):
            raise PilcrowError(
                f"The library is kept in {self._database.label}, whose backups are made with pg_dump; or copy it into "
                "a folder with pilcrow move, and back that up."
            )
        return back_up(self._database, self.folder, Path(file), force=force)

    def records(self, name: str) -> Connection:
        """A store for what is kept beside the articles: the same database, or the file `name` in the folder.

        Whoever asks for it closes it.
        """
        return self._database.beside(name)

    # Reading

    @property
    def identity(self) -> str:
        """A name that no other library has, given when it is made; "" while it is empty."""
        return self._database.get("identity")

    @property
    def generation(self) -> int:
        """A number that grows with every change of the articles, by whichever process."""
        return self._database.generation

    def articles(self, filters: Filters = _NO_FILTERS) -> tuple[Article, ...]:
        """Every article's metadata, oldest first and undated last; the texts are left out."""
        return self._database.articles(self._resolve(filters))

    def sources(self) -> tuple[str, ...]:
        """The names of the outlets, in alphabetical order; one spelling each."""
        names = {plain_name(source): source for source in self._database.sources()}
        return tuple(sorted(names.values()))

    def article(self, article_id: str, version: int | None = None) -> Article | None:
        """The whole article with its text and paragraphs, or an earlier version of it; None where there is none."""
        return self._database.article(article_id, version)

    def notices(self, article: Article) -> tuple[Notice, ...]:
        """The corrections, clarifications and retractions of the article, in its own text and in other articles."""
        return self.notices_of([article])[article.id]

    def notices_of(self, articles: Sequence[Article]) -> dict[str, tuple[Notice, ...]]:
        """The same of several articles, by their ids, in one query."""
        from index.related.notices import notices

        return notices(self._database, articles)

    def counts(self) -> dict[str, int]:
        """How many articles, paragraphs and distinct embedded texts the library holds."""
        return self._database.counts()

    @property
    def span(self) -> tuple[date, date] | None:
        """From when to when the articles were published; None where none has a date."""
        return self._database.span()

    def holding(self, word: str) -> int:
        """In how many citable paragraphs a word stands, in any inflection, their titles included."""
        return self._database.holding(word)

    def search(self, question: str, k: int = 10, filters: Filters = _NO_FILTERS) -> tuple[Passage, ...]:
        """The k paragraphs that fit the question best, best first. Headlines are never among them."""
        from index.search import exact_nearest, search

        self._check_encoder()
        filters = self._resolve(filters)
        vector = self.encoder.encode([question])[0]

        def nearest(vector: Matrix, depth: int) -> list[tuple[str, float]]:
            # Undamaged, in step and not filtered: Chroma. In every other case the truth itself.
            found = None if filters else self._nearest.find(self._database, vector, depth, self._idle)
            return exact_nearest(self._database, vector, depth, filters) if found is None else found

        return search(self._database, question, vector, nearest, k, filters)

    # Inside

    def _fetched(self, urls: list[str], progress: Progress | None, reach: Reach | None, *, dry: bool) -> SyncReport:
        """What fetching has to say for the report of a sync."""
        if dry:
            return SyncReport(notes=(f"A dry run fetches nothing: not looked at were {', '.join(urls)}.",))
        web = self.fetch(urls, progress, reach)
        return SyncReport(failures=web.failures, notes=(*web.notes, str(web)))

    def _resolve(self, filters: Filters) -> Filters:
        """The filters with the outlets' names as the library spells them. Raises PilcrowError for unknown ones."""
        if not filters.sources:
            return filters
        named = [(source, plain_name(source)) for source in self._database.sources()]
        wanted = {plain_name(source) for source in filters.sources}
        unknown = wanted - {plain for _, plain in named}
        if unknown:
            known = ", ".join(source for source, _ in named) or "none"
            raise Unanswerable(f"No article is from {', '.join(sorted(unknown))}; the library's outlets are: {known}.")
        return replace(filters, sources=tuple(source for source, plain in named if plain in wanted))

    def _check_encoder(self, *, writing: bool = False) -> None:
        from index.store.migrations import FORMAT

        # Another process may have given the library another encoder meanwhile.
        generation = self._database.generation
        if self._checked_at == generation:
            return
        known = self._database.get("encoder_fingerprint")
        named = self._database.get("encoder", self.encoder.name)
        if named != self.encoder.name:
            raise PilcrowError(
                f"The library {self.folder} is one of the encoder {named} by now; set PILCROW_ENCODER={named} and begin anew."
            )
        if known and known != self.encoder.fingerprint:
            raise PilcrowError(
                f"The weights of the encoder {self.encoder.name} are not those that the library "
                f"{self.folder} was made with; put the old ones back, or run: pilcrow reembed"
            )
        if writing and not known:
            self._database.set(
                format=FORMAT,
                identity=uuid4().hex,
                encoder=self.encoder.name,
                encoder_fingerprint=self.encoder.fingerprint,
            )
        self._checked_at = generation if known else None

    def _writing(self) -> AbstractContextManager[None]:
        """Holds the library for writing. Raises PilcrowError when another process does not let go of it."""
        return self._database.writing(_PATIENCE)

    def _idle(self) -> AbstractContextManager[None]:
        """The same for a reader that could mend the index: only if nobody writes just now."""
        return self._database.writing(0)
