"""Timelines: what happened when, as sentences tell it, in order, each event once."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Filters, Library, Paragraph, Passage
from rag import Answerer
from rag.reader.words import rarity_from_counts
from rag.time.course import Course, course_asked
from rag.time.dated import event_day, event_words, speaks_of, told
from rag.time.story import Story, of_days, story
from rag.time.timeline import MOST, Event, dated, timeline
from rag.time.track import cosine, held, vector

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


def story_of(topic: str, found: tuple[Passage, ...]) -> Story:
    """The story told by these passages; articles of the second rank are not of it."""
    articles = {p.article.id: 1.5 for p in found if p.rank == 1}
    return Story(found, {stem: 1.0 for stem, _ in event_words(topic)}, articles)


def told_of(library: Library, topic: str) -> Story:
    """The story that goes by these words in a library."""
    rarity = rarity_from_counts(library.holding, library.counts()["paragraphs"])
    return story(library, topic, Filters(), rarity)


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
        ("What went on at the mine this spring?", True),
        ("Walk me through the merger, please.", True),
        ("Trace the union's count of the absent.", True),
        ("What happened in Tarn in April?", True),
        ("What has happened to the ferry?", False),
        ("How did the mayor's share in the polls change?", False),
        ("How did the mayor's share in the polls change in the last three weeks?", False),
        ("How did the count of the dead change in the first three weeks?", True),
        ("What has become of the ferry since March?", True),
        ("What became of the ferry's captain after the trial?", False),
        ("What has happened to the ferry since it was sold?", True),
        ("How did the two counts go back and forth?", True),
        ("How has the captain held on? Dates, please.", True),
        ("Which dates are given for the trial?", False),
        ("Reconstruct the quarrel about the lighthouse.", True),
        ("What did the union do, from the first walkout to the deal?", True),
        ("What did the union do with the money from the fund?", False),
        ("What was done about the leak, in order?", True),
        ("Is the lift in order?", False),
        ("How did the council's number of dead go up?", True),
        ("How did the number of seats go up?", False),
    ],
)
def test_a_question_for_the_course_of_events_is_known(question: str, wanted: bool) -> None:
    assert (course_asked(question) is not None) is wanted


@pytest.mark.parametrize(
    ("question", "course"),
    [
        ("Give me a timeline of the dam dispute.", Course("dam dispute")),
        ("What has happened at the dam since the council voted?", Course("dam", since="the council voted")),
        ("How did the talks play out, from the walkout onward?", Course("talks", since="the walkout")),
        ("What happened in the strike between the vote and the ruling?", Course("strike", "the vote", "the ruling")),
        ("What led up to the strike?", Course("", until="the strike")),
        (
            "How did the gap between Hale and Okoro change from the first poll to the count?",
            Course("gap between Hale and Okoro", "the first poll", "the count", figures=True),
        ),
        ("Reconstruct the quarrel about the lighthouse.", Course("lighthouse")),
        ("What has become of the ferry since it was sold?", Course("ferry", since="it was sold")),
        ("How did the mill strike run its course?", Course("mill strike")),
        ("Set out the affair of the bishop's boat in order.", Course("bishop's boat")),
        ("What steps has the sale of the mill gone through?", Course("sale of the mill")),
        ("What has happened since the day of the vote?", Course("", since="the vote")),
        ("How did the price of bread move over the weeks?", None),
        ("Trace the union's count of the absent over the weeks.", Course("union's count of the absent", figures=True)),
    ],
)
def test_a_course_has_a_topic_and_bounds(question: str, course: Course | None) -> None:
    assert course_asked(question) == course


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The dam broke on Tuesday.", date(2026, 3, 10)),
        ("The inquiry, which began on 2 March, heard the engineer.", date(2026, 3, 2)),
        ("Okoro said on Wednesday that the gates had failed on Monday.", date(2026, 3, 9)),
        ("The council will vote on Friday, but the mayor resigned on Monday.", date(2026, 3, 9)),
        ("Rescuers reached the village yesterday after roads cracked last month.", date(2026, 3, 11)),
        ("On Tuesday Harbour Lines raised its offer.", date(2026, 3, 10)),
        ("On Monday General Okoro said he would step down on 30 June.", date(2026, 3, 9)),
        ("Some 40 people have died since the dam broke on 2 March, the county said on Tuesday.", date(2026, 3, 10)),
        ("Repairs cost $9 million, the county said last Tuesday, and not the $8 million of March.", date(2026, 3, 10)),
        ("The gates opened at noon and the water fell.", date(2026, 3, 12)),
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
        "The union put off the strike that was to start on Tuesday.",
        "The mill is to shut on a Tuesday.",
        '"I saw it yesterday," said a fisherman.',
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


def test_what_a_newsroom_adds_later_is_of_the_day_that_it_gives() -> None:
    update = "UPDATE, 13 March, 9 a.m.: A judge has been named as mediator, both sides said. Talks open on Monday."
    first, talks = told(passages(THURSDAY, "The talks are old.", update)[1])
    assert (first.first, first.planned) == (date(2026, 3, 13), False)
    assert (talks.first, talks.planned) == (date(2026, 3, 16), True)


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
    events = timeline(story_of("dam", STORY))
    assert days(events) == [date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 13)]
    assert not any(event.planned for event in events)


def test_two_tellings_of_one_day_that_give_the_same_figure_are_one_event() -> None:
    one = passages(THURSDAY, "They voted for the strike at the dam on Tuesday, with 88% in favor.", title="One")
    two = passages(THURSDAY, "Of the dam's crew a majority of 88% backed walking out on Tuesday.", title="Two")
    assert len(timeline(story_of("dam", (*one, *two)))) == 1


def test_a_plan_stands_where_nothing_tells_what_came_of_it() -> None:
    planned = [e for e in timeline(story_of("dam", STORY[:4])) if e.planned]
    assert days(tuple(planned)) == [date(2026, 3, 13)]


def test_a_far_plan_is_told_on_the_day_on_which_somebody_speaks_of_it() -> None:
    found = passages(
        THURSDAY, "The dam is old.", "The dam will be blown up on 4 June, the mayor said.", "It ends on 9 July."
    )
    (event,) = timeline(story_of("dam", found))
    assert (event.day, event.planned, event.approximate) == (THURSDAY, False, True)


def test_of_two_tellings_the_one_more_like_the_story_is_taken_else_the_earlier() -> None:
    assert timeline(story_of("dam", STORY))[0].passage is STORY[0]
    nearer = tuple(replace(p, similarity=0.9) if p is STORY[2] else p for p in STORY)
    assert timeline(story_of("dam", nearer))[0].passage is nearer[2]


def test_a_timeline_keeps_to_the_days_that_were_asked_for() -> None:
    found = timeline(story_of("dam", STORY), since=date(2026, 3, 11), until=date(2026, 3, 12))
    assert days(found) == [date(2026, 3, 11)]


def test_a_bound_is_dated_by_the_sentence_that_tells_it() -> None:
    assert dated("the dam broke", STORY) == date(2026, 3, 10)
    assert dated("the wedding", STORY) is None


def test_the_course_of_a_figure_is_told_by_those_who_are_asked_for() -> None:
    found = (
        *passages(
            date(2026, 3, 11), "The union Dock Aid spoke of 40 absent.", "The county counted 31 absent.", title="A"
        ),
        *passages(date(2026, 3, 14), "Dock Aid, 12, gave no count.", "Dock Aid now counts 44 absent.", title="B"),
    )
    told_by = replace(story_of("Dock Aid count absent", found), names=("Dock Aid",))
    events = timeline(told_by, of_figures=True)
    assert [(event.day.day, event.text[-10:]) for event in events] == [(11, "40 absent."), (14, "44 absent.")]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=30, unique=True))
def test_a_long_story_is_told_in_twelve_events_over_the_whole_time(ago: list[int]) -> None:
    written = [THURSDAY - timedelta(days=n) for n in ago]
    found = tuple(
        passage
        for n, day in enumerate(written)
        for passage in passages(day, f"The dam gave up part {n} on {day:%d %B %Y}.", title=f"Dam {n}")
    )
    events = timeline(story_of("dam", found))
    assert len(events) == min(MOST, len(ago))
    assert all(one < two for one, two in itertools.pairwise(days(events)))
    assert set(days(events)) <= set(written)
    # No twelfth of the days is left without an event.
    if len(ago) > MOST:
        order = sorted(written)
        places = [order.index(day) for day in days(events)]
        assert max(b - a for a, b in itertools.pairwise(places)) <= 2 * -(-len(order) // MOST)


ARTICLES = {
    "strike-begins.txt": "Ferry crews walk out\n\n3 March 2026\n\nThe crews of the Orme ferry walked out on Monday over pay.\n\n"
    "They had voted for the strike on 20 February.\n\nThe company called it reckless.",
    "strike-ends.txt": "Ferry strike ends in Orme\n\n10 March 2026\n\nThe Orme ferry crews agreed on a contract on Monday.\n\n"
    "A mediator was named on Thursday. Pay rises by four percent.",
    "bakery.txt": "Bakery marks a century\n\n9 March 2026\n\nThe bakery on Mill Lane turned 100 on Sunday.\n\n"
    "It baked through the war. The ferry strike had cost it little, the owner said on Saturday.",
    "opinion.txt": "Opinion: The ferry strike was folly\n\n11 March 2026\n\nThe ferry strike in Orme was folly on Monday and is folly now.",
    "corrections.txt": "Corrections\n\n11 March 2026\n\nOur report of 3 March on the ferry strike said the crews walked out on Sunday. "
    "It was Monday.",
}  # fmt: skip


@pytest.fixture(scope="module")
def orme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("orme")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, "utf-8")
    with Library.open(folder / "library") as library:
        library.sync([folder / "articles"])
        yield library


def test_a_story_is_told_by_the_articles_that_report_it(orme: Library) -> None:
    told_by = {p.article.path.rsplit("/", 1)[1] for p in told_of(orme, "the ferry strike").passages}
    assert {"strike-begins.txt", "strike-ends.txt"} <= told_by
    assert not {"opinion.txt", "corrections.txt"} & told_by
    events = timeline(told_of(orme, "the ferry strike"))
    assert [event.day.isoformat()[5:] for event in events if "bakery" not in event.passage.article.path] == [
        *("02-20", "03-02", "03-05", "03-09")
    ]
    assert not any("turned 100" in event.text for event in events)


def test_no_story_goes_by_a_name_that_no_article_holds(orme: Library) -> None:
    assert not told_of(orme, "the Varga ferry strike").passages


def test_what_happened_since_a_day_is_asked_of_all_articles(orme: Library) -> None:
    events = timeline(of_days(orme, Filters(since=date(2026, 3, 8))), since=date(2026, 3, 8))
    assert {event.day.day for event in events} == {8, 9}
    answer = Answerer(orme, llm=False).answer("What has happened since the eighth of March?", today=date(2026, 3, 12))
    assert answer.shape == "timeline" and all(len(claim.citations) == 1 for claim in answer.claims)


@pytest.mark.slow
def test_a_story_of_the_sample_is_told_in_order_with_its_own_days(sample_library: Library) -> None:
    events = timeline(told_of(sample_library, "sinking of the Lady Corrine"))
    assert any("sank on Wednesday" in event.text for event in events if event.day == date(2026, 3, 11))
    assert 6 <= len(events) <= MOST
    for event in events:
        assert event.text == event.passage.paragraph.text[slice(*event.sentence)]


def test_a_vote_to_a_number_and_an_agreement_to_a_price_are_no_plans() -> None:
    assert told_in("The crews accepted by 60 votes to 44 on Monday.") == (date(2026, 3, 9), date(2026, 3, 9))
    assert told_in("The council agreed to the lower price on Monday.") == (date(2026, 3, 9), date(2026, 3, 9))


def test_a_day_that_has_been_is_no_plan_whatever_comes_next() -> None:
    sentence = "The board, which had turned the offer down on March 2, will vote again."
    assert told_in(sentence) == (date(2026, 3, 2), date(2026, 3, 2))


def test_the_news_of_an_opening_is_not_of_the_month_that_it_recalls() -> None:
    (found,) = told(passages(THURSDAY, "The dam that burst in January had been cracked for years, engineers said.")[0])
    assert (found.first, found.approximate) == (THURSDAY, True)


def test_how_things_stand_is_told_where_the_story_is_named() -> None:
    found = passages(
        THURSDAY, "The dam at Tarn broke.", "Two men of the dam are still missing.", "A shop is now closed."
    )
    assert [e.text for e in timeline(story_of("dam", found)) if e.passage.paragraph.number > 1] == [
        "Two men of the dam are still missing."
    ]


def test_what_a_newsroom_says_of_its_own_reports_is_no_event() -> None:
    found = passages(THURSDAY, "The dam broke on Monday.", "We told you on Tuesday that the dam was safe.")
    assert [event.text for event in timeline(story_of("dam", found))] == ["The dam broke on Monday."]


def test_reports_of_one_story_share_rare_words(orme: Library) -> None:
    rarity = rarity_from_counts(orme.holding, orme.counts()["paragraphs"])
    vectors = {
        a.path.rsplit("/", 1)[1]: vector(whole, rarity) for a in orme.articles() if (whole := orme.article(a.id))
    }
    begins, ends, bakery = (vectors[name] for name in ("strike-begins.txt", "strike-ends.txt", "bakery.txt"))
    assert cosine(begins, ends) > cosine(begins, bakery)
    assert cosine(begins, begins) == pytest.approx(1.0)
    assert held("The crews of the ferry", begins, [begins, ends]) > held(
        "They called it reckless", begins, [begins, ends]
    )


HARBOUR = {
    "first.txt": "Trawler Hilda Brann sinks off Corrick\n\nCorrick Post, 3 March 2026\n\nThe trawler Hilda Brann sank off Corrick on Monday"
    " with eleven fishermen.\n\nEight men of the Hilda Brann were missing when the search began on Monday.",
    "second.txt": "Hilda Brann: insurer sends a diver\n\nCorrick Post, 6 March 2026\n\nThe insurer of the trawler Hilda Brann sent a diver to"
    " Corrick on Thursday.\n\nThe search went on, and two missing fishermen were found on Wednesday.",
    "third.txt": "Corrick mourns the crew of the trawler\n\nCorrick Post, 10 March 2026\n\nCorrick held a service for the fishermen of the"
    " Hilda Brann on Sunday.\n\nThe search for the missing ended on Saturday, the coastguard said.",
}


def test_of_a_topic_with_a_name_the_other_words_tell_its_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for name, text in HARBOUR.items():
        (tmp_path / "articles" / name).write_text(text, "utf-8")
    with Library.open(tmp_path / "library") as library:
        library.sync([tmp_path / "articles"])
        told_by = [p.paragraph.text for p in told_of(library, "search for the missing of the Hilda Brann").passages]
    assert any("found on Wednesday" in text for text in told_by)
    assert any("ended on Saturday" in text for text in told_by)
