"""Several sources: independent articles that give one answer are all cited, copies once, and who reports a matter is told."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from index import Article, Library, Paragraph, Passage
from rag import Answerer
from rag.gives import Given, gives, is_copy, sentences_giving, share, weights
from rag.matter import matter_asked, value_asked
from rag.question import Question, understand
from rag.reader import Thresholds
from rag.sources import MOST, with_sources
from rag.values import Citation, Claim, Evidence

MONDAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("Who reports that the pier collapsed?", "the pier collapsed"),
        ("Which papers mention the broken clock?", "the broken clock"),
        ("Do several outlets have it that the mayor resigned?", "the mayor resigned"),
        ("Has the sale of the mill been reported by more than one outlet?", "the sale of the mill"),
        ("Is it confirmed by at least two sources that the dam leaked?", "the dam leaked"),
        ("Is the toll of nine told by other papers, or is it one story?", "the toll of nine"),
        ("What sources do we have for the closing of the bakery?", "the closing of the bakery"),
        ("Where do we have the bishop's apology?", "the bishop's apology"),
        ("Can I find the new fare in two separate places?", "the new fare"),
        ("Name the articles that report the merger.", "the merger"),
        ("Has anyone else reported the merger?", "the merger"),
        ("What backs up the claim that the bridge swayed?", "the bridge swayed"),
        ("Who said that the pier collapsed?", ""),
        ("Who reported the theft to the police?", ""),
        ("Which paper reported the merger first?", ""),
        ("Where was the fire reported?", ""),
        ("Which company reported a loss?", ""),
        ("Who carried the coffin?", ""),
        ("What do the papers say about the vote?", ""),
        ("How many people work at the mill?", ""),
        ("Which reports say so?", ""),
    ],
)
def test_a_question_for_the_reports_of_something_has_a_matter(question: str, matter: str) -> None:
    assert matter_asked(question) == matter


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Which papers give the price of the mill?", "What is the price of the mill?"),
        ("Do two reports say how many people were hurt?", "How many people were hurt?"),
        ("Which papers report the price of 40 crowns?", ""),
        ("Which papers report the merger?", ""),
        ("What is the price of the mill?", ""),
    ],
)
def test_whoever_asks_who_gives_a_value_is_told_the_value(question: str, value: str) -> None:
    assert value_asked(question) == value


@pytest.mark.parametrize(
    ("sentence", "answer", "other", "same"),
    [
        ("The mill has 340 weavers.", "340", "Of 340 weavers, 312 voted.", True),
        ("The mill has 340 weavers.", "340", "The hospital has 340 beds.", False),
        ("Five people died.", "Five", "The sheriff confirmed five deaths.", True),
        ("Five people died.", "Five", "Five people were injured.", False),
        ("It cost $2.5 million.", "$2.5 million", "The bill came to $2,500,000.", True),
        ("It cost $2.5 million.", "$2.5 million", "It drew 2.5 million visitors.", False),
        ("The council voted six to three.", "six to three", "The vote was 6-3.", True),
        ("The order was lifted on Thursday.", "Thursday", "They came home on 5 March.", True),
        ("The order was lifted on Thursday.", "Thursday", "They came home on Wednesday.", False),
        (
            "The last poll has it at 52 to 41.",
            "52 to 41",
            "It gives 52 per cent to the bridge and 41 to the ferry.",
            True,
        ),
        ("The mill has 52 weavers.", "52", "It gives 52 per cent to the bridge.", False),
        ("The board refused the offer.", "refused", "The board refused.", True),
        ("The board refused the offer.", "refused", "The board met.", False),
    ],
)
def test_another_sentence_gives_the_answer_where_it_says_the_same_of_the_same(
    sentence: str, answer: str, other: str, same: bool
) -> None:
    start = sentence.index(answer)
    assert gives(Given(sentence, start, start + len(answer), MONDAY), other, MONDAY) is same


def test_a_weekday_of_another_week_is_another_day() -> None:
    given = Given("The order was lifted on Thursday.", 24, 32, MONDAY)
    assert gives(given, "It was lifted on Thursday.", date(2026, 3, 6))
    assert not gives(given, "It was lifted on Thursday.", date(2026, 3, 16))


def test_only_the_sentence_that_gives_the_answer_is_taken() -> None:
    text = "The mill is old. It has 340 weavers. They are on strike."
    (found,) = sentences_giving(Given("340 weavers work there.", 0, 3), text, None)
    assert text[slice(*found)] == "It has 340 weavers."


def test_a_slightly_edited_sentence_is_a_copy_and_a_short_or_other_one_is_none() -> None:
    wire = "The town of Orme raised the death toll from the avalanche to 17 on Friday and ended its search for skiers."
    assert is_copy(wire, wire.replace("ended", "called off"))
    assert not is_copy("The bridge fell.", "The bridge fell.")
    assert not is_copy(
        wire, "Seventeen people died in the avalanche at Orme, where the search for skiers ended on Friday."
    )


def test_rare_words_count_for_more_and_equal_figures_are_one_word() -> None:
    wanted = weights("a dozen weavers at Orme", lambda word: 4.0 if word == "weavers" else 1.0)
    assert share(wanted, "Weavers") > share(wanted, "Orme, 12")
    assert share(wanted, "12 weavers at Orme") == 1.0
    assert share({}, "anything") == 0.0


class Believing:
    """A reader that holds the claims for carried with this probability, and counts how often it is asked."""

    name, thresholds = "believing", Thresholds(0.2, 0.4, 0.2, 0.5)

    def __init__(self, support: float) -> None:
        self._support, self.asked = support, 0

    def read(self, question: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
        return ()

    def support(self, claim: str, passages: Sequence[Passage]) -> tuple[float, ...]:
        self.asked += len(passages)
        return tuple(self._support for _ in passages)


def passage(text: str, outlet: str, *, story: str = "", kind: str = "", rank: int = 1) -> Passage:
    """A paragraph that is an article of its own."""
    identity = f"{outlet} {text[:30]}"
    paragraph = Paragraph(f"{identity} 1", identity, 1, "body", 0, len(text), text)
    article = Article(
        identity,
        identity,
        "Orme mill",
        outlet,
        published=MONDAY,
        text=text,
        paragraphs=(paragraph,),
        story=story or None,
        **({"type": kind} if kind else {}),
    )
    return Passage(paragraph, article, rank, 1.0, 0.5)


QUESTION = understand("How many weavers work at the Orme mill?")
FIRST = passage("The Orme mill has 340 weavers.", "Tarn Post", story="s1")


def told(*others: Passage, support: float = 0.9, first: Passage = FIRST) -> tuple[Claim, ...]:
    """The claims about the mill's weavers, where these passages were found beside the first."""
    text = first.paragraph.text
    start = text.index("340")
    claim = Claim(text, (Citation(1, first.article, first.paragraph, 0, len(text)),), emphasis=(start, start + 3))
    return with_sources(QUESTION, (claim,), (first, *others), Believing(support), lambda _: 1.0)


