"""Markdown: front matter for what the page says of itself, the rest as plain text without markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, get_args

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.formats.encoding import decode
from index.formats.extract import Extract, Stated, joined, whole
from index.formats.fragment import words_of
from index.values import ArticleType, Kind

_TITLE = ("title", "headline")
_SOURCE = ("source", "outlet", "publisher", "site", "publication")
_AUTHORS = ("authors", "author", "byline", "by")
_DATE = ("published", "date", "pubdate", "datepublished", "publication_date")
_UPDATED = ("updated", "modified", "lastmod", "last_modified", "datemodified")
_SECTION = ("section", "category", "categories")
_LANGUAGE = ("language", "lang", "locale")
_TYPE = ("type", "kind")
_URL = ("url", "link", "canonical", "permalink")


def read_markdown(file: BinaryIO, name: str) -> Iterator[Extract]:
    """The one article in a Markdown file. Raises Unreadable for bytes that are not text.

    The text is the words without the markup, blocks parted by a blank line: offsets refer to it.
    """
    front, body = _front_matter(decode(whole(file)))
    text, blocks = joined(_blocks(body))
    published, updated = _first(front, _DATE), _first(front, _UPDATED)
    yield Extract(
        text=text,
        blocks=blocks,
        title=_first(front, _TITLE),
        source=_first(front, _SOURCE),
        authors=_all(front, _AUTHORS),
        published=(Stated(published, "front matter"),) if published else (),
        updated=(Stated(updated, "front matter"),) if updated else (),
        url=_first(front, _URL),
        section=_first(front, _SECTION),
        language=_first(front, _LANGUAGE),
        type=next((kind for kind in get_args(ArticleType) if kind == _first(front, _TYPE).lower()), ""),
    )


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The YAML block between two --- lines at the very top, and what follows it."""
    lines = text.lstrip("\n").split("\n")
    if lines[0].strip() != "---":
        return {}, text
    for number, line in enumerate(lines[1:], 1):
        if line.strip() in ("---", "..."):
            try:
                # BaseLoader keeps every value as it was written: a date stays a string, so that
                # 03/04/2026 is judged by index.dates and not by YAML.
                found = yaml.load("\n".join(lines[1:number]), Loader=yaml.BaseLoader)  # noqa: S506
            except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
                found = _line_by_line(lines[1:number])
            front = {str(k).lower(): v for k, v in found.items()} if isinstance(found, dict) else {}
            return front, "\n".join(lines[number + 1 :])
    return {}, text


def _line_by_line(lines: list[str]) -> dict[str, str]:
    """What `key: value` lines say where they are no YAML, as in ``title: Storm: town cut off``."""
    pairs = (line.partition(":") for line in lines if line[:1].isalpha())
    return {key.strip(): value.strip().strip("\"'") for key, colon, value in pairs if colon}


def _first(front: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next(iter(_all(front, keys)), "")


def _all(front: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    for key in keys:
        value = front.get(key)
        values = value if isinstance(value, list) else [value]
        words = tuple(w for w in (_clean(v) for v in values if isinstance(v, str)) if w)
        if words:
            return words
    return ()


def _clean(value: str) -> str:
    """One line of printable text: YAML can write control characters and halves of characters."""
    return " ".join("".join(c for c in value if c.isprintable() or c.isspace()).split())


def _blocks(body: str) -> list[tuple[Kind | None, str]]:
    """(kind, plain text) of every block: headings, paragraphs, list items, quotes, table rows."""
    blocks: list[tuple[Kind | None, str]] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    cells: list[str] | None = None
    for token, opener in zip(tokens, [None, *tokens], strict=False):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            blocks.append(("body", " | ".join(cells).strip()))
            cells = None
        elif token.type == "inline":
            words = " ".join(_plain(token).split())
            if cells is not None:
                cells.append(words)
            elif words:
                blocks.append((_kind(opener, blocks), words))
        elif token.type == "html_block":
            blocks += words_of(token.content)
        elif token.type in ("fence", "code_block") and token.content.strip():
            blocks.append(("body", " ".join(token.content.split())))
    return [(kind, words) for kind, words in blocks if words.strip(" |")]


def _kind(opener: Token | None, before: list[tuple[Kind | None, str]]) -> Kind | None:
    if opener is None or opener.type != "heading_open":
        return None
    return "headline" if opener.tag == "h1" and not any(k == "headline" for k, _ in before) else "subhead"


def _plain(inline: Token) -> str:
    words = []
    for child in inline.children or ():
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return "".join(words)
