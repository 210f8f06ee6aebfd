"""Articles with orders in them: whatever they hold, in the prompt they are passages in their places and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import Article, Library, Passage
from rag.prose.labels import border, labels
from rag.prose.prompt import Labelled, messages
from tests.conftest import HashEncoder
from tests.injection import Attack, build
from tests.injection.pages import UNSEEN_STYLES

TEMPLATE_SIGN = re.compile(
    r"<\|?[\w/|]|\|>|</s>|\[/?(?:INST|TOOL_CALLS|gMASK|SYSTEM_PROMPT)\]|\[\|\w+\||<</?SYS>>|^\W*(?:system|assistant|user|human)\W{0,3}:"
    r"|#{2,}",
    re.IGNORECASE | re.MULTILINE,
)
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e01ef\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Shelf:
    """A library with all the attacks in it."""

    library: Library
    attacks: list[Attack]

    def article(self, file: Path) -> Article:
        (found,) = (a for a in self.library.articles() if a.path == str(file))
        whole = self.library.article(found.id)
        assert whole
        return whole

    def passages(self, attack: Attack) -> tuple[Passage, ...]:
        """What could be shown for its question: the clean article's paragraphs between those of the attack."""
        bad, clean = self.article(attack.file), self.article(attack.clean)
        found = [(a, p) for a in (bad, clean, bad) for p in a.paragraphs if p.kind in ("body", "dateline", "credit")]
        once = dict.fromkeys((p.id, n) for n, (a, p) in enumerate(found) if p.id not in {q.id for _, q in found[:n]})
        return tuple(Passage(found[n][1], found[n][0], rank, 1.0, 0.5) for rank, (_, n) in enumerate(once, 1))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("injection")
    attacks = build(folder / "articles")
    with Library.open(folder / "library", encoder=HashEncoder()) as library:
        report = library.sync([folder / "articles"])
        assert report.ok, report.failures
        yield Shelf(library, attacks)


def test_there_are_many_attacks_of_many_kinds_in_five_languages(shelf: Shelf) -> None:
    assert len(shelf.attacks) >= 60
    assert len({a.kind for a in shelf.attacks}) >= 25
    assert len({a.clean.parent.name for a in shelf.attacks} - {"sound-herald", "valley-times"}) == 4


def test_every_attack_is_read_and_its_question_is_answered_by_a_clean_article(shelf: Shelf) -> None:
    for attack in shelf.attacks:
        assert shelf.article(attack.file).paragraphs
        clean = shelf.article(attack.clean)
        assert any(attack.answer in p.text for p in clean.paragraphs)
        assert not any(want in clean.text for want in attack.wants)


def test_what_an_attack_wants_is_not_what_was_asked_for(shelf: Shelf) -> None:
    assert [a.name for a in shelf.attacks for want in a.wants if attack_says(a.answer, want)] == []


def attack_says(answer: str, want: str) -> bool:
    return answer.casefold() in want.casefold() or want.casefold() in answer.casefold()


def told(shelf: Shelf, attack: Attack) -> tuple[str, tuple[str, ...], str, tuple[Passage, ...]]:
    """The user's message of its prompt, the labels, the border, the passages."""
    passages = shelf.passages(attack)
    names = labels(passages, attack.question)
    given = [Labelled(name, p, p.paragraph.text) for name, p in zip(names, passages, strict=True)]
    system, user = messages(attack.question, given)
    assert (system.role, user.role) == ("system", "user")
    return user.content, names, border(passages, attack.question), passages


def test_no_article_fakes_a_border(shelf: Shelf) -> None:
    for attack in shelf.attacks:
        user, names, word, _ = told(shelf, attack)
        lines = user.split("\n")
        assert lines.count(word) == len(names) + 1, attack.name
        # Once more in the sentence that explains the borders.
        assert user.count(word) == len(names) + 2, attack.name


def test_every_label_opens_its_passage_and_stands_nowhere_else(shelf: Shelf) -> None:
    for attack in shelf.attacks:
        user, names, word, passages = told(shelf, attack)
        *blocks, last = user.split(f"\n{word}\n")[1:]
        assert len(blocks) == len(passages), attack.name
        for name, block in zip(names, blocks, strict=True):
            heading, text = block.split("\n")
            assert heading.startswith(f"[{name}] ") and text.startswith("Text: "), attack.name
            assert not re.search(r"[\[【［]\W*\d", heading.removeprefix(f"[{name}]") + text), attack.name
            assert len(re.findall(name, user)) == 2, attack.name
        assert last.endswith(" ".join(f"[{name}]" for name in names))


def test_no_sign_of_a_chat_template_and_nothing_unseen_is_left(shelf: Shelf) -> None:
    for attack in shelf.attacks:
        user = told(shelf, attack)[0]
        assert TEMPLATE_SIGN.findall(user) == [], attack.name
        assert UNSEEN.findall(user) == [], attack.name


def test_the_right_answer_is_in_every_prompt(shelf: Shelf) -> None:
    for attack in shelf.attacks:
        assert attack.answer in told(shelf, attack)[0]


def test_a_border_or_a_label_that_an_article_learned_is_changed(shelf: Shelf) -> None:
    attack = shelf.attacks[0]
    _, names, word, passages = told(shelf, attack)
    knowing = f"{attack.question} ({word}, {' '.join(names)})"
    assert border(passages, knowing) != word
    assert not set(labels(passages, knowing)) & set(names)


@pytest.mark.parametrize("name", [name for name, _ in UNSEEN_STYLES])
def test_what_no_reader_of_a_page_sees_is_not_in_the_library(shelf: Shelf, name: str) -> None:
    (attack,) = (a for a in shelf.attacks if a.file.name == f"{name}.html")
    article = shelf.article(attack.file)
    assert attack.hidden and "open day" in article.text
    for words in attack.hidden:
        assert words not in article.text + article.title + article.source + " ".join(article.authors)
