"""The evidence pack: what was cited can be proved without Pilcrow's word for it, and no altered letter passes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Library, PilcrowError
from rag import Answer, Answerer, Citation, Claim
from rag.pack import PackReport, check_pack, make_pack, read_pack

ROOT = Path(__file__).resolve().parents[1]
Pack = dict[str, Any]

ASKED = (
    "How many people died when the ferry sank?",
    "Why did the dock workers go on strike?",
    "Who is Xanthippe Quibble?",
)
HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "a\nb",
    "\u202eevil",
    "x" * 100_000,
    "../../../etc/passwd",
    "//evil.example/x.txt",
    "\x00",
)


@pytest.fixture(scope="module")
def answers(sample_library: Library) -> list[Answer]:
    answerer = Answerer(sample_library)
    return [answerer.answer(question) for question in ASKED]


@pytest.fixture(scope="module")
def made(answers: list[Answer], sample_library: Library) -> Pack:
    return make_pack(answers, library=sample_library, title="The ferry")


@pytest.fixture
def pack(made: Pack) -> Pack:
    return deepcopy(made)


def cited(pack: Pack) -> list[Pack]:
    return [c for answer in pack["answers"] for c in answer["citations"]]


def seal(citation: Pack) -> None:
    """Makes a forger's work complete: hashes and offsets fit what now stands in the pack."""
    text, quote = citation["paragraph_text"], citation["quote"]
    citation["start"] = text.index(quote)
    citation["end"] = citation["start"] + len(quote)
    citation["paragraph_sha256"] = sha256(text.encode()).hexdigest()
    citation["quote_sha256"] = sha256(quote.encode()).hexdigest()


def holds(pack: Pack, library: Library | None = None) -> bool:
    """False where the pack is refused, or where anything in it does not hold."""
    try:
        return check_pack(pack, library).ok
    except PilcrowError:
        return False


def test_what_was_cited_holds_within_the_pack_in_the_library_and_in_the_files(
    made: Pack, sample_library: Library
) -> None:
    count = len(cited(made))
    assert count >= 3
    for report in (check_pack(made), check_pack(made, sample_library)):
        assert report == PackReport(count, count) and report.ok
        assert str(report) == f"{count} of {count} quotes hold."


def test_the_pack_says_where_every_quote_stands(made: Pack, answers: list[Answer], sample_library: Library) -> None:
    assert (made["format"], made["version"], made["title"]) == ("pilcrow-evidence", 1, "The ferry")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", made["made"])
    for packed, answer in zip(made["answers"], answers, strict=True):
        assert (packed["question"], packed["text"]) == (answer.question, answer.text)
        assert [c["citations"] for c in packed["claims"]] == [[c.number for c in k.citations] for k in answer.claims]
    for c in cited(made):
        article = sample_library.article(c["article_id"])
        assert article and (c["outlet"], c["headline"], c["path"]) == (article.source, article.headline, article.path)
        assert c["paragraph_text"][c["start"] : c["end"]] == c["quote"]
        assert c["quote_sha256"] == sha256(c["quote"].encode()).hexdigest()
        assert article.paragraphs[c["paragraph"] - 1].id == c["paragraph_id"]


def test_only_the_time_differs_between_two_packs_of_the_same(answers: list[Answer], sample_library: Library) -> None:
    first, second = (make_pack(answers, library=sample_library) for _ in range(2))
    assert {**first, "made": ""} == {**second, "made": ""}
    assert json.loads(json.dumps(first)) == first


