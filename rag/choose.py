"""Which evidence is said, and whether anything is: the decisions between reading and writing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from index.sentences import sentences
from rag.alike import standing
from rag.figures import Stated, asked, course
from rag.names import all_or_any, mentions, mentions_near
from rag.opinion import news_first
from rag.question import Question
from rag.reader import Thresholds
from rag.reader.exact import figures
from rag.speakers import SPEECH, speaker
from rag.statements.whose import of_namesake, people_in
from rag.values import Claim, Evidence, Span
from rag.verify.clauses import stems_of

_REASON = re.compile(r"\b(?:because|after|since|as|when|owing to|due to|following)\b", re.I)
_KIN = re.compile(
    r"\b(?:(?:grand|step|half[ -]?)?(?:brother|sister|father|mother|parent|son|daughter|child|children)|sibling|twin|wife|husband|spouse"
    r"|widow|widower|uncle|aunt|niece|nephew|cousin|heir|kin|famil(?:y|ies)|relative|related|namesake|married|marry|same name)s?\b",
    re.I,
)
"""Who is asked for by such a word may well bear the same surname."""
MOST_FOR_ONE_FACT = 3
MOST_FOR_MANY = 5


def choose(
    question: Question,
    evidence: Sequence[Evidence],
    enough: Thresholds,
    told: Mapping[str, tuple[Stated, ...]] = MappingProxyType({}),
    since: date | None = None,
    until: date | None = None,
) -> tuple[tuple[Evidence, ...], tuple[Stated, ...]]:
    """The evidence to say, most relevant first, and the values in it of the figure asked for; nothing where nothing answers.

    A passage counts only when its article speaks of whom or what the question names. At most three
    paragraphs are said for a single fact, five where several voices or reports are asked for. Different
    figures come in the order of their dates, from `since` to `until` where the question asks for what held then. `told` are the figures stated for what is asked, by paragraph.
    """
    ranked = candidates(question, evidence)
    known = ranked if question.asks == "said" or question.quoted else evidence
    giving = sorted((e for e in known if e.passage.paragraph.id in told), key=lambda e: (-e.relevance, e.passage.rank))
    # Whoever asks how many wants the figure, and not the sentence most like the question.
    ranked = [*giving, *(e for e in ranked if e not in giving)]
    spoken = question.asks == "said" and bool(ranked) and _spoken_by_the_named(question, ranked[0])
    every = [figure for e in giving for figure in told[e.passage.paragraph.id]]
    if question.asks == "why":  # what a figure changed for stands behind it
        every = [figure for figure in every if _REASON.search(_behind(figure, giving))]
    values = course(question, every, since, until)
    if question.asks == "why":
        values = values[-1:]
    weighed = any(e.likely for e in evidence)  # then the reader's own view of the figure's place is known, and counts
    if not ranked or not (
        (values and not weighed and _is_plain(question))
        or confidence(ranked) >= enough.answers
        or _quoted_in(question, ranked[0])
    ):
        return (), ()
    most = MOST_FOR_MANY if question.asks in ("said", "whether") else MOST_FOR_ONE_FACT
    if values:
        return tuple(giving_evidence(one, giving) for one in values), values
    if giving:
        ranked = giving
    best = max(e.relevance for e in ranked[:most])
    chosen = [e for e in ranked[:most] if e.relevance >= (enough.every if spoken else enough.also) * best]
    if question.joins_names:
        others = [e for e in ranked if e not in chosen]
        added = _for_the_names_left(question, chosen, others, enough)[: most - 1]
        # What says something else goes before a third one that says the same.
        chosen = chosen[: most - len(added)] + added
    return news_first(chosen, ranked, enough.also)[:most], ()


def _is_plain(question: Question) -> bool:
    """Whether what is asked for is so well known that a figure for it answers, whatever the reader holds of the sentence."""
    wanted = asked(question)
    return (
        wanted is not None
        and bool(wanted.kind)
        and not wanted.earlier
        and (not wanted.unit or wanted.source is not None)
    )


def _behind(figure: Stated, evidence: Sequence[Evidence]) -> str:
    """What the sentence says after the figure."""
    found = giving_evidence(figure, evidence)
    return found.passage.paragraph.text[figure.end : found.sentence[1]]


def giving_evidence(figure: Stated, evidence: Sequence[Evidence]) -> Evidence:
    """The evidence that gives the figure, with the figure for its answer and its sentence for the supporting one."""
    found = next(e for e in evidence if e.passage.paragraph.id == figure.paragraph)
    sentence = next(s for s in sentences(found.passage.paragraph.text) if s[0] <= figure.start < s[1])
    return replace(found, sentence=sentence, answer=(figure.start, figure.end))


def candidates(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that may be said, most relevant first: from articles that speak of whom the question names.

    What a paragraph tells of a namesake is not told of whoever is named in full. Where it asks what somebody said, and that person speaks in some passage, only such passages; where it quotes words
    and some passage holds them, only those. A question without a word of its own has none.
    """
    if not question.words:
        return []
    named = [e for e in evidence if all_or_any(e.passage.article, question.said_names, joined=question.joins_names)]
    in_full = [name for name in question.names if " " in name]
    if in_full and not _KIN.search(question.text):
        people = frozenset(one for e in evidence for one in people_in(e.passage.paragraph.text))
        named = [e for e in named if not any(of_namesake(e.passage, name, people) for name in in_full)]
    ranked = sorted(named, key=lambda e: (-e.relevance, e.passage.rank))
    spoken = [e for e in ranked if _spoken_by_the_named(question, e)] if question.asks == "said" else []
    quoting = [e for e in spoken or ranked if _quoted_in(question, e)]
    return quoting or [e for e in spoken or ranked if _may_quote(question, e)]


def confidence(ranked: Sequence[Evidence]) -> float:
    """The probability that one of the first of the candidates answers; 0 where there is none."""
    return max((e.answers for e in ranked[:MOST_FOR_ONE_FACT]), default=0.0)


def _quoted_in(question: Question, found: Evidence) -> bool:
    """Whether the question asks about words that somebody said, and the paragraph holds all of them."""
    text = found.passage.paragraph.text
    said = question.quoted and SPEECH.search(question.text)
    return bool(said) and all(any(standing(w, text, ignore_case=True)) for w in question.quoted)


def _may_quote(question: Question, found: Evidence) -> bool:
    """Whether the paragraph holds half of the words, at least, that the question quotes of somebody; any where it quotes none."""
    if not (question.quoted and SPEECH.search(question.text)):
        return True
    held = stems_of(found.passage.paragraph.text)
    return any(2 * len(held & wanted) >= len(wanted) for wanted in map(stems_of, question.quoted))


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
    return tuple(name for name in question.said_names if not any(mentions(article, name) for article in cited))
