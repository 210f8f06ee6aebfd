"""The sample's questions, and any other file of gold questions with the articles beside it."""

from __future__ import annotations

from pathlib import Path

import sample
from eval.gold import load
from eval.suites import Suite
from index import PilcrowError


def build(data: Path | None, work: Path) -> Suite:
    """The 184 questions on the sample's 37 articles, which come with Pilcrow."""
    return Suite("sample", str(sample.QUESTIONS), (sample.ARTICLES,), load(sample.QUESTIONS))


def from_file(path: Path, data: Path | None) -> Suite:
    """The questions of a .jsonl file on the articles in `data`; without `data`, on the library in use."""
    return Suite(path.stem, str(path), (data,) if data else (), load(path))


def from_folder(folder: Path, data: Path | None) -> Suite:
    """The questions in a folder's `questions.jsonl` on its `articles/`, or on the articles in `data`.

    Raises PilcrowError for a folder that lacks either.
    """
    questions, articles = folder / "questions.jsonl", data or folder / "articles"
    if not questions.is_file() or not articles.exists():
        raise PilcrowError(f"{folder} is no suite: a folder of gold holds articles/ and questions.jsonl.")
    return Suite(folder.resolve().name, str(questions), (articles,), load(questions))
