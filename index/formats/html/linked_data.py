"""JSON-LD: which of the things a page describes is the page's own article, and what is said of it (schema.org)."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

ARTICLES = frozenset(
    {
        "AdvertiserContentArticle",
        "AnalysisNewsArticle",
        "Article",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
    }
)
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
_HANGING_COMMA = re.compile(r",(\s*[}\]])")
_MOST_THINGS = 50_000


@dataclass(frozen=True, slots=True)
class Described:
    """What JSON-LD says of one article; "" or () where it says nothing."""

    types: tuple[str, ...] = ()
    headline: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    url: str = ""
    section: str = ""
    genre: str = ""
    language: str = ""


def read(scripts: list[str]) -> list[dict[str, Any]]:
    """Every object in these JSON-LD scripts, outer before inner. A script that is broken beyond mending holds none."""
    things: list[dict[str, Any]] = []
    waiting: deque[Any] = deque(value for value in map(_loaded, scripts) if value is not None)
    while waiting and len(things) < _MOST_THINGS:
        value = waiting.popleft()
        if isinstance(value, dict):
            things.append(value)
            waiting.extend(v for v in value.values() if isinstance(v, dict | list))
        elif isinstance(value, list):
            waiting.extend(v for v in value if isinstance(v, dict | list))
    return things


def own_article(things: list[dict[str, Any]], addresses: tuple[str, ...], headlines: tuple[str, ...]) -> Described:
    """What is said of the page's own article: the one with the page's address or headline, else the only one.

    Pages describe their related stories too; where none of several is this page's, nothing is taken.
    """
    articles = [
        thing
        for thing in things
        if _types(thing) & ARTICLES
        and any(thing.get(said) for said in ("headline", "name", "datePublished", "dateModified"))
    ]
    pages = {key for key in map(_key, addresses) if key}
    titles = {key for key in map(_words, headlines) if key}
    named = {thing["@id"]: thing for thing in reversed(things) if isinstance(thing.get("@id"), str) and len(thing) > 1}
    for thing in articles:
        if pages & {_key(a) for a in _addresses(thing)}:
            return _described(thing, named)
    for thing in articles:
        if _same(_words(_string(thing.get("headline")) or _string(thing.get("name"))), titles):
            return _described(thing, named)
    if len(articles) == 1 and not (pages and any(map(_key, _addresses(articles[0])))):
        return _described(articles[0], named)
    return Described()


def _loaded(script: str) -> Any:
    """The value of one script, mended where pages commonly break it: wrapped, escaped, with hanging commas."""
    script = _WRAPPING.sub("", script).strip()
    for text in (script, html.unescape(script), _HANGING_COMMA.sub(r"\1", html.unescape(script))):
        try:
            return json.JSONDecoder(strict=False).raw_decode(text)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _described(thing: dict[str, Any], named: dict[str, dict[str, Any]]) -> Described:
    def people(value: Any) -> tuple[str, ...]:
        values = value if isinstance(value, list) else [value]
        found = []
        for person in values[:50]:
            if isinstance(person, dict) and not person.get("name"):
                person = named.get(_string(person.get("@id")), person)
            found += [_string(n) for n in _listed(person.get("name") if isinstance(person, dict) else person)]
        return tuple(name for name in found if name)

    return Described(
        types=tuple(sorted(_types(thing))),
        headline=_string(thing.get("headline")) or _string(thing.get("name")),
        publisher=next(iter(people(thing.get("publisher") or thing.get("sourceOrganization"))), ""),
        authors=people(thing.get("author") or thing.get("creator")),
        published=tuple(filter(None, [_string(thing.get("datePublished"))[:100]])),
        updated=tuple(filter(None, [_string(thing.get("dateModified"))[:100]])),
        url=next(iter(_addresses(thing)), ""),
        section=_string(thing.get("articleSection")),
        genre=_string(thing.get("genre")),
        language=_string(thing.get("inLanguage")),
    )


def _addresses(thing: dict[str, Any]) -> list[str]:
    found = []
    for value in (thing.get("url"), thing.get("mainEntityOfPage"), thing.get("@id")):
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http://", "https://", "/")):
            found.append(value)
    return found


def _types(thing: dict[str, Any]) -> set[str]:
    return {t.rsplit("/", 1)[-1] for t in _listed(thing.get("@type")) if isinstance(t, str)}


def _listed(value: Any) -> list[Any]:
    return value[:50] if isinstance(value, list) else [value]


def _string(value: Any) -> str:
    """The first string of a field that may be a list or an object with a name."""
    for one in _listed(value):
        if isinstance(one, dict):
            one = one.get("name") or one.get("@value")
        if isinstance(one, str) and one.strip():
            return one.strip()[:2000]
    return ""


def _key(address: str) -> str:
    """An address for comparing: without scheme, www, query, fragment and last slash."""
    try:
        parts = urlsplit(address)
        return (
            f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}".lower()
            if parts.path.strip("/")
            else ""
        )
    except ValueError:
        return ""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", html.unescape(text[:500]).lower()))


def _same(headline: str, titles: set[str]) -> bool:
    """True for the same words, or where one has only the site's name more."""
    return bool(headline) and any(t == headline or t.startswith(headline + " ") for t in titles)
