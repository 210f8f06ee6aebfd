"""What is lacking where nothing, or not everything, is answered: as a code, and in one sentence that names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index import Passage
from rag.abstain.clause import base_of, clause_of
from rag.abstain.premise import Denial, assumptions
from rag.abstain.topic import spoken_of
from rag.abstain.words import Word, around, stands, stems_near, weighed
from rag.names import mentions
from rag.question import Question
from rag.reader.words import Rarity, stems
from rag.values import Lack
from rag.verify.clauses import same_stem, stems_of

_MOST_DAYS = 3
_COUNTED = re.compile(r"\bhow many ((?!times|votes)[a-z]+s|children|men|women)\b", re.IGNORECASE)
_LIGHT = frozenset("do get give go have hold keep know make mark put say see set stand take tell".split())
_PARTICLE = re.compile(r"(?:up|off|down|out|over|away|back|on)\b", re.IGNORECASE)
"""Verbs that say little of what happened, so that no report need have them, but with such a word behind: "gave up"."""
_GIVE = re.compile(r"^what (?:is|are|was|were) (?P<what>(?:the|his|her|its|their) [^,?]+?)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is lacking and a sentence that says so; both "" where nothing is."""

    code: Lack = ""
    sentence: str = ""


def lacking(
    question: Question,
    passages: Sequence[Passage],
    holding: Callable[[str], int],
    articles: int,
    outside: Sequence[Passage] = (),
    rarity: Rarity = lambda _: 1.0,
) -> Lacking:
    """Why the passages found do not answer the question.

    `holding` counts the paragraphs of the library in which a word stands, `articles` its articles. `outside` are the
    passages that answer, or speak of it, once the dates chosen are left aside. `rarity` is how much a word tells.
    """
    if not articles:
        return Lacking("topic", "The library holds no articles yet; add some with: pilcrow index FOLDER.")
    if not question.words:
        return Lacking("topic", "The question holds no word to search for; name a person, a place or an event.")
    if outside:
        return Lacking("dates", _outside(outside))
    unknown = [name for name in question.names if not any(mentions(p.article, name) for p in passages)]
    if passages and unknown:
        return Lacking("topic", f"The articles do not mention {' or '.join(unknown)}.")
    own = [word for word in weighed(question, lambda _: 1.0) if not word.named]
    unheard = [word for word in own if not holding(word.text)]
    if (own and len(unheard) == len(own) and not question.names) or not any(map(holding, question.words)):
        return Lacking("topic", "None of the question's words stands in any article of the library.")
    if not passages:
        return Lacking("topic", "No article within the chosen dates and outlets speaks of this.")
    assumed = unsaid(question.text, passages)
    if assumed:
        return Lacking("premise", f"The articles found do not say that {assumed}.")
    if not spoken_of(question, passages, rarity):
        things = [word.text for word in unheard if not base_of(word.text)]
        return Lacking(
            "topic",
            f"The articles do not speak of {_joined(things)}."
            if things
            else "The articles hold the question's words, but none of them speaks of this.",
        )
    return Lacking("fact", _unanswered(question, passages))


def gainsaid(denial: Denial) -> Lacking:
    """What is lacking where the articles deny what is asked, or say that it was not told."""
    if not denial.surely:
        return Lacking(
            "premise", "The articles do not say this; they deny something that the question may take for granted:"
        )
    if not denial.premise:
        return Lacking("fact", "The articles say themselves that this was not told:")
    return Lacking("premise", f"The question takes it that {denial.premise}; the articles say otherwise:")


def missing_part(part: str) -> Lacking:
    """What is lacking where this part of a question, a question itself, is not answered."""
    clause = clause_of(part)
    return Lacking("partial", f"The articles do not say {clause}." if clause else f"Not answered: {part}")


def unsaid(question: str, passages: Sequence[Passage]) -> str:
    """What the question takes for granted and no passage speaks of; "" where one does, or nothing is taken so."""
    for assumed in assumptions(question):
        base = base_of(assumed.verb)
        if base in _LIGHT and not _PARTICLE.match(assumed.rest):
            continue
        verb, whom = Word(base, same_stem(base), 1.0, named=False), stems_of(assumed.subject)
        told = (p for p in passages if stands(verb, stems_near(p.paragraph.text, p.article.title)))
        if verb.stem and not any(whom & around(p) for p in told):
            return assumed.statement
    return ""


def _unanswered(question: Question, passages: Sequence[Passage]) -> str:
    """That the articles speak of it, but do not say this: as precisely as the question can be turned round."""
    clause = clause_of(question.text)
    counted = _COUNTED.search(question.text)
    if clause and counted and any(stems(counted[1]) <= stems(p.paragraph.text) for p in passages):
        return f"The articles mention {counted[1].lower()}, but do not say {clause}."
    if clause:
        return f"The articles do not say {clause}."
    if wanted := _GIVE.match(question.text):
        return f"The articles do not give {wanted['what']}."
    if question.names:
        return f"The articles mention {_joined(question.names)}, but do not say what was asked."
    return "The articles speak of this, but none of their paragraphs answers the question."


def _outside(passages: Sequence[Passage]) -> str:
    days = sorted({p.article.published for p in passages if p.article.published})
    if not days:
        return "No article within the chosen dates says this; one without a date does."
    named = [f"{day.day} {day:%B %Y}" for day in days[:_MOST_DAYS]]
    more = " and later ones" if len(days) > _MOST_DAYS else ""
    return f"No article within the chosen dates says this; outside them there are articles of {_joined(named)}{more}."


def _joined(words: Sequence[str]) -> str:
    """The words as a list in a sentence: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
