"""Adding from the page: what is taken is kept, what is not leaves nothing behind, and nothing is overwritten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from index import Library, PilcrowError
from index.formats import ENDINGS, MAX_BYTES
from index.store.lock import write_lock
from tests.conftest import BRIDGE, STORM, HashEncoder
from ui.web.intake import Intake, IntakeReport, Taken, intake_html

HOSTILE = (
    "Storm\n---\nevil: yes",
    "---",
    "...",
    "\"quoted\": 'too' \\ # no comment",
    "x&#10;---&#10;outlet: Evil Post&#10;y",
    "x â€¨---â€¨outlet: Evil Post",
    "[a, b]: {c: *d} &e !!python/object:os.system",
    "- one",
    "Ångström – “Café” 😀",
    "<script>alert(1)</script> &lt;b&gt; &amp;",
    "a" * 500 + " --- " + "b" * 500,
    "2026-03-12",
    "null",
    "\x00\x1b[31mred\u202e",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as opened:
        yield opened


@pytest.fixture
def intake(library: Library) -> Intake:
    return Intake(library)


def outcomes(report: IntakeReport) -> list[str]:
    return [file.outcome for file in report.files]


def kept(intake: Intake) -> list[str]:
    return sorted(path.name for path in intake.folder.glob("*"))


def test_files_are_copied_read_and_told_of(intake: Intake, two_articles: Path) -> None:
    report = intake.add_files([two_articles / "storm.txt", two_articles / "bridge.txt"])
    assert outcomes(report) == ["added", "added"] and report.count("added") == 2
    storm = report.files[0].article
    assert storm and (storm.headline, storm.published) == ("Storm floods quay", date(2026, 3, 3))
    assert kept(intake) == ["bridge.txt", "storm.txt"]
    (two_articles / "storm.txt").unlink()
    held = intake.library.article(storm.id)
    assert held and "40 people left their homes" in held.text and Path(held.path) == intake.folder / "storm.txt"


def test_the_library_may_be_named_by_a_relative_path(
    tmp_path: Path, two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Library.open("near", encoder=HashEncoder()) as library:
        assert outcomes(Intake(library).add_files([two_articles / "storm.txt"])) == ["added"]


def test_the_same_words_are_there_once_under_whatever_name(intake: Intake, two_articles: Path) -> None:
    storm, again = two_articles / "storm.txt", two_articles / "storm (1).txt"
    again.write_text(STORM)
    assert outcomes(intake.add_files([storm, again])) == ["added", "already there"]
    assert outcomes(intake.add_files([storm])) == ["already there"]
    assert kept(intake) == ["storm.txt"] and intake.library.counts()["articles"] == 1


def test_other_words_under_the_same_name_get_a_name_of_their_own(intake: Intake, tmp_path: Path) -> None:
    for folder, text in (("a", STORM), ("b", BRIDGE), ("c", BRIDGE.replace("Friday", "Sunday"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(text)
        assert outcomes(intake.add_files([tmp_path / folder / "news.txt"])) == ["added"]
    assert kept(intake) == ["news-2.txt", "news-3.txt", "news.txt"]
    assert (intake.folder / "news.txt").read_text() == STORM


def test_a_kept_file_that_was_changed_by_hand_is_an_update(intake: Intake, two_articles: Path) -> None:
    intake.add_files([two_articles / "storm.txt"])
    (intake.folder / "storm.txt").write_text(STORM + "\nThe quay opened again.\n")
    (two_articles / "storm.txt").write_text(STORM + "\nThe quay opened again.\n")
    assert outcomes(intake.add_files([two_articles / "storm.txt"])) == ["updated"]


@pytest.mark.parametrize(
    "name", ["..hidden.txt", "-rf.txt", "a b;c|d$(e).txt", "n" * 200 + ".txt", "😀.txt", "Überflutung.TXT", "a\nb.md"]
)
def test_odd_names_become_plain_ones_inside_the_folder(intake: Intake, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(STORM)
    assert outcomes(intake.add_files([tmp_path / name])) == ["added"]
    (stored,) = kept(intake)
    assert re.fullmatch(r"\w[\w.-]*\.(txt|md)", stored) and len(stored) <= 60


def refused(report: IntakeReport) -> str:
    (file,) = report.files
    assert file.outcome == "failed" and file.article is None
    assert file.why.startswith(file.name) and file.why.endswith(".")
    return file.why


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("photo.jpg", b"\xff\xd8", "files of this kind are not read"),
        ("noending", b"\x7fELF", "files of this kind are not read"),
        ("empty.txt", b"", "it is empty"),
        ("blank.md", b" \n\n ", "it is empty"),
        ("rubbish.txt", bytes(range(256)) * 20, "files of this kind are not read"),
        ("long.txt", b"x" * (MAX_BYTES + 1), "larger than an article may be (10 MB)"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason_and_not_kept(
    intake: Intake, tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(data)
    told = refused(intake.add_files([tmp_path / name]))
    assert why in told and str(tmp_path) not in told
    assert kept(intake) == [] and intake.library.counts()["articles"] == 0


def test_what_a_file_holds_decides_and_not_its_name(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        f"<!doctype html><html><body><article><h1>Storm</h1><p>{STORM}</p></article></html>"
    )
    (tmp_path / "row.jsonl").write_text(
        json.dumps({"title": "One", "text": STORM}) + "\n" + json.dumps({"text": "Two."})
    )
    report = intake.add_files([tmp_path / "page.txt", tmp_path / "row.jsonl"])
    assert outcomes(report) == ["added", "added"] and [file.count for file in report.files] == [1, 2]
    (tmp_path / "x.bin").write_bytes(b"\x00\x01\x02")
    assert all(ending in refused(intake.add_files([tmp_path / "x.bin"])) for ending in ENDINGS)


def test_a_missing_file_and_a_folder_are_refused(intake: Intake, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for name in ("gone.txt", "folder.txt"):
        assert "is no file" in refused(intake.add_files([tmp_path / name]))


def test_a_bad_file_keeps_no_other_out(intake: Intake, two_articles: Path) -> None:
    (two_articles / "bad.txt").write_bytes(b"\x00\x01\x02")
    report = intake.add_files([two_articles / name for name in ("storm.txt", "bad.txt", "bridge.txt")])
    assert outcomes(report) == ["added", "failed", "added"]
    assert [file.name for file in report.files] == ["storm.txt", "bad.txt", "bridge.txt"]


def test_no_more_is_taken_at_once_than_allowed(library: Library, two_articles: Path) -> None:
    paths = [two_articles / "storm.txt", two_articles / "bridge.txt"]
    few = Intake(library, most_files=1).add_files(paths)
    assert outcomes(few) == ["added", "failed"] and "no more than 1 files" in few.files[1].why
    size = paths[0].stat().st_size
    assert outcomes(Intake(library, most_total=size).add_files(paths)) == ["already there", "failed"]
    assert outcomes(Intake(library, most_bytes=size - 1).add_files(paths)) == ["failed", "added"]


def test_one_sync_serves_all_and_tells_how_far_it_is(
    intake: Intake, two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, told = [], []
    real = intake.library.sync
    monkeypatch.setattr(intake.library, "sync", lambda *given: synced.append(given) or real(*given))
    intake.add_files(sorted(two_articles.iterdir()), lambda *step: told.append(step))
    assert len(synced) == 1 and ("Reading", 2, 2) in told


def test_a_library_that_is_being_written_is_left_as_it_was(
    intake: Intake, two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.library._PATIENCE", 0.05)
    added = intake.add_files([two_articles / "storm.txt"]).files[0].article
    assert added
    with write_lock(intake.library.folder, 0):
        for attempt in (
            lambda: intake.add_files([two_articles / "bridge.txt"]),
            lambda: intake.add_text(BRIDGE),
            lambda: intake.remove(added.id),
        ):
            with pytest.raises(PilcrowError, match="Another process is writing"):
                attempt()
    assert kept(intake) == ["storm.txt"] and intake.library.article(added.id)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_headline_or_outlet_breaks_out_of_its_field(intake: Intake, hostile: str) -> None:
    body = "The old bridge closed on Friday because a pillar had cracked, the county said."
    (file,) = intake.add_text(body, headline=hostile, outlet=hostile, published=date(2026, 3, 12)).files
    assert file.outcome == "added" and file.article
    held = intake.library.article(file.article.id)
    assert held
    asked = " ".join("".join(c for c in hostile if c.isprintable() or c.isspace()).split())
    assert (held.title, held.source, held.published) == (asked, asked, date(2026, 3, 12))
    assert held.published_from == "front matter" and held.text == body
    assert Path(held.path).parent == intake.folder


def test_pasted_text_keeps_a_paragraph_a_line_and_needs_nothing_else(intake: Intake) -> None:
    (file,) = intake.add_text("Bridge closed\nThe bridge closed on Friday.\r\nTraffic is led over Mill Road.").files
    assert file.article
    held = intake.library.article(file.article.id)
    assert held and [p.text for p in held.paragraphs][1:] == [
        "The bridge closed on Friday.",
        "Traffic is led over Mill Road.",
    ]
    assert (held.headline, held.source, held.published) == ("Bridge closed", "", None)


def test_a_day_in_a_headline_is_not_taken_for_the_day_of_publication(intake: Intake) -> None:
    (file,) = intake.add_text("A storm came.", headline="What happened on 2026-03-12 and 13 March 2026").files
    assert file.article and file.article.published is None


def test_the_same_text_pasted_twice_is_there_once(intake: Intake) -> None:
    first, second = (intake.add_text(STORM, headline="Storm").files[0] for _ in range(2))
    assert (first.outcome, second.outcome) == ("added", "already there") and kept(intake) == ["storm.md"]
    assert intake.add_text(BRIDGE, headline="Storm").files[0].outcome == "added"
    assert kept(intake) == ["storm-2.md", "storm.md"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "there is no text"),
        (" \n\t ", "there is no text"),
        ("a\x00b", "binary data"),
        ("\x01\x02\x03" * 50, "binary data"),
        ("word. " * 2_000_000, "larger than an article may be"),
        ("<!-- only a comment -->", "it is empty"),
    ],
)
def test_text_that_is_no_article_is_refused_with_a_reason(intake: Intake, text: str, why: str) -> None:
    assert why in refused(intake.add_text(text)) and kept(intake) == []


def test_half_a_character_is_no_accident(intake: Intake) -> None:
    assert outcomes(intake.add_text("The bridge \ud83d closed on Friday.")) == ["added"]


def test_what_the_page_added_is_removed_with_its_file(intake: Intake, two_articles: Path) -> None:
    report = intake.add_files([two_articles / "storm.txt", two_articles / "bridge.txt"])
    storm, bridge = (file.article for file in report.files)
    assert storm and bridge
    told = intake.remove(storm.id)
    assert "“Storm floods quay”" in told and "deleted" in told
    assert kept(intake) == ["bridge.txt"] and intake.library.article(storm.id) is None
    intake.library.sync([intake.folder])
    assert [a.id for a in intake.library.articles()] == [bridge.id]
    assert (two_articles / "storm.txt").exists()
    assert intake.remove(storm.id) == intake.remove("../../x") == "This article is no longer in the library."


def test_a_file_from_elsewhere_stays_and_the_sentence_says_so(intake: Intake, two_articles: Path) -> None:
    intake.library.sync([two_articles])
    (storm,) = (a for a in intake.library.articles() if a.path.endswith("storm.txt"))
    told = intake.remove(storm.id)
    assert str(two_articles / "storm.txt") in told and "brings it back" in told
    assert (two_articles / "storm.txt").exists() and intake.library.counts()["articles"] == 1


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_report_as_html_holds_words_and_no_markup_of_theirs(intake: Intake, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    added = intake.add_text("It rained.", headline=evil, outlet=evil).files[0]
    failed = Taken(evil, "failed", f"{evil} was not added: it is empty.")
    page = _Tags(intake_html(IntakeReport((added, failed))))
    assert {tag for tag, _ in page.tags} == {"div", "p", "ul", "li", "span"}
    assert all(set(names) <= {"class"} for _, names in page.tags)
    assert page.text.startswith("1 added, 1 failed.") and page.text.count(evil) == 3
    assert intake_html(IntakeReport(())) == ""
