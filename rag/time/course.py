"""What a question for the course of events asks for: of which story, from what on, up to what, and whether in figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.time.times import MONTH_NAMES


@dataclass(frozen=True, slots=True)
class Course:
    """A course of events that is asked for.

    `topic` are the question's words for the story, "" where everything is asked for. `since` and `until` are the words
    of an event or a day with which it is to begin and end, "" where the question leaves that open. `figures` where it is
    the course of a figure: "Trace the party's share of the vote".
    """

    topic: str
    since: str = ""
    until: str = ""
    figures: bool = False


def course_asked(question: str) -> Course | None:
    """The course of events that a question asks for: "timeline of …", "how did … unfold", "what has happened since …".

    None where it asks for something else.
    """
    if not _WANTS.search(question) or _A_FIGURE_MOVED.search(question):
        return None
    since = until = ""
    rest = question
    for form in _BOUNDS:
        if found := form.search(rest):
            since = since or _THE_DAY.sub("", (found.groupdict().get("since") or "").strip())
            until = until or (found.groupdict().get("until") or "").strip()
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    topic = " ".join(_TIMES.sub(" ", _FRAME.sub(" ", rest)).strip(" ?.!,;:").split())
    topic = _LOOSE.sub("", topic).strip(" ,;:")
    topic = _LOOSE.sub("", _KIND.sub("", topic)) or topic
    figures = _FIGURES.search(topic) is not None and _MOVES.search(question) is not None
    return Course(topic, since, until, figures)


_WANTS = re.compile(
    r"\b(?:time ?line|chronology|sequence of events|course of events|chain of events|order of events|history of|step by step"
    r"|day by day|week by week|blow by blow|in (?:chronological|date) order|key dates|walk me through|(?:take|talk|run|lead) me through)\b"
    r"|(?:^|[.?!,:;-]) *(?:with|and|give|in) (?:the |all |their )?dates\b|\bdates,? please\b|\bin dates\b|\bback and forth\b"
    r"|\b(?:recap|retell|reconstruct|recount the (?:events|story)|story of\b.+\b(?:so far|from|until|since|in order))\b"
    r"|\bwhat (?:has|had|have)? ?(?:become|became|come) of\b.+\bsince\b|\bwhat (?:has|have) happened to\b.+\bsince\b|^(?!\W*(?:is|are|was|were|do|does|did|has|have)\b).*\bin (?:the right |their |proper )?order\W*$|\bin (?:what|which) order\b"
    r"|\b(?:run|ran|took|take[ns]?|follow(?:ed)?) (?:its|their) course\b|\bwhat (?:steps|stages|phases|stations)\b.{1,80}\b(?:gone|went|go|pass(?:ed)?|come|came) through\b"
    r"|\bhow (?:did|has|have)\b.{1,60}\b(?:get|got|come|came) from\b.{1,60}\bto\b"
    r"|\bhow (?:did|has|have)\b(?:(?!\b(?:price|cost|rate|bid|offer|share)s?\b).){1,60}\b(?:count|toll|tally|number (?:of|known))\b(?:(?!\bfrom\b).){0,60}\b(?:climb|rise|rose|risen|grow|grown|go up|gone up|mount)(?:ed)?\b"
    r"|\bwhat (?:did|has|have)\b.{1,60}\b(?:do|done),? (?:from\b.+\b(?:to|until|on)\b|since\b|between\b)"
    r"|\bhow (?:did|has|have|do|does)\b.{1,90}\b(?:change|move|shift|swing|grow|rise|fall|climb|drop|go|fare)[dns]?\b.{0,40}"
    r"\b(?:from\b.+\b(?:on|onwards?|to|until)|day by day|over (?:time|the)|since|in the (?:course|(?:first |last )?(?:\w+ )?(?:days|weeks|months)))\b"
    r"|\b(?:main|key|important|list (?:the|all)(?: \w+)?) (?:events|developments|milestones|stages|turning points)\b"
    r"|\bhow (?:did|has|have|had|do|does)\b.{1,90}\b(?:unfold(?:ed)?|develop(?:ed)?|evolved?|come about|came about|progress(?:ed)?"
    r"|play(?:ed)? out|go from\b.+\bto\b|changed? from\b.+\bto\b|come to this)\b"
    r"|\bwhat(?:['’]s| has| have| had)? ?(?:all |been |ever )*(?:happened|happening|gone on|going on|taken place|occurred)"
    r"\b(?! to\b).{0,90}\b(?:since|over|in|at|with|around|between|until now|so far|till now|up to now|during|after|this|last|recently)\b"
    r"|\bwhat (?:happened|went on|took place|occurred)\b.{0,90}\b(?:since|between|from\b.+\b(?:to|until|onwards?)|so far|over the|during"
    r"|this (?:week|month|year|spring|summer|autumn|fall|winter)|last (?:week|month|year|spring|summer|autumn|fall|winter)"
    rf"|in (?:the (?:days|weeks|months)|{MONTH_NAMES}))\b"
    r"|\bwhat (?:events|happenings|steps)\b.{0,20}\bled\b|\bwhat led up to\b"
    r"|^\W*(?:(?:please|can you|could you|would you) )*(?:re)?(?:trace|track|chart|chronicle)\b",
    re.IGNORECASE,
)
_A_FIGURE_MOVED = re.compile(
    r"^\W*(?:and |but )?how (?:did|has|have) (?:(?!\bfrom\b)[^,;?]){1,80}\b(?:share|price|rate|cost|bids?|offers?|estimates?|forecasts?|gap|lead|margin|level"
    r"|size|turnout|odds|score|salary|wages?|profits?|debts?|deficit|number(?! of (?:dead|deaths|killed|victims|cases|people|the dead)))\b(?:(?!\bfrom\b)[^,;?]){0,60}"
    r"\b(?:change|move|shift|swing|grow|rise|fall|climb|drop|go)[dns]?\b(?!.*\bfrom\b)",
    re.IGNORECASE,
)
"""Asks for a figure's values, which are set side by side and need no story."""
_END = r"(?=\s*[?.!,;]|\s*\Z)"
_BOUNDS = (
    re.compile(rf",?\s*\b[Bb]etween (?P<since>(?:[a-z\d]|{MONTH_NAMES}|[A-Z][a-z]+day).*?) and (?P<until>.+?){_END}"),
    re.compile(rf",?\s*\bfrom (?P<since>.+?) (?:up )?(?:to|until|till|through) (?P<until>.+?){_END}", re.IGNORECASE),
    re.compile(
        rf",?\s*\b(?:starting |beginning )?(?:from|with) (?P<since>[^,?.]+?) on(?:wards?)?{_END}", re.IGNORECASE
    ),
    re.compile(
        rf",?\s*\b(?:(?:ever )?since|following|after|starting (?:from|with)) (?P<since>.+?){_END}", re.IGNORECASE
    ),
    re.compile(rf",\s*from (?P<since>.+?){_END}", re.IGNORECASE),
    re.compile(
        rf",?\s*\b(?:until|till|up to|before|prior to|(?:led|leading) up to) (?P<until>.+?){_END}", re.IGNORECASE
    ),
)
"""In this order. What lies "between Smith and Jones" is no time."""
_FRAME = re.compile(
    r"\b(?:time ?line|chronolog(?:y|ical(?:ly)?)|(?:sequence|course|chain|order) of events|history of|step by step|day by day|week by week"
    r"|blow by blow|(?:main|key|important)? ?(?:events|developments|milestones|stages|turning points|dates)|in date order"
    r"|(?:walk|take|talk|run|lead) me through|unfold(?:ed)?|develop(?:ed)?|evolved?|c[oa]me about|progress(?:ed)?|play(?:ed)? out"
    r"|happen(?:ed|ing)?|gone on|went on|going on|taken place|took place|occurred|changed?|move[ds]?|come to this"
    r"|(?:re)?trac(?:e|k)|chart|chronicle|give|show|tell|draw up|list|please|need|want|would like|can you|could you|so far|steps"
    r"|re-?(?:construct|tell|cap)|recount|(?:the )?story of|with (?:the )?dates|in dates|dates|(?:go )?back and forth|(?:be)?come of|became of|set out|lay out|in (?:what|which) order|in (?:the right |their |proper )?order"
    r"|(?:run|ran|took|take|follow(?:ed)?) (?:its|their) course|(?:gone|went|pass(?:ed)?) through|(?:get|got|come|came)(?= from\b)|go(?= *,?$)"
    r"|led|how did|how has|how have|how do|how does|what(?:['’]s| has| have| had)?|me|i|us|all|been)\b",
    re.IGNORECASE,
)
"""The words of a question that ask for a course of events and not for what they are about."""
_TIMES = re.compile(
    rf"\b(?:(?:over|through|throughout|during|across|in|for) (?:the |these |those )?(?:(?:last|past|first|coming|next|few|couple of|\w+) )?"
    r"(?:days|weeks|months|years|time)|(?:this|last|past) (?:week|month|year|spring|summer|autumn|fall|winter)"
    rf"|(?:in|on|during|of) (?:early |late |mid-?)?(?:\d{{1,2}} )?(?:{MONTH_NAMES})(?: \d{{1,2}})?(?:,? \d{{4}})?|over time|today|now|recently|lately)\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"^(?:(?:did|does|has|have|had|is|are|was|were|a|an|the|of|for|on|about|in|at|over|with|to|into|and|or|around|regarding|concerning)\b\s*)+"
    r"|(?:\s*\b(?:of|for|on|about|in|at|over|with|to|and|or|from|the|by|go|get|do|done))+$",
    re.IGNORECASE,
)
"""What is left hanging on either side of the topic."""
_KIND = re.compile(
    r"^(?:\w+ )?(?:case|affair|saga|matter|row|dispute|quarrel|fight|question|business|controversy|scandal) (?:of|over|about|around|surrounding) "
    r"|\s(?:case|affair|saga|matter|question|business|story)$",
    re.IGNORECASE,
)
"""What kind of story it is, in words that no article need have for it: "the row over the siren"."""
_THE_DAY = re.compile(
    r"^(?:the )?(?:day|moment|time|week|night)(?: (?:of|when|that|on which))? (?!\w+$)|^(?:the )?day of ", re.IGNORECASE
)
"""Of "the day of the vote" the vote is what articles tell."""
_MOVES = re.compile(
    r"\b(?:(?:re)?trace|track|chart|change[ds]?|moved?|develop\w*|evolv\w+|timeline|go from)\b", re.IGNORECASE
)
_FIGURES = re.compile(
    r"\b(?:count|counts|toll|tolls|number|numbers|figures?|tally|total|share|price|rate|cost|bids?|offers?|estimates?|forecasts?"
    r"|gap|lead|margin|level|size|turnout|losses|odds|poll(?:s|ing)?|score)\b",
    re.IGNORECASE,
)
"""Words for what is told in figures."""
