"""Questions about speech: the words go to whoever spoke them, and to nobody else."""

from __future__ import annotations

import pytest

from index import Article, Paragraph, Passage
from rag.question import understand
from rag.statements.answering import SpeechFound, answer_speech
from rag.statements.asked import speech_asked
from rag.statements.meaning import Meaning, in_other_words
from rag.statements.whose import of_namesake, spoken
from rag.values import Evidence

FERRY = """The number of dead was disputed on Thursday. Clive Bannerman, the director of the harbor authority, said seven people had died.

Dolores Finch, the union's representative, said the dead numbered nine. "They are leaving out two of our people," she said.

Finch alleged that one of the two radars had been broken for a week. Skerry Line denied it. "All equipment was in working condition," it said in a statement.

A spokesman for Adela Quist, the owner, said the hearing would be public.

An official, who spoke on condition of anonymity, said the captain had been warned twice.

Captain Tobias Renn admitted that he had sailed without a second mate. He denied that he had been drinking.

The coroner, Lucian Reyes, confirmed that two bodies had been found in the engine room.

Victor Pell promised to pay for the funerals. His sister, Nora Pell, said the funerals would be held in Carrow.

Pell said the town had been kind."""


def passages(text: str = FERRY) -> tuple[Passage, ...]:
    every, at = [], 0
    for number, part in enumerate(text.split("\n\n"), 1):
        every.append(Paragraph(f"p{number}", "a", number, "body", at, at + len(part), part))
        at += len(part) + 2
    article = Article("a", "ferry.txt", "Ferry sinks off Port Merrin", text=text, paragraphs=tuple(every))
    return tuple(Passage(p, article, p.number, 1.0, 0.5) for p in every)


def found(question: str, text: str = FERRY) -> SpeechFound | None:
    asked = speech_asked(understand(question))
    assert asked is not None, question
    return answer_speech(asked, spoken(passages(text)))


def speakers(answer: SpeechFound | None) -> list[str]:
    return [statement.who for statement, _ in answer.told[: answer.fitting]] if answer else []


@pytest.mark.parametrize(
    ("question", "kind", "whom", "stance", "about"),
    [
        ("What did Clive Bannerman say about the dead?", "what", "Clive Bannerman", "says", "the dead"),
        ("What has the union said?", "what", "the union", "says", ""),
        ("How did Skerry Line respond to the allegation?", "what", "Skerry Line", "says", "the allegation"),
        ("What did Finch allege?", "what", "Finch", "alleges", ""),
        ("Who said that nine people had died?", "who", "", "says", "nine people had died"),
        ("Who has denied that the radar was broken?", "who", "", "denies", "the radar was broken"),
        ("Which official told reporters that the boat was lost?", "who", "", "says", "the boat was lost"),
        ("Did Renn admit that he sailed without a mate?", "whether", "Renn", "confirms", "he sailed without a mate"),
        ("Did the mayor deny taking money?", "whether", "the mayor", "denies", "taking money"),
        ("Has Victor Pell promised to pay?", "whether", "Victor Pell", "promises", "pay"),
    ],
)
def test_a_question_about_speech_is_taken_apart(question: str, kind: str, whom: str, stance: str, about: str) -> None:
    asked = speech_asked(understand(question))
    assert asked is not None
    assert (asked.kind, asked.whom, asked.stance, asked.about) == (kind, whom, stance, about)


@pytest.mark.parametrize(
    "question",
    [
        "How many people died?",
        "When did the ferry sink?",
        "Who is the director of the harbor authority?",
        "Did the ferry sink on Wednesday?",
        "What did he say?",
        "What happened to the captain?",
        "Did it rain?",
    ],
)
def test_other_questions_are_none_about_speech(question: str) -> None:
    assert speech_asked(understand(question)) is None


def test_what_somebody_said_comes_from_nobody_else() -> None:
    assert set(speakers(found("What did Dolores Finch say?"))) == {"Dolores Finch"}
    assert set(speakers(found("What did Clive Bannerman say about the dead?"))) == {"Clive Bannerman"}


def test_what_was_said_of_the_topic_comes_first() -> None:
    answer = found("What did Finch say about the radars?")
    assert answer is not None and answer.fitting < len(answer.told)
    statement, passage = answer.told[0]
    assert "radars" in passage.paragraph.text[statement.start : statement.end]


def test_nothing_is_told_of_a_topic_on_which_somebody_was_silent() -> None:
    assert found("What did Clive Bannerman say about the weather?") is None


