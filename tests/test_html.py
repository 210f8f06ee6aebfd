"""Web pages: every paragraph of the article exactly as the page has it, and nothing of what stands around it."""

from __future__ import annotations

import contextlib
import io
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.extract import Extract, Unreadable
from index.formats.fragment import words_of
from index.formats.html import html_extract, read_html

BODY = [
    "The council of Merrin voted on Tuesday to close the lower quay for the winter, after two storms broke its wall.",
    "“We will rebuild it,” said Ann Poe, the harbour master. “It is not the first wall we have lost.”",
    "Repairs are put at €2.4 million, a figure the council’s own engineers call “hopeful”.",
    "The vote was 7–2.",
    "Boats of up to 12 metres may use the upper quay, which was dredged in 2019 & widened since.",
    "Fishing crews said the closing would cost them £300 a day.",
    "Mr Lee disagreed.",
]
LINKED = {
    0: BODY[0].replace("lower quay", '<a href="/places/quay">lower <b>qu</b>ay</a>'),
    4: BODY[4].replace("&", "&amp;").replace("dredged in 2019", '<a href="/2019/dredging">dredged in 2019</a>'),
}
PARAGRAPHS = "\n".join(f"<p>{LINKED.get(n, words)}</p>" for n, words in enumerate(BODY))
DIVS = "\n".join(f'<div class="txt">{LINKED.get(n, words)}</div>' for n, words in enumerate(BODY))
TITLE = "Storm-hit quay to close for the winter"
NAV = """<header class="site-header"><a href="/">Merrin Courier</a><nav><ul><li><a href="/news">News</a></li>
<li><a href="/sport">Sport</a></li><li>Today: Tuesday 14 March 2026</li></ul></nav></header>"""
FOOT = """<footer><p>© 2026 Merrin Courier. All rights reserved. No part of this site may be copied by anyone, ever.</p>
<ul><li><a href="/about">About us</a></li></ul></footer>"""
COOKIES = """<div id="cookie-banner" role="dialog"><h2>We value your privacy</h2><p>We and our 812 partners store
information on your device, such as cookies, and we do so to show you advertisements that you may like.</p></div>"""
SHARE = '<div class="share-bar"><span>Share</span><a href="https://x.invalid">X</a><button>Copy link</button></div>'
NEWSLETTER = """<div class="newsletter-box"><h3>The Morning Tide</h3><p>Sign up to our newsletter and get the news of
the coast in your inbox each morning, free.</p><form><input name="mail"><button>Sign up</button></form></div>"""
RELATED = """<section class="related"><h2>Related stories</h2><article class="card"><h3><a href="/a">Ferry fares to rise
again in spring</a></h3><p>Passengers will pay a tenth more from April, the ferry company said on Monday.</p>
<time datetime="2025-01-01">1 January 2025</time></article></section>"""
READ_MORE = '<p><strong>Read more:</strong> <a href="/b">Why the wall broke, and who knew of it</a></p>'
AD = '<div class="ad-slot" id="ad-2"><p>Advertisement</p><p>Buy a boat today, the boats at Hull Brothers never sink.</p></div>'
COMMENTS = """<section id="comments"><h2>3 comments</h2><article class="comment"><p>I have said for years that this
wall would not last, and nobody on that council ever listened to me.</p><time datetime="2026-03-15">15 March</time>
</article><article class="comment"><p>Close it for good. The town has no need of two quays, and never had.</p></article>
</section>"""
CORRECTION = "Correction: An earlier version of this article gave the cost as €24 million."
WINDOW = f"<title>{TITLE} | Merrin Courier</title>"


def page(body: str, head: str = "", html: str = '<html lang="en-GB">') -> bytes:
    return f'<!DOCTYPE html>{html}<head><meta charset="utf-8">{WINDOW}{head}</head><body>{body}</body></html>'.encode()


def with_inserts(paragraphs: str, *inserts: str) -> str:
    """The paragraphs with something between each two of them, in turn."""
    lines = paragraphs.split("\n")
    for place, insert in enumerate(inserts, 1):
        lines.insert(place * 2, insert)
    return "\n".join(lines)


def kinds(extract: Extract) -> list[tuple[str | None, str]]:
    return [(b.kind, extract.text[b.start : b.end]) for b in extract.blocks]


def paragraphs(extract: Extract, *kind: str) -> list[str]:
    return [words for k, words in kinds(extract) if not kind or k in kind]


