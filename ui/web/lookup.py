"""The tab "Check a quote" as HTML, pure: how a pasted text stands, and the paragraph with what is different in it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from index import Library
from rag.lookup import Finding
from rag.values import Citation, Span
from ui.lookup import STANDING, difference_told
from ui.text import also_printed, noticed, place, visible
from ui.web.render import safe
from ui.web.source import source_html

NOT_READ = '<p class="hint">Paste a quotation or a claim; where it stands is shown here, with the article.</p>'
"""What the tab shows before anything is checked."""


def finding_html(finding: Finding) -> str:
    """What came of looking a text up. Words that differ are marked in it and in the paragraph."""
    heading = f'<h3 class="outcome {finding.outcome}">{STANDING[finding.outcome]}</h3>'
    said = _marked(finding.text, (d.said for d in finding.differences), "del")
    told = [difference_told(finding, d) for d in finding.differences]
    items = "".join(f"<li>{escape(visible(one))}</li>" for one in (*told, *finding.faults))
    parts = [heading, f'<blockquote class="said">{said}</blockquote>', f"<ul>{items}</ul>" if items else ""]
    if finding.citation:
        parts.append(_place_html(finding.citation, [d.held for d in finding.differences], finding.speaker))
    elif finding.closest:
        parts.append(f'<p class="hint">Closest passage (not evidence):</p>{_place_html(finding.closest, (), "")}')
    return f'<div class="finding">{"".join(parts)}</div>'


def article_html(finding: Finding, library: Library) -> str:
    """The article in which it stands, the words highlighted; what is only close is not. "" where there is none."""
    found = finding.citation or finding.closest
    article = library.article(found.article.id) if found else None
    if found is None or article is None:
        return ""
    span = (found.start, found.end) if finding.citation else (0, 0)
    return source_html(article, found.paragraph, *span)


def _place_html(found: Citation, differing: Iterable[Span], speaker: str) -> str:
    text = found.paragraph.text
    inside = _marked(found.quote, ((a - found.start, b - found.start) for a, b in differing), "ins")
    said_by = f", said by {escape(visible(speaker))}" if speaker else ""
    about = [also_printed(found), *map(noticed, found.notices)]
    return (
        f'<p class="held">{safe(text[: found.start])}<strong>{inside}</strong>{safe(text[found.end :])}</p>'
        f'<p class="meta"><button class="link" data-do="read">{safe(visible(found.article.headline))}</button> '
        f"{escape(place(found))}{said_by}</p>"
        + "".join(f'<p class="meta">{escape(visible(one))}</p>' for one in about if one)
    )


def _marked(text: str, spans: Iterable[Span], tag: str) -> str:
    """The text escaped, with these stretches of it in a tag; empty ones are left away."""
    parts, at = [], 0
    for start, end in spans:
        if start < end:
            parts += [safe(text[at:start]), f"<{tag}>{safe(text[start:end])}</{tag}>"]
            at = end
    return "".join((*parts, safe(text[at:])))
