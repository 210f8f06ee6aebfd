"""A sync killed at random moments: the next one completes, nothing is lost or doubled. `make crash` does it at scale."""

import random
from pathlib import Path

import pytest

import sample
from tests.crash import trial


@pytest.mark.slow
def test_killed_syncs_lose_and_double_nothing(tmp_path: Path) -> None:
    assert trial(sample.ARTICLES, tmp_path / "library", kills=2, rng=random.Random(1), longest=5) == []
