"""Markdown into plain text: words without markup, and what the front matter says."""

from hypothesis import given
from hypothesis import strategies as st

from index.formats.extract import Stated
from index.formats.markdown import read_markdown
from tests.conftest import extracted

PAGE = """---
title: "Storm: the morning after"
source: Merrin Courier
authors: [Ann Poe, Bo Lee]
date: 2026-03-04
url: https://example.org/storm
---
The storm **flooded** the [lower quay](https://example.org/quay).

## What comes next

> "We will rebuild," she said.

- First the wall
- Then the *road*

| quay | cost |
|------|------|
| low  | 2    |
"""


def blocks(text: str) -> list[str]:
    extract = extracted(read_markdown, text.encode())
    return [extract.text[b.start : b.end] for b in extract.blocks]


def test_blocks_are_words_without_markup() -> None:
    assert blocks(PAGE) == [
        "The storm flooded the lower quay.",
        "What comes next",
        '"We will rebuild," she said.',
        "First the wall",
        "Then the road",
        "quay | cost",
        "low | 2",
    ]


def test_front_matter_tells_of_the_article() -> None:
    extract = extracted(read_markdown, PAGE.encode())
    assert extract.title == "Storm: the morning after"
    assert (extract.source, extract.authors) == ("Merrin Courier", ("Ann Poe", "Bo Lee"))
    assert ([s.text for s in extract.published], extract.url) == (["2026-03-04"], "https://example.org/storm")


def test_a_date_in_front_matter_stays_as_it_was_written() -> None:
    assert extracted(read_markdown, b"---\ndate: 03/04/2026\n---\nx").published == (
        Stated("03/04/2026", "front matter"),
    )


def test_broken_or_hostile_front_matter_is_passed_over() -> None:
    assert blocks("---\n: [}\n---\nThe text.") == ["The text."]
    assert blocks("---\n!!python/object/apply:os.system ['true']\n---\nThe text.") == ["The text."]
    assert blocks("--- no end\n\nThe text.")[-1] == "The text."


def test_html_and_scripts_are_not_text() -> None:
    assert blocks("<script>alert(1)</script>\n\nThe <b>text</b>.") == ["The text."]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_any_text_gives_blocks_inside_it(text: str) -> None:
    extract = extracted(read_markdown, text.encode("utf-8", "replace"))
    assert all(extract.text[b.start : b.end].strip() for b in extract.blocks)


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    extract = extracted(read_markdown, b"---\ntitle: Storm: town cut off\ndate: 2026-03-04\n---\nThe text.")
    assert (extract.title, [s.text for s in extract.published]) == ("Storm: town cut off", ["2026-03-04"])


def test_the_words_of_html_blocks_are_kept() -> None:
    assert blocks("<div class='x'>\n<p>The quay is closed.</p>\n</div>\n\nMore.") == ["The quay is closed.", "More."]
