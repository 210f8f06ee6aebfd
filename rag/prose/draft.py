"""The sentence that a model is just writing: its words, its marks, and whether the next word begins another."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.prose.boundary import begins, ended, quoting
from rag.prose.chatter import MARK, bare, ends_the_answer, other_voice
from rag.prose.marks import KEYWORD, number

_REPEATS = 3
"""Repeated sentences in a row from which on a model is taken to go round in circles."""
_LONGEST = 2000
"""Characters: what has no end by then is no sentence."""
_MOST_OPENINGS = 4
"""Brackets in a row before a word; more are noise."""

_EMPHASIS = re.compile(r"(?<!\*)\*{1,2}(?!\*)|^\*{3}|`+|(?<!_)__(?!_)")
_BOLD = ("**", "__")
_ITEM = re.compile(r"[-*•–—+·‣]|\(?\d{1,2}[.)]")
_HEADING = re.compile(r"#{1,6}|`{3,}.*")
_JOINS = frozenset({"", ",", ";", "and", "&", ", and", "-", "–", "/", "|"})
_KEYWORD = re.compile(rf"(?:see )?\b({KEYWORD})\W{{0,3}}$", re.IGNORECASE)
_LONE_KEYWORD = re.compile(rf"\W*(?:{KEYWORD}|see)\W*", re.IGNORECASE)
_BARE = re.compile(r"#?(\d{1,9})([.,;:)\]–-]*)")
_GLUED = re.compile(r"(.*[.!?…][\"”’»)]*)(\d{1,9})")
_FIGURE = re.compile(r"(?<!\d)(?<!\d[.,])\d+(?!\d)(?![.,]\d)")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a model, its markers taken out.

    `labels` are those it bore, in order of appearance and each once; `unknown` counts markers that were none of this
    turn's labels.
    """

    text: str
    labels: tuple[str, ...] = ()
    unknown: int = 0


