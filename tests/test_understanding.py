"""Answers that understand news: which figure is the latest, who says so, when, what was corrected, whose opinion it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index import Filters, Library
from rag import Answer, Answerer
from tests.pointers import astray

GOLD = Path(__file__).resolve().parents[1] / "gold"


@pytest.fixture(scope="module")
def harrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    """Answers about the articles of an invented river city."""
    with Library.open(tmp_path_factory.mktemp("harrow")) as library:
        library.sync([GOLD / "harrow" / "articles"])
        yield Answerer(library, llm=False)


@pytest.fixture
def ask(harrow: Answerer) -> Iterator[object]:
    """Asks, follows every marker, and sees that the answer survives being saved."""

    def asked(question: str, *history: Answer, as_of: date | None = None) -> Answer:
        answer = harrow.answer(question, history=history, filters=Filters(as_of=as_of))
        assert astray(answer, harrow.library.article) == []
        saved = answer.to_dict()
        assert Answer.from_dict(saved).to_dict() == saved
        return answer

    yield asked


def test_figures_that_changed_stand_oldest_first_and_the_latest_is_named(sample_library: Library) -> None:
    answer = Answerer(sample_library, llm=False).answer("How many people died when the ferry sank?")
    days = [c.citations[0].article.published for c in answer.claims]
    assert len(days) >= 3 and days == sorted(days)  # type: ignore[type-var]
    (conflict,) = answer.conflicts
    latest = next(c for c in answer.citations if c.number == conflict.latest)
    assert "lowered to ten" in latest.quote and answer.lead.startswith("The figures differ:")
    assert answer.lead.endswith("is the latest.") and f"ten [{latest.number}]" in answer.lead


def test_nothing_after_the_day_asked_about_is_cited(ask: object) -> None:
    for day in (date(2026, 5, 11), date(2026, 5, 14), date(2026, 5, 31)):
        answer = ask("How many people has the flood killed?", as_of=day)  # type: ignore[operator]
        assert answer.citations
        assert all((c.article.published or day) <= day for c in answer.citations)


def test_what_only_other_days_tell_is_said_to_lie_outside_the_dates(harrow: Answerer) -> None:
    early = Filters(until=date(2026, 5, 7))
    answer = harrow.answer("Has anybody died in the flood?", filters=early)
    assert answer.status == "abstained" and answer.lacks == "dates" and "May 2026" in answer.reason
    assert not answer.citations and all((p.article.published or date.min) <= date(2026, 5, 7) for p in answer.closest)


def test_whether_somebody_said_it_is_yes_no_or_not_told(ask: object) -> None:
    yes = ask("Did Greaves say that a river doesn't stop at a sign?")  # type: ignore[operator]
    no = ask("Did Claire Hobday say the family would not sell at any price she had heard?")  # type: ignore[operator]
    untold = ask("Did the governor say that the Kestle Dam should be pulled down?")  # type: ignore[operator]
    assert yes.lead == "Yes; this is what Tomas Greaves says [1]." and yes.claims[0].speaker == "Tomas Greaves"
    assert no.lead.startswith("No; this is what Edmund Brandreth says [1].") and no.status == "answered"
    assert untold.status == "abstained" and untold.lacks == "fact" and not untold.citations


def test_what_somebody_said_are_their_statements_alone(ask: object) -> None:
    answer = ask("What did Lattimer say about the 2024 memo?")  # type: ignore[operator]
    assert answer.claims and {claim.speaker.split()[-1] for claim in answer.claims} == {"Lattimer"}


def test_a_correction_stands_where_the_mistake_stood_and_that_is_said(ask: object) -> None:
    answer = ask("How many people does Brandreth employ?")  # type: ignore[operator]
    assert "first report was corrected" in answer.lead and "It employs 610." in answer.claims[0].text
    street = ask("On what street is the ice rink where people sheltered?")  # type: ignore[operator]
    assert "It is on Mercer Street" in street.claims[0].text


def test_a_figure_that_was_taken_back_is_none_of_those_that_differ(ask: object) -> None:
    answer = ask("How much money is missing from the evidence room?")  # type: ignore[operator]
    assert "$86,000" in answer.claims[0].text and "$68,000" not in answer.lead
    assert not any("$68,000" in value for conflict in answer.conflicts for value, _ in conflict.values)
    assert all("$86,000" in claim.text for claim in answer.claims if "$68,000" in claim.text)


def test_before_it_was_taken_back_a_figure_stands(ask: object) -> None:
    day = date(2026, 5, 10)
    answer = ask("How much money is missing from the evidence room?", as_of=day)  # type: ignore[operator]
    assert "$68,000" in answer.text and "$86,000" not in answer.text
    assert all((c.article.published or day) <= day for c in answer.citations)


def test_a_note_stands_beside_the_paragraph_that_it_is_about(harrow: Answerer) -> None:
    """A note on the place of an ice rink once stood below every sentence of its article."""
    notes = {}
    for listed in harrow.library.articles():
        article = harrow.library.article(listed.id)
        assert article
        for note in harrow.library.notices(article):
            notes[note.text[:40]] = [p.text for p in article.paragraphs if p.id in note.targets]
    rink = next(told for start, told in notes.items() if start.startswith("A report of 13 May placed"))
    assert len(rink) == 1 and "ice rink" in rink[0]


def test_what_only_a_column_says_is_called_opinion(ask: object) -> None:
    answer = ask("When was the Tannery's culvert last cleaned?")  # type: ignore[operator]
    assert "1994" in answer.text and answer.claims[0].opinion and "opinion" in answer.lead.lower()


def test_a_timeline_gives_dated_events_in_order_with_a_citation_each(ask: object) -> None:
    answer = ask("Give me a timeline of the bus strike.")  # type: ignore[operator]
    days = [claim.day for claim in answer.claims]
    assert answer.shape == "timeline" and len(days) >= 3 and None not in days and days == sorted(days)
    assert all(len(claim.citations) == 1 for claim in answer.claims)


def test_of_two_parts_the_one_that_is_missing_is_named(ask: object) -> None:
    answer = ask("How many beds does the hospital in Low Cotter have, and who plays the organ in its chapel?")  # type: ignore[operator]
    assert "62 beds" in answer.text and answer.status == "partial" and answer.lacks == "partial"
    assert "organ" in answer.reason


def test_a_follow_up_is_filled_in(ask: object) -> None:
    first = ask("How many beds does the hospital in Low Cotter have?")  # type: ignore[operator]
    second = ask("And how large is its staff?", first)  # type: ignore[operator]
    assert "hospital" in second.standalone_question.lower() and "210" in second.text


def test_independent_articles_that_say_so_are_all_cited(ask: object) -> None:
    answer = ask("With what majority did the drivers vote to strike?")  # type: ignore[operator]
    stories = [c.article.story or c.article.id for c in answer.citations if "88%" in c.quote]
    assert len(set(stories)) == len(stories) >= 2


def test_an_article_that_denies_it_is_no_further_source(harrow: Answerer) -> None:
    """A report that the manager denied having called the offer final once stood behind "said the offer was final"."""
    answer = harrow.answer("Which judge turned Harrow Transit down?")
    for claim in answer.claims:
        assert not any("denied" in c.quote for c in claim.citations) or "denied" in claim.text


@pytest.mark.parametrize("name", ["harrow", "velmar", "tarn", "quarrel"])
def test_the_gold_sets_hold_what_they_promise(name: str) -> None:
    from eval.gold import load

    questions = load(GOLD / name / "questions.jsonl")
    kinds = [q.kind for q in questions]
    for kind in (
        "figures",
        "as-of",
        "who-said",
        "follow-up",
        "timeline",
        "false-premise",
        "correction",
        "sources",
        "quote",
    ):
        assert kinds.count(kind) >= 8
