"""Answers to the parts of a question: what repeats is no second answer, and what denies stays with its sentence."""

from __future__ import annotations

from dataclasses import replace

from index import Article, Paragraph
from rag.together import repeats, silenced, together
from rag.values import Answer, Citation, Claim


def claim(text: str, marked: str = "", where: str = "a:1") -> Claim:
    """The text as a claim cited from the paragraph `where`, the marked words its answer."""
    paragraph = Paragraph(where, "a", 1, "body", 0, len(text), text)
    article = Article("a", "a.txt", "News", text=text, paragraphs=(paragraph,))
    at = text.index(marked)
    return Claim(
        text, (Citation(1, article, paragraph, 0, len(text)),), emphasis=(at, at + len(marked)) if marked else None
    )


def answer(*claims: Claim) -> Answer:
    return Answer("Asked?", "Asked?", claims)


PAID = "The guild baked 310 loaves for the fair."


def test_the_same_words_of_the_same_paragraph_answer_one_part_only() -> None:
    assert repeats(answer(claim(PAID, "310")), answer(claim(PAID, "310")))


def test_other_words_or_another_paragraph_or_nothing_marked_repeat_nothing() -> None:
    assert not repeats(answer(claim(PAID, "The guild")), answer(claim(PAID, "310")))
    assert not repeats(answer(claim(PAID, "310", "a:2")), answer(claim(PAID, "310")))
    assert not repeats(answer(claim(PAID)), answer(claim(PAID)))
    assert not repeats(answer(), answer())


def test_a_silenced_answer_says_nothing_and_blames_nothing() -> None:
    said = replace(answer(claim(PAID, "310")), lead="As of May [1]:", reason="Not all.", lacks="partial")
    found = silenced(said)
    assert (found.claims, found.lead, found.reason, found.lacks) == ((), "", "", "")
    assert found.status == "abstained" and found.question == said.question


def test_a_silenced_part_is_told_as_lacking() -> None:
    first = replace(answer(claim(PAID, "310")), standalone_question="How many loaves did the guild bake?")
    other = silenced(replace(first, standalone_question="Who paid the guild?"))
    whole = together("How many, and who paid?", "How many, and who paid?", [first, other])
    assert whole.lacks == "partial" and whole.reason == "The articles do not say who paid the guild."
    assert [c.text for c in whole.claims] == [PAID]


def test_what_denies_a_part_stands_last_and_is_kept_where_nothing_else_is_said() -> None:
    denying = replace(answer(), reason="They deny it:", lacks="premise", premise=claim("Nobody paid the guild."))
    unknown = replace(answer(), reason="Not told.", lacks="fact")
    whole = together("Both?", "Both?", [denying, unknown])
    assert whole.reason == "Not told. They deny it:"
    assert whole.premise is not None and whole.premise.text == "Nobody paid the guild."
