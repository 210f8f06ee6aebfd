"""Who gives a figure: whom the sentence names for it, or whose it is by what goes before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.dateline import behind_dateline
from rag.figures.counted import Figure
from rag.names import holds
from rag.question import names_in
from rag.speakers import speaker

_COUNTING = r"put|puts|count(?:ed|s)?|gives?|speaks? of|spoke of|(?:is |are )?stick(?:s|ing) to|ha[sd](?= (?:about |some |around |only )?\d)|record(?:ed|s)|list(?:ed|s)|rais(?:ed|es)|lower(?:ed|s)|revised|gave|estimates?|estimated"
_SAYING = rf"(?:(?:\w+day|has|have|had|now|later|also) )*(?:said|says?|reported|told|confirmed|announced|warned|believe|claim(?:ed)?|{_COUNTING})\b"
_COUNTS = re.compile(
    rf"(?:, (?:which|who|whose|an?|the) [^,]{{1,90}},|,)? (?:(?:told|said|says|tells|added)\b|(?:has |have |had |now )*(?:{_COUNTING})\b)"
)
_BODIES = (
    r"(?:(?:[A-Z][a-z]+|local|state|health|hospital|government|city|county|federal|aid|relief|rescue|civil|protection|ambulance|coast|guard|border|public|activist|opposition|human"
    r"|rights|security|military|union|company|fire|defen[cs]e|interior|foreign|medical|army|intelligence|emergency|rebel|senior|election|[A-Z][a-z]+['’]s(?: [a-z]+)?) ){0,3}"
    r"(?i:police|officials?|authorities|activists|groups?|rebels|ministry|government|rescuers|witnesses|residents|medics|doctors"
    r"|county|city|bank|board|council|commission|service|office|institute|court|department|army|military|media|prosecutors|firefighters|organi[sz]ers|unions?|company|hospital|agency|coroner|campaigners|analysts"
    r"|charit(?:y|ies)|workers|sources|monitors|investigators|spokes(?:man|woman|person))"
)
BODY = re.compile(
    rf"\b(?:according to|citing|quoting) (?:the |an? )?(?P<quoted>{_BODIES})\b|\bsaid (?:the )?(?P<said>{_BODIES})\b"
    rf"|\b(?<![Nn]o )(?P<who>(?!No ){_BODIES})(?: (?:in|at|from|for|of|on) (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)?,? {_SAYING}"
)
CLAUSE = re.compile(rf";|,? (?:while|whereas|but|although|though) |,? and (?=(?:the )?(?:[\w-]+ ){{1,4}}?{_SAYING})")

_BY = re.compile(
    r"[^.,;]{0,25}?\bby (?:(?:the|its|an?) (?:own )?(?:count|reckoning|figures|tally|estimate)s?|that|those) of (?:the )?(?P<who>[\w’' -]+?)"
    r"(?=[.,;]|$| and \w+ by )",
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (?=[A-Z])")  # On Friday Harlow Transit raised …
_PLACED = re.compile(r"\b(?:in|at|near|from|of|for|on)(?: the)? \Z")
"""Officials in Tarn said: Tarn did not."""
_CUT = re.compile(r"[;:]|,? (?:after|before|while|but|whereas|although|though) |, (?=as\b)")
_PRONOUN = re.compile(r"\b(?:[Ii]ts?|[Tt]hey|[Tt]heir|[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")


def voice(
    sentence: str,
    figure: Figure,
    before: str,
    above: str,
    texts: Sequence[str],
    *,
    of_measure: bool,
    left_out: Sequence[str],
) -> str:
    """Whose figure it is, as the text calls him or them; "" where it names nobody.

    A count is that of whoever is said to give it. What is measured (`of_measure`), such as a bid or a forecast, is first
    that of whoever does it: the first named before the figure, whom a pronoun may stand for. `left_out` are names that
    the question is about; `texts` tell a name from a word that has its capital from opening a sentence.
    """
    if by := _BY.match(sentence, figure.end):
        return by["who"].strip()
    attributed = said_by(sentence, figure)
    if not of_measure:
        return attributed or ("" if figure.nouns else next(iter(_names(_clause(sentence, figure), texts)), ""))
    clause = _clause(sentence, figure)
    if named := next((n for n in _names(clause, texts) if not any(holds(n, one) for one in left_out)), ""):
        return named
    if body := BODY.search(clause):
        return str(next(filter(None, body.groups())))
    pronoun = _PRONOUN.search(clause)
    opening = sentence[: figure.start - len(clause)]
    if pronoun and (named := next(iter(names_in(opening[behind_dateline(opening) :])), "")):
        return named
    if pronoun or not attributed:
        return subject_of(before, texts) or subject_of(above, texts) if pronoun else subject_of(before, texts)
    return attributed


def _names(clause: str, texts: Sequence[str]) -> list[str]:
    """The names of a clause, but for a common word that opens it: "Inflation, which stood at …"."""
    opens = clause.split(maxsplit=1)[0].strip(",") if clause.split() else ""
    common = opens and any(re.search(rf"\b{re.escape(opens.lower())}\b", text) for text in texts)
    return [name for name in names_in(clause) if not (name == opens and common)]


def _clause(sentence: str, figure: Figure) -> str:
    """What stands before a figure in its own clause."""
    cuts = [m.end() for m in _CUT.finditer(sentence, 0, figure.start)]
    return sentence[max([0, *cuts, behind_dateline(sentence)]) : figure.start]


def subject_of(text: str, texts: Sequence[str] = ()) -> str:
    """Whom the last sentence of a text begins with, or is said by; else the one before it. "" for nobody."""
    from index.sentences import sentences

    for start, end in reversed(sentences(text)):
        sentence = text[start:end]
        sentence = sentence[behind_dateline(sentence) :]
        if who := (speaker(sentence) or next(iter(_names(sentence, texts)), "")):
            return who
    return ""


def said_by(sentence: str, figure: Figure) -> str:
    """To whom the sentence attributes the figure, "" for nobody: in its own clause, or in one before it."""
    cuts = [0, *(m.end() for m in CLAUSE.finditer(sentence)), len(sentence)]
    own = next(i for i in range(len(cuts) - 1) if figure.start < cuts[i + 1])
    pieces = [sentence[cuts[i] : cuts[i + 1]] for i in range(own, -1, -1)]
    return next((who for piece in pieces if (who := _speaker(piece))), "")


def _speaker(clause: str) -> str:
    if named := speaker(clause):
        return named
    clause = _WEEKDAY.sub("", clause)
    for name in names_in(clause):
        at = clause.find(name)
        if _COUNTS.match(clause, at + len(name)) and not _PLACED.search(clause, 0, at):
            return name
    body = BODY.search(clause)
    who = next((who for who in body.groups() if who), "").removeprefix("The ") if body else ""
    lower = who[:1].lower() + who[1:]
    return lower if re.fullmatch(_BODIES, lower) else who
