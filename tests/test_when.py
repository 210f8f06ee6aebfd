"""The time a question names, which report is the newest, and who was first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Paragraph, Passage
from index.dates import MONTHS
from index.dates.written import in_words
from rag.outlets import asks_for_outlets, by_outlet, first_reports
from rag.reader import Thresholds
from rag.time.current import as_of_words, newest_first
from rag.time.when import When, when
from rag.values import Evidence

THURSDAY = date(2026, 6, 18)
"""The questions are asked on this day, unless a test says otherwise."""
ENOUGH = Thresholds(answers=0.5, also=0.5, every=0.3, supported=0.5)
days = st.dates(date(1990, 1, 1), date(2029, 12, 31))


def asked(question: str, newest: date | None = None) -> When:
    return when(question, THURSDAY, newest)


def report(source: str, published: date | None, relevance: float = 0.9, *, also: tuple[Article, ...] = ()) -> Evidence:
    text = "The Orsay bridge is closed to lorries."
    identity = f"{source} {published}"
    paragraph = Paragraph(identity, identity, 1, "body", 0, len(text), text)
    article = Article(identity, identity, "Bridge", source, published=published, text=text, paragraphs=(paragraph,))
    return Evidence(Passage(paragraph, article, 1, 1.0, 0.5, also=also), relevance, relevance, (0, len(text)))


RANGES = [
    ("What happened in Tarn in April 2011?", "2011-04-01", "2011-04-30"),
    ("what did the mayor of Tarn announce in march?", "2026-03-01", "2026-03-31"),
    ("Who resigned on Monday?", "2026-06-15", "2026-06-15"),
    ("What was decided yesterday?", "2026-06-17", "2026-06-17"),
    ("Which villages lost power last week?", "2026-06-08", "2026-06-14"),
    ("What went wrong in early May?", "2026-05-01", "2026-05-10"),
    ("How many boats sank between 2 and 9 May?", "2026-05-02", "2026-05-09"),
    ("How many boats sank from 28 April to 9 May 2019?", "2019-04-28", "2019-05-09"),
    ("Who was questioned May 4-6, 2019?", "2019-05-04", "2019-05-06"),
    ("How did prices change between March and May 2019?", "2019-03-01", "2019-05-31"),
    ("How did rents change between 2015 and 2019?", "2015-01-01", "2019-12-31"),
    ("What did the miners do from Monday to Wednesday?", "2026-06-15", "2026-06-17"),
    ("How many calls came in during the last three weeks?", "2026-05-28", "2026-06-18"),
    ("What happened in the week of 10 June?", "2026-06-08", "2026-06-14"),
    ("What has Okoro said since 2 June?", "2026-06-02", None),
    ("What did Okoro say after 2 June?", "2026-06-03", None),
    ("What did Okoro say after the hearing on 2 June?", "2026-06-03", None),
    ("What will the assembly vote on next week?", "2026-06-22", "2026-06-28"),
]


@pytest.mark.parametrize(("question", "since", "until"), RANGES)
def test_a_question_that_names_a_time_asks_for_those_days(question: str, since: str, until: str | None) -> None:
    found = asked(question)
    assert (found.since, found.until) == (date.fromisoformat(since), date.fromisoformat(until) if until else None)
    assert found.as_of is None and not found.event


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("What was the toll as of 12 June?", "2026-06-12"),
        ("How many had been found by Tuesday?", "2026-06-16"),
        ("What was known before 3 May?", "2026-05-02"),
        ("Who had signed up to May 2019?", "2019-05-31"),
        ("What was known before May?", "2026-04-30"),
    ],
)
def test_a_day_up_to_which_it_was_known_leaves_out_what_came_later(question: str, day: str) -> None:
    found = asked(question)
    assert found.as_of == date.fromisoformat(day) and found.since is None and found.until is None


@pytest.mark.parametrize(
    "question",
    [
        "Must the tenants leave by Friday?",
        "Do the miners have to accept the offer by 30 June?",
        "Will the tunnel open before Monday?",
        "Will the tunnel open before October?",
        "Who was mayor until 2010?",
        'Who said "we will strike on Friday"?',
        "Was it signed on 03/04/2019?",
        "Who appeared before the appeals court?",
        "What is the lake named after?",
        "What did Theresa May say?",
        "Which Sunday Times reporter was there?",
        "Why was the tender thrown out?",
    ],
)
def test_a_deadline_a_quotation_a_name_and_a_date_of_two_readings_name_no_time(question: str) -> None:
    assert not replace(asked(question), latest=False)


@pytest.mark.parametrize(
    ("question", "event", "side"),
    [
        ("What did Okoro promise before the vote?", "the vote", "before"),
        ("After the landslide, who led the search?", "the landslide", "after"),
        ("How many were hurt during the march?", "the march", "during"),
        ("Who took over after Okoro resigned?", "Okoro resigned", "after"),
        ("What did the firm say in the wake of the fire at its Tarn plant?", "the fire at its Tarn plant", "after"),
    ],
)
def test_an_event_that_only_the_articles_can_date_is_kept_in_its_words(question: str, event: str, side: str) -> None:
    found = asked(question)
    assert (found.event, found.side, found.since, found.until) == (event, side, None, None)
    assert event in question[slice(*(found.span or ()))]


def test_an_event_that_was_dated_becomes_days() -> None:
    day = date(2026, 6, 3)
    assert asked("What did she promise before the vote?").around(day).as_of == date(2026, 6, 2)
    assert asked("What did she promise after the vote?").around(day).since == day
    during = asked("What did she promise during the vote?").around(day)
    assert (during.since, during.until) == (day, day)


def test_in_an_archive_last_week_is_that_of_its_newest_article() -> None:
    found = asked("Who was arrested last week?", newest=date(2012, 6, 8))
    assert (found.since, found.until, found.from_newest) == (date(2012, 5, 28), date(2012, 6, 3), True)


def test_in_a_collection_that_goes_on_last_week_is_that_of_today() -> None:
    found = asked("Who was arrested last week?", newest=THURSDAY - timedelta(days=9))
    assert (found.since, found.from_newest) == (date(2026, 6, 8), False)


def test_a_date_written_in_full_is_the_same_in_an_archive() -> None:
    assert not asked("Who was arrested on 3 May 2011?", newest=date(2012, 6, 8)).from_newest


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest on the tunnel?",
        "Is the tunnel open?",
        "Is the road still closed?",
        "Have the miners been found?",
        "Who is the mayor of Tarn?",
        "How many people are missing?",
        "What is the death toll?",
        "Who runs the harbour now?",
        "When does the trial start?",
    ],
)
def test_the_present_state_is_asked_for_by_the_present_tense(question: str) -> None:
    assert asked(question).latest


@pytest.mark.parametrize(
    "question",
    [
        "How many people were missing on Friday?",
        "Was the road still closed on Friday?",
        "Who is Amara Okoro?",
        "How long is the tunnel?",
        "Why is the road closed?",
        "What does the report say about the pumps?",
        "What is the name of the lake?",
        "What was the initial toll?",
    ],
)
def test_what_was_and_what_never_changes_is_not_the_present_state(question: str) -> None:
    assert not asked(question).latest


@pytest.mark.parametrize(
    "question", ["Who reported the fire first?", "What was the initial toll?", "Which paper was first to report it?"]
)
def test_the_earliest_reports_are_asked_for(question: str) -> None:
    assert asked(question).first


@given(days, days)
def test_a_day_that_is_written_out_is_found_wherever_today_lies(day: date, today: date) -> None:
    question = f"Who spoke in Tarn on {in_words(day)}?"
    found = when(question, today)
    assert (found.since, found.until) == (day, day)
    assert question[slice(*(found.span or ()))].endswith(in_words(day))


@given(days, days)
def test_a_range_that_is_written_out_is_found_and_never_runs_backwards(one: date, two: date) -> None:
    found = when(f"Who spoke in Tarn between {in_words(one)} and {in_words(two)}?", THURSDAY)
    assert found.since is not None and found.until is not None
    assert (found.since, found.until) == (min(one, two), max(one, two))


@given(st.text(max_size=80), st.sampled_from(MONTHS), days, days)
def test_any_question_can_be_asked(text: str, month: str, today: date, newest: date) -> None:
    found = when(f"{text} since {month} {text}", today, newest)
    assert found.since is None or found.until is None or found.since <= found.until


def test_the_newest_report_that_answers_leads_and_undated_ones_follow() -> None:
    old, new = report("Tarn Post", date(2026, 6, 1)), report("Tarn Post", date(2026, 6, 9), 0.6)
    undated, beside = report("Tarn Radio", None), report("Tarn Post", date(2026, 6, 17), 0.1)
    assert newest_first([old, beside, undated, new], ENOUGH) == (new, old, undated, beside)


def test_a_state_is_told_as_of_the_last_change_of_its_article() -> None:
    article = report("Tarn Post", date(2026, 6, 1)).passage.article
    assert as_of_words(article) == "as of 1 June 2026"
    assert as_of_words(replace(article, updated=date(2026, 6, 2))) == "as of 1 June 2026, updated 2 June 2026"
    assert as_of_words(replace(article, published=None, updated=date(2026, 6, 2))) == "as of 2 June 2026"
    assert as_of_words(replace(article, published=None)) == "undated"


def test_evidence_is_grouped_by_outlet_and_copies_stand_with_the_original() -> None:
    copy = report("Tarn Radio", date(2026, 6, 2)).passage.article
    wire = report("Lake Wire", date(2026, 6, 1), also=(copy,))
    post, later = report("The Tarn Post", date(2026, 6, 1), 0.8), report("Tarn Post", date(2026, 6, 2), 0.7)
    groups = by_outlet([later, post, wire])
    assert [(g.outlet, g.evidence, g.also) for g in groups] == [
        ("Lake Wire", (wire,), ("Tarn Radio",)),
        ("The Tarn Post", (post, later), ()),
    ]


def test_the_first_report_is_the_earliest_that_answers_and_a_copy_dates_its_original() -> None:
    late, weak = report("Tarn Post", date(2026, 6, 3)), report("Tarn Radio", date(2026, 6, 1), 0.1)
    copy = report("Tarn Radio", date(2026, 6, 2)).passage.article
    wire = report("Lake Wire", None, also=(copy,))
    assert first_reports([late, weak, wire], ENOUGH) == (wire,)


def test_two_reports_of_one_day_are_both_the_first_and_undated_ones_never() -> None:
    one, two = report("Tarn Post", date(2026, 6, 3)), report("Lake Wire", date(2026, 6, 3), 0.8)
    assert first_reports([two, report("Tarn Radio", None), one], ENOUGH) == (one, two)
    assert first_reports([report("Tarn Radio", None)], ENOUGH) == ()


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What do the papers say about the tunnel?", True),
        ("How did the outlets report the vote?", True),
        ("How was the vote reported?", True),
        ("What did the report say?", True),
        ("What did the mayor say about the papers?", False),
        ("Who owns the newspaper?", False),
    ],
)
def test_a_question_about_the_outlets_is_known(question: str, wanted: bool) -> None:
    assert asks_for_outlets(question) is wanted
