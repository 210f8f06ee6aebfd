"""The words of a question that must be spoken of: how much each tells, and whether it stands in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index import Passage
from rag.question import Question
from rag.reader.words import Rarity
from rag.verify.clauses import same_stem, stems_of

_ALIKE = (
    "buy bought purchase acquire acquisition buyer takeover",
    "sell sold sale seller buy bought purchase",
    "cost price pay paid payment fee charge bill",
    "salary wage earn income",
    "boat ship vessel ferry liner freighter trawler craft",
    "plane aircraft jet airliner flight",
    "crash accident collision wreck disaster",
    "sink sank sunk capsize",
    "build built construct erect building construction",
    "found set establish create start launch begin began begun open",
    "stop halt end finish cease close shut",
    "lead led head chair run leader chairman chairwoman chairperson",
    "captain master skipper",
    "boss executive chief ceo director",
    "big large huge size area",
    "quit resign resignation leave left step depart",
    "choose chose chosen elect election pick select name appoint",
    "arrest detain detention custody held",
    "sue suit lawsuit court",
    "accuse charge allege",
    "worker employee staff employ workforce",
    "strike walkout stoppage",
    "docker longshoreman stevedore",
    "house home dwelling residence",
    "school college university student pupil study",
    "doctor physician surgeon",
    "police officer constable policeman",
    "soldier troop army military",
    "rebel insurgent militant fighter",
    "win won winner victory beat defeat",
    "lose lost loss",
    "raise rise rose risen increase grow grew climb jump higher hike",
    "cut fall fell fallen drop decline decrease lower reduce reduction tumble",
    "say said tell told state speak spoke comment statement claim",
    "think thought believe opinion view feel felt",
    "give gave given donate donation gift grant hand",
    "get got receive obtain",
    "help aid assist rescue save",
    "fire blaze burn",
    "explosion explode blast detonate detonation",
    "prison jail imprison jailed",
    "storm hurricane gale cyclone typhoon",
    "country nation state",
    "town city village municipal",
    "road street highway route",
    "money fund sum cash",
    "agree agreement deal pact settle settlement contract",
    "talk negotiate negotiation meet met meeting",
    "vote ballot poll",
    "reject refuse oppose against",
    "approve back support favor favour endorse",
    "law legislation bill act",
    "reason cause why because",
    "child children kid boy girl son daughter",
    "husband wife spouse marry married",
    "attack assault raid strike struck hit",
    "show reveal disclose find found",
    "age old born birth",
    "last previous former",
    "need require necessary want",
    "send sent dispatch deploy",
    "make made produce production manufacture maker",
    "write wrote written author",
    "call name known",
    "go went travel trip visit",
    "live lived resident reside",
    "test trial examine inspect inspection",
    "die died dead death kill killed fatal victim toll",
    "collapse fall fell fallen",
    "burst break broke broken",
    "fire dismiss dismissal sack",
)
"""Words that news uses for one another; a word may stand in several rows."""


def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in _ALIKE:
        together = {same_stem(word) for word in row.split()}
        for one in together:
            found.setdefault(one, set()).update(together)
    return {one: frozenset(together) for one, together in found.items()}


_SAME = _groups()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: as written, its stem, how much it tells, and whether it is part of a name."""

    text: str
    stem: str
    weight: float
    named: bool


def weighed(question: Question, rarity: Rarity) -> tuple[Word, ...]:
    """The content words of a question with what each tells, at least 0.1, in order."""
    named = {part.lower() for name in question.names for part in name.replace("-", " ").split()}
    return tuple(Word(word, same_stem(word), max(rarity(word), 0.1), word in named) for word in question.words)


def stands(word: Word, stems: frozenset[str]) -> bool:
    """Whether the word, or one that news uses for it, stands among the stems of a text."""
    return word.stem in stems or not _SAME.get(word.stem, frozenset()).isdisjoint(stems) or _derived(word.stem, stems)


@lru_cache(maxsize=8192)
def _derived(root: str, stems: frozenset[str]) -> bool:
    """Whether a longer or shorter form of the word stands there: "recruit" and "recruiter", "industri" and "industry"."""
    return len(root) >= 6 and any(s[:6] == root[:6] for s in stems if len(s) >= 6)


def share(words: Iterable[Word], stems: frozenset[str]) -> float:
    """The share of the words' weight that stands among the stems, 0 to 1; 1 where there are no words."""
    every = list(words)
    total = sum(word.weight for word in every)
    return sum(word.weight for word in every if stands(word, stems)) / total if total else 1.0


def stems_near(*texts: str) -> frozenset[str]:
    """The stems of several texts together."""
    return frozenset().union(*(stems_of(text) for text in texts))


def around(passage: Passage) -> frozenset[str]:
    """The stems of the paragraph, of the one above it and of the headline."""
    return stems_near(passage.paragraph.text, passage.before.text if passage.before else "", passage.article.title)
