"""Publication dates: found in any style, settled only by evidence, never guessed."""

import itertools
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates import (
    ORIGINS,
    Hints,
    Publication,
    convention_of,
    date_in_name,
    date_in_url,
    is_dateline,
    parse_date,
    publication,
    wire_date,
    written,
)
from index.formats.extract import Stated

TENTH = date(2026, 3, 10)
MARCH_9, SEPTEMBER_3 = date(2026, 3, 9), date(2026, 9, 3)
"""The two readings of 03/09/2026: a Monday and a Thursday."""


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, March 10, 2026",
        "10 March 2026",
        "2026-03-10",
        "Published 10 Mar 2026 at 18:30",
        "Mar. 10, 2026",
        "March 10th, 2026 — 11:40 p.m.",
        "Updated: 2026/03/10 09:00 UTC",
        "10-Mar-2026",
        "10/Mar/2026 noon",
        "10.03.2026",
        "Tue Mar 10 02:00:00 +0000 2026",
        "le mardi 10 mars 2026 à 18h30",
        "Dienstag, 10. März 2026, 18:30 Uhr",
        "10 de marzo de 2026",
        "martedì 10 marzo 2026",
        "10 de março de 2026 às 18h30",
        "dinsdag 10 maart 2026",
    ],
)
def test_date_lines_of_many_styles(line: str) -> None:
    dated = parse_date(line)
    assert dated and dated.day == TENTH and dated.confidence == "certain"
    assert is_dateline(line)


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-03-10T02:00:00Z",
        "2026-03-10T23:59:00-0800",
        "2026-03-10T24:00:00+05:30",
        "2026-03-10 12:00 AM",
        "20260310T020000Z",
        "Tue, 10 Mar 2026 02:00:00 EST",
        "Tue, 10 Mar 26 02:00:00 +0530",
        "10-MAR-2026 15:01:01.92",
    ],
)
def test_the_day_of_a_stamp_is_the_one_in_its_own_time_zone(stamp: str) -> None:
    dated = parse_date(stamp)
    assert dated and dated.day == TENTH


def test_the_time_zone_is_kept_as_it_is_written() -> None:
    zones = [getattr(parse_date(f"2026-03-10 04:02 {zone}"), "zone", None) for zone in ("EDT", "+05:30", "GMT", "for")]
    assert zones == ["EDT", "+05:30", "GMT", ""]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31 June 2020",
        "1741600000",
        "10 March 1652",
        "10 out of 12",
        "March 1,780 dlrs",
        "may 10 people",
        "1.10.3.2020",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert written(text) == ()


@pytest.mark.parametrize(
    "line",
    [
        "The vote is on March 10, 2026, the council said on Tuesday evening.",
        "No date",
        "99/99/2020 hrs",
        "Meeting on 3 May",
    ],
)
def test_sentences_are_no_date_lines(line: str) -> None:
    assert not is_dateline(line) or parse_date(line) is None


def test_dates_in_names_and_addresses() -> None:
    assert date_in_name("2026-03-10-storm.txt") == date_in_name("storm_20260310.md") == TENTH
    assert date_in_name("storm_10 March 2026.txt") == TENTH
    assert date_in_url("https://example.org/news/2026/03/10/storm") == TENTH
    assert date_in_url("https://example.org/news/2026/mar/10/storm?y=2020/01/01") == TENTH
    assert date_in_name("000_1b9c57e486879605.txt") is None


def test_the_time_of_saving_or_crawling_is_no_date() -> None:
    assert date_in_url("https://web.archive.org/web/20260310020000/https://example.org/storm") is None
    assert date_in_name("Screenshot 2026-03-10 at 09.12.txt") is None
    assert publication(lines=["Accessed 10 March 2026"]) == Publication()
    assert publication([Stated("1970-01-01T00:00:00Z", "meta")]) == Publication()


# What settles a date that can be read in two ways


