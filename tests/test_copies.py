"""Copies are found under an editor's hand, and what says something else is never taken for a copy."""

from __future__ import annotations

import itertools
import random
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Library
from index.related.copies import groups, signature
from index.related.statements import same_statement
from index.related.stories import Story, credited, stories
from index.values import Article, Paragraph

DAM = (
    "At least 12 people were killed when a tailings dam collapsed above the town of Orvale on Tuesday, "
    "burying two streets in mud, officials said."
)
COUNCIL = (
    "The council did not organise a public hearing before the vote, according to minutes seen by this newspaper, "
    "although 35 per cent of residents had asked for one."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DAM, DAM.replace("tailings", "tailngs")),
        (DAM, DAM.replace(", burying", " — burying")),
        (DAM, DAM.replace("officials said", "officials said Wednesday")),
        (DAM, DAM.replace(", officials said", "")),
        (DAM, DAM.replace(", burying two streets in mud", "")),
        (DAM, "Officials said " + DAM[0].lower() + DAM[1:].replace(", officials said", "")),
        (DAM, DAM.replace("At least 12", "At least twelve").replace("on Tuesday", "Tuesday")),
        (DAM, "ORVALE (Merrin Newswire) — " + DAM),
        (COUNCIL, COUNCIL.replace("organise", "organize").replace("per cent", "percent")),
        (COUNCIL, COUNCIL.replace("did not", "didn't").replace("35 per cent", "35%")),
        (COUNCIL, COUNCIL.replace("did not", "did n't")),
        (
            "The mayor’s “plan” was called ‘a mess’ by nine members.",
            "The mayor's \"plan\" was called 'a mess' by 9 members.",
        ),
        (
            "U.S. forces co-operated with the harbour police in December.",
            "US forces cooperated with the harbor police in Dec.",
        ),
        (
            "Governor Tom Hale signed the water bill in front of farmers.",
            "Hale signed the water bill in front of farmers.",
        ),
    ],
)
def test_light_editing_leaves_a_copy(one: str, other: str) -> None:
    assert same_statement(one, other)
    assert same_statement(other, one)
    assert len(groups({"a": signature(one), "b": signature(other)}, lambda _: {"a": one, "b": other})) == 1


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (DAM, "12", "14"),
        (DAM, "At least 12", "At least 120"),
        (DAM, "Tuesday", "Wednesday"),
        (DAM, "Orvale", "Orvane"),
        (DAM, "two streets", "three streets"),
        (DAM, "killed", "injured"),
        (DAM, "killed", "not killed"),
        (DAM, "At least 12", "12"),
        (DAM, "collapsed", "nearly collapsed"),
        (DAM, "were killed", "may have been killed"),
        (DAM, ", officials said", ", which officials denied"),
        (DAM, "12 people", "people"),
        ("ORVALE — " + DAM, "ORVALE — ", "MERRIN — "),
        (COUNCIL, "did not", "did"),
        (COUNCIL, "did not", "will not"),
        (COUNCIL, "35 per cent", "53 per cent"),
        (COUNCIL, "for one", "for one on 3 March"),
        (COUNCIL, "council", "company"),
        ("Mr Hale told the inquiry that the pumps were running that night.", "Mr Hale", "Ms Hale"),
        ("Mr Hale told the inquiry that the pumps were running that night.", "Mr Hale", "Mr Hall"),
        ("Exports from the port to North Korea rose by a fifth in May.", "North", "South"),
        ("Exports from the port to North Korea rose by a fifth in May.", "North Korea", "Korea"),
        ("Exports from the port to North Korea rose by a fifth in May.", "Exports", "Imports"),
        ("Exports from the port to North Korea rose by a fifth in May.", "rose", "fell"),
        ("Exports from the port to North Korea rose by a fifth in May.", "May", "June"),
        ("The bank paid 5 million crowns to the former minister last year.", "million", "billion"),
        ("The bank paid 5 million crowns to the former minister last year.", "former minister", "minister"),
        ("The bank paid $5 million to the former minister late last year.", "$5", "£5"),
        ("The bank's employees were told of the plan on the same morning.", "employees", "employers"),
        ("Hale and Brown were arrested at the border crossing near Orvale.", "Hale and Brown were", "Hale was"),
        ("Hale said Brown had lied to the inquiry about the missing money.", "Hale said Brown", "Brown said Hale"),
        ("The bridge will reopen in June, the county engineer told the paper.", "June", "June if the money is found"),
    ],
)
def test_another_figure_day_name_or_negation_is_another_statement(text: str, old: str, new: str) -> None:
    other = text.replace(old, new)
    assert other != text
    assert not same_statement(text, other)
    assert not same_statement(other, text)
    assert groups({"a": signature(text), "b": signature(other)}, lambda _: {"a": text, "b": other}) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("“We knew nothing,” he said.", '"We knew nothing", he said', True),
        ("He denied it.", "He denied it again.", False),
        ("Nobody was hurt in the fire.", "Nobody was hurt in the blaze.", False),
        ("* * *", "* * *", False),
        ("", "", False),
    ],
)
def test_a_short_paragraph_is_a_copy_only_when_equal(one: str, other: str, alike: bool) -> None:
    assert same_statement(one, other) is alike


