"""What a passage states for the quantity that a question asks: the figure, who gives it, of what day, and of how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index import Passage
from index.dates.relative import mentions
from index.sentences import sentences
from rag.corrected import takes_back
from rag.figures.asked import EVENTS, PEOPLE, Asked, alike_stems, asked
from rag.figures.counted import Figure, enumerated, figures_of
from rag.figures.fitting import fitting, years_in
from rag.names import holds
from rag.question import Question, names_in
from rag.speakers import SPEECH, speaker
from rag.values import Evidence

_PART = re.compile(
    r"\b(?:alone|in one|in (?:a|the) (?:nearby |northern |southern )?(?:village|town|suburb|district|neighbou?rhood|province))\b"
    r"|\b(?:past|last) (?:24|48) hours\b|\bquarter\b|day's (?:death )?toll\b|\bdaily\b"
    r"|\b(?:killed|died|dead|injured|hurt|missing) there\b",
    re.I,
)
_MORE = re.compile(r"\b(?:another|a further|an additional|(?:\w+ )?new)\s+(?:\w+\s+)?\Z", re.I)
_AFTER_ANOTHER = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?) (?:after|before) ", re.I)
_RATE = re.compile(
    r"\s+(?:\w+ )?(?:an?|per|each|every) (?:hour|day|night|week|month|year|head|ton|tonne|barrel|share|person|trip)\b"
    r"|\s+(?:each|apiece|more)\b",
    re.I,
)
_LASTING = re.compile(
    r"\b(?:wars?|conflict|uprising|revolt|rebellion|crackdown|unrest|violence|fighting|siege|offensive|protests"
    r"|demonstrations|epidemic|outbreak|pandemic|famine|insurgency|strike)\b",
    re.I,
)
_MOMENT = re.compile(
    r"\b(?:crash\w*|s[aiu]nk\w*|explo\w+|blasts?|bomb\w*|(?:earth)?quakes?|collaps\w+|fires?|shooting|attacks?|storms?|floods?"
    r"|accident|disaster|derail\w*|hurricane|cyclone|typhoon|landslide|avalanche|stampede|ferry|train|plane|bus)\b",
    re.I,
)
_SUMS_UP = re.compile(r"\b(?:since|tolls?|total|in all)\b", re.I)
_PLACE = re.compile(r"\b(?:in|at|near) (?:the )?([A-Z]\w+)")
_AS_OF = re.compile(r"\b(?:as of|as at|by|until|through|up to)\s+(?:late |early )?\Z", re.I)
_MOVED = re.compile(
    r"\b(?:rose|risen|rises|climb\w+|rais\w+|lower\w+|revis\w+|stood|stands|reach\w+|put|updat\w+|pass\w*|hit|topp\w*|exceed\w*)\b[^,;]*\Z",
    re.I,
)
_SAID_ON = re.compile(rf"{SPEECH.pattern}\s+(?:(?:late|early|on|in|reporters|a statement)\s+)*\Z")
_COUNTING = (
    r"put|puts|count(?:ed|s)|record(?:ed|s)|list(?:ed|s)|rais(?:ed|es)|lower(?:ed|s)|revised|gave|estimates?|estimated"
)
_SAYING = rf"(?:(?:\w+day|has|have|had|now|later|also) )*(?:said|says?|reported|told|confirmed|announced|warned|believe|claim(?:ed)?|{_COUNTING})\b"
_COUNTS = re.compile(rf",? (?:has |have |had |now )*(?:{_COUNTING})\b")
_BODIES = (
    r"(?:(?:[A-Z][a-z]+|local|state|health|hospital|government|city|county|federal|aid|relief|rescue|activist|opposition|human"
    r"|rights|security|military|union|company|fire|defen[cs]e|interior|foreign|medical|army|intelligence|emergency|rebel|senior|election|[A-Z][a-z]+['’]s(?: [a-z]+)?) ){0,3}"
    r"(?i:police|officials?|authorities|activists|groups?|rebels|ministry|government|rescuers|witnesses|residents|medics|doctors"
    r"|army|military|media|prosecutors|firefighters|organi[sz]ers|unions?|company|hospital|agency|coroner|campaigners|analysts"
    r"|charit(?:y|ies)|workers|sources|monitors|investigators|spokes(?:man|woman|person))"
)
_BODY = re.compile(
    rf"\b(?:according to|citing|quoting) (?:the |an? )?(?P<quoted>{_BODIES})\b|\bsaid (?:the )?(?P<said>{_BODIES})\b"
    rf"|\b(?<![Nn]o )(?P<who>(?!No ){_BODIES})(?: (?:in|at|from|for|of|on) (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)?,? {_SAYING}"
)
_CLAUSE = re.compile(rf";|,? (?:while|whereas|but|although|though) |,? and (?=(?:the )?(?:[\w-]+ ){{1,4}}?{_SAYING})")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a paragraph gives for what was asked: `value` is its slice from `start` to `end`, white space folded.

    `amount` is the figure, or the low end of a range up to `high`; times are in hours or months, as in
    `rag.verify.quantities`. `bound` is "", about, nearly, below or above. `speaker` is to whom the sentence
    attributes it, "" for the outlet's own. `day` is the day it holds for, the article's or one that the sentence gives,
    None where neither is known. `total` is False for a day's or a part's own figure, a rate, or one of years ago. `noun` is the word
    for what it counts, "" where none stands there. `paragraph` is the paragraph's id.
    """

    value: str
    amount: float
    high: float
    unit: str
    bound: str
    start: int
    end: int
    speaker: str
    day: date | None
    total: bool
    noun: str
    paragraph: str