def settled(line: str, **rest: object) -> tuple[date | None, str, str]:
    dated = publication(lines=[line], **rest).published  # type: ignore[arg-type]
    assert dated
    return dated.day, dated.confidence, dated.said


def test_an_ambiguous_date_stays_unknown_and_says_why() -> None:
    dated = parse_date("03/09/2026 09:15")
    assert dated and dated.day is None and dated.confidence == "unknown"
    assert dated.readings == (MARCH_9, SEPTEMBER_3)
    assert dated.said == "date line, ambiguous: 9 March 2026 or 3 September 2026"


def test_a_part_above_twelve_needs_no_settling() -> None:
    assert settled("25/12/2025")[:2] == settled("12/25/2025")[:2] == (date(2025, 12, 25), "certain")
    assert settled("04/04/2025")[:2] == (date(2025, 4, 4), "certain")


def test_summer_time_settles_it() -> None:
    dated = parse_date("06/12/2012 04:02 EDT | Updated 08/12/2012 05:12 EDT")
    assert dated and dated.day == date(2012, 6, 12) and "time zone (EDT)" in dated.said
    assert settled("06/12/2012 BST")[:2] == (date(2012, 6, 12), "certain")


def test_winter_time_settles_it_less_surely_since_many_write_est_all_year() -> None:
    assert settled("06/12/2012 04:02 EST")[:2] == (date(2012, 12, 6), "likely")


def test_the_same_day_written_elsewhere_settles_it() -> None:
    for rest in ({"url": "https://example.org/2026/09/03/a"}, {"file_name": "a-20260903.txt"}):
        day, sure, said = settled("03/09/2026", **rest)
        assert (day, sure) == (SEPTEMBER_3, "certain") and "settled by" in said


def test_nothing_is_updated_before_it_is_published() -> None:
    both = publication(lines=["01/02/2024 | Updated 03/01/2024"])
    assert both.published and both.published.day == date(2024, 1, 2)
    assert both.updated and both.updated.day == date(2024, 3, 1)


def test_another_date_in_figures_shows_the_page_s_order() -> None:
    assert settled("03/09/2026", body="It met first on 25/08/2026.")[:2] == (SEPTEMBER_3, "certain")
    assert settled("03/09/2026", body="It met first on 02/25/2026.")[:2] == (MARCH_9, "certain")
    assert settled("03/09/2026", body="It met on 02/25/2026 and 25/08/2026.")[0] is None


def test_a_weekday_beside_it_settles_it() -> None:
    assert settled("Thursday 03/09/2026")[:2] == (SEPTEMBER_3, "certain")
    assert settled("03/09/2026 (Monday)")[:2] == (MARCH_9, "certain")


def test_a_day_the_text_speaks_of_makes_it_likely() -> None:
    assert settled("03/09/2026", body="The fire on 2 September killed two.")[:2] == (SEPTEMBER_3, "likely")
    assert settled("03/09/2026", body="The house will vote on March 12.")[:2] == (MARCH_9, "likely")
    assert settled("03/09/2026", body="The fire of 2 September came after that of 8 March.")[0] is None


def test_a_weekday_in_the_text_makes_it_likely() -> None:
    dated = parse_date("06/12/2012", body="Clinton warned Tuesday that the conflict would grow.")
    assert dated and (dated.day, dated.confidence) == (date(2012, 6, 12), "likely")
    assert dated.said == "date line, likely by the weekday in the text (Tuesday)"


@pytest.mark.parametrize(
    "body",
    [
        "The council will vote on Tuesday.",
        "He spoke last Tuesday.",
        "He spoke today of what happened on Tuesday.",
        "The council met on Friday.",
    ],
)
def test_a_weekday_that_may_lie_far_off_settles_nothing(body: str) -> None:
    assert settled("06/12/2012", body=body)[0] is None


