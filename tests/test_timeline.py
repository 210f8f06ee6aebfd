"""Timelines: what happened when, as sentences tell it, in order, each event once."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Library, Paragraph, Passage
from rag.question import understand
from rag.time.dated import event_day, speaks_of, told
from rag.time.timeline import MOST, Event, gather, timeline, wants_timeline
from rag.values import Evidence

THURSDAY = date(2026, 3, 12)


def passages(published: date | None, *paragraphs: str, title: str = "Tarn dam", rank: int = 1) -> tuple[Passage, ...]:
    """The paragraphs of one article as passages; the first opens it."""
    identity = f"{title} {published} {paragraphs[0][:40]}"
    found, start = [], 0
    for number, text in enumerate(paragraphs, 1):
        found.append(Paragraph(f"{identity} {number}", identity, number, "body", start, start + len(text), text))
        start += len(text) + 2
    article = Article(
        identity,
        identity,
        title,
        "Tarn Post",
        published=published,
        text="\n\n".join(paragraphs),
        paragraphs=tuple(found),
    )
    return tuple(Passage(p, article, rank, 1.0, 0.5) for p in found)


def days(events: tuple[Event, ...]) -> list[date]:
    return [event.day for event in events]


def told_in(sentence: str, published: date | None = THURSDAY) -> tuple[date, date] | None:
    """The days that the sentence tells of, as the second paragraph of an article; None where it tells none."""
    (found,) = told(passages(published, "The dam is old.", sentence)[1]) or (None,)
    return (found.first, found.last) if found else None


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Give me a timeline of the dam dispute.", True),
        ("How did the flood unfold?", True),
        ("What has happened since the dam broke?", True),
        ("What happened between the vote and the lawsuit?", True),
        ("What is the history of the tunnel?", True),
        ("Give the sequence of events at the mine.", True),
        ("What happened on Friday?", False),
        ("How did the mayor vote?", False),
        ("Who wrote the history book?", False),
        ("When did the dam break?", False),
    ],
)
def test_a_question_for_the_course_of_events_is_known(question: str, wanted: bool) -> None:
    assert wants_timeline(question) is wanted


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The dam broke on Tuesday.", date(2026, 3, 10)),
        ("The inquiry, which began on 2 March, heard the engineer.", date(2026, 3, 2)),
        ("Okoro said on Wednesday that the gates had failed on Monday.", date(2026, 3, 9)),
        ("The council will vote on Friday, but the mayor resigned on Monday.", date(2026, 3, 9)),
        ("Rescuers reached the village yesterday after roads cracked last month.", date(2026, 3, 11)),
    ],
)
def test_a_sentence_tells_of_the_day_of_its_deed(sentence: str, day: date) -> None:
    assert told_in(sentence) == (day, day)


@pytest.mark.parametrize(
    "sentence",
    [
        "The tenants were told to leave by Friday.",
        "Okoro thanked the divers for Tuesday's rescue.",
        "The lake is higher than it was on Tuesday.",
        "The plan comes before the assembly on Tuesday.",
        "If it rained on Tuesday, nobody saw it.",
        "Output fell in the week ended March 6.",
        "The dam broke without a warning.",
        "Closed March 2",
    ],
)
def test_a_day_that_is_not_of_the_deed_dates_nothing(sentence: str) -> None:
    assert told_in(sentence) is None


def test_what_lies_after_the_day_of_the_report_is_planned() -> None:
    (found,) = told(passages(THURSDAY, "The dam is old.", "Polling day is Tuesday 7 April.")[1])
    assert found.planned and found.first == date(2026, 4, 7)


def test_an_opening_in_the_past_tense_has_about_the_day_of_its_report() -> None:
    (found,) = told(passages(THURSDAY, "TARN, March 12 (Lake Wire) - A dam broke above the old mill.")[0])
    assert (found.first, found.approximate, found.words) == (THURSDAY, True, None)
    assert told(passages(THURSDAY, "The dam will be rebuilt, officials said.")[0]) == ()


def test_an_undated_article_tells_only_days_that_it_writes_in_full() -> None:
    assert told_in("The dam broke on Tuesday.", None) is None
    assert told_in("The dam broke on 10 March 2026.", None) == (date(2026, 3, 10), date(2026, 3, 10))
    assert told(passages(None, "A dam broke above the old mill.")[0]) == ()


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        ((2026, 3, 12), (2026, 3, 12), True),  # published then
        ((2026, 3, 11), (2026, 3, 11), True),  # published the day after
        ((2026, 3, 2), (2026, 3, 2), True),  # named
        ((2026, 3, 5), (2026, 3, 9), False),
        ((2026, 3, 13), None, False),
        (None, (2026, 3, 4), True),
    ],
)
def test_a_passage_is_of_the_days_that_it_names_and_of_those_before_its_paper(
    since: tuple[int, int, int] | None, until: tuple[int, int, int] | None, wanted: bool
) -> None:
    (found,) = passages(THURSDAY, "The dam, which cracked on 2 March, was drained.")
    assert speaks_of(found, date(*since) if since else None, date(*until) if until else None) is wanted


def test_an_event_has_the_day_that_its_own_clause_names() -> None:
    found = passages(
        THURSDAY,
        "The Tarn ferry sank on Tuesday night, the harbour office said.",
        "The toll of the sinking was put at nine on Wednesday.",
    )
    assert event_day("the sinking", found) == date(2026, 3, 10)
    assert event_day("the wedding", found) is None


def test_an_event_on_which_the_articles_differ_has_no_day() -> None:
    one = passages(THURSDAY, "The council vote took place on Tuesday.", title="One")
    two = passages(THURSDAY, "The council vote took place on Wednesday.", title="Two")
    assert event_day("the vote", (*one, *two)) is None
    three = passages(THURSDAY, "The vote was held on Tuesday in Tarn.", title="Three")
    assert event_day("the vote", (*one, *three)) == date(2026, 3, 10)


STORY = (
    *passages(date(2026, 3, 11), "The Tarn dam broke on Tuesday and flooded the lower town.", title="Dam breaks"),
    *passages(
        date(2026, 3, 12),
        "Engineers inspected the Tarn dam on Wednesday.",
        "The Tarn dam broke on Tuesday, and water flooded the lower town within the hour.",
        "The council will discuss the dam on Friday.",
        "Its bakery opened in 1931.",
        title="Dam inspected",
    ),
    *passages(date(2026, 3, 14), "The council closed the dam road on Friday.", title="Road at the dam closed"),
    *passages(date(2026, 3, 14), "The hockey team won on Friday.", title="Hockey", rank=2),
)


def test_a_timeline_tells_each_event_once_and_in_order() -> None:
    events = timeline(understand("Timeline of the dam"), STORY)
    assert days(events) == [date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 13)]
    assert not any(event.planned for event in events)


def test_a_plan_stands_where_nothing_tells_what_came_of_it() -> None:
    planned = [e for e in timeline(understand("Timeline of the dam"), STORY[:4]) if e.planned]
    assert days(tuple(planned)) == [date(2026, 3, 13)]


def test_of_two_tellings_the_more_relevant_is_taken_else_the_earlier() -> None:
    question = understand("Timeline of the dam")
    assert timeline(question, STORY)[0].passage is STORY[0]
    read = [Evidence(STORY[2], 0.9, 0.9, (0, 10)), Evidence(STORY[0], 0.2, 0.2, (0, 10))]
    assert timeline(question, STORY, read=read)[0].passage is STORY[2]


def test_a_timeline_keeps_to_the_days_that_were_asked_for() -> None:
    found = timeline(understand("Timeline of the dam"), STORY, since=date(2026, 3, 11), until=date(2026, 3, 12))
    assert days(found) == [date(2026, 3, 11)]


def test_nothing_of_another_story_and_no_story_that_nobody_told_is_on_a_timeline() -> None:
    assert timeline(understand("Timeline of the airport"), STORY) == ()
    assert timeline(understand("Timeline of the Varga dam"), STORY) == ()


@given(st.lists(st.integers(0, 400), min_size=1, max_size=30, unique=True))
def test_a_long_story_is_told_in_ten_events_over_the_whole_time(ago: list[int]) -> None:
    written = [THURSDAY - timedelta(days=n) for n in ago]
    story = [
        passage
        for n, day in enumerate(written)
        for passage in passages(day, f"The dam gave up part {n} on {day:%d %B %Y}.", title=f"Dam {n}")
    ]
    events = timeline(understand("Timeline of the dam"), story)
    assert len(events) == min(MOST, len(ago))
    assert all(one < two for one, two in itertools.pairwise(days(events)))
    assert set(days(events)) <= set(written)
    # No tenth of the days is left without an event.
    if len(ago) > MOST:
        order = sorted(written)
        places = [order.index(day) for day in days(events)]
        assert max(b - a for a, b in itertools.pairwise(places)) <= 2 * -(-len(order) // MOST)


@pytest.mark.slow
def test_a_story_of_the_sample_is_told_in_order_with_its_own_days(sample_library: Library) -> None:
    question = "How did the sinking of the Lady Corrine unfold?"
    events = timeline(understand(question), gather(sample_library, question))
    told_days = {event.day: event.text for event in events}
    assert "sank on Wednesday" in told_days[date(2026, 3, 11)]
    assert "lowered to ten" in told_days[date(2026, 3, 20)]
    assert 4 <= len(events) <= MOST
    for event in events:
        assert event.text == event.passage.paragraph.text[slice(*event.sentence)]
