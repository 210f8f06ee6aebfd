"""Statements: whose words they are, where they stand, and how firmly they are said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.statements import Statement, statements


def only(text: str, before: str = "") -> Statement:
    (one,) = statements(text, before)
    return one


def said(text: str, one: Statement) -> list[str]:
    return [text[start:end] for start, end in one.said]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ('"The wall held," said Ann Hale, the mayor of Carrow.', "Ann Hale", ["The wall held"]),
        ('"The wall held," Hale said. "Then it broke."', "Hale", ["The wall held", "Then it broke."]),
        ('"We knew," Hale said, "that the pump was old."', "Hale", ["We knew", "that the pump was old."]),
        ('Hale said: "It broke. We ran."', "Hale", ["It broke. We ran."]),
        ("‘It was dark,’ said Renn.", "Renn", ["It was dark"]),
        ("Hale said that the wall had broken.", "Hale", ["the wall had broken"]),
        ("Hale told reporters the wall had broken.", "Hale", ["the wall had broken"]),
        ("Hale said on Tuesday that the wall had broken.", "Hale", ["the wall had broken"]),
        ("The wall had broken, Hale said on Tuesday.", "Hale", ["The wall had broken"]),
        ("The wall, Hale said on Monday, would be rebuilt.", "Hale", ["The wall", "would be rebuilt"]),
        ("According to Ann Hale, the wall broke.", "Ann Hale", ["the wall broke"]),
        ("According to Ann Hale, the mayor, the wall broke.", "Ann Hale", ["the wall broke"]),
        ("The wall broke, according to police.", "police", ["The wall broke"]),
        ("PORT MERRIN (Northern Wire) - The wall broke, police said.", "police", ["The wall broke"]),
        ("In a statement, Skerry Line said it was sorry.", "Skerry Line", ["it was sorry"]),
        ("The ministry's statement said the bridge was safe.", "the ministry", ["the bridge was safe"]),
        ("Hale was quoted as saying the bridge was safe.", "Hale", ["the bridge was safe"]),
        ("The Merrin Courier quoted Hale as saying the bridge was safe.", "Hale", ["the bridge was safe"]),
        ("Activist groups say the camp is empty.", "activist groups", ["the camp is empty"]),
        ("Russia's Defence Ministry said the depot was hit.", "Russia's Defence Ministry", ["the depot was hit"]),
        ("Adela Quist, the owner of the line, denied that she knew.", "Adela Quist", ["she knew"]),
        ("Ann Hale and Ivo Strand said they would appeal.", "Ann Hale and Ivo Strand", ["they would appeal"]),
        ("Security was tight, said Bain and Co.", "Bain and Co", ["Security was tight"]),
        ("Bally said it was late.", "Bally", ["it was late"]),
        ("Ann Hale, head of the guild, which runs the port, said no.", "Ann Hale", ["no"]),
        ("Liberal MP Ann Hale said it was late.", "Ann Hale", ["it was late"]),
        ('Hale called the plan "a coat of paint".', "Hale", ['the plan "a coat of paint"']),
        ('Police described the driver as "a danger".', "police", ['the driver as "a danger"']),
        ("Mayor Ann Hale praised the crews and warned that it would rain.", "Ann Hale", ["it would rain"]),
        ("Ivo Renn, head of the union, met Strand and called the cuts “a blow”.", "Ivo Renn", ["the cuts “a blow”"]),
    ],
)
def test_speaker_and_words_are_read(text: str, speaker: str, words: list[str]) -> None:
    one = only(text)
    assert one.speaker == speaker
    assert said(text, one) == words


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A spokesman for Hale said it was late.", "a spokesman for Hale"),
        ("The fire chief said nobody was hurt.", "the fire chief"),
        ("Officials at the port said it was over.", "officials at the port"),
        ("Hale's lawyer said it was late.", "Hale's lawyer"),
        ("A ministry official said it was late.", "a ministry official"),
    ],
)
def test_whoever_has_no_name_is_known_by_role(text: str, role: str) -> None:
    one = only(text)
    assert (one.speaker, one.role, one.anonymous) == ("", role, False)


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("Foreign Ministry spokesman Ivo Renn said no.", "Ivo Renn", "Foreign Ministry spokesman"),
        ("The mayor of Carrow, Ann Hale, said no.", "Ann Hale", "the mayor of Carrow"),
        ("Hale's lawyer, Ruth Abelard, said no.", "Ruth Abelard", "Hale's lawyer"),
        ("British Chancellor of the Exchequer Ann Hale said no.", "Ann Hale", "British Chancellor of the Exchequer"),
        ("U.S. Secretary of State Ann Hale said no.", "Ann Hale", "U.S. Secretary of State"),
        ("Lt. Cmdr. Paul Vance of the Coast Guard said no.", "Paul Vance", "Lt. Cmdr. of the Coast Guard"),
    ],
)
def test_a_name_comes_with_its_role(text: str, speaker: str, role: str) -> None:
    one = only(text)
    assert (one.speaker, one.role) == (speaker, role)


@pytest.mark.parametrize(
    "text",
    [
        "A senior official, who spoke on condition of anonymity, said the deal was dead.",
        "A source close to the talks said the deal was dead.",
        '"It is dead," said an official who asked not to be named.',
        "Two officials, speaking on condition of anonymity because of the talks, said the deal was dead.",
    ],
)
def test_a_withheld_name_is_marked(text: str) -> None:
    one = only(text)
    assert one.anonymous and not one.speaker and one.role


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Hale said he knew.", "says"),
        ("Hale denied that he knew.", "denies"),
        ("Hale alleged that Strand knew.", "alleges"),
        ("Hale claimed he knew.", "alleges"),
        ("Hale admitted that he knew.", "confirms"),
        ("Hale promised to resign.", "promises"),
        ("Hale warned that the wall was weak.", "warns"),
        ("Hale estimated the damage at 2 million dollars.", "estimates"),
        ("Hale asked whether the wall was safe.", "asks"),
        ("Hale told residents to leave their homes.", "asks"),
    ],
)
def test_the_verb_tells_the_stance(text: str, stance: str) -> None:
    assert only(text).stance == stance


def test_a_hedge_in_what_is_said_is_kept() -> None:
    assert only("Hale said the wall may fall.").hedge == "may"
    assert only("Hale said he would resign if it fell.").hedge == "if"
    assert only("Hale said it fell in May.").hedge == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The storm flooded the quay.",
        "Residents were told to leave.",
        "Hale did not say whether the bridge was safe.",
        "The company declined to comment.",
        "Bannerman would neither confirm nor deny that.",
        "Neither Hale nor Strand said a word.",
        'The storm called "Ada" reached the port.',
        'The ship is called the "Sea Lavender".',
        "Renn, who left the port last year and said that he was tired, is back.",
        'In May Hale sold the mill and promised "a new one".',
        "Amazon workers walked out and demanded that the company pay.",
        "The Biden administration lifted the ban and said that it was over.",
        "French president Ada Hale came to the port and said that it was over.",
        "Hale refused to step down and admit that she had lied.",
        "Renn wept, Strand shook his head and called the verdict “a farce”.",
        "Renn stayed; Strand went and said that nothing would change.",
        "Renn beat Strand in the final and claimed the gold medal.",
        "Renn, 52, described by Strand as “a liar”, resigned.",
        "Ann Hale, the mayor, called a “liar” by Strand, resigned.",
        "Organisers called off the “Night of Boats”.",
        "The captain called the coast guard from the “Lady Corrine”.",
        "Police arrested a man described as “armed and dangerous”.",
        "The land is claimed by several states.",
        "Prices depend on length according to the size.",
    ],
)
def test_nothing_is_read_where_nobody_speaks(text: str) -> None:
    assert statements(text) == ()


def test_speech_within_speech_is_the_outer_speaker_s() -> None:
    assert only("Hale said Strand had denied taking the money.").speaker == "Hale"
    assert only("Strand denied the charge, police said.").speaker == "police"


def test_two_who_contradict_each_other_are_kept_apart() -> None:
    text = "Seven people died, the authority said, but the union said nine had died."
    one, two = statements(text)
    assert (one.speaker, said(text, one)) == ("the authority", ["Seven people died"])
    assert (two.speaker, said(text, two)) == ("the union", ["nine had died"])
    text = "While Hale said the wall was safe, Strand said it was not."
    one, two = statements(text)
    assert (said(text, one), said(text, two)) == (["the wall was safe"], ["it was not"])


def test_what_is_denied_with_it_is_what_was_said_before() -> None:
    text = "Finch alleged that the radar was broken. Skerry Line denied it."
    one, two = statements(text)
    assert two.speaker == "Skerry Line" and two.stance == "denies"
    assert said(text, two) == said(text, one) == ["the radar was broken"]


def test_a_quotation_goes_on_over_sentences() -> None:
    text = 'Hale said the wall broke. "It was loud. We ran." "Nobody slept."'
    one = only(text)
    assert one.speaker == "Hale" and one.end == len(text)
    assert said(text, one)[1:] == ["It was loud. We ran.", "Nobody slept."]


def test_a_quotation_alone_is_the_last_speaker_s() -> None:
    assert (
        only('"Nobody slept that night."', "Ivo Strand, the captain, said the boat was lost.").speaker == "Ivo Strand"
    )
    assert statements('"Nobody slept that night."', "The boat was lost.") == ()


@pytest.mark.parametrize(
    ("text", "before", "speaker"),
    [
        ("He said it was late.", "Mayor Ivo Strand said no.", "Ivo Strand"),
        ("She said it was late.", "Mr. Strand met Ann Hale, 54, on Monday.", "Ann Hale"),
        ("He said it was late.", "Mayor Ann Hale met the governor, Ivo Strand, on Monday.", ""),
        ("He said it was late.", "Mrs. Hale said no.", ""),
        ("He said it was late.", "The ministry said no.", ""),
        ("It said the wall was safe.", "Skerry Line said no.", "Skerry Line"),
        ("It said the wall was safe.", "Mayor Ann Hale said no.", ""),
        ("Hale said it was late.", "Ann Hale is the mayor.", "Ann Hale"),
        ("Hale said it was late.", "Ann Hale met Victor Hale.", "Hale"),
        ("The captain said he was sorry.", "Ivo Renn, the captain, said no.", "Ivo Renn"),
        ("The company said it was sorry.", "Skerry Holdings said no.", "Skerry Holdings"),
        ("The company said it was sorry.", "Ann Hale said no.", "the company"),
    ],
)
def test_who_is_meant_is_told_only_where_it_is_sure(text: str, before: str, speaker: str) -> None:
    assert only(text, before).speaker == speaker


def test_he_is_not_the_first_of_two_who_were_named() -> None:
    text = 'Captain Luke Tobin scored twice. Goalkeeper Pascal Reyes stopped 38 shots. "I saw half of them," he said.'
    assert only(text).speaker != "Luke Tobin"


_PIECES = st.sampled_from(
    ['"', "“", "”", ", ", ". ", " said ", "Ann Hale", "the mayor", " told ", "reporters ", "that ", "according to ", "it broke",
     " and ", "but ", "he ", "denied ", "it", "(", "<Co> ", "’s ", "quoted as saying ", "\n"]
)  # fmt: skip


@given(st.text(max_size=80) | st.lists(_PIECES, max_size=25).map("".join), st.lists(_PIECES, max_size=8).map("".join))
def test_every_span_lies_in_the_paragraph(text: str, before: str) -> None:
    for one in statements(text, before):
        assert 0 <= one.start < one.end <= len(text)
        assert one.said and all(one.start <= start < end <= one.end for start, end in one.said)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_a_speaker_stands_in_the_text(text: str) -> None:
    flat = " ".join(text.replace("<", "").replace(">", "").split()).lower()
    assert all(one.speaker.lower() in flat for one in statements(text))


def test_a_long_paragraph_without_end_is_read_at_once() -> None:
    start = time.process_time()
    statements("A" * 5000 + " said " + "Aa, " * 2000 + '"' + "said Hale, " * 500)
    statements("Hale and " * 1500 + "said so " * 300)
    assert time.process_time() - start < 4


def test_one_subject_may_speak_with_two_verbs() -> None:
    text = 'Hale called the plan "a joke" and said that it would fail.'
    assert [(one.verb, said(text, one)) for one in statements(text)] == [
        ("called", ['the plan "a joke"']),
        ("said", ["it would fail"]),
    ]


def test_she_is_named_in_the_paragraph_above_where_only_a_quotation_stands_between() -> None:
    one = only('"The law asks for a mark," she wrote.', "Judge Ottilie Renn let eight of the ballots stand.")
    assert (one.speaker, one.role) == ("Ottilie Renn", "Judge")
    assert only("The captain left at nine. He said that he was ill.", "Mayor Ivo Renn opened the pier.").speaker == ""
    assert only('A driver was hurt. "I saw nothing," he said.', "Oskar Lind, 54, ran the line.").speaker == ""


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('The harbor master, Ivo Strand, blamed Skerry Line. "They were warned," he said.', "Ivo Strand"),
        ('Commander Ann Hale of the Harbor Office would not wait. "We go tonight," she said.', "Ann Hale"),
        ('Counsel for Skerry Line, Per Lund, disputed the count. He said it was "a guess".', "Per Lund"),
        ('Per Lund of the Fishers League spoke of "a winter without nets".', "Per Lund"),
        ("Ivo Strand, the Harbor Commissioner, is not alarmed. He pointed out that the quay was new.", "Ivo Strand"),
    ],
)
def test_whoever_opens_the_sentence_above_goes_on_speaking(text: str, speaker: str) -> None:
    assert statements(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "A clerk who asked not to be named because she feared for her post said the file had been burned.",
        "A lodger, who spoke on condition of anonymity because guests are barred from talking, said the stairs were wet.",
    ],
)
def test_a_source_keeps_its_clause_and_stays_anonymous(text: str) -> None:
    made = only(text)
    assert made.speaker == "" and made.anonymous and made.role.startswith("a ")


def test_a_claim_is_whose_it_is_said_to_be_and_not_who_rejects_it() -> None:
    text = (
        'Ann Hale, the owner, rejected a claim by the council that the pump had failed. "It ran all night," she said.'
    )
    told = {one.who: text[slice(*one.said[0])] for one in statements(text)}
    assert told["the council"] == "the pump had failed" and told["Ann Hale"] == "It ran all night"


def test_nobody_denies_what_they_have_just_said() -> None:
    text = "A clerk, who was not authorized to discuss it, said Hale had been paid. She denied it."
    said, denied = statements(text)
    assert said.anonymous and denied.stance == "denies" and denied.who != said.who
