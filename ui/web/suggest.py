"""Questions to begin with, made from the library's own articles; each of them has an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import sample
from index import Article, Library
from index.sentences import sentences
from rag import Answerer
from rag.question import names_in
from rag.speakers import speaker

SUGGESTED = 5
TRIED = 15
"""Questions that are tried at most: each takes as long as an answer."""
READ = 60


def suggestions(library: Library, answerer: Answerer) -> tuple[str, ...]:
    """Up to five questions that the library answers, about the newest articles first; the sample has its own."""
    articles = library.articles()
    if any(article.path.startswith(str(sample.ARTICLES)) for article in articles):
        return sample.EXAMPLES
    dated = sorted(articles, key=lambda a: (a.published is not None, str(a.published)), reverse=True)
    found: list[str] = []
    for tried, question in enumerate(_questions(library, dated[:READ])):
        if len(found) == SUGGESTED or tried == TRIED:
            break
        if answerer.answer(question).status == "answered":
            found.append(question)
    return tuple(found)


def _questions(library: Library, articles: list[Article]) -> Iterator[str]:
    """One question an article: what the first person who speaks in it says of whom or what it names most."""
    asked = set()
    for listed in articles:
        article = library.article(listed.id)
        said = article and _first_speaker(article)
        if not article or not said:
            continue
        named = Counter(n for p in article.paragraphs for n in names_in(p.text))
        topic = next((n for n, _ in named.most_common() if not set(n.split()) & set(said.split())), "")
        question = f"What did {said} say about {topic}?" if topic else f"What did {said} say?"
        if question not in asked:
            asked.add(question)
            yield question


def _first_speaker(article: Article) -> str:
    """The first person who says something under first name and surname."""
    for paragraph in article.paragraphs:
        for start, end in sentences(paragraph.text):
            who = speaker(paragraph.text[start:end]) or ""
            if len(who.split()) == 2:
                return who
    return ""
