"""The command line: an answer with its sources, one sentence for a mistake, exit codes that tell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sample
from ui import terminal

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


def test_an_evaluation_ends_in_tables_and_a_report_and_holds_its_floors(tmp_path: Path) -> None:
    runs, gate = tmp_path / "runs", tmp_path / "gate.toml"
    gate.write_text('[sample]\n"pointer validity" = 1.0\n')
    arguments = ("eval", "sample", "--limit", "6", "--runs", str(runs), "--fail-under", str(gate))
    done = pilcrow(*arguments)
    assert done.returncode == 0 and "paragraph recall" in done.stdout and "report.html" in done.stdout
    (run,) = runs.iterdir()
    assert {p.name for p in run.iterdir()} >= {"run.json", "answers.jsonl", "scores.json", "report.html"}
    gate.write_text('[sample]\n"paragraph recall" = 1.5\n')
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
