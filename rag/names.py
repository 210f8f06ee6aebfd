"""Whether an article speaks of somebody or something by name, under any of the forms that news uses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index import Article, Passage

_ALSO = (
    ("united states", "u.s", "us", "america", "american", "washington"),
    ("united kingdom", "uk", "u.k", "britain", "british"),
    ("united nations", "un", "u.n"),
    ("european union", "eu", "e.u"),
    ("france", "french"),
    ("germany", "german"),
    ("netherlands", "dutch"),
    ("spain", "spanish"),
    ("china", "chinese"),
    ("russia", "russian", "moscow"),
    ("turkey", "turkish"),
    ("ireland", "irish"),
    ("wales", "welsh"),
)
"""Names whose other forms do not begin alike. One that does ("Syria", "Syrian") needs no entry."""
_PREFIX = 5


def mentions(article: Article, name: str) -> bool:
    """True when the article's text, headline, outlet or authors hold the name.

    People are known by their surname, so the last word decides; it may carry an ending ("Syrian" for
    "Syria"), but not lose its capital ("us" is not the US). The common other names of countries and
    bodies count too.
    """
    return holds(" ".join((article.text, article.title, article.source, *article.authors)), name)


def holds(text: str, name: str) -> bool:
    """True when the text holds the name under any of the forms that `mentions` knows."""
    return any(_holds(text, form) for form in _forms(name))


def mentions_near(passage: Passage, name: str) -> bool:
    """True when the paragraph, the one above it or the headline holds the name."""
    return holds(text_near(passage), name)


def text_near(passage: Passage) -> str:
    """The paragraph with the one above it and the headline."""
    above = passage.before.text if passage.before else ""
    return " ".join((passage.paragraph.text, above, passage.article.title))


def all_or_any(article: Article, names: Iterable[str], *, joined: bool) -> bool:
    """Whether the article speaks of all of the names or, where they are `joined` by "and", of one at least."""
    found = [mentions(article, name) for name in names]
    return not found or (any(found) if joined else all(found))


def same_name(one: str, other: str) -> bool:
    """True for two ways to name one country or body: "UN" and "United Nations"."""
    return any(_plain(one) in group and _plain(other) in group for group in _ALSO)


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").rstrip(".")


def _forms(name: str) -> tuple[str, ...]:
    lower = name.lower().rstrip(".")
    return next((group for group in _ALSO if lower in group), (lower,))


def _holds(text: str, form: str) -> bool:
    words = re.findall(r"[\w.'’-]+", form)
    last = words[-1].rstrip(".") if words else form
    if len(words) > 1 and form in text.lower():
        return True
    if not last:
        return False
    if len(last) < _PREFIX:
        rest = re.escape(last[1:]) + ("(?:i|n|an|ian)?" if len(last) == _PREFIX - 1 else "") + r"(?!\w)"
    else:
        rest = re.escape(last[1 : max(_PREFIX, len(last) - 2)])
    return re.search(rf"(?<!\w){re.escape(last[0].upper())}(?i:{rest})", text) is not None
