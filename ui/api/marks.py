"""The markers of an answer's text as annotations: where each stands, and what it leads to."""

from __future__ import annotations

import re

from ui.api.cited import link
from ui.api.joined import Asked
from ui.api.protocol import Annotation, UrlCitation

_MARKER = re.compile(r"\[(\d+)\]")


def marked(found: Asked) -> list[Annotation]:
    """Every marker of the answer's text with what it leads to."""
    citations = {c.number: c for c in found.answer.citations}
    made = []
    for marker in _MARKER.finditer(found.answer.text):
        citation = citations[int(marker[1])]
        article = citation.article
        day = article.published.isoformat() if article.published else "undated"
        title = " · ".join(part for part in (article.source, day, article.headline) if part)
        place = UrlCitation(
            start_index=marker.start(),
            end_index=marker.end(),
            url=link(citation, found.collections[citation.number]),
            title=f"{title} · ¶{citation.paragraph.number}",
        )
        made.append(Annotation(url_citation=place))
    return made
