"""An invented town with six articles, and a question of every kind that asks for understanding."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.ask import ready
from eval.corpus import Corpus
from eval.gold import GoldQuestion
from eval.mutants import gold_answers
from eval.response import Response
from eval.suites import suite

ARTICLES = {
    "brask-echo/fire.txt": """Mill at Tolm burns

Brask Echo, 4 May 2026

At least three people died when the Tolm mill burned on Sunday night, the fire service said.

Mayor Ines Dahl said the mill would be built again. The mill had 40 workers.
""",
    "fell-radio/toll.txt": """Five dead in mill fire

Fell Radio, 6 May 2026

Five people are now known to have died in the mill fire, the hospital said on Wednesday.

Eleven people were hurt, and nobody jumped from the roof.

The owner, Karl Venn, said that the sprinklers had been tested in March.
""",
    "brask-echo/toll.txt": """Mill fire: five dead

Brask Echo, 7 May 2026

Five people are now known to have died in the mill fire, the hospital said on Wednesday.
""",
    "brask-echo/corrections.txt": """Corrections and clarifications

Brask Echo, 8 May 2026

Monday's report on the mill gave a wrong number of workers. It has 14 workers.
""",
    "brask-echo/comment.txt": """Who let the mill rot?

Brask Echo, 9 May 2026

The council has known for ten years that the mill was a ruin. Five people had to die for it.
""",
    "coast-wire/ruin.txt": """Ruin of the mill to go

Coast Wire, 16 May 2026

