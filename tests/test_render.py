"""The page's HTML: article text is hostile, and never becomes more than text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Paragraph, Passage
from index.settings import Settings
from rag import Answer, Citation, Claim, Conflict
from rag.values import without_markers
from ui.text import byline, day, visible
from ui.web.render import answer_html, notice_html
from ui.web.source import PLACEHOLDER, source_html

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</p></div></article><iframe src=//evil.example>",
    '" onmouseover="alert(1)" x=\'',
    "' onmouseover='alert(1)",
    "![x](javascript:alert(1)) [y](javascript:alert(1)) `code` **bold** # x",
    "<!-- --><![CDATA[x]]><?php ?>",
    "&lt;script&gt; &amp; &#60;b&#62; &quot;",
    "<mark>never cited</mark>",
    '<a class="cite" href="#cite=0.1">[1]</a>',
    "{{7*7}} ${x} $$x$$ \\(x\\)",
    "<svg/onload=alert(1)> <style>*{display:none}</style>",
)
CONTROLS = "\x00\x07\x1b[31m\u202e\u2066\u200f\ufeff\u0085"
ALLOWED = {
    "div": {"class"},
    "nav": {"class"},
    "button": {"type", "class", "data-do", "data-turn", "data-number", "aria-label", "aria-disabled"},
    "p": {"class"},
    "span": {"class", "title"},
    "s": set(),
    "strong": set(),
    "a": {
        "class",
        "href",
        "target",
        "rel",
        "aria-label",
        *(f"data-{d}" for d in ["do", "turn", "number", "from", "title", "quote"]),
    },
    "details": {"open"},
    "summary": set(),
    "ul": set(),
    "li": {"title"},
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": set(),
    "td": set(),
    "article": {"class", "data-turn", "data-number"},
    "header": set(),
    "h2": set(),
    "mark": set(),
    "hr": set(),
}


class Page(HTMLParser):
    """What a browser would see: tags with attributes, text, and the text inside each tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[tuple[str, str]] = []
        self.other: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag != "hr":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.pieces.append(("/".join(self._open), data))

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)

    @property
    def text(self) -> str:
        return "".join(data for _, data in self.pieces)

    def inside(self, tag: str) -> str:
        """The text inside these tags."""
        return "".join(data for path, data in self.pieces if tag in path.split("/"))

    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]


def harmless(html: str) -> Page:
    """The page, once it is sure to hold nothing but what the renderer itself writes."""
    page = Page(html)
    assert not page.other
    for tag, attributes in page.tags:
        assert tag in ALLOWED and attributes.keys() <= ALLOWED[tag]
    assert all(link.startswith(("#cite=", "#near=", "http://", "https://")) for link in page.links())
    assert not any(c in html for c in CONTROLS if not c.isspace() and not c.isprintable())
    return page


def article(*texts: str, **fields: object) -> Article:
    paragraphs, start = [], 0
    for number, text in enumerate(texts, 1):
        paragraphs.append(Paragraph(f"a-{number}", "a", number, "body", start, start + len(text), text))
        start += len(text) + 2
    made = Article(id="a", path="news/a.txt", title="Ferry sinks", source="Northern Wire", published=date(2026, 3, 9))
    return replace(made, text="\n\n".join(texts), paragraphs=tuple(paragraphs), **fields)  # type: ignore[arg-type]


def claim(text: str, number: int = 1, **fields: object) -> Claim:
    story = article(text)
    return Claim(text, (Citation(number, story, story.paragraphs[0], 0, len(text)),), "supported", **fields)  # type: ignore[arg-type]


def answer(*claims: Claim, **fields: object) -> Answer:
    return Answer("Why?", "Why?", claims=claims, **fields)  # type: ignore[arg-type]


def everywhere(hostile: str) -> tuple[Answer, Article]:
    """An answer and an article with the same text in every field that comes from outside."""
    story = article(
        hostile,
        f"It sank. {hostile}",
        title=hostile,
        source=hostile,
        authors=(hostile,),
        published_from=hostile,
        path=hostile,
        url=hostile,
    )
    said = Claim(hostile, (Citation(1, story, story.paragraphs[0], 0, len(hostile)),), emphasis=(0, 3), speaker=hostile)
    near = Passage(story.paragraphs[1], story, 1, score=1.0, similarity=0.5)
    conflicts = (Conflict(hostile, ((hostile, 1),)),)
    return Answer(hostile, hostile, (said,), reason=hostile, conflicts=conflicts, closest=(near,)), story