def test_the_outlet_s_other_articles_make_it_likely() -> None:
    assert settled("03/09/2026", hints=Hints(convention="day first"))[:2] == (SEPTEMBER_3, "likely")
    assert convention_of(["25/12/2025", "Updated 31/01/2026", "03/04/2026"]) == "day first"
    assert convention_of(["12/25/2025 | 01/31/2026"]) == "month first"
    assert convention_of(["25/12/2025"]) is convention_of(["25/12/2025", "31/01/2026", "01/31/2026"]) is None


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("PORT MERRIN, March 20 (Northern Wire) - The council met.", "March 20"),
        ("SELM CITY, Ostra, Mar. 20 — The council met.", "Mar. 20"),
        ("ST. BRANNOCK, 20 March 2026 (NW) -- The council met.", "20 March 2026"),
        ("March 20 was the day on which the council met.", ""),
        ("The council, March 20 (on a Friday) - met.", ""),
        ("PORT MERRIN - The council met on March 20.", ""),
    ],
)
def test_a_wire_story_is_dated_by_the_line_that_it_begins_with(opening: str, day: str) -> None:
    assert wire_date(opening) == day


def test_a_year_that_is_not_written_is_that_of_the_other_articles_if_only_one_fits() -> None:
    def dated(first: date, last: date) -> date | None:
        found = publication(lines=["March 20"], hints=Hints(span=(first, last))).published
        assert found and found.confidence == ("likely" if found.day else "unknown")
        return found.day

    assert dated(date(2026, 2, 1), date(2026, 5, 1)) == date(2026, 3, 20)
    assert dated(date(2025, 12, 20), date(2025, 12, 30)) == date(2026, 3, 20)
    assert dated(date(2024, 1, 1), date(2026, 5, 1)) is None
    assert dated(date(2026, 8, 1), date(2026, 9, 1)) is None


@pytest.mark.parametrize(
    ("rest", "day"),
    [
        ({"hints": Hints("en-US")}, MARCH_9),
        ({"hints": Hints("en-GB")}, SEPTEMBER_3),
        ({"hints": Hints("fr")}, SEPTEMBER_3),
        ({"hints": Hints("en")}, None),
        ({"hints": Hints("en-CA")}, None),
        ({"url": "https://example.co.uk/a"}, SEPTEMBER_3),
        ({"url": "https://example.com.au/a"}, SEPTEMBER_3),
        ({"url": "https://example.gov/a"}, MARCH_9),
        ({"url": "https://example.us/a"}, MARCH_9),
        ({"url": "https://example.com/a"}, None),
        ({"url": "https://example.tv/a"}, None),
        ({"body": "The colour of the town centre changed."}, SEPTEMBER_3),
        ({"body": "The color of the shopping center changed."}, MARCH_9),
        ({"body": "The color of the town centre changed."}, None),
        ({"hints": Hints("en-US"), "url": "https://example.co.uk/a"}, None),
    ],
)
def test_the_country_makes_it_likely_where_nothing_speaks_against_it(rest: dict[str, object], day: date | None) -> None:
    assert settled("03/09/2026", **rest)[:2] == (day, "likely" if day else "unknown")


def test_the_name_of_the_zone_tells_the_country() -> None:
    assert settled("03/09/2026 9 a.m. ET")[:2] == (MARCH_9, "likely")
    assert settled("03/09/2026 09:00 GMT")[:2] == (SEPTEMBER_3, "likely")


def test_evidence_in_two_directions_is_no_certainty() -> None:
    day, sure, _ = settled("Thursday 06/12/2012 04:02 EDT")
    assert (day, sure) == (date(2012, 6, 12), "likely")


# Which source counts


def test_the_origins_are_trusted_in_their_order() -> None:
    pairs = itertools.pairwise(ORIGINS[:9])
    for stronger, weaker in pairs:
        found = publication([Stated("2020-01-01", weaker), Stated("2026-03-10", stronger)])
        assert found.published and (found.published.day, found.published.origin) == (TENTH, stronger)
    found = publication(
        [Stated("10 March 2026", "some new place")], lines=["1 January 2020"], url="https://e.org/2021/1/1/"
    )
    assert found.published and found.published.day == TENTH


