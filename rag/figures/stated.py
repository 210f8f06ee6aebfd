"""What a passage states for the quantity that a question asks: the figure, who gives it, of what day, and of how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index import Article, Passage
from index.dates.relative import mentions
from index.sentences import sentences
from rag.corrected import takes_back
from rag.figures.asked import Asked, asked
from rag.figures.coins import coins_in
from rag.figures.counted import Figure, enumerated, figures_of
from rag.figures.fitting import Scene, fitting, is_former, years_in
from rag.figures.kinds import EVENTS, HARM, PEOPLE, alike_stems
from rag.figures.matter import is_linked, is_named
from rag.figures.source import Source, is_of
from rag.figures.voice import CLAUSE, said_by, subject_of, voice
from rag.names import holds
from rag.question import Question
from rag.speakers import SPEECH
from rag.values import Evidence, Span

_PART = re.compile(
    r"\b(?:alone|in one|in (?:a|the) (?:nearby |northern |southern )?(?:village|town|suburb|district|neighbou?rhood|province))\b"
    r"|\b(?:past|last) (?:24|48) hours\b|\b(?:first|second|third|fourth|last|this|the) quarter\b(?! of)|day's (?:death )?toll\b|\bdaily\b"
    r"|\b(?:killed|died|dead|deaths|injured|hurt|missing) there\b",
    re.I,
)
_MORE = re.compile(r"\b(?:another|a further|an additional|(?:\w+ )?new)\s+(?:\w+\s+)?\Z", re.I)
_AFTER_ANOTHER = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?) (?:after|before) ", re.I)
_ADDS_UP = re.compile(
    r"[^.;]*?(?:,? (?:which|that) (?:has |have )?(?:brought|brings|raised|raises|took|takes|lifted|pushed|put)|, (?:bringing|raising|taking|lifting|pushing))"
    r" (?:the|its|their|his|her) [^.;]*?\bto\b"
)
"""Three bodies were found, which brought the number of dead to 12."""
_OWN_ENDS = re.compile(r"[,;]| and (?=(?:the|its|his|her|their|an?) )")
_BODIES_FOUND = re.compile(
    r"\b(?:found|recover\w*|pull\w*|retriev\w*|dug|brought)\b.{0,40}\b(?:bodies|corpses)\b"
    r"|\b(?:bodies|corpses)\b.{0,60}\b(?:found|recovered|pulled|retrieved|dug|taken|carried|brought|washed|came)\b",
    re.I,
)
_IN_ALL = re.compile(
    r"\b(?:number of|tolls?|total|count|tally|now|so far|in all|altogether|a total|at least|more than|already|since|(?:have|has) (?:\w+ )?(?:found|recovered|pulled|retrieved|dug))\b",
    re.I,
)
"""Two bodies found at dawn are not all the dead; 31 found so far are."""
_MORE_OF = re.compile(r"^\W*(?:another|a further)\b", re.I)
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
_SUMS_UP = re.compile(r"\b(?:[Ss]ince|[Tt]olls?|[Tt]otal|[Ii]n all|counts?|tally)\b")
_PLACE = re.compile(r"\b(?:in|at|near) (?:the )?([A-Z]\w+)")
_AS_OF = re.compile(r"\b(?:as of|as at|by|until|through|up to)\s+(?:late |early )?\Z", re.I)
_MOVED = re.compile(
    r"\b(?:rose|risen|rises|climb\w+|rais\w+|lower\w+|revis\w+|stood|stands|reach\w+|put|updat\w+|pass\w*|hit|topp\w*|exceed\w*)\b[^,;]*\Z",
    re.I,
)
_OPENS = re.compile(r"\W*(?:On|By)\s+(?:the )?", re.I)
_SAID_ON = re.compile(rf"{SPEECH.pattern}\s+(?:(?:late|early|on|in|reporters|a statement)\s+)*\Z")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a paragraph gives for what was asked: `value` is its slice from `start` to `end`, white space folded.

    `amount` is the figure, or the low end of a range up to `high`; times are in hours or months, as in
    `rag.verify.quantities`. `bound` is "", about, nearly, below or above. `speaker` is to whom the sentence
    attributes it, "" for the outlet's own. `day` is the day it holds for, the article's or one that the sentence gives,
    None where neither is known. `total` is False for a day's or a part's own figure, a rate, or one of years ago. `noun` is the word
    for what it counts, "" where none stands there. `paragraph` is the paragraph's id. `former` where the sentence gives it
    as a value that held before. `earlier` are reports that told the same before, oldest first, with no other value between.
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
    former: bool = False
    earlier: tuple[Stated, ...] = ()


def stated(question: Question, evidence: Evidence, beside: Sequence[Article] = ()) -> tuple[Stated, ...]:
    """The figures that the paragraph gives for the quantity asked for, in order; empty where it gives none.

    `beside` are the other articles found: they tell who somebody is, and which event a report that does not name it is on.

    Where `asked` makes nothing of the question it is empty whatever the paragraph says.
    """
    wanted, passage = asked(question), evidence.passage
    if wanted is None:
        return ()
    text, published, whole = passage.paragraph.text, passage.article.published, _around(passage)
    named = [is_named(name, whole, wanted, passage.article, beside) for name in wanted.names]
    if named and not (any(named) if question.joins_names else all(named)):
        return ()
    lead = next((p.text for p in passage.article.paragraphs if p.kind == "body"), "")
    above = passage.before.text if passage.before else ""
    around, coins = alike_stems(whole), coins_in((passage.article, *beside))
    linked = is_linked(wanted, passage, beside)
    texts = tuple(dict.fromkeys((passage.article.text, *(article.text for article in beside))))
    found: list[Stated] = []
    last: Figure | None = None
    for start, end in sentences(text):
        sentence = plain(text, (start, end))
        if takes_back(passage.article, text, sentence):
            continue
        picked = (evidence.answer[0] - start, evidence.answer[1] - start) if evidence.answer else None
        scene = Scene(text[:start], passage.article.title, above, lead, around, picked, published, coins, linked)
        fits = tuple(fitting(wanted, sentence, scene, last))
        last = fits[-1][0] if fits else None
        if not fits or not _on_the_day(wanted, sentence, published) or not _of_the_matter(wanted, sentence):
            continue
        here = whole.replace(text[end:], "") if end < len(text) else whole
        named = [is_named(name, here, wanted, passage.article, beside) for name in wanted.names]
        if named and not any(named):
            continue  # "The agency counts ten. Three died in Tarn": only the three are Tarn's
        figures = [figure for figure, _ in fits]
        for_one = [one for one in fits if _RATE.match(sentence, one[0].end)] if wanted.kind == "offer" else []
        fits = tuple(for_one) or fits  # "$18.50 a share, or $212 million" is one offer
        partial = _are_parts(wanted, sentence, figures) or _is_of_old(wanted, sentence, published)
        partial = partial or _is_of_another(wanted, sentence)
        for figure, former in fits:
            told = voice(
                sentence,
                figure,
                text[:start],
                above,
                texts,
                of_measure=bool(wanted.kind and wanted.unit),
                left_out=wanted.names,
            )
            if wanted.source and not _is_theirs(wanted.source, told, sentence, scene, texts, bool(wanted.unit)):
                continue
            days_own = _is_of_a_day(wanted, question.text, sentence, whole, published)
            part = _is_part(wanted, sentence, figure) and not _is_the_first(wanted, scene, sentence)
            found.append(
                Stated(
                    value=" ".join(sentence[figure.start : figure.end].split()),
                    amount=figure.low,
                    high=figure.high,
                    unit=figure.currency or figure.unit,
                    bound=figure.bound,
                    start=start + figure.start,
                    end=start + figure.end,
                    speaker=said_by(sentence, figure),
                    day=_day(sentence, figure, days_own, former and len(fits) == 1, published),
                    total=not (days_own or partial or part),
                    noun=_noun(wanted, figure),
                    paragraph=passage.paragraph.id,
                    former=former,
                )
            )
    return tuple(found)


def plain(text: str, sentence: Span) -> str:
    """The sentence with a blank for every white space, so that places stay."""
    return re.sub(r"\s", " ", text[slice(*sentence)])


def told_of(found: Evidence, place: Span, figure: Figure) -> Stated:
    """A figure of the sentence at `place` that answers, as far as the reader tells: no part of another, its article's own."""
    passage = found.passage
    sentence = plain(passage.paragraph.text, place)
    former = is_former(sentence, figure)
    return Stated(
        value=sentence[figure.start : figure.end],
        amount=figure.low,
        high=figure.high,
        unit=figure.currency or figure.unit,
        bound=figure.bound,
        start=place[0] + figure.start,
        end=place[0] + figure.end,
        speaker=said_by(sentence, figure),
        day=_day(sentence, figure, False, former, passage.article.published),
        total=True,
        noun=(figure.nouns[:1] or ("",))[0],
        paragraph=passage.paragraph.id,
        former=former,
    )


