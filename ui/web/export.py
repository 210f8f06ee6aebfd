"""Answers to take along: prose with footnotes as Markdown and as HTML. Article text is hostile and always escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import PurePath

from rag import Answer, Citation, Claim
from rag.values import without_markers
from ui.text import byline, day, origin, visible

_CONFLICTS = "The reports give different figures:"
_UNTITLED = "Conversation"
_LONGEST_NAME = 80
_MARKUP = re.compile(
    r"[\\`*_\[\]<>{}|~$^#&@]"
    r"|[:.](?=[^\W\d])|:(?=/)|(?<=[Ww]{3})\."  # addresses and :emoji: need no brackets
    r"|!$"  # a marker follows, and ![ is an image
    r"|^[-+=:%]"
)
_MARKER = re.compile(r"⟦(\d+)⟧")
_COUNTED = re.compile(r"^\d+(?=[.)])")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.55 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "h2{margin:2.2rem 0 .4rem}sup{line-height:0}ol{font-size:.88rem;overflow-wrap:anywhere}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .6rem;text-align:left}"
    ".reason{font-style:italic}:target{background:Mark;color:MarkText}"
)


def footnotes_markdown(answer: Answer, *, key: str = "") -> str:
    """The answer's prose with its sources as footnotes; `key` goes before every footnote's number."""
    between = "\n\n" if answer.shape == "timeline" else " "
    blocks = [
        _MARKER.sub(lambda m: f"[^{key}{m[1]}]", _plain(_round(answer.lead))),
        between.join(_claim_markdown(claim, key) for claim in answer.claims),
        _plain(answer.reason),
        _claim_markdown(answer.premise, key) if answer.premise else "",
        _plain(answer.remark),
        "" if answer.lead else _conflicts_markdown(answer, key),
        *(f"[^{key}{c.number}]: {_note_markdown(c)}" for c in answer.citations),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def footnotes_html(answer: Answer, *, key: str = "") -> str:
    """The same as a piece of HTML for pasting; with a `key`, numbers are links to their footnotes."""
    between = "<br>" if answer.shape == "timeline" else " "
    lead = _MARKER.sub(lambda m: _number_html(int(m[1]), key), _safe(_round(answer.lead)))
    said = between.join(_claim_html(claim, key) for claim in answer.claims)
    premise = _claim_html(answer.premise, key) if answer.premise else ""
    notes = "".join(f'<li {_target(c.number, key)}value="{c.number}">{_note_html(c)}</li>' for c in answer.citations)
    return (
        "".join(f"<p>{part}</p>" for part in (lead, said) if part)
        + "".join(f'<p class="reason">{_safe(said)}</p>' for said in (answer.reason, answer.remark) if said)
        + (f"<p>{premise}</p>" if premise else "")
        + ("" if answer.lead else _conflicts_html(answer, key))
        + (f"<ol>{notes}</ol>" if notes else "")
    )


def conversation_markdown(title: str, answers: Sequence[Answer]) -> str:
    """A whole conversation as one Markdown text, a heading a question."""
    parts = [f"# {_plain(title) or _UNTITLED}\n"]
    for place, answer in enumerate(answers, 1):
        parts.append(f"## {_plain(answer.question)}\n\n{footnotes_markdown(answer, key=f'{place}-')}")
    return "\n".join(parts)


def conversation_html(title: str, answers: Sequence[Answer]) -> str:
    """A whole conversation as one page that needs nothing else and runs nothing."""
    name = _safe(title) or _UNTITLED
    sections = "\n".join(
        f"<section><h2>{_safe(answer.question)}</h2>{footnotes_html(answer, key=f'{place}-')}</section>"
        for place, answer in enumerate(answers, 1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{name}</title><style>{_STYLE}</style></head>\n<body><h1>{name}</h1>\n{sections}\n</body></html>\n"
    )


def file_name(title: str, ending: str) -> str:
    """A name for a file that any system takes: "Ferry: 7 dead" and "md" give pilcrow-ferry-7-dead.md."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "-".join(("pilcrow", *re.findall(r"[a-z0-9]+", plain)))
    return f"{name[:_LONGEST_NAME].rstrip('-')}.{re.sub(r'[^a-z0-9]', '', ending.lower()) or 'txt'}"


def _round(lead: str) -> str:
    """Our own sentence, its markers in signs that no escaping touches."""
    return re.sub(r"\s?\[(\d+)\]", "⟦\\1⟧", lead.translate({ord("⟦"): None, ord("⟧"): None}))


def _claim_markdown(claim: Claim, key: str) -> str:
    when = f"{day(claim.day)}: " if claim.day else ""
    return when + _plain(without_markers(visible(claim.text))) + "".join(f"[^{key}{c.number}]" for c in claim.citations)


def _claim_html(claim: Claim, key: str) -> str:
    when = f"{day(claim.day)}: " if claim.day else ""
    markers = "".join(_number_html(c.number, key) for c in claim.citations)
    return when + _safe(without_markers(visible(claim.text))) + markers


def _plain(text: str) -> str:
    """Text for Markdown, on one line: whatever it holds is shown and means nothing."""
    return _COUNTED.sub(r"\g<0>\\", _MARKUP.sub(r"\\\g<0>", visible(text)))


def _safe(text: str) -> str:
    return escape(visible(text))


def _place(citation: Citation) -> tuple[str, str]:
    """The web address and the file's name, one of them empty."""
    url = citation.article.url
    if _ADDRESS.fullmatch(url) and url == visible(url):
        return url, ""
    return "", PurePath(citation.article.path).name


def _note_markdown(citation: Citation) -> str:
    url, name = _place(citation)
    return (
        f"{_plain(byline(citation.article))}, {_plain(citation.article.headline)}, "
        f"paragraph {citation.paragraph.number}: “{_plain(citation.quote)}” " + (f"<{url}>" if url else _plain(name))
    ).rstrip()


def _note_html(citation: Citation) -> str:
    url, name = _place(citation)
    address = escape(url, quote=True)
    return (
        f"{_safe(byline(citation.article))}, <cite>{_safe(citation.article.headline)}</cite>, "
        f"paragraph {citation.paragraph.number}: “{_safe(citation.quote)}” "
        + (f'<a href="{address}" rel="noopener noreferrer nofollow">{address}</a>' if url else _safe(name))
    ).rstrip()


def _number_html(number: int, key: str) -> str:
    return f'<sup><a href="#note-{key}{number}">{number}</a></sup>' if key else f"<sup>{number}</sup>"


def _target(number: int, key: str) -> str:
    return f'id="note-{key}{number}" ' if key else ""


def _figures(answer: Answer) -> Iterator[tuple[str, Citation]]:
    cited = {c.number: c for c in answer.citations}
    for conflict in answer.conflicts:
        yield from ((value, cited[number]) for value, number in conflict.values if number in cited)


def _conflicts_markdown(answer: Answer, key: str) -> str:
    rows = [f"| {_plain(v)} | {_plain(origin(c.article))}[^{key}{c.number}] |" for v, c in _figures(answer)]
    return "\n".join((f"{_CONFLICTS}\n", "| figure | source |", "|---|---|", *rows)) if rows else ""


def _conflicts_html(answer: Answer, key: str) -> str:
    rows = "".join(
        f"<tr><td>{_safe(v)}</td><td>{_safe(origin(c.article))}{_number_html(c.number, key)}</td></tr>"
        for v, c in _figures(answer)
    )
    head = "<thead><tr><th>figure</th><th>source</th></tr></thead>"
    return f"<p>{_CONFLICTS}</p><table>{head}<tbody>{rows}</tbody></table>" if rows else ""
