"""Which column of an export is what: guessed from common names, or said by the user."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache

from index.formats.extract import Unreadable

_COMMON: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "article", "article_text", "article_body", "main_text", "full_text"),
        *("body_text", "content_text", "content_html", "body_html", "text_content", "story", "paragraphs"),
        *("article_html", "html_body", "html_content", "text_html", "full_content", "content_body", "html"),
    ),
    "title": ("title", "headline", "heading", "article_title", "news_title"),
    "source": (
        *("source", "outlet", "publisher", "publication", "site", "domain", "source_name", "newspaper"),
        *("site_name", "source_domain", "media", "media_name", "publisher_name"),
    ),
    "authors": ("authors", "author", "byline", "creator", "writer", "author_name", "author_names"),
    # No "timestamp": exports put the time of the crawl there.
    "published": (
        *("published", "published_at", "first_published", "date_published", "publish_date", "date_publish", "pub_date"),
        *("published_date", "publication_date", "published_on", "published_time", "publish_time", "first_published_at"),
        *("date", "issued", "date_of_publication", "publication_time"),
    ),
    "updated": (
        *("updated", "modified", "date_modified", "updated_at", "last_modified", "last_updated", "modified_at"),
        *("date_updated", "date_modify", "last_published"),
    ),
    "url": ("url", "link", "permalink", "canonical", "canonical_url", "web_url", "article_url"),
    "section": ("section", "category", "rubric", "section_name", "desk"),
    "language": ("language", "lang"),
    "id": ("id", "guid", "article_id", "uuid"),
}
"""The names a column goes by, the surest first."""
_INNER = ("meta", "metadata", "article", "document", "doc", "fields", "attributes", "data")
"""Groups whose members speak of the article itself: in {"source": {"id": …}} the id is the outlet's."""
_LARGEST_SIDECAR = 2_000


@dataclass(frozen=True, slots=True)
class Mapping:
    """The column that holds each part of an article; "" where none does.

    A dot steps inside: "meta.title" is the title in {"meta": {"title": …}}.
    """

    text: str = ""
    title: str = ""
    source: str = ""
    authors: str = ""
    published: str = ""
    updated: str = ""
    url: str = ""
    section: str = ""
    language: str = ""
    id: str = ""

    @classmethod
    def parse(cls, text: str) -> Mapping:
        """The mapping that "text=corpo,title=titolo" says. Raises Unreadable for what is no such list."""
        pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
        if not pairs or not all(sign and column.strip() for _, sign, column in pairs):
            raise Unreadable(f"“{text}” does not say which column is what; write it like text=corpo,title=titolo")
        return cls._from((name, column) for name, _, column in pairs)

    @classmethod
    def read(cls, data: bytes) -> Mapping:
        """The mapping in a sidecar file, JSON or YAML, such as {"text": "corpo", "title": "titolo"}.

        Raises Unreadable for anything else.
        """
        import yaml

        from index.formats.encoding import decode

        wrong = "it must say which column is what, like {“text”: “corpo”, “title”: “titolo”}; correct it"
        if len(data) > _LARGEST_SIDECAR:
            raise Unreadable(wrong)
        try:
            # BaseLoader makes strings only, and JSON is YAML.
            said = yaml.load(decode(data), Loader=yaml.BaseLoader)  # noqa: S506
        except (yaml.YAMLError, RecursionError, ValueError):
            said = None
        if not (said and isinstance(said, dict) and all(isinstance(c, str) and c.strip() for c in said.values())):
            raise Unreadable(wrong)
        return cls._from((str(name), column) for name, column in said.items())

    @classmethod
    def _from(cls, pairs: Iterable[tuple[str, str]]) -> Mapping:
        known = [field.name for field in fields(cls)]
        said: dict[str, str] = {}
        for name, column in ((name.strip().lower(), column.strip()) for name, column in pairs):
            if name not in known:
                raise Unreadable(f"“{name}” is not a part of an article; the parts are {', '.join(known)}")
            said[name] = column
        return cls(**said)

    def fitted(self, columns: tuple[str, ...]) -> Mapping:
        """This mapping with the columns as they are spelt here, and what it leaves open guessed from their names.

        Raises Unreadable, naming the columns there are, where a column said by the user is none of
        them, or where none holds the text.
        """
        fitting = _fitting(self, columns)
        if not fitting.text:
            raise Unreadable(
                f"none of its columns is known to hold the articles' text; {_listed(columns)}; "
                "say which it is, like text=corpo"
            )
        return fitting


@lru_cache(maxsize=256)
def guess(columns: tuple[str, ...]) -> Mapping:
    """The mapping that the names of the columns suggest; case and punctuation do not matter."""
    return _fitting(Mapping(), columns)


@lru_cache(maxsize=256)
def _fitting(said: Mapping, columns: tuple[str, ...]) -> Mapping:
    plain = {_plain(column): column for column in reversed(columns)}
    found = {}
    for field in fields(Mapping):
        name: str = getattr(said, field.name)
        if not name:
            found[field.name] = _guess(field.name, plain)
        elif name in columns or _plain(name) in plain:
            found[field.name] = name if name in columns else plain[_plain(name)]
        else:
            raise Unreadable(
                f"it has no column “{name}”, which was to hold the {field.name}; {_listed(columns)}; correct the mapping"
            )
    return Mapping(**found)


def _guess(part: str, plain: dict[str, str]) -> str:
    names = [_plain(name) for name in _COMMON[part]]
    inner = [f"{_plain(group)}.{name}" for name in names for group in _INNER]
    return next((plain[name] for name in (*names, *inner) if name in plain), "")


def _plain(column: str) -> str:
    """The name without case and punctuation; dots stay, they step inside."""
    return re.sub(r"[^\w.]|_", "", column.casefold())


def _listed(columns: tuple[str, ...], most: int = 30) -> str:
    names = [c if len(c) <= 40 else c[:40] + "…" for c in columns[:most]]
    more = f" and {len(columns) - most} more" if len(columns) > most else ""
    return f"its columns are {', '.join(f'“{name}”' for name in names)}{more}" if names else "it has no columns"
