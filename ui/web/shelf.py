"""The library tab as HTML, pure: the articles in a table, a search among them, and when they were published."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from index import Article
from ui.text import day, visible
from ui.web.render import safe

MOST_ROWS = 200
"""A page with thousands of rows is slow, and nobody reads it."""
_NAMED = 7
_BARS = 60
_WIDTH, _HEIGHT, _LEFT, _TOP, _BASE, _WIDEST = 640, 170, 34, 12, 146, 40
"""The chart in units of its own: the bars stand between `_LEFT` and the width, `_TOP` and `_BASE`."""


def shelf_html(
    articles: Sequence[Article], *, words: Mapping[str, int] | None, total: int, shown: int = MOST_ROWS
) -> str:
    """A table of the first `shown` of these articles, 200 at most.

    `words` counts each article's words by its id, None leaves the column out. `total` is how many the
    library holds, so that an empty library and a search without a match are told apart.
    """
    if not total:
        return '<p class="hint">The library is empty; add articles to ask about them.</p>'
    if not articles:
        return f'<p class="hint">None of the {total:,} articles fits; search for other words or widen the filters.</p>'
    rows = articles[: max(0, min(shown, MOST_ROWS))]
    titles = ("headline", "outlet", "date", *(("words",) if words is not None else ()), "")
    head = "".join(f'<th scope="col">{title or _unseen("remove")}</th>' for title in titles)
    left_out = (
        f'<p class="hint">showing {len(rows):,} of {len(articles):,}; narrow the search</p>'
        if len(rows) < len(articles)
        else ""
    )
    return (
        f'<table class="shelf"><caption class="sr">The articles of the library</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(_row_html(article, words) for article in rows)}</tbody></table>{left_out}"
    )


def _row_html(article: Article, words: Mapping[str, int] | None) -> str:
    identity, headline = safe(article.id), safe(visible(article.headline)) or "(no headline)"
    count = "" if words is None else f'<td class="figure">{_figure(words.get(article.id))}</td>'
    return (
        f'<tr><td><button class="link" data-do="read" data-article="{identity}">{headline}</button></td>'
        f"<td>{safe(visible(article.source))}</td><td>{day(article.published)}</td>{count}"
        f'<td><button data-do="remove" data-event="delete" data-article="{identity}" aria-label="Remove {headline}" '
        f'data-confirm="Take “{headline}” out of the library?">remove</button></td></tr>'
    )


def _figure(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def _unseen(text: str) -> str:
    return f'<span class="sr">{text}</span>'


def matching(articles: Sequence[Article], text: str) -> list[Article]:
    """The articles that have every word of `text` in headline, outlet or byline."""
    words = _fold(text).split()
    return [article for article in articles if _holds(article, words)]


def _holds(article: Article, words: Sequence[str]) -> bool:
    held = _fold("\n".join((article.headline, article.source, *article.authors))) if words else ""
    return all(word in held for word in words)


def _fold(text: str) -> str:
    """The text without case and accents, for comparing."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _outlet_key(name: str) -> str:
    return _fold(name).strip().removeprefix("the ")


