"""Which paragraphs of a web page are its article: the element that holds it is found, and what is foreign left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from index.formats.fragment import BLOCKS, HEADINGS, Piece, pieces
from index.formats.html.clutter import is_clutter, is_never_article, is_note, is_notice, opens_clutter
from index.values import Kind

_BYLINE = re.compile(r"(?:by|words by|written by|story by)[ :]\s*\S.{1,120}", re.IGNORECASE)
_CREDIT = re.compile(
    r"[(\[—–-]*\s*(?:(?:additional |with )?report(?:ing|ed) by\b|additional reporting\b|edit(?:ing|ed) by\b|written by\b|writing by\b|compiled by\b"
    r"|with (?:files|reporting) (?:from|by)\b|(?:photo(?:graph)?s?|picture|image|photography|illustration|graphic|video) ?(?:by|credit|courtesy|:|/)|credit:|source:|©)",
    re.IGNORECASE,
)
_CREDIT_NAMES = re.compile(r"byline|author|credit|contributor|photographer", re.IGNORECASE)
_DATE_NAMES = re.compile(r"date|time|publish|updated", re.IGNORECASE)
_CAPTION_NAMES = re.compile(r"caption|credit", re.IGNORECASE)
_MOST_HEADLINES = 50
_LABELLED = re.compile(r"(?:first |last )?(?:published|updated|posted|modified)\b|by ", re.IGNORECASE)
_EASTERN_DATE = re.compile(r"\W*\d{4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일].{0,30}$")
_ENDS = re.compile(r"[.!?…:][\"”’')\]]*$")
_FIGURES = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece with what is known of its place: whether it stands in the article proper, and may be kept."""

    number: int
    piece: Piece
    prose: bool
    clutter: bool


