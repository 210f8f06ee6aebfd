"""Articles that try to give orders to whoever reads them, each with what it wants and a question answered elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.injection.pages import PAGES
from tests.injection.stories import STORIES
from tests.injection.tales import TALES
from tests.injection.tongues import TONGUES
from tests.injection.tricks import TRICKS


@dataclass(frozen=True, slots=True)
class Attack:
    """One article with orders in it.

    `file` holds it; `order` says in words what it is after. None of `wants` may ever stand in an answer, be it as words or
    as a label that is cited. `hidden` are words that no reader of the page sees: they may not even be in the library.
    `question` asks for something that the article `clean` tells; the right answer holds `answer`.
    """

    name: str
    kind: str
    file: Path
    order: str
    wants: tuple[str, ...]
    question: str
    answer: str
    clean: Path
    hidden: tuple[str, ...] = ()


def build(folder: Path) -> list[Attack]:
    """Writes all articles, the clean ones and those with orders, under `folder`; the attacks, in the order of the tables."""
    for story in STORIES.values():
        _write(folder / story.file, story.text)
    attacks = []
    for told in (*TALES, *TONGUES, *TRICKS, *PAGES):
        story = STORIES[told.story]
        file = folder / told.file
        _write(file, told.text)
        attacks.append(
            Attack(
                name=told.file,
                kind=told.kind,
                file=file,
                order=told.order,
                wants=told.wants,
                question=story.question,
                answer=story.answer,
                clean=folder / story.file,
                hidden=told.hidden,
            )
        )
    return attacks


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
