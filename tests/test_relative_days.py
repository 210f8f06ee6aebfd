"""The days a text speaks of: resolved from the day of publication by the words around them."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates import MONTHS, WEEKDAYS
from index.dates.relative import mentions

THURSDAY = date(2026, 3, 12)
"""What follows is published on this day, unless it says otherwise."""

GOLD = [
    # What was: the last such day, the day itself included.
    ("Clinton warned Tuesday that the conflict could escalate.", "Tuesday = 10 Mar 2026"),
    ("The minister said in a statement Tuesday that he was sad.", "Tuesday = 10 Mar 2026"),
    ("Nine people were killed on Thursday.", "Thursday = 12 Mar 2026"),
    ("Rebels gained full control of Rastan Friday after days of clashes.", "Friday = 6 Mar 2026"),
    ("On Monday, forces moved into two towns.", "Monday = 9 Mar 2026"),
    ("He told French radio Sunday, shortly before flying off.", "Sunday = 8 Mar 2026"),
    ("Tuesday's vote was lost by a hair.", "Tuesday = 10 Mar 2026"),
    ("The toll made Monday one of the deadliest days.", "Monday = 9 Mar 2026"),
    ("Officials blamed nobody for Tuesday's attack.", "Tuesday = 10 Mar 2026"),
    ("The strike has closed the port since Saturday.", "Saturday = 7 Mar 2026"),
    ("Markets suffered from Monday's turmoil and will suffer more.", "Monday = 9 Mar 2026"),
    ("She would not comment on Wednesday.", "Wednesday = 11 Mar 2026"),
    ('"They came on Sunday," the baker said.', "Sunday = 8 Mar 2026"),
    ("Ferry sinks off Merrin on Wednesday night", "Wednesday = 11 Mar 2026"),
    # What is to come: the next such day, the day itself included.
    ("The council will vote on Friday.", "Friday = 13 Mar 2026"),
    ("The council will vote on Thursday.", "Thursday = 12 Mar 2026"),
    ("The vote is due on Tuesday.", "Tuesday = 17 Mar 2026"),
    ("Friday's vote will decide it.", "Friday = 13 Mar 2026"),
    ("On Monday, the court will hear the appeal.", "Monday = 16 Mar 2026"),
    ("The union plans to strike on Sunday.", "Sunday = 15 Mar 2026"),
    ("The bridge opens on Saturday, the mayor said.", "Saturday = 14 Mar 2026"),
    ("The road is closed until Monday.", "Monday = 16 Mar 2026"),
    ("The figures are scheduled to be released on Friday.", "Friday = 13 Mar 2026"),
    ("A meeting will be held on Tuesday.", "Tuesday = 17 Mar 2026"),
    ("He is visiting the region on Saturday.", "Saturday = 14 Mar 2026"),
    ('"We will leave on Friday," the captain said.', "Friday = 13 Mar 2026"),
    ("The union called a strike for Monday.", "Monday = 16 Mar 2026"),
    ("The firm said its branches on Monday will start selling stamps.", "Monday = 16 Mar 2026"),
    # Both in one sentence.
    ("The council will vote on Friday, she said on Tuesday.", "Friday = 13 Mar 2026; Tuesday = 10 Mar 2026"),
    ("The strike, which began Monday, will end on Friday.", "Monday = 9 Mar 2026; Friday = 13 Mar 2026"),
    ("He said on Monday it will meet on Sunday.", "Monday = 9 Mar 2026; Sunday = 15 Mar 2026"),
    (
        "On Friday, the court will hear the case filed on Tuesday.",
        "Friday = 13 Mar 2026; Tuesday = 10 Mar 2026",
    ),
    ("The board will consider the bid again this Friday.", "this Friday = 13 Mar 2026"),
    ("On Friday, the ministry announced plans to go on.", "Friday = 6 Mar 2026"),
    ("Talks are scheduled for Saturday and Sunday.", "Saturday = 14 Mar 2026; Sunday = 15 Mar 2026"),
    ("The Saturday and Sunday talks will be long.", "Saturday = 14 Mar 2026; Sunday = 15 Mar 2026"),
    # Last, next, and their like.
    ("He resigned last Thursday.", "last Thursday = 5 Mar 2026"),
    ("He resigned last Tuesday.", "last Tuesday = 10 Mar 2026 ~"),
    ("The hearing was put off until next Friday.", "next Friday = 13 Mar 2026 ~"),
    ("They walked out on Wednesday last week.", "Wednesday last week = 4 Mar 2026"),
    ("It rained yesterday and will rain tomorrow.", "yesterday = 11 Mar 2026; tomorrow = 13 Mar 2026"),
    ("The play opens tonight.", "tonight = 12 Mar 2026"),
    ("Last night the dam broke.", "Last night = 11 Mar 2026"),
    ("The court sat today.", "today = 12 Mar 2026"),
    ("The mission took place last week.", "last week = 2 Mar 2026 - 8 Mar 2026"),
    ("Talks go on this week.", "this week = 9 Mar 2026 - 15 Mar 2026"),
    ("The trial opens next month.", "next month = 1 Apr 2026 - 30 Apr 2026"),
    ("He left earlier this month.", "earlier this month = 1 Mar 2026 - 12 Mar 2026"),
    ("It will be decided later this year.", "later this year = 12 Mar 2026 - 31 Dec 2026"),
    ("Exports fell last year.", "last year = 1 Jan 2025 - 31 Dec 2025"),
    ("It rained at the weekend.", "the weekend = 7 Mar 2026 - 8 Mar 2026"),
    ("The fair will be held this weekend.", "this weekend = 14 Mar 2026 - 15 Mar 2026"),
    ("Two days ago the dam broke.", "Two days ago = 10 Mar 2026"),
    ("A week ago the dam broke.", "A week ago = 2 Mar 2026 - 8 Mar 2026 ~"),
    ("About three days ago it leaked.", "About three days ago = 9 Mar 2026 ~"),
    ("Five years ago he was elected.", "Five years ago = 1 Jan 2021 - 31 Dec 2021 ~"),
    # Months.
    ("He was jailed last March.", "last March = 1 Mar 2025 - 31 Mar 2025"),
    ("The uprising began in October.", "October = 1 Oct 2025 - 31 Oct 2025"),
    ("The election is due in May.", "May = 1 May 2026 - 31 May 2026"),
    ("Sales rose in February.", "February = 1 Feb 2026 - 28 Feb 2026"),
    ("Sales rose in January last year.", "January last year = 1 Jan 2025 - 31 Jan 2025"),
    ("Results are expected in early April.", "early April = 1 Apr 2026 - 10 Apr 2026 ~"),
    ("Results are expected in the middle of April.", "the middle of April = 11 Apr 2026 - 20 Apr 2026 ~"),
    ("Results are expected at the end of April.", "the end of April = 21 Apr 2026 - 30 Apr 2026 ~"),
    # Days without their year, and written out.
    ("She died on 14 February.", "14 February = 14 Feb 2026"),
    ("She died on June 14.", "June 14 = 14 Jun 2025"),
    ("The bridge opens on 14 June, officials said.", "14 June = 14 Jun 2026"),
    ("The summit is scheduled for April 3.", "April 3 = 3 Apr 2026"),
    ("The dividend was said to be payable on March 20.", "March 20 = 20 Mar 2026"),
    ("It was founded in 1998.", "1998 = 1 Jan 1998 - 31 Dec 1998"),
    ("It was founded on 3 May 1998.", "3 May 1998 = 3 May 1998"),
    ("It was founded in May 1998.", "May 1998 = 1 May 1998 - 31 May 1998"),
    ("He spoke on Tuesday, March 10, 2026.", "Tuesday, March 10, 2026 = 10 Mar 2026"),
    ("She met him on Tuesday, 10 March.", "Tuesday, 10 March = 10 Mar 2026"),
]

NO_DAY = [
    "Black Friday sales rose.",
    "Voters go to the polls on Super Tuesday.",
    "The shop is closed on Good Friday.",
    "He watched Friday Night Lights.",
    "Ruby Tuesday was sung.",
    "The Sunday Times said so.",
    "The Mail on Sunday said so.",
    "The inquiry into Bloody Sunday ended.",
    "Sergeant Joe Friday smiled.",
    "Tuesday Weld bowed.",
    "She may leave the party.",
    "The March on Washington was large.",
    "They march on the palace.",
    "Theresa May spoke to June Carter.",
    "The motion was tabled by May and April Smith.",
    "It took a second to see.",
    "The club meets every Tuesday.",
    "The shop is closed on Sundays.",
    "He wrote for USA Today.",
    "The tender drew 1998 bids and 1,998 letters.",
    "The 1986/87 crop was poor.",
    "Sales rose from the previous month.",
    "The flat has 2000 feet.",
    "The paper put up the price of its Sunday paper.",
]


def told(text: str, published: date = THURSDAY) -> str:
    parts = []
    for m in mentions(text, published):
        days = [f"{d.day} {MONTHS[d.month - 1][:3].title()} {d.year}" for d in dict.fromkeys((m.first, m.last))]
        parts.append(f"{text[m.start : m.end]} = {' - '.join(days)}{' ~' if m.approximate else ''}")
    return "; ".join(parts)


@pytest.mark.parametrize(("text", "gold"), GOLD)
def test_a_day_is_the_one_the_sentence_means(text: str, gold: str) -> None:
    assert told(text) == gold


@pytest.mark.parametrize("text", NO_DAY)
def test_names_verbs_and_habits_are_no_days(text: str) -> None:
    assert told(text) == ""


def test_a_number_of_people_is_no_day_of_the_month() -> None:
    assert "20" not in told("In March 20 people were hurt.")


def test_years_turn_over_between_a_day_and_its_report() -> None:
    assert told("He died on 30 December.", date(2026, 1, 2)) == "30 December = 30 Dec 2025"
    assert told("The law takes effect on 1 January.", date(2025, 12, 20)) == "1 January = 1 Jan 2026"
    assert told("The trial opens next month.", date(2025, 12, 20)) == "next month = 1 Jan 2026 - 31 Jan 2026"


def test_the_edge_of_the_calendar_is_no_error() -> None:
    words = "Last year, 9999 years ago, on Tuesday, last Monday, tomorrow, in May, on 29 February, the weekend."
    for published in (date.min, date.max):
        assert all(m.first <= m.last for m in mentions(words, published))


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
_FRAMES_OF_THE_PAST = ("Nine people died on {}.", "The minister said {} that it was over.", "On {}, the house fell.")
_FRAMES_TO_COME = ("The house will meet on {}.", "On {}, the house will meet.", "The vote is due to be held {}.")


@settings(max_examples=60)
@given(DAYS, st.sampled_from(WEEKDAYS), st.sampled_from(_FRAMES_OF_THE_PAST))
def test_a_weekday_of_the_past_lies_within_the_last_seven_days(published: date, weekday: str, frame: str) -> None:
    (mention,) = mentions(frame.format(weekday.title()), published)
    assert WEEKDAYS[mention.first.weekday()] == weekday and mention.first == mention.last
    assert published - timedelta(6) <= mention.first <= published


@settings(max_examples=60)
@given(DAYS, st.sampled_from(WEEKDAYS), st.sampled_from(_FRAMES_TO_COME))
def test_a_weekday_to_come_lies_within_the_next_seven_days(published: date, weekday: str, frame: str) -> None:
    (mention,) = mentions(frame.format(weekday.title()), published)
    assert WEEKDAYS[mention.first.weekday()] == weekday and mention.first == mention.last
    assert published <= mention.first <= published + timedelta(7)


_WORDS = st.sampled_from(
    [
        "on",
        "last",
        "next",
        "Tuesday",
        "Friday's",
        "week",
        "the",
        "weekend",
        "ago",
        "two",
        "9999",
        "years",
        "in",
        "March",
        "May",
        "14",
        "June",
        "1998",
        "31",
        "February",
        "29",
        "said",
        "will",
        "to",
        "be",
        ".",
        ",",
        ";",
        "that",
        "“",
        "”",
        "yesterday",
        "early",
        "12/06/2012",
        "every",
        "Black",
        "'t",
        "\n",
    ]
)


@settings(max_examples=150)
@given(st.lists(_WORDS | st.text(max_size=4), max_size=40).map(" ".join), st.dates())
def test_mentions_are_slices_in_order_and_days_in_order(text: str, published: date) -> None:
    found = mentions(text, published)
    assert all(0 <= m.start < m.end <= len(text) and text[m.start : m.end].strip() for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(m.first <= m.last for m in found)


@pytest.mark.parametrize(
    "text", ["on Friday will said ", "in March ", "two years ago ", "1998 in 14 June ", "’ll " * 3]
)
def test_a_paragraph_of_nothing_but_days_is_read_in_no_time(text: str) -> None:
    assert isinstance(mentions((text * 6000)[:6000], THURSDAY), tuple)
