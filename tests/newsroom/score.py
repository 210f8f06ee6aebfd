"""How much of the gold a reader found: pure functions from gold and articles to verdicts, and a table of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.values import EVIDENCE_KINDS, Article
from tests.newsroom.gold import ANY, Gold

FACTS = ("headline", "outlet", "authors", "published", "origin", "updated", "section", "language", "type", "url")
LAWS = ("offsets", "not today")
_BULLET = re.compile(r"^(?:[•▪‣*·–-]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One article of the gold against what was read for it.

    `wanted` gold paragraphs, `found` of them; `shown` body paragraphs, `right` of them in the gold;
    `bodies` found body paragraphs, `citable` of them of a kind that may be cited. `facts` holds what is
    scored for this article, by name. `failures` are lines for a person.
    """

    gold: Gold
    wanted: int
    found: int
    shown: int
    right: int
    bodies: int
    citable: int
    facts: dict[str, bool]
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All verdicts, and articles that nobody wrote as lines for a person."""

    verdicts: tuple[Verdict, ...]
    strays: tuple[str, ...]

    def of(self, form: str) -> Report:
        """The part about one format."""
        return Report(tuple(v for v in self.verdicts if v.gold.format == form), ())

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats, in the order of the gold."""
        return tuple(dict.fromkeys(v.gold.format for v in self.verdicts))

    @property
    def recall(self) -> float:
        """The share of the gold's body and subhead paragraphs that were found, letter by letter."""
        return _share(sum(v.found for v in self.verdicts), sum(v.wanted for v in self.verdicts))

    @property
    def precision(self) -> float:
        """The share of the body paragraphs read that are in the gold."""
        return _share(sum(v.right for v in self.verdicts), sum(v.shown for v in self.verdicts))

    @property
    def citable(self) -> float:
        """The share of the gold's body paragraphs found that may be cited."""
        return _share(sum(v.citable for v in self.verdicts), sum(v.bodies for v in self.verdicts))

    def fact(self, name: str) -> float:
        """The share of the articles with that fact right, of those where it is scored."""
        scored = [v.facts[name] for v in self.verdicts if name in v.facts]
        return _share(sum(scored), len(scored))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def seen(text: str) -> str:
    """What a reader sees of a paragraph: white space collapsed, without bullets or the bars of a table."""
    text = " ".join(unicodedata.normalize("NFC", text).replace("|", " ").split())
    return _BULLET.sub("", text)


def score(golds: Iterable[Gold], read: Callable[[str], Sequence[Article]], today: date) -> Report:
    """The report on a reader. `read` gives the articles of a file of the gold; what it raises is a failure."""
    files: dict[str, list[Gold]] = defaultdict(list)
    for gold in golds:
        files[gold.file].append(gold)
    verdicts, strays = [], []
    for file, wanted in files.items():
        try:
            articles, trouble = list(read(file)), ""
        except Exception as error:
            articles, trouble = [], f"{type(error).__name__}: {error}"
        pairs, left = paired(wanted, articles)
        verdicts += [judged(gold, article, today, trouble) for gold, article in pairs]
        strays += [f"{file}: expected no article / found {article.headline!r}" for article in left]
    return Report(tuple(verdicts), tuple(strays))


def paired(
    golds: Sequence[Gold], articles: Sequence[Article]
) -> tuple[list[tuple[Gold, Article | None]], list[Article]]:
    """Each gold with its article, told by the headline or else by shared paragraphs, and the articles left over."""
    left = list(articles)
    chosen: dict[int, Article] = {}
    for likeness in (_same_headline, _shared_paragraphs):
        for n, gold in enumerate(golds):
            best = max(left, key=lambda a: likeness(gold, a), default=None) if n not in chosen else None
            if best is not None and likeness(gold, best) > 0:
                chosen[n] = best
                left.remove(best)
    return [(gold, chosen.get(n)) for n, gold in enumerate(golds)], left


def _same_headline(gold: Gold, article: Article) -> int:
    return int(gold.headline is not ANY and seen(str(gold.headline)).casefold() == seen(article.title).casefold())


def _shared_paragraphs(gold: Gold, article: Article) -> int:
    return len({seen(t) for t in gold.paragraphs} & {seen(p.text) for p in article.paragraphs})