def library_facts_html(articles: Sequence[Article]) -> str:
    """One line: how many articles and outlets, from when to when, how many undated; "" for no articles."""
    if not articles:
        return ""
    dates = [a.published for a in articles if a.published]
    outlets = {_outlet_key(a.source) for a in articles if a.source}
    undated = len(articles) - len(dates)
    facts = [_many(len(articles), "article"), _many(len(outlets), "outlet")]
    if dates:
        facts.append(_range(min(dates), max(dates)))
    if undated:
        facts.append(f"{undated:,} undated")
    return f'<p class="facts">{" · ".join(facts)}</p>'


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _range(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"


_Scale = tuple[str, Callable[[date], int], Callable[[date], str]]
_SCALES: tuple[_Scale, ...] = (
    ("day", date.toordinal, day),
    ("week", lambda d: (d.toordinal() - 1) // 7, lambda d: f"week of {day(d - timedelta(d.weekday()))}"),
    ("month", lambda d: d.year * 12 + d.month, lambda d: f"{d:%B} {d.year}"),
    ("year", lambda d: d.year, lambda d: str(d.year)),
    ("decade", lambda d: d.year // 10, lambda d: f"{d.year // 10 * 10}s"),
)
"""How wide a bar is: its name, the number of the bar that a day falls into, and what that bar is called."""


def chart_svg(articles: Sequence[Article]) -> str:
    """A bar chart of articles by day and outlet, with a legend; by week or longer where days would be too many.

    The colours are the style sheet's: s0 to s6 for the largest outlets, s7 for the others. "" for no articles.
    """
    spelt: dict[str, str] = {"": "outlet unknown"}
    dated = sorted(
        (a.published, spelt.setdefault(_outlet_key(a.source), visible(a.source))) for a in articles if a.published
    )
    undated = len(articles) - len(dated)
    if not dated:
        return f'<p class="hint">{_many(undated, "article")}, all undated: there is no chart.</p>' if undated else ""
    first, last = dated[0][0], dated[-1][0]
    scale, bar_of, name_of = next((s for s in _SCALES if s[1](last) - s[1](first) < _BARS), _SCALES[-1])
    ranked = Counter(outlet for _, outlet in dated).most_common()
    names = [outlet for outlet, _ in ranked[:_NAMED]] + ["others"] * (len(ranked) > _NAMED)
    place = {outlet: min(rank, _NAMED) for rank, (outlet, _) in enumerate(ranked)}
    bars: dict[int, Counter[int]] = {}
    called: dict[int, str] = {}
    for published, outlet in dated:
        bar = bar_of(published) - bar_of(first)
        bars.setdefault(bar, Counter())[place[outlet]] += 1
        called[bar] = name_of(published)
    fullest = max(bars, key=lambda bar: bars[bar].total())
    most = bars[fullest].total()
    sentence = (
        f"{_many(len(dated), 'article')} by {scale}, {_range(first, last)}. The most, {most:,}: {called[fullest]}. "
        f"Undated and left out: {undated:,}."
    )
    drawn = "".join(_bar_svg(bar, max(bars) + 1, bars[bar], most, called[bar], names) for bar in bars)
    legend = "".join(f'<li><span class="key s{rank}"></span>{safe(name)}</li>' for rank, name in enumerate(names))
    return (
        f'<figure class="chart"><svg role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}"><title>Articles by {scale} and outlet'
        f"</title><desc>{safe(sentence)}</desc>{_axes_svg(most, called[0], called[max(bars)])}{drawn}</svg>"
        f'<ul class="legend">{legend}</ul></figure>'
    )


def _bar_svg(bar: int, among: int, counts: Counter[int], most: int, called: str, names: Sequence[str]) -> str:
    """One bar, its outlets stacked; every part tells its figure to the pointer."""
    step = (_WIDTH - _LEFT) / among
    width = min(step * 0.8, _WIDEST)
    x, y = _LEFT + bar * step + (step - width) / 2, float(_BASE)
    parts = []
    for place, count in sorted(counts.items()):
        height = (_BASE - _TOP) * count / most
        y -= height
        parts.append(
            f'<rect class="s{place}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">'
            f"<title>{safe(f'{called}, {names[place]}: {count:,}')}</title></rect>"
        )
    return "".join(parts)


def _axes_svg(most: int, first: str, last: str) -> str:
    below = _BASE + 18
    return (
        f'<path class="axis" d="M{_LEFT} {_TOP}H{_WIDTH}M{_LEFT} {_BASE}H{_WIDTH}"></path>'
        f'<text x="{_LEFT - 6}" y="{_TOP + 4}" text-anchor="end">{most:,}</text>'
        f'<text x="{_LEFT - 6}" y="{_BASE + 4}" text-anchor="end">0</text>'
        f'<text x="{_LEFT}" y="{below}">{first}</text>'
        + (f'<text x="{_WIDTH}" y="{below}" text-anchor="end">{last}</text>' if last != first else "")
    )
