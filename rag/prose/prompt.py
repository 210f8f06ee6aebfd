"""The prompts: text files with named places, and passages put into them so that no article can step out of its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from textwrap import shorten
from typing import TYPE_CHECKING

from index import Passage, PilcrowError
from index.dates.written import in_words
from rag.prose.labels import border
from rag.prose.plain import plain

if TYPE_CHECKING:
    from rag.models import Message

PLACES = {
    "answer": frozenset({"border", "passages", "today", "question", "labels"}),
    "rewrite": frozenset({"border", "history", "question"}),
}
"""The prompts there are, and the places that each must have once."""
_SHAPE = re.compile(r"version: (\d+)\n\s*\[system\]\n(.+)\n\[user\]\n(.+)", re.DOTALL)
_PLACE = re.compile(r"\{(\w*)\}")
_MOST_HEADLINE = 160
"""Characters: no headline is longer, and an order written as one should not crowd out the passages."""
_MOST_OUTLET = 60


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage as the model will see it: its label of this turn, and the part of its paragraph that has room."""

    label: str
    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's two texts with {places} in them. `version` is the number it bears and a hash of its words."""

    version: str
    system: str
    user: str


def parse_prompt(text: str, name: str, places: frozenset[str]) -> Prompt:
    """The prompt in a text: "version: N", then [system] and [user], every one of `places` in it once.

    Raises PilcrowError, which says what is wrong, where the text has another shape or other places.
    """
    shape = _SHAPE.fullmatch(text.replace("\r\n", "\n").strip())
    if not shape:
        raise PilcrowError(
            f'The prompt {name} has no "version: N" on its first line, or no [system] and [user] part after it; add them.'
        )
    number, system, user = (part.strip() for part in shape.groups())
    found = _PLACE.findall(system) + _PLACE.findall(user)
    wrong = [f"{{{place}}} is not known" for place in sorted(set(found) - places)]
    wrong += [f"{{{place}}} is missing" for place in sorted(places - set(found))]
    wrong += [f"{{{place}}} stands there more than once" for place in sorted(set(found)) if found.count(place) > 1]
    if wrong:
        known = ", ".join(f"{{{place}}}" for place in sorted(places))
        raise PilcrowError(f"The prompt {name} cannot be used: {'; '.join(wrong)}. It needs each of {known} once.")
    digest = blake2b(f"{system}\0{user}".encode(), digest_size=4).hexdigest()
    return Prompt(f"{number}-{digest}", system, user)


@cache
def prompt(name: str) -> Prompt:
    """The prompt of that name that comes with Pilcrow: "answer" or "rewrite". Raises PilcrowError for a broken one."""
    return parse_prompt((files("rag.prose") / "prompts" / f"{name}.txt").read_text("utf-8"), name, PLACES[name])


def version() -> str:
    """The versions of all prompts, for an answer's fingerprint."""
    return " ".join(f"{name} {prompt(name).version}" for name in PLACES)


def messages(question: str, passages: Sequence[Labelled], today: date | None = None) -> tuple[Message, ...]:
    """What a model is told and asked, so that it answers from these passages with their labels."""
    found = [p.passage for p in passages]
    word = border(found, question)
    return _filled(
        prompt("answer"),
        border=word,
        passages="\n".join([word, *(f"{entry(p)}\n{word}" for p in passages)]),
        today=in_words(today) if today else "not known",
        question=plain(question),
        labels=" ".join(f"[{p.label}]" for p in passages),
    )


def rewriting(question: str, history: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
    """What a model is asked, so that it makes a follow-up question stand alone.

    `history` holds the earlier questions and the answers given, oldest first, as `budget.newest` leaves them.
    """
    word = border((), "\n".join([question, *(text for turn in history for text in turn)]))
    turns = [turn(*told) for told in history]
    return _filled(
        prompt("rewrite"),
        border=word,
        history="\n".join([word, *turns, word]),
        question=plain(question),
    )


def entry(labelled: Labelled) -> str:
    """A passage's two lines in the prompt: label, outlet, date and headline; then the paragraph.

    Words of an article never begin a line, where a model looks for its roles and headings.
    """
    article = labelled.passage.article
    outlet = shorten(plain(article.source), _MOST_OUTLET, placeholder="…") or "outlet not named"
    day = in_words(article.published) if article.published else "undated"
    headline = shorten(plain(article.headline), _MOST_HEADLINE, placeholder="…")
    return f"[{labelled.label}] {outlet}, {day}: {headline}\nText: {plain(labelled.text)}"


def turn(question: str, answer: str) -> str:
    """A question and the answer given, as two lines of the history."""
    return f"Asked: {plain(question)}\nAnswered: {plain(answer)}"


def _filled(told: Prompt, **values: str) -> tuple[Message, ...]:
    from rag.models import Message

    # In one pass: a place named in an article is that article's text, and is left alone.
    user = _PLACE.sub(lambda place: values[place[1]], told.user)
    system = _PLACE.sub(lambda place: values[place[1]], told.system)
    return Message("system", system), Message("user", user)