def _is_theirs(source: Source, told: str, sentence: str, scene: Scene, texts: Sequence[str], measure: bool) -> bool:
    """Whether the figure is given as that of the source which the question names."""
    if told:
        if is_of(source, told, texts):
            return True
        # "The agency puts it higher. "At least 45 dead," its head of mission said."
        leans = re.search(r"\b(?:its|their)\b", sentence) is not None
        return leans and not source.official and is_of(source, subject_of(scene.before, texts), texts)
    if source.official:
        return True  # what nobody is named for is the common count
    near = (scene.before, scene.above, scene.title, scene.lead) if measure else (scene.before,)
    return any(is_of(source, who, texts) for text in near if (who := subject_of(text, texts)))


def _is_the_first(wanted: Asked, scene: Scene, sentence: str) -> bool:
    """Whether "another 31 were hurt" adds to others, such as the dead, and to no earlier figure of its own kind."""
    if not (wanted.kind and not wanted.unit and _MORE_OF.search(sentence)):
        return False
    kinds = {cue.lastgroup for cue in HARM.finditer(f"{scene.title} {scene.before}")}
    return bool(kinds) and wanted.kind not in kinds


def _is_of_another(wanted: Asked, sentence: str) -> bool:
    """Whether the sentence names another of the same sort as the question does: one county, where it asks for another."""
    for name in wanted.names:
        words = name.split()
        if len(words) > 1:
            others = re.findall(rf"\b([A-Z][\w’'-]+) {re.escape(words[-1])}\b", sentence)
            if any(other not in words for other in others) and not holds(sentence, words[0]):
                return True
    return False


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
    if not (wanted.noun or wanted.unit) and any(
        len(enumerated(sentence, at)) > 1 for at, one in enumerate(every) if any(one.start == f.start for f in fits)
    ):
        return True
    return len(fits) > 1 and not CLAUSE.search(sentence) and len(set(_PLACE.findall(sentence))) >= len(fits)


