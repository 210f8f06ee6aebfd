"""What the articles themselves say that nobody would tell is the answer to a question about just that."""

from __future__ import annotations

import pytest

from rag.abstain.untold import untold
from rag.question import understand
from tests.test_premise import evidence

BID = "Tovik bid 40 million for the port. The company did not say which banks would lend the money."


@pytest.mark.parametrize(
    ("question", "text", "sentence"),
    [
        ("Which banks would lend Tovik the money?", BID, "The company did not say which banks would lend the money."),
        (
            "What was written on the cake?",
            "Lia Dorn had bought a cake and would not say what was written on it.",
            "Lia Dorn had bought a cake and would not say what was written on it.",
        ),
        (
            "Who set fire to the mill?",
            "The mill burned down. It is still not known who set fire to it.",
            "It is still not known who set fire to it.",
        ),
        ("How many were hurt in the crash?", "It was unclear how many were hurt in the crash.", None),
    ],
)
def test_the_sentence_that_says_so_is_found(question: str, text: str, sentence: str | None) -> None:
    found = untold(understand(question), evidence(text))
    assert found and found.text == (sentence or text) and not found.premise


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much did Tovik bid for the port?", BID),
        ("Why would the banks lend Tovik the money?", BID),
        ("Which banks closed on Friday?", BID),
        ("Who set fire to the mill?", "Ivo Kamm set fire to the mill. He did not say why."),
        ("Did the company say which banks would lend?", "The company said which banks would lend."),
    ],
)
def test_another_question_is_not_taken_for_it(question: str, text: str) -> None:
    assert untold(understand(question), evidence(text)) is None
