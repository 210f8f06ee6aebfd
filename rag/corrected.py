"""What a newsroom later said of what is cited: an answer must not pass on a figure that its own paper took back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index import Article, Library, Notice
from rag.values import Citation, Claim


def with_notices(claims: Sequence[Claim], library: Library) -> tuple[Claim, ...]:
    """The claims, each citation with the notices that concern its paragraph."""
    known: dict[str, tuple[Notice, ...]] = {}

    def noticed(citation: Citation) -> Citation:
        article = citation.article
        if article.id not in known:
            known[article.id] = library.notices(_whole(article, library))
        own = citation.paragraph.id
        told = tuple(n for n in known[article.id] if own in n.targets and own != n.paragraph.id)
        return replace(citation, notices=told) if told else citation

    return tuple(replace(claim, citations=tuple(map(noticed, claim.citations))) for claim in claims)


def _whole(article: Article, library: Library) -> Article:
    return article if article.paragraphs else library.article(article.id) or article
