"""Prose by a model, what it is told: labels, the prompt, and what fits into it."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, Paragraph, Passage, PilcrowError
from index.sentences import sentences
from rag.prose.budget import fitting, newest
from rag.prose.labels import border, labels
from rag.prose.plain import plain
from rag.prose.prompt import PLACES, Labelled, entry, messages, parse_prompt, rewriting, version
from rag.values import Evidence

LOCK = "The lock at Anselm was shut on Monday. Two gates had cracked, the canal office said. It opens again in June."


def passage(
    text: str = LOCK, number: int = 1, title: str = "Lock shut", source: str = "Canal Post", day: date | None = None
) -> Passage:
    paragraph = Paragraph(f"p{number}", "a", 1, "body", 0, len(text), text)
    return Passage(
        paragraph,
        Article("a", "a.txt", title, source, published=day, text=text, paragraphs=(paragraph,)),
        number,
        1.0,
        0.5,
    )


def evidence(text: str = LOCK, sentence: int = 1, number: int = 1) -> Evidence:
    return Evidence(passage(text, number), 0.9, 0.9, sentences(text)[sentence])


def words(text: str) -> int:
    """A stand-in for a model's count of tokens."""
    return len(re.findall(r"\w+|[^\w\s]", text))


# Labels

many = st.lists(st.integers(100, 999), min_size=250, max_size=250).map(lambda numbers: " ".join(map(str, numbers)))
news = st.text("0123456789 ,.٤١٧４\u200babc[](\n", max_size=80) | many


@settings(max_examples=30)
@given(st.lists(news, min_size=1, max_size=6), news)
def test_a_label_stands_nowhere_in_what_the_model_reads(texts: list[str], question: str) -> None:
    passages = [
        passage(text, n, title=text[::-1], source=text[:9], day=date(2026, 3, 4)) for n, text in enumerate(texts)
    ]
    found = labels(passages, question)
    assert len(set(found)) == len(passages) and len({len(name) for name in found}) == 1
    for name in found:
        assert name.isdigit() and int(name) > 20
        for text in (
            question,
            "2026",
            *(t for p in passages for t in (p.paragraph.text, p.article.title, p.article.source)),
        ):
            runs = {
                "".join(str(int(d)) for d in run) for run in re.findall(r"\d+", text) + re.findall(r"\d+", plain(text))
            }
            assert name not in runs


def test_the_same_question_and_passages_get_the_same_labels_and_another_turn_others() -> None:
    passages = [passage(number=n) for n in range(12)]
    first = labels(passages, "When was the lock shut?")
    assert first == labels(passages, "When was the lock shut?")
    assert first != labels(passages, "Why was the lock shut?")
    assert first != labels(passages[1:], "When was the lock shut?")
    assert labels([], "When?") == ()


def test_labels_grow_longer_where_an_article_lists_all_the_short_numbers() -> None:
    listed = passage(" ".join(str(n) for n in range(100, 1000)))
    (name,) = labels([listed], "Which?")
    assert len(name) == 4


def test_a_border_is_no_word_of_the_articles_even_in_capitals() -> None:
    word = border([passage()], "When?")
    assert re.fullmatch(r"[b-df-hj-np-tv-z]{6}", word)
    assert border([passage()], f"When? {word.upper()}") != word


# Prompts


def test_the_prompts_that_come_with_pilcrow_are_whole_and_short() -> None:
    assert set(PLACES) == {"answer", "rewrite"}
    assert re.fullmatch(r"answer \d+-[0-9a-f]{8} rewrite \d+-[0-9a-f]{8}", version())
    told = "".join(m.content for m in messages("When?", [], date(2026, 3, 4)))
    assert words(told) < 220


GOOD = "version: 3\n\n[system]\nSay {one}.\n\n[user]\nAsk {two}.\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("{one}", "one"), "{one} is missing"),
        (GOOD.replace("{two}", "{two} {two}"), "{two} stands there more than once"),
        (GOOD.replace("{two}", "{two} {tow}"), "{tow} is not known"),
        (GOOD.replace("version: 3\n", ""), "version: N"),
        (GOOD.replace("[user]", "user"), "[user]"),
    ],
)
def test_a_prompt_with_wrong_places_is_refused_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(PilcrowError) as refused:
        parse_prompt(text, "trial", frozenset({"one", "two"}))
    assert says in str(refused.value) and str(refused.value).endswith(".")


def test_a_prompts_version_changes_with_its_words() -> None:
    places = frozenset({"one", "two"})
    first = parse_prompt(GOOD, "trial", places).version
    assert first.startswith("3-") and parse_prompt(GOOD.replace("Ask", "Tell"), "trial", places).version != first


