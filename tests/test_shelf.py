"""The library tab: every article in the table as text, searches find what they should, the chart adds up."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from index import Article
from ui.web.shelf import _BASE, _TOP, MOST_ROWS, chart_svg, library_facts_html, matching, shelf_html

HOSTILE = '"><script>alert(1)</script>\u202e<img src=x onerror=alert(1)>'


class Page(HTMLParser):
    """Tags with their attributes, and the text of each innermost tag; open and close must fit."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def inside(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


def article(number: int = 1, **fields: object) -> Article:
    given = {"title": f"Story {number}", "source": "Merrin Courier", "published": date(2026, 3, 12), **fields}
    return Article(id=f"a{number}", path=f"news/{number}.txt", **given)  # type: ignore[arg-type]


def test_an_article_is_a_row_with_its_facts_and_two_buttons() -> None:
    page = Page(shelf_html([article(title="Ferry sinks")], words={"a1": 1234}, total=1))
    read, remove = page.all("button")
    assert read == {"class": "link", "data-do": "read", "data-article": "a1"}
    assert remove == {
        "data-do": "remove",
        "data-event": "delete",
        "data-article": "a1",
        "aria-label": "Remove Ferry sinks",
        "data-confirm": "Take “Ferry sinks” out of the library?",
    }
    assert page.inside("button")[0] == "Ferry sinks"
    assert page.inside("td") == ["Merrin Courier", "12 March 2026", "1,234"]
    assert [th["scope"] for th in page.all("th")] == ["col"] * 5
    assert len(page.all("caption")) == 1


def test_what_is_unknown_is_not_made_up() -> None:
    page = Page(shelf_html([article(published=None, source="")], words={}, total=1))
    assert page.inside("td") == ["undated"]
    assert len(page.all("th")) == 5 and len(Page(shelf_html([article()], words=None, total=1)).all("th")) == 4


def test_hostile_words_stay_words_in_table_and_chart() -> None:
    evil = article(title=HOSTILE, source=HOSTILE)
    visible = HOSTILE.replace("\u202e", "")
    page = Page(shelf_html([evil], words=None, total=1))
    assert {tag for tag, _ in page.tags} == {"table", "caption", "thead", "tbody", "tr", "th", "td", "button", "span"}
    assert page.all("button")[1]["aria-label"] == f"Remove {visible}"
    assert visible in page.inside("button") and visible in page.inside("td")
    chart = Page(chart_svg([evil]))
    assert {tag for tag, _ in chart.tags} == {
        *("figure", "svg", "title", "desc", "path", "text", "rect", "ul", "li", "span"),
    }
    assert chart.inside("li") == [visible]
    assert "\u202e" not in shelf_html([evil], words=None, total=1) + chart_svg([evil])


def test_an_empty_library_and_an_empty_search_say_different_things() -> None:
    empty, missed = shelf_html([], words=None, total=0), shelf_html([], words=None, total=1234)
    assert "The library is empty" in empty and "1,234" in missed and "fits" in missed
    assert "<table" not in empty + missed


@pytest.mark.parametrize(
    ("count", "shown", "rows"), [(201, 200, 200), (1234, 5000, 200), (30, 10, 10), (200, 200, 200)]
)
def test_no_more_rows_than_a_page_bears(count: int, shown: int, rows: int) -> None:
    html = shelf_html([article(n) for n in range(count)], words=None, total=count, shown=shown)
    assert html.count('data-do="read"') == rows <= MOST_ROWS
    assert (f"showing {rows} of {count:,}; narrow the search" in html) == (rows < count)


SHELF = [
    article(1, title="Café fire in Zürich", authors=("Renée Ångström",)),
    article(2, title="CAFE reopens", source="The Bay Coast Radio", published=date(2026, 4, 1)),
    article(3, title="Storm", source="Bay Coast Radio", published=None),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [1, 2, 3]),
        ("cafe", [1, 2]),
        ("CAFÉ", [1, 2]),
        ("zurich café", [1]),
        ("renee angstrom", [1]),
        ("radio cafe", [2]),
        ("storm cafe", []),
        ("  ", [1, 2, 3]),
        ("news/1", []),
    ],
)
def test_every_word_is_searched_without_case_and_accents(text: str, found: list[int]) -> None:
    assert [a.id for a in matching(SHELF, text)] == [f"a{n}" for n in found]


def heights(html: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for rect in Page(html).all("rect"):
        found[str(rect["class"])] += round(float(rect["height"] or 0))
    return found


def test_bars_are_as_high_as_there_are_articles() -> None:
    articles = [*(article(n) for n in range(6)), *(article(n, source="Bay Coast Radio") for n in range(3))]
    html = chart_svg([*articles, article(9, published=None)])
    parts = heights(html)
    assert parts["s0"] == pytest.approx(2 * parts["s1"], abs=1) and parts.total() == _BASE - _TOP
    page = Page(html)
    assert page.inside("li") == ["Merrin Courier", "Bay Coast Radio"]
    assert page.inside("desc") == [
        "9 articles by day, 12 March 2026. The most, 9: 12 March 2026. Undated and left out: 1."
    ]
    assert "12 March 2026, Bay Coast Radio: 3" in page.inside("title")
    assert page.all("svg")[0]["role"] == "img"


def test_two_spellings_of_an_outlet_are_one() -> None:
    assert Page(chart_svg([*SHELF[1:], article(5, source="bay coast radio")])).inside("li") == ["The Bay Coast Radio"]
    assert "2 outlets" in library_facts_html(SHELF)


@pytest.mark.parametrize(
    ("days", "scale"),
    [(1, "day"), (60, "day"), (61, "week"), (400, "week"), (700, "month"), (4000, "year"), (36000, "decade")],
)
def test_a_long_range_is_drawn_in_wider_bars(days: int, scale: str) -> None:
    first = date(1926, 3, 2)
    articles = [article(n, published=first + timedelta(n)) for n in range(0, days, max(1, days // 500))]
    articles.append(article(0, published=first + timedelta(days - 1)))
    html = chart_svg(articles)
    assert f"by {scale}," in Page(html).inside("desc")[0]
    assert len({rect["x"] for rect in Page(html).all("rect")}) <= 60
    total = sum(int(found) for found in re.findall(r": (\d+)</title></rect>", html))
    assert total == len(articles)


def test_seven_outlets_by_name_and_the_rest_together() -> None:
    articles = [article(n, source=f"Paper {p:02}") for p in range(12) for n in range(20 - p)]
    html = chart_svg(articles)
    names = Page(html).inside("li")
    assert names == [*(f"Paper {p:02}" for p in range(7)), "others"]
    assert f"others: {sum(20 - p for p in range(7, 12))}" in html and set(heights(html)) == {f"s{n}" for n in range(8)}


def test_no_chart_is_drawn_of_nothing() -> None:
    assert chart_svg([]) == library_facts_html([]) == ""
    assert "<svg" not in (undated := chart_svg([article(published=None)])) and "1 article, all undated" in undated


def test_nothing_in_the_chart_comes_from_elsewhere_or_brings_its_own_colours() -> None:
    html = chart_svg(SHELF)
    assert not re.search(r"href|url\(|style=|fill=|http|#[0-9a-f]{3}", html)


def test_the_facts_of_the_library_are_one_line() -> None:
    assert re.sub("<[^>]+>", "", library_facts_html(SHELF)) == (
        "3 articles · 2 outlets · 12 March 2026 to 1 April 2026 · 1 undated"
    )
