"""The README does what it says: its code runs, its commands exist, its answer is the one that is given."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from index import Library
from rag import Answerer
from rag.pack import make_pack

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
pytestmark = pytest.mark.slow


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample beside it, where the README's commands can run."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "sample").symlink_to(ROOT / "sample")
    return folder


def run(command: list[str], place: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "400"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=place, env=environment, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_make_target_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join(blocks("sh")) + README))
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"chat", "test"} <= named <= targets


def test_the_python_runs(place: Path) -> None:
    for text in blocks("python"):
        out = run([sys.executable, "-c", text], place)
        assert "Gordon Lathe" in out and "answered" in out


def test_the_answer_shown_is_the_answer_given(place: Path) -> None:
    run([sys.executable, "-m", "ui.cli", "index", "sample/articles"], place)
    (shown,) = (text for text in blocks("text") if text.startswith("$ pilcrow"))
    command, _, expected = shown.partition("\n")
    said = run([sys.executable, "-m", "ui.cli", *shlex.split(command)[2:]], place)

    def plain(text: str) -> list[str]:
        # Where the articles lie differs from machine to machine.
        return " ".join(re.sub(r"\S*/sample/articles/", "sample/articles/", text).split()).split()

    assert plain(said) == plain(expected)


def test_the_commands_run(place: Path) -> None:
    lines = [line.split("#")[0].strip() for text in blocks("sh") for line in text.splitlines()]
    commands = [shlex.split(line) for line in lines if line.startswith("pilcrow ")]
    commands.sort(key=lambda command: command[1] == "remove")  # the questions of the evaluation are about all articles
    assert {command[1] for command in commands} >= {"index", "ask", "chat", "articles", "check"}
    for command in commands:
        if command[1] in ("chat", "watch", "serve", "mcp") or command[2:3] == ["https://example.org/feed.xml"]:
            continue  # tests/test_page.py, test_watch.py, test_serve.py, test_mcp.py and test_index_web.py run these against real parts
        if command[1:3] == ["index", "dump.jsonl"]:
            (place / "dump.jsonl").write_text(json.dumps({"titolo": "Il molo", "corpo": "Il molo è stato venduto."}))
        # "articles/" stands for a folder of the reader's.
        own = {"articles/": "sample/articles", "articles/old": "sample/articles/northern-wire"}
        command[2:] = [own.get(word, word) for word in command[2:]]
        if command[1] == "verify":
            with Library.open(place / "library") as library:
                answered = Answerer(library).answer("Who won the mayoral election?")
                (place / command[2]).write_text(json.dumps(make_pack([answered], library=library)), "utf-8")
        if command[1] == "eval":  # the whole takes ten minutes and needs the public sets
            command[2:] = ["sample/questions.jsonl", "--library", "library", "--limit", "2"]
        assert run([sys.executable, "-m", "ui.cli", *command[1:]], place)