@pytest.mark.parametrize("hostile", [*HOSTILE, CONTROLS + "it sank", "".join(HOSTILE)])
def test_hostile_text_never_leaves_as_markup(hostile: str) -> None:
    given, story = everywhere(hostile)
    harmless(answer_html(given, key="0"))
    harmless(notice_html(hostile))
    for paragraph in story.paragraphs:
        harmless(source_html(story, paragraph, 0, 4, number=1))
        harmless(source_html(replace(story, paragraphs=()), paragraph, 0, 4))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_it_stands(hostile: str) -> None:
    given, story = everywhere(hostile)
    assert hostile in harmless(answer_html(given)).text
    assert hostile in harmless(source_html(story, story.paragraphs[1])).inside("article")


def test_hostile_text_in_a_card_stays_in_the_card() -> None:
    quote = "\" onmouseover='alert(1)' <b>"
    (link,) = [attributes for tag, attributes in harmless(answer_html(answer(claim(quote)))).tags if tag == "a"]
    assert quote in (link["data-quote"] or "") and not [name for name in link if name.startswith("on")]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript://x", "data:text/html,x", " http://x", "//x", "", "ftp://x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    story = article("It sank.", url=url)
    assert harmless(source_html(story, story.paragraphs[0])).links() == []


def test_a_web_address_opens_apart_and_is_told_nothing() -> None:
    story = article("It sank.", url='https://news.example/a?b=1&c="2"')
    ((_, link),) = [t for t in harmless(source_html(story, story.paragraphs[0])).tags if t[0] == "a"]
    assert link["href"] == story.url
    assert link["target"] == "_blank" and {"noopener", "noreferrer"} <= set((link["rel"] or "").split())


def test_a_marker_is_a_link_that_names_answer_and_number() -> None:
    page = harmless(answer_html(answer(claim("It sank."), claim("Ten died.", 2)), key="3"))
    assert page.links() == ["#cite=3.1", "#cite=3.2"]
    assert page.inside("a") == "[1][2]"


def test_outlet_and_date_introduce_what_is_said() -> None:
    assert harmless(answer_html(answer(claim("It sank.")))).text.startswith("Northern Wire, 9 March 2026 It sank.")
    assert byline(article("x", published=None)) == "Northern Wire, undated"
    assert day(date(2026, 3, 9)) == "9 March 2026"


def test_the_emphasis_is_exactly_the_strong_part() -> None:
    page = harmless(answer_html(answer(claim("At least <six> died.", emphasis=(0, 14)))))
    assert page.inside("strong") == "At least <six>"


def test_while_it_is_written_only_the_claims_are_shown() -> None:
    given = answer(claim("It sank."), reason="One name is missing.", remark="The model did not answer.")
    first = harmless(answer_html(given, whole=False)).text
    assert "It sank." in first and "missing" not in first and "model" not in first
    whole = harmless(answer_html(given)).text
    assert "One name is missing." in whole and "The model did not answer." in whole


def test_a_models_prose_runs_on_and_says_what_was_left_out_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    out = replace(claim("All <b>drowned</b>."), citations=(), verdict="unsupported", faults=("It says ten, not all.",))
    given = answer(claim("It sank."), claim("Ten died.", 2), engine="a-model", rejected=(out,))
    page = harmless(answer_html(given))
    assert "It sank. [1] Ten died. [2]".replace(" [", "[") in page.text and "Northern Wire, 9" not in page.text
    assert "All <b>drowned</b>." in page.text and "It says ten, not all." not in page.text
    monkeypatch.setattr("ui.web.render.settings", lambda: Settings(llm_rejected="strike"))
    page = harmless(answer_html(given))
    assert page.inside("s") == "All <b>drowned</b>." and "It says ten, not all." in page.text


def test_an_abstention_gives_its_reason_and_the_closest_apart() -> None:
    story = article("It rained.")
    near = Passage(story.paragraphs[0], story, 1, score=1.0, similarity=0.1)
    page = harmless(answer_html(answer(reason="The articles do not say.", closest=(near,)), key="2"))
    assert page.tags[0] == ("div", {"class": "answer abstained"})
    assert page.text.startswith("The articles do not say.")
    assert "not evidence" in page.inside("summary") and page.links() == ["#near=2.1"]