def judged(gold: Gold, article: Article | None, today: date, trouble: str = "") -> Verdict:
    """What is right and wrong about one article; None where the reader gave none."""
    if article is None:
        facts = {name: False for name in FACTS if _wanted(gold, name) is not ANY} | dict.fromkeys(LAWS, True)
        why = f"{gold.file}: expected {gold.headline!r} / found no article {trouble}".rstrip()
        return Verdict(gold, len(gold.paragraphs), 0, 0, 0, 0, 0, facts | {"order": False}, (why,))
    wanted = [seen(text) for text in gold.paragraphs]
    read = [seen(p.text) for p in article.paragraphs]
    missing = Counter(wanted) - Counter(read)
    bodies = [seen(p.text) for p in article.paragraphs if p.kind == "body"]
    surplus = [t for t in _surplus(bodies, wanted) if not _tolerated(t, gold)]
    citable_texts = {seen(p.text) for p in article.paragraphs if p.kind in EVIDENCE_KINDS}
    found_bodies = [t for p in gold.pieces if p.kind == "body" and (t := seen(p.text)) in read]
    places = [read.index(text) for text in dict.fromkeys(wanted) if text in read]
    facts, lines = _facts(gold, article)
    facts["order"] = places == sorted(places)
    facts["offsets"] = all(article.text[p.start : p.end] == p.text for p in article.paragraphs)
    facts["not today"] = today not in (article.published, getattr(article, "updated", None))
    lines += [f"expected paragraph {text!r} / not found" for text in missing.elements()]
    lines += [f"expected no such paragraph / found {text!r}" for text in surplus]
    lines += [f"expected {law} right / found wrong" for law in ("order", *LAWS) if not facts[law]]
    return Verdict(
        gold,
        wanted=len(wanted),
        found=len(wanted) - missing.total(),
        shown=len(bodies),
        right=len(bodies) - len(surplus),
        bodies=len(found_bodies),
        citable=sum(t in citable_texts for t in found_bodies),
        facts=facts,
        failures=tuple(f"{gold.file}: {line}" for line in lines),
    )


def _surplus(read: list[str], wanted: list[str]) -> list[str]:
    """The paragraphs read that are not in the gold, or more often than there."""
    left, extra = Counter(wanted), []
    for text in read:
        if left[text] > 0:
            left[text] -= 1
        else:
            extra.append(text)
    return extra


def _tolerated(text: str, gold: Gold) -> bool:
    """Whole, or a piece of it: some pages part a caption from its credit."""
    return any(text in seen(allowed) for allowed in gold.tolerated)


def _facts(gold: Gold, article: Article) -> tuple[dict[str, bool], list[str]]:
    facts, lines = {}, []
    for name in FACTS:
        wanted, found = _wanted(gold, name), _found(article, name)
        # An Article that has no such field yet is not blamed for it.
        if wanted is ANY or found is ANY:
            continue
        facts[name] = _plain(name, wanted) == _plain(name, found)
        if not facts[name]:
            about = f" ({gold.subject})" if gold.subject and name in ("published", "origin", "updated") else ""
            lines.append(f"expected {name} {wanted!s} / found {found!s}{about}")
    return facts, lines


def _wanted(gold: Gold, name: str) -> Any:
    if name == "origin" and gold.published is None:
        return ANY  # why a date is unknown is said in words, which are not judged here
    return getattr(gold, name)


def _found(article: Article, name: str) -> Any:
    if name == "origin":
        return re.split(r"[,:(]", article.published_from)[0].strip()
    renamed = {"outlet": "source"}.get(name, name)
    return getattr(article, renamed, ANY)


def _plain(name: str, value: Any) -> Any:
    """Two spellings of the same: en-GB is en, names in any order, upper case or lower."""
    if isinstance(value, tuple):
        return sorted(seen(v).casefold() for v in value)
    if not isinstance(value, str):
        return value
    text = seen(value).casefold() if name != "url" else value.rstrip("/")
    return re.split("[-_]", text)[0] if name == "language" else text


def table(report: Report) -> str:
    """The shares in per cent, a row a format and one for all; 100 where nothing is scored."""
    columns = ("order", *FACTS, *LAWS)
    rows = [
        f"{'format':8}{'files':>6}{'arts':>6}{'recall':>8}{'precis.':>8}{'citable':>8}"
        + "".join(f"{c[:9]:>10}" for c in columns)
    ]
    for name in (*report.formats, "all"):
        part = report if name == "all" else report.of(name)
        files = len({v.gold.file for v in part.verdicts})
        shares = "".join(f"{100 * s:8.1f}" for s in (part.recall, part.precision, part.citable))
        facts = "".join(f"{100 * part.fact(c):10.1f}" for c in columns)
        rows.append(f"{name:8}{files:6}{len(part.verdicts):6}{shares}{facts}")
    return "\n".join(rows)


def failures(report: Report) -> list[str]:
    """All that went wrong, a line each."""
    return [line for v in report.verdicts for line in v.failures] + list(report.strays)


def read_from(folder: Path, read_file: Callable[[Path], list[Article]]) -> Callable[[str], list[Article]]:
    """A reader of paths as a reader of the gold's file names."""
    return lambda name: read_file(folder / name)
