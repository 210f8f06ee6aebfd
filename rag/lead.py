"""The words before an answer: yes or no, which figures differ, as of when it holds, whose opinion it is. Made from its claims."""

from __future__ import annotations

from collections.abc import Sequence

from rag.choice import Choice
from rag.figures import Stated, figures_sentence, latest, shown
from rag.question import Question
from rag.time.current import as_of_words
from rag.values import Claim, Conflict, without_markers


def lead(choice: Choice, claims: Sequence[Claim], *, corrections: Sequence[Claim] = ()) -> str:
    """A sentence or two that the claims bear out, every [n] in them a citation of theirs; "" where none is needed.

    `corrections` are those of the claims that tell a correction.
    """
    if not claims:
        return ""
    was = f"The first report was corrected {_markers(corrections)}." if corrections else ""
    said = (
        was,
        _reported(choice, claims),
        _first(choice, claims),
        _verdict(choice, claims),
        _figures(choice, claims),
        _state(choice, claims),
        opinion_named(claims),
    )
    return " ".join(filter(None, said))


def opinion_named(claims: Sequence[Claim]) -> str:
    """Which of the claims nothing but opinion pieces carry; "" where none is."""
    if not any(claim.opinion for claim in claims):
        return ""
    if all(claim.opinion for claim in claims):
        return f"Only an opinion piece says so {_markers(claims)}."
    return f"Opinion, not report: {_markers([c for c in claims if c.opinion])}."


def conflicts(question: Question, choice: Choice, claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """The figures that differ, with the numbers of their citations."""
    given = [(figure, number) for figure in choice.figures if (number := _number(figure, claims))]
    if len(given) < 2:
        return ()
    newest = latest([figure for figure, _ in given])
    values = tuple((shown(figure), number) for figure, number in given)
    return (Conflict(question.text, values, next((n for f, n in given if f is newest), None)),)


def _verdict(choice: Choice, claims: Sequence[Claim]) -> str:
    if choice.verdict in ("yes", "no"):
        # The word and a sign behind it: whoever reads the lead by rule finds the verdict before the marker.
        who = without_markers(choice.speakers[0]) if choice.speakers else ""
        said = f"this is what {who} says" if who else "so it is told"
        return f"{choice.verdict.capitalize()}; {said} {_markers(claims[:1])}."
    return ""


def _reported(choice: Choice, claims: Sequence[Claim]) -> str:
    """How many independent articles speak of the matter, and whose they are; what they say of it stands in their sentences."""
    if not choice.reported:
        return ""
    cited = {c.article.id: c for claim in claims for c in claim.citations}.values()
    named = [f"{without_markers(c.article.source) or 'an outlet that is not named'} [{c.number}]" for c in cited]
    told = f"{' and '.join(filter(None, (', '.join(named[:-1]), named[-1])))}"
    return (
        f"One article speaks of this: {told}."
        if len(named) == 1
        else f"{len(named)} independent articles speak of this: {told}."
    )


def _first(choice: Choice, claims: Sequence[Claim]) -> str:
    """Whose report is the earliest, and of which day: no more than that, for others may have been earlier still."""
    if not choice.first:
        return ""
    cited = {c.article.id: c for claim in claims for c in claim.citations}.values()
    day = min((a.published for c in cited for a in (c.article, *c.also) if a.published), default=None)
    named = [
        f"{without_markers(next((a.source for a in (c.article, *c.also) if a.published == day and a.source), 'an outlet that is not named'))} [{c.number}]"
        for c in cited
    ]
    told = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"The earliest report found is of {day.day} {day:%B %Y}: {told}." if day else ""


def _figures(choice: Choice, claims: Sequence[Claim]) -> str:
    given = [figure for figure in choice.figures if _number(figure, claims)]
    return figures_sentence(given, lambda figure: _number(figure, claims))


def _number(figure: Stated, claims: Sequence[Claim]) -> int:
    """The number of the citation in which the figure stands; 0 where it is not said."""
    cited = (c for claim in claims for c in claim.citations)
    return next((c.number for c in cited if c.paragraph.id == figure.paragraph and c.start <= figure.start < c.end), 0)


def _state(choice: Choice, claims: Sequence[Claim]) -> str:
    """As of which day the leading report tells how things stand."""
    if not choice.current or choice.figures or not claims[0].citations:
        return ""
    said = as_of_words(claims[0].citations[0].article)
    return (
        f"{said[0].upper()}{said[1:]} {_markers(claims[:1])}:"
        if said != "undated"
        else f"From an undated article {_markers(claims[:1])}:"
    )


def _markers(claims: Sequence[Claim]) -> str:
    return "".join(f"[{n}]" for n in dict.fromkeys(c.number for claim in claims for c in claim.citations))