def test_a_weaker_source_is_asked_where_a_stronger_one_stays_open() -> None:
    found = publication([Stated("03/09/2026", "meta")], lines=["8 September 2026"]).published
    assert found and found.day == SEPTEMBER_3 and found.origin == "meta"
    found = publication([Stated("03/09/2026", "meta")], lines=["10 June 2026"]).published
    assert found and found.day == date(2026, 6, 10) and found.origin == "date line"
    found = publication([Stated("soon", "meta")], file_name="2026-03-10.txt").published
    assert found and (found.day, found.said, found.confidence) == (TENTH, "file name", "likely")


def test_an_update_alone_is_no_date_of_publication() -> None:
    for found in (
        publication(lines=["Last updated on 10 March 2026"]),
        publication(lines=["Aktualisiert: 10.03.2026"]),
        publication(updated=[Stated("2026-03-10", "meta")]),
    ):
        assert found.published is None and found.updated and found.updated.day == TENTH


def test_a_year_left_out_is_found_or_stays_unknown() -> None:
    open_ = publication(lines=["Tuesday, 10 March"]).published
    assert open_ and open_.day is None and open_.said == "date line, the year is not written"
    for rest in ({"file_name": "storm-2026.txt"}, {"url": "https://example.org/2026/storm"}):
        found = publication(lines=["Tuesday, 10 March"], **rest).published  # type: ignore[arg-type]
        assert found and found.day == TENTH and "the year by the" in found.said
    wrong = publication(lines=["Tuesday, 10 March"], file_name="storm-2025.txt").published
    assert wrong and wrong.day is None
    turned = publication(lines=["31 December"], updated=[Stated("2026-01-02", "meta")]).published
    assert turned and turned.day == date(2025, 12, 31)


def test_a_weekday_that_does_not_fit_is_said() -> None:
    assert settled("Wednesday, 10 March 2026") == (TENTH, "likely", "date line, though it says Wednesday of a Tuesday")


def test_a_date_to_come_stays_as_it_is_written() -> None:
    assert settled("10 March 2126")[0] == date(2126, 3, 10)


@pytest.mark.parametrize(
    ("beginning", "published", "updated"),
    [("000", date(2012, 6, 12), date(2012, 8, 12)), ("004", None, None)],
)
def test_two_articles_as_they_were_scraped(beginning: str, published: date | None, updated: date | None) -> None:
    found = sorted((Path(__file__).parents[2] / "shared" / "articles").glob(f"{beginning}_*.txt"))
    if not found:
        pytest.skip("the scraped articles are not here")
    text = found[0].read_text("utf-8")
    lines = [line for line in text.splitlines()[:3] if is_dateline(line)]
    told = publication(lines=lines, body=text, file_name=found[0].name)
    assert (told.published and told.published.day, told.updated and told.updated.day) == (published, updated)
    if told.published:
        assert "(Tuesday)" in told.published.said and told.published.confidence == "certain"


# Laws


ANYTHING = st.text(max_size=60) | st.from_regex(
    r"\d{1,4}[-/.]\d{1,4}[-/.]\d{1,4}( (EDT|GMT|updated) )?", fullmatch=True
)


@settings(max_examples=100)
@given(ANYTHING)
def test_any_text_gives_a_date_or_none(text: str) -> None:
    dated = parse_date(text)
    assert dated is None or dated.day is None or 1700 <= dated.day.year < 2200
    date_in_name(text)
    date_in_url(text)
    is_dateline(text)


