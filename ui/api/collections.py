"""Several libraries side by side, asked one at a time or together. Whoever may not see one does not learn that it exists."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index import Article, Filters, Library, Passage, PilcrowError
from index.values import Unanswerable
from rag import Answer, Answerer, Finding, answerer, look_up
from rag.question import check_length
from rag.quotes import Quotation, find_quote
from ui.api.errors import Refusal
from ui.api.keys import NAME, Holder

TOGETHER = "+"
"""What stands between the names of collections that are asked together."""
DEFAULT = "library"
"""What the library is called where only one is served and it is given no name."""
_log = logging.getLogger("pilcrow")


def named_folders(given: Sequence[str]) -> dict[str, Path]:
    """The folders of collections given as NAME=FOLDER. Raises PilcrowError for one that is not."""
    found: dict[str, Path] = {}
    for one in given:
        name, _, folder = one.partition("=")
        if not folder or not re.fullmatch(NAME, name):
            raise PilcrowError(
                f"{one!r} names no collection; write NAME=FOLDER, the name of letters, digits, dots, underscores, hyphens."
            )
        if name in found:
            raise PilcrowError(f"Two collections are called {name}; give each its own name.")
        found[name] = Path(folder)
    return found


@dataclass(frozen=True, slots=True)
class Collections:
    """The libraries that somebody may see, by name; the folders they lie in."""

    folders: Mapping[str, Path]

    def for_holder(self, holder: Holder) -> Collections:
        """Those that the key is for."""
        return Collections({name: folder for name, folder in self.folders.items() if holder.may(name)})

    @property
    def names(self) -> tuple[str, ...]:
        """Their names in order."""
        return tuple(sorted(self.folders))

    def named(self, wanted: str | None) -> tuple[str, ...]:
        """The collections meant by "one" or "one+other"; without a name the only one there is.

        Raises Refusal (404) for one that is not among them, in the same words whether it exists or not.
        """
        if wanted is None:
            if len(self.folders) == 1:
                return self.names
            raise Refusal(400, f"Say which collection is asked: {_listed(self.names)}.", "collection_missing")
        names = tuple(dict.fromkeys(wanted.split(TOGETHER)))
        if not all(name in self.folders for name in names):
            raise Refusal(404, f"There is no such collection; there are: {_listed(self.names)}.", "model_not_found")
        return names

    def one(self, wanted: str | None) -> str:
        """The one collection meant, where several cannot be asked together."""
        names = self.named(wanted)
        if len(names) > 1:
            raise Refusal(400, "This is asked of one collection at a time; name one.", "invalid_request")
        return names[0]

    def answerer(self, name: str) -> Answerer:
        """What answers for the collection. Raises Refusal (503) where it cannot be opened."""
        with self._reach(name):
            return answerer(self.folders[name])

    def library(self, name: str) -> Library:
        """The collection's library."""
        return self.answerer(name).library

    def answers(
        self,
        names: Sequence[str],
        question: str,
        filters: Filters,
        history: Mapping[str, Sequence[Answer]] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> dict[str, Answer]:
        """What each of the collections answers. An outlet that only one of them has is asked of that one only.

        `history` holds the earlier answers by collection. Raises Unanswerable for a question that cannot be asked.
        """
        check_length(question)
        earlier = history or {}
        found: dict[str, Answer] = {}
        for name in names:
            narrowed = self._narrowed(name, names, filters)
            if narrowed is None:
                continue
            asked = self.answerer(name)
            with self._reach(name):
                *_, found[name] = asked.stream(question, history=earlier.get(name, ()), filters=narrowed, stop=stop)
        if not found:
            raise Unanswerable("None of the collections has articles from all of these outlets; ask without them.")
        return found

    def search(self, names: Sequence[str], text: str, k: int, filters: Filters) -> list[tuple[str, Passage]]:
        """The k passages that fit best, each with its collection; of several collections those ranked alike in turn."""
        check_length(text)
        found: list[tuple[str, Passage]] = []
        for name in names:
            narrowed = self._narrowed(name, names, filters)
            if narrowed is not None:
                library = self.library(name)
                with self._reach(name):
                    found += [(name, passage) for passage in library.search(text, k, narrowed)]
        found.sort(key=lambda one: (one[1].rank, -one[1].score))
        return found[:k]

    def verify(self, name: str, text: str) -> Finding:
        """Where a quotation or a claim stands in the collection. Raises Unanswerable for what cannot be looked up."""
        with self._reach(name):
            return look_up(text, self.folders[name])

    def find_quote(self, name: str, words: str) -> Quotation | None:
        """Where words were published; None where they stand in no article of the collection."""
        check_length(words)
        library = self.library(name)
        with self._reach(name):
            return find_quote(words, library)

    def article(self, name: str, identity: str, version: int | None = None) -> Article:
        """An article of the collection. Raises Refusal (404) where it has none of this id."""
        library = self.library(name)
        with self._reach(name):
            article = library.article(identity, version)
        if article is None:
            raise Refusal(404, "There is no such article in this collection.", "article_not_found")
        return article

    @contextmanager
    def _reach(self, name: str) -> Iterator[None]:
        """Tells what is wrong with a library, or with the servers that hold it, to whoever runs this one only."""
        try:
            yield
        except (Unanswerable, Refusal):
            raise
        except PilcrowError as error:
            _log.warning("The collection %s cannot be used: %s", name, error)
            raise Refusal(
                503, f"The collection {name} cannot be used just now; try again in a moment.", "unavailable"
            ) from None

    def _narrowed(self, name: str, names: Sequence[str], filters: Filters) -> Filters | None:
        """The filters for one of several collections; None where it has none of the outlets asked for."""
        if not filters.sources or len(names) == 1:
            return filters
        outlets = {_plain(outlet) for outlet in self.library(name).sources()}
        own = tuple(outlet for outlet in filters.sources if _plain(outlet) in outlets)
        return replace(filters, sources=own) if own else None


def _plain(outlet: str) -> str:
    return outlet.lower().strip().removeprefix("the ")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"
