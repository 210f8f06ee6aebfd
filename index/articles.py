"""From a file's extract to an Article: which paragraph is what, and what the page says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import PurePath

from index.dates import Dated, date_in_name, date_in_url, is_dateline, parse_date
from index.formats import Block, Extract
from index.sentences import sentences
from index.values import Article, Kind, Paragraph

_NO_SPACE = re.compile(r"\S")
LONGEST_PARAGRAPH = 6000
"""Characters; one line of 10 MB must not be read whole for every question that finds it."""
EXTRACTION = 2
"""Raise it when reading or splitting changes: every file is then read again at the next sync."""

_BYLINE = re.compile(r"^(?:[Bb]y|BY)[ :]+[A-Z]")
_CREDIT = re.compile(
    r"^[(\[—–-]*\s*(?:with (?:files|reporting|additional reporting|a file|contributions)\b|reporting by\b"
    r"|additional reporting\b|edit(?:ed|ing) by\b|written by\b|compiled by\b|photo(?:s|graphs?)?(?: by|:|\b /)"
    r"|source:|©|\(c\)|copyright\b|all rights reserved|— ?[A-Z][\w ]+$|the associated press$|reuters$)",
    re.IGNORECASE,
)
_CREDIT_WORD = re.compile(r"\b(?:reporting by|newsroom|desk|staff|files? from|correspondent)\b", re.IGNORECASE)
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;,][\"”'’)\]]*$")


def build_article(path: str, extract: Extract, *, outlet: str = "") -> Article:
    """The article that `extract`, read from the file at `path`, holds.

    `outlet` is the name to use where the text names none (the sub-folder's). Every block becomes
    one paragraph, numbered from 1.
    """
    identity = _digest(path, 8)
    extract = replace(extract, blocks=tuple(part for block in extract.blocks for part in readable(extract.text, block)))
    kinds = _kinds(extract)
    paragraphs = _paragraphs(identity, extract, kinds)
    heads = [p for p in paragraphs if p.kind in ("dateline", "credit")]
    byline = _byline(_top_credits(paragraphs))
    title = extract.title or next((p.text for p in paragraphs if p.kind == "headline"), "")
    dated = _published(path, extract, heads)
    return Article(
        id=identity,
        path=path,
        url=extract.url,
        title=title,
        source=extract.source or _outlet(outlet, byline.outlet),
        authors=extract.authors or byline.authors,
        published=dated.day if dated else None,
        published_from=dated.origin if dated else "",
        text_hash=_digest("\x00".join((extract.text, title, extract.source, extract.published)), 16),
        text=extract.text,
        paragraphs=paragraphs,
    )


def outlet_from_folder(folder: PurePath) -> str:
    """The outlet's name as the name of its folder tells it: "harbour-gazette" is Harbour Gazette."""
    words = re.sub(r"[-_\s]+", " ", folder.name).strip()
    return words.title() if words.islower() else words


def readable(text: str, block: Block) -> Iterator[Block]:
    """The block, or where it is longer than any paragraph is, pieces of it: cut at sentence ends, else between words.

    Every question that met ten million characters in one paragraph took minutes.
    """
    start = block.start
    while block.end - start > LONGEST_PARAGRAPH:
        piece = text[start : start + LONGEST_PARAGRAPH]
        ends = [end for _, end in sentences(piece)]
        # The last sentence may go on behind the cut.
        size = ends[-2] if len(ends) > 1 else len(piece.rsplit(maxsplit=1)[0])
        yield Block(start, start + size, block.kind)
        following = _NO_SPACE.search(text, start + size, block.end)
        start = following.start() if following else block.end
    if start < block.end:
        yield Block(start, block.end, block.kind)


def looks_like_outlet(name: str) -> bool:
    """True for a name such as Harbour Gazette or Bay Coast Radio."""
    return _OUTLET.search(name) is not None


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def text_key(text: str) -> str:
    """The key under which a text's embedding is stored: equal texts share one."""
    return _digest(text, 16)


def _paragraphs(article_id: str, extract: Extract, kinds: list[Kind]) -> tuple[Paragraph, ...]:
    seen: Counter[str] = Counter()
    paragraphs = []
    for number, (block, kind) in enumerate(zip(extract.blocks, kinds, strict=True), 1):
        text = extract.text[block.start : block.end]
        seen[text] += 1
        # Only a repeated text needs its count, so that the first keeps its id when a twin appears.
        own = text if seen[text] == 1 else f"{text}\x00{seen[text]}"
        paragraphs.append(
            Paragraph(
                id=f"{article_id}-{_digest(own, 8)}",
                article_id=article_id,
                number=number,
                kind=kind,
                start=block.start,
                end=block.end,
                text=text,
            )
        )
    return tuple(paragraphs)


@dataclass(frozen=True, slots=True)
class _Line:
    """A block with what must be known of its surroundings to tell its kind by its looks."""

    text: str
    following: str
    top: bool
    headline_known: bool

    @property
    def last(self) -> bool:
        return not self.following


def _kinds(extract: Extract) -> list[Kind]:
    """The kind of every block: as the format knows it, else by its looks and its place."""
    kinds: list[Kind] = []
    texts = [" ".join(extract.text[block.start : block.end].split()) for block in extract.blocks]
    top, headline_known = True, bool(extract.title)
    for block, text, following in zip(extract.blocks, texts, [*texts, ""][1:], strict=True):
        kind = block.kind or _looks(_Line(text, following, top, headline_known))
        top = top and kind != "body"
        headline_known = headline_known or kind == "headline"
        kinds.append(kind)
    return kinds


def _looks(line: _Line) -> Kind:
    """What a block is by its looks; in doubt body, since a subhead can never be cited."""
    if (line.top or line.last) and is_dateline(line.text):
        return "credit" if _BYLINE.match(line.text) else "dateline"
    if line.top and len(line.text) <= 130 and _BYLINE.match(line.text):
        return "credit"
    if _CREDIT.match(line.text) and len(line.text) <= 200:
        return "credit"
    if line.top and not line.headline_known and not line.last and _could_be_headline(line.text):
        return "headline"
    if line.top and line.headline_known and _is_short(line.text) and _all_names(line.text):
        return "credit"
    # "Net 127,000 vs 168,100" is a short line of its own too, and the very thing people ask for.
    if _is_short(line.text) and len(line.text) <= 70 and not any(c.isdigit() for c in line.text):
        if line.last and not line.top:
            return "credit" if _all_names(line.text) or _CREDIT_WORD.search(line.text) else "body"
        if any(c.isalpha() for c in line.text) and not _is_short(line.following):
            return "subhead"
    return "body"


def _is_short(text: str) -> bool:
    """Not a sentence: a headline's length at most, and no full stop, comma or the like at its end."""
    return len(text) <= 130 and not _ENDS_A_SENTENCE.search(text.rstrip("*_ "))


def _could_be_headline(text: str) -> bool:
    return _is_short(text) or (len(text) <= 100 and text.endswith(("?", "!")) and text.count(". ") == 0)


def _outlet(folder: str, byline: str) -> str:
    """A folder named like an outlet goes before the byline: a paper's copy of a wire story is the paper's."""
    return folder if folder and (_OUTLET.search(folder) or not byline) else byline


def _all_names(text: str) -> bool:
    """True for a line such as "Megan Ilves, Bay Coast Radio" under the headline."""
    words = re.findall(r"[\w.'’-]+", text)
    return 1 < len(words) <= 10 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)