class Page:
    """Finds the element that holds the article, and in it the lines that belong to the article."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.all = list(pieces(root))
        self.prose = [_is_prose(piece) for piece in self.all]
        self.order = {element: number for number, element in enumerate(root.iter())}
        self.last = self._ends()
        self.weights = self._sums(set())
        headings = [piece.element for piece in self.all if piece.element.tag == "h1" and not _home(piece.element)]
        self.h1s = headings[:_MOST_HEADLINES]
        self.holding = {a for h1 in self.h1s for a in (h1, *h1.iterancestors())}
        self.cluttered = self._under(self._is_clutter)
        self.comments = self._under(is_never_article)
        self.timed = {_block_above(e) for e in self.order if e.tag == "time"}
        self.signed = {_block_above(e) for e in self.order if e.get("rel") == "author" or e.get("itemprop") == "author"}
        self.cluttered |= self._foreign_sections()
        self.lines = [
            _Line(number, p, prose, p.element in self.cluttered or is_notice(p.words, p.linked))
            for number, (p, prose) in enumerate(zip(self.all, self.prose, strict=True))
        ]
        self.weights = self._sums(self.cluttered)
        self.core = self._core()
        self.box = self._box()
        inside = [
            line
            for line in self.lines
            if line.prose and not line.clutter and self._within(line.piece.element, self.core)
        ]
        self.first = self.order[inside[0].piece.element] if inside else 0
        self.h1 = self._headline()
        headline = [line for line in self.lines if self.h1 is not None and line.piece.element is self.h1]
        self.heading = headline[0].piece.words if headline else ""
        self.top = headline[0].number if headline else 0

    def article(self) -> list[tuple[Kind | None, str]]:
        """(kind, words) of every paragraph of the article, in order."""
        lines = [line for line in self.lines if self._within(line.piece.element, self.box)]
        lines = self._without_teasers(lines)
        kept: list[tuple[Kind | None, str]] = []
        told = 0
        for line in lines:
            # A summary may stand between the headline and the byline.
            if self._belongs(line, told < 2):
                kind = self._kind(line, told < 2)
                told += kind == "body"
                kept.append((kind, line.piece.words))
        while kept and kept[-1][0] == "subhead":
            kept.pop()
        return kept if any(kind in ("body", None) for kind, _ in kept) else []

    def about(self) -> list[Any]:
        """The elements where the article's own byline and time may stand: from the headline to the first paragraph,
        and lines further down that say so themselves."""
        start = self.order[self.box]
        if self.h1 is not None and (self.box.tag in ("html", "body", "main") or not self._within(self.h1, self.box)):
            header = next((a for a in self.h1.iterancestors("header", "hgroup")), None)
            start = self.order[self.h1 if header is None else header]
        end = self.first
        found = {e: n for e, n in self.order.items() if start <= n < end and e not in self.cluttered}
        for line in self.lines:
            element = line.piece.element
            if line.prose or line.clutter or element in found or self.order[element] < end:
                continue
            if self._within(element, self.box) and _LABELLED.match(line.piece.words):
                found.update((e, self.order[e]) for e in element.iter())
        return list(found)

    def _sums(self, without: set[Any]) -> dict[Any, int]:
        """How many characters of prose each element holds."""
        sums = dict.fromkeys(self.order, 0)
        for piece, prose in zip(self.all, self.prose, strict=True):
            if prose and piece.element not in without:
                sums[piece.element] += len(piece.words)
        for element in reversed(self.order):
            above = element.getparent()
            if above is not None:
                sums[above] += sums[element]
        return sums

    def _under(self, what: Callable[[Any], bool]) -> set[Any]:
        """Every element for which `what` is true, and all that stands in them."""
        found: set[Any] = set()
        for element in self.order:
            if element.getparent() in found or (element.tag not in ("html", "body", "main") and what(element)):
                found.add(element)
        return found

    def _is_clutter(self, element: Any) -> bool:
        if element in self.holding:
            return False
        return is_never_article(element) or (
            is_clutter(element) and self.weights[element] * 2 <= self.weights[self.root]
        )

    def _foreign_sections(self) -> set[Any]:
        """What stands under headings such as "Comments", where that is a part of the page of its own."""
        found: set[Any] = set()
        told: dict[Any, int] = {}
        elements = list(self.order)
        for piece, prose in zip(self.all, self.prose, strict=True):
            place, above = self.order[piece.element], piece.element.getparent()
            if piece.element in found:
                continue
            if piece.kind and opens_clutter(piece.words) and above not in self.holding:
                large = self.weights[above] * 2 > self.weights[self.root]
                behind = bool(self.h1s) and place > self.order[self.h1s[0]]
                if above.tag not in ("body", "main", "article") and above not in told and (behind or not large):
                    found.update(elements[place : self.last[above] + 1])
            elif prose:
                for outer in piece.element.iterancestors():
                    if outer in told:
                        break
                    told[outer] = place
        return found

    def _core(self) -> Any:
        """The innermost element that holds more than half of the prose of what the page calls its article."""
        total = self.weights[self.root]
        body = self.root.find("body")
        core = self.root if body is None else body
        marked = [e for e in self.order if e.get("itemprop") == "articleBody"]
        articles = [
            e
            for e in self.order
            if e.tag == "article" and e not in self.cluttered and not any(True for _ in e.iterancestors("article"))
        ]
        mains = [e for e in self.order if e.tag == "main" or e.get("role") == "main"]
        for candidates in (marked, articles, mains):
            weighty = [e for e in candidates if self.weights[e] * 4 > total]
            titled = [e for e in weighty if e in self.holding]
            if len(weighty) == 1 or (weighty and titled == weighty):
                # Pages that go on into the next article give each its own <h1>; the first is the page's.
                core = weighty[0]
                break
        while True:
            heavy = next(
                (
                    c
                    for c in core
                    if self.weights.get(c, 0) * 2 > self.weights[core]
                    and c.tag not in ("p", "li", "blockquote", "ul", "ol", "table", "tbody", "tr", "td")
                    and not self._entry(c)
                ),
                None,
            )
            if heavy is None:
                return core
            core = heavy

    def _entry(self, element: Any) -> bool:
        """True for one of several entries of a live page, of which the longest must not be taken for the whole."""
        twins = [
            t
            for t in (element.getparent() if element.getparent() is not None else ())
            if t.tag == element.tag and t.get("class") == element.get("class") and self.weights.get(t)
        ]
        return len(twins) > 1

    def _box(self) -> Any:
        """The element round the core that is the whole article: with header, notes and credits."""
        for element in (self.core, *self.core.iterancestors()):
            if element.tag in ("body", "html"):
                break
            if (
                (element.tag == "article" and not self._entry(element))
                or element.get("role") == "article"
                or any(self._within(h, element) for h in self.h1s)
            ):
                return element
        above = self.core.getparent()
        return self.core if above is None or self.core.tag == "body" else above

    def _headline(self) -> Any:
        """The <h1> that stands last before the article's first paragraph."""
        before = [h for h in self.h1s if self.order[h] <= self.first and h not in self.cluttered]
        return before[-1] if before else next(iter(h for h in self.h1s if self._within(h, self.box)), None)

    def _within(self, element: Any, outer: Any) -> bool:
        start = self.order[outer]
        return start <= self.order[element] <= self.last[outer]

    def _ends(self) -> dict[Any, int]:
        """The number of the last element inside each element."""
        ends = dict(self.order)
        for element in reversed(self.order):
            above = element.getparent()
            if above is not None:
                ends[above] = max(ends[above], ends[element])
        return ends

    def _without_teasers(self, lines: list[_Line]) -> list[_Line]:
        """Leaves out cards (a linked headline with its summary) and what stands under headings such as "Related"."""
        cards = {line.piece.element.getparent() for line in lines if line.piece.kind and line.piece.linked > 0.8}
        cards -= {self.core, self.box, *self.core.iterancestors()}
        kept: list[_Line] = []
        shut = ""
        for line in lines:
            tag = line.piece.element.tag
            if line.piece.kind:
                tag = tag if tag in HEADINGS else "h6"
                if shut and tag <= shut:
                    shut = ""
                if opens_clutter(line.piece.words):
                    shut = tag
            if line.piece.element in cards or line.piece.element.getparent() in cards:
                continue
            if (
                shut
                and not is_note(line.piece.words)
                and not (self._within(line.piece.element, self.core) and line.prose and tag == "p")
            ):
                continue
            kept.append(line)
        return kept

    def _belongs(self, line: _Line, top: bool) -> bool:
        piece = line.piece
        place = self.order[piece.element]
        if is_note(piece.words) and piece.element not in self.comments:
            return True
        if line.clutter:
            return self._in_own_footer(piece) and _CREDIT.match(piece.words) is not None
        # By its number, not by its element: a byline in the cell that holds the headline stands below it.
        if self.h1 is not None and self._within(self.h1, self.box) and line.number < self.top:
            return False
        if piece.element is self.h1 or line.prose or piece.kind:
            return True
        if self._within(piece.element, self.core) and (place >= self.first or piece.element.tag == "p"):
            return True
        return piece.element.tag in ("p", "li", "blockquote", "tr", "figcaption", "pre") or self._kind(line, top) in (
            "dateline",
            "credit",
        )

    def _in_own_footer(self, piece: Piece) -> bool:
        return (
            any(a.tag == "footer" for a in (piece.element, *piece.element.iterancestors("footer")))
            and self._within(piece.element, self.box)
            and self.box.tag == "article"
        )

    def _kind(self, line: _Line, top: bool) -> Kind | None:
        piece, words = line.piece, line.piece.words
        if piece.kind:
            return "headline" if piece.element is self.h1 else "subhead"
        named = f"{piece.element.get('class', '')} {piece.element.get('itemprop', '')}"
        above = piece.element.getparent()
        if (
            piece.element.tag == "figcaption"
            or any(a.tag == "figcaption" for a in piece.element.iterancestors("figcaption"))
            or (len(words) < 400 and _CAPTION_NAMES.search(named))
        ):
            return "credit"
        if len(words) <= 200 and _CREDIT.match(words):
            return "credit"
        if top and len(words) <= 160 and not line.prose:
            around = named if above is None else f"{named} {above.get('class', '')}"
            if _BYLINE.fullmatch(words) or _CREDIT_NAMES.search(named) or piece.element in self.signed:
                return "credit"
            if _FIGURES.search(words) and (
                _DATE_NAMES.search(around) or piece.element in self.timed or _is_dateline(words)
            ):
                return "dateline"
        if piece.element in self.timed and len(words) <= 60 and not line.prose:
            return "dateline"
        # A line wholly in bold may be a subhead that was never marked as one.
        return None if piece.bold > 0.95 and len(words) <= 100 and not _ENDS.search(words) else "body"


def _block_above(element: Any) -> Any:
    """The paragraph that an element within a line belongs to."""
    while element.tag not in BLOCKS and element.getparent() is not None:
        element = element.getparent()
    return element


def _is_dateline(words: str) -> bool:
    from index.dates import is_dateline

    if len(words) > 120 or not _FIGURES.search(words):
        return False
    return _EASTERN_DATE.match(words) is not None or is_dateline(words)


def _is_prose(piece: Piece) -> bool:
    """True for a paragraph that tells something: sentences, not labels and not links."""
    return (
        piece.kind is None
        and piece.linked < 0.5
        and (len(piece.words) >= 100 or (len(piece.words) >= 25 and _ENDS.search(piece.words) is not None))
        and not is_notice(piece.words, piece.linked)
        and not _is_dateline(piece.words)
    )


def _home(heading: Any) -> bool:
    """True for a heading that is the site's own name, linked to its front page."""
    link = heading.find(".//a")
    link = next(heading.iterancestors("a"), None) if link is None else link
    if link is None:
        return False
    return re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", link.get("href", "").strip()) is not None
