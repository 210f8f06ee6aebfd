"""Gold is refused with file, line and reason; measures count what they say; known faults score below gold."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample
from eval.case import Case, case_of
from eval.corpus import Corpus, Place, read_articles
from eval.gold import Gold, GoldQuestion, check_places, load
from eval.gold_lines import question_from, question_record
from eval.judge import judged
from eval.measures import QUESTION
from eval.measures.abstention import ABSTENTION_F1, CRAG
from eval.measures.confidence import area, calibration_error, curve
from eval.measures.retrieval import HIT, MRR, NDCG, RECALL_AT_5
from eval.measures.short_answer import contained, exact_match, token_f1
from eval.measures.support import balanced_accuracy, mean_of_kinds
from eval.mutants import MUTANTS, gold_answers
from eval.response import Cited, Response, Said
from eval.response_lines import from_record, to_record
from eval.score import ALL, figures
from index import PilcrowError
from rag.alike import folded
from rag.reader.windows import Text

BY_NAME = {m.name: m for m in QUESTION}


class WordJudge:
    """Holds a claim for carried when most of its words stand in the text: fast, and fair enough to test measures."""

    name = "words"
    enough = 0.7

    def supports(self, claims: list[Text]) -> list[float]:
        return [self._share(c.query, c.paragraph) for c in claims]

    @staticmethod
    def _share(claim: str, text: str) -> float:
        words = set(folded(claim).lower().split())
        return len(words & set(folded(text).lower().split())) / len(words)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    root = sample.ARTICLES.absolute()
    from dataclasses import replace

    return Corpus(replace(a, path=Path(a.path).relative_to(root).as_posix()) for a in read_articles(sample.ARTICLES))


@pytest.fixture(scope="module")
def questions() -> tuple[GoldQuestion, ...]:
    return load(sample.QUESTIONS)


def cases(questions: tuple[GoldQuestion, ...], answers: list[Response], corpus: Corpus) -> list[Case]:
    return judged([case_of(q, r, corpus) for q, r in zip(questions, answers, strict=True)], WordJudge())


@pytest.fixture(scope="module")
def right(questions: tuple[GoldQuestion, ...], corpus: Corpus) -> list[Case]:
    return cases(questions, gold_answers(questions, corpus), corpus)


# Gold


def record(**fields: object) -> str:
    return json.dumps({"id": "s1", "kind": "fact", "question": "Who?", **fields}, ensure_ascii=False)


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return tmp_path / "suite.jsonl"


def test_the_sample_questions_load_and_stand_in_the_articles(
    questions: tuple[GoldQuestion, ...], corpus: Corpus
) -> None:
    assert len({q.id for q in questions}) == len(questions) > 100
    assert all(bool(q.evidence) == q.answerable for q in questions)
    assert any(q.follows for q in questions)
    check_places(questions, corpus, "sample")


def test_a_question_is_read_as_it_stands(suite: Path) -> None:
    evidence = [{"article": "a.txt", "quote": "x", "or": [{"article": "b.txt", "quote": "y"}]}]
    suite.write_text(
        record(answers=["Hale\u2028"], evidence=evidence) + "\n\n" + record(id="s2", follows="s1"), "utf-8"
    )
    first, second = load(suite)
    assert (first.answers, first.evidence) == (("Hale\u2028",), (Gold((("a.txt", "x"), ("b.txt", "y"))),))
    assert first.answerable and second.follows == "s1" and second.line == 3


def test_questions_survive_being_written(questions: tuple[GoldQuestion, ...]) -> None:
    assert tuple(question_from(json.loads(json.dumps(question_record(q)))) for q in questions) == questions


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("not json", "Expecting value"),
        ("[]", "no object"),
        ("null", "no object"),
        ('{"id": "s2"}', "'kind' is missing"),
        (record(id="s2", evidence=[{"article": "a.txt"}]), "'quote' is missing"),
        (record(id="s2", evidence="a.txt"), "evidence is not a list"),
        (record(id="s2", answers="ten"), "answers is not a list"),
        (record(id="s2", kind="riddle"), "the kind 'riddle' is unknown"),
        (record(id="s2", question=" "), "question is empty"),
        (record(id="s1"), "the id s1 stands on line 1 already"),
        (record(id="s2", follows="s9"), "it follows s9"),
        (record(id="s2", kind="unanswerable", evidence=[{"article": "a", "quote": "q"}]), "has no evidence"),
    ],
)
def test_the_bad_line_is_named_with_the_reason(suite: Path, bad: str, why: str) -> None:
    suite.write_text(f"{record()}\n\n{bad}\n")
    with pytest.raises(PilcrowError, match=r"^Line 3 of .*suite\.jsonl is not a gold question: .*" + why):
        load(suite)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ({"article": "no-such.txt", "quote": "x"}, "no-such.txt, which is not among"),
        ({"article": "museum-bell.txt", "quote": "no such words"}, "'no such words', which does not stand"),
    ],
)
def test_gold_that_is_not_in_the_articles_is_refused(suite: Path, corpus: Corpus, place: dict, why: str) -> None:  # type: ignore[type-arg]
    suite.write_text(f"{record()}\n{record(id='s2', evidence=[place])}\n")
    with pytest.raises(PilcrowError, match="Line 2 of x .*" + why):
        check_places(load(suite), corpus, "x")


def test_a_missing_an_empty_and_a_foreign_file_are_refused_in_a_sentence(suite: Path) -> None:
    with pytest.raises(PilcrowError, match="could not be read"):
        load(suite)
    suite.write_text(" \n\n")
    with pytest.raises(PilcrowError, match="holds no questions"):
        load(suite)
    suite.write_bytes(record().encode() + b"\n\xff\xfe")
    with pytest.raises(PilcrowError, match="UTF-8"):
        load(suite)


# Places


def test_a_file_is_known_by_the_end_of_its_path(corpus: Corpus) -> None:
    whole = corpus.article("merrin-courier/museum-bell.txt") or corpus.article("museum-bell.txt")
    assert whole is not None and corpus.article(Path(whole.path).name) is whole
    assert corpus.article("useum-bell.txt") is None and corpus.article("") is None


@given(st.data())
def test_offsets_quotes_and_altered_quotes_lead_to_the_same_place(corpus: Corpus, data: st.DataObject) -> None:
    article = data.draw(st.sampled_from(list(corpus.articles.values())))
    paragraph = data.draw(st.sampled_from([p for p in article.paragraphs if len(p.text) > 80]))
    start, end = paragraph.start + 5, paragraph.end - 5
    quote = article.text[start:end]
    by_offsets = corpus.place(Cited(article.path, "", start, end))
    assert by_offsets == Place(article, start, end)
    by_quote = corpus.place(Cited(article.path, quote.replace(" ", "\n").replace("“", '"')))
    assert by_quote and by_quote.verbatim and folded(by_quote.text) == folded(quote)
    words = quote.split()
    words[len(words) // 2] = "purple"
    altered = corpus.place(Cited(article.path, " ".join(words)))
    if altered:  # a short quote with a word changed may be too unlike
        assert (not altered.verbatim and article.text.count(quote) > 1) or paragraph.id in {
            p.id for p in (altered.paragraphs if altered else ())
        }
    wrong = corpus.place(Cited(article.path, quote + "!", start, end))
    assert wrong and not wrong.verbatim


@pytest.mark.parametrize(
    "cited",
    [
        Cited("no-such.txt", "The"),
        Cited("museum-bell.txt"),
        Cited("museum-bell.txt", "", 5, 5),
        Cited("museum-bell.txt", "", -1, 5),
        Cited("museum-bell.txt", "", 0, 10**6),
        Cited("museum-bell.txt", "words that stand in no article of the sample at all, not even nearly"),
    ],
)
def test_a_citation_of_nothing_leads_nowhere(corpus: Corpus, cited: Cited) -> None:
    assert corpus.place(cited) is None


# Answers of any system


def test_responses_survive_being_written(questions: tuple[GoldQuestion, ...], corpus: Corpus) -> None:
    answers = gold_answers(questions, corpus)
    assert [from_record(json.loads(json.dumps(to_record(r)))) for r in answers] == answers


@pytest.mark.parametrize(
    "bad",
    [
        {"sentences": []},
        {"id": "a"},
        {"id": "a", "sentences": "x"},
        {"id": "a", "sentences": [{"text": "x", "citations": [{"quote": "q"}]}]},
        {"id": "a", "sentences": [{"text": "x", "citations": ["f"]}]},
        {"id": "a", "sentences": [{"text": "x", "citations": [{"file": "f", "start": "1"}]}]},
        {"id": "a", "sentences": [], "confidence": 7},
    ],
)
def test_a_response_that_does_not_fit_is_refused(bad: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_record(bad)


# The suite tests itself


def test_gold_answers_are_right_in_every_respect(right: list[Case]) -> None:
    found = figures(right)
    best = (
        "pointer validity|verbatim quotes|coverage|paragraph recall|paragraph precision|paragraph F1|ALCE citation recall"
        "|ALCE citation precision|TREC support|short answer contained|short answer EM|short answer F1|figure exactness"
        "|date exactness|correct abstention|abstention precision|abstention F1|CRAG score|sentence exactness"
    )
    assert {n: e.value for n, e in found.items() if n in best.split("|") and e.value < 1} == {}
    assert found["false abstention"].value == 0 and found["risk-coverage area"].value < 0.1
    assert found["who-said accuracy"].value == 1


@pytest.mark.parametrize("name", MUTANTS)
def test_a_known_fault_scores_below_gold_on_the_measure_meant_for_it(
    name: str, questions: tuple[GoldQuestion, ...], corpus: Corpus, right: list[Case]
) -> None:
    spoil, measure = MUTANTS[name]
    spoilt = cases(questions, spoil(gold_answers(questions, corpus), corpus), corpus)
    better, worse = figures(right)[measure], figures(spoilt)[measure]
    if BY_NAME[measure].better == "high":
        assert worse.value < better.value - 0.1 and worse.high < better.value
    else:
        assert worse.value > better.value + 0.1 and worse.low > better.value


def test_the_order_of_the_questions_changes_nothing(right: list[Case]) -> None:
    turned = right[:]
    random.Random(5).shuffle(turned)
    assert figures(turned) == figures(right) == figures(right)


# Measures, against hand and against others


def test_retrieval_measures_agree_with_ir_measures(questions: tuple[GoldQuestion, ...], corpus: Corpus) -> None:
    chance = random.Random(3)
    everything = [(a, p) for a in corpus.articles.values() for p in a.paragraphs]
    qrels, run, made = [], [], []
    for question in [q for q in questions if q.evidence][:60]:
        gold = [p for item in question.evidence for place in item.places for p in corpus.quotes(*place)]
        ids = {p.id: (place.article, p) for place in gold for p in place.paragraphs}
        drawn = {p.id: (a, p) for a, p in chance.sample(everything, 25)}
        if chance.random() < 0.8:
            drawn |= ids
        ranked = list(drawn.values())
        chance.shuffle(ranked)
        qrels += [ir_measures.Qrel(question.id, i, 1) for i in ids]
        run += [ir_measures.ScoredDoc(question.id, p.id, 100.0 - n) for n, (_, p) in enumerate(ranked)]
        retrieved = tuple(Cited(a.path, "", p.start, p.end) for a, p in ranked)
        made.append(case_of(question, Response(question.id, retrieved=retrieved), corpus))
    theirs = {
        HIT: ir_measures.Success @ 1,
        RECALL_AT_5: ir_measures.R @ 5,
        MRR: ir_measures.RR,
        NDCG: ir_measures.nDCG @ 10,
    }
    for ours, measure in theirs.items():
        per_question = {m.query_id: m.value for m in ir_measures.iter_calc([measure], qrels, run)}
        for case in made:
            row = ours.row(case)
            assert row and row[0] == pytest.approx(per_question[case.id], abs=1e-6), (ours.name, case.id)


def alce_by_the_book(cases: list[Case]) -> tuple[float, float]:
    """Citation recall and precision over plain texts, as the published procedure goes: a response at a time, a sentence
    at a time, a citation at a time; with the one difference that invented citations are counted."""

    def entails(premise: str, claim: str) -> bool:
        bare = re.sub(r"\W+", " ", folded(claim).lower()).strip()
        flat = re.sub(r"\W+", " ", folded(premise).lower())
        said = folded(claim).lower().split()
        share = len(set(said) & set(folded(premise).lower().split())) / len(set(said))
        return bool(premise) and (f" {bare} " in f" {flat} " or share >= WordJudge.enough)

    recalls, precisions = [], []
    for case in cases:
        sentences = [
            (said.text, ["\n".join(p.text for p in place.paragraphs) if place else "" for place in places])
            for said, places in zip(case.response.sentences, case.cited, strict=True)
        ]
        if not sentences:
            continue
        entailed = useful = given = 0
        for claim, documents in sentences:
            given += len(documents)
            if not documents or "" in documents:
                continue
            if entails("\n".join(documents), claim):
                entailed += 1
                for n, document in enumerate(documents):
                    rest = "\n".join(documents[:n] + documents[n + 1 :])
                    useful += not (not entails(document, claim) and entails(rest, claim))
        recalls.append(entailed / len(sentences))
        precisions.append(useful / given if given else 0.0)
    return sum(recalls) / len(recalls), sum(precisions) / len(precisions)


@pytest.mark.parametrize(
    "name", ["markers shuffled", "everything cited", "nothing cited", "invented citations", "quote altered by one word"]
)
def test_alce_agrees_with_an_independent_computation(
    name: str, questions: tuple[GoldQuestion, ...], corpus: Corpus
) -> None:
    made = cases(questions, MUTANTS[name][0](gold_answers(questions, corpus), corpus), corpus)
    found = figures(made)
    recall, precision = alce_by_the_book(made)
    assert found["ALCE citation recall"].value == pytest.approx(recall)
    assert found["ALCE citation precision"].value == pytest.approx(precision)


@pytest.mark.parametrize(
    ("accepted", "said", "held"),
    [
        ("ten", "Ten people died.", True),
        ("Tess Whitlock", "It is led by Tess  Whitlock, a skipper.", True),
        ("St. Clement's Hall", "It opened in St. Clement’s Hall.", True),
        ("$3.5 million", "It cost $3.5 million.", True),
        ("11", "The toll stood at 11.", True),
        ("ten", "It was often late.", False),
        ("11", "There were 110 of them.", False),
        ("11", "There were 1,011, or 2,11 or 11.5 of them.", False),
        ("nine", "Ten people died.", False),
    ],
)
def test_a_short_answer_must_stand_in_whole_words(accepted: str, said: str, held: bool) -> None:
    assert contained(accepted, said) is held


def test_short_answers_on_cases_worked_by_hand() -> None:
    assert exact_match("The Margaret Ann.", "margaret ann") == 1 and exact_match("Margaret", "Ann") == 0
    assert token_f1("the Margaret Ann", "Margaret") == pytest.approx(2 / 3)
    assert token_f1("Lima", "lima.") == 1.0 and token_f1("Rome", "Lima") == 0.0


def test_abstention_on_cases_worked_by_hand() -> None:
    def case(kind: str, said: str) -> Case:
        question = GoldQuestion("q", kind, "Who?", ("Hale",) if kind == "fact" else ())
        return Case(question, Response("q", (Said(said),) if said else ()), ((),) if said else (), ())

    made = [case("fact", "Hale won."), case("fact", "Strand won."), case("fact", ""), case("unanswerable", "")]
    made += [case("unanswerable", "Hale."), case("false-premise", "")]
    rows = [CRAG.row(c) for c in made]
    assert [r and r[0] for r in rows] == [1, -1, 0, 1, -1, 1]
    # Three silent, three without answer, two of both: precision 2/3, recall 2/3.
    assert ABSTENTION_F1.value(ABSTENTION_F1.rows(made)[0]) == pytest.approx(2 / 3)
    assert figures(made)["correct abstention"].value == pytest.approx(2 / 3)


def test_the_risk_coverage_area_on_a_case_worked_by_hand() -> None:
    import numpy as np

    # Surest first: right, wrong, right, wrong: risks 0, 1/2, 1/3, 1/2.
    rows = np.array([[0.9, 1], [0.8, 0], [0.7, 1], [0.1, 0]])
    assert [risk for _, risk, _ in curve(rows)] == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert area(rows) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    # Nothing tells them apart: half are wrong at every coverage.
    assert area(np.array([[0.5, 1], [0.5, 0], [0.5, 1], [0.5, 0]])) == pytest.approx(0.5)


def test_calibration_and_balanced_accuracy_on_cases_worked_by_hand() -> None:
    import numpy as np

    assert calibration_error(np.array([[0.95, 1], [0.95, 0], [0.05, 0], [0.05, 0]])) == pytest.approx(0.25)
    rows = np.array([[0.9, 1, 1, 7], [0.2, 1, 0, 7], [0.9, 0, 1, 7], [0.1, 0, 0, 8], [0.9, 1, 1, 8]])
    assert balanced_accuracy(rows[:3]) == pytest.approx((0.5 + 0) / 2)
    assert balanced_accuracy(np.array([[1, 1, 1], [0, 1, 0], [0, 0, 0], [0, 0, 0]])) == pytest.approx(0.75)
    assert mean_of_kinds(rows) == pytest.approx((0.25 + 1) / 2)


@pytest.mark.parametrize("measure", QUESTION, ids=lambda m: m.name)
def test_every_measure_stays_within_its_range_and_says_what_it_is(measure, right: list[Case]) -> None:  # type: ignore[no-untyped-def]
    found = figures(right).get(measure.name)
    assert measure.definition.endswith(".") and measure.unit
    if found:
        assert measure.low <= found.low <= found.value <= found.high <= measure.high


def test_kinds_are_counted_apart_and_together(right: list[Case]) -> None:
    from eval.score import scores

    found = scores({"sample": {"gold": right}})["sample"]["gold"]
    parts = [of["paragraph recall"].n for kind, of in found.items() if kind != ALL and "paragraph recall" in of]
    assert sum(parts) == found[ALL]["paragraph recall"].n > 100


def test_a_fragment_of_a_word_is_not_carried(corpus: Corpus) -> None:
    article = next(iter(corpus.articles.values()))
    whole = Cited(article.path, "", 0, len(article.text))

    class Never(WordJudge):
        def supports(self, claims: list[Text]) -> list[float]:
            return [0.0 for _ in claims]

    words = [w for w in article.text.split() if w.isalpha() and len(w) > 6][:3]
    said = (
        *(Said(w[1:-1], (whole,)) for w in words),
        Said(".", (whole,)),
        Said("", (whole,)),
        Said(words[0], (whole,)),
    )
    (case,) = judged([case_of(GoldQuestion("q", "fact", "Who?", ("x",)), Response("q", said), corpus)], Never())
    assert [j.carried for j in case.judged] == [False] * 5 + [True]


def test_figures_and_days_are_looked_for_in_the_words_cited(corpus: Corpus) -> None:
    from dataclasses import replace
    from datetime import date

    article = replace(next(iter(corpus.articles.values())), published=date(2026, 3, 12))
    held = Place(article, 0, len(article.paragraphs[0].text))
    said = Said("One of 987 people left on Thursday, 12 March, not in August.", (Cited("x"),))
    case = Case(GoldQuestion("q", "fact", "Who?"), Response("q", (said,)), ((held,),), ())
    assert BY_NAME["figure exactness"].row(case) == (0, 2)
    assert BY_NAME["date exactness"].row(case) == (2, 3)


def test_overlapping_chunks_count_each_paragraph_once(corpus: Corpus) -> None:
    article = next(a for a in corpus.articles.values() if len(a.paragraphs) > 6)
    first, *_, last = [p for p in article.paragraphs if p.kind == "body"]
    gold = tuple(Gold(((article.path, p.text),)) for p in (first, last))
    chunks = [(first.start, last.start - 5), (first.start, last.start - 1), (0, len(article.text))]
    retrieved = tuple(Cited(article.path, "", *chunk) for chunk in chunks)
    case = case_of(GoldQuestion("q", "fact", "Who?", (), gold), Response("q", retrieved=retrieved), corpus)
    row = NDCG.row(case)
    assert row and row[0] <= 1 and RECALL_AT_5.row(case) == (0.5, 1.0)
    assert RECALL_AT_5.row(case_of(case.question, Response("q"), corpus)) is None
    nothing = case_of(case.question, Response("q", retrieved=()), corpus)
    assert RECALL_AT_5.row(nothing) == (0.0, 1.0)


def test_a_question_that_cannot_be_judged_is_not_judged(corpus: Corpus) -> None:
    case = case_of(GoldQuestion("q", "fact", "Why?"), Response("q", (Said("So."),)), corpus)
    assert CRAG.row(case) is None


def test_a_long_quote_does_not_come_from_a_short_text(corpus: Corpus) -> None:
    from rag.alike import nearest

    excerpt = (
        "The committee met for hours in the town hall and argued until midnight. No one was hurt. Then all went home."
    )
    assert nearest(excerpt, "No one was hurt.", 80) is None
    found = nearest("No one was hurd.", "It burned. No one was hurt. It rained.", 80)
    assert (
        found and "No one was hurt" in "It burned. No one was hurt. It rained."[found[0] : found[1]] and found[2] < 100
    )