@settings(max_examples=80)
@given(
    st.lists(st.builds(Stated, ANYTHING, st.sampled_from(ORIGINS)), max_size=3),
    st.lists(ANYTHING, max_size=3),
    *[ANYTHING] * 4,
)
def test_any_page_gives_dates_that_agree_with_themselves(
    stated: list[Stated], lines: list[str], body: str, name: str, url: str, language: str
) -> None:
    found = publication(stated, lines=lines, body=body, file_name=name, url=url, hints=Hints(language))
    for dated in (found.published, found.updated):
        if dated:
            assert (dated.day is None) == (dated.confidence == "unknown")
            assert dated.day is None or dated.day in dated.readings
            assert dated.origin in ORIGINS and dated.said.startswith(dated.origin)


@settings(max_examples=60)
@given(
    st.dates(date(1950, 1, 1), date(2060, 1, 1)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %b %Y", "%d.%m.%Y", "%d-%b-%Y 15:01:01.92"]),
)
def test_a_written_date_is_read_back(day: date, style: str) -> None:
    dated = parse_date(day.strftime(style))
    assert dated and dated.day == day
    (one,) = written(f"Yes: {day.strftime(style)} it was")
    assert one.day == day


@settings(max_examples=60)
@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_an_ambiguous_date_is_never_settled_without_evidence(day: date, style: str) -> None:
    dated = parse_date(day.strftime(style))
    assert dated and day in dated.readings
    assert dated.day == (day if day.day > 12 or day.day == day.month else None)


@pytest.mark.parametrize("text", ["10 ", "June 1 12/12/ ", "Tuesday ", " ", "1.1.", "said on 3 May. "])
def test_a_long_text_of_half_dates_is_read_in_no_time(text: str) -> None:
    body = (text * 20_000)[:60_000]
    publication(lines=[body, "03/09/2026"], body=body, file_name=body, url="https://example.org/" + body)


def test_the_dates_of_the_newswire_can_all_be_read() -> None:
    day = date(1987, 2, 26)
    for form in ("26-FEB-1987 15:01:01.79", "26-FEB-1987 00:02:59.13&#5;&#5;RM", " 26-FEB-1987  09:15:05.40"):
        dated = parse_date(form)
        assert dated and dated.day == day and dated.day + timedelta(2) == date(1987, 2, 28)


def test_importing_dates_loads_no_tables_of_names() -> None:
    code = "import sys, index.dates; print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("14/3/98", date(1998, 3, 14)),
        ("3/14/98", date(1998, 3, 14)),
        ("14.03.98", date(1998, 3, 14)),
        ("31-12-99", date(1999, 12, 31)),
        ("2024年8月24日", date(2024, 8, 24)),
        ("2019년 3월 5일", date(2019, 3, 5)),
    ],
)
def test_a_date_line_may_write_its_year_in_two_figures_or_in_eastern_signs(line: str, day: date) -> None:
    assert is_dateline(line) and settled(line)[0] == day


def test_two_figures_three_times_can_be_read_in_three_ways() -> None:
    line = "06/12/12"
    found = publication(lines=[line]).published
    assert is_dateline(line) and found and found.day is None
    assert found.readings == (date(2012, 6, 12), date(2012, 12, 6), date(2006, 12, 12))


def test_what_settles_a_date_settles_one_of_two_figures_too() -> None:
    assert settled("Thursday, 06/12/12")[0] == date(2012, 12, 6)
    assert settled("06/12/12 04:02 EDT")[0] == date(2012, 6, 12)
    assert settled("4/5/06 | Updated 4/15/06")[0] == date(2006, 4, 5)
    # 12 June 2012 and 12 December 2006 were Tuesdays both.
    assert settled("Tuesday 06/12/12")[0] is None


@pytest.mark.parametrize("text", ["version 1.2.10", "won 3-1-2", "192.168.10.12", "open 24/7/365", "12/13/14/15"])
def test_versions_scores_and_longer_numbers_are_no_dates(text: str) -> None:
    assert parse_date(text) is None


def test_a_number_that_would_be_a_day_far_ahead_is_no_date() -> None:
    assert date_in_url("https://example.org/news/story-20981127") is None
    assert date_in_name("story_20981127.txt") is None
    assert date_in_url("https://example.org/20191127/story") == date(2019, 11, 27)