def test_an_independent_article_that_carries_the_claim_is_cited_with_it() -> None:
    (claim,) = told(passage("There are 340 weavers at the mill in Orme.", "Lake Wire"))
    assert [c.article.source for c in claim.citations] == ["Tarn Post", "Lake Wire"]
    assert [c.number for c in claim.citations] == [1, 2]


def test_a_report_leads_where_a_column_says_the_same() -> None:
    column = replace(FIRST, article=replace(FIRST.article, type="opinion"))
    start = column.paragraph.text.index("340")
    citation = Citation(1, column.article, column.paragraph, 0, len(column.paragraph.text))
    claim = Claim(column.paragraph.text, (citation,), emphasis=(start, start + 3))
    report = passage("Of 340 weavers at the mill in Orme, 312 cast a ballot.", "Lake Wire")
    first, second = with_sources(QUESTION, (claim,), (column, report), Believing(0.9), lambda _: 1.0)
    assert not first.opinion and second.opinion
    assert [c.number for c in (*first.citations, *second.citations)] == [1, 2]


@pytest.mark.parametrize(
    ("sentence", "equal"),
    [("It fell at 6.42 this morning.", True), ("It fell at 6:42.", True), ("It cost 6.42 crowns.", False)],
)
def test_a_time_of_day_is_one_however_it_is_written(sentence: str, equal: bool) -> None:
    answer = Given("The pier fell at 6:42 a.m.", 17, 21)
    assert gives(answer, sentence, MONDAY) is equal


def test_one_that_says_it_otherwise_has_a_sentence_of_its_own() -> None:
    other = "Of 340 weavers, 312 cast a ballot. The looms stood still."
    first, second = told(passage(other, "Lake Wire"), support=0.1)
    assert len(first.citations) == 1
    assert second.text == "Of 340 weavers, 312 cast a ballot." and second.verdict == "supported"


