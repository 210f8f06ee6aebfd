"""Answers and articles as HTML, pure: text in, HTML out. Article text is hostile and always escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import zip_longest

from index import Passage
from index.settings import settings
from rag import Answer, Citation, Claim
from rag.values import without_markers
from rag.writer.extractive import ENGINE
from ui.text import also_printed, byline, calendar, day, noticed, origin, place, visible

MARKER = "cite"
"""The class of a marker; `page.js` opens the source of what is clicked."""


def safe(text: str) -> str:
    """Text escaped for a page, without the characters that `visible` removes; white space is left as it is."""
    return escape("".join(c for c in text if c.isprintable() or c.isspace()))


def answer_html(answer: Answer, *, whole: bool = True, key: str = "") -> str:
    """The answer with markers that can be clicked; not yet `whole`, its claims alone.

    `key` goes into every marker, so that the page knows which turn of the conversation it belongs to.
    """
    extractive = answer.engine in ("", ENGINE)
    groups = _by_article(answer.claims) if extractive else [answer.claims] if answer.claims else []
    parts = [f'<p class="lead">{_marked(answer.lead, answer, key)}</p>'] if answer.lead else []
    if answer.shape == "timeline":
        parts.append(_timeline_html(answer.claims, key))
    else:
        parts += [_group_html(group, key, named=extractive) for group in groups]
    if whole:
        if answer.remark:
            parts.append(f'<p class="remark">{safe(answer.remark)}</p>')
        if answer.conflicts and not answer.lead:
            parts.append(_conflicts_html(answer, key))
        if answer.reason:
            parts.append(f'<p class="reason">{safe(answer.reason)}</p>')
        if answer.premise:
            parts.append(_group_html([answer.premise], key, named=True))
        if answer.rejected:
            parts.append(_rejected_html(answer.rejected))
        if answer.closest:
            parts.append(_closest_html(answer.closest, key))
    return " ".join(f'<div class="answer {answer.status}">{"".join(parts)}</div>'.splitlines())


def standing(answer: Answer) -> str:
    """How the answer stands, in words: "Answered from 2 articles in 0.2 s"."""
    if answer.status == "abstained":
        said = "Not found"
    else:
        count = len({c.article.id for c in answer.citations})
        part = "Answered in part" if answer.status == "partial" else "Answered"
        said = f"{part} from {count} article{'s' if count != 1 else ''}"
        if answer.sources < count:
            said += f", {_sources(answer.sources)}"
        printed = {a.id for c in answer.citations for a in c.also} - {c.article.id for c in answer.citations}
        if printed:
            said += f" (copies in {len(printed)} more)"
    seconds = dict(answer.timings).get("total")
    return f"{said} in {seconds:.1f} s" if seconds is not None else said


def _sources(count: int) -> str:
    return "which print one story" if count == 1 else f"which are {count} sources"


def _by_article(claims: Sequence[Claim]) -> list[list[Claim]]:
    groups: list[list[Claim]] = []
    for claim in claims:
        article = claim.citations[0].article.id if claim.citations else ""
        if groups and groups[-1][0].citations and groups[-1][0].citations[0].article.id == article:
            groups[-1].append(claim)
        else:
            groups.append([claim])
    return groups


def _group_html(group: Sequence[Claim], key: str, *, named: bool) -> str:
    """A paragraph of the answer; `named` begins it with the outlet whose words it gives."""
    sentences = " ".join(_claim_html(claim, key) for claim in group)
    if not group[0].citations:
        return f"<p>{sentences}</p>"
    told = dict.fromkeys(noticed(n) for claim in group for c in claim.citations for n in c.notices)
    notices = "".join(f'<p class="corrected">{escape(said)}</p>' for said in told)
    origin_html = f'<span class="from">{escape(origin(group[0].citations[0].article))}</span> ' if named else ""
    return f"<p>{origin_html}{sentences}</p>{notices}"


def _timeline_html(claims: Sequence[Claim], key: str) -> str:
    """The events in the order of their days."""
    items = "".join(
        f"<li><time{_date(claim)}>{day(claim.day)}</time> {_group_html([claim], key, named=False)}</li>"
        for claim in claims
    )
    return f'<ol class="timeline">{items}</ol>'


def _date(claim: Claim) -> str:
    return f' datetime="{claim.day.isoformat()}"' if claim.day else ""


def _marked(text: str, answer: Answer, key: str) -> str:
    """Text of ours in which every [n] is one of the answer's markers."""
    cited = {c.number: c for c in answer.citations}
    pieces = re.split(r"\s?\[(\d+)\]", text)
    markers = (_marker(cited[int(n)], key) if int(n) in cited else "" for n in pieces[1::2])
    return "".join(safe(said) + marker for said, marker in zip_longest(pieces[::2], markers, fillvalue=""))


