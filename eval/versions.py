"""What decides an answer besides the question: the code, the weights, the settings, the packages."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import index
import rag
from index.settings import settings
from rag.models import Model
from rag.reader.trained import WEIGHTS


def about(suites: Sequence[str], *, system: str, limit: int, seed: int) -> dict[str, Any]:
    """What a run is and on what machine it is made; `system` is whose answers the tables show first."""
    return {
        "suites": list(suites),
        "system": system,
        "limit": limit,
        "seed": seed,
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, Python {sys.version.split()[0]}",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def own(*, engine: str, model: Model | None) -> dict[str, Any]:
    """What decides Pilcrow's own answers: engine, settings, versions, and a digest of code and weights."""
    from rag.reader.chosen import chosen_thresholds

    held = settings()
    return {
        "engine": engine,
        "reader": held.reader,
        "encoder": held.encoder,
        "threshold": chosen_thresholds().answers,
        "llm": model.name if model else "",
        "versions": {name: version(name) for name in ("pilcrow-qa", "chromadb", "openvino", "sentence-transformers")},
        "code": tree_digest(Path(index.__file__).parent, Path(rag.__file__).parent),
    }


def judge_version() -> str:
    """A digest of the support model's weights and calibration."""
    return tree_digest(WEIGHTS)


def tree_digest(*folders: Path) -> str:
    """A digest of every file below the folders, caches aside, by its place and content."""
    found = blake2b(digest_size=6)
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            found.update(path.relative_to(folder).as_posix().encode())
            found.update(blake2b(path.read_bytes()).digest())
    return found.hexdigest()


def digest(value: Any) -> str:
    """A digest of plain values."""
    return blake2b(json.dumps(value, sort_keys=True, ensure_ascii=False).encode(), digest_size=6).hexdigest()
