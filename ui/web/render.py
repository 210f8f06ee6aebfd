"""Answers and articles as HTML, pure: text in, HTML out. Article text is hostile and always escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from index import Passage
from rag import Answer, Citation, Claim
from rag.values import without_markers
from ui.text import byline, origin, visible

MARKER = "cite"
"""The class of a marker; `page.js` opens the source of what is clicked."""


def safe(text: str) -> str:
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
            parts.append(f'<p class="reason">{safe(answer.reason)}</p>')
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
    text = safe(said[:start])
    text += f"<strong>{safe(said[start:end])}</strong>" if end > start else ""
    text += safe(said[end:])
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


def notice_html(text: str) -> str:
    """A line of plain text, such as an error or the user's own words, shown as it is."""
    return f'<div class="notice">{escape(visible(text))}</div>'
