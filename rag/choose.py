"""Which evidence is said, and whether anything is: the decisions between reading and writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from index import Passage
from index.search import content_words
from rag.alike import standing
from rag.names import all_or_any, mentions, mentions_near
from rag.question import Question
from rag.reader import Thresholds
from rag.reader.exact import figures
from rag.reader.words import stems
from rag.speakers import SPEECH, speaker
from rag.values import Claim, Conflict, Evidence, Span

_HOW_MANY = re.compile(r"\bhow (?:many|much)\b(.*)", re.IGNORECASE)
MOST_FOR_ONE_FACT = 3
MOST_FOR_MANY = 5


def choose(question: Question, evidence: Sequence[Evidence], enough: Thresholds) -> tuple[Evidence, ...]:
    """The evidence to say, most relevant first; none when nothing answers the question.

    A passage counts only when its article speaks of whom or what the question names. At most three
    paragraphs are said for a single fact, five where several voices or reports are asked for. Different
    figures come in the order of their dates.
    """
    ranked = candidates(question, evidence)
    spoken = question.asks == "said" and bool(ranked) and _spoken_by_the_named(question, ranked[0])
    if not ranked or (confidence(ranked) < enough.answers and not _quoted_in(question, ranked[0])):
        return ()
    most = MOST_FOR_MANY if question.asks in ("said", "whether") else MOST_FOR_ONE_FACT
    best = ranked[0].relevance
    chosen = [e for e in ranked[:most] if e.relevance >= (enough.every if spoken else enough.also) * best]
    others = [e for e in ranked if e not in chosen]
    added: list[Evidence] = []
    if question.joins_names:
        added += _for_the_names_left(question, chosen, others, enough)
    if question.asks == "number":
        added += [
            e for e in others if e not in added and e.relevance >= enough.every * best and _differs(question, e, chosen)
        ]
    # What says something else goes before a third one that says the same.
    added = added[: most - 1]
    chosen = chosen[: most - len(added)] + added
    if question.asks == "number" and len({v for e in chosen if (v := value_of(e))}) > 1:
        chosen.sort(key=lambda e: e.passage.article.published or date.max)
    return tuple(chosen)


def candidates(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that may be said, most relevant first: from articles that speak of whom the question names.

    Where it asks what somebody said, and that person speaks in some passage, only such passages; where it quotes words
    and some passage holds them, only those. A question without a word of its own has none.
    """
    if not question.words:
        return []
    named = [e for e in evidence if all_or_any(e.passage.article, question.names, joined=question.joins_names)]
    ranked = sorted(named, key=lambda e: (-e.relevance, e.passage.rank))
    spoken = [e for e in ranked if _spoken_by_the_named(question, e)] if question.asks == "said" else []
    quoting = [e for e in spoken or ranked if _quoted_in(question, e)]
    return quoting or spoken or ranked


def confidence(ranked: Sequence[Evidence]) -> float:
    """The probability that one of the first of the candidates answers; 0 where there is none."""
    return max((e.answers for e in ranked[:MOST_FOR_ONE_FACT]), default=0.0)


def _quoted_in(question: Question, found: Evidence) -> bool:
    """Whether the question asks about words that somebody said, and the paragraph holds all of them."""
    text = found.passage.paragraph.text
    said = question.quoted and SPEECH.search(question.text)
    return bool(said) and all(any(standing(w, text, ignore_case=True)) for w in question.quoted)


def _spoken_by_the_named(question: Question, found: Evidence) -> bool:
    """Whether the sentence is attributed to somebody whom the question names."""
    said_by = (speaker(found.text) or "").split()
    return bool(said_by) and any(name.split()[-1] in said_by for name in question.names)


def _for_the_names_left(
    question: Question, chosen: Sequence[Evidence], others: Sequence[Evidence], enough: Thresholds
) -> list[Evidence]:
    """For each name that no chosen passage speaks of, the best other one that does and answers."""
    added: list[Evidence] = []
    for name in question.names:
        if not any(mentions_near(e.passage, name) for e in (*chosen, *added)):
            fitting = (e for e in others if e.answers >= enough.answers and mentions_near(e.passage, name))
            added += [e for e in (next(fitting, None),) if e]
    return added


def _differs(question: Question, found: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether the passage, of another article, counts the same thing and gives a figure that none of the chosen gives."""
    value, article = value_of(found), found.passage.article.id
    different = all(value != value_of(e) and article != e.passage.article.id for e in chosen)
    return bool(value) and different and not _counted(question).isdisjoint(stems(found.text))


def _counted(question: Question) -> frozenset[str]:
    """Stems of what the question counts, the two words after "how many"; without that, all its words but the names."""
    after = _HOW_MANY.search(question.text)
    words = content_words(after[1])[:2] if after else ()
    return stems(" ".join(words or set(question.words) - {w.lower() for n in question.names for w in n.split()}))


def value_of(found: Evidence) -> str:
    """The figure that answers, so written that equal ones are equal; "" where no figure does."""
    return _figure_at(found.passage.paragraph.text, found.answer) if found.answer else ""


def _figure_at(text: str, span: Span) -> str:
    """The figure that stands there; "" for what is a measure of something else, as in "the 190-foot ferry"."""
    return "" if re.match(r"-[A-Za-z]", text[span[1] :]) else same_figure(text[slice(*span)])


def same_figure(figure: str) -> str:
    """A figure so written that equal ones are equal: "two hundred" and "200", "5.4 million" and "5,400,000"."""
    return " ".join(f"{value:.15g}" for value in sorted(figures(figure))) or " ".join(figure.lower().split())


def missing_names(question: Question, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The names in the question of which no cited article speaks."""
    cited = {c.article.id: c.article for claim in claims for c in claim.citations}.values()
    return tuple(name for name in question.names if not any(mentions(article, name) for article in cited))


def conflicts(question: Question, claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Different figures that the claims give for what was asked."""
    if question.asks != "number":
        return ()
    giving = [c for c in claims if c.emphasis and _figure_at(c.text, c.emphasis)]
    values = [(c.text[slice(*c.emphasis)], c.citations[0].number) for c in giving if c.emphasis]
    articles = {c.citations[0].article.id for c in giving}
    differ = len({same_figure(value) for value, _ in values}) > 1
    return (Conflict(question.text, tuple(values)),) if differ and len(articles) > 1 else ()


def why_nothing(question: Question, passages: Sequence[Passage], holding: Callable[[str], int], articles: int) -> str:
    """Why nothing is said, in one sentence that names what was looked for."""
    if not articles:
        return "The library holds no articles yet; add some with: pilcrow index FOLDER."
    if not question.words:
        return "The question holds no word to search for; name a person, a place or an event."
    names = [n for n in question.names if not any(mentions(p.article, n) for p in passages)]
    if passages and names:
        return f"The articles do not mention {' or '.join(names)}."
    if not any(holding(word) for word in question.words):
        return "None of the question's words stands in any article of the library."
    if not passages:
        return "No article within the chosen dates and outlets speaks of this."
    return "The articles speak of this, but none of their paragraphs answers the question."
