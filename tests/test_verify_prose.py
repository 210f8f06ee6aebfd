"""A written sentence is believed only as far as the cited paragraph carries it."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.verify import Judgement, Source, judge, quotations
from rag.verify.quantities import quantities

DAY = date(2026, 5, 15)  # a Friday
HEADER = "Fire closes mill in Oster, Oster Herald, Friday 15 May 2026"
MILL = (
    "Fire broke out at the Talbot mill on Wednesday night. Twelve people were killed and 30 were injured, "
    "Fire Chief Dora Lund said. About 2,400 tons of grain burned. The owner, Ivo Talbot, lost $2.4 million."
)
TALK = (
    "Ivo Talbot accused Dora Lund of acting too slowly. “We were there in nine minutes, and the doors were locked,” "
    "Lund said. Talbot denied that the doors had been locked. The mill may reopen in June."
)
VOTE = (
    "The council approved the bridge by six votes to five on 12 May because the ferry no longer pays. "
    "Mayor Nils Brandt voted against it. Nora Brandt, a farmer, had not been asked."
)


def judged(sentence: str, text: str = MILL, *, before: str = "", support: float = 0.9) -> Judgement:
    return judge(sentence, [Source(text, text, before, HEADER, DAY)], support)


@pytest.mark.parametrize("text", [MILL, TALK, VOTE])
def test_the_sources_own_sentences_are_supported(text: str) -> None:
    assert judged(text, text, support=0.0) == Judgement("supported")
    for sentence in text.split(". "):
        assert judged(sentence.rstrip(".") + ".", text).verdict == "supported"


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Twelve people died in the fire at the Talbot mill.", MILL),
        ("Dora Lund, the fire chief, said that 12 people were killed and thirty injured.", MILL),
        ("The fire broke out on Wednesday, 13 May.", MILL),
        ("Ivo Talbot lost 2.4 million dollars in the fire.", MILL),
        ("Around 2,400 tons of grain burned.", MILL),
        ("Dora Lund was accused by Ivo Talbot of acting too slowly.", TALK),
        ("According to Lund, the doors were “locked”.", TALK),
        ("It is possible that the mill may reopen in June.", TALK),
        ("The bridge was approved by the council on May 12.", VOTE),
        ("Because the ferry no longer pays, the council approved the bridge.", VOTE),
        ("Nora Brandt was not asked.", VOTE),
    ],
)
def test_the_same_in_other_words_is_supported(sentence: str, text: str) -> None:
    found = judged(sentence, text)
    assert found == Judgement("supported")


@pytest.mark.parametrize(
    ("sentence", "text", "kind"),
    [
        ("Fourteen people were killed.", MILL, "number"),
        ("Thirty people were killed and 12 were injured, Dora Lund said.", MILL, "number"),
        ("At most 12 people were killed and 31 were injured.", MILL, "number"),
        ("Ivo Talbot lost €2.4 million.", MILL, "unit"),
        ("Ivo Talbot lost $2.4 billion.", MILL, "unit"),
        ("About 2,400 pounds of grain burned.", MILL, "unit"),
        ("Fire broke out at the Talbot mill on Thursday night.", MILL, "date"),
        ("The fire broke out on 6 May.", MILL, "date"),
        ("The council approved the bridge on 12 June.", VOTE, "date"),
        ("The owner, Ivo Kessler, lost $2.4 million.", MILL, "name"),
        ("Fire broke out at the Talbot mill in Garmond.", MILL, "name"),
        ("Mayor Nora Brandt voted against it.", VOTE, "name"),
        ("Karl Brandt voted against the bridge.", VOTE, "name"),
        ("Dora Lund accused Ivo Talbot of acting too slowly.", TALK, "name"),
        ("Ivo Talbot was accused by Dora Lund of acting too slowly.", TALK, "name"),
        ("“We were there in nine minutes, and the gates were locked,” Lund said.", TALK, "quote"),
        ("“The owner lost everything in one night,” Dora Lund said.", MILL, "quote"),
        ("“We were there … the doors had been locked,” Lund said.", TALK, "quote"),
        ("“We were there in nine minutes, and the doors were locked,” Ivo Talbot said.", TALK, "speaker"),
        ("Twelve people were killed and 30 were injured, Ivo Talbot said.", MILL, "speaker"),
        ("Talbot confirmed that the doors had been locked.", TALK, "negation"),
        (
            "Lomax said the offer was final.",
            "Peter Lomax denied that he had called the offer of 4.2% final.",
            "negation",
        ),
        ("The council did not approve the bridge.", VOTE, "negation"),
        ("Nora Brandt, a farmer, had been asked.", VOTE, "negation"),
        ("Fire broke out at the mill because of the grain.", MILL, "cause"),
        ("The ferry no longer pays because the council approved the bridge.", VOTE, "cause"),
        ("The mayor of Oster has resigned.", MILL, "support"),
    ],
)
def test_one_planted_error_is_found(sentence: str, text: str, kind: str) -> None:
    found = judged(sentence, text)
    assert found.verdict == "unsupported"
    assert kind in {fault.kind for fault in found.faults}, found.faults


@pytest.mark.parametrize(
    ("sentence", "text", "kind"),
    [
        ("The mill will reopen in June.", TALK, "hedge"),
        ("2,400 tons of grain burned.", MILL, "hedge"),
        ("Lund said its plans are cruel.", "Lund said its reported plans for the mill are cruel.", "hedge"),
        ("Nearly 30 people were injured, Dora Lund said.", MILL, "hedge"),
        ("Twelve people were killed and 30 were injured.", MILL, "attribution"),
    ],
)
def test_what_is_said_too_firmly_is_partly_supported(sentence: str, text: str, kind: str) -> None:
    found = judged(sentence, text)
    assert found.verdict == "partly"
    assert {fault.kind for fault in found.faults} == {kind}


def test_the_headline_tells_names_and_days_and_no_figures() -> None:
    assert judged("The fire broke out in Oster on Wednesday night.").verdict == "supported"
    assert (
        judge("15 people were killed.", [Source(MILL, MILL, "", "15 killed in Oster", DAY)], 0.9).verdict
        == "unsupported"
    )


def test_the_paragraph_above_tells_who_he_is() -> None:
    text = "He said the mill would never be built again."
    said = "Ivo Talbot said the mill would never be built again."
    assert judged(said, text, before="Ivo Talbot spoke on Friday.").verdict == "supported"
    assert judged(said, text).verdict == "unsupported"
    assert judged(said, text, before="Dora Lund spoke before Ivo Talbot came.").verdict == "supported"


def test_without_a_date_of_publication_days_are_compared_as_words() -> None:
    source = Source(MILL, MILL)
    assert judge("The fire broke out on Wednesday.", [source], 0.9).verdict == "supported"
    assert judge("The fire broke out on Thursday.", [source], 0.9).verdict == "unsupported"


def test_a_sentence_may_rest_on_two_places() -> None:
    both = [Source(text, text, "", HEADER, DAY) for text in (MILL, VOTE)]
    sentence = "Twelve people were killed at the mill, Dora Lund said, a day after the council approved the bridge."
    assert judge(sentence, both, 0.1).verdict == "supported"
    assert judge(sentence, both[1:], 0.1).verdict == "unsupported"


def test_a_sentence_without_a_source_is_unsupported() -> None:
    assert judge("It burned.", [], 1.0).verdict == "unsupported"


def test_the_reader_is_heard_only_where_words_differ() -> None:
    told = "The blaze at the Talbot mill began on Wednesday night."
    assert judged(told, support=0.0).verdict == "unsupported"
    assert judged(told, support=0.9).verdict == "supported"
    assert judged("Fourteen people were killed.", support=1.0).verdict == "unsupported"
    assert judged("Fire broke out at the mill on Wednesday.", support=0.0).verdict == "supported"


@pytest.mark.parametrize(
    ("words", "tracing"),
    [
        ("“and the doors were locked”", "verified"),
        ("“and the doors were open”", "altered"),
        ("“We were there … doors were locked”", "stitched"),
        ("“We sang all night long”", "not found"),
    ],
)
def test_every_quotation_is_traced(words: str, tracing: str) -> None:
    (found,) = quotations(f"Lund spoke of the night: {words}.", [Source(TALK, TALK)])
    assert found.tracing == tracing


def test_words_in_another_mouth_are_misattributed() -> None:
    (found,) = quotations("“The doors were locked,” Ivo Talbot said.", [Source(TALK, TALK)])
    assert (found.tracing, found.instead) == ("misattributed", "Lund")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5,400 and 5.4 thousand", [(5400, ""), (5400, "")]),
        ("a dozen, two hundred and six", [(12, ""), (206, "")]),
        ("$2.4 million, 2.4 mln dlrs", [(2.4e6, "dollar"), (2.4e6, "dollar")]),
        ("8 percent, eight per cent and 8%", [(8, "percent")] * 3),
        ("48 hours, two days", [(48, "time"), (48, "time")]),
        ("between 2 and 3 million euros", [(2e6, "euro"), (3e6, "euro")]),
        ("four to five feet", [(4, "foot"), (5, "foot")]),
        ("a third of them, a third term", [(1 / 3, "part"), (3, "")]),
        ("6:15 p.m. and noon", [(1095, "clock"), (720, "clock")]),
        ("a 23-year-old", [(23, "")]),
        ("one of them", []),
    ],
)
def test_figures_are_read_as_values_with_units(text: str, values: list[tuple[float, str]]) -> None:
    assert [(pytest.approx(q.value), q.unit) for q in quantities(text)] == values


@given(st.integers(2, 99_999_999))
def test_a_number_with_commas_is_that_number(value: int) -> None:
    (found,) = quantities(f"In all {value:,} jars broke.")
    assert found.value == value


@given(st.integers(13, 999_999), st.integers(13, 999_999))
def test_another_number_is_never_supported(one: int, two: int) -> None:
    text = f"The flood drowned {one:,} sheep in the valley."
    said = judged(f"In the valley the flood drowned {two:,} sheep.", text).verdict
    assert said == ("supported" if one == two else "unsupported")


PIECES = [
    "not ",
    "“",
    "”",
    "Hale said ",
    "5-4 ",
    "$",
    "million ",
    "because ",
    "May ",
    "between 3 and ",
    ", ",
    ". ",
    "(",
    "a third ",
]


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join),
    st.text(max_size=60) | st.sampled_from([MILL, TALK]),
)
def test_any_text_is_judged(sentence: str, text: str) -> None:
    for fault in judged(sentence, text, support=0.5).faults:
        assert fault.why.endswith(".")


@pytest.mark.parametrize(
    "text", ["A" * 20_000, "Aa " * 3_000, "not " * 5_000, "“" * 5_000, "1,2" * 3_000, "3 to 4 " * 2_000]
)
def test_a_long_paragraph_is_judged_at_once(text: str) -> None:
    start = time.process_time()
    judged("Hale said that 5 were killed.", text)
    judged(text[:2000], MILL)
    assert time.process_time() - start < 5


def test_importing_the_check_loads_nothing_heavy() -> None:
    code = "import sys, rag.verify; print([m for m in ('torch', 'openvino', 'llama_index', 'babel', 'openai') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
