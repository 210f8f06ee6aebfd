"""Stories: articles that are one piece of writing, printed by one outlet and by others. A wire report in six papers is one source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.related.copies import CROWD, groups, signature
from index.values import Article

MOSTLY = 0.6
"""Share of the shorter article's own words that must stand in copied paragraphs to make it the same story.

A report of one's own with a pasted background section stays under a half; a copy with an updated lead of
two paragraphs in seven stays above two thirds.
"""
_CREDITED = 0.25
"""The same where one credits the other's outlet and their first two paragraphs share one: papers edit wire copy."""
_ENOUGH = 15
"""Words of one's own prose that two articles must share: one copied line is no copied story."""
_FURNITURE = 6
"""Articles of one outlet that hold the same paragraph before it counts as furniture whatever else they share."""
_QUOTED = re.compile(r'"[^"]{0,2000}"|“[^“”]{0,2000}”')


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are one piece of writing: the id of the original, and of its copies by publication and path."""

    original: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Body:
    """An article's prose: words to each group of copied paragraphs, those of its first two apart, and in all."""

    article: Article
    shared: dict[int, int]
    lead: frozenset[int]
    words: int


def stories(articles: Sequence[Article], copied: Iterable[Sequence[str]] | None = None) -> tuple[Story, ...]:
    """Every article in exactly one story; an article that nobody copied is a story without copies.

    `copied` are the groups of paragraph ids that `groups` found; they are looked for here when it is None.
    Body paragraphs count, without what stands in quotation marks (two reporters may hear the same words) and
    without an outlet's furniture. The order of `articles` does not matter.
    """
    copied = _copied(articles) if copied is None else copied
    group_of = {key: number for number, group in enumerate(copied) for key in group}
    bodies = _without_furniture([(article, _prose(article, group_of)) for article in articles])
    bodies.sort(key=lambda body: (-body.words, body.article.path, body.article.id))
    leading: dict[int, list[int]] = defaultdict(list)
    members: dict[int, list[Article]] = {}
    for i, body in enumerate(bodies):
        common: Counter[int] = Counter()
        for group, words in body.shared.items():
            for j in leading[group]:
                common[j] += min(words, bodies[j].shared[group])
        leader = next((j for j, words in common.most_common() if _is_copy(bodies[j], body, words)), i)
        if leader == i:
            for group in body.shared:
                if len(leading[group]) < CROWD:
                    leading[group].append(i)
        members.setdefault(leader, []).append(body.article)
    return tuple(sorted((_story(found) for found in members.values()), key=lambda story: story.original))


def _copied(articles: Sequence[Article]) -> tuple[tuple[str, ...], ...]:
    texts = {p.id: p.text for article in articles for p in article.paragraphs if p.kind == "body"}
    return groups({key: signature(text) for key, text in texts.items()}, lambda _: texts)


def _prose(article: Article, group_of: Mapping[str, int]) -> list[tuple[int | None, int]]:
    """(group, words outside quotation marks) of every body paragraph."""
    return [(group_of.get(p.id), len(_QUOTED.sub(" ", p.text).split())) for p in article.paragraphs if p.kind == "body"]


def _without_furniture(prose: list[tuple[Article, list[tuple[int | None, int]]]]) -> list[_Body]:
    furniture = _furniture(prose)
    bodies = []
    for article, paragraphs in prose:
        own = [(g, words) for g, words in paragraphs if (article.source, g) not in furniture]
        shared: Counter[int] = Counter()
        for group, words in own:
            if group is not None:
                shared[group] += words
        lead = frozenset(group for group, _ in own[:2] if group is not None)
        bodies.append(_Body(article, dict(shared), lead, sum(words for _, words in own)))
    return bodies


