"""Answers to take along: every sentence keeps its source, and article text means nothing to Markdown or a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index import Library
from rag import Answer, Answerer, Conflict
from rag.values import without_markers
from tests.test_render import CONTROLS, HOSTILE, Page, answer, claim, everywhere
from ui.text import visible
from ui.web.export import conversation_html, conversation_markdown, file_name, footnotes_html, footnotes_markdown

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
BLOCKS = {"heading", "paragraph", "inline", "table", "thead", "tbody", "tr", "th", "td"}
MARKUP = (
    *HOSTILE,
    *(
        "# head",
        "> said",
        "- item",
        "+ item",
        "1. item",
        "12) item",
        "---",
        "===",
        "```",
        "~~~",
        "    code",
        "| a | b |",
    ),
    *(
        "[^9]",
        "[^1]: false",
        "[1]: //evil.example",
        "[x]: <y> 'z'",
        "\\",
        "\\[x](y)",
        "a | b \\| c",
        "Stop!",
        "**a** _b_",
    ),
    *("<https://evil.example>", "https://evil.example/a_b", "www.evil.example", "a@evil.example", "$x$ {y} :z: ~~s~~"),
    *(
        "line one\n\n# two\n\n[^1]: three",
        "&#91;x&#93;(y) &amp;",
        "`",
        "<!--",
        "#",
        "1.",
        "[\u200b7]",
        "1986. It was a year",
        "!",
    ),
)
PLAIN = "body cite h1 h2 head html ol p section style sup table tbody td th thead title tr"
TAGS = {**{tag: {"class", "lang"} for tag in PLAIN.split()}, "li": {"id", "value"}, "a": {"href", "rel"}}


@pytest.fixture(scope="module")
def conversation(sample_library: Library) -> list[Answer]:
    answerer = Answerer(sample_library)
    asked = ("How many people died when the ferry sank?", "Who won the mayoral election?", "Who is Xanthippe Quibble?")
    return [answerer.answer(question) for question in asked]


def shown(markdown: str) -> list[tuple[str, str]]:
    """What a reader of the Markdown sees: (block, text); fails where article text has become more than text."""
    seen = []
    tokens = MARKDOWN.parse(markdown)
    for opener, token in zip([None, *tokens], tokens, strict=False):
        assert token.type.removesuffix("_open").removesuffix("_close") in BLOCKS, token
        if token.type == "inline":
            assert opener is not None
            seen.append((opener.tag, "".join(words(child) for child in token.children or ())))
    return seen


def words(token: Token) -> str:
    # A web address of the article's own is the one link there is, and it shows where it leads.
    own = (
        token.type.startswith("link_")
        and token.info == "auto"
        and str(token.attrs.get("href", "http")).startswith("http")
    )
    assert token.type == "text" or own, token
    return token.content


def browser(html: str) -> Page:
    """The HTML, once it is sure to hold nothing but what export itself writes."""
    page = Page(re.sub(r"<meta [^<>]*>", "", html))
    assert page.other in ([], ["DOCTYPE html"])
    for tag, attributes in page.tags:
        assert attributes.keys() <= TAGS[tag]
    assert all(link.startswith(("#note-", "http://", "https://")) for link in page.links())
    assert html.replace("\n", "").isprintable()
    return page


@pytest.mark.parametrize("hostile", [*MARKUP, CONTROLS + "it sank", " ".join(MARKUP)])
def test_hostile_text_is_shown_as_it_stands_and_means_nothing(hostile: str) -> None:
    told, _ = everywhere(hostile)
    words = visible(hostile)
    raw = conversation_markdown(hostile, [told])
    blocks = shown(raw)
    assert not re.search(r"(?<!\\)!\[", raw), "a marker after an exclamation mark is no image"
    assert blocks[:3] == [("h1", words), ("h2", words), ("p", f"{without_markers(visible(hostile))}[^1-1]")]
    assert ("td", words) in blocks and ("p", words) in blocks
    assert blocks[-1][1].startswith("[^1-1]: ") and blocks[-1][1].count(words) >= 3
    browser(footnotes_html(told))
    page = browser(conversation_html(hostile, [told]))
    assert page.inside("h1") == page.inside("h2") == page.inside("title") == words and words in page.inside("td")
    assert page.inside("li").count(words) >= 3


@settings(deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_any_text_comes_through_markdown_and_html_unchanged(one: str, two: str) -> None:
    claims = [claim(one), claim(two, 2)]
    said = [without_markers(visible(text)) for text in (one, two)]
    first = shown(footnotes_markdown(answer(*claims)))[0][1]
    assert first == f"{said[0]}[^1] {said[1]}[^2]".strip()
    page = browser(footnotes_html(answer(*claims)))
    assert page.pieces[0] == ("p", said[0]) if said[0] else True
    assert f"“{visible(two)}”" in page.inside("ol")


@pytest.mark.parametrize("text", ["https://evil.example", "http://evil.example", "www.evil.example", "evil.example/x"])
def test_an_address_in_the_text_is_broken_for_those_who_look_for_addresses(text: str) -> None:
    raw = footnotes_markdown(answer(claim(f"See {text} now.")))
    assert not re.search(r"\w://|www\.|\w\.example", raw) and text in shown(raw)[0][1]


def test_every_sentence_has_its_footnote_and_every_footnote_its_source(conversation: list[Answer]) -> None:
    ferry = conversation[0]
    assert len(ferry.citations) >= 2
    blocks = [text for _, text in shown(footnotes_markdown(ferry))]
    assert blocks[0].count("[^") == sum(len(c.citations) for c in ferry.claims)
    page = browser(footnotes_html(ferry))
    assert [a["value"] for tag, a in page.tags if tag == "li"] == [str(c.number) for c in ferry.citations]
    for c in ferry.citations:
        (note,) = [text for text in blocks if text.startswith(f"[^{c.number}]: ")]
        for said in (note, page.inside("li")):
            day = f"{c.article.published.day} March 2026" if c.article.published else "undated"
            assert f"{c.article.source}, {day}" in said
            assert visible(c.article.headline) in said and f"paragraph {c.paragraph.number}" in said
            assert f"“{visible(c.quote)}”" in said and c.article.path.rsplit("/", 1)[1] in said
        assert "/sample/" not in note, "where a folder lies on this machine is nobody's business"


def test_footnotes_of_a_conversation_are_told_apart(conversation: list[Answer]) -> None:
    raw = conversation_markdown("Harbour", conversation)
    defined = re.findall(r"^\[\^([\d-]+)\]: ", raw, re.MULTILINE)
    expected = [f"{place}-{c.number}" for place, a in enumerate(conversation, 1) for c in a.citations]
    assert defined == expected and len(set(defined)) == len(defined) > 2
    assert set(re.findall(r"\[\^([\d-]+)\](?!:)", raw)) == set(defined)
    page = browser(conversation_html("Harbour", conversation))
    ids = [a["id"] for tag, a in page.tags if tag == "li"]
    assert ids == [f"note-{key}" for key in expected]
    assert {link.removeprefix("#") for link in page.links() if link.startswith("#")} == set(ids)


def test_a_conversation_has_its_questions_in_order_and_the_reasons_for_silence(conversation: list[Answer]) -> None:
    silent = conversation[-1]
    assert silent.status == "abstained"
    blocks = shown(conversation_markdown("Harbour", conversation))
    assert [text for tag, text in blocks if tag == "h2"] == [a.question for a in conversation]
    assert blocks[-1] == ("p", silent.reason)
    assert browser(conversation_html("Harbour", conversation)).text.rstrip().endswith(silent.reason)


def test_figures_that_differ_stand_in_a_table() -> None:
    differ = (Conflict("?", (("Six | 6", 1), ("Ten", 2), ("Nobody knows", 7))),)
    given = answer(claim("Six died."), claim("Ten died.", 2), conflicts=differ)
    cells = [text for tag, text in shown(footnotes_markdown(given)) if tag == "td"]
    assert cells == ["Six | 6", "Northern Wire, 9 March 2026[^1]", "Ten", "Northern Wire, 9 March 2026[^2]"]
    cells = browser(footnotes_html(given)).inside("td")
    assert cells == "Six | 6Northern Wire, 9 March 20261TenNorthern Wire, 9 March 20262"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x y", "https://x`y`", "//x", "data:text/html,x", "http:/x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    said = claim("It sank.")
    story = replace(said.citations[0].article, url=url)
    given = answer(replace(said, citations=(replace(said.citations[0], article=story),)))
    assert browser(footnotes_html(given)).links() == [] and "a.txt" in footnotes_html(given)
    assert "<" not in footnotes_markdown(given)


def test_a_web_address_leads_to_the_article() -> None:
    url = "https://news.example/a_b?c=1&d=*2*(3)"
    said = claim("It sank.")
    story = replace(said.citations[0].article, url=url)
    given = answer(replace(said, citations=(replace(said.citations[0], article=story),)))
    assert browser(footnotes_html(given)).links() == [url]
    (link,) = [t for b in MARKDOWN.parse(footnotes_markdown(given)) for t in b.children or () if t.type == "link_open"]
    assert link.attrs["href"] == url and link.info == "auto"


def test_the_page_needs_nothing_else_and_runs_nothing(conversation: list[Answer]) -> None:
    page = conversation_html("Ferry & <harbour>", conversation)
    assert "<title>Ferry &amp; &lt;harbour&gt;</title>" in page and page.startswith("<!DOCTYPE html>")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy and unescape(policy[1]) == "default-src 'none'; style-src 'unsafe-inline'"
    assert "light dark" in page and not re.search(r"<(?:script|link|img|iframe|base)|src=|url\(|@import", page)


def test_pasted_html_has_no_address_that_leads_nowhere() -> None:
    html = footnotes_html(answer(claim("It sank.")))
    assert html.startswith("<p>It sank.<sup>1</sup></p>") and "href" not in html


def test_nothing_said_is_nothing_exported() -> None:
    assert footnotes_html(answer()) == "" and footnotes_markdown(answer()) == "\n"
    assert shown(conversation_markdown("", [])) == [("h1", "Conversation")]
    assert browser(conversation_html(" ", [])).inside("h1") == "Conversation"


def test_a_passage_that_was_not_cited_is_not_exported() -> None:
    given, _ = everywhere("a secret passage")
    silent = replace(given, claims=(), conflicts=(), reason="Nothing was found.", question="Why?")
    assert "secret" not in conversation_markdown("Why?", [silent]) + conversation_html("Why?", [silent])


@pytest.mark.parametrize(
    ("title", "ending", "name"),
    [
        ("Ferry: 7 dead?", "md", "pilcrow-ferry-7-dead.md"),
        ("Où est l’été", ".html", "pilcrow-ou-est-lete.html"),
        ("../../etc/passwd", "json", "pilcrow-etc-passwd.json"),
        ("", "../x", "pilcrow.x"),
        ("船", "", "pilcrow.txt"),
        ("CON", "md", "pilcrow-con.md"),
    ],
)
def test_a_title_becomes_a_file_name(title: str, ending: str, name: str) -> None:
    assert file_name(title, ending) == name


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_title_becomes_a_name_that_every_system_takes(title: str, ending: str) -> None:
    name = file_name(title, ending)
    assert re.fullmatch(r"pilcrow(-[a-z0-9]+)*\.[a-z0-9]+", name) and PureWindowsPath(name).name == name
    assert len(file_name(title, "md")) <= 90