def _is_part(wanted: Asked, sentence: str, figure: Figure) -> bool:
    """Whether the figure is one more, one place's, or for each hour or share."""
    rate = _RATE.match(sentence, figure.end)
    if (figure.among and not wanted.noun) or (
        rate and not (wanted.kind == "offer" or (wanted.per and wanted.per in rate[0]))
    ):
        return True
    befell = wanted.kind and not wanted.unit
    if (befell and _AFTER_ANOTHER.search(sentence, 0, figure.start)) or _ADDS_UP.match(sentence, figure.end):
        return True
    # "12 were killed and another 40 injured": the first of its kind is no addition.
    more = _MORE.search(sentence[: figure.start]) and not re.search(r"\d|\band\b", sentence[: figure.start])
    own = _own(sentence, figure)
    if wanted.kind == "dead" and _BODIES_FOUND.search(own) and not _IN_ALL.search(own):
        return True
    return bool(more) or (_PART.search(own) is not None and not _SUMS_UP.search(own[own.find(",") + 1 :]))


def _own(sentence: str, figure: Figure) -> str:
    """The piece of a sentence from the figure before up to the comma behind this one."""
    before = max((f.end for f in figures_of(sentence) if f.end <= figure.start), default=0)
    return sentence[before : figure.end] + _OWN_ENDS.split(sentence[figure.end :], maxsplit=1)[0]


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


def _day(sentence: str, figure: Figure, days_own: bool, former: bool, published: date | None) -> date | None:
    """The day the figure holds for: "as of Monday", "said in March", the day whose own it is, else the article's.

    `former`: it is the only one of its sentence, and tells what was before.
    """
    if published is None:
        return None
    for mention in mentions(sentence, published):
        before, behind = sentence[: mention.start], sentence[mention.end :]
        if behind.startswith(("'s", "’s")):  # "by Monday's storm"
            continue
        moved = _MOVED.search(sentence[: figure.start]) and re.fullmatch(r"\s+(?:on |by |in )?", before[figure.end :])
        of_then = re.match(r" (?:of|on|in|from) (?:the |late |early )*\Z", before[figure.end :])
        # "On 8 March the city had raised its offer to 5 per cent"; but "on Sunday, five die" opens with what happened.
        opens = mention.first == mention.last and _OPENS.fullmatch(before) and _MOVED.search(sentence[: figure.start])
        if (
            days_own
            or of_then
            or opens
            or (former and mention.last < published)
            or moved
            or _AS_OF.search(before)
            or _SAID_ON.search(before)
        ):
            return min(mention.last, published)
    return published


_ANY_DAY = date(2000, 1, 1)