def test_a_chain_of_small_changes_does_not_join_what_differs() -> None:
    line = "the quick report about a long bridge over some wide river and its old pillars near that small town"
    words = line.split()
    chain = {f"{n:02}": " ".join(words[n:] + [f"plainword{chr(97 + k)}" for k in range(n)]) for n in range(0, 19, 2)}
    for group in groups({key: signature(text) for key, text in chain.items()}, lambda _: chain):
        assert all(same_statement(chain[group[0]], chain[key]) for key in group)


def test_two_papers_that_cut_the_same_wire_stay_apart_where_they_disagree() -> None:
    texts = {"wire": DAM, "fewer": DAM.replace("12", "11"), "more": DAM.replace("12", "13"), "none": DAM[12:]}
    found = groups({key: signature(text) for key, text in texts.items()}, lambda _: texts)
    assert not any(
        {"wire", "fewer"} <= set(g) or {"wire", "more"} <= set(g) or {"more", "fewer"} <= set(g) for g in found
    )


def test_the_same_words_under_two_datelines_stay_apart_even_where_a_third_has_none() -> None:
    texts = {"a": DAM, "b": "ORVALE — " + DAM, "c": "MERRIN — " + DAM}
    assert len(groups({key: signature(text) for key, text in texts.items()}, lambda _: texts)[0]) == 2


def test_a_table_of_like_rows_is_grouped_in_bounded_time() -> None:
    rows = {
        f"{n:05}": f"Lot number {n} was sold at the spring auction in the old hall for a good price"
        for n in range(4000)
    }
    marks = {key: signature(text) for key, text in rows.items()}
    began = time.perf_counter()
    assert groups(marks, lambda _: rows) == ()
    assert time.perf_counter() - began < 30


def test_a_signature_is_384_bytes_and_is_the_same_on_every_machine() -> None:
    assert signature(DAM).hex().startswith(SIGNATURE_OF_THE_DAM)
    assert {len(signature(text)) for text in ("", "a", DAM, "\ud800", "—" * 50)} == {384}


SIGNATURE_OF_THE_DAM = "22370406af3cd4055133a50283f8e608"

WORDS = st.sampled_from(
    [*DAM.split(), *COUNCIL.split(), "“", "not", "12", "Hale", "\x00", "\ud800", "ﬁ", "n't", "...", "U.S."]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=30).map(" ".join), max_size=8), st.randoms())
def test_groups_are_disjoint_verified_and_independent_of_order(texts: list[str], chance: random.Random) -> None:
    named = {f"p{n}": text for n, text in enumerate(texts)}
    marks = {key: signature(text) for key, text in named.items()}
    found = groups(marks, lambda _: named)
    keys = [key for group in found for key in group]
    assert len(keys) == len(set(keys))
    assert all(same_statement(named[group[0]], named[key]) for group in found for key in group)
    shuffled = list(marks.items())
    chance.shuffle(shuffled)
    assert groups(dict(shuffled), lambda _: named) == found


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_the_comparison_and_its_order_does_not_matter(one: str, other: str) -> None:
    assert same_statement(one, other) == same_statement(other, one)
    assert isinstance(credited(one), str)


# Whole articles -----------------------------------------------------------------------------------------------


def article(name: str, paragraphs: list[str], source: str = "", day: int = 0, credit: str = "") -> Article:
    kinds = [("body", text) for text in paragraphs] + ([("credit", credit)] if credit else [])
    placed = tuple(
        Paragraph(f"{name}-{n}", name, n, kind, 0, len(text), text)  # type: ignore[arg-type]
        for n, (kind, text) in enumerate(kinds, 1)
    )
    return Article(
        id=name,
        path=f"{name}.txt",
        title=name,
        source=source,
        paragraphs=placed,
        published=date(2026, 3, day) if day else None,
    )