def _top_credits(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    lines = []
    for paragraph in paragraphs:
        if paragraph.kind == "body":
            break
        if paragraph.kind in ("credit", "dateline"):
            lines.append(paragraph.text)
    return lines


def _published(path: str, extract: Extract, heads: list[Paragraph]) -> Dated | None:
    body = extract.text
    found = []
    if extract.published:
        found.append(parse_date(extract.published, body=body, origin="front matter"))
    found += [parse_date(p.text, body=body, origin="date line") for p in heads]
    named: list[tuple[date | None, str]] = [
        (date_in_name(PurePath(path).name), "file name"),
        (date_in_url(extract.url), "URL"),
    ]
    found += [Dated(day, origin) for day, origin in named if day]
    dated = [d for d in found if d]
    return next((d for d in dated if d.day), dated[0] if dated else None)


@dataclass(frozen=True, slots=True)
class _Byline:
    """Who wrote it and for whom, as the lines above the text say."""

    authors: tuple[str, ...] = ()
    outlet: str = ""


def _byline(lines: list[str]) -> _Byline:
    authors: list[str] = []
    outlets: list[str] = []
    for line in lines:
        line = re.split(r"\.? (?=With |Additional |Report)", line)[0]
        written = _BY.sub("", line)
        for part in re.split(r"\s*(?:[|,–—·]| and | & )\s*", written):
            part = part.strip(" .*_")
            if not part or is_dateline(part):
                continue
            if _OUTLET.search(part) and part[0].isupper() and len(part.split()) <= 5:
                outlets.append(_DESK.sub("", part))
            elif _PERSON.fullmatch(part) and not part.isupper() and (written != line or len(lines) <= 3):
                authors.append(part)
    return _Byline(tuple(dict.fromkeys(authors)), outlets[0] if outlets else "")


_BY = re.compile(r"^(?:by|BY|By)[ :]+")
_PERSON = re.compile(r"[A-Z][\w.'’-]*(?: (?:de|van|der|von|al|bin|of|[A-Z][\w.'’-]*)){1,4}")
_DESK = re.compile(r" (?:newsroom|staff|(?:\w+ )?desk|reporters?|correspondent)$", re.IGNORECASE)
_OUTLET = re.compile(
    r"\b(?:news|times|post|gazette|herald|wire|press|courier|journal|tribune|observer|radio|tv"
    r"|broadcasting|broadcast|agency|mail|guardian|star|chronicle|echo|bulletin|review)\b",
    re.IGNORECASE,
)