def test_a_spokesman_is_not_the_one_for_whom_he_speaks() -> None:
    assert found("What did Adela Quist say?") is None
    assert found("Did Adela Quist say that the hearing would be public?") is None
    assert speakers(found("Who said the hearing would be public?")) == ["a spokesman for Adela Quist, the owner"]


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who said that seven people had died?", "Clive Bannerman"),
        ("Who said the dead numbered nine?", "Dolores Finch"),
        ("Who denied that one of the radars had been broken?", "Skerry Line"),
        ("Who alleged that one of the radars was broken?", "Dolores Finch"),
        ("Who admitted that he had sailed without a second mate?", "Tobias Renn"),
        ("Who confirmed that two bodies had been found?", "Lucian Reyes"),
        ("Who promised to pay for the funerals?", "Victor Pell"),
    ],
)
def test_whoever_said_it_is_named(question: str, who: str) -> None:
    assert speakers(found(question)) == [who]


def test_an_anonymous_source_stays_anonymous() -> None:
    answer = found("Who said the captain had been warned twice?")
    assert answer is not None and [one.speaker for one, _ in answer.told] == [""]
    assert answer.told[0][0].anonymous


@pytest.mark.parametrize(
    "question",
    [
        "Did Clive Bannerman say that seven people had died?",
        "Did Finch allege that one of the radars had been broken?",
        "Did Skerry Line deny that one of the radars had been broken?",
        "Did Captain Renn admit that he had sailed without a second mate?",
        "Did Tobias Renn deny that he had been drinking?",
        "Did the coroner confirm that two bodies had been found?",
    ],
)
def test_what_somebody_said_is_confirmed(question: str) -> None:
    answer = found(question)
    assert answer is not None and answer.verdict == "yes"


@pytest.mark.parametrize(
    "question",
    [
        "Did Dolores Finch say that seven people had died?",
        "Did Clive Bannerman say the dead numbered nine?",
        "Did Clive Bannerman allege that one of the radars had been broken?",
        "Did Lucian Reyes admit that he had sailed without a second mate?",
        "Did Tobias Renn confirm that two bodies had been found?",
        "Did Tobias Renn say the captain had been warned twice?",
        "Did Nora Pell promise to pay for the funerals?",
        "Did Nora Pell say the town had been kind?",
        "Did Adela Quist say the hearing would be public?",
        "Did the harbor authority deny that one of the radars had been broken?",
    ],
)
def test_a_swapped_speaker_is_never_confirmed(question: str) -> None:
    answer = found(question)
    assert answer is None or answer.verdict == "no"


def test_no_comes_with_whoever_did_say_it() -> None:
    answer = found("Did Dolores Finch say that seven people had died?")
    assert answer is not None and answer.verdict == "no" and speakers(answer) == ["Clive Bannerman"]


@pytest.mark.parametrize(
    "question",
    [
        "Did Tobias Renn admit that he had been drinking?",
        "Did Skerry Line say that one of the radars had been broken?",
        "Did Skerry Line confirm that one of the radars had been broken?",
    ],
)
def test_a_denial_is_no_admission(question: str) -> None:
    answer = found(question)
    assert answer is not None and answer.verdict == "no"


@pytest.mark.parametrize(
    "question",
    [
        "Did Clive Bannerman say that eight people had died?",
        "Did Clive Bannerman confirm that seven people had died?",
        "Did Dolores Finch say the dead numbered ninety?",
        "Did Tobias Renn say that the lighthouse was dark?",
    ],
)
def test_what_nobody_said_is_left_open(question: str) -> None:
    answer = found(question)
    assert answer is None or answer.verdict == "no"


def test_a_mere_surname_is_nobody_s_where_two_bear_it() -> None:
    assert found("Did Victor Pell say the town had been kind?") is None


def test_the_opposite_is_no_confirmation() -> None:
    text = "Ann Hale, the mayor of Carrow, said the bridge was not safe."
    answer = found("Did Ann Hale say that the bridge was safe?", text)
    assert answer is not None and answer.verdict == "no"
    answer = found("Did Ann Hale deny that the bridge was safe?", text)
    assert answer is not None and answer.verdict == "yes"


@pytest.mark.parametrize(
    ("question", "whom", "about"),
    [
        ("What has the state's bridge engineer said about rust?", "the state's bridge engineer", "rust"),
        ("What has Hale herself said to the charge?", "Hale", "the charge"),
        ("What did Hale have to say about rust?", "Hale", "rust"),
        ('Did Hale call the plan "a coat of paint"?', "Hale", "a coat of paint"),
        ('Who described the plan as "a coat of paint"?', "", "a coat of paint"),
    ],
)
def test_nouns_are_no_verbs_of_speech_and_calling_is_one_of_a_quotation(question: str, whom: str, about: str) -> None:
    asked = speech_asked(understand(question))
    assert asked is not None and (asked.whom, asked.about) == (whom, about)


BRIDGE = """Governor Oda Hale denied that her office had stopped the inspection. "Nobody rang me," she said.

Ines Kroll, the state's bridge engineer, would not speak of the letter. She said the bolts were sound.

Two workers said the bolts were loose. Kroll said that was untrue.

The governor said the ferry would run until May.

Viktor Amsel said the deck was "a coat of paint". He would not apologize to anyone for the noise, Amsel said."""


