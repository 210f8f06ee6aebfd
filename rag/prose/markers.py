"""A model's words as they come, into whole sentences and the labels they bear. No label is ever shown."""

from __future__ import annotations

import re
from collections.abc import Collection

from rag.prose.draft import Draft, Sentence
from rag.prose.marks import UNFINISHED, in_round, in_square
from rag.prose.plain import visible

# What is read at a time. Each is taken only where more input could not make it longer, so that pieces do not matter.
_RUN = re.compile(r"(?:[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ'’,;-]{0,40}[ ]{1,9}){1,60}")
_WORD = re.compile(r"[^\s\[\]【】［］()<^⁰¹²³⁴⁵⁶⁷⁸⁹。！？]{1,100}[。！？]?|[。！？]")
_SQUARE = re.compile(r"[\[【［][^\[\]【】［］\n]{0,120}[\]】］]")
_ROUND = re.compile(r"\([^()\[\]\n]{0,60}\)")
_LINK = re.compile(r"\((?:[a-z]+:|/|#|www\.)[^()\s]{0,2000}(?: \"[^\"\n]{0,100}\")?\)", re.IGNORECASE)
_TAG = re.compile(r"<[/|a-zA-Z][^<>\n]{0,60}>")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,8}")
_UNSURE = re.compile(
    rf"[\[【［][^\[\]【】［］\n]{{0,120}}[\]】］]?|\([^()\[\]\n]{{0,60}}|<[^<>\n]{{0,60}}|{_RAISED.pattern}|{_WORD.pattern}"
)
_UNSURE_LINK = re.compile(r"\([^()\s]{0,2000}(?: [^()\n]{0,100})?")
"""What, at the end of what has come, could still become something else."""
_THOUGHT = re.compile(r"<(/?)(?:think|thinking|thought|thoughts|reasoning|analysis|scratchpad)\b", re.IGNORECASE)


class Sentences:
    """Reads a model's answer piece by piece. What comes out does not depend on where the pieces were cut.

    A sentence comes out once the next one has begun, so that a marker behind the full stop still belongs to it.
    `repeats` counts sentences that had been said before; `dropped` what was no claim: headings, chatter, run-ons,
    and sentences that use a label as a figure. `loops` is True once the model goes round in circles.
    """

    def __init__(self, labels: Collection[str]) -> None:
        """`labels` are those of this turn."""
        self._labels = frozenset(labels)
        self._draft = Draft(self._labels)
        self._raw = ""
        self._thinking = False
        self._after_brackets = False
        self._in_link = False

    @property
    def repeats(self) -> int:
        """How many sentences were left out because they had been said before."""
        return self._draft.repeats

    @property
    def dropped(self) -> int:
        """How many pieces were left out because they claim nothing that could be checked."""
        return self._draft.dropped

    @property
    def loops(self) -> bool:
        """True once three sentences in a row had been said before, or one found no end: the caller may stop."""
        return self._draft.loops

    def feed(self, piece: str) -> list[Sentence]:
        """The sentences that are complete now that this piece has come."""
        self._raw += visible(piece)
        return self._read(final=False)

    def close(self, *, cut: bool = False) -> list[Sentence]:
        """What was left when the model stopped. With `cut`, where it was stopped, an unfinished sentence is dropped."""
        return self._read(final=True) + self._draft.close(cut=cut)

    def _read(self, *, final: bool) -> list[Sentence]:
        found: list[Sentence] = []
        raw, at = self._raw, 0
        while at < len(raw):
            if not final and self._unsure(raw, at):
                break
            length, new = self._take(raw, at)
            at += length
            found += new
        self._raw = raw[at:]
        return found

    def _unsure(self, raw: str, at: int) -> bool:
        """True where what begins here reaches the end of what has come."""
        if raw[at].isspace() or (not self._thinking and self._draft.inside and _RUN.match(raw, at)):
            return False
        pattern = _UNSURE_LINK if self._after_brackets and raw[at] == "(" else _UNSURE
        part = pattern.match(raw, at)
        return part is not None and part.end() == len(raw) and (not self._thinking or raw[at] == "<")

    def _take(self, raw: str, at: int) -> tuple[int, list[Sentence]]:
        """Reads one thing: how many characters long it is, and the sentences that it completed."""
        draft, sign = self._draft, raw[at]
        after_brackets, self._after_brackets = self._after_brackets, False
        if sign == "<":
            return self._tag(raw, at)
        if self._thinking:
            end = raw.find("<", at)
            return (end if end > 0 else len(raw)) - at, []
        if sign == "\n":
            draft.newline()
            return 1, []
        if sign.isspace():
            draft.space()
            return 1, []
        if draft.inside and (run := _RUN.match(raw, at)):
            draft.add(run[0])
            return len(run[0]), []
        if sign in "[【［":
            return self._square(raw, at), []
        if sign == "(":
            return self._round(raw, at, after_brackets=after_brackets)
        if sign in "]】］":
            # The words of a link are kept, its brackets and its address are not.
            if not self._in_link:
                draft.add(sign)
            self._after_brackets, self._in_link = self._in_link, False
            return 1, []
        if sign == "^":
            draft.caret()
            return 1, []
        if raised := _RAISED.match(raw, at):
            draft.superscript(raised[0])
            return len(raised[0]), []
        word = _WORD.match(raw, at)
        if word is None:
            draft.add(sign)
            return 1, []
        if word[0] == "!" and raw.startswith("[", word.end()):
            return 1, []
        return len(word[0]), draft.word(word[0])

    def _square(self, raw: str, at: int) -> int:
        group = _SQUARE.match(raw, at)
        if group is None:
            if unfinished := UNFINISHED.match(raw, at):
                return len(unfinished[0])
            self._draft.opening(raw[at])
            return 1
        held = in_square(group[0][1:-1], self._labels)
        if held is not None:
            self._draft.mark(held)
            self._after_brackets = True
            return len(group[0])
        self._in_link = raw.startswith("(", group.end())
        if not self._in_link:
            self._draft.opening(raw[at])
        return 1

    def _round(self, raw: str, at: int, *, after_brackets: bool) -> tuple[int, list[Sentence]]:
        if after_brackets and (address := _LINK.match(raw, at)):
            return len(address[0]), []
        group = _ROUND.match(raw, at)
        held = in_round(group[0][1:-1], self._labels) if group else None
        if group and held is not None:
            self._draft.mark(held)
            return len(group[0]), []
        if group and self._draft.numbers_an_item(group[0]):
            return len(group[0]), self._draft.item()
        self._draft.opening("(")
        return 1, []

    def _tag(self, raw: str, at: int) -> tuple[int, list[Sentence]]:
        tag = _TAG.match(raw, at)
        if tag and (thought := _THOUGHT.match(tag[0])):
            self._thinking = not thought[1]
        elif tag and tag[0].startswith("<br") and not self._thinking:
            self._draft.newline()
        elif tag is None and not self._thinking:
            self._draft.opening("<")
        return len(tag[0]) if tag else 1, []