def stated(question: Question, evidence: Evidence) -> tuple[Stated, ...]:
    """The figures that the paragraph gives for the quantity asked for, in order; empty where it gives none.

    Where `asked` makes nothing of the question it is empty whatever the paragraph says.
    """
    wanted, passage = asked(question), evidence.passage
    if wanted is None:
        return ()
    text, published, whole = passage.paragraph.text, passage.article.published, _around(passage)
    named = [holds(whole, name) for name in wanted.names]
    if named and not (any(named) if question.joins_names else all(named)):
        return ()
    around, found = alike_stems(whole), []
    for start, end in sentences(text):
        sentence = text[start:end]
        if takes_back(passage.article, text, sentence):
            continue
        picked = (evidence.answer[0] - start, evidence.answer[1] - start) if evidence.answer else None
        fits = tuple(fitting(wanted, sentence, text[:start], around, picked, published))
        if not fits or not _on_the_day(wanted, sentence, published) or not _of_the_matter(wanted, sentence):
            continue
        partial = _are_parts(wanted, sentence, fits) or _is_of_old(wanted, sentence, published)
        for figure in fits:
            days_own = _is_of_a_day(wanted, question.text, sentence, whole, published)
            total = not (days_own or partial or _is_part(wanted, sentence, figure))
            found.append(
                Stated(
                    value=" ".join(sentence[figure.start : figure.end].split()),
                    amount=figure.low,
                    high=figure.high,
                    unit=figure.currency or figure.unit,
                    bound=figure.bound,
                    start=start + figure.start,
                    end=start + figure.end,
                    speaker=_said_by(sentence, figure),
                    day=_day(sentence, figure, days_own, published),
                    total=total,
                    noun=_noun(wanted, figure),
                    paragraph=passage.paragraph.id,
                )
            )
    return tuple(found)


def _of_the_matter(wanted: Asked, sentence: str) -> bool:
    """Whether a sentence that counts people of no kind we know shares a word with what is asked of them."""
    own = wanted.topic - EVENTS
    plain = not (wanted.kind or wanted.noun or wanted.unit)
    return not (plain and own) or bool(own & alike_stems(sentence))


def _around(passage: Passage) -> str:
    """The paragraph and what tells of its matter: the headline, how the article begins, the paragraph above."""
    lead = next((p.text for p in passage.article.paragraphs if p.kind == "body"), "")
    above = passage.before.text if passage.before else ""
    return "\n".join(dict.fromkeys((passage.article.title, lead, above, passage.paragraph.text)))


def _noun(wanted: Asked, figure: Figure) -> str:
    fits = [n for n in figure.nouns if alike_stems(n) & (PEOPLE | {wanted.noun})]
    return (fits or figure.nouns[-1:] or [""])[0]


