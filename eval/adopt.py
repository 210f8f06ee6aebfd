"""Another system's answers, taken as a run: scored and compared like our own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.ask import data_of, ready
from eval.gold import LOOK_UP
from eval.response_lines import from_record, read_responses
from eval.run import Run, append, excerpt_line, pair_line
from eval.suites import suite
from eval.versions import about
from index import PilcrowError


def adopt(
    answers: Path,
    name: str,
    *,
    system: str,
    data: Mapping[str, Path] | None = None,
    library: Path | None = None,
    runs: Path = Path("runs"),
    limit: int = 0,
    seed: int = 0,
) -> Run:
    """A run made of another system's answers to one suite: a file of JSON lines, as `eval/README.md` describes.

    Raises PilcrowError, naming the line, for one that does not fit or answers what was not asked.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = suite(name, data_of(name, data), Path(folder)).limited(limit, seed)
        asked, _ = ready(made, library)
    reads: dict[str, Callable[[Mapping[str, Any]], object]] = {
        **{q.id: excerpt_line if q.kind == LOOK_UP else from_record for q in asked.questions},
        **{p.id: pair_line for p in asked.pairs},
        **{e.id: excerpt_line for e in asked.excerpts},
    }
    seen: dict[str, int] = {}
    records = []
    for number, record in read_responses(answers):
        identity = str(record.get("id", ""))
        if identity not in reads:
            raise PilcrowError(f"Line {number} of {answers} answers {identity!r}, which {made.name} does not ask.")
        if identity in seen:
            raise PilcrowError(f"Line {number} of {answers} answers {identity}, as line {seen[identity]} does.")
        try:
            reads[identity](record)
        except (KeyError, TypeError, ValueError) as error:
            why = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            raise PilcrowError(f"Line {number} of {answers} is not an answer: {why}.") from None
        seen[identity] = number
        records.append(record)
    decided = about([made.name], system=system, limit=limit, seed=seed)
    run = Run.start(runs, {**decided, "answers": sha256(answers.read_bytes()).hexdigest()}, [asked])
    run.answers.unlink(missing_ok=True)
    for record in records:
        append(run.answers, made.name, system, record)
    return run
