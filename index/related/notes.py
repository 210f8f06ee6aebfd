"""Notes in an article by which its newsroom mends it, and which of its paragraphs they speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.related.mistakes import is_of_another
from index.related.statements import fold
from index.related.wording import NoteKind, Span, note_kind, wrong_and_right
from index.values import Paragraph


@dataclass(frozen=True, slots=True)
class Note:
    """A note in an article. `wrong_at` and `right_at` are where the note's text says what was wrong and what is right.

    `targets` are the ids of the paragraphs it speaks of, all of the article's for a retraction. `applied` is True
    where the text holds what is right, False where it still holds what is wrong, None where neither can be told.
    """

    paragraph_id: str
    kind: NoteKind
    targets: tuple[str, ...] = ()
    wrong: str = ""
    right: str = ""
    wrong_at: Span | None = None
    right_at: Span | None = None
    applied: bool | None = None


_OFTEN = (
    "the a an of to in on at by for and or is was were are be been has had have it its that this not as with from he she"
    " they there who which his her their we our article story report version earlier previous correction clarification"
    " editor note said stated show incorrectly wrongly corrected amended changed misstated misspelled misidentified name"
    " correct first paragraph spelling figure number wrong error"
)
_COMMON = frozenset(_OFTEN.split())


def notes(paragraphs: Sequence[Paragraph]) -> tuple[Note, ...]:
    """The notes among an article's paragraphs, in order, each tied to the paragraphs it speaks of.

    An update changes nothing and speaks of no paragraph; a retraction speaks of all of them.
    """
    kinds = {p.id: kind for p in paragraphs if p.kind != "headline" and (kind := note_kind(p.text))}
    others = [p for p in paragraphs if p.id not in kinds]
    return tuple(_note(p, kinds[p.id], others) for p in paragraphs if p.id in kinds)


def _note(note: Paragraph, kind: NoteKind, others: Sequence[Paragraph]) -> Note:
    if kind == "update":
        return Note(note.id, kind)
    if kind == "retraction":
        return Note(note.id, kind, tuple(p.id for p in others))
    wrong_at, right_at = wrong_and_right(note.text)
    wrong, right = (note.text[slice(*at)] if at else "" for at in (wrong_at, right_at))
    targets, applied = tie(note.text, wrong, right, others)
    if applied is None and is_of_another(note.text):
        targets = ()
    return Note(note.id, kind, targets, wrong, right, wrong_at, right_at, applied)


def telling(text: str) -> frozenset[str]:
    """The words of a text but for those of every note."""
    return frozenset(fold(text).words) - _COMMON


def _key(value: str, other: str) -> frozenset[str]:
    """The words by which the value differs from the other: its figures where it has any, else all that tell."""
    own = telling(value) - telling(other)
    return frozenset(word for word in own if word[0].isdigit()) or own


def tie(note: str, wrong: str, right: str, others: Sequence[Paragraph]) -> tuple[tuple[str, ...], bool | None]:
    """The paragraphs that hold what the note says is wrong (not applied) or right (applied), else the likest one."""
    words = {p.id: frozenset(fold(p.text).words) for p in others}
    only_wrong, only_right = _key(wrong, right), _key(right, wrong)
    about = telling(note) - only_wrong - only_right
    often = Counter(word for held in words.values() for word in held)
    weight = {key: sum(1 / often[word] for word in about & held) for key, held in words.items()}
    for values, applied in ((only_wrong, False), (only_right, True)):
        if not values:
            continue
        holding = [key for key, held in words.items() if values <= held and _is_about(values, weight[key], weight)]
        if holding:
            return tuple(holding), applied
    best = max(weight, key=lambda key: weight[key], default=None)
    if best is None or weight[best] < 1:
        return (), None
    return (best,), None


def sole_holder(wrong: str, right: str, paragraphs: Sequence[Paragraph]) -> str:
    """The id of the one paragraph that holds what is wrong, whatever else it tells; "" where none or several do."""
    values = _key(wrong, right)
    holding = [p.id for p in paragraphs if values and values <= frozenset(fold(p.text).words)]
    return holding[0] if len(holding) == 1 else ""


def _is_about(values: frozenset[str], weight: float, weights: dict[str, float]) -> bool:
    """True for a paragraph that shares the note's subject; a figure alone stands in many for other reasons."""
    figures = all(word[0].isdigit() for word in values)
    return weight > 0 and (not figures or weight * 2 >= max(weights.values()))