The council of Brask voted on Friday to pull the ruin down. An inquiry was opened on 7 May.
""",
}


def at(article: str, quote: str, *others: tuple[str, str]) -> dict[str, Any]:
    """A piece of evidence as the lines have it."""
    first = {"article": article, "quote": quote}
    return first | ({"or": [{"article": a, "quote": q} for a, q in others]} if others else {})


THREE = at("brask-echo/fire.txt", "At least three people died")
FIVE = at("fell-radio/toll.txt", "Five people are now known", ("brask-echo/toll.txt", "Five people are now known"))
BURNED = at("brask-echo/fire.txt", "the Tolm mill burned on Sunday night")
INQUIRY = at("coast-wire/ruin.txt", "An inquiry was opened on 7 May")
VOTE = at("coast-wire/ruin.txt", "voted on Friday to pull the ruin down")
DAHL = at("brask-echo/fire.txt", "Mayor Ines Dahl said the mill would be built again")
VENN = at("fell-radio/toll.txt", "said that the sprinklers had been tested in March")
WORKERS = at("brask-echo/corrections.txt", "It has 14 workers")
RUIN = at("brask-echo/comment.txt", "the mill was a ruin")

RECORDS: list[dict[str, Any]] = [
    {
        "kind": "figures",
        "question": "How many people has the mill fire killed?",
        "answers": ["five"],
        "evidence": [FIVE],
        "values": [
            {"value": "at least three", "day": "2026-05-04", "speaker": "the fire service", **THREE},
            {"value": "five", "day": "2026-05-06", "speaker": "the hospital", **FIVE},
        ],
        "latest": "five",
        "wrong": ["eleven"],
    },
    {
        "kind": "as-of",
        "question": "How many people did the mill fire kill?",
        "answers": ["three", "at least three"],
        "evidence": [THREE],
        "as_of": "2026-05-05",
        "wrong": ["five"],
    },
    {
        "kind": "as-of",
        "question": "How many dead did the hospital count yesterday?",
        "answers": ["five"],
        "evidence": [FIVE],
        "asked_on": "2026-05-07",
        "wrong": ["three"],
    },
    {
        "kind": "who-said",
        "question": "What did the owner say about the sprinklers?",
        "evidence": [VENN],
        "wrong": ["would be built again"],
    },
    {
        "kind": "who-said",
        "question": "Who said that the mill would be built again?",
        "answers": ["Ines Dahl"],
        "evidence": [DAHL],
        "wrong": ["Karl Venn"],
    },
    {
        "kind": "who-said",
        "question": "Did Dahl say the mill would be built again?",
        "answers": ["yes"],
        "evidence": [DAHL],
        "says": "yes",
    },
    {
        "kind": "who-said",
        "question": "Did Venn say the mill would be built again?",
        "answers": ["Ines Dahl"],
        "evidence": [DAHL],
        "says": "no",
    },
    {"kind": "who-said", "question": "Did Venn say that he was sorry?", "says": "untold"},
    {"kind": "fact", "question": "What burned in Tolm?", "answers": ["mill"], "evidence": [BURNED]},
    {
        "kind": "follow-up",
        "question": "And what did its owner say?",
        "evidence": [VENN],
        "follows": "q8",
        "standalone": "What did the owner of the mill in Tolm say?",
    },
    {
        "kind": "timeline",
        "question": "What has happened since the mill burned?",
        "evidence": [BURNED, FIVE, INQUIRY, VOTE],
        "days": ["2026-05-03", "2026-05-06", "2026-05-07", "2026-05-15"],
    },
    {
        "kind": "false-premise",
        "question": "How many workers jumped from the roof?",
        "premise": at("fell-radio/toll.txt", "nobody jumped from the roof"),
    },
    {"kind": "false-premise", "question": "Why did Dahl resign?"},
    {"kind": "unanswerable", "question": "Who won the regatta?", "reason": "topic"},
    {
        "kind": "unanswerable",
        "question": "How old is Karl Venn?",
        "reason": "fact",
        "about": {"article": "fell-radio/toll.txt"},
    },
    {"kind": "unanswerable", "question": "How many died in the fire?", "reason": "dates", "until": "2026-05-01"},
    {
        "kind": "partial",
        "question": "How many were hurt, and what did the mill cost?",
        "answers": ["eleven"],
        "evidence": [at("fell-radio/toll.txt", "Eleven people were hurt")],
        "missing": "what the mill cost",
    },
    {
        "kind": "correction",
        "question": "How many people work at the mill?",
        "answers": ["14"],
        "evidence": [WORKERS],
        "wrong": ["40"],
    },
    {
        "kind": "sources",
        "question": "Who reports that the mill burned?",
        "evidence": [BURNED, FIVE],
    },
    {
        "kind": "opinion",
        "question": "How long has the council known?",
        "answers": ["ten years"],
        "evidence": [RUIN],
        "opinion": True,
    },
    {
        "kind": "opinion",
        "question": "How many died?",
        "answers": ["five"],
        "evidence": [FIVE],
        "opinion": False,
    },
    {
        "kind": "quote",
        "question": "“nobody jumped from the roof”",
        "evidence": [at("fell-radio/toll.txt", "nobody jumped from the roof")],
        "found": "exact",
        "outlet": "Fell Radio",
        "day": "2026-05-06",
    },
    {"kind": "quote", "question": "The lighthouse at Orm was painted red.", "found": "none"},
]
NUMBERED = [{"id": f"q{n}", **record} for n, record in enumerate(RECORDS)]


@dataclass(frozen=True)
class Brask:
    """The town as a folder of gold, its questions, and the right answers to all but the look-ups, by id."""

    folder: Path
    corpus: Corpus
    questions: tuple[GoldQuestion, ...]
    answers: dict[str, Response]

    def one(self, kind: str) -> GoldQuestion:
        """The first question of a kind."""
        return next(q for q in self.questions if q.kind == kind)


def brask(folder: Path) -> Brask:
    """The town, written into a folder."""
    for name, text in ARTICLES.items():
        (folder / "articles" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "articles" / name).write_text(text, "utf-8")
    (folder / "questions.jsonl").write_text("".join(json.dumps(r) + "\n" for r in NUMBERED), "utf-8")
    asked, _ = ready(suite(str(folder), None, folder), None)
    answers = gold_answers([q for q in asked.questions if q.kind != "quote"], asked.corpus)
    return Brask(folder, asked.corpus, asked.questions, {r.id: r for r in answers})