def quotes(question: str, text: str = BRIDGE) -> list[str]:
    answer = found(question, text)
    told = answer.told[: answer.fitting] if answer else ()
    return [passage.paragraph.text[slice(*one.said[0])] for one, passage in told]


def test_whoever_goes_on_speaking_speaks_of_the_same() -> None:
    assert quotes("What did Oda Hale say about the inspection?")[1:] == ["Nobody rang me"]


def test_a_role_is_whoever_bears_it_by_name_too() -> None:
    said = quotes("What did the state's bridge engineer say about the bolts?")
    assert said[0] == "the bolts were sound" and any("untrue" in one for one in said) and len(said) == 2


def test_a_title_is_its_only_bearer_and_nobody_where_there_are_two() -> None:
    assert quotes("What did Oda Hale say about the ferry?") == ["the ferry would run until May"]
    assert quotes("What did the governor say about the inspection?")[0].endswith("stopped the inspection")
    two = BRIDGE + "\n\nGovernor Per Lund was silent."
    assert quotes("What did Oda Hale say about the ferry?", two) == []


def test_no_takes_nearly_all_of_the_words_and_spellings_are_alike() -> None:
    no = found("Did Oda Hale say that she would not apologise to anyone for the noise?", BRIDGE)
    assert no is not None and no.verdict == "no" and speakers(no) == ["Viktor Amsel"]
    assert found("Did Oda Hale say that the deck was a thick coat?", BRIDGE) is None


def test_the_words_of_another_sentence_tell_nobody_s_sex() -> None:
    text = (
        'Ann Hale accused the captain. "I can read," she said.\n\nPer Lund, 52, rejected this. "I was asleep," he said.'
    )
    assert quotes("What did Per Lund say to the accusation?", text)[-1] == "I was asleep"


def test_of_a_topic_in_other_words_counts_where_the_reader_finds_the_answer() -> None:
    asked = speech_asked(understand("What did Ines Kroll say about corrosion?"))
    told = spoken(passages(BRIDGE))
    assert asked and answer_speech(asked, told) is None
    passage = next(p for _, p in told if "the bolts were sound" in p.paragraph.text)

    def read(words: str) -> dict[str, Evidence]:
        at = passage.paragraph.text.index(words)
        return {passage.paragraph.id: Evidence(passage, 0.9, 0.8, (0, 80), (at, at + len(words)))}

    answer = answer_speech(asked, told, read("the bolts were sound"))
    assert answer is not None and speakers(answer) == ["Ines Kroll"]
    assert answer_speech(asked, told, read("would not speak")) is None


@pytest.mark.parametrize(
    ("text", "name", "another"),
    [
        ("Pavel Brok, 54, denied it.", "Samuel Brok", True),
        ("Pavel Brok said he was ill.", "Commander Samuel Brok", True),
        ("Pavel Brok said that Brok was ill.", "Samuel Brok", False),
        ("Pavel Brok said he was ill.", "Mayor Brok", False),
        ("But Brok denied it.", "Samuel Brok", False),
        ("Sam Brok said he was ill.", "Samuel Brok", False),
        ("Samuel James Brok said he was ill.", "Samuel Brok", False),
        ("Samuel and Nora Brok said they were ill.", "Samuel Brok", False),
        ("North Korea fired a missile.", "South Korea", False),
        ("The Corrine sank at nine.", "Lady Corrine", False),
    ],
)
def test_a_namesake_is_another_only_where_nobody_else_can_be_meant(text: str, name: str, another: bool) -> None:
    (passage,) = passages(text)
    assert of_namesake(passage, name, {"Samuel Brok", "Pavel Brok"}) is another


def test_other_words_are_nobody_s_where_another_says_nearly_as_much() -> None:
    told = spoken(passages())
    asked = speech_asked(understand("Who said that the wireless gear was out of order?"))
    assert asked is not None
    places = [place for place, (one, _) in enumerate(told) if one.speaker in ("Dolores Finch", "Clive Bannerman")]
    sure, near, far = Meaning(0.7, 0.9, 0.6), Meaning(0.7, 0.85, 0.6), Meaning(0.9, 0.9, 0.2)
    alone = in_other_words(asked, told, {places[-1]: sure, places[0]: far}, {})
    assert alone is not None and [one.speaker for one, _ in alone.told] == ["Dolores Finch"]
    assert in_other_words(asked, told, {places[-1]: sure, places[0]: near}, {}) is None
    assert in_other_words(asked, told, {places[0]: far}, {}) is None


def test_a_yes_in_other_words_needs_the_reader_s_answer_to_the_whole_question() -> None:
    told = spoken(passages())
    asked = speech_asked(understand("Did Dolores Finch say that the gear was out of order?"))
    assert asked is not None
    place = next(n for n, (one, _) in enumerate(told) if one.speaker == "Dolores Finch")
    assert in_other_words(asked, told, {place: Meaning(0.7, 0.9, 0.6)}, {}) is None
