"""What the tools say in plain text: every citation with outlet, headline, date, paragraph and the quoted words."""

from __future__ import annotations

from collections.abc import Sequence

from index import Article, Notice
from index.files import printable
from rag import Answer, Citation, Finding
from rag.quotes import Quotation
from ui.api.cited import Found
from ui.api.paths import shown
from ui.lookup import STANDING, difference_told
from ui.text import also_printed, byline, calendar, day, noticed, visible


def answer_told(answer: Answer) -> str:
    """The answer with its markers, then what each of them leads to."""
    parts = [printable(answer.text), *(_cited(c, f"[{c.number}] ") for c in answer.citations)]
    return "\n\n".join(part for part in (*parts, printable(answer.remark)) if part)


def passages_told(passages: Sequence[Found]) -> str:
    """The paragraphs found, each with where it stands."""
    told = [
        f"{p.rank}. {visible(', '.join(part for part in (p.outlet, day(p.date)) if part))} · {visible(p.headline)} · "
        f"¶{p.paragraph} · article {p.article_id}\n{printable(p.text)}"
        for p in passages
    ]
    return "\n\n".join(told) or "No paragraph fits."


def article_told(article: Article, notices: Sequence[Notice]) -> str:
    """The article with its paragraphs numbered as citations number them."""
    head = [visible(article.headline), byline(article), _where(article), *map(noticed, notices)]
    body = [f"¶{p.number} {printable(p.text)}" for p in article.paragraphs]
    return "\n\n".join(("\n".join(head), *body))


def quotation_told(found: Quotation | None) -> str:
    """Where the words were published, or that they were not."""
    if found is None:
        return "These words stand in no article of the collection."
    exact = "word for word" if found.alike == 100 else "not word for word: this is how it reads"
    head = f"{byline(found.article)} · {visible(found.article.headline)} · ¶{found.paragraph.number} ({exact})"
    where = _where(found.article)
    return f"{head}\n“{printable(found.text)}”\n{where}\nThe paragraph: {printable(found.paragraph.text)}"


def finding_told(finding: Finding) -> str:
    """How the words stand, what is different, and the paragraph."""
    faults = (*(difference_told(finding, d) for d in finding.differences), *finding.faults)
    parts = [f"{STANDING[finding.outcome]}.", *(f"- {visible(fault)}" for fault in faults)]
    if finding.citation:
        speaker = f"Said by {visible(finding.speaker)}." if finding.speaker else ""
        parts += [speaker, _cited(finding.citation)]
    elif finding.closest:
        parts += ["The closest passage, which is no evidence:", _cited(finding.closest)]
    return "\n".join(part for part in parts if part)


def _where(article: Article) -> str:
    """The article's address, else its file's name and the id by which it is read."""
    return printable(article.url or f"{shown(article.path)} (article {article.id})")


def _cited(citation: Citation, mark: str = "") -> str:
    article = citation.article
    head = f"{mark}{byline(article)} · {visible(article.headline)} · ¶{citation.paragraph.number}"
    notes = (*map(noticed, citation.notices), calendar(citation), also_printed(citation))
    where = _where(article)
    return "\n    ".join((head, f"“{printable(citation.quote)}”", *(n for n in notes if n), where))
