"""The words of a piece of HTML, paragraph by paragraph, as a browser would show them. Nothing is left out as clutter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.formats.extract import Unreadable
from index.values import Kind

MAX_TAGS = 300_000
"""Tags of one page. The fullest news pages have some 20,000; millions of them would take gigabytes."""

_BLOCK_NAMES = (
    "address amp-ad amp-img amp-sidebar article aside blockquote body caption center dd details dir div dl dt fieldset"
    " figcaption figure footer form header hgroup hr html legend li main menu nav ol option p pre section summary table"
    " tbody td tfoot th thead tr ul"
)
_SILENT_NAMES = (
    "applet audio button canvas datalist del dialog embed head iframe input map math meter noembed noframes noscript"
    " object progress rp rt s script select strike style svg template textarea title video"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS.union(_BLOCK_NAMES.split())
SILENT = frozenset(_SILENT_NAMES.split())
"""Elements whose words nobody reads as text. What a paper struck out it no longer says."""

_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:opacity\s*:\s*0(?:\.0*)?%?\s*(?:;|!|$)|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|(?:left|top|right|text-indent)\s*:\s*-\d{4,}(?:px|em)?)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_DEBRIS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SCAFFOLD = re.compile(r"</?(?!(?:script|style|template|noscript|title|h[1-6]|br)\b)[a-zA-Z][^<>]*>")
_INLINE_SCAFFOLD = re.compile(
    r"</?(?:a|abbr|b|big|em|font|i|ins|mark|small|span|strong|sub|sup|tt|u)\b[^<>]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of a page and the block element it stands in.

    `linked` and `bold` are the shares of its characters, 0 to 1, inside links to other pages and inside bold type.
    """

    words: str
    kind: Kind | None
    element: Any
    linked: float = 0.0
    bold: float = 0.0


def words_of(html: str) -> list[tuple[Kind | None, str]]:
    """(kind, plain words) of every paragraph in a piece of HTML, in order.

    The first <h1> is a "headline", every other heading a "subhead", all else None: looks must tell. The cells of a
    table's row are joined by " | ". Raises Unreadable for more markup than any page has.
    """
    return [(piece.kind, piece.words) for piece in pieces(parse(html))]


def parse(html: str) -> Any:
    """The tree of a page or of a piece of one, an lxml element; broken markup is mended as browsers do.

    Raises Unreadable for more markup than any page has.
    """
    if html.count("<") > MAX_TAGS:
        raise Unreadable(f"it holds more markup than any article does (over {MAX_TAGS:,} tags); save the article alone")
    html = _SURROGATES.sub("\ufffd", html)
    root, too_deep = _parsed(html)
    if too_deep:
        # The parser gives up below 256 levels and would drop the rest without a word: wrappers are taken away.
        root, _ = _parsed(_SCAFFOLD.sub("<p>", _INLINE_SCAFFOLD.sub("", html)))
    return root


def pieces(root: Any) -> Iterator[Piece]:
    """Every paragraph under `root`, in order; what is hidden or is no text (scripts, forms, drawings) holds none."""
    from lxml import etree

    page = _Page()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (silent(element) or not tag):
            # The end event of what is skipped still comes, and with it the text that follows.
            walk.skip_subtree()
            page.skipped.add(element)
        elif event == "start":
            yield from page.open(element, tag)
            yield from page.add(element.text)
        elif element in page.skipped:
            page.skipped.discard(element)
            yield from page.add(element.tail if element is not root else None)
        else:
            yield from page.close(element, tag)
            yield from page.add(element.tail if element is not root else None)
    yield from page.flush()


def silent(element: Any) -> bool:
    """True for an element that shows a reader no text: scripts, drawings, fields, and what is hidden."""
    tag, attributes = element.tag, element.attrib
    if tag in SILENT:
        return True
    if tag == "form":
        # Some sites wrap the whole page in one form.
        return element.find(".//h1") is None and len(element.findall(".//p")) < 3
    if not attributes or tag in ("html", "body"):
        return False
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    # A page saved while a window lay over it hides its own article this way; icons hold no paragraph.
    if attributes.get("aria-hidden", "").lower() == "true":
        return element.find(".//p") is None and tag != "p"
    style = attributes.get("style", "")
    if _HIDDEN_STYLE.search(style):
        return True
    # Pages fade their whole body in, and set a box's size to 0 to close the gaps in it: only what holds no paragraphs.
    return bool(_UNSEEN_STYLE.search(style) or _one_colour(style)) and element.find(".//p") is None


