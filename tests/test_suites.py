"""Suites: their gold stands in their articles, and each public set is read from a tiny file in its own format."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import sample
from eval.ask import ready
from eval.corpus import Corpus, folded, read_articles
from eval.gold import check_places
from eval.suites import Suite, suite
from eval.suites.articles import flat, write_article
from eval.suites.public import SUITES
from index import PilcrowError
from index.formats.encoding import decode

SHARED = Path(__file__).resolve().parents[2] / "shared"


def made(name: str, data: Path | None, tmp_path: Path) -> tuple[Suite, Corpus]:
    found = suite(name, data, tmp_path / "work")
    asked, _ = ready(found, None)
    return found, asked.corpus


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Co"]), min_size=1), min_size=1, max_size=4)
)
@settings(max_examples=60, deadline=None)
def test_a_written_article_is_read_back_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    wanted = [line for text in texts if (line := flat(text))]
    # What looks like a wrong encoding is repaired when a file is read.
    assume(all(decode(line.encode()) == line for line in wanted))
    path = tmp_path_factory.mktemp("a") / "a.md"
    write_article(path, texts, title='T: "x" # y', source="The Wire", published="2026-03-01")
    if wanted:
        (article,) = read_articles(path)
        assert folded(article.text) == folded(" ".join(wanted))
        assert (article.title, article.source, str(article.published)) == ('T: "x" # y', "The Wire", "2026-03-01")


def test_an_unknown_suite_and_missing_data_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PilcrowError, match=r"no suite nonsense; known are sample, squad2"):
        suite("nonsense", None, tmp_path)
    for name in ("squad2", "support", "ramdocs", *SUITES):
        with pytest.raises(PilcrowError, match="--data"):
            suite(name, tmp_path / "nowhere", tmp_path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation sets are not beside this checkout")
@pytest.mark.parametrize("name", ["squad2", "support", "ramdocs"])
def test_a_shared_set_hangs_together(name: str, tmp_path: Path) -> None:
    found, corpus = made(name, SHARED / "eval", tmp_path)
    check_places(found.limited(1500, 0).questions, corpus, name)
    if name == "squad2":
        assert (len(found.questions), len(corpus.articles)) == (11_873, 35)
        assert sum(not q.answerable for q in found.questions) == 5_945
        assert all(q.evidence and q.answers for q in found.questions if q.answerable)
    if name == "support":
        assert len(found.pairs) == 6_419 and len({p.kind for p in found.pairs}) == 4
        drawn = Counter(p.kind for p in found.limited(200, 0).pairs)
        assert set(drawn.values()) == {50}
    if name == "ramdocs":
        assert any(q.wrong for q in found.questions) and any(q.kind == "conflict" for q in found.questions)
        assert all(file.startswith(q.within) for q in found.questions for e in q.evidence for file, _ in e.places)


def test_a_draw_is_the_same_each_time_and_keeps_conversations_whole(tmp_path: Path) -> None:
    whole = suite("sample", None, tmp_path)
    some = whole.limited(40, 1)
    assert some == whole.limited(40, 1) != whole.limited(40, 2)
    ids = {q.id for q in some.questions}
    assert 30 <= len(ids) <= 40 and all(not q.follows or q.follows in ids for q in some.questions)


def test_excerpts_stand_where_they_are_said_to_or_nowhere(tmp_path: Path) -> None:
    found, corpus = made("quotes", None, tmp_path)
    kinds = Counter(e.kind for e in found.excerpts)
    assert len(kinds) == 6 and min(kinds.values()) >= 5
    for excerpt in found.excerpts:
        if excerpt.file:
            assert len(corpus.quotes(excerpt.file, excerpt.original)) == 1
        else:
            assert not any(corpus.quotes(path, excerpt.text) for path in corpus.articles)


def test_the_changed_answer_stands_where_the_old_one_stood(tmp_path: Path) -> None:
    found, corpus = made("swap", None, tmp_path)
    assert len(found.questions) > 30
    check_places(found.questions, corpus, "swap")
    before = Corpus(read_articles(sample.ARTICLES))
    for question in found.questions:
        for file, quote in (place for item in question.evidence for place in item.places):
            assert question.answers[0] in folded(quote) and not before.quotes(file, quote)
    assert {p.carried for p in found.pairs} == {True, False}
    assert {"number", "name", "speaker", "negation", "opposite"} <= {p.kind for p in found.pairs}
    assert {"number in the text", "speaker in the text", "negation in the text"} <= {p.kind for p in found.pairs}
    for true, changed in zip(found.pairs[::2], found.pairs[1::2], strict=True):
        assert true.id.split("-")[0] == changed.id.split("-")[0] and (true.carried, changed.carried) == (True, False)
        in_text = true.kind.endswith("in the text")
        assert (true.claim == changed.claim) is in_text and (true.premise != changed.premise) is in_text


def lines(path: Path, *records: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")


def document(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")


def test_realtimeqa(tmp_path: Path) -> None:
    lines(
        tmp_path / "2026" / "20260306_qa.jsonl",
        {
            "question_id": "20260306_0",
            "question_date": "2026/03/06",
            "question_source": "The Wire",
            "question_url": "https://wire.example/quiz",
            "question_sentence": "Which port reopened this week?",
            "choices": ["Carrow", "“Port Merrin”", "Tolland", "None of the above"],
            "answer": ["1"],
            "evidence": '<a href="https://wire.example/1">Port Merrin</a> reopened on Tuesday after the strike.',
        },
    )
    lines(
        tmp_path / "2026" / "20260306_gcs.jsonl",
        {
            "question_id": "20260306_0_nota",
            "search_result": [
                {"title": "Strike", "text": "The strike began.\nIt lasted.", "publish_date": "2026/03/01"}
            ],
        },
    )
    found, corpus = made("realtimeqa", tmp_path, tmp_path)
    (question,) = found.questions
    assert question.id == "20260306_0" and question.evidence[0].places[0][1].startswith("Port Merrin reopened")
    assert question.answers == ("Port Merrin",) and question.evidence and len(corpus.articles) == 2
    assert {str(a.published) for a in corpus.articles.values()} == {"2026-03-06", "2026-03-01"}


def test_multihop_rag(tmp_path: Path) -> None:
    article = {
        "title": "Harbor vote",
        "author": "A. Hale",
        "source": "The Wire",
        "published_at": "2026-03-02T09:00:00+00:00",
        "category": "news",
        "url": "https://wire.example/1",
        "body": "The council voted.\n\nThe lease runs for 40 years, the mayor said.",
    }
    fact = {k: article[k] for k in ("title", "url", "source")} | {
        "fact": "The lease runs for 40 years, the mayor said."
    }
    document(tmp_path / "corpus.json", [article])
    document(
        tmp_path / "MultiHopRAG.json",
        [
            {"query": "How long?", "answer": "40 years", "question_type": "inference_query", "evidence_list": [fact]},
            {"query": "Is it so?", "answer": "Yes", "question_type": "comparison_query", "evidence_list": [fact]},
            {
                "query": "Who?",
                "answer": "Insufficient information.",
                "question_type": "null_query",
                "evidence_list": [],
            },
        ],
    )
    found, corpus = made("multihop-rag", tmp_path, tmp_path)
    first, second, third = found.questions
    assert first.answers == ("40 years",) and len(first.evidence) == 1
    assert second.answers == () and second.evidence and not third.answerable
    (held,) = corpus.articles.values()
    assert (held.source, str(held.published), len(held.paragraphs)) == ("The Wire", "2026-03-02", 2)


def test_alce(tmp_path: Path) -> None:
    docs = [
        {"id": "1", "title": "Bridge", "text": "The bridge opened in 1932.", "score": 1.0},
        {"id": "2", "title": "Tunnel", "text": "The tunnel opened in 1992.", "score": 0.5},
    ]
    pairs = [
        {"question": "When did the bridge open?", "short_answers": ["1932"], "context": "", "wikipage": None},
        {"question": "When did the tunnel open?", "short_answers": ["1992"], "context": "", "wikipage": None},
    ]
    document(
        tmp_path / "asqa" / "asqa_eval_gtr_top100.json",
        [{"question": "When did it open?", "answer": "Long.", "qa_pairs": pairs, "docs": docs, "annotations": []}],
    )
    document(
        tmp_path / "qampari" / "qampari_eval_gtr_top100.json",
        [{"question": "What opened?", "answers": [["bridge", "the bridge"], ["tunnel"]], "docs": docs}],
    )
    for name, answers in (("asqa", {"1932", "1992"}), ("qampari", {"bridge", "the bridge", "tunnel"})):
        found, corpus = made("alce", tmp_path / name, tmp_path / f"w{name}")
        (question,) = found.questions
        assert set(question.answers) == answers and len(question.evidence) == 2 and question.kind == "multi"
        assert len(corpus.articles) == 2 and question.within


def test_newsqa(tmp_path: Path) -> None:
    text = "PORT MERRIN (CNN) -- The ferry sank.\n\n\n\nTen people died, the coroner said. Others swam.\n\n"
    start = text.index("Ten people")
    story = {
        "storyId": "./cnn/stories/1.story",
        "type": "dev",
        "text": text,
        "questions": [
            {"q": "How many died?", "consensus": {"s": start, "e": start + 11}, "answers": []},
            {"q": "Who owned it?", "consensus": {"noAnswer": True}, "answers": []},
            {"q": "What what?", "consensus": {"badQuestion": True}, "answers": []},
        ],
    }
    document(tmp_path / "combined-newsqa-data-v1.json", {"data": [story], "version": "1"})
    found, corpus = made("newsqa", tmp_path, tmp_path)
    first, second = found.questions
    assert first.answers == ("Ten people",) and first.evidence[0].places[0][1] == "Ten people died, the coroner said."
    assert not second.answerable and len(corpus.articles) == 1


def test_clapnq(tmp_path: Path) -> None:
    passage = {"title": "Bell", "text": "The bell rang. It was cast in 1908. Nobody knows where.", "sentences": []}
    lines(
        tmp_path / "dev.jsonl",
        {
            "id": "7",
            "input": "tell me about the bell",
            "passages": [passage],
            "output": [{"answer": "Cast in 1908.", "selected_sentences": ["It was cast in 1908."], "meta": {}}],
        },
        {
            "id": "8",
            "input": "who cast it",
            "passages": [passage],
            "output": [{"answer": "", "selected_sentences": []}],
        },
    )
    found, _ = made("clapnq", tmp_path, tmp_path)
    first, second = found.questions
    assert first.evidence[0].places[0][1] == "It was cast in 1908." and not second.answerable and second.within


def test_ragtruth(tmp_path: Path) -> None:
    response = "The ferry sank. Ninety people died."
    label = {"start": 16, "end": 35, "text": "Ninety people died.", "label_type": "Evident Conflict", "meta": ""}
    lines(
        tmp_path / "response.jsonl",
        {"id": "0", "source_id": "9", "model": "m", "labels": [label], "split": "test", "response": response},
        {"id": "1", "source_id": "9", "model": "m", "labels": [], "split": "train", "response": response},
    )
    info = {"source_id": "9", "task_type": "QA", "source": "x", "prompt": "p"}
    lines(tmp_path / "source_info.jsonl", info | {"source_info": {"question": "q", "passages": "The ferry sank."}})
    found, _ = made("ragtruth", tmp_path, tmp_path)
    assert [(p.claim, p.carried) for p in found.pairs] == [("The ferry sank.", True), ("Ninety people died.", False)]
    assert {p.premise for p in found.pairs} == {"The ferry sank."}


def test_attributionbench(tmp_path: Path) -> None:
    row = {
        "question": "q",
        "claim": "It sank.",
        "references": ["The ferry sank.", "In fog."],
        "src_dataset": "ExpertQA",
    }
    lines(
        tmp_path / "test.jsonl",
        row | {"attribution_label": "attributable"},
        row | {"attribution_label": "not attributable"},
    )
    found, _ = made("attributionbench", tmp_path, tmp_path)
    assert [(p.kind, p.carried, p.premise) for p in found.pairs] == [
        ("ExpertQA", True, "The ferry sank.\nIn fog."),
        ("ExpertQA", False, "The ferry sank.\nIn fog."),
    ]


@pytest.mark.parametrize("name", SUITES)
def test_a_file_in_another_format_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    for file in ("response.jsonl", "source_info.jsonl", "x.jsonl"):
        lines(tmp_path / file, {"nothing": 1})
    for file in ("corpus.json", "MultiHopRAG.json", "x.json"):
        document(tmp_path / file, [{"nothing": 1}])
    with pytest.raises(PilcrowError, match=f"is not in the format of {name}"):
        suite(name, tmp_path, tmp_path / "work")