@pytest.mark.parametrize(
    "other",
    [
        passage("The Orme mill has 340 weavers.", "Lake Wire", story="s1"),
        passage("The Orme mill has 340 weavers too many.", "Lake Wire", kind="opinion"),
        passage("The Orme mill has 430 weavers.", "Lake Wire"),
        passage("The hospital has 340 beds for weavers at the Orme mill.", "Lake Wire"),
        passage("A ticket to the moon costs 340 crowns.", "Lake Wire"),
    ],
    ids=["a copy", "an opinion", "another figure", "another thing", "another matter"],
)
def test_what_is_no_further_source_is_not_cited(other: Passage) -> None:
    (claim,) = told(other)
    assert len(claim.citations) == 1


def test_what_somebody_denies_is_not_cited_for_it() -> None:
    denied = passage("The owner denied that the Orme mill has 340 weavers.", "Lake Wire")
    assert all(len(claim.citations) == 1 for claim in told(denied))


def test_no_more_than_three_articles_are_cited_and_each_once() -> None:
    others = [
        passage(f"The Orme mill has 340 weavers, {who} said.", f"{who} Post") for who in ("Ada", "Bo", "Cy", "Di")
    ]
    claims = told(*others, *others)
    cited = [c.article.id for claim in claims for c in claim.citations]
    assert len(cited) == len(set(cited)) == MOST


def test_the_reader_is_not_asked_about_what_the_words_rule_out() -> None:
    reader = Believing(0.9)
    claim = Claim("It has 340 weavers.", (Citation(1, FIRST.article, FIRST.paragraph, 0, 9),), emphasis=(7, 10))
    others = (FIRST, passage("The Orme mill is closed.", "Lake Wire"))
    with_sources(QUESTION, (claim,), others, reader, lambda _: 1.0)
    assert reader.asked == 0


ARTICLES = {
    "tarn-post/pier.txt": "Storm takes Vell pier\n\nTarn Post\n\n3 March 2026\n\nThe wooden pier at Vell collapsed in the storm on Monday night.\n\n"
    "Nobody was on it. The harbor master said the piles had been rotten for years.",
    "lake-wire/vell.txt": "Vell counts its losses\n\nLake Wire\n\n4 March 2026\n\nRoofs were torn off in Vell, and boats sank.\n\n"
    "The pier collapsed into the sea, and the lighthouse lost its lamp, a fisherman told this paper.",
    "bay-radio/school.txt": "School opens in Orme\n\nBay Radio\n\n4 March 2026\n\nA new school was opened in Orme on Tuesday with a brass band.\n\n"
    "It has room for 240 pupils and cost nine million crowns.",
}  # fmt: skip


@pytest.fixture(scope="module")
def vell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder = tmp_path_factory.mktemp("vell")
    for name, text in ARTICLES.items():
        (folder / "articles" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "articles" / name).write_text(text, "utf-8")
    with Library.open(folder / "library") as library:
        library.sync([folder / "articles"])
        yield Answerer(library, llm=False)


def test_who_reports_a_matter_is_told_by_each_articles_own_sentence(vell: Answerer) -> None:
    answer = vell.answer("Who reports that the pier at Vell collapsed?")
    assert answer.shape == "outlets" and answer.sources == len(answer.claims) == 2
    assert {c.article.path.rsplit("/", 1)[1] for c in answer.citations} == {"pier.txt", "vell.txt"}
    assert all("pier" in claim.text.lower() and claim.verdict == "supported" for claim in answer.claims)
    assert answer.lead.startswith("2 independent articles speak of this: ")
    assert all(f"[{c.number}]" in answer.lead for c in answer.citations)


def test_one_report_is_said_to_be_one(vell: Answerer) -> None:
    answer = vell.answer("Do several outlets report the opening of a new school in Orme?")
    assert answer.lead.startswith("One article speaks of this: ") and len(answer.citations) == 1


def test_a_sentence_with_another_figure_reports_nothing(vell: Answerer) -> None:
    assert (
        vell.answer("Do several outlets report that the new school in Orme has room for 420 pupils?").shape != "outlets"
    )


def test_nobody_is_said_to_report_what_nobody_does(vell: Answerer) -> None:
    answer = vell.answer("Which outlets report that the bishop bought a zeppelin?")
    assert "speak" not in answer.lead and answer.shape != "outlets"
