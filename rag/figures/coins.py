"""The money of an article that writes of a currency which is no unit of ours: "180 million talars ($60 million)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from index import Article
from rag.figures.counted import Figure, figures_of

_COIN = tuple(
    re.compile(form)
    for form in (
        r"(?:million|billion|thousand) ([a-z]{3,}) \((?:US|A|C)?[$€£¥]",
        r"\b[Tt]he ([a-z]{3,}) (?:was|is|has|had|fell|rose|lost|gained|slid|traded|stood)\b[^.]{0,40}? (?:to|against) the (?:dollar|euro|pound)",
        r"\d ([a-z]{3,}s) (?:an?|per) (?:share|lit(?:er|re)|barrel|tonne|ton|gallon|kilo(?:gram)?|head)\b",
        r"\b(?:costs?|costing|fine of|fined|paid|pays?|price of|worth|bill of|(?:dividend|fund|budget|loss|profit|levy|revenue|debt|grant) of|aside|earned|offered"
        r"|promised)(?: \w+){0,2} [\d.,]+ (?:million|billion) ([a-z]{3,}s)\b",
    )
)
_MONEY = re.compile(
    r"\b(?:costs?|price[sd]?|pa(?:y|ys|id|ying|yments?)|worth|offer(?:s|ed)?|bids?|debts?|fund|sum|budgets?|loss(?:es)?|profits?|deficit|fined?|grants?|invoice|bill)\b"
    r"[^.;\n]{0,50}? [\d.,]+ (?:million |billion )?([a-z]{3,}s)\b"
)
"""So a sum may be told, and much else that is paid for: it is a currency where it is told again and again."""
_OFTEN = 3
_NO_COINS = frozenset(
    "people men women workers jobs homes houses books copies votes barrels litres tonnes tons miles shares seats points doses tickets customers"
    " passengers branches employees hours days weeks months years times metres meters kilometres kilometers grams kilos hectares acres".split()
)


@lru_cache(maxsize=512)
def coins_of(text: str) -> frozenset[str]:
    """The words by which an article names such a currency."""
    found = {match[1] for form in _COIN for match in form.finditer(text)}
    return frozenset(found | {f"{word}s" for word in found} | {word.removesuffix("s") for word in found}) - _NO_COINS


def coins_in(articles: Iterable[Article]) -> frozenset[str]:
    """The words by which any of these articles names its money: a short report need not say so itself."""
    texts = [article.text for article in articles]
    often = Counter(word for text in texts for word in _sums_of(text))
    told = {word for word, times in often.items() if times >= _OFTEN} - _NO_COINS
    return frozenset(told | {word.removesuffix("s") for word in told}).union(*map(coins_of, texts))


@lru_cache(maxsize=512)
def _sums_of(text: str) -> tuple[str, ...]:
    return tuple(match[1] for match in _MONEY.finditer(text))


def measured(sentence: str, coins: frozenset[str]) -> tuple[Figure, ...]:
    """The figures of a sentence, those of the article's own money as money."""
    return tuple(_as_money(sentence, f, coins) for f in figures_of(sentence)) if coins else figures_of(sentence)


def _as_money(sentence: str, figure: Figure, coins: frozenset[str]) -> Figure:
    if figure.unit or not figure.nouns or figure.nouns[0] not in coins:
        return figure
    coin = figure.nouns[0]
    end = sentence.lower().index(coin, figure.end) + len(coin)
    return replace(figure, unit="money", currency=coin.removesuffix("s"), nouns=figure.nouns[1:], end=end)
