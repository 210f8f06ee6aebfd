"""A run as one HTML page that needs nothing else: tables, plots, and every question with what it counted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from eval.case import Case, QuoteCase, Scored, SupportCase
from eval.corpus import Place
from eval.gold import Gold
from eval.intervals import Estimate
from eval.measure import Measure, ratio
from eval.measures import LOOKUP, QUESTION, SUPPORT, measures_for
from eval.measures.confidence import RISK_COVERAGE, curve
from eval.run import Run
from eval.score import ALL, Scores
from eval.tables import by_kind, interval, measured, number

_HERE = Path(__file__).parent


def write_report(run: Run, cases: Mapping[str, Mapping[str, Sequence[Scored]]], scores: Scores) -> Path:
    """Writes `report.html` into the run's folder. All texts in it are escaped: articles are hostile input."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("report.html.jinja").render(
        run=run,
        suites=[_suite(name, systems, scores[name], run.about.get("threshold")) for name, systems in cases.items()],
        missing=run.missing(),
        definitions=_definitions(cases),
    )
    path = run.folder / "report.html"
    path.write_text(page, "utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Shown:
    """One question as the page shows it. `failed` are the measures on which it lost something."""

    id: str
    kind: str
    asked: str
    said: list[dict[str, Any]]
    reason: str
    gold: list[dict[str, Any]]
    counted: list[tuple[str, str, bool]]
    failed: list[str]
    why: list[str]
    answerable: bool = True


def _suite(
    name: str, systems: Mapping[str, Sequence[Scored]], scores: Mapping[str, Any], threshold: float | None
) -> dict[str, Any]:
    own, *others = systems
    rows = [
        {
            "name": measure,
            "value": number(scores[own][ALL].get(measure)),
            "interval": interval(scores[own][ALL].get(measure)),
            "n": scores[own][ALL][measure].n if measure in scores[own][ALL] else "–",
            "bar": _bar(measure, scores[own][ALL].get(measure)),
            "others": [number(scores[other][ALL].get(measure)) for other in others],
        }
        for measure in measured(scores)
    ]
    shown = [_shown(case) for case in systems[own]]
    return {
        "name": name,
        "own": own,
        "summary": _summary(own, scores[own][ALL]),
        "others": others,
        "rows": rows,
        "kinds": by_kind(scores[own]),
        "kind_measures": [m for m in measured(scores) if any(m in of for of in by_kind(scores[own]).values())],
        "curve": _plot(list(systems[own]), threshold),
        "shown": shown,
        "failures": sorted({f for s in shown for f in s.failed}),
        "number": number,
    }


def _summary(system: str, of: Mapping[str, Estimate]) -> str:
    """What the main figures say, in sentences for somebody who was not there."""

    def share(name: str) -> str:
        return f"{of[name].value:.0%}" if name in of else "none"

    said = []
    if "paragraph recall" in of:
        said.append(
            f"{system} was asked {of['paragraph recall'].n} questions that the articles answer: it cited "
            f"{share('paragraph recall')} of the evidence wanted, and said nothing to {share('false abstention')}. Of the "
            f"{of['paragraph precision'].n if 'paragraph precision' in of else 0} paragraphs it cited, "
            f"{share('paragraph precision')} hold evidence."
        )
    if "correct abstention" in of:
        n = of["correct abstention"].n
        said.append(
            f"Of {n} questions that the articles do not answer, it kept silent on {share('correct abstention')}."
        )
    if "follows the text" in of:
        said.append(
            f"Where the answer had been changed in the articles, it gave the changed one to {share('follows the text')} of "
            f"{of['follows the text'].n} questions and the old one to {share('says a wrong answer')}."
        )
    if "balanced accuracy" in of:
        said.append(
            f"It judged {of['balanced accuracy'].n} claims: {share('balanced accuracy')} right, true and false ones "
            "weighing the same; 50% is guessing."
        )
    if "article found" in of:
        said.append(
            f"It traced {share('article found')} of {of['article found'].n} excerpts to their article"
            + (
                f" and named none for {share('declined')} of {of['declined'].n} from elsewhere."
                if "declined" in of
                else "."
            )
        )
    return " ".join(said)


_SHARES = {m.name for m in (*QUESTION, *SUPPORT, *LOOKUP) if (m.low, m.high) == (0.0, 1.0)}


def _bar(measure: str, of: Estimate | None) -> dict[str, float] | None:
    """Where value and interval stand on a line of a hundred; None for what does not go from 0 to 1."""
    if of is None or measure not in _SHARES:
        return None
    return {"at": 100 * of.value, "low": 100 * of.low, "high": 100 * of.high}


def _plot(cases: Sequence[Any], threshold: float | None) -> dict[str, Any] | None:
    """The risk-coverage curve in a square of a hundred, and where on it the threshold for answering lies."""
    questions = [c for c in cases if isinstance(c, Case)]
    rows, _ = RISK_COVERAGE.rows(questions)
    if not len(rows):
        return None
    points = curve(rows)
    chosen = None if threshold is None else 100 * float((rows[:, 0] >= threshold).mean())
    return {
        "points": " ".join(f"{100 * coverage:.2f},{100 - 100 * risk:.2f}" for coverage, risk, _ in points),
        "chosen": chosen,
        "threshold": threshold,
        "n": len(rows),
    }


def _shown(case: Scored) -> Shown:
    counted = list(_counted(case))
    failed = [name for name, _, wrong in counted if wrong]
    if isinstance(case, SupportCase):
        verdict = "carried" if case.said >= case.threshold else "not carried"
        truth = "carried" if case.label else "not carried"
        return Shown(
            case.id,
            case.kind,
            case.claim,
            [],
            f"Judged {verdict} (probability {case.said:.2f}, threshold {case.threshold:.2f}).",
            [{"about": f"Labelled {truth}", "before": case.premise, "mark": "", "after": ""}],
            counted,
            ["balanced accuracy"] if verdict != truth else [],
            [],
        )
    if isinstance(case, QuoteCase):
        found = [{"text": "Found in", "places": [_place(case.found, 1)]}] if case.found else []
        gold = [_place(place, 0) for place in case.gold] or [{"about": "From no article of the library"}]
        why = [f"It is {case.outcome}; called {case.told or 'nothing'}."] if case.outcome != case.told else []
        return Shown(case.id, case.kind, case.excerpt, found, "" if found else "Declined.", gold, counted, failed, why)
    number = count(1)
    said = [
        {"text": s.text, "places": [_place(place, next(number)) for place in places]}
        for s, places in zip(case.response.sentences, case.cited, strict=True)
    ]
    if case.response.lead:
        said.insert(0, {"text": case.response.lead, "places": []})
    if case.response.premise:
        said.append({"text": case.response.premise.text, "places": [_place(p, next(number)) for p in case.premise]})
    asked = case.question
    evidence = [*asked.evidence, *(v.gold for v in asked.values), *filter(None, [asked.premise])]
    groups = [*case.gold, *case.values, *([case.denying] if asked.premise else [])]
    gold = [_gold(item, group) for item, group in zip(evidence, groups, strict=True)]
    reason = case.response.reason or ("Nothing was said." if case.response.abstained else "")
    return Shown(
        case.id,
        case.kind,
        case.question.question,
        said,
        reason,
        gold,
        counted,
        failed,
        list(_why(case)),
        case.question.answerable,
    )


def _counted(case: Scored) -> Iterator[tuple[str, str, bool]]:
    """For each plain ratio that the case bears on: name, "1 of 2", and whether something was lost."""
    for measure in measures_for(case):
        row = measure.row(case)
        if row is not None and measure.value is ratio and row[1]:
            yield measure.name, f"{row[0]:.3g} of {row[1]:.3g}", _lost(measure, row)


def _lost(measure: Measure, row: tuple[float, ...]) -> bool:
    return row[0] < row[1] - 1e-9 if measure.better == "high" else row[0] > 0


def _place(place: Place | None, number: int) -> dict[str, Any]:
    """A cited place with the words around it; one that leads nowhere says so."""
    if place is None:
        return {"number": number, "about": "This citation leads nowhere.", "before": "", "mark": "", "after": ""}
    first, last = place.paragraphs[0], place.paragraphs[-1]
    text = place.article.text
    return {
        "number": number,
        "about": _about(place),
        "before": text[first.start : place.start],
        "mark": place.text,
        "after": text[place.end : last.end],
    }


def _about(place: Place) -> str:
    article = place.article
    day = f"{article.published.day} {article.published:%B %Y}" if article.published else ""
    numbers = ", ".join(f"¶{p.number}" for p in place.paragraphs)
    return " · ".join(filter(None, (article.source, day, article.headline, numbers, article.path)))


def _gold(item: Gold, group: Sequence[Place]) -> dict[str, Any]:
    shown = _place(group[0], 0) if group else {"about": item.places[0][0], "before": "", "mark": "", "after": ""}
    more = len({p.article.path for p in group}) - 1
    return shown | ({"about": f"{shown['about']} (or in {more} other articles)"} if more > 0 else {})


def _why(case: Case) -> Iterator[str]:
    """Why the question counted as it did, in sentences."""
    if not case.question.answerable:
        yield (
            "The articles do not tell; silence was right."
            if case.response.abstained
            else ("The articles do not tell, and something was said.")
        )
        return
    if case.response.abstained:
        yield "The articles tell, and nothing was said."
    for place, (group, ids) in enumerate(zip(case.gold, case.gold_paragraphs, strict=True), 1):
        if group and not ids & case.paragraphs and not case.response.abstained:
            yield f"Evidence {place} ({_about(group[0])}) was not cited."
    numbered = list(enumerate(case.places, 1))
    yield from (f"Citation {n} leads nowhere." for n, place in numbered if place is None)
    if case.gold:
        yield from (f"Citation {n} holds no gold text." for n, p in numbered if p is not None and not case.is_gold(p))
    if case.question.answers and not case.response.abstained:
        wanted = " / ".join(case.question.answers)
        yield f"Accepted answers: {wanted}."
    for said, judged in zip(case.response.sentences, case.judged, strict=False):
        if not judged.carried:
            yield f"Not carried by what it cites, in the judge's view: {said.text}"


def _definitions(cases: Mapping[str, Mapping[str, Sequence[Scored]]]) -> list[Measure]:
    sorts = {type(c): c for systems in cases.values() for some in systems.values() for c in some}
    return list({m.name: m for case in sorts.values() for m in measures_for(case)}.values())