QUOTE_ONE = (
    "“We heard a noise like thunder and then the whole lower road was simply gone,” said {name}, who keeps the {shop}."
)
QUOTE_TWO = (
    "“Nobody from the {firm} has spoken to us, and we are owed an answer before the winter,” said {other}, a {trade}."
)
PLOTS = [
    [
        "{town} (Merrin Newswire) — A {thing} gave way above {town} early on {day}, killing {n} people and cutting the only road to {city}.",
        "Rescue crews reached the valley after {h} hours and pulled {m} survivors from the upper floors of a school.",
        "The regional governor, {gov}, declared an emergency and asked the army for pumps, tents and field kitchens.",
        QUOTE_ONE,
        "An inspection last autumn had found cracks in the eastern wall, according to a report filed with the ministry in {city}.",
        "The operator, {firm}, did not repair the wall because it disputed who should pay, two engineers familiar with the site said.",
        QUOTE_TWO,
        "Prosecutors in {city} opened an inquiry and sealed the company's offices late in the afternoon.",
    ],
    [
        "{city}, March 9 (Merrin Newswire) - {firm} said it would close its plant in {town} and move {n} jobs abroad by the end of next year.",
        "The company blamed the price of power, which has risen by {m} percent since the contract with the state grid ran out.",
        "Union leaders were told at a meeting on {day} that lasted less than {h} minutes, three people who attended said.",
        QUOTE_TWO,
        "{gov}, the labour minister, called the decision a betrayal and said the subsidies paid since the flood would be claimed back.",
        QUOTE_ONE,
        "The plant has made brakes for railway wagons since it was built on the site of a former shipyard.",
        "Shares in {firm} rose slightly in thin trading before the announcement was made public.",
    ],
    [
        "{city} — The appeals court freed {name} on {day} after {n} years in prison, ruling that the evidence had been tampered with.",
        "The three judges needed only {h} minutes to overturn the verdict, which rested on one sample taken from a car.",
        "Defence lawyers had asked {m} times for the laboratory's own notes, and were told each time that they were lost.",
        QUOTE_TWO,
        "The notes turned up last spring in a cellar in {town}, where {gov}, a retired clerk, had kept them out of the rain.",
        QUOTE_ONE,
        "The prosecution service said it would study the ruling and would make no comment on the conduct of its officers.",
        "A state fund pays those wrongly convicted a fixed sum for every year, which the finance ministry wants to cut.",
    ],
    [
        "Voters in {town} rejected a plan to sell the harbour to {firm} on {day}, by {n} votes to {m}, the election board said.",
        "Turnout was the highest since the board began to count, and queues stood outside two schools after polls had closed.",
        "{gov}, who leads the council, had promised {h} new berths and a ferry line to {city} in return for the sale.",
        QUOTE_ONE,
        "The buyer had offered to keep the fish market open and to dredge the outer channel at its own expense.",
        "Opponents went from door to door with a map on which the public quays were marked in red.",
        QUOTE_TWO,
        "The council meets again next month to decide what to do about the debt that the sale was meant to settle.",
    ],
]
INDEPENDENT = [
    "I stood this morning where {town} ends and saw for myself what everybody in {city} has been talking about since {day}.",
    QUOTE_ONE,
    "People here speak quietly of the {n}, and of {firm}, whose sign still hangs over the gate beside the bus stop.",
    "My notebook from a visit four years ago already has the same complaints in it, from some of the same families.",
    QUOTE_TWO,
    "Asked by this newspaper, {gov} answered in writing that the matter was being looked into and that patience was needed.",
]
NEWSLETTER = "Sign up for our morning newsletter and get the five stories that matter in your inbox before breakfast."


