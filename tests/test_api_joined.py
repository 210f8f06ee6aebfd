"""Collections asked together: what each says stays its own, and every number leads to its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from index import Article, Paragraph
from rag import Answer, Citation
from rag.values import Claim, Conflict
from ui.api.joined import joined
from ui.api.paths import shown, without_folders


def cited(number: int, text: str) -> Citation:
    article = Article(id=f"article of {text}", path=f"/srv/news/{text}.txt", title=text)
    return Citation(number, article, Paragraph(text, article.id, 1, "body", 0, len(text), text), 0, len(text))


def answer(*texts: str, **more: object) -> Answer:
    claims = tuple(Claim(text, (cited(number, text),), "supported") for number, text in enumerate(texts, 1))
    return replace(Answer("Who won?", "Who won?", claims, engine="extractive"), **more)  # type: ignore[arg-type]


def quotes(said: Answer, words: str) -> list[str]:
    """What the markers in the words lead to."""
    known = {c.number: c.quote for c in said.citations}
    return [known[int(number)] for number in re.findall(r"\[(\d+)\]", words)]


def test_a_lead_keeps_its_collection_and_its_numbers_lead_where_they_led() -> None:
    differing = {
        "lead": "The figures differ: six [1]; nine [2].",
        "conflicts": (Conflict("toll", (("6", 1), ("9", 2)), 2),),
    }
    found = joined("Who won?", {"town": answer("Ann won."), "wire": answer("Six.", "Nine.", **differing)})
    said = found.answer
    assert said.lead.startswith("wire: The figures differ") and quotes(said, said.lead) == ["Six.", "Nine."]
    assert quotes(said, said.text) == ["Six.", "Nine.", "Ann won.", "Six.", "Nine."]
    (conflict,) = said.conflicts
    assert [value for value, _ in conflict.values] == ["6", "9"] and conflict.latest == conflict.values[1][1]
    assert quotes(said, "".join(f"[{number}]" for _, number in conflict.values)) == ["Six.", "Nine."]
    assert [found.collections[c.number] for c in said.citations] == ["town", "wire", "wire"]


def test_leads_that_contradict_each_other_are_told_apart() -> None:
    said = joined(
        "Did Ann win?",
        {"town": answer("Ann won.", lead="Yes [1]."), "wire": answer("Bo won.", lead="As of 3 March 2026 [1]:")},
    ).answer
    assert said.lead == "town: Yes [1]. wire: As of 3 March 2026 [2]."


def test_what_stands_against_the_question_is_not_lost_beside_an_answer() -> None:
    reason = "The question takes it that Ann won; the articles say otherwise:"
    against = answer(lacks="premise", reason=reason, premise=Claim("Bo won.", (cited(1, "Bo won."),), "supported"))
    silent = answer(lacks="topic", reason="The articles tell nothing of it.")
    found = joined("Why did Ann win?", {"town": answer("Ann was liked."), "quiet": silent, "wire": against})
    said = found.answer
    assert said.text == f"Ann was liked. [1] wire: {reason} Bo won. [2]" and said.status == "partial"
    assert quotes(said, said.text) == ["Ann was liked.", "Bo won."] and found.collections == {1: "town", 2: "wire"}
    alone = joined("Why did Ann win?", {"quiet": silent, "wire": against}).answer
    assert alone is against, "one that knows something is enough"
    assert joined("Why did Ann win?", {"quiet": silent, "other": silent}).answer == silent


def test_an_answer_put_together_can_be_saved() -> None:
    against = answer(lacks="premise", reason="No:", premise=Claim("Bo won.", (cited(1, "Bo won."),), "supported"))
    said = joined("Who won?", {"town": answer("Ann won.", lead="Yes [1]."), "wire": against}).answer
    assert Answer.from_dict(said.to_dict()).to_dict() == said.to_dict()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/news/post/ferry.txt", "ferry.txt"),
        ("/srv/news/march.zip#post/ferry.txt", "march.zip#post/ferry.txt"),
        ("/srv/news/export.jsonl#17", "export.jsonl#17"),
        ("ferry.txt", "ferry.txt"),
        ("", ""),
    ],
)
def test_a_file_is_told_by_its_name(path: str, name: str) -> None:
    assert shown(path) == name


def test_no_folder_is_left_in_an_answers_values() -> None:
    told = without_folders(answer("Ann won.").to_dict())
    assert "/srv" not in str(told) and told["citations"][0]["path"] == "Ann won..txt"


def test_timelines_of_several_collections_become_one_in_the_order_of_the_days() -> None:
    def events(*told: tuple[str, int]) -> Answer:
        plain = answer(*(text for text, _ in told))
        claims = (replace(c, day=date(2026, 3, day)) for c, (_, day) in zip(plain.claims, told, strict=True))
        return replace(plain, claims=tuple(claims), shape="timeline")

    said = joined(
        "What happened?",
        {
            "town": events(("One.", 1), ("Four.", 4)),
            "wire": events(
                ("Two.", 2),
            ),
        },
    ).answer
    assert said.shape == "timeline" and [c.text for c in said.claims] == ["One.", "Two.", "Four."]
    assert not joined("What?", {"town": events(("One.", 1)), "wire": answer("Nine.")}).answer.shape
