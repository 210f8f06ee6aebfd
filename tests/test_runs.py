"""Runs: asked once, gone on with where cut off, scored again and again, compared, reported, and held to floors."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata
from llama_index.core.llms.callbacks import llm_completion_callback

import sample
from eval.adopt import adopt
from eval.ask import LLAMA, PROSE, ask
from eval.baselines import CitationEngine
from eval.case import Case, SupportCase
from eval.compare import compare_runs
from eval.corpus import Corpus
from eval.gate import failures
from eval.gold import load
from eval.mutants import MUTANTS, gold_answers
from eval.report import write_report
from eval.response_lines import to_record
from eval.run import PILCROW, Run
from eval.score import ALL, scored_cases, scores
from index import Filters, Library, PilcrowError
from rag import Answerer
from rag.models import of

LIMIT = 4


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def run(runs: Path) -> Run:
    return ask(["sample", "quotes", "swap"], runs=runs, limit=LIMIT, seed=3)


def test_everything_is_asked_once_of_every_system(run: Run) -> None:
    lines = [json.loads(line) for line in run.answers.read_text("utf-8").splitlines()]
    asked = {(r["suite"], r["system"], r["id"]) for r in lines}
    assert len(asked) == len(lines)
    assert {r["system"] for r in lines} == {PILCROW, "BM25", "dense", "fused"}
    cases = run.cases()
    assert list(cases) == ["sample", "quotes", "swap"]
    for suite, systems in cases.items():
        assert 0 < len(systems[PILCROW]) <= 2 * LIMIT, suite


def test_the_same_command_asks_nothing_twice(run: Run, runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run.answers.read_bytes()
    monkeypatch.setattr("eval.ask.Answerer.answer", lambda *_, **__: pytest.fail("a question was asked again"))
    assert ask(["sample", "quotes", "swap"], runs=runs, limit=LIMIT, seed=3).folder == run.folder
    assert run.answers.read_bytes() == before


def test_a_run_that_was_cut_off_is_gone_on_with(
    run: Run, runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "runs"
    shutil.copytree(runs, other)
    cut = other / run.folder.name / "answers.jsonl"
    data = cut.read_bytes()
    cut.write_bytes(data[: len(data) * 2 // 3])
    assert Run(cut.parent).missing()
    asked: list[str] = []
    answer = Answerer.answer
    monkeypatch.setattr("eval.ask.Answerer.answer", lambda self, q, **more: asked.append(q) or answer(self, q, **more))
    again = ask(["sample", "quotes", "swap"], runs=other, limit=LIMIT, seed=3)
    assert told(again) == told(run) and not again.missing()
    questions = sum(len(suite.questions) for suite in run.asked())
    assert 0 < len(asked) < questions


def told(run: Run) -> dict[Any, Any]:
    """What was said, without how long it took."""
    lines = (json.loads(line) for line in run.answers.read_text("utf-8").splitlines())
    return {(r["suite"], r["system"], r["id"]): r | {"seconds": 0} for r in lines}


def test_two_runs_give_the_same_figures(run: Run, tmp_path: Path) -> None:
    other = ask(["sample", "quotes", "swap"], runs=tmp_path, limit=LIMIT, seed=3)
    assert told(other) == told(run)
    one, two = (scores(scored_cases(r)) for r in (run, other))
    for suite, systems in one.items():
        for system, kinds in systems.items():
            for kind, figures in kinds.items():
                same = {n: e for n, e in figures.items() if not n.startswith("latency")}
                assert same == {n: two[suite][system][kind][n] for n in same}


def test_claims_and_answers_are_scored_side_by_side(run: Run) -> None:
    found = scores(scored_cases(run))["swap"]
    assert {type(c) for c in scored_cases(run)["swap"][PILCROW]} == {Case, SupportCase}
    assert "balanced accuracy" in found[PILCROW][ALL] and "follows the text" in found[PILCROW][ALL]
    assert "balanced accuracy" not in found["BM25"][ALL]


def test_gold_that_does_not_fit_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    evidence = [{"article": "museum-bell.txt", "quote": "no such words"}]
    gold.write_text(json.dumps({"id": "a", "kind": "fact", "question": "Who?", "evidence": evidence}) + "\n")
    with pytest.raises(PilcrowError, match=r"Line 1 of .*gold\.jsonl .*no such words"):
        ask([str(gold)], data={"": sample.ARTICLES}, runs=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def answers_file(path: Path, name: str) -> Path:
    """The gold answers to the sample, spoilt in a known way, as any system would write them."""
    questions = load(sample.QUESTIONS)
    from eval.ask import ready
    from eval.suites import suite

    corpus: Corpus = ready(suite("sample", None, path), None)[0].corpus
    answers = gold_answers(questions, corpus)
    spoilt = MUTANTS[name][0](answers, corpus) if name else answers
    file = path / "theirs.jsonl"
    file.write_text("".join(json.dumps(to_record(r)) + "\n" for r in spoilt), "utf-8")
    return file


def test_any_systems_answers_are_scored_and_compared(tmp_path: Path) -> None:
    right = adopt(answers_file(tmp_path, ""), "sample", system="gold", runs=tmp_path / "runs")
    wrong = adopt(answers_file(tmp_path, "off by one paragraph"), "sample", system="near", runs=tmp_path / "runs")
    assert right.folder != wrong.folder
    (found,) = compare_runs(scored_cases(right), scored_cases(wrong)).values()
    (recall,) = (d for d in found if d.measure.name == "paragraph recall")
    assert recall.first == 1 and recall.high < -0.5 and len(recall.worse) > 100 and not recall.better


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "Line 2 .* is not a JSON object"),
        ('{"id": "s002"}', "Line 2 .*'sentences' is missing"),
        ('{"id": "zz", "sentences": []}', "Line 2 .* answers 'zz', which sample does not ask"),
        ('{"id": "s001", "sentences": []}', "Line 2 .* answers s001, as line 1 does"),
        ('{"id": "s002", "sentences": [{"text": "x", "citations": [{}]}]}', "Line 2 .*'file' is missing"),
    ],
)
def test_answers_that_do_not_fit_are_refused_by_line(tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "theirs.jsonl"
    file.write_text('{"id": "s001", "sentences": []}\n' + line + "\n")
    with pytest.raises(PilcrowError, match=why):
        adopt(file, "sample", system="theirs", runs=tmp_path / "runs")


def test_a_question_without_a_line_counts_as_silence(tmp_path: Path) -> None:
    file = tmp_path / "theirs.jsonl"
    file.write_text('{"id": "s001", "sentences": []}\n')
    found = scores(scored_cases(adopt(file, "sample", system="theirs", runs=tmp_path / "runs")))["sample"]["theirs"]
    assert found[ALL]["paragraph recall"].n > 100 and found[ALL]["false abstention"].value == 1


def test_claims_and_excerpts_of_another_system_are_scored(tmp_path: Path) -> None:
    from eval.suites import suite

    made = suite("quotes", None, tmp_path / "w")
    file = tmp_path / "theirs.jsonl"
    lines = [{"id": e.id, "found": {"file": e.file, "quote": e.original} if e.file else None} for e in made.excerpts]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    found = scores(scored_cases(adopt(file, "quotes", system="theirs", runs=tmp_path / "runs")))["quotes"]["theirs"][
        ALL
    ]
    assert found["paragraph found"].value == found["declined"].value == found["outlet and date right"].value == 1
    swap = suite("swap", None, tmp_path / "v")
    file.write_text(
        "".join(json.dumps({"id": p.id, "probability": float(p.carried)}) + "\n" for p in swap.pairs), "utf-8"
    )
    checked = scores(scored_cases(adopt(file, "swap", system="theirs", runs=tmp_path / "runs")))["swap"]["theirs"][ALL]
    assert checked["balanced accuracy"].value == 1 and checked["false abstention"].value == 1


def test_a_file_without_answers_is_silence_and_fails_the_gate(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    (tmp_path / "gate.toml").write_text('[sample]\n"paragraph recall" = 0.1\n')
    found = scores(scored_cases(adopt(tmp_path / "none.jsonl", "sample", system="theirs", runs=tmp_path / "runs")))
    assert found["sample"]["theirs"][ALL]["false abstention"].value == 1
    assert failures(found, tmp_path / "gate.toml")


def test_suites_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PilcrowError, match="Two suites are named sample"):
        ask(["sample", "sample"], runs=tmp_path / "runs")


def test_floors_are_held_or_named(run: Run, tmp_path: Path) -> None:
    found = scores(scored_cases(run))
    gate = tmp_path / "gate.toml"
    gate.write_text('[sample]\n"pointer validity" = 1.0\n"false abstention" = 1.0\n[squad2]\n"x" = 1\n')
    assert failures(found, gate) == []
    gate.write_text('[sample]\n"paragraph recall" = 1.01\n"false abstention" = -0.1\n')
    low, high = failures(found, gate)
    assert low.startswith("sample: paragraph recall is") and "at least 1.01" in low and "at most -0.1" in high
    gate.write_text('[sample]\n"parragraph recall" = 1\n')
    with pytest.raises(PilcrowError, match="parragraph recall"):
        failures(found, gate)
    gate.write_text('[smaple]\n"paragraph recall" = 1\n')
    with pytest.raises(PilcrowError, match="no floor for sample"):
        failures(found, gate)
    gate.write_text("[sample")
    with pytest.raises(PilcrowError, match="could not be read"):
        failures(found, gate)


def test_a_report_escapes_whatever_articles_hold(run: Run, tmp_path: Path) -> None:
    shutil.copytree(run.folder, tmp_path / "r")
    for name in ("articles.jsonl", "gold.jsonl", "answers.jsonl"):
        path = tmp_path / "r" / name
        path.write_text(path.read_text("utf-8").replace("Port Merrin", "<b>rt Merri"), "utf-8")
    opened = Run(tmp_path / "r")
    cases = scored_cases(opened)
    page = write_report(opened, cases, scores(cases)).read_text("utf-8")
    assert "<b>rt" not in page and "&lt;b&gt;rt Merri" in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(PilcrowError, match="holds no run"):
        Run(tmp_path)


class ScriptedModel(CustomLLM):
    """Answers every prompt with the same words: a language model for tests of what is made of its words."""

    words: str = ""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata()

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        return CompletionResponse(text=self.words)

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> Any:
        yield CompletionResponse(text=self.words, delta=self.words)


def test_the_citation_query_engine_is_read_marker_by_marker(sample_library: Library) -> None:
    model = ScriptedModel(words="The ferry sank on Wednesday [1]. Divers went down [2, 99]. Nobody knows why.")
    corpus = Corpus.of(sample_library)
    found = CitationEngine(sample_library, of(model), k=4).ask("q1", "What happened to the ferry?", Filters())
    assert [len(s.citations) for s in found.sentences] == [1, 2, 0]
    assert found.sentences[0].text == "The ferry sank on Wednesday."
    places = [corpus.place(c) for c in found.citations]
    assert [p is not None for p in places] == [True, True, False] and found.retrieved


def test_with_a_model_its_prose_and_llamaindex_are_asked_the_same_questions(tmp_path: Path) -> None:
    model = ScriptedModel(words="The ferry sank on Wednesday. [1]")
    run = ask(["sample"], runs=tmp_path, limit=3, llm=model)
    systems = run.cases()["sample"]
    assert set(systems) == {PILCROW, PROSE, "BM25", "dense", "fused", LLAMA}
    assert {tuple(c.question.id for c in cases) for cases in systems.values()} == {
        tuple(c.question.id for c in systems[PILCROW])
    }
    assert run.about["llm"] == model.class_name()