def filled(plot: list[str], number: int) -> list[str]:
    syllables = ["Or", "Mer", "Tal", "Bren", "Cas", "Dun", "Fal", "Gor"]

    def make(k: int, end: str) -> str:
        return syllables[(number * 3 + k) % 8] + syllables[(number + number // 8 + 2 * k + 1) % 8].lower() + end

    slots = {
        "town": make(0, "vale"), "city": make(1, "port"), "name": f"Ada {make(2, 'son')}", "other": f"Jon {make(3, 'ley')}",
        "gov": f"Ines {make(4, 'ova')}", "firm": f"{make(5, 'co')} Mining", "thing": ["dam", "bridge", "hillside"][number % 3],
        "shop": ["bakery", "ferry café", "post office"][number % 3], "trade": ["farmer", "welder", "nurse"][number % 3],
        "day": ["Monday", "Tuesday", "Thursday", "Friday"][number % 4], "n": 11 + number, "m": 40 + 3 * number, "h": 13 + number,
    }  # fmt: skip
    placed = [text if "{" in text else f"In {{town}}, {text[0].lower()}{text[1:]}" for text in plot]
    return [text.format(**slots) for text in placed]


def house_style(text: str) -> str:
    for old, new in [
        ("percent", "per cent"),
        ("“", '"'),
        ("”", '"'),
        (" on ", " "),
        ("labour", "labor"),
        ("organis", "organiz"),
    ]:
        text = text.replace(old, new)
    return text


def one_slip(text: str) -> str:
    """Two letters in the middle of the first long plain word changed places."""
    return re.sub(r"(?<= )([a-z]{3})([a-z])([a-z])([a-z]{2,})(?= )", r"\1\3\2\4", text, count=1)


EDITS: dict[str, Callable[[list[str]], list[str]]] = {
    "house style": lambda p: [house_style(text) for text in p],
    "cut to its first four": lambda p: p[:4],
    "a slip in every paragraph": lambda p: [one_slip(text) for text in p],
    "agency's dateline taken away": lambda p: [re.sub(r"^[^—-]{0,40}\(Merrin Newswire\) [—-] ", "", p[0]), *p[1:]],
    "lead updated": lambda p: [re.sub(r"\d+", lambda m: str(int(m[0]) + 2), p[0]), *p[1:]],
    "a paragraph of its own and two dropped": lambda p: [*p[:2], "Our reporter is on the way to the scene, and this page will grow.", *p[2:3], *p[5:]],
    "attribution added": lambda p: [text[:-1] + ", officials said." if text.endswith("e.") else text for text in p],
    "newsletter below": lambda p: [*p[:6], NEWSLETTER],
}  # fmt: skip


def corpus() -> tuple[list[Article], dict[str, str]]:
    """24 stories in eight edits each and an independent report; the truth is the story's name for every article."""
    made, truth = [], {}
    for number in range(24):
        wire = filled(PLOTS[number % 4], number)
        made.append(article(f"s{number:02}-wire", wire, "Merrin Newswire", 9))
        for k, (_, edit) in enumerate(EDITS.items()):
            made.append(
                article(f"s{number:02}-copy{k}", edit(wire), f"Paper {k}", 9 + k % 2, "Source: Merrin Newswire")
            )
        made.append(article(f"s{number:02}-own", [*filled(INDEPENDENT, number), NEWSLETTER], "Paper 7", 9))
        truth |= {
            a.id: a.id.split("-")[0] for a in made if a.id.startswith(f"s{number:02}") and not a.id.endswith("own")
        }
        truth[f"s{number:02}-own"] = f"own{number}"
    return made, truth


def pairs(found: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(p) for story in found for p in itertools.combinations((story.original, *story.copies), 2)}


def test_copies_are_found_among_two_dozen_stories_and_independent_reports_are_left_alone() -> None:
    made, truth = corpus()
    found = stories(made)
    true = {frozenset(p) for p in itertools.combinations(truth, 2) if truth[p[0]] == truth[p[1]]}
    hits = pairs(found) & true
    print(f"pairs: precision {len(hits) / len(pairs(found)):.3f}, recall {len(hits) / len(true):.3f} of {len(true)}")
    assert pairs(found) <= true
    assert len(hits) >= 0.97 * len(true)
    assert all(story.original.endswith(("wire", "own")) for story in found)


def test_one_original_five_copies_and_an_independent_report_are_two_sources() -> None:
    made, _ = corpus()
    kept = [a for a in made if a.id in {"s00-wire", "s00-own", *(f"s00-copy{k}" for k in range(5))}]
    assert stories(kept) == (
        Story("s00-own"),
        Story("s00-wire", ("s00-copy0", "s00-copy2", "s00-copy4", "s00-copy1", "s00-copy3")),
    )


WIRE = filled(PLOTS[3], 5)


@pytest.mark.parametrize(
    ("why", "original", "others"),
    [
        ("it is the agency", article("z", WIRE, "Merrin Newswire", 12), [article("a", WIRE, "Bay Echo", 9, "Source: Merrin Newswire")]),
        ("it is a known agency", article("z", WIRE, "Reuters"), [article("a", WIRE, "Bay Echo", 9)]),
        ("the other credits an agency", article("z", WIRE, "Bay Echo", 12), [article("a", WIRE, "Post", 9, "Source: Merrin Newswire")]),
        ("it is the earliest", article("z", WIRE[:5], "Bay Echo", 9), [article("a", WIRE, "Post", 10), article("b", WIRE, "Sun")]),
        ("it is the longest", article("z", WIRE, "Bay Echo"), [article("a", WIRE[:5], "Post"), article("b", WIRE[:4], "Sun")]),
        ("its path comes first", article("a", WIRE, "Bay Echo"), [article("b", WIRE, "Post")]),
    ],
)  # fmt: skip
def test_the_original_is_chosen_by_what_the_pages_say(why: str, original: Article, others: list[Article]) -> None:
    for order in itertools.permutations([original, *others]):
        assert [story.original for story in stories(order)] == [original.id], why


def test_a_round_up_does_not_join_the_stories_it_holds() -> None:
    parts = [filled(PLOTS[k], k) for k in range(4)]
    single = [article(f"part{k}", part, f"Paper {k}") for k, part in enumerate(parts)]
    digest = article("digest", [text for part in parts for text in part], "Weekly")
    joined = next((s for s in stories([digest, *single]) if len(s.copies) > 1), None)
    assert joined is None


def test_an_outlets_furniture_makes_no_copies() -> None:
    furniture = [
        NEWSLETTER,
        "You can follow our reporters on every platform and write to them in confidence at any hour.",
    ]
    briefs = [article(f"b{n}", [filled(PLOTS[n % 4], n)[n % 3], *furniture], "Bay Echo") for n in range(8)]
    assert all(not story.copies for story in stories(briefs))
    assert all(
        not story.copies
        for story in stories([article(f"l{n}", [*filled(PLOTS[n], n), *furniture], "Bay Echo") for n in range(4)])
    )


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    assert stories([article("a", []), article("b", ["* * *"])]) == (Story("a"), Story("b"))
    assert stories([]) == ()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 239), max_size=12, unique=True), st.randoms())
