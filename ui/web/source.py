"""The source reader: a whole article as HTML, the cited sentence highlighted by its stored offsets."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from index import Article, Paragraph
from ui.text import day, visible
from ui.web.render import safe

PLACEHOLDER = (
    '<p class="hint">Click a marker such as [1] to read the article it comes from, with the sentence highlighted.</p>'
)
"""What the source reader shows before anything is clicked."""


def source_html(
    article: Article,
    cited: Paragraph | None = None,
    start: int = 0,
    end: int = 0,
    *,
    number: int | None = None,
    numbers: Sequence[int] = (),
    key: str = "",
    old: bool = False,
) -> str:
    """The whole article as readable text, the cited paragraph marked and its words highlighted by offsets.

    `article` is the one in the library, or with `old` the earlier version of it that was cited. Where it no longer holds the cited paragraph, the paragraph is
    shown as it was cited, with a note that the article has changed. `numbers` are all citations of the turn
    `key`: from `number` one can go on to the one before or after it.
    """
    meta = " · ".join(
        safe(part)
        for part in (
            article.source,
            _dates(article),
            ", ".join(article.authors),
            article.section,
            article.type if article.type not in ("", "report") else "",
        )
        if part
    )
    marker = f'<span class="number">[{number}]</span> ' if number is not None else ""
    head = f'<header><h2>{marker}{safe(article.headline)}</h2><p class="meta">{meta}</p>{_where(article)}</header>'
    held = cited is None or any(p.id == cited.id and p.text == cited.text for p in article.paragraphs)
    changed = (
        '<p class="changed">The article has changed since. This is how it read when it was cited.</p>' if old else ""
    )
    if cited is not None and not held:
        changed = (
            '<p class="changed">The article has changed since. This is the paragraph as it was cited:</p>'
            f"{_paragraph_html(cited, start, end, True)}<hr>"
        )
    body = "".join(
        _paragraph_html(p, start, end, held and cited is not None and p.id == cited.id)
        for p in article.paragraphs
        if p.text != article.title or (cited is not None and p.id == cited.id)
    )
    place = f' data-turn="{escape(key)}" data-number="{number}"' if number is not None else ""
    return f'{_steps(number, numbers, key)}<article class="source"{place}>{head}{changed}{body}</article>'


def _dates(article: Article) -> str:
    sure = " likely, by the" if article.published and article.published_sure == "likely" else " from the"
    told = day(article.published) + (f" ({sure.strip()} {article.published_from})" if article.published_from else "")
    changed = article.updated and article.updated != article.published
    return f"{told}, updated {day(article.updated)}" if changed else told


def _steps(number: int | None, numbers: Sequence[int], key: str) -> str:
    """The line above the article: which citation this is, the ones before and after it, and how to close the reader."""
    close = '<button type="button" class="close" data-do="close" aria-label="Close the article">✕</button>'
    if number not in numbers:
        return f'<nav class="steps"><span></span>{close}</nav>'
    place = numbers.index(number)
    steps = "".join(
        f'<button type="button" data-do="cite" data-turn="{escape(key)}" data-number="{numbers[to]}" '
        f'aria-label="{what} citation">{sign}</button>'
        if 0 <= to < len(numbers)
        else f'<button type="button" aria-label="{what} citation" aria-disabled="true">{sign}</button>'
        for what, sign, to in (("Previous", "‹", place - 1), ("Next", "›", place + 1))
    )
    return f'<nav class="steps"><span>Citation {place + 1} of {len(numbers)}</span>{steps}{close}</nav>'


def _where(article: Article) -> str:
    if article.url.startswith(("http://", "https://")):
        url = escape(article.url, quote=True)
        return (
            f'<p class="meta"><a href="{url}" target="_blank" rel="noopener noreferrer nofollow">open original</a></p>'
        )
    # Where the server keeps its files is nobody's business.
    return f'<p class="meta path">{escape(visible("/".join(article.path.split("/")[-2:])))}</p>'


def _paragraph_html(paragraph: Paragraph, start: int, end: int, cited: bool) -> str:
    text = safe(paragraph.text)
    if cited and end > start:
        text = (
            f"{safe(paragraph.text[:start])}<mark>{safe(paragraph.text[start:end])}</mark>{safe(paragraph.text[end:])}"
        )
    kind = f"{paragraph.kind} cited" if cited else paragraph.kind
    page = f' <span class="page">page {paragraph.page}</span>' if cited and paragraph.page else ""
    return f'<p class="{kind}"><span class="para">¶{paragraph.number}</span>{text}{page}</p>'
