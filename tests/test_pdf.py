"""PDF into paragraphs: order, boundaries, words put together again, and what broken files do."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from index.articles import build_article
from index.formats import pdf
from index.formats.extract import Extract, Skipped, Stated, Unreadable
from index.formats.pdf.article import _in_own_process
from index.formats.pdf.glyphs import pages
from index.formats.pdf.layout import Page, paragraphs
from index.formats.pdf.lines import lines
from index.formats.pdf.words import Glyph
from tests.make_pdf import Look, drawn, looks, nested_forms, objects, story, stream, typeset, write

FULL = "The board of the harbour met again on Monday to hear what"  # a full line of 10-point Times, some 240 points


def article(data: bytes) -> Extract:
    """Read in this process, which is quicker for many small files."""
    (found,) = [part for part in pdf.read_pages(pages(data)) if isinstance(part, Extract)]
    holds_the_law(found)
    return found


def texts(data: bytes) -> list[str]:
    found = article(data)
    return [found.text[b.start : b.end] for b in found.blocks]


def holds_the_law(found: Extract) -> None:
    assert found.blocks
    for block in found.blocks:
        words = found.text[block.start : block.end]
        assert words and words == " ".join(words.split())
        assert block.page >= 1 and block.box and block.box[0] <= block.box[2] and block.box[1] <= block.box[3]
    assert all(a.end <= b.start for a, b in pairwise(found.blocks))


def page(*draws: tuple[list[str], dict[str, Any]]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for words, where in draws:
            write(canvas, words, **where)

    return draw


def test_paragraphs_of_typeset_articles_are_exact() -> None:
    right = total = 0
    for seed, look in enumerate(looks()):
        written = story(seed)
        found = set(texts(typeset("Harbour board votes on the wall", written, look, "The Merrin Courier")))
        right += sum(paragraph in found for paragraph in written)
        total += len(written)
    assert right >= 0.97 * total, f"{right} of {total}"


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_paragraphs_come_in_the_order_they_are_read(columns: int) -> None:
    written = story(columns, 40)
    found = texts(typeset("Harbour board votes on the wall", written, Look(columns)))
    places = [found.index(paragraph) for paragraph in written if paragraph in found]
    assert len(places) >= 38 and places == sorted(places)


def test_running_heads_and_page_numbers_are_left_out_and_their_date_is_kept() -> None:
    found = article(typeset("A wall for the quay", story(1, 60), Look(), "The Merrin Courier, 4 March 2026"))
    assert max(block.page for block in found.blocks) > 1
    assert "Merrin Courier" not in found.text
    assert not any(found.text[b.start : b.end].isdigit() for b in found.blocks)
    assert found.title == "A wall for the quay"


def test_a_date_that_runs_along_the_pages_is_stated_as_it_is_written() -> None:
    found = article(typeset("A wall for the quay", story(1, 60), Look(), "Wednesday, 4 March 2026"))
    assert found.published == (Stated("Wednesday, 4 March 2026", "running head"),)


def test_the_file_s_own_dates_and_author_are_never_taken() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setAuthor("Somebody")
        canvas.setTitle("draft_7.indd")
        write(canvas, ["The quay is closed."])

    found = article(drawn(draw))
    assert (found.published, found.updated, found.authors, found.title) == ((), (), (), "")


def test_the_title_the_file_states_is_taken_where_no_headline_stands_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Quay closed after the storm")
        write(canvas, ["The quay is closed."])

    assert article(drawn(draw)).title == "Quay closed after the storm"


def test_a_headline_of_two_lines_is_one_and_a_byline_and_a_date_stand_apart() -> None:
    found = article(
        drawn(
            page(
                (["Board votes to", "rebuild the quay"], {"size": 24, "top": 550}),
                (["By Ann Poe", "4 March 2026"], {"top": 490}),
                ([FULL, "comes next for the quay. A vote is due."], {"top": 460}),
            )
        )
    )
    assert [found.text[b.start : b.end] for b in found.blocks] == [
        "Board votes to rebuild the quay",
        "By Ann Poe",
        "4 March 2026",
        f"{FULL} comes next for the quay. A vote is due.",
    ]
    assert found.title == "Board votes to rebuild the quay"
    assert [b.kind for b in found.blocks] == ["headline", None, None, None]


def test_a_subhead_is_told_by_its_type_and_parts_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, [FULL, FULL, "comes next."])
        write(canvas, ["What comes next"], top=460, font="Times-Bold")
        write(canvas, [FULL, "came before."], top=446)

    found = article(drawn(draw))
    assert [(found.text[b.start : b.end], b.kind) for b in found.blocks][1] == ("What comes next", "subhead")
    assert len(found.blocks) == 3


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "expected"),
    [
        (f"{FULL} the govern-", "ment does.", "", "government does."),
        (f"{FULL} a long-", "term plan does.", "Every long-term plan fails.", "a long-term plan does."),
        (f"{FULL} a state-of-", "the-art wall does.", "", "a state-of-the-art wall does."),
        (f"{FULL} an Anglo-", "Saxon wall does.", "", "an Anglo-Saxon wall does."),
        (f"{FULL} the short-", "and long-term plans do.", "", "the short- and long-term plans do."),
        (f"{FULL} on pages 10-", "12 of it.", "", "on pages 10-12 of it."),
    ],
)
def test_words_parted_at_a_line_s_end_are_put_together(first: str, second: str, elsewhere: str, expected: str) -> None:
    found = texts(drawn(page(([first, second], {}), ([elsewhere or "Else."], {"top": 400}))))
    assert found[0].endswith(expected)


def test_soft_hyphens_and_ligatures_become_what_readers_see() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    found = texts(drawn(page((["The ﬁrst ﬂood hit the har\xadbour café\u200b."], {"font": "Vera"}))))
    assert found == ["The first flood hit the harbour café."]


def test_order_is_told_by_place_however_the_page_was_drawn() -> None:
    written = [
        f"{FULL} is",
        "decided for now. The wall along the lower quay and all it is",
        "to be built of stone at last.",
    ]

    def by_letters(canvas: Canvas) -> None:
        letters = []
        for number, line in enumerate(written):
            left = 40.0
            for letter in line:
                letters.append((left, 500 - 12 * number, letter))
                left += canvas.stringWidth(letter, "Times-Roman", 10)
        canvas.setFont("Times-Roman", 10)
        random.Random(1).shuffle(letters)
        for left, top, letter in letters:
            if letter != " ":
                canvas.drawString(left, top, letter)

    assert texts(drawn(by_letters)) == [" ".join(written)]


def test_spaced_out_letters_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(40, 500)
        text.setFont("Times-Roman", 10)
        text.setCharSpace(3)
        text.textLine("THE HARBOUR BOARD")
        canvas.drawText(text)
        left = 40.0
        for word in ("STORM", "NEWS"):
            for letter in word:
                canvas.drawString(left, 450, letter)
                left += canvas.stringWidth(letter, "Times-Roman", 10) + 3
            left += 4

    assert texts(drawn(draw)) == ["THE HARBOUR BOARD", "STORM NEWS"]


def test_an_index_figure_stays_with_its_word() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["The town let out CO"])
        end = 40 + canvas.stringWidth("The town let out CO", "Times-Roman", 10)
        write(canvas, ["2"], left=end, top=497, size=6)
        write(canvas, [" last year."], left=end + 3)

    assert texts(drawn(draw)) == ["The town let out CO2 last year."]


@pytest.mark.parametrize(
    ("cap", "rest", "opening"),
    [
        ("T", "he board met in the town hall to hear what is going on,", "The board"),
        ("A", "storm broke the wall to the north and it was well on in", "A storm"),
    ],
)
def test_a_large_first_letter_is_joined_to_its_word(cap: str, rest: str, opening: str) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, [cap], size=30, top=488)
        write(canvas, [rest, "to become of the quay now that the wall is gone and so"], left=64)
        write(canvas, [FULL, "is done. No storm is like another storm."], top=476)

    found = texts(drawn(draw))
    assert len(found) == 1 and found[0].startswith(opening)


def test_rotated_text_is_left_out_and_hidden_text_of_a_scan_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(90)
        canvas.drawString(100, -20, "PHOTO: ANN POE")
        canvas.restoreState()
        text = canvas.beginText(40, 500)
        text.setTextRenderMode(3)
        text.textLine("What the scan says.")
        canvas.drawText(text)

    assert texts(drawn(draw)) == ["What the scan says."]


def test_a_page_that_is_turned_is_read_as_it_is_shown() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        write(canvas, ["The quay is closed."], left=50, top=-40)

    found = article(drawn(draw))
    assert found.text == "The quay is closed."
    box = found.blocks[0].box
    assert box and 45 < box[0] < 55 and 555 < box[1] < 562 and box[3] < 570


def test_a_table_s_rows_are_paragraphs_and_prose_beside_it_stays_whole() -> None:
    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(
            [("Year", "Raised", "Spent"), ("2024", "1,204", "890"), ("2025", "1,310", "1,002")]
        ):
            for left, cell in zip((40, 100, 150), row, strict=True):
                write(canvas, [cell], left=left, top=500 - 12 * number)
        prose = [
            "The board of the harbour met to",
            "hear what comes next, and it is",
            "said to have been a long night",
            "for all.",
        ]
        write(canvas, prose, left=215)

    found = texts(drawn(draw))
    assert found[:3] == ["Year | Raised | Spent", "2024 | 1,204 | 890", "2025 | 1,310 | 1,002"]
    assert "".join(found[3:]) == (
        "The board of the harbour met to hear what comes next, and it is said to have been a long night for all."
    )


def test_a_caption_that_interrupts_a_paragraph_stands_after_it() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, [FULL, FULL, "comes next for the town and for those who have waited"])
        write(canvas, ["The quay on Tuesday. Photo: Ann Poe"], size=7, top=380, font="Helvetica")
        write(canvas, ["since the storm. " + FULL[:40], "and no more."], top=350)

    found = texts(drawn(draw))
    assert found[0].endswith("those who have waited since the storm. " + FULL[:40] + " and no more.")
    assert found[1:] == ["The quay on Tuesday. Photo: Ann Poe"]


def test_a_paragraph_has_the_page_and_the_box_where_it_begins() -> None:
    first = page(([FULL, FULL + " and"], {"top": 80}))
    found = article(drawn(first, page((["so on it went."], {"top": 500}))))
    (block,) = found.blocks
    assert block.page == 1 and block.box
    left, bottom, right, top = block.box
    assert left == 40 and 60 < bottom < 68 and 84 < top < 92 and 260 < right < 300


def test_bullets_open_paragraphs() -> None:
    lines_ = ["• " + FULL, "   wall", "• a pump for the lower town"]
    assert texts(drawn(page((lines_, {})))) == ["• " + FULL + " wall", "• a pump for the lower town"]


def test_a_pdf_of_pictures_says_that_it_needs_text_recognition() -> None:
    with pytest.raises(Unreadable, match=r"pictures of pages and no text.*OCR"):
        list(pdf.read_pdf(BytesIO(drawn(lambda canvas: canvas.rect(10, 10, 50, 50))), "x.pdf"))


def test_a_protected_pdf_says_so_and_one_without_a_user_password_is_read() -> None:
    closed = drawn(page((["Secret."], {})), encrypt=StandardEncryption("user", "owner"))
    with pytest.raises(Unreadable, match="password"):
        list(pdf.read_pdf(BytesIO(closed), "x.pdf"))
    assert texts(drawn(page((["Open."], {})), encrypt=StandardEncryption("", "owner"))) == ["Open."]


def test_a_broken_page_is_named_and_the_others_are_read() -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    words = stream(b"BT /F 9 Tf 20 200 Td (The quay is closed.) Tj ET")
    data = objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[6 0 R 3 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        words,
        font,
        b"(this is no page)",
    )
    found = list(pdf.read_pdf(BytesIO(data), "x.pdf"))
    assert [part.text for part in found if isinstance(part, Extract)] == ["The quay is closed."]
    assert [part.part for part in found if isinstance(part, Skipped)] == ["page 1"]


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\nnothing more", b"\x00" * 3000])
def test_what_is_no_pdf_says_so(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no PDF or a broken one"):
        list(pdf.read_pdf(BytesIO(data), "x.pdf"))


def test_a_pdf_made_to_run_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.pdf.article.LONGEST_SECONDS", 2)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="too long or too much memory"):
        list(pdf.read_pdf(BytesIO(nested_forms(38)), "x.pdf"))
    assert time.monotonic() - began < 10


def test_a_reader_that_is_left_early_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    found = _in_own_process(typeset("A wall", story(1, 300), Look()))
    next(found)
    assert started[0].poll() is None
    found.close()  # type: ignore[attr-defined]
    assert started[0].poll() is not None


WHOLE = typeset("A wall for the quay", story(5, 6), Look(), "The Merrin Courier")


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=20), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_damaged_pdf_gives_an_article_or_a_reason(changes: list[tuple[int, int]], cut: bool) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    try:
        for part in pdf.read_pages(pages(bytes(data[: changes[0][0]] if cut else data))):
            if isinstance(part, Extract):
                holds_the_law(part)
    except Unreadable:
        pass


PLACES = st.floats(-50, 700, allow_nan=False)
GLYPHS = st.tuples(
    st.sampled_from(["letter", "letter", "letter", "-", " ", "", ".", "•", "\xad", "(", "|"]),
    PLACES,
    st.floats(0, 60),
    PLACES | st.sampled_from([100.0, 112.0, 124.0]),
    st.floats(1, 80) | st.just(10.0),
    st.booleans(),
)


@given(st.lists(GLYPHS, max_size=120))
@settings(max_examples=200, deadline=None)
def test_no_letter_is_lost_or_made_up_wherever_it_stands(
    found: list[tuple[str, float, float, float, float, bool]],
) -> None:
    sheet = [
        Glyph(chr(0x4E00 + n) if text == "letter" else text, left, left + width, baseline, size, bold)
        for n, (text, left, width, baseline, size, bold) in enumerate(found)
    ]
    made, _ = paragraphs([Page(1, 600, tuple(lines(sheet)))])
    assert sorted(c for p in made for c in p.text if c.isalpha()) == [g.text for g in sheet if g.text.isalpha()]
    assert all(p.text and p.text == " ".join(p.text.split()) for p in made)
    assert all(p.box[0] <= p.box[2] and p.box[1] <= p.box[3] for p in made)


def test_a_scan_whose_lines_are_never_quite_alike_has_its_paragraphs() -> None:
    rng = random.Random(4)
    written = story(8, 20)
    found = list(pages(typeset("Harbour board votes on the wall", written, Look(2, 10, 4))))
    for sheet in found:
        noise: dict[float, tuple[float, float]] = {}
        shaken = []
        for text, left, right, baseline, size, bold in sheet.get("glyphs", ()):
            larger, higher = noise.setdefault(baseline, (rng.gauss(1, 0.05), rng.gauss(0, 0.4)))
            shaken.append((text, left, right, baseline + higher, size * larger, bold))
        if shaken:
            sheet["glyphs"] = shaken
    (made,) = [part for part in pdf.read_pages(found) if isinstance(part, Extract)]
    kept = {made.text[b.start : b.end] for b in made.blocks}
    assert sum(paragraph in kept for paragraph in written) >= 18


def test_a_page_of_scattered_letters_is_read_in_seconds() -> None:
    glyphs = [Glyph("x", 7.0 * (n % 90), 7.0 * (n % 90) + 5, n / 90, 6) for n in range(30_000)]
    began = time.monotonic()
    paragraphs([Page(1, 600, tuple(lines(glyphs)))])
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "kicker", ["Local news", "The neighbourhood newsletter", "Serving the valley since 1902", "Special report"]
)
@pytest.mark.parametrize("left", [40, 250])
def test_what_stands_over_the_headline_is_no_text_and_byline_and_date_below_are_told(kicker: str, left: int) -> None:
    body = ([FULL, "was known.", "", FULL + ".", "", FULL, "was known."], {"top": 330})
    top = [([kicker], {"top": 560, "size": 8, "left": left}), (["Harbour board votes"], {"top": 420, "size": 20})]
    found = article(drawn(page(*top, (["By Åsa Quist", "", "3 March 2021"], {"top": 390, "size": 9}), body)))
    told = build_article("x.pdf", found)
    assert [p.text for p in told.paragraphs if p.kind == "body"] == [
        f"{FULL} was known.",
        f"{FULL}.",
        f"{FULL} was known.",
    ]
    assert {p.kind for p in told.paragraphs if p.text == kicker} == {"credit"}
    assert told.published == date(2021, 3, 3) and "dateline" in [p.kind for p in told.paragraphs]


def test_the_outlet_that_heads_every_page_is_the_articles() -> None:
    written = story(3, 40)
    assert (
        article(typeset("Harbour board votes", written, Look(2), "The Merrin Courier")).source == "The Merrin Courier"
    )


def test_paragraphs_of_one_full_line_parted_by_white_alone_stay_apart() -> None:
    short = [f"{FULL} {word} said." for word in ("Ann", "Bob", "Eve", "Una", "Ida", "Jim")]
    rows: list[tuple[list[str], dict[str, Any]]] = []
    top = 520.0
    for text in short:
        rows.append(([text], {"top": top}))
        top -= 18
    rows.append(([FULL + " had to be", "told twice."], {"top": top}))
    found = texts(drawn(page((["Harbour board votes"], {"top": 560, "size": 20}), *rows)))
    assert found[1:] == [*short, f"{FULL} had to be told twice."]


def test_in_justified_text_a_line_that_ends_short_of_the_edge_ends_its_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        rows = [FULL, FULL, FULL[:-8] + "see it.", FULL, FULL, FULL, "and so on."]
        for number, text in enumerate(rows):
            wide = 245.0 if text == FULL else canvas.stringWidth(text, "Times-Roman", 10)
            gaps = wide - sum(canvas.stringWidth(word, "Times-Roman", 10) for word in text.split())
            left = 40.0
            for word in text.split():
                canvas.drawString(left, 500 - 12 * number, word)
                left += canvas.stringWidth(word, "Times-Roman", 10) + gaps / (len(text.split()) - 1)

    assert [text[-7:] for text in texts(drawn(draw))] == ["see it.", " so on."]