class Draft:
    """Takes words and marks one by one, and gives a sentence back whenever the next has begun."""

    def __init__(self, labels: Collection[str]) -> None:
        """`labels` are those of this turn."""
        self.repeats = self.dropped = 0
        self.loops = False
        self._labels = labels
        self._said: set[str] = set()
        self._in_a_row = 0
        self._line, self._muted, self._over = 0, -1, False
        self._line_start, self._breaks, self._closed = True, 0, False
        self._held: list[str | None] = []
        self._prefix = ""
        self._caret = False
        self._clear()

    def _clear(self) -> None:
        self._text = ""
        self._marks: list[tuple[int, str | None]] = []
        self._keyword_at: int | None = None
        self._opens_line = self._bold = self._bold_end = False
        self._of_line = self._line

    # What comes

    @property
    def inside(self) -> bool:
        """True in the middle of a sentence, where a plain word can only go on with it."""
        quiet = not (self._line_start or self._prefix or self._caret or self._keyword_at is not None)
        return quiet and bool(self._text) and not self._ended

    def newline(self) -> None:
        """A line ends; whether the sentence does too, the next word tells."""
        self._leave_opening()
        held, self._held = self._held, []
        self._line_start = False
        self.mark(held)
        self._line_start = True
        self._breaks += 1
        self._line += 1

    def space(self) -> None:
        """White space."""
        self._leave_opening()
        if not self._line_start and self._text:
            self._text += " "

    def opening(self, sign: str) -> None:
        """A bracket that belongs to the next word."""
        if len(self._prefix) < _MOST_OPENINGS:
            self._prefix += sign

    def caret(self) -> None:
        """A sign that raises the number behind it."""
        self._caret = True

    def add(self, words: str) -> None:
        """Words that go on with the sentence."""
        if not self._text:
            self._of_line = self._line
        self._bold_end = False
        self._text += self._prefix + words
        self._prefix = ""
        if len(self._text) > _LONGEST:
            if self._muted != self._line:
                self.dropped += 1
            self.loops, self._muted = True, self._line
            self._clear()

    def mark(self, marks: Sequence[str | None]) -> None:
        """Markers: labels, None for a number that is none. At a line's start they wait for what the line says."""
        if self._line_start:
            self._held += marks
            return
        if self._keyword_at is not None:
            self._text, self._keyword_at = self._text[: self._keyword_at], None
        self._leave_opening()
        if self._marks and self._text[self._marks[-1][0] :].strip() in _JOINS:
            self._text = self._text[: self._marks[-1][0]]
        self._marks += [(len(self._text.rstrip()), label) for label in marks]

    def superscript(self, digits: str) -> None:
        """Raised digits: a marker where they are a label or follow a stop, else part of a unit such as m²."""
        label = number(digits.translate(_PLAIN_DIGITS))
        if label in self._labels:
            self.mark([label])
        elif not self._text or self._ended or self._text.endswith(" "):
            self.mark([None])
        else:
            self.add(digits)

    def numbers_an_item(self, group: str) -> bool:
        """True for (1) at the start of a line."""
        return self._line_start and re.fullmatch(r"\(\d{1,2}\)", group) is not None

    def item(self) -> list[Sentence]:
        """An item of a list begins: whatever came before is complete."""
        self._breaks = 0
        return self._finish()

    def word(self, raw: str) -> list[Sentence]:
        """The sentence that was complete when this word came, if there was one."""
        caret, self._caret = self._caret, False
        word = self._prefix + _EMPHASIS.sub("", raw)
        label = _BARE.fullmatch(word)
        if caret and label:
            self.mark([self._known(label[1])])
            word = label[2]
        if self._line_start and _HEADING.fullmatch(raw):
            before = self._finish()
            self._muted, self._closed = self._line, True
            self._line_start, self._breaks = False, 0
            self.dropped += raw.startswith("#")
            return before
        if self._line_start and _ITEM.fullmatch(raw):
            return self.item()
        if self._line_start and label and label[2] and self._known(label[1]):
            self._held.append(self._known(label[1]))
            return []
        if not word or word == ">":
            return []
        found: list[Sentence] | None = self._begin_line(raw, word) if self._line_start else self._next(word)
        if found is None:
            return []
        self._prefix = ""
        word = self._without_label(word)
        if word:
            self.add(word)
            self._bold_end = raw.rstrip(":").endswith(_BOLD)
        return found

    def close(self, *, cut: bool) -> list[Sentence]:
        """The last sentence; with `cut` only where it was finished."""
        self._leave_opening()
        self.newline()
        if cut and self._text.strip() and not self._ended and not self._marks:
            self.dropped += 1
            self._clear()
        return self._finish()

    # Where sentences end

    @property
    def _ended(self) -> bool:
        return ended(self._text)

    def _begin_line(self, raw: str, word: str) -> list[Sentence]:
        """The first word of a line goes on with a wrapped sentence, or begins another."""
        wrapped = self._breaks == 1 and word[:1].islower() and not self._closed and not self._ended
        found: list[Sentence] = []
        if self._text and self._breaks and wrapped:
            self._text += " "
        elif self._text:
            found = self._finish()
        self._line_start, self._breaks, self._closed = False, 0, False
        if not self._text:
            self._opens_line, self._bold = True, raw.startswith(_BOLD)
        held, self._held = self._held, []
        self.mark(held)
        return found

    def _next(self, word: str) -> list[Sentence] | None:
        """The sentence that a further word of the line completes; None where the word belongs to a marker."""
        if self._keyword_at is not None:
            # "Sources" began a sentence after all.
            at, later = self._keyword_at, self._text[self._keyword_at :].lstrip()
            self._text = self._text[:at]
            found = self._finish()
            self.add(later + ("" if later.endswith(" ") else " "))
            return found
        if not self._ended or quoting(self._text) or self._of_line == self._muted:
            return []
        if self._marks and self._marks[-1][0] == len(self._text.rstrip()) and not re.search(r"\w", word):
            return None if word.strip(",;.:|") == "" else []
        label = _BARE.fullmatch(word)
        if label and self._known(label[1]) and label[2] in ("", "."):
            self.mark([label[1]])
            return None
        if not begins(word, self._text):
            return []
        if _LONE_KEYWORD.fullmatch(word):
            self._keyword_at = len(self._text.rstrip())
            self.add(word)
            return None
        return self._finish()

    # Labels among words

    def _known(self, digits: str) -> str | None:
        label = number(digits)
        return label if label in self._labels else None

    def _without_label(self, word: str) -> str:
        """The word, without a label that hangs on it or is announced before it: "Source 417:", "said.417"."""
        label = _BARE.fullmatch(word)
        before = _KEYWORD.search(self._text[-30:]) if label else None
        if label and before:
            known = self._known(label[1])
            if known or before[1].lower().startswith(("source", "passage", "label")):
                self._text = self._text[: -len(before[0])]
                self.mark([known])
                return label[2].replace(":", "").replace(")", "")
        glued = _GLUED.fullmatch(word)
        if glued and (known := self._known(glued[2])):
            self.add(glued[1])
            self.mark([known])
            return ""
        return word

    def _leave_opening(self) -> None:
        """A bracket that no word came to is put where it stood."""
        if self._prefix and not self._line_start:
            self._text += self._prefix
        self._prefix = ""

    # What comes out

    def _finish(self) -> list[Sentence]:
        """The sentence in hand, if it claims something that has not been said before."""
        text, marks, opens_line = self._text, self._marks, self._opens_line
        heading = opens_line and self._bold and self._bold_end and not marks and not self._ended
        of_line = self._of_line
        self._clear()
        if not text.strip() or self._over or of_line == self._muted:
            return []
        for at, _ in reversed(marks):
            text = text[:at] + MARK + text[at:]
        said = bare(text, opens_line=opens_line)
        if opens_line and ends_the_answer(text):
            self._over = True
        elif opens_line and other_voice(text):
            self._muted = of_line
        elif said and not heading and not any(n in self._labels for n in _FIGURE.findall(said)):
            return self._new(said, [label for _, label in marks])
        self.dropped += 1
        return []

    def _new(self, said: str, marks: Sequence[str | None]) -> list[Sentence]:
        if said in self._said:
            self.repeats += 1
            self._in_a_row += 1
            self.loops = self.loops or self._in_a_row >= _REPEATS
            return []
        self._said.add(said)
        self._in_a_row = 0
        labels = tuple(dict.fromkeys(label for label in marks if label))
        return [Sentence(said, labels, sum(label is None for label in marks))]