def _claim_html(claim: Claim, key: str) -> str:
    start, end = claim.emphasis or (0, 0)
    said = without_markers(claim.text)
    text = safe(said[:start])
    text += f"<strong>{safe(said[start:end])}</strong>" if end > start else ""
    text += safe(said[end:])
    doubt = "" if claim.verdict == "supported" else f' <span class="verdict"{_why(claim)}>{claim.verdict}</span>'
    return f"{text}{doubt}{''.join(_marker(c, key) for c in claim.citations)}"


def _why(claim: Claim) -> str:
    return f' title="{escape(visible(" ".join(claim.faults)))}"' if claim.faults else ""


def _marker(citation: Citation, key: str) -> str:
    told = place(citation)
    about = {
        "data-from": told,
        "data-title": visible(citation.article.headline),
        "data-days": calendar(citation),
        "data-also": also_printed(citation),
        "data-quote": visible(citation.quote),
        "aria-label": f"source {citation.number}: {told}",
    }
    told = " ".join(f'{name}="{escape(value)}"' for name, value in about.items() if value or name == "data-quote")
    return f'<a class="{MARKER}" {_address("cite", key, citation.number)} {told}>[{citation.number}]</a>'


def _address(kind: str, key: str, number: int) -> str:
    key = escape(key)
    return f'href="#{kind}={key}.{number}" data-do="{kind}" data-turn="{key}" data-number="{number}"'


def _conflicts_html(answer: Answer, key: str) -> str:
    cited = {c.number: c for c in answer.citations}
    rows = "".join(
        f"<tr><td>{escape(visible(value))}</td><td>{escape(visible(cited[number].article.source) or '–')}</td>"
        f"<td>{day(cited[number].article.published)}</td><td>{_marker(cited[number], key)}</td></tr>"
        for conflict in answer.conflicts
        for value, number in conflict.values
    )
    return (
        '<div class="conflict"><p>The reports give different figures:</p><table><thead><tr><th>figure</th>'
        f"<th>outlet</th><th>published</th><th>source</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _rejected_html(claims: Sequence[Claim]) -> str:
    struck = settings().llm_rejected == "strike"
    items = "".join(
        f"<li><s>{safe(without_markers(c.text))}</s> {safe(' '.join(c.faults))}</li>"
        if struck
        else f"<li{_why(c)}>{safe(without_markers(c.text))}</li>"
        for c in claims
    )
    count = f"{len(claims)} sentence{'s' if len(claims) != 1 else ''}"
    return (
        f"<details{' open' if struck else ''}><summary>Left out, because the articles do not bear it out: {count}</summary>"
        f"<ul>{items}</ul></details>"
    )


def _closest_html(passages: Sequence[Passage], key: str) -> str:
    items = "".join(
        f'<li><a class="{MARKER}" {_address("near", key, place)}>{escape(visible(p.article.headline))}</a> '
        f"<span>{escape(byline(p.article))}, ¶{p.paragraph.number}</span></li>"
        for place, p in enumerate(passages, 1)
    )
    return f"<details><summary>Closest passages (not evidence)</summary><ul>{items}</ul></details>"


def notice_html(text: str) -> str:
    """A line of plain text, such as an error or the user's own words, shown as it is."""
    return f'<div class="notice">{escape(visible(text))}</div>'