def _one_colour(style: str) -> bool:
    """True for words in the colour of their own ground."""
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    return colour is not None and ground is not None and _shade(colour[1]) == _shade(ground[1])


def _shade(colour: str) -> str:
    plain = "".join(colour.lower().split())
    return {"white": "#fff", "#ffffff": "#fff", "black": "#000", "#000000": "#000"}.get(plain, plain)


def plain(text: str) -> str:
    """One line of readable text: NFC, no control or zero-width characters, white space as single spaces."""
    return unicodedata.normalize("NFC", " ".join(_DEBRIS.sub("", text).split()))


def _parsed(html: str) -> tuple[Any, bool]:
    """The tree, and whether the page was nested too deep for the parser."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = document_fromstring(html.encode(), parser=parser)
    except etree.LxmlError:
        return document_fromstring("<html><body></body></html>"), False
    return root, any("depth" in entry.message for entry in parser.error_log)


class _Page:
    """The walk's state: what is open, and the words of the paragraph in hand."""

    def __init__(self) -> None:
        self.blocks: list[Any] = []
        self.skipped: set[Any] = set()
        self.text: list[str] = []
        self.linked = self.bold = self.links = self.bolds = self.breaks = 0
        self.headline_known = False
        self.heading: Any = None
        self.row: Any = None
        self.preformatted = 0

    def open(self, element: Any, tag: str) -> Iterator[Piece]:
        if self.row is not None:
            if tag in ("td", "th") and "".join(self.text).strip():
                self.text.append(" | ")
            elif tag in BLOCKS or tag == "br":
                self.text.append(" ")
        elif tag == "br":
            self.breaks += 1
            self.text.append(" ")
            if self.breaks == 2:
                yield from self.flush()
        elif tag in BLOCKS:
            yield from self.flush()
            self.blocks.append(element)
            if self.heading is None and (tag in HEADINGS or element.get("role") == "heading"):
                self.heading = element
            if tag == "tr" and _is_data(element):
                self.row = element
        self.links += _leads_away(element)
        self.bolds += tag in ("b", "strong")
        self.preformatted += tag == "pre"
        if tag == "q":
            self.text.append("“")

    def close(self, element: Any, tag: str) -> Iterator[Piece]:
        if tag == "q":
            self.text.append("”")
        if self.row is not None and element is not self.row:
            if tag in BLOCKS:
                self.text.append(" ")
        elif tag in BLOCKS:
            yield from self.flush()
            self.row = None
            self.blocks.pop()
            if element is self.heading:
                self.heading = None
        self.links -= _leads_away(element)
        self.bolds -= tag in ("b", "strong")
        self.preformatted -= tag == "pre"

    def add(self, text: str | None) -> Iterator[Piece]:
        if not text:
            return
        parts = _BLANK_LINE.split(text) if self.preformatted and self.row is None else [text]
        for number, part in enumerate(parts):
            if number:
                yield from self.flush()
            self.text.append(part)
            visible = len("".join(part.split()))
            if visible:
                self.breaks = 0
            self.linked += visible if self.links else 0
            self.bold += visible if self.bolds else 0

    def flush(self) -> Iterator[Piece]:
        words = plain("".join(self.text))
        size = len(words) - words.count(" ") or 1
        if words.strip(" |“”"):
            yield Piece(words, self._kind(), self._owner(), min(1.0, self.linked / size), min(1.0, self.bold / size))
        self.text.clear()
        self.linked = self.bold = self.breaks = 0

    def _kind(self) -> Kind | None:
        if self.heading is None:
            return None
        if self.heading.tag == "h1" and not self.headline_known:
            self.headline_known = True
            return "headline"
        return "subhead"

    def _owner(self) -> Any:
        return self.blocks[-1] if self.blocks else None


def _leads_away(element: Any) -> bool:
    """True for a link to another page; a link within the page marks a place, as a live blog's entries do."""
    return element.tag == "a" and "#" not in element.get("href", "#")


def _is_data(row: Any) -> bool:
    """True for a row of figures and words; tables that lay out a page hold several blocks in a cell."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return False
    for cell in cells:
        inside = 0
        for element in cell.iter():
            if element.tag in ("table", "ul", "ol", "blockquote") or element.tag in HEADINGS:
                return False
            inside += element.tag in BLOCKS or element.tag == "br"
            if inside > 3:
                return False
    return True
