"""Newsrooms' notes are recognised and tied to their paragraphs; what only sounds like one is left alone."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.related.corrections import corrects, each, target
from index.related.mistakes import mistakes
from index.related.notes import Note, notes
from index.values import Article, Kind, Paragraph


def article(*texts: str, title: str = "", name: str = "a", day: date | None = None, kind: Kind = "body") -> Article:
    paragraphs = tuple(Paragraph(f"{name}{n}", name, n, kind, 0, len(text), text) for n, text in enumerate(texts, 1))
    return Article(id=name, path=name, title=title, published=day, paragraphs=paragraphs)


def only(text: str) -> Note | None:
    found = notes(article(text).paragraphs)
    return found[0] if found else None


# Kind, note, a slice that `wrong` holds and one that `right` holds ("" where the note says none). Every second one
# was held out until the patterns were written.
NOTES = (
    (
        "correction",
        "Correction: An earlier version of this article said 14 people were killed; the figure is 12.",
        "14",
        "12",
    ),
    ("correction", "CORRECTION (March 9, 2026): The vote was on Tuesday, not Wednesday.", "Wednesday", "Tuesday"),
    ("correction", "An earlier version of this story misstated the mayor's age as 54. She is 45.", "54", "45"),
    (
        "correction",
        "A previous version of this article incorrectly identified Ada Hale as the owner of the mill. She is its manager.",
        "the owner of the mill",
        "its manager",
    ),
    ("correction", "This article was amended on 9 March 2026 to correct the spelling of Ines Orlova's name.", "", ""),
    ("correction", "This story has been corrected to show that the plant opened in 1964.", "", "1964"),
    (
        "correction",
        "Because of an editing error, an earlier version of this article misspelled the surname of the engineer. He is Jon Brenley, not Brently.",
        "Brently",
        "Jon Brenley",
    ),
    (
        "correction",
        "The headline on this story has been changed to say that the bridge was closed, not destroyed.",
        "destroyed",
        "closed",
    ),
    (
        "correction",
        "(Corrects paragraph 3 to show the loan was 5 million crowns, not 5 billion)",
        "5 billion",
        "5 million crowns",
    ),
    (
        "correction",
        "(This version corrects the name of the company to Talco Mining from Talco Metals)",
        "Talco Metals",
        "Talco Mining",
    ),
    ("correction", "This article originally stated that the council had voted 7-4. The vote was 7-5.", "7-4", "7-5"),
    (
        "correction",
        "We misstated the price of the ferry ticket in an earlier version of this report. It should have said 12 crowns.",
        "",
        "12 crowns",
    ),
    ("correction", "Corrections: The dam was built in 1971 and not in 1917 as stated earlier.", "1917", "1971"),
    (
        "correction",
        "• This article was amended on 3 May to remove a reference to Gorport University, which was not involved in the study.",
        "",
        "",
    ),
    (
        "correction",
        "Due to a production error, this article gave the wrong date for the hearing. It is on 12 June.",
        "",
        "12 June",
    ),
    (
        "correction",
        "A caption in an earlier version of this article wrongly named the woman in the photograph as Vera Dunson; she is Mara Dunson.",
        "Vera Dunson",
        "Mara Dunson",
    ),
    ("correction", "Erratum: the rainfall figure for Orvale should read 41 millimetres.", "", "41 millimetres"),
    (
        "correction",
        "Correction, 4 p.m.: This post initially said the minister resigned on Monday. He resigned on Sunday.",
        "Monday",
        "Sunday",
    ),
    (
        "correction",
        "*Correction: The trial lasted six weeks, rather than the six months we reported.",
        "the six months",
        "six weeks",
    ),
    (
        "correction",
        "For the record: An earlier version of this obituary said she was survived by three sons. She is survived by four.",
        "three sons",
        "four",
    ),
    (
        "correction",
        "This report has been changed to make clear that the strike begins on Thursday, not Tuesday.",
        "Tuesday",
        "Thursday",
    ),
    (
        "correction",
        "An earlier headline on this article overstated the number of jobs at risk. We regret the error.",
        "",
        "",
    ),
    (
        "correction",
        "An error in an earlier version of this story put the cost of the tunnel at 90 million; it is 60 million.",
        "90 million",
        "60 million",
    ),
    ("correction", "Corrected: Removes reference to an arrest in the second paragraph.", "", ""),
    (
        "correction",
        "This article has been updated to correct the name of the hospital where the crew was treated.",
        "",
        "",
    ),
    (
        "correction",
        "Amendment: the earlier text attributed the remark to the wrong councillor. It was made by Tom Falley.",
        "",
        "Tom Falley",
    ),
    (
        "correction",
        "In an earlier version of this piece we reported that the fund held 3 million crowns. The correct figure is 2.3 million crowns.",
        "3 million crowns",
        "2.3 million crowns",
    ),
    (
        "correction",
        "Earlier versions of this article mistakenly described the group as a charity. It is a private company.",
        "a charity",
        "a private company",
    ),
    ("correction", "The original version of this story misattributed a quotation to Mayor Gorova.", "", ""),
    (
        "correction",
        "A graphic that accompanied this article when it was first published showed the wrong share for the Farmers' Party. It has been replaced.",
        "",
        "",
    ),
    ("correction", "CORRECTS: Spelling of Casport in first paragraph.", "", ""),
    (
        "correction",
        "This story was corrected on Friday to reflect that the school has 640 pupils instead of 460.",
        "460",
        "640",
    ),
    (
        "correction",
        "Our story incorrectly said that the firm had gone bankrupt. It has applied for protection from its creditors.",
        "the firm had gone bankrupt",
        "applied for protection",
    ),
    ("correction", "We have corrected the number of injured in this article from 31 to 13.", "31", "13"),
    ("correction", "[Correction: Judge Merson was appointed in 2011. An earlier version said 2001.]", "2001", "2011"),
    (
        "correction",
        "Note: an earlier version of this article said the lake froze in November. It froze in December.",
        "November",
        "December",
    ),
    (
        "correction",
        "Correction — The ferry sank in the Bren strait, not off Dunport.",
        "off Dunport",
        "the Bren strait",
    ),
    (
        "correction",
        "The article has been corrected: Mr Falson is deputy head of the agency, not its head.",
        "its head",
        "deputy head of the agency",
    ),
    ("correction", "An earlier version of this page gave the wrong title for Dr Lena Casova.", "", ""),
    (
        "correction",
        "A correction was made on March 9, 2026: An earlier version of this article misidentified the river as the Tal. It is the Mer.",
        "the Tal",
        "the Mer",
    ),
    (
        "correction",
        "When this article was first published, it said that the court sat in Dunport. It sits in Gorport.",
        "the court sat in Dunport",
        "Gorport",
    ),
    (
        "correction",
        "Correction and apology: We said on this page that Mr Orson had been charged. He has not been charged. We apologise to Mr Orson.",
        "Mr Orson had been charged",
        "",
    ),
    (
        "clarification",
        "Clarification: This article has been updated to make clear that the minister spoke before the ruling.",
        "",
        "",
    ),
    (
        "clarification",
        "CLARIFICATION — The survey covered renters only, and not all households.",
        "all households",
        "renters only",
    ),
    (
        "clarification",
        "This story has been clarified to say that the funds were promised and have not been paid.",
        "",
        "",
    ),
    ("clarification", "A clarification: the fees quoted in this article are for students from abroad.", "", ""),
    ("clarification", "This article has been amended to clarify that the company denies the claims.", "", ""),
    (
        "clarification",
        "Clarification (5 May): An earlier version of this story may have given the impression that all four men were convicted. Two were.",
        "",
        "",
    ),
    ("clarification", "Clarifying: The permit covers the quarry only.", "", ""),
    ("clarification", "This version clarifies that the tests were carried out by a contractor.", "", ""),
    ("update", "This story has been updated.", "", ""),
    ("update", "Updated at 16:40 with comment from the ministry.", "", ""),
    ("update", "This is a developing story. Check back for updates.", "", ""),
    ("update", "UPDATE: The police have since named the driver.", "", ""),
    ("update", "Update, 6:15 p.m.: The road has been reopened to traffic in both directions.", "", ""),
    ("update", "This article has been updated with a statement from Talco Mining.", "", ""),
    ("update", "(Updates with closing prices, adds analyst comment)", "", ""),
    ("update", "This breaking news story will be updated.", "", ""),
    ("update", "This article was updated on 9 March to include the result of the vote.", "", ""),
    ("update", "Story updated 12 March 2026 to add background on the dam.", "", ""),
    ("update", "This is a breaking news story and is being updated. Please refresh the page.", "", ""),
    ("update", "(Adds details, quote from union leader in paragraph 4)", "", ""),
    ("update", "Last updated: 9 March 2026, 18:05 GMT", "", ""),
    ("update", "This page will be updated as more information becomes available.", "", ""),
    ("update", "More details to follow.", "", ""),
    ("update", "UPDATED 7 p.m. Thursday: Adds comments from the families.", "", ""),
    (
        "retraction",
        "Retraction: We have withdrawn this article because two of its sources could not be confirmed.",
        "",
        "",
    ),
    ("retraction", "This article has been retracted.", "", ""),
    ("retraction", "We have withdrawn this story pending a review of its sourcing.", "", ""),
    ("retraction", "RETRACTED: The paper no longer stands by this report.", "", ""),
    (
        "retraction",
        "The Harbour Gazette has retracted this article after finding that quotations in it were invented.",
        "",
        "",
    ),
    ("retraction", "This story has been withdrawn. The documents on which it rested were forged.", "", ""),
    ("retraction", "Editor's note: This article has been retracted because it did not meet our standards.", "", ""),
    ("retraction", "We retract this report and apologise to the Falson family.", "", ""),
    ("retraction", "This report has been removed from our website because it contained fabricated material.", "", ""),
    ("retraction", "Withdrawn: This story, published on 3 March, has been taken down.", "", ""),
    ("editor's note", "Editor's note: This story contains descriptions of violence.", "", ""),
    ("editor's note", "EDITOR’S NOTE — Names of minors have been withheld at the request of their families.", "", ""),
    ("editor's note", "Editors' Note: After publication, the author told us of his work for the ministry.", "", ""),
    ("editor's note", "Note to readers: This interview was edited for length.", "", ""),
    ("editor's note", "A note from the editor: this series was supported by a grant from the Tal fund.", "", ""),
    ("editor's note", "[Editor’s note: The Herald does not name victims of abuse.]", "", ""),
    ("editor's note", "Eds: Please note the contents of the sixth paragraph.", "", ""),
    ("editor's note", "From the editors: we publish this letter in full.", "", ""),
)

PLAIN = (
    "The Department of Correction said two inmates had escaped from the north wing.",
    "Correction officers at the Dunport jail voted to strike on Thursday.",
    "Analysts warned of a market correction before the summer.",
    "Stocks entered correction territory, falling 10 percent from their January peak.",
    "Correctional officers found the tunnel behind a laundry wall.",
    "The spacecraft made a course correction on Tuesday, the agency said.",
    "The agency said in an update that 31 people were still missing.",
    "The minister later clarified his remarks, saying he had meant the old law.",
    "An alarm sounded during the retraction of the landing gear.",
    "Senator Falson issued a retraction of his statement on the dam and apologised.",
    "The journal retracted the study after readers found the same image used twice.",
    "The ministry corrected the figure to 12 from 14 late on Monday.",
    "An earlier version of the bill would have banned the nets outright.",
    "A previous version of the software allowed anyone to read the files.",
    "“This article is full of lies,” the mayor told the council, waving the newspaper.",
    "The company updated its forecast on Thursday and now expects a loss.",
    "The map was updated in 1964 to show the new border.",
    "Update your phone before Friday, the regulator told customers.",
    "She misstated her age on the form, prosecutors said.",
    "The report incorrectly identified the driver as Jon Merson, the inquiry found.",
    "Police had wrongly said that the man was armed, the commissioner told reporters.",
    "The police chief corrected himself a minute later: the vote was on Tuesday, not Wednesday.",
    "He should have said no, his lawyer said, but he was afraid.",
    "The clarification came a day after the president's speech.",
    "The bank asked the court for clarification of its ruling.",
    "A correction in house prices is overdue, two economists said.",
    "The editor's note to the first edition of the novel is a joke.",
    "The paper withdrew its reporter from the capital after threats.",
    "The party withdrew its story about the donation within hours.",
    "Officials have withdrawn the report and will publish a new one in May.",
    "The firm said the error was due to a software fault and regretted it.",
    "“We regret the error,” the bank said in a letter to customers.",
    "The developing story of the valley is one of water and debt.",
    "Corrections officials blamed overcrowding for the fire in the east wing.",
    "The corrections budget will rise by a fifth next year.",
    "For the record, the mayor added, he had never met the contractor.",
    "The record was corrected in parliament on the following day by the minister.",
    "The updated plan keeps the ferry and closes the airport.",
    "“Clarification is needed,” said the union's lawyer, Ada Dunson.",
    "The version of events given by the driver has changed three times.",
    "The first version of this law was passed in 1931.",
    "Her earlier statement said 14 people were killed; the figure is now 12, she told the inquiry.",
    "The number of dead, earlier put at 14, was revised to 12 by the hospital.",
    "The wrong date was printed on the ballot, the election board admitted.",
    "A previous story in the series looked at the mines of the upper valley.",
    "This report is the third by the auditor since the flood.",
    "The ombudsman said this report had been withdrawn by the ministry.",
    "The agency issued a correction to its jobs data, which lifted the crown.",
    "Editors at the Herald corrected thousands of pages by hand in those years.",
    "Note that the ferry does not run on Sundays.",
    "The update: no one has been paid, and the pumps are still broken.",
    "It was a correction: the river had taken back what was its own.",
    "The withdrawn memo said that the dam was safe.",
    "The court ordered the newspaper to retract its article about the judge.",
    "He retracted his confession and said the police had beaten him.",
    "The prosecutor retracted this story of a conspiracy in her closing speech.",
    "This story has been told for four hundred years in the fishing villages.",
    "This story was changed by every sailor who told it.",
    "This article of the constitution was amended in 1992 to allow for early votes.",
    "We were wrong, the minister said: the dam was built in 1971 and not in 1917.",
    "Updates from the front reach the capital only by radio.",
    "More details to follow the money were found in the second ledger.",
    "The correction: a man who had been a clerk became a minister.",
    "Clarified butter is poured over the fish before it is served.",
)


@pytest.mark.parametrize(("kind", "text"), [note[:2] for note in NOTES])
def test_a_newsrooms_note_is_recognised(kind: str, text: str) -> None:
    found = only(text)
    assert found
    # To make clear that something is so, and not otherwise, is a clarification to one desk and a correction to another.
    assert found.kind == kind or {found.kind, kind} == {"correction", "clarification"}


@pytest.mark.parametrize("text", PLAIN)
def test_a_sentence_that_only_sounds_like_a_note_is_none(text: str) -> None:
    assert only(text) is None


def test_what_was_wrong_and_what_is_right_is_found_in_nearly_all_notes_that_say_it() -> None:
    missed = []
    for kind, text, wrong, right in NOTES:
        found = only(text)
        if found and kind in ("correction", "clarification") and not (wrong in found.wrong and right in found.right):
            missed.append(text)
    assert len(missed) <= 2, missed


STORY = (
    "A dam collapsed above Orvale on Tuesday, killing {n} people, the regional governor said.",
    "Rescue crews pulled 31 survivors from a school, and 14 houses were searched twice.",
    "Jon {name}, an engineer, had warned the ministry about cracks in the eastern wall.",
    "The operator said it would pay for the funerals.",
)


def story(n: str = "12", name: str = "Brenley", *, note: str) -> tuple[Note, ...]:
    return notes(article(*(text.format(n=n, name=name) for text in STORY), note).paragraphs)


def test_a_corrected_article_holds_what_is_right() -> None:
    (note,) = story(
        note="Correction: An earlier version of this article said 14 people were killed in the dam; the figure is 12."
    )
    assert (note.targets, note.applied) == (("a1",), True)


def test_an_article_that_was_not_mended_still_holds_what_is_wrong() -> None:
    (note,) = story("14", note="Correction: The dam killed 12 people, not 14 people.")
    assert (note.targets, note.applied) == (("a1",), False)


def test_a_misspelt_name_is_tied_to_the_paragraph_that_bears_it() -> None:
    words = "Correction: An earlier version misspelled the engineer's surname. He is Jon Brenley, not Brently."
    assert [(n.targets, n.applied) for n in story(note=words)] == [(("a3",), True)]
    assert [(n.targets, n.applied) for n in story(name="Brently", note=words)] == [(("a3",), False)]


def test_a_note_that_gives_no_value_is_tied_by_its_rare_words_or_not_at_all() -> None:
    tied, loose = (
        story(note="Correction: this article was amended to remove a remark on the operator and the funerals."),
        story(note="This article was amended on 9 March 2026."),
    )
    assert [(n.targets, n.applied) for n in tied] == [(("a4",), None)]
    assert [(n.targets, n.applied) for n in loose] == [((), None)]


def test_an_update_speaks_of_no_paragraph_and_a_retraction_of_all() -> None:
    assert [n.targets for n in story(note="This story has been updated.")] == [()]
    assert [n.targets for n in story(note="This article has been retracted.")] == [("a1", "a2", "a3", "a4")]


def test_a_headline_is_no_note() -> None:
    assert notes(article("Correction: the river", kind="headline").paragraphs) == ()


DAM = article(
    *(t.format(n="14", name="Brenley") for t in STORY),
    title="Dam above Orvale kills 14",
    name="dam",
    day=date(2026, 3, 9),
)
FERRY = article(
    "The ferry to Casport sank in a storm off Dunport.",
    "All 31 aboard were saved by a trawler.",
    title="Ferry sinks off Dunport",
    name="ferry",
    day=date(2026, 3, 9),
)
PLANT = article(
    "Talco Mining will close its plant in Orvale.",
    "It employs 640 people.",
    title="Talco to close plant",
    name="plant",
    day=date(2026, 3, 12),
)


@pytest.mark.parametrize(
    ("text", "headline", "day", "page", "wrong", "right", "chosen"),
    [
        ('An article on 9 March headlined "Dam above Orvale kills 14" misstated the number of dead. The figure is 12.', "Dam above Orvale kills 14", "9 March", "", "", "12", "dam"),
        ("A report on page A4 of Monday's edition about the ferry to Casport said it sank off Dunport. It sank in the strait; a trawler saved all aboard.", "", "Monday", "A4", "", "", "ferry"),
        ("In a report published on 12 March, we incorrectly said that Talco Mining employs 640 people in Orvale. The number is 460.", "", "12 March", "", "640", "460", "plant"),
        ("An article on March 9 wrongly gave the title of an official.", "", "March 9", "", "", "", None),
    ],
)  # fmt: skip
def test_a_correction_that_stands_apart_says_what_it_corrects(
    text: str, headline: str, day: str, page: str, wrong: str, right: str, chosen: str | None
) -> None:
    found = corrects("Corrections", article(text, name="c").paragraphs)
    assert found
    assert (found.headline, found.date, found.page) == (headline, day, page)
    assert wrong in found.wrong and right in found.right
    assert target(found, [DAM, FERRY, PLANT]) == chosen
    assert target(found, []) is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Correction officers strike", "A report on 9 March said that the jail was wrongly staffed."),
        (
            "Market correction deepens",
            'An article headlined "Sell everything now" in the Post on Monday was wrong, brokers said.',
        ),
        ("Ferry sinks", "An article on page 4 said the ferry was safe."),
        ("Correction", "The department opens a new jail on Monday."),
        ("", ""),
    ],
)
def test_an_article_that_corrects_none_is_none(title: str, text: str) -> None:
    assert corrects(title, article(text).paragraphs) is None


def test_two_articles_under_one_headline_are_in_doubt() -> None:
    found = corrects(
        "Correction", article('Our report on 9 March, headlined "Dam above Orvale kills 14", was wrong.').paragraphs
    )
    twin = article(*(p.text for p in DAM.paragraphs), title=DAM.title, name="twin", day=DAM.published)
    assert found
    assert target(found, [DAM, twin]) is None


WORDS = st.sampled_from(
    [*" ".join(text for _, text, _, _ in NOTES).split(), "“", "(", "\x00", "\ud800", "not", "14", "from", "to"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=25).map(" ".join), max_size=4))
def test_whatever_the_text_a_note_holds_slices_of_its_own_words(texts: list[str]) -> None:
    written = article(*texts)
    held = {p.id: p.text for p in written.paragraphs}
    for note in notes(written.paragraphs):
        text = held[note.paragraph_id]
        assert note.wrong == (text[slice(*note.wrong_at)] if note.wrong_at else "")
        assert note.right == (text[slice(*note.right_at)] if note.right_at else "")
        assert set(note.targets) <= held.keys() - {note.paragraph_id}
    for found in each("Corrections", written.paragraphs):
        assert found.wrong in found.text and found.right in found.text
        target(found, [DAM, FERRY])


@pytest.mark.parametrize(
    "piece",
    [
        "an error in this article said ",
        "Correction ( ",
        "from x to y ",
        "misstated x as ",
        " gave x at",
        "“",
        "a, not b ",
    ],
)
def test_a_hostile_paragraph_takes_no_time(piece: str) -> None:
    began = time.perf_counter()
    text = piece * (6000 // len(piece))
    notes(article(text, "Correction: " + text).paragraphs)
    corrects("Corrections", article(text).paragraphs)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("The height of the mast is 31 metres. We said 13 in yesterday's edition.", "13", "31 metres"),
        ("Yesterday we told you the ferry leaves at nine; it leaves at eight.", "nine", "eight"),
        (
            "And a word from the farm desk: sorry. The barn held 60 cows, and not 16, as we had it on Monday.",
            "16",
            "60 cows",
        ),
        ("In our report of 4 May we called the baker Ivo Brand. His name is Ira.", "Ivo Brand", "Ira"),
        ("Correction: A Coast Wire story of Sept. 3 said the kiln was lit in 1931. It was 1913.", "1931", "1913"),
        ("It was Otto Lang who scored, not Otto Lunt. We regret the error.", "Otto Lunt", "Otto Lang"),
    ],
)
def test_a_mistake_owned_up_to_under_another_story_is_found_with_what_is_right(
    text: str, wrong: str, right: str
) -> None:
    (mistake,) = mistakes(text)
    assert mistake.wrong and text[slice(*mistake.wrong)] == wrong
    assert mistake.right and text[slice(*mistake.right)] == right


@pytest.mark.parametrize(
    "text",
    [
        "The minister, who had said that 40 died, corrected himself: it was 14.",
        "The police now say 36 died, and not 38, as they said on Monday.",
        "“We said 40 and not 14,” the mayor told us.",
        "We reported on Monday that 12 had died. The number is now 15.",
        "As we reported on Monday, the bridge is shut. It is 40 metres long.",
    ],
)
def test_news_that_changed_and_people_who_correct_themselves_are_no_mistake_of_a_newsroom(text: str) -> None:
    assert mistakes(text) == ()