def test_a_saved_answer_gets_its_byline_back_from_the_library(
    answers: list[Answer], made: Pack, sample_library: Library
) -> None:
    saved = [Answer.from_dict(answer.to_dict()) for answer in answers]
    assert any(c["authors"] for c in cited(made)) and not any(c["authors"] for c in cited(make_pack(saved)))
    assert make_pack(saved, library=sample_library)["answers"] == made["answers"]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_single_altered_character_passes(made: Pack, data: st.DataObject) -> None:
    altered = deepcopy(made)
    citation = data.draw(st.sampled_from(cited(altered)))
    texts = ("quote", "paragraph_text", "paragraph_sha256", "quote_sha256")
    field = data.draw(st.sampled_from((*texts, "start", "end")))
    was = str(citation[field])
    place = data.draw(st.integers(0, len(was) - 1))
    letters = st.characters() if field in texts else st.sampled_from("-0123456789")
    now = was[:place] + data.draw(letters.filter(lambda c: c != was[place])) + was[place + 1 :]
    try:
        citation[field] = now if field in texts else int(now)
    except ValueError:
        citation[field] = now
    assert not holds(altered)


def test_an_offset_beyond_the_text_is_no_slice_of_it(pack: Pack) -> None:
    citation = cited(pack)[0]
    citation["quote"] = citation["paragraph_text"]
    seal(citation)
    assert holds(pack)
    citation["end"] += 1
    assert not holds(pack)


@pytest.mark.parametrize("compared", [True, False])
def test_a_forged_paragraph_is_found_in_the_library_and_in_the_file(
    pack: Pack, sample_library: Library, compared: bool
) -> None:
    citation = cited(pack)[0]
    citation["paragraph_text"] = citation["quote"] = "The mayor took the money."
    seal(citation)
    report = check_pack(pack, sample_library if compared else None)
    (failure,) = report.failures
    assert (report.quotes - report.held, report.notes) == (1, ())
    assert failure.startswith(f"Answer 1 [1], {citation['outlet']}, ") and citation["headline"] in failure
    assert failure.endswith(f", ¶{citation['paragraph']}: the paragraph has changed.") and " March 2026" in failure


def test_numbers_that_lead_nowhere_are_failures(pack: Pack) -> None:
    pack["answers"][0]["claims"][0]["citations"].append(99)
    assert check_pack(pack).failures == ("Answer 1: a claim cites [99], which is not listed.",)
    pack["answers"][0]["citations"].append({**cited(pack)[0], "number": 99})
    assert check_pack(pack).ok
    pack["answers"][0]["citations"].append(cited(pack)[0])
    assert check_pack(pack).failures == ("Answer 1: [1] is listed more than once.",)
    pack["answers"][0]["claims"] = []
    assert "Answer 1: no claim cites [1], which is listed." in check_pack(pack).failures


def test_an_article_that_is_gone_is_named(pack: Pack, library: Library) -> None:
    report = check_pack(pack, library)
    assert report.held == 0 and len(report.failures) == report.quotes
    assert all(failure.endswith(": the article is not in this library.") for failure in report.failures)


def test_a_file_that_is_not_here_is_a_note_and_no_failure(pack: Pack) -> None:
    for citation in cited(pack):
        citation["path"] = "/nowhere/at/all.txt"
    report = check_pack(pack)
    assert report.ok and len(report.notes) == report.quotes
    assert all("could not be compared: there is no file /nowhere/at/all.txt" in note for note in report.notes)


STORY = "Storm floods quay\n\nThe storm flooded the lower quay on Monday night.\n\nRepairs will cost 2 million dollars."


