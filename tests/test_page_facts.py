"""What a page says of itself: the strongest source's word, and nothing that it does not say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.extract import Stated
from index.formats.fragment import parse
from index.formats.html import html_extract
from index.formats.html.linked_data import own_article, read
from index.formats.html.page_facts import PageFacts, names, page_facts

TITLE = "Storm-hit quay to close"
TEXT = "<p>The council of Merrin voted on Tuesday to close the lower quay for the whole winter.</p>"


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def facts(head: str = "", body: str = "", html: str = "<html>", url: str = "") -> PageFacts:
    return page_facts(parse(f"{html}<head>{head}</head><body>{body}</body></html>"), url=url)


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "url": "https://example.org/2026/quay",
    "datePublished": "2026-03-10T18:30:00Z",
    "dateModified": "2026-03-11",
    "author": [{"@type": "Person", "name": "By Ann Poe"}, {"name": "Bo Lee"}],
    "publisher": {"@type": "Organization", "name": "Merrin Courier"},
    "articleSection": ["Local", "Harbour"],
    "inLanguage": "en_GB",
}
OTHER = {
    "@type": "NewsArticle",
    "headline": "Ferry fares to rise",
    "url": "https://example.org/f",
    "datePublished": "2020-01-01",
}


def test_json_ld_tells_everything() -> None:
    assert facts(ld(ARTICLE)) == PageFacts(
        headline=TITLE,
        outlet="Merrin Courier",
        authors=("Ann Poe", "Bo Lee"),
        published=(Stated("2026-03-10T18:30:00Z", "JSON-LD"),),
        updated=(Stated("2026-03-11", "JSON-LD"),),
        url="https://example.org/2026/quay",
        section="Local",
        language="en-GB",
        type="report",
    )


def test_a_page_that_says_nothing_has_no_facts() -> None:
    assert facts(body=TEXT) == PageFacts()


def test_stronger_sources_come_first_and_weaker_dates_follow() -> None:
    found = facts(
        ld({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-03-10"})
        + '<meta property="article:published_time" content="2026-03-09"><meta name="pubdate" content="9 March">'
        + '<meta property="og:title" content="Another title"><meta name="author" content="Cy Dee">',
        f'<h1>{TITLE}</h1><p>Published <time datetime="2026-03-08">8 March</time>, last updated <time>12 March 2026</time></p>',
    )
    assert found.headline == TITLE
    assert found.authors == ("Cy Dee",)
    assert [s.origin for s in found.published] == ["JSON-LD", "meta", "meta", "time element"]
    assert [s.text for s in found.published] == ["2026-03-10", "2026-03-09", "9 March", "2026-03-08"]
    assert found.updated == (Stated("12 March 2026", "time element"),)


@pytest.mark.parametrize(
    "script",
    [
        [OTHER, ARTICLE],
        {"@graph": [{"@type": "WebSite", "name": "x"}, OTHER, ARTICLE]},
        {"@type": "ItemList", "itemListElement": [{"item": OTHER}, {"item": ARTICLE}]},
        {**ARTICLE, "@type": ["Article", "https://schema.org/NewsArticle"], "hasPart": [OTHER]},
        {
            **ARTICLE,
            "url": None,
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://www.example.org/2026/quay/#x"},
            "isRelatedTo": OTHER,
        },
    ],
)
def test_among_several_described_articles_the_pages_own_is_taken(script: Any) -> None:
    for head in (
        '<link rel="canonical" href="https://example.org/2026/quay">',
        f'<meta property="og:title" content="{TITLE} | Courier">',
    ):
        found = facts(head + ld(script))
        assert found.published == (Stated("2026-03-10T18:30:00Z", "JSON-LD"),)
        assert found.headline == TITLE


def test_another_articles_description_is_not_taken_for_the_pages() -> None:
    canonical = '<link rel="canonical" href="https://example.org/2026/quay">'
    assert facts(canonical + ld(OTHER)).published == ()
    assert facts(canonical + ld([OTHER, {**OTHER, "url": "https://example.org/g", "headline": "G"}])).published == ()


def test_people_and_outlets_named_by_reference_are_found() -> None:
    graph = [
        {**ARTICLE, "author": {"@id": "#ann"}, "publisher": {"@id": "#org"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Poe"},
        {"@type": "Organization", "@id": "#org", "name": "Merrin Courier"},
    ]
    found = facts(ld({"@graph": graph}))
    assert (found.authors, found.outlet) == (("Ann Poe",), "Merrin Courier")


@pytest.mark.parametrize(
    "broken",
    [
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps(ARTICLE)[:-1] + ",}",
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        json.dumps(ARTICLE).replace(TITLE, TITLE + "\n"),
        json.dumps(ARTICLE) + ";",
    ],
)
def test_commonly_broken_json_ld_is_mended(broken: str) -> None:
    found = facts(f'<script type="application/ld+json; charset=utf-8">{broken}</script>')
    assert (found.headline, found.outlet) == (TITLE, "Merrin Courier")


@pytest.mark.parametrize(
    "hostile", ["[" * 100_000, '{"a":' * 100_000, "9" * 10_000, "{", "null", '"x"', '{"@type": [[[]]]}']
)
def test_hostile_json_ld_is_passed_over(hostile: str) -> None:
    assert facts(f'<script type="application/ld+json">{hostile}</script>{ld(ARTICLE)}').headline == TITLE


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        (
            '<meta property="og:site_name" content="Merrin Courier"><meta property="og:title" content="Quay: shut - Merrin Courier">',
            "",
            "Quay: shut",
        ),
        ("<title>Quay shut | Merrin Courier</title>", "", "Quay shut"),
        ("<title>Quay shut - for winter</title>", "", "Quay shut - for winter"),
        (
            '<title>The Merrin Courier: x</title><meta property="og:title" content="7-2 vote | Quay shut">',
            "",
            "7-2 vote",
        ),
        ("<title>Site</title>", "<h1>Quay <b>shut</b></h1>", "Quay shut"),
        ('<meta property="og:title" content="Q&amp;amp;A on the quay">', "", "Q&A on the quay"),
    ],
)
def test_the_headline_stands_without_the_sites_name(head: str, body: str, headline: str) -> None:
    assert facts(head, body).headline == headline


def test_the_site_signs_its_title_with_the_name_of_its_front_page() -> None:
    link = '<a class="logo" href="/">Merrin Courier</a>'
    assert facts("<title>Quay shut | Merrin Courier</title>", link).outlet == "Merrin Courier"
    assert facts("<title>Quay shut | Merrin Courier</title>").outlet == ""
    assert facts("<title>Quay shut</title>", link).outlet == ""


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("By Ann Poe and Bo Lee", ("Ann Poe", "Bo Lee")),
        ("Ann Poe, Bo Lee & Cy van Dee", ("Ann Poe", "Bo Lee", "Cy van Dee")),
        ("BY ANN POE, Harbour Correspondent", ("ANN POE",)),
        ("Words by Ann Poe | Pictures", ("Ann Poe", "Pictures")),
        ("https://facebook.com/annpoe", ()),
        ("ann@example.org", ()),
        ("Byron Poe", ("Byron Poe",)),
        ("Courier staff", ("Courier staff",)),
    ],
)
def test_bylines_become_names(written: str, people: tuple[str, ...]) -> None:
    assert names([written]) == people


def test_an_author_that_is_an_address_is_no_name_and_the_byline_is_asked() -> None:
    found = facts(
        '<meta property="article:author" content="https://facebook.com/ann">',
        '<p class="article-byline">By <a rel="author" href="/ann">Ann Poe</a>, Harbour Editor</p>',
    )
    assert found.authors == ("Ann Poe",)
    assert facts(body='<div class="byline">By Ann Poe, Harbour Editor</div>').authors == ("Ann Poe",)
    assert facts(body='<div class="author">Share this story with friends now please</div>').authors == ()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (ld({**ARTICLE, "@type": "OpinionNewsArticle"}), "opinion"),
        (ld({**ARTICLE, "articleSection": "Opinion"}), "opinion"),
        ('<meta property="article:section" content="Comment">', "opinion"),
        (ld({**ARTICLE, "@type": "LiveBlogPosting"}), "live"),
        (ld({**ARTICLE, "headline": "Correction: Quay to close"}), "correction"),
        ("<title>Clarification - the quay</title>", "correction"),
        ('<meta property="article:section" content="Press releases">', "press release"),
        (ld({**ARTICLE, "@type": "ReportageNewsArticle"}), "report"),
        (ld({**ARTICLE, "@type": "BlogPosting"}), ""),
        ("<title>Corrections officer held</title>", ""),
    ],
)
def test_the_type_is_what_the_page_says_it_is(head: str, kind: str) -> None:
    assert facts(head).type == kind


@pytest.mark.parametrize(
    ("head", "html", "language"),
    [
        ("", "<html lang=en-us>", "en-US"),
        ("", '<html lang="zh-Hans-CN">', "zh"),
        ('<meta property="og:locale" content="pt_BR">', "<html>", "pt-BR"),
        ("", "<html lang='?'>", ""),
    ],
)
def test_the_language_is_written_as_a_tag(head: str, html: str, language: str) -> None:
    assert facts(head, html=html).language == language


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "https://x y", "", "//"])
def test_only_web_addresses_are_addresses(bad: str) -> None:
    assert facts(f'<link rel="canonical" href="{bad}">').url == ""


def test_a_relative_canonical_address_is_completed() -> None:
    assert facts('<link rel="canonical" href="/a">', url="https://example.org/b").url == "https://example.org/a"


def test_times_of_related_stories_comments_and_text_are_not_the_articles() -> None:
    page = (
        f"<html><body><main><article><h1>{TITLE}</h1><p>Published <time datetime='2026-03-10'>10 March</time></p>{TEXT}{TEXT}"
        f"<p>The wall fell on <time datetime='1987-10-16'>16 October 1987</time>, in the night of the great storm.</p>"
        "<div class='related'><a href='/a'>Ferry</a><time datetime='2020-01-01'>1 January 2020</time></div></article>"
        "<section class='comments'><p>Good, I say, and about time too, friends.</p><time datetime='2026-04-01'>1 April</time></section></main>"
        "<div><h3><a href='/b'>Other</a></h3><time datetime='2019-01-01'>2019</time></div></body></html>"
    )
    extract = html_extract(page.encode())
    assert extract.published == (Stated("2026-03-10", "time element"),)
    assert extract.updated == ()


def test_the_time_of_saving_or_serving_is_no_date() -> None:
    page = f"<!-- saved on 2026-05-05 --><html><head><meta http-equiv='last-modified' content='2026-05-05'></head><body>{TEXT}</body></html>"
    assert html_extract(page.encode()).published == ()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["NewsArticle", TITLE, "https://example.org/f"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "headline",
                    "author",
                    "name",
                    "url",
                    "mainEntityOfPage",
                    "publisher",
                    "datePublished",
                    "articleSection",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_any_json_ld_is_read_or_passed_over(value: Any) -> None:
    described = own_article(read([json.dumps(value)]), ("https://example.org/f",), (TITLE,))
    assert isinstance(described.headline, str) and all(isinstance(name, str) for name in described.authors)
    found = facts(ld(value).replace("</", "<\\/", 1).replace("<\\/script>", "</script>"))
    assert isinstance(found.headline, str)


def test_an_article_of_which_only_the_change_is_stated_is_the_pages_own() -> None:
    found = facts(ld({"@type": "NewsArticle", "dateModified": "2024-03-05"}))
    assert (found.published, found.updated) == ((), (Stated("2024-03-05", "JSON-LD"),))


@pytest.mark.parametrize(
    "title", ["Merrin Star: Quay to close", "Quay to close - Merrin Star", "Quay to close | Merrin Star"]
)
@pytest.mark.parametrize("notice", ["Copyright 2019 Merrin Star", "© 1998–2019 Merrin Star. All rights reserved"])
def test_the_outlet_is_what_stands_beside_the_headline_and_in_the_copyright_notice(title: str, notice: str) -> None:
    found = facts(f"<title>{title}</title>", f"<h1>Quay to close</h1><p>It will.</p><div>{notice}</div>")
    assert (found.outlet, found.headline) == ("Merrin Star", "Quay to close")


def test_what_stands_beside_the_headline_alone_is_no_outlet() -> None:
    assert facts("<title>Local: Quay to close</title>", "<h1>Quay to close</h1><p>© 2019 Merrin Star</p>").outlet == ""
