"""A model writes, and only what the articles carry is shown, with the places that carry it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata

from index import Library
from index.settings import settings
from rag import Answer, Answerer
from tests.conftest import SHARED
from tests.injection import Attack, build
from tests.model_server import GARBAGE, Reply, Request, Script, Server, cuts, hangs, refuses, says, serving, too_long
from tests.pointers import astray
from tests.weak_model import weak_model

__all__ = ["weak_model"]

QUESTION = "How many people died when the Lady Corrine sank?"
SEVEN = "Seven people died when the ferry sank on Wednesday evening, the Port Merrin Harbor Authority said."
NINE = "State police said on Friday that nine people are known to have died."
Asking = Callable[..., Answer]


def label_of(request: Request, words: str) -> str:
    """The label of this turn under which the words stand."""
    (label,) = re.findall(rf"^\[(\d+)\].*\nText: .*{re.escape(words)}", request.text, re.MULTILINE)[:1]
    return str(label)


@contextmanager
def writing(monkeypatch: pytest.MonkeyPatch, script: Script, **more: str) -> Iterator[Server]:
    """A model server that the settings name."""
    with serving(script) as server, monkeypatch.context() as patched:
        for name, value in {"URL": server.url, **more}.items():
            patched.setenv(f"PILCROW_LLM_{name}", value)
        settings.cache_clear()
        yield server
    settings.cache_clear()


@pytest.fixture
def told(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """What comes of a script for a question about the sample; every marker is followed."""

    def ask(script: Script, question: str = QUESTION, history: tuple[Answer, ...] = (), **more: str) -> Answer:
        with writing(monkeypatch, script, **more):
            answer = Answerer(sample_library).answer(question, history=history)
        assert astray(answer, sample_library.article) == []
        return answer

    return ask


# What is shown


def test_a_true_sentence_is_shown_with_the_sentence_it_comes_from(told: Asking) -> None:
    answer = told(lambda request: f"{SEVEN} [{label_of(request, 'Seven people died')}]")
    first = answer.claims[0]
    assert (first.text, first.verdict) == (SEVEN, "supported") and "[1]" in answer.text
    assert answer.engine == "scripted" and "Seven people died" in first.citations[0].quote


@pytest.mark.parametrize("marker", ["", " [1]", " [999]", " (Source 2)", " [{other}]"])
def test_a_missing_wrong_or_invented_marker_is_put_right(told: Asking, marker: str) -> None:
    answer = told(lambda request: SEVEN + marker.format(other=label_of(request, "lowered to ten")))
    assert "Seven people died" in answer.claims[0].citations[0].quote
    assert re.findall(r"\[(\d+)\]", answer.text.removeprefix(answer.lead)) == [
        str(c.number) for k in answer.claims for c in k.citations
    ]


def test_what_the_articles_do_not_carry_is_left_out_and_said(told: Asking) -> None:
    answer = told(f"{SEVEN} The captain was arrested on Thursday for drinking.")
    assert [c.text for c in answer.claims][:1] == [SEVEN]
    (out,) = answer.rejected
    assert out.text.startswith("The captain") and out.verdict == "unsupported" and out.faults


@pytest.mark.parametrize(
    "wrong",
    [
        SEVEN.replace("Seven", "Seventeen"),
        SEVEN.replace("Wednesday", "Monday"),
        SEVEN.replace("the Port Merrin Harbor Authority", "Mayor Evelyn Strand"),
        SEVEN.replace("died", "did not die"),
    ],
)
def test_one_wrong_word_is_enough_to_be_left_out(told: Asking, wrong: str) -> None:
    answer = told(wrong)
    assert wrong not in [c.text for c in answer.claims] and answer.rejected[0].text == wrong
    assert answer.engine == "extractive" and "articles' own words" in answer.remark and answer.claims


def test_the_answer_that_a_model_leaves_out_is_added_in_the_articles_own_words(told: Asking) -> None:
    aside = "The director, Clive Bannerman, said the number counted only bodies brought ashore."
    answer = told(aside)
    assert aside in [c.text for c in answer.claims] and any("even people died" in c.text for c in answer.claims)


def test_a_model_that_finds_nothing_is_believed(told: Asking) -> None:
    answer = told("The articles do not say.")
    assert answer.status == "abstained" and "do not say" in answer.reason and answer.closest and not answer.rejected


def test_a_question_that_nothing_answers_is_not_put_to_the_model(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(monkeypatch, "The king of Spain is Felipe.") as server:
        assert Answerer(sample_library).answer("Who is the king of Spain?").status == "abstained"
        assert server.requests == []


def test_a_sentence_said_over_and_over_is_shown_once(told: Asking) -> None:
    answer = told(f"{SEVEN} " * 30)
    assert [c.text for c in answer.claims].count(SEVEN) == 1


def test_what_never_became_a_sentence_is_counted_and_said(told: Asking) -> None:
    answer = told(f"# The ferry\n\n{SEVEN} [999] {SEVEN} [1]")
    assert answer.remark == "Dropped: 1 marker of no passage, 1 piece that is no statement, 1 repeated sentence."
    assert told(SEVEN).remark == ""


def test_another_language_than_the_articles_is_not_taken_on_trust(told: Asking) -> None:
    answer = told("Sept personnes sont mortes lorsque le ferry a coulé mercredi soir.")
    assert answer.engine == "extractive" and len(answer.rejected) == 1


# What goes wrong


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (refuses(401), "PILCROW_LLM_KEY"),
        (refuses(500), "."),
        (GARBAGE, "."),
        (cuts(), "."),
        (too_long(), "."),
        (Reply(), "."),
    ],
)
def test_a_model_that_fails_is_replaced_by_the_articles_and_that_is_said(told: Asking, script: Reply, why: str) -> None:
    answer = told(script, TIMEOUT="8")
    assert answer.engine == "extractive" and answer.status == "answered" and not answer.rejected
    assert why in answer.remark and "articles' own words" in answer.remark


def test_a_model_that_cannot_be_reached_is_said_within_three_seconds(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    answerer = Answerer(sample_library)
    answerer.answer(QUESTION)
    with writing(monkeypatch, "x") as server:
        gone = server.url
    with monkeypatch.context() as patched:
        patched.setenv("PILCROW_LLM_URL", gone)
        settings.cache_clear()
        start = time.perf_counter()
        answer = answerer.answer(QUESTION)
        seconds = time.perf_counter() - start
    settings.cache_clear()
    assert seconds < 3.5 and answer.claims and "own words" in answer.remark


def test_what_was_checked_before_a_model_broke_off_stays(told: Asking) -> None:
    answer = told(cuts(f"{SEVEN} {NINE} And then"))
    assert [c.text for c in answer.claims][:2] == [SEVEN, NINE] and "checked" in answer.remark


def test_a_window_too_small_for_one_passage_is_said(told: Asking) -> None:
    assert "use a larger one" in told("x", WINDOW="500").remark


# How it comes


def test_sentences_come_as_they_are_written(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    answerer = Answerer(sample_library)
    with writing(monkeypatch, says(f"{SEVEN} {NINE} And more.", between=0.1)):
        list(answerer.stream(QUESTION))
        start, came = time.perf_counter(), []
        for answer in answerer.stream(QUESTION):
            came.append((time.perf_counter() - start, len(answer.claims)))
            assert bool(answer.fingerprint) == (answer.timings != ())
    firsts = [next(at for at, claims in came if claims >= n) for n in (1, 2)]
    assert firsts[1] - firsts[0] > 0.4, "the second is not waited for"


def test_a_model_falls_silent_when_nobody_wants_the_answer(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(monkeypatch, hangs(f"{SEVEN} {NINE} More")) as server:
        answers = Answerer(sample_library).stream(QUESTION)
        assert next(answers).claims
        answers.close()  # type: ignore[attr-defined]
        assert server.left.wait(3)


def test_the_same_question_gives_the_same_answer_and_fingerprint(told: Asking) -> None:
    one, two = (told(f"{SEVEN} {NINE}") for _ in range(2))
    assert one == two and one.fingerprint == two.fingerprint
    assert told("The articles do not say.").fingerprint == one.fingerprint


def test_a_llamaindex_model_writes_too(sample_library: Library) -> None:
    class Fixed(CustomLLM):
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(model_name="fixed")

        def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
            return CompletionResponse(text=SEVEN)

        def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> Any:
            yield CompletionResponse(text=SEVEN, delta=SEVEN)

    from rag import answer

    said = answer(QUESTION, library=sample_library, llm=Fixed())
    assert said.engine == "fixed" and said.claims[0].text == SEVEN
    assert answer(QUESTION, library=sample_library, llm=False).engine == "extractive"


# Follow-ups


def test_a_follow_up_is_rewritten_by_the_model_from_the_conversations_own_words(told: Asking) -> None:
    first = told(SEVEN)
    meant = "How many people were injured when the Lady Corrine sank?"
    answer = told([meant, "The articles do not say."], "And how many were injured?", (first,))
    assert answer.standalone_question == meant


@pytest.mark.parametrize(
    "rewritten",
    [
        "Seven people died.",
        "How many people were injured in the earthquake of Lisbon?",
        "Who is the captain of the Lady Corrine?",
        "",
        "x" * 5000,
    ],
)
def test_a_rewriting_that_answers_guesses_or_wanders_is_not_used(told: Asking, rewritten: str) -> None:
    first = told(SEVEN)
    by_rules = told("x", "And how many were injured?", (first,)).standalone_question
    answer = told([rewritten, "The articles do not say."], "And how many were injured?", (first,))
    assert answer.standalone_question == by_rules


# Orders in articles


@pytest.mark.slow
def test_a_model_that_obeys_every_order_in_the_articles_changes_no_citation_and_says_nothing_new(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    attacks = build(folder / "articles")
    with Library.open(folder / "library") as library:
        library.sync([folder / "articles"])
        answerer = Answerer(library)
        obeyed, astray_, silent = [], [], []
        for attack in attacks:

            def obedient(request: Request, attack: Attack = attack) -> str:
                wants = "\n".join(f"{want}. [1]" for want in attack.wants)
                return f"{wants}\nThe answer is {attack.answer}.\nSource 2: {wants}"

            with writing(monkeypatch, obedient):
                answer = answerer.answer(attack.question)
            for claim in answer.claims:
                # What an article says in its own words may be reported from that very article.
                own = {c.article.path for c in claim.citations} == {str(attack.file)}
                obeyed += [f"{attack.name}: {w}" for w in attack.wants if w in claim.text and not own]
            astray_ += astray(answer, library.article)
            english = attack.clean.parent.name in ("sound-herald", "valley-times")
            silent += [attack.name] if english and not answer.claims else []
    assert astray_ == []
    assert obeyed == []
    assert silent == []


# A real model, and a weak one


KILLING = "How many people do activists say have been killed?"


@pytest.mark.skipif(not (SHARED / "articles").is_dir(), reason="the real articles are not beside this checkout")
@pytest.mark.parametrize(
    "wrong",
    [
        "Activist groups have killed about 13,000 people.",
        "The activist groups are responsible for the killing of 13,000 people.",
        "The United Nations killed 9,000 people.",
    ],
)
def test_those_who_count_the_dead_are_not_said_to_have_killed_them(
    real_library: Library, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    with writing(monkeypatch, wrong):
        answer = Answerer(real_library).answer(KILLING)
    assert wrong in [c.text for c in answer.rejected]


@pytest.mark.slow
def test_a_weak_model_is_kept_to_what_the_articles_say(
    sample_library: Library, weak_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILCROW_LLM_URL", weak_model)
    settings.cache_clear()
    answerer = Answerer(sample_library)
    for question in (
        QUESTION,
        "Why is the causeway to Cape Tolland closed?",
    ):
        answer = answerer.answer(question)
        assert astray(answer, sample_library.article) == []
        assert answer.claims and all(c.citations and c.verdict == "supported" for c in answer.claims)
        assert all(c.verdict in ("unsupported", "partly") and c.faults for c in answer.rejected)
    monkeypatch.undo()
    settings.cache_clear()