def _on_the_day(wanted: Asked, sentence: str, published: date | None) -> bool:
    """Whether the sentence, where the question names a day of the week and the sentence days, names that one."""
    weekdays = {time.lower() for time in wanted.times if not time.isdigit()}
    named = [m.first for m in mentions(sentence, published)] if weekdays and published else []
    return not named or any(f"{day:%A}".lower() in weekdays for day in named)


def _is_of_old(wanted: Asked, sentence: str, published: date | None) -> bool:
    """Whether the sentence recalls what happened years ago, which the question does not ask for by the year."""
    if published is None or wanted.times:
        return False
    told = years_in(sentence)
    return bool(told) and all(published.year - year > 1 for year in told)


def _are_parts(wanted: Asked, sentence: str, fits: Sequence[Figure]) -> bool:
    """Whether the figures of a sentence are for several places, or for several kinds of people, that make up the whole."""
    every = figures_of(sentence)
    if not wanted.noun and any(len(enumerated(sentence, every.index(figure))) > 1 for figure in fits):
        return True
    return len(fits) > 1 and not _CLAUSE.search(sentence) and len(set(_PLACE.findall(sentence))) >= len(fits)


def _is_part(wanted: Asked, sentence: str, figure: Figure) -> bool:
    """Whether the figure is one more, one place's, or for each hour or share."""
    if (figure.among and not wanted.noun) or _RATE.match(sentence, figure.end):
        return True
    if _AFTER_ANOTHER.search(sentence, 0, figure.start):
        return True
    # "12 were killed and another 40 injured": the first of its kind is no addition.
    more = _MORE.search(sentence[: figure.start]) and not re.search(r"\d|\band\b", sentence[: figure.start])
    return bool(more) or _PART.search(sentence) is not None


def _is_of_a_day(wanted: Asked, question: str, sentence: str, whole: str, published: date | None) -> bool:
    """Whether a sentence on what goes on for long, as a war, tells what one day of it brought."""
    counts_harm = wanted.kind and not wanted.unit
    if not counts_harm or wanted.times or _MOMENT.search(question) or _SUMS_UP.search(sentence):
        return False
    lasts = _LASTING.search(question) or _LASTING.search(whole)
    return bool(lasts) and any(
        m.first == m.last and not (_AS_OF.search(sentence[: m.start]) or _SAID_ON.search(sentence[: m.start]))
        for m in mentions(sentence, published or _ANY_DAY)
    )


def _day(sentence: str, figure: Figure, days_own: bool, published: date | None) -> date | None:
    """The day the figure holds for: "as of Monday", "said in March", the day whose own it is, else the article's."""
    if published is None:
        return None
    for mention in mentions(sentence, published):
        before, behind = sentence[: mention.start], sentence[mention.end :]
        if behind.startswith(("'s", "’s")):  # "by Monday's storm"
            continue
        moved = _MOVED.search(sentence[: figure.start]) and re.fullmatch(r"\s+(?:on |by |in )?", before[figure.end :])
        if days_own or moved or _AS_OF.search(before) or _SAID_ON.search(before):
            return min(mention.last, published)
    return published


def _said_by(sentence: str, figure: Figure) -> str:
    """To whom the sentence attributes the figure, "" for nobody: in its own clause, or in one before it."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    own = next(i for i in range(len(cuts) - 1) if figure.start < cuts[i + 1])
    pieces = [sentence[cuts[i] : cuts[i + 1]] for i in range(own, -1, -1)]
    return next((who for piece in pieces if (who := _speaker(piece))), "")


def _speaker(clause: str) -> str:
    if named := speaker(clause):
        return named
    if counting := next((n for n in names_in(clause) if _COUNTS.match(clause, clause.find(n) + len(n))), ""):
        return counting
    body = _BODY.search(clause)
    who = next((who for who in body.groups() if who), "").removeprefix("The ") if body else ""
    lower = who[:1].lower() + who[1:]
    return lower if re.fullmatch(_BODIES, lower) else who


_ANY_DAY = date(2000, 1, 1)