HEADER = (
    f'<header><h1>{TITLE}</h1><p class="byline">By <a rel="author" href="/poe">Bo Lee</a></p>'
    '<p>Published <time datetime="2026-03-10T18:30">10 March 2026</time></p></header>'
)
LAYOUTS: dict[str, tuple[bytes, list[str]]] = {
    "plain article": (page(f"{NAV}<article>{HEADER}{PARAGRAPHS}</article>{FOOT}"), BODY),
    "main without article": (page(f"{NAV}<main><h1>{TITLE}</h1>{PARAGRAPHS}</main>{FOOT}"), BODY),
    "div soup": (
        page(
            f'<div id="wrap"><div class="top"><a href="/">Merrin Courier</a></div><div class="c1"><div class="c2">'
            f'<h1>{TITLE}</h1><div class="c3">{PARAGRAPHS}</div></div><div class="c4"><div><h4><a href="/x">Boat '
            f"sinks</a></h4><p>A boat sank off the point early on Sunday, nobody was hurt.</p></div></div></div></div>"
        ),
        BODY,
    ),
    "paragraphs as divs": (page(f'{NAV}<div class="story"><h1>{TITLE}</h1>{DIVS}</div>{FOOT}'), BODY),
    "one div with line breaks": (
        page(f"{NAV}<div><h1>{TITLE}</h1><div>{'<br><br>'.join(BODY)}</div></div>{FOOT}"),
        BODY,
    ),
    "everything straight in the body": (page(f"{NAV}<h1>{TITLE}</h1>{PARAGRAPHS}{FOOT}"), BODY),
    "clutter between the paragraphs": (
        page(
            f"{NAV}{COOKIES}<article>{HEADER}{SHARE}"
            f"{with_inserts(PARAGRAPHS, AD, READ_MORE, NEWSLETTER)}{SHARE}{RELATED}</article>{COMMENTS}{FOOT}"
        ),
        BODY,
    ),
    "comments and cards inside the article": (
        page(f"<article>{HEADER}<div class='body'>{PARAGRAPHS}</div>{RELATED}{COMMENTS}</article>{COOKIES}"),
        BODY,
    ),
    "unmarked teasers behind the text": (
        page(
            f"<main><h1>{TITLE}</h1><div class='x1'>{PARAGRAPHS}</div><div class='x2'><h2>More from Merrin</h2>"
            "<div><h3><a href='/f'>Ferry fares to rise</a></h3><p>Passengers will pay a tenth more from April, the "
            "company said.</p></div></div></main>"
        ),
        BODY,
    ),
    "text in several containers parted by advertisements": (
        page(
            f"<div id='story'><h1>{TITLE}</h1><div class='part'><p>{BODY[0]}</p><p>{BODY[1]}</p></div>{AD}"
            f"<div class='part'><p>{BODY[2]}</p><p>{BODY[3]}</p></div>{AD}"
            f"<div class='part'><p>{LINKED[4]}</p><p>{BODY[5]}</p><p>{BODY[6]}</p></div></div>{FOOT}"
        ),
        BODY,
    ),
    "amp": (
        page(
            f"<amp-sidebar><ul><li>News of the coast, every single day.</li></ul></amp-sidebar><article class="
            f"'amp-wp-article'>{HEADER}<div class='amp-wp-article-content'><amp-img src='a.jpg'></amp-img>"
            f"{with_inserts(PARAGRAPHS, '<amp-ad width=300>Buy a boat.</amp-ad>')}</div></article>{FOOT}",
            html="<html amp lang='en'>",
        ),
        BODY,
    ),
    "pull quote and aside": (
        page(
            f"<article>{HEADER}"
            + with_inserts(
                PARAGRAPHS,
                '<blockquote class="pull-quote"><p>It is not the first wall we have lost</p></blockquote>',
                "<aside><h3>In numbers</h3><p>Two walls were lost in ten years, say the town’s own books.</p></aside>",
            )
            + "</article>"
        ),
        BODY,
    ),
    "correction note at the bottom": (
        page(
            f"<article>{HEADER}<div class='text'>{PARAGRAPHS}</div><div class='note'><p><em>{CORRECTION}</em></p></div>"
            f"</article>{RELATED}"
        ),
        [*BODY, CORRECTION],
    ),
    "correction note in the article's footer": (
        page(f"<article>{HEADER}{PARAGRAPHS}<footer><p>{CORRECTION}</p><p>Topics: harbour</p></footer></article>"),
        [*BODY, CORRECTION],
    ),
    "lists and quotes": (
        page(
            f"<article>{HEADER}{PARAGRAPHS}<ul><li>The <b>upper</b> quay stays open.</li><li>So does the slip</li></ul>"
            "<blockquote><p>We were here before the wall.</p><p>We will be here after it.</p></blockquote></article>"
        ),
        [
            *BODY,
            "The upper quay stays open.",
            "So does the slip",
            "We were here before the wall.",
            "We will be here after it.",
        ],
    ),
    "a table": (
        page(
            f"<article>{HEADER}{PARAGRAPHS}<table><tr><th>Quay</th><th>Cost</th></tr><tr><td>Lower</td><td>€2m</td></tr>"
            "</table></article>"
        ),
        [*BODY, "Quay | Cost", "Lower | €2m"],
    ),
    "layout tables of the nineties": (
        page(
            f"<table><tr><td width=120><a href='/'>Home</a><br><a href='/n'>News</a></td><td><h1>{TITLE}</h1>"
            f"{PARAGRAPHS}</td><td><b>Weather</b></td></tr></table>"
        ),
        BODY,
    ),
    "the whole page in one form": (page(f"<form id='aspnet'>{NAV}<div>{HEADER}{PARAGRAPHS}</div>{FOOT}</form>"), BODY),
    "the site's name is a heading": (
        page(f"<div class='mast'><h1><a href='/'>Merrin Courier</a></h1></div><article>{HEADER}{PARAGRAPHS}</article>"),
        BODY,
    ),
    "saved complete, with a files folder": (
        page(
            f"<!-- saved from url=(0043)https://example.org/2026/03/quay -->{NAV}<script src='quay_files/a.js'></script>"
            f"<div id='root'><article>{HEADER}<img src='quay_files/wall.jpg'>{PARAGRAPHS}</article></div>"
            "<iframe src='quay_files/ad.html'>ad</iframe><noscript>Enable scripts to read this page, please.</noscript>"
        ),
        BODY,
    ),
    "classes that name nothing, each paragraph in boxes of its own": (
        page(
            f"<main><article><div><h1>{TITLE}</h1></div>"
            + "".join(f"<div class='s-1x'><div class='s-9q'>{p}</div></div>" for p in PARAGRAPHS.split("\n"))
            + "<div data-part='links'><h2>Related topics</h2><ul><li><a href='/t'>Merrin</a></li></ul></div></article>"
            "<div><h2>Top stories</h2><ul><li><a href='/a'>Ferry fares to rise</a></li></ul></div></main>"
        ),
        BODY,
    ),
    "a page builder's boxes called widgets": (
        page(
            f"<div class='builder-widget'><h1>{TITLE}</h1></div>"
            + "".join(f"<div class='builder-widget builder-text'>{p}</div>" for p in PARAGRAPHS.split("\n"))
            + f"<div class='builder-widget builder-share-buttons'><span>Facebook</span></div>{FOOT}"
        ),
        BODY,
    ),
    "more comments than article, and no class says so": (
        page(
            f"<div id='a'><h1>{TITLE}</h1>{PARAGRAPHS}</div><div id='b'><h3>12 Comments</h3>"
            + "<div><p>I have said for years that this wall would not last, and nobody listened to me.</p></div>" * 12
            + "</div>"
        ),
        BODY,
    ),
    "more cookie text than article": (
        page(
            "<div class='x'><div role='dialog'>"
            + "<p>We and our partners process data to provide the use of your precise place, and so on.</p>" * 15
            + f"</div></div><article><h1>{TITLE}</h1>{PARAGRAPHS}</article>"
        ),
        BODY,
    ),
    "a page hidden behind a window": (
        page(
            f"<div id='root' aria-hidden='true'><article><h1>{TITLE}</h1>{PARAGRAPHS}</article></div><div role='dialog'>"
            "<p>Subscribe today to read on, from one pound a week for you.</p></div>"
        ),
        BODY,
    ),
    "the next article on the same page": (
        page(
            f"<main><article><h1>{TITLE}</h1>{PARAGRAPHS}</article><article><h1>Ferry fares to rise</h1><p>Passengers will"
            " pay a tenth more from April, the company said.</p><p>The rise is the third in three years.</p></article></main>"
        ),
        BODY,
    ),
    "a summary in the header": (
        page(
            f"<article><header class='hero-banner'><p class='kicker'>Local</p><h1>{TITLE}</h1><p class='standfirst'>{BODY[0]}"
            f"</p></header><div class='c'>{''.join(PARAGRAPHS.split(chr(10))[1:])}</div></article>"
        ),
        BODY,
    ),
    "no heading, line breaks within a layout table": (
        page(
            f"<table><tr><td class='m'><a href='/a'>A</a><br><a href='/b'>B</a></td><td>{'<br><br>'.join(BODY)}</td></tr>"
            "</table><center>Copyright 1999 Merrin Courier. All rights reserved.</center>"
        ),
        BODY,
    ),
    "repeated paragraphs": (
        page(f"<article>{HEADER}{PARAGRAPHS}<p>{BODY[3]}</p><p>{BODY[0]}</p></article>"),
        [*BODY, BODY[3], BODY[0]],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_body_paragraph_and_nothing_else_is_the_articles_body(name: str) -> None:
    data, wanted = LAYOUTS[name]
    assert paragraphs(html_extract(data), "body") == wanted


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_headline_is_the_title_and_stands_in_the_text_at_most_once(name: str) -> None:
    extract = html_extract(LAYOUTS[name][0])
    assert extract.title == TITLE
    assert paragraphs(extract).count(TITLE) <= 1


def test_header_lines_have_their_kinds() -> None:
    found = kinds(html_extract(LAYOUTS["clutter between the paragraphs"][0]))
    assert found[:4] == [
        ("headline", TITLE),
        ("credit", "By Bo Lee"),
        ("dateline", "Published 10 March 2026"),
        ("body", BODY[0]),
    ]
    assert len(found) == 3 + len(BODY)


def test_headings_within_the_text_are_subheads() -> None:
    data = page(
        f"<article><h1>{TITLE}</h1><h2>Two storms in a month</h2>{PARAGRAPHS}<h2>What comes next</h2><h3>The wall</h3>"
        f"<p>{BODY[0]}</p><h3>Related stories</h3><ul><li><a href='/a'>Ferry fares to rise</a></li></ul></article>"
    )
    assert paragraphs(html_extract(data), "subhead") == ["Two storms in a month", "What comes next", "The wall"]


def test_a_block_that_calls_itself_a_heading_is_a_subhead() -> None:
    boxes = "".join(f"<div role='paragraph'>{words}</div>" for words in BODY)
    data = page(
        f"<div><h1>{TITLE}</h1><div>{boxes}<div role='heading'>What comes next</div><div>{BODY[0]}</div></div></div>"
    )
    assert kinds(html_extract(data))[-2:] == [("subhead", "What comes next"), ("body", BODY[0])]


def test_captions_and_credits_are_credits() -> None:
    data = page(
        f"<article>{HEADER}<figure><img src=a.jpg><figcaption>The lower quay on Sunday. Photo: Cy Dee</figcaption></figure>"
        f"{PARAGRAPHS}<p>Reporting by Bo Lee; editing by Di Ek</p></article>"
    )
    assert paragraphs(html_extract(data), "credit") == [
        "By Bo Lee",
        "The lower quay on Sunday. Photo: Cy Dee",
        "Reporting by Bo Lee; editing by Di Ek",
    ]


def test_a_live_page_keeps_every_entry_with_its_time() -> None:
    entries = "".join(
        f"<article class='post'><time datetime='2026-03-10T{hour}:00'>{hour}:00</time><h3><a href='#p{hour}'>Entry {hour}"
        f"</a></h3><p>At {hour} the water stood {hour} centimetres below the edge of the quay.</p><p>It rose.</p></article>"
        for hour in range(10, 16)
    )
    extract = html_extract(page(f"{NAV}<main><h1>{TITLE}: live</h1><div class='feed'>{entries}</div></main>{FOOT}"))
    assert len(paragraphs(extract, "body")) == 12
    assert paragraphs(extract, "dateline") == [f"{hour}:00" for hour in range(10, 16)]
    assert len(paragraphs(extract, "subhead")) == 6


def test_a_headline_apart_from_the_article_is_the_title_only() -> None:
    extract = html_extract(page(f"{NAV}<div class='hd'><h1>{TITLE}</h1></div><article>{PARAGRAPHS}</article>{FOOT}"))
    assert extract.title == TITLE
    assert kinds(extract) == [("body", words) for words in BODY]


def test_a_page_that_opens_as_a_press_release_is_one() -> None:
    assert html_extract(page(f"<article><p>FOR IMMEDIATE RELEASE</p>{PARAGRAPHS}</article>")).type == "press release"
    assert html_extract(page(f"<article>{PARAGRAPHS}</article>")).type == ""


CHINESE = "港务局周二表示，下码头将在冬季关闭，因为两场风暴摧毁了防波堤。委员会以七比二的投票结果批准了这一决定。"
ENGLISH = "“It’s done,” she said — the lower quay will cost €2 million to mend, and nobody knows who pays."
FRENCH = (
    "Le conseil a voté mardi la fermeture du vieux quai, a déclaré la mairie : « C’est décidé », dit-elle, à regret."
)
RUSSIAN = "Городской совет во вторник проголосовал за закрытие нижней набережной на зиму, сообщила администрация порта."


@pytest.mark.parametrize(
    ("words", "charset"),
    [(ENGLISH, "cp1252"), (FRENCH, "cp1252"), (CHINESE, "gbk"), (CHINESE, "utf-8"), (RUSSIAN, "cp1251")],
)
def test_a_page_that_does_not_name_its_charset_is_read_as_it_was_meant(words: str, charset: str) -> None:
    html = f"<html><head><title>x</title></head><body><article><p>{words}</p><p>{words}</p></article></body></html>"
    assert paragraphs(html_extract(html.encode(charset))) == [words, words]


@pytest.mark.parametrize(
    ("charset", "named"),
    [
        ("cp1252", "iso-8859-1"),
        ("gb18030", "gb2312"),
        ("big5", "big5"),
        ("shift_jis", "Shift_JIS"),
        ("utf-8", "latin-1"),
    ],
)
def test_a_named_charset_is_followed_and_utf8_goes_before_it(charset: str, named: str) -> None:
    words = {
        "cp1252": ENGLISH,
        "utf-8": FRENCH,
        "shift_jis": "港の壁は冬の間、閉鎖されると市議会が火曜日に決めた。",
    }.get(charset, "委員會週二投票決定，下碼頭將在冬季關閉。")
    html = f"<html><head><meta charset={named}></head><body><p>{words}</p><p>{words}</p></body></html>"
    assert paragraphs(html_extract(html.encode(charset))) == [words, words]
    bare = html.replace(f"<meta charset={named}>", "").encode(charset)
    assert paragraphs(html_extract(bare, charset=named)) == [words, words]


def test_a_byte_order_mark_goes_before_everything() -> None:
    html = f"<html><head><meta charset=ascii></head><body><p>{FRENCH}</p></body></html>"
    for charset in ("utf-16", "utf-8-sig"):
        assert paragraphs(html_extract(html.encode(charset), charset="gbk")) == [FRENCH]


def test_struck_out_hidden_and_scripted_words_are_no_text() -> None:
    data = page(
        f"<article><p>{BODY[0]} <del>Nobody</del> <script>alert(1)</script>left.</p><p hidden>Secret words here, friend.</p>"
        f"<p style='display: none'>More secret words, friend.</p><template><p>Never shown to anyone.</p></template></article>"
    )
    assert paragraphs(html_extract(data)) == [BODY[0] + " left."]


def test_inline_tags_neither_split_nor_glue_words() -> None:
    assert words_of("<p>un<b>brok</b>en <i>two</i> <a href=x>words</a>, <q>said</q> a<!-- - -->b</p>") == [
        (None, "unbroken two words, “said” ab")
    ]


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    assert words_of("one<br>two<br/> <br>three<p>four</p>five") == [
        (None, "one two"),
        (None, "three"),
        (None, "four"),
        (None, "five"),
    ]


def test_the_first_h1_is_the_headline_and_other_headings_are_subheads() -> None:
    assert words_of("<h1>A</h1><h1>B</h1><h4>C<br>D</h4>") == [("headline", "A"), ("subhead", "B"), ("subhead", "C D")]


def test_zero_width_debris_and_entities_are_cleaned() -> None:
    assert words_of("<p>har&shy;bour&#8203; &amp;&nbsp;\tquay&#x202e; e&#x301;</p>") == [(None, "harbour & quay é")]


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li", "table><td", "blockquote"])
def test_no_word_is_lost_however_deep_the_nesting(tag: str) -> None:
    html = f"<p>first words</p>{f'<{tag}>' * 100_000}deep words<p>last words</p>"
    assert [words for _, words in words_of(html)] == ["first words", "deep words", "last words"]


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"<html></html>", b"<nav><a href=/>Home</a></nav>", b"\x00\x01\x02" * 99]
)
def test_a_page_without_text_is_unreadable_and_says_why(data: bytes) -> None:
    with pytest.raises(Unreadable) as why:
        list(read_html(io.BytesIO(data), "x.html"))
    assert len(str(why.value)) > 20


