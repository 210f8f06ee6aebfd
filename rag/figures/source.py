"""Whose figure is asked for, and whether a passage gives it as theirs: "by the county's count", "has the bank forecast"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.search import stop_words
from rag.names import holds
from rag.question import names_in
from rag.reader.words import stems
from rag.values import Span

_WHO = r"(?P<who>(?:the |an? )?(?:[\w&.’'-]+ ){0,5}?[\w&.’'-]+?)"
_GIVES = (
    r"(?:puts?|gives?|given|gave|counts?|counted|says?|said|thinks?|thought|estimates?|estimated|expects?|expected|record(?:ed|s)?"
    r"|confirm(?:ed|s)?|report(?:ed|s)?|believe[sd]?|claim(?:ed|s)?|list(?:ed|s)?|offer(?:ed|s)?|bid|pledge[sd]?|promise[sd]?"
    r"|forecasts?|predict(?:ed|s)?|reckon(?:ed|s)?|foresees?|foresaw|speak|spoken|told|set aside|announced?|quote[sd]?)"
)
_COUNT = r"(?:counts?|reckoning|figures?|estimates?|tally|tallies|account|numbers?|forecasts?|projections?|tolls?|offers?|bids?)"
_ASKED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf",? (?:by|according to) {_WHO}(?:['’]s?)? (?:own |latest |last |first )?{_COUNT}\b",
        rf",? (?:in|on) {_WHO}['’]s? (?:own |latest |last |first )?{_COUNT}\b",
        rf",? (?:according to|going by|by (?:the )?{_COUNT} of) {_WHO}(?=\W*$|,)",
        rf", (?:says?|said) {_WHO}(?=\W*$)",
        rf"\b(?:do|does|did|has|have|had) {_WHO}(?:['’]s?)? (?:now |since |so far |itself |already )?{_GIVES}\b",
        rf"\b(?:is|was|are|were) {_WHO} (?:putting up|(?:prepared|ready|willing) to|offering|promising)\b",
        rf"(?:^\W*what(?:['’]s| is| was| are| were) )?\b{_WHO}['’]s? (?:\w+ ){{0,2}}{_COUNT}\b",
        rf"^\W*(?:the )?(?P<who>county|city|state|government|police|army|ministry) (?:death )?{_COUNT}\b",
        rf"\b(?P<who>official) (?:\w+ )?(?:{_COUNT}|deaths|dead|injured|missing)\b",
        r",? \b(?P<who>official)ly\b",
    )
)
_NO_SOURCE = re.compile(
    r"(?:(?:the )?(?:final|first|last|latest|initial|early|preliminary|full|total|new|next)\b|how|what|which|who|many|much|it|they|there|this|that|people|articles?|reports?|papers?|news|press|media|(?:the )?(?:\w+ )?polls?"
    r"|(?:the )?(?:\w+ )?surveys?|death|(?:the )?(?:flood|quake|earthquake|storm|war|crash|fire|accident|attack)(?! (?:service|department|brigade|chief|office|authority|commission|ministry)))\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:governments?|state|officials?|official|authorit(?:y|ies)|county|city|province|minist(?:ry|ries|ers?)|mayor|governor|gov"
    r"|president|prime|police|sheriff|coroner|civil (?:protection|defen[cs]e)|emergency (?:\w+ )?(?:services?|office|director)|rescuers"
    r"|(?:finance|health|education|fisheries|works|fire) (?:director|secretary|chief|office)|treasurer|chancellor|premier|councill?ors?"
    r"|rescue (?:services?|workers)|fire (?:service|department|chief)|army|military|coast guard|commission|council|assembly|parliament"
    r"|agency's director|department|spokes\w+ for the (?:service|ministry|government))\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:governments?|state|officials?|authorit(?:y|ies)|county|city|province|ministry|police|army|military|coroner|commission)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:relief agency|aid (?:agency|group|workers)|activists?|volunteers?|charit(?:y|ies)|opposition|rebels?|insurgents?"
    r"|(?:trade |labou?r )?unions?|network|campaign\w*|united nations|un|u\.n|doctors|medics|witness(?:es)?|residents|company|firm"
    r"|red cross|red crescent|analysts?|insurers|institute|monitors?|monitoring|human rights|rights group|newspaper|lawmaker|union)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r",\s*(?P<after>[^,.;]{3,90}?)(?=[,.;]|$)")
_LINKS = frozenset("of the and for de".split())
_SHORT = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
}
_GENERIC = stems("agency group people body bodies figure new national international")


@dataclass(frozen=True, slots=True)
class Source:
    """Whose figure is asked for: `who` as the question has it, and the pieces of the question that say so."""

    who: str
    span: Span

    @property
    def official(self) -> bool:
        """Whether it is the authorities of any kind, and nobody by name or office."""
        return not names_in(self.who) and _BODY.search(self.who) is not None


def source_asked(text: str) -> Source | None:
    """Whose figure the question asks for; None where it names nobody who could give one."""
    for form in _ASKED:
        found = form.search(text)
        if found and not _NO_SOURCE.match(found["who"]):
            who = re.sub(r"^(?:the|an?|its|his|her|their)\s+(?:own\s+)?|['’]s?$", "", found["who"], flags=re.IGNORECASE)
            words = {word.lower() for word in who.split()}
            if words and not words & (stop_words() - _LINKS):
                return Source(who, found.span())
    return None


def is_of(source: Source, voice: str, texts: Sequence[str]) -> bool:
    """Whether the voice, a name or a body as a text calls it, speaks for the source: it is the same, or described as such.

    `texts` are the articles that may describe it, the voice's own first.
    """
    told = " ".join(described(voice, text) for text in texts)
    if source.official:
        if _PRIVATE.search(voice):
            return False
        if _OFFICIAL.search(voice) or any(f" in {voice} " in text for text in texts):
            return True
        return _OFFICIAL.search(told) is not None and not _PRIVATE.search(told)
    names = names_in(source.who)
    if names and not voice[:1].isupper():  # "activists said", where the source is said to be activists
        told = " ".join(described(name, text) for name in names for text in texts)
        own = stems(" ".join(match[0] for match in _PRIVATE.finditer(told)))
        return any(name in texts[0] for name in names) and bool((stems(voice) - _GENERIC) & own)
    if names:
        return any(holds(f"{voice} {told}", name) for name in names)
    wanted = stems(source.who) - _GENERIC or stems(source.who)
    return 2 * len(wanted & stems(voice)) >= len(wanted) or wanted <= stems(f"{voice} {told}")


@lru_cache(maxsize=4096)
def described(voice: str, text: str) -> str:
    """What an article calls somebody, in the words before the name and in the apposition behind it; offices in full."""
    words = [word for word in re.findall(r"[\w’'-]+", voice) if word[:1].isupper()]
    if not words:
        return ""
    text = re.sub(r"\b(Gov|Sen|Rep|Gen|Col|Capt)\.", lambda m: _SHORT[m[1].lower()], text)
    found: list[str] = []
    for at in re.finditer(rf"\b{re.escape(words[-1])}\b", text):
        before = re.split(r"[.;:\"“”\n]", text[max(0, at.start() - 70) : at.start()])[-1]
        behind = _BESIDE.match(text, at.end(), at.end() + 92)
        of = re.match(r" (?:of|from|for) (?:the )?[A-Z][\w ’'-]{2,30}", text[at.end() :])
        found += [" ".join(before.split()[-6:]), behind["after"] if behind else "", of[0] if of else ""]
    return " ".join(filter(None, dict.fromkeys(found)))
