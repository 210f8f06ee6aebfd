"""What the reader learns from: questions on paragraphs, pairs of texts, newswire; each split by article."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEV_SHARE = 0.05
"""Share of the articles held out as the development set: by a hash of the article, so that it never moves."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the paragraph that answers it, and where; `answers` are (start, end) in `context`."""

    source: str
    title: str
    context: str
    question: str
    answers: tuple[tuple[int, int], ...]
    before: str
    """The paragraph above in the same article, or nothing."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A premise, a claim, and whether the premise carries the claim."""

    source: str
    premise: str
    claim: str
    supported: bool


@dataclass(frozen=True, slots=True)
class Wire:
    """A newswire article: headline in capitals, day, paragraphs."""

    id: str
    title: str
    day: str
    paragraphs: tuple[str, ...]


def held_out(article: str) -> bool:
    """Whether the article belongs to the development set."""
    return int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) / 16**8 < DEV_SHARE


def asked(folder: Path) -> list[Asked]:
    """Every answerable question of `qa.jsonl.gz` whose answers stand where they are said to stand."""
    found = []
    above: dict[str, tuple[str, str]] = {}
    for row in _rows(folder / "qa.jsonl.gz"):
        context, title = row["context"], str(row.get("title") or "")
        spans = tuple(
            dict.fromkeys(
                (start, start + len(text))
                for text, start in row["answers"]
                if text.strip() and context[start : start + len(text)] == text
            )
        )
        current, before = above.get(title, ("", ""))
        if context != current:
            before = current
            above[title] = (context, before)
        if spans and not row["impossible"]:
            found.append(Asked(row["src"], _named(title, row["src"]), context, row["question"], spans, before))
    return found


def article_of(row: Asked) -> str:
    """What the split goes by: the article where there is one, else the text."""
    return row.title or hashlib.sha256(row.context.encode()).hexdigest()


def stated(folder: Path) -> list[Stated]:
    """Every pair of `nli.jsonl.gz`: entailed is supported, the rest is not."""
    return [
        Stated(r["src"], _spaced(r["premise"]), _spaced(r["hypothesis"]), r["label"] == "e")
        for r in _rows(folder / "nli.jsonl.gz")
    ]


def wires(corpora: Path) -> list[Wire]:
    """Reuters articles with a headline and at least one paragraph, in the words of today: "mln dlrs" is "million dollars"."""
    found = []
    for row in _rows(corpora / "reuters21578.jsonl.gz"):
        paragraphs = tuple(p for p in (_today(p) for p in row["paragraphs"]) if len(p.split()) > 5)
        title = _today(re.sub(r"<[^>]*>", " ", row["title"] or ""))
        if paragraphs and len(title.split()) > 3:
            found.append(Wire(row["id"], title, str(row["date"]).split(" ")[0], paragraphs))
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _named(title: str, source: str) -> str:
    """A title that a reader would know the article by; corpora's own numbers are none."""
    if source.startswith(("qamr", "timeqa")) or title.startswith(("Amazon_Reviews", "Filtered_Reddit")):
        return ""
    return title.replace("_", " ")


def _spaced(text: str) -> str:
    """Treebank spacing and brackets undone: "Omar ( born 1957 ) ." is "Omar (born 1957)."."""
    for code, sign in (("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"), ("``", '"'), ("''", '"')):
        text = text.replace(code, sign)
    text = re.sub(r"([(\[]) ", r"\1", text)
    return re.sub(r" ([.,;:?!)\]]|'s\b|n't\b)", r"\1", text).strip()


_TODAY = {"mln": "million", "bln": "billion", "dlrs": "dollars", "dlr": "dollar", "cts": "cents", "pct": "percent"}


def _today(text: str) -> str:
    text = re.sub(r"\b(mln|bln|dlrs|dlr|cts|pct)\b", lambda m: _TODAY[m[0].lower()], text, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", text).strip()