def test_a_page_of_millions_of_tags_is_refused() -> None:
    with pytest.raises(Unreadable):
        html_extract(b"<p>a" * 400_000)


@pytest.mark.parametrize(
    "piece",
    [
        "<p>aa bb ",
        "<b>aa</b> bb ",
        "aa bb, cc dd ee ff gg hh ii.<br><br>",
        "<a href=x>aa</a> ",
        "<h2>aa</h2>",
        "<td>a",
        "<div class='a b c'>a b</div>",
        "<p>Correction: aa</p>",
        "<h2>Comments</h2>",
        "By aa<br><br>",
        "<h1>aa</h1>",
        "<p class=byline>By aa",
        "<form><p>a",
        "<tr><td>a<td>b",
        "<time>1</time>",
        "<article>aa</article>",
        "<blockquote>aa bb, cc dd ee ff gg hh ii.",
    ],
)
@pytest.mark.timeout(30)
def test_a_hostile_page_is_read_in_seconds(piece: str) -> None:
    with contextlib.suppress(Unreadable):
        html_extract((f"<article><p>{BODY[0]}</p>{'<div>' * 200}" + piece * 12_000).encode())


def assert_law(extract: Extract) -> None:
    end = -1
    for block in extract.blocks:
        words = extract.text[block.start : block.end]
        assert words and words == " ".join(words.split())
        assert block.start > end
        end = block.end
    # Other formatting characters are letters to their readers: U+0600 stands before Arabic numbers.
    assert not [c for c in extract.text if (category(c) in ("Cc", "Cs") and c != "\n") or c in "\xad\u200b\ufeff"]