def test_every_article_is_in_exactly_one_story_whatever_the_order(picked: list[int], chance: random.Random) -> None:
    made = [MADE[n] for n in picked]
    found = stories(made)
    assert sorted(k for s in found for k in (s.original, *s.copies)) == sorted(a.id for a in made)
    chance.shuffle(made)
    assert stories(made) == found


MADE = corpus()[0]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("(Reuters) - The dam held.", "Reuters"),
        ("ORVALE (Merrin Newswire) — The dam held.", "Merrin Newswire"),
        ("PARIS, March 9 (AFP) - The dam held.", "Agence France-Presse"),
        ("Source: Merrin Newswire", "Merrin Newswire"),
        ("Reporting by Ann Lee and Bo Hay for Merrin Newswire; editing by Jo Ray", "Merrin Newswire"),
        ("The Associated Press contributed to this report.", "Associated Press"),
        ("With files from the Canadian Press", "Canadian Press"),
        ("By Ann Lee, Associated Press", "Associated Press"),
        ("By Merrin Newswire", "Merrin Newswire"),
        ("AP", "Associated Press"),
        ("© 2026 AFP", "Agence France-Presse"),
        ("The dam held. (Merrin News Agency)", "Merrin News Agency"),
        ("The dam held.", ""),
        ("Reuters said the minister had resigned.", ""),
        ("He told the Associated Press that he would resign.", ""),
        ("The access point (AP) was down all night.", ""),
        ("It went Down To The Wire", ""),
        ("The field was fenced with wire", ""),
        ("", ""),
    ],
)
def test_an_agency_is_credited_only_where_it_is_named_as_the_writer(line: str, agency: str) -> None:
    assert credited(line) == agency


def test_a_paper_that_credits_the_wire_may_edit_most_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "northern-wire").mkdir()
    (tmp_path / "merrin-courier").mkdir()
    lede = "The number of people killed in the sinking was lowered to ten on Friday after one was counted twice."
    (tmp_path / "northern-wire" / "a.txt").write_text(
        f"Toll lowered\n\nMERRIN, March 20 (Northern Wire) - {lede}\n\nThe coroner said a woman had been listed twice.\n\n"
        "The count had stood at 11 since the search ended. One passenger is still missing.\n"
    )
    own = "The coroner told the Courier that a woman from the island was in both lists under different names."
    (tmp_path / "merrin-courier" / "b.txt").write_text(
        f"Victim counted twice\n\nNorthern Wire\n\n{lede}\n\n{own}\n\nA student is still missing, and the count stood at 11.\n"
    )
    with Library.open(tmp_path / "library") as library:
        library.sync([tmp_path / "northern-wire", tmp_path / "merrin-courier"])
        original, copy = sorted(library.articles(), key=lambda a: a.path, reverse=True)
    assert original.source == "Northern Wire" and copy.story == original.story == original.id
