"""The OpenAPI page holds: schemathesis finds no 500, and no answer that is not as described."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index import Library
from tests.api_server import served
from ui.api.keys import Keys
from ui.api.options import Options

pytestmark = pytest.mark.slow


def test_whatever_the_description_allows_is_answered_as_it_says(two_articles: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.sync(two_articles)
    keys = Keys(tmp_path / "keys.json")
    given = f"Authorization: Bearer {keys.add('fuzz')}"
    # Left out is that all valid data must be accepted: the last message must be a question, and dates in order.
    program = [str(Path(sys.executable).with_name("schemathesis")), "run", "--no-color", "--seed", "1"]
    limits = ["-n", "3", "--phases", "examples,coverage,fuzzing", "--exclude-checks", "positive_data_acceptance"]
    with served(Options({"library": tmp_path / "library"}, keys=keys.path)) as url:
        command = [*program, *limits, "-H", given, f"{url}/openapi.json"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=240)
        assert done.returncode == 0, done.stdout[-8000:]