def _furniture(prose: list[tuple[Article, list[tuple[int | None, int]]]]) -> set[tuple[str, int | None]]:
    """(outlet, group) of paragraphs an outlet puts under many articles: "Sign up for our newsletter".

    Three versions of one story share a paragraph too, but they share most of their others as well.
    """
    holding: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for i, (article, paragraphs) in enumerate(prose):
        for group in {group for group, _ in paragraphs if group is not None}:
            holding[article.source, group].append(i)
    found = set()
    for key, holders in holding.items():
        if len(holders) >= _FURNITURE:
            found.add(key)
        elif len(holders) >= 3:
            often = Counter(g for i in holders for g in {g for g, _ in prose[i][1] if g is not None})
            common = {group for group, times in often.items() if times * 2 > len(holders)}
            shares = [
                sum(w for g, w in prose[i][1] if g in common) / max(1, sum(w for _, w in prose[i][1])) for i in holders
            ]
            if sorted(shares)[len(shares) // 2] < 0.5:
                found.add(key)
    return found


def _is_copy(long: _Body, short: _Body, common: int) -> bool:
    """Most of the shorter is in the longer, and it is its beginning or half of it.

    A round-up holds ten stories in full; they are not therefore one story.
    """
    if common < _ENOUGH:
        return False
    if common < MOSTLY * short.words:
        credits = _credits(short.article, long.article) or _credits(long.article, short.article)
        return credits and common >= _CREDITED * short.words and not long.lead.isdisjoint(short.lead)
    return common * 2 >= long.words or not long.lead.isdisjoint(short.shared)


def _credits(copy: Article, original: Article) -> bool:
    return bool(original.source) and _key(_agency(copy)) == _key(original.source) != _key(copy.source)


def _story(articles: list[Article]) -> Story:
    agencies = {article.id: _agency(article) for article in articles}
    credited_by_any = {_key(name) for name in agencies.values() if name}

    def rank(article: Article) -> tuple[Any, ...]:
        source, agency = _key(article.source), _key(agencies[article.id])
        if source and (source in credited_by_any or credited(f"({article.source}) - ")):
            says = 0
        elif agency:
            says = 1 if not source else 3
        else:
            says = 2
        words = sum(len(p.text.split()) for p in article.paragraphs if p.kind == "body")
        return says, article.published or date.max, -words, article.path, article.id

    original, *others = sorted(articles, key=rank)
    return Story(
        original.id, tuple(a.id for a in sorted(others, key=lambda a: (a.published or date.max, a.path, a.id)))
    )


def _agency(article: Article) -> str:
    """The agency an article credits: in its by- and credit lines, its date line, or its first and last paragraphs."""
    bodies = [p.text for p in article.paragraphs if p.kind == "body"]
    lines = [p.text for p in article.paragraphs if p.kind in ("credit", "dateline")]
    return next(
        (name for text in (*article.authors, *lines, *bodies[:1], *bodies[-2:]) if (name := credited(text))), ""
    )


_KNOWN = {
    "ap": "Associated Press",
    "afp": "Agence France-Presse",
    "pa": "PA Media",
    "press association": "PA Media",
    "upi": "United Press International",
    "dpa": "Deutsche Presse-Agentur",
    "cp": "Canadian Press",
    "aap": "Australian Associated Press",
    "pti": "Press Trust of India",
    "ians": "Indo-Asian News Service",
} | {name.lower(): name for name in ("Reuters", "Bloomberg", "Xinhua", "Kyodo", "ANSA", "EFE", "TASS", "Interfax")}
_AGENCY = (
    r"(?P<agency>(?:(?:the )?(?:associated|canadian) press|agence france-presse|press association|pa media|united press international"
    r"|(?-i:AP|AFP|PA|UPI|CP|AAP|PTI|IANS|dpa|DPA|EFE|ANSA|TASS)|reuters|bloomberg(?: news)?|xinhua|kyodo|interfax"
    r"|(?-i:(?!By )(?:[A-Z][\w.&'’-]{0,30} ){1,4}(?:[Nn]ewswire|(?<!The )[Ww]ire(?: Service)?|News (?:Agency|Service)|Press Agency))))"
)
_CREDITS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^.{{0,60}}\({_AGENCY}\)\s*[—–-]",
        rf"(?:^|[.!?”\"]\s)\s*[—–(\[-]{{0,3}}\s*{_AGENCY}\s*[)\].]?\s*$",
        rf"(?:\b(?:source|via|credit|copyright)|©|\(c\))(?:[:\s]|20\d\d|19\d\d){{0,8}}{_AGENCY}\b",
        rf"^by (?:the )?{_AGENCY}\s*$",
        rf"\b(?:reporting|report|written|filed|story) (?:by|from) .{{0,80}}?\b(?:for|of|and) (?:the )?{_AGENCY}\b",
        rf"^by .{{0,80}}?(?:,|\bfor|\bof|\||–|—|-)\s*(?:the )?{_AGENCY}\s*$",
        rf"\b(?:with|from) (?:additional )?(?:files?|reporting|reports|contributions?|material) (?:from|by) (?:the )?{_AGENCY}\b",
        rf"\b(?:first published|originally published|supplied|provided|distributed) by (?:the )?{_AGENCY}\b",
        rf"^(?:the )?{_AGENCY} contributed to this (?:report|story|article)",
    )
)


def credited(text: str) -> str:
    """The news agency that a by-, date- or credit line names as the writer, in full where it is well known, else "".

    A sentence which reports what an agency reported ("Reuters said the minister …") credits nobody.
    """
    line = " ".join(text.split())
    line = line if len(line) <= 1000 else f"{line[:500]} … {line[-500:]}"
    for form in _CREDITS:
        found = form.search(line)
        if found:
            name = re.sub(r"^the ", "", found["agency"], flags=re.IGNORECASE)
            return _KNOWN.get(name.lower(), name)
    return ""


def _key(name: str) -> str:
    """An agency's or outlet's name as it is compared."""
    name = re.sub(r"^the ", "", name.strip().lower())
    return _KNOWN.get(name, name).lower()
