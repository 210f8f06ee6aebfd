"""Texts into the vectors that are stored: every text in pieces that the encoder can read, and some at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.values import Progress

if TYPE_CHECKING:
    from index.encoder import Encoder, Matrix

_AT_ONCE = 128
"""Pieces between two words of progress: a second or two on a laptop."""
_FEW = 160
"""Pieces that are encoded one by one: the bundled encoder does that without torch, which takes longer to load."""


def embed(encoder: Encoder, texts: Mapping[str, str], progress: Progress | None = None) -> dict[str, Matrix]:
    """For every key the vectors of its text, a row each window."""
    import numpy as np

    pieces = [(key, piece) for key, text in texts.items() for piece in encoder.windows(text)]
    # Sorted by length, so that little is padded.
    order = sorted(range(len(pieces)), key=lambda place: -len(pieces[place][1]))
    rows: dict[int, Matrix] = {}
    at_once = 1 if len(order) <= _FEW else _AT_ONCE
    for start in range(0, len(order), at_once):
        some = order[start : start + at_once]
        rows.update(zip(some, encoder.encode([pieces[place][1] for place in some]), strict=True))
        if progress and len(order) > _FEW:
            progress("Embedding", len(rows), len(order))
    vectors: dict[str, list[Matrix]] = {}
    for place, (key, _) in enumerate(pieces):
        vectors.setdefault(key, []).append(rows[place])
    return {key: np.stack(windows) for key, windows in vectors.items()}
