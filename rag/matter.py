"""Questions for the reports of something: "Who reports that …?", "Do several papers have …?". The matter in them."""

from __future__ import annotations

import re

from index.search import content_words
from rag.outlets import asks_for_the_first
from rag.reader.exact import figures


def matter_asked(question: str) -> str:
    """What it is whose reports a question asks for, in the question's own words; "" where it asks for anything else.

    "Which papers say that the bridge fell?" gives "the bridge fell". Who says something is a question for a speaker.
    """
    text = " ".join(question.split()).rstrip(" ?.!")
    if asks_for_the_first(text):
        return ""
    for form in _FORMS:
        if found := form.search(text):
            matter = _HEAD.sub("", _TAIL.sub("", found["matter"]).strip(' ,;:"“”'))
            return matter if content_words(matter) else ""
    return ""


def value_asked(question: str) -> str:
    """The question for the value, where one asks who gives it: "What is the price?" for "Which papers give the price?".

    "" where it asks for the reports of anything else, or names the value itself: "the toll of 71".
    """
    matter = matter_asked(question)
    if _ASKS.match(matter):
        return f"{matter[0].upper()}{matter[1:]}?"
    return f"What is {matter}?" if _VALUE.match(matter) and not figures(matter) else ""


_ASKS = re.compile(r"(?:how (?:many|much|old|long|far|high|big|large)|when|where|why|which|who)\b", re.IGNORECASE)
_VALUE = re.compile(
    r"(?:the |an? |its |his |her |their |[A-Z][\w’'-]*['’]s? )(?:[\w’'-]+ ){0,2}?(?:number|count|figure|price|margin|size|share|rate|sum"
    r"|cost|amount|length|height|age|total|score|date|majority|turnout|toll|budget|loss|profit|salary)s?\b(?: (?:of|per|for|at|in|on|to)\b|$)",
    re.IGNORECASE,
)
_NUMBER = (
    r"(?:more than (?:one|two)|at least (?:two|three)|two|three|several|multiple|many|both|other|any other|another|a second|a further"
    r"|(?:any|all) of the)"
)
_OWN = r"(?:(?:independent|different|separate|other|of (?:our|the)|of|our|the|local|news|independently|second|further|\d+) )*"
_OUTLETS = (
    r"(?:reports?|outlets?|(?:news)?papers?|articles?|sources?|stor(?:y|ies)|places?|newsrooms?|accounts?|publications?|pieces?"
    r"|stations?|broadcasters?|documents?|texts?|dispatch(?:es)?)"
)
_SAY = (
    r"(?:(?:independently |also |all )*(?:reports?|reported|says?|said|mentions?|mentioned|carry|carries|carried|ha(?:s|ve|d) it"
    r"|ha(?:s|ve)|gives?|gave|tells?|told|writes?|wrote|confirms?|confirmed|covers?|covered|prints?|printed|notes?|noted|states?"
    r"|stated|describes?|described|speaks?|spoke|contains?|supports?|back(?:s|ed)?|refers?|deals?|(?:is|are) about)"
    r"(?: up| of| about| on| to| with)?)"
)
_DONE = (
    r"(?:reported|confirmed|mentioned|carried|covered|corroborated|backed(?: up)?|supported|told|given|stated|said|noted|borne out"
    r"|described|printed|found|published)"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"^(?:and |so )?(?:who (?:else |also |besides .+? |apart from .+? )*|(?:does|has|did) (?:any|some)(?:one|body) else (?:also )?)"
        r"(?:(?:reports?|reported|has reported|carr(?:y|ies)|has it|have it) that|reports?|carries|covers|(?<=lse )(?:reported|covered)|has reported)"
        r"(?: on)? (?P<matter>.+)",
        rf"^(?:(?:please|can you|could you) )*(?:name|list|show(?: me)?|give(?: me)?|find(?: me)?) (?:(?:all|every|the|both) )*{_OWN}{_OUTLETS}"
        rf" (?:(?:that|which|who) {_SAY}(?: that)?|of|on|about) (?P<matter>.+)",
        rf"^(?:and |so )?(?:which|what) {_OWN}(?:\w+ )?{_OUTLETS} {_SAY}(?: that)? (?P<matter>.+)",
        rf"^(?:in|by) (?:which|what) {_OWN}{_OUTLETS} (?:is|are|was|were|has|have) (?:it )?(?P<matter>.+?) (?:been )?{_DONE}$",
        rf"^how many {_OWN}{_OUTLETS} {_SAY}(?: that)? (?P<matter>.+)",
        rf"^(?:do|does|did|have|has) {_NUMBER} {_OWN}{_OUTLETS} {_SAY}(?: that)? (?P<matter>.+)",
        rf"^(?:is|was|has) it (?:been )?(?:\w+ly )?{_DONE} (?:\w+ly )?(?:by|in) {_NUMBER} {_OWN}{_OUTLETS} that (?P<matter>.+)",
        rf"^(?:is|are|was|were|has|have|had) (?P<matter>.+?) (?:been )?(?:\w+ly )?{_DONE} (?:\w+ly )?(?:by|in) {_NUMBER} {_OWN}{_OUTLETS}\b",
        rf"^(?:is|are|was|were) there (?:\w+ )*?{_OUTLETS} (?:for|of|on|about|that(?: says?)?) (?P<matter>.+)",
        r"^(?:is|are|was|were) there (?:\w+ )*?(?:evidence|proof|confirmation|corroboration) (?:for|of|that) (?P<matter>.+)",
        rf"^(?:which|what) (?:\w+ )?(?:{_OUTLETS}|evidence|proof|confirmation) (?:do|does|did|is|are|have|has) (?:we|you|I|there|the \w+)"
        rf"(?: have| got| find)? (?:for|on|of|about|that) (?P<matter>.+)",
        r"^what (?:backs(?: up)?|corroborates|bears out|confirms) (?P<matter>.+)",
        rf"^(?:can|could|may|do) (?:I|we|you|one) (?:find|read|see|get|confirm|have) (?P<matter>.+?) (?:in|from|by|with) {_NUMBER} {_OWN}{_OUTLETS}\b",
        r"^where (?:do|did|can|could|have) (?:I|we|you|the \w+) (?:have|find|read|see|get|seen|got|report)(?: about| of| that| it that)? (?P<matter>.+)",
        r"^where (?:does it|do the (?:articles|reports|papers)) say(?: that)? (?P<matter>.+)",
        rf"^where (?:is|was|are|were|has|have) (?P<matter>(?:(?!\b(?:is|was|are|were)\b).)*\b(?:claims?|vows?|statements?|remarks?|promises?"
        r"|allegations?|charges?|accusations?|denials?|figures?|numbers?|news|warnings?|comments?|estimates?|words|refusal|threats?)\b.*?)"
        rf" (?:been )?{_DONE}$",
    )
)
_TAIL = re.compile(
    rf"(?:,? or (?:is it|are they|only|just|was it|by)\b.*| (?:at all|anywhere|elsewhere|as well|too)| (?:in|by) (?:{_NUMBER} )?{_OWN}{_OUTLETS})$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:about |of |that )?(?:(?:the )?(?:existence of |fact that |claim that |news (?:that|of) |reports? (?:that|of) ))?",
    re.IGNORECASE,
)
