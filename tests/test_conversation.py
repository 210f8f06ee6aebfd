"""Follow-up questions stand alone: what they leave to the conversation is filled in, all else is left."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.rewrites import Row, f1
from index import Article, Paragraph
from rag import Answer, Citation, Claim
from rag.conversation import standalone


def turn(question: str, *claims: Claim) -> Answer:
    return Answer(question, question, claims=claims)


def bold(text: str, part: str, *citations: Citation) -> Claim:
    start = text.index(part)
    return Claim(text, citations, emphasis=(start, start + len(part)))


def alone(question: str, *history: Answer | str) -> str:
    return standalone(question, [turn(h) if isinstance(h, str) else h for h in history])


RENN = turn("What did Captain Renn say about the radar?")
ABELARD = turn("Who is Ruth Abelard?")
FERRY = turn("How many people died when the ferry sank?")
ACCIDENT = turn("How many people were killed in the ferry accident?", bold("Ten people were killed.", "Ten"))
WINNER = turn("Who won the mayoral election?", bold("Nora Strand won it by 312 votes.", "Nora Strand"))
JUDGE = turn("Who leads the inquiry?", Claim("The judge asked for silence.", (), speaker="Ruth Abelard"))
ARREST = turn("Who was arrested in Carrow on Tuesday?", bold("Leonard Vance was arrested.", "Leonard Vance"))
RUSSIA = turn("What did Russia say?", Claim("“We will not leave,” Sergei Orlov said.", (), speaker="Sergei Orlov"))


def test_the_first_question_is_left_alone() -> None:
    assert standalone("What did he say there?", ()) == "What did he say there?"


@pytest.mark.parametrize(
    ("question", "last", "wanted"),
    [
        ("What is her job?", ABELARD, "What is Ruth Abelard's job?"),
        ("Did the mayor meet her?", ABELARD, "Did the mayor meet Ruth Abelard?"),
        ("How old is she?", WINNER, "How old is Nora Strand?"),
        ("What did she ask?", JUDGE, "What did Ruth Abelard ask?"),
        ("and who did he meet?", RUSSIA, "Who did Sergei Orlov meet?"),
        ("Which friend of his came?", ARREST, "Which friend of Leonard Vance came?"),
        ("Did he keep his seat?", RENN, "Did Captain Renn keep his seat?"),
    ],
)
def test_a_pronoun_becomes_the_person_last_spoken_of(question: str, last: Answer, wanted: str) -> None:
    assert alone(question, last) == wanted


@pytest.mark.parametrize("country", ["Russia", "the US", "Saudi Arabia", "NATO", "the Harbor Authority", "the council"])
def test_a_country_or_a_body_is_no_he_but_may_be_they_or_it(country: str) -> None:
    last = f"What did {country} say?"
    assert "he" in alone("Who did he meet?", last).split()
    assert alone("What did they decide?", last) == f"What did {country} decide?"
    assert alone("Why did it decide that?", last) == f"Why did {country} decide that?"


def test_who_is_called_mr_is_no_she() -> None:
    assert alone("Did she agree?", "What did Mr Dunn tell Mrs Strand?") == "Did Mrs Strand agree?"
    assert "she" in alone("What did she say?", "What did Mr Dunn say?").split()


def test_a_role_is_a_person_too() -> None:
    assert alone("Is he still in prison?", "Why was the captain arrested?") == "Is the captain still in prison?"


def test_a_name_that_an_answer_merely_holds_is_not_who_is_meant() -> None:
    last = turn("What did Ruth Abelard decide?", Claim("Judge Abelard wrote to Carl Dunn and Ann Hale.", ()))
    assert alone("When did she write it?", last) == "When did Ruth Abelard write it?"


def test_whoever_was_spoken_of_before_is_found_behind_a_turn_without_people() -> None:
    assert alone("How old is she?", WINNER, "How many votes were cast?") == "How old is Nora Strand?"


@pytest.mark.parametrize("about", ["Skerry Line", "Quist", "the Lady Corrine"])
def test_who_spoke_owns_the_pronoun_not_whom_they_spoke_about(about: str) -> None:
    said = turn(f"What did Renn say about {about}?", Claim("“Nobody came,” Renn said.", (), speaker="Captain Renn"))
    assert alone("When did he say that?", said) == "When did Renn say that?"


@pytest.mark.parametrize(
    "question",
    [
        "Did Assad and his family leave?",
        "Did Ann Hale keep her seat?",
        "Who lost their home?",
        "How do companies hire their staff?",
        "Which towns along the river lost their bridges?",
        "Which airlines have grounded their older planes?",
        "Is it true that Skerry Line was sold?",
        "When is it expected that work will end?",
        "Is there a museum in Port Merrin?",
    ],
)
def test_a_nearer_word_owns_the_pronoun_or_nobody_does(question: str) -> None:
    assert alone(question, RENN) == question


@pytest.mark.parametrize("last", ["When did the trawler Sula sink?", "Who owns the ferry?"])
def test_of_a_question_in_two_parts_the_second_is_about_what_the_first_names(last: str) -> None:
    question = "How much will the dam cost, and who pays for it?"
    assert alone(question, last) == question
    assert alone("Who pays for it, and when?", last) != "Who pays for it, and when?"


@pytest.mark.parametrize("last", ["What did Ruritania demand?", "What did the dockers demand?"])
def test_those_asked_for_own_what_is_theirs_whoever_was_spoken_of_before(last: str) -> None:
    assert alone("Which states recalled their envoys?", last) == "Which states recalled their envoys?"


def test_whoever_stands_behind_the_auxiliary_is_not_owned_by_those_asked_for() -> None:
    last = "What did the dockers demand?"
    assert alone("Which ports did their leaders visit?", last) == "Which ports did the dockers' leaders visit?"


@pytest.mark.parametrize(
    ("question", "last", "wanted"),
    [
        ("Did it have a radar?", "Where did the ferry sink?", "Did the ferry have a radar?"),
        ("Who opposed it?", "Did the council approve the lease of the pier?", "Who opposed the lease?"),
        ("Who paid for it?", "How much did the new bridge over the Tarn cost?", "Who paid for the new bridge?"),
        ("What are its symptoms?", "What is marsh fever?", "What are marsh fever's symptoms?"),
        ("Were they paid?", "What did the council decide?", "Was the council paid?"),
        ("How did they vote?", "Did the councillors discuss the lease?", "How did the councillors vote?"),
        ("Is there hope for them?", "How many miners are trapped?", "Is there hope for the miners?"),
        ("What did they say?", "What did Ruritania and Graustark agree on?", "What did Ruritania and Graustark say?"),
        ("What did they plan?", "What did police say about the fire?", "What did police plan?"),
        (
            "Who urged them to accept it?",
            "How many dockers rejected the new contract?",
            "Who urged the dockers to accept the new contract?",
        ),
    ],
)
def test_it_and_they_become_things_and_groups(question: str, last: str, wanted: str) -> None:
    assert alone(question, last) == wanted


@pytest.mark.parametrize(
    ("last", "wanted"),
    [
        (FERRY, "How many of the people who died when the ferry sank were children?"),
        (ACCIDENT, "How many of the people killed in the ferry accident were children?"),
        ("How many ministers are in the cabinet?", "How many of the ministers in the cabinet were children?"),
    ],
)
def test_of_them_is_of_those_who_were_counted(last: Answer | str, wanted: str) -> None:
    assert alone("How many of them were children?", last) == wanted


@pytest.mark.parametrize(
    ("question", "last", "wanted"),
    [
        ("What happened there?", ARREST, "What happened in Carrow?"),
        ("Did he go there?", "Did Ann Hale meet Carl Dunn in Moscow?", "Did Carl Dunn go to Moscow?"),
        ("Who else was there?", "Who spoke at the council meeting?", "Who else was at the council meeting?"),
        (
            "Who works there?",
            turn("Where were they found?", bold("They were found near the Ulm mine.", "the Ulm mine")),
            "Who works near the Ulm mine?",
        ),
    ],
)
def test_there_becomes_the_place(question: str, last: Answer | str, wanted: str) -> None:
    assert alone(question, last) == wanted


def test_that_day_becomes_the_day_of_the_question_or_the_calendar_day_of_the_answer() -> None:
    assert alone("What else happened that day?", ARREST) == "What else happened on Tuesday?"
    text = "The ferry sank on Wednesday evening off Carrow."
    article = Article(id="a", path="a.txt", title="Ferry sinks", published=date(2026, 3, 13), text=text)
    paragraph = Paragraph(id="p", article_id="a", number=1, text=text, start=0, end=len(text), kind="body")
    told = bold(text, "Wednesday evening", Citation(1, article, paragraph, 0, len(text)))
    last = turn("When did the ferry sink?", told)
    assert alone("What else happened that day?", last) == "What else happened on 11 March 2026?"
    assert alone("What else happened that year?", last) == "What else happened in 2026?"
    assert "that day" in alone("What else happened that day?", "Did the ferry sink?")


@pytest.mark.parametrize(
    ("question", "last", "wanted"),
    [
        ("Why?", "Did Assad resign?", "Why did Assad resign?"),
        ("But why?", "Has the governor vetoed the bill?", "Why has the governor vetoed the bill?"),
        ("When was that?", "Where did the ferry sink?", "When did the ferry sink?"),
        ("Where?", ACCIDENT, "Where were the people killed in the ferry accident?"),
        ("Why?", FERRY, "Why was it that the people died when the ferry sank?"),
        ("When?", WINNER, "When was it that Nora Strand won the mayoral election?"),
        ("Why?", ARREST, "Why was Leonard Vance arrested in Carrow on Tuesday?"),
        ("Why?", RENN, "Why did Captain Renn say that about the radar?"),
        ("By how much?", "Did prices rise in May?", "By how much did prices rise in May?"),
        ("Who else?", ARREST, "Who else was arrested in Carrow on Tuesday?"),
        ("Who said so?", ACCIDENT, "Who said how many people were killed in the ferry accident?"),
    ],
)
def test_a_bare_question_word_takes_the_frame_of_the_last_question(
    question: str, last: Answer | str, wanted: str
) -> None:
    assert alone(question, last) == wanted


@pytest.mark.parametrize(
    ("question", "last", "wanted"),
    [
        ("And the injured?", ACCIDENT, "How many people were injured in the ferry accident?"),
        ("And the injured?", FERRY, "How many people were injured when the ferry sank?"),
        ("How many were injured?", ACCIDENT, "How many people were injured in the ferry accident?"),
        ("What about the crew?", FERRY, "How many of the crew died when the ferry sank?"),
        ("And children?", ACCIDENT, "How many children were killed in the ferry accident?"),
        ("And how many women?", ACCIDENT, "How many women were killed in the ferry accident?"),
        ("And Carrow?", "How many houses were flooded in Port Merrin?", "How many houses were flooded in Carrow?"),
        ("And Ruritania's?", "What is the debt of Graustark?", "What is the debt of Ruritania?"),
        ("And Ruritania's?", "How large is Graustark's debt?", "How large is Ruritania's debt?"),
        ("And in May?", "How many ships arrived in April?", "How many ships arrived in May?"),
        ("And in May?", "How many ships arrived at the port?", "How many ships arrived at the port in May?"),
        ("What about Tuesday?", "What happened in Carrow on Monday?", "What happened in Carrow on Tuesday?"),
        ("And before that?", "Who was mayor of Carrow in 2019?", "Who was mayor of Carrow before 2019?"),
        ("And the union?", "What did the mayor say about the lease?", "What did the union say about the lease?"),
        ("And about the pier?", "What did the mayor say about the lease?", "What did the mayor say about the pier?"),
        ("And Ann Hale?", "What did Carl Dunn say about the lease?", "What did Ann Hale say about the lease?"),
        ("And the pier?", "How much did the seawall cost?", "How much did the pier cost?"),
        ("And the cost?", "When will the new bridge open?", "What about the cost of the new bridge?"),
        ("What about the other one?", "How fast was the ferry going?", "How fast was the other ferry going?"),
        ("And the second one?", "When did the first bomb explode?", "When did the second bomb explode?"),
        (
            "And what did the union say?",
            "What did the mayor say about the lease?",
            "What did the union say about the lease?",
        ),
    ],
)
def test_a_fragment_stands_for_the_part_of_the_last_question_that_is_like_it(
    question: str, last: Answer | str, wanted: str
) -> None:
    assert alone(question, last) == wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("And who is still missing?", "Who is still missing after the ferry sank?"),
        ("What was the cause?", "What was the cause after the ferry sank?"),
        ("And then?", "What happened next after the ferry sank?"),
        ("Is that true?", "Is that true regarding the ferry?"),
    ],
)
def test_a_question_that_says_too_little_is_asked_about_what_the_last_one_was(question: str, wanted: str) -> None:
    assert alone(question, FERRY) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Who won the mayoral election?",
        "How much did the seawall cost?",
        "What did Tess Whitlock say about the terminal?",
        "When did the dockers end their strike?",
        "Thank you, that will do.",
        "What is demurrage?",
        "And him?",
    ],
)
def test_a_new_topic_and_what_is_no_question_are_left_alone(question: str) -> None:
    assert alone(question, FERRY, RENN) == question


@pytest.mark.parametrize(
    ("question", "last", "wanted"),
    [
        (
            "Why not on the first of May?",
            "When did the strike begin?",
            "Why didn't the strike begin on the first of May?",
        ),
        ("The year before?", "How many boats did Fenn build in 2021?", "How many boats did Fenn build in 2020?"),
        ("And the year before?", "What did Fenn earn last year?", "What did Fenn earn the year before last?"),
        ("And the dockers, when did they walk out?", "Who closed the port?", "When did the dockers walk out?"),
        ("What about the mayor, how did she vote?", "Who voted against?", "How did the mayor vote?"),
        ("How many of them are there?", "What did Fenn's welders demand?", "How many of Fenn's welders are there?"),
        ("How many of those sank?", "Who built the boats?", "How many of the boats sank?"),
        (
            "When did they leave?",
            "How many people live on the quay?",
            "When did the people who live on the quay leave?",
        ),
        ("Were they unanimous?", "How many of the claims did the judges reject?", "Were the judges unanimous?"),
        (
            "Is it higher than ours?",
            "Where does Ruth Abelard's count stand?",
            "Is Ruth Abelard's count higher than ours?",
        ),
        ("And their demands?", "What did Fenn's welders say?", "What about Fenn's welders' demands?"),
    ],
)
def test_what_belongs_to_somebody_and_what_was_counted_may_be_meant(question: str, last: str, wanted: str) -> None:
    assert alone(question, last) == wanted


def test_a_pronoun_goes_on_meaning_whom_it_meant() -> None:
    before = turn("Who leads the inquiry?", bold("Ruth Abelard leads it.", "Ruth Abelard"))
    asked = "What did she ask for?"
    answer = Claim("“A chart,” Leonard Vance said.", (), speaker="Leonard Vance")
    last = Answer(asked, alone(asked, before), claims=(answer,))
    assert alone("When did she leave?", before, last) == "When did Ruth Abelard leave?"


def test_whom_nobody_knew_a_moment_ago_nobody_named_in_the_answer_is() -> None:
    before = turn("Who owns Fenn & Daughter?")
    asked = "How much did she offer?"
    last = Answer(asked, alone(asked, before), claims=(Claim("“Much,” Li Rao said.", (), speaker="Li Rao"),))
    assert "Fenn & Daughter" in last.standalone_question
    assert "Li Rao" not in alone("When did she give up?", before, last)


def test_who_is_asked_for_may_stand_in_a_later_sentence_of_the_answer() -> None:
    where = Claim("The yard stands on the quay.", (), emphasis=(0, 8))
    last = turn("Who is the boss of the yard?", where, bold("Ruth Abelard, the head, agreed.", "Ruth Abelard"))
    assert alone("Is she staying on?", last) == "Is Ruth Abelard staying on?"


def test_a_trade_that_no_list_knows_is_a_person_where_a_name_goes_with_it() -> None:
    beekeeper = turn(
        "Which beekeeper was stung?", bold("The beekeeper Ada Lorn was stung twice.", "The beekeeper Ada Lorn")
    )
    assert alone("How old was she?", beekeeper) == "How old was Ada Lorn?"
    lower = turn("Which glazier fell?", bold("It was the glazier Tom Vess.", "the glazier Tom Vess"))
    assert alone("How old was he?", lower) == "How old was the glazier Tom Vess?"
    assert alone("When did it sink?", "How big was the ferry Lady Corrine?") == "When did the ferry Lady Corrine sink?"


def test_an_office_behind_a_name_and_the_agency_before_a_report_are_nobody() -> None:
    head = turn("Who ran the works?", bold("Ivo Marr of Tolm Glass came at nine.", "Ivo Marr of Tolm Glass"))
    assert alone("When did he leave?", head) == "When did Ivo Marr leave?"
    report = turn(
        "Who shut the works?",
        bold("DORN, Aug 5 (Palisade) - The owners shut them.", "DORN, Aug 5 (Palisade) - The owners"),
    )
    assert "Palisade" not in alone("When did he leave?", report)
    state = turn("Who took the works?", bold("Calmark's government took them.", "Calmark's government"))
    assert "she" in alone("What does she plan?", state).split()


def test_whoever_was_he_is_not_she_later() -> None:
    he = Answer("Where was he born?", "Where was Ivo Marr born?", claims=())
    assert "she" in alone("When does she come?", "Who is Ivo Marr?", he).split()
    his = Answer("Where is his dog?", "Where is Ivo Marr's dog?", claims=(bold("Jon Peel has it.", "Jon Peel"),))
    assert alone("How old is he?", "Who is Ivo Marr?", his) == "How old is Ivo Marr?"


def test_what_stands_in_a_thing_does_not_own_it() -> None:
    assert (
        alone("Is there a fine in its lease?", "Who is to build the plant?") == "Is there a fine in the plant's lease?"
    )


@pytest.mark.parametrize("opening", ["By the way, ", "Something else: ", "On another note, ", "Different question: "])
def test_an_announced_new_topic_takes_nothing_along(opening: str) -> None:
    assert alone(f"{opening}who found it in the old harbor?", RENN) == "Who found it in the old harbor?"


def test_names_are_taken_along_as_they_were_written() -> None:
    assert "St. Brannock Island" in alone("Why?", "Was the pier on St. Brannock Island closed?")


def test_the_last_turn_is_the_one_spoken_of() -> None:
    assert alone("Where was she born?", RENN, ABELARD) == "Where was Ruth Abelard born?"


def test_a_chain_of_follow_ups_keeps_its_topic() -> None:
    second = alone("And the injured?", FERRY)
    third = standalone("Why?", (FERRY, Answer("And the injured?", second)))
    assert third == "Why were the people injured when the ferry sank?"


def test_a_pronoun_without_a_person_stays() -> None:
    assert "he" in alone("What did he say?", "What happened?").split()


def test_the_turns_of_a_conversation_are_held_back_together_or_not_at_all() -> None:
    opening = Row("made", (), "Who is Ruth Abelard?", "Who is Ruth Abelard?")
    later = Row("made", ("Who is Ruth Abelard?", "A judge."), "Is she old?", "Is Ruth Abelard old?")
    assert opening.held_back == later.held_back
    assert len({Row("made", (f"Who is number {n}?",), "Why?", "Why?").held_back for n in range(30)}) == 2


def test_the_measure_is_whole_for_the_human_rewrite_and_less_for_what_lacks_its_words() -> None:
    assert f1("is ruth abelard old", "Is Ruth Abelard old?") == 1
    assert f1("Is she old?", "Is Ruth Abelard old?") < 1


WORDS = st.lists(
    st.sampled_from(
        [
            "and",
            "he",
            "she",
            "they",
            "it",
            "that",
            "there",
            "why",
            "who",
            "how",
            "many",
            "of",
            "them",
            "the",
            "ferry",
            "Ann",
            "Hale",
            "did",
            "was",
            "in",
            "May",
            "?",
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=3))
def test_every_question_comes_back_and_is_not_much_longer_than_the_conversation(
    question: str, before: list[str]
) -> None:
    history = [turn(text) for text in before]
    whole = standalone(question, history)
    assert whole.strip()
    assert "  " not in whole
    assert len(whole) <= len(question) + 2 * sum(map(len, before)) + 40


def test_a_long_question_is_answered_for_at_once() -> None:
    began = time.process_time()
    for part in ("the ferry ", "Ann Hale and ", "how many ", "in May ", "of them ", "it and they "):
        alone((part * 400)[:4000] + "?", (part * 400)[:4000] + "?")
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("question", "last", "wanted"),
    [
        ("At what hour?", "Where did the barge run aground?", "At what hour did the barge run aground?"),
        (
            "On whose advice?",
            "Which gate did the warden close in May?",
            "On whose advice did the warden close the gate in May?",
        ),
        ("Since when has he kept the lock?", "Who is Carl Dunn?", "Since when has Carl Dunn kept the lock?"),
        ("Who's his deputy?", "Who is Carl Dunn?", "Who is Carl Dunn's deputy?"),
        ("His age?", "Who is Carl Dunn?", "What is Carl Dunn's age?"),
        ("How old is the man?", "Who is Carl Dunn?", "How old is Carl Dunn?"),
        ("Where did they arrest him?", "What did Hale & Sons say of Carl Dunn?", "Where did they arrest Carl Dunn?"),
        ("When did it leave?", "How many were on board Flight 47?", "When did Flight 47 leave?"),
        ("Can she who lost appeal?", "Who is Ann Hale?", "Can she who lost appeal?"),
    ],
)
def test_what_a_follow_up_leaves_out_is_taken_from_the_question_before(question: str, last: str, wanted: str) -> None:
    assert alone(question, last) == wanted


def test_where_one_of_a_kind_was_asked_for_it_is_the_one_in_the_answer() -> None:
    last = turn("Which party left the council?", bold("The River Party left on Monday.", "River Party"))
    assert alone("How many seats had it?", last) == "How many seats had the River Party?"


def test_a_place_is_no_he() -> None:
    assert "he" in alone("Does he work there?", "What set off the strike on the Long Meadow?").split()
