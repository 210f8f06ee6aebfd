"""What fits into the model's window: passages in the reader's order, and the newest turns of the conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.sentences import sentences
from rag.prose.prompt import Labelled, entry, turn
from rag.values import Evidence

Tokens = Callable[[str], int]
"""How many tokens a model makes of a text, never fewer than it will."""

_BORDER_LINE = "\nbcdfgh\n"
_LABEL = "000"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a passage that the model gets to read: whole sentences, among them the supporting one."""

    evidence: Evidence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The paragraph from `start` to `end`."""
        return self.evidence.passage.paragraph.text[self.start : self.end]

    def labelled(self, label: str) -> Labelled:
        """The excerpt under its label of this turn."""
        return Labelled(label, self.evidence.passage, self.text)


def fitting(evidence: Sequence[Evidence], room: int, tokens: Tokens) -> tuple[Excerpt, ...]:
    """The passages that have room, in the order given, in which the best stands first; `room` is in tokens.

    The first paragraph that is too long for what is left is cut around its supporting sentence, and is the last:
    worse passages that happen to be short do not overtake it. Empty where not even the best one's supporting
    sentence has room.
    """
    taken: list[Excerpt] = []
    for found in evidence:
        excerpt = _cut(found, room, tokens)
        if excerpt is None:
            break
        taken.append(excerpt)
        if excerpt.text != found.passage.paragraph.text:
            break
        room -= _cost(excerpt, tokens)
    return tuple(taken)


def newest(history: Sequence[tuple[str, str]], room: int, tokens: Tokens) -> tuple[tuple[str, str], ...]:
    """The last turns (question, answer) that have room, oldest first; `room` is in tokens."""
    kept: list[tuple[str, str]] = []
    for told in reversed(history):
        room -= tokens(turn(*told) + "\n")
        if room < 0:
            break
        kept.append(told)
    return tuple(reversed(kept))


def _cut(found: Evidence, room: int, tokens: Tokens) -> Excerpt | None:
    """The whole paragraph, or as many sentences around the supporting one as fit; None where it alone does not."""
    text = found.passage.paragraph.text
    whole = Excerpt(found, 0, len(text))
    if _cost(whole, tokens) <= room:
        return whole
    spans = sentences(text)
    inside = [n for n, (start, end) in enumerate(spans) if start < found.sentence[1] and found.sentence[0] < end]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    best: Excerpt | None = None
    while True:
        grown = Excerpt(found, spans[first][0], spans[last][1])
        if _cost(grown, tokens) > room:
            return best
        best = grown
        # What was said before explains "he" and "it"; what comes after, less.
        if first > 0 and (last - inside[-1] >= inside[0] - first or last == len(spans) - 1):
            first -= 1
        elif last < len(spans) - 1:
            last += 1
        else:
            return best


def _cost(excerpt: Excerpt, tokens: Tokens) -> int:
    """Tokens of the passage in the prompt, with its heading, the border below it and its label in the list of labels."""
    return tokens(entry(excerpt.labelled(_LABEL)) + _BORDER_LINE) + tokens(f" [{_LABEL}]")
