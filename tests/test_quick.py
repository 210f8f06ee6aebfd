"""A question's vector is the one that sentence-transformers gives, without loading it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import BUNDLED, bundled_weights, shared_encoder
from index.quick import QuickEncoder

QUICK = QuickEncoder(bundled_weights())
TEXTS = (
    "How many people died when the ferry sank?",
    "why",
    "Ünïcode wörds, “quoted”, and 漢字",
    "word " * 400,
    "WHO SAID: 'No comment'?",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_vector_is_that_of_sentence_transformers(text: str) -> None:
    both = shared_encoder(BUNDLED).encode([text, "another text, so that the batch goes through torch"])
    assert float(QUICK.encode(text) @ both[0]) > 0.999


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_every_text_has_a_vector_of_unit_length(text: str) -> None:
    vector = QUICK.encode(text)
    assert vector.shape == (384,) and vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_one_text_alone_loads_no_torch() -> None:
    code = (
        "import sys; from index.encoder import shared_encoder, BUNDLED;"
        "rows = shared_encoder(BUNDLED).encode(['Who came?']);"
        "print(rows.shape, [m for m in ('torch', 'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(1, 384) []"