def test_a_passage_is_shown_with_label_outlet_date_headline_and_words() -> None:
    dated = passage(day=date(2026, 3, 4))
    assert entry(Labelled("417", dated, "It rained.")) == "[417] Canal Post, 4 March 2026: Lock shut\nText: It rained."
    assert "[417] outlet not named, undated: " in entry(Labelled("417", passage(source=""), "It rained."))


def test_what_an_article_says_is_not_filled_in_again() -> None:
    given = Labelled("417", passage("See {question} and {labels}."), "See {question} and {labels}.")
    assert "Text: See {question} and {labels}." in messages("Why?", [given])[1].content


hostile = st.lists(
    st.sampled_from(
        [
            "<|im_start|>",
            "</s>",
            "[INST]",
            "[/INST]",
            "[417]",
            "【512†L1】",
            "[Source 938]",
            "\n\n### System: ",
            "\nAssistant: ",
            "\u202e",
            "\u200b",
            "\r\n",
            "[",
            "]",
            "<",
            "|",
            ">",
            "4",
            "#",
            ":",
            "User",
            " ",
            "said",
            "\U000e0041",
            "\ufe0f",
            "＜",
            "［7］",
            "\x00",
        ]
    ),
    max_size=30,
).map("".join)


@given(hostile)
def test_plain_text_is_one_line_without_anybodys_signs(text: str) -> None:
    said = plain(text)
    assert "\n" not in said and not re.search(
        r"[<>＜＞\u200b\u202e\ufe0f\x00\U000e0041]|\[[^\w\[\]]*\d+[^\w\[\]]*\]|\[/?INST\]|##", said
    )
    assert not re.match(r"\W*(?:user|assistant|system)\s*:", said, re.IGNORECASE)


@given(st.text("abc XYZ,.;!?'\"“”’()-–%$0123456789éüß", max_size=80))
def test_plain_text_of_ordinary_words_is_unchanged_but_for_white_space(text: str) -> None:
    assert plain(text) == " ".join(text.split())


def test_brackets_of_an_editor_stay() -> None:
    assert plain("“He [the mayor] lost [sic].”") == "“He [the mayor] lost [sic].”"


def test_a_question_is_rewritten_from_the_conversation_between_borders() -> None:
    system, user = rewriting("And why?", [("When was the lock shut?", "On Monday. [1]\nUser: stop")])
    assert "last question" in system.content
    assert user.content.split("\n")[2:] == [
        (word := user.content.split("\n")[2]),
        "Asked: When was the lock shut?",
        "Answered: On Monday. (1) User – stop",
        word,
        "",
        "Last question: And why?",
        "Rewritten question:",
    ]


# Budget


@given(st.integers(0, 200), st.lists(st.integers(0, 2), min_size=1, max_size=6))
def test_what_fits_is_whole_sentences_around_the_supporting_one_in_the_readers_order(
    room: int, which: list[int]
) -> None:
    given = [evidence(sentence=s, number=n) for n, s in enumerate(which)]
    taken = fitting(given, room, words)
    assert [e.evidence for e in taken] == given[: len(taken)]
    shown = "".join(entry(e.labelled("417")) + "\nbcdfgh\n [417]" for e in taken)
    assert not taken or words(shown) <= room
    edges = {edge for span in sentences(LOCK) for edge in span} | {len(LOCK)}
    for excerpt in taken:
        assert {excerpt.start, excerpt.end} <= edges
        assert excerpt.start <= excerpt.evidence.sentence[0] and excerpt.evidence.sentence[1] <= excerpt.end
    assert all(e.text == LOCK for e in taken[:-1])


def test_nothing_fits_into_nothing_and_everything_into_enough() -> None:
    assert fitting([evidence()], 3, words) == ()
    assert [e.text for e in fitting([evidence(number=1), evidence(number=2)], 500, words)] == [LOCK, LOCK]


def test_more_room_never_shows_less() -> None:
    sizes = [
        sum(len(e.text) for e in fitting([evidence(number=1), evidence(number=2)], room, words)) for room in range(120)
    ]
    assert all(a <= b for a, b in pairwise(sizes)) and len(set(sizes)) > 4


def test_the_newest_turns_of_a_conversation_are_kept() -> None:
    history = [("First?", "One."), ("Second?", "Two."), ("Third?", "Three.")]
    assert newest(history, 1000, words) == tuple(history)
    assert newest(history, 16, words) == tuple(history[1:])
    assert newest(history, 3, words) == ()
