"""Answers and articles as HTML, pure: text in, HTML out. Article text is hostile and always escaped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from index import Article, Paragraph, Passage
from rag import Answer, Citation, Claim
from rag.values import without_markers

_SHORT = 48
MARKER = "cite"
"""The class of a marker; `page.js` opens the source of what is clicked."""


def day(published: date | None) -> str:
    """A date as a newsroom writes it: 9 March 2026; "undated" where it is unknown."""
    return f"{published.day} {published:%B %Y}" if published else "undated"


def byline(article: Article) -> str:
    """Outlet and date as plain text: "Merrin Courier, 9 March 2026"."""
    return visible(", ".join(part for part in (article.source, day(article.published)) if part))


def origin(article: Article) -> str:
    """The byline; where the outlet is unknown, the headline stands in its place."""
    if article.source:
        return byline(article)
    words = visible(article.headline)
    short = words if len(words) <= _SHORT else f"{words[:_SHORT].rsplit(' ', 1)[0]}…"
    return f"“{short}”, {day(article.published)}"


def visible(text: str) -> str:
    """Text for people: white space folded, control and direction characters that could mislead removed."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def _safe(text: str) -> str:
    """Text escaped for a page, without the characters that `visible` removes; white space is left as it is."""
    return escape("".join(c for c in text if c.isprintable() or c.isspace()))


def answer_html(answer: Answer, *, claims: int | None = None, key: str = "") -> str:
    """The answer with clickable markers. `claims` shows only the first so many, for streaming.

    `key` goes into every marker's address, so that the page knows which answer it belongs to.
    """
    shown = answer.claims if claims is None else answer.claims[:claims]
    parts = [_group_html(group, key) for group in _by_article(shown)]
    if claims is None or claims >= len(answer.claims):
        if answer.conflicts:
            parts.append(_conflicts_html(answer))
        if answer.reason:
            parts.append(f'<p class="reason">{_safe(answer.reason)}</p>')
        if answer.closest:
            parts.append(_closest_html(answer.closest, key))
    return " ".join(f'<div class="answer {answer.status}">{"".join(parts)}</div>'.splitlines())


def _by_article(claims: Sequence[Claim]) -> list[list[Claim]]:
    groups: list[list[Claim]] = []
    for claim in claims:
        article = claim.citations[0].article.id if claim.citations else ""
        if groups and groups[-1][0].citations and groups[-1][0].citations[0].article.id == article:
            groups[-1].append(claim)
        else:
            groups.append([claim])
    return groups


def _group_html(group: Sequence[Claim], key: str) -> str:
    sentences = " ".join(_claim_html(claim, key) for claim in group)
    if not group[0].citations:
        return f"<p>{sentences}</p>"
    return f'<p><span class="from">{escape(origin(group[0].citations[0].article))}</span> {sentences}</p>'


def _claim_html(claim: Claim, key: str) -> str:
    start, end = claim.emphasis or (0, 0)
    said = without_markers(claim.text)
    text = _safe(said[:start])
    text += f"<strong>{_safe(said[start:end])}</strong>" if end > start else ""
    text += _safe(said[end:])
    return f"{text}{''.join(_marker(c, key) for c in claim.citations)}"


def _marker(citation: Citation, key: str) -> str:
    about = escape(
        f"{byline(citation.article)}, paragraph {citation.paragraph.number}: {visible(citation.quote)}",
        quote=True,
    )
    return (
        f'<a class="{MARKER}" href="#cite={escape(key, quote=True)}.{citation.number}" title="{about}">'
        f"[{citation.number}]</a>"
    )


def _conflicts_html(answer: Answer) -> str:
    cited = {c.number: c for c in answer.citations}
    rows = "".join(
        f"<tr><td>{escape(visible(value))}</td><td>{escape(origin(cited[number].article))}</td><td>[{number}]</td></tr>"
        for conflict in answer.conflicts
        for value, number in conflict.values
    )
    return (
        '<div class="conflict"><p>The reports give different figures:</p><table><thead><tr><th>figure</th>'
        f"<th>source</th><th></th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _closest_html(passages: Sequence[Passage], key: str) -> str:
    items = "".join(
        f'<li><a class="{MARKER}" href="#near={escape(key, quote=True)}.{place}">{escape(visible(p.article.headline))}</a> '
        f"<span>{escape(byline(p.article))}, ¶{p.paragraph.number}</span></li>"
        for place, p in enumerate(passages, 1)
    )
    return f"<details><summary>Closest passages (not evidence)</summary><ul>{items}</ul></details>"


def source_html(article: Article, cited: Paragraph, start: int = 0, end: int = 0, *, number: int | None = None) -> str:
    """The whole article as readable text, the cited paragraph marked and its words highlighted by offsets.

    `article` is the one in the library now. Where it no longer holds the cited paragraph, the paragraph is
    shown as it was cited, with a note that the article has changed.
    """
    meta = " · ".join(
        _safe(part)
        for part in (
            article.source,
            day(article.published) + (f" (from the {article.published_from})" if article.published_from else ""),
            ", ".join(article.authors),
        )
        if part
    )
    marker = f'<span class="number">[{number}]</span> ' if number is not None else ""
    head = f'<header><h2>{marker}{_safe(article.headline)}</h2><p class="meta">{meta}</p>{_where(article)}</header>'
    held = any(p.id == cited.id and p.text == cited.text for p in article.paragraphs)
    changed = (
        ""
        if held
        else (
            '<p class="changed">The article has changed since. This is the paragraph as it was cited:</p>'
            + _paragraph_html(cited, start, end, True)
            + "<hr>"
        )
    )
    body = "".join(
        _paragraph_html(p, start, end, held and p.id == cited.id)
        for p in article.paragraphs
        if p.text != article.title or p.id == cited.id
    )
    return f'<article class="source">{head}{changed}{body}</article>'


def _where(article: Article) -> str:
    if article.url.startswith(("http://", "https://")):
        url = escape(article.url, quote=True)
        return (
            f'<p class="meta"><a href="{url}" target="_blank" rel="noopener noreferrer nofollow">open original</a></p>'
        )
    return f'<p class="meta path">{escape(visible(article.path))}</p>'


def _paragraph_html(paragraph: Paragraph, start: int, end: int, cited: bool) -> str:
    text = _safe(paragraph.text)
    if cited and end > start:
        text = (
            f"{_safe(paragraph.text[:start])}<mark>{_safe(paragraph.text[start:end])}</mark>"
            f"{_safe(paragraph.text[end:])}"
        )
    kind = f"{paragraph.kind} cited" if cited else paragraph.kind
    return f'<p class="{kind}"><span class="para">¶{paragraph.number}</span>{text}</p>'


def notice_html(text: str) -> str:
    """A line of plain text, such as an error or the user's own words, shown as it is."""
    return f'<div class="notice">{escape(visible(text))}</div>'


PLACEHOLDER = (
    '<p class="hint">Click a marker such as [1] to read the article it comes from, with the sentence highlighted.</p>'
)
"""What the source panel shows before anything is clicked."""
