"""The command line: an answer with its sources, one sentence for a mistake, exit codes that tell."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

import sample
from index.embedding import embed
from tests.conftest import STORM, HashEncoder
from ui import progress, terminal

ROOT = Path(__file__).resolve().parents[1]


def pilcrow(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PILCROW_")}
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**clean, "COLUMNS": "200", **environment},
        timeout=300,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("cli") / "library")
    done = pilcrow("index", str(sample.ARTICLES), "--library", path)
    assert done.returncode == 0 and "37 added, 0 updated, 0 removed, 0 unchanged, 0 failed" in done.stdout, done
    return path


def test_an_answer_with_its_sources(folder: str) -> None:
    done = pilcrow("ask", "Who is the chief executive of Merrin Stevedoring?", "--library", folder)
    assert done.returncode == 0 and "Gordon Lathe" in done.stdout
    assert "[1] " in done.stdout and ".txt" in done.stdout and "¶" in done.stdout


def test_json_is_the_whole_answer(folder: str) -> None:
    done = pilcrow("ask", "Who won the mayoral election?", "--json", PILCROW_LIBRARY=folder)
    record = json.loads(done.stdout)
    assert record["question"] == "Who won the mayoral election?"
    for citation in record["citations"]:
        assert citation["paragraph_text"][citation["start"] : citation["end"]] == citation["quote"]


def test_dates_and_outlets_narrow_the_search(folder: str) -> None:
    done = pilcrow("ask", "How many died on the ferry?", "--json", "--until", "2026-03-12", "-l", folder)
    cited = json.loads(done.stdout)["citations"]
    assert cited and all(c["published"] <= "2026-03-12" for c in cited)
    wrong = pilcrow("ask", "How many died?", "--source", "The Moon Post", "-l", folder)
    assert wrong.returncode == 1 and "outlets are" in wrong.stderr


def test_articles_are_listed_and_the_library_is_sound(folder: str) -> None:
    listed = pilcrow("articles", "--library", folder)
    assert listed.returncode == 0 and "Council backs cruise terminal" in listed.stdout and "undated" in listed.stdout
    checked = pilcrow("check", "--library", folder)
    assert checked.returncode == 0 and "The library is sound: 37 articles" in checked.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("ask", ""), 2, "The question is empty"),
        (("ask", "why " * 2000), 2, "2000 words"),
        (("ask", "Who?", "--library", "/nowhere/at/all"), 1, "There is no library"),
        (("ask",), 2, "Missing argument"),
        (("ask", "Who?", "--since", "last week"), 2, "does not match"),
        (("index",), 2, "Missing argument"),
        (("frobnicate",), 2, "No such command"),
        (("eval", "no-such-file.jsonl", "--library", "sample"), 1, "could not be read"),
        (("eval", "no-such-suite"), 1, "There is no suite no-such-suite"),
        (("eval", "sample", "--engine", "magic"), 2, "There is no engine magic"),
        (("eval", "score", "no-such-run"), 1, "holds no run"),
        (("eval", "score", "sample/questions.jsonl"), 2, "say with --suite"),
        (("eval", "compare", "one"), 2, "Missing argument"),
        (("find", " "), 1, "There is no library"),
        (("index", "sample/articles", "--library", "pyproject.toml"), 1, "pyproject.toml"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: tuple[str, ...], code: int, sentence: str) -> None:
    done = pilcrow(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr and done.stderr.count("\n") == 1 and done.stderr.startswith("pilcrow: ")


def test_words_are_found_or_not_with_an_exit_code(folder: str) -> None:
    found = pilcrow("find", "first boat to reach the wreck … a crab boat", "--library", folder)
    assert found.returncode == 0 and "word for word" in found.stdout and "Northern Wire" in found.stdout
    nothing = pilcrow("find", "the moon landing was broadcast from Houston that night", "--library", folder)
    assert nothing.returncode == 1 and "no article" in nothing.stdout


def test_an_evaluation_ends_in_tables_and_a_report_and_holds_its_floors(folder: str, tmp_path: Path) -> None:
    runs, gate = tmp_path / "runs", tmp_path / "gate.toml"
    gate.write_text('[questions]\n"pointer validity" = 1.0\n')
    which = ("sample/questions.jsonl", "--library", folder, "--limit", "3")
    arguments = ("eval", *which, "--runs", str(runs), "--fail-under", str(gate))
    done = pilcrow(*arguments)
    assert done.returncode == 0 and "paragraph recall" in done.stdout and "report.html" in done.stdout
    (run,) = runs.iterdir()
    assert {p.name for p in run.iterdir()} >= {"run.json", "answers.jsonl", "scores.json", "report.html"}
    gate.write_text('[questions]\n"paragraph recall" = 1.5\n')
    assert pilcrow(*arguments).returncode == 1
    same = pilcrow("eval", "compare", str(run), str(run))
    assert same.returncode == 0 and "+0.000" in same.stdout


def test_a_misspelled_setting_is_not_passed_over() -> None:
    done = pilcrow("articles", PILCROW_LIBARY="x")
    assert done.returncode == 1 and "did you mean PILCROW_LIBRARY?" in done.stderr


def test_failures_are_said_and_the_exit_code_tells(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "empty.txt").write_bytes(b"")
    (articles / "good.txt").write_text("A headline here\n\nThe bridge is closed. It will open in May.\n\nMore later.")
    done = pilcrow("index", str(articles), "--library", str(tmp_path / "library"))
    assert done.returncode == 1 and "1 added" in done.stdout and "1 failed" in done.stdout
    assert "empty.txt was skipped: it is empty" in done.stderr


def test_hostile_names_and_texts_do_not_reach_the_terminal(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    name = "evil\x1b]0;owned\x07[red].txt"
    (articles / name).write_text(
        "Harbour \x1b[31mred [bold]news[/bold]\n\nThe [link]crane[/link] fell on Monday.\n\nOK, they said."
    )
    library = str(tmp_path / "library")
    outputs = [
        pilcrow("index", str(articles), "-l", library),
        pilcrow("articles", "-l", library),
        pilcrow("ask", "When did the crane fall?", "-l", library),
    ]
    for done in outputs:
        assert done.returncode == 0 and "\x1b" not in done.stdout + done.stderr and "\x07" not in done.stdout
    assert "[link]crane[/link]" in outputs[2].stdout


def test_articles_can_be_taken_out_and_brought_back(folder: str, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text(
        "A headline here\n\nThe bridge is closed [7]. It will open in May.\n\nMore later."
    )
    library = str(tmp_path / "library")
    assert pilcrow("index", str(articles), "-l", library).returncode == 0
    said = pilcrow("ask", "Is the bridge closed?", "-l", library, PYTHONIOENCODING="ascii").stdout
    assert "closed (7)" in said and "[7]" not in said, "every bracketed number is a marker"
    assert "1 removed." in pilcrow("remove", str(articles), "-l", library).stdout
    nothing = pilcrow("remove", str(articles), "-l", library)
    assert nothing.returncode == 1 and "No article of the library lies there" in nothing.stderr


def test_a_log_moves_while_work_goes_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(terminal, "PAUSE", 0.0)
    with terminal.progress_bar() as progress:
        progress("asking", 3, 40)
    assert capsys.readouterr().err == "asking: 3 of 40\n"
    monkeypatch.setattr(terminal, "PAUSE", 30.0)
    with terminal.progress_bar() as progress:
        progress("asking", 3, 40)
    assert capsys.readouterr().err == ""


def test_what_is_wrong_is_listed_and_mended_on_request(tmp_path: Path) -> None:
    library = str(tmp_path / "library")
    (tmp_path / "storm.txt").write_text(STORM)
    assert pilcrow("index", str(tmp_path / "storm.txt"), "-l", library).returncode == 0
    with sqlite3.connect(tmp_path / "library" / "library.db") as database:
        database.execute("DELETE FROM full_text")
    found = pilcrow("check", "-l", library)
    assert found.returncode == 1 and "missing from the full-text index" in found.stderr
    assert "check --repair" in found.stdout and "not sound" in found.stdout
    mended = pilcrow("check", "--repair", "-l", library)
    assert mended.returncode == 0 and "were made again" in mended.stderr and "is sound" in mended.stdout


def test_a_library_is_kept_in_a_file_and_comes_back(folder: str, tmp_path: Path) -> None:
    file, again = str(tmp_path / "kept.zip"), str(tmp_path / "again")
    assert "kept in" in pilcrow("backup", file, "-l", folder).stdout
    refused = pilcrow("backup", file, "-l", folder)
    assert refused.returncode == 1 and "--force" in refused.stderr
    back = pilcrow("restore", file, "-l", again)
    assert back.returncode == 0 and "37 articles" in back.stdout
    assert pilcrow("restore", file, "-l", again).returncode == 1
    aside = pilcrow("restore", file, "-l", again, "--force")
    assert aside.returncode == 0 and "again.before-1" in aside.stderr
    assert "is sound: 37 articles" in pilcrow("check", "-l", again).stdout
    assert pilcrow("restore", str(tmp_path / "none.zip"), "-l", again).returncode == 2


def test_a_dry_run_counts_and_leaves_no_trace(tmp_path: Path) -> None:
    library = tmp_path / "library"
    (tmp_path / "storm.txt").write_text(STORM)
    done = pilcrow("index", str(tmp_path / "storm.txt"), "--dry-run", "-l", str(library))
    assert done.returncode == 0 and "1 added" in done.stdout and "texts to embed" in done.stdout
    assert not library.exists()


def test_the_list_says_where_a_date_stands_how_sure_it_is_and_who_else_has_the_story(tmp_path: Path) -> None:
    words = "\n\n".join(
        f"The {place} was closed on Friday after an inspector had found cracks in its {part}, the county said."
        for place, part in (("bridge", "pillar"), ("tunnel", "lining"), ("quay", "wall"), ("mill", "roof"))
    )
    for outlet, day in (("north-post", "2026-03-03"), ("south-herald", "2026-03-04")):
        (tmp_path / "articles" / outlet).mkdir(parents=True)
        (tmp_path / "articles" / outlet / f"{day}-county.txt").write_text(f"County closes bridge\n\n{words}\n")
    library = str(tmp_path / "library")
    pilcrow("index", str(tmp_path / "articles"), "-l", library)
    listed = pilcrow("articles", "-l", library).stdout
    assert "3 March 2026 (likely)" in listed and "file name" in listed and "also in" in listed
    first, second = (json.loads(line) for line in pilcrow("articles", "--json", "-l", library).stdout.splitlines())
    assert first["also_in"] == [second["id"]] and first["published"] == "2026-03-03"
    assert first["published_sure"] == "likely" and first["source"] == "North Post"


def test_the_time_left_is_told_in_words() -> None:
    assert progress.pace(12.0, 600.0) == "12.0 a second, 10 min left"
    assert progress.pace(0.5, 30.0) == "30.0 a minute, 30 s left"
    assert progress.pace(0.0, None) == "" and progress.pace(3.0, 7200.0).endswith("2.0 h left")


def test_progress_is_quiet_where_nobody_watches_and_moves_where_somebody_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress.progress_shown() as shown:
        assert shown is None
    assert capsys.readouterr().err == ""
    screen = Console(file=io.StringIO(), force_terminal=True, width=120)
    monkeypatch.setattr(progress, "err", screen)
    with progress.progress_shown() as shown:
        assert shown is not None
        for done in (0, 128, 1024):
            shown("Embedding", done, 1024)
            time.sleep(0.15)
    assert isinstance(screen.file, io.StringIO)
    assert "Embedding" in screen.file.getvalue() and "128/1024" in screen.file.getvalue()


def test_embedding_many_texts_is_told_as_it_goes() -> None:
    told: list[tuple[int, int]] = []
    texts = {str(number): f"text number {number}" for number in range(300)}
    vectors = embed(HashEncoder(), texts, lambda stage, done, total: told.append((done, total)))
    assert told == [(128, 300), (256, 300), (300, 300)]
    assert all((vectors[key] == HashEncoder().encode([text])).all() for key, text in texts.items())
