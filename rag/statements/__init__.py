"""Statements: who says what in a news paragraph, and how firmly."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from index.sentences import sentences
from rag.statements.attribution import Attribution, attributions
from rag.statements.lexicon import CLAIMS
from rag.statements.persons import PERSONAL, Spoken, resolved
from rag.statements.tokens import Sentence, quotations, tokens_of, within_marks
from rag.statements.values import Stance, Statement
from rag.statements.who import Who, who, withheld
from rag.values import Span

__all__ = ["Stance", "Statement", "Who", "named", "statements"]

_HEDGE = re.compile(
    r"\b(?:if|unless|(?-i:may)|might|could|possibly|perhaps|probably|maybe|likely|reportedly|allegedly|apparently)\b",
    re.IGNORECASE,
)


def statements(text: str, before: str = "") -> tuple[Statement, ...]:
    """The statements of a paragraph, in order; `before` is the paragraph above, which tells who "he" is.

    A speaker is named only where the text leaves no doubt; where it does, the statement has no speaker.
    """
    return tuple(one.statement for one in _read(text, before))


@lru_cache(maxsize=2048)
def _read(text: str, before: str) -> tuple[Spoken, ...]:
    above = _read(before, "") if before else ()
    found: list[Spoken] = []
    last = above[-1] if above and above[-1].statement.end >= len(before.rstrip()) else None
    waiting: tuple[Span, tuple[Span, ...]] | None = None
    quoted = quotations(text)
    for start, end in sentences(text):
        words = tokens_of(text, start, end, quoted)
        every = attributions(Sentence(text, words)) if words else ()
        for one in every:
            context = f"{before}\n\n{text[: one.subject[0]]}" if before else text[: one.subject[0]]
            it = _is_it(text, one.said)
            # Nobody denies what he has just said: "A clerk said Hale had been warned. She denied it."
            before_it = None if it and one.stance == "denies" else last
            who = resolved(one.who, context, [*above, *found], before_it)
            spoken = _spoken(text, (start, end), one, who)
            if last and last in found and it:
                # "The company denied it": what was said just before.
                spoken = _joined((last.statement.start, last.statement.end), last.statement.said, spoken, instead=True)
            if waiting and one.direct and one is every[0]:
                spoken = _joined(*waiting, spoken)
            found.append(spoken)
            if len(every) == 1 or one.verb not in CLAIMS:
                last = spoken  # she who rejects "a claim by the union that …" speaks on, and not the union
            waiting = None
        if every:
            continue
        pieces = tuple(within_marks(word) for word in words if word.kind == "quote")
        if not pieces or any(word.kind == "word" for word in words):
            last, waiting = None, None
        elif found and last is found[-1]:
            # A quotation alone goes on with whoever spoke last.
            made = last.statement
            last = found[-1] = replace(last, statement=replace(made, end=end, said=(*made.said, *pieces)))
        elif last and last.kind in (*PERSONAL, "role"):
            alone = Attribution(Who("", "", "role"), "", "says", (start, start), pieces, True)
            whose = Who(last.statement.speaker, last.statement.role, last.kind, last.statement.anonymous)
            last = _spoken(text, (start, end), alone, whose)
            found.append(last)
        else:
            waiting = ((start, end), pieces)
    return tuple(found)


def _spoken(text: str, sentence: Span, one: Attribution, who: Who) -> Spoken:
    said = " ".join(text[start:end] for start, end in one.said)
    hedge = _HEDGE.search(said)
    if who.kind == "name" and re.match(r"its?\b", said):
        who = replace(who, kind="body")  # "Fenn said it had bought the line"
    anonymous = who.anonymous or (not who.speaker and withheld(text[slice(*sentence)]))
    made = Statement(
        who.speaker, who.role, anonymous, one.verb, one.stance, hedge[0] if hedge else "", *sentence, one.said
    )
    return Spoken(made, who.kind)


def _is_it(text: str, said: tuple[Span, ...]) -> bool:
    return len(said) == 1 and text[slice(*said[0])].lower() in ("it", "that", "this", "so", "the same")


def _joined(sentence: Span, pieces: tuple[Span, ...], spoken: Spoken, *, instead: bool = False) -> Spoken:
    """The statement with what stands before it: a quotation that waited for its speaker, or that to which "it" points."""
    made = spoken.statement
    return replace(
        spoken, statement=replace(made, start=sentence[0], said=pieces if instead else (*pieces, *made.said))
    )


@lru_cache(maxsize=1024)
def named(text: str) -> Who | None:
    """Whoever the words name: "Foreign Ministry spokesman Ivo Renn" is Ivo Renn; None where they name nobody who speaks."""
    return who(tokens_of(text, 0, len(text), ()), text) if text else None
