"""From a file's extract to an Article: which paragraph is what, and what the page says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import PurePath

from index.bylines import byline, looks_like_outlet, opens_a_byline, people
from index.dates import Hints, Publication, is_dateline, publication, wire_date
from index.formats.endings import ENDINGS
from index.formats.extract import Block, Extract
from index.opinion import is_opinion
from index.sentences import sentences
from index.values import Article, Kind, Paragraph

_NO_SPACE = re.compile(r"\S")
LONGEST_PARAGRAPH = 6000
"""Characters; one line of 10 MB must not be read whole for every question that finds it."""
EXTRACTION = 5
"""Raise it when reading or splitting changes: every file is then read again at the next sync."""

_NO_HINTS = Hints()
_CREDIT = re.compile(
    r"^[(\[—–-]*\s*(?:with (?:files|reporting|additional reporting|a file|contributions)\b|reporting by\b"
    r"|additional reporting\b|edit(?:ed|ing) by\b|written by\b|compiled by\b|photo(?:s|graphs?)?(?: by|:|\b /)"
    r"|source:|©|\(c\)|copyright\b|all rights reserved|— ?[^\W\d_][\w ]+$|the associated press$|reuters$)",
    re.IGNORECASE,
)
_CREDIT_WORD = re.compile(r"\b(?:reporting by|newsroom|desk|staff|files? from|correspondent)\b", re.IGNORECASE)
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;,][\"”'’)\]]*$")


def build_article(path: str, extract: Extract, *, outlet: str = "", hints: Hints = _NO_HINTS) -> Article:
    """The article that `extract`, read from the file at `path`, holds.

    `outlet` is the name to use where the text names none (the sub-folder's); `hints` what is known of how
    it writes dates. Every block becomes one paragraph, numbered from 1.
    """
    name = f"{path}#{extract.part}" if extract.part else path
    identity = _digest(name, 8)
    extract = replace(extract, blocks=tuple(part for block in extract.blocks for part in readable(extract.text, block)))
    kinds = _kinds(extract)
    paragraphs = _paragraphs(identity, extract, kinds)
    signed = byline(_top_credits(paragraphs))
    title = extract.title or next((p.text for p in paragraphs if p.kind == "headline"), "")
    dates = _dates(path, extract, paragraphs, hints)
    published = dates.published
    return Article(
        id=identity,
        path=name,
        file=path,
        url=extract.url,
        title=title,
        source=extract.source or _outlet(outlet, signed.outlet),
        authors=people(extract.authors) or signed.authors,
        published=published.day if published else None,
        published_from=published.said if published else "",
        published_sure=published.confidence if published else "unknown",
        updated=dates.updated.day if dates.updated else None,
        dates_written=tuple(dict.fromkeys([*(stated.text for stated in extract.published), *_date_lines(paragraphs)])),
        section=extract.section,
        language=extract.language,
        type=extract.type or ("opinion" if is_opinion(title, extract.section, [p.text for p in paragraphs]) else ""),
        words=len(extract.text.split()),
        text_hash=_digest("\x00".join((extract.text, title, extract.source, repr(extract.published))), 16),
        text=extract.text,
        paragraphs=paragraphs,
    )


def outlet_from_folder(folder: PurePath) -> str:
    """The outlet's name as the name of its folder tells it: "harbour-gazette" is Harbour Gazette, a host's stays."""
    words = re.sub(r"[-_\s]+", " ", folder.name).strip()
    return words.title() if words.islower() and "." not in words else words


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
        yield replace(block, start=start, end=start + size)
        following = _NO_SPACE.search(text, start + size, block.end)
        start = following.start() if following else block.end
    if start < block.end:
        yield replace(block, start=start)


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
                page=block.page,
                box=block.box,
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
        return "credit" if opens_a_byline(line.text) else "dateline"
    if line.top and len(line.text) <= 130 and opens_a_byline(line.text):
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


def _outlet(folder: str, signed: str) -> str:
    """A folder named like an outlet goes before the byline: a paper's copy of a wire story is the paper's.

    Where the byline has the folder's name in full, "Bay Coast Radio" for the folder "coast-radio", it is as printed.
    """
    named, printed = folder.lower().split(), signed.lower().removeprefix("the ").split()
    words = iter(printed)
    if len(printed) > len(named) and all(word in words for word in named):
        return signed
    return folder if folder and (looks_like_outlet(folder) or not signed) else signed


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


def _date_lines(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    """The lines that hold a date and little else, and the date that a wire story begins with."""
    opening = next((p.text for p in paragraphs if p.kind == "body"), "")
    return [p.text for p in paragraphs if p.kind in ("dateline", "credit")] + [d for d in [wire_date(opening)] if d]


def _dates(path: str, extract: Extract, paragraphs: tuple[Paragraph, ...], hints: Hints) -> Publication:
    return publication(
        extract.published,
        updated=extract.updated,
        lines=_date_lines(paragraphs),
        body=extract.text,
        file_name=_file_name(path, extract.part),
        url=extract.url,
        hints=replace(hints, language=hints.language or extract.language),
    )


def _file_name(path: str, part: str) -> str:
    """The name that may hold a date: the file's, or the member's of an archive; an export's dates none of its rows."""
    member = PurePath(part)
    return (member.name if member.suffix.lower() in ENDINGS else "") if part else PurePath(path).name