TAGS = (
    "<p> </p> <div> </div> <br> <b> </b> <table> <tr> <td> </table> <h1> </h1> <h2> <article> </article> <a> </a> <time>"
    " <!-- --> <script> </script> & &amp; &#0; <li> <figure> <figcaption> <q> <pre> <body> <form> <![CDATA[ ]]>"
)
MARKUP = st.lists(
    st.sampled_from([*TAGS.split(), "\n\n", "<a href='/x'>"])
    | st.text(st.characters(exclude_categories=["Cn", "Co"]), max_size=12)
    | st.sampled_from(BODY),
    max_size=40,
).map("".join)


@settings(max_examples=80, deadline=None)
@given(MARKUP)
def test_any_markup_gives_blocks_that_are_slices_or_a_reason(html: str) -> None:
    with contextlib.suppress(Unreadable):
        assert_law(html_extract(html.encode("utf-8", "replace")))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(LAYOUTS)), st.integers(0, 4000), st.integers(0, 60), st.binary(max_size=8))
def test_a_damaged_page_gives_blocks_that_are_slices_or_a_reason(name: str, at: int, cut: int, put: bytes) -> None:
    data = LAYOUTS[name][0]
    with contextlib.suppress(Unreadable):
        assert_law(html_extract(data[:at] + put + data[at + cut :]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(categories=["L", "N", "Po"]), min_size=1, max_size=60), min_size=1, max_size=8))
def test_plain_words_in_paragraphs_come_out_as_they_went_in(words: list[str]) -> None:
    import html
    import unicodedata

    from index.formats.fragment import plain

    wanted = [plain(w) for w in words if plain(w)]
    assert [w for _, w in words_of("".join(f"<p>{html.escape(w)}</p>" for w in words))] == wanted
    assert all(unicodedata.is_normalized("NFC", w) for w in wanted)


def test_a_byline_in_the_table_cell_of_the_headline_is_the_articles() -> None:
    told = (
        "The quay of Merrin will close in May, the harbour office said, and nobody knows for how long it will be shut."
    )
    page = f"""<html><body><table><tr><td><a href="/n">News</a></td><td><font size=5><h1>Quay to close</h1></font>
    <font size=2><i>By Łukasz Quist</i><br>March 3, 2021</font><font><p>{told}<p>{told} Again.</font></td></tr></table></body></html>"""
    found = html_extract(page.encode())
    assert [found.text[b.start : b.end] for b in found.blocks] == [
        "Quay to close",
        "By Łukasz Quist March 3, 2021",
        told,
        told + " Again.",
    ]
