"""The built wheel, unpacked elsewhere, works: every data file is in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = [
    "index/store/schema.sql",
    "index/store/postgres.sql",
    "index/stop_words.txt",
    "ui/web/page.css",
    "ui/web/page.js",
    "sample/questions.jsonl",
    "sample/articles/merrin-courier/council-vote.txt",
]


@pytest.mark.slow
def test_the_wheel_answers_on_its_own(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("pilcrow_qa-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert set(DATA) <= set(names)
    assert not [n for n in names if n.startswith("rag/reader/training/written/")], "that is for training only"
    assert {n.split("/")[0] for n in names if ".dist-info" not in n} == {"index", "rag", "ui", "eval", "sample"}
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    # -I keeps the checkout out of the path; the dependencies come from this environment.
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import index, ui.cli; "
        "assert index.__file__.startswith(sys.path[0]), index.__file__; ui.cli.main()"
    )
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}

    def pilcrow(*arguments: str) -> str:
        command = [sys.executable, "-I", "-c", code, str(tmp_path / "installed"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    articles = tmp_path / "installed" / "sample" / "articles"
    assert "37 added" in pilcrow("index", str(articles), "--library", "lib")
    assert "Gordon Lathe" in pilcrow("ask", "Who is the chief executive of Merrin Stevedoring?", "--library", "lib")