def told(library: Library, folder: Path, name: str = "storm.txt", text: str = STORY) -> Pack:
    """A pack that cites the paragraph on the repairs, of a story that this library has read."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    library.sync([folder])
    article = next(a for a in map(library.article, (a.id for a in library.articles())) if a)
    last = article.paragraphs[-1]
    claim = Claim(last.text, (Citation(1, article, last, 0, len(last.text)),))
    return make_pack([Answer("What will it cost?", "What will it cost?", (claim,))])


def test_a_paragraph_that_moved_is_a_note(library: Library, folder: Path) -> None:
    pack = told(library, folder)
    (folder / "storm.txt").write_text(STORY.replace("The storm", "It rained for two days.\n\nThe storm"))
    library.sync([folder])
    for report in (check_pack(pack, library), check_pack(pack)):
        assert report.ok and [note.rsplit(": ", 1)[1] for note in report.notes] == ["it is now ¶4."]


def test_a_paragraph_that_stands_twice_has_not_moved(library: Library, folder: Path) -> None:
    pack = told(library, folder, text=STORY.replace("The storm", "Repairs will cost 2 million dollars.\n\nThe storm"))
    for report in (check_pack(pack, library), check_pack(pack)):
        assert report == PackReport(1, 1)


@pytest.mark.parametrize("text", ["Repairs will cost 3 million dollars.", "Repairs will cost  2 million dollars."])
def test_a_paragraph_that_changed_is_a_failure(library: Library, folder: Path, text: str) -> None:
    pack = told(library, folder)
    (folder / "storm.txt").write_text(STORY.replace("Repairs will cost 2 million dollars.", text))
    library.sync([folder])
    for report in (check_pack(pack, library), check_pack(pack)):
        assert not report.ok and "¶3: the paragraph has changed." in report.failures[0]


@pytest.mark.parametrize("text", [STORY, f"---\nurl: https://news.example/storm\n---\n{STORY}"])
def test_an_article_is_known_again_in_another_folder(library: Library, tmp_path: Path, text: str) -> None:
    ending = "md" if text.startswith("---") else "txt"
    pack = told(library, tmp_path / "old", f"storm.{ending}", text)
    (tmp_path / "old").rename(tmp_path / "new")
    library.sync([tmp_path / "new"])
    library.remove([a.id for a in library.articles() if "/old/" in a.path])
    assert check_pack(pack, library).ok
    if ending == "md":
        cited(pack)[0]["headline"] = "Quay flooded"
        (note,) = check_pack(pack, library).notes
        assert note.endswith("its article is now undated, “Storm floods quay”.")


def test_a_quote_under_another_name_is_noted(pack: Pack, sample_library: Library) -> None:
    cited(pack)[0]["outlet"] = "The Moon Post"
    (note,) = check_pack(pack, sample_library).notes
    assert note.startswith("Answer 1 [1], The Moon Post") and "its article is now" in note


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("field", ["article_id", "outlet", "headline", "url", "path"])
def test_hostile_words_end_in_short_printable_sentences(
    pack: Pack, sample_library: Library, field: str, hostile: str
) -> None:
    for citation in cited(pack):
        citation.update({"article_id": "none", field: hostile, "paragraph_text": "It.", "quote": "It."})
        seal(citation)
    for report in (check_pack(pack), check_pack(pack, sample_library)):
        said = [*report.failures, *report.notes]
        assert said and all(s.isprintable() and s.endswith(".") for s in said)
        assert field == "path" or max(map(len, said)) < 600


def test_a_file_on_somebody_elses_machine_is_never_asked_for(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr("rag.recheck.articles_in", lambda file, **_: opened.append(file))
    for place in ("//evil.example/share/x.txt", "\\\\evil.example\\share\\x.txt", "/etc/passwd", ""):
        for citation in cited(pack):
            citation["path"] = place
        assert len(check_pack(pack).notes) == len(cited(pack))
    assert opened == []


BROKEN: dict[str, Any] = {
    "a list": [],
    "nothing": {},
    "another version": {"version": 2},
    "another format": {"format": "zip"},
    "unknown key": {"extra": 1},
    "no answers": {"answers": "none"},
    "half a letter": {"title": "\ud800"},
    "no JSON": {"title": {1, 2}},
    "not a number": {"title": float("nan")},
    "a key of half a letter": {"\ud800": 1},
    "a long key": {"x" * 100_000: 1},
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_pack_is_refused_in_a_sentence(pack: Pack, what: str) -> None:
    broken = {**pack, **BROKEN[what]} if BROKEN[what] else BROKEN[what]
    with pytest.raises(PilcrowError, match=r"^This is not an evidence pack: [^\n]{3,400}[^.]\.$"):
        check_pack(broken)


@pytest.mark.parametrize("value", ["3", 3.0, True, -1, 10**12, None])
def test_an_offset_is_a_whole_number_and_nothing_like_one(pack: Pack, value: object) -> None:
    cited(pack)[0]["start"] = value
    with pytest.raises(PilcrowError, match=r"answers\.0\.citations\.0\.start: "):
        check_pack(pack)


def test_a_pack_inside_itself_is_refused(pack: Pack) -> None:
    pack["title"] = pack
    with pytest.raises(PilcrowError):
        check_pack(pack)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(data=st.data(), value=JSON)
def test_any_value_in_any_place_is_refused_or_reported(
    made: Pack, sample_library: Library, data: st.DataObject, value: Any
) -> None:
    altered = deepcopy(made)
    answer = altered["answers"][0]
    where = data.draw(st.sampled_from((altered, answer, answer["claims"][0], answer["citations"][0])))
    where[data.draw(st.sampled_from(sorted(where)))] = value
    for library in (None, sample_library):
        try:
            report = check_pack(altered, library)
        except PilcrowError as refused:
            assert str(refused).isprintable()
        else:
            assert 0 <= report.held <= report.quotes


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe\xff", b"[" * 100_000, b"1" * 10_000])
def test_a_file_that_holds_no_pack_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "pack.json"
    path.write_bytes(data)
    with pytest.raises(PilcrowError, match=r"pack\.json is not an evidence pack: "):
        read_pack(path)
    with pytest.raises(PilcrowError, match="could not be read"):
        read_pack(tmp_path / "none.json")


def test_an_answer_without_citations_has_nothing_to_prove(answers: list[Answer]) -> None:
    silent = replace(answers[0], claims=(), reason="The articles do not say.")
    report = check_pack(make_pack([silent]))
    assert report.ok and str(report) == "There is no quote in this pack."


def pilcrow(*arguments: str, at: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PILCROW_")}
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=at,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        timeout=300,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_the_command_says_what_holds_with_an_exit_code(pack: Pack, sample_library: Library, tmp_path: Path) -> None:
    path, count = tmp_path / "pack.json", len(cited(pack))
    path.write_text(json.dumps(pack))
    sound = pilcrow("verify", str(path), at=tmp_path)
    assert (sound.returncode, sound.stdout, sound.stderr) == (0, f"{count} of {count} quotes hold.\n", "")
    cited(pack)[0]["quote"] += "\x1b[31m"
    path.write_text(json.dumps(pack))
    for chosen in ({"PILCROW_LIBRARY": str(sample_library.folder)}, {}):
        done = pilcrow("verify", str(path), at=tmp_path, **chosen)
        assert (done.returncode, done.stdout) == (1, f"{count - 1} of {count} quotes hold.\n")
        assert done.stderr.count("\n") == 1 and "[1]" in done.stderr and "SHA-256" in done.stderr


def test_the_command_compares_with_the_library_that_is_named_or_lies_there(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "pack.json"
    path.write_text(json.dumps(pack))
    (tmp_path / "other.txt").write_text(STORY)
    assert pilcrow("index", "other.txt", at=tmp_path).returncode == 0
    named = ("--library", str(tmp_path / "library"))
    for done in (pilcrow("verify", str(path), at=tmp_path), pilcrow("verify", str(path), *named, at=ROOT)):
        assert done.returncode == 1 and "the article is not in this library" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ((), 2, "Missing argument"),
        (("none.json",), 2, "does not exist"),
        (("broken.json",), 1, "is not an evidence pack"),
        (("broken.json", "--library", "/nowhere"), 1, "is not an evidence pack"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    (tmp_path / "broken.json").write_text("{")
    done = pilcrow("verify", *arguments, at=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr and done.stderr.count("\n") == 1