def test_different_figures_stand_in_a_table_with_their_sources() -> None:
    given = answer(claim("Six died."), claim("Ten died.", 2), conflicts=(Conflict("?", (("Six", 1), ("Ten", 2))),))
    cells = harmless(answer_html(given)).inside("td")
    assert cells == "SixNorthern Wire9 March 2026[1]TenNorthern Wire9 March 2026[2]"


STORY = article("It sank.", "Ten people <b>died</b> in the  fog. Nobody knew why.", "A choir sang.")


@pytest.mark.parametrize(("start", "end"), [(0, 49), (4, 17), (24, 35), (36, 52)])
def test_exactly_the_cited_slice_is_marked(start: int, end: int) -> None:
    cited = STORY.paragraphs[1]
    page = harmless(source_html(STORY, cited, start, end, number=1))
    assert page.inside("mark") == cited.text[start:end]
    assert [t for t in page.tags if t[0] == "p" and "cited" in (t[1].get("class") or "")] == [
        ("p", {"class": "body cited"})
    ]
    assert all(p.text in page.text for p in STORY.paragraphs)
    assert "changed" not in page.text


def test_without_a_slice_the_paragraph_is_shown_and_nothing_marked() -> None:
    page = harmless(source_html(STORY, STORY.paragraphs[1]))
    assert page.inside("mark") == "" and "body cited" in {t[1].get("class") for t in page.tags}


@pytest.mark.parametrize("now", [article("It sank.", "Eleven died."), replace(STORY, paragraphs=(), text="")])
def test_a_changed_article_shows_the_paragraph_as_cited_with_a_notice(now: Article) -> None:
    page = harmless(source_html(now, STORY.paragraphs[1], 0, 3, number=1))
    assert "The article has changed since" in page.text
    assert page.inside("mark") == "Ten" and STORY.paragraphs[1].text in page.text
    assert sum("cited" in (t[1].get("class") or "") for t in page.tags) == 1


def test_a_paragraph_under_its_old_id_with_new_words_is_a_change() -> None:
    cited = STORY.paragraphs[0]
    now = replace(STORY, paragraphs=(replace(cited, text="It floats."),))
    page = harmless(source_html(now, cited, 0, 8))
    assert page.inside("mark") == "It sank." and "It floats." in page.text and "changed since" in page.text


def test_the_headline_is_shown_once_but_a_cited_paragraph_always() -> None:
    story = article("It sank.", "Ten died.", title="It sank.")
    assert harmless(source_html(story, story.paragraphs[1], 0, 3)).text.count("It sank.") == 1
    assert harmless(source_html(story, story.paragraphs[0], 0, 2)).inside("mark") == "It"


def test_control_and_direction_characters_are_left_out() -> None:
    assert visible(f"It{CONTROLS} sank.") == "It[31m sank."
    story = article(f"Ten{CONTROLS} died.", title=f"A{CONTROLS}b", authors=(f"A{CONTROLS}",))
    page = harmless(source_html(story, story.paragraphs[0], 0, len(story.text)))
    assert "".join(page.inside("mark").split()) == "Ten[31mdied."


def test_the_placeholder_is_plain() -> None:
    harmless(PLACEHOLDER)


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1).map(
    lambda text: " ".join(text.split()) or "x"
)


@given(st.lists(TEXTS | st.sampled_from(HOSTILE), min_size=1, max_size=4))
def test_every_claim_is_shown_word_for_word_and_every_bracketed_number_is_a_marker(texts: list[str]) -> None:
    claims = [claim(text, number, emphasis=(0, len(text) // 2)) for number, text in enumerate(texts, 1)]
    page = harmless(answer_html(answer(*claims)))
    assert all(without_markers(text) in page.text for text in texts)
    numbers = {str(number) for number in range(1, len(texts) + 1)}
    assert set(re.findall(r"\[(\d+)\]", page.text)) <= numbers


@given(st.text(min_size=1))
def test_any_text_is_harmless_and_on_one_line(text: str) -> None:
    given, story = everywhere(text)
    html = answer_html(given, key=text)
    assert len(html.splitlines()) == 1
    harmless(source_html(story, story.paragraphs[1], 3, 9))
    Page(html)
