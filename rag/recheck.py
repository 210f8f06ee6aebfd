"""Whether what was cited still stands: in the library, or where there is none in the articles' files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from index import Article, Library
from index.dates import Hints
from index.files import printable
from index.formats import ENDINGS, Unreadable
from index.reading import articles_in, file_of

if TYPE_CHECKING:
    from rag.pack import Cited

_SHORT = 90


class Now:
    """The articles as they are now: the library's, or where there is none those in the files."""

    def __init__(self, library: Library | None) -> None:
        self._library = library
        self._listed: tuple[Article, ...] | None = None
        self._read: dict[tuple[str, str, date | None], Article | str] = {}

    def compare(self, cited: Cited) -> tuple[str, list[str]]:
        """What no longer holds of a quote, "" for nothing, and what has changed around it."""
        if self._library:
            articles = self._in_library(cited, self._library)
            if not articles:
                return "the article is not in this library", []
        else:
            key = (cited.path, cited.outlet, cited.published)
            found = self._read[key] = self._read.get(key) or _from_file(*key)
            if isinstance(found, str):
                return "", [f"it could not be compared: {found}"]
            articles = [found]
        held = [(p.number, a) for a in articles for p in a.paragraphs if p.text == cited.paragraph_text]
        if not held:
            return "the paragraph has changed", []
        number, article = min(held, key=lambda h: abs(h[0] - cited.paragraph))
        was = source(cited.outlet, cited.published, cited.headline)
        now = source(article.source, article.published, article.headline)
        return "", [
            *([f"it is now ¶{number}"] if number != cited.paragraph else []),
            *([f"its article is now {now}"] if now != was else []),
        ]

    def _in_library(self, cited: Cited, library: Library) -> list[Article]:
        """The article of that id; else those of the same path, address or headline: the folder may have moved."""
        same = library.article(cited.article_id)
        if same:
            return [same]
        self._listed = library.articles() if self._listed is None else self._listed
        for name in ("path", "url", "headline"):
            wanted = getattr(cited, name)
            found = [library.article(a.id) for a in self._listed if wanted and getattr(a, name) == wanted]
            if found:
                return [a for a in found if a]
        return []


def _from_file(path: str, outlet: str, published: date | None) -> Article | str:
    """The article that the file holds now, or why it cannot be told. A year that it does not write is as it was."""
    # A share's address would reach out to a machine that the pack's author chose.
    file = None if path.startswith(("//", "\\\\")) else file_of(path)
    if file and file.suffix.lower() not in ENDINGS:
        return "it names no file that is read"
    if file is None:
        return f"there is no file {printable(path)}"
    try:
        hints = Hints(span=(published, published) if published else None)
        held = articles_in(file, outlet=outlet, hints=hints)
        found = next((a for a in held if isinstance(a, Article) and a.path == path), None)
        return found or f"the file {printable(file)} no longer holds it"
    except Unreadable as why:
        return f"the file {printable(path)} could not be read ({why})"
    except Exception as error:  # a file that no rule foresaw must not end the check
        return f"the file {printable(path)} could not be made out ({type(error).__name__})"


def source(outlet: str, published: date | None, headline: str) -> str:
    """Outlet, date and headline for a sentence."""
    day = f"{published.day} {published:%B %Y}" if published else "undated"
    return ", ".join(part for part in (short(outlet), day, f"“{short(headline)}”") if part)


def short(text: str) -> str:
    """Foreign text for a sentence: on one line, visible, and not too long."""
    return printable(text if len(text) <= _SHORT else f"{text[:_SHORT]}…")
